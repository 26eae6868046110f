//! Reads the words of a command line as the AWS CLI does.
//!
//! The AWS CLI uses Python's argparse: options may be abbreviated and may come before, between or after the commands, and
//! a word that begins with a dash is a value only if it is a number or contains a space. The reader resolves all that. It
//! doesn't check whether the commands and values exist.

use std::collections::VecDeque;

use super::commands::Command;
use super::options::{self, HELP, OptionSpec, Takes};
use crate::error::Failure;
use crate::text::redact::shown;

/// A command line, resolved.
#[derive(Debug, Default)]
pub struct Words {
    /// The words before `--`.
    pub words: Vec<Word>,
    /// The words after `--`, if that was typed.
    pub rest: Option<Vec<String>>,
    /// Whether `help` is among the words. It means a page of the manual.
    pub manual: bool,
}

/// A word of a command line, an option with its values included.
#[derive(Clone, Debug)]
pub enum Word {
    /// A command, an argument, or a stray word.
    Plain(String),
    /// A known option and the words of its value.
    Option(OptionSpec, Vec<String>),
    /// A word that looks like an option, but isn't known.
    Unknown(String),
}

impl Word {
    /// Returns the word in the form that clap parses.
    fn canonical(&self) -> String {
        match self {
            Word::Plain(word) | Word::Unknown(word) => word.clone(),
            Word::Option(option, values) if values.is_empty() && option.takes != Takes::Words => {
                format!("--{}", option.name)
            }
            Word::Option(option, values) => format!("--{}={}", option.name, values.join(" ")),
        }
    }
}

impl Words {
    /// Returns the commands and arguments before `--`.
    pub fn plain(&self) -> impl Iterator<Item = &String> {
        self.words.iter().filter_map(|word| match word {
            Word::Plain(word) if !word.starts_with('-') => Some(word),
            _ => None,
        })
    }

    /// Returns the command line in the form that clap parses.
    pub fn canonical(&self) -> Vec<String> {
        let rest = self.rest.iter().flat_map(|rest| std::iter::once("--".to_owned()).chain(rest.iter().cloned()));
        self.words.iter().map(Word::canonical).chain(rest).collect()
    }
}

/// The AWS CLI's name of the service, which may precede the command.
const SERVICE: &str = "organizations";

/// The word that means a page of the manual, anywhere before `--`.
const MANUAL: &str = "help";

/// Reads the words after the program's name.
///
/// # Errors
///
/// An ambiguous abbreviation, an option without its value, or a stray word with one dash.
pub fn read(words: Vec<String>) -> Result<Words, Failure> {
    let mut read = Words::default();
    let mut words = VecDeque::from(words);
    // Whether there was a command, known or not, and its options.
    let mut has_command = false;
    let mut own: Vec<OptionSpec> = Vec::new();
    let (mut is_call, mut service_seen, mut empty_seen, mut help) = (false, false, false, false);
    // Options before the command that may be the command's own. The next word there is not their value.
    let mut early = Vec::new();
    while let Some(word) = words.pop_front() {
        if word == "--" {
            let mut rest = Vec::from(std::mem::take(&mut words));
            if let Some(empty) = rest.iter().position(String::is_empty).filter(|_| is_call && !empty_seen) {
                rest.remove(empty);
            }
            read.rest = Some(rest);
            break;
        }
        match find(&word, &own)? {
            // clap would take a single dash for a cluster of short options, and -h in it for a request for help.
            Found::Value | Found::Unknown if is_single_dash(&word) => return Err(single_dash(&word, &own)),
            Found::Value if !has_command && word == SERVICE && !service_seen => service_seen = true,
            Found::Value if word == MANUAL => read.manual = true,
            Found::Value if !has_command => {
                has_command = true;
                let command = Command::named(&word, None);
                own = command.map(Command::options_below).unwrap_or_default();
                is_call = matches!(command, Some(Command::Call(_)));
                if is_call {
                    early.drain(..).rev().for_each(|option| words.push_front(option));
                }
                read.words.extend(early.drain(..).map(Word::Unknown));
                read.words.push(Word::Plain(word));
            }
            // The AWS CLI accepts an optional word, `help`, after the command. An empty word, such as a quoted variable, is
            // accepted in its place.
            Found::Value if word.is_empty() && is_call && !empty_seen => empty_seen = true,
            Found::Value => read.words.push(Word::Plain(word)),
            // Before a command, it means the command's help.
            Found::Option(option, None) if option.name == HELP.name && !has_command => help = true,
            Found::Unknown if !has_command => early.push(word),
            Found::Unknown => read.words.push(Word::Unknown(word)),
            Found::Option(option, value) => {
                let values = values(option, value, &mut words, &own);
                if values.is_empty() && option.takes == Takes::Value {
                    return Err(no_value(option.name, words.front()));
                }
                read.words.push(Word::Option(option, values));
            }
        }
    }
    read.words.extend(early.into_iter().map(Word::Unknown));
    if help && !read.manual {
        read.words.push(Word::Option(HELP, Vec::new()));
    }
    Ok(read)
}

