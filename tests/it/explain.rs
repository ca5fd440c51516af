//! `policy explain`: the verdict is that of a scan, and everything that led to it is told.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use assize::evaluate::{Limits, Options, ReadState, Sandbox, evaluate, explain};
use assize::model::{
    Gap, GapReason, Manifest, Origin, PolicyId, Resource, ResourceId, SNAPSHOT_SCHEMA, Snapshot, Source, Tool, Verdict,
};
use assize::policy::{Sources, effective_parameters, load};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::estate::snapshot;
use crate::generator::bank;
use crate::support::{assize, stderr, stdout};

const BANK: &str = "fixtures/bank/bank.snapshot.jsonl";

fn at() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-01T06:00:00Z").expect("a time").with_timezone(&Utc)
}

fn explained(arguments: &[&str]) -> Value {
    let output =
        assize(&[&["policy", "explain"], arguments, &["--at", "2026-11-01T06:00:00Z", "--output", "json"]].concat());
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|e| panic!("{e}: {}", stderr(&output)))
}

/// Every finding of the bank that some policy gives first, of every verdict: explained, it is the same, and the interpreter
/// agrees. Nothing known is without a source.
#[test]
fn explanations_say_what_a_scan_says() {
    let set = load(&[], true).expect("the library");
    let parameters = effective_parameters(&set, &BTreeMap::new()).expect("parameters");
    let options = Options::new(parameters, at());
    let estate = snapshot(&bank());
    let evaluation = evaluate(&estate, &set, &options).expect("an evaluation");
    let mut tried: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let (mut ran, mut silent) = (0, 0);
    for finding in &evaluation.findings {
        let service = finding.policy.as_str().split('.').nth(1).expect("a service");
        let count = tried.entry((service, finding.verdict.as_str())).or_default();
        *count += 1;
        if *count > 2 {
            continue;
        }
        let explanation = explain(&estate, &set, &options, &finding.policy, &finding.resource)
            .expect("compiles")
            .unwrap_or_else(|| panic!("{} on {} has no explanation", finding.policy, finding.resource));
        let text = |f: &assize::model::Finding| serde_json::to_string(f).expect("JSON");
        assert_eq!(text(&explanation.finding), text(finding));
        let gap = explanation.reads.iter().any(|r| r.state == ReadState::Gap);
        match &explanation.rules {
            Some(rules) => {
                assert_eq!(rules.error, None, "{}", finding.policy);
                assert!(!gap && !rules.evaluated.is_empty(), "{}", finding.policy);
                // What does not apply may be denied besides, which counts for nothing.
                match finding.verdict {
                    Verdict::Fail => assert_eq!(rules.deny.len(), finding.details.len(), "{}", finding.policy),
                    Verdict::Pass => assert!(rules.deny.is_empty(), "{}", finding.policy),
                    Verdict::Unknown | Verdict::NotApplicable => {}
                }
                assert!(rules.evaluated.is_disjoint(&rules.not_evaluated));
                ran += 1;
            }
            None => {
                assert!(gap || explanation.reads.is_empty(), "{} on {}", finding.policy, finding.resource);
                silent += 1;
            }
        }
        for (field, told) in &explanation.context {
            assert!(told.source.is_some() || told.value.is_none(), "{field} of {}", finding.resource);
        }
    }
    assert!(ran > 20 && silent > 0, "{ran} {silent}");
}

