# Ce qui s’est passé (error-) et ce qu’il faut faire (hint-), par le code de l’erreur, tirets au lieu de points.

error-usage-invalid = Cette commande n’est pas comprise : { $detail }
hint-usage-invalid = « opensim --help » donne la liste des commandes, « opensim COMMANDE --help » les options de l’une d’elles.
error-usage-consent_needed = Cette commande coupe la connexion du modem : il lui faut d’abord votre accord. Rien n’a été changé.
hint-usage-consent_needed = Lancez-la dans un terminal pour que la question vous soit posée, ou ajoutez --yes pour donner votre accord d’avance.
error-usage-declined = Vous n’avez pas donné votre accord : rien n’a été changé.
hint-usage-declined = Relancez la commande et répondez « o » pour la laisser faire.
error-usage-carrier_unknown = Aucun opérateur ne s’appelle « { $carrier } ».
hint-usage-carrier_unknown = Votre carte SIM connaît : { $candidates }. « opensim carriers » les montre tous ; un code de réseau comme 20810 convient aussi.
error-usage-carrier_automatic = opensim ne choisit jamais l’opérateur à votre place : « { $carrier } » n’est pas un opérateur. Le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
hint-usage-carrier_automatic = Regardez ce que chaque opérateur donne ici avec « opensim scan », puis nommez celui que vous voulez, par exemple « opensim switch orange ».
error-usage-scenario = { $detail ->
    [none] Aucun scénario fourni ne s’appelle { $file }.
   *[other] Le scénario { $file } est inutilisable : { $detail }
}
hint-usage-scenario = Scénarios fournis avec opensim : { $candidates }. Pour un fichier à vous, donnez son chemin, par exemple « --modem sim:./chez-moi.toml ».
error-usage-config = La configuration { $file } est inutilisable : { $detail }
hint-usage-config = Corrigez ce fichier, ou indiquez-en un autre avec --config FICHIER.
error-usage-file = Le fichier { $file } est inutilisable : { $detail }
hint-usage-file = Vérifiez son nom, et que vous avez le droit de lire et d’écrire à cet endroit.
error-usage-ending = L’extension « .{ $ending } » de { $file } ne correspond à aucun format d’opensim.
hint-usage-ending = Donnez au fichier l’extension .html, .csv, .json ou .txt, ou choisissez le format avec --format. Pour un PDF, enregistrez un fichier .html et imprimez cette page depuis un navigateur.
error-report-not_a_document = Le fichier { $file } n’est pas un document JSON (ligne { $line_number }).
hint-report-not_a_document = Donnez un document qu’opensim a enregistré en JSON, avec --json ou --out FICHIER.json. Un fichier texte, CSV ou HTML ne peut pas être affiché de nouveau.
error-report-not_of_its_schema = Le fichier { $file } n’est pas un document { $schema } complet : « { $detail } ».
hint-report-not_of_its_schema = Ce fichier a été coupé ou modifié. Enregistrez de nouveau le document avec --json ou --out FICHIER.json.

