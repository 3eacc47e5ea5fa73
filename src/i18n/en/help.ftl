# Help (help-), names of values (value-), what a value must be (expected-), and errors of usage (usage-).

help-about = Which mobile carrier will carry a teleworker's day here, and the move to the one you name
help-long = opensim looks at what each carrier of your SIM gives where you are, ranks them with its reasons, and moves the 4G modem to the one that you name. It never chooses for you: the SIM's supplier states that automatic switching between operators is not allowed in France.
help-examples = opensim scan                    what each carrier gives here
    opensim switch orange           move to the carrier you name
    opensim status                  where the modem stands now
    opensim --modem sim:home scan   the same without a modem, to try it
help-exits = Exit status:
help-exits_list = 0    done
    1    a bug of opensim
    2    usage, or consent missing
    3    no modem
    4    modem busy, or no permission
    5    SIM absent, locked or refused
    6    network not available, refusal, or registration lost
    7    the modem does not answer, or left
    8    could not measure
    9    measured, and not enough
    10   the change failed and the former carrier is back
    11   the change failed and the former carrier is NOT back: opensim recover
    130  interrupted
help-usage = Usage:
help-heading_examples = Examples:
help-heading_commands = Commands
help-heading_arguments = Arguments
help-heading_options = Options
help-heading_global = Options of every command
help-default = [default: { $value }]
help-env = [env: { $value }]
help-values = [possible values: { $value }]

help-global-modem = Which modem: /dev/ttyUSB2, usb:1-1.4, mm:0, imei:…1234, sim:NAME, sim:FILE.toml; by default the only one there is
help-global-json = Give one JSON document on standard output, also on failure
help-global-lang = Language of what is said: fr or en; by default that of your system
help-global-verbose = Say more; again for still more
help-global-quiet = Say nothing but the result
help-global-color = Colour
help-global-no-input = Never ask a question
help-global-trace = Keep the conversation with the modem in FILE, identifiers masked
help-global-timeout = The longest that one step may take, a registration above all; 60s unless said otherwise
help-global-config = Use this configuration file
help-global-reveal = Show identifiers in full, on a terminal only
help-global-dialect = Take this dialect instead of the one detected
help-global-direct = Have ModemManager let go of the modem meanwhile, and talk to it directly: its data link drops
help-global-pin-file = A file that only you can read (mode 0600) and that holds the SIM's PIN
help-global-help = Show this help; --help says more than -h
help-global-version = Show the version

help-modems = Every modem found: its ports, their use, who holds them
help-status = The modem now: SIM, selection, network, radio
help-status-examples = opensim status
    opensim status --json
