//! Tests of whole templates.

use serde_json::{Value as Json, json};

use super::*;

mod deployments;

/// What a template declares: ids without their subscription, and bodies with `"?"` for what is not known.
struct Seen {
    tree: Tree,
    reading: Reading,
}

fn read_files(files: &[(&str, String)], parameter_files: &[&str]) -> Seen {
    let tree = Tree::memory(files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())));
    let name = files[0].0;
    let mut reading = Reading::default();
    let (root, file) = read_json(&tree, name, &mut |_| {}).unwrap();
    let options = Options { parameter_files: parameter_files.iter().map(|f| (*f).to_owned()).collect(), given: None };
    read_template(&tree, name, &root, file, &options, &mut Ids::default(), &mut reading);
    Seen { tree, reading }
}

fn read(template: &Json) -> Seen {
    read_files(&[("main.json", template.to_string())], &[])
}

fn shown(node: &Node) -> Json {
    match &node.value {
        Value::Unknown(_) => json!("?"),
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(members) => Json::Object(members.iter().map(|(k, v)| (k.to_string(), shown(v))).collect()),
        _ => node.to_json().unwrap(),
    }
}

impl Seen {
    fn ids(&self) -> Vec<String> {
        let subscription = Ids::subscription_of("main.json");
        self.reading
            .resources
            .iter()
            .map(|r| r.id.replace(&subscription, "S").replace("/resourceGroups/(resource group)", "/RG"))
            .collect()
    }

    fn get(&self, address: &str) -> &Declaration {
        let found = self
            .reading
            .resources
            .iter()
            .find(|r| r.address == address || r.address.starts_with(&format!("{address} (")));
        found.unwrap_or_else(|| panic!("{address} is not in {:?}", self.addresses()))
    }

    fn addresses(&self) -> Vec<&str> {
        self.reading.resources.iter().map(|r| r.address.as_str()).collect()
    }

    fn properties(&self, address: &str) -> Json {
        self.get(address).body.get("properties").map_or(json!(null), shown)
    }

    fn text(&self, span: Span) -> String {
        self.tree.text(span.file)[span.start as usize..span.end as usize].to_owned()
    }

    fn missing(&self) -> Vec<&str> {
        self.reading.missing.iter().map(|m| m.detail.as_str()).collect()
    }
}

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// A template with one resource whose properties have the expressions, named by their place.
fn values(extra: &Json, expressions: &[&str]) -> Vec<Json> {
    let properties: Json = expressions
        .iter()
        .enumerate()
        .map(|(at, e)| (at.to_string(), json!(e)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let mut template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "properties": properties}],
    });
    template.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let seen = read(&template);
    let found = seen.properties("resources[0]");
    expressions.iter().enumerate().map(|(at, _)| found.get(at.to_string()).cloned().unwrap_or(json!(null))).collect()
}

