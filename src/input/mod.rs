//! Reads the parameters of a request (typed, from files, from documents), merges them, and checks them against the
//! model.

pub mod accounts;
pub mod complex;
mod form;
pub mod ids;
pub mod shorthand;
pub mod skeleton;
mod source;
pub mod yaml;

use jiff::civil;
use jiff::tz::TimeZone;
use serde_json::{Number, Value};

use crate::command::{self, Call, Limits};
use crate::error::{Failure, Kind};
use crate::model::{self, Api, Member, Parameters, Shape, Structure};
use crate::settings::{self, FILE_ENCODING};
use crate::text::shorten::{LONGEST_SHOWN, beginning, shortened};
use accounts::AccountToJoin;
use source::Source;
pub use source::Stdin;

/// What the calls of a command line send.
#[derive(Debug)]
pub struct Requests {
    /// The parameters of each call; more or fewer than one only if stdin has the ids.
    pub parameters: Vec<Parameters>,
    /// The accounts to make these calls in, if `--accounts` names them.
    pub accounts: Option<Vec<String>>,
    /// Limits of each listing.
    pub limits: Limits,
}

/// Reads and checks the parameters of all calls, and the accounts to make them in.
///
/// # Errors
///
/// Returns an error if something is missing, can't be read or parsed, or isn't allowed by the model. Nothing has been
/// sent.
pub fn requests(call: &Call) -> Result<Requests, Failure> {
    let mut stdin = Stdin::default();
    let accounts = call.own.accounts.as_ref().map(|accounts| {
        let (text, name) = accounts_text(&accounts.accounts, &mut stdin)?;
        accounts::read(&text, &name)
    });
    let accounts = accounts.transpose()?;
    let Some((member, ids)) = several_ids(call, &mut stdin)? else {
        let (parameters, limits) = checked(call, &mut stdin, None)?;
        return Ok(Requests { parameters: vec![parameters], accounts, limits });
    };
    if accounts.is_some() && ids.len() > 1 {
        let problem =
            format!("--accounts makes one call in each account, and standard input contains {} ids", ids.len());
        return Err(Failure::input(problem).hint("choose each account's handshake with --from-organization"));
    }
    // The other parameters are the same for all.
    let example = ids.first().map_or("h-examplehandshakeid111", String::as_str);
    let (common, limits) = checked(call, &mut stdin, Some((member, example)))?;
    let with_id = |id: String| {
        let mut parameters = common.clone();
        parameters.insert(member.name.to_owned(), id.into());
        parameters
    };
    Ok(Requests { parameters: ids.into_iter().map(with_id).collect(), accounts, limits })
}

/// Reads the accounts of `--accounts` that are to join an organization.
///
/// # Errors
///
/// Returns an error if they can't be read, or if a line can't be right.
pub fn joining(accounts: &str) -> Result<Vec<AccountToJoin>, Failure> {
    let (text, name) = accounts_text(accounts, &mut Stdin::default())?;
    accounts::joining(&text, &name)
}

/// Returns the text that `--accounts` stands for, and the name of its source.
fn accounts_text(typed: &str, stdin: &mut Stdin) -> Result<(String, String), Failure> {
    let source = Source::of(typed, true);
    let text = text(typed, &source, stdin).map_err(accounts::refused)?;
    let name = if matches!(source, Source::Typed) { "the option".to_owned() } else { source.name(typed) };
    Ok((text, name))
}

/// Reads the ids from stdin if `-` stands for the id of the call. Returns the ids if they are right.
fn several_ids(call: &Call, stdin: &mut Stdin) -> Result<Option<(&'static Member, Vec<String>)>, Failure> {
    let named = call.parameters.iter().find_map(|(member, words)| match member.shape {
        Shape::String { check: Some(check), .. } if words.as_slice() == ["-"] => Some((*member, *check)),
        _ => None,
    });
    let Some((member, check)) = named else { return Ok(None) };
    let refused = |problem: String| Failure::input(format!("Error parsing parameter '--{}': {problem}", member.option));
    let text = text("-", &Source::Stdin, stdin).map_err(refused)?;
    let words = ids::read(&text).map_err(|problem| refused(format!("standard input: {problem}")))?;
    let wrong = words.iter().find_map(|word| check(&word.text).err().map(|rejection| (word, rejection)));
    let Some((word, rejection)) = wrong else { return Ok(Some((member, ids::unique(words)))) };
    let place = match words.len() {
        1 => "from standard input".to_owned(),
        _ => format!("line {} of standard input", word.line),
    };
    let mut failure = Failure::input(format!(
        "Parameter validation failed:\nInvalid value for parameter {}, value: {} ({place}), expected: {}",
        member.name,
        beginning(&word.text),
        rejection.expected
    ));
    failure.hints.extend(rejection.hint);
    Err(failure)
}

