//! The command line's shorthand for objects: `Key=value,Key=value`.
//!
//! This module handles only the syntax; [`complex`](super::complex) applies the model's types.
//!
//! ```text
//! object  = member *("," member)
//! member  = key ("=" / "@=") [several / list / braces]   ; after "@=", file:// names a file
//! several = text *("," text)                             ; more than one make a list
//! list    = "[" [element *("," element) [","]] "]"
//! braces  = "{" [key ("=" / "@=") element *("," ...) [","]] "}"
//! element = text / list / braces
//! key     = *(ASCII letter / digit / - _ . # / :)
//! text    = '...' / "..." / word
//! ```
//!
//! Blanks may surround `=`, `,` and the contents of brackets and braces. Within quotes, a backslash escapes the quote
//! and itself; in a word, it escapes a comma. A word may be empty, but not after a comma of `several`. This is the AWS
//! CLI's syntax: the grammar comes from its user guide ("Using shorthand syntax"), the corner cases from the program
//! itself. Unlike the AWS CLI, this parser also refuses a repeated key in braces, and never drops a part of the text.

use std::fmt;

use serde_json::{Map, Value};

use crate::text::shorten::shortened;

/// Maximum depth of brackets and braces.
const MAX_DEPTH: usize = 128;
/// Bytes of the input that a message shows on either side of the error.
const SHOWN: usize = 400;
/// Characters of a file's line that a message shows on either side of the error.
const SHOWN_OF_LINE: usize = 100;

/// Bytes that can't begin a word.
const NOT_FIRST: &[u8] = b"\"',=[{";
/// Bytes that end the first word of a value, or an element in brackets or braces.
const END: &[u8] = b"\"',]}";
/// Bytes that end a word after a comma; if `=` ends it, the word is the next key.
const END_BEHIND_COMMA: &[u8] = b"\"',=";

/// An error in shorthand, or in a file that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShorthandError {
    /// The problem, as a phrase without a full stop.
    pub message: String,
    /// The position of the error, in bytes from the start of the text.
    pub position: usize,
    /// The text around that position.
    shown: String,
    /// The position in `shown`.
    caret: usize,
}

impl ShorthandError {
    fn new(message: String, text: &str, position: usize) -> Self {
        let start = text.floor_char_boundary(position.saturating_sub(SHOWN));
        let end = text.ceil_char_boundary(position.saturating_add(SHOWN));
        let left = if start > 0 { "…" } else { "" };
        let right = if end < text.len() { "…" } else { "" };
        let shown = format!("{left}{}{right}", &text[start..end]);
        Self { message, position, shown, caret: left.len() + position - start }
    }

    /// Returns the message, the line of the error and a caret below it. Other lines stay hidden: the file may have been
    /// named by mistake.
    pub fn on_its_line(&self) -> String {
        let (before, after) = self.shown.split_at(self.caret);
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        let skipped = before.chars().count().saturating_sub(SHOWN_OF_LINE);
        let before: String = before.chars().skip(skipped).collect();
        let after: String = after.chars().take(SHOWN_OF_LINE).collect();
        let text = format!("{before}{after}");
        Self { message: self.message.clone(), position: 0, shown: text, caret: before.len() }.to_string()
    }
}

impl fmt::Display for ShorthandError {
    /// Writes the message, the input, and a caret on its own line below the error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.shown.split_at(self.caret);
        let line = before.rfind('\n').map_or(before, |newline| &before[newline + 1..]);
        let (rest_of_line, other_lines) = after.split_at(after.find('\n').unwrap_or(after.len()));
        // Keep tabs, so that the caret is in the right column.
        let indent: String = line.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "{} for input:\n{before}{rest_of_line}\n{indent}^{other_lines}", self.message)
    }
}

impl std::error::Error for ShorthandError {}

/// Parses shorthand. Every scalar is a string; a member's name may be empty.
///
/// `read` gets each value after `@=` that begins with `file://` or `fileb://`, and returns the text to use instead.
///
/// # Errors
///
/// Returns an error if the text doesn't match the grammar, repeats a key, or has more than 128 levels, or if `read`
/// fails.
pub fn parse(text: &str, read: &mut dyn FnMut(&str) -> Result<String, String>) -> Result<Value, ShorthandError> {
    Parser { text, at: 0, read }.object().map(Value::Object)
}

/// Returns whether a value names a file to read.
pub fn names_file(value: &str) -> bool {
    value.starts_with("file://") || value.starts_with("fileb://")
}

struct Parser<'a> {
    text: &'a str,
    /// The position of the next byte, always at a character boundary.
    at: usize,
    read: &'a mut dyn FnMut(&str) -> Result<String, String>,
}

/// A text, and the position where it began.
struct Typed {
    text: String,
    start: usize,
}

