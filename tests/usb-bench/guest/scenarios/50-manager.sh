# beside a running ModemManager: it finds the modem, and opensim works next to it
# shellcheck shell=bash disable=SC2154

start_manager
serve a
mark plug
plug a
eventually 90 managed
since plug
time_of 'plug to mmcli -L' "$took"
time_of 'plug to mmcli -L, commands' "$(commands_of a)"
run mmcli -m any
cp "$out/a.log" "$out/a.mm-plug.log"
check 'ModemManager exports the modem' says 'EC25'
run opensim modems --json
check 'modems says who manages it' json '.modems[0].managed_by == "modemmanager"'
check 'and who holds the port' json '[.modems[0].ports[].held_by | select(. != null)] | any(test("ModemManager"))'
run opensim status --json
cp "$out/a.log" "$out/a.mm-plug2.log"

run mmcli -m any -e
run mmcli -m any
commands=$(commands_of a)
run mmcli -m any --3gpp-register-in-operator=20810 --timeout=60
time_of 'mmcli --3gpp-register-in-operator' "$took"
time_of 'mmcli --3gpp-register-in-operator, commands' "$(($(commands_of a) - commands))"
check 'mmcli registers' exited 0
check 'in truth' eventually 10 on a 20810
run mmcli -m any
stop_manager
