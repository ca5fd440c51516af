//! IP networks, IPv4 and IPv6.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::iac::Node;
use crate::iac::terraform::functions::args::{self, bool_node, text, whole};
use crate::iac::terraform::functions::{Answer, Context};

/// An address and how many of its bits name the network.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Network {
    address: u128,
    prefix: u32,
    /// 32 or 128.
    bits: u32,
}

impl Network {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("invalid CIDR expression: invalid CIDR address: {text}");
        let (address, prefix) = text.split_once('/').ok_or_else(wrong)?;
        if prefix.is_empty() || prefix.len() > 3 || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let mut prefix: u32 = prefix.parse().map_err(|_| wrong())?;
        let (mut address, mut bits) = address_of(address).ok_or_else(wrong)?;
        if prefix > bits {
            return Err(wrong());
        }
        // An IPv4 address in IPv6's clothes is one.
        if bits == 128 && prefix >= 96 && address >> 32 == 0xffff {
            (address, bits, prefix) = (address & 0xffff_ffff, 32, prefix - 96);
        }
        Ok(Self { address, prefix, bits })
    }

    /// How many bits are left for hosts, as a mask.
    fn hosts(self) -> u128 {
        ones(self.bits - self.prefix)
    }

    fn base(self) -> u128 {
        self.address & !self.hosts()
    }

    fn text(self, address: u128) -> String {
        match u32::try_from(address) {
            Ok(short) if self.bits == 32 => Ipv4Addr::from(short).to_string(),
            _ => Ipv6Addr::from(address).to_string(),
        }
    }

    /// The subnet of that number, with so many bits more.
    fn subnet(self, more: u32, number: u128) -> Result<Self, String> {
        let prefix = self.prefix.saturating_add(more);
        if prefix > self.bits {
            return Err(format!("insufficient address space to extend prefix of {} by {more}", self.prefix));
        }
        if number > ones(more) {
            return Err(format!("prefix extension of {more} does not accommodate a subnet numbered {number}"));
        }
        let address = self.base() | number.checked_shl(self.bits - prefix).unwrap_or(0);
        Ok(Self { address, prefix, ..self })
    }
}

fn ones(bits: u32) -> u128 {
    1u128.checked_shl(bits).map_or(u128::MAX, |n| n - 1)
}

/// Leading zeros are allowed, as Terraform allows them.
fn address_of(text: &str) -> Option<(u128, u32)> {
    if text.contains(':') {
        return text.parse::<Ipv6Addr>().ok().map(|a| (u128::from(a), 128));
    }
    let parts: Vec<&str> = text.split('.').collect();
    let digits = |p: &&str| !p.is_empty() && p.len() < 6 && p.bytes().all(|b| b.is_ascii_digit());
    if parts.len() != 4 || !parts.iter().all(digits) {
        return None;
    }
    let mut address = 0u128;
    for part in parts {
        address = address << 8 | u128::from(part.parse::<u8>().ok()?);
    }
    Some((address, 32))
}

pub(super) fn cidrhost(args: &[Node], _: &Context<'_>) -> Answer {
    let network = Network::parse(&text(&args[0])?)?;
    let number = whole(&args[1])?;
    // Negative numbers count from the end.
    let host = if number < 0 { u128::from(number.unsigned_abs()) - 1 } else { number.unsigned_abs().into() };
    if host > network.hosts() {
        return Err(format!("prefix of {} does not accommodate a host numbered {number}", network.prefix));
    }
    let host = if number < 0 { network.hosts() - host } else { host };
    Ok(Node::string(network.text(network.base() | host)))
}

pub(super) fn cidrnetmask(args: &[Node], _: &Context<'_>) -> Answer {
    let given = text(&args[0])?;
    let network = Network::parse(&given)?;
    if network.bits != 32 {
        return Err(format!("IPv6 addresses cannot have a netmask: {given}"));
    }
    Ok(Node::string(network.text(!network.hosts() & 0xffff_ffff)))
}

fn new_bits(node: &Node) -> Result<u32, String> {
    u32::try_from(whole(node)?).map_err(|_| "the number of new bits must not be negative".to_owned())
}

pub(super) fn cidrsubnet(args: &[Node], _: &Context<'_>) -> Answer {
    let network = Network::parse(&text(&args[0])?)?;
    let number = u128::try_from(whole(&args[2])?).map_err(|_| "the subnet number must not be negative")?;
    let subnet = network.subnet(new_bits(&args[1])?, number)?;
    Ok(Node::string(format!("{}/{}", subnet.text(subnet.base()), subnet.prefix)))
}

pub(super) fn cidrsubnets(args: &[Node], _: &Context<'_>) -> Answer {
    let network = Network::parse(&text(&args[0])?)?;
    let mut next = Some(network.base());
    let mut out = Vec::new();
    for arg in &args[1..] {
        let more = new_bits(arg)?;
        if more == 0 {
            return Err("must extend prefix by at least one bit".to_owned());
        }
        let prefix = network.subnet(more, 0)?.prefix;
        let full = || format!("not enough remaining address space for a subnet with a prefix of {prefix} bits");
        let size = network.bits - prefix;
        // Each starts at the first place after the one before that its size allows.
        let start = next.ok_or_else(full)?.checked_add(ones(size)).ok_or_else(full)? & !ones(size);
        if start & !network.hosts() != network.base() {
            return Err(full());
        }
        let subnet = Network { address: start, prefix, ..network };
        out.push(format!("{}/{prefix}", subnet.text(start)));
        next = start.checked_add(ones(size)).and_then(|end| end.checked_add(1));
    }
    Ok(args::strings(out))
}

/// OpenTofu's: whether a network holds an address or another network.
pub(super) fn cidrcontains(args: &[Node], _: &Context<'_>) -> Answer {
    let network = Network::parse(&text(&args[0])?)?;
    let inner = text(&args[1])?;
    let (first, last, bits) = match address_of(&inner) {
        Some((address, bits)) => (address, address, bits),
        None => {
            let inner = Network::parse(&inner)?;
            (inner.base(), inner.base() | inner.hosts(), inner.bits)
        }
    };
    if bits != network.bits {
        return Err("address families do not match".to_owned());
    }
    let inside = |address: u128| address & !network.hosts() == network.base();
    Ok(bool_node(inside(first) && inside(last)))
}
