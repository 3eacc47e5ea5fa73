# What went wrong (error-) and what to do next (hint-), by the error's code with dashes for dots.

error-usage-invalid = opensim does not understand this command: { $detail }
hint-usage-invalid = `opensim --help` lists the commands; `opensim COMMAND --help` lists the options of one command.
error-usage-server = "{ $server }" is not a valid address for --{ $option }.
hint-usage-server = { $suggestion ->
    [none] { "" }
   *[other] Did you mean `--{ $option } { $suggestion }`?{ " " }
}{ $option ->
    [reflector] Possible forms: HOST or HOST:PORT.
   *[server] Possible forms: opensim://HOST:PORT, opensim+https://HOST:PORT, librespeed+https://HOST/PATH, cloudflare or https://HOST/FILE.
}
error-usage-consent_needed = This command cuts the modem's connection, so it needs your consent first. Nothing was changed.
hint-usage-consent_needed = Run the command in a terminal and without --no-input to be asked, or add --yes to agree in advance.
error-usage-terminal_needed = `opensim tour` needs somebody to type and to read: it runs in a terminal only, without --json and --no-input. Nothing was started.
hint-usage-terminal_needed = Open a terminal, type `opensim tour`, then Enter. For a program, `opensim --modem sim:home status --json` asks the virtual modem.
error-usage-declined = You answered no: nothing was changed.
hint-usage-declined = To agree, run the command again and answer "y".
error-usage-carrier_unknown = { $carrier ->
    [none] No carrier is given.
   *[other] There is no carrier called "{ $carrier }".
}
hint-usage-carrier_unknown = { $suggestion ->
    [none] { "" }
   *[other] Did you mean `{ $suggestion }`?{ " " }
}Carriers of your SIM card: { $candidates }. `opensim carriers` shows them all; a network code such as 20810 works too.
error-usage-carrier_automatic = opensim never chooses a carrier for you: "{ $carrier }" is not a carrier. The SIM provider states that automatic switching between carriers is not allowed in France.
hint-usage-carrier_automatic = Compare the carriers with `opensim scan`, then name the one you want, for example `opensim switch orange`.
error-usage-scenario = { $detail ->
    [none] No built-in scenario is called { $file }.
   *[other] The scenario { $file } cannot be used: { $detail }.
}
hint-usage-scenario = Scenarios that come with opensim: { $candidates }. To use your own file, give its path, for example `--modem sim:./my-place.toml`.
error-usage-environment = The environment variable { $variable } has a wrong value: { $detail }.
hint-usage-environment = Correct the variable, or remove it with `unset { $variable }`.
error-usage-config = { $line_number ->
    [none] The configuration file { $file } cannot be read: { $detail }.
   *[other] { $key ->
        [none] The configuration file { $file } has an error on line { $line_number }: { $detail }.
       *[other] The configuration file { $file } has an error on line { $line_number }, key "{ $key }": { $detail }.
    }
}
hint-usage-config = Correct the file, or give another one with --config FILE.
error-usage-file = The file { $file } cannot be used: { $detail }.
hint-usage-file = Check the file's name, and that you have permission to read and write there.
error-usage-ending = The extension ".{ $ending }" of { $file } is not one of opensim's formats.
hint-usage-ending = Give the file the extension .html, .csv, .json or .txt, or choose the format with --format. For a PDF, save an .html file and print that page from a browser.
error-report-not_a_document = The file { $file } is not a JSON document (line { $line_number }).
hint-report-not_a_document = Give a document that opensim saved as JSON, with --json or --out FILE.json. A text, CSV or HTML file cannot be shown again.
error-report-not_of_its_schema = The file { $file } is not a complete { $schema } document: { $detail }.
hint-report-not_of_its_schema = The file was cut or changed. Save the document again with --json or --out FILE.json.

