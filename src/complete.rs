//! Completion that asks the program: what could stand at the cursor, the service's handshakes among it.
//!
//! clap's engine finds the option and knows the shells; this adds the values. Whatever fails completes nothing.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value};

use crate::cli::{self, Call, Globals, Invocation, Task};
use crate::client::Client;
use crate::config::{self, Profile, Settings};
use crate::escape::tame;
use crate::files;
use crate::model::{self, Api, Member, Operation, Shape, Structure};
use crate::pages::TOKEN;
use crate::service;

/// The variable by which a script asks: it names the shell.
pub const VARIABLE: &str = "ORGSHAKE_COMPLETE";

/// How long somebody who has pressed a key waits for the service.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How long an answer of the service serves.
const FRESH: Duration = Duration::from_secs(30);
/// The most pages that are asked for.
const PAGES: usize = 10;

/// The regions of the AWS, China and GovCloud partitions (botocore's partitions.json).
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

const SHELLS: Shells<'_> = Shells(&[&Bash, &Elvish, &Fish, &Powershell, &Zsh]);

/// The script that makes a shell ask, one of [`crate::kept::COMPLETIONS`].
pub fn script(shell: &str) -> String {
    let mut script = Vec::new();
    if let Some(shell) = SHELLS.completer(shell) {
        // Writing to memory doesn't fail.
        let _ = shell.write_registration(VARIABLE, "orgshake", "orgshake", "orgshake", &mut script);
    }
    String::from_utf8_lossy(&script).into_owned()
}

/// Answers the script of a shell: `words` are `--` and those of the command line. What comes back is the exit code.
// Not inlined, as in lib.rs.
#[inline(never)]
pub fn answer(shell: &str, words: Vec<OsString>) -> u8 {
    let line: Vec<_> = words.into_iter().skip_while(|word| word != "--").skip(1).collect();
    let name = Path::new(shell).file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let Some(shell) = SHELLS.completer(name).filter(|_| !line.is_empty()) else { return 255 };
    let typed = line.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let mut answer = Vec::new();
    let directory = env::current_dir().ok();
    match shell.write_complete(&mut tree(&Arc::new(typed)), line, directory.as_deref(), &mut answer) {
        Ok(()) => u8::from(io::stdout().write_all(&answer).is_err()),
        Err(_) => 255,
    }
}

/// bash, whose Readline tears words at `=` and `:`. clap's own script completes the parts as if they were words.
struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(&self, _: &str, _: &str, _: &str, _: &str, script: &mut dyn Write) -> io::Result<()> {
        script.write_all(include_bytes!("complete.bash"))
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        directory: Option<&Path>,
        answer: &mut dyn Write,
    ) -> io::Result<()> {
        clap_complete::env::Bash.write_complete(command, words, directory, answer)
    }
}

/// The command line's tree with what completes its values.
fn tree(line: &Arc<Vec<String>>) -> Command {
    let mut root = cli::command();
    root.build();
    let root = completed(root, line);
    let alias = root.clone().name("organizations").hide(true);
    root.subcommand(alias)
}

fn completed(command: Command, line: &Arc<Vec<String>>) -> Command {
    let operation = model::operation(command.get_name());
    let command = command.mut_args(|option| match completer(&option, operation, line) {
        Some(completer) => option.add(completer),
        None => option,
    });
    command.mut_subcommands(|sub| completed(sub, line))
}

/// What completes the value of an option, where the tree itself doesn't know.
fn completer(option: &Arg, operation: Option<&Operation>, line: &Arc<Vec<String>>) -> Option<ArgValueCompleter> {
    let line = Arc::clone(line);
    let id = option.get_id().as_str();
    let member = operation.and_then(|operation| operation.input.members.iter().find(|member| member.name == id));
    match (id, member) {
        ("profile", _) => Some(ArgValueCompleter::new(|typed: &OsStr| {
            let names = Profile::load(None, true).map(|profile| profile.names()).unwrap_or_default();
            fitting(names.into_iter().map(CompletionCandidate::new), typed)
        })),
        ("region", _) => {
            Some(ArgValueCompleter::new(|typed: &OsStr| fitting(REGIONS.iter().map(CompletionCandidate::new), typed)))
        }
        ("HandshakeId", _) => Some(ArgValueCompleter::new(move |typed: &OsStr| match file(typed) {
            Some(files) => files,
            None => fitting(handshakes(&line, typed).into_iter(), typed),
        })),
        ("cli-input-json" | "cli-input-yaml", _) => {
            Some(ArgValueCompleter::new(|typed: &OsStr| file(typed).unwrap_or_default()))
        }
        (_, Some(Member { shape, .. })) => Some(ArgValueCompleter::new(|typed: &OsStr| {
            file(typed).unwrap_or_else(|| fitting(values(shape, &typed.to_string_lossy()).into_iter(), typed))
        })),
        _ => None,
    }
}

