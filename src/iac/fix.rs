//! Edits of code that give one property the value that a policy asks for. Text is replaced or inserted in place: comments and
//! layout stay as they are.

use std::sync::LazyLock;

use hcl_edit::Span as _;
use hcl_edit::structure::{Block, Body};
use regex::Regex;
use serde_json::Value as Json;

use crate::iac::{FileId, Span, Tree, mapping};
use crate::model::{CodeFix, Edit, Finding, Fix, Origin, ReadRoot, Resource, ResourceId, Snapshot};

/// The edit that repairs a fail, where the code has one place for it: a literal that is wrong, or a property that nobody wrote.
/// A value that comes from a variable or another expression is left alone: whoever wrote it must decide.
///
/// `wanted` is the value, taken from the policy's `fix`.
pub fn propose(tree: &Tree, snapshot: &Snapshot, finding: &Finding, fix: &CodeFix, wanted: &Json) -> Option<Fix> {
    let words = fix.path.segments();
    let (resource, path) = match fix.path.root() {
        ReadRoot::Resource => (snapshot.find(&finding.resource)?, words),
        ReadRoot::Children => {
            let (collection, name) = (words.first()?, words.get(1)?);
            let id = ResourceId::parse(&format!("{}/{collection}/{name}", finding.resource.as_str())).ok()?;
            (snapshot.find(&id)?, words.get(2..)?)
        }
        _ => return None,
    };
    let target = Target::of(tree, resource, &path.join("."))?;
    let edit = target.replaced(wanted).or_else(|| target.inserted(wanted))?;
    let description = format!("set {} to {}", path.join("."), plain(wanted));
    Some(Fix { description, changes: vec![edit] })
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// A property of a resource in code.
struct Target<'a> {
    tree: &'a Tree,
    file: FileId,
    text: std::sync::Arc<str>,
    /// Whether somebody wrote the property.
    written: Option<Span>,
    /// The objects around it that somebody wrote, the nearest first, with the words that are missing in them.
    around: Vec<(Span, Vec<String>)>,
    block: Span,
    path: String,
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Hcl,
    Bicep,
    Json,
}

impl<'a> Target<'a> {
    fn of(tree: &'a Tree, resource: &Resource, path: &str) -> Option<Self> {
        let Some(Origin::File { file, range, properties, .. }) = resource.origin().map(AsRef::as_ref) else {
            return None;
        };
        let place = properties.get(&format!("resource.{path}"));
        let name = place.and_then(|p| p.file.as_deref()).unwrap_or(file);
        let language = match name.rsplit('.').next()? {
            "tf" => Language::Hcl,
            "bicep" => Language::Bicep,
            "json" if !name.ends_with(".tf.json") => Language::Json,
            _ => return None,
        };
        let id = tree.read(name).ok()?;
        let words: Vec<&str> = path.split('.').collect();
        let around = (1..words.len())
            .rev()
            .filter_map(|n| {
                let place = properties.get(&format!("resource.{}", words[..n].join(".")))?;
                let missing = words[n..].iter().map(|w| (*w).to_owned()).collect();
                place.file.is_none().then(|| Some((tree.span(id, place.range)?, missing)))?
            })
            .collect();
        // A resource that Azure makes by itself has no block of its own to edit.
        let own = crate::iac::assemble::is_declared(resource);
        own.then_some(())?;
        Some(Self {
            tree,
            file: id,
            text: tree.text(id),
            written: place.and_then(|p| tree.span(id, p.range)),
            around,
            block: tree.span(tree.read(file).ok()?, (*range)?)?,
            path: path.to_owned(),
            language,
        })
    }

    fn edit(&self, at: std::ops::Range<usize>, insert: String) -> Edit {
        let range = self.tree.range(Span::new(self.file, at));
        Edit { file: self.tree.name(self.file).as_ref().to_owned(), range, insert }
    }

    /// A literal in place of a literal.
    fn replaced(&self, wanted: &Json) -> Option<Edit> {
        let at = self.written?;
        let text = self.text.get(at.start as usize..at.end as usize)?;
        let found = LITERAL.as_ref()?.captures(text)?;
        let literal = found.get(3)?;
        let value = match self.language {
            Language::Hcl => {
                let name = found.get(1)?.as_str();
                // An argument of azurerm may spell the value in its own way; one of azapi is ARM's.
                let known = self.hcl_block().map(|b| self.candidates(&b, wanted)).unwrap_or_default();
                match known.iter().find(|a| a.path.last().is_some_and(|last| last == name)) {
                    Some(argument) => argument.value.clone(),
                    None if self.path.ends_with(name) => wanted.clone(),
                    None => return None,
                }
            }
            _ => wanted.clone(),
        };
        let start = at.start as usize + literal.start();
        Some(self.edit(start..start + literal.len(), self.literal(&value)?))
    }

