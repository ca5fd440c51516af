//! What users of other scanners complain about, one test each: the numbers are those scanners' own threads.

use std::path::Path;

use serde_json::Value;

use crate::support::{command, stderr};

const TLS: &str = "azure.postgresql.secure_transport_required";
const FLOOR: &str = "azure.postgresql.tls_floor_set";
const RETENTION: &str = "azure.postgresql.backup_retention_sufficient";
const PURGE: &str = "azure.key_vault.purge_protection_enabled";
const RBAC: &str = "azure.key_vault.rbac_authorization_enabled";

/// A finding as the tests look at it.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    policy: String,
    /// The name of the resource in the code.
    address: String,
    verdict: String,
    /// The file and line that the finding points at.
    place: (String, u64),
    text: String,
}

struct Repo(tempfile::TempDir);

impl Repo {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, path: &str, arguments: &[&str]) -> (Value, Value) {
        let out = self.path().join(".out.json");
        let sarif = self.path().join(".out.sarif");
        let output = command()
            .current_dir(self.path())
            .args(["scan", path, "--at", "2026-11-01T06:00:00Z", "--output"])
            .arg(format!("json={}", out.display()))
            .arg("--output")
            .arg(format!("sarif={}", sarif.display()))
            .args(arguments)
            .output()
            .expect("the program starts");
        assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{}", stderr(&output));
        let read = |path: &Path| serde_json::from_slice(&std::fs::read(path).expect("a report")).expect("JSON");
        (read(&out), read(&sarif))
    }

    /// The findings of one policy, by address.
    fn scan(&self, path: &str, policy: &str, arguments: &[&str]) -> Vec<Seen> {
        let (assessment, sarif) = self.run(path, arguments);
        let mut seen: Vec<Seen> = assessment["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter(|f| f["policy"] == policy)
            .map(|f| {
                let resource = f["resource"].as_str().expect("an id");
                let entry =
                    assessment["resources"].as_array().expect("resources").iter().find(|r| r["id"] == f["resource"]);
                let address =
                    entry.and_then(|r| r["origin"]["file"]["address"].as_str()).unwrap_or(resource).to_owned();
                let texts = ["details", "reasons"].map(|k| f[k].to_string());
                Seen {
                    policy: policy.to_owned(),
                    place: place(&sarif, policy, resource),
                    address,
                    verdict: f["verdict"].as_str().expect("a verdict").to_owned(),
                    text: texts.join(" "),
                }
            })
            .collect();
        seen.sort_by(|a, b| a.address.cmp(&b.address));
        seen
    }

    /// The verdicts of one policy, in the order of addresses.
    fn verdicts(&self, path: &str, policy: &str) -> Vec<String> {
        self.scan(path, policy, &[]).into_iter().map(|s| s.verdict).collect()
    }
}

/// Where SARIF points for a finding.
fn place(sarif: &Value, policy: &str, resource: &str) -> (String, u64) {
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let result = results
        .iter()
        .find(|r| r["ruleId"] == policy && r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == resource);
    let at = &result.map_or(&Value::Null, |r| &r["locations"][0]["physicalLocation"]);
    let file = at["artifactLocation"]["uri"].as_str().unwrap_or_default().to_owned();
    (file, at["region"]["startLine"].as_u64().unwrap_or_default())
}

fn server(name: &str, body: &str) -> String {
    format!(
        "resource \"azurerm_postgresql_flexible_server\" \"{name}\" {{\n  name                = \"pg-{name}\"\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n{body}}}\n"
    )
}

fn vault(name: &str, body: &str) -> String {
    format!(
        "resource \"azurerm_key_vault\" \"{name}\" {{\n  name                = \"kv-{name}\"\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n  tenant_id           = \"00000000-0000-0000-0000-000000000001\"\n  sku_name            = \"premium\"\n{body}}}\n"
    )
}

