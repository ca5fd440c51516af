//! Tests of the functions, as tables.

use serde_json::{Value as Json, json};

use super::*;

const SUBSCRIPTION: &str = "11111111-1111-8111-8111-111111111111";

struct Here(Scope);

impl Deployment for Here {
    fn scope(&self) -> Scope {
        self.0
    }
    fn subscription(&self) -> Arc<str> {
        Arc::from(SUBSCRIPTION)
    }
}

/// JSON with `"?"` for what is not known.
fn node(json: &Json) -> Node {
    match json {
        Json::String(text) if text == "?" => Node::unknown("who knows"),
        Json::Array(items) => Node::array(items.iter().map(node).collect()),
        Json::Object(members) => Node::object(members.iter().map(|(k, v)| (Arc::from(k.as_str()), node(v))).collect()),
        other => Node::from_json(other),
    }
}

fn shown(node: &Node) -> Json {
    match &node.value {
        Value::Unknown(_) => json!("?"),
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(members) => Json::Object(members.iter().map(|(k, v)| (k.to_string(), shown(v))).collect()),
        _ => node.to_json().unwrap(),
    }
}

/// The result, or `"!"` for an error.
fn result(name: &str, args: &Json, scope: Scope) -> Json {
    let args: Vec<Node> = args.as_array().unwrap().iter().map(node).collect();
    call(name, &args, &Here(scope)).map_or(json!("!"), |n| shown(&n))
}

#[track_caller]
fn table(rows: &[(&str, Json, Json)]) {
    for (name, args, wanted) in rows {
        assert_eq!(&result(name, args, Scope::ResourceGroup), wanted, "{name}{args}");
    }
}

#[test]
fn arrays_and_objects() {
    table(&[
        ("array", json!(["a"]), json!(["a"])),
        ("array", json!([["a"]]), json!(["a"])),
        ("array", json!(["?"]), json!("?")),
        ("concat", json!(["a", 1, true]), json!("a1True")),
        ("concat", json!([["a"], ["?", "b"]]), json!(["a", "?", "b"])),
        ("concat", json!([["a"], "?"]), json!("?")),
        ("concat", json!(["a", "?"]), json!("?")),
        ("concat", json!(["a", ["b"]]), json!("!")),
        ("contains", json!([["a", "?"], "a"]), json!(true)),
        ("contains", json!([["b", "?"], "a"]), json!("?")),
        ("contains", json!([["?", "a"], "a"]), json!(true)),
        ("contains", json!([{"Key": "?"}, "key"]), json!(true)),
        ("contains", json!(["Abc", "b"]), json!(true)),
        ("contains", json!(["Abc", "B"]), json!(false)),
        ("contains", json!([[1, 2], "1"]), json!(false)),
        ("createArray", json!([1, "?"]), json!([1, "?"])),
        ("createObject", json!(["a", 1, "b", "?"]), json!({"a": 1, "b": "?"})),
        ("createObject", json!(["?", 1]), json!("?")),
        ("createObject", json!(["a"]), json!("!")),
        ("empty", json!([[]]), json!(true)),
        ("empty", json!([["?"]]), json!(false)),
        ("empty", json!([null]), json!(true)),
        ("empty", json!([""]), json!(true)),
        ("empty", json!(["?"]), json!("?")),
        ("first", json!([["a", "?"]]), json!("a")),
        ("first", json!([[]]), json!(null)),
        ("first", json!(["abc"]), json!("a")),
        ("last", json!([["a", "?"]]), json!("?")),
        ("last", json!(["abc"]), json!("c")),
        ("length", json!([["?", 1]]), json!(2)),
        ("length", json!(["a😀"]), json!(3)),
        ("length", json!([{"a": "?"}]), json!(1)),
        ("length", json!([5]), json!("!")),
        ("indexOf", json!(["aBc", "b"]), json!(1)),
        ("indexOf", json!([["x", "?", "b"], "x"]), json!(0)),
        ("indexOf", json!([["?", "b"], "b"]), json!("?")),
        ("indexOf", json!([["a"], "b"]), json!(-1)),
        ("lastIndexOf", json!([["b", "b", "a"], "b"]), json!(1)),
        ("lastIndexOf", json!(["abab", "AB"]), json!(2)),
        ("range", json!([3, 2]), json!([3, 4])),
        ("range", json!([0, 10001]), json!("!")),
        ("skip", json!([[1, 2, "?"], 2]), json!(["?"])),
        ("skip", json!(["abc", 9]), json!("")),
        ("take", json!([[1, 2], -1]), json!([])),
        ("take", json!(["abc", 2]), json!("ab")),
        ("flatten", json!([[[1], ["?"]]]), json!([1, "?"])),
        ("flatten", json!([[[1], "?"]]), json!("?")),
        ("items", json!([{"b": 1, "a": "?"}]), json!([{"key": "a", "value": "?"}, {"key": "b", "value": 1}])),
        ("objectKeys", json!([{"b": 1, "a": "?"}]), json!(["a", "b"])),
        ("tryGet", json!([{"a": [1, "?"]}, "A", 1]), json!("?")),
        ("tryGet", json!([{"a": 1}, "b", "c"]), json!(null)),
        ("tryIndexFromEnd", json!([[1, 2], 2]), json!(1)),
        ("tryIndexFromEnd", json!([[1, 2], 3]), json!(null)),
        ("indexFromEnd", json!([[1, 2], 3]), json!("!")),
        ("union", json!([["a", "b"], ["b", "c"]]), json!(["a", "b", "c"])),
        ("union", json!([{"a": {"x": 1, "y": 1}}, {"A": {"y": "?"}}]), json!({"a": {"x": 1, "y": "?"}})),
        ("union", json!([{"a": 1}, "?"]), json!("?")),
        ("intersection", json!([["a", "b", "c"], ["c", "b"]]), json!(["b", "c"])),
        ("intersection", json!([["a"], ["?"]]), json!("?")),
        ("intersection", json!([{"a": 1, "b": 2}, {"a": 1, "b": 3}]), json!({"a": 1})),
        ("shallowMerge", json!([[{"a": {"x": 1}}, {"a": {"y": 1}}]]), json!({"a": {"y": 1}})),
        ("max", json!([[1, 3, 2]]), json!(3)),
        ("min", json!([4, 3]), json!(3)),
        ("min", json!([4, "?"]), json!("?")),
        ("max", json!([[]]), json!("!")),
    ]);
}

