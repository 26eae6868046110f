//! Output format `json`.

use serde_json::Value;

use crate::text::json::string;
use crate::text::number;

/// Writes a document with four-space indents and a newline at its end. Members keep their order.
///
/// Non-ASCII text is raw, as the AWS CLI 2.36 prints it. With `escape`, for a terminal, control and bidirectional
/// control characters are written as `\uXXXX`, which a reader decodes to the same text.
pub fn document(value: &Value, escape: bool) -> String {
    let mut out = String::new();
    write_value(&mut out, value, 0, escape);
    out.push('\n');
    out
}

fn write_value(out: &mut String, value: &Value, level: usize, escape: bool) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(&number::to_text(number)),
        Value::String(text) => string(out, text, escape),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                new_line(out, level + 1);
                write_value(out, item, level + 1, escape);
            }
            new_line(out, level);
            out.push(']');
        }
        Value::Object(members) if members.is_empty() => out.push_str("{}"),
        Value::Object(members) => {
            for (index, (key, member)) in members.iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                new_line(out, level + 1);
                string(out, key, escape);
                out.push_str(": ");
                write_value(out, member, level + 1, escape);
            }
            new_line(out, level);
            out.push('}');
        }
    }
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("    ", level));
}

/// Writes a value that is nested `level` levels deep in a document.
pub fn element(out: &mut String, value: &Value, level: usize, escape: bool) {
    new_line(out, level);
    write_value(out, value, level, escape);
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::text::escape::is_wild;

    #[test]
    fn indents_by_four_and_keeps_the_order() {
        let value = json!({"b": [1, {"x": null}], "a": {}, "c": [], "d": true, "e": 1.0});
        let expected = r#"{
    "b": [
        1,
        {
            "x": null
        }
    ],
    "a": {},
    "c": [],
    "d": true,
    "e": 1.0
}
"#;
        assert_eq!(document(&value, false), expected);
    }

    #[test]
    fn top_level_values_are_one_line() {
        assert_eq!(document(&json!(null), false), "null\n");
        assert_eq!(document(&json!("é"), false), "\"é\"\n");
        assert_eq!(document(&json!([]), false), "[]\n");
        assert_eq!(document(&json!({}), false), "{}\n");
    }

    #[test]
    fn escapes_only_as_json_requires() {
        let text = "a\"b\\c/d \n\r\t\u{8}\u{c} \u{0}\u{7}\u{1b} \u{7f}\u{85}\u{2028}\u{202e} 😀";
        let expected = "\"a\\\"b\\\\c/d \\n\\r\\t\\b\\f \\u0000\\u0007\\u001b \u{7f}\u{85}\u{2028}\u{202e} 😀\"\n";
        assert_eq!(document(&json!(text), false), expected);
    }

    #[test]
    fn control_characters_are_escaped_on_a_terminal() {
        assert_eq!(
            document(&json!({"\u{1b}": "\u{7f}\u{9b}\u{61c}\u{200e}\u{202e}\u{2066}\u{2069} \u{200b}é😀"}), true),
            "{\n    \"\\u001b\": \"\\u007f\\u009b\\u061c\\u200e\\u202e\\u2066\\u2069 \u{200b}é😀\"\n}\n"
        );
    }

    /// Values as in a response or the result of a query.
    pub(crate) fn values() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            texts().prop_map(Value::from),
        ];
        scalar.prop_recursive(5, 40, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::vec((texts(), inner), 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// Strings with the special characters of a format.
    pub(crate) fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                " ",
                "  ",
                "\n",
                "\t",
                "\r",
                "a",
                "word",
                "0",
                "12",
                "1.5",
                "-",
                "?",
                ":",
                ": ",
                "#",
                " #",
                ",",
                "[",
                "]",
                "{",
                "}",
                "&",
                "*",
                "!",
                "|",
                ">",
                "'",
                "\"",
                "%",
                "@",
                "`",
                "=",
                "<<",
                "~",
                "null",
                "true",
                "---",
                "...",
                "\\",
                "\u{0}",
                "\u{7f}",
                "\u{85}",
                "\u{a0}",
                "\u{2028}",
                "\u{2029}",
                "\u{202e}",
                "\u{feff}",
                "é",
                "😀",
                "2024-01-31",
            ])
            .prop_map(str::to_owned),
            "[a-z]{1,30} ",
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn reads_back_as_the_same_value(value in values(), escape: bool) {
            let text = document(&value, escape);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
            prop_assert!(!escape || !text.chars().any(|c| c != '\n' && is_wild(c)));
        }
    }
}
