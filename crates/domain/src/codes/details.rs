//! The details: what exactly stands behind an error, as a code where it is known.
//!
//! An error's `detail` is the text of one of these, for which both catalogues have words, or else what another program
//! or a library said, which is shown as a quotation. A detail's words may use the other values of its error.

/// A detail of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail(&'static str);

/// Makes the constant of each row, and the list of them all.
macro_rules! details {
    ($($name:ident = $text:literal, $means:literal;)*) => {
        impl Detail {
            $(
                #[doc = concat!("`", $text, "`: ", $means, ".")]
                pub const $name: Self = Self($text);
            )*

            /// The whole list.
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$name),*].into_iter()
            }
        }
    };
}

details! {
    FILE_NOT_PLAIN = "file.not_plain", "a folder, a pipe, a device, a socket, or a link where none is followed";
    FILE_TOO_BIG = "file.too_big", "larger than what is read of such a file";
    FILE_NOT_OWN = "file.not_own", "somebody else's";
    FILE_EXPOSED = "file.exposed", "others than its owner may read it";
    FILE_NOT_READ = "file.not_read", "a pipe without a reader";
    FILE_NOT_TEXT = "file.not_text", "not UTF-8";
    LINK_OCCUPIED = "link.occupied", "something else is where the link should be";
    OS_NOT_FOUND = "os.not_found", "the system finds nothing of that name";
    OS_DENIED = "os.denied", "the system does not let this user";
    OS_EXISTS = "os.exists", "something of that name is there already";
    OS_IS_FOLDER = "os.is_folder", "it is a folder";
    OS_NOT_FOLDER = "os.not_folder", "a part of the path is no folder";
    OS_FULL = "os.full", "there is no room left, or no more is allowed";
    OS_READ_ONLY = "os.read_only", "the disk takes nothing";
    OS_IN_USE = "os.in_use", "another program has the address";
    OS_NO_ADDRESS = "os.no_address", "the address is not this computer's";
    OS_BUSY = "os.busy", "the system is busy with it";
    OS_DESCRIPTORS = "os.descriptors", "as many files are open as may be";
    OS_BROKEN_OFF = "os.broken_off", "the other end broke off";
    OS_UNSUPPORTED = "os.unsupported", "the system has no such thing";
    OS_ENDED = "os.ended", "it ended in the middle";
    PROFILE_NO_REMOTE = "profile.no_remote", "the profile names no server";
    PROFILE_REMOTE = "profile.remote", "what stands after `remote` is no server's name";
    PROFILE_PORT = "profile.port", "what should be a port is none";
    PROFILE_PROTO = "profile.proto", "the protocol is none that is known";
    PROFILE_UNCLOSED = "profile.unclosed", "a block begins and does not end";
    PROFILE_KEY = "profile.key", "there is no key of that kind";
    PROFILE_DIRECTION = "profile.direction", "the key's direction is neither 0 nor 1";
    PROFILE_DIGEST = "profile.digest", "the digest is none that is known";
    TLS_EXPIRED = "tls.expired", "the certificate is of the past";
    TLS_NOT_YET = "tls.not_yet", "the certificate is of the future";
    TLS_OTHER_NAME = "tls.other_name", "the certificate is of another name";
    TLS_UNKNOWN_ISSUER = "tls.unknown_issuer", "no authority that is trusted has signed the certificate";
    TLS_NOT_FOR_SERVERS = "tls.not_for_servers", "the certificate is not one of a server";
    TLS_AUTHORITY = "tls.authority", "the certificate is an authority's own, and nobody named it as trusted";
    TLS_REVOKED = "tls.revoked", "the certificate was taken back";
    TLS_UNREADABLE = "tls.unreadable", "the certificate cannot be read";
    TLS_BAD_SIGNATURE = "tls.bad_signature", "the certificate's signature is not right";
    TLS_NO_NAME = "tls.no_name", "the name is none that a certificate can have";
    TLS_NONE_SHOWN = "tls.none_shown", "the server shows no certificate";
    TLS_NONE_IN_FILE = "tls.none_in_file", "there is no certificate in the file";
    TLS_NO_KEY = "tls.no_key", "there is no private key in the file";
    TLS_KEYS_DIFFER = "tls.keys_differ", "certificate and key do not belong together";
    TLS_NOT_SPOKEN = "tls.not_spoken", "the other end does not speak TLS";
    TLS_NOT_AGREED = "tls.not_agreed", "the two ends do not agree on how to speak TLS";
    HTTP_MOVED = "http.moved", "the answer leads elsewhere";
    HTTP_LOG_IN = "http.log_in", "the network wants a log-in first";
    HTTP_PAGE = "http.page", "a web page came";
    HTTP_COMPRESSED = "http.compressed", "what came is compressed";
    HTTP_OTHER_NAME = "http.other_name", "another server names itself";
    HTTP_NO_NAME = "http.no_name", "what answers is no opensim server";
    HTTP_STATUS = "http.status", "another server answers, and refuses";
    HTTP_TLS = "http.tls", "what answers speaks TLS";
    HTTP_NONE = "http.none", "what came is no HTTP";
    CONNECTION_CLOSED = "connection.closed", "the other end hung up without an answer";
    CONNECTION_LOST = "connection.lost", "it ended before a rate could be told";
    DIAL_NOT_ROOT = "dial.not_root", "dialling takes root";
    DIAL_NO_PPPD = "dial.no_pppd", "`pppd` is not installed";
    DIAL_NO_CHAT = "dial.no_chat", "`chat`, which dials for `pppd`, is not installed";
    DIAL_NO_CONNECTION = "dial.no_connection", "the call came to nothing, and nothing was said of it";
    DIAL_BY_NETWORK_MANAGER = "dial.by_network_manager", "NetworkManager has the connection and did not make it";
    BUS_NO_OWNER = "bus.no_owner", "nobody of that name is on the bus";
    BUS_NOT_BUILT = "bus.not_built", "this opensim was built without D-Bus";
    CONFIG_NOT_TOML = "config.not_toml", "the text is not TOML";
    CONFIG_TWICE = "config.twice", "a key stands twice";
    CONFIG_UNKNOWN_KEY = "config.unknown_key", "a key that is none";
    CONFIG_WRONG_KIND = "config.wrong_kind", "a number for a text, and the like";
    CONFIG_NOT_CARRIER = "config.not_carrier", "a word of `carriers` that names none";
    CONFIG_CARRIER_RESERVED = "config.carrier_reserved", "a carrier of the word by which opensim would be asked to choose";
    CONFIG_CARRIER_INCOMPLETE = "config.carrier_incomplete", "a carrier of one's own without a name or a network code";
    CONFIG_NO_CARRIER = "config.no_carrier", "a list of no carrier at all";
    VALUE_NOT_LANGUAGE = "value.not_language", "no language of opensim";
    VALUE_NOT_COLOR = "value.not_color", "none of `auto`, `always`, `never`";
    VALUE_NOT_DURATION = "value.not_duration", "no span of time";
    VALUE_NOT_PLMN = "value.not_plmn", "no network code";
    VALUE_NOT_SERVER = "value.not_server", "no server to measure with";
    VALUE_NOT_REFLECTOR = "value.not_reflector", "no reflector";
    VALUE_NOT_TARGET = "value.not_target", "nothing that `--check` takes";
    HISTORY_NEWER = "history.newer", "only a newer opensim reads the history";
    HISTORY_BUSY = "history.busy", "another opensim does not let go of the history";
    HISTORY_DAMAGED = "history.damaged", "the history's file is damaged";
    VALUE_NOT_COLLECTOR = "value.not_collector", "no folder of a collector";
    CONFIG_FLEET_INCOMPLETE = "config.fleet_incomplete", "a collector without a certificate or a key";
    PIN_SHAPE = "pin.shape", "what stands there is no PIN";
}

impl Detail {
    /// The text that documents carry, which never changes.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl From<Detail> for String {
    fn from(detail: Detail) -> Self {
        detail.0.to_owned()
    }
}
