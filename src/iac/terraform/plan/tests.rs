//! Tests: plans as Terraform writes them, beside their code and without it.

use super::*;
use crate::iac::json;

/// The plan of the code in [`CODE`], as Terraform writes it, shortened.
const PLAN: &str = r#"{
  "format_version": "1.2",
  "planned_values": {"root_module": {
    "resources": [
      {"address": "azurerm_key_vault.v[\"a\"]", "mode": "managed", "type": "azurerm_key_vault", "name": "v", "index": "a",
        "values": {"name": "kv-a", "resource_group_name": "rg", "location": "westeurope", "purge_protection_enabled": true,
          "access_policy": [], "network_acls": [{"bypass": "AzureServices", "default_action": "Deny", "ip_rules": []}], "tags": null}},
      {"address": "azurerm_key_vault.v[\"b\"]", "mode": "managed", "type": "azurerm_key_vault", "name": "v", "index": "b",
        "values": {"name": "kv-b", "resource_group_name": "rg", "location": "westeurope", "access_policy": [], "network_acls": []}},
      {"address": "azurerm_key_vault_key.k[\"a\"]", "mode": "managed", "type": "azurerm_key_vault_key", "name": "k", "index": "a",
        "values": {"name": "key", "key_type": "RSA"}},
      {"address": "azurerm_storage_account.s", "mode": "managed", "type": "azurerm_storage_account", "name": "s",
        "values": {"name": "st", "resource_group_name": "rg", "primary_access_key": "secret", "identity": [{"type": "UserAssigned"}]},
        "sensitive_values": {"primary_access_key": true}},
      {"address": "azurerm_storage_account.gone", "mode": "managed", "type": "azurerm_storage_account", "name": "gone",
        "values": {"name": "gone", "resource_group_name": "rg"}},
      {"address": "data.azurerm_client_config.c", "mode": "data", "type": "azurerm_client_config", "name": "c", "values": {}},
      {"address": "random_id.r", "mode": "managed", "type": "random_id", "name": "r", "values": {}}
    ],
    "child_modules": [{"address": "module.d[0]", "resources": [
      {"address": "module.d[0].azurerm_monitor_diagnostic_setting.x", "mode": "managed",
        "type": "azurerm_monitor_diagnostic_setting", "name": "x", "values": {"name": "diag"}}
    ]}]
  }},
  "resource_changes": [
    {"address": "azurerm_key_vault_key.k[\"a\"]", "mode": "managed", "type": "azurerm_key_vault_key", "name": "k", "index": "a",
      "change": {"actions": ["create"], "before": null, "after": {"name": "key", "key_type": "RSA", "key_opts": [null, "sign"]},
        "after_unknown": {"id": true, "key_vault_id": true, "key_opts": [true, false], "e": true}, "after_sensitive": {}}},
    {"address": "azurerm_storage_account.s", "mode": "managed", "type": "azurerm_storage_account", "name": "s",
      "change": {"actions": ["create"], "before": null,
        "after": {"name": "st", "resource_group_name": "rg", "primary_access_key": "secret", "identity": [{"type": "UserAssigned"}]},
        "after_unknown": {"id": true, "access_tier": true, "identity": [{"identity_ids": [true], "principal_id": true}], "customer_managed_key": [{"key_vault_key_id": true}]},
        "after_sensitive": {"primary_access_key": true, "identity": [{"identity_ids": [false]}]}}},
    {"address": "azurerm_storage_account.gone", "mode": "managed", "type": "azurerm_storage_account", "name": "gone",
      "change": {"actions": ["delete"], "before": {}, "after": null, "after_unknown": {}}},
    {"address": "module.d[0].azurerm_monitor_diagnostic_setting.x", "mode": "managed",
      "type": "azurerm_monitor_diagnostic_setting", "name": "x",
      "change": {"actions": ["create"], "after": {"name": "diag"}, "after_unknown": {"target_resource_id": true, "storage_account_id": true}}}
  ],
  "resource_drift": [{"address": "azurerm_storage_account.gone", "type": "azurerm_storage_account", "name": "gone", "mode": "managed",
    "change": {"actions": ["update"]}}],
  "configuration": {
    "provider_config": {"azurerm": {"name": "azurerm", "version_constraint": "~> 3.0", "expressions": {
      "features": [{}], "subscription_id": {"constant_value": "00000000-0000-0000-0000-0000000000AA"}}}},
    "root_module": {
      "resources": [
        {"address": "azurerm_key_vault.v", "expressions": {"name": {"references": ["each.key"]}, "resource_group_name": {"constant_value": "rg"},
          "network_acls": [{"bypass": {}, "default_action": {"constant_value": "Deny"}, "ip_rules": {"constant_value": []}}]}},
        {"address": "azurerm_key_vault_key.k", "expressions": {"name": {"constant_value": "key"},
          "key_vault_id": {"references": ["azurerm_key_vault.v", "each.key"]}, "key_opts": {"references": ["local.x"]}, "e": {"references": ["local.x"]}}},
        {"address": "azurerm_storage_account.s", "expressions": {"identity": [{"type": {}, "identity_ids": {"references": ["azurerm_user_assigned_identity.i.id", "azurerm_user_assigned_identity.i"]}}],
          "customer_managed_key": [{"key_vault_key_id": {"references": ["azurerm_key_vault_key.k[\"a\"].id", "azurerm_key_vault_key.k[\"a\"]", "azurerm_key_vault_key.k"]}}]}}
      ],
      "module_calls": {"d": {"source": "./d", "count_expression": {"constant_value": 1},
        "expressions": {"target": {"references": ["azurerm_key_vault.v[\"b\"].id", "azurerm_key_vault.v[\"b\"]", "azurerm_key_vault.v"]},
                        "store": {"references": ["azurerm_storage_account.s.id", "azurerm_storage_account.s"]}},
        "module": {"resources": [{"address": "azurerm_monitor_diagnostic_setting.x", "expressions": {
          "target_resource_id": {"references": ["var.target"]}, "storage_account_id": {"references": ["var.store"]}}}]}}}
    }
  }
}"#;

