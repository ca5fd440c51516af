//! The functions of the Terraform language: values in, a value out. They know the files below the root and nothing else.
//!
//! What is not known stays so, only as far as it matters: `lookup({a = 1}, "a", var.x)` is 1 whatever `var.x` is.

mod args;
mod collections;
mod convert;
mod encoding;
mod files;
mod format;
mod glob;
mod hash;
mod ip;
mod lists;
mod number;
mod regexes;
mod sets;
mod strings;
mod time;
mod yaml;

use crate::iac::{Node, Tree, Value};

/// Where a function is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The files that may be read.
    pub tree: &'a Tree,
    /// The folder of the root module; paths in calls are relative to it, as Terraform runs there.
    pub root_folder: &'a str,
}

/// What a function answers: a value, which may be or hold unknowns, or what is wrong with the call.
type Answer = Result<Node, String>;
type Run = fn(&[Node], &Context<'_>) -> Answer;

/// How arguments are treated before the function sees them.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    /// None may be null; one unknown or sensitive value anywhere in them makes the result so.
    Strict,
    /// The function decides.
    Loose,
    /// The result depends on the time, on chance or on the machine; the text says on which.
    Never(&'static str),
}

struct Function {
    name: &'static str,
    least: usize,
    most: usize,
    rule: Rule,
    run: Run,
}

const ANY: usize = usize::MAX;
const CHANCE: &str = "differs at each run";
const MACHINE: &str = "depends on the machine";

const fn strict(name: &'static str, least: usize, most: usize, run: Run) -> Function {
    Function { name, least, most, rule: Rule::Strict, run }
}

const fn loose(name: &'static str, least: usize, most: usize, run: Run) -> Function {
    Function { name, least, most, rule: Rule::Loose, run }
}

const fn never(name: &'static str, least: usize, most: usize, why: &'static str) -> Function {
    Function { name, least, most, rule: Rule::Never(why), run: |_, _| Ok(Node::new(Value::Null)) }
}

/// Sorted by name.
const FUNCTIONS: &[Function] = &[
    strict("abs", 1, 1, number::abs),
    never("abspath", 1, 1, MACHINE),
    loose("alltrue", 1, 1, lists::alltrue),
    loose("anytrue", 1, 1, lists::anytrue),
    strict("base64decode", 1, 1, encoding::base64decode),
    strict("base64encode", 1, 1, encoding::base64encode),
    never("base64gunzip", 1, 1, "is not computed here"),
    never("base64gzip", 1, 1, "is not computed here"),
    strict("base64sha256", 1, 1, hash::base64sha256),
    strict("base64sha512", 1, 1, hash::base64sha512),
    strict("basename", 1, 1, files::basename),
    never("bcrypt", 1, 2, CHANCE),
    strict("ceil", 1, 1, number::ceil),
    strict("chomp", 1, 1, strings::chomp),
    loose("chunklist", 2, 2, lists::chunklist),
    strict("cidrcontains", 2, 2, ip::cidrcontains),
    strict("cidrhost", 2, 2, ip::cidrhost),
    strict("cidrnetmask", 1, 1, ip::cidrnetmask),
    strict("cidrsubnet", 3, 3, ip::cidrsubnet),
    strict("cidrsubnets", 1, ANY, ip::cidrsubnets),
    loose("coalesce", 1, ANY, collections::coalesce),
    loose("coalescelist", 1, ANY, lists::coalescelist),
    loose("compact", 1, 1, lists::compact),
    loose("concat", 1, ANY, lists::concat),
    loose("contains", 2, 2, lists::contains),
    strict("csvdecode", 1, 1, encoding::csvdecode),
    strict("dirname", 1, 1, files::dirname),
    loose("distinct", 1, 1, lists::distinct),
    loose("element", 2, 2, lists::element),
    strict("endswith", 2, 2, strings::endswith),
    loose("ephemeralasnull", 1, 1, convert::same),
    strict("file", 1, 1, files::file),
    strict("filebase64", 1, 1, files::filebase64),
    strict("filebase64sha256", 1, 1, files::filebase64sha256),
    strict("filebase64sha512", 1, 1, files::filebase64sha512),
    strict("fileexists", 1, 1, files::fileexists),
    never("filemd5", 1, 1, "is not computed here"),
    strict("fileset", 2, 2, files::fileset),
    never("filesha1", 1, 1, "is not computed here"),
    strict("filesha256", 1, 1, files::filesha256),
    strict("filesha512", 1, 1, files::filesha512),
    loose("flatten", 1, 1, lists::flatten),
    strict("floor", 1, 1, number::floor),
    loose("format", 1, ANY, format::format),
    strict("formatdate", 2, 2, time::formatdate),
    loose("formatlist", 1, ANY, format::formatlist),
    strict("indent", 2, 2, strings::indent),
    loose("index", 2, 2, lists::index),
    loose("issensitive", 1, 1, convert::issensitive),
    strict("join", 1, ANY, strings::join),
    strict("jsondecode", 1, 1, encoding::jsondecode),
    loose("jsonencode", 1, 1, encoding::jsonencode),
    loose("keys", 1, 1, collections::keys),
    loose("length", 1, 1, collections::length),
    loose("list", 0, ANY, lists::list_legacy),
    strict("log", 2, 2, number::log),
    loose("lookup", 2, 3, collections::lookup),
    strict("lower", 1, 1, strings::lower),
    loose("map", 0, ANY, collections::map),
    loose("matchkeys", 3, 3, lists::matchkeys),
    strict("max", 1, ANY, number::max),
    never("md5", 1, 1, "is not computed here"),
    loose("merge", 0, ANY, collections::merge),
    strict("min", 1, ANY, number::min),
    loose("nonsensitive", 1, 1, convert::nonsensitive),
    loose("one", 1, 1, lists::one),
    strict("parseint", 2, 2, number::parseint),
    strict("pathexpand", 1, 1, files::pathexpand),
    never("plantimestamp", 0, 0, CHANCE),
    strict("pow", 2, 2, number::pow),
    strict("range", 1, 3, lists::range),
    strict("regex", 2, 2, regexes::regex),
    strict("regexall", 2, 2, regexes::regexall),
    strict("replace", 3, 3, regexes::replace),
    loose("reverse", 1, 1, lists::reverse),
    never("rsadecrypt", 2, 2, "is not computed here"),
    loose("sensitive", 1, 1, convert::sensitive),
    loose("setintersection", 1, ANY, sets::setintersection),
    loose("setproduct", 2, ANY, sets::setproduct),
    loose("setsubtract", 2, 2, sets::setsubtract),
    loose("setunion", 1, ANY, sets::setunion),
    never("sha1", 1, 1, "is not computed here"),
    strict("sha256", 1, 1, hash::sha256),
    strict("sha512", 1, 1, hash::sha512),
    strict("signum", 1, 1, number::signum),
    loose("slice", 3, 3, lists::slice),
    strict("sort", 1, 1, lists::sort),
    strict("split", 2, 2, strings::split),
    strict("startswith", 2, 2, strings::startswith),
    strict("strcontains", 2, 2, strings::strcontains),
    strict("strrev", 1, 1, strings::strrev),
    strict("substr", 3, 3, strings::substr),
    strict("sum", 1, 1, number::sum),
    loose("templatefile", 2, 2, files::templatefile),
    loose("templatestring", 2, 2, files::templatestring),
    strict("textdecodebase64", 2, 2, encoding::textdecodebase64),
    strict("textencodebase64", 2, 2, encoding::textencodebase64),
    strict("timeadd", 2, 2, time::timeadd),
    strict("timecmp", 2, 2, time::timecmp),
    never("timestamp", 0, 0, CHANCE),
    strict("title", 1, 1, strings::title),
    loose("tobool", 1, 1, convert::tobool),
    loose("tolist", 1, 1, convert::tolist),
    loose("tomap", 1, 1, convert::tomap),
    loose("tonumber", 1, 1, convert::tonumber),
    loose("toset", 1, 1, convert::toset),
    loose("tostring", 1, 1, convert::tostring),
    strict("transpose", 1, 1, collections::transpose),
    strict("trim", 2, 2, strings::trim),
    strict("trimprefix", 2, 2, strings::trimprefix),
    strict("trimspace", 1, 1, strings::trimspace),
    strict("trimsuffix", 2, 2, strings::trimsuffix),
    strict("upper", 1, 1, strings::upper),
    strict("urldecode", 1, 1, encoding::urldecode),
    strict("urlencode", 1, 1, encoding::urlencode),
    never("uuid", 0, 0, CHANCE),
    never("uuidv5", 2, 2, "is not computed here"),
    loose("values", 1, 1, collections::values),
    strict("yamldecode", 1, 1, yaml::yamldecode),
    strict("yamlencode", 1, 1, yaml::yamlencode),
    loose("zipmap", 2, 2, collections::zipmap),
];

fn find(name: &str) -> Option<&'static Function> {
    let name = name.strip_prefix("core::").unwrap_or(name);
    FUNCTIONS.binary_search_by(|f| f.name.cmp(name)).ok().map(|at| &FUNCTIONS[at])
}

