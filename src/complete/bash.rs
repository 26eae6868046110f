//! bash's command lines: splits them into words, finds the word to complete, and quotes the candidates.
//!
//! Readline splits words at `=`, `:` and quotes, and replaces only the last part before the cursor. The typed text of
//! that part stays unchanged and only the added text is quoted, so that `~` and `$HOME` keep their meaning. If bash
//! would read the typed part differently from this module, there are no candidates.

use std::env;
use std::iter::Peekable;
use std::str::CharIndices;

use crate::text::escape::is_wild;

/// A line with a word at the cursor.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The words as a program would get them; the one at the cursor ends there.
    pub words: Vec<String>,
    /// The index of the word at the cursor.
    pub index: usize,
    /// The part of that word that Readline replaces.
    pub part: Part,
}

/// The part of a word that Readline replaces.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// The quote that is open at the cursor.
    quote: Option<char>,
    /// The typed text, with the open quote before it.
    kept: String,
}

impl Line {
    /// Reads the line before and after the cursor; `part` is the text that Readline replaces.
    ///
    /// Returns nothing if bash will expand the word at the cursor, or if quotes are nested in a substitution.
    pub fn read(before: &str, part: &str, after: &str) -> Option<Line> {
        let all = words(before)?;
        let index = all.len() - 1;
        let current = all.last()?;
        let kept_from = match (before.strip_suffix(part)?.len(), current.open) {
            // A caller other than Readline may include the quote.
            (start, Some((quote_at, _))) if start == quote_at || start == quote_at + 1 => quote_at,
            (_, Some(_)) => return None,
            (start, None) => {
                let outside_of_quotes = words(&before[..start])?.last().is_none_or(|word| word.open.is_none());
                (start >= current.start && outside_of_quotes).then_some(start)?
            }
        };
        let kept = before.get(kept_from..current.end).unwrap_or_default().to_owned();
        if current.expands || kept.contains(is_wild) {
            return None;
        }
        let quote = current.open.map(|(_, quote)| quote);
        let line = format!("{before}{after}");
        let later = words(&line).unwrap_or_default().into_iter();
        let later = later.filter(|word| (before.len() + 1..line.len()).contains(&word.start)).map(|word| word.value);
        let words = all.into_iter().map(|word| word.value).chain(later).collect();
        Some(Line { words, index, part: Part { quote, kept } })
    }
}

impl Part {
    /// Returns the lines for the script: the open quote, the text to keep, and for each candidate the text that it adds
    /// to the typed word. Within quotes, that is quoted here, otherwise by bash itself.
    pub fn answer<'a>(&self, typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
        let mut answer = format!("{}\n{}\n", self.quote.map(String::from).unwrap_or_default(), self.kept);
        for added in candidates.into_iter().filter_map(|candidate| candidate.strip_prefix(typed)) {
            match self.quote {
                Some('"') => in_double_quotes(added, &mut answer),
                Some(_) => {
                    answer.push_str(&added.replace('\'', "'\\''"));
                    answer.push('\'');
                }
                None => answer.push_str(added),
            }
            answer.push('\n');
        }
        answer
    }
}

