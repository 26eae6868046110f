//! The lists of cases that are not compared, each entry with its reason.

use std::collections::BTreeSet;
use std::path::Path;

/// One line: `topic/case reason` or `topic/* reason`; a `!` in front means that the case is never run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pattern: String,
    pub reason: String,
    pub never_run: bool,
}

impl Entry {
    pub fn matches(&self, case: &str) -> bool {
        match self.pattern.strip_suffix('*') {
            Some(start) => case.starts_with(start),
            None => case == self.pattern,
        }
    }
}

#[derive(Clone, Debug)]
pub struct List {
    file: String,
    entries: Vec<Entry>,
}

impl List {
    pub fn read(path: &Path) -> Self {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entries = lines.map(|line| {
            let (pattern, reason) =
                line.split_once(' ').unwrap_or_else(|| panic!("{file}: an entry without a reason: {line}"));
            let bare = pattern.trim_start_matches('!');
            Entry { pattern: bare.to_owned(), reason: reason.trim().to_owned(), never_run: bare != pattern }
        });
        let entries = entries.collect();
        Self { file, entries }
    }

    pub fn find(&self, case: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.matches(case))
    }

    /// Returns entries without a case, and cases that are named twice.
    pub fn mistakes(&self, cases: &BTreeSet<String>) -> Vec<String> {
        let mut mistakes = Vec::new();
        for entry in &self.entries {
            if !cases.iter().any(|case| entry.matches(case)) {
                mistakes.push(format!("{}: no case matches {}", self.file, entry.pattern));
            }
        }
        for case in cases {
            if self.entries.iter().filter(|entry| entry.matches(case)).count() > 1 {
                mistakes.push(format!("{}: {case} is listed twice", self.file));
            }
        }
        mistakes
    }
}
