#!/usr/bin/env python3
"""A STAMP Session-Reflector, and a strict reader of what a Session-Sender sends it.

A second reading of RFC 8762 (unauthenticated mode), for the tests alone: it was written from the RFC, shares nothing
with the crate, and takes Python's standard library and Linux. It is no reflector to measure against: it serves one
socket, keeps every session for good and believes every address.

    second_reading.py [--port N] [--stateless] [--noise] [--hold MS]

It says `ready` and its port in a line on its standard output once it answers. When its standard input ends it says what it heard,
as one JSON document, and ends: for each session what came, and under `violations` every sentence of the RFC that a
packet went against, with the packet's number. A packet that goes against one is answered all the same, since a
reflector that kept silent would look like a lossy line.

The sections named below are RFC 8762's where no other is. RFC 8972, which updates it, has a say in two: it makes a
session's identifier of the first two octets that must be zero, so a port's second session may begin at zero again, and
it says what stands beyond the base packet.
"""

import argparse
import json
import select
import socket
import struct
import sys
import time

BASE = 44  # octets of the base packet, both ways (4.2.1, 4.3.1)
SENT = struct.Struct("!IQH30s")  # Figure 2
REFLECTED = struct.Struct("!IQHHQIQHHB3s")  # Figure 5
NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970

# linux/in.h and asm-generic/socket.h; Python names them only later than the versions that are about.
IP_PKTINFO, IP_TTL, IP_RECVTTL, SO_TIMESTAMPNS = 8, 2, 12, 35

# How far a clock may run from this one while a call lasts; both ends' are one computer's here.
DRIFT = 0.5


def ntp(nanoseconds):
    """The NTP 64-bit form of a Unix time."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return ((seconds + NTP_EPOCH) % 2**32) << 32 | (rest << 32) // 1_000_000_000


def seconds(stamp, ptp):
    """A stamp's seconds, in the era of Unix time that this computer's clock shows."""
    high, low = stamp >> 32, stamp & 0xFFFFFFFF
    unix = (high if ptp else high - NTP_EPOCH) % 2**32
    return unix + (low / 1e9 if ptp else low / 2**32)


def tail(octets):
    """What stands beyond the base packet: RFC 8972's TLVs, or the padding of a TWAMP Light sender (4.6)."""
    if not any(octets):
        return "zeros" if octets else "none"
    at, kinds = 0, []
    while at + 4 <= len(octets):
        flags, kind, length = struct.unpack_from("!BBH", octets, at)
        # RFC 8972, 4: the sender sets U and clears M and I; the other flags are zero; type 0 is reserved.
        if flags != 0x80 or kind == 0 or at + 4 + length > len(octets):
            return "padding"
        kinds.append(str(kind))
        at += 4 + length
    return f"tlv {' '.join(kinds)}" if at == len(octets) else "padding"


class Session:
    """One sender's packets: where they come from, where they go to, and RFC 8972's session identifier."""

    def __init__(self):
        self.answered = 0
        self.numbers = {}
        self.next = 0
        self.reordered = 0
        self.clock = None
        self.transits = []
        self.ttls, self.lengths, self.tails = set(), set(), set()
        self.violations = []

    def hear(self, packet, arrived, ttl):
        """Reads a packet; its four fields."""
        if len(packet) < BASE:
            self.wrong(None, f"4.2: {len(packet)} octets, fewer than the base packet's {BASE}")
        number, stamp, error, must_be_zero = SENT.unpack(packet[:BASE].ljust(BASE, b"\0"))
        self.lengths.add(len(packet))
        self.tails.add(tail(packet[BASE:]))
        if ttl is None:
            self.wrong(number, "4.3.1: no TTL to copy")
        self.ttls.add(ttl)
        # Its first two are RFC 8972's session identifier, which is part of a session's name here.
        if any(must_be_zero[2:]):
            self.wrong(number, f"4.2.1: MBZ is {must_be_zero.hex()}")
        self.count(number, stamp)
        self.time(number, stamp, error, arrived)
        return number, stamp, error

    def count(self, number, stamp):
        """4.2.1: from zero, one more with each packet."""
        if not self.numbers and number != 0:
            # Unless the line lost what came first; whoever knows the line can tell.
            self.wrong(number, "4.2.1: the first number is not zero")
        if number in self.numbers:
            again = "sent twice" if self.numbers[number] == stamp else "two packets of one number"
            self.wrong(number, f"4.2.1: {again}")
        elif number < self.next:
            self.reordered += 1
        self.numbers[number] = stamp
        self.next = max(self.next, number + 1)

    def time(self, number, stamp, error, arrived):
        """4.2.1, and RFC 4656, 4.1.2: a time in the form that Z names, with an estimate that estimates."""
        synchronized, ptp = bool(error & 0x8000), bool(error & 0x4000)
        scale, multiplier = error >> 8 & 0x3F, error & 0xFF
        if multiplier == 0:
            self.wrong(number, "RFC 4656, 4.1.2: a Multiplier of zero")
        if stamp == 0:
            self.wrong(number, "4.2.1: no Timestamp")
        if ptp and stamp & 0xFFFFFFFF >= 1_000_000_000:
            self.wrong(number, "4.2.1: Z says PTP, and there are more nanoseconds than a second has")
        transit = arrived / 1e9 - seconds(stamp, ptp)
        estimate = multiplier * 2.0 ** (scale - 32)
        # Read in the other form, a clock would jump by up to a second in each.
        if self.clock is not None and abs(transit - self.clock) > DRIFT + estimate:
            self.wrong(number, f"4.2.1: the clock moved by {transit - self.clock:.3f} s against this one")
        if self.clock is None:
            self.clock = transit
        # One computer's clock is synchronized with itself: where S claims a source, nothing is sent after it came.
        if synchronized and not -estimate - 1e-4 <= transit <= 10:
            self.wrong(number, f"4.2.1: S is set, and the packet travelled {transit:.6f} s (+- {estimate:.6f})")
        self.transits.append(transit)

    def wrong(self, number, why):
        self.violations.append({"number": number, "why": why})

    def report(self, key):
        source, ssid = key[0], key[2]
        moved = [abs(late - soon) for soon, late in zip(self.transits, self.transits[1:])]
        jitter = 0.0
        for step in moved:  # RFC 3550, 6.4.1
            jitter += (step - jitter) / 16
        return {
            "from": "%s:%d" % source,
            "ssid": ssid,
            "received": len(self.numbers),
            "missing": self.next - len(self.numbers),
            "reordered": self.reordered,
            "answered": self.answered,
            "lengths": sorted(self.lengths),
            "tails": sorted(self.tails),
            "ttls": sorted(self.ttls, key=str),
            "transit_ms": [round(f(self.transits) * 1000, 3) for f in (min, max)],
            "jitter_ms": round(jitter * 1000, 3),
            "violations": self.violations,
        }