/// Reads handshake ids, without duplicates. Each word is an id, or names a file (`file://PATH`) or stdin (`-`), which
/// contains any number of ids separated by white space, or a JSON list of ids.
///
/// # Errors
///
/// Returns an error if a file can't be read, or if any id is wrong; it says where that id is.
pub fn handshake_ids(words: &[String]) -> Result<Vec<String>, Failure> {
    let mut stdin = Stdin::default();
    let mut found = Vec::new();
    for word in words {
        let refused = |problem| Failure::input(format!("Error parsing parameter '--handshake-id': {problem}"));
        let source = Source::of(word, true);
        let text = text(word, &source, &mut stdin).map_err(refused)?;
        match source {
            Source::Typed => found.push((ids::Numbered { text, line: 1 }, String::new())),
            _ => found.extend(ids::placed(&text, &source.name(word)).map_err(refused)?),
        }
    }
    ids::checked(found)
}

/// Reads the parameters of a call, where options override the input document, and its limits, with the starting token
/// read from its file if it names one. Doesn't check the parameters. `known` is the id that was read from stdin.
///
/// # Errors
///
/// Returns an error if something can't be read or parsed.
pub fn read(call: &Call, stdin: &mut Stdin, known: Option<(&Member, &str)>) -> Result<(Parameters, Limits), Failure> {
    let mut parameters = document(call, stdin)?;
    for (member, words) in &call.parameters {
        let value = match known.filter(|(known, _)| known.name == member.name) {
            Some((_, id)) => id.into(),
            None => parameter(member, words, stdin)?,
        };
        parameters.insert(member.name.to_owned(), value);
    }
    let mut limits = call.limits.clone();
    if let Some(token) = &mut limits.starting_token {
        let refused = |problem| Failure::input(format!("Error parsing parameter '--starting-token': {problem}"));
        if token.starts_with("fileb://") {
            return Err(refused(BYTES.to_owned()));
        }
        *token = text(token, &Source::of(token, false), stdin).map_err(refused)?;
    }
    Ok((parameters, limits))
}

/// Reads the parameters for a skeleton. They may be incomplete, but not invalid.
///
/// # Errors
///
/// Returns an error if something can't be read or parsed, or if the model doesn't allow it.
pub fn given(call: &Call) -> Result<Parameters, Failure> {
    let (parameters, _) = read(call, &mut Stdin::default(), None)?;
    report(problems(call.operation.input, &parameters, false, given_by(call)))?;
    Ok(parameters)
}

/// Reads the parameters of a call and checks them against the model; they are ready to be sent. Also reads its limits.
///
/// # Errors
///
/// Returns an error if something is missing, can't be read or parsed, or isn't allowed by the model. Nothing has been
/// sent.
pub fn parameters(call: &Call) -> Result<(Parameters, Limits), Failure> {
    checked(call, &mut Stdin::default(), None)
}

fn checked(call: &Call, stdin: &mut Stdin, known: Option<(&Member, &str)>) -> Result<(Parameters, Limits), Failure> {
    let (mut parameters, limits) = read(call, stdin, known)?;
    let input = call.operation.input;
    let has_document = call.input_json.is_some() || call.input_yaml.is_some();
    // Our own options can choose the handshake, which is all that the operations with these options require.
    let chooses = call.own.choice.can_choose(call.operation.api);
    let missing = |member: &&Member| member.required && !chooses && !parameters.contains_key(member.name);
    let missing: Vec<_> = input.members.iter().filter(missing).collect();
    let hinted = |failure: Failure| match !missing.is_empty() && !call.own.choice.is_empty() {
        true => failure.hint(ACTION_ALONE),
        false => failure,
    };
    if !missing.is_empty() && !has_document {
        return Err(hinted(command::missing_parameters(call.operation, &missing)));
    }
    report(problems(input, &parameters, !chooses, given_by(call))).map_err(hinted)?;
    for member in input.members.iter().filter(|member| matches!(member.shape, Shape::Timestamp)) {
        if let Some(value) = parameters.get_mut(member.name)
            && let Some(seconds) = instant(value)
        {
            *value = seconds.into();
        }
    }
    Ok((parameters, limits))
}