#[test]
fn expressions_are_worked_out() {
    let extra = json!({
        "parameters": {
            "p": {"type": "string", "defaultValue": "v"},
            "none": {"type": "string"},
            "only": {"type": "string", "allowedValues": ["o"]},
            "opt": {"type": "string", "nullable": true},
            "named": {"$ref": "#/definitions/maybe"},
            "some": {"type": "array", "allowedValues": ["o"]},
            "bool": {"type": "bool"},
            "list": {"type": "array", "defaultValue": ["a", "b"]},
            "next": {"type": "string", "defaultValue": "[concat(parameters('p'), '!')]"},
        },
        "variables": {
            "o": {"Key": "[parameters('P')]", "list": [1, 2, {"deep": "d"}]},
            "a": "[variables('b')]", "b": "[variables('a')]",
            "copy": [{"name": "loop", "count": 3, "input": "[concat('x', copyIndex('loop', 1))]"}],
            "inner": {"copy": [{"name": "made", "count": 2, "input": {"n": "[copyIndex('made')]"}}]},
        },
        "definitions": {"maybe": {"$ref": "#/definitions/word"}, "word": {"type": "string", "nullable": true}},
        "functions": [{"namespace": "my", "members": {"both": {
            "parameters": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}],
            "output": {"type": "string", "value": "[concat(parameters('a'), '-', parameters('b'))]"},
        }}}],
    });
    let rows = [
        ("[parameters('p')]", json!("v")),
        ("[PARAMETERS('P')]", json!("v")),
        ("[[parameters('p')]", json!("[parameters('p')]")),
        ("[parameters('p')", json!("[parameters('p')")),
        ("[parameters('none')]", json!("?")),
        ("[parameters('only')]", json!("o")),
        ("[parameters('opt')]", json!(null)),
        ("[coalesce(parameters('named'), 'null')]", json!("null")),
        ("[parameters('some')]", json!("?")),
        ("[parameters('next')]", json!("v!")),
        ("[parameters('nowhere')]", json!("?")),
        ("[variables('o').key]", json!("v")),
        ("[variables('o')['list'][2].deep]", json!("d")),
        ("[variables('o').list[add(0, 1)]]", json!(2)),
        ("[variables('o').nope]", json!("?")),
        ("[variables('o').list[9]]", json!("?")),
        ("[variables('a')]", json!("?")),
        ("[variables('loop')]", json!(["x1", "x2", "x3"])),
        ("[variables('inner').made[1].n]", json!(1)),
        ("[my.both('x', parameters('p'))]", json!("x-v")),
        ("[my.none('x')]", json!("?")),
        ("[if(equals(parameters('p'), 'v'), 'yes', variables('a'))]", json!("yes")),
        ("[if(parameters('bool'), 'a', 'b')]", json!("?")),
        (
            "[if(parameters('bool'), createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3))]",
            json!({"a": 1, "b": "?"}),
        ),
        ("[and(false(), variables('a'))]", json!(false)),
        ("[or(parameters('bool'), true())]", json!(true)),
        ("[coalesce(parameters('opt'), 'z')]", json!("z")),
        ("[map(parameters('list'), lambda('i', concat(lambdaVariables('i'), '1')))]", json!(["a1", "b1"])),
        ("[map(parameters('list'), lambda('i', 'n', add(lambdaVariables('n'), 5)))]", json!([5, 6])),
        ("[filter(parameters('list'), lambda('i', equals(lambdaVariables('i'), 'b')))]", json!(["b"])),
        ("[toObject(parameters('list'), lambda('k', lambdaVariables('k')))]", json!({"a": "a", "b": "b"})),
        ("[reduce(range(1, 3), 0, lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))]", json!(6)),
        ("[resourceGroup().location]", json!("?")),
        ("[resourceGroup().name]", json!("?")),
        ("[concat('a-', subscription().subscriptionId)]", json!("?")),
        ("[startsWith(resourceGroup().name, 'prod')]", json!("?")),
        ("[environment().suffixes.sqlServerHostname]", json!(".database.windows.net")),
        ("[tryGet(variables('o'), 'nope')]", json!(null)),
        ("[no.such]", json!("?")),
        ("[concat('a']", json!("?")),
        ("[]", json!("?")),
        ("[copyIndex()]", json!("?")),
        ("[json('{\"a\":null}').a]", json!(null)),
    ];
    let got = values(&extra, &rows.each_ref().map(|r| r.0));
    for ((expression, wanted), got) in rows.iter().zip(got) {
        assert_eq!(&got, wanted, "{expression}");
    }
}

#[test]
fn reasons_say_what_is_missing() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "parameters": {"s": {"type": "securestring"}},
        "variables": {"a": "[variables('a')]"},
        "resources": [{"type": "A.B/c", "name": "x", "properties": {
            "secret": "[parameters('s')]", "cycle": "[variables('a')]", "broken": "[concat('a']",
            "asked": "[reference('/x', '2020').y]", "keys": "[listKeys('x', '2020').keys[0].value]",
        }}],
    });
    let seen = read(&template);
    let properties = seen.get("resources[0]").body["properties"].clone();
    for (name, wanted, sensitive) in [
        ("secret", "parameter 's' has no value", true),
        ("cycle", "the variable 'a' needs itself", false),
        ("broken", "concat('a': the expression has no ')'", false),
        ("asked", "reference('/x', '2020').y is read when it is deployed", false),
        ("keys", "listKeys('x', '2020') is read when it is deployed", true),
    ] {
        let node = properties.get(name).unwrap();
        assert!(node.reason().unwrap().contains(wanted), "{name}: {node:?}");
        assert_eq!(node.sensitive, sensitive, "{name}");
    }
}

