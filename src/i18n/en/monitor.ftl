# The signal as it is, to place an antenna: `opensim monitor`.

help-monitor = Follow the signal live, to place an antenna
help-monitor-long = Reads the signal every second and shows its strength (RSRP), quality (RSRQ), clarity (SINR), their trend, the best reading so far and changes of cell. Turn the antenna slowly, wait a few seconds at each position, and come back to the best one.

    Nothing is changed: the modem stays on its carrier. The command ends with Ctrl-C, or when the time that you give is over.
help-monitor-examples = opensim monitor  follow the signal while you turn the antenna
    opensim monitor --tone  the same, and hear how good it is
    opensim monitor --plain --for 1m  one sentence a second, for a minute
    opensim monitor --json --for 30s  one line of JSON a reading, for a program
help-monitor-plain = One sentence a second and nothing that moves: for a screen reader, a log, a slow link
help-monitor-for = How long; without it, until Ctrl-C
help-monitor-tone = The terminal's bell rings the faster the better the signal is; it is silent without this

monitor-title = Signal while the antenna was placed
monitor-begins = Signal of { $modem }, one sentence a second. Ctrl-C stops it. Strength: RSRP; quality: RSRQ; clarity: SINR.
monitor-line = { $time }: { $quality }; { $levels }
monitor-line_unread = { $time }: no signal was read
monitor-between = { "" }; { "" }
monitor-best_now = best reading so far
monitor-best_ago = best: { $level }, { $time } ago
monitor-rising = rising
monitor-steady = steady
monitor-falling = falling
monitor-moved = Change of cell: { $to } (before: { $from }).
monitor-cell = cell { $cell }
monitor-ended = { $count ->
    [0] No reading of the signal.
    [one] One reading of the signal.
   *[other] { $count } readings of the signal in { $time }.
}
monitor-best = Best reading
monitor-last = Last reading
monitor-when = { $time } after the start ({ $moment })
monitor-changes = Changes of cell

# The screen.
monitor-waits = Waiting for the first reading…
monitor-class = Signal: { $quality }
monitor-network = network: { $registered }
monitor-rsrp = Strength
monitor-rsrq = Quality
monitor-sinr = Clarity
monitor-no_level = not read
monitor-mark_best = best: { $level }
monitor-minute = Last minute
monitor-range = { $low } to { $high } dBm
monitor-no_best = Best reading: none yet
monitor-best_is_now = Best reading: { $levels }, now
monitor-best_was = Best reading: { $levels }, { $time } ago
monitor-best_when_now = Best reading: now
monitor-best_when = Best reading: { $time } ago
monitor-moved_ago = { $time } ago: { $moved }
monitor-around = Around: { $cells }
monitor-surveyed = In the scan of { $moment } { $carrier } looked better: `{ $command }`
monitor-surveyed_at = In the scan of { $moment } ({ $label }) { $carrier } looked better: `{ $command }`
monitor-key_quit = quit
monitor-key_forget = forget the best
monitor-key_forget_short = forget
monitor-key_tone = tone
monitor-key_tone_off = tone off
monitor-key_help = help
monitor-key_back = back
monitor-explained = Turn the antenna slowly, wait ten seconds at each position, and come back to where the best reading was.
    { "" }
    Strength (RSRP): how strongly the mast is picked up. Turn by this one first.
    Quality (RSRQ): how much of what is picked up belongs to this mast. It also falls when many people use it.
    Clarity (SINR): how far the signal stands out from everything else. The speed follows it.
    { "" }
    Each bar has five parts: unusable, poor, fair, good, excellent. The mark on it is where the best reading was.
    Nothing is changed: the modem stays on its carrier.
