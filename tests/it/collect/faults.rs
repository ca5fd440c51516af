//! The fault matrix: every kind of request the collection of the bank makes, with every kind of fault. No verdict becomes a
//! pass that was none, no resource is lost, and the run says that it is incomplete and names the call.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use assize::collect::client::Limits;
use assize::collect::plan::Plan;
use assize::model::{PolicySet, Verdict};

use super::{Verdicts, bank, evaluated, evaluated_by, gather, judged, keys, quick};
use crate::fake::{Behaviour, FakeArm, Fault, ForeignHost, Kind, Times, Wrong};

/// What never was a resource of the estate proper: scopes are read to inherit tags from.
fn is_scope(key: &str) -> bool {
    !key.contains("/providers/")
}

fn kinds(foreign: &str) -> Vec<(&'static str, Kind)> {
    vec![
        ("401", Kind::Unauthorized),
        ("403", Kind::Forbidden),
        ("404", Kind::NotFound),
        ("409", Kind::Conflict),
        ("unregistered", Kind::Unregistered),
        ("429 for ever", Kind::Throttled(None)),
        ("500", Kind::ServerError),
        ("time-out", Kind::Timeout),
        ("reset", Kind::Reset),
        ("truncated", Kind::Truncated),
        ("value is an object", Kind::Wrong(Wrong::Object)),
        ("items of other types", Kind::Wrong(Wrong::Items)),
        ("no value", Kind::MissingValue),
        ("foreign link", Kind::ForeignLink(foreign.to_owned())),
        ("redirect", Kind::Redirect(foreign.to_owned())),
        ("token in the message", Kind::EchoToken),
        ("wrong count", Kind::WrongCount),
        ("no skip token", Kind::NoSkipToken),
    ]
}

/// Whether a kind of request is tried with a kind of fault. Each pair costs a collection, so every kind of request is refused
/// and has two faults in turn besides; with ASSIZE_FAULTS=all every pair is tried, for an hour.
fn tried(request: usize, fault: usize) -> bool {
    fault == 1 || (request + fault).is_multiple_of(9) || std::env::var("ASSIZE_FAULTS").is_ok_and(|v| v == "all")
}

/// Limits under which a fault that lasts is given up at once.
fn impatient() -> Limits {
    Limits { budget: Duration::from_millis(120), request_timeout: Duration::from_millis(100), ..quick() }
}

/// What a collection for some policies gives when nothing fails.
struct Whole {
    policies: PolicySet,
    plan: Plan,
    /// The kinds of request that no collection before made.
    shapes: BTreeSet<String>,
    before: Verdicts,
    unread_before: u64,
    resources: BTreeSet<String>,
}

/// The policies of each service, which together are those that the bank is judged by. A kind of request is failed in a
/// collection for the first service that makes it: one for everything would make thousands of others besides.
fn services() -> Vec<Whole> {
    let all = &judged().1;
    let service = |id: &str| id.split('.').nth(1).unwrap_or_default().to_owned();
    let names: BTreeSet<String> = all.policies.keys().map(|id| service(id.as_str())).collect();
    let fake = FakeArm::start(bank(), Behaviour::default());
    let mut seen = BTreeSet::new();
    let whole = |name: &String| {
        let mut policies = all.clone();
        policies.retain(|p| service(p.meta.id.as_str()) == *name);
        let plan = Plan::of(&policies);
        fake.forget();
        let snapshot = gather(&fake, &plan, quick()).snapshot;
        let shapes = fake.shapes().into_iter().filter(|shape| seen.insert(shape.clone())).collect();
        let (before, unread_before) = evaluated_by(&policies, &snapshot);
        let resources = keys(&snapshot).into_iter().filter(|k| !is_scope(k)).collect();
        Whole { policies, plan, shapes, before, unread_before, resources }
    };
    names.iter().map(whole).collect()
}

