//! How many are served at a time, in all and from one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::measure::source::network;

/// Who is being served.
#[derive(Debug, Clone)]
pub(super) struct Guests {
    most: usize,
    most_each: usize,
    present: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One who is; leaves when dropped.
#[derive(Debug)]
pub(super) struct Guest {
    address: IpAddr,
    present: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Guests {
    pub(super) fn new(most: usize, most_each: usize) -> Self {
        Self {
            most,
            most_each,
            present: Arc::default(),
        }
    }

    /// Lets one in, or not. Addresses of one IPv6 network (/64) are one.
    pub(super) fn admit(&self, address: IpAddr) -> Option<Guest> {
        let address = network(address);
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        if present.values().sum::<usize>() >= self.most {
            return None;
        }
        let own = present.entry(address).or_default();
        if *own >= self.most_each {
            return None;
        }
        *own += 1;
        Some(Guest {
            address,
            present: self.present.clone(),
        })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = present.get_mut(&self.address) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                present.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_and_all_together_have_their_share_and_give_it_back() {
        let guests = Guests::new(3, 2);
        let admit = |text: &str| guests.admit(text.parse().unwrap());
        let first = admit("192.0.2.1").unwrap();
        let second = admit("192.0.2.1").unwrap();
        assert!(admit("192.0.2.1").is_none());
        let third = admit("2001:db8::1").unwrap();
        assert!(admit("192.0.2.2").is_none());
        drop(first);
        assert!(admit("192.0.2.2").is_some());
        let fourth = admit("2001:db8::2:1").unwrap();
        drop((second, admit("192.0.2.9")));
        assert!(admit("2001:db8::3").is_none());
        drop((third, fourth));
        assert!(guests.present.lock().unwrap().is_empty());
    }
}
