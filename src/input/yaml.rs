//! YAML input documents.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::text::shorten::beginning;

/// Maximum size of a document in bytes; parsing may take 128 times as much memory.
const MAX_BYTES: usize = 1 << 20;
/// Maximum number of open brackets and braces, those in quotes included. yaml_serde itself allows 128 levels, but
/// checks that only at the end of the document, in quadratic time.
const MAX_OPEN: usize = 1000;
/// Maximum number of nodes in a document, with aliases expanded.
const MAX_NODES: usize = 100_000;
/// Maximum bytes of text that aliases may add to a document.
const MAX_ADDED_BYTES: usize = 16 << 20;

/// Parses the only document in `text` to a JSON value; an empty document is [`Value::Null`]. Skips a byte order mark at
/// the start, and applies merge keys (`<<`).
///
/// # Errors
///
/// Returns a message with line and column if `text` isn't YAML, or contains several documents, duplicate keys, keys
/// that aren't text, tags other than the core ones, unknown aliases, infinity or NaN, more than 1 MiB, 128
/// levels or 100,000 nodes.
pub fn parse(text: &str) -> Result<Value, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err("more than 1 MiB".to_owned());
    }
    if deepest(text) > MAX_OPEN {
        return Err("nested too deeply".to_owned());
    }
    let limits = Limits { nodes: Cell::new(MAX_NODES), bytes: Cell::new(text.len().saturating_add(MAX_ADDED_BYTES)) };
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let first = documents.next().map(|document| Node(&limits).deserialize(document)).transpose();
    let value = first.map_err(|error| message(&error))?.unwrap_or_default();
    match documents.next() {
        Some(_) => Err("more than one document".to_owned()),
        None => Ok(value),
    }
}

/// Returns the greatest number of brackets and braces that are open at once, those in quotes and comments included.
fn deepest(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// Returns an error with its position. yaml_serde omits the position of the first character of a document.
fn message(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix('.').unwrap_or(&text);
    match error.location() {
        Some(at) if at.index() == 0 && !text.contains(" at ") => format!("{text} at line 1 column 1"),
        _ => text.to_owned(),
    }
}

/// The number of nodes and bytes of text that a document may still have.
struct Limits {
    nodes: Cell<usize>,
    bytes: Cell<usize>,
}

impl Limits {
    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let nodes = self.nodes.get().checked_sub(1).ok_or_else(|| E::custom("more than 100,000 nodes"))?;
        let bytes = self.bytes.get().checked_sub(bytes);
        self.nodes.set(nodes);
        self.bytes.set(bytes.ok_or_else(|| E::custom("too much text, with aliases expanded"))?);
        Ok(())
    }
}

/// Deserializes a value.
struct Node<'a>(&'a Limits);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can express")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0).map(|()| value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0).map(|()| value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0).map(|()| value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        let number =
            Number::from_f64(value).ok_or_else(|| E::custom(format!("JSON doesn't have the number {value}")))?;
        Ok(number.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len()).map(|()| value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Node(self.0))? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut members = Map::new();
        while let Some(key) = entries.next_key_seed(Key { members: &members, limits: self.0 })? {
            let value = entries.next_value_seed(Node(self.0))?;
            members.insert(key, value);
        }
        if let Some(merged) = members.remove(MERGE) {
            merge(&mut members, merged).map_err(A::Error::custom)?;
        }
        Ok(members.into())
    }

    /// Gets the values that yaml_serde reads with a custom tag.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, _) = tagged.variant::<String>()?;
        Err(A::Error::custom(format!("the tag {} can't be used here", beginning(&tag))))
    }
}

/// Deserializes the key of a member that the map doesn't have yet.
struct Key<'a> {
    members: &'a Map<String, Value>,
    limits: &'a Limits,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text as a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        self.limits.spend(key.len())?;
        if self.members.contains_key(key) {
            return Err(E::custom(format!("duplicate key {}", beginning(key))));
        }
        Ok(key.to_owned())
    }
}

/// The merge key: the members of its value are added to the map (<https://yaml.org/type/merge.html>).
const MERGE: &str = "<<";

