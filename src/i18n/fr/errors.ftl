# Ce qui s’est passé (error-) et ce qu’il faut faire (hint-), par le code de l’erreur, tirets au lieu de points.

error-usage-invalid = opensim ne comprend pas cette commande : { $detail }
hint-usage-invalid = « opensim --help » donne la liste des commandes ; « opensim COMMANDE --help » donne les options d’une commande.
error-usage-server = « { $server } » ne convient pas à --{ $option }.
hint-usage-server = { $suggestion ->
    [none] { "" }
   *[other] Vouliez-vous dire « --{ $option } { $suggestion } » ?{ " " }
}{ $option ->
    [reflector] Formes possibles : HÔTE ou HÔTE:PORT.
   *[server] Formes possibles : opensim://HÔTE:PORT, opensim+https://HÔTE:PORT, librespeed+https://HÔTE/CHEMIN, cloudflare ou https://HÔTE/FICHIER.
}
error-usage-consent_needed = Cette commande coupe la connexion mobile : elle demande d’abord votre accord. Rien n’a été changé.
hint-usage-consent_needed = Lancez cette commande dans un terminal, sans --no-input : la question vous sera posée. Sinon, ajoutez --yes pour donner votre accord d’avance.
error-usage-terminal_needed = « opensim tour » a besoin de quelqu’un qui tape et qui lit : cette commande ne marche que dans un terminal, sans --json ni --no-input. Rien n’a été lancé.
hint-usage-terminal_needed = Ouvrez un terminal, tapez « opensim tour », puis Entrée. Pour un programme, « opensim --modem sim:home status --json » interroge le modem virtuel.
error-usage-declined = Vous avez répondu non : rien n’a été changé.
hint-usage-declined = Pour accepter, relancez la commande et répondez « o ».
error-usage-carrier_unknown = { $carrier ->
    [none] Aucun opérateur n’est indiqué.
   *[other] Aucun opérateur ne s’appelle « { $carrier } ».
}
hint-usage-carrier_unknown = { $suggestion ->
    [none] { "" }
   *[other] Vouliez-vous dire « { $suggestion } » ?{ " " }
}Opérateurs de votre carte SIM : { $candidates }. « opensim carriers » les montre tous ; un code de réseau, comme 20810, convient aussi.
error-usage-carrier_automatic = opensim ne choisit jamais l’opérateur à votre place : « { $carrier } » n’est pas un opérateur. Le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
hint-usage-carrier_automatic = Comparez les opérateurs avec « opensim scan », puis indiquez celui que vous voulez, par exemple « opensim switch orange ».
error-usage-scenario = { $detail ->
    [none] Aucun scénario fourni ne s’appelle « { $file } ».
   *[other] Le scénario { $file } ne peut pas être utilisé : { $detail }.
}
hint-usage-scenario = Scénarios fournis avec opensim : { $candidates }. Pour utiliser votre propre fichier, donnez son chemin, par exemple « --modem sim:./chez-moi.toml ».
error-usage-environment = La variable d’environnement { $variable } a une valeur incorrecte : { $detail }.
hint-usage-environment = Corrigez cette variable, ou retirez-la avec « unset { $variable } ».
error-usage-config = { $line_number ->
    [none] Le fichier de configuration { $file } ne peut pas être lu : { $detail }.
   *[other] { $key ->
        [none] Le fichier de configuration { $file } contient une erreur à la ligne { $line_number } : { $detail }.
       *[other] Le fichier de configuration { $file } contient une erreur à la ligne { $line_number }, à la clé « { $key } » : { $detail }.
    }
}
hint-usage-config = Corrigez ce fichier, ou indiquez-en un autre avec --config FICHIER.
error-usage-file = Le fichier { $file } ne peut pas être utilisé : { $detail }.
hint-usage-file = Vérifiez son nom, et vos droits de lecture et d’écriture à cet endroit.
error-usage-ending = L’extension « .{ $ending } » de { $file } ne correspond à aucun format d’opensim.
hint-usage-ending = Donnez au fichier l’extension .html, .csv, .json ou .txt, ou choisissez le format avec --format. Pour un PDF, enregistrez un fichier .html et imprimez cette page depuis un navigateur.
error-report-not_a_document = Le fichier { $file } n’est pas un document JSON (ligne { $line_number }).
hint-report-not_a_document = Donnez un document qu’opensim a enregistré en JSON, avec --json ou --out FICHIER.json. Un fichier texte, CSV ou HTML ne peut pas être affiché de nouveau.
error-report-not_of_its_schema = Le fichier { $file } n’est pas un document { $schema } complet : { $detail }.
hint-report-not_of_its_schema = Ce fichier a été coupé ou modifié. Enregistrez de nouveau le document avec --json ou --out FICHIER.json.

