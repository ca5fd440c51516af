//! Modules, imports, parameter files and levels of deployment.

use super::{addresses, find, path, plain, quote, read_files};
use crate::iac::Ids;
use crate::iac::bicep::local_modules;

#[test]
fn levels_of_deployment() {
    let text = "
targetScope = 'subscription'
resource rg 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg1'
  location: 'westeurope'
}
resource policy 'Microsoft.Authorization/policyAssignments@2024-04-01' = {
  name: 'p'
}
resource group 'Microsoft.Management/managementGroups@2021-04-01' = {
  scope: tenant()
  name: 'mg'
}
resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'l'
  scope: subscription()
}
module up 'up.bicep' = {
  name: 'up'
  scope: subscription('00000000-0000-0000-0000-000000000002')
}
module m 'm.bicep' = {
  name: 'm'
  scope: rg
  params: { vaultName: 'kv' }
}
module o 'm.bicep' = {
  name: 'o'
  scope: resourceGroup(rg.name)
  params: { vaultName: 'kv2' }
}
module n 'm.bicep' = {
  name: 'n'
  scope: resourceGroup('rg2')
  params: { vaultName: 'kv' }
}
";
    let module = "
param vaultName string
param location string = resourceGroup().location
resource v 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: vaultName
  location: location
  properties: { rg: resourceGroup().name }
}
";
    let up = "targetScope = 'subscription'\nresource p 'Microsoft.Authorization/policyAssignments@2024-04-01' = {\n  name: 'p'\n  properties: { in: subscription().subscriptionId }\n}\n";
    let (_, reading) = read_files(&[("main.bicep", text), ("m.bicep", module), ("up.bicep", up)], &[]);
    let second = "/subscriptions/00000000-0000-0000-0000-000000000002";
    assert_eq!(plain(path(find(&reading, "up.p"), "properties.in")), second.rsplit('/').next().unwrap());
    let base = format!("/subscriptions/{}", Ids::subscription_of("main.bicep"));
    for (address, id) in [
        ("rg", format!("{base}/resourceGroups/rg1")),
        ("policy", format!("{base}/providers/Microsoft.Authorization/policyAssignments/p")),
        ("group", "/providers/Microsoft.Management/managementGroups/mg".to_owned()),
        ("lock", format!("{base}/providers/Microsoft.Authorization/locks/l")),
        ("up.p", format!("{second}/providers/Microsoft.Authorization/policyAssignments/p")),
        ("m.v", format!("{base}/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/kv")),
        ("n.v", format!("{base}/resourceGroups/rg2/providers/Microsoft.KeyVault/vaults/kv")),
    ] {
        assert_eq!(find(&reading, address).id, id);
    }
    assert_eq!(plain(&find(&reading, "m.v").body["location"]), "westeurope");
    assert_eq!(plain(&find(&reading, "o.v").body["location"]), "westeurope");
    assert_eq!(plain(path(find(&reading, "m.v"), "properties.rg")), "rg1");
    assert!(find(&reading, "n.v").body["location"].reason().is_some());
}

