# the same modem beside ModemManager, which dials and leaves PPP to whoever asked it
# shellcheck shell=bash disable=SC2154,SC2034

unmake_gadget b
usb_ids=1e0e:9205 usb_names=SimTech:SIM7070 make_gadget p 4
controller[p]=dummy_udc.1
start_manager
serve p 'persona = "simcom"'
serve_dial "$(far_port p 3)"
ip netns exec far opensim serve --listen 0.0.0.0:8620 >"$out/serve-ppp.log" 2>&1 &
serving=$!
plug p
check 'ModemManager exports the modem' eventually 90 managed
run opensim scan --yes --carriers orange --server "opensim://$ppp_far:8620" --json
check 'scan has it dial, and measures' exited 0
check 'through ModemManager' json '.modem.backend == "manager"'
check 'over the call' json '.carriers[0] | .verdict == "suitable" and .throughput.down.estimate_bps != null'
check 'the call is taken down' eventually 15 no_interface ppp
check 'the carrier was named at the connection' never p 'COPS=0'
kill "$serving"
unplug p
stop_dial
stop_serving p
unmake_gadget p
make_gadget b 3 net
