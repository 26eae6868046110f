//! The options, each declared once. The reader of words and the clap tree are both made from these declarations.

use crate::model::{LIMIT, Member, Operation, Shape, TOKEN};
use crate::render::Format;

/// An option.
#[derive(Clone, Copy, Debug)]
pub struct OptionSpec {
    /// The name, without its dashes.
    pub name: &'static str,
    /// How it takes values.
    pub takes: Takes,
    /// The values it accepts.
    pub kind: Kind,
    /// The value's name in help.
    pub value_name: &'static str,
    /// Its help.
    pub help: &'static str,
    /// Whether it is ours. The AWS CLI's own options can be shortened, ours must be spelt out.
    pub ours: bool,
    /// Whether a call can't do without it. A document can give it as well, so that only `input` can check it.
    pub required: bool,
    /// Whether help and completion leave it out.
    pub hidden: bool,
    /// Whether every value counts, not only the last.
    pub repeats: bool,
}

/// How an option takes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// It is a switch.
    Nothing,
    /// The rest of the word after `=`, or the next word.
    Value,
    /// The same, or nothing, which stands for this value.
    MaybeValue(&'static str),
    /// As many words as follow.
    Words,
}

/// The values that an option or an argument accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// The path of a file.
    File,
    /// A URL.
    Url,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A number of items.
    Count,
    /// A time in seconds.
    Seconds,
    /// A TCP port.
    Port,
}

/// A value as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A switch is set.
    Set,
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// The words of a list.
    Words(Vec<String>),
}

impl OptionSpec {
    const fn switch(name: &'static str, help: &'static str) -> OptionSpec {
        OptionSpec {
            name,
            takes: Takes::Nothing,
            kind: Kind::Text,
            value_name: "",
            help,
            ours: false,
            required: false,
            hidden: false,
            repeats: false,
        }
    }

    const fn valued(name: &'static str, value_name: &'static str, kind: Kind, help: &'static str) -> OptionSpec {
        OptionSpec { takes: Takes::Value, kind, value_name, ..OptionSpec::switch(name, help) }
    }

    const fn ours(self) -> OptionSpec {
        OptionSpec { ours: true, ..self }
    }

    /// Reads the words that stand for the option's value; returns nothing if it doesn't accept them.
    pub fn read(&self, words: &[String]) -> Option<Value> {
        match (self.takes, words) {
            (Takes::Words, words) => Some(Value::Words(words.to_vec())),
            (Takes::Nothing, []) => Some(Value::Set),
            (Takes::MaybeValue(default), []) => Some(Value::Text(default.to_owned())),
            (Takes::Value | Takes::MaybeValue(_), [word]) => self.kind.read(word).ok(),
            _ => None,
        }
    }
}

/// The rule for a number of items: a listing has at least one, and the service counts to 2147483647.
const COUNT: &str = "it is a whole number, from 1 to 2147483647";
const SECONDS: &str = "a time is a whole number of seconds, 0 or more";

impl Kind {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// The rule that the value breaks.
    pub fn read(self, word: &str) -> Result<Value, &'static str> {
        match self {
            Kind::Text | Kind::File | Kind::Url => Ok(Value::Text(word.to_owned())),
            Kind::Choice(values) if values.contains(&word) => Ok(Value::Text(word.to_owned())),
            Kind::Choice(_) => Err("not one of the possible values"),
            Kind::Seconds => word.parse().map(Value::Number).map_err(|_| SECONDS),
            Kind::Count => match word.trim().parse() {
                Ok(count) if (1..=u64::from(u32::MAX >> 1)).contains(&count) => Ok(Value::Number(count)),
                _ => Err(COUNT),
            },
            Kind::Port => match word.parse::<i64>().map(u16::try_from) {
                Ok(Ok(port)) => Ok(Value::Number(port.into())),
                _ => Err("not a port"),
            },
        }
    }
}

