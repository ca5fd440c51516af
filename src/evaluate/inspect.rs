//! Static checks of Rego: what the virtual machine cannot run, what makes runs differ, what reads undeclared facts.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Source;
use regorus::unstable::{Expr, Literal, LiteralStmt, Module, Parser, Query, Rule, RuleHead};

use crate::evaluate::engine::{RULES, one_line};
use crate::evaluate::graph::Graph;
use crate::model::{Policy, PolicySet, Read, ReadRoot, RegoFile};

/// The deepest nesting of brackets in Rego. The parser takes time that doubles with every level of nested literals.
pub const MAX_REGO_DEPTH: usize = 12;

/// Something wrong in a Rego file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegoProblem {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong and what to do.
    pub what: String,
}

impl std::fmt::Display for RegoProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Built-in functions that policies may call: their result depends on their arguments alone, and its size on the size
/// of the arguments.
const BUILTINS: &[&str] = &[
    "abs",
    "array.concat",
    "array.reverse",
    "array.slice",
    "base64.decode",
    "base64.encode",
    "base64.is_valid",
    "base64url.decode",
    "base64url.encode",
    "bits.and",
    "bits.negate",
    "bits.or",
    "bits.xor",
    "ceil",
    "concat",
    "contains",
    "count",
    "endswith",
    "floor",
    "format_int",
    "glob.match",
    "hex.decode",
    "hex.encode",
    "indexof",
    "intersection",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "json.is_valid",
    "json.marshal",
    "json.unmarshal",
    "lower",
    "max",
    "min",
    "net.cidr_contains",
    "net.cidr_is_valid",
    "object.filter",
    "object.get",
    "object.keys",
    "object.remove",
    "object.subset",
    "object.union",
    "product",
    "regex.find_n",
    "regex.is_valid",
    "regex.match",
    "regex.split",
    "replace",
    "round",
    "semver.compare",
    "semver.is_valid",
    "sort",
    "split",
    "sprintf",
    "startswith",
    "strings.any_prefix_match",
    "strings.any_suffix_match",
    "strings.count",
    "strings.reverse",
    "substring",
    "sum",
    "time.add_date",
    "time.clock",
    "time.date",
    "time.diff",
    "time.parse_duration_ns",
    "time.parse_rfc3339_ns",
    "time.weekday",
    "to_number",
    "trim",
    "trim_left",
    "trim_prefix",
    "trim_right",
    "trim_space",
    "trim_suffix",
    "type_name",
    "union",
    "units.parse",
    "units.parse_bytes",
    "upper",
];

/// Why some built-ins are refused.
const REFUSED: &[(&str, &str)] = &[
    ("walk", "the virtual machine cannot run walk; name the paths"),
    ("print", "the virtual machine cannot run print; use a test"),
    ("http.send", "a policy reads nothing but its input"),
    ("opa.runtime", "a policy reads nothing but its input"),
    ("time.now_ns", "the result would differ between runs; declare the read context.at"),
    ("rand.intn", "the result would differ between runs"),
    ("uuid.rfc4122", "the result would differ between runs"),
    ("numbers.range", "its result can be larger than memory, and no limit interrupts it"),
    ("numbers.range_step", "its result can be larger than memory, and no limit interrupts it"),
    ("net.cidr_expand", "its result can be larger than memory, and no limit interrupts it"),
    ("bits.lsh", "no limit interrupts it"),
    ("bits.rsh", "no limit interrupts it"),
];

/// Checks all policies and libraries of a set.
///
/// What this accepts compiles for the virtual machine, does not recurse and reads nothing undeclared.
pub fn inspect(set: &PolicySet) -> Vec<RegoProblem> {
    let mut problems = Vec::new();
    let mut graph = Graph::default();
    for file in &set.libraries {
        let Some(module) = parse(file, &mut problems) else { continue };
        let mut check = Check::new(file, &module, None);
        check.module(&module);
        graph.add(&file.path, &check.edges);
        problems.extend(check.problems);
    }
    for policy in set.policies.values() {
        let Some(module) = parse(&policy.rego, &mut problems) else { continue };
        let mut check = Check::new(&policy.rego, &module, Some(policy));
        check.module(&module);
        check.unused(policy);
        graph.add(&policy.rego.path, &check.edges);
        problems.extend(check.problems);
    }
    for file in set.library_tests.iter().chain(set.policies.values().filter_map(|p| p.tests.as_ref())) {
        parse(file, &mut problems);
    }
    problems.extend(graph.problems());
    problems.sort();
    problems.dedup();
    problems
}

