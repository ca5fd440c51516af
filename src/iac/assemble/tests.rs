//! Tests: declarations in, bodies, gaps and places out.

use super::*;
use crate::iac::Missing;

const SUB: &str = "/subscriptions/s/resourceGroups/g/providers/";

fn tree() -> (Tree, Span) {
    let tree = Tree::memory([
        ("main.tf".to_owned(), b"resource {\n  a = 1\n}\n".to_vec()),
        ("other.tf".to_owned(), b"xxxxxx\n".to_vec()),
    ]);
    let file = tree.read("main.tf").unwrap();
    (tree, Span::new(file, 0..20))
}

fn declaration(kind: &str, name: &str, body: serde_json::Value, at: Span) -> Declaration {
    Declaration {
        address: format!("x.{name}"),
        id: format!("{SUB}{kind}/{name}"),
        arm_type: kind.to_owned(),
        body: Node::from_json(&body).as_object().unwrap().clone(),
        at,
        header: Span::new(at.file, 0..10),
        chain: vec![],
        unread: vec![],
        api_version: None,
    }
}

fn child(parent: &Declaration, collection: &str, name: &str, body: serde_json::Value) -> Declaration {
    let mut it = declaration(&format!("{}/{collection}", parent.arm_type), name, body, parent.at);
    it.id = format!("{}/{collection}/{name}", parent.id);
    it
}

fn fragment(kind: &str, target: Node, body: serde_json::Value, at: Span) -> Fragment {
    Fragment {
        address: "x.part".into(),
        target,
        arm_type: kind.to_owned(),
        body: Node::from_json(&body).as_object().unwrap().clone(),
        extends: false,
        at,
        header: at,
        chain: vec![],
    }
}

fn run(reading: &mut Reading, tree: &Tree, wanted: &Wanted) -> (Vec<Json>, Vec<Gap>) {
    let mut out = assemble(reading, tree, wanted);
    out.gaps.extend(missing_gaps(reading, tree));
    (out.resources.iter().map(|r| r.parsed().unwrap()).collect(), out.gaps)
}

fn reads(gaps: &[Gap]) -> Vec<(&str, GapReason)> {
    gaps.iter().map(|g| (g.read.as_deref().unwrap_or("*"), g.reason)).collect()
}

const VAULT: &str = "Microsoft.KeyVault/vaults";
const PG: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

#[test]
fn unknown_and_sensitive_values_and_secrets_are_gaps_and_leave_no_trace() {
    let (tree, at) = tree();
    let mut it = declaration(
        PG,
        "p",
        serde_json::json!({"location": "weu", "properties": {"administratorLoginPassword": "hunter2"}}),
        at,
    );
    let Value::Object(properties) = &mut it.body.get_mut("properties").unwrap().value else { panic!() };
    let properties = Arc::make_mut(properties);
    properties.insert(Arc::from("version"), Node::unknown("var.version has no value"));
    properties.insert(Arc::from("list"), Node::array(vec![Node::string("a"), Node::unknown("var.b")]));
    properties.insert(Arc::from("hidden"), Node::string("s3cret").marked(true));
    properties.insert(Arc::from("lists"), Node::array(vec![Node::string("t0ken").marked(true)]));
    let mut reading = Reading { resources: vec![it], ..Reading::default() };
    let (bodies, gaps) = run(&mut reading, &tree, &Wanted::default());
    let server = bodies.iter().find(|b| b["type"] == PG).unwrap();
    assert_eq!(server["name"], "p");
    for name in ["administratorLoginPassword", "version", "list", "hidden", "lists"] {
        assert!(server["properties"].get(name).is_none(), "{name}");
    }
    let gaps = reads(&gaps);
    for (read, reason) in [
        ("resource.properties.version", GapReason::Unresolved),
        ("resource.properties.list", GapReason::Unresolved),
        ("resource.properties.hidden", GapReason::Redacted),
        ("resource.properties.lists", GapReason::Redacted),
        ("resource.properties.administratorLoginPassword", GapReason::Redacted),
    ] {
        assert!(gaps.contains(&(read, reason)), "{read}: {gaps:?}");
    }
    let all = serde_json::to_string(&bodies).unwrap();
    assert!(!all.contains("hunter2") && !all.contains("s3cret") && !all.contains("t0ken"));
}

#[test]
fn parts_join_their_resource_wherever_they_stand() {
    let (tree, at) = tree();
    let other = Span::new(tree.read("other.tf").unwrap(), 0..6);
    let vault =
        declaration(VAULT, "V", serde_json::json!({"properties": {"networkAcls": {"ipRules": [1]}, "x": 1}}), at);
    let mut one = fragment(
        VAULT,
        Node::string(vault.id.to_lowercase()),
        serde_json::json!({"properties": {"x": 2, "networkAcls": {"ipRules": [2]}}}),
        other,
    );
    one.extends = true;
    let Value::Object(properties) = &mut one.body.get_mut("properties").unwrap().value else { panic!() };
    Arc::make_mut(properties).get_mut("x").unwrap().at = Some(other);
    let mut reading = Reading { resources: vec![vault], fragments: vec![one], ..Reading::default() };
    let out = assemble(&mut reading, &tree, &Wanted::default());
    let body = out.resources[0].parsed().unwrap();
    assert_eq!(
        (&body["properties"]["x"], &body["properties"]["networkAcls"]["ipRules"]),
        (&Json::from(2), &serde_json::json!([1, 2]))
    );
    let Some(Origin::File { properties, .. }) = out.resources[0].origin().map(AsRef::as_ref) else { panic!() };
    let place = &properties["resource.properties.x"];
    assert_eq!((place.file.as_deref(), place.range.start_line), (Some("other.tf"), 1));
}

