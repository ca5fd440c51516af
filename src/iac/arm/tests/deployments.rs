//! Tests of deployments within templates.

use super::*;

fn nested(scope: Option<&str>, extra: &Json) -> Json {
    let mut deployment = json!({
        "type": "Microsoft.Resources/deployments", "apiVersion": "2020-10-01", "name": "dep",
        "properties": {"mode": "Incremental", "parameters": {"p": {"value": "[parameters('p')]"}}, "template": {
            "$schema": SCHEMA, "contentVersion": "1.0.0.0",
            "parameters": {"p": {"type": "string"}, "q": {"type": "string", "defaultValue": "inner"}},
            "variables": {"v": "inner"},
            "resources": [{"type": "A.B/c", "name": "x", "properties": {"p": "[parameters('p')]", "v": "[variables('v')]"}}],
            "outputs": {"o": {"type": "string", "value": "[variables('v')]"}, "id": {"type": "string", "value": "[resourceId('A.B/c', 'x')]"}},
        }},
    });
    if let Some(scope) = scope {
        deployment["properties"]["expressionEvaluationOptions"] = json!({"scope": scope});
    }
    deployment.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0",
        "parameters": {"p": {"type": "string", "defaultValue": "outer"}},
        "variables": {"v": "outer"},
        "resources": [deployment, {"type": "A.B/c", "name": "y", "properties": {
            "o": "[reference('dep').outputs.o.value]", "id": "[reference(resourceId('Microsoft.Resources/deployments', 'dep')).outputs.id.value]"}}],
    })
}

#[test]
fn nested_templates_have_their_scope() {
    for (scope, wanted) in [(None, "outer"), (Some("outer"), "outer"), (Some("Inner"), "inner")] {
        let seen = read(&nested(scope, &json!({})));
        assert_eq!(seen.addresses()[1], "resources[0].resources[0] (A.B/c)");
        assert_eq!(seen.properties("resources[0].resources[0]"), json!({"p": "outer", "v": wanted}), "{scope:?}");
        let y = seen.properties("resources[1]");
        assert_eq!(y["o"], json!(wanted));
        assert!(y["id"].as_str().unwrap().ends_with("/resourceGroups/(resource group)/providers/A.B/c/x"));
        let inner = seen.get("resources[0].resources[0]");
        assert_eq!(inner.chain.len(), 1);
        assert_eq!(seen.text(inner.chain[0].at), "\"type\":\"Microsoft.Resources/deployments\"");
        assert_eq!(seen.properties("resources[0]").get("template"), None);
    }
}

#[test]
fn deployments_say_where_they_go() {
    let other = "22222222-2222-2222-2222-222222222222";
    let subscription = Ids::subscription_of("main.json");
    for (extra, wanted) in [
        (json!({"resourceGroup": "g"}), format!("/subscriptions/{subscription}/resourceGroups/g/providers/A.B/c/x")),
        (
            json!({"resourceGroup": "g", "subscriptionId": other}),
            format!("/subscriptions/{other}/resourceGroups/g/providers/A.B/c/x"),
        ),
        (json!({"subscriptionId": other, "location": "x"}), format!("/subscriptions/{other}/providers/A.B/c/x")),
        (
            json!({"scope": "Microsoft.Management/managementGroups/mg", "location": "x"}),
            "/providers/Microsoft.Management/managementGroups/mg/providers/A.B/c/x".to_owned(),
        ),
        (json!({"scope": "/", "location": "x"}), "/providers/A.B/c/x".to_owned()),
    ] {
        let seen = read(&nested(Some("inner"), &extra));
        assert_eq!(seen.get("resources[0].resources[0]").id, wanted, "{extra}");
    }
    let seen = read(&nested(Some("inner"), &json!({"resourceGroup": "[parameters('p2')]"})));
    let id = &seen.get("resources[0].resources[0]").id;
    assert!(id.contains("/resourceGroups/(resource group ‹parameters('p2')"), "{id}");
    assert_eq!(seen.properties("resources[1]")["id"], json!(id));
}