#[test]
fn modules_get_their_own_values() {
    let main = "
param sku string = 'main'
module a 'sub/a.bicep' = {
  name: 'a'
  params: { flag: true, tags: { x: sku } }
}
module b 'sub/a.bicep' = [for (n, i) in ['p', 'q']: {
  name: 'b${i}'
  params: { flag: i == 1, nested: { of: n } }
}]
module c 'sub/a.bicep' = if (false) {
  name: 'c'
}
resource end 'M.T/t@1' = {
  name: 'end'
  properties: { a: a.outputs.id, b: b[1].outputs.sku, c: a.outputs.?none, d: a.name, e: b[0].outputs['flag'] }
}
";
    let a = "
param flag bool
param sku string = 'own'
param tags object?
param nested object = {}
resource t 'M.T/t@1' = {
  name: 't${flag}'
  tags: tags
  properties: { flag: flag, sku: sku, of: nested.?of }
}
module deep '../deep.bicep' = {
  name: 'deep'
  params: { of: t.id }
}
output id string = t.id
output sku string = sku
output flag bool = flag
";
    let deep = "param of string\nresource d 'M.T/d@1' = {\n  name: 'd'\n  properties: { of: of }\n}\n";
    let files = [("main.bicep", main), ("sub/a.bicep", a), ("deep.bicep", deep)];
    let (tree, reading) = read_files(&files, &[]);
    assert!(reading.missing.is_empty(), "{:?}", reading.missing);
    assert_eq!(addresses(&reading), ["a.t", "a.deep.d", "b[0].t", "b[0].deep.d", "b[1].t", "b[1].deep.d", "end"]);
    let first = find(&reading, "a.t");
    assert_eq!(plain(&first.body["properties"]), serde_json::json!({"flag": true, "sku": "own", "of": null}));
    assert_eq!(plain(&first.body["tags"]), serde_json::json!({"x": "main"}));
    assert_eq!(plain(path(find(&reading, "b[1].t"), "properties.of")), "q");
    let chain = &find(&reading, "b[1].deep.d").chain;
    assert_eq!(chain.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["b[1]", "deep"]);
    assert_eq!(&*tree.name(chain[0].at.file), "main.bicep");
    assert_eq!(quote(a, Some(chain[1].at)), "module deep '../deep.bicep' =");
    assert_eq!(quote(a, path(first, "properties.flag").at), "flag: flag");
    let end = find(&reading, "end");
    assert_eq!(
        plain(&end.body["properties"]),
        serde_json::json!({"a": first.id, "b": "own", "c": null, "d": "a", "e": false})
    );
    assert_eq!(plain(path(find(&reading, "a.deep.d"), "properties.of")), first.id.as_str());
    // The same id a second time is another resource.
    assert_ne!(find(&reading, "a.deep.d").id, find(&reading, "b[0].deep.d").id);
}

#[test]
fn modules_that_cannot_be_read_are_told() {
    let main = "
module reg 'br/public:avm/res/key-vault/vault:0.9.0' = {
  name: 'r'
}
module gone './gone.bicep' = {
  name: 'g'
}
module out '../../x.bicep' = {
  name: 'o'
}
module self 'main.bicep' = {
  name: 's'
}
resource a 'M.T/t@1' = {
  name: 'a'
  properties: { x: reg.outputs.id, y: gone.outputs.z }
}
";
    let (_, reading) = read_files(&[("main.bicep", main)], &[]);
    let missing: Vec<&str> = reading.missing.iter().map(|m| m.what.as_str()).collect();
    assert_eq!(
        missing,
        [
            "module reg (br/public:avm/res/key-vault/vault:0.9.0)",
            "module gone (./gone.bicep)",
            "module out (../../x.bicep)",
            "module self (main.bicep)"
        ]
    );
    assert_eq!(quote(main, reading.missing[0].at), "module reg 'br/public:avm/res/key-vault/vault:0.9.0' =");
    assert!(path(find(&reading, "a"), "properties.x").reason().unwrap().contains("br/public"));
}

#[test]
fn modules_may_be_templates() {
    let main = "
module a 'a.json' = {
  name: 'a'
  params: { Name: 'kv1' }
}
module never 'a.json' = if (false) {
  name: 'never'
}
resource r 'M.T/t@1' = {
  name: 'r'
  properties: { id: a.outputs.id, no: a.outputs.?nothing }
}
";
    let json = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "name": { "type": "string" }, "purge": { "type": "bool", "defaultValue": true } },
  "resources": [{
    "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[parameters('name')]",
    "properties": { "enablePurgeProtection": "[parameters('purge')]" }
  }],
  "outputs": { "id": { "type": "string", "value": "[resourceId('Microsoft.KeyVault/vaults', parameters('name'))]" } }
}"#;
    let (_, reading) = read_files(&[("main.bicep", main), ("a.json", json)], &[]);
    assert!(reading.missing.is_empty(), "{:?}", reading.missing);
    assert_eq!(reading.resources.len(), 2);
    let vault = &reading.resources[0];
    assert!(vault.address.starts_with("a."), "{}", vault.address);
    assert_eq!(vault.chain[0].name, "a");
    assert_eq!(plain(path(vault, "properties.enablePurgeProtection")), true);
    let r = find(&reading, "r");
    assert_eq!(plain(path(r, "properties.id")), vault.id.as_str());
    assert_eq!(plain(path(r, "properties.no")), serde_json::Value::Null);
}

