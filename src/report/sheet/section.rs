//! The sections of a sheet: metadata → blocks.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{
    Example, Framework, Parameter, ParameterKind, PolicyMeta, Read, ReadRoot, Relation, Remediation, ResourceType,
    Shape,
};
use crate::report::sheet::family::Family;
use crate::report::sheet::{BY_CONTROL, BY_FAMILY, Block, Law, Line, Reach, Span, Subject, address, code, words};
use crate::report::text::{line, lines, paragraph};

/// All of a policy. `up` is the way from its page to the folder of all pages; without it there are no pages to link to.
pub(super) fn all(subject: &Subject<'_>, up: Option<&str>) -> Vec<Block> {
    let meta = subject.meta;
    let mut blocks = head(meta, up);
    blocks.push(heading("Why"));
    blocks.extend(why(&meta.description));
    blocks.extend(law(meta, subject.law, up));
    blocks.extend(facts(meta));
    blocks.extend(access(subject.reach));
    blocks.extend(parameters(&meta.parameters));
    for (title, example) in [("Passes", subject.pass), ("Fails", subject.fail)] {
        blocks.extend(example.into_iter().flat_map(|example| shown(title, example)));
    }
    blocks.push(heading("Repair"));
    blocks.extend(repair(meta));
    blocks.extend(limits(meta, subject.reach));
    blocks.extend(links(&meta.links));
    blocks
}

/// What a rule of SARIF says for help: why, the law, how to repair, and where there is more. All of it is bounded.
pub(in crate::report) fn help(meta: &PolicyMeta, law: &Law<'_>, page: Option<String>) -> Vec<Block> {
    const WHY: usize = 4000;
    const REASON: usize = 1000;
    let strong = |text: &str| Block::Heading(3, vec![words(text)]);
    let mut blocks = vec![Block::Text(vec![words(paragraph(&meta.description, WHY))])];
    let serves = |(id, why): (&String, &String)| {
        let cite = law.control(id).map(|(_, c)| format!(" ({})", c.cite)).unwrap_or_default();
        vec![words(paragraph(&format!("{id}{cite}: {}", paragraph(why, REASON)), REASON + 200))]
    };
    if !meta.controls.is_empty() {
        blocks.extend([strong("The law"), Block::Items(meta.controls.iter().map(serves).collect())]);
    }
    blocks.push(strong("Repair"));
    let cut = |text: &Option<String>, most: usize| {
        text.as_ref().map(|text| {
            let mut kept = lines(text, 500);
            kept.truncate(most);
            kept.join("\n")
        })
    };
    let found = &meta.remediation;
    blocks.extend(ways(&Remediation {
        az: cut(&found.az, 200),
        terraform: cut(&found.terraform, 200),
        bicep: cut(&found.bicep, 200),
        portal: found.portal.as_ref().map(|text| paragraph(text, WHY)),
        note: found.note.as_ref().map(|text| paragraph(text, WHY)),
    }));
    match page {
        Some(page) => blocks.push(Block::Text(vec![words("More: "), Span::Address(page)])),
        None => blocks.extend(links(&meta.links).into_iter().filter(|b| matches!(b, Block::Items(_)))),
    }
    blocks
}

/// The types that the policy judges.
pub(super) fn resources(meta: &PolicyMeta) -> &[ResourceType] {
    &meta.resources
}

fn heading(title: &str) -> Block {
    Block::Heading(2, vec![words(title)])
}

/// One line of a text.
pub(super) fn text(text: &str) -> Span {
    words(paragraph(text, usize::MAX))
}

/// Names in a row, each as code.
pub(super) fn names<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Line {
    let mut out = Line::new();
    for name in names {
        if !out.is_empty() {
            out.push(words(", "));
        }
        out.push(code(name.as_ref()));
    }
    out
}

fn head(meta: &PolicyMeta, up: Option<&str>) -> Vec<Block> {
    let family = match (Family::of(&meta.check), up) {
        (Some(family), Some(up)) => vec![
            Span::Page(family.code.to_owned(), format!("{up}{BY_FAMILY}#{}", family.code.to_lowercase())),
            words(format!(": {}", family.title)),
        ],
        (Some(family), None) => vec![words(format!("{}: {}", family.code, family.title))],
        (None, _) => Line::new(),
    };
    let rows = [
        ("Id", vec![code(meta.id.as_str())]),
        ("Severity", vec![words(meta.severity.as_str())]),
        ("Check", vec![text(&meta.check)]),
        ("Family", family),
        ("Judges", names(resources(meta).iter().map(ResourceType::as_str))),
        ("Former ids", names(meta.aliases.iter().map(|a| a.as_str()))),
    ];
    let rows = rows.into_iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| vec![vec![words(name)], cell]);
    vec![Block::Heading(1, vec![text(&meta.title)]), Block::Table(vec!["", ""], rows.collect())]
}