help-carriers = The carriers of the SIM, their networks and bands
help-carriers-all = The whole French table, not those of the SIM alone
help-scan = Survey: what each carrier gives here, best first
help-scan-long = Joins each carrier of the SIM in turn, reads its radio, ranks them with the reasons, and goes back to the carrier in use before. The link is down meanwhile, so you are asked first.

    The radio class is the lesser of two, as antenna installers read them: RSRP from -85, -95, -105 and -115 dBm, SINR from 13, 4.5, 1 and -3 dB (the steps of Digi's IX20 router; no norm sets them).
help-scan-examples = opensim scan
    opensim scan --label "Living room" --out living-room.html
    opensim scan --carriers orange,sfr --yes
help-scan-radio-only = Join nothing: the modem's own list and the cell in use
help-scan-carriers = Only these carriers, separated by commas
help-scan-all-networks = Also ask the modem for the list of every network: minutes
help-scan-samples = How many times the radio of each carrier is read
help-scan-no-measure = Do not measure throughput and voice
help-scan-need-down = Rate that your day needs, towards you
help-scan-need-up = Rate that your day needs, from you
help-scan-budget = The most data that the whole survey may use
help-scan-label = The name of this place, to find the survey again
help-scan-yes = Agree beforehand: do not ask
help-scan-out = Write to FILE, by its ending: json, csv, html, txt
help-scan-format = How to show it
help-scan-server = Measure against this server (see `opensim measure --help`)
help-scan-max-time = The longest test of one direction; 8s unless said otherwise
help-scan-no-voice = Do not rate a voice call
help-scan-codec = The call's codec; g711 unless said otherwise
help-scan-reflector = Send the call's packets to HOST[:PORT] instead of to the server (see `opensim measure --help`)
help-scan-loaded = Rate the call again while what your day needs comes down
help-switch = Move to the carrier you name
help-switch-long = Moves the modem to the carrier that you name, makes sure that it is there, and puts the former carrier back if that fails. There is no automatic choice: the SIM's supplier states that automatic switching between operators is not allowed in France.
help-switch-examples = opensim switch sfr
    opensim switch 20820 --reason "Orange is down" --yes
help-switch-carrier = orange, sfr, bouygues, a network code such as 20810, or a name of your profile
help-switch-yes = Agree beforehand: do not ask
help-switch-reason = Why, for the log of changes
help-switch-no-rollback = Do not put the former carrier back if the change fails
help-switch-no-verify-data = Do not check afterwards that data flows
help-recover = Put back the carrier that an interrupted scan or switch had replaced
help-measure = Throughput and voice on the modem's link, or on any interface
help-measure-long = Says whether a link carries what your day needs: it stops as soon as that is known, after a second or two and some hundred kilobytes each way, and rates a voice call. Nothing is changed, and every packet leaves by the link that is measured. A server must be named: opensim contacts nobody unasked.
help-measure-examples = opensim measure --server opensim://measure.example.org
    opensim measure --interface eth0 --interface wwan0   the home box beside the modem
    opensim --modem sim:home measure                     the same without a modem, to try it
help-measure-interface = Measure this interface instead of the modem's; once more for a second one beside it
help-measure-server = Measure against opensim://HOST:PORT, opensim+https://, librespeed+https://HOST/PATH, cloudflare, or https://HOST/FILE (download alone)
help-measure-need-down = Rate that your day needs, towards you
help-measure-need-up = Rate that your day needs, from you
help-measure-budget = The most data that measuring may use, headers included; 1M for each link unless said otherwise
help-measure-max-time = The longest test of one direction; 8s unless said otherwise
help-measure-no-voice = Do not rate a voice call
help-measure-codec = The call's codec; g711 unless said otherwise
help-measure-reflector = Send the call's packets to HOST[:PORT] instead of to the server: a STAMP reflector (port 862 unless said otherwise), or a plain UDP echo
help-measure-loaded = Rate the call again while what your day needs comes down
help-measure-check = Also see whether this is reached over the link: sip:HOST, openvpn://HOST:PORT, tls://HOST:PORT, tcp://HOST:PORT, https://HOST/PAGE; again for more
help-measure-all = Measure everything, even once something falls short
help-measure-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-measure-format = How to show it
help-serve = The measurement server, to host your own
help-serve-long = Serves downloads, uploads with a count of what came in, and STAMP (RFC 8762) for the voice call, to opensim clients. It may face the Internet: clients, sizes, rates and times are limited, and nothing that a client says is kept. Ctrl-C or SIGTERM ends it with status 0: nobody is let in any more, and a request under way has ten seconds to come to its end; a second one ends it at once, with status 130.
help-serve-examples = opensim serve
    opensim serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem
help-serve-listen = Where HTTP listens (TCP), and STAMP on the same port (UDP)
help-serve-stamp = Where STAMP listens instead
help-serve-tls-cert = Certificate chain (PEM): then HTTPS is served
help-serve-tls-key = Its private key (PEM)
help-serve-max-clients = Requests answered at a time
help-serve-max-per-address = Of them, from one address
help-serve-max-bytes = The longest body of a request or an answer
help-serve-max-rate = The fastest that one connection is served, each way
help-serve-max-time = The longest that one connection may last
help-at = Raw AT commands, for support, through the same guard
help-at-examples = opensim at AT+CSQ 'AT+COPS?'
help-at-commands = Command lines, each as one argument
help-at-force = Send what is not known to be harmless too, after noting it in the audit log; never a selection, a PIN, a lock or an IMEI
help-report = A saved document again, as text, CSV or HTML
help-report-examples = opensim report living-room.json
    opensim report living-room.json --format html --out living-room.html
help-report-file = A document kept with --out or --json; - for standard input
help-report-format = How to show it
help-report-out = Write to FILE, by its ending: json, csv, html, txt
help-sim = The virtual modem on a pseudo-terminal
help-sim-examples = opensim sim --link /tmp/modem --scenario home
    opensim --modem /tmp/modem status
help-sim-link = A link to the terminal, made anew and removed at the end
help-sim-scenario = A scenario that comes with opensim, or a TOML file
help-sim-quirk = An oddity of the modem, over those of the scenario, such as joined=refused; repeatable. docs/scenarios.md says what each does
help-sim-replay = Serve a recorded conversation back
help-sim-socket = Serve on the abstract unix socket of this name instead of a terminal: what ModemManager’s test interface takes
help-sim-port = A serial port to serve on instead of a new terminal, as the device's side of a USB gadget
help-sim-state = A file that holds the code of the network the modem is on, replaced at each change
help-sim-log = A file that gets a line for each command: seconds, a tab, the command
help-sim-pace = How many times as fast as real life
help-completions = Shell completions
help-completions-examples = opensim completions bash > ~/.local/share/bash-completion/completions/opensim
help-completions-shell = Your shell
help-man = Man pages
help-man-out = Write opensim.1 and a page for each command in this directory

value-spec = SPEC
value-lang = LANG
value-when = WHEN
value-file = FILE
value-duration = DURATION
value-name = NAME
value-a_b = A,B
value-n = N
value-rate = RATE
value-bytes = BYTES
value-text = TEXT
value-format = FORMAT
value-carrier = CARRIER
value-cmd = CMD
value-path = PATH
value-name_file = NAME|FILE
value-trace = TRACE
value-factor = FACTOR
value-shell = SHELL
value-device = DEVICE
value-dir = DIR
value-server = SERVER
value-target = TARGET
value-if = IF
value-key_value = KEY=VALUE
value-reflector = HOST[:PORT]
value-codec = CODEC
value-addr_port = ADDR:PORT
value-command = COMMAND

expected-timeout = a duration such as 60s, 1500ms or 2m, at most 24h
expected-need-down = a rate such as 200k or 1.5M, in bit/s
expected-need-up = a rate such as 200k or 1.5M, in bit/s
expected-budget = a size such as 500k or 5M, in bytes
expected-samples = a whole number from 1 to 100
expected-max-time = a duration such as 8s or 20s
expected-max-clients = a whole number from 1 to 4096
expected-max-per-address = a whole number from 1 to 4096
expected-max-bytes = a size such as 500k or 16M, in bytes
expected-max-rate = a rate such as 200k or 50M, in bit/s
expected-listen = an address and a port, such as 0.0.0.0:8620
expected-stamp = an address and a port, such as 0.0.0.0:862
expected-pace = a number such as 1 or 10

usage-unknown_option = The option "{ $arg }" does not exist here.
usage-unknown_command = The command "{ $command }" does not exist.
usage-unexpected_word = "{ $arg }" has no place here.
usage-did_you_mean = Did you mean { $suggestions }?
usage-missing_command = A command is missing: { $commands }.
usage-missing_arguments = Missing: { $args }.
usage-missing_value = { $arg } needs a value.
usage-invalid_value = { $arg } cannot be "{ $value }".
usage-expected = It takes { $expected }.
usage-conflict = { $arg } does not go with { $other }.
usage-conflict_self = { $arg } is given more than once.
usage-too_many_values = { $arg } takes no further value: "{ $value }" is one too many.
usage-too_few_values = { $arg } needs { $min } values; { $actual } given.
usage-wrong_number = { $arg } needs { $expected } values; { $actual } given.
usage-not_text = An argument is not readable text (UTF-8).
usage-other = { $detail }
usage-more = `{ $command } --help` says more.
