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
}{ $cause ->
    [none] .
   *[other] . Reason given by the modem: { $cause }.
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
help-doctor-only = Make only these checks, and those that stand in their way
help-doctor-skip = Make every check but these
help-doctor-out = Write to FILE, in the format of its extension: json, csv, html or txt
help-doctor-format = Output format
value-checks = CHECKS
