//! README tells the truth: its console examples are run, and print what it says they print.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::run::Home;

/// A command of a console block, and what README says it prints.
struct Example {
    command: String,
    printed: String,
}

fn examples(readme: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines() {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push(Example { command: command.to_owned(), printed: String::new() }),
                (None, Some(example)) => example.printed.push_str(&format!("{line}\n")),
                (None, None) => panic!("a console block begins with a command, not with {line:?}"),
            }
        }
    }
    examples
}

#[test]
fn console_examples_print_what_readme_says() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let examples = examples(&fs::read_to_string(readme).expect("README.md"));
    assert!(examples.len() >= 8, "README has lost its examples");
    let program = Path::new(env!("CARGO_BIN_EXE_orgshake")).parent().expect("the program is in a directory");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a PATH"));
    let home = Home::new();
    for Example { command, printed } in examples {
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}; }} 2>&1")])
            .current_dir(home.cwd())
            .env_clear()
            .env("PATH", &path)
            .env("HOME", home.path())
            .env("TZ", "UTC")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .output()
            .expect("a shell");
        let found = String::from_utf8(output.stdout).expect("text");
        assert_eq!(found.trim_end(), printed.trim_end(), "$ {command}");
    }
}
