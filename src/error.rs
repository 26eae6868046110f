//! Failures: their kinds, error formats and exit codes.

use std::sync::{Mutex, PoisonError};
use std::{fmt, io};

use serde_json::{Map, Value};

use crate::os::signals::Signal;
use crate::render::{Screen, json, table, text, yaml};
use crate::terminal::streams;
use crate::text::escape::tame;
use crate::text::fold::fold;

/// The program's exit codes with their meanings, in the order of the AWS CLI's table. Help and README print this table.
pub const EXIT_CODES: &[(u8, &str)] = &[
    (0, "success"),
    (
        1,
        "a condition isn't met: no handshake or several fit the options, or a guard, --dry-run or join's plan found a \
         problem; nothing was changed",
    ),
    (126, "sandbox exec can't execute its command, as a shell reports it"),
    (127, "sandbox exec doesn't find its command, as a shell reports it"),
    (130, "interrupted by Ctrl-C (SIGINT), as a shell reports it"),
    (143, "terminated by SIGTERM, as a shell reports it"),
    (252, "the command line, an input document or an MFA code is wrong; the operation was not called"),
    (253, "no credentials, or an unknown cli_timestamp_format; the operation was not called"),
    (254, "the service returned an error"),
    (255, "anything else: another wrong setting, no connection, a time-out, a full disk"),
];

/// The format of errors on stderr (`--cli-error-format`, `AWS_CLI_ERROR_FORMAT`, `cli_error_format`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorFormat {
    /// For human readers: the AWS CLI's line, the details of the exception, and hints.
    #[default]
    Enhanced,
    /// Only the AWS CLI's line.
    Legacy,
    /// A JSON object.
    Json,
    /// A YAML mapping.
    Yaml,
    /// The values, tab-separated.
    Text,
    /// A table of names and values.
    Table,
    /// Our own: a JSON object for every failure, with its explanation and hints.
    ExplainedJson,
}

impl ErrorFormat {
    /// All formats with their names.
    pub const NAMES: &[(&str, ErrorFormat)] = &[
        ("enhanced", ErrorFormat::Enhanced),
        ("legacy", ErrorFormat::Legacy),
        ("json", ErrorFormat::Json),
        ("yaml", ErrorFormat::Yaml),
        ("text", ErrorFormat::Text),
        ("table", ErrorFormat::Table),
        ("explained-json", ErrorFormat::ExplainedJson),
    ];

    /// Returns whether errors are lines for human readers, so that other lines may be printed, too.
    pub fn is_plain(self) -> bool {
        matches!(self, ErrorFormat::Enhanced | ErrorFormat::Legacy)
    }

    /// Finds the format of this name.
    pub fn named(name: &str) -> Option<ErrorFormat> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

/// The format in which this process prints its errors.
static FORMAT: Mutex<ErrorFormat> = Mutex::new(ErrorFormat::Enhanced);

/// Sets the format in which errors are printed from now on.
pub fn set_format(format: ErrorFormat) {
    *FORMAT.lock().unwrap_or_else(PoisonError::into_inner) = format;
}

/// Returns the format in which errors are printed.
pub fn format() -> ErrorFormat {
    *FORMAT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns whether errors are explained to a reader, so that more facts are worthwhile. With the AWS CLI's error formats, and
/// in pipes, nothing is added to what the AWS CLI does.
pub fn explains() -> bool {
    match format() {
        ErrorFormat::ExplainedJson => true,
        ErrorFormat::Enhanced => streams::is_terminal(),
        _ => false,
    }
}

/// The kind of a failure. It decides the error code, the exit code and the form of the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What our own options ask for does not hold, such as a guard. Nothing was changed.
    Unmet,
    /// The command line, a parameter, an input document or an MFA code is wrong. The operation was not called.
    ParamValidation,
    /// A setting is wrong. The operation was not called.
    Configuration,
    /// No credentials were found. The operation was not called.
    NoCredentials,
    /// The service returned an error.
    Service {
        /// The error's code, such as `AccessDeniedException`, or the HTTP status if the response has no code.
        code: String,
        /// The operation, such as `AcceptHandshake`.
        operation: &'static str,
        /// The number of retries, if all allowed attempts failed.
        retries: Option<u32>,
    },
    /// A signal came while a request was under way. Printed as plain text, or not at all without a message and a hint.
    Interrupted(Signal),
    /// A command that was to be run was not found, or can't be executed. Always printed as plain text.
    NotRun {
        /// Whether it was found.
        found: bool,
    },
    /// Anything else. Always printed as plain text.
    Other,
}

impl Kind {
    /// Returns the exit code (AWS CLI Command Reference, return codes).
    pub fn exit_code(&self) -> u8 {
        match self {
            Kind::Unmet => 1,
            Kind::ParamValidation => 252,
            Kind::Configuration | Kind::NoCredentials => 253,
            Kind::Service { .. } => 254,
            Kind::Interrupted(signal) => signal.exit_code(),
            Kind::NotRun { found: true } => 126,
            Kind::NotRun { found: false } => 127,
            Kind::Other => 255,
        }
    }

