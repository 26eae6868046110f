//! Reads and runs a recorded case.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use aws_smithy_types::base64;
use serde_json::{Map, Value};

use super::compare;
use crate::support::run::{Exit, Home, Outcome, Places, Run};
use crate::support::server::{Request, Server, Step, sample_handshake};

/// A case from its file. The README beside the cases describes the fields.
#[derive(Clone, Debug)]
pub struct Case {
    pub why: String,
    args: Vec<String>,
    no_prefix: bool,
    globals_first: usize,
    env: BTreeMap<String, Option<String>>,
    files: BTreeMap<String, Content>,
    stdin: Option<Content>,
    server: Vec<Value>,
    request_keys: Vec<String>,
    compare: Mode,
    expect: Expect,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

#[derive(Clone, Copy, Debug)]
enum Mode {
    Bytes,
    Json,
    Cells,
    NoComment,
    Any,
}

#[derive(Clone, Debug)]
struct Expect {
    exit: i32,
    stdout: Value,
    stderr_contains: Vec<String>,
    stderr_empty: bool,
    /// `None` if requests are not compared.
    requests: Option<Vec<Value>>,
}

impl Case {
    pub fn read(path: &Path) -> Result<Self, String> {
        let document = std::fs::read(path).map_err(|error| error.to_string())?;
        let mut fields = Fields::new(serde_json::from_slice(&document).map_err(|error| error.to_string())?)?;
        fields.text("name")?;
        // Only for the recorder: it stores the whole stderr.
        fields.flag("record_stderr")?;
        let case = Self {
            why: fields.text("why")?,
            args: fields.texts("args")?,
            no_prefix: fields.flag("no_prefix")?,
            globals_first: fields.number("globals_first")?.unwrap_or_default(),
            env: fields.map("env", |value| match value {
                Value::Null => Ok(None),
                value => text(value).map(Some),
            })?,
            files: fields.map("files", Content::from_json)?,
            stdin: fields.take("stdin").map(Content::from_json).transpose()?,
            server: fields.list("server")?.unwrap_or_default(),
            request_keys: match fields.list("request_keys")? {
                Some(keys) => keys.into_iter().map(text).collect::<Result<_, _>>()?,
                None => vec!["target".into(), "body".into()],
            },
            compare: match fields.take("compare") {
                None => Mode::Bytes,
                Some(mode) => Mode::from_json(&mode)?,
            },
            expect: Expect::from_json(fields.take("expect").ok_or("it expects nothing")?)?,
        };
        fields.end()?;
        Ok(case)
    }

    /// Whether the environment has no address of the service, so that a program that ignores the case's configuration would
    /// look up a real host.
    pub fn removes_endpoint(&self) -> bool {
        self.env.get("AWS_ENDPOINT_URL_ORGANIZATIONS").is_some_and(Option::is_none)
    }