const CODE: &str = r#"resource "azurerm_key_vault" "v" {
  for_each = toset(["a", "b"])
  name     = "kv-${each.key}"
  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
  }
}
resource "azurerm_key_vault_key" "k" {
  for_each     = toset(["a"])
  name         = "key"
  key_vault_id = azurerm_key_vault.v[each.key].id
}
resource "azurerm_storage_account" "s" {
  name = "st"
}
module "d" {
  source = "./d"
  count  = 1
  target = azurerm_key_vault.v["b"].id
  store  = azurerm_storage_account.s.id
}
"#;

const INNER: &str = r#"variable "target" {}
variable "store" {}
resource "azurerm_monitor_diagnostic_setting" "x" {
  name               = "diag"
  target_resource_id = var.target
  storage_account_id = "${var.store}/x"
}
"#;

struct Read {
    tree: Tree,
    instances: Vec<Instance>,
    reading: Reading,
}

fn read(plan: &str, files: &[(&str, &str)]) -> Read {
    let files = files.iter().copied().chain([("e/plan.json", plan)]);
    let tree = Tree::memory(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    let file = tree.read("e/plan.json").unwrap();
    let root = json::parse(&tree.text(file), file).unwrap();
    assert!(looks_like_plan(&root));
    let mut reading = Reading::default();
    let instances = instances(&tree, file, &root, &mut Ids::default(), &mut reading);
    Read { tree, instances, reading }
}

impl Read {
    #[track_caller]
    fn instance(&self, address: &str) -> &Instance {
        self.instances.iter().find(|i| i.address == address).unwrap_or_else(|| panic!("{address} is not there"))
    }

    #[track_caller]
    fn value(&self, address: &str, path: &str) -> Node {
        let mut node = &self.instance(address).body;
        for word in path.split('.') {
            let next = match word.parse::<usize>() {
                Ok(at) => node.as_array().and_then(|a| a.get(at)),
                Err(_) => node.get(word),
            };
            node = next.unwrap_or_else(|| panic!("{address} has no {path}: {node:?}"));
        }
        node.clone()
    }

    #[track_caller]
    fn text(&self, address: &str, path: &str) -> String {
        let value = self.value(address, path);
        value.reason().map_or_else(|| value.to_json().unwrap().to_string(), |r| format!("?{r}"))
    }

    fn source(&self, span: Span) -> (String, String) {
        let text = self.tree.text(span.file);
        (self.tree.name(span.file).to_string(), text[span.start as usize..span.end as usize].to_owned())
    }
}

const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-0000000000aa/resourceGroups/rg/providers";

#[test]
fn a_format_that_is_not_known_is_a_gap() {
    for (version, known) in
        [("\"0.2\"", true), ("\"1.9\"", true), ("\"2.0\"", false), ("\"10.1\"", false), ("\"\"", false)]
    {
        let read = read(&PLAN.replacen("\"1.2\"", version, 1), &[]);
        assert!(!read.instances.is_empty());
        let gap = read.reading.missing.iter().find(|m| m.detail.contains("format version"));
        assert_eq!(gap.is_none(), known, "{version}");
        if let Some(gap) = gap {
            assert!(gap.reason == GapReason::Unsupported && gap.detail.contains(version), "{gap:?}");
        }
    }
}

#[test]
fn plans_are_told_from_other_json() {
    for (text, expected) in [
        (PLAN, true),
        (r#"{"format_version": "1.0", "values": {"root_module": {}}}"#, true),
        (r#"{"format_version": "0.1", "resource_changes": []}"#, true),
        (r#"{"format_version": "1.0", "provider_schemas": {}}"#, false),
        (r#"{"planned_values": {}}"#, false),
        ("[]", false),
    ] {
        assert_eq!(looks_like_plan(&json::parse(text, FileId(0)).unwrap()), expected);
    }
}

#[test]
fn managed_resources_of_azure_are_read_and_deleted_ones_left_out() {
    let read = read(PLAN, &[]);
    let addresses: Vec<&str> = read.instances.iter().map(|i| i.address.as_str()).collect();
    assert_eq!(
        addresses,
        [
            "azurerm_key_vault.v[\"a\"]",
            "azurerm_key_vault.v[\"b\"]",
            "azurerm_key_vault_key.k[\"a\"]",
            "azurerm_storage_account.s",
            "module.d[0].azurerm_monitor_diagnostic_setting.x",
        ]
    );
    assert!(read.instances.iter().all(|i| i.provider == 3));
    assert!(read.instances.iter().all(|i| i.subscription == "00000000-0000-0000-0000-0000000000aa"));
    assert!(read.reading.missing.is_empty());
}

#[test]
fn what_is_empty_is_left_out_unless_the_code_says_so() {
    let read = read(PLAN, &[]);
    let a = read.instance("azurerm_key_vault.v[\"a\"]");
    assert!(a.body.get("tags").is_none() && a.body.get("access_policy").is_none());
    assert_eq!(read.text(&a.address, "network_acls.0.ip_rules"), "[]");
    assert!(read.instance("azurerm_key_vault.v[\"b\"]").body.get("network_acls").is_none());
}

#[test]
fn what_is_known_after_apply_is_unknown_on_its_path_alone() {
    let read = read(PLAN, &[]);
    let k = "azurerm_key_vault_key.k[\"a\"]";
    for (address, path, expected) in [
        (k, "key_opts.0", "?azurerm_key_vault_key.k[\"a\"].key_opts[0] is known after apply"),
        (k, "key_opts.1", "\"sign\""),
        (k, "e", "?azurerm_key_vault_key.k[\"a\"].e is known after apply"),
        ("azurerm_storage_account.s", "access_tier", "?azurerm_storage_account.s.access_tier is known after apply"),
        ("azurerm_storage_account.s", "identity.0.type", "\"UserAssigned\""),
        (
            "azurerm_storage_account.s",
            "identity.0.identity_ids.0",
            "?azurerm_storage_account.s.identity[0].identity_ids[0] is known after apply",
        ),
    ] {
        assert_eq!(read.text(address, path), expected, "{path}");
    }
}

#[test]
fn references_lead_to_the_other_resource() {
    let x = "module.d[0].azurerm_monitor_diagnostic_setting.x";
    let vault = format!("\"{SUBSCRIPTION}/Microsoft.KeyVault/vaults");
    let s = "azurerm_storage_account.s";
    // The plan alone does not tell an id from a part of it; the code does.
    for (files, address, path, expected) in [
        (vec![], "azurerm_key_vault_key.k[\"a\"]", "key_vault_id", format!("{vault}/kv-a\"")),
        (vec![], s, "customer_managed_key.0.key_vault_key_id", "\"https://kv-a.vault.azure.net/keys/key/".to_owned()),
        (vec![], x, "storage_account_id", format!("\"{SUBSCRIPTION}/Microsoft.Storage/storageAccounts/st\"")),
        (vec![], x, "target_resource_id", format!("?{x}.target_resource_id is known after apply")),
        (vec![("e/main.tf", CODE), ("e/d/main.tf", INNER)], x, "target_resource_id", format!("{vault}/kv-b\"")),
        (
            vec![("e/main.tf", CODE), ("e/d/main.tf", INNER)],
            x,
            "storage_account_id",
            format!("?{x}.storage_account_id is known after apply"),
        ),
        (vec![("e/main.tf", CODE)], "azurerm_key_vault_key.k[\"a\"]", "key_vault_id", format!("{vault}/kv-a\"")),
    ] {
        let text = read(PLAN, &files).text(address, path);
        assert!(text.starts_with(&expected), "{path}: {text}");
    }
}

#[test]
fn references_through_outputs_and_cycles() {
    let plan = r#"{"format_version": "1.2",
      "planned_values": {"root_module": {"resources": [
        {"address": "azurerm_storage_container.c", "type": "azurerm_storage_container", "name": "c", "values": {"name": "c"}},
        {"address": "azurerm_storage_container.d", "type": "azurerm_storage_container", "name": "d", "values": {"name": "d"}}],
       "child_modules": [{"address": "module.m[\"p\"]", "resources": [
        {"address": "module.m[\"p\"].azurerm_storage_account.a[0]", "type": "azurerm_storage_account", "name": "a", "index": 0,
          "values": {"name": "sta", "resource_group_name": "rg"}}]}]}},
      "resource_changes": [
        {"address": "azurerm_storage_container.c", "type": "azurerm_storage_container", "name": "c",
          "change": {"actions": ["create"], "after": {"name": "c"}, "after_unknown": {"storage_account_id": true, "x": true}}},
        {"address": "azurerm_storage_container.d", "type": "azurerm_storage_container", "name": "d",
          "change": {"actions": ["create"], "after": {"name": "d"}, "after_unknown": {"storage_account_id": true, "x": true}}}],
      "configuration": {"root_module": {"resources": [
        {"address": "azurerm_storage_container.c", "expressions": {
          "storage_account_id": {"references": ["module.m[\"p\"].id", "module.m[\"p\"]", "module.m"]}, "x": {"references": ["azurerm_storage_container.d.x", "azurerm_storage_container.d"]}}},
        {"address": "azurerm_storage_container.d", "expressions": {
          "storage_account_id": {"references": ["module.m.id", "module.m"]}, "x": {"references": ["azurerm_storage_container.c.x", "azurerm_storage_container.c"]}}}],
       "module_calls": {"m": {"for_each_expression": {}, "module": {
         "outputs": {"id": {"expression": {"references": ["azurerm_storage_account.a[0].id", "azurerm_storage_account.a[0]", "azurerm_storage_account.a"]}}},
         "resources": [{"address": "azurerm_storage_account.a", "expressions": {}}]}}}}}}"#;
    let read = read(plan, &[]);
    let id = read.text("azurerm_storage_container.c", "storage_account_id");
    assert!(id.ends_with("/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta\""), "{id}");
    assert!(read.text("azurerm_storage_container.d", "storage_account_id").starts_with('?'));
    assert!(read.text("azurerm_storage_container.c", "x").starts_with('?'));
    assert_eq!(read.instance("azurerm_storage_container.c").provider, 4);
}

#[test]
fn code_is_followed_through_locals_outputs_and_installed_modules() {
    let plan = r#"{"format_version": "1.2", "planned_values": {"root_module": {
       "resources": [{"address": "azurerm_storage_container.c", "type": "azurerm_storage_container", "name": "c", "values": {"name": "c"}}],
       "child_modules": [{"address": "module.m", "resources": [
        {"address": "module.m.azurerm_storage_account.a", "type": "azurerm_storage_account", "name": "a",
          "values": {"name": "sta", "resource_group_name": "rg"}}]}]}},
      "resource_changes": [
        {"address": "azurerm_storage_container.c", "type": "azurerm_storage_container", "name": "c",
          "change": {"actions": ["create"], "after": {"name": "c"}, "after_unknown": {"storage_account_id": true}}}],
      "configuration": {"root_module": {"resources": [
        {"address": "azurerm_storage_container.c", "expressions": {"storage_account_id": {"references": ["local.id"]}}}],
       "module_calls": {"m": {"source": "org/x/azurerm", "module": {"outputs": {"id": {"expression": {"references": []}}}}}}}}}"#;
    let code = "locals {\n  id = module.m.id\n}\nmodule \"m\" {\n  source = \"org/x/azurerm\"\n}\n\
        resource \"azurerm_storage_container\" \"c\" {\n  storage_account_id = local.id\n}\n";
    let installed = r#"{"Modules": [{"Key": "m", "Dir": ".terraform/modules/m"}]}"#;
    for (output, known) in [("azurerm_storage_account.a.id", true), ("\"${azurerm_storage_account.a.id}/x\"", false)] {
        let inner =
            format!("output \"id\" {{\n  value = {output}\n}}\nresource \"azurerm_storage_account\" \"a\" {{\n}}\n");
        let read = read(
            plan,
            &[
                ("e/main.tf", code),
                ("e/.terraform/modules/modules.json", installed),
                ("e/.terraform/modules/m/main.tf", &inner),
            ],
        );
        let id = read.text("azurerm_storage_container.c", "storage_account_id");
        assert_eq!(id.ends_with("/storageAccounts/sta\""), known, "{id}");
        let account = read.instance("module.m.azurerm_storage_account.a");
        assert_eq!(read.source(account.header).0, "e/.terraform/modules/m/main.tf");
    }
}

#[test]
fn sensitive_values_are_marked_and_what_the_provider_gives_is_dropped() {
    let plan = PLAN.replace(r#""primary_access_key": true"#, r#""name": true"#);
    let read = read(&plan, &[]);
    assert!(read.value("azurerm_storage_account.s", "name").sensitive);
    assert!(!read.value("azurerm_storage_account.s", "resource_group_name").sensitive);
    let s = read.instance("azurerm_storage_account.s");
    assert!(s.body.get("primary_access_key").is_none() && s.body.get("id").is_none());
}

#[test]
fn places_are_those_of_the_code_beside_the_plan() {
    let read = read(PLAN, &[("e/main.tf", CODE), ("e/d/main.tf", INNER)]);
    let a = read.instance("azurerm_key_vault.v[\"a\"]");
    assert_eq!(read.source(a.header), ("e/main.tf".to_owned(), "resource \"azurerm_key_vault\" \"v\"".to_owned()));
    assert!(read.source(a.at).1.ends_with("\n}"));
    let at = |path: &str| read.value(&a.address, path).at.map(|at| read.source(at).1);
    assert_eq!(at("name").as_deref(), Some("name     = \"kv-${each.key}\""));
    assert_eq!(at("network_acls.0.default_action").as_deref(), Some("default_action = \"Deny\""));
    assert!(at("network_acls.0").unwrap().starts_with("network_acls {"));
    assert_eq!(at("purge_protection_enabled"), None);
    let x = read.instance("module.d[0].azurerm_monitor_diagnostic_setting.x");
    assert_eq!(read.source(x.at).0, "e/d/main.tf");
    assert_eq!(x.chain.len(), 1);
    assert_eq!(x.chain[0].name, "module.d");
    assert_eq!(read.source(x.chain[0].at), ("e/main.tf".to_owned(), "module \"d\"".to_owned()));
}

#[test]
fn places_are_those_of_the_plan_where_no_code_is() {
    let read = read(PLAN, &[]);
    let s = read.instance("azurerm_storage_account.s");
    assert_eq!(
        read.source(s.header),
        ("e/plan.json".to_owned(), "\"address\": \"azurerm_storage_account.s\"".to_owned())
    );
    assert!(read.source(s.at).1.contains("\"values\""));
    let name = read.value(&s.address, "name").at.unwrap();
    assert_eq!(read.source(name).1, "\"name\": \"st\"");
}

#[test]
fn blocks_in_another_order_find_their_code() {
    let code = r#"resource "azurerm_network_security_group" "n" {
  security_rule {
    name = "one"
  }
  security_rule {
    name = "two"
  }
  dynamic "security_rule" {
    for_each = var.more
    content {}
  }
}"#;
    let plan = r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [
      {"address": "azurerm_network_security_group.n", "type": "azurerm_network_security_group", "name": "n",
       "values": {"name": "n", "security_rule": [{"name": "two"}, {"name": "three"}, {"name": "one"}]}}]}}}"#;
    let read = read(plan, &[("e/main.tf", code)]);
    let at = |n: usize| {
        let span = read.value("azurerm_network_security_group.n", &format!("security_rule.{n}")).at.unwrap();
        read.source(span).1
    };
    assert!(at(0).contains("\"two\"") && at(2).contains("\"one\""));
    assert!(at(1).starts_with("dynamic"));
}

