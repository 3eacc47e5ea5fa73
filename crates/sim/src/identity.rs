//! Who the modem says it is, and in which of its family's ways it differs. What is simulated is another matter
//! ([`scenario`](crate::scenario)).

/// Who the modem says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// As `AT+CGMI` gives it.
    pub manufacturer: String,
    /// As `AT+CGMM` gives it.
    pub model: String,
    /// Its firmware, as `AT+CGMR` gives it.
    pub revision: String,
    /// Its number.
    pub imei: String,
    /// Which of a persona's ways with doubtful things this modem has.
    pub ways: Ways,
}

/// Ways in which modems of one family differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Whether the serving cell's SINR is printed in fifths of dB above -20, and not in dB.
    pub sinr_in_fifths: bool,
    /// Whether `AT+CESQ` is known.
    pub cesq: bool,
}
