//! Counts with their nouns.

/// Returns a count with its noun, such as `1 account` or `2 accounts`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
