//! Functions that name resources and scopes, and those that ask Azure, whose answers are not known.

use std::sync::Arc;

use crate::iac::arm::functions::{Args, Deployment, Done, Scope, Stop, constants, text};
use crate::iac::{Node, Object, Value};

pub(super) fn call(name: &str, args: &Args<'_>, scope: &dyn Deployment) -> Option<Done> {
    Some(match name {
        "resourceid" => scoped(args, scope, scope.scope()),
        "subscriptionresourceid" => scoped(args, scope, Scope::Subscription),
        "tenantresourceid" => scoped(args, scope, Scope::Tenant),
        "managementgroupresourceid" => scoped(args, scope, Scope::ManagementGroup),
        "extensionresourceid" => extension(args),
        "resourcegroup" => resource_group(args, scope),
        "subscription" => subscription(args, scope),
        "managementgroup" => management_group(args, scope),
        "tenant" => Ok(object([
            ("id", Node::string("/")),
            ("tenantId", scope.tenant()),
            ("countryCode", Node::unknown("tenant().countryCode is known when it is deployed")),
            ("displayName", Node::unknown("tenant().displayName is known when it is deployed")),
        ])),
        "deployment" => Ok(object([
            ("name", scope.name()),
            ("location", scope.location()),
            ("properties", Node::unknown("deployment().properties is known when it is deployed")),
        ])),
        "deployer" => Ok(object(
            ["objectId", "tenantId", "userPrincipalName"]
                .map(|m| (m, Node::unknown(format!("deployer().{m} is who deploys it")))),
        )),
        "environment" => Ok(constants::environment()),
        name if name.starts_with("list") && name.len() > 4 => Err(Stop::Unknown(asked(args).marked(true))),
        "reference" | "references" | "providers" | "pickzones" | "tologicalzone" | "tologicalzones"
        | "tophysicalzone" | "tophysicalzones" | "externalinput" | "builduri" | "parseuri" => {
            Err(Stop::Unknown(asked(args)))
        }
        "getsecret" => Err(Stop::Unknown(Node::unknown("getSecret() is read when it is deployed").marked(true))),
        _ => return None,
    })
}

/// An unknown that says which call it is.
fn asked(args: &Args<'_>) -> Node {
    let shown: Vec<String> = args
        .list
        .iter()
        .map(|a| match &a.value {
            Value::String(text) if !a.sensitive => format!("'{}'", text.chars().take(120).collect::<String>()),
            _ => "…".to_owned(),
        })
        .collect();
    Node::unknown(format!("{}({}) is read when it is deployed", args.name, shown.join(", ")))
}

fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::object(members.into_iter().map(|(k, v)| (Arc::from(k), v)).collect::<Object>())
}

/// Appends a type and its names, one for each of its segments: `Ns/a/b` with `x`, `y` gives `/providers/Ns/a/x/b/y`.
/// `None` when the numbers differ.
fn id(scope: &str, resource_type: &str, names: &[&str]) -> Option<String> {
    let mut segments = resource_type.trim_matches('/').split('/');
    let mut out = format!("{}/providers/{}", scope.trim_end_matches('/'), segments.next()?);
    let mut names = names.iter().flat_map(|n| n.trim_matches('/').split('/'));
    let mut count = 0;
    for segment in segments {
        out.push('/');
        out.push_str(segment);
        out.push('/');
        out.push_str(names.next().filter(|n| !n.is_empty())?);
        count += 1;
    }
    (count > 0 && names.next().is_none()).then_some(out)
}

fn is_guid(text: &str) -> bool {
    let mut parts = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    lengths.iter().all(|l| parts.next().is_some_and(|p| p.len() == *l && p.bytes().all(|b| b.is_ascii_hexdigit())))
        && parts.next().is_none()
}

