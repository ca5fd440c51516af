//! Every flag and subcommand. No behaviour: `commands` acts on what is parsed here.

mod evidence;
mod history;

pub use evidence::{EvidenceCommand, KeyArgs, PackArgs, SignArgs, SweepArgs};
pub use history::{HistoryCommand, HistoryGroup, SeriesArgs, StoreArgs};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Policy-as-code compliance scanner for Azure.
///
/// Exit codes: 0 the gate passed, 1 findings at or above the threshold, 3 more is unknown than allowed, 2 usage or fatal
/// error.
#[derive(Debug, Parser)]
#[command(name = "assize", version, propagate_version = true, max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge code, a snapshot, or answers of Azure kept in files, and print the findings
    Scan(Box<ScanArgs>),
    /// Read an Azure estate into a snapshot
    Collect(CollectArgs),
    /// Say which reads the given identity may not make, and print a role that allows them
    Preflight(PreflightArgs),
    /// Judge a snapshot and write the assessment as JSON
    Evaluate(EvaluateArgs),
    /// Repair code: show the edits that make findings pass, or make them
    Fix(FixArgs),
    /// Write reports from an assessment
    Report(ReportArgs),
    /// Compare two assessments: what is new, fixed, newly unknown, gone
    Diff(DiffArgs),
    /// List, show, check, test and start policies
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// List and show frameworks and their controls
    #[command(subcommand)]
    Framework(FrameworkCommand),
    /// List and show profiles: thresholds and a choice of policies under one name
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Keep assessments over time: first seen, times to fix, trend, whether a control held
    #[command(subcommand)]
    History(HistoryCommand),
    /// Judge the scopes of the settings, keep what was seen, and say what is new. Exit codes: 2 a scope could not be judged, else as
    /// for one scan, the worst of all scopes
    Sweep(SweepArgs),
    /// Pack runs for auditors, verify and replay what was packed
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Evaluate policies that are not part of assize, for a parent process
    #[command(hide = true)]
    Worker,
}

/// Which policies.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Policies")]
pub struct PolicyArgs {
    /// Use the policies of this folder instead of the embedded library; may be given several times
    #[arg(long = "policies", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// With --policies: use the embedded library too
    #[arg(long)]
    pub embedded: bool,
    /// Add the framework of this file, ID.yaml, which may map policies to its controls; may be given several times
    #[arg(long = "framework", value_name = "FILE")]
    pub frameworks: Vec<PathBuf>,
}

/// How to judge.
#[derive(Debug, Clone, Default, Args)]
pub struct JudgeArgs {
    /// Which policies
    #[command(flatten)]
    pub policies: PolicyArgs,
    /// Judge only policies whose id matches, `*` for any run of characters; may be given several times
    #[arg(long = "policy", value_name = "PATTERN", help_heading = "Policies")]
    pub only: Vec<String>,
    /// Settings; without it, assize.yaml in the current folder is used when it is there
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// A profile, by name (`assize profile list`) or file; counts before the one that the settings name
    #[arg(long, value_name = "NAME", help_heading = "Settings")]
    pub profile: Option<String>,
    /// Waivers; counts before the file that the settings name
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub waivers: Option<PathBuf>,
    /// An earlier assessment to compare with
    #[arg(long, value_name = "FILE", help_heading = "Gate")]
    pub baseline: Option<PathBuf>,
    /// Lowest severity that fails the gate: critical, high, medium, low, info or never
    #[arg(long, value_name = "SEVERITY", help_heading = "Gate")]
    pub fail_on: Option<String>,
    /// How many unknown findings the gate lets through
    #[arg(long, value_name = "N", help_heading = "Gate")]
    pub allow_unknown: Option<u64>,
    /// Let only fails that are new against the baseline fail the gate
    #[arg(long, requires = "baseline", help_heading = "Gate")]
    pub new_only: bool,
    /// There is no earlier run that could be compared with, so everything counts as new.
    #[arg(skip)]
    pub first: bool,
    /// The time for which waivers are judged, and for which facts are taken whose snapshot does not know its time; RFC 3339;
    /// now, if it is not given
    #[arg(long, value_name = "TIME", help_heading = "Settings")]
    pub at: Option<String>,
    /// How many threads; all processors, if it is not given
    #[arg(long, value_name = "N", help_heading = "Settings")]
    pub threads: Option<usize>,
}

