//! The fake by hand: `cargo test --test it fake::serve -- --ignored --nocapture`, until the standard input ends.

use std::time::Duration;

use super::{Behaviour, Estate, FakeArm, Shape, TOKEN};
use crate::support::path;

/// Serves the bank, or so many generated servers as `ASSIZE_FAKE_SERVERS` says, with Azure's limits and the latency in
/// milliseconds of `ASSIZE_FAKE_LATENCY` if that is set.
#[test]
#[ignore = "serves until the standard input ends"]
fn until_the_input_ends() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<usize>().expect("a number"));
    let estate = match number("ASSIZE_FAKE_SERVERS") {
        Some(servers) => Estate::generate(&Shape { servers, subscriptions: servers.div_ceil(500), ..Shape::default() }),
        None => Estate::from_snapshot(&path("fixtures/bank/bank.snapshot.jsonl")),
    };
    let behaviour = match number("ASSIZE_FAKE_LATENCY") {
        Some(latency) => Behaviour::azure(Duration::from_millis(latency as u64)),
        None => Behaviour::default(),
    };
    let fake = FakeArm::start(estate, behaviour);
    println!("{} takes the token {TOKEN}", fake.origin());
    let mut line = String::new();
    while std::io::stdin().read_line(&mut line).is_ok_and(|read| read > 0) {}
    println!("{:#?}", fake.stats());
}
