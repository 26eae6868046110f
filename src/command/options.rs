//! The options, each declared once. The reader of words and the clap tree are both made from these declarations.

use crate::model::{ACTIONS, Api, LIMIT, Member, Operation, Shape, TOKEN};
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
    /// Whether the AWS CLI doesn't have it. The AWS CLI's options can be abbreviated, our own must be spelt out.
    pub ours: bool,
    /// Whether a call requires it. An input document can provide it instead, so only `input` can check this.
    pub required: bool,
    /// Whether help and completion leave it out.
    pub hidden: bool,
    /// Whether every value is used, not only the last.
    pub repeats: bool,
}

/// How an option takes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// It is a switch.
    Nothing,
    /// The rest of the word after `=`, or the next word.
    Value,
    /// An optional value, with this default.
    MaybeValue(&'static str),
    /// All words that follow.
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
    /// A time with its unit, such as `3d`.
    Duration,
    /// A TCP port.
    Port,
}

/// A value as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The switch was typed.
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

    /// Parses the words of the option's value. Returns `None` if it doesn't accept them.
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

/// The rule for a number of items. The service's numbers have 32 bits.
const COUNT: &str = "must be a whole number from 1 to 2147483647";
const SECONDS: &str = "must be a whole number of seconds, 0 or more";

const DURATION: &str = "a time needs a unit: 90s, 15m, 2h or 3d";

/// Reads a number with the unit s, m, h or d; returns the seconds.
fn duration(word: &str) -> Option<u64> {
    let (number, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let seconds = [("s", 1), ("m", 60), ("h", 3600), ("d", 86400)].into_iter().find(|(name, _)| *name == unit)?.1;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<u64>().ok().filter(|_| is_number)?.checked_mul(seconds)
}

impl Kind {
    /// Parses a value.
    ///
    /// # Errors
    ///
    /// Returns the rule that the value breaks.
    pub fn read(self, word: &str) -> Result<Value, &'static str> {
        match self {
            Kind::Text | Kind::File | Kind::Url => Ok(Value::Text(word.to_owned())),
            Kind::Choice(values) if values.contains(&word) => Ok(Value::Text(word.to_owned())),
            Kind::Choice(_) => Err("must be one of the possible values"),
            Kind::Seconds => word.parse().map(Value::Number).map_err(|_| SECONDS),
            Kind::Count => match word.trim().parse() {
                Ok(count) if (1..=u64::from(u32::MAX >> 1)).contains(&count) => Ok(Value::Number(count)),
                _ => Err(COUNT),
            },
            Kind::Duration => duration(word).map(Value::Number).ok_or(DURATION),
            Kind::Port => match word.parse::<i64>().map(u16::try_from) {
                Ok(Ok(port)) => Ok(Value::Number(port.into())),
                _ => Err("must be a port number from 0 to 65535"),
            },
        }
    }
}

/// The global options: those of AWS CLI v2 in its order, then our own. [`VERSION`] and [`HELP`] follow.
pub const GLOBALS: &[OptionSpec] = &[
    OptionSpec::switch("debug", "Print settings, requests and the status of responses to stderr"),
    OptionSpec::valued("endpoint-url", "URL", Kind::Url, "Send requests to this URL instead of the service's own"),
    OptionSpec::switch(
        "no-verify-ssl",
        "Don't verify the certificate of the Organizations endpoint, and print a warning",
    ),
    OptionSpec::switch("no-paginate", "Request only one page"),
    OptionSpec::valued("output", "FORMAT", Kind::Choice(Format::NAMES), "Output format [default: json]"),
    OptionSpec::valued("query", "JMESPATH", Kind::Text, "Print only what this JMESPath expression selects"),
    OptionSpec::valued("profile", "NAME", Kind::Text, "Use this profile of the configuration files"),
    OptionSpec::valued("region", "REGION", Kind::Text, "Region to sign for; optional, since the service is global"),
    OptionSpec::valued("color", "WHEN", Kind::Choice(&["on", "off", "auto"]), "Colour in tables and help"),
    OptionSpec::switch("no-sign-request", "Send requests without a signature, and don't look for credentials"),
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
        "Time limit for the next bytes of a response; 0 means none [default: 60]",
    ),
    OptionSpec::valued(
        "cli-connect-timeout",
        "SECONDS",
        Kind::Seconds,
        "Time limit for a connection; 0 means none [default: 60]",
    ),
    OptionSpec::valued(
        "cli-binary-format",
        "FORMAT",
        Kind::Choice(&["base64", "raw-in-base64-out"]),
        "Accepted for compatibility with the AWS CLI; no parameter is binary",
    ),
    OptionSpec::switch("no-cli-pager", "Don't page the output"),
    OptionSpec::switch("cli-auto-prompt", "Accepted for compatibility with the AWS CLI; never prompts"),
    OptionSpec::switch("no-cli-auto-prompt", "Accepted for compatibility with the AWS CLI; never prompts"),
    OptionSpec::valued(
        "cli-error-format",
        "FORMAT",
        Kind::Choice(&["enhanced", "legacy", "json", "yaml", "text", "table", "explained-json"]),
        "Format of errors [default: enhanced]",
    ),
    OptionSpec::switch("sandbox", "Use the built-in sandbox instead of AWS: no account, no network").ours(),
    OptionSpec::valued(
        "sandbox-world",
        "WORLD",
        Kind::Choice(WORLDS),
        "Start with this world: documented, empty, or merger (two organizations) [default: documented]",
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
        "Keep the sandbox's state in this file between runs; the first change creates it",
    )
    .ours(),
];

