//! YAML input documents.
//!
//! The safe subset of YAML 1.2, as a JSON value: anchors, aliases, merge keys, the core tags, flow and block style.
//! What a plain word means is decided by [`scalar::resolve`]. Size and depth are bounded, aliases included.

use std::collections::HashMap;
use std::fmt;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::{Map, Number, Value};

use super::{LONGEST_SHOWN, beginning};
use crate::error::shortened;
use crate::scalar::{self, Plain};

/// Levels of lists and maps.
const MAX_DEPTH: usize = 128;
/// Nodes of a document, those repeated by aliases included.
const MAX_NODES: usize = 100_000;
/// Bytes of text that anchors and aliases may add to those of the document.
const MAX_COPIED_BYTES: usize = 16 << 20;

const CORE_TAGS: &str = "tag:yaml.org,2002:";

/// Why a document can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong, as a phrase without a full stop.
    pub message: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {}, column {})", self.message, self.line, self.column)
    }
}

impl std::error::Error for YamlError {}

impl YamlError {
    fn new(message: impl Into<String>, at: Marker) -> Self {
        Self { message: message.into(), line: at.line(), column: at.col() + 1 }
    }
}

impl From<ScanError> for YamlError {
    fn from(error: ScanError) -> Self {
        Self::new(error.info(), *error.marker())
    }
}

/// Reads the one document in `text`; an empty one is [`Value::Null`]. A byte order mark at the start is skipped, a key
/// that isn't a string (`12: x`) becomes its text.
///
/// # Errors
///
/// What isn't YAML, and what is refused: several documents, duplicate keys, keys that are lists or maps, tags other
/// than the core ones, unknown aliases, and more than 128 levels or 100,000 nodes. So are values that JSON doesn't
/// have: plain dates, infinity and NaN.
pub fn parse(text: &str) -> Result<Value, YamlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_characters(text)?;
    let text = without_open_blank_line(text);
    let mut loader = Loader::new(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event?;
        loader.take(event, span)?;
    }
    Ok(loader.document.unwrap_or_default())
}

/// Drops spaces behind the last line break, which the parser counts as a line of a block scalar.
fn without_open_blank_line(text: &str) -> &str {
    let trimmed = text.trim_end_matches(' ');
    if trimmed.ends_with(['\n', '\r']) { trimmed } else { text }
}

/// Refuses the characters that YAML does not allow, not even in quotes: controls but tab and line breaks.
fn check_characters(text: &str) -> Result<(), YamlError> {
    let (mut line, mut column) = (1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let allowed = matches!(c, '\t' | '\n' | '\r' | '\u{85}') || !c.is_control();
        if !allowed || matches!(c, '\u{fffe}' | '\u{ffff}') {
            let message = format!("the character U+{:04X} is not allowed in YAML", u32::from(c));
            return Err(YamlError { message, line, column });
        }
        if c == '\n' || c == '\r' && chars.peek() != Some(&'\n') {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    Ok(())
}

/// A finished node.
#[derive(Clone)]
struct Node {
    value: Value,
    /// The text of a scalar, which is its name when it serves as a key.
    text: Option<String>,
    /// Levels of lists and maps in it.
    height: usize,
    size: Size,
}

/// What a node takes: itself and all that it contains.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self { nodes: self.nodes.saturating_add(other.nodes), bytes: self.bytes.saturating_add(other.bytes) }
    }
}

/// A list or map that has begun but not ended.
struct Frame {
    content: Content,
    /// In brackets or braces, where tabs are as good as spaces.
    flow: bool,
    /// The parser's number of its anchor, 0 without one.
    anchor: usize,
    height: usize,
    size: Size,
}

enum Content {
    List(Vec<Value>),
    Map {
        members: Map<String, Value>,
        /// The key whose value comes next.
        key: Option<Key>,
        /// What `<<` names, the first of them taking precedence.
        merged: Option<Vec<Map<String, Value>>>,
    },
}

