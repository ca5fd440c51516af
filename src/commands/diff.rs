//! `assize diff`.

use std::fmt::Write;

use crate::assess::difference;
use crate::cli::{DiffArgs, Listing};
use crate::commands::output::printable;
use crate::commands::{Outcome, print, read_assessment};

/// Prints what differs. Exits 1 when fails are new, 3 when something became unknown, else 0.
pub(super) fn diff(args: &DiffArgs) -> Outcome {
    let (old, new) = (read_assessment(&args.old)?, read_assessment(&args.new)?);
    let difference = difference(&old, &new);
    let text = match args.output {
        Listing::Json => serde_json::to_string(&difference)? + "\n",
        Listing::Table => {
            let mut text = String::new();
            for (word, rows) in
                [("new", &difference.new), ("newly unknown", &difference.newly_unknown), ("fixed", &difference.fixed)]
            {
                for row in rows {
                    let _ = writeln!(
                        text,
                        "{word}: {} {}: {}",
                        row.policy,
                        printable(row.resource.as_str()),
                        printable(&row.summary)
                    );
                }
            }
            for row in &difference.gone {
                let _ = writeln!(
                    text,
                    "gone: {} {} (was {})",
                    row.policy,
                    printable(row.resource.as_str()),
                    row.was.as_str()
                );
            }
            let _ = writeln!(
                text,
                "{} new, {} fixed, {} newly unknown, {} gone, {} unchanged",
                difference.new.len(),
                difference.fixed.len(),
                difference.newly_unknown.len(),
                difference.gone.len(),
                difference.unchanged
            );
            if old.parameters != new.parameters {
                text.push_str(
                    "the two were judged by different parameters, so not every change is one of the estate\n",
                );
            }
            if old.policy_set.sha256 != new.policy_set.sha256 {
                text.push_str("the two were judged by different policies, so not every change is one of the estate\n");
            }
            text
        }
    };
    print(text.as_bytes())?;
    Ok(if !difference.new.is_empty() {
        1
    } else if !difference.newly_unknown.is_empty() {
        3
    } else {
        0
    })
}