/// Writes the rest of a word within `"…"`, and the closing quote.
fn in_double_quotes(added: &str, out: &mut String) {
    for c in added.chars() {
        match c {
            '\\' | '$' | '`' | '"' => out.extend(['\\', c]),
            // Within double quotes, a backslash would prevent history expansion, but stay in the word.
            '!' => out.push_str("\"\\!\""),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Characters that end an unquoted word: blanks and operators.
const ENDS: [char; 10] = [' ', '\t', '\n', ';', '|', '&', '(', ')', '<', '>'];

#[derive(Debug, Default)]
struct Word {
    /// Its start, in bytes, and its end, without a last backslash that doesn't quote anything yet.
    start: usize,
    end: usize,
    /// The word without quotes.
    value: String,
    /// The position of the unclosed quote, and its character.
    open: Option<(usize, char)>,
    /// Whether bash expands it to something other than `value`.
    expands: bool,
}

type Characters<'a> = Peekable<CharIndices<'a>>;

/// Splits a command line into words; after a blank, the last word is empty. Returns nothing if the line has syntax that
/// isn't supported here.
fn words(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if ENDS.contains(&c) {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_with(|| Word { start: at, ..Word::default() });
        let is_first = word.start == at;
        word.end = at + c.len_utf8();
        match c {
            '\'' => word.single_quotes(at, &mut characters),
            '"' => word.double_quotes(at, text, &mut characters)?,
            '\\' => word.escape(at, &mut characters),
            '$' | '`' => word.expansion(at, c, text, &mut characters)?,
            // The rest is a comment.
            '#' if is_first => return None,
            '~' if is_first => {
                word.value.push(c);
                word.expands |= characters.peek().is_none_or(|(_, next)| *next != '/');
            }
            c => {
                word.value.push(c);
                // Characters of patterns, braces and history.
                word.expands |= matches!(c, '*' | '?' | '[' | '{' | '!');
            }
        }
    }
    words.push(word.unwrap_or(Word { start: text.len(), end: text.len(), ..Word::default() }));
    Some(words)
}

impl Word {
    fn single_quotes(&mut self, start: usize, characters: &mut Characters<'_>) {
        for (at, c) in characters {
            self.end = at + c.len_utf8();
            if c == '\'' {
                return;
            }
            self.value.push(c);
        }
        self.open = Some((start, '\''));
    }

    fn double_quotes(&mut self, start: usize, text: &str, characters: &mut Characters<'_>) -> Option<()> {
        while let Some((at, c)) = characters.next() {
            self.end = at + c.len_utf8();
            match c {
                '"' => return Some(()),
                '\\' => match characters.peek() {
                    Some((_, '\\' | '$' | '`' | '"' | '\n')) | None => self.escape(at, characters),
                    Some(_) => self.value.push(c),
                },
                '$' | '`' => self.expansion(at, c, text, characters)?,
                c => {
                    self.value.push(c);
                    self.expands |= c == '!';
                }
            }
        }
        self.open = Some((start, '"'));
        Some(())
    }

    /// Reads the character after a backslash.
    fn escape(&mut self, at: usize, characters: &mut Characters<'_>) {
        match characters.next() {
            Some((_, '\n')) => self.end = at + 2,
            Some((at, c)) => {
                self.end = at + c.len_utf8();
                self.value.push(c);
            }
            None => self.end = at,
        }
    }

    /// Reads a dollar sign or backtick, and keeps it: a word without the expansion would be another one, such as
    /// another profile. A variable for a directory is expanded later, as in bash.
    fn expansion(&mut self, at: usize, c: char, text: &str, characters: &mut Characters<'_>) -> Option<()> {
        let rest = &text[at + c.len_utf8()..];
        if c == '$'
            && let Some(length) = directory(rest)
        {
            self.value.push(c);
            self.value.push_str(&rest[..length]);
            self.end = at + 1 + length;
            while characters.next_if(|(at, _)| *at < self.end).is_some() {}
            return Some(());
        }
        self.expands = true;
        self.value.push(c);
        let close = match (c, rest.chars().next()) {
            ('`', _) => '`',
            (_, Some('(')) => ')',
            (_, Some('{')) => '}',
            // bash and Readline disagree about the end of these.
            (_, Some('\'' | '"')) => return None,
            _ => return Some(()),
        };
        // With nested quotes or substitutions, or without an end, Readline may find quotes that don't exist.
        let end = rest.find(['\'', '"', '\\', '`', '$', ')', '}']).filter(|end| rest[*end..].starts_with(close))?;
        let inner = &rest[..end + close.len_utf8()];
        self.value.push_str(inner);
        self.end = at + c.len_utf8() + inner.len();
        while characters.next_if(|(at, _)| *at < self.end).is_some() {}
        Some(())
    }
}

/// Returns the length of the exported variable's name after a dollar sign, if a slash follows.
fn directory(rest: &str) -> Option<usize> {
    let (name, before) = match rest.strip_prefix('{') {
        Some(rest) => (&rest[..rest.find('}')?], 2),
        None => (&rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?], 0),
    };
    let length = name.len() + before;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && rest[length..].starts_with('/') && env::var_os(name).is_some()).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line at whose end the cursor is, or where `¦` stands; Readline replaces what is behind `‹`.
    fn read(line: &str) -> Option<Line> {
        let (before, after) = line.split_once('¦').unwrap_or((line, ""));
        let (kept, part) = before.split_once('‹').expect("a place");
        Line::read(&format!("{kept}{part}"), part, after)
    }

    #[track_caller]
    fn is(line: &str, words: &[&str], index: usize, quote: Option<char>, kept: &str) {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let part = Part { quote, kept: kept.to_owned() };
        assert_eq!(read(line), Some(Line { words, index, part }), "{line}");
    }

    #[test]
    fn words_are_those_of_bash() {
        is("a b‹", &["a", "b"], 1, None, "");
        is("a ‹b", &["a", "b"], 1, None, "b");
        is("a --x=‹b", &["a", "--x=b"], 1, None, "b");
        is("a file:‹//x¦ y", &["a", "file://x", "y"], 1, None, "//x");
        is("a b\\ ‹c", &["a", "b c"], 1, None, "c");
        is("a ‹b\\ ", &["a", "b "], 1, None, "b\\ ");
        is("a ‹b\\", &["a", "b"], 1, None, "b");
        is("a \"‹b c", &["a", "b c"], 1, Some('"'), "\"b c");
        is("a ‹\"b c", &["a", "b c"], 1, Some('"'), "\"b c");
        is("a --x=\"‹b\\\"\\c\\", &["a", "--x=b\"\\c"], 1, Some('"'), "\"b\\\"\\c");
        is("a b'‹c\\", &["a", "bc\\"], 1, Some('\''), "'c\\");
        is("a ‹\"b c\"d", &["a", "b cd"], 1, None, "\"b c\"d");
        is("a 'it'\\''‹s", &["a", "it's"], 1, Some('\''), "'s");
        is("a \"b\"\\!\"‹c", &["a", "b!c"], 1, Some('"'), "\"c");
        is("a x@‹y", &["a", "x@y"], 1, None, "y");
        is("a > b ‹c", &["a", "b", "c"], 2, None, "c");
    }

    #[test]
    fn words_behind_the_cursor_count() {
        is("a ‹b¦c d 'e f' ", &["a", "b", "d", "e f"], 1, None, "b");
        is("a ‹¦ --x", &["a", "", "--x"], 1, None, "");
        is("a \"‹b¦\" d", &["a", "b", "d"], 1, Some('"'), "\"b");
        // What can't be read there is left out.
        is("a ‹b¦ c $'d'", &["a", "b"], 1, None, "b");
    }

    #[test]
    fn directories_in_variables_stay_as_they_are() {
        for line in ["a ‹$PATH/b", "a ‹${PATH}/b", "a ‹~/b"] {
            let typed = line.rsplit('‹').next().unwrap();
            is(line, &["a", typed], 1, None, typed);
        }
        is("a \"‹$PATH/b", &["a", "$PATH/b"], 1, Some('"'), "\"$PATH/b");
        is("a '‹$b", &["a", "$b"], 1, Some('\''), "'$b");
        is("a ‹\\$b", &["a", "$b"], 1, None, "\\$b");
    }

    #[test]
    fn nothing_is_offered_for_what_bash_would_replace() {
        for typed in [
            "$",
            "$P",
            "$PATH",
            "$PATHS_/",
            "${PATH}",
            "${PATH:-/}/",
            "$(b",
            "$(b)",
            "`b`",
            "`b",
            "$'b",
            "$\"b",
            "b*",
            "b?",
            "[b",
            "{b",
            "!b",
            "~",
            "~b",
            "#",
            "\"$",
            "\"$(b)",
            "\"`b`",
            "\"a!",
            "$1",
            "$$/",
        ] {
            assert_eq!(read(&format!("a ‹{typed}")), None, "{typed}");
        }
        // What came before is settled, unless quotes are nested in it.
        is("a $(b c)x `d` \"${e}\" $f ‹g", &["a", "$(b c)x", "`d`", "${e}", "$f", "g"], 5, None, "g");
    }

    #[test]
    fn readline_and_this_reader_have_to_agree() {
        assert_eq!(Line::read("a \"b c", "c", ""), None);
        assert_eq!(Line::read("a \"b\" c", "b\" c", ""), None);
        assert_eq!(Line::read("a b", "x", ""), None);
        assert_eq!(read("a $(b \"c\") ‹d"), None);
        assert_eq!(read("a $'\\'' ‹d"), None);
        assert_eq!(read("a \"b\tc‹"), None);
    }

    #[test]
    fn what_is_added_is_quoted_as_the_word_is() {
        let answer = |line: &str| read(line).unwrap().part.answer("x", ["xa$`\"\\'!b", "x", "y"]);
        assert_eq!(answer("a ‹x"), "\nx\na$`\"\\'!b\n\n");
        assert_eq!(answer("a \"‹x"), "\"\n\"x\na\\$\\`\\\"\\\\'\"\\!\"b\"\n\"\n");
        assert_eq!(answer("a '‹x"), "'\n'x\na$`\"\\'\\''!b'\n'\n");
    }

    /// Every text of up to three characters that mean something, in both quotes, as bash understands it.
    #[cfg(unix)]
    #[test]
    fn quoted_texts_mean_themselves_to_bash() {
        use std::io::Write;
        use std::process::{Command, Stdio};

        let mut texts = vec![String::new()];
        for length in 0..3 {
            let longest: Vec<_> = texts.iter().filter(|text| text.chars().count() == length).cloned().collect();
            for c in "`$()\"'\\!;&|<> *?[]{}~#=:,-aé".chars() {
                texts.extend(longest.iter().map(|text| format!("{text}{c}")));
            }
        }
        let mut script = "printf '%s\\0'".to_owned();
        for line in ["a \"‹", "a '‹"] {
            let answer = read(line).unwrap().part.answer("", texts.iter().map(String::as_str));
            let mut lines = answer.lines().skip(1);
            let kept = lines.next().unwrap();
            lines.for_each(|added| script.push_str(&format!(" {kept}{added}")));
        }
        let mut bash = Command::new("bash").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdin = bash.stdin.take().unwrap();
        let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
        let printed = String::from_utf8(bash.wait_with_output().unwrap().stdout).unwrap();
        writer.join().unwrap().unwrap();
        let printed: Vec<_> = printed.split_terminator('\0').collect();
        assert_eq!(printed.len(), 2 * texts.len());
        for (printed, text) in printed.iter().zip(texts.iter().chain(&texts)) {
            assert_eq!(printed, text);
        }
    }
}