#[test]
fn whatever_fails_nothing_passes_and_nothing_is_lost() {
    let services = services();
    let shapes: Vec<(&Whole, &String)> = services.iter().flat_map(|w| w.shapes.iter().map(move |s| (w, s))).collect();
    assert!(shapes.len() > 20, "{}", shapes.len());
    let foreign = ForeignHost::start();
    // Of the things that each vault holds one stands for all.
    let mut vaults = BTreeSet::new();
    let pairs: Vec<(&Whole, &String, &str, Kind)> = shapes
        .iter()
        .filter(|(_, shape)| !shape.contains("/metadata/"))
        .filter(|(_, shape)| match shape.strip_prefix("GET /certificates/") {
            Some(_) => vaults.insert("certificates"),
            None => true,
        })
        .enumerate()
        .flat_map(|(at, (whole, shape))| {
            let kinds = kinds(foreign.origin()).into_iter().enumerate();
            kinds.filter(move |(n, _)| tried(at, *n)).map(move |(_, (name, kind))| (*whole, *shape, name, kind))
        })
        .collect();
    let next = AtomicUsize::new(0);
    let problems: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let fake = FakeArm::start(bank(), Behaviour::default());
            let mut problems = Vec::new();
            while let Some((whole, shape, name, kind)) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
                let Whole { policies, plan, before, unread_before, resources, .. } = whole;
                fake.behave(Behaviour::default().with(Fault::shape(shape, kind.clone())));
                let hit = fake.stats().requests;
                let collected = gather(&fake, plan, impatient());
                assert!(fake.stats().requests > hit);
                let (after, unread) = evaluated_by(policies, &collected.snapshot);
                fake.forget();
                let at = format!("{shape} with {name}");
                let passed: Vec<_> = after
                    .iter()
                    .filter(|(key, verdict)| **verdict == Verdict::Pass && before.get(*key) != Some(&Verdict::Pass))
                    .collect();
                if !passed.is_empty() {
                    problems.push(format!("{at}: {} verdicts became pass, as {:?}", passed.len(), passed[0]));
                }
                let gaps = collected.snapshot.gaps();
                let text: String = gaps.iter().map(|g| format!("{} {}\n", g.about, g.detail).to_lowercase()).collect();
                let here = keys(&collected.snapshot);
                // A resource that is not there must be told of: by its own id, by a list that failed, or by its scope.
                let lost = resources.iter().find(|key| {
                    !here.contains(*key)
                        && !gaps.iter().any(|gap| {
                            let about = gap.about.to_lowercase();
                            key.starts_with(&about) || !about.starts_with('/')
                        })
                });
                if let Some(lost) = lost {
                    problems.push(format!("{at}: {lost} is gone without a word"));
                }
                let changed = after != *before || here.iter().filter(|k| !is_scope(k)).ne(resources.iter());
                if changed && collected.failed == 0 && !text.contains("404") {
                    problems.push(format!("{at}: the run does not say that calls failed"));
                }
                // Whatever is less known than before makes the gate count it.
                let fewer = before.keys().any(|key| !after.contains_key(key));
                let more = after.iter().any(|(key, v)| *v == Verdict::Unknown && before.get(key) != Some(v));
                if fewer && !more && unread <= *unread_before {
                    problems.push(format!("{at}: verdicts are gone, and no more is unknown than before"));
                }
                if text.contains("eyj0exaioijkv1qifq") {
                    problems.push(format!("{at}: the token is in a gap"));
                }
            }
            problems
        };
        let other = scope.spawn(work);
        let mut problems = work();
        problems.extend(other.join().expect("a thread that ends"));
        problems
    });
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    assert!(!foreign.was_asked(), "{:?}", foreign.connections());
    assert!(pairs.len() > 300, "{}", pairs.len());
}

/// What fails once and then goes well leaves no trace.
#[test]
fn what_passes_is_tried_again() {
    let plan = Plan::of(&judged().1);
    let fake = FakeArm::start(bank(), Behaviour::default());
    let whole = gather(&fake, &plan, quick());
    for kind in [
        Kind::ServerError,
        Kind::Throttled(Some("0".to_owned())),
        Kind::Reset,
        Kind::Unavailable(None),
        Kind::Truncated,
    ] {
        fake.behave(
            Behaviour::default()
                .with(Fault::on("resourcegraph|/configurations|/databases", kind.clone()).times(Times::OnceEach)),
        );
        let limits =
            Limits { budget: Duration::from_secs(60), tries: 4, request_timeout: Duration::from_secs(5), ..quick() };
        let collected = gather(&fake, &plan, limits);
        assert_eq!(collected.failed, 0, "{kind:?}: {:#?}", collected.trouble.first());
        assert_eq!(collected.snapshot.gaps(), whole.snapshot.gaps());
        assert_eq!(keys(&collected.snapshot), keys(&whole.snapshot));
    }
}