error-modem-none = { $unusable ->
    [none] Aucun modem n’a été trouvé.
   *[other] Aucun modem utilisable n’a été trouvé.
}
hint-modem-none = { $unusable ->
    [none] Branchez-le, attendez une demi-minute, puis lancez « opensim modems ». Pour essayer opensim sans modem, ajoutez « --modem sim:home ».
   *[other] { $unusable }
}
stick-label = { $name ->
    [none] { $usb ->
        [none] Le modem { $id }
       *[other] La clé aux identifiants USB { $usb }
    }
   *[other] { $usb ->
        [none] { $name }
       *[other] { $name } (USB { $usb })
    }
}
unusable-storage_mode = { $stick } se présente encore comme un disque. Installez usb-modeswitch (« sudo apt install usb-modeswitch »), débranchez la clé et rebranchez-la.
unusable-router = { $page ->
    [none] { $stick } fonctionne en routeur : l’opérateur s’y choisit sur sa propre page web, et aucune commande ne peut lui être donnée ici. « ip route » montre l’adresse de cette page.
   *[other] { $stick } fonctionne en routeur : l’opérateur s’y choisit sur sa propre page web, http://{ $page }/, et aucune commande ne peut lui être donnée ici.
}
unusable-mbim_only = { $stick } n’a pas de port de commandes et ne parle que MBIM ou QMI. Installez et démarrez ModemManager (« sudo apt install modemmanager ») : opensim passe alors par lui.
unusable-no_driver = { $stick } est là, mais aucun pilote ne sert ses ports. Chargez-le par « sudo modprobe { $driver } » ; s’il n’existe pas, installez les modules supplémentaires de ce noyau (Ubuntu : linux-modules-extra, OpenWrt : kmod-usb-serial-option).
unusable-bootloader = { $stick } attend un micrologiciel dans son chargeur de démarrage, ou le sien est tombé en panne. Débranchez-la dix secondes ; si rien ne change, l’outil de son fabricant peut recharger le micrologiciel.
error-modem-several = Il y a plusieurs modems : { $candidates }.
hint-modem-several = Dites lequel avec --modem, par exemple « --modem { $first } ».
error-modem-busy = { $port } est occupé par { $holder }.
hint-modem-busy = { $program ->
    [opensim] Il change peut-être l’opérateur : attendez qu’il ait fini, puis recommencez. Ne l’arrêtez pas, sinon le modem peut rester sur un autre opérateur.
    [ModemManager] Ajoutez « --direct » : ModemManager laisse le modem pendant ce temps, et sa liaison est coupée.
   *[other] Fermez ce programme, puis recommencez. S’il s’agit de ModemManager, ajoutez « --direct » : il laisse le modem pendant ce temps, et sa liaison est coupée.
}
error-modem-permission = { $group ->
    [none] Vous n’avez pas le droit d’ouvrir { $port }.
   *[other] Vous n’avez pas le droit d’ouvrir { $port }, qui appartient au groupe { $group }.
}
hint-modem-permission = { $group ->
    [none] Lancez la commande avec sudo, ou installez la règle udev de docs/permissions.md : aucun groupe que vous pourriez rejoindre n’a droit à ce port.
   *[other] Lancez « sudo usermod -aG { $group } $USER », puis fermez votre session et rouvrez-la.
}
error-modem-not_opened = { $port } ne s’ouvre pas : { $detail }
hint-modem-not_opened = S’il est dit que trop de choses sont ouvertes ou occupées, fermez d’autres programmes ; sinon débranchez le modem dix secondes et rebranchez-le.
error-modem-gone = Le modem sur { $port } n’est plus là : il est débranché, sans courant, ou il redémarre.
hint-modem-gone = Vérifiez son câble et son alimentation, attendez une demi-minute, puis lancez « opensim modems ».
error-modem-descriptors = { $port } ne peut pas être ouvert : cet ordinateur, ou cette session, a autant de fichiers ouverts qu’il est permis.
hint-modem-descriptors = Fermez d’autres programmes, ou relevez la limite : « ulimit -n » la montre.
error-modem-not_a_port = { $port } n’est pas un port série.
hint-modem-not_a_port = « opensim modems » montre les ports des modems trouvés.
error-modem-absent = Aucun modem ne répond au nom de « { $wanted } ».
hint-modem-absent = { $unusable ->
    [none] { $candidates ->
        [none] Aucun autre modem n’a été trouvé. « opensim modems » montre ce qui est branché.
       *[other] Modems trouvés : { $candidates }. « opensim modems » en dit plus.
    }
   *[other] { $candidates ->
        [none] { $unusable }
       *[other] Modems trouvés : { $candidates }. { $unusable }
    }
}
error-modem-no_at_port = Le modem { $port } est branché, mais aucun de ses ports n’accepte de commandes.
hint-modem-no_at_port = { $unusable ->
    [none] Débranchez-le dix secondes et rebranchez-le ; si rien ne change, son pilote (option, qcserial) manque peut-être à ce système.
   *[other] { $unusable }
}
error-modem-diagnostics_port = { $port } est le port de diagnostic du modem : opensim n’y écrit jamais.
hint-modem-diagnostics_port = { $instead ->
    [none] « opensim modems » montre quel port accepte les commandes.
   *[other] Utilisez plutôt { $instead }.
}
error-modem-silent = Le modem n’a pas répondu à { $command } en { $seconds } s.
hint-modem-silent = Recommencez ; s’il reste muet, débranchez-le dix secondes. « opensim modems » montre si ce port est le bon.
error-modem-no_answer = Aucun port du modem { $modem } ne répond : { $tried }.
hint-modem-no_answer = Recommencez ; s’ils restent muets, débranchez le modem dix secondes. Un port dont vous savez qu’il répond se nomme avec --modem.
tried-one = { $port } ({ $cause })
error-modem-unreadable = Le modem a répondu à { $command } par une ligne qu’opensim ne sait pas lire : { $line }
hint-modem-unreadable = Relancez la commande avec --trace FICHIER et envoyez ce fichier à l’assistance ; il ne contient aucun identifiant complet.
error-modem-radio_off = La radio du modem est coupée (mode avion). Rien n’a été changé, et opensim ne la rallume pas de lui-même.
hint-modem-radio_off = Rallumez-la là où elle a été coupée, dans le menu réseau ou sur la page du modem ; sinon, « opensim at --force AT+CFUN=1 » la rallume. Puis recommencez.
error-modem-refused = Le modem a refusé { $command } : { $cause }.
hint-modem-refused = Recommencez ; s’il refuse à chaque fois, relancez la commande avec --trace FICHIER et envoyez ce fichier à l’assistance.
error-modem-query_unanswered = Le modem n’a pas répondu à { $command }, alors qu’il répond à d’autres commandes.
hint-modem-query_unanswered = Recommencez ; s’il n’y répond jamais, relancez la commande avec --trace FICHIER et envoyez ce fichier à l’assistance.
error-modem-guarded = opensim n’a pas envoyé { $command }. { $rule }
hint-modem-guarded = Rien n’est parvenu au modem. Pour changer d’opérateur, nommez-le : « opensim switch OPÉRATEUR ».