#[test]
fn loops_make_resources() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "parameters": {"n": {"type": "int"}},
        "resources": [
            {"type": "A.B/c", "name": "[concat('x', copyIndex(1))]", "copy": {"name": "l", "count": 2},
             "properties": {"i": "[copyIndex('l')]", "copy": [{"name": "list", "count": 2, "input": "[add(copyIndex('list'), mul(10, copyIndex()))]"}]}},
            {"type": "A.B/c", "name": "none", "copy": {"name": "l", "count": 0}},
            {"type": "A.B/c", "name": "[concat('y', copyIndex())]", "copy": {"name": "l", "count": "[parameters('n')]"}, "properties": {"a": 1, "i": "[copyIndex()]"}},
            {"type": "A.B/c", "name": "many", "copy": {"name": "l", "count": 10001}},
            {"type": "A.B/c", "name": "props", "properties": {"copy": [{"name": "list", "count": "[parameters('n')]", "input": 1}], "a": 1}},
            {"type": "A.B/c", "name": "plain", "properties": {"copy": {"some": "thing"}}},
        ],
    });
    let seen = read(&template);
    assert_eq!(seen.ids()[..2], ["/subscriptions/S/RG/providers/A.B/c/x1", "/subscriptions/S/RG/providers/A.B/c/x2"]);
    assert_eq!(seen.properties("resources[0][1]"), json!({"i": 1, "list": [10, 11]}));
    assert_eq!(seen.properties("resources[2][?]"), json!({"a": 1, "i": "?"}));
    assert!(seen.get("resources[2][?]").body["name"].reason().is_some());
    assert_eq!(seen.properties("resources[4]"), json!({"list": "?", "a": 1}));
    assert_eq!(seen.properties("resources[5]"), json!({"copy": {"some": "thing"}}));
    assert!(seen.reading.remarks.iter().any(|r| r.text.starts_with("resources[2] may not exist")));
    assert!(seen.missing().iter().any(|m| m.contains("10001 times")), "{:?}", seen.missing());
    assert_eq!(seen.reading.resources.len(), 6);
}

#[test]
fn conditions_decide() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "parameters": {"maybe": {"type": "bool"}, "no": {"type": "bool", "defaultValue": false}},
        "resources": [
            {"type": "A.B/c", "name": "a", "condition": "[parameters('no')]"},
            {"type": "A.B/c", "name": "b", "condition": "[not(parameters('no'))]"},
            {"type": "A.B/c", "name": "c", "condition": "[parameters('maybe')]"},
            {"type": "A.B/c", "name": "d", "condition": "[and(parameters('no'), parameters('maybe'))]"},
        ],
    });
    let seen = read(&template);
    assert_eq!(seen.ids(), ["/subscriptions/S/RG/providers/A.B/c/b", "/subscriptions/S/RG/providers/A.B/c/c"]);
    assert!(
        seen.reading.remarks.iter().any(|r| r.text == "resources[2] may not exist: parameter 'maybe' has no value")
    );
}

