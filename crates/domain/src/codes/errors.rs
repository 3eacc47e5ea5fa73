//! The errors: what stops a command, in the order and under the headings of docs/errors.md.
//!
//! A row: the code, its exit status (`ErrorAndNote` where it also stands as a warning, in words of its own), the values
//! that its sentences may use, what it means, and what to do. The last two are the page's.

use super::{Code, history};

/// The headings of the page, and what stands under each.
pub(super) const SECTIONS: &[(&str, &[Code])] = &[
    ("What you typed", TYPED),
    ("The modem", MODEM),
    ("ModemManager", MANAGER),
    ("The SIM", SIM),
    ("The network", NETWORK),
    ("Measuring", MEASURING),
    ("A change of carrier", CHANGE),
    ("The history", history::ERRORS),
    ("Sending to a collector", history::SENDING),
    ("A support bundle", super::bundle::BUNDLE),
    ("opensim itself", OPENSIM),
];

table! { TYPED:
    USAGE_INVALID = "usage.invalid", Error(2), [detail],
        "an option or argument is unknown or malformed",
        "`opensim help COMMAND`";
    USAGE_CONSENT_NEEDED = "usage.consent_needed", Error(2), [],
        "the command changes something, but nobody could be asked (no terminal, or `--no-input`); nothing was sent \
         to the modem",
        "add `--yes` if that is what you want";
    USAGE_TERMINAL_NEEDED = "usage.terminal_needed", Error(2), [],
        "`opensim tour` asks and answers: it needs a person at a terminal, and has no JSON",
        "run it in a terminal, its input and its output both, without `--json` and `--no-input`";
    USAGE_DECLINED = "usage.declined", Error(2), [],
        "you were asked and answered no; nothing was changed",
        "to agree, run it again and answer yes";
    USAGE_SERVER = "usage.server", Error(2), [option server candidates suggestion],
        "the address given to `--server` or `--reflector` has none of the forms that opensim knows",
        "the message gives the forms, and what may have been meant (`opensim://HOST:PORT`)";
    USAGE_CHECK = "usage.check", Error(2), [server],
        "what was given to `--check` has none of the forms that opensim knows",
        "the message gives the forms";
    USAGE_PROFILE = "usage.profile", Error(2), [file line_number detail],
        "the VPN profile given to `--check openvpn:FILE` cannot be read, or does not say how its server is reached",
        "the message names the file, the line and what is wrong; give the file as the company gave it";
    USAGE_CARRIER_UNKNOWN = "usage.carrier_unknown", Error(2), [carrier candidates suggestion],
        "no carrier of the SIM card has this name or code",
        "`opensim carriers` lists them; `--all` lists all known French carriers";
    USAGE_CARRIER_AUTOMATIC = "usage.carrier_automatic", Error(2), [carrier candidates suggestion],
        "`best`, `auto` and the like: opensim never chooses a carrier",
        "`opensim scan` compares the carriers; then name one";
    USAGE_SCENARIO = "usage.scenario", Error(2), [file detail candidates],
        "no such scenario of the virtual modem, or its file has an error",
        "the message names the line; `opensim sim --help` lists the built-in ones";
    USAGE_ENVIRONMENT = "usage.environment", Error(2), [variable detail],
        "an environment variable has a value that it cannot have; an empty one counts as not set",
        "the message names the variable and what it takes";
    USAGE_CONFIG = "usage.config", Error(2), [file line_number key detail],
        "the configuration file cannot be read, is not a plain file, is larger than 64 kB, is not TOML, has an unknown key \
         or a value that the key cannot have",
        "the message names the file, the line and the key";
    USAGE_FILE = "usage.file", Error(2), [file detail],
        "a file named on the command line cannot be read or written, is not a plain file (a pipe, a device), or is \
         too large to be such a file",
        "check the path and its permissions; the message says which";
    USAGE_ENDING = "usage.ending", Error(2), [file ending],
        "the extension of the file to write is not one of opensim's formats; nothing was done",
        "`.html`, `.csv`, `.json` or `.txt`, or `--format`; for a PDF print the HTML page";
    SERVE_LISTEN = "serve.listen", Error(2), [address detail],
        "the measurement server cannot listen on the address given",
        "another `--listen`; ports below 1024 need root";
    SERVE_NOT_HERE = "serve.not_here", Error(2), [],
        "the measurement server is not offered on this system (Windows)",
        "host it on a computer with Linux";
    SIM_NO_TERMINAL = "sim.no_terminal", Error(2), [],
        "this system (Windows) has no terminal or socket of the kind that the virtual modem is offered on to other programs",
        "`--modem sim:home` with any command; for other programs, `opensim sim --port COM6` on one end of a pair of COM \
         ports";
    REPORT_NOT_A_DOCUMENT = "report.not_a_document", Error(2), [file line_number],
        "the file is not JSON, from the line named on",
        "give a document that was saved as JSON; the other formats cannot be read again";
    REPORT_NOT_OF_ITS_SCHEMA = "report.not_of_its_schema", Error(2), [file schema detail],
        "the file names a schema of opensim but does not match it: it was cut, or changed by hand",
        "save the document again";
    REPORT_UNKNOWN_SCHEMA = "report.unknown_schema", Error(2), [file detail],
        "the file is not a document of opensim, or comes from a newer version",
        "open it with the version that its `opensim` key names";
}