#[test]
fn references_in_repeated_blocks_need_their_own_code() {
    let block = |id: &str| {
        format!(
            r#"{{"id": {{"references": ["azurerm_storage_account.{id}.id"]}}, "name": {{"constant_value": "{id}"}}}}"#
        )
    };
    let same = r#"{"id": {"references": ["azurerm_storage_account.a.id"]}}"#.to_owned();
    for (blocks, expected) in [
        (vec![block("a"), block("b")], ["/sta\"", "/stb\""]),
        // In another order than the values, and without anything to tell them by.
        (vec![block("b"), block("a")], ["apply", "apply"]),
        (vec![same.clone(), same], ["apply", "apply"]),
    ] {
        let plan = r#"{"format_version": "1.2", "resource_changes": [
          {"address": "azurerm_storage_account.a", "type": "azurerm_storage_account", "name": "a",
            "change": {"actions": ["create"], "after": {"name": "sta", "resource_group_name": "rg"}, "after_unknown": {}}},
          {"address": "azurerm_storage_account.b", "type": "azurerm_storage_account", "name": "b",
            "change": {"actions": ["create"], "after": {"name": "stb", "resource_group_name": "rg"}, "after_unknown": {}}},
          {"address": "azurerm_hdinsight_hadoop_cluster.h", "type": "azurerm_hdinsight_hadoop_cluster", "name": "h",
            "change": {"actions": ["create"], "after": {"part": [{"name": "a"}, {"name": "b"}]}, "after_unknown": {"part": [{"id": true}, {"id": true}]}}}],
          "configuration": {"root_module": {"resources": [
            {"address": "azurerm_hdinsight_hadoop_cluster.h", "expressions": {"part": [BLOCKS]}}]}}}"#;
        let read = read(&plan.replace("BLOCKS", &blocks.join(",")), &[]);
        for (n, end) in expected.iter().enumerate() {
            let text = read.text("azurerm_hdinsight_hadoop_cluster.h", &format!("part.{n}.id"));
            assert!(text.ends_with(end), "{text}");
        }
    }
}