#[test]
fn comparison_logic_and_numbers() {
    table(&[
        ("equals", json!(["a", "A"]), json!(false)),
        ("equals", json!([{"a": [1]}, {"a": [1]}]), json!(true)),
        ("equals", json!([[1, "?"], [2, 1]]), json!(false)),
        ("equals", json!([[1, "?"], [1, 1]]), json!("?")),
        ("equals", json!([1, "1"]), json!(false)),
        ("less", json!(["A", "a"]), json!(true)),
        ("lessOrEquals", json!([2, 2]), json!(true)),
        ("greater", json!([2, 2]), json!(false)),
        ("greaterOrEquals", json!([2, "?"]), json!("?")),
        ("greater", json!([2, "a"]), json!("!")),
        ("and", json!([true, "?"]), json!("?")),
        ("and", json!(["?", false]), json!(false)),
        ("or", json!(["?", true]), json!(true)),
        ("or", json!(["?", false]), json!("?")),
        ("not", json!([true]), json!(false)),
        ("not", json!(["?"]), json!("?")),
        ("not", json!(["x"]), json!("!")),
        ("true", json!([]), json!(true)),
        ("null", json!([]), json!(null)),
        ("coalesce", json!([null, "x", "?"]), json!("x")),
        ("coalesce", json!([null, "?", "x"]), json!("?")),
        ("if", json!([true, 1, "?"]), json!(1)),
        ("if", json!(["?", 1, 1]), json!(1)),
        ("if", json!(["?", 1, 2]), json!("?")),
        ("if", json!(["?", {"a": 1, "b": 1, "c": 3}, {"a": 1, "b": 2}]), json!({"a": 1, "b": "?", "c": "?"})),
        ("bool", json!(["TRUE"]), json!(true)),
        ("bool", json!([0]), json!(false)),
        ("bool", json!(["yes"]), json!("!")),
        ("int", json!(["-4"]), json!(-4)),
        ("int", json!(["x"]), json!("!")),
        ("float", json!(["1.5"]), json!(1.5)),
        ("add", json!([1, 2]), json!(3)),
        ("sub", json!([1, 2]), json!(-1)),
        ("mul", json!([3, "?"]), json!("?")),
        ("div", json!([7, 2]), json!(3)),
        ("div", json!([7, 0]), json!("!")),
        ("mod", json!([-7, 3]), json!(-1)),
        ("add", json!([i64::MAX, 1]), json!("!")),
    ]);
}

