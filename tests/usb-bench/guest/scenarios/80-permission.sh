# a user outside the port's group is told the group and the command
# shellcheck shell=bash disable=SC2154

serve a
plugged a
as_nobody() {
    run setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp/nobody XDG_STATE_HOME=/tmp/nobody "$@"
}
as_nobody opensim modems --json
check 'modems needs no permission' json '.modems[0].ports | length == 3'
as_nobody opensim status --json
check 'status ends with exit 4' exited 4
check 'it names the group' says dialout
check 'and the command to type' says 'usermod -aG dialout'
