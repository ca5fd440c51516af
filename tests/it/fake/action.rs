//! The RBAC action that a request needs, and the scope it is checked at, as ARM words them; and the shape of a path.

/// The action and the scope.
pub(super) fn of(method: &str, segments: &[String]) -> (String, String) {
    let verb = if method == "GET" || method == "POST" { "read" } else { "write" };
    let path = |count: usize| format!("/{}", segments[..count.min(segments.len())].join("/"));
    let Some(provider) = segments.iter().rposition(|s| s.eq_ignore_ascii_case("providers")) else {
        return match segments {
            [_] => (format!("Microsoft.Resources/{}/{verb}", segments[0]), "/".to_owned()),
            [_, _] => (format!("Microsoft.Resources/subscriptions/{verb}"), path(2)),
            [_, _, rest, ..] if rest.eq_ignore_ascii_case("resourceGroups") => {
                let scope = if segments.len() == 3 { path(2) } else { path(4) };
                let below = segments.get(4).map(|s| format!("/{s}")).unwrap_or_default();
                (format!("Microsoft.Resources/subscriptions/resourceGroups{below}/{verb}"), scope)
            }
            [_, _, rest, ..] => (format!("Microsoft.Resources/subscriptions/{rest}/{verb}"), path(2)),
            [] => (format!("Microsoft.Resources/{verb}"), "/".to_owned()),
        };
    };
    let rest = &segments[provider + 1..];
    if rest.is_empty() {
        return (format!("Microsoft.Resources/subscriptions/providers/{verb}"), path(provider));
    }
    let types: Vec<&str> = rest[1..].iter().step_by(2).map(String::as_str).collect();
    let mut action = format!("{}/{}/{verb}", rest[0], types.join("/"));
    // The one type here whose actions are not named like it.
    if action.eq_ignore_ascii_case("Microsoft.DataProtection/resourceGuards/read") {
        "Microsoft.DataProtection/subscriptions/resourceGroups/providers/resourceGuards/read".clone_into(&mut action);
    }
    // A list is checked at the parent.
    let scope = match rest.len() {
        2 => path(provider),
        n if n % 2 == 0 => path(segments.len() - 1),
        _ => path(segments.len()),
    };
    (action, scope)
}

/// Whether a granted action covers an action: `*` stands for anything, case does not matter.
pub(super) fn covers(granted: &str, action: &str) -> bool {
    let (granted, action) = (granted.to_ascii_lowercase(), action.to_ascii_lowercase());
    let mut parts = granted.split('*');
    let Some(mut rest) = parts.next().and_then(|first| action.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    match last {
        None => rest.is_empty(),
        Some(part) => part.is_empty() || rest.is_empty() || action.ends_with(part),
    }
}

/// The path with `{}` for subscriptions, resource groups, management groups and names of resources.
pub(super) fn shape(segments: &[String]) -> String {
    let mut out = String::new();
    // The place within `providers/NAMESPACE/type/name/type/name`; 0 is outside.
    let mut place = 0;
    let mut named = false;
    for segment in segments {
        let known = ["subscriptions", "resourceGroups", "providers"].iter().find(|k| k.eq_ignore_ascii_case(segment));
        let text = if named {
            named = false;
            "{}"
        } else if place == 0 || (known == Some(&"providers") && place % 2 == 0) {
            match known {
                Some(&"providers") => place = 1,
                Some(_) => named = true,
                None => {}
            }
            known.copied().unwrap_or(segment)
        } else {
            place += 1;
            // 2 is the namespace, 3 a type, 4 a name, 5 a type …
            if place > 2 && place % 2 == 0 { "{}" } else { segment }
        };
        out.push('/');
        out.push_str(text);
    }
    out
}