/// Parses a file, after a guard against nesting that the parser cannot take.
pub(crate) fn parse(file: &RegoFile, problems: &mut Vec<RegoProblem>) -> Option<Module> {
    let wrong = |line: u32, what: String| RegoProblem { path: file.path.clone(), line, what };
    if let Some(line) = too_deep(&file.text) {
        problems.push(wrong(
            line,
            format!(
                "brackets are nested deeper than {MAX_REGO_DEPTH} levels; split the rule, or move data to data.json"
            ),
        ));
        return None;
    }
    let parsed = Source::from_contents(file.path.clone(), file.text.clone().into_owned()).and_then(|source| {
        let mut parser = Parser::new(&source)?;
        parser.enable_rego_v1()?;
        parser.parse()
    });
    match parsed {
        Ok(module) => Some(module),
        Err(error) => {
            let text = error.to_string();
            let line = text.split(&format!("{}:", file.path)).nth(1).and_then(|r| r.split(':').next()?.parse().ok());
            let what = text.lines().rev().find(|l| l.contains("error:")).map_or_else(|| one_line(&text), one_line);
            problems.push(wrong(line.unwrap_or(1), what));
            None
        }
    }
}

/// The line on which brackets are nested too deep. Strings, raw strings and comments do not count.
fn too_deep(text: &str) -> Option<u32> {
    let (mut depth, mut line) = (0usize, 1u32);
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '\n' => line += 1,
            '#' if letters.by_ref().any(|c| c == '\n') => line += 1,
            '#' => {}
            '"' => {
                while let Some(c) = letters.next() {
                    match c {
                        '\\' => drop(letters.next()),
                        '"' | '\n' => break,
                        _ => {}
                    }
                }
            }
            '`' => {
                let inside = letters.by_ref().take_while(|c| *c != '`').filter(|c| *c == '\n').count();
                line += u32::try_from(inside).unwrap_or(0);
            }
            '[' | '{' | '(' => {
                depth += 1;
                if depth > MAX_REGO_DEPTH {
                    return Some(line);
                }
            }
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// One word of a reference; `None` where it is computed.
type Word = Option<String>;

struct Check<'a> {
    file: &'a RegoFile,
    policy: Option<&'a Policy>,
    package: String,
    /// Alias → path of an import.
    imports: BTreeMap<String, String>,
    /// Names of the rules of the module.
    rules: BTreeSet<String>,
    /// The rule at hand.
    rule: String,
    /// Rule → rules that it uses, with the line.
    edges: Vec<(String, String, u32)>,
    /// Reads that some reference touches.
    used: BTreeSet<usize>,
    parameters: BTreeSet<String>,
    problems: Vec<RegoProblem>,
}

