//! Quectel.
use super::{Dialect, Profile};
pub(super) struct Quectel;
static PROFILE: Profile = Profile {
    name: "quectel",
    usb_vendors: &[],
    usb_products: &[],
    manufacturers: &[],
    urc_prefixes: &[],
    urc_lines: &[],
    network_list: std::time::Duration::from_secs(315),
};
impl Dialect for Quectel {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }
}
