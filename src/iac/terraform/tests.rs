//! The language as a whole: expressions, variables, modules, repetition, limits.

use std::collections::BTreeMap;

use crate::iac::mapping::Instance;
use crate::iac::terraform::engine::Engine;
use crate::iac::terraform::modules::looks_like_module;
use crate::iac::terraform::{Options, each_instance, local_module_calls};
use crate::iac::{Ids, Node, Reading, Tree, Value};

/// What the files declare, by address, with what else was said.
struct Read {
    instances: BTreeMap<String, Instance>,
    reading: Reading,
    tree: Tree,
}

impl Read {
    fn get(&self, path: &str) -> String {
        let (address, path) = path.split_once(' ').unwrap_or((path, ""));
        let Some(instance) = self.instances.get(address) else {
            return format!("no {address}: {:?}", self.instances.keys().collect::<Vec<_>>());
        };
        let mut node = Some(&instance.body);
        for word in path.split('.').filter(|w| !w.is_empty()) {
            node = node.and_then(|n| match word.parse::<usize>() {
                Ok(index) => n.as_array().and_then(|items| items.get(index)),
                Err(_) => n.get(word),
            });
        }
        node.map_or("absent".to_owned(), shown)
    }

    fn text(&self, span: crate::iac::Span) -> String {
        self.tree.text(span.file)[span.start as usize..span.end as usize].to_owned()
    }

    fn remarks(&self) -> Vec<&str> {
        self.reading.remarks.iter().map(|r| r.text.as_str()).collect()
    }
}

/// Unknown values are shown as `?(reason)`, sensitive ones with `!`.
fn shown(node: &Node) -> String {
    let text = match &node.value {
        Value::Unknown(reason) => format!("?({reason})"),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            format!("{{{}}}", members.iter().map(|(k, v)| format!("{k}:{}", shown(v))).collect::<Vec<_>>().join(","))
        }
        Value::String(text) => format!("{text:?}"),
        _ => node.to_json().unwrap().to_string(),
    };
    if node.sensitive { format!("!{text}") } else { text }
}

fn read_with(files: &[(&str, &str)], folder: &str, options: &Options) -> Read {
    let tree = Tree::memory(files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())));
    let (mut ids, mut reading, mut instances) = (Ids::default(), Reading::default(), BTreeMap::new());
    each_instance(&tree, folder, options, &mut ids, &mut reading, &mut |_, instance| {
        assert!(instances.insert(instance.address.clone(), instance.clone()).is_none(), "{}", instance.address);
    });
    Read { instances, reading, tree }
}

fn read(files: &[(&str, &str)]) -> Read {
    read_with(files, "", &Options::default())
}

fn one(text: &str) -> Read {
    read(&[("main.tf", text)])
}

/// Evaluates an expression between declarations that the tests share.
fn eval(expression: &str) -> String {
    let text = format!(
        "variable \"u\" {{}}\nvariable \"s\" {{\n default = \"secret\"\n sensitive = true\n}}\n\
         variable \"n\" {{\n default = null\n}}\n\
         locals {{\n list = [\"a\", \"b\"]\n map = {{ a = 1, b = 2 }}\n objects = [{{ id = 1 }}, {{ id = 2 }}]\n none = []\n}}\n\
         resource \"azurerm_t\" \"other\" {{\n name = \"o\"\n b {{\n  c = 1\n }}\n}}\n\
         resource \"azurerm_t\" \"t\" {{\n v = {expression}\n}}\n"
    );
    let read = one(&text);
    assert!(read.reading.missing.is_empty(), "{expression}: {:?}", read.reading.missing);
    read.get("azurerm_t.t v")
}

