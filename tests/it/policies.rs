//! Every policy of the library is put to all tests that its contract allows for, and the library is whole.

use std::collections::BTreeSet;

use crate::support::{assize, path, stderr, stdout};

/// Rego tests, cases in both engines, gaps, absences, flips, types: for every policy.
#[test]
fn every_policy_passes_its_tests_and_those_of_the_contract() {
    let output = assize(&["policy", "test", "--policies", "policies"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let text = stdout(&output);
    let words: Vec<&str> = text.split_whitespace().collect();
    let passed: usize = words[words.len() - 5].parse().expect("a number of tests");
    assert!(passed > 2000, "{text}");
}

#[test]
fn the_library_passes_the_static_checks() {
    let output = assize(&["policy", "check", "--policies", "policies"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

/// The checks of the catalogue that this library is to serve for PostgreSQL, MySQL and Key Vault.
#[test]
fn every_check_of_the_first_families_has_a_policy() {
    let output = assize(&["policy", "list", "--output", "json"]);
    let list: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let policies = list.as_array().expect("a list");
    assert!(policies.len() >= 40);
    let checks: BTreeSet<&str> = policies.iter().map(|p| p["check"].as_str().expect("text")).collect();
    for check in [
        "PG-TLS-001",
        "PG-TLS-002",
        "MY-TLS-001",
        "MY-TLS-002",
        "PG-CMK-001",
        "PG-CMK-002",
        "PG-CMK-003",
        "MY-CMK-001",
        "KV-TIER-001",
        "KV-TIER-002",
        "KV-TIER-003",
        "KV-PRO-001",
        "KV-RBAC-001",
        "KV-KEY-001",
        "KV-KEY-002",
        "KV-KEY-003",
        "KV-CRT-001",
        "PG-AUTH-001",
        "PG-AUTH-002",
        "PG-AUTH-003",
        "MY-AUTH-001",
        "PG-BKP-001",
        "PG-BKP-002",
        "PG-BKP-003",
        "MY-BKP-001",
        "BKP-MAX-001",
        "PG-ZR-001",
        "MY-ZR-001",
        "ISO-DOM-001",
        "ISO-DOM-002",
        "ISO-DOM-003",
        "ISO-DOM-004",
        "ISO-DOM-005",
    ] {
        assert!(checks.contains(check), "{check} has no policy");
    }
}

/// No claim beyond the evidence: nothing is mapped to a paragraph that Azure's state cannot speak of.
#[test]
fn no_policy_serves_a_control_without_evidence() {
    let output = assize(&["policy", "list", "--output", "json"]);
    let list: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    for framework in ["dora", "gdpr", "rts-2024-1774"] {
        let output = assize(&["framework", "show", framework, "--output", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let controls = shown["controls"].as_array().expect("controls");
        assert!(controls.iter().any(|c| !c["policies"].as_array().expect("policies").is_empty()), "{framework}");
        for control in controls.iter().filter(|c| c["control"]["evidence_strength"] == "none") {
            assert!(control["policies"].as_array().expect("policies").is_empty(), "{}", control["control"]["id"]);
        }
    }
    for policy in list.as_array().expect("a list") {
        assert!(!policy["controls"].as_object().expect("controls").is_empty());
    }
}

#[test]
fn a_policy_shows_its_reads_parameters_and_permissions() {
    let output = assize(&["policy", "show", "azure.postgresql.key_vault_tier_sufficient"]);
    let text = stdout(&output);
    for word in [
        "Microsoft.KeyVault/vaults/read",
        "Microsoft.DBforPostgreSQL/flexibleServers/read",
        "key_vault_tier_min",
        "related.key_vault",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn a_new_policy_passes_its_own_tests() {
    let folder = tempfile::tempdir().expect("a folder");
    let policies = folder.path().to_string_lossy().into_owned();
    let new = assize(&[
        "policy",
        "new",
        "own.storage.public_access_disabled",
        "--resource",
        "Microsoft.Storage/storageAccounts",
        "--read",
        "resource.properties.publicNetworkAccess",
        "--policies",
        &policies,
    ]);
    assert_eq!(new.status.code(), Some(0), "{}", stderr(&new));
    let check = assize(&["policy", "check", "--policies", &policies]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    let test = assize(&["policy", "test", "--policies", &policies, "--mutate", "own.storage"]);
    assert_eq!(test.status.code(), Some(0), "{}{}", stdout(&test), stderr(&test));
    assert!(stdout(&test).contains("1 policies"));
    let again = assize(&[
        "policy",
        "new",
        "own.storage.public_access_disabled",
        "--resource",
        "Microsoft.Storage/storageAccounts",
        "--read",
        "resource.properties.publicNetworkAccess",
        "--policies",
        &policies,
    ]);
    assert_eq!(again.status.code(), Some(2));
    assert!(path("policies").is_dir());
}

/// A policies folder with a new policy, `own.a.b`.
fn fresh() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let policies = folder.path().to_string_lossy().into_owned();
    let new =
        ["policy", "new", "own.a.b", "--resource", "A.B/c", "--read", "resource.properties.x", "--policies", &policies];
    let output = assize(&new);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    (folder, policies)
}

/// A policy whose tests prove nothing is noticed: a test that is not true, a case with the wrong verdict, a mutant that lives.
#[test]
fn weak_tests_are_noticed() {
    let (folder, policies) = fresh();
    let inner = folder.path().join("own/a/b");
    let read = |name: &str| std::fs::read_to_string(inner.join(name)).expect("a file");
    let with = |name: &str, text: &str| {
        let before = read(name);
        std::fs::write(inner.join(name), text).expect("a file");
        let output = assize(&["policy", "test", "--policies", &policies, "--mutate", "own.a"]);
        std::fs::write(inner.join(name), before).expect("a file");
        assert_eq!(output.status.code(), Some(1), "{name}: {}{}", stdout(&output), stderr(&output));
        stdout(&output)
    };
    assert!(
        with("policy_test.rego", &(read("policy_test.rego") + "\ntest_false if 1 == 2\n"))
            .contains("test_false: is not true")
    );
    assert!(
        with("policy_test.rego", "package own.a.b_test\n\nimport data.own.a.b\n\ntest_nothing if true\n")
            .contains("ALIVE")
    );
    assert!(with("pass.json", &read("fail.json")).contains("the verdict is fail, not pass"));
    assert!(with("fail.json", &read("pass.json")).contains("the verdict is pass, not fail"));
    // A rule that passes whatever it does not know: the contract's own tests see it.
    let blind = read("policy.rego").replace("unknown contains reason if", "_unused contains reason if");
    assert!(with("policy.rego", &blind).contains("FAIL"));
}

/// Tests of own policies run in a process that may be lost: what eats memory there is an error and no crash of ours.
#[test]
fn a_test_that_eats_memory_is_an_error() {
    let (folder, policies) = fresh();
    let tests = folder.path().join("own/a/b/policy_test.rego");
    let mut text = std::fs::read_to_string(&tests).expect("a file") + "\na0 := \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"\n";
    for i in 1..32 {
        text.push_str(&format!("\na{i} := concat(\"\", [a{0}, a{0}])\n", i - 1));
    }
    text.push_str("\ntest_memory if count(a31) > 1\n");
    std::fs::write(&tests, text).expect("a file");
    let output = assize(&["policy", "test", "--policies", &policies, "own.a"]);
    assert_eq!(output.status.code(), Some(2), "{}{}", stdout(&output), stderr(&output));
    assert!(stderr(&output).contains("took their process down"), "{}", stderr(&output));
}

/// What a policies folder says of itself is text from outside, too.
#[test]
fn metadata_cannot_steer_the_terminal() {
    let (folder, policies) = fresh();
    let file = folder.path().join("own/a/b/policy.rego");
    let text =
        std::fs::read_to_string(&file).expect("a file").replace("# title: B", "# title: \"B \\e[31m red \\u202e\"");
    assert!(text.contains("\\e[31m"));
    std::fs::write(&file, text).expect("a file");
    for command in [vec!["policy", "list"], vec!["policy", "show", "own.a.b"]] {
        let output = assize(&[command.as_slice(), &["--policies", &policies]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = stdout(&output);
        assert!(text.contains("red") && !text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}
