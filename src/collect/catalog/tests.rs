//! Holds the catalogue to its own rules, and to the relations of the model.

use crate::collect::catalog::{Catalog, catalog};
use crate::model::{KEY_USES, RELATIONS, ReadPath, SUBNET_USES};

/// `2024-01-01`, `2024-01-01-preview`, or the `7.4` of a vault.
fn is_version(text: &str, vault: bool) -> bool {
    let numbers = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    if vault {
        return text.split_once('.').is_some_and(|(a, b)| numbers(a, 1) && numbers(b, 1));
    }
    let date: Vec<&str> = text.strip_suffix("-preview").unwrap_or(text).split('-').collect();
    matches!(date.as_slice(), [y, m, d] if numbers(y, 4) && numbers(m, 2) && numbers(d, 2))
}

#[test]
fn the_embedded_text_is_read_and_every_type_is_written_once() {
    assert!(catalog().rows().count() > 150);
    let types: Vec<String> = catalog().rows().map(|r| r.resource_type.to_lowercase()).collect();
    assert!(types.is_sorted());
    assert!(catalog().row("microsoft.KEYVAULT/vaults/keys").is_some());
    assert!(catalog().row("Microsoft.Nothing/here").is_none());
    let twice = "[{type: A.B/c, version: 2020-01-01}, {type: a.b/C, version: 2020-01-01}]";
    assert_eq!(Catalog::parse(twice).unwrap_err(), "A.B/c has two rows");
    assert!(Catalog::parse("[{type: A.B/c, version: 2020-01-01, lsit: /c}]").is_err());
}

#[test]
fn versions_are_versions_and_fallbacks_are_older() {
    for row in catalog().rows() {
        let mut last = row.api_version.as_str();
        assert!(is_version(last, row.vault), "{}: {last}", row.resource_type);
        for older in &row.fallbacks {
            assert!(is_version(older, row.vault), "{}: {older}", row.resource_type);
            assert!(older.as_str() < last, "{}: {older} is not older than {last}", row.resource_type);
            last = older;
        }
    }
    assert!(!is_version("2024-1-1", false) && !is_version("latest", false) && !is_version("7.4", false));
}

#[test]
fn paths_begin_with_a_slash_and_have_known_placeholders() {
    for row in catalog().rows() {
        let about = &row.resource_type;
        assert!(
            row.subscription.is_some() || row.tenant.is_some() || !row.parents.is_empty(),
            "{about} is found nowhere"
        );
        for path in [&row.tenant, &row.subscription, &row.management_group, &row.list, &row.get].into_iter().flatten() {
            assert!(path.starts_with('/') || path.is_empty(), "{about}: {path}");
            assert!(!path.is_empty() || about == "Microsoft.Resources/subscriptions", "{about}");
            assert!(!path.contains("api-version") && !path.contains("//") && !path.contains(' '), "{about}: {path}");
            let mut rest = path.as_str();
            while let Some((_, after)) = rest.split_once('{') {
                let (word, tail) = after.split_once('}').expect("a closed placeholder");
                assert!(["name", "from", "to", "provider", "location"].contains(&word), "{about}: {path}");
                rest = tail;
            }
            let event = path.contains("{from}") || path.contains("{to}") || path.contains("{provider}");
            assert_eq!(event, row.events.is_some(), "{about}: {path}");
        }
        assert!(row.get.as_ref().is_none_or(|g| g.ends_with("/{name}")), "{about}");
        assert!(row.list.is_none() || !row.parents.is_empty(), "{about}: a list below nothing");
        assert!(
            row.list.is_some() || row.get.is_none() || !row.names.is_empty(),
            "{about}: a GET without names to get"
        );
        assert!(row.expand.is_some() || row.expand_for.is_empty(), "{about}");
        for read in
            row.expand_for.iter().chain(&row.graph_lacks).chain(&row.hidden).chain(row.merge.iter().map(|m| &m.into))
        {
            assert!(read.starts_with("resource.") && ReadPath::parse(read).is_ok(), "{about}: {read}");
        }
    }
}

