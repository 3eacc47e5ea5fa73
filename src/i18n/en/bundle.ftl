# The support bundle: what it holds, and what keeps it from being read.

error-bundle-not_one = The file { $file } is not a support bundle of opensim, or it was cut short on its way.
hint-bundle-not_one = Ask for the file again. A bundle is made with `opensim doctor --bundle FILE`.
error-bundle-foreign = The archive { $file } contains something that opensim never writes: { $member }. Nothing of it was used.
hint-bundle-foreign = Do not trust this archive. Ask for one made with `opensim doctor --bundle FILE`.
error-bundle-damaged = In the bundle { $file }, { $member } is no longer as it was written.
hint-bundle-damaged = The file was changed, or damaged on its way. Ask for it again.
error-bundle-too_big = The archive { $file } contains more than a support bundle ever does. Nothing of it was used.
hint-bundle-too_big = Do not trust this archive. Ask for one made with `opensim doctor --bundle FILE`.
error-bundle-newer = The bundle { $file } was made by another version of opensim ({ $schema }).
hint-bundle-newer = Read it with a newer opensim.
error-bundle-no_trace = The bundle { $file } contains no exchange with a modem.
hint-bundle-no_trace = The modem did not answer, or opensim used it through ModemManager. Ask for a bundle made with `opensim --direct doctor --bundle FILE`.
error-bundle-no_document = The bundle { $file } contains no document "{ $member }".
hint-bundle-no_document = Documents in it: { $candidates }.

bundle-title = Support bundle, made by opensim { $version } on { $since }.
bundle-purpose = This archive is for whoever helps you. It contains nothing but text: open each file and read it before you send it.
bundle-removed = Removed everywhere, even where written in hexadecimal or split by the end of a line: the numbers of the modem, the SIM card and the subscription (their beginning and their last two digits stay), phone numbers, PINs, passwords, IP and MAC addresses (a number stands for each), the names of this computer and its users, the home folder, the position, words typed by a person.
bundle-kept = Kept, because support needs them: the modem's model and version, the carrier and its network code, cell numbers, signal levels, the APN, the configured measurement servers.
bundle-replay = For support: `opensim report BUNDLE` shows the documents; `opensim sim --replay BUNDLE` imitates this modem.
bundle-no_exchange = No exchange with a modem could be added: the modem did not answer, or opensim uses it through ModemManager.
bundle-contents = Contents:
bundle-what_readme = this list
bundle-what_index = the same list for programs, with checksums
bundle-what_doctor = the check-up (opensim doctor)
bundle-what_status = the state of the modem
bundle-what_modems = the modems found
bundle-what_document = the last result of this command
bundle-what_trace = the exchange with the modem during this command
bundle-what_versions = the versions of opensim and of the system
bundle-what_devices = USB devices and network interfaces, without serial numbers
bundle-what_configuration = the configuration of opensim
bundle-what_changes = the log of changes (its last lines)
bundle-what_log = what opensim noted during this check-up

say-bundled = Everything support needs is in the archive { $file }. Nothing in it identifies you; open it and read it before you send it.
help-doctor-bundle = Also put everything support needs in FILE, an archive from which whatever identifies you is removed
