//! Output formats `yaml` and `yaml-stream`.
//!
//! The layout is that of libyaml's emitter, which the AWS CLI uses: block style, text quoted only where it must be,
//! and folded at the first space past column 80. Measured on AWS CLI 2.36. One difference: U+2028 and U+2029, which are
//! line breaks in YAML, are escaped in double quotes. The AWS CLI prints them raw, with indentation between.

use serde_json::Value;

use super::json;
use crate::text::escape::is_wild;
use crate::text::{number, plain};

/// A line is folded at the first space that begins beyond this column.
const WIDTH: usize = 80;
/// Spaces per level.
const STEP: usize = 2;
/// A longer key, in bytes, is written as `? key`.
const LONGEST_SIMPLE_KEY: usize = 128;

/// Writes a document, keys sorted by code point at every level. A scalar on its own is written as JSON.
///
/// With `escape`, for a terminal, text with control or bidirectional control characters is written in double quotes
/// with escapes, which a reader decodes to the same text.
pub fn document(value: &Value, escape: bool) -> String {
    if !(value.is_array() || value.is_object()) {
        return json::document(value, escape);
    }
    let mut emitter = Emitter::new(escape);
    emitter.node(value, None, Parent::None);
    emitter.out.push('\n');
    emitter.out
}

/// Writes a document of `yaml-stream`: a list of which `value` is the only element.
pub fn stream_element(value: &Value, escape: bool) -> String {
    let mut emitter = Emitter::new(escape);
    emitter.sequence(std::slice::from_ref(value), 0);
    emitter.out.push('\n');
    emitter.out
}

/// Writes a string on one line, without folding: plain if it reads back as the same string, quoted otherwise.
pub fn plain_or_quoted(text: &str) -> String {
    let mut emitter = Emitter::new(false);
    emitter.text(text, 0, Place::OneLine);
    emitter.out
}

/// The parent of a node.
#[derive(Clone, Copy, PartialEq)]
enum Parent {
    None,
    Sequence,
    Mapping,
}

/// Whether a scalar may continue on further lines.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    OneLine,
    Foldable,
}

/// How a string is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
}

struct Emitter {
    out: String,
    /// The number of characters since the start of the line.
    column: usize,
    /// Whether this line has only indentation and indicators (`-`, `?`, `:`) so far: a collection may start here.
    indention: bool,
    /// Whether the last character separates tokens.
    whitespace: bool,
    escape: bool,
}