/// Adds the members that `members` doesn't have yet, from one map or from several in order of precedence.
fn merge(members: &mut Map<String, Value>, merged: Value) -> Result<(), &'static str> {
    let maps = match merged {
        Value::Array(maps) if !maps.is_empty() => maps,
        map => vec![map],
    };
    for map in maps {
        let Value::Object(map) = map else { return Err("the merge key << needs a map or a list of maps") };
        for (key, value) in map {
            members.entry(key).or_insert(value);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn is(text: &str, expected: Value) {
        assert_eq!(parse(text), Ok(expected), "{text}");
    }

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        assert_eq!(parse(text), Err(expected.to_owned()), "{text}");
    }

    #[test]
    fn plain_words_have_types_and_quoted_ones_are_strings() {
        is("[12, '12', \"12\", 0x1F, 0b11, 1.5, 1e3]", json!([12, "12", "12", 31, 3, 1.5, 1000.0]));
        is("[true, 'true', yes, no, on, ~, null, '']", json!([true, "true", "yes", "no", "on", null, null, ""]));
        is("a:\nb: '~'", json!({"a": null, "b": "~"}));
        is("[=, a b, 12:30, 1_000]", json!(["=", "a b", "12:30", "1_000"]));
        is("a: <<", json!({"a": "<<"}));
    }

    #[test]
    fn account_ids_and_dates_are_text() {
        is("[012345678901, 2024-01-31]", json!(["012345678901", "2024-01-31"]));
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
        is("<<: {a: 1, b: 2}\nb: 3", json!({"b": 3, "a": 1}));
        is("b: 3\n<<: [{a: 1}, {a: 2, b: 2}]", json!({"b": 3, "a": 1}));
        is(
            "a: &a {k: 1}\nb: &b {<<: *a, l: 2}\nc: {<<: *b}\n",
            json!({"a": {"k": 1}, "b": {"l": 2, "k": 1}, "c": {"l": 2, "k": 1}}),
        );
        refused("<<: 1", "the merge key << needs a map or a list of maps at line 1 column 1");
        refused("<<: {}\n<<: {}", "duplicate key \"<<\" at line 2 column 1");
        refused("a: *x", "unknown anchor at line 1 column 4");
        assert!(parse("&x [*x]").is_err());
    }

    #[test]
    fn tags() {
        is("[!!str 12, !!int '0x1F', !!float 1, !!bool true, !!null ~]", json!(["12", 31, 1.0, true, null]));
        is("!!map {a: !!seq []}", json!({"a": []}));
        is("!<tag:yaml.org,2002:str> 12", json!("12"));
        refused("a: !party {}", "a: the tag \"party\" can't be used here at line 1 column 4");
        assert!(parse("!!int x").is_err());
    }

    #[test]
    fn keys_are_text() {
        is("2024-01-31: c", json!({"2024-01-31": "c"}));
        refused("a: 1\nb: 2\na: 3", "duplicate key \"a\" at line 3 column 1");
        for text in ["12: a", "true: b", "~: c", "{[a]: b}"] {
            assert!(parse(text).unwrap_err().contains("expected text as a key at line 1"), "{text}: {:?}", parse(text));
        }
    }

    #[test]
    fn what_json_does_not_have() {
        refused("a: [-.inf]", "a[0]: JSON doesn't have the number -inf at line 1 column 5");
        refused("[.nan]", "[0]: JSON doesn't have the number NaN at line 1 column 2");
    }

    #[test]
    fn one_document_only() {
        refused("a: 1\n---\nb: 2", "more than one document");
        is("---\na: 1\n...\n", json!({"a": 1}));
    }

    #[test]
    fn tabs_do_not_indent() {
        for text in ["a:\n  \tb: 1", "\ta: 1", "a:\n\tb: 1", "a:\n\t- b"] {
            assert!(parse(text).is_err(), "{text}");
        }
        is("{\n\t\"a\": [\n\t\t1]\n}", json!({"a": [1]}));
    }

    #[test]
    fn unprintable_characters_are_refused() {
        refused("a: é\n b\u{0}", "control characters are not allowed at position 8");
        assert!(parse("a: '\u{1b}'").is_err());
        is("\"\\e\\u202E\\U0001F600\"", json!("\u{1b}\u{202e}😀"));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(parse(&("[".repeat(120) + &"]".repeat(120))).is_ok());
        refused(&("[".repeat(200) + &"]".repeat(200)), "recursion limit exceeded at line 1 column 129");
        assert!(parse(&"- ".repeat(100_000)).is_err());
        refused(&"[".repeat(100_000), "nested too deeply");
    }

    #[test]
    fn aliases_can_not_blow_up() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text += &format!("a{level}: &a{level} [{aliases}]\n");
        }
        assert!(parse(&text).is_err());
        let text = format!("- &x {}\n{}", "x".repeat(1 << 19), "- *x\n".repeat(10_000));
        assert!(parse(&text).unwrap_err().contains("too much text, with aliases expanded"));
        assert!(parse(&"- x\n".repeat(100_001)).unwrap_err().contains("more than 100,000 nodes"));
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
            let _ = parse(&text);
        }
    }
}