error-modem-none = { $unusable ->
    [none] No modem was found.
   *[other] No modem that can be used was found.
}
hint-modem-none = { $unusable ->
    [none] Plug the modem in, wait half a minute, then run `opensim modems`. To try opensim without a modem, add `--modem sim:home`.
   *[other] { $unusable }
}
stick-label = { $name ->
    [none] { $usb ->
        [none] The modem { $id }
       *[other] The stick with the USB ids { $usb }
    }
   *[other] { $usb ->
        [none] { $name }
       *[other] { $name } (USB { $usb })
    }
}
unusable-storage_mode = { $stick } still shows itself as a disk. Install usb-modeswitch (`sudo apt install usb-modeswitch`; on Windows, run the program on that disk), unplug the stick and plug it in again.
unusable-router = { $page ->
    [none] { $stick } works as a router: its carrier is chosen on its own web page, and it accepts no commands from opensim. `ip route` shows the address of that page (on Windows, `ipconfig`: the gateway).
   *[other] { $stick } works as a router: its carrier is chosen on its own web page, http://{ $page }/, and it accepts no commands from opensim.
}
unusable-mbim_only = { $stick } has no port for commands: it speaks only MBIM or QMI. Install and start ModemManager (`sudo apt install modemmanager`), through which opensim can use this modem.
unusable-broadband = Windows uses { $stick } as a mobile broadband adapter (MBIM), which has no port for commands. Install the driver of the modem's maker: it adds the modem's COM ports, and opensim then finds the AT port. Without it, the carrier can be chosen in the Windows settings, under "Network & internet", "Cellular".
unusable-no_driver = { $driver ->
    [none] { $stick } is plugged in, but the driver for its ports is not installed. Install the one of the modem's maker (on the maker's site, or by Windows Update), then plug the modem in again.
   *[other] { $stick } is plugged in, but the driver for its ports is not loaded. Load it with `sudo modprobe { $driver }`. If this system does not have it, install the additional kernel modules (Ubuntu: linux-modules-extra, OpenWrt: kmod-usb-serial-option).
}
unusable-bootloader = { $stick } is in its boot loader: it is waiting for its firmware, or the firmware has crashed. Unplug it for ten seconds. If nothing changes, the maker's tool can load the firmware again.
error-modem-several = There are several modems: { $candidates }.
hint-modem-several = Choose one with --modem, for example `--modem { $first }`.
error-modem-busy = { $port } is in use by another program{ $holder ->
    [none] .
   *[other] { "" }: { $holder }.
}
hint-modem-busy = { $program ->
    [opensim] It may be changing the carrier: wait until it ends, then try again. Do not stop it, or the modem may stay on another carrier.
    [ModemManager] Add --direct: opensim takes the modem from ModemManager for this command, and the mobile connection is down meanwhile.
    [not_managed] Close that program and try again.
   *[other] Close that program and try again. If it is ModemManager, add --direct: opensim takes the modem from it for this command, and the mobile connection is down meanwhile.
}
error-modem-permission = { $group ->
    [none] You do not have permission to open { $port }.
   *[other] You do not have permission to open { $port }: it belongs to the group { $group }.
}
hint-modem-permission = { $group ->
    [none] Run the command with sudo, or ask support to install the udev rule (system permissions) of docs/permissions.md: this port has no group that you could join.
   *[other] Run `sudo usermod -aG { $group } $USER`, then log out and in again.
}
error-modem-not_opened = { $port } cannot be opened: { $detail }.
hint-modem-not_opened = If too many files are open or the port is in use, close other programs. Otherwise unplug the modem for ten seconds and plug it in again.
error-modem-gone = The modem is not on { $port }: it is unplugged, has no power, or is restarting.
hint-modem-gone = Check the modem's cable and power, wait half a minute, then run `opensim modems`.
error-modem-port_failed = The computer could not go on with { $port }: { $detail }.
hint-modem-port_failed = Unplug the modem for ten seconds, plug it in again, then run the command once more.
error-modem-descriptors = { $port } cannot be opened: this computer, or this session, has reached its limit of open files.
hint-modem-descriptors = Close other programs, or raise the limit: `ulimit -n` shows it.
error-modem-not_a_port = { $port } is not a serial port.
hint-modem-not_a_port = `opensim modems` shows the ports of the modems found.
error-modem-absent = No modem matches "{ $wanted }".
hint-modem-absent = { $unusable ->
    [none] { $candidates ->
        [none] No other modem was found either. `opensim modems` shows what is plugged in.
       *[other] Modems found: { $candidates }. `opensim modems` shows more about them.
    }
   *[other] { $candidates ->
        [none] { $unusable }
       *[other] Modems found: { $candidates }. { $unusable }
    }
}
error-modem-no_at_port = The modem { $port } is plugged in, but none of its ports accepts commands.
hint-modem-no_at_port = { $unusable ->
    [none] Unplug the modem for ten seconds and plug it in again. If nothing changes, a driver (option, qcserial) may be missing from this system: ask support.
   *[other] { $unusable }
}
error-modem-diagnostics_port = { $port } is the modem's diagnostics port: opensim never writes to it.
hint-modem-diagnostics_port = { $instead ->
    [none] `opensim modems` shows which port accepts commands.
   *[other] Use { $instead } instead.
}
error-modem-silent = The modem did not answer { $command } within { $seconds } s.
hint-modem-silent = Try again. If the modem stays silent, unplug it for ten seconds and plug it in again. `opensim modems` shows whether this is the right port.
error-modem-no_answer = None of the ports of the modem { $modem } answers: { $tried }.
hint-modem-no_answer = Try again. If the ports stay silent, unplug the modem for ten seconds and plug it in again. If you know which port answers, give it with --modem.
tried-one = { $port } ({ $cause })
error-modem-unreadable = The modem answered { $command } with something opensim cannot read: { $line }
hint-modem-unreadable = Run the command again with --trace FILE and send that file to support; it contains no complete identifier.
error-modem-radio_off = The modem's radio is switched off (flight mode). Nothing was changed, and opensim does not switch it on by itself.
hint-modem-radio_off = Switch the radio on where it was switched off: in the network menu or on the modem's own page. Otherwise run `opensim at --force AT+CFUN=1`. Then try again.
error-modem-refused = The modem refused { $command }: { $cause }.
hint-modem-refused = Try again; if the modem refuses every time, run the command with --trace FILE and send that file to support. For a command that you typed with `opensim at`, see the modem's manual.
error-modem-query_unanswered = The modem did not answer { $command }, though it answers other commands.
hint-modem-query_unanswered = Try again; if the modem never answers this command, run opensim with --trace FILE and send that file to support.
error-modem-guarded = opensim did not send the command { $command }. { $rule }
hint-modem-guarded = { $rule_of ->
    [choice] Nothing reached the modem. To change carrier, use `opensim switch CARRIER`.
   *[other] Nothing reached the modem.
}

