//! Writes strings as JSON.

use super::escape::is_wild;

/// Writes a string.
pub fn string(out: &mut String, text: &str, escape: bool) {
    quoted(out, text, |c| c >= ' ' && !(escape && is_wild(c)));
}

/// Writes a string as Python's `json.dumps` does by default: all but printable ASCII as `\uXXXX`.
pub fn ascii_string(out: &mut String, text: &str) {
    quoted(out, text, |c| (' '..='~').contains(&c));
}

/// Writes a string. Escapes the characters that JSON requires to be escaped, and those for which `stays` is false.
fn quoted(out: &mut String, text: &str, stays: impl Fn(char) -> bool) {
    out.push('"');
    let mut rest = text;
    while let Some(place) = rest.find(|c| matches!(c, '"' | '\\') || !stays(c)) {
        let (plain, other) = rest.split_at(place);
        out.push_str(plain);
        let mut other = other.chars();
        match other.next().unwrap_or_default() {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
        rest = other.as_str();
    }
    out.push_str(rest);
    out.push('"');
}
