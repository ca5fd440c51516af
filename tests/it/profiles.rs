//! Profiles: the embedded ones are in order and do what they say; a profile lies between the defaults and `assize.yaml`.

use std::collections::BTreeMap;

use assize::model::{Parameter, ParameterKind, ParameterSetting, PolicySet, Profile};
use assize::policy::{find_profile, load, resolve_profile};
use serde_json::{Value, json};

use crate::support::{assize, path, stderr, stdout};

const BANK: &str = "fixtures/bank/bank.snapshot.jsonl";
const AT: &str = "2026-11-01T06:00:00Z";

fn embedded() -> (PolicySet, BTreeMap<String, Profile>) {
    let set = load(&[], true).expect("the library");
    let one = |id: &String| {
        let file = find_profile(id, &set).expect("a file");
        (id.clone(), resolve_profile(file, &set, &set).unwrap_or_else(|e| panic!("{e}")))
    };
    let profiles = set.profiles.keys().map(one).collect();
    (set, profiles)
}

fn values(setting: &ParameterSetting) -> impl Iterator<Item = &Value> {
    std::iter::once(&setting.default)
        .filter(|v| !v.is_null())
        .chain(setting.by_data_class.values())
        .chain(setting.by_criticality.values())
}

/// Whether the value asks for no less than the default. `None` where the name does not say which way is strict.
fn at_least_as_strict(name: &str, parameter: &Parameter, value: &Value) -> Option<bool> {
    match &parameter.kind {
        ParameterKind::Integer { default, .. } => {
            let number = value.as_i64().expect("a number");
            if name.ends_with("_max") {
                Some(number <= *default)
            } else if name.ends_with("_min") || name.ends_with("_warning_days") {
                Some(number >= *default)
            } else {
                None
            }
        }
        ParameterKind::Boolean { default } if name.ends_with("_required") => Some(value.as_bool() >= Some(*default)),
        // The words are declared from the weakest on.
        ParameterKind::String { default, allowed } if name.ends_with("_min") => {
            let place = |word: &str| allowed.iter().position(|a| a == word);
            Some(place(value.as_str().expect("a word")) >= place(default))
        }
        ParameterKind::List { default, .. } => {
            let words: Vec<&str> = value.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            if name.ends_with("_allowed") {
                Some(words.iter().all(|w| default.iter().any(|d| d == w)))
            } else if name.ends_with("_required") {
                Some(default.iter().all(|d| words.contains(&d.as_str())))
            } else {
                None
            }
        }
        _ => None,
    }
}

#[test]
fn the_embedded_profiles_are_in_order_and_set_nothing_idle() {
    let (set, profiles) = embedded();
    let ids: Vec<&str> = profiles.keys().map(String::as_str).collect();
    assert_eq!(
        ids,
        [
            "baseline",
            "central_counterparty",
            "central_securities_depository",
            "market_infrastructure",
            "microenterprise",
            "simplified",
            "strict",
            "trading_venue"
        ]
    );
    let text = std::fs::read_to_string(path("docs/schemas/profile.schema.json")).expect("a schema");
    let schema = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    let parameters = set.parameters();
    for (id, profile) in &profiles {
        let yaml: Value = yaml_serde::from_str(&set.profiles[id].text).expect("YAML");
        assert!(schema.is_valid(&yaml), "{id}");
        assert!(
            id == "baseline" || profile.extends.iter().any(|above| above == "baseline"),
            "{id}: {:?}",
            profile.extends
        );
        for (name, setting) in &profile.parameters {
            let default = parameters[name.as_str()].default_value();
            assert!(values(setting).any(|v| *v != default), "{id}: {name} is the default");
        }
    }
    assert!(profiles["baseline"].parameters.is_empty() && set.policies.keys().all(|id| profiles["baseline"].keeps(id)));
}

#[test]
fn strict_is_nowhere_looser_than_the_defaults_and_neither_is_market_infrastructure() {
    let (set, profiles) = embedded();
    let parameters = set.parameters();
    for id in ["strict", "market_infrastructure"] {
        assert!(set.policies.keys().all(|policy| profiles[id].keeps(policy)), "{id} leaves policies out");
        for (name, setting) in &profiles[id].parameters {
            for value in values(setting) {
                let strict = at_least_as_strict(name, parameters[name.as_str()], value);
                assert_eq!(strict, Some(true), "{id}: {name} = {value}");
            }
        }
    }
    // The measure itself can say no.
    let days = parameters["backup_retention_days_min"];
    assert_eq!(at_least_as_strict("backup_retention_days_min", days, &json!(7)), Some(false));
}

/// Whether a control is one of Arts. 5 to 15 DORA or of Title II of the RTS, from which Art. 16(1) DORA takes its entities out.
fn lifted(control: &str) -> bool {
    let article = |rest: &str| rest.split('-').next().and_then(|n| n.parse::<u32>().ok()).expect("an article");
    match (control.strip_prefix("DORA-"), control.strip_prefix("RTS-")) {
        (Some(rest), _) => (5..=15).contains(&article(rest)),
        (_, Some(rest)) => (2..=27).contains(&article(rest)),
        _ => false,
    }
}

