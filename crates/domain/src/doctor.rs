//! The checks of `opensim doctor` in one table: their order, what each rests on, and which of them take data.
//!
//! The order is the one in which a person would look: a modem first, then what it stands on, then what it carries. What a
//! check means and how it is made is not here.

use serde::{Deserialize, Serialize};

/// Makes the list of checks from its rows: the variant, its word, whether it takes data, what it rests on.
macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $cost:ident, [$($needs:ident)*];)*) => {
        /// A check, in the order in which they are made.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub enum DoctorCheck {
            $($(#[$doc])* #[serde(rename = $word)] $name,)*
        }

        impl DoctorCheck {
            /// Each of them, in their order.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// As documents and the command line have it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// The checks right before it that it rests on: where one of them fails, this one cannot be made.
            pub const fn needs(self) -> &'static [Self] {
                match self { $(Self::$name => &[$(Self::$needs),*]),* }
            }

            /// What it takes of a person's data.
            pub const fn data_use(self) -> DataUse {
                match self { $(Self::$name => DataUse::$cost),* }
            }
        }
    };
}

/// What a check takes of a person's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataUse {
    /// Nothing is sent.
    Nothing,
    /// A question and its answer.
    Little,
    /// As much as the budget lets it.
    Budget,
}

checks! {
    /// Whether a modem is there, and why a stick cannot be used.
    Modem = "modem", Nothing, [];
    /// Whether its port answers, and who else has it.
    Port = "port", Nothing, [Modem];
    /// Whether this user may use it.
    Permissions = "permissions", Nothing, [Port];
    /// Whether there is a SIM card that works.
    Sim = "sim", Nothing, [Permissions];
    /// Whether the card waits for its PIN, and how many tries are left.
    Pin = "pin", Nothing, [Sim];
    /// Who chooses the carrier.
    Selection = "selection", Nothing, [Permissions];
    /// Whether the modem is on a network, and why not.
    Registration = "registration", Nothing, [Pin];
    /// How well the mast is received.
    Radio = "radio", Nothing, [Permissions];
    /// Whether the band in use is one of the carrier's.
    Bands = "bands", Nothing, [Registration];
    /// Whether an access point is set.
    Apn = "apn", Nothing, [Pin];
    /// Whether the modem's network interface is there and up.
    Interface = "interface", Nothing, [Permissions];
    /// Whether it has an address.
    Address = "address", Nothing, [Registration Interface];
    /// Whether a route leads out by it.
    Routes = "routes", Nothing, [Address];
    /// Whether the system's filter lets answers in by it.
    RpFilter = "rp_filter", Nothing, [Interface];
    /// Whether names are found.
    Dns = "dns", Little, [Address];
    /// Whether the rates are enough for a day's work.
    Throughput = "throughput", Budget, [Registration];
    /// Whether a call would be good.
    Voice = "voice", Budget, [Registration];
    /// Whether the company's VPN answers.
    Vpn = "vpn", Budget, [Registration];
    /// Whether the telephone server answers.
    Sip = "sip", Budget, [Registration];
    /// Whether the pages that were named answer.
    Web = "web", Budget, [Registration];
    /// Whether the computer's clock is right.
    Clock = "clock", Nothing, [];
    /// Whether `ModemManager` is there and well.
    ModemManager = "modemmanager", Nothing, [];
    /// Whether `NetworkManager` would undo what a person chose.
    NetworkManager = "networkmanager", Nothing, [];
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it should be.
    Pass,
    /// It works, and a person should know of it.
    Warn,
    /// It does not work.
    Fail,
    /// It was not made, or nothing could be known.
    Skipped,
}

/// What carries a line out of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A cable, to a box as a rule.
    Cable,
    /// Wi-Fi.
    Wifi,
    /// A mobile modem.
    Modem,
}

impl LineKind {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Cable, Self::Wifi, Self::Modem];
}

/// How far a VPN is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VpnState {
    /// Its program is there.
    Installed,
    /// A connection is set up for it.
    Configured,
    /// A tunnel is up.
    Connected,
}

impl VpnState {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Installed, Self::Configured, Self::Connected];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_rests_on_earlier_ones_that_take_no_data() {
        for check in DoctorCheck::ALL {
            for needed in check.needs() {
                assert!(*needed < check, "{needed:?} comes after {check:?}");
                assert_eq!(needed.data_use(), DataUse::Nothing, "{needed:?}");
            }
        }
    }

    #[test]
    fn a_check_is_written_as_it_is_named() {
        for check in DoctorCheck::ALL {
            let written = serde_json::to_value(check).unwrap();
            assert_eq!(written, check.as_str());
        }
    }
}
