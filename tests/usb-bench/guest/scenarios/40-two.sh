# two modems at once: both are listed, none is taken unasked, and each can be named
# shellcheck shell=bash disable=SC2154

serve a
serve b $'[modem]\nimei = "866758040000777"\n[start]\nmode = "manual"\nplmn = "20810"'
plug a
plug b
eventually 20 compgen -G '/dev/ttyUSB5'
eventually 20 udevadm settle
run opensim modems --json
check 'modems lists both' json '.modems | length == 2 and ([.[].ports | length] == [3,3])'
check 'each with a network interface of its own' json '[.modems[].net_interface] | unique | length == 2'
second=$(jq -r '.modems[1].id' "$out/$last.out")
port=$(jq -r '.modems[1].ports[2].path' "$out/$last.out")
before=$(commands_of a)$(commands_of b)
run opensim status --json
check 'without a word it takes none' exited 2
check 'and says which there are' says "$second"
check 'no modem was talked to' [ "$before" = "$(commands_of a)$(commands_of b)" ]
run opensim --modem "imei:…0777" status --json
check 'one is named by its number' exited 0
check 'and it is that one' json '.registration.plmn == "20810"'
run opensim --modem "$port" status --json
check 'by its port' exited 0
run opensim --modem "$second" switch orange --yes --json
check 'by its place, to switch it' exited 0
check 'which moved this one' on b 20801
