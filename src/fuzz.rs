//! Every parser of input from outside, as a function of bytes, for the fuzz targets in `fuzz/` and the property tests.
//!
//! Each one runs the program's code without files and network. It must not panic, overflow the stack, or take memory
//! out of proportion. Its results are checked by other tests.

use std::ffi::OsString;

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::client::credentials::{self, walk::Walk};
use crate::client::pages::Pages;
use crate::client::response::{Response, ServiceError};
use crate::client::secrets::Secrets;
use crate::command::{self, Call, EarlyExit, Globals, Limits, OwnOptions};
use crate::complete::{bash, cache};
use crate::error::{ErrorFormat, Failure, Kind};
use crate::input::{self, complex, ids, shorthand};
use crate::model::view::{Timestamps, View};
use crate::model::{Member, OPERATIONS, Parameters, Shape, operation};
use crate::query::Query;
use crate::render::listing::Listing;
use crate::render::{Format, Screen, render};
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::keep::clock::Clock;
use crate::sandbox::keep::faults::Fault;
use crate::sandbox::keep::sandbox::Sandbox;
use crate::sandbox::keep::store;
use crate::sandbox::serve::service::Service;
use crate::sandbox::serve::signature::{Signed, Times};
use crate::settings::ini::{self, Ini};
use crate::settings::{OutputSettings, Profile, ServiceSettings};

/// A function that accepts any bytes.
pub type Target = fn(&[u8]);

/// The targets by name, which is also the name of the file in `fuzz/fuzz_targets` and of the directory with the seeds.
pub const TARGETS: &[(&str, Target)] = &[
    ("accounts", accounts),
    ("answer", answer),
    ("argv", argv),
    ("completion", completion),
    ("config", config),
    ("input_json", input_json),
    ("input_yaml", input_yaml),
    ("parameter", parameter),
    ("process", process),
    ("query", query),
    ("request", request),
    ("sandbox_spec", sandbox_spec),
    ("state", state),
    ("token", token),
];

/// Size in bytes from which results are no longer rendered.
const LARGE: usize = 1 << 20;

const TERMINAL: Screen = Screen { width: Some(40), color: true, unicode: true, now: Timestamp::UNIX_EPOCH };
const FILE: Screen = Screen { width: None, color: false, unicode: false, now: Timestamp::UNIX_EPOCH };

/// The accounts of `--accounts`, and the ids that `--handshake-id -` reads.
pub fn accounts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(failure) = input::accounts::read(text, "x") {
        reported(&failure);
    }
    let _ = input::ids::read(text).map(input::ids::unique);
}

/// The body of a response: as a result of every operation in every format, and as an error.
pub fn answer(bytes: &[u8]) {
    for timestamps in [Timestamps::Iso8601, Timestamps::Wire] {
        let view = View::new(timestamps);
        for operation in OPERATIONS {
            let Ok(page) = view.answer(bytes, operation.output) else { continue };
            if let Some(list) = operation.list {
                listed(list, page.clone());
            }
            rendered(&Value::Object(page));
        }
    }
    for status in [400, 503] {
        let answer = Response::bare(status, bytes);
        let ServiceError { code, message, details, .. } = answer.error().clone();
        let kind = Kind::Service { code, operation: "AcceptHandshake", retries: Some(u32::MAX) };
        reported(&Failure { details, ..Failure::new(kind, message) });
    }
    // The connector first does this with an error response.
    let secrets = Secrets::of_header(&HeaderValue::from_static("Bearer AccessDeniedException"));
    drop(secrets.hidden(bytes.to_owned()));
}

/// The words of a command line, separated by NUL.
pub fn argv(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = command::serves(&text.split('\0').map(OsString::from).collect::<Vec<_>>());
    match command::parse(text.split('\0').map(str::to_owned).collect(), false, None) {
        Err(EarlyExit::Failure(failure, _)) => reported(&failure),
        Err(EarlyExit::Text(..) | EarlyExit::Manual(..)) => {}
        Ok(invocation) => {
            if let Some(expression) = &invocation.globals.query {
                let _ = Query::parse(expression);
            }
        }
    }
}

