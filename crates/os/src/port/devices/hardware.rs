//! Windows's words for what is plugged in, read into devices: what it keeps of each function of a device (`USB\VID_2C7C&PID_0125&MI_02`)
//! is a text of its own, and what belongs together is told by the place that it is plugged in.
//!
//! Nothing here asks the system. What a device tells is not trusted.

use std::collections::BTreeMap;

use opensim_domain::UsbId;

use super::{Bus, PluggedDevice, PortNode, UsbDescription, UsbDevice, UsbInterface};

/// What Windows keeps of one function of a device, as it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Function {
    /// Its own name: `USB\VID_2C7C&PID_0125&MI_02\6&1A2B3C&0&0002`.
    pub(super) instance: String,
    /// What it is by its class: `USB\Class_ff&SubClass_00&Prot_00`.
    pub(super) compatible: Vec<String>,
    /// What Windows files it under: `Ports`, `Modem`, `Net`, `USB`.
    pub(super) class: Option<String>,
    /// The driver that serves it.
    pub(super) service: Option<String>,
    /// Its name as the user sees it.
    pub(super) name: Option<String>,
    /// Its maker, as the driver says.
    pub(super) maker: Option<String>,
    /// The name of its COM port.
    pub(super) port: Option<String>,
    /// The name of its network interface.
    pub(super) net: Option<String>,
    /// Where it is plugged in: `Port_#0004.Hub_#0001`.
    pub(super) location: Option<String>,
    /// How the names of its parts begin, where it is a device of several: `6&1A2B3C&0`.
    pub(super) prefix: Option<String>,
}

/// What a function's own name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HardwareName {
    id: UsbId,
    /// The number of its interface; a device that has but one function names none.
    interface: Option<u8>,
    /// What Windows tells it apart by from others of its kind.
    rest: String,
}

impl HardwareName {
    fn parse(instance: &str) -> Option<Self> {
        let mut parts = instance.split('\\');
        let (bus, ids, rest) = (parts.next()?, parts.next()?, parts.next()?);
        if !bus.eq_ignore_ascii_case("USB") || rest.is_empty() || parts.next().is_some() {
            return None;
        }
        let named = |name: &str| {
            ids.split('&').find_map(|part| {
                let (head, value) = part.split_at_checked(name.len())?;
                head.eq_ignore_ascii_case(name).then_some(value)
            })
        };
        let hex = |text: &str| {
            let is_number = text.len() == 4 && text.bytes().all(|b| b.is_ascii_hexdigit());
            u16::from_str_radix(text, 16).ok().filter(|_| is_number)
        };
        Some(Self {
            id: UsbId {
                vendor: hex(named("VID_")?)?,
                product: hex(named("PID_")?)?,
            },
            interface: named("MI_").and_then(|text| u8::from_str_radix(text.get(..2)?, 16).ok()),
            rest: rest.to_owned(),
        })
    }

    /// How the names of all parts of its device begin: `6&1A2B3C&0` of `6&1A2B3C&0&0002`.
    fn family(&self) -> &str {
        match self.rest.rsplit_once('&') {
            Some((family, _)) if self.interface.is_some() => family,
            _ => &self.rest,
        }
    }
}

/// The class, subclass and protocol of `USB\Class_ff&SubClass_00&Prot_00`, and of what says less.
fn class(compatible: &[String]) -> Option<(u8, u8, u8)> {
    compatible.iter().find_map(|text| {
        let (_, text) = text.split_once('\\')?;
        let mut parts = text.split('&').map(|part| part.rsplit_once('_'));
        let mut next = |name: &str| {
            let (head, value) = parts.next()??;
            let value = u8::from_str_radix(value, 16).ok()?;
            head.eq_ignore_ascii_case(name).then_some(value)
        };
        Some((
            next("Class")?,
            next("SubClass").unwrap_or(0),
            next("Prot").unwrap_or(0),
        ))
    })
}

/// `1-4` of `Port_#0004.Hub_#0001`: by the hub and its port, as elsewhere.
fn place(location: &str) -> Option<String> {
    let (port, hub) = location.split_once('.')?;
    let number = |text: &str, name: &str| {
        let digits = text.strip_prefix(name)?;
        let is_number = digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| is_number)
    };
    let (port, hub) = (number(port, "Port_#")?, number(hub, "Hub_#")?);
    Some(format!("{hub}-{port}"))
}

/// The class and subclass of mobile broadband adapters.
const MBIM: (u8, u8) = (0x02, 0x0e);

/// The driver of a function, by one name for those that Windows has several of.
fn driver(function: &Function) -> Option<String> {
    // A modem that Windows dials by is one, whoever made it.
    if has_class(function, "Modem") {
        return Some("modem".to_owned());
    }
    // A mobile broadband adapter by its class, or by the driver that Windows has for that.
    let is_mbim = class(&function.compatible).is_some_and(|class| (class.0, class.1) == MBIM);
    let served = function.service.as_deref().unwrap_or_default();
    let is_served = ["wmbclass", "cxwmbclass"]
        .iter()
        .any(|own| served.eq_ignore_ascii_case(own));
    if has_class(function, "Net") && (is_mbim || is_served) {
        return Some("wmbclass".to_owned());
    }
    function.service.as_deref().and_then(clean)
}

fn has_class(function: &Function, class: &str) -> bool {
    let own = function.class.as_deref();
    own.is_some_and(|own| own.eq_ignore_ascii_case(class))
}

