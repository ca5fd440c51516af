//! What is evaluated, from text to declarations.

mod modules;

use crate::iac::bicep::{Options, read_bicep};
use crate::iac::{Declaration, Ids, Node, Reading, Span, Tree, Value};

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::memory(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())))
}

fn read_files(files: &[(&str, &str)], parameter_files: &[&str]) -> (Tree, Reading) {
    let tree = tree(files);
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    let options = Options { parameter_files: parameter_files.iter().map(|f| (*f).to_owned()).collect() };
    read_bicep(&tree, files[0].0, &options, &mut ids, &mut reading);
    (tree, reading)
}

fn read(text: &str) -> Reading {
    read_files(&[("main.bicep", text)], &[]).1
}

fn find<'r>(reading: &'r Reading, address: &str) -> &'r Declaration {
    let found = reading.resources.iter().find(|r| r.address == address);
    found.unwrap_or_else(|| panic!("{address} is not in {:?}", addresses(reading)))
}

fn addresses(reading: &Reading) -> Vec<&str> {
    reading.resources.iter().map(|r| r.address.as_str()).collect()
}

/// Known values as JSON, unknown ones as `"?reason"`.
fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Unknown(reason) => serde_json::Value::from(format!("?{reason}")),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|(k, v)| (k.to_string(), plain(v))).collect(),
        _ => node.to_json().unwrap(),
    }
}

fn path<'n>(declaration: &'n Declaration, path: &str) -> &'n Node {
    let mut words = path.split('.');
    let mut node = &declaration.body[words.next().unwrap()];
    for word in words {
        node = match word.parse::<usize>() {
            Ok(at) => &node.as_array().unwrap()[at],
            Err(_) => node.get(word).unwrap_or_else(|| panic!("{path}: no {word} in {node:?}")),
        };
    }
    node
}

/// The value of an expression, with the statements before it.
fn value_with(before: &str, text: &str) -> serde_json::Value {
    let code = format!(
        "{before}\nresource r 'Microsoft.Test/things@2020-01-01' = {{\n  name: 'r'\n  properties: {{\n    x: {text}\n  }}\n}}\n"
    );
    let reading = read(&code);
    assert!(reading.missing.is_empty(), "{text}: {:?}", reading.missing);
    plain(path(find(&reading, "r"), "properties.x"))
}

fn value(text: &str) -> serde_json::Value {
    value_with("param u string\nparam o object\nparam b bool", text)
}

fn quote(text: &str, at: Option<Span>) -> &str {
    let at = at.unwrap();
    &text[at.start as usize..at.end as usize]
}

