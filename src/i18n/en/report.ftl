# The readable views of the documents: headings, labels, words of states, and the closing sentences.

scan-title = Carrier scan
scan-title_place = Carrier scan: { $label }
scan-none = No carrier was tried.
scan-col_rank = Rank
scan-col_carrier = Carrier
scan-col_verdict = Verdict
scan-col_quality = Signal
scan-col_rsrp = RSRP
    dBm
scan-col_sinr = SINR
    dB
scan-col_band = Band
scan-col_time = Joined
    in
scan-col_down = Down
scan-col_up = Up
scan-col_voice = Voice
    of 5
scan-col_data = Data
scan-first = Here, { $carriers } comes first.
scan-first_short = No carrier is good enough for your working day here. Closest: { $carriers }.
scan-first_short_known = None of the carriers measured is good enough for your working day. Closest: { $carriers }.
scan-first_unmeasured = None of the carriers measured is good enough for your working day. First by signal alone, without a measurement: { $carriers }.
scan-nothing_came = No data arrived on any carrier that was measured.
scan-first_tied = Here, { $carriers } come first, tied.
scan-first_only = Here, only { $carriers } can be used.
scan-first_none = No carrier can be used here.
scan-nothing_read = Nothing could be compared: no carrier's signal could be read.
scan-alone = Nothing could be compared: only the signal of { $carriers } could be read.
scan-alone_suitable = { $carriers } is good enough for your working day. No other carrier could be read, so there is nothing to compare { $carriers } with.
scan-alone_uncertain = It is uncertain whether { $carriers } is good enough for your working day. No other carrier could be read, so there is nothing to compare { $carriers } with.
scan-alone_unsuitable = { $carriers } is not good enough for your working day. No other carrier could be read, so there is nothing to compare { $carriers } with.
scan-why = Why
scan-need = You need: { $down } download, { $up } upload, voice { $mos } out of 5.
scan-networks = Networks found by the modem
scan-col_plmn = Code
scan-col_network = Name
scan-col_availability = State
scan-col_access = Generation
scan-restored = The modem is back on { $carrier }.
scan-still = The modem is still on { $carrier }: it never left.
scan-not_restored = The modem is NOT back on { $carrier }. Run `opensim recover` to try again.
scan-cost = It took { $total }; your usual connection was down for { $offline } of that. Data used: { $bytes }.
scan-cost_online = It took { $total }. Data used: { $bytes }.
scan-next = To change carrier: `opensim switch CARRIER`.
scan-next_one = To move to { $carrier }: `opensim switch { $id }`.
scan-virtual_time = This is the virtual modem's time, which passes faster than yours.
scan-in_use = (in use)
report-skipped = Not measured, because an earlier result already falls short: { $parts }.
part-up = the upload
part-voice = the call quality
part-loaded_voice = the call quality during a download

availability-available = available
availability-current = in use
availability-forbidden = not allowed for this SIM card
availability-unknown = unknown

measure-title = Link measurement
measure-col_link = Link
measure-col_rtt = Delay
    ms
measure-col_seconds = Time
    s
measure-reached = Services checked
measure-latency = { $ms } ms
measure-suitable = { $interface } is good enough for your working day.
measure-unsuitable = { $interface } is not good enough for your working day.
measure-uncertain = It is uncertain whether { $interface } is good enough for your working day: { $doubts }.
measure-incomplete = { $interface } could not be measured completely, so there is no verdict.
doubt-close = the speed is too close to what you need
doubt-budget = the data budget ran out first
doubt-cut_short = a transfer stopped before the answer was clear
doubt-no_up = upload was not measured
doubt-no_answer = the call's packets were not answered
doubt-no_call = the call was not rated
measure-not_measured = { $interface } could not be measured.
measure-not_reached = Not reached over { $interface }: { $targets }.
reachability-reached = reached
reachability-not_reached = not reached
reachability-unknown = perhaps reached