/// How to read code.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Code")]
pub struct CodeArgs {
    /// The folder above which no file is read; the Git repository around the paths, if it is not given
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// A variable file of Terraform; may be given several times, later ones count
    #[arg(long, value_name = "FILE")]
    pub var_file: Vec<PathBuf>,
    /// A variable of Terraform; may be given several times
    #[arg(long, value_name = "NAME=VALUE")]
    pub var: Vec<String>,
    /// A parameter file of templates and Bicep; those beside each template, if none is given
    #[arg(long = "parameters", value_name = "FILE")]
    pub parameter_files: Vec<PathBuf>,
    /// Pass over files whose path from the root matches, `*` for any run of characters; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub exclude: Vec<String>,
    /// Compile Bicep with the official `bicep` on the PATH, which may fetch modules from registries; lines still point at
    /// the Bicep files
    #[arg(long)]
    pub bicep_cli: bool,
    /// The code is the whole estate: what it does not declare does not exist
    #[arg(long)]
    pub whole_estate: bool,
}

/// Which reports.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// A report, to standard output or a file; may be given several times. Formats: table, json, sarif, sarif-github
    #[arg(long = "output", short = 'o', value_name = "FORMAT[=FILE]")]
    pub outputs: Vec<String>,
    /// List passes and everything else that is left out for brevity
    #[arg(long, short)]
    pub verbose: bool,
}

/// `assize scan`.
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Code (folders or files with Terraform, Bicep, templates, plans), a snapshot, or answers of Azure in JSON
    #[arg(required_unless_present = "live", conflicts_with = "live", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Judge live Azure: collect, evaluate, assess, report
    #[arg(long = "azure", id = "live", help_heading = "Azure")]
    pub live: bool,
    /// Where to keep the snapshot that was collected; it is kept nowhere, if this is not given
    #[arg(long, value_name = "FILE", help_heading = "Azure")]
    pub snapshot: Option<PathBuf>,
    /// Point findings of live resources at the code below this folder that declares them; may be given several times
    #[arg(long, value_name = "DIR", help_heading = "Azure")]
    pub iac: Vec<PathBuf>,
    /// What to collect, and as whom
    #[command(flatten)]
    pub azure: AzureArgs,
    /// How to read code
    #[command(flatten)]
    pub code: CodeArgs,
    /// How to judge
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// Which reports
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What to collect, and as whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Azure")]
pub struct AzureArgs {
    /// A subscription, by id or name; all that the identity may see, if none is given; may be given several times
    #[arg(long = "subscription", value_name = "ID")]
    pub subscriptions: Vec<String>,
    /// A management group, by id, with all subscriptions below it; may be given several times
    #[arg(long = "management-group", value_name = "ID")]
    pub management_groups: Vec<String>,
    /// Leave out subscriptions whose id or name matches, `*` for any run of characters; may be given several times
    #[arg(long = "exclude-subscription", value_name = "PATTERN")]
    pub exclude_subscriptions: Vec<String>,
    /// The kind of credential: github-oidc, azure-pipelines, workload-identity, client-certificate, client-secret,
    /// managed-identity, azure-cli or token; those that the environment knows, if none is given; may be given several times
    #[arg(long = "credential", value_name = "KIND")]
    pub credentials: Vec<String>,
    /// The cloud: AzurePublic, AzureUSGovernment or AzureChina
    #[arg(long, value_name = "NAME")]
    pub cloud: Option<String>,
    /// The address of Azure Resource Manager of another cloud, which tells its other endpoints
    #[arg(long, value_name = "URL")]
    pub arm_endpoint: Option<String>,
    /// Collect everything that is known, not only what the policies read
    #[arg(long)]
    pub everything: bool,
    /// Replace names and mail addresses of people by pseudonyms, which are equal for equal people
    #[arg(long)]
    pub pseudonymise: bool,
    /// What to say of each request on standard error
    #[arg(long, value_enum, default_value_t = LogLevel::Off, value_name = "LEVEL")]
    pub log_level: LogLevel,
}

