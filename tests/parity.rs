//! Runs the recorded cases against the program, with one result each. `tests/parity/README.md` describes them.
//!
//! `cargo test --test parity -- formats/` runs a topic, `-- --exact cli/version` one case, `-- --ignored` the pending ones.

// Tests may panic.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::parity::case::Case;
use crate::parity::lists::List;

mod parity {
    pub mod case;
    pub mod compare;
    pub mod lists;
}
mod support;

/// Words between the program's name and a case's arguments, such as `organizations`.
const PREFIX: &str = "ORGSHAKE_PARITY_PREFIX";

type Cases = BTreeMap<String, Result<Case, String>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity");
    let prefix = std::env::var(PREFIX).unwrap_or_default();
    let suite = Arc::new(Suite {
        cases: read_cases(&directory.join("cases")),
        pending: List::read(&directory.join("pending.txt")),
        deviations: List::read(&directory.join("deviations.txt")),
        prefix: prefix.split_whitespace().map(str::to_owned).collect(),
    });
    let mut trials = vec![
        suite.guard("guard/lists-name-cases", Suite::lists_name_cases),
        suite.guard("guard/pending-cases-fail", Suite::pending_cases_fail),
        suite.guard("guard/deviations-differ", Suite::deviations_differ),
    ];
    trials.extend(suite.cases.keys().map(|name| suite.trial(name)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

struct Suite {
    cases: Cases,
    pending: List,
    deviations: List,
    prefix: Vec<String>,
}

impl Suite {
    fn trial(self: &Arc<Self>, name: &str) -> Trial {
        let kind = match (self.pending.find(name), self.deviations.find(name)) {
            (Some(entry), _) => Some(format!("pending: {}", entry.reason)),
            (None, Some(entry)) => Some(format!("differs: {}", entry.reason)),
            (None, None) => None,
        };
        let ignored = kind.is_some();
        let suite = Arc::clone(self);
        let case = name.to_owned();
        Trial::test(name, move || match suite.pending.find(&case).filter(|e| e.never_run) {
            Some(entry) => Err(format!("never run: {}", entry.reason).into()),
            None => suite.check(&case).map_err(Failed::from),
        })
        .with_kind(kind.unwrap_or_default())
        .with_ignored_flag(ignored)
    }

    fn guard(self: &Arc<Self>, name: &str, check: fn(&Self) -> Vec<String>) -> Trial {
        let suite = Arc::clone(self);
        Trial::test(name, move || match check(&suite) {
            mistakes if mistakes.is_empty() => Ok(()),
            mistakes => Err(mistakes.join("\n").into()),
        })
    }

    fn check(&self, name: &str) -> Result<(), String> {
        match &self.cases[name] {
            Ok(case) => case.check(&self.prefix),
            Err(problem) => Err(format!("not a case: {problem}")),
        }
    }

    /// A list must not name a missing case, or a case twice.
    fn lists_name_cases(&self) -> Vec<String> {
        let names: BTreeSet<_> = self.cases.keys().cloned().collect();
        let mut mistakes = self.pending.mistakes(&names);
        mistakes.extend(self.deviations.mistakes(&names));
        for name in &names {
            if self.pending.find(name).is_some() && self.deviations.find(name).is_some() {
                mistakes.push(format!("{name} is pending and a deviation"));
            }
        }
        mistakes
    }

    /// A case that passes is no longer pending, so the list can only shrink.
    fn pending_cases_fail(&self) -> Vec<String> {
        let pending = self.passing_of(&self.pending);
        pending.iter().map(|name| format!("{name} passes: strike it from pending.txt")).collect()
    }

    fn deviations_differ(&self) -> Vec<String> {
        let agreeing = self.passing_of(&self.deviations);
        agreeing.iter().map(|name| format!("{name} no longer differs: strike it from deviations.txt")).collect()
    }

    /// The listed cases that pass, without those that might leave the machine.
    fn passing_of(&self, list: &List) -> Vec<&str> {
        let stays_here = |name: &str| self.cases[name].as_ref().is_ok_and(|case| !case.removes_endpoint());
        let names = self.cases.keys().map(String::as_str);
        let names: Vec<_> = names
            .filter(|name| list.find(name).is_some_and(|entry| !entry.never_run))
            .filter(|name| stays_here(name))
            .collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut passing = Vec::new();
            while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                if self.check(name).is_ok() {
                    passing.push(*name);
                }
            }
            passing
        };
        let workers = thread::available_parallelism().map_or(2, usize::from);
        let mut passing = thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let results = workers.into_iter().map(|worker| worker.join().expect("a worker ends"));
            results.flatten().collect::<Vec<_>>()
        });
        passing.sort_unstable();
        passing
    }
}

/// Returns all files below a directory, by their path without the extension. Every file counts as a case, so a stray file
/// fails.
fn read_cases(directory: &Path) -> Cases {
    let mut cases = Cases::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(next) = directories.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let name = path.strip_prefix(directory).expect("it was found there");
            let name = name.to_string_lossy().replace('\\', "/");
            cases.insert(name.strip_suffix(".json").unwrap_or(&name).to_owned(), Case::read(&path));
        }
    }
    assert!(!cases.is_empty(), "there is no case in {}", directory.display());
    cases
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>());
    entries.unwrap_or_else(|error| panic!("cannot read {}: {error}", directory.display()))
}
