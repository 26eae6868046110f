//! Checks of credentials and their expiry.

use std::fmt;
use std::time::SystemTime;

use aws_sdk_organizations::config::Credentials;

use crate::error::Failure;

/// Parses the time at which credentials expire.
///
/// # Errors
///
/// Returns an error if the text isn't such a time.
pub fn expiry(text: &str, name: &str) -> Result<SystemTime, Failure> {
    let instant: Result<jiff::Timestamp, _> = text.trim().parse();
    instant.map(SystemTime::from).map_err(|_| {
        let failure = Failure::other(format!("{name} is not a point in time"));
        failure.hint("a point in time has a date, a time and a zone, such as 2030-01-31T12:00:00Z")
    })
}

/// Checks that a request can be signed with the credentials, before it is sent.
///
/// # Errors
///
/// Returns an error if they have expired, or contain a character that is not allowed in headers, such as a stray line
/// break.
pub fn usable(credentials: &Credentials, from: &dyn fmt::Display) -> Result<(), Failure> {
    if let Some(until) = credentials.expiry().filter(|until| *until <= SystemTime::now()) {
        let until = jiff::Timestamp::try_from(until).map(|until| until.to_string()).unwrap_or_default();
        let failure = Failure::other(format!("The credentials have expired ({until}): {from}"));
        return Err(failure.hint("get new credentials, or check the clock of this machine"));
    }
    let visible = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let parts = [
        ("access key id", credentials.access_key_id()),
        ("secret access key", credentials.secret_access_key()),
        ("session token", credentials.session_token().unwrap_or_default()),
    ];
    let Some((part, _)) = parts.into_iter().find(|(_, text)| !visible(text)) else { return Ok(()) };
    let message = format!("The {part} contains an invalid character, such as a space or a line break ({from})");
    Err(Failure::other(message)
        .hint("a shell that reads a file with Windows line ends leaves a carriage return at the end"))
}
