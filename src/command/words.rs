//! The AWS CLI's reading of a command line, turned into one that leaves nothing to guess.
//!
//! The AWS CLI is made with Python's argparse: options may be abbreviated, stand before, between or behind the
//! commands, and a word that begins with a dash is a value only when it is a number or contains a space. This step
//! resolves all that against the table of options; what leaves it are whole names and `--name=value` words.

use std::collections::VecDeque;

use serde_json::Value;

use crate::error::Failure;
use crate::text::redact::shown;

/// How an option takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// None: a switch.
    Nothing,
    /// The rest of the word behind `=`, or the next word.
    Value,
    /// The same, or nothing at all.
    MaybeValue,
    /// As many words as follow. They leave this step as one: a JSON list.
    Words,
}

/// An option as this step sees it.
#[derive(Clone, Copy, Debug)]
pub struct Spelling {
    /// The name, without its dashes.
    pub name: &'static str,
    /// How it takes a value.
    pub takes: Takes,
    /// Whether a prefix of the name will do. AWS's own options can be shortened, ours are spelt out.
    pub shortens: bool,
}

/// What options exist: the global ones, and those of a command.
pub trait Options {
    /// The options that every command has.
    fn global(&self) -> Vec<Spelling>;
    /// The options of this command; nothing where there is no such command.
    fn of_command(&self, command: &str) -> Option<Vec<Spelling>>;
}

/// The AWS CLI's name of the service, which may stand before the command.
pub const SERVICE: &str = "organizations";

/// The word that asks for a page of the manual, wherever it stands. Behind this step it is the last one before `--`.
pub const MANUAL: &str = "help";

/// The words of the command line, resolved.
///
/// # Errors
///
/// An abbreviation that fits several options, an option without its value, or a stray word with one dash.
pub fn resolve(words: Vec<String>, options: &dyn Options) -> Result<Vec<String>, Failure> {
    let global = options.global();
    // Those of the command, once there is one.
    let mut of_command: Option<Vec<Spelling>> = None;
    let (mut service_seen, mut empty_seen) = (false, false);
    let (mut help, mut manual) = (false, false);
    let mut resolved = Vec::with_capacity(words.len());
    let mut rest = Vec::new();
    // Options before the command that may be the command's own. What follows them there is not their value.
    let mut early = Vec::new();
    let mut words = VecDeque::from(words);
    while let Some(word) = words.pop_front() {
        if word == "--" {
            rest.push(word);
            rest.extend(words);
            let own = of_command.as_deref().unwrap_or_default();
            if let Some(empty) = rest.iter().position(String::is_empty).filter(|_| is_aws(own) && !empty_seen) {
                rest.remove(empty);
            }
            break;
        }
        let own = of_command.as_deref().unwrap_or_default();
        match find(&word, &global, own)? {
            // clap would take a single dash for a cluster of short options, and -h in it for a question for help.
            Found::Value | Found::Unknown if is_single_dash(&word) => return Err(single_dash(&word, &global, own)),
            Found::Value if of_command.is_none() && word == SERVICE && !service_seen => service_seen = true,
            Found::Value if word == MANUAL => manual = true,
            Found::Value if of_command.is_none() => {
                let own = of_command.insert(options.of_command(&word).unwrap_or_default());
                if is_aws(own) {
                    early.drain(..).rev().for_each(|option| words.push_front(option));
                }
                resolved.append(&mut early);
                resolved.push(word);
            }
            // The AWS CLI has a place for `help` behind the command. One empty word, a quoted variable, fits there.
            Found::Value if word.is_empty() && is_aws(own) && !empty_seen => empty_seen = true,
            Found::Value => resolved.push(word),
            // Before a command, it is the command's help that is asked for.
            Found::Option(spelling, None) if spelling.name == "help" && of_command.is_none() => help = true,
            Found::Unknown if of_command.is_none() => early.push(word),
            Found::Unknown => resolved.push(word),
            Found::Option(spelling, value) => {
                let mut next = || {
                    let is_next = |next: &mut String| next != "--" && is_value(next, spelling, &global, own);
                    words.pop_front_if(is_next)
                };
                let value = match (spelling.takes, value) {
                    (Takes::Words, Some(value)) => Some(Value::from(vec![value]).to_string()),
                    (Takes::Words, None) => Some(Value::from_iter(std::iter::from_fn(next)).to_string()),
                    (_, Some(value)) => Some(value),
                    (Takes::Nothing, None) => None,
                    (Takes::Value | Takes::MaybeValue, None) => next(),
                };
                if value.is_none() && spelling.takes == Takes::Value {
                    return Err(no_value(spelling.name, words.front()));
                }
                resolved.push(match value {
                    Some(value) => format!("--{}={value}", spelling.name),
                    None => format!("--{}", spelling.name),
                });
            }
        }
    }
    resolved.append(&mut early);
    if manual {
        resolved.push(MANUAL.to_owned());
    } else if help {
        resolved.push("--help".to_owned());
    }
    resolved.extend(rest);
    Ok(resolved)
}

