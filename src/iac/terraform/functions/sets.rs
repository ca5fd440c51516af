//! Sets: lists that are sorted and without duplicates.

use crate::iac::Node;
use crate::iac::terraform::functions::args::{items_fit, list, order, set, unify, unknown_of};
use crate::iac::terraform::functions::{Answer, Context};

/// The arguments as sets of one type, or the unknown that stands for the result.
fn sets(args: &[Node], parts: bool) -> Result<Result<Vec<Vec<Node>>, Node>, String> {
    let sensitive = args.iter().any(|a| a.sensitive);
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(Err(unknown.marked(sensitive)));
    }
    let lists = args.iter().map(list).collect::<Result<Vec<_>, _>>()?;
    items_fit(lists.iter().map(|l| l.len()).sum())?;
    if parts && let Some(unknown) = lists.iter().flat_map(|l| l.iter()).find_map(unknown_of) {
        return Ok(Err(unknown.marked(sensitive)));
    }
    // A text in one set makes the elements of all of them texts.
    let all: Vec<Node> = lists.iter().flat_map(|l| l.iter().cloned()).collect();
    let mut unified = unify(&all).into_iter();
    Ok(Ok(lists.iter().map(|l| set(&unified.by_ref().take(l.len()).collect::<Vec<_>>())).collect()))
}

fn has(set: &[Node], item: &Node) -> bool {
    set.binary_search_by(|s| order(s, item)).is_ok()
}

pub(super) fn setunion(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    match sets(args, false)? {
        Err(unknown) => Ok(unknown),
        Ok(sets) => Ok(Node::array(set(&sets.concat())).marked(sensitive)),
    }
}

pub(super) fn setintersection(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    match sets(args, true)? {
        Err(unknown) => Ok(unknown),
        Ok(mut sets) => {
            let mut first = sets.remove(0);
            first.retain(|item| sets.iter().all(|s| has(s, item)));
            Ok(Node::array(first).marked(sensitive))
        }
    }
}

pub(super) fn setsubtract(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    match sets(args, true)? {
        Err(unknown) => Ok(unknown),
        Ok(mut sets) => {
            let mut first = sets.remove(0);
            first.retain(|item| !sets.iter().any(|s| has(s, item)));
            Ok(Node::array(first).marked(sensitive))
        }
    }
}

pub(super) fn setproduct(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown.marked(sensitive));
    }
    let lists = args.iter().map(list).collect::<Result<Vec<_>, _>>()?;
    let rows = lists.iter().try_fold(1usize, |n, l| n.checked_mul(l.len())).unwrap_or(usize::MAX);
    if rows == 0 {
        return Ok(Node::array(Vec::new()).marked(sensitive));
    }
    items_fit(rows.saturating_mul(lists.len()))?;
    let mut out: Vec<Vec<Node>> = vec![Vec::new()];
    for items in lists {
        let mut next = Vec::with_capacity(out.len() * items.len());
        for row in &out {
            for item in items {
                next.push(row.iter().cloned().chain([item.clone()]).collect::<Vec<_>>());
            }
        }
        out = next;
    }
    Ok(Node::array(out.into_iter().map(Node::array).collect()).marked(sensitive))
}
