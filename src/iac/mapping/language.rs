//! Tests of the mapping language, each with a small mapping of its own.

use serde_json::{Value as Json, json};

use crate::iac::mapping::rule::Type;
use crate::iac::mapping::{Instance, export, make};
use crate::iac::{Declaration, FileId, Ids, Node, Reading, Span, Value};

/// An instance with a body; texts that start with `?` are not known.
pub(crate) fn instance(tf_type: &str, body: &Json) -> Instance {
    Instance {
        tf_type: tf_type.to_owned(),
        address: format!("{tf_type}.main"),
        body: unknowns(Node::from_json(body)),
        provider: 4,
        subscription: "S".to_owned(),
        ignore_changes: Vec::new(),
        at: Span::new(FileId(0), 0..100),
        header: Span::new(FileId(0), 0..10),
        chain: Vec::new(),
    }
}

fn unknowns(node: Node) -> Node {
    match &node.value {
        Value::String(text) if text.starts_with('?') => Node::unknown(&text[1..]),
        Value::Array(items) => Node::array(items.iter().cloned().map(unknowns).collect()),
        Value::Object(members) => {
            Node::object(members.iter().map(|(name, inner)| (name.clone(), unknowns(inner.clone()))).collect())
        }
        _ => node,
    }
}

/// A node as JSON, with unknown parts as texts that start with `?`.
pub(crate) fn show(node: &Node) -> Json {
    match &node.value {
        Value::Unknown(reason) => Json::String(format!("?{reason}")),
        Value::Array(items) => Json::Array(items.iter().map(show).collect()),
        Value::Object(members) => {
            Json::Object(members.iter().map(|(name, inner)| (name.to_string(), show(inner))).collect())
        }
        _ => node.to_json().unwrap(),
    }
}

pub(crate) fn body(declaration: &Declaration) -> Json {
    show(&Node::object(declaration.body.clone()))
}

const HEAD: &str = "type: Microsoft.X/things\nplace: {in: resource_group}\n";

fn read(mapping: &str, instance: &Instance) -> Reading {
    let kind = Type::parse(&format!("{HEAD}{mapping}")).unwrap();
    let mut reading = Reading::default();
    make::map(&kind, instance, &mut Ids::default(), &mut reading);
    reading
}

fn written(mapping: &str, arguments: &Json) -> Json {
    let mut shown = body(&read(mapping, &instance("azurerm_thing", arguments)).resources[0]);
    shown.as_object_mut().unwrap().remove("name");
    shown
}

