# Raisons du classement et avertissements (note-), par leur code, tirets au lieu de points ; et les mots qu’ils partagent.

note-radio-class = Réception : { $quality } ({ $rsrp_dbm ->
    [none] SINR { $sinr_db } dB
   *[other] RSRP { $rsrp_dbm } dBm{ $sinr_db ->
        [none] { "" }
       *[other] , SINR { $sinr_db } dB
    }
}).
note-radio-weak = Le signal arrive faible : l’antenne-relais est loin, ou des murs la masquent. Une fenêtre ou une antenne extérieure peut aider.
note-radio-sinr_low = Le signal arrive brouillé par d’autres, et le débit en souffre. Tourner ou déplacer l’antenne peut aider.
note-radio-unknown = Le modem n’a donné ici ni RSRP ni SINR (la 2G et la 3G n’en ont pas) : cet opérateur ne peut pas être comparé sur ce point.
note-rank-only_one_read = Le seul dont quelque chose de comparable ait été lu : il n’y a rien à quoi le comparer.
note-rank-first_by_verdict = En tête : son verdict est meilleur que chez { $over }.
note-rank-first_by_need = En tête : le plus proche de ce que demande la journée{ $share_percent ->
    [none] { "" }
   *[other] , dont il porte { $share_percent } % là où il manque le plus
} ; { $over }{ $other_percent ->
    [none] { "" }
   *[other]  : { $other_percent } %
}.
note-rank-first_by_reading = En tête : même verdict que chez { $over }, dont aucun niveau radio n’a été lu pour aller plus loin.
note-rank-first_by_class = En tête : sa réception est meilleure que chez { $over }.
note-rank-first_by_score = En tête : { $margin_db } dB devant { $over }, plus que l’incertitude de { $noise_db } dB.
note-rank-below_verdict = Derrière { $above }, dont le verdict est meilleur ({ $verdict }).
note-rank-below_need = Derrière { $above }, plus proche de ce que demande la journée{ $other_percent ->
    [none] { "" }
   *[other]  : il en porte { $other_percent } % là où il manque le plus
}{ $share_percent ->
    [none] .
   *[other] , contre { $share_percent } % ici.
}
note-rank-below_reading = Après { $above } : le verdict est le même, et aucun niveau radio n’a été lu ici pour aller plus loin.
note-rank-below_class = Derrière { $above }, dont la réception est meilleure ({ $quality }).
note-rank-below_score = Derrière { $above } de { $margin_db } dB, plus que l’incertitude de { $noise_db } dB.
note-rank-tied = À égalité avec { $with } : l’écart tient dans l’incertitude de { $noise_db } dB.
note-carrier-denied = Cet opérateur a refusé la carte SIM{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
note-carrier-not_available = Cet opérateur n’est pas capté ici.
note-carrier-timed_out = Cet opérateur n’a pas accueilli le modem en { $seconds } s.
note-carrier-not_visited = Pas lu jusqu’au bout : le relevé a été interrompu avant, rien n’en est donc retenu.
note-survey-cells = Entendu sans s’y inscrire : { $cells ->
    [one] une cellule
   *[other] { $cells } cellules
}, sur { $bands }.
note-survey-no_cell = Aucune cellule de cet opérateur n’a été entendue : il n’a pas été essayé.
note-survey-own_cells = Le modem n’a listé que les cellules de son propre opérateur : de celui-ci, on ne sait rien.
note-survey-not_back = Pour écouter, le modem avait quitté { $carrier }, et il n’y est pas encore revenu. Sa sélection n’a pas été touchée : il y revient de lui-même dès qu’il le peut.
note-survey-failed = Le modem n’a pas donné la liste des cellules ; les opérateurs ont été cherchés autrement.
note-survey-neighbours = { $cells ->
    [one] Une autre cellule est entendue autour.
   *[other] { $cells } autres cellules sont entendues autour.
}
note-cell-shared = Exactement la même antenne-relais pour { $carrier } : passer de l’un à l’autre ne devrait pas changer grand-chose.
note-measure-meets = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} { $high_bps ->
    [none] environ { $estimate_bps } observés, puis retenu pour épargner les données
   *[other] environ { $estimate_bps }
}. La journée demande { $need_bps } : c’est suffisant{ $sure_percent ->
    [none] { "" }
   *[other] { " " }(sûr à { $sure_percent } %)
}.
note-measure-below = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} { $high_bps ->
    [none] environ { $estimate_bps } observés, puis retenu pour épargner les données
   *[other] environ { $estimate_bps }
}. La journée demande { $need_bps } : c’est insuffisant{ $sure_percent ->
    [none] { "" }
   *[other] { " " }(sûr à { $sure_percent } %)
}.
note-measure-uncertain = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} { $high_bps ->
    [none] { $estimate_bps ->
        [none] inconnue
       *[other] environ { $estimate_bps } ou plus
    }
   *[other] { $estimate_bps } (entre { $low_bps } et { $high_bps })
}. La journée demande { $need_bps } : trop proche pour trancher. « --max-time 20s » regarde plus longtemps.
note-measure-cut_short = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} terminé avant de pouvoir conclure ({ $stopped_because }).
note-measure-budget_spent = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} le budget de données s’est épuisé avant de pouvoir conclure. Un --budget plus grand regarde plus loin.
note-measure-no_data = { $way ->
    [down] Débit reçu :
   *[up] Débit envoyé :
} connexion établie, mais rien n’est arrivé.
note-measure-skipped = { $part ->
    [up] L’envoi n’a pas été mesuré
    [loaded_voice] L’appel en charge n’a pas été mesuré
   *[voice] L’appel n’a pas été mesuré
} : ce qui a été mesuré avant ne suffit déjà pas.
note-measure-unsupported = { $part ->
    [up] L’envoi n’a pas été mesuré
    [loaded_voice] L’appel en charge n’a pas été mesuré
   *[voice] L’appel n’a pas été mesuré
} : ce serveur n’offre rien pour cela.
note-measure-part_failed = { $part ->
    [up] L’envoi n’a pas été mesuré
    [loaded_voice] L’appel en charge n’a pas été mesuré
   *[voice] L’appel n’a pas été mesuré
} : { $cause }.
note-measure-failed = Débit et voix non mesurés : { $cause }.
note-measure-nothing_came = Rejoint, mais rien n’est passé : { $cause }. Par { $carrier }, le serveur a répondu.
note-measure-no_server = Débit et voix non mesurés : aucun serveur n’est configuré. Indiquez-en un avec --server, ou sous [measure] dans la configuration.
note-measure-too_slow = Débit non mesuré : la { $access } ne peut pas porter la journée.
note-voice-meets = { $part ->
    [loaded_voice] Voix en charge :
   *[voice] Voix :
} { $mos } sur 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms aller-retour
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % de pertes
}. C’est bon pour téléphoner.
note-voice-below = { $part ->
    [loaded_voice] Voix en charge :
   *[voice] Voix :
} { $mos } sur 5{ $rtt_ms ->
    [none] { "" }
   *[other] , { $rtt_ms } ms aller-retour
}{ $loss_percent ->
    [none] { "" }
   *[other] , { $loss_percent } % de pertes
}. Un appel demande { $need_mos }.
note-voice-echo = Les paquets de l’appel sont revenus d’un simple écho : les pertes des deux sens y sont confondues.
note-voice-indicative = Les chiffres de l’appel sont indicatifs : ils reposent sur les seuls délais, ou sur un codec que l’UIT-T n’évalue pas.
note-voice-unsupported = Le serveur ne renvoie pas les paquets d’un appel : l’appel est évalué par le délai des connexions.
note-voice-no_answer = Les paquets de l’appel sont restés sans réponse, les pertes sont donc inconnues : le réflecteur est arrêté, ou l’UDP est bloqué en chemin.
note-voice-multiplied = { $part ->
    [loaded_voice] Voix en charge non évaluée
   *[voice] Voix non évaluée
} : il est revenu plus que ce qui était envoyé, donc rien de plus n’a été envoyé. Le réflecteur, ou un équipement sur le trajet, multiplie les paquets.
note-voice-too_few = { $part ->
    [loaded_voice] Voix en charge non évaluée
   *[voice] Voix non évaluée
} : { $packets } paquets ont pu être envoyés, trop peu pour se prononcer.
note-voice-doubled = { $part ->
    [loaded_voice] Voix en charge :
   *[voice] Voix :
} { $doubled } réponses à { $packets } paquets sont venues plus d’une fois. Un équipement sur le trajet double les paquets, et les données qu’ils consomment.
note-switch-no_data = Le modem est sur { $carrier }, mais les données ne passent pas encore : { $cause }.
note-switch-data_unchecked = Le passage des données n’a pas été vérifié : { $cause }.
note-check-sip_answered = Le serveur de téléphonie répond ({ $status } { $reason }).
note-check-sip_unavailable = Le serveur de téléphonie répond qu’il est indisponible ({ $status } { $reason }).
note-check-sip_alg = Un équipement sur le trajet, souvent un routeur, réécrit les messages téléphoniques (SIP ALG) : { $sent } est revenu en { $seen }. Des appels peuvent échouer ou rester muets ; désactivez cette fonction dans le routeur.
note-check-openvpn_answered = Le serveur VPN répond.
note-check-openvpn_silent = Pas de réponse. Soit le chemin est fermé, soit ce serveur utilise tls-auth ou tls-crypt et ne répond jamais aux inconnus.
note-check-openvpn_open = Le port est ouvert et le serveur ne dit rien : avec tls-auth ou tls-crypt, il ne répond jamais aux inconnus.
note-check-connected = Le port accepte les connexions.
note-check-secured = La connexion chiffrée s’établit, et le certificat est bon.
note-check-page = La page répond (HTTP { $status }).
note-check-page_moved = La page répond et renvoie vers { $location } (HTTP { $status }).
note-check-page_failed = Le serveur répond qu’il ne peut pas donner la page (HTTP { $status }).
note-check-captive = { $detail ->
    [none] Une page de connexion barre le chemin : ouvrez-la dans un navigateur par cette liaison.
   *[other] Une page de connexion barre le chemin : ouvrez { $detail } dans un navigateur par cette liaison.
}
note-check-stranger = Autre chose répond à cette adresse.
note-check-no_answer = Pas de réponse en { $seconds } s.
note-access-legacy = Présent en { $access } seulement : trop lent pour le télétravail, et en cours de fermeture en France.
note-selection-was_automatic = Le modem choisissait lui-même son opérateur. Il reste maintenant sur { $carrier } : opensim ne remet jamais la sélection automatique, car le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
note-selection-automatic_now = Le modem choisit lui-même son opérateur. Le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France ; « opensim switch OPÉRATEUR » le garde sur celui que vous nommez.
note-selection-mode_unknown = ModemManager ne dit pas si cet opérateur a été choisi par une personne ou par le modem.
note-selection-was_unknown = ModemManager ne dit pas si le modem choisissait lui-même son opérateur avant. Il reste maintenant sur { $carrier } : opensim ne remet jamais la sélection automatique.
note-modem-radio_off = La radio du modem est coupée (mode avion) : il n’est sur aucun réseau. Rallumez-la là où elle a été coupée, dans le menu réseau ou sur la page du modem ; sinon, « opensim at --force AT+CFUN=1 » la rallume.
note-manager-disabled = ModemManager a désactivé ce modem, qui n’est donc sur aucun réseau. Le connecter dans le menu réseau l’active ; « opensim scan » et « opensim switch OPÉRATEUR » aussi.
note-manager-no_levels = ModemManager ne donne aucun niveau de ce modem : ils restent inconnus ici. Avec « --direct », opensim interroge le modem lui-même.
note-manager-levels_denied = ModemManager ne vous laisse pas faire mesurer les niveaux : ils restent inconnus ici. La règle qui le permet est dans docs/permissions.md ; sudo convient aussi.
note-recover-pending = Un changement d’opérateur commencé le { $since } n’est pas allé à son terme. « opensim recover » remet { $to }.
note-recover-perhaps = Un changement d’opérateur commencé le { $since } sur le modem { $modem } n’est pas allé à son terme. Ce modem-ci ne dit pas son numéro : c’est peut-être lui. « opensim --direct recover » l’interroge.
note-recover-unreadable = Le journal { $file } est là et ne peut pas être lu : { $detail }. Un changement d’opérateur n’est peut-être pas allé à son terme.
note-journal-left = Le journal { $file } ne peut pas être supprimé. Il dit que ce changement est terminé : « opensim recover » n’a rien à faire à cause de lui.
note-audit-not_written = Le journal d’audit { $file } n’a pas pu être écrit ({ $detail }) : ce changement n’y figure pas. Libérez de la place à cet endroit, ou vérifiez que vous pouvez y écrire.
note-trace-cut = La trace { $file } s’arrête avant la conversation : elle n’a pas pu être écrite plus loin ({ $detail }). Donnez-lui un endroit qui a plus de place.
note-restore-nothing_before = Le modem n’était sur aucun opérateur auparavant : il n’y avait rien à remettre.
note-restore-failed = Le modem n’est PAS revenu sur { $carrier }. « opensim recover » essaie de nouveau.
note-scan-interrupted = Le relevé a été interrompu : voici ce qui avait été vu jusque-là.
note-network_list-failed = Le modem n’a pas donné sa liste de réseaux{ $cause ->
    [none] .
   *[other] { "" } : { $cause }.
}
note-registration-no_data = { $state ->
    [sms_only] Cet opérateur n’accorde à la carte SIM que les SMS : il n’y a pas de données ici. « opensim scan » montre ce que donnent les autres ; si aucun n’accorde davantage, demandez au fournisseur de la carte si elle comprend des données.
    [emergency_only] Seuls les appels d’urgence sont possibles : aucun opérateur n’accepte cette carte SIM. « opensim scan » les essaie l’un après l’autre ; si tous refusent, voyez avec son fournisseur.
    [denied] Le réseau a refusé cette carte SIM. « opensim scan » essaie les autres opérateurs ; si tous refusent, voyez avec son fournisseur.
   *[other] Le modem n’est encore sur aucun réseau, ou ne le dit pas. Attendez une demi-minute et regardez de nouveau ; si rien ne change, déplacez l’antenne, ou voyez avec « opensim scan » ce que chaque opérateur donne ici.
}
note-sim-pin_tries_low = { $tries ->
    [0] Il ne reste aucun essai pour le code PIN.
    [one] Il ne reste qu’un essai pour le code PIN : opensim ne l’utilisera pas.
   *[other] Il ne reste que { $tries } essais pour le code PIN.
}

