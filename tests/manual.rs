//! The manual and help: complete, current, and readable in 80 columns.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use orgshake::command;
use orgshake::error::EXIT_CODES;
use orgshake::explain::GROUPS;
use orgshake::manual::{self, Block, Page};
use orgshake::model::{OPERATIONS, Shape, Structure};
use orgshake::settings::{FILES, VARIABLES};

use crate::support::run::orgshake;

fn assert_has(text: &str, fragments: &[&str]) {
    for fragment in fragments {
        assert!(text.contains(fragment), "no {fragment:?} in:\n{text}");
    }
}

/// Returns every page with the words of its command.
fn pages() -> Vec<(Vec<String>, Page)> {
    let page = |words: Vec<String>| {
        let path: Vec<_> = words.iter().map(String::as_str).collect();
        manual::page(&path).map(|page| (words.clone(), page)).unwrap_or_else(|| panic!("{words:?} has no page"))
    };
    manual::all().into_iter().map(|words| page(words[1..].to_vec())).collect()
}

#[test]
fn every_page_has_exactly_the_options_of_its_command() {
    let mut root = command::command();
    root.build();
    for (words, page) in pages() {
        let command = words.iter().fold(&root, |command, word| command.find_subcommand(word).expect("a command"));
        // Only the program's own page has the global options.
        let is_global = |option: &Arg| {
            option.get_help_heading() == Some(command::GLOBAL_HEADING) || option.get_long() == Some("help")
        };
        let options = command.get_arguments().filter(|option| !option.is_hide_set());
        let options = options.filter(|option| words.is_empty() || !is_global(option));
        let known: BTreeSet<_> = options.filter_map(Arg::get_long).collect();
        let mut found = BTreeSet::new();
        for (heading, blocks) in &page.sections {
            let items = blocks.iter().filter(|_| heading.ends_with("OPTIONS"));
            for block in items {
                let Block::Item(tag, _) = block else { panic!("{}: {block:?}", page.name) };
                found.extend(tag.split('`').filter_map(|part| part.strip_prefix("--")));
            }
        }
        assert_eq!(found, known, "{}", page.name);
    }
}

#[test]
fn pages_fit_80_columns_and_have_no_markup_left() {
    for (_, page) in pages() {
        let text = manual::text(&page, 80, false);
        let parts = page.sections.iter().flat_map(|(_, blocks)| blocks);
        for block in parts {
            if let Block::Verbatim(lines) = block {
                assert!(lines.lines().all(|line| line.len() <= manual::WIDTH), "{}: {lines}", page.name);
            }
        }
        for line in text.lines() {
            // A URL can't be folded.
            let is_long = line.chars().count() > 80;
            assert!(!is_long || line.trim().starts_with("https://"), "{}: {line}", page.name);
        }
        assert!(!text.contains('`'), "{}", page.name);
        assert!(!text.lines().any(|line| line.ends_with(' ')), "{}", page.name);
    }
}

#[test]
fn help_fits_80_columns() {
    fn walk(command: &Command, words: &mut Vec<String>, told: &mut usize) {
        for sub in command.get_subcommands() {
            words.push(sub.get_name().to_owned());
            walk(sub, words, told);
            words.pop();
        }
        let help = orgshake(words.iter().map(String::as_str).chain(["--help"])).run().success();
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{words:?}: {line}");
        }
        if words.is_empty() {
            assert_has(&help, &["\nGlobal options:\n", "--endpoint-url <URL>"]);
        } else {
            assert!(help.ends_with("\nGlobal options: see orgshake(1)\n"), "{words:?}: {help}");
            assert!(!help.contains("--endpoint-url") && !help.contains("--sandbox-world"), "{words:?}: {help}");
        }
        assert!(help.contains("Example:") || command.get_subcommands().next().is_some(), "{words:?}: {help}");
        *told += 1;
    }
    let mut told = 0;
    walk(&command::command(), &mut Vec::new(), &mut told);
    assert!(told >= 15, "{told}");
}