/// The paragraphs of a text, which empty lines part.
fn why(description: &str) -> Vec<Block> {
    let mut paragraphs = vec![String::new()];
    for line in description.lines() {
        match paragraphs.last_mut() {
            Some(last) if !line.trim().is_empty() => *last += &format!("{line}\n"),
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|p| !p.is_empty());
    paragraphs.iter().map(|p| Block::Text(vec![text(p)])).collect()
}

/// What GitHub makes of a heading of one word.
pub(super) fn anchor(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect::<String>().to_lowercase()
}

fn law(meta: &PolicyMeta, law: &Law<'_>, up: Option<&str>) -> Vec<Block> {
    let mut blocks = vec![
        heading("The law"),
        Block::Text(vec![words(
            "A pass is evidence for the part that the state of Azure can show. It does not say that the law is kept.",
        )]),
    ];
    let mut frameworks: BTreeMap<&str, (Option<&Framework>, Vec<Vec<Line>>)> = BTreeMap::new();
    for (id, why) in &meta.controls {
        let known = law.control(id);
        let (asks, evidence, cite) = match known {
            Some((_, control)) => (
                vec![text(&control.obligation)],
                vec![words(format!("{}: ", control.evidence_strength.as_str())), text(&control.evidence_reason)],
                vec![words(" "), text(&control.cite)],
            ),
            None => (Line::new(), Line::new(), Line::new()),
        };
        let name = match up.filter(|_| known.is_some()) {
            Some(up) => Span::Page(line(id, usize::MAX), format!("{up}{BY_CONTROL}#{}", anchor(id))),
            None => text(id),
        };
        let rows = &mut frameworks.entry(known.map_or("", |(f, _)| &f.id)).or_default();
        rows.0 = known.map(|(framework, _)| framework);
        let name = [vec![name], cite].concat();
        rows.1.push(vec![name, asks, vec![text(why)], evidence]);
    }
    for (framework, rows) in frameworks.into_values() {
        if let Some(framework) = framework {
            let source = address(&framework.source).map_or_else(|| text(&framework.source), Span::Address);
            blocks.push(Block::Text(vec![text(&framework.title), words(": "), source]));
        }
        blocks.push(Block::Table(vec!["control", "asks", "what this policy adds", "evidence"], rows));
    }
    blocks
}

/// The type of a read, or what the engine makes of it.
fn kind(read: &Read) -> &'static str {
    let many = read.path.segments().len() == 1;
    match (read.kind, read.path.root()) {
        (Some(kind), _) => kind.as_str(),
        (None, ReadRoot::Context) => "declared by the firm",
        (None, ReadRoot::Related) if many => "users, by business domain and environment",
        (None, ReadRoot::Related) => "resources, by id",
        (None, _) => "children, by name",
    }
}

fn facts(meta: &PolicyMeta) -> Vec<Block> {
    let at = |read: &Read| read.path.to_string() == "context.at";
    let row = |read: &Read| {
        let kind = if at(read) { "time the facts were read" } else { kind(read) };
        let absent = match &read.absent {
            Some(meaning) => vec![text(meaning)],
            None => vec![words("no pass without it")],
        };
        vec![vec![code(read.path.to_string())], vec![words(kind)], absent]
    };
    vec![
        heading("Facts"),
        Block::Text(vec![
            words("The verdict rests on these and on nothing else. Where one could not be read, it is "),
            code("unknown"),
            words("."),
        ]),
        Block::Table(vec!["fact", "type", "when it is absent"], meta.reads.iter().map(row).collect()),
    ]
}

fn access(reach: &Reach) -> Vec<Block> {
    let mut items: Vec<Line> = reach.actions.iter().map(|action| vec![code(action)]).collect();
    items.extend(reach.besides.iter().map(|besides| vec![text(besides)]));
    if items.is_empty() { Vec::new() } else { vec![heading("Azure permissions"), Block::Items(items)] }
}

fn parameters(parameters: &BTreeMap<String, Parameter>) -> Vec<Block> {
    if parameters.is_empty() {
        return Vec::new();
    }
    let row = |(name, parameter): (&String, &Parameter)| {
        let (kind, mut allowed) = match &parameter.kind {
            ParameterKind::Integer { min, max, .. } => (format!("integer from {min} to {max}"), Vec::new()),
            ParameterKind::Boolean { .. } => ("boolean".to_owned(), Vec::new()),
            ParameterKind::String { allowed, .. } => ("one of ".to_owned(), names(allowed)),
            ParameterKind::List { allowed: Some(allowed), .. } => ("list of ".to_owned(), names(allowed)),
            ParameterKind::List { pattern: Some(pattern), .. } => {
                ("list of texts that match ".to_owned(), vec![code(pattern)])
            }
            ParameterKind::List { .. } => ("list of texts".to_owned(), Vec::new()),
        };
        allowed.insert(0, words(kind));
        let default = parameter.default_value();
        let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        vec![vec![code(name)], vec![code(default)], allowed, vec![text(&parameter.meaning)]]
    };
    vec![
        heading("Parameters"),
        Block::Table(vec!["parameter", "default", "values", "meaning"], parameters.iter().map(row).collect()),
    ]
}

