# Les mots d’opensim-fleet qu’opensim n’a pas.

# Les erreurs.
error-fleet-absent = Il n’y a pas de parc dans { $file }.
hint-fleet-absent = Créez-en un avec « opensim-fleet init », ou indiquez où il est avec --fleet.
error-fleet-settings = Les réglages du parc { $file } ne sont pas utilisables : { $detail }.
hint-fleet-settings = Corrigez le fichier, ou déplacez-le et relancez « opensim-fleet init ».
error-fleet-layout = Le parc a été fait par une version plus récente d’opensim-fleet (disposition { $layout } dans { $file }).
hint-fleet-layout = Utilisez la version plus récente.
error-fleet-key = La clé du parc { $file } n’est pas utilisable : { $detail }.
hint-fleet-key = Remettez la clé depuis votre copie, lisible par vous seul (chmod 600). Avec une autre clé, aucun site ne serait plus le même qu’avant.
error-fleet-in_use = Un autre opensim-fleet est en train d’écrire dans ce parc (verrou { $file }).
hint-fleet-in_use = Attendez qu’il ait fini.
error-fleet-registry = { $file }, ligne { $line } : { $why ->
    [header] la première ligne doit donner les noms des colonnes, séparés par des virgules ou des points-virgules : « site », puis ce que vous avez de partner, commune, name, region, lat et lon
    [empty] la liste n’a aucun site
    [site] la première colonne doit être le numéro d’un site : 16 signes, de 0 à 9 ou de a à f
    [twice] ce site figure déjà sur une ligne plus haut
    [commune] la commune doit être un code de 5 signes (INSEE ou code postal)
    [place] lat et lon doivent être des nombres de degrés, les deux ou aucun
    [text] un texte dépasse 80 signes, ou contient des signes impossibles à afficher
   *[other] cette ligne n’a pas autant de colonnes que la première
}.
hint-fleet-registry = Corrigez la ligne. Rien n’a été changé.
error-fleet-site = « { $site } » n’est pas le numéro d’un site.
hint-fleet-site = Le numéro d’un site a 16 signes, de 0 à 9 ou de a à f : c’est le nom inscrit dans son certificat.
error-fleet-site_unknown = Le site { $site } n’est pas inscrit.
hint-fleet-site_unknown = Vérifiez son numéro. S’il manque à la liste, ajoutez-le, puis lancez « opensim-fleet sites ».
detail-file-no_documents = d’après la fin de son nom, ce n’est ni du JSON, ni du NDJSON, ni une archive ZIP
detail-file-no_inbox = c’est un fichier, et non un dossier d’arrivée ; --site NUMÉRO dit de quel foyer il vient
error-fleet-month = « { $month } » n’est pas un mois.
hint-fleet-month = Écrivez-le comme 2026-11.
error-fleet-consent = Ceci efface pour de bon, et personne n’a donné son accord. Rien n’a été changé.
hint-fleet-consent = Ajoutez --yes si c’est ce que vous voulez.
error-fleet-read = { $file } ne peut pas être lu : { $detail }.
hint-fleet-read = Vérifiez le fichier et ses droits.
error-fleet-write = { $file } n’a pas pu être écrit : { $detail }. Ce qui y était avant y est toujours.
hint-fleet-write = Libérez de la place ou vérifiez les droits, puis relancez la commande : rien n’est perdu, et rien ne compte deux fois.
error-fleet-torn = { $count ->
    [1] { $file } est abîmé ({ $detail }). Il est resté tel quel ; ce qui devait y entrer attend.
   *[other] { $count } fichiers sont abîmés, d’abord { $file } ({ $detail }). Ils sont restés tels quels ; ce qui devait y entrer attend.
}
hint-fleet-torn = « opensim-fleet rebuild --month { $month } » refait le mois à partir des documents gardés.
error-fleet-damaged = Les documents de { $file } sont abîmés : { $detail }. Le fichier est resté tel quel.
hint-fleet-damaged = Remettez le fichier depuis une sauvegarde, ou déplacez-le : les lignes qui en viennent restent.
error-fleet-not_forgotten = { $count } lignes du site { $site } sont encore là.
hint-fleet-not_forgotten = Relancez la commande ; si cela revient, signalez-le : cela ne devrait pas arriver.
error-fleet-quarantined = { $quarantined } documents sur { $count } n’ont pas pu servir : plus de 1 %.
hint-fleet-quarantined = Le tableau dit pourquoi ; les documents sont dans le dossier « quarantine », par raison.

