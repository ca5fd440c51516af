//! JSON in its canonical form (RFC 8785), for values whose keys are ASCII and whose numbers are whole and small.

use serde::Serialize;
use serde_json::Value;

/// The canonical text: keys sorted, no spaces, shortest escapes.
///
/// The values come from this module's neighbours, which keep to ASCII keys and to whole numbers below 2^53; for those
/// the order of bytes is the order of UTF-16 units, and numbers have one form.
pub(super) fn to_string(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or(Value::Null);
    let mut out = String::new();
    write(&value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&map[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = serde_json::json!({"b": [{"z": 1, "a": null}], "a": "ü\u{1}\n\"\\/"});
        assert_eq!(to_string(&value), "{\"a\":\"ü\\u0001\\n\\\"\\\\/\",\"b\":[{\"a\":null,\"z\":1}]}");
    }
}
