//! README is correct: its console examples print the output that it shows.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::run::Home;

/// A command of a console block, and the output that README shows.
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

/// Creates a shell command in this home, with the program on its PATH.
fn shell(home: &Home, command: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_orgshake")).parent().expect("the program is in a directory");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command])
        .current_dir(home.cwd())
        .env_clear()
        .env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").expect("a PATH")))
        .env("HOME", home.path())
        .env("TZ", "UTC")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    shell
}

/// Returns the block of code after a mark.
fn marked<'a>(readme: &'a str, mark: &str) -> &'a str {
    let (_, rest) = readme.split_once(&format!("<!-- {mark} -->\n```")).unwrap_or_else(|| panic!("no mark {mark}"));
    let (_, rest) = rest.split_once('\n').expect("a block begins in a line of its own");
    rest.split("```").next().unwrap_or_default()
}

#[cfg(unix)]
#[test]
fn the_script_moves_an_account_despite_any_failure() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let command = marked(&readme, "move");
    assert!(command.contains("--fault lost-response"), "{command}");
    for faults in
        ["--fault lost-response", "--fault concurrent-modification --fault lost-response", "--fault throttle:2"]
    {
        let home = Home::new();
        home.write("profiles", marked(&readme, "profiles"));
        home.write("move.sh", marked(&readme, "after"));
        let command = command.replace("--fault lost-response", faults);
        let output = shell(&home, &command).env("ORGSHAKE_SANDBOX_STATE", "world.json").output().expect("a shell");
        assert!(output.status.success(), "{faults}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "666666666666 has moved\n", "{faults}");
        let members = "orgshake sandbox show --state world.json --output text \
                       --query \"Organizations[?Id=='o-exampleotherorg'].Accounts[].Id\"";
        let output = shell(&home, members).output().expect("a shell");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "101010101010\t666666666666\t999999999999\n", "{faults}");
    }
}

#[cfg(unix)]
#[test]
fn a_shell_can_wait_for_the_sandbox_and_leave_it() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let home = Home::new();
    // A file of an earlier run is not taken for the new one.
    home.write("sandbox.env", "echo stale\n");
    let script = format!("{}echo ${{AWS_ENDPOINT_URL-left}}", marked(&readme, "serve"));
    let output = shell(&home, &script).output().expect("a shell");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "\"OPEN\"\nleft\n", "{output:?}");
    home.write("world.json", "damaged");
    let output = shell(&home, &script).output().expect("a shell");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "left\n", "{output:?}");
}

#[test]
fn console_examples_have_the_output_in_readme() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let examples = examples(&fs::read_to_string(readme).expect("README.md"));
    assert!(examples.len() >= 8, "README has lost its examples");
    let home = Home::new();
    for Example { command, printed } in examples {
        let output = shell(&home, &format!("{{ {command}; }} 2>&1")).output().expect("a shell");
        let found = String::from_utf8(output.stdout).expect("text");
        assert_eq!(found.trim_end(), printed.trim_end(), "$ {command}");
    }
}
