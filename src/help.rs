//! `--help`: a command of the tree as text. The layout is that of clap, whose own renderer takes ten times as long.

use clap::{Arg, Command};

/// What stands before a command or an option, and between the columns.
const TAB: usize = 2;
/// What an explanation on a line of its own stands behind.
const INDENT: usize = 10;
/// The columns of the short form of an option, or of the blanks in its place.
const SHORT: &str = "    ";

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
struct Row {
    /// What is typed, in its forms.
    typed: String,
    /// What stands for its value.
    value: String,
    about: String,
}

impl Row {
    fn command(command: &Command) -> Row {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        Row { typed: command.get_name().to_owned(), value: String::new(), about }
    }

    fn option(option: &Arg) -> Row {
        let mut row = Row { typed: String::new(), value: String::new(), about: String::new() };
        if let Some(long) = option.get_long() {
            match option.get_short() {
                Some(short) => row.typed.extend(['-', short, ',', ' ']),
                None => row.typed.push_str(SHORT),
            }
            row.typed.extend(["--", long]);
        }
        row.about = option.get_help().map(ToString::to_string).unwrap_or_default();
        if option.get_action().takes_values() {
            row.value = value(option);
            let values = option.get_possible_values();
            for (index, value) in values.iter().filter(|value| !value.is_hide_set()).enumerate() {
                row.about.extend([if index == 0 { " [possible values: " } else { ", " }, value.get_name()]);
            }
            row.about.push_str(if values.is_empty() { "" } else { "]" });
        }
        row
    }

    /// The columns of what is typed.
    fn width(&self) -> usize {
        columns(&self.typed) + columns(&self.value)
    }
}

/// The value of an option or argument, as it is typed.
fn value(option: &Arg) -> String {
    let name = option.get_value_names().and_then(|names| names.first()).map_or("VALUE", |name| name.as_str());
    let count = option.get_num_args();
    match (option.is_positional(), count) {
        (false, Some(count)) if count.min_values() == 0 => format!(" [<{name}>]"),
        (false, _) => format!(" <{name}>"),
        (true, Some(count)) if count.max_values() > 1 => format!("<{name}>..."),
        (true, _) => format!("<{name}>"),
    }
}

struct Page {
    text: String,
    width: usize,
    styled: bool,
}

impl Page {
    fn usage(&mut self, command: &Command, name: &str) {
        self.put(HEADER, "Usage:");
        self.text.push(' ');
        if let Some(usage) = command.get_overridden_usage() {
            self.text.push_str(&usage.to_string());
            return;
        }
        self.put(BOLD, name);
        if command.get_arguments().any(|option| !option.is_positional()) {
            self.text.push_str(" [OPTIONS]");
        }
        for argument in command.get_positionals() {
            self.text.push(' ');
            self.text.push_str(&value(argument));
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
        self.put(HEADER, &format!("{heading}:"));
        let longest = rows.iter().map(Row::width).max().unwrap_or_default();
        let column = TAB + longest + TAB;
        let is_long = |row: &Row| column + columns(&row.about) > self.width;
        let apart = column * 5 > self.width * 2 && rows.iter().any(is_long);
        for row in rows {
            self.text.push('\n');
            self.blanks(TAB);
            let typed = row.typed.trim_start_matches(' ');
            self.blanks(row.typed.len() - typed.len());
            for (index, form) in typed.split(", ").enumerate() {
                self.text.push_str(if index == 0 { "" } else { ", " });
                self.put(BOLD, form);
            }
            self.text.push_str(&row.value);
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

    /// A word in a style, if there are any.
    fn put(&mut self, style: &str, word: &str) {
        if self.styled && !word.is_empty() {
            self.text.extend([style, word, PLAIN]);
        } else {
            self.text.push_str(word);
        }
    }

    fn blanks(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    /// A text in lines of at most `width` columns, if its words aren't longer; the second and later ones behind `indent`
    /// blanks and those that the line at hand begins with.
    fn wrapped(&mut self, text: &str, width: usize, indent: usize) {
        for (index, line) in text.trim_end().split('\n').enumerate() {
            if index > 0 {
                self.text.push('\n');
                self.blanks(indent);
            }
            let own = line.len() - line.trim_start_matches(' ').len();
            self.blanks(own);
            let mut column = own;
            let mut begins = true;
            let mut gap = 0;
            for word in line[own..].split(' ') {
                if word.is_empty() {
                    gap += 1;
                    continue;
                }
                let length = columns(word);
                if !begins && column + gap + length > width {
                    self.text.push('\n');
                    self.blanks(indent + own);
                    column = own;
                } else {
                    self.blanks(gap);
                    column += gap;
                }
                self.text.push_str(word);
                column += length;
                begins = false;
                gap = 1;
            }
        }
    }
}

/// The columns that a text takes; those of help have no wide characters.
fn columns(text: &str) -> usize {
    text.chars().count()
}
