# Help (help-), names of values (value-), what a value must be (expected-), and errors of usage (usage-).

help-about = Find the mobile carrier that suits telework where you are, and move to the one you choose
help-long = opensim compares the carriers of your SIM card where you are, ranks them with its reasons, and moves the 4G modem to the one that you choose. It never chooses for you: the SIM provider states that automatic switching between carriers is not allowed in France.
help-examples = opensim scan  compare the carriers here
    opensim switch orange  move to the carrier you choose
    opensim status  see the modem's state
    opensim --modem sim:home scan  the same without a modem, to try it
help-exits = Exit status:
help-exits_list = 0    done
    1    error in opensim
    2    wrong usage, or consent missing
    3    no modem
    4    modem in use, or no permission
    5    SIM card absent, locked or refused
    6    network not available, refused or lost
    7    the modem does not answer, or is gone
    8    could not measure
    9    measured, but not enough; something to fix (doctor)
    10   the change failed; the modem is back on the previous carrier
    11   the change failed; the modem is NOT back: opensim recover
    130  interrupted
help-usage = Usage:
help-heading_examples = Examples:
help-heading_commands = Commands
help-heading_arguments = Arguments
help-heading_options = Options
help-heading_global = Options for all commands
help-default = [default: { $value }]
help-env = [env: { $value }]
help-values = [possible values: { $value }]

help-global-modem = Modem to use: /dev/ttyUSB2, COM5, usb:1-1.4, mm:0, imei:…1234, sim:NAME, sim:FILE.toml; by default the only one there
help-global-json = Write one JSON document to standard output, also on failure
help-global-lang = Language of the messages: fr or en; by default that of your system
help-global-verbose = Show more detail; repeat for even more
help-global-quiet = Show only the result
help-global-color = Colours: by the terminal, always or never
help-global-yes = Agree in advance, without a question; no effect on a command that asks nothing
help-global-no-input = Never ask a question
help-global-trace = Save the exchange with the modem in FILE, identifiers masked
help-global-timeout = Longest time for one step, above all to join a carrier; 60s by default
help-global-config = Use this configuration file
help-global-reveal = Show identifiers in full, on a terminal only
help-global-dialect = Use this dialect (the command set of a modem family) instead of the one detected
help-global-direct = Take the modem from ModemManager for this command and talk to it directly; the mobile connection is down meanwhile
help-global-pin-file = File that contains the SIM card's PIN and that only you can read (mode 0600)
help-global-help = Show this help; --help shows more than -h
help-global-version = Show the version

help-modems = Show the modems found, their ports and the programs that use them
help-modems-examples = opensim modems  see the modems plugged in and the programs that use them
    opensim modems --json  the same for a program
help-status = Show the modem's state: SIM card, selection, network, signal
help-status-examples = opensim status  see the modem's state
    opensim status --json  the same for a program
    opensim status --trace modem.trace  save the exchange with the modem too, for support
help-carriers = Show the carriers of the SIM card, their networks and bands
help-carriers-examples = opensim carriers  see the carriers of your SIM card
    opensim carriers --all  see all known French carriers
help-carriers-all = Show all known French carriers, not only those of the SIM card
help-scan = Compare the carriers here and rank them, best first
help-scan-long = Tries the carriers of the SIM card in turn, reads their signal, ranks them with the reasons, then returns to the previous carrier. Your connection is down meanwhile, so you are asked first.

    The signal has two marks, and the lower one counts: strength (RSRP, steps at -85, -95, -105 and -115 dBm) and clarity (SINR, steps at 13, 4.5, 1 and -3 dB). These are the steps of Digi's IX20 router; no standard sets them.
help-scan-examples = opensim scan  compare the carriers, then return to the previous carrier
    opensim scan --label "Living room" --out living-room.html  save the scan of this place as a page
    opensim scan --carriers orange,sfr --yes  compare these two carriers, without a question
    opensim scan --radio-only  read the signal and join no carrier
help-scan-radio-only = Join no carrier: use the modem's own list and the cell in use
help-scan-carriers = Try only these carriers, separated by commas
help-scan-all-networks = Also have the modem look for every network (several minutes)
help-scan-samples = Number of signal readings for each carrier
help-scan-no-measure = Do not measure speed or voice
help-scan-need-down = Download speed you need
help-scan-need-up = Upload speed you need
help-scan-budget = Data budget for the whole scan; 2M by default
help-scan-label = Name of the place, to recognise this scan
help-scan-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-scan-format = Output format
help-scan-server = Measure with this server (see `opensim measure --help`)
help-scan-max-time = Longest measurement in each direction; 8s by default
help-scan-no-voice = Do not rate a voice call
help-scan-codec = Codec of the call; g711 by default
help-scan-reflector = Send the call's packets to HOST[:PORT] instead of the server (see `opensim measure --help`)
help-scan-one-by-one = Measure download, upload and the call one after the other instead of together
help-scan-loaded = Also rate a call during a download at the speed you need
help-switch = Move to the carrier you choose
help-switch-long = Moves the modem to the carrier that you choose, checks that it is there and, if that fails, returns to the previous carrier. There is no automatic choice: the SIM provider states that automatic switching between carriers is not allowed in France.
help-switch-examples = opensim switch sfr  move to SFR
    opensim switch 20820 --reason "Orange is down" --yes  give a network code, without a question
