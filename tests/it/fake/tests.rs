//! The fake does what Azure does, and what a test asks of it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Bearer, Behaviour, Estate, FakeArm, Fault, ForeignHost, Kind, Limits, Shape, TOKEN, Times, Wrong, send};
use crate::support::path;

const PG: &str = "Microsoft.DBforPostgreSQL/flexibleServers";
const KV: &str = "Microsoft.KeyVault/vaults";
const GRAPH: &str = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";

fn bank() -> Estate {
    Estate::from_snapshot(&path("fixtures/bank/bank.snapshot.jsonl"))
}

fn small() -> Estate {
    Estate::generate(&Shape { servers: 10, subscriptions: 2, ..Shape::default() })
}

/// The ids of all pages, and how many pages there were.
fn all_pages(fake: &FakeArm, first: &str) -> (Vec<String>, usize) {
    let mut ids = Vec::new();
    let mut next = first.to_owned();
    for pages in 1.. {
        let reply = fake.get(&next);
        assert_eq!(reply.status, 200, "{next}: {}", reply.json());
        ids.extend(reply.ids());
        match reply.json()["nextLink"].as_str() {
            None | Some("") => return (ids, pages),
            Some(link) => next = link.strip_prefix(&fake.origin()).expect("a link to the fake").to_owned(),
        }
    }
    unreachable!("the loop has no end");
}

fn code(reply: &super::Reply) -> String {
    reply.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_resource_of_the_bank_is_in_the_list_of_its_type() {
    let estate = bank();
    let servers = estate.ids(PG);
    let fake = FakeArm::start(estate, Behaviour::untidy());
    let mut found = Vec::new();
    let (subscriptions, _) = all_pages(&fake, "/subscriptions?api-version=2022-12-01");
    assert_eq!(subscriptions.len(), 7);
    for subscription in &subscriptions {
        found.extend(all_pages(&fake, &format!("{subscription}/providers/{PG}?api-version=2024-08-01")).0);
    }
    found.sort_by_key(|id| id.to_lowercase());
    assert_eq!(found, servers);
    let (mut pages, mut parameters) = (0, 0);
    for server in &servers {
        let below = format!("{server}/configurations?api-version=2024-08-01");
        let (children, of) = all_pages(&fake, &below);
        assert!(children.iter().all(|c| c.starts_with(server.as_str())));
        parameters += children.len();
        pages += of;
        let settings =
            format!("{server}/providers/microsoft.insights/diagnosticSettings?api-version=2021-05-01-preview");
        assert!(all_pages(&fake, &settings).0.len() <= 1);
    }
    // 351 parameters of 27 servers in pages of 3 are 135 pages, and some are empty.
    assert!(parameters == 351 && pages > 140, "{parameters} on {pages}");
    let group = servers[0].split("/providers/").next().expect("a group");
    assert!(all_pages(&fake, &format!("{group}/providers/{PG}?api-version=1")).0.contains(&servers[0]));
}

#[test]
fn what_could_not_be_read_of_the_bank_cannot_be_read_here() {
    let file = path("fixtures/bank/bank.snapshot.jsonl");
    let fake = FakeArm::start(bank(), Behaviour::default().with_gaps_of(&file));
    let refused: Vec<u16> =
        fake.estate().ids(PG).iter().map(|id| fake.get(&format!("{id}/configurations?api-version=1")).status).collect();
    assert_eq!(refused.iter().filter(|s| **s == 403).count(), 1);
    let vault = fake.estate().ids(KV).into_iter().find(|id| id.ends_with("/kv-qm-lending-neu")).expect("a vault");
    assert_eq!(fake.get(&format!("{vault}/keys?api-version=1")).status, 429);
    assert_eq!(fake.get(&format!("{vault}?api-version=1")).status, 200);
}

#[test]
fn some_pages_are_empty_and_some_last_links_are_null_or_nothing() {
    let fake = FakeArm::start(bank(), Behaviour::untidy());
    let mut last = BTreeSet::new();
    let mut empty = 0;
    for server in fake.estate().ids(PG) {
        let mut next = format!("{server}/databases?api-version=1");
        loop {
            let body = fake.get(&next).json();
            empty += usize::from(body["value"].as_array().is_some_and(Vec::is_empty));
            match body["nextLink"].as_str() {
                None | Some("") => {
                    last.insert(body.get("nextLink").map(Value::to_string));
                    break;
                }
                Some(link) => next = link[fake.origin().len()..].to_owned(),
            }
        }
    }
    assert!(empty > 0);
    assert_eq!(last.into_iter().collect::<Vec<_>>(), [None, Some("\"\"".to_owned()), Some("null".to_owned())]);
}

#[test]
fn a_link_that_was_changed_is_refused() {
    let fake = FakeArm::start(small(), Behaviour { page_size: 2, ..Behaviour::default() });
    let list = format!("/subscriptions/5c1fa000-0000-4000-8000-000000000000/providers/{PG}");
    let body = fake.get(&format!("{list}?api-version=2024-08-01")).json();
    let link = body["nextLink"].as_str().expect("a link")[fake.origin().len()..].to_owned();
    assert_eq!(fake.get(&link).status, 200);
    let changed = fake.get(&link.replace("2024-08-01", "2025-08-01"));
    assert_eq!((changed.status, code(&changed).as_str()), (400, "InvalidSkipToken"));
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let fake = FakeArm::start(bank(), Behaviour::default());
    let query = format!("{}?api-version=1", fake.estate().ids(KV)[0]);
    let (first, second) = (fake.get(&query), fake.get(&query));
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("date"), Some("Sun, 01 Nov 2026 02:00:00 GMT"));
    assert_eq!(first.header("x-ms-request-id"), second.header("x-ms-request-id"));
    assert!(first.header("x-ms-request-id").is_some());
}

