#!/bin/bash
# opensim and iperf3 on the same shaped links: verdicts against a need of 200 kbit/s, seconds, bytes on the wire.
#
#   cargo build --release && sudo benches/side_by_side.sh [RUNS]
#
# RUNS (20) of each at each of RATES (kbit/s of TCP payload), one link a rate, all links at once. OPENSIM names the
# binary. Bytes are those of the client's interface, each way, once the link has come to rest. The voice figures stand
# beside those of a full G.107 where FIELD names the folder of emodel.py.
set -uo pipefail

RUNS=${1:-20}
RATES=${RATES:-100 170 230 400 2000 20000}
NEED=200
here=$(cd "$(dirname "$0")/.." && pwd)
OPENSIM=${OPENSIM:-$(ls "$here"/target/{release,debug}/opensim 2>/dev/null | head -1)}

skip() { echo "skipped: $1"; exit 0; }
[ "$(id -u)" = 0 ] || skip "network namespaces take root"
for tool in ip tc iperf3 jq awk; do command -v "$tool" >/dev/null || skip "$tool is missing"; done
[ -x "$OPENSIM" ] || skip "no opensim binary; build it or name it in OPENSIM"

work=$(mktemp -d)
names=()
trap 'kill $(cat "$work"/*.pid 2>/dev/null) 2>/dev/null; for n in "${names[@]}"; do ip netns del "$n" 2>/dev/null; done; rm -rf "$work"' EXIT

link() { # rate: a link of its own, with both servers at its far end
    local c="sbc$1-$$" s="sbs$1-$$" end
    # Of a full segment's 1514 bytes 1448 are payload.
    local bits=$(($1 * 1000 * 1514 / 1448))
    names+=("$c" "$s")
    ip netns add "$c" && ip netns add "$s" || return 1
    for end in "$c" "$s"; do
        ip netns exec "$end" sh -c 'for f in all default; do echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6; done' 2>/dev/null
        ip -n "$end" link set lo up
    done
    ip link add mod0 netns "$c" type veth peer name srv0 netns "$s" || return 1
    ip -n "$c" addr add 10.77.0.1/24 dev mod0; ip -n "$s" addr add 10.77.0.2/24 dev srv0
    # What the kernel passes on in one piece it counts as one packet.
    ip -n "$c" link set mod0 gso_max_segs 1; ip -n "$s" link set srv0 gso_max_segs 1
    ip -n "$c" link set mod0 up; ip -n "$s" link set srv0 up
    tc -n "$c" qdisc add dev mod0 root tbf rate $bits burst 3200 limit 100000 || return 1
    tc -n "$s" qdisc add dev srv0 root tbf rate $bits burst 3200 limit 100000 || return 1
    # The way of both is known before anything is counted.
    ip netns exec "$s" "$OPENSIM" serve --listen 10.77.0.2:8620 2> "$work/$1.ready" & echo $! > "$work/$1.o.pid"
    ip netns exec "$s" iperf3 -s >/dev/null 2>&1 & echo $! > "$work/$1.i.pid"
    until grep -q 8620 "$work/$1.ready"; do sleep 0.1; done
}

rest() { # rate: until nothing waits in either shaper
    until ! { tc -s -n "sbc$1-$$" qdisc show dev mod0; tc -s -n "sbs$1-$$" qdisc show dev srv0; } | grep -q 'backlog [1-9]'; do
        sleep 0.2
    done
    sleep 0.2
}

counters() { # rate: received and sent by the client's interface
    ip -j -s -n "sbc$1-$$" link show dev mod0 | jq -r '.[0].stats64 | "\(.rx.bytes) \(.tx.bytes)"'
}

counted() { # rate, command...: runs it in the client's namespace; RX and TX are what that cost
    local rate=$1 before after; shift
    rest "$rate"; before=$(counters "$rate")
    timeout 60 ip netns exec "sbc$rate-$$" "$@" > "$work/$rate.json" 2>/dev/null
    rest "$rate"; after=$(counters "$rate")
    read -r r0 t0 <<< "$before"; read -r r1 t1 <<< "$after"
    RX=$((r1 - r0)); TX=$((t1 - t0))
}

