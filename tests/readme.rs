//! README and the pages in docs are correct: their console examples print the output that they show.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::run::Home;

/// A command of a console block, and the output that the page shows.
struct Example {
    command: String,
    printed: String,
}

/// Returns README and the pages in docs.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join("docs")).expect("docs").map(|entry| entry.expect("an entry").path());
    let pages = entries.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    std::iter::once(root.join("README.md")).chain(pages).collect()
}

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

/// Returns the examples of a page. A command whose line ends with a backslash goes on in the next line.
fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines() {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (None, Some(example)) if example.command.ends_with('\\') && example.printed.is_empty() => {
                    example.command.push_str(&format!("\n{line}"));
                }
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
fn marked<'a>(page: &'a str, mark: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<!-- {mark} -->\n```")).unwrap_or_else(|| panic!("no mark {mark}"));
    let (_, rest) = rest.split_once('\n').expect("a block begins in a line of its own");
    rest.split("```").next().unwrap_or_default()
}

#[cfg(unix)]
#[test]
fn the_script_moves_an_account_despite_any_failure() {
    let page = page("docs/scripts.md");
    let command = marked(&page, "move");
    assert!(command.contains("--fault lost-response"), "{command}");
    for faults in
        ["--fault lost-response", "--fault concurrent-modification --fault lost-response", "--fault throttle:2"]
    {
        let home = Home::new();
        home.write("profiles", marked(&page, "profiles"));
        home.write("move.sh", marked(&page, "after"));
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
    let page = page("docs/sandbox.md");
    let home = Home::new();
    // A file of an earlier run is not taken for the new one.
    home.write("sandbox.env", "echo stale\n");
    let script = format!("{}echo ${{AWS_ENDPOINT_URL-left}}", marked(&page, "serve"));
    let output = shell(&home, &script).output().expect("a shell");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "\"OPEN\"\nleft\n", "{output:?}");
    home.write("world.json", "damaged");
    let output = shell(&home, &script).output().expect("a shell");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "left\n", "{output:?}");
}

#[test]
fn console_examples_print_what_the_pages_show() {
    let mut count = 0;
    for path in pages() {
        let page = path.file_name().expect("a name").to_string_lossy();
        let home = Home::new();
        let mut exports = String::new();
        for Example { command, printed } in examples(&fs::read_to_string(&path).expect("a page")) {
            if command.starts_with("export ") {
                exports.push_str(&format!("{command}; "));
            }
            let output = shell(&home, &format!("{{ {exports}{command}\n}} 2>&1")).output().expect("a shell");
            let found = String::from_utf8(output.stdout).expect("text");
            assert_eq!(found.trim_end(), printed.trim_end(), "{page}: $ {command}");
            count += 1;
        }
    }
    assert!(count >= 25, "the pages have lost examples: {count}");
}

#[test]
fn the_first_command_prints_what_readme_shows_on_a_small_screen() {
    let readme = page("README.md");
    let command = marked(&readme, "first").replace("cargo run --release --locked --", "orgshake");
    let output = shell(&Home::new(), &command).output().expect("a shell");
    let found = String::from_utf8(output.stdout).expect("text");
    let shown = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    assert_eq!(Some(found.as_str()), shown);
    // The shell's prompt needs a line, and so do cargo's last two messages.
    assert!(found.lines().count() + 3 <= 24, "{found}");
}

#[test]
fn readme_can_be_read_in_one_sitting() {
    let readme = page("README.md");
    assert!(readme.lines().count() <= 250, "{}", readme.lines().count());
    let mut is_output = false;
    for line in readme.lines() {
        is_output = (is_output && line != "```") || line == "```console";
        // Output, links and rows of tables can't be folded.
        let can_fold = !is_output && !line.contains("](") && !line.starts_with('|');
        assert!(!can_fold || line.chars().count() <= 80, "{line}");
    }
}

/// Returns the anchor that GitHub gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().trim().to_lowercase().replace(' ', "-")
}

#[test]
fn links_lead_to_files_and_headings() {
    let documents = pages().into_iter().chain(["CONTRIBUTING.md", "CHANGELOG.md"].map(PathBuf::from));
    for path in documents {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = fs::read_to_string(&path).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, wanted) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            assert!(target.exists(), "{}: {link}", path.display());
            let Some(wanted) = wanted else { continue };
            let text = fs::read_to_string(&target).expect("a page");
            let mut headings =
                text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#'));
            assert!(headings.any(|heading| anchor(heading) == wanted), "{}: {link}", path.display());
        }
    }
}

#[test]
fn readme_and_the_manual_name_every_page_of_docs() {
    let readme = page("README.md");
    let manual = page("man/orgshake.1");
    for path in pages() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name != "README.md" {
            assert!(readme.contains(&format!("(docs/{name})")), "README: {name}");
            assert!(manual.contains(&format!("docs/{name}")), "orgshake(1): {name}");
        }
    }
}