table! { MODEM:
    MODEM_NONE = "modem.none", Error(3), [unusable],
        "no modem was found, or none that can be used: then the hint names the stick and its reason",
        "plug the modem in; `opensim modems` shows what is plugged in; give a port with `--modem`";
    MODEM_ABSENT = "modem.absent", Error(3), [wanted candidates unusable],
        "the modem or the port that was named is not there",
        "`opensim modems` shows those that are there";
    MODEM_NO_AT_PORT = "modem.no_at_port", Error(3), [port unusable],
        "the modem is there but shows no port for AT commands",
        "the hint says why, if that is known (a driver is missing, it speaks only MBIM, ...); `opensim modems` shows \
         it under `unusable`";
    MODEM_DIAGNOSTICS_PORT = "modem.diagnostics_port", Error(2), [port instead],
        "the port named is for diagnostics; a text command could confuse it",
        "give the AT port that the message names";
    MODEM_NOT_A_PORT = "modem.not_a_port", Error(2), [port],
        "what was named is not a serial port but a file, a folder, a console or another device",
        "`opensim modems` lists the ports";
    MODEM_SEVERAL = "modem.several", Error(2), [candidates],
        "several modems, and none was named",
        "choose one with `--modem`";
    MODEM_BUSY = "modem.busy", Error(4), [port holder program],
        "another program uses the port, or ModemManager manages the modem",
        "another opensim: wait until it ends, it may be changing the carrier; another program: close it; \
         ModemManager: add `--direct`";
    MODEM_PERMISSION = "modem.permission", Error(4), [port group],
        "you do not have permission to open the port",
        "join the group that the message names, then log in again; if it names none, no group has permission: \
         `sudo`, or the udev rule of [permissions](permissions.md)";
    MODEM_GONE = "modem.gone", Error(7), [port],
        "the modem is gone, or its port went while opensim opened it",
        "plug it in again; a modem that restarts needs half a minute";
    MODEM_PORT_FAILED = "modem.port_failed", Error(7), [port detail],
        "the port is there, and the system failed to read or write it; its own words are in the message",
        "unplug the modem and plug it in again; if it comes back, send the trace (`--trace FILE`)";
    MODEM_DESCRIPTORS = "modem.descriptors", Error(4), [port],
        "this process, or this computer, has reached its limit of open files",
        "close programs, or raise the limit (`ulimit -n`)";
    MODEM_SILENT = "modem.silent", Error(7), [command seconds],
        "no answer in time",
        "unplug the modem and plug it in again; a second try with `--trace` helps support";
    MODEM_NO_ANSWER = "modem.no_answer", Error(7), [modem tried],
        "none of the modem's ports answers; the message says what each did",
        "unplug the modem and plug it in again; if you know which port answers, give it with `--modem`";
    MODEM_NOT_OPENED = "modem.not_opened", Error(7), [port detail],
        "the system does not open the port; its own words are in the message",
        "close other programs; unplug the modem and plug it in again";
    MODEM_UNREADABLE = "modem.unreadable", Error(7), [command line],
        "the modem answered something that cannot be read",
        "send the trace (`--trace FILE`): opensim does not know this modem yet";
    MODEM_REFUSED = "modem.refused", Error(7), [command cause],
        "the modem refused a command that it should know, or one that you typed with `opensim at`: the first of them \
         is named, and all were sent",
        "send the trace; for a command of your own, see the modem's manual";
    MODEM_RADIO_OFF = "modem.radio_off", ErrorAndNote(6), [],
        "the modem's radio is switched off (flight mode); nothing was changed, and opensim switches nothing on by \
         itself",
        "switch it on in the network menu or on the modem's page; otherwise `opensim at --force AT+CFUN=1`";
    MODEM_QUERY_UNANSWERED = "modem.query_unanswered", ErrorAndNote(7), [command cause],
        "the modem did not answer a command whose answer is needed, although it answers others",
        "send the trace";
    MODEM_GUARDED = "modem.guarded", Error(2), [command rule],
        "the command was not sent: it would let the modem choose its carrier, select a carrier that you did not \
         name, use up a PIN try or touch a lock, write the IMEI, dial or reset; or opensim does not know it to be \
         harmless",
        "the message says which rule; to change carrier, `opensim switch CARRIER`; unknown commands, a restart, and \
         leaving the packet network are sent with `opensim at --force`";
}

