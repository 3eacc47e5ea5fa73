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
    [header] la première ligne doit donner les colonnes : site,partner,commune,name,region,lat,lon
    [site] la première colonne doit être le numéro d’un site : 16 signes, de 0 à 9 ou de a à f
    [twice] ce site figure déjà sur une ligne plus haut
    [commune] la commune doit être un code de 5 signes (INSEE ou code postal)
    [place] lat et lon doivent être des nombres de degrés, les deux ou aucun
    [text] un texte dépasse 80 signes, ou contient des signes impossibles à afficher
   *[other] ce n’est pas une ligne CSV de sept colonnes
}.
hint-fleet-registry = Corrigez la ligne. Rien n’a été changé.
error-fleet-site = « { $site } » n’est pas le numéro d’un site.
hint-fleet-site = Le numéro d’un site a 16 signes, de 0 à 9 ou de a à f : c’est le nom inscrit dans son certificat.
error-fleet-site_unknown = Le site { $site } n’est pas inscrit.
hint-fleet-site_unknown = Ajoutez-le à la liste, puis lancez « opensim-fleet sites ».
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
error-fleet-not_forgotten = { $count } lignes du site { $site } sont encore là.
hint-fleet-not_forgotten = Relancez la commande ; si cela revient, signalez-le : cela ne devrait pas arriver.
error-fleet-quarantined = { $quarantined } documents sur { $count } n’ont pas pu servir : plus de 1 %.
hint-fleet-quarantined = Le tableau dit pourquoi ; les documents sont dans le dossier « quarantine », par raison.

# L’aide.
help-about = Les documents de nombreux foyers dans un dossier, et les questions qu’on leur pose
help-examples = opensim-fleet --fleet PARC init  créer le dossier
    opensim-fleet --fleet PARC sites sites.csv  inscrire les foyers
    opensim-fleet --fleet PARC ingest ARRIVEES  prendre ce qui est arrivé
help-global-fleet = Le dossier du parc (variable OPENSIM_FLEET ; par défaut : ici)
help-init = Créer un parc vide : son dossier, ses réglages et sa clé
help-init-examples = opensim-fleet --fleet PARC init

# Ce que disent les commandes.
init-made = Un parc a été créé dans { $folder }. Gardez une copie de sa clé (fleet.key) en lieu sûr, à part : avec une autre clé, aucun foyer n’est plus le même qu’avant.
init-there = Il y a déjà un parc dans { $folder }. Rien n’a été changé.