/// `[subscription], [group], type, name…`, as far as the level has them.
fn scoped(args: &Args<'_>, deployment: &dyn Deployment, level: Scope) -> Done {
    args.count(2..=usize::MAX)?;
    let is_type = |n: &Node| n.as_str().is_some_and(|t| t.contains('/') && !t.starts_with('/'));
    let Some(at) = args.list.iter().take(3).position(is_type) else {
        return match args.list.iter().find(|a| a.reason().is_some()) {
            Some(unknown) => Err(Stop::Unknown(unknown.clone())),
            None => args.wrong("none of its first arguments is a resource type"),
        };
    };
    let resource_type = args.text(at)?;
    let names: Vec<&str> = (at + 1..args.list.len()).map(|i| args.text(i)).collect::<Result<_, _>>()?;
    let before: Vec<&str> = (0..at).map(|i| args.text(i)).collect::<Result<_, _>>()?;
    let (own, group) = (deployment.subscription(), deployment.resource_group());
    let in_subscription = |s: &str| format!("/subscriptions/{s}");
    let in_group = |s: &str, g: &str| format!("/subscriptions/{s}/resourceGroups/{g}");
    let names_subscription = |s: &str| is_guid(s) || s == &*own;
    let scope = match (level, before.as_slice()) {
        (Scope::Tenant, []) => String::new(),
        (Scope::ManagementGroup, []) => match deployment.management_group().as_str() {
            Some(group) if args.name.to_ascii_lowercase().contains("managementgroup") => {
                format!("/providers/Microsoft.Management/managementGroups/{group}")
            }
            Some(_) => String::new(),
            None => return Err(Stop::Unknown(deployment.management_group())),
        },
        (Scope::ManagementGroup, [group]) => format!("/providers/Microsoft.Management/managementGroups/{group}"),
        (Scope::Subscription, []) => in_subscription(&own),
        (Scope::Subscription, [subscription]) if names_subscription(subscription) => in_subscription(subscription),
        (Scope::ResourceGroup, []) => in_group(&own, &group),
        (Scope::ResourceGroup | Scope::Subscription, [other]) => in_group(&own, other),
        (_, [subscription, group]) => in_group(subscription, group),
        _ => return args.wrong("it has too many arguments before the type"),
    };
    match id(&scope, resource_type, &names) {
        Some(id) => text(id),
        None => args.wrong(format!("the type {resource_type} does not take {} names", names.len())),
    }
}

fn extension(args: &Args<'_>) -> Done {
    args.count(3..=usize::MAX)?;
    let (scope, resource_type) = (args.text(0)?, args.text(1)?);
    let names: Vec<&str> = (2..args.list.len()).map(|i| args.text(i)).collect::<Result<_, _>>()?;
    match id(scope, resource_type, &names) {
        Some(id) => text(id),
        None => args.wrong(format!("the type {resource_type} does not take {} names", names.len())),
    }
}

fn resource_group(args: &Args<'_>, scope: &dyn Deployment) -> Done {
    args.count(0..=2)?;
    let own = scope.subscription();
    let (subscription, name) = match args.list.len() {
        0 => (own, scope.resource_group()),
        1 => (own, Arc::from(args.text(0)?)),
        _ => (Arc::from(args.text(0)?), Arc::from(args.text(1)?)),
    };
    let location = match args.list.len() {
        0 if scope.scope() == Scope::ResourceGroup => scope.location(),
        _ => Node::unknown("the location of the resource group is known when it is deployed"),
    };
    let asked = |m: &str| Node::unknown(format!("resourceGroup().{m} is known when it is deployed"));
    Ok(object([
        ("id", Node::string(format!("/subscriptions/{subscription}/resourceGroups/{name}"))),
        ("name", Node::string(&name)),
        ("type", Node::string("Microsoft.Resources/resourceGroups")),
        ("location", location),
        ("managedBy", asked("managedBy")),
        ("tags", asked("tags")),
        ("properties", object([("provisioningState", Node::string("Succeeded"))])),
    ]))
}

fn subscription(args: &Args<'_>, scope: &dyn Deployment) -> Done {
    args.count(0..=1)?;
    let id = if args.list.is_empty() { scope.subscription() } else { Arc::from(args.text(0)?) };
    Ok(object([
        ("id", Node::string(format!("/subscriptions/{id}"))),
        ("subscriptionId", Node::string(&id)),
        ("tenantId", scope.tenant()),
        ("displayName", Node::unknown("subscription().displayName is known when it is deployed")),
    ]))
}

fn management_group(args: &Args<'_>, scope: &dyn Deployment) -> Done {
    args.count(0..=1)?;
    let name = if args.list.is_empty() { scope.management_group() } else { args.get(0)?.clone() };
    let id = match name.as_str() {
        Some(name) => Node::string(format!("/providers/Microsoft.Management/managementGroups/{name}")),
        None => name.clone(),
    };
    Ok(object([
        ("id", id),
        ("name", name),
        ("type", Node::string("Microsoft.Management/managementGroups")),
        ("properties", Node::unknown("managementGroup().properties is known when it is deployed")),
    ]))
}