/// Those that begin with what was typed.
fn fitting(all: impl Iterator<Item = CompletionCandidate>, typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.as_encoded_bytes();
    all.filter(|candidate| candidate.get_value().as_encoded_bytes().starts_with(typed)).collect()
}

/// The files behind `file://`, if that was typed, or the beginning of it.
fn file(typed: &OsStr) -> Option<Vec<CompletionCandidate>> {
    const SCHEME: &str = "file://";
    let typed = typed.to_str().filter(|typed| !typed.is_empty())?;
    match typed.strip_prefix(SCHEME) {
        Some(path) => {
            let found = PathCompleter::any().complete(OsStr::new(path));
            Some(found.into_iter().map(|path| path.add_prefix(SCHEME)).collect())
        }
        None => SCHEME.starts_with(typed).then(|| vec![CompletionCandidate::new(SCHEME)]),
    }
}

/// What a parameter could be: a value of an enumeration, or the next part of a shorthand.
fn values(shape: &Shape, typed: &str) -> Vec<CompletionCandidate> {
    match shape {
        Shape::String { values, .. } => values.iter().map(CompletionCandidate::new).collect(),
        Shape::Structure(of) | Shape::List(Shape::Structure(of)) => shorthand(of, typed),
        _ => Vec::new(),
    }
}

fn shorthand(of: &Structure, typed: &str) -> Vec<CompletionCandidate> {
    let (before, part) = typed.rfind(',').map_or(("", typed), |comma| typed.split_at(comma + 1));
    match part.split_once('=') {
        None => {
            let names = of.members.iter().map(|member| format!("{}=", member.name));
            let names = names.filter(|name| !before.split(',').any(|given| given.starts_with(name)));
            names.map(|name| CompletionCandidate::new(format!("{before}{name}"))).collect()
        }
        Some((name, _)) => {
            let found = of.member(name).map(|member| values(member.shape, "")).unwrap_or_default();
            found.into_iter().map(|value| value.add_prefix(format!("{before}{name}="))).collect()
        }
    }
}

/// The handshakes that the command at hand could be about, by the words of its line.
fn handshakes(line: &[String], typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = call(line, &typed.to_string_lossy()).and_then(|(globals, call)| {
        let (sender, receiver) = mpsc::channel();
        let until = Instant::now() + PATIENCE;
        // What is late is left behind: it ends with the program.
        thread::spawn(move || sender.send(listed(&globals, call.operation, until)));
        receiver.recv_timeout(PATIENCE).ok().flatten()
    });
    let found = found.unwrap_or_default().into_iter();
    found.map(|(id, what)| CompletionCandidate::new(id).help(Some(tame(&what).into()))).collect()
}

/// The call that a line makes without the id that is being typed.
fn call(line: &[String], typed: &str) -> Option<(Globals, Call)> {
    const OPTION: &str = "--handshake-id";
    let mut words = line.to_vec();
    // zsh leaves out an empty word at the end.
    if typed.is_empty() && words.last().is_some_and(|word| word == OPTION) {
        words.push(String::new());
    }
    let at = words.iter().rposition(|word| word == typed || *word == format!("{OPTION}={typed}"))?;
    if words.remove(at) == typed && at > 1 {
        words.remove(at - 1);
    }
    words.remove(0);
    match cli::parse(words, false, None) {
        Ok(Invocation { mut globals, task: Task::Call(call) }) => {
            globals.sandbox = config::Sandbox::is_asked(&globals, true).ok()?;
            Some((globals, call))
        }
        _ => None,
    }
}