impl<'a> Parser<'a> {
    fn object(&mut self) -> Result<Map<String, Value>, ShorthandError> {
        let mut members = Map::new();
        loop {
            let (key, from_file) = self.key(&members)?;
            let value = match self.peek() {
                Some(b'[' | b'{') => self.nested(from_file, 1)?,
                _ => self.one_or_several(from_file)?,
            };
            members.insert(key, value);
            self.skip_blanks();
            if self.peek().is_none() {
                return Ok(members);
            }
            self.expect(b',', "','")?;
        }
    }

    /// Parses a key and the sign after it; returns the key, and whether the sign is `@=`.
    fn key(&mut self, members: &Map<String, Value>) -> Result<(String, bool), ShorthandError> {
        let start = self.at;
        let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.#/:".contains(byte);
        self.at += self.rest().bytes().take_while(is_of_key).count();
        let key = &self.text[start..self.at];
        self.skip_blanks();
        let from_file = self.take(b'@');
        self.expect(b'=', "'='")?;
        if members.contains_key(key) {
            let key = shortened(key, SHOWN_OF_LINE);
            let message = format!("Key \"{key}\" is given twice (blanks separate the items of a list, not commas)");
            return Err(ShorthandError::new(message, self.text, start));
        }
        Ok((key.to_owned(), from_file))
    }

    /// Parses one text, or a list of texts separated by commas. If `=` follows the last text, it is the next key
    /// instead.
    fn one_or_several(&mut self, from_file: bool) -> Result<Value, ShorthandError> {
        let first = self.text(END)?;
        let mut last = self.resolve(first, from_file)?;
        let mut others = Vec::new();
        loop {
            self.skip_blanks();
            let comma = self.at;
            if !self.take(b',') {
                break;
            }
            // An extra comma before a key is allowed, as in the AWS CLI.
            if self.peek() == Some(b',') {
                break;
            }
            if self.peek().is_none() {
                return Err(self.expected("a value"));
            }
            let next = self.text(END_BEHIND_COMMA)?;
            self.skip_blanks();
            if !matches!(self.peek(), None | Some(b',')) {
                self.at = comma;
                break;
            }
            others.push(std::mem::replace(&mut last, self.resolve(next, from_file)?));
        }
        if others.is_empty() {
            return Ok(last);
        }
        others.push(last);
        Ok(Value::Array(others))
    }

    /// Parses a list in brackets or an object in braces.
    fn nested(&mut self, from_file: bool, depth: usize) -> Result<Value, ShorthandError> {
        if depth > MAX_DEPTH {
            return Err(self.error(format!("More than {MAX_DEPTH} levels of brackets and braces")));
        }
        if self.take(b'[') {
            let mut items = Vec::new();
            while self.peek() != Some(b']') {
                items.push(self.element(from_file, depth)?);
                self.separator(b']', "',' or ']'")?;
            }
            self.at += 1;
            return Ok(Value::Array(items));
        }
        self.expect(b'{', "'{'")?;
        let mut members = Map::new();
        while self.peek() != Some(b'}') {
            let (key, from_file) = self.key(&members)?;
            members.insert(key, self.element(from_file, depth)?);
            self.separator(b'}', "',' or '}'")?;
        }
        self.at += 1;
        Ok(Value::Object(members))
    }

    fn element(&mut self, from_file: bool, depth: usize) -> Result<Value, ShorthandError> {
        match self.peek() {
            Some(b'[' | b'{') => self.nested(from_file, depth + 1),
            _ => {
                let text = self.text(END)?;
                self.resolve(text, from_file)
            }
        }
    }

    /// Stops before the closing byte, or skips a comma.
    fn separator(&mut self, closing: u8, expected: &str) -> Result<(), ShorthandError> {
        self.skip_blanks();
        if self.peek() == Some(closing) { Ok(()) } else { self.expect(b',', expected) }
    }

    fn text(&mut self, ends: &[u8]) -> Result<Typed, ShorthandError> {
        let start = self.at;
        let text = match self.peek() {
            Some(b'"') => self.quoted('"', "\\\"")?,
            Some(b'\'') => self.quoted('\'', "\\'")?,
            _ => self.word(ends),
        };
        Ok(Typed { text, start })
    }

    fn word(&mut self, ends: &[u8]) -> String {
        let bytes = self.text.as_bytes();
        let start = self.at;
        loop {
            let excluded = if self.at == start { NOT_FIRST } else { ends };
            match bytes.get(self.at) {
                Some(b'\\') if bytes.get(self.at + 1) == Some(&b',') => self.at += 2,
                Some(byte) if !excluded.contains(byte) => self.at += 1,
                _ => break,
            }
        }
        self.text[start..self.at].trim_end().replace("\\,", ",")
    }