series() { # rate: all the runs on one link
    local rate=$1 run
    local ask=("$OPENSIM" --json measure --interface mod0 --server opensim://10.77.0.2)
    for run in $(seq "$RUNS"); do
        counted "$rate" "${ask[@]}" --no-voice --all
        jq -r --arg a "$rate" --arg rx "$RX" --arg tx "$TX" '
            (.throughput.down // {verdict: "failed", seconds: 0} | [$a, "opensim", "down", .verdict, .seconds, $rx, .bytes]),
            (.throughput.up // {verdict: "failed", seconds: 0} | [$a, "opensim", "up", .verdict, .seconds, $tx, .bytes])
            | @tsv' "$work/$rate.json"
        counted "$rate" "${ask[@]}"
        jq -r --arg a "$rate" --arg w $((RX + TX)) '
            [$a, "whole", "both", .verdict, .links[0].cost.seconds, $w, .links[0].cost.bytes,
             .voice.mos, .voice.r_factor, .voice.rtt_ms, .voice.jitter_ms, .voice.loss] | @tsv' "$work/$rate.json"
        counted "$rate" iperf3 -c 10.77.0.2 -J -R
        jq -r --arg a "$rate" --arg w "$RX" --argjson need $NEED '.end.sum_received |
            [$a, "iperf3", "down", (if .bits_per_second >= $need * 1000 then "meets" else "below" end), .seconds, $w, .bytes] | @tsv' "$work/$rate.json"
        counted "$rate" iperf3 -c 10.77.0.2 -J
        jq -r --arg a "$rate" --arg w "$TX" --argjson need $NEED '.end.sum_received |
            [$a, "iperf3", "up", (if .bits_per_second >= $need * 1000 then "meets" else "below" end), .seconds, $w, .bytes] | @tsv' "$work/$rate.json"
    done > "$work/$rate.tsv"
}

for rate in $RATES; do link "$rate" || skip "the kernel makes no such links (veth, tbf)"; done
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg); $(nproc) processors; Linux $(uname -r); $(iperf3 --version | head -1); $("$OPENSIM" --version)"
jobs=()
for rate in $RATES; do series "$rate" & jobs+=($!); done
wait "${jobs[@]}"
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg); $RUNS runs of each"
echo

cat "$work"/*.tsv | sort -t$'\t' -k1,1n -k2,2 -k3,3 -s | awk -F'\t' -v need=$NEED '
    function median(text,   n, v, i, j, t) {
        n = split(text, v, " ")
        for (i = 2; i <= n; i++) { t = v[i] + 0; for (j = i - 1; j > 0 && v[j] + 0 > t; j--) v[j + 1] = v[j]; v[j + 1] = t }
        return n ? v[int((n + 1) / 2)] : 0
    }
    function most(text,   n, v, i, m) { n = split(text, v, " "); m = 0; for (i = 1; i <= n; i++) if (v[i] + 0 > m) m = v[i] + 0; return m }
    {
        key = $1 SUBSEP $3; if (!(key in seen) && $2 != "whole") { seen[key] = 1; order[++count] = key }
        if (!($1 in known)) { known[$1] = 1; rates[++many] = $1 }
        truth = $1 > need ? "meets" : "below"
        if ($2 == "whole") truth = $1 > need ? "suitable" : "unsuitable"
        kind = $4 == truth ? "right" : ($4 == "uncertain" ? "unsure" : ($4 == "failed" ? "failed" : "wrong"))
        tally[$1, $3, $2, kind]++
        s[$1, $3, $2] = s[$1, $3, $2] " " $5; b[$1, $3, $2] = b[$1, $3, $2] " " $6
        if ($2 == "whole" && $8 != "") voice[$1] = $8 " " $9 " " $10 " " $11 " " $12
    }
    END {
        print "| kbit/s, way | opensim right/wrong/uncertain/failed | s median (most) | wire kB median (most) | iperf3 right/wrong | s | wire kB | time x | bytes x |"
        print "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
        for (i = 1; i <= count; i++) {
            split(order[i], k, SUBSEP); o = k[1] SUBSEP k[2] SUBSEP "opensim"; p = k[1] SUBSEP k[2] SUBSEP "iperf3"
            os = median(s[o]); ps = median(s[p]); ob = median(b[o]); pb = median(b[p])
            printf "| %s %s | %d/%d/%d/%d | %.2f (%.2f) | %.1f (%.1f) | %d/%d | %.2f | %.0f | %.1f | %.1f |\n", k[1], k[2],
                tally[o, "right"], tally[o, "wrong"], tally[o, "unsure"], tally[o, "failed"], os, most(s[o]), ob / 1000, most(b[o]) / 1000,
                tally[p, "right"], tally[p, "wrong"], ps, pb / 1000, os ? ps / os : 0, ob ? pb / ob : 0
        }
        print "\n| kbit/s | whole measurement, with a call: right/wrong/uncertain/failed | s median (most) | wire kB, both ways, median (most) |"
        print "| --- | --- | --- | --- |"
        for (i = 1; i <= many; i++) { o = rates[i] SUBSEP "both" SUBSEP "whole"
            printf "| %s | %d/%d/%d/%d | %.2f (%.2f) | %.1f (%.1f) |\n", rates[i], tally[o, "right"], tally[o, "wrong"], tally[o, "unsure"],
                tally[o, "failed"], median(s[o]), most(s[o]), median(b[o]) / 1000, most(b[o]) / 1000 }
        print "\nvoice (last run): kbit/s, MOS, R, round trip ms, jitter ms, loss"
        for (i = 1; i <= many; i++) if (rates[i] in voice) print rates[i], voice[rates[i]]
    }'

if [ -n "${KEEP:-}" ]; then cat "$work"/*.tsv > "$KEEP"; fi
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
