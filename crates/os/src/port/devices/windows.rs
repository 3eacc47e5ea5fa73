//! The devices that are plugged into a Windows computer: which are there the system's list tells, and what each is the
//! registry.

use std::path::{Path, PathBuf};
use std::ptr;

use windows_sys::Win32::Devices::DeviceAndDriverInstallation::{
    DIGCF_ALLCLASSES, DIGCF_PRESENT, HDEVINFO, SP_DEVINFO_DATA, SetupDiDestroyDeviceInfoList,
    SetupDiEnumDeviceInfo, SetupDiGetClassDevsW, SetupDiGetDeviceInstanceIdW,
};
use windows_sys::core::GUID;

use super::Bus;
use super::hardware::{self, Function};
use crate::port::com;
use crate::registry::{Key, narrow, wide};

/// Where the registry has what is known of each device.
const ENUM: &str = r"SYSTEM\CurrentControlSet\Enum";
/// Where it has the settings of each driver for a device.
const CLASS: &str = r"SYSTEM\CurrentControlSet\Control\Class";
/// Where it has the names of network interfaces that the user sees.
const NETWORK: &str =
    r"SYSTEM\CurrentControlSet\Control\Network\{4D36E972-E325-11CE-BFC1-08002BE10318}";
/// The most devices that are looked at.
const MOST: u32 = 1000;

/// Where devices are looked up: the system's own lists.
#[derive(Debug, Clone)]
pub struct Sysfs;

#[expect(clippy::unused_self, reason = "other systems have a root")]
impl Sysfs {
    /// The system's own.
    pub fn system() -> Self {
        Self
    }

    /// Looks at what is plugged in.
    pub fn look(&self) -> Bus {
        let functions: Vec<Function> = present().iter().filter_map(|id| function(id)).collect();
        hardware::assemble(&functions)
    }

    /// Where a port of this name is.
    pub fn node(&self, name: &str) -> PathBuf {
        PathBuf::from(name)
    }

    /// There are no groups that one could join to be let in to a port.
    pub fn group_of(&self, _: &Path) -> Option<String> {
        None
    }
}

/// Whether a port that is talked to is there.
pub fn is_device(path: &Path) -> bool {
    let name = path.to_str().and_then(com::name);
    name.is_some_and(|name| com::is_listed(&name))
}

/// Windows has few of them.
pub(super) const LOADS_DRIVERS: bool = false;

/// The name that a port has however it is written, where the word is a port's.
pub(super) fn port_name(word: &str) -> Option<String> {
    com::name(word)
}

/// The port's one name: Windows has no links to ports.
pub(super) fn real(path: &Path) -> Option<PathBuf> {
    path.to_str().and_then(com::name).map(PathBuf::from)
}

/// The names of the USB devices and of their functions that are plugged in now.
fn present() -> Vec<String> {
    let Some(list) = List::present() else {
        return Vec::new();
    };
    (0..MOST).map_while(|at| list.instance(at)).collect()
}

/// The system's list of devices.
struct List(HDEVINFO);

impl List {
    #[expect(unsafe_code, reason = "the list of devices has no safe interface")]
    fn present() -> Option<Self> {
        const NONE: HDEVINFO = -1;
        let bus = wide("USB");
        // SAFETY: the bus's name ends with a zero; no class and no window are named.
        let list = unsafe {
            SetupDiGetClassDevsW(
                ptr::null(),
                bus.as_ptr(),
                ptr::null_mut(),
                DIGCF_PRESENT | DIGCF_ALLCLASSES,
            )
        };
        (list != NONE).then_some(Self(list))
    }

    #[expect(unsafe_code, reason = "the list of devices has no safe interface")]
    fn instance(&self, at: u32) -> Option<String> {
        let mut device = SP_DEVINFO_DATA {
            cbSize: u32::try_from(size_of::<SP_DEVINFO_DATA>()).unwrap_or(0),
            ClassGuid: GUID::from_u128(0),
            DevInst: 0,
            Reserved: 0,
        };
        // SAFETY: the list is open while `self` lives; the answer is of the size that its first field tells.
        if unsafe { SetupDiEnumDeviceInfo(self.0, at, &raw mut device) } == 0 {
            return None;
        }
        // The longest name of a device, with its end (`MAX_DEVICE_ID_LEN`).
        let mut name = [0_u16; 201];
        // SAFETY: the device is one of the list's; the buffer is writable for the length that is told.
        let known = unsafe {
            SetupDiGetDeviceInstanceIdW(
                self.0,
                &raw const device,
                name.as_mut_ptr(),
                200,
                ptr::null_mut(),
            )
        };
        // One whose name is not told is passed over, and does not end the list.
        Some(if known == 0 {
            String::new()
        } else {
            narrow(&name)
        })
    }
}

impl Drop for List {
    #[expect(unsafe_code, reason = "the list of devices has no safe interface")]
    fn drop(&mut self) {
        // SAFETY: the list is this one's own and is not used after.
        unsafe { SetupDiDestroyDeviceInfoList(self.0) };
    }
}

/// What the registry has of a device.
fn function(instance: &str) -> Option<Function> {
    if instance.is_empty() {
        return None;
    }
    let key = Key::machine(&format!(r"{ENUM}\{instance}"))?;
    let parameters = Key::machine(&format!(r"{ENUM}\{instance}\Device Parameters"));
    let driver = key.text("Driver");
    let class = key
        .text("Class")
        .or_else(|| class_of(&key.text("ClassGUID")?));
    let is_net = class
        .as_deref()
        .is_some_and(|class| class.eq_ignore_ascii_case("Net"));
    Some(Function {
        instance: instance.to_owned(),
        compatible: key.texts("CompatibleIDs"),
        service: key.text("Service"),
        name: key.text("FriendlyName").or_else(|| key.text("DeviceDesc")),
        maker: key.text("Mfg"),
        port: parameters.and_then(|key| key.text("PortName")),
        net: driver
            .filter(|_| is_net)
            .and_then(|driver| net_name(&driver)),
        location: key.text("LocationInformation"),
        prefix: key.text("ParentIdPrefix"),
        class,
    })
}

/// The name of a class of devices.
fn class_of(guid: &str) -> Option<String> {
    Key::machine(&format!(r"{CLASS}\{guid}"))?.text("Class")
}

/// What the user sees an interface called that this driver made.
fn net_name(driver: &str) -> Option<String> {
    let own = Key::machine(&format!(r"{CLASS}\{driver}"))?.text("NetCfgInstanceId")?;
    Key::machine(&format!(r"{NETWORK}\{own}\Connection"))?.text("Name")
}
