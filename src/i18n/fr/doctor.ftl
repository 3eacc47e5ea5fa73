# Le diagnostic : les contrôles (doctor-check-), ce qu’ils trouvent (note-doctor-), que faire (advice-doctor-), sa page.

doctor-title = Diagnostic
doctor-all_well = Tout ce qui a été contrôlé est en ordre.
doctor-to_fix = { $n ->
    [one] Un point est à corriger.
   *[other] { $n } points sont à corriger.
}
doctor-to_watch = { $n ->
    [one] Rien n’est à corriger ; un point est à surveiller.
   *[other] Rien n’est à corriger ; { $n } points sont à surveiller.
}
doctor-nothing = Rien n’a pu être contrôlé.
doctor-heading_fail = À corriger
doctor-heading_warn = À surveiller
doctor-heading_pass = En ordre
doctor-heading_skipped = Non contrôlé
doctor-skipped = { $checks } : { $reason }
doctor-hint = Que faire : { $hint }

doctor-check-modem = Modem
doctor-check-port = Port du modem
doctor-check-permissions = Droits d’accès
doctor-check-sim = Carte SIM
doctor-check-pin = Code PIN
doctor-check-selection = Choix de l’opérateur
doctor-check-registration = Réseau mobile
doctor-check-radio = Réception
doctor-check-bands = Bande de fréquences
doctor-check-apn = Point d’accès (APN)
doctor-check-interface = Interface réseau
doctor-check-address = Adresse IP
doctor-check-routes = Route
doctor-check-rp_filter = Filtre des réponses
doctor-check-dns = Recherche des noms (DNS)
doctor-check-throughput = Débit
doctor-check-voice = Qualité d’appel
doctor-check-vpn = VPN
doctor-check-sip = Téléphonie
doctor-check-web = Pages web
doctor-check-clock = Horloge
doctor-check-modemmanager = ModemManager
doctor-check-networkmanager = NetworkManager

note-doctor-blocked = corrigez d’abord le point « { $check } ».
note-doctor-unread = rien n’a pu être lu à ce sujet.
note-doctor-virtual = le modem virtuel n’a pas d’interface réseau sur cet ordinateur.
note-doctor-modem_found = { $modem ->
    [none] Un modem est branché{ $port ->
        [none] .
       *[other] { "" } ({ $port }).
    }
   *[other] { $modem } est branché ({ $port }).
}
note-doctor-port_answers = Le modem répond sur { $port }, et aucun autre programme ne l’utilise.
note-doctor-port_managed = ModemManager gère le modem et répond pour lui ({ $port }).
note-doctor-permitted = Vous avez le droit d’utiliser le modem.
note-doctor-sim_ready = La carte SIM est lue et prête.
note-doctor-sim_present = La carte SIM est lue, et attend un code.
note-doctor-pin_unasked = La carte SIM ne demande aucun code{ $tries ->
    [none] .
   *[other] { "" } ; il reste { $tries } essais pour le code PIN.
}
note-doctor-selection_manual = { $carrier ->
    [none] Le modem reste sur l’opérateur qu’une personne a choisi.
   *[other] Le modem reste sur l’opérateur qu’une personne a choisi : { $carrier }.
}
note-doctor-selection_none = Le modem a reçu l’ordre de rester hors réseau.
advice-doctor-selection_none = Lancez « opensim switch OPÉRATEUR » pour mettre le modem sur l’opérateur que vous choisissez.
note-doctor-registered = Inscrit sur { $carrier ->
    [none] un opérateur
   *[other] { $carrier }
}{ $access ->
    [none] { "" }
   *[other] { "" } en { $access }
}{ $state ->
    [roaming] , en itinérance
   *[other] { "" }
}.
note-doctor-unregistered = { $state ->
    [searching] Le modem cherche un réseau et n’en a pas encore rejoint
    [denied] L’opérateur refuse la carte SIM
    [emergency_only] Seuls les appels d’urgence sont possibles : aucun opérateur n’accepte la carte SIM
    [sms_only] L’opérateur n’accepte la carte SIM que pour les SMS, sans données
   *[other] Le modem n’est sur aucun réseau
}{ $cause ->
    [none] .
   *[other] . Raison donnée par le modem : { $cause }.
}
advice-doctor-unregistered = { $state ->
    [denied] Lancez « opensim scan » pour essayer les autres opérateurs. Si tous refusent, demandez au fournisseur de la carte SIM si elle est activée.
    [emergency_only] Lancez « opensim scan » pour essayer les opérateurs l’un après l’autre. Si tous refusent, demandez au fournisseur de la carte SIM si elle est activée.
    [sms_only] Lancez « opensim scan » pour essayer les autres opérateurs. Si aucun ne donne de données, demandez au fournisseur de la carte SIM si elle en comprend.
   *[other] Attendez une demi-minute, puis relancez la commande. Si rien ne change, approchez le modem ou l’antenne d’une fenêtre, ou comparez les opérateurs avec « opensim scan ».
}
note-doctor-radio_good = Réception { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}).
note-doctor-radio_poor = Réception { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}) : la connexion peut être lente ou se couper.
advice-doctor-radio_poor = Approchez le modem ou l’antenne d’une fenêtre, ou comparez les opérateurs avec « opensim scan ».
note-doctor-apn = Le point d’accès « { $apn } » est réglé.
note-doctor-apn_none = Aucun point d’accès n’est réglé dans le modem : certains opérateurs ne donnent alors pas de données.
advice-doctor-apn_none = Demandez le point d’accès (APN) au fournisseur de la carte SIM, et réglez-le dans la connexion mobile du menu réseau.
note-doctor-interface_up = L’interface réseau { $interface } du modem est active.
note-doctor-interface_none = le modem ne montre aucune interface réseau : opensim établit la connexion par un port série (PPP).
note-doctor-address = { $interface } a l’adresse { $address }.

help-doctor = Chercher ce qui empêche de travailler : modem, carte SIM, réseau, adresse et le reste
help-doctor-long = Contrôle dans l’ordre tout ce qui peut empêcher de travailler par le modem, et dit pour chaque point s’il est en ordre, sinon pourquoi et que faire. Rien n’est modifié. Sans modem, le reste est contrôlé quand même. Le code de sortie est 9 si un point est à corriger.
help-doctor-examples = opensim doctor  tout contrôler
    opensim doctor --only sim,radio  contrôler seulement ces points
    opensim doctor --out diagnostic.html  garder le résultat, ou l’imprimer
help-doctor-only = Contrôler seulement ces points, et ceux qui les empêchent
help-doctor-skip = Contrôler tous les points sauf ceux-ci
help-doctor-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-doctor-format = Format d’affichage
value-checks = CONTRÔLES
