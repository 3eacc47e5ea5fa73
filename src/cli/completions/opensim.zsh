#compdef opensim
# What could stand there is asked of opensim itself, so that it is what this computer and its configuration have now.
_opensim() {
    local line paths= found=1
    local -a closed open
    for line in "${(@f)$(opensim completions zsh -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        local value=${line%%$'\t'*} about=${line#*$'\t'}
        case $line in
            '') ;;
            :files) paths=(_files) ;;
            :folders) paths=(_files -/) ;;
            *[:/=]$'\t'*) open+=("${value//:/\\:}:$about") ;;
            *) closed+=("${value//:/\\:}:$about") ;;
        esac
    done
    (( $#closed )) && _describe -t values opensim closed && found=0
    # More is to follow these.
    (( $#open )) && _describe -t values opensim open -S '' && found=0
    if [[ -n $paths ]]; then
        compset -P '--*='
        $paths && found=0
    fi
    return found
}
if [[ ${funcstack[1]} == _opensim ]]; then
    _opensim "$@"
else
    compdef _opensim opensim
fi
