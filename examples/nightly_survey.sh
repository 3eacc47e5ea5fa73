#!/bin/sh
# A nightly survey of many places over SSH, into one CSV file.
#
#   nightly_survey.sh HOSTS FILE.csv
#
# HOSTS is a text file: a host a line, as ssh knows it (marie@home-17, or a name of ~/.ssh/config); blank lines and
# lines that begin with # are skipped. Each host needs opensim and a key that asks for no password. The rows are added to
# FILE.csv, whose first column is the host; it is a page of a spreadsheet from the first night on.
#
# By default no modem leaves its carrier: it tells what it picks up (--radio-only). To have each carrier joined in turn,
# which takes minutes and cuts the connection meanwhile, say so yourself:
#
#   SURVEY='scan --yes --no-measure' nightly_survey.sh HOSTS FILE.csv
#
# In cron, at 3 in the morning:  0 3 * * *  /opt/opensim/nightly_survey.sh /etc/opensim/hosts /srv/survey.csv
#
# A host that does not answer, or whose survey failed, is told on standard error and does not stop the others. The exit
# status is 0 where every host gave a survey, else 1; 2 is a wrong call.
set -u

usage() {
    printf 'Usage: %s HOSTS FILE.csv\n' "$0" >&2
    exit 2
}

[ $# -eq 2 ] || usage
hosts=$1
csv=$2
[ -r "$hosts" ] || { printf '%s cannot be read\n' "$hosts" >&2; exit 2; }
survey=${SURVEY:-scan --radio-only --yes}
failed=0
document=$(mktemp) || exit 1
rows=$(mktemp) || exit 1
trap 'rm -f "$document" "$rows"' EXIT
trap 'exit 130' INT TERM

# Adds the rows of one host.
add() {
    # The heading stands once, in a file that is new or empty.
    if [ ! -s "$csv" ]; then
        sed -n '1s/^/host,/p' "$rows" >>"$csv" || return 1
    fi
    # A comma or a quote in a host's name would make another column of it.
    name=$(printf '%s' "$1" | tr -c 'A-Za-z0-9@._:-' '_')
    sed -e 1d -e "s/^/$name,/" "$rows" >>"$csv"
}

while IFS= read -r host || [ -n "$host" ]; do
    case $host in
        '' | '#'*) continue ;;
        # It would be taken for an option of ssh.
        -*) printf '%s: not a host\n' "$host" >&2; failed=1; continue ;;
        *) ;;
    esac
    # What goes to standard input belongs to this loop, not to ssh.
    # shellcheck disable=SC2086 # the words of the survey are words
    ssh -o BatchMode=yes -o ConnectTimeout=10 "$host" opensim --json $survey </dev/null >"$document"
    status=$?
    # 8 and 9 are surveys too: nothing to compare, nothing good enough.
    case $status in
        0 | 8 | 9) ;;
        *) printf '%s: no survey (exit %s)\n' "$host" "$status" >&2; failed=1; continue ;;
    esac
    if opensim report --format csv - <"$document" >"$rows" && add "$host"; then
        :
    else
        printf '%s: what it gave is no survey\n' "$host" >&2
        failed=1
    fi
done <"$hosts"
exit "$failed"
