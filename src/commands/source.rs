//! What a scan is made of: code, a snapshot, or answers of Azure kept in files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::anyhow;

use crate::assess::attach_sources;
use crate::cli::CodeArgs;
use crate::commands::{CommandError, say};
use crate::config::CodeSettings;
use crate::iac::{Code, CodeOptions, Compiled, Wanted, propose, read_code, to_compile};
use crate::model::{
    Assessment, CommentWaiver, Notice, NoticeLevel, Origin, PolicySet, Range, ResourceId, Snapshot, Verdict,
};

/// Reads the paths: code where there is some, else a snapshot or answers of Azure. `texts` lie over the files of code.
pub(super) fn read(
    paths: &[PathBuf],
    args: &CodeArgs,
    settings: &CodeSettings,
    folder: &Path,
    policies: &PolicySet,
    texts: &BTreeMap<String, String>,
) -> Result<(Snapshot, Option<Code>), CommandError> {
    if paths.iter().all(|p| p.exists() && !is_snapshot(p)) {
        let mut options = CodeOptions { texts: texts.clone(), ..options(paths, args, settings, folder)? };
        if args.bicep_cli {
            options.compiled = compiled(paths, &options)?;
        }
        let wanted = Wanted::of(policies.policies.values().map(|p| &p.meta));
        let code = read_code(paths, &options, &wanted).map_err(|e| CommandError::new(anyhow!("{e}")))?;
        if let Some((snapshot, code)) = code {
            if texts.is_empty() {
                summarise(&code);
            }
            // Nothing is kept: the digest is that of the snapshot file which would be written.
            let digest = crate::snapshot::write_native(&mut std::io::sink(), &snapshot)
                .map_err(|e| CommandError::new(anyhow!("the snapshot cannot be written: {e}")))?;
            return Ok((snapshot.with_digest(digest), Some(code)));
        }
    }
    let given = !args.var.is_empty() || !args.var_file.is_empty() || !args.parameter_files.is_empty();
    if given {
        return Err(CommandError::new(anyhow!("there is no code below {}", list(paths)))
            .hint("--var, --var-file and --parameters are for code"));
    }
    Ok((crate::snapshot::read(paths)?, None))
}

/// What the official compiler makes of the Bicep entry points, or what it says against them.
fn compiled(paths: &[PathBuf], options: &CodeOptions) -> Result<Compiled, CommandError> {
    let (root, names) = to_compile(paths, options).map_err(|e| CommandError::new(anyhow!("{e}")))?;
    let run = |name: String| {
        let verb = if name.ends_with(".bicepparam") { "build-params" } else { "build" };
        let output =
            Command::new("bicep").arg(verb).arg("--stdout").arg(root.join(&name)).stdin(Stdio::null()).output();
        let output = output.map_err(|e| {
            CommandError::new(anyhow!("--bicep-cli: bicep cannot be started: {e}"))
                .hint("install the Bicep CLI, or leave the flag out: assize reads Bicep by itself")
        })?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let result = if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) };
        Ok((name, result))
    };
    names.into_iter().map(run).collect()
}

/// The folder that names of files are relative to.
pub(super) fn root(paths: &[PathBuf], args: &CodeArgs) -> Result<PathBuf, CommandError> {
    match &args.root {
        Some(root) => Ok(root.clone()),
        None => crate::iac::root_of(paths).map_err(|e| CommandError::new(anyhow!("{e}"))),
    }
}

/// The waivers that comments ask for, one for each policy and each resource whose block holds the comment.
pub(super) fn waivers(code: &Code, snapshot: &Snapshot) -> Vec<CommentWaiver> {
    let mut by_file: BTreeMap<&str, Vec<(Range, &ResourceId)>> = BTreeMap::new();
    for resource in snapshot.resources() {
        if let Some(Origin::File { file, range: Some(range), .. }) = resource.origin().map(AsRef::as_ref) {
            by_file.entry(file).or_default().push((*range, resource.id()));
        }
    }
    let mut asked = Vec::new();
    for comment in &code.comments {
        let Some(blocks) = by_file.get(comment.file.as_str()) else { continue };
        let inside = |r: &Range, line: u32| r.start_line <= line && line <= r.end_line;
        let inner = blocks.iter().map(|(r, _)| *r).filter(|r| inside(r, comment.line));
        // The smallest block around the comment, else the one that begins below it.
        let block = inner
            .min_by_key(|r| r.end_line - r.start_line)
            .or_else(|| blocks.iter().map(|(r, _)| *r).find(|r| r.start_line == comment.next_line));
        for (_, resource) in blocks.iter().filter(|(r, _)| Some(*r) == block) {
            let none = [String::new()];
            let policies = if comment.policies.is_empty() { none.as_slice() } else { &comment.policies };
            asked.extend(policies.iter().map(|policy| CommentWaiver {
                file: comment.file.clone(),
                line: comment.line,
                policy: policy.clone(),
                resource: (*resource).clone(),
                reason: comment.reason.clone(),
                until: comment.until.clone(),
            }));
        }
    }
    asked
}