#[test]
fn children_and_extensions_have_ids() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "parameters": {"v": {"type": "string"}},
        "variables": {"vault": "[concat(parameters('v'), '-kv')]"},
        "resources": [
            {"type": "Microsoft.KeyVault/vaults/keys", "name": "[format('{0}-kv/{1}', parameters('v'), 'k')]"},
            {"type": "Microsoft.KeyVault/vaults", "name": "[variables('vault')]", "resources": [
                {"type": "secrets", "name": "s"},
                {"type": "Microsoft.KeyVault/vaults/secrets", "name": "[concat(variables('vault'), '/t')]"},
                {"type": "providers/locks", "name": "Microsoft.Authorization/l"},
            ]},
            {"type": "Microsoft.Storage/storageAccounts/providers/diagnosticSettings", "name": "acct/Microsoft.Insights/d"},
            {"type": "Microsoft.Insights/diagnosticSettings", "name": "e", "scope": "[format('Microsoft.KeyVault/vaults/{0}', variables('vault'))]"},
            {"type": "Microsoft.Insights/diagnosticSettings", "name": "f", "scope": "[resourceId('Microsoft.KeyVault/vaults', variables('vault'))]"},
            {"type": "Microsoft.Insights/diagnosticSettings", "name": "g", "scope": "Microsoft.Storage/storageAccounts/acct"},
            {"type": "A.B/c", "name": "p", "properties": {
                "id": "[resourceId('Microsoft.KeyVault/vaults/keys', variables('vault'), 'k')]",
                "other": "[resourceId('Microsoft.KeyVault/vaults', parameters('v'))]",
                "known": "[resourceId('Microsoft.KeyVault/vaults', 'z')]",
                "name": "[last(split(resourceId('Microsoft.KeyVault/vaults', variables('vault')), '/'))]",
                "starts": "[startsWith(last(split(resourceId('Microsoft.KeyVault/vaults', variables('vault')), '/')), 'x')]",
            }},
            {"type": "A.B/c/d", "name": "alone"},
        ],
    });
    let seen = read(&template);
    let vault = "/subscriptions/S/RG/providers/Microsoft.KeyVault/vaults";
    assert_eq!(
        seen.ids(),
        [
            format!("{vault}/(resources[1])/keys/k"),
            format!("{vault}/(resources[1])"),
            format!("{vault}/(resources[1])/secrets/s"),
            format!("{vault}/(resources[1])/secrets/t"),
            format!("{vault}/(resources[1])/providers/Microsoft.Authorization/locks/l"),
            "/subscriptions/S/RG/providers/Microsoft.Storage/storageAccounts/acct/providers/Microsoft.Insights/diagnosticSettings/d".to_owned(),
            format!("{vault}/(resources[1])/providers/Microsoft.Insights/diagnosticSettings/e"),
            format!("{vault}/(resources[1])/providers/Microsoft.Insights/diagnosticSettings/f"),
            "/subscriptions/S/RG/providers/Microsoft.Storage/storageAccounts/acct/providers/Microsoft.Insights/diagnosticSettings/g".to_owned(),
            "/subscriptions/S/RG/providers/A.B/c/p".to_owned(),
            "/subscriptions/S/RG/providers/A.B/c/(parent of resources[7])/d/alone".to_owned(),
        ]
    );
    assert_eq!(seen.get("resources[1].resources[2]").arm_type, "Microsoft.Authorization/locks");
    assert_eq!(seen.get("resources[2]").arm_type, "Microsoft.Insights/diagnosticSettings");
    let p = seen.properties("resources[6]");
    assert!(p["id"].as_str().unwrap().ends_with("/vaults/(resources[1])/keys/k"), "{p}");
    assert_eq!((&p["other"], &p["name"], &p["starts"]), (&json!("?"), &json!("?"), &json!("?")));
    assert!(p["known"].as_str().unwrap().ends_with("/vaults/z"));
}

