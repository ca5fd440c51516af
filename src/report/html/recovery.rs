//! Recovery by workload: the objectives that the firm declares against the rungs that policies found in place. Takes the
//! findings of the checks about backups, zones, regions and objectives. A rung counts as in place only when something
//! about it was judged and passed.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use crate::model::{Finding, PolicyMeta, ResourceId};
use crate::report::html::facts::{parsed, value};
use crate::report::html::index::{Index, Mark, Tally};
use crate::report::html::words::{badge, counted, kind, length, resource, safe, said, scrolling};

/// The most workloads in the table. The worst come first.
const ROWS: usize = 500;

/// What a workload falls back on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rung {
    Backups,
    Zone,
    Region,
}

const RUNGS: [(Rung, &str); 3] = [(Rung::Backups, "Backups"), (Rung::Zone, "Zone"), (Rung::Region, "Region")];

/// Up to so many minutes, in words.
const CLASSES: [(u64, &str); 6] = [
    (15, "15 min or less"),
    (60, "up to 1 h"),
    (120, "up to 2 h"),
    (240, "up to 4 h"),
    (1_440, "up to 1 day"),
    (u64::MAX, "more than 1 day"),
];

/// What a policy tells about recovery.
struct Role {
    rung: Option<Rung>,
    /// Whether it compares the declared objectives with what the workload can do.
    objective: bool,
}

/// The role of a policy, by the family of its check and the words of its name.
fn role(meta: &PolicyMeta) -> Option<Role> {
    let check = meta.check.as_str();
    let family = |name: &str| check.starts_with(&format!("{name}-")) || check.contains(&format!("-{name}-"));
    let about = family("HAO") || family("ZR") || family("GEO") || (family("BKP") && !check.contains("BKP-MAX"));
    if !about {
        return None;
    }
    let name = meta.id.as_str().rsplit('.').next().unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    let rung = if has(&["geo", "region", "paired"]) {
        Some(Rung::Region)
    } else if has(&["zone", "standby"]) {
        Some(Rung::Zone)
    } else if has(&["backup", "restore"]) {
        Some(Rung::Backups)
    } else {
        None
    };
    Some(Role { rung, objective: name.contains("objective_met") })
}

/// A resource with what was found about its recovery.
#[derive(Default)]
struct Workload<'a> {
    rungs: BTreeMap<Rung, Tally>,
    objectives: Tally,
    settings: BTreeSet<(String, String)>,
    /// What policies say against it, the objectives first.
    said: Vec<&'a Finding>,
}

impl Workload<'_> {
    /// How a rung stands; `None` when nothing about it was judged.
    fn rung(&self, rung: Rung) -> Option<Mark> {
        self.rungs.get(&rung).and_then(Tally::worst)
    }

    /// The highest rung that is in place.
    fn effective(&self) -> Option<Rung> {
        RUNGS.iter().rev().map(|(rung, _)| *rung).find(|rung| self.rung(*rung) == Some(Mark::Pass))
    }

    /// Whether a rung was judged and is not in place.
    fn lacking(&self) -> bool {
        RUNGS.iter().any(|(rung, _)| matches!(self.rung(*rung), Some(Mark::Fail | Mark::Waived)))
    }

    /// Worst first: objectives missed, then a rung that fails, then what is unknown.
    fn rank(&self) -> (u8, u8) {
        let of = |mark: Option<Mark>| match mark {
            Some(Mark::Fail | Mark::Waived) => 0,
            Some(Mark::Unknown) => 1,
            _ => 2,
        };
        let rungs = RUNGS.iter().map(|(rung, _)| of(self.rung(*rung))).min().unwrap_or(2);
        (of(self.objectives.worst()), rungs)
    }
}

/// Recovery by workload: a picture and a table.
pub(super) fn body(index: &Index<'_>) -> Markup {
    let (workloads, compared) = workloads(index);
    if workloads.is_empty() {
        return html! { p { "No policy about recovery was evaluated." } };
    }
    html! {
        p {
            "Three rungs bring a workload back: backups, capacity in another zone, and a copy in another region. A rung is in place when the policies about it pass. "
            @if compared {
                "The last column holds what the policies found that compare the declared objectives with typical figures of Microsoft; those are no service level."
            } @else {
                "No policy that compares the declared objectives with minutes was evaluated, so the rungs show what is configured and not how long it takes."
            }
            " Whether a restore was ever tried is not visible here."
        }
        (picture(index, &workloads))
        (table(index, &workloads))
    }
}