#[test]
fn rows_write_what_they_say() {
    for (row, arguments, wanted) in [
        ("a: properties.a", json!({"a": "x"}), json!({"properties": {"a": "x"}})),
        ("a: properties.a", json!({}), json!({})),
        ("a: properties.a", json!({"a": null}), json!({})),
        ("a: properties.a", json!({"a": "?var.a"}), json!({"properties": {"a": "?var.a"}})),
        ("a: {to: properties.a, default: 7}", json!({}), json!({"properties": {"a": 7}})),
        ("a: {to: properties.a, default: 7}", json!({"a": "9"}), json!({"properties": {"a": 9}})),
        ("a: {to: p, default: {v3: 1, v5: 2}}", json!({}), json!({})),
        ("a: {to: p, default: {v4: 1, v5: 2}}", json!({}), json!({"p": 1})),
        ("a: {to: p, values: {true: On, false: Off}, default: false}", json!({}), json!({"p": "Off"})),
        ("a: {to: p, values: {true: On, false: Off}}", json!({"a": "true"}), json!({"p": "On"})),
        ("a: {to: p, negate: true}", json!({"a": true}), json!({"p": false})),
        ("a: {to: p, divide: 1024}", json!({"a": 32768}), json!({"p": 32})),
        ("a: {to: p, format: 'P{}D'}", json!({"a": 7}), json!({"p": "P7D"})),
        ("a: {to: [p, q]}", json!({"a": 7}), json!({"p": 7, "q": 7})),
        ("a: [p, {to: q, values: {x: y}}]", json!({"a": "x"}), json!({"p": "x", "q": "y"})),
        ("a: {to: p, each: value}", json!({"a": ["x", "?v"]}), json!({"p": [{"value": "x"}, {"value": "?v"}]})),
        ("a: {to: p, each: value}", json!({"a": []}), json!({"p": []})),
        ("a: {to: p, template: '{a}_{b}'}\n  b:", json!({"a": "x", "b": "y"}), json!({"p": "x_y"})),
        ("a: {to: p, template: '{a}_{b}'}\n  b:", json!({"a": "x", "b": "?v"}), json!({"p": "?v"})),
        ("a: {to: p, template: '{a}_{b}'}\n  b:", json!({"a": "x"}), json!({})),
        ("a: {to: p, when: {b: [x]}}\n  b:", json!({"a": 1, "b": "y"}), json!({})),
        ("a: {to: p, when: {b: null}}\n  b:", json!({"a": 1}), json!({"p": 1})),
        ("a: {to: p, when: {b: '*'}}\n  b:", json!({"a": 1, "b": "y"}), json!({"p": 1})),
        ("b: {same_as: a}\n  a: {to: p, default: 1}", json!({"b": 2}), json!({"p": 2})),
        ("b: {same_as: a}\n  a: {to: p, default: 1}", json!({}), json!({"p": 1})),
        // For the provider an empty text is none.
        ("a: {to: p, default: 7}", json!({"a": ""}), json!({"p": 7})),
        ("a: {to: p, when: {b: null}}\n  b:", json!({"a": 1, "b": ""}), json!({"p": 1})),
        ("b: {same_as: a}\n  a.x: p.x", json!({"b": [{"x": 2}]}), json!({"p": {"x": 2}})),
        (
            "k: {key_parts: {vault: p.v, name: p.n, version: p.r}}",
            json!({"k": "https://kv/keys/one"}),
            json!({"p": {"v": "https://kv/", "n": "one", "r": ""}}),
        ),
        (
            "k: {to: p, each: '.', key_parts: {vault: v, name: n}}",
            json!({"k": ["https://kv/keys/one/1"]}),
            json!({"p": [{"v": "https://kv/", "n": "one"}]}),
        ),
    ] {
        assert_eq!(written(&format!("arguments:\n  {row}\n"), &arguments), wanted, "{row} {arguments}");
    }
}

#[test]
fn defaults_are_those_of_a_version_that_knows_the_arguments() {
    let mapping = "arguments:\n  a: {to: p, default: {v2: two, v3: three, v4: four, v5: five}}\n  o: {same_as: n}\n  \
                   n: {to: q}\n  b.c: {to: r}\nuntil: {v1: [b.c], v3: [o]}\n";
    for (provider, arguments, wanted) in [
        (1, json!({}), json!("two")),
        (2, json!({}), json!("two")),
        (4, json!({}), json!("four")),
        (9, json!({}), json!("five")),
        (4, json!({"o": 1}), json!("three")),
        (4, json!({"o": "?x"}), json!("three")),
        (4, json!({"o": null, "b": []}), json!("four")),
        (2, json!({"o": 1}), json!("two")),
        (5, json!({"b": [{"c": 1}]}), json!("two")),
    ] {
        let given = Instance { provider, ..instance("azurerm_thing", &arguments) };
        assert_eq!(body(&read(mapping, &given).resources[0])["p"], wanted, "{provider} {arguments}");
    }
}

#[test]
fn each_text_of_a_list_can_be_a_child() {
    let mapping =
        "arguments:\n  l: {resources: {type: Microsoft.X/things/places, name: '.', arguments: {'.': location}}}\n";
    let reading = read(mapping, &instance("azurerm_thing", &json!({"name": "t", "l": ["West Europe", "?var.x"]})));
    let shown: Vec<Json> = reading.resources.iter().skip(1).map(body).collect();
    assert_eq!(shown, [json!({"name": "West Europe", "location": "West Europe"})]);
    assert_eq!(reading.resources[0].unread, [("children.places".to_owned(), "var.x".to_owned())]);
}