#[test]
fn states_and_bare_changes_are_read() {
    let state = r#"{"format_version": "1.0", "values": {"root_module": {"resources": [
      {"address": "azurerm_storage_account.s", "mode": "managed", "type": "azurerm_storage_account", "name": "s",
       "values": {"id": "/subscriptions/00000000-0000-0000-0000-0000000000BB/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st",
         "name": "st", "edge_zone": "", "custom_domain": [], "https_traffic_only_enabled": false}}]}}}"#;
    let made = read(state, &[]);
    let s = made.instance("azurerm_storage_account.s");
    assert_eq!(s.subscription, "00000000-0000-0000-0000-0000000000bb");
    assert_eq!(made.text(&s.address, "https_traffic_only_enabled"), "false");
    assert!(s.body.get("edge_zone").is_none() && s.body.get("custom_domain").is_none());

    let changes = r#"{"format_version": "0.1", "resource_changes": [
      {"address": "azurerm_storage_account.s", "type": "azurerm_storage_account", "name": "s",
        "change": {"actions": ["delete", "create"], "after": {"name": "st"}, "after_unknown": {"id": true}}},
      {"address": "azurerm_storage_account.t", "type": "azurerm_storage_account", "name": "t",
        "change": {"actions": ["delete"], "after": null}},
      {"address": "azurerm_storage_account.s", "type": "azurerm_storage_account", "name": "s", "deposed": "1",
        "change": {"actions": ["delete"], "after": null}}]}"#;
    let made = read(changes, &[]);
    assert_eq!(made.instances.len(), 1);
    assert_eq!(made.text("azurerm_storage_account.s", "name"), "\"st\"");
}

