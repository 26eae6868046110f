//! Dynamic completion: the program prints the candidates for the word at the cursor, which may be handshakes of the
//! service.
//!
//! clap's engine finds the option, this module adds the values, and `shells` reads and writes what the shells expect.
//! If anything fails, no candidates are printed.

pub(crate) mod bash;
pub(crate) mod cache;
mod fixed;
mod shells;

use std::collections::BTreeSet;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{PathBuf, is_separator};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Arg, Command, ValueHint};
use clap_complete::engine::{self, ArgValueCompleter, CompletionCandidate};
use serde_json::{Map, Value};

use crate::client::run::Run;
use crate::client::service::{Service, service};
use crate::client::session::Session;
use crate::command::{self, Globals, Invocation, Limits, Task};
use crate::model::view::Timestamps;
use crate::model::{self, Api, LIVE, Member, Operation, Shape, Structure};
use crate::os::files;
use crate::os::leash::Leash;
use crate::render::relative;
use crate::settings::{self, Profile, ServiceSettings};
use crate::terminal::streams::write_stdout;
use crate::text::escape::{is_wild, tame_line};
use cache::{Cache, Handshakes};
pub use fixed::script;
use shells::{Asked, Candidate, Shell};

/// Time limit for the service, since the user is waiting.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Maximum number of pages to request.
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

/// Returns the script that makes a shell ask the program for candidates.
pub fn dynamic_script(shell: clap_complete::Shell) -> &'static str {
    Shell::named(&shell.to_string()).map_or("", Shell::script)
}

/// Prints the candidates for a shell's script, if there are any; returns the exit code.
pub fn answer(variable: &str, arguments: Vec<OsString>) -> u8 {
    let Some(asked) = Asked::read(variable, arguments).map(Arc::new) else { return 0 };
    u8::from(write_stdout(&asked.answer(&candidates(&asked))).is_err())
}

/// Returns the candidates for the word at the cursor.
fn candidates(asked: &Arc<Asked>) -> Vec<Candidate> {
    let words = asked.words.iter().map(OsString::from).collect();
    let found = engine::complete(&mut tree(asked), words, asked.index, env::current_dir().ok().as_deref());
    let offered = |candidate: CompletionCandidate| {
        // Shells read candidates line by line and show them on the terminal, so control characters are not allowed.
        let value = candidate.get_value().to_str().filter(|value| !value.contains(is_wild))?.to_owned();
        let help = candidate.get_help().map(|help| tame_line(help.to_string().lines().next().unwrap_or_default()));
        Some(Candidate { value, help })
    };
    found.unwrap_or_default().into_iter().filter_map(offered).collect()
}

/// Returns the command tree with completers for its values.
fn tree(asked: &Arc<Asked>) -> Command {
    let mut root = command::command();
    root.build();
    let root = completed(root, asked);
    let alias = root.clone().name("organizations").hide(true);
    root.subcommand(alias)
}

fn completed(command: Command, asked: &Arc<Asked>) -> Command {
    let operation = model::operation(command.get_name());
    let command = command.mut_args(|option| match completer(&option, operation, asked) {
        Some(completer) => option.add(completer),
        None => option,
    });
    command.mut_subcommands(|sub| completed(sub, asked))
}

/// Returns the completer of an option whose values the tree doesn't list.
fn completer(option: &Arg, operation: Option<&Operation>, asked: &Arc<Asked>) -> Option<ArgValueCompleter> {
    let asked = Arc::clone(asked);
    let name = option.get_id().as_str();
    let member = operation.and_then(|operation| operation.input.members.iter().find(|member| member.option == name));
    match (name, member) {
        ("profile", _) => Some(ArgValueCompleter::new(|typed: &OsStr| {
            let names = Profile::load(None, true).map(|profile| profile.names()).unwrap_or_default();
            fitting(names.into_iter().map(CompletionCandidate::new), typed)
        })),
        ("region", _) => {
            Some(ArgValueCompleter::new(|typed: &OsStr| fitting(REGIONS.iter().map(CompletionCandidate::new), typed)))
        }
        ("handshake-id", _) => Some(ArgValueCompleter::new(move |typed: &OsStr| match file(typed) {
            Some(files) => files,
            None => fitting(handshakes(&asked).into_iter(), typed),
        })),
        ("cli-input-json" | "cli-input-yaml", _) => {
            Some(ArgValueCompleter::new(|typed: &OsStr| file(typed).unwrap_or_default()))
        }
        (_, Some(Member { shape, .. })) => Some(ArgValueCompleter::new(|typed: &OsStr| {
            file(typed).unwrap_or_else(|| fitting(values(shape, &typed.to_string_lossy()).into_iter(), typed))
        })),
        _ if matches!(option.get_value_hint(), ValueHint::CommandWithArguments) => {
            let is_program = asked.words[..asked.index].last().is_some_and(|word| word == "--");
            Some(ArgValueCompleter::new(move |typed: &OsStr| {
                let Some(typed) = typed.to_str() else { return Vec::new() };
                if is_program && !typed.contains(is_separator) { programs(typed) } else { paths(typed) }
            }))
        }
        _ if matches!(option.get_value_hint(), ValueHint::FilePath) => {
            Some(ArgValueCompleter::new(|typed: &OsStr| typed.to_str().map(paths).unwrap_or_default()))
        }
        _ => None,
    }
}

