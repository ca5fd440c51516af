//! `assize fix`: for every policy that says how code is repaired, the edit makes the finding pass, in each language and form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{assize, command, path, stderr, stdout};

/// A policy with code that fails it: a wrong literal, and the property left out where that fails too.
struct Case {
    policy: &'static str,
    terraform: &'static [&'static str],
    bicep: &'static [&'static str],
}

const VAULT_TF: &str = "resource \"azurerm_key_vault\" \"v\" {\n  name                = \"kv-a\" # the name\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n  tenant_id           = \"00000000-0000-0000-0000-000000000001\"\n  sku_name            = \"premium\"\n§}\n";
const HSM_TF: &str = "resource \"azurerm_key_vault_managed_hardware_security_module\" \"h\" {\n  name                = \"hsm-a\"\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n  sku_name            = \"Standard_B1\"\n  tenant_id           = \"00000000-0000-0000-0000-000000000001\"\n  admin_object_ids    = [\"00000000-0000-0000-0000-000000000002\"]\n§}\n";
const PG_TF: &str = "resource \"azurerm_postgresql_flexible_server\" \"s\" {\n  name                = \"pg-a\"\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n  zone                = \"1\"\n§}\n";
const MY_TF: &str = "resource \"azurerm_mysql_flexible_server\" \"s\" {\n  name                = \"my-a\"\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n§}\n";
const VAULT_BICEP: &str = "resource v 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: 'kv-a' // the name\n  location: 'westeurope'\n  properties: {\n    tenantId: tenant().tenantId\n    sku: { family: 'A', name: 'premium' }\n§  }\n}\n";
const HSM_BICEP: &str = "resource h 'Microsoft.KeyVault/managedHSMs@2023-07-01' = {\n  name: 'hsm-a'\n  location: 'westeurope'\n  sku: { family: 'B', name: 'Standard_B1' }\n  properties: {\n    tenantId: tenant().tenantId\n§  }\n}\n";
const PG_BICEP: &str = "resource s 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {\n  name: 'pg-a'\n  location: 'westeurope'\n  properties: {\n    availabilityZone: '1'\n§  }\n}\n";
const MY_BICEP: &str = "resource s 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {\n  name: 'my-a'\n  location: 'westeurope'\n  properties: {\n    version: '8.0.21'\n§  }\n}\n";

