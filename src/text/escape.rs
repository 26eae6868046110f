//! What strangers wrote must not drive the terminal, nor the shell.

/// The text with what could drive a terminal made visible: control characters but for newline and tab, and the
/// characters that change the direction of writing (Unicode Standard Annex 9), as `\u{…}`.
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

/// A line with all that could drive a terminal or end the line made visible, tabs among it.
pub fn tame_line(line: &str) -> String {
    tame(line).replace('\n', "\\u{a}").replace('\t', "\\u{9}")
}

/// Whether a character could drive a terminal or turn the direction of writing.
pub fn is_wild(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text as one word of a POSIX shell, quoted where it has to be.
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
    fn wild_characters_become_visible() {
        assert_eq!(tame("a\u{1b}[2Jb\u{202e}c\td\n"), "a\\u{1b}[2Jb\\u{202e}c\td\n");
        assert_eq!(tame("é日本😀"), "é日本😀");
        assert_eq!(tame_line("a\tb\nc\r\u{7f}"), "a\\u{9}b\\u{a}c\\u{d}\\u{7f}");
    }

    #[test]
    fn a_word_of_a_shell_stays_one() {
        for (text, word) in
            [("a/b.c", "a/b.c"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$(x)", "'$(x)'")]
        {
            assert_eq!(shell_word(text), word);
        }
    }
}
