# Aide (help-), noms des valeurs (value-), ce qu’une valeur doit être (expected-), erreurs d’emploi (usage-).

help-about = Trouver l’opérateur mobile qui convient au télétravail là où vous êtes, et y passer quand vous le décidez
help-long = opensim compare les opérateurs de votre carte SIM à l’endroit où vous êtes, les classe en expliquant pourquoi, et fait passer le modem 4G à celui que vous choisissez. Il ne choisit jamais à votre place : le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
help-examples = opensim scan  comparer les opérateurs ici
    opensim switch orange  passer à l’opérateur que vous choisissez
    opensim status  voir l’état du modem
    opensim --modem sim:home scan  la même chose sans modem, pour essayer
help-exits = Code de sortie :
help-exits_list = 0    terminé sans erreur
    1    erreur d’opensim
    2    commande mal employée, ou accord manquant
    3    aucun modem
    4    modem déjà utilisé, ou droit manquant
    5    carte SIM absente, bloquée ou refusée
    6    réseau indisponible, refusé ou perdu
    7    le modem ne répond pas, ou n’est plus là
    8    mesure impossible
    9    mesuré, mais insuffisant ; un point à corriger (doctor)
    10   le changement a échoué ; le modem est revenu à l’opérateur précédent
    11   le changement a échoué ; le modem n’est PAS revenu : opensim recover
    130  interrompu
help-usage = Utilisation :
help-heading_examples = Exemples :
help-heading_commands = Commandes{ "\u202F" }
help-heading_arguments = Arguments{ "\u202F" }
help-heading_options = Options{ "\u202F" }
help-heading_global = Options de toutes les commandes{ "\u202F" }
help-default = [par défaut : { $value }]
help-env = [variable : { $value }]
help-values = [au choix : { $value }]

help-global-modem = Modem à utiliser : /dev/ttyUSB2, COM5, usb:1-1.4, mm:0, imei:…1234, sim:NOM, sim:FICHIER.toml ; par défaut, le seul présent
help-global-json = Écrire un document JSON sur la sortie standard, même en cas d’échec
help-global-lang = Langue des messages : fr ou en ; par défaut, celle de votre système
help-global-verbose = Afficher plus de détails ; à répéter pour en avoir davantage
help-global-quiet = N’afficher que le résultat
help-global-color = Couleurs : selon le terminal, toujours ou jamais
help-global-yes = Donner votre accord d’avance, sans question ; sans effet pour une commande qui ne demande rien
help-global-no-input = Ne jamais poser de question
help-global-trace = Enregistrer les échanges avec le modem dans FICHIER, identifiants masqués
help-global-timeout = Durée maximale d’une étape, surtout pour rejoindre un opérateur ; 60s par défaut
help-global-config = Utiliser ce fichier de configuration
help-global-reveal = Montrer les identifiants en entier (sur un terminal seulement)
help-global-dialect = Utiliser ce dialecte (jeu de commandes d’une famille de modems) au lieu de celui détecté
help-global-direct = Retirer le modem à ModemManager le temps de la commande et lui parler directement ; la connexion mobile est coupée pendant ce temps
help-global-pin-file = Fichier qui contient le code PIN et que vous seul pouvez lire (mode 0600)
help-global-help = Montrer cette aide ; --help est plus complet que -h
help-global-version = Montrer la version

help-modems = Montrer les modems trouvés, leurs ports et les programmes qui les utilisent
help-modems-examples = opensim modems  voir les modems branchés et les programmes qui les utilisent
    opensim modems --json  la même chose, pour un programme
help-status = Montrer l’état du modem : carte SIM, sélection, réseau, réception
help-status-examples = opensim status  voir l’état du modem
    opensim status --json  la même chose, pour un programme
    opensim status --trace modem.trace  enregistrer aussi les échanges avec le modem, pour l’assistance
help-carriers = Montrer les opérateurs de la carte SIM, leurs réseaux et leurs bandes
help-carriers-examples = opensim carriers  voir les opérateurs de votre carte SIM
    opensim carriers --all  voir tous les opérateurs français connus
help-carriers-all = Montrer tous les opérateurs français connus, pas seulement ceux de la carte SIM
help-scan = Comparer les opérateurs ici et les classer, le meilleur d’abord (relevé)
help-scan-long = Essaie l’un après l’autre les opérateurs de la carte SIM, lit leur réception, les classe en expliquant pourquoi, puis ramène le modem sur l’opérateur précédent. La connexion est coupée pendant ce temps : opensim demande donc d’abord votre accord.

    La réception est notée d’après deux valeurs, dont la moins bonne l’emporte : la puissance du signal (RSRP, paliers à -85 ; -95 ; -105 et -115 dBm) et sa netteté (SINR, paliers à 13 ; 4,5 ; 1 et -3 dB). Ce sont les paliers du routeur IX20 de Digi ; aucune norme ne les fixe.
