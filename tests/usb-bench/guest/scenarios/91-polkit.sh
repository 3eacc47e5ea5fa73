# whom the real polkit lets change the carrier of a modem that ModemManager holds
# shellcheck shell=bash disable=SC2154

if [ ! -x "$polkitd" ]; then
    skip 'polkit is not here (package polkitd)'
    return
fi
# Somebody over SSH: no session at a seat, nobody to ask for a password.
echo 'remote:x:4242:4242::/tmp/remote:/bin/sh' >>/etc/passwd
echo 'remote:x:4242:' >>/etc/group
mkdir -p -m 700 /tmp/remote
chown 4242:4242 /tmp/remote
as_remote() {
    run setpriv --reuid=4242 --regid=4242 --init-groups env HOME=/tmp/remote XDG_STATE_HOME=/tmp/remote "$@"
}
start_polkit
start_manager
serve a $'[modem]\ncesq = true'
plug a
check 'ModemManager exports the modem' eventually 90 managed
run mmcli -m any -e
eventually 20 shown_on 20801
as_remote opensim status --json
check 'reading needs no right' json '.registration.plmn == "20801" and .modem.backend == "manager"'
from=$(commands_of a)
as_remote opensim switch sfr --yes --json
check 'a switch is refused' exited 4
check 'as such' json '.error.code == "manager.denied"'
check 'nothing was selected' not_heard a "$from" 'COPS=1'
check 'in truth' on a 20801
as_remote opensim recover --json
check 'nothing is owed' json '.needed == false'

# The example, as its first lines say to install it.
echo 'opensim:x:4243:remote' >>/etc/group
mkdir -p /etc/polkit-1/rules.d
cp "$bench/../../packaging/polkit/50-opensim.rules" /etc/polkit-1/rules.d/
stop_polkit
start_polkit
as_remote opensim switch sfr --yes --json
check 'with the example rule a member of its group may' exited 0
check 'in truth' on a 20810
as_remote opensim --direct switch orange --yes --json
check 'by AT the port is another matter: its group is named' exited 4
check 'in truth' on a 20810
rm /etc/polkit-1/rules.d/50-opensim.rules
stop_polkit