error-modem-none = { $unusable ->
    [none] Aucun modem n’a été trouvé.
   *[other] Aucun modem utilisable n’a été trouvé.
}
hint-modem-none = { $unusable ->
    [none] Branchez le modem, attendez une demi-minute, puis lancez « opensim modems ». Pour essayer opensim sans modem, ajoutez « --modem sim:home ».
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
unusable-storage_mode = { $stick } se présente encore comme un disque. Installez usb-modeswitch (« sudo apt install usb-modeswitch » ; sous Windows, lancez le programme qui est sur ce disque), débranchez la clé et rebranchez-la.
unusable-router = { $page ->
    [none] { $stick } fonctionne en routeur : opensim ne peut lui envoyer aucune commande. L’opérateur se choisit sur la page web du routeur, dont « ip route » montre l’adresse (sous Windows, « ipconfig » : la passerelle).
   *[other] { $stick } fonctionne en routeur : opensim ne peut lui envoyer aucune commande. L’opérateur se choisit sur la page web du routeur, http://{ $page }/.
}
unusable-mbim_only = { $stick } n’a pas de port de commandes AT et ne connaît que MBIM ou QMI. Installez et démarrez ModemManager (« sudo apt install modemmanager ») : opensim passera par ModemManager.
unusable-broadband = Windows utilise { $stick } comme carte haut débit mobile (MBIM), sans port de commandes AT. Installez le pilote du fabricant du modem : il ajoute les ports COM du modem, et opensim trouvera le port AT. Sans ce pilote, l’opérateur se choisit dans les paramètres de Windows, « Réseau et Internet », « Cellulaire ».
unusable-no_driver = { $driver ->
    [none] { $stick } n’a pas de pilote sur cet ordinateur. Installez celui du fabricant (sur son site, ou par Windows Update), puis rebranchez le modem.
   *[other] { $stick } n’a pas de pilote sur cet ordinateur. Chargez le pilote avec « sudo modprobe { $driver } » ; s’il n’existe pas, installez les modules supplémentaires de ce noyau (Ubuntu : linux-modules-extra, OpenWrt : kmod-usb-serial-option).
}
unusable-bootloader = { $stick } attend son micrologiciel, qui manque ou est tombé en panne. Débranchez cet appareil dix secondes et rebranchez-le. Si rien ne change, demandez à l’assistance de recharger le micrologiciel avec l’outil du fabricant.
error-modem-several = Il y a plusieurs modems : { $candidates }.
hint-modem-several = Indiquez lequel avec --modem, par exemple « --modem { $first } ».
error-modem-busy = { $port } est utilisé par un autre programme{ $holder ->
    [none] .
   *[other] { "" } : { $holder }.
}
hint-modem-busy = { $program ->
    [opensim] Un autre opensim change peut-être l’opérateur : attendez qu’il ait fini, puis réessayez. Ne l’arrêtez pas, sinon le modem peut rester sur un autre opérateur.
    [ModemManager] Ajoutez --direct : opensim retire le modem à ModemManager le temps de la commande, et la connexion mobile est coupée pendant ce temps.
    [not_managed] Fermez ce programme, puis réessayez.
   *[other] Fermez ce programme, puis réessayez. S’il s’agit de ModemManager, ajoutez --direct : opensim lui retire le modem le temps de la commande, et la connexion mobile est coupée pendant ce temps.
}
error-modem-permission = { $group ->
    [none] Vous n’avez pas le droit d’ouvrir { $port }.
   *[other] Vous n’avez pas le droit d’ouvrir { $port }, qui appartient au groupe { $group }.
}
hint-modem-permission = { $group ->
    [none] Lancez la commande avec sudo, ou demandez à l’assistance d’installer la règle udev (droits du système) de docs/permissions.md : aucun groupe que vous pourriez rejoindre n’a accès à ce port.
   *[other] Lancez « sudo usermod -aG { $group } $USER », puis fermez votre session et rouvrez-la.
}
error-modem-not_opened = Le système n’ouvre pas { $port } : { $detail }.
hint-modem-not_opened = Si trop de fichiers sont ouverts, ou si le port est déjà utilisé, fermez d’autres programmes. Sinon, débranchez le modem dix secondes et rebranchez-le.
error-modem-gone = Le modem n’est pas sur { $port } : il est débranché, sans courant, ou il redémarre.
hint-modem-gone = Vérifiez le câble et l’alimentation du modem, attendez une demi-minute, puis lancez « opensim modems ».
error-modem-port_failed = L’ordinateur n’a pas pu continuer avec { $port } : { $detail }.
hint-modem-port_failed = Débranchez le modem dix secondes, rebranchez-le, puis relancez la commande.
error-modem-descriptors = { $port } ne peut pas être ouvert : trop de fichiers sont ouverts sur cet ordinateur, ou dans cette session.
hint-modem-descriptors = Fermez d’autres programmes, ou augmentez la limite (« ulimit -n » la montre).
error-modem-not_a_port = { $port } n’est pas un port série.
hint-modem-not_a_port = « opensim modems » montre les ports des modems trouvés.
error-modem-absent = Aucun modem ne correspond à « { $wanted } ».
hint-modem-absent = { $unusable ->
    [none] { $candidates ->
        [none] Aucun autre modem n’a été trouvé. « opensim modems » montre les modems branchés.
       *[other] Modems trouvés : { $candidates }. Pour en savoir plus : « opensim modems ».
    }
   *[other] { $candidates ->
        [none] { $unusable }
       *[other] Modems trouvés : { $candidates }. { $unusable }
    }
}
error-modem-no_at_port = Le modem { $port } est branché, mais aucun de ses ports n’accepte de commandes.
hint-modem-no_at_port = { $unusable ->
    [none] Débranchez le modem dix secondes et rebranchez-le. Si rien ne change, il manque peut-être un pilote à ce système (option, qcserial) : demandez à l’assistance.
   *[other] { $unusable }
}
error-modem-diagnostics_port = { $port } est le port de diagnostic du modem : opensim n’y écrit jamais.
hint-modem-diagnostics_port = { $instead ->
    [none] « opensim modems » montre quel port accepte les commandes.
   *[other] Utilisez plutôt { $instead }.
}
error-modem-silent = Le modem n’a pas répondu à { $command } en { $seconds } s.
hint-modem-silent = Réessayez ; si le modem ne répond toujours pas, débranchez-le dix secondes. « opensim modems » montre si c’est le bon port.
error-modem-no_answer = Aucun port du modem { $modem } ne répond : { $tried }.
hint-modem-no_answer = Réessayez ; si aucun port ne répond, débranchez le modem dix secondes et rebranchez-le. Si vous savez quel port répond, indiquez ce port avec --modem.
tried-one = { $port } ({ $cause })
error-modem-unreadable = Le modem a répondu à { $command } par une ligne que cette version d’opensim ne sait pas lire : { $line }
hint-modem-unreadable = Relancez la commande avec --trace FICHIER et envoyez ce fichier à l’assistance ; il ne contient aucun identifiant complet.
error-modem-radio_off = La radio du modem est coupée (mode avion). Rien n’a été changé, et opensim ne la rallume pas de lui-même.
hint-modem-radio_off = Rallumez la radio là où elle a été coupée, dans le menu réseau ou sur la page web du modem ; sinon, lancez « opensim at --force AT+CFUN=1 ». Réessayez ensuite.
error-modem-refused = Le modem a refusé { $command } : { $cause }.
hint-modem-refused = Réessayez ; si le modem refuse à chaque fois, relancez la commande avec --trace FICHIER et envoyez ce fichier à l’assistance. Pour une commande tapée avec « opensim at », voyez le manuel du modem.
error-modem-query_unanswered = Le modem n’a pas répondu à { $command }, alors qu’il répond à d’autres commandes.
hint-modem-query_unanswered = Réessayez ; si le modem n’y répond jamais, relancez la commande avec --trace FICHIER et envoyez ce fichier à l’assistance.
error-modem-guarded = opensim n’a pas envoyé la commande { $command }. { $rule }
hint-modem-guarded = { $rule_of ->
    [choice] Rien n’est parvenu au modem. Pour changer d’opérateur, utilisez « opensim switch OPÉRATEUR ».
   *[other] Rien n’est parvenu au modem.
}

error-manager-absent = ModemManager est injoignable : { $detail }.
hint-manager-absent = { $detail_code ->
    [bus-not_built] Windows n’a pas ModemManager, et certaines versions d’opensim pour Linux s’en passent. Indiquez un port avec --modem : « opensim modems » montre les ports.
   *[other] Pour démarrer ModemManager : « sudo systemctl start ModemManager ». Pour vous en passer, indiquez un port avec --modem : « opensim modems » montre les ports.
}
error-manager-denied = ModemManager a refusé : vous n’avez pas ce droit ({ $command }).
hint-manager-denied = Lancez la commande depuis une session ouverte sur l’ordinateur lui-même (pas à distance), ou avec sudo. Pour donner ce droit à un groupe, l’assistance trouvera une règle polkit (droits du système) dans docs/with-modemmanager.md.
error-manager-silent = ModemManager n’a pas répondu à { $command } en { $seconds } s.
hint-manager-silent = Relancez ModemManager avec « sudo systemctl restart ModemManager ». Pour vous en passer, arrêtez-le et indiquez un port avec --modem : « opensim modems » montre les ports.
error-manager-unreadable = ModemManager a répondu à { $command } par une réponse que cette version d’opensim ne sait pas lire : { $detail }.
hint-manager-unreadable = Relancez ModemManager avec « sudo systemctl restart ModemManager ». Si cela se reproduit, donnez à l’assistance la version de ModemManager (« mmcli --version »).
error-manager-lost = ModemManager s’est arrêté en cours d’opération.
hint-manager-lost = « systemctl status ModemManager » montre pourquoi. Quand ModemManager fonctionnera de nouveau, lancez « opensim recover ».
error-manager-stale = ModemManager croit le modem encore sur l’opérateur précédent : il ne ferait rien pour l’y ramener.
hint-manager-stale = Lancez « opensim recover --direct », qui interroge directement le modem.
error-manager-in_progress = ModemManager exécute déjà cette opération pour un autre programme ({ $command }).
hint-manager-in_progress = Attendez la fin de cette opération (une recherche de réseaux prend jusqu’à cinq minutes), puis réessayez.
error-manager-wrong_state = Selon ModemManager, le modem ne peut pas faire cela pour l’instant ({ $command }) : { $detail }.
hint-manager-wrong_state = Si le modem est encore connecté, coupez d’abord cette connexion (« nmcli connection down NOM » ou « mmcli -m any --simple-disconnect »), réessayez, puis rétablissez-la. Sinon, attendez une demi-minute et réessayez.
error-manager-cancelled = Un autre programme a interrompu l’opération dans ModemManager ({ $command }).
hint-manager-cancelled = Fermez les autres programmes qui agissent sur le modem (paramètres réseau, mmcli), puis réessayez.
error-manager-refused = ModemManager a refusé { $command } : { $detail }.
hint-manager-refused = Réessayez ; si ModemManager refuse à chaque fois, ajoutez --direct pour parler directement au modem.

error-sim-absent = Il n’y a pas de carte SIM dans le modem, ou le modem ne la détecte pas.
hint-sim-absent = Éteignez le modem, enfoncez la carte SIM jusqu’au déclic, puis rallumez-le.
error-sim-pin_required = La carte SIM demande son code PIN.
hint-sim-pin_required = « opensim scan », « opensim switch » et « opensim recover » demandent le code dans un terminal. Sans terminal, ils le lisent dans la variable d’environnement OPENSIM_PIN, ou dans un fichier que vous seul pouvez lire, indiqué par --pin-file.
error-sim-pin_wrong = La carte SIM a refusé ce code PIN. { $tries ->
    [none] Le nombre d’essais restants n’est pas connu.
    [0] Il ne reste aucun essai.
    [one] Il reste un seul essai.
   *[other] Il reste { $tries } essais.
}
hint-sim-pin_wrong = opensim ne réessaie jamais de lui-même. Retrouvez le bon code avant l’essai suivant : après le dernier, la carte est bloquée jusqu’à la saisie de son code PUK.
error-sim-pin_tries = opensim n’a pas essayé le code PIN : { $tries ->
    [none] le modem ne dit pas combien d’essais il reste.
    [0] il ne reste aucun essai.
    [one] il ne reste qu’un essai, et une erreur bloquerait la carte.
   *[other] il reste { $tries } essais.
}
hint-sim-pin_tries = Mettez la carte SIM dans un téléphone et tapez-y son code PIN : le bon code redonne tous les essais.
error-sim-puk_required = La carte SIM est bloquée et demande son code PUK.
hint-sim-puk_required = Le fournisseur de la carte SIM a ce code. Tapez-le dans un téléphone : dix erreurs détruisent la carte, c’est pourquoi opensim ne l’essaie jamais.
error-sim-locked = La carte SIM ou le modem est verrouillé : un autre code est demandé, ou le modem n’accepte que les cartes d’un seul opérateur.
hint-sim-locked = Demandez au fournisseur du modem de le déverrouiller.
error-sim-busy = La carte SIM n’est pas encore prête.
hint-sim-busy = Attendez quelques secondes, puis réessayez. Si rien ne change, retirez la carte SIM, essuyez ses contacts et replacez-la.
error-sim-failed = La carte SIM ne fonctionne pas dans ce modem, ou est bloquée.
hint-sim-failed = Retirez la carte SIM, essuyez ses contacts et replacez-la. Si un téléphone ne la lit pas non plus, demandez-en une autre au fournisseur de la carte SIM.

error-network-not_available = { $carrier } n’est pas capté ici.
hint-network-not_available = Déplacez l’antenne, par exemple près d’une fenêtre, ou essayez un autre opérateur : « opensim scan » compare les opérateurs.
error-network-denied = { $carrier } a refusé la carte SIM{ $cause ->
    [none] .
   *[other] { " " }({ $cause }).
}
hint-network-denied = Réessayer change rarement la réponse. Demandez au fournisseur de la carte SIM si elle est acceptée par cet opérateur ; en attendant, passez à un autre.
error-network-timeout = Le modem n’a pas réussi à rejoindre { $carrier } en { $seconds } s.
hint-network-timeout = Réessayez en laissant plus de temps, par exemple avec --timeout 120s, ou déplacez l’antenne.
error-network-unnamed = Le modem ne donne pas le code de son opérateur actuel : opensim ne pourrait pas le ramener sur cet opérateur. Rien n’a été changé.
hint-network-unnamed = Pour changer d’opérateur sans retour possible : « opensim switch OPÉRATEUR --no-rollback ». Sinon, lancez « opensim status --trace FICHIER » et envoyez ce fichier à l’assistance.
error-network-lost = Le modem a rejoint { $carrier }, puis a perdu le réseau.
hint-network-lost = Le signal est trop faible ou trop instable ici. Déplacez l’antenne, ou comparez les autres opérateurs avec « opensim scan ».
error-network-nobody = Aucun de ces opérateurs n’est utilisable ici ; la raison est donnée pour chacun.
hint-network-nobody = Déplacez l’antenne, par exemple près d’une fenêtre, et relancez le relevé. Si les opérateurs refusent la carte SIM, adressez-vous au fournisseur de la carte SIM.

error-data-no_path = Ce modem ne donne pas accès à Internet : il ne présente ni interface réseau, ni port de numérotation.
hint-data-no_path = « opensim modems » montre les ports de ce modem. Il manque peut-être un pilote : demandez à l’assistance.
error-data-not_registered = Le modem n’est sur aucun réseau : il n’y a rien à mesurer.
hint-data-not_registered = « opensim status » montre l’état du modem ; « opensim scan » cherche les opérateurs captés ici.
error-serve-not_here = Le serveur de mesure ne fonctionne pas sous Windows.
hint-serve-not_here = Hébergez-le sur un ordinateur sous Linux.
error-sim-no_terminal = Sous Windows, les autres programmes ne peuvent pas ouvrir le modem virtuel de cette façon.
hint-sim-no_terminal = Utilisez-le dans opensim même : « opensim status --modem sim:home ». Pour un autre programme, offrez-le sur un bout d’une paire de ports COM (créée par exemple par com0com) : « opensim sim --port COM6 ».
error-serve-listen = Le serveur ne peut pas écouter sur { $address } : { $detail }.
hint-serve-listen = Indiquez une autre adresse ou un autre port avec --listen ; les ports inférieurs à 1024 exigent « sudo ».
error-data-no_address = L’interface réseau { $interface } du modem n’a reçu aucune adresse.
hint-data-no_address = Activez d’abord la connexion mobile dans le menu réseau, et vérifiez le point d’accès (APN) donné par le fournisseur de la carte SIM.
error-data-dial = La connexion à Internet par le modem a échoué : { $detail }.
hint-data-dial = Vérifiez le point d’accès (APN) donné par le fournisseur de la carte SIM : il doit être enregistré dans le modem (premier contexte) ou dans la connexion mobile de NetworkManager. L’assistance peut vous y aider.
error-data-no_dialler = La connexion à Internet par le modem n’est pas possible ici : { $detail }.
hint-data-no_dialler = Ce modem n’a pas d’interface réseau : installez « ppp » (« sudo apt install ppp ») et lancez opensim avec « sudo ».
error-measure-no_server = Aucun serveur de mesure n’est configuré.
hint-measure-no_server = Indiquez un serveur avec --server, ou une fois pour toutes dans la configuration, section [measure] : server = "opensim://HÔTE". opensim ne contacte aucun serveur sans votre demande.
error-measure-unproven = opensim ne mesure pas encore le débit ni la voix sous Windows.
hint-measure-unproven = Le signal, lui, peut être lu : « opensim status », « opensim scan ». Pour mesurer le débit et la voix, utilisez un ordinateur sous Linux.
error-measure-no_interface = L’interface réseau { $interface } n’existe pas.
hint-measure-no_interface = « ip link » donne la liste des interfaces réseau.
error-measure-interface_down = L’interface réseau { $interface } est inactive.
hint-measure-interface_down = Activez d’abord cette interface (pour un modem : la connexion mobile, dans le menu réseau), puis réessayez.
error-measure-not_permitted = Vous n’avez pas le droit de limiter la mesure à l’interface { $interface }.
hint-measure-not_permitted = Lancez opensim avec « sudo » ; à partir de Linux 5.7, ce n’est plus nécessaire.
error-measure-not_loopback = Le modem virtuel ne communique qu’avec cet ordinateur ; { $address } est une autre machine.
hint-measure-not_loopback = Indiquez un serveur sur 127.0.0.1, ou n’utilisez pas --server.
error-measure-no_route = L’interface { $interface } n’a pas de route (chemin réseau) vers { $address }.
hint-measure-no_route = Activez d’abord la connexion de cette interface. Si elle est déjà active, demandez à l’assistance d’y ajouter une route par défaut, de métrique élevée.
error-measure-reverse_path = Linux rejette les réponses reçues sur { $interface }, car le filtrage du chemin de retour (rp_filter) y est strict ({ $file }).
hint-measure-reverse_path = Assouplissez ce filtrage : « echo 2 | sudo tee { $file } ». Ce réglage vaut jusqu’au redémarrage.
error-measure-no_name_server = Aucun serveur de noms (DNS) n’est joignable par { $interface } : impossible de trouver l’adresse de { $name }.
hint-measure-no_name_server = Indiquez le serveur par son adresse IP.
error-measure-name_server_silent = Aucun serveur de noms (DNS) n’a répondu pour { $name } sur cette liaison.
hint-measure-name_server_silent = Cette liaison ne laisse peut-être passer aucune donnée. Pour le vérifier, indiquez le serveur par son adresse IP.
error-measure-name_server_failed = Les serveurs de noms (DNS) n’ont pas trouvé l’adresse de { $name } : ils ont répondu { $answer }.
hint-measure-name_server_failed = Réessayez, ou indiquez le serveur par son adresse IP.
error-measure-name_cut_short = La réponse des serveurs de noms (DNS) pour { $name } est trop longue pour un paquet, et aucun ne l’a donnée par une connexion.
hint-measure-name_cut_short = Indiquez le serveur par son adresse IP.
error-measure-unknown_name = Le nom { $name } n’existe pas.
hint-measure-unknown_name = Vérifiez le nom du serveur.
error-measure-name_without_address = Le nom { $name } est connu, mais n’a pas d’adresse IP.
hint-measure-name_without_address = Vérifiez le nom du serveur.
error-measure-unreachable = Le serveur { $server } ne répond pas sur cette liaison.
hint-measure-unreachable = Cette liaison ne laisse peut-être passer aucune donnée, ou le serveur est arrêté.
error-measure-refused = Le serveur { $server } refuse les connexions.
hint-measure-refused = Vérifiez le port, et assurez-vous que « opensim serve » est lancé sur ce serveur.
error-measure-certificate = Le serveur { $server } ne peut pas prouver son identité : { $detail }.
hint-measure-certificate = { $detail_code ->
    [tls-expired] Vérifiez la date de cet ordinateur. Si elle est juste, le serveur doit renouveler son certificat.
    [tls-not_yet] Vérifiez la date et l’heure de cet ordinateur.
    [tls-other_name] Indiquez le serveur par l’un des noms qui figurent dans son certificat.
   *[other] Vérifiez le nom du serveur, ainsi que la date et l’heure de cet ordinateur. Pour votre propre certificat, indiquez son fichier dans la configuration, section [measure] : authorities = ["FICHIER.pem"].
}
error-measure-not_the_server = Un autre service a répondu à la place de { $server } : { $detail }.
hint-measure-not_the_server = { $detail_code ->
    [tls-not_spoken] Si ce serveur est un « opensim serve » qui ne chiffre pas, écrivez son adresse sans « +https » : « opensim://HÔTE:PORT ». S’il doit chiffrer, lancez-le avec « opensim serve --tls-cert FICHIER --tls-key FICHIER ».
    [http-tls] Si ce serveur chiffre, écrivez son adresse avec « +https » : « opensim+https://HÔTE:PORT ».
    [http-no_name] Vérifiez l’adresse donnée à --server. Il faut peut-être aussi s’identifier sur ce réseau : ouvrez une page web dans un navigateur.
    [tls-not_agreed] Vérifiez l’adresse donnée à --server ; ce serveur est peut-être trop ancien.
   *[other] Il faut peut-être s’identifier sur ce réseau : ouvrez une page web dans un navigateur. Sinon, vérifiez l’adresse donnée à --server.
}
error-measure-not_found = Le serveur { $server } n’a rien à l’adresse donnée (HTTP { $status }).
hint-measure-not_found = Vérifiez l’adresse donnée à --server, jusqu’au nom du fichier.
error-measure-too_small = Le serveur { $server } n’a donné que { $bytes } : c’est trop peu pour mesurer un débit.
hint-measure-too_small = Indiquez un fichier de quelques mégaoctets, ou un autre serveur.
error-measure-server_refused = Le serveur { $server } refuse la mesure pour l’instant (HTTP { $status }).
hint-measure-server_refused = Attendez quelques minutes, ou indiquez un autre serveur.
error-measure-server_full = Le serveur { $server } est complet : il sert déjà autant de clients qu’il en accepte.
hint-measure-server_full = Attendez une minute, puis réessayez. Si ce serveur est le vôtre, relancez-le avec une plus grande limite : « opensim serve --max-clients N ».
error-measure-broken = La connexion à { $server } s’est rompue : { $detail }.
hint-measure-broken = { $detail_code ->
    [connection-closed] Le serveur est peut-être complet, ou arrêté : réessayez dans une minute. Vérifiez aussi le port.
   *[other] Réessayez ; si cela se reproduit, la liaison est faible ou le serveur a un problème.
}
error-measure-budget = Le budget de données ({ $budget } octets) est trop petit : il faut au moins { $needed } octets.
hint-measure-budget = Donnez un --budget plus grand.
error-measure-certificate_file = Le fichier de certificat { $file } ne peut pas être utilisé : { $detail }.
hint-measure-certificate_file = Ce fichier doit être au format PEM, et vous devez avoir le droit de le lire.
error-measure-descriptors = opensim ne peut plus ouvrir de connexion : trop de fichiers sont ouverts sur cet ordinateur, ou dans cette session ({ $operation }).
hint-measure-descriptors = Fermez d’autres programmes, ou augmentez la limite (« ulimit -n » la montre).
error-measure-system = Le système a refusé la mesure : { $detail } ({ $operation }).
hint-measure-system = Signalez-le à l’assistance, avec la commande que vous avez tapée.
error-scan-nothing_compared = Rien n’a pu être comparé : { $carrier ->
    [none] la réception n’a été lue pour aucun opérateur.
   *[other] la réception n’a été lue que pour { $carrier }.
}
hint-scan-nothing_compared = La raison est donnée pour chaque opérateur. Sans --radio-only, opensim rejoint chaque opérateur pour lire sa réception ; avec --server, il mesure aussi le débit et la voix. Si le modem refuse une commande, ajoutez « --trace FICHIER » et envoyez ce fichier à l’assistance.

error-change-rolled_back = Le { $to ->
    [none] changement d’opérateur
   *[other] passage à { $to }
} a échoué, et le modem est revenu sur { $from ->
    [none] l’opérateur précédent
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
    [none] son opérateur
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
    [none] l’opérateur précédent
   *[other] { $from }
}.{ $cause ->
    [none] { "" }
   *[other] { " " }Motif : { $cause }.
}
hint-change-not_restored = Si le modem a été débranché, rebranchez-le et attendez une demi-minute. Lancez ensuite « opensim recover » pour revenir à l’opérateur précédent.
error-recover-which_modem = Un changement d’opérateur commencé le { $since } sur le modem { $modem } a été interrompu. Le modem branché ne donne pas son numéro (IMEI) : impossible de savoir si c’est le même. Rien n’a été changé.
hint-recover-which_modem = Lancez « opensim --direct recover », qui interroge directement le modem. Si c’est un autre modem, branchez celui qui porte ce numéro, puis lancez « opensim recover ».
error-change-under_way = Un autre opensim est en train de changer l’opérateur de ce modem.
hint-change-under_way = Attendez que cet autre opensim ait fini, puis réessayez.

error-store-write = Le fichier { $file } ne peut pas être écrit : { $detail }.
hint-store-write = opensim note chaque changement avant de le faire : sans cette note, il ne change rien. Libérez de la place à cet endroit, ou vérifiez que vous pouvez y écrire.
error-store-read = Le fichier { $file } ne peut pas être lu : { $detail }.
hint-store-read = Vérifiez que vous avez le droit de lire ce fichier. S’il est abîmé, faites-en une copie pour l’assistance, puis déplacez-le.
error-store-unknown_schema = Le journal { $file } d’un changement interrompu a été écrit par une autre version d’opensim ({ $schema }). Ce journal reste en place, et rien n’a été changé.
hint-store-unknown_schema = Lancez « opensim recover » avec la version d’opensim qui a écrit ce journal. Si vous ne l’avez plus, déplacez ce fichier, puis choisissez l’opérateur avec « opensim switch OPÉRATEUR ».
error-store-lock = Le fichier { $file } ne peut pas être verrouillé : { $detail }. Rien n’a été changé.
hint-store-lock = Le disque où se trouve ce fichier ne permet pas de le verrouiller (un partage réseau, peut-être). Indiquez un dossier d’un autre disque : « XDG_STATE_HOME=DOSSIER ».
error-report-unknown_schema = { $detail ->
    [none] Le fichier { $file } est du JSON, mais pas un document d’opensim.
   *[other] { $file } n’est pas un document que cette version d’opensim sait lire ({ $detail }).
}
hint-report-unknown_schema = Donnez un fichier enregistré par « opensim scan --out FICHIER » ou avec --json, par cette version ou une plus ancienne.
error-interrupted = Commande interrompue.
hint-interrupted = « opensim status » montre l’état du modem.
error-internal-bug = Erreur interne d’opensim : { $detail }.
hint-internal-bug = Merci de la signaler à l’assistance, avec la commande tapée et, si possible, un fichier obtenu avec --trace FICHIER.
error-system-refused = Le système refuse à opensim les ressources nécessaires (fils d’exécution, fichiers ouverts) : { $detail }.
hint-system-refused = Fermez d’autres programmes, ou augmentez les limites de votre compte (« ulimit -u », « ulimit -n »).
error-output-not_written = Le résultat n’a pas pu être écrit : { $detail }.
hint-output-not_written = Libérez de la place là où va la sortie, ou choisissez un autre fichier, puis relancez la commande. Après un changement d’opérateur, « opensim status » montre où est le modem.

# Pourquoi le garde-fou a refusé ; chaque motif est une phrase.
guard-automatic_selection = Elle laisserait le modem choisir son opérateur ; or le fournisseur de la carte SIM indique que le passage automatique d’un opérateur à l’autre n’est pas autorisé en France.
guard-deregister = Elle déconnecterait le modem de tout réseau.
guard-no_order = Elle ferait passer le modem à un opérateur que personne n’a choisi.
guard-unreadable = opensim ne peut pas savoir si elle touche au choix de l’opérateur. Tapez chaque commande comme un argument à part, qui commence par AT.
guard-pin = Les codes et les verrous de la carte SIM ne se modifient pas par des commandes brutes.
guard-imei = Elle changerait le numéro du modem (IMEI).
guard-dial = Elle passerait un appel ou ouvrirait une connexion.
guard-reset = Elle redémarrerait le modem ou effacerait ses réglages. Un simple redémarrage est possible avec --force ; opensim ne rétablit jamais les réglages d’usine, car le modem choisirait alors lui-même son opérateur.
guard-repeat = Elle répéterait la dernière commande, quelle qu’elle soit.
guard-unknown = opensim ne sait pas si elle est inoffensive. Avec --force, elle est envoyée après avoir été notée dans le journal des changements.

# Les mêmes en quelques mots, comme motif d’autre chose.
cause-modem-gone = le modem n’est plus là
cause-modem-descriptors = trop de fichiers étaient ouverts
cause-modem-silent = le modem n’a pas répondu
cause-modem-unreadable = la réponse du modem est illisible
cause-modem-refused = le modem a refusé la commande
cause-modem-query_unanswered = le modem n’a pas répondu à la commande, alors qu’il répond à d’autres
cause-modem-guarded = le garde-fou d’opensim a bloqué la commande
cause-modem-busy = le port est utilisé par un autre programme
cause-modem-permission = vous n’avez pas le droit d’ouvrir le port
cause-modem-not_a_port = ce n’est pas un port série
cause-modem-port_failed = le port a cessé de fonctionner
cause-modem-not_opened = le système n’a pas ouvert le port
cause-manager-silent = ModemManager n’a pas répondu
cause-manager-unreadable = la réponse de ModemManager est illisible
cause-manager-absent = ModemManager était injoignable
cause-manager-denied = vous n’en avez pas le droit dans ModemManager
cause-manager-lost = ModemManager s’est arrêté
cause-manager-stale = ModemManager croyait le modem encore sur l’opérateur précédent
cause-manager-in_progress = ModemManager travaillait pour un autre programme
cause-manager-wrong_state = selon ModemManager, l’état du modem ne le permettait pas
cause-manager-cancelled = un autre programme a interrompu l’opération dans ModemManager
cause-manager-refused = ModemManager a refusé
cause-sim-absent = il n’y a pas de carte SIM
cause-sim-pin_required = la carte SIM demande son code PIN
cause-sim-pin_wrong = la carte SIM a refusé le code PIN
cause-sim-pin_tries = il reste trop peu d’essais pour le code PIN
cause-sim-puk_required = la carte SIM demande son code PUK
cause-sim-locked = la carte SIM ou le modem est verrouillé
cause-sim-busy = la carte SIM n’était pas prête
cause-sim-failed = la carte SIM ne fonctionne pas
cause-network-not_available = l’opérateur n’est pas capté ici
cause-network-denied = l’opérateur a refusé la carte SIM
cause-network-timeout = l’opérateur n’a pas pu être rejoint à temps
cause-network-lost = le réseau a été perdu aussitôt
cause-data-no_path = le modem ne donne pas accès à Internet
cause-data-not_registered = le modem n’est sur aucun réseau
cause-data-no_address = l’interface réseau du modem n’a pas d’adresse
cause-data-dial = la connexion par le modem a échoué
cause-data-no_dialler = la connexion par le modem n’est pas possible sur cet ordinateur
cause-measure-no_server = aucun serveur n’est configuré
cause-measure-unproven = opensim ne mesure pas encore sous Windows
cause-measure-no_interface = cette interface réseau n’existe pas
cause-measure-interface_down = l’interface réseau est inactive
cause-measure-not_permitted = vous n’avez pas le droit de limiter la mesure à une interface
cause-measure-not_loopback = le modem virtuel ne communique qu’avec cet ordinateur
cause-measure-no_route = l’interface n’a pas de route vers le serveur
cause-measure-reverse_path = le filtrage du chemin de retour (rp_filter) rejette les réponses
cause-measure-no_name_server = aucun serveur de noms (DNS) n’est joignable
cause-measure-name_server_silent = aucun serveur de noms (DNS) n’a répondu
cause-measure-name_server_failed = les serveurs de noms (DNS) n’ont pas trouvé l’adresse du serveur
cause-measure-name_cut_short = la réponse des serveurs de noms (DNS) était trop longue
cause-measure-unknown_name = le nom du serveur n’existe pas
cause-measure-name_without_address = le nom du serveur n’a pas d’adresse IP
cause-measure-unreachable = le serveur ne répond pas
cause-measure-refused = le serveur refuse les connexions
cause-measure-certificate = le serveur ne peut pas prouver son identité
cause-measure-not_the_server = un autre service a répondu, peut-être une page d’identification
cause-measure-not_found = le serveur n’a rien à l’adresse donnée
cause-measure-too_small = le serveur a donné trop peu pour connaître un débit
cause-measure-server_refused = le serveur refuse la mesure pour l’instant
cause-measure-server_full = le serveur est complet
cause-measure-broken = la connexion s’est rompue
cause-measure-budget = le budget de données est trop petit
cause-measure-certificate_file = un fichier de certificat ne peut pas être utilisé
cause-measure-descriptors = trop de fichiers étaient ouverts
cause-measure-system = le système a refusé
cause-store-write = un fichier n’a pas pu être écrit
cause-store-lock = un fichier n’a pas pu être verrouillé
cause-interrupted = la commande a été interrompue

# Ce qui ne va pas avec un fichier, après son nom.
detail-file-not_plain = ce n’est pas un fichier ordinaire, mais un dossier, un tube, un périphérique ou un lien
detail-file-too_big = il est plus grand que tout fichier de cette sorte
detail-file-not_own = il appartient à quelqu’un d’autre
detail-file-exposed = d’autres que vous peuvent le lire ; « chmod 600 { $file } » l’empêche
detail-file-not_read = c’est un tube, et aucun programme ne le lit
detail-file-not_text = ce n’est pas un texte en UTF-8
detail-link-occupied = autre chose se trouve à la place du lien
detail-os-not_found = il n’existe pas, ou son dossier n’existe pas
detail-os-denied = vous n’en avez pas le droit
detail-os-exists = il existe déjà
detail-os-is_folder = c’est un dossier
detail-os-not_folder = une partie de son chemin n’est pas un dossier
detail-os-full = il n’y a plus de place à cet endroit
detail-os-read_only = rien ne peut être écrit à cet endroit
detail-os-in_use = un autre programme utilise déjà cette adresse
detail-os-no_address = cette adresse n’est pas celle de cet ordinateur
detail-os-busy = un autre programme l’utilise déjà
detail-os-descriptors = trop de fichiers sont ouverts
detail-os-broken_off = l’autre extrémité l’a interrompue
detail-os-unsupported = ce système n’a rien de tel
detail-os-ended = la fin est venue trop tôt
detail-tls-expired = son certificat a expiré
detail-tls-not_yet = son certificat n’est pas encore valable
detail-tls-other_name = son certificat porte un autre nom
detail-tls-unknown_issuer = aucune autorité connue n’a signé son certificat
detail-tls-not_for_servers = son certificat n’est pas fait pour un serveur
detail-tls-authority = il montre le certificat d’une autorité qui n’est pas reconnue
detail-tls-revoked = son certificat a été révoqué
detail-tls-unreadable = son certificat est illisible
detail-tls-bad_signature = la signature de son certificat est fausse
detail-tls-no_name = ce nom ne peut figurer dans aucun certificat
detail-tls-none_shown = il ne montre aucun certificat
detail-tls-none_in_file = il ne contient aucun certificat
detail-tls-no_key = il ne contient aucune clé privée
detail-tls-keys_differ = le certificat et la clé ne vont pas ensemble
detail-tls-not_spoken = le service qui répond ne chiffre pas (pas de TLS)
detail-tls-not_agreed = le service qui répond chiffre (TLS) d’une façon qu’opensim n’accepte pas
detail-http-moved = la réponse { $status } renvoie vers { $location ->
    [none] une autre adresse
   *[other] { $location }
}
detail-http-log_in = le réseau demande d’abord une identification (HTTP 511)
detail-http-page = la réponse est une page web
detail-http-compressed = la réponse est compressée, ce qui n’était pas demandé
detail-http-other_name = le service qui répond s’appelle « { $name } », pas opensim
detail-http-no_name = le service qui répond ne se présente pas comme un serveur opensim
detail-http-status = un autre serveur a répondu par un refus (HTTP { $status })
detail-http-tls = le service qui répond chiffre (TLS)
detail-http-none = ce n’est pas une réponse HTTP
detail-connection-closed = fermée sans réponse
detail-connection-lost = coupée avant que le débit soit connu
detail-dial-not_root = elle exige « sudo »
detail-dial-no_pppd = « pppd » n’est pas installé
detail-dial-no_chat = « chat » n’est pas installé
detail-dial-no_connection = l’appel n’a pas abouti, sans autre explication
detail-dial-by_network_manager = NetworkManager ne l’a pas établie
detail-bus-no_owner = ModemManager n’est pas lancé
detail-bus-not_built = cet opensim a été compilé sans D-Bus
detail-config-not_toml = cette ligne n’est ni de la forme clé = "valeur" ni de la forme [section] ; il y manque peut-être un guillemet droit (") ou un crochet
detail-config-twice = la même clé y figure deux fois
detail-config-unknown_key = opensim ne connaît pas cette clé
detail-config-wrong_kind = ce n’est pas une valeur de la bonne sorte ; un texte s’écrit entre guillemets, une liste entre crochets
detail-config-not_carrier = aucun opérateur ne porte ce nom, ni parmi les opérateurs français connus (« opensim carriers --all »), ni dans un [[carrier]]
detail-config-carrier_reserved = ce nom demanderait à opensim de choisir, ce qu’opensim ne fait jamais
detail-config-carrier_incomplete = il faut à cet opérateur un nom (id) et au moins un code de réseau (plmns)
detail-config-no_carrier = cette liste ne contient aucun opérateur
detail-value-not_language = il faut fr ou en
detail-value-not_color = il faut auto, always ou never
detail-value-not_duration = il faut une durée comme 60s, 1500ms ou 1m30s, de 24h au plus
detail-value-not_plmn = il faut des codes de réseau comme 20810
detail-value-not_server = il faut opensim://HÔTE:PORT, opensim+https://HÔTE:PORT, librespeed+https://HÔTE/CHEMIN, cloudflare ou https://HÔTE/FICHIER
detail-value-not_reflector = il faut HÔTE ou HÔTE:PORT
detail-value-not_target = il faut sip:HÔTE, openvpn://HÔTE:PORT, tcp://HÔTE:PORT, tls://HÔTE:PORT ou https://HÔTE/PAGE
detail-pin-shape = un code PIN a de quatre à huit chiffres ; ce que vous avez donné n’a pas été envoyé à la carte SIM
foreign-quoted = « { $text } »

# Ce qu’un modem veut dire par son numéro (27.007 9.2) ; montré devant le numéro lui-même.
cme-3 = opération interdite
cme-4 = opération inconnue du modem
cme-10 = pas de carte SIM
cme-11 = code PIN demandé
cme-12 = code PUK demandé
cme-13 = carte SIM en panne
cme-14 = carte SIM pas encore prête
cme-15 = mauvaise carte SIM
cme-16 = code incorrect
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
cme-shown = { $meaning } [{ $line }]
