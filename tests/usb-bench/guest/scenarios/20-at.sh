# by AT alone: status, scan, switch, and recover after a kill in the middle of either
# shellcheck shell=bash disable=SC2154

serve a
plugged a
run opensim status --json
check 'status' exited 0
check 'the modem is known by its own words' json '.modem.dialect == "quectel" and .selection.mode == "manual" and .radio.rsrp_dbm != null'
run opensim scan --yes --no-measure --json
time_of 'scan of three' "$took"
check 'scan' exited 0
check 'it joined all three' json '[.carriers[].availability] == ["available", "available", "available"]'
check 'SFR comes first, by its radio' json '.carriers[0].carrier == "sfr"'
check 'and puts Orange back' json '.restored and .selection_after.plmn == "20801"'
check 'in truth' on a 20801

commands=$(commands_of a)
run opensim switch sfr --yes --json
time_of 'switch' "$took"
time_of 'switch, AT commands' "$(($(commands_of a) - commands))"
check 'switch sfr' exited 0
check 'it says so' json '.outcome == "switched" and .confirmed'
check 'in truth' on a 20810

killed_at a '"20801"' opensim switch orange --yes
run opensim status --json
check 'after a kill in a switch, status tells what is owed' json '[.warnings[].code] | any(test("interrupted|unfinished|owed|recover"))'
run opensim recover --json
check 'recover' exited 0
check 'SFR is back in truth' eventually 10 on a 20810

killed_at a '"20820"' opensim scan --yes --no-measure
run opensim recover --json
check 'recover after a kill in a scan' exited 0
check 'SFR is back in truth' eventually 10 on a 20810
run opensim recover --json
check 'a second recover has nothing to do' exited 0