/// Says why `--action` alone chooses no handshake to accept.
const ACTION_ALONE: &str = "--action alone would accept the invitation of any stranger: add --from-organization or \
                            --from-account, or name the handshake with --handshake-id";

/// Returns the parameters that options set. Those from files or stdin have the names of those sources.
fn given_by(call: &Call) -> Vec<(&'static str, Option<String>)> {
    let source = |(member, words): &(&'static Member, Vec<String>)| {
        let dash_is_stdin = matches!(member.shape, Shape::String { check: Some(_), .. });
        let named = match words.as_slice() {
            [word] => Some((Source::of(word, dash_is_stdin), word)),
            _ => None,
        };
        let named = named.filter(|(source, _)| !matches!(source, Source::Typed));
        (member.name, named.map(|(source, word)| source.name(word)))
    };
    call.parameters.iter().map(source).collect()
}

/// Reads the parameters of `--cli-input-json` or `--cli-input-yaml`.
fn document(call: &Call, stdin: &mut Stdin) -> Result<Parameters, Failure> {
    let (option, typed) = match (&call.input_json, &call.input_yaml) {
        (None, None) => return Ok(Parameters::new()),
        (Some(_), Some(_)) => {
            return Err(Failure::input("only one of --cli-input-json and --cli-input-yaml can be given"));
        }
        (Some(typed), None) => ("--cli-input-json", typed),
        (None, Some(typed)) => ("--cli-input-yaml", typed),
    };
    let refused = |problem: String| Failure::input(format!("Error parsing parameter '{option}': {problem}"));
    let source = Source::of(typed, true);
    let text = text(typed, &source, stdin).map_err(refused)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return Err(refused("the document is empty".to_owned()));
    }
    let looks_like_a_path = matches!(source, Source::Typed) && !text.contains(['{', '[', '\n', ':']);
    let hinted = |failure: Failure| match looks_like_a_path {
        true => failure.hint(format!("to read a file: {option} file://{typed}")),
        false => failure,
    };
    let value = if call.input_json.is_some() {
        serde_json::from_str::<Value>(text).map_err(|error| {
            let failure = hinted(refused(format!("Invalid JSON: {error}")));
            // A flow mapping is more likely JSON with a mistake.
            let is_yaml = !text.trim_start().starts_with('{') && matches!(yaml::parse(text), Ok(Value::Object(_)));
            if is_yaml { failure.hint("the document is YAML: use --cli-input-yaml") } else { failure }
        })?
    } else {
        yaml::parse(text).map_err(|error| refused(format!("Invalid YAML: {error}")))?
    };
    match value {
        Value::Object(parameters) => Ok(parameters),
        other => {
            let found = type_name(&other);
            Err(hinted(refused(format!("expected an object of parameters, as in the skeleton, found {found}"))))
        }
    }
}

