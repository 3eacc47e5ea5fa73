//! What can go wrong with a virtual modem, as a scenario states it. Data alone: who acts on it is `modem`.

use std::time::Duration;

use opensim_domain::Plmn;
use opensim_domain::time::Instant;

/// The faults of a scenario. The default has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Faults {
    /// `OK` to a selection comes at once, before the registration.
    pub(crate) early_ok: bool,
    /// How long after the registration `OK` to a selection comes.
    pub(crate) late_ok: Duration,
    /// The modem restarts.
    pub(crate) reboot: Trigger,
    /// The modem leaves the bus.
    pub(crate) unplug: Trigger,
    /// The modem says nothing for a while.
    pub(crate) silence: Silence,
    /// Command lines that begin so are never answered, and the modem is deaf from then on.
    pub(crate) hang_on: Vec<String>,
    /// Command lines that begin so are answered this late.
    pub(crate) late_reply: Vec<(String, Duration)>,
    /// What happens to the bytes.
    pub(crate) wire: Wire,
    /// Whether the modem echoes at start; `None` is the persona's habit.
    pub(crate) echo: Option<bool>,
}

/// When a fault strikes: once at a time, or once at the selection of a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Trigger {
    /// At this time.
    pub(crate) at: Option<Instant>,
    /// When this network is selected.
    pub(crate) on_select: Option<Plmn>,
}

/// A silence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Silence {
    /// When it begins.
    pub(crate) start: Trigger,
    /// How long it lasts; `None` for ever.
    pub(crate) lasts: Option<Duration>,
    /// Whether what came during the silence is lost, rather than answered when it ends.
    pub(crate) loses: bool,
}

/// What happens to the bytes on their way out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wire {
    /// Binary noise between lines.
    pub(crate) garbage: bool,
    /// Every so many bytes one is dropped; 0 for none.
    pub(crate) drop_byte_every: u32,
    /// A few bytes at a time.
    pub(crate) split_writes: bool,
    /// Unasked lines in the middle of answers.
    pub(crate) urc_mid_reply: bool,
}
