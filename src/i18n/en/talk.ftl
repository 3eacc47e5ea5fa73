# Progress, questions and answers: what is said while a command runs.

progress-reading_modem = Reading the modem
progress-registering = Joining { $carrier } ({ $position } of { $count })
progress-switching = Joining { $carrier }
progress-sampling = Reading the radio on { $carrier } ({ $sample } of { $samples })
progress-measuring = Measuring { $what }: throughput and voice
progress-measuring_throughput = Measuring { $what }: throughput
progress-checking = Looking what can be reached over { $what }
progress-verifying = Looking whether data flows on { $carrier }
progress-going_back = Going back to { $carrier }
progress-confirming = Making sure of { $carrier }
progress-networks = Asking the modem for its list of networks (minutes)
progress-survey = Listening for the cells of every carrier
progress-elapsed = { $elapsed } so far
progress-elapsed_of = { $elapsed } of about { $expected }
progress-elapsed_at_most = { $elapsed } of { $expected } at most
progress-stopping_plain = Stopping. Press Ctrl-C again to leave at once.
progress-left_at_once = Left at once; the modem may be on another carrier than before. Run `opensim recover`.
progress-left_serving = Left at once; whoever was being served was cut off.

question-scan = The survey joins { $carriers } in turn, then goes back to { $back }. The link may be down for up to { $offline }.
question-scan_radio = The modem listens to what is on the air here for { $carriers }, without joining any. The link may be down for up to { $offline }.
question-scan_nothing_back = The survey joins { $carriers } in turn. The modem is on no carrier now, so nothing will be put back. It takes up to { $offline }.
question-scan_automatic = The modem chooses its carrier by itself now; afterwards it stays on { $back }, and opensim does not put automatic selection back.
question-scan_data = Measuring may use up to { $bytes } of the SIM's data.
question-scan_go = Start the survey?
question-switch = The modem leaves { $from } for { $to }. The link may be down for up to { $offline }; if { $to } cannot be joined, { $from } is put back.
question-switch_no_rollback = The modem leaves { $from } for { $to }. The link may be down for up to { $offline }; if { $to } cannot be joined, { $from } is not put back (--no-rollback).
question-switch_from_nothing = The modem joins { $to }. It is on no carrier now.
question-switch_lasting = NetworkManager's connection "{ $connection }" will name it too, so that the next connection stays there.
question-switch_go = Change to { $to }?
question-yes_no = [y/N]
question-yes_words = y yes o oui
question-pin = PIN of the SIM card:

say-error = error:
say-hint = What to do:
say-sim_ready = The virtual modem waits on { $port } (scenario { $scenario }). Ctrl-C ends it.
say-serve_ready = Measurement server on { $address } ({ $scheme }) and { $stamp } (STAMP). Ctrl-C ends it.
log-serve_answered = Client { $client }: { $what ->
    [down] { $bytes } given
    [up] { $bytes } taken
   *[other] a short answer
} in { $took }
log-serve_refused = Client { $client }: refused (HTTP { $status }{ $status ->
    [503] , full
   *[other] { "" }
})
log-serve_made_way = Client { $client }: sent away, its place was wanted
log-serve_time_up = Client { $client }: sent away, its time was up
log-serve_no_tls = Client { $client }: spoke no TLS