/// Returns the value of a parameter, from the words after its option.
fn parameter(member: &Member, words: &[String], stdin: &mut Stdin) -> Result<Value, Failure> {
    let option = member.option;
    let refused = |problem: String| Failure::input(format!("Error parsing parameter '--{option}': {problem}"));
    let typed = words.first().map_or("", String::as_str);
    match member.shape {
        Shape::Structure(_) | Shape::List(_) => {
            // In the AWS CLI, it isn't a usage error if a file that shorthand names after `@=` can't be loaded.
            let mut is_usage = true;
            let mut read = |word: &str| {
                if word.starts_with("fileb://") {
                    return Err(BYTES.to_owned());
                }
                let text = text(word, &Source::of(word, false), stdin);
                let named_by_shorthand = !words.iter().any(|typed| typed == word);
                is_usage = text.is_ok() || !named_by_shorthand || settings::is_ascii_only(FILE_ENCODING).is_err();
                text
            };
            let value = complex::parameter(member.shape, words, &mut read);
            value.map_err(|problem| {
                let mut failure = refused(problem);
                if !is_usage {
                    failure.kind = Kind::Other;
                }
                failure.hints.extend(form::of_words(member, words));
                failure
            })
        }
        Shape::Integer { .. } => {
            let number = text(typed, &Source::of(typed, false), stdin).map_err(refused)?;
            let number = number.trim().parse::<Number>().ok().filter(|number| number.is_i64() || number.is_u64());
            number.map(Value::from).ok_or_else(|| refused(format!("{} is not a whole number", Value::from(typed))))
        }
        Shape::String { .. } | Shape::Timestamp if typed.starts_with("fileb://") => {
            Err(refused(format!("Invalid type for parameter {}: {BYTES}", member.name)))
        }
        Shape::String { check: Some(_), .. } => id(typed, stdin).map(Value::String).map_err(refused),
        Shape::String { .. } | Shape::Timestamp => {
            text(typed, &Source::of(typed, false), stdin).map(Value::String).map_err(refused)
        }
    }
}

/// Reads a party as `--target` of invite-account-to-organization takes it, and checks it against the model.
///
/// # Errors
///
/// Returns an error if it can't be read or parsed, or isn't allowed by the model.
pub fn party(typed: &str) -> Result<Parameters, Failure> {
    let invite = model::operation_of(Api::InviteAccountToOrganization);
    let member = invite.and_then(|invite| invite.input.member("Target"));
    let member = member.ok_or_else(|| Failure::other("The model has no parameter for a party"))?;
    let party = parameter(member, &[typed.to_owned()], &mut Stdin::default())?;
    let mut problems = Problems { complete: true, ..Problems::default() };
    problems.value(member.name, member.shape, &party);
    report(problems)?;
    match party {
        Value::Object(party) => Ok(party),
        other => Err(Failure::input(format!("Bad value for --target: {}", type_name(&other)))),
    }
}

/// The error for `fileb://` in front of a text parameter.
const BYTES: &str = "fileb:// is for binary parameters, and this one is text: use file://";

/// Returns the typed text, or the text of the file that it names.
fn text(typed: &str, source: &Source, stdin: &mut Stdin) -> Result<String, String> {
    let is_text = matches!(source, Source::Text(_) | Source::Stdin);
    let ascii_only =
        is_text && settings::is_ascii_only(FILE_ENCODING).map_err(|why| format!("{}: {why}", source.name(typed)))?;
    let bytes = match source.read(typed, stdin) {
        None => return Ok(typed.to_owned()),
        Some(bytes) => bytes?,
    };
    let refused = |encoding: &str, at: usize| format!("{}: not {encoding} text (byte {})", source.name(typed), at + 1);
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()).filter(|_| ascii_only) {
        return Err(refused("ASCII", at));
    }
    let text = String::from_utf8(bytes).map_err(|error| refused("UTF-8", error.utf8_error().valid_up_to()))?;
    // As in Python, all line ends in text files become \n.
    Ok(if is_text && text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// Returns the typed id, or the id from the file that it names. `-` is stdin. A byte order mark before the id and a
/// newline after it, which editors and `echo` add, are removed.
fn id(typed: &str, stdin: &mut Stdin) -> Result<String, String> {
    let source = Source::of(typed, true);
    let text = text(typed, &source, stdin)?;
    match source {
        Source::Typed => Ok(text),
        Source::Stdin if text.is_empty() => Err("standard input is empty".to_owned()),
        _ => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            Ok(text.strip_suffix('\n').unwrap_or(text).to_owned())
        }
    }
}

/// Reads an instant: a number of seconds, or a text.
fn instant(value: &Value) -> Option<Number> {
    match value {
        Value::String(text) => seconds(text),
        number => whole_seconds(number.as_f64()?),
    }
}

