# the link measured for real: each carrier shaped by tc behind the USB network function, proved and ranked by opensim
# shellcheck shell=bash disable=SC2154

serve a
plugged a
near=$(near_interface a)
start_network a
eventually 10 shaped 20801
run opensim measure --server "$server" --no-voice --json
check 'measure' exited 0
check 'over the interface of the same device' json ".interface == \"$near\""
check 'Orange is good enough' json '.verdict == "suitable"'
# What a reset leaves on its way is billed at the most that it can be: a window each way.
check 'the bill covers what the interface counted, and a window each way at the most beside it' \
    json '.links[0].cost | .bytes * 1.01 >= .interface_bytes and .bytes <= .interface_bytes + 40000'

run opensim scan --yes --server "$server" --json
time_of 'scan of three, measured' "$took"
check 'scan' exited 0
check 'SFR first, then Orange, then Bouygues Telecom' json '[.carriers[].carrier] == ["sfr", "orange", "bouygues"]'
check 'two carry the day' json '[.carriers[].verdict] == ["suitable", "suitable", "unsuitable"]'
check 'with a call each' json '.carriers[0:2] | all(.voice.method == "stamp" and .voice.mos > 3.6)'
# Both ways fall short there and are asked at once: the one that is known first ends it, which is a matter of the machine.
check 'the third stopped at the way that fell short first' \
    json '.carriers[2].throughput | [.down, .up] | map(select(. != null) | .verdict) | . == ["below"]'
check 'within the budget' json '.cost.bytes < 2000000'
check 'and back on Orange' on a 20801
run opensim switch sfr --yes --json
check 'switch' exited 0
check 'without a server nobody knows whether data flows' json '.data_verified == null'
run env OPENSIM_SERVER="$server" opensim switch orange --yes --json
check 'with one, data is seen to flow' json '.outcome == "switched" and .data_verified == true'

run opensim scan --yes --server opensim://203.0.113.9:1 --carriers orange --json
check 'a server that nobody is: exit 8' exited 8
ip link set "$near" down
run opensim measure --server "$server" --json --timeout 3s
check 'a link that is down: exit 8' exited 8
check 'it says so' json '.error.code == "measure.interface_down"'
stop_network
