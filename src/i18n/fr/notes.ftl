# Raisons du classement et avertissements (note-), par leur code, tirets au lieu de points ; et les mots qu’ils partagent.

note-radio-class = Réception : { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}).
note-radio-weak = Le signal est faible : l’antenne-relais est loin, ou des murs la masquent. Une fenêtre ou une antenne extérieure peut aider.
note-radio-sinr_low = D’autres signaux brouillent celui de cet opérateur, ce qui réduit le débit. Tourner ou déplacer l’antenne peut aider.
note-radio-unknown = Le modem n’a donné ni RSRP ni SINR (la 2G et la 3G n’en ont pas) : la réception de cet opérateur ne peut pas être comparée.
note-rank-only_one_read = Seul opérateur pour lequel une valeur comparable a été lue : il n’y a rien à comparer.
note-rank-first_by_verdict = En tête, devant { $over }, grâce à un meilleur verdict.
note-rank-first_by_need = En tête, devant { $over } : le plus proche de ce qu’il vous faut{ $share_percent ->
    [none] { "" }
   *[other] { " " }({ $share_percent } % du besoin sur son point le plus faible{ $other_percent ->
        [none] { "" }
       *[other] , contre { $other_percent } % pour { $over }
    })
}.
note-rank-first_by_reading = En tête : { $over } a le même verdict, mais sa réception n’a pas pu être lue.
note-rank-first_by_class = En tête, devant { $over }, grâce à une meilleure réception.
note-rank-first_by_score = En tête, avec { $margin_db } dB d’avance sur { $over } : c’est plus que l’incertitude ({ $noise_db } dB).
note-rank-below_verdict = Derrière { $above }, dont le verdict est meilleur ({ $verdict }).
note-rank-below_need = Derrière { $above }, plus proche de ce qu’il vous faut{ $other_percent ->
    [none] { "" }
   *[other] { " " }({ $other_percent } % du besoin sur son point le plus faible{ $share_percent ->
        [none] { "" }
       *[other] , contre { $share_percent } % ici
    })
}.
note-rank-below_reading = Derrière { $above } : le verdict est le même, mais la réception de cet opérateur-ci n’a pas pu être lue.
note-rank-below_class = Derrière { $above }, dont la réception est meilleure ({ $quality }).
note-rank-below_score = Derrière { $above }, à { $margin_db } dB : c’est plus que l’incertitude ({ $noise_db } dB).
note-rank-tied = À égalité avec { $with } : l’écart est plus petit que l’incertitude ({ $noise_db } dB).
note-carrier-denied = Cet opérateur a refusé la carte SIM{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
note-carrier-not_available = Cet opérateur n’est pas capté ici.
note-carrier-timed_out = Le modem n’a pas réussi à rejoindre cet opérateur en { $seconds } s.
note-carrier-not_visited = Non essayé, ou pas jusqu’au bout : le relevé a été interrompu avant.
note-carrier-cut_short = Le relevé a été interrompu pendant l’essai de cet opérateur : la réception déjà lue est conservée, le reste n’a pas été mesuré.
note-at-masked = Les numéros qui vous identifient sont masqués par des astérisques. Pour les voir en entier dans un terminal, ajoutez « --reveal ».
note-survey-cells = Capté sans inscription : { $cells ->
    [one] une cellule
   *[other] { $cells } cellules
}, sur { $bands }.
note-survey-no_cell = Aucune cellule de cet opérateur n’a été captée : il n’a pas été essayé.
note-survey-own_cells = Le modem n’a listé que les cellules de l’opérateur utilisé : rien n’est connu des autres opérateurs.
note-survey-not_back = Pour écouter, le modem a quitté { $carrier } et n’y est pas encore revenu. Sa sélection n’a pas changé : le modem y reviendra de lui-même dès que possible.
note-survey-failed = Le modem n’a pas donné la liste des cellules ; opensim a cherché les opérateurs autrement.
note-survey-neighbours = { $cells ->
    [one] Une autre cellule est captée aux alentours.
   *[other] { $cells } autres cellules sont captées aux alentours.
}
note-cell-shared = Même antenne-relais que pour { $carrier } : passer de l’un à l’autre ne devrait pas changer grand-chose.
note-measure-meets = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} { $high_bps ->
    [none] au moins { $low_bps } ; opensim n’a pas demandé plus, pour économiser vos données
   *[other] environ { $estimate_bps }
}. Il vous faut { $need_bps } : c’est suffisant{ $sure_percent ->
    [none] { "" }
   *[other] { " " }(sûr à { $sure_percent } %)
}.
note-measure-below = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} { $high_bps ->
    [none] environ { $estimate_bps } au début ; opensim a ensuite ralenti pour économiser vos données
   *[other] environ { $estimate_bps }
}. Il vous faut { $need_bps } : c’est insuffisant{ $sure_percent ->
    [none] { "" }
   *[other] { " " }(sûr à { $sure_percent } %)
}.
note-measure-uncertain = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} { $high_bps ->
    [none] { $estimate_bps ->
        [none] inconnu
       *[other] environ { $estimate_bps } ou plus
    }
   *[other] { $estimate_bps } (entre { $low_bps } et { $high_bps })
}. Il vous faut { $need_bps } : trop proche pour conclure. Ajoutez « --max-time 20s » pour mesurer plus longtemps.
note-measure-cut_short = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} la mesure s’est arrêtée avant de pouvoir conclure ({ $stopped_because }).
note-measure-budget_spent = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} le budget de données était épuisé avant de pouvoir conclure. Donnez un --budget plus grand.
note-measure-no_data = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} connexion établie, mais aucune donnée n’est arrivée.
note-measure-skipped = { $part ->
    [down] Débit reçu non mesuré
    [up] Débit envoyé non mesuré
    [loaded_voice] Qualité d’appel pendant un téléchargement non mesurée
   *[voice] Qualité d’appel non mesurée
} : un résultat précédent est déjà insuffisant.
note-measure-unsupported = { $part ->
    [down] Débit reçu non mesuré
    [up] Débit envoyé non mesuré
    [loaded_voice] Qualité d’appel pendant un téléchargement non mesurée
   *[voice] Qualité d’appel non mesurée
} : ce serveur ne le permet pas.
note-measure-part_failed = { $part ->
    [down] Débit reçu non mesuré
    [up] Débit envoyé non mesuré
    [loaded_voice] Qualité d’appel pendant un téléchargement non mesurée
   *[voice] Qualité d’appel non mesurée
} : { $cause }.
note-measure-failed = Débit et voix non mesurés : { $cause }.
note-measure-nothing_came = Opérateur rejoint, mais aucune donnée n’est passée : { $cause }. Par { $carrier }, le même serveur a répondu.
note-measure-unproven = Débit et voix non mesurés : opensim ne le fait pas encore sous Windows.
note-measure-no_server = Débit et voix non mesurés : aucun serveur n’est configuré. Indiquez-en un avec --server, ou dans la configuration, section [measure].
note-measure-too_slow = Débit non mesuré : la { $access } est trop lente pour une journée de télétravail.
note-voice-meets = { $part ->
    [loaded_voice] Voix pendant un téléchargement :
   *[voice] Voix :
} { $mos } sur 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms aller-retour
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % de pertes
}. C’est bon pour téléphoner.
note-voice-below = { $part ->
    [loaded_voice] Voix pendant un téléchargement :
   *[voice] Voix :
} { $mos } sur 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms aller-retour
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % de pertes
}. Il faut au moins { $need_mos } pour téléphoner.
note-voice-alone = Insuffisant pour votre journée de travail ; pour téléphoner seulement, c’est bon ({ $mos } sur 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms aller-retour
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % de pertes
}).
note-voice-at_best = C’est la qualité d’appel au mieux : la liaison est proche de votre besoin, ou irrégulière, et un appel plus long peut être moins bon.
note-voice-beside_load = L’appel a été évalué pendant que la liaison portait plus que votre besoin : avec votre besoin seul, il peut être meilleur.
note-voice-echo = Le serveur a simplement renvoyé les paquets de l’appel : les pertes des deux sens sont comptées ensemble.
note-voice-indicative = La note de l’appel est indicative : elle repose sur les délais seuls, ou sur un codec que l’UIT-T n’évalue pas.
note-voice-unsupported = Ce serveur ne renvoie pas les paquets d’un appel : la qualité est estimée d’après le délai des connexions.
note-voice-no_answer = Les paquets de l’appel sont restés sans réponse : les pertes sont inconnues. Le réflecteur STAMP, qui doit les renvoyer, est arrêté, ou l’UDP est bloqué en chemin.
note-voice-multiplied = { $part ->
    [loaded_voice] Qualité d’appel pendant un téléchargement non mesurée
   *[voice] Qualité d’appel non mesurée
} : plus de paquets sont revenus qu’opensim n’en avait envoyés, et la mesure s’est arrêtée là. Le réflecteur STAMP, ou un équipement sur le trajet, multiplie les paquets.
note-voice-too_few = { $part ->
    [loaded_voice] Qualité d’appel pendant un téléchargement non mesurée
   *[voice] Qualité d’appel non mesurée
} : le nombre de paquets envoyés ({ $packets }) est trop petit pour conclure.
note-voice-doubled = { $part ->
    [loaded_voice] Voix pendant un téléchargement :
   *[voice] Voix :
} { $doubled } réponses à { $packets } paquets sont arrivées plus d’une fois. Un équipement sur le trajet double les paquets, et donc les données consommées.
note-switch-no_data = Le modem est sur { $carrier }, mais les données ne passent pas encore : { $cause }.
note-switch-data_unchecked = opensim n’a pas pu vérifier que les données passent : { $cause }.
note-check-sip_answered = Le serveur de téléphonie répond ({ $status } { $reason }).
note-check-sip_unavailable = Le serveur de téléphonie se dit indisponible ({ $status } { $reason }).
note-check-sip_alg = Un équipement sur le trajet, souvent un routeur, modifie les messages téléphoniques (SIP ALG) : { $sent } est devenu { $seen }. Des appels peuvent échouer ou rester muets ; désactivez cette fonction dans le routeur.
note-check-openvpn_answered = Le serveur VPN répond.
note-check-openvpn_silent = Pas de réponse : soit l’accès est bloqué, soit ce serveur ne répond qu’aux clients qu’il connaît (tls-auth ou tls-crypt).
note-check-openvpn_open = Le port est ouvert, mais le serveur ne dit rien : avec tls-auth ou tls-crypt, il ne répond qu’aux clients qu’il connaît.
note-check-connected = Le port accepte les connexions.
note-check-secured = La connexion chiffrée s’établit, et le certificat est valide.
note-check-page = La page répond (HTTP { $status }).
note-check-page_moved = La page répond et renvoie vers { $location } (HTTP { $status }).
note-check-page_failed = Le serveur répond, mais sans la page demandée (HTTP { $status }).
note-check-captive = { $detail ->
    [none] Une page d’identification bloque l’accès : ouvrez un navigateur sur cette liaison.
   *[other] Une page d’identification bloque l’accès : ouvrez { $detail } dans un navigateur sur cette liaison.
}
note-check-stranger = Un autre service que celui attendu répond à cette adresse.
note-check-no_answer = Pas de réponse en { $seconds } s.
note-access-legacy = Disponible en { $access } seulement : ce réseau est trop lent pour le télétravail, et en cours de fermeture en France.
note-selection-was_automatic = Le modem choisissait lui-même son opérateur. Il reste maintenant sur { $carrier } : opensim ne rétablit jamais la sélection automatique, car le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
note-selection-automatic_now = Le modem choisit lui-même son opérateur. Or le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France. Lancez « opensim switch OPÉRATEUR » pour fixer le modem sur l’opérateur que vous choisissez.
note-selection-mode_unknown = ModemManager ne dit pas si cet opérateur a été choisi par une personne ou par le modem.
note-selection-was_unknown = ModemManager ne dit pas si le modem choisissait lui-même son opérateur. Le modem reste maintenant sur { $carrier } : opensim ne rétablit jamais la sélection automatique.
note-modem-radio_off = La radio du modem est coupée (mode avion) : le modem n’est sur aucun réseau. Rallumez la radio là où elle a été coupée, dans le menu réseau ou sur la page web du modem ; sinon, lancez « opensim at --force AT+CFUN=1 ».
note-manager-disabled = ModemManager a désactivé ce modem, qui n’est donc sur aucun réseau. Pour l’activer, connectez-le dans le menu réseau, ou lancez « opensim scan » ou « opensim switch OPÉRATEUR ».
note-manager-no_levels = ModemManager ne donne pas la réception de ce modem : elle reste inconnue. Ajoutez --direct pour interroger directement le modem.
note-manager-levels_denied = ModemManager ne vous laisse pas faire mesurer la réception : elle reste inconnue. Lancez la commande avec sudo, ou demandez à l’assistance d’installer la règle polkit (droits du système) de docs/permissions.md.
note-recover-pending = Un changement d’opérateur commencé le { $since } a été interrompu. Lancez « opensim recover » pour revenir à { $to }.
note-recover-perhaps = Un changement d’opérateur commencé le { $since } sur le modem { $modem } a été interrompu. Le modem branché ne donne pas son numéro (IMEI) : c’est peut-être ce modem. Pour le savoir, lancez « opensim --direct recover ».
note-recover-unreadable = Le journal { $file } existe mais ne peut pas être lu : { $detail }. Un changement d’opérateur a peut-être été interrompu.
note-journal-left = Le journal { $file } ne peut pas être supprimé. Ce changement est pourtant bien terminé : « opensim recover » n’aura rien à faire.
note-audit-not_written = Le journal des changements { $file } n’a pas pu être écrit ({ $detail }) : ce changement n’y figure pas. Libérez de la place à cet endroit, ou vérifiez que vous pouvez y écrire.
note-trace-cut = Le fichier de trace { $file } est incomplet : la suite des échanges n’a pas pu être écrite ({ $detail }). Choisissez un endroit où il reste plus de place.
note-restore-nothing_before = Le modem n’était sur aucun opérateur : il n’y avait rien à rétablir.
note-restore-failed = Le modem n’est PAS revenu sur { $carrier }. Lancez « opensim recover » pour réessayer.
note-scan-interrupted = Le relevé a été interrompu : voici les résultats obtenus jusque-là.
note-network_list-failed = Le modem n’a pas donné la liste des réseaux{ $cause ->
    [none] .
   *[other] { "" } : { $cause }.
}
note-registration-no_data = { $state ->
    [sms_only] Cet opérateur n’accepte la carte SIM que pour les SMS, sans données. Lancez « opensim scan » pour essayer les autres opérateurs ; si aucun ne donne de données, demandez au fournisseur de la carte SIM si elle en comprend.
    [emergency_only] Seuls les appels d’urgence sont possibles : aucun opérateur n’accepte cette carte SIM. Lancez « opensim scan » pour essayer les opérateurs l’un après l’autre ; si tous refusent, adressez-vous au fournisseur de la carte SIM.
    [denied] L’opérateur a refusé cette carte SIM. Lancez « opensim scan » pour essayer les autres opérateurs ; si tous refusent, adressez-vous au fournisseur de la carte SIM.
   *[other] Le modem n’est encore sur aucun réseau, ou ne le dit pas. Attendez une demi-minute, puis relancez la commande. Si rien ne change, déplacez l’antenne, ou comparez les opérateurs avec « opensim scan ».
}
note-sim-pin_tries_low = { $tries ->
    [0] Il ne reste aucun essai pour le code PIN.
    [one] Il ne reste qu’un essai pour le code PIN : opensim ne l’utilisera pas.
   *[other] Il ne reste que { $tries } essais pour le code PIN.
}

