//! The codes of the history: past surveys, switches and measurements.

use super::Code;

table! { ERRORS:
    HISTORY_UNAVAILABLE = "history.unavailable", ErrorAndNote(1), [file detail],
        "the history cannot be read or written: the disk is full, the folder is read-only, another opensim does not let \
         go of it, or only a newer version reads it. A scan, a switch or a measurement only warns of it",
        "the message says which; free some space, check the permissions of the folder that it names, or use the newer \
         version";
}

table! { NOTES:
    HISTORY_BEGUN_ANEW = "history.begun_anew", Note, [file kept_as];
}
