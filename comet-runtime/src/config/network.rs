//! Networks in CIDR notation.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// A range of addresses: `10.0.0.0/8`, `fd00::/8`, or one address alone.
///
/// ```
/// let network: comet::Network = "10.0.0.0/8".parse().unwrap();
/// assert!(network.contains("10.1.2.3".parse().unwrap()));
/// assert!(!network.contains("11.0.0.0".parse().unwrap()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether an address lies in this network. An IPv4 address mapped into IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4()
            && (bits(address) ^ bits(self.address)) & mask(self.prefix, width(address)) == 0
    }
}

/// The 127.0.0.0/8 and `::1` of this machine.
pub(super) fn loopback() -> Vec<Network> {
    vec![
        Network { address: IpAddr::from([127, 0, 0, 0]), prefix: 8 },
        Network { address: IpAddr::from(Ipv6Addr::LOCALHOST), prefix: 128 },
    ]
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u32::from(v4).into(),
        IpAddr::V6(v6) => v6.into(),
    }
}

/// The upper `prefix` of `width` bits set.
fn mask(prefix: u8, width: u8) -> u128 {
    u128::MAX.checked_shl((width - prefix).into()).unwrap_or(0)
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let network = address.parse::<IpAddr>().ok().and_then(|address| {
            let prefix = prefix.map_or(Some(width(address)), |p| p.parse().ok())?;
            (prefix <= width(address)).then_some(Network { address, prefix })
        });
        network.ok_or_else(|| {
            format!("`{text}` is not a network; write an address or a range such as 10.0.0.0/8")
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}
