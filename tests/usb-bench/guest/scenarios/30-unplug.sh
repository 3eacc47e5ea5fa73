# pulled out in the middle of a scan, then plugged in again under other port numbers
# shellcheck shell=bash disable=SC2154,SC2034

serve a
plugged a
from=$(commands_of a)
{ eventually 60 heard a "$from" '"20820"' && unplug a; } &
puller=$!
run opensim scan --yes --no-measure --json
wait "$puller"
check 'scan ends with exit 11: a change is under way' exited 11
check 'it says that the modem left' json '.error.values.cause == "modem.gone"'
check 'in words too' says 'left the bus\|unplugged\|gone'
run opensim status --json
check 'status without a modem' exited 3

# Somebody kept a port open when it was pulled, so that its numbers are not free: here, the second modem has them.
serve b
plug b
eventually 20 compgen -G '/dev/ttyUSB2'
plug a
eventually 20 compgen -G '/dev/ttyUSB5'
unplug b
stop_serving b
eventually 20 test ! -e /dev/ttyUSB2
run opensim modems --json
check 'it is back under other numbers' json '.modems | length == 1 and (.[0].ports[2].path == "/dev/ttyUSB5")'
run opensim recover --json
check 'recover finds it there' exited 0
check 'Orange is back in truth' eventually 10 on a 20801
