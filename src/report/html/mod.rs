//! One HTML file for auditors. It asks nothing of the network, works without scripts, in light and dark, on paper and with
//! a screen reader. Takes an assessment, and beside it what an assessment does not hold; gives the same bytes for the same
//! input. Markup is escaped by construction; what is not escaped stands in `page` alone.

mod answer;
mod coverage;
mod drift;
mod exceptions;
mod facts;
mod findings;
mod heat;
mod index;
mod isolation;
mod method;
mod page;
mod policy;
mod recovery;
mod trend;
mod words;

use std::io::Write;

use maud::Markup;

use crate::model::Assessment;
use crate::report::html::index::Index;
use crate::report::{Beside, RenderOptions, ReportError};

/// The most findings that are shown one by one. Above, passes are counted; above with fails and unknowns alone, the least
/// severe of them too.
const MOST_FINDINGS: usize = 20_000;

/// A part of the page: its anchor, its heading and what it says.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Markup,
}

/// Writes the report.
pub(super) fn render(assessment: &Assessment, options: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let page = document(assessment, &options.beside, MOST_FINDINGS).into_string();
    let failed = |source| ReportError::Write { format: "html", source };
    out.write_all(page.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()).map_err(failed)
}

/// The page, with at most `most` findings one by one.
fn document(assessment: &Assessment, beside: &Beside, most: usize) -> Markup {
    let index = &Index::new(assessment);
    let section = |id, title, body| Section { id, title, body };
    let sections = [
        section("answer", "The answer first", answer::body(index)),
        section("controls", "Controls by domain", heat::body(index)),
        section("isolation", "Isolation of domains", isolation::body(index)),
        section("recovery", "Recovery by workload", recovery::body(index)),
        section("trend", "Trend", trend::body(beside.trend.as_ref())),
        section("drift", "Changes since the baseline", drift::body(index)),
        section("exceptions", "Exceptions", exceptions::body(index)),
        section("coverage", "Coverage", coverage::body(index, &beside.population)),
        section("law", "Controls and their policies", policy::controls(index)),
        section("findings", "Findings by policy", findings::body(index, most)),
        section("method", "Method", method::body(index)),
    ];
    page::page(answer::title(assessment), answer::cover(index, beside.identity.as_deref()), &sections)
}

#[cfg(test)]
mod tests;
