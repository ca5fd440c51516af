//! The evaluator: files → declarations.

mod access;
mod call;
mod expr;
mod inline;
mod limits;
mod load;
mod module;
mod name;
mod params;
mod place;
mod resource;
mod scope;
mod source;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::bicep::ast::{Program, StatementKind, SyntaxError};
use crate::iac::bicep::eval::module::Calls;
use crate::iac::bicep::eval::place::Place;
use crate::iac::bicep::eval::resource::Instances;
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::source::{Source, Symbol};
use crate::iac::bicep::parse::parse;
use crate::iac::bicep::{Options, is_bicepparam};
use crate::iac::{Call, Ids, Missing, Node, Reading, Remark, Span, Tree, TreeError};
use crate::model::GapReason;

/// How many syntax errors of one file are told.
const TOLD_ERRORS: usize = 5;

/// How much of what is missing is told.
const TOLD: usize = 2000;

/// All that one reading shares.
pub(super) struct World<'a> {
    tree: &'a Tree,
    ids: RefCell<&'a mut Ids>,
    reading: RefCell<&'a mut Reading>,
    sources: RefCell<BTreeMap<String, Option<Rc<Source>>>>,
    libraries: RefCell<BTreeMap<String, Rc<Frame>>>,
    entry: String,
    left: Cell<u64>,
    depth: Cell<u32>,
    spent: Cell<bool>,
    secrets: Cell<bool>,
    declared: Cell<u64>,
    /// What was told as missing.
    told: RefCell<BTreeSet<(String, Option<Span>, String)>>,
}

/// One evaluation of a file: of an entry point, of a module call, or of a file that others import from.
pub(super) struct Frame {
    source: Rc<Source>,
    /// The values that the caller or a parameter file gives.
    given: BTreeMap<Arc<str>, Node>,
    /// Why the caller may give more.
    given_open: Option<Arc<str>>,
    values: RefCell<BTreeMap<Arc<str>, Slot>>,
    outputs: RefCell<BTreeMap<Arc<str>, Slot>>,
    /// Variables that could stand for a resource or module and do not.
    plain: RefCell<BTreeSet<Arc<str>>>,
    instances: RefCell<BTreeMap<(usize, usize), Rc<Instances>>>,
    calls: RefCell<BTreeMap<usize, Rc<Calls>>>,
    place: Place,
    chain: Vec<Call>,
    /// What stands before symbolic names in addresses: `db.`.
    prefix: String,
    /// The files on the way here, this one last.
    files: Vec<String>,
}

/// The values that a caller or a parameter file gives.
#[derive(Default)]
struct Given {
    values: BTreeMap<Arc<str>, Node>,
    /// Why there may be more.
    open: Option<Arc<str>>,
}

/// The way from the entry point to a file.
#[derive(Default)]
struct Way {
    chain: Vec<Call>,
    prefix: String,
    files: Vec<String>,
}

#[derive(Debug, Clone)]
enum Slot {
    Busy,
    Done(Node),
}

/// Reads an entry point with what it calls.
pub(super) fn read(tree: &Tree, name: &str, options: &Options, ids: &mut Ids, reading: &mut Reading) {
    let world = World::new(tree, name, ids, reading);
    let Some(source) = world.source(name) else { return };
    let place = Place::entry(Ids::subscription_of(name));
    let given = Given { values: world.parameters(name, options, &place), open: None };
    let way = Way { files: vec![name.to_owned()], ..Way::default() };
    let frame = world.frame(source, given, place, way);
    world.emit(&frame);
    frame.forget();
    world.forget();
}

/// Reads the Bicep parameter file that counts for an ARM template.
pub(super) fn parameters(
    tree: &Tree,
    template: &str,
    files: &[String],
    ids: &mut Ids,
    reading: &mut Reading,
) -> Option<BTreeMap<String, Node>> {
    let world = World::new(tree, template, ids, reading);
    let options = Options { parameter_files: files.iter().filter(|f| world.fits(f, template)).cloned().collect() };
    options.parameter_files.first().filter(|f| is_bicepparam(f))?;
    let values = world.parameters(template, &options, &Place::entry(Ids::subscription_of(template)));
    world.forget();
    Some(values.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect())
}

impl Frame {
    /// Lets go of what it has made: resources and calls hold the frame that they stand in, so none would ever be freed.
    fn forget(&self) {
        let calls = std::mem::take(&mut *self.calls.borrow_mut());
        self.instances.borrow_mut().clear();
        self.values.borrow_mut().clear();
        self.outputs.borrow_mut().clear();
        for call in calls.values().flat_map(|calls| &calls.list) {
            if let Some(target) = call.called() {
                target.forget();
            }
        }
    }
}

