//! Code that means harm, or is merely large: reading stays within bounds, says so, and the rest is still judged.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{command, stderr, stdout};

const PURGE: &str = "azure.key_vault.purge_protection_enabled";
const GOOD: &str = "resource \"azurerm_key_vault\" \"good\" {\n  name                = \"kv-good\"\n  resource_group_name = \"rg\"\n  location            = \"westeurope\"\n  tenant_id           = \"00000000-0000-0000-0000-000000000001\"\n  sku_name            = \"premium\"\n}\n";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// Scans and gives the assessment; the scan must end soon, and the good vault must be judged.
fn scan(folder: &Path, arguments: &[&str]) -> Value {
    let begun = Instant::now();
    let mut scan = command();
    scan.current_dir(folder).args(["scan", ".", "--policy", PURGE, "-o", "json"]).args(arguments);
    let output = scan.output().expect("the program starts");
    assert!(matches!(output.status.code(), Some(1 | 3)), "{:?} {}", output.status, stderr(&output));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    let assessment: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let findings = assessment["findings"].as_array().expect("findings");
    let good = findings.iter().find(|f| f["resource"].as_str().is_some_and(|r| r.ends_with("/kv-good")));
    assert_eq!(good.expect("the good vault")["verdict"], "fail");
    assessment
}

fn gaps(assessment: &Value) -> String {
    assessment["gaps"].to_string()
}

#[test]
fn terraform_that_grows_without_end_is_bounded() {
    for (name, text, told) in [
        ("count", "resource \"azurerm_key_vault\" \"x\" {\n  count = 1000000\n  name  = \"kv-${count.index}\"\n}\n".to_owned(), true),
        ("for_each", "resource \"azurerm_key_vault\" \"x\" {\n  for_each = toset([for i in range(0, 1000) : [for j in range(0, 1000) : \"${i}-${j}\"]]...)\n  name     = each.key\n}\n".to_owned(), false),
        ("powers", format!("locals {{\n  a0 = \"x\"\n{}}}\nresource \"azurerm_key_vault\" \"x\" {{\n  name = local.a60\n}}\n", (1..=60).map(|n| format!("  a{n} = \"${{local.a{}}}${{local.a{}}}\"\n", n - 1, n - 1)).collect::<String>()), false),
        ("lists", format!("locals {{\n  a0 = [1]\n{}}}\nresource \"azurerm_key_vault\" \"x\" {{\n  name = jsonencode(local.a60)\n}}\n", (1..=60).map(|n| format!("  a{n} = concat(local.a{}, local.a{})\n", n - 1, n - 1)).collect::<String>()), false),
        ("pairs", format!("locals {{\n  a0 = [1]\n{}}}\nresource \"azurerm_key_vault\" \"x\" {{\n  name = length(local.a60)\n  tags = {{ a = jsonencode(local.a60) }}\n}}\n", (1..=60).map(|n| format!("  a{n} = [local.a{}, local.a{}]\n", n - 1, n - 1)).collect::<String>()), false),
        ("circle", "locals {\n  a = local.b\n  b = local.a\n}\nresource \"azurerm_key_vault\" \"x\" {\n  name = local.a\n}\n".to_owned(), false),
        ("deep", format!("resource \"azurerm_key_vault\" \"x\" {{\n  name = {}1{}\n}}\n", "(".repeat(20_000), ")".repeat(20_000)), false),
        ("blocks", format!("resource \"azurerm_key_vault\" \"x\" {{\n{}{}}}\n", "a {\n".repeat(20_000), "}\n".repeat(20_000)), false),
        ("template", format!("resource \"azurerm_key_vault\" \"x\" {{\n  name = \"{}x{}\"\n}}\n", "${\"".repeat(5_000), "\"}".repeat(5_000)), false),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "good/main.tf", GOOD);
        write(folder.path(), "bad/main.tf", &text);
        let assessment = scan(folder.path(), &[]);
        let listed = assessment["findings"].as_array().expect("findings").len();
        assert!(listed <= 200_001, "{name}: {listed}");
        assert!(assessment["findings"].as_array().expect("findings").iter().all(|f| f["verdict"] != "pass"), "{name}");
        assert!(!told || gaps(&assessment).contains("bad/main.tf"), "{name}: {}", gaps(&assessment));
    }
}

#[test]
fn modules_that_call_one_another_or_lead_out_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "main.tf", &GOOD.replace("kv-good", "kv-secret"));
    write(
        folder.path(),
        "main.tf",
        &format!(
            "{GOOD}module \"a\" {{\n  source = \"./a\"\n}}\nmodule \"o\" {{\n  source = \"../../../../../../etc\"\n}}\nmodule \"t\" {{\n  source = \"{}\"\n}}\nlocals {{\n  f = file(\"../../../../../etc/passwd\")\n}}\noutput \"f\" {{\n  value = local.f\n}}\n",
            outside.path().display()
        ),
    );
    write(folder.path(), "a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\n");
    write(folder.path(), "b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", folder.path().join("b/up")).expect("a link");
        std::os::unix::fs::symlink(outside.path(), folder.path().join("b/out")).expect("a link");
    }
    let assessment = scan(folder.path(), &[]);
    let text = assessment.to_string();
    assert!(!text.contains("kv-secret") && !text.contains("root:x:"), "nothing outside is read");
    let gaps = gaps(&assessment);
    for word in ["module.o", "module.t", "module.a"] {
        assert!(gaps.contains(word), "{word}: {gaps}");
    }
}