error-manager-absent = ModemManager est injoignable : { $detail }
hint-manager-absent = « sudo systemctl start ModemManager » le démarre. Sans lui, nommez un port : « opensim modems » les montre.
error-manager-denied = ModemManager ne vous a pas laissé faire ({ $command }).
hint-manager-denied = Lancez la commande depuis une session ouverte sur l’ordinateur même, ou avec sudo. Une règle polkit pour un groupe se trouve dans docs/with-modemmanager.md.
error-manager-silent = ModemManager n’a pas répondu à { $command } en { $seconds } s.
hint-manager-silent = « sudo systemctl restart ModemManager » le relance. Pour vous en passer, arrêtez-le et nommez un port : « opensim modems » les montre.
error-manager-unreadable = ModemManager a répondu à { $command } par quelque chose qu’opensim ne sait pas lire : { $detail }
hint-manager-unreadable = « sudo systemctl restart ModemManager » le relance. Si cela continue, indiquez sa version (« mmcli --version ») à l’assistance.
error-manager-lost = ModemManager s’est arrêté au milieu du travail.
hint-manager-lost = « systemctl status ModemManager » dit pourquoi. Quand il sera revenu, lancez « opensim recover ».
error-manager-stale = ModemManager montre encore l’opérateur d’avant et n’enverrait rien pour y revenir.
hint-manager-stale = Lancez « opensim recover --direct » : cette commande interroge le modem lui-même.
error-manager-in_progress = ModemManager fait déjà la même chose pour un autre programme ({ $command }).
hint-manager-in_progress = Attendez la fin (une recherche de réseaux prend jusqu’à cinq minutes), puis recommencez.
error-manager-wrong_state = ModemManager dit que le modem ne peut pas le faire maintenant ({ $command }) : { $detail }
hint-manager-wrong_state = Si le modem est encore connecté, coupez d’abord cette connexion (« nmcli connection down NOM » ou « mmcli -m any --simple-disconnect ») et rétablissez-la ensuite. Sinon, attendez une demi-minute, puis recommencez.
error-manager-cancelled = Un autre programme y a mis fin dans ModemManager ({ $command }).
hint-manager-cancelled = Fermez ce qui change aussi le réseau du modem (paramètres, mmcli), puis recommencez.
error-manager-refused = ModemManager a refusé { $command } : { $detail }
hint-manager-refused = Recommencez ; s’il refuse à chaque fois, « --direct » parle au modem sans lui.

error-sim-absent = Il n’y a pas de carte SIM dans le modem, ou elle n’est pas vue.
hint-sim-absent = Éteignez le modem, enfoncez la carte jusqu’au déclic, puis rallumez-le.
error-sim-pin_required = La carte SIM demande son code PIN.
hint-sim-pin_required = Lancez la commande dans un terminal pour qu’il vous soit demandé, ou placez-le dans la variable d’environnement OPENSIM_PIN ou dans un fichier que vous seul pouvez lire, indiqué par --pin-file.
error-sim-pin_wrong = La carte SIM a refusé ce code PIN. { $tries ->
    [none] Le nombre d’essais restants n’est pas connu.
    [0] Il ne reste aucun essai.
    [one] Il reste un seul essai.
   *[other] Il reste { $tries } essais.
}
hint-sim-pin_wrong = opensim ne réessaie jamais de lui-même. Retrouvez le bon code avant l’essai suivant : après le dernier, la carte demande son code PUK.
error-sim-pin_tries = opensim n’a pas essayé le code PIN : { $tries ->
    [none] le modem ne dit pas combien d’essais il reste.
    [0] il ne reste aucun essai.
    [one] il ne reste qu’un essai, et une erreur bloquerait la carte.
   *[other] il reste { $tries } essais.
}
hint-sim-pin_tries = Mettez la carte SIM dans un téléphone et tapez-y son code PIN : un code juste rend tous les essais.
error-sim-puk_required = La carte SIM est bloquée et demande son code PUK.
hint-sim-puk_required = Le fournisseur de la carte SIM a ce code. Tapez-le dans un téléphone : dix erreurs détruisent la carte, c’est pourquoi opensim ne l’essaie jamais.
error-sim-locked = La carte SIM ou le modem est verrouillé : un autre code est demandé, ou le modem n’accepte que les cartes d’un seul opérateur.
hint-sim-locked = Demandez au fournisseur du modem de le déverrouiller.
error-sim-busy = La carte SIM n’est pas encore prête.
hint-sim-busy = Attendez quelques secondes, puis recommencez. Si rien ne change, retirez la carte, essuyez ses contacts et remettez-la.
error-sim-failed = La carte SIM ne fonctionne pas dans ce modem, ou est bloquée.
hint-sim-failed = Retirez-la, essuyez ses contacts, remettez-la ; si un téléphone ne la lit pas non plus, demandez-en une autre à son fournisseur.

