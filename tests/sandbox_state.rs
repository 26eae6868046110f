//! The sandbox's state file: when it and the files beside it are created, and which files are never changed.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::sandbox_server::Serving;
use crate::support::run::{Exit, HANDSHAKE, Home, Run, orgshake};

const ACCEPT: &[&str] =
    &["accept-handshake", "--handshake-id", HANDSHAKE, "--query", "Handshake.State", "--output", "text"];

/// Returns the names in a directory, sorted.
pub fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned()).collect();
    names.sort_unstable();
    names
}

fn on(file: &Path, args: &[&str]) -> Run {
    orgshake(["--sandbox", "--sandbox-state"]).arg(file).args(args)
}

const DESCRIBE: &[&str] =
    &["describe-handshake", "--handshake-id", HANDSHAKE, "--query", "Handshake.State", "--output", "text"];

#[test]
fn reading_creates_nothing_and_the_first_change_creates_the_file() {
    let home = Home::new();
    let file = home.cwd().join("world.json");
    let shown = orgshake(["sandbox", "show", "--state"]).arg(&file).run().success();
    assert!(shown.contains(HANDSHAKE), "{shown}");
    assert_eq!(on(&file, DESCRIBE).run().success(), "OPEN\n");
    on(&file, &["list-handshakes-for-organization", "--output", "off"]).run().success();
    let serving = Serving::start(&["--state", &file.to_string_lossy()]);
    assert_eq!(serving.state(), "OPEN");
    // Nor does a change that fails, or that a fault prevents.
    on(&file, &["cancel-handshake", "--handshake-id", "h-unknown1111"]).run().failure(254);
    on(&file, ACCEPT).env("ORGSHAKE_SANDBOX_FAULT", "throttle:3").run().failure(254);
    assert_eq!(names(&home.cwd()), [""; 0]);
    assert_eq!(on(&file, ACCEPT).run().success(), "ACCEPTED\n");
    assert_eq!(names(&home.cwd()), ["world.json", "world.json.lock"]);
    // A server that was started without the file notices its creation and its removal.
    assert_eq!(serving.state(), "ACCEPTED");
    fs::remove_file(&file).expect("a file");
    assert_eq!(serving.state(), "OPEN");
    assert_eq!(names(&home.cwd()), ["world.json.lock"]);
}

#[test]
fn a_state_file_can_be_read_in_a_read_only_directory() {
    let home = Home::new();
    home.write("read-only/x", "");
    let directory = home.cwd().join("read-only");
    let file = directory.join("world.json");
    on(&file, ACCEPT).run().success();
    fs::remove_file(directory.join("world.json.lock")).expect("a file");
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o555)).expect("a mode");
    assert_eq!(on(&file, DESCRIBE).run().success(), "ACCEPTED\n");
    assert_eq!(names(&directory), ["world.json", "x"]);
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).expect("a mode");
}

fn fifo(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()), "no FIFO could be made");
}

#[test]
fn only_a_regular_file_can_be_the_state_file() {
    let home = Home::new();
    let place = |name: &str| home.cwd().join(name);
    fifo(&place("fifo"));
    fs::create_dir(place("directory")).expect("a directory");
    symlink("gone", place("dangling")).expect("a link");
    symlink("/dev/zero", place("device")).expect("a link");
    symlink("loop", place("loop")).expect("a link");
    let there = names(&home.cwd());
    let other = "isn't a regular file";
    for (name, why) in [
        ("fifo", other),
        ("directory", other),
        ("device", other),
        ("/dev/zero", other),
        ("dangling", "it is a link to a file that isn't there"),
        ("loop", "symbolic links"),
    ] {
        for args in [DESCRIBE, ACCEPT] {
            let told = on(&place(name), args).run().failure(255);
            assert!(told.contains("cannot be used: ") && told.contains(why), "{name}: {told}");
        }
        let told = orgshake(["sandbox", "show", "--state"]).arg(place(name)).run().failure(255);
        assert!(told.contains(why), "{name}: {told}");
        assert_eq!(names(&home.cwd()), there, "{name}");
        assert!(!Path::new("/dev/zero.lock").exists());
    }
}