/// The words that are neither options nor their values, as far as that can be known where the words may be wrong.
pub fn others<'a>(words: &'a [String], options: &dyn Options) -> Vec<&'a str> {
    let global = options.global();
    let mut own = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let mut words = words.iter().filter(|word| *word != "--").peekable();
    while let Some(word) = words.next() {
        match find(word, &global, &own) {
            Ok(Found::Value) => {
                if own.is_empty() && word != SERVICE {
                    own = options.of_command(word).unwrap_or_default();
                }
                others.push(word);
            }
            Ok(Found::Option(spelling, None)) if spelling.takes != Takes::Nothing => {
                words.next_if(|next| is_value(next, spelling, &global, &own));
            }
            Ok(Found::Option(..) | Found::Unknown) | Err(_) => {}
        }
    }
    others
}

/// The failure of an option that lacks its value.
fn no_value(name: &str, next: Option<&String>) -> Failure {
    let failure = Failure::input(format!("argument --{name}: expected one argument"));
    match next.filter(|next| next.starts_with('-') && *next != "--") {
        Some(next) => failure.hint(format!("a value that begins with a dash is written --{name}={next}")),
        None => failure,
    }
}

/// Whether these are the options of an AWS CLI's command: those can be shortened.
fn is_aws(of_command: &[Spelling]) -> bool {
    of_command.iter().any(|option| option.shortens)
}

/// Whether a word begins with one dash and is more than that.
fn is_single_dash(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.starts_with("--")
}

/// The failure of a stray word with one dash.
fn single_dash(word: &str, global: &[Spelling], of_command: &[Spelling]) -> Failure {
    let failure = Failure::input(format!("unexpected argument '{}' found", shown(word)));
    match find(&format!("-{word}"), global, of_command) {
        Ok(Found::Option(option, _)) => failure.hint(format!("options begin with two dashes: --{}", option.name)),
        _ => failure.hint("for help: -h or --help"),
    }
}

/// Whether a word is the value of the option before it.
fn is_value(word: &str, option: Spelling, global: &[Spelling], of_command: &[Spelling]) -> bool {
    // Options of ours know no negative numbers, but a clock goes back: -2h.
    let steps_back =
        !option.shortens && word.strip_prefix('-').is_some_and(|step| step.starts_with(|c: char| c.is_ascii_digit()));
    steps_back || matches!(find(word, global, of_command), Ok(Found::Value))
}

/// What a word is.
enum Found {
    /// A value, or a command.
    Value,
    /// An option, and its value if the word carries one.
    Option(Spelling, Option<String>),
    /// It looks like an option, but there is none.
    Unknown,
}

/// Reads one word, in argparse's order of questions.
fn find(word: &str, global: &[Spelling], of_command: &[Spelling]) -> Result<Found, Failure> {
    if !word.starts_with('-') || word == "-" {
        return Ok(Found::Value);
    }
    let word = if word == "-h" { "--help" } else { word };
    if let Some(option) = word.strip_prefix("--") {
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (option, None),
        };
        if let Some(spelling) = global.iter().chain(of_command).find(|spelling| spelling.name == name) {
            return Ok(Found::Option(*spelling, value));
        }
        // The AWS CLI reads global options first, so a prefix of one hides a command's.
        for level in [global, of_command] {
            let fits: Vec<_> = level.iter().filter(|option| option.shortens && option.name.starts_with(name)).collect();
            match fits.as_slice() {
                [] => {}
                [one] => return Ok(Found::Option(**one, value)),
                several => {
                    let names: Vec<_> = several.iter().map(|option| format!("--{}", option.name)).collect();
                    return Err(Failure::input(format!("ambiguous option: --{name} could match {}", names.join(", "))));
                }
            }
        }
    }
    Ok(if is_negative_number(word) || word.contains(' ') { Found::Value } else { Found::Unknown })
}

