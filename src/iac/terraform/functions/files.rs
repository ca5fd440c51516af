//! Files below the root, and their names. What lies outside is not known.

use std::cell::Cell;
use std::sync::Arc;

use crate::iac::terraform::functions::args::{MAX_ITEMS, bool_node, object, strings, text, unknown_of};
use crate::iac::terraform::functions::{Answer, Context, encoding, glob, hash};
use crate::iac::terraform::template;
use crate::iac::{Node, Tree, TreeError};

/// The deepest folders that `fileset` looks into.
const MAX_FOLDERS_DEEP: usize = 64;

thread_local! {
    /// Whether a template is being rendered: one that renders itself would never end, so Terraform refuses the call.
    static RENDERING: Cell<bool> = const { Cell::new(false) };
}

/// What stands for a file.
enum Found {
    Text(Arc<str>),
    Unknown(Node),
}

/// The names that a path may have in the tree: Terraform reads from the folder where it runs, which is the root module's or,
/// in older code, the top.
fn names(path: &str, context: &Context<'_>) -> Result<Vec<String>, TreeError> {
    let first = Tree::join(context.root_folder, path)?;
    let mut names = vec![first];
    if let Ok(other) = Tree::join("", path)
        && !names.contains(&other)
    {
        names.push(other);
    }
    Ok(names)
}

fn outside(path: &str) -> Node {
    Node::unknown(format!("{path} lies outside the root, and nothing outside it is read"))
}

fn read(node: &Node, context: &Context<'_>) -> Result<Found, String> {
    let path = text(node)?;
    if path.starts_with('~') {
        return Ok(Found::Unknown(outside(&path)));
    }
    let Ok(names) = names(&path, context) else { return Ok(Found::Unknown(outside(&path))) };
    for name in names {
        match context.tree.read(&name) {
            Ok(file) => return Ok(Found::Text(context.tree.text(file))),
            Err(TreeError::Missing(_)) => {}
            Err(error) => return Ok(Found::Unknown(Node::unknown(error.to_string()))),
        }
    }
    Err(format!("no file exists at {path:?}"))
}

fn with_text(args: &[Node], context: &Context<'_>, make: fn(&str) -> Node) -> Answer {
    Ok(match read(&args[0], context)? {
        Found::Text(text) => make(&text),
        Found::Unknown(node) => node,
    })
}

pub(super) fn file(args: &[Node], context: &Context<'_>) -> Answer {
    with_text(args, context, |text| Node::string(text))
}

pub(super) fn filebase64(args: &[Node], context: &Context<'_>) -> Answer {
    with_text(args, context, |text| Node::string(encoding::base64(text.as_bytes())))
}

pub(super) fn filesha256(args: &[Node], context: &Context<'_>) -> Answer {
    with_text(args, context, hash::sha256_of)
}

pub(super) fn filesha512(args: &[Node], context: &Context<'_>) -> Answer {
    with_text(args, context, hash::sha512_of)
}

pub(super) fn filebase64sha256(args: &[Node], context: &Context<'_>) -> Answer {
    with_text(args, context, hash::base64sha256_of)
}

pub(super) fn filebase64sha512(args: &[Node], context: &Context<'_>) -> Answer {
    with_text(args, context, hash::base64sha512_of)
}

pub(super) fn fileexists(args: &[Node], context: &Context<'_>) -> Answer {
    let path = text(&args[0])?;
    if path.starts_with('~') {
        return Ok(outside(&path));
    }
    Ok(match names(&path, context) {
        Ok(names) => bool_node(names.iter().any(|n| context.tree.has_file(n))),
        Err(_) => outside(&path),
    })
}

pub(super) fn fileset(args: &[Node], context: &Context<'_>) -> Answer {
    let (path, pattern) = (text(&args[0])?, text(&args[1])?);
    let Ok(names) = names(&path, context) else { return Ok(outside(&path)) };
    let folder = names.iter().find(|n| context.tree.has_folder(n)).unwrap_or(&names[0]);
    if pattern.split('/').any(|word| word == "..") {
        return Ok(outside(&pattern));
    }
    let matcher = glob::compile(&pattern)?;
    let deep = if pattern.contains("**") { MAX_FOLDERS_DEEP } else { pattern.matches('/').count() };
    let prefix = if folder.is_empty() { 0 } else { folder.len() + 1 };
    let (mut found, mut seen, mut level) = (Vec::new(), 0usize, vec![folder.clone()]);
    for _ in 0..=deep {
        let mut next = Vec::new();
        for folder in &level {
            let files = context.tree.files_in(folder);
            let folders = context.tree.folders_in(folder);
            seen += files.len() + folders.len();
            if seen > MAX_ITEMS {
                return Err(format!("the folder is larger than {MAX_ITEMS} files"));
            }
            found.extend(
                files.into_iter().filter_map(|f| f.get(prefix..).map(str::to_owned)).filter(|f| matcher.is_match(f)),
            );
            next.extend(folders);
        }
        level = next;
    }
    found.sort();
    found.dedup();
    Ok(strings(found))
}

pub(super) fn templatefile(args: &[Node], context: &Context<'_>) -> Answer {
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown);
    }
    match read(&args[0], context)? {
        Found::Text(text) => render(&text, args, context),
        Found::Unknown(node) => Ok(node),
    }
}

pub(super) fn templatestring(args: &[Node], context: &Context<'_>) -> Answer {
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown);
    }
    render(&text(&args[0])?, args, context)
}

fn render(text: &str, args: &[Node], context: &Context<'_>) -> Answer {
    let vars = object(&args[1])?;
    if RENDERING.replace(true) {
        return Err("a template cannot render another template".to_owned());
    }
    let rendered = template::render_template(text, vars, context);
    RENDERING.set(false);
    Ok(rendered?.marked(args.iter().any(|a| a.sensitive)))
}

pub(super) fn pathexpand(args: &[Node], _: &Context<'_>) -> Answer {
    let path = text(&args[0])?;
    if path.starts_with('~') {
        return Ok(Node::unknown("pathexpand() depends on the machine"));
    }
    Ok(Node::string(path))
}

pub(super) fn basename(args: &[Node], _: &Context<'_>) -> Answer {
    let path = text(&args[0])?;
    if path.is_empty() {
        return Ok(Node::string("."));
    }
    let trimmed = path.trim_end_matches('/');
    Ok(Node::string(match trimmed.rsplit('/').next() {
        Some("") | None => "/",
        Some(name) => name,
    }))
}

pub(super) fn dirname(args: &[Node], _: &Context<'_>) -> Answer {
    let path = text(&args[0])?;
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    Ok(Node::string(clean(folder)))
}

/// A path without empty words, `.` and, where it can be told, `..`.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut words: Vec<&str> = Vec::new();
    for word in path.split('/') {
        match word {
            "" | "." => {}
            ".." if words.last().is_some_and(|w| *w != "..") => {
                words.pop();
            }
            ".." if rooted => {}
            word => words.push(word),
        }
    }
    match (rooted, words.is_empty()) {
        (true, _) => format!("/{}", words.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => words.join("/"),
    }
}
