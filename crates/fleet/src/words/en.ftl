# The words of opensim-fleet that opensim does not have.

# Errors.
error-fleet-absent = There is no fleet in { $file }.
hint-fleet-absent = Make one with "opensim-fleet init", or say where it is with --fleet.
error-fleet-settings = The fleet's settings { $file } cannot be used: { $detail }.
hint-fleet-settings = Correct the file, or move it away and run "opensim-fleet init" again.
error-fleet-layout = The fleet was made by a newer version of opensim-fleet ({ $file } says layout { $layout }).
hint-fleet-layout = Use the newer version.
error-fleet-key = The fleet's key { $file } cannot be used: { $detail }.
hint-fleet-key = Put the key back from your copy, readable by you alone (chmod 600). With another key no site would be the same one as before.
error-fleet-in_use = Another opensim-fleet is writing to this fleet (lock { $file }).
hint-fleet-in_use = Wait until it ends.
error-fleet-registry = { $file }, line { $line }: { $why ->
    [header] the first line must name the columns: site,partner,commune,name,region,lat,lon
    [site] the first column must be a site's number: 16 digits, each 0 to 9 or a to f
    [twice] this site stands on a line above already
    [commune] the commune must be a code of 5 characters (INSEE or postcode)
    [place] lat and lon must be numbers of degrees, both or neither
    [text] a text is longer than 80 characters, or has characters that cannot be shown
   *[other] this is not a line of CSV with seven columns
}.
hint-fleet-registry = Correct the line. Nothing was changed.
error-fleet-site = "{ $site }" is not a site's number.
hint-fleet-site = A site's number has 16 digits, each 0 to 9 or a to f: the name in its certificate.
error-fleet-site_unknown = Site { $site } is not registered.
hint-fleet-site_unknown = Add it to the list and run "opensim-fleet sites".
error-fleet-month = "{ $month }" is not a month.
hint-fleet-month = Write it as 2026-11.
error-fleet-consent = This removes for good, and nobody agreed. Nothing was changed.
hint-fleet-consent = Add --yes if that is what you want.
error-fleet-read = { $file } cannot be read: { $detail }.
hint-fleet-read = Look at the file and its permissions.
error-fleet-write = { $file } could not be written: { $detail }. What was there before is still there.
hint-fleet-write = Free some space or check the permissions, then run the command again: nothing is lost and nothing counts twice.
error-fleet-torn = { $count ->
    [1] { $file } is damaged ({ $detail }). It was left as it is; what belongs in it waits.
   *[other] { $count } files are damaged, { $file } first ({ $detail }). They were left as they are; what belongs in them waits.
}
hint-fleet-torn = "opensim-fleet rebuild --month { $month }" makes the month anew from the documents kept.
error-fleet-not_forgotten = { $count } rows of site { $site } are still there.
hint-fleet-not_forgotten = Run the command again; if it comes back, report it: this should not happen.
error-fleet-quarantined = { $quarantined } of { $count } documents could not be used: more than 1 %.
hint-fleet-quarantined = The table says why; the documents are in the folder "quarantine", by reason.

# Help.
help-about = Many homes' documents in one folder, and the questions asked of them
help-examples = opensim-fleet --fleet FLEET init  make the folder
    opensim-fleet --fleet FLEET sites sites.csv  register the homes
    opensim-fleet --fleet FLEET ingest INBOX  take in what came
help-global-fleet = The fleet's folder (variable OPENSIM_FLEET; default: here)
help-init = Make an empty fleet: its folder, settings and key
help-init-examples = opensim-fleet --fleet FLEET init

# What the commands say.
init-made = A fleet was made in { $folder }. Keep a copy of its key (fleet.key) in a safe place of its own: with another key, no home is the same one as before.
init-there = There is a fleet in { $folder } already. Nothing was changed.