#[test]
fn expressions() {
    for (expression, want) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 / 2", "3.5"),
        ("-3 % 2", "-1"),
        ("\"5\" + 1", "6"),
        ("0.1 + 0.2", "0.3"),
        ("true ? 1 : \"b\"", "\"1\""),
        ("[for k, v in toset([\"b\", \"a\"]) : k]", "[\"a\",\"b\"]"),
        ("1 == 1.0", "true"),
        ("\"1\" == 1", "false"),
        ("[1] == [1]", "true"),
        ("null == null", "true"),
        ("!true", "false"),
        ("!\"true\"", "false"),
        ("2 > 1 && 1 >= 1", "true"),
        ("true ? \"a\" : \"b\"", "\"a\""),
        ("\"x${1}y${true}\"", "\"x1ytrue\""),
        ("\"${local.list}\"", "[\"a\",\"b\"]"),
        ("\"a$${b}%%{c}\"", "\"a${b}%{c}\""),
        ("local.list[0]", "\"a\""),
        ("local.list.1", "\"b\""),
        ("local.map[\"b\"]", "2"),
        ("local.map.a", "1"),
        ("local[\"map\"].a", "1"),
        ("local.objects[*].id", "[1,2]"),
        ("local.objects.*.id", "[1,2]"),
        ("local.objects.*.id[1]", "2"),
        ("[for n in [1, 2] : { a = [n, 0] }].*.a.0", "[1,2]"),
        ("local.none[*].id", "[]"),
        ("var.n[*]", "[]"),
        ("\"x\"[*]", "[\"x\"]"),
        ("[for x in local.list : \"${x}!\"]", "[\"a!\",\"b!\"]"),
        ("[for i, x in local.list : i if x != \"a\"]", "[1]"),
        ("{for k, v in local.map : v => k}", "{1:\"a\",2:\"b\"}"),
        ("{for x in [\"a\", \"b\", \"a\"] : x => 1...}", "{a:[1,1],b:[1]}"),
        ("[for k, v in local.map : \"${k}=${v}\"]", "[\"a=1\",\"b=2\"]"),
        ("{ (local.list[0]) = 1, \"b-${1}\" = 2, c : 3 }", "{a:1,b-1:2,c:3}"),
        ("{ a = 1, a = 2 }", "{a:2}"),
        ("\"%{ if true }y%{ else }n%{ endif }\"", "\"y\""),
        ("\"%{ for x in local.list }${x},%{ endfor }\"", "\"a,b,\""),
        ("\"a %{~ if true ~} b %{~ endif ~} c\"", "\"abc\""),
        ("<<-EOT\n    one\n      ${local.list[0]}\n    EOT\n", "\"one\\n  a\\n\""),
        ("<<EOT\n%{ for x in local.list ~}\n- ${x}\n%{ endfor ~}\nEOT\n", "\"- a\\n- b\\n\""),
        ("max(local.map.a, 5)", "5"),
        ("concat(local.list, [\"c\"]...)", "?(azurerm_t.t.v"),
        ("max([1, 7, 3]...)", "7"),
        ("core::max(1, 2)", "2"),
        ("path.module", "\".\""),
        ("(\n true\n && false\n)", "false"),
    ] {
        let got = eval(expression);
        let same = if want.ends_with(')') || !want.starts_with("?(") { got == want } else { got.starts_with("?(") };
        assert!(same, "{expression}: {got}, not {want}");
    }
}

#[test]
fn what_is_unknown_stays_so_only_where_it_matters() {
    let u = "?(var.u has no value)";
    for (expression, want) in [
        ("var.u", u),
        ("var.u.a[0].b", u),
        ("var.u[*].b", u),
        ("\"x-${var.u}\"", u),
        ("var.u + 1", u),
        ("-var.u", u),
        ("!var.u", u),
        ("[1, var.u][0]", "1"),
        ("{ a = var.u, b = 1 }.b", "1"),
        ("[1, var.u]", "[1,?(var.u has no value)]"),
        ("{ (var.u) = 1 }", u),
        ("local.list[var.u]", u),
        ("false && var.u", "false"),
        ("var.u && false", "false"),
        ("true || var.u", "true"),
        ("var.u || true", "true"),
        ("true && var.u", u),
        ("var.u == var.u", u),
        ("var.u == null", u),
        ("[var.u] == []", "false"),
        ("var.u ? 1 : 1", "1"),
        ("var.u ? 1 : 2", u),
        ("var.u ? { a = 1, b = 1 } : { a = 1, b = 2 }", "{a:1,b:?(var.u has no value)}"),
        ("[for x in var.u : x]", u),
        ("[for x in [var.u, 1] : x]", "[?(var.u has no value),1]"),
        ("[for x in local.list : x if x == var.u]", u),
        ("{for x in [var.u] : x => 1}", u),
        ("length([var.u, 1])", "2"),
        ("try(var.u, 1)", u),
        ("try(var.u.x, 1)", u),
        ("can(var.u)", u),
        ("try(local.map.zzz, 1)", "1"),
        ("try(local.zzz, 1)", "?(local.zzz is not declared in the files that were read)"),
        ("can(local.map.zzz)", "false"),
        ("can(local.map.a)", "true"),
        ("try(local.list[7], local.map.zzz, \"d\")", "\"d\""),
        ("local.map.zzz", "?(azurerm_t.t.v cannot be evaluated: there is no attribute \"zzz\")"),
        ("1 + \"x\"", "?(azurerm_t.t.v cannot be evaluated: a number is needed, not \"x\")"),
        ("azurerm_t.none.id", "?(azurerm_t.none is not declared in the files that were read)"),
        ("azurerm_t.other.name", "\"o\""),
        ("azurerm_t.other.b[0].c", "1"),
        ("azurerm_t.other.b.0.c", "1"),
        ("azurerm_t.other.b[0].d", "?(azurerm_t.other.b is known after apply)"),
        ("data.azurerm_x.y.id", "?(data.azurerm_x.y is not declared in the files that were read)"),
        ("module.m.x", "?(module.m is not declared in the files that were read)"),
        ("terraform.workspace", "?(terraform.workspace is known when the code is applied)"),
        ("self.x", "?(self.x is known after apply)"),
        ("provider::x::y(1)", "?(provider::x::y() is a function of a provider)"),
        ("var.s", "!\"secret\""),
        ("\"a${var.s}\"", "!\"asecret\""),
        ("[var.s]", "[!\"secret\"]"),
        ("var.s == \"x\"", "!false"),
        ("var.n", "absent"),
    ] {
        assert_eq!(eval(expression), want, "{expression}");
    }
}

