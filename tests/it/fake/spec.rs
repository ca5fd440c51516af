//! The fake is judged by Microsoft's specs: Prism stands between, as a proxy that refuses what the spec does not allow.
//!
//! These tests need Prism, which `scripts/test` installs, and run when they are asked for; `tests/gates/arm_spec.sh` does.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Behaviour, Estate, FakeArm, Fault, Kind, Reply, TOKEN, send};
use crate::support::path;

const SPEC: &str = "fixtures/mock/arm-mini.prism.json";
const GRAPH: &str = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";

/// Prism, running.
struct Prism {
    child: Child,
    origin: String,
}

impl Prism {
    /// A proxy in front of an origin that answers 500 with `VIOLATIONS` when an answer is not as the spec says.
    fn in_front_of(upstream: &str) -> Self {
        let program = prism();
        assert!(program.exists(), "{} is missing; run scripts/test, which installs it", program.display());
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let child = Command::new(program)
            .args(["proxy", "--host", "127.0.0.1", "--port", &port.to_string(), "--errors"])
            .arg(path(SPEC))
            .arg(upstream)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Prism starts");
        let mut prism = Self { child, origin: format!("http://127.0.0.1:{port}") };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "Prism does not listen");
            assert!(prism.child.try_wait().expect("a child").is_none(), "Prism has ended");
            std::thread::sleep(Duration::from_millis(100));
        }
        prism
    }

    fn get(&self, path_and_query: &str) -> Reply {
        let bearer = format!("Bearer {TOKEN}");
        send("GET", &self.origin, path_and_query, &[("authorization", &bearer)], "").expect("an answer")
    }

    fn post(&self, path_and_query: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {TOKEN}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        send("POST", &self.origin, path_and_query, &headers, &body.to_string()).expect("an answer")
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn prism() -> PathBuf {
    let tools = std::env::var_os("ASSIZE_TOOLS").map_or_else(|| path("target/tools"), PathBuf::from);
    tools.join("npm/node_modules/.bin/prism")
}

/// What the spec does not allow and Azure does all the same: the code, the place in an answer or in an item of a list,
/// and why.
const ALLOWED: [(&str, &str, &str); 8] = [
    ("type", "data", "the spec says object, and its own examples of objectArray are arrays"),
    ("required", "", "the spec wants nextLink in lists of subscriptions; ARM leaves it out on the last page"),
    ("type", "properties.condition", "null is how ARM says that an assignment has no condition"),
    ("enum", "properties.version", "an open enumeration: PostgreSQL 17 is newer than this spec"),
    ("enum", "properties.storage.type", "empty for the storage that servers had before there was a choice"),
    ("enum", "properties.dataType", "an open enumeration: pgaudit.log is a Set"),
    // The bank has servers in states that no policy can know, on purpose.
    ("enum", "properties.state", "an open enumeration: Inaccessible"),
    ("enum", "properties.highAvailability.state", "an open enumeration: Rebalancing"),
];

/// What Prism says against an answer, as code, place and message; nothing if it is as the spec says.
fn violations(reply: &Reply) -> Vec<(String, String, String)> {
    let body = reply.json();
    if !body["type"].as_str().unwrap_or_default().contains("stoplight.io") {
        return Vec::new();
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = body["validation"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<_> = all
        .iter()
        .map(|v| {
            let place = v["location"].as_array().cloned().unwrap_or_default();
            let is_index = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let parts: Vec<String> = place
                .iter()
                .skip(2)
                .map(|part| if is_index(&text(part)) { "*".to_owned() } else { text(part) })
                .collect();
            (text(&v["code"]), parts.join("."), text(&v["message"]))
        })
        .collect();
    if found.is_empty() {
        found.push((String::new(), String::new(), body.to_string()));
    }
    found
}

/// Which entry of [`ALLOWED`] a violation falls under.
fn allowed(code: &str, place: &str, message: &str) -> Option<usize> {
    let place = place.strip_prefix("value.*.").unwrap_or(place);
    ALLOWED
        .iter()
        .position(|(c, p, _)| *c == code && *p == place && (code != "required" || message.ends_with("'nextLink'")))
}

/// The bank, and what it has none of.
fn estate() -> Estate {
    let mut estate = Estate::from_snapshot(&path("fixtures/bank/bank.snapshot.jsonl"));
    let scope = "/subscriptions/5c1f0000-0000-4000-8000-000000000003";
    let namespace = "Microsoft.Authorization";
    for (kind, properties) in [
        ("locks", json!({"level": "CanNotDelete", "notes": "Kept."})),
        (
            "policyExemptions",
            json!({"policyAssignmentId": format!("{scope}/providers/{namespace}/policyAssignments/p"),
                "exemptionCategory": "Waiver", "displayName": "A waiver", "expiresOn": "2027-01-01T00:00:00Z"}),
        ),
        (
            "roleDefinitions",
            json!({"roleName": "Reader", "type": "BuiltInRole", "description": "View all.", "assignableScopes": ["/"],
                "permissions": [{"actions": ["*/read"], "notActions": [], "dataActions": [], "notDataActions": []}]}),
        ),
        (
            "roleAssignmentScheduleInstances",
            json!({"scope": scope, "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/r",
                "principalId": "a", "principalType": "User", "status": "Accepted", "assignmentType": "Activated",
                "memberType": "Direct", "startDateTime": "2026-10-01T02:00:00Z", "endDateTime": "2026-12-01T02:00:00Z"}),
        ),
    ] {
        let id = format!("{scope}/providers/{namespace}/{kind}/one");
        estate.add(&json!({"id": id, "name": "one", "type": format!("{namespace}/{kind}"), "properties": properties}));
    }
    estate.seal();
    estate
}

/// Every kind of request that the spec has and the fake answers, for everything of the bank.
fn requests(estate: &Estate) -> Vec<String> {
    let mut all =
        vec!["/subscriptions?api-version=2022-12-01".to_owned(), "/tenants?api-version=2022-12-01".to_owned()];
    let subscriptions: BTreeSet<String> =
        (1..=7).map(|n| format!("/subscriptions/5c1f0000-0000-4000-8000-00000000000{n}")).collect();
    let authorization = [
        ("roleAssignments", "2022-04-01"),
        ("roleDefinitions", "2022-04-01"),
        ("roleAssignmentSchedules", "2020-10-01"),
        ("roleAssignmentScheduleInstances", "2020-10-01"),
        ("roleEligibilitySchedules", "2020-10-01"),
        ("roleEligibilityScheduleInstances", "2020-10-01"),
        ("roleManagementPolicies", "2020-10-01"),
        ("roleManagementPolicyAssignments", "2020-10-01"),
        ("locks", "2020-05-01"),
        ("policyExemptions", "2022-07-01-preview"),
    ];
    for subscription in &subscriptions {
        all.push(format!("{subscription}?api-version=2022-12-01"));
        all.push(format!("{subscription}/locations?api-version=2022-12-01"));
        for (kind, version) in authorization {
            all.push(format!("{subscription}/providers/Microsoft.Authorization/{kind}?api-version={version}"));
        }
        for kind in ["Microsoft.KeyVault/vaults", "Microsoft.KeyVault/managedHSMs"] {
            all.push(format!("{subscription}/providers/{kind}?api-version=2023-07-01"));
        }
        all.push(format!(
            "{subscription}/providers/Microsoft.DBforPostgreSQL/flexibleServers?api-version=2023-12-01-preview"
        ));
    }
    for (kind, version, children) in [
        (
            "Microsoft.DBforPostgreSQL/flexibleServers",
            "2023-12-01-preview",
            &[
                "configurations",
                "administrators",
                "databases",
                "firewallRules",
                "virtualendpoints",
                "replicas",
                "backups",
            ][..],
        ),
        ("Microsoft.KeyVault/vaults", "2023-07-01", &["keys"]),
        ("Microsoft.KeyVault/managedHSMs", "2023-07-01", &["keys"]),
    ] {
        for id in estate.ids(kind) {
            let group = id.split("/providers/").next().expect("a group");
            all.push(format!("{group}/providers/{kind}?api-version={version}"));
            all.push(format!("{id}?api-version={version}"));
            all.push(format!("{id}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"));
            all.push(format!("{id}/providers/Microsoft.Authorization/locks?api-version=2020-05-01"));
            all.extend(children.iter().map(|child| format!("{id}/{child}?api-version={version}")));
        }
        for child in children {
            all.extend(estate.ids(&format!("{kind}/{child}")).iter().map(|id| format!("{id}?api-version={version}")));
        }
    }
    let unique: BTreeSet<String> = all.into_iter().collect();
    unique.into_iter().collect()
}

#[test]
#[ignore = "needs Prism: tests/gates/arm_spec.sh runs it"]
fn prism_finds_nothing_that_the_specs_do_not_allow() {
    let fake = FakeArm::start(estate(), Behaviour::default());
    let prism = Prism::in_front_of(&fake.origin());
    let asked = requests(&fake.estate());
    assert!(asked.len() > 500, "{}", asked.len());
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    let mut judge = |what: &str, reply: &Reply| {
        for (code, place, message) in violations(reply) {
            match allowed(&code, &place, &message) {
                Some(at) => drop(used.insert(at)),
                None => found.push(format!("{what}: {code} at {place}: {message}")),
            }
        }
    };
    for request in &asked {
        let reply = prism.get(request);
        judge(request, &reply);
        let own = fake.get(request);
        assert_eq!(own.status, 200, "{request}: {}", own.json());
    }
    for filter in ["AtScopeAndBelow", "AtScopeAboveAndBelow"] {
        for table in ["resources", "resourcecontainers", "authorizationresources"] {
            let query = json!({"query": format!("{table} | project id, type | order by id asc"),
                "options": {"$top": 20, "resultFormat": "objectArray", "authorizationScopeFilter": filter}});
            judge(table, &prism.post(GRAPH, &query));
            assert_eq!(fake.post(GRAPH, &query).status, 200);
        }
    }
    let first = asked.iter().find(|r| r.contains("/configurations?")).expect("a list");
    for (kind, status) in [
        (Kind::Forbidden, 403),
        (Kind::NotFound, 404),
        (Kind::Conflict, 409),
        (Kind::Throttled(Some("5".to_owned())), 429),
        (Kind::ServerError, 500),
    ] {
        fake.behave(Behaviour::default().with(Fault::on(".", kind)));
        judge(first, &prism.get(first));
        assert_eq!(fake.get(first).status, status);
    }
    assert_eq!(found, Vec::<String>::new(), "{} of {}", found.len(), asked.len());
    let unused: Vec<_> = (0..ALLOWED.len()).filter(|at| !used.contains(at)).map(|at| ALLOWED[at]).collect();
    assert!(unused.is_empty(), "allowed, and never found: {unused:?}");
    println!("  {} answers of the fake are as Microsoft's specs say", asked.len() + 11);
}

#[test]
#[ignore = "needs Prism: tests/gates/arm_spec.sh runs it"]
fn prism_finds_what_is_wrong_with_a_fake_that_lies() {
    let fake = FakeArm::start(estate(), Behaviour::default());
    let prism = Prism::in_front_of(&fake.origin());
    let id = fake.estate().ids("Microsoft.DBforPostgreSQL/flexibleServers")[0].clone();
    let server = format!("{id}?api-version=2023-12-01-preview");
    let list = format!("{id}/configurations?api-version=2023-12-01-preview");
    let body = |change: fn(&mut Value)| {
        let mut body = fake.get(&server).json();
        change(&mut body);
        Kind::Body(200, body.to_string())
    };
    let days = body(|b| b["properties"]["backup"]["backupRetentionDays"] = json!("seven"));
    let tier = body(|b| b["sku"] = json!({"name": "Standard_D4ds_v5"}));
    for (request, kind, word) in [
        (&server, days, "must be integer"),
        (&server, tier, "must have required property 'tier'"),
        (&list, Kind::Wrong(super::Wrong::Object), "must be array"),
        (&list, Kind::Wrong(super::Wrong::Items), "must be object"),
    ] {
        fake.behave(Behaviour::default().with(Fault::on(".", kind.clone())));
        let found = violations(&prism.get(request));
        assert!(found.iter().any(|(c, p, m)| m.contains(word) && allowed(c, p, m).is_none()), "{kind:?}: {found:?}");
    }
    fake.behave(Behaviour::default());
    assert!(!violations(&prism.get(&id)).is_empty(), "a request without an api-version");
    let query = json!({"query": "resources", "options": {"$top": 5000}});
    assert!(!violations(&prism.post(GRAPH, &query)).is_empty(), "a page of more than 1000");
}