help-switch-carrier = orange, sfr, bouygues, a network code such as 20810, a name from your configuration, or the name that `opensim status` shows
help-switch-reason = Reason, for the log of changes
help-switch-no-rollback = Do not return to the previous carrier if the change fails
help-switch-no-verify-data = Do not check afterwards that data flows
help-recover = Return to the carrier that an interrupted scan or switch had left
help-recover-examples = opensim recover  return to the previous carrier, after an interrupted scan or switch
help-measure = Measure the speed and call quality of the modem, or of another network interface
help-measure-long = Says whether a link is good enough for your working day. It asks for the speed you need in both directions together, with a voice call beside it, and stops as soon as the answer is clear: after three to eight seconds and a few hundred kilobytes. With a server other than opensim's own, it measures one after the other. Nothing is changed, and every packet uses the link that is measured. A server must be given: opensim contacts no server unless you ask.
help-measure-examples = opensim measure --server opensim://measure.example.org  measure the modem's link
    opensim measure --interface eth0 --interface wwan0  compare the home box with the modem
    opensim --modem sim:home measure  the same without a modem, to try it
help-measure-interface = Measure this interface instead of the modem's; give it twice to compare two
help-measure-server = Measure with opensim://HOST:PORT, opensim+https://, librespeed+https://HOST/PATH, cloudflare, or https://HOST/FILE (download only)
help-measure-need-down = Download speed you need
help-measure-need-up = Upload speed you need
help-measure-budget = Data budget, headers included; 1M per link by default
help-measure-max-time = Longest measurement in each direction; 8s by default
help-measure-no-voice = Do not rate a voice call
help-measure-codec = Codec of the call; g711 by default
help-measure-reflector = Send the call's packets to HOST[:PORT] instead of the server: a STAMP reflector (which returns them; port 862 by default), or a plain UDP echo
help-measure-one-by-one = Measure download, upload and the call one after the other instead of together
help-measure-loaded = Also rate a call during a download at the speed you need
help-measure-check = Also check that this service can be reached over the link: sip:HOST, openvpn:FILE.ovpn, openvpn://HOST:PORT, tls://HOST:PORT, tcp://HOST:PORT, https://HOST/PAGE; can be repeated
help-measure-all = Measure everything, even after a result that falls short
help-measure-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-measure-format = Output format
help-serve = Run your own measurement server
help-serve-long = Serves downloads, uploads (counting what arrives) and a STAMP reflector (RFC 8762) for the voice call to opensim clients. It can be exposed to the Internet: the number of clients, sizes, speeds and times are limited, and nothing that a client sends is kept. Ctrl-C or SIGTERM stops it with exit status 0: no new client is accepted, and a request under way has ten seconds to finish. A second signal stops it at once, with exit status 130.
help-serve-examples = opensim serve  answer on port 8620 of every address
    opensim serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem  answer with HTTPS
help-serve-listen = Address for HTTP (TCP), and for STAMP on the same port (UDP)
help-serve-stamp = Another address for STAMP
help-serve-tls-cert = Certificate chain (PEM); the server then uses HTTPS
help-serve-tls-key = Private key of the certificate (PEM)
help-serve-max-clients = Requests answered at the same time
help-serve-max-per-address = Requests answered at the same time for one address
help-serve-max-bytes = Largest request or answer
help-serve-max-rate = Highest speed for one connection, in each direction
help-serve-max-time = Longest time for one connection
help-at = Send raw AT commands (for support), filtered by opensim's guard
help-at-examples = opensim at AT+CSQ 'AT+COPS?'  read the signal strength, then the carrier
help-at-commands = AT commands, each as one argument
help-at-force = Also send what opensim does not know to be harmless, after noting it in the log of changes; never a selection, a PIN, a lock or an IMEI
help-report = Show a saved document as text, CSV or HTML, or a support bundle
help-report-examples = opensim report living-room.json  show this scan in the terminal
    opensim report living-room.json --format html --out living-room.html  make a page of it, to keep or to print
