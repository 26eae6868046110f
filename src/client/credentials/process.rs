//! `credential_process`: a program that prints the credentials.
//!
//! It runs as in the AWS CLI (botocore's `ProcessProvider`): its words are split as in a shell, but without a shell,
//! and its stderr is shown if it fails. The SDK's provider would run a shell, which expands `$`, `*` and `;`.

use std::process::{Child, Command, Stdio};

use aws_sdk_organizations::config::Credentials;
use serde_json::{Map, Value};

use super::check::expiry;
use crate::error::Failure;
use crate::os::dumps;
use crate::os::leash::Leash;
use crate::text::redact::shown;

/// Runs the command of a profile and reads the credentials that it prints. Only its stderr is ever shown. With a leash
/// it has no access to the terminal, and ends with the leash.
///
/// # Errors
///
/// Returns an error if it can't be run, if it fails, or if its output doesn't have the documented form.
pub fn run(profile: &str, command: &str, leash: Option<&Leash>) -> Result<Credentials, Failure> {
    let told = |why: &str, hint: String| {
        Failure::other(format!("Error when retrieving credentials from custom-process: {why}")).hint(hint)
    };
    let failed = |why: &str| told(why, format!("credential_process is a setting of the profile {profile}"));
    let words = split(command).map_err(&failed)?;
    let Some((program, arguments)) = words.split_first() else { return Err(failed("the command is empty")) };
    // Show only the name: arguments and variables may contain secrets.
    let called = shown(program.split(|c: char| c.is_whitespace() || c == '=').next().unwrap_or_default());
    let mut command = Command::new(program);
    command.args(arguments);
    let ran = match leash {
        Some(leash) => leash.output(&mut command),
        None => {
            // It may prompt at the terminal.
            command.stdin(Stdio::inherit()).stdout(Stdio::piped()).stderr(Stdio::piped());
            dumps::spawn(&mut command).and_then(Child::wait_with_output)
        }
    };
    let output = ran.map_err(|error| failed(&format!("cannot run {called}: {error}")))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let ended = format!("{called} ended with {}", output.status);
        return Err(match stderr.trim_end() {
            "" => failed(&ended),
            stderr => told(stderr, format!("{ended}; it is the credential_process of the profile {profile}")),
        });
    }
    read(&output.stdout).map_err(|why| failed(&why))
}

/// Reads the output of the program (AWS SDKs and Tools Reference Guide, "Process credential provider").
pub fn read(stdout: &[u8]) -> Result<Credentials, String> {
    let document: Value = serde_json::from_slice(stdout).map_err(|error| format!("no JSON document: {error}"))?;
    let Value::Object(members) = document else { return Err("no JSON object".to_owned()) };
    match members.get("Version") {
        Some(version) if version.as_f64() == Some(1.0) => {}
        version => {
            let version = match version {
                Some(Value::String(text)) => version_shown(text).to_owned(),
                Some(Value::Number(number)) => version_shown(&number.to_string()).to_owned(),
                Some(_) => "***".to_owned(),
                None => "<Version key not provided>".to_owned(),
            };
            return Err(format!(
                "Unsupported version '{version}' for credential process provider, supported versions: 1"
            ));
        }
    }
    let required =
        |name: &str| text(&members, name)?.ok_or_else(|| format!("Missing required key in response: '{name}'"));
    let (id, secret) = (required("AccessKeyId")?, required("SecretAccessKey")?);
    let token = text(&members, "SessionToken")?;
    let until = text(&members, "Expiration")?;
    let until = until.map(|text| expiry(&text, "Expiration")).transpose().map_err(|failure| failure.message)?;
    Ok(Credentials::new(id, secret, token, until, "credential_process"))
}

/// Returns a version number to be shown; anything else may be a misplaced key and is hidden.
fn version_shown(text: &str) -> &str {
    if text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') { text } else { "***" }
}

/// Returns a string member, unless it is missing, `null` or empty.
fn text(members: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(_) => Err(format!("{name} is not a string")),
    }
}

/// Splits a command line into words. Only quotes and backslashes have a meaning, as in a POSIX shell (Python's
/// `shlex.split`).
pub fn split(command: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    // A quoted word may be empty.
    let mut word: Option<String> = None;
    let mut characters = command.chars();
    // On Windows, the backslash separates directories.
    let escapes = !cfg!(windows);
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\\' if escapes => {
                let escaped = characters.next().ok_or("No escaped character")?;
                word.get_or_insert_default().push(escaped);
            }
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next().ok_or("No closing quotation")? {
                        end if end == character => break,
                        '\\' if escapes && character == '"' => match characters.next().ok_or("No closing quotation")? {
                            escaped @ ('"' | '\\') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        inner => word.push(inner),
                    }
                }
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn words_are_split_as_by_a_shell_that_expands_nothing() {
        let split = |command| split(command).unwrap();
        assert_eq!(split("a  b\tc\n"), ["a", "b", "c"]);
        assert_eq!(split(r#""/my dir/p" 'two words' x\ y "" a"b"'c'"#), ["/my dir/p", "two words", "x y", "", "abc"]);
        assert_eq!(
            split(r#"$HOME ~ *; | "a\"b\\c\d" 'a\b' # x"#),
            ["$HOME", "~", "*;", "|", r#"a"b\c\d"#, r"a\b", "#", "x"]
        );
        assert!(split("  ").is_empty());
        assert_eq!(super::split("a 'b"), Err("No closing quotation"));
        assert_eq!(super::split("a\\"), Err("No escaped character"));
    }

    #[test]
    fn what_is_printed_is_checked() {
        let why = |stdout: &str| read(stdout.as_bytes()).unwrap_err();
        assert_eq!(why("{"), "no JSON document: EOF while parsing an object at line 1 column 1");
        assert_eq!(why("[]"), "no JSON object");
        assert!(why("{}").starts_with("Unsupported version '<Version key not provided>' "));
        assert!(why(r#"{"Version":"1"}"#).starts_with("Unsupported version '1' "));
        assert_eq!(why(r#"{"Version":1,"SecretAccessKey":"s"}"#), "Missing required key in response: 'AccessKeyId'");
        assert_eq!(why(r#"{"Version":1,"AccessKeyId":5}"#), "AccessKeyId is not a string");
        let keys = r#""Version":1,"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":null"#;
        assert_eq!(read(format!("{{{keys}}}").as_bytes()).unwrap().session_token(), None);
        let until = |text: &str| read(format!(r#"{{{keys},"Expiration":"{text}"}}"#).as_bytes());
        assert!(until("2099-01-01T00:00:00Z").unwrap().expiry().is_some());
        assert_eq!(
            until("2099-01-01T00:00:00Z").unwrap().expiry(),
            until("2099-01-01T01:00:00+01:00").unwrap().expiry()
        );
        assert_eq!(until("soon").unwrap_err(), "Expiration is not a point in time");
        assert!(why(r#"{"Version":"1.0.1"}"#).starts_with("Unsupported version '1.0.1' "));
        for version in [r#""wJalrXUt""#, "123456", r#"{"SecretAccessKey":"s"}"#, r#"["s"]"#] {
            assert!(why(&format!(r#"{{"Version":{version}}}"#)).starts_with("Unsupported version '***' "), "{version}");
        }
    }
}
