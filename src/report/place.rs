//! Where a finding stands: the name of its resource, and the lines of code that declare it.

use crate::model::{Assessment, Finding, Origin, Range, ResourceId};

/// The names in an id from the first provider on, `server/database`; for scopes the last name.
pub(super) fn resource_name(id: &ResourceId) -> String {
    let segments: Vec<&str> = id.as_str().split('/').filter(|s| !s.is_empty()).collect();
    let mut names: Vec<&str> = Vec::new();
    let mut rest = segments.as_slice();
    while let Some(at) = rest.iter().position(|s| s.eq_ignore_ascii_case("providers")) {
        // After `providers` and the namespace, types and names take turns until the next `providers`.
        let from = rest.get(at + 2..).unwrap_or_default();
        let end = from.iter().position(|s| s.eq_ignore_ascii_case("providers")).unwrap_or(from.len());
        names.extend(from[..end].iter().skip(1).step_by(2));
        rest = &from[end..];
    }
    if names.is_empty() { id.name().to_owned() } else { names.join("/") }
}

/// The file and lines that a finding is about, where its resource was written in code: the property that is wrong or the
/// nearest one around it that has lines, else the whole resource.
pub(super) fn written_at<'a>(assessment: &'a Assessment, finding: &Finding) -> Option<(&'a str, Range)> {
    let Origin::File { file, range, properties } = assessment.resource(&finding.resource)?.origin.as_deref()? else {
        return None;
    };
    let mut path = finding.details.first().and_then(|d| d.path.as_deref());
    while let Some(read) = path {
        if let Some(range) = properties.get(read) {
            return Some((file, *range));
        }
        path = read.rfind('.').map(|at| &read[..at]);
    }
    range.map(|range| (file.as_str(), range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::sample;

    #[test]
    fn names_of_nested_and_extension_resources_are_whole() {
        let name = |text: &str| resource_name(&ResourceId::parse(text).unwrap());
        let server = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        assert_eq!(name(server), "pg");
        assert_eq!(name(&format!("{server}/configurations/tls")), "pg/tls");
        assert_eq!(name(&format!("{server}/providers/Microsoft.Insights/diagnosticSettings/d")), "pg/d");
        assert_eq!(name("/subscriptions/s/resourceGroups/g"), "g");
        assert_eq!(name("https://kv.vault.azure.net/keys/k"), "k");
        for odd in ["/", "/providers", "/providers/x", "/providers/x/y", "/a/providers/providers/providers"] {
            let _ = name(odd);
        }
    }

    #[test]
    fn the_nearest_written_property_counts_before_the_whole_resource() {
        let assessment = sample();
        let mut finding = assessment.findings[0].clone();
        assert_eq!(finding.resource.name(), "pg-e");
        let mut at = |path: &str| {
            finding.details[0].path = Some(path.to_owned());
            written_at(&assessment, &finding).map(|(file, range)| (file.to_owned(), range.start_line))
        };
        let file = || "infra/data base.tf".to_owned();
        assert_eq!(at("resource.properties.network.public"), Some((file(), 12)));
        assert_eq!(at("resource.properties.storage"), Some((file(), 10)));
        finding.resource = assessment.findings[1].resource.clone();
        assert_eq!(finding.resource.name(), "pg-f");
        assert_eq!(written_at(&assessment, &finding), None);
    }
}
