# Les documents en clair : titres, étiquettes, mots des états, et les phrases de la fin.

scan-title = Relevé des opérateurs
scan-title_place = Relevé des opérateurs : { $label }
scan-none = Aucun opérateur n’a été essayé.
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
scan-col_up = Envoyé
scan-col_voice = Voix
    sur 5
scan-col_data = Données
scan-first = Ici, { $carriers } arrive en tête.
scan-first_short = Ici, aucun opérateur ne suffit pour votre journée de travail. Le plus proche : { $carriers }.
scan-first_short_known = Aucun des opérateurs mesurés ne suffit pour votre journée de travail. Le plus proche : { $carriers }.
scan-first_unmeasured = Aucun des opérateurs mesurés ne suffit pour votre journée de travail. En tête pour la seule réception : { $carriers } ; le débit et la voix n’ont pas pu y être mesurés.
scan-nothing_came = Les données ne passent chez aucun des opérateurs mesurés.
scan-first_tied = Ici, { $carriers } arrivent en tête, à égalité.
scan-first_only = Ici, seul { $carriers } est utilisable.
scan-first_none = Aucun opérateur n’est utilisable ici.
scan-nothing_read = Rien n’a pu être comparé : la réception n’a été lue pour aucun opérateur.
scan-alone = Rien n’a pu être comparé : la réception n’a été lue que pour { $carriers }.
scan-alone_suitable = { $carriers } suffit pour votre journée de travail, mais n’a pu être comparé à aucun autre opérateur.
scan-alone_uncertain = { $carriers } suffit peut-être pour votre journée de travail, sans certitude, et n’a pu être comparé à aucun autre opérateur.
scan-alone_unsuitable = { $carriers } ne suffit pas pour votre journée de travail, et n’a pu être comparé à aucun autre opérateur.
scan-why = Pourquoi
scan-need = Besoin : { $down } reçus, { $up } envoyés, voix { $mos } sur 5.
scan-networks = Réseaux trouvés par le modem
scan-col_plmn = Code
scan-col_network = Nom
scan-col_availability = État
scan-col_access = Génération
scan-restored = Le modem est de nouveau sur { $carrier }.
scan-still = Le modem est toujours sur { $carrier } : il ne l’a jamais quitté.
scan-not_restored = Le modem n’est PAS revenu sur { $carrier }. Lancez « opensim recover » pour réessayer.
scan-cost = Durée : { $total }, dont { $offline } de coupure. Données consommées : { $bytes }.
scan-cost_online = Durée : { $total }. Données consommées : { $bytes }.
scan-next = Pour changer d’opérateur : « opensim switch OPÉRATEUR ».
scan-next_one = Pour passer à { $carrier } : « opensim switch { $id } ».
scan-virtual_time = C’est le temps du modem virtuel, qui passe plus vite que le vôtre.
scan-in_use = (en service)
report-skipped = Non mesurés, car un résultat précédent est déjà insuffisant : { $parts }.
part-up = le débit envoyé
part-voice = la qualité d’appel
part-loaded_voice = la qualité d’appel pendant un téléchargement

availability-available = disponible
availability-current = en service
availability-forbidden = interdit à cette carte SIM
availability-unknown = inconnu

measure-title = Mesure de la liaison
measure-col_link = Liaison
measure-col_rtt = Délai
    ms
measure-col_seconds = Durée
    s
measure-reached = Services vérifiés
measure-latency = { $ms } ms
measure-suitable = { $interface } suffit pour votre journée de travail.
measure-unsuitable = { $interface } ne suffit pas pour votre journée de travail.
measure-uncertain = { $interface } : on ne peut pas conclure ({ $doubts }).
measure-incomplete = { $interface } : la mesure est incomplète, on ne peut pas conclure.
doubt-close = le débit est trop proche du besoin
doubt-budget = le budget de données était épuisé avant la fin
doubt-cut_short = une mesure s’est arrêtée trop tôt
doubt-no_up = le débit envoyé n’a pas été mesuré
doubt-no_answer = les paquets de l’appel sont restés sans réponse
doubt-no_call = la qualité d’appel n’a pas été mesurée
measure-not_measured = { $interface } : la mesure n’a pas été possible.
measure-not_reached = Services injoignables par { $interface } : { $targets }.
reachability-reached = joignable
reachability-not_reached = injoignable
reachability-unknown = peut-être joignable