#[test]
fn a_part_of_nobody_known_makes_all_of_its_type_uncertain() {
    let (tree, at) = tree();
    let set = declaration(VAULT, "a", serde_json::json!({"properties": {"x": 1}}), at);
    let bare = declaration(VAULT, "b", serde_json::json!({}), at);
    let part = fragment(VAULT, Node::unknown("module.m.id"), serde_json::json!({"properties": {"x": 2}}), at);
    let far = fragment(VAULT, Node::string("/subscriptions/z"), serde_json::json!({"properties": {"x": 2}}), at);
    let mut reading = Reading { resources: vec![set, bare], fragments: vec![part, far], ..Reading::default() };
    let (_, gaps) = run(&mut reading, &tree, &Wanted::default());
    let about: Vec<&str> =
        gaps.iter().filter(|g| g.read.as_deref() == Some("resource.properties.x")).map(|g| g.about.as_str()).collect();
    assert_eq!(about, [format!("{SUB}{VAULT}/b")]);
    assert!(reading.remarks.iter().any(|r| r.text.contains("/subscriptions/z")));
}

#[test]
fn children_that_azure_makes_are_there_unless_code_may_declare_them() {
    let (tree, at) = tree();
    let tls = |name: &str| format!("{SUB}{PG}/{name}/configurations/require_secure_transport");
    let server = |name: &str| declaration(PG, name, serde_json::json!({}), at);
    let ids = |reading: &mut Reading| -> Vec<String> {
        run(reading, &tree, &Wanted::default()).0.iter().map(|b| b["id"].as_str().unwrap().to_owned()).collect()
    };
    // Declared children stay, others are made.
    let a = server("a");
    let off =
        child(&a, "configurations", "require_secure_transport", serde_json::json!({"properties": {"value": "off"}}));
    let mut reading = Reading { resources: vec![a.clone(), off, server("b")], ..Reading::default() };
    let found = ids(&mut reading);
    assert_eq!(found.iter().filter(|id| **id == tls("a")).count(), 1);
    assert_eq!(found.iter().filter(|id| **id == tls("b")).count(), 1);
    // A child of nobody known could be any of them.
    let mut lost = child(&a, "configurations", "require_secure_transport", serde_json::json!({}));
    lost.id = format!("{SUB}{PG}/(x.lost)/configurations/require_secure_transport");
    let mut reading = Reading { resources: vec![a.clone(), lost], ..Reading::default() };
    assert!(!ids(&mut reading).contains(&tls("a")));
    // So could a child without a known name, and a module that was not read.
    let nameless = child(&a, "configurations", "(x.c)", serde_json::json!({}));
    let mut reading = Reading { resources: vec![a.clone(), nameless, server("b")], ..Reading::default() };
    let found = ids(&mut reading);
    assert!(!found.contains(&tls("a")) && found.contains(&tls("b")));
    let missing =
        Missing { what: "module.m".into(), at: Some(at), reason: GapReason::OutOfScope, detail: "no source".into() };
    let mut reading = Reading { resources: vec![a], missing: vec![missing], ..Reading::default() };
    assert!(!ids(&mut reading).contains(&tls("a")));
}

#[test]
fn what_policies_read_and_only_azure_has_is_a_gap() {
    let (tree, at) = tree();
    let mut wanted = Wanted::default();
    for path in ["properties.highAvailability.state", "properties.state", "properties.version", "systemData.createdAt"]
    {
        wanted.paths.entry(PG.to_lowercase()).or_default().insert(path.to_owned());
    }
    wanted
        .collections
        .entry(PG.to_lowercase())
        .or_default()
        .extend(["backups".to_owned(), "configurations".to_owned()]);
    let server = declaration(PG, "p", serde_json::json!({"properties": {"state": "Ready"}}), at);
    let missing =
        Missing { what: "module.m".into(), at: Some(at), reason: GapReason::OutOfScope, detail: "no source".into() };
    let mut reading = Reading { resources: vec![server], missing: vec![missing], ..Reading::default() };
    let (_, gaps) = run(&mut reading, &tree, &wanted);
    assert_eq!(
        reads(&gaps),
        [
            ("resource.properties.highAvailability.state", GapReason::Runtime),
            ("resource.systemData.createdAt", GapReason::Runtime),
            ("children.backups", GapReason::Runtime),
            ("children.configurations", GapReason::Unresolved),
            ("*", GapReason::OutOfScope),
        ]
    );
    assert_eq!(gaps[4].about, "module.m (main.tf:1)");
    assert!(gaps[3].detail.contains("module.m"));
}

#[test]
fn places_outside_of_the_block_do_not_count() {
    let (tree, at) = tree();
    let mut it = declaration(VAULT, "v", serde_json::json!({"a": 1, "b": 2}), at);
    it.body.get_mut("a").unwrap().at = Some(Span::new(at.file, 13..18));
    it.body.get_mut("b").unwrap().at = Some(Span::new(at.file, 13..21));
    let mut reading = Reading { resources: vec![it], ..Reading::default() };
    let out = assemble(&mut reading, &tree, &Wanted::default());
    let Some(Origin::File { properties, header, defaults, .. }) = out.resources[0].origin().map(AsRef::as_ref) else {
        panic!()
    };
    assert_eq!(properties.keys().collect::<Vec<_>>(), ["resource.a"]);
    assert_eq!((properties["resource.a"].range.start_line, properties["resource.a"].range.start_column), (2, 3));
    assert_eq!(header.unwrap().start_line, 1);
    assert!(defaults.contains(&"resource.properties.enablePurgeProtection".to_owned()));
}