/// Resource Graph as a whole may fail: the lists of ARM say the same.
#[test]
fn without_resource_graph_lists_take_its_place() {
    let plan = Plan::of(&judged().1);
    let fake = FakeArm::start(bank(), Behaviour::default());
    let whole = gather(&fake, &plan, quick());
    fake.behave(Behaviour::default().with(Fault::on("resourcegraph", Kind::Forbidden)));
    let collected = gather(&fake, &plan, quick());
    let here = keys(&collected.snapshot);
    let missing: Vec<String> = keys(&whole.snapshot).into_iter().filter(|k| !here.contains(k)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let (before, after) = (evaluated(&whole.snapshot).0, evaluated(&collected.snapshot).0);
    let differ: Vec<_> = before.iter().filter(|(k, v)| after.get(*k) != Some(v)).collect();
    // Who shares what is not certain when Resource Graph is silent, and everything else is.
    assert!(
        differ.iter().all(|(key, _)| after.get(key) == Some(&Verdict::Unknown)),
        "{:?}",
        differ.iter().find(|(key, _)| after.get(key) != Some(&Verdict::Unknown))
    );
    assert!(differ.len() * 10 < before.len(), "{} of {}", differ.len(), before.len());
}

/// A provider that nobody registered has no resources; one that is registered and refuses is a gap.
#[test]
fn an_unregistered_provider_is_told_from_a_refusal() {
    let plan = Plan::of(&judged().1);
    let unregistered = Behaviour {
        unregistered: BTreeSet::from([("*".to_owned(), "Microsoft.Authorization".to_owned())]),
        ..Behaviour::default()
    };
    let fake = FakeArm::start(bank(), unregistered);
    let collected = gather(&fake, &plan, quick());
    let about = |c: &assize::collect::Collected| {
        c.snapshot.gaps().iter().any(|g| g.read.as_deref().is_some_and(|r| r.starts_with("Microsoft.Authorization/")))
    };
    assert!(!about(&collected), "{:#?}", collected.trouble);
    fake.behave(Behaviour::default().with(Fault::on("/providers/Microsoft.Authorization/locks", Kind::Unregistered)));
    let plan = Plan::of(&assize::policy::load(&[], true).expect("the library"));
    assert!(about(&gather(&fake, &plan, quick())));
}

/// A retired service that Azure no longer knows has no resources; that is an answer, and no failed call.
#[test]
fn a_service_that_is_no_more_is_no_failure() {
    let mut policies = assize::policy::load(&[], true).expect("the library");
    policies.retain(|p| p.meta.id.as_str().starts_with("azure.mariadb."));
    let body = r#"{"error":{"code":"InvalidResourceType","message":"The resource type could not be found."}}"#;
    for status in [400, 404] {
        let gone = Fault::on("/providers/Microsoft.DBforMariaDB/servers", Kind::Body(status, body.to_owned()));
        // Neither Resource Graph nor the list of all resources says that there is none, so that the type itself is asked for.
        let refused = |pattern: &str| Fault::on(pattern, Kind::Forbidden);
        let behaviour = Behaviour::default().with(gone).with(refused("resourcegraph")).with(refused("/resources\\?"));
        let fake = FakeArm::start(bank(), behaviour);
        let collected = gather(&fake, &Plan::of(&policies), quick());
        let about = |g: &assize::model::Gap| g.read.as_deref().is_some_and(|r| r.contains("MariaDB"));
        assert!(!collected.snapshot.gaps().iter().any(about), "{status}: {:#?}", collected.trouble);
        assert!(fake.requests().iter().any(|r| r.path.contains("MariaDB") && r.fault.is_some()), "nobody asked");
        // What was refused is counted: two tables of Resource Graph, and the list of each of the seven subscriptions.
        assert!((7..12).contains(&collected.failed), "{status}: {}", collected.failed);
    }
}

/// Where only an older api-version answers, what it lacks is not known to be absent.
#[test]
fn an_older_version_proves_no_absence() {
    let plan = Plan::of(&judged().1);
    let fake = FakeArm::start(bank(), Behaviour::default());
    let before = evaluated(&gather(&fake, &plan, quick()).snapshot).0;
    // Lists and single reads of vaults and servers know no newer version; Resource Graph is out of order.
    let versions = ["microsoft.keyvault/vaults", "microsoft.dbforpostgresql/flexibleservers"];
    let api_versions = versions.iter().map(|t| ((*t).to_owned(), vec!["2019-09-01".to_owned()])).collect();
    fake.behave(Behaviour { api_versions, ..Behaviour::default() }.with(Fault::on("resourcegraph", Kind::Forbidden)));
    let collected = gather(&fake, &plan, quick());
    let old = collected.snapshot.resources().iter().filter(|r| r.origin().is_some_and(|o| o.older_than().is_some()));
    assert!(old.count() > 40);
    let after = evaluated(&collected.snapshot).0;
    let passed = after.iter().find(|(key, v)| **v == Verdict::Pass && before.get(*key) != Some(v));
    assert!(passed.is_none(), "{passed:?}");
    let unsure = |policy: &str| after.iter().filter(|(key, v)| key.0 == policy && **v == Verdict::Unknown).count();
    assert!(unsure("azure.key_vault.purge_protection_enabled") > 0);
}
