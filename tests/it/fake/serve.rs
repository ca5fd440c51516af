//! The fake by hand: `cargo test --test it fake::serve -- --ignored --nocapture`, until the standard input ends.

use std::time::Duration;

use super::{Behaviour, Estate, FakeArm, Shape, TOKEN};
use crate::support::path;

/// Serves the bank, or so many generated servers as `ASSIZE_FAKE_SERVERS` says (in `ASSIZE_FAKE_SUBSCRIPTIONS`, else 500 in
/// each), with Azure's limits and the latency in milliseconds of `ASSIZE_FAKE_LATENCY` if that is set. In the end it says
/// how many requests came, how many were refused, and the smallest share of its limits that a subscription was asked for.
#[test]
#[ignore = "serves until the standard input ends"]
fn until_the_input_ends() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<usize>().expect("a number"));
    let estate = match number("ASSIZE_FAKE_SERVERS") {
        Some(servers) => {
            let subscriptions = number("ASSIZE_FAKE_SUBSCRIPTIONS").unwrap_or_else(|| servers.div_ceil(500));
            Estate::generate(&Shape { servers, subscriptions, ..Shape::default() })
        }
        None => Estate::from_snapshot(&path("fixtures/bank/bank.snapshot.jsonl")),
    };
    let behaviour = match number("ASSIZE_FAKE_LATENCY") {
        Some(latency) => Behaviour { record: false, ..Behaviour::azure(Duration::from_millis(latency as u64)) },
        None => Behaviour { record: false, ..Behaviour::default() },
    };
    let resources = estate.len();
    let fake = FakeArm::start(estate, behaviour);
    println!("{} takes the token {TOKEN}", fake.origin());
    let mut line = String::new();
    while std::io::stdin().read_line(&mut line).is_ok_and(|read| read > 0) {}
    let stats = fake.stats();
    let limits = super::Limits::default();
    let rates = stats.by_subscription.iter().filter(|(name, _)| name.contains('-'));
    let share = rates.map(|(_, rate)| rate.share(&limits)).fold(f64::INFINITY, f64::min);
    println!("{resources} resources, {} requests, {} throttled, share {share:.3}", stats.requests, stats.throttled);
}
