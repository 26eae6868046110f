//! Reads several ids from one text.

use std::collections::HashSet;

use serde_json::Value;

use crate::error::Failure;
use crate::model::{Rejection, check_handshake_id};
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

/// Reads the handshake ids in the text of a file with this name.
///
/// # Errors
///
/// Returns an error if the text begins like a JSON list but isn't one, or if any id is wrong.
pub fn of_text(text: &str, name: &str) -> Result<Vec<String>, Failure> {
    placed(text, name).map_err(Failure::input).and_then(checked)
}

/// Returns the words of a text, each with its place for an error.
pub(super) fn placed(text: &str, name: &str) -> Result<Vec<(Numbered, String)>, String> {
    let words = read(text).map_err(|problem| format!("{name}: {problem}"))?;
    let place = |word: &Numbered| format!(" ({name}, line {})", word.line);
    Ok(words.into_iter().map(|word| (word.clone(), place(&word))).collect())
}

/// Checks all ids, and removes duplicates.
pub(super) fn checked(found: Vec<(Numbered, String)>) -> Result<Vec<String>, Failure> {
    let wrong: Vec<_> =
        found.iter().filter_map(|(word, place)| Some((word, place, check_handshake_id(&word.text).err()?))).collect();
    if wrong.is_empty() {
        return Ok(unique(found.into_iter().map(|(word, _)| word).collect()));
    }
    let line = |(word, place, rejection): &(&Numbered, &String, Rejection)| {
        let (value, expected) = (beginning(&word.text), rejection.expected);
        format!("Invalid value for parameter HandshakeId, value: {value}, expected: {expected}{place}")
    };
    let mut lines: Vec<_> = wrong.iter().take(MOST_LISTED).map(line).collect();
    let more = wrong.len() - lines.len();
    lines.extend((more > 0).then(|| format!("and {more} more")));
    let mut failure = Failure::input(format!("Parameter validation failed:\n{}", lines.join("\n")));
    failure.hints.extend(wrong.into_iter().find_map(|(_, _, rejection)| rejection.hint));
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
    Ok(words(text, char::is_whitespace))
}

/// Splits a text into words at these characters.
pub fn words(text: &str, separates: fn(char) -> bool) -> Vec<Numbered> {
    let words = text.lines().zip(1..).flat_map(|(line, number)| {
        let words = line.split(separates).filter(|word| !word.is_empty());
        words.map(move |word| Numbered { text: word.to_owned(), line: number })
    });
    words.collect()
}

fn of_json(text: &str) -> Result<Vec<Numbered>, String> {
    let items: Vec<Value> = serde_json::from_str(text).map_err(|error| format!("Invalid JSON: {error}"))?;
    // The parser keeps no positions, so each item is looked for behind the one before.
    let (mut rest, mut line) = (text, 1);
    let numbered = |item: Value| {
        let quoted = item.to_string();
        let end = rest.find(&quoted).map_or(0, |found| found + quoted.len());
        let (before, behind) = rest.split_at(end);
        line += before.bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
        rest = behind;
        match item {
            Value::String(text) => Numbered { text, line },
            // Shown as it is, since it is not an id.
            other => Numbered { text: other.to_string(), line },
        }
    };
    Ok(items.into_iter().map(numbered).collect())
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
    fn wrong_ids_are_reported_with_their_lines() {
        let found = |text: &str| of_text(text, "x").map_err(|failure| failure.message);
        assert_eq!(found("h-example0001 h-example0001").unwrap(), ["h-example0001"]);
        assert!(found("h-example0001\nh-example0002 None\n").unwrap_err().ends_with(" (x, line 2)"));
        assert!(found("[\"h-example0001\"").unwrap_err().starts_with("x: Invalid JSON: "));
        let many = found(&"bad ".repeat(12)).unwrap_err();
        assert!(many.lines().count() == 12 && many.ends_with("\nand 2 more"), "{many}");
    }

    #[test]
    fn each_id_is_used_once() {
        assert_eq!(unique(read("b a b").unwrap()), ["b", "a"]);
    }
}
