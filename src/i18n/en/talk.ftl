# Progress, questions and answers: what is said while a command runs.

progress-reading_modem = Reading the modem
progress-switching = Joining { $carrier }
progress-sampling = Reading the signal on { $carrier } ({ $sample } of { $samples })
progress-measuring = Measuring { $what }: speed and voice
progress-measuring_throughput = Measuring { $what }: speed
progress-checking = Checking what can be reached over { $what }
progress-verifying = Checking that data flows on { $carrier }
progress-going_back = Returning to { $carrier }
progress-confirming = Checking that the modem is on { $carrier }
progress-networks = Asking the modem for its list of networks (several minutes)
progress-survey = Listening for the masts of every carrier
progress-turn = { $position } of { $count } · { $what }
progress-turn_over = { $position } of { $count } · { $name }: { $result }
progress-link_over = { $name }: { $result }
progress-signal = { $quality } signal
progress-cut_short = interrupted
progress-over = { $what } ({ $elapsed })
progress-elapsed = { $elapsed } so far
progress-elapsed_at_most = { $elapsed } of { $expected } at most
progress-stopping_plain = Stopping. Press Ctrl-C again to quit at once.
progress-left_at_once = Stopped at once: the modem may no longer be on the previous carrier. Run `opensim recover`.
progress-left_serving = Stopped at once: transfers under way were cut off.

question-scan = The scan tries { $carriers } in turn, then returns to { $back }. Your connection may be down for up to { $offline }.
question-scan_radio = The modem listens to the masts it picks up here ({ $carriers }), without joining any. Your connection may be down for up to { $offline }.
question-scan_nothing_back = The scan tries { $carriers } in turn. The modem is on no carrier now, so there is nothing to return to. It takes up to { $offline }.
question-scan_automatic = At the moment the modem chooses its carrier by itself. Afterwards it stays on { $back }: opensim does not restore automatic selection.
question-scan_data = Measuring may use up to { $bytes } of your data allowance.
question-scan_go = Start the scan?
question-switch = The modem will leave { $from } for { $to }. Your connection may be down for up to { $offline }. If { $to } cannot be joined, the modem returns to { $from }.
question-switch_no_rollback = The modem will leave { $from } for { $to }. Your connection may be down for up to { $offline }. If { $to } cannot be joined, the modem does not return to { $from } (--no-rollback).
question-switch_from_nothing = The modem is on no carrier now; it will join { $to }.
question-switch_lasting = NetworkManager's connection "{ $connection }" will be set to the same carrier, so that it stays there next time.
question-switch_go = Move to { $to }?
question-switch_hold = The modem is already on { $to }. opensim will register it there by manual selection. Your connection may be down for up to { $offline }.
question-switch_again = The modem is set to { $to } but is not registered there. opensim will ask it to join { $to } again. Your connection may be down for up to { $offline }.
question-switch_there = The modem is already on { $to }.
question-switch_automatic = At the moment the modem chooses its carrier by itself. Afterwards it stays in manual selection: opensim does not restore automatic selection.
question-unfinished = A change of carrier started on { $since } was interrupted. Before that change, the modem was on { $former }.
question-unfinished_ends = After this scan the modem is therefore on { $former } again, and nothing is left to restore.
question-unfinished_stays = The interrupted change remains: after this scan, `opensim recover` can still return the modem to { $former }.
question-unfinished_given_up = Once the modem is on { $to }, `opensim recover` can no longer return the modem to { $former }.
question-still_on = The modem is still on { $carrier }.
question-go_on = Continue?
question-yes_no = [y/N]
question-yes_words = y yes o oui
question-no_words = n no non
question-yes_or_no = Type "y" for yes or "n" for no, then Enter. Nothing was changed.
question-pin = PIN of the SIM card{ $tries ->
    [none] {""}
   *[other] {" "}({ $tries } tries left)
}:
question-pin_shape = A PIN has four to eight digits. What you typed was not sent to the SIM card.

say-error = Error:
say-hint = What to do:
say-saved = The result is saved in the file { $file }.
say-sim_ready = The virtual modem is ready on { $port } (scenario { $scenario }). Ctrl-C stops it.
say-serve_ready = Measurement server on { $address } ({ $scheme }) and { $stamp } (STAMP). Ctrl-C stops it.
log-serve_answered = Client { $client }: { $what ->
    [down] { $bytes } sent
    [up] { $bytes } received
   *[other] a short answer
} in { $took }
log-serve_refused = Client { $client }: refused (HTTP { $status }{ $status ->
    [503] , full
   *[other] { "" }
})
log-serve_made_way = Client { $client }: disconnected, to give its place to another client
log-serve_time_up = Client { $client }: disconnected, its time limit was reached
log-serve_no_tls = Client { $client }: did not use TLS