#[test]
fn drift_and_plans_that_are_not_whole_are_told() {
    let tree = Tree::memory([("p.json".to_owned(), PLAN.as_bytes().to_vec())]);
    let file = tree.read("p.json").unwrap();
    let root = json::parse(&tree.text(file), file).unwrap();
    let mut reading = Reading::default();
    read_plan(&tree, file, &root, &mut Ids::default(), &mut reading);
    let told = |r: &Remark| r.text == "azurerm_storage_account.gone was changed outside of Terraform" && r.at.is_some();
    assert!(reading.remarks.iter().any(told));
    assert!(reading.resources.iter().any(|r| r.address == "azurerm_storage_account.s"));

    let broken = r#"{"format_version": "1.2", "planned_values": {}, "errored": true,
      "deferred_changes": [{"reason": "x", "resource_change": {"address": "azurerm_a.b"}}]}"#;
    let what: Vec<String> = read(broken, &[]).reading.missing.into_iter().map(|m| m.what).collect();
    assert_eq!(what, ["e/plan.json", "azurerm_a.b"]);
}

#[test]
fn hostile_plans_end() {
    let mut modules = r#"{"resources": []}"#.to_owned();
    for _ in 0..50 {
        modules = format!(r#"{{"address": "m", "child_modules": [{modules}]}}"#);
    }
    let plan = format!(r#"{{"format_version": "1.2", "planned_values": {{"root_module": {modules}}}}}"#);
    let read = read(&plan, &[]);
    assert!(read.instances.is_empty());
    assert_eq!(read.reading.missing.len(), 1);
}
