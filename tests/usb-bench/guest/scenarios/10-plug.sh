# a modem is plugged in, found and labelled; its ports have other numbers after a replug
# shellcheck shell=bash disable=SC2154,SC2034

# It is up at once: its power comes with the plug, and how long it takes to start is not what is timed below.
serve a $'[timing]\nboot_ms = 1'
plugged a
run opensim modems --json
check 'modems finds it with three ports' json '.modems[0].ports | length == 3'
check 'vendor and product are told' json '.modems[0].usb | .vendor_id == "2c7c" and .product_id == "0125" and .manufacturer == "Quectel"'
check 'the roles of the ports' json '[.modems[0].ports[].role] == ["diag","nmea","at"]'
check 'its network interface' json '.modems[0].net_interface | test("^(enx|usb|eth)")'
check 'nobody holds it' json '.modems[0].managed_by == null and ([.modems[0].ports[].held_by] | all(. == null))'
run opensim status --json
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

# Twice more against the clock, now that the drivers are loaded as they are when ModemManager is timed.
listed() {
    run opensim modems --json
    json '.modems[0].ports[2].role == "at"'
}
answers() {
    run opensim status --json
    exited 0
}
unplug a
eventually 20 no_ports
mark plug
plug a
eventually 30 listed
since plug
time_of 'plug to listed' "$took"
unplug a
eventually 20 no_ports
commands=$(commands_of a)
mark plug
plug a
eventually 30 answers
since plug
time_of 'plug to status' "$took"
time_of 'plug to status, AT commands' "$(($(commands_of a) - commands))"
check 'again, against the clock' json '.modem.manufacturer == "Quectel"'