/// Checkov 3515, 3516, 3517: one changed file, the default in another one.
#[test]
fn one_file_is_judged_with_the_defaults_of_its_module() {
    let repo = Repo::new(&[
        ("main.tf", &server("a", "  backup_retention_days = var.days\n")),
        ("variables.tf", "variable \"days\" {\n  default = 35\n}\n"),
        ("other.tf", &server("b", "  backup_retention_days = 1\n")),
    ]);
    let seen = repo.scan("main.tf", RETENTION, &[]);
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!((seen[0].address.as_str(), seen[0].verdict.as_str()), ("azurerm_postgresql_flexible_server.a", "pass"));
}

/// What other files say of a resource counts when its own file is judged alone: a child there, a module there that is not read.
#[test]
fn one_file_is_judged_with_the_children_of_its_module() {
    let off = "resource \"azurerm_postgresql_flexible_server_configuration\" \"c\" {\n  name      = \"require_secure_transport\"\n  server_id = azurerm_postgresql_flexible_server.a.id\n  value     = \"off\"\n}\n";
    let gone = "module \"gone\" {\n  source = \"registry.example/x/y\"\n}\n";
    for (other, verdict) in [("", "pass"), (off, "fail"), (gone, "unknown")] {
        let repo = Repo::new(&[("main.tf", &server("a", "")), ("other.tf", &(other.to_owned() + &server("b", "")))]);
        let seen = repo.scan("main.tf", TLS, &["--whole-estate"]);
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!(
            (seen[0].address.as_str(), seen[0].verdict.as_str()),
            ("azurerm_postgresql_flexible_server.a", verdict)
        );
    }
}

/// Checkov 7470 and Trivy 10926: several calls of one module, each with its own values.
#[test]
fn calls_of_one_module_do_not_share_values() {
    let module = server("x", "  backup_retention_days = var.days\n") + "variable \"days\" {\n  default = 1\n}\n";
    let repo = Repo::new(&[
        ("m/main.tf", &module),
        (
            "main.tf",
            "module \"a\" {\n  source = \"./m\"\n  days   = 35\n}\nmodule \"b\" {\n  source = \"./m\"\n  days   = local.low\n}\nmodule \"c\" {\n  source = \"./m\"\n}\nlocals {\n  low = 30 + 5\n}\n",
        ),
    ]);
    let seen = repo.scan(".", RETENTION, &[]);
    let got: Vec<_> =
        seen.iter().map(|s| (s.address.split('.').nth(1).unwrap_or_default(), s.verdict.as_str())).collect();
    assert_eq!(got, [("a", "pass"), ("b", "pass"), ("c", "fail")]);
    assert_eq!(seen[2].place, ("m/main.tf".to_owned(), 5));
}

/// Checkov 924, Trivy 4461 and 7099: what is not known neither passes nor fails.
#[test]
fn what_cannot_be_known_is_unknown_with_the_expression() {
    for value in [
        "var.days",
        "data.azurerm_x.y.days",
        "data.azurerm_z.y.days",
        "module.gone.days",
        "local.z",
        "random_integer.r.result",
    ] {
        let text = server("a", &format!("  backup_retention_days = {value}\n"))
            + "variable \"days\" {}\nlocals {\n  z = var.days + 1\n}\nresource \"random_integer\" \"r\" {\n  min = 1\n  max = 2\n}\ndata \"azurerm_x\" \"y\" {}\n";
        let repo = Repo::new(&[("main.tf", &text)]);
        let seen = repo.scan(".", RETENTION, &[]);
        assert_eq!(seen[0].verdict, "unknown", "{value}: {seen:?}");
        let word = value.trim_end_matches(".days");
        assert!(seen[0].text.contains(word) || seen[0].text.contains("var.days"), "{value}: {}", seen[0].text);
    }
}

