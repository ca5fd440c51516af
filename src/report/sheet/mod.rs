//! What is told of a policy, as blocks of text: the page of `policy docs`, the sheet of `policy show` and the help of a SARIF
//! rule are made of the same sections. Takes the metadata and what other stages know of it; gives Markdown or lines for a
//! terminal. All texts of policies and frameworks are taken for hostile.

mod family;
mod index;
mod markdown;
mod plain;
mod section;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Control, Example, Framework, PolicyId, PolicyMeta};

pub use index::{by_control, by_family, contents};
pub(super) use markdown::markdown;
pub(super) use plain::plain;
pub use plain::sheet;
pub(super) use section::help;

/// The first line of every page. A file that does not begin with it was not made here.
pub const MARK: &str = "<!-- Made by `assize policy docs`. Changes are lost. -->";

/// The name of the first page, with the list of all policies.
pub const CONTENTS: &str = "README.md";
/// The name of the page by family.
pub const BY_FAMILY: &str = "by-family.md";
/// The name of the page by control.
pub const BY_CONTROL: &str = "by-control.md";

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Span {
    /// Words.
    Text(String),
    /// A name, a path or a value.
    Code(String),
    /// A link between pages: its text, and a target of our own making.
    Page(String, String),
    /// An address, which is its own text.
    Address(String),
}

/// A line, or a paragraph that is shown as one.
pub(super) type Line = Vec<Span>;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading: 1 is the page's title.
    Heading(usize, Line),
    /// A paragraph.
    Text(Line),
    /// A list.
    Items(Vec<Line>),
    /// Rows below a head; empty words make a head without words.
    Table(Vec<&'static str>, Vec<Vec<Line>>),
    /// Text that is shown as it is, with the name of its language.
    Code(&'static str, String),
}

/// Words.
pub(super) fn words(text: impl Into<String>) -> Span {
    Span::Text(text.into())
}

/// A name, a path or a value.
pub(super) fn code(text: impl Into<String>) -> Span {
    Span::Code(text.into())
}

/// What other stages know of a policy's facts.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// The RBAC actions that reading the facts from Azure needs.
    pub actions: BTreeSet<String>,
    /// What it needs besides, one sentence each.
    pub besides: Vec<String>,
    /// Types that the collector does not know.
    pub uncollected: Vec<String>,
    /// Reads that no code has a value for.
    pub only_running: Vec<String>,
}

/// Controls by id, with their framework.
#[derive(Debug, Clone, Default)]
pub struct Law<'a>(BTreeMap<&'a str, (&'a Framework, &'a Control)>);

impl<'a> Law<'a> {
    /// The controls of the frameworks. Of two with one id, the first counts.
    pub fn of(frameworks: impl IntoIterator<Item = &'a Framework>) -> Self {
        let mut law = BTreeMap::new();
        for framework in frameworks {
            for control in &framework.controls {
                law.entry(control.id.as_str()).or_insert((framework, control));
            }
        }
        Self(law)
    }

    /// The control of that id, with its framework.
    pub fn control(&self, id: &str) -> Option<(&'a Framework, &'a Control)> {
        self.0.get(id).copied()
    }
}

/// Everything that a page tells.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The policy.
    pub meta: &'a PolicyMeta,
    /// The controls.
    pub law: &'a Law<'a>,
    /// What other stages know of its facts.
    pub reach: &'a Reach,
    /// A case on which it passes.
    pub pass: Option<&'a Example>,
    /// A case on which it fails.
    pub fail: Option<&'a Example>,
}

/// Where the page of a policy stands among the pages: `azure.postgresql.zone_redundant` gives `postgresql/zone_redundant.md`.
/// Ids that do not start with `azure` keep all their words.
pub fn page_path(id: &PolicyId) -> String {
    let words: Vec<&str> = id.as_str().split('.').collect();
    let words = if words.len() == 3 && words[0] == "azure" { &words[1..] } else { &words[..] };
    format!("{}.md", words.join("/"))
}

/// The page of a policy, in Markdown.
pub fn page(subject: &Subject<'_>) -> String {
    let up = "../".repeat(page_path(&subject.meta.id).matches('/').count());
    finished(&section::all(subject, Some(&up)))
}

/// The address of the page of an embedded policy, as of a version of assize.
pub(super) fn page_address(id: &PolicyId, version: &str) -> String {
    format!("{}/blob/v{version}/docs/policies/{}", env!("CARGO_PKG_REPOSITORY"), page_path(id))
}

/// A whole page.
fn finished(blocks: &[Block]) -> String {
    format!("{MARK}\n\n{}", markdown(blocks))
}

/// The link, if it is one that every viewer takes: an https address of a named host, in plain characters, percent signs in
/// escapes.
pub(super) fn address(link: &str) -> Option<String> {
    let rest = link.strip_prefix("https://")?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host_fits = host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let bytes = path.as_bytes();
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let path_fits = bytes.iter().enumerate().all(|(at, b)| match b {
        b'%' => hex(at + 1) && hex(at + 2),
        _ => b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#".contains(b),
    });
    (host_fits && path_fits && path.matches('#').count() < 2 && link.len() < 2000).then(|| link.to_owned())
}

#[cfg(test)]
pub(super) mod tests;