    fn literal(&self, value: &Json) -> Option<String> {
        Some(match value {
            Json::Bool(_) | Json::Number(_) => value.to_string(),
            Json::String(text) if text.chars().all(|c| c.is_ascii_alphanumeric() || " ._,:/-".contains(c)) => {
                if self.language == Language::Bicep { format!("'{text}'") } else { format!("\"{text}\"") }
            }
            _ => return None,
        })
    }

    /// A new property at the end of the nearest block around it.
    fn inserted(&self, wanted: &Json) -> Option<Edit> {
        if self.written.is_some() {
            return None;
        }
        match self.language {
            Language::Hcl => self.inserted_hcl(wanted),
            Language::Bicep => {
                let whole = (self.block, self.path.split('.').map(ToOwned::to_owned).collect());
                let (span, missing) = self.around.first().cloned().unwrap_or(whole);
                let names: Vec<&str> = missing.iter().map(String::as_str).collect();
                self.before_brace(span, &names, &self.literal(wanted)?, ": ", ": {")
            }
            Language::Json => None,
        }
    }

    /// Writes `name = value`, in new blocks where some are missing, on lines of their own before the closing brace of a span.
    fn before_brace(&self, span: Span, names: &[&str], value: &str, is: &str, opens: &str) -> Option<Edit> {
        let text = self.text.get(span.start as usize..span.end as usize)?;
        let brace = span.start as usize + text.trim_end().len().checked_sub(1)?;
        if self.text.as_bytes().get(brace) != Some(&b'}') {
            return None;
        }
        let line = self.text[..brace].rfind('\n').map_or(0, |at| at + 1);
        let indent = &self.text[line..brace];
        // A block on one line has no place for a line of its own.
        if line <= span.start as usize || !indent.chars().all(char::is_whitespace) {
            return None;
        }
        let (last, blocks) = names.split_last()?;
        let newline = if self.text[..line].ends_with("\r\n") { "\r\n" } else { "\n" };
        let mut insert = String::new();
        let mut deep = format!("{indent}  ");
        for name in blocks {
            insert += &format!("{deep}{name}{opens}{newline}");
            deep += "  ";
        }
        insert += &format!("{deep}{last}{is}{value}{newline}");
        for _ in blocks {
            deep.truncate(deep.len() - 2);
            insert += &format!("{deep}}}{newline}");
        }
        Some(self.edit(line..line, insert))
    }

    /// The resource's own block, parsed alone: a file may hold thousands.
    fn hcl_block(&self) -> Option<HclBlock> {
        let body: Body = self.text.get(self.block.start as usize..self.block.end as usize)?.parse().ok()?;
        let block = body.blocks().next().filter(|b| b.ident.as_str() == "resource")?.clone();
        let label = block.labels.first()?.as_str().to_owned();
        Some(HclBlock { tf_type: label, block })
    }

    fn candidates(&self, block: &HclBlock, wanted: &Json) -> Vec<mapping::Argument> {
        mapping::arguments(&block.tf_type, &self.path, wanted, 4)
    }

    fn inserted_hcl(&self, wanted: &Json) -> Option<Edit> {
        let found = self.hcl_block()?;
        let argument = self.candidates(&found, wanted).into_iter().next()?;
        let begin = self.block.start as usize;
        let place = |range: std::ops::Range<usize>| Span::new(self.file, range.start + begin..range.end + begin);
        let mut span = place(found.block.span()?);
        let mut body = &found.block.body;
        let mut missing: Vec<&str> = argument.path.iter().map(String::as_str).collect();
        while missing.len() > 1 {
            let is_dynamic = |b: &&Block| {
                b.ident.as_str() == "dynamic" && b.labels.first().is_some_and(|l| l.as_str() == missing[0])
            };
            // Nobody knows how many blocks a dynamic one makes.
            if body.blocks().any(|b| is_dynamic(&b)) {
                return None;
            }
            let Some(inner) = body.blocks().find(|b| b.ident.as_str() == missing[0]) else { break };
            span = place(inner.span()?);
            body = &inner.body;
            missing.remove(0);
        }
        // Written after all, as an expression or null.
        if missing.len() == 1 && body.attributes().any(|a| a.key.as_str() == missing[0]) {
            return None;
        }
        self.before_brace(span, &missing, &self.literal(&argument.value)?, " = ", " {")
    }
}

struct HclBlock {
    tf_type: String,
    block: Block,
}

/// `name = literal`, `name: literal` and `"name": literal`, and nothing else.
static LITERAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?s)^"?([A-Za-z_][\w-]*)"?\s*(=|:)\s*(true|false|-?\d+(?:\.\d+)?|"[^"\\$%\n\[]*"|'[^'\\$\n]*')\s*$"#)
        .ok()
});
