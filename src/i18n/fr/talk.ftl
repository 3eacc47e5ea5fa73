# Avancement, questions et réponses : ce qui est dit pendant qu’une commande travaille.

progress-reading_modem = Lecture du modem
progress-switching = Le modem rejoint { $carrier }
progress-sampling = Lecture de la réception sur { $carrier } ({ $sample } sur { $samples })
progress-measuring = Mesure sur { $what } : débit et voix
progress-measuring_throughput = Mesure sur { $what } : débit
progress-checking = Vérification des services joignables par { $what }
progress-verifying = Vérification : les données passent-elles sur { $carrier } ?
progress-going_back = Retour sur { $carrier }
progress-confirming = Vérification : { $carrier }
progress-networks = Recherche de tous les réseaux par le modem (plusieurs minutes)
progress-survey = Écoute des antennes-relais de tous les opérateurs
progress-turn = { $position } sur { $count } · { $what }
progress-turn_over = { $position } sur { $count } · { $name } : { $result }
progress-link_over = { $name } : { $result }
progress-signal = réception { $quality }
progress-cut_short = interrompu
progress-over = { $what } ({ $elapsed })
progress-elapsed = depuis { $elapsed }
progress-elapsed_at_most = { $elapsed } sur { $expected } au plus
progress-stopping_plain = Arrêt en cours. Un second Ctrl-C quitte immédiatement.
progress-left_at_once = Arrêt immédiat : le modem n’est peut-être plus sur l’opérateur précédent. Lancez « opensim recover ».
progress-left_serving = Arrêt immédiat : les transferts en cours ont été coupés.

question-scan = opensim va essayer { $carriers }, puis ramener le modem sur { $back }. La connexion peut être coupée pendant { $offline } au plus.
question-scan_radio = Le modem écoute les antennes-relais captées ici ({ $carriers }), sans s’inscrire sur aucune. La connexion peut être coupée pendant { $offline } au plus.
question-scan_nothing_back = opensim va essayer { $carriers }. Le modem n’est sur aucun opérateur en ce moment : il n’y aura donc rien à rétablir. Durée : { $offline } au plus.
question-scan_automatic = En ce moment, le modem choisit lui-même son opérateur. Après le relevé, il restera sur { $back } : opensim ne rétablit pas la sélection automatique.
question-scan_data = La mesure peut consommer jusqu’à { $bytes } de votre forfait.
question-scan_go = Commencer le relevé ?
question-switch = Le modem va quitter { $from } pour { $to }. La connexion peut être coupée pendant { $offline } au plus. Si { $to } est injoignable, le modem reviendra sur { $from }.
question-switch_no_rollback = Le modem va quitter { $from } pour { $to }. La connexion peut être coupée pendant { $offline } au plus. Si { $to } est injoignable, le modem ne reviendra pas sur { $from } (--no-rollback).
question-switch_from_nothing = Le modem va rejoindre { $to } : il n’est sur aucun opérateur en ce moment.
question-switch_lasting = La connexion « { $connection } » de NetworkManager sera réglée sur le même opérateur, pour les prochaines fois.
question-switch_hold = Le modem est déjà sur { $to }. opensim va le fixer sur cet opérateur (sélection manuelle). La connexion peut être coupée pendant { $offline } au plus.
question-switch_again = Le modem est réglé sur { $to }, mais n’y est pas inscrit. Le modem va rejoindre { $to } de nouveau. La connexion peut être coupée pendant { $offline } au plus.
question-switch_there = Le modem est déjà sur { $to }.
question-switch_automatic = En ce moment, le modem choisit lui-même son opérateur. Ensuite, il restera en sélection manuelle : opensim ne rétablit pas la sélection automatique.
question-switch_go = Passer à { $to } ?
question-unfinished = Un changement d’opérateur commencé le { $since } a été interrompu. Avant ce changement, le modem était sur { $former }.
question-unfinished_ends = Après ce relevé, le modem sera donc de nouveau sur { $former }, et il n’y aura plus rien à rétablir.
question-unfinished_stays = Ce relevé n’efface pas le changement interrompu : avec « opensim recover », vous pourrez encore revenir à { $former }.
question-unfinished_given_up = Une fois le modem sur { $to }, « opensim recover » ne permettra plus de revenir à { $former }.
question-still_on = Le modem est toujours sur { $carrier }.
question-go_on = Continuer ?
question-yes_no = [o/N]
question-yes_words = o oui y yes
question-no_words = n non no
question-yes_or_no = Tapez « o » pour oui ou « n » pour non, puis Entrée. Rien n’a été changé.
question-pin = Code PIN de la carte SIM{ $tries ->
    [none] {""}
   *[other] {" "}(encore { $tries } essais)
} :
question-pin_shape = Un code PIN a de quatre à huit chiffres. Ce que vous avez tapé n’a pas été envoyé à la carte SIM.

say-error = Erreur :
say-hint = Que faire :
say-saved = Le résultat est enregistré dans le fichier { $file }.
say-sim_ready = Le modem virtuel attend sur { $port } (scénario { $scenario }). Ctrl-C l’arrête.
say-serve_ready = Serveur de mesure sur { $address } ({ $scheme }) et { $stamp } (STAMP). Ctrl-C l’arrête.
log-serve_answered = Client { $client } : { $what ->
    [down] données envoyées, { $bytes },
    [up] données reçues, { $bytes },
   *[other] réponse courte
} en { $took }
log-serve_refused = Client { $client } : refusé (HTTP { $status }{ $status ->
    [503] , complet
   *[other] { "" }
})
log-serve_made_way = Client { $client } : déconnecté, sa place était demandée
log-serve_time_up = Client { $client } : déconnecté, durée maximale atteinte
log-serve_no_tls = Client { $client } : connexion sans chiffrement (TLS), fermée
