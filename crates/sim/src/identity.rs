//! Who the modem says it is, and in what its model differs from others of its family. What is simulated is another matter
//! ([`scenario`](crate::scenario)).

/// Who the modem says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceIdentity {
    /// As `AT+CGMI` gives it.
    pub(crate) manufacturer: String,
    /// As `AT+CGMM` gives it.
    pub(crate) model: String,
    /// Its firmware, as `AT+CGMR` gives it.
    pub(crate) revision: String,
    /// Its number.
    pub(crate) imei: String,
    /// In what its model differs from others of its family.
    pub(crate) traits: ModelTraits,
}

/// In what the models of one family differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ModelTraits {
    /// Whether the serving cell's SINR is printed in fifths of dB above -20, and not in dB.
    pub(crate) sinr_in_fifths: bool,
    /// Whether `AT+CESQ` is known.
    pub(crate) cesq: bool,
}
