//! Tests of the whole: bodies in, bodies and reads out; and Microsoft's own examples with a canary in every text.

#[cfg(test)]
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::collect::redact::tree::{Node, parse};
use crate::collect::redact::{Cleaned, MARK, RedactError, Redactor, Why, table};
use crate::model::{ReadPath, Resource};

const SITE: &str = "Microsoft.Web/sites";
const CONFIG: &str = "Microsoft.Web/sites/config";
const PG: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

fn raw(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).unwrap()
}

fn clean_text(kind: &str, text: &str) -> Result<Cleaned, RedactError> {
    Redactor::new(None).clean(kind, &raw(text))
}

fn clean(kind: &str, body: &Value) -> (Value, Vec<String>) {
    let cleaned = clean_text(kind, &body.to_string()).unwrap();
    (serde_json::from_str(cleaned.body.get()).unwrap(), cleaned.dropped)
}

fn mark(why: Why) -> Value {
    json!({MARK: why.as_str()})
}

/// Cleans properties, and gives them and the reads.
fn properties(kind: &str, body: &Value) -> (Value, Vec<String>) {
    let (mut body, dropped) = clean(kind, &json!({"id": "/subscriptions/s/x", "properties": body}));
    (body["properties"].take(), dropped)
}

#[test]
fn what_the_specification_calls_secret_is_dropped_whatever_the_case_of_its_name() {
    let (body, dropped) = properties(
        &PG.to_lowercase(),
        &json!({"AdministratorLoginPassword": "x", "administratorLogin": "pgadmin", "version": "16"}),
    );
    let expected = json!({
        "AdministratorLoginPassword": mark(Why::Property), "administratorLogin": "pgadmin", "version": "16"
    });
    assert_eq!((body, dropped), (expected, vec!["resource.properties.AdministratorLoginPassword".to_owned()]));
    let (body, dropped) = properties(
        "Microsoft.App/containerApps",
        &json!({"configuration": {"secrets": [{"name": "a", "value": "x", "keyVaultUrl": "https://kv/secrets/a"}]}}),
    );
    let secret = &body["configuration"]["secrets"][0];
    assert_eq!((&secret["name"], &secret["value"]), (&json!("a"), &mark(Why::Property)));
    assert_eq!(secret["keyVaultUrl"], "https://kv/secrets/a");
    assert_eq!(dropped, ["resource.properties.configuration.secrets"]);
    // The type that the body declares counts as well as the one that was asked for.
    let body =
        json!({"id": "/subscriptions/s/x", "type": "Microsoft.KeyVault/vaults/secrets", "properties": {"value": "x"}});
    assert_eq!(clean("Microsoft.KeyVault/vaults", &body).1, ["resource.properties.value"]);
}

#[test]
fn settings_of_an_app_are_dropped_and_their_names_stay() {
    let (body, dropped) = properties(
        SITE,
        &json!({
            "httpsOnly": true,
            "siteConfig": {
                "minTlsVersion": "1.2",
                "appSettings": [{"name": "A", "value": "x"}],
                "connectionStrings": null,
                "azureStorageAccounts": {"share": {"accountName": "a", "accessKey": "x"}},
            }
        }),
    );
    assert_eq!(body["siteConfig"]["minTlsVersion"], "1.2");
    assert_eq!(body["siteConfig"]["appSettings"], json!([{"name": "A", "value": mark(Why::Property)}]));
    assert_eq!(
        dropped,
        [
            "resource.properties.siteConfig.appSettings",
            "resource.properties.siteConfig.azureStorageAccounts.share.accessKey"
        ]
    );
    let body =
        |name: &str| json!({"id": format!("/subscriptions/s/x/config/{name}"), "properties": {"A": "x", "B": "y"}});
    assert_eq!(clean(CONFIG, &body("appsettings")).1, ["resource.properties.A", "resource.properties.B"]);
    assert!(clean(CONFIG, &body("web")).1.is_empty());
    for (kind, list) in [("Unknown/a", "env"), ("Unknown/a", "environmentVariables")] {
        let (body, dropped) =
            properties(kind, &json!({"c": [{list: [{"name": "A", "value": "x", "secretRef": "r"}]}]}));
        assert_eq!(body["c"][0][list], json!([{"name": "A", "value": mark(Why::Setting), "secretRef": "r"}]));
        assert_eq!(dropped, ["resource.properties.c"]);
    }
}