help-scan-examples = opensim scan  comparer les opérateurs, puis revenir à l’opérateur précédent
    opensim scan --label "Salon" --out salon.html  enregistrer le relevé de ce lieu dans une page
    opensim scan --carriers orange,sfr --yes  comparer ces deux opérateurs, sans question
    opensim scan --radio-only  lire la réception sans rejoindre aucun opérateur
help-scan-radio-only = Ne rejoindre aucun opérateur : écouter les antennes-relais, ou lire la liste des réseaux du modem
help-scan-carriers = N’essayer que ces opérateurs, séparés par des virgules
help-scan-all-networks = Faire aussi chercher tous les réseaux par le modem (plusieurs minutes)
help-scan-samples = Nombre de lectures de la réception pour chaque opérateur
help-scan-no-measure = Ne mesurer ni le débit ni la voix
help-scan-need-down = Débit reçu dont vous avez besoin
help-scan-need-up = Débit envoyé dont vous avez besoin
help-scan-budget = Budget de données pour tout le relevé ; 2M par défaut
help-scan-label = Nom du lieu, pour reconnaître ce relevé
help-scan-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-scan-format = Format d’affichage
help-scan-server = Mesurer avec ce serveur (voir « opensim measure --help »)
help-scan-max-time = Durée maximale de la mesure dans chaque sens ; 8s par défaut
help-scan-no-voice = Ne pas évaluer d’appel vocal
help-scan-codec = Codec de l’appel ; g711 par défaut
help-scan-reflector = Envoyer les paquets de l’appel à HÔTE[:PORT] au lieu du serveur (voir « opensim measure --help »)
help-scan-one-by-one = Mesurer le débit reçu, le débit envoyé et l’appel l’un après l’autre, et non ensemble
help-scan-loaded = Évaluer aussi un appel pendant un téléchargement au débit nécessaire
help-switch = Passer à l’opérateur que vous choisissez
help-switch-long = Fait passer le modem à l’opérateur que vous choisissez, vérifie qu’il y est et, en cas d’échec, le ramène sur l’opérateur précédent. Rien n’est choisi automatiquement : le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
help-switch-examples = opensim switch sfr  passer à SFR
    opensim switch 20820 --reason "Orange est en panne" --yes  donner un code de réseau, sans question
help-switch-carrier = orange, sfr, bouygues, un code de réseau comme 20810, un nom de votre configuration, ou le nom qu’affiche « opensim status »
help-switch-reason = Motif à noter dans le journal des changements
help-switch-no-rollback = Ne pas revenir à l’opérateur précédent si le changement échoue
help-switch-no-verify-data = Ne pas vérifier ensuite que les données passent
help-recover = Revenir à l’opérateur précédent après un relevé ou un changement interrompu
help-recover-examples = opensim recover  revenir à l’opérateur précédent, si un relevé a été interrompu
help-measure = Mesurer le débit et la qualité d’appel du modem, ou d’une autre interface réseau
help-measure-long = Dit si une liaison suffit pour votre journée de travail. La mesure demande le débit nécessaire dans les deux sens à la fois, avec un appel en même temps, et s’arrête dès que la réponse est sûre : après trois à huit secondes et quelques centaines de kilo-octets. Avec un autre serveur que celui d’opensim, elle mesure l’un après l’autre. Rien n’est modifié, et tous les paquets passent par la liaison mesurée. Indiquez un serveur : opensim n’en contacte aucun sans votre demande.
help-measure-examples = opensim measure --server opensim://mesure.exemple.fr  mesurer la liaison du modem
    opensim measure --interface eth0 --interface wwan0  comparer la box et le modem
    opensim --modem sim:home measure  la même chose sans modem, pour essayer