#[test]
fn references_give_what_is_written() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "variables": {"v": "MyVault"},
        "resources": [
            {"type": "Microsoft.KeyVault/vaults", "name": "[variables('v')]", "location": "westeurope", "properties": {
                "tier": "[toLower('HIGH')]", "acl": {"bypass": "None", "list": ["a"]}, "back": "[reference('x').id2]"}},
            {"type": "A.B/c", "name": "x", "properties": {
                "uri": "[reference(variables('v')).vaultUri]",
                "tier": "[reference(resourceId('Microsoft.KeyVault/vaults', variables('v')), '2019-09-01').tier]",
                "bypass": "[reference(concat('Microsoft.KeyVault/vaults/', variables('v')), '2019-09-01').ACL.bypass]",
                "list": "[reference(variables('v')).acl.list[0]]",
                "whole": "[reference(variables('v')).acl]",
                "location": "[reference(variables('v'), '2019-09-01', 'Full').location]",
                "principal": "[reference(variables('v'), '2019-09-01', 'Full').identity.principalId]",
                "key": "[reference(resourceId('Microsoft.KeyVault/vaults/keys', variables('v'), 'k')).keyUri]",
                "blob": "[reference('acct').primaryEndpoints.blob]",
                "else": "[reference('/subscriptions/s/resourceGroups/g/providers/A.B/c/y').z]",
                "id2": "[reference(variables('v')).back]",
            }},
            {"type": "Microsoft.KeyVault/vaults/keys", "name": "MyVault/k"},
            {"type": "Microsoft.Storage/storageAccounts", "name": "acct"},
        ],
    });
    let seen = read(&template);
    assert_eq!(
        seen.properties("resources[1]"),
        json!({
            "uri": "https://myvault.vault.azure.net/", "tier": "high", "bypass": "None", "list": "a", "whole": "?",
            "location": "westeurope", "principal": "?", "key": "https://myvault.vault.azure.net/keys/k",
            "blob": "https://acct.blob.core.windows.net/", "else": "?", "id2": "?",
        })
    );
}

#[test]
fn doubtful_children_hide_the_collection() {
    let child = |extra: Json| {
        let mut child =
            json!({"type": "configurations", "apiVersion": "2022-12-01", "name": "c", "properties": {"value": "on"}});
        child.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        json!({
            "$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": {"p": {"type": "bool"}},
            "resources": [{"type": "Microsoft.DBforPostgreSQL/flexibleServers", "name": "[parameters('p')]", "resources": [child]}],
        })
    };
    for (extra, wanted) in [
        (json!({}), false),
        (json!({"condition": true}), false),
        (json!({"condition": "[parameters('p')]"}), true),
        (json!({"name": "[parameters('p')]"}), true),
        (json!({"copy": {"name": "l", "count": "[parameters('p')]"}}), true),
    ] {
        let seen = read(&child(extra.clone()));
        let unread: Vec<&str> = seen.get("resources[0]").unread.iter().map(|(read, _)| read.as_str()).collect();
        let expected: &[&str] = if wanted { &["children.configurations"] } else { &[] };
        assert_eq!(unread, expected, "{extra}");
        assert_eq!(seen.reading.resources.len(), 2);
    }
}

#[test]
fn blueprints_hold_a_template() {
    let artifact = json!({"kind": "template", "properties": {
        "parameters": {"p": {"value": "given"}, "q": {"value": "[parameters('blueprint')]"}},
        "template": {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": {"p": {"type": "string"}, "q": {"type": "string", "defaultValue": "d"}},
            "resources": [{"type": "A.B/c", "name": "x", "properties": {"p": "[parameters('p')]", "q": "[parameters('q')]"}}]}}});
    assert_eq!(read(&artifact).properties("resources[0]"), json!({"p": "given", "q": "?"}));
}

