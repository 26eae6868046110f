//! The AWS CLI's reading of a command line, turned into one that leaves nothing to guess.
//!
//! The AWS CLI is made with Python's argparse: options may be abbreviated, stand before, between or behind the
//! commands, and a word that begins with a dash is a value only when it is a number or contains a space. This step
//! resolves all that against the table of options; what leaves it are whole names and `--name=value` words.

use crate::error::Failure;

/// How an option takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// None: a switch.
    Nothing,
    /// The rest of the word behind `=`, or the next word.
    Value,
    /// The same, or nothing at all.
    MaybeValue,
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

/// The words of the command line, resolved.
///
/// # Errors
///
/// An abbreviation that fits several options.
pub fn resolve(words: Vec<String>, options: &dyn Options) -> Result<Vec<String>, Failure> {
    let global = options.global();
    let mut of_command = Vec::new();
    let mut command_seen = false;
    let mut resolved = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        if word == "--" {
            resolved.push(word);
            resolved.extend(words);
            break;
        }
        match find(&word, &global, &of_command)? {
            Found::Value => {
                if !command_seen && word == "organizations" {
                    continue;
                }
                if !command_seen {
                    if let Some(own) = options.of_command(&word) {
                        of_command = own;
                        command_seen = true;
                    }
                } else if word == "help" && !of_command.is_empty() {
                    resolved.push("--help".to_owned());
                    continue;
                }
                resolved.push(word);
            }
            Found::Unknown => resolved.push(word),
            Found::Option(spelling, Some(value)) => resolved.push(format!("--{}={value}", spelling.name)),
            Found::Option(spelling, None) => {
                let value = match spelling.takes {
                    Takes::Nothing => None,
                    Takes::Value | Takes::MaybeValue => match words.peek() {
                        Some(next) if next != "--" && matches!(find(next, &global, &of_command), Ok(Found::Value)) => {
                            words.next()
                        }
                        _ => None,
                    },
                };
                resolved.push(match value {
                    Some(value) => format!("--{}={value}", spelling.name),
                    None => format!("--{}", spelling.name),
                });
            }
        }
    }
    Ok(resolved)
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
                Spelling { name: "help", takes: Takes::Nothing, shortens: false },
            ]
        }

        fn of_command(&self, command: &str) -> Option<Vec<Spelling>> {
            let option = |name, takes| Spelling { name, takes, shortens: true };
            (command == "do").then(|| vec![option("notes", Takes::Value), option("skeleton", Takes::MaybeValue)])
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
        assert_eq!(resolved(&["do", "--notes", "-x"]), "do --notes -x");
        assert_eq!(resolved(&["do", "--notes=-x"]), "do --notes=-x");
        assert_eq!(resolved(&["do", "--notes", "-"]), "do --notes=-");
        assert_eq!(resolved(&["do", "--notes", "--", "x"]), "do --notes -- x");
        assert_eq!(resolved(&["do", "--notes", ""]), "do --notes=");
    }

    #[test]
    fn an_optional_value_is_taken_when_it_is_one() {
        assert_eq!(resolved(&["do", "--skeleton", "input"]), "do --skeleton=input");
        assert_eq!(resolved(&["do", "--skeleton", "--output", "x"]), "do --skeleton --output=x");
    }

    #[test]
    fn the_service_name_is_dropped_and_help_is_a_word() {
        assert_eq!(resolved(&["--output", "x", "organizations", "do", "help"]), "--output=x do --help");
        assert_eq!(resolved(&["help", "do"]), "help do");
        assert_eq!(resolved(&["do", "organizations"]), "do organizations");
    }
}
