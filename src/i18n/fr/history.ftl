# L’historique : ce que l’on en demande, ce qu’il montre, et ce qui l’en empêche.

error-history-unavailable = L’historique { $file } ne peut pas être utilisé : { $detail }.
hint-history-unavailable = Libérez de la place à cet endroit, ou vérifiez que vous pouvez y lire et y écrire. Si une version plus récente d’opensim l’a créé, utilisez cette version.
note-history-unavailable = L’historique { $file } n’a rien pu retenir ({ $detail }) : le résultat ci-dessus est complet, mais il n’y figurera pas.
note-history-begun_anew = L’historique était abîmé : il est conservé dans { $kept_as }, et un nouveau commence dans { $file }.
detail-history-newer = seule une version plus récente d’opensim sait le lire
detail-history-busy = un autre programme l’utilise
detail-history-damaged = il est abîmé

help-scan-no-history = Ne pas garder ce relevé dans l’historique

error-history-not_found = L’historique ne contient rien sous le nom de { $wanted }.
hint-history-not_found = { $candidates ->
    [none] « opensim history » montre ce qui est conservé, avec un numéro pour chaque document.
   *[other] « opensim history » montre ce qui est conservé, avec un numéro pour chaque document. Lieux connus : { $candidates }.
}
error-history-other_kind = Le fichier { $file } est un document { $schema }, et l’historique n’en garde pas de cette sorte. Rien n’a été importé.
hint-history-other_kind = Donnez des relevés, des changements d’opérateur ou des mesures, enregistrés en JSON, ou ce que « opensim history export » a donné.
note-history-too_few = Moins de { $fewest } relevés d’un côté : trop peu pour conclure. Faites-en d’autres au même endroit, à des moments différents.

history-title = Historique
history-title_place = Historique : { $label }
history-none = Rien n’est encore conservé. Chaque relevé, changement d’opérateur et mesure le sera.
history-none_listed = Rien de ce qui est conservé ne correspond à cette demande.
history-newest = Le plus récent : { $at }
history-scans = Relevés
history-others = Changements d’opérateur et mesures
history-col_id = N°
history-col_when = Date
history-col_place = Lieu
history-col_what = Quoi
history-col_result = Résultat
history-demonstration = (modem virtuel)
history-switch = Passage à { $to }
history-measure = Mesure de { $interface }
history-more = Voici les { $count } plus récents, sur { $total }. Pour tous les voir, ajoutez --limit 0.
history-next = Pour en revoir un : « opensim history show NUMÉRO ». Pour savoir ce qui a changé : « opensim history compare ».
history-total = { $count ->
    [0] L’historique est maintenant vide.
    [1] L’historique contient maintenant un document.
   *[other] L’historique contient maintenant { $count } documents.
}
history-added = { $count ->
    [1] Un document a été ajouté.
   *[other] { $count } documents ont été ajoutés.
}
history-known = { $count ->
    [1] Un document y était déjà.
   *[other] { $count } documents y étaient déjà.
}
history-removed = { $count ->
    [1] Un document a été supprimé pour de bon.
   *[other] { $count } documents ont été supprimés pour de bon.
}
history-rebuilt = { $count ->
    [1] L’index a été refait d’après un document.
   *[other] L’index a été refait d’après { $count } documents.
}
history-untouched = Rien n’a changé.

outcome-switched = réussi
outcome-already_there = déjà en place
outcome-rolled_back = échoué ; retour à l’opérateur précédent
outcome-not_restored = échoué ; PAS de retour à l’opérateur précédent

timeline-heading = Au fil du temps
timeline-signal = { $name } : puissance du signal
timeline-download = { $name } : débit reçu
timeline-said = Relevés : { $count }, du { $from } au { $to }. Valeur médiane { $middle }, la plus basse { $low }, la plus haute { $high }, la dernière { $last }.