    /// Returns the code in the parentheses of `An error occurred (…)`.
    fn code(&self) -> Option<&str> {
        match self {
            Kind::Unmet => Some("ConditionNotMet"),
            Kind::ParamValidation => Some("ParamValidation"),
            Kind::Configuration => Some("Configuration"),
            Kind::NoCredentials => Some("NoCredentials"),
            Kind::Service { code, .. } => Some(code),
            Kind::Interrupted(_) | Kind::NotRun { .. } | Kind::Other => None,
        }
    }

    /// Returns the explanation for a failure without a more specific one.
    fn meaning(&self) -> &'static str {
        match self {
            Kind::Unmet => "A condition of the options isn't met. Nothing was changed.",
            Kind::ParamValidation => "The input is wrong. The operation was not called.",
            Kind::Configuration => "A setting is wrong. The operation was not called.",
            Kind::NoCredentials => "No credentials were found to sign the request with. The operation was not called.",
            Kind::Service { .. } => "The service returned an error; only its message explains it.",
            Kind::Interrupted(_) => "A signal ended the program.",
            Kind::NotRun { .. } => "The command was not run.",
            Kind::Other => "The command failed; the message says why.",
        }
    }

    /// Returns the hint for a failure without a more specific one.
    fn what_to_do(&self, retryable: bool) -> &'static str {
        match self {
            Kind::Unmet => "compare the handshake with the options",
            Kind::ParamValidation => "correct what the message names",
            Kind::Configuration => "correct the setting that the message names",
            Kind::NoCredentials => "configure credentials: aws configure",
            Kind::Service { .. } => "look up the code in the AWS documentation",
            Kind::Interrupted(_) => "run the command again if you still want the change",
            Kind::Other if retryable => "check the endpoint and the network, then try again; --debug shows more",
            Kind::NotRun { .. } | Kind::Other => "see the message; --debug shows more",
        }
    }
}

