//! Where a result stands for SARIF: the line of code, else a path that does not exist in any repository and never changes.
//!
//! A path and a fingerprint are an alert's identity on GitHub. Both come from the resource id alone, so neither a new
//! subscription name nor a new order of resources opens alerts again.

use std::fmt::Write as _;

use serde_sarif::sarif::{ArtifactContent, ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region};
use sha2::{Digest, Sha256};

use crate::model::{Assessment, Call, Finding, Range, ResourceId, Source, SourceLines, Written};
use crate::report::place::resource_name;
use crate::report::sarif::Profile;
use crate::report::text::line;

/// Path segments longer than this stand as a digest. Names in Azure have at most 260 characters.
const SEGMENT: usize = 300;

/// The name of the folder that relative paths begin at, in the profile that may say so.
pub(super) const ROOT: &str = "%SRCROOT%";

/// A file and region, or the virtual path of a resource.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    /// Relative, with encoded segments and without scheme.
    pub(super) uri: String,
    /// The lines, for code.
    pub(super) range: Option<Range>,
    /// What stands in them.
    pub(super) source: Option<&'a SourceLines>,
    /// The calls of modules that lead there.
    pub(super) calls: &'a [Call],
}

impl<'a> Spot<'a> {
    /// Where a finding stands.
    pub(super) fn of(assessment: &'a Assessment, finding: &'a Finding) -> Self {
        match assessment.written_at(finding).and_then(|written| Some((relative(written.file)?, written))) {
            Some((uri, Written { range, calls, .. })) => {
                Self { uri, range: Some(range), source: finding.source.as_ref(), calls }
            }
            None => Self::at(virtual_path(&finding.resource)),
        }
    }

    /// A virtual path.
    pub(super) fn at(uri: String) -> Self {
        Self { uri, range: None, source: None, calls: &[] }
    }

    /// The first line.
    pub(super) fn line(&self) -> u32 {
        self.range.map_or(1, |r| r.start_line.max(1))
    }

    /// The location, with the resource as its logical part: its id, and its name in code or in Azure.
    pub(super) fn location(&self, resource: Option<(&ResourceId, Option<&str>)>, profile: Profile) -> Location {
        let mut region = match self.range {
            Some(range) => region(range),
            None => Region::builder().start_line(1).build(),
        };
        let mut physical =
            PhysicalLocation::builder().artifact_location(artifact(&self.uri, self.range.is_some(), profile)).build();
        if let (Some(source), Some(range)) = (self.source, self.range) {
            region.snippet = Some(content(&source.snippet));
            let shown = u32::try_from(source.context.split('\n').count()).unwrap_or(u32::MAX);
            let last = source.context_start.saturating_add(shown).saturating_sub(1);
            let (first, end) = (source.context_start, range.end_line.max(range.start_line));
            // A context region is larger than the region (§3.29.5), so a region that was cut has none.
            if first <= self.line() && end <= last && (first, last) != (self.line(), end) {
                let around = Region::builder().start_line(first).end_line(last).snippet(content(&source.context));
                physical.context_region = Some(around.build());
            }
        }
        physical.region = Some(region);
        let mut location = Location::builder().physical_location(physical).build();
        if let Some((id, address)) = resource {
            let name = address.map_or_else(|| resource_name(id), str::to_owned);
            let logical = LogicalLocation::builder()
                .name(line(&name, 200))
                .fully_qualified_name(line(id.as_str(), 2000))
                .kind("resource");
            location.logical_locations = Some(vec![logical.build()]);
        }
        location
    }
}

/// The lines as SARIF counts them.
pub(super) fn region(range: Range) -> Region {
    let first = range.start_line.max(1);
    // A range that ends before it begins would make the whole file invalid.
    if range.end_line < range.start_line || range.start_column == 0 || range.end_column == 0 {
        return Region::builder().start_line(first).build();
    }
    let mut region = Region::builder().start_line(first).end_line(range.end_line.max(1)).build();
    if range.end_line > range.start_line || range.end_column >= range.start_column {
        region.start_column = Some(i64::from(range.start_column));
        region.end_column = Some(i64::from(range.end_column));
    }
    region
}

/// A file. GitHub takes paths as they are and refuses some that name what they are relative to.
pub(super) fn artifact(uri: &str, is_file: bool, profile: Profile) -> ArtifactLocation {
    let mut artifact = ArtifactLocation::builder().uri(uri).build();
    artifact.uri_base_id = (is_file && profile == Profile::Full).then(|| ROOT.to_owned());
    artifact
}

