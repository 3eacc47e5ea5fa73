# What went wrong (error-) and what to do next (hint-), by the error's code with dashes for dots.

error-usage-invalid = This command is not understood: { $detail }
hint-usage-invalid = `opensim --help` lists the commands, `opensim COMMAND --help` the options of one.
error-usage-consent_needed = This command takes the modem off its connection, so it needs your consent first. Nothing was changed.
hint-usage-consent_needed = Run it in a terminal to be asked, or add --yes to agree beforehand.
error-usage-declined = You did not agree: nothing was changed.
hint-usage-declined = Run the command again and answer "y" to let it go on.
error-usage-carrier_unknown = There is no carrier called "{ $carrier }".
hint-usage-carrier_unknown = Your SIM knows: { $candidates }. `opensim carriers` shows them all; a network code such as 20810 works too.
error-usage-carrier_automatic = opensim never chooses a carrier for you: "{ $carrier }" is not a carrier. The SIM's supplier states that automatic switching between operators is not allowed in France.
hint-usage-carrier_automatic = Look at what each carrier gives here with `opensim scan`, then name the one you want, for example `opensim switch orange`.
error-usage-scenario = { $detail ->
    [none] No built-in scenario is called { $file }.
   *[other] The scenario { $file } cannot be used: { $detail }
}
hint-usage-scenario = Scenarios that come with opensim: { $candidates }. A file of your own is given by its path, for example `--modem sim:./my-place.toml`.
error-usage-config = The configuration { $file } cannot be used: { $detail }
hint-usage-config = Correct the file, or name another one with --config FILE.
error-usage-file = The file { $file } cannot be used: { $detail }
hint-usage-file = Check its name, and that you may read and write there.
error-usage-ending = The extension ".{ $ending }" of { $file } is none of the formats of opensim.
hint-usage-ending = Give the file the extension .html, .csv, .json or .txt, or choose the format with --format. For a PDF, save an .html file and print that page from a browser.
error-report-not_a_document = The file { $file } is not a JSON document (line { $line_number }).
hint-report-not_a_document = Give a document that opensim saved as JSON, with --json or --out FILE.json. A text, CSV or HTML file cannot be shown again.
error-report-not_of_its_schema = The file { $file } is not a complete { $schema } document: "{ $detail }".
hint-report-not_of_its_schema = The file was cut or changed. Save the document again with --json or --out FILE.json.