#[test]
fn variables_take_the_strongest_value() {
    let files = [
        (
            "r/main.tf",
            "variable \"a\" {\n default = \"default\"\n}\nvariable \"b\" { default = \"default\" }\nvariable \"c\" {}\nvariable \"d\" {}\nvariable \"e\" {\n type = list(string)\n}\nvariable \"f\" {}\nvariable \"g\" {\n type = number\n default = 1\n nullable = false\n}\nvariable \"h\" {\n type = object({ a = optional(string, \"x\") })\n default = {}\n}\nresource \"azurerm_t\" \"t\" {\n a = var.a\n b = var.b\n c = var.c\n d = var.d\n e = var.e\n f = var.f\n g = var.g\n h = var.h.a\n}\n",
        ),
        ("r/terraform.tfvars", "b = \"tfvars\"\nc = \"tfvars\"\ng = null\n"),
        ("r/terraform.tfvars.json", "{\"c\": \"json ${x}\"}"),
        ("r/b.auto.tfvars", "d = \"b\"\n"),
        ("r/a.auto.tfvars", "d = \"a\"\n"),
        ("r/prod.tfvars", "f = \"never read\"\n"),
        ("env/x.tfvars", "d = \"file\"\nf = local.x\n"),
    ];
    let read = read_with(&files, "r", &Options::default());
    for (name, want) in [
        ("a", "\"default\""),
        ("b", "\"tfvars\""),
        ("c", "\"json ${x}\""),
        ("d", "\"b\""),
        ("e", "?(var.e has no value)"),
        ("f", "?(var.f has no value)"),
        ("g", "1"),
        ("h", "\"x\""),
    ] {
        assert_eq!(read.get(&format!("azurerm_t.t {name}")), want, "{name}");
    }
    let options = Options {
        var_files: vec!["env/x.tfvars".to_owned()],
        vars: vec![("e".to_owned(), "[\"x\"]".to_owned()), ("a".to_owned(), "[1]".to_owned())],
    };
    let read = read_with(&files, "r", &options);
    assert_eq!(read.get("azurerm_t.t d"), "\"file\"");
    assert_eq!(read.get("azurerm_t.t e"), "[\"x\"]");
    assert_eq!(read.get("azurerm_t.t a"), "\"[1]\"");
    assert!(read.get("azurerm_t.t f").starts_with("?("), "{}", read.get("azurerm_t.t f"));
}

#[test]
fn resources_repeat() {
    let read = one("variable \"u\" {}\n\
         resource \"azurerm_t\" \"c\" {\n count = 2\n name = \"c${count.index}\"\n}\n\
         resource \"azurerm_t\" \"zero\" {\n count = false ? 1 : 0\n}\n\
         resource \"azurerm_t\" \"old\" {\n count = \"${true}\"\n}\n\
         resource \"azurerm_t\" \"m\" {\n for_each = { a = { n = 1 }, \"b\\\"\" = { n = 2 } }\n name = each.key\n n = each.value.n\n}\n\
         resource \"azurerm_t\" \"s\" {\n for_each = toset([\"y\", \"x\", \"y\"])\n name = \"${each.key}${each.value}\"\n}\n\
         resource \"azurerm_t\" \"u\" {\n for_each = var.u\n name = each.key\n tier = \"known\"\n}\n\
         resource \"azurerm_t\" \"uc\" {\n count = var.u ? 1 : 0\n name = \"uc\"\n}\n\
         resource \"azurerm_t\" \"t\" {\n a = azurerm_t.c[*].name\n b = azurerm_t.c[1].name\n c = azurerm_t.c.0.name\n d = azurerm_t.m[\"a\"].name\n\
         e = values(azurerm_t.m)[*].n\n f = [for k, v in azurerm_t.m : v.n]\n g = azurerm_t.c.*.name[1]\n h = azurerm_t.zero[*].name\n\
         i = one(azurerm_t.zero[*].name)\n j = azurerm_t.uc[0].name\n k = azurerm_t.uc[*].name\n l = try(azurerm_t.uc[0].name, null)\n\
         m = azurerm_t.u[\"q\"].tier\n n = length(azurerm_t.c)\n o = join(\",\", azurerm_t.c.*.name)\n p = azurerm_t.c[9].name\n q = keys(azurerm_t.m)\n\
         r = element(concat(azurerm_t.c.*.name, [\"\"]), 0)\n s = azurerm_t.c.name\n}\n\
         resource \"azurerm_t\" \"chain\" {\n for_each = azurerm_t.m\n name = \"${each.value.name}!\"\n}\n");
    for (path, want) in [
        ("azurerm_t.c[1] name", "\"c1\""),
        ("azurerm_t.old[0] name", "absent"),
        ("azurerm_t.m[\"b\\\"\"] n", "2"),
        ("azurerm_t.s[\"x\"] name", "\"xx\""),
        ("azurerm_t.u[?] name", "?(for_each is not known: var.u has no value)"),
        ("azurerm_t.u[?] tier", "\"known\""),
        ("azurerm_t.uc[?] name", "\"uc\""),
        ("azurerm_t.t a", "[\"c0\",\"c1\"]"),
        ("azurerm_t.t b", "\"c1\""),
        ("azurerm_t.t c", "\"c0\""),
        ("azurerm_t.t d", "\"a\""),
        ("azurerm_t.t e", "[1,2]"),
        ("azurerm_t.t f", "[1,2]"),
        ("azurerm_t.t g", "\"c1\""),
        ("azurerm_t.t h", "[]"),
        ("azurerm_t.t i", "absent"),
        ("azurerm_t.t j", "\"uc\""),
        ("azurerm_t.t k", "?(count is not known: var.u has no value)"),
        ("azurerm_t.t l", "?(count is not known: var.u has no value)"),
        ("azurerm_t.t m", "\"known\""),
        ("azurerm_t.t n", "2"),
        ("azurerm_t.t o", "\"c0,c1\""),
        ("azurerm_t.t p", "?(azurerm_t.t.p cannot be evaluated: azurerm_t.c has no instance 9)"),
        ("azurerm_t.t q", "[\"a\",\"b\\\"\"]"),
        ("azurerm_t.t r", "\"c0\""),
        ("azurerm_t.t s", "\"c0\""),
        ("azurerm_t.chain[\"a\"] name", "\"a!\""),
    ] {
        assert_eq!(read.get(path), want, "{path}");
    }
    assert!(!read.instances.keys().any(|k| k.contains("zero")));
    assert!(read.remarks().iter().any(|r| r.starts_with("azurerm_t.u may not exist")), "{:?}", read.remarks());
}