#[test]
fn expressions_are_evaluated() {
    use serde_json::json;
    let none = json!("?param u has no value");
    for (text, wanted) in [
        ("1 + 2 * 3", json!(7)),
        ("7 / 2", json!(3)),
        ("-7 % 3", json!(-1)),
        ("1 / 0", json!("?the result is out of range")),
        ("!(1 < 2)", json!(false)),
        ("'b' > 'a'", json!(true)),
        ("'A' == 'a'", json!(false)),
        ("'A' =~ 'a'", json!(true)),
        ("'A' !~ 'a'", json!(false)),
        ("{ a: [1] } == { a: [1] }", json!(true)),
        ("null == null", json!(true)),
        ("null ?? 'x'", json!("x")),
        ("{ a: 1 }.?b ?? 2", json!(2)),
        ("{ a: 1 }.b ?? 2", json!(2)),
        ("{ a: 1 }.?b.c.d", json!(null)),
        ("{ A: 1 }.a", json!(1)),
        ("{ 'a-b': 1 }['a-b']", json!(1)),
        ("[1, 2, 3][1]", json!(2)),
        ("[1, 2, 3][^1]", json!(3)),
        ("[1][?5]", json!(null)),
        ("nameof(o.a.b)", json!("b")),
        ("nameof(u)", json!("u")),
        ("groupBy(['a', 'b', 'a'], x => x)", json!({"a": ["a", "a"], "b": ["b"]})),
        ("groupBy(['a', 'b'], x => 'k', x => toUpper(x))", json!({"k": ["A", "B"]})),
        ("[1][5]", json!("?[1][5] is not there")),
        ("{}.x", json!("?{}.x is not there")),
        ("'a${1}${true}${null}'", json!("a1True")),
        ("'${u}'", none.clone()),
        ("u", none.clone()),
        ("[u, 1]", json!(["?param u has no value", 1])),
        ("[u, 1][1]", json!(1)),
        ("length([u, 1])", json!(2)),
        ("true || u == 'x'", json!(true)),
        ("u == 'x' || true", json!(true)),
        ("false && u == 'x'", json!(false)),
        ("u == 'x' && true", none.clone()),
        ("u == u", none),
        ("true ? 1 : u", json!(1)),
        ("b ? 1 : 2", json!("?param b has no value")),
        ("b ? 1 : 1", json!(1)),
        ("b ? { x: 1, y: 2 } : { x: 1, y: 3 }", json!({"x": 1, "y": "?param b has no value"})),
        ("b ? { x: 1 } : {}", json!({"x": "?param b has no value"})),
        ("b ? { x: 1 } : null", json!("?param b has no value")),
        ("o.x", json!("?param o has no value")),
        ("o.?x ?? 'y'", json!("?param o has no value")),
        ("{ ...{ a: 1, b: 2 }, b: 3 }", json!({"a": 1, "b": 3})),
        ("{ ...o, b: 3 }", json!("?param o has no value")),
        ("[...[1, 2], 3]", json!([1, 2, 3])),
        ("[for i in range(0, 3): i * 2]", json!([0, 2, 4])),
        ("[for (x, i) in ['a', 'b']: '${x}${i}']", json!(["a0", "b1"])),
        ("[for x in items({ a: 1 }): '${x.key}=${x.value}']", json!(["a=1"])),
        ("[for x in o.list: x]", json!("?param o has no value")),
        ("map([1, 2], x => x + 1)", json!([2, 3])),
        ("map(['a'], (x, i) => '${x}${i}')", json!(["a0"])),
        ("filter([1, 2, 3], x => x > 1)", json!([2, 3])),
        ("reduce([1, 2, 3], 0, (sum, x) => sum + x)", json!(6)),
        ("sort([3, 1, 2], (x, y) => x < y)", json!([1, 2, 3])),
        ("toObject(['a'], x => x)", json!({"a": "a"})),
        ("toObject(['a'], x => x, x => 1)", json!({"a": 1})),
        ("map(range(0, 2), i => map(range(0, 2), j => i + j))", json!([[0, 1], [1, 2]])),
        ("any({ a: 1 }).a", json!(1)),
        ("sys.concat('a', 'b')", json!("ab")),
        ("union({ a: 1 }, { b: 2 })", json!({"a": 1, "b": 2})),
        ("contains(['a'], 'a') && !empty('x')", json!(true)),
        ("string({ a: 1 })", json!("{\"a\":1}")),
        ("'${{ a: 1 }}'", json!("{\"a\":1}")),
        ("environment().suffixes.storage", json!("core.windows.net")),
        ("resourceGroup().location", json!("?the location of the deployment is known when it is deployed")),
        ("resourceGroup().name", json!("?it depends on the subscription or resource group that is deployed to")),
        ("resourceGroup().name == 'x'", json!("?it depends on what is deployed to")),
        ("undeclared", json!("?undeclared is not declared")),
        ("nothing('x')", json!("?nothing('x'): there is no function nothing")),
        ("newGuid()", json!("?newGuid() is different in each deployment")),
    ] {
        assert_eq!(value(text), wanted, "{text}");
    }
}

