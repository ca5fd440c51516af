//! What is collected when Azure answers everything, in whatever shape.

use std::collections::BTreeSet;

use assize::collect::plan::Plan;
use assize::collect::{Collected, Scope};
use assize::model::Verdict;

use super::{BANK, bank, evaluated, gather, gather_from, judged, keys, quick, verdicts};
use crate::fake::{Bearer, Behaviour, FakeArm};
use crate::support::path;

fn of_bank(behaviour: Behaviour) -> (FakeArm, Collected) {
    let fake = FakeArm::start(bank(), behaviour);
    let collected = gather(&fake, &Plan::of(&judged().1), quick());
    (fake, collected)
}

/// The fixture bank was written as a snapshot; served by Azure's interfaces and collected, it is judged the same.
#[test]
fn the_bank_is_judged_as_its_snapshot_is() {
    let (_fake, collected) = of_bank(Behaviour::default().with_gaps_of(&path(BANK)));
    let expected = assize::snapshot::read(&[path(BANK)]).expect("the bank");
    let (before, after) = (verdicts(&expected), verdicts(&collected.snapshot));
    // Gaps of single properties were planted in the snapshot; an answer of Azure has all of its properties or none.
    let planted: BTreeSet<String> =
        expected.gaps().iter().filter(|g| g.path().is_some()).map(|g| g.about.to_lowercase()).collect();
    let differ: Vec<String> = before
        .iter()
        .filter(|(key, verdict)| after.get(*key) != Some(verdict))
        .filter(|(key, _)| !planted.contains(&key.1))
        // Only the data plane of a vault tells the platform of a key, and the collector reads keys from ARM.
        .filter(|(key, _)| !(key.0.ends_with(".key_platform_current") && after.get(*key) == Some(&Verdict::Unknown)))
        // Diagnostic settings are read below the types that policies ask for, and not below every resource.
        .filter(|(key, _)| !key.1.contains("/microsoft.insights/diagnosticsettings/") || after.contains_key(*key))
        .map(|(key, verdict)| format!("{key:?}: {verdict:?} became {:?}", after.get(key)))
        .collect();
    assert!(differ.is_empty(), "{} of {}: {:#?}", differ.len(), before.len(), &differ[..differ.len().min(20)]);
}

#[test]
fn the_shape_of_pages_does_not_matter() {
    let bodies = |collected: &Collected| -> Vec<(String, String, Vec<String>)> {
        let resources = collected.snapshot.resources().iter();
        let collections = |r: &assize::model::Resource| r.collections().iter().map(|c| c.to_string()).collect();
        resources.map(|r| (r.id().key().to_owned(), r.body().get().to_owned(), collections(r))).collect()
    };
    let (_one, tidy) = of_bank(Behaviour::default());
    for other in [
        Behaviour::untidy(),
        Behaviour { relative_links: true, page_size: 7, ..Behaviour::default() },
        Behaviour { gzip: true, rate_headers: false, ..Behaviour::default() },
    ] {
        let (_other, collected) = of_bank(other);
        assert_eq!(collected.failed, 0, "{:#?}", collected.trouble.first());
        assert!(bodies(&collected) == bodies(&tidy));
        assert!(collected.snapshot.gaps() == tidy.snapshot.gaps());
    }
}

#[test]
fn nothing_but_reads_is_ever_sent() {
    let (fake, _) = of_bank(Behaviour::default());
    let everything = gather(&fake, &Plan::everything(), quick());
    assert!(everything.snapshot.resources().len() > 1000);
    let requests = fake.requests();
    assert!(requests.len() > 1000);
    for request in requests {
        assert!(
            matches!(request.bearer, Bearer::Expected) || request.path.starts_with("/metadata/"),
            "{}",
            request.path
        );
        let allowed = match request.method.as_str() {
            "GET" => true,
            "POST" => {
                let path = request.path.to_lowercase();
                path == "/providers/microsoft.resourcegraph/resources" || path.ends_with("/directoryobjects/getbyids")
            }
            _ => false,
        };
        assert!(allowed, "{} {}", request.method, request.path);
        let path = request.path.to_lowercase();
        for forbidden in ["listkeys", "listsecrets", "/list?", "appsettings/list", "connectionstrings", "publishxml"] {
            assert!(!path.contains(forbidden), "{path}");
        }
    }
}