help-report-file = Document saved with --out or --json, or support bundle; - for standard input
help-report-document = Show only this document of a support bundle: doctor, status, scan or another
help-report-format = Output format
help-report-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-sim = Run a virtual modem on a pseudo-terminal
help-sim-examples = opensim sim --link /tmp/modem --scenario home  run the virtual modem, until Ctrl-C
    opensim --modem /tmp/modem status  use that modem from another terminal
help-sim-link = Link to the terminal, created at the start and removed at the end
help-sim-scenario = Scenario that comes with opensim, or a TOML file
help-sim-quirk = Oddity of the modem, added to those of the scenario, such as joined=refused; can be repeated. docs/scenarios.md says what each does
help-sim-replay = Replay a recorded exchange with a modem, or those of a support bundle
help-sim-socket = Use the abstract Unix socket of this name instead of a terminal, as ModemManager's test interface expects
help-sim-port = Use this serial port instead of a new terminal, like the device end of a USB gadget
help-sim-state = File in which to write the code of the modem's network, at each change
help-sim-log = File to which a line is added for each command: seconds, a tab, the command
help-sim-pace = Speed compared with real life (10: ten times as fast)
help-tour = Learn the commands in five minutes, on a virtual modem
help-tour-long = A guided first use: you type the real commands of opensim, and each answer is explained. They act on a virtual modem, and nothing of your history and your configuration is used. In the end the state of your own modem is shown, if it is plugged in.

    It takes a terminal. "help", "skip" and "quit" can be typed at any time.
help-tour-examples = opensim tour  start the tour
    opensim tour --lang fr  the same in French
    opensim tour --modem /dev/ttyUSB2  show this modem in the end
help-help = Show what a command does and all that it accepts
help-help-examples = opensim help  see all commands
    opensim help scan  see all that scan accepts
help-help-command = Command to explain
help-completions = Generate shell completions
help-completions-examples = opensim completions bash > ~/.local/share/bash-completion/completions/opensim  for bash
    opensim completions zsh > ~/.zfunc/_opensim  for zsh, if ~/.zfunc is in fpath
    opensim completions fish > ~/.config/fish/completions/opensim.fish  for fish
help-completions-shell = Your shell
help-completions-words = Show what can replace the last of these words
help-man = Generate the man pages
help-man-examples = opensim man --out ~/.local/share/man/man1  then read `man opensim-scan`, for example
help-man-out = Write opensim.1 and a page for each command to this directory

value-spec = MODEM
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
value-trace_bundle = TRACE|BUNDLE
value-factor = FACTOR
value-word = WORD
value-shell = SHELL
value-device = DEVICE
value-dir = DIR
value-server = SERVER
value-target = TARGET
value-if = INTERFACE
value-key_value = KEY=VALUE
value-reflector = HOST[:PORT]
value-codec = CODEC
value-addr_port = ADDR:PORT
value-command = COMMAND

expected-lang = fr or en
expected-timeout = a duration such as 60s, 1500ms or 1m30s, at most 24h
expected-need-down = a speed such as 200k or 1.5M, in bit/s
expected-need-up = a speed such as 200k or 1.5M, in bit/s
expected-budget = a size such as 500k or 5M, in bytes
expected-samples = a whole number from 1 to 100
expected-max-time = a duration such as 8s or 20s
expected-max-clients = a whole number from 1 to 4096
expected-max-per-address = a whole number from 1 to 4096
expected-max-bytes = a size such as 500k or 16M, in bytes
expected-max-rate = a speed such as 200k or 50M, in bit/s
expected-listen = an address and a port, such as 0.0.0.0:8620
expected-stamp = an address and a port, such as 0.0.0.0:862
expected-pace = a number such as 1 or 10

usage-unknown_option = This command has no option "{ $arg }".
usage-unknown_command = The command "{ $command }" does not exist.
usage-unexpected_word = "{ $arg }" does not belong here.
usage-did_you_mean = Did you mean { $suggestions }?
usage-missing_command = A command is missing: { $commands }.
usage-missing_arguments = Missing: { $args }
usage-missing_carrier = Missing: { $args }. Carriers of your SIM card: { $known }.
usage-missing_value = { $arg } needs a value.
usage-invalid_value = "{ $value }" is not valid for { $arg }.
usage-expected = It must be { $expected }.
usage-conflict = { $arg } and { $other } cannot be used together.
usage-conflict_self = { $arg } can be given only once.
usage-too_many_values = { $arg } takes no more values: "{ $value }" is one too many.
usage-too_few_values = { $arg } needs { $min } values; { $actual } were given.
usage-wrong_number = { $arg } needs { $expected } values; { $actual } were given.
usage-not_text = An argument is not readable text (UTF-8).
usage-other = { $detail }
usage-more = For more: `{ $command } --help`.

man-manual = opensim manual
man-name = Name
man-synopsis = Synopsis
man-description = Description
man-examples = Examples
man-exits = Exit status
man-see_also = See also
