//! The bank as code, judged by the policies that judge the live one: the same verdicts where code can know, and the
//! planted faults at the lines that say so.

use std::collections::{BTreeMap, BTreeSet};

use assize::snapshot::write_native;
use serde_json::Value;

use crate::bank::{Fault, faults};
use crate::code::{ROOT, code};
use crate::code_bank::{LANGUAGES, tail};
use crate::code_lines::lines;
use crate::estate::snapshot;
use crate::generator::{Bank, declared};
use crate::support::{assize, stderr, stdout};

/// What only running Azure knows: the policy and a word of the reason that code cannot answer it.
const LIVE_ONLY: &[(&str, &str)] = &[
    // The dates of the certificate that was issued.
    ("azure.key_vault.certificate_renewed_in_time", "attributes"),
    ("azure.backup.instance_protected", "currentprotectionstate"),
    ("azure.backup.multi_user_authorization_required", "isvaultprotectedbyresourceguard"),
    ("azure.databricks.data_governed_in_catalog", "isucenabled"),
    ("azure.recovery_services.multi_user_authorization_required", "multiuserauthorization"),
    ("azure.sql_managed_instance.backup_redundancy_in_force", "currentbackupstorageredundancy"),
    ("azure.sql_managed_instance.restore_window_available", "restore point"),
    ("azure.key_vault.key_expiry_not_imminent", "created"),
    ("azure.key_vault.key_platform_current", "hsmplatform"),
    ("azure.mysql.restore_window_available", "earliest"),
    ("azure.mysql.zone_redundant_standby_healthy", "state"),
    ("azure.postgresql.customer_managed_key_valid", "status"),
    // Whether a Managed HSM that was extended to a region is ready there.
    ("azure.postgresql.geo_backup_key_in_paired_region", "not ready"),
    ("azure.postgresql.geo_backup_key_valid", "status"),
    ("azure.postgresql.restore_window_available", "earliest"),
    ("azure.postgresql.zone_redundant_standby_healthy", "state"),
    ("azure.aks.kubernetes_version_supported", "currentkubernetesversion"),
    ("azure.aks.node_versions_follow", "currentkubernetesversion"),
    ("azure.cosmos.customer_managed_key_valid", "state of the key"),
    ("azure.cosmos.keys_rotated", "generationtime"),
    ("azure.cosmos.private_endpoint_approved", "privateendpointconnections"),
    ("azure.data_explorer.zones_in_force", "zonestatus"),
    ("azure.sql.backup_redundancy_in_force", "currentbackupstorageredundancy"),
    ("azure.sql.private_endpoint_approved", "privateendpointconnections"),
    ("azure.sql.restore_window_available", "creationdate"),
    ("azure.dns.resolver_connected", "dnsresolverstate"),
    ("azure.dns.zone_link_completed", "virtualnetworklinkstate"),
    ("azure.network.peering_connected", "peeringstate"),
    ("azure.network.private_endpoint_approved", "state of a connection"),
    ("azure.network.private_endpoint_approved", "manualprivatelinkserviceconnections"),
    // Subnets are resources of their own in code.
    ("azure.network.virtual_network_subnets_have_security_groups", "subnets"),
    ("azure.storage.geo_replication_live", "georeplicationstats"),
    ("azure.storage.keys_rotated", "keycreationtime"),
    ("azure.estate.replica_key_in_its_region", "is ready"),
    ("azure.estate.private_endpoint_approved", "privateendpointconnections"),
    ("azure.estate.private_endpoint_connections_settled", "privateendpointconnections"),
    ("azure.managed_hsm.key_recoverable", "recoverylevel"),
    ("azure.managed_hsm.pool_activated", "activationstatus"),
    ("azure.sql.region_failure_objective_met", "currentbackupstorageredundancy"),
    ("azure.mysql.private_endpoint_approved", "privateendpointconnections"),
    ("azure.postgresql.last_backup_recent", "backups"),
    ("azure.postgresql.private_endpoint_approved", "privateendpointconnections"),
    ("azure.postgresql.regional_replica_replicating", "replicationstate"),
    // Policies that hold the blobs of a container are resources of their own in code.
    ("azure.storage.log_container_accepts_appends", "hasimmutabilitypolicy"),
    ("azure.storage.log_container_immutable", "immutabilitypolicy"),
    ("azure.storage.log_container_policy_locked", "hasimmutabilitypolicy"),
];

