# a modem without a network function: the link is dialled with PPP, measured, and taken down
# shellcheck shell=bash disable=SC2154,SC2034

make_dialled
serve_dialled
plug p
eventually 20 compgen -G '/dev/ttyUSB3'
eventually 20 udevadm settle
run opensim modems --json
check 'its dialling port is known, and it has no interface' \
    json '.modems[0] | .net_interface == null and (.ports[3].role == "ppp") and (.ports[2].role == "at")'
run opensim status --json
check 'status over its AT port' exited 0

# First without opensim: that the bench itself can be dialled.
check 'the bench answers a dial' dials /dev/ttyUSB3
run opensim -vv measure --server "opensim://$ppp_far:8620" --no-voice --json
check 'measured over PPP' exited 0
check 'the name servers of the call are known' says "primary   DNS address $ppp_far"
check 'over its interface' json '.interface | test("^ppp")'
check 'the call is taken down' eventually 15 no_interface ppp
# The device's end of the call before is over only when its own pppd says so.
eventually 20 hung_up
pause 1
run opensim scan --yes --carriers orange --server "opensim://$ppp_far:8620" --json
check 'scan dials' exited 0
check 'and measures over the call' json '.carriers[0] | .verdict == "suitable" and .throughput.down.estimate_bps != null'
check 'the call is taken down' eventually 15 no_interface ppp
put_dialled_away