#[test]
fn a_request_without_its_token_or_its_api_version_is_refused_and_the_token_is_not_recorded() {
    let fake = FakeArm::start(small(), Behaviour::default());
    let ask = |headers: &[(&str, &str)], query| send("GET", &fake.origin(), query, headers, "").expect("an answer");
    let none = ask(&[], "/subscriptions?api-version=1");
    assert_eq!((none.status, code(&none).as_str()), (401, "AuthenticationFailed"));
    assert!(none.header("www-authenticate").is_some());
    let other = ask(&[("authorization", "Bearer x")], "/subscriptions?api-version=1");
    assert_eq!((other.status, code(&other).as_str()), (401, "InvalidAuthenticationToken"));
    let bare = fake.get("/subscriptions");
    assert_eq!((bare.status, code(&bare).as_str()), (400, "MissingApiVersionParameter"));
    assert_eq!(ask(&[], "/metadata/endpoints?api-version=2022-09-01").status, 200);
    let requests = fake.requests();
    let bearers: Vec<Bearer> = requests.iter().map(|r| r.bearer).collect();
    assert_eq!(bearers, [Bearer::Missing, Bearer::Other, Bearer::Expected, Bearer::Missing]);
    assert!(!format!("{requests:?}").contains(TOKEN));
    assert_eq!(requests[2].action, "Microsoft.Resources/subscriptions/read");
}

#[test]
fn what_is_not_there_is_refused_in_the_words_of_arm() {
    let fake = FakeArm::start(bank(), Behaviour::default());
    let server = fake.estate().ids(PG)[0].clone();
    let subscription = server.split("/resourceGroups").next().expect("a subscription").to_owned();
    for (path, status, wanted) in [
        ("/subscriptions/00000000-0000-0000-0000-000000000000".to_owned(), 404, "SubscriptionNotFound"),
        (format!("{subscription}/providers/Microsoft.Nothing/things"), 404, "InvalidResourceNamespace"),
        (format!("{subscription}/providers/Microsoft.KeyVault/things"), 404, "InvalidResourceType"),
        (format!("{subscription}/resourceGroups/rg-none/providers/{PG}"), 404, "ResourceGroupNotFound"),
        (format!("{server}-gone"), 404, "ResourceNotFound"),
        (format!("{server}-gone/configurations"), 404, "ParentResourceNotFound"),
        (format!("{server}/configurations/none"), 404, "ResourceNotFound"),
        (format!("{}/certificates", fake.estate().ids(KV)[0]), 404, "InvalidResourceType"),
        (format!("{subscription}/providers/Microsoft.Storage/storageAccounts"), 200, ""),
        (format!("{server}/virtualEndpoints"), 200, ""),
        (format!("{subscription}/providers/Microsoft.Authorization/locks"), 200, ""),
    ] {
        let reply = fake.get(&format!("{path}?api-version=2024-08-01"));
        assert_eq!((reply.status, code(&reply).as_str()), (status, wanted), "{path}");
    }
}