note-carrier-failed = Cet opérateur n’a pas pu être examiné : { $cause }.
note-modem-query_unanswered = Le modem n’a pas répondu à { $command } : ce qu’il en aurait dit manque ici. Tout le reste a été lu ; « --trace FICHIER » montre l’échange à l’assistance.
note-modems-manager_unseen = { $holder } est en marche et ses fichiers ne se voient pas d’ici : il tient peut-être l’un de ces modems.
note-modems-manager_unheard = ModemManager ne dit pas quels modems il a : { $cause }. Il peut tenir l’un de ceux-ci.
note-nm-set = La connexion « { $connection } » de NetworkManager désigne maintenant elle aussi { $carrier } : elle y restera la prochaine fois.
note-nm-not_set = La connexion « { $connection } » de NetworkManager n’a pas pu être réglée sur { $carrier } ({ $cause }) : elle défera peut-être ce choix la prochaine fois.
note-nm-left_down = La connexion « { $connection } » de NetworkManager a dû être coupée et n’a pas pu être rétablie ({ $cause }) : rétablissez-la dans le menu du réseau.
note-nm-not_put_back = La connexion « { $connection } » de NetworkManager n’a pas pu être remise comme elle était ({ $cause }).
note-nm-would_move = La connexion « { $connection } » de NetworkManager désigne { $carrier }, qui n’est pas l’opérateur utilisé : la prochaine fois, elle y ferait passer le modem.
note-nm-would_undo = La connexion « { $connection } » de NetworkManager ne désigne aucun opérateur : la prochaine fois, elle rendrait le choix au modem. « opensim switch OPÉRATEUR » lui fait désigner celui que vous choisissez.