#[test]
fn the_environment_decides_the_colour_of_help() {
    let is_coloured = |variables: &[(&'static str, &'static str)], words: &[&str]| {
        let run = orgshake(["--help"].iter().chain(words));
        let run = variables.iter().fold(run, |run, (name, value)| run.env(name, value));
        run.run().success().contains('\u{1b}')
    };
    assert!(!is_coloured(&[], &[]));
    assert!(is_coloured(&[], &["--color", "on"]));
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "off"]));
}

#[test]
fn every_value_of_the_model_has_a_meaning() {
    fn values(structure: &'static Structure, seen: &mut Vec<*const Structure>, found: &mut BTreeSet<&'static str>) {
        if seen.contains(&std::ptr::from_ref(structure)) {
            return;
        }
        seen.push(structure);
        for member in structure.members {
            let shape = if let Shape::List(of) = member.shape { of } else { member.shape };
            match shape {
                Shape::String { values, .. } => found.extend(*values),
                Shape::Structure(inner) => values(inner, seen, found),
                _ => {}
            }
        }
    }
    let (mut seen, mut found) = (Vec::new(), BTreeSet::new());
    for operation in OPERATIONS {
        values(operation.input, &mut seen, &mut found);
        values(operation.output, &mut seen, &mut found);
    }
    let meanings: Vec<_> = manual::MEANINGS.iter().flat_map(|(_, values)| *values).collect();
    let known: BTreeSet<_> = meanings.iter().map(|(value, _)| *value).collect();
    assert_eq!(known, found);
    assert_eq!(known.len(), meanings.len());
}

/// Returns the program's own sources.
fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { sources(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_variable_that_is_read_is_in_the_table() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let table: BTreeSet<_> = VARIABLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(table.len(), VARIABLES.len());
    let mut read = BTreeSet::new();
    // Variables that the sandbox sets and removes aren't read, nor are the names in the table and in tests.
    for file in files.iter().filter(|file| !file.ends_with("sandbox/serve/environment.rs")) {
        let text = fs::read_to_string(file).expect("a source");
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        // Variables of the build.
        let text = &text.replace("env!(\"", "env!(");
        let text = match text.split_once("VARIABLES: &[(&str, &str)]") {
            Some((before, after)) => format!("{before}{}", after.split_once("\n];").expect("its end").1),
            None => text.to_owned(),
        };
        for word in text.split('"').filter(|word| word.starts_with("AWS_") || word.starts_with("ORGSHAKE_")) {
            if word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') && !word.ends_with('_') {
                read.insert(word.to_owned());
            }
        }
    }
    let missing: Vec<_> = read.iter().filter(|name| !table.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "not in config::VARIABLES: {missing:?}");
    let own = table.iter().filter(|name| name.starts_with("AWS_") || name.starts_with("ORGSHAKE_"));
    // The SDK reads these by itself.
    let unread: Vec<_> = own.filter(|name| !read.contains(**name) && !name.starts_with("AWS_CONTAINER_")).collect();
    assert!(unread.is_empty(), "in config::VARIABLES, but not read: {unread:?}");
    assert!(FILES.iter().all(|(path, _)| path.starts_with("~/")));
}

#[test]
fn a_page_has_all_its_parts() {
    let told = orgshake(["cancel-handshake", "help"]).run().success();
    assert_has(
        &told,
        &[
            "NAME\n    orgshake-cancel-handshake - cancel a handshake",
            "\nSYNOPSIS\n",
            "[--handshake-id ID]\n",
            "[--generate-cli-skeleton [KIND]]",
            "\n    Handshake (structure)\n",
            "PARENT_HANDSHAKE",
            "\n    HandshakeAlreadyInStateException\n        The handshake has already been canceled.\n",
            "orgshake-accept-handshake(1)",
        ],
    );
}

#[test]
fn the_program_page_has_what_all_commands_share() {
    let told = orgshake(["help"]).run().success();
    let shared = [
        "\nGLOBAL OPTIONS\n",
        "\nMANY CALLS\n",
        "\nVALUES\n",
        "\nEXIT STATUS\n",
        "\nENVIRONMENT\n",
        "AWS_ACCESS_KEY_ID\n",
        "\nFILES\n",
        "~/.aws/config\n",
    ];
    assert_has(&told, &shared);
    for (code, when) in EXIT_CODES {
        assert!(told.contains(&format!("\n    {code:<3} {}", &when[..20.min(when.len())])), "{code}: {told}");
    }
    for (words, page) in pages().iter().filter(|(words, _)| !words.is_empty()) {
        let text = manual::text(page, 80, false);
        let repeated = shared.iter().find(|fragment| text.contains(**fragment));
        assert_eq!(repeated, None, "{words:?}");
        assert!(text.contains("orgshake(1) has what all commands share"), "{words:?}");
    }
}

