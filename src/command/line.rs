//! Checks a command line against the declarations of commands and options, and gives its values their types.

use super::commands::{Argument, Command};
use super::options::{self, HELP, OptionSpec, VERSION, Value};
use super::reader::{Word, Words};

/// The result of the check.
#[derive(Debug)]
pub enum Checked {
    /// A command.
    Line(Line),
    /// The help of the command with these names.
    Help(Vec<&'static str>),
    /// The version.
    Version,
    /// A word is wrong or missing.
    Wrong,
}

/// A correct command line.
#[derive(Debug)]
pub struct Line {
    /// The command.
    pub command: Command,
    /// Its options and their values, in the order in which they were typed.
    options: Vec<(&'static str, Value)>,
    /// The words of its argument.
    pub arguments: Vec<String>,
}

/// Checks words from first to last. Whichever of help, the version or an error comes first wins.
pub fn check(words: &Words) -> Checked {
    let mut path: Vec<Command> = Vec::new();
    let mut options = Vec::new();
    let mut arguments = Vec::new();
    for word in &words.words {
        let command = path.last().copied();
        match word {
            Word::Option(option, values) if knows(command, option) => match option.read(values) {
                None => return Checked::Wrong,
                Some(_) if option.name == HELP.name => {
                    return Checked::Help(path.iter().map(|command| command.name()).collect());
                }
                Some(_) if option.name == VERSION.name => return Checked::Version,
                Some(value) => options.push((option.name, value)),
            },
            // argparse takes a word with a space as a value, even if it looks like an option.
            Word::Plain(word) if !word.starts_with("--") => match (Command::named(word, command), argument(command)) {
                (Some(below), _) => path.push(below),
                (None, Some(argument)) if !argument.is_command_line => {
                    arguments.push(word.clone());
                    if !accepts(Some(argument), &arguments) {
                        return Checked::Wrong;
                    }
                }
                _ => return Checked::Wrong,
            },
            _ => return Checked::Wrong,
        }
    }
    arguments.extend(words.rest.iter().flatten().cloned());
    match path.last() {
        Some(&command) if !command.has_commands() && accepts(argument(Some(command)), &arguments) => {
            Checked::Line(Line { command, options, arguments })
        }
        _ => Checked::Wrong,
    }
}

/// Whether a command, or the program itself, has an option.
fn knows(command: Option<Command>, option: &OptionSpec) -> bool {
    let own = command.map(Command::options).unwrap_or_default();
    options::global().chain(own).any(|known| known.name == option.name)
}

fn argument(command: Option<Command>) -> Option<&'static Argument> {
    match command {
        Some(Command::Own(own)) => own.argument,
        _ => None,
    }
}

/// Whether a command with this argument accepts these words.
fn accepts(argument: Option<&Argument>, words: &[String]) -> bool {
    match (argument, words) {
        (None, []) => true,
        (Some(argument), [_, rest @ ..]) => {
            (argument.is_command_line || rest.is_empty()) && words.iter().all(|word| argument.kind.read(word).is_ok())
        }
        _ => false,
    }
}

impl Line {
    /// Returns the values of an option, in the order in which they were typed.
    fn values(&self, option: &str) -> impl DoubleEndedIterator<Item = &Value> {
        self.options.iter().filter(move |(name, _)| *name == option).map(|(_, value)| value)
    }

    /// Whether a switch was typed.
    pub fn is_set(&self, option: &str) -> bool {
        self.values(option).next().is_some()
    }

    /// Returns the last value of an option that takes a number.
    pub fn number(&self, option: &str) -> Option<u64> {
        match self.values(option).next_back() {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Returns the last value of an option that takes a text.
    pub fn text(&self, option: &str) -> Option<String> {
        self.texts(option).pop()
    }

    /// Returns all values of an option that takes a text.
    pub fn texts(&self, option: &str) -> Vec<String> {
        let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
        self.values(option).filter_map(text).collect()
    }

    /// Returns the words after all occurrences of an option that takes a list.
    pub fn all_words(&self, option: &str) -> Vec<String> {
        let words = |value: &Value| if let Value::Words(words) = value { words.clone() } else { Vec::new() };
        self.values(option).flat_map(words).collect()
    }

    /// Returns the words after the last occurrence of an option: one, or those of a list.
    pub fn words(&self, option: &str) -> Option<Vec<String>> {
        match self.values(option).next_back()? {
            Value::Text(word) => Some(vec![word.clone()]),
            Value::Words(words) => Some(words.clone()),
            Value::Set | Value::Number(_) => None,
        }
    }
}