#[test]
fn symbolic_names_work() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0", "languageVersion": "2.0",
        "resources": {
            "kv": {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2022-07-01", "name": "v", "dependsOn": ["old"],
                "properties": {"own": "[resourceInfo('kv').id]"}, "resources": {"inner": {"type": "keys", "name": "k"}}},
            "old": {"existing": true, "type": "Microsoft.KeyVault/vaults", "apiVersion": "2022-07-01", "name": "o"},
            "user": {"type": "A.B/c", "name": "u", "properties": {
                "uri": "[reference('kv').vaultUri]", "old": "[reference('old').vaultUri]", "oldId": "[resourceInfo('old').id]",
                "second": "[reference('many[1]').i]", "t": "[reference('old').tenantId]"}},
            "many": {"type": "A.B/c", "name": "[format('m{0}', copyIndex())]", "copy": {"name": "many", "count": 2}, "properties": {"i": "[copyIndex()]"}},
            "graph": {"import": "microsoftGraph", "type": "Microsoft.Graph/applications@v1.0", "properties": {}},
        },
    });
    let seen = read(&template);
    assert_eq!(seen.addresses(), ["kv", "kv.inner", "many[0]", "many[1]", "user"]);
    let user = seen.properties("user");
    assert_eq!(user["uri"], json!("https://v.vault.azure.net/"));
    assert_eq!(user["old"], json!("https://o.vault.azure.net/"));
    assert!(user["oldId"].as_str().unwrap().ends_with("/vaults/o"));
    assert_eq!((&user["second"], &user["t"]), (&json!(1), &json!("?")));
    let kv = seen.get("kv");
    assert_eq!(kv.api_version.as_deref(), Some("2022-07-01"));
    assert_eq!(kv.body.keys().map(|k| &**k).collect::<Vec<_>>(), ["name", "properties"]);
    assert_eq!(kv.body["properties"].get("own").unwrap().as_str(), Some(kv.id.as_str()));
    assert!(seen.reading.remarks.iter().any(|r| r.text.starts_with("graph belongs to an extension")));
}

#[test]
fn parameter_files_give_values() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "parameters": {"p": {"type": "string", "defaultValue": "d"}, "s": {"type": "securestring"}, "n": {"type": "int"}},
        "resources": [{"type": "A.B/c", "name": "x", "properties": {"p": "[parameters('p')]", "s": "[parameters('s')]", "n": "[parameters('n')]"}}],
    });
    let first = json!({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {
        "P": {"value": "given"}, "s": {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}, "more": {"value": 1}}});
    let files = [
        ("main.json", template.to_string()),
        ("a.parameters.json", first.to_string()),
        ("b.parameters.json", "{}".to_owned()),
    ];
    let seen = read_files(&files, &["a.parameters.json", "b.parameters.json"]);
    assert_eq!(seen.properties("resources[0]"), json!({"p": "given", "s": "?", "n": "?"}));
    let s = seen.get("resources[0]").body["properties"].get("s").cloned().unwrap();
    assert!(s.sensitive && s.reason().unwrap().contains("key vault"));
    assert!(seen.reading.remarks.iter().any(|r| r.text.contains("b.parameters.json")));
    let seen = read_files(&files, &["none.json"]);
    assert_eq!(seen.reading.missing[0].what, "none.json");
    assert_eq!(seen.properties("resources[0]")["p"], json!("d"));
}

#[test]
fn places_are_those_of_the_code() {
    let text = "{\n  \"$schema\": \"deploymentTemplate.json#\", \"contentVersion\": \"1\",\n  \"variables\": {\"v\": {\"in\": 1}},\n  \"resources\": [\n    {\n      \"type\": \"A.B/c\",\n      \"name\": \"x\",\n      \"properties\": {\"a\": \"[variables('v')]\", \"b\": {\"c\": true}}\n    },\n    {\"name\": \"y\", \"type\":\n      5}\n  ]\n}";
    let seen = read_files(&[("main.json", text.to_owned())], &[]);
    let one = seen.get("resources[0]");
    assert_eq!(seen.text(one.header), "\"type\": \"A.B/c\"");
    assert!(seen.text(one.at).starts_with("{\n      \"type\"") && seen.text(one.at).ends_with('}'));
    let properties = &one.body["properties"];
    assert_eq!(seen.text(one.body["name"].at.unwrap()), "\"name\": \"x\"");
    assert_eq!(seen.text(properties.get("a").unwrap().at.unwrap()), "\"a\": \"[variables('v')]\"");
    assert_eq!(seen.text(properties.get("a").unwrap().get("in").unwrap().at.unwrap()), "\"in\": 1");
    assert_eq!(seen.text(properties.get("b").unwrap().get("c").unwrap().at.unwrap()), "\"c\": true");
    assert_eq!(seen.reading.missing[0].what, "resources[1]");
    assert!(seen.text(seen.reading.missing[0].at.unwrap()).starts_with("{\"name\": \"y\""));
}

