//! Resources → instances: `count` and `for_each`, arguments, blocks and `dynamic` blocks.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::mapping::{self, Instance};
use crate::iac::terraform::ast::{Attr, Block, Body, Expr, Kind};
use crate::iac::terraform::engine::{Engine, Expansion, Key, Module, NO_REPETITION, without_places};
use crate::iac::terraform::eval::{Binding, Scope};
use crate::iac::terraform::ops;
use crate::iac::terraform::source::Resource;
use crate::iac::{Node, Object, Span, Value};

/// Arguments that Terraform itself reads.
const META_ARGUMENTS: [&str; 4] = ["count", "for_each", "provider", "depends_on"];
const META_BLOCKS: [&str; 3] = ["lifecycle", "provisioner", "connection"];

/// Arguments that are maps in every type that has them.
const MAPS: [&str; 2] = ["tags", "app_settings"];

/// The most attribute names that are looked up for a whole instance.
const MAX_NAMES: usize = 1_000;

/// The most blocks that one `dynamic` block gives.
const MAX_BLOCKS: usize = 10_000;

impl Engine<'_> {
    /// How often a resource is there; `None` while that is being found out.
    pub(super) fn expansion(&self, module: &Rc<Module>, n: usize) -> Option<Rc<Expansion>> {
        let resource = &module.source.resources[n];
        let name = || format!("{}{}.{}", module.prefix, resource.tf_type, resource.name);
        self.expand(module, (false, n), &resource.body, resource.header, &name)
    }

    /// How often something with `count` or `for_each` is there; `None` while that is being found out.
    pub(super) fn expand(
        &self,
        module: &Rc<Module>,
        key: (bool, usize),
        body: &Body,
        header: Span,
        name: &dyn Fn() -> String,
    ) -> Option<Rc<Expansion>> {
        if let Some(known) = module.expansions.borrow().get(&key) {
            return known.clone();
        }
        module.expansions.borrow_mut().insert(key, None);
        let trying = self.trying.replace(0);
        let scope = Scope { module: Some(module), repetition: &NO_REPETITION, bindings: None };
        let expansion = match (body.attr("count"), body.attr("for_each")) {
            (Some(count), _) => self.count(count, &scope, name),
            (None, Some(each)) => self.for_each(each, &scope, name),
            (None, None) => Expansion::One,
        };
        self.trying.set(trying);
        let expansion = match expansion {
            Expansion::Count(wanted) => Expansion::Count(self.admit(&name(), header, wanted)),
            Expansion::Each(mut items) => {
                items.truncate(self.admit(&name(), header, items.len()));
                Expansion::Each(items)
            }
            other if self.admit(&name(), header, 1) == 1 => other,
            _ => Expansion::Count(0),
        };
        let expansion = Rc::new(expansion);
        module.expansions.borrow_mut().insert(key, Some(Rc::clone(&expansion)));
        Some(expansion)
    }

    fn count(&self, attr: &Attr, scope: &Scope<'_>, name: &dyn Fn() -> String) -> Expansion {
        let whole = |node: &Node| match (&node.value, ops::number(node)) {
            // Before Terraform 0.12, true was 1.
            (Value::Bool(value), _) => Ok(usize::from(*value)),
            (_, Ok(Value::Int(count))) => usize::try_from(count).map_err(|_| "count is negative".to_owned()),
            (_, Ok(_)) => Err("count is no whole number".to_owned()),
            (_, Err(error)) => Err(error),
        };
        let outcome = self.eval(&attr.value, scope).and_then(|node| match node.reason() {
            Some(reason) => Ok(self.perhaps("count", reason, attr.at, name, false)),
            None => whole(&node).map(Expansion::Count),
        });
        outcome.unwrap_or_else(|error| self.failed_expansion("count", &error, attr.at, name, false))
    }

    fn for_each(&self, attr: &Attr, scope: &Scope<'_>, name: &dyn Fn() -> String) -> Expansion {
        let outcome = self.eval(&attr.value, scope).and_then(|node| {
            let unknown_key = |items: &[Node]| items.iter().find_map(|n| n.reason().cloned());
            match &node.value {
                Value::Unknown(reason) => Ok(self.perhaps("for_each", reason, attr.at, name, true)),
                Value::Object(members) => {
                    let value = |v: &Node| without_places(v).marked(node.sensitive);
                    Ok(Expansion::Each(members.iter().map(|(k, v)| (Arc::clone(k), value(v))).collect()))
                }
                Value::Array(items) => {
                    if let Some(reason) = unknown_key(items) {
                        return Ok(self.perhaps("for_each", &reason, attr.at, name, true));
                    }
                    let keys: Result<BTreeSet<Arc<str>>, String> =
                        items.iter().map(|n| Ok(Arc::from(ops::text(n)?))).collect();
                    Ok(Expansion::Each(keys?.into_iter().map(|k| (Arc::clone(&k), Node::string(k))).collect()))
                }
                other => Err(format!("for_each takes a map or a set of strings, not {}", other.kind())),
            }
        });
        outcome.unwrap_or_else(|error| self.failed_expansion("for_each", &error, attr.at, name, true))
    }

    fn perhaps(&self, what: &str, reason: &Arc<str>, at: Span, name: &dyn Fn() -> String, each: bool) -> Expansion {
        self.remark(
            Some(at),
            format!("{} may not exist, or exist more than once: its {what} is not known: {reason}", name()),
        );
        Expansion::Unknown { reason: Arc::from(format!("{what} is not known: {reason}")), each }
    }

    fn failed_expansion(&self, what: &str, error: &str, at: Span, name: &dyn Fn() -> String, each: bool) -> Expansion {
        self.remark(Some(at), format!("the {what} of {} cannot be evaluated: {error}", name()));
        Expansion::Unknown { reason: Arc::from(format!("{what} cannot be evaluated: {error}")), each }
    }

    /// An attribute of an instance, for references: what is written, else what the provider exports. The second is the reason
    /// why parts of it that are not written are unknown.
    pub(super) fn attribute(
        &self,
        module: &Rc<Module>,
        n: usize,
        instance: usize,
        name: &Arc<str>,
    ) -> (Node, Option<String>) {
        let resource = &module.source.resources[n];
        let address = || format!("{}.{}.{name}", resource.tf_type, resource.name);
        if let Some(node) = self.argument(module, n, instance, name).filter(|node| !node.is_null()) {
            // The provider adds to blocks what it knows: `identity[0].principal_id`.
            // Code that uses a name which is not known still says which resource it means.
            if let Some(reason) = node.reason().filter(|_| &**name == "name" && mapping::knows(&resource.tf_type)) {
                return (mapping::unknown_name(&self.address(module, n, instance), reason), None);
            }
            let from_blocks = resource.body.attr(name).is_none();
            let absent = from_blocks.then(|| format!("{} is known after apply", address()));
            return (without_places(&node), absent);
        }
        let key = Key::Attribute(n, instance, Arc::clone(name));
        let node = self.once(module, key, &address, Some(resource.header), || {
            if resource.data {
                return Ok(self.data_attribute(module, n, instance, name));
            }
            // What these were given comes out again.
            if (&*resource.tf_type, &**name) == ("terraform_data", "output") {
                let input = self.argument(module, n, instance, &Arc::from("input"));
                return Ok(input.unwrap_or_else(|| Node::new(Value::Null)));
            }
            let known = mapping::concerns_azure(&resource.tf_type) || mapping::knows(&resource.tf_type);
            let exported = known.then(|| {
                let instance = self.instance(module, n, instance);
                mapping::attribute(&instance, name, &mut self.ids.borrow_mut())
            });
            Ok(exported.flatten().unwrap_or_else(|| Node::unknown(format!("{} is known after apply", address()))))
        });
        (node, Some(format!("{} is known after apply", address())))
    }

    fn data_attribute(&self, module: &Rc<Module>, n: usize, instance: usize, name: &str) -> Node {
        let resource = &module.source.resources[n];
        let argument = |name: &str| self.argument(module, n, instance, &Arc::from(name));
        // The data source of templates, from before `templatefile`, only computes.
        if (&*resource.tf_type, name) == ("template_file", "rendered")
            && let Some(text) = argument("template")
        {
            let vars = argument("vars").unwrap_or_else(|| Node::object(Object::new()));
            return match (text.as_str(), vars.as_object()) {
                (Some(text), Some(vars)) => self.text_template(text, vars).unwrap_or_else(Node::unknown),
                (None, _) => text,
                (_, None) => vars,
            };
        }
        let provider = argument("subscription_id").is_none().then(|| self.subscription(module, resource));
        match (&*resource.tf_type, name, provider) {
            ("azurerm_subscription" | "azurerm_client_config", "subscription_id", Some(id)) => return Node::string(id),
            ("azurerm_subscription", "id", Some(id)) => return Node::string(format!("/subscriptions/{id}")),
            _ => {}
        }
        Node::unknown(format!("data.{}.{} is read when the code is applied", resource.tf_type, resource.name))
    }

    /// An argument or the blocks of a type, where one is written. `Null` counts as written here.
    fn argument(&self, module: &Rc<Module>, n: usize, instance: usize, name: &Arc<str>) -> Option<Node> {
        let resource = &module.source.resources[n];
        if is_meta(name) || !writes(&resource.body, name) {
            return None;
        }
        let key = Key::Argument(n, instance, Arc::clone(name));
        let what = || format!("{}{}.{}.{name}", module.prefix, resource.tf_type, resource.name);
        Some(self.once(module, key, &what, None, || {
            let expansion = self.expansion(module, n);
            let repetition = expansion.map(|e| e.repetition(instance)).unwrap_or_default();
            let scope = Scope { module: Some(module), repetition: &repetition, bindings: None };
            let owner = Owner { whole: resource.at, what: &what };
            if let Some(attr) = resource.body.attr(name)
                && resource.body.blocks.iter().all(|b| block_type(b) != name)
            {
                if resource.tf_type.starts_with("azapi_") && &**name == "body" {
                    return Ok(self.attr_value(attr, json_argument(&attr.value), &scope, &owner));
                }
                return Ok(self.attr_value(attr, &attr.value, &scope, &owner));
            }
            let blocks = resource.body.blocks.iter().filter(|b| block_type(b) == name);
            let list = self.block_list(blocks, &scope, &owner);
            // Before Terraform 0.12, maps could be written as blocks.
            match list.as_array() {
                Some([only]) if MAPS.contains(&&**name) => Ok(only.clone()),
                _ => Ok(list),
            }
        }))
    }

    fn attr_value(&self, attr: &Attr, expr: &Expr, scope: &Scope<'_>, owner: &Owner<'_>) -> Node {
        let node = match self.eval(expr, scope) {
            Ok(node) => spliced(node, expr),
            Err(error) => {
                let what = (owner.what)();
                let whole = if what.ends_with(attr.name.as_ref()) { what } else { format!("{what}.{}", attr.name) };
                self.failed(&whole, Some(attr.at), &error)
            }
        };
        within(&node, owner.whole).at(attr.at)
    }

    /// The blocks of one type as a list, or an unknown when their number is not known.
    fn block_list<'b>(&self, blocks: impl Iterator<Item = &'b Block>, scope: &Scope<'_>, owner: &Owner<'_>) -> Node {
        let mut list = Vec::new();
        let mut place: Option<Span> = None;
        for block in blocks {
            place.get_or_insert(block.at);
            if &*block.name != "dynamic" {
                list.push(Node::object(self.block_body(&block.body, scope, owner)).at(block.at));
                continue;
            }
            match self.dynamic(block, scope, owner, &mut list) {
                Ok(None) => {}
                Ok(Some(reason)) => return Node { at: Some(block.at), ..Node::new(Value::Unknown(reason)) },
                Err(error) => {
                    return self.failed(&(owner.what)(), Some(block.header), &error).at(block.at);
                }
            }
        }
        Node { at: place, ..Node::array(list) }
    }

    /// Adds what a `dynamic` block gives; or says why that is not known.
    fn dynamic(
        &self,
        block: &Block,
        scope: &Scope<'_>,
        owner: &Owner<'_>,
        list: &mut Vec<Node>,
    ) -> Result<Option<Arc<str>>, String> {
        let each = block.body.attr("for_each").ok_or_else(|| "a dynamic block has no for_each".to_owned())?;
        let label = block.labels.first().map_or("", |l| l);
        let name = block.body.attr("iterator").and_then(|a| a.value.reference());
        let name = name.as_deref().unwrap_or(label);
        let items = self.eval(&each.value, scope)?;
        if let Some(reason) = items.reason() {
            return Ok(Some(Arc::clone(reason)));
        }
        let pairs = self.pairs(&each.value, &items, scope)?;
        if pairs.len() > MAX_BLOCKS {
            return Ok(Some(Arc::from(format!("a dynamic block gives more than {MAX_BLOCKS} blocks"))));
        }
        for (key, value) in pairs {
            let value = without_places(&value).marked(items.sensitive);
            let pair = Object::from([(Arc::from("key"), key), (Arc::from("value"), value)]);
            let binding = Binding { name, value: Node::object(pair), outer: scope.bindings };
            let inner = Scope { bindings: Some(&binding), ..*scope };
            for content in block.body.blocks("content") {
                let mut body = None;
                self.deeper(|| {
                    body = Some(self.block_body(&content.body, &inner, owner));
                    Ok(Node::new(Value::Null))
                })?;
                match body {
                    Some(body) => list.push(Node::object(body).at(block.at)),
                    None => return Ok(Some(Arc::from("evaluation stopped at a limit"))),
                }
            }
        }
        Ok(None)
    }

    fn block_body(&self, body: &Body, scope: &Scope<'_>, owner: &Owner<'_>) -> Object {
        let mut members = Object::new();
        for attr in &body.attrs {
            let node = self.attr_value(attr, &attr.value, scope, owner);
            if node.is_null() {
                members.remove(&attr.name);
            } else {
                members.insert(Arc::clone(&attr.name), node);
            }
        }
        let types: BTreeSet<&Arc<str>> = body.blocks.iter().map(block_type).collect();
        for name in types {
            let list = self.block_list(body.blocks.iter().filter(|b| block_type(b) == name), scope, owner);
            if list.as_array().is_none_or(|items| !items.is_empty()) {
                members.insert(Arc::clone(name), list);
            }
        }
        members
    }

    /// An instance of a resource, evaluated as a whole.
    fn address(&self, module: &Rc<Module>, n: usize, instance: usize) -> String {
        let resource = &module.source.resources[n];
        let suffix = self.expansion(module, n).map(|e| e.suffix(instance)).unwrap_or_default();
        let again = resource.again.as_deref().unwrap_or_default();
        format!("{}{}.{}{suffix}{again}", module.prefix, resource.tf_type, resource.name)
    }

    pub(super) fn instance(&self, module: &Rc<Module>, n: usize, instance: usize) -> Rc<Instance> {
        if let Some(known) = module.instances.borrow().get(&(n, instance)) {
            return Rc::clone(known);
        }
        let cycles = self.cycles.get();
        let resource = &module.source.resources[n];
        let made = Rc::new(Instance {
            tf_type: resource.tf_type.as_ref().to_owned(),
            address: self.address(module, n, instance),
            body: Node::object(self.arguments(module, n, instance)).at(resource.at),
            provider: self.provider.get(),
            subscription: self.subscription(module, resource),
            ignore_changes: ignored(resource),
            at: resource.at,
            header: resource.header,
            chain: module.chain.clone(),
        });
        // Made while a part of it was being computed, it lacks that part.
        if self.cycles.get() == cycles {
            module.instances.borrow_mut().insert((n, instance), Rc::clone(&made));
        }
        made
    }

    fn arguments(&self, module: &Rc<Module>, n: usize, instance: usize) -> Object {
        let body = &module.source.resources[n].body;
        let mut members = Object::new();
        for name in body.attrs.iter().map(|a| &a.name).chain(body.blocks.iter().map(block_type)) {
            if members.contains_key(name) {
                continue;
            }
            if let Some(node) = self.argument(module, n, instance, name)
                && !node.is_null()
                && node.as_array().is_none_or(|items| !items.is_empty() || body.attr(name).is_some())
            {
                members.insert(Arc::clone(name), node);
            }
        }
        members
    }

    /// All of an instance, for references: its arguments, and every exported attribute that the code names anywhere.
    pub(super) fn whole(&self, module: &Rc<Module>, n: usize, instance: usize) -> Node {
        let mut members: Object =
            self.arguments(module, n, instance).iter().map(|(k, v)| (Arc::clone(k), without_places(v))).collect();
        let names: Vec<Arc<str>> =
            [Arc::from("id")].into_iter().chain(self.names.borrow().iter().take(MAX_NAMES).cloned()).collect();
        for name in names {
            if !members.contains_key(&name) && !is_meta(&name) {
                let (node, _) = self.attribute(module, n, instance, &name);
                members.insert(name, node);
            }
        }
        Node::object(members)
    }
}