enum Key {
    Name(String),
    Merge,
}

/// Builds a value out of the parser's events.
#[derive(Default)]
struct Loader {
    source: Source,
    stack: Vec<Frame>,
    /// Finished nodes by the number of their anchor.
    anchored: HashMap<usize, Node>,
    /// The document's value, once it has ended.
    document: Option<Value>,
    has_document: bool,
    /// What was read, and what anchors and aliases copied.
    spent: Size,
    max_bytes: usize,
}

impl Loader {
    fn new(text: &str) -> Self {
        Self { source: Source::new(text), max_bytes: text.len().saturating_add(MAX_COPIED_BYTES), ..Self::default() }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        let at = span.start;
        match event {
            Event::DocumentStart(_) if self.has_document => {
                Err(YamlError::new("more than one document, only one is expected", at))
            }
            Event::DocumentStart(_) => {
                self.has_document = true;
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let text = self.source.as_written(&text, style, span);
                self.scalar(text, style, anchor, tag.as_deref(), at)
            }
            Event::SequenceStart(anchor, tag) => {
                collection_tag(tag.as_deref(), "seq", at)?;
                self.begin(Content::List(Vec::new()), anchor, at)
            }
            Event::MappingStart(anchor, tag) => {
                collection_tag(tag.as_deref(), "map", at)?;
                self.begin(Content::Map { members: Map::new(), key: None, merged: None }, anchor, at)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        at: Marker,
    ) -> Result<(), YamlError> {
        let plain = style == ScalarStyle::Plain && tag.is_none();
        let is_key = self.expects_key();
        if is_key && !self.in_flow() {
            self.source.refuse_tab_before(at)?;
        }
        if is_key && plain && scalar::resolve(text) == Plain::Merge {
            return self.merge_key(at);
        }
        let value = match tag {
            Some(tag) => tagged(text, tag, at)?,
            // A key is its text whatever it would mean as a value.
            None if plain && !is_key => typed(text, scalar::resolve(text), at)?,
            None => Value::from(text),
        };
        let size = Size { nodes: 1, bytes: text.len() };
        self.spend(size, at)?;
        self.add(Node { value, text: Some(text.to_owned()), height: 0, size }, anchor, at)
    }

    fn begin(&mut self, content: Content, anchor: usize, at: Marker) -> Result<(), YamlError> {
        if self.expects_key() {
            return Err(YamlError::new("a key must be a word, not a list or map", at));
        }
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(at));
        }
        let flow = self.in_flow() || self.source.opens_flow(at);
        if !flow {
            self.source.refuse_tab_before(at)?;
        }
        let size = Size { nodes: 1, bytes: 0 };
        self.spend(size, at)?;
        self.stack.push(Frame { content, flow, anchor, height: 1, size });
        Ok(())
    }

    fn end(&mut self, at: Marker) -> Result<(), YamlError> {
        let Some(Frame { content, anchor, height, size, .. }) = self.stack.pop() else {
            return Ok(());
        };
        let value = match content {
            Content::List(items) => Value::from(items),
            Content::Map { mut members, merged, .. } => {
                for (key, value) in merged.into_iter().flatten().flatten() {
                    if !members.contains_key(&key) {
                        members.insert(key, value);
                    }
                }
                Value::from(members)
            }
        };
        self.add(Node { value, text: None, height, size }, anchor, at)
    }

