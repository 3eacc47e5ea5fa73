# beside a running ModemManager: through it where it manages the modem, and directly with its leave
# shellcheck shell=bash disable=SC2154

start_manager
# By AT the daemon reads radio with +CESQ alone, which an EC25 of some firmwares knows.
serve a $'[modem]\ncesq = true'
mark plug
plug a
check 'ModemManager exports the modem' eventually 90 managed
since plug
time_of 'plug to listed' mmcli "$took"
time_of 'plug to listed, AT commands' mmcli "$(commands_of a)"
run opensim modems --json
check 'modems says who manages it' json '.modems[0].managed_by == "modemmanager"'
check 'and who holds the port' json '[.modems[0].ports[].held_by | select(. != null)] | any(test("ModemManager"))'

# What opensim does from here on goes through the daemon; not a byte of its own on a port that another holds.
run opensim status --json
check 'status of a modem that the daemon keeps switched off says so and leaves it' \
    json '[.warnings[].code] | index("manager.disabled") != null'
run mmcli -m any -e
eventually 20 shown_on 20801
run opensim status --json
check 'status, through ModemManager' exited 0
check 'it says through whom' json '.modem.backend | test("manager")'
check 'the carrier that it is on' json '.registration.carrier == "orange" and .registration.plmn == "20801"'
commands=$(commands_of a)
run opensim switch sfr --yes --json
time_of 'switch' 'opensim through ModemManager' "$took"
time_of 'switch, AT commands' 'opensim through ModemManager' "$(($(commands_of a) - commands))"
check 'switch sfr' exited 0
check 'it says so' json '.outcome == "switched" and .confirmed'
check 'in truth' on a 20810
run opensim scan --yes --no-measure --json
time_of 'scan of three' 'opensim through ModemManager' "$took"
check 'scan' exited 0
check 'it joined all three' json '[.carriers[].availability] == ["available", "available", "available"]'
check 'and puts SFR back' json '.restored and .selection_after.plmn == "20810"'
check 'in truth' on a 20810
check 'automatic selection was never sent' never a 'COPS=0'

commands=$(commands_of a)
run mmcli -m any --3gpp-register-in-operator=20801 --timeout=60
time_of 'switch' mmcli "$took"
time_of 'switch, AT commands' mmcli "$(($(commands_of a) - commands))"
check 'mmcli registers' exited 0
check 'in truth' eventually 10 on a 20801

run opensim --direct switch sfr --yes --json
check 'directly, with its leave' exited 0
check 'in truth' on a 20810
check 'and ModemManager has it again' eventually 60 managed