/// Whether there is a function of that name. `try`, `can` and `type` belong to the evaluator and are not among them.
#[cfg(test)]
pub(crate) fn is_known(name: &str) -> bool {
    name.starts_with("provider::") || find(name).is_some()
}

/// Calls a function. The result may be or hold unknowns; values that pass through keep their places and marks.
///
/// # Errors
/// What is wrong with the call, as Terraform would refuse it. The name of the function is the caller's to say.
pub(crate) fn call(name: &str, args: &[Node], context: &Context<'_>) -> Result<Node, String> {
    if name.starts_with("provider::") {
        return Ok(Node::unknown(format!("{name}() is computed by a provider")));
    }
    let Some(function) = find(name) else { return Err(format!("there is no function {name}")) };
    if args.len() < function.least || args.len() > function.most {
        return Err(arity(function, args.len()));
    }
    let mut sensitive = false;
    match function.rule {
        Rule::Loose => {}
        Rule::Never(why) => {
            sensitive = args.iter().any(|a| a.sensitive);
            return Ok(Node::unknown(format!("{}() {why}", function.name)).marked(sensitive));
        }
        Rule::Strict => {
            if let Some(at) = args.iter().position(Node::is_null) {
                return Err(format!("argument {} must not be null", at + 1));
            }
            let mut survey = args::Survey::default();
            for arg in args {
                survey.add(arg)?;
            }
            sensitive = survey.sensitive;
            if let Some(reason) = survey.unknown {
                return Ok(Node::new(Value::Unknown(reason)).marked(sensitive));
            }
        }
    }
    let answer = (function.run)(args, context)?.marked(sensitive);
    args::within_bounds(&answer)?;
    Ok(answer)
}

fn arity(function: &Function, given: usize) -> String {
    let wanted = match (function.least, function.most) {
        (least, ANY) => format!("at least {least}"),
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    format!("it takes {wanted} arguments, not {given}")
}

#[cfg(test)]
mod tests;
