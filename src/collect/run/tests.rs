//! What the parts make of single answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::collect::catalog::{Row, catalog};
use crate::collect::journal::Item;
use crate::collect::run::gather::{Gathered, Place, child, collection};
use crate::model::{GapReason, Origin};

const PARENT: &str = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";

fn item(text: &str) -> Item {
    Item { body: RawValue::from_string(text.to_owned()).unwrap(), dropped: Vec::new() }
}

fn row(resource_type: &str) -> &'static Row {
    catalog().row(resource_type).unwrap()
}

fn taken(resource_type: &str, about: &str, child: bool, text: &str) -> (Gathered, Option<String>) {
    let mut all = Gathered::default();
    let origin = Arc::new(Origin::of_file("x"));
    let place = Place { about, row: row(resource_type), child };
    let key = all.take(&origin, &item(text), place);
    (all, key)
}

#[test]
fn a_vaults_answer_becomes_a_child_of_the_vault() {
    let text =
        r#"{"id":"https://v.vault.azure.net/certificates/c/0123","attributes":{"enabled":true},"tags":{"a":"b"}}"#;
    let (all, key) = taken("Microsoft.KeyVault/vaults/certificates", PARENT, true, text);
    assert_eq!(key, Some(format!("{}/certificates/c", PARENT.to_lowercase())));
    let (resources, gaps) = all.into_parts();
    let body = resources[0].parsed().unwrap();
    assert_eq!(body["properties"]["attributes"]["enabled"], true);
    assert_eq!((body["tags"]["a"].as_str(), body["name"].as_str()), (Some("b"), Some("c")));
    assert!(gaps.is_empty());
}

#[test]
fn a_child_without_an_id_gets_that_of_its_name() {
    let (_, key) = taken("Microsoft.KeyVault/vaults/secrets", PARENT, true, r#"{"name":"v/x","properties":{}}"#);
    assert_eq!(key, Some(format!("{}/secrets/x", PARENT.to_lowercase())));
}

#[test]
fn types_are_those_of_the_catalogue() {
    let text = r#"{"id":"/subscriptions/s/locations/westeurope","type":"Region","name":"westeurope"}"#;
    let (all, _) = taken("Microsoft.Resources/subscriptions/locations", "/subscriptions/s", false, text);
    assert_eq!(all.into_parts().0[0].resource_type().as_str(), "Microsoft.Resources/subscriptions/locations");
    // An id that spells another type tells of another thing.
    let text = r#"{"id":"/subscriptions/s/providers/A.B/c/d","type":"A.B/c"}"#;
    let (all, _) = taken("Microsoft.KeyVault/vaults", "/subscriptions/s", false, text);
    assert_eq!(all.into_parts().0[0].resource_type().as_str(), "A.B/c");
}

#[test]
fn of_events_only_those_of_interest_are_kept() {
    let event = |operation: &str| {
        format!(
            r#"{{"id":"{PARENT}/events/1/ticks/2","operationName":{{"value":"{operation}"}},"caller":"x","properties":{{}}}}"#
        )
    };
    let kind = "Microsoft.Insights/eventtypes/values";
    let (all, key) = taken(kind, "/subscriptions/s", false, &event("microsoft.dbforpostgresql/flexibleservers/WRITE"));
    assert!(key.is_some());
    assert_eq!(all.into_parts().0[0].resource_type().as_str(), kind);
    let (all, key) = taken(kind, "/subscriptions/s", false, &event("Microsoft.DBforPostgreSQL/flexibleServers/read"));
    assert!(key.is_none() && all.into_parts().1.is_empty());
}

#[test]
fn what_is_no_resource_is_a_gap_of_the_list() {
    for text in ["5", "null", "[]", "{}", r#"{"id":""}"#, r#"{"id":"x"}"#, r#"{"id":7,"name":8}"#] {
        let (all, key) = taken("Microsoft.KeyVault/vaults/secrets", PARENT, true, text);
        assert_eq!((key, all.refused()), (None, 1), "{text}");
        let (resources, gaps) = all.into_parts();
        assert!(resources.is_empty());
        assert_eq!((gaps[0].about.as_str(), gaps[0].read.as_deref()), (PARENT, Some("children.secrets")), "{text}");
    }
}

#[test]
fn a_row_of_resource_graph_loses_what_arm_leaves_out() {
    let text = r#"{"id":"/subscriptions/S/resourcegroups/g/providers/microsoft.keyvault/vaults/v",
        "type":"microsoft.keyvault/vaults","name":"v","kind":"","sku":null,"tags":null,"zones":null,"resourceGroup":"g",
        "subscriptionId":"S","tenantId":"t","apiVersion":"2020-01-01","properties":{"enablePurgeProtection":null}}"#;
    let rows = BTreeMap::from([("microsoft.keyvault/vaults".to_owned(), "Microsoft.KeyVault/vaults")]);
    let mut all = Gathered::default();
    let taken = all.take_row(&Arc::new(Origin::of_file("x")), &item(text), &rows, "Resource Graph").unwrap();
    assert_eq!(taken.1.as_deref(), Some("2020-01-01"));
    let body = all.into_parts().0[0].parsed().unwrap();
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["id", "name", "properties", "type"]);
    assert_eq!(body["type"], "Microsoft.KeyVault/vaults");
}

