#!/bin/bash
# opensim, asked in its two ways, beside what one would take instead, on the same shaped links: verdicts against a need,
# seconds, bytes on the wire.
#
#   cargo build --release && cargo build --release -p opensim-benches --bin shaped_line
#   sudo benches/side_by_side.sh [RUNS]
#
# RUNS (20) of each tool on each of LINKS, all links at once, on each of which one tool after the other. A link is a rate in
# kbit/s of TCP payload, `DOWN/UP`, or one of these in front of either, with a colon:
#   tls:     opensim's server speaks TLS (asked one by one; iperf3 has none)
#   bucket:  a token bucket of 48 KiB
#   trip:    a round trip of 150 ms (others: what the kernel takes, below one)
#   loss1:   60 ms of round trip, and 1 % of all packets lost in each direction; loss3: 3 %
#   moving:  60 ms, and a rate that is another one every 100 ms, as a person's who moves about in a cell that is shared:
#            mostly from half of the mean to twice, with pauses of 0.2 to 0.8 s; made up (tests/netns/relay.rs)
# The last four go through a relay in user space (`shaped_line`), since not every kernel has netem. OPENSIM and SHAPED_LINE
# name the binaries, NEED the need (200), TOOLS which are run. Bytes are those of the client's interface, both ways, once the
# link has come to rest. KEEP names a file for the figures of each run; the voice figures stand beside those of a full G.107
# where FIELD names the folder of emodel.py.
set -uo pipefail

RUNS=${1:-20}
LINKS=${LINKS:-100 170 230 400 2000 20000 8000/300 tls:400 trip:2000 loss1:2000 loss3:2000 moving:2000/800}
TOOLS=${TOOLS:-once one-by-one no-call iperf3 speedtest-cli}
NEED=${NEED:-200}
here=$(cd "$(dirname "$0")/.." && pwd)
OPENSIM=${OPENSIM:-$(ls "$here"/target/{release,debug}/opensim 2>/dev/null | head -1)}
SHAPED_LINE=${SHAPED_LINE:-$(ls "$here"/target/{release,debug}/shaped_line 2>/dev/null | head -1)}

skip() { echo "skipped: $1"; exit 0; }
[ "$(id -u)" = 0 ] || skip "network namespaces take root"
for tool in ip tc iperf3 jq awk openssl; do command -v "$tool" >/dev/null || skip "$tool is missing"; done
[ -x "$OPENSIM" ] || skip "no opensim binary; build it or name it in OPENSIM"

work=$(mktemp -d)
names=()
clean() {
    kill $(cat "$work"/*.pid 2>/dev/null) 2>/dev/null
    for n in "${names[@]}"; do ip netns del "$n" 2>/dev/null; rm -rf "/etc/netns/$n"; done
    rm -rf "$work"
}
trap clean EXIT

# What a link is called in file names and namespaces.
plain() { printf '%s' "$1" | tr -c 'a-z0-9' -; }

# kind, down, up: of a link's name.
parts() {
    local rates=${1#*:}
    [ "$1" = "$rates" ] && kind= || kind=${1%%:*}
    down=${rates%/*} up=${rates#*/}
}

# Each link has its own namespaces, with the servers at its far end.
link() {
    local id=$(plain "$1") kind down up end; parts "$1"
    local c="sbc$id-$$" s="sbs$id-$$"
    names+=("$c" "$s")
    ip netns add "$c" && ip netns add "$s" || return 1
    for end in "$c" "$s"; do
        ip netns exec "$end" sh -c 'for f in all default; do echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6; done' 2>/dev/null
        ip -n "$end" link set lo up
    done
    case $kind in
    trip | loss1 | loss3 | moving) relayed "$1" "$c" "$s" ;;
    *) shaped "$1" "$c" "$s" ;;
    esac || return 1
    serve "$1" "$c" "$s"
}

# By the kernel's token buckets, of two packets, or of 48 KiB.
shaped() {
    local kind down up burst=3200; parts "$1"
    [ "$kind" = bucket ] && burst=49152
    ip link add mod0 netns "$2" type veth peer name srv0 netns "$3" || return 1
    ip -n "$2" addr add 10.77.0.1/24 dev mod0; ip -n "$3" addr add 10.77.0.2/24 dev srv0
    # What the kernel passes on in one piece it counts as one packet.
    ip -n "$2" link set mod0 gso_max_segs 1; ip -n "$3" link set srv0 gso_max_segs 1
    ip -n "$2" link set mod0 up; ip -n "$3" link set srv0 up
    # Of a full segment's 1514 bytes 1448 are payload.
    tc -n "$2" qdisc add dev mod0 root tbf rate $((up * 1000 * 1514 / 1448)) burst $burst limit 100000 || return 1
    tc -n "$3" qdisc add dev srv0 root tbf rate $((down * 1000 * 1514 / 1448)) burst $burst limit 100000
}