#[test]
fn blocks_count_when_they_are_there() {
    let mapping = "arguments:\n  b: {present: {p.kind: on}, absent: {p.kind: off}}\n  b.x: {to: p.x, default: 1}\n  \
                   b.y: {to: p.y, default: 2, always: true}\n  b.c.z: p.c.z\n";
    for (arguments, wanted) in [
        (json!({}), json!({"p": {"kind": "off", "y": 2}})),
        (json!({"b": []}), json!({"p": {"kind": "off", "y": 2}})),
        (json!({"b": [{}]}), json!({"p": {"kind": "on", "x": 1, "y": 2}})),
        (json!({"b": [{"x": 5}, {"x": 6}]}), json!({"p": {"kind": "on", "x": 5, "y": 2}})),
        (json!({"b": {"x": 5}}), json!({"p": {"kind": "on", "x": 5, "y": 2}})),
        (json!({"b": [{"c": [{"z": 3}]}]}), json!({"p": {"kind": "on", "x": 1, "y": 2, "c": {"z": 3}}})),
        (json!({"b": "?dyn"}), json!({"p": {"kind": "?dyn", "x": "?dyn", "y": "?dyn", "c": {"z": "?dyn"}}})),
        (json!({"b": ["?dyn"]}), json!({"p": {"kind": "on", "x": "?dyn", "y": "?dyn", "c": {"z": "?dyn"}}})),
        (json!({"b": [{"c": "?dyn"}]}), json!({"p": {"kind": "on", "x": 1, "y": 2, "c": {"z": "?dyn"}}})),
    ] {
        assert_eq!(written(mapping, &arguments), wanted, "{arguments}");
    }
}

#[test]
fn repeated_blocks_are_lists() {
    let mapping = "arguments:\n  r:\n    to: p.rules\n    items: {name: name, ip: {to: q.ip, default: any}}\n    set: {q.on: true}\n  \
                   s: {to: p.rules, append: true, each: name}\n";
    for (arguments, wanted) in [
        (json!({}), json!({})),
        (json!({"r": [{"name": "a"}]}), json!({"p": {"rules": [{"name": "a", "q": {"ip": "any", "on": true}}]}})),
        (json!({"r": ["?x"]}), json!({"p": {"rules": ["?x"]}})),
        (json!({"r": "?x"}), json!({"p": {"rules": "?x"}})),
        (json!({"r": [{"name": "a"}], "s": ["b"]}), {
            json!({"p": {"rules": [{"name": "a", "q": {"ip": "any", "on": true}}, {"name": "b"}]}})
        }),
        // A list that grows by something that is not known is not known.
        (json!({"r": [{"name": "a"}], "s": "?x"}), json!({"p": {"rules": "?x"}})),
    ] {
        assert_eq!(written(mapping, &arguments), wanted, "{arguments}");
    }
}