table! { MANAGER:
    MANAGER_ABSENT = "manager.absent", Error(3), [detail],
        "there is no system bus, or ModemManager is not on it",
        "start ModemManager, or give a port with `--modem`";
    MANAGER_DENIED = "manager.denied", Error(4), [command],
        "polkit (system permissions) refuses: you are on a remote session (ssh), or need another permission",
        "a session at the computer, `sudo`, or the rule of [with-modemmanager](with-modemmanager.md)";
    MANAGER_IN_PROGRESS = "manager.in_progress", Error(4), [command],
        "ModemManager is already doing this for another program",
        "wait, then try again";
    MANAGER_WRONG_STATE = "manager.wrong_state", Error(4), [command detail],
        "the modem's state in ModemManager does not allow it",
        "if the modem is still connected, end that connection (`nmcli connection down NAME`, `mmcli -m any \
         --simple-disconnect`); otherwise wait, then try again";
    MANAGER_CANCELLED = "manager.cancelled", Error(6), [command],
        "another program interrupted the operation in ModemManager",
        "close the other programs that act on the modem";
    MANAGER_SILENT = "manager.silent", Error(7), [command seconds],
        "ModemManager is on the bus but does not answer, or the bus does not answer",
        "restart it (`sudo systemctl restart ModemManager`), or stop it and give a port with `--modem`";
    MANAGER_UNREADABLE = "manager.unreadable", Error(7), [command detail],
        "ModemManager answered something that cannot be read",
        "restart it; tell support its version";
    MANAGER_LOST = "manager.lost", Error(7), [],
        "ModemManager stopped in the middle of the operation",
        "once it is back: `opensim recover`";
    MANAGER_STALE = "manager.stale", Error(7), [],
        "ModemManager still shows the network that the modem has left, so it would send nothing to go back there",
        "`opensim recover --direct`";
    MANAGER_REFUSED = "manager.refused", Error(7), [command detail],
        "ModemManager refused; its own words are in the message",
        "try again; `--direct` works without it";
}

