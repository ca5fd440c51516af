//! What the compiler's output and the files give together.

use super::*;
use crate::iac::Declaration;

const MAIN: &str = "param tls string = 'TLS1_2'
resource st 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'acc'
  properties: {
    minimumTlsVersion: tls
    acls: [
      {
        value: 'a'
      }
    ]
  }
  resource blob 'blobServices' = {
    name: 'default'
    properties: { on: true }
  }
}
resource old 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: 'old'
}
resource others 'Microsoft.Storage/storageAccounts@2023-01-01' = [for i in range(0, 2): {
  name: 'acc${i}'
}]
module kv 'kv.bicep' = {
  name: 'kv'
}
module far 'br:example.azurecr.io/far:1.0' = {
  name: 'far'
}
";
const VAULT: &str = "
resource v 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'v'
  properties: { enablePurgeProtection: true }
}
";

/// The template with its resources named, or as a list as the compiler writes it.
fn template(named: bool) -> String {
    let schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
    let storage =
        |more: &str| format!("{{\"type\": \"Microsoft.Storage/storageAccounts\", \"apiVersion\": \"1\", {more}}}");
    let parts = [
        (
            "st::blob",
            "{\"type\": \"Microsoft.Storage/storageAccounts/blobServices\", \"apiVersion\": \"1\", \
             \"name\": \"[format('{0}/{1}', 'acc', 'default')]\", \"properties\": {\"on\": true}}"
                .to_owned(),
        ),
        (
            "st",
            storage(
                "\"name\": \"acc\", \"properties\": {\"minimumTlsVersion\": \"[parameters('tls')]\", \
                 \"acls\": [{\"value\": \"a\"}]}",
            ),
        ),
        (
            "others",
            storage(
                "\"copy\": {\"name\": \"others\", \"count\": \"[length(range(0, 2))]\"}, \
                 \"name\": \"[format('acc{0}', range(0, 2)[copyIndex()])]\"",
            ),
        ),
        (
            "kv",
            module(
                "kv",
                named,
                "\"v\"",
                "{\"type\": \"Microsoft.KeyVault/vaults\", \"apiVersion\": \"1\", \"name\": \"v\", \"properties\": {\"enablePurgeProtection\": true}}",
            ),
        ),
        (
            "far",
            module(
                "far",
                named,
                "\"x\"",
                "{\"type\": \"Microsoft.KeyVault/vaults\", \"apiVersion\": \"1\", \"name\": \"x\", \"properties\": {}}",
            ),
        ),
    ];
    let list: Vec<String> = match named {
        true => parts.iter().map(|(name, text)| format!("\"{name}\": {text}")).collect(),
        false => parts.iter().map(|(_, text)| text.clone()).collect(),
    };
    let (open, close) = if named { ('{', '}') } else { ('[', ']') };
    format!(
        "{{\"$schema\": \"{schema}\", \"parameters\": {{\"tls\": {{\"type\": \"string\", \"defaultValue\": \"TLS1_2\"}}}}, \
         \"resources\": {open}{}{close}}}",
        list.join(", ")
    )
}

fn module(name: &str, named: bool, symbol: &str, resource: &str) -> String {
    let inner = if named { format!("{{{symbol}: {resource}}}") } else { format!("[{resource}]") };
    format!(
        "{{\"type\": \"Microsoft.Resources/deployments\", \"apiVersion\": \"1\", \"name\": \"{name}\", \"properties\": \
         {{\"expressionEvaluationOptions\": {{\"scope\": \"inner\"}}, \"mode\": \"Incremental\", \"template\": \
         {{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \
         \"resources\": {inner}}}}}}}"
    )
}

fn read(options: &[&str], compiled: &[(&str, Result<String, String>)]) -> (Tree, Reading) {
    let files = [("main.bicep", MAIN), ("kv.bicep", VAULT), ("main.bicepparam", "using 'main.bicep'\n")];
    let tree = Tree::memory(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    let compiled = compiled.iter().map(|(name, answer)| ((*name).to_owned(), answer.clone())).collect();
    let options = Options { parameter_files: options.iter().map(|f| (*f).to_owned()).collect() };
    let mut reading = Reading::default();
    read_compiled(&tree, "main.bicep", &options, &compiled, &mut Ids::default(), &mut reading);
    (tree, reading)
}

fn find<'r>(reading: &'r Reading, address: &str) -> &'r Declaration {
    let all: Vec<&str> = reading.resources.iter().map(|r| r.address.as_str()).collect();
    reading.resources.iter().find(|r| r.address == address).unwrap_or_else(|| panic!("{address} is not in {all:?}"))
}