compare-title = Ce qui a changé : { $before }, puis { $after }
compare-title_bare = Ce qui a changé
compare-before = Avant : { $side }.
compare-after = Après : { $side }.
compare-side = { $named } ({ $count } relevés, du { $from } au { $to })
compare-side_one = { $named } (un relevé, { $at })
compare-side_none = { $named } (aucun relevé)
compare-nothing = Aucun relevé à comparer.
compare-worse = Moins bien qu’avant : { $carriers }.
compare-better = Mieux qu’avant : { $carriers }.
compare-same = Rien n’a changé au-delà du hasard.
compare-too_few = Trop peu de relevés pour conclure.
compare-signal = Réception : { $trend }. Médiane { $before }, puis { $after } ({ $delta } dB ; le hasard en explique { $noise } dB au plus).
compare-signal_bare = Réception : { $trend }. { $before }, puis { $after } ({ $delta } dB).
compare-signal_gone = Réception : { $trend }. { $before }, puis pas lue.
compare-signal_new = Réception : { $trend }. Pas lue, puis { $after }.
compare-signal_unread = Réception : lue d’aucun côté.
compare-down = Débit reçu : { $trend }. Au moins { $before }, puis { $after }.
compare-up = Débit envoyé : { $trend }. Au moins { $before }, puis { $after }.
compare-verdict = Verdict : { $trend }. { $before }, puis { $after }.
compare-verdict_side = { $verdict } ({ $count } fois sur { $of })
compare-unmeasured = non mesuré
compare-rule = « Moins bien » et « mieux » ne sont dits que d’une différence d’au moins 6 dB (ou du double), plus grande que ce que le hasard explique, entre au moins trois relevés de chaque côté.
compare-all_before = tout ce qui précède
compare-last = le dernier relevé
compare-number = le relevé n° { $named }
compare-days = { $count ->
    [1] le dernier jour
   *[other] les { $count } derniers jours
}
compare-hours = { $named ->
    [night] la nuit
    [morning] le matin
    [afternoon] l’après-midi
    [evening] le soir
   *[other] { $named }
}

trend-worse = moins bien
trend-better = mieux
trend-same = sans changement
trend-too_few = trop peu de relevés pour conclure
trend-vanished = n’est plus capté
trend-appeared = capté de nouveau

question-forget = L’historique va perdre pour de bon { $count ->
    [1] un document
   *[other] { $count } documents
}.
question-forget_go = Faut-il les supprimer ?

help-history = Revoir et comparer les relevés passés
help-history-long = Montre ce qui est conservé sur cet ordinateur : relevés, changements d’opérateur et mesures, le plus récent d’abord. Sans autre mot, « opensim history » en donne la liste.
help-history-examples = opensim history  la liste des relevés passés
    opensim history show last  revoir le dernier relevé
    opensim history compare  ce qui a changé ces sept derniers jours
    opensim history compare morning evening --place Salon  le matin et le soir
    opensim history --place Salon --out salon.html  une page à imprimer
help-history-place = Seulement de ce lieu
help-history-since = Seulement depuis ce moment : 30d, 2w, 12h ou une date comme 2026-11-23
help-history-kind = Seulement les documents de cette sorte
help-history-limit = Les N plus récents ; 0 pour tous
help-history-out = Enregistrer dans FICHIER, au format de son extension : json, csv, html ou txt
help-history-format = Format d’affichage
help-history-list = Donner la liste de ce qui est conservé
help-history-show = Revoir un document tel qu’il était
help-history-show-id = Numéro donné par la liste, ou last pour le dernier relevé
help-history-compare = Dire ce qui a changé au-delà du hasard
help-history-compare-before = Ce qui vient avant : un numéro, last, before (tout ce qui précède), 7d, une date, deux dates (2026-11-01:2026-11-15), morning, afternoon, evening, night (ou matin, après-midi, soir, nuit), un lieu
help-history-compare-after = Ce qui vient après, de même
help-history-import = Ajouter des documents enregistrés
help-history-import-files = Documents en JSON, ou ce que « history export » a donné ; tous, ou aucun si l’un d’eux ne convient pas
help-history-export = Donner tout ce qui est conservé, à garder ailleurs
help-history-export-format = Les documents tels qu’ils étaient, un par ligne (ndjson), ou un tableau (csv)
help-history-forget = Supprimer des documents pour de bon, avec votre accord
help-history-forget-id = Numéro donné par la liste
help-history-forget-place = Tout ce qui vient de ce lieu
help-history-forget-before = Tout ce qui précède ce moment : 400d, 2w ou une date comme 2026-11-23
help-history-forget-all = Tout
help-history-rebuild = Refaire l’index d’après les documents

value-id = NUMÉRO
value-kind = SORTE
value-a = A
value-b = B

error-history-consent = Supprimer de l’historique est définitif : il faut d’abord votre accord. Rien n’a été supprimé.
hint-history-consent = Lancez la commande dans un terminal et sans --no-input pour que la question vous soit posée, ou ajoutez --yes pour donner votre accord d’avance.

expected-since = une durée comme 30d, 2w ou 12h, ou une date comme 2026-11-23
expected-before = une durée comme 30d, 2w ou 12h, ou une date comme 2026-11-23
expected-limit = un nombre entier
expected-id = le numéro que donne « opensim history »
