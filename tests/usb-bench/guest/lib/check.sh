# How a scenario says what it expects, and how that is counted and kept. Sourced by `main`; knows no modem.
# A scenario is a file of `scenarios/`: it runs from top to bottom, and each `check` in it passes or fails.
#
# Kept in the results folder: `checks.tsv` (scenario, outcome, seconds, what, detail), `NAME.out` and `NAME.err` of each
# command run by `run`, `times.tsv` (what, seconds) for what is compared in the end.
# shellcheck shell=bash disable=SC2154

passed=0
failed=0
out=/run/results
: >"$out/checks.tsv"
: >"$out/times.tsv"

# Seconds since the machine started, to the hundredth.
now() {
    cut -d' ' -f1 /proc/uptime
}

# since TIME: how long ago that was.
since() {
    awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }'
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
    scenario=${1##*/}
    scenario=${scenario%.sh}
    step=0
    begun=$(now)
    checked=$begun
    printf '\n%s: %s\n' "$scenario" "$(sed -n '1s/^# *//p' "$1")"
}

finish() {
    unplug_all
    printf '  (%s s)\n' "$(since "$begun")"
}

# check WHAT COMMAND...: passes if the command does. What it prints is kept as the detail.
check() {
    local what=$1 detail outcome=pass
    shift
    if detail=$("$@" 2>&1); then
        passed=$((passed + 1))
    else
        outcome=FAIL
        failed=$((failed + 1))
    fi
    detail=$(printf '%s' "$detail" | tr '\n\t' '  ' | cut -c1-300)
    printf '  %-4s %6s s  %s\n' "$outcome" "$(since "$checked")" "$what"
    if [ "$outcome" = FAIL ]; then
        printf '       %s\n' "$* : $detail"
        # The last command's own words are what a reader wants first.
        [ -n "${last:-}" ] && head -c 700 "$out/$last.err" "$out/$last.out" | sed 's/^/       | /'
    fi
    printf '%s\t%s\t%s\t%s\t%s\n' "$scenario" "$outcome" "$(since "$checked")" "$what" "$detail" >>"$out/checks.tsv"
    checked=$(now)
}

# run COMMAND...: runs it with its output kept under a name of its own. Sets `status`, `took` and `last`.
run() {
    local start
    step=$((step + 1))
    last=$scenario.$step
    start=$(now)
    status=0
    timeout 120 "$@" >"$out/$last.out" 2>"$out/$last.err" </dev/null || status=$?
    took=$(since "$start")
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
    local end=$1
    end=$(($(date +%s) + end))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$end" ] || { echo "not within its time: $*"; return 1; }
        sleep 0.1
    done
}

# time_of NAME SECONDS: kept for the comparison at the end.
time_of() {
    printf '%s\t%s\n' "$1" "$2" >>"$out/times.tsv"
}

verdict() {
    printf '%d passed, %d failed\n' "$passed" "$failed" >"$out/verdict"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
    echo $? >"$out/status"
}
