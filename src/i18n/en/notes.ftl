# Reasons of the rank and warnings (note-), by their code with dashes for dots; and the words they share.

note-radio-class = Radio: { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}).
note-radio-weak = The signal arrives weak: the mast is far, or walls stand between. A window or an outdoor antenna can help.
note-radio-sinr_low = Other signals drown part of it, and throughput suffers. Turning or moving the antenna can help.
note-radio-unknown = The modem gave neither RSRP nor SINR here (2G and 3G do not have them), so this carrier cannot be compared by its radio.
note-rank-only_one_read = The only one here of which anything comparable was read: there is nothing to compare it with.
note-rank-first_by_verdict = First: a better verdict than { $over }.
note-rank-first_by_need = First: the closest to what the day needs{ $share_percent ->
    [none] { "" }
   *[other] , of which it carries { $share_percent } % where it lacks most
}; { $over }{ $other_percent ->
    [none] { "" }
   *[other] : { $other_percent } %
}.
note-rank-first_by_reading = First: the verdict is the same as for { $over }, which gave no radio level to go on with.
note-rank-first_by_class = First: better radio than { $over }.
note-rank-first_by_score = First: { $margin_db } dB better than { $over }, more than the uncertainty of { $noise_db } dB.
note-rank-below_verdict = Below { $above }, whose verdict is better ({ $verdict }).
note-rank-below_need = Below { $above }, which comes closer to what the day needs{ $other_percent ->
    [none] { "" }
   *[other] : { $other_percent } % of it where it lacks most
}{ $share_percent ->
    [none] .
   *[other] , against { $share_percent } % here.
}
note-rank-below_reading = Behind { $above }: the verdict is the same, and no radio level was read here to go on with.
note-rank-below_class = Below { $above }, whose radio is better ({ $quality }).
note-rank-below_score = Below { $above } by { $margin_db } dB, more than the uncertainty of { $noise_db } dB.
note-rank-tied = Cannot be told from { $with }: the difference is within the uncertainty of { $noise_db } dB.
note-carrier-denied = This carrier refused the SIM card{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
note-carrier-not_available = This carrier is not heard here.
note-carrier-timed_out = This carrier did not let the modem in within { $seconds } s.
note-carrier-not_visited = Not read to the end: the survey was interrupted before, so nothing of it counts.
note-survey-cells = Heard without joining it: { $cells ->
    [one] one cell
   *[other] { $cells } cells
}, on { $bands }.
note-survey-no_cell = No cell of this carrier was heard: it was not tried.
note-survey-own_cells = The modem listed the cells of its own carrier alone: nothing is known of this one.
note-survey-not_back = To listen the modem had left { $carrier }, and it is not back yet. Its selection was not touched: it goes back by itself as soon as it can.
note-survey-failed = The modem did not give its list of cells; the carriers were looked for another way.
note-survey-neighbours = { $cells ->
    [one] One more cell is heard around.
   *[other] { $cells } more cells are heard around.
}
note-cell-shared = The very same cell of the same mast as for { $carrier }: going from one to the other should change little.
note-measure-meets = { $way ->
    [down] Down:
   *[up] Up:
} { $high_bps ->
    [none] seen at about { $estimate_bps }, then held back to spare data
   *[other] about { $estimate_bps }
}. The day needs { $need_bps }: enough{ $sure_percent ->
    [none] { "" }
   *[other] { " " }({ $sure_percent } % sure)
}.
note-measure-below = { $way ->
    [down] Down:
   *[up] Up:
} { $high_bps ->
    [none] seen at about { $estimate_bps }, then held back to spare data
   *[other] about { $estimate_bps }
}. The day needs { $need_bps }: not enough{ $sure_percent ->
    [none] { "" }
   *[other] { " " }({ $sure_percent } % sure)
}.
note-measure-uncertain = { $way ->
    [down] Down:
   *[up] Up:
} { $high_bps ->
    [none] { $estimate_bps ->
        [none] unknown
       *[other] about { $estimate_bps } or more
    }
   *[other] { $estimate_bps } (between { $low_bps } and { $high_bps })
}. The day needs { $need_bps }: too close to tell. `--max-time 20s` looks longer.
note-measure-cut_short = { $way ->
    [down] Down:
   *[up] Up:
} it ended before anything could be told ({ $stopped_because }).
note-measure-budget_spent = { $way ->
    [down] Down:
   *[up] Up:
} the data budget ended before anything could be told. A greater --budget looks further.
note-measure-no_data = { $way ->
    [down] Down:
   *[up] Up:
} connected, and nothing came.
note-measure-skipped = { $part ->
    [up] The way up
    [loaded_voice] The call under load
   *[voice] The call
} was not measured: what was measured before falls short already.
note-measure-unsupported = { $part ->
    [up] The way up
    [loaded_voice] The call under load
   *[voice] The call
} was not measured: this server has nothing for it.
note-measure-part_failed = { $part ->
    [up] The way up
    [loaded_voice] The call under load
   *[voice] The call
} was not measured: { $cause }.
note-measure-failed = Throughput and voice were not measured: { $cause }.
note-measure-nothing_came = Joined, and nothing came through: { $cause }. Over { $carrier } the server answered.
note-measure-no_server = Throughput and voice were not measured: no server is configured. Name one with --server, or under [measure] in the configuration.
note-measure-too_slow = Throughput was not measured: { $access } cannot carry the day.
note-voice-meets = { $part ->
    [loaded_voice] Voice under load:
   *[voice] Voice:
} { $mos } out of 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms there and back
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % lost
}. Good for calls.
note-voice-below = { $part ->
    [loaded_voice] Voice under load:
   *[voice] Voice:
} { $mos } out of 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms there and back
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % lost
}. Below the { $need_mos } that calls need.
note-voice-echo = The call's packets came back from a plain echo: losses of both ways are told as one.
note-voice-indicative = The call's figures are indicative: they rest on delay alone, or on a codec that ITU-T does not rate.
note-voice-unsupported = The server answers no call's packets: the call was rated by the delay of connections.
note-voice-no_answer = The call's packets were not answered, so losses are not known: the reflector is off, or UDP is blocked on the way.
note-voice-multiplied = { $part ->
    [loaded_voice] Voice under load
   *[voice] Voice
} was not rated: more came back than was sent, so nothing more was sent. The reflector, or something on the way, multiplies packets.
note-voice-too_few = { $part ->
    [loaded_voice] Voice under load
   *[voice] Voice
} was not rated: { $packets } packets could be sent, too few to tell.
note-voice-doubled = { $part ->
    [loaded_voice] Voice under load:
   *[voice] Voice:
} { $doubled } answers to { $packets } packets came more than once. Something on the way doubles packets, and the data that they use.
note-switch-no_data = The modem is on { $carrier }, and data does not flow yet: { $cause }.
note-switch-data_unchecked = Whether data flows was not checked: { $cause }.
note-check-sip_answered = The telephone server answers ({ $status } { $reason }).
note-check-sip_unavailable = The telephone server answers that it cannot serve now ({ $status } { $reason }).
note-check-sip_alg = Something on the way, often a router, rewrites telephone messages (SIP ALG): { $sent } came back as { $seen }. Calls may fail or stay silent; switch it off in the router.
note-check-openvpn_answered = The VPN server answers.
note-check-openvpn_silent = No answer. Either the way to it is closed, or it is a server with tls-auth or tls-crypt, which never answers strangers.
note-check-openvpn_open = The port is open and the server says nothing: one with tls-auth or tls-crypt never answers strangers.
note-check-connected = The port accepts connections.
note-check-secured = A secured connection was made, and the certificate is right.
note-check-page = The page answers (HTTP { $status }).
note-check-page_moved = The page answers and leads to { $location } (HTTP { $status }).
note-check-page_failed = The server answers that it cannot give the page (HTTP { $status }).
note-check-captive = { $detail ->
    [none] A page to log in at stands in the way: open it in a browser over this link.
   *[other] A page to log in at stands in the way: open { $detail } in a browser over this link.
}
note-check-stranger = Something else answers there.
note-check-no_answer = No answer within { $seconds } s.
note-access-legacy = Present in { $access } only: too slow for telework, and being closed in France.
note-selection-was_automatic = The modem was choosing its carrier by itself. It now stays on { $carrier }: opensim never puts automatic selection back, since the SIM's supplier states that automatic switching between operators is not allowed in France.
note-selection-automatic_now = The modem chooses its carrier by itself. The SIM's supplier states that automatic switching between operators is not allowed in France; `opensim switch CARRIER` keeps it on the one that you name.
note-selection-mode_unknown = ModemManager does not tell whether a person chose this carrier or the modem did.
note-selection-was_unknown = ModemManager does not tell whether the modem was choosing its carrier by itself before. It now stays on { $carrier }: opensim never puts automatic selection back.
note-modem-radio_off = The modem's radio is switched off (flight mode), so it is on no network. Switch it on where it was switched off: the network menu or the modem's own page; else `opensim at --force AT+CFUN=1` does.
note-manager-disabled = ModemManager has switched this modem off, so it is on no network. Connecting it in the network menu switches it on; so do `opensim scan` and `opensim switch CARRIER`.
note-manager-no_levels = ModemManager tells no levels of this modem, so they are unknown here. With `--direct` opensim asks the modem itself.
note-manager-levels_denied = ModemManager does not let you have the levels read, so they are unknown here. docs/permissions.md has the rule that lets you; sudo does too.
note-recover-pending = A change of carrier begun on { $since } did not reach its end. `opensim recover` puts { $to } back.
note-recover-perhaps = A change of carrier begun on { $since } on the modem { $modem } did not reach its end. This modem does not tell its number: it may be that one. `opensim --direct recover` asks it.
note-recover-unreadable = The journal { $file } is there and cannot be read: { $detail }. A change of carrier may not have come to its end.
note-journal-left = The journal { $file } cannot be removed. It says that this change is over, so `opensim recover` has nothing to do because of it.
note-audit-not_written = The audit log { $file } could not be written ({ $detail }): this change is not in it. Free some space there, or check that you may write.
note-trace-cut = The trace { $file } ends before the conversation does: it could not be written any further ({ $detail }). Give it a place with more room.
note-restore-nothing_before = The modem was on no carrier before, so there was nothing to put back.
note-restore-failed = The modem is NOT back on { $carrier }. `opensim recover` tries again.
note-scan-interrupted = The survey was interrupted: what stands here is what was seen until then.
note-network_list-failed = The modem did not give its list of networks{ $cause ->
    [none] .
   *[other] : { $cause }.
}
note-registration-no_data = { $state ->
    [sms_only] This carrier lets the SIM card send text messages only, so there is no data here. `opensim scan` shows what the other carriers give; if all give the same, ask the SIM's supplier whether data is part of it.
    [emergency_only] Only emergency calls are possible: no carrier lets this SIM card in. `opensim scan` tries each of them; if all refuse, ask its supplier.
    [denied] The network refused this SIM card. `opensim scan` tries the other carriers; if all refuse, ask its supplier.
   *[other] The modem is on no network yet, or does not say so. Wait half a minute and look again; if nothing changes, move the antenna, or see with `opensim scan` what each carrier gives here.
}
note-sim-pin_tries_low = { $tries ->
    [0] No try is left for the PIN.
    [one] Only one try is left for the PIN: opensim will not use it.
   *[other] Only { $tries } tries are left for the PIN.
}

