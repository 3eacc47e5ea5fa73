# The tour (`opensim tour`): what is said before and after each command, and what answers what was typed.

tour-welcome = Welcome. In five minutes you will type the real commands of opensim on a virtual modem, in an imaginary house. Nothing can go wrong: neither your modem nor your own scans are touched. For each command, type it, then press Enter. You can also type "help", "skip" or "quit".
tour-step = Step { $at } of { $of } · { $title }
tour-type = Type: { $command }
tour-copy = Here is the whole command. Copy it as it is, then press Enter; or type "skip" to go on to the next step.

tour-status_title = How is the modem?
tour-status_before = The first command asks the modem how it is. It changes nothing.
tour-status_after = Two lines to remember. "Network": the carrier that the modem is on, here Orange. "Signal": how well it picks that carrier up. The rest is mostly for support.
tour-monitor_title = Where to put the antenna?
tour-monitor_before = This command reads the signal every second, here for five seconds. Words that start with -- are options: they say more exactly what you want.
tour-monitor_after = RSRP is the strength of the signal: the closer to 0, the better (-80 is strong, -110 is weak). SINR is how clear it is: 20 is clear, 0 is buried in interference. At home, turn the antenna slowly and keep the best position. Without options, `opensim monitor` draws the signal live; the q key stops it.
tour-scan_title = Which carrier works best here?
tour-scan_before = opensim will try the carriers in turn, then return to yours. The connection is down meanwhile, so it asks for your consent first. Answer "y" for yes, then Enter. It takes some twenty seconds.
tour-scan_after = Has the table gone by? Scroll up in the window. The best carrier is at the top. "suitable": good enough for your working day. "not enough": it is not. "uncertain": too close to what you need to tell. "≥ 224": at least 224; opensim asked for no more, to save your data. In the end the modem returned to its carrier: opensim never chooses for you.
tour-switch_title = And if I want another carrier?
tour-switch_before = In this house SFR has the best signal. To move there, you say so yourself, and opensim waits for your consent again.
tour-switch_after = The modem is on SFR, and opensim checked it. If SFR had refused the SIM card, the modem would have returned to Orange, and a message would have told you.
tour-again_title = How is the modem now?
tour-again_before = A command that you know already: it shows what has changed.
tour-again_after = The line "Network" shows the carrier you chose. The modem stays there until you choose another. "roaming" is normal with a SIM card of several carriers.
tour-doctor_title = And if something is wrong?
tour-doctor_before = This command checks everything in order, from the modem to a call, and changes nothing. It takes a few seconds.
tour-doctor_after = Read "To fix" and "To watch" first: each point there has its cause, and what you can do. The rest is in order. What is said of the computer is not imaginary: it is yours.
tour-history_title = What have I measured already?
tour-history_before = opensim keeps every scan, to compare two rooms, two hours or two days later on.
tour-history_after = Each line has a number: `opensim history show 1` shows the scan of number 1 again. This history is gone in the end; yours stays on your computer, and only you can read it.
tour-recover_title = And if the power fails in the middle of a scan?
tour-recover_before = The modem may then stay on another carrier. One command returns it to yours.
tour-recover_after = Nothing was interrupted here. If that happens one day, the next command will tell you.

tour-end = That is all, well done! Here are the five commands to keep.
tour-keep_status = how the modem is
tour-keep_scan = compare the carriers
tour-keep_switch = move to the one you want
tour-keep_doctor = find what is wrong
tour-keep_recover = return after an interruption
tour-more = `opensim help` shows all commands, and `opensim help scan` explains one. The guide is docs/guide.en.md, which comes with opensim.
tour-own = And now your own modem. This is what `opensim status` shows; it changes nothing.
tour-own_well = That was your real modem. To compare your carriers, type `opensim scan` when you can do without a connection for a few minutes.
tour-own_badly = Your modem does not answer as it should yet. Do what is said above, or type `opensim doctor`.
tour-own_none = No modem is plugged into this computer. Plug your 4G modem into a USB port, wait half a minute, then type `opensim status`.
tour-own_several = Several modems are plugged in: { $modems }. Name yours, for example `opensim status --modem { $modem }`.

tour-help = Type the command shown, then Enter. "skip" goes on to the next step, "quit" stops it all. Ctrl-C stops a command that is running. You can try other commands of opensim: here they touch the virtual modem alone.
tour-another = That was another command, and it is welcome here. Let us go on.
tour-not_done = The command was not completed. Type it again, or type "skip".
tour-sudo = "sudo" is not needed here: opensim does very well without. I leave it out.
tour-outside = "{ $what }" is not part of this: here everything happens in the imaginary house. You can try it afterwards.
tour-nearly = Nearly: you probably meant `{ $meant }`.
tour-capitals = Nearly: commands are typed in small letters, `{ $meant }`.
tour-wrong = Not quite. { $detail }
tour-several = One command at a time, without a sign such as | & < or >.
tour-stranger = That is not a command of opensim, and nothing was run. Here every command begins with "opensim".
tour-too_long = That is long: no command needs so many letters. Nothing was run.
tour-stopping = Stopping.
tour-left = See you soon! To come back to the tour, type `{ $command }`.

tour-words_help = help
tour-words_skip = skip next
tour-words_quit = quit exit q
