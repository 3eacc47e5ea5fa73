//! Which modem is wanted, and how it is to be opened.

use std::path::PathBuf;
use std::str::FromStr;

use super::{OpenError, Standing};
use crate::link::discover::{self, Survey, Sysfs};
use crate::link::holder::{Occupancy, ProcRoot};
use crate::link::tap::TraceCopy;
use crate::os::port::devices;

/// What `--modem` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spec {
    /// The only one there is.
    Automatic,
    /// A port or a USB device, as `opensim modems` names them.
    Device(String),
    /// The one whose number ends so.
    Imei(String),
    /// A virtual modem: a built-in scenario or a file.
    Sim(String),
    /// A modem of `ModemManager`, by its number there.
    Manager(u32),
}

impl FromStr for Spec {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        let unknown = || OpenError::Spec(text.to_owned());
        if let Some(name) = text.strip_prefix("sim:") {
            return Ok(Self::Sim(name.to_owned()));
        }
        if let Some(index) = text.strip_prefix("mm:") {
            return index.parse().map(Self::Manager).map_err(|_| unknown());
        }
        if let Some(tail) = text.strip_prefix("imei:") {
            let tail = tail.trim_start_matches(|c: char| !c.is_ascii_digit());
            let fits = (4..=16).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_digit());
            return if fits {
                Ok(Self::Imei(tail.to_owned()))
            } else {
                Err(unknown())
            };
        }
        match text {
            "" => Err(unknown()),
            "auto" => Ok(Self::Automatic),
            _ => {
                let port = devices::port_name(text);
                Ok(Self::Device(port.unwrap_or_else(|| text.to_owned())))
            }
        }
    }
}

/// Which modem to open, and how.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Which.
    pub modem: Spec,
    /// A dialect that a person forced.
    pub dialect: Option<String>,
    /// Where the conversation is written.
    pub trace: Option<PathBuf>,
    /// What keeps the conversation in memory too.
    pub copy: Option<TraceCopy>,
    /// Whether `ModemManager` is made to let go of the modem.
    pub direct: bool,
    /// A virtual modem that is plugged in already, and is taken where its name is asked for.
    pub standing: Option<Standing>,
    /// Where devices and processes are looked up.
    pub machine: Machine,
}

impl OpenOptions {
    /// A modem as it answers, on this computer.
    pub fn of(modem: Spec) -> Self {
        Self {
            modem,
            dialect: None,
            trace: None,
            copy: None,
            direct: false,
            standing: None,
            machine: Machine::default(),
        }
    }
}

/// Where devices and processes are looked up.
#[derive(Debug, Clone)]
pub struct Machine {
    /// Devices.
    pub sysfs: Sysfs,
    /// Processes.
    pub proc: ProcRoot,
}

impl Default for Machine {
    /// The one that this runs on.
    fn default() -> Self {
        Self {
            sysfs: Sysfs::system(),
            proc: ProcRoot::system(),
        }
    }
}

impl Machine {
    /// What is plugged in, without a look at every process for who holds its ports.
    pub(super) fn devices(&self) -> Survey {
        discover::survey(&self.sysfs, &Occupancy::default())
    }

    /// What is plugged in, and who holds its ports.
    pub(super) fn survey(&self) -> Survey {
        discover::survey(&self.sysfs, &self.proc.look())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_one_kind_of_modem() {
        let spec = |text: &str| text.parse::<Spec>().ok();
        assert_eq!(spec("sim:home"), Some(Spec::Sim("home".into())));
        assert_eq!(spec("mm:0"), Some(Spec::Manager(0)));
        assert_eq!(spec("imei:…1234"), Some(Spec::Imei("1234".into())));
        assert_eq!(
            spec("/dev/ttyUSB2"),
            Some(Spec::Device("/dev/ttyUSB2".into()))
        );
        assert_eq!(spec("auto"), Some(Spec::Automatic));
        for text in ["", "mm:x", "mm:", "imei:", "imei:12", "imei:12x4"] {
            assert_eq!(spec(text), None, "{text}");
        }
    }
}
