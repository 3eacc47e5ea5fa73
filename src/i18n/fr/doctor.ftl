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
}{ $refusal ->
    [none] .
   *[other] . Raison donnée par le modem : { $refusal }.
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
    opensim doctor --bundle assistance.zip  tout pour l’assistance, en un fichier
help-doctor-only = Contrôler seulement ces points, et ceux qui les empêchent
help-doctor-skip = Contrôler tous les points sauf ceux-ci
help-doctor-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-doctor-format = Format d’affichage
value-checks = CONTRÔLES

note-doctor-band = La bande { $band } fait partie des bandes connues pour { $carrier }.
note-doctor-band_odd = La bande { $band } ne fait pas partie des bandes connues en France pour { $carrier }.
advice-doctor-band_odd = Si la réception est mauvaise, lancez « opensim scan » : un autre opérateur est peut-être mieux capté.
note-doctor-route = { $usual ->
    [none] Les données passent par { $interface }.
   *[other] Les données passent d’abord par { $usual } ; { $interface } les emporte si { $usual } s’arrête (priorité { $metric }).
}
note-doctor-route_none = Aucune route vers Internet ne passe par { $interface } : seuls les programmes qui demandent cette interface l’utilisent.
advice-doctor-route_none = Dans le menu réseau, connectez le modem. S’il est connecté, vérifiez que « Utiliser cette connexion uniquement pour les ressources de son réseau » n’est pas coché.
note-doctor-filter_open = Le système laisse entrer les réponses qui arrivent par { $interface }.
note-doctor-no_line = Cet ordinateur n’a aucune route vers Internet.
advice-doctor-no_line = Branchez le câble de la box ou connectez le Wi-Fi, puis relancez la commande.
note-doctor-line_down = la connexion mobile n’est pas établie.
note-doctor-names_found = Le nom { $name } a été trouvé par { $interface } en { $latency_ms } ms.
note-doctor-clock_right = L’horloge de cet ordinateur est à l’heure du réseau mobile, à { $seconds } s près.
note-doctor-clock_off = L’horloge de cet ordinateur { $way ->
    [ahead] avance de { $seconds } s
   *[behind] retarde de { $seconds } s
} sur l’heure du réseau mobile : le VPN, les pages sécurisées et les codes à usage unique peuvent être refusés.
advice-doctor-clock_off = Réglez la date et l’heure sur « automatique » dans les réglages du système, ou lancez « sudo timedatectl set-ntp true ».
note-doctor-clock_kept = Le système règle son horloge lui-même.
note-doctor-clock_loose = Rien ne règle l’horloge de cet ordinateur : elle peut dériver, et le VPN ou les pages sécurisées être refusés.
advice-doctor-clock_loose = Réglez la date et l’heure sur « automatique » dans les réglages du système, ou lancez « sudo timedatectl set-ntp true ».
note-doctor-no_bus = opensim a été construit sans D-Bus.
note-doctor-mm_absent = ModemManager n’est pas lancé : opensim parle au modem directement.
note-doctor-mm_present = ModemManager{ $version ->
    [none] { "" }
   *[other] { "" } { $version }
} répond ; { $n ->
    [0] il ne gère aucun modem
    [one] il gère un modem
   *[other] il gère { $n } modems
}.
note-doctor-nm_absent = NetworkManager n’est pas lancé.
note-doctor-nm_no_device = NetworkManager est lancé et n’a rien à voir avec ce modem.
note-doctor-nm_unmanaged = NetworkManager laisse { $interface } de côté : la connexion mobile ne s’établit pas d’elle-même.
advice-doctor-nm_unmanaged = Si NetworkManager doit établir la connexion mobile, lancez « sudo nmcli device set { $interface } managed yes ».
note-doctor-nm_unconnected = NetworkManager n’a établi aucune connexion mobile sur { $interface }.
advice-doctor-nm_unconnected = Connectez le modem dans le menu réseau ; s’il n’y figure pas, créez-y une connexion mobile avec le point d’accès (APN) du fournisseur de la carte SIM.
note-doctor-nm_by_hand = La connexion « { $connection } » de NetworkManager ne se rétablit pas d’elle-même après une coupure.
advice-doctor-nm_by_hand = Lancez « nmcli connection modify "{ $connection }" connection.autoconnect yes ».
note-doctor-nm_connected = NetworkManager a établi la connexion mobile{ $connection ->
    [none] { "" }
   *[other] { "" } « { $connection } »
}{ $metric ->
    [none] { "" }
   *[other] , de priorité { $metric }
}.

emm-2 = carte SIM inconnue de l’opérateur
emm-3 = carte SIM refusée
emm-5 = modem refusé
emm-6 = modem refusé, par exemple parce qu’il a été déclaré volé
emm-7 = données mobiles non comprises dans l’abonnement
emm-8 = ni appels ni données dans l’abonnement
emm-9 = carte SIM non reconnue par le réseau
emm-10 = modem déconnecté par le réseau
emm-11 = opérateur interdit à cette carte SIM
emm-12 = zone interdite à cette carte SIM
emm-13 = itinérance interdite dans cette zone
emm-14 = données interdites chez cet opérateur
emm-15 = aucune cellule permise dans cette zone
emm-17 = panne du réseau
emm-22 = réseau saturé
emm-25 = cellule réservée à d’autres
emm-27 = point d’accès (APN) inconnu
emm-29 = identifiant ou mot de passe du point d’accès refusé
emm-33 = option non comprise dans l’abonnement

note-doctor-speed = Le débit suffit{ $down_bps ->
    [none] { "" }
   *[other] { "" } : au moins { $down_bps } reçus{ $up_bps ->
        [none] { "" }
       *[other] , { $up_bps } envoyés
    }
}.
note-doctor-reached = { $targets } : joignable{ $latency_ms ->
    [none] { "" }
   *[other] { "" } en { $latency_ms } ms
}. { $finding }
note-doctor-not_reached = { $target } : { $finding }
advice-doctor-not_reached = Vérifiez l’adresse indiquée. Si elle est juste, essayez par une autre liaison : « opensim measure --interface eth0 --check … ». Si c’est pareil partout, demandez au service informatique si le serveur fonctionne.
note-doctor-none_named = { $kind ->
    [sip] aucun serveur de téléphonie n’est indiqué (--check sip:SERVEUR).
    [vpn] aucun VPN n’est indiqué (--check openvpn:FICHIER.ovpn).
   *[other] aucune page n’est indiquée (--check https://SITE).
}
note-check-openvpn_no_answer = Le serveur VPN n’a pas répondu en { $seconds } s, bien que la clé du profil ait été utilisée : l’accès est bloqué, le serveur est arrêté, ou la clé n’est plus la bonne.
note-check-openvpn_refused = Le port est ouvert, mais le serveur n’accepte pas la clé du profil : elle n’est plus la bonne, ou ce n’est pas le serveur de ce profil.

doctor-heading_home = Cette installation
doctor-cost_said = Ce diagnostic peut consommer jusqu’à { $bytes } de données. Ctrl-C l’arrête.
doctor-cost = Données consommées : { $bytes }.
doctor-host = Ordinateur
doctor-lines = Connexions
doctor-telephone = Téléphonie
doctor-vpn = VPN
doctor-protection = Antivirus
doctor-processor = { $name }, { $n ->
    [one] un processeur
   *[other] { $n } processeurs
}
doctor-memory = { $memory } de mémoire vive
doctor-line = { $kind } ({ $interface }), { $state ->
    [usual] en service
    [up] disponible
   *[down] non connectée
}
doctor-line_carries = { $down } reçus, { $up } envoyés
doctor-line_voice = voix { $mos } sur 5
doctor-no_lines = aucune connexion n’est visible
doctor-telephone_unnamed = aucun serveur n’est indiqué
doctor-server = { $target } : { $reached }
doctor-vpn_row = { $product ->
    [none] { $name }
   *[other] { $name ->
        [none] { $product }
       *[other] { $product } : { $name }
    }
} ({ $how })
doctor-no_vpn = aucun VPN n’est visible
doctor-guard = { $product }{ $running ->
    [yes] , actif
    [no] , service arrêté
   *[unknown] { "" }
}
doctor-guard_signatures = signatures { $version }, { $days ->
    [0] d’aujourd’hui
    [one] d’hier
   *[other] d’il y a { $days } jours
}
doctor-guard_unsigned = âge des signatures inconnu
doctor-no_guard = aucun antivirus n’est visible
line-cable = câble
line-wifi = Wi-Fi
line-modem = modem 4G ou 5G
vpn-installed = installé
vpn-configured = configuré
vpn-connected = connecté

error-usage-check = « { $server } » ne convient pas à --check.
hint-usage-check = Formes possibles : sip:SERVEUR, openvpn:FICHIER.ovpn, openvpn://SERVEUR:PORT, tcp://SERVEUR:PORT, tls://SERVEUR:PORT, https://SERVEUR/PAGE.
error-usage-profile = { $line_number ->
    [none] Le fichier { $file } ne peut pas servir à joindre le VPN : { $detail }.
   *[other] Le profil VPN { $file } ne peut pas être utilisé, à la ligne { $line_number } : { $detail }.
}
hint-usage-profile = Indiquez le fichier .ovpn que votre entreprise vous a donné, complet et non modifié.
detail-profile-no_remote = il n’indique aucun serveur (remote)
detail-profile-remote = le serveur indiqué après « remote » n’en est pas un
detail-profile-port = le port n’est pas un nombre de 1 à 65535
detail-profile-proto = le protocole n’est ni udp ni tcp
detail-profile-unclosed = un bloc est ouvert et jamais fermé
detail-profile-key = la clé est absente ou abîmée
detail-profile-direction = le sens de la clé (key-direction) n’est ni 0 ni 1
detail-profile-digest = opensim ne connaît pas cet algorithme (auth) ; il connaît SHA1, SHA256, SHA384 et SHA512

help-doctor-check = Vérifier aussi que ce service est joignable : sip:SERVEUR, openvpn:FICHIER.ovpn, openvpn://SERVEUR:PORT, https://SERVEUR/PAGE ; option répétable
help-doctor-server = Mesurer le débit et la voix avec ce serveur, comme « opensim measure »
help-doctor-budget = Budget de données, en-têtes compris ; 1M par défaut
