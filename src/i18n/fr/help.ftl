# Aide (help-), noms des valeurs (value-), ce qu’une valeur doit être (expected-), erreurs d’emploi (usage-).

help-about = Quel opérateur mobile portera ici une journée de télétravail, et le passage à celui que vous nommez
help-long = opensim regarde ce que chaque opérateur de votre carte SIM donne là où vous êtes, les classe en donnant ses raisons, et fait passer le modem 4G à celui que vous nommez. Il ne choisit jamais à votre place : le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
help-examples = opensim scan                    ce que chaque opérateur donne ici
    opensim switch orange           passer à l’opérateur que vous nommez
    opensim status                  où en est le modem
    opensim --modem sim:home scan   la même chose sans modem, pour essayer
help-exits = Code de sortie :
help-exits_list = 0    fait
    1    erreur d’opensim
    2    commande mal employée, ou accord manquant
    3    pas de modem
    4    modem occupé, ou droit manquant
    5    carte SIM absente, bloquée ou refusée
    6    réseau indisponible, refus, ou inscription perdue
    7    le modem ne répond pas, ou n’est plus là
    8    mesure impossible
    9    mesuré, et insuffisant
    10   le changement a échoué et l’opérateur d’avant est revenu
    11   le changement a échoué et l’opérateur d’avant n’est PAS revenu : opensim recover
    130  interrompu
help-usage = Utilisation :
help-heading_examples = Exemples :
help-heading_commands = Commandes{ "\u202F" }
help-heading_arguments = Arguments{ "\u202F" }
help-heading_options = Options{ "\u202F" }
help-heading_global = Options de toutes les commandes{ "\u202F" }
help-default = [par défaut : { $value }]
help-env = [env. : { $value }]
help-values = [au choix : { $value }]

help-global-modem = Quel modem : /dev/ttyUSB2, usb:1-1.4, mm:0, imei:…1234, sim:NOM, sim:FICHIER.toml ; par défaut, le seul présent
help-global-json = Donner un document JSON sur la sortie standard, même en cas d’échec
help-global-lang = Langue de ce qui est dit : fr ou en ; par défaut, celle de votre système
help-global-verbose = En dire plus ; répété, plus encore
help-global-quiet = Ne rien dire d’autre que le résultat
help-global-color = Couleurs : selon le terminal, toujours ou jamais
help-global-no-input = Ne jamais poser de question
help-global-trace = Garder la conversation avec le modem dans FICHIER, identifiants masqués
help-global-timeout = Durée maximale d’une étape, d’une inscription surtout ; 60s sauf indication contraire
help-global-config = Utiliser ce fichier de configuration
help-global-reveal = Montrer les identifiants en entier, sur un terminal seulement
help-global-dialect = Prendre ce dialecte au lieu de celui qui est reconnu
help-global-direct = Faire lâcher le modem à ModemManager le temps du travail et lui parler directement : sa liaison de données tombe
help-global-pin-file = Un fichier que vous seul pouvez lire (mode 0600) et qui contient le code PIN
help-global-help = Montrer cette aide ; --help en dit plus que -h
help-global-version = Montrer la version

help-modems = Les modems trouvés : leurs ports, leur usage, qui les occupe
help-status = Le modem en ce moment : carte SIM, sélection, réseau, réception
help-status-examples = opensim status
    opensim status --json
help-carriers = Les opérateurs de la carte SIM, leurs réseaux et leurs bandes
help-carriers-all = Toute la table française, pas seulement ceux de la carte SIM
help-scan = Relevé : ce que chaque opérateur donne ici, le meilleur d’abord
help-scan-long = Passe par chaque opérateur de la carte SIM, lit sa réception, les classe en donnant les raisons, puis revient à l’opérateur qui était en service. La connexion est coupée pendant ce temps : la question vous est donc posée d’abord.

    La classe de réception est la moins bonne de deux, comme les lit un installateur d’antennes : RSRP à partir de -85, -95, -105 et -115 dBm, SINR à partir de 13, 4,5, 1 et -3 dB (paliers du routeur IX20 de Digi ; aucune norme ne les fixe).
help-scan-examples = opensim scan
    opensim scan --label "Salon" --out salon.html
    opensim scan --carriers orange,sfr --yes