#[test]
fn names_stand_for_what_they_should() {
    use serde_json::json;
    for (before, text, wanted) in [
        ("var a = b\nvar b = 'x'", "a", json!("x")),
        ("var a = b\nvar b = a", "a", json!("?it is nested too deep to evaluate")),
        ("var a = '${b}'\nvar b = '${a}'", "a", json!("?a refers to itself")),
        ("param p string = 'd'", "p", json!("d")),
        ("param p string = '${q}x'\nparam q string = 'y'", "p", json!("yx")),
        ("param p string?", "p ?? 'none'", json!("none")),
        ("type t = string?\nparam p t", "p ?? 'none'", json!("none")),
        ("param p 'only'", "p", json!("only")),
        ("type t = 'only'\nparam p t", "p", json!("only")),
        ("@allowed(['only'])\nparam p string", "p", json!("only")),
        ("@allowed(['a', 'b'])\nparam p string", "p", json!("?param p has no value")),
        ("param p 'a' | 'b'", "p", json!("?param p has no value")),
        ("param p { a: string }", "p.a", json!("?param p has no value")),
        ("func f(a string, b int) string => '${a}${b}'", "f('x', 1)", json!("x1")),
        ("func f(a int) int => a + 1\nfunc g(a int) int => f(a) * 2", "g(1)", json!(4)),
        ("var x = [for i in range(0, 2): { n: i }]", "x[1].n", json!(1)),
        ("var x = 'outer'", "map(['inner'], x => x)", json!(["inner"])),
        ("var x = broken(\nvar y = 1", "y", json!(1)),
    ] {
        let code = format!("{before}\nresource r 'M.T/t@1' = {{\n  name: 'r'\n  properties: {{ x: {text} }}\n}}");
        assert_eq!(plain(path(find(&read(&code), "r"), "properties.x")), wanted, "{before} {text}");
    }
}

const VAULT: &str = "param location string = resourceGroup().location
param name string = 'kv1'

@description('the vault')
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: { a: 'b' }
  properties: {
    enablePurgeProtection: true
    networkAcls: {
      defaultAction: 'Deny'
    }
  }

  resource secret 'secrets' = {
    name: 'one'
    properties: { contentType: vault.properties.vaultUri }
  }
}

resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'k'
}

resource other 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  name: '${vault.name}/two'
  dependsOn: [key]
  properties: {
    a: key.properties.keyUri
    b: key.properties.keyUriWithVersion
    c: vault::secret.id
    d: vault.properties.networkAcls.defaultAction
    e: vault.properties.tenantId
    f: vault.tags.a
    g: vault.id
    h: vault.location
  }
}
";

#[test]
fn resources_have_ids_and_places() {
    let reading = read(VAULT);
    assert!(reading.missing.is_empty() && reading.remarks.is_empty());
    assert_eq!(addresses(&reading), ["vault", "vault::secret", "key", "other"]);
    let vault = find(&reading, "vault");
    let subscription = Ids::subscription_of("main.bicep");
    let id = format!(
        "/subscriptions/{subscription}/resourceGroups/(resource group)/providers/Microsoft.KeyVault/vaults/kv1"
    );
    assert_eq!(vault.id, id);
    assert_eq!(
        (vault.arm_type.as_str(), vault.api_version.as_deref()),
        ("Microsoft.KeyVault/vaults", Some("2023-07-01"))
    );
    assert_eq!(vault.body.keys().map(|k| &**k).collect::<Vec<_>>(), ["location", "name", "properties", "tags"]);
    assert!(vault.body["location"].reason().is_some());
    assert_eq!(quote(VAULT, Some(vault.header)), "resource vault 'Microsoft.KeyVault/vaults@2023-07-01' =");
    assert!(
        quote(VAULT, Some(vault.at)).starts_with("resource vault") && quote(VAULT, Some(vault.at)).ends_with("}\n}")
    );
    assert_eq!(quote(VAULT, path(vault, "name").at), "name: name");
    assert_eq!(quote(VAULT, path(vault, "properties.enablePurgeProtection").at), "enablePurgeProtection: true");
    assert_eq!(quote(VAULT, path(vault, "properties.networkAcls.defaultAction").at), "defaultAction: 'Deny'");

    let secret = find(&reading, "vault::secret");
    assert_eq!((secret.id.clone(), secret.api_version.as_deref()), (format!("{id}/secrets/one"), Some("2023-07-01")));
    assert_eq!(plain(path(secret, "properties.contentType")), "https://kv1.vault.azure.net/");
    let other = find(&reading, "other");
    assert_eq!((other.id.clone(), plain(&other.body["name"])), (format!("{id}/secrets/two"), "two".into()));
    assert!(!other.body.contains_key("dependsOn"));
    let wanted = serde_json::json!({
        "a": "https://kv1.vault.azure.net/keys/k",
        "b": "https://kv1.vault.azure.net/keys/k/00000000000000000000000000000000",
        "c": format!("{id}/secrets/one"),
        "d": "Deny",
        "e": "?vault.properties.tenantId is known when it is deployed",
        "f": "b",
        "g": id,
        "h": "?the location of the deployment is known when it is deployed",
    });
    assert_eq!(plain(path(other, "properties")), wanted);
}