#[test]
fn blocks_and_dynamic_blocks() {
    let read = one("variable \"u\" {}\nvariable \"set\" {\n type = set(string)\n default = [\"p\"]\n}\n\
         resource \"azurerm_t\" \"t\" {\n count = 1\n depends_on = [azurerm_t.u]\n provider = azurerm.x\n gone = null\n\
         lifecycle {\n  ignore_changes = [tags, site_config[0].x, \"a.0.b\"]\n }\n provisioner \"local-exec\" {\n  command = \"x\"\n }\n\
         rule {\n  n = 1\n  none = null\n }\n empty {}\n\
         dynamic \"rule\" {\n  for_each = [2, 3]\n  content {\n   n = rule.value\n   k = rule.key\n   dynamic \"inner\" {\n    for_each = { a = rule.value }\n    iterator = it\n    content {\n     v = \"${it.key}${it.value}\"\n    }\n   }\n  }\n }\n\
         dynamic \"none\" {\n  for_each = []\n  content {}\n }\n\
         dynamic \"set\" {\n  for_each = var.set\n  content {\n   k = set.key\n  }\n }\n}\n\
         resource \"azurerm_t\" \"u\" {\n dynamic \"rule\" {\n  for_each = var.u\n  content {\n   n = 1\n  }\n }\n dynamic \"p\" {\n  for_each = var.u ? [1] : [1]\n  content {\n   n = p.value\n  }\n }\n\
         lifecycle {\n  ignore_changes = all\n }\n}\n");
    for (path, want) in [
        ("azurerm_t.t[0] rule.0", "{n:1}"),
        ("azurerm_t.t[0] rule.1", "{inner:[{v:\"a2\"}],k:0,n:2}"),
        ("azurerm_t.t[0] rule.2.n", "3"),
        ("azurerm_t.t[0] rule.3", "absent"),
        ("azurerm_t.t[0] empty", "[{}]"),
        ("azurerm_t.t[0] none", "absent"),
        ("azurerm_t.t[0] gone", "absent"),
        ("azurerm_t.t[0] set", "[{k:\"p\"}]"),
        ("azurerm_t.t[0] lifecycle", "absent"),
        ("azurerm_t.t[0] provider", "absent"),
        ("azurerm_t.u rule", "?(var.u has no value)"),
        ("azurerm_t.u p", "[{n:1}]"),
    ] {
        assert_eq!(read.get(path), want, "{path}");
    }
    assert_eq!(read.instances["azurerm_t.t[0]"].ignore_changes, ["tags", "site_config.x", "a.b"]);
    assert_eq!(read.instances["azurerm_t.u"].ignore_changes, ["all"]);
}

#[test]
fn places_are_those_of_the_arguments() {
    let read = one(
        "locals {\n l = { k = \"v\" }\n}\nresource \"azurerm_t\" \"t\" {\n  name = \"x\" # c\n  tags = { a = 1, b = local.l }\n  block {\n    c = [1, 2]\n  }\n  l = local.l\n}\n\
         resource \"azapi_resource\" \"z\" {\n  body = jsonencode({ properties = { x = 1 } })\n}\n",
    );
    let instance = &read.instances["azurerm_t.t"];
    let place = |path: &[&str]| {
        let mut node = &instance.body;
        for word in path {
            node = word.parse::<usize>().map_or_else(|_| node.get(word), |n| node.as_array().unwrap().get(n)).unwrap();
        }
        node.at.map_or("none".to_owned(), |at| read.text(at))
    };
    for (path, want) in [
        (&["name"][..], "name = \"x\""),
        (&["tags", "b"], "b = local.l"),
        (&["tags", "b", "k"], "none"),
        (&["block"], "block {\n    c = [1, 2]\n  }"),
        (&["block", "0", "c"], "c = [1, 2]"),
        (&["block", "0", "c", "1"], "2"),
        (&["l"], "l = local.l"),
        (&["l", "k"], "none"),
    ] {
        assert_eq!(place(path), want, "{path:?}");
    }
    assert_eq!(read.text(instance.header), "resource \"azurerm_t\" \"t\"");
    assert!(read.text(instance.at).ends_with("l = local.l\n}"));
    let body = &read.instances["azapi_resource.z"].body;
    let x = body.get("body").unwrap().get("properties").unwrap().get("x").unwrap();
    assert_eq!(read.text(x.at.unwrap()), "x = 1");
}

