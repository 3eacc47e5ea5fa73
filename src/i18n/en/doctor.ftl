# The check-up: its checks (doctor-check-), what they find (note-doctor-), what to do (advice-doctor-), its page.

doctor-title = Check-up
doctor-all_well = Everything that was checked is in order.
doctor-to_fix = { $n ->
    [one] One thing needs fixing.
   *[other] { $n } things need fixing.
}
doctor-to_watch = { $n ->
    [one] Nothing needs fixing; one thing needs watching.
   *[other] Nothing needs fixing; { $n } things need watching.
}
doctor-nothing = Nothing could be checked.
doctor-heading_fail = To fix
doctor-heading_warn = To watch
doctor-heading_pass = In order
doctor-heading_skipped = Not checked
doctor-skipped = { $checks }: { $reason }
doctor-hint = What to do: { $hint }

doctor-check-modem = Modem
doctor-check-port = Modem port
doctor-check-permissions = Permissions
doctor-check-sim = SIM card
doctor-check-pin = PIN
doctor-check-selection = Choice of carrier
doctor-check-registration = Mobile network
doctor-check-radio = Signal
doctor-check-bands = Frequency band
doctor-check-apn = Access point (APN)
doctor-check-interface = Network interface
doctor-check-address = IP address
doctor-check-routes = Route
doctor-check-rp_filter = Filter of answers
doctor-check-dns = Looking up names (DNS)
doctor-check-throughput = Speed
doctor-check-voice = Call quality
doctor-check-vpn = VPN
doctor-check-sip = Telephone server
doctor-check-web = Web pages
doctor-check-clock = Clock
doctor-check-modemmanager = ModemManager
doctor-check-networkmanager = NetworkManager

note-doctor-blocked = first fix "{ $check }".
note-doctor-unread = nothing could be read about this.
note-doctor-virtual = the virtual modem has no network interface on this computer.
note-doctor-modem_found = { $modem ->
    [none] A modem is plugged in{ $port ->
        [none] .
       *[other] { "" } ({ $port }).
    }
   *[other] { $modem } is plugged in ({ $port }).
}
note-doctor-port_answers = The modem answers on { $port }, and no other program uses it.
note-doctor-port_managed = ModemManager manages the modem and answers for it ({ $port }).
note-doctor-permitted = You have permission to use the modem.
note-doctor-sim_ready = The SIM card is read and ready.
note-doctor-sim_present = The SIM card is read, and waits for a code.
note-doctor-pin_unasked = The SIM card asks for no code{ $tries ->
    [none] .
   *[other] ; { $tries } tries are left for the PIN.
}
note-doctor-selection_manual = { $carrier ->
    [none] The modem stays on the carrier that a person chose.
   *[other] The modem stays on the carrier that a person chose: { $carrier }.
}
note-doctor-selection_none = The modem was told to stay off every network.
advice-doctor-selection_none = To move the modem to the carrier that you choose, run `opensim switch CARRIER`.
note-doctor-registered = Registered on { $carrier ->
    [none] a carrier
   *[other] { $carrier }
}{ $access ->
    [none] { "" }
   *[other] { "" } in { $access }
}{ $state ->
    [roaming] , roaming
   *[other] { "" }
}.
note-doctor-unregistered = { $state ->
    [searching] The modem is looking for a network and has not joined one yet
    [denied] The carrier refuses the SIM card
    [emergency_only] Only emergency calls are possible: no carrier accepts the SIM card
    [sms_only] The carrier gives the SIM card text messages only, without data
   *[other] The modem is on no network
}{ $refusal ->
    [none] .
   *[other] . Reason given by the modem: { $refusal }.
}
advice-doctor-unregistered = { $state ->
    [denied] Run `opensim scan` to try the other carriers. If all refuse, ask your SIM provider whether the card is active.
    [emergency_only] Run `opensim scan` to try each carrier. If all refuse, ask your SIM provider whether the card is active.
    [sms_only] Run `opensim scan` to try the other carriers. If none gives data, ask your SIM provider whether data is included.
   *[other] Wait half a minute and run the command again. If nothing changes, move the modem or the antenna to a window, or compare the carriers with `opensim scan`.
}
note-doctor-radio_good = Signal: { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}).
note-doctor-radio_poor = Signal: { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}): the connection may be slow or break.
advice-doctor-radio_poor = Move the modem or the antenna to a window, or compare the carriers with `opensim scan`.
note-doctor-apn = The access point "{ $apn }" is set.
note-doctor-apn_none = No access point is set in the modem: some carriers then give no data.
advice-doctor-apn_none = Ask your SIM provider for the access point (APN), and set it in the mobile connection of the network menu.
note-doctor-interface_up = The modem's network interface { $interface } is up.
note-doctor-interface_none = the modem shows no network interface: opensim connects through a serial port (PPP).
note-doctor-address = { $interface } has the address { $address }.