/// Returns the words of an option's value: the rest of its own word, or words taken from those that follow.
fn values(option: OptionSpec, value: Option<String>, words: &mut VecDeque<String>, own: &[OptionSpec]) -> Vec<String> {
    if let Some(value) = value {
        return vec![value];
    }
    let most = match option.takes {
        Takes::Nothing => 0,
        Takes::Value | Takes::MaybeValue(_) => 1,
        Takes::Words => usize::MAX,
    };
    let next = || words.pop_front_if(|next| next != "--" && is_value(next, option, own));
    std::iter::from_fn(next).take(most).collect()
}

/// Returns the commands and arguments of a command line that may be wrong.
pub fn plain_words(words: &[String]) -> Vec<&str> {
    let mut own = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    let mut words = words.iter().filter(|word| *word != "--").peekable();
    while let Some(word) = words.next() {
        match find(word, &own) {
            Ok(Found::Value) if plain.is_empty() && word == SERVICE => {}
            Ok(Found::Value) => {
                if own.is_empty() {
                    own = Command::named(word, None).map(Command::options_below).unwrap_or_default();
                }
                plain.push(word);
            }
            Ok(Found::Option(option, None)) if option.takes != Takes::Nothing => {
                words.next_if(|next| is_value(next, option, &own));
            }
            Ok(Found::Option(..) | Found::Unknown) | Err(_) => {}
        }
    }
    plain
}

/// Returns the failure for an option without its value.
fn no_value(name: &str, next: Option<&String>) -> Failure {
    let failure = Failure::input(format!("argument --{name}: expected one argument"));
    match next.filter(|next| next.starts_with('-') && *next != "--") {
        Some(next) => failure.hint(format!("if a value begins with a dash, write --{name}={next}")),
        None => failure,
    }
}

/// Whether a word begins with exactly one dash and is longer than that.
fn is_single_dash(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.starts_with("--")
}

/// Returns the failure for a stray word with one dash.
fn single_dash(word: &str, own: &[OptionSpec]) -> Failure {
    let failure = Failure::input(format!("unexpected argument '{}' found", shown(word)));
    match find(&format!("-{word}"), own) {
        Ok(Found::Option(option, _)) => failure.hint(format!("options begin with two dashes: --{}", option.name)),
        _ => failure.hint("for help: -h or --help"),
    }
}

/// Whether a word is a value of the option before it.
fn is_value(word: &str, option: OptionSpec, own: &[OptionSpec]) -> bool {
    // Our options take no negative numbers, but a clock can be set back: -2h.
    let steps_back =
        option.ours && word.strip_prefix('-').is_some_and(|step| step.starts_with(|c: char| c.is_ascii_digit()));
    steps_back || matches!(find(word, own), Ok(Found::Value))
}

/// The kinds of words.
enum Found {
    /// A value or a command.
    Value,
    /// An option, and its value if the word contains one.
    Option(OptionSpec, Option<String>),
    /// An unknown word that looks like an option.
    Unknown,
}

/// Reads one word by the rules of argparse, in their order. `own` are the command's own options.
fn find(word: &str, own: &[OptionSpec]) -> Result<Found, Failure> {
    if !word.starts_with('-') || word == "-" {
        return Ok(Found::Value);
    }
    let word = if word == "-h" { "--help" } else { word };
    if let Some(option) = word.strip_prefix("--") {
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (option, None),
        };
        if let Some(option) = options::global().chain(own.iter().copied()).find(|option| option.name == name) {
            return Ok(Found::Option(option, value));
        }
        // The AWS CLI parses global options first, so a prefix of one hides the command's options.
        let option = match shortened(name, options::global())? {
            Some(option) => Some(option),
            None => shortened(name, own.iter().copied())?,
        };
        if let Some(option) = option {
            return Ok(Found::Option(option, value));
        }
    }
    Ok(if is_negative_number(word) || word.contains(' ') { Found::Value } else { Found::Unknown })
}

/// Finds the option that `name` abbreviates.
fn shortened(name: &str, all: impl Iterator<Item = OptionSpec>) -> Result<Option<OptionSpec>, Failure> {
    let fits: Vec<_> = all.filter(|option| !option.ours && option.name.starts_with(name)).collect();
    match fits.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let names: Vec<_> = several.iter().map(|option| format!("--{}", option.name)).collect();
            Err(Failure::input(format!("ambiguous option: --{name} could match {}", names.join(", "))))
        }
    }
}

