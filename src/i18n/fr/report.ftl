# Les documents en clair : titres, étiquettes, mots des états, et les phrases de la fin.

scan-title = Relevé des opérateurs
scan-title_place = Relevé des opérateurs : { $label }
scan-none = Aucun opérateur n’a été visité.
scan-col_rank = Rang
scan-col_carrier = Opérateur
scan-col_verdict = Verdict
scan-col_quality = Réception
scan-col_rsrp = RSRP
    dBm
scan-col_sinr = SINR
    dB
scan-col_band = Bande
scan-col_time = Rejoint
    en
scan-col_down = Reçu
    kbit/s
scan-col_up = Envoyé
    kbit/s
scan-col_voice = Voix
    sur 5
scan-col_data = Données
scan-first = Ici, { $carriers } arrive en tête.
scan-first_short = Ici, aucun opérateur ne porte votre journée. Le plus proche : { $carriers }.
scan-first_short_known = Aucun des opérateurs mesurés ne porte votre journée. Le plus proche : { $carriers }.
scan-first_unmeasured = Aucun des opérateurs mesurés ne porte votre journée. En tête pour la seule réception : { $carriers } ; ce qui y passe n’a pas pu être mesuré.
scan-nothing_came = Rien n’est passé chez aucun des opérateurs mesurés.
scan-first_tied = Ici, { $carriers } arrivent en tête, à égalité.
scan-first_only = Ici, seul { $carriers } est utilisable.
scan-first_none = Aucun opérateur n’est utilisable ici.
scan-nothing_read = Rien n’a pu être comparé : rien n’a été lu d’aucun opérateur.
scan-alone = Rien n’a pu être comparé : seul { $carriers } a été lu.
scan-alone_suitable = Seul { $carriers } a été lu, et il porte votre journée. Il n’y a rien à quoi le comparer.
scan-alone_uncertain = Seul { $carriers } a été lu, sans que l’on sache s’il porte votre journée. Il n’y a rien à quoi le comparer.
scan-alone_unsuitable = Seul { $carriers } a été lu, et il ne porte pas votre journée. Il n’y a rien à quoi le comparer.
scan-why = Pourquoi
scan-need = Besoin : { $down } reçus, { $up } envoyés, voix { $mos } sur 5.
scan-networks = Réseaux de la liste du modem
scan-col_plmn = Code
scan-col_network = Nom
scan-col_availability = État
scan-col_access = Accès
scan-restored = Le modem est de nouveau sur { $carrier }.
scan-still = Le modem est toujours sur { $carrier } : il ne l’a jamais quitté.
scan-not_restored = Le modem n’est PAS revenu sur { $carrier }. « opensim recover » essaie de nouveau.
scan-cost = Durée : { $total }, dont { $offline } hors de l’opérateur en service. Données consommées : { $bytes }.
scan-cost_online = Durée : { $total }. Données consommées : { $bytes }.
scan-next = Pour passer à l’un d’eux, nommez-le : « opensim switch OPÉRATEUR ».

availability-available = disponible
availability-current = en service
availability-forbidden = interdit à cette carte SIM
availability-unknown = inconnu

measure-title = Ce que porte la liaison
measure-col_link = Liaison
measure-col_rtt = Délai
    ms
measure-col_seconds = Durée
    s
measure-reached = Ce qui est joignable
measure-latency = { $ms } ms
measure-suitable = { $interface } porte la journée.
measure-unsuitable = { $interface } ne porte pas la journée.
measure-uncertain = { $interface } : on ne peut pas trancher ({ $doubts }).
measure-incomplete = { $interface } : tout n’a pas pu être mesuré, on ne peut donc pas trancher.
doubt-close = ce qu’il porte est trop proche du besoin
doubt-budget = le budget de données s’est épuisé avant
doubt-cut_short = un transfert s’est terminé avant de pouvoir conclure
doubt-no_up = l’envoi n’a pas été mesuré
doubt-no_answer = l’appel n’a pas reçu de réponse
doubt-no_call = l’appel n’a pas été noté
measure-not_measured = { $interface } n’a pas pu être mesuré.

status-modem = Modem
status-sim = Carte SIM
status-selection = Sélection
status-registration = Réseau
status-radio = Réception
status-cell = Cellule
status-data = Données
status-unread = pas lu
status-firmware = logiciel { $revision }
status-reach = { $port }, dialecte { $dialect }
status-pin_tries = { $tries ->
    [0] aucun essai restant pour le code PIN
    [one] { $tries } essai restant pour le code PIN
   *[other] { $tries } essais restants pour le code PIN
}
status-on = { $mode }, sur { $carrier }
status-shown_as = affiché « { $name } »
status-code = code { $plmn }
status-levels = médiane de { $samples } lectures
status-levels_spread = médiane de { $samples } lectures, écart { $spread } dB
status-width = largeur { $mhz } MHz
status-channel = canal { $earfcn }
status-cell_id = cellule { $cell }
status-mast = antenne-relais { $enodeb }, secteur { $sector }
status-area = zone { $tac }
status-apn = point d’accès { $apn }
status-interface = interface { $interface }
status-address = adresse { $address }
status-no_data = aucune connexion de données connue

