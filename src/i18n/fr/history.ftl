# L’historique : ce que l’on en demande, ce qu’il montre, et ce qui l’en empêche.

error-history-unavailable = L’historique { $file } ne peut pas être utilisé : { $detail }.
hint-history-unavailable = Libérez de la place à cet endroit, ou vérifiez que vous pouvez y lire et y écrire. Si une version plus récente d’opensim l’a créé, utilisez cette version.
note-history-unavailable = L’historique { $file } n’a rien pu retenir ({ $detail }) : le résultat ci-dessus est complet, mais il n’y figurera pas.
note-history-begun_anew = L’historique était abîmé : il est conservé dans { $kept_as }, et un nouveau commence dans { $file }.
detail-history-newer = seule une version plus récente d’opensim sait le lire
detail-history-busy = un autre programme l’utilise
detail-history-damaged = il est abîmé

help-scan-no-history = Ne pas garder ce relevé dans l’historique