#[test]
fn simplified_leaves_out_only_what_serves_nothing_else() {
    let (set, profiles) = embedded();
    assert!(lifted("RTS-27-2-l-ii") && lifted("DORA-9-4-d") && !lifted("RTS-33-1") && !lifted("GDPR-32-1-a"));
    let left_out: Vec<_> = set.policies.values().filter(|p| !profiles["simplified"].keeps(&p.meta.id)).collect();
    assert!(!left_out.is_empty());
    for policy in left_out {
        for control in policy.meta.controls.keys() {
            assert!(lifted(control), "{} serves {control}", policy.meta.id);
        }
    }
}

/// What is asked for less, is so only where the firm declares a low criticality; what is not declared keeps the default.
#[test]
fn redundancy_is_lowered_only_where_the_firm_says_so() {
    let (set, profiles) = embedded();
    let parameters = set.parameters();
    for id in ["simplified", "microenterprise"] {
        for (name, setting) in &profiles[id].parameters {
            let serves_redundancy = |p: &&assize::model::Policy| {
                p.meta.parameters.contains_key(name) && p.meta.controls.contains_key("DORA-12-4")
            };
            if set.policies.values().any(|p| serves_redundancy(&p)) {
                assert_eq!(setting.default, parameters[name.as_str()].default_value(), "{id}: {name}");
                let words: Vec<&str> = setting.by_criticality.keys().map(String::as_str).collect();
                assert_eq!(words, ["low", "medium"], "{id}: {name}");
                assert!(setting.by_data_class.is_empty(), "{id}: {name}");
            }
        }
    }
    assert!(profiles["microenterprise"].exclude.is_empty());
}

/// Once a policy asks what kind of entity the firm is, the profiles by kind must say it.
#[test]
fn the_kind_of_entity_is_set_where_a_two_hour_rule_hangs_on_it() {
    let (set, profiles) = embedded();
    assert!(set.parameters().contains_key("entity_type"));
    for (id, word) in
        [("central_counterparty", "ccp"), ("central_securities_depository", "csd"), ("trading_venue", "trading_venue")]
    {
        assert_eq!(profiles[id].parameters["entity_type"].default, word, "{id}");
    }
}

fn assessment(arguments: &[&str]) -> Value {
    let output = assize(&[&["scan", BANK, "--at", AT, "-o", "json"], arguments].concat());
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|e| panic!("{e}: {}", stderr(&output)))
}

#[test]
fn a_profile_lies_between_the_defaults_and_the_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
        folder.path().join(name).to_string_lossy().into_owned()
    };
    let own = file(
        "own.yaml",
        "id: own\ntitle: t\ndescription: d\nextends: strict\npolicies: {exclude: [azure.mysql.*]}\ngate: {fail_on: low, allow_unknown: 7}\nreasons: {azure.mysql.*: why, gate: why}\n",
    );
    let days = |a: &Value| a["parameters"]["backup_retention_days_min"].clone();
    let plain = assessment(&[]);
    assert!(plain.get("profile").is_none());
    assert_eq!(days(&plain), json!({"default": 14}));
    let strict = assessment(&["--profile", "strict"]);
    assert_eq!(days(&strict), json!({"default": 14, "by_criticality": {"critical": 35, "high": 28}}));
    assert_eq!((&strict["profile"]["id"], &strict["gate"]["fail_on"]), (&json!("strict"), &json!("medium")));
    assert_eq!(strict["policy_set"]["sha256"], plain["policy_set"]["sha256"]);
    assert!(strict["summary"]["fail"].as_u64() > plain["summary"]["fail"].as_u64());
    // The settings name the profile, by a path from their own folder, and count before it.
    let config = file(
        "assize.yaml",
        "version: 1\nprofile: ./own.yaml\nparameters: {backup_retention_days_min: 10}\ngate: {allow_unknown: 9}\n",
    );
    let set = assessment(&["--config", &config]);
    assert_eq!(days(&set), json!({"default": 10}));
    assert_eq!(set["profile"]["id"], "own");
    assert_ne!(set["profile"]["sha256"], strict["profile"]["sha256"]);
    assert_eq!((&set["gate"]["fail_on"], &set["gate"]["allow_unknown"]), (&json!("low"), &json!(9)));
    let mysql = |a: &Value| {
        a["policies"]
            .as_array()
            .expect("policies")
            .iter()
            .any(|p| p["id"].as_str().is_some_and(|id| id.starts_with("azure.mysql.")))
    };
    assert!(mysql(&strict) && !mysql(&set));
    // The flag counts before the settings' profile; flags of the gate before all.
    let flag = assessment(&["--config", &config, "--profile", "baseline", "--fail-on", "critical"]);
    assert_eq!((&flag["profile"]["id"], &flag["gate"]["fail_on"]), (&json!("baseline"), &json!("critical")));
    assert_eq!(assessment(&["--profile", &own])["profile"], set["profile"]);
    let text = std::fs::read_to_string(path("docs/schemas/assessment.schema.json")).expect("a schema");
    let schema = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    assert!(schema.is_valid(&set));
    let table = assize(&["scan", BANK, "--at", AT, "--profile", "strict"]);
    assert!(stdout(&table).contains("profile") && stdout(&table).contains("strict, sha256"), "{}", stdout(&table));
    // What is collected follows the profile too.
    let role = |more: &[&str]| {
        let output = assize(
            &[&["preflight", "--role", "json", "--subscription", "5c1f0000-0000-4000-8000-000000000004"], more]
                .concat(),
        );
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let names = file(
        "names.yaml",
        "id: names\ntitle: t\ndescription: d\npolicies: {include: [azure.dns.*]}\nreasons: {azure.dns.*: why}\n",
    );
    let storage = |role: String| role.contains("Microsoft.Storage/storageAccounts/read");
    assert!(storage(role(&[])) && storage(role(&["--profile", "strict"])));
    assert!(!storage(role(&["--profile", &names])));
}