/// What is read of Azure, and for which policies.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadArgs {
    /// What to collect, and as whom
    #[command(flatten)]
    pub azure: AzureArgs,
    /// Read what these policies read
    #[command(flatten)]
    pub policies: PolicyArgs,
    /// Only policies whose id matches, `*` for any run of characters; may be given several times
    #[arg(long = "policy", value_name = "PATTERN", help_heading = "Policies")]
    pub only: Vec<String>,
    /// Settings; without it, assize.yaml in the current folder is used when it is there
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// A profile, by name (`assize profile list`) or file; counts before the one that the settings name
    #[arg(long, value_name = "NAME", help_heading = "Settings")]
    pub profile: Option<String>,
}

/// How much is said of requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum LogLevel {
    /// Nothing
    #[default]
    Off,
    /// What is tried again, and long waits
    Info,
    /// Each answer too
    Debug,
    /// Each request and wait too
    Trace,
}

/// `assize collect`.
#[derive(Debug, Args)]
pub struct CollectArgs {
    /// The snapshot to write; compressed, if the name ends in .zst
    #[arg(long, short = 'o', value_name = "FILE", default_value = "assize.snapshot.jsonl")]
    pub output: PathBuf,
    /// Go on where a collection into the same file was stopped
    #[arg(long)]
    pub resume: bool,
    /// With --resume: make the calls that failed again
    #[arg(long, requires = "resume")]
    pub retry_gaps: bool,
    /// What is read
    #[command(flatten)]
    pub read: ReadArgs,
    /// The time to write into the snapshot, RFC 3339; now, if it is not given
    #[arg(long, value_name = "TIME", help_heading = "Settings")]
    pub at: Option<String>,
}

/// `assize preflight`.
#[derive(Debug, Args)]
pub struct PreflightArgs {
    /// What is read
    #[command(flatten)]
    pub read: ReadArgs,
    /// Print a custom role that allows the reads and no more, and ask Azure nothing
    #[arg(long, value_enum, value_name = "FORM")]
    pub role: Option<RoleForm>,
}

/// How a role is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleForm {
    /// For `az role definition create`
    Json,
    /// A Bicep resource
    Bicep,
    /// A Terraform resource
    Terraform,
}

/// `assize fix`.
#[derive(Debug, Args)]
pub struct FixArgs {
    /// Folders or files with Terraform, Bicep or templates
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to read code
    #[command(flatten)]
    pub code: CodeArgs,
    /// How to judge
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// Change the files; without it, the edits are only shown as a unified diff
    #[arg(long)]
    pub write: bool,
}

/// `assize evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Code, a snapshot, or files and folders with answers of Azure in JSON
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to read code
    #[command(flatten)]
    pub code: CodeArgs,
    /// Where to write the assessment; standard output, if it is not given
    #[arg(long, short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to judge
    #[command(flatten)]
    pub judge: JudgeArgs,
}

