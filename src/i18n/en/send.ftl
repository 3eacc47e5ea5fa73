# Sending to the operator: what waits, what has gone, and what keeps it from going.

error-send-not_configured = Nothing is configured for sending: opensim sends nothing by itself.
hint-send-not_configured = If whoever runs your fleet gave you an address and a certificate, put them into the configuration under [fleet]: url, certificate and key.
error-send-refused = { $count ->
    [1] One document was refused and put aside, with the reason, in { $file }.
   *[other] { $count } documents were refused and put aside, with the reasons, in { $file }.
}
hint-send-refused = Read the reason of each refusal. A document that was refused by mistake goes again once it is moved back into the folder above.
error-send-left = { $count ->
    [1] One document was not taken and waits for the next time.
   *[other] { $count } documents were not taken and wait for the next time.
}
hint-send-left = Try again later with `opensim send`.
error-send-under_way = Another opensim is sending what waits (lock { $file }).
hint-send-under_way = Wait until it has finished.
note-send-not_kept = This document could not be made ready for sending ({ $file }: { $detail }).
detail-value-not_collector = it must be an address such as https://collect.example/v1/0123456789abcdef/
detail-config-fleet_incomplete = it needs url, certificate and key

send-title = Sending to the collector
send-nothing = Nothing waits to be sent to { $collector }.
send-would = { $count ->
    [1] One document would go to { $collector }. Nothing was sent.
   *[other] { $count } documents would go to { $collector }. Nothing was sent.
}
send-done = To { $collector }: sent { $sent }, refused { $refused }, waiting { $left }.
send-holds = Each holds: the date, the carriers picked up, their signal's strength and clarity, the numbers of the cells (which tell roughly where the modem is), speeds, call quality, and the make of the modem with its number masked.
send-holds_not = None holds: what you call the place, a phone number, a position, the servers that you reach, or anything of what you do on the Internet.
send-reason = { $file }: { $reason }
send-col_size = Size
sending-waiting = would go
sending-sent = sent
sending-refused = refused, put aside
sending-left = waiting
kind-scan = scan
kind-switch = change of carrier
kind-measure = measurement

help-send = Send waiting results to the fleet's collector; nothing until it is configured
help-send-examples = opensim send --dry-run  see what would go
    opensim send  send it
help-send-dry-run = Say what would leave this computer, and send nothing