/// Workloads, worst first, and whether any policy compared objectives.
fn workloads<'a>(index: &Index<'a>) -> (Vec<(&'a ResourceId, Workload<'a>)>, bool) {
    let mut all: BTreeMap<&str, (&ResourceId, Workload<'_>)> = BTreeMap::new();
    let mut compared = false;
    for policy in &index.policies {
        let Some(role) = policy.meta.and_then(role) else { continue };
        if !role.objective && role.rung.is_none() {
            continue;
        }
        compared |= role.objective && !policy.findings.is_empty();
        for finding in &policy.findings {
            let (_, workload) =
                all.entry(finding.resource.key()).or_insert_with(|| (&finding.resource, Workload::default()));
            if role.objective {
                workload.objectives.count(finding);
            } else if let Some(rung) = role.rung {
                workload.rungs.entry(rung).or_default().count(finding);
            }
            settings(finding, &mut workload.settings);
            if matches!(Mark::of(finding), Mark::Fail | Mark::Waived | Mark::Unknown) {
                let at = if role.objective { 0 } else { workload.said.len() };
                workload.said.insert(at, finding);
            }
        }
    }
    let mut all: Vec<(&ResourceId, Workload<'_>)> = all.into_values().collect();
    all.sort_by_key(|(id, w)| (w.rank(), id.key()));
    (all, compared)
}

/// Single values of the resource that the policies read.
fn settings(finding: &Finding, into: &mut BTreeSet<(String, String)>) {
    for (path, fact) in parsed(finding).unwrap_or_default() {
        let dated = path.ends_with("At") || path.ends_with("Date");
        if path.starts_with("resource.properties.") && !dated && !fact.is_object() && !fact.is_array() {
            let name = path.rsplit('.').next().unwrap_or_default();
            into.insert((name.to_owned(), value(&fact)));
        }
    }
}

/// The place of declared minutes in the picture; the last row is for none.
fn class(minutes: Option<&str>) -> usize {
    minutes
        .and_then(|m| m.parse::<u64>().ok())
        .and_then(|m| CLASSES.iter().position(|(most, _)| m <= *most))
        .unwrap_or(CLASSES.len())
}

/// How many workloads with a declared time stand on which rung.
fn picture(index: &Index<'_>, workloads: &[(&ResourceId, Workload<'_>)]) -> Markup {
    const ROW: usize = 46;
    const TOP: usize = 58;
    let columns = ["Region", "Zone", "Backups", "None in place", "Not known"];
    let mut cells: BTreeMap<(usize, usize), (u64, u64)> = BTreeMap::new();
    for (id, workload) in workloads {
        let column = match workload.effective() {
            Some(Rung::Region) => 0,
            Some(Rung::Zone) => 1,
            Some(Rung::Backups) => 2,
            None if workload.lacking() => 3,
            None => 4,
        };
        let cell = cells.entry((class(index.context(id, "rto_minutes")), column)).or_default();
        cell.0 += 1;
        cell.1 += u64::from(workload.rank().0 == 0 || workload.rank().1 == 0);
    }
    let most = cells.values().map(|(all, _)| *all).max().unwrap_or(1).max(1);
    let rows: Vec<usize> = (0..=CLASSES.len()).filter(|row| cells.keys().any(|(r, _)| r == row)).collect();
    let height = TOP + rows.len() * ROW + 6;
    let x = |column: usize| 250 + column * 140;
    // The area of a disc is in proportion to the count. A reading aid, so small differences in rounding do not matter.
    #[allow(clippy::cast_precision_loss)]
    let radius = |count: u64| format!("{:.1}", 5.0 + 15.0 * (count as f64 / most as f64).sqrt());
    html! {
        figure {
            div class="scroll" role="group" aria-label="Picture of declared recovery times and rungs" tabindex="0" {
                svg class="ladder" viewBox={ "0 0 900 " (height) } width="900" height=(height) role="img" aria-labelledby="ladder-t ladder-d" {
                    title id="ladder-t" { "Declared recovery time against the highest rung in place" }
                    desc id="ladder-d" { (workloads.len()) " workloads. Rows are declared recovery times, columns are rungs, best first. The table below says the same for each workload." }
                    text x="10" y="20" class="head" { "Declared recovery time" }
                    text x="250" y="20" class="head" { "Highest rung in place" }
                    @for (column, name) in columns.iter().enumerate() {
                        text x=(x(column)) y="42" text-anchor="middle" { (name) }
                    }
                    @for (at, row) in rows.iter().enumerate() {
                        @let y = TOP + at * ROW + ROW / 2;
                        line class="grid" x1="10" x2="890" y1=(y + ROW / 2) y2=(y + ROW / 2) {}
                        text x="10" y=(y + 4) { (CLASSES.get(*row).map_or("not declared in minutes", |(_, words)| words)) }
                        @for column in 0..columns.len() {
                            @if let Some((all, worse)) = cells.get(&(*row, column)) {
                                circle class=(if *worse > 0 { "disc fail" } else if column == 4 { "disc unknown" } else { "disc" }) cx=(x(column)) cy=(y) r=(radius(*all)) {}
                                text x=(x(column) + 26) y=(y + 4) {
                                    (all)
                                    @if *worse > 0 { tspan class="fail" { "  ✕ " (worse) } }
                                }
                            }
                        }
                    }
                }
            }
            figcaption { "Discs count workloads. ✕ counts those among them with a fail about recovery, waived ones included." }
        }
    }
}