error-modem-none = { $unusable ->
    [none] No modem was found.
   *[other] No modem that can be used was found.
}
hint-modem-none = { $unusable ->
    [none] Plug it in, wait half a minute, then run `opensim modems`. To try opensim without a modem, add `--modem sim:home`.
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
unusable-storage_mode = { $stick } still shows itself as a disk. Install usb-modeswitch (`sudo apt install usb-modeswitch`), unplug the stick and plug it in again.
unusable-router = { $page ->
    [none] { $stick } works as a router: it chooses its carrier on its own web page and takes no commands here. `ip route` shows the address of that page.
   *[other] { $stick } works as a router: it chooses its carrier on its own web page, http://{ $page }/, and takes no commands here.
}
unusable-mbim_only = { $stick } has no port for commands and speaks MBIM or QMI alone. Install and start ModemManager (`sudo apt install modemmanager`): opensim reaches it through that.
unusable-no_driver = { $stick } is plugged in, and no driver serves its ports. Load it with `sudo modprobe { $driver }`; where the system does not have it, install the further modules of this kernel (Ubuntu: linux-modules-extra, OpenWrt: kmod-usb-serial-option).
unusable-bootloader = { $stick } waits in its boot loader for firmware, or its firmware crashed. Unplug it for ten seconds; if it comes back so, its maker's tool can load the firmware again.
error-modem-several = There are several modems: { $candidates }.
hint-modem-several = Say which one with --modem, for example `--modem { $first }`.
error-modem-busy = { $port } is in use by { $holder }.
hint-modem-busy = { $program ->
    [opensim] It may be changing the carrier: wait until it has ended, then try again. Do not end it, or the modem may stay on another carrier.
    [ModemManager] Add `--direct`: ModemManager lets go of the modem meanwhile, and its data link drops.
   *[other] Close that program and try again. If it is ModemManager, add `--direct`: it lets go of the modem meanwhile, and its data link drops.
}
error-modem-permission = { $group ->
    [none] You may not open { $port }.
   *[other] You may not open { $port }: it belongs to the group { $group }.
}
hint-modem-permission = { $group ->
    [none] Run the command with sudo, or install the udev rule of docs/permissions.md: the port has no group that you could join.
   *[other] Run `sudo usermod -aG { $group } $USER`, then log out and in again.
}
error-modem-not_opened = { $port } cannot be opened: { $detail }
hint-modem-not_opened = If it says that too much is open or in use, close other programs; else unplug the modem for ten seconds and plug it in again.
error-modem-gone = The modem on { $port } has gone: unplugged, without power, or restarting.
hint-modem-gone = Check its cable and power, wait half a minute, then run `opensim modems`.
error-modem-descriptors = { $port } cannot be opened: this computer, or this session, has as many files open as it allows.
hint-modem-descriptors = Close other programs, or raise the limit: `ulimit -n` shows it.
error-modem-not_a_port = { $port } is not a serial port.
hint-modem-not_a_port = `opensim modems` shows the ports of the modems found.
error-modem-absent = No modem answers to "{ $wanted }".
hint-modem-absent = { $unusable ->
    [none] { $candidates ->
        [none] No other modem was found either. `opensim modems` shows what is plugged in.
       *[other] Modems found: { $candidates }. `opensim modems` tells more about them.
    }
   *[other] { $candidates ->
        [none] { $unusable }
       *[other] Modems found: { $candidates }. { $unusable }
    }
}
error-modem-no_at_port = The modem { $port } is plugged in, but no port of it takes commands.
hint-modem-no_at_port = { $unusable ->
    [none] Unplug it for ten seconds and plug it in again; if nothing changes, this system may lack its driver (option, qcserial).
   *[other] { $unusable }
}
error-modem-diagnostics_port = { $port } is the modem's diagnostics port: opensim never writes to it.
hint-modem-diagnostics_port = { $instead ->
    [none] `opensim modems` shows which port takes commands.
   *[other] Use { $instead } instead.
}
error-modem-silent = The modem did not answer { $command } within { $seconds } s.
hint-modem-silent = Try again; if it stays silent, unplug it for ten seconds. `opensim modems` shows whether this is its right port.
error-modem-no_answer = None of the ports of the modem { $modem } answers: { $tried }.
hint-modem-no_answer = Try again; if they stay silent, unplug the modem for ten seconds. A port that is known to answer can be named with --modem.
tried-one = { $port } ({ $cause })
error-modem-unreadable = The modem answered { $command } with something opensim cannot read: { $line }
hint-modem-unreadable = Run the command again with --trace FILE and send that file to support; it holds no full identifier.
error-modem-radio_off = The modem's radio is switched off (flight mode). Nothing was changed, and opensim does not switch it on by itself.
hint-modem-radio_off = Switch it on where it was switched off: the network menu or the modem's own page; else `opensim at --force AT+CFUN=1` does. Then try again.
error-modem-refused = The modem refused { $command }: { $cause }.
hint-modem-refused = Try again; if it refuses every time, run the command with --trace FILE and send that file to support.
error-modem-query_unanswered = The modem did not answer { $command }, though it answers others.
hint-modem-query_unanswered = Try again; if it never answers this, run the command with --trace FILE and send that file to support.
error-modem-guarded = opensim did not send { $command }. { $rule }
hint-modem-guarded = Nothing reached the modem. To change carrier, name it: `opensim switch CARRIER`.

error-manager-absent = ModemManager cannot be reached: { $detail }
hint-manager-absent = `sudo systemctl start ModemManager` starts it. Without it, name a port: `opensim modems` lists them.
error-manager-denied = ModemManager did not let you do this ({ $command }).
hint-manager-denied = Run the command in a session at the computer itself, or with sudo. A polkit rule for a group is in docs/with-modemmanager.md.
error-manager-silent = ModemManager did not answer { $command } within { $seconds } s.
hint-manager-silent = `sudo systemctl restart ModemManager` starts it again. To go past it, stop it and name a port: `opensim modems` lists them.
error-manager-unreadable = ModemManager answered { $command } with something opensim cannot read: { $detail }
hint-manager-unreadable = `sudo systemctl restart ModemManager` starts it again. If it goes on, tell its version (`mmcli --version`) to support.
error-manager-lost = ModemManager left in the middle of the work.
hint-manager-lost = `systemctl status ModemManager` tells why. Once it is back, run `opensim recover`.
error-manager-stale = ModemManager still shows the carrier of before and would not send the way back to it.
hint-manager-stale = Run `opensim recover --direct`: it asks the modem itself.
error-manager-in_progress = ModemManager is busy with the same for another program ({ $command }).
hint-manager-in_progress = Wait until that is over (a search for networks takes up to five minutes), then try again.
error-manager-wrong_state = ModemManager says that the modem cannot do this now ({ $command }): { $detail }
hint-manager-wrong_state = If the modem is still connected, take that connection down first (`nmcli connection down NAME`, or `mmcli -m any --simple-disconnect`). Otherwise wait half a minute and try again.
error-manager-cancelled = Another program ended this in ModemManager ({ $command }).
hint-manager-cancelled = Close what else changes the modem’s network (settings, mmcli), then try again.
error-manager-refused = ModemManager refused { $command }: { $detail }
hint-manager-refused = Try again; if it refuses every time, `--direct` talks to the modem without it.

error-sim-absent = There is no SIM card in the modem, or it is not seen.
hint-sim-absent = Switch the modem off, push the card in until it clicks, and switch it on again.
error-sim-pin_required = The SIM card asks for its PIN.
hint-sim-pin_required = Run the command in a terminal to be asked for it, or put it in the environment variable OPENSIM_PIN or in a file that only you can read, named with --pin-file.
error-sim-pin_wrong = The SIM card refused this PIN. { $tries ->
    [none] How many tries are left is not known.
    [0] No try is left.
    [one] One try is left.
   *[other] { $tries } tries are left.
}
hint-sim-pin_wrong = opensim does not try again by itself. Find the right PIN before the next try: after the last one the card asks for its PUK.
error-sim-pin_tries = opensim did not try the PIN: { $tries ->
    [none] the modem does not say how many tries are left.
    [0] no try is left.
    [one] only one try is left, and a mistake would lock the card.
   *[other] { $tries } tries are left.
}
hint-sim-pin_tries = Put the SIM in a phone and enter its PIN there; a right PIN gives the tries back.
error-sim-puk_required = The SIM card is locked and asks for its PUK.
hint-sim-puk_required = The SIM's supplier has the PUK. Enter it in a phone: ten wrong tries destroy the card, so opensim never tries it.
error-sim-locked = The SIM or the modem is locked: it asks for another code, or accepts the cards of one carrier only.
hint-sim-locked = Ask the supplier of the modem to unlock it.
error-sim-busy = The SIM card is still waking up.
hint-sim-busy = Wait a few seconds and try again. If it stays so, take the card out, wipe its contacts and put it back.
error-sim-failed = The SIM card does not work in this modem, or is blocked.
hint-sim-failed = Take it out, wipe its contacts, put it back; if a phone cannot read it either, ask its supplier for another.

error-network-not_available = { $carrier } is not heard here.
hint-network-not_available = Move the antenna, to a window for example, or try another carrier: `opensim scan` shows what each one gives here.
error-network-denied = { $carrier } refused the SIM card{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
hint-network-denied = Trying again seldom helps. Ask the SIM's supplier whether it may use this carrier; until then, name another one.
error-network-timeout = { $carrier } did not let the modem in within { $seconds } s.
hint-network-timeout = Try again with more time, for example --timeout 120s, or move the antenna.
error-network-unnamed = The modem is connected to a carrier whose code it does not tell, so opensim could not put it back afterwards. Nothing was changed.
hint-network-unnamed = `opensim switch CARRIER --no-rollback` changes carrier without a way back. Otherwise send support the file of `opensim status --trace FILE`.
error-network-lost = The modem was on { $carrier } and then lost it.
hint-network-lost = The signal is too weak or unsteady here. Move the antenna, or look at the other carriers with `opensim scan`.
error-network-nobody = None of these carriers can be had here; the reason is told for each.
hint-network-nobody = Move the antenna, to a window for example, and scan again. Where they refuse the SIM card, ask its supplier.

error-data-no_path = The modem offers no way for data: neither a network interface nor a port to dial on.
hint-data-no_path = `opensim modems` shows what it has. Its driver may be missing.
error-data-not_registered = The modem is on no network, so there is no link to measure.
hint-data-not_registered = `opensim status` says where it stands, `opensim scan` what is here.
error-serve-listen = The server cannot listen on { $address }: { $detail }
hint-serve-listen = Name another address or port with --listen; ports below 1024 take root.
error-data-down = The modem's network interface { $interface } is down.
hint-data-down = Connect the mobile link first (in the network menu), then try again.
error-data-no_address = The modem's network interface { $interface } was given no address.
hint-data-no_address = Connect the mobile link first (in the network menu), and check the APN.
error-data-dial = Dialling over the modem failed: { $detail }
hint-data-dial = Check the APN that the SIM's supplier gave: the modem's first context has to have it, or the connection in NetworkManager.
error-data-no_dialler = Dialling over the modem is not possible here: { $detail }
hint-data-no_dialler = This modem has no network interface of its own: install `ppp` and run opensim as root (`sudo`).
error-measure-no_server = No server to measure against is configured.
hint-measure-no_server = Name one with --server, or once and for all under [measure] in the configuration: server = "opensim://HOST". opensim contacts nobody unasked.
error-measure-no_interface = There is no network interface { $interface }.
hint-measure-no_interface = `ip link` lists those there are.
error-measure-interface_down = The network interface { $interface } is down.
hint-measure-interface_down = Connect it first, then try again.
error-measure-not_permitted = You may not send by the interface { $interface } alone.
hint-measure-not_permitted = Run opensim as root (`sudo`); Linux 5.7 and later need no such right.
error-measure-not_loopback = The virtual modem's link ends at this computer; { $address } is elsewhere.
hint-measure-not_loopback = Name a server on 127.0.0.1, or leave --server out.
error-measure-no_route = The interface { $interface } has no route to { $address }.
hint-measure-no_route = Connect the link, or give it a default route with a high metric.
error-measure-reverse_path = Answers on { $interface } are thrown away by strict reverse path filtering ({ $file }).
hint-measure-reverse_path = Set it to 2 (loose): `echo 2 | sudo tee { $file }`.
error-measure-no_name_server = No name server can be reached by { $interface }, so { $name } cannot be looked up.
hint-measure-no_name_server = Name the server by its address.
error-measure-name_server_silent = No name server answered for { $name } over this link.
hint-measure-name_server_silent = The link may carry no data. Name the server by its address to be sure.
error-measure-name_server_failed = The name servers could not say where { $name } is: they answered { $answer }.
hint-measure-name_server_failed = Try again, or name the server by its address.
error-measure-name_cut_short = The name servers' answer for { $name } is too long for one packet, and they gave none over a connection.
hint-measure-name_cut_short = Name the server by its address.
error-measure-unknown_name = The name { $name } does not exist.
hint-measure-unknown_name = Check the server's name.
error-measure-name_without_address = The name { $name } is known and has no address.
hint-measure-name_without_address = Check the server's name.
error-measure-unreachable = The server { $server } does not answer over this link.
hint-measure-unreachable = The link may carry no data, or the server is switched off.
error-measure-refused = The server { $server } refuses connections.
hint-measure-refused = Check its port, and that `opensim serve` runs there.
error-measure-certificate = The server { $server } cannot prove who it is: { $detail }
hint-measure-certificate = { $detail_code ->
    [tls-expired] Check this computer’s date; if it is right, the server has to renew its certificate.
    [tls-not_yet] Check this computer’s date.
    [tls-other_name] Give the server by one of the names that its certificate has.
   *[other] Check the server’s name. For a certificate of your own, give its file under [measure] in the configuration: authorities = ["FILE.pem"].
}
error-measure-not_the_server = Something else answered in place of { $server }: { $detail }
hint-measure-not_the_server = { $detail_code ->
    [tls-not_spoken] If this server does not encrypt, write its address without `+https`: `opensim://HOST:PORT`. To encrypt, it needs `opensim serve --tls-cert FILE --tls-key FILE`.
    [http-tls] If this server encrypts, write `opensim+https://HOST:PORT`.
    [http-no_name] Check the address given to --server. If the connection wants a log-in first, open a page in a browser over it.
    [tls-not_agreed] Check the address given to --server; the server may be too old.
   *[other] The connection may want a log-in first: open a page in a browser over it. Otherwise check the address given to --server.
}
error-measure-not_found = The server { $server } has nothing at the address given (HTTP { $status }).
hint-measure-not_found = Check the address given to --server, down to the name of the file.
error-measure-too_small = The server { $server } gave no more than { $bytes }: too little to know a speed by.
hint-measure-too_small = Give a file of some megabytes, or another server.
error-measure-server_refused = The server { $server } will not serve now (HTTP { $status }).
hint-measure-server_refused = Wait some minutes, or name another server.
error-measure-server_full = The server { $server } is full: it is busy with as many others as it takes.
hint-measure-server_full = Wait a minute, then try again. If it is yours, `opensim serve --max-clients N` takes more.
error-measure-broken = The connection to { $server } broke: { $detail }
hint-measure-broken = { $detail_code ->
    [connection-closed] The server may be full, or not running: try again in a minute. Check the port too.
   *[other] Try again; where it happens again, the link is weak or the server at fault.
}
error-measure-budget = A data budget of { $budget } bytes is too small: { $needed } are needed.
hint-measure-budget = Give a greater --budget.
error-measure-certificate_file = The certificate file { $file } cannot be used: { $detail }
hint-measure-certificate_file = It must be in PEM form and readable.
error-measure-descriptors = opensim may open no more connections: this computer, or this session, has as many files open as it allows ({ $operation }).
hint-measure-descriptors = Close other programs, or raise the limit: `ulimit -n` shows it.
error-measure-system = The system refused to measure: { $detail } ({ $operation })
hint-measure-system = Please report it with what you typed.
error-scan-nothing_compared = Nothing could be compared: { $carrier ->
    [none] nothing was read of any carrier.
   *[other] only { $carrier } was read.
}
hint-scan-nothing_compared = The reason is told for each carrier. With --radio-only opensim reads only what the modem hears; without it, each carrier is joined and read there, and with --server it also compares what comes through. Where the modem refuses, add --trace FILE and send that file to support.

error-change-rolled_back = The move{ $to ->
    [none] { "" }
   *[other] { " " }to { $to }
} failed, and the modem is back on { $from ->
    [none] the carrier of before
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
    [none] the carrier of before
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Cause: { $cause }.
}
hint-change-not_restored = Run `opensim recover` to put the former carrier back.
error-recover-which_modem = A change of carrier begun on { $since } on the modem { $modem } did not reach its end, and this modem does not tell its number. Whether it is that one cannot be known, so nothing was changed.
hint-recover-which_modem = `opensim --direct recover` asks the modem itself. If it is another modem, plug in the one of that number and run `opensim recover`.
error-change-under_way = Another opensim is changing this modem's carrier at this moment.
hint-change-under_way = Wait until it has finished, then try again.

error-store-write = The file { $file } cannot be written: { $detail }
hint-store-write = opensim notes every change before making it: without that note it changes nothing. Free some space there, or check that you may write.
error-store-read = The file { $file } cannot be read: { $detail }
hint-store-read = Check that you may read it. If it is damaged, keep a copy for support and move it away.
error-store-unknown_schema = The journal { $file } of an interrupted change was written by another version of opensim ({ $schema }). It was kept, and nothing was changed.
hint-store-unknown_schema = Run `opensim recover` of that version. Without it: move the file away, then name the carrier with `opensim switch CARRIER`.
error-store-lock = The file { $file } cannot be locked: { $detail }. Nothing was changed.
hint-store-lock = The disk that it is on has no locks (a network share, perhaps). Name a folder on another one: `XDG_STATE_HOME=FOLDER`.
error-report-unknown_schema = { $file } is not a document that this opensim can read ({ $detail }).
hint-report-unknown_schema = Give it a file saved by `opensim scan --out FILE` or with --json, by this version or an older one.
error-interrupted = Interrupted.
hint-interrupted = `opensim status` shows where the modem stands.
error-internal-bug = opensim made a mistake of its own: { $detail }
hint-internal-bug = Please report it with what you typed and, if you can, a file made with --trace FILE.
error-system-refused = The system gives opensim no thread, or nothing to wait with: { $detail }
hint-system-refused = Close other programs, or raise the limits of your account (`ulimit -u`, `ulimit -n`).

# Why the guard refused, each a sentence of its own.
guard-automatic_selection = It would let the modem choose its carrier, and the SIM's supplier states that automatic switching between operators is not allowed in France.
guard-deregister = It would take the modem off the network altogether.
guard-no_order = It would change to a carrier that nobody named.
guard-unreadable = opensim cannot tell what it does to the choice of carrier.
guard-pin = PINs and locks of the SIM are not handled by raw commands.
guard-imei = It would write the modem's own number.
guard-dial = It would place a call or open a connection.
guard-reset = It would restart the modem or erase its settings. A restart alone is sent with --force; the maker's settings are never put back, since the modem would then choose its carrier by itself.
guard-repeat = It would repeat the last command, whatever that was.
guard-unknown = opensim does not know it to be harmless. With --force it is sent, and written to the audit log first.

# The same in a few words, as the cause of something else.
cause-modem-gone = the modem left
cause-modem-descriptors = too many files were open
cause-modem-silent = the modem did not answer
cause-modem-unreadable = the modem answered something that cannot be read
cause-modem-refused = the modem refused the command
cause-modem-query_unanswered = the modem did not answer the command, though it answers others
cause-modem-guarded = opensim's guard held the command back
cause-modem-busy = the port is in use
cause-modem-permission = the port may not be opened
cause-modem-not_a_port = it is not a serial port
cause-modem-not_opened = the system does not open it
cause-manager-silent = it did not answer
cause-manager-unreadable = its answer cannot be read
cause-manager-absent = ModemManager could not be reached
cause-manager-denied = you do not have the right to
cause-manager-lost = ModemManager left
cause-manager-stale = ModemManager still showed the former carrier
cause-manager-in_progress = ModemManager was busy for another program
cause-manager-wrong_state = ModemManager had the modem in another state
cause-manager-cancelled = another program ended it in ModemManager
cause-manager-refused = ModemManager refused
cause-sim-absent = there is no SIM card
cause-sim-pin_required = the SIM card asks for its PIN
cause-sim-pin_wrong = the SIM card refused the PIN
cause-sim-pin_tries = too few PIN tries are left
cause-sim-puk_required = the SIM card asks for its PUK
cause-sim-locked = the SIM card or the modem is locked
cause-sim-busy = the SIM card was not ready
cause-sim-failed = the SIM card does not work
cause-network-not_available = the network is not heard here
cause-network-denied = the network refused the SIM card
cause-network-timeout = the network did not let the modem in within the time given
cause-network-lost = the network was lost again
cause-data-no_path = the modem offers no way for data
cause-data-not_registered = the modem is on no network
cause-data-down = the modem's network interface is down
cause-data-no_address = the modem's network interface has no address
cause-data-dial = dialling failed
cause-data-no_dialler = dialling is not possible on this computer
cause-measure-no_server = no server is configured
cause-measure-no_interface = there is no such network interface
cause-measure-interface_down = the network interface is down
cause-measure-not_permitted = sending by one interface is not permitted
cause-measure-not_loopback = the virtual modem's link ends at this computer
cause-measure-no_route = the interface has no route to the server
cause-measure-reverse_path = strict reverse path filtering drops the answers
cause-measure-no_name_server = no name server can be reached
cause-measure-name_server_silent = no name server answered
cause-measure-name_server_failed = the name servers could not say where the server is
cause-measure-name_cut_short = the name servers' answer was cut short
cause-measure-unknown_name = the server's name does not exist
cause-measure-name_without_address = the server's name has no address
cause-measure-unreachable = the server does not answer
cause-measure-refused = the server refuses connections
cause-measure-certificate = the server cannot prove who it is
cause-measure-not_the_server = something else answered, a page to log in at perhaps
cause-measure-not_found = the server has nothing at the address given
cause-measure-too_small = the server gave too little to know a speed by
cause-measure-server_refused = the server will not serve now
cause-measure-server_full = the server is full
cause-measure-broken = the connection broke
cause-measure-budget = the data budget is too small
cause-measure-certificate_file = a certificate file cannot be used
cause-measure-descriptors = too many files were open
cause-measure-system = the system refused
cause-store-write = a file could not be written
cause-store-lock = a file could not be locked
cause-interrupted = it was interrupted

# What is wrong with a file, behind its name.
detail-file-not_plain = it is not a plain file but a folder, a pipe, a device or a link
detail-file-too_big = it is larger than any such file
detail-file-not_own = it belongs to somebody else
detail-file-exposed = others than you may read it; `chmod 600 { $file }` ends that
detail-file-not_read = it is a pipe, and nobody reads it
detail-file-not_text = it is not a text in UTF-8
detail-link-occupied = something else is in the place of the link
detail-os-not_found = it does not exist
detail-os-denied = you do not have permission
detail-os-exists = it exists already
detail-os-is_folder = it is a folder
detail-os-not_folder = a part of its path is not a folder
detail-os-full = there is no room left there
detail-os-read_only = nothing can be written there
detail-os-in_use = another program uses this address already
detail-os-no_address = this address is not one of this computer
detail-os-busy = the system is busy with it
detail-os-descriptors = too many files are open
detail-os-broken_off = the other end broke it off
detail-os-ended = the end came too early
detail-tls-expired = its certificate has expired
detail-tls-not_yet = its certificate is not valid yet
detail-tls-other_name = its certificate has another name
detail-tls-unknown_issuer = no known authority has signed its certificate
detail-tls-not_for_servers = its certificate is not made for a server
detail-tls-authority = it shows the certificate of an authority that nothing says to trust
detail-tls-revoked = its certificate has been revoked
detail-tls-unreadable = its certificate cannot be read
detail-tls-bad_signature = the signature of its certificate is wrong
detail-tls-no_name = no certificate can have this name
detail-tls-none_shown = it shows no certificate
detail-tls-none_in_file = there is no certificate in it
detail-tls-no_key = there is no private key in it
detail-tls-keys_differ = the certificate and the key do not belong together
detail-tls-not_spoken = what answers does not encrypt (no TLS)
detail-tls-not_agreed = what answers encrypts (TLS) in a way that is not accepted here
detail-http-moved = the answer { $status } leads to { $location ->
    [none] another address
   *[other] { $location }
}
detail-http-log_in = the network wants a log-in first (HTTP 511)
detail-http-page = a web page came
detail-http-compressed = the answer is compressed, which was not asked for
detail-http-other_name = what answers calls itself "{ $name }", not opensim
detail-http-no_name = what answers does not say that it is an opensim server
detail-http-status = another server answered with a refusal (HTTP { $status })
detail-http-tls = what answers encrypts (TLS)
detail-http-none = it is not an HTTP answer
detail-connection-closed = closed without an answer
detail-connection-lost = it ended before a speed was known
detail-dial-not_root = it takes `sudo`
detail-dial-no_pppd = `pppd` is not installed
detail-dial-no_chat = `chat` is not installed
detail-dial-no_connection = the call came to nothing, and nothing more was said
detail-dial-by_network_manager = NetworkManager did not make it
detail-bus-no_owner = it does not run
detail-bus-not_built = this opensim was built without D-Bus
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
cme-16 = incorrect password
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
cme-shown = { $meaning }, { $line }