/// Checkov 7643 and 1117: a plan is judged on the lines of the code, and comments there count.
#[test]
fn a_plan_points_at_the_code_and_keeps_its_comments() {
    let code = "# assize:ignore[azure.postgresql.backup_retention_sufficient] moved in June until=2026-12-31\n"
        .to_owned()
        + &server("a", "  backup_retention_days = var.days\n")
        + "variable \"days\" {}\n";
    let plan = serde_json::json!({
        "format_version": "1.2", "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": [{
            "address": "azurerm_postgresql_flexible_server.a", "mode": "managed",
            "type": "azurerm_postgresql_flexible_server", "name": "a",
            "provider_name": "registry.terraform.io/hashicorp/azurerm", "schema_version": 0,
            "values": {"name": "pg-a", "resource_group_name": "rg", "location": "westeurope", "backup_retention_days": 1}
        }]}},
        "resource_changes": [], "configuration": {"root_module": {}}
    });
    let repo = Repo::new(&[("main.tf", &code), ("plan.json", &plan.to_string())]);
    let seen = repo.scan("plan.json", RETENTION, &[]);
    assert_eq!((seen[0].verdict.as_str(), seen[0].place.clone()), ("fail", ("main.tf".to_owned(), 6)));
    let (assessment, _) = repo.run("plan.json", &[]);
    assert_eq!(assessment["summary"]["waived"], 1, "{}", assessment["waivers"]);
}

