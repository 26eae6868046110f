//! The parts of AWS STS that scripts around handshakes use: GetCallerIdentity, AssumeRole and
//! AssumeRoleWithWebIdentity, in the query protocol.
//!
//! Sources: the STS API reference, under these names and Common Errors.

use std::fmt::Write;

use jiff::{SignedDuration, Timestamp};

use super::reply::{REQUEST_ID, Reply};
use crate::sandbox::engine::caller::{Caller, RoleSession};
use crate::sandbox::engine::ids::is_account_id;
use crate::sandbox::engine::state::State;
use crate::sandbox::sample;

/// The namespace of elements.
pub(in crate::sandbox) const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The operation that isn't signed.
pub(in crate::sandbox) const WEB_IDENTITY: &str = "AssumeRoleWithWebIdentity";

/// The Content-Type of responses.
pub const CONTENT_TYPE: &str = "text/xml";

struct StsError {
    status: u16,
    code: &'static str,
    message: String,
}

impl StsError {
    fn validation(message: impl Into<String>) -> StsError {
        StsError { status: 400, code: "ValidationError", message: message.into() }
    }
}

/// The identity of the caller: an account itself, or a session of one of its roles.
enum Identity<'a> {
    Account(&'a str),
    Session(&'a str, &'a RoleSession),
}

/// Performs the operation of one request and returns the response. `real` is the real time, by which keys expire.
pub(in crate::sandbox) fn answer(
    state: &mut State,
    caller: &Caller,
    access_key_id: Option<&str>,
    form: &[(String, String)],
    real: Timestamp,
) -> Reply {
    match perform(state, caller, access_key_id, form, real) {
        Ok(body) => Reply { status: 200, body: body.into_bytes() },
        Err(StsError { status, code, message }) => error(NAMESPACE, status, code, &message),
    }
}

fn perform(
    state: &mut State,
    caller: &Caller,
    access_key_id: Option<&str>,
    form: &[(String, String)],
    real: Timestamp,
) -> Result<String, StsError> {
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let session = access_key_id.and_then(|id| Some((id, state.sessions.get(id)?)));
    let identity = match (session, caller) {
        (Some((id, session)), _) => Identity::Session(id, session),
        (None, Caller::Account(account) | Caller::Session { account, .. }) => Identity::Account(account),
        (None, Caller::Implied) => Identity::Account(sample::MANAGEMENT_ACCOUNT),
    };
    match field("Action") {
        Some("GetCallerIdentity") => {
            let (user, account, arn) = match identity {
                Identity::Account(account) => {
                    (account.to_owned(), account.to_owned(), format!("arn:aws:iam::{account}:root"))
                }
                Identity::Session(id, session) => {
                    (assumed_role_id(id, session), session.account.clone(), session_arn(session))
                }
            };
            let members = [("Arn", arn), ("UserId", user), ("Account", account)];
            Ok(document("GetCallerIdentity", &elements(&members)))
        }
        Some("AssumeRole") => {
            let chained = matches!(identity, Identity::Session(..));
            let result = assume_role(state, &field, chained, real)?;
            Ok(document("AssumeRole", &result))
        }
        Some(WEB_IDENTITY) => {
            check_token(&field)?;
            let result = assume_role(state, &field, false, real)?;
            Ok(document(WEB_IDENTITY, &result))
        }
        Some(action) => Err(StsError {
            status: 400,
            code: "InvalidAction",
            message: format!("Could not find operation {action} for version 2011-06-15"),
        }),
        None => Err(StsError {
            status: 400,
            code: "MissingAction",
            message: "The request must contain the parameter Action.".to_owned(),
        }),
    }
}

/// Checks that there is a token of the length in the model. There is no identity provider to ask, so any is good.
fn check_token<'a>(field: &impl Fn(&str) -> Option<&'a str>) -> Result<(), StsError> {
    let token = required(field, "WebIdentityToken")?;
    if (4..=20_000).contains(&token.chars().count()) {
        return Ok(());
    }
    Err(StsError::validation("WebIdentityToken must have 4 to 20000 characters"))
}

fn required<'a>(field: &impl Fn(&str) -> Option<&'a str>, name: &str) -> Result<&'a str, StsError> {
    field(name).ok_or_else(|| StsError::validation(format!("The parameter {name} is required.")))
}

/// The shortest, default and longest lifetime of temporary keys in seconds, and the longest for a role that another
/// role assumes.
const DURATION: (i64, i64, i64, i64) = (900, 3_600, 43_200, 3_600);

