# What could stand there is asked of opensim itself, so that it is what this computer and its configuration have now.
_opensim() {
    local word line cut=
    local -a words=()
    # bash parts words at : and =, and what was one word is one again.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if ((${#words[@]})) && [[ $word == [:=]* || ${words[-1]} == *[:=] ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    local breaks=${COMP_WORDBREAKS//[^:=]/}
    local current=${words[-1]-}
    # What bash puts in is only what stands behind the last of them.
    [[ -n $breaks && $current == *[$breaks]* ]] && cut=${current%"${current##*[$breaks]}"}
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files)
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "${current#"$cut"}")
                ;;
            :folders)
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "${current#"$cut"}")
                ;;
            *)
                line=${line%%$'\t'*}
                line=${line#"$cut"}
                COMPREPLY+=("${line// /\\ }")
                ;;
        esac
    done < <(opensim completions bash -- "${words[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:/=] ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -F _opensim opensim
