//! The codes of the history (past surveys, switches and measurements) and of the outbox.

use super::Code;

table! { ERRORS:
    HISTORY_UNAVAILABLE = "history.unavailable", ErrorAndNote(1), [file detail],
        "the history cannot be read or written: the disk is full, the folder is read-only, another opensim does not let \
         go of it, or only a newer version reads it. A scan, a switch or a measurement only warns of it",
        "the message says which; free some space, check the permissions of the folder that it names, or use the newer \
         version";
    HISTORY_NOT_FOUND = "history.not_found", Error(2), [wanted candidates],
        "the history holds nothing with this number, of this place or this time",
        "`opensim history` lists what it holds";
    HISTORY_OTHER_KIND = "history.other_kind", Error(2), [file schema],
        "a file to be imported is a document of a kind that the history does not keep (a `status`, ...); nothing was imported",
        "give scans, switches and measurements";
    HISTORY_CONSENT = "history.consent", Error(2), [],
        "`history forget` removes for good, but nobody could be asked (no terminal, or `--no-input`); nothing was removed",
        "add `--yes` if that is what you want";
}

table! { SENDING:
    SEND_NOT_CONFIGURED = "send.not_configured", Error(2), [],
        "`opensim send` has no collector to send to: sending is off until its address and a certificate are \
         configured; nothing was sent",
        "`[fleet]` with `url`, `certificate` and `key` in the configuration, as whoever runs the collector gives them";
    SEND_REFUSED = "send.refused", Error(6), [count file],
        "the collector refused documents for good; each was put aside with the reason beside it",
        "read the reasons; what was refused by mistake is sent again when it is moved back into the outbox";
    SEND_LEFT = "send.left", Error(6), [count],
        "the collector answered but took some documents not now; they wait for the next time",
        "run `opensim send` again later";
    SEND_UNDER_WAY = "send.under_way", Error(4), [file],
        "another opensim is sending what waits",
        "wait until it ends";
}

table! { NOTES:
    HISTORY_BEGUN_ANEW = "history.begun_anew", Note, [file kept_as];
    SEND_NOT_KEPT = "send.not_kept", Note, [file detail];
    HISTORY_TOO_FEW = "history.too_few", Note, [fewest];
}