#[test]
fn names_that_are_not_known_still_link() {
    let text = VAULT.replace("param name string = 'kv1'", "param name string");
    let reading = read(&text);
    let vault = find(&reading, "vault");
    assert!(vault.id.ends_with("/vaults/(vault)"), "{}", vault.id);
    assert_eq!(vault.body["name"].reason().map(|r| &**r), Some("param name has no value"));
    assert_eq!(find(&reading, "key").id, format!("{}/keys/k", vault.id));
    let other = find(&reading, "other");
    assert_eq!(other.id, format!("{}/secrets/two", vault.id));
    assert_eq!(plain(path(other, "properties.g")), vault.id.as_str());
    assert_eq!(plain(path(other, "properties.a")), "?key.properties.keyUri is known when it is deployed");
    // What stands in for the name decides nothing.
    let decided = format!(
        "{VAULT}\nresource z 'M.T/t@1' = {{\n  name: 'z'\n  properties: {{ x: contains(vault.id, 'kv'), y: last(split(vault.id, '/')) }}\n}}"
    );
    let decided = decided.replace("param name string = 'kv1'", "param name string");
    let reading = read(&decided);
    let z = find(&reading, "z");
    assert!(path(z, "properties.x").reason().is_some() && path(z, "properties.y").reason().is_some(), "{z:?}");
}

#[test]
fn loops_and_conditions() {
    let text = "
param unknown array
param flag bool
var names = ['a', 'b']
resource known 'M.T/t@1' = [for (n, i) in names: if (i > 0) {
  name: n
  properties: { at: i }
}]
resource maybe 'M.T/t@1' = if (flag) {
  name: 'maybe'
}
resource never 'M.T/t@1' = if (1 > 2) {
  name: 'never'
  resource child 'c' = {
    name: 'x'
  }
}
resource many 'M.T/t@1' = [for n in unknown: {
  name: n.name
  properties: { fixed: 1, of: n.value }
}]
resource uses 'M.T/t@1' = {
  name: 'uses'
  properties: {
    a: known[1].id
    b: many[3].properties.fixed
    c: map(known, k => k.name)
    d: [for i in range(0, 2): known[i].name]
    e: length(names)
  }
}
resource none 'M.T/t@1' = [for n in []: {
  name: n
}]
";
    let reading = read(text);
    assert_eq!(addresses(&reading), ["known[1]", "maybe", "many[?]", "uses"]);
    assert_eq!(plain(&find(&reading, "known[1]").body["properties"]), serde_json::json!({"at": 1}));
    let many = find(&reading, "many[?]");
    assert_eq!(plain(&many.body["properties"]), serde_json::json!({"fixed": 1, "of": "?param unknown has no value"}));
    assert!(many.id.ends_with("/t/(many[?])"));
    let uses = find(&reading, "uses");
    assert_eq!(plain(path(uses, "properties.a")), find(&reading, "known[1]").id.as_str());
    assert_eq!(plain(path(uses, "properties.b")), 1);
    assert_eq!(plain(path(uses, "properties.c")), serde_json::json!(["a", "b"]));
    assert_eq!(plain(path(uses, "properties.d")), serde_json::json!(["a", "b"]));
    assert_eq!(plain(path(uses, "properties.e")), 2);
    assert_eq!(reading.remarks.len(), 2, "{:?}", reading.remarks);
    assert!(reading.remarks[0].text.contains("maybe may not exist"));
}

