//! The pages that lead to the pages of policies: by service, by family, by control.

use std::collections::BTreeMap;

use crate::model::{Framework, PolicyId, PolicyMeta, Severity};
use crate::report::sheet::family::{FAMILIES, Family};
use crate::report::sheet::section::{anchor, names, resources, text};
use crate::report::sheet::{BY_CONTROL, BY_FAMILY, Block, Line, Span, address, code, finished, page_path, words};
use crate::report::text::line;

/// The service of a policy: its id without the last word, and without `azure`.
fn service(id: &PolicyId) -> String {
    let path = page_path(id);
    path.rsplit_once('/').map_or_else(String::new, |(service, _)| service.replace('/', "."))
}

/// A link to the page of a policy, named by the last word of its id.
fn link(id: &PolicyId) -> Span {
    Span::Page(id.as_str().rsplit('.').next().unwrap_or_default().to_owned(), page_path(id))
}

fn by_service<'a>(metas: impl IntoIterator<Item = &'a PolicyMeta>) -> BTreeMap<String, Vec<&'a PolicyMeta>> {
    let mut services: BTreeMap<String, Vec<&PolicyMeta>> = BTreeMap::new();
    for meta in metas {
        services.entry(service(&meta.id)).or_default().push(meta);
    }
    services
}

/// Links to policies, one line for each service.
fn lines_by_service<'a>(metas: impl IntoIterator<Item = &'a PolicyMeta>) -> Block {
    let line = |(service, metas): (String, Vec<&PolicyMeta>)| {
        let mut out = vec![words(format!("{service}: "))];
        for (at, meta) in metas.iter().enumerate() {
            out.extend((at > 0).then(|| words(", ")));
            out.push(link(&meta.id));
        }
        out
    };
    Block::Items(by_service(metas).into_iter().map(line).collect())
}

fn number(count: usize) -> Line {
    vec![words(if count == 0 { String::new() } else { count.to_string() })]
}

/// The first page: all policies by service, with counts by severity. `base` are actions that every collection needs.
pub fn contents(metas: &[&PolicyMeta], base: &[String]) -> String {
    let services = by_service(metas.iter().copied());
    let plural = |count: usize, word: &str| format!("{count} {word}");
    let mut told = vec![
        words(format!(
            "{} of {}, made from their metadata by ",
            plural(metas.len(), if metas.len() == 1 { "policy" } else { "policies" }),
            plural(services.len(), if services.len() == 1 { "service" } else { "services" }),
        )),
        code("assize policy docs"),
        words(". Also "),
    ];
    told.extend([
        Span::Page("by family".to_owned(), BY_FAMILY.to_owned()),
        words(" and "),
        Span::Page("by control".to_owned(), BY_CONTROL.to_owned()),
        words("."),
    ]);
    let mut permissions = vec![words("Whatever the policies, collecting from Azure needs ")];
    permissions.extend(names(base));
    permissions.push(words(". Each page names what its policy needs besides."));
    let row = |name: Line, metas: &[&PolicyMeta]| {
        let of = |severity: &Severity| number(metas.iter().filter(|m| m.severity == *severity).count());
        [name, number(metas.len())].into_iter().chain(Severity::ALL.iter().map(of)).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<Line>> = services
        .iter()
        .map(|(service, metas)| row(vec![Span::Page(service.clone(), format!("#{}", anchor(service)))], metas))
        .collect();
    rows.push(row(vec![words("all")], metas));
    let head =
        ["service", "policies"].into_iter().chain(Severity::ALL.iter().map(|severity| severity.as_str())).collect();
    let mut blocks = vec![
        Block::Heading(1, vec![words("Policies")]),
        Block::Text(told),
        Block::Text(permissions),
        Block::Table(head, rows),
    ];
    for (service, metas) in &services {
        blocks.push(Block::Heading(2, vec![words(service.as_str())]));
        let row = |meta: &&PolicyMeta| {
            vec![
                vec![link(&meta.id)],
                vec![text(&meta.title)],
                vec![words(meta.severity.as_str())],
                vec![text(&meta.check)],
            ]
        };
        blocks.push(Block::Table(vec!["policy", "what holds", "severity", "check"], metas.iter().map(row).collect()));
    }
    finished(&blocks)
}

/// The policies by family of their checks.
pub fn by_family(metas: &[&PolicyMeta]) -> String {
    let mut blocks = vec![
        Block::Heading(1, vec![words("Policies by family")]),
        Block::Text(vec![words("A check is named by service, family and number.")]),
    ];
    for family in FAMILIES {
        let own: Vec<&PolicyMeta> = metas.iter().copied().filter(|m| Family::of(&m.check) == Some(family)).collect();
        if own.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(2, vec![words(family.code)]));
        blocks.push(Block::Text(vec![words(format!("{} policies: {}.", own.len(), family.title))]));
        blocks.push(lines_by_service(own));
    }
    let own: Vec<&PolicyMeta> = metas.iter().copied().filter(|m| Family::of(&m.check).is_none()).collect();
    if !own.is_empty() {
        blocks.push(Block::Heading(2, vec![words("Other")]));
        let row = |meta: &&PolicyMeta| {
            vec![vec![link(&meta.id)], vec![text(&meta.check)], names(resources(meta).iter().map(|r| r.as_str()))]
        };
        blocks.push(Block::Table(vec!["policy", "check", "judges"], own.iter().map(row).collect()));
    }
    finished(&blocks)
}

/// The policies by the control that they serve, with what each control asks and how far Azure can answer it.
pub fn by_control<'a>(metas: &[&PolicyMeta], frameworks: impl IntoIterator<Item = &'a Framework>) -> String {
    let mut blocks = vec![
        Block::Heading(1, vec![words("Policies by control")]),
        Block::Text(vec![words(
            "What each control asks, in our words, how far the state of Azure can answer it, and the policies that serve it. \
             A pass does not say that the law is kept.",
        )]),
    ];
    for framework in frameworks {
        let source = address(&framework.source).map_or_else(|| text(&framework.source), Span::Address);
        blocks.push(Block::Heading(2, vec![text(&framework.title)]));
        blocks.push(Block::Text(vec![text(&framework.version), words(": "), source]));
        for control in &framework.controls {
            let own: Vec<&PolicyMeta> =
                metas.iter().copied().filter(|m| m.controls.contains_key(&control.id)).collect();
            blocks.push(Block::Heading(3, vec![words(line(&control.id, usize::MAX))]));
            blocks.push(Block::Text(vec![
                text(&control.cite),
                words(", "),
                text(&control.title),
                words(": "),
                text(&control.obligation),
            ]));
            blocks.push(Block::Text(vec![
                words(format!("Evidence: {}. ", control.evidence_strength.as_str())),
                text(&control.evidence_reason),
            ]));
            blocks.push(if own.is_empty() {
                Block::Text(vec![words("No policy serves it.")])
            } else {
                lines_by_service(own)
            });
        }
    }
    finished(&blocks)
}