impl<'a> Check<'a> {
    fn new(file: &'a RegoFile, module: &Module, policy: Option<&'a Policy>) -> Self {
        let mut imports = BTreeMap::new();
        for import in &module.imports {
            if let Some(path) = path_of(&import.refr) {
                let alias = import.r#as.as_ref().map(|s| s.text().to_owned()).or_else(|| path.last().cloned());
                if let Some(alias) = alias {
                    imports.insert(alias, path.join("."));
                }
            }
        }
        let rules = module.policy.iter().filter_map(|r| rule_name(r)).collect();
        Self {
            file,
            policy,
            package: path_of(&module.package.refr).unwrap_or_default().join("."),
            imports,
            rules,
            rule: String::new(),
            edges: Vec::new(),
            used: BTreeSet::new(),
            parameters: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, line: u32, what: impl Into<String>) {
        self.problems.push(RegoProblem { path: self.file.path.clone(), line, what: what.into() });
    }

    fn module(&mut self, module: &Module) {
        for import in &module.imports {
            let path = path_of(&import.refr).unwrap_or_default();
            let text: Vec<&str> = path.iter().map(String::as_str).collect();
            if !matches!(text.as_slice(), ["data", "lib", _, ..]) {
                self.problem(import.span.line, "only libraries are imported: import data.lib.<name>");
            }
        }
        for rule in &module.policy {
            self.rule = rule_name(rule).unwrap_or_default();
            match rule.as_ref() {
                Rule::Spec { head, bodies, span } => {
                    self.head(head, span.line);
                    for body in bodies {
                        if let Some(assign) = &body.assign {
                            self.expr(&assign.value);
                        }
                        self.query(&body.query);
                    }
                }
                Rule::Default { value, .. } => self.expr(value),
            }
        }
        if let Some(policy) = self.policy
            && !self.rules.contains("deny")
        {
            self.problem(1, format!("{} has no rule deny, so it can never fail", policy.meta.id));
        }
    }

    fn head(&mut self, head: &RuleHead, line: u32) {
        let contract = RULES.contains(&self.rule.as_str()) && self.policy.is_some();
        match head {
            RuleHead::Compr { assign, .. } => {
                if contract {
                    self.problem(line, format!("{0} must be a set: {0} contains … if {{…}}", self.rule));
                }
                if let Some(assign) = assign {
                    self.expr(&assign.value);
                }
            }
            RuleHead::Set { key, .. } => {
                if let Some(key) = key {
                    self.expr(key);
                }
            }
            RuleHead::Func { args, assign, .. } => {
                if contract {
                    self.problem(line, format!("{} must be a set, not a function", self.rule));
                }
                args.iter().for_each(|a| self.expr(a));
                if let Some(assign) = assign {
                    self.expr(&assign.value);
                }
            }
        }
    }

    fn query(&mut self, query: &Query) {
        query.stmts.iter().for_each(|s| self.statement(s));
    }

    fn statement(&mut self, statement: &LiteralStmt) {
        if let Some(with) = statement.with_mods.first() {
            self.problem(with.span.line, "the virtual machine cannot run with; it belongs in tests");
        }
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection, .. } => {
                if let Some(key) = key {
                    self.expr(key);
                }
                self.expr(value);
                self.expr(collection);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => self.expr(expr),
            Literal::Every { domain, query, .. } => {
                self.expr(domain);
                self.query(query);
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. } => {}
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => self.reference(expr),
            Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|i| self.expr(i)),
            Expr::Object { fields, .. } => fields.iter().for_each(|(_, key, value)| {
                self.expr(key);
                self.expr(value);
            }),
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.expr(term);
                self.query(query);
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                self.expr(key);
                self.expr(value);
                self.query(query);
            }
            Expr::Call { fcn, params, span, .. } => {
                self.call(fcn, span.line);
                params.iter().for_each(|p| self.expr(p));
            }
            Expr::UnaryExpr { expr, .. } => self.expr(expr),
            Expr::BinExpr { lhs, rhs, .. }
            | Expr::BoolExpr { lhs, rhs, .. }
            | Expr::ArithExpr { lhs, rhs, .. }
            | Expr::AssignExpr { lhs, rhs, .. } => {
                self.expr(lhs);
                self.expr(rhs);
            }
            Expr::Membership { key, value, collection, .. } => {
                if let Some(key) = key {
                    self.expr(key);
                }
                self.expr(value);
                self.expr(collection);
            }
        }
    }

    fn call(&mut self, function: &Expr, line: u32) {
        let Some(path) = path_of(function) else {
            self.problem(line, "the name of a function must not be computed");
            return;
        };
        let name = path.join(".");
        if self.use_rule(&path, line) {
            return;
        }
        if let Some((_, why)) = REFUSED.iter().find(|(n, _)| *n == name) {
            self.problem(line, format!("{name} is refused: {why}"));
        } else if !BUILTINS.contains(&name.as_str()) {
            self.problem(
                line,
                format!("there is no function {name} that a policy may call; docs/writing-policies.md lists them"),
            );
        }
    }

    /// Notes the use of a rule or function of this module or a library. False when the path names neither.
    fn use_rule(&mut self, path: &[String], line: u32) -> bool {
        let from = format!("{}.{}", self.package, self.rule);
        let first = path[0].as_str();
        if path.len() == 1 && self.rules.contains(first)
            || (path.len() > 1 && self.rules.contains(first) && !self.imports.contains_key(first))
        {
            self.edges.push((from, format!("{}.{first}", self.package), line));
            return true;
        }
        let full = match self.imports.get(first) {
            Some(import) => format!("{import}.{}", path[1..].join(".")),
            None if first == "data" => path.join("."),
            None => return false,
        };
        self.edges.push((from, full.trim_start_matches("data.").trim_end_matches('.').to_owned(), line));
        true
    }

    fn reference(&mut self, expr: &Expr) {
        let line = expr.span().line;
        let Some((root, words)) = words_of(expr, &mut |inner| self.expr(inner)) else { return };
        match root.as_str() {
            "input" => self.input(&words, line),
            "data" => match words.first() {
                Some(Some(first)) if first == "parameters" => match words.get(1) {
                    Some(Some(name)) => {
                        self.parameters.insert(name.clone());
                        if !self.policy.is_some_and(|p| p.meta.parameters.contains_key(name)) {
                            self.problem(line, format!("the parameter {name} is not declared in the metadata"));
                        }
                    }
                    _ => self.problem(line, "a parameter is named, not computed: data.parameters.<name>"),
                },
                Some(Some(first)) if first == "lib" && words.get(1).is_some_and(Option::is_some) => {
                    let path: Vec<String> = std::iter::once(root).chain(words.iter().map_while(Clone::clone)).collect();
                    self.use_rule(&path, line);
                }
                _ => self.problem(line, "of data, a policy may use data.lib and data.parameters.<name>"),
            },
            _ => {
                let path: Vec<String> = std::iter::once(root).chain(words.iter().map_while(Clone::clone)).collect();
                self.use_rule(&path, line);
            }
        }
    }

    fn input(&mut self, words: &[Word], line: u32) {
        let Some(policy) = self.policy else {
            self.problem(line, "a library takes arguments and does not read input");
            return;
        };
        if words.is_empty() {
            self.problem(line, "input is not used as a whole: name the read");
            return;
        }
        let mut allowed = is_identity(words, &policy.meta.reads);
        for (at, read) in policy.meta.reads.iter().enumerate() {
            if touches(words, read) {
                self.used.insert(at);
                allowed = true;
            }
        }
        if !allowed {
            let text: Vec<&str> = words.iter().map(|w| w.as_deref().unwrap_or("[…]")).collect();
            self.problem(line, format!("input.{} is not declared in reads", text.join(".")));
        }
    }

    /// Reads and parameters that no rule uses.
    fn unused(&mut self, policy: &Policy) {
        let line_of = |needle: &str| {
            let at = self.file.text.lines().position(|l| l.starts_with('#') && l.contains(needle));
            u32::try_from(at.map_or(1, |at| at + 1)).unwrap_or(1)
        };
        let mut found = Vec::new();
        for (at, read) in policy.meta.reads.iter().enumerate() {
            if !self.used.contains(&at) {
                let path = read.path.to_string();
                found.push((line_of(&path), format!("the read {path} is declared and no rule uses it")));
            }
        }
        for name in policy.meta.parameters.keys().filter(|n| !self.parameters.contains(*n)) {
            found.push((line_of(&format!("{name}:")), format!("the parameter {name} is declared and no rule uses it")));
        }
        found.into_iter().for_each(|(line, what)| self.problem(line, what));
    }
}

