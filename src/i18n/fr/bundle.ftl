# L’archive pour l’assistance : ce qu’elle contient, et ce qui empêche de la lire.

error-bundle-not_one = Le fichier { $file } n’est pas une archive d’assistance d’opensim, ou il a été coupé pendant son envoi.
hint-bundle-not_one = Demandez ce fichier de nouveau. Une telle archive se crée avec « opensim doctor --bundle FICHIER ».
error-bundle-foreign = L’archive { $file } contient un élément qu’opensim n’écrit jamais : { $member }. Rien n’en a été utilisé.
hint-bundle-foreign = Ne vous fiez pas à cette archive. Demandez-en une créée avec « opensim doctor --bundle FICHIER ».
error-bundle-damaged = Dans l’archive { $file }, l’élément { $member } n’est plus tel qu’il a été écrit.
hint-bundle-damaged = Le fichier a été modifié, ou abîmé pendant son envoi. Demandez-le de nouveau.
error-bundle-too_big = L’archive { $file } contient plus qu’une archive d’assistance. Rien n’en a été utilisé.
hint-bundle-too_big = Ne vous fiez pas à cette archive. Demandez-en une créée avec « opensim doctor --bundle FICHIER ».
error-bundle-newer = L’archive { $file } a été créée par une autre version d’opensim ({ $schema }).
hint-bundle-newer = Lisez-la avec une version plus récente d’opensim.
error-bundle-no_trace = L’archive { $file } ne contient aucun échange avec un modem.
hint-bundle-no_trace = Le modem n’a pas répondu, ou opensim l’a utilisé à travers ModemManager. Demandez une archive créée avec « opensim --direct doctor --bundle FICHIER ».
error-bundle-no_document = L’archive { $file } ne contient aucun document « { $member } ».
hint-bundle-no_document = Documents présents : { $candidates }.

bundle-title = Archive pour l’assistance, créée par opensim { $version } le { $since }.
bundle-purpose = Cette archive est destinée à la personne qui vous aide. Elle ne contient que du texte : ouvrez chaque fichier et lisez-le avant de l’envoyer.
bundle-removed = Retirés partout, même écrits en hexadécimal ou coupés par une fin de ligne : numéros du modem, de la carte SIM et de l’abonnement (le début et les deux derniers chiffres restent), numéros de téléphone, codes PIN, mots de passe, adresses IP et MAC (un numéro les remplace), noms de cet ordinateur et de ses utilisateurs, dossier personnel, position, textes saisis par une personne.
bundle-kept = Conservés, car l’assistance en a besoin : modèle et version du modem, opérateur et code de réseau, numéros de cellule, niveaux de réception, APN, serveurs de mesure configurés.
bundle-replay = Pour l’assistance : « opensim report ARCHIVE » affiche les documents ; « opensim sim --replay ARCHIVE » imite ce modem.
bundle-no_exchange = Aucun échange avec un modem n’a pu être joint : le modem n’a pas répondu, ou opensim l’utilise à travers ModemManager.
bundle-contents = Contenu :
bundle-what_readme = cette liste
bundle-what_index = la même liste pour les programmes, avec les sommes de contrôle
bundle-what_doctor = le bilan (opensim doctor)
bundle-what_status = l’état du modem
bundle-what_modems = les modems trouvés
bundle-what_document = le dernier résultat de cette commande
bundle-what_trace = les échanges avec le modem pendant cette commande
bundle-what_versions = les versions d’opensim et du système
bundle-what_devices = les appareils USB et les interfaces réseau, sans numéro de série
bundle-what_configuration = la configuration d’opensim
bundle-what_changes = le journal des changements (ses dernières lignes)
bundle-what_log = ce qu’opensim a noté pendant ce bilan

say-bundled = Tout ce dont l’assistance a besoin se trouve dans l’archive { $file }. Rien n’y permet de vous identifier ; ouvrez-la et lisez-la avant de l’envoyer.
help-doctor-bundle = Réunir aussi dans FICHIER, une archive, tout ce dont l’assistance a besoin, sans rien qui permette de vous identifier
