//! The bank as a snapshot; shared with the benches.

use assize::model::{Gap, Manifest, Resource, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};

use crate::generator::{Bank, BankGap};

/// A bank as the snapshot that the collector would write.
pub(crate) fn snapshot(bank: &Bank) -> Snapshot {
    let manifest = Manifest {
        schema: SNAPSHOT_SCHEMA.to_owned(),
        tool: Tool { name: "assize".to_owned(), version: "0.1.0".to_owned() },
        source: Source::Azure,
        scope: bank
            .subscriptions
            .iter()
            .map(|s| format!("/subscriptions/{}", s.trim_start_matches("/subscriptions/")))
            .collect(),
        started: Some("2026-11-01T01:48:00Z".to_owned()),
        ended: Some("2026-11-01T02:00:00Z".to_owned()),
        identity: Some("assize-reader (service principal)".to_owned()),
        partial: false,
        names: std::collections::BTreeMap::new(),
        population: Vec::new(),
    };
    let resources = bank
        .resources
        .iter()
        .map(|r| {
            Resource::from_value(&r.body).unwrap_or_else(|e| panic!("{}: {e}", r.body)).with_collections(&r.collections)
        })
        .collect();
    let gaps = bank.gaps.iter().map(gap).collect();
    Snapshot::new(manifest, resources, gaps)
}

fn gap(gap: &BankGap) -> Gap {
    let reason = serde_json::from_value(serde_json::json!(gap.reason)).expect("a reason of the snapshot format");
    Gap { about: gap.about.clone(), read: gap.read.clone(), reason, detail: gap.detail.clone() }
}