impl<'a> World<'a> {
    fn new(tree: &'a Tree, entry: &str, ids: &'a mut Ids, reading: &'a mut Reading) -> Self {
        Self {
            tree,
            ids: RefCell::new(ids),
            reading: RefCell::new(reading),
            sources: RefCell::default(),
            libraries: RefCell::default(),
            entry: entry.to_owned(),
            left: Cell::new(limits::STEPS),
            depth: Cell::new(0),
            spent: Cell::new(false),
            secrets: Cell::new(false),
            declared: Cell::new(0),
            told: RefCell::default(),
        }
    }

    /// Lets go of the files that others import from.
    fn forget(&self) {
        let libraries = std::mem::take(&mut *self.libraries.borrow_mut());
        libraries.into_values().for_each(|library| library.forget());
    }

    /// The file of that name, read once. What is wrong with it is told once.
    fn source(&self, name: &str) -> Option<Rc<Source>> {
        if let Some(known) = self.sources.borrow().get(name) {
            return known.clone();
        }
        let source = match self.tree.read(name) {
            Ok(file) => {
                let text = self.tree.text(file);
                let program: Program = parse(&text, file);
                self.tell_errors(name, &program.errors);
                Some(Rc::new(Source::new(Arc::from(name), text, program)))
            }
            Err(error) => {
                self.missing(name.to_owned(), None, gap_of(&error), error.to_string());
                None
            }
        };
        self.sources.borrow_mut().insert(name.to_owned(), source.clone());
        source
    }

    fn tell_errors(&self, name: &str, errors: &[SyntaxError]) {
        for error in errors.iter().take(TOLD_ERRORS) {
            let line = self.tree.range(error.at).start_line;
            let detail = format!("line {line}: {}; what stands there is not read", error.what);
            self.missing(name.to_owned(), Some(error.at), GapReason::Malformed, detail);
        }
        if let Some(error) = errors.get(TOLD_ERRORS) {
            let detail = format!("{} more syntax errors", errors.len() - TOLD_ERRORS);
            self.missing(name.to_owned(), Some(error.at), GapReason::Malformed, detail);
        }
    }

    fn missing(&self, what: String, at: Option<Span>, reason: GapReason, detail: String) {
        let mut told = self.told.borrow_mut();
        if told.len() >= TOLD || !told.insert((what.clone(), at, detail.clone())) {
            return;
        }
        let mut missing = Missing { what, at, reason, detail };
        if told.len() == TOLD {
            missing.what.clone_from(&self.entry);
            missing.detail = format!("more than {TOLD} parts of it could not be read");
        }
        self.reading.borrow_mut().missing.push(missing);
    }

    fn missed(&self, missing: Missing) {
        self.missing(missing.what, missing.at, missing.reason, missing.detail);
    }

    fn remark(&self, at: Option<Span>, text: String) {
        self.reading.borrow_mut().remarks.push(Remark { at, text });
    }

    fn frame(&self, source: Rc<Source>, given: Given, mut place: Place, way: Way) -> Rc<Frame> {
        use crate::iac::bicep::ast::ExprKind;
        for statement in &source.program.statements {
            if let StatementKind::TargetScope(value) = &statement.kind
                && let ExprKind::Str(text) = &value.kind
                && let Some(level) = Place::level_of(text)
            {
                place.level = level;
            }
        }
        self.spend(source.program.statements.len() as u64);
        Rc::new(Frame {
            source,
            given: given.values,
            given_open: given.open,
            values: RefCell::default(),
            outputs: RefCell::default(),
            plain: RefCell::default(),
            instances: RefCell::default(),
            calls: RefCell::default(),
            place,
            chain: way.chain,
            prefix: way.prefix,
            files: way.files,
        })
    }

    /// Adds all that a file declares to the reading.
    fn emit(&self, frame: &Rc<Frame>) {
        let source = Rc::clone(&frame.source);
        // In order, so that long chains of variables need no deep recursion.
        for statement in &source.program.statements {
            if let StatementKind::Var { name, .. } | StatementKind::Param { name, .. } = &statement.kind {
                self.value(frame, &name.name);
            }
        }
        for statement in &source.program.statements {
            match &statement.kind {
                StatementKind::Resource(decl) => self.emit_resource(frame, &Scope::default(), decl, None),
                StatementKind::Module(decl) => self.emit_module(frame, decl),
                _ => {}
            }
        }
    }

