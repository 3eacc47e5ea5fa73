# La réception en direct, pour placer une antenne : « opensim monitor ».

help-monitor = Suivre la réception en direct, pour placer une antenne
help-monitor-long = Lit la réception chaque seconde et montre la puissance du signal (RSRP), sa qualité (RSRQ), sa netteté (SINR), leur tendance, la meilleure lecture jusqu’ici et les changements de cellule. Tournez l’antenne lentement, attendez quelques secondes à chaque position, et revenez à la meilleure.

    Rien n’est modifié : le modem reste sur son opérateur. La commande s’arrête avec Ctrl-C ou au bout de la durée choisie.
help-monitor-examples = opensim monitor  suivre la réception en tournant l’antenne
    opensim monitor --tone  la même chose, avec un son d’autant plus rapide que la réception est bonne
    opensim monitor --plain --for 1m  une phrase par seconde, pendant une minute
    opensim monitor --json --for 30s  une ligne JSON par lecture, pour un programme
help-monitor-plain = Une phrase par seconde, sans rien déplacer à l’écran : pour un lecteur d’écran, un journal, une liaison lente
help-monitor-for = Durée ; sans elle, jusqu’à Ctrl-C
help-monitor-tone = Le terminal émet des bips, d’autant plus rapides que la réception est bonne ; sans cette option, aucun son

monitor-title = Réception pendant le placement de l’antenne
monitor-begins = Réception de { $modem }, une phrase par seconde. Ctrl-C l’arrête. Puissance : RSRP ; qualité : RSRQ ; netteté : SINR.
monitor-line = { $time } : { $quality } ; { $levels }
monitor-line_unread = { $time } : aucune réception lue
monitor-between = { "" } ; { "" }
monitor-best_now = meilleure lecture jusqu’ici
monitor-best_ago = meilleure : { $level }, il y a { $time }
monitor-rising = en hausse
monitor-steady = stable
monitor-falling = en baisse
monitor-moved = Changement de cellule : { $to } (avant : { $from }).
monitor-cell = cellule { $cell }
monitor-ended = { $count ->
    [0] Aucune lecture de la réception.
    [one] Une lecture de la réception.
   *[other] { $count } lectures de la réception en { $time }.
}
monitor-best = Meilleure lecture
monitor-last = Dernière lecture
monitor-when = { $time } après le début ({ $moment })
monitor-changes = Changements de cellule

# L’écran.
monitor-waits = En attente de la première lecture…
monitor-class = Réception : { $quality }
monitor-network = réseau : { $registered }
monitor-rsrp = Puissance
monitor-rsrq = Qualité
monitor-sinr = Netteté
monitor-no_level = non lue
monitor-mark_best = meilleure : { $level }
monitor-minute = Dernière minute
monitor-range = de { $low } à { $high } dBm
monitor-no_best = Meilleure lecture : aucune pour l’instant
monitor-best_is_now = Meilleure lecture : { $levels }, maintenant
monitor-best_was = Meilleure lecture : { $levels }, il y a { $time }
monitor-best_when_now = Meilleure lecture : maintenant
monitor-best_when = Meilleure lecture : il y a { $time }
monitor-moved_ago = Il y a { $time } : { $moved }
monitor-around = Autour : { $cells }
monitor-surveyed = Relevé du { $moment } : { $carrier } semblait mieux. Pour essayer : « { $command } »
monitor-surveyed_at = Relevé du { $moment } ({ $label }) : { $carrier } semblait mieux. Pour essayer : « { $command } »
monitor-key_quit = quitter
monitor-key_forget = oublier la meilleure
monitor-key_forget_short = oublier
monitor-key_tone = son
monitor-key_tone_off = couper le son
monitor-key_help = aide
monitor-key_back = retour
monitor-explained = Tournez l’antenne lentement, attendez dix secondes à chaque position, puis revenez là où la lecture était la meilleure.
    { "" }
    Puissance (RSRP) : la force avec laquelle l’antenne-relais est captée. Réglez-vous d’abord sur elle.
    Qualité (RSRQ) : la part de ce qui est capté qui vient de cette antenne-relais. Elle baisse aussi quand beaucoup de monde s’en sert.
    Netteté (SINR) : l’écart entre le signal et tout le reste. Le débit la suit.
    { "" }
    Chaque barre a cinq parties : inutilisable, faible, moyenne, bonne, excellente. Le repère montre où était la meilleure lecture.
    Rien n’est modifié : le modem reste sur son opérateur.
