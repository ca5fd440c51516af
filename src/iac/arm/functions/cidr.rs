//! Functions on address ranges, IPv4 and IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use crate::iac::arm::functions::{Args, Done, text};
use crate::iac::{Node, Value};

pub(super) fn call(name: &str, args: &Args<'_>) -> Option<Done> {
    Some(match name {
        "parsecidr" => parse_cidr(args),
        "cidrsubnet" => subnet(args),
        "cidrhost" => host(args),
        _ => return None,
    })
}

/// A range: its first address as a number, the length of the prefix, and how many bits addresses have.
struct Range {
    first: u128,
    prefix: u32,
    bits: u32,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let (value, bits) = match address.trim().parse().ok()? {
            IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32),
            IpAddr::V6(v6) => (u128::from(v6), 128),
        };
        let prefix = prefix.trim().parse().ok().filter(|p| *p <= bits)?;
        let range = Self { first: 0, prefix, bits };
        Some(Self { first: value & !range.hosts(), ..range })
    }

    /// The bits that number hosts, all set.
    fn hosts(&self) -> u128 {
        low_bits(self.bits - self.prefix)
    }

    fn show(&self, value: u128) -> String {
        match (self.bits, u32::try_from(value)) {
            (32, Ok(value)) => Ipv4Addr::from(value).to_string(),
            _ => Ipv6Addr::from(value).to_string(),
        }
    }
}

fn low_bits(count: u32) -> u128 {
    1u128.checked_shl(count).map_or(u128::MAX, |bit| bit - 1)
}

fn range(args: &Args<'_>) -> Result<Range, super::Stop> {
    let value = args.text(0)?;
    match Range::parse(value) {
        Some(range) => Ok(range),
        None => args.wrong(format!("'{value}' is no address range")),
    }
}

fn parse_cidr(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let range = range(args)?;
    let last = range.first | range.hosts();
    let narrow = range.bits - range.prefix < 2;
    let (first_usable, last_usable) = match (range.bits, narrow) {
        (32, false) => (range.first + 1, last - 1),
        _ => (range.first, last),
    };
    let mask = low_bits(range.bits) & !range.hosts();
    let mut members = vec![
        ("network", Node::string(range.show(range.first))),
        ("netmask", Node::string(range.show(mask))),
        ("firstUsable", Node::string(range.show(first_usable))),
        ("lastUsable", Node::string(range.show(last_usable))),
        ("cidr", Node::new(Value::Int(i64::from(range.prefix)))),
    ];
    if range.bits == 32 {
        members.push(("broadcast", Node::string(range.show(last))));
    }
    Ok(Node::object(members.into_iter().map(|(k, v)| (Arc::from(k), v)).collect()))
}

fn subnet(args: &Args<'_>) -> Done {
    args.count(3..=3)?;
    let (range, prefix, index) = (range(args)?, args.int(1)?, args.int(2)?);
    let Some(prefix) = u32::try_from(prefix).ok().filter(|p| (range.prefix..=range.bits).contains(p)) else {
        return args.wrong("the new prefix does not fit");
    };
    let Some(index) = u128::try_from(index).ok().filter(|i| *i <= low_bits(prefix - range.prefix)) else {
        return args.wrong("there are not so many subnets");
    };
    let step = index.checked_shl(range.bits - prefix).unwrap_or(0);
    text(format!("{}/{prefix}", range.show(range.first + step)))
}

fn host(args: &Args<'_>) -> Done {
    args.count(2..=2)?;
    let (range, index) = (range(args)?, args.int(1)?);
    // Index 0 is the first address that a host may have.
    let Some(step) = u128::try_from(index).ok().map(|i| i + 1).filter(|s| *s <= range.hosts()) else {
        return args.wrong("there are not so many hosts");
    };
    text(range.show(range.first + step))
}