/// Gives findings the lines that they point to, and fails the edit that repairs them.
pub(super) fn attach(assessment: &mut Assessment, code: &Code, snapshot: &Snapshot, policies: &PolicySet) {
    let Assessment { findings, resources, parameters, .. } = assessment;
    let context: BTreeMap<&str, &BTreeMap<String, String>> =
        resources.iter().map(|r| (r.id.key(), &r.context)).collect();
    for finding in findings.iter_mut().filter(|f| f.verdict == Verdict::Fail) {
        let Some(fix) = policies.policies.get(&finding.policy).and_then(|p| p.meta.fix.as_ref()) else { continue };
        let of = |field: &str| context.get(finding.resource.key()).and_then(|c| c.get(field)).map(String::as_str);
        let value = match (&fix.value, &fix.parameter) {
            (Some(value), _) => Some(value.clone()),
            (None, Some(name)) => {
                let set = parameters.get(name).map(|p| p.value(of("data_class"), of("criticality")));
                set.and_then(|v| v.as_array().map_or(Some(v), |list| list.first())).cloned()
            }
            (None, None) => None,
        };
        // A fail for another reason needs another repair.
        let path = fix.path.to_string();
        if finding.details.iter().any(|d| d.path.as_deref().is_none_or(|p| p == path)) {
            finding.fix = value.and_then(|value| propose(&code.tree, snapshot, finding, fix, &value));
        }
    }
    attach_sources(assessment, |file| code.tree.read(file).ok().map(|id| code.tree.text(id).as_ref().to_owned()));
}

/// Whether the file is a snapshot by its name or its first bytes. Folders are not.
fn is_snapshot(path: &Path) -> bool {
    let named = |end: &str| path.to_string_lossy().to_lowercase().ends_with(end);
    path.is_file() && (named(".jsonl") || named(".zst") || named(".ndjson"))
}

fn options(
    paths: &[PathBuf],
    args: &CodeArgs,
    settings: &CodeSettings,
    folder: &Path,
) -> Result<CodeOptions, CommandError> {
    let root = root(paths, args)?;
    let inside = |path: &Path| {
        crate::iac::relative(&root, path).map_err(|e| CommandError::new(anyhow!("{e}")).hint("--root names the root"))
    };
    let vars = args.var.iter().map(|var| {
        var.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.to_owned())).ok_or_else(|| {
            CommandError::new(anyhow!("--var {var} has no value")).hint("write it like --var environment=prod")
        })
    });
    let from_settings = settings.var_files.iter().map(|f| inside(&folder.join(f)));
    let exclude = settings.exclude.iter().chain(&args.exclude).cloned().collect();
    Ok(CodeOptions {
        var_files: from_settings.chain(args.var_file.iter().map(|f| inside(f))).collect::<Result<_, _>>()?,
        vars: vars.collect::<Result<_, _>>()?,
        parameter_files: args.parameter_files.iter().map(|f| inside(f)).collect::<Result<_, _>>()?,
        exclude,
        whole_estate: args.whole_estate || settings.whole_estate,
        root: Some(root),
        texts: BTreeMap::new(),
        compiled: Compiled::new(),
    })
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// How many lines of one kind are printed.
const SHOWN: usize = 10;

/// Says what was read, passed over and not understood.
fn summarise(code: &Code) {
    let resources: usize = code.roots.iter().map(|r| r.resources).sum();
    say(&format!("read {} files: {resources} resources of {} roots", code.files, code.roots.len()));
    let lines = |items: Vec<String>| {
        for item in items.iter().take(SHOWN) {
            say(item);
        }
        if items.len() > SHOWN {
            say(&format!("  and {} more", items.len() - SHOWN));
        }
    };
    let row = |r: &crate::iac::Root| format!("  {}: {} ({} resources)", r.language, r.name, r.resources);
    lines(code.roots.iter().map(row).collect());
    lines(code.skipped.iter().map(|s| format!("  passed over {}: {}", s.name, s.why)).collect());
}

/// What the reader of a report must know about how the code was read.
pub(super) fn notices(code: &Code) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    let mut note = |level, text| notices.push(Notice { level, text });
    let rows: Vec<String> = code.roots.iter().map(|r| format!("{} {}: {}", r.language, r.name, r.resources)).collect();
    note(NoticeLevel::Note, format!("code read, with resources by root: {}", rows.join("; ")));
    for skipped in &code.skipped {
        note(NoticeLevel::Note, format!("{} was passed over: {}", skipped.name, skipped.why));
    }
    if !code.unmapped.is_empty() {
        let rows: Vec<String> = code.unmapped.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        note(NoticeLevel::Note, format!("no policy can judge these resource types yet: {}", rows.join(", ")));
    }
    for remark in &code.remarks {
        note(NoticeLevel::Note, remark.clone());
    }
    notices
}
