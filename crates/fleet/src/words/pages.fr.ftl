# Les pages d’un partenaire et de ses foyers, et la démonstration.

page-partner = Partenaire { $name }
page-home = Foyer { $site }, { $town }
page-window = Du { $from } au { $to }
page-made = Produit par opensim-fleet { $version } le { $day }, à partir de ce que les foyers ont envoyé.
page-private = Ces pages montrent des jours, jamais des heures. Des foyers des autres partenaires, elles ne montrent que des totaux, et seulement s’ils sont au moins { $count }.
page-lead-unmeasured = { $count ->
    [one] Rien n’a encore été mesuré dans ce foyer.
   *[other] Rien n’a encore été mesuré dans ces { $count } foyers.
}
page-lead-rest = { $count ->
    [one] Un autre foyer n’a pas encore été mesuré.
   *[other] { $count } autres foyers n’ont pas encore été mesurés.
}
page-lead = { $count ->
    [one] { $enough ->
        [0] Le seul foyer mesuré n’a pas
       *[other] Le seul foyer mesuré a
    }
   *[other] { $enough ->
        [0] Aucun foyer
        [one] Un foyer
       *[other] { $enough } foyers
    } sur { $count } { $enough ->
        [0] n’a
        [one] a
       *[other] ont
    }
} ce qu’il faut pour une journée de travail avec l’opérateur en service. { $below ->
    [0] Aucun n’est en dessous du besoin.
    [one] Un foyer est en dessous du besoin, et { $instead ->
        [0] aucun autre opérateur mesuré sur place ne lui suffirait.
       *[other] un autre opérateur lui suffirait.
    }
   *[other] { $below } foyers sont en dessous du besoin ; { $instead ->
        [0] aucun autre opérateur mesuré sur place ne leur suffirait.
        [one] un autre opérateur suffirait à l’un d’eux.
       *[other] un autre opérateur suffirait à { $instead } d’entre eux.
    }
}
page-partial = Incomplet : un fichier du parc est illisible et a été laissé de côté.
page-percent = { $n } %
page-dbm = { $n } dBm
page-yes = oui
page-no = non
page-homes = { $count ->
    [one] 1 foyer
   *[other] { $count } foyers
}
page-at_least = au moins { $rate }

page-below = En dessous du besoin
page-below-none = Aucun foyer n’était en dessous du besoin à sa dernière mesure.
page-below-about = À la dernière mesure, l’opérateur en service ne suffisait pas dans ces foyers : moins de 200 kbit/s dans un sens, un appel trop mauvais, ou plus de réseau. Un autre opérateur est indiqué s’il a été mesuré sur place et qu’il suffit.
page-instead-none = aucun opérateur mesuré ne suffit
page-worse = Moins bien depuis une semaine
page-worse-none = Rien n’a baissé cette semaine au-delà des variations habituelles.
page-worse-about = Par rapport aux quatre semaines précédentes : le niveau a baissé d’au moins 6 dB, et plus qu’il ne varie d’habitude, ou bien l’opérateur, presque toujours présent, a disparu.
page-worse-gone = disparu
page-worse-weaker = plus faible
page-automatic = Choix automatique
page-automatic-none = Aucun modem ne choisit seul son opérateur.
page-automatic-about = Les modems de ces foyers choisissent seuls leur opérateur. Choisissez-en un avec opensim switch : en France, une carte SIM ne doit pas changer d’opérateur automatiquement.
page-one_cell = Deux opérateurs, une seule antenne
page-one_cell-none = Aucun foyer ne reçoit deux opérateurs de la même antenne.
page-one_cell-about = Ici, deux opérateurs viennent de la même antenne : passer de l’un à l’autre n’apporte presque rien, et si cette antenne tombe en panne, les deux disparaissent.
page-communes = Où, et quel opérateur
page-communes-about = Pour chaque opérateur : dans quelle part des relevés mesurés il suffisait, dans combien de foyers de ce partenaire, et son niveau moyen. La dernière colonne porte sur les foyers de tous les partenaires, s’ils sont au moins { $count }.
page-best = { $count ->
    [0] n’est le meilleur nulle part
    [one] est le meilleur dans une commune
   *[other] est le meilleur dans { $count } communes
}
page-unmeasured = non mesuré
page-too_few = trop peu de foyers
page-map = Carte des communes
page-map-town = { $town }, { $homes } : { $best ->
    [none] pas mesuré, ou rien ne suffit.
   *[other] { $best } est le meilleur.
}
page-map-unmeasured = pas mesuré, ou rien ne suffit
page-map-unnamed = { $count ->
    [one] Le nom d’une commune ne tient pas sur la carte ; il est dans le tableau.
   *[other] Les noms de { $count } communes ne tiennent pas sur la carte ; ils sont dans le tableau.
}
page-trend = Mois par mois
page-trend-about = La part des relevés mesurés dans laquelle un opérateur suffisait, et dans combien de foyers il a été cherché.
page-trend-of = { $name }, mois par mois
page-trend-value = { $share ->
    [none] non mesuré
   *[other] { $share }
} · { $homes }
page-trend-said = { $month } : { $said }.
page-month_of = { $name } { $year }
page-month-01 = janvier
page-month-02 = février
page-month-03 = mars
page-month-04 = avril
page-month-05 = mai
page-month-06 = juin
page-month-07 = juillet
page-month-08 = août
page-month-09 = septembre
page-month-10 = octobre
page-month-11 = novembre
page-month-12 = décembre
page-all = Tous les foyers