    /// Runs the case. The error lists the differences line by line, and shows the outcome.
    pub fn check(&self, prefix: &[String]) -> Result<(), String> {
        let outcome = self.run(prefix)?;
        let problems = self.problems(&outcome);
        if problems.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{}\n  {}\n$ orgshake {}\n{outcome}",
            self.why,
            problems.join("\n  "),
            self.words(prefix).join(" ")
        ))
    }

    fn words(&self, prefix: &[String]) -> Vec<String> {
        let (before, after) = self.args.split_at(self.globals_first);
        let prefix = if self.no_prefix { &[] } else { prefix };
        [before, prefix, after].concat()
    }

    fn run(&self, prefix: &[String]) -> Result<Outcome, String> {
        let home = Home::new();
        let mut steps: Result<Vec<Step>, String> = Ok(Vec::new());
        let server = Server::scripted_by(|url| {
            let places = Places::new(&home, url);
            steps = self.server.iter().map(|step| make_step(fill(step, &places))).collect();
            match &steps {
                Ok(steps) if !steps.is_empty() => steps.clone(),
                _ => vec![Step::bytes(python_json(&sample_handshake()))],
            }
        });
        steps?;
        let places = Places::new(&home, &server.url());
        for (name, content) in &self.files {
            home.write(&places.fill(name), content.bytes(&places));
        }
        let words = self.words(prefix);
        let mut run = Run::at(home, words.iter().map(|word| places.fill(word))).server(server);
        for (name, value) in &self.env {
            let name = places.fill(name);
            run = match value {
                Some(value) => run.env(&name, places.fill(value)),
                None => run.env_remove(&name),
            };
        }
        if let Some(stdin) = &self.stdin {
            run = run.stdin(stdin.raw());
        }
        Ok(run.run())
    }

    fn problems(&self, seen: &Outcome) -> Vec<String> {
        let mut problems = Vec::new();
        if seen.exit != Exit::Code(self.expect.exit) {
            problems.push(format!("exit {} was expected, not {}", self.expect.exit, seen.exit));
        }
        problems.extend(self.stdout_problem(seen));
        let stderr = seen.places.hide(&String::from_utf8_lossy(&seen.stderr));
        for fragment in &self.expect.stderr_contains {
            if !stderr.contains(fragment.as_str()) {
                problems.push(format!("stderr lacks {fragment:?}"));
            }
        }
        if self.expect.stderr_empty && !stderr.is_empty() {
            problems.push("stderr is not empty".into());
        }
        if let Some(expected) = &self.expect.requests {
            problems.extend(self.request_problem(expected, seen));
        }
        problems
    }

    fn stdout_problem(&self, seen: &Outcome) -> Option<String> {
        if let Mode::Any = self.compare {
            return None;
        }
        let Ok(text) = str::from_utf8(&seen.stdout) else {
            return Some("stdout is not UTF-8".into());
        };
        let got = seen.places.hide(text);
        match self.compare {
            Mode::Any => None,
            Mode::Bytes => compare::text(self.expect.stdout.as_str().unwrap_or_default(), &got),
            Mode::NoComment => {
                let got = compare::without_comments(&got);
                compare::text(self.expect.stdout.as_str().unwrap_or_default(), &got)
            }
            Mode::Json => {
                let got = if got.trim().is_empty() { "null" } else { &got };
                match serde_json::from_str::<Value>(got) {
                    Ok(value) if value == self.expect.stdout => None,
                    Ok(value) => Some(format!("stdout should be {}, is {value}", self.expect.stdout)),
                    Err(error) => Some(format!("stdout is not JSON: {error}")),
                }
            }
            Mode::Cells => {
                let cells = self.expect.stdout.as_array().into_iter().flatten();
                compare::cells(cells.filter_map(Value::as_str), &got)
            }
        }
    }

    fn request_problem(&self, expected: &[Value], seen: &Outcome) -> Option<String> {
        if expected.len() != seen.requests.len() {
            let (want, got) = (expected.len(), seen.requests.len());
            return Some(format!("{want} requests were expected, not {got}"));
        }
        let mut pairs = expected.iter().zip(&seen.requests).enumerate();
        pairs.find_map(|(index, (want, request))| {
            let described = describe(request, &seen.places);
            let keys = want.as_object().into_iter().flat_map(Map::keys);
            let got: Map<_, _> = keys
                .map(|key| {
                    let recorded = self.request_keys.contains(key);
                    let value = described.get(key).filter(|_| recorded).cloned();
                    (key.clone(), value.unwrap_or_default())
                })
                .collect();
            (want.as_object() != Some(&got))
                .then(|| format!("request {} should be {want}, is {}", index + 1, Value::Object(got)))
        })
    }
}

impl Content {
    fn from_json(value: Value) -> Result<Self, String> {
        match encoded(&value)? {
            Some(bytes) => Ok(Self::Bytes(bytes)),
            None => text(value).map(Self::Text),
        }
    }

    fn raw(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }

    fn bytes(&self, places: &Places) -> Vec<u8> {
        match self {
            Self::Text(text) => places.fill(text).into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

impl Mode {
    fn from_json(value: &Value) -> Result<Self, String> {
        match value.as_str() {
            Some("bytes") => Ok(Self::Bytes),
            Some("json") => Ok(Self::Json),
            Some("cells") => Ok(Self::Cells),
            Some("nocomment") => Ok(Self::NoComment),
            Some("any") => Ok(Self::Any),
            _ => Err(format!("{value} is no way to compare")),
        }
    }
}

impl Expect {
    fn from_json(value: Value) -> Result<Self, String> {
        let mut fields = Fields::new(value)?;
        let expect = Self {
            exit: fields.number("exit")?.ok_or("it expects no exit code")?,
            stdout: fields.take("stdout").unwrap_or_default(),
            stderr_contains: fields.texts("stderr_contains")?,
            stderr_empty: fields.flag("stderr_empty")?,
            requests: fields.list("requests")?,
        };
        fields.end()?;
        Ok(expect)
    }
}

/// The members of an object. Each is taken once; a remaining member is a mistake in the case.
struct Fields(Map<String, Value>);

impl Fields {
    fn new(value: Value) -> Result<Self, String> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(format!("an object was expected, not {other}")),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    fn text(&mut self, name: &str) -> Result<String, String> {
        text(self.take(name).ok_or_else(|| format!("{name} is missing"))?)
    }

    fn flag(&mut self, name: &str) -> Result<bool, String> {
        match self.take(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| format!("{name} is true or false")),
        }
    }

    fn number<N: TryFrom<u64>>(&mut self, name: &str) -> Result<Option<N>, String> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let number = value.as_u64().and_then(|number| number.try_into().ok());
        number.map(Some).ok_or_else(|| format!("{name} is no number: {value}"))
    }

    /// Returns `None` if the member is absent or null.
    fn list(&mut self, name: &str) -> Result<Option<Vec<Value>>, String> {
        match self.take(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(items)) => Ok(Some(items)),
            Some(other) => Err(format!("{name} is no list: {other}")),
        }
    }

    fn texts(&mut self, name: &str) -> Result<Vec<String>, String> {
        self.list(name)?.unwrap_or_default().into_iter().map(text).collect()
    }

