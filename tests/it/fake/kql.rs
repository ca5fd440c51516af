//! The part of the Kusto language that a collector needs:
//!
//! `table | where column in~ ('a', 'b') and column =~ 'c' | project a, b, c = d | order by id asc`, and `summarize
//! [n =] count() by …`, `distinct …`, `count`, `take n`. Anything else is refused, as a parser would.

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// The table, lower case.
    pub(super) table: String,
    /// What is done with its rows, in order.
    pub(super) steps: Vec<Step>,
}

/// A step of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Keeps the rows that all conditions hold for.
    Where(Vec<Condition>),
    /// Keeps columns: the new name, and the one it has in the row.
    Project(Vec<(String, Column)>),
    /// Sorts by a column; whether downwards.
    Order(Column, bool),
    /// Counts the rows for each value of the columns; the name of the count.
    Summarize(String, Vec<Column>),
    /// Keeps one row for each value of the columns.
    Distinct(Vec<Column>),
    /// Counts the rows.
    Count,
    /// Keeps the first rows.
    Take(usize),
}

/// A column, or a property below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The path, case as written.
    pub(super) path: Vec<String>,
    /// Whether `tolower(…)` stands around it.
    pub(super) lower: bool,
}

/// A comparison of a column with texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// What is compared.
    pub(super) column: Column,
    /// Whether it must not be so.
    pub(super) negated: bool,
    /// Whether case counts.
    pub(super) exact: bool,
    /// Whether the text begins with it, and need not be it.
    pub(super) prefix: bool,
    /// The texts; one of them is enough.
    pub(super) values: Vec<String>,
}

/// Reads a query.
pub(super) fn parse(text: &str) -> Result<Query, String> {
    let mut parts = split(text, "|").into_iter();
    let table = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    if table.is_empty() || !table.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(format!("expected a table, found {table:?}"));
    }
    let steps = parts.map(|part| step(part.trim())).collect::<Result<_, _>>()?;
    Ok(Query { table, steps })
}

fn step(text: &str) -> Result<Step, String> {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    match word {
        "where" => {
            split(rest, " and ").into_iter().map(|c| condition(c.trim())).collect::<Result<_, _>>().map(Step::Where)
        }
        "project" => split(rest, ",").into_iter().map(|c| named(c.trim())).collect::<Result<_, _>>().map(Step::Project),
        "order" | "sort" => {
            let rest = rest.strip_prefix("by ").ok_or("expected by")?.trim();
            let (name, direction) = rest.split_once(' ').unwrap_or((rest, "desc"));
            match direction.trim() {
                "asc" => Ok(Step::Order(column(name)?, false)),
                "desc" => Ok(Step::Order(column(name)?, true)),
                other => Err(format!("unexpected {other:?} after order by")),
            }
        }
        "summarize" => {
            let (count, by) = rest.split_once(" by ").unwrap_or((rest, ""));
            let (name, call) = count.split_once('=').unwrap_or(("count_", count));
            if call.trim() != "count()" {
                return Err(format!("unknown function {call:?}"));
            }
            Ok(Step::Summarize(name.trim().to_owned(), columns(by)?))
        }
        "distinct" => columns(rest).map(Step::Distinct),
        "count" if rest.is_empty() => Ok(Step::Count),
        "take" | "limit" => rest.parse().map(Step::Take).map_err(|_| format!("expected a number, found {rest:?}")),
        other => Err(format!("unknown operator {other:?}")),
    }
}

fn columns(text: &str) -> Result<Vec<Column>, String> {
    text.split(',').map(str::trim).filter(|c| !c.is_empty()).map(column).collect()
}

fn named(text: &str) -> Result<(String, Column), String> {
    match text.split_once('=') {
        Some((name, source)) => Ok((name.trim().to_owned(), column(source.trim())?)),
        None => Ok((text.to_owned(), column(text)?)),
    }
}

fn column(text: &str) -> Result<Column, String> {
    let text = text.trim();
    let call = |name: &str| text.strip_prefix(name).and_then(|t| t.strip_prefix('(')).and_then(|t| t.strip_suffix(')'));
    let (inner, lower) = match (call("tolower"), call("tostring")) {
        (Some(inner), _) => (inner, true),
        (None, Some(inner)) => (inner, false),
        (None, None) => (text, false),
    };
    let path: Vec<String> = inner.split('.').map(str::to_owned).collect();
    let is_word = |w: &String| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if path.iter().all(is_word) {
        Ok(Column { path, lower })
    } else {
        Err(format!("expected a column, found {text:?}"))
    }
}

fn condition(text: &str) -> Result<Condition, String> {
    let end = text.find([' ', '=', '!']).ok_or_else(|| format!("expected a comparison, found {text:?}"))?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim();
    const OPERATORS: [(&str, bool, bool, bool); 9] = [
        ("!in~", true, false, false),
        ("in~", false, false, false),
        ("!in", true, true, false),
        ("in", false, true, false),
        ("=~", false, false, false),
        ("==", false, true, false),
        ("!~", true, false, false),
        ("!=", true, true, false),
        ("startswith", false, false, true),
    ];
    let (operator, negated, exact, prefix) = OPERATORS
        .into_iter()
        .find(|(operator, ..)| rest.starts_with(operator))
        .ok_or_else(|| format!("unknown comparison {rest:?}"))?;
    let value = rest[operator.len()..].trim();
    let values = match value.strip_prefix('(').and_then(|v| v.strip_suffix(')')) {
        Some(list) if operator.contains("in") => {
            split(list, ",").into_iter().map(|v| literal(v.trim())).collect::<Result<_, _>>()?
        }
        _ => vec![literal(value)?],
    };
    Ok(Condition { column: column(name)?, negated, exact, prefix, values })
}

fn literal(text: &str) -> Result<String, String> {
    ['\'', '"']
        .iter()
        .find_map(|q| text.strip_prefix(*q).and_then(|t| t.strip_suffix(*q)))
        .filter(|inner| !inner.contains(['\'', '"']))
        .map(str::to_owned)
        .ok_or_else(|| format!("expected a text in quotes, found {text:?}"))
}

/// Splits outside of quotes.
fn split<'a>(text: &'a str, by: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut from, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '\'' || c == '"' => quote = Some(c),
            None if at >= from && text[at..].starts_with(by) => {
                parts.push(&text[from..at]);
                from = at + by.len();
            }
            None => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[test]
fn the_queries_of_a_collector_are_read_and_others_refused() {
    let query = parse("Resources | where type in~ ('a|b', 'c') and subscriptionId == 's' | project id, t = tolower(type) | order by id asc")
        .expect("a query");
    assert_eq!(query.table, "resources");
    assert_eq!(query.steps.len(), 3);
    let Step::Where(conditions) = &query.steps[0] else { panic!("{query:?}") };
    assert_eq!(conditions[0].values, ["a|b", "c"]);
    assert!(!conditions[0].exact && conditions[1].exact);
    for bad in [
        "",
        "resources | join x",
        "resources | where type",
        "resources | where type in~ (a)",
        "resources | project a b",
        "resources | order by id up",
    ] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}
