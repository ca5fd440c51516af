//! The promise that the product stands on: whatever is taken away from what was read, nothing becomes a pass that was not,
//! and nothing drops out of the list.

use std::collections::BTreeMap;

use assize::evaluate::{Options, evaluate};
use assize::model::{
    ContextRules, Finding, Gap, GapReason, ParameterSetting, PolicySet, ReadRoot, Relation, Resource, Shape, Snapshot,
    Verdict,
};
use assize::policy::{effective_parameters, load};
use chrono::{DateTime, Utc};
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::estate::snapshot;
use crate::generator::bank;
use crate::support::path;

struct World {
    set: PolicySet,
    parameters: BTreeMap<String, ParameterSetting>,
    context: ContextRules,
}

impl World {
    fn new() -> Self {
        let set = load(&[], true).expect("the library");
        let text = std::fs::read_to_string(path("fixtures/bank/assize.yaml")).expect("settings");
        let settings = assize::config::parse_config("assize.yaml", &text).expect("settings");
        let parameters = effective_parameters(&set, &settings.parameters).expect("parameters");
        Self { set, parameters, context: settings.context }
    }

    fn judge(&self, snapshot: &Snapshot) -> BTreeMap<(String, String), Finding> {
        let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
        let options =
            Options { context: self.context.clone(), threads: 2, ..Options::new(self.parameters.clone(), at) };
        let evaluation = evaluate(snapshot, &self.set, &options).expect("an evaluation");
        assert_eq!(evaluation.resources.len(), snapshot.resources().len(), "every resource is listed");
        evaluation
            .findings
            .into_iter()
            .map(|f| ((f.policy.as_str().to_owned(), f.resource.key().to_owned()), f))
            .collect()
    }
}

/// Dotted paths of every property of a body, objects and values.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(map) = value.as_object() {
        for (key, inner) in map.iter().filter(|(k, _)| !k.contains(['.', '/', '"'])) {
            let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            found.push(path.clone());
            paths(inner, &path, found);
        }
    }
}

/// Everything that can be turned into a gap: resource and read.
fn readable(snapshot: &Snapshot) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    for resource in snapshot.resources() {
        let id = resource.id().as_str().to_owned();
        all.push((id.clone(), None));
        for collection in resource.collections() {
            all.push((id.clone(), Some(format!("children.{collection}"))));
        }
        let mut found = Vec::new();
        paths(&resource.parsed().expect("JSON"), "", &mut found);
        found.retain(|p| !["id", "type", "name"].contains(&p.as_str()));
        all.extend(found.into_iter().map(|p| (id.clone(), Some(format!("resource.{p}")))));
    }
    all
}

fn runner(cases: u32) -> TestRunner {
    // A fixed seed: the same cases every time, so that a failure is found again.
    // A case judges the whole bank by the whole library: what fails is not made smaller for hours.
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 8, ..Config::default() };
    TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
}

fn picks(of: usize, most: usize) -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(any::<usize>().prop_map(move |n| n % of), 1..=most)
}

#[test]
fn gaps_never_make_a_pass_and_hide_nothing() {
    let world = World::new();
    let whole = snapshot(&bank());
    let before = world.judge(&whole);
    let readable = readable(&whole);
    let reasons = [
        GapReason::Denied,
        GapReason::Throttled,
        GapReason::Timeout,
        GapReason::Unresolved,
        GapReason::Unsupported,
        GapReason::Redacted,
        GapReason::Malformed,
    ];
    let result = runner(12).run(&picks(readable.len(), 60), |picked| {
        let mut gaps = whole.gaps().to_vec();
        for at in picked {
            let (about, read) = readable[at].clone();
            gaps.push(Gap { about, read, reason: reasons[at % reasons.len()], detail: "made by a test".to_owned() });
        }
        let after = world.judge(&Snapshot::new(whole.manifest().clone(), whole.resources().to_vec(), gaps));
        for (key, finding) in &before {
            assert!(after.contains_key(key), "{key:?} dropped out (was {:?})", finding.verdict);
        }
        for (key, finding) in &after {
            let was = before.get(key).map(|f| f.verdict);
            assert!(
                finding.verdict != Verdict::Pass || was == Some(Verdict::Pass),
                "{key:?} became a pass, was {was:?}"
            );
            // A gap never invents a fail either.
            assert!(
                finding.verdict != Verdict::Fail || was == Some(Verdict::Fail),
                "{key:?} became a fail, was {was:?}"
            );
        }
        Ok(())
    });
    result.expect("no counterexample");
}

