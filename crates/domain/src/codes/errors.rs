//! The errors: what stops a command, in the order and under the headings of docs/errors.md.
//!
//! A row: the code, its exit status (`ErrorAndNote` where it also stands as a warning, in words of its own), the values
//! that its sentences may use, what it means, and what to do. The last two are the page's.

use super::Code;

/// The headings of the page, and what stands under each.
pub(super) const SECTIONS: &[(&str, &[Code])] = &[
    ("What you typed", TYPED),
    ("The modem", MODEM),
    ("ModemManager", MANAGER),
    ("The SIM", SIM),
    ("The network", NETWORK),
    ("Measuring", MEASURING),
    ("A change of carrier", CHANGE),
    ("opensim itself", OPENSIM),
];

table! { TYPED:
    USAGE_INVALID = "usage.invalid", Error(2), [detail],
        "an option or argument is unknown or malformed",
        "`opensim help COMMAND`";
    USAGE_CONSENT_NEEDED = "usage.consent_needed", Error(2), [],
        "the command changes something, and nobody could be asked (no terminal, or `--no-input`); nothing was sent to \
         the modem",
        "add `--yes` if that is what you want";
    USAGE_DECLINED = "usage.declined", Error(2), [],
        "you were asked and did not say yes; nothing was changed",
        "run it again and answer yes";
    USAGE_CARRIER_UNKNOWN = "usage.carrier_unknown", Error(2), [carrier candidates],
        "no carrier of the SIM's profile has this name or code",
        "`opensim carriers` lists them; `--all` the whole French table";
    USAGE_CARRIER_AUTOMATIC = "usage.carrier_automatic", Error(2), [carrier candidates],
        "`best`, `auto` and the like: opensim never chooses a carrier",
        "`opensim scan` ranks them; then name one";
    USAGE_SCENARIO = "usage.scenario", Error(2), [file detail candidates],
        "no such scenario of the virtual modem, or its file has an error",
        "the message names the line; `opensim sim --help` lists the built-in ones";
    USAGE_CONFIG = "usage.config", Error(2), [file detail],
        "the configuration file cannot be read, is no plain file, is larger than 64 kB or has an unknown key",
        "the message names the file and the key";
    USAGE_FILE = "usage.file", Error(2), [file detail],
        "a file named on the command line cannot be read or written, is no plain file (a pipe, a device), or is \
         larger than any such file",
        "check the path and its permissions; the message says which";
    USAGE_ENDING = "usage.ending", Error(2), [file ending],
        "the file to write has an extension that is none of opensim's formats; nothing was done",
        "`.html`, `.csv`, `.json` or `.txt`, or `--format`; for a PDF print the HTML page";
    SERVE_LISTEN = "serve.listen", Error(2), [address detail],
        "the measurement server cannot listen where it was told to",
        "another `--listen`; ports below 1024 take root";
    REPORT_NOT_A_DOCUMENT = "report.not_a_document", Error(2), [file line_number],
        "the file is no JSON, from the line that is named on",
        "give a document that was saved as JSON; the other formats cannot be read again";
    REPORT_NOT_OF_ITS_SCHEMA = "report.not_of_its_schema", Error(2), [file schema detail],
        "the file names a schema of opensim and is not what that says: cut, or altered by hand",
        "save the document again";
    REPORT_UNKNOWN_SCHEMA = "report.unknown_schema", Error(2), [file detail],
        "the file is no document of opensim, or of a newer version",
        "open it with the version that its `opensim` key names";
}