/// A text on one line, without what could disturb a terminal or turn the direction of writing.
pub(super) fn clean(text: &str) -> Option<String> {
    let disturbs = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = text.chars().filter(|c| !disturbs(*c)).take(256).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What stands behind the last `;`: a driver's file may have a text's number before it (`@oem5.inf,%maker%;Quectel`).
pub(super) fn readable(text: &str) -> Option<String> {
    let text = if text.starts_with('@') {
        text.rsplit_once(';')?.1
    } else {
        text
    };
    clean(text)
}

/// A device on its way: what is known of it as a whole, and its functions.
#[derive(Default)]
struct Gathered<'f> {
    whole: Option<&'f Function>,
    parts: Vec<(HardwareName, &'f Function)>,
}

/// The devices that these functions make up, in the order of their places.
pub(super) fn assemble(functions: &[Function]) -> Bus {
    let mut devices: BTreeMap<(u16, u16, String), Gathered<'_>> = BTreeMap::new();
    let known = functions.iter().filter_map(|function| {
        let name = HardwareName::parse(&function.instance)?;
        Some((name, function))
    });
    let (parts, wholes): (Vec<_>, Vec<_>) = known.partition(|(name, _)| name.interface.is_some());
    for (name, function) in wholes {
        // A device of several parts names what theirs begin with; one of a single function is its own part.
        let family = function.prefix.clone().unwrap_or_else(|| name.rest.clone());
        let key = (name.id.vendor, name.id.product, family.to_ascii_uppercase());
        let device = devices.entry(key).or_default();
        device.whole = Some(function);
        if function.prefix.is_none() {
            device.parts.push((name, function));
        }
    }
    for (name, function) in parts {
        let family = name.family().to_ascii_uppercase();
        let key = (name.id.vendor, name.id.product, family);
        devices.entry(key).or_default().parts.push((name, function));
    }
    let mut found: Vec<(Vec<u64>, UsbDescription, PluggedDevice)> = devices
        .into_iter()
        .map(|((vendor, product, family), gathered)| {
            described(UsbId { vendor, product }, &family, &gathered)
        })
        .collect();
    found.sort_by(|one, other| (&one.0, &one.1.id).cmp(&(&other.0, &other.1.id)));
    let mut bus = Bus::default();
    for (_, usb, device) in found {
        if !device.serial.is_empty() || !device.nets.is_empty() {
            bus.devices.push(device);
        }
        bus.usb.push(usb);
    }
    bus
}

fn described(
    id: UsbId,
    family: &str,
    gathered: &Gathered<'_>,
) -> (Vec<u64>, UsbDescription, PluggedDevice) {
    let whole = gathered.whole;
    let location = whole.and_then(|whole| whole.location.as_deref());
    let place = location.and_then(place);
    // Without a place the name that Windows gave it: it stays while it is in the same socket.
    let place = place.unwrap_or_else(|| family.to_ascii_lowercase());
    let mut parts: Vec<&(HardwareName, &Function)> = gathered.parts.iter().collect();
    parts.sort_by_key(|(name, _)| (name.interface, name.rest.clone()));
    let usb = usb_device(id, whole, &parts);
    let node = |name: &str, hardware: &HardwareName, function: &Function| PortNode {
        name: name.to_owned(),
        interface: hardware.interface.or(Some(0)),
        class: class(&function.compatible),
        driver: driver(function),
    };
    let (mut serial, mut nets) = (Vec::new(), Vec::new());
    for (hardware, function) in &parts {
        if let Some(port) = function.port.as_deref().and_then(crate::port::com::name) {
            serial.push(node(&port, hardware, function));
        } else if has_class(function, "Net") {
            let name = function.net.as_deref().or(function.name.as_deref());
            let name = name.and_then(readable).unwrap_or_else(|| "?".to_owned());
            nets.push(node(&name, hardware, function));
        }
    }
    let id = format!("usb:{place}");
    let interfaces = parts.iter().map(|(_, function)| UsbInterface {
        class: class(&function.compatible).unwrap_or_default(),
        driver: driver(function),
    });
    let description = UsbDescription {
        id: id.clone(),
        usb: usb.clone(),
        interfaces: interfaces.collect(),
    };
    let device = PluggedDevice {
        id,
        usb: Some(usb),
        serial,
        wwan: Vec::new(),
        controls: Vec::new(),
        nets,
    };
    let order = place.split(|c: char| !c.is_ascii_digit());
    let order = order.filter_map(|digits| digits.parse().ok()).collect();
    (order, description, device)
}

/// What a device is called: by the part whose name says most of it, a modem's or a network interface's before a port's.
fn usb_device(
    id: UsbId,
    whole: Option<&Function>,
    parts: &[&(HardwareName, &Function)],
) -> UsbDevice {
    let all = || parts.iter().map(|(_, function)| *function);
    let of = |class: &'static str| all().filter(move |function| has_class(function, class));
    // One without a driver has the name that it gives itself; a whole of several parts has none of its own.
    let told = || of("Modem").chain(of("Net")).chain(of("Ports"));
    let shown = || told().chain(all()).chain(whole);
    let product = shown().find_map(|function| {
        let name = readable(function.name.as_deref()?)?;
        // `Quectel USB AT Port (COM5)`: the port is told beside.
        clean(name.split(" (COM").next().unwrap_or_default())
    });
    let maker = shown().find_map(|function| readable(function.maker.as_deref()?));
    // Many a driver begins its name with the maker's.
    let is_said = |maker: &String| product.as_ref().is_some_and(|name| name.starts_with(maker));
    UsbDevice {
        id,
        manufacturer: maker.filter(|maker| !is_said(maker)),
        product,
    }
}

#[cfg(test)]
mod tests;
