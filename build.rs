//! Records the target and the commit of a build, which `--version` prints.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The sources of the program. The commit gets `-dirty` only if one of these has changed.
const SOURCES: [&str; 5] = ["src", "build.rs", "Cargo.toml", "Cargo.lock", ".cargo"];

fn main() {
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=ORGSHAKE_TARGET={target}");
    println!("cargo::rustc-env=ORGSHAKE_COMMIT={}", commit());
    println!("cargo::rerun-if-changed=build.rs");
}

fn is_debug() -> bool {
    env::var("PROFILE").is_ok_and(|profile| profile == "debug")
}

/// Returns the commit and its date, or why it is unknown. The date of the build would make builds irreproducible.
fn commit() -> String {
    // Otherwise every commit would cause a rebuild.
    if is_debug() {
        return "not recorded (debug build)".to_owned();
    }
    // `cargo package` writes this file into a crate's archive. It comes first, because the archive may be unpacked in
    // another project's repository.
    if let Ok(packaged) = fs::read_to_string(".cargo_vcs_info.json") {
        let dirty = if packaged.contains("\"dirty\": true") { "-dirty" } else { "" };
        let hash =
            packaged.split('"').find(|word| word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit()));
        return hash.map_or("unknown (crate archive)".to_owned(), |hash| format!("{}{dirty}", &hash[..12]));
    }
    if Path::new(".git").exists()
        && let Some(commit) =
            git(&["show", "--no-patch", "--no-show-signature", "--abbrev=12", "--format=%h %cs", "HEAD"])
        && let Some((hash, date)) = commit.split_once(' ')
    {
        for name in ["HEAD", "logs/HEAD"] {
            // Cargo would take a missing file for changed at every build.
            let file = git(&["rev-parse", "--git-path", name]).filter(|file| Path::new(file).exists());
            file.iter().for_each(|file| println!("cargo::rerun-if-changed={file}"));
        }
        let sources = SOURCES.into_iter().filter(|source| Path::new(source).exists());
        sources.for_each(|source| println!("cargo::rerun-if-changed={source}"));
        let changes = git(&[&["status", "--porcelain", "--"][..], &SOURCES].concat());
        let dirty = if changes.is_some_and(|changes| changes.is_empty()) { "" } else { "-dirty" };
        return format!("{hash}{dirty} ({date})");
    }
    "unknown (no git)".to_owned()
}

/// Returns the output of git, or nothing if git is missing or fails.
fn git(arguments: &[&str]) -> Option<String> {
    // In a hook, these variables name the hook's repository.
    let output = Command::new("git")
        .arg("--no-optional-locks")
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
