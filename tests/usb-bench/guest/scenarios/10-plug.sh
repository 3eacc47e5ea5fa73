# a modem is plugged in, found and labelled; its ports have other numbers after a replug
# shellcheck shell=bash disable=SC2154,SC2034

serve a
mark plug
plug a
eventually 20 compgen -G '/dev/ttyUSB2'
until run opensim modems --json && json '.modems | length == 1 and (.[0].ports | length == 3)' >/dev/null; do
    pause 0.05
done
since plug
time_of 'plug to opensim modems' "$took"
check 'modems finds it with three ports' json '.modems[0].ports | length == 3'
check 'vendor and product are told' json '.modems[0].usb | .vendor_id == "2c7c" and .product_id == "0125" and .manufacturer == "Quectel"'
check 'the roles of the ports' json '[.modems[0].ports[].role] == ["diag","nmea","at"]'
check 'its network interface' json '.modems[0].net_interface | test("^(enx|usb|eth)")'
check 'nobody holds it' json '.modems[0].managed_by == null and ([.modems[0].ports[].held_by] | all(. == null))'
run opensim status --json
since plug
time_of 'plug to opensim status' "$took"
check 'status by AT' exited 0
check 'the carrier that it is on' json '.registration.carrier == "orange" and .registration.plmn == "20801"'

sleep 30 </dev/ttyUSB0 &
holder=$!
unplug a
run opensim modems --json
check 'unplugged, it is no longer found' json '.modems == []'
plug a
eventually 20 compgen -G '/dev/ttyUSB3'
run opensim modems --json
check 'replugged while a port was held, it has other numbers' json '.modems[0].ports | length == 3 and .[2].path == "/dev/ttyUSB3" and .[2].role == "at"'
run opensim status --json
check 'status finds it there' json '.modem.port == "/dev/ttyUSB3"'
kill "$holder"