/// A failure of the command: what happened, why, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    /// The kind.
    pub kind: Kind,
    /// What happened.
    pub message: String,
    /// The exception's members other than its message, such as `Reason`.
    pub details: Vec<(&'static str, Value)>,
    /// The id that the service gave the request. AWS Support asks for it.
    pub request_id: Option<String>,
    /// The rest of a usage error: suggestions and the usage line.
    pub usage: Option<String>,
    /// An explanation, if the message isn't enough.
    pub explanation: Option<String>,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Whether it may succeed within minutes, so that it is worth waiting for.
    pub is_transient: bool,
    /// The error code of a failure whose kind has none.
    pub code: Option<&'static str>,
    /// The outcome of a change: it may have been made, or was made despite the failure. Every error format prints it.
    pub note: Option<String>,
    /// What failed, if the command does more than one thing: the name of a member, such as `Account`, and its value.
    pub subject: Option<(&'static str, String)>,
    /// Hints: what to do, a sentence each.
    pub hints: Vec<String>,
    /// The underlying error, if it says more.
    pub cause: Option<anyhow::Error>,
}

impl Failure {
    /// Creates a failure of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Failure {
        let message = message.into();
        Failure {
            // Keep the service's message unchanged.
            message: if matches!(kind, Kind::Service { .. }) { message } else { without_number(message) },
            kind,
            details: Vec::new(),
            usage: None,
            request_id: None,
            explanation: None,
            retryable: false,
            is_transient: false,
            code: None,
            note: None,
            subject: None,
            hints: Vec::new(),
            cause: None,
        }
    }

    /// Creates a failure for a wrong command line, parameter or input document.
    pub fn input(message: impl Into<String>) -> Failure {
        Failure::new(Kind::ParamValidation, message)
    }

    /// Creates a failure without a specific kind.
    pub fn other(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Other, message)
    }

    /// Sets the error code of a failure whose kind has none, one of the AWS SDKs' names if possible.
    #[must_use]
    pub fn coded(mut self, code: &'static str) -> Failure {
        self.code = Some(code);
        self
    }

    /// Adds the outcome of a change.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Failure {
        self.note = Some(note.into());
        self
    }

    /// Returns the reason that the service gives beside the error's code.
    pub fn reason(&self) -> Option<&str> {
        self.details.iter().find(|(name, _)| *name == "Reason")?.1.as_str()
    }

    /// Creates the failure of a guard or of a choice that doesn't hold. Nothing was changed.
    pub fn unmet(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Unmet, message)
    }

    /// Sets what failed, if the command does more than one thing.
    #[must_use]
    pub fn of(mut self, name: &'static str, value: impl Into<String>) -> Failure {
        self.subject = Some((name, value.into()));
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    /// Adds the underlying error.
    #[must_use]
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Failure {
        self.cause = Some(cause.into());
        self
    }

    /// Returns the exit code.
    pub fn exit_code(&self) -> u8 {
        self.kind.exit_code()
    }

    /// Returns the whole text for stderr. For a terminal of this width, our own texts are folded and control characters are
    /// escaped; in the structured formats, a reader decodes them to the same text.
    pub fn report(&self, format: ErrorFormat, terminal: Option<u16>) -> String {
        let escape = terminal.is_some();
        let tamed = |text: String| if escape { tame(&text) } else { text };
        if matches!(self.kind, Kind::Interrupted(_)) && self.message.is_empty() && self.to_do().next().is_none() {
            return String::new();
        }
        if format == ErrorFormat::ExplainedJson {
            return json::document(&self.explained(), escape);
        }
        if format == ErrorFormat::Enhanced {
            return tamed(self.enhanced(terminal));
        }
        let Some(code) = self.kind.code().filter(|_| format != ErrorFormat::Legacy) else {
            return tamed(self.legacy());
        };
        let mut fields = self.fields(code);
        let note = self.note.clone().filter(|_| matches!(format, ErrorFormat::Json | ErrorFormat::Yaml));
        fields.extend(note.map(|note| ("Note".to_owned(), note.into())));
        match format {
            ErrorFormat::Yaml => yaml::document(&fields.into(), escape),
            ErrorFormat::Text => tamed(text::document(&fields.into()) + &self.note_line()),
            ErrorFormat::Table => {
                let screen = Screen { width: terminal, ..Screen::default() };
                table::document(&fields.into(), "error", &screen) + &tamed(self.note_line())
            }
            _ => json::document(&fields.into(), escape),
        }
    }

    /// Returns the note as a separate line, for formats without hints.
    fn note_line(&self) -> String {
        self.note.as_ref().map(|note| format!("orgshake: [NOTE]: {note}\n")).unwrap_or_default()
    }

    /// Returns the AWS CLI's line in the format `legacy`, in which only errors of the service have a code. The AWS CLI prints
    /// this line for failures without a code in every format.
    fn legacy(&self) -> String {
        let line = match self.kind {
            Kind::Service { .. } | Kind::Interrupted(_) => self.to_string(),
            _ => self.message.clone(),
        };
        let usage = self.usage.as_ref().map(|usage| format!("\n{}\n", usage.trim_end())).unwrap_or_default();
        format!("\norgshake: [ERROR]: {}{line}\n{usage}{}", self.prefix(), self.note_line())
    }

    /// Returns the AWS CLI's line and details, then the request id, the explanation, the cause, the usage and the hints. On a
    /// terminal, all is folded, and what follows the line is one block that ends with the request id.
    fn enhanced(&self, terminal: Option<u16>) -> String {
        let line = format!("orgshake: [ERROR]: {}{self}", self.prefix());
        let mut out = format!("\n{}\n", terminal.map_or(line.clone(), |width| folded(&line, width.into())));
        let gap = if terminal.is_some() { "" } else { "\n" };
        let paragraph = |label: &str, text: &str| {
            let text = format!("{label}{text}");
            let text = terminal.map_or(text.clone(), |width| fold(&text, width.into(), label.len()));
            format!("{gap}{text}\n")
        };
        let begin = out.len();
        if !self.details.is_empty() && terminal.is_none() {
            out.push_str("\nAdditional error details:\n");
        }
        for (name, value) in &self.details {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            out.push_str(&format!("{name}: {value}\n"));
        }
        let request_id = self.request_id.as_ref().map(|id| paragraph("request id: ", id)).unwrap_or_default();
        if terminal.is_none() {
            out.push_str(&request_id);
        }
        if let Some(explanation) = &self.explanation {
            out.push_str(&paragraph("", explanation));
        }
        if let Some(cause) = self.cause_beyond_message() {
            out.push_str(&paragraph("cause: ", &cause));
        }
        if let Some(usage) = &self.usage {
            let usage = usage.trim_end();
            let usage =
                terminal.map_or(usage.to_owned(), |_| usage.replace("\n\n", "\n").replace("  hint: ", "hint: "));
            out.push_str(&format!("{gap}{usage}\n"));
        }
        for hint in self.to_do() {
            out.push_str(&paragraph("hint: ", hint));
        }
        if terminal.is_some() {
            out.push_str(&request_id);
            if out.len() > begin {
                out.insert(begin, '\n');
            }
        }
        out
    }

    /// Returns what stands before the message if the command does more than one thing.
    fn prefix(&self) -> String {
        self.subject.as_ref().map(|(_, value)| format!("{value}: ")).unwrap_or_default()
    }

    /// Returns the note and the hints.
    pub fn to_do(&self) -> impl Iterator<Item = &String> {
        self.note.iter().chain(&self.hints)
    }

    /// Returns the part of the underlying errors that the message doesn't repeat.
    fn cause_beyond_message(&self) -> Option<String> {
        let chain = sentence(self.cause.as_ref()?);
        (!chain.is_empty() && !self.message.contains(&chain)).then_some(chain)
    }

    /// Returns the object of `explained-json`: the members of `json`, then our own, which are always all present.
    pub fn explained(&self) -> Value {
        let code = match self.kind {
            Kind::Interrupted(signal) => Some(signal.word()),
            _ => self.kind.code().or(self.code),
        };
        let mut fields = self.fields(code.unwrap_or("Other"));
        let usage = || Some(self.usage.as_ref()?.trim().to_owned());
        let to_do: Vec<_> = self.to_do().map(String::as_str).collect();
        let what_to_do = match to_do.as_slice() {
            [] => usage().unwrap_or_else(|| self.kind.what_to_do(self.retryable).to_owned()),
            to_do => to_do.join("\n"),
        };
        let explanation = self.explanation.clone().or_else(|| self.cause_beyond_message());
        for (name, value) in [
            ("RequestId", Value::from(self.request_id.clone())),
            ("Explanation", explanation.unwrap_or_else(|| self.kind.meaning().to_owned()).into()),
            ("WhatToDo", what_to_do.into()),
            ("Retryable", self.retryable.into()),
            ("ExitCode", self.exit_code().into()),
        ] {
            fields.insert(name.to_owned(), value);
        }
        Value::Object(fields)
    }

    /// Returns the members of the structured formats, in the AWS CLI's order.
    fn fields(&self, code: &str) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.extend(self.subject.as_ref().map(|(name, value)| ((*name).to_owned(), Value::from(value.clone()))));
        let code = ("Code".to_owned(), Value::from(code));
        let message = ("Message".to_owned(), Value::from(self.message.clone()));
        match self.kind {
            Kind::Service { .. } => fields.extend([message, code]),
            _ => fields.extend([code, message]),
        }
        fields.extend(self.details.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        fields
    }
}