/// Ids and what they are: of what was asked a moment ago, or else of the service.
fn listed(globals: &Globals, operation: &Operation, until: Instant) -> Option<Vec<(String, String)>> {
    let profile = Profile::load(globals.profile.as_deref(), globals.sandbox).ok()?;
    let mut settings = Settings::resolve(globals, profile).ok()?;
    settings.may_ask = false;
    settings.max_attempts = 1;
    settings.read_timeout = Some(PATIENCE);
    settings.connect_timeout = Some(PATIENCE);
    // The sandbox answers at once, and its world may be another one each time.
    let cache = (!globals.sandbox).then(|| Cache::of(&settings, operation.command)).flatten();
    if let Some(known) = cache.as_ref().and_then(Cache::read) {
        return Some(known);
    }
    if globals.sandbox {
        // To look is no reason to make a world.
        let state = config::Sandbox::resolve(&globals.world).ok()?.state;
        state.is_none_or(|path| path.exists()).then_some(())?;
    }
    let client = Client::new(&settings, service(globals).ok()?.0, false).ok()?;
    let lists: &[Api] = match operation.api {
        Api::CancelHandshake => &[Api::ListHandshakesForOrganization],
        Api::DescribeHandshake => &[Api::ListHandshakesForAccount, Api::ListHandshakesForOrganization],
        _ => &[Api::ListHandshakesForAccount],
    };
    let states: &[&str] = match operation.api {
        Api::AcceptHandshake | Api::DeclineHandshake => &["OPEN"],
        Api::CancelHandshake => &["OPEN", "REQUESTED"],
        _ => &[],
    };
    let mut found: Vec<(String, String)> = Vec::new();
    let mut answered = false;
    for list in lists.iter().filter_map(|list| model::operation_of(*list)) {
        let mut request = Map::new();
        for _ in 0..PAGES {
            // One of two lists may be denied.
            let Ok(Some(page)) = client.call(list, &request, None) else { break };
            let page: Value = serde_json::from_slice(&page.body).ok()?;
            answered = true;
            let all = page["Handshakes"].as_array().into_iter().flatten();
            let fit = all.filter(|it| states.is_empty() || it["State"].as_str().is_some_and(|is| states.contains(&is)));
            for (id, what) in fit.filter_map(described) {
                if !found.iter().any(|(known, _)| *known == id) {
                    found.push((id, what));
                }
            }
            match &page[TOKEN] {
                Value::String(token) if Instant::now() < until => {
                    request.insert(TOKEN.to_owned(), token.clone().into());
                }
                _ => break,
            }
        }
    }
    if let Some(cache) = cache.filter(|_| answered) {
        cache.write(&found);
    }
    Some(found)
}

/// The id of a handshake, and what it is: parties, action, state, expiry.
fn described(handshake: &Value) -> Option<(String, String)> {
    let id = handshake["Id"].as_str().filter(|id| model::is_handshake_id(id))?;
    let parties = handshake["Parties"].as_array().into_iter().flatten();
    let mut what: Vec<_> = parties.filter_map(|party| party["Id"].as_str()).collect();
    what.extend(["Action", "State"].iter().filter_map(|name| handshake[name].as_str()));
    let expires = handshake["ExpirationTimestamp"].as_f64().and_then(|at| Timestamp::from_second(at as i64).ok());
    let expires = expires.map(|at| format!(" until {}", at.strftime("%Y-%m-%d"))).unwrap_or_default();
    Some((id.to_owned(), format!("{}{expires}", what.join(" "))))
}

/// A file that keeps an answer for a moment.
struct Cache {
    directory: PathBuf,
    name: String,
}

impl Cache {
    /// The file for a command of these settings: another caller, region or endpoint has another one.
    fn of(settings: &Settings, command: &str) -> Option<Cache> {
        let caller = ["AWS_ACCESS_KEY_ID", "AWS_ROLE_ARN", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
        let caller = caller.map(config::variable);
        let asked = (command, &settings.profile, &settings.region, &settings.endpoint_url, settings.sign_request);
        let hash = digest(&SHA256, format!("{asked:?} {caller:?}").as_bytes());
        let hash: String = hash.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let base = config::variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let base = base.or_else(|| Some(env::home_dir()?.join(".cache")))?;
        Some(Cache { directory: base.join("orgshake"), name: format!("handshakes-{hash}.json") })
    }

    fn read(&self) -> Option<Vec<(String, String)>> {
        let path = self.directory.join(&self.name);
        let written = path.metadata().ok().filter(|file| file.is_file())?.modified().ok()?;
        // One of the future is of another clock.
        written.elapsed().ok().filter(|age| *age < FRESH)?;
        serde_json::from_slice(&files::read(&path).ok()?).ok()
    }

    fn write(&self, found: &[(String, String)]) {
        let content: Vec<Value> = found.iter().map(|(id, what)| Value::from(vec![id.as_str(), what])).collect();
        // Without it, the service is asked again.
        let _ = files::put_private(&self.directory, &self.name, Value::from(content).to_string().as_bytes());
    }
}