#[test]
fn children_are_declared_below_their_parent() {
    let mapping = "arguments:\n  sub:\n    resources: {type: Microsoft.X/things/subs, name: name, arguments: {ip: properties.ip}}\n  \
                   blob:\n    resource: {type: Microsoft.X/things/blobs, name: {value: default}, always: true, arguments: \
                   {days: {to: properties.days, default: 7}, on: {absent: {properties.on: false}, always: true}}}\n  \
                   flag:\n    resource: {type: Microsoft.X/things/flags, name: {value: current}, always: true, arguments: \
                   {'.': {to: properties.state, default: true, always: true, values: {true: Enabled, false: Disabled}}}}\n";
    let list = |arguments: Json| {
        let reading = read(mapping, &instance("azurerm_thing", &arguments));
        let mut all: Vec<(String, Json)> = reading.resources.iter().skip(1).map(|r| (r.id.clone(), body(r))).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        (all, reading.resources[0].unread.clone())
    };
    let top = "/subscriptions/S/resourceGroups/g/providers/Microsoft.X/things/t";
    let (all, unread) =
        list(json!({"name": "t", "resource_group_name": "g", "sub": [{"name": "a", "ip": "?v"}, {"ip": "1"}]}));
    assert_eq!(
        all,
        [
            (format!("{top}/blobs/default"), json!({"name": "default", "properties": {"on": false}})),
            (format!("{top}/flags/current"), json!({"name": "current", "properties": {"state": "Enabled"}})),
            (
                format!("{top}/subs/(azurerm_thing.main.sub[1])"),
                json!({"name": "?name is not given", "properties": {"ip": "1"}})
            ),
            (format!("{top}/subs/a"), json!({"name": "a", "properties": {"ip": "?v"}})),
        ]
    );
    assert!(unread.is_empty());
    let (all, unread) =
        list(json!({"name": "t", "resource_group_name": "g", "sub": "?dyn", "blob": [{"on": true}], "flag": false}));
    assert_eq!(all[0].1, json!({"name": "default", "properties": {"days": 7}}));
    assert_eq!(all[1].1, json!({"name": "current", "properties": {"state": "Disabled"}}));
    assert_eq!(unread, [("children.subs".to_owned(), "dyn".to_owned())]);
}

#[test]
fn one_block_may_have_several_tables() {
    let mapping = "also:\n  - {type: Microsoft.X/things/tde, name: {value: current}, always: true, arguments: {on: {to: \
                   properties.state, default: true, values: {true: Enabled, false: Disabled}}}}\narguments:\n  b:\n    \
                   resource: {type: Microsoft.X/things/ad, name: {value: x}, arguments: {only: properties.only}}\n  b.login: \
                   properties.login\n  c:\n    - {to: p.c, when: {c.kind: 1}, items: {name: name, kind: }}\n    - {to: p.d, when: \
                   {c.kind: 2}, items: {name: name, kind: }}\n";
    let given =
        json!({"b": [{"only": true, "login": "l", "odd": 1}], "c": [{"name": "n", "kind": 2, "odd": 1}], "odd": 1});
    let reading = read(mapping, &instance("azurerm_thing", &given));
    let texts: Vec<&str> = reading.remarks.iter().filter_map(|r| r.text.split(' ').nth(1)).collect();
    assert_eq!(texts, ["b.odd", "c.odd", "odd"]);
    let children: Vec<Json> = reading.resources.iter().map(body).collect();
    assert_eq!(children[0]["properties"], json!({"login": "l"}));
    assert_eq!(children[0]["p"], json!({"d": [{"name": "n"}]}));
    assert_eq!(children[1]["properties"], json!({"only": true}));
    assert_eq!(children[2]["properties"], json!({"state": "Enabled"}));
}

#[test]
fn what_counts_more_wins() {
    let mapping = "set: {p: constant}\narguments:\n  a: {to: p, default: left}\n  b: p\n  c: {present: {p: present}}\n";
    for (arguments, wanted) in [
        (json!({}), "left"),
        (json!({"c": 1}), "present"),
        (json!({"a": "?v", "c": 1}), "?v"),
        (json!({"a": "?v", "b": "known"}), "known"),
    ] {
        assert_eq!(written(mapping, &arguments)["p"], wanted, "{arguments}");
    }
}