#[test]
fn texts() {
    table(&[
        ("base64", json!(["one, two, three"]), json!("b25lLCB0d28sIHRocmVl")),
        ("base64", json!(["a"]), json!("YQ==")),
        ("base64ToString", json!(["b25lLCB0d28sIHRocmVl"]), json!("one, two, three")),
        ("base64ToString", json!(["YQ=="]), json!("a")),
        ("base64ToString", json!(["YQ"]), json!("!")),
        ("base64ToString", json!(["Y*=="]), json!("!")),
        ("base64ToJson", json!(["eyJhIjoxfQ=="]), json!({"a": 1})),
        ("dataUri", json!(["Hello"]), json!("data:text/plain;charset=utf8;base64,SGVsbG8=")),
        ("dataUriToString", json!(["data:;base64,SGVsbG8sIFdvcmxkIQ=="]), json!("Hello, World!")),
        ("endsWith", json!(["abcdef", "EF"]), json!(true)),
        ("startsWith", json!(["abcdef", "b"]), json!(false)),
        ("format", json!(["{0}, {1}. N: {2:N0}", "Hello", "User", 8_175_133]), json!("Hello, User. N: 8,175,133")),
        ("format", json!(["{{{0:D3}}}{1,4}|{1,-4}|{2}", 7, "ab", true]), json!("{007}  ab|ab  |True")),
        ("format", json!(["{0:000} {0:X} {0:N2}", 255]), json!("255 FF 255.00")),
        ("format", json!(["{0}", "?"]), json!("?")),
        ("format", json!(["{0:Q}", 1]), json!("?")),
        ("format", json!(["{1}", 1]), json!("!")),
        ("format", json!(["{0", 1]), json!("!")),
        ("join", json!([["a", 1], ", "]), json!("a, 1")),
        ("join", json!([["a", "?"], ","]), json!("?")),
        ("json", json!(["{'a': [1.5, null]}"]), json!({"a": [1.5, null]})),
        ("json", json!(["null"]), json!(null)),
        ("json", json!(["{"]), json!("!")),
        ("padLeft", json!([5, 3, "0"]), json!("005")),
        ("padLeft", json!(["abcd", 3]), json!("abcd")),
        ("replace", json!(["a-b-c", "-", ""]), json!("abc")),
        ("replace", json!(["a", "?", ""]), json!("?")),
        ("split", json!(["a,b;c", [",", ";"]]), json!(["a", "b", "c"])),
        ("split", json!(["a/b", "/"]), json!(["a", "b"])),
        ("string", json!([{"b": 1, "a": [true]}]), json!("{\"a\":[true],\"b\":1}")),
        ("string", json!([true]), json!("True")),
        ("string", json!([["?"]]), json!("?")),
        ("substring", json!(["abcdef", 1, 3]), json!("bcd")),
        ("substring", json!(["abcdef", 4]), json!("ef")),
        ("substring", json!(["abc", 2, 9]), json!("!")),
        ("toLower", json!(["ÄB"]), json!("äb")),
        ("toUpper", json!(["ab"]), json!("AB")),
        ("trim", json!([" a "]), json!("a")),
        (
            "uri",
            json!(["http://c.org/firstpath/azuredeploy.json", "m/a.json"]),
            json!("http://c.org/firstpath/m/a.json"),
        ),
        ("uri", json!(["http://c.org/firstpath", "m/a.json"]), json!("http://c.org/m/a.json")),
        ("uri", json!(["http://c.org/a/b/", "../x.json?s=1"]), json!("http://c.org/a/x.json?s=1")),
        ("uri", json!(["http://c.org/a/b", "/x"]), json!("http://c.org/x")),
        ("uri", json!(["a", "/x"]), json!("!")),
        ("uriComponent", json!(["http://a b"]), json!("http%3A%2F%2Fa%20b")),
        ("uriComponentToString", json!(["http%3A%2F%2Fa%20b%"]), json!("http://a b%")),
        ("guid", json!(["foo", "bar"]), json!("5153061a-20ce-546e-8e3a-7b6a1d0eb119")),
        ("guid", json!(["?"]), json!("?")),
        ("uniqueString", json!(["a"]), json!("?")),
        ("newGuid", json!([]), json!("?")),
        ("utcNow", json!(["u"]), json!("?")),
        ("fail", json!(["no"]), json!("!")),
    ]);
}

