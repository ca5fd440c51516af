//! The `# METADATA` block of a policy, parsed strictly: unknown keys are errors.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

use crate::model::{
    CodeFix, FactType, MAX_YAML_DEPTH, Parameter, ParameterKind, PolicyId, PolicyMeta, Read, ReadPath, ReadRoot,
    Relation, Remediation, ResourceType, Severity, Shape, yaml_depth,
};
use crate::policy::{Problem, check_value};

/// The longest block of metadata that is read, in bytes.
const MAX_METADATA_BYTES: usize = 64 << 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    title: String,
    description: String,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    related_resources: Vec<Link>,
    custom: Custom,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default, rename = "description")]
    _description: Option<String>,
}

/// One type, or a list of types.
struct Types(Vec<String>);

impl<'de> Deserialize<'de> for Types {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "resource must be an ARM type or a list of ARM types")]
        enum Form {
            One(String),
            Several(Vec<String>),
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::One(one) => Self(vec![one]),
            Form::Several(several) => Self(several),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Custom {
    check: String,
    severity: Severity,
    resource: Types,
    reads: Vec<RawRead>,
    #[serde(default)]
    parameters: BTreeMap<String, RawParameter>,
    controls: BTreeMap<String, String>,
    remediation: Remediation,
    #[serde(default)]
    fix: Option<RawFix>,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFix {
    path: String,
    value: Option<serde_json::Value>,
    parameter: Option<String>,
}

struct RawRead {
    path: String,
    kind: Option<FactType>,
    absent: Option<String>,
    in_part: Option<String>,
}

impl<'de> Deserialize<'de> for RawRead {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = RawRead;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a read path, or {path, type, absent, in_part}")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<RawRead, E> {
                Ok(RawRead { path: text.to_owned(), kind: None, absent: None, in_part: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawRead, A::Error> {
                let (mut path, mut kind, mut absent, mut in_part) = (None, None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "path" => path = Some(map.next_value()?),
                        "type" => kind = Some(map.next_value()?),
                        "absent" => absent = Some(map.next_value()?),
                        "in_part" => in_part = Some(map.next_value()?),
                        other => return Err(de::Error::unknown_field(other, &["path", "type", "absent", "in_part"])),
                    }
                }
                let path = path.ok_or_else(|| de::Error::missing_field("path"))?;
                Ok(RawRead { path, kind, absent, in_part })
            }
        }
        deserializer.deserialize_any(Reads)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParameter {
    #[serde(rename = "type")]
    kind: String,
    default: serde_json::Value,
    min: Option<i64>,
    max: Option<i64>,
    allowed: Option<Vec<String>>,
    pattern: Option<String>,
    meaning: String,
}

impl RawParameter {
    fn into_parameter(self) -> Result<Parameter, String> {
        let bad_default = || format!("the default {} is not of type {}", self.default, self.kind);
        let unused = |given: bool, key: &str| {
            if given { Err(format!("{key} means nothing for type {}", self.kind)) } else { Ok(()) }
        };
        let kind = match self.kind.as_str() {
            "integer" => {
                unused(self.allowed.is_some(), "allowed")?;
                unused(self.pattern.is_some(), "pattern")?;
                let (Some(min), Some(max)) = (self.min, self.max) else {
                    return Err(
                        "an integer needs min and max: a threshold without bounds can be set to nothing".to_owned()
                    );
                };
                if min > max {
                    return Err(format!("min {min} is greater than max {max}"));
                }
                ParameterKind::Integer { default: self.default.as_i64().ok_or_else(bad_default)?, min, max }
            }
            "string" | "list" | "boolean" => {
                unused(self.min.is_some(), "min")?;
                unused(self.max.is_some(), "max")?;
                match self.kind.as_str() {
                    "boolean" => {
                        unused(self.allowed.is_some(), "allowed")?;
                        unused(self.pattern.is_some(), "pattern")?;
                        ParameterKind::Boolean { default: self.default.as_bool().ok_or_else(bad_default)? }
                    }
                    "string" => {
                        unused(self.pattern.is_some(), "pattern")?;
                        let allowed = self.allowed.clone().filter(|a| !a.is_empty()).ok_or("a string needs allowed")?;
                        ParameterKind::String {
                            default: self.default.as_str().ok_or_else(bad_default)?.to_owned(),
                            allowed,
                        }
                    }
                    _ => {
                        if self.allowed.is_some() == self.pattern.is_some() {
                            return Err("a list needs either allowed or pattern".to_owned());
                        }
                        if let Some(pattern) = &self.pattern {
                            regex::Regex::new(pattern)
                                .map_err(|e| format!("the pattern is no regular expression: {e}"))?;
                        }
                        let default = serde_json::from_value(self.default.clone()).map_err(|_| bad_default())?;
                        ParameterKind::List { default, allowed: self.allowed.clone(), pattern: self.pattern.clone() }
                    }
                }
            }
            other => return Err(format!("the type is {other:?}; it must be integer, string, boolean or list")),
        };
        if self.meaning.trim().is_empty() {
            return Err("meaning is empty".to_owned());
        }
        let parameter = Parameter { kind, meaning: self.meaning };
        check_value(&parameter, &parameter.default_value()).map_err(|e| format!("the default {e}"))?;
        Ok(parameter)
    }
}

/// Parses the metadata of a policy: the block above `package`, which must be `id`.
///
/// # Errors
/// Every problem found, with file and line.
pub fn parse_metadata(path: &str, text: &str, id: &PolicyId) -> Result<PolicyMeta, Vec<Problem>> {
    let one = |line: usize, what: String| vec![Problem::new(path, line, what)];
    let lines: Vec<&str> = text.lines().collect();
    let package_at = lines
        .iter()
        .position(|l| l.strip_prefix("package").is_some_and(|rest| rest.starts_with([' ', '\t'])))
        .ok_or_else(|| one(1, "there is no package".to_owned()))?;
    let package = lines[package_at]["package".len()..].split('#').next().unwrap_or("").trim();
    if package != id.as_str() {
        return Err(one(
            package_at + 1,
            format!("the package is {package}, the folder says {id}: they must be the same"),
        ));
    }
    let marker = lines[..package_at]
        .iter()
        .position(|l| l.trim_end() == "# METADATA")
        .ok_or_else(|| one(package_at + 1, "there is no # METADATA block above the package".to_owned()))?;
    let mut yaml = String::new();
    for (offset, line) in lines[marker + 1..package_at].iter().enumerate() {
        let Some(comment) = line.strip_prefix('#') else {
            if line.trim().is_empty() {
                return Err(one(
                    marker + 2 + offset,
                    "an empty line ends the # METADATA block before the package".to_owned(),
                ));
            }
            return Err(one(
                marker + 2 + offset,
                "only comments may stand between # METADATA and the package".to_owned(),
            ));
        };
        yaml.push_str(comment.strip_prefix(' ').unwrap_or(comment));
        yaml.push('\n');
    }
    // YAML ends lines at a lone carriage return, and nothing else here does.
    if yaml.contains('\r') {
        return Err(one(marker + 1, "the metadata holds a carriage return that ends no line".to_owned()));
    }
    if yaml.len() > MAX_METADATA_BYTES {
        return Err(one(marker + 1, format!("the metadata is longer than {MAX_METADATA_BYTES} bytes")));
    }
    if yaml_depth(&yaml) > MAX_YAML_DEPTH {
        return Err(one(marker + 1, format!("the metadata is nested deeper than {MAX_YAML_DEPTH} levels")));
    }
    let block: Block = yaml_serde::from_str(&yaml).map_err(|e| {
        let line = e.location().map_or(1, |l| l.line());
        one(marker + 1 + line, format!("metadata: {e}"))
    })?;
    let mut check = Checker { path, lines: &lines[marker..package_at], first: marker + 1, problems: Vec::new() };
    let meta = check.block(block, id);
    if check.problems.is_empty() { meta.ok_or_else(Vec::new) } else { Err(check.problems) }
}

/// Metadata that was turned into JSON when the program was built.
pub(super) fn prepared_metadata(json: &str, id: &PolicyId) -> Option<PolicyMeta> {
    let block: Block = serde_json::from_str(json).ok()?;
    let mut check = Checker { path: "", lines: &[], first: 0, problems: Vec::new() };
    let meta = check.block(block, id)?;
    check.problems.is_empty().then_some(meta)
}

struct Checker<'a> {
    path: &'a str,
    lines: &'a [&'a str],
    first: usize,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    /// Notes a problem at the first line of the block that holds the text.
    fn problem(&mut self, at: &str, what: impl Into<String>) {
        let line = self.lines.iter().position(|l| l.contains(at)).unwrap_or(0);
        self.problems.push(Problem::new(self.path, self.first + line, what));
    }

    fn block(&mut self, block: Block, id: &PolicyId) -> Option<PolicyMeta> {
        if block.scope.as_deref().is_some_and(|s| s != "package") {
            self.problem("scope:", "scope must be package");
        }
        let title = block.title.trim().to_owned();
        if title.is_empty() || title.ends_with('.') || title.contains('\n') {
            self.problem("title:", "title must be one line without a full stop");
        }
        if block.description.trim().len() < 20 {
            self.problem("description:", "description must say what can happen when the policy does not hold");
        }
        let custom = block.custom;
        if custom.check.trim().is_empty() {
            self.problem("check:", "check must name a check of the catalogue, like PG-TLS-001");
        }
        let resources = self.resources(&custom.resource.0);
        let reads = self.reads(custom.reads, &custom.resource.0);
        let mut parameters = BTreeMap::new();
        for (name, raw) in custom.parameters {
            if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') || name.is_empty() {
                self.problem(&name, format!("the parameter {name:?} must be made of a-z, 0-9 and _"));
            }
            match raw.into_parameter() {
                Ok(parameter) => {
                    parameters.insert(name, parameter);
                }
                Err(what) => self.problem(&format!("{name}:"), format!("the parameter {name}: {what}")),
            }
        }
        if custom.controls.is_empty() {
            self.problem("controls:", "controls is empty: a policy that serves no control has no place in a report");
        }
        for (control, reason) in &custom.controls {
            if reason.split_whitespace().count() < 3 {
                self.problem(
                    &format!("{control}:"),
                    format!("the control {control} needs a reason, a sentence of its own"),
                );
            }
        }
        let fixes = &custom.remediation;
        if fixes.az.is_none()
            && fixes.terraform.is_none()
            && fixes.bicep.is_none()
            && fixes.portal.is_none()
            && fixes.note.is_none()
        {
            self.problem("remediation:", "remediation must hold at least one of az, terraform, bicep, portal, note");
        }
        let mut links = Vec::new();
        for link in block.related_resources {
            if !link.reference.starts_with("https://") {
                self.problem(&link.reference, format!("the link {:?} must start with https://", link.reference));
            }
            links.push(link.reference);
        }
        let fix = custom.fix.and_then(|raw| self.fix(raw, &reads, &parameters));
        let mut aliases = Vec::new();
        for alias in custom.aliases {
            match PolicyId::parse(&alias) {
                Ok(alias) => aliases.push(alias),
                Err(error) => self.problem(&alias, format!("the alias {alias:?}: {error}")),
            }
        }
        Some(PolicyMeta {
            id: id.clone(),
            check: custom.check,
            title,
            description: block.description.trim().to_owned(),
            severity: custom.severity,
            resources,
            reads,
            parameters,
            controls: custom.controls,
            remediation: custom.remediation,
            fix,
            links,
            crosswalks: BTreeMap::new(),
            aliases,
        })
    }

    fn fix(&mut self, raw: RawFix, reads: &[Read], parameters: &BTreeMap<String, Parameter>) -> Option<CodeFix> {
        let Some(read) = reads.iter().find(|r| r.path.to_string() == raw.path) else {
            self.problem("fix:", format!("fix.path {:?} is none of the reads", raw.path));
            return None;
        };
        match (&raw.value, &raw.parameter) {
            (Some(value), None) if read.kind.is_none_or(|kind| kind.admits(value)) => {}
            (Some(value), None) => self.problem("fix:", format!("fix.value {value} has not the type of the read")),
            (None, Some(name)) if parameters.contains_key(name) => {}
            (None, Some(name)) => self.problem("fix:", format!("fix.parameter {name:?} is no parameter of the policy")),
            _ => self.problem("fix:", "fix needs either value or parameter"),
        }
        Some(CodeFix { path: read.path.clone(), value: raw.value, parameter: raw.parameter })
    }

    fn resources(&mut self, raw: &[String]) -> Vec<ResourceType> {
        if raw.is_empty() {
            self.problem("resource:", "resource is an empty list: name at least one ARM type");
        }
        let mut types: Vec<ResourceType> = Vec::with_capacity(raw.len());
        for text in raw {
            let words: Vec<&str> = text.split('/').collect();
            if words.len() < 2 || words.iter().any(|w| w.is_empty()) || !words[0].contains('.') {
                self.problem(text, "resource must be an ARM type like Microsoft.KeyVault/vaults, or a list of them");
            }
            let kind = ResourceType::new(text);
            if types.contains(&kind) {
                self.problem(text, format!("the type {text} is named twice"));
            }
            types.push(kind);
        }
        types
    }

    /// Notes what is wrong with a read of a relation.
    fn relation(&mut self, text: &str, path: &ReadPath, resource: &str) {
        let name = &path.segments()[0];
        let Some(relation) = Relation::find(name, resource) else {
            let what = format!("there is no relation {name:?} from {resource}; see docs/writing-policies.md");
            return self.problem(text, what);
        };
        let whole = path.segments().len() == 1;
        match relation.shape() {
            Shape::Summary if !whole => {
                self.problem(text, format!("{name} is a summary and is read whole: related.{name}"));
            }
            Shape::Many if !path.is_wildcard() => {
                let what = format!("{name} leads to many resources: related.{name}.* or related.{name}.*.properties.x");
                self.problem(text, what);
            }
            Shape::One if path.is_wildcard() => {
                self.problem(text, format!("{name} leads to one resource: related.{name}.properties.x"));
            }
            _ => {}
        }
    }

    fn reads(&mut self, raw: Vec<RawRead>, resources: &[String]) -> Vec<Read> {
        if raw.is_empty() {
            self.problem("reads:", "reads is empty: a verdict that depends on nothing says nothing");
        }
        let mut reads: Vec<Read> = Vec::new();
        for read in raw {
            let path = match ReadPath::parse(&read.path) {
                Ok(path) => path,
                Err(error) => {
                    self.problem(&read.path, error.to_string());
                    continue;
                }
            };
            if path.root() == ReadRoot::Related {
                resources.iter().for_each(|resource| self.relation(&read.path, &path, resource));
            }
            if path.root() == ReadRoot::Context
                && !path
                    .segments()
                    .first()
                    .is_some_and(|f| f == "at" || crate::model::CONTEXT_FIELDS.contains(&f.as_str()))
            {
                self.problem(
                    &read.path,
                    format!(
                        "there is no context field of that name; there are at, {}",
                        crate::model::CONTEXT_FIELDS.join(", ")
                    ),
                );
            }
            if read.absent.as_ref().is_some_and(|a| a.trim().len() < 3) {
                self.problem(&read.path, "absent must say what absence means");
            }
            let many = path.root() == ReadRoot::Related && path.is_wildcard();
            if read.in_part.as_ref().is_some_and(|text| !many || text.trim().len() < 3) {
                self.problem(
                    &read.path,
                    "in_part belongs to a relation to many and must say why a part of them proves a fail",
                );
            }
            if let Some(other) = reads.iter().find(|r| r.path.overlaps(&path)) {
                self.problem(
                    &read.path,
                    format!("the read overlaps with {}; declare the facts themselves", other.path),
                );
            }
            let made = path.root() == ReadRoot::Context
                || (path.root() == ReadRoot::Related && path.segments().len() == 1)
                || (path.is_wildcard() && path.segments().len() == 2);
            if read.kind.is_none() && !made {
                self.problem(
                    &read.path,
                    format!("the read {path} needs a type: string, integer, number, boolean, array or object; a fact of another type is then unknown"),
                );
            }
            reads.push(Read { path, kind: read.kind, absent: read.absent, in_part: read.in_part });
        }
        reads
    }
}
