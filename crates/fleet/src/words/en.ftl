# The words of opensim-fleet that opensim does not have.

# Errors.
error-fleet-absent = There is no fleet in { $file }.
hint-fleet-absent = Make one with "opensim-fleet init", or say where it is with --fleet.
error-fleet-settings = The fleet's settings { $file } cannot be used: { $detail }.
hint-fleet-settings = Correct the file, or move it away and run "opensim-fleet init" again.
error-fleet-layout = The fleet was made by a newer version of opensim-fleet ({ $file } says layout { $layout }).
hint-fleet-layout = Use the newer version.
error-fleet-key = The fleet's key { $file } cannot be used: { $detail }.
hint-fleet-key = Put the key back from your copy, readable by you alone (chmod 600). With another key no site would be the same one as before.
error-fleet-in_use = Another opensim-fleet is writing to this fleet (lock { $file }).
hint-fleet-in_use = Wait until it ends.
error-fleet-registry = { $file }, line { $line }: { $why ->
    [header] the first line must name the columns, with commas or semicolons between them: "site", then what you have of partner, commune, name, region, lat and lon
    [empty] the list has no site
    [site] the first column must be a site's number: 16 digits, each 0 to 9 or a to f
    [twice] this site stands on a line above already
    [commune] the commune must be a code of 5 characters (INSEE or postcode)
    [place] lat and lon must be numbers of degrees, both or neither
    [text] a text is longer than 80 characters, or has characters that cannot be shown
   *[other] this line does not have as many columns as the first one
}.
hint-fleet-registry = Correct the line. Nothing was changed.
error-fleet-site = "{ $site }" is not a site's number.
hint-fleet-site = A site's number has 16 digits, each 0 to 9 or a to f: the name in its certificate.
error-fleet-site_unknown = Site { $site } is not registered.
hint-fleet-site_unknown = Check its number. If the list does not have it, add it and run "opensim-fleet sites".
detail-file-no_documents = by the end of its name it is no JSON, no NDJSON and no ZIP archive
detail-file-no_inbox = it is a file and no inbox; --site NUMBER says which home it is from
error-fleet-month = "{ $month }" is not a month.
hint-fleet-month = Write it as 2026-11.
error-fleet-consent = This removes for good, and nobody agreed. Nothing was changed.
hint-fleet-consent = Add --yes if that is what you want.
error-fleet-read = { $file } cannot be read: { $detail }.
hint-fleet-read = Look at the file and its permissions.
error-fleet-write = { $file } could not be written: { $detail }. What was there before is still there.
hint-fleet-write = Free some space or check the permissions, then run the command again: nothing is lost and nothing counts twice.
error-fleet-torn = { $count ->
    [1] { $file } is damaged ({ $detail }). It was left as it is; what belongs in it waits.
   *[other] { $count } files are damaged, { $file } first ({ $detail }). They were left as they are; what belongs in them waits.
}
hint-fleet-torn = "opensim-fleet rebuild --month { $month }" makes the month anew from the documents kept.
error-fleet-damaged = The documents in { $file } are damaged: { $detail }. The file was left as it is.
hint-fleet-damaged = Put the file back from a backup, or move it away: the rows made from it stay.
error-fleet-not_forgotten = { $count } rows of site { $site } are still there.
hint-fleet-not_forgotten = Run the command again; if it comes back, report it: this should not happen.
error-fleet-quarantined = { $quarantined } of { $count } documents could not be used: more than 1 %.
hint-fleet-quarantined = The table says why; the documents are in the folder "quarantine", by reason.

# Help.
help-about = Many homes' documents in one folder, and the questions asked of them
help-examples = opensim-fleet --fleet FLEET init  make the folder
    opensim-fleet --fleet FLEET sites sites.csv  register the homes
    opensim-fleet --fleet FLEET ingest INBOX  take in what came
