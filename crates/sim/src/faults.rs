//! What can go wrong with a virtual modem, as a scenario states it. Data alone: who acts on it is `modem`.

use std::time::Duration;

use opensim_domain::Plmn;
use opensim_domain::time::Instant;

/// The faults of a scenario. The default has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    /// `OK` to a selection comes at once, before the registration.
    pub early_ok: bool,
    /// How long after the registration `OK` to a selection comes.
    pub late_ok: Duration,
    /// The modem restarts.
    pub reboot: Trigger,
    /// The modem leaves the bus.
    pub unplug: Trigger,
    /// The modem says nothing for a while.
    pub silence: Silence,
    /// Command lines that begin so are never answered, and the modem is deaf from then on.
    pub hang_on: Vec<String>,
    /// Command lines that begin so are answered this late.
    pub late_reply: Vec<(String, Duration)>,
    /// What happens to the bytes.
    pub wire: Wire,
    /// Whether the modem echoes at start; `None` is the persona's habit.
    pub echo: Option<bool>,
}

/// When a fault strikes: once at a time, or once at the selection of a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trigger {
    /// At this time.
    pub at: Option<Instant>,
    /// When this network is selected.
    pub on_select: Option<Plmn>,
}

/// A silence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Silence {
    /// When it begins.
    pub start: Trigger,
    /// How long it lasts; `None` for ever.
    pub lasts: Option<Duration>,
    /// Whether what came during the silence is lost, rather than answered when it ends.
    pub loses: bool,
}

/// What happens to the bytes on their way out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wire {
    /// Binary noise between lines.
    pub garbage: bool,
    /// Every so many bytes one is dropped; 0 for none.
    pub drop_byte_every: u32,
    /// A few bytes at a time.
    pub split_writes: bool,
    /// Unasked lines in the middle of answers.
    pub urc_mid_reply: bool,
}
