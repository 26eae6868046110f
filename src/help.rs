//! `--help`: a command of the tree as text. The layout is that of clap, whose own renderer takes ten times as long.

use clap::{Arg, Command};

/// What stands before a command or an option, and between the columns.
const TAB: usize = 2;
/// What an explanation on a line of its own stands behind.
const INDENT: usize = 10;
/// The columns of the short form of an option, or of the blanks in its place.
const SHORT: &str = "    ";

/// As many as any line has.
const BLANKS: &str =
    "                                                                                                    ";

const BOLD: &str = "\x1b[1m";
const HEADER: &str = "\x1b[1m\x1b[4m";
const PLAIN: &str = "\x1b[0m";

/// The help of a command: what it does, how it is typed, its commands and options, and what else there is to say.
/// `name` is what is typed for it, `width` the columns that lines may take, `styled` whether for a terminal.
pub fn text(command: &Command, name: &str, width: usize, styled: bool) -> String {
    let mut page = Page { text: String::with_capacity(4096), width, styled };
    if let Some(about) = command.get_about() {
        page.wrapped(&about.to_string(), width, 0);
        page.text.push_str("\n\n");
    }
    page.usage(command, name);
    page.commands(command);
    let mut groups: Vec<(&str, Vec<Row>)> = vec![("Arguments", Vec::new()), ("Options", Vec::new())];
    for option in command.get_arguments().filter(|option| !option.is_hide_set()) {
        let general = if option.is_positional() { "Arguments" } else { "Options" };
        let heading = option.get_help_heading().unwrap_or(general);
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, rows)) => rows.push(Row::option(option)),
            None => groups.push((heading, vec![Row::option(option)])),
        }
    }
    groups.iter().filter(|(_, rows)| !rows.is_empty()).for_each(|(heading, rows)| page.group(heading, rows));
    if let Some(after) = command.get_after_help() {
        page.text.push_str("\n\n");
        page.wrapped(&after.to_string(), width, 0);
    }
    page.text.push('\n');
    page.text
}

/// How a command is typed, and the commands that it has: what helps where none was named.
pub fn overview(command: &Command, name: &str, width: usize) -> String {
    let mut page = Page { text: String::new(), width, styled: false };
    page.usage(command, name);
    page.commands(command);
    page.text
}

