//! Folds messages to the terminal's width, at spaces only.

use unicode_width::UnicodeWidthStr;

/// The narrowest width that text is folded to.
const NARROWEST: usize = 40;

/// The beginnings of a command at the end of a text.
const COMMANDS: [&str; 2] = [": orgshake ", ": aws "];

/// Folds the text to lines of at most `width` columns and indents all but the first by `indent` spaces. A command at its
/// end is not folded, so that it can be copied.
pub fn fold(text: &str, width: usize, indent: usize) -> String {
    let width = width.max(NARROWEST);
    let command = COMMANDS.iter().filter_map(|start| text.rfind(start)).max().map(|at| at + 2);
    let (prose, command) = text.split_at(command.unwrap_or(text.len()));
    let words = prose.trim_end_matches(' ').split_inclusive('\n').flat_map(|line| line.split(' '));
    let mut out = String::new();
    let (mut column, mut begins) = (0, true);
    for word in words.chain((!command.is_empty()).then_some(command)) {
        let length = word.trim_end_matches('\n').width();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if !begins {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        begins = word.ends_with('\n');
        column = if begins { 0 } else { column + length };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_folded_at_spaces() {
        let text = "hint: one two three four five six seven eight nine";
        assert_eq!(fold(text, 40, 6), "hint: one two three four five six seven\n      eight nine");
        assert_eq!(fold(text, 1, 6), fold(text, NARROWEST, 6));
        assert_eq!(fold(text, 80, 6), text);
        let long = "x".repeat(50);
        assert_eq!(fold(&format!("see {long} there"), 40, 0), format!("see\n{long}\nthere"));
        assert_eq!(fold("first\nsecond", 40, 2), "first\nsecond");
        assert_eq!(fold("    0  success\n  130  end", 40, 7), "    0  success\n  130  end");
        assert_eq!(fold("日本語日本語日本語日本語日本語 日本語日本語日本語", 40, 0).lines().count(), 2);
    }

    #[test]
    fn a_command_is_not_folded() {
        let command = "orgshake describe-handshake --handshake-id h-examplehandshakeid111";
        let text = format!("hint: to see the handshake: {command}");
        assert_eq!(fold(&text, 80, 6), format!("hint: to see the handshake:\n      {command}"));
        assert_eq!(fold(&text, 40, 6), format!("hint: to see the handshake:\n      {command}"));
        assert_eq!(fold(&text, 100, 6), text);
    }
}