#[test]
fn dates_and_addresses() {
    table(&[
        ("dateTimeAdd", json!(["2020-04-07 14:53:14Z", "P3Y"]), json!("2023-04-07T14:53:14Z")),
        ("dateTimeAdd", json!(["2020-04-07T14:53:14Z", "-P9D", "u"]), json!("2020-03-29 14:53:14Z")),
        ("dateTimeAdd", json!(["2020-04-07T14:53:14Z", "PT1H30M", "yyyy-MM-dd HH:mm"]), json!("2020-04-07 16:23")),
        ("dateTimeAdd", json!(["2020-01-31", "P1M", "yyyyMMdd"]), json!("20200229")),
        ("dateTimeAdd", json!(["2020-01-31", "P1M", "F"]), json!("?")),
        ("dateTimeAdd", json!(["2020-01-31", "1M"]), json!("!")),
        ("dateTimeAdd", json!(["?", "P1M"]), json!("?")),
        ("dateTimeAdd", json!(["2020-01-31", "P99999999999Y"]), json!("!")),
        ("dateTimeFromEpoch", json!([1_683_040_573]), json!("2023-05-02T15:16:13Z")),
        ("dateTimeToEpoch", json!(["2023-05-02T15:16:13Z"]), json!(1_683_040_573)),
        ("dateTimeToEpoch", json!(["soon"]), json!("!")),
        (
            "parseCidr",
            json!(["10.144.0.7/20"]),
            json!({"network": "10.144.0.0", "netmask": "255.255.240.0", "broadcast": "10.144.15.255",
                "firstUsable": "10.144.0.1", "lastUsable": "10.144.15.254", "cidr": 20}),
        ),
        (
            "parseCidr",
            json!(["fdad:3236:5555::/48"]),
            json!({"network": "fdad:3236:5555::", "netmask": "ffff:ffff:ffff::", "firstUsable": "fdad:3236:5555::",
                "lastUsable": "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff", "cidr": 48}),
        ),
        ("parseCidr", json!(["10.0.0.0/33"]), json!("!")),
        (
            "parseCidr",
            json!(["1.2.3.4/32"]),
            json!({"network": "1.2.3.4", "netmask": "255.255.255.255", "broadcast": "1.2.3.4", "firstUsable": "1.2.3.4",
                "lastUsable": "1.2.3.4", "cidr": 32}),
        ),
        ("cidrSubnet", json!(["::/0", 128, 1]), json!("::1/128")),
        ("cidrHost", json!(["::/0", 0]), json!("::1")),
        ("cidrSubnet", json!(["10.144.0.0/20", 24, 4]), json!("10.144.4.0/24")),
        ("cidrSubnet", json!(["fdad:3236:5555::/48", 52, 1]), json!("fdad:3236:5555:1000::/52")),
        ("cidrSubnet", json!(["10.144.0.0/20", 24, 16]), json!("!")),
        ("cidrSubnet", json!(["::/0", 0, 0]), json!("::/0")),
        ("cidrHost", json!(["10.144.3.0/24", 0]), json!("10.144.3.1")),
        ("cidrHost", json!(["10.144.3.0/24", 300]), json!("!")),
        ("cidrHost", json!(["?", 0]), json!("?")),
    ]);
}

