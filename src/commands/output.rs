//! Reports to standard output and files.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use crate::cli::{OutputArgs, ReportArgs};
use crate::commands::{CommandError, Outcome, history, print, read_assessment};
use crate::model::Assessment;
use crate::report::{Beside, FORMATS, Format, Pipeline, RenderOptions, format};

/// The width of a table that goes to no terminal.
const PLAIN_WIDTH: usize = 120;

/// `assize report`.
pub(super) fn report(args: &ReportArgs) -> Outcome {
    let wanted = wanted(&args.output)?;
    let assessment = read_assessment(&args.assessment)?;
    let trend = args.history.as_ref().map(|place| history::year(place, &args.series, &assessment)).transpose()?;
    write_all(&assessment, &wanted, &args.output, Beside { trend, ..Beside::default() })
}

/// A format and the file it goes to; `None` is standard output.
pub(super) type Wanted = (&'static Format, Option<PathBuf>);

/// What the flags ask for; a table when they ask for nothing.
pub(super) fn wanted(args: &OutputArgs) -> Result<Vec<Wanted>, CommandError> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for text in &args.outputs {
        let (name, path) = text.split_once('=').map_or((text.as_str(), None), |(n, p)| (n, Some(p)));
        let names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
        let format = format(name).ok_or_else(|| {
            CommandError::new(anyhow!("there is no format {name:?}")).hint(format!("formats: {}", names.join(", ")))
        })?;
        let path = match path {
            Some("") => return Err(CommandError::new(anyhow!("--output {text}: the file name is empty"))),
            Some("-") | None => None,
            Some(path) => Some(PathBuf::from(path)),
        };
        if wanted.iter().any(|(_, p)| *p == path) {
            return Err(CommandError::new(anyhow!("--output {text}: two reports go to the same place"))
                .hint("give each its own file: --output sarif=assize.sarif"));
        }
        wanted.push((format, path));
    }
    if wanted.is_empty()
        && let Some(table) = format("table")
    {
        wanted.push((table, None));
    }
    Ok(wanted)
}

/// Writes the reports: files first, so that what standard output says of them is true.
pub(super) fn write_all(assessment: &Assessment, wanted: &[Wanted], args: &OutputArgs, beside: Beside) -> Outcome {
    let options = RenderOptions { beside, pipeline: pipeline(), ..options(args.verbose) };
    let binary = wanted.iter().find(|(format, path)| path.is_none() && format.name == "xlsx");
    if binary.is_some() && std::io::stdout().is_terminal() {
        return Err(CommandError::new(anyhow!("a workbook is nothing for a terminal")).hint("write --output xlsx=FILE"));
    }
    for (format, path) in wanted {
        if let Some(path) = path {
            let plain = RenderOptions { width: PLAIN_WIDTH, colour: false, ..options.clone() };
            write_file(path, |out| (format.render)(assessment, &plain, out).map_err(CommandError::new))?;
            super::say(&format!("wrote {} ({})", path.display(), format.name));
        }
    }
    for (format, path) in wanted {
        if path.is_none() {
            let mut bytes = Vec::new();
            (format.render)(assessment, &options, &mut bytes)?;
            print(&bytes)?;
        }
    }
    Ok(0)
}

/// Writes a file that appears whole or not at all.
pub(super) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let io = |e: std::io::Error| CommandError::new(anyhow!("cannot write {}: {e}", path.display()));
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let mut out = std::io::BufWriter::new(std::fs::File::create(&partial).map_err(io)?);
    let written =
        write(&mut out).and_then(|()| out.flush().map_err(io)).and_then(|()| out.get_ref().sync_all().map_err(io));
    drop(out);
    match written {
        Ok(()) => std::fs::rename(&partial, path).map_err(io),
        Err(error) => {
            let _ = std::fs::remove_file(&partial);
            Err(error)
        }
    }
}

/// How reports in files are laid out.
pub(super) fn plain() -> RenderOptions {
    RenderOptions { width: PLAIN_WIDTH, pipeline: pipeline(), ..RenderOptions::default() }
}

/// The pipeline of Azure DevOps that this is a step of: its predefined variables.
fn pipeline() -> Option<Pipeline> {
    let get = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let collection = get("SYSTEM_COLLECTIONURI")?;
    let organisation = url::Url::parse(&collection).ok()?.path_segments()?.find(|s| !s.is_empty())?.to_owned();
    Some(Pipeline {
        organisation,
        project: get("SYSTEM_TEAMPROJECT")?,
        definition_id: get("SYSTEM_DEFINITIONID")?,
        definition_name: get("BUILD_DEFINITIONNAME").unwrap_or_default(),
        phase_id: get("SYSTEM_PHASEID").unwrap_or_default(),
        phase_name: get("SYSTEM_PHASENAME").unwrap_or_default(),
        branch: get("BUILD_SOURCEBRANCH")?,
        build_id: get("BUILD_BUILDID")?,
    })
}

/// How the table and other sheets are laid out on standard output.
pub(super) fn options(verbose: bool) -> RenderOptions {
    let terminal = std::io::stdout().is_terminal();
    let width = if terminal { terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)) } else { None };
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    RenderOptions {
        width: width.unwrap_or(PLAIN_WIDTH),
        colour: terminal && !set("NO_COLOR") && !set("CI"),
        verbose,
        ..RenderOptions::default()
    }
}

/// The text with everything that could steer a terminal made visible.
pub(super) fn printable(text: &str) -> String {
    crate::report::sanitise(text)
}