/// Keeps the candidates that begin with the typed text.
fn fitting(all: impl Iterator<Item = CompletionCandidate>, typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.as_encoded_bytes();
    all.filter(|candidate| candidate.get_value().as_encoded_bytes().starts_with(typed)).collect()
}

/// Returns file candidates if the typed text begins with `file://` or is the beginning of it.
fn file(typed: &OsStr) -> Option<Vec<CompletionCandidate>> {
    const SCHEME: &str = "file://";
    let typed = typed.to_str().filter(|typed| !typed.is_empty())?;
    match typed.strip_prefix(SCHEME) {
        Some(path) => Some(paths(path).into_iter().map(|path| path.add_prefix(SCHEME)).collect()),
        None => SCHEME.starts_with(typed).then(|| vec![CompletionCandidate::new(SCHEME)]),
    }
}

/// Returns the files whose paths begin with the typed text. Its directory may begin with `~` or a variable. Directories
/// end with a slash.
fn paths(typed: &str) -> Vec<CompletionCandidate> {
    let (directory, beginning) = typed.rfind(is_separator).map_or(("", typed), |slash| typed.split_at(slash + 1));
    let place = if directory.is_empty() { PathBuf::from(".") } else { files::expand(directory) };
    let mut found = Vec::new();
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with(beginning) {
            let slash = if entry.path().is_dir() { "/" } else { "" };
            let hidden = name.starts_with('.');
            found.push(CompletionCandidate::new(format!("{directory}{name}{slash}")).hide(hidden));
        }
    }
    found.sort();
    found
}