fn assume_role<'a>(
    state: &mut State,
    field: &impl Fn(&str) -> Option<&'a str>,
    chained: bool,
    real: Timestamp,
) -> Result<String, StsError> {
    let arn = required(field, "RoleArn")?;
    let name = required(field, "RoleSessionName")?;
    let Role { partition, account, role } =
        parse_role(arn).ok_or_else(|| StsError::validation(format!("{arn} is invalid")))?;
    let legal = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if !(2..=64).contains(&name.chars().count()) || !name.chars().all(legal) {
        return Err(StsError::validation("RoleSessionName must be 2 to 64 letters, digits or _+=,.@-"));
    }
    let (least, usual, most, chain) = DURATION;
    let seconds = match field("DurationSeconds").map(str::parse::<i64>) {
        None => usual,
        Some(Ok(seconds)) if (least..=most).contains(&seconds) => seconds,
        Some(_) => return Err(StsError::validation(format!("DurationSeconds must be from {least} to {most}"))),
    };
    if chained && seconds > chain {
        return Err(StsError::validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
        ));
    }
    state.sessions.retain(|_, session| session.expires > real);
    let number = state.next_number();
    // The service returns whole seconds.
    let now = Timestamp::from_second(real.as_second()).unwrap_or(real);
    let session = RoleSession {
        account: account.to_owned(),
        partition: partition.to_owned(),
        role: role.to_owned(),
        name: name.to_owned(),
        secret: scrambled("EXAMPLE", number, 40),
        token: scrambled("EXAMPLETOKEN", number.rotate_left(32), 120),
        expires: now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX),
    };
    let id = format!("ASIAEXAMPLE{number:09}");
    let credentials = [
        ("AccessKeyId", id.clone()),
        ("SecretAccessKey", session.secret.clone()),
        ("SessionToken", session.token.clone()),
        ("Expiration", session.expires.to_string()),
    ];
    let user = [("AssumedRoleId", assumed_role_id(&id, &session)), ("Arn", session_arn(&session))];
    let result = format!(
        "<AssumedRoleUser>{}</AssumedRoleUser><Credentials>{}</Credentials>",
        elements(&user),
        elements(&credentials)
    );
    state.sessions.insert(id, session);
    Ok(result)
}

/// The parts of a role's ARN.
struct Role<'a> {
    partition: &'a str,
    account: &'a str,
    role: &'a str,
}

/// Reads the ARN of a role, such as `arn:aws:iam::222222222222:role/path/Name`.
fn parse_role(arn: &str) -> Option<Role<'_>> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    let (partition, service, region) = (parts.next()?, parts.next()?, parts.next()?);
    let (account, path) = (parts.next()?, parts.next()?.strip_prefix("role/")?);
    let name = path.rsplit('/').next()?;
    let legal = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    let sound = is_partition(partition)
        && service == "iam"
        && region.is_empty()
        && is_account_id(account)
        && (1..=64).contains(&name.len())
        && name.chars().all(legal);
    sound.then_some(Role { partition, account, role: name })
}

/// `aws(-[a-z]+)*`, such as `aws-us-gov`.
fn is_partition(text: &str) -> bool {
    let mut words = text.split('-');
    let lower = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.next() == Some("aws") && words.all(lower) && text.len() <= 20
}

fn assumed_role_id(access_key_id: &str, session: &RoleSession) -> String {
    format!("{}:{}", access_key_id.replacen("ASIA", "AROA", 1), session.name)
}

fn session_arn(session: &RoleSession) -> String {
    let RoleSession { partition, account, role, name, .. } = session;
    format!("arn:{partition}:sts::{account}:assumed-role/{role}/{name}")
}

/// Derives letters and digits from a number. They are the same in every run, and protect nothing.
fn scrambled(prefix: &str, number: u64, length: usize) -> String {
    const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = prefix.to_owned();
    let mut seed = number;
    while text.len() < length {
        // The generator is SplitMix64.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        text.push(char::from(DIGITS[((mixed ^ (mixed >> 31)) & 31) as usize]));
    }
    text
}

fn elements(members: &[(&str, String)]) -> String {
    members.iter().fold(String::new(), |mut text, (name, value)| {
        // Writing to a String can't fail.
        let _ = write!(text, "<{name}>{}</{name}>", escaped(value));
        text
    })
}

fn document(operation: &str, result: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"{NAMESPACE}\"><{operation}Result>{result}</{operation}Result>\
         <ResponseMetadata>{REQUEST_ID}</ResponseMetadata></{operation}Response>"
    )
}

/// Returns an error response in the query protocol, of a service with this namespace.
pub(in crate::sandbox) fn error(namespace: &str, status: u16, code: &str, message: &str) -> Reply {
    let kind = if status < 500 { "Sender" } else { "Receiver" };
    let body = format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type><Code>{code}</Code><Message>{}</Message></Error>\
         {REQUEST_ID}</ErrorResponse>",
        escaped(message)
    );
    Reply { status, body: body.into_bytes() }
}

/// Escapes text for XML. Characters that XML can't express become replacement characters.
pub(in crate::sandbox) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' => safe.push(c),
            '\r' => safe.push_str("&#13;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c if c.is_control() => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}