#[test]
fn existing_resources_give_ids_only() {
    let text = "
param n string
resource kv 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'kv1'
  scope: resourceGroup('00000000-0000-0000-0000-000000000001', 'rg1')
}
resource lost 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: n
}
resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: kv
  name: 'k'
  properties: {
    a: kv.id
    b: kv.properties.vaultUri
    c: lost.id
    d: kv.location
    e: kv.getSecret('s')
    f: lost.properties.vaultUri
  }
}
resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'l'
  scope: key
}
";
    let reading = read(text);
    assert_eq!(addresses(&reading), ["key", "lock"]);
    let key = find(&reading, "key");
    let vault = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/kv1";
    assert_eq!(key.id, format!("{vault}/keys/k"));
    assert_eq!(find(&reading, "lock").id, format!("{vault}/keys/k/providers/Microsoft.Authorization/locks/l"));
    assert_eq!(plain(path(key, "properties.a")), vault);
    assert_eq!(plain(path(key, "properties.b")), "https://kv1.vault.azure.net/");
    assert_eq!(plain(path(key, "properties.c")), "?param n has no value");
    assert_eq!(plain(path(key, "properties.d")), "?kv.location is known when it is deployed");
    assert!(path(key, "properties.e").sensitive && path(key, "properties.e").reason().is_some());
    assert!(path(key, "properties.f").reason().is_some());
}

#[test]
fn secrets_stay_secret() {
    let text = "
@secure()
param password string = 'hunter2'
type pw = { @secure() inner: string }
resource a 'M.T/t@1' = {
  name: 'a'
  properties: { p: password, q: 'x${password}', r: concat('a', password), s: [password][0], t: 'open', u: string({ a: password }) }
}
";
    let reading = read(text);
    let a = find(&reading, "a");
    for (member, sensitive) in [("p", true), ("q", true), ("r", true), ("s", true), ("t", false), ("u", true)] {
        assert_eq!(path(a, &format!("properties.{member}")).sensitive, sensitive, "{member}");
    }
}

#[test]
fn syntax_errors_leave_the_rest() {
    let text = "resource a 'M.T/t@1' = {\n  name: 'a'\n  properties: {\n    x: (\n    y: 1\n  }\n}\nresource b 'M.T/t@1' = {\n  name: 'b'\n}\n";
    let reading = read(text);
    assert_eq!(addresses(&reading), ["a", "b"]);
    assert!(!reading.missing.is_empty());
    assert!(reading.missing.iter().all(|m| m.what == "main.bicep" && m.reason == crate::model::GapReason::Malformed));
    assert!(find(&reading, "b").body.contains_key("name"));
}

#[test]
fn spreads_of_the_unknown_leave_a_gap() {
    let text = "param more object\nresource a 'M.T/t@1' = {\n  name: 'a'\n  kind: 'before'\n  ...more\n  location: 'after'\n}\n";
    let reading = read(text);
    let a = find(&reading, "a");
    assert!(a.body["kind"].reason().is_some());
    assert_eq!(plain(&a.body["location"]), "after");
    assert_eq!(a.unread, [(String::new(), "param more has no value".to_owned())]);
}

#[test]
fn other_worlds_are_counted() {
    let reading = read(
        "extension k8s\nresource a 'core/Service@v1' = {\n  metadata: {}\n}\nresource b 'Microsoft.Graph/groups@v1.0' = {\n  uniqueName: 'x'\n}\n",
    );
    assert!(reading.resources.is_empty());
    assert_eq!(reading.unmapped.len(), 2);
}

