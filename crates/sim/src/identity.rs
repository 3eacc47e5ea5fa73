//! Who the modem says it is, and in what its model differs from others of its family. What is simulated is another matter
//! ([`scenario`](crate::scenario)).

/// Who the modem says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceIdentity {
    /// As `AT+CGMI` gives it.
    pub manufacturer: String,
    /// As `AT+CGMM` gives it.
    pub model: String,
    /// Its firmware, as `AT+CGMR` gives it.
    pub revision: String,
    /// Its number.
    pub imei: String,
    /// In what its model differs from others of its family.
    pub traits: ModelTraits,
}

/// ModelTraits in which modems of one family differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelTraits {
    /// Whether the serving cell's SINR is printed in fifths of dB above -20, and not in dB.
    pub sinr_in_fifths: bool,
    /// Whether `AT+CESQ` is known.
    pub cesq: bool,
}