table! { SIM:
    SIM_ABSENT = "sim.absent", Error(5), [],
        "there is no SIM card in the slot",
        "insert it; check its side and size";
    SIM_PIN_REQUIRED = "sim.pin_required", Error(5), [],
        "the SIM card needs its PIN",
        "`scan`, `switch` and `recover` ask for it in a terminal; or set `OPENSIM_PIN`, or give a file of mode 0600 with \
         `--pin-file`; never an argument";
    SIM_PIN_WRONG = "sim.pin_wrong", Error(5), [tries],
        "the PIN given was wrong; it is not tried again",
        "check the PIN; the message says how many tries are left";
    SIM_PIN_TRIES = "sim.pin_tries", Error(5), [tries],
        "fewer than two tries are left, or the modem does not say how many and the PIN comes from a file or a \
         variable: opensim does not risk a try",
        "enter the PIN in a phone; the right PIN restores all the tries";
    SIM_PUK_REQUIRED = "sim.puk_required", Error(5), [],
        "the PIN was wrong too often",
        "the SIM provider has the PUK; enter it in a phone";
    SIM_LOCKED = "sim.locked", Error(5), [],
        "the modem accepts the SIM cards of one carrier only, or needs another code",
        "whoever supplied the modem can unlock it";
    SIM_BUSY = "sim.busy", Error(5), [],
        "the SIM card is not ready, 20 seconds after it was first asked",
        "try again in a few seconds";
    SIM_FAILED = "sim.failed", Error(5), [],
        "the SIM card does not work, or is blocked for good (its PUK was wrong too often)",
        "clean its contacts, try it in a phone, ask the SIM provider";
}

table! { NETWORK:
    NETWORK_NOT_AVAILABLE = "network.not_available", Error(6), [plmn],
        "there is no signal from the carrier here",
        "another place or antenna; `opensim scan` shows the others";
    NETWORK_DENIED = "network.denied", Error(6), [plmn cause],
        "the carrier refused this SIM card; the cause is in the message if the modem reports it",
        "use another carrier; ask the SIM provider whether the card may use this one";
    NETWORK_TIMEOUT = "network.timeout", Error(6), [plmn seconds],
        "the carrier could not be joined in time",
        "a longer `--timeout`; another place or antenna";
    DATA_NOT_REGISTERED = "data.not_registered", Error(6), [],
        "the modem is on no network, so there is nothing to measure",
        "`opensim status` shows why; `opensim scan` looks for the carriers here";
    NETWORK_UNNAMED = "network.unnamed", Error(6), [],
        "the modem is on a carrier whose network code neither the modem nor its list of networks reports, so opensim \
         could not return to that carrier; nothing was changed",
        "`opensim switch CARRIER --no-rollback` if you can do without returning; otherwise send the trace";
    NETWORK_LOST = "network.lost", Error(6), [plmn],
        "the modem joined the carrier, then lost the network",
        "the signal is weak: another place or antenna";
    NETWORK_NOBODY = "network.nobody", Error(6), [],
        "a scan in which none of the carriers asked for can be used: each has no signal, refuses the SIM card or \
         could not be joined in time",
        "another place or antenna; if they refuse, ask the SIM provider";
}

