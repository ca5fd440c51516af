//! Templates in files: a text and variables → a text; and what the language does to white space in templates.

use std::sync::Arc;

use crate::iac::terraform::ast::Part;
use crate::iac::terraform::engine::Engine;
use crate::iac::terraform::functions::Context;
use crate::iac::{Ids, Node, Object, Reading};

/// How many expressions one template may evaluate.
const MAX_STEPS: u64 = 1_000_000;

/// Renders a template, which sees nothing but its variables. Unknown when something that it needs is.
///
/// # Errors
/// The syntax error, or the error that Terraform would give.
pub(crate) fn render_template(text: &str, vars: &Object, context: &Context<'_>) -> Result<Node, String> {
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    Engine::new(context.tree, context.root_folder, &mut ids, &mut reading).limited(MAX_STEPS).text_template(text, vars)
}

/// The text with the marks that say "no template here" taken away.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("$${", "${").replace("%%{", "%{")
}

/// A text as parts, one for each line: that is how Terraform reads heredocs and files, and what strip markers are about. The
/// first and the last may be empty.
pub(super) fn lines(text: &str, strip_start: bool, strip_end: bool) -> Vec<Part> {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if let Some(first) = lines.first_mut().filter(|_| strip_start) {
        *first = first.trim_start();
    }
    if let Some(last) = lines.last_mut().filter(|_| strip_end) {
        *last = last.trim_end();
    }
    lines.into_iter().map(|line| Part::Text(Arc::from(line))).collect()
}

/// Where a walk through the parts of a heredoc stands.
struct Margin {
    at_line_start: bool,
    /// The white space before the text of all lines.
    width: usize,
}

/// Takes away the indentation that all lines share. A line counts when its beginning was not stripped, blank lines do not.
pub(super) fn dedent(parts: &mut [Part]) {
    let mut margin = Margin { at_line_start: true, width: usize::MAX };
    margin.walk(parts, &mut |margin, line| {
        let text = line.trim_start();
        if !(text.is_empty() && line.ends_with('\n')) {
            let width = line[..line.len() - text.len()].chars().count();
            margin.width = margin.width.min(width);
        }
    });
    let mut again = Margin { at_line_start: true, width: margin.width };
    again.walk(parts, &mut |margin, line| {
        let text = line.trim_start();
        if !(text.is_empty() && line.ends_with('\n')) {
            let from = line.char_indices().nth(margin.width).map_or(line.len(), |(at, _)| at);
            *line = Arc::from(&line[from..]);
        }
    });
}

impl Margin {
    /// Visits the texts at which lines begin. Anything else there begins its line without white space.
    fn walk(&mut self, parts: &mut [Part], visit: &mut dyn FnMut(&mut Self, &mut Arc<str>)) {
        for part in parts {
            if let Part::Text(text) = part {
                let ends = text.ends_with('\n');
                if std::mem::replace(&mut self.at_line_start, ends) {
                    visit(self, text);
                }
                continue;
            }
            self.mark();
            match part {
                Part::If(_, then, other) => {
                    self.walk(then, visit);
                    if !other.is_empty() {
                        self.mark();
                        self.walk(other, visit);
                    }
                    self.mark();
                }
                Part::For(f) => {
                    self.walk(&mut f.body, visit);
                    self.mark();
                }
                Part::Text(_) | Part::Value(_) => {}
            }
        }
    }

    fn mark(&mut self) {
        if std::mem::take(&mut self.at_line_start) {
            self.width = 0;
        }
    }
}

/// The parts with neighbouring texts joined and empty ones left out.
pub(super) fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    let mut text = String::new();
    for part in parts {
        let part = match part {
            Part::Text(more) => {
                text.push_str(&more);
                continue;
            }
            Part::If(condition, then, other) => Part::If(condition, self::joined(then), self::joined(other)),
            Part::For(mut f) => {
                f.body = self::joined(std::mem::take(&mut f.body));
                Part::For(f)
            }
            Part::Value(expr) => Part::Value(expr),
        };
        if !text.is_empty() {
            joined.push(Part::Text(Arc::from(std::mem::take(&mut text))));
        }
        joined.push(part);
    }
    if !text.is_empty() || joined.is_empty() {
        joined.push(Part::Text(Arc::from(text)));
    }
    joined
}