/// Cuts an instant to whole seconds. Returns nothing outside of the years that the AWS CLI allows, 1 to 9999.
fn whole_seconds(seconds: f64) -> Option<Number> {
    let known = (-62_135_596_800.0..253_402_300_800.0).contains(&seconds);
    #[expect(clippy::cast_possible_truncation, reason = "the range is far within that of the type")]
    known.then(|| (seconds.trunc() as i64).into())
}

/// Reads an instant, as the AWS CLI does: a number of seconds since 1970-01-01T00:00:00Z, or ISO 8601, in UTC unless it
/// has an offset. Returns whole seconds.
fn seconds(text: &str) -> Option<Number> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return whole_seconds(seconds);
    }
    let utc = |time: civil::DateTime| TimeZone::UTC.to_timestamp(time).ok();
    let instant = text
        .parse::<jiff::Timestamp>()
        .ok()
        .or_else(|| utc(text.parse().ok()?))
        .or_else(|| utc(text.parse::<civil::Date>().ok()?.to_datetime(civil::Time::midnight())))?;
    Some(instant.as_second().into())
}

/// Checks a request against the model.
///
/// # Errors
///
/// Returns an error that lists all problems, one per line, in the AWS CLI's words.
pub fn check(structure: &'static Structure, parameters: &Parameters) -> Result<(), Failure> {
    report(problems(structure, parameters, true, Vec::new()))
}