    fn quoted(&mut self, quote: char, escaped: &str) -> Result<String, ShorthandError> {
        let inner = &self.text[self.at + 1..];
        let (mut closing, mut last_escaped) = (None, None);
        for (index, _) in inner.match_indices(quote) {
            if !inner[..index].ends_with('\\') {
                closing = Some(index);
                break;
            }
            last_escaped = Some(index);
        }
        // If no other quote closes it, a value may end with a backslash: 'C:\dir\'.
        let Some(length) = closing.or(last_escaped) else {
            return Err(self.error(format!("Expected: closing {quote}, received: 'EOF'")));
        };
        self.at += length + 2;
        Ok(inner[..length].replace(escaped, &escaped[1..]).replace("\\\\", "\\"))
    }

    /// Returns the text, or the text of the file that it names.
    fn resolve(&mut self, typed: Typed, from_file: bool) -> Result<Value, ShorthandError> {
        if !from_file || !names_file(&typed.text) {
            return Ok(Value::String(typed.text));
        }
        (self.read)(&typed.text)
            .map(Value::String)
            .map_err(|message| ShorthandError::new(message, self.text, typed.start))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips this ASCII byte, and the blanks after it, if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
            self.skip_blanks();
        }
        found
    }

    fn expect(&mut self, byte: u8, name: &str) -> Result<(), ShorthandError> {
        if self.take(byte) { Ok(()) } else { Err(self.expected(name)) }
    }

    fn skip_blanks(&mut self) {
        // `is_ascii_whitespace` doesn't include the vertical tab.
        self.at += self.rest().bytes().take_while(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
    }

    fn expected(&self, expected: &str) -> ShorthandError {
        let received = match self.rest().chars().next() {
            None => "EOF".to_owned(),
            Some(c) if c.is_control() => c.escape_default().to_string(),
            Some(c) => c.to_string(),
        };
        self.error(format!("Expected: {expected}, received: '{received}'"))
    }

    fn error(&self, message: String) -> ShorthandError {
        ShorthandError::new(message, self.text, self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Reads `file://x` as `<file://x>`, whatever x is but "missing".
    fn parsed(text: &str) -> Result<Value, ShorthandError> {
        parse(text, &mut |file| match file {
            "file://missing" => Err("Unable to load paramfile missing".to_owned()),
            file => Ok(format!("<{file}>")),
        })
    }

    #[track_caller]
    fn gives(text: &str, expected: Value) {
        assert_eq!(parsed(text).as_ref(), Ok(&expected), "{text}");
    }

    #[track_caller]
    fn refused(text: &str, message: &str, position: usize) {
        let error = parsed(text).expect_err(text);
        assert_eq!((&*error.message, error.position), (message, position), "{text}");
    }

    #[test]
    fn members_are_strings() {
        gives("Id=juan@example.com,Type=EMAIL", json!({"Id": "juan@example.com", "Type": "EMAIL"}));
        gives("Id=000123456789", json!({"Id": "000123456789"}));
        gives("a=b=c,a.b-c_d#/:9=]", json!({"a": "b=c", "a.b-c_d#/:9": "]"}));
        gives("a=é 😀", json!({"a": "é 😀"}));
        gives("a=,b= ,c=", json!({"a": "", "b": "", "c": ""}));
        gives("a = b c , \t d\n=\x0be ", json!({"a": "b c", "d": "e"}));
    }

    #[test]
    fn commas_make_lists() {
        gives("a=b,c,d=e", json!({"a": ["b", "c"], "d": "e"}));
        gives("a=b, 'c=d' ,e]", json!({"a": ["b", "c=d", "e]"]}));
        gives(r"a=b\,c,d\,e", json!({"a": ["b,c", "d,e"]}));
        gives("a=b,,c=d", json!({"a": "b", "c": "d"}));
        gives("a=,b", json!({"a": ["", "b"]}));
    }

    #[test]
    fn quotes_protect() {
        gives(r#"a='b,c=d',e="f,g=h""#, json!({"a": "b,c=d", "e": "f,g=h"}));
        gives(r#"a='it\'s',b="\"x\"",c="it's""#, json!({"a": "it's", "b": "\"x\"", "c": "it's"}));
        gives(r"a='C:\\dir\file'", json!({"a": r"C:\dir\file"}));
        gives(r"a='C:\dir\'", json!({"a": r"C:\dir\"}));
        gives("a='',b=\"\"", json!({"a": "", "b": ""}));
        gives("a=' b '", json!({"a": " b "}));
    }

    #[test]
    fn brackets_and_braces_nest() {
        gives("a=[],b={},c=[ x , y ]", json!({"a": [], "b": {}, "c": ["x", "y"]}));
        gives("a={b=c,d=[e,{f=g=h}]},i=j", json!({"a": {"b": "c", "d": ["e", {"f": "g=h"}]}, "i": "j"}));
        gives("a=[b,],c={d=e,}", json!({"a": ["b"], "c": {"d": "e"}}));
        gives("a=[b]\n", json!({"a": ["b"]}));
    }

    #[test]
    fn files_are_read_behind_their_sign_alone() {
        gives("a@=file://x,b=file://y", json!({"a": "<file://x>", "b": "file://y"}));
        gives("a @ = 'file://x,y'", json!({"a": "<file://x,y>"}));
        gives("a@=b,fileb://x", json!({"a": ["b", "<fileb://x>"]}));
        gives("a={b@=file://x},c@=[file://y]", json!({"a": {"b": "<file://x>"}, "c": ["<file://y>"]}));
        refused("a=b,c@=file://missing", "Unable to load paramfile missing", 7);
    }

    #[test]
    fn mistakes_are_refused_where_they_are() {
        refused("", "Expected: '=', received: 'EOF'", 0);
        refused("juan@example.com", "Expected: '=', received: 'e'", 5);
        refused("a", "Expected: '=', received: 'EOF'", 1);
        refused("a==b", "Expected: ',', received: '='", 2);
        refused("a=b,", "Expected: a value, received: 'EOF'", 4);
        refused("a=b,c=[d],e", "Expected: '=', received: 'EOF'", 11);
        refused("a=b,é=c", "Expected: '=', received: 'é'", 4);
        refused(" a=b", "Expected: '=', received: 'a'", 1);
        refused("a=it's", "Expected: ',', received: '''", 4);
        refused("a=b,\"c,d=e", "Expected: closing \", received: 'EOF'", 4);
        refused("a='b", "Expected: closing ', received: 'EOF'", 2);
        refused("a=[b", "Expected: ',' or ']', received: 'EOF'", 4);
        refused("a={b=c", "Expected: ',' or '}', received: 'EOF'", 6);
        refused("a={b", "Expected: '=', received: 'EOF'", 4);
        refused(r"a=b,c\,d=e", r"Expected: '=', received: '\'", 5);
        let twice = "Key \"a\" is given twice (blanks separate the items of a list, not commas)";
        refused("a=b, a=c", twice, 5);
        refused("x={a=b,a=c}", twice, 7);
    }

    #[test]
    fn messages_point_at_the_mistake() {
        let shown = |text| parsed(text).expect_err(text).to_string();
        assert_eq!(shown("Id"), "Expected: '=', received: 'EOF' for input:\nId\n  ^");
        assert_eq!(shown("a=b,\n\té=c,\nd=e"), "Expected: '=', received: 'é' for input:\na=b,\n\té=c,\n\t^\nd=e");
        let long = shown(&format!("a={}'{}", "é".repeat(500), "x".repeat(500)));
        assert!(long.contains("\n…éé") && long.ends_with('^') && long.chars().count() < 1000, "{long}");
    }

    #[test]
    fn of_a_file_only_the_line_of_the_mistake_is_shown() {
        let shown = |text| parsed(text).expect_err(text).on_its_line();
        assert_eq!(shown("a=b,\n\té=c,\nd=e"), "Expected: '=', received: 'é' for input:\n\té=c,\n\t^");
        assert_eq!(shown("root:x:0\nbin:x:1\n"), "Expected: '=', received: 'b' for input:\nbin:x:1\n^");
        let long = shown(&format!("secret\na={}'{}\nsecret", "é".repeat(500), "x".repeat(500)));
        assert!(!long.contains("secret") && long.contains('é') && long.chars().count() < 400, "{long}");
    }

    #[test]
    fn depth_has_a_bound() {
        let nested = |depth| format!("a={}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parsed(&nested(128)).is_ok());
        refused(&nested(100_000), "More than 128 levels of brackets and braces", 130);
        refused(&format!("a={}", "{a=".repeat(100_000)), "More than 128 levels of brackets and braces", 2 + 128 * 3);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), signs in r#"[ab='",@{}\[\]\\ é\n😀]*"#) {
            for text in [text, signs] {
                if let Err(error) = parsed(&text) {
                    prop_assert!(text.is_char_boundary(error.position));
                    let _ = error.to_string();
                }
            }
        }

        #[test]
        fn quoted_texts_come_back(key in "[A-Za-z0-9_.#/:-]*", value in r"[^\\]*") {
            for quote in ['"', '\''] {
                let escaped = value.replace(quote, &format!("\\{quote}"));
                prop_assert_eq!(parsed(&format!("{key}={quote}{escaped}{quote}")), Ok(json!({ &key: &value })));
            }
        }
    }
}