/// `assize report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// An assessment, as `evaluate` or `--output json` writes it
    pub assessment: PathBuf,
    /// A history, whose runs of the last year html shows as a trend: a file, or the URL of a PostgreSQL database
    #[arg(long, value_name = "PLACE")]
    pub history: Option<String>,
    /// The series of the history
    #[arg(long, value_name = "NAME", default_value = "default", requires = "history")]
    pub series: String,
    /// Which reports
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `assize diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The earlier assessment
    pub old: PathBuf,
    /// The later assessment
    pub new: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    pub output: Listing,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// For people
    Table,
    /// For programs
    Json,
}

/// `assize policy …`.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// List policies with type, severity and controls
    List {
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// List the parameters instead
        #[arg(long)]
        parameters: bool,
        /// Show what is in force under this profile, by name or file
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Show everything about a policy: controls, reads, permissions, parameters, remediation
    Show {
        /// The policy's id
        id: String,
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Write a page for each policy, with pages by service, family and control
    Docs {
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// The folder to write; it is made, or holds the pages of an earlier run and nothing else
        #[arg(long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Show how a policy comes to its verdict on one resource: facts and their origin, thresholds, lines of Rego
    Explain(Box<ExplainArgs>),
    /// Check metadata and Rego: what cannot run, reads that are not declared, unknown controls
    Check {
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// Instead: list the Azure resource types and arguments in this Terraform code that the mapping does not know; may be
        /// given several times
        #[arg(long, value_name = "PATH")]
        mapping: Vec<PathBuf>,
    },
    /// Run the tests of policies, and the tests that follow from their metadata
    Test {
        /// Only policies whose id holds one of these texts
        filter: Vec<String>,
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// Also change the Rego in every way and see whether the tests notice
        #[arg(long)]
        mutate: bool,
        /// Run the tests again for every policy whose folder changes, until Ctrl-C; needs --policies
        #[arg(long, requires = "folders")]
        watch: bool,
        /// Name every test
        #[arg(long, short)]
        verbose: bool,
    },
    /// Start a policy: a folder that passes its own tests
    New {
        /// The policy's id, which is its package and its folder
        id: String,
        /// The ARM type that is judged
        #[arg(long, value_name = "TYPE")]
        resource: String,
        /// The property that decides, for example resource.properties.publicNetworkAccess
        #[arg(long, value_name = "PATH")]
        read: String,
        /// The control that it serves
        #[arg(long, value_name = "ID", default_value = "DORA-9-2")]
        control: String,
        /// The policies folder to write into
        #[arg(long = "policies", value_name = "DIR")]
        folder: PathBuf,
    },
}

/// `assize policy explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The resource: its id, its name, the end of its id, or its name in code; one that fits only one resource
    pub resource: String,
    /// The policy's id
    pub policy: String,
    /// Code, a snapshot, or files and folders with answers of Azure in JSON
    #[arg(required = true, value_name = "INPUT")]
    pub paths: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    pub output: Listing,
    /// How to read code
    #[command(flatten)]
    pub code: CodeArgs,
    /// Which policies
    #[command(flatten)]
    pub policies: PolicyArgs,
    /// Settings; without it, assize.yaml in the current folder is used when it is there
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// A profile, by name (`assize profile list`) or file; counts before the one that the settings name
    #[arg(long, value_name = "NAME", help_heading = "Settings")]
    pub profile: Option<String>,
    /// The time for which facts are taken whose snapshot does not know its time; RFC 3339; now, if it is not given
    #[arg(long, value_name = "TIME", help_heading = "Settings")]
    pub at: Option<String>,
}

/// `assize profile …`.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List the profiles
    List {
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Show what a profile sets, and why
    Show {
        /// The profile's name, or a file
        profile: String,
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
}

/// `assize framework …`.
#[derive(Debug, Subcommand)]
pub enum FrameworkCommand {
    /// List the frameworks
    List {
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// Settings, for the frameworks they name; without it, assize.yaml in the current folder is used when it is there
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Show the controls of a framework, the policies that serve them and what people have to show
    Show {
        /// The framework's id
        id: String,
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// Settings, for the frameworks they name; without it, assize.yaml in the current folder is used when it is there
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Say of every control who answers it: policies, people, both or nobody. It is no degree of compliance
    Coverage {
        /// The frameworks' ids; all, if none is given
        ids: Vec<String>,
        /// Which policies
        #[command(flatten)]
        policies: PolicyArgs,
        /// Settings, for the frameworks they name; without it, assize.yaml in the current folder is used when it is there
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
}