help-measure-interface = Mesurer cette interface au lieu de celle du modem ; à donner deux fois pour en comparer deux
help-measure-server = Mesurer avec opensim://HÔTE:PORT, opensim+https://, librespeed+https://HÔTE/CHEMIN, cloudflare, ou https://HÔTE/FICHIER (débit reçu seulement)
help-measure-need-down = Débit reçu dont vous avez besoin
help-measure-need-up = Débit envoyé dont vous avez besoin
help-measure-budget = Budget de données, en-têtes compris ; 1M par liaison par défaut
help-measure-max-time = Durée maximale de la mesure dans chaque sens ; 8s par défaut
help-measure-no-voice = Ne pas évaluer d’appel vocal
help-measure-codec = Codec de l’appel ; g711 par défaut
help-measure-reflector = Envoyer les paquets de l’appel à HÔTE[:PORT] au lieu du serveur : un réflecteur STAMP (qui les renvoie ; port 862 par défaut), ou un simple écho UDP
help-measure-one-by-one = Mesurer le débit reçu, le débit envoyé et l’appel l’un après l’autre, et non ensemble
help-measure-loaded = Évaluer aussi un appel pendant un téléchargement au débit nécessaire
help-measure-check = Vérifier aussi que ce service est joignable par la liaison : sip:HÔTE, openvpn:FICHIER.ovpn, openvpn://HÔTE:PORT, tls://HÔTE:PORT, tcp://HÔTE:PORT, https://HÔTE/PAGE ; option répétable
help-measure-all = Tout mesurer, même quand un premier résultat est insuffisant
help-measure-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-measure-format = Format d’affichage
help-serve = Lancer votre propre serveur de mesure
help-serve-long = Fournit aux clients opensim des téléchargements, des envois (avec le compte de ce qui arrive) et un réflecteur STAMP (RFC 8762) pour l’appel vocal. Il peut être exposé à Internet : le nombre de clients, les tailles, les débits et les durées sont limités, et rien de ce qu’envoie un client n’est conservé. Ctrl-C ou SIGTERM l’arrête avec le code de sortie 0 : il n’accepte plus personne, et une requête en cours a dix secondes pour se terminer. Un second signal l’arrête aussitôt, avec le code de sortie 130.
help-serve-examples = opensim serve  répondre sur le port 8620 de toutes les adresses
    opensim serve --listen 0.0.0.0:443 --tls-cert chaine.pem --tls-key cle.pem  répondre en HTTPS
help-serve-listen = Adresse d’écoute HTTP (TCP), et STAMP sur le même port (UDP)
help-serve-stamp = Autre adresse d’écoute pour STAMP
help-serve-tls-cert = Chaîne de certificats (PEM) ; le serveur passe alors en HTTPS
help-serve-tls-key = Clé privée de ce certificat (PEM)
help-serve-max-clients = Nombre maximal de requêtes simultanées
help-serve-max-per-address = Nombre maximal de requêtes simultanées d’une même adresse IP
help-serve-max-bytes = Taille maximale d’une requête ou d’une réponse
help-serve-max-rate = Débit maximal par connexion, dans chaque sens
help-serve-max-time = Durée maximale d’une connexion
help-at = Envoyer des commandes AT brutes (pour l’assistance), filtrées par le garde-fou d’opensim
help-at-examples = opensim at AT+CSQ 'AT+COPS?'  lire la puissance du signal, puis l’opérateur
help-at-force = Envoyer aussi une commande qu’opensim ne connaît pas comme inoffensive, après l’avoir notée dans le journal des changements ; jamais une sélection d’opérateur, un code PIN, un verrou ni un IMEI
help-at-commands = Commandes AT, chacune en un seul argument
help-report = Afficher un document enregistré, en texte, CSV ou HTML, ou une archive d’assistance
help-report-examples = opensim report salon.json  montrer ce relevé dans le terminal
    opensim report salon.json --format html --out salon.html  en faire une page à garder ou à imprimer
help-report-file = Document enregistré avec --out ou --json, ou archive d’assistance ; - pour l’entrée standard
help-report-document = D’une archive d’assistance, n’afficher que ce document : doctor, status, scan ou un autre
help-report-format = Format d’affichage
help-report-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-sim = Lancer un modem virtuel sur un pseudo-terminal
help-sim-examples = opensim sim --link /tmp/modem --scenario home  faire fonctionner le modem virtuel, jusqu’à Ctrl-C
    opensim --modem /tmp/modem status  utiliser ce modem depuis un autre terminal
help-sim-link = Lien vers ce terminal, créé au début et supprimé à la fin
help-sim-scenario = Scénario fourni avec opensim, ou fichier TOML
help-sim-quirk = Bizarrerie à donner au modem, en plus de celles du scénario, par exemple joined=refused ; option répétable. docs/scenarios.md les explique
help-sim-replay = Rejouer un fichier de trace (échanges enregistrés avec un modem), ou ceux d’une archive d’assistance
help-sim-socket = Utiliser la socket Unix abstraite de ce nom au lieu d’un terminal, comme l’attend l’interface de test de ModemManager
help-sim-port = Utiliser ce port série au lieu d’un nouveau terminal, comme le ferait un gadget USB
help-sim-state = Fichier où écrire le code du réseau du modem, à chaque changement
help-sim-log = Fichier où noter chaque commande : secondes, tabulation, commande
help-sim-pace = Vitesse par rapport à la réalité (10 : dix fois plus vite)
help-tour = Apprendre les commandes en cinq minutes, sur un modem virtuel
help-tour-long = Une prise en main guidée : vous tapez les vraies commandes d’opensim, et chaque réponse est expliquée. Elles agissent sur un modem virtuel, et rien de votre historique ni de votre configuration n’est utilisé. Pour finir, l’état de votre propre modem est montré, s’il est branché.

    Il faut un terminal. « aide », « passer » et « quitter » se tapent à tout moment.