/// Whether a reference below `input` stays within a read, or is an object on the way to it.
fn touches(words: &[Word], read: &Read) -> bool {
    let root = match read.path.root() {
        ReadRoot::Resource => "resource",
        ReadRoot::Children => "children",
        ReadRoot::Related => "related",
        ReadRoot::Context => "context",
    };
    let path = std::iter::once(root).chain(read.path.segments().iter().map(String::as_str));
    words.iter().zip(path).all(|(word, segment)| segment == "*" || word.as_deref() == Some(segment))
}

/// `id`, `type` and `name` of the resource, of children and of related resources are always there.
fn is_identity(words: &[Word], reads: &[Read]) -> bool {
    let words: Vec<&str> = words.iter().map(|w| w.as_deref().unwrap_or("*")).collect();
    let last_is_identity = words.last().is_some_and(|w| ["id", "type", "name"].contains(w));
    match words.as_slice() {
        ["resource", _] => last_is_identity,
        ["related", name, _] => {
            last_is_identity
                && reads
                    .iter()
                    .any(|r| r.path.root() == ReadRoot::Related && r.path.segments().first().is_some_and(|s| s == name))
        }
        [root @ ("children" | "related"), collection, _, _] => {
            let root = if *root == "children" { ReadRoot::Children } else { ReadRoot::Related };
            last_is_identity
                && reads.iter().any(|r| {
                    r.path.root() == root
                        && r.path.is_wildcard()
                        && r.path.segments().first().is_some_and(|s| s == collection)
                })
        }
        _ => false,
    }
}

/// The path of a plain reference such as `data.lib.arm`, without computed parts.
fn path_of(expr: &Expr) -> Option<Vec<String>> {
    let (root, words) = words_of(expr, &mut |_| ())?;
    let mut path = vec![root];
    for word in words {
        path.push(word?);
    }
    Some(path)
}

/// The root variable of a reference and its words; computed indexes are handed to `visit`.
fn words_of(expr: &Expr, visit: &mut dyn FnMut(&Expr)) -> Option<(String, Vec<Word>)> {
    let mut words = Vec::new();
    let mut at = expr;
    loop {
        match at {
            Expr::Var { span, .. } => {
                words.reverse();
                return Some((span.text().to_owned(), words));
            }
            Expr::RefDot { refr, field, .. } => {
                words.push(Some(field.0.text().trim_matches('"').to_owned()));
                at = refr;
            }
            Expr::RefBrack { refr, index, .. } => {
                match index.as_ref() {
                    Expr::String { value, .. } | Expr::RawString { value, .. } => {
                        words.push(value.as_string().ok().map(|s| s.to_string()));
                    }
                    other => {
                        visit(other);
                        words.push(None);
                    }
                }
                at = refr;
            }
            other => {
                visit(other);
                return None;
            }
        }
    }
}

fn rule_name(rule: &Rule) -> Option<String> {
    let refr = match rule {
        Rule::Spec {
            head: RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } | RuleHead::Func { refr, .. },
            ..
        } => refr,
        Rule::Default { refr, .. } => refr,
    };
    words_of(refr, &mut |_| ()).map(|(root, _)| root)
}