#[test]
fn places_are_those_of_the_arguments() {
    let at = |range| Span::new(FileId(0), range);
    let mut given = instance("azurerm_thing", &json!({"name": "n", "a": 1, "b": [{"x": 2}]}));
    let mut members = given.body.as_object().unwrap().clone();
    members.get_mut("a").unwrap().at = Some(at(20..25));
    let block =
        Node::array(vec![Node::object([("x".into(), Node::new(Value::Int(2)).at(at(44..49)))].into()).at(at(40..50))]);
    members.insert("b".into(), block);
    given.body = Node::object(members);
    let reading = read(
        "arguments:\n  a: properties.a\n  b: {present: {properties.b.on: true}}\n  b.x: properties.b.x\n  c: {to: properties.c, default: 1}\n",
        &given,
    );
    let properties = &reading.resources[0].body["properties"];
    assert_eq!(properties.get("a").unwrap().at, Some(at(20..25)));
    assert_eq!(properties.get("b").unwrap().at, Some(at(40..50)));
    assert_eq!(properties.get("b").unwrap().get("on").unwrap().at, Some(at(40..50)));
    assert_eq!(properties.get("b").unwrap().get("x").unwrap().at, Some(at(44..49)));
    assert_eq!(properties.get("c").unwrap().at, None);
}

#[test]
fn arguments_without_row_are_kept_and_said_once() {
    let mapping = "arguments:\n  b.x: p.x\nsecret: [password]\nignored: [noise]\n";
    let given = json!({"strange": 1, "b": [{"y": 2, "x": 1}], "password": "p", "noise": 1, "api_token": "t", "timeouts": [{"create": "1h"}]});
    let kind = Type::parse(&format!("{HEAD}{mapping}")).unwrap();
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    for address in ["azurerm_thing.a", "azurerm_thing.b"] {
        let given = Instance { address: address.to_owned(), ..instance("azurerm_thing", &given) };
        make::map(&kind, &given, &mut ids, &mut reading);
    }
    let texts: Vec<&str> = reading.remarks.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "argument b.y of azurerm_thing is not mapped",
            "argument api_token of azurerm_thing is not mapped",
            "argument strange of azurerm_thing is not mapped",
        ]
    );
    let shown = body(&reading.resources[1]);
    assert_eq!(shown["terraform"], json!({"b": {"y": 2}, "strange": 1}));
    assert!(!shown.to_string().contains("\"p\":\"p\"") && !shown.to_string().contains("api_token"));
}

#[test]
fn ignored_changes_are_not_known() {
    let mapping = "arguments:\n  a: properties.a\n  b.x: properties.b.x\n  sku: {transform: flexible_sku}\n  \
                   r: {to: properties.r, items: {n: n}}\n";
    for (path, wanted) in [
        ("a", vec!["resource.properties.a"]),
        ("b", vec!["resource.properties.b.x"]),
        ("b.x", vec!["resource.properties.b.x"]),
        ("tags", vec!["resource.tags"]),
        ("tags.owner", vec!["resource.tags.owner"]),
        ("sku", vec!["resource.sku.name", "resource.sku.tier"]),
        ("r.n", vec!["resource.properties.r"]),
        ("all", vec![""]),
        ("never", vec![]),
    ] {
        let given = Instance { ignore_changes: vec![path.to_owned()], ..instance("azurerm_thing", &json!({"a": 1})) };
        let reading = read(mapping, &given);
        let reads: Vec<&str> = reading.resources[0].unread.iter().map(|(read, _)| read.as_str()).collect();
        assert_eq!(reads, wanted, "{path}");
        assert!(reading.resources[0].unread.iter().all(|(_, reason)| reason == make::IGNORED));
    }
}