/// The completion cache; and a command line in bash: the text before the cursor, the part of it that Readline replaces,
/// the text after the cursor, and a candidate, separated by NUL.
pub fn completion(bytes: &[u8]) {
    cache::known(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut parts = text.split('\0').chain(["", "", ""]);
    let [before, part, after, candidate] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    // Readline replaces the end of the text before the cursor.
    for part in [part, before] {
        if let Some(line) = bash::Line::read(before, part, after) {
            let typed = &line.words[line.index];
            line.part.answer(typed, [candidate, typed, &format!("{typed}{candidate}")]);
        }
    }
}

/// The configuration files, separated by NUL: first config, then credentials.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (config, credentials) = text.split_once('\0').unwrap_or((text, ""));
    let (Ok(config), Ok(credentials)) = (Ini::parse(config), Ini::parse(credentials)) else { return };
    for (_, settings) in config.sections() {
        settings.iter().flat_map(|(_, value)| ini::nested(value)).flatten().for_each(drop);
    }
    let mut names = Profile::of(config.clone(), credentials.clone(), String::new(), false).names();
    names.truncate(4);
    for name in names {
        let profile = Profile::of(config.clone(), credentials.clone(), name, true);
        Walk::choose(&profile, &|_| None).err().iter().for_each(reported);
        OutputSettings::resolve(&Globals::default(), &profile).err().iter().for_each(reported);
        match ServiceSettings::resolve(&Globals::default(), profile) {
            Ok(settings) => drop(settings.sts_endpoint_url()),
            Err(failure) => reported(&failure),
        }
    }
}

/// A document of `--cli-input-json`.
pub fn input_json(bytes: &[u8]) {
    document(bytes, |call, text| call.input_json = Some(text));
}

/// A document of `--cli-input-yaml`.
pub fn input_yaml(bytes: &[u8]) {
    document(bytes, |call, text| call.input_yaml = Some(text));
}

fn document(bytes: &[u8], give: impl Fn(&mut Call, String)) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // These words name files, or stdin.
    if text == "-" || shorthand::names_file(text) {
        return;
    }
    // It has parameters of every type.
    let Some(operation) = operation("invite-organization-to-transfer-responsibility") else { return };
    let (parameters, limits) = (Vec::new(), Limits::default());
    let own = OwnOptions::default();
    let mut call = Call { operation, parameters, limits, input_json: None, input_yaml: None, skeleton: None, own };
    give(&mut call, text.to_owned());
    match input::parameters(&call) {
        Ok((parameters, _)) => rendered(&Value::Object(parameters)),
        Err(failure) => reported(&failure),
    }
    if let Ok(given) = input::given(&call) {
        input::skeleton::yaml_input(operation.input, &given);
    }
}

fn is_complex(member: &Member) -> bool {
    matches!(member.shape, Shape::Structure(_) | Shape::List(_))
}

/// The words after an option that takes shorthand or JSON, separated by NUL; also a file of handshake ids.
pub fn parameter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = ids::of_text(text, "ids.txt");
    let words: Vec<_> = text.split('\0').map(str::to_owned).collect();
    for member in OPERATIONS.iter().flat_map(|operation| operation.input.members).filter(|member| is_complex(member)) {
        let _ = complex::parameter(member.shape, &words, &mut |file| Ok(file.to_owned()));
    }
}

/// The command line of a `credential_process`, and its output, separated by NUL.
pub fn process(bytes: &[u8]) {
    let (command, printed) = match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, bytes),
    };
    let _ = credentials::process::split(&String::from_utf8_lossy(command));
    let _ = credentials::process::read(printed);
}

/// A JMESPath expression, and the document to apply it to, separated by NUL.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (expression, document) = text.split_once('\0').unwrap_or((text, ""));
    let document = serde_json::from_str(document).unwrap_or_else(|_| sample());
    let Ok(query) = Query::parse(expression) else { return };
    let result = query.apply(&document);
    // The same page by page, unless the result is too large.
    if let (Some((first, rest)), Ok(_)) = (query.split("Handshakes"), &result) {
        let _ = first.apply(&document).and_then(|found| rest.apply(&found));
    }
    // In a debug build, a large result takes long to render, and tests nothing new.
    if let Some(result) = result.ok().filter(|result| result.to_string().len() <= LARGE) {
        rendered(&result);
    }
}

/// A request to the sandbox's server: headers, a blank line, and the body.
pub fn request(bytes: &[u8]) {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((bytes, &b""[..]), |end| (&bytes[..end], &bytes[end + 2..]));
    let mut sandbox = Sandbox::new(&Clock::Real);
    let mut headers = HeaderMap::new();
    for line in head.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(line[colon + 1..].trim_ascii()))
        {
            headers.append(name, value);
        }
    }
    let times = Times { real: Timestamp::UNIX_EPOCH, sandbox: sandbox.now() };
    for service in [Service::Organizations, Service::Sts] {
        let query = headers.get("query").and_then(|query| query.to_str().ok()).unwrap_or_default();
        let signed = Signed { service, method: "POST", path: "/", query, headers: &headers, body };
        if let Err(refused) = signed.caller(|id| sandbox.key(id), times) {
            refused.reply(service);
        }
    }
    for operation in OPERATIONS {
        sandbox.call(Caller::Implied, operation.name, body);
    }
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    sandbox.call(Caller::Implied, target, body);
    let form: Vec<_> = form_urlencoded::parse(body).into_owned().collect();
    sandbox.sts(Caller::Account("111111111111".to_owned()), &form);
    rendered(&sandbox.show());
}

