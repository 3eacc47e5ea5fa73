# The history: what is asked of it, what it shows, and what keeps it from that.

error-history-unavailable = The history { $file } cannot be used: { $detail }.
hint-history-unavailable = Free some space there, or check that you have permission to read and write. If a newer version of opensim made it, use that version.
note-history-unavailable = The history { $file } could not keep anything ({ $detail }): the result above is complete, but will not be in it.
note-history-begun_anew = The history was damaged: it is kept in { $kept_as }, and a new one begins in { $file }.
detail-history-newer = only a newer version of opensim can read it
detail-history-busy = another program is using it
detail-history-damaged = it is damaged

help-scan-no-history = Do not keep this scan in the history