    fn alias(&mut self, anchor: usize, at: Marker) -> Result<(), YamlError> {
        let Some(node) = self.anchored.get(&anchor) else {
            return Err(YamlError::new("an alias refers to the very list or map that it stands in", at));
        };
        if self.stack.len() + node.height > MAX_DEPTH {
            return Err(too_deep(at));
        }
        if node.text.is_none() && self.expects_key() {
            return Err(YamlError::new("a key must be a word, not a list or map", at));
        }
        let size = node.size;
        self.spend(size, at)?;
        match self.anchored.get(&anchor).cloned() {
            Some(node) => self.add(node, 0, at),
            None => Ok(()),
        }
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize, at: Marker) -> Result<(), YamlError> {
        if anchor != 0 {
            self.spend(node.size, at)?;
            self.anchored.insert(anchor, node.clone());
        }
        let Some(frame) = self.stack.last_mut() else {
            self.document = Some(node.value);
            return Ok(());
        };
        frame.height = frame.height.max(node.height + 1);
        frame.size = frame.size.plus(node.size);
        match &mut frame.content {
            Content::List(items) => items.push(node.value),
            Content::Map { members, key, merged } => match key.take() {
                None => {
                    let name = node.text.unwrap_or_default();
                    if members.contains_key(&name) {
                        return Err(YamlError::new(format!("duplicate key {}", beginning(&name)), at));
                    }
                    *key = Some(Key::Name(name));
                }
                Some(Key::Name(name)) => {
                    members.insert(name, node.value);
                }
                Some(Key::Merge) => *merged = Some(maps_to_merge(node.value, at)?),
            },
        }
        Ok(())
    }

    fn merge_key(&mut self, at: Marker) -> Result<(), YamlError> {
        match self.stack.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Map { merged: Some(_), .. }) => Err(YamlError::new("duplicate key \"<<\"", at)),
            Some(Content::Map { key, .. }) => {
                *key = Some(Key::Merge);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn in_flow(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.flow)
    }

    fn expects_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { content: Content::Map { key: None, .. }, .. }))
    }

    fn spend(&mut self, size: Size, at: Marker) -> Result<(), YamlError> {
        self.spent = self.spent.plus(size);
        if self.spent.nodes > MAX_NODES {
            Err(YamlError::new(format!("more than {MAX_NODES} nodes, with aliases expanded"), at))
        } else if self.spent.bytes > self.max_bytes {
            Err(YamlError::new("too much text, with aliases expanded", at))
        } else {
            Ok(())
        }
    }
}

/// What the parser's events don't tell about the text.
#[derive(Default)]
struct Source {
    /// The characters, kept only if there are tabs among them.
    chars: Vec<char>,
    /// Characters in all.
    length: usize,
    /// The last line has no line break.
    is_open: bool,
}

impl Source {
    fn new(text: &str) -> Self {
        Self {
            chars: if text.contains('\t') { text.chars().collect() } else { Vec::new() },
            length: text.chars().count(),
            is_open: !text.ends_with(['\n', '\r']),
        }
    }

    fn opens_flow(&self, at: Marker) -> bool {
        matches!(self.chars.get(at.index()), Some('[' | '{'))
    }

    /// Refuses a tab in front of a block list, a block map or a key of one, where it would count as indentation.
    fn refuse_tab_before(&self, at: Marker) -> Result<(), YamlError> {
        let line = at.index().saturating_sub(at.col())..at.index();
        if self.chars.get(line).unwrap_or_default().contains(&'\t') {
            return Err(YamlError::new("a tab can't indent or precede a key or list item; use spaces", at));
        }
        Ok(())
    }

    /// The parser ends the last line of a block scalar even if the text doesn't; other readers don't.
    fn as_written<'a>(&self, text: &'a str, style: ScalarStyle, span: Span) -> &'a str {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let ends_open = self.is_open && span.end.index() == self.length;
        text.strip_suffix('\n').filter(|_| block && ends_open).unwrap_or(text)
    }
}

fn too_deep(at: Marker) -> YamlError {
    YamlError::new(format!("nested deeper than {MAX_DEPTH} levels"), at)
}

/// The maps that the value of a `<<` key stands for.
fn maps_to_merge(value: Value, at: Marker) -> Result<Vec<Map<String, Value>>, YamlError> {
    let maps = match value {
        Value::Object(map) => vec![map],
        Value::Array(items) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(map) => Some(map),
                _ => None,
            })
            .collect::<Option<_>>()
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    if maps.is_empty() { Err(YamlError::new("the merge key << needs a map or a list of maps", at)) } else { Ok(maps) }
}