    /// The value of a parameter, variable or imported name. Evaluated once.
    fn value(&self, frame: &Rc<Frame>, name: &Arc<str>) -> Node {
        match frame.values.borrow().get(name) {
            Some(Slot::Done(node)) => return node.clone(),
            Some(Slot::Busy) => return Node::unknown(format!("{name} refers to itself")),
            None => {}
        }
        frame.values.borrow_mut().insert(Arc::clone(name), Slot::Busy);
        let node = self.bounded(self.fresh_value(frame, name));
        frame.values.borrow_mut().insert(Arc::clone(name), Slot::Done(node.clone()));
        node
    }

    fn fresh_value(&self, frame: &Rc<Frame>, name: &Arc<str>) -> Node {
        let source = &frame.source;
        match source.symbols.get(name) {
            Some(Symbol::Statement(at)) => match source.program.statements.get(*at).map(|s| (&s.kind, s)) {
                Some((StatementKind::Param { name, of, default }, statement)) => {
                    self.param(frame, name, of.as_ref(), default.as_ref(), statement)
                }
                Some((StatementKind::Var { value, .. }, statement)) => {
                    let mut node = self.eval(frame, &Scope::default(), value);
                    node.at = node.at.or(Some(statement.at));
                    node
                }
                _ => Node::unknown(format!("{name} has no value")),
            },
            Some(Symbol::Imported { from, there }) => match self.library(frame, from.as_deref()) {
                Ok(library) => self.value(&library, there),
                Err(reason) => Node::unknown(format!("{name} is {reason}")),
            },
            Some(Symbol::Namespace(_)) => Node::unknown(format!("{name} is a namespace")),
            None => Node::unknown(format!("{name} is not declared")),
        }
    }

    /// The file that names are imported from; else why it is not there.
    fn library(&self, frame: &Rc<Frame>, from: Option<&str>) -> Result<Rc<Frame>, String> {
        let from = from.ok_or("imported from a path that is not known")?;
        if is_registry(from) || !from.to_ascii_lowercase().ends_with(".bicep") {
            return Err(format!("imported from {from}, which is not in the tree"));
        }
        let name = Tree::join(Tree::parent(&frame.source.name), from).map_err(|e| e.to_string())?;
        if let Some(known) = self.libraries.borrow().get(&name) {
            return Ok(Rc::clone(known));
        }
        if !self.tree.has_file(&name) {
            return Err(format!("imported from {name}, which does not exist"));
        }
        let source = self.source(&name).ok_or_else(|| format!("imported from {name}, which cannot be read"))?;
        let way = Way { files: vec![name.clone()], ..Way::default() };
        let library = self.frame(source, Given::default(), frame.place.clone(), way);
        self.libraries.borrow_mut().insert(name, Rc::clone(&library));
        Ok(library)
    }

    /// An output of a file, evaluated once; `None` when it has no such output.
    fn output(&self, frame: &Rc<Frame>, name: &str) -> Option<Node> {
        let (name, at) = frame.source.outputs.get_key_value(name)?;
        match frame.outputs.borrow().get(name) {
            Some(Slot::Done(node)) => return Some(node.clone()),
            Some(Slot::Busy) => return Some(Node::unknown(format!("output {name} refers to itself"))),
            None => {}
        }
        frame.outputs.borrow_mut().insert(Arc::clone(name), Slot::Busy);
        let statement = frame.source.program.statements.get(*at)?;
        let node = match &statement.kind {
            StatementKind::Output { value, .. } => self.eval(frame, &Scope::default(), value),
            _ => return None,
        };
        let node = self.bounded(node).marked(statement.has("secure"));
        frame.outputs.borrow_mut().insert(Arc::clone(name), Slot::Done(node.clone()));
        Some(node)
    }
}

pub(in crate::iac::bicep) use module::restored;

/// Whether a module or import comes from a registry.
pub(in crate::iac::bicep) fn is_registry(path: &str) -> bool {
    ["br:", "br/", "ts:", "ts/", "oci:"].iter().any(|p| path.starts_with(p))
}

/// The kind of gap that an unreadable file leaves.
pub(in crate::iac::bicep) fn gap_of(error: &TreeError) -> GapReason {
    match error {
        TreeError::Outside(_) | TreeError::Missing(_) => GapReason::OutOfScope,
        TreeError::TooLarge(..) => GapReason::Unsupported,
        TreeError::NotText(_) => GapReason::Malformed,
        TreeError::Io(..) => GapReason::Denied,
    }
}

#[cfg(test)]
mod tests;