#[test]
fn ids_stand_where_the_place_says() {
    let id = |place: &str, arm_type: &str, arguments: Json| {
        let kind = Type::parse(&format!("type: {arm_type}\nplace: {place}\n")).unwrap();
        let mut reading = Reading::default();
        make::map(&kind, &instance("azurerm_thing", &arguments), &mut Ids::default(), &mut reading);
        assert!(reading.fragments.is_empty());
        reading.resources.first().map(|r| r.id.clone()).unwrap_or_default()
    };
    let rg = "/subscriptions/S/resourceGroups";
    for (place, arm_type, arguments, wanted) in [
        (
            "{in: resource_group}",
            "M.X/a",
            json!({"name": "n", "resource_group_name": "g"}),
            format!("{rg}/g/providers/M.X/a/n"),
        ),
        (
            "{in: resource_group}",
            "M.X/a",
            json!({"name": "?v"}),
            format!("{rg}/(resource group)/providers/M.X/a/(azurerm_thing.main)"),
        ),
        ("{in: subscription}", "M.X/a", json!({"name": "n"}), "/subscriptions/S/providers/M.X/a/n".to_owned()),
        (
            "{in: subscription}",
            "Microsoft.Resources/subscriptions/resourceGroups",
            json!({"name": "g"}),
            format!("{rg}/g"),
        ),
        (
            "{parent: p_id}",
            "M.X/a/b",
            json!({"name": "n", "p_id": "/subscriptions/T/x"}),
            "/subscriptions/T/x/b/n".to_owned(),
        ),
        (
            "{parent: p_id}",
            "M.X/a/b",
            json!({"name": "n", "p_id": "?data.x"}),
            format!("{rg}/(resource group)/providers/M.X/a/(azurerm_thing.main)/b/n"),
        ),
        (
            "{parent: p_id}",
            "M.X/a/b",
            json!({"name": "n", "p_id": "not-an-id"}),
            format!("{rg}/(resource group)/providers/M.X/a/(not-an-id)/b/n"),
        ),
        (
            "{parent: p_id}",
            "M.X/a/b",
            json!({"name": "n", "p_id": "https://kv.vault.azure.net/"}),
            format!("{rg}/(resource group)/providers/M.X/a/kv/b/n"),
        ),
        (
            "{parent: [p_id, {name: p_name, group: resource_group_name}]}",
            "M.X/a/b",
            json!({"name": "n", "p_name": "p", "resource_group_name": "g"}),
            format!("{rg}/g/providers/M.X/a/p/b/n"),
        ),
        (
            "{parent: [{id: s_id, add: c/default}, {names: [s, {value: default}]}]}",
            "M.X/a/c/b",
            json!({"name": "n", "s": "p"}),
            format!("{rg}/(resource group)/providers/M.X/a/p/c/default/b/n"),
        ),
        (
            "{parent: [{id: s_id, add: c/default}]}",
            "M.X/a/c/b",
            json!({"name": "n", "s_id": "/subscriptions/T/q"}),
            "/subscriptions/T/q/c/default/b/n".to_owned(),
        ),
        (
            "{extends: scope}",
            "M.X/l",
            json!({"name": "n", "scope": "/subscriptions/T"}),
            "/subscriptions/T/providers/M.X/l/n".to_owned(),
        ),
        (
            "{extends: scope}",
            "M.X/l",
            json!({"name": "n", "scope": "?x"}),
            format!("{rg}/(resource group)/providers/(scope)/(scope)/(azurerm_thing.main)/providers/M.X/l/n"),
        ),
        ("{in: tenant, name: {value: only}}", "M.X/l", json!({}), "/providers/M.X/l/only".to_owned()),
    ] {
        assert_eq!(id(place, arm_type, arguments.clone()), wanted, "{place} {arguments}");
    }
}

#[test]
fn fragments_join_their_resource() {
    let kind =
        Type::parse("type: M.X/a\nplace: {joins: a_id, extend_lists: true}\narguments: {k: 'properties.l[0].k'}\n")
            .unwrap();
    for (given, wanted) in [("/subscriptions/T/a", "/subscriptions/T/a"), ("?v", "?v")] {
        let mut reading = Reading::default();
        let given = instance("azurerm_thing", &json!({"a_id": given, "k": 1}));
        make::map(&kind, &given, &mut Ids::default(), &mut reading);
        assert!(reading.resources.is_empty());
        let fragment = &reading.fragments[0];
        assert_eq!(show(&fragment.target), json!(wanted));
        assert_eq!(show(&Node::object(fragment.body.clone())), json!({"properties": {"l": [{"k": 1}]}}));
        assert!(fragment.extends);
    }
}

