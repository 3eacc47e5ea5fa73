//! Huawei.
use super::{Dialect, Profile};
pub(super) struct Huawei;
static PROFILE: Profile = Profile {
    name: "huawei",
    usb_vendors: &[],
    usb_products: &[],
    manufacturers: &[],
    urc_prefixes: &[],
    urc_lines: &[],
    network_list: std::time::Duration::from_secs(315),
};
impl Dialect for Huawei {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }
}
