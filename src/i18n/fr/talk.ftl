# Avancement, questions et réponses : ce qui est dit pendant qu’une commande travaille.

progress-reading_modem = Lecture du modem
progress-registering = Inscription sur { $carrier } ({ $position } sur { $count })
progress-switching = Inscription sur { $carrier }
progress-sampling = Mesure de la réception sur { $carrier } ({ $sample } sur { $samples })
progress-measuring = Mesure sur { $what } : débit et voix
progress-measuring_throughput = Mesure sur { $what } : débit
progress-checking = Vérification de ce qui est joignable par { $what }
progress-verifying = Vérification du passage des données sur { $carrier }
progress-going_back = Retour sur { $carrier }
progress-confirming = Vérification : { $carrier }
progress-networks = Demande au modem de sa liste de réseaux (plusieurs minutes)
progress-survey = Écoute des cellules de tous les opérateurs
progress-elapsed = depuis { $elapsed }
progress-elapsed_of = { $elapsed } sur environ { $expected }
progress-elapsed_at_most = { $elapsed } sur { $expected } au plus
progress-stopping_plain = Arrêt demandé. Ctrl-C encore une fois pour quitter aussitôt.
progress-left_at_once = Quitté aussitôt ; le modem est peut-être sur un autre opérateur qu’avant. Lancez « opensim recover ».
progress-left_serving = Quitté aussitôt ; les transferts en cours ont été coupés.

question-scan = Le relevé passe par { $carriers }, puis revient sur { $back }. La connexion peut être coupée jusqu’à { $offline }.
question-scan_radio = Le modem écoute ce qui est émis ici pour { $carriers }, sans s’inscrire nulle part. La connexion peut être coupée jusqu’à { $offline }.
question-scan_nothing_back = Le relevé passe par { $carriers }. Le modem n’est sur aucun opérateur : il n’y aura rien à remettre. Cela dure jusqu’à { $offline }.
question-scan_automatic = Le modem choisit en ce moment lui-même son opérateur ; il restera ensuite sur { $back }, et opensim ne remet pas la sélection automatique.
question-scan_data = La mesure peut consommer jusqu’à { $bytes } du forfait de la SIM.
question-scan_go = Commencer le relevé ?
question-switch = Le modem quitte { $from } pour { $to }. La connexion peut être coupée jusqu’à { $offline } ; si { $to } ne peut pas être rejoint, { $from } est remis.
question-switch_no_rollback = Le modem quitte { $from } pour { $to }. La connexion peut être coupée jusqu’à { $offline } ; si { $to } ne peut pas être rejoint, { $from } n’est pas remis (--no-rollback).
question-switch_from_nothing = Le modem rejoint { $to }. Il n’est sur aucun opérateur en ce moment.
question-switch_lasting = La connexion « { $connection } » de NetworkManager le désignera elle aussi, pour y rester la prochaine fois.
question-switch_go = Passer à { $to } ?
question-yes_no = [o/N]
question-yes_words = o oui y yes
question-pin = Code PIN de la carte SIM :

say-error = erreur :
say-hint = Que faire :
say-sim_ready = Le modem virtuel attend sur { $port } (scénario { $scenario }). Ctrl-C l’arrête.
say-serve_ready = Serveur de mesure sur { $address } ({ $scheme }) et { $stamp } (STAMP). Ctrl-C l’arrête.
log-serve_answered = Client { $client } : { $what ->
    [down] { $bytes } données
    [up] { $bytes } reçues
   *[other] une réponse courte
} en { $took }
log-serve_refused = Client { $client } : refusé (HTTP { $status }{ $status ->
    [503] , complet
   *[other] { "" }
})
log-serve_made_way = Client { $client } : renvoyé, sa place était demandée
log-serve_time_up = Client { $client } : renvoyé, son temps est écoulé
log-serve_no_tls = Client { $client } : n’a pas parlé TLS
