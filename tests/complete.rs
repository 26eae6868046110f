//! Completion by the program: its candidates, and the things it must not touch. `tests/bash.rs` and
//! `tests/interop/completions.py` use it from real shells.

use serde_json::json;

use orgshake::sandbox::keep::preloaded::PRELOADED;

use crate::support::run::{DEAD, Exit, Run, orgshake};
use crate::support::server::Step;

/// Runs the completion as fish does for this line, with the cursor at its last word.
fn asked(line: &[&'static str]) -> Run {
    orgshake(["--", "orgshake"].iter().chain(line)).env("ORGSHAKE_COMPLETE", "fish")
}

/// Returns the candidates for a line, without descriptions.
fn candidates(line: &[&'static str]) -> Vec<String> {
    let told = asked(line).run().success();
    told.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

const ACCEPT: [&str; 3] = ["--sandbox", "accept-handshake", "--handshake-id"];

#[test]
fn ids_come_from_the_service_with_descriptions() {
    let line = ["--sandbox", "cancel-handshake", "--handshake-id", "h-exampleo"];
    let told = asked(&line).run().success();
    assert!(told.starts_with("h-exampleopen111\to-exampleorgid 444444444444 INVITE OPEN until 20"), "{told}");
    assert_eq!(
        candidates(&["--sandbox", "cancel-handshake", "--handshake-id=h-exampleo"]),
        ["--handshake-id=h-exampleopen111"]
    );
    let line = ["--sandbox", "wait", "handshake-declined", "--interval", "1s", "--handshake-id", "h-exampleo"];
    assert_eq!(candidates(&line), ["h-exampleopen111"]);
    let line = ["organizations", "cancel-handshake", "--sandbox", "--handshake-id", "h-exampleopen"];
    assert_eq!(candidates(&line), ["h-exampleopen111"]);
}

/// The sandbox lets the account act that an id is for.
#[test]
fn the_sandbox_offers_every_id_that_works() {
    let works = |command: &'static str, id: &str| {
        orgshake(["--sandbox", command, "--handshake-id", id]).run().exit == Exit::Code(0)
    };
    for command in ["accept-handshake", "cancel-handshake", "decline-handshake", "describe-handshake"] {
        let offered = candidates(&["--sandbox", command, "--handshake-id", ""]);
        for (id, ..) in PRELOADED {
            assert!(!works(command, id) || offered.iter().any(|one| one == id), "{command} {id}: {offered:?}");
        }
        let all = offered.len() == PRELOADED.len();
        assert_eq!(all, command == "describe-handshake", "{command}: {offered:?}");
    }
    // A caller that is named sees only its own.
    let line = ["--sandbox", "accept-handshake", "--handshake-id", ""];
    let told = asked(&line).env("AWS_ACCESS_KEY_ID", "444444444444").env("AWS_SECRET_ACCESS_KEY", "sandbox").run();
    assert!(told.success().starts_with("h-exampleopen111\t") && told.success().lines().count() == 1);
}

#[test]
fn a_failure_prints_nothing() {
    let line = ["accept-handshake", "--endpoint-url", DEAD, "--handshake-id", ""];
    assert_eq!(asked(&line).run().success(), "");
    let line = ["accept-handshake", "--profile", "gone", "--handshake-id", ""];
    let outcome = asked(&line).run();
    assert_eq!(outcome.success(), "");
    outcome.sent_nothing();
    let line = ["accept-handshake", "--no-such-option", "--handshake-id", ""];
    assert_eq!(asked(&line).run().success(), "");
}

/// fish doesn't quote a leading tilde, and expands it to a home directory.
#[test]
fn fish_gets_no_name_that_starts_with_a_tilde() {
    let run = |typed| asked(&["--ca-bundle", typed]).file("~root", "").file("other", "").file("~/mine", "").run();
    assert_eq!(run("").success(), "other\n");
    assert!(run("~/").success().contains("~/mine\n"));
}

/// Readline expands only the word at the cursor.
#[test]
fn an_option_that_bash_expands_is_not_used() {
    let asked = |word: &str| {
        let line = format!("orgshake accept-handshake {word} --handshake-id ");
        let run = orgshake(["--", &line, "", ""]).env("ORGSHAKE_COMPLETE", "bash");
        let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
        run.file("~/.aws/config", format!("[profile dev]\n{keys}")).run()
    };
    assert_eq!(asked("--profile dev").requests.len(), 1);
    for word in ["dev${P}", "dev$(x)", "dev`x`", "\"dev${P}\"", "${P}dev", "$(x y)dev"] {
        let outcome = asked(&format!("--profile {word}"));
        assert_eq!(outcome.success(), "\n\n", "{word}");
        outcome.sent_nothing();
    }
    asked("--no-sign-request${P}").sent_nothing();
}

#[test]
fn a_role_with_mfa_causes_no_prompt_and_no_request() {
    let config = "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/x\nsource_profile = keys\n\
                  mfa_serial = arn:aws:iam::111111111111:mfa/juan\n\
                  [profile keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
    let line = ["accept-handshake", "--profile", "role", "--handshake-id", ""];
    let outcome = asked(&line).file("~/.aws/config", config).run();
    assert_eq!(outcome.success(), "");
    outcome.sent_nothing();
}

#[test]
fn completion_creates_no_state_file() {
    let line: Vec<_> = ["--sandbox-state", "world.json"].into_iter().chain(ACCEPT).chain([""]).collect();
    assert_eq!(candidates(&line), [""; 0]);
}

#[test]
fn values_come_from_the_model_the_configuration_and_the_directory() {
    assert_eq!(candidates(&["list-handshakes-for-account", "--filter", "ActionType=INV"]), ["ActionType=INVITE"]);
    let target = ["invite-account-to-organization", "--target", "Id=juan@example.com,"];
    assert_eq!(candidates(&target), ["Id=juan@example.com,Type="]);
    assert_eq!(candidates(&["--region", "us-gov-w"]), ["us-gov-west-1"]);
    let profiles = asked(&["--profile", ""]).file("~/.aws/config", "[profile a b]\n[profile c]\n");
    assert_eq!(profiles.run().success(), "a b\nc\n");
    let files = asked(&["accept-handshake", "--handshake-id", "file://i"]).file("id.txt", "");
    assert_eq!(files.run().success(), "file://id.txt\n");
}

#[cfg(unix)]
#[test]
fn the_command_of_the_sandbox_is_a_program_with_files() {
    use std::os::unix::fs::PermissionsExt;
    let tools = tempfile::tempdir().expect("a directory");
    for (name, mode) in [("tool-run", 0o755), ("tool-text", 0o644)] {
        std::fs::write(tools.path().join(name), "").expect("a file");
        std::fs::set_permissions(tools.path().join(name), PermissionsExt::from_mode(mode)).expect("a file of our own");
    }
    let run = |words: &[&'static str]| {
        let line = [&["sandbox", "exec", "--"], words].concat();
        asked(&line).env("PATH", tools.path()).file("script.sh", "").file("text", "").run().success()
    };
    assert_eq!(run(&["tool-"]), "tool-run\n");
    assert_eq!(run(&[""]), "");
    assert_eq!(run(&["./s"]), "./script.sh\n");
    assert_eq!(run(&["tool-run", "t"]), "text\n");
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = orgshake(["completion", shell, "--dynamic"]).run().success();
        assert!(script.contains("ORGSHAKE_COMPLETE"), "{shell}: {script}");
        assert_ne!(script, orgshake(["completion", shell]).run().success());
    }
}

#[test]
fn names_with_line_ends_or_control_characters_are_not_offered() {
    let profiles =
        asked(&["--profile", ""]).file("~/.aws/config", "[profile a]\n[profile b\u{1b}[2J]\n[profile c\u{202e}]\n");
    assert_eq!(profiles.run().success(), "a\n");
    #[cfg(unix)]
    {
        let files = ["f", "f\ng", "f\th", "f\u{1b}[2J", "f\u{9b}", "f\u{2067}"];
        let run = asked(&["accept-handshake", "--handshake-id", "file://f"]);
        let run = files.iter().fold(run, |run, file| run.file(file, ""));
        assert_eq!(run.run().success(), "file://f\n");
    }
}

#[test]
fn a_description_is_one_line_without_control_characters() {
    let handshake = json!({
        "Id": "h-examplehandshakeid111",
        "Parties": [{"Id": "a\tb\nh-examplehandshakeid222\u{1b}[2J\u{202e}c", "Type": "EMAIL"}],
        "Action": "x".repeat(1000),
        "State": "OPEN",
    });
    let run =
        asked(&["accept-handshake", "--handshake-id", ""]).script([Step::json(&json!({"Handshakes": [handshake]}))]);
    let told = run.run().success();
    let begins = "h-examplehandshakeid111\ta\\u{9}b\\u{a}h-examplehandshakeid222\\u{1b}[2J\\u{202e}c xxx";
    assert!(told.starts_with(begins), "{told:?}");
    assert!(told.len() < 300 && told.find('\n') == Some(told.len() - 1), "{told:?}");
}

/// The cache's directory and files may have been created by other users.
#[cfg(unix)]
mod cache {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, chown, symlink};
    use std::path::{Path, PathBuf};

    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use serde_json::json;
    use tempfile::TempDir;

    use super::asked;
    use crate::support::server::{Server, Step};

    /// The id that the service lists, and the one in the cache.
    const LISTED: &str = "h-listedhandshake";
    const KEPT: &str = "h-kepthandshake";

    struct Place {
        base: TempDir,
        service: Server,
    }

    impl Place {
        /// A cache after one request to the service.
        fn new() -> Place {
            let handshake = json!({"Id": LISTED, "Parties": [], "Action": "INVITE", "State": "OPEN"});
            let service = Server::script([Step::json(&json!({"Handshakes": [handshake]}))]);
            let place = Place { base: tempfile::tempdir().expect("a directory"), service };
            place.is_told(LISTED);
            place
        }

        #[track_caller]
        fn is_told(&self, id: &str) {
            let run = asked(&["accept-handshake", "--handshake-id", ""]).env("XDG_CACHE_HOME", self.base.path());
            let told = run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", self.service.url()).run().success();
            assert_eq!(told.split('\t').next(), Some(id), "{told}");
        }

        fn directory(&self) -> PathBuf {
            self.base.path().join("orgshake")
        }

        fn file(&self) -> PathBuf {
            let files: Vec<_> = fs::read_dir(self.directory()).expect("a directory").collect();
            assert_eq!(files.len(), 1, "{files:?}");
            files.into_iter().flatten().next().expect("a file").path()
        }

        /// Puts another handshake into the file.
        fn keep(&self, id: &str) {
            fs::write(self.file(), json!([[id, "INVITE OPEN"]]).to_string()).expect("a file of our own");
        }
    }

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).expect("a file").permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("a file of our own");
    }

    #[test]
    fn it_is_private_and_used() {
        let place = Place::new();
        assert_eq!((mode(&place.directory()), mode(&place.file())), (0o700, 0o600));
        place.keep(KEPT);
        place.is_told(KEPT);
    }

    #[test]
    fn a_directory_that_others_can_write_is_not_used() {
        let place = Place::new();
        let (directory, file) = (place.directory(), place.file());
        let is_left_alone = || {
            place.keep(KEPT);
            let before = fs::read(&file).expect("a file");
            place.is_told(LISTED);
            assert_eq!(fs::read(place.file()).expect("a file"), before);
        };
        for open in [0o755, 0o770, 0o701, 0o777] {
            set_mode(&directory, open);
            is_left_alone();
        }
        set_mode(&directory, 0o700);
        // Only root can read files of another user.
        if chown(&directory, Some(1), None).is_ok() {
            is_left_alone();
            chown(&directory, Some(0), None).expect("root's again");
        }
        let elsewhere = place.base.path().join("elsewhere");
        fs::rename(&directory, &elsewhere).and_then(|()| symlink(&elsewhere, &directory)).expect("a link");
        is_left_alone();
    }

    #[test]
    fn a_file_that_others_can_write_is_not_read() {
        let place = Place::new();
        for open in [0o644, 0o620, 0o602] {
            place.keep(KEPT);
            set_mode(&place.file(), open);
            place.is_told(LISTED);
            assert_eq!(mode(&place.file()), 0o600, "it was written anew");
        }
        if chown(place.file(), Some(1), None).is_ok() {
            place.keep(KEPT);
            place.is_told(LISTED);
        }
        let (file, elsewhere) = (place.file(), place.base.path().join("elsewhere"));
        place.keep(KEPT);
        let before = fs::read(&file).expect("a file");
        fs::rename(&file, &elsewhere).and_then(|()| symlink(&elsewhere, &file)).expect("a link");
        place.is_told(LISTED);
        assert_eq!(fs::read(&elsewhere).expect("a file"), before, "the link was not followed");
        fs::remove_file(&file).expect("a file of our own");
        mknodat(CWD, &file, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        place.is_told(LISTED);
    }

    #[test]
    fn entries_that_are_not_ids_are_ignored() {
        let place = Place::new();
        for id in ["h-kepthandshake;run", "$(run)", "", "h-kept", "h-kepthandshake\nx"] {
            place.keep(id);
            place.is_told(LISTED);
        }
        fs::write(place.file(), json!([[KEPT, "a\u{1b}[2Jb"]]).to_string()).expect("a file of our own");
        place.is_told(LISTED);
    }
}

