# The history: what is asked of it, what it shows, and what keeps it from that.

error-history-unavailable = The history { $file } cannot be used: { $detail }.
hint-history-unavailable = Free some space there, or check that you have permission to read and write. If a newer version of opensim made it, use that version.
note-history-unavailable = The history { $file } could not keep anything ({ $detail }): the result above is complete, but will not be in it.
note-history-begun_anew = The history was damaged: it is kept in { $kept_as }, and a new one begins in { $file }.
detail-history-newer = only a newer version of opensim can read it
detail-history-busy = another program is using it
detail-history-damaged = it is damaged

help-scan-no-history = Do not keep this scan in the history

error-history-not_found = The history holds nothing called { $wanted }.
hint-history-not_found = { $candidates ->
    [none] `opensim history` shows what is kept, with a number for each document.
   *[other] `opensim history` shows what is kept, with a number for each document. Places: { $candidates }.
}
error-history-other_kind = The file { $file } is a { $schema } document, a kind that the history does not keep. Nothing was imported.
hint-history-other_kind = Give scans, changes of carrier or measurements that were saved as JSON, or what `opensim history export` gave.
note-history-too_few = Fewer than { $fewest } scans on one side: too few to tell. Make more at the same place, at different times.

history-title = History
history-title_place = History: { $label }
history-none = Nothing is kept yet. Every scan, change of carrier and measurement will be.
history-none_listed = Nothing that is kept fits this request.
history-newest = The newest: { $at }
history-scans = Scans
history-others = Changes of carrier and measurements
history-col_id = No.
history-col_when = When
history-col_place = Place
history-col_what = What
history-col_result = Result
history-demonstration = (virtual modem)
history-switch = Move to { $to }
history-measure = Measurement of { $interface }
history-more = These are the newest { $count } of { $total }. To see all, add --limit 0.
history-next = To see one again: `opensim history show NUMBER`. To know what changed: `opensim history compare`.
history-total = { $count ->
    [0] The history is empty now.
    [1] The history holds one document now.
   *[other] The history holds { $count } documents now.
}
history-added = { $count ->
    [1] One document was added.
   *[other] { $count } documents were added.
}
history-known = { $count ->
    [1] One document was there already.
   *[other] { $count } documents were there already.
}
history-removed = { $count ->
    [1] One document was removed for good.
   *[other] { $count } documents were removed for good.
}
history-rebuilt = { $count ->
    [1] The index was made anew from one document.
   *[other] The index was made anew from { $count } documents.
}
history-untouched = Nothing changed.

outcome-switched = done
outcome-already_there = already there
outcome-rolled_back = failed; back on the previous carrier
outcome-not_restored = failed; NOT back on the previous carrier

timeline-heading = Over time
timeline-signal = { $name }: signal strength
timeline-download = { $name }: download
timeline-said = Scans: { $count }, from { $from } to { $to }. Median { $middle }, lowest { $low }, highest { $high }, last { $last }.

compare-title = What changed: { $before }, then { $after }
compare-title_bare = What changed
compare-before = Before: { $side }.
compare-after = After: { $side }.
compare-side = { $named } ({ $count } scans, from { $from } to { $to })
compare-side_one = { $named } (one scan, { $at })
compare-side_none = { $named } (no scan)
compare-nothing = There is no scan to compare.
compare-worse = Worse than before: { $carriers }.
compare-better = Better than before: { $carriers }.
compare-same = Nothing changed beyond chance.
compare-too_few = Too few scans to tell.
compare-signal = Signal: { $trend }. Median { $before }, then { $after } ({ $delta } dB; chance explains { $noise } dB at most).
compare-signal_bare = Signal: { $trend }. { $before }, then { $after } ({ $delta } dB).
compare-signal_gone = Signal: { $trend }. { $before }, then not read.
compare-signal_new = Signal: { $trend }. Not read, then { $after }.
compare-signal_unread = Signal: read on neither side.
compare-down = Download: { $trend }. At least { $before }, then { $after }.
compare-up = Upload: { $trend }. At least { $before }, then { $after }.
compare-verdict = Verdict: { $trend }. { $before }, then { $after }.
compare-verdict_side = { $verdict } ({ $count } of { $of })
compare-unmeasured = not measured
compare-rule = "Worse" and "better" are said only of a difference of at least 6 dB (or of a factor of two), larger than chance explains, between at least three scans on each side.
compare-all_before = all before that
compare-last = the last scan
compare-number = scan no. { $named }
compare-days = { $count ->
    [1] the last day
   *[other] the last { $count } days
}
compare-hours = { $named ->
    [night] the night
    [morning] the morning
    [afternoon] the afternoon
    [evening] the evening
   *[other] { $named }
}

trend-worse = worse
trend-better = better
trend-same = unchanged
trend-too_few = too few scans to tell
trend-vanished = no longer picked up
trend-appeared = picked up again

question-forget = The history is about to lose for good { $count ->
    [1] one document
   *[other] { $count } documents
}.
question-forget_go = Remove them?

help-history = See past scans again and compare them
help-history-long = Shows what is kept on this computer: scans, changes of carrier and measurements, the newest first. Without another word, `opensim history` lists them.
help-history-examples = opensim history  the list of past scans
    opensim history show last  see the last scan again
    opensim history compare  what changed in the last seven days
    opensim history compare morning evening --place Lounge  morning and evening
    opensim history --place Lounge --out lounge.html  a page to print
help-history-place = Only of this place
help-history-since = Only since then: 30d, 2w, 12h or a date such as 2026-11-23
help-history-kind = Only documents of this kind
help-history-limit = The newest N; 0 for all
help-history-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-history-format = Output format
help-history-list = List what is kept
help-history-show = See a document again as it was
help-history-show-id = Number that the list gives, or last for the last scan
help-history-compare = Tell what changed beyond chance
help-history-compare-before = What comes before: a number, last, before (all that is earlier), 7d, a date, two dates (2026-11-01:2026-11-15), morning, afternoon, evening, night, a place
help-history-compare-after = What comes after, likewise
help-history-import = Add saved documents
help-history-import-files = Documents in JSON, or what `history export` gave; all of them, or none where one does not fit
help-history-export = Give all that is kept, to keep elsewhere
help-history-export-format = The documents as they were, one a line (ndjson), or a table (csv)
help-history-forget = Remove documents for good, with your consent
help-history-forget-id = Number that the list gives
help-history-forget-place = All of this place
help-history-forget-before = All before then: 400d, 2w or a date such as 2026-11-23
help-history-forget-all = Everything
help-history-rebuild = Make the index anew from the documents

value-id = NUMBER
value-kind = KIND
value-a = A
value-b = B

error-history-consent = Removing from the history is for good, so it needs your consent first. Nothing was removed.
hint-history-consent = Run the command in a terminal and without --no-input to be asked, or add --yes to agree in advance.

expected-since = a span such as 30d, 2w or 12h, or a date such as 2026-11-23
expected-before = a span such as 30d, 2w or 12h, or a date such as 2026-11-23
expected-limit = a whole number
expected-id = the number that `opensim history` gives
