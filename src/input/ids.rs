//! Lists of handshake ids: typed, from files, and from stdin.

use serde_json::Value;

use super::source::{Source, Stdin};
use super::text;
use crate::error::Failure;
use crate::model::{self, Api, Shape};
use crate::text::shorten::beginning;

/// The maximum number of wrong ids that an error lists.
const MOST_LISTED: usize = 10;

/// Reads handshake ids, without duplicates. Each word is an id, or names a file (`file://PATH`) or stdin (`-`), which
/// contains any number of ids separated by white space, or a JSON list of ids.
///
/// # Errors
///
/// Returns an error if a file can't be read, or if any id is wrong; it says where that id is.
pub fn ids(words: &[String]) -> Result<Vec<String>, Failure> {
    let mut stdin = Stdin::default();
    let mut found = Vec::new();
    for word in words {
        let refused = |problem| Failure::input(format!("Error parsing parameter '--handshake-id': {problem}"));
        let source = Source::of(word, true);
        let text = text(word, &source, &mut stdin).map_err(refused)?;
        match source {
            Source::Typed => found.push((text, String::new())),
            _ => found.extend(listed(&text, &source.name(word)).map_err(refused)?),
        }
    }
    checked(found)
}

/// Reads the handshake ids in the text of a file with this name.
///
/// # Errors
///
/// Returns an error if the text begins like a JSON list but isn't one, or if any id is wrong.
pub fn of_text(text: &str, name: &str) -> Result<Vec<String>, Failure> {
    listed(text, name).map_err(Failure::input).and_then(checked)
}

/// Returns the ids in a text, each with its place.
fn listed(text: &str, name: &str) -> Result<Vec<(String, String)>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with('[') {
        let lines = text.lines().zip(1..);
        let words = lines.flat_map(|(line, at)| line.split_whitespace().map(move |word| (word, at)));
        return Ok(words.map(|(word, at)| (word.to_owned(), format!(" ({name}, line {at})"))).collect());
    }
    let elements: Vec<Value> = serde_json::from_str(text).map_err(|error| format!("{name}: Invalid JSON: {error}"))?;
    let id = |(element, at): (Value, usize)| match element {
        Value::String(id) => (id, format!(" ({name}, element {at})")),
        other => (other.to_string(), format!(" ({name}, element {at})")),
    };
    Ok(elements.into_iter().zip(1..).map(id).collect())
}

/// Checks all ids, and removes duplicates.
fn checked(found: Vec<(String, String)>) -> Result<Vec<String>, Failure> {
    let describe = model::operation_of(Api::DescribeHandshake);
    let member = describe.and_then(|describe| describe.input.member("HandshakeId"));
    let Some(Shape::String { check: Some(check), .. }) = member.map(|member| member.shape) else {
        return Err(Failure::other("The model has no check of handshake ids"));
    };
    let (mut ids, mut lines, mut hints) = (Vec::new(), Vec::new(), Vec::new());
    let mut known = std::collections::HashSet::new();
    for (id, place) in found {
        match check(&id) {
            Ok(()) if known.insert(id.clone()) => ids.push(id),
            Ok(()) => {}
            Err(rejection) => {
                let (value, expected) = (beginning(&id), rejection.expected);
                lines.push(format!(
                    "Invalid value for parameter HandshakeId, value: {value}, expected: {expected}{place}"
                ));
                hints.extend(rejection.hint.filter(|_| lines.len() == 1));
            }
        }
    }
    if lines.is_empty() {
        return Ok(ids);
    }
    let more = lines.len().saturating_sub(MOST_LISTED);
    lines.truncate(MOST_LISTED);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    let mut failure = Failure::input(format!("Parameter validation failed:\n{}", lines.join("\n")));
    failure.hints = hints;
    Err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_separated_by_white_space_or_elements_of_a_json_list() {
        let found = |text: &str| of_text(text, "x").map_err(|failure| failure.message);
        for text in [
            "h-example0001 h-example0002",
            "\u{feff}h-example0001\r\n\n\th-example0002\nh-example0001\n",
            "[\"h-example0001\",\n \"h-example0002\"]\n",
        ] {
            assert_eq!(found(text).unwrap(), ["h-example0001", "h-example0002"], "{text:?}");
        }
        assert_eq!(found("").unwrap(), [""; 0]);
        assert_eq!(found(" [] ").unwrap(), [""; 0]);
        assert!(found("h-example0001\nh-example0002 None\n").unwrap_err().ends_with(" (x, line 2)"));
        assert!(found("[\"h-example0001\", 5]").unwrap_err().ends_with(" (x, element 2)"));
        assert!(found("[\"h-example0001\"").unwrap_err().starts_with("x: Invalid JSON: "));
        let many = found(&"bad ".repeat(12)).unwrap_err();
        assert!(many.lines().count() == 12 && many.ends_with("\nand 2 more"), "{many}");
    }
}