note-carrier-failed = Cet opérateur n’a pas pu être essayé : { $cause }.
note-modem-query_unanswered = Le modem n’a pas répondu à { $command } : cette information manque ici, tout le reste a été lu. Pour montrer l’échange à l’assistance, ajoutez « --trace FICHIER ».
note-modems-holders_unknown = Windows ne dit pas quel programme utilise un port. Si un port est utilisé par un autre programme, opensim le dit quand il veut l’ouvrir.
note-modems-manager_unseen = { $holder } est lancé, mais opensim ne peut pas voir quels ports il utilise : il gère peut-être l’un de ces modems.
note-modems-manager_unheard = ModemManager n’a pas donné la liste de ses modems : { $cause }. ModemManager gère peut-être l’un de ces modems.
note-nm-set = La connexion « { $connection } » de NetworkManager est maintenant réglée elle aussi sur { $carrier }, pour les prochaines fois.
note-nm-not_set = La connexion « { $connection } » de NetworkManager n’a pas pu être réglée sur { $carrier } ({ $cause }) : elle annulera peut-être ce choix la prochaine fois.
note-nm-left_down = La connexion « { $connection } » de NetworkManager a dû être coupée et n’a pas pu être rétablie ({ $cause }). Réactivez-la dans le menu réseau.
note-nm-not_put_back = La connexion « { $connection } » de NetworkManager n’a pas pu retrouver ses réglages précédents ({ $cause }).
note-nm-would_move = La connexion « { $connection } » de NetworkManager est réglée sur { $carrier }, qui n’est pas l’opérateur utilisé : à la prochaine connexion, elle y ferait passer le modem.
note-nm-would_undo = La connexion « { $connection } » de NetworkManager n’est réglée sur aucun opérateur : à la prochaine connexion, elle laisserait le modem choisir. Lancez « opensim switch OPÉRATEUR » pour la régler sur l’opérateur que vous choisissez.