table! { MEASURING:
    DATA_NO_PATH = "data.no_path", Error(8), [],
        "the modem shows neither a network interface nor a dial-up port",
        "`opensim modems` shows its ports; a driver may be missing";
    DATA_NO_ADDRESS = "data.no_address", Error(8), [interface],
        "the modem's network interface has no IP address",
        "let NetworkManager or a DHCP client give it one; check the access point (APN)";
    DATA_DIAL = "data.dial", Error(8), [detail],
        "connecting through the modem (PPP) failed; the reason is in the message",
        "check the access point (APN) of the modem's first context (`opensim at 'AT+CGDCONT?'`), or of \
         NetworkManager's connection";
    DATA_NO_DIALLER = "data.no_dialler", Error(8), [detail],
        "connecting through the modem (PPP) needs `pppd` and permission to run it",
        "`sudo apt install ppp`, and run opensim with `sudo`";
    MEASURE_NO_SERVER = "measure.no_server", ErrorAndNote(8), [],
        "no measurement server is configured, and none is built in",
        "`--server`, or `[measure] server` in the configuration";
    MEASURE_UNPROVEN = "measure.unproven", ErrorAndNote(8), [],
        "speed and voice are not measured on this system (Windows): that what comes out is right there has not been shown",
        "the signal is read all the same; measure on a computer with Linux";
    MEASURE_NO_INTERFACE = "measure.no_interface", Error(8), [interface],
        "there is no such interface",
        "`ip link` lists them";
    MEASURE_INTERFACE_DOWN = "measure.interface_down", Error(8), [interface],
        "the interface, the modem's or the one named, is down or has no signal on the cable or link",
        "turn it on first; for a modem, the mobile connection (NetworkManager, or the modem's own page)";
    MEASURE_NOT_PERMITTED = "measure.not_permitted", Error(8), [interface],
        "this user has no permission to bind a socket to an interface (kernels before 5.7)",
        "run opensim with `sudo`, or give the binary `cap_net_raw`";
    MEASURE_NOT_LOOPBACK = "measure.not_loopback", Error(8), [address],
        "the virtual modem only reaches this computer; another one was named",
        "give a server on 127.0.0.1, or none";
    MEASURE_NO_ROUTE = "measure.no_route", Error(8), [interface address],
        "the interface has no route to the server",
        "give it a default route with a high metric";
    MEASURE_REVERSE_PATH = "measure.reverse_path", Error(8), [interface file],
        "strict reverse path filtering (rp_filter) drops the answers",
        "the message names the setting; 2 is loose";
    MEASURE_NO_NAME_SERVER = "measure.no_name_server", Error(8), [interface name],
        "the interface can reach no name server (DNS)",
        "give the server's IP address";
    MEASURE_NAME_SERVER_SILENT = "measure.name_server_silent", Error(8), [name],
        "no name server (DNS) answered on this link",
        "the link may not carry any data; to check, give the server's IP address";
    MEASURE_NAME_SERVER_FAILED = "measure.name_server_failed", Error(8), [name answer],
        "a name server (DNS) answered that it cannot or will not say; its word (SERVFAIL, REFUSED) is in the message",
        "try again, or give the server's IP address";
    MEASURE_NAME_CUT_SHORT = "measure.name_cut_short", Error(8), [name],
        "the name servers' answer does not fit in a datagram, and they did not answer over a connection",
        "give the server's IP address";
    MEASURE_UNKNOWN_NAME = "measure.unknown_name", Error(8), [name],
        "there is no such name",
        "check `--server`";
    MEASURE_NAME_WITHOUT_ADDRESS = "measure.name_without_address", Error(8), [name],
        "the name exists but has no IP address",
        "check `--server`";
    MEASURE_UNREACHABLE = "measure.unreachable", Error(8), [server],
        "the server does not answer over this link",
        "the link may not carry any data, or the server is off";
    MEASURE_REFUSED = "measure.refused", Error(8), [server],
        "the server refuses connections",
        "check the port; start `opensim serve` on that server";
    MEASURE_CERTIFICATE = "measure.certificate", Error(8), [server detail],
        "the server's certificate is not trusted, has expired, or has another name",
        "check the name and the date; for your own certificate, `authorities` in the configuration";
    MEASURE_NOT_THE_SERVER = "measure.not_the_server", Error(8), [server detail status location name],
        "something else answered: a log-in page (whatever its status), a redirection, a server without TLS, or no \
         such server",
        "open a web page in a browser on this link; check `--server`";
    MEASURE_NOT_FOUND = "measure.not_found", Error(8), [server status],
        "the server has nothing at the address given to `--server` (404, 410)",
        "check the address";
    MEASURE_TOO_SMALL = "measure.too_small", Error(8), [server bytes],
        "the server sent too little to measure a speed: its file is too small",
        "give a file of a few megabytes, or another server";
    MEASURE_SERVER_REFUSED = "measure.server_refused", Error(8), [server status],
        "the server refuses to measure for now (its status is in the message)",
        "wait a few minutes, or use another server";
    MEASURE_SERVER_FULL = "measure.server_full", Error(8), [server],
        "the opensim server is already serving as many clients as it can (503)",
        "wait a minute; whoever runs it can give `serve` a larger `--max-clients`";
    MEASURE_BROKEN = "measure.broken", Error(8), [server detail],
        "the connection broke before anything was known",
        "try again; the link may be weak";
    MEASURE_BUDGET = "measure.budget", Error(8), [budget needed],
        "the data budget does not cover the first step",
        "a larger `--budget`";
    MEASURE_CERTIFICATE_FILE = "measure.certificate_file", Error(8), [file detail],
        "a file of certificates cannot be used",
        "the message names it";
    MEASURE_DESCRIPTORS = "measure.descriptors", Error(8), [operation],
        "this process, or this computer, has reached its limit of open files",
        "close programs, or raise the limit (`ulimit -n`)";
    MEASURE_SYSTEM = "measure.system", Error(8), [operation detail],
        "the system refused something that it should allow",
        "report it to support, with the command and the message";
    SCAN_NOTHING_COMPARED = "scan.nothing_compared", Error(8), [carrier],
        "a scan in which nothing could be compared: at most one carrier was read, nothing was measured, and it is \
         not known whether the others are here (the modem gave no level, or refused the command)",
        "the reason is given for each carrier; without `--radio-only` each is joined and read; `--trace` if the \
         modem refuses";
}

