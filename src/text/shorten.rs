//! Texts that may be endless, such as what somebody piped in by mistake.

use serde_json::Value;

/// The beginning of a text that may be endless, such as what somebody piped in by mistake.
pub fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

/// The longest value that a message shows, in characters.
pub const LONGEST_SHOWN: usize = 200;

/// A text in a message, as JSON: its first line, of which only the beginning if it is long. The text may be a whole
/// file that was named by mistake.
pub fn beginning(text: &str) -> String {
    let line = text.trim_end().lines().next().unwrap_or(text);
    let shown: String = line.chars().take(LONGEST_SHOWN).collect();
    match shown.len() < text.trim_end().len() {
        true => format!("{}… ({} bytes)", Value::from(shown), text.len()),
        false => Value::from(text).to_string(),
    }
}
