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

# The rule for whoever sits at the computer: a real udev reads it and tags the ports.
mkdir -p /etc/udev/rules.d
cp "$bench/../../packaging/udev/70-opensim.rules" /etc/udev/rules.d/
udevadm control --reload
udevadm trigger --settle --action=change /dev/ttyUSB2
check 'the udev rule tags the port for the seat' eventually 10 tagged /dev/ttyUSB2
rm /etc/udev/rules.d/70-opensim.rules
udevadm control --reload