/// Every gap alone, on every property that some policy reads of one server, one vault and one key.
#[test]
fn every_single_gap_on_what_a_policy_reads_is_unknown() {
    let world = World::new();
    let whole = snapshot(&bank());
    let before = world.judge(&whole);
    let planted = std::fs::read_to_string(path("fixtures/bank/assize.yaml")).expect("the settings");
    let mut tried = 0;
    for policy in world.set.policies.values() {
        let passing = before.iter().find(|((id, _), f)| id == policy.meta.id.as_str() && f.verdict == Verdict::Pass);
        // Policies for which the bank plants faults also pass somewhere in it.
        let Some(((_, resource), finding)) = passing else {
            assert!(!planted.contains(&format!("- {}\n", policy.meta.id)), "{} passes nowhere", policy.meta.id);
            continue;
        };
        for read in &policy.meta.reads {
            let text = read.path.to_string();
            let own = text.starts_with("resource.") || text.starts_with("children.");
            if !own {
                continue;
            }
            let gap = Gap {
                about: finding.resource.as_str().to_owned(),
                read: Some(text.clone()),
                reason: GapReason::Denied,
                detail: "403".to_owned(),
            };
            let mut gaps = whole.gaps().to_vec();
            gaps.push(gap);
            let one = world
                .set
                .policies
                .iter()
                .filter(|(id, _)| **id == policy.meta.id)
                .map(|(id, p)| (id.clone(), p.clone()))
                .collect();
            let alone = World {
                set: PolicySet { policies: one, ..world.set.clone() },
                parameters: world.parameters.clone(),
                context: world.context.clone(),
            };
            let after = alone.judge(&Snapshot::new(whole.manifest().clone(), whole.resources().to_vec(), gaps));
            let verdict = after[&(policy.meta.id.as_str().to_owned(), resource.clone())].verdict;
            assert_eq!(verdict, Verdict::Unknown, "{} with a gap on {text}", policy.meta.id);
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

/// Takes a dotted path away.
fn without(body: &Value, path: &str) -> Value {
    let mut changed = body.clone();
    let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut at = &mut changed;
    for word in parent.split('.').filter(|w| !w.is_empty()) {
        at = at.get_mut(word).expect("the path is there");
    }
    at.as_object_mut().expect("an object").remove(last);
    changed
}

#[test]
fn missing_properties_never_make_a_pass() {
    let world = World::new();
    let whole = snapshot(&bank());
    let before = world.judge(&whole);
    let readable: Vec<(String, String)> = readable(&whole)
        .into_iter()
        .filter_map(|(id, read)| Some((id, read?.strip_prefix("resource.")?.to_owned())))
        .collect();
    let result = runner(12).run(&picks(readable.len(), 40), |picked| {
        let mut gone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for at in picked {
            gone.entry(&readable[at].0).or_default().push(&readable[at].1);
        }
        let resources = whole.resources().iter().map(|r| match gone.get(r.id().as_str()) {
            None => r.clone(),
            Some(paths) => {
                let mut body = r.parsed().expect("JSON");
                let mut paths = paths.clone();
                // The deepest first, so that a path is still there when its turn comes.
                paths.sort_by_key(|p| std::cmp::Reverse(p.len()));
                paths.dedup();
                for path in paths {
                    body = without(&body, path);
                }
                let collections: Vec<&str> = r.collections().iter().map(AsRef::as_ref).collect();
                Resource::from_value(&body).expect("a resource").with_collections(&collections)
            }
        });
        let after = world.judge(&Snapshot::new(whole.manifest().clone(), resources.collect(), whole.gaps().to_vec()));
        for (key, finding) in &after {
            let was = before.get(key).map(|f| f.verdict);
            if finding.verdict != Verdict::Pass || was == Some(Verdict::Pass) {
                continue;
            }
            // Only where the metadata says what absence means may less become more; or where another resource does not
            // name this one any more, which is then not shared with it.
            let policy = world.set.find(&key.0).expect("the policy");
            let kind = assize::model::ResourceId::parse(&key.1).expect("an id").resource_type().expect("a type");
            let counts = |read: &assize::model::Read| {
                let relation = read.path.segments().first().and_then(|name| Relation::find(name, kind.as_str()));
                read.path.root() == ReadRoot::Related && relation.is_some_and(|r| r.shape() != Shape::One)
            };
            let elsewhere = gone.keys().any(|id| !id.eq_ignore_ascii_case(&key.1));
            // What carries no class any more is held against the default of a threshold.
            let classed = !policy.meta.parameters.is_empty()
                && gone.values().flatten().any(|path| *path == "tags" || path.starts_with("tags."));
            assert!(
                classed || policy.meta.reads.iter().any(|r| r.absent.is_some() || (elsewhere && counts(r))),
                "{key:?} became a pass, was {was:?}"
            );
        }
        Ok(())
    });
    result.expect("no counterexample");
}

/// A key whose vault does not tell its address is not a key that nobody uses.
#[test]
fn a_vault_without_address_hides_no_users() {
    let world = World::new();
    let whole = snapshot(&bank());
    let before = world.judge(&whole);
    let resources = whole.resources().iter().map(|r| {
        let body = r.parsed().expect("JSON");
        let uri = ["properties.vaultUri", "properties.hsmUri"]
            .into_iter()
            .find(|p| body.pointer(&format!("/{}", p.replace('.', "/"))).is_some());
        match uri {
            Some(path) => {
                let collections: Vec<&str> = r.collections().iter().map(AsRef::as_ref).collect();
                Resource::from_value(&without(&body, path)).expect("a resource").with_collections(&collections)
            }
            None => r.clone(),
        }
    });
    let after = world.judge(&Snapshot::new(whole.manifest().clone(), resources.collect(), whole.gaps().to_vec()));
    let mut seen = 0;
    for (key, finding) in after.iter().filter(|((id, _), _)| {
        id.ends_with("_vault.key_serves_one_domain") || id.ends_with("hsm.key_serves_one_domain")
    }) {
        if before[key].verdict != Verdict::Unknown {
            assert_eq!(finding.verdict, Verdict::Unknown, "{key:?}, was {:?}", before[key].verdict);
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// A reference that cannot be read, and a child that is known to exist and was not read, keep a pass back.
#[test]
fn unreadable_references_and_missing_children_prove_nothing() {
    let world = World::new();
    let whole = snapshot(&bank());
    let before = world.judge(&whole);
    let passes = |after: &BTreeMap<(String, String), Finding>, end: &str| {
        after.iter().filter(|((id, _), f)| id.ends_with(end) && f.verdict == Verdict::Pass).count()
    };
    let one = Resource::from_value(&serde_json::json!({
        "id": "/subscriptions/5c1f0000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r",
        "type": "Microsoft.ContainerRegistry/registries",
        "identity": {"userAssignedIdentities": {"not an id": {}}},
        "properties": {"encryption": {"keyVaultProperties": {"keyIdentifier": "somewhere else"}}}
    }));
    let mut resources = whole.resources().to_vec();
    resources.push(one.expect("a resource"));
    let after = world.judge(&Snapshot::new(whole.manifest().clone(), resources, whole.gaps().to_vec()));
    for end in [".key_serves_one_domain", ".identity_serves_one_domain"] {
        assert!(passes(&before, end) > 0, "{end}");
        assert_eq!(passes(&after, end), 0, "{end}");
    }
    // One administrator more than the list shows, known by its gap alone.
    let policy = "azure.postgresql.entra_administrator_is_group";
    let passing = before.iter().find(|((id, _), f)| id == policy && f.verdict == Verdict::Pass);
    let (key, finding) = passing.expect("a server");
    let mut gaps = whole.gaps().to_vec();
    let about = format!("{}/administrators/hidden", finding.resource.as_str());
    gaps.push(Gap { about, read: None, reason: GapReason::Denied, detail: "403".to_owned() });
    let after = world.judge(&Snapshot::new(whole.manifest().clone(), whole.resources().to_vec(), gaps));
    assert_eq!(after[key].verdict, Verdict::Unknown);
}