#[test]
fn what_is_attached_above_is_inherited() {
    let mut estate = small();
    let server = estate.ids(PG)[0].clone();
    let subscription = "/subscriptions/5c1fa000-0000-4000-8000-000000000000";
    let group = "/providers/Microsoft.Management/managementGroups/mg-generated";
    let kind = "Microsoft.Authorization/roleAssignments";
    for (scope, name) in [(group, "above"), (subscription, "here"), (&server, "below")] {
        let properties = json!({"principalId": name, "scope": scope});
        estate.add(&json!({"id": format!("{scope}/providers/{kind}/{name}"), "name": name, "type": kind, "properties": properties}));
    }
    estate.add(&json!({"id": format!("{group}/providers/Microsoft.Authorization/locks/no"), "name": "no", "type": "Microsoft.Authorization/locks"}));
    estate.seal();
    let fake = FakeArm::start(estate, Behaviour::default());
    let names = |path: &str| -> Vec<String> {
        let (ids, _) = all_pages(&fake, path);
        ids.iter().map(|id| id.rsplit('/').next().unwrap_or_default().to_owned()).collect()
    };
    let list = format!("providers/{kind}?api-version=2022-04-01");
    assert_eq!(names(&format!("{subscription}/{list}")), ["above", "here", "below"]);
    assert_eq!(names(&format!("{subscription}/{list}&$filter=atScope()")), ["above", "here"]);
    assert_eq!(names(&format!("{server}/{list}")), ["above", "here", "below"]);
    assert_eq!(names(&format!("{group}/{list}")), ["above"]);
    let other = "/subscriptions/5c1fa000-0000-4000-8000-000000000001";
    assert_eq!(names(&format!("{other}/{list}")), ["above"]);
    assert!(names(&format!("{subscription}/providers/Microsoft.Authorization/locks?api-version=1")).is_empty());
    let reply = fake.post(GRAPH, &json!({"subscriptions": ["5c1fa000-0000-4000-8000-000000000000"],
        "query": "authorizationresources | where type =~ 'microsoft.authorization/roleassignments' | project id, name | order by id asc",
        "options": {"$top": 1000, "resultFormat": "objectArray", "authorizationScopeFilter": "AtScopeAboveAndBelow"}}));
    assert_eq!(reply.json()["count"], 3);
}