quality-excellent = excellente
quality-good = bonne
quality-fair = moyenne
quality-poor = faible
quality-unusable = inutilisable
quality-unknown = inconnue

verdict-suitable = convient
verdict-uncertain = incertain
verdict-not_measured = non mesuré
verdict-unsuitable = insuffisant
verdict-unavailable = indisponible

access-gsm = 2G
access-umts = 3G
access-lte = 4G
access-nr_nsa = 4G+5G
access-nr = 5G
access-unknown = technologie inconnue

list-comma = { $head }, { $last }
list-and = { $head } et { $last }

duration-seconds = { $s } s
duration-minutes = { $min } min { $s } s
duration-hours = { $h } h { $min } min
bytes-none = aucune
bytes-b = { $n } o
bytes-kb = { $n } ko
bytes-mb = { $n } Mo
bytes-gb = { $n } Go
rate-bit = { $n } bit/s
rate-kbit = { $n } kbit/s
rate-mbit = { $n } Mbit/s

stopped-decided = tranché
stopped-max_time = durée épuisée
stopped-max_bytes = volume épuisé
stopped-budget = budget épuisé
stopped-window_limited = la fenêtre ne pouvait porter plus
stopped-no_data = rien n’est arrivé
stopped-ended = le serveur n’avait plus rien
stopped-connection_lost = connexion rompue
stopped-stalled = cet ordinateur était trop occupé