/// The value of a plain word.
fn typed(word: &str, meaning: Plain, at: Marker) -> Result<Value, YamlError> {
    match meaning {
        Plain::Null => Ok(Value::Null),
        Plain::Bool(value) => Ok(Value::from(value)),
        Plain::Integer(number) => Ok(Value::Number(number)),
        Plain::Float(float) => Number::from_f64(float)
            .map(Value::Number)
            .ok_or_else(|| in_quotes(word, "is a number that JSON doesn't have", at)),
        Plain::Malformed => Err(in_quotes(word, "is a number without digits in YAML", at)),
        Plain::Timestamp => Err(in_quotes(word, "is a date in YAML", at)),
        Plain::Merge | Plain::Value | Plain::String => Ok(Value::from(word)),
    }
}

fn in_quotes(word: &str, problem: &str, at: Marker) -> YamlError {
    let word = shortened(word, LONGEST_SHOWN);
    YamlError::new(format!("{word} {problem}; put it in quotes to mean the text"), at)
}

/// The value of a scalar with a tag.
fn tagged(text: &str, tag: &Tag, at: Marker) -> Result<Value, YamlError> {
    let mismatch = |kind: &str| Err(YamlError::new(format!("{} is no {kind}, as its tag says", beginning(text)), at));
    match core_tag(tag) {
        Some("" | "str") => Ok(Value::from(text)),
        Some("null") => Ok(Value::Null),
        Some("bool") => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "on" => Ok(Value::from(true)),
            "false" | "no" | "n" | "off" => Ok(Value::from(false)),
            _ => mismatch("boolean"),
        },
        Some("int") => match scalar::resolve(text) {
            Plain::Integer(number) => Ok(Value::Number(number)),
            _ => mismatch("integer"),
        },
        Some("float") => match scalar::resolve(text) {
            Plain::Integer(number) => Ok(number.as_f64().map_or(Value::Null, Value::from)),
            meaning @ Plain::Float(_) => typed(text, meaning, at),
            _ => mismatch("number"),
        },
        Some("timestamp") => typed(text, Plain::Timestamp, at),
        Some(name @ ("seq" | "map")) => mismatch(if name == "seq" { "list" } else { "map" }),
        _ => Err(unsupported(tag, at)),
    }
}

/// Checks the tag of a list or map.
fn collection_tag(tag: Option<&Tag>, own: &str, at: Marker) -> Result<(), YamlError> {
    let Some(tag) = tag else { return Ok(()) };
    match core_tag(tag) {
        Some(name) if name.is_empty() || name == own => Ok(()),
        _ => Err(unsupported(tag, at)),
    }
}

/// The name of a core tag (`str` of `!!str`), empty for the tag `!`, which asks for no typing.
fn core_tag(tag: &Tag) -> Option<&str> {
    match (tag.handle.as_str(), tag.suffix.as_str()) {
        (CORE_TAGS, name) => Some(name),
        ("", "!") | ("!", "") => Some(""),
        ("", verbatim) => verbatim.strip_prefix(CORE_TAGS),
        _ => None,
    }
}