sim-state-ready = prête
sim-state-pin_required = demande son code PIN
sim-state-puk_required = bloquée, demande son code PUK
sim-state-locked = verrouillée
sim-state-absent = aucune dans le modem
sim-state-busy = pas encore prête
sim-state-failed = ne fonctionne pas
sim-state-unknown = état inconnu

mode-manual = manuelle
mode-automatic = automatique (le modem choisit)
mode-deregistered = aucune (le modem a reçu l’ordre de quitter le réseau)
mode-unknown = inconnue

registration-home = inscrit sur { $carrier }
registration-roaming = inscrit sur { $carrier }, en itinérance
registration-searching = cherche un réseau
registration-denied = refusé par le réseau
registration-not_registered = sur aucun réseau
registration-emergency_only = appels d’urgence seulement, pas de données
registration-sms_only = messages texte seulement, pas de données
registration-unknown = inconnu

switch-switched = Le modem est maintenant sur { $to }.
switch-switched_from = Le modem est maintenant sur { $to } ; il était sur { $from }.
switch-already_there = Le modem était déjà sur { $to } ; rien n’a été changé.
switch-rolled_back = Le passage à { $to } a échoué ; le modem est revenu sur { $from }.
switch-never_left = Le modem a refusé le passage à { $to } et n’a jamais quitté { $from }.
switch-failed = Le passage à { $to } a échoué, et le modem n’était auparavant sur aucun opérateur que l’on puisse remettre.
switch-not_restored = Le passage à { $to } a échoué, et le modem n’est PAS revenu sur { $from }. Lancez « opensim recover ».
switch-unchanged = Rien n’a été changé.
switch-confirmed_in = Confirmé deux fois, en { $time }.
switch-confirmed = Confirmé deux fois.
switch-unconfirmed = Le réseau n’a pas pu être confirmé.
switch-data_ok = Les données passent.
switch-data_not = Les données ne passent pas encore.
switch-journal = Journal : { $file }

recover-nothing = Rien à remettre : aucun changement d’opérateur n’est resté inachevé.
recover-unknown = On ne sait pas si un changement interrompu est à défaire.
recover-found = Un « { $command } » du { $since } n’était pas allé à son terme.
recover-found_undated = Un changement d’opérateur n’était pas allé à son terme.
recover-done = Le modem est de nouveau sur { $to }.
recover-already = Le modem était déjà revenu sur { $to }.
recover-failed = Le modem n’est PAS revenu sur { $to }.

modems-none = Aucun modem trouvé.
modems-dialect = dialecte { $dialect } ({ $because })
modems-dialect_plain = dialecte { $dialect }
modems-net = interface réseau { $interface }
modems-managed = tenu par ModemManager
modems-port = Port
modems-role = Usage
modems-held = Occupé par
modems-free = personne
role-at = commandes AT
role-at2 = commandes AT (second)
role-ppp = numérotation
role-diag = diagnostic
role-nmea = position
role-unknown = inconnu

carriers-name = Opérateur
carriers-type = À taper
carriers-plmns = Codes
carriers-bands = Bandes
carriers-in_profile = Votre SIM
carriers-yes = oui
carriers-no = non


html-made = Fait par opensim { $version }, { $at }

status-title = État du modem
switch-title = Changement d’opérateur
recover-title = Retour à l’opérateur précédent
modems-title = Modems trouvés
carriers-title = Opérateurs
at-title = Réponses du modem
failed-title = La commande a échoué

chart-heading = Ce qui passe, et ce qu’il vous faut
chart-signal_heading = Réception
chart-down = Débit reçu
chart-up = Débit envoyé
chart-voice = Voix (sur 5)
chart-signal = Puissance du signal (RSRP)
chart-need = il vous faut { $need }
chart-between = entre { $low } et { $high }
chart-at_least = au moins { $low }
chart-unmeasured = non mesuré
chart-nothing = rien n’est passé
chart-away = pas capté
chart-unread = non lu
chart-row = { $name } : { $said }.
chart-enough = suffisant
chart-short = insuffisant
chart-unsure = incertain
chart-needed = ce qu’il vous faut
chart-interval = incertitude
chart-open = mesure arrêtée dès que c’était suffisant : le débit réel peut être plus élevé