/// Whether argparse takes the word for a negative number: `-5`, `-.5`, `-0.5`.
fn is_negative_number(word: &str) -> bool {
    let Some(digits) = word.strip_prefix('-') else { return false };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, fraction)) => all_digits(whole) && !fraction.is_empty() && all_digits(fraction),
        None => !digits.is_empty() && all_digits(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a command line in the form that clap parses, or the failure's message. `CALL` and `LIST` are AWS CLI commands.
    fn resolved(line: &[&str]) -> String {
        let long = |word: &str| word.replace("CALL", CALL).replace("LIST", LIST);
        match read(line.iter().map(|word| long(word)).collect()) {
            Ok(words) => {
                let manual = if words.manual { " [manual]" } else { "" };
                (words.canonical().join(" ") + manual).replace(CALL, "CALL").replace(LIST, "LIST")
            }
            Err(failure) => failure.message,
        }
    }

    const CALL: &str = "invite-account-to-organization";
    const LIST: &str = "list-handshakes-for-account";

    #[test]
    fn options_may_be_anywhere_and_abbreviated() {
        assert_eq!(resolved(&["--out", "text", "CALL", "--not", "x"]), "--output=text CALL --notes=x");
        assert_eq!(resolved(&["CALL", "--notes=x", "--outp=y"]), "CALL --notes=x --output=y");
        assert_eq!(
            resolved(&["CALL", "--no-cli"]),
            "ambiguous option: --no-cli could match --no-cli-pager, --no-cli-auto-prompt"
        );
        assert_eq!(resolved(&["LIST", "--max"]), "ambiguous option: --max could match --max-results, --max-items");
    }

    #[test]
    fn our_own_options_are_spelt_out() {
        assert_eq!(resolved(&["CALL", "--sand"]), "CALL --sand");
        assert_eq!(resolved(&["CALL", "--sandbox"]), "CALL --sandbox");
        assert_eq!(resolved(&["LIST", "--s", "x"]), "LIST --starting-token=x");
        assert_eq!(resolved(&["sandbox", "serve", "--por=1", "--port", "1"]), "sandbox serve --por=1 --port=1");
    }

    #[test]
    fn a_dash_makes_a_value_only_with_a_number_or_a_space() {
        assert_eq!(resolved(&["CALL", "--notes", "-5"]), "CALL --notes=-5");
        assert_eq!(resolved(&["CALL", "--notes", "--see below"]), "CALL --notes=--see below");
        assert_eq!(resolved(&["CALL", "--notes", "-x"]), "argument --notes: expected one argument");
        assert_eq!(resolved(&["CALL", "--notes=-x"]), "CALL --notes=-x");
        assert_eq!(resolved(&["CALL", "--notes", "-"]), "CALL --notes=-");
        assert_eq!(resolved(&["CALL", "--notes", "--", "x"]), "argument --notes: expected one argument");
        assert_eq!(resolved(&["CALL", "--notes", ""]), "CALL --notes=");
        assert_eq!(resolved(&["CALL", "--sandbox-clock", "-2h"]), "CALL --sandbox-clock=-2h");
    }

    #[test]
    fn an_optional_value_is_taken_when_it_is_one() {
        assert_eq!(resolved(&["CALL", "--gen", "input"]), "CALL --generate-cli-skeleton=input");
        assert_eq!(resolved(&["CALL", "--gen", "--output", "x"]), "CALL --generate-cli-skeleton --output=x");
    }

    #[test]
    fn several_words_are_one_list() {
        let tags = |line: &[&str]| {
            let words = read(line.iter().map(|&word| word.to_owned()).collect()).unwrap().words;
            let lists = words.into_iter().filter_map(|word| match word {
                Word::Option(option, words) if option.name == "tags" => Some(words),
                _ => None,
            });
            lists.collect::<Vec<_>>()
        };
        assert_eq!(tags(&[CALL, "--tags", "a", "b c", "--output", "x"]), [["a", "b c"]]);
        assert_eq!(tags(&[CALL, "--tags=a", "--tags", "[\"b\"]"]), [["a"], ["[\"b\"]"]]);
        assert_eq!(tags(&[CALL, "--tags"]), [[""; 0]]);
    }

    #[test]
    fn options_of_the_command_may_precede_it_without_a_separate_value() {
        assert_eq!(resolved(&["--notes=x", "CALL", "--not=y"]), "CALL --notes=x --notes=y");
        assert_eq!(
            resolved(&["--not=x", "organizations", "--gen", "CALL", "--out", "z"]),
            "CALL --notes=x --generate-cli-skeleton --output=z"
        );
        assert_eq!(resolved(&["--notes", "CALL", "x"]), "CALL --notes=x");
        assert_eq!(resolved(&["--notes=x", "other", "y"]), "--notes=x other y");
        assert_eq!(resolved(&["--notes=x"]), "--notes=x");
    }

    #[test]
    fn the_service_name_is_dropped_and_help_may_be_a_word() {
        assert_eq!(resolved(&["--output", "x", "organizations", "CALL", "help"]), "--output=x CALL [manual]");
        assert_eq!(resolved(&["help", "CALL"]), "CALL [manual]");
        assert_eq!(resolved(&["--help", "CALL", "--out", "x"]), "CALL --output=x --help");
        assert_eq!(resolved(&["help"]), " [manual]");
        assert_eq!(resolved(&["CALL", "--", "help"]), "CALL -- help");
        assert_eq!(resolved(&["CALL", "organizations"]), "CALL organizations");
        assert_eq!(resolved(&["organizations", "organizations", "CALL"]), "organizations CALL");
        assert_eq!(resolved(&["other", "organizations", "CALL"]), "other organizations CALL");
    }
}