/// In a text, the first word names the frame that it is put into; `+` begins a resource beside it.
const CASES: &[Case] = &[
    Case {
        policy: "azure.key_vault.purge_protection_enabled",
        terraform: &["vault purge_protection_enabled = false", "vault"],
        bicep: &["vault", "vault enableSoftDelete: true"],
    },
    Case {
        policy: "azure.key_vault.rbac_authorization_enabled",
        terraform: &["vault enable_rbac_authorization = false", "vault rbac_authorization_enabled = false", "vault"],
        bicep: &["vault enableRbacAuthorization: false", "vault"],
    },
    Case {
        policy: "azure.managed_hsm.purge_protection_enabled",
        terraform: &["hsm purge_protection_enabled = false"],
        bicep: &["hsm enablePurgeProtection: false"],
    },
    Case {
        policy: "azure.postgresql.backup_retention_sufficient",
        terraform: &["pg backup_retention_days = 7", "pg"],
        bicep: &[
            "pg backup: { backupRetentionDays: 7 }",
            "pg backup: {\n      geoRedundantBackup: 'Enabled'\n    }",
            "pg",
        ],
    },
    Case {
        policy: "azure.mysql.backup_retention_sufficient",
        terraform: &["my backup_retention_days = 7", "my"],
        bicep: &["my backup: { backupRetentionDays: 7 }", "my"],
    },
    Case {
        policy: "azure.postgresql.entra_authentication_enabled",
        terraform: &[
            "pg authentication {\n    active_directory_auth_enabled = false\n  }",
            "pg authentication {\n    password_auth_enabled = true\n  }",
            "pg",
        ],
        bicep: &["pg authConfig: {\n      activeDirectoryAuth: 'Disabled'\n    }", "pg"],
    },
    Case {
        policy: "azure.postgresql.password_authentication_disabled",
        terraform: &[
            "pg authentication {\n    password_auth_enabled         = true\n    active_directory_auth_enabled = true\n  }",
            "pg",
        ],
        bicep: &["pg authConfig: {\n      passwordAuth: 'Enabled'\n    }", "pg"],
    },
    Case {
        policy: "azure.postgresql.secure_transport_required",
        terraform: &[
            "pg + \nresource \"azurerm_postgresql_flexible_server_configuration\" \"c\" {\n  name      = \"require_secure_transport\"\n  server_id = azurerm_postgresql_flexible_server.s.id\n  value     = \"OFF\" # legacy\n}\n",
        ],
        bicep: &[
            "pg + \nresource c 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {\n  parent: s\n  name: 'require_secure_transport'\n  properties: {\n    value: 'off'\n    source: 'user-override'\n  }\n}\n",
        ],
    },
    Case {
        policy: "azure.mysql.secure_transport_required",
        terraform: &[
            "my + \nresource \"azurerm_mysql_flexible_server_configuration\" \"c\" {\n  name                = \"require_secure_transport\"\n  resource_group_name = \"rg\"\n  server_name         = azurerm_mysql_flexible_server.s.name\n  value               = \"OFF\"\n}\n",
        ],
        bicep: &[
            "my + \nresource c 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {\n  parent: s\n  name: 'require_secure_transport'\n  properties: {\n    value: 'OFF'\n    source: 'user-override'\n  }\n}\n",
        ],
    },
    Case {
        policy: "azure.mysql.tls_versions_allowed",
        terraform: &[
            "my + \nresource \"azurerm_mysql_flexible_server_configuration\" \"c\" {\n  name                = \"tls_version\"\n  resource_group_name = \"rg\"\n  server_name         = azurerm_mysql_flexible_server.s.name\n  value               = \"TLSv1.1\"\n}\n",
        ],
        bicep: &[
            "my + \nresource c 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {\n  parent: s\n  name: 'tls_version'\n  properties: {\n    value: 'TLSv1.1'\n  }\n}\n",
        ],
    },
    Case {
        policy: "azure.postgresql.tls_floor_set",
        terraform: &[
            "pg + \nresource \"azurerm_postgresql_flexible_server_configuration\" \"c\" {\n  name      = \"ssl_min_protocol_version\"\n  server_id = azurerm_postgresql_flexible_server.s.id\n  value     = \"TLSv1\"\n}\n",
        ],
        bicep: &[
            "pg + \nresource c 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {\n  parent: s\n  name: 'ssl_min_protocol_version'\n  properties: {\n    value: 'TLSv1'\n  }\n}\n",
        ],
    },
    Case {
        policy: "azure.postgresql.zone_redundant_standby_configured",
        terraform: &[
            "pg high_availability {\n    mode                      = \"SameZone\"\n    standby_availability_zone = \"2\"\n  }",
            "pg",
        ],
        bicep: &["pg highAvailability: {\n      mode: 'SameZone'\n    }", "pg"],
    },
    Case {
        policy: "azure.mysql.zone_redundant_standby_configured",
        terraform: &["my high_availability {\n    mode = \"SameZone\"\n  }", "my"],
        bicep: &["my highAvailability: {\n      mode: 'SameZone'\n    }", "my"],
    },
    Case {
        policy: "azure.mysql.entra_only_authentication",
        terraform: &[
            "my + \nresource \"azurerm_mysql_flexible_server_configuration\" \"c\" {\n  name                = \"aad_auth_only\"\n  resource_group_name = \"rg\"\n  server_name         = azurerm_mysql_flexible_server.s.name\n  value               = \"OFF\"\n}\n",
        ],
        bicep: &[
            "my + \nresource c 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {\n  parent: s\n  name: 'aad_auth_only'\n  properties: {\n    value: 'OFF'\n  }\n}\n",
        ],
    },
];

fn text(case: &str, language: &str) -> String {
    let (frame, rest) = case.split_once(' ').unwrap_or((case, ""));
    let (body, beside) = rest.strip_prefix("+ ").map_or((rest, ""), |beside| ("", beside));
    let frame = match (frame, language) {
        ("vault", "tf") => VAULT_TF,
        ("hsm", "tf") => HSM_TF,
        ("pg", "tf") => PG_TF,
        ("my", "tf") => MY_TF,
        ("vault", _) => VAULT_BICEP,
        ("hsm", _) => HSM_BICEP,
        ("pg", _) => PG_BICEP,
        _ => MY_BICEP,
    };
    let indent = if language == "tf" { "  " } else { "    " };
    let body = if body.is_empty() { String::new() } else { format!("{indent}{body}\n") };
    frame.replace('§', &body) + beside
}

