# beside the real NetworkManager: its next connection undoes a choice, and does not once opensim wrote it down
# shellcheck shell=bash disable=SC2154,SC2034

if ! command -v NetworkManager >/dev/null; then
    skip 'NetworkManager is not here (package network-manager)'
    return
fi
make_dialled
start_manager
start_network_manager
serve p 'persona = "simcom"'
serve_dial "$(far_port p 3)"
ip netns exec far opensim serve --listen 0.0.0.0:8620 >"$out/serve-nm.log" 2>&1 &
serving=$!
# No automatic connection: when it connects is the scenario's to say.
nmcli connection add type gsm con-name home ifname '*' apn opensim gsm.password secret \
    connection.autoconnect no ipv6.method disabled >/run/detail
plug p
check 'NetworkManager has the modem, from ModemManager' eventually 90 known_to_network_manager
eventually 20 shown_on 20801
run opensim status --json
check 'status: a connection that names no carrier would undo a choice' \
    json '[.warnings[] | select(.code == "nm.would_undo")] | length == 1 and .[0].values.connection == "home"'

# That it does, without opensim: a choice made by hand, then NetworkManager's connection.
check 'a choice by hand' mmcli -m any --3gpp-register-in-operator=20810 --timeout=60
from=$(commands_of p)
run nmcli --wait 60 connection up home
check 'NetworkManager dials' exited 0
check 'and ModemManager has handed the choice back to the modem' heard p "$from" 'COPS=0'
nmcli connection down home >/run/detail
check 'the call is taken down' eventually 15 no_interface ppp

from=$(commands_of p)
run opensim switch sfr --yes --json
check 'switch sfr' exited 0
check 'it says that it wrote the choice down' json '[.warnings[].code] | index("nm.set") != null'
check 'NetworkManager has it' names home 20810
check 'its secret is kept' [ "$(nmcli -s -g gsm.password connection show home)" = secret ]
check 'on SFR in truth' on p 20810
eventually 15 hung_up
run nmcli --wait 60 connection up home
check 'NetworkManager dials again' exited 0
check 'the call carries' busybox ping -c 1 -W 5 "$ppp_far"
check 'the choice stands' on p 20810
check 'nobody handed it back' not_heard p "$from" 'COPS=0'
run opensim status --json
check 'status no longer warns' json '[.warnings[].code | select(test("^nm"))] == []'
check 'and knows the interface of the call' json '.data.interface == "ppp0" and .data.address == "10.64.64.65"'
run opensim measure --server "opensim://$ppp_far:8620" --no-voice --json
check 'which is measured' exited 0
check 'over that interface' json '.interface == "ppp0" and .links[0].throughput.down.verdict == "meets"'
run opensim switch orange --yes --json
check 'while it is up ModemManager registers nowhere, and that is said' exited 4
check 'as such' json '.error.code == "manager.wrong_state"'
check 'nothing was changed' on p 20810
check 'nor in NetworkManager' names home 20810
run opensim scan --yes --no-measure --carriers orange --json
check 'a scan is refused alike' exited 4
check 'and leaves NetworkManager as it was' names home 20810
nmcli connection down home >/run/detail
check 'the call is taken down' eventually 15 no_interface ppp

killed_at p '"20820"' opensim switch bouygues --yes
check 'killed in a switch, the connection names the carrier that was under way' names home 20820
run opensim recover --json
check 'recover' exited 0
check 'the connection names SFR again' names home 20810
check 'SFR is back in truth' eventually 10 on p 20810
check 'its secret is kept' [ "$(nmcli -s -g gsm.password connection show home)" = secret ]
kill "$serving"
serving=
put_dialled_away