/// Trivy 7098: code and its plan say the same.
#[test]
fn code_and_plan_give_the_same_verdicts() {
    let repo = Repo::new(&[("main.tf", &vault("v", "  purge_protection_enabled = true\n"))]);
    let plan = serde_json::json!({
        "format_version": "1.2", "planned_values": {"root_module": {"resources": [{
            "address": "azurerm_key_vault.v", "mode": "managed", "type": "azurerm_key_vault", "name": "v",
            "values": {"name": "kv-v", "resource_group_name": "rg", "location": "westeurope", "sku_name": "premium",
                "tenant_id": "00000000-0000-0000-0000-000000000001", "purge_protection_enabled": true,
                "soft_delete_retention_days": 90, "enable_rbac_authorization": null, "public_network_access_enabled": true,
                "network_acls": [], "tags": null}
        }]}}
    });
    let planned = Repo::new(&[("plan.json", &plan.to_string())]);
    let all = |repo: &Repo| -> Vec<(String, String)> {
        let (assessment, _) = repo.run(".", &[]);
        assessment["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| (f["policy"].to_string(), f["verdict"].to_string()))
            .collect()
    };
    assert_eq!(all(&repo), all(&planned));
    assert_eq!(repo.verdicts(".", PURGE), ["pass"]);
}

/// Checkov 7647: a baseline of one file hides nothing in another one.
#[test]
fn a_baseline_does_not_hide_the_same_fault_elsewhere() {
    let repo = Repo::new(&[("a.tf", &vault("a", ""))]);
    repo.run(".", &[]);
    std::fs::copy(repo.path().join(".out.json"), repo.path().join(".base.json")).unwrap();
    std::fs::write(repo.path().join("b.tf"), vault("b", "")).unwrap();
    let (assessment, _) = repo.run(".", &["--baseline", ".base.json"]);
    let changes: Vec<(String, String)> = assessment["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["policy"] == PURGE)
        .map(|f| (f["resource"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), f["change"].to_string()))
        .collect();
    assert_eq!(changes, [("kv-a".to_owned(), "\"unchanged\"".to_owned()), ("kv-b".to_owned(), "\"new\"".to_owned())]);
}

/// Checkov 6998, 7152, 5320: Bicep over several lines, nested access, ordinary modules.
#[test]
fn bicep_of_every_shape_is_read() {
    let main = "param days int = 35\nvar names = [\n  'a'\n  'b'\n]\nresource pg 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {\n  name: format(\n    'pg-{0}',\n    'x'\n  )\n  location: resourceGroup().location\n  properties: {\n    backup: {\n      backupRetentionDays: days > 30\n        ? days\n        : 1\n    }\n  }\n\n  resource tls 'configurations' = {\n    name: 'require_secure_transport'\n    properties: {\n      value: 'off'\n      source: 'user-override'\n    }\n  }\n}\n\nresource kv 'Microsoft.KeyVault/vaults@2023-07-01' = [for (name, i) in names: if (i < 1) {\n  name: 'kv-${name}'\n  location: resourceGroup().location\n  properties: {\n    tenantId: tenant().tenantId\n    sku: { family: 'A', name: 'premium' }\n    enablePurgeProtection: true\n  }\n}]\n\nmodule m 'm.bicep' = {\n  name: 'm'\n  params: { days: 35, other: pg::tls.name }\n}\n";
    let module = "param days int = 1\nparam other string\nresource pg 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {\n  name: 'pg-m'\n  location: 'westeurope'\n  properties: { backup: { backupRetentionDays: days } }\n}\n";
    let repo = Repo::new(&[("main.bicep", main), ("m.bicep", module)]);
    assert_eq!(repo.verdicts(".", RETENTION), ["pass", "pass"]);
    assert_eq!(repo.verdicts(".", PURGE), ["pass"]);
    let tls = repo.scan(".", TLS, &[]);
    let fail = tls.iter().find(|s| s.verdict == "fail").expect("a fail");
    assert_eq!(fail.place, ("main.bicep".to_owned(), 23));
    assert_eq!(
        tls.iter().filter(|s| s.verdict == "pass").count(),
        1,
        "the server without the parameter keeps Azure's default"
    );
}

/// Checkov 6954, 7031, 6902: TLS 1.3 is not too old.
#[test]
fn newer_tls_is_no_fault() {
    let text = server("a", "")
        + "resource \"azurerm_postgresql_flexible_server_configuration\" \"c\" {\n  name      = \"ssl_min_protocol_version\"\n  server_id = azurerm_postgresql_flexible_server.a.id\n  value     = \"TLSv1.3\"\n}\n";
    assert_eq!(Repo::new(&[("main.tf", &text)]).verdicts(".", FLOOR), ["pass"]);
}

/// Checkov 3540, 4585 and KICS 4431: reports that GitHub takes: help, lines from 1, snippets, distinct fingerprints.
#[test]
fn sarif_has_lines_snippets_help_and_fingerprints() {
    let repo = Repo::new(&[("main.tf", &(vault("a", "") + &vault("b", "  purge_protection_enabled = false\n")))]);
    let (_, sarif) = repo.run(".", &[]);
    let mut prints = std::collections::BTreeSet::new();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    for result in results.iter().filter(|r| r["kind"] == "fail") {
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(place["region"]["snippet"]["text"].as_str().unwrap().len() > 3);
        assert!(place["contextRegion"]["snippet"]["text"].is_string());
        assert!(prints.insert(result["partialFingerprints"].to_string()), "{result}");
    }
    assert!(prints.len() > 1);
    for rule in sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        assert!(rule.get("helpUri").is_none_or(Value::is_string));
        assert!(rule["help"]["text"].is_string());
    }
    let purge = repo.scan(".", PURGE, &[]);
    assert_eq!(purge.iter().map(|s| s.place.1).collect::<Vec<_>>(), [1, 14], "a missing property points at the header");
}

/// Trivy 9467: templates that Bicep made, with resources as an object and nested deployments.
#[test]
fn templates_with_symbolic_names_and_modules_are_read() {
    let template = serde_json::json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "languageVersion": "2.0", "contentVersion": "1.0.0.0",
        "resources": {"inner": {
            "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
            "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "mode": "Incremental",
                "parameters": {"purge": {"value": true}},
                "template": {
                    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                    "languageVersion": "2.0", "contentVersion": "1.0.0.0",
                    "parameters": {"purge": {"type": "bool", "defaultValue": false}},
                    "resources": {"kv": {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv-in",
                        "location": "westeurope", "properties": {"enablePurgeProtection": "[parameters('purge')]"}}}
                }}
        }}
    });
    let repo = Repo::new(&[("main.json", &serde_json::to_string_pretty(&template).unwrap())]);
    assert_eq!(repo.verdicts(".", PURGE), ["pass"]);
    assert_eq!(repo.verdicts(".", RBAC), ["fail"]);
}