page-home-below = { $carrier }, en service ici, est en dessous de ce qu’il faut pour une journée de travail ; { $instead ->
    [none] aucun autre opérateur mesuré ici ne suffit.
   *[other] { $instead } suffit.
}
page-home-unmeasured = Aucun débit n’a été mesuré ici pendant cette période.
page-home-suitable = { $carrier }, en service ici, suffit pour une journée de travail.
page-home-uncertain = { $carrier }, en service ici, est à la limite de ce qu’il faut pour une journée de travail.
page-home-unsuitable = { $carrier }, en service ici, ne suffit pas pour une journée de travail.
page-measured = Ce qui a été mesuré le { $day }
page-used = en service
page-timeline = Le signal au fil du temps
page-timeline-about = Un signe par relevé. Disque : signal excellent ou bon ; anneau : moyen ; losange : faible ou inutilisable ; croix : l’opérateur n’était pas là.
page-timeline-said = Relevés : { $count }, sans cet opérateur : { $absent }. Le plus bas { $low ->
    [none] inconnu
   *[other] { $low }
}, le plus haut { $high ->
    [none] inconnu
   *[other] { $high }
}, le dernier { $last ->
    [none] absent
   *[other] { $last }
}.
page-absent = absent
page-surveys = Relevé par relevé
page-surveys-last = Les { $count } derniers sont dans ce tableau.
page-signal = qualité { $word }

page-field-homes = Foyers
page-field-communes = Communes
page-field-in_use = Opérateur en service
page-field-mode = Sélection
page-field-last = Dernier relevé
page-field-measured = Dernière mesure
page-field-surveys = Relevés
page-column-home = Foyer
page-column-homes = Foyers
page-column-town = Commune
page-column-in_use = En service
page-column-carrier = Opérateur
page-column-carriers = Opérateurs
page-column-verdict = Conclusion
page-column-down = Reçu
page-column-up = Envoyé
page-column-down_low = Reçu, au moins
page-column-up_low = Envoyé, au moins
page-column-mos = Appel (MOS)
page-column-rsrp = Niveau
page-column-instead = À la place
page-column-before = Avant
page-column-now = Maintenant
page-column-how = Comment
page-column-last = Dernier relevé
page-column-day = Jour
page-column-all = Le meilleur, tous partenaires

