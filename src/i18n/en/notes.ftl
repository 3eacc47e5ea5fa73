# Reasons of the rank and warnings (note-), by their code with dashes for dots; and the words they share.

note-radio-class = Signal: { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}).
note-radio-weak = The signal is weak: the mast is far away, or walls block it. A window or an outdoor antenna can help.
note-radio-sinr_low = Other signals interfere with this one, which slows it down. Turning or moving the antenna can help.
note-radio-unknown = The modem gave neither signal strength (RSRP) nor signal clarity (SINR) here (2G and 3G do not have them), so this carrier cannot be compared by its signal.
note-rank-only_one_read = This is the only carrier here that could be read, so there is nothing to compare it with.
note-rank-first_by_verdict = First, ahead of { $over }: its verdict is better.
note-rank-first_by_need = First, ahead of { $over }: closer to what you need{ $share_percent ->
    [none] { "" }
   *[other] , with { $share_percent }% of it at its weakest point
}{ $other_percent ->
    [none] .
   *[other] { " " }({ $over }: { $other_percent }%).
}
note-rank-first_by_reading = First, ahead of { $over }: the verdict is the same, and no signal level of { $over } could be read.
note-rank-first_by_class = First, ahead of { $over }: its signal is better.
note-rank-first_by_score = First, { $margin_db } dB ahead of { $over }: more than the uncertainty ({ $noise_db } dB).
note-rank-below_verdict = Below { $above }, whose verdict is better ({ $verdict }).
note-rank-below_need = Below { $above }, which is closer to what you need{ $other_percent ->
    [none] { "" }
   *[other] : { $other_percent }% of it at its weakest point
}{ $share_percent ->
    [none] .
   *[other] , against { $share_percent }% here.
}
note-rank-below_reading = Below { $above }: the verdict is the same, and no signal level could be read here.
note-rank-below_class = Below { $above }, whose signal is better ({ $quality }).
note-rank-below_score = { $margin_db } dB below { $above }: more than the uncertainty ({ $noise_db } dB).
note-rank-tied = Tied with { $with }: the difference is smaller than the uncertainty ({ $noise_db } dB).
note-carrier-denied = This carrier refused the SIM card{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
note-carrier-not_available = There is no signal from this carrier here.
note-carrier-timed_out = The modem could not join this carrier within { $seconds } s.
note-carrier-not_visited = Not tried, or not to the end: the scan was interrupted, so nothing counts for this carrier.
note-carrier-cut_short = The scan was interrupted while it tried this carrier: the signal read until then is kept, the rest was not measured.
note-at-masked = The numbers that identify you are masked with asterisks. To see them in full in a terminal, add `--reveal`.
note-survey-cells = Picked up without joining: { $cells ->
    [one] one cell
   *[other] { $cells } cells
}, on { $bands }.
note-survey-no_cell = No cell of this carrier was picked up, so it was not tried.
note-survey-own_cells = The modem listed only the cells of its own carrier, so nothing is known about this one.
note-survey-not_back = To listen, the modem left { $carrier } and is not back yet. Its settings were not changed: it will go back by itself as soon as it can.
note-survey-failed = The modem did not give its list of cells, so opensim looked for the carriers in another way.
note-survey-neighbours = { $cells ->
    [one] One more cell was picked up nearby.
   *[other] { $cells } more cells were picked up nearby.
}
note-cell-shared = The same mast and cell as for { $carrier }: moving from one to the other should change little.
note-measure-meets = { $way ->
    [down] Download:
   *[up] Upload:
} { $high_bps ->
    [none] at least { $low_bps }; opensim asked for no more, to save your data
   *[other] about { $estimate_bps }
}. You need { $need_bps }: enough{ $sure_percent ->
    [none] { "" }
   *[other] { " " }({ $sure_percent }% sure)
}.
note-measure-below = { $way ->
    [down] Download:
   *[up] Upload:
} { $high_bps ->
    [none] about { $estimate_bps } at first, then slowed down by opensim to save your data
   *[other] about { $estimate_bps }
}. You need { $need_bps }: not enough{ $sure_percent ->
    [none] { "" }
   *[other] { " " }({ $sure_percent }% sure)
}.
note-measure-uncertain = { $way ->
    [down] Download:
   *[up] Upload:
} { $high_bps ->
    [none] { $estimate_bps ->
        [none] unknown
       *[other] about { $estimate_bps } or more
    }
   *[other] { $estimate_bps } (between { $low_bps } and { $high_bps })
}. You need { $need_bps }: too close to call. Add `--max-time 20s` to measure for longer.
note-measure-cut_short = { $way ->
    [down] Download:
   *[up] Upload:
} the measurement stopped before the answer was clear ({ $stopped_because }).
note-measure-budget_spent = { $way ->
    [down] Download:
   *[up] Upload:
} the data budget ran out before the answer was clear. Give a larger --budget.
note-measure-no_data = { $way ->
    [down] Download:
   *[up] Upload:
} connected, but no data arrived.
note-measure-skipped = { $part ->
    [down] Download was not measured
    [up] Upload was not measured
    [loaded_voice] The call during a download was not measured
   *[voice] The call was not measured
}: an earlier result already falls short.
note-measure-unsupported = { $part ->
    [down] Download was not measured
    [up] Upload was not measured
    [loaded_voice] The call during a download was not measured
   *[voice] The call was not measured
}: this server does not support it.
note-measure-part_failed = { $part ->
    [down] Download was not measured
    [up] Upload was not measured
    [loaded_voice] The call during a download was not measured
   *[voice] The call was not measured
}: { $cause }.
note-measure-failed = Speed and voice were not measured: { $cause }.
note-measure-nothing_came = Joined, but no data arrived: { $cause }. On { $carrier } the same server answered.
note-measure-unproven = Speed and voice were not measured: opensim does not do so on Windows yet.
note-measure-no_server = Speed and voice were not measured: no server is configured. Give one with --server, or in the configuration, section [measure].
note-measure-too_slow = Speed was not measured: { $access } is too slow for a working day.
note-voice-meets = { $part ->
    [loaded_voice] Voice during a download:
   *[voice] Voice:
} { $mos } out of 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms round trip
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent }% lost
}. Good for calls.
note-voice-below = { $part ->
    [loaded_voice] Voice during a download:
   *[voice] Voice:
} { $mos } out of 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms round trip
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent }% lost
}. Calls need at least { $need_mos }.
note-voice-alone = Not enough for your working day; calls alone: good ({ $mos } out of 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms round trip
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent }% lost
}).
note-voice-at_best = This is the call at its best: the link is close to what you need, or irregular, so a longer call may be worse.
note-voice-beside_load = The call was rated while the link carried more than you need: with only what you need it may be better.
note-voice-echo = The server simply sent the call's packets back: losses in both directions are counted together.
note-voice-indicative = The call's rating is indicative: it relies on delay alone, or on a codec that ITU-T does not rate.
note-voice-unsupported = This server does not return a call's packets: the call was rated by the delay of connections.
note-voice-no_answer = The call's packets were not answered, so losses are unknown: the reflector (which returns them) is off, or UDP is blocked on the way.
note-voice-multiplied = { $part ->
    [loaded_voice] Voice during a download
   *[voice] Voice
} was not rated: more packets came back than were sent, so opensim sent no more. The reflector (which returns the call's packets), or something on the way, multiplies packets.
note-voice-too_few = { $part ->
    [loaded_voice] Voice during a download
   *[voice] Voice
} was not rated: only { $packets } packets could be sent, too few for a rating.
note-voice-doubled = { $part ->
    [loaded_voice] Voice during a download:
   *[voice] Voice:
} { $doubled } answers to { $packets } packets arrived more than once. Something on the way doubles packets, and with them the data used.
note-switch-no_data = The modem is on { $carrier }, but data does not flow yet: { $cause }.
note-switch-data_unchecked = opensim could not check that data flows: { $cause }.
note-check-sip_answered = The telephone server answers ({ $status } { $reason }).
note-check-sip_unavailable = The telephone server says that it is unavailable ({ $status } { $reason }).
note-check-sip_alg = Something on the way, often a router, rewrites telephone messages (SIP ALG): { $sent } became { $seen }. Calls may fail or stay silent; turn this function off in the router.
note-check-openvpn_answered = The VPN server answers.
note-check-openvpn_silent = No answer: either access is blocked, or this server answers only the clients it knows (tls-auth or tls-crypt).
note-check-openvpn_open = The port is open but the server says nothing: with tls-auth or tls-crypt it answers only the clients it knows.
note-check-connected = The port accepts connections.
note-check-secured = An encrypted connection was made, and the certificate is valid.
note-check-page = The page answers (HTTP { $status }).
note-check-page_moved = The page answers and redirects to { $location } (HTTP { $status }).
note-check-page_failed = The server answers, but without the page (HTTP { $status }).
note-check-captive = { $detail ->
    [none] A log-in page blocks the way: open a browser on this link.
   *[other] A log-in page blocks the way: open { $detail } in a browser on this link.
}
note-check-stranger = A different service answers at this address.
note-check-no_answer = No answer within { $seconds } s.
note-access-legacy = Available in { $access } only: too slow for telework, and being shut down in France.
note-selection-was_automatic = The modem was choosing its carrier by itself. It now stays on { $carrier }: opensim never restores automatic selection, because the SIM provider states that automatic switching between carriers is not allowed in France.
note-selection-automatic_now = The modem chooses its carrier by itself, but the SIM provider states that automatic switching between carriers is not allowed in France. To keep the modem on the carrier that you choose, run `opensim switch CARRIER`.
note-selection-mode_unknown = ModemManager does not say whether a person or the modem chose this carrier.
note-selection-was_unknown = ModemManager does not say whether the modem was choosing its carrier by itself. It now stays on { $carrier }: opensim never restores automatic selection.
note-modem-radio_off = The modem's radio is switched off (flight mode), so the modem is on no network. Switch the radio on where it was switched off: in the network menu or on the modem's own page. Otherwise run `opensim at --force AT+CFUN=1`.
note-manager-disabled = ModemManager has switched this modem off, so it is on no network. To switch it on, connect it in the network menu, or run `opensim scan` or `opensim switch CARRIER`.
note-manager-no_levels = ModemManager does not report this modem's signal, so the signal is unknown here. Add --direct to ask the modem directly.
note-manager-levels_denied = You do not have permission to have ModemManager read the signal, so the signal is unknown here. Run the command with sudo, or ask support for the rule in docs/permissions.md.
note-recover-pending = A change of carrier started on { $since } was interrupted. Run `opensim recover` to return to { $to }.
note-recover-perhaps = A change of carrier started on { $since } on the modem { $modem } was interrupted. This modem does not report its number (IMEI): it may be the same one. To find out, run `opensim --direct recover`.
note-recover-unreadable = The journal { $file } exists but cannot be read: { $detail }. A change of carrier may have been interrupted.
note-journal-left = The journal { $file } could not be removed. The change is finished, and the journal says so: `opensim recover` has nothing to restore.
note-audit-not_written = The log of changes { $file } could not be written ({ $detail }), so this change is missing from it. Free some space there, or check that you have permission to write.
note-trace-cut = The trace { $file } is incomplete: the end of the exchange with the modem could not be written ({ $detail }). Give a file on a disk with more space.
note-restore-nothing_before = The modem was on no carrier before, so there was nothing to restore.
note-restore-failed = The modem is NOT back on { $carrier }. Run `opensim recover` to try again.
note-scan-interrupted = The scan was interrupted; here is what it had found so far.
note-network_list-failed = The modem did not give its list of networks{ $cause ->
    [none] .
   *[other] : { $cause }.
}
note-registration-no_data = { $state ->
    [sms_only] This carrier gives the SIM card text messages only, so there is no data here. Run `opensim scan` to compare the other carriers; if none of them gives data, ask your SIM provider whether data is included.
    [emergency_only] Only emergency calls are possible: no carrier accepts this SIM card. Run `opensim scan` to try each carrier; if all refuse, ask your SIM provider.
    [denied] The network refused this SIM card. Run `opensim scan` to try the other carriers; if all refuse, ask your SIM provider.
   *[other] The modem is on no network yet, or does not report it. Wait half a minute and run the command again; if nothing changes, move the antenna, or compare the carriers with `opensim scan`.
}
note-sim-pin_tries_low = { $tries ->
    [0] No try is left for the PIN.
    [one] Only one try is left for the PIN: opensim will not use it.
   *[other] Only { $tries } tries are left for the PIN.
}

note-carrier-failed = This carrier could not be tried: { $cause }.
note-modem-query_unanswered = The modem did not answer { $command }, so that information is missing here. Everything else was read. To show support the exchange with the modem, add --trace FILE.
note-modems-holders_unknown = Windows does not say which program uses a port. A port in use is reported when opensim opens it.
note-modems-manager_unseen = { $holder } is running, but opensim cannot see which ports it uses: it may be using one of these modems.
note-modems-manager_unheard = ModemManager does not say which modems it manages: { $cause }. It may be managing one of these.
note-nm-set = NetworkManager's connection "{ $connection }" is now set to { $carrier } too, so it stays there next time.
note-nm-not_set = NetworkManager's connection "{ $connection }" could not be set to { $carrier } ({ $cause }): it may undo this choice next time.
note-nm-left_down = NetworkManager's connection "{ $connection }" had to be cut and could not be restored ({ $cause }). Turn it on in the network menu.
note-nm-not_put_back = NetworkManager's connection "{ $connection }" could not get its previous settings back ({ $cause }).
note-nm-would_move = NetworkManager's connection "{ $connection }" is set to { $carrier }, which is not the carrier in use: it would move the modem there next time.
note-nm-would_undo = NetworkManager's connection "{ $connection }" is not set to any carrier: next time it would let the modem choose. To set it to the carrier that you choose, run `opensim switch CARRIER`.

quality-excellent = excellent
quality-good = good
quality-fair = fair
quality-poor = poor
quality-unusable = unusable
quality-unknown = unknown

verdict-suitable = suitable
verdict-uncertain = uncertain
verdict-not_measured = not measured
verdict-unsuitable = not enough
verdict-unavailable = unavailable

access-gsm = 2G
access-umts = 3G
access-lte = 4G
access-nr_nsa = 4G+5G
access-nr = 5G
access-unknown = unknown

list-comma = { $head }, { $last }
list-and = { $head } and { $last }
list-or = { $head } or { $last }

duration-seconds = { $s } s
duration-minutes = { $min } min { $s } s
duration-minutes_whole = { $min } min
duration-hours = { $h } h { $min } min
duration-hours_whole = { $h } h
bytes-none = none
bytes-b = { $n } B
bytes-kb = { $n } kB
bytes-mb = { $n } MB
bytes-gb = { $n } GB
rate-bit = { $n } bit/s
rate-kbit = { $n } kbit/s
rate-mbit = { $n } Mbit/s

stopped-decided = the answer was clear
stopped-max_time = time limit reached
stopped-max_bytes = data limit reached
stopped-budget = data budget used up
stopped-window_limited = technical limit of the measurement reached
stopped-no_data = no data arrived
stopped-ended = the server had no more data
stopped-connection_lost = the connection broke
stopped-stalled = this computer was too busy