#[test]
fn ids_can_always_be_read() {
    let template = json!({"$schema": SCHEMA, "contentVersion": "1", "resources": [
        {"type": "A.B/c", "name": "a\nb"}, {"type": "A.B/c", "name": "x".repeat(5000)}, {"type": "A.B/c", "name": ""},
        {"type": "A.B/c", "name": "y", "scope": "/\u{7}"}, {"type": format!("A.B/{}", "c".repeat(5000)), "name": "z"}, {"type": "A.B", "name": "q"},
    ]});
    let seen = read(&template);
    assert_eq!(seen.reading.resources.len(), 6);
    for resource in &seen.reading.resources {
        let id = crate::model::ResourceId::parse(&resource.id);
        assert!(
            id.is_ok_and(
                |id| id.as_str().contains(&Ids::placeholder(&resource.address[..12])) || resource.arm_type == "A.B"
            ),
            "{}",
            resource.id
        );
    }
}

#[test]
fn nothing_is_lost() {
    let template = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": {"t": {"type": "string"}},
        "resources": [
            {"type": "[parameters('t')]", "name": "x"}, "text", {"name": "z"}, {"type": "A.B/c"},
            {"type": "A.B/c", "name": "[parameters('t')]", "properties": "[parameters('t')]", "tags": {"[parameters('t')]": "x", "[concat('k', 1)]": "y"}},
            {"type": "A.B/c", "name": "k", "tags": {"[concat('k', 1)]": "y", "n": null, "in": [null, {"m": null}]}},
        ],
    });
    let seen = read(&template);
    assert_eq!(seen.reading.missing.len(), 3);
    assert_eq!(seen.addresses(), ["resources[3] (A.B/c)", "resources[4] (A.B/c)", "resources[5] (A.B/c)"]);
    assert_eq!(seen.properties("resources[4]"), json!("?"));
    assert_eq!(shown(&seen.get("resources[4]").body["tags"]), json!("?"));
    // Null says where nothing is; the whole reading leaves it out of lists.
    let tags = json!({"k1": "y", "n": null, "in": [null, {"m": null}]});
    assert_eq!(shown(&seen.get("resources[5]").body["tags"]), tags);
}

#[test]
fn templates_are_recognised() {
    let schema = |name: &str| format!("https://schema.management.azure.com/schemas/2019-04-01/{name}#");
    for (json, wanted) in [
        (
            json!({"$schema": schema("deploymentTemplate.json"), "resources": []}),
            Some(Kind::Template(Scope::ResourceGroup)),
        ),
        (
            json!({"$schema": "http://schema.management.azure.com/schemas/2015-01-01/DeploymentTemplate.json", "resources": []}),
            Some(Kind::Template(Scope::ResourceGroup)),
        ),
        (json!({"$schema": schema("subscriptionDeploymentTemplate.json")}), Some(Kind::Template(Scope::Subscription))),
        (
            json!({"$schema": schema("managementGroupDeploymentTemplate.json")}),
            Some(Kind::Template(Scope::ManagementGroup)),
        ),
        (json!({"$schema": schema("tenantDeploymentTemplate.json")}), Some(Kind::Template(Scope::Tenant))),
        (json!({"$schema": schema("deploymentParameters.json"), "parameters": {}}), Some(Kind::Parameters)),
        (json!({"contentVersion": "1", "parameters": {"p": {"value": 1}}}), Some(Kind::Parameters)),
        (json!({"contentVersion": "1", "parameters": {"p": {"type": "int"}}}), None),
        (json!({"contentVersion": "1", "resources": []}), Some(Kind::Template(Scope::ResourceGroup))),
        (json!({"resources": [{"type": "A.B/c", "apiVersion": "2020"}]}), Some(Kind::Template(Scope::ResourceGroup))),
        (
            json!({"kind": "template", "properties": {"template": {"$schema": schema("deploymentTemplate.json"), "resources": []}}}),
            Some(Kind::Template(Scope::ResourceGroup)),
        ),
        (json!({"resources": [{"kind": "x"}]}), None),
        (
            json!({"$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#", "parameters": {}}),
            None,
        ),
        (json!({"resources": {}}), None),
        (json!([]), None),
    ] {
        assert_eq!(looks_like_template(&Node::from_json(&json)), wanted, "{json}");
    }
}

