//! Tables for all functions. Arguments and results are JSON, where the text "?x" stands for something unknown for the reason
//! x; a result that begins with `!` is an error that holds the rest.

use super::*;
use crate::iac::{FileId, Object, Span};

fn node(json: &serde_json::Value) -> Node {
    use serde_json::Value as Json;
    match json {
        Json::String(text) if text.starts_with('?') => Node::unknown(&text[1..]),
        Json::Array(items) => Node::array(items.iter().map(node).collect()),
        Json::Object(members) => Node::object(members.iter().map(|(k, v)| (k.as_str().into(), node(v))).collect()),
        json => Node::from_json(json),
    }
}

fn shown(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Unknown(reason) => format!("?{reason}").into(),
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(members) => {
            members.iter().map(|(k, v)| (k.to_string(), shown(v))).collect::<serde_json::Map<_, _>>().into()
        }
        _ => node.to_json().unwrap(),
    }
}

fn tree() -> Tree {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    Tree::memory([
        file("root/a.txt", "hi"),
        file("root/f/b.json", "{\"x\": [1]}"),
        file("root/f/g/c.json", "1"),
        file("root/t.tpl", "Hello ${name}!"),
        file("root/r.tpl", "${templatefile(\"r.tpl\", {})}"),
        file("top.txt", "top"),
        ("root/bin".to_owned(), vec![0xff, 0xfe, 1]),
    ])
}

#[track_caller]
fn check(rows: &[(&str, &str, &str)]) {
    let tree = tree();
    let context = Context { tree: &tree, root_folder: "root" };
    for (name, args, expected) in rows {
        let args: serde_json::Value = serde_json::from_str(args).unwrap_or_else(|e| panic!("{name} {args}: {e}"));
        let args: Vec<Node> = args.as_array().unwrap().iter().map(node).collect();
        match (call(name, &args, &context), expected.strip_prefix('!')) {
            (Ok(result), None) => {
                let expected: serde_json::Value =
                    serde_json::from_str(expected).unwrap_or_else(|e| panic!("{name} {expected}: {e}"));
                assert_eq!(shown(&result), expected, "{name} {args:?}");
            }
            (Err(error), Some(part)) => assert!(error.contains(part), "{name}: {error:?} does not hold {part:?}"),
            (result, _) => panic!("{name} {args:?}: {result:?} instead of {expected}"),
        }
    }
}