fn problems(
    structure: &'static Structure,
    parameters: &Parameters,
    complete: bool,
    options: Vec<(&'static str, Option<String>)>,
) -> Problems {
    let mut problems = Problems { complete, options, ..Problems::default() };
    problems.structure("", structure, parameters);
    problems
}

fn report(problems: Problems) -> Result<(), Failure> {
    if problems.lines.is_empty() {
        return Ok(());
    }
    let mut failure = Failure::input(format!("Parameter validation failed:\n{}", problems.lines.join("\n")));
    failure.hints = problems.hints;
    Err(failure)
}

#[derive(Default)]
struct Problems {
    /// Whether required parameters must be present.
    complete: bool,
    /// The parameters that options set, with the names of the files or stdin that they come from.
    options: Vec<(&'static str, Option<String>)>,
    lines: Vec<String>,
    hints: Vec<String>,
}

impl Problems {
    fn structure(&mut self, path: &str, structure: &'static Structure, members: &Parameters) {
        let whole = if path.is_empty() { "input" } else { path };
        for member in structure.members.iter().filter(|member| member.required) {
            if self.complete && !members.contains_key(member.name) {
                self.lines.push(format!("Missing required parameter in {whole}: \"{}\"", member.name));
            }
        }
        for (name, value) in members {
            match structure.member(name) {
                Some(member) => self.value(&join(path, name), member.shape, value),
                None => {
                    let known: Vec<_> = structure.members.iter().map(|member| member.name).collect();
                    let known = if known.is_empty() { "(none)".to_owned() } else { known.join(", ") };
                    self.lines
                        .push(format!("Unknown parameter in {whole}: {}, must be one of: {known}", beginning(name)));
                    self.hints.extend(value.as_str().and_then(|value| form::of_tag(structure, name, value)));
                }
            }
        }
    }

    fn value(&mut self, path: &str, shape: &'static Shape, value: &Value) {
        let expected = match (shape, value) {
            (Shape::Structure(structure), Value::Object(members)) => return self.structure(path, structure, members),
            (Shape::List(element), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&format!("{path}[{index}]"), element, item);
                }
                return;
            }
            (Shape::String { check, min, .. }, Value::String(text)) => {
                let is_rejected = check.is_some_and(|check| check(text).is_err());
                if text.is_empty() && (*min > 0 || is_rejected) {
                    self.blank(path, "empty");
                }
                if text.chars().count() < *min {
                    self.lines.push(format!(
                        "Invalid length for parameter {path}, value: {}, valid min length: {min}",
                        text.chars().count()
                    ));
                }
                if let Some(Err(rejection)) = check.map(|check| check(text)) {
                    self.lines.push(format!(
                        "Invalid value for parameter {path}, value: {}, expected: {}",
                        self.shown(path, value),
                        rejection.expected
                    ));
                    self.hints.extend(rejection.hint.filter(|_| !text.is_empty()));
                }
                return;
            }
            (Shape::Integer { min }, Value::Number(number)) if number.is_i64() || number.is_u64() => {
                // The SDK can't send larger numbers, and the service needs none.
                let most = i64::from(i32::MAX);
                match number.as_i64() {
                    Some(number) if number < *min => {
                        self.lines.push(format!(
                            "Invalid value for parameter {path}, value: {number}, valid min value: {min}"
                        ));
                        if number == 0 && self.options.iter().all(|(name, _)| *name != path) {
                            self.blank(path, "0");
                        }
                    }
                    Some(number) if number <= most => {}
                    _ => self
                        .lines
                        .push(format!("Invalid value for parameter {path}, value: {number}, valid max value: {most}")),
                }
                return;
            }
            (Shape::Timestamp, value) if instant(value).is_some() => return,
            (Shape::Integer { .. }, _) => "integer",
            (Shape::Timestamp, _) => "timestamp, such as 2027-01-01T00:00:00Z",
            (Shape::Structure(_), _) => "object",
            (Shape::List(_), _) => "list",
            (Shape::String { .. }, _) => "string",
        };
        self.lines.push(format!(
            "Invalid type for parameter {path}, value: {}, type: {}, valid types: {expected}",
            self.shown(path, value),
            type_name(value)
        ));
        if expected == "string" && value.is_number() {
            self.hints.push(format!("put quotes around the value of {path} to make it text"));
        }
    }

    /// Returns a value for a message, with the file that it comes from.
    fn shown(&self, path: &str, value: &Value) -> String {
        let shown = match value {
            Value::String(text) => beginning(text),
            other => shortened(&other.to_string(), LONGEST_SHOWN),
        };
        match self.options.iter().find(|(name, _)| *name == path) {
            Some((_, Some(file))) => format!("{shown} (from {file})"),
            _ => shown,
        }
    }

    /// Adds a hint on a value that is empty, or the 0 of a skeleton.
    fn blank(&mut self, path: &str, is: &str) {
        let parameter = path.split(['.', '[']).next().unwrap_or_default();
        let is_option = self.options.iter().any(|(name, _)| *name == parameter);
        self.hints.push(match is_option {
            true => format!("{path} is {is}: if the value comes from a variable, check that the variable is set"),
            false => {
                format!("{path} is {is}, as the skeleton leaves it: fill it in, or remove it if it isn't required")
            }
        });
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Returns the name of a JSON type for messages.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OPERATIONS;
    use serde_json::json;

    fn problems(parameters: Value) -> String {
        let Value::Object(parameters) = parameters else { panic!("an object") };
        check(OPERATIONS[0].input, &parameters).err().map(|failure| failure.message).unwrap_or_default()
    }

    #[test]
    fn a_text_is_shown_up_to_the_end_of_its_first_line() {
        assert_eq!(beginning("h-1 "), r#""h-1 ""#);
        assert_eq!(beginning("h-1\n\n"), r#""h-1\n\n""#);
        assert_eq!(beginning("a\"b\nc\n"), r#""a\"b"… (6 bytes)"#);
        assert_eq!(beginning("a\r\nb"), r#""a"… (4 bytes)"#);
        assert_eq!(beginning(&"é".repeat(201)), format!("\"{}\"… (402 bytes)", "é".repeat(200)));
        // Blank lines are no more than a line.
        assert!(beginning(&"\n".repeat(1000)).len() < 2010);
    }

    #[test]
    fn all_problems_are_told_at_once() {
        assert_eq!(problems(json!({"HandshakeId": "h-examplehandshakeid111"})), "");
        assert_eq!(
            problems(json!({"Reason": "x", "Why": 1})),
            "Parameter validation failed:\n\
             Missing required parameter in input: \"HandshakeId\"\n\
             Unknown parameter in input: \"Reason\", must be one of: HandshakeId\n\
             Unknown parameter in input: \"Why\", must be one of: HandshakeId"
        );
        assert_eq!(
            problems(json!({"HandshakeId": 12345678})),
            "Parameter validation failed:\n\
             Invalid type for parameter HandshakeId, value: 12345678, type: number, valid types: string"
        );
    }
}