help-long = opensim-fleet collects what many homes send, and answers: which carrier suits which commune, where the one in use is not enough and which to use instead, what got worse. It is Parquet files in a folder, and an engine that exists (DuckDB) answers.
help-exits_list = 0    done
    1    a fault of opensim-fleet, of the engine or of the disk
    2    wrong usage, or consent missing
    4    another opensim-fleet is using the fleet
    9    too many documents that cannot be used (check)
    130  interrupted
expected-since = a day, such as 2026-11-23
expected-until = a day, such as 2026-11-23
expected-memory = a whole number of MiB, 64 or more
expected-homes = a whole number, 1 or more
expected-min-sites = a whole number of homes
expected-raw = a number of days, such as 90d
expected-rows = a number of days, such as 400d
help-global-fleet = The fleet's folder (variable OPENSIM_FLEET; default: here)
help-init = Make an empty fleet: its folder, settings and key
help-init-examples = opensim-fleet --fleet FLEET init

# What the commands say.
init-made = A fleet was made in { $folder }. Keep a copy of its key (fleet.key) in a safe place of its own: with another key, no home is the same one as before.
init-there = There is a fleet in { $folder } already. Nothing was changed.

# Asking.
error-fleet-question = There is no question "{ $name }".
hint-fleet-question = "opensim-fleet questions" lists them.
error-fleet-value = "{ $value }" is nothing for --{ $option }.
hint-output-not_written = Make room where the output goes, or choose another file, and run the command again.
hint-fleet-value = { $option ->
    [place] A place is a commune's code, or what codes begin with: 35238, 35, 2A.
    [site] A site's number has 16 digits, each 0 to 9 or a to f.
    [partner] A partner's name has at most 80 characters, and no double quote, backslash or semicolon.
   *[other] A day is written 2026-11-30, and --since is not after --until.
}
error-fleet-missing = This question needs --{ $option }.
hint-fleet-missing = Add it: it says whom the question is about.
error-fleet-statement = This is not one query that reads: { $why ->
    [several] a semicolon is followed by more
    [brackets] a bracket is not closed, or closes nothing
    [quote] a quote is not closed, or a backslash stands before it
    [comment] a comment is not closed, or has another one in it
    [text] it has a character ($, #, a backslash, a lone colon) that engines understand differently
    [long] it is longer than 64 kB
   *[other] it does not begin with SELECT or WITH
}.
hint-fleet-statement = Nothing was run. "opensim-fleet questions place" prints one to begin with.
error-fleet-sql = { $engine } did not take the query: { $detail }
hint-fleet-sql = The tables are surveys, switches, measures, statuses, sites and aggregates; "opensim-fleet ddl { $engine }" has their columns.
error-fleet-engine_absent = The engine that answers, { $engine }, is not there.
hint-fleet-engine_absent = { $engine ->
    [spark] Get it with "pip install pyspark" and Java 17, or say with OPENSIM_SPARK where spark-sql is.
    [clickhouse] Get it from clickhouse.com, or say with OPENSIM_CLICKHOUSE where clickhouse is.
   *[other] Get it with "pip install duckdb-cli", or say with OPENSIM_DUCKDB where duckdb is.
}
error-fleet-engine_failed = { $engine } ended without an answer: { $detail }
hint-fleet-engine_failed = "opensim-fleet check" says whether the files are sound. More memory: --memory.
error-fleet-engine_garbage = { $engine } printed something that is no answer: { $line }
hint-fleet-engine_garbage = Look whether the program is the one that it should be.
error-fleet-engine_deadline = { $engine } had no answer after { $seconds } s, and was ended.
hint-fleet-engine_deadline = Ask about fewer days (--since), or give it more time (--max-time).

help-ask = Ask a question of the fleet
help-ask-examples = opensim-fleet ask place --place 35
    opensim-fleet ask below --partner P7 --csv
    opensim-fleet ask worse --json
help-ask-question = The question ("opensim-fleet questions" lists them)
help-sql = Ask with SQL of your own, over the same tables
help-sql-examples = opensim-fleet sql mine.sql --since 2026-11-01
    opensim-fleet questions place | opensim-fleet sql -
help-sql-file = The file with the query; - for standard input
help-questions = List the questions, or print the SQL of one
help-questions-examples = opensim-fleet questions
    opensim-fleet questions place
help-questions-question = The question whose SQL is to be printed
help-ddl = Print the SQL that makes the files tables of an engine
help-ddl-examples = opensim-fleet ddl duckdb
help-ddl-engine = The engine: duckdb, spark, clickhouse
help-ask-engine = The engine that answers: duckdb, spark, clickhouse
help-ask-since = From this day on
help-ask-until = Up to the day before this one
help-ask-place = A commune's code, or what codes begin with
help-ask-partner = A partner's homes alone
help-ask-site = One home, by its number or the one in the rows
help-ask-min-sites = The fewest homes of which something is told together
help-ask-csv = As comma-separated values
help-ask-max-time = The longest that the engine may take, in seconds
help-ask-memory = The memory that the engine may take before it uses the disk, in MiB
help-sql-engine = The engine that answers: duckdb, spark, clickhouse
help-sql-since = From this day on
help-sql-until = Up to the day before this one
help-sql-place = A commune's code, or what codes begin with
help-sql-partner = A partner's homes alone
help-sql-site = One home, by its number or the one in the rows
help-sql-min-sites = The fewest homes of which something is told together
help-sql-csv = As comma-separated values
help-sql-max-time = The longest that the engine may take, in seconds
help-sql-memory = The memory that the engine may take before it uses the disk, in MiB

question-place = Which carrier suits at which place, the best first
question-below = Homes where the carrier in use is not enough, and what to use instead
question-automatic = Homes whose modem chooses its carrier by itself, by partner
question-worse = What got worse in the last week against the four weeks before
question-cells = Cells that many homes hang on
question-shared = Homes where two carriers come from the same cell
question-partner = A partner's homes, month by month
question-trend = How carriers fare, by month and region
question-site = One home's surveys
answer-window = From { $from } to { $to }
answer-place = · place { $name }
answer-partner = · partner { $name }
answer-none = Nothing was found.
answer-small = Where there are fewer than { $count } homes, nothing is told of them together; --min-sites changes that number.
answer-sites = These numbers are those of the rows: "opensim-fleet sites --find NUMBER" says which home one is.
answer-hidden = No room here for: { $columns }. --csv gives everything.
answer-torn = Incomplete: these files cannot be read and were left out: { $files }. "opensim-fleet check" says more.
answer-truncated = Incomplete: there are more rows than the { $count } shown.
answer-percent = { $n } %
answer-yes = yes
answer-no = no
worse-weaker = weaker
worse-gone = gone
column-site = site
column-partner = partner
column-postcode = commune
column-region = region
column-month = month
column-day = day
column-seen_at = when
column-carrier = carrier
column-other = other
column-instead = instead
column-instead_low_bps = that gives
    at least
column-standing = rank
column-sites = homes
column-of_sites = of
column-surveys = surveys
column-suitable = suitable
column-down_bps = down
column-up_bps = up
column-down_low_bps = down,
    at least
column-up_low_bps = up,
    at least
column-rsrp_dbm = RSRP
    dBm
column-sinr_db = SINR
    dB
column-mos = voice
    MOS
column-verdict = verdict
column-rank = rank
column-in_use = in use
column-cell_id = cell
column-plmn = PLMN
column-how = how
column-before_dbm = before
    dBm
column-now_dbm = now
    dBm
column-change_db = change
    dB
column-seen_before = seen
    before
column-seen_now = seen
    now
column-surveys_now = surveys
    now
column-z = sigma
sites-registered = { $forgotten ->
    [0] Sites registered: { $sites }.
   *[other] Sites registered: { $sites }. Forgotten, and so not registered: { $forgotten }.
}
sites-gone = Registered until now, and not in this list: { $count }. What they send is taken in no more; their rows stay.
sites-found = Home { $site } ({ $rows } in the rows), partner { $partner }, commune { $commune } { $name }.
ingest-done = Looked at { $documents } documents, took in { $taken }.
ingest-repeated = Of these, there before: { $count }. They count once.
ingest-newer = Made by a newer version: { $count }. They are kept for it.
ingest-ignored = Of a kind that a fleet does not keep: { $count }.
ingest-left = In the folder, but not documents: { $count }. They were left there.
ingest-quarantined = Could not be used, { $code }: { $count } ({ $why }).
ingest-rows = { $table } { $month }: { $count } rows.
refusal-size = longer than any document
refusal-utf8 = not text
refusal-json = not JSON
refusal-schema-unknown = not a document of opensim
refusal-schema-invalid = not complete, or changed by hand
refusal-clock = from before 2024 or from the future
refusal-range = a value that cannot be
refusal-plmn = a network code that is not one
refusal-carriers = too many carriers, one of them twice, or one without a proper name
refusal-site-unknown = the site is not registered
refusal-site-forgotten = the site is forgotten; nothing was kept
refusal-name = the name is not that of the document
help-sites = Register the homes of a list (CSV): which commune, whose; or say which home a number is
help-sites-examples = opensim-fleet sites sites.csv
    opensim-fleet sites --find f23105c05381c30f
help-sites-find = Which home this number is, of a row or of a certificate
help-sites-file = The list: site,partner,commune,name,region,lat,lon
help-ingest = Take in the documents that came
help-ingest-examples = opensim-fleet ingest /srv/inbox  what the collector received
    opensim-fleet ingest history.ndjson --site 0123456789abcdef  a home's own history
help-ingest-inbox = The inbox, with a folder for each site; with --site, a file (JSON, NDJSON, ZIP) or a folder of them
help-ingest-site = The site that all of it comes from; nothing is removed then
help-ingest-keep = Leave the inbox as it is
check-holds = Sites registered: { $sites }. Documents kept: { $documents }.
check-table = { $table }: { $rows } rows, { $months } months.
forget-done = Site { $site } is forgotten: { $rows } rows, { $documents } documents and { $files } other files were removed, and none is left. Revoke its certificate too, and make the pages again ("opensim-fleet page"); copies and backups are not removed by this.
forget-unlisted = This number was not on the list, and nothing had come from it. If it is wrong, take its line out of the file "forgotten" of the fleet.
retain-done = Too old, and gone: { $days } days of documents, { $months } months of rows. Sums written: { $sums }.
rebuild-done = { $unread ->
    [0] Read { $documents } documents.
   *[other] Read { $documents } documents. Not readable by this version, and kept: { $unread }.
}
rebuild-replaced = { $table } { $month } was damaged: it now has only what the documents kept have.
export-done = { $count } rows were written to { $file }.
help-check = Say how the fleet stands: its files, and what could not be used
help-check-examples = opensim-fleet check
help-export = Write a table's rows as CSV or as JSON lines
help-export-examples = opensim-fleet export --since 2026-11-01 --out rows.csv
    opensim-fleet export --format ndjson | head
help-export-table = The table.
help-export-format = How the rows are written.
help-export-since = From this day on (2026-11-01)
help-export-until = Before this day
help-export-out = Into this file instead of standard output
help-forget = Forget a site for good: its rows, its documents, and what it sends later
help-forget-examples = opensim-fleet forget 0123456789abcdef --inbox /srv/inbox --yes
help-forget-site = The site's number in its certificate
help-forget-inbox = An inbox where something of it may wait
help-forget-yes = Agree to it
help-retain = Remove what is too old; of rows, sums by commune and carrier stay
help-retain-examples = opensim-fleet retain
    opensim-fleet retain --raw 30d
help-retain-raw = How long documents are kept (90d)
help-retain-rows = How long rows are kept (400d)
help-rebuild = Make months anew from the documents kept
help-rebuild-examples = opensim-fleet rebuild --month 2026-11
help-rebuild-month = One month alone (2026-11)