#[test]
fn a_wrong_profile_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.yaml");
    std::fs::write(
        &file,
        "id: own\ntitle: t\ndescription: d\nparameters: {no_such_threshold: 1}\nreasons: {no_such_threshold: why}\n",
    )
    .expect("a file");
    let file = file.to_string_lossy().into_owned();
    for (name, word) in [
        ("nowhere", "there is no such profile"),
        ("./nowhere.yaml", "cannot read"),
        (file.as_str(), "own.yaml:4: parameters.no_such_threshold: no policy declares"),
    ] {
        for command in [&["scan", BANK][..], &["policy", "list", "--parameters"], &["preflight", "--role", "json"]] {
            let output = assize(&[command, &["--profile", name]].concat());
            assert_eq!(output.status.code(), Some(2), "{command:?}");
            assert!(stderr(&output).contains(word), "{command:?}: {}", stderr(&output));
        }
        assert_eq!(assize(&["profile", "show", name]).status.code(), Some(2));
    }
    // The profile keeps its meaning when only a folder of policies is loaded.
    let own = folder.path().join("own/test/thing_enabled");
    let policies = folder.path().to_string_lossy().into_owned();
    let new = assize(&[
        "policy",
        "new",
        "own.test.thing_enabled",
        "--resource",
        "Microsoft.KeyVault/vaults",
        "--read",
        "resource.properties.thing",
        "--policies",
        &policies,
    ]);
    assert!(new.status.success() && own.is_dir(), "{}", stderr(&new));
    let scan = assize(&["scan", BANK, "--policies", &policies, "--profile", "strict", "-o", "json"]);
    let scan: Value = serde_json::from_str(&stdout(&scan)).expect("JSON");
    assert_eq!((&scan["profile"]["id"], &scan["parameters"]), (&json!("strict"), &json!({})));
    // A folder's own profiles are there by name, and checked with it.
    std::fs::create_dir(folder.path().join("profiles")).expect("a folder");
    std::fs::write(
        folder.path().join("profiles/ours.yaml"),
        "id: ours\ntitle: Ours\ndescription: d\nextends: strict\n",
    )
    .expect("a file");
    let list = assize(&["profile", "list", "--policies", &policies]);
    assert!(stdout(&list).contains("ours") && stdout(&list).contains("strict"), "{}", stderr(&list));
    std::fs::write(
        folder.path().join("profiles/ours.yaml"),
        "id: ours\ntitle: Ours\ndescription: d\nextends: nowhere\n",
    )
    .expect("a file");
    let check = assize(&["policy", "check", "--policies", &policies]);
    assert!(check.status.code() == Some(2) && stderr(&check).contains("profiles/ours.yaml:4"), "{}", stderr(&check));
}

#[test]
fn what_is_in_force_is_shown() {
    let list = assize(&["policy", "list", "--parameters", "--profile", "strict"]);
    assert!(stdout(&list).lines().any(|l| l.starts_with("backup_retention_days_min ")
        && l.contains("14; criticality critical: 35; criticality high: 28")));
    let json = assize(&["policy", "list", "--parameters", "--profile", "strict", "--output", "json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(json["pim_activation_hours_max"]["value"], json!({"default": 4}));
    assert!(
        json["sas_lifetime_days_max"]["value"]["by_data_class"]["secret"] == 1
            && json["app_authentication_required"].get("value").is_none()
    );
    let count = |more: &[&str]| stdout(&assize(&[&["policy", "list"], more].concat())).lines().count();
    assert!(count(&["--profile", "simplified"]) < count(&[]));
    let show = stdout(&assize(&["profile", "show", "simplified"]));
    assert!(
        show.contains("over baseline")
            && show.contains("azure.sql.key_rotated_automatically\n    the life cycle of keys"),
        "{show}"
    );
    let show: Value =
        serde_json::from_str(&stdout(&assize(&["profile", "show", "strict", "--output", "json"]))).expect("JSON");
    assert_eq!((&show["gate"]["fail_on"], &show["policies"]["left_out"]), (&json!("medium"), &json!([])));
}