/// A clock or a fault of the sandbox.
pub fn sandbox_spec(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match text.parse::<Clock>() {
        Ok(clock) => {
            let mut sandbox = Sandbox::new(&clock);
            lived_in(&mut sandbox);
        }
        Err(error) => drop(error.to_string()),
    }
    if let Err(error) = text.parse::<Fault>() {
        let _ = error.to_string();
    }
}

/// The sandbox's state file.
pub fn state(bytes: &[u8]) {
    let Ok((_, state)) = store::understand(bytes) else { return };
    for clock in ["+0s", "+40d", "-99999d", "+9999999d"] {
        let clock = clock.parse().unwrap_or_default();
        lived_in(&mut Sandbox::from_state(state.clone(), &clock));
    }
}

/// A `--starting-token`, and the first page of its listing, separated by NUL.
pub fn token(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (token, page) = text.split_once('\0').unwrap_or((text, "{}"));
    let Ok(Value::Object(page)) = serde_json::from_str(page) else { return };
    for max_items in [None, Some(0), Some(1), Some(usize::MAX)] {
        let limits = Limits { max_items, page_size: Some(u64::MAX), starting_token: Some(token.to_owned()) };
        let mut pages = Pages::new("Handshakes", Parameters::new(), &limits);
        // At most twice: the second page has the same token.
        while pages.request().is_some() && pages.take(page.clone()).is_ok() {}
        let _ = pages.resume_token();
    }
}

/// Makes every kind of change in a sandbox.
fn lived_in(sandbox: &mut Sandbox) {
    let world = sandbox.show();
    let accounts = ["111111111111", "222222222222", "333333333333"].map(|id| Caller::Account(id.to_owned()));
    let ids = world["Handshakes"].as_array().into_iter().flatten().filter_map(|handshake| handshake["Id"].as_str());
    for id in ids.take(8) {
        let body = json!({ "HandshakeId": id }).to_string();
        for operation in ["DescribeHandshake", "AcceptHandshake", "DeclineHandshake", "CancelHandshake"] {
            sandbox.call(Caller::Implied, operation, body.as_bytes());
        }
    }
    for caller in accounts {
        for operation in OPERATIONS {
            let body = json!({
                "Target": { "Id": "444444444444", "Type": "ACCOUNT" },
                "Type": "BILLING",
                "StartTimestamp": 4102444800_u64,
                "SourceName": "x",
            });
            sandbox.call(caller.clone(), operation.name, body.to_string().as_bytes());
        }
    }
    rendered(&sandbox.show());
    let _ = sandbox.state().to_json();
}

/// A value in every format, for a terminal and for a file.
fn rendered(value: &Value) {
    for name in Format::NAMES {
        for screen in [TERMINAL, FILE] {
            render(value, Format::named(name).unwrap_or_default(), "Title", &screen);
        }
    }
}

/// A page of a listing in every format.
fn listed(list: &'static str, page: Map<String, Value>) {
    for name in Format::NAMES {
        for screen in [TERMINAL, FILE] {
            let mut listing = Listing::new(list, Format::named(name).unwrap_or_default(), "Title", &screen);
            listing.add(&page);
            listing.add(&page);
            listing.finish(Some("token"));
        }
    }
}

/// A failure in every format.
fn reported(failure: &Failure) {
    for (_, format) in ErrorFormat::NAMES {
        failure.report(*format, Some(80));
        failure.report(*format, None);
    }
}

/// A listing, for expressions that come without a document.
fn sample() -> Value {
    json!({
        "Handshakes": [
            {
                "Id": "h-examplehandshakeid111",
                "State": "OPEN",
                "Parties": [{ "Id": "o-exampleorgid", "Type": "ORGANIZATION" }, { "Id": "juan@example.com", "Type": "EMAIL" }],
                "RequestedTimestamp": 1481656459.257,
                "Resources": [{ "Type": "ORGANIZATION", "Resources": [{ "Value": "x" }, null] }],
            },
            { "Id": "é😀", "State": "EXPIRED", "Parties": [], "RequestedTimestamp": -1, "Notes": null },
        ],
        "Numbers": [0, -1, 1.5, 1e300, u64::MAX, i64::MIN],
        "Words": ["", "a", "12", "1e999", "-"],
        "Empty": {},
    })
}