table! { CHANGE:
    CHANGE_ROLLED_BACK = "change.rolled_back", Error(10), [cause from to],
        "the change failed, and the modem is back on the previous carrier",
        "the message says why it failed; nothing needs repair";
    CHANGE_NEVER_LEFT = "change.never_left", Error(10), [cause from to],
        "the modem, which chooses by itself, refused the change: it never left its carrier, and still chooses",
        "`opensim scan` shows which carriers can be used here";
    CHANGE_NOT_RESTORED = "change.not_restored", Error(11), [cause from to journal],
        "the change failed, and the modem is **not** back on the previous carrier",
        "`opensim recover`; repeat it where the signal is better if necessary";
    RECOVER_WHICH_MODEM = "recover.which_modem", Error(11), [since modem],
        "a change was interrupted, and the modem does not report its number (IMEI), so opensim cannot tell whether \
         it is the same one; nothing was changed",
        "`opensim --direct recover`, which asks the modem directly, or plug in the modem with that number";
    CHANGE_UNDER_WAY = "change.under_way", Error(4), [file],
        "another opensim is changing this modem",
        "wait until it ends";
    INTERRUPTED = "interrupted", Error(130), [],
        "stopped by Ctrl-C or a signal; what was changed was restored",
        "nothing";
}

table! { OPENSIM:
    STORE_WRITE = "store.write", Error(1), [file detail],
        "the journal or the log of changes could not be written; a change that cannot be journalled is not started",
        "free some space, check the permissions of the folder that the message names";
    STORE_LOCK = "store.lock", Error(4), [file detail],
        "the journal cannot be locked, although no program has locked it: the folder is on a disk that does not \
         support locks; nothing was changed",
        "put the folder on another disk with `XDG_STATE_HOME`";
    STORE_READ = "store.read", Error(1), [file detail],
        "the journal cannot be read, or a pipe, device or link is in its place",
        "look at the file that the message names; move it away if it is damaged";
    STORE_UNKNOWN_SCHEMA = "store.unknown_schema", Error(1), [file schema],
        "the journal of an interrupted change was written by another version of opensim, and was kept; nothing was \
         changed",
        "`opensim recover` with that version; otherwise move the file that the message names away and choose the \
         carrier with `opensim switch`";
    OUTPUT_NOT_WRITTEN = "output.not_written", Error(1), [detail],
        "the result could not be written to standard output, for example because the disk is full; what was done to \
         the modem is done",
        "free some space and run the command again; after a change, `opensim status` shows where the modem is. If \
         something else also failed, the exit status is that of the other failure";
    SYSTEM_REFUSED = "system.refused", Error(1), [detail],
        "the system starts no more threads, or opens no more files",
        "close other programs, or raise the limits (`ulimit -u`, `ulimit -n`)";
    INTERNAL_BUG = "internal.bug", Error(1), [detail],
        "opensim did something that it should never do",
        "report it to support, with the command and the message; if a change was under way, `opensim recover`";
}