help-scan-radio-only = Ne rejoindre personne : la liste du modem et la cellule en service
help-scan-carriers = Ces opérateurs seulement, séparés par des virgules
help-scan-all-networks = Demander aussi au modem la liste de tous les réseaux : plusieurs minutes
help-scan-samples = Combien de fois la réception de chaque opérateur est lue
help-scan-no-measure = Ne mesurer ni le débit ni la voix
help-scan-need-down = Débit dont votre journée a besoin, vers vous
help-scan-need-up = Débit dont votre journée a besoin, depuis chez vous
help-scan-budget = Quantité de données que tout le relevé peut consommer
help-scan-label = Le nom de ce lieu, pour retrouver le relevé
help-scan-yes = Donner votre accord d’avance : ne pas poser la question
help-scan-out = Écrire dans FICHIER, selon sa terminaison : json, csv, html, txt
help-scan-format = Sous quelle forme le montrer
help-scan-server = Mesure avec ce serveur (voir « opensim measure --help »)
help-scan-max-time = Durée maximale de l’essai d’un sens ; 8s par défaut
help-scan-no-voice = N’évalue pas d’appel vocal
help-scan-codec = Codec de l’appel ; g711 par défaut
help-scan-reflector = Envoie les paquets de l’appel à HÔTE[:PORT] au lieu du serveur (voir « opensim measure --help »)
help-scan-loaded = Évalue encore l’appel pendant que le débit nécessaire est reçu
help-switch = Passer à l’opérateur que vous nommez
help-switch-long = Fait passer le modem à l’opérateur que vous nommez, vérifie qu’il y est, et remet celui d’avant en cas d’échec. Rien n’est choisi automatiquement : le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
help-switch-examples = opensim switch sfr
    opensim switch 20820 --reason "Orange est en panne" --yes
help-switch-carrier = orange, sfr, bouygues, un code de réseau comme 20810, ou un nom de votre profil
help-switch-yes = Donner votre accord d’avance : ne pas poser la question
help-switch-reason = Pourquoi, pour le journal des changements
help-switch-no-rollback = Ne pas remettre l’opérateur d’avant si le changement échoue
help-switch-no-verify-data = Ne pas vérifier ensuite que les données passent
help-recover = Remettre l’opérateur qu’un relevé ou un changement interrompu avait remplacé
help-measure = Débit et voix sur la liaison du modem, ou sur n’importe quelle interface
help-measure-long = Dit si une liaison porte ce que demande votre journée : la mesure s’arrête dès que c’est établi, au bout d’une seconde ou deux et de quelques centaines de kilo-octets dans chaque sens, et évalue un appel. Rien n’est modifié, et chaque paquet sort par la liaison mesurée. Il faut nommer un serveur : opensim ne contacte personne sans qu’on le lui demande.
help-measure-examples = opensim measure --server opensim://mesure.exemple.fr
    opensim measure --interface eth0 --interface wwan0   la box à côté du modem
    opensim --modem sim:home measure                     la même chose sans modem, pour essayer
help-measure-interface = Mesure cette interface au lieu de celle du modem ; une seconde fois pour en comparer deux
help-measure-server = Mesure avec opensim://HÔTE:PORT, opensim+https://, librespeed+https://HÔTE/CHEMIN, cloudflare, ou https://HÔTE/FICHIER (réception seule)
help-measure-need-down = Débit que demande votre journée, vers vous
help-measure-need-up = Débit que demande votre journée, depuis chez vous
help-measure-budget = Volume maximal de la mesure, en-têtes compris ; 1M par liaison par défaut
help-measure-max-time = Durée maximale de l’essai d’un sens ; 8s par défaut
help-measure-no-voice = N’évalue pas d’appel vocal
help-measure-codec = Codec de l’appel ; g711 par défaut
help-measure-reflector = Envoie les paquets de l’appel à HÔTE[:PORT] au lieu du serveur : un réflecteur STAMP (port 862 par défaut), ou un simple écho UDP
help-measure-loaded = Évalue encore l’appel pendant que le débit nécessaire est reçu
help-measure-check = Vérifie aussi que ceci est joignable par la liaison : sip:HÔTE, openvpn://HÔTE:PORT, tls://HÔTE:PORT, tcp://HÔTE:PORT, https://HÔTE/PAGE ; à répéter au besoin
help-measure-all = Mesure tout, même si quelque chose ne suffit déjà pas
help-measure-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-measure-format = Sous quelle forme le montrer
help-serve = Le serveur de mesure, pour héberger le vôtre
help-serve-long = Sert des téléchargements, des envois avec le compte de ce qui arrive, et STAMP (RFC 8762) pour l’appel vocal, aux clients opensim. Il peut faire face à Internet : clients, tailles, débits et durées sont limités, et rien de ce que dit un client n’est conservé. Ctrl-C ou SIGTERM l’arrête avec le statut 0 : plus personne n’est accepté, et une requête en cours a dix secondes pour aller à son terme ; un second l’arrête aussitôt, avec le statut 130.
help-serve-examples = opensim serve
    opensim serve --listen 0.0.0.0:443 --tls-cert chaine.pem --tls-key cle.pem
