# How a scenario says what it expects, and how that is counted and kept. Sourced by `main`; knows no modem.
# A scenario is a file of `scenarios/`: it runs from top to bottom, and each `check` in it passes or fails.
#
# Kept in the results folder: `checks.tsv` (scenario, outcome, seconds, what, detail), `NAME.out` and `NAME.err` of each
# command run by `run`, `times.tsv` (what, by whom, figure) for what is compared in the end.
# shellcheck shell=bash disable=SC2154

passed=0
failed=0
out=/run/results
: >"$out/checks.tsv"
: >"$out/times.tsv"

# A new process costs a fifth of a second under emulation, so what is called often is the shell's own.

# Sleeps without a process: nothing ever comes from this descriptor.
exec {never}<> <(:)
pause() {
    read -rt "$1" -u "$never" || true
}

# Sets `now` to the hundredths of seconds since the machine started.
look_at_clock() {
    local up
    read -r up _ </proc/uptime
    now=$((10#${up/./}))
}

# mark NAME: keeps this moment under a name, for `since`.
declare -A moments=()
mark() {
    look_at_clock
    moments[$1]=$now
}

# since NAME: sets `took` to the seconds since then.
since() {
    look_at_clock
    printf -v took '%d.%02d' "$(((now - moments[$1]) / 100))" "$(((now - moments[$1]) % 100))"
}

# Whether a scenario is among those asked for.
wanted() {
    local word
    [ -n "$only" ] || return 0
    for word in $only; do
        case ${1##*/} in *"$word"*) return 0 ;; esac
    done
    return 1
}

begin() {
    local title
    read -r title <"$1"
    scenario=${1##*/}
    scenario=${scenario%.sh}
    step=0
    last=
    mark scenario
    mark check
    printf '\n%s: %s\n' "$scenario" "${title#\# }"
}

finish() {
    unplug_all
    stop_network_manager
    stop_manager
    stop_polkit
    stop_network
    since scenario
    printf '  (%s s)\n' "$took"
}

# check WHAT COMMAND...: passes if the command does. What it prints is kept as the detail.
check() {
    local what=$1 outcome=pass detail took
    shift
    if "$@" >/run/detail 2>&1; then
        passed=$((passed + 1))
    else
        outcome=FAIL
        failed=$((failed + 1))
    fi
    detail=$(</run/detail)
    detail=${detail//[$'\n\t']/ }
    since check
    printf '  %-4s %6s s  %s\n' "$outcome" "$took" "$what"
    if [ "$outcome" = FAIL ]; then
        printf '       %s: %s\n' "$*" "${detail:0:300}"
        # The last command's own words are what a reader wants first, and its end tells most.
        [ -z "$last" ] || tail -qn 12 "$out/$last.err" "$out/$last.out" | cut -c1-200 | sed 's/^/       | /'
    fi
    printf '%s\t%s\t%s\t%s\t%s\n' "$scenario" "$outcome" "$took" "$what" "${detail:0:300}" >>"$out/checks.tsv"
    mark check
}

# skip WHAT: said and kept, and counted as nothing.
skip() {
    printf '  skip           %s\n' "$1"
    printf '%s\tskip\t0\t%s\t\n' "$scenario" "$1" >>"$out/checks.tsv"
}

# run COMMAND...: runs it with its output kept under a name of its own. Sets `status`, `took` and `last`.
run() {
    step=$((step + 1))
    last=$scenario.$step
    mark run
    status=0
    timeout 120 "$@" >"$out/$last.out" 2>"$out/$last.err" </dev/null || status=$?
    since run
    printf '%s s\t%s\texit %s\t%s\n' "$took" "$last" "$status" "$*" >>"$out/commands.tsv"
}

# What the last `run` gave.
exited() {
    [ "$status" = "$1" ] || { echo "exit $status, not $1"; return 1; }
}

says() {
    grep -q -- "$1" "$out/$last.out" "$out/$last.err" || { echo "does not say: $1"; return 1; }
}

# json FILTER: whether jq says that this holds for the JSON that the last `run` printed.
json() {
    # jq is content with no document at all, so its exit says too little.
    [ "$(jq "$1" <"$out/$last.out")" = true ] || { echo "does not hold: $1"; return 1; }
}

# eventually SECONDS COMMAND...: until it passes, at most so long.
eventually() {
    local start=$SECONDS most=$1
    shift
    until "$@" >/dev/null 2>&1; do
        [ $((SECONDS - start)) -le "$most" ] || { echo "not within $most s: $*"; return 1; }
        pause 0.05
    done
}

# end_task PID [SIGNAL]: ends a task of this shell, by force where it takes more than five seconds.
end_task() {
    kill "-${2:-TERM}" "$1" 2>/dev/null || true
    eventually 5 ended "$1" || kill -KILL "$1" 2>/dev/null
    wait "$1" 2>/dev/null || true
}

ended() {
    ! kill -0 "$1" 2>/dev/null
}

# time_of WHAT [BY] FIGURE: kept for the comparison at the end; by opensim, unless it says by whom.
time_of() {
    local by=opensim
    [ $# -eq 2 ] || by=$2
    printf '%s\t%s\t%s\n' "$1" "$by" "${!#}" >>"$out/times.tsv"
}

# What took how long, side by side: a line for each thing that was timed.
compare() {
    local what by figure name
    local -A lines=()
    local names=()
    while IFS=$'\t' read -r what by figure; do
        [ -n "${lines[$what]:-}" ] || names+=("$what")
        lines[$what]+="  $by $figure"
    done <"$out/times.tsv"
    [ "${#names[@]}" -gt 0 ] || return 0
    printf '\nside by side (seconds, unless it says otherwise)\n'
    for name in "${names[@]}"; do
        printf '  %-30s%s\n' "$name" "${lines[$name]}"
    done
}

verdict() {
    printf '%d passed, %d failed\n' "$passed" "$failed" >"$out/verdict"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
    echo $? >"$out/status"
}
