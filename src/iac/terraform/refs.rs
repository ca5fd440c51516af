//! References → values: variables, locals, modules, resources and what the language itself gives.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::terraform::ast::{Expr, Step};
use crate::iac::terraform::engine::{Engine, Expansion, Inputs, Key, Module, NO_REPETITION, Outcome, without_places};
use crate::iac::terraform::eval::{Scope, bare};
use crate::iac::terraform::{inputs, ops};
use crate::iac::{FileId, Node, Object, Value};

/// How much of a long reference is shown.
const SHOWN: usize = 120;

/// A member of something that is there once or more: an attribute of an instance, or all of it. The second is the reason why
/// parts of it that are not there are unknown, where they are.
type Member<'a> = &'a dyn Fn(usize, Option<&Arc<str>>) -> Result<(Node, Option<String>), String>;

impl Engine<'_> {
    /// Takes steps from a value: `.a`, `[0]`, `[*].b`.
    pub(super) fn walk(&self, mut node: Node, steps: &[Step], absent: Option<&str>, scope: &Scope<'_>) -> Outcome {
        for step in steps {
            node = match step {
                Step::Attr(name) => match name.parse::<i64>() {
                    Ok(index) => ops::element(&node, &Node::new(Value::Int(index)), absent)?,
                    Err(_) => ops::attribute(&node, name, absent)?,
                },
                Step::Index(index) => {
                    let index = self.eval(index, scope)?;
                    ops::element(&node, &index, absent)?
                }
                Step::Splat(inner) => match &node.value {
                    Value::Unknown(_) => bare(node),
                    Value::Null => Node::array(Vec::new()),
                    Value::Array(items) => {
                        let items: Result<Vec<Node>, String> =
                            items.iter().map(|n| self.walk(n.clone(), inner, absent, scope)).collect();
                        Node::array(items?).marked(node.sensitive)
                    }
                    _ => Node::array(vec![self.walk(node, inner, absent, scope)?]),
                },
            };
            if !self.spend(1) {
                return Ok(Node::unknown("evaluation stopped at the limit of steps"));
            }
        }
        Ok(node)
    }

    /// The value of a name that no expression around binds, with what follows it.
    pub(super) fn reference(&self, root: &str, steps: &[Step], expr: &Expr, scope: &Scope<'_>) -> Outcome {
        let from = expr.at.map(|s| s.file);
        let Some(module) = scope.module else {
            return Err(format!("{root} is no variable of the template"));
        };
        let first = match steps.first() {
            Some(Step::Attr(name)) => Some(&**name),
            Some(Step::Index(index)) => index.literal(),
            _ => None,
        };
        match (root, first) {
            ("var", Some(name)) => {
                let node = self.variable(module, name, from);
                self.walk(node, &steps[1..], None, scope)
            }
            ("local", Some(name)) => {
                let node = self.local(module, name, from)?;
                self.walk(node, &steps[1..], None, scope)
            }
            ("module", Some(name)) => self.module_reference(module, name, from, &steps[1..], scope),
            ("data", Some(tf_type)) => match steps.get(1) {
                Some(Step::Attr(name)) => {
                    self.resource_reference(module, (true, tf_type, name), from, &steps[2..], scope)
                }
                _ => Err("a data source has a type and a name".to_owned()),
            },
            ("each", Some("key" | "value")) => {
                let Some((key, value)) = &scope.repetition.each else {
                    return Err("each is known only where for_each is set".to_owned());
                };
                let node = if first == Some("key") { key } else { value };
                self.walk(node.clone(), &steps[1..], None, scope)
            }
            ("count", Some("index")) => {
                scope.repetition.index.clone().ok_or_else(|| "count.index is known only where count is set".to_owned())
            }
            ("path", Some("module")) => Ok(Node::string(relative(&self.root, &module.source.folder))),
            ("path", Some("root")) => Ok(Node::string(".")),
            ("path", Some("cwd")) => Ok(Node::unknown("path.cwd is known when the code is applied")),
            ("terraform" | "tofu", Some(name)) => {
                Ok(Node::unknown(format!("terraform.{name} is known when the code is applied")))
            }
            ("self" | "ephemeral", _) => Ok(Node::unknown(format!("{} is known after apply", shown(root, steps)))),
            (_, Some(_)) => match &steps[0] {
                Step::Attr(name) => self.resource_reference(module, (false, root, name), from, &steps[1..], scope),
                _ => Err(format!("{root} is not declared")),
            },
            (_, None) => Err(format!("{root} is not declared")),
        }
    }

    /// The value of a variable.
    pub(super) fn variable(&self, module: &Rc<Module>, name: &str, from: Option<FileId>) -> Node {
        let Some(n) = module.source.variable(name, from) else {
            return match &module.inputs {
                // Snippets use variables that other files declare.
                Inputs::Given(given) if given.contains_key(name) => inputs::undeclared(&given[name]),
                _ => Node::unknown(format!("var.{name} is not declared in the files that were read")),
            };
        };
        let at = module.source.variables[n].at;
        self.once(module, Key::Variable(n), &|| format!("var.{name}"), Some(at), || self.variable_value(module, n))
    }

    fn local(&self, module: &Rc<Module>, name: &str, from: Option<FileId>) -> Outcome {
        let Some(n) = module.source.local(name, from) else {
            return Ok(Node::unknown(format!("local.{name} is not declared in the files that were read")));
        };
        let local = &module.source.locals[n];
        Ok(self.once(module, Key::Local(n), &|| format!("local.{name}"), Some(local.at), || {
            let scope = Scope { module: Some(module), repetition: &NO_REPETITION, bindings: None };
            self.eval(&local.value, &scope)
        }))
    }

    /// The value of an output of a module.
    pub(super) fn output(&self, module: &Rc<Module>, n: usize, name: &str) -> Node {
        let output = &module.source.outputs[n];
        let what = || format!("{}output.{name}", module.prefix);
        let node = self.once(module, Key::Output(n), &what, Some(output.at), || {
            let scope = Scope { module: Some(module), repetition: &NO_REPETITION, bindings: None };
            self.eval(&output.value, &scope)
        });
        node.marked(output.sensitive)
    }

    fn module_reference(
        &self,
        module: &Rc<Module>,
        name: &str,
        from: Option<FileId>,
        steps: &[Step],
        scope: &Scope<'_>,
    ) -> Outcome {
        let Some(call) = module.source.call(name, from) else {
            return Ok(Node::unknown(format!("module.{name} is not declared in the files that were read")));
        };
        let children = self.children(module, call);
        if children.modules.is_empty() && children.expansion.len() > 0 {
            let reference = shown(&format!("module.{name}"), steps);
            return Ok(Node::unknown(format!("{reference} is not known: the source of module.{name} was not read")));
        }
        let member = |instance: usize, output: Option<&Arc<str>>| {
            let child = children.modules.get(instance).ok_or_else(|| "there is no such instance".to_owned())?;
            match output {
                Some(output) => match child.source.output(output) {
                    Some(n) => Ok((self.output(child, n, output), None)),
                    None => Err(format!("module.{name} has no output {output:?}")),
                },
                None => {
                    let names = child.source.output_index.iter();
                    let all: Object =
                        names.map(|(name, n)| (Arc::clone(name), self.output(child, n[0], name))).collect();
                    Ok((Node::object(all), None))
                }
            }
        };
        self.reach(&children.expansion, steps, scope, &|| format!("module.{name}"), &member)
    }

    fn resource_reference(
        &self,
        module: &Rc<Module>,
        (data, tf_type, name): (bool, &str, &str),
        from: Option<FileId>,
        steps: &[Step],
        scope: &Scope<'_>,
    ) -> Outcome {
        let address = || if data { format!("data.{tf_type}.{name}") } else { format!("{tf_type}.{name}") };
        let Some(n) = module.source.resource(data, tf_type, name, from) else {
            return Ok(Node::unknown(format!("{} is not declared in the files that were read", address())));
        };
        let Some(expansion) = self.expansion(module, n) else {
            self.cycles.set(self.cycles.get() + 1);
            return Ok(Node::unknown(format!("{} refers to itself", address())));
        };
        let member = |instance: usize, attribute: Option<&Arc<str>>| match attribute {
            Some(attribute) => Ok(self.attribute(module, n, instance, attribute)),
            None => Ok((self.whole(module, n, instance), None)),
        };
        self.reach(&expansion, steps, scope, &address, &member)
    }

    /// Follows steps from something that is there once or more, computing no more than they need.
    fn reach(
        &self,
        expansion: &Expansion,
        steps: &[Step],
        scope: &Scope<'_>,
        name: &dyn Fn() -> String,
        member: Member<'_>,
    ) -> Outcome {
        let from = |instance: usize, steps: &[Step]| -> Outcome {
            match steps.first() {
                Some(Step::Attr(attribute)) => {
                    let (node, absent) = member(instance, Some(attribute))?;
                    self.walk(node, &steps[1..], absent.as_deref(), scope)
                }
                Some(Step::Index(index)) if index.literal().is_some() => {
                    let attribute = Arc::from(index.literal().unwrap_or_default());
                    let (node, absent) = member(instance, Some(&attribute))?;
                    self.walk(node, &steps[1..], absent.as_deref(), scope)
                }
                Some(Step::Splat(_) | Step::Index(_)) | None => {
                    let (node, absent) = member(instance, None)?;
                    self.walk(node, steps, absent.as_deref(), scope)
                }
            }
        };
        match (expansion, steps.first()) {
            (Expansion::One, Some(Step::Splat(inner))) => {
                let list = Node::array(vec![from(0, inner)?]);
                self.walk(list, &steps[1..], None, scope)
            }
            // Old code takes the first of one.
            (Expansion::One, Some(Step::Index(index))) if index.literal().is_none() => {
                let index = self.eval(index, scope)?;
                match &index.value {
                    Value::Unknown(_) => Ok(bare(index)),
                    Value::Int(0) => from(0, &steps[1..]),
                    _ => Err(format!("{} is there once and has no such instance", name())),
                }
            }
            (Expansion::One, _) => from(0, steps),
            (Expansion::Unknown { reason, .. }, Some(Step::Attr(_) | Step::Index(_))) => {
                // Without the instance the code cannot be applied, so it is there; unless something waits for the error.
                if self.trying.get() > 0 {
                    return Ok(Node::new(Value::Unknown(Arc::clone(reason))));
                }
                let rest = if matches!(steps[0], Step::Index(_)) { &steps[1..] } else { steps };
                from(0, rest)
            }
            (Expansion::Unknown { reason, .. }, _) => Ok(Node::new(Value::Unknown(Arc::clone(reason)))),
            (_, Some(Step::Index(index))) => {
                let index = self.eval(index, scope)?;
                if index.reason().is_some() {
                    return Ok(bare(index));
                }
                let instance = position(expansion, &index)
                    .ok_or_else(|| format!("{} has no instance {}", name(), ops::text(&index).unwrap_or_default()))?;
                from(instance, &steps[1..])
            }
            (Expansion::Each(items), Some(Step::Attr(key))) => match items.binary_search_by(|(k, _)| k.cmp(key)).ok() {
                Some(instance) => from(instance, &steps[1..]),
                None => Err(format!("{} has no instance {key:?}", name())),
            },
            // Before Terraform 0.12, this was the first.
            (Expansion::Count(count), Some(Step::Attr(_))) => match count {
                0 => Err(format!("{} has no instances", name())),
                _ => from(0, steps),
            },
            (Expansion::Count(count), Some(Step::Splat(inner))) => {
                let list: Result<Vec<Node>, String> = (0..*count).map(|n| from(n, inner)).collect();
                self.walk(Node::array(list?), &steps[1..], None, scope)
            }
            (Expansion::Count(count), None) => {
                let list: Result<Vec<Node>, String> = (0..*count).map(|n| from(n, &[])).collect();
                Ok(self.bounded(Node::array(list?)))
            }
            (Expansion::Each(items), _) => {
                let all: Result<Object, String> =
                    items.iter().enumerate().map(|(n, (key, _))| Ok((Arc::clone(key), from(n, &[])?))).collect();
                let all = self.bounded(Node::object(all?));
                self.walk(without_places(&all), steps, None, scope)
            }
        }
    }
}