#[test]
fn numbers() {
    check(&[
        ("abs", "[-2.5]", "2.5"),
        ("abs", r#"["-3"]"#, "3"),
        ("abs", r#"["?x"]"#, r#""?x""#),
        ("abs", r#"["y"]"#, "!number is needed"),
        ("abs", "[null]", "!must not be null"),
        ("ceil", "[5.1]", "6"),
        ("ceil", "[-0.5]", "0"),
        ("floor", "[-5.1]", "-6"),
        ("floor", "[true]", "!a number is needed, not a bool"),
        ("log", "[16, 2]", "4"),
        ("log", "[0, 2]", "!no number"),
        ("max", "[12, 54.5, 3]", "54.5"),
        ("max", r#"["1", 2]"#, "2"),
        ("max", r#"[1, "?x"]"#, r#""?x""#),
        ("max", "[]", "!at least 1"),
        ("min", "[12, 54, 3]", "3"),
        ("parseint", r#"["100", 10]"#, "100"),
        ("parseint", r#"["-FF", 16]"#, "-255"),
        ("parseint", r#"["zZ", 62]"#, "2231"),
        ("parseint", r#"["0xFF", 16]"#, "!base 16"),
        ("parseint", r#"["", 10]"#, "!base 10"),
        ("parseint", r#"["1", 63]"#, "!between 2 and 62"),
        ("pow", "[3, 2]", "9"),
        ("pow", "[2, -1]", "0.5"),
        ("pow", "[2, 0.5]", "1.4142135623730951"),
        ("pow", "[-8, 0.5]", "!no number"),
        ("signum", "[-13]", "-1"),
        ("signum", "[0]", "0"),
        ("signum", "[344]", "1"),
        ("sum", r#"[[10, "13", 6, 4.5]]"#, "33.5"),
        ("sum", "[[1, 2]]", "3"),
        ("sum", "[[]]", "!empty"),
        ("sum", r#"[[1, "?x"]]"#, r#""?x""#),
    ]);
}

#[test]
fn texts() {
    check(&[
        ("chomp", r#"["hello\r\n\n\r"]"#, r#""hello""#),
        ("endswith", r#"["hello", "lo"]"#, "true"),
        ("startswith", r#"["hello", "lo"]"#, "false"),
        ("strcontains", r#"["hello", "ell"]"#, "true"),
        ("strcontains", r#"["?x", "ell"]"#, r#""?x""#),
        ("indent", r#"[2, "a\nb\n"]"#, r#""a\n  b\n  ""#),
        ("indent", r#"[1000000000000, "a\nb\n"]"#, "!larger than"),
        ("indent", r#"[1000000000000, "a"]"#, r#""a""#),
        ("indent", r#"[-1, "a"]"#, "!negative"),
        ("join", r#"["-", ["a", 1], ["b", true]]"#, r#""a-1-b-true""#),
        ("join", r#"["-", []]"#, r#""""#),
        ("join", r#"["-", ["a", "?x"]]"#, r#""?x""#),
        ("join", r#"["-", ["a", null]]"#, "!string is needed, not null"),
        ("join", r#"["-", "a"]"#, "!list is needed, not a string"),
        ("lower", r#"["HELLO ΑΣ"]"#, r#""hello ασ""#),
        ("upper", r#"["hello é"]"#, r#""HELLO É""#),
        ("upper", "[1]", r#""1""#),
        ("upper", "[[]]", "!string is needed, not a list"),
        ("title", r#"["hello wOrld-foo_bar o'neil 1a"]"#, r#""Hello WOrld-Foo_bar O'Neil 1a""#),
        ("strrev", r#"["hello"]"#, r#""olleh""#),
        ("split", r#"[",", "a,b,"]"#, r#"["a", "b", ""]"#),
        ("split", r#"[",", ""]"#, r#"[""]"#),
        ("split", r#"["", "abc"]"#, r#"["a", "b", "c"]"#),
        ("split", r#"[",", "?x"]"#, r#""?x""#),
        ("substr", r#"["hello", 1, 3]"#, r#""ell""#),
        ("substr", r#"["hello", -3, 2]"#, r#""ll""#),
        ("substr", r#"["hello", -9, 2]"#, r#""he""#),
        ("substr", r#"["hello", 9, 2]"#, r#""""#),
        ("substr", r#"["hello", 1, -1]"#, r#""ello""#),
        ("substr", r#"["hello", 0, 0]"#, r#""""#),
        ("substr", r#"["hello", 0.5, 0]"#, "!whole number"),
        ("trim", r#"["?!hello?!", "!?"]"#, r#""?!hello?!""#),
        ("trim", r#"["!?hello?!", "!?"]"#, r#""hello""#),
        ("trim", r#"["  abc ", ""]"#, r#""  abc ""#),
        ("trimprefix", r#"["helloworld", "hello"]"#, r#""world""#),
        ("trimprefix", r#"["helloworld", "cat"]"#, r#""helloworld""#),
        ("trimsuffix", r#"["helloworld", "world"]"#, r#""hello""#),
        ("trimspace", r#"["  hello\n\n"]"#, r#""hello""#),
        ("replace", r#"["1 + 2 + 3", "+", "-"]"#, r#""1 - 2 - 3""#),
        ("replace", r#"["hello world", "/w.*d/", "everybody"]"#, r#""hello everybody""#),
        ("replace", r#"["a1b2", "/(\\d)/", "<$1>"]"#, r#""a<1>b<2>""#),
        ("replace", r#"["abc", "", "-"]"#, r#""-a-b-c-""#),
        ("replace", r#"["a/b", "/", "-"]"#, r#""a-b""#),
        ("replace", r#"["abc", "//", "-"]"#, r#""-a-b-c-""#),
        ("replace", r#"["a", "/(/", "-"]"#, "!valid regular expression"),
        ("regex", r#"["[a-z]+", "53453453.345345aaabbbccc23454"]"#, r#""aaabbbccc""#),
        ("regex", r#"["(\\d\\d)-(\\d)(x)?", "12-3"]"#, r#"["12", "3", null]"#),
        ("regex", r#"["(?P<y>\\d+)-(?P<m>\\d+)", "2019-02"]"#, r#"{"m": "02", "y": "2019"}"#),
        ("regex", r#"["[a-z]+", "1"]"#, "!did not match"),
        ("regex", r#"["(?P<y>a)(b)", "ab"]"#, "!mixed"),
        ("regexall", r#"["[a-z]+", "1a2bc"]"#, r#"["a", "bc"]"#),
        ("regexall", r#"["(a)(.)", "ab ac"]"#, r#"[["a", "b"], ["a", "c"]]"#),
        ("regexall", r#"["x", "1"]"#, "[]"),
        ("templatestring", r#"["Hi ${name}", {"name": "you"}]"#, r#""Hi you""#),
        ("templatestring", r#"["Hi ${name}", {"name": "?x"}]"#, r#""?x""#),
    ]);
}

#[test]
fn formats() {
    check(&[
        ("format", r#"["Hello, %s!", "Ander"]"#, r#""Hello, Ander!""#),
        ("format", r#"["%s %d %d", 1234567, 123456789012, "12"]"#, r#""1234567 123456789012 12""#),
        ("format", r#"["%5s|%-5s|%.2s|%05d|%+d|% d", "a", "b", "abc", 42, 5, 5]"#, r#""    a|b    |ab|00042|+5| 5""#),
        ("format", r#"["%x|%X|%o|%b|%#x|%#b", 255, 255, 8, -5, 255, 5]"#, r#""ff|FF|10|-101|0xff|0b101""#),
        (
            "format",
            r#"["%e|%g|%.3g|%G|%f", 1234.5, 1234.5, 1234.5, 1e30, 1.5]"#,
            r#""1.234500e+03|1234.5|1.23e+03|1E+30|1.500000""#,
        ),
        ("format", r#"["%v %v %g %v", 1234567, 0.00001, 0.0001, 1.5]"#, r#""1.234567e+06 1e-05 0.0001 1.5""#),
        (
            "format",
            r#"["%5.2f|%03d|%08.3f|%+.2e|%05.1f", 3.14159, 7, 3.14159, 12345.678, -1.25]"#,
            r#"" 3.14|007|0003.142|+1.23e+04|-01.2""#,
        ),
        ("format", r#"["%05d|%-5d|%+05d|%5q|%05s", -5, 5, 5, "b", "a"]"#, r#""-0005|5    |+0005|  \"b\"|0000a""#),
        (
            "format",
            r#"["%v %v %v %#v %#v", {"a": 1}, [1, "x"], true, "a", 1234567]"#,
            r#""{\"a\":1} [1,\"x\"] true \"a\" 1234567""#,
        ),
        ("format", r#"["%v", null]"#, r#""null""#),
        ("format", r#"["%s", null]"#, "!null value"),
        ("format", r#"["%t %t %5t", true, "false", true]"#, r#""true false true""#),
        ("format", r#"["%q", "a\"b<"]"#, r#""\"a\\\"b\\u003c\"""#),
        ("format", r#"["100%%"]"#, r#""100%""#),
        ("format", r#"["%[2]s %[1]s", "a", "b"]"#, r#""b a""#),
        ("format", r#"["%v %[1]v %v", 1, 2]"#, r#""1 1 2""#),
        ("format", r#"["%s", "?x"]"#, r#""?x""#),
        ("format", r#"["?x"]"#, r#""?x""#),
        ("format", r#"["%d", 1.5]"#, "!integer is required"),
        ("format", r#"["%s", [1]]"#, "!string required"),
        ("format", r#"["%d %d", 1]"#, "!not enough arguments"),
        ("format", r#"["%d", 1, 2]"#, "!too many arguments; only 1"),
        ("format", r#"["%z", 1]"#, "!unsupported format verb 'z'"),
        ("format", r#"["%", 1]"#, "!ends within"),
        ("format", r#"["%[0]s", 1]"#, "!argument index"),
        ("format", r#"["%99999999999s", 1]"#, "!larger than"),
        ("format", r#"["%1000000s%1000000s", 1, 1]"#, "!larger than"),
        ("formatlist", r#"["%s-%s", ["a", "b"], "x"]"#, r#"["a-x", "b-x"]"#),
        ("formatlist", r#"["%s-%s", ["a", "?y"], "x"]"#, r#"["a-x", "?y"]"#),
        ("formatlist", r#"["%s-%s", "?y", "x"]"#, r#""?y""#),
        ("formatlist", r#"["%s", []]"#, "[]"),
        ("formatlist", r#"[[]]"#, "!format must be a string"),
        ("formatlist", r#"["a"]"#, r#"["a"]"#),
        ("formatlist", r#"["%s-%s", ["a", "b"], ["x"]]"#, "!has length 1"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("alltrue", r#"[[true, "true"]]"#, "true"),
        ("alltrue", "[[true, null]]", "false"),
        ("alltrue", "[[]]", "true"),
        ("alltrue", r#"[[true, "?x"]]"#, r#""?x""#),
        ("alltrue", r#"[["?x", false]]"#, "false"),
        ("alltrue", "[[1]]", "!bool is needed"),
        ("anytrue", "[[false, true]]", "true"),
        ("anytrue", "[[]]", "false"),
        ("anytrue", r#"[["?x", true]]"#, "true"),
        ("anytrue", r#"[["?x", null]]"#, r#""?x""#),
        ("chunklist", r#"[["a", "b", "?x"], 2]"#, r#"[["a", "b"], ["?x"]]"#),
        ("chunklist", r#"[["a", "b"], 0]"#, r#"[["a", "b"]]"#),
        ("chunklist", r#"[["a", "b"], -1]"#, "!positive"),
        ("coalescelist", r#"[[], null, ["a"], "?x"]"#, r#"["a"]"#),
        ("coalescelist", r#"[[], "?x", ["a"]]"#, r#""?x""#),
        ("coalescelist", "[[], []]", "!no non-null"),
        ("compact", r#"[["a", "", null, 1]]"#, r#"["a", "1"]"#),
        ("compact", r#"[["a", "?x"]]"#, r#""?x""#),
        ("concat", r#"[["a", "?x"], [1]]"#, r#"["a", "?x", 1]"#),
        ("concat", r#"[["a"], "?x"]"#, r#""?x""#),
        ("concat", r#"[["a"], "b"]"#, "!list is needed, not a string"),
        ("contains", r#"[["a", "?x"], "a"]"#, "true"),
        ("contains", r#"[["b", "?x"], "a"]"#, r#""?x""#),
        ("contains", r#"[["b"], "?y"]"#, r#""?y""#),
        ("contains", r#"[[], "?y"]"#, "false"),
        ("contains", r#"[[["a", "?x"]], ["b", "c"]]"#, "false"),
        ("contains", r#"[["1"], 1]"#, "false"),
        ("contains", r#"["abc", "a"]"#, "!list is needed"),
        ("distinct", r#"[["b", "a", "b", 1]]"#, r#"["b", "a", "1"]"#),
        ("distinct", r#"[[[1], [1], {"a": 1}]]"#, r#"[[1], {"a": 1}]"#),
        ("distinct", r#"[["b", "?x"]]"#, r#""?x""#),
        ("element", r#"[["a", "?x"], 2]"#, r#""a""#),
        ("element", r#"[["a", "?x"], 1]"#, r#""?x""#),
        ("element", r#"[["a", "b"], -1]"#, r#""b""#),
        ("element", r#"[["a", "b"], "?i"]"#, r#""?i""#),
        ("element", "[[], 0]", "!empty list"),
        ("flatten", r#"[[["a", ["b"]], [], "c", null]]"#, r#"["a", "b", "c", null]"#),
        ("flatten", r#"[[["a"], "?x"]]"#, r#""?x""#),
        ("flatten", r#"["a"]"#, "!list is needed"),
        ("index", r#"[["a", "b", "?x"], "b"]"#, "1"),
        ("index", r#"[["?x", "b"], "b"]"#, r#""?x""#),
        ("index", r#"[["a"], "b"]"#, "!not found"),
        ("list", r#"["a", "?x"]"#, r#"["a", "?x"]"#),
        ("matchkeys", r#"[["i1", "?x", "i3"], ["a", "b", "a"], ["a"]]"#, r#"["i1", "i3"]"#),
        ("matchkeys", r#"[["i1"], ["?x"], ["a"]]"#, r#""?x""#),
        ("matchkeys", r#"[["i1"], ["a", "b"], ["a"]]"#, "!should be equal"),
        ("one", "[[]]", "null"),
        ("one", "[null]", "!not null"),
        ("one", r#"[["?x"]]"#, r#""?x""#),
        ("one", "[[1, 2]]", "!zero or one"),
        ("range", "[3]", "[0, 1, 2]"),
        ("range", "[1, 4]", "[1, 2, 3]"),
        ("range", "[4, 1]", "[4, 3, 2]"),
        ("range", "[1, 2, 0.5]", "[1, 1.5]"),
        ("range", "[0]", "[]"),
        ("range", "[1, 5, -1]", "!positive"),
        ("range", "[1, 5, 0]", "!zero"),
        ("range", "[1e12]", "!larger than"),
        ("reverse", r#"[["a", "?x"]]"#, r#"["?x", "a"]"#),
        ("slice", r#"[["a", "?x", "c"], 1, 3]"#, r#"["?x", "c"]"#),
        ("slice", r#"[["a"], 0, 2]"#, "!end index"),
        ("slice", r#"[["a"], 1, 0]"#, "!greater"),
        ("sort", r#"[["e", "d", 10, 9]]"#, r#"["10", "9", "d", "e"]"#),
        ("sort", r#"[["e", "?x"]]"#, r#""?x""#),
    ]);
}

#[test]
fn maps_and_sets() {
    check(&[
        ("coalesce", r#"[null, "x", "?y"]"#, r#""x""#),
        ("coalesce", r#"["", "?y", "x"]"#, r#""?y""#),
        ("coalesce", r#"[1, "x"]"#, r#""1""#),
        ("coalesce", "[null, 2]", "2"),
        ("coalesce", r#"[null, ""]"#, "!no non-null"),
        ("length", r#"[["?x", 1]]"#, "2"),
        ("length", r#"["héllo"]"#, "5"),
        ("length", r#"[{"a": "?x"}]"#, "1"),
        ("length", r#"["?x"]"#, r#""?x""#),
        ("length", "[5]", "!a string, a list or a map"),
        ("length", "[null]", "!null"),
        ("keys", r#"[{"b": "?x", "a": 1}]"#, r#"["a", "b"]"#),
        ("keys", r#"["?x"]"#, r#""?x""#),
        ("keys", "[[1]]", "!map is needed, not a list"),
        ("values", r#"[{"b": "?x", "a": 1}]"#, r#"[1, "?x"]"#),
        ("lookup", r#"[{"a": 1}, "a", "?y"]"#, "1"),
        ("lookup", r#"[{"a": "?z"}, "a", 1]"#, r#""?z""#),
        ("lookup", r#"[{"a": 1}, "b", "?y"]"#, r#""?y""#),
        ("lookup", r#"[{"a": 1}, "b"]"#, "!find key \"b\""),
        ("lookup", r#"[{"a": 1}, "?k", 2]"#, r#""?k""#),
        ("lookup", r#"["?m", "a", 2]"#, r#""?m""#),
        ("map", r#"["a", 1, "b", "?x"]"#, r#"{"a": 1, "b": "?x"}"#),
        ("map", r#"["a"]"#, "!even number"),
        ("merge", r#"[{"a": 1, "b": 1}, null, {"a": "?x"}]"#, r#"{"a": "?x", "b": 1}"#),
        ("merge", r#"["?x", {"a": 1}]"#, r#""?x""#),
        ("merge", "[]", "{}"),
        ("merge", r#"[{"a": 1}, [1]]"#, "!map is needed"),
        ("transpose", r#"[{"a": ["1", "2"], "b": ["2", "3"]}]"#, r#"{"1": ["a"], "2": ["a", "b"], "3": ["b"]}"#),
        ("transpose", r#"[{"a": ["?x"]}]"#, r#""?x""#),
        ("zipmap", r#"[["a", "b"], [1, "?x"]]"#, r#"{"a": 1, "b": "?x"}"#),
        ("zipmap", r#"[["a", "?k"], [1, 2]]"#, r#""?k""#),
        ("zipmap", r#"[["a"], [1, 2]]"#, "!number of keys (1)"),
        ("setintersection", r#"[["a", "b"], ["b", "c"], ["b"]]"#, r#"["b"]"#),
        ("setintersection", r#"[["a"], ["?x"]]"#, r#""?x""#),
        ("setsubtract", r#"[["b", "a", "c"], ["a"]]"#, r#"["b", "c"]"#),
        ("setsubtract", r#"[[1, 2], ["1"]]"#, r#"["2"]"#),
        ("setunion", r#"[["b", "a"], ["b", "c"]]"#, r#"["a", "b", "c"]"#),
        ("setunion", r#"[["b", "?x"], ["a"]]"#, r#"["a", "b", "?x"]"#),
        ("setunion", r#"[["b"], 1]"#, "!list is needed"),
        ("setproduct", r#"[["a", "?x"], [1, 2]]"#, r#"[["a", 1], ["a", 2], ["?x", 1], ["?x", 2]]"#),
        ("setproduct", r#"[["a"], []]"#, "[]"),
    ]);
}

#[test]
fn encodings() {
    check(&[
        ("base64encode", r#"["é"]"#, r#""w6k=""#),
        ("base64encode", r#"[""]"#, r#""""#),
        ("base64decode", r#"["SGVsbG8gV29ybGQ="]"#, r#""Hello World""#),
        ("base64decode", r#"["aG\nk="]"#, r#""hi""#),
        ("base64decode", r#"["aGk"]"#, "!failed to decode"),
        ("base64decode", r#"["a==="]"#, "!failed to decode"),
        ("base64decode", r#"["/w=="]"#, "!UTF-8"),
        ("base64gzip", r#"["a"]"#, r#""?base64gzip() is not computed here""#),
        ("textencodebase64", r#"["Hi€", "UTF-16LE"]"#, r#""SABpAKwg""#),
        ("textencodebase64", r#"["Hi€", "utf-16be"]"#, r#""AEgAaSCs""#),
        ("textdecodebase64", r#"["SABpAKwg", "UTF-16LE"]"#, r#""Hi€""#),
        ("textdecodebase64", r#"["SABp", "KOI8-R"]"#, r#""?the character set KOI8-R is not computed here""#),
        ("urlencode", r#"["a b&c/é~*'()!$-_."]"#, r#""a+b%26c%2F%C3%A9~%2A%27%28%29%21%24-_.""#),
        ("urldecode", r#"["a+b%26"]"#, r#""a b&""#),
        ("urldecode", r#"["%+1"]"#, "!escape"),
        ("jsondecode", r#"["{\"a\":[1,null]}"]"#, r#"{"a": [1, null]}"#),
        ("jsondecode", r#"["[1] x"]"#, "!trailing"),
        ("jsondecode", r#"["?x"]"#, r#""?x""#),
        (
            "jsonencode",
            r#"[{"b": [1, true, null, 1.5], "a": "<&>'\"é"}]"#,
            r#""{\"a\":\"\\u003c\\u0026\\u003e'\\\"é\",\"b\":[1,true,null,1.5]}""#,
        ),
        ("jsonencode", r#"[{"b": ["?x"]}]"#, r#""?x""#),
        ("jsonencode", "[null]", r#""null""#),
        ("csvdecode", r#"["a,b\n1,\"x,\"\"y\"\n\n3,4\r\n"]"#, r#"[{"a": "1", "b": "x,\"y"}, {"a": "3", "b": "4"}]"#),
        ("csvdecode", r#"["a,b\n1\n"]"#, "!wrong number"),
        ("csvdecode", r#"["a,a\n1,2\n"]"#, "!duplicate"),
        ("csvdecode", r#"[""]"#, "!header"),
        ("csvdecode", r#"["a\n\"x"]"#, "!does not end"),
        (
            "yamldecode",
            r#"["a: 1\nb: [x, ~, true, yes, 1.5, 0x1F, \"1\"]\nc: &x {k: 1}\nd:\n  <<: *x\n  z: 2\n1: y"]"#,
            r#"{"1": true, "a": 1, "b": ["x", null, true, true, 1.5, 31, "1"], "c": {"k": 1}, "d": {"k": 1, "z": 2}}"#,
        ),
        ("yamldecode", r#"["a: 'no'\nb: on"]"#, r#"{"a": "no", "b": true}"#),
        (
            "yamldecode",
            r#"["a: 'no'\nb: no"]"#,
            r#"{"a": "?whether no stands in quotes in the YAML is not known", "b": "?whether no stands in quotes in the YAML is not known"}"#,
        ),
        ("yamldecode", r#"["hello"]"#, r#""hello""#),
        ("yamldecode", r#"[""]"#, "!missing start"),
        ("yamldecode", r#"["a: !foo x"]"#, "!unsupported tag"),
        ("yamldecode", r#"["a: ["]"#, "!line"),
        (
            "yamlencode",
            r#"[{"a": 1, "b": ["x", {"c": true, "d": 2}], "d": {"e": null}, "f": [], "g": {}, "h": "multi\nline", "x y": "z<", "k": [[1, 2], [3]]}]"#,
            r#""\"a\": 1\n\"b\":\n- \"x\"\n- \"c\": true\n  \"d\": 2\n\"d\":\n  \"e\": null\n\"f\": []\n\"g\": {}\n\"h\": |-\n  multi\n  line\n\"k\":\n- - 1\n  - 2\n- - 3\n\"x y\": \"z<\"\n""#,
        ),
        (
            "yamlencode",
            r#"[{"a": {"b": [{"c": "l\nm\n"}, {"d": [1]}]}}]"#,
            r#""\"a\":\n  \"b\":\n  - \"c\": |\n      l\n      m\n  - \"d\":\n    - 1\n""#,
        ),
        ("yamlencode", r#"["x"]"#, r#""\"x\"\n""#),
        ("yamlencode", r#"[["?x"]]"#, r#""?x""#),
    ]);
}

#[test]
fn files() {
    check(&[
        ("file", r#"["a.txt"]"#, r#""hi""#),
        ("file", r#"["./f/../a.txt"]"#, r#""hi""#),
        ("file", r#"["../top.txt"]"#, r#""top""#),
        ("file", r#"["root/f/b.json"]"#, r#""{\"x\": [1]}""#),
        ("file", r#"["no.txt"]"#, "!no file exists"),
        ("file", r#"["../../x"]"#, r#""?../../x lies outside the root, and nothing outside it is read""#),
        ("file", r#"["/etc/passwd"]"#, r#""?/etc/passwd lies outside the root, and nothing outside it is read""#),
        ("file", r#"["~/x"]"#, r#""?~/x lies outside the root, and nothing outside it is read""#),
        ("file", r#"["bin"]"#, r#""?root/bin is not UTF-8 text""#),
        ("file", r#"["?x"]"#, r#""?x""#),
        ("filebase64", r#"["a.txt"]"#, r#""aGk=""#),
        ("filesha256", r#"["a.txt"]"#, r#""8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4""#),
        ("filebase64sha256", r#"["a.txt"]"#, r#""j0NDRmSPa5bfid2pAcUXaxCm2Dlh3TwayItZstwyeqQ=""#),
        ("filemd5", r#"["a.txt"]"#, r#""?filemd5() is not computed here""#),
        ("fileexists", r#"["a.txt"]"#, "true"),
        ("fileexists", r#"["b.txt"]"#, "false"),
        ("fileexists", r#"["/b.txt"]"#, r#""?/b.txt lies outside the root, and nothing outside it is read""#),
        ("fileset", r#"[".", "**/*.json"]"#, r#"["f/b.json", "f/g/c.json"]"#),
        ("fileset", r#"["f", "*.json"]"#, r#"["b.json"]"#),
        ("fileset", r#"["f", "**"]"#, r#"["b.json", "g/c.json"]"#),
        ("fileset", r#"["no", "*"]"#, "[]"),
        ("fileset", r#"[".", "["]"#, "!failed to glob"),
        ("templatefile", r#"["t.tpl", {"name": "you"}]"#, r#""Hello you!""#),
        ("templatefile", r#"["t.tpl", {"name": "?x"}]"#, r#""?x""#),
        ("templatefile", r#"["t.tpl", "?x"]"#, r#""?x""#),
        ("templatefile", r#"["no.tpl", {}]"#, "!no file exists"),
        ("templatefile", r#"["r.tpl", {}]"#, "!template"),
        ("templatestring", r#"["${templatestring(a, {a = a})}", {"a": "${templatestring(a, {a = a})}"}]"#, "!template"),
        ("templatefile", r#"["t.tpl", {"name": "again"}]"#, r#""Hello again!""#),
        ("abspath", r#"["a"]"#, r#""?abspath() depends on the machine""#),
        ("basename", r#"["foo/bar/baz.txt"]"#, r#""baz.txt""#),
        ("basename", r#"["foo/bar/"]"#, r#""bar""#),
        ("basename", r#"[""]"#, r#"".""#),
        ("basename", r#"["/"]"#, r#""/""#),
        ("dirname", r#"["foo/bar/baz.txt"]"#, r#""foo/bar""#),
        ("dirname", r#"["foo"]"#, r#"".""#),
        ("dirname", r#"["./a/../b/c"]"#, r#""b""#),
        ("dirname", r#"["/a"]"#, r#""/""#),
        ("pathexpand", r#"["a/~"]"#, r#""a/~""#),
        ("pathexpand", r#"["~/a"]"#, r#""?pathexpand() depends on the machine""#),
    ]);
}

#[test]
fn times_and_hashes() {
    check(&[
        ("formatdate", r#"["DD MMM YYYY hh:mm ZZZ", "2018-01-02T23:12:01Z"]"#, r#""02 Jan 2018 23:12 UTC""#),
        (
            "formatdate",
            r#"["EEE MMMM M D H HH h hh AA aa m s Z ZZZZ ZZZZZ", "2018-01-02T03:02:01+05:30"]"#,
            r#""Tue January 1 2 3 03 3 03 AM am 2 1 +05:30 +0530 +05:30""#,
        ),
        ("formatdate", r#"["YY'T''x'''HH", "2018-01-02T00:02:01Z"]"#, r#""18T'x'12""#),
        ("formatdate", r#"["YYY", "2018-01-02T03:02:01Z"]"#, "!verb \"YYY\""),
        ("formatdate", r#"["'a", "2018-01-02T03:02:01Z"]"#, "!unterminated"),
        ("formatdate", r#"["YYYY", "2018-01-02"]"#, "!RFC3339"),
        ("formatdate", r#"["YYYY", "?x"]"#, r#""?x""#),
        ("timeadd", r#"["2017-11-22T00:00:00Z", "10m"]"#, r#""2017-11-22T00:10:00Z""#),
        ("timeadd", r#"["2017-11-22T00:00:00+02:00", "-1h30m0.5s"]"#, r#""2017-11-21T22:29:59+02:00""#),
        ("timeadd", r#"["2017-11-22T00:00:00Z", "1d"]"#, "!unknown unit \"d\""),
        ("timeadd", r#"["2017-11-22T00:00:00Z", ""]"#, "!invalid duration"),
        ("timeadd", r#"["2017-11-22T00:00:00Z", "99999999999h"]"#, "!invalid duration"),
        ("timecmp", r#"["2017-11-22T00:00:00Z", "2017-11-22T01:00:00+01:00"]"#, "0"),
        ("timecmp", r#"["2017-11-22T00:00:00Z", "2017-11-22T01:00:00Z"]"#, "-1"),
        ("timestamp", "[]", r#""?timestamp() differs at each run""#),
        ("plantimestamp", "[]", r#""?plantimestamp() differs at each run""#),
        ("uuid", "[]", r#""?uuid() differs at each run""#),
        ("uuidv5", r#"["dns", "a"]"#, r#""?uuidv5() is not computed here""#),
        ("bcrypt", r#"["a"]"#, r#""?bcrypt() differs at each run""#),
        ("md5", r#"["a"]"#, r#""?md5() is not computed here""#),
        ("sha1", r#"["a"]"#, r#""?sha1() is not computed here""#),
        ("sha256", r#"["hello world"]"#, r#""b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9""#),
        ("base64sha256", r#"["hello world"]"#, r#""uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=""#),
        ("sha512", r#"["?x"]"#, r#""?x""#),
        (
            "base64sha512",
            r#"["hello world"]"#,
            r#""MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==""#,
        ),
    ]);
}

#[test]
fn networks() {
    check(&[
        ("cidrhost", r#"["10.12.127.0/20", 16]"#, r#""10.12.112.16""#),
        ("cidrhost", r#"["10.12.127.0/20", -1]"#, r#""10.12.127.255""#),
        ("cidrhost", r#"["10.12.127.0/20", 4096]"#, "!does not accommodate a host numbered 4096"),
        ("cidrhost", r#"["fd00:fd12:3456:7890:00a2::/72", 34]"#, r#""fd00:fd12:3456:7890::22""#),
        ("cidrhost", r#"["?x", 34]"#, r#""?x""#),
        ("cidrnetmask", r#"["172.16.0.0/12"]"#, r#""255.240.0.0""#),
        ("cidrnetmask", r#"["0.0.0.0/0"]"#, r#""0.0.0.0""#),
        ("cidrnetmask", r#"["fd00::/12"]"#, "!IPv6"),
        ("cidrsubnet", r#"["172.16.0.0/12", 4, 2]"#, r#""172.18.0.0/16""#),
        ("cidrsubnet", r#"["10.1.2.0/24", 4, 15]"#, r#""10.1.2.240/28""#),
        ("cidrsubnet", r#"["fd00:fd12:3456:7890::/56", 16, 162]"#, r#""fd00:fd12:3456:7800:a200::/72""#),
        ("cidrsubnet", r#"["10.1.2.0/24", 4, 16]"#, "!does not accommodate a subnet numbered 16"),
        ("cidrsubnet", r#"["10.1.2.0/24", 9, 0]"#, "!insufficient address space"),
        ("cidrsubnet", r#"["10.1.2.3/24", 0, 0]"#, r#""10.1.2.0/24""#),
        ("cidrsubnet", r#"["010.001.002.0/24", 4, 1]"#, r#""10.1.2.16/28""#),
        ("cidrsubnet", r#"["::ffff:10.0.0.0/104", 8, 1]"#, r#""10.1.0.0/16""#),
        ("cidrsubnet", r#"["10.0.0.0", 4, 1]"#, "!invalid CIDR"),
        ("cidrsubnet", r#"["::/0", 128, 1]"#, r#""::1/128""#),
        ("cidrsubnet", r#"["10.0.0.0/33", 4, 1]"#, "!invalid CIDR"),
        (
            "cidrsubnets",
            r#"["10.1.0.0/16", 4, 4, 8, 4]"#,
            r#"["10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"]"#,
        ),
        (
            "cidrsubnets",
            r#"["fd00::/56", 16, 16, 16, 32]"#,
            r#"["fd00::/72", "fd00::100:0:0:0/72", "fd00::200:0:0:0/72", "fd00::300:0:0:0/88"]"#,
        ),
        ("cidrsubnets", r#"["10.0.0.0/30", 1, 1, 1]"#, "!not enough remaining address space"),
        ("cidrsubnets", r#"["255.0.0.0/8", 1, 1, 1]"#, "!not enough remaining address space"),
        ("cidrsubnets", r#"["::/0", 1, 1, 1]"#, "!not enough remaining address space"),
        ("cidrsubnets", r#"["10.0.0.0/8", 8, 0]"#, "!at least one bit"),
        ("cidrcontains", r#"["10.0.0.0/8", "10.1.0.0/16"]"#, "true"),
        ("cidrcontains", r#"["10.0.0.0/8", "11.0.0.1"]"#, "false"),
    ]);
}

#[test]
fn conversions() {
    check(&[
        ("tobool", r#"["true"]"#, "true"),
        ("tobool", r#"["1"]"#, "true"),
        ("tobool", "[null]", "null"),
        ("tobool", "[1]", "!bool is needed, not a number"),
        ("tobool", r#"["yes"]"#, "!bool is needed"),
        ("tonumber", r#"["1.50"]"#, "1.5"),
        ("tonumber", r#"["?x"]"#, r#""?x""#),
        ("tonumber", r#"["inf"]"#, "!number is needed"),
        ("tostring", "[1.50]", r#""1.5""#),
        ("tostring", "[true]", r#""true""#),
        ("tostring", "[[]]", "!string is needed, not a list"),
        ("tolist", r#"[["a", 1, null, "?x"]]"#, r#"["a", "1", null, "?x"]"#),
        ("tolist", r#"[{"a": 1}]"#, "!list is needed"),
        ("toset", r#"[["b", "a", "b"]]"#, r#"["a", "b"]"#),
        ("toset", r#"[[10, 9, 9.5]]"#, "[9, 9.5, 10]"),
        ("toset", r#"[["b", "?x", "a"]]"#, r#"["a", "b", "?x"]"#),
        ("tomap", r#"[{"a": 1, "b": "x"}]"#, r#"{"a": "1", "b": "x"}"#),
        ("tomap", "[[1]]", "!map is needed"),
        ("issensitive", "[1]", "false"),
        ("issensitive", r#"["?x"]"#, r#""?x""#),
        ("sensitive", "[1]", "1"),
        ("nonsensitive", "[1]", "1"),
        ("ephemeralasnull", "[1]", "1"),
        ("core::upper", r#"["a"]"#, r#""A""#),
        (
            "provider::azurerm::normalise_resource_id",
            "[1]",
            r#""?provider::azurerm::normalise_resource_id() is computed by a provider""#,
        ),
        ("nosuch", "[]", "!no function nosuch"),
        ("upper", "[]", "!it takes 1 arguments, not 0"),
        ("substr", r#"["a"]"#, "!it takes 3 arguments, not 1"),
    ]);
}

#[test]
fn names_are_sorted_and_known() {
    assert!(FUNCTIONS.is_sorted_by(|a, b| a.name < b.name));
    assert!(is_known("upper") && is_known("core::upper") && is_known("provider::x::y"));
    assert!(!is_known("try") && !is_known("nosuch"));
}

#[test]
fn elements_keep_their_places_and_marks() {
    let tree = tree();
    let context = Context { tree: &tree, root_folder: "" };
    let span = Span::new(FileId(0), 3..5);
    let x = Node::string("x").at(span).marked(true);
    let y = Node::string("y");
    let list = Node::array(vec![x.clone(), y.clone()]);
    let map = Node::object(Object::from([("k".into(), x.clone()), ("l".into(), y.clone())]));
    let zero = Node::new(Value::Int(0));
    let other = Node::object(Object::from([("m".into(), y.clone())]));
    for (name, args, path) in [
        ("element", vec![list.clone(), zero], None),
        ("lookup", vec![map.clone(), Node::string("k"), y.clone()], None),
        ("coalesce", vec![Node::new(Value::Null), x.clone()], None),
        ("one", vec![Node::array(vec![x.clone()])], None),
        ("concat", vec![list.clone(), list.clone()], Some(2)),
        ("values", vec![map.clone()], Some(0)),
        ("reverse", vec![list.clone()], Some(1)),
        ("flatten", vec![Node::array(vec![list.clone()])], Some(0)),
        ("toset", vec![list.clone()], Some(0)),
    ] {
        let result = call(name, &args, &context).unwrap();
        let found = path.map_or(&result, |at| &result.as_array().unwrap()[at]);
        assert_eq!(found, &x, "{name}");
        assert!(path.is_none() || !result.sensitive, "{name}");
    }
    let merged = call("merge", &[map.clone(), other], &context).unwrap();
    assert_eq!(merged.get("k"), Some(&x));
    for (name, args) in [
        ("upper", vec![x.clone()]),
        ("join", vec![y.clone(), list.clone()]),
        ("jsonencode", vec![map.clone()]),
        ("contains", vec![list.clone(), y.clone()]),
        ("format", vec![Node::string("%s"), x.clone()]),
        ("issensitive", vec![list.clone()]),
        ("join", vec![Node::unknown("u").marked(true), list]),
        ("merge", vec![Node::unknown("u"), map.marked(true)]),
    ] {
        let result = call(name, &args, &context).unwrap();
        assert_eq!(result.sensitive, name != "issensitive", "{name}");
    }
    assert!(!call("nonsensitive", &[x], &context).unwrap().sensitive);
    assert!(call("sensitive", &[y], &context).unwrap().sensitive);
}

#[test]
fn values_that_unfold_without_end_are_refused() {
    let tree = tree();
    let context = Context { tree: &tree, root_folder: "" };
    let mut bomb = Node::string("lol");
    for _ in 0..60 {
        bomb = Node::array(vec![bomb.clone(), bomb]);
    }
    let twin = Node::array(vec![bomb.clone(), bomb.clone()]);
    let mut deep = Node::string("x");
    for _ in 0..400 {
        deep = Node::array(vec![deep]);
    }
    for (name, args) in [
        ("jsonencode", vec![bomb.clone()]),
        ("yamlencode", vec![bomb.clone()]),
        ("flatten", vec![bomb.clone()]),
        ("format", vec![Node::string("%v"), bomb.clone()]),
        ("jsonencode", vec![deep.clone()]),
        ("flatten", vec![deep]),
        ("replace", vec![Node::string("a".repeat(2000)), Node::string("a"), Node::string("b".repeat(2000))]),
        ("replace", vec![Node::string("a".repeat(2000)), Node::string("/a/"), Node::string("b".repeat(2000))]),
        ("setproduct", vec![Node::array(vec![Node::string("a"); 1000]); 3]),
    ] {
        let error = call(name, &args, &context).unwrap_err();
        assert!(error.contains("larger than") || error.contains("deeper than"), "{name}: {error}");
    }
    for (name, args) in [("contains", vec![twin.clone(), bomb.clone()]), ("index", vec![twin, bomb])] {
        assert!(call(name, &args, &context).unwrap().reason().is_some(), "{name}");
    }
}