#[test]
fn parents_and_merged_children_have_rows() {
    for row in catalog().rows() {
        for parent in row.parents.iter().filter(|p| *p != "*") {
            assert!(catalog().row(parent).is_some(), "{} lies below {parent}", row.resource_type);
        }
        if let Some(merge) = &row.merge {
            let child = format!("{}/{}", row.resource_type, merge.collection);
            let child = catalog().row(&child).expect("a row for the child");
            assert!(child.spelled(&merge.name).is_some() && child.get.is_some(), "{}", row.resource_type);
        }
        for name in &row.forbidden {
            assert!(row.spelled(name).is_none(), "{}: {name} is both forbidden and known", row.resource_type);
        }
    }
}

#[test]
fn no_action_is_more_than_a_read() {
    for row in catalog().rows() {
        let action = row.action.to_lowercase();
        assert!(action.ends_with("/read") && !action.contains('*'), "{}", row.action);
        assert!(action.bytes().all(|b| b.is_ascii_alphanumeric() || b"./".contains(&b)), "{}", row.action);
    }
}

#[test]
fn secrets_are_never_asked_for() {
    for row in catalog().rows() {
        for path in [&row.subscription, &row.list, &row.get].into_iter().flatten() {
            let path = path.to_lowercase();
            for word in
                ["listkeys", "listsecrets", "appsettings", "connectionstrings", "publishxml", "/list", "/secrets/"]
            {
                let allowed = word == "/secrets/" && path == "/secrets/{name}";
                assert!(allowed || !path.contains(word), "{}: {path}", row.resource_type);
            }
        }
    }
    for name in ["authsettings", "appsettings", "connectionstrings"] {
        let row = catalog().row("Microsoft.Web/sites/config").unwrap();
        assert!(row.list.is_none() && row.forbidden.iter().any(|f| f == name), "{name}");
    }
}

#[test]
fn everything_that_relations_lead_to_has_a_row() {
    let ends = RELATIONS.iter().flat_map(|r| r.from.iter().chain(r.to).copied());
    let users = KEY_USES.iter().map(|u| u.resource).chain(SUBNET_USES.iter().map(|(t, _)| *t));
    for wanted in ends.chain(users) {
        assert!(catalog().row(wanted).is_some(), "{wanted} has no row");
    }
}

#[test]
fn what_is_not_derived_is_read_as_it_is_written() {
    let row = |t: &str| catalog().row(t).unwrap();
    let events = row("Microsoft.Insights/eventtypes/values");
    let path = events.subscription.as_deref().unwrap();
    assert!(path.contains("/values?$filter=eventTimestamp%20ge%20'{from}'%20and%20") && path.ends_with("'{provider}'"));
    assert!(events.list.is_none() && events.get.is_none() && events.parents.is_empty());
    let keys = row("Microsoft.KeyVault/vaults/keys");
    assert_eq!((keys.list.as_deref(), keys.get.as_deref()), (Some("/keys"), Some("/keys/{name}")));
    assert_eq!(
        (keys.parents.as_slice(), keys.expand.as_deref()),
        (["Microsoft.KeyVault/vaults".to_owned()].as_slice(), Some(""))
    );
    assert_eq!((keys.action.as_str(), keys.collection()), ("Microsoft.KeyVault/vaults/keys/read", "keys"));
    let vaults = row("Microsoft.KeyVault/vaults");
    assert_eq!(vaults.subscription.as_deref(), Some("/providers/Microsoft.KeyVault/vaults"));
    assert!(vaults.parents.is_empty() && vaults.list.is_none() && vaults.is_listed());
    assert!(row("Microsoft.KeyVault/vaults/certificates").vault && !row("Microsoft.Web/sites/config").is_listed());
}