#[test]
fn modules_have_inputs_and_outputs_of_their_own() {
    let files = [
        (
            "main.tf",
            "variable \"u\" {}\nmodule \"a\" {\n source = \"./modules/m\"\n name = \"a\"\n}\nmodule \"b\" {\n source = \"./modules/m\"\n name = \"b\"\n tls = \"1.0\"\n}\n\
             module \"each\" {\n source = \"./modules/m\"\n for_each = toset([\"x\"])\n name = each.key\n}\n\
             module \"maybe\" {\n source = \"./modules/m\"\n count = var.u ? 1 : 0\n name = \"maybe\"\n}\n\
             module \"off\" {\n source = \"./modules/m\"\n count = 0\n name = \"off\"\n}\n\
             module \"gone\" {\n source = \"git::https://example.com/m.git\"\n}\nmodule \"up\" {\n source = \"../../x\"\n}\nmodule \"self\" {\n source = \"./\"\n}\n\
             module \"reg\" {\n source = \"Azure/x/azurerm\"\n version = \"1.0\"\n name = \"r\"\n}\n\
             resource \"azurerm_t\" \"t\" {\n a = module.a.name\n b = module.b.tls\n c = module.each[\"x\"].name\n d = module.gone.x\n e = module.a.nope\n\
             f = values(module.each)[*].name\n g = module.a.whole.name\n h = [for m in module.each : m.name]\n i = module.maybe[0].name\n j = try(module.off[0].name, \"none\")\n k = module.a.secret\n l = module.reg.name\n}\n",
        ),
        (
            "modules/m/main.tf",
            "variable \"name\" {}\nvariable \"tls\" {\n default = \"1.2\"\n}\nresource \"azurerm_m\" \"r\" {\n name = \"${var.name}-r\"\n tls = var.tls\n path = path.module\n}\n\
             module \"inner\" {\n source = \"../inner\"\n name = azurerm_m.r.name\n}\n\
             output \"name\" {\n value = azurerm_m.r.name\n}\noutput \"tls\" { value = var.tls }\noutput \"whole\" {\n value = azurerm_m.r\n}\noutput \"secret\" {\n value = 1\n sensitive = true\n}\n",
        ),
        (
            "modules/inner/main.tf",
            "variable \"name\" {}\nresource \"azurerm_i\" \"i\" {\n name = \"${var.name}-i\"\n}\n",
        ),
        (
            ".terraform/modules/modules.json",
            "{\"Modules\":[{\"Key\":\"reg\",\"Source\":\"x\",\"Dir\":\".terraform/modules/reg\"}]}",
        ),
        (
            ".terraform/modules/reg/main.tf",
            "variable \"name\" {}\nresource \"azurerm_m\" \"r\" {\n name = var.name\n}\noutput \"name\" {\n value = azurerm_m.r.name\n}\n",
        ),
    ];
    let read = read(&files);
    for (path, want) in [
        ("module.a.azurerm_m.r name", "\"a-r\""),
        ("module.a.azurerm_m.r tls", "\"1.2\""),
        ("module.b.azurerm_m.r tls", "\"1.0\""),
        ("module.b.azurerm_m.r path", "\"modules/m\""),
        ("module.b.module.inner.azurerm_i.i name", "\"b-r-i\""),
        ("module.each[\"x\"].azurerm_m.r name", "\"x-r\""),
        ("module.maybe[?].azurerm_m.r name", "\"maybe-r\""),
        ("module.reg.azurerm_m.r name", "\"r\""),
        ("azurerm_t.t a", "\"a-r\""),
        ("azurerm_t.t b", "\"1.0\""),
        ("azurerm_t.t c", "\"x-r\""),
        ("azurerm_t.t d", "?(module.gone.x is not known: the source of module.gone was not read)"),
        ("azurerm_t.t e", "?(azurerm_t.t.e cannot be evaluated: module.a has no output \"nope\")"),
        ("azurerm_t.t f", "[\"x-r\"]"),
        ("azurerm_t.t g", "\"a-r\""),
        ("azurerm_t.t h", "[\"x-r\"]"),
        ("azurerm_t.t i", "\"maybe-r\""),
        ("azurerm_t.t j", "\"none\""),
        ("azurerm_t.t k", "!1"),
        ("azurerm_t.t l", "\"r\""),
    ] {
        assert_eq!(read.get(path), want, "{path}");
    }
    assert!(!read.instances.keys().any(|k| k.starts_with("module.off")));
    let inner = &read.instances["module.b.module.inner.azurerm_i.i"];
    let chain: Vec<_> = inner.chain.iter().map(|c| (c.name.as_str(), read.text(c.at))).collect();
    let want = [("module.b", "module \"b\"".to_owned()), ("module.inner", "module \"inner\"".to_owned())];
    assert_eq!(chain, want);
    let missing: Vec<_> = read.reading.missing.iter().map(|m| m.what.as_str()).collect();
    assert_eq!(missing, ["module.gone (git::https://example.com/m.git)", "module.up (../../x)", "module.self (./)"]);
    assert_eq!(local_module_calls(&read.tree, ""), ["", "modules/m"]);
    assert_eq!(local_module_calls(&read.tree, "modules/m"), ["modules/inner"]);
    assert!(looks_like_module(&read.tree, "modules/m") && !looks_like_module(&read.tree, "modules"));
}