/// The options that every command has: those of AWS CLI v2 in its order, then ours. [`VERSION`] and [`HELP`] follow.
pub const GLOBALS: &[OptionSpec] = &[
    OptionSpec::switch("debug", "Tell on stderr what is set, what is sent and how it goes"),
    OptionSpec::valued("endpoint-url", "URL", Kind::Url, "Send requests to this URL instead of the service's own"),
    OptionSpec::switch(
        "no-verify-ssl",
        "Don't verify the certificate of the Organizations endpoint (a warning says so)",
    ),
    OptionSpec::switch("no-paginate", "Ask for one page only"),
    OptionSpec::valued("output", "FORMAT", Kind::Choice(Format::NAMES), "Output format [default: json]"),
    OptionSpec::valued("query", "JMESPATH", Kind::Text, "Print only what this JMESPath expression selects"),
    OptionSpec::valued("profile", "NAME", Kind::Text, "Use this profile of the configuration files"),
    OptionSpec::valued("region", "REGION", Kind::Text, "Sign for this region; the service is global and needs none"),
    OptionSpec::valued("color", "WHEN", Kind::Choice(&["on", "off", "auto"]), "Colour in tables and help"),
    OptionSpec::switch("no-sign-request", "Send requests unsigned and look for no credentials"),
    OptionSpec::valued(
        "ca-bundle",
        "FILE",
        Kind::File,
        "Trust the certificate authorities in this PEM file for the Organizations endpoint",
    ),
    OptionSpec::valued(
        "cli-read-timeout",
        "SECONDS",
        Kind::Seconds,
        "Longest wait for the next bytes of an answer; 0 is for ever [default: 60]",
    ),
    OptionSpec::valued(
        "cli-connect-timeout",
        "SECONDS",
        Kind::Seconds,
        "Longest wait for a connection; 0 is for ever [default: 60]",
    ),
    OptionSpec::valued(
        "cli-binary-format",
        "FORMAT",
        Kind::Choice(&["base64", "raw-in-base64-out"]),
        "Form of binary parameters; these commands have none",
    ),
    OptionSpec::switch("no-cli-pager", "Don't page the output"),
    OptionSpec::switch("cli-auto-prompt", "Accepted for the AWS CLI's sake; there is no prompt"),
    OptionSpec::switch("no-cli-auto-prompt", "Accepted for the AWS CLI's sake; there is no prompt"),
    OptionSpec::valued(
        "cli-error-format",
        "FORMAT",
        Kind::Choice(&["enhanced", "legacy", "json", "yaml", "text", "table", "explained-json"]),
        "Format of errors [default: enhanced]",
    ),
    OptionSpec::switch("sandbox", "Ask the built-in Organizations service instead of AWS: no account, no network")
        .ours(),
    OptionSpec::valued(
        "sandbox-world",
        "WORLD",
        Kind::Choice(WORLDS),
        "Begin with this world: documented, empty, or merger with two organizations [default: documented]",
    )
    .ours(),
    OptionSpec::valued(
        "sandbox-clock",
        "TIME",
        Kind::Text,
        "Set the sandbox's clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)",
    )
    .ours(),
    OptionSpec::valued(
        "sandbox-state",
        "FILE",
        Kind::File,
        "Keep the sandbox's world in this file between runs; it is made when it isn't there",
    )
    .ours(),
];

/// `--version`, which every command has.
pub const VERSION: OptionSpec = OptionSpec::switch("version", "Print the version");

/// `--help`, which every command has. The reader takes `-h` for it.
pub const HELP: OptionSpec = OptionSpec::switch("help", "Print help").ours();

/// All options that every command has.
pub fn global() -> impl Iterator<Item = OptionSpec> {
    GLOBALS.iter().copied().chain([VERSION, HELP])
}

/// The options that every call has.
pub const INPUT_JSON: OptionSpec = OptionSpec::valued(
    "cli-input-json",
    "JSON",
    Kind::Text,
    "Read parameters from JSON: the text itself, file://PATH, or - for stdin",
);
pub const INPUT_YAML: OptionSpec = OptionSpec::valued(
    "cli-input-yaml",
    "YAML",
    Kind::Text,
    "Read parameters from YAML: the text itself, file://PATH, or - for stdin",
);
pub const SKELETON: OptionSpec = OptionSpec {
    takes: Takes::MaybeValue("input"),
    ..OptionSpec::valued(
        "generate-cli-skeleton",
        "KIND",
        Kind::Choice(&["input", "yaml-input", "output"]),
        "Print a request to fill in, or a sample response, and send nothing",
    )
};

/// The options of listings.
pub const MAX_ITEMS: OptionSpec = OptionSpec::valued(
    "max-items",
    "NUMBER",
    Kind::Count,
    "Stop after this many items, and print a token to go on with",
);
pub const PAGE_SIZE: OptionSpec =
    OptionSpec::valued("page-size", "NUMBER", Kind::Count, "Ask the service for this many items at a time");
