//! The sources of the program's dependencies.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Returns the directory of a package's source, in the version of Cargo.lock.
pub fn source_of(package: &str) -> PathBuf {
    // Only the packages for this platform are sure to be downloaded.
    let host = output(Command::new("rustc").args(["--print", "host-tuple"]));
    let metadata = output(
        Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host.trim()])
            .current_dir(env!("CARGO_MANIFEST_DIR")),
    );
    let metadata: Value = serde_json::from_str(&metadata).expect("cargo metadata writes JSON");
    let packages = metadata["packages"].as_array().expect("cargo metadata lists packages");
    let found = packages.iter().find(|known| known["name"] == package);
    let found = found.unwrap_or_else(|| panic!("the program isn't built from {package}"));
    let manifest = found["manifest_path"].as_str().expect("a package has a manifest");
    Path::new(manifest).parent().expect("a manifest has a directory").to_owned()
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