#[test]
fn resource_graph_pages_by_token_and_spells_things_its_own_way() {
    let fake = FakeArm::start(bank(), Behaviour::default());
    let query = |kql: &str, options: Value| fake.post(GRAPH, &json!({"query": kql, "options": options}));
    let kql = "resources | where type in~ ('Microsoft.DBforPostgreSQL/flexibleServers', 'microsoft.keyvault/vaults') \
               | project id, name, type, location, resourceGroup, kind, zones, apiVersion | order by id asc";
    let mut rows = Vec::new();
    let mut options = json!({"$top": 10, "resultFormat": "objectArray"});
    loop {
        let reply = query(kql, options.clone());
        let body = reply.json();
        assert_eq!((reply.status, &body["totalRecords"], &body["resultTruncated"]), (200, &json!(60), &json!("false")));
        rows.extend(body["data"].as_array().expect("rows").clone());
        match body["$skipToken"].as_str() {
            Some(token) => options["$skipToken"] = json!(token),
            None => break,
        }
    }
    let ids: BTreeSet<&str> = rows.iter().filter_map(|r| r["id"].as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (60, 60));
    assert!(rows.iter().all(|r| r["type"].as_str().is_some_and(|t| t.chars().all(|c| !c.is_uppercase()))));
    assert!(rows.iter().all(|r| r["kind"] == "" && r["zones"].is_null() && r["apiVersion"] != ""));
    let plain = |r: &Value| r["location"].as_str().is_some_and(|l| l.bytes().all(|b| b.is_ascii_lowercase()));
    assert!(rows.iter().all(plain));

    let other = query("resources | project id | order by id asc", options);
    assert_eq!(other.status, 400, "a token holds for its own query");
    let blind = query("resources | project name", json!({"$top": 1000})).json();
    assert_eq!(blind["resultTruncated"], "false");
    let blind = query("resources | project name", json!({"$top": 10})).json();
    assert_eq!((&blind["resultTruncated"], blind.get("$skipToken")), (&json!("true"), None));
    let counted = query("resources | summarize count() by type", json!({"$top": 1000})).json();
    let servers = counted["data"].as_array().expect("rows").iter().find(|r| r["type"] == PG.to_lowercase());
    assert_eq!(servers.expect("servers")["count_"], 28);
    assert_eq!(query("resources", json!({"$top": 1001})).status, 400);
    assert_eq!(query("resources | mv-expand x", json!({})).status, 400);
    assert_eq!(query("nothing", json!({})).status, 400);
    let subscriptions =
        query("resourcecontainers | where type =~ 'microsoft.resources/subscriptions'", json!({})).json();
    assert_eq!(subscriptions["count"], 7);
    // What Resource Graph does not have is just not there.
    let children = query("resources | where type =~ 'microsoft.keyvault/vaults/keys'", json!({})).json();
    assert_eq!(children["totalRecords"], 0);
}

#[test]
fn limits_are_enforced_and_counted() {
    // Slow enough that nothing comes back while the test runs.
    let slow = Duration::from_secs(119);
    let limits = Limits { burst: 5.0, per_second: 0.01, graph_queries: 3, graph_window: slow, ..Limits::default() };
    let fake = FakeArm::start(bank(), Behaviour { limits: Some(limits.clone()), ..Behaviour::default() });
    let ids = fake.estate().ids("Microsoft.Network/privateDnsZones");
    let id = ids[0].split("/resourceGroups").next().expect("a subscription").to_owned();
    let list = format!("{id}/providers/{KV}?api-version=1");
    let replies: Vec<_> = (0..7).map(|_| fake.get(&list)).collect();
    assert_eq!(replies.iter().map(|r| r.status).collect::<Vec<_>>(), [200, 200, 200, 200, 200, 429, 429]);
    assert_eq!(replies[0].header("x-ms-ratelimit-remaining-subscription-reads"), Some("4"));
    assert_eq!(code(&replies[6]), "SubscriptionRequestsThrottled");
    assert!(replies[6].header("retry-after").and_then(|r| r.parse::<u64>().ok()).is_some_and(|r| r > 60));
    // Another subscription has a bucket of its own.
    assert_eq!(fake.get(&list.replace("000001", "000003")).status, 200);

    let query = json!({"query": "resources | project id | order by id asc"});
    let quota: Vec<_> = (0..4).map(|_| fake.post(GRAPH, &query)).collect();
    assert_eq!(quota[0].header("x-ms-user-quota-remaining"), Some("2"));
    assert_eq!(
        (quota[3].status, code(&quota[3]).as_str(), quota[3].header("retry-after")),
        (429, "RateLimiting", None)
    );
    assert!(quota[3].header("x-ms-user-quota-resets-after").is_some_and(|r| r.starts_with("00:01:")));

    let stats = fake.stats();
    let rate = &stats.by_subscription[id.trim_start_matches("/subscriptions/")];
    assert_eq!((rate.requests, rate.throttled, stats.throttled), (7, 2, 3));
    assert_eq!((stats.by_status[&200], stats.by_status[&429]), (9, 3));
    assert!(rate.share(&limits) > 0.9 && rate.share(&limits) <= 1.0, "{}", rate.share(&limits));

    fake.behave(Behaviour { limits: Some(Limits { dns_reads: 2, ..Limits::default() }), ..Behaviour::default() });
    let dns: Vec<u16> = (0..3).map(|_| fake.get(&format!("{}?api-version=1", ids[0])).status).collect();
    assert_eq!(dns, [200, 200, 429]);
}