#[test]
fn attributes_agree_with_declarations() {
    let kind = Type::parse(&format!(
        "{HEAD}arguments: {{tier: {{to: p, default: {{v3: a, v4: b}}}}, note: q, block.x: r}}\n\
         exports: {{uri: 'https://{{name}}/{{tier}}', up: '{{id}}/x', bad: '{{note}}'}}\napply_only: [key]\ncomputed: [note]\n"
    ))
    .unwrap();
    let mut ids = Ids::default();
    let given = instance("azurerm_thing", &json!({"name": "n", "resource_group_name": "g"}));
    let mut get = |name: &str| export::attribute(&kind, &given, name, &mut ids).map(|n| show(&n));
    let id = "/subscriptions/S/resourceGroups/g/providers/Microsoft.X/things/n";
    assert_eq!(get("id"), Some(json!(id)));
    assert_eq!(get("up"), Some(json!(format!("{id}/x"))));
    assert_eq!(get("uri"), Some(json!("https://n/b")));
    assert_eq!(get("tier"), Some(json!("b")));
    assert_eq!(get("note"), Some(json!("?azurerm_thing.main.note is left out, so Azure decides it")));
    assert_eq!(get("tags"), Some(Json::Null));
    assert_eq!(get("block"), Some(json!("?azurerm_thing.main.block is left out, so Azure decides it")));
    assert_eq!(get("bad"), Some(json!("?note is not given")));
    assert_eq!(get("key"), Some(json!("?azurerm_thing.main.key is known after apply")));
    assert_eq!(get("other"), None);
    let mut reading = Reading::default();
    make::map(&kind, &given, &mut ids, &mut reading);
    assert_eq!(reading.resources[0].id, id);
}

#[test]
fn wrong_files_are_refused() {
    for (text, why) in [
        ("place: {in: resource_group}", "type is missing"),
        ("type: a/b", "place is missing"),
        ("type: a/b\nplace: {in: nowhere}", "nowhere"),
        ("type: a/b\nplace: {parent: a, joins: b}", "one of"),
        ("type: a/b\nplace: {in: tenant}\narguments: {a: {too: b}}", "too is not a word"),
        ("type: a/b\nplace: {in: tenant}\narguments: {a: {to: b, transform: c}}", "no transform c"),
        ("type: a/b\nplace: {in: tenant}\narguments: {a: {to: b, take: c}}", "no step c"),
        ("type: a/b\nplace: {in: tenant}\narguments: {a: {same_as: b}}", "not in the table"),
        ("type: a/b\nplace: {in: tenant}\narguments: {a: {same_as: a}}", "same_as"),
        ("type: a/b\nplace: {in: tenant}\narguments: {a: 'b..c'}", "not a path"),
        ("type: a/b\nplace: {in: tenant}\nargument: {}", "argument is not a word"),
        ("type: a/b\nplace: {in: tenant}\ncomputed: [q]", "q is not in the table"),
        ("type: a/b\nplace: {in: tenant}\nuntil: {v3: [q]}", "q is not in the table"),
        ("type: a/b\nplace: {in: tenant}\nuntil: {v9: [location]}", "v9 is no version"),
        ("[", ""),
    ] {
        let error = Type::parse(text).expect_err(text);
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[test]
fn deep_and_odd_bodies_do_no_harm() {
    let mapping = "arguments:\n  b.x: p.x\n  r: {to: p.r, items: {r: r}}\n";
    let mut deep = json!({"n": 1});
    for _ in 0..90 {
        deep = json!({"r": [deep], "b": [1, "x", null]});
    }
    let reading = read(mapping, &instance("azurerm_thing", &deep));
    assert_eq!(reading.resources.len(), 1);
    let odd = Instance { body: Node::unknown("everything"), ..instance("azurerm_thing", &json!({})) };
    assert_eq!(read(mapping, &odd).resources.len(), 1);
}