table! { MODEM:
    MODEM_NONE = "modem.none", Error(3), [unusable],
        "no modem was found, or none that can be used: then the hint names the stick and its reason",
        "plug it in; `opensim modems` shows what is seen; name a port with `--modem`";
    MODEM_ABSENT = "modem.absent", Error(3), [wanted candidates unusable],
        "the modem or the port that was named is not there",
        "`opensim modems` shows those that are";
    MODEM_NO_AT_PORT = "modem.no_at_port", Error(3), [port unusable],
        "the modem is there and shows no port that could be for AT",
        "the hint says why where that is known (a driver is missing, it speaks MBIM alone, ...); `opensim modems` \
         shows it under `unusable`";
    MODEM_DIAGNOSTICS_PORT = "modem.diagnostics_port", Error(2), [port instead],
        "the port named is for diagnostics, which a text would confuse",
        "name the AT port of the message";
    MODEM_NOT_A_PORT = "modem.not_a_port", Error(2), [port],
        "what was named is no serial port: a file, a folder, a console, another device",
        "`opensim modems` lists the ports";
    MODEM_SEVERAL = "modem.several", Error(2), [candidates],
        "several modems, and none was named",
        "choose one with `--modem`";
    MODEM_BUSY = "modem.busy", Error(4), [port holder program],
        "another program holds the port, or ModemManager manages the modem",
        "another opensim: wait until it ends, it may be changing the carrier; another program: close it; \
         ModemManager: add `--direct`";
    MODEM_PERMISSION = "modem.permission", Error(4), [port group],
        "you may not open the port",
        "join the group that the message names, then log in again; where it names none, none has the right: `sudo`, \
         or the udev rule of [permissions](permissions.md)";
    MODEM_GONE = "modem.gone", Error(7), [port],
        "the modem left the bus, or its port went while opensim opened it",
        "plug it in again; a modem that restarts needs half a minute";
    MODEM_DESCRIPTORS = "modem.descriptors", Error(4), [port],
        "this process, or this computer, has as many files open as it may",
        "close programs, or raise the limit (`ulimit -n`)";
    MODEM_SILENT = "modem.silent", Error(7), [command seconds],
        "no answer in time",
        "unplug it and plug it in again; a second try with `--trace` helps support";
    MODEM_NO_ANSWER = "modem.no_answer", Error(7), [modem tried],
        "none of the modem's ports answers; the message says what each did",
        "unplug it and plug it in again; a port that is known to answer can be named with `--modem`";
    MODEM_NOT_OPENED = "modem.not_opened", Error(7), [port detail],
        "the system does not open the port, in its words",
        "close other programs; unplug the modem and plug it in again";
    MODEM_UNREADABLE = "modem.unreadable", Error(7), [command line],
        "it answered something that cannot be read",
        "send the trace (`--trace FILE`): a modem opensim does not know yet";
    MODEM_REFUSED = "modem.refused", Error(7), [command cause],
        "it refused a command that it should know, or one that you typed with `opensim at`: the first of them is \
         named, and all were sent",
        "send the trace; for a command of your own, its manual";
    MODEM_RADIO_OFF = "modem.radio_off", ErrorAndNote(6), [],
        "its radio is switched off (flight mode); nothing was changed, and opensim switches nothing on unasked",
        "switch it on in the network menu or on the modem's page, else `opensim at --force AT+CFUN=1`";
    MODEM_QUERY_UNANSWERED = "modem.query_unanswered", ErrorAndNote(7), [command cause],
        "it left unanswered a question that is needed, while it answers others",
        "send the trace";
    MODEM_GUARDED = "modem.guarded", Error(2), [command rule],
        "the command was kept off the wire: it would hand the choice of carrier to the modem, select one that you did \
         not name, spend a PIN try or touch a lock, write the IMEI, dial, or reset; or opensim does not know it to be \
         harmless",
        "the message says which rule; `opensim switch CARRIER` is the way to change carrier; what is only unknown, a \
         restart, and leaving the packet network are sent with `opensim at --force`";
}