fn shown(title: &str, example: &Example) -> Vec<Block> {
    let mut told = vec![if example.description.trim().is_empty() {
        words("A case of the policy's own tests.")
    } else {
        words(paragraph(&format!("{}.", example.description.trim().trim_end_matches('.')), usize::MAX))
    }];
    if let Some(at) = &example.at {
        told.extend([words(" Read at "), code(at)]);
        told.push(words("."));
    }
    for (name, value) in &example.parameters {
        told.extend([words(" With "), code(name), words(" = "), code(value.to_string()), words(".")]);
    }
    told.push(words(" What the policy reads of it:"));
    let json = match &example.resources[..] {
        [one] => serde_json::to_string_pretty(one),
        many => serde_json::to_string_pretty(many),
    };
    vec![heading(title), Block::Text(told), Block::Code("json", json.unwrap_or_default())]
}

/// What the metadata offers, in order.
fn ways(found: &Remediation) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (title, language, way) in
        [("Azure CLI", "sh", &found.az), ("Terraform", "hcl", &found.terraform), ("Bicep", "bicep", &found.bicep)]
    {
        if let Some(way) = way {
            blocks.extend([Block::Text(vec![words(format!("{title}:"))]), Block::Code(language, way.clone())]);
        }
    }
    for (title, way) in [("Portal: ", &found.portal), ("Note: ", &found.note)] {
        if let Some(way) = way {
            blocks.push(Block::Text(vec![words(title), text(way)]));
        }
    }
    blocks
}

fn repair(meta: &PolicyMeta) -> Vec<Block> {
    let mut blocks = ways(&meta.remediation);
    let mut told = vec![code("assize fix")];
    match &meta.fix {
        Some(fix) => {
            told.extend([words(" repairs code: it sets "), code(fix.path.to_string()), words(" to ")]);
            match (&fix.value, &fix.parameter) {
                (Some(value), _) => told.push(code(as_written(value))),
                (None, Some(parameter)) => told.extend([words("the value of "), code(parameter)]),
                (None, None) => told.push(words("what makes it pass")),
            }
            told.push(words("."));
        }
        None => told.push(words(" does not repair it.")),
    }
    blocks.push(Block::Text(told));
    blocks
}

fn as_written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What follows from the metadata for what the policy can say.
fn limits(meta: &PolicyMeta, reach: &Reach) -> Vec<Block> {
    let mut items: Vec<Line> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for read in &meta.reads {
        let first = read.path.segments().first().map_or("", String::as_str);
        match read.path.root() {
            ReadRoot::Related if !told.contains(&first) => {
                told.push(first);
                let mut relations = resources(meta).iter().filter_map(|r| Relation::find(first, r.as_str()));
                let shape = relations.next().map_or(Shape::One, Relation::shape);
                let in_part = meta.reads.iter().filter(|r| r.path.segments().first() == read.path.segments().first());
                let in_part = in_part.clone().all(|r| r.in_part.is_some());
                let path = code(format!("related.{first}"));
                items.push(match shape {
                    Shape::Summary | Shape::Many if shape == Shape::Summary || in_part => vec![
                        path,
                        words(" is complete only when everything was read. From a partial snapshot, and from code without "),
                        code("--whole-estate"),
                        words(", it can prove a fail and never a pass."),
                    ],
                    Shape::Many => vec![
                        path,
                        words(" is complete only when everything was read. From a partial snapshot, and from code without "),
                        code("--whole-estate"),
                        words(", the verdict is "),
                        code("unknown"),
                        words("."),
                    ],
                    _ => vec![
                        path,
                        words(" may lead to a resource that was not read. Then the verdict is "),
                        code("unknown"),
                        words("."),
                    ],
                });
            }
            ReadRoot::Context if first != "at" => {
                items.push(vec![
                    code(read.path.to_string()),
                    words(" is what the firm declares, by tags or in "),
                    code("assize.yaml"),
                    words(". Whether that is true, Azure does not show."),
                ]);
            }
            _ => {}
        }
    }
    if !reach.only_running.is_empty() {
        let mut told = names(&reach.only_running);
        told.push(words(": only running Azure has the value. Code that does not write it gives "));
        told.extend([code("unknown"), words(".")]);
        items.push(told);
    }
    if !reach.uncollected.is_empty() {
        let mut told = vec![words("assize does not know how to collect ")];
        told.extend(names(&reach.uncollected));
        told.extend([words(": on live Azure the verdict is "), code("unknown"), words(".")]);
        items.push(told);
    }
    let found = &meta.remediation;
    if [&found.az, &found.terraform, &found.bicep, &found.portal].iter().all(|way| way.is_none()) {
        items.push(vec![words("There is no command or setting that repairs it: see the note.")]);
    }
    if items.is_empty() { Vec::new() } else { vec![heading("Limits"), Block::Items(items)] }
}

fn links(links: &[String]) -> Vec<Block> {
    let items: Vec<Line> =
        links.iter().filter_map(|link| address(link)).map(|link| vec![Span::Address(link)]).collect();
    if items.is_empty() { Vec::new() } else { vec![heading("Links"), Block::Items(items)] }
}