error-network-not_available = { $carrier } n’est pas capté ici.
hint-network-not_available = Déplacez l’antenne, par exemple près d’une fenêtre, ou essayez un autre opérateur : « opensim scan » montre ce que chacun donne ici.
error-network-denied = { $carrier } a refusé la carte SIM{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
hint-network-denied = Réessayer change rarement la réponse. Demandez au fournisseur de la carte SIM si elle a droit à cet opérateur ; en attendant, nommez-en un autre.
error-network-timeout = { $carrier } n’a pas accueilli le modem en { $seconds } s.
hint-network-timeout = Recommencez en laissant plus de temps, par exemple --timeout 120s, ou déplacez l’antenne.
error-network-unnamed = Le modem est sur un opérateur dont il ne dit pas le code : opensim ne pourrait pas l’y remettre. Rien n’a été changé.
hint-network-unnamed = « opensim switch OPÉRATEUR --no-rollback » change d’opérateur sans retour possible. Sinon, envoyez à l’assistance le fichier de « opensim status --trace FICHIER ».
error-network-lost = Le modem était sur { $carrier }, puis l’a perdu.
hint-network-lost = Le signal est trop faible ou trop instable ici. Déplacez l’antenne, ou regardez les autres opérateurs avec « opensim scan ».
error-network-nobody = Aucun de ces opérateurs n’est utilisable ici ; la raison est dite pour chacun.
hint-network-nobody = Déplacez l’antenne, par exemple près d’une fenêtre, et relancez le relevé. S’ils refusent la carte SIM, voyez avec son fournisseur.

error-data-no_path = Le modem n’offre aucun accès aux données : ni interface réseau, ni port de numérotation.
hint-data-no_path = « opensim modems » montre ce qu’il possède. Son pilote manque peut-être.
error-data-not_registered = Le modem n’est sur aucun réseau : il n’y a pas de liaison à mesurer.
hint-data-not_registered = « opensim status » dit où il en est, « opensim scan » ce qui existe ici.
error-serve-listen = Le serveur ne peut pas écouter sur { $address } : { $detail }
hint-serve-listen = Indiquez une autre adresse ou un autre port avec --listen ; les ports inférieurs à 1024 demandent les droits d’administrateur.
error-data-down = L’interface réseau { $interface } du modem est inactive.
hint-data-down = Connectez d’abord la liaison mobile (dans le menu réseau), puis réessayez.
error-data-no_address = L’interface réseau { $interface } du modem n’a reçu aucune adresse.
hint-data-no_address = Connectez d’abord la liaison mobile (dans le menu réseau) et vérifiez l’APN.
error-data-dial = La connexion par le modem a échoué : { $detail }
hint-data-dial = Vérifiez l’APN donné par le fournisseur de la SIM : il doit figurer dans le premier contexte du modem, ou dans la connexion de NetworkManager.
error-data-no_dialler = La connexion par le modem n’est pas possible ici : { $detail }
hint-data-no_dialler = Ce modem n’a pas d’interface réseau : installez « ppp » et lancez opensim en administrateur (« sudo »).
error-measure-no_server = Aucun serveur de mesure n’est configuré.
hint-measure-no_server = Indiquez-en un avec --server, ou une fois pour toutes sous [measure] dans la configuration : server = "opensim://HÔTE". opensim ne contacte personne sans qu’on le lui demande.
error-measure-no_interface = Il n’y a pas d’interface réseau { $interface }.
hint-measure-no_interface = « ip link » donne la liste de celles qui existent.
error-measure-interface_down = L’interface réseau { $interface } est inactive.
hint-measure-interface_down = Connectez-la d’abord, puis réessayez.
error-measure-not_permitted = Vous n’avez pas le droit d’émettre par la seule interface { $interface }.
hint-measure-not_permitted = Lancez opensim en administrateur (« sudo ») ; à partir de Linux 5.7, ce droit n’est plus nécessaire.
error-measure-not_loopback = La liaison du modem virtuel s’arrête à cet ordinateur ; { $address } est ailleurs.
hint-measure-not_loopback = Indiquez un serveur sur 127.0.0.1, ou n’utilisez pas --server.
error-measure-no_route = L’interface { $interface } n’a pas de route vers { $address }.
hint-measure-no_route = Connectez la liaison, ou donnez-lui une route par défaut de métrique élevée.
error-measure-reverse_path = Les réponses reçues sur { $interface } sont jetées par le filtrage strict du chemin de retour ({ $file }).
hint-measure-reverse_path = Mettez-le à 2 (souple) : « echo 2 | sudo tee { $file } ».
error-measure-no_name_server = Aucun serveur de noms n’est joignable par { $interface } : { $name } ne peut pas être résolu.
hint-measure-no_name_server = Indiquez le serveur par son adresse.
error-measure-name_server_silent = Aucun serveur de noms n’a répondu pour { $name } par cette liaison.
hint-measure-name_server_silent = La liaison ne transporte peut-être rien. Indiquez le serveur par son adresse pour en être sûr.
error-measure-name_server_failed = Les serveurs de noms n’ont pas su dire où se trouve { $name } : ils ont répondu { $answer }.
hint-measure-name_server_failed = Réessayez, ou indiquez le serveur par son adresse.
error-measure-name_cut_short = La réponse des serveurs de noms pour { $name } ne tient pas dans un paquet, et ils n’en ont pas donné par une connexion.
hint-measure-name_cut_short = Indiquez le serveur par son adresse.
error-measure-unknown_name = Le nom { $name } n’existe pas.
hint-measure-unknown_name = Vérifiez le nom du serveur.
error-measure-name_without_address = Le nom { $name } est connu mais n’a pas d’adresse.
hint-measure-name_without_address = Vérifiez le nom du serveur.
error-measure-unreachable = Le serveur { $server } ne répond pas par cette liaison.
hint-measure-unreachable = La liaison ne transporte peut-être rien, ou le serveur est arrêté.
error-measure-refused = Le serveur { $server } refuse les connexions.
hint-measure-refused = Vérifiez son port, et que « opensim serve » y tourne.
error-measure-certificate = Le serveur { $server } ne peut pas prouver son identité : { $detail }
hint-measure-certificate = { $detail_code ->
    [tls-expired] Vérifiez la date de cet ordinateur ; si elle est juste, le serveur doit renouveler son certificat.
    [tls-not_yet] Vérifiez la date de cet ordinateur.
    [tls-other_name] Indiquez le serveur par l’un des noms que porte son certificat.
   *[other] Vérifiez le nom du serveur. Pour un certificat à vous, indiquez son fichier sous [measure] dans la configuration : authorities = ["FICHIER.pem"].
}
error-measure-not_the_server = Autre chose a répondu à la place de { $server } : { $detail }
hint-measure-not_the_server = { $detail_code ->
    [tls-not_spoken] Si ce serveur ne chiffre pas, écrivez son adresse sans « +https » : « opensim://HÔTE:PORT ». Pour chiffrer, il lui faut « opensim serve --tls-cert FICHIER --tls-key FICHIER ».
    [http-tls] Si ce serveur chiffre, écrivez « opensim+https://HÔTE:PORT ».
    [http-no_name] Vérifiez l’adresse donnée à --server. Si la connexion demande une identification, ouvrez une page dans un navigateur par cette connexion.
    [tls-not_agreed] Vérifiez l’adresse donnée à --server ; ce serveur est peut-être trop ancien.
   *[other] La connexion demande peut-être une identification : ouvrez une page dans un navigateur par cette connexion. Sinon, vérifiez l’adresse donnée à --server.
}
error-measure-not_found = Le serveur { $server } n’a rien à l’adresse donnée (HTTP { $status }).
hint-measure-not_found = Vérifiez l’adresse donnée à --server, jusqu’au nom du fichier.
error-measure-too_small = Le serveur { $server } n’a donné que { $bytes } : c’est trop peu pour connaître un débit.
hint-measure-too_small = Indiquez un fichier de quelques mégaoctets, ou un autre serveur.
error-measure-server_refused = Le serveur { $server } refuse de servir en ce moment (HTTP { $status }).
hint-measure-server_refused = Attendez quelques minutes, ou indiquez un autre serveur.
error-measure-server_full = Le serveur { $server } est complet : il s’occupe d’autant d’autres qu’il en accepte.
hint-measure-server_full = Attendez une minute, puis réessayez. S’il est à vous, « opensim serve --max-clients N » en accepte davantage.
error-measure-broken = La connexion à { $server } s’est rompue : { $detail }
hint-measure-broken = { $detail_code ->
    [connection-closed] Le serveur est peut-être complet, ou arrêté : réessayez dans une minute. Vérifiez aussi le port.
   *[other] Réessayez ; si cela se répète, la liaison est faible ou le serveur en faute.
}
error-measure-budget = Un budget de { $budget } octets est trop petit : il en faut { $needed }.
hint-measure-budget = Donnez un --budget plus grand.
error-measure-certificate_file = Le fichier de certificat { $file } est inutilisable : { $detail }
hint-measure-certificate_file = Il doit être au format PEM et lisible.
error-measure-descriptors = opensim ne peut plus ouvrir de connexion : cet ordinateur, ou cette session, a autant de fichiers ouverts qu’il est permis ({ $operation }).
hint-measure-descriptors = Fermez d’autres programmes, ou relevez la limite : « ulimit -n » la montre.
error-measure-system = Le système a refusé la mesure : { $detail } ({ $operation })
hint-measure-system = Signalez-le avec la commande tapée.
error-scan-nothing_compared = Rien n’a pu être comparé : { $carrier ->
    [none] rien n’a été lu d’aucun opérateur.
   *[other] seul { $carrier } a été lu.
}
hint-scan-nothing_compared = La raison est dite pour chaque opérateur. Avec --radio-only, opensim ne lit que ce que le modem capte ; sans, il rejoint chaque opérateur et le lit sur place, et avec --server, il compare aussi ce qui passe. Si le modem refuse, ajoutez « --trace FICHIER » et envoyez ce fichier à l’assistance.

error-change-rolled_back = Le { $to ->
    [none] changement d’opérateur
   *[other] passage à { $to }
} a échoué, et le modem est revenu sur { $from ->
    [none] l’opérateur d’avant
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Motif : { $cause }.
}
hint-change-rolled_back = Votre connexion passe par le même opérateur qu’avant. « opensim scan » montre quels opérateurs sont utilisables ici.
error-change-never_left = Le modem a refusé { $to ->
    [none] le changement d’opérateur
   *[other] le passage à { $to }
} et n’a jamais quitté { $from ->
    [none] l’opérateur où il était
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Motif : { $cause }.
}
hint-change-never_left = Votre connexion est comme avant. « opensim scan » montre quels opérateurs sont utilisables ici.
error-change-not_restored = Le { $to ->
    [none] changement d’opérateur
   *[other] passage à { $to }
} a échoué, et le modem n’est PAS revenu sur { $from ->
    [none] l’opérateur d’avant
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Motif : { $cause }.
}
hint-change-not_restored = Lancez « opensim recover » pour remettre l’opérateur d’avant.
error-recover-which_modem = Un changement d’opérateur commencé le { $since } sur le modem { $modem } n’est pas allé à son terme, et ce modem-ci ne dit pas son numéro. On ne peut savoir si c’est le même : rien n’a été changé.
hint-recover-which_modem = « opensim --direct recover » interroge le modem lui-même. Si c’est un autre modem, branchez celui qui porte ce numéro et lancez « opensim recover ».
error-change-under_way = Un autre opensim est en train de changer l’opérateur de ce modem.
hint-change-under_way = Attendez qu’il ait fini, puis recommencez.

error-store-write = Le fichier { $file } ne peut pas être écrit : { $detail }
hint-store-write = opensim note chaque changement avant de le faire : sans cette note, il ne change rien. Libérez de la place à cet endroit, ou vérifiez que vous pouvez y écrire.
error-store-read = Le fichier { $file } ne peut pas être lu : { $detail }
hint-store-read = Vérifiez que vous avez le droit de le lire. S’il est abîmé, gardez-en une copie pour l’assistance et déplacez-le.
error-store-unknown_schema = Le journal { $file } d’un changement interrompu a été écrit par une autre version d’opensim ({ $schema }). Il a été gardé, et rien n’a été changé.
hint-store-unknown_schema = Lancez « opensim recover » de cette version. Sans elle : déplacez ce fichier, puis nommez l’opérateur avec « opensim switch OPÉRATEUR ».
error-store-lock = Le fichier { $file } ne peut pas être verrouillé : { $detail }. Rien n’a été changé.
hint-store-lock = Le disque où il se trouve n’offre pas de verrous (un partage réseau, peut-être). Indiquez un dossier sur un autre : « XDG_STATE_HOME=DOSSIER ».
error-report-unknown_schema = { $file } n’est pas un document que cette version d’opensim sait lire ({ $detail }).
hint-report-unknown_schema = Donnez un fichier enregistré par « opensim scan --out FICHIER » ou avec --json, par cette version ou une plus ancienne.
error-interrupted = Interrompu.
hint-interrupted = « opensim status » montre où en est le modem.
error-internal-bug = opensim a fait une erreur de son propre fait : { $detail }
hint-internal-bug = Merci de la signaler, avec ce que vous avez tapé et, si possible, un fichier obtenu avec --trace FICHIER.
error-system-refused = Le système ne donne à opensim ni fil d’exécution ni de quoi attendre : { $detail }
hint-system-refused = Fermez d’autres programmes, ou relevez les limites de votre compte (« ulimit -u », « ulimit -n »).

# Pourquoi le garde-fou a refusé ; chaque motif est une phrase.
guard-automatic_selection = Elle laisserait le modem choisir son opérateur ; or le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
guard-deregister = Elle retirerait le modem de tout réseau.
guard-no_order = Elle ferait passer à un opérateur que personne n’a nommé.
guard-unreadable = opensim ne peut pas dire ce qu’elle fait du choix de l’opérateur.
guard-pin = Les codes et les verrous de la carte SIM ne se manient pas par des commandes brutes.
guard-imei = Elle écrirait le numéro propre du modem.
guard-dial = Elle passerait un appel ou ouvrirait une connexion.
guard-reset = Elle redémarrerait le modem ou effacerait ses réglages. Un simple redémarrage part avec --force ; les réglages d’usine ne sont jamais remis, car le modem choisirait alors lui-même son opérateur.
guard-repeat = Elle répéterait la dernière commande, quelle qu’elle soit.
guard-unknown = opensim ne la sait pas inoffensive. Avec --force elle part, après avoir été inscrite au journal d’audit.

# Les mêmes en quelques mots, comme motif d’autre chose.
cause-modem-gone = le modem n’était plus là
cause-modem-descriptors = trop de fichiers étaient ouverts
cause-modem-silent = le modem n’a pas répondu
cause-modem-unreadable = le modem a donné une réponse illisible
cause-modem-refused = le modem a refusé la commande
cause-modem-query_unanswered = le modem n’a pas répondu à la commande, alors qu’il répond à d’autres
cause-modem-guarded = le garde-fou d’opensim a retenu la commande
cause-modem-busy = le port est occupé
cause-modem-permission = le port ne peut pas être ouvert
cause-modem-not_a_port = ce n’est pas un port série
cause-modem-not_opened = le système ne l’ouvre pas
cause-manager-silent = il n’a pas répondu
cause-manager-unreadable = sa réponse est illisible
cause-manager-absent = ModemManager était injoignable
cause-manager-denied = vous n’en avez pas le droit
cause-manager-lost = ModemManager s’est arrêté
cause-manager-stale = ModemManager montrait encore l’opérateur d’avant
cause-manager-in_progress = ModemManager était occupé pour un autre programme
cause-manager-wrong_state = ModemManager avait le modem dans un autre état
cause-manager-cancelled = un autre programme y a mis fin dans ModemManager
cause-manager-refused = ModemManager a refusé
cause-sim-absent = il n’y a pas de carte SIM
cause-sim-pin_required = la carte SIM demande son code PIN
cause-sim-pin_wrong = la carte SIM a refusé le code PIN
cause-sim-pin_tries = il reste trop peu d’essais pour le code PIN
cause-sim-puk_required = la carte SIM demande son code PUK
cause-sim-locked = la carte SIM ou le modem est verrouillé
cause-sim-busy = la carte SIM n’était pas prête
cause-sim-failed = la carte SIM ne fonctionne pas
cause-network-not_available = le réseau n’est pas capté ici
cause-network-denied = le réseau a refusé la carte SIM
cause-network-timeout = le réseau n’a pas accueilli le modem dans le temps donné
cause-network-lost = le réseau a été perdu aussitôt
cause-data-no_path = le modem n’offre aucun accès aux données
cause-data-not_registered = le modem n’est sur aucun réseau
cause-data-down = l’interface réseau du modem est inactive
cause-data-no_address = l’interface réseau du modem n’a pas d’adresse
cause-data-dial = la connexion a échoué
cause-data-no_dialler = la connexion n’est pas possible sur cet ordinateur
cause-measure-no_server = aucun serveur n’est configuré
cause-measure-no_interface = cette interface réseau n’existe pas
cause-measure-interface_down = l’interface réseau est inactive
cause-measure-not_permitted = émettre par une seule interface n’est pas permis
cause-measure-not_loopback = la liaison du modem virtuel s’arrête à cet ordinateur
cause-measure-no_route = l’interface n’a pas de route vers le serveur
cause-measure-reverse_path = le filtrage strict du chemin de retour jette les réponses
cause-measure-no_name_server = aucun serveur de noms n’est joignable
cause-measure-name_server_silent = aucun serveur de noms n’a répondu
cause-measure-name_server_failed = les serveurs de noms n’ont pas su dire où est le serveur
cause-measure-name_cut_short = la réponse des serveurs de noms était tronquée
cause-measure-unknown_name = le nom du serveur n’existe pas
cause-measure-name_without_address = le nom du serveur n’a pas d’adresse
cause-measure-unreachable = le serveur ne répond pas
cause-measure-refused = le serveur refuse les connexions
cause-measure-certificate = le serveur ne peut pas prouver son identité
cause-measure-not_the_server = autre chose a répondu, une page de connexion peut-être
cause-measure-not_found = le serveur n’a rien à l’adresse donnée
cause-measure-too_small = le serveur a donné trop peu pour connaître un débit
cause-measure-server_refused = le serveur refuse de servir en ce moment
cause-measure-server_full = le serveur est complet
cause-measure-broken = la connexion s’est rompue
cause-measure-budget = le budget de données est trop petit
cause-measure-certificate_file = un fichier de certificat est inutilisable
cause-measure-descriptors = trop de fichiers étaient ouverts
cause-measure-system = le système a refusé
cause-store-write = un fichier n’a pas pu être écrit
cause-store-lock = un fichier n’a pas pu être verrouillé
cause-interrupted = interruption

# Ce qui ne va pas avec un fichier, après son nom.
detail-file-not_plain = ce n’est pas un fichier ordinaire, mais un dossier, un tube, un périphérique ou un lien
detail-file-too_big = il est plus grand que tout fichier de cette sorte
detail-file-not_own = il appartient à quelqu’un d’autre
detail-file-exposed = d’autres que vous peuvent le lire ; « chmod 600 { $file } » l’empêche
detail-file-not_read = c’est un tube, et personne ne le lit
detail-file-not_text = ce n’est pas un texte en UTF-8
detail-link-occupied = autre chose se trouve à la place du lien
detail-os-not_found = il n’existe pas
detail-os-denied = vous n’en avez pas le droit
detail-os-exists = il existe déjà
detail-os-is_folder = c’est un dossier
detail-os-not_folder = une partie de son chemin n’est pas un dossier
detail-os-full = il n’y a plus de place à cet endroit
detail-os-read_only = rien ne peut être écrit à cet endroit
detail-os-in_use = un autre programme utilise déjà cette adresse
detail-os-no_address = cette adresse n’est pas celle de cet ordinateur
detail-os-busy = le système est occupé avec lui
detail-os-descriptors = trop de fichiers sont ouverts
detail-os-broken_off = l’autre côté l’a interrompue
detail-os-ended = la fin est venue trop tôt
detail-tls-expired = son certificat a expiré
detail-tls-not_yet = son certificat n’est pas encore valable
detail-tls-other_name = son certificat porte un autre nom
detail-tls-unknown_issuer = aucune autorité connue n’a signé son certificat
detail-tls-not_for_servers = son certificat n’est pas fait pour un serveur
detail-tls-authority = il montre le certificat d’une autorité que rien ne dit de croire
detail-tls-revoked = son certificat a été révoqué
detail-tls-unreadable = son certificat est illisible
detail-tls-bad_signature = la signature de son certificat est fausse
detail-tls-no_name = ce nom ne peut figurer dans aucun certificat
detail-tls-none_shown = il ne montre aucun certificat
detail-tls-none_in_file = il ne contient aucun certificat
detail-tls-no_key = il ne contient aucune clé privée
detail-tls-keys_differ = le certificat et la clé ne vont pas ensemble
detail-tls-not_spoken = ce qui répond ne chiffre pas (pas de TLS)
detail-tls-not_agreed = ce qui répond chiffre (TLS) d’une façon qui n’est pas acceptée ici
detail-http-moved = la réponse { $status } renvoie vers { $location ->
    [none] une autre adresse
   *[other] { $location }
}
detail-http-log_in = le réseau demande d’abord une identification (HTTP 511)
detail-http-page = une page web est venue
detail-http-compressed = la réponse est compressée, ce qui n’était pas demandé
detail-http-other_name = ce qui répond s’appelle « { $name } », pas opensim
detail-http-no_name = ce qui répond ne dit pas être un serveur opensim
detail-http-status = un autre serveur a répondu par un refus (HTTP { $status })
detail-http-tls = ce qui répond chiffre (TLS)
detail-http-none = ce n’est pas une réponse HTTP
detail-connection-closed = fermée sans réponse
detail-connection-lost = coupée avant que le débit soit connu
detail-dial-not_root = il y faut « sudo »
detail-dial-no_pppd = « pppd » n’est pas installé
detail-dial-no_chat = « chat » n’est pas installé
detail-dial-no_connection = l’appel n’a pas abouti, sans autre explication
detail-dial-by_network_manager = NetworkManager ne l’a pas établie
detail-bus-no_owner = il n’est pas en marche
detail-bus-not_built = cet opensim a été construit sans D-Bus
detail-pin-shape = un code PIN a de quatre à huit chiffres ; celui-ci n’a pas été envoyé à la carte
foreign-quoted = « { $text } »

# Ce qu’un modem veut dire par son numéro (27.007 9.2) ; montré devant le numéro lui-même.
cme-3 = opération interdite
cme-4 = opération inconnue du modem
cme-10 = pas de carte SIM
cme-11 = code PIN demandé
cme-12 = code PUK demandé
cme-13 = carte SIM en panne
cme-14 = carte SIM occupée
cme-15 = mauvaise carte SIM
cme-16 = code faux
cme-30 = aucun réseau
cme-31 = le réseau ne répond pas
cme-32 = réseau non autorisé, appels d’urgence seulement
cme-100 = erreur non précisée
cme-103 = abonnement refusé
cme-106 = appareil refusé
cme-107 = données non autorisées
cme-111 = réseau non autorisé
cme-112 = zone non autorisée
cme-113 = itinérance non autorisée dans cette zone
cme-shown = { $meaning }, { $line }