#[test]
fn what_refers_to_itself_is_unknown() {
    let read = one("locals {\n a = local.b\n b = local.a\n c = { x = local.c }\n}\n\
         resource \"azurerm_t\" \"x\" {\n name = \"x\"\n a = azurerm_t.y.name\n l = local.a\n self = azurerm_t.x.name\n loop = azurerm_t.x.loop\n}\n\
         resource \"azurerm_t\" \"y\" {\n name = \"y\"\n b = azurerm_t.x.name\n}\n\
         resource \"azurerm_t\" \"z\" {\n count = length(azurerm_t.z)\n}\n");
    assert_eq!(read.get("azurerm_t.x a"), "\"y\"");
    assert_eq!(read.get("azurerm_t.y b"), "\"x\"");
    assert_eq!(read.get("azurerm_t.x self"), "\"x\"");
    assert_eq!(read.get("azurerm_t.x loop"), "?(azurerm_t.x.loop refers to itself)");
    assert_eq!(read.get("azurerm_t.x l"), "?(local.a refers to itself)");
    assert!(read.instances.contains_key("azurerm_t.z[?]"));
}

#[test]
fn old_code_and_odd_code_is_read() {
    let read = one(
        "resource azurerm_t t {\n  \"quoted\" = 1\n  name = \"${\"x\"}\"\n  tags {\n    a = \"b\"\n  }\n  one { a = 1, b = 2 }\n  bad = <name>\n  ...\n  n = \"${var.missing}\"\n}\n\
         data \"template_file\" \"f\" {\n template = \"hi $${who}\"\n vars = {\n  who = \"you\"\n }\n}\n\
         data \"azurerm_x\" \"d\" {\n name = \"known\"\n}\nresource \"random_string\" \"r\" {\n length = 4\n}\nresource \"terraform_data\" \"t\" {\n input = \"in\"\n}\n\
         resource \"azurerm_t\" \"u\" {\n a = data.template_file.f.rendered\n b = data.azurerm_x.d.name\n c = data.azurerm_x.d.id\n d = random_string.r.result\n e = random_string.r.length\n f = terraform_data.t.output\n}\n",
    );
    for (path, want) in [
        ("azurerm_t.t name", "\"x\""),
        ("azurerm_t.t tags", "{a:\"b\"}"),
        ("azurerm_t.t n", "?(var.missing is not declared in the files that were read)"),
        ("azurerm_t.u a", "\"hi you\""),
        ("azurerm_t.u b", "\"known\""),
        ("azurerm_t.u c", "?(data.azurerm_x.d is read when the code is applied)"),
        ("azurerm_t.u d", "?(random_string.r.result is known after apply)"),
        ("azurerm_t.u e", "4"),
        ("azurerm_t.u f", "\"in\""),
    ] {
        assert_eq!(read.get(path), want, "{path}");
    }
    assert!(read.get("azurerm_t.t bad").contains("cannot be parsed"));
    let lines: Vec<_> = read.reading.missing.iter().map(|m| read.tree.range(m.at.unwrap()).start_line).collect();
    assert_eq!(lines, [2, 7, 8, 9]);
    for path in ["azurerm_t.t quoted", "azurerm_t.t one.0.b"] {
        assert!(read.get(path).contains("Terraform refuses"), "{path}");
    }
}

#[test]
fn json_is_the_same_language() {
    let read = read(&[(
        "main.tf.json",
        r#"{"variable": {"v": {"type": "map(string)", "default": {"a": "${x}"}}, "w": {"default": "W"}},
            "locals": {"l": ["${var.w}"]},
            "resource": {"azurerm_t": {"t": {"name": "n-${var.w}", "count": 1, "network_rules": {"default_action": "Deny"},
            "list": "${local.l}", "lifecycle": {"ignore_changes": ["name"]}}}}}"#,
    )]);
    assert_eq!(read.get("azurerm_t.t[0] name"), "\"n-W\"");
    assert_eq!(read.get("azurerm_t.t[0] list"), "[\"W\"]");
    assert_eq!(read.get("azurerm_t.t[0] network_rules.default_action"), "\"Deny\"");
    assert_eq!(read.instances["azurerm_t.t[0]"].ignore_changes, ["name"]);
}

