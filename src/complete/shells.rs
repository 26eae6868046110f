//! The input and output formats of each shell's completion script.

use std::ffi::OsString;
use std::path::Path;

use super::bash;

/// A shell with dynamic completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// bash. Its lines are parsed here, because Readline splits words and quotes nothing.
    Bash,
    /// Elvish.
    Elvish,
    /// fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// zsh.
    Zsh,
}

impl Shell {
    /// Returns the shell with this name or path.
    pub fn named(name: &str) -> Option<Shell> {
        match Path::new(name).file_stem()?.to_str()? {
            "bash" => Some(Shell::Bash),
            "elvish" => Some(Shell::Elvish),
            "fish" => Some(Shell::Fish),
            "powershell" | "pwsh" => Some(Shell::Powershell),
            "zsh" => Some(Shell::Zsh),
            _ => None,
        }
    }

    /// Returns its completion script.
    pub fn script(self) -> &'static str {
        match self {
            Shell::Bash => include_str!("orgshake.bash"),
            Shell::Elvish => include_str!("orgshake.elv"),
            Shell::Fish => include_str!("orgshake.fish"),
            Shell::Powershell => include_str!("orgshake.ps1"),
            Shell::Zsh => include_str!("orgshake.zsh"),
        }
    }
}

/// A script's request for candidates.
#[derive(Debug)]
pub struct Asked {
    /// The words of the command line.
    pub words: Vec<String>,
    /// The index of the word at the cursor.
    pub index: usize,
    shell: Shell,
    /// The part of that word that bash replaces.
    part: Option<bash::Part>,
}

/// A candidate for the word at the cursor. Neither text contains line breaks or control characters.
#[derive(Debug)]
pub struct Candidate {
    /// The whole word.
    pub value: String,
    /// Its description.
    pub help: Option<String>,
}

impl Asked {
    /// Reads a request from the value of the variable and the arguments. Returns nothing if there can be no candidates.
    pub fn read(variable: &str, arguments: Vec<OsString>) -> Option<Asked> {
        // PowerShell's script puts the words into the variable after the name, one per line.
        let mut lines = variable.split('\n');
        let shell = Shell::named(lines.next()?)?;
        // A word that isn't UTF-8 matches no candidate.
        let mut arguments = arguments.into_iter().map(|word| word.to_string_lossy().into_owned());
        // zsh's script puts the index of the word before the words.
        let place = arguments.by_ref().take_while(|word| word != "--").last().and_then(|place| place.parse().ok());
        let words: Vec<String> = match shell {
            Shell::Powershell => lines.map(str::to_owned).collect(),
            _ => arguments.collect(),
        };
        if shell == Shell::Bash {
            let [before, part, after] = words.as_slice() else { return None };
            let bash::Line { words, index, part } = bash::Line::read(before, part, after)?;
            return Some(Asked { words, index, shell, part: Some(part) });
        }
        let index = place.unwrap_or(words.len().checked_sub(1)?);
        (index < words.len()).then_some(Asked { words, index, shell, part: None })
    }

    /// Formats the candidates for the script.
    pub fn answer(&self, candidates: &[Candidate]) -> String {
        if let Some(part) = &self.part {
            return part.answer(&self.words[self.index], candidates.iter().map(|candidate| candidate.value.as_str()));
        }
        // fish doesn't quote a tilde at the beginning, but expands it to a home directory.
        let is_home = |value: &str| value.starts_with('~') && !self.words[self.index].starts_with('~');
        let fits = |candidate: &&Candidate| self.shell != Shell::Fish || !is_home(&candidate.value);
        candidates.iter().filter(fits).map(|candidate| self.line(candidate)).collect()
    }

    fn line(&self, Candidate { value, help }: &Candidate) -> String {
        let help = help.as_deref();
        match (self.shell, help) {
            (Shell::Fish | Shell::Powershell, Some(help)) => format!("{value}\t{help}\n"),
            // _describe takes the text after an unescaped colon for the description.
            (Shell::Zsh, _) => {
                let value = value.replace('\\', "\\\\").replace(':', "\\:");
                let help = help.map(|help| format!(":{}", help.replace('\\', "\\\\"))).unwrap_or_default();
                format!("{value}{help}\n")
            }
            _ => format!("{value}\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(variable: &str, arguments: &[&str]) -> Option<(Vec<String>, usize)> {
        let asked = Asked::read(variable, arguments.iter().map(OsString::from).collect())?;
        Some((asked.words, asked.index))
    }

    #[test]
    fn every_shell_asks_in_its_way() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(asked("/bin/fish", &["--", "a", "b"]), Some((words(&["a", "b"]), 1)));
        assert_eq!(asked("zsh", &["1", "--", "a", "b", "c"]), Some((words(&["a", "b", "c"]), 1)));
        assert_eq!(asked("zsh", &["3", "--", "a", "b", "c"]), None);
        assert_eq!(asked("powershell\na\nb c\n", &[]), Some((words(&["a", "b c", ""]), 2)));
        assert_eq!(asked("bash", &["--", "a --x=", "", " c"]), Some((words(&["a", "--x=", "c"]), 1)));
        // What a script of clap's would ask.
        assert_eq!(asked("bash", &["--", "a", "b"]), None);
        assert_eq!(asked("fish", &["--"]), None);
        assert_eq!(asked("tcsh", &["--", "a"]), None);
    }

    /// PowerShell can't be run everywhere.
    #[test]
    fn no_script_evaluates_what_was_typed() {
        for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
            let script = Shell::named(shell).unwrap().script();
            for evaluator in ["eval ", "Invoke-Expression", "iex ", "source "] {
                assert!(!script.contains(evaluator), "{shell}: {evaluator}");
            }
        }
    }
}