#[test]
fn values_functions_and_types_come_from_other_files() {
    let main = "
import { prefix, make as build, only } from 'lib/a.bicep'
import * as all from 'lib/a.bicep'
import { x } from 'br/public:types:1.0'
param p only
resource a 'M.T/t@1' = {
  name: build('n')
  properties: { a: prefix, b: all.prefix, c: all.make('m'), d: p, e: x, f: loadTextContent('text.txt'), g: loadJsonContent('x.json').a, h: loadJsonContent('x.json', '$.b[0]'), i: loadYamlContent('x.yaml').c, j: loadFileAsBase64('text.txt'), k: loadTextContent('../secret'), l: all.deep }
}
";
    let lib = "
import { suffix } from 'b.bicep'
@export()
var prefix = 'pre'
@export()
var deep = loadTextContent('inner.txt')
@export()
func make(n string) string => '${prefix}-${n}-${suffix}'
@export()
type only = 'one'
";
    let files = [
        ("main.bicep", main),
        ("lib/a.bicep", lib),
        ("lib/b.bicep", "@export()\nvar suffix = 'suf'\n"),
        ("lib/inner.txt", "inner"),
        ("text.txt", "hi"),
        ("x.json", "{\"a\": 1, \"b\": [2]}"),
        ("x.yaml", "c: [3]"),
    ];
    let (tree, reading) = read_files(&files, &[]);
    let a = find(&reading, "a");
    assert_eq!(plain(&a.body["name"]), "pre-n-suf");
    for (member, wanted) in [
        ("a", serde_json::json!("pre")),
        ("b", "pre".into()),
        ("c", "pre-m-suf".into()),
        ("d", "one".into()),
        ("e", "?x is imported from br/public:types:1.0, which is not in the tree".into()),
        ("f", "hi".into()),
        ("g", 1.into()),
        ("h", 2.into()),
        ("i", serde_json::json!([3])),
        ("j", "aGk=".into()),
        ("l", "inner".into()),
    ] {
        assert_eq!(plain(path(a, &format!("properties.{member}"))), wanted, "{member}");
    }
    assert!(path(a, "properties.k").reason().unwrap().contains("outside the root"));
    assert_eq!(local_modules(&tree, "main.bicep"), ["lib/a.bicep"]);
    assert_eq!(local_modules(&tree, "lib/a.bicep"), ["lib/b.bicep"]);
}

#[test]
fn parameter_files_give_values() {
    let main = "
param a string
param b string = 'default'
param c string
@secure()
param d string
param e string?
resource r 'M.T/t@1' = {
  name: 'r'
  properties: { a: a, b: b, c: c, d: d, e: e }
}
";
    let base = "using none\nparam a = 'base'\nparam c = 'from base'\n";
    let bicep = "using './main.bicep'\nextends 'base.bicepparam'\nvar x = 'v'\nparam a = '${x}1'\nparam b = readEnvironmentVariable('B', 'env')\nparam d = az.getSecret('s', 'rg', 'kv', 'n')\n";
    let json = r#"{"$schema": "x", "parameters": {"a": {"value": "j"}, "d": {"reference": {"keyVault": {"id": "x"}, "secretName": "s"}}}}"#;
    let files = [
        ("main.bicep", main),
        ("main.bicepparam", bicep),
        ("base.bicepparam", base),
        ("main.parameters.json", json),
        ("other.bicepparam", "using 'other.bicep'\nparam a = 'other'"),
    ];
    let values = |files_used: &[&str]| {
        let (_, reading) = read_files(&files, files_used);
        (plain(&find(&reading, "r").body["properties"]), reading)
    };
    let (found, reading) = values(&["other.bicepparam", "main.bicepparam", "main.parameters.json"]);
    let wanted = serde_json::json!({"a": "v1", "b": "env", "c": "from base", "d": found["d"], "e": null});
    assert_eq!(found, wanted);
    assert!(path(find(&reading, "r"), "properties.d").sensitive);
    assert!(found["d"].as_str().unwrap().starts_with('?'));
    assert_eq!(reading.remarks.len(), 1);
    let (found, reading) = values(&["main.parameters.json"]);
    assert_eq!(
        (&found["a"], &found["b"], &found["c"]),
        (&"j".into(), &"default".into(), &"?param c has no value".into())
    );
    assert!(path(find(&reading, "r"), "properties.d").sensitive);
    let (tree, _) = read_files(&files, &[]);
    assert_eq!(local_modules(&tree, "main.bicepparam"), ["base.bicepparam", "main.bicep"]);
}

