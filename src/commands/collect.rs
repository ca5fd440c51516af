//! `assize collect`: live Azure into a snapshot file.

use anyhow::anyhow;
use chrono::{DateTime, Utc};

use crate::cli::{CollectArgs, ReadArgs};
use crate::collect::plan::Plan;
use crate::commands::azure::{Azure, gap_lines};
use crate::commands::scan::{select, settings};
use crate::commands::{CommandError, Outcome, load_policies, profile, say};
use crate::config::Settings;

/// How many causes of gaps are printed.
const SHOWN: usize = 20;

/// `assize collect`.
pub(super) fn collect(args: &CollectArgs) -> Outcome {
    let at = args.at.as_deref().map(time).transpose()?;
    let (settings, plan) = planned(&args.read)?;
    let azure = Azure::new(&args.read.azure, &settings.azure)?;
    let collected = azure.collect_to(&plan, Some(&args.output), (args.resume, args.retry_gaps), at)?;
    if collected.is_complete() {
        return Ok(0);
    }
    say(&format!("{} calls failed; the snapshot is not complete, and says so:", collected.failed));
    for line in gap_lines(&collected.trouble, SHOWN) {
        say(&line);
    }
    say("run the same command again with --resume --retry-gaps to make only the calls that failed");
    Ok(3)
}

/// The settings, and what the policies that they ask for need.
pub(super) fn planned(args: &ReadArgs) -> Result<(Settings, Plan), CommandError> {
    let (settings, folder) = settings(args.config.as_deref())?;
    if args.azure.everything {
        return Ok((settings, Plan::everything()));
    }
    let mut policies = load_policies(&args.policies)?;
    let library = profile::library(&args.policies)?;
    let library = library.as_ref().unwrap_or(&policies);
    let profile = profile::chosen(args.profile.as_deref(), &settings, &folder, &policies, library)?;
    select(&mut policies, profile.as_ref(), &settings, &args.only)?;
    let plan = Plan::of(&policies);
    Ok((settings, plan))
}

pub(super) fn time(text: &str) -> Result<DateTime<Utc>, CommandError> {
    let parsed = DateTime::parse_from_rfc3339(text);
    let wrong = |e| CommandError::new(anyhow!("--at {text}: {e}")).hint("write it like 2026-11-01T06:00:00Z");
    Ok(parsed.map_err(wrong)?.with_timezone(&Utc))
}