/// The resource that a part belongs to.
struct Owner<'a> {
    whole: Span,
    what: &'a dyn Fn() -> String,
}

fn is_meta(name: &str) -> bool {
    META_ARGUMENTS.contains(&name) || META_BLOCKS.contains(&name)
}

fn writes(body: &Body, name: &Arc<str>) -> bool {
    body.attr(name).is_some() || body.blocks.iter().any(|b| block_type(b) == name)
}

/// The type of a block, also when it is made by `dynamic`.
fn block_type(block: &Block) -> &Arc<str> {
    match (&*block.name, block.labels.first()) {
        ("dynamic", Some(label)) => label,
        _ => &block.name,
    }
}

/// Before Terraform 0.12, a list in a list that was written as one text, `["${var.list}"]`, stood for its items.
fn spliced(node: Node, expr: &Expr) -> Node {
    let (Kind::List(exprs), Value::Array(items)) = (&expr.kind, &node.value) else { return node };
    let stands = |(item, expr): (&Node, &Expr)| matches!((&expr.kind, &item.value), (Kind::Template(parts), Value::Array(_)) if parts.len() == 1);
    if exprs.len() != items.len() || !items.iter().zip(exprs).any(stands) {
        return node;
    }
    let mut list = Vec::new();
    for pair in items.iter().zip(exprs) {
        match &pair.0.value {
            Value::Array(inner) if stands(pair) => list.extend(inner.iter().cloned()),
            _ => list.push(pair.0.clone()),
        }
    }
    Node { value: Value::Array(Arc::new(list)), ..node }
}

