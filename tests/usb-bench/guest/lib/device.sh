# The far side of the cable: USB devices that this machine makes of the virtual modem. Sourced by `main`.
# Two gadgets, `a` and `b`, each on a USB device controller of its own; what they consist of is said when they are made.
# The virtual modem serves AT on the third serial function, as a Quectel EC25 does on its third interface.
# shellcheck shell=bash disable=SC2154

gadgets=/sys/kernel/config/usb_gadget
declare -A controller=([a]=dummy_udc.0 [b]=dummy_udc.1)
declare -A address=([a]=02:00:00:00:0a [b]=02:00:00:00:0b)
declare -A sim=()

make_gadgets() {
    modprobe dummy_hcd num=2
    modprobe libcomposite
    mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
    make_gadget a 3 net
    make_gadget b 3 net
}

# make_gadget NAME SERIALS [net]: a Quectel EC25 with so many serial functions, and a network function after them; with
# `usb_ids` and `usb_names` set for it, another modem.
make_gadget() {
    local name=$1 serials=$2 net=${3:-} folder=$gadgets/$1 index
    local ids=${usb_ids:-2c7c:0125} names=${usb_names:-Quectel:EC25-E}
    mkdir -p "$folder/strings/0x409" "$folder/configs/c.1"
    echo "0x${ids%:*}" >"$folder/idVendor"
    echo "0x${ids#*:}" >"$folder/idProduct"
    echo 0x0318 >"$folder/bcdDevice"
    echo "${names%:*}" >"$folder/strings/0x409/manufacturer"
    echo "${names#*:}" >"$folder/strings/0x409/product"
    for ((index = 0; index < serials; index++)); do
        mkdir "$folder/functions/gser.$name$index"
        ln -s "$folder/functions/gser.$name$index" "$folder/configs/c.1/"
        stty -F "$(far_port "$name" "$index")" raw -echo
    done
    if [ -n "$net" ]; then
        mkdir "$folder/functions/ecm.$name"
        echo "${address[$name]}:01" >"$folder/functions/ecm.$name/dev_addr"
        echo "${address[$name]}:02" >"$folder/functions/ecm.$name/host_addr"
        ln -s "$folder/functions/ecm.$name" "$folder/configs/c.1/"
    fi
}

# Takes a gadget apart, to make it anew of other functions.
unmake_gadget() {
    local folder=$gadgets/$1
    unplug "$1"
    find "$folder/configs/c.1" -type l -delete
    rmdir "$folder/functions/"* "$folder/configs/c.1" "$folder/strings/0x409" "$folder"
}

# make_dialled: in place of the second gadget one without a network function, `p`, a modem that is dialled with PPP on its
# fourth port.
make_dialled() {
    unmake_gadget b
    local usb_ids=1e0e:9205 usb_names=SimTech:SIM7070
    make_gadget p 4
    controller[p]=dummy_udc.1
}

# put_dialled_away: the second gadget again. A serial function cannot go while somebody has its port open.
put_dialled_away() {
    end_task "$serving"
    serving=
    unplug p
    stop_dial
    stop_serving p
    unmake_gadget p
    make_gadget b 3 net
}

# far_port NAME INDEX: the device's side of a serial function.
far_port() {
    printf '/dev/ttyGS%s' "$(cat "$gadgets/$1/functions/gser.$1$2/port_num")"
}

# The network interface at the device's side.
far_interface() {
    cat "$gadgets/$1/functions/ecm.$1/ifname"
}

# serve NAME [TOML]: starts the virtual modem of a gadget, a Quectel in `home` with what the TOML adds. It lives three
# times as fast as a real one. `/run/NAME.plmn` has the network it is on, `$out/NAME.log` the commands that it got.
serve() {
    local name=$1 toml=${2:-}
    rm -f "/run/$name.plmn"
    printf 'base = "home"\n%s\n' "$toml" >"/run/$name.toml"
    opensim sim --port "$(far_port "$name" 2)" --scenario "/run/$name.toml" --pace 3 \
        --state "/run/$name.plmn" --log "$out/$name.log" 2>>"$out/$name.sim" &
    sim[$name]=$!
    eventually 10 test -s "/run/$name.plmn"
}

stop_serving() {
    local name=$1
    [ -n "${sim[$name]:-}" ] || return 0
    end_task "${sim[$name]}" INT
    unset "sim[$name]"
}

plug() {
    echo "${controller[$1]}" >"$gadgets/$1/UDC"
}

unplug() {
    [ -z "$(cat "$gadgets/$1/UDC")" ] || echo >"$gadgets/$1/UDC"
}

# Back to an empty bus.
unplug_all() {
    local name
    for name in a b; do
        [ ! -e "$gadgets/$name" ] || unplug "$name"
        stop_serving "$name"
    done
    eventually 10 no_ports
}

no_ports() {
    ! compgen -G '/dev/ttyUSB*' >/dev/null
}

# plugged NAME: plugs it in and waits until its last port can be used.
plugged() {
    plug "$1"
    eventually 20 compgen -G '/dev/ttyUSB2'
    eventually 20 udevadm settle
}

# The network that a virtual modem is on in truth.
carrier_of() {
    local plmn=
    read -r plmn <"/run/$1.plmn"
    printf '%s\n' "$plmn"
}

# on NAME PLMN: whether it is on this one.
on() {
    [ "$(carrier_of "$1")" = "$2" ] || { echo "is on '$(carrier_of "$1")', not $2"; return 1; }
}

# How many commands it got so far.
commands_of() {
    wc -l <"$out/$1.log"
}

# heard NAME FROM TEXT: whether a command with this text arrived, from the FROMth on.
heard() {
    tail -n "+$(($2 + 1))" "$out/$1.log" | grep -qF -- "$3"
}

not_heard() {
    ! heard "$@"
}

# never NAME TEXT: whether no command with this text ever arrived.
never() {
    ! grep -F -- "$2" "$out/$1.log"
}

# killed_at NAME TEXT COMMAND...: runs a command and kills it hard once the modem heard a command with this text.
killed_at() {
    local name=$1 text=$2 from
    shift 2
    from=$(commands_of "$name")
    "$@" >"$out/$scenario.killed" 2>&1 </dev/null &
    eventually 60 heard "$name" "$from" "$text"
    kill -KILL $!
    wait $! 2>/dev/null
}