/// `--version`, which every command has.
pub const VERSION: OptionSpec = OptionSpec::switch("version", "Print the version");

/// `--help`, which every command has. The reader takes `-h` for it.
pub const HELP: OptionSpec = OptionSpec::switch("help", "Print help").ours();

/// Returns all global options.
pub fn global() -> impl Iterator<Item = OptionSpec> {
    GLOBALS.iter().copied().chain([VERSION, HELP])
}

/// The options of every call.
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
    "Stop after this many items, and print a token to continue with",
);
pub const PAGE_SIZE: OptionSpec =
    OptionSpec::valued("page-size", "NUMBER", Kind::Count, "Request this many items per page");
pub const STARTING_TOKEN: OptionSpec =
    OptionSpec::valued("starting-token", "TOKEN", Kind::Text, "Continue from the token of an earlier listing");

/// Options of our own that say which handshake a call is about.
pub const FROM_ORGANIZATION: OptionSpec = OptionSpec::valued(
    "from-organization",
    "ID",
    Kind::Text,
    "Choose the handshake that this organization sent; with --handshake-id, check that it did",
)
.ours();
pub const FROM_ACCOUNT: OptionSpec = OptionSpec::valued(
    "from-account",
    "ACCOUNT",
    Kind::Text,
    "Choose the handshake that this management account's organization sent; with --handshake-id, check that it did",
)
.ours();
pub const TO: OptionSpec = OptionSpec::valued(
    "to",
    "ACCOUNT|EMAIL",
    Kind::Text,
    "Choose the handshake to this recipient; with --handshake-id, check the recipient",
)
.ours();
pub const ACTION: OptionSpec = OptionSpec::valued(
    "action",
    "ACTION",
    Kind::Choice(ACTIONS),
    "Choose the handshake with this action; with --handshake-id, check the action",
)
.ours();

/// Options of our own for changes.
pub const DRY_RUN: OptionSpec =
    OptionSpec::switch("dry-run", "Check and show what would be changed or sent, but change nothing").ours();
pub const IDEMPOTENT: OptionSpec =
    OptionSpec::switch("idempotent", "Succeed without a change if the change was already made").ours();

/// Options of our own for listings.
pub const LIVE: OptionSpec =
    OptionSpec::switch("live", "List only handshakes that wait for a response: REQUESTED and OPEN").ours();
pub const EXPIRES_WITHIN: OptionSpec = OptionSpec::valued(
    "expires-within",
    "TIME",
    Kind::Duration,
    "List only live handshakes that expire within this time, such as 12h or 3d",
)
.ours();

/// Options of our own for calls with other identities, and for many calls.
pub const ASSUME_ROLE: OptionSpec = OptionSpec {
    repeats: true,
    ..OptionSpec::valued(
        "assume-role",
        "ROLE",
        Kind::Text,
        "Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles",
    )
    .ours()
};
pub const ACCOUNTS: OptionSpec = OptionSpec::valued(
    "accounts",
    "ACCOUNTS",
    Kind::Text,
    "Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or \
     --account-profile",
)
.ours();
pub const ACCOUNT_ROLE: OptionSpec = OptionSpec::valued(
    "account-role",
    "ROLE",
    Kind::Text,
    "The role to assume in each account: its name, or an ARN with {account} in place of the account's id",
)
.ours();
pub const ACCOUNT_PROFILE: OptionSpec = OptionSpec::valued(
    "account-profile",
    "NAME",
    Kind::Text,
    "Use a profile for each account instead of a role: a name with {account} in place of the account's id",
)
.ours();
pub const ACCOUNT_SOURCE_PROFILE: OptionSpec = OptionSpec::valued(
    "account-source-profile",
    "NAME",
    Kind::Text,
    "Assume the accounts' role with the credentials of this profile [default: the caller's]",
)
.ours();
pub const ACCOUNT_EXTERNAL_ID: OptionSpec =
    OptionSpec::valued("account-external-id", "ID", Kind::Text, "The external id that the accounts' role asks for")
        .ours();