/// Creates the failure of a result that could not be written, possibly after a change was made.
pub fn unwritten(error: io::Error, done: Option<&str>) -> Failure {
    let signal = error.get_ref().and_then(|error| error.downcast_ref::<Signal>());
    let lost = match signal {
        Some(_) => "the result could not be written".to_owned(),
        None => format!("the result could not be written: {error}"),
    };
    let message = done.map_or(lost.clone(), |done| format!("{done}, but {lost}"));
    Failure::new(signal.map_or(Kind::Other, |signal| Kind::Interrupted(*signal)), message)
}

/// Removes the error number that Rust adds to the system's message.
fn without_number(mut text: String) -> String {
    const MARK: &str = " (os error ";
    while let Some(start) = text.find(MARK)
        && let Some(length) = text[start..].find(')')
    {
        text.replace_range(start..=start + length, "");
    }
    text
}

/// Folds the lines of a message, except those with a caret below that points at a place in them.
fn folded(text: &str, width: usize) -> String {
    let is_caret = |line: &&str| line.trim() == "^";
    let mut lines = text.split('\n').peekable();
    let mut out = Vec::new();
    while let Some(line) = lines.next() {
        let is_pointed_at = is_caret(&line) || lines.peek().is_some_and(is_caret);
        let indent = line.len() - line.trim_start().len();
        out.push(if is_pointed_at { line.to_owned() } else { fold(line, width, indent) });
    }
    out.join("\n")
}