#[test]
fn names_decide_where_no_specification_is_known() {
    for (member, why) in [
        (json!({"clientSecret": "x"}), Why::Name),
        (json!({"protectedSettings": {"a": 1}}), Why::Name),
        (json!({"parameterValues": {"a": "x"}}), Why::Name),
        (json!({"secrets": "x"}), Why::Name),
        (json!({"credential": "x"}), Why::Name),
        (json!({"webhookUrl": "https://u:p@h"}), Why::Login),
    ] {
        let (body, dropped) = properties("Unknown/a", &member);
        let (name, value) = body.as_object().unwrap().iter().next().unwrap();
        assert_eq!((value, dropped), (&mark(why), vec![format!("resource.properties.{name}")]), "{member}");
    }
    for body in [
        json!({"secrets": ["x"]}),
        json!({"secrets": [["x"]]}),
        json!({"secrets": {"a": "x"}}),
        json!({"secrets": {"a": ["x"]}}),
        json!({"secrets": {"a": {"b": {"value": "x"}}}}),
        json!({"passwords": [{"name": "p", "value": "x", "expiry": 1}]}),
        json!({"credentials": ["x"]}),
        json!({"credentials": {"inline": {"value": "x"}}}),
        json!({"imageRegistryCredentials": [{"server": "s", "password": "x"}]}),
        json!({"p": {"type": "SecureString", "value": "x"}}),
        json!({"p": {"secret": true, "value": "x"}}),
        json!({"headers": [{"name": "Authorization", "value": "x"}]}),
        json!({"metadata": [{"name": "redisPassword", "value": "x"}]}),
        json!({"globalParameters": {"p": {"key": "db-password", "value": {"a": "x"}}}}),
    ] {
        let (cleaned, dropped) = properties("Unknown/a", &body);
        assert!(!cleaned.to_string().contains("\"x\"") && !dropped.is_empty(), "{cleaned}");
    }
}

#[test]
fn facts_stay() {
    let body = json!({
        "disableLocalAuth": "true",
        "allowSharedKeyAccess": false,
        "authConfig": {"passwordAuth": "Disabled", "activeDirectoryAuth": "Enabled"},
        "keyVaultKeyUri": "https://kv.vault.azure.net/keys/k",
        "dataEncryption": {"primaryKeyURI": "https://kv.vault.azure.net/keys/k/1", "type": "AzureKeyVault"},
        "secretUri": "https://kv.vault.azure.net/secrets/s",
        "accessPolicies": [{"permissions": {"keys": ["get"], "secrets": ["get", "list"], "storage": []}}],
        "tlsSettings": {"secret": {"id": "/subscriptions/s/secrets/x"}},
        "password": "", "secret": null, "token": 5, "sharedKey": true, "connectionStrings": [], "credentials": {},
        "apiKey": "Enabled",
        "keysMetadata": {"primaryMasterKey": {"generationTime": "2022-01-01T00:00:00Z"}},
        "authOptions": {"aadOrApiKey": {"aadAuthFailureMode": "http403"}},
        "sasPolicy": {"sasExpirationPeriod": "01.00:00:00", "expirationAction": "Log"},
        "addonProfiles": {"azureKeyvaultSecretsProvider": {"config": {"enableSecretRotation": "false"}}},
        "parameters": {"enableNoPublicIp": {"type": "Bool", "value": true}, "vnet": {"type": "String", "value": "v"}},
        "permissions": [{"actions": ["Microsoft.KeyVault/vaults/secrets/read"], "dataActions": []}],
        "urls": ["https://a/b?api-version=1", "https://a/b#part"],
    });
    assert_eq!(properties("Unknown/a", &body), (body, vec![]));
}