/// `credential_process` during completion.
#[cfg(target_os = "linux")]
mod process {
    use std::fs;
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, Signal, kill_process};
    use tempfile::TempDir;

    use super::asked;
    use crate::support::machine::patience;
    use crate::support::run::{Exit, Run};
    use crate::support::server::{Server, Step};

    const LINE: [&str; 3] = ["accept-handshake", "--handshake-id", ""];

    /// A program that is the credential_process of the default profile, in its own directory.
    struct Program(TempDir);

    impl Program {
        fn new(script: &str) -> Program {
            let directory = tempfile::tempdir().expect("a directory");
            let path = directory.path().display();
            let script = format!("cd {path}\n{script}\n");
            fs::write(directory.path().join("script"), script).expect("a file");
            let config = format!("[default]\ncredential_process = sh {path}/script\n");
            fs::write(directory.path().join("config"), config).expect("a file");
            Program(directory)
        }

        fn used_by(&self, run: Run) -> Run {
            let run = run.env("AWS_CONFIG_FILE", self.0.path().join("config"));
            run.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY")
        }

        fn wrote(&self, name: &str) -> String {
            let written = || fs::read_to_string(self.0.path().join(name)).ok().filter(|text| text.ends_with('\n'));
            until(name, written)
        }
    }

    #[track_caller]
    fn until<T>(what: &str, found: impl Fn() -> Option<T>) -> T {
        let end = Instant::now() + patience();
        loop {
            if let Some(found) = found() {
                return found;
            }
            assert!(Instant::now() < end, "{what}: it doesn't come");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for the end of a process. A zombie has ended, too.
    #[track_caller]
    fn ends(process: &str) {
        let ended = || match fs::read_to_string(format!("/proc/{}/stat", process.trim())) {
            Ok(stat) => stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z')).then_some(()),
            Err(_) => Some(()),
        };
        until("the end of a process", ended);
    }

    /// Writes its process id and its child's to files, and keeps running.
    const STAYS: &str = "cat >stdin; echo >>stdin\nsleep 1000 & echo $! >child\necho $$ >process\nwait";

    #[test]
    fn its_credentials_are_used() {
        let program = Program::new(r#"echo '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "s"}'"#);
        let service = Server::script([Step::bytes(
            r#"{"Handshakes": [{"Id": "h-examplehandshakeid111", "State": "OPEN", "Parties": []}]}"#,
        )]);
        let told = program.used_by(asked(&LINE)).server(service).run().success();
        assert!(told.starts_with("h-examplehandshakeid111\t"), "{told}");
    }

    #[test]
    fn it_gets_no_stdin_and_ends_with_the_completion() {
        let program = Program::new(STAYS);
        let outcome = program.used_by(asked(&LINE)).stdin("typed ahead\n").run();
        assert_eq!(outcome.success(), "");
        outcome.sent_nothing();
        assert_eq!(program.wrote("stdin"), "\n");
        ends(&program.wrote("process"));
        ends(&program.wrote("child"));
    }

    #[test]
    fn it_ends_when_a_signal_ends_the_completion() {
        for (signal, number) in [(Signal::INT, 2), (Signal::TERM, 15), (Signal::HUP, 1)] {
            let program = Program::new(STAYS);
            // Tests that run in the background ignore SIGINT.
            let mut command = Command::new("env");
            command.args(["--default-signal", env!("CARGO_BIN_EXE_orgshake"), "--", "orgshake"]).args(LINE);
            command.env_clear().env("HOME", program.0.path()).env("ORGSHAKE_COMPLETE", "fish");
            command.env("AWS_CONFIG_FILE", program.0.path().join("config")).env("AWS_EC2_METADATA_DISABLED", "true");
            command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("AWS_ENDPOINT_URL", super::DEAD);
            let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the program starts");
            let (process, grandchild) = (program.wrote("process"), program.wrote("child"));
            kill_process(Pid::from_child(&child), signal).expect("it runs");
            let status = child.wait().expect("it ends");
            // The program may have ended by itself after its time limit.
            assert!([Exit::Signal(number), Exit::Code(0)].contains(&status.into()), "{status}");
            ends(&process);
            ends(&grandchild);
        }
    }
}