help-doctor = Find what keeps you from working: modem, SIM card, network, address and more
help-doctor-long = Checks in order everything that can keep you from working over the modem, and says for each thing whether it is in order, and if not, why and what to do. Nothing is changed. Without a modem, the rest is checked all the same. The exit status is 9 if there is something to fix.
help-doctor-examples = opensim doctor  check everything
    opensim doctor --only sim,radio  check only these
    opensim doctor --out check-up.html  keep the result, or print it
    opensim doctor --bundle support.zip  all that support needs, in one file
help-doctor-only = Make only these checks, and those that stand in their way
help-doctor-skip = Make every check but these
help-doctor-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-doctor-format = Output format
value-checks = CHECKS

note-doctor-band = Band { $band } is one of those of { $carrier }.
note-doctor-band_odd = Band { $band } is not among those that { $carrier } uses in France, by opensim's table.
advice-doctor-band_odd = If the signal is bad, run `opensim scan`: another carrier may have a better one.
note-doctor-route = { $usual ->
    [none] Data goes by { $interface }.
   *[other] Data goes by { $usual } first; { $interface } takes it if { $usual } stops (priority { $metric }).
}
note-doctor-route_none = No route to the Internet goes by { $interface }: only programs that ask for this interface use it.
advice-doctor-route_none = Connect the modem in the network menu. If it is connected, make sure that "Use this connection only for resources on its network" is not ticked.
note-doctor-filter_open = The system accepts the answers that come by { $interface }.
note-doctor-no_line = This computer has no route to the Internet.
advice-doctor-no_line = Plug in the cable of the home box or connect to the Wi-Fi, then run the command again.
note-doctor-line_down = the mobile connection is not up.
note-doctor-names_found = The name { $name } was found by { $interface } in { $latency_ms } ms.
note-doctor-clock_right = The clock of this computer agrees with the mobile network's, within { $seconds } s.
note-doctor-clock_off = The clock of this computer is { $seconds } s { $way ->
    [ahead] ahead of
   *[behind] behind
} the mobile network's: the VPN, secure pages and one-time codes may be refused.
advice-doctor-clock_off = Set date and time to "automatic" in the system's settings, or run `sudo timedatectl set-ntp true`.
note-doctor-clock_kept = The system sets its clock by itself.
note-doctor-clock_loose = Nothing sets the clock of this computer: it may drift, and the VPN or secure pages be refused.
advice-doctor-clock_loose = Set date and time to "automatic" in the system's settings, or run `sudo timedatectl set-ntp true`.
note-doctor-no_bus = opensim was built without D-Bus.
note-doctor-mm_absent = ModemManager is not running: opensim talks to the modem directly.
note-doctor-mm_present = ModemManager{ $version ->
    [none] { "" }
   *[other] { "" } { $version }
} answers; { $n ->
    [0] it manages no modem
    [one] it manages one modem
   *[other] it manages { $n } modems
}.
note-doctor-nm_absent = NetworkManager is not running.
note-doctor-nm_no_device = NetworkManager is running and has nothing to do with this modem.
note-doctor-nm_unmanaged = NetworkManager leaves { $interface } alone: the mobile connection does not come up by itself.
advice-doctor-nm_unmanaged = If NetworkManager is to bring up the mobile connection, run `sudo nmcli device set { $interface } managed yes`.
note-doctor-nm_unconnected = NetworkManager has no mobile connection up on { $interface }.
advice-doctor-nm_unconnected = Connect the modem in the network menu; if it is not there, make a mobile connection with the access point (APN) of your SIM provider.
note-doctor-nm_by_hand = NetworkManager's connection "{ $connection }" does not come up again by itself after a failure.
advice-doctor-nm_by_hand = Run `nmcli connection modify "{ $connection }" connection.autoconnect yes`.
note-doctor-nm_connected = NetworkManager has the mobile connection up{ $connection ->
    [none] { "" }
   *[other] : "{ $connection }"
}{ $metric ->
    [none] { "" }
   *[other] , priority { $metric }
}.