/// What is no fault and differs all the same: policy, end of the id, what code comes to. Somebody has disabled this key by
/// hand, so live Azure asks no more of it. A failover group makes the links between databases.
const DIFFERENT: &[(&str, &str, &str)] = &[
    ("azure.key_vault.key_expiry_set", "keys/cmk-pg-fraud-se", "pass"),
    ("azure.key_vault.key_rotation_configured", "keys/cmk-pg-fraud-se", "pass"),
    ("azure.sql.geo_replication_caught_up", "sql-qm-lending-neu/databases/lending_core", "not_applicable"),
    ("azure.sql.geo_replication_caught_up", "sql-qm-risk-neu/databases/risk_core", "not_applicable"),
    ("azure.sql.geo_replication_caught_up", "sql-qm-risk/databases/risk_core", "not_applicable"),
];

/// A finding's policy and the tail of the id of its resource.
type Key = (String, String);

/// What the policies say of a snapshot or of code.
fn judged(what: &str, format: &str) -> Value {
    let at = ["--config", "fixtures/bank/assize.yaml", "--at", "2026-11-01T06:00:00Z"];
    // The code is all there is of the bank. For the snapshot the flag means nothing.
    let output = assize(&[&["scan", what, "--whole-estate"], &at[..], &["--output", format]].concat());
    assert!(output.status.code().is_some_and(|code| code < 2), "{what}: {}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn findings(assessment: &Value) -> BTreeMap<Key, Value> {
    let text = |f: &Value, key: &str| f[key].as_str().expect("text").to_owned();
    let findings = assessment["findings"].as_array().expect("findings").iter();
    findings.map(|f| ((text(f, "policy"), tail(&text(f, "resource"))), f.clone())).collect()
}

/// What the policies say of the bank when nothing of it has gone unread.
fn live(bank: &Bank) -> BTreeMap<Key, Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("declared.jsonl");
    let mut bytes = Vec::new();
    write_native(&mut bytes, &snapshot(bank)).expect("memory");
    std::fs::write(&file, bytes).expect("a file");
    findings(&judged(&file.to_string_lossy(), "json"))
}

/// The resources that a reader finds are those of the bank, with what code has around them.
#[test]
fn the_code_is_read_completely() {
    for (language, _) in LANGUAGES {
        let assessment = judged(&format!("{ROOT}/{language}"), "json");
        // Azure makes children by itself: nobody wrote anything of them.
        let written = |r: &&Value| r["origin"]["file"]["properties"].as_object().is_some_and(|p| !p.is_empty());
        let resources = assessment["resources"].as_array().expect("resources").iter().filter(written);
        let read: BTreeSet<String> = resources.map(|r| tail(r["id"].as_str().expect("an id"))).collect();
        // Their names are made when the code is applied.
        let unnamed = |tail: &str| tail.contains("/microsoft.authorization/roleassignments/");
        let expected: BTreeSet<String> = code(language).places.into_keys().filter(|tail| !unnamed(tail)).collect();
        let missed: Vec<&String> = expected.difference(&read).collect();
        assert!(missed.is_empty(), "{language} is read without {missed:#?}");
        let groups =
            |tail: &str| tail.contains("/resourcegroups/") || tail.contains("microsoft.resources/deployments/");
        // Some arguments of azurerm, and some lists of ARM, are children in Azure.
        let child = |tail: &str| expected.contains(tail.rsplitn(3, '/').last().unwrap_or(tail));
        let invented: Vec<&String> =
            read.difference(&expected).filter(|tail| !unnamed(tail) && !groups(tail) && !child(tail)).collect();
        assert!(invented.is_empty(), "{language} is read with {invented:#?}");
    }
}

