//! What the server tells whoever runs it, as it happens: what was asked and how it went, and of nobody who it was.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Something that happened to a client, which is a number in the order of arrival and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServeEvent {
    /// A request was answered, or what of it the client wanted.
    Answered {
        /// Which client.
        client: u64,
        /// What it asked for.
        what: ServedWhat,
        /// Bytes of the body, as far as it went.
        bytes: u64,
        /// How long it took.
        took: Duration,
    },
    /// A request was refused.
    Refused {
        /// Which client.
        client: u64,
        /// With this HTTP status.
        status: u16,
    },
    /// It made way for another.
    MadeWay {
        /// Which client.
        client: u64,
    },
    /// Its time was up.
    TimeUp {
        /// Which client.
        client: u64,
    },
    /// What it greeted with was no TLS.
    NoTls {
        /// Which client.
        client: u64,
    },
}

/// What a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServedWhat {
    /// Bytes.
    Down,
    /// To take bytes.
    Up,
    /// Something short.
    Word,
}

impl ServedWhat {
    /// As sentences select by it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
            Self::Word => "word",
        }
    }
}

/// Whoever is told, if anybody is.
#[derive(Clone, Default)]
pub(super) struct Told(pub(super) Option<ServeListener>);

/// Is told of each event, in the midst of the work: it must not take long.
pub type ServeListener = Arc<dyn Fn(ServeEvent) + Send + Sync>;

impl Told {
    pub(super) fn of(&self, event: ServeEvent) {
        if let Some(listener) = &self.0 {
            listener(event);
        }
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Told").field(&self.0.is_some()).finish()
    }
}
