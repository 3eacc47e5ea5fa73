# the same modem beside ModemManager, which dials and leaves PPP to whoever asked it
# shellcheck shell=bash disable=SC2154,SC2034

make_dialled
start_manager
serve_dialled
plug p
check 'ModemManager exports the modem' eventually 90 managed
run opensim scan --yes --carriers orange --server "opensim://$ppp_far:8620" --json
check 'scan has it dial, and measures' exited 0
check 'through ModemManager' json '.modem.backend == "manager"'
check 'over the call' json '.carriers[0] | .verdict == "suitable" and .throughput.down.estimate_bps != null'
check 'the call is taken down' eventually 15 no_interface ppp
check 'the carrier was named at the connection' never p 'COPS=0'
put_dialled_away
