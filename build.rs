//! What `--version` tells of a build and only the build knows: the target, and the commit that it was made from. And how it is linked.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the program is made from: a change here and nowhere else makes the commit a `-dirty` one.
const SOURCES: [&str; 7] = ["src", "completions", "link", "build.rs", "Cargo.toml", "Cargo.lock", ".cargo"];

/// Where functions lie: those that run together side by side (`link/order.py`).
const ORDER: &str = "link/order.ld";

fn main() {
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=ORGSHAKE_TARGET={target}");
    println!("cargo::rustc-env=ORGSHAKE_COMMIT={}", commit());
    // The unwinder from GCC's archive: libgcc_s is a library less to find, map and search, 0.1 ms.
    if target.ends_with("-linux-gnu") && !is_static() && has_library("libgcc_eh.a") {
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
    // Strewn over the program, the 190 KB that a start takes are 38 pieces of 64 KiB to map: a third of its time, and of its memory more.
    if target.contains("-linux-") && !is_debug() && takes(ORDER) {
        let directory = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo::rustc-link-arg-bins=-T");
        println!("cargo::rustc-link-arg-bins={directory}/{ORDER}");
    }
    println!("cargo::rerun-if-changed={ORDER}");
    let variable = target.to_uppercase().replace('-', "_");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_{variable}_LINKER");
    println!("cargo::rerun-if-changed=build.rs");
}

/// Whether the program is to be wholly static (`-C target-feature=+crt-static`).
fn is_static() -> bool {
    env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|all| all.split(',').any(|one| one == "crt-static"))
}

fn is_debug() -> bool {
    env::var("PROFILE").is_ok_and(|profile| profile == "debug")
}

/// What RUSTFLAGS and the configuration set for code generation (`-C`), without the `-C`.
fn codegen_options() -> Vec<String> {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    flags.split('\x1f').map(|flag| flag.strip_prefix("-C").unwrap_or(flag).trim_start().to_owned()).collect()
}

/// The linker, through the compiler that calls it.
fn linker() -> Command {
    let options = codegen_options();
    let given = options.iter().rev().find_map(|option| option.strip_prefix("linker=")).map(OsString::from);
    Command::new(given.or_else(|| env::var_os("RUSTC_LINKER")).unwrap_or_else(|| "cc".into()))
}

/// Whether the linker takes this script: GNU's and LLVM's do, others don't. It links a function and a text with it, by the options that are set for it.
fn takes(script: &str) -> bool {
    let directory = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let source = directory.join("probe.c");
    if fs::write(&source, "const char *probe(void) { return \"probe\"; }\n").is_err() {
        return false;
    }
    let mut command = linker();
    for option in codegen_options() {
        if let Some(one) = option.strip_prefix("link-arg=") {
            command.arg(one);
        } else if let Some(several) = option.strip_prefix("link-args=") {
            command.args(several.split_whitespace());
        }
    }
    command.args(["-shared", "-nostdlib", "-T", script, "-o"]).args([directory.join("probe.so"), source]);
    command.output().is_ok_and(|output| output.status.success())
}

/// Whether the linker knows where this library is: not every compiler comes with GCC's, and a bare linker can't tell.
fn has_library(name: &str) -> bool {
    let told = linker().arg(format!("-print-file-name={name}")).output();
    // What it doesn't find, it repeats.
    told.is_ok_and(|told| Path::new(String::from_utf8_lossy(&told.stdout).trim()).is_absolute())
}

/// The commit and its date, or why there is none: a date of the build itself would make every build another one.
fn commit() -> String {
    // A development build would have to be made anew after every commit.
    if is_debug() {
        return "not recorded (debug build)".to_owned();
    }
    // `cargo package` leaves this in a crate's archive. It comes first: an archive may lie in a repository of another project.
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
            // What isn't there counts as changed at every build.
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

/// What git prints; nothing where there is no git, or it refuses.
fn git(arguments: &[&str]) -> Option<String> {
    // In a hook these name the repository of the hook.
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