#[test]
fn the_provider_says_version_and_subscription() {
    let id = "0B1F6471-1BF0-4DDA-AEC3-111122223333";
    let text = format!(
        "terraform {{\n required_providers {{\n  azurerm = {{\n   source = \"hashicorp/azurerm\"\n   version = \"~> 3.80\"\n  }}\n }}\n}}\n\
         variable \"sub\" {{\n default = \"{id}\"\n}}\nprovider \"azurerm\" {{\n features {{}}\n subscription_id = var.sub\n}}\n\
         provider \"azurerm\" {{\n alias = \"hub\"\n features {{}}\n subscription_id = \"{}\"\n}}\n\
         resource \"azurerm_t\" \"a\" {{\n}}\nresource \"azurerm_t\" \"b\" {{\n provider = azurerm.hub\n}}\nmodule \"m\" {{\n source = \"./m\"\n providers = {{\n  azurerm = azurerm.hub\n }}\n}}\n",
        id.replace('0', "9")
    );
    let module = (
        "m/main.tf",
        "terraform {\n required_providers {\n  azurerm = \">= 4\"\n }\n}\nresource \"azurerm_t\" \"c\" {\n}\n",
    );
    let read = read_with(&[("main.tf", &text), module], "", &Options::default());
    assert_eq!(read.instances["azurerm_t.a"].provider, 3);
    assert_eq!(read.instances["module.m.azurerm_t.c"].provider, 3);
    assert_eq!(read.instances["azurerm_t.a"].subscription, id.to_lowercase());
    assert_eq!(read.instances["azurerm_t.b"].subscription, id.replace('0', "9").to_lowercase());
    assert_eq!(read.instances["module.m.azurerm_t.c"].subscription, read.instances["azurerm_t.b"].subscription);
    let lock = ".terraform.lock.hcl";
    let locked =
        "provider \"registry.terraform.io/hashicorp/azurerm\" {\n version = \"4.2.0\"\n constraints = \"x\"\n}\n";
    let read = read_with(&[("main.tf", &text), module, (lock, locked)], "", &Options::default());
    assert_eq!(read.instances["azurerm_t.a"].provider, 4);
    let read = one("resource \"azurerm_t\" \"a\" {\n}\n");
    assert_eq!(read.instances["azurerm_t.a"].provider, 4);
    assert_eq!(read.instances["azurerm_t.a"].subscription, Ids::subscription_of(""));
}

#[test]
fn templates_in_files() {
    let read = read(&[
        (
            "m/main.tf",
            "resource \"azurerm_t\" \"t\" {\n a = templatefile(\"${path.module}/t.tpl\", { x = 1, l = [\"p\", \"q\"] })\n b = templatefile(\"${path.module}/t.tpl\", { x = var.u, l = [] })\n c = templatefile(\"${path.module}/none.tpl\", {})\n d = templatefile(\"t2.tpl\", {})\n}\n",
        ),
        ("main.tf", "module \"m\" {\n source = \"./m\"\n}\n"),
        ("m/t.tpl", "x=${x}\n%{ for i in l ~}\n- ${i}\n%{ endfor ~}\n"),
        ("t2.tpl", "${templatefile(\"t2.tpl\", {})}${nope}"),
    ]);
    assert_eq!(read.get("module.m.azurerm_t.t a"), "\"x=1\\n- p\\n- q\\n\"");
    assert_eq!(read.get("module.m.azurerm_t.t b"), "?(var.u is not declared in the files that were read)");
    assert!(read.get("module.m.azurerm_t.t c").starts_with("?("));
    assert!(read.get("module.m.azurerm_t.t d").contains("cannot be called in a template"));
}

#[test]
fn files_that_are_not_applied_together_are_kept_apart() {
    let file = |value: &str| {
        format!(
            "variable \"v\" {{\n default = \"{value}\"\n}}\nresource \"azurerm_t\" \"t\" {{\n name = var.v\n}}\nresource \"azurerm_t\" \"u\" {{\n name = azurerm_t.t.name\n}}\n"
        )
    };
    let call = "module \"m\" {\n source = \"./m\"\n}\n";
    let (a, b) = (file("a") + call, file("b") + call);
    let read = read(&[("a.tf", &a), ("b.tf", &b), ("m/main.tf", "resource \"azurerm_t\" \"i\" {\n}\n")]);
    assert!(read.instances.contains_key("module.m (b.tf:10).azurerm_t.i"), "{:?}", read.instances.keys());
    assert_eq!(read.get("azurerm_t.u name"), "\"a\"");
    let again = read.instances.values().find(|i| i.address.starts_with("azurerm_t.u (b.tf")).unwrap();
    assert_eq!(again.body.get("name").unwrap().as_str(), Some("b"));
}

#[test]
fn limits_hold() {
    let chain: String = (1..3000).map(|n| format!("a{n} = local.a{}\n", n - 1)).collect();
    let doubled: String = (1..64)
        .map(|n| format!("d{n} = [local.d{m}, local.d{m}]\ne{n} = \"${{local.e{m}}}${{local.e{m}}}\"\n", m = n - 1))
        .collect();
    let text = format!(
        "locals {{\na0 = 1\nd0 = 1\ne0 = \"xx\"\n{chain}{doubled}}}\nresource \"azurerm_t\" \"t\" {{\n chain = local.a2999\n doubled = local.d63\n text = local.e63\n}}\n\
         resource \"azurerm_t\" \"many\" {{\n count = 1000000\n}}\nresource \"azurerm_t\" \"below\" {{\n count = -1\n}}\n"
    );
    let read = one(&text);
    assert!(read.get("azurerm_t.t chain").contains("nested deeper"), "{}", read.get("azurerm_t.t chain"));
    assert!(read.get("azurerm_t.t doubled").contains("more than"), "{}", read.get("azurerm_t.t doubled").len());
    assert!(read.get("azurerm_t.t text").contains("1048576"), "{}", read.get("azurerm_t.t text").len());
    assert_eq!(read.instances.keys().filter(|k| k.starts_with("azurerm_t.many")).count(), 10_000);
    assert!(read.reading.missing.iter().any(|m| m.detail.contains("1000000 instances")));
    assert!(read.instances.contains_key("azurerm_t.below[?]"));
}