/// Trivy 8984, and what was seen: expressions are evaluated, what is not deployed is not judged, every finding has a place.
#[test]
fn templates_are_evaluated_and_findings_have_places() {
    let template = r#"{
  // a comment
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"days": {"type": "int", "defaultValue": 35}, "late": {"type": "string"}},
  "variables": {"server": "[concat('pg-', 'a')]"},
  "resources": [
    {
      "type": "Microsoft.DBforPostgreSQL/flexibleServers", "apiVersion": "2024-08-01", "name": "[variables('server')]",
      "location": "westeurope",
      "properties": {"backup": {"backupRetentionDays": "[if(greater(parameters('days'), 30), parameters('days'), 1)]"}}
    },
    {
      "type": "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "apiVersion": "2024-08-01",
      "name": "[concat(variables('server'), '/require_secure_transport')]",
      "properties": {
        "value": "off",
        "source": "user-override"
      }
    },
    {
      "condition": false,
      "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv-no", "location": "westeurope",
      "properties": {}
    },
    {
      "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv-late", "location": "westeurope",
      "properties": {"enablePurgeProtection": "[equals(parameters('late'), 'yes')]"}
    }
  ]
}
"#;
    let repo = Repo::new(&[("azuredeploy.json", template)]);
    assert_eq!(repo.verdicts(".", RETENTION), ["pass"]);
    let tls = repo.scan(".", TLS, &[]);
    assert_eq!((tls[0].verdict.as_str(), tls[0].place.clone()), ("fail", ("azuredeploy.json".to_owned(), 17)));
    let purge = repo.scan(".", PURGE, &[]);
    assert_eq!(purge.len(), 1);
    assert_eq!(purge[0].verdict, "unknown");
    assert!(purge[0].text.contains("late"), "{}", purge[0].text);
    let (_, sarif) = repo.run(".", &[]);
    for result in sarif["runs"][0]["results"].as_array().unwrap().iter().filter(|r| r["kind"] == "fail") {
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "azuredeploy.json");
    }
    let given = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"late": {"value": "yes"}, "days": {"value": 3}}}"#;
    std::fs::write(repo.path().join("azuredeploy.parameters.json"), given).unwrap();
    assert_eq!(
        (repo.verdicts(".", PURGE), repo.verdicts(".", RETENTION)),
        (vec!["pass".to_owned()], vec!["fail".to_owned()])
    );
}

