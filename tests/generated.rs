//! Generated files are those that the code makes now: man pages, completions, and the tables of README.
//!
//! `ORGSHAKE_REGENERATE=1 cargo test --locked --test main generated` writes them.

use std::fs;
use std::path::Path;

use clap_complete::Shell;
use clap_mangen::Man;
use orgshake::cli;
use orgshake::error::EXIT_CODES;
use orgshake::model;
use orgshake::sandbox::world::PRELOADED;

/// Compares a file with what it should hold, or writes it.
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

/// The files of a directory, so that one that nobody makes any more is noticed.
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
    let mut root = cli::command().disable_help_subcommand(true);
    root.build();
    let mut names = Vec::new();
    let mut commands = vec![&root];
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands());
        let mut page = command.clone();
        if let Some(operation) = model::operation(command.get_name()) {
            page = page
                .long_about(format!("{}.\n\n{}", operation.about, operation.details))
                .after_help(format!("Example:\n  orgshake --sandbox {}", operation.example));
        }
        let name = format!("{}.1", page.get_display_name().unwrap_or_else(|| page.get_name()));
        let mut text = Vec::new();
        Man::new(page)
            .source(concat!("orgshake ", env!("CARGO_PKG_VERSION")))
            .render(&mut text)
            .expect("memory to write to");
        check(&format!("man/{name}"), &String::from_utf8(text).expect("text"));
        names.push(name);
    }
    only("man", &names);
}

#[test]
fn completions() {
    let mut names = Vec::new();
    for (shell, name) in [
        (Shell::Bash, "orgshake.bash"),
        (Shell::Zsh, "_orgshake"),
        (Shell::Fish, "orgshake.fish"),
        (Shell::Elvish, "orgshake.elv"),
        (Shell::PowerShell, "_orgshake.ps1"),
    ] {
        check(&format!("completions/{name}"), &cli::completion(shell));
        names.push(name.to_owned());
    }
    only("completions", &names);
}

/// Replaces, or compares, what stands in README between two marks.
fn readme_table(mark: &str, rows: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).expect("README.md");
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->"));
    let (before, rest) = readme.split_once(&open).unwrap_or_else(|| panic!("README.md has no mark {open}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("README.md has no mark {close}"));
    check("README.md", &format!("{before}{open}{rows}{close}{after}"));
}

#[test]
fn tables_of_readme() {
    let codes: String = EXIT_CODES.iter().map(|(code, when)| format!("| {code} | {when} |\n")).collect();
    readme_table("exit codes", &format!("| code | when |\n|---|---|\n{codes}"));
    let world: String = PRELOADED.iter().map(|(id, state, what)| format!("| `{id}` | {state} | {what} |\n")).collect();
    readme_table("preloaded handshakes", &format!("| handshake | state | what it is |\n|---|---|---|\n{world}"));
}