#[test]
fn secrets_in_free_text_are_found_by_their_shape() {
    let body = json!({
        "id": "/subscriptions/s/x",
        "tags": {
            "owner": "anna@bank.example", "note": "db Password=hunter2", "db_password": "hunter2",
            "env": "prod", "credentials": "see the vault", "hook": "https://f.azurewebsites.net/api/f?code=abc",
        },
        "properties": {
            "notes": "Bearer abcdefghijklmnopqrstuvwxyz",
            "metadata": {"why": "token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln", "ticket": "CHG-1"},
        },
    });
    let (cleaned, dropped) = clean("Microsoft.Authorization/locks", &body);
    assert_eq!(
        dropped,
        [
            "resource.properties.metadata.why",
            "resource.properties.notes",
            "resource.tags.db_password",
            "resource.tags.hook",
            "resource.tags.note"
        ]
    );
    assert_eq!(cleaned["tags"]["hook"], "https://f.azurewebsites.net/api/f");
    for name in ["owner", "env", "credentials"] {
        assert_eq!(cleaned["tags"][name], body["tags"][name]);
    }
    assert_eq!(cleaned["properties"]["metadata"]["ticket"], "CHG-1");
}

#[test]
fn numbers_stay_to_the_letter() {
    let text = r#"{"a":1e999,"b":123456789012345678901234567890,"c":-0.10,"d":[1E+2,true,null],"password":1e999}"#;
    let cleaned = clean_text("Unknown/a", text).unwrap();
    assert_eq!((cleaned.body.get(), cleaned.dropped), (text, vec![]));
}

#[test]
fn reads_end_at_arrays_and_at_names_that_no_read_can_hold() {
    let body = json!({
        "a": {"b.c": {"password": "x"}},
        "l": [{"m": {"n": [{"password": "x"}]}}],
        "odd": {"*": {"password": "x"}, "": {"deep": {"password": "x"}}, "a\"]": {"password": "x"}},
    });
    let (_, dropped) = properties("Unknown/a", &body);
    assert_eq!(
        dropped,
        ["resource.properties.a[\"b.c\"].password", "resource.properties.l", "resource.properties.odd",]
    );
    assert!(dropped.iter().all(|read| ReadPath::parse(read).is_ok()));
    // A secret at the top, where no read is short enough, is dropped all the same.
    let (cleaned, dropped) = clean("Unknown/a", &json!({"*": "Password=x"}));
    assert_eq!((cleaned, dropped), (json!({"*": mark(Why::Assigned)}), vec![]));
}

#[test]
fn names_of_members_hide_nothing() {
    let body = json!({"map": {"AccountKey=abc;x": 1, "/subscriptions/s/identities/i": {}}});
    let (cleaned, dropped) = properties("Unknown/a", &body);
    assert!(!cleaned.to_string().contains("AccountKey") && cleaned["map"]["/subscriptions/s/identities/i"].is_object());
    assert!(dropped.iter().any(|read| read == "resource.properties.map"), "{dropped:?}");
}