table! { MANAGER:
    MANAGER_ABSENT = "manager.absent", Error(3), [detail],
        "there is no system bus, or ModemManager is not on it",
        "start it, or name a port";
    MANAGER_DENIED = "manager.denied", Error(4), [command],
        "polkit does not let you: a session over ssh, or another right is needed",
        "a session at the computer, `sudo`, or the rule of [with-modemmanager](with-modemmanager.md)";
    MANAGER_IN_PROGRESS = "manager.in_progress", Error(4), [command],
        "it is doing the same for another program",
        "wait, then try again";
    MANAGER_WRONG_STATE = "manager.wrong_state", Error(4), [command detail],
        "the modem's state in ModemManager does not allow it",
        "where it is still connected, end that connection (`nmcli connection down NAME`, `mmcli -m any \
         --simple-disconnect`); else wait, then try again";
    MANAGER_CANCELLED = "manager.cancelled", Error(6), [command],
        "another program ended it",
        "close what else changes the modem's network";
    MANAGER_SILENT = "manager.silent", Error(7), [command seconds],
        "it is on the bus and does not answer, or the bus does not",
        "restart it (`sudo systemctl restart ModemManager`), or stop it and name a port";
    MANAGER_UNREADABLE = "manager.unreadable", Error(7), [command detail],
        "it answers something that cannot be read",
        "restart it; tell its version to support";
    MANAGER_LOST = "manager.lost", Error(7), [],
        "it left the bus in the middle of the work",
        "once it is back: `opensim recover`";
    MANAGER_STALE = "manager.stale", Error(7), [],
        "it goes on showing the network that the modem was taken away from, so it would not send the way back",
        "`opensim recover --direct`";
    MANAGER_REFUSED = "manager.refused", Error(7), [command detail],
        "it refused; its words are in the message",
        "try again; `--direct` goes past it";
}

table! { SIM:
    SIM_ABSENT = "sim.absent", Error(5), [],
        "no SIM in the slot",
        "insert it; check its side and size";
    SIM_PIN_REQUIRED = "sim.pin_required", Error(5), [],
        "the SIM asks for its PIN",
        "run it on a terminal, or set `OPENSIM_PIN`, or name a file of mode 0600; never an argument";
    SIM_PIN_WRONG = "sim.pin_wrong", Error(5), [tries],
        "the PIN given was wrong; it is not tried again",
        "check it; the message says how many tries are left";
    SIM_PIN_TRIES = "sim.pin_tries", Error(5), [tries],
        "fewer than two tries are left, or the modem does not tell and the PIN is a stored one: opensim does not risk \
         one",
        "enter the PIN in a telephone; a right one gives the tries back";
    SIM_PUK_REQUIRED = "sim.puk_required", Error(5), [],
        "the PIN was wrong too often",
        "the SIM's supplier has the PUK; enter it in a telephone";
    SIM_LOCKED = "sim.locked", Error(5), [],
        "the device is locked to another network, or asks for another code",
        "its seller can unlock it";
    SIM_BUSY = "sim.busy", Error(5), [],
        "the SIM is still waking up, 20 seconds after it was first asked",
        "try again in a few seconds";
    SIM_FAILED = "sim.failed", Error(5), [],
        "the SIM does not work, or is blocked for good (its PUK was wrong too often)",
        "clean its contacts, try it in a telephone, ask its supplier";
}

table! { NETWORK:
    NETWORK_NOT_AVAILABLE = "network.not_available", Error(6), [plmn],
        "the carrier is not heard here",
        "another place or antenna; `opensim scan` shows the others";
    NETWORK_DENIED = "network.denied", Error(6), [plmn cause],
        "the carrier refused this SIM; its cause is in the message where the modem tells",
        "name another carrier; ask the SIM's supplier whether this one is covered";
    NETWORK_TIMEOUT = "network.timeout", Error(6), [plmn seconds],
        "no registration in time",
        "a longer `--timeout`; another place or antenna";
    DATA_NOT_REGISTERED = "data.not_registered", Error(6), [],
        "the modem is on no network, so there is no link to measure",
        "`opensim status` says why; `opensim scan` what is here";
    NETWORK_UNNAMED = "network.unnamed", Error(6), [],
        "the modem is on a carrier whose code neither it nor its list of networks tells, so it could not be put back; \
         nothing was changed",
        "`opensim switch CARRIER --no-rollback` where you do without a way back; else send the trace";
    NETWORK_LOST = "network.lost", Error(6), [plmn],
        "registered, then lost",
        "a weak signal: another place or antenna";
    NETWORK_NOBODY = "network.nobody", Error(6), [],
        "a survey in which none of the carriers asked for can be had: each is out of reach, refuses the SIM or lets \
         nobody in in time",
        "another place or antenna; where they refuse, ask the SIM's supplier";
}