pub const STARTING_TOKEN: OptionSpec =
    OptionSpec::valued("starting-token", "TOKEN", Kind::Text, "Go on with the token of an earlier listing");

/// The options of a call: its parameters first.
pub fn of_call(operation: &'static Operation) -> Vec<OptionSpec> {
    let mut all: Vec<_> = operation.input.members.iter().map(|member| parameter(operation, member)).collect();
    if operation.list.is_some() {
        all.extend([MAX_ITEMS, PAGE_SIZE, STARTING_TOKEN]);
    }
    all.extend([INPUT_JSON, INPUT_YAML, SKELETON]);
    all
}

fn parameter(operation: &Operation, member: &'static Member) -> OptionSpec {
    OptionSpec {
        takes: if matches!(member.shape, Shape::List(_)) { Takes::Words } else { Takes::Value },
        required: member.required,
        // The AWS CLI hides the members that its own options for listings set.
        hidden: operation.list.is_some() && [TOKEN, LIMIT].contains(&member.name),
        ..OptionSpec::valued(member.option, value_name(member), Kind::Text, member.doc)
    }
}

fn value_name(member: &Member) -> &'static str {
    match (member.option, member.shape) {
        ("handshake-id", _) => "ID",
        ("tags", _) => "Key=KEY,Value=VALUE...",
        ("target", _) => "Id=ID,Type=TYPE",
        ("filter", _) => "KEY=VALUE",
        (_, Shape::Integer { .. }) => "NUMBER",
        (_, Shape::Timestamp) => "TIME",
        _ => "TEXT",
    }
}

/// The option of `completion`.
pub const DYNAMIC: OptionSpec =
    OptionSpec::switch("dynamic", "Ask the program at every completion: ids of handshakes, profiles, regions, files")
        .ours();

/// The worlds that a sandbox can begin with.
const WORLDS: &[&str] = &["documented", "empty", "merger"];

/// The options of `sandbox`'s commands.
pub const PORT: OptionSpec =
    OptionSpec::valued("port", "PORT", Kind::Port, "Listen on this port of 127.0.0.1; 0 chooses one [default: 0]")
        .ours();
pub const STATE: OptionSpec =
    OptionSpec::valued("state", "FILE", Kind::File, "Keep the world in this file; the first change makes it").ours();
pub const WORLD: OptionSpec = OptionSpec::valued(
    "world",
    "WORLD",
    Kind::Choice(WORLDS),
    "Begin with this world: documented, empty, or merger with two organizations [default: documented]",
)
.ours();
pub const CLOCK: OptionSpec = OptionSpec::valued(
    "clock",
    "TIME",
    Kind::Text,
    "Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)",
)
.ours();
pub const FAULT: OptionSpec = OptionSpec {
    repeats: true,
    ..OptionSpec::valued(
        "fault",
        "KIND[@OPERATION][:N]",
        Kind::Text,
        "Have the next N calls of this operation go wrong, or those that change something: throttle, internal-error, \
         concurrent-modification, lost-response, truncate, delay:500ms; may be repeated, and goes in order",
    )
    .ours()
};
pub const THROTTLE: OptionSpec = OptionSpec::valued(
    "throttle",
    "RATES",
    Kind::Choice(&["documented"]),
    "Refuse requests beyond the documented rates with TooManyRequestsException",
)
.ours();
pub const LATENCY: OptionSpec =
    OptionSpec::valued("latency", "DURATION", Kind::Text, "Respond this much later, such as 20ms").ours();
pub const PROPAGATION: OptionSpec = OptionSpec::valued(
    "propagation",
    "DURATION",
    Kind::Text,
    "Let the other party see a new handshake or a new member this much later, such as 3s",
)
.ours();
pub const ENV_FILE: OptionSpec = OptionSpec::valued(
    "env-file",
    "FILE",
    Kind::File,
    "Put the lines for the shell into this file, once the server is ready, instead of printing them",
)
.ours();

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorFormat;

    #[test]
    fn error_formats_and_option_agree() {
        let option = GLOBALS.iter().find(|option| option.name == "cli-error-format").unwrap();
        let names: Vec<_> = ErrorFormat::NAMES.iter().map(|(name, _)| *name).collect();
        assert!(matches!(option.kind, Kind::Choice(values) if values == names));
    }
}
