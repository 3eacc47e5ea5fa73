# The far side of a modem's dialling port: it answers AT until it is told to dial, and then speaks PPP, as a modem without
# a network function of its own does. Sourced by `main`. What lies behind the call is the namespace `far`.
# shellcheck shell=bash disable=SC2154

ppp_far=10.64.64.64
ppp_near=10.64.64.65

# serve_dial PORT: until `stop_dial`. A port that was hung up is opened anew.
serve_dial() {
    modprobe -a ppp_generic ppp_async
    [ -e /dev/ppp ] || mknod /dev/ppp c 108 0
    ip netns add far
    ip -n far link set lo up
    answer_calls "$1" &
    dialling=$!
}

# serve_dialled: the modem of `make_dialled`, what answers its calls, and a measurement server behind them; until
# `put_dialled_away`.
serve_dialled() {
    serve p 'persona = "simcom"'
    serve_dial "$(far_port p 3)"
    ip netns exec far opensim serve --listen 0.0.0.0:8620 >>"$out/serve-ppp.log" 2>&1 &
    serving=$!
}

answer_calls() {
    local port=$1 line
    while :; do
        # The shell reads lines, so a return comes in as a line end.
        stty -F "$port" raw -echo icrnl
        while read -r line; do
            echo "$line" >>"$out/dial.log"
            case ${line^^} in
                ATD*) printf '\r\nCONNECT 150000000\r\n'; break ;;
                AT*) printf '\r\nOK\r\n' ;;
            esac
        done <"$port" >"$port"
        case ${line^^} in
            # Ends with the call; the port is the modem's again afterwards, and soon: asked to hang up it lingers for a
            # retry's time, and who dials again meanwhile is not heard.
            ATD*) ip netns exec far pppd "$port" nodetach local noauth nocrtscts "$ppp_far:$ppp_near" ms-dns "$ppp_far" \
                noccp novj noipv6 lcp-echo-interval 0 lcp-restart 1 ip-up-script /bin/true ip-down-script /bin/true \
                >>"$out/dial.pppd" 2>&1 ;;
            *) pause 0.2 ;;
        esac
    done
}

stop_dial() {
    [ -n "${dialling:-}" ] || return 0
    end_task "$dialling"
    dialling=
    local pid
    for pid in $(ip netns pids far); do
        kill "$pid" 2>/dev/null
    done
    ip netns del far
}

# dials PORT: whether a plain pppd gets an address there.
dials() {
    timeout 40 pppd "$1" 115200 nodetach noauth noipdefault nodefaultroute novj noccp noipv6 maxfail 1 nopersist \
        ip-up-script /bin/true ip-down-script /bin/true \
        connect "exec chat -s -S -v TIMEOUT 5 ABORT ERROR '' AT OK-AT-OK ATD*99# CONNECT ''" >"$out/dials" 2>&1 &
    local caller=$! met=1
    eventually 30 grep -q "local  IP address $ppp_near" "$out/dials" && met=0
    busybox ping -c 1 -W 5 "$ppp_far" >>"$out/dials" 2>&1 || met=1
    kill "$caller" 2>/dev/null
    wait "$caller" 2>/dev/null
    [ "$met" = 0 ] || tail -n 5 "$out/dials"
    return "$met"
}

# no_interface PREFIX: whether no interface has such a name.
no_interface() {
    ! compgen -G "/sys/class/net/$1*" >/dev/null
}

# hung_up: whether no call is up at either end.
hung_up() {
    ! pgrep -x pppd >/dev/null
}