table! { MEASURING:
    DATA_NO_PATH = "data.no_path", Error(8), [],
        "the modem shows no network interface and no port to dial on",
        "`opensim modems` shows its ports; its driver may be missing";
    DATA_DOWN = "data.down", Error(8), [interface],
        "the modem's network interface is down or has no carrier",
        "connect it (NetworkManager, or the modem's own page)";
    DATA_NO_ADDRESS = "data.no_address", Error(8), [interface],
        "the modem's network interface has no address",
        "let NetworkManager or a DHCP client give it one; check the APN";
    DATA_DIAL = "data.dial", Error(8), [detail],
        "dialling over the modem failed; the message has what was said",
        "check the APN of the modem's first context (`opensim at 'AT+CGDCONT?'`), or of NetworkManager's connection";
    DATA_NO_DIALLER = "data.no_dialler", Error(8), [detail],
        "dialling takes `pppd` and the right to run it",
        "`sudo apt install ppp`, and run it as root";
    MEASURE_NO_SERVER = "measure.no_server", ErrorAndNote(8), [],
        "no server to measure against was named, and none is compiled in",
        "`--server`, or `[measure] server` in the configuration";
    MEASURE_NO_INTERFACE = "measure.no_interface", Error(8), [interface],
        "there is no such interface",
        "`ip link` lists them";
    MEASURE_INTERFACE_DOWN = "measure.interface_down", Error(8), [interface],
        "the interface is down or has no carrier",
        "connect it first";
    MEASURE_NOT_PERMITTED = "measure.not_permitted", Error(8), [interface],
        "this user may not hold a socket to an interface (kernels before 5.7)",
        "run it as root, or give the binary `cap_net_raw`";
    MEASURE_NOT_LOOPBACK = "measure.not_loopback", Error(8), [address],
        "the virtual modem's link ends at this computer; another was named",
        "name a server on 127.0.0.1, or none";
    MEASURE_NO_ROUTE = "measure.no_route", Error(8), [interface address],
        "the interface has no route to the server",
        "give it a default route with a high metric";
    MEASURE_REVERSE_PATH = "measure.reverse_path", Error(8), [interface file],
        "strict reverse path filtering drops the answers",
        "the message names the setting; 2 is loose";
    MEASURE_NO_NAME_SERVER = "measure.no_name_server", Error(8), [interface name],
        "no name server that the interface can reach",
        "name the server by its address";
    MEASURE_NAME_SERVER_SILENT = "measure.name_server_silent", Error(8), [name],
        "no name server answered over this link",
        "the link may carry no data; or name the server by its address";
    MEASURE_NAME_SERVER_FAILED = "measure.name_server_failed", Error(8), [name answer],
        "a name server answered that it cannot or will not say; its word (SERVFAIL, REFUSED) is in the message",
        "try again; or name the server by its address";
    MEASURE_NAME_CUT_SHORT = "measure.name_cut_short", Error(8), [name],
        "the name servers' answer does not fit a datagram, and over a connection none came",
        "name the server by its address";
    MEASURE_UNKNOWN_NAME = "measure.unknown_name", Error(8), [name],
        "there is no such name",
        "check `--server`";
    MEASURE_NAME_WITHOUT_ADDRESS = "measure.name_without_address", Error(8), [name],
        "the name is there and has no address",
        "check `--server`";
    MEASURE_UNREACHABLE = "measure.unreachable", Error(8), [server],
        "the server does not answer over this link",
        "the link may carry no data; or the server is off";
    MEASURE_REFUSED = "measure.refused", Error(8), [server],
        "the server refuses connections",
        "check its port; start `opensim serve` there";
    MEASURE_CERTIFICATE = "measure.certificate", Error(8), [server detail],
        "the server's certificate is not trusted, expired, or of another name",
        "check the name and the date; `authorities` in the configuration for one's own";
    MEASURE_NOT_THE_SERVER = "measure.not_the_server", Error(8), [server detail status location name],
        "something else answered: a page to log in at (whatever its status), a redirection, a server without TLS, or no \
         such server",
        "open a page in a browser over this link; check `--server`";
    MEASURE_NOT_FOUND = "measure.not_found", Error(8), [server status],
        "the server has nothing at the address that `--server` names (404, 410)",
        "check the address";
    MEASURE_TOO_SMALL = "measure.too_small", Error(8), [server bytes],
        "what the server gave ended before a rate could be told: its file is too small",
        "name a file of some megabytes, or another server";
    MEASURE_SERVER_REFUSED = "measure.server_refused", Error(8), [server status],
        "the server will not serve now (its status is in the message)",
        "wait some minutes, or name another server";
    MEASURE_SERVER_FULL = "measure.server_full", Error(8), [server],
        "the opensim server answers as many others as it may (503)",
        "wait a minute; whoever runs it can give `serve` a greater `--max-clients`";
    MEASURE_BROKEN = "measure.broken", Error(8), [server detail],
        "the connection broke before anything was known",
        "try again; the link may be weak";
    MEASURE_BUDGET = "measure.budget", Error(8), [budget needed],
        "the budget does not cover the first step",
        "a greater `--budget`";
    MEASURE_CERTIFICATE_FILE = "measure.certificate_file", Error(8), [file detail],
        "a file of certificates cannot be used",
        "the message names it";
    MEASURE_DESCRIPTORS = "measure.descriptors", Error(8), [operation],
        "this process, or this computer, has as many files open as it may",
        "close programs, or raise the limit (`ulimit -n`)";
    MEASURE_SYSTEM = "measure.system", Error(8), [operation detail],
        "the system refused something it should not",
        "report it with the command and the message";
    SCAN_NOTHING_COMPARED = "scan.nothing_compared", Error(8), [carrier],
        "a survey in which nothing could be compared: of no carrier, or of one alone, was anything read, nothing was \
         measured, and of others it is not known whether they are here (the modem gave no level, or refused the \
         command)",
        "the reason stands beside each; without `--radio-only` each is joined and read; `--trace` where the modem \
         refuses";
}

