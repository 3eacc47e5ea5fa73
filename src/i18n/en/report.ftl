# The readable views of the documents: headings, labels, words of states, and the closing sentences.

scan-title = Survey of the carriers
scan-title_place = Survey of the carriers: { $label }
scan-none = No carrier was visited.
scan-col_rank = Rank
scan-col_carrier = Carrier
scan-col_verdict = Verdict
scan-col_quality = Radio
scan-col_rsrp = RSRP
    dBm
scan-col_sinr = SINR
    dB
scan-col_band = Band
scan-col_time = Joined
    in
scan-col_down = Down
    kbit/s
scan-col_up = Up
    kbit/s
scan-col_voice = Voice
    of 5
scan-col_data = Data
scan-first = Here, { $carriers } comes first.
scan-first_short = No carrier carries your day here. Closest: { $carriers }.
scan-first_short_known = None of the carriers that were measured carries your day. Closest: { $carriers }.
scan-first_unmeasured = None of the carriers that were measured carries your day. First by radio alone: { $carriers }; what comes through there could not be measured.
scan-nothing_came = Nothing came through on any carrier that was measured.
scan-first_tied = Here, { $carriers } come first, tied.
scan-first_only = Here, only { $carriers } can be used.
scan-first_none = No carrier can be used here.
scan-nothing_read = Nothing could be compared: nothing was read of any carrier.
scan-alone = Nothing could be compared: only { $carriers } was read.
scan-alone_suitable = Only { $carriers } was read, and it carries your day. There is nothing to compare it with.
scan-alone_uncertain = Only { $carriers } was read, and whether it carries your day is not sure. There is nothing to compare it with.
scan-alone_unsuitable = Only { $carriers } was read, and it does not carry your day. There is nothing to compare it with.
scan-why = Why
scan-need = Needed: { $down } down, { $up } up, voice { $mos } out of 5.
scan-networks = Networks in the modem's own list
scan-col_plmn = Code
scan-col_network = Name
scan-col_availability = State
scan-col_access = Access
scan-restored = The modem is back on { $carrier }.
scan-still = The modem is still on { $carrier }: it never left.
scan-not_restored = The modem is NOT back on { $carrier }. `opensim recover` tries again.
scan-cost = It took { $total }, { $offline } of it off the carrier in use. Data used: { $bytes }.
scan-cost_online = It took { $total }. Data used: { $bytes }.
scan-next = To move to one of them, name it: `opensim switch CARRIER`.

availability-available = available
availability-current = in use
availability-forbidden = forbidden to this SIM
availability-unknown = unknown

measure-title = What the link carries
measure-col_link = Link
measure-col_rtt = Delay
    ms
measure-col_seconds = Time
    s
measure-reached = What is reached
measure-latency = { $ms } ms
measure-suitable = { $interface } carries the day.
measure-unsuitable = { $interface } does not carry the day.
measure-uncertain = Whether { $interface } carries the day is not known: { $doubts }.
measure-incomplete = Whether { $interface } carries the day is not known: not all of it could be measured.
doubt-close = what it carries is too close to what the day needs
doubt-budget = the data budget ended first
doubt-cut_short = a transfer ended before anything could be told
doubt-no_up = the way up was not measured
doubt-no_answer = the call got no answer
doubt-no_call = the call was not rated
measure-not_measured = { $interface } could not be measured.

status-modem = Modem
status-sim = SIM card
status-selection = Selection
status-registration = Network
status-radio = Radio
status-cell = Cell
status-data = Data
status-unread = not read
status-firmware = firmware { $revision }
status-reach = { $port }, { $dialect } dialect
status-pin_tries = { $tries ->
    [0] no PIN try left
    [one] { $tries } PIN try left
   *[other] { $tries } PIN tries left
}
status-on = { $mode }, on { $carrier }
status-shown_as = shown as "{ $name }"
status-code = code { $plmn }
status-levels = median of { $samples } readings
status-levels_spread = median of { $samples } readings, { $spread } dB apart
status-width = { $mhz } MHz wide
status-channel = channel { $earfcn }
status-cell_id = cell { $cell }
status-mast = mast { $enodeb }, sector { $sector }
status-area = area { $tac }
status-apn = access point { $apn }
status-interface = interface { $interface }
status-address = address { $address }
status-no_data = no data connection known