error-manager-absent = ModemManager cannot be reached: { $detail }.
hint-manager-absent = { $detail_code ->
    [bus-not_built] Windows has no ModemManager, and some builds of opensim for Linux do without it. Give a port with --modem: `opensim modems` lists the ports.
   *[other] To start ModemManager: `sudo systemctl start ModemManager`. To do without it, give a port with --modem: `opensim modems` lists the ports.
}
error-manager-denied = ModemManager refused: you do not have permission ({ $command }).
hint-manager-denied = Run the command from a session at the computer itself (not a remote one), or with sudo. To allow a group, support will find a polkit rule (system permissions) in docs/with-modemmanager.md.
error-manager-silent = ModemManager did not answer { $command } within { $seconds } s.
hint-manager-silent = To restart ModemManager: `sudo systemctl restart ModemManager`. To do without it, stop it and give a port with --modem: `opensim modems` lists the ports.
error-manager-unreadable = ModemManager answered { $command } with something opensim cannot read: { $detail }.
hint-manager-unreadable = Restart ModemManager: `sudo systemctl restart ModemManager`. If this keeps happening, tell support its version (`mmcli --version`).
error-manager-lost = ModemManager stopped in the middle of the operation.
hint-manager-lost = `systemctl status ModemManager` shows why. Once ModemManager is back, run `opensim recover`.
error-manager-stale = ModemManager still believes that the modem is on the previous carrier, so it would do nothing to return the modem to that carrier.
hint-manager-stale = Run `opensim recover --direct`, which asks the modem directly.
error-manager-in_progress = ModemManager is already doing this for another program ({ $command }).
hint-manager-in_progress = Wait until that other request ends (a search for networks takes up to five minutes), then try again.
error-manager-wrong_state = According to ModemManager, the modem cannot do this now ({ $command }): { $detail }.
hint-manager-wrong_state = If the modem is still connected, end that connection first (`nmcli connection down NAME`, or `mmcli -m any --simple-disconnect`), try again, then restore it. Otherwise wait half a minute and try again.
error-manager-cancelled = Another program interrupted the operation in ModemManager ({ $command }).
hint-manager-cancelled = Close the other programs that act on the modem (network settings, mmcli), then try again.
error-manager-refused = ModemManager refused { $command }: { $detail }.
hint-manager-refused = Try again; if ModemManager refuses every time, add --direct to talk to the modem without it.

