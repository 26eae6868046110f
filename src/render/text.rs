//! Output format `text`: tab-separated lines for `cut`, `awk` and `while read`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::text::number;

/// Writes a document as lines. An object is one line: its own key in upper case, then its scalars sorted by key. Lines for
/// its nested values follow. The objects of one list share their columns.
///
/// Values are raw: a tab or newline within one is not escaped. Measured on AWS CLI 2.36. For a list that mixes objects
/// with scalars, the AWS CLI fails; this writes the scalars first.
pub fn document(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value, None, None);
    out
}

fn write_value(out: &mut String, value: &Value, identifier: Option<&str>, columns: Option<&BTreeSet<&str>>) {
    match value {
        Value::Array(items) => write_list(out, items, identifier),
        Value::Object(members) => write_object(out, members, identifier, columns),
        scalar => write_line(out, [cell(scalar)]),
    }
}

fn write_list(out: &mut String, items: &[Value], identifier: Option<&str>) {
    let columns = items.iter().any(Value::is_object).then(|| shared_columns(items));
    let (nested, scalars): (Vec<&Value>, Vec<&Value>) = items.iter().partition(|item| is_nested(item));
    if !scalars.is_empty() {
        match identifier {
            Some(identifier) => {
                for scalar in scalars {
                    write_line(out, [identifier.to_uppercase(), cell(scalar)]);
                }
            }
            None => write_line(out, scalars.into_iter().map(cell)),
        }
    }
    for item in nested {
        write_value(out, item, identifier, columns.as_ref());
    }
}

fn write_object(
    out: &mut String,
    members: &Map<String, Value>,
    identifier: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
) {
    let mut sorted: Vec<(&str, &Value)> = members.iter().map(|(key, member)| (key.as_str(), member)).collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    let is_column = |key: &str, member: &Value| columns.map_or(!is_nested(member), |columns| columns.contains(key));

    let mut cells: Vec<String> = match columns {
        Some(columns) => columns.iter().map(|key| members.get(*key).map(cell).unwrap_or_default()).collect(),
        None => sorted.iter().filter(|(_, member)| !is_nested(member)).map(|(_, member)| cell(member)).collect(),
    };
    if !cells.is_empty() {
        cells.splice(0..0, identifier.map(str::to_uppercase));
        write_line(out, cells);
    }
    for (key, member) in sorted.into_iter().filter(|(key, member)| !is_column(key, member)) {
        write_value(out, member, Some(key), None);
    }
}

/// Returns the keys that have a scalar in at least one object of a list.
fn shared_columns(items: &[Value]) -> BTreeSet<&str> {
    let members = items.iter().filter_map(Value::as_object).flatten();
    members.filter(|(_, member)| !is_nested(member)).map(|(key, _)| key.as_str()).collect()
}

/// Whether a value is a list or an object.
pub(super) fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn write_line(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        out.push_str(&cell);
    }
    out.push('\n');
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => {
            let mut out = String::new();
            write_literal(&mut out, other);
            out
        }
    }
}

/// Writes a value as a Python literal, as the AWS CLI does for booleans and null, and for a list or object in a column
/// that has a scalar in another row.
fn write_literal(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Number(number) => out.push_str(&number::to_text(number)),
        Value::String(text) => write_string_literal(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_literal(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, (key, member)) in members.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_string_literal(out, key);
                out.push_str(": ");
                write_literal(out, member);
            }
            out.push('}');
        }
    }
}

fn write_string_literal(out: &mut String, text: &str) {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            c => out.push_str(&match u32::from(c) {
                code @ ..=0xff => format!("\\x{code:02x}"),
                code @ ..=0xffff => format!("\\u{code:04x}"),
                code => format!("\\U{code:08x}"),
            }),
        }
    }
    out.push(quote);
}

/// Whether Python prints a character as it is: no control, format, private-use, unassigned or separator character, except
/// the space.
fn is_printable(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return true;
    }
    // The standard library escapes the same categories, and combining characters only at the start of a text.
    let mut buffer = [b'_'; 5];
    let length = c.encode_utf8(&mut buffer[1..]).len();
    std::str::from_utf8(&buffer[..=length]).is_ok_and(|text| text.escape_debug().nth(1) == Some(c))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is(value: Value, expected: &str) {
        assert_eq!(document(&value), expected, "{value}");
    }

    #[test]
    fn an_object_is_a_line_and_its_nested_values_follow() {
        is(
            json!({"Handshake": {"State": "OPEN", "Id": "h-1", "Parties": [{"Type": "EMAIL", "Id": "a"}], "Empty": []}}),
            "HANDSHAKE\th-1\tOPEN\nPARTIES\ta\tEMAIL\n",
        );
        is(json!({"Handshake": {}}), "");
    }

    #[test]
    fn objects_of_a_list_share_their_columns() {
        is(
            json!({"Resources": [{"Type": "NOTES"}, {"Value": "only"}, {"Type": "X", "Value": "o", "Resources": [{"Value": "x"}]}]}),
            "RESOURCES\tNOTES\t\nRESOURCES\t\tonly\nRESOURCES\tX\to\nRESOURCES\tx\n",
        );
    }

    #[test]
    fn results_of_a_query_have_no_identifier() {
        is(json!("text"), "text\n");
        is(json!(null), "None\n");
        is(json!([true, false, null, 1, 2.0]), "True\tFalse\tNone\t1\t2.0\n");
        is(json!([["a", "b"], ["c"], []]), "a\tb\nc\n");
        is(json!(["x", ["a", "b"], "y"]), "x\ty\na\tb\n");
        is(json!([]), "");
        is(json!({"a": ["x", "y"], "b": 1}), "1\nA\tx\nA\ty\n");
    }

    #[test]
    fn values_are_raw() {
        is(json!("a\tb\nc \u{1b}é"), "a\tb\nc \u{1b}é\n");
    }

    #[test]
    fn scalars_of_a_mixed_list_come_first() {
        is(json!(["x", {"b": 1}, null, {"a": 2}]), "x\tNone\n\t1\n2\t\n");
        is(json!({"k": ["x", {"b": 1}, ["y"]]}), "K\tx\nK\t1\nK\ty\n");
    }

    #[test]
    fn a_nested_value_in_a_scalar_column_is_a_literal() {
        is(
            json!([{"t": "a", "r": null}, {"t": "b", "r": [{"v": "it's\n", "n": 1.0, "b": true}]}]),
            "None\ta\n[{'v': \"it's\\n\", 'n': 1.0, 'b': True}]\tb\n",
        );
        is(
            json!([{"r": 1}, {"r": {"'\"": "\u{7f}\u{a0}\u{301}\u{e000}é\u{e0001}"}}]),
            "1\n{'\\'\"': '\\x7f\\xa0\u{301}\\ue000é\\U000e0001'}\n",
        );
    }
}