/// A line of a list: a command or an option, and what it is.
struct Row<'a> {
    short: Option<char>,
    /// What is typed, and the dashes before it if it is an option.
    name: [&'a str; 2],
    /// What stands for its value.
    value: [&'a str; 3],
    about: String,
}

impl<'a> Row<'a> {
    fn command(command: &'a Command) -> Row<'a> {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        Row { short: None, name: ["", command.get_name()], value: [""; 3], about }
    }

    fn option(option: &'a Arg) -> Row<'a> {
        let mut about = option.get_help().map(ToString::to_string).unwrap_or_default();
        let mut value = [""; 3];
        if option.get_action().takes_values() {
            value = self::value(option);
            let values = option.get_possible_values();
            for (index, value) in values.iter().filter(|value| !value.is_hide_set()).enumerate() {
                about.push_str(if index == 0 { " [possible values: " } else { ", " });
                about.push_str(value.get_name());
            }
            about.push_str(if values.is_empty() { "" } else { "]" });
        }
        let name = option.get_long().map_or(["", ""], |long| ["--", long]);
        Row { short: option.get_short(), name, value, about }
    }

    /// Whether it has room for a short form.
    fn is_option(&self) -> bool {
        !self.name[0].is_empty()
    }

    /// The columns of what is typed.
    fn width(&self) -> usize {
        let short = if self.is_option() { SHORT.len() } else { 0 };
        short + self.name.iter().chain(&self.value).map(|part| columns(part)).sum::<usize>()
    }
}

/// The value of an option or argument, as it is typed.
fn value(option: &Arg) -> [&str; 3] {
    let name = option.get_value_names().and_then(|names| names.first()).map_or("VALUE", |name| name.as_str());
    match (option.is_positional(), option.get_num_args()) {
        (false, Some(count)) if count.min_values() == 0 => [" [<", name, ">]"],
        (false, _) => [" <", name, ">"],
        (true, Some(count)) if count.max_values() > 1 => ["<", name, ">..."],
        (true, _) => ["<", name, ">"],
    }
}

struct Page {
    text: String,
    width: usize,
    styled: bool,
}

impl Page {
    fn usage(&mut self, command: &Command, name: &str) {
        self.put(HEADER, &["Usage:"]);
        self.text.push(' ');
        if let Some(usage) = command.get_overridden_usage() {
            self.text.push_str(&usage.to_string());
            return;
        }
        self.put(BOLD, &[name]);
        if command.get_arguments().any(|option| !option.is_positional()) {
            self.text.push_str(" [OPTIONS]");
        }
        for argument in command.get_positionals() {
            self.text.push(' ');
            self.text.extend(value(argument));
        }
        if command.has_subcommands() {
            self.text.push_str(" <COMMAND>");
        }
    }

    fn commands(&mut self, command: &Command) {
        let rows: Vec<_> = command.get_subcommands().filter(|sub| !sub.is_hide_set()).map(Row::command).collect();
        if !rows.is_empty() {
            self.group("Commands", &rows);
        }
    }

    /// A list behind its heading: in two columns where they leave enough room for the second one.
    fn group(&mut self, heading: &str, rows: &[Row]) {
        self.text.push_str("\n\n");
        self.put(HEADER, &[heading, ":"]);
        let longest = rows.iter().map(Row::width).max().unwrap_or_default();
        let column = TAB + longest + TAB;
        let is_long = |row: &Row| column + columns(&row.about) > self.width;
        let apart = column * 5 > self.width * 2 && rows.iter().any(is_long);
        for row in rows {
            self.text.push('\n');
            self.blanks(TAB);
            if let Some(short) = row.short {
                self.put(BOLD, &["-", short.encode_utf8(&mut [0; 4])]);
                self.text.push_str(", ");
            } else if row.is_option() {
                self.text.push_str(SHORT);
            }
            self.put(BOLD, &row.name);
            self.text.extend(row.value);
            let column = if apart {
                self.text.push('\n');
                self.blanks(INDENT);
                INDENT
            } else {
                self.blanks(column - TAB - row.width());
                column
            };
            self.wrapped(&row.about, self.width.saturating_sub(column), column);
        }
    }

    /// A word, in parts, in a style.
    fn put(&mut self, style: &str, word: &[&str]) {
        let styled = self.styled && word.iter().any(|part| !part.is_empty());
        self.text.push_str(if styled { style } else { "" });
        word.iter().for_each(|part| self.text.push_str(part));
        self.text.push_str(if styled { PLAIN } else { "" });
    }

    fn blanks(&mut self, count: usize) {
        self.text.push_str(BLANKS.get(..count).unwrap_or(BLANKS));
    }

    /// A text in lines of at most `width` columns, if its words aren't longer; the second and later ones behind `indent`
    /// blanks and those that the line at hand begins with.
    fn wrapped(&mut self, text: &str, width: usize, indent: usize) {
        for (index, line) in text.trim_end().split('\n').enumerate() {
            let own = line.len() - line.trim_start_matches(' ').len();
            let (mut now, mut rest) = broken(&line[own..], width.saturating_sub(own));
            if index > 0 {
                self.text.push('\n');
                self.blanks(indent);
            }
            self.blanks(own);
            self.text.push_str(now);
            while !rest.is_empty() {
                (now, rest) = broken(rest, width.saturating_sub(own));
                self.text.push('\n');
                self.blanks(indent + own);
                self.text.push_str(now);
            }
        }
    }
}

/// A line broken at the last blank that leaves at most `width` columns before it, or else at the first one.
fn broken(line: &str, width: usize) -> (&str, &str) {
    let bytes = line.as_bytes();
    let over = match bytes.get(..=width) {
        None => return (line, ""),
        Some(start) if start.is_ascii() => Some(width),
        Some(_) => line.char_indices().nth(width).map(|(at, _)| at),
    };
    let Some(over) = over else { return (line, "") };
    let is_blank = |byte: &u8| *byte == b' ';
    let before = bytes[..=over].iter().rposition(is_blank);
    match before.or_else(|| bytes[over..].iter().position(is_blank).map(|behind| over + behind)) {
        Some(at) => (line[..at].trim_end_matches(' '), line[at..].trim_start_matches(' ')),
        None => (line, ""),
    }
}

/// The columns that a text takes; those of help have no wide characters.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks() {
        for (line, width, parts) in [
            ("one two", 7, ("one two", "")),
            ("one two", 6, ("one", "two")),
            ("one two", 3, ("one", "two")),
            ("one  two", 4, ("one", "two")),
            ("three four", 2, ("three", "four")),
            ("three", 0, ("three", "")),
            ("ünï çöd", 7, ("ünï çöd", "")),
            ("ünï çöd", 6, ("ünï", "çöd")),
            ("", 0, ("", "")),
        ] {
            assert_eq!(broken(line, width), parts, "{line} {width}");
        }
    }

    #[test]
    fn lines_keep_what_they_begin_with() {
        let mut page = Page { text: String::new(), width: 80, styled: false };
        page.wrapped("one two\n\n  three four", 8, 0);
        assert_eq!(page.text, "one two\n\n  three\n  four");
    }
}
