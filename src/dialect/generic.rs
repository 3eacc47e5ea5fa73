//! Plain 27.007.
use super::{Answer, Dialect, Identity, Profile, Query};
use crate::at::result::{Line, Reply};
use crate::domain::Iccid;
use crate::domain::radio::Reading;

pub(super) struct Generic;
static PROFILE: Profile = Profile {
    name: "generic",
    usb_vendors: &[],
    usb_products: &[],
    manufacturers: &[],
    urc_prefixes: &[],
    urc_lines: &[],
    network_list: std::time::Duration::from_secs(315),
};
impl Dialect for Generic {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }
}
pub(super) const READING: &[Query] = &[];
pub(super) const PIN_TRIES: Query = Query::new("AT+CPINR", &["+CPINR:"]);
pub(super) const ICCID: &[Query] = &[];
pub(super) fn reading(_: &[Answer]) -> Reading {
    Reading::default()
}
pub(super) fn pin_tries(_: &Reply) -> Option<u8> {
    None
}
pub(super) fn iccid(_: &Reply) -> Option<Iccid> {
    None
}
pub(super) fn identity(_: &[Line]) -> Identity {
    Identity::default()
}