fn content(text: &str) -> ArtifactContent {
    // Not `lines`: an empty last line is one.
    let safe: Vec<String> = text.split('\n').map(|l| line(&l.replace('\t', "    "), 2000)).collect();
    ArtifactContent::builder().text(safe.join("\n")).build()
}

/// SHA-256, hex.
pub(in crate::report) fn sha256(text: &str) -> String {
    crate::model::hex(&Sha256::digest(text.as_bytes()))
}

/// The name that stands for a subscription where its id should not be shown.
pub(super) fn subscription_alias(subscription: &str) -> String {
    format!("sub-{}", &sha256(&subscription.to_lowercase())[..8])
}

/// The scope that a resource belongs to, for people: the alias of its subscription, or what stands in its place.
pub(super) fn scope_alias(id: &ResourceId) -> String {
    match id.subscription() {
        Some(subscription) => subscription_alias(subscription),
        None => segments(id).into_iter().next().unwrap_or_else(|| "the tenant".to_owned()),
    }
}

/// `azure/<subscription alias>/<resource group>/<namespace>/<type>/<name>…`, lower case, every segment encoded.
pub(in crate::report) fn virtual_path(id: &ResourceId) -> String {
    join(segments(id))
}

/// The virtual path of the resource group, or of the scope for what is in none.
pub(super) fn group_path(id: &ResourceId) -> String {
    join(segments(id).into_iter().take(if id.resource_group().is_some() { 2 } else { 1 }))
}

/// The virtual path of the subscription, or of what stands in its place.
pub(super) fn scope_path(id: &ResourceId) -> String {
    join(segments(id).into_iter().take(1))
}

fn join(segments: impl IntoIterator<Item = String>) -> String {
    segments.into_iter().fold("azure".to_owned(), |path, segment| path + "/" + &segment)
}

fn segments(id: &ResourceId) -> Vec<String> {
    let key = id.key().strip_prefix("https://").unwrap_or(id.key());
    let mut words: &[&str] = &key.split('/').filter(|s| !s.is_empty()).collect::<Vec<_>>();
    let mut out = Vec::new();
    if let ["subscriptions", subscription, rest @ ..] = words {
        out.push(subscription_alias(subscription));
        words = rest;
    }
    if let ["resourcegroups", group, rest @ ..] = words {
        out.push(segment(group));
        words = rest;
    }
    if let ["providers", rest @ ..] = words {
        words = rest;
    }
    out.extend(words.iter().map(|word| segment(word)));
    out
}

/// One segment. GUIDs stand as digests, and so does what a reader of URIs would take for a step up or cut off.
fn segment(text: &str) -> String {
    if is_guid(text) || text.len() > SEGMENT || text.chars().all(|c| c == '.') {
        format!("id-{}", &sha256(text)[..16])
    } else {
        encode(text)
    }
}

fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// Percent-encodes everything but unreserved characters (RFC 3986 §2.3).
pub(super) fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The file as a path relative to the root of the repository; `None` when it is not below it.
pub(in crate::report) fn relative(file: &str) -> Option<String> {
    let mut bytes = file.bytes();
    let drive = bytes.next().is_some_and(|b| b.is_ascii_alphabetic()) && bytes.next() == Some(b':');
    if file.is_empty() || file.starts_with(['/', '\\']) || drive || file.contains("://") {
        return None;
    }
    let words: Vec<&str> = file.split('/').filter(|s| !s.is_empty() && *s != ".").collect();
    if words.is_empty() || words.contains(&"..") {
        return None;
    }
    Some(words.into_iter().map(encode).collect::<Vec<_>>().join("/"))
}

/// The category of the run: alerts of one category replace one another, so it holds nothing that varies between runs.
/// The part after the last slash is the id of the run and stays empty.
pub(super) fn category(source: Source, scope: &[String]) -> String {
    match source {
        Source::Azure => {
            let mut names: Vec<String> = scope.iter().map(|s| scope_name(s)).collect();
            names.sort();
            names.dedup();
            let name = match names.as_slice() {
                [] => "all".to_owned(),
                [one] => one.clone(),
                several => format!("scopes-{}", &sha256(&several.join("\n"))[..8]),
            };
            format!("assize/live/{name}/")
        }
        Source::Files => format!("assize/files/{}/", folder(scope)),
        Source::Code => format!("assize/code/{}/", folder(scope)),
    }
}

fn scope_name(scope: &str) -> String {
    let id = ResourceId::parse(scope).ok();
    match id.as_ref().and_then(|id| Some((subscription_alias(id.subscription()?), id.resource_group()))) {
        Some((alias, Some(group))) => format!("{alias}-{}", slug(group)),
        Some((alias, None)) => alias,
        None if is_guid(scope) => subscription_alias(scope),
        None => slug(scope.trim_matches('/')),
    }
}

