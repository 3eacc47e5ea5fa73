# an ordinary user without a session: the real polkit says no, and yes by the rule of packaging/polkit
# shellcheck shell=bash disable=SC2154,SC2034

if [ ! -x /usr/lib/polkit-1/polkitd ] || ! command -v NetworkManager >/dev/null; then
    skip 'polkit or NetworkManager is not here (packages polkitd and network-manager)'
    return
fi
# In the port's group, so that it is not the port that `--direct` is refused for.
groupadd --system opensim
useradd --create-home --groups dialout teleworker
as_teleworker() {
    run setpriv --reuid=teleworker --regid=teleworker --init-groups \
        env HOME=/home/teleworker XDG_STATE_HOME=/home/teleworker/state XDG_CONFIG_HOME=/home/teleworker/config "$@"
}
make_dialled
start_polkit
start_manager
start_network_manager
serve_dialled
add_connection home >/run/detail
plug p
eventually 90 managed
eventually 20 known_to_network_manager
eventually 20 shown_on 20801
check 'NetworkManager has a call up' nmcli --wait 60 connection up home

as_teleworker opensim status --json
check 'reading takes no right, but for the levels' \
    json '.registration.plmn == "20801" and .data.interface == "ppp0" and .radio.rsrp_dbm == null'
from=$(commands_of p)
as_teleworker opensim switch sfr --yes --json
check 'switch ends with exit 4' exited 4
check 'it says who refused' json '.error.code == "manager.denied"'
check 'the modem heard nothing of it' not_heard p "$from" '"20810"'
check 'nor did NetworkManager' names home ''
check 'the call goes on' calls_up
as_teleworker opensim recover --json
check 'nothing is owed' json '.needed == false'

install -m 644 "$bench/../../packaging/polkit/50-opensim.rules" /etc/polkit-1/rules.d/
as_teleworker opensim switch sfr --yes --json
check 'the rule is for its group alone' exited 4
usermod --append --groups opensim teleworker
as_teleworker opensim switch sfr --yes --json
check 'one of the group may' exited 0
check 'in truth' on p 20810
check 'NetworkManager has it' names home 20810
check 'its secret is kept' keeps_secret home
check 'it dials again' eventually 30 calls_up
check 'and the choice stands' on p 20810
as_teleworker opensim --direct status --json
check "--direct stays root's, by the bus's own rules" exited 4
rm /etc/polkit-1/rules.d/50-opensim.rules
put_dialled_away
