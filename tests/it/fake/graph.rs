//! Azure Resource Graph: `POST /providers/Microsoft.ResourceGraph/resources`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answer::{Answer, hash};
use super::ask::Ask;
use super::errors;
use super::kql::{self, Column, Step};
use super::management;
use super::route::World;
use super::rows::{self, Row};

/// Answers a query.
pub(super) fn answer(world: &World, ask: &Ask) -> Answer {
    let Ok(body) = serde_json::from_slice::<Value>(&ask.body) else {
        return errors::error(400, "BadRequest", "The request content was invalid and could not be deserialized.");
    };
    let Some(text) = body["query"].as_str() else {
        return errors::bad_query("the query is missing");
    };
    let query = match kql::parse(text) {
        Ok(query) if rows::TABLES.contains(&query.table.as_str()) => query,
        Ok(query) => return errors::bad_query(&format!("the table {} is not known", query.table)),
        Err(why) => return errors::bad_query(&why),
    };
    let options = &body["options"];
    let top = options["$top"].as_u64().unwrap_or(100);
    if !(1..=1000).contains(&top) {
        return errors::error(400, "BadRequest", "$top must be between 1 and 1000.");
    }
    if options["resultFormat"].as_str().is_some_and(|f| f != "objectArray") {
        return errors::error(400, "BadRequest", "the fake gives objectArray alone.");
    }
    let scope = match scope(world, &body) {
        Ok(scope) if !scope.is_empty() => scope,
        Ok(_) => return errors::forbidden(&ask.path, "", ""),
        Err(refusal) => return *refusal,
    };
    let filter = options["authorizationScopeFilter"].as_str().unwrap_or("AtScopeAndBelow");
    let above = filter == "AtScopeAboveAndBelow" || filter == "AtScopeAndAbove";
    let all = rows::of_table(world, &query.table, &scope, above);
    let result = run(world, all, &query.steps);
    let top = usize::try_from(top).unwrap_or(1000);
    give(world, &body, result, if world.behaviour.page_size < 100 { top.min(world.behaviour.page_size) } else { top })
}

/// The subscriptions that the query is over. What the caller cannot see is left out, and nothing says so.
fn scope(world: &World, body: &Value) -> Result<Vec<String>, Box<Answer>> {
    let texts = |name: &str| -> Option<Vec<String>> {
        let all = body[name].as_array()?;
        Some(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let mut ids: Vec<String> = match (texts("subscriptions"), texts("managementGroups")) {
        (Some(_), Some(_)) => {
            let message = "Only one of subscriptions and managementGroups may be given.";
            return Err(Box::new(errors::error(400, "BadRequest", message)));
        }
        (Some(subscriptions), None) => subscriptions,
        (None, Some(groups)) => groups.iter().flat_map(|g| management::subscriptions_below(&world.estate, g)).collect(),
        (None, None) => world.estate.subscriptions.iter().map(|s| s.id.clone()).collect(),
    };
    ids.retain(|id| world.estate.find_subscription(id).is_some() && world.sees(id));
    for id in &mut ids {
        id.make_ascii_lowercase();
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// What the steps give.
struct Outcome<'a> {
    rows: Vec<Row<'a>>,
    columns: Option<Vec<(String, Column)>>,
    is_sorted: bool,
    is_cut: bool,
}

fn run<'a>(world: &World, rows: Vec<Row<'a>>, steps: &[Step]) -> Outcome<'a> {
    let mut out = Outcome { rows, columns: None, is_sorted: false, is_cut: false };
    for step in steps {
        match step {
            Step::Where(conditions) => {
                out.rows.retain(|row| conditions.iter().all(|condition| row.holds(world, condition)));
            }
            Step::Project(columns) => out.columns = Some(columns.clone()),
            Step::Order(column, down) => {
                // Resources come by id, and most queries want them so.
                if column.path != ["id"] || *down {
                    out.rows.sort_by_cached_key(|row| row.get(world, column).to_string());
                }
                if *down {
                    out.rows.reverse();
                }
                out.is_sorted = true;
            }
            Step::Take(most) => {
                out.rows.truncate(*most);
                out.is_cut = true;
            }
            Step::Count => out.rows = vec![Row::Made(object(&json!({"Count": out.rows.len()})))],
            Step::Distinct(columns) => {
                out.rows = groups(world, &out.rows, columns).into_values().map(|(row, _)| Row::Made(row)).collect();
                out.is_sorted = true;
            }
            Step::Summarize(name, columns) => {
                let counted = groups(world, &out.rows, columns).into_values().map(|(mut row, count)| {
                    row.insert(name.clone(), json!(count));
                    Row::Made(row)
                });
                out.rows = counted.collect();
                out.is_sorted = true;
            }
        }
    }
    out
}

fn groups(world: &World, rows: &[Row<'_>], columns: &[Column]) -> BTreeMap<String, (Map<String, Value>, usize)> {
    let mut groups: BTreeMap<String, (Map<String, Value>, usize)> = BTreeMap::new();
    for row in rows {
        let values: Map<String, Value> = columns.iter().map(|c| (c.path.join("_"), row.get(world, c))).collect();
        groups.entry(Value::Object(values.clone()).to_string()).or_insert((values, 0)).1 += 1;
    }
    groups
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// One page of what the steps gave.
fn give(world: &World, body: &Value, out: Outcome<'_>, top: usize) -> Answer {
    let scope = json!([body["query"], body["subscriptions"], body["managementGroups"]]).to_string();
    let check = &hash(&[scope.as_bytes()])[..12];
    let total = out.rows.len();
    let from = match body["options"]["$skipToken"].as_str() {
        None => usize::try_from(body["options"]["$skip"].as_u64().unwrap_or(0)).unwrap_or(0).min(total),
        Some(token) => match token.split_once('.').filter(|(_, of)| *of == check).and_then(|(at, _)| at.parse().ok()) {
            Some(from) if from <= total => from,
            _ => return errors::error(400, "BadRequest", "The $skipToken is not of this query and scope."),
        },
    };
    let to = (from + top).min(total);
    // Unsorted rows come in another order on each page: who pages without `order by` misses some.
    let place = |at: usize| if out.is_sorted || total == 0 { at } else { (at + from / top.max(1) * 7) % total };
    let data: Vec<Value> = (from..to).map(|at| project(world, &out.rows[place(at)], out.columns.as_deref())).collect();
    // Without the id there is no token.
    let is_made = out.rows.iter().any(|row| matches!(row, Row::Made(row) if !row.contains_key("id")));
    let has_id = !is_made && out.columns.as_ref().is_none_or(|all| all.iter().any(|(name, _)| name == "id"));
    let more = to < total;
    let mut answer = json!({
        "totalRecords": total, "count": data.len(), "data": data, "facets": [],
        "resultTruncated": if more && (!has_id || out.is_cut) { "true" } else { "false" }
    });
    if more && has_id && !out.is_cut {
        answer["$skipToken"] = json!(format!("{to}.{check}"));
    }
    Answer::json(200, &answer)
}

fn project(world: &World, row: &Row<'_>, columns: Option<&[(String, Column)]>) -> Value {
    let Some(columns) = columns else { return Value::Object(row.columns(world)) };
    let all = Row::Made(row.columns(world));
    columns.iter().map(|(name, column)| (name.clone(), all.get(world, column))).collect::<Map<_, _>>().into()
}