#[test]
fn hostile_code_ends() {
    let doubling: String = (1..60).map(|n| format!("var a{n} = [a{0}, a{0}]\n", n - 1)).collect();
    let texts: String = (1..60).map(|n| format!("var a{n} = '${{a{0}}}${{a{0}}}'\n", n - 1)).collect();
    let backwards: String = (0..5_000).map(|n| format!("var a{n} = a{} + 1\n", n + 1)).collect();
    let forwards: String = (1..5_000).map(|n| format!("var a{n} = a{} + 1\n", n - 1)).collect();
    let levels: String = (1..5_000).map(|n| format!("var a{n} = {{ x: a{} }}\n", n - 1)).collect();
    for (before, text) in [
        (format!("var a0 = 1\n{doubling}"), "a59"),
        (format!("var a0 = 'xx'\n{texts}"), "a59"),
        (format!("{backwards}var a5000 = 1\n"), "a0"),
        (format!("var a0 = 1\n{levels}"), "a4999"),
        (String::new(), "reduce(range(0, 9999), {}, (c, n) => { a: c })"),
        (String::new(), "map(range(0, 9999), a => map(range(0, 9999), b => map(range(0, 9999), c => c)))"),
        ("func f(a int) int => f(a)".to_owned(), "f(1)"),
        ("func f(a int) int => f(a) + f(a)".to_owned(), "f(1)"),
        ("resource x 'M.T/t@1' = {\n  name: y.name\n}\nresource y 'M.T/t@1' = {\n  name: x.name\n}".to_owned(), "x.id"),
        ("resource x 'M.T/t@1' = {\n  parent: x\n  name: 'x'\n}".to_owned(), "x.id"),
        ("resource x 'M.T/t@1' = [for i in x: {\n  name: 'x'\n}]".to_owned(), "x[0].id"),
    ] {
        let started = std::time::Instant::now();
        let code = format!("{before}\nresource r 'M.T/t@1' = {{\n  name: 'r'\n  properties: {{ x: {text} }}\n}}");
        let reading = read(&code);
        let x = &find(&reading, "r").body["properties"];
        let known_by_design = text == "x.id" || text == "x[0].id";
        assert!(known_by_design || x.first_unknown().is_some(), "{text}");
        assert!(started.elapsed().as_secs() < 30, "{text} {:?}", started.elapsed());
    }
    assert_eq!(value_with(&format!("var a0 = 1\n{forwards}"), "a4999"), 5_000);
}

#[test]
fn no_text_makes_it_panic() {
    let module = "param p object = {}\noutput o object = p\n";
    let sample = format!(
        "{VAULT}
import {{ a as b }} from 'm.bicep'
type t = {{ *: string[]? }} | 'é'
func f(x string) t => '${{x}}ü\\u{{41}}'
module m 'm.bicep' = [for (x, i) in range(0, 2): if (x > 0) {{
  params: {{ p: {{ a: $'''${{x}}''' }} }}
}}]
var l = map([1], y => m[y]!.outputs.o.?a[?0][^1] ?? -y)
"
    );
    let mut texts: Vec<String> = sample.char_indices().step_by(5).map(|(at, _)| sample[..at].to_owned()).collect();
    let letters: Vec<char> = sample.chars().collect();
    let odd = ['{', '[', '(', '\'', '}', ')', '\n', '$', 'é', '@', ':'];
    for at in (0..letters.len()).step_by(5) {
        for length in [1, 9] {
            texts.push(letters[..at].iter().chain(letters[at..].iter().skip(length)).collect());
        }
        texts.push(letters[..at].iter().chain(&odd[at / 5 % odd.len()..][..1]).chain(&letters[at..]).collect());
    }
    for text in &texts {
        let (tree, reading) = read_files(&[("main.bicep", text), ("m.bicep", module)], &[]);
        for resource in &reading.resources {
            // Every place lies in its file.
            let length = tree.text(resource.at.file).len() as u32;
            assert!(resource.at.end <= length && resource.header.end <= resource.at.end, "{text}");
        }
    }
}