relayed() {
    local kind down up how; parts "$1"
    case $kind in
    trip) how='delay=75' ;;
    loss?) how="delay=30 loss=${kind#loss}" ;;
    moving) how='delay=30 moving' ;;
    esac
    "$SHAPED_LINE" "$2" "$3" "down=$down" "up=$up" $how & echo $! > "$work/$(plain "$1").r.pid"
    until ip -n "$3" addr show dev srv0 2>/dev/null | grep -q 10.77; do
        kill -0 $! 2>/dev/null || return 1
        sleep 0.1
    done
}

# The way of both is known before anything is counted.
serve() {
    local id=$(plain "$1") tls=()
    [[ $1 = tls:* ]] && tls=(--tls-cert "$work/cert.pem" --tls-key "$work/key.pem")
    ip netns exec "$3" "$OPENSIM" serve --listen 10.77.0.2:8620 "${tls[@]}" 2> "$work/$id.ready" & echo $! > "$work/$id.o.pid"
    ip netns exec "$3" iperf3 -s >/dev/null 2>&1 & echo $! > "$work/$id.i.pid"
    if has speedtest-cli; then
        ip netns exec "$3" "$here/benches/speedtest_mini.py" 2> /dev/null & echo $! > "$work/$id.m.pid"
        # The one host that it asks whatever server is named.
        mkdir -p "/etc/netns/$2"; echo '10.77.0.2 www.speedtest.net' > "/etc/netns/$2/hosts"
    fi
    until grep -qs 8620 "$work/$id.ready"; do sleep 0.1; done
}

has() { [[ " $TOOLS " = *" $1 "* ]]; }

# Until nothing waits in either shaper and nothing more is counted.
rest() {
    local last= now
    while sleep 0.25; now=$(counters "$1"); do
        { tc -s -n "sbc$1-$$" qdisc show dev mod0; tc -s -n "sbs$1-$$" qdisc show dev srv0; } | grep -q 'backlog [1-9]' ||
            [ "$now" != "$last" ] || return
        last=$now
    done
}

# Received and sent by the client's interface.
counters() {
    ip -j -s -n "sbc$1-$$" link show dev mod0 | jq -r '.[0].stats64 | "\(.rx.bytes) \(.tx.bytes)"'
}

# Runs a command at the client's end: BYTES on the wire and SECONDS are what it cost.
counted() {
    local id=$1 before after from till; shift
    rest "$id"; before=$(counters "$id"); from=$(date +%s%N)
    timeout 90 ip netns exec "sbc$id-$$" "$@" > "$work/$id.json" 2>/dev/null
    till=$(date +%s%N); rest "$id"; after=$(counters "$id")
    read -r r0 t0 <<< "$before"; read -r r1 t1 <<< "$after"
    BYTES=$((r1 - r0 + t1 - t0)) SECONDS_=$(awk "BEGIN { print ($till - $from) / 1e9 }")
}

# One row a run: link, tool, what it says, seconds, bytes on the wire, MOS, bytes that opensim bills.
say() { printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@"; }

asked() { # link, id, name, arguments...: opensim's own verdict
    local link=$1 id=$2 name=$3; shift 3
    local scheme=opensim; [[ $link = tls:* ]] && scheme=opensim+https
    counted "$id" env XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" LANG=C.UTF-8 "$OPENSIM" --json measure \
        --interface mod0 --server "$scheme://10.77.0.2" --need-down "${NEED}k" --need-up "${NEED}k" "$@"
    jq -r --arg l "$link" --arg n "$name" --arg w "$BYTES" '[$l, $n, .verdict // "failed", .links[0].cost.seconds // 0, $w,
        .voice.mos // "", .links[0].cost.bytes // ""] | @tsv' "$work/$id.json"
}

iperf() { # link, id: two calls, as its manual has it
    local link=$1 id=$2 seconds=0 bytes=0 verdict=suitable way bps
    for way in -R ''; do
        counted "$id" iperf3 -c 10.77.0.2 -J $way
        bps=$(jq -r '.end.sum_received.bits_per_second // 0' "$work/$id.json")
        awk "BEGIN { exit !($bps < $NEED * 1000) }" && verdict=unsuitable
        bytes=$((bytes + BYTES)) seconds=$(awk "BEGIN { print $seconds + $SECONDS_ }")
    done
    say "$link" iperf3 "$verdict" "$seconds" "$bytes" '' ''
}

speedtest() { # link, id
    counted "$2" speedtest-cli --mini http://10.77.0.2 --json
    say "$1" speedtest-cli "$(jq -r --argjson n "$NEED" 'if .download < $n * 1000 or .upload < $n * 1000 then "unsuitable"
        else "suitable" end' "$work/$2.json" 2>/dev/null | grep . || echo failed)" "$SECONDS_" "$BYTES" '' ''
}

series() {
    local link=$1 id=$(plain "$1") run
    for run in $(seq "$RUNS"); do
        has once && asked "$link" "$id" once
        has one-by-one && asked "$link" "$id" one-by-one --one-by-one
        has no-call && asked "$link" "$id" no-call --no-voice --all
        has iperf3 && iperf "$link" "$id"
        has speedtest-cli && speedtest "$link" "$id"
    done > "$work/$id.tsv"
}

usable=
for link in $LINKS; do
    case $link in
    trip:* | loss?:* | moving:*) [ -x "$SHAPED_LINE" ] && [ -c /dev/net/tun ] || { echo "skipped: $link: no shaped_line, or no TUN"; continue; } ;;
    esac
    usable+=" $link"
