//! Simcom.
use super::{Dialect, Profile};
pub(super) struct Simcom;
static PROFILE: Profile = Profile {
    name: "simcom",
    usb_vendors: &[],
    usb_products: &[],
    manufacturers: &[],
    urc_prefixes: &[],
    urc_lines: &[],
    network_list: std::time::Duration::from_secs(315),
};
impl Dialect for Simcom {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }
}