fn table(index: &Index<'_>, workloads: &[(&ResourceId, Workload<'_>)]) -> Markup {
    let table = html! { table class="recovery" {
        caption { "Declared against effective, worst first" }
        thead { tr {
            th scope="col" { "Workload" } th scope="col" { "Domain, criticality" } th scope="col" { "Declared" }
            @for (_, name) in RUNGS { th scope="col" { (name) } }
            th scope="col" { "Objectives" }
        } }
        @for (id, workload) in workloads.iter().take(ROWS) { tbody {
            @let declared = |field| index.context(id, field).map_or("not declared".to_owned(), |m| format!("{} min", safe(m)));
            tr class="first" {
                th scope="rowgroup" { (resource(index, id)) br; span class="quiet" { (kind(id)) } }
                td { (safe(index.domain(id).unwrap_or("no domain"))) ", " (safe(index.context(id, "criticality").unwrap_or("criticality not declared"))) }
                td { "time " (declared("rto_minutes")) br; "loss " (declared("rpo_minutes")) }
                @for (rung, _) in RUNGS { td { (state(workload.rung(rung), ["in place", "not in place", "waived", "unknown"])) } }
                td { (state(workload.objectives.worst(), ["kept", "missed", "waived", "unknown"])) }
            }
            tr { td colspan="7" class="told" {
                "Read: " @for (at, (name, value)) in workload.settings.iter().enumerate() { @if at > 0 { ", " } (safe(name)) " " code { (safe(value)) } }
                @if workload.settings.is_empty() { "no single settings" }
                "."
                @for finding in workload.said.iter().take(4) { br; span class="against" { (said(finding)) } }
                @if workload.said.len() > 4 { br; (length(workload.said.len() - 4)) " more" }
            } }
        } }
    } };
    html! {
        (scrolling("Declared against effective recovery", "", &table))
        @if workloads.len() > ROWS { p { (counted((workloads.len() - ROWS) as u64, "more workload is", "more workloads are")) " under the policies below." } }
    }
}

fn state(mark: Option<Mark>, words: [&str; 4]) -> Markup {
    match mark {
        Some(Mark::Pass) => badge(Mark::Pass, words[0]),
        Some(Mark::Fail) => badge(Mark::Fail, words[1]),
        Some(Mark::Waived) => badge(Mark::Waived, words[2]),
        Some(Mark::Unknown) => badge(Mark::Unknown, words[3]),
        Some(Mark::NotApplicable) => badge(Mark::NotApplicable, "not applicable"),
        None => badge(Mark::NotApplicable, "not looked at"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::sample;

    fn rung(check: &str, name: &str) -> Option<(Option<Rung>, bool)> {
        let mut meta = sample().policies[0].clone();
        meta.check = check.to_owned();
        meta.id = crate::model::PolicyId::parse(&format!("azure.x.{name}")).unwrap();
        role(&meta).map(|r| (r.rung, r.objective))
    }

    #[test]
    fn policies_are_put_on_rungs_by_family_and_name() {
        assert_eq!(rung("PG-BKP-001", "backup_retention_sufficient"), Some((Some(Rung::Backups), false)));
        assert_eq!(rung("PG-BKP-002", "geo_redundant_backup_enabled"), Some((Some(Rung::Region), false)));
        assert_eq!(rung("PG-ZR-001", "standby_in_another_zone"), Some((Some(Rung::Zone), false)));
        assert_eq!(rung("HAO-PG-002", "region_failure_objective_met"), Some((Some(Rung::Region), true)));
        assert_eq!(rung("HAO-DECL-001", "recovery_objectives_declared"), Some((None, false)));
        assert_eq!(rung("BKP-MAX-001", "backup_retention_bounded"), None);
        assert_eq!(rung("PG-TLS-001", "secure_transport_required"), None);
    }

    #[test]
    fn a_rung_that_was_not_judged_is_not_in_place() {
        let mut workload = Workload::default();
        assert_eq!(workload.effective(), None);
        workload.rungs.insert(Rung::Region, Tally { not_applicable: 1, ..Tally::default() });
        workload.rungs.insert(Rung::Zone, Tally { unknown: 1, pass: 4, ..Tally::default() });
        assert_eq!(workload.effective(), None);
        assert!(!workload.lacking());
        workload.rungs.insert(Rung::Backups, Tally { pass: 2, not_applicable: 1, ..Tally::default() });
        assert_eq!(workload.effective(), Some(Rung::Backups));
    }

    #[test]
    fn minutes_that_cannot_be_read_are_not_declared() {
        assert_eq!([Some("15"), Some("16"), Some("1441"), Some("soon"), None].map(class), [0, 1, 5, 6, 6]);
    }
}
