//! How many connections there may be, in all and from one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::config::{Config, Network};

/// The connections of one server.
#[derive(Debug)]
pub(super) struct Limits {
    total: usize,
    per_address: usize,
    proxies: Vec<Network>,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
    /// The log has been told that there is no room, and there has been none since.
    told: bool,
}

/// The right to one connection; dropping it gives it back, on whatever path that happens.
#[derive(Debug)]
pub(super) struct Permit {
    limits: Arc<Limits>,
    /// `None` for a proxy, which only counts in the total.
    address: Option<IpAddr>,
}

impl Limits {
    pub(super) fn of(config: &Config) -> Arc<Self> {
        Arc::new(Self {
            total: config.max_connections,
            per_address: config.max_connections_per_address,
            proxies: config.proxies.clone(),
            open: Mutex::default(),
        })
    }

    /// `None` when the server, or this address, has all the connections it may have.
    pub(super) fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Permit> {
        let proxy = self.proxies.iter().any(|network| network.contains(peer));
        let address = (!proxy).then(|| group(peer));
        let mut open = self.open();
        if open.total >= self.total {
            if !std::mem::replace(&mut open.told, true) {
                tracing::warn!(
                    connections = open.total,
                    "no room for more connections; refusing them"
                );
            }
            return None;
        }
        if let Some(address) = address {
            if open.by_address.get(&address).is_some_and(|count| *count >= self.per_address) {
                tracing::debug!(%peer, "no room for more connections from this address");
                return None;
            }
            *open.by_address.entry(address).or_default() += 1;
        }
        open.total += 1;
        open.told = false;
        Some(Permit { limits: Arc::clone(self), address })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Open connections, and addresses that have some.
    #[cfg(test)]
    pub(super) fn counts(&self) -> (usize, usize) {
        let open = self.open();
        (open.total, open.by_address.len())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut open = self.limits.open();
        open.total -= 1;
        let Some(address) = self.address else { return };
        if let Some(count) = open.by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                open.by_address.remove(&address);
            }
        }
    }
}

/// What counts as one address: an IPv4 address, or an IPv6 /64, the least a customer is given.
fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}
