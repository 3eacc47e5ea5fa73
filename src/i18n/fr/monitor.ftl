# La réception en direct, pour placer une antenne : « opensim monitor ».

help-monitor = Suivre la réception en direct, pour placer une antenne
help-monitor-long = Lit la réception chaque seconde et montre la puissance du signal (RSRP), sa qualité (RSRQ), sa netteté (SINR), leur tendance, la meilleure lecture jusqu’ici et les changements de cellule. Tournez l’antenne lentement, attendez quelques secondes à chaque position, et revenez à la meilleure.

    Rien n’est modifié : le modem reste sur son opérateur. La commande s’arrête avec Ctrl-C ou au bout de la durée choisie.
help-monitor-examples = opensim monitor  suivre la réception en tournant l’antenne
    opensim monitor --plain --for 1m  une phrase par seconde, pendant une minute
    opensim monitor --json --for 30s  une ligne JSON par lecture, pour un programme
help-monitor-plain = Une phrase par seconde, sans rien déplacer à l’écran : pour un lecteur d’écran, un journal, une liaison lente
help-monitor-for = Durée ; sans elle, jusqu’à Ctrl-C

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
