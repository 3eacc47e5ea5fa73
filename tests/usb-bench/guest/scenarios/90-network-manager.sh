# beside the real NetworkManager: its next connection undoes a choice, and does not once opensim wrote it down
# shellcheck shell=bash disable=SC2154,SC2034

if ! command -v NetworkManager >/dev/null; then
    skip 'NetworkManager is not here (package network-manager)'
    return
fi
make_dialled
start_manager
start_network_manager
serve_dialled
add_connection home >/run/detail
plug p
eventually 90 managed
check 'NetworkManager has the modem, from ModemManager' eventually 20 known_to_network_manager
eventually 20 shown_on 20801
run opensim status --json
check 'status: a connection that names no carrier would undo a choice' \
    json '[.warnings[] | select(.code == "nm.would_undo") | .values.connection] == ["home"]'

# That it does, without opensim: a choice made by hand, then NetworkManager's connection.
check 'a choice by hand' mmcli -m any --3gpp-register-in-operator=20810 --timeout=60
from=$(commands_of p)
check 'NetworkManager dials' nmcli --wait 60 connection up home
check 'and ModemManager has handed the choice back to the modem' heard p "$from" 'COPS=0'

# Named, the carrier in use is written down too, though nothing has to move.
from=$(commands_of p)
run opensim switch sfr --yes --json
check 'switch to the carrier in use writes it down' json '.outcome == "already_there" and ([.warnings[].code] | index("nm.set") != null)'
check 'NetworkManager has it' names home 20810
check 'the call goes on' calls_up

# The call is up, and ModemManager registers nowhere while it is.
run opensim switch orange --yes --json
check 'switch orange, over a call that has to make way' exited 0
check 'in truth' on p 20801
check 'NetworkManager has it' names home 20801
check 'and keeps its secret' keeps_secret home
check 'it dials again' eventually 30 calls_up
check 'the choice stands' on p 20801
check 'and was never handed back' not_heard p "$from" 'COPS=0'
run opensim status --json
check 'status warns of nothing' json '[.warnings[].code | select(test("^nm"))] == []'
check 'and knows the interface of the call' json '.data.interface == "ppp0" and .data.address == "10.64.64.65"'
run opensim scan --carriers sfr --yes --server "opensim://$ppp_far:8620" --no-voice --json
check 'scan' exited 0
check 'each over a call of its own' json '.carriers[0] | .carrier == "sfr" and .throughput.down.estimate_bps != null'
check 'back' on p 20801
check 'it dials again' eventually 30 calls_up

killed_at p '"20820"' opensim switch bouygues --yes
check 'killed in a switch: NetworkManager has the carrier that was under way' names home 20820
run opensim recover --json
check 'recover' exited 0
check 'in truth' on p 20801
check 'NetworkManager has the former one' names home 20801
check 'and dials again' eventually 30 calls_up
check 'and keeps its secret' keeps_secret home
check 'the choice was never handed back' not_heard p "$from" 'COPS=0'
nmcli connection down home >/run/detail
check 'the call is taken down' eventually 15 no_interface ppp
put_dialled_away