fn quote(tree: &Tree, at: Span) -> String {
    tree.text(at.file)[at.start as usize..at.end as usize].to_owned()
}

#[test]
fn places_are_those_of_the_bicep_files() {
    for named in [true, false] {
        let (tree, reading) = read(&[], &[("main.bicep", Ok(template(named)))]);
        assert!(reading.missing.is_empty(), "{:?}", reading.missing);
        let mut addresses: Vec<&str> = reading.resources.iter().map(|r| r.address.as_str()).collect();
        addresses.sort_unstable();
        let far = if named { "far.x" } else { "far.resources[0]" };
        assert_eq!(addresses, [far, "kv.v", "others[0]", "others[1]", "st", "st::blob"], "{named}");
        let st = find(&reading, "st");
        assert_eq!(quote(&tree, st.header), "resource st 'Microsoft.Storage/storageAccounts@2023-01-01' =");
        let properties = &st.body["properties"];
        let tls = properties.get("minimumTlsVersion").unwrap();
        assert_eq!((tls.as_str(), quote(&tree, tls.at.unwrap()).as_str()), (Some("TLS1_2"), "minimumTlsVersion: tls"));
        let acl = properties.get("acls").unwrap().as_array().unwrap()[0].get("value").unwrap();
        assert_eq!(quote(&tree, acl.at.unwrap()), "value: 'a'");
        assert!(quote(&tree, find(&reading, "st::blob").header).starts_with("resource blob"));
        assert!(quote(&tree, find(&reading, "others[1]").at).starts_with("resource others"));
        let vault = find(&reading, "kv.v");
        assert_eq!(&*tree.name(vault.at.file), "kv.bicep");
        assert_eq!(vault.chain.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["kv"]);
    }
}

#[test]
fn what_only_the_compiler_can_read_stands_at_its_module() {
    let (tree, reading) = read(&[], &[("main.bicep", Ok(template(true)))]);
    let far = find(&reading, "far.x");
    assert!(far.id.ends_with("/providers/Microsoft.KeyVault/vaults/x"), "{}", far.id);
    assert_eq!(quote(&tree, far.header), "module far 'br:example.azurecr.io/far:1.0' =");
    assert_eq!(far.chain[0].name, "far");
    assert!(far.body["properties"].at.is_none());
}

#[test]
fn symbols_that_no_file_has_stand_at_the_first_line() {
    let text = template(true).replace("\"st\":", "\"other\":");
    let (tree, reading) = read(&[], &[("main.bicep", Ok(text))]);
    assert_eq!(quote(&tree, find(&reading, "other").header), "param tls string = 'TLS1_2'");
}

#[test]
fn parameter_files_are_compiled_with_their_template() {
    let parameters = "{\"parameters\": {\"tls\": {\"value\": \"TLS1_0\"}}}";
    let both = serde_json::json!({"templateJson": template(true), "parametersJson": parameters}).to_string();
    let (_, reading) = read(&["main.bicepparam"], &[("main.bicepparam", Ok(both))]);
    let st = find(&reading, "st");
    assert_eq!(st.body["properties"].get("minimumTlsVersion").unwrap().as_str(), Some("TLS1_0"));
}

#[test]
fn failures_are_told_and_read_natively() {
    let wrong = ["Error BCP018", "", "{", "[]", "{\"templateJson\": null, \"parametersJson\": \"{}\"}"];
    let answers =
        wrong.iter().enumerate().map(|(at, t)| if at == 0 { Err((*t).to_owned()) } else { Ok((*t).to_owned()) });
    for answer in answers {
        let (_, reading) = read(&[], &[("main.bicep", answer.clone())]);
        assert_eq!(reading.missing[0].what, "main.bicep", "{answer:?}");
        assert!(reading.missing[0].detail.contains("compiler gave no template"), "{answer:?}");
        find(&reading, "kv.v");
    }
    let (_, reading) = read(&[], &[]);
    assert!(reading.missing.iter().all(|m| m.what.contains("far")), "{:?}", reading.missing);
    find(&reading, "st::blob");
}