note-carrier-failed = This carrier could not be looked at: { $cause }.
note-modem-query_unanswered = The modem did not answer { $command }, so what it would have said is missing here. Everything else was read; `--trace FILE` shows the conversation to support.
note-modems-manager_unseen = { $holder } is running and its files cannot be seen from here: it may hold one of these modems.
note-modems-manager_unheard = ModemManager does not say which modems it has: { $cause }. It may hold one of these.
note-nm-set = NetworkManager's connection "{ $connection }" now names { $carrier } too, so that its next connection stays there.
note-nm-not_set = NetworkManager's connection "{ $connection }" could not be told of { $carrier } ({ $cause }): its next connection may undo this.
note-nm-left_down = NetworkManager's connection "{ $connection }" had to make way and could not be brought up again ({ $cause }): bring it up in the network menu.
note-nm-not_put_back = NetworkManager's connection "{ $connection }" could not be put back as it was ({ $cause }).
note-nm-would_move = NetworkManager's connection "{ $connection }" names { $carrier }, which is not the carrier in use: its next connection would move the modem there.
note-nm-would_undo = NetworkManager's connection "{ $connection }" names no carrier: its next connection would hand the choice back to the modem. `opensim switch CARRIER` has it name the one that you choose.

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

duration-seconds = { $s } s
duration-minutes = { $min } min { $s } s
duration-hours = { $h } h { $min } min
bytes-none = none
bytes-b = { $n } B
bytes-kb = { $n } kB
bytes-mb = { $n } MB
bytes-gb = { $n } GB
rate-bit = { $n } bit/s
rate-kbit = { $n } kbit/s
rate-mbit = { $n } Mbit/s

stopped-decided = decided
stopped-max_time = its time was up
stopped-max_bytes = its data was up
stopped-budget = the budget was up
stopped-window_limited = the window could not carry more
stopped-no_data = nothing came
stopped-ended = the server had no more
stopped-connection_lost = the connection broke
stopped-stalled = this computer was too busy
