//! Interim.
use std::io::Write;
use crate::model::Assessment;
/// Options.
#[derive(Debug, Clone)]
pub struct RenderOptions { /// w
 pub width: usize, /// c
 pub colour: bool, /// v
 pub verbose: bool, /// m
 pub max_rows: usize }
impl Default for RenderOptions { fn default() -> Self { Self { width: 120, colour: false, verbose: false, max_rows: 0 } } }
/// E
#[derive(Debug, thiserror::Error)]
pub enum ReportError { /// j
 #[error(transparent)] Json(#[from] serde_json::Error), /// i
 #[error(transparent)] Io(#[from] std::io::Error) }
/// F
pub struct Format { /// n
 pub name: &'static str, /// r
 pub render: fn(&Assessment, &RenderOptions, &mut dyn Write) -> Result<(), ReportError> }
/// F
pub const FORMATS: &[Format] = &[Format { name: "json", render: json }, Format { name: "table", render: table }];
/// f
pub fn format(name: &str) -> Option<&'static Format> { FORMATS.iter().find(|f| f.name == name) }
fn json(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> { serde_json::to_writer(&mut *out, a)?; out.write_all(b"\n")?; Ok(()) }
fn table(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> { for f in &a.findings { if f.verdict != crate::model::Verdict::Pass && f.verdict != crate::model::Verdict::NotApplicable { writeln!(out, "{:8} {} {} {}", f.verdict.as_str(), f.policy, f.resource, f.summary())?; } } writeln!(out, "{:?} {:?}", a.summary, a.gate)?; Ok(()) }
/// s
pub fn sanitise(text: &str) -> String { text.chars().map(|c| if c.is_control() { '?' } else { c }).collect() }