# L’aide.
help-about = Les documents de nombreux foyers dans un dossier, et les questions qu’on leur pose
help-examples = opensim-fleet --fleet PARC init  créer le dossier
    opensim-fleet --fleet PARC sites sites.csv  inscrire les foyers
    opensim-fleet --fleet PARC ingest ARRIVEES  prendre ce qui est arrivé
help-long = opensim-fleet rassemble ce qu’envoient de nombreux foyers, et répond : quel opérateur convient à quelle commune, où celui qui est utilisé ne suffit pas et lequel prendre, ce qui s’est dégradé. Ce sont des fichiers Parquet dans un dossier, et un moteur qui existe (DuckDB) répond.
help-exits_list = 0    terminé sans erreur
    1    erreur d’opensim-fleet, du moteur ou du disque
    2    commande mal employée, ou accord manquant
    4    parc déjà utilisé par un autre opensim-fleet
    9    trop de documents inutilisables (check)
    130  interrompu
expected-since = un jour, comme 2026-11-23
expected-until = un jour, comme 2026-11-23
expected-memory = un nombre entier de Mio, 64 ou plus
expected-homes = un nombre entier, 1 ou plus
expected-min-sites = un nombre entier de foyers
expected-raw = un nombre de jours, comme 90d
expected-rows = un nombre de jours, comme 400d
help-global-fleet = Le dossier du parc (variable OPENSIM_FLEET ; par défaut : ici)
help-init = Créer un parc vide : son dossier, ses réglages et sa clé
help-init-examples = opensim-fleet --fleet PARC init

# Ce que disent les commandes.
init-made = Un parc a été créé dans { $folder }. Gardez une copie de sa clé (fleet.key) en lieu sûr, à part : avec une autre clé, aucun foyer n’est plus le même qu’avant.
init-there = Il y a déjà un parc dans { $folder }. Rien n’a été changé.