#[test]
fn loops_in_loops_end_at_the_limit_of_steps() {
    let tree = Tree::memory([]);
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    let engine = Engine::new(&tree, "", &mut ids, &mut reading).limited(10_000);
    let inner = "[for b in range(100) : [for c in range(100) : [for d in range(100) : d]]]";
    let vars = crate::iac::Object::new();
    let text = format!("${{length([for a in range(100) : {inner}])}}");
    let node = engine.text_template(&text, &vars).unwrap();
    assert!(shown(&node).contains("limit of steps"), "{}", shown(&node));
    let missing: Vec<_> = engine.reading.borrow().missing.iter().map(|m| m.detail.clone()).collect();
    assert!(missing.len() == 1 && missing[0].contains("10000 steps"), "{missing:?}");
}

#[test]
fn heredocs_lose_the_indentation_that_their_lines_share() {
    for (text, want) in [
        ("<<EOT\na\n  b ${1}\nEOT\n", "a\n  b 1\n"),
        ("<<-EOT\n    a\n      ${1}\n\n    c\n    EOT\n", "a\n  1\n\nc\n"),
        (
            "<<-EOT\n    %{ for x in [1, 2] ~}\n    - ${x}\n    %{ endfor ~}\n    end\n  EOT\n",
            "    - 1\n    - 2\n    end\n",
        ),
        ("<<-EOT\n    %{ for x in [1, 2] }\n    - ${x}\n    %{ endfor }\n    end\n    EOT\n", "\n- 1\n\n- 2\n\nend\n"),
        (
            "<<-EOT\n  %{~ if true ~}\n    yes\n  %{~ else ~}\n    no\n  %{~ endif ~}\n  tail\nEOT\n",
            "    yes\n  tail\n",
        ),
        ("<<EOT\nl1\n${~ 1 ~}\n\nl4\nEOT\n", "l11\nl4\n"),
        ("<<EOT\n$${x} %%{if} \"q\" \\n\nEOT\n", "${x} %{if} \"q\" \\n\n"),
        ("<<EOT\nEOT\n", ""),
        ("<<EOT\n\nEOT\n", "\n"),
    ] {
        // As Terraform 1.11 gives them.
        assert_eq!(eval(text), format!("{want:?}"), "{text}");
    }
}

#[test]
fn long_ways_do_not_overflow_the_stack() {
    let mut text = "resource \"azurerm_virtual_network\" \"n0\" {\n name = \"x\"\n}\n".to_owned();
    for n in 1..400 {
        let m = n - 1;
        text.push_str(&format!(
            "resource \"azurerm_virtual_network\" \"n{n}\" {{\n name = [for x in [azurerm_virtual_network.n{m}.name] : x][0]\n\
             id_ref = merge({{ a = azurerm_virtual_network.n{m}.id }}, {{}})\n\
             b {{\n  dynamic \"c\" {{\n   for_each = [azurerm_virtual_network.n{m}]\n   content {{\n    v = c.value.name\n   }}\n  }}\n }}\n}}\n"
        ));
    }
    let nested = (0..60).fold("1".to_owned(), |inner, _| format!("[{inner}]"));
    text.push_str(&format!(
        "resource \"azurerm_t\" \"last\" {{\n a = azurerm_virtual_network.n399.id_ref\n b = {nested}\n}}\n"
    ));
    let read = one(&text);
    assert!(read.instances.contains_key("azurerm_t.last"));
    let outputs: String =
        (1..300).map(|n| format!("module \"m{n}\" {{\n source = \"./m\"\n v = module.m{}.v\n}}\n", n - 1)).collect();
    let main = format!(
        "module \"m0\" {{\n source = \"./m\"\n v = 1\n}}\n{outputs}resource \"azurerm_t\" \"t\" {{\n v = module.m299.v\n}}\n"
    );
    let module = "variable \"v\" {}\noutput \"v\" {\n value = var.v\n}\n";
    let read = self::read(&[("main.tf", &main), ("m/main.tf", module)]);
    assert!(read.get("azurerm_t.t v").contains("nested deeper"), "{}", read.get("azurerm_t.t v"));
}

#[test]
fn line_ends_of_windows_are_read() {
    let text = "resource \"azurerm_t\" \"t\" { # x\n  a = [\n    1, # y\n    2\n  ]\n  b = <<-EOT\n    x\n    y\n  EOT\n  c = {\n    d = 1\n    e = \"f\"\n  }\n}\n";
    let read = one(&text.replace('\n', "\r\n"));
    assert!(read.reading.missing.is_empty(), "{:?}", read.reading.missing);
    for (path, want) in [("a", "[1,2]"), ("b", "\"x\\r\\ny\\r\\n\""), ("c", "{d:1,e:\"f\"}")] {
        assert_eq!(read.get(&format!("azurerm_t.t {path}")), want);
    }
}