    fn map<T>(&mut self, name: &str, read: impl Fn(Value) -> Result<T, String>) -> Result<BTreeMap<String, T>, String> {
        let Some(value) = self.take(name) else { return Ok(BTreeMap::new()) };
        let members = Self::new(value)?.0.into_iter();
        members.map(|(name, value)| Ok((name, read(value)?))).collect()
    }

    fn end(self) -> Result<(), String> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(format!("a case has no field {name}")),
        }
    }
}

fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("a text was expected, not {other}")),
    }
}

/// Returns the bytes of `{"base64": …}`; `None` for any other value.
fn encoded(value: &Value) -> Result<Option<Vec<u8>>, String> {
    match value.as_object().filter(|map| map.len() == 1).and_then(|map| map.get("base64")) {
        None => Ok(None),
        Some(Value::String(text)) => base64::decode(text).map(Some).map_err(|error| error.to_string()),
        Some(other) => Err(format!("base64 is a text, not {other}")),
    }
}

fn fill(value: &Value, places: &Places) -> Value {
    map_texts(value, &|text| places.fill(text))
}

fn map_texts(value: &Value, change: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => change(text).into(),
        Value::Array(items) => items.iter().map(|item| map_texts(item, change)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (change(key), map_texts(value, change))).collect(),
        other => other.clone(),
    }
}

fn make_step(value: Value) -> Result<Step, String> {
    let mut fields = Fields::new(value)?;
    let close = fields.flag("close")?;
    let body = match fields.take("body") {
        None => python_json(&sample_handshake()).into_bytes(),
        Some(Value::String(text)) => text.into_bytes(),
        Some(value) => match encoded(&value)? {
            Some(bytes) => bytes,
            None => python_json(&value).into_bytes(),
        },
    };
    let mut step = if close { Step::close() } else { Step::bytes(body) };
    if let Some(status) = fields.number("status")? {
        step = step.status(status);
    }
    if let Some(delay) = fields.number("delay_ms")? {
        step = step.delay(Duration::from_millis(delay));
    }
    if fields.flag("chunked")? {
        step = step.chunked();
    }
    let headers = fields.map("headers", |value| match value {
        Value::Null => Ok(None),
        value => text(value).map(Some),
    })?;
    for (name, value) in headers {
        step = match value {
            Some(value) => step.header(&name, &value),
            None => step.without_header(&name),
        };
    }
    fields.end()?;
    Ok(step)
}

/// Returns a request in the form of the cases.
fn describe(request: &Request, places: &Places) -> Map<String, Value> {
    let text = request.text();
    let form = request.header("Content-Type").is_some_and(|kind| kind.contains("form"));
    let body = if form {
        form_members(&text)
    } else if text.is_empty() {
        Value::from("")
    } else {
        serde_json::from_str(&text).unwrap_or_else(|_| text.as_str().into())
    };
    let header = |name| request.header(name).map_or(Value::Null, Value::from);
    let target = match request.operation() {
        Some(operation) => operation.into(),
        None => body.get("Action").cloned().unwrap_or_default(),
    };
    let described = [
        ("target", target),
        ("body", body),
        ("auth", request.header("Authorization").map_or(Value::Null, |auth| signer(auth).into())),
        ("path", request.path.as_str().into()),
        ("host", header("Host")),
        ("token", header("X-Amz-Security-Token")),
    ];
    let hide = |value| map_texts(value, &|text: &str| places.hide(text));
    described.iter().map(|(key, value)| ((*key).into(), hide(value))).collect()
}

/// Returns `key/region/service` of a signature, and any other authorization unchanged.
fn signer(authorization: &str) -> String {
    let scope = || {
        let (_, credential) = authorization.split_once("Credential=")?;
        let mut parts = credential.split('/');
        let (key, date) = (parts.next()?, parts.next()?);
        let (region, service, end) = (parts.next()?, parts.next()?, parts.next()?);
        let dated = !date.is_empty() && date.bytes().all(|byte| byte.is_ascii_digit());
        (dated && end.starts_with("aws4_request")).then(|| format!("{key}/{region}/{service}"))
    };
    scope().unwrap_or_else(|| authorization.to_owned())
}

/// Returns the members of a form, without empty ones. The last of several with the same name counts.
fn form_members(text: &str) -> Value {
    let members = text.split('&').filter_map(|pair| pair.split_once('='));
    let members = members.filter(|(_, value)| !value.is_empty());
    Value::Object(members.map(|(key, value)| (unescape(key), unescape(value).into())).collect())
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let escaped = after.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        match (first, escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Formats a document exactly as the recorded service did: with spaces after `:` and `,`, in ASCII.
fn python_json(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(python_json).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let members =
                map.iter().map(|(key, value)| format!("{}: {}", python_json(&key.as_str().into()), python_json(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        plain => {
            let mut ascii = String::new();
            for character in plain.to_string().chars() {
                if matches!(character, ' '..='~') {
                    ascii.push(character);
                } else {
                    let units = character.encode_utf16(&mut [0; 2]).to_vec();
                    ascii.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
                }
            }
            ascii
        }
    }
}