quality-excellent = excellente
quality-good = bonne
quality-fair = moyenne
quality-poor = faible
quality-unusable = inutilisable
quality-unknown = inconnue

verdict-suitable = suffisant
verdict-uncertain = incertain
verdict-not_measured = non mesuré
verdict-unsuitable = insuffisant
verdict-unavailable = indisponible

access-gsm = 2G
access-umts = 3G
access-lte = 4G
access-nr_nsa = 4G+5G
access-nr = 5G
access-unknown = génération inconnue

list-comma = { $head }, { $last }
list-and = { $head } et { $last }
list-or = { $head } ou { $last }

duration-seconds = { $s } s
duration-minutes = { $min } min { $s } s
duration-minutes_whole = { $min } min
duration-hours = { $h } h { $min } min
duration-hours_whole = { $h } h
bytes-none = aucune
bytes-b = { $n } o
bytes-kb = { $n } ko
bytes-mb = { $n } Mo
bytes-gb = { $n } Go
rate-bit = { $n } bit/s
rate-kbit = { $n } kbit/s
rate-mbit = { $n } Mbit/s

stopped-decided = résultat acquis
stopped-max_time = durée maximale atteinte
stopped-max_bytes = limite de données atteinte
stopped-budget = budget de données épuisé
stopped-window_limited = limite technique de la mesure atteinte
stopped-no_data = aucune donnée n’est arrivée
stopped-ended = le serveur n’avait plus rien à envoyer
stopped-connection_lost = connexion rompue
stopped-stalled = cet ordinateur était trop chargé