/// What was seen of others: in Bicep, loops and conditions pass unseen, and same-named parameters of other files leak.
#[test]
fn bicep_parameters_stay_in_their_file() {
    let module = |name: &str, default: u32| {
        format!(
            "param days int = {default}\nresource pg 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = [for i in range(0, 2): {{\n  name: 'pg-{name}-${{i}}'\n  location: 'westeurope'\n  properties: {{ backup: {{ backupRetentionDays: days }} }}\n}}]\n"
        )
    };
    let repo = Repo::new(&[("a.bicep", &module("a", 35)), ("b.bicep", &module("b", 1))]);
    let seen = repo.scan(".", RETENTION, &[]);
    let of = |file: &str| {
        seen.iter()
            .filter(|s| s.place.0 == file || s.text.contains(file))
            .map(|s| s.verdict.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(seen.len(), 4);
    assert_eq!(of("b.bicep"), ["fail", "fail"]);
    assert_eq!(seen.iter().filter(|s| s.verdict == "pass").count(), 2);
}

/// Trivy does not read terraform.tfvars; Trivy-db 584 finds Azure faults where no Azure is.
#[test]
fn variable_files_count_and_other_clouds_are_silent() {
    let code = server("a", "  backup_retention_days = var.days\n") + "variable \"days\" {\n  default = 1\n}\n";
    let repo = Repo::new(&[("main.tf", &code), ("terraform.tfvars", "days = 35\n")]);
    assert_eq!(repo.verdicts(".", RETENTION), ["pass"]);
    let repo = Repo::new(&[("main.tf", "resource \"google_storage_bucket\" \"b\" {\n  name = \"b\"\n}\n")]);
    let (assessment, _) = repo.run(".", &[]);
    assert_eq!(assessment["summary"]["listed"], 0);
}

/// KICS 7424: an argument under its old and its new name.
#[test]
fn renamed_arguments_mean_the_same() {
    let old = vault("old", "  enable_rbac_authorization = true\n");
    let new = vault("new", "  rbac_authorization_enabled = true\n");
    assert_eq!(Repo::new(&[("main.tf", &(old + &new))]).verdicts(".", RBAC), ["pass", "pass"]);
}

/// KICS 7984, 5221, 5055: long lines and large files do not hang.
#[test]
fn long_lines_and_large_files_do_not_hang() {
    let long = format!("{}locals {{\n  x = \"{}\"\n}}\n", vault("v", ""), "a".repeat(5_000_000));
    let repo = Repo::new(&[("main.tf", &long)]);
    let begun = std::time::Instant::now();
    assert_eq!(repo.verdicts(".", PURGE), ["fail"]);
    assert!(begun.elapsed().as_secs() < 20);
}

/// Terrascan 1723 and 1266: dynamic blocks and nullable variables.
#[test]
fn dynamic_blocks_and_null_are_understood() {
    let text = server(
        "a",
        "  dynamic \"high_availability\" {\n    for_each = var.ha ? [1] : []\n    content {\n      mode = \"ZoneRedundant\"\n    }\n  }\n  backup_retention_days = var.days\n",
    ) + "variable \"ha\" {\n  default = true\n}\nvariable \"days\" {\n  default  = 35\n  nullable = true\n}\n";
    let repo = Repo::new(&[("main.tf", &text)]);
    let ha = "azure.postgresql.zone_redundant_standby_configured";
    assert_eq!(
        (repo.verdicts(".", ha), repo.verdicts(".", RETENTION)),
        (vec!["pass".to_owned()], vec!["pass".to_owned()])
    );
    let off: Vec<_> = repo.scan(".", ha, &["--var", "ha=false"]).into_iter().map(|s| s.verdict).collect();
    assert_eq!(off, ["fail"]);
}

/// AVM 2876: azapi, which new verified modules must use, with the body as an object and as JSON.
#[test]
fn azapi_is_read_like_everything_else() {
    let resource = |name: &str, body: &str| {
        format!(
            "resource \"azapi_resource\" \"{name}\" {{\n  type      = \"Microsoft.KeyVault/vaults@2023-07-01\"\n  name      = \"kv-{name}\"\n  parent_id = \"/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg\"\n  location  = \"westeurope\"\n  body = {body}\n}}\n"
        )
    };
    let text = resource("a", "{\n    properties = {\n      enablePurgeProtection = false\n    }\n  }")
        + &resource("b", "jsonencode({\n    properties = {\n      enablePurgeProtection = true\n    }\n  })");
    let repo = Repo::new(&[("main.tf", &text)]);
    let seen = repo.scan(".", PURGE, &[]);
    assert_eq!(seen.iter().map(|s| s.verdict.as_str()).collect::<Vec<_>>(), ["fail", "pass"]);
    assert_eq!(seen[0].place, ("main.tf".to_owned(), 8));
}

/// Checkov 4638, 5399: the other end stands in another module.
#[test]
fn relations_are_followed_through_modules() {
    let repo = Repo::new(&[
        (
            "kv/main.tf",
            &(vault("v", "  purge_protection_enabled = true\n")
                + "resource \"azurerm_key_vault_key\" \"k\" {\n  name         = \"k\"\n  key_vault_id = azurerm_key_vault.v.id\n  key_type     = \"RSA-HSM\"\n  key_size     = 3072\n  key_opts     = [\"wrapKey\"]\n}\noutput \"key\" {\n  value = azurerm_key_vault_key.k.versionless_id\n}\n"),
        ),
        (
            "pg/main.tf",
            &(server("s", "  customer_managed_key {\n    key_vault_key_id = var.key\n  }\n") + "variable \"key\" {}\n"),
        ),
        (
            "main.tf",
            "module \"kv\" {\n  source = \"./kv\"\n}\nmodule \"pg\" {\n  source = \"./pg\"\n  key    = module.kv.key\n}\n",
        ),
    ]);
    assert_eq!(repo.verdicts(".", "azure.postgresql.key_vault_purge_protected"), ["pass"]);
    assert_eq!(repo.verdicts(".", "azure.postgresql.key_vault_tier_sufficient"), ["pass"]);
}

/// A fault of the file leaves the rest standing, and is told with its place.
#[test]
fn a_broken_file_hides_nothing_else() {
    let repo = Repo::new(&[
        ("bad.tf", &format!("resource \"x\" {{{{\n{}", vault("b", ""))),
        ("good.tf", &vault("a", "")),
        ("bad.bicep", "resource kv 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: \n}\n"),
        (
            "bad.json",
            "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",, }",
        ),
    ]);
    let seen = repo.scan(".", PURGE, &[]);
    assert!(seen.iter().any(|s| s.address == "azurerm_key_vault.a" && s.verdict == "fail"), "{seen:?}");
    let (assessment, _) = repo.run(".", &[]);
    let gaps = assessment["gaps"].to_string();
    for file in ["bad.tf", "bad.bicep", "bad.json"] {
        assert!(gaps.contains(file), "{file}: {gaps}");
    }
    assert_eq!(seen.iter().filter(|s| s.verdict == "pass").count(), 0);
}

/// The official compiler, where it is asked for: what it prints is judged, on the lines of the Bicep file. A program of that
/// name stands for it here.
#[cfg(unix)]
#[test]
fn the_bicep_compiler_is_used_when_asked_for() {
    use std::os::unix::fs::PermissionsExt;

    let bicep = "param purge bool = false\n\nresource kv 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: 'kv-c'\n  location: 'westeurope'\n  properties: {\n    enablePurgeProtection: purge\n  }\n}\n";
    let template = serde_json::json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "languageVersion": "2.0", "contentVersion": "1.0.0.0",
        "parameters": {"purge": {"type": "bool", "defaultValue": false}},
        "resources": {"kv": {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv-c",
            "location": "westeurope", "properties": {"enablePurgeProtection": "[parameters('purge')]"}}}
    });
    let repo = Repo::new(&[("main.bicep", bicep)]);
    let tools = tempfile::tempdir().expect("a folder");
    let program = |script: &str| {
        let file = tools.path().join("bicep");
        std::fs::write(&file, script).expect("a program");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("a program");
    };
    let scan = |path: &str| {
        command()
            .current_dir(repo.path())
            .env("PATH", path)
            .args(["scan", ".", "--bicep-cli", "--policy", PURGE, "-o", "sarif"])
            .output()
            .expect("the program starts")
    };
    let path = format!("{}:/usr/bin:/bin", tools.path().display());
    program(&format!("#!/bin/sh\ntest \"$1 $2\" = 'build --stdout' || exit 9\ncat <<'EOF'\n{template}\nEOF\n"));
    let sarif: Value = serde_json::from_slice(&scan(&path).stdout).expect("SARIF");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["kind"], "fail");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!((&place["artifactLocation"]["uri"], &place["region"]["startLine"]), (&"main.bicep".into(), &7.into()));
    // What it refuses is told, and the file is read without it.
    program("#!/bin/sh\necho 'main.bicep(1,1) : Error BCP000: no' >&2\nexit 1\n");
    let refused = scan(&path);
    let text = String::from_utf8_lossy(&refused.stdout);
    assert!(text.contains("BCP000") && text.contains("kv-c"), "{text}");
    let missing = scan("/nonexistent");
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("bicep"), "{}", stderr(&missing));
}
