//! Whether credentials can be used, and until when.

use std::fmt;
use std::time::SystemTime;

use aws_sdk_organizations::config::Credentials;

use crate::error::Failure;

/// A point in time at which credentials expire.
///
/// # Errors
///
/// The text is none.
pub fn expiry(text: &str, name: &str) -> Result<SystemTime, Failure> {
    let instant: Result<jiff::Timestamp, _> = text.trim().parse();
    instant.map(SystemTime::from).map_err(|_| {
        let failure = Failure::other(format!("{name} is not a point in time"));
        failure.hint("a point in time has a date, a time and a zone, such as 2030-01-31T12:00:00Z")
    })
}

/// Whether a request can be signed with the credentials: told here, not by the service.
///
/// # Errors
///
/// They have expired, or hold a character that no header can carry, such as the line break of a badly read file.
pub fn usable(credentials: &Credentials, from: &dyn fmt::Display) -> Result<(), Failure> {
    if let Some(until) = credentials.expiry().filter(|until| *until <= SystemTime::now()) {
        let until = jiff::Timestamp::try_from(until).map(|until| until.to_string()).unwrap_or_default();
        let failure = Failure::other(format!("The credentials have expired ({until}): {from}"));
        return Err(failure.hint("get new ones, or look at the clock of this machine"));
    }
    let visible = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let parts = [
        ("access key id", credentials.access_key_id()),
        ("secret access key", credentials.secret_access_key()),
        ("session token", credentials.session_token().unwrap_or_default()),
    ];
    let Some((part, _)) = parts.into_iter().find(|(_, text)| !visible(text)) else { return Ok(()) };
    let message = format!("The {part} holds a character that none has: a blank, a line break or the like ({from})");
    Err(Failure::other(message).hint("a file with Windows line ends, read by a shell, leaves one at the end"))
}