#[test]
fn a_command_page_can_be_read_in_one_sitting() {
    for (words, page) in pages().iter().filter(|(words, _)| !words.is_empty()) {
        let longest = if words == &["completion"] { 60 } else { 350 };
        let lines = manual::text(page, 80, false).lines().count();
        assert!(lines <= longest, "{words:?}: {lines} lines");
    }
}

#[test]
fn help_says_which_values_and_ids_are_possible() {
    let told = |words: [&str; 2]| {
        let told = orgshake(words).run().success();
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_has(&told(["invite-organization-to-transfer-responsibility", "--help"]), &["--type <BILLING>"]);
    let required = "[required, unless options below choose a handshake]";
    let help = told(["accept-handshake", "--help"]);
    assert_has(
        &help,
        &["[--handshake-id <ID>]", "- to read one or several from stdin", required, "ARN with {account} in"],
    );
    assert_has(&told(["accept-handshake", "help"]), &["[--handshake-id ID]", required, "ARN with {account} in"]);
}

#[test]
fn every_exception_and_reason_is_in_the_pages() {
    let mut all = String::new();
    for (words, page) in pages() {
        let text = manual::text(&page, 80, false);
        let operation = OPERATIONS.iter().find(|operation| words == [operation.command]);
        for code in operation.iter().flat_map(|operation| operation.exceptions) {
            assert!(text.contains(&format!("\n    {code}\n")), "{}: {code}", page.name);
        }
        all.push_str(&text);
    }
    for group in GROUPS {
        assert!(group.codes.iter().all(|code| all.contains(code)), "{:?}", group.codes);
        // A text that only a message selects may be missing from an operation's page if another one comes first.
        for text in group.texts.iter().filter(|text| !text.when.is_empty()) {
            assert!(all.contains(text.when), "{}", text.when);
        }
    }
}

#[test]
fn examples_are_valid_command_lines() {
    for (_, page) in pages() {
        let (_, blocks) = page.sections.iter().find(|(heading, _)| *heading == "EXAMPLES").expect("examples");
        assert!(blocks.iter().any(|block| matches!(block, Block::Verbatim(_))), "{}", page.name);
        for block in blocks {
            let Block::Verbatim(lines) = block else { continue };
            for words in lines.replace("\\\n", "").split(['|', '\n', ';', '&']).map(words) {
                if words.first().is_some_and(|word| word == "orgshake") {
                    assert!(command::parse(words[1..].to_vec(), false, None).is_ok(), "{}: {lines}", page.name);
                }
            }
        }
    }
}

/// Returns the words of a command line up to a redirection, without quotes.
fn words(line: &str) -> Vec<String> {
    let mut quote = None;
    let mut words = vec![String::new()];
    for c in line.chars() {
        match c {
            c if quote == Some(c) => quote = None,
            '\'' | '"' if quote.is_none() => quote = Some(c),
            '>' if quote.is_none() => {
                // The number of a stream.
                words.pop_if(|word| word.parse::<u8>().is_ok());
                break;
            }
            ' ' if quote.is_none() => words.push(String::new()),
            c => words.last_mut().expect("a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn a_page_is_bold_on_a_terminal_with_colour() {
    let told = orgshake(["accept-handshake", "help", "--color", "on"]).run().success();
    assert!(told.starts_with("\u{1b}[1mNAME\u{1b}[22m\n"), "{told}");
    assert_eq!(told.matches("\u{1b}[1m").count(), told.matches("\u{1b}[22m").count());
}

#[test]
fn auto_prompt_prints_a_warning() {
    let words = ["--sandbox", "list-handshakes-for-account", "--cli-auto-prompt", "--output", "off"];
    let outcome = orgshake(words).run();
    outcome.stderr_is("orgshake: [WARNING]: --cli-auto-prompt has no effect: orgshake does not prompt; see --help\n");
}