#[test]
fn templates_that_grow_without_end_are_bounded() {
    let schema = "\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\"";
    let vault = |more: &str| {
        format!(
            "{{\"type\": \"Microsoft.KeyVault/vaults\", \"apiVersion\": \"2023-07-01\", \"name\": \"[concat('kv-', copyIndex())]\", {more}\"properties\": {{}}}}"
        )
    };
    let doubled: String = (1..=60)
        .map(|n| format!("\"a{n}\": \"[concat(variables('a{}'), variables('a{}'))]\", ", n - 1, n - 1))
        .collect();
    for (name, text) in [
        (
            "copy",
            format!("{{{schema}, \"resources\": [{}]}}", vault("\"copy\": {\"name\": \"c\", \"count\": 1000000}, ")),
        ),
        (
            "powers",
            format!(
                "{{{schema}, \"variables\": {{{doubled}\"a0\": \"x\"}}, \"resources\": [{}]}}",
                vault("\"tags\": {\"a\": \"[variables('a60')]\"}, ")
            ),
        ),
        (
            "circle",
            format!(
                "{{{schema}, \"variables\": {{\"a\": \"[variables('b')]\", \"b\": \"[variables('a')]\"}}, \"resources\": [{}]}}",
                vault("\"tags\": {\"a\": \"[variables('a')]\"}, ")
            ),
        ),
        (
            "deep",
            format!(
                "{{{schema}, \"resources\": [{}]}}",
                vault(&format!("\"tags\": {{\"a\": \"[{}1{}]\"}}, ", "add(1,".repeat(5000), ")".repeat(5000)))
            ),
        ),
        ("nested", format!("{{{schema}, \"resources\": {}{}}}", "[".repeat(50_000), "]".repeat(50_000))),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "good/main.tf", GOOD);
        write(folder.path(), "bad.json", &text);
        let assessment = scan(folder.path(), &[]);
        let listed = assessment["findings"].as_array().expect("findings").len();
        assert!(listed <= 100_001, "{name}: {listed}");
        assert!(assessment["findings"].as_array().expect("findings").iter().all(|f| f["verdict"] != "pass"), "{name}");
    }
}

#[test]
fn bicep_that_grows_without_end_is_bounded() {
    let vault = |name: &str| format!("resource v 'Microsoft.KeyVault/vaults@2023-07-01' = {name}\n");
    for (name, text) in [
        ("loop", vault("[for i in range(0, 1000000): {\n  name: 'kv-${i}'\n}]")),
        (
            "powers",
            (1..=60).map(|n| format!("var a{n} = '${{a{}}}${{a{}}}'\n", n - 1, n - 1)).collect::<String>()
                + "var a0 = 'x'\n"
                + &vault("{\n  name: a60\n}"),
        ),
        ("deep", vault(&format!("{{\n  name: {}'x'{}\n}}", "(".repeat(20_000), ")".repeat(20_000)))),
        ("objects", vault(&"{\n  a: ".repeat(20_000))),
        ("itself", format!("module m 'bad.bicep' = {{\n  name: 'm'\n}}\n{}", vault("{\n  name: 'kv-x'\n}"))),
        ("strings", format!("var s = {}\n", "'${".repeat(10_000))),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "good/main.tf", GOOD);
        write(folder.path(), "bad.bicep", &text);
        let assessment = scan(folder.path(), &[]);
        assert!(assessment["findings"].as_array().expect("findings").len() <= 100_001, "{name}");
        assert!(assessment["findings"].as_array().expect("findings").iter().all(|f| f["verdict"] != "pass"), "{name}");
    }
}

#[test]
fn a_file_past_the_limit_is_told_and_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "good/main.tf", GOOD);
    write(folder.path(), "big/main.tf", &format!("# {}\n", "x".repeat(50_000_000)));
    write(folder.path(), "big.json", &format!("{{\"a\": \"{}\"}}", "x".repeat(70_000_000)));
    let assessment = scan(folder.path(), &[]);
    let gaps = gaps(&assessment);
    assert!(gaps.contains("big/main.tf") && gaps.contains("big.json"), "{gaps}");
}

/// Secrets in code stay in code: neither values nor lines of them are in any report.
#[test]
fn secrets_in_code_do_not_leave() {
    let folder = tempfile::tempdir().expect("a folder");
    let canary = "C4nary-Pa55-w0rd";
    write(
        folder.path(),
        "main.tf",
        &format!(
            "{GOOD}resource \"azurerm_postgresql_flexible_server\" \"p\" {{\n  name                   = \"pg\"\n  resource_group_name    = \"rg\"\n  location               = \"westeurope\"\n  administrator_login    = \"adm\"\n  administrator_password = \"{canary}\"\n  backup_retention_days  = 7\n}}\nresource \"azurerm_key_vault_secret\" \"s\" {{\n  name         = \"s\"\n  value        = \"{canary}\"\n  key_vault_id = azurerm_key_vault.good.id\n}}\nvariable \"token\" {{\n  default   = \"{canary}\"\n  sensitive = true\n}}\nresource \"azurerm_mysql_flexible_server\" \"m\" {{\n  name                   = \"my\"\n  resource_group_name    = \"rg\"\n  location               = var.token\n  administrator_password = var.token\n}}\n"
        ),
    );
    write(
        folder.path(),
        "t.bicep",
        &format!(
            "@secure()\nparam p string = '{canary}'\nresource s 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {{\n  name: 'pg-b'\n  location: 'westeurope'\n  properties: {{\n    administratorLoginPassword: p\n    backup: {{ backupRetentionDays: 7 }}\n  }}\n}}\n"
        ),
    );
    for format in ["json", "sarif", "sarif-github", "table"] {
        let output =
            command().current_dir(folder.path()).args(["scan", ".", "-v", "-o", format]).output().expect("starts");
        let all = stdout(&output) + &stderr(&output);
        assert!(all.contains("backup_retention") || all.contains("backupRetention"), "{format}");
        assert!(!all.contains(canary), "{format}");
    }
}