error-sim-absent = There is no SIM card in the modem, or the modem does not detect it.
hint-sim-absent = Switch the modem off, push the card in until it clicks, and switch it on again.
error-sim-pin_required = The SIM card needs its PIN.
hint-sim-pin_required = `opensim scan`, `opensim switch` and `opensim recover` ask for the PIN in a terminal. Without a terminal, they read it from the environment variable OPENSIM_PIN, or from a file that only you can read, given with --pin-file.
error-sim-pin_wrong = The SIM card refused this PIN. { $tries ->
    [none] How many tries are left is not known.
    [0] No try is left.
    [one] One try is left.
   *[other] { $tries } tries are left.
}
hint-sim-pin_wrong = opensim never tries again by itself. Find the right PIN before the next try: after the last one, the card is locked until you enter its PUK.
error-sim-pin_tries = opensim did not try the PIN: { $tries ->
    [none] the modem does not say how many tries are left.
    [0] no try is left.
    [one] only one try is left, and a mistake would lock the card.
   *[other] { $tries } tries are left.
}
hint-sim-pin_tries = Put the SIM card in a phone and enter its PIN there: the right PIN restores all the tries.
error-sim-puk_required = The SIM card is locked and needs its PUK.
hint-sim-puk_required = Your SIM provider has the PUK. Enter it in a phone: ten wrong tries destroy the card, so opensim never tries it.
error-sim-locked = The SIM card or the modem is locked: it needs another code, or accepts the SIM cards of one carrier only.
hint-sim-locked = Ask whoever supplied the modem to unlock it.
error-sim-busy = The SIM card is not ready yet.
hint-sim-busy = Wait a few seconds and try again. If the card is still not ready, take it out, wipe its contacts and put it back.
error-sim-failed = The SIM card does not work in this modem, or is blocked.
hint-sim-failed = Take the SIM card out, wipe its contacts and put it back. If a phone cannot read the card either, ask your SIM provider for another.