sim-state-ready = ready
sim-state-pin_required = asks for its PIN
sim-state-puk_required = locked, asks for its PUK
sim-state-locked = locked
sim-state-absent = none in the modem
sim-state-busy = not ready yet
sim-state-failed = does not work
sim-state-unknown = state unknown

mode-manual = manual
mode-automatic = automatic (the modem chooses)
mode-deregistered = none (the modem was told to leave the network)
mode-unknown = unknown

registration-home = registered on { $carrier }
registration-roaming = registered on { $carrier }, roaming
registration-searching = searching for a network
registration-denied = refused by the network
registration-not_registered = on no network
registration-emergency_only = emergency calls only, no data
registration-sms_only = text messages only, no data
registration-unknown = unknown

switch-switched = The modem is now on { $to }.
switch-switched_from = The modem is now on { $to }; it was on { $from }.
switch-already_there = The modem was on { $to } already; nothing was changed.
switch-rolled_back = The move to { $to } failed; the modem is back on { $from }.
switch-never_left = The modem refused the move to { $to } and never left { $from }.
switch-failed = The move to { $to } failed, and the modem was on no carrier before that could be put back.
switch-not_restored = The move to { $to } failed, and the modem is NOT back on { $from }. Run `opensim recover`.
switch-unchanged = Nothing was changed.
switch-confirmed_in = Confirmed twice, in { $time }.
switch-confirmed = Confirmed twice.
switch-unconfirmed = The network could not be confirmed.
switch-data_ok = Data flows.
switch-data_not = Data does not flow yet.
switch-journal = Journal: { $file }

recover-nothing = Nothing to put back: no change of carrier was left unfinished.
recover-unknown = It is not known whether an interrupted change has to be put back.
recover-found = A { $command } of { $since } had not reached its end.
recover-found_undated = A change of carrier had not reached its end.
recover-done = The modem is back on { $to }.
recover-already = The modem was back on { $to } already.
recover-failed = The modem is NOT back on { $to }.

modems-none = No modem found.
modems-dialect = dialect { $dialect } ({ $because })
modems-dialect_plain = dialect { $dialect }
modems-net = network interface { $interface }
modems-managed = held by ModemManager
modems-port = Port
modems-role = Use
modems-held = In use by
modems-free = nobody
role-at = AT commands
role-at2 = AT commands (second)
role-ppp = dialling
role-diag = diagnostics
role-nmea = position
role-unknown = unknown

carriers-name = Carrier
carriers-type = Type
carriers-plmns = Codes
carriers-bands = Bands
carriers-in_profile = Your SIM
carriers-yes = yes
carriers-no = no


html-made = Made by opensim { $version }, { $at }

status-title = Modem status
switch-title = Change of carrier
recover-title = Return to the previous carrier
modems-title = Modems found
carriers-title = Carriers
at-title = Answers of the modem
failed-title = The command failed

chart-heading = What gets through, and what you need
chart-signal_heading = Signal
chart-down = Download speed
chart-up = Upload speed
chart-voice = Voice (out of 5)
chart-signal = Signal strength (RSRP)
chart-need = you need { $need }
chart-between = between { $low } and { $high }
chart-at_least = at least { $low }
chart-unmeasured = not measured
chart-nothing = nothing came through
chart-away = no signal
chart-unread = not read
chart-row = { $name }: { $said }.
chart-enough = good enough
chart-short = not good enough
chart-unsure = uncertain
chart-needed = what you need
chart-interval = uncertainty
chart-open = stopped as soon as it was good enough: the true speed may be higher