help-page = Écrire les pages d’un partenaire : que faire, une carte, chaque foyer au fil du temps
help-page-examples = opensim-fleet page --partner ouest --out pages  les pages d’un partenaire
    opensim-fleet page --out pages                  celles de tous, chacun dans un dossier
help-page-partner = Le partenaire ; sans cette option, tous, chacun dans son dossier
help-page-out = Où vont les pages
help-page-since = À partir de ce jour ; les 35 derniers jours par défaut
help-page-until = Jusqu’à la veille de ce jour
help-page-engine = Le moteur qui répond : duckdb, spark, clickhouse
help-page-min-sites = Le moins de foyers des autres dont on dit quelque chose ensemble
page-none = Aucun foyer de la liste n’a de partenaire : il n’y a pas de pages à écrire.
page-written = Pages : { $count }. Ouvrez { $file } dans un navigateur.

help-demo = Créer un parc de foyers virtuels, et lui poser toutes les questions
help-demo-examples = opensim-fleet demo             200 foyers, dans le dossier fleet-demo
    opensim-fleet demo --homes 20  moins de foyers, plus vite
help-demo-homes = Combien de foyers
help-demo-out = Le dossier à créer ; il ne doit pas exister
help-demo-seed = Ce dont les foyers découlent : le même nombre donne les mêmes foyers
help-demo-engine = Le moteur qui répond : duckdb, spark, clickhouse
demo-anew = La démonstration de ce dossier avait été interrompue : elle est refaite.
demo-begin = Les modems virtuels de { $homes } foyers sont relevés, { $documents } fois en tout. Aucun réseau n’est utilisé : ce qui est mesuré reste dans cet ordinateur.
demo-progress = { $done } relevés sur { $count }
demo-made = { $documents } documents sont dans { $inbox }. Chacun est ce qu’opensim scan a affiché dans un foyer virtuel. Le débit a été mesuré dans { $measured } d’entre eux, un appel dans { $called } ; les autres n’ont lu que les niveaux. Leurs dates ne sont pas vraies : elles ont été réparties sur les cinq semaines jusqu’au { $day }.
demo-again = { $count } relevés ont été refaits plus lentement : cet ordinateur était occupé.
demo-planted = Ce qui y a été mis pour être trouvé :
demo-planted-automatic = modems qui choisissent seuls : { $count }, trouvés { $found }
demo-planted-below = foyers en dessous du besoin où un autre opérateur suffirait : { $count }, trouvés { $found }
demo-planted-below_all = foyers en dessous du besoin sans issue : { $count }, trouvés { $found }
demo-planted-shared = foyers où deux opérateurs viennent d’une même antenne : { $count }, trouvés { $found }
demo-planted-faded = foyers dont l’opérateur a perdu 14 dB cette semaine : { $count }, trouvés { $found }
demo-planted-gone = foyers qui ont perdu un opérateur cette semaine : { $count }, trouvés { $found }
demo-planted-dead = foyers où un opérateur n’a jamais été là : { $count }
demo-more = … et { $count } autres lignes : opensim-fleet --fleet { $folder } ask { $question }
demo-pages = Les pages de { $count } partenaires sont dans { $folder }. Ouvrez { $file } dans un navigateur.
demo-next = Continuez avec : opensim-fleet --fleet { $folder } ask place
demo-time = Relevés { $surveys } s, prise en compte { $ingest } s, questions et pages { $answers } s.
error-fleet-partner_unknown = Aucun foyer de la liste n’est à un partenaire « { $name } ».
hint-fleet-partner_unknown = Regardez la liste donnée à « opensim-fleet sites ».
error-fleet-demo_failed = Un foyer virtuel n’a pas pu être relevé : { $said }
hint-fleet-demo_failed = Réessayez avec moins de foyers (--homes 20), ou quand l’ordinateur a moins à faire.
error-fleet-demo_there = { $file } existe déjà.
hint-fleet-demo_there = Indiquez un autre dossier avec --out, ou supprimez celui-là.
