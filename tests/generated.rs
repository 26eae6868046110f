//! Generated files are current: man pages, help, completions, and the tables in documents.
//!
//! `ORGSHAKE_REGENERATE=1 cargo test --locked --test main generated` writes them.

use std::fs;
use std::path::Path;

use orgshake::error::EXIT_CODES;
use orgshake::manual;
use orgshake::model::rates::{RATES, Rate};
use orgshake::sandbox::keep::merger::STAYING;
use orgshake::sandbox::keep::preloaded::PRELOADED;
use orgshake::sandbox::serve::environment::{REMOVED, SET};
use orgshake::settings::{FILES, VARIABLES};

use crate::support::run::orgshake;
#[cfg(unix)]
use crate::support::terminal::on_terminal;

/// Compares a file with its expected content, or writes it.
fn check(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("ORGSHAKE_REGENERATE").is_some() {
        fs::create_dir_all(file.parent().expect("a file has a directory")).expect("a directory to write to");
        fs::write(&file, expected).expect("a file to write");
        return;
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{path} is stale; to write it: ORGSHAKE_REGENERATE=1 cargo test --locked --test main generated"
    );
}

/// Returns the files of a directory, to notice files that are no longer generated.
fn only(directory: &str, expected: &[String]) {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)).expect("the directory");
    let mut found: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    let mut expected = expected.to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{directory}/");
}

#[test]
fn man_pages() {
    let mut names = Vec::new();
    for words in manual::all() {
        let path: Vec<_> = words.iter().skip(1).map(String::as_str).collect();
        let page = manual::page(&path).unwrap_or_else(|| panic!("{words:?} has no page"));
        let name = format!("{}.1", page.name);
        check(&format!("man/{name}"), &manual::roff(&page));
        names.push(name);
    }
    only("man", &names);
}

#[test]
fn completions() {
    let mut names = Vec::new();
    for (shell, name) in [
        ("bash", "orgshake.bash"),
        ("zsh", "_orgshake"),
        ("fish", "orgshake.fish"),
        ("elvish", "orgshake.elv"),
        ("powershell", "_orgshake.ps1"),
    ] {
        let script = orgshake(["--no-cli-pager", "completion", shell, "--output=text"]).run().success();
        assert!(!script.is_empty() && !script.contains('\r'), "{name}");
        check(&format!("completions/{name}"), &script);
        names.push(name.to_owned());
    }
    only("completions", &names);
}

/// The help of every command without a terminal, and on narrow and wide terminals. `␛` is the escape character of a style.
#[test]
fn help() {
    let mut names = Vec::new();
    for words in manual::all() {
        let name = format!("{}.txt", words.join("-"));
        let help = orgshake(words[1..].iter().map(String::as_str).chain(["--help"])).run().success();
        check(&format!("tests/help/{name}"), &help);
        names.push(name);
    }
    #[cfg(unix)]
    for (file, columns, words) in [
        ("40", 40, &["list-handshakes-for-account", "--color=off"][..]),
        ("40-all", 40, &["--color=off"]),
        ("60-sandbox", 60, &["sandbox", "exec", "--color=off"]),
        ("100", 100, &["accept-handshake", "--color=off"]),
        ("100-all", 200, &["--color=off"]),
        ("100-styled", 100, &["completion"]),
    ] {
        let (outcome, shown) = on_terminal(orgshake(words.iter().chain(&["--help"])), (columns, 500));
        outcome.success();
        check(&format!("tests/help/{file}.txt"), &shown.replace('\u{1b}', "␛"));
    }
    names.extend(["40", "40-all", "60-sandbox", "100", "100-all", "100-styled"].map(|name| format!("{name}.txt")));
    only("tests/help", &names);
}

/// Replaces or compares the text between two marks of a document.
fn table(file: &str, mark: &str, rows: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).expect("a document");
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("{file} has no mark {open}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("{file} has no mark {close}"));
    check(file, &format!("{before}{open}{rows}{close}{after}"));
}

#[test]
fn tables_of_documents() {
    let codes: String = EXIT_CODES.iter().map(|(code, when)| format!("| {code} | {when} |\n")).collect();
    table("docs/errors.md", "exit codes", &format!("| code | when |\n|---|---|\n{codes}"));

    let rows = |rows: &[(&str, &str)]| {
        rows.iter().map(|(name, what)| format!("| `{name}` | {} |\n", what)).collect::<String>()
    };
    let (variables, files) = (rows(VARIABLES), rows(FILES));
    let head = |what: &str| format!("| {what} | meaning |\n|---|---|\n");
    table("docs/credentials.md", "environment", &format!("{}{variables}\n{}{files}", head("variable"), head("file")));
    let world: String = PRELOADED.iter().map(|(id, state, what)| format!("| `{id}` | {state} | {what} |\n")).collect();
    table(
        "docs/sandbox.md",
        "preloaded handshakes",
        &format!("| handshake | state | description |\n|---|---|---|\n{world}"),
    );
    let staying = rows(STAYING);
    table("docs/sandbox.md", "accounts that stay", &format!("| account | why |\n|---|---|\n{staying}"));
    let rate = |rate: Rate| format!("{}, {}", rate.per_second, rate.burst);
    let rates: String = RATES
        .iter()
        .map(|(name, rates)| {
            let organization = rates.organization.map(rate).unwrap_or_default();
            format!("| {name} | {} | {organization} |\n", rate(rates.account))
        })
        .collect();
    let head = "| operation | each account | each organization |\n|---|---|---|\n";
    table("docs/sandbox.md", "rates", &format!("{head}{rates}"));
    let set = rows(SET);
    table("docs/sandbox.md", "variables that are set", &format!("| variable | value |\n|---|---|\n{set}"));
    let names = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let removed: String = REMOVED.iter().map(|(all, why)| format!("| {} | {why} |\n", names(all))).collect();
    table("docs/sandbox.md", "variables that are removed", &format!("| removed | why |\n|---|---|\n{removed}"));
}