#[test]
fn the_library_asks_for_nothing_that_nobody_can_read() {
    let policies = assize::policy::load(&[], true).expect("the library");
    let plan = Plan::of(&policies);
    assert!(plan.uncatalogued.is_empty(), "{:?}", plan.uncatalogued);
    assert!(plan.planned.len() > 100);
}

/// What only the policies need is read: a policy of one type does not read the rest of the estate.
#[test]
fn a_plan_reads_no_more_than_its_policies() {
    let mut policies = judged().1.clone();
    policies.retain(|p| p.meta.id.as_str() == "azure.postgresql.secure_transport_required");
    let fake = FakeArm::start(bank(), Behaviour::default());
    let collected = gather(&fake, &Plan::of(&policies), quick());
    let kinds: BTreeSet<String> =
        collected.snapshot.resources().iter().map(|r| r.resource_type().as_str().to_owned()).collect();
    let expected = [
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
        "Microsoft.Resources/subscriptions",
        "Microsoft.Resources/subscriptions/resourceGroups",
    ];
    assert_eq!(kinds, expected.iter().map(|k| (*k).to_owned()).collect());
    // One read for each server, besides what finds them.
    let servers = fake.estate().ids("Microsoft.DBforPostgreSQL/flexibleServers").len();
    assert!(fake.requests().len() < servers + 40, "{}", fake.requests().len());
}

#[test]
fn a_subscription_that_is_not_listed_is_a_gap() {
    let hidden = "5c1f0000-0000-4000-8000-000000000003";
    let behaviour = Behaviour { hidden: BTreeSet::from([hidden.to_owned()]), ..Behaviour::default() };
    let fake = FakeArm::start(bank(), behaviour);
    let plan = Plan::of(&judged().1);
    let scope = Scope { subscriptions: vec![hidden.to_owned(), "no such name".to_owned()], ..Scope::default() };
    let collected = gather_from(&fake, &plan, quick(), &scope);
    let about = |id: &str| collected.snapshot.gaps().iter().any(|g| g.about == id && g.read.is_none());
    assert!(about(&format!("/subscriptions/{hidden}")) && about("no such name"), "{:#?}", collected.snapshot.gaps());
    assert!(collected.snapshot.manifest().partial);
    assert!(evaluated(&collected.snapshot).1 > 0);
}

#[test]
fn scopes_are_narrowed_by_pattern_and_by_management_group() {
    let fake = FakeArm::start(bank(), Behaviour::default());
    let plan = Plan::of(&judged().1);
    let scope = Scope { exclude: vec!["*000000000001".to_owned()], ..Scope::default() };
    let collected = gather_from(&fake, &plan, quick(), &scope);
    assert_eq!(collected.snapshot.manifest().scope.len(), 6);
    assert!(!keys(&collected.snapshot).iter().any(|k| k.contains("000000000001/")));
    let scope = Scope { include: vec!["*000000000001".to_owned()], ..Scope::default() };
    assert_eq!(gather_from(&fake, &plan, quick(), &scope).snapshot.manifest().scope.len(), 1);
}

/// Resource Graph may be late: what only ARM lists is read from ARM, and what ARM has no more is left out.
#[test]
fn resource_graph_and_arm_are_compared() {
    let (_fake, collected) = of_bank(Behaviour::default());
    let population = &collected.snapshot.manifest().population;
    assert!(population.len() > 10 && population.iter().all(|p| p.found == p.listed), "{population:?}");
    let servers: u64 = population
        .iter()
        .filter(|p| p.resource_type.as_str().ends_with("PostgreSQL/flexibleServers"))
        .map(|p| p.found)
        .sum();
    assert_eq!(servers, 28);
}