#[test]
fn what_cannot_be_cleaned_is_an_error() {
    let error = |text: &str| clean_text("Unknown/a", text).unwrap_err();
    assert_eq!(error(&format!("{}1{}", "[".repeat(200), "]".repeat(200))), RedactError::TooDeep);
    assert_eq!(error(r#"{"\ud800": 1}"#), RedactError::Name);
    assert_eq!(error(r#"{"id": "/subscriptions/s/Password=x"}"#), RedactError::Identity);
    assert_eq!(error(r#"{"type": "a/b?sig=x"}"#), RedactError::Identity);
    // Half a character in a value costs that value alone.
    let cleaned = clean_text("Unknown/a", r#"{"id":"/subscriptions/s","a":{"b":"\ud800"},"c":1}"#).unwrap();
    assert_eq!(cleaned.dropped, ["resource.a.b"]);
    assert_eq!(Resource::from_raw(cleaned.body).unwrap().parsed().unwrap()["c"], 1);
}

#[test]
fn a_mark_of_an_earlier_walk_is_a_gap_again_and_a_forged_one_is_not_trusted() {
    let first =
        clean_text(PG, r#"{"properties":{"administratorLoginPassword":"x","list":[{"password":"y"}]}}"#).unwrap();
    let second = Redactor::new(None).clean(PG, &first.body).unwrap();
    assert_eq!((first.body.get(), &first.dropped), (second.body.get(), &second.dropped));
    let forged = clean_text(PG, r#"{"password":{"$redacted":"hunter2"},"a":{"$redacted":"Password=x"}}"#).unwrap();
    assert_eq!(forged.dropped, ["resource.a[\"$redacted\"]", "resource.password"]);
    assert!(!forged.body.get().contains("hunter2"));
}

#[test]
fn people_become_pseudonyms_and_joins_hold() {
    let guid = "11111111-2222-3333-4444-555555555555";
    let body = json!({
        "id": "/subscriptions/s/x/anna@bank.example", "name": "anna@bank.example",
        "systemData": {"createdBy": "anna@bank.example", "createdByType": "User", "lastModifiedBy": guid},
        "tags": {"owner": "Anna@bank.example", "domain": "payments"},
        "properties": {
            "caller": "anna@bank.example", "claims": {"name": "Anna Muster", "oid": guid, "ipaddr": "192.0.2.1"},
            "httpRequest": {"clientIpAddress": "192.0.2.1", "method": "PUT"},
            "principalId": guid, "principalName": "DBA team", "startIpAddress": "192.0.2.1",
            "administrators": {"login": "Anna Muster", "sid": guid, "administratorType": "ActiveDirectory"},
            "expandedProperties": {
                "principal": {"displayName": "Anna Muster", "email": "anna@bank.example", "id": guid},
                "scope": {"displayName": "Payments"},
            },
            "updateHistory": [{"upn": "anna@bank.example", "update": "put"}],
            "emails": ["anna@bank.example", ""],
        },
    });
    let redactor = Redactor::new(Some([3; 32]));
    let cleaned = redactor.clean("Unknown/a", &raw(&body.to_string())).unwrap();
    let seen: Value = serde_json::from_str(cleaned.body.get()).unwrap();
    let text = seen.to_string().replace("/anna@bank.example", "");
    for who in ["Anna Muster", "Anna@", "DBA team"] {
        assert!(!text.contains(who), "{text}");
    }
    let anna = &seen["systemData"]["createdBy"];
    let p = &seen["properties"];
    for same in [&seen["tags"]["owner"], &p["caller"], &p["updateHistory"][0]["upn"], &p["emails"][0]] {
        assert_eq!(same, anna);
    }
    assert_eq!(p["claims"]["name"], p["administrators"]["login"]);
    assert_eq!(p["claims"]["name"], p["expandedProperties"]["principal"]["displayName"]);
    assert_eq!(p["claims"]["ipaddr"], p["httpRequest"]["clientIpAddress"]);
    for (kept, was) in [
        (&seen["id"], &body["id"]),
        (&seen["name"], &body["name"]),
        (&seen["systemData"]["lastModifiedBy"], &json!(guid)),
        (&p["claims"]["oid"], &json!(guid)),
        (&p["principalId"], &json!(guid)),
        (&p["startIpAddress"], &json!("192.0.2.1")),
        (&p["expandedProperties"]["scope"]["displayName"], &json!("Payments")),
        (&p["emails"][1], &json!("")),
        (&seen["tags"]["domain"], &json!("payments")),
    ] {
        assert_eq!(kept, was);
    }
    assert!(cleaned.pseudonymised);
    // A policy compares this text with words, so a pseudonym is no answer to it.
    assert_eq!(cleaned.dropped, ["resource.properties.administrators.login"]);
    let again = redactor.clean("Unknown/a", &cleaned.body).unwrap();
    assert_eq!(again.body.get(), cleaned.body.get());
    assert!(!clean_text("Unknown/a", &body.to_string()).unwrap().pseudonymised);
    assert!(!format!("{redactor:?}").contains('3'));
}

/// A resource of an example: its type, and its body.
fn examples() -> Vec<(String, Value)> {
    let mut out = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/azure/examples"), &mut out);
    assert!(out.len() > 600, "{} bodies", out.len());
    out
}

fn gather(folder: &Path, out: &mut Vec<(String, Value)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            gather(&entry, out);
        } else if entry.extension().is_some_and(|e| e == "json") {
            let example: Value = serde_json::from_slice(&std::fs::read(&entry).unwrap()).unwrap();
            for answer in example["responses"].as_object().into_iter().flat_map(|r| r.values()) {
                let body = &answer["body"];
                let bodies = body["value"].as_array().or(body["data"].as_array()).cloned();
                out.extend(bodies.unwrap_or_else(|| vec![body.clone()]).into_iter().filter(Value::is_object).map(
                    |b| {
                        let kind = Resource::from_value(&b).map(|r| r.resource_type().as_str().to_owned());
                        (kind.unwrap_or_else(|_| "Unknown/a".to_owned()), b)
                    },
                ));
            }
        }
    }
}

/// Puts a canary in place of every text that holds something, and gives how many. Id and type stay.
fn plant(body: &mut Value, top: bool, count: &mut usize, canary: &dyn Fn(usize) -> String) {
    match body {
        Value::String(text) if !text.is_empty() => {
            *text = canary(*count);
            *count += 1;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plant(item, false, count, canary)),
        Value::Object(members) => {
            for (name, value) in members {
                if !(top && (name == "id" || name == "type")) {
                    plant(value, false, count, canary);
                }
            }
        }
        _ => {}
    }
}

/// The texts of a body, each with the words that lead to it; `[]` for items.
fn texts<'v>(body: &'v Value, path: &mut Vec<&'v str>, out: &mut Vec<(Vec<&'v str>, &'v str)>) {
    match body {
        Value::String(text) => out.push((path.clone(), text)),
        Value::Array(items) => {
            path.push("[]");
            items.iter().for_each(|item| texts(item, path, out));
            path.pop();
        }
        Value::Object(members) => {
            for (name, value) in members {
                path.push(name);
                texts(value, path, out);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Whether a row of the table leads to the path or to something around it. Says it with the text of the rows alone.
fn in_table(kind: &str, path: &[&str]) -> bool {
    table::rows().filter(|(of, row)| of.eq_ignore_ascii_case(kind) && !row.starts_with('<')).any(|(_, row)| {
        let words = table::words(row);
        words.len() <= path.len()
            && words.iter().zip(path).all(|(a, b)| a.eq_ignore_ascii_case(b) || (*a == "*" && *b != "[]"))
    })
}

#[test]
fn a_canary_leaves_only_under_names_that_are_allowed() {
    let allowed: BTreeSet<&str> = include_str!("canary-names.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_ascii_whitespace)
        .collect();
    let mut seen = BTreeSet::new();
    let mut forbidden = BTreeMap::new();
    for (kind, mut body) in examples() {
        let mut planted = 0;
        plant(&mut body, true, &mut planted, &|n| format!("canary{n}x"));
        let (cleaned, dropped) = clean(&kind, &body);
        let mut left = Vec::new();
        texts(&cleaned, &mut Vec::new(), &mut left);
        for (path, text) in left.iter().filter(|(_, text)| text.starts_with("canary")) {
            assert!(!in_table(&kind, path), "{kind} {path:?}");
            let name = path.iter().rev().find(|word| **word != "[]").unwrap().to_ascii_lowercase();
            // Keys of maps are anybody's: what is around them is judged.
            let name = if name.contains(['/', ' ', ':', '.']) { "map".to_owned() } else { name };
            if !allowed.contains(name.as_str()) {
                forbidden.insert(name.clone(), format!("{kind} {text} {}", path.join(".")));
            }
            seen.insert(name);
        }
        // What has not left is a gap.
        let gone = (0..planted).filter(|n| !left.iter().any(|(_, text)| *text == format!("canary{n}x"))).count();
        assert_eq!(gone == 0, dropped.is_empty(), "{kind} {dropped:?}");
    }
    let names: Vec<&String> = forbidden.keys().collect();
    assert!(forbidden.is_empty(), "decide whether these may hold secrets: {names:?} {forbidden:#?}");
    let unused: Vec<_> = allowed.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(unused.is_empty(), "no example has these names: {unused:?}");
}

/// Every row of the table, by a body made for it: nothing of the value leaves, whether it is a text, a list or an object.
#[test]
fn nothing_leaves_from_a_path_of_the_table() {
    for (kind, row) in table::rows() {
        let (name, path) =
            row.strip_prefix("<name=").and_then(|r| r.split_once(">.")).map_or(("n", row), |(name, path)| (name, path));
        for secret in [json!("canary1x"), json!(["canary1x"]), json!({"a": {"b": "canary1x"}})] {
            let mut body = secret;
            for word in table::words(path).into_iter().rev() {
                body = if word == "[]" { json!([body, body]) } else { json!({word.replace('*', "any"): body}) };
            }
            body["id"] = json!(format!("/subscriptions/s/{name}"));
            let (cleaned, dropped) = clean(kind, &body);
            assert!(!cleaned.to_string().contains("canary"), "{kind} {row} {cleaned}");
            let read = ReadPath::parse(&dropped[0]).unwrap();
            assert!(dropped.len() == 1 && read.segments()[0] == table::words(path)[0], "{kind} {row} {dropped:?}");
        }
    }
}

#[test]
fn no_canary_that_is_shaped_like_a_secret_leaves_anywhere() {
    let long = |n: usize| format!("QkJC{n:08}") + &"aB3dE6gH".repeat(12);
    type Shape = dyn Fn(usize) -> String;
    let shapes: Vec<Box<Shape>> = vec![
        Box::new(move |n| format!("eyJhbGciOiJIUzI1NiJ9.{0}.{0}", long(n))),
        Box::new(move |n| format!("https://a.blob.core.windows.net/c?sv=1&se=2&sig={}%3D", long(n))),
        Box::new(move |n| format!("see https://h/p?code={} there", long(n))),
        Box::new(move |n| format!("{}==", &long(n)[..86])),
        Box::new(move |n| format!("{}=", &long(n)[..43])),
        Box::new(move |n| format!("Server=s;Password={};Encrypt=True", long(n))),
        Box::new(move |n| format!("a;AccountKey={}==", long(n))),
        Box::new(move |n| format!("password: {}", long(n))),
        Box::new(move |n| format!("amqps://user:{}@host/v", long(n))),
        Box::new(move |n| format!("Authorization: Bearer {}", long(n))),
        Box::new(move |n| format!("-----BEGIN {} KEY-----\n{}", "PRIVATE", long(n))),
        Box::new(move |n| format!("abc8Q~{}", &long(n)[..34])),
        Box::new(move |n| format!("ghp_{}", &long(n)[..36])),
        Box::new(move |n| format!("{}\"client_secret\": \"{}\"", '{', long(n))),
    ];
    let examples = examples();
    for (number, shape) in shapes.iter().enumerate() {
        for (kind, body) in &examples {
            let mut body = body.clone();
            let mut planted = 0;
            plant(&mut body, true, &mut planted, shape.as_ref());
            if !body["tags"].is_object() {
                body["tags"] = json!({});
            }
            body["tags"]["canary"] = json!(shape(planted));
            body["tags"][shape(planted + 1)] = json!("canary");
            let cleaned = clean_text(kind, &body.to_string()).unwrap();
            assert!(!cleaned.body.get().contains("QkJC"), "{number} {kind} {}", cleaned.body.get());
            assert!(cleaned.dropped.iter().any(|read| read == "resource.tags.canary"));
            assert!(cleaned.dropped.iter().any(|read| read == "resource.tags"), "{:?}", cleaned.dropped);
        }
        for name in ["id", "type"] {
            let refused = clean_text("Unknown/a", &json!({name: shape(1)}).to_string());
            assert_eq!(refused.unwrap_err(), RedactError::Identity, "{number}");
        }
    }
}

/// Pieces of names and texts that mean something here, among anything else.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "password",
        "secrets",
        "value",
        "name",
        "key",
        "type",
        "tags",
        "env",
        "appSettings",
        "credentials",
        "claims",
        "token",
        "login",
        "administrators",
        "id",
        "properties",
        "metadata",
        "permissions",
        "secret",
        "SecureString",
        "Password=x",
        "bearer ",
        "sig=",
        "a@b.cc",
        "https://a/b?sig=x",
        "?code=1",
        "u:p@h",
        "://",
        "eyJhbGciOiJub25l.abcdef.gh",
        "/subscriptions/s",
        "$redacted",
        "$redacted-name-0",
        "its name says that it is secret",
        "@",
        ".",
        "#",
        "é",
        "\u{0}",
        "appsettings",
        "createdBy",
        "11111111-2222-3333-4444-555555555555",
        "p-0123456789abcdef0123456789abcdef",
        "true",
    ])
    .prop_map(ToOwned::to_owned);
    prop_oneof![3 => known, 1 => ".{0,6}"]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..4).prop_map(|pieces| pieces.concat())
}

/// JSON texts, with numbers that no tree holds and names that stand twice.
fn json_text() -> impl Strategy<Value = String> {
    let quote = |text: String| serde_json::to_string(&text).unwrap();
    let number =
        prop::sample::select(vec!["0", "-0.10", "1e999", "123456789012345678901234567890", "true", "false", "null"]);
    let leaf = prop_oneof![
        4 => text().prop_map(quote),
        1 => number.prop_map(ToOwned::to_owned),
        1 => Just("\"\\ud800\"".to_owned()),
    ];
    leaf.prop_recursive(5, 48, 5, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(" , "))),
            3 => prop::collection::vec((text(), inner), 0..5).prop_map(move |members| {
                let members: Vec<String> = members.into_iter().map(|(name, value)| format!("{} : {value}", quote(name))).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

/// Whether all that was not dropped has its shape, and its numbers to the letter.
fn same_shape(was: &Node<'_>, is: &Node<'_>) -> bool {
    match (was, is) {
        (Node::Plain(a), Node::Plain(b)) => a == b,
        (Node::Text(_), Node::Text(_)) => true,
        (Node::List(a), Node::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_shape(a, b)),
        (Node::Plain(_), _) => false,
        (_, Node::Object(b)) if b.len() == 1 && b[0].name == MARK => true,
        (Node::Object(a), Node::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_shape(&a.value, &b.value))
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_cleaned_once_and_for_all(body in json_text(), kind in 0..4usize, people in any::<bool>()) {
        let kind = [SITE, CONFIG, "Microsoft.Graph/users", "Unknown/a"][kind];
        let redactor = Redactor::new(people.then_some([5; 32]));
        let body = raw(&body);
        let Ok(first) = redactor.clean(kind, &body) else { return Ok(()) };
        prop_assert!(same_shape(&parse(body.get()).unwrap(), &parse(first.body.get()).unwrap()), "{}", first.body);
        prop_assert!(first.body.get().len() <= body.get().len() * 16 + 80);
        prop_assert!(first.dropped.iter().all(|read| ReadPath::parse(read).is_ok()), "{:?}", first.dropped);
        let second = redactor.clean(kind, &first.body).unwrap();
        prop_assert_eq!(first.body.get(), second.body.get());
    }

    #[test]
    fn any_text_is_judged_without_panic(text in ".*", name in ".*") {
        let body = json!({"id": "/subscriptions/s", "properties": {name: text}});
        prop_assert!(clean_text("Unknown/a", &body.to_string()).is_ok());
    }
}
