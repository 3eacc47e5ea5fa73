//! The errors of a support bundle that is read.

use super::Code;

table! { BUNDLE:
    BUNDLE_NOT_ONE = "bundle.not_one", Error(2), [file],
        "the file is no support bundle, or was cut short on its way",
        "have it sent again; a bundle is made with `opensim doctor --bundle FILE`";
    BUNDLE_FOREIGN = "bundle.foreign", Error(2), [file member],
        "the archive holds a file that opensim never writes (another name, a link, a folder, one that is encrypted, a name that \
         stands twice); nothing of it was used",
        "do not trust the archive; ask for one made with `opensim doctor --bundle FILE`";
    BUNDLE_DAMAGED = "bundle.damaged", Error(2), [file member],
        "a file in the bundle is not as it was written: it was changed, or damaged on its way",
        "have it sent again";
    BUNDLE_TOO_BIG = "bundle.too_big", Error(2), [file],
        "the archive holds more than a bundle ever does, packed or unpacked; nothing of it was used",
        "do not trust the archive; ask for one made with `opensim doctor --bundle FILE`";
    BUNDLE_NEWER = "bundle.newer", Error(2), [file schema],
        "the bundle was made by another version of opensim, in a form that this one does not know",
        "a newer opensim";
    BUNDLE_NO_TRACE = "bundle.no_trace", Error(2), [file],
        "the bundle holds no exchange with a modem, so none can be imitated: the modem did not answer, or was reached \
         through ModemManager",
        "ask for a bundle made with `opensim --direct doctor --bundle FILE`";
    BUNDLE_NO_DOCUMENT = "bundle.no_document", Error(2), [file member candidates],
        "the bundle holds no document of this name",
        "the message names those that it holds";
}