/// Which instance an index means.
fn position(expansion: &Expansion, index: &Node) -> Option<usize> {
    match expansion {
        Expansion::Count(count) => match ops::number(index).ok()? {
            Value::Int(n) => usize::try_from(n).ok().filter(|n| n < count),
            _ => None,
        },
        Expansion::Each(items) => {
            let key = ops::text(index).ok()?;
            items.binary_search_by(|(k, _)| (**k).cmp(&*key)).ok()
        }
        Expansion::One | Expansion::Unknown { .. } => Some(0),
    }
}

/// A reference as text, for reasons.
pub(super) fn shown(root: &str, steps: &[Step]) -> String {
    let mut text = root.to_owned();
    for step in steps {
        match step {
            Step::Attr(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Index(_) => text.push_str("[…]"),
            Step::Splat(_) => text.push_str("[*]"),
        }
        if text.len() > SHOWN {
            text.push('…');
            break;
        }
    }
    text
}

/// The way from one folder to another, as `path.module` gives it.
fn relative(from: &str, to: &str) -> String {
    let words = |path: &str| path.split('/').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (words(from), words(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut path = vec!["..".to_owned(); from.len() - shared];
    path.extend_from_slice(&to[shared..]);
    if path.is_empty() { ".".to_owned() } else { path.join("/") }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn folders_are_relative_to_the_root() {
        for (from, to, want) in
            [("", "", "."), ("a", "a", "."), ("", "m/n", "m/n"), ("envs/prod", "modules/x", "../../modules/x")]
        {
            assert_eq!(relative(from, to), want);
        }
    }
}