fn unsupported(tag: &Tag, at: Marker) -> YamlError {
    let name = match core_tag(tag) {
        Some(name) => format!("!!{name}"),
        None => format!("{}{}", tag.handle, tag.suffix),
    };
    let name = shortened(&name, LONGEST_SHOWN);
    YamlError::new(format!("the tag {name} can't be used here"), at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn is(text: &str, expected: Value) {
        assert_eq!(parse(text), Ok(expected), "{text}");
    }

    fn refused(text: &str, expected: &str) {
        assert_eq!(parse(text).map_err(|error| error.to_string()), Err(expected.to_owned()), "{text}");
    }

    #[test]
    fn plain_words_have_types_and_quoted_ones_are_strings() {
        is("[12, '12', \"12\", 012, 0x1F, 1.5, 1e3]", json!([12, "12", "12", 12, 31, 1.5, 1000.0]));
        is("[true, 'true', yes, no, on, ~, null, '']", json!([true, "true", "yes", "no", "on", null, null, ""]));
        is("a:\nb: '~'", json!({"a": null, "b": "~"}));
        is("[=, a b, 12:30]", json!(["=", "a b", "12:30"]));
        is("a: <<", json!({"a": "<<"}));
    }

    #[test]
    fn block_and_flow_style() {
        is(
            "Target:\n  Id: a\n  Type: EMAIL\nTags:\n- Key: k\n  Value: ''\n",
            json!({"Target": {"Id": "a", "Type": "EMAIL"}, "Tags": [{"Key": "k", "Value": ""}]}),
        );
        is(
            "{Target: {Id: a,\n Type: EMAIL}, \"Tags\":[{Key: k}, ]}",
            json!({"Target": {"Id": "a", "Type": "EMAIL"}, "Tags": [{"Key": "k"}]}),
        );
        is("a: |\n  one\n  two\nb: >-\n  one\n  two\n", json!({"a": "one\ntwo\n", "b": "one two"}));
    }

    #[test]
    fn a_block_scalar_ends_as_the_text_does() {
        is("a: |\n  one", json!({"a": "one"}));
        is("a: |\n  one\n", json!({"a": "one\n"}));
        is("a: |\n  one\n  ", json!({"a": "one\n"}));
        is("a: |+\n  one\n\n", json!({"a": "one\n\n"}));
    }

    #[test]
    fn an_empty_document_is_null() {
        for text in ["", "\n", "# nothing\n", "---\n", "\u{feff}"] {
            is(text, Value::Null);
        }
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        is("\u{feff}a: 1", json!({"a": 1}));
    }

    #[test]
    fn anchors_and_merge_keys() {
        is("a: &x {k: 1}\nb: *x\n", json!({"a": {"k": 1}, "b": {"k": 1}}));
        is("a: &x 012\n*x : b", json!({"a": 12, "012": "b"}));
        is("<<: {a: 1, b: 2}\nb: 3", json!({"b": 3, "a": 1}));
        is("b: 3\n<<: [{a: 1}, {a: 2, b: 2}]", json!({"b": 3, "a": 1}));
        is("'<<': {a: 1}", json!({"<<": {"a": 1}}));
        refused("<<: 1", "the merge key << needs a map or a list of maps (line 1, column 5)");
        refused("<<: {}\n<<: {}", "duplicate key \"<<\" (line 2, column 1)");
        refused("a: *x", "while parsing node, found unknown anchor (line 1, column 4)");
        refused("&x [*x]", "an alias refers to the very list or map that it stands in (line 1, column 5)");
    }

    #[test]
    fn tags() {
        is("[!!str 12, !!int '0x1F', !!float 1, !!bool yes, !!null x, ! 12]", json!(["12", 31, 1.0, true, null, "12"]));
        is("!!map {a: !!seq []}", json!({"a": []}));
        is("!<tag:yaml.org,2002:str> 12", json!("12"));
        is("!!str 2024-01-31", json!("2024-01-31"));
        refused("!party {}", "the tag !party can't be used here (line 1, column 1)");
        refused("!!binary aGk=", "the tag !!binary can't be used here (line 1, column 1)");
        refused("!!str []", "the tag !!str can't be used here (line 1, column 1)");
        refused("!!int x", "\"x\" is no integer, as its tag says (line 1, column 1)");
    }

    #[test]
    fn keys_are_text() {
        is("12: a\ntrue: b\n2024-01-31: c", json!({"12": "a", "true": "b", "2024-01-31": "c"}));
        refused("a: 1\nb: 2\na: 3", "duplicate key \"a\" (line 3, column 1)");
        refused("{[a]: b}", "a key must be a word, not a list or map (line 1, column 2)");
    }

    #[test]
    fn what_json_does_not_have() {
        refused("a: 2024-01-31", "2024-01-31 is a date in YAML; put it in quotes to mean the text (line 1, column 4)");
        refused(
            "[-.inf]",
            "-.inf is a number that JSON doesn't have; put it in quotes to mean the text (line 1, column 2)",
        );
        refused("- ._", "._ is a number without digits in YAML; put it in quotes to mean the text (line 1, column 3)");
    }

    #[test]
    fn one_document_only() {
        refused("a: 1\n---\nb: 2", "more than one document, only one is expected (line 2, column 1)");
        is("---\na: 1\n...\n", json!({"a": 1}));
    }

    #[test]
    fn tabs_do_not_indent() {
        let message = |line, column| {
            format!("a tab can't indent or precede a key or list item; use spaces (line {line}, column {column})")
        };
        refused("a:\n  \tb: 1", &message(2, 4));
        refused("\ta: 1", &message(1, 2));
        assert!(parse("a:\n\tb: 1").is_err());
        assert!(parse("a:\n\t- b").is_err());
        is("{\n\t\"a\": [\n\t\t1]\n}", json!({"a": [1]}));
        is("a: b\t# comment\n\t\nc: 'd\te'", json!({"a": "b", "c": "d\te"}));
    }

    #[test]
    fn unprintable_characters_are_refused() {
        refused("a: é\n b\u{0}", "the character U+0000 is not allowed in YAML (line 2, column 3)");
        refused("a: '\u{1b}'", "the character U+001B is not allowed in YAML (line 1, column 5)");
        is("\"\\e\\u202E\\U0001F600\"", json!("\u{1b}\u{202e}😀"));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(parse(&("[".repeat(128) + &"]".repeat(128))).is_ok());
        refused(&"[".repeat(200), "nested deeper than 128 levels (line 1, column 129)");
        refused(&"- ".repeat(100_000), "nested deeper than 128 levels (line 1, column 257)");
        assert!(parse(&"[".repeat(100_000)).is_err());
        let twice = format!("a: &x {}{}\nb: {}*x{}", "[".repeat(70), "]".repeat(70), "[".repeat(70), "]".repeat(70));
        refused(&twice, "nested deeper than 128 levels (line 2, column 74)");
    }

    #[test]
    fn aliases_can_not_blow_up() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text += &format!("a{level}: &a{level} [{aliases}]\n");
        }
        let error = parse(&text).map_err(|error| error.message);
        assert_eq!(error, Err("more than 100000 nodes, with aliases expanded".to_owned()));

        let text = format!("- &x {}\n{}", "x".repeat(1 << 20), "- *x\n".repeat(100));
        assert_eq!(parse(&text).map_err(|error| error.message), Err("too much text, with aliases expanded".to_owned()));
    }

    /// Text that is nearly YAML.
    fn soups() -> impl Strategy<Value = String> {
        let token = proptest::sample::select(vec![
            "a",
            "b: ",
            "- ",
            "-",
            "\n",
            "\n  ",
            "\n    ",
            " ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ", ",
            ":",
            "? ",
            "\"",
            "'",
            "&a ",
            "*a",
            "!!str ",
            "!t ",
            "! ",
            "|",
            ">",
            "|9\n",
            ">-\n",
            "|+2\n",
            "#",
            " # c",
            "---",
            "---\n",
            "...\n",
            "<<: ",
            "12",
            "2024-01-31",
            "~",
            "%YAML 1.2\n",
            "%TAG ! x\n",
            "%",
            "\\",
            "\\x4",
            "é",
            "😀",
            "\r\n",
            "\r",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
            "          ",
        ]);
        proptest::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn never_panics_on_any_text(text: String) {
            let _ = parse(&text);
        }

        #[test]
        fn never_panics_on_near_yaml(text in soups()) {
            if let Err(error) = parse(&text) {
                prop_assert!(error.line >= 1 && error.column >= 1);
            }
        }
    }
}
