//! The bank as code: the files are the generated ones, and they declare the resources of the bank.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::code_bank::{Code, LANGUAGES, tail};
use crate::generator::declared;
use crate::support::{bless, path, same_file};

/// The folder of the bank.
pub(crate) const ROOT: &str = "fixtures/bank";

/// The bank in a language.
pub(crate) fn code(language: &str) -> Code {
    let (_, render) = LANGUAGES.iter().find(|(name, _)| *name == language).expect("a language");
    render(&declared())
}

#[test]
fn the_committed_code_is_the_generated_one() {
    for (language, render) in LANGUAGES {
        let (folder, code) = (format!("{ROOT}/{language}"), render(&declared()));
        if bless() {
            let _ = std::fs::remove_dir_all(path(&folder));
        }
        for (name, text) in &code.files {
            let file = format!("{folder}/{name}");
            if bless() {
                std::fs::create_dir_all(path(&file).parent().expect("a folder")).expect("the folder can be made");
            }
            same_file(&file, text.as_bytes());
        }
        let expected: BTreeSet<String> = code.files.keys().cloned().collect();
        let mut found = BTreeSet::new();
        list(&path(&folder), &path(&folder), &mut found);
        assert_eq!(found, expected, "{folder} holds files that nothing generates");
    }
}

/// The files below a folder, relative to it.
fn list(base: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let file = entry.expect("an entry").path();
        if file.is_dir() {
            list(base, &file, found);
        } else {
            let name = file.strip_prefix(base).expect("a file of the folder").to_string_lossy().replace('\\', "/");
            found.insert(name);
        }
    }
}

#[test]
fn the_code_declares_the_bank() {
    let bank = declared();
    let ids: BTreeSet<String> = bank.resources.iter().map(|r| tail(r.body["id"].as_str().expect("an id"))).collect();
    for (language, render) in LANGUAGES {
        let code = render(&bank);
        for (tail, place) in &code.places {
            assert!(ids.contains(tail), "{language} declares {tail}, which the bank does not have");
            let text = &code.files[&place.file];
            let header = text.lines().nth(place.header - 1).expect("the line");
            let word = if language == "arm" { "\"type\": " } else { "resource " };
            assert!(header.trim_start().starts_with(word), "{language}: {tail} does not stand at: {header}");
        }
        for resource in &bank.resources {
            let tail = tail(resource.body["id"].as_str().expect("an id"));
            assert!(
                code.places.contains_key(&tail) || unstated(&resource.body, language),
                "{language} does not declare {tail}"
            );
        }
    }
}

/// Whether a language leaves a resource out, and rightly.
fn unstated(body: &Value, language: &str) -> bool {
    const SYSTEM: [&str; 7] =
        ["azure_maintenance", "azure_sys", "postgres", "information_schema", "mysql", "performance_schema", "sys"];
    match body["type"].as_str().expect("a type") {
        // They are made with the subscription.
        _ if !body["id"].as_str().expect("an id").contains("/resourceGroups/") => true,
        // Azure makes them with the server.
        kind if kind.ends_with("/databases") => SYSTEM.contains(&body["name"].as_str().expect("a name")),
        // A parameter without a value is not set.
        kind if kind.ends_with("/configurations") => body["properties"]["value"] == "",
        // No resource provider deploys them.
        "Microsoft.KeyVault/vaults/certificates" => language != "terraform",
        // A failover group makes them.
        kind if kind.ends_with("/replicationLinks") => true,
        // Azure takes them.
        kind if kind.ends_with("/backups") => true,
        // The server names its administrator itself.
        "Microsoft.Sql/servers/administrators" => true,
        // They are declared; their name is drawn when they are applied.
        "Microsoft.Authorization/roleAssignments" => language == "terraform",
        _ => false,
    }
}