#[test]
fn modules_that_multiply_end() {
    let middle = "module a 'b.bicep' = [for i in range(0, 1000): {\n  name: 'x'\n}]\n";
    let files = [
        ("main.bicep", "module a 'a.bicep' = [for i in range(0, 1000): {\n  name: 'x'\n}]\n"),
        ("a.bicep", middle),
        ("b.bicep", "module c 'c.bicep' = [for i in range(0, 1000): {\n  name: 'x'\n}]\n"),
        ("c.bicep", "resource r 'M.T/t@1' = {\n  name: 'r'\n}\n"),
    ];
    let (_, reading) = read_files(&files, &[]);
    assert!(reading.missing.iter().any(|m| m.detail.contains("steps")), "{:?}", reading.missing.len());
}

#[test]
fn deployments_declare_what_their_templates_declare() {
    let main = "
param open object
resource d 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'd'
  resourceGroup: 'rg2'
  properties: {
    mode: 'Incremental'
    parameters: { tls: { value: 'TLS1_0' } }
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      parameters: { tls: { type: 'string' } }
      resources: [
        {
          type: 'Microsoft.Storage/storageAccounts'
          apiVersion: '2023-01-01'
          name: 'acc'
          properties: {
            minimumTlsVersion: '[parameters(\\'tls\\')]'
          }
        }
      ]
    }
  }
}
resource f 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'f'
  properties: { template: loadJsonContent('t.json'), mode: 'Incremental' }
}
resource l 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'l'
  properties: { templateLink: { relativePath: 't.json' }, mode: 'Incremental' }
}
resource u 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'u'
  properties: { template: open }
}
resource far 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'far'
  properties: { templateLink: { uri: 'https://example.com/t.json' } }
}
";
    let linked = "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",
\"resources\": [{\"type\": \"Microsoft.KeyVault/vaults\", \"apiVersion\": \"1\", \"name\": \"v\", \"properties\": {}}]}";
    let (tree, reading) = read_files(&[("main.bicep", main), ("t.json", linked)], &[]);
    let account = find(&reading, "d.resources[0] (Microsoft.Storage/storageAccounts)");
    assert!(account.id.contains("/resourceGroups/rg2/"), "{}", account.id);
    assert_eq!(plain(path(account, "properties.minimumTlsVersion")), "TLS1_0");
    let at = path(account, "properties.minimumTlsVersion").at;
    assert!(quote(main, at).starts_with("minimumTlsVersion:"));
    assert_eq!(account.chain[0].name, "d");
    assert!(find(&reading, "d").body["properties"].get("template").is_none());
    for address in ["f.resources[0] (Microsoft.KeyVault/vaults)", "l.resources[0] (Microsoft.KeyVault/vaults)"] {
        assert_eq!(&*tree.name(find(&reading, address).at.file), "t.json");
    }
    let missed: Vec<&str> = reading.missing.iter().map(|m| m.what.as_str()).collect();
    assert_eq!(missed, ["u", "far"], "{:?}", reading.missing);
}

#[test]
fn modules_that_multiply_come_to_an_end() {
    let names: Vec<String> = (0..30).map(|at| format!("m{at}.bicep")).collect();
    let text = |at: usize| -> String {
        let call = |name: char| format!("module {name} 'm{}.bicep' = {{\n  name: '{name}'\n}}\n", at + 1);
        "abcd".chars().map(call).collect()
    };
    let texts: Vec<String> = (0..30).map(text).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let (_, reading) = read_files(&files, &[]);
    assert!(reading.resources.is_empty());
    assert_eq!(reading.missing.len(), 2000);
    assert!(reading.missing[1999].detail.starts_with("more than 2000 parts"), "{:?}", reading.missing[1999]);
}

#[test]
fn of_names_in_two_cases_the_last_counts_however_many_there_are() {
    for many in [1, 100] {
        let members: String = (0..many).map(|at| format!("    p{at}: 'old'\n    P{at}: 'new'\n")).collect();
        let text = format!("resource r 'A.B/c@1' = {{\n  name: 'r'\n  properties: {{\n{members}  }}\n}}\n");
        let (_, reading) = read_files(&[("main.bicep", text.as_str())], &[]);
        let properties = find(&reading, "r").body["properties"].as_object().unwrap();
        assert_eq!(properties.len(), many);
        assert!(properties.iter().all(|(k, v)| k.starts_with('P') && v.as_str() == Some("new")));
    }
}
