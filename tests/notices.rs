//! The notices of third parties name every library of the program. Only Cargo.lock and Cargo.toml are read, so that this
//! needs no other tool and covers every system.
//!
//! To write THIRD-PARTY-NOTICES.txt, which takes some minutes:
//!
//!     cargo install --locked --features cli --root target/tools cargo-about@0.9.3
//!     cargo fetch --locked
//!     PATH=target/tools/bin:$PATH cargo about generate --locked --offline --fail \
//!         --output-file THIRD-PARTY-NOTICES.txt packaging/notices.hbs

use std::collections::{BTreeMap, BTreeSet};

const CARGO_TOML: &str = include_str!("../Cargo.toml");
const CARGO_LOCK: &str = include_str!("../Cargo.lock");
const NOTICES: &str = include_str!("../THIRD-PARTY-NOTICES.txt");
const ABOUT: &str = include_str!("../about.toml");
const DENY: &str = include_str!("../deny.toml");

/// Crates that are needed only to build the program, or on systems that it doesn't support, or that no feature in use needs.
/// They are no part of it. A version's beginning is given if another version is part of it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("autocfg", ""),
    ("bumpalo", ""),
    ("cc", ""),
    ("clap_derive", ""),
    ("find-msvc-tools", ""),
    ("heck", ""),
    ("jiff-static", ""),
    ("js-sys", ""),
    ("log", ""),
    ("portable-atomic", ""),
    ("portable-atomic-util", ""),
    ("r-efi", ""),
    ("rand_core", "0.10."),
    ("rustc_version", ""),
    ("semver", ""),
    ("serde_derive", ""),
    ("time-macros", ""),
    ("version_check", ""),
    ("wasi", ""),
    ("wasm-bindgen", ""),
    ("wasm-bindgen-macro", ""),
    ("wasm-bindgen-macro-support", ""),
    ("wasm-bindgen-shared", ""),
    ("windows-sys", "0.52."),
    ("windows-targets", ""),
    ("windows_aarch64_gnullvm", ""),
    ("windows_aarch64_msvc", ""),
    ("windows_i686_gnu", ""),
    ("windows_i686_gnullvm", ""),
    ("windows_i686_msvc", ""),
    ("windows_x86_64_gnu", ""),
    ("windows_x86_64_gnullvm", ""),
    ("windows_x86_64_msvc", ""),
    ("zerocopy-derive", ""),
];

/// Whether this crate is one of these.
fn is_elsewhere((name, version): &Crate) -> bool {
    ELSEWHERE.iter().any(|(other, begin)| name == other && version.starts_with(begin))
}

/// A crate's name and version.
type Crate = (String, String);

/// Returns the crates of Cargo.lock with the names of those that each depends on.
fn locked() -> BTreeMap<Crate, Vec<String>> {
    let quoted = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
    let crates = CARGO_LOCK.split("[[package]]").skip(1).map(|package| {
        let value = |name: &str| package.lines().find_map(|line| line.strip_prefix(name)).map(quoted);
        let (_, list) = package.split_once("dependencies = [").unwrap_or_default();
        let list = list.split(']').next().unwrap_or_default();
        let dependencies = list.lines().map(quoted).filter(|name| !name.is_empty()).collect();
        ((value("name = ").expect("a name"), value("version = ").expect("a version")), dependencies)
    });
    crates.collect()
}

/// Returns the crates that Cargo.toml names, apart from those of the tests.
fn direct() -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut is_ours = false;
    for line in CARGO_TOML.lines() {
        if line.starts_with('[') {
            is_ours = line.ends_with("dependencies]") && !line.ends_with("dev-dependencies]");
        } else if let Some((name, value)) = line.split_once(" = ").filter(|_| is_ours && !line.starts_with('#')) {
            let renamed = value.split_once("package = \"").and_then(|(_, rest)| rest.split('"').next());
            found.insert(renamed.unwrap_or(name));
        }
    }
    found
}

/// Returns the crates that the program may be made of, on any system.
fn reachable() -> BTreeSet<Crate> {
    let locked = locked();
    // An entry is a name, or a name and a version if there are several.
    let find = |entry: &str| {
        let (name, version) = entry.split_once(' ').unwrap_or((entry, ""));
        let fits = |one: &&Crate| one.0 == name && (version.is_empty() || one.1 == version);
        locked.keys().find(fits).unwrap_or_else(|| panic!("Cargo.lock has no {entry}")).clone()
    };
    let mine = locked.keys().find(|(name, _)| name == "orgshake").expect("our own crate");
    let direct = direct();
    let ours = locked[mine].iter().filter(|entry| direct.contains(entry.split(' ').next().unwrap_or_default()));
    let mut waiting: Vec<Crate> = ours.map(|entry| find(entry)).collect();
    let mut found = BTreeSet::new();
    while let Some(one) = waiting.pop() {
        if found.insert(one.clone()) {
            waiting.extend(locked[&one].iter().map(|entry| find(entry)));
        }
    }
    found
}

/// Returns the crates that the notices name.
fn named() -> BTreeSet<Crate> {
    let lines = NOTICES.lines().filter_map(|line| line.strip_prefix("    "));
    let crates = lines.filter_map(|line| {
        let mut words = line.split(' ');
        let (name, version) = (words.next()?, words.next()?);
        let is_version = version.split('.').count() > 2 && version.starts_with(|c: char| c.is_ascii_digit());
        (is_version && !name.is_empty()).then(|| (name.to_owned(), version.to_owned()))
    });
    crates.collect()
}

#[test]
fn every_library_is_named_in_its_version() {
    let (reachable, named) = (reachable(), named());
    assert!(reachable.len() > 150 && named.len() > 150, "{} {}", reachable.len(), named.len());
    let missing: Vec<_> = reachable.difference(&named).filter(|one| !is_elsewhere(one)).collect();
    assert!(missing.is_empty(), "THIRD-PARTY-NOTICES.txt lacks {missing:?}; tests/notices.rs says how to write it");
    let stale: Vec<_> = named.difference(&reachable).collect();
    assert!(stale.is_empty(), "THIRD-PARTY-NOTICES.txt names {stale:?}; tests/notices.rs says how to write it");
}

#[test]
fn no_exception_is_out_of_date() {
    let (reachable, named) = (reachable(), named());
    assert!(!named.iter().any(is_elsewhere), "they are named");
    let count = reachable.iter().filter(|one| is_elsewhere(one)).count();
    assert_eq!(count, ELSEWHERE.len(), "Cargo.lock doesn't have all of them");
}

/// Returns the strings of a list.
fn list(text: &'static str, name: &str) -> Vec<&'static str> {
    let (_, rest) = text.split_once(&format!("\n{name} = [")).unwrap_or_else(|| panic!("no {name}"));
    rest.split(']').next().unwrap_or_default().split('"').skip(1).step_by(2).collect()
}

#[test]
fn licences_and_systems_are_those_of_the_rules_for_dependencies() {
    assert_eq!(list(ABOUT, "targets"), list(DENY, "targets"));
    assert_eq!(list(ABOUT, "accepted"), list(DENY, "allow"));
}
