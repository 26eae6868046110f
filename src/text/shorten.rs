//! Shortens long texts for messages. The user may have piped in a whole file by mistake.

use serde_json::Value;

/// Cuts a text to `longest` characters.
pub fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

/// The longest value that a message shows, in characters.
pub const LONGEST_SHOWN: usize = 200;

/// Returns the first line of a text as a JSON string for a message, cut if it is long.
pub fn beginning(text: &str) -> String {
    let line = text.trim_end().lines().next().unwrap_or(text);
    let shown: String = line.chars().take(LONGEST_SHOWN).collect();
    match shown.len() < text.trim_end().len() {
        true => format!("{}… ({} bytes)", Value::from(shown), text.len()),
        false => Value::from(text).to_string(),
    }
}