/// What `jsonencode` is given: read as an object, it keeps its places.
fn json_argument(expr: &Expr) -> &Expr {
    match &expr.kind {
        Kind::Call(call) if &*call.name == "jsonencode" && !call.expand => match call.args.as_slice() {
            [only] => only,
            _ => expr,
        },
        _ => expr,
    }
}

/// The value with only those places that lie in a span.
fn within(node: &Node, whole: Span) -> Node {
    let value = match &node.value {
        Value::Array(items) => Value::Array(Arc::new(items.iter().map(|n| within(n, whole)).collect())),
        Value::Object(members) => {
            let members: Object = members.iter().map(|(k, v)| (Arc::clone(k), within(v, whole))).collect();
            Value::Object(Arc::new(members))
        }
        other => other.clone(),
    };
    Node { value, at: node.at.filter(|at| whole.contains(at)), sensitive: node.sensitive }
}

/// The argument paths of `lifecycle.ignore_changes`.
fn ignored(resource: &Resource) -> Vec<String> {
    let mut paths = Vec::new();
    for attr in resource.body.blocks("lifecycle").filter_map(|b| b.body.attr("ignore_changes")) {
        match &attr.value.kind {
            Kind::List(items) => paths.extend(items.iter().filter_map(Expr::reference)),
            _ => paths.extend(attr.value.reference()),
        }
    }
    for path in &mut paths {
        let words: Vec<&str> = path.split('.').filter(|w| w.parse::<u32>().is_err()).collect();
        *path = words.join(".");
    }
    if paths.iter().any(|p| p == "all" || p == "*") {
        return vec!["all".to_owned()];
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::terraform::ast::Part;
    use crate::iac::terraform::{Options, each_instance};
    use crate::iac::{Ids, Reading, Tree};

    /// What an argument of the only resource is.
    fn argument(text: &str, name: &str) -> Node {
        let tree = Tree::memory([("main.tf".to_owned(), text.as_bytes().to_vec())]);
        let (mut ids, mut reading, mut found) = (Ids::default(), Reading::default(), None);
        each_instance(&tree, "", &Options::default(), &mut ids, &mut reading, &mut |_, instance| {
            found = instance.body.get(name).cloned();
        });
        found.unwrap()
    }

    #[test]
    fn the_own_subscription_is_the_one_of_the_ids() {
        let data = "data \"azurerm_subscription\" \"c\" {}\ndata \"azurerm_client_config\" \"c\" {}\n\
                    data \"azurerm_subscription\" \"other\" {\n  subscription_id = \"x\"\n}\n";
        let own = Ids::subscription_of("");
        for (value, wanted) in [
            ("data.azurerm_subscription.c.id", Some(format!("/subscriptions/{own}"))),
            ("data.azurerm_subscription.c.subscription_id", Some(own.clone())),
            ("\"/a/${data.azurerm_client_config.c.subscription_id}\"", Some(format!("/a/{own}"))),
            ("data.azurerm_client_config.c.tenant_id", None),
            ("data.azurerm_subscription.other.id", None),
            ("data.azurerm_client_config.c.subscription_id == \"x\" ? \"a\" : \"b\"", None),
            ("lookup({}, data.azurerm_client_config.c.subscription_id, \"a\")", None),
        ] {
            let node = argument(&format!("{data}resource \"azurerm_x\" \"y\" {{\n  a = {value}\n}}\n"), "a");
            assert_eq!(node.as_str().map(str::to_owned), wanted, "{value}");
            assert_eq!(node.reason().is_some(), wanted.is_none(), "{value}");
        }
    }

    #[test]
    fn lists_in_lists_are_joined_only_where_one_text_stands_for_them() {
        let at = Span::new(crate::iac::FileId(0), 0..1);
        let name = || Expr { kind: Kind::Name(Arc::from("x")), at: Some(at) };
        let text = || Expr { kind: Kind::Template(vec![Part::Value(name())]), at: Some(at) };
        #[allow(clippy::type_complexity)]
        let list = |kind: fn(&dyn Fn() -> Expr, &dyn Fn() -> Expr) -> Vec<Expr>| Expr {
            kind: Kind::List(kind(&text, &name)),
            at: Some(at),
        };
        let inner = || Node::array(vec![Node::string("a"), Node::string("b")]);
        let value = || Node::array(vec![inner(), Node::string("c")]);
        let joined = spliced(value(), &list(|text, name| vec![text(), name()]));
        assert_eq!(joined, Node::array(vec![Node::string("a"), Node::string("b"), Node::string("c")]));
        assert_eq!(spliced(value(), &list(|_, name| vec![name(), name()])), value());
        assert_eq!(spliced(value(), &name()), value());
    }
}