#[test]
fn faults_happen_to_what_they_fit_and_as_often_as_they_are_told() {
    let fake = FakeArm::start(small(), Behaviour::default());
    let servers = fake.estate().ids(PG);
    let list = |at: usize| format!("{}/configurations?api-version=1", servers[at]);
    let statuses = |asks: &[usize]| -> Vec<u16> { asks.iter().map(|at| fake.get(&list(*at)).status).collect() };
    let shape =
        "GET /subscriptions/{}/resourceGroups/{}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{}/configurations";
    let of = |times| Behaviour::default().with(Fault::shape(shape, Kind::ServerError).times(times));
    for (times, wanted) in [
        (Times::Once, [500, 200, 200, 200]),
        (Times::OnceEach, [500, 200, 500, 200]),
        (Times::First(3), [500, 500, 500, 200]),
        (Times::Forever, [500, 500, 500, 500]),
    ] {
        fake.behave(of(times));
        assert_eq!(statuses(&[0, 0, 1, 1]), wanted, "{times:?}");
        assert_eq!(fake.get(&format!("{}?api-version=1", servers[0])).status, 200);
    }
    assert!(fake.shapes().contains(shape));
    assert!(fake.requests().iter().any(|r| r.status == 500 && r.fault.as_deref() == Some("ServerError")));
    fake.behave(Behaviour::default().with(Fault::action("Microsoft.DBforPostgreSQL/*/read", Kind::Forbidden)));
    let refused = fake.get(&list(0));
    assert_eq!((refused.status, code(&refused).as_str()), (403, "AuthorizationFailed"));
    let message = refused.json()["error"]["message"].to_string();
    assert!(message.contains(&format!("'{PG}/configurations/read' over scope '{}'", servers[0])), "{message}");
    fake.behave(Behaviour::default().with(Fault::on("GET .*000002/configurations", Kind::NotFound)));
    assert_eq!(statuses(&[0, 1, 2, 3]).iter().filter(|s| **s == 404).count(), 1);
}