emm-2 = SIM card unknown to the carrier
emm-3 = SIM card refused
emm-5 = modem refused
emm-6 = modem refused, for example because it was reported stolen
emm-7 = mobile data not in the subscription
emm-8 = neither calls nor data in the subscription
emm-9 = SIM card not recognised by the network
emm-10 = modem disconnected by the network
emm-11 = carrier forbidden to this SIM card
emm-12 = area forbidden to this SIM card
emm-13 = roaming forbidden in this area
emm-14 = data forbidden with this carrier
emm-15 = no cell allowed in this area
emm-17 = network failure
emm-22 = network congested
emm-25 = cell reserved for others
emm-27 = unknown access point (APN)
emm-29 = name or password of the access point refused
emm-33 = option not in the subscription

note-doctor-speed = The speed is enough{ $down_bps ->
    [none] { "" }
   *[other] : at least { $down_bps } down{ $up_bps ->
        [none] { "" }
       *[other] , { $up_bps } up
    }
}.
note-doctor-reached = { $targets }: reached{ $latency_ms ->
    [none] { "" }
   *[other] { "" } in { $latency_ms } ms
}. { $finding }
note-doctor-not_reached = { $target }: { $finding }
advice-doctor-not_reached = Check the address. If it is right, try another link: `opensim measure --interface eth0 --check …`. If it is the same everywhere, ask the IT department whether the server works.
note-doctor-none_named = { $kind ->
    [sip] no telephone server is given (--check sip:HOST).
    [vpn] no VPN is given (--check openvpn:FILE.ovpn).
   *[other] no page is given (--check https://HOST).
}
note-check-openvpn_no_answer = The VPN server did not answer in { $seconds } s, although the profile's key was used: access is blocked, the server is off, or the key is no longer the right one.
note-check-openvpn_refused = The port is open, but the server does not accept the profile's key: it is no longer the right one, or this is not the profile's server.

doctor-heading_home = This home
doctor-cost_said = This check-up may use up to { $bytes } of data. Ctrl-C stops it.
doctor-cost = Data used: { $bytes }.
doctor-host = Computer
doctor-lines = Connections
doctor-telephone = Telephone
doctor-vpn = VPN
doctor-protection = Antivirus
doctor-processor = { $name }, { $n ->
    [one] one processor
   *[other] { $n } processors
}
doctor-memory = { $memory } of memory
doctor-line = { $kind } ({ $interface }), { $state ->
    [usual] in use
    [up] available
   *[down] not connected
}
doctor-line_carries = { $down } down, { $up } up
doctor-line_voice = voice { $mos } of 5
doctor-no_lines = no connection is seen
doctor-telephone_unnamed = no server is given
doctor-server = { $target }: { $reached }
doctor-vpn_row = { $product ->
    [none] { $name }
   *[other] { $name ->
        [none] { $product }
       *[other] { $product }: { $name }
    }
} ({ $how })
doctor-no_vpn = no VPN is seen
doctor-guard = { $product }{ $running ->
    [yes] , running
    [no] , service stopped
   *[unknown] { "" }
}
doctor-guard_signatures = signatures { $version }, { $days ->
    [0] of today
    [one] of yesterday
   *[other] { $days } days old
}
doctor-guard_unsigned = age of the signatures unknown
doctor-no_guard = no antivirus is seen
line-cable = cable
line-wifi = Wi-Fi
line-modem = 4G or 5G modem
vpn-installed = installed
vpn-configured = set up
vpn-connected = connected

error-usage-check = "{ $server }" is not valid for --check.
hint-usage-check = Possible forms: sip:HOST, openvpn:FILE.ovpn, openvpn://HOST:PORT, tcp://HOST:PORT, tls://HOST:PORT, https://HOST/PAGE.
error-usage-profile = { $line_number ->
    [none] The file { $file } cannot be used to reach the VPN: { $detail }.
   *[other] The VPN profile { $file } cannot be used, at line { $line_number }: { $detail }.
}
hint-usage-profile = Give the .ovpn file that your company gave you, whole and unchanged.
detail-profile-no_remote = it names no server (remote)
detail-profile-remote = what stands after "remote" is no server
detail-profile-port = the port is not a number from 1 to 65535
detail-profile-proto = the protocol is neither udp nor tcp
detail-profile-unclosed = a block is opened and never closed
detail-profile-key = the key is missing or damaged
detail-profile-direction = the direction of the key (key-direction) is neither 0 nor 1
detail-profile-digest = opensim does not know this algorithm (auth); it knows SHA1, SHA256, SHA384 and SHA512

help-doctor-check = Also check that this service can be reached: sip:HOST, openvpn:FILE.ovpn, openvpn://HOST:PORT, https://HOST/PAGE; can be repeated
help-doctor-server = Measure speed and voice with this server, as `opensim measure` does
help-doctor-budget = Data budget, headers included; 1M by default
