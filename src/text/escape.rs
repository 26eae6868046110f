//! Escaping of text from outside, so that it can't control the terminal or break out of a shell word.

/// Writes the characters that could control a terminal as `\u{…}`: control characters except newline and tab, and the
/// characters that change the direction of writing (Unicode Standard Annex 9).
pub fn tame(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_wild(c) && c != '\n' && c != '\t' {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Escapes a line as [`tame`] does, and its newlines and tabs as well.
pub fn tame_line(line: &str) -> String {
    tame(line).replace('\n', "\\u{a}").replace('\t', "\\u{9}")
}

/// Whether a character could control a terminal or change the direction of writing.
pub fn is_wild(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes the text as one word of a POSIX shell, with quotes if it needs them.
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(tame("a\u{1b}[2Jb\u{202e}c\td\n"), "a\\u{1b}[2Jb\\u{202e}c\td\n");
        assert_eq!(tame("é日本😀"), "é日本😀");
        assert_eq!(tame_line("a\tb\nc\r\u{7f}"), "a\\u{9}b\\u{a}c\\u{d}\\u{7f}");
    }

    #[test]
    fn shell_words_are_quoted() {
        for (text, word) in
            [("a/b.c", "a/b.c"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$(x)", "'$(x)'")]
        {
            assert_eq!(shell_word(text), word);
        }
    }
}