table! { CHANGE:
    CHANGE_ROLLED_BACK = "change.rolled_back", Error(10), [cause from to],
        "the change failed, and the former carrier is in use again",
        "the message says why it failed; nothing needs repair";
    CHANGE_NEVER_LEFT = "change.never_left", Error(10), [cause from to],
        "the modem, which chooses by itself, refused the change: it never left its carrier, and still chooses",
        "`opensim scan` shows which carriers can be used here";
    CHANGE_NOT_RESTORED = "change.not_restored", Error(11), [cause from to journal],
        "the change failed, and the former carrier is **not** in use",
        "`opensim recover`, again where the signal is better if need be";
    RECOVER_WHICH_MODEM = "recover.which_modem", Error(11), [since modem],
        "a change was interrupted, and the modem does not tell its number (IMEI), so whether it was this one cannot \
         be known; nothing was changed",
        "`opensim --direct recover`, which asks the modem itself, or plug in the modem of that number";
    CHANGE_UNDER_WAY = "change.under_way", Error(4), [file],
        "another opensim is changing this modem",
        "wait until it ends";
    INTERRUPTED = "interrupted", Error(130), [],
        "stopped by Ctrl-C or a signal; what was changed was put back",
        "nothing";
}

table! { OPENSIM:
    STORE_WRITE = "store.write", Error(1), [file detail],
        "its journal or log could not be written; a change that cannot be journalled is not begun",
        "free some space, check the permissions of the folder that the message names";
    STORE_LOCK = "store.lock", Error(4), [file detail],
        "the lock of its journal cannot be had, though nobody has it: the folder is on a disk without locks; nothing \
         was changed",
        "put it on another with `XDG_STATE_HOME`";
    STORE_READ = "store.read", Error(1), [file detail],
        "its journal cannot be read, or a pipe, device or link stands in its place",
        "look at the file that the message names; move it away if it is damaged";
    STORE_UNKNOWN_SCHEMA = "store.unknown_schema", Error(1), [file schema],
        "the journal of an interrupted change is of another version of opensim, and is kept as it is; nothing was \
         changed",
        "`opensim recover` of that version, or name a carrier by `switch` once the file that the message names is \
         moved away";
    SYSTEM_REFUSED = "system.refused", Error(1), [detail],
        "the system starts no thread, or opens nothing more",
        "close other programs, or raise the limits (`ulimit -u`, `ulimit -n`)";
    INTERNAL_BUG = "internal.bug", Error(1), [detail],
        "opensim did something it must not",
        "report it with the command and the message; after a change that was under way, `opensim recover`";
}
