//! Reads several ids from one text.

use std::collections::HashSet;

use serde_json::Value;

use super::source::{Source, Stdin};
use crate::error::Failure;
use crate::model::check_handshake_id;
use crate::text::shorten::beginning;

/// A word of a text, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The word.
    pub text: String,
    /// Its line, from 1.
    pub line: u64,
}

/// The maximum number of wrong ids that an error lists.
const MOST_LISTED: usize = 10;

/// Reads handshake ids, without duplicates. Each word is an id, or names a file (`file://PATH`) or stdin (`-`), which
/// contains any number of ids separated by white space, or a JSON list of ids.
///
/// # Errors
///
/// Returns an error if a file can't be read, or if any id is wrong; it says where that id is.
pub fn of_words(words: &[String]) -> Result<Vec<String>, Failure> {
    let mut stdin = Stdin::default();
    let (mut found, mut lines) = (Vec::new(), Vec::new());
    let mut hint = None;
    for word in words {
        let refused = |problem| Failure::input(format!("Error parsing parameter '--handshake-id': {problem}"));
        let source = Source::of(word, true);
        let text = super::text(word, &source, &mut stdin).map_err(refused)?;
        let (listed, name) = match source {
            Source::Typed => (vec![Numbered { text, line: 1 }], None),
            _ => {
                let name = source.name(word);
                (read(&text).map_err(|problem| refused(format!("{name}: {problem}")))?, Some(name))
            }
        };
        for Numbered { text, line } in &listed {
            let Err(rejection) = check_handshake_id(text) else { continue };
            let place = name.as_ref().map(|name| format!(" ({name}, line {line})")).unwrap_or_default();
            let (value, expected) = (beginning(text), rejection.expected);
            lines.push(format!("Invalid value for parameter HandshakeId, value: {value}, expected: {expected}{place}"));
            hint = hint.or(rejection.hint);
        }
        found.extend(listed);
    }
    if lines.is_empty() {
        return Ok(unique(found));
    }
    let more = lines.len().saturating_sub(MOST_LISTED);
    lines.truncate(MOST_LISTED);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    let mut failure = Failure::input(format!("Parameter validation failed:\n{}", lines.join("\n")));
    failure.hints.extend(hint);
    Err(failure)
}

/// Returns the ids in a text: separated by white space, or a JSON list of texts.
///
/// # Errors
///
/// Returns what is wrong with the list.
pub fn read(text: &str) -> Result<Vec<Numbered>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('[') {
        return of_json(text);
    }
    let words = text.lines().zip(1..).flat_map(|(line, number)| {
        line.split_whitespace().map(move |word| Numbered { text: word.to_owned(), line: number })
    });
    Ok(words.collect())
}

fn of_json(text: &str) -> Result<Vec<Numbered>, String> {
    let items: Vec<Value> = serde_json::from_str(text).map_err(|error| format!("Invalid JSON: {error}"))?;
    // The parser keeps no positions, so each item is looked for behind the one before.
    let mut at = 0;
    let mut numbered = |item: Value| {
        let quoted = item.to_string();
        at = text[at..].find(&quoted).map_or(at, |found| at + found + quoted.len());
        let line = text[..at].bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
        match item {
            Value::String(text) => Numbered { text, line },
            // Shown as it is, since it is not an id.
            other => Numbered { text: other.to_string(), line },
        }
    };
    Ok(items.into_iter().map(&mut numbered).collect())
}

/// Returns the texts in their order, each once.
pub fn unique(words: Vec<Numbered>) -> Vec<String> {
    let mut seen = HashSet::new();
    words.into_iter().map(|word| word.text).filter(|text| seen.insert(text.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, u64)> {
        read(text).unwrap().into_iter().map(|word| (word.text, word.line)).collect()
    }

    #[test]
    fn ids_are_separated_by_white_space() {
        let expected = [("a", 1), ("b", 1), ("c", 3)].map(|(id, line)| (id.to_owned(), line));
        assert_eq!(lines("\u{feff}a\tb\r\n\n c \n"), expected);
        assert_eq!(lines(" \n"), []);
    }

    #[test]
    fn ids_are_a_json_list() {
        let expected = [("a", 2), ("b", 3), ("a", 3), ("7", 4)].map(|(id, line)| (id.to_owned(), line));
        assert_eq!(lines("[\n\"a\",\n\"b\", \"a\",\n7]"), expected);
        assert_eq!(lines(" []\n"), []);
        assert!(read("[\"a\"").unwrap_err().starts_with("Invalid JSON: EOF"));
    }

    #[test]
    fn each_id_is_used_once() {
        assert_eq!(unique(read("b a b").unwrap()), ["b", "a"]);
    }
}