#[test]
fn a_link_to_a_state_file_stays_a_link() {
    let home = Home::new();
    let place = |name: &str| home.cwd().join(name);
    fs::create_dir(place("directory")).expect("a directory");
    let real = place("directory/world.json");
    on(&real, &["cancel-handshake", "--handshake-id", "h-exampleopen111"]).run().success();
    symlink("directory/world.json", place("link")).expect("a link");
    assert_eq!(on(&place("link"), ACCEPT).run().success(), "ACCEPTED\n");
    assert_eq!(on(&real, DESCRIBE).run().success(), "ACCEPTED\n");
    assert!(place("link").is_symlink());
    assert_eq!(names(&home.cwd()), ["directory", "link"]);
}

#[test]
fn the_lock_and_the_new_file_are_separate_regular_files() {
    for ending in ["lock", "new"] {
        let home = Home::new();
        let file = home.cwd().join("world.json");
        let beside = home.cwd().join(format!("world.json.{ending}"));
        home.write("victim", "victim");
        let victim = home.cwd().join("victim");
        fs::set_permissions(&victim, fs::Permissions::from_mode(0o644)).expect("a mode");
        let make: [(&str, &dyn Fn()); 4] = [
            ("link", &|| symlink("victim", &beside).expect("a link")),
            ("dangling", &|| symlink("gone", &beside).expect("a link")),
            ("fifo", &|| fifo(&beside)),
            ("directory", &|| fs::create_dir(&beside).expect("a directory")),
        ];
        for (what, make) in make {
            make();
            let found = fs::symlink_metadata(&beside).expect("it is there").ino();
            let there = names(&home.cwd());
            let outcome = on(&file, ACCEPT).run();
            let told = outcome.failure(255);
            assert!(told.contains(&format!("world.json.{ending}")), "{what}: {told}");
            assert_eq!(names(&home.cwd()), there, "{what}");
            assert_eq!(fs::symlink_metadata(&beside).expect("it is there").ino(), found, "{what}");
            assert_eq!(fs::read_to_string(&victim).expect("a file"), "victim");
            // A command that only reads doesn't touch it.
            assert_eq!(on(&file, DESCRIBE).run().success(), "OPEN\n");
            if fs::remove_file(&beside).is_err() {
                fs::remove_dir(&beside).expect("an empty directory");
            }
        }
        // The files of a killed writer cause no failure.
        fs::write(&beside, "half").expect("a file");
        on(&file, ACCEPT).run().success();
        assert_eq!(names(&home.cwd()), ["victim", "world.json", "world.json.lock"]);
    }
}

#[test]
fn a_full_disk_leaves_the_old_state() {
    let home = Home::new();
    let file = home.cwd().join("world.json");
    // A limit on the size of files, with its signal ignored: writing fails as on a full disk.
    let full = |home: &Home| {
        let limit = ["sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"];
        let outcome = on(&home.cwd().join("world.json"), ACCEPT).through(limit).run();
        let told = outcome.failure(255);
        assert!(told.contains("cannot be written"), "{told}");
    };
    full(&home);
    assert_eq!(names(&home.cwd()), [""; 0]);
    on(&file, &["cancel-handshake", "--handshake-id", "h-exampleopen111"]).run().success();
    let before = fs::read(&file).expect("a world");
    full(&home);
    assert_eq!(names(&home.cwd()), ["world.json", "world.json.lock"]);
    assert_eq!(fs::read(&file).expect("a world"), before);
    fs::remove_file(home.cwd().join("world.json.lock")).expect("a file");
    full(&home);
    assert_eq!(names(&home.cwd()), ["world.json"]);
    assert_eq!(on(&file, ACCEPT).run().success(), "ACCEPTED\n");
}

#[test]
fn failed_changes_do_not_remove_the_lock_of_another_process() {
    let home = Home::new();
    let file = home.cwd().join("world.json");
    let live = ["h-examplerequested111", "h-exampleopen111", "h-examplemember111", "h-exampletransfer111"];
    let outcomes: Vec<_> = thread::scope(|scope| {
        let cancel = |id| on(&file, &["cancel-handshake", "--handshake-id", id]).run().exit;
        let runs: Vec<_> =
            (0..6).map(|_| "h-unknown1111").chain(live).map(|id| scope.spawn(move || (id, cancel(id)))).collect();
        runs.into_iter().map(|run| run.join().expect("a run")).collect()
    });
    for (id, exit) in outcomes {
        assert_eq!(exit, Exit::Code(if id == "h-unknown1111" { 254 } else { 0 }), "{id}");
    }
    for id in live {
        let describe = ["describe-handshake", "--handshake-id", id, "--query", "Handshake.State", "--output", "text"];
        assert_eq!(on(&file, &describe).run().success(), "CANCELED\n", "{id}");
    }
}