done
command -v speedtest-cli >/dev/null && command -v python3 >/dev/null || {
    has speedtest-cli && echo "skipped: speedtest-cli is not here"
    TOOLS=${TOOLS/speedtest-cli/}
}
mkdir -p "$work/config/opensim"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bench -addext 'subjectAltName=IP:10.77.0.2' \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
printf '[measure]\nauthorities = ["%s"]\n' "$work/cert.pem" > "$work/config/opensim/config.toml"
for link in $usable; do link "$link" || skip "the kernel makes no such link: $link (veth, tbf)"; done
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg); $(nproc) processors; Linux $(uname -r); $(iperf3 --version | head -1);" \
    "$(has speedtest-cli && speedtest-cli --version 2>&1 | sed -n 1p); $("$OPENSIM" --version)"
jobs=()
for link in $usable; do series "$link" & jobs+=($!); done
wait "${jobs[@]}"
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg); $RUNS runs of each; need $NEED kbit/s each way"
echo

for link in $usable; do cat "$work/$(plain "$link").tsv"; done > "$work/all.tsv"
awk -F'\t' -v need="$NEED" '
    function sorted(text, v,   n, i, j, t) {
        n = split(text, v, " ")
        for (i = 2; i <= n; i++) { t = v[i] + 0; for (j = i - 1; j > 0 && v[j] + 0 > t; j--) v[j + 1] = v[j]; v[j + 1] = t }
        return n
    }
    function three(text, shape, by,   v, n) {
        n = sorted(text, v)
        return n ? sprintf(shape ", " shape ", " shape, v[1] / by, v[int((n + 1) / 2)] / by, v[n] / by) : "-"
    }
    {
        if (!($1 in known)) { known[$1] = 1; links[++many] = $1 }
        if (!($2 in used)) { used[$2] = 1; tools[++sorts] = $2 }
        rates = $1; sub(/.*:/, "", rates); n = split(rates, way, "/")
        slowest = way[1] + 0; if (n > 1 && way[2] + 0 < slowest) slowest = way[2] + 0
        truth = slowest >= need ? "suitable" : "unsuitable"
        kind = $3 == truth ? "right" : ($3 == "uncertain" ? "unsure" : ($3 == "suitable" || $3 == "unsuitable" ? "wrong" : "failed"))
        key = $1 SUBSEP $2; tally[key, kind]++; runs[key]++
        s[key] = s[key] " " $4; b[key] = b[key] " " $5; if ($6 != "") m[key] = m[key] " " $6
        if ($7 != "") { off = $7 - $5; if (!(key in lo) || off < lo[key]) lo[key] = off; if (!(key in hi) || off > hi[key]) hi[key] = off }
    }
    END {
        print "| kbit/s | tool | right/wrong/uncertain/failed | s: least, median, most | kB, both ways: least, median, most | MOS | bill less wire, bytes |"
        print "| --- | --- | --- | --- | --- | --- | --- |"
        for (i = 1; i <= many; i++) for (j = 1; j <= sorts; j++) {
            key = links[i] SUBSEP tools[j]; if (!(key in runs)) continue
            printf "| %s | %s | %d/%d/%d/%d | %s | %s | %s | %s |\n", links[i], tools[j], tally[key, "right"], tally[key, "wrong"],
                tally[key, "unsure"], tally[key, "failed"], three(s[key], "%.1f", 1), three(b[key], "%.0f", 1000),
                three(m[key], "%.2f", 1), key in lo ? lo[key] " to " hi[key] : "-" }
    }' "$work/all.tsv"

if [ -n "${KEEP:-}" ]; then cp "$work/all.tsv" "$KEEP"; fi
if [ -n "${FIELD:-}" ] && command -v python3 >/dev/null; then
    echo; echo "the full G.107 of emodel.py: delay ms, loss %, R, MOS (G.711 with concealment, no echo)"
    python3 - "$FIELD" <<'PY'
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from emodel import full, mos
for delay, loss in ((0, 0), (25, 0), (150, 0), (200, 0), (300, 0), (400, 0), (0, 1), (0, 5), (0, 10), (150, 1), (200, 2), (300, 5)):
    rating = full(Ta=delay, Ppl=loss, Bpl=25.1)[0]
    print("%4d %3d  %.2f  %.2f" % (delay, loss, rating, mos(rating)))
PY
fi
