//! The arguments of `assize history …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::Listing;

/// `assize history …`.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Record an assessment as the next run of a series; one that is there already changes nothing
    Record {
        /// An assessment, as `evaluate` or `--output json` writes it
        assessment: PathBuf,
        /// Where
        #[command(flatten)]
        series: SeriesArgs,
        /// Who or what ran it, such as the address of the build
        #[arg(long, value_name = "TEXT")]
        label: Option<String>,
    },
    /// List the series
    Series {
        /// Where
        #[command(flatten)]
        store: StoreArgs,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Show findings over time: first seen, last seen, age, reopened; or how long mending takes
    Show {
        /// Where
        #[command(flatten)]
        series: SeriesArgs,
        /// Only findings of this policy
        #[arg(long, value_name = "ID")]
        policy: Option<String>,
        /// Only resources whose id holds this text
        #[arg(long, value_name = "TEXT")]
        resource: Option<String>,
        /// Only policies that served this control
        #[arg(long, value_name = "ID")]
        control: Option<String>,
        /// Only resources of this business domain
        #[arg(long, value_name = "NAME")]
        domain: Option<String>,
        /// Only policies of this severity: critical, high, medium, low or info
        #[arg(long, value_name = "SEVERITY")]
        severity: Option<String>,
        /// Only what fails in the last run
        #[arg(long)]
        open: bool,
        /// Show the times to fix instead, by group
        #[arg(long, value_enum, value_name = "GROUP", conflicts_with = "open")]
        times: Option<HistoryGroup>,
        /// With --times: count what was mended from this day or time on
        #[arg(long, requires = "times", value_name = "TIME")]
        since: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Show how a series developed, run by run
    Trend {
        /// Where
        #[command(flatten)]
        series: SeriesArgs,
        /// The first day or time; a year before the end, if it is not given
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// The last day or time; now, if it is not given
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        /// Also say where runs are missing: a cron expression in UTC, or 30m, 24h, 7d
        #[arg(long, value_name = "SCHEDULE")]
        schedule: Option<String>,
        /// How late a run may be; 6h, or a quarter of a shorter distance, if it is not given
        #[arg(long, requires = "schedule", value_name = "LENGTH")]
        grace: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Say whether a control held in a period. Exit codes: 0 it held, 1 it did not, or only with waivers, 3 it is not shown
    Held {
        /// The control, for example DORA-9-2
        control: String,
        /// Where
        #[command(flatten)]
        series: SeriesArgs,
        /// The first day or time
        #[arg(long, value_name = "TIME")]
        from: String,
        /// The last day or time; now, if it is not given
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        /// How often a run has to be there: a cron expression in UTC, or 30m, 24h, 7d
        #[arg(long, value_name = "SCHEDULE")]
        schedule: String,
        /// How late a run may be; 6h, or a quarter of a shorter distance, if it is not given
        #[arg(long, value_name = "LENGTH")]
        grace: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// List runs and prunings; with a schedule, say where runs are missing and exit with 3 if any is
    Runs {
        /// Where
        #[command(flatten)]
        series: SeriesArgs,
        /// The first day or time; a year before the end, if it is not given
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// The last day or time; now, if it is not given
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        /// How often a run is expected: a cron expression in UTC, or 30m, 24h, 7d
        #[arg(long, value_name = "SCHEDULE")]
        schedule: Option<String>,
        /// How late a run may be; 6h, or a quarter of a shorter distance, if it is not given
        #[arg(long, requires = "schedule", value_name = "LENGTH")]
        grace: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Take old runs out; their times, digests and the reason stay
    Prune {
        /// Where
        #[command(flatten)]
        series: SeriesArgs,
        /// Take out runs before this day or time; the last run always stays
        #[arg(long, value_name = "TIME")]
        before: String,
        /// Why, for the record
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Where the history is.
#[derive(Debug, Clone, Default, Args)]
pub struct StoreArgs {
    /// A file, or the URL of a PostgreSQL database; ASSIZE_HISTORY or assize.history.db, if it is not given
    #[arg(long, value_name = "PLACE")]
    pub store: Option<String>,
}

/// Which series of the history.
#[derive(Debug, Clone, Args)]
pub struct SeriesArgs {
    /// Where the history is
    #[command(flatten)]
    pub store: StoreArgs,
    /// The series: runs over the same scope
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub series: String,
}

/// By what times to fix are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HistoryGroup {
    /// By control
    Control,
    /// By business domain
    Domain,
    /// By severity
    Severity,
    /// By policy
    Policy,
}
