//! A person decides: the order without which no carrier is selected.
//!
//! opensim never chooses a carrier. A change needs an [`Order`], made from a command that a person gave
//! (`switch CARRIER`, `scan` with its consent, `recover`); it names the networks it covers and dies with the use
//! case that carries it out. `link::guard` asks for it at the last step before the wire.
//! `tests/architecture.rs` checks that only `cli/` and tests make one.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::plmn::Plmn;

/// What the person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `opensim switch CARRIER`.
    Switch,
    /// `opensim scan`, with consent to leave the carrier in use.
    Survey,
    /// `opensim recover`.
    Recover,
}

/// A person's leave to select certain networks, and no other. Clones share one life.
#[derive(Debug, Clone)]
pub struct Order {
    purpose: Purpose,
    covers: Arc<BTreeSet<Plmn>>,
    back_to: Arc<OnceLock<Plmn>>,
    setting: Arc<OnceLock<String>>,
    live: Arc<AtomicBool>,
}

impl Order {
    /// Made from a parsed command and nothing else; `covers` is what the person named or agreed to.
    pub fn from_person(purpose: Purpose, covers: impl IntoIterator<Item = Plmn>) -> Self {
        Self {
            purpose,
            covers: Arc::new(covers.into_iter().collect()),
            back_to: Arc::default(),
            setting: Arc::default(),
            live: Arc::new(AtomicBool::new(true)),
        }
    }

    /// Adds the network in use before the change, so that it can be put back. Only the first call counts: what was
    /// there before cannot be rewritten once the change has begun.
    pub fn come_back_to(&self, former: Plmn) {
        let _ = self.back_to.set(former);
    }

    /// Adds the network that another program's setting named before the change, so that the setting, and it alone, can be
    /// put back. Only the first call counts.
    pub fn keep_setting(&self, code: &str) {
        let _ = self.setting.set(code.to_owned());
    }

    /// Whether another program's setting may be put back to this.
    pub fn permits_setting(&self, code: &str) -> bool {
        self.is_live() && self.setting.get().is_some_and(|kept| kept == code)
    }

    /// Whether this network may be selected now.
    pub fn permits(&self, plmn: Plmn) -> bool {
        self.is_live() && (self.covers.contains(&plmn) || self.back_to.get() == Some(&plmn))
    }

    /// Ends the order: nothing is permitted by it any more, by this or any clone.
    pub fn close(&self) {
        self.live.store(false, Ordering::SeqCst);
    }

    /// Whether the order still stands.
    pub fn is_live(&self) -> bool {
        self.live.load(Ordering::SeqCst)
    }

    /// What the person asked for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plmn(text: &str) -> Plmn {
        text.parse().unwrap()
    }

    #[test]
    fn an_order_covers_what_was_named_and_the_way_back() {
        let order = Order::from_person(Purpose::Switch, [plmn("20810")]);
        assert!(order.permits(plmn("20810")));
        assert!(!order.permits(plmn("20801")));
        order.come_back_to(plmn("20801"));
        order.come_back_to(plmn("20815"));
        assert!(order.permits(plmn("20801")));
        assert!(!order.permits(plmn("20815")));
    }

    #[test]
    fn a_setting_that_is_put_back_is_no_leave_to_select() {
        let order = Order::from_person(Purpose::Switch, [plmn("20810")]);
        assert!(!order.permits_setting("20815"));
        order.keep_setting("20815");
        assert!(order.permits_setting("20815") && !order.permits(plmn("20815")));
        order.close();
        assert!(!order.permits_setting("20815"));
    }

    #[test]
    fn a_closed_order_permits_nothing_through_any_clone() {
        let order = Order::from_person(Purpose::Survey, [plmn("20810")]);
        let clone = order.clone();
        order.close();
        assert!(!clone.permits(plmn("20810")));
    }
}