# Demander.
error-fleet-question = Il n’y a pas de question « { $name } ».
hint-fleet-question = La liste : « opensim-fleet questions ».
error-fleet-value = « { $value } » ne convient pas à --{ $option }.
hint-output-not_written = Libérez de la place là où va la sortie, ou choisissez un autre fichier, puis relancez la commande.
hint-fleet-value = { $option ->
    [place] Un lieu est le code d’une commune, ou le début de codes : 35238, 35, 2A.
    [site] Le numéro d’un site a 16 caractères, chacun de 0 à 9 ou de a à f.
    [partner] Le nom d’un partenaire a 80 caractères au plus, sans guillemets droits, barre oblique inverse ni point-virgule.
   *[other] Un jour s’écrit 2026-11-30, et --since ne vient pas après --until.
}
error-fleet-missing = Cette question a besoin de --{ $option }.
hint-fleet-missing = Ajoutez-le : il dit sur qui porte la question.
error-fleet-statement = Ceci n’est pas une seule requête qui lit : { $why ->
    [several] un point-virgule est suivi d’autre chose
    [brackets] une parenthèse n’est pas fermée, ou ne ferme rien
    [quote] un guillemet n’est pas fermé, ou suit une barre oblique inverse
    [comment] un commentaire n’est pas fermé, ou en contient un autre
    [text] elle a un caractère ($, #, barre oblique inverse, deux-points seul) que les moteurs comprennent différemment
    [long] elle dépasse 64 ko
   *[other] elle ne commence pas par SELECT ou WITH
}.
hint-fleet-statement = Rien n’a été exécuté. « opensim-fleet questions place » en affiche une pour commencer.
error-fleet-sql = { $engine } n’a pas accepté la requête : { $detail }
hint-fleet-sql = Les tables sont surveys, switches, measures, statuses, sites et aggregates ; « opensim-fleet ddl { $engine } » donne leurs colonnes.
error-fleet-engine_absent = Le moteur qui répond, { $engine }, n’est pas installé.
hint-fleet-engine_absent = { $engine ->
    [spark] Installez-le par « pip install pyspark » avec Java 17, ou dites par OPENSIM_SPARK où est spark-sql.
    [clickhouse] Prenez-le sur clickhouse.com, ou dites par OPENSIM_CLICKHOUSE où est clickhouse.
   *[other] Installez-le par « pip install duckdb-cli », ou dites par OPENSIM_DUCKDB où est duckdb.
}
error-fleet-engine_failed = { $engine } s’est arrêté sans répondre : { $detail }
hint-fleet-engine_failed = « opensim-fleet check » dit si les fichiers sont sains. Plus de mémoire : --memory.
error-fleet-engine_garbage = { $engine } a affiché autre chose qu’une réponse : { $line }
hint-fleet-engine_garbage = Vérifiez que c’est le bon programme.
error-fleet-engine_deadline = { $engine } n’avait pas répondu après { $seconds } s, et a été arrêté.
hint-fleet-engine_deadline = Demandez moins de jours (--since), ou donnez-lui plus de temps (--max-time).

help-ask = Poser une question au parc
help-ask-examples = opensim-fleet ask place --place 35
    opensim-fleet ask below --partner P7 --csv
    opensim-fleet ask worse --json
help-ask-question = La question (liste : « opensim-fleet questions »)
help-sql = Demander en SQL à soi, sur les mêmes tables
help-sql-examples = opensim-fleet sql mine.sql --since 2026-11-01
    opensim-fleet questions place | opensim-fleet sql -
help-sql-file = Le fichier de la requête ; - pour l’entrée standard
help-questions = Donner la liste des questions, ou le SQL d’une
help-questions-examples = opensim-fleet questions
    opensim-fleet questions place
help-questions-question = La question dont le SQL est à afficher
help-ddl = Afficher le SQL qui fait des fichiers les tables d’un moteur
help-ddl-examples = opensim-fleet ddl duckdb
help-ddl-engine = Le moteur : duckdb, spark, clickhouse
help-ask-engine = Le moteur qui répond : duckdb, spark, clickhouse
help-ask-since = À partir de ce jour
help-ask-until = Jusqu’à la veille de ce jour
help-ask-place = Le code d’une commune, ou le début de codes
help-ask-partner = Les foyers d’un partenaire seulement
help-ask-site = Un foyer, par son numéro ou celui des lignes
help-ask-min-sites = Le moins de foyers dont on dit quelque chose ensemble
help-ask-csv = En valeurs séparées par des virgules
help-ask-max-time = Le temps que le moteur peut prendre, en secondes
help-ask-memory = La mémoire que le moteur peut prendre avant d’utiliser le disque, en Mio
help-sql-engine = Le moteur qui répond : duckdb, spark, clickhouse
help-sql-since = À partir de ce jour
help-sql-until = Jusqu’à la veille de ce jour
help-sql-place = Le code d’une commune, ou le début de codes
help-sql-partner = Les foyers d’un partenaire seulement
help-sql-site = Un foyer, par son numéro ou celui des lignes
help-sql-min-sites = Le moins de foyers dont on dit quelque chose ensemble
help-sql-csv = En valeurs séparées par des virgules
help-sql-max-time = Le temps que le moteur peut prendre, en secondes
help-sql-memory = La mémoire que le moteur peut prendre avant d’utiliser le disque, en Mio

question-place = Quel opérateur convient où, le meilleur d’abord
question-below = Foyers où l’opérateur utilisé ne suffit pas, et lequel prendre à la place
question-automatic = Foyers dont le modem choisit seul son opérateur, par partenaire
question-worse = Ce qui s’est dégradé la dernière semaine, par rapport aux quatre d’avant
question-cells = Cellules dont dépendent beaucoup de foyers
question-shared = Foyers où deux opérateurs viennent de la même cellule
question-partner = Les foyers d’un partenaire, mois par mois
question-trend = Comment vont les opérateurs, par mois et région
question-site = Les relevés d’un foyer
answer-window = Du { $from } au { $to }
answer-place = · lieu { $name }
answer-partner = · partenaire { $name }
answer-none = Rien n’a été trouvé.
answer-small = Là où il y a moins de { $count } foyers, rien n’est dit d’eux ensemble ; --min-sites change ce nombre.
answer-sites = Ces numéros sont ceux des lignes : « opensim-fleet sites --find NUMÉRO » dit de quel foyer il s’agit.
answer-hidden = Sans place ici : { $columns }. --csv donne tout.
answer-torn = Incomplet : ces fichiers sont illisibles et ont été laissés de côté : { $files }. « opensim-fleet check » en dit plus.
answer-truncated = Incomplet : il y a plus de lignes que les { $count } affichées.
answer-percent = { $n } %
answer-yes = oui
answer-no = non
worse-weaker = plus faible
worse-gone = disparu
column-site = site
column-partner = partenaire
column-postcode = commune
column-region = région
column-month = mois
column-day = jour
column-seen_at = quand
column-carrier = opérateur
column-other = autre
column-instead = à la place
column-instead_low_bps = qui donne
    au moins
column-standing = rang
column-sites = foyers
column-of_sites = sur
column-surveys = relevés
column-suitable = convient
column-down_bps = descendant
column-up_bps = montant
column-down_low_bps = descendant,
    au moins
column-up_low_bps = montant,
    au moins
column-rsrp_dbm = RSRP
    dBm
column-sinr_db = SINR
    dB
column-mos = voix
    MOS
column-verdict = verdict
column-rank = rang
column-in_use = utilisé
column-cell_id = cellule
column-plmn = PLMN
column-how = comment
column-before_dbm = avant
    dBm
column-now_dbm = maintenant
    dBm
column-change_db = écart
    dB
column-seen_before = vu
    avant
column-seen_now = vu
    maint.
column-surveys_now = relevés
    maint.
column-z = sigma
sites-registered = { $forgotten ->
    [0] Sites inscrits : { $sites }.
   *[other] Sites inscrits : { $sites }. Oubliés, donc pas inscrits : { $forgotten }.
}
sites-gone = Inscrits jusqu’ici, et absents de cette liste : { $count }. Ce qu’ils envoient n’est plus pris ; leurs lignes restent.
sites-found = Foyer { $site } ({ $rows } dans les lignes), partenaire { $partner }, commune { $commune } { $name }.
ingest-done = Documents regardés : { $documents }, pris : { $taken }.
ingest-repeated = Dont déjà là avant : { $count }. Ils comptent une fois.
ingest-newer = Faits par une version plus récente : { $count }. Ils sont gardés pour elle.
ingest-ignored = D’une sorte qu’un parc ne garde pas : { $count }.
ingest-left = Dans le dossier, mais pas des documents : { $count }. Ils y sont restés.
ingest-quarantined = Inutilisables, { $code } : { $count } ({ $why }).
ingest-rows = { $table } { $month } : { $count } lignes.
refusal-size = plus long qu’un document
refusal-utf8 = pas du texte
refusal-json = pas du JSON
refusal-schema-unknown = pas un document d’opensim
refusal-schema-invalid = incomplet, ou modifié à la main
refusal-clock = d’avant 2024 ou du futur
refusal-range = une valeur impossible
refusal-plmn = un code de réseau qui n’en est pas un
refusal-carriers = trop d’opérateurs, un opérateur en double, ou un opérateur sans vrai nom
refusal-site-unknown = le site n’est pas inscrit
refusal-site-forgotten = le site est oublié ; rien n’a été gardé
refusal-name = le nom n’est pas celui du document
help-sites = Inscrire les foyers d’une liste (CSV) : quelle commune, à qui ; ou dire de quel foyer est un numéro
help-sites-examples = opensim-fleet sites sites.csv
    opensim-fleet sites --find f23105c05381c30f
help-sites-find = De quel foyer est ce numéro, d’une ligne ou d’un certificat
help-sites-file = La liste : site,partner,commune,name,region,lat,lon
help-ingest = Prendre les documents arrivés
help-ingest-examples = opensim-fleet ingest /srv/arrivees  ce que le collecteur a reçu
    opensim-fleet ingest historique.ndjson --site 0123456789abcdef  l’historique d’un foyer
help-ingest-inbox = Le dossier d’arrivée, avec un dossier par site ; avec --site, un fichier (JSON, NDJSON, ZIP) ou un dossier de fichiers
help-ingest-site = Le site d’où tout vient ; rien n’est alors retiré
help-ingest-keep = Laisser le dossier d’arrivée tel quel
check-holds = Sites inscrits : { $sites }. Documents gardés : { $documents }.
check-table = { $table } : { $rows } lignes, { $months } mois.
forget-done = Le site { $site } est oublié : { $rows } lignes, { $documents } documents et { $files } autres fichiers ont été effacés, il n’en reste aucun. Révoquez aussi son certificat, et refaites les pages (« opensim-fleet page ») ; les copies et les sauvegardes ne sont pas effacées ainsi.
forget-unlisted = Ce numéro n’était pas sur la liste, et rien n’est venu de lui. S’il est faux, ôtez sa ligne du fichier « forgotten » du parc.
retain-done = Trop vieux, donc effacés : { $days } jours de documents, { $months } mois de lignes. Sommes écrites : { $sums }.
rebuild-done = { $unread ->
    [0] Documents lus : { $documents }.
   *[other] Documents lus : { $documents }. Illisibles pour cette version, et gardés : { $unread }.
}
rebuild-replaced = { $table } { $month } était abîmé : il n’a plus que ce qu’ont les documents gardés.
export-done = { $count } lignes ont été écrites dans { $file }.
help-check = Dire où en est le parc : ses fichiers, et ce qui n’a pas pu servir
help-check-examples = opensim-fleet check
help-export = Écrire les lignes d’une table en CSV ou en lignes JSON
help-export-examples = opensim-fleet export --since 2026-11-01 --out lignes.csv
    opensim-fleet export --format ndjson | head
help-export-table = La table.
help-export-format = Comment les lignes sont écrites.
help-export-since = À partir de ce jour (2026-11-01)
help-export-until = Avant ce jour
help-export-out = Dans ce fichier plutôt que sur la sortie standard
help-forget = Oublier un site pour de bon : ses lignes, ses documents, et ce qu’il envoie ensuite
help-forget-examples = opensim-fleet forget 0123456789abcdef --inbox /srv/arrivees --yes
help-forget-site = Le numéro du site dans son certificat
help-forget-inbox = Un dossier d’arrivée où quelque chose de lui peut attendre
help-forget-yes = Donner son accord
help-retain = Effacer ce qui est trop vieux ; des lignes, il reste des sommes par commune et par opérateur
help-retain-examples = opensim-fleet retain
    opensim-fleet retain --raw 30d
help-retain-raw = Combien de temps les documents sont gardés (90d)
help-retain-rows = Combien de temps les lignes sont gardées (400d)
help-rebuild = Refaire des mois à partir des documents gardés
help-rebuild-examples = opensim-fleet rebuild --month 2026-11
help-rebuild-month = Un seul mois (2026-11)