/// The verdicts of each policy on what each file declares, and whether a fix is offered.
fn verdicts(folder: &std::path::Path) -> BTreeMap<(String, String), (BTreeSet<String>, bool)> {
    let output = command().current_dir(folder).args(["scan", ".", "-o", "json"]).output().expect("the program starts");
    let assessment: Value = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let files: BTreeMap<&str, &str> = assessment["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .filter_map(|r| Some((r["id"].as_str()?, r["origin"]["file"]["file"].as_str()?)))
        .collect();
    let mut all: BTreeMap<(String, String), (BTreeSet<String>, bool)> = BTreeMap::new();
    for finding in assessment["findings"].as_array().expect("findings") {
        let Some(file) = finding["resource"].as_str().and_then(|r| files.get(r)) else { continue };
        let policy = finding["policy"].as_str().expect("a policy").to_owned();
        let entry = all.entry((policy, (*file).to_owned())).or_default();
        entry.0.insert(finding["verdict"].as_str().expect("a verdict").to_owned());
        entry.1 |= finding.get("fix").is_some();
    }
    all
}

fn fix(folder: &std::path::Path, policy: &str, write: bool) -> String {
    let mut fix = command();
    fix.current_dir(folder).args(["fix", ".", "--policy", policy]);
    let output = if write { fix.arg("--write") } else { &mut fix }.output().expect("the program starts");
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

fn fails(verdicts: &BTreeMap<(String, String), (BTreeSet<String>, bool)>, policy: &str, file: &str) -> bool {
    verdicts.get(&(policy.to_owned(), file.to_owned())).is_some_and(|(v, _)| v.contains("fail"))
}

#[test]
fn every_case_is_repaired_and_keeps_its_comments() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut cases = Vec::new();
    for (n, case) in CASES.iter().enumerate() {
        for (language, texts) in [("tf", case.terraform), ("bicep", case.bicep)] {
            for (m, given) in texts.iter().enumerate() {
                let file = format!("c{n}-{m}-{language}/main.{language}");
                std::fs::create_dir_all(folder.path().join(&file).parent().expect("a parent")).expect("a folder");
                std::fs::write(folder.path().join(&file), text(given, language)).expect("a file");
                cases.push((case.policy, file, text(given, language)));
            }
        }
    }
    let before = verdicts(folder.path());
    for (policy, file, text) in &cases {
        assert!(fails(&before, policy, file), "{policy}:\n{text}");
    }
    fix(folder.path(), "azure.*", true);
    let after = verdicts(folder.path());
    for (policy, file, text) in &cases {
        let now = std::fs::read_to_string(folder.path().join(file)).expect("text");
        let key = ((*policy).to_owned(), file.clone());
        assert_eq!(after[&key].0, BTreeSet::from(["pass".to_owned()]), "{policy}:\n{text}\n{now}");
        for comment in ["# the name", "// the name", "# legacy"] {
            assert_eq!(text.contains(comment), now.contains(comment), "{now}");
        }
    }
}

/// One edit: the line that is wrong, and no other.
#[test]
fn a_dry_run_shows_the_edit_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("main.tf");
    let before = text("pg backup_retention_days = 7", "tf");
    std::fs::write(&file, &before).expect("a file");
    let policy = "azure.postgresql.backup_retention_sufficient";
    let shown = fix(folder.path(), policy, false);
    assert_eq!(std::fs::read_to_string(&file).expect("text"), before);
    let changed: Vec<&str> = shown.lines().filter(|l| l.starts_with(['+', '-'])).collect();
    let expected = ["--- a/main.tf", "+++ b/main.tf", "-  backup_retention_days = 7", "+  backup_retention_days = 14"];
    assert_eq!(changed, expected, "{shown}");
    fix(folder.path(), policy, true);
    assert_eq!(std::fs::read_to_string(&file).expect("text"), before.replace("= 7", "= 14"));
}

/// Code may hold what a workflow log takes for a command; nothing is one between the two marks, and the diff still applies.
#[test]
fn a_diff_in_a_workflow_log_commands_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "# ok\n::error::owned\n";
    let before = format!("/*\n{hostile}*/\n{}", text("pg backup_retention_days = 7", "tf"));
    std::fs::write(folder.path().join("main.tf"), &before).expect("a file");
    let mut fix = command();
    fix.current_dir(folder.path()).args(["fix", ".", "--policy", "azure.postgresql.backup_retention_sufficient"]);
    let shown = stdout(&fix.env("GITHUB_ACTIONS", "true").output().expect("the program starts"));
    let (first, last) = (shown.lines().next().expect("a line"), shown.lines().last().expect("a line"));
    let word = first.strip_prefix("::stop-commands::").expect("commands are stopped");
    assert!(word.len() == 32 && last == format!("::{word}::"), "{shown}");
    let again = stdout(&fix.output().expect("the program starts"));
    assert_ne!(again.lines().next(), Some(first), "nobody can foresee the word");
}

/// A file keeps its permissions and its byte-order mark, and nothing is left beside it.
#[test]
fn a_repaired_file_stays_what_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("main.tf");
    let before = text("pg backup_retention_days = 7", "tf");
    std::fs::write(&file, format!("\u{feff}{before}")).expect("a file");
    #[cfg(unix)]
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o750)).expect("permissions");
    fix(folder.path(), "azure.postgresql.backup_retention_sufficient", true);
    let after = std::fs::read_to_string(&file).expect("text");
    assert_eq!(after, format!("\u{feff}{}", before.replace("= 7", "= 14")));
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).expect("a file").permissions());
        assert_eq!(mode & 0o777, 0o750);
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