class Reflector:
    def __init__(self, args):
        self.args = args
        self.sessions = {}
        self.sent = {}
        self.held = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for level, option in (
            (socket.IPPROTO_IP, IP_PKTINFO),
            (socket.IPPROTO_IP, IP_RECVTTL),
            (socket.SOL_SOCKET, SO_TIMESTAMPNS),
        ):
            self.socket.setsockopt(level, option, 1)
        self.socket.bind(("0.0.0.0", args.port))

    def run(self):
        print("ready", self.socket.getsockname()[1], flush=True)
        while True:
            wait = max(0, self.held[0][0] - time.monotonic()) if self.held else None
            readable, _, _ = select.select([self.socket, sys.stdin], [], [], wait)
            if self.socket in readable:
                self.receive()
            while self.held and self.held[0][0] <= time.monotonic():
                self.answer(*self.held.pop(0)[1:])
            if sys.stdin in readable and not sys.stdin.buffer.read1():
                break
        json.dump([session.report(key) for key, session in self.sessions.items()], sys.stdout)
        print(flush=True)

    def receive(self):
        packet, controls, _, source = self.socket.recvmsg(65536, 1024)
        arrived, ttl, asked = time.time_ns(), None, None
        for level, kind, data in controls:
            if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
                whole, rest = struct.unpack("@qq", data[:16])
                arrived = whole * 1_000_000_000 + rest
            elif (level, kind) == (socket.IPPROTO_IP, IP_TTL):
                (ttl,) = struct.unpack("@i", data[:4])
            elif (level, kind) == (socket.IPPROTO_IP, IP_PKTINFO):
                asked = struct.unpack("@i4s4s", data[:12])[2]
        ssid = int.from_bytes(packet[14:16].ljust(2, b"\0"), "big")
        session = self.sessions.setdefault((source, asked, ssid), Session())
        heard = session.hear(packet, arrived, ttl)
        due = time.monotonic() + self.args.hold / 1000
        self.held.append((due, session, packet, heard, arrived, ttl, asked, source))

    def answer(self, session, packet, heard, arrived, ttl, asked, source):
        """4.3.1; from the address that was asked, and as many octets as came, but never fewer than the base."""
        number, stamp, error = heard
        # 4: the sender's number where no state is kept, else one's own count of what was sent. To RFC 8762 addresses
        # and ports are a session's name.
        count = self.sent.get((source, asked), 0)
        own = number if self.args.stateless else count
        # MBZ is zeroed by who sends and ignored by who hears; `--noise` tries the second half, but for the first two
        # octets, where who knows RFC 8972 would look for its identifier. RFC 8762 alone has none to copy.
        noise = b"\xa5\x5a\xff" if self.args.noise else bytes(3)
        reflected = REFLECTED.pack(
            own, ntp(time.time_ns()), ERROR_ESTIMATE, 0, ntp(arrived),
            number, stamp, error, int.from_bytes(noise[:2], "big"), ttl or 0, noise,
        )  # fmt: skip
        control = struct.pack("@i4s4s", 0, asked, bytes(4))
        self.sent[(source, asked)] = count + 1
        session.answered += 1
        self.socket.sendmsg(
            [reflected, packet[BASE:]], [(socket.IPPROTO_IP, IP_PKTINFO, control)], 0, source
        )


# No outside source (S = 0), NTP's form (Z = 0), and 1 * 2^(22 - 32) s: a millisecond.
ERROR_ESTIMATE = 22 << 8 | 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=862, help="862 is STAMP's (4.1)")
    parser.add_argument("--stateless", action="store_true", help="the sender's numbers are the answers'")
    parser.add_argument("--noise", action="store_true", help="MBZ of the answers is not zero")
    parser.add_argument("--hold", type=float, default=0, metavar="MS", help="before each answer")
    Reflector(parser.parse_args()).run()


main()