pub const MAX_CONCURRENCY: OptionSpec =
    OptionSpec::valued("max-concurrency", "NUMBER", Kind::Count, "Maximum number of calls at once [default: 8]").ours();
pub const NO_PACING: OptionSpec =
    OptionSpec::switch("no-pacing", "Don't limit requests to the documented rates of AWS").ours();

/// Returns the options of a call: its parameters, the AWS CLI's other options, then ours.
pub fn of_call(operation: &'static Operation) -> Vec<OptionSpec> {
    let mut all: Vec<_> = operation.input.members.iter().map(|member| parameter(operation, member)).collect();
    if operation.list.is_some() {
        all.extend([MAX_ITEMS, PAGE_SIZE, STARTING_TOKEN]);
    }
    all.extend([INPUT_JSON, INPUT_YAML, SKELETON]);
    all.extend(choosing(operation.api));
    if operation.done.is_some() {
        all.extend([DRY_RUN, IDEMPOTENT]);
    }
    if operation.list.is_some() {
        all.extend([LIVE, EXPIRES_WITHIN]);
    }
    all.extend([
        ASSUME_ROLE,
        ACCOUNTS,
        ACCOUNT_ROLE,
        ACCOUNT_PROFILE,
        ACCOUNT_SOURCE_PROFILE,
        ACCOUNT_EXTERNAL_ID,
        MAX_CONCURRENCY,
        NO_PACING,
    ]);
    all
}

/// Returns the options that choose a handshake in place of its id.
fn choosing(api: Api) -> &'static [OptionSpec] {
    match api {
        Api::AcceptHandshake | Api::DeclineHandshake => &[FROM_ORGANIZATION, FROM_ACCOUNT, ACTION],
        Api::CancelHandshake => &[TO, ACTION],
        Api::DescribeHandshake => &[FROM_ORGANIZATION, FROM_ACCOUNT, TO, ACTION],
        _ => &[],
    }
}

/// Whether options can choose the handshake of a call, so that its id isn't required.
pub fn can_choose(operation: &Operation) -> bool {
    !choosing(operation.api).is_empty()
}

fn parameter(operation: &Operation, member: &'static Member) -> OptionSpec {
    let help = match member.option {
        "handshake-id" => HANDSHAKE_ID_HELP,
        _ => member.doc,
    };
    OptionSpec {
        takes: if matches!(member.shape, Shape::List(_)) { Takes::Words } else { Takes::Value },
        required: member.required,
        // The AWS CLI hides the members that its options for listings set.
        hidden: operation.list.is_some() && [TOKEN, LIMIT].contains(&member.name),
        ..OptionSpec::valued(member.option, value_name(member), Kind::Text, help)
    }
}

const HANDSHAKE_ID_HELP: &str =
    "ID of the handshake: \"h-\" and 8 to 32 lower-case letters or digits; or - to read one or several from stdin";

fn value_name(member: &Member) -> &'static str {
    match (member.option, member.shape) {
        ("handshake-id", _) => "ID",
        ("tags", _) => "Key=KEY,Value=VALUE...",
        ("target", _) => "Id=ID,Type=TYPE",
        ("filter", _) => "KEY=VALUE",
        (_, Shape::String { values: [only], .. }) => only,
        (_, Shape::Integer { .. }) => "NUMBER",
        (_, Shape::Timestamp) => "TIME",
        _ => "TEXT",
    }
}

/// The option of `completion`.
pub const DYNAMIC: OptionSpec = OptionSpec::switch(
    "dynamic",
    "Run orgshake at every completion, to complete handshake ids, profiles, regions and files",
)
.ours();

/// The worlds that a sandbox can begin with.
const WORLDS: &[&str] = &["documented", "empty", "merger"];

/// The options of `wait`'s commands.
pub const HANDSHAKE_IDS: OptionSpec = OptionSpec {
    takes: Takes::Words,
    repeats: true,
    ..OptionSpec::valued(
        "handshake-id",
        "ID...",
        Kind::Text,
        "The handshakes: ids, file://PATH, or - to read ids from stdin",
    )
    .ours()
};
pub const TARGET: OptionSpec = OptionSpec::valued(
    "target",
    "Id=ID,Type=TYPE",
    Kind::Text,
    "Wait for the newest INVITE to this party, even if it isn't sent yet; replaces --handshake-id",
)
.ours();
pub const INTERVAL: OptionSpec =
    OptionSpec::valued("interval", "TIME", Kind::Duration, "Time between checks [default: 15s]").ours();