/// Returns the programs in PATH whose names begin with the typed text, once there is some.
fn programs(typed: &str) -> Vec<CompletionCandidate> {
    let directories = env::var_os("PATH").filter(|_| !typed.is_empty()).unwrap_or_default();
    let entries = env::split_paths(&directories).flat_map(|directory| fs::read_dir(directory).into_iter().flatten());
    let names = entries.flatten().filter(is_program).filter_map(|entry| entry.file_name().into_string().ok());
    let names: BTreeSet<String> = names.filter(|name| name.starts_with(typed)).collect();
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// Whether a file can be executed, by its permissions.
fn is_program(entry: &fs::DirEntry) -> bool {
    // The file that a link leads to counts.
    let Ok(file) = fs::metadata(entry.path()) else { return false };
    #[cfg(unix)]
    let may = std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may = true;
    file.is_file() && may
}

/// Returns candidates for a parameter: the values of an enumeration, or the next part of shorthand.
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

/// Returns the handshakes that the typed command may apply to.
fn handshakes(asked: &Asked) -> Vec<CompletionCandidate> {
    let found = call(asked).and_then(|(globals, operation)| {
        // Leave the controlling terminal, so that programs run for the credentials can't prompt there. This fails if
        // the shell has made this process a group leader; the programs then run in the background.
        #[cfg(unix)]
        let _ = rustix::process::setsid();
        let until = Instant::now() + PATIENCE;
        Leash::run(until, move |leash| listed(&globals, operation, until, leash)).flatten()
    });
    let found = found.unwrap_or_default().into_iter();
    found.map(|(id, what)| CompletionCandidate::new(id).help(Some(what.into()))).collect()
}

/// Parses the line without the id at the cursor; returns the operation that is called with the id.
fn call(asked: &Asked) -> Option<(Globals, &'static Operation)> {
    let mut words = asked.words.clone();
    let typed = words.remove(asked.index);
    // The option is in the same word or in the word before.
    if !typed.starts_with("--") && asked.index > 1 {
        words.remove(asked.index - 1);
    }
    words.remove(0);
    let mut invocation = command::parse(words, false, None).ok()?;
    settings::Sandbox::decide(&mut invocation).ok()?;
    match invocation {
        Invocation { globals, task: Task::Call(call) } => Some((globals, call.operation)),
        Invocation { globals, task: Task::Wait(_) } => Some((globals, model::operation_of(Api::DescribeHandshake)?)),
        _ => None,
    }
}

/// Returns handshake ids with descriptions, from the cache or else from the service.
fn listed(globals: &Globals, operation: &Operation, until: Instant, leash: Arc<Leash>) -> Option<Handshakes> {
    let profile = Profile::load(globals.profile.as_deref(), globals.sandbox).ok()?;
    let mut settings = ServiceSettings::resolve(globals, profile).ok()?;
    settings.may_ask = false;
    settings.leash = Some(leash);
    settings.max_attempts = 1;
    settings.read_timeout = Some(PATIENCE);
    settings.connect_timeout = Some(PATIENCE);
    settings.timestamps = Timestamps::Wire;
    // The sandbox needs no cache: it is fast, and may have another state each time.
    let cache = (!globals.sandbox).then(|| Cache::of(&settings, operation.command)).flatten();
    if let Some(known) = cache.as_ref().and_then(Cache::read) {
        return Some(known);
    }
    if globals.sandbox {
        // Completion must not create a state file.
        let state = settings::Sandbox::state(&globals.sandbox_options);
        state.is_none_or(|path| path.exists()).then_some(())?;
    }
    let service = service(globals).ok()?.0;
    let found = Run::with(|run| Ok(run.wait(asked(run, settings, service, operation, until)))).ok().flatten()?;
    if let Some(cache) = cache {
        cache.write(&found);
    }
    Some(found)
}

/// Asks the service for the handshakes that an operation may apply to. Returns nothing if no list can be had.
async fn asked(
    run: &Run<'_>,
    settings: ServiceSettings,
    service: Service,
    operation: &Operation,
    until: Instant,
) -> Option<Handshakes> {
    let world = if let Service::Sandbox(sandbox) = &service { Some(sandbox.clone()) } else { None };
    let session = Session::open(run, settings, service).ok()?;
    let states: &[&str] = match operation.api {
        Api::AcceptHandshake | Api::DeclineHandshake | Api::CancelHandshake => LIVE,
        _ => &[],
    };
    let fits = |it: &&Value| states.is_empty() || it["State"].as_str().is_some_and(|is| states.contains(&is));
    if let Some(world) = world.filter(|_| session.is_implied()) {
        // The sandbox lets the account act that an id is for, so every id of the world can be used.
        return Some(world.handshakes().iter().filter(fits).filter_map(described).collect());
    }
    let lists: &[Api] = match operation.api {
        Api::CancelHandshake => &[Api::ListHandshakesForOrganization],
        Api::DescribeHandshake => &[Api::ListHandshakesForAccount, Api::ListHandshakesForOrganization],
        _ => &[Api::ListHandshakesForAccount],
    };
    let mut found = None;
    for list in lists.iter().filter_map(|list| model::operation_of(*list)) {
        let member = list.list?;
        let mut pages = session.list(list, member, Map::new(), &Limits::default());
        for _ in 0..PAGES {
            // The caller may be allowed only one of the two lists.
            let Ok(Some(page)) = pages.next().await else { break };
            let found: &mut Handshakes = found.get_or_insert_default();
            let all = page.get(member).and_then(Value::as_array).into_iter().flatten();
            for (id, what) in all.filter(fits).filter_map(described) {
                if !found.iter().any(|(known, _)| *known == id) {
                    found.push((id, what));
                }
            }
            if Instant::now() >= until {
                break;
            }
        }
    }
    found
}

/// Returns the id of a handshake, from the service or from `sandbox show`, and its description: parties, action, state,
/// expiry.
fn described(handshake: &Value) -> Option<(String, String)> {
    let id = handshake["Id"].as_str().filter(|id| model::is_handshake_id(id))?;
    let parties = handshake["Parties"].as_array().into_iter().flatten();
    let mut what: Vec<_> = parties.filter_map(|party| party["Id"].as_str()).collect();
    let names = ["OrganizationId", "Recipient", "Action", "State"];
    what.extend(names.iter().filter_map(|name| handshake[name].as_str()));
    let expires = relative::instant(&handshake["ExpirationTimestamp"]);
    let expires = expires.map(|at| format!(" until {}", at.strftime("%Y-%m-%d"))).unwrap_or_default();
    // Other parties may have written these texts.
    let what = tame_line(&format!("{}{expires}", what.join(" ")));
    Some((id.to_owned(), what.chars().take(cache::LONGEST).collect()))
}
