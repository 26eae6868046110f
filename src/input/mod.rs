//! From what was typed to a request that the model allows: files, documents, merging and checking.

pub mod skeleton;
pub mod yaml;

use std::io;
use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::cli::{self, Call};
use crate::error::{Failure, shortened};
use crate::files;
use crate::model::{Member, Shape, Structure};

/// The parameters of a request, by name.
pub type Parameters = Map<String, Value>;

/// The parameters of a call: the input document, with those of the command line over it, checked against the model.
///
/// # Errors
///
/// What cannot be read, is not of the promised form, or is missing. Nothing has been sent.
pub fn parameters(call: &Call) -> Result<Parameters, Failure> {
    let mut stdin = Stdin::default();
    let mut parameters = document(call, &mut stdin)?;
    let has_document = call.input_json.is_some() || call.input_yaml.is_some();
    for (member, typed) in &call.parameters {
        parameters.insert(member.name.to_owned(), Value::String(text_parameter(member, typed, &mut stdin)?));
    }
    let lacking: Vec<_> = call
        .operation
        .input
        .members
        .iter()
        .filter(|member| member.required && !parameters.contains_key(member.name))
        .collect();
    if !lacking.is_empty() && !has_document {
        return Err(cli::missing_parameters(call.operation, &lacking));
    }
    check(call.operation.input, &parameters)?;
    Ok(parameters)
}

/// The parameters of `--cli-input-json` or `--cli-input-yaml`.
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
    let text = match source.read(stdin) {
        Some(Ok(bytes)) => String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            refused(format!("{}: not UTF-8 text (byte {})", source.name(typed), at + 1))
        })?,
        Some(Err(problem)) => return Err(refused(problem)),
        None => typed.clone(),
    };
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
        serde_json::from_str::<Value>(text).map_err(|error| hinted(refused(format!("Invalid JSON: {error}"))))?
    } else {
        yaml::parse(text).map_err(|error| refused(format!("Invalid YAML: {error}")))?
    };
    match value {
        Value::Object(parameters) => Ok(parameters),
        other => {
            let found = type_name(&other);
            Err(hinted(refused(format!("expected the parameters by name, as in the skeleton, found {found}"))))
        }
    }
}

/// The value of a text parameter: as typed, or out of a file or stdin.
fn text_parameter(member: &Member, typed: &str, stdin: &mut Stdin) -> Result<String, Failure> {
    let checked = matches!(member.shape, Shape::String { check: Some(_), .. });
    let refused = |problem: String| Failure::input(format!("Error parsing parameter '--{}': {problem}", member.option));
    // A text that is checked can't be "-", so that can mean stdin.
    let source = Source::of(typed, checked);
    let bytes = match source.read(stdin) {
        None => return Ok(typed.to_owned()),
        Some(Err(problem)) => return Err(refused(problem)),
        Some(Ok(_)) if typed.starts_with("fileb://") => {
            return Err(refused("fileb:// is for binary parameters; this is text: use file://".to_owned()));
        }
        Some(Ok(bytes)) => bytes,
    };
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        refused(format!("{}: not UTF-8 text (byte {})", source.name(typed), at + 1))
    })?;
    if text.is_empty() && matches!(source, Source::Stdin) {
        return Err(refused("standard input is empty".to_owned()));
    }
    // What `echo` and editors add is no part of an id; of a free text it may be.
    if checked && text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if checked && text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// Where a typed value comes from.
enum Source {
    Typed,
    Stdin,
    Text(PathBuf),
    Bytes(PathBuf),
}

impl Source {
    fn of(typed: &str, dash_is_stdin: bool) -> Source {
        let from_file = |path: &str, source: fn(PathBuf) -> Source| {
            if path == "/dev/stdin" { Source::Stdin } else { source(files::expand(path)) }
        };
        if let Some(path) = typed.strip_prefix("file://") {
            from_file(path, Source::Text)
        } else if let Some(path) = typed.strip_prefix("fileb://") {
            from_file(path, Source::Bytes)
        } else if typed == "-" && dash_is_stdin {
            Source::Stdin
        } else {
            Source::Typed
        }
    }

    /// The bytes, unless the value is what was typed.
    fn read(&self, stdin: &mut Stdin) -> Option<Result<Vec<u8>, String>> {
        match self {
            Source::Typed => None,
            Source::Stdin => Some(stdin.read()),
            Source::Text(path) | Source::Bytes(path) => {
                Some(files::read(path).map_err(|error| format!("Unable to load paramfile {}: {error}", path.display())))
            }
        }
    }

    fn name(&self, typed: &str) -> String {
        match self {
            Source::Stdin => "standard input".to_owned(),
            _ => typed.to_owned(),
        }
    }
}

/// Standard input, which can be read only once.
#[derive(Default)]
struct Stdin {
    taken: bool,
}

impl Stdin {
    fn read(&mut self) -> Result<Vec<u8>, String> {
        if std::mem::replace(&mut self.taken, true) {
            return Err("standard input can be read for one parameter only".to_owned());
        }
        files::bounded(io::stdin().lock()).map_err(|error| format!("standard input: {error}"))
    }
}

/// Checks a request against the model; every problem is told at once, with its path.
///
/// # Errors
///
/// All problems, one a line, as the AWS CLI words them.
pub fn check(structure: &'static Structure, parameters: &Parameters) -> Result<(), Failure> {
    let mut problems = Problems::default();
    problems.structure("", structure, parameters);
    if problems.lines.is_empty() {
        return Ok(());
    }
    let mut failure = Failure::input(format!("Parameter validation failed:\n{}", problems.lines.join("\n")));
    failure.hints = problems.hints;
    Err(failure)
}

#[derive(Default)]
struct Problems {
    lines: Vec<String>,
    hints: Vec<String>,
}

impl Problems {
    fn structure(&mut self, path: &str, structure: &'static Structure, members: &Parameters) {
        let whole = if path.is_empty() { "input" } else { path };
        for member in structure.members.iter().filter(|member| member.required) {
            if !members.contains_key(member.name) {
                self.lines.push(format!("Missing required parameter in {whole}: \"{}\"", member.name));
            }
        }
        for (name, value) in members {
            match structure.member(name) {
                Some(member) => self.value(&join(path, name), member.shape, value),
                None => {
                    let known: Vec<_> = structure.members.iter().map(|member| member.name).collect();
                    let known = if known.is_empty() { "(none)".to_owned() } else { known.join(", ") };
                    self.lines.push(format!(
                        "Unknown parameter in {whole}: {}, must be one of: {known}",
                        Value::from(&**name)
                    ));
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
            (Shape::String { check, .. }, Value::String(text)) => {
                if let Some(Err(rejection)) = check.map(|check| check(text)) {
                    self.lines.push(format!(
                        "Invalid value for parameter {path}, value: {}, expected: {}",
                        shown(value),
                        rejection.expected
                    ));
                    self.hints.extend(rejection.hint);
                }
                return;
            }
            (Shape::Structure(_), _) => "object",
            (Shape::List(_), _) => "list",
            (Shape::String { .. } | Shape::Timestamp, _) => "string",
        };
        self.lines.push(format!(
            "Invalid type for parameter {path}, value: {}, type: {}, valid types: {expected}",
            shown(value),
            type_name(value)
        ));
        if expected == "string" && value.is_number() {
            self.hints.push(format!("put quotes around the value of {path} to make it text"));
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A value in a message.
fn shown(value: &Value) -> String {
    shortened(&value.to_string(), 200)
}

/// The name of a JSON type, for messages.
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
