# The network behind the device: the far end of its USB network link, in a namespace of its own with a measurement server,
# and the link shaped after the carrier that the virtual modem is on. Sourced by `main`.
# shellcheck shell=bash disable=SC2154

far_address=192.168.225.1
near_address=192.168.225.20
server=opensim://$far_address:8620

# What each carrier carries: kbit/s down, kbit/s up. Above some Mbit/s it is the emulation that is measured.
declare -A down_kbit=([20801]=1200 [20810]=3000 [20820]=120)
declare -A up_kbit=([20801]=800 [20810]=1500 [20820]=90)

# near_interface NAME: the host's side of a device's network function, by its hardware address.
near_interface() {
    local file at
    for file in /sys/class/net/*/address; do
        read -r at <"$file"
        [ "$at" != "${address[$1]}:02" ] || { file=${file%/address}; echo "${file##*/}"; return; }
    done
    return 1
}

# start_network NAME: gives both ends their addresses, and the far end a server. The near end gets a default route of a
# high metric, as from NetworkManager.
start_network() {
    local near far
    modprobe sch_tbf 2>/dev/null
    near=$(near_interface "$1")
    far=$(far_interface "$1")
    ip netns add far
    ip link set "$far" netns far
    ip -n far link set lo up
    ip -n far addr add "$far_address/24" dev "$far"
    ip addr add "$near_address/24" dev "$near"
    # The near end listens for the far end's word that it is connected only while it is up, so it goes first.
    ip link set "$near" up
    ip -n far link set "$far" up
    check 'the link has a carrier' eventually 20 grep -q 1 "/sys/class/net/$near/carrier"
    ip route add default via "$far_address" dev "$near" metric 700
    ip netns exec far opensim serve --listen "$far_address:8620" >"$out/serve.log" 2>&1 &
    serving=$!
    follow "$1" "$near" "$far" &
    following=$!
    eventually 20 grep -q opensim://\\\|8620 "$out/serve.log"
}

# follow NAME NEAR FAR: shapes both directions after the network that the virtual modem is on, until it is stopped. On
# none the shape stays: a bucket that was all but shut goes on by its old, far alarm when it is opened again.
# A new process takes too long here (opensim would measure the shape of before), so one `tc` each way reads orders.
follow() {
    local plmn='' last=none near far
    rm -f /run/tc.near /run/tc.far
    mkfifo /run/tc.near /run/tc.far
    tc -force -batch - </run/tc.near &
    ip netns exec far tc -force -batch - </run/tc.far &
    exec {near}>/run/tc.near {far}>/run/tc.far
    while :; do
        plmn=$(</run/"$1".plmn)
        if [ -n "$plmn" ] && [ "$plmn" != "$last" ]; then
            shape "$3" "${down_kbit[$plmn]}" >&"$far"
            shape "$2" "${up_kbit[$plmn]}" >&"$near"
            last=$plmn
            echo "$plmn" >/run/shaped
        fi
        pause 0.02
    done
}

# shape INTERFACE KBIT: the order for a token bucket as slow as said.
shape() {
    printf 'qdisc replace dev %s root tbf rate %skbit burst 4kb latency 400ms\n' "$1" "$2"
}

shaped() {
    [ "$(cat /run/shaped 2>/dev/null)" = "$1" ]
}

stop_network() {
    # The two `tc` end with what they read from. A shell that loops may miss its trap, so it is not asked.
    [ -z "${following:-}" ] || end_task "$following" KILL
    [ -z "${serving:-}" ] || end_task "$serving"
    following='' serving=''
    ip netns del far 2>/dev/null || true
}