help-tour-examples = opensim tour  commencer la prise en main
    opensim tour --lang en  la même chose en anglais
    opensim tour --modem /dev/ttyUSB2  montrer ce modem à la fin
help-help = Montrer ce que fait une commande et tout ce qu’elle accepte
help-help-examples = opensim help  voir toutes les commandes
    opensim help scan  voir tout ce qu’accepte scan
help-help-command = Commande à expliquer
help-completions = Produire la complétion pour votre interpréteur de commandes
help-completions-examples = opensim completions bash > ~/.local/share/bash-completion/completions/opensim  pour bash
    opensim completions zsh > ~/.zfunc/_opensim  pour zsh, si ~/.zfunc est dans fpath
    opensim completions fish > ~/.config/fish/completions/opensim.fish  pour fish
help-completions-shell = Votre interpréteur de commandes
help-completions-words = Montrer ce qui peut remplacer le dernier de ces mots
help-man = Produire les pages de manuel
help-man-examples = opensim man --out ~/.local/share/man/man1  lire ensuite « man opensim-scan », par exemple
help-man-out = Écrire opensim.1 et une page par commande dans ce dossier

value-spec = MODEM
value-lang = LANGUE
value-when = QUAND
value-file = FICHIER
value-duration = DURÉE
value-name = NOM
value-a_b = A,B
value-n = N
value-rate = DÉBIT
value-bytes = OCTETS
value-text = TEXTE
value-format = FORMAT
value-carrier = OPÉRATEUR
value-cmd = COMMANDE
value-path = CHEMIN
value-name_file = NOM|FICHIER
value-trace_bundle = TRACE|ARCHIVE
value-factor = FACTEUR
value-word = MOT
value-shell = SHELL
value-device = PÉRIPHÉRIQUE
value-dir = DOSSIER
value-server = SERVEUR
value-target = CIBLE
value-if = INTERFACE
value-key_value = CLÉ=VALEUR
value-reflector = HÔTE[:PORT]
value-codec = CODEC
value-addr_port = ADRESSE:PORT
value-command = COMMANDE

expected-lang = fr ou en
expected-timeout = une durée comme 60s, 1500ms ou 1m30s, de 24h au plus
expected-need-down = un débit comme 200k ou 1.5M, en bit/s
expected-need-up = un débit comme 200k ou 1.5M, en bit/s
expected-budget = une taille comme 500k ou 5M, en octets
expected-samples = un nombre entier de 1 à 100
expected-max-time = une durée comme 8s ou 20s
expected-max-clients = un nombre entier de 1 à 4096
expected-max-per-address = un nombre entier de 1 à 4096
expected-max-bytes = une taille comme 500k ou 16M, en octets
expected-max-rate = un débit comme 200k ou 50M, en bit/s
expected-listen = une adresse et un port, comme 0.0.0.0:8620
expected-stamp = une adresse et un port, comme 0.0.0.0:862
expected-pace = un nombre comme 1 ou 10

usage-unknown_option = L’option « { $arg } » n’existe pas ici.
usage-unknown_command = La commande « { $command } » n’existe pas.
usage-unexpected_word = « { $arg } » n’a pas sa place ici.
usage-did_you_mean = Vouliez-vous dire { $suggestions } ?
usage-missing_command = Il manque une commande : { $commands }.
usage-missing_arguments = Il manque : { $args }
usage-missing_carrier = Il manque : { $args }. Opérateurs de votre carte SIM : { $known }.
usage-missing_value = { $arg } demande une valeur.
usage-invalid_value = « { $value } » ne convient pas à { $arg }.
usage-expected = Il faut { $expected }.
usage-conflict = { $arg } et { $other } ne s’utilisent pas ensemble.
usage-conflict_self = { $arg } ne peut être donné qu’une fois.
usage-too_many_values = { $arg } n’attend pas d’autre valeur : « { $value } » est de trop.
usage-too_few_values = { $arg } demande { $min } valeurs ; il y en a { $actual }.
usage-wrong_number = { $arg } demande { $expected } valeurs ; il y en a { $actual }.
usage-not_text = Un argument n’est pas un texte lisible (UTF-8).
usage-other = { $detail }
usage-more = Pour en savoir plus : « { $command } --help ».

man-manual = Manuel d’opensim
man-name = Nom
man-synopsis = Synopsis
man-description = Description
man-examples = Exemples
man-exits = Code de sortie
man-see_also = Voir aussi
