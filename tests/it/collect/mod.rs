//! The collector against a fake Azure of our own: what it finds, what it says of what it cannot find, what it never sends.

mod faults;
mod program;
mod sign;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use assize::collect::client::{Client, Limits, Rate, Silent, Window};
use assize::collect::cloud::Cloud;
use assize::collect::credential::StaticToken;
use assize::collect::plan::Plan;
use assize::collect::redact::Redactor;
use assize::collect::{Collected, Header, JOURNAL_SCHEMA, Journal, Progress, Scope, Task, collect};
use assize::config::{Settings, parse_config};
use assize::evaluate::{Options, evaluate};
use assize::model::{PolicySet, Snapshot, Verdict, matches_pattern};
use assize::policy::effective_parameters;

use crate::fake::{Estate, FakeArm, TOKEN};
use crate::support::path;

pub(crate) const BANK: &str = "fixtures/bank/bank.snapshot.jsonl";
/// The time of all collections here.
const TIME: &str = "2026-11-01T02:00:00Z";

struct Quiet;

impl Progress for Quiet {}

/// The bank's estate, read once.
pub(crate) fn bank() -> Arc<Estate> {
    static BANK_ESTATE: OnceLock<Arc<Estate>> = OnceLock::new();
    Arc::clone(BANK_ESTATE.get_or_init(|| Arc::new(Estate::from_snapshot(&path(BANK)))))
}

/// The bank's settings and the policies that they ask for.
fn judged() -> &'static (Settings, PolicySet) {
    static JUDGED: OnceLock<(Settings, PolicySet)> = OnceLock::new();
    JUDGED.get_or_init(|| {
        let text = std::fs::read_to_string(path("fixtures/bank/assize.yaml")).expect("the settings");
        let settings = parse_config("assize.yaml", &text).expect("settings");
        let mut policies = assize::policy::load(&[], true).expect("the library");
        policies.retain(|p| settings.include.iter().any(|i| matches_pattern(i, p.meta.id.as_str())));
        (settings, policies)
    })
}

/// Limits that do not make tests wait.
fn quick() -> Limits {
    let unbounded = Rate { burst: 1e6, per_second: 1e6 };
    Limits {
        subscription: unbounded,
        tenant: unbounded,
        vault: unbounded,
        private_dns: Window { calls: 1_000_000, seconds: 1.0 },
        network: Window { calls: 1_000_000, seconds: 1.0 },
        resource_graph: Window { calls: 1_000_000, seconds: 1.0 },
        tries: 2,
        budget: Duration::from_millis(800),
        backoff: Duration::from_millis(1),
        throttle_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(5),
        request_timeout: Duration::from_millis(250),
        max_body: 8 << 20,
        ..Limits::default()
    }
}

fn client(fake: &FakeArm, limits: Limits) -> Client {
    let address = fake.origin();
    let json: serde_json::Value =
        serde_json::from_slice(&fake.get("/metadata/endpoints?api-version=2022-09-01").body).expect("endpoints");
    let mut cloud = Cloud::from_metadata(&address, &json).unwrap_or_else(|e| panic!("{e}: {json}"));
    cloud.allow_http = true;
    cloud.instead = Some(cloud.arm.clone());
    Client::new(cloud, Arc::new(StaticToken::new(TOKEN)), limits, Arc::new(Silent)).expect("a client")
}

/// Collects with a plan.
fn gather(fake: &FakeArm, plan: &Plan, limits: Limits) -> Collected {
    gather_from(fake, plan, limits, &Scope::default())
}

fn gather_from(fake: &FakeArm, plan: &Plan, limits: Limits, scope: &Scope) -> Collected {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let client = client(fake, limits);
    let header = Header {
        schema: JOURNAL_SCHEMA.to_owned(),
        version: "test".to_owned(),
        plan: plan.digest(),
        question: String::new(),
        started: TIME.to_owned(),
    };
    let journal = Journal::start(header, Box::new(std::io::sink())).expect("a journal");
    let task = Task {
        client: &client,
        redactor: &Redactor::new(None),
        journal: &journal,
        plan,
        scope,
        window: &assize::collect::Window { from: "2026-08-04T02:00:00Z".to_owned(), to: TIME.to_owned() },
        progress: &Quiet,
        clock: &|| TIME.to_owned(),
        stop: &AtomicBool::new(false),
    };
    runtime.block_on(collect(task)).expect("a journal that can be written")
}

type Verdicts = BTreeMap<(String, String), Verdict>;

/// The verdict of each policy of the bank on each resource.
fn verdicts(snapshot: &Snapshot) -> Verdicts {
    evaluated(snapshot).0
}

/// Verdicts, and how many gaps no finding speaks of.
fn evaluated(snapshot: &Snapshot) -> (Verdicts, u64) {
    evaluated_by(&judged().1, snapshot)
}

/// The same by some of these policies.
fn evaluated_by(policies: &PolicySet, snapshot: &Snapshot) -> (Verdicts, u64) {
    let (settings, all) = judged();
    let parameters = effective_parameters(all, &settings.parameters).expect("parameters");
    let options = Options {
        context: settings.context.clone(),
        threads: 2,
        ..Options::new(parameters, "2026-11-01T06:00:00Z".parse().expect("a time"))
    };
    let evaluation = evaluate(snapshot, policies, &options).expect("an evaluation");
    let rows = evaluation.findings.into_iter();
    (rows.map(|f| ((f.policy.to_string(), f.resource.key().to_owned()), f.verdict)).collect(), evaluation.unread)
}

/// The keys of all resources.
fn keys(snapshot: &Snapshot) -> BTreeSet<String> {
    snapshot.resources().iter().map(|r| r.id().key().to_owned()).collect()
}