#[test]
fn values_say_which_layer_set_them() {
    let policy = "azure.postgresql.backup_retention_sufficient";
    let of = |more: &[&str]| {
        let told = explained(&[&["pg-qm-payments-de-weu", policy, BANK], more].concat());
        told["parameters"]["backup_retention_days_min"].clone()
    };
    assert_eq!(of(&[]), json!({"value": 14, "from": "default", "only_for": null}));
    assert_eq!(
        of(&["--profile", "strict"]),
        json!({"value": 35, "from": "profile", "only_for": {"criticality": "critical"}})
    );
    let config = ["--config", "fixtures/bank/assize.yaml", "--profile", "strict"];
    assert_eq!(of(&config), json!({"value": 35, "from": "settings", "only_for": {"criticality": "critical"}}));
    let told = explained(&[&["pg-qm-payments-de-weu", policy, BANK], &config[..]].concat());
    assert_eq!(told["finding"]["verdict"], "fail");
    assert_eq!(
        told["context"]["criticality"],
        json!({"value": "critical", "source": "the tag \"criticality\"", "used": true})
    );
    assert_eq!(told["context"]["owner"]["used"], false);
    assert_eq!(told["profile"]["id"], "strict");
    // The line of the threshold was evaluated, and the head of the rule that did not hold was not.
    let lines: Vec<&str> = told["rules"]["text"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
    let number = |word: &str| json!(lines.iter().position(|l| l.contains(word)).expect("a line") + 1);
    let holds = |list: &str, word: &str| told["rules"][list].as_array().expect("a list").contains(&number(word));
    assert!(holds("evaluated", "retention_days < data.parameters") && holds("evaluated", "deny contains"));
    assert!(holds("not_evaluated", "unknown contains"));
    let text = stdout(&assize(&[&["policy", "explain", "pg-qm-payments-de-weu", policy, BANK], &config[..]].concat()));
    for word in [
        "fail: ",
        "backup_retention_days_min = 35\n      settings, for criticality critical",
        "deny: 1",
        "+ deny contains",
        "- unknown contains",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

fn estate(resources: Vec<Resource>, gaps: Vec<Gap>) -> Snapshot {
    let manifest = Manifest {
        schema: SNAPSHOT_SCHEMA.to_owned(),
        tool: Tool::this(),
        source: Source::Azure,
        scope: vec!["/subscriptions/s".to_owned()],
        started: None,
        ended: Some("2026-11-01T06:00:00Z".to_owned()),
        identity: None,
        partial: false,
        names: BTreeMap::new(),
        population: Vec::new(),
    };
    Snapshot::new(manifest, resources, gaps)
}

const VAULT: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv1";

#[test]
fn origins_gaps_and_hostile_values_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, estate: &Snapshot| {
        let path = folder.path().join(name);
        assize::snapshot::write(&path, estate).expect("a snapshot");
        path.to_string_lossy().into_owned()
    };
    let origin = Origin::Request {
        method: "GET".to_owned(),
        path: format!("{VAULT}?api-version=2024-11-01"),
        api_version: "2024-11-01".to_owned(),
        time: "2026-11-01T05:59:00Z".to_owned(),
        request_id: None,
        digest: "0".repeat(64),
        older_than: None,
    };
    let body = json!({"id": VAULT, "type": "Microsoft.KeyVault/vaults", "name": "kv1",
        "tags": {"owner": "\u{1b}]0;evil\u{7}\u{202e}x"}, "properties": {"enablePurgeProtection": false, "sku": {"name": "\u{1b}[31mred"}}});
    let vault = Resource::from_value(&body).expect("a vault").with_origin(Some(Arc::new(origin)));
    let whole = file("whole.jsonl", &estate(vec![vault.clone()], vec![]));
    let policy = "azure.key_vault.purge_protection_enabled";
    let told = explained(&["kv1", policy, &whole]);
    let read = &told["reads"][0];
    assert_eq!(
        (&read["path"], &read["value"], &read["state"]),
        (&json!("resource.properties.enablePurgeProtection"), &json!(false), &json!("present"))
    );
    assert_eq!(read["places"][0]["origin"]["request"]["api_version"], "2024-11-01");
    let text = stdout(&assize(&["policy", "explain", "vaults/kv1", policy, &whole]));
    assert!(text.contains("api-version 2024-11-01, at 2026-11-01T05:59:00Z"), "{text}");
    let tier = assize(&["policy", "explain", VAULT, "azure.key_vault.tier_sufficient", &whole]);
    for output in [text.as_str(), &stdout(&tier)] {
        assert!(!output.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{output:?}");
    }
    assert!(stdout(&tier).contains("red"), "{}{}", stdout(&tier), stderr(&tier));
    // A gap keeps the rules from running; so does a resource that only a gap names.
    let gap = |about: &str, read: Option<&str>| Gap {
        about: about.to_owned(),
        read: read.map(str::to_owned),
        reason: GapReason::Denied,
        detail: "403 for \u{1b}[2J".to_owned(),
    };
    let denied =
        file("denied.jsonl", &estate(vec![vault], vec![gap(VAULT, Some("resource.properties.enablePurgeProtection"))]));
    let hidden = file("hidden.jsonl", &estate(vec![], vec![gap(VAULT, None)]));
    for (input, reads) in [(&denied, true), (&hidden, false)] {
        let told = explained(&["kv1", policy, input]);
        assert_eq!((&told["finding"]["verdict"], &told["rules"]), (&json!("unknown"), &Value::Null));
        assert_eq!(told["reads"][0]["state"] == "gap", reads);
        let text = stdout(&assize(&["policy", "explain", "kv1", policy, input]));
        assert!(text.contains("no rule ran") && text.contains("403 for") && !text.contains("+ deny"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}

#[test]
fn a_resource_that_is_not_one_is_refused() {
    for (resource, policy, code, word) in [
        ("no-such-server", "azure.postgresql.secure_transport_required", 2, "no resource of the input fits"),
        ("configurations/require_secure_transport", "azure.postgresql.secure_transport_required", 2, "says nothing of"),
        ("pg-qm-payments-de-weu", "azure.key_vault.tier_sufficient", 2, "says nothing of"),
        ("pg-qm-payments-de-weu", "azure.nosuch.policy", 2, "there is no policy"),
    ] {
        let output = assize(&["policy", "explain", resource, policy, BANK]);
        assert_eq!(output.status.code(), Some(code));
        assert!(stderr(&output).contains(word), "{resource}: {}", stderr(&output));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let other = VAULT.replace("/rg/", "/rg2/");
    let vault = |id: &str| json!({"id": id, "type": "Microsoft.KeyVault/vaults", "name": "kv1", "properties": {"enablePurgeProtection": true}});
    let file = folder.path().join("vaults.json");
    std::fs::write(&file, json!({"value": [vault(VAULT), vault(&other)]}).to_string()).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let policy = "azure.key_vault.purge_protection_enabled";
    let both = assize(&["policy", "explain", "kv1", policy, &file]);
    assert!(both.status.code() == Some(2) && stderr(&both).contains("fits several resources"), "{}", stderr(&both));
    assert_eq!(
        explained(&["rg2/providers/Microsoft.KeyVault/vaults/KV1", policy, &file])["finding"]["verdict"],
        "pass"
    );
}

#[test]
fn code_is_told_with_its_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "resource \"azurerm_key_vault\" \"main\" {\n  name                     = \"kv1\"\n  location                 = \"westeurope\"\n  resource_group_name      = \"rg\"\n  tenant_id                = \"00000000-0000-4000-8000-000000000000\"\n  sku_name                 = \"premium\"\n  purge_protection_enabled = false\n}\n";
    std::fs::write(folder.path().join("main.tf"), text).expect("a file");
    let input = folder.path().to_string_lossy().into_owned();
    let told = explained(&["azurerm_key_vault.main", "azure.key_vault.purge_protection_enabled", &input]);
    assert_eq!(told["finding"]["verdict"], "fail");
    let origin = &told["reads"][0]["places"][0]["origin"]["file"];
    assert_eq!(
        (&origin["file"], &origin["line"], &origin["by_default"]),
        (&json!("main.tf"), &json!(7), &json!(false))
    );
    assert_eq!(origin["address"], "azurerm_key_vault.main");
}

const OWN: &str = "# METADATA\n# title: A policy of a firm\n# description: It is here to see where a policy runs.\n# custom:\n#   check: OWN-001\n#   severity: high\n#   resource: Microsoft.KeyVault/vaults\n#   reads:\n#     - {path: resource.properties.sku.name, type: string}\n#   controls:\n#     DORA-9-2: it serves nothing but this test of the engine\n#   remediation:\n#     note: none\npackage own.test.one\n\n";

/// A firm's own policy runs in the process for policies, its trace too: what takes the process down takes nothing else.
#[test]
fn own_policies_are_explained_in_their_own_process() {
    let set = |body: &str| {
        let files = [("own/test/one/policy.rego".to_owned(), format!("{OWN}{body}\n"))];
        load(&[Sources::from_files("own", files)], false).expect("policies")
    };
    let sandbox =
        Sandbox { program: PathBuf::from(env!("CARGO_BIN_EXE_assize")), arguments: vec!["worker".to_owned()] };
    let limits = Limits { instructions: 200_000, time: std::time::Duration::from_secs(1), memory: 1 << 30 };
    let options = Options { sandbox: Some(sandbox), limits, ..Options::new(BTreeMap::new(), at()) };
    let body = json!({"id": VAULT, "type": "Microsoft.KeyVault/vaults", "name": "kv1", "properties": {"sku": {"name": "standard"}}});
    let estate = estate(vec![Resource::from_value(&body).expect("a vault")], vec![]);
    let id = PolicyId::parse("own.test.one").expect("an id");
    let vault = ResourceId::parse(VAULT).expect("an id");
    let ask =
        |body: &str| explain(&estate, &set(body), &options, &id, &vault).expect("compiles").expect("an explanation");
    let sound =
        ask("deny contains {\"message\": \"it is standard\"} if input.resource.properties.sku.name == \"standard\"");
    let rules = sound.rules.expect("rules ran");
    assert_eq!((rules.error, rules.deny.len(), rules.evaluated.len()), (None, 1, 1));
    let crash =
        ask("f(x) := f(x + 1)\n\ndeny contains {\"message\": \"x\"} if f(1) == input.resource.properties.sku.name");
    assert_eq!(crash.finding.verdict, Verdict::Unknown);
    assert!(crash.rules.expect("rules ran").error.is_some());
    // The program itself refuses to run what the static checks find.
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("own/test/one");
    std::fs::create_dir_all(&inner).expect("a folder");
    let write = |body: &str| std::fs::write(inner.join("policy.rego"), format!("{OWN}{body}\n")).expect("a file");
    let policies = folder.path().to_string_lossy().into_owned();
    let input = folder.path().join("kv.json");
    std::fs::write(&input, body.to_string()).expect("a file");
    let run =
        || assize(&["policy", "explain", "kv1", "own.test.one", &input.to_string_lossy(), "--policies", &policies]);
    write("deny contains {\"message\": \"it is standard\"} if input.resource.properties.sku.name == \"standard\"");
    assert!(stdout(&run()).contains("+ deny contains"), "{}", stderr(&run()));
    write("deny contains {\"message\": \"x\"} if time.now_ns() > count(input.resource.properties.sku.name)");
    assert!(run().status.code() == Some(2) && stderr(&run()).contains("time.now_ns"), "{}", stderr(&run()));
}
