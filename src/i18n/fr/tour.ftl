# La prise en main (« opensim tour ») : ce qui est dit avant et après chaque commande, et ce qui répond à ce que l’on tape.

tour-welcome = Bienvenue. En cinq minutes, vous allez taper les vraies commandes d’opensim sur un modem virtuel, installé dans une maison imaginaire. Rien ne peut mal tourner : ni votre modem ni vos relevés ne sont touchés. Pour chaque commande, tapez-la au clavier, puis appuyez sur Entrée. Vous pouvez aussi taper « aide », « passer » ou « quitter ».
tour-step = Étape { $at } sur { $of } · { $title }
tour-type = Tapez : { $command }
tour-copy = Voici la commande en entier. Copiez-la telle quelle, puis appuyez sur Entrée ; ou tapez « passer » pour aller à l’étape suivante.

tour-status_title = Où en est le modem ?
tour-status_before = La première commande demande au modem où il en est. Elle ne change rien.
tour-status_after = Deux lignes à retenir. « Réseau » : l’opérateur sur lequel est le modem, ici Orange. « Réception » : comment il capte cet opérateur. Le reste sert surtout à l’assistance.
tour-monitor_title = Où poser l’antenne ?
tour-monitor_before = Cette commande lit la réception chaque seconde, ici pendant cinq secondes. Les mots qui commencent par -- sont des options : ils précisent ce que vous voulez.
tour-monitor_after = RSRP est la puissance du signal : plus c’est proche de 0, mieux c’est (-80 est fort, -110 est faible). SINR est sa netteté : 20 est net, 0 est brouillé. Chez vous, tournez l’antenne lentement et gardez la meilleure position. Sans option, « opensim monitor » dessine la réception en direct ; la touche q l’arrête.
tour-scan_title = Quel opérateur passe le mieux ici ?
tour-scan_before = opensim va essayer les opérateurs l’un après l’autre, puis revenir au vôtre. La connexion est coupée pendant ce temps : il vous demande donc d’abord votre accord. Répondez « o » pour oui, puis Entrée. Il faut une vingtaine de secondes.
tour-scan_after = Le tableau a défilé ? Remontez dans la fenêtre, à la souris. Le meilleur opérateur est en haut. « suffisant » : c’est assez pour votre journée de travail. « insuffisant » : ce n’est pas assez. « incertain » : c’est trop proche du besoin pour conclure. « ≥ 224 » : au moins 224 ; opensim n’a pas demandé plus, pour économiser vos données. Pour finir, le modem est revenu sur son opérateur : opensim ne choisit jamais à votre place.
tour-switch_title = Et si je veux changer d’opérateur ?
tour-switch_before = Dans cette maison, SFR est le mieux reçu. Pour y passer, c’est vous qui le demandez, et opensim attend encore votre accord.
tour-switch_after = Le modem est sur SFR, et opensim l’a vérifié. Si SFR n’avait pas voulu de la carte SIM, le modem serait revenu sur Orange, et un message vous l’aurait dit.
tour-again_title = Où en est le modem, maintenant ?
tour-again_before = Une commande que vous connaissez déjà : elle montre ce qui a changé.
tour-again_after = La ligne « Réseau » montre l’opérateur que vous avez choisi. Le modem y reste tant que vous n’en choisissez pas un autre. « en itinérance » est normal avec une carte SIM de plusieurs opérateurs.
tour-doctor_title = Et si quelque chose ne va pas ?
tour-doctor_before = Cette commande contrôle tout dans l’ordre, du modem jusqu’à un appel, sans rien changer. Elle prend quelques secondes.
tour-doctor_after = Lisez d’abord « À corriger » et « À surveiller » : chaque point y a sa cause, et ce que vous pouvez faire. Le reste est en ordre. Ce qui est dit de l’ordinateur n’est pas imaginaire : c’est le vôtre.
tour-history_title = Qu’est-ce que j’ai déjà mesuré ?
tour-history_before = opensim garde chaque relevé, pour comparer plus tard deux pièces, deux heures ou deux jours.
tour-history_after = Chaque ligne a un numéro : « opensim history show 1 » montre de nouveau le relevé numéro 1. Cet historique-ci disparaît à la fin ; le vôtre reste sur votre ordinateur, et vous seul pouvez le lire.
tour-recover_title = Et si le courant est coupé en plein relevé ?
tour-recover_before = Le modem peut alors rester sur un autre opérateur. Une commande le ramène sur le vôtre.
tour-recover_after = Ici, rien n’a été interrompu. Si un jour c’est le cas, la commande suivante vous le dira.

tour-end = C’est fini, bravo ! Voici les cinq commandes à garder.
tour-keep_status = où en est le modem
tour-keep_scan = comparer les opérateurs
tour-keep_switch = passer à celui que vous voulez
tour-keep_doctor = trouver ce qui ne va pas
tour-keep_recover = revenir après une coupure
tour-more = « opensim help » montre toutes les commandes, et « opensim help scan » en explique une. Le guide est docs/guide.fr.md, livré avec opensim.
tour-own = Et maintenant, votre propre modem. Voici ce que montre « opensim status », sans rien changer.
tour-own_well = C’est votre vrai modem, cette fois. Pour comparer vos opérateurs, tapez « opensim scan » quand vous pouvez vous passer de connexion quelques minutes.
tour-own_badly = Votre modem ne répond pas encore comme il faut. Suivez ce qui est dit ci-dessus, ou tapez « opensim doctor ».
tour-own_none = Aucun modem n’est branché à cet ordinateur. Branchez votre modem 4G sur une prise USB, attendez une demi-minute, puis tapez « opensim status ».
tour-own_several = Plusieurs modems sont branchés : { $modems }. Indiquez le vôtre, par exemple « opensim status --modem { $modem } ».

tour-help = Tapez la commande indiquée, puis Entrée. « passer » va à l’étape suivante, « quitter » arrête tout. Ctrl-C arrête une commande en cours. Vous pouvez essayer d’autres commandes d’opensim : ici, elles ne touchent que le modem virtuel.
tour-another = C’était une autre commande ; elle a bien sa place ici. Reprenons.
tour-not_done = La commande n’est pas allée au bout. Tapez-la une nouvelle fois, ou tapez « passer ».
tour-sudo = « sudo » n’est pas utile ici : opensim s’en passe très bien. Je le laisse de côté.
tour-outside = « { $what } » n’en fait pas partie : ici, tout se passe dans la maison imaginaire. Vous pourrez l’essayer ensuite.
tour-nearly = Presque : vous vouliez sans doute taper « { $meant } ».
tour-capitals = Presque : les commandes se tapent en minuscules, « { $meant } ».
tour-wrong = Pas tout à fait. { $detail }
tour-several = Une seule commande à la fois, sans signe comme | & < ou >.
tour-stranger = Ce n’est pas une commande d’opensim, et rien n’a été lancé. Ici, chaque commande commence par « opensim ».
tour-too_long = C’est bien long : aucune commande n’a besoin d’autant de lettres. Rien n’a été lancé.
tour-stopping = Arrêt en cours.
tour-left = À bientôt ! Pour reprendre la prise en main, tapez « { $command } ».

tour-words_help = aide
tour-words_skip = passer suivant
tour-words_quit = quitter