#[test]
fn every_kind_of_fault_shows() {
    let fake = FakeArm::start(small(), Behaviour::default());
    let list = format!("{}/configurations?api-version=1", fake.estate().ids(PG)[0]);
    let whole = fake.get(&list);
    let ask = |kind: Kind| {
        fake.behave(Behaviour::default().with(Fault::on(".", kind)));
        fake.get(&list)
    };
    for (kind, status, wanted) in [
        (Kind::Unauthorized, 401, "ExpiredAuthenticationToken"),
        (Kind::Claims("e30=".to_owned()), 401, "LocationConditionEvaluationSuccess"),
        (Kind::Conflict, 409, "Conflict"),
        (Kind::Unregistered, 409, "MissingSubscriptionRegistration"),
        (Kind::ApiVersion(vec!["2024-08-01".to_owned()]), 400, "NoRegisteredProviderFound"),
        (Kind::Throttled(None), 429, "SubscriptionRequestsThrottled"),
        (Kind::Unavailable(None), 503, "ServerBusy"),
        (Kind::Status(206), 206, ""),
        (Kind::Body(200, "[1]".to_owned()), 200, ""),
    ] {
        let reply = ask(kind.clone());
        assert_eq!((reply.status, code(&reply).as_str()), (status, wanted), "{kind:?}");
    }
    assert_eq!(ask(Kind::Throttled(Some("7".to_owned()))).header("retry-after"), Some("7"));
    assert!(ask(Kind::CutJson).json().is_null());
    let wrong: Vec<String> = Wrong::ALL
        .iter()
        .map(|w| String::from_utf8_lossy(&ask(Kind::Wrong(*w)).body).chars().take(20).collect())
        .collect();
    let page = "<!DOCTYPE html><html";
    assert_eq!(wrong, [r#"{"value":{"0":"an ob"#, r#""a text""#, page, "null", "", r#"{"value":[7,"text",n"#]);
    let foreign = ask(Kind::ForeignLink("http://127.0.0.1:9".to_owned())).json();
    assert_eq!(foreign["value"].as_array().map(Vec::len), Some(3));
    assert!(foreign["nextLink"].as_str().is_some_and(|l| l.starts_with("http://127.0.0.1:9/subscriptions/")));
    let own = ask(Kind::LinkLoop).json();
    assert_eq!(own["nextLink"], json!(format!("{}{list}", fake.origin())));
    let sent = ask(Kind::Redirect("http://127.0.0.1:9".to_owned()));
    assert_eq!((sent.status, sent.header("location")), (302, Some(format!("http://127.0.0.1:9{list}").as_str())));
    let bomb = ask(Kind::GzipBomb(10 << 20));
    assert!(bomb.header("content-encoding") == Some("gzip") && bomb.body.len() < 200_000, "{}", bomb.body.len());
    assert!(ask(Kind::Huge(1 << 20)).body.len() > 1 << 20);
    assert!(String::from_utf8_lossy(&ask(Kind::EchoToken).body).contains(TOKEN));
    assert!(ask(Kind::MissingValue).json().get("value").is_none());
    assert_eq!(ask(Kind::WrongCount).body, whole.body, "a list has no count");
}

#[test]
fn answers_can_fail_to_come_break_off_or_come_slowly() {
    let fake = FakeArm::start(small(), Behaviour::default());
    let list = "/subscriptions?api-version=1";
    let bearer = format!("Bearer {TOKEN}");
    let ask = |kind: Kind| {
        fake.behave(Behaviour::default().with(Fault::on(".", kind)));
        send("GET", &fake.origin(), list, &[("authorization", &bearer)], "").map_err(|e| e.kind())
    };
    assert_eq!(ask(Kind::Reset).expect_err("reset"), std::io::ErrorKind::ConnectionReset);
    assert_eq!(ask(Kind::Truncated).expect_err("cut"), std::io::ErrorKind::UnexpectedEof);
    let began = Instant::now();
    assert_eq!(ask(Kind::Drip(Duration::from_millis(1))).expect("slow").status, 200);
    assert!(began.elapsed() > Duration::from_millis(300));
    // A request that is never answered does not keep the fake from stopping.
    fake.behave(Behaviour::default().with(Fault::on(".", Kind::Timeout)));
    let origin = fake.origin();
    let waiting = std::thread::spawn(move || send("GET", &origin, list, &[("authorization", &bearer)], "").is_err());
    while fake.stats().requests < 4 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let statuses: Vec<u16> = fake.requests().iter().map(|r| r.status).collect();
    assert_eq!(statuses, [0, 200, 200, 0]);
    drop(fake);
    assert!(waiting.join().expect("no panic"));
}

#[test]
fn resource_graph_can_lie_about_its_counts() {
    let fake = FakeArm::start(small(), Behaviour::default());
    let ask = |kind: Kind| {
        fake.behave(Behaviour::default().with(Fault::on("ResourceGraph.*project id", kind)));
        fake.post(GRAPH, &json!({"query": "resources | project id | order by id asc", "options": {"$top": 1000}}))
            .json()
    };
    let wrong = ask(Kind::WrongCount);
    assert_eq!((&wrong["totalRecords"], &wrong["count"]), (&json!(11), &json!(10)));
    let cut = ask(Kind::NoSkipToken);
    assert_eq!((&cut["count"], &cut["resultTruncated"], cut.get("$skipToken")), (&json!(5), &json!("true"), None));
    assert!(ask(Kind::MissingValue).get("data").is_none());
    assert_eq!(ask(Kind::Forbidden)["error"]["code"], "AccessDenied");
}

#[test]
fn who_has_fewer_rights_sees_less() {
    let hidden = "5c1fa000-0000-4000-8000-000000000001";
    let mut behaviour = Behaviour { hidden: BTreeSet::from([hidden.to_owned()]), ..Behaviour::default() };
    behaviour.granted = Some(vec!["Microsoft.Resources/subscriptions/read".to_owned(), format!("{PG}/read")]);
    behaviour.unregistered.insert(("*".to_owned(), "Microsoft.KeyVault".to_owned()));
    let fake = FakeArm::start(small(), behaviour.clone());
    let servers = fake.estate().ids(PG);
    assert_eq!(fake.get("/subscriptions?api-version=1").ids().len(), 1);
    assert_eq!(fake.get(&format!("/subscriptions/{hidden}?api-version=1")).status, 403);
    assert_eq!(fake.get(&format!("{}?api-version=1", servers[0])).status, 200);
    assert_eq!(fake.get(&format!("{}/configurations?api-version=1", servers[0])).status, 403);
    let query = json!({"query": "resources | project id | order by id asc"});
    assert_eq!(fake.post(GRAPH, &query).json()["totalRecords"], 5, "left out, and nothing says so");
    behaviour.granted = None;
    fake.behave(behaviour);
    let visible = "/subscriptions/5c1fa000-0000-4000-8000-000000000000";
    let vaults = fake.get(&format!("{visible}/providers/{KV}?api-version=1"));
    assert_eq!((vaults.status, code(&vaults).as_str()), (409, "MissingSubscriptionRegistration"));
    let provider = fake.get(&format!("{visible}/providers/Microsoft.KeyVault?api-version=1")).json();
    assert_eq!(provider["registrationState"], "NotRegistered");
}

#[test]
fn an_unknown_api_version_is_refused_with_those_that_there_are() {
    let mut behaviour = Behaviour::default();
    behaviour.api_versions.insert(PG.to_lowercase(), vec!["2022-12-01".to_owned(), "2024-08-01".to_owned()]);
    let fake = FakeArm::start(small(), behaviour);
    let id = fake.estate().ids(PG)[0].clone();
    assert_eq!(fake.get(&format!("{id}?api-version=2024-08-01")).status, 200);
    let refused = fake.get(&format!("{id}?api-version=2025-08-01"));
    assert_eq!(code(&refused), "NoRegisteredProviderFound");
    assert!(refused.json()["error"]["message"].to_string().contains("'2022-12-01, 2024-08-01'"));
}

#[test]
fn vaults_answer_by_their_host_name() {
    let fake = FakeArm::start(bank(), Behaviour::default());
    let bearer = format!("Bearer {TOKEN}");
    let ask = |headers: &[(&str, &str)], query| send("GET", &fake.origin(), query, headers, "").expect("an answer");
    let host = ("host", "kv-qm-documents-neu.vault.azure.net");
    let challenge = ask(&[host], "/keys?api-version=7.4");
    assert!(
        challenge.status == 401
            && challenge.header("www-authenticate").is_some_and(|w| w.contains("resource=\"https://vault.azure.net\""))
    );
    let full = [host, ("authorization", bearer.as_str())];
    let key = ask(&full, "/keys/cmk-my-documents-be-geo?api-version=7.4").json();
    assert_eq!(key["attributes"]["hsmPlatform"], "2");
    assert!(
        ask(&full, "/keys/cmk-my-documents-be-geo/rotationpolicy?api-version=7.4").json()["lifetimeActions"].is_array()
    );
    let certificates = ask(&full, "/certificates?api-version=7.4").json();
    assert_eq!(certificates["value"].as_array().map(Vec::len), Some(1));
    let one = ask(&full, "/certificates/documents-gateway?api-version=7.4").json();
    assert_eq!(one["policy"]["key_props"]["key_size"], 3072);
    // ARM says less of a key: nothing of its hardware, and little in a list.
    let vault = fake.estate().ids(KV).into_iter().find(|id| id.ends_with("kv-qm-documents-neu")).expect("a vault");
    let single = fake.get(&format!("{vault}/keys/cmk-my-documents-be-geo?api-version=1")).json();
    assert!(single["properties"]["kty"].is_string() && single["properties"]["attributes"].get("hsmPlatform").is_none());
    let listed = fake.get(&format!("{vault}/keys?api-version=1")).json();
    assert!(listed["value"][0]["properties"].get("kty").is_none());
}

#[test]
fn management_groups_regions_and_principals_are_there() {
    let fake = FakeArm::start(bank(), Behaviour::default());
    let group = "/providers/Microsoft.Management/managementGroups/mg-bank";
    let tree = fake.get(&format!("{group}?api-version=1&$expand=children&$recurse=true")).json();
    assert_eq!(tree["properties"]["children"].as_array().map(Vec::len), Some(7));
    assert_eq!(fake.get(&format!("{group}/descendants?api-version=1")).ids().len(), 7);
    let subscription = "/subscriptions/5c1f0000-0000-4000-8000-000000000003";
    let regions = fake.get(&format!("{subscription}/locations?api-version=2022-12-01")).json();
    let west =
        regions["value"].as_array().expect("regions").iter().find(|r| r["name"] == "westeurope").expect("a region");
    assert_eq!(west["metadata"]["pairedRegion"][0]["name"], "northeurope");
    assert_eq!(west["availabilityZoneMappings"].as_array().map(Vec::len), Some(3));
    let short = fake.get(&format!("{subscription}/resources?api-version=2021-04-01")).json();
    assert!(
        short["value"]
            .as_array()
            .is_some_and(|all| all.len() > 50 && all.iter().all(|r| r.get("properties").is_none()))
    );
    let identity = fake.estate().ids("Microsoft.ManagedIdentity/userAssignedIdentities")[0].clone();
    let principal = fake.get(&format!("{identity}?api-version=1")).json()["properties"]["principalId"].clone();
    let ids = json!({"ids": [principal, "00000000-0000-0000-0000-000000000000"], "types": ["servicePrincipal"]});
    let found = fake.post("/v1.0/directoryObjects/getByIds", &ids).json();
    assert_eq!(found["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["value"][0]["@odata.type"], "#microsoft.graph.servicePrincipal");
}

#[test]
fn anything_but_a_read_is_written_down_and_refused() {
    let fake = FakeArm::start(small(), Behaviour::default());
    let id = fake.estate().ids(PG)[0].clone();
    let reply = fake.post(&format!("{id}/listKeys?api-version=1"), &json!({}));
    assert_eq!(reply.status, 405);
    let bearer = format!("Bearer {TOKEN}");
    let gone = send("DELETE", &fake.origin(), &format!("{id}?api-version=1"), &[("authorization", &bearer)], "");
    assert_eq!(gone.expect("an answer").status, 405);
    fake.post(GRAPH, &json!({"query": "resources | count"}));
    assert_eq!(
        fake.stats().writes,
        [format!("POST {id}/listKeys?api-version=1"), format!("DELETE {id}?api-version=1")]
    );
}

#[test]
fn a_large_estate_is_cheap() {
    let shape = Shape { servers: 10_000, subscriptions: 200, configurations: 4, ..Shape::default() };
    let began = Instant::now();
    let estate = Estate::generate(&shape);
    assert_eq!(estate.len(), shape.resources());
    assert_eq!(shape.resources(), 100_000);
    let fake = FakeArm::start(estate, Behaviour { record: false, ..Behaviour::default() });
    let reply =
        fake.post(GRAPH, &json!({"query": "resources | project id | order by id asc", "options": {"$top": 1000}}));
    assert_eq!(reply.json()["totalRecords"], 10_000);
    assert!(fake.requests().is_empty() && fake.stats().requests == 1);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn a_foreign_host_knows_who_came() {
    let host = ForeignHost::start();
    assert!(!host.was_asked());
    let _ = send("GET", host.origin(), "/x", &[("authorization", "Bearer t")], "");
    assert!(host.connections()[0].contains("Bearer t"));
}