/// argparse's idea of a negative number: `-5`, `-.5`, `-0.5`.
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

    struct Sample;

    impl Options for Sample {
        fn global(&self) -> Vec<Spelling> {
            let option = |name, takes| Spelling { name, takes, shortens: true };
            vec![
                option("output", Takes::Value),
                option("no-cli-pager", Takes::Nothing),
                option("no-cli-auto-prompt", Takes::Nothing),
                Spelling { name: "sandbox", takes: Takes::Nothing, shortens: false },
                Spelling { name: "clock", takes: Takes::Value, shortens: false },
                Spelling { name: "help", takes: Takes::Nothing, shortens: false },
            ]
        }

        fn of_command(&self, command: &str) -> Option<Vec<Spelling>> {
            let option = |name, takes| Spelling { name, takes, shortens: true };
            (command == "do").then(|| {
                vec![option("notes", Takes::Value), option("skeleton", Takes::MaybeValue), option("tags", Takes::Words)]
            })
        }
    }

    fn resolved(line: &[&str]) -> String {
        match resolve(line.iter().map(|&word| word.to_owned()).collect(), &Sample) {
            Ok(words) => words.join(" "),
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn options_stand_anywhere_and_may_be_shortened() {
        assert_eq!(resolved(&["--out", "text", "do", "--not", "x"]), "--output=text do --notes=x");
        assert_eq!(resolved(&["do", "--notes=x", "--outp=y"]), "do --notes=x --output=y");
        assert_eq!(
            resolved(&["do", "--no-cli"]),
            "ambiguous option: --no-cli could match --no-cli-pager, --no-cli-auto-prompt"
        );
    }

    #[test]
    fn our_own_options_are_spelt_out() {
        assert_eq!(resolved(&["do", "--sand"]), "do --sand");
        assert_eq!(resolved(&["do", "--sandbox"]), "do --sandbox");
        assert_eq!(resolved(&["do", "--s"]), "do --skeleton");
    }

    #[test]
    fn a_dash_makes_a_value_only_with_a_number_or_a_space() {
        assert_eq!(resolved(&["do", "--notes", "-5"]), "do --notes=-5");
        assert_eq!(resolved(&["do", "--notes", "--see below"]), "do --notes=--see below");
        assert_eq!(resolved(&["do", "--notes", "-x"]), "argument --notes: expected one argument");
        assert_eq!(resolved(&["do", "--notes=-x"]), "do --notes=-x");
        assert_eq!(resolved(&["do", "--notes", "-"]), "do --notes=-");
        assert_eq!(resolved(&["do", "--notes", "--", "x"]), "argument --notes: expected one argument");
        assert_eq!(resolved(&["do", "--notes", ""]), "do --notes=");
        assert_eq!(resolved(&["do", "--clock", "-2h"]), "do --clock=-2h");
    }

    #[test]
    fn an_optional_value_is_taken_when_it_is_one() {
        assert_eq!(resolved(&["do", "--skeleton", "input"]), "do --skeleton=input");
        assert_eq!(resolved(&["do", "--skeleton", "--output", "x"]), "do --skeleton --output=x");
    }

    #[test]
    fn several_words_become_one_list() {
        assert_eq!(resolved(&["do", "--tags", "a", "b c", "--output", "x"]), r#"do --tags=["a","b c"] --output=x"#);
        assert_eq!(resolved(&["do", "--tags=a"]), r#"do --tags=["a"]"#);
        assert_eq!(resolved(&["do", "--tags"]), "do --tags=[]");
    }

    #[test]
    fn options_of_the_command_may_stand_before_it_without_a_separate_value() {
        assert_eq!(resolved(&["--notes=x", "do", "--not=y"]), "do --notes=x --notes=y");
        assert_eq!(
            resolved(&["--not=x", "organizations", "--skel", "do", "--out", "z"]),
            "do --notes=x --skeleton --output=z"
        );
        assert_eq!(resolved(&["--notes", "do", "x"]), "do --notes=x");
        assert_eq!(resolved(&["--notes=x", "other", "y"]), "--notes=x other y");
        assert_eq!(resolved(&["--notes=x"]), "--notes=x");
    }

    #[test]
    fn the_service_name_is_dropped_and_help_is_a_word() {
        assert_eq!(resolved(&["--output", "x", "organizations", "do", "help"]), "--output=x do help");
        assert_eq!(resolved(&["help", "do"]), "do help");
        assert_eq!(resolved(&["--help", "do", "--out", "x"]), "do --output=x --help");
        assert_eq!(resolved(&["help"]), "help");
        assert_eq!(resolved(&["do", "--", "help"]), "do -- help");
        assert_eq!(resolved(&["do", "organizations"]), "do organizations");
        assert_eq!(resolved(&["organizations", "organizations", "do"]), "organizations do");
        assert_eq!(resolved(&["other", "organizations", "do"]), "other organizations do");
    }
}