/// Joins the chain of causes to one line, without the parts that an outer error repeats of an inner one.
fn sentence(cause: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for error in cause.chain() {
        let text = without_number(error.to_string());
        if !text.is_empty() && !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Service { code, operation, retries } => {
                write!(f, "An error occurred ({code}) when calling the {operation} operation")?;
                if let Some(retries) = retries {
                    write!(f, " (reached max retries: {retries})")?;
                }
                write!(f, ": {}", self.message)
            }
            Kind::Interrupted(signal) if self.message.is_empty() => f.write_str(signal.word()),
            Kind::Interrupted(signal) => write!(f, "{}: {}", signal.word(), self.message),
            kind => match kind.code() {
                Some(code) => write!(f, "An error occurred ({code}): {}", self.message),
                None => f.write_str(&self.message),
            },
        }
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied() -> Failure {
        let kind =
            Kind::Service { code: "AccessDeniedException".into(), operation: "AcceptHandshake", retries: Some(2) };
        let mut failure = Failure::new(kind, "no").hint("ask");
        failure.details.push(("Reason", "WHY".into()));
        failure.request_id = Some("1-2\u{1b}".into());
        failure
    }

    #[test]
    fn enhanced_has_line_details_hints_and_request_id() {
        assert_eq!(
            denied().report(ErrorFormat::Enhanced, Some(80)),
            "\norgshake: [ERROR]: An error occurred (AccessDeniedException) when calling the\nAcceptHandshake operation \
             (reached max retries: 2): no\n\nReason: WHY\nhint: ask\nrequest id: 1-2\\u{1b}\n"
        );
        assert_eq!(
            denied().report(ErrorFormat::Enhanced, None),
            "\norgshake: [ERROR]: An error occurred (AccessDeniedException) when calling the AcceptHandshake operation \
             (reached max retries: 2): no\n\nAdditional error details:\nReason: WHY\n\nrequest id: 1-2\u{1b}\n\n\
             hint: ask\n"
        );
    }

    #[test]
    fn a_caret_stays_below_its_place() {
        let shown = format!("{}\n{}^", "a b ".repeat(30), " ".repeat(99));
        let failure = Failure::input(format!("bad {}:\n{shown}", "word ".repeat(20)));
        let report = failure.report(ErrorFormat::Enhanced, Some(80));
        assert!(report.ends_with(&format!("\n{shown}\n")), "{report}");
        assert!(report.lines().next_back().is_some_and(|line| line.ends_with('^')), "nothing follows: {report}");
    }

    #[test]
    fn structured_formats_have_neither_prefix_nor_request_id_nor_hints() {
        assert_eq!(
            denied().report(ErrorFormat::Json, None),
            "{\n    \"Message\": \"no\",\n    \"Code\": \"AccessDeniedException\",\n    \"Reason\": \"WHY\"\n}\n"
        );
        assert_eq!(denied().report(ErrorFormat::Yaml, None), "Code: AccessDeniedException\nMessage: no\nReason: WHY\n");
        assert_eq!(denied().report(ErrorFormat::Text, None), "AccessDeniedException\tno\tWHY\n");
    }

    #[test]
    fn every_format_prints_the_outcome_of_a_change() {
        let unclear = |format| denied().note("perhaps").report(format, None);
        assert!(unclear(ErrorFormat::Enhanced).ends_with("\n\nhint: perhaps\n\nhint: ask\n"));
        assert!(unclear(ErrorFormat::Legacy).ends_with(": no\norgshake: [NOTE]: perhaps\n"));
        assert!(unclear(ErrorFormat::Json).ends_with(",\n    \"Reason\": \"WHY\",\n    \"Note\": \"perhaps\"\n}\n"));
        assert_eq!(
            unclear(ErrorFormat::Yaml),
            "Code: AccessDeniedException\nMessage: no\nNote: perhaps\nReason: WHY\n"
        );
        assert_eq!(unclear(ErrorFormat::Text), "AccessDeniedException\tno\tWHY\norgshake: [NOTE]: perhaps\n");
        assert!(unclear(ErrorFormat::Table).ends_with("+\norgshake: [NOTE]: perhaps\n"));
        let explained: Value = serde_json::from_str(&unclear(ErrorFormat::ExplainedJson)).unwrap();
        assert_eq!((explained["WhatToDo"].as_str(), explained.get("Note")), (Some("perhaps\nask"), None));
    }

    #[test]
    fn an_interrupt_is_printed_only_with_a_message_or_hint() {
        let failure = |message: &str| Failure::new(Kind::Interrupted(Signal::Interrupt), message);
        assert_eq!(failure("").report(ErrorFormat::Enhanced, None), "");
        let told = "\norgshake: [ERROR]: Interrupted: nothing was sent\n";
        assert_eq!(failure("nothing was sent").report(ErrorFormat::Json, None), told);
        let hinted = failure("").hint("it is incomplete").report(ErrorFormat::Enhanced, None);
        assert_eq!(hinted, "\norgshake: [ERROR]: Interrupted\n\nhint: it is incomplete\n");
    }

    #[test]
    fn a_failure_without_a_code_is_the_same_line_in_every_aws_cli_format() {
        let failure = || Failure::other("x").hint("y").because(anyhow::anyhow!("z"));
        for format in [ErrorFormat::Legacy, ErrorFormat::Json, ErrorFormat::Yaml, ErrorFormat::Text] {
            assert_eq!(failure().report(format, None), "\norgshake: [ERROR]: x\n");
        }
        let noted = failure().note("w").report(ErrorFormat::Json, None);
        assert_eq!(noted, "\norgshake: [ERROR]: x\norgshake: [NOTE]: w\n");
    }

    #[test]
    fn only_errors_of_the_service_have_their_code_in_the_legacy_format() {
        let mut failure = Failure::input("no").hint("y");
        failure.usage = Some("Usage: x\n\n".to_owned());
        assert_eq!(failure.report(ErrorFormat::Legacy, None), "\norgshake: [ERROR]: no\n\nUsage: x\n");
        let denied = denied().report(ErrorFormat::Legacy, None);
        assert!(denied.starts_with("\norgshake: [ERROR]: An error occurred (AccessDeniedException) when calling"));
    }

    #[test]
    fn every_kind_has_a_documented_exit_code() {
        let interrupted = Kind::Interrupted(Signal::Interrupt);
        let terminated = Kind::Interrupted(Signal::Terminate);
        let [found, missing] = [true, false].map(|found| Kind::NotRun { found });
        let others = [
            Kind::ParamValidation,
            Kind::Configuration,
            Kind::NoCredentials,
            denied().kind,
            Kind::Other,
            found,
            missing,
        ];
        for kind in others.into_iter().chain([interrupted, terminated]) {
            assert!(EXIT_CODES.iter().any(|(code, _)| *code == kind.exit_code()));
        }
    }
}