/// The folder that holds all files. One more file in it changes nothing, and of a folder that does not lie below the
/// working directory only the name counts, since where a checkout lies differs between machines.
fn folder(files: &[String]) -> String {
    fn words(file: &str) -> Vec<&str> {
        let mut words: Vec<&str> = file.split(['/', '\\']).filter(|s| !s.is_empty() && *s != ".").collect();
        words.pop_if(|last| *last != ".." && last.contains('.'));
        words
    }
    let Some(first) = files.first() else { return "all".to_owned() };
    let mut common = words(first);
    for file in files {
        let shared = common.iter().zip(words(file)).take_while(|(a, b)| **a == *b).count();
        common.truncate(shared);
    }
    if relative(first).is_none() {
        common = common.last().filter(|last| **last != "..").copied().into_iter().collect();
    }
    if common.is_empty() { "all".to_owned() } else { slug(&common.join("/")) }
}

/// Lower-case letters, digits and dashes; with a digest when that changed more than the case.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let slug: String = lower.chars().take(60).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if slug == lower { slug } else { format!("{slug}-{}", &sha256(&lower)[..8]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{ATTACKS, SUBSCRIPTION, id, sample};

    fn path(text: &str) -> String {
        virtual_path(&ResourceId::parse(text).unwrap())
    }

    #[test]
    fn paths_are_stable_and_show_no_guid() {
        let alias = subscription_alias(SUBSCRIPTION);
        assert_eq!(alias, subscription_alias(&SUBSCRIPTION.to_uppercase()));
        assert_eq!(alias.len(), 12);
        let server = format!("azure/{alias}/rg-pay/microsoft.dbforpostgresql/flexibleservers/pg");
        assert_eq!(path(&id("rg-pay", "pg")), server);
        assert_eq!(path(&id("RG-Pay", "PG").replace("resourceGroups", "resourcegroups")), server);
        assert_eq!(path(&format!("{}/configurations/tls", id("rg-pay", "pg"))), format!("{server}/configurations/tls"));
        assert_eq!(
            path(&format!("{}/providers/Microsoft.Insights/diagnosticSettings/d", id("rg-pay", "pg"))),
            format!("{server}/providers/microsoft.insights/diagnosticsettings/d")
        );
        let assignment = path(&format!(
            "/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/{SUBSCRIPTION}"
        ));
        assert!(assignment.starts_with(&format!("azure/{alias}/microsoft.authorization/roleassignments/id-")));
        assert!(!assignment.contains(SUBSCRIPTION));
        assert_eq!(path("https://kv.vault.azure.net/keys/k"), "azure/kv.vault.azure.net/keys/k");
        assert_eq!(path("/"), "azure");
    }

    #[test]
    fn groups_and_scopes_are_the_beginning_of_the_path() {
        let server = ResourceId::parse(&id("rg-pay", "pg")).unwrap();
        let alias = subscription_alias(SUBSCRIPTION);
        assert_eq!(group_path(&server), format!("azure/{alias}/rg-pay"));
        assert_eq!(scope_path(&server), format!("azure/{alias}"));
        assert_eq!(scope_alias(&server), alias);
        let lock = ResourceId::parse("/subscriptions/s/providers/A.B/locks/l").unwrap();
        assert_eq!(group_path(&lock), scope_path(&lock));
        assert_eq!(scope_alias(&ResourceId::parse("/").unwrap()), "the tenant");
    }

    #[test]
    fn every_segment_is_encoded() {
        assert_eq!(encode("a b(ü)%#?{}|^`"), "a%20b%28%C3%BC%29%25%23%3F%7B%7D%7C%5E%60");
        for attack in ATTACKS.iter().chain(&["..", ".", "a:b", "%2e%2e"]) {
            let name: String = attack.chars().filter(|c| !c.is_control()).collect();
            let path = path(&format!("/subscriptions/s/resourceGroups/{name}/providers/A.B/c/{name}"));
            assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%/".contains(&b)), "{path}");
            assert!(path.split('/').all(|s| !s.is_empty() && !s.chars().all(|c| c == '.')), "{path}");
        }
        let long = path(&format!("/subscriptions/s/resourceGroups/{}", "x".repeat(3000)));
        assert!(long.len() < 60, "{long}");
    }

    #[test]
    fn files_outside_the_repository_have_no_path() {
        for (file, expected) in [
            ("infra/main.tf", Some("infra/main.tf")),
            ("./infra//a b.tf", Some("infra/a%20b.tf")),
            ("a:b/c.tf", None),
            ("/etc/passwd", None),
            ("\\\\host\\x", None),
            ("../main.tf", None),
            ("infra/../../x", None),
            ("https://x/y", None),
            ("C:/x.tf", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(relative(file).as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn the_category_depends_on_the_scope_and_nothing_else() {
        let alias = subscription_alias(SUBSCRIPTION);
        let of = |source, scope: &[&str]| category(source, &scope.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        let live = |scope: &[&str]| of(Source::Azure, scope);
        let one = format!("assize/live/{alias}/");
        assert_eq!(live(&[&format!("/subscriptions/{SUBSCRIPTION}")]), one);
        assert_eq!(live(&[SUBSCRIPTION]), one);
        assert_eq!(live(&[&format!("/subscriptions/{}/", SUBSCRIPTION.to_uppercase())]), one);
        assert_eq!(live(&["/subscriptions/a", "/subscriptions/b"]), live(&["/subscriptions/b", "/subscriptions/a"]));
        assert_ne!(live(&["/providers/Microsoft.Management/managementGroups/a"]), live(&["/x"]));
        assert_eq!(live(&[]), "assize/live/all/");
        let files = |scope: &[&str]| of(Source::Files, scope);
        assert_eq!(files(&["infra"]), "assize/files/infra/");
        assert_eq!(files(&["./infra/"]), "assize/files/infra/");
        assert_eq!(files(&["infra/a.json"]), "assize/files/infra/");
        assert_eq!(files(&["infra/a.json", "infra/b/c.json"]), "assize/files/infra/");
        assert_eq!(files(&["a.json", "infra/b.json"]), "assize/files/all/");
        assert_eq!(files(&["/home/a/infra"]), files(&["/runner/b/infra"]));
        assert_eq!(files(&["../infra/x.json"]), "assize/files/infra/");
        assert_ne!(files(&["a/b"]), files(&["a-b"]));
        assert_eq!(files(&["."]), "assize/files/all/");
        assert_eq!(of(Source::Code, &["infra"]), "assize/code/infra/");
        assert_eq!(of(Source::Code, &["."]), "assize/code/all/");
        for attack in ATTACKS {
            for category in [live(&[attack]), files(&[attack])] {
                assert_eq!(category.matches('/').count(), 3, "{category}");
                assert!(category.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/".contains(&b)), "{category}");
            }
        }
    }

    #[test]
    fn code_has_its_lines_and_everything_else_line_one() {
        let assessment = sample();
        let spot = Spot::of(&assessment, &assessment.findings[0]);
        assert_eq!((spot.uri.as_str(), spot.line()), ("infra/data%20base.tf", 12));
        let region = spot.location(None, Profile::Github).physical_location.unwrap().region.unwrap();
        assert_eq!(
            (region.start_line, region.start_column, region.end_line, region.end_column),
            (Some(12), Some(3), Some(12), Some(40))
        );
        // The resource of an answer file has no lines: it stands on its virtual path.
        let spot = Spot::of(&assessment, &assessment.findings[1]);
        assert!(spot.uri.starts_with("azure/sub-") && spot.uri.ends_with("/pg-f"), "{}", spot.uri);
        let backwards = Range { start_line: 0, start_column: 9, end_line: 0, end_column: 2 };
        let spot = Spot { range: Some(backwards), ..Spot::at("a".to_owned()) };
        let region = spot.location(None, Profile::Github).physical_location.unwrap().region.unwrap();
        assert_eq!((region.start_line, region.start_column, region.end_line), (Some(1), None, Some(1)));
    }

    #[test]
    fn a_context_region_is_larger_than_the_region_or_not_there() {
        let source = |start: u32, lines: usize| SourceLines {
            hash: "0:1".to_owned(),
            snippet: "x".to_owned(),
            context_start: start,
            context: vec!["x"; lines].join("\n"),
        };
        for (first, last, source, expected) in [
            (5, 5, source(3, 5), true),
            (1, 1, source(1, 2), true),
            // The file has no other lines.
            (1, 2, source(1, 2), false),
            // The region was cut.
            (5, 40, source(3, 14), false),
            (5, 5, source(6, 2), false),
        ] {
            let range = Range { start_line: first, start_column: 1, end_line: last, end_column: 9 };
            let spot = Spot { range: Some(range), source: Some(&source), ..Spot::at("a.tf".to_owned()) };
            let physical = spot.location(None, Profile::Full).physical_location.unwrap();
            assert_eq!(physical.context_region.is_some(), expected, "{first} {last}");
            assert!(physical.region.unwrap().snippet.is_some());
        }
    }
}