error-network-not_available = There is no { $carrier } signal here.
hint-network-not_available = Move the antenna, for example near a window, or try another carrier: `opensim scan` compares them.
error-network-denied = { $carrier } refused the SIM card{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
hint-network-denied = Trying again seldom helps. Ask your SIM provider whether the card may use this carrier; meanwhile, use another one.
error-network-timeout = The modem could not join { $carrier } within { $seconds } s.
hint-network-timeout = Try again with more time, for example --timeout 120s, or move the antenna.
error-network-unnamed = The modem is on a carrier whose network code it does not report, so opensim could not return to that carrier afterwards. Nothing was changed.
hint-network-unnamed = To move anyway, without returning to that carrier if the move fails, run `opensim switch CARRIER --no-rollback`. Otherwise run `opensim status --trace FILE` and send that file to support.
error-network-lost = The modem joined { $carrier }, then lost the network.
hint-network-lost = The signal is too weak or unsteady here. Move the antenna, or compare the other carriers with `opensim scan`.
error-network-nobody = None of these carriers can be used here; the reason is given for each.
hint-network-nobody = Move the antenna, for example near a window, and scan again. If the carriers refuse the SIM card, ask your SIM provider.

error-data-no_path = This modem gives no Internet access: it has neither a network interface nor a dial-up port.
hint-data-no_path = `opensim modems` shows the modem's ports. A driver may be missing: ask support.
error-data-not_registered = The modem is on no network, so there is nothing to measure.
hint-data-not_registered = `opensim status` shows the modem's state; `opensim scan` looks for the carriers here.
error-serve-not_here = The measurement server does not run on Windows.
hint-serve-not_here = Host it on a computer with Linux.
error-sim-no_terminal = On Windows, other programs cannot open the virtual modem this way.
hint-sim-no_terminal = Use it in opensim itself: `opensim status --modem sim:home`. For another program, serve it on one end of a pair of COM ports (made by com0com, for instance): `opensim sim --port COM6`.
error-serve-listen = The server cannot listen on { $address }: { $detail }.
hint-serve-listen = Give another address or port with --listen; ports below 1024 need `sudo`.
error-data-no_address = The modem's network interface { $interface } has no IP address.
hint-data-no_address = Turn on the mobile connection in the network menu first, and check the access point (APN) given by your SIM provider.
error-data-dial = Connecting to the Internet through the modem failed: { $detail }.
hint-data-dial = Check the access point (APN) given by your SIM provider: it must be set in the modem (first context) or in NetworkManager's mobile connection. Support can help with this.
error-data-no_dialler = Connecting to the Internet through the modem is not possible here: { $detail }.
hint-data-no_dialler = This modem has no network interface: install `ppp` (`sudo apt install ppp`) and run opensim with `sudo`.
error-measure-no_server = No measurement server is configured.
hint-measure-no_server = Give one with --server, or once and for all in the configuration, section [measure]: server = "opensim://HOST". opensim contacts no server unless you ask.
error-measure-unproven = opensim does not measure speed or voice on Windows yet.
hint-measure-unproven = The signal can be read: `opensim status`, `opensim scan`. To measure speed and voice, use a computer with Linux.
error-measure-no_interface = There is no network interface { $interface }.
hint-measure-no_interface = `ip link` lists the network interfaces of this computer.
error-measure-interface_down = The network interface { $interface } is down.
hint-measure-interface_down = Turn on that interface first (for a modem: the mobile connection, in the network menu), then try again.
error-measure-not_permitted = You do not have permission to limit the measurement to the interface { $interface }.
hint-measure-not_permitted = Run opensim with `sudo`; from Linux 5.7 on this is not needed.
error-measure-not_loopback = The virtual modem only reaches this computer; { $address } is another machine.
hint-measure-not_loopback = Give a server on 127.0.0.1, or leave out --server.
error-measure-no_route = The interface { $interface } has no route (network path) to { $address }.
hint-measure-no_route = Turn on that connection first. If it is on, ask support to add a default route with a high metric to it.
error-measure-reverse_path = Linux drops the answers received on { $interface }, because reverse path filtering (rp_filter) is strict there ({ $file }).
hint-measure-reverse_path = Loosen that filter: `echo 2 | sudo tee { $file }`. This lasts until the next restart.
error-measure-no_name_server = No name server (DNS) can be reached through { $interface }, so the address of { $name } cannot be found.
hint-measure-no_name_server = Give the server's IP address instead of its name.
error-measure-name_server_silent = No name server (DNS) answered for { $name } on this link.
hint-measure-name_server_silent = This link may not carry any data. To check, give the server's IP address instead of its name.
error-measure-name_server_failed = The name servers (DNS) could not give the address of { $name }: they answered { $answer }.
hint-measure-name_server_failed = Try again, or give the server's IP address instead of its name.
error-measure-name_cut_short = The name servers (DNS) gave only part of the address of { $name }: their answer is too long for one packet, and they did not answer over a connection.
hint-measure-name_cut_short = Give the server's IP address instead of its name.
error-measure-unknown_name = The name { $name } does not exist.
hint-measure-unknown_name = Check the server's name.
error-measure-name_without_address = The name { $name } exists but has no IP address.
hint-measure-name_without_address = Check the server's name.
error-measure-unreachable = The server { $server } does not answer over this link.
hint-measure-unreachable = This link may not carry any data, or the server is switched off.
error-measure-refused = The server { $server } refuses connections.
hint-measure-refused = Check the port, and make sure that `opensim serve` is running on that server.
error-measure-certificate = The server { $server } cannot prove its identity: { $detail }.
hint-measure-certificate = { $detail_code ->
    [tls-expired] Check this computer's date and time. If they are right, the server needs a new certificate.
    [tls-not_yet] Check this computer's date and time.
    [tls-other_name] Give the server by one of the names in its certificate.
   *[other] Check the server's name. For your own certificate, give its file in the configuration, section [measure]: authorities = ["FILE.pem"].
}
error-measure-not_the_server = Something else answered in place of { $server }: { $detail }.
hint-measure-not_the_server = { $detail_code ->
    [tls-not_spoken] If this server is an `opensim serve` that does not encrypt, write its address without `+https`: `opensim://HOST:PORT`. To encrypt, it needs `opensim serve --tls-cert FILE --tls-key FILE`.
    [http-tls] If this server encrypts, write `opensim+https://HOST:PORT`.
    [http-no_name] Check the address given to --server. If this network wants you to log in first, open a web page in a browser.
    [tls-not_agreed] Check the address given to --server; the server may be too old.
   *[other] This network may want you to log in first: open a web page in a browser. Otherwise check the address given to --server.
}
error-measure-not_found = The server { $server } has nothing at the address given (HTTP { $status }).
hint-measure-not_found = Check the whole address given to --server, including the name of the file.
error-measure-too_small = The server { $server } sent only { $bytes }: too little to measure a speed.
hint-measure-too_small = Give a file of a few megabytes, or another server.
error-measure-server_refused = The server { $server } refuses to measure for now (HTTP { $status }).
hint-measure-server_refused = Wait a few minutes, or use another server.
error-measure-server_full = The server { $server } is full: it is already serving as many clients as it can.
hint-measure-server_full = Wait a minute, then try again. If the server is yours, raise its limit with `opensim serve --max-clients N`.
error-measure-broken = The connection to { $server } broke: { $detail }.
hint-measure-broken = { $detail_code ->
    [connection-closed] The server may be full, or not running: try again in a minute. Check the port too.
   *[other] Try again; if it keeps happening, the link is weak or the server has a problem.
}
error-measure-budget = A data budget of { $budget } bytes is too small: at least { $needed } bytes are needed.
hint-measure-budget = Give a larger --budget.
error-measure-certificate_file = The certificate file { $file } cannot be used: { $detail }.
hint-measure-certificate_file = The file must be in PEM format, and you need permission to read it.
error-measure-descriptors = opensim cannot open more connections: this computer, or this session, has reached its limit of open files ({ $operation }).
hint-measure-descriptors = Close other programs, or raise the limit: `ulimit -n` shows it.
error-measure-system = The system refused to measure: { $detail } ({ $operation }).
hint-measure-system = Please report it to support, with the command you typed.
error-scan-nothing_compared = Nothing could be compared: { $carrier ->
    [none] no carrier's signal could be read.
   *[other] only the signal of { $carrier } could be read.
}
hint-scan-nothing_compared = The reason is given for each carrier. With --radio-only, opensim reads only what the modem picks up. Without it, opensim joins each carrier and reads its signal there; with --server it also compares speed and voice. If the modem refuses, add --trace FILE and send that file to support.

error-change-rolled_back = The move{ $to ->
    [none] { "" }
   *[other] { " " }to { $to }
} failed, and the modem is back on { $from ->
    [none] the previous carrier
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Cause: { $cause }.
}
hint-change-rolled_back = Your connection uses the same carrier as before. `opensim scan` shows which carriers can be used here.
error-change-never_left = The modem refused the move{ $to ->
    [none] { "" }
   *[other] { " " }to { $to }
} and never left { $from ->
    [none] the carrier that it was on
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Cause: { $cause }.
}
hint-change-never_left = Your connection is as it was. `opensim scan` shows which carriers can be used here.
error-change-not_restored = The move{ $to ->
    [none] { "" }
   *[other] { " " }to { $to }
} failed, and the modem is NOT back on { $from ->
    [none] the previous carrier
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Cause: { $cause }.
}
hint-change-not_restored = If the modem was unplugged, plug it in again and wait half a minute. Then run `opensim recover` to return to the previous carrier.
error-recover-which_modem = A change of carrier started on { $since } on the modem { $modem } was interrupted. This modem does not report its number (IMEI), so opensim cannot tell whether it is the same one. Nothing was changed.
hint-recover-which_modem = Run `opensim --direct recover`, which asks the modem directly. If it is another modem, plug in the one with that number and run `opensim recover`.
error-change-under_way = Another opensim is changing this modem's carrier right now.
hint-change-under_way = Wait until the other opensim has finished, then try again.

error-store-write = The file { $file } cannot be written: { $detail }.
hint-store-write = opensim records every change before making it: without that record it changes nothing. Free some space there, or check that you have permission to write.
error-store-read = The file { $file } cannot be read: { $detail }.
hint-store-read = Check that you have permission to read the file. If the file is damaged, keep a copy for support and move it away.
error-store-unknown_schema = The journal { $file } of an interrupted change was written by another version of opensim ({ $schema }). It was kept, and nothing was changed.
hint-store-unknown_schema = Run `opensim recover` with that version. If you do not have it, move the file away, then choose the carrier with `opensim switch CARRIER`.
error-store-lock = The file { $file } cannot be locked: { $detail }. Nothing was changed.
hint-store-lock = The disk of that file does not support locks (it may be a network share). Give a folder on another disk: `XDG_STATE_HOME=FOLDER`.
error-report-unknown_schema = { $detail ->
    [none] The file { $file } is JSON, but not a document of opensim.
   *[other] { $file } is not a document that this version of opensim can read ({ $detail }).
}
hint-report-unknown_schema = Give a file saved by `opensim scan --out FILE` or with --json, by this version or an older one.
error-interrupted = The command was interrupted.
hint-interrupted = `opensim status` shows the modem's state.
error-internal-bug = Internal error in opensim: { $detail }.
hint-internal-bug = Please report it to support, with the command you typed and, if possible, a file made with --trace FILE.
error-system-refused = The system does not give opensim the resources that it needs to run (threads, open files): { $detail }.
error-output-not_written = The result could not be written: { $detail }.
hint-output-not_written = Free some space where the output goes, or choose another file, then run the command again. After a change of carrier, `opensim status` shows where the modem is.
hint-system-refused = Close other programs, or raise the limits of your account (`ulimit -u`, `ulimit -n`).

# Why the guard refused, each a sentence of its own.
guard-automatic_selection = It would let the modem choose its carrier, but the SIM provider states that automatic switching between carriers is not allowed in France.
guard-deregister = It would disconnect the modem from every network.
guard-no_order = It would move the modem to a carrier that nobody chose.
guard-unreadable = opensim cannot tell whether it affects the choice of carrier. Type each command as an argument of its own, beginning with AT.
guard-pin = The PIN and the locks of the SIM card are not changed through raw commands.
guard-imei = It would write the modem's own number.
guard-dial = It would place a call or open a connection.
guard-reset = It would restart the modem or erase its settings. To send a restart alone, add --force; the maker's settings are never restored, because the modem would then choose its carrier by itself.
guard-repeat = It would repeat the last command, whatever that was.
guard-unknown = opensim does not know whether it is harmless. To send it anyway, add --force: opensim then writes it to the log of changes first.

# The same in a few words, as the cause of something else.
cause-modem-gone = the modem is no longer there
cause-modem-descriptors = too many files were open
cause-modem-silent = the modem did not answer
cause-modem-unreadable = the modem's answer could not be read
cause-modem-refused = the modem refused the command
cause-modem-query_unanswered = the modem did not answer the command, though it answers other commands
cause-modem-guarded = opensim's guard blocked the command
cause-modem-busy = the port is in use
cause-modem-permission = you do not have permission to open the port
cause-modem-not_a_port = it is not a serial port
cause-modem-port_failed = the port failed
cause-modem-not_opened = the system could not open the port
cause-manager-silent = there was no answer
cause-manager-unreadable = the answer could not be read
cause-manager-absent = ModemManager could not be reached
cause-manager-denied = you do not have permission in ModemManager
cause-manager-lost = ModemManager stopped
cause-manager-stale = ModemManager still believed that the modem was on the previous carrier
cause-manager-in_progress = ModemManager was busy with another program's request
cause-manager-wrong_state = the modem's state in ModemManager did not allow it
cause-manager-cancelled = another program interrupted the operation in ModemManager
cause-manager-refused = ModemManager refused
cause-sim-absent = there is no SIM card
cause-sim-pin_required = the SIM card needs its PIN
cause-sim-pin_wrong = the SIM card refused the PIN
cause-sim-pin_tries = too few PIN tries are left
cause-sim-puk_required = the SIM card needs its PUK
cause-sim-locked = the SIM card or the modem is locked
cause-sim-busy = the SIM card was not ready
cause-sim-failed = the SIM card does not work
cause-network-not_available = there is no signal from the carrier here
cause-network-denied = the carrier refused the SIM card
cause-network-timeout = the carrier could not be joined in time
cause-network-lost = the network was lost again
cause-data-no_path = the modem gives no Internet access
cause-data-not_registered = the modem is on no network
cause-data-no_address = the modem's network interface has no IP address
cause-data-dial = connecting through the modem failed
cause-data-no_dialler = connecting through the modem is not possible on this computer
cause-measure-no_server = no server is configured
cause-measure-unproven = opensim does not measure on Windows yet
cause-measure-no_interface = there is no such network interface
cause-measure-interface_down = the network interface is down
cause-measure-not_permitted = you do not have permission to limit the measurement to one interface
cause-measure-not_loopback = the virtual modem only reaches this computer
cause-measure-no_route = the interface has no route to the server
cause-measure-reverse_path = reverse path filtering (rp_filter) drops the answers
cause-measure-no_name_server = no name server (DNS) can be reached
cause-measure-name_server_silent = no name server (DNS) answered
cause-measure-name_server_failed = the name servers (DNS) could not give the server's address
cause-measure-name_cut_short = the answer of the name servers (DNS) was cut short
cause-measure-unknown_name = the server's name does not exist
cause-measure-name_without_address = the server's name has no IP address
cause-measure-unreachable = the server does not answer
cause-measure-refused = the server refuses connections
cause-measure-certificate = the server cannot prove its identity
cause-measure-not_the_server = something else answered, perhaps a log-in page
cause-measure-not_found = the server has nothing at the address given
cause-measure-too_small = the server sent too little to measure a speed
cause-measure-server_refused = the server refuses to measure for now
cause-measure-server_full = the server is full
cause-measure-broken = the connection broke
cause-measure-budget = the data budget is too small
cause-measure-certificate_file = a certificate file cannot be used
cause-measure-descriptors = too many files were open
cause-measure-system = the system refused to measure
cause-store-write = a file could not be written
cause-store-lock = a file could not be locked
cause-interrupted = the command was interrupted

# What is wrong with a file, behind its name.
detail-file-not_plain = it is not a plain file but a folder, a pipe, a device or a link
detail-file-too_big = it is too large to be such a file
detail-file-not_own = it belongs to another user
detail-file-exposed = other users can read it; to prevent that, run `chmod 600 { $file }`
detail-file-not_read = it is a pipe that no program reads
detail-file-not_text = it is not UTF-8 text
detail-link-occupied = something else is in the place of the link
detail-os-not_found = it does not exist, or its folder does not exist
detail-os-denied = you do not have permission
detail-os-exists = it already exists
detail-os-is_folder = it is a folder
detail-os-not_folder = part of its path is not a folder
detail-os-full = there is no space left there
detail-os-read_only = nothing can be written there
detail-os-in_use = another program already uses this address
detail-os-no_address = this computer does not have this address
detail-os-busy = the system is using it
detail-os-descriptors = too many files are open
detail-os-broken_off = the other end broke the connection
detail-os-unsupported = this system has no such thing
detail-os-ended = it ended too early
detail-tls-expired = its certificate has expired
detail-tls-not_yet = its certificate is not valid yet
detail-tls-other_name = its certificate has another name
detail-tls-unknown_issuer = no known authority has signed its certificate
detail-tls-not_for_servers = its certificate is not made for a server
detail-tls-authority = its certificate is that of an authority which this computer does not trust
detail-tls-revoked = its certificate has been revoked
detail-tls-unreadable = its certificate cannot be read
detail-tls-bad_signature = the signature of its certificate is not valid
detail-tls-no_name = no certificate can have this name
detail-tls-none_shown = it has no certificate
detail-tls-none_in_file = there is no certificate in it
detail-tls-no_key = there is no private key in it
detail-tls-keys_differ = the certificate and the key do not belong together
detail-tls-not_spoken = the server that answers does not encrypt (no TLS)
detail-tls-not_agreed = the server that answers encrypts (TLS) in a way that opensim does not accept
detail-http-moved = the answer { $status } redirects to { $location ->
    [none] another address
   *[other] { $location }
}
detail-http-log_in = this network wants you to log in first (HTTP 511)
detail-http-page = the answer is a web page
detail-http-compressed = the answer is compressed, although opensim did not ask for that
detail-http-other_name = the server that answers calls itself "{ $name }", not opensim
detail-http-no_name = the server that answers does not say that it is an opensim server
detail-http-status = another server answered and refused (HTTP { $status })
detail-http-tls = the server that answers encrypts (TLS)
detail-http-none = it is not an HTTP answer
detail-connection-closed = it was closed without an answer
detail-connection-lost = it ended before the answer was clear
detail-dial-not_root = `sudo` is needed
detail-dial-no_pppd = `pppd` is not installed
detail-dial-no_chat = `chat` is not installed
detail-dial-no_connection = the connection failed, and no reason was given
detail-dial-by_network_manager = NetworkManager could not make the connection
detail-bus-no_owner = it is not running
detail-bus-not_built = this opensim was built without D-Bus
detail-config-not_toml = this line is neither key = "value" nor [section]; a straight quote (") or a bracket may be missing
detail-config-twice = the same key is there twice
detail-config-unknown_key = opensim does not know this key
detail-config-wrong_kind = it is not a value of the right kind; a text is written in quotation marks, a list in brackets
detail-config-not_carrier = no carrier has this name, neither among the known French carriers (`opensim carriers --all`) nor in a [[carrier]]
detail-config-carrier_reserved = this name would ask opensim to choose, which opensim never does
detail-config-carrier_incomplete = this carrier needs a name (id) and at least one network code (plmns)
detail-config-no_carrier = this list contains no carrier
detail-value-not_language = give fr or en
detail-value-not_color = give auto, always or never
detail-value-not_duration = give a duration such as 60s, 1500ms or 1m30s, at most 24h
detail-value-not_plmn = give network codes such as 20810
detail-value-not_server = give opensim://HOST:PORT, opensim+https://HOST:PORT, librespeed+https://HOST/PATH, cloudflare or https://HOST/FILE
detail-value-not_reflector = give HOST or HOST:PORT
detail-value-not_target = give sip:HOST, openvpn://HOST:PORT, tcp://HOST:PORT, tls://HOST:PORT or https://HOST/PAGE
detail-pin-shape = a PIN has four to eight digits; this one was not sent to the card
foreign-quoted = "{ $text }"

# What a modem means by its number (27.007 9.2); shown before the number itself.
cme-3 = operation not allowed
cme-4 = operation not supported
cme-10 = SIM card not inserted
cme-11 = SIM PIN needed
cme-12 = SIM PUK needed
cme-13 = SIM card failure
cme-14 = SIM card busy
cme-15 = wrong SIM card
cme-16 = incorrect code
cme-30 = no network service
cme-31 = network timeout
cme-32 = network not allowed, emergency calls only
cme-100 = unknown error
cme-103 = subscription not accepted
cme-106 = equipment not accepted
cme-107 = data not allowed
cme-111 = network not allowed
cme-112 = area not allowed
cme-113 = roaming not allowed in this area
cme-shown = { $meaning } [{ $line }]