#[test]
fn levels_above_groups_work() {
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "contentVersion": "1.0.0.0",
        "resources": [
            {"type": "Microsoft.Resources/resourceGroups", "name": "g", "location": "[deployment().location]"},
            {"type": "Microsoft.Security/pricings", "name": "VirtualMachines", "properties": {"id": "[resourceId('g', 'A.B/c', 'x')]"}},
            {"type": "Microsoft.Resources/deployments", "name": "d", "resourceGroup": "g", "properties": {"mode": "Incremental", "template": {
                "$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [{"type": "A.B/c", "name": "x"}]}}},
        ],
    });
    let seen = read(&template);
    assert_eq!(
        seen.ids(),
        [
            "/subscriptions/S/resourceGroups/g",
            "/subscriptions/S/providers/Microsoft.Security/pricings/VirtualMachines",
            "/subscriptions/S/providers/Microsoft.Resources/deployments/d",
            "/subscriptions/S/resourceGroups/g/providers/A.B/c/x",
        ]
    );
    assert_eq!(seen.properties("resources[1]")["id"], json!(seen.reading.resources[3].id));
    assert!(seen.reading.resources[0].body["location"].reason().is_some());
}

#[test]
fn linked_templates_are_followed_when_they_are_there() {
    let link = |link: Json| {
        json!({
            "$schema": SCHEMA, "contentVersion": "1.0.0.0",
            "parameters": {"_artifactsLocation": {"type": "string", "defaultValue": "[deployment().properties.templateLink.uri]"}, "sas": {"type": "securestring"}},
            "resources": [{"type": "Microsoft.Resources/deployments", "name": "d", "properties": {
                "mode": "Incremental", "templateLink": link, "parameters": {"p": {"value": "given"}}}}],
        })
    };
    let child = json!({
        "$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": {"p": {"type": "string"}},
        "resources": [{"type": "A.B/c", "name": "x", "properties": {"p": "[parameters('p')]"}}],
    });
    for (template, found) in [
        (link(json!({"relativePath": "nested/x.json"})), true),
        (
            link(json!({"uri": "[uri(parameters('_artifactsLocation'), concat('nested/x.json', parameters('sas')))]"})),
            true,
        ),
        (
            link(json!({"uri": "[concat(parameters('_artifactsLocation'), '/nested/', 'x.json', parameters('sas'))]"})),
            true,
        ),
        (link(json!({"uri": "https://raw.githubusercontent.com/o/r/main/a/nested/x.json?y"})), true),
        (link(json!({"relativePath": "nested/y.json"})), false),
        (link(json!({"uri": "https://example.com/z.json"})), false),
        (link(json!({"id": "/subscriptions/s/templateSpecs/x"})), false),
        (link(json!({"relativePath": "../../../etc/x.json"})), false),
        (link(json!({"relativePath": "main.json"})), false),
    ] {
        let seen = read_files(&[("a/main.json", template.to_string()), ("a/nested/x.json", child.to_string())], &[]);
        assert_eq!(seen.reading.missing.is_empty(), found, "{template} {:?}", seen.missing());
        assert_eq!(seen.reading.resources.len(), 1 + usize::from(found));
        if found {
            assert_eq!(seen.properties("resources[0].resources[0]"), json!({"p": "given"}));
            assert_eq!(&*seen.tree.name(seen.get("resources[0].resources[0]").at.file), "a/nested/x.json");
        }
    }
}

#[test]
fn long_chains_of_references_are_followed_once() {
    let resource = |at: usize| {
        let value = match at {
            0 => json!("v"),
            _ => json!(format!("[reference(resourceId('A.B/c', 'x{}')).a]", at - 1)),
        };
        json!({"type": "A.B/c", "apiVersion": "1", "name": format!("x{at}"), "properties": {"a": value}})
    };
    let seen = read(&json!({"$schema": SCHEMA, "resources": (0..2000).map(resource).collect::<Vec<_>>()}));
    assert!(seen.reading.missing.is_empty(), "{:?}", seen.missing());
    assert_eq!(seen.properties("resources[1999]"), json!({"a": "v"}));
}
