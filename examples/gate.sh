#!/bin/sh
# A gate: runs a command only over a link that is good enough, and says why where it is not.
#
#   gate.sh COMMAND [ARGUMENT...]
#
# It decides by opensim's exit status alone, which never changes its meaning (README, "exit"). What is asked is in GATE:
#
#   gate.sh start-softphone
#   GATE='measure --server opensim://measure.example.org --need-down 1M' gate.sh backup-now
#
# By default the modem's state is asked for: whether it is there, and its SIM card can be used. The exit status is the
# command's where it was run, else opensim's.
set -u

[ $# -gt 0 ] || { printf 'Usage: %s COMMAND [ARGUMENT...]\n' "$0" >&2; exit 2; }

# shellcheck disable=SC2086 # the words of the question are words
opensim --no-input ${GATE:-status} >/dev/null
status=$?
case $status in
    0) exec "$@" ;;
    2) why='opensim was called in a wrong way' ;;
    3) why='no modem' ;;
    4) why='the modem is in use, or its port is not permitted' ;;
    5) why='the SIM card is absent, locked or refused' ;;
    6) why='the network is not available, or refuses' ;;
    7) why='the modem does not answer' ;;
    8) why='the link could not be measured' ;;
    9) why='the link is not good enough' ;;
    10) why='a change failed, the previous carrier is back' ;;
    11) why='a change failed: run opensim recover' ;;
    130) why='interrupted' ;;
    *) why="opensim ended with $status" ;;
esac
printf 'Not started: %s.\n' "$why" >&2
exit "$status"
