//! Where a property stands in the code of the bank, found by looking at the text and not by asking the program.

use std::collections::BTreeSet;

use crate::bank::faults;
use crate::code::code;
use crate::code_bank::{Code, LANGUAGES, Place, tail};

/// The lines at which a finding about a read may stand, found by looking for the property in the text. What is not
/// written points to the block that would hold it, or to the resource.
pub(crate) fn lines(code: &Code, resource: &str, read: &str, language: &str) -> BTreeSet<(String, usize)> {
    // A name with a dot stands in brackets: children.configurations["pgaudit.log"].
    let read = match read.split_once("[\"").and_then(|(a, rest)| Some((a, rest.split_once("\"]")?))) {
        Some((before, (name, after))) => format!("{before}.{}{after}", name.replace('.', "\u{1}")),
        None => read.to_owned(),
    };
    let words: Vec<String> = read.split('.').map(|w| w.replace('\u{1}', ".")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let own = &code.places[resource];
    let headers = |place: &Place| [place.start, place.header].map(|line| (place.file.clone(), line));
    match words[0] {
        "resource" => property(code, own, &words[1..], language),
        "children" if words[2] == "*" => {
            let below = format!("{resource}/{}/", words[1]).to_lowercase();
            let children = code.places.range(below.clone()..).take_while(|(tail, _)| tail.starts_with(&below));
            let places = children.flat_map(|(_, place)| property(code, place, &words[3..], language));
            places.chain(headers(own)).collect()
        }
        "children" => {
            let child = format!("{resource}/{}/{}", words[1], words[2]).to_lowercase();
            // What nobody wrote is a finding about the resource that lacks it.
            let place = code.places.get(&child);
            place.map_or_else(|| headers(own).into_iter().collect(), |p| property(code, p, &words[3..], language))
        }
        "context" => property(code, own, &["tags"], language).into_iter().chain(headers(own)).collect(),
        // What another resource says is a finding about this one as a whole.
        _ => headers(own).into_iter().collect(),
    }
}

/// The line of a property in the block of a resource; the lines around it as well where it may be left out.
fn property(code: &Code, place: &Place, words: &[&str], language: &str) -> BTreeSet<(String, usize)> {
    let terraform = language == "terraform";
    let joined = words.join(".");
    let lines: Vec<&str> = code.files[&place.file].lines().collect();
    // A block of azapi holds the body as ARM has it.
    let whole = lines[place.start - 1].starts_with("resource \"azapi_resource\"");
    let outside = ["identity", "tags", "location", "name"].contains(&words.first().copied().unwrap_or_default());
    let inside = format!("body.{joined}");
    let words: Vec<&str> = match terraform {
        true if whole => if outside { &joined } else { &inside }.split('.').collect(),
        true => argument(&joined, place.file.starts_with("modules/")).split('.').collect(),
        false => words.to_vec(),
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (mut found, mut from, mut depth) =
        (vec![place.start, place.header], place.start, indent(lines[place.start - 1]));
    let mut complete = true;
    for word in &words {
        let block = lines.iter().enumerate().skip(from).take_while(|(_, l)| l.is_empty() || indent(l) > depth);
        let block: Vec<(usize, &str)> = block.map(|(at, line)| (at, *line)).collect();
        let inner = block.iter().filter(|(_, l)| !l.is_empty()).map(|(_, l)| indent(l)).min().unwrap_or(0);
        let hit = block.iter().find(|(_, line)| {
            // A loop of Bicep and a dynamic block of Terraform hold their content one step deeper.
            let deeper = indent(line) == inner || indent(line) == inner + 2;
            deeper && names(line.trim_start(), word)
        });
        let Some((at, line)) = hit else {
            complete = false;
            break;
        };
        found.push(at + 1);
        (from, depth) = (at + 1, indent(line));
    }
    // An expression in a module may come to nothing.
    if complete && !(terraform && place.file.starts_with("modules/")) {
        found = found.split_off(found.len() - 1);
    }
    found.into_iter().map(|line| (place.file.clone(), line)).collect()
}

/// Whether a line gives the member of this name.
fn names(line: &str, word: &str) -> bool {
    let line = line.trim_start_matches("dynamic ").trim_start_matches(['"', '\'']);
    line.strip_prefix(word).is_some_and(|rest| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.starts_with(':') || rest.trim_start().starts_with(['=', '{'])
    })
}

/// The argument of azurerm for an ARM path.
fn argument(path: &str, module: bool) -> &str {
    match path {
        // The module makes PostgreSQL servers, MySQL servers stand outside.
        "properties.network.publicNetworkAccess" if module => "public_network_access_enabled",
        "properties.network.publicNetworkAccess" => "public_network_access",
        "properties.storage.autoGrow" if module => "auto_grow_enabled",
        "properties.storage.autoGrow" => "storage.auto_grow_enabled",
        "properties.storage.storageSizeGB" => "storage.size_gb",
        "properties.maintenanceWindow.customWindow" => "maintenance_window",
        "properties.version" => "version",
        "sku.name" => "sku_name",
        "properties.value" => "value",
        "properties.principalType" => "principal_type",
        "properties.kty" => "key_type",
        "properties.keySize" => "key_size",
        "properties.attributes.exp" => "expiration_date",
        // The list begins with what is written of it: the faulty policies have a reminder, or nothing.
        "properties.rotationPolicy.lifetimeActions" => "rotation_policy.notify_before_expiry",
        "properties.sku.name" => "sku_name",
        "properties.enablePurgeProtection" => "purge_protection_enabled",
        "properties.enableRbacAuthorization" => "rbac_authorization_enabled",
        "properties.networkAcls.defaultAction" => "network_acls.default_action",
        "properties.networkAcls.ipRules" => "network_acls.ip_rules",
        "properties.initialAdminObjectIds" => "admin_object_ids",
        "properties.accessPolicies" => "access_policy",
        "properties.softDeleteRetentionInDays" => "soft_delete_retention_days",
        "properties.backup.backupRetentionDays" => "backup_retention_days",
        "properties.backup.geoRedundantBackup" => "geo_redundant_backup_enabled",
        "properties.dataEncryption.type" => "customer_managed_key",
        "properties.dataEncryption.primaryKeyURI" => "customer_managed_key.key_vault_key_id",
        "properties.dataEncryption.geoBackupKeyURI" => "customer_managed_key.geo_backup_key_vault_key_id",
        "properties.highAvailability.mode" => "high_availability.mode",
        "properties.highAvailability.standbyAvailabilityZone" => "high_availability.standby_availability_zone",
        "properties.authConfig.activeDirectoryAuth" => "authentication.active_directory_auth_enabled",
        "properties.authConfig.passwordAuth" => "authentication.password_auth_enabled",
        other => other,
    }
}

/// The look-up itself, so that a wrong place is not blamed on the program.
#[test]
fn properties_are_found_in_the_text() {
    let arm = "microsoft.keyvault/vaults/kv-qm-onboarding-neu";
    let days = "resource.properties.softDeleteRetentionInDays";
    let texts = [
        ("terraform", "soft_delete_retention_days    = 30"),
        ("bicep", "softDeleteRetentionInDays: 30"),
        ("arm", "\"softDeleteRetentionInDays\": 30,"),
    ];
    assert_eq!(texts.map(|(language, _)| language), LANGUAGES.map(|(language, _)| language));
    for (language, text) in texts {
        let code = code(language);
        let lines = lines(&code, arm, days, language);
        let (file, line) = lines.first().expect("a line");
        assert_eq!((lines.len(), code.files[file].lines().nth(line - 1).expect("the line").trim()), (1, text));
        // Every fault in code has a place to stand.
        let shown = faults().into_iter().filter(|f| f.shown_by.contains(&language.to_owned()));
        for fault in shown {
            assert!(code.places.contains_key(&tail(&fault.resource)), "{language}: {}", fault.resource);
        }
    }
}
