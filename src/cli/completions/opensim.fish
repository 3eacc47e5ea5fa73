# What could stand there is asked of opensim itself, so that it is what this computer and its configuration have now.
function __opensim_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l option (string match -r -- '^--[^=]+=' "$current")
    set -l path (string replace -- "$option" '' "$current")
    for line in (opensim completions fish -- $words "$current" 2>/dev/null)
        switch $line
            case ':files'
                printf "$option%s\n" (__fish_complete_path "$path")
            case ':folders'
                printf "$option%s\n" (__fish_complete_directories "$path")
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c opensim -f -a '(__opensim_complete)'