#[test]
fn windows_lines_and_marks_are_read() {
    let text = format!("\u{feff}{}", VAULT.replace('\n', "\r\n"));
    let (tree, reading) = read_files(&[("main.bicep", &text)], &[]);
    assert!(reading.missing.is_empty(), "{:?}", reading.missing);
    let vault = find(&reading, "vault");
    let at = tree.range(path(vault, "properties.enablePurgeProtection").at.unwrap());
    assert_eq!((at.start_line, at.start_column, at.end_line), (10, 5, 10));
}

#[test]
fn nothing_is_lost_when_the_steps_run_out() {
    let text = "var a = map(range(0, 9999), x => map(range(0, 9999), y => y))\nresource r 'M.T/t@1' = {\n  name: 'r'\n  properties: { x: 'y' }\n}\n";
    let reading = read(text);
    assert_eq!(addresses(&reading), ["r"]);
    assert!(reading.missing.iter().any(|m| m.what == "main.bicep" && m.detail.contains("steps")));
}

#[test]
fn deep_code_needs_no_deep_stack() {
    let maps = (0..45).fold("1".to_owned(), |inner, n| format!("map([1], a{n} => {inner})"));
    let chain: String =
        (0..400).map(|n| format!("var a{n} = [for x in [a{}]: {{ y: '${{x}}' }}][0].y\n", n + 1)).collect();
    let functions: String = (0..400).map(|n| format!("func f{n}(x int) int => any([f{}(x)])[0]\n", n + 1)).collect();
    for (before, text, known) in [
        (String::new(), format!("{}1{}", "[".repeat(150), "]".repeat(150)), true),
        (String::new(), format!("{}1{}", "{ a: ".repeat(70), " }".repeat(70)), true),
        (String::new(), format!("1{}", " + 1".repeat(240)), true),
        (String::new(), format!("{}1", "true ? 1 : ".repeat(150)), true),
        (String::new(), format!("{}1", "false ? 1 : ".repeat(150)), true),
        (String::new(), format!("{{}}{}", ".?a".repeat(240)), true),
        (String::new(), maps, true),
        (format!("{chain}var a400 = 'x'"), "a0".to_owned(), false),
        (format!("{functions}func f400(x int) int => x"), "f0(1)".to_owned(), false),
    ] {
        let code = format!("{before}\nresource r 'M.T/t@1' = {{\n  name: 'r'\n  tags: {text}\n}}");
        let reading = read(&code);
        assert!(reading.missing.is_empty(), "{:?}", reading.missing);
        assert_eq!(find(&reading, "r").body["tags"].first_unknown().is_none(), known, "{text}");
    }
}

#[test]
fn properties_written_twice_are_unknown_and_told() {
    let text = "var o = {\n  a: 1\n  'a': 2\n  b: 3\n}\nresource kv 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: 'kv'\n  tags: o\n\
        \x20 location: 'x'\n  properties: {\n    p: 1\n    q: 2\n    p: 1\n  }\n  location: 'y'\n}\n";
    let (tree, reading) = read_files(&[("main.bicep", text)], &[]);
    let kv = find(&reading, "kv");
    let unknown = "?it is written more than once in one object";
    assert_eq!(plain(&kv.body["tags"]), serde_json::json!({"a": unknown, "b": 3}));
    assert_eq!(plain(&kv.body["properties"]), serde_json::json!({"p": unknown, "q": 2}));
    assert_eq!(plain(&kv.body["location"]), unknown);
    let told: Vec<_> =
        reading.missing.iter().map(|m| (tree.range(m.at.unwrap()).start_line, m.detail.as_str())).collect();
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 13, 15]);
    assert!(told[0].1.contains("a is written more than once in one object, which Bicep refuses"), "{told:?}");
}