status-modem = Modem
status-sim = SIM card
status-selection = Selection
status-registration = Network
status-radio = Signal
status-cell = Cell
status-data = Data
status-unread = not read
status-unregistered = { $quality }, but not registered on a network
status-firmware = firmware { $revision }
status-reach = { $port }, { $dialect } dialect
status-pin_tries = { $tries ->
    [0] no PIN try left
    [one] { $tries } PIN try left
   *[other] { $tries } PIN tries left
}
status-on = { $mode }, on { $carrier }
status-shown_as = shown as "{ $name }"
status-code = network code { $plmn }
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
status-no_data = no data connection found

sim-state-ready = ready
sim-state-pin_required = needs its PIN
sim-state-puk_required = locked, needs its PUK
sim-state-locked = locked
sim-state-absent = not in the modem
sim-state-busy = not ready yet
sim-state-failed = does not work
sim-state-unknown = state unknown

mode-manual = manual
mode-automatic = automatic (the modem chooses)
mode-deregistered = off (the modem was told to stay off the network)
mode-unknown = unknown

registration-home = registered on { $carrier }
registration-roaming = registered on { $carrier }, roaming
registration-searching = searching
registration-denied = access refused
registration-not_registered = none
registration-emergency_only = emergency calls only, no data
registration-sms_only = text messages only, no data
registration-unknown = unknown

switch-switched = The modem is now on { $to }.
switch-switched_from = The modem is now on { $to }; it was on { $from }.
switch-already_there = The modem was already on { $to }; nothing was changed.
switch-rolled_back = The move to { $to } did not succeed; the modem is back on { $from }.
switch-no_data_next = Wait a minute, then run `opensim measure`. To return to { $from }: `opensim switch { $id }`.
switch-no_data_next_alone = Wait a minute, then run `opensim measure`.
switch-never_left = The modem refused the move to { $to } and never left { $from }.
switch-failed = The move to { $to } failed. The modem was on no carrier before, so there is nothing to return to.
switch-not_restored = The move to { $to } failed, and the modem is NOT back on { $from }. Run `opensim recover` to try again.
switch-unchanged = Nothing was changed.
switch-confirmed_in = Checked twice, in { $time }.
switch-confirmed = Checked twice.
switch-unconfirmed = opensim could not check that the modem is really on this network.
switch-data_ok = Data flows.
switch-data_not = Data does not flow yet.
switch-journal = Journal: { $file }

recover-nothing = Nothing to restore: no change of carrier was left unfinished.
recover-unknown = opensim cannot tell whether an interrupted change has to be undone.
recover-found = The command `{ $command }` of { $since } had been interrupted.
recover-found_undated = A change of carrier had been interrupted.
recover-done = The modem is back on { $to }.
recover-already = The modem was already back on { $to }.
recover-failed = The modem is NOT back on { $to }.

modems-none = No modem found.
modems-dialect = dialect { $dialect } ({ $because })
modems-dialect_plain = dialect { $dialect }
modems-net = network interface { $interface }
modems-managed = managed by ModemManager
modems-port = Port
modems-role = Use
modems-held = In use by
modems-held_unknown = unknown
modems-free = no program
role-at = AT commands
role-at2 = AT commands (second)
role-ppp = dial-up
role-diag = diagnostics
role-nmea = position (GPS)
role-unknown = unknown

carriers-name = Carrier
carriers-type = To type
carriers-plmns = Codes
carriers-bands = Bands
carriers-in_profile = Your SIM card
carriers-yes = yes
carriers-no = no


html-made = Produced by opensim { $version }, { $at }

status-title = State of the modem
switch-title = Change of carrier
recover-title = Return to the previous carrier
modems-title = Modems found
carriers-title = Carriers
at-title = Answers from the modem
failed-title = The command failed

chart-heading = What you get, and what you need
chart-signal_heading = Signal
chart-down = Download speed
chart-up = Upload speed
chart-voice = Voice (out of 5)
chart-signal = Signal strength (RSRP)
chart-need = you need { $need }
chart-between = between { $low } and { $high }
chart-at_most = at most { $high }
chart-unmeasured = not measured
chart-nothing = no data arrived
chart-away = no signal
chart-unread = not read
chart-row = { $name }: { $said }.
chart-enough = good enough
chart-short = not good enough
chart-unsure = uncertain
chart-needed = what you need
chart-zone = within { $percent }%, too close to call
chart-interval = uncertainty
chart-open = stopped as soon as it was good enough: the real speed may be higher

table-unknown = unknown