help-serve-listen = Adresse d’écoute HTTP (TCP), et STAMP sur le même port (UDP)
help-serve-stamp = Autre adresse d’écoute pour STAMP
help-serve-tls-cert = Chaîne de certificats (PEM) : le service est alors en HTTPS
help-serve-tls-key = Sa clé privée (PEM)
help-serve-max-clients = Requêtes servies en même temps
help-serve-max-per-address = Dont, depuis une même adresse
help-serve-max-bytes = Corps le plus long d’une requête ou d’une réponse
help-serve-max-rate = Débit maximal servi à une connexion, dans chaque sens
help-serve-max-time = Durée maximale d’une connexion
help-at = Commandes AT brutes, pour l’assistance, derrière le même garde-fou
help-at-examples = opensim at AT+CSQ 'AT+COPS?'
help-at-force = Envoyer aussi ce qui n’est pas connu pour inoffensif, après l’avoir inscrit au journal d’audit ; jamais une sélection, un code PIN, un verrou ni un IMEI
help-at-commands = Lignes de commande, chacune en un seul argument
help-report = Un document enregistré, de nouveau, en texte, CSV ou HTML
help-report-examples = opensim report salon.json
    opensim report salon.json --format html --out salon.html
help-report-file = Un document gardé avec --out ou --json ; - pour l’entrée standard
help-report-format = Sous quelle forme le montrer
help-report-out = Écrire dans FICHIER, selon sa terminaison : json, csv, html, txt
help-sim = Le modem virtuel, sur un pseudo-terminal
help-sim-examples = opensim sim --link /tmp/modem --scenario home
    opensim --modem /tmp/modem status
help-sim-link = Un lien vers le terminal, créé au début et retiré à la fin
help-sim-scenario = Un scénario fourni avec opensim, ou un fichier TOML
help-sim-quirk = Une bizarrerie du modem, par-dessus celles du scénario, par exemple joined=refused ; répétable. docs/scenarios.md dit ce que fait chacune
help-sim-replay = Rejouer une conversation enregistrée
help-sim-socket = Servir sur la socket unix abstraite de ce nom au lieu d’un terminal : ce que prend l’interface de test de ModemManager
help-sim-port = Un port série sur lequel servir au lieu d’un nouveau terminal, comme le côté appareil d’un gadget USB
help-sim-state = Un fichier qui porte le code du réseau où est le modem, remplacé à chaque changement
help-sim-log = Un fichier qui reçoit une ligne par commande : secondes, tabulation, commande
help-sim-pace = Combien de fois plus vite que la réalité
help-completions = Complétion pour votre interpréteur de commandes
help-completions-examples = opensim completions bash > ~/.local/share/bash-completion/completions/opensim
help-completions-shell = Votre interpréteur de commandes
help-man = Pages de manuel
help-man-out = Écrire dans ce dossier opensim.1 et une page par commande

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
value-format = FORME
value-carrier = OPÉRATEUR
value-cmd = COMMANDE
value-path = CHEMIN
value-name_file = NOM|FICHIER
value-trace = TRACE
value-factor = FACTEUR
value-shell = SHELL
value-device = PÉRIPHÉRIQUE
value-dir = DOSSIER
value-server = SERVEUR
value-target = CIBLE
value-if = IF
value-key_value = CLÉ=VALEUR
value-reflector = HÔTE[:PORT]
value-codec = CODEC
value-addr_port = ADRESSE:PORT
value-command = COMMANDE

expected-timeout = une durée comme 60s, 1500ms ou 2m, de 24h au plus
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
usage-missing_arguments = Il manque : { $args }.
usage-missing_value = { $arg } demande une valeur.
usage-invalid_value = { $arg } ne peut pas être « { $value } ».
usage-expected = Il faut { $expected }.
usage-conflict = { $arg } ne va pas avec { $other }.
usage-conflict_self = { $arg } est donné plus d’une fois.
usage-too_many_values = { $arg } n’attend pas d’autre valeur : « { $value } » est de trop.
usage-too_few_values = { $arg } demande { $min } valeurs ; il y en a { $actual }.
usage-wrong_number = { $arg } demande { $expected } valeurs ; il y en a { $actual }.
usage-not_text = Un argument n’est pas un texte lisible (UTF-8).
usage-other = { $detail }
usage-more = « { $command } --help » en dit plus.
