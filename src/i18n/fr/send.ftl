# L’envoi à l’exploitant : ce qui attend, ce qui est parti, et ce qui l’en empêche.

error-send-not_configured = Rien n’est configuré pour l’envoi : opensim n’envoie rien de lui-même.
hint-send-not_configured = Si votre exploitant vous a donné une adresse et un certificat, mettez-les dans la configuration, sous [fleet] : url, certificate et key.
error-send-refused = { $count ->
    [1] Un document a été refusé et mis de côté, avec la raison, dans { $file }.
   *[other] { $count } documents ont été refusés et mis de côté, avec les raisons, dans { $file }.
}
hint-send-refused = Lisez la raison de chaque refus. Un document refusé par erreur repartira une fois déplacé dans le dossier d’au-dessus.
error-send-left = { $count ->
    [1] Un document n’a pas été pris et attend le prochain envoi.
   *[other] { $count } documents n’ont pas été pris et attendent le prochain envoi.
}
hint-send-left = Réessayez plus tard avec « opensim send ».
error-send-under_way = Un autre opensim est en train d’envoyer ce qui attend (verrou { $file }).
hint-send-under_way = Attendez qu’il ait fini.
note-send-not_kept = Ce document n’a pas pu être préparé pour l’envoi ({ $file } : { $detail }).
detail-value-not_collector = il faut une adresse comme https://collecte.exemple/v1/0123456789abcdef/
detail-config-fleet_incomplete = il faut url, certificate et key

send-title = Envoi à l’exploitant
send-nothing = Rien n’attend d’être envoyé à { $collector }.
send-would = { $count ->
    [1] Un document partirait vers { $collector }. Rien n’a été envoyé.
   *[other] { $count } documents partiraient vers { $collector }. Rien n’a été envoyé.
}
send-done = Vers { $collector } : envoyés { $sent }, refusés { $refused }, en attente { $left }.
send-holds = Chacun contient : la date, les opérateurs captés, la puissance et la netteté de leur signal, les numéros des cellules (qui disent à peu près où est le modem), les débits, la qualité d’appel, et la marque du modem avec son numéro masqué.
send-holds_not = Aucun ne contient : le nom que vous donnez au lieu, un numéro de téléphone, une position, les serveurs que vous joignez, ni rien de ce que vous faites sur Internet.
send-reason = { $file } : { $reason }
send-col_size = Taille
sending-waiting = partirait
sending-sent = envoyé
sending-refused = refusé, mis de côté
sending-left = en attente
kind-scan = relevé
kind-switch = changement d’opérateur
kind-measure = mesure

help-send = Envoyer les résultats en attente à l’exploitant ; rien tant que ce n’est pas configuré
help-send-examples = opensim send --dry-run  voir ce qui partirait
    opensim send  l’envoyer
help-send-dry-run = Dire ce qui partirait de cet ordinateur, sans rien envoyer
