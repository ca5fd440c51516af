//! From files to roots, gaps and what was passed over.

use super::*;

fn read(files: &[(&str, &str)], selected: &[&str]) -> Option<(Snapshot, Code)> {
    let tree = Tree::memory(files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())));
    let selected: Vec<String> = selected.iter().map(|n| (*n).to_owned()).collect();
    read_tree(tree, &selected, &CodeOptions::default(), &Wanted::default())
}

fn roots_of(code: &Code) -> Vec<String> {
    code.roots.iter().map(|r| format!("{} {}: {}", r.language, r.name, r.resources)).collect()
}

fn gaps_of(snapshot: &Snapshot) -> Vec<String> {
    snapshot.gaps().iter().map(|g| format!("{}: {}", g.about, g.detail)).collect()
}

const TEMPLATE: &str = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "parameters": {"name": {"type": "string"}, "tier": {"type": "object"}, "key": {"type": "securestring"}},
  "resources": [{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[parameters('NAME')]",
    "properties": {"sku": "[parameters('tier')]", "key": "[parameters('key')]"}}]}"#;

const VALUES: &str = "using '../azuredeploy.json'\nvar env = 'prod'\nparam name = 'kv-${env}'\nparam tier = {\n  name: '[x]'\n}\n\
    param key = az.getSecret('s', 'rg', 'kv', 'n')\n";

#[test]
fn a_bicep_parameter_file_gives_its_values_to_a_template() {
    let files = [("azuredeploy.json", TEMPLATE), ("p/prod.bicepparam", VALUES), ("azuredeploy.parameters.json", "{}")];
    let (snapshot, code) = read(&files, &["p/prod.bicepparam"]).unwrap();
    assert_eq!(roots_of(&code), ["ARM template azuredeploy.json with p/prod.bicepparam: 1"]);
    let body = snapshot.resources()[0].parsed().unwrap();
    assert_eq!(body["name"], "kv-prod");
    assert_eq!(body["properties"]["sku"]["name"], "[x]");
    assert!(snapshot.gaps().iter().all(|g| g.read.is_some()), "{:?}", snapshot.gaps());
    let (_, code) = read(&files, &[""]).unwrap();
    let both = [
        "ARM template azuredeploy.json with p/prod.bicepparam: 1",
        "ARM template azuredeploy.json with azuredeploy.parameters.json: 1",
    ];
    assert_eq!(roots_of(&code), both);
}

#[test]
fn a_given_parameter_file_counts_for_the_template_that_it_is_for() {
    let other = ("p/other.bicepparam", "using 'br:x.azurecr.io/m:1'\nparam name = 'other'\n");
    let tree = Tree::memory(
        [("azuredeploy.json", TEMPLATE), ("p/prod.bicepparam", VALUES), other]
            .map(|(n, t)| (n.to_owned(), t.as_bytes().to_vec())),
    );
    let options = CodeOptions {
        parameter_files: vec!["p/other.bicepparam".to_owned(), "p/prod.bicepparam".to_owned()],
        ..CodeOptions::default()
    };
    let (snapshot, _) = read_tree(tree, &["azuredeploy.json".to_owned()], &options, &Wanted::default()).unwrap();
    assert_eq!(snapshot.resources()[0].parsed().unwrap()["name"], "kv-prod");
    assert!(snapshot.gaps().iter().all(|g| g.read.is_some()), "{:?}", snapshot.gaps());
}

#[test]
fn a_bicep_parameter_file_without_template_is_said_to_be_so() {
    for (using, skipped, gap) in [
        ("using none", "it is for no template by itself", ""),
        ("", "it is for no template by itself", ""),
        ("using 'br/public:avm/x:1'", "in a registry", "in a registry, and nothing is fetched"),
        ("using 'ts:a/b/c:1'", "in a registry", "in a registry, and nothing is fetched"),
        ("using 'gone.bicep'", "does not exist", "it is for gone.bicep, which does not exist"),
        ("using 'gone.json'", "does not exist", "it is for gone.json, which does not exist"),
        ("using '../../up.bicep'", "", "outside"),
        ("using", "", "expected the path of a file"),
        ("using 'data.json'", "", "it is for data.json, which is no ARM template"),
        ("using 'broken.json'", "", "it is no JSON"),
    ] {
        let text = format!("{using}\nparam a = 1\n");
        let files = [
            ("x.bicepparam", text.as_str()),
            ("data.json", "{}"),
            ("broken.json", "{\"$schema\": \"deploymentTemplate.json\", 1"),
        ];
        let (snapshot, code) = read(&files, &["x.bicepparam"]).unwrap();
        let (said, gaps) = (format!("{:?}", code.skipped), gaps_of(&snapshot));
        assert!(said.contains(skipped), "{using}: {said}");
        assert_eq!(gaps.len(), usize::from(!gap.is_empty()), "{using}: {gaps:?}");
        assert!(gaps.concat().contains(gap), "{using}: {gaps:?}");
    }
}

#[test]
fn a_restored_template_of_a_registry_gets_the_values() {
    let files = [
        (".bicep/br/x.azurecr.io/m$n/1$/main.json", TEMPLATE),
        ("x.bicepparam", "using 'br:x.azurecr.io/m/n:1'\nparam name = 'kv'\n"),
    ];
    let (snapshot, _) = read(&files, &["x.bicepparam"]).unwrap();
    assert_eq!(snapshot.resources()[0].parsed().unwrap()["name"], "kv");
}

#[test]
fn only_without_code_there_is_nothing() {
    assert!(read(&[("a.json", "{}"), ("b.txt", "")], &[""]).is_none());
    assert!(read(&[("a.json", "{}"), ("b.bicepparam", "using none")], &[""]).is_some());
}

#[test]
fn members_written_twice_are_gaps_and_not_the_last() {
    let template = TEMPLATE.replace(
        "\"properties\"",
        "\"location\": \"a\",\n\"location\": \"b\", \"kind\": \"k\", \"kind\": \"k\", \"properties\"",
    );
    let (snapshot, _) = read(&[("t.json", &template)], &[""]).unwrap();
    let gaps = gaps_of(&snapshot);
    let told = "t.json (t.json:5): \"location\" is written more than once in one object; its value is not known";
    assert!(gaps.iter().any(|g| g == told), "{gaps:?}");
    let body = snapshot.resources()[0].parsed().unwrap();
    assert!(body.get("location").is_none_or(|l| l != "a" && l != "b"), "{body}");
    assert_eq!(body["kind"], "k");
}

#[test]
fn templates_in_single_quotes_are_read() {
    let template =
        TEMPLATE.replace("parameters('NAME')", "x").replace("[x]", "kv").replace("parameters('", "parameters(`");
    let template = template.replace("')", "`)").replace('"', "'").replace('`', "\\'");
    let (snapshot, code) = read(&[("t.json", &template)], &[""]).unwrap();
    assert_eq!(roots_of(&code), ["ARM template t.json: 1"], "{template}");
    assert_eq!(snapshot.resources()[0].parsed().unwrap()["name"], "kv");
}