impl Emitter {
    fn new(escape: bool) -> Self {
        Self { out: String::new(), column: 0, indention: true, whitespace: true, escape }
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    fn put_all(&mut self, text: &str) {
        text.chars().for_each(|c| self.put(c));
    }

    fn line_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    /// Moves to a column, on a new line unless only indentation precedes it.
    fn indent(&mut self, indent: usize) {
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.line_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    /// Writes `-`, `?` or a separate `:`, after which a collection may start.
    fn block_indicator(&mut self, c: char) {
        self.separate();
        self.put(c);
        self.whitespace = false;
    }

    fn separate(&mut self) {
        if !self.whitespace {
            self.put(' ');
        }
    }

    /// Writes a word that ends the indentation of its line.
    fn word(&mut self, word: &str) {
        self.separate();
        self.put_all(word);
        self.whitespace = false;
        self.indention = false;
    }

    fn node(&mut self, value: &Value, indent: Option<usize>, parent: Parent) {
        let deeper = indent.map_or(0, |indent| indent + STEP);
        match value {
            Value::Null => self.word("null"),
            Value::Bool(true) => self.word("true"),
            Value::Bool(false) => self.word("false"),
            Value::Number(number) => self.word(&number::to_text(number)),
            Value::String(text) => self.text(text, deeper, Place::Foldable),
            Value::Array(items) if items.is_empty() => self.word("[]"),
            Value::Array(items) => {
                // A list starts right below its key, unless it starts on the line of an indicator.
                let indentless = parent == Parent::Mapping && !self.indention;
                self.sequence(items, indent.filter(|_| indentless).unwrap_or(deeper));
            }
            Value::Object(members) if members.is_empty() => self.word("{}"),
            Value::Object(members) => {
                let mut sorted: Vec<_> = members.iter().collect();
                sorted.sort_unstable_by_key(|(key, _)| *key);
                for (key, member) in sorted {
                    self.member(key, member, deeper);
                }
            }
        }
    }

    fn sequence(&mut self, items: &[Value], indent: usize) {
        for item in items {
            self.indent(indent);
            self.block_indicator('-');
            self.node(item, Some(indent), Parent::Sequence);
        }
    }

    fn member(&mut self, key: &str, value: &Value, indent: usize) {
        self.indent(indent);
        if key.len() <= LONGEST_SIMPLE_KEY && !key.contains(is_break) {
            self.text(key, indent + STEP, Place::OneLine);
            self.put(':');
        } else {
            self.block_indicator('?');
            self.text(key, indent + STEP, Place::Foldable);
            self.indent(indent);
            self.block_indicator(':');
        }
        self.node(value, Some(indent), Parent::Mapping);
    }

    /// Writes a string; further lines of it begin at `indent`.
    fn text(&mut self, text: &str, indent: usize, place: Place) {
        self.separate();
        match style(text, place, self.escape) {
            Style::Plain => self.plain(text, indent, place),
            Style::Single => self.single_quoted(text, indent, place),
            Style::Double => self.double_quoted(text, indent, place),
        }
        self.whitespace = false;
        self.indention = false;
    }

    fn plain(&mut self, text: &str, indent: usize, place: Place) {
        let mut chars = text.chars().peekable();
        let mut after_space = false;
        while let Some(c) = chars.next() {
            let lone_space = c == ' ' && !after_space && chars.peek() != Some(&' ');
            if lone_space && place == Place::Foldable && self.column > WIDTH {
                self.indent(indent);
            } else {
                self.put(c);
                self.indention = false;
            }
            after_space = c == ' ';
        }
    }

    fn single_quoted(&mut self, text: &str, indent: usize, place: Place) {
        self.put('\'');
        self.indention = false;
        let mut chars = text.chars().enumerate().peekable();
        let mut after_space = false;
        let mut after_break = false;
        while let Some((index, c)) = chars.next() {
            if c == '\n' {
                // The first break of a run would fold into a space, so it is doubled.
                if !after_break {
                    self.line_break();
                }
                self.line_break();
                self.indention = true;
                after_break = true;
                continue;
            }
            if after_break {
                self.indent(indent);
                after_break = false;
            }
            // A space at either end, or beside another one, would be lost in folding.
            let lone_space =
                c == ' ' && !after_space && index > 0 && chars.peek().is_some_and(|(_, next)| *next != ' ');
            if lone_space && place == Place::Foldable && self.column > WIDTH {
                self.indent(indent);
            } else {
                if c == '\'' {
                    self.put('\'');
                }
                self.put(c);
                self.indention = false;
            }
            after_space = c == ' ';
        }
        if after_break {
            self.indent(indent);
        }
        self.put('\'');
    }

    fn double_quoted(&mut self, text: &str, indent: usize, place: Place) {
        self.put('"');
        self.indention = false;
        let mut chars = text.chars().enumerate().peekable();
        let mut after_space = false;
        while let Some((index, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let inner_space = c == ' ' && !after_space && index > 0 && next.is_some();
            if inner_space && place == Place::Foldable && self.column > WIDTH {
                self.indent(indent);
                // Without the backslash, a reader would treat the space as indentation.
                if next == Some(' ') {
                    self.put('\\');
                }
            } else if must_escape(c, self.escape) || matches!(c, '"' | '\\') {
                self.put_all(&escaped(c));
            } else {
                self.put(c);
            }
            after_space = c == ' ';
        }
        self.put('"');
    }
}

/// Chooses the least quoting with which a string reads back unchanged.
fn style(text: &str, place: Place, escape: bool) -> Style {
    let facts = Facts::of(text, escape);
    if facts.double_only || facts.breaks && place == Place::OneLine {
        Style::Double
    } else if facts.breaks || facts.not_plain || !plain::is_string(text) {
        Style::Single
    } else {
        Style::Plain
    }
}

/// The properties of a string that decide its style.
#[derive(Default)]
struct Facts {
    /// Whether it has line breaks.
    breaks: bool,
    /// Whether it would mean something else, or end early, without quotes.
    not_plain: bool,
    /// Whether it has characters that need escapes.
    double_only: bool,
}

impl Facts {
    fn of(text: &str, escape: bool) -> Self {
        let mut facts = Self {
            not_plain: text.starts_with("---")
                || text.starts_with("...")
                || text.starts_with(' ')
                || text.ends_with(' '),
            ..Self::default()
        };
        let mut previous = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let before_blank = chars.peek().is_none_or(|next| is_blank(*next));
            let indicator = match c {
                '#' => previous.is_none_or(is_blank),
                ':' => before_blank,
                '-' | '?' => previous.is_none() && before_blank,
                ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => {
                    previous.is_none()
                }
                _ => false,
            };
            facts.not_plain |= indicator;
            facts.breaks |= c == '\n';
            facts.double_only |=
                must_escape(c, escape) && c != '\n' || matches!((previous, c), (Some(' '), '\n') | (Some('\n'), ' '));
            previous = Some(c);
        }
        facts
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_break(c)
}

/// Whether a character must be escaped in double quotes: a line break in YAML, or unprintable for libyaml.
fn must_escape(c: char, escape: bool) -> bool {
    c.is_control()
        || c > '\u{ffff}'
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        || escape && is_wild(c)
}

fn escaped(c: char) -> String {
    let short = match c {
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        _ => {
            return match u32::from(c) {
                code @ ..=0xff => format!("\\x{code:02X}"),
                code @ ..=0xffff => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            };
        }
    };
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::json::tests::{texts, values};
    use super::*;
    use crate::input;

    /// Returns the lines of a string as the value of a key.
    fn lines(text: &str) -> String {
        let document = document(&json!({ "v": text }), false);
        document.strip_prefix("v: ").and_then(|rest| rest.strip_suffix('\n')).unwrap_or_default().to_owned()
    }

    #[test]
    fn layout() {
        let value = json!({
            "b": [{"y": 1, "X": [["a", "b"], [], {}]}, null],
            "a": {"empty": {}, "none": [], "float": 1481656459.0, "yes": true},
        });
        let expected = "\
a:
  empty: {}
  float: 1481656459.0
  none: []
  yes: true
b:
- X:
  - - a
    - b
  - []
  - {}
  y: 1
- null
";
        assert_eq!(document(&value, false), expected);
    }

    #[test]
    fn top_level_scalars_are_json() {
        assert_eq!(document(&json!("12"), false), "\"12\"\n");
        assert_eq!(document(&json!("a\nb"), false), "\"a\\nb\"\n");
        assert_eq!(document(&json!(null), false), "null\n");
        assert_eq!(document(&json!([]), false), "[]\n");
        assert_eq!(document(&json!({}), false), "{}\n");
    }

    #[test]
    fn stream_elements_are_items_of_a_list() {
        let value = json!({"Handshake": {"Id": "h-1", "Parties": [{"Id": "a"}]}});
        assert_eq!(stream_element(&value, false), "- Handshake:\n    Id: h-1\n    Parties:\n    - Id: a\n");
        assert_eq!(stream_element(&json!("12"), false), "- '12'\n");
        assert_eq!(stream_element(&json!("x"), false), "- x\n");
        assert_eq!(stream_element(&json!(null), false), "- null\n");
        assert_eq!(stream_element(&json!(["a"]), false), "- - a\n");
        assert_eq!(stream_element(&json!({}), false), "- {}\n");
    }

    #[test]
    fn plain_text() {
        for text in
            ["-item", "?x", ":x", "a:b", "a#b", "a, b", "it's", "back\\slash", "say \"hi\"", "a  b", "yes", "12:30:45"]
        {
            assert_eq!(lines(text), text);
        }
        assert_eq!(lines("é\u{a0}\u{200b}\u{3000}\u{e000}\u{fffd}"), "é\u{a0}\u{200b}\u{3000}\u{e000}\u{fffd}");
    }

    #[test]
    fn single_quotes() {
        for text in [
            "",
            " ",
            " lead",
            "trail ",
            "#",
            ",x",
            "[",
            "]",
            "{",
            "}",
            "&a",
            "*a",
            "!",
            "|",
            ">",
            "\"q\"",
            "%",
            "@",
            "`",
            "-",
            "- x",
            "?",
            "? x",
            ":",
            ": x",
            "---",
            "--- a",
            "...",
            "a: b",
            "a:",
            "a #b",
            "null",
            "~",
            "true",
            "012",
            "1.5",
            "2024-01-31",
            "=",
            "<<",
        ] {
            assert_eq!(lines(text), format!("'{text}'"));
        }
        assert_eq!(lines("'it's'"), "'''it''s'''");
    }

    #[test]
    fn double_quotes() {
        assert_eq!(
            lines("\0\u{7}\u{8}\t\u{b}\u{c}\r\u{1b}\"\\\u{85} \u{1}\u{7f}\u{feff}\u{ffff}😀"),
            r#""\0\a\b\t\v\f\r\e\"\\\N \x01\x7F\uFEFF\uFFFF\U0001F600""#
        );
        assert_eq!(lines("a\n b"), r#""a\n b""#);
        assert_eq!(lines("a \nb"), r#""a \nb""#);
    }

    #[test]
    fn separators_of_lines_and_paragraphs_are_escaped() {
        assert_eq!(lines("a\u{2028}b\u{2029}"), r#""a\Lb\P""#);
    }

    #[test]
    fn line_breaks_are_written_as_empty_lines() {
        assert_eq!(lines("a\nb"), "'a\n\n  b'");
        assert_eq!(lines("a\n\nb"), "'a\n\n\n  b'");
        assert_eq!(lines("ends\n"), "'ends\n\n  '");
        assert_eq!(lines("\nstarts"), "'\n\n  starts'");
    }

    #[test]
    fn folds_at_the_first_space_beyond_the_width() {
        let word = "x".repeat(77);
        // The space is in column 80 and in column 81.
        assert_eq!(lines(&format!("{word} b")), format!("{word} b"));
        assert_eq!(lines(&format!("{word}x b")), format!("{word}x\n  b"));
        assert_eq!(lines(&format!("'{word} b")), format!("'''{word}\n  b'"));
        assert_eq!(lines(&format!("{word}xx  b c")), format!("{word}xx  b\n  c"));
        assert_eq!(lines(&format!("\t{word}  b")), format!("\"\\t{word}\n  \\ b\""));
        assert_eq!(lines(&format!("\t{word} ")), format!("\"\\t{word} \""));
    }

    #[test]
    fn long_and_broken_keys_get_a_question_mark() {
        let key = "k".repeat(128);
        assert_eq!(document(&json!({ &key: [1] }), false), format!("{key}:\n- 1\n"));
        assert_eq!(document(&json!({ format!("{key}k"): [1] }), false), format!("? {key}k\n: - 1\n"));
        assert_eq!(document(&json!({"a\nb": {"c": 1}}), false), "? 'a\n\n  b'\n: c: 1\n");
        assert_eq!(document(&json!({"": 1, "12": 2}), false), "'': 1\n'12': 2\n");
    }

    #[test]
    fn on_a_terminal_bidirectional_controls_are_escaped() {
        let value = json!({"a\u{202e}": "b\u{2066}", "c": "é"});
        assert_eq!(document(&value, false), "a\u{202e}: b\u{2066}\nc: é\n");
        assert_eq!(document(&value, true), "\"a\\u202E\": \"b\\u2066\"\nc: é\n");
        assert_eq!(document(&json!("\u{202e}"), true), "\"\\u202e\"\n");
        assert_eq!(stream_element(&json!("\u{202e}"), true), "- \"\\u202E\"\n");
    }

    #[test]
    fn a_string_can_be_written_on_one_line() {
        assert_eq!(plain_or_quoted(""), "''");
        assert_eq!(plain_or_quoted("INVITE"), "INVITE");
        assert_eq!(plain_or_quoted("12"), "'12'");
        assert_eq!(plain_or_quoted("a\nb"), r#""a\nb""#);
        let long = "word ".repeat(40) + "end";
        assert_eq!(plain_or_quoted(&long), long);
    }

    /// Values that are written as YAML. A scalar alone is written as JSON, where control characters may be raw.
    fn collections() -> impl Strategy<Value = Value> {
        values().prop_map(|value| if value.is_array() || value.is_object() { value } else { json!([value]) })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn reads_back_as_the_same_value(value in collections(), escape: bool) {
            let read = |text: &str| serde_yaml::from_str::<Value>(text).map_err(|error| error.to_string());
            prop_assert_eq!(read(&document(&value, escape)), Ok(value.clone()));
            prop_assert_eq!(read(&stream_element(&value, escape)), Ok(json!([value])));
        }

        #[test]
        fn one_line_reads_back(text in texts()) {
            let line = plain_or_quoted(&text);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(input::yaml::parse(&format!("- {line}")), Ok(json!([text])));
        }

        #[test]
        fn control_characters_are_escaped_on_a_terminal(value in values()) {
            let document = document(&value, true) + &stream_element(&value, true);
            prop_assert!(!document.chars().any(|c| c != '\n' && is_wild(c)));
        }
    }
}