#[test]
fn code_comes_to_the_verdicts_of_the_live_bank() {
    let (live, faults) = (live(&declared()), faults());
    for (language, _) in LANGUAGES {
        let (code, found) = (code(language), findings(&judged(&format!("{ROOT}/{language}"), "json")));
        let mut wrong = Vec::new();
        for (key, finding) in &live {
            let declared = code.places.contains_key(&key.1);
            let expected = expected(&faults, key, finding["verdict"].as_str().expect("a verdict"), language);
            let answer = found.get(key);
            let verdict = answer.map_or("absent", |f| f["verdict"].as_str().expect("a verdict"));
            let excused = !declared || (verdict == "unknown" && answer.is_some_and(|f| live_only(&key.0, f)));
            if verdict != expected && !excused {
                let why = answer.map(|f| format!("{} {}", f["reasons"], f["details"])).unwrap_or_default();
                wrong.push(format!("{} of {} is {verdict}, not {expected} {why}", key.0, key.1));
            }
        }
        // A vault whose certificates no template can declare may say so. Code declares the resource groups, each where it
        // may be; the live bank does not hold them.
        let group = |key: &Key, f: &Value| key.1.contains("/resourcegroups/") && f["verdict"] == "pass";
        let extra = found
            .iter()
            .filter(|(key, f)| !live.contains_key(*key) && f["verdict"] != "not_applicable" && !group(key, f));
        for (key, finding) in extra {
            let certificates = language != "terraform" && key.0 == "azure.key_vault.certificate_renewed_in_time";
            if !certificates || finding["verdict"] != "unknown" {
                wrong.push(format!("{} of {} is invented: {}", key.0, key.1, finding["verdict"]));
            }
        }
        assert!(wrong.is_empty(), "{language}, {} differences:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// The verdict that a source must come to, when the live bank comes to `live`.
fn expected(faults: &[Fault], key: &Key, live: &str, language: &str) -> String {
    let different = DIFFERENT.iter().find(|(policy, end, _)| *policy == key.0 && key.1.ends_with(end));
    if let Some((_, _, verdict)) = different {
        return (*verdict).to_owned();
    }
    let fault = faults.iter().find(|f| f.policy == key.0 && tail(&f.resource) == key.1);
    match fault {
        Some(fault) if !fault.shown_by.contains(&language.to_owned()) => {
            fault.otherwise.clone().expect("what it comes to")
        }
        _ => live.to_owned(),
    }
}

/// Whether an unknown finding waits for a fact that only running Azure has.
fn live_only(policy: &str, finding: &Value) -> bool {
    let reasons = finding["reasons"].to_string().to_lowercase();
    LIVE_ONLY.iter().any(|(name, word)| *name == policy && reasons.contains(word))
}

#[test]
fn faults_are_shown_at_their_lines() {
    for (language, _) in LANGUAGES {
        let code = code(language);
        let sarif = judged(&format!("{ROOT}/{language}"), "sarif");
        let results = sarif["runs"][0]["results"].as_array().expect("results");
        let by_key: BTreeMap<Key, &Value> = results
            .iter()
            .filter_map(|r| {
                let id = r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].as_str()?;
                Some(((r["ruleId"].as_str()?.to_owned(), tail(id)), r))
            })
            .collect();
        let mut wrong = Vec::new();
        let faults = faults();
        let shown = faults.iter().filter(|f| f.verdict == "fail" && f.shown_by.contains(&language.to_owned()));
        for fault in shown {
            let key = (fault.policy.clone(), tail(&fault.resource));
            let Some(result) = by_key.get(&key) else {
                wrong.push(format!("{} of {} is not reported", key.0, key.1));
                continue;
            };
            let place = &result["locations"][0]["physicalLocation"];
            let file = place["artifactLocation"]["uri"].as_str().unwrap_or_default();
            let line = place["region"]["startLine"].as_u64().unwrap_or(0) as usize;
            let read = result["properties"]["details"][0]["path"].as_str().unwrap_or_default();
            let allowed = lines(&code, &key.1, read, language);
            if !allowed.iter().any(|(name, number)| file.ends_with(name.as_str()) && *number == line) {
                wrong.push(format!("{} of {} at {file}:{line} instead of {allowed:?}", key.0, key.1));
            }
        }
        assert!(wrong.is_empty(), "{language}, {} places:\n{}", wrong.len(), wrong.join("\n"));
    }
}