status-modem = Modem
status-sim = Carte SIM
status-selection = Sélection
status-registration = Réseau
status-radio = Réception
status-cell = Cellule
status-data = Données
status-unread = lecture impossible
status-firmware = micrologiciel { $revision }
status-unregistered = { $quality }, sans inscription sur un réseau
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
status-no_data = aucune connexion de données

sim-state-ready = prête
sim-state-pin_required = attend son code PIN
sim-state-puk_required = bloquée, attend son code PUK
sim-state-locked = verrouillée
sim-state-absent = absente du modem
sim-state-busy = pas encore prête
sim-state-failed = ne fonctionne pas
sim-state-unknown = état inconnu

mode-manual = manuelle
mode-automatic = automatique (le modem choisit)
mode-deregistered = désactivée (le modem a reçu l’ordre de rester hors réseau)
mode-unknown = inconnue

registration-home = inscrit sur { $carrier }
registration-roaming = inscrit sur { $carrier }, en itinérance
registration-searching = recherche en cours
registration-denied = accès refusé
registration-not_registered = aucun
registration-emergency_only = appels d’urgence seulement, pas de données
registration-sms_only = SMS seulement, pas de données
registration-unknown = inconnu

switch-switched = Le modem est maintenant sur { $to }.
switch-switched_from = Le modem est maintenant sur { $to } ; il était sur { $from }.
switch-already_there = Le modem était déjà sur { $to } ; rien n’a été changé.
switch-rolled_back = Le passage à { $to } n’a pas abouti ; le modem est revenu sur { $from }.
switch-no_data_next = Attendez une minute, puis lancez « opensim measure ». Pour revenir à { $from } : « opensim switch { $id } ».
switch-no_data_next_alone = Attendez une minute, puis lancez « opensim measure ».
switch-never_left = Le modem a refusé le passage à { $to } et n’a jamais quitté { $from }.
switch-failed = Le passage à { $to } a échoué, et le modem n’était sur aucun opérateur auquel revenir.
switch-not_restored = Le passage à { $to } a échoué, et le modem n’est PAS revenu sur { $from }. Lancez « opensim recover ».
switch-unchanged = Rien n’a été changé.
switch-confirmed_in = Vérifié deux fois, en { $time }.
switch-confirmed = Vérifié deux fois.
switch-unconfirmed = opensim n’a pas pu vérifier que le modem est bien sur cet opérateur.
switch-data_ok = Les données passent.
switch-data_not = Les données ne passent pas encore.
switch-journal = Journal : { $file }

recover-nothing = Rien à rétablir : aucun changement d’opérateur n’est resté inachevé.
recover-unknown = Impossible de savoir si un changement interrompu doit être annulé.
recover-found = La commande « { $command } » du { $since } avait été interrompue.
recover-found_undated = Un changement d’opérateur avait été interrompu.
recover-done = Le modem est de nouveau sur { $to }.
recover-already = Le modem était déjà revenu sur { $to }.
recover-failed = Le modem n’est PAS revenu sur { $to }.

modems-none = Aucun modem trouvé.
modems-dialect = dialecte { $dialect } ({ $because })
modems-dialect_plain = dialecte { $dialect }
modems-net = interface réseau { $interface }
modems-managed = géré par ModemManager
modems-port = Port
modems-role = Usage
modems-held = Utilisé par
modems-held_unknown = inconnu
modems-free = aucun programme
role-at = commandes AT
role-at2 = commandes AT (second)
role-ppp = numérotation
role-diag = diagnostic
role-nmea = position (GPS)
role-unknown = inconnu

carriers-name = Opérateur
carriers-type = À taper
carriers-plmns = Codes
carriers-bands = Bandes
carriers-in_profile = Votre carte SIM
carriers-yes = oui
carriers-no = non


html-made = Produit par opensim { $version }, { $at }

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
chart-at_most = au plus { $high }
chart-unmeasured = non mesuré
chart-nothing = aucune donnée
chart-away = pas capté
chart-unread = non lu
chart-row = { $name } : { $said }.
chart-enough = suffisant
chart-short = insuffisant
chart-unsure = incertain
chart-needed = ce qu’il vous faut
chart-zone = à { $percent } % près, trop proche pour conclure
chart-interval = incertitude
chart-open = mesure arrêtée dès que c’était suffisant : le débit réel peut être plus élevé

table-unknown = inconnu