/// A JSON value as Bicep writes it.
fn bicep(value: &Value, indent: usize) -> String {
    let pad = " ".repeat(indent + 2);
    let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace("${", "\\${"));
    match value {
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let rows = members.iter().map(|(name, value)| {
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                    && !name.starts_with(|c: char| c.is_ascii_digit());
                let name = if plain { name.clone() } else { quoted(name) };
                format!("{pad}{name}: {}\n", bicep(value, indent + 2))
            });
            format!("{{\n{}{}}}", rows.collect::<String>(), " ".repeat(indent))
        }
        Value::Array(items) => {
            let rows = items.iter().map(|item| format!("{pad}{}\n", bicep(item, indent + 2)));
            format!("[\n{}{}]", rows.collect::<String>(), " ".repeat(indent))
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// The resource as a Bicep file would declare it.
fn declaration(n: usize, resource: &Value) -> Option<String> {
    let mut body = resource.as_object()?.clone();
    let kind = body.remove("type")?;
    let id = body.remove("id")?;
    // A child is named by its parents too.
    let names: Vec<&str> = id.as_str()?.split("/providers/").last()?.split('/').skip(2).step_by(2).collect();
    body.insert("name".to_owned(), Value::from(names.join("/")));
    for runtime in ["systemData", "etag"] {
        body.remove(runtime);
    }
    Some(format!("resource r{n} '{}@2024-01-01' = {}\n", kind.as_str()?, bicep(&Value::Object(body), 0)))
}

/// Every policy that says how code is repaired, on its own fail cases, as Bicep: where a fix is offered, it repairs, and each
/// policy is offered one somewhere.
#[test]
fn fixes_repair_the_fail_cases_of_their_policies() {
    let listed = assize(&["policy", "list", "--output", "json"]);
    let policies: Value = serde_json::from_str(&stdout(&listed)).expect("JSON");
    let folder = tempfile::tempdir().expect("a folder");
    let mut cases = Vec::new();
    for policy in policies.as_array().expect("policies").iter().filter(|p| p.get("fix").is_some()) {
        let id = policy["id"].as_str().expect("an id").to_owned();
        let given = std::fs::read_to_string(path(&format!("policies/{}/fail.json", id.replace('.', "/"))));
        let given: Value = serde_json::from_str(&given.expect("cases")).expect("JSON");
        // One case stands by itself.
        let one = [given.clone()];
        for (n, case) in given.as_array().map_or(one.as_slice(), Vec::as_slice).iter().enumerate() {
            let resources = case["resources"].as_array().expect("resources").iter().enumerate();
            let Some(text) = resources.map(|(n, r)| declaration(n, r)).collect::<Option<String>>() else { continue };
            let file = format!("{id}-{n}/main.bicep");
            std::fs::create_dir_all(folder.path().join(&file).parent().expect("a parent")).expect("a folder");
            std::fs::write(folder.path().join(&file), text).expect("a file");
            cases.push((id.clone(), file));
        }
    }
    let before = verdicts(folder.path());
    fix(folder.path(), "azure.*", true);
    let after = verdicts(folder.path());
    let offered = |(id, file): &&(String, String)| {
        before.get(&(id.clone(), file.clone())).is_some_and(|(v, fix)| *fix && v.contains("fail"))
    };
    let tried: BTreeSet<&String> = cases.iter().filter(offered).map(|(id, _)| id).collect();
    let wrong: Vec<_> = cases.iter().filter(offered).filter(|(id, file)| fails(&after, id, file)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let untried: BTreeSet<&String> = cases.iter().map(|(id, _)| id).filter(|id| !tried.contains(id)).collect();
    let untried: Vec<_> = untried.iter().filter(|id| !CASES.iter().any(|c| c.policy == **id)).collect();
    assert!(untried.is_empty(), "no case of {untried:?} can be repaired");
    assert!(tried.len() > 50);
}

/// What somebody else decides is left alone: variables, expressions, dynamic blocks.
#[test]
fn expressions_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("main.tf");
    let code = text("pg backup_retention_days = var.days", "tf") + "variable \"days\" {\n  default = 7\n}\n";
    std::fs::write(&file, &code).expect("a file");
    let policy = "azure.postgresql.backup_retention_sufficient";
    assert_eq!(fix(folder.path(), policy, true), "");
    assert_eq!(std::fs::read_to_string(&file).expect("text"), code);
}