#[test]
fn hostile_templates_end() {
    let doubling: serde_json::Map<String, Json> = (0..60)
        .map(|n| {
            (
                format!("v{n}"),
                if n == 0 {
                    json!("x")
                } else {
                    json!([format!("[variables('v{}')]", n - 1), format!("[variables('v{}')]", n - 1)])
                },
            )
        })
        .collect();
    let mut chain: serde_json::Map<String, Json> =
        (0..2000).map(|n| (format!("v{n}"), json!(format!("[variables('v{}')]", n + 1)))).collect();
    chain.insert("v2000".to_owned(), json!("end"));
    let shape = |variables: Json, value: &str| {
        json!({"$schema": SCHEMA, "contentVersion": "1", "variables": variables,
            "functions": [{"namespace": "f", "members": {"r": {"parameters": [], "output": {"value": "[f.r()]"}}}}],
            "resources": [{"type": "A.B/c", "name": "x", "properties": {"a": value, "b": 1}}]})
    };
    for (variables, value) in [
        (json!(doubling), "[variables('v59')]"),
        (json!(chain), "[variables('v0')]"),
        (json!({}), "[f.r()]"),
        (
            json!({}),
            "[reduce(range(0, 100), createArray(1), lambda('a', 'b', createArray(lambdaVariables('a'), lambdaVariables('a'))))]",
        ),
        (json!({}), "[reduce(range(0, 10000), createArray(1), lambda('a', 'b', createArray(lambdaVariables('a'))))]"),
        (
            json!({}),
            "[reduce(range(0, 60), 'x', lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a'))))]",
        ),
        (json!({}), "[map(range(0, 10000), lambda('a', map(range(0, 10000), lambda('b', 1))))]"),
    ] {
        let seen = read(&shape(variables, value));
        let a = seen.properties("resources[0]");
        assert!(a["a"] == json!("?") || !a["a"].is_null(), "{value}");
        assert!(a["b"] == json!(1) || a["b"] == json!("?"));
        assert!(seen.get("resources[0]").body["properties"].first_unknown().is_some(), "{value}");
    }
    // Deployments in deployments.
    let mut template = json!({"$schema": SCHEMA, "contentVersion": "1", "resources": [{"type": "A.B/c", "name": "x"}]});
    for _ in 0..20 {
        template = json!({"$schema": SCHEMA, "contentVersion": "1", "resources": [
            {"type": "Microsoft.Resources/deployments", "name": "d", "copy": {"name": "c", "count": 1}, "properties": {"template": template}}]});
    }
    let seen = read(&template);
    assert!(seen.missing().iter().any(|m| m.contains("deeper than 16")), "{:?}", seen.missing());
    assert_eq!(seen.reading.resources.len(), 17);
    let fan = json!({"$schema": SCHEMA, "contentVersion": "1", "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "d", "copy": {"name": "c", "count": 1000}, "properties": {"template": {
            "resources": [{"type": "A.B/c", "name": "x", "copy": {"name": "c", "count": 1000}}]}}}]});
    assert!(!read(&fan).reading.missing.is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_an_expression_or_none(text in "[a-z0-9(),.'\\[\\] /{}é:-]{0,60}", name in "(concat|format|json|union|take|substring|reference|resourceId|split|if|dateTimeAdd|cidrHost|parameters|uri|padLeft|range)") {
        let seen = read(&json!({"$schema": SCHEMA, "contentVersion": "1", "parameters": {"a": {"type": "string"}}, "resources": [
            {"type": "A.B/c", "name": format!("[{name}({text})]"), "properties": {"a": format!("[{text}]"), "b": format!("[{name}({text}, 1)]"), "c": text}}]}));
        proptest::prop_assert_eq!(seen.reading.resources.len(), 1);
    }
}