#[test]
fn ids_depend_on_the_level() {
    let group = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/(resource group)");
    let other = "22222222-2222-2222-2222-222222222222";
    for (scope, name, args, wanted) in [
        (Scope::ResourceGroup, "resourceId", json!(["A.B/c", "x"]), format!("{group}/providers/A.B/c/x")),
        (Scope::ResourceGroup, "az.resourceID", json!(["A.B/c/d", "x", "y"]), format!("{group}/providers/A.B/c/x/d/y")),
        (Scope::ResourceGroup, "resourceId", json!(["A.B/c/d", "x/y"]), format!("{group}/providers/A.B/c/x/d/y")),
        (
            Scope::ResourceGroup,
            "resourceId",
            json!(["g", "A.B/c", "x"]),
            format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/g/providers/A.B/c/x"),
        ),
        (
            Scope::ResourceGroup,
            "resourceId",
            json!([other, "g", "A.B/c", "x"]),
            format!("/subscriptions/{other}/resourceGroups/g/providers/A.B/c/x"),
        ),
        (
            Scope::Subscription,
            "resourceId",
            json!(["A.B/c", "x"]),
            format!("/subscriptions/{SUBSCRIPTION}/providers/A.B/c/x"),
        ),
        (
            Scope::Subscription,
            "resourceId",
            json!(["g", "A.B/c", "x"]),
            format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/g/providers/A.B/c/x"),
        ),
        (
            Scope::ResourceGroup,
            "subscriptionResourceId",
            json!([other, "A.B/c", "x"]),
            format!("/subscriptions/{other}/providers/A.B/c/x"),
        ),
        (Scope::ResourceGroup, "tenantResourceId", json!(["A.B/c", "x"]), "/providers/A.B/c/x".to_owned()),
        (
            Scope::ResourceGroup,
            "extensionResourceId",
            json!(["/s/x", "A.B/c", "x"]),
            "/s/x/providers/A.B/c/x".to_owned(),
        ),
        (
            Scope::ResourceGroup,
            "managementGroupResourceId",
            json!(["mg", "A.B/c", "x"]),
            "/providers/Microsoft.Management/managementGroups/mg/providers/A.B/c/x".to_owned(),
        ),
        (Scope::ResourceGroup, "resourceId", json!(["A.B/c", "?"]), "?".to_owned()),
        (Scope::ResourceGroup, "resourceId", json!(["?", "A.B/c", "x"]), "?".to_owned()),
        (Scope::ResourceGroup, "resourceId", json!(["A.B/c", "x", "y"]), "!".to_owned()),
        (Scope::ResourceGroup, "resourceId", json!(["x", "y"]), "!".to_owned()),
    ] {
        assert_eq!(result(name, &args, scope), json!(wanted), "{name}{args}");
    }
}

#[test]
fn what_stands_for_the_group_decides_nothing() {
    let id = result("resourceGroup", &json!([]), Scope::ResourceGroup)["id"].clone();
    let name = json!("(resource group)");
    for (function, args, wanted) in [
        ("startsWith", json!([name, "prod"]), json!("?")),
        ("equals", json!([name, "prod"]), json!("?")),
        ("equals", json!([name, name]), json!(true)),
        ("equals", json!([name, 1]), json!(false)),
        ("take", json!([id, 3]), json!("?")),
        ("guid", json!([id]), json!("?")),
        ("split", json!([id, "-"]), json!("?")),
        ("empty", json!([name]), json!(false)),
        ("concat", json!([id, "/x"]), json!(format!("{}/x", id.as_str().unwrap()))),
    ] {
        assert_eq!(result(function, &args, Scope::ResourceGroup), wanted, "{function}{args}");
    }
    let names = result("split", &json!([id, "/"]), Scope::ResourceGroup);
    assert_eq!(names[4], name);
    let body = node(&json!({"a": format!("x-{}", name.as_str().unwrap()), "b": id, "c": [SUBSCRIPTION], "d": "x"}));
    assert_eq!(shown(&settle(&body, &Here(Scope::ResourceGroup))), json!({"a": "?", "b": id, "c": ["?"], "d": "x"}));
}