pub const TIMEOUT: OptionSpec = OptionSpec::valued(
    "timeout",
    "TIME",
    Kind::Duration,
    "Give up after this time, such as 30m or 2h [default: after 40 checks]",
)
.ours();

/// The options of `join`.
pub const JOINING: OptionSpec = OptionSpec::valued(
    "accounts",
    "ACCOUNTS",
    Kind::Text,
    "The accounts: ids, file://PATH, or - for stdin; CSV may have the columns account, email, role, parent, notes",
)
.ours();
pub const LEAVING: OptionSpec = OptionSpec::valued(
    "from-organization",
    "ID",
    Kind::Text,
    "Allow accounts to leave this organization; otherwise only accounts that are in no organization can join",
)
.ours();
pub const TO_ORGANIZATION: OptionSpec = OptionSpec::valued(
    "to-organization",
    "ID",
    Kind::Text,
    "Change nothing unless the caller's organization is this one",
)
.ours();
pub const PARENT: OptionSpec =
    OptionSpec::valued("parent", "ID", Kind::Text, "Move the accounts to this organizational unit, or to the root")
        .ours();
pub const PARENT_PATH: OptionSpec = OptionSpec::valued(
    "parent-path",
    "PATH",
    Kind::Text,
    "Move the accounts to the organizational unit with this path, such as /Workloads/Prod",
)
.ours();
pub const CREATE_PARENTS: OptionSpec =
    OptionSpec::switch("create-parents", "Create missing organizational units").ours();
pub const PLAN: OptionSpec = OptionSpec::switch("dry-run", "Print the plan and change nothing").ours();
pub const YES: OptionSpec =
    OptionSpec::switch("yes", "Don't ask for confirmation; required unless stdin and stderr are a terminal").ours();
pub const SKIP_IMPOSSIBLE: OptionSpec = OptionSpec::switch(
    "skip-impossible",
    "Skip accounts that can't join; otherwise, one of them stops the run before any change",
)
.ours();
pub const KEEP_INVITATIONS: OptionSpec =
    OptionSpec::switch("keep-invitations", "Keep the invitations of this run to accounts that fail to join").ours();
pub const MAX_FAILURES: OptionSpec =
    OptionSpec::valued("max-failures", "NUMBER", Kind::Count, "Start no more accounts after this many failures").ours();
pub const STEP_TIMEOUT: OptionSpec = OptionSpec::valued(
    "timeout",
    "TIME",
    Kind::Duration,
    "Time limit for each step of an account, such as 30s or 5m [default: 2m]",
)
.ours();
pub const JOIN_CONCURRENCY: OptionSpec =
    OptionSpec::valued("max-concurrency", "NUMBER", Kind::Count, "Maximum number of accounts at once [default: 32]")
        .ours();
pub const PRINT_POLICY: OptionSpec =
    OptionSpec::switch("print-policy", "Print the IAM policies that both sides need, and call nothing").ours();

/// The options of `sandbox`'s commands.
pub const PORT: OptionSpec =
    OptionSpec::valued("port", "PORT", Kind::Port, "Listen on this port of 127.0.0.1; 0 chooses one [default: 0]")
        .ours();
pub const WORLD: OptionSpec = OptionSpec::valued(
    "world",
    "WORLD",
    Kind::Choice(WORLDS),
    "Start with this world: documented, empty, or merger (two organizations) [default: documented]",
)
.ours();
pub const STATE: OptionSpec = OptionSpec::valued(
    "state",
    "FILE",
    Kind::File,
    "Keep the sandbox's state in this file; the first change creates it",
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
        "Make the next N calls of this operation, or the next N changes, fail: throttle, internal-error, \
         concurrent-modification, lost-response, truncate, delay:500ms; may be repeated, applied in order",
    )
    .ours()
};
pub const THROTTLE: OptionSpec = OptionSpec::valued(
    "throttle",
    "RATES",
    Kind::Choice(&["documented"]),
    "Reject requests beyond the documented rates with TooManyRequestsException",
)
.ours();
pub const LATENCY: OptionSpec =
    OptionSpec::valued("latency", "DURATION", Kind::Text, "Delay every response by this time, such as 20ms").ours();
pub const PROPAGATION: OptionSpec = OptionSpec::valued(
    "propagation",
    "DURATION",
    Kind::Text,
    "Time until the other party sees a new handshake or member, such as 3s",
)
.ours();
pub const ENV_FILE: OptionSpec = OptionSpec::valued(
    "env-file",
    "FILE",
    Kind::File,
    "Write the shell commands to this file instead of stdout, once the server is ready",
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
