//! Completion in a real bash on a terminal: completed names are never run, and the program gets them unchanged.

use std::fs;
use std::path::PathBuf;

use crate::support::run::{DEAD, Home};
use crate::support::terminal::Session;

/// Names with the special characters of a shell, each after a letter that tells it apart. A program `run` leaves a trace if
/// the shell runs it.
const NAMES: &[&str] = &[
    "a`run`",
    "b`run x`y",
    "c$(run x)",
    "d\"; run x; \"",
    "e'; run x; '",
    "f;run",
    "g&run&",
    "h|run",
    "i(run)",
    "j>run<",
    "k two words",
    "l\\ \\\\",
    "m!!run!r \"!'",
    "n~#",
    "o*?[a]",
    "p{a,b}",
    "q=a=b",
    "r:a:b",
    "s@a@b",
    "té日",
    "u$HOME${HOME}$",
    "v$'a'",
    "w%n^a^",
    "x'",
    "y\"",
    "z,--",
];

/// bash with the dynamic completion script, and the program as `orgshake` in its directory.
struct Bash {
    home: Home,
    session: Session,
    prompts: usize,
}

impl Bash {
    fn start(files: &[&str], config: &str) -> Bash {
        Bash::with("--dynamic", files, config)
    }

    /// bash with the script that `orgshake completion bash` prints with this option.
    fn with(option: &str, files: &[&str], config: &str) -> Bash {
        let home = Home::new();
        let program = env!("CARGO_BIN_EXE_orgshake");
        home.write("~/.aws/config", config);
        for file in files {
            home.write(file, "");
        }
        let own = home.path().display();
        home.write("~/bin/run", format!("#!/bin/sh\ntouch '{own}/ran'\n"));
        home.write(
            "~/bin/orgshake",
            format!(
                "#!/bin/sh\nif [ -n \"$ORGSHAKE_COMPLETE\" ] || [ \"$1\" = completion ]; then exec {program} \"$@\"; fi\n\
                 for word; do printf '%s\\0' \"$word\"; done >'{own}/words'\n"
            ),
        );
        // Ctrl-X d prints the line, once the keys before it are handled.
        home.write(
            "~/rc",
            format!(
                "PS1='$ '\nPROMPT_COMMAND='printf . >>~/prompts'\nunset HISTFILE\n\
                 bind 'set enable-bracketed-paste off'\nbind 'set completion-query-items 0'\n\
                 bind 'set page-completions off'\n\
                 bind -x '\"\\C-xd\": printf %s \"$READLINE_LINE\" >~/line.new; mv ~/line.new ~/line'\n\
                 source <(orgshake completion bash {option})\n"
            ),
        );
        let path = std::env::var("PATH").unwrap_or_default();
        let session = Session::start("bash", |command| {
            command
                .args(["--noprofile", "--rcfile"])
                .arg(home.path().join("rc"))
                .arg("-i")
                .current_dir(home.cwd())
                .env("HOME", home.path())
                .env("PATH", format!("{own}/bin:{path}"))
                .env("TERM", "xterm")
                .env("LC_ALL", "C.UTF-8")
                .env("AWS_EC2_METADATA_DISABLED", "true")
                .env("AWS_ENDPOINT_URL", DEAD);
        });
        let mut bash = Bash { home, session, prompts: 0 };
        bash.prompt();
        bash
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Waits for the next prompt.
    #[track_caller]
    fn prompt(&mut self) {
        self.prompts += 1;
        let (file, prompts) = (self.at("prompts"), self.prompts as u64);
        self.session.until("a prompt", || fs::metadata(&file).ok().filter(|file| file.len() >= prompts));
    }

    /// Types keys, and returns the resulting line.
    #[track_caller]
    fn line(&mut self, keys: &str) -> String {
        self.session.types(&format!("{keys}\u{18}d"));
        let file = self.at("line");
        let line = self.session.until("the line", || fs::read_to_string(&file).ok());
        fs::remove_file(file).expect("the line's file");
        line
    }

    /// Runs the line and returns the words that the program gets. Nothing else may run.
    #[track_caller]
    fn words(&mut self) -> Vec<String> {
        self.session.types("\r");
        self.prompt();
        assert!(!self.at("ran").exists(), "a name was run:\n{}", self.session.shown());
        let file = self.at("words");
        let words = fs::read_to_string(&file).unwrap_or_default();
        let _ = fs::remove_file(file);
        words.split_terminator('\0').map(str::to_owned).collect()
    }

    /// Returns the last word that the program gets after these keys.
    #[track_caller]
    fn last(&mut self, keys: &str) -> String {
        let line = self.line(keys);
        self.words().pop().unwrap_or_else(|| panic!("{line}: the program wasn't run"))
    }
}

/// Returns all names with a text before them.
fn named(before: &str) -> Vec<String> {
    NAMES.iter().map(|name| format!("{before}{name}")).collect()
}

#[test]
fn file_names_are_passed_unchanged_and_not_run() {
    let files = named("");
    let mut bash = Bash::start(&files.iter().map(String::as_str).collect::<Vec<_>>(), "");
    for name in NAMES {
        let letter: String = name.chars().take(1).collect();
        for quote in ["", "\"", "'"] {
            let typed = format!("orgshake accept-handshake --handshake-id {quote}file://{letter}\t");
            assert_eq!(bash.last(&typed), format!("file://{name}"), "{quote}");
        }
    }
}

#[test]
fn file_names_after_an_equals_sign_and_in_file_options_are_not_run() {
    let files = named("");
    let mut bash = Bash::start(&files.iter().map(String::as_str).collect::<Vec<_>>(), "");
    for name in &NAMES[..12] {
        let letter: String = name.chars().take(1).collect();
        for quote in ["", "\"", "'"] {
            let typed = format!("orgshake --ca-bundle={quote}{letter}\t");
            assert_eq!(bash.last(&typed), format!("--ca-bundle={name}"), "{quote}");
        }
    }
}

#[test]
fn the_static_script_offers_files_only_where_they_fit() {
    let mut bash = Bash::with("", &["h-file"], "");
    for (typed, line) in [
        ("--ca-bundle h-", "--ca-bundle h-file "),
        ("accept-handshake --ca-bundle h-", "accept-handshake --ca-bundle h-file "),
        ("sandbox exec -- cat h-", "sandbox exec -- cat h-file "),
        ("accept-handshake --handshake-id h-", "accept-handshake --handshake-id h-"),
        ("accept-handshake h-", "accept-handshake h-"),
        ("wait handshake-open --handshake-id ", "wait handshake-open --handshake-id "),
        ("--output tab", "--output table "),
        ("completion po", "completion powershell "),
        ("organizations acc", "organizations accept-handshake "),
        ("organizations accept-handshake --output ya\t-", "organizations accept-handshake --output yaml-stream "),
    ] {
        assert_eq!(bash.line(&format!("orgshake {typed}\t")), format!("orgshake {line}"));
        bash.session.types("\u{15}");
    }
}

#[test]
fn commands_come_before_options() {
    for option in ["", "--dynamic"] {
        let mut bash = Bash::with(option, &[], "");
        // Readline lists its candidates in columns, from top to bottom.
        bash.line("orgshake \t\t");
        // `--help` is the last one.
        let all = || Some(bash.session.shown()).filter(|shown| shown.contains("--help"));
        let shown = bash.session.until("the list", all);
        let at = |word: &str| shown.find(word).unwrap_or_else(|| panic!("{option} {word}: {shown}"));
        assert!(at("accept-handshake") < at("cancel-handshake") && at("cancel-handshake") < at("--version"), "{shown}");
    }
}

/// The static script leaves files to bash.
#[test]
fn the_static_script_does_not_run_names() {
    let files = named("");
    let mut bash = Bash::with("", &files.iter().map(String::as_str).collect::<Vec<_>>(), "");
    for name in NAMES.iter().filter(|name| !name.starts_with('m')) {
        let letter: String = name.chars().take(1).collect();
        for (option, quote) in
            [("--ca-bundle", ""), ("--ca-bundle", "\""), ("--ca-bundle", "'"), ("--sandbox-state", "")]
        {
            assert_eq!(bash.last(&format!("orgshake {option} {quote}{letter}\t")), *name, "{option} {quote}");
        }
    }
}

#[test]
fn profile_names_are_passed_unchanged_and_not_run() {
    // A possible secret on the line of a section is never offered.
    let names: Vec<_> = named("").into_iter().filter(|name| !name.contains(['=', ':', ']'])).collect();
    let config: String = names.iter().map(|name| format!("[profile {name}]\n")).collect();
    let mut bash = Bash::start(&[], &config);
    for name in &names {
        let letter: String = name.chars().take(1).collect();
        for quote in ["", "\"", "'"] {
            assert_eq!(bash.last(&format!("orgshake --profile {quote}{letter}\t")), *name, "{quote}");
        }
    }
}

#[test]
fn names_with_control_characters_are_not_offered() {
    let files = ["a\nrun", "b\u{1b}]0;x\u{7}", "c\u{7f}", "d\tx", "e\u{85}", "f\u{202e}x"];
    let mut bash = Bash::start(&files, "[profile a\u{1b}[31m]\n[profile b\u{202e}x]\n");
    let lines = ["--profile a", "--profile b", "--ca-bundle a", "--ca-bundle b", "--ca-bundle c", "--ca-bundle d"];
    for line in lines.iter().chain(&["--ca-bundle e", "--ca-bundle f", "--ca-bundle \"a", "--ca-bundle 'a"]) {
        assert_eq!(bash.line(&format!("orgshake {line}\t")), format!("orgshake {line}"));
        bash.session.types("\u{15}");
    }
}

#[test]
fn typed_text_is_not_changed() {
    let mut bash = Bash::start(&["one two/three four", "~/in home"], "");
    let home = bash.home.path().display().to_string();
    for (typed, line, word) in [
        ("--ca-bundle ~/in", "--ca-bundle ~/in\\ home ", format!("{home}/in home")),
        ("--ca-bundle $HOME/in", "--ca-bundle $HOME/in\\ home ", format!("{home}/in home")),
        ("--ca-bundle \"${HOME}/in", "--ca-bundle \"${HOME}/in home\" ", format!("{home}/in home")),
        ("--ca-bundle one\\ two/th", "--ca-bundle one\\ two/three\\ four ", "one two/three four".to_owned()),
        ("--ca-bundle 'one two'/th", "--ca-bundle 'one two'/three\\ four ", "one two/three four".to_owned()),
        (
            "invite-account-to-organization --target Id=juan@example.com,Type=E",
            "invite-account-to-organization --target Id=juan@example.com,Type=EMAIL ",
            "Id=juan@example.com,Type=EMAIL".to_owned(),
        ),
    ] {
        assert_eq!(bash.line(&format!("orgshake {typed}\t")), format!("orgshake {line}"));
        assert_eq!(bash.words().pop(), Some(word));
    }
}

#[test]
fn directories_are_completed_step_by_step() {
    let mut bash = Bash::start(&["Dir $x's/in `run`"], "");
    for quote in ["", "\"", "'"] {
        let typed = format!("orgshake accept-handshake --handshake-id {quote}file://D\ti\t");
        assert_eq!(bash.last(&typed), "file://Dir $x's/in `run`", "{quote}");
    }
}

#[test]
fn choices_are_offered_within_every_kind_of_quotes() {
    let files = ["t $a!x", "t $a!y", "t `run`'x", "t `run`'y", "t \"b", "t \"bc"];
    let mut bash = Bash::start(&files, "");
    for quote in ["", "\"", "'"] {
        for (step, name) in [("$", "t $a!x"), ("`", "t `run`'x")] {
            // If all of them need a backslash next, it is inserted already.
            let typed = format!("orgshake --ca-bundle {quote}t\t{step}\tx\t");
            assert_eq!(bash.last(&typed), name, "{quote}");
        }
    }
    // All at once (insert-completions).
    for quote in ["", "\"", "'"] {
        bash.line(&format!("orgshake --ca-bundle {quote}t\u{1b}*"));
        let mut words = bash.words();
        words.sort();
        let mut all: Vec<_> = files.iter().map(|file| (*file).to_owned()).chain(["--ca-bundle".to_owned()]).collect();
        all.sort();
        assert_eq!(words, all, "{quote}");
    }
}

#[test]
fn a_quote_after_the_cursor_is_not_doubled() {
    let mut bash = Bash::start(&["k two words", "x'"], "");
    for (quote, letter, name) in [("\"", "k", "k two words"), ("'", "k", "k two words"), ("'", "x", "x'")] {
        let typed = format!("orgshake --ca-bundle {quote}{letter}{quote}\u{2}\t");
        assert_eq!(bash.last(&typed), name);
    }
}

#[test]
fn text_without_a_match_is_not_changed() {
    let mut bash = Bash::start(&["a"], "");
    let sandbox = "orgshake --sandbox accept-handshake --handshake-id";
    for line in [
        format!("{sandbox} h-zzz"),
        format!("{sandbox} \"h-zzz"),
        format!("{sandbox}=h-zzz"),
        "orgshake --profile none".to_owned(),
        // bash expands these, so their value isn't known.
        "orgshake --ca-bundle $a".to_owned(),
        "orgshake --ca-bundle *".to_owned(),
        "orgshake --ca-bundle {a,".to_owned(),
    ] {
        assert_eq!(bash.line(&format!("{line}\t")), line);
        bash.session.types("\u{15}");
    }
    assert_eq!(bash.last(&format!("{sandbox} h-exampleh\t")), "h-examplehandshakeid111");
}

/// A `credential_process` that prompts on the terminal would read the keys typed after Tab.
#[test]
fn a_credential_process_does_not_read_typed_keys() {
    let mut bash = Bash::start(&[], "[default]\ncredential_process = keys\n");
    let started = bash.at("started");
    bash.home.write(
        "~/bin/keys",
        "#!/bin/sh\necho >~/started\nread -r line && echo \"$line\" >~/stolen1\necho 'Your code?' >/dev/tty\n\
         read -r line </dev/tty && echo \"$line\" >~/stolen2\n",
    );
    bash.session.types("orgshake accept-handshake --handshake-id \t");
    bash.session.until("the process", || started.exists().then_some(()));
    assert_eq!(bash.line("\u{15}orgshake 'a line'"), "orgshake 'a line'");
    assert_eq!(bash.words(), ["a line"]);
    assert_eq!(bash.last("orgshake another"), "another");
    for file in ["stolen1", "stolen2"] {
        assert!(!bash.at(file).exists(), "{file}");
    }
    assert!(!bash.session.shown().contains("code"), "{}", bash.session.shown());
}
