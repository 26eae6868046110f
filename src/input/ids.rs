//! Reads several ids from one text.

use std::collections::HashSet;

use serde_json::Value;

/// A word of a text, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The word.
    pub text: String,
    /// Its line, from 1.
    pub line: u64,
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
    fn each_id_is_used_once() {
        assert_eq!(unique(read("b a b").unwrap()), ["b", "a"]);
    }
}
