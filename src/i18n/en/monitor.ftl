# The signal as it is, to place an antenna: `opensim monitor`.

help-monitor = Follow the signal live, to place an antenna
help-monitor-long = Reads the signal every second and shows its strength (RSRP), quality (RSRQ), clarity (SINR), their trend, the best reading so far and changes of cell. Turn the antenna slowly, wait a few seconds at each position, and come back to the best one.

    Nothing is changed: the modem stays on its carrier. The command ends with Ctrl-C, or when the time that you give is over.
help-monitor-examples = opensim monitor  follow the signal while you turn the antenna
    opensim monitor --plain --for 1m  one sentence a second, for a minute
    opensim monitor --json --for 30s  one line of JSON a reading, for a program
help-monitor-plain = One sentence a second and nothing that moves: for a screen reader, a log, a slow link
help-monitor-for = How long; without it, until Ctrl-C

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
