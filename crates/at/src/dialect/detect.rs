//! Which dialect a modem speaks, and why.

use super::generic::Generic;
use super::{DIALECTS, Dialect, Identity, UsbId};

/// What a choice of dialect rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A person forced it.
    Forced,
    /// The USB ids are this vendor's.
    Usb(UsbId),
    /// The modem names this manufacturer or model: the text that matched.
    Manufacturer(String),
    /// Nothing pointed anywhere.
    Nothing,
}

/// A dialect and why.
#[derive(Clone)]
pub struct Detected {
    /// The dialect.
    pub dialect: &'static dyn Dialect,
    /// What it rests on.
    pub because: Evidence,
}

/// The dialect of these facts: what the modem says of itself first, then its USB ids, else generic.
///
/// Ids come second because they name who sold the USB id, not who wrote the firmware: 05c6:9215 is Quectel's old EC25
/// and a dozen other makers' boards. The model comes before the maker, as one maker sells several makers' platforms.
pub fn detect(usb: Option<UsbId>, identity: &Identity) -> Detected {
    let said = [&identity.model, &identity.manufacturer];
    for text in said.into_iter().flatten() {
        if let Some(dialect) = claimed_by_name(text) {
            let because = Evidence::Manufacturer(text.clone());
            return Detected { dialect, because };
        }
    }
    match usb.and_then(|id| Some((id, claimed_by_usb(id)?))) {
        Some((id, dialect)) => Detected {
            dialect,
            because: Evidence::Usb(id),
        },
        None => Detected {
            dialect: &Generic,
            because: Evidence::Nothing,
        },
    }
}

fn claimed_by_name(text: &str) -> Option<&'static dyn Dialect> {
    let text = text.to_ascii_lowercase();
    let mut all = DIALECTS.iter().copied();
    all.find(|d| d.profile().manufacturers.iter().any(|m| has_word(&text, m)))
}

/// Whether `word` stands in `text` at the start of a word: `a76` is in `A7670E-FASE` and not in `NA7600`.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
    })
}

fn claimed_by_usb(id: UsbId) -> Option<&'static dyn Dialect> {
    let mut all = DIALECTS.iter().copied();
    all.find(|d| {
        let profile = d.profile();
        profile.usb_vendors.contains(&id.vendor)
            || profile.usb_products.contains(&(id.vendor, id.product))
    })
}

/// The dialect of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Dialect> {
    DIALECTS.iter().copied().find(|d| d.profile().name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD_EC25: UsbId = usb(0x05c6, 0x9215);
    const EC25: UsbId = usb(0x2c7c, 0x0125);

    const fn usb(vendor: u16, product: u16) -> UsbId {
        UsbId { vendor, product }
    }

    fn who(manufacturer: &str, model: &str) -> Identity {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            manufacturer: text(manufacturer),
            model: text(model),
            ..Identity::default()
        }
    }

    #[test]
    fn what_the_modem_says_comes_before_its_usb_ids() {
        for (id, manufacturer, model, name) in [
            (None, "Quectel", "EC25", "quectel"),
            (Some(OLD_EC25), "Quectel", "EC20F", "quectel"),
            (Some(OLD_EC25), "", "", "generic"),
            (Some(OLD_EC25), "SIMCOM INCORPORATED", "SIM7100E", "simcom"),
            (Some(usb(0x2c7c, 0x8101)), "", "", "quectel"),
            (Some(EC25), "Huawei Technologies Co., Ltd.", "x", "huawei"),
            (None, "INCORPORATED", "A7670E-FASE", "simcom"),
            (None, "", "SIM7000E R1351", "simcom"),
            (None, "SIMCOM_Ltd", "SIMCOM_SIM7000G", "simcom"),
            (Some(usb(0x1e0e, 0x9001)), "", "", "simcom"),
            (Some(usb(0x1e0e, 0xcefe)), "A-LINK", "3GU", "generic"),
            (Some(usb(0x12d1, 0x15c1)), "", "", "huawei"),
            (Some(usb(0x3466, 0x3301)), "", "MT5700M-CN", "huawei"),
            (None, "Telit", "LE910C1", "telit"),
            (None, "", "LM960A18", "telit"),
            (Some(usb(0x1bc7, 0x1041)), "", "", "telit"),
            (None, "Sierra Wireless, Incorporated", "EM7565", "sierra"),
            (None, "", "MC7455", "sierra"),
            (Some(usb(0x413c, 0x81b6)), "", "", "sierra"),
            (None, "u-blox", "SARA-R410M-02B", "ublox"),
            (None, "", "LARA-R6001", "ublox"),
            (Some(usb(0x1546, 0x01a8)), "", "", "generic"),
            (None, "Cinterion", "PLS8-E", "cinterion"),
            (Some(usb(0x1e2d, 0x0061)), "", "", "cinterion"),
            (None, "Fabrikam", "X1", "generic"),
            (None, "Fibocom Wireless Inc.", "FM350-GL", "fibocom"),
            (None, "Fibocom Wireless Inc.", "L860-GL", "xmm"),
            (Some(usb(0x2cb7, 0x0007)), "", "", "xmm"),
            (Some(usb(0x0e8d, 0x7127)), "", "", "fibocom"),
            (None, "ZTE CORPORATION", "MF286D", "zte"),
            (Some(usb(0x305a, 0x1405)), "", "", "zte"),
            (None, "MEIG", "SLM770A-R", "meig"),
            (None, "NA7600", "DASIM7600", "generic"),
            (None, "", "", "generic"),
        ] {
            let found = detect(id, &who(manufacturer, model));
            let found = found.dialect.profile().name;
            assert_eq!(found, name, "{id:?} {manufacturer} {model}");
        }
    }

    #[test]
    fn the_reason_is_what_decided() {
        let because = |id, identity: &Identity| detect(id, identity).because;
        assert_eq!(
            because(Some(EC25), &who("Quectel", "EC25")),
            Evidence::Manufacturer("Quectel".into())
        );
        assert_eq!(
            because(Some(EC25), &Identity::default()),
            Evidence::Usb(EC25)
        );
        assert_eq!(because(None, &who("Fabrikam", "")), Evidence::Nothing);
    }
}