#[test]
fn what_azure_answers_is_unknown_with_the_call() {
    for (name, args, wanted, secret) in [
        ("reference", json!(["x"]), "reference('x') is read", false),
        ("listKeys", json!(["x", "2020-01-01"]), "listKeys('x', '2020-01-01') is read", true),
        ("listAnything", json!([5]), "listAnything(…) is read", true),
        ("pickZones", json!(["A.B", "c", "d"]), "pickZones(", false),
    ] {
        let args: Vec<Node> = args.as_array().unwrap().iter().map(node).collect();
        let got = call(name, &args, &Here(Scope::ResourceGroup)).unwrap();
        assert!(got.reason().unwrap().starts_with(wanted), "{got:?}");
        assert_eq!(got.sensitive, secret, "{name}");
    }
    assert!(call("list", &[], &Here(Scope::ResourceGroup)).is_err());
    assert!(call("nothing", &[], &Here(Scope::ResourceGroup)).unwrap_err().contains("no function nothing"));
    let suffixes = result("environment", &json!([]), Scope::Tenant)["suffixes"].clone();
    assert_eq!(suffixes["keyvaultDns"], json!(".vault.azure.net"));
}

#[test]
fn sensitive_values_stay_so() {
    let secret = Node::string("s").marked(true);
    let list = Node::array(vec![secret.clone()]);
    let here = Here(Scope::ResourceGroup);
    for (name, args, wanted) in [
        ("concat", vec![Node::string("a"), secret.clone()], true),
        ("string", vec![list.clone()], true),
        ("join", vec![list.clone(), Node::string(",")], true),
        ("toUpper", vec![secret], true),
        ("first", vec![list.clone()], true),
        ("length", vec![list], false),
        ("first", vec![Node::array(vec![Node::string("a")]).marked(true)], true),
    ] {
        assert_eq!(call(name, &args, &here).unwrap().sensitive, wanted, "{name}");
    }
}

#[test]
fn lambdas_run_on_items() {
    let numbers = node(&json!([3, 1, 2]));
    let mut add = |_: usize, given: &[Node]| call("add", &given[..2], &Here(Scope::Tenant));
    assert_eq!(shown(&call_with_lambda("map", std::slice::from_ref(&numbers), &mut add).unwrap()), json!([3, 2, 4]));
    let args = [numbers.clone(), node(&json!(10))];
    assert_eq!(shown(&call_with_lambda("reduce", &args, &mut add).unwrap()), json!(16));
    let mut less = |_: usize, given: &[Node]| call("less", &given[..2], &Here(Scope::Tenant));
    assert_eq!(
        shown(&call_with_lambda("sys.sort", std::slice::from_ref(&numbers), &mut less).unwrap()),
        json!([1, 2, 3])
    );
    let mut odd = |_: usize, given: &[Node]| Ok(Node::new(Value::Bool(given[0].value != Value::Int(2))));
    assert_eq!(shown(&call_with_lambda("filter", std::slice::from_ref(&numbers), &mut odd).unwrap()), json!([3, 1]));
    let mut doubt = |_: usize, _: &[Node]| Ok(Node::unknown("x"));
    assert_eq!(shown(&call_with_lambda("filter", std::slice::from_ref(&numbers), &mut doubt).unwrap()), json!("?"));
    let words = [node(&json!(["a", "b", "a"]))];
    let mut key = |which: usize, given: &[Node]| match which {
        0 => Ok(given[0].clone()),
        _ => Ok(Node::unknown("x")),
    };
    assert_eq!(shown(&call_with_lambda("toObject", &words, &mut key).unwrap()), json!({"a": "?", "b": "?"}));
    assert_eq!(shown(&call_with_lambda("groupBy", &words, &mut key).unwrap()), json!({"a": ["?", "?"], "b": ["?"]}));
    let mut loud = |which: usize, args: &[Node]| match which {
        0 => Ok(args[0].clone()),
        _ => Ok(Node::string(args[0].as_str().unwrap().to_uppercase())),
    };
    assert_eq!(shown(&call_with_lambda("groupBy", &words, &mut loud).unwrap()), json!({"a": ["A", "A"], "b": ["B"]}));
    let object = [node(&json!({"x": "v"}))];
    assert_eq!(shown(&call_with_lambda("mapValues", &object, &mut key).unwrap()), json!({"x": "v"}));
    let mut never = |_: usize, _: &[Node]| Ok(Node::new(Value::Bool(true)));
    let many = [Node::array((0..1000).map(|n| Node::new(Value::Int(n))).collect())];
    assert_eq!(call_with_lambda("sort", &many, &mut never).unwrap(), many[0]);
    assert!(call_with_lambda("map", &[Node::string("x")], &mut never).is_err());
}
