//! The scripts that complete commands, options and fixed values without running the program.
//!
//! clap makes them from the command tree. What it leaves out is added to their text here.

use clap::{Command, ValueHint};
use clap_complete::Shell;

use crate::command;

/// Returns a shell's script.
pub fn script(shell: Shell) -> String {
    let mut tree = without_files(command::command());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree, "orgshake", &mut script);
    let script = String::from_utf8_lossy(&script);
    match shell {
        Shell::Bash => bash(&script),
        Shell::Zsh => zsh(&script),
        Shell::Fish => fish(&script, &tree),
        Shell::Elvish => elvish(&script),
        Shell::PowerShell => powershell(&script),
        _ => script.into_owned(),
    }
}

/// Marks values such as ids, so that no files are offered for them.
fn without_files(command: Command) -> Command {
    let command = command.mut_args(|arg| match arg.get_value_hint() {
        ValueHint::Unknown if arg.get_action().takes_values() && arg.get_possible_values().is_empty() => {
            arg.value_hint(ValueHint::Other)
        }
        _ => arg,
    });
    command.mut_subcommands(without_files)
}

/// bash completes file names only where the script allows it. Commands come before options.
fn bash(script: &str) -> String {
    let pad = "\n                    ";
    let no_space = ["if [[ \"${BASH_VERSINFO[0]}\" -ge 4 ]]; then", "    compopt -o nospace", "fi"].join(pad);
    let files = "compopt -o filenames -o bashdefault -o default";
    let begin = "    COMPREPLY=()\n";
    let run = "    # The command of `sandbox exec`.\n    \
               if [[ \" ${COMP_WORDS[*]:0:COMP_CWORD} \" == *\" exec -- \"* ]]; then\n        \
               compopt -o bashdefault -o default 2>/dev/null\n        return\n    fi\n";
    let script = script
        // clap's script adds file names unquoted. Without candidates, bash itself completes and quotes them.
        .replace("COMPREPLY=($(compgen -f \"${cur}\"))", "COMPREPLY=()")
        .replace(&format!("COMPREPLY=(\"${{cur}}\"){pad}{no_space}"), "COMPREPLY=()")
        .replace("compopt -o filenames", files)
        .replace("-o nosort -o bashdefault -o default orgshake", "-o nosort orgshake")
        .replacen(begin, &format!("{begin}{run}"), 1);
    let lines = script.lines().map(|line| match line.trim_start().strip_prefix("opts=\"") {
        Some(words) => {
            let (options, commands): (Vec<_>, Vec<_>) =
                words.trim_end_matches('"').split_whitespace().partition(|word| word.starts_with('-'));
            format!("            opts=\"{}\"\n", [commands, options].concat().join(" "))
        }
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// zsh's script leaves out the word `organizations`, which changes nothing.
fn zsh(script: &str) -> String {
    let skip = "    if (( CURRENT > 2 )) && [[ $words[2] == organizations ]]; then\n        \
                words[2]=()\n        (( CURRENT -= 1 ))\n    fi\n";
    let body = "_orgshake() {\n";
    script.replacen(body, &format!("{body}{skip}"), 1)
}

/// fish gets the values of arguments, which clap leaves out, and no files except where they are allowed.
fn fish(script: &str, tree: &Command) -> String {
    let parse = "    argparse -s (__fish_orgshake_global_optspecs) -- $cmd 2>/dev/null\n";
    // An option without its value, as in `orgshake --output `, is no command.
    let after = "    or return 0\n    set cmd $argv\n    test \"$argv[1]\" = organizations; and set -e cmd[1]\n";
    let script =
        script.replacen(&format!("{parse}    or return\n"), &format!("{parse}{after}{parse}    or return 0\n"), 1);
    let mut more = "complete -c orgshake -f\n".to_owned();
    arguments(&mut more, tree, &[]);
    script + &more
}

fn arguments(script: &mut String, command: &Command, path: &[&str]) {
    for argument in command.get_positionals() {
        let names: Vec<_> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        let values = match argument.get_value_hint() {
            ValueHint::CommandWithArguments => "-F -a \"(__fish_complete_command)\"".to_owned(),
            _ => format!("-f -a \"{}\"", names.join(" ")),
        };
        let seen = path.iter().skip(1).map(|name| format!("; and __fish_seen_subcommand_from {name}"));
        let condition =
            format!("__fish_orgshake_using_subcommand {}{}", path.first().unwrap_or(&""), seen.collect::<String>());
        script.push_str(&format!("complete -c orgshake -n \"{condition}\" {values}\n"));
    }
    for sub in command.get_subcommands() {
        arguments(script, sub, &[path, &[sub.get_name()]].concat());
    }
}

/// Elvish's script leaves out the word `organizations`, which changes nothing.
fn elvish(script: &str) -> String {
    let line = "        set command = $command';'$word\n";
    script.replacen(
        line,
        &format!("        if (eq $word organizations) {{\n            continue\n        }}\n{line}"),
        1,
    )
}

/// PowerShell's script leaves out the word `organizations`, which changes nothing.
fn powershell(script: &str) -> String {
    let line = "        $element.Value\n";
    script.replacen(line, "        if ($element.Value -ne 'organizations') { $element.Value }\n", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of clap's scripts that are replaced may change with its version.
    #[test]
    fn every_script_leaves_out_the_word_organizations() {
        for shell in [Shell::Zsh, Shell::Fish, Shell::Elvish, Shell::PowerShell] {
            let script = script(shell);
            let skips =
                ["== organizations ]]", "= organizations; and", "eq $word organizations", "-ne 'organizations'"];
            assert!(skips.iter().any(|skip| script.contains(skip)), "{shell}");
        }
    }

    #[test]
    fn files_are_offered_for_files_only() {
        let bash = script(Shell::Bash);
        assert!(
            !bash.contains("compgen -f")
                && !bash.contains("nospace")
                && bash.contains("complete -F _orgshake -o nosort orgshake\n")
        );
        assert!(!script(Shell::Zsh).contains("_default"));
        assert!(script(Shell::Fish).contains("\ncomplete -c orgshake -f\n"));
    }
}