#[test]
fn dropped_values_are_gaps_where_they_stand() {
    let mut all = Gathered::default();
    let origin = Arc::new(Origin::of_file("x"));
    let body = r#"{"id":"https://v.vault.azure.net/certificates/c","x":{"$redacted":"why"}}"#;
    let item = Item { dropped: vec!["resource.x".to_owned()], ..item(body) };
    let row = row("Microsoft.KeyVault/vaults/certificates");
    all.take(&origin, &item, Place { about: PARENT, row, child: true }).unwrap();
    let (_, gaps) = all.into_parts();
    assert_eq!((gaps[0].read.as_deref(), gaps[0].reason), (Some("resource.properties.x"), GapReason::Redacted));
}

#[test]
fn the_properties_of_a_child_are_put_where_policies_read_them() {
    let site = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/w";
    let mut all = Gathered::default();
    let origin = Arc::new(Origin::of_file("x"));
    let text = format!(r#"{{"id":"{site}","properties":{{"siteConfig":{{"minTlsVersion":"1.0","a":1}}}}}}"#);
    let sites = Place { about: "/subscriptions/s", row: row("Microsoft.Web/sites"), child: false };
    all.take(&origin, &item(&text), sites).unwrap();
    let text = format!(r#"{{"id":"{site}/config/web","properties":{{"minTlsVersion":"1.2"}}}}"#);
    let config = Place { about: site, row: row("Microsoft.Web/sites/config"), child: true };
    let key = all.take(&origin, &item(&text), config).unwrap();
    all.merge(&site.to_lowercase(), &key, "resource.properties.siteConfig").unwrap();
    let body = all.into_parts().0[0].parsed().unwrap();
    assert_eq!(body["properties"]["siteConfig"], serde_json::json!({"minTlsVersion": "1.2", "a": 1}));
}

#[test]
fn properties_that_cannot_be_used_are_not_put_anywhere() {
    let site = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/w";
    let older = Origin::Request {
        method: "GET".to_owned(),
        path: "/x".to_owned(),
        api_version: "2015-08-01".to_owned(),
        time: String::new(),
        request_id: None,
        digest: String::new(),
        older_than: Some("2025-03-01".to_owned()),
    };
    for (properties, origin) in [("\"text\"", Origin::of_file("x")), ("{}", older)] {
        let mut all = Gathered::default();
        let sites = Place { about: "/subscriptions/s", row: row("Microsoft.Web/sites"), child: false };
        let text = format!(r#"{{"id":"{site}","properties":{{"siteConfig":{{"a":1}}}}}}"#);
        all.take(&Arc::new(Origin::of_file("x")), &item(&text), sites).unwrap();
        let config = Place { about: site, row: row("Microsoft.Web/sites/config"), child: true };
        let text = format!(r#"{{"id":"{site}/config/web","properties":{properties}}}"#);
        let key = all.take(&Arc::new(origin), &item(&text), config).unwrap();
        assert!(all.merge(&site.to_lowercase(), &key, "resource.properties.siteConfig").is_none(), "{properties}");
    }
}

#[test]
fn gaps_name_collections_as_reads_do() {
    let keys = row("Microsoft.KeyVault/vaults/keys");
    assert_eq!((collection(keys), child(keys, "a.b")), ("children.keys".into(), "children.keys[\"a.b\"]".into()));
    assert_eq!(collection(row("Microsoft.Insights/diagnosticSettings")), "Microsoft.Insights/diagnosticSettings");
}

#[test]
fn only_what_hides_resources_makes_a_snapshot_partial() {
    let gap = |about: &str, read: Option<&str>| {
        let mut all = Gathered::default();
        all.gap(about, read.map(str::to_owned), GapReason::Denied, String::new());
        all.is_partial()
    };
    assert!(gap("/subscriptions/s", None) && gap("the list of subscriptions", None));
    assert!(!gap("/subscriptions/s", Some("Microsoft.KeyVault/vaults")) && !gap(PARENT, Some("children.keys")));
}
