//! What the manual says beyond the tables. The facts are those of the AWS Organizations API reference and user guide.

/// How a failure is told.
pub const ERRORS: &str = "A failure is told on stderr: the AWS CLI's own line, then its details, what it means and what to do. \
    `--cli-error-format` has forms for programs. EXIT STATUS says which code it earns.";

/// Where the errors stand that every command has.
pub const COMMON_ERRORS: &str =
    "Errors of credentials, signatures, networks and the like are the same for every command: see `orgshake`(1).";

/// What a timestamp may be.
pub const TIMESTAMP: &str = "An instant in ISO 8601, such as 2027-01-01T00:00:00Z, or seconds since 1970-01-01T00:00:00Z. Without an \
    offset it is UTC.";

/// What goes for every listing.
pub const LISTING: &[&str] = &[
    "`--max-items` stops a listing and prints a token, NextToken, with which `--starting-token` goes on. It is the AWS \
     CLI's, and either program takes the other's. `--page-size` says how many items the service is asked for at a time, \
     at most 20; `--no-paginate` asks for one page only.",
    "The formats json, yaml and table are printed when all pages are there, or not at all; text and yaml-stream page by \
     page.",
];

/// What a page says of a command that is no operation.
pub fn description(path: &[&str]) -> &'static [&'static str] {
    match path {
        [] => &[
            "`orgshake` sends, lists, accepts, declines and cancels the handshakes of AWS Organizations: the invitations and \
             approvals by which accounts join an organization. It takes the place of the handshake commands of `aws \
             organizations`: options, output, exit codes, settings and credentials are the same, so that a script needs no \
             other change than the name. Behind `orgshake organizations` every command is the same.",
            "Options may stand before or behind the command, as `--name` {VALUE} or `--name=`{VALUE}. Those of the AWS CLI may be \
             shortened as long as they stay unambiguous. A value that begins with a dash is written behind an equals sign.",
            "A parameter that is a structure or a list is typed in shorthand, `Key=value,Other=value`, or as JSON. \
             `file://`{PATH} takes the value of any parameter from a file, and `-` from stdin where the option says so.",
            "`orgshake` {COMMAND} `help` shows the page of a command, `--help` its options in short.",
        ],
        ["completion"] => &[
            "Print a script that completes commands, options and their values in a shell.",
            "Without `--dynamic` the script knows what the program knows when the script is made, and runs nothing.",
            "With `--dynamic` the script asks the program at every completion. Then it also completes profiles of the \
             configuration files, regions, types within a shorthand, files, and the ids of handshakes that can \
             be accepted, declined, canceled or described, each with its account, action, state and expiry where the shell \
             shows such a text. For the ids the service is asked with the credentials of the profile, for at most 1.5 seconds. \
             An answer is kept for 30 seconds, in a file that counts only while nobody else can write it. An MFA code is never \
             asked for; a `credential_process` runs without stdin and in the background, and is ended with its process group \
             when the time is over. What fails completes nothing and says nothing.",
            "What is completed is quoted as the word at the cursor is, so that no name of a file or a profile is run. Names with \
             control characters, and with characters that turn the direction of writing, are not offered.",
        ],
        ["sandbox"] => &[
            "The sandbox is an Organizations service within the program, with the rules of the real one: handshakes of every kind, \
             and the organizations and accounts around them. `--sandbox` sends a single command to it, ORGSHAKE_SANDBOX=1 every \
             command of a script; these commands serve it to other programs, or show what is in it.",
            "Without `--state` the world is made anew at every start. In it 111111111111 manages the organization \
             o-exampleorgid, which has invited account 222222222222 with h-examplehandshakeid111.",
            "With `--world merger` it has two organizations for rehearsing a migration: 111111111111 manages the new one, and \
             222222222222 the old one with 120 accounts. With `--world empty` it has none.",
        ],
        ["sandbox", "serve"] => &[
            "Serve the sandbox on 127.0.0.1, over HTTP, until SIGINT or SIGTERM. Once it is ready it prints what a shell needs to \
             send any AWS client there, and only there; then its stdout is closed. With `--env-file` these lines go to a file: \
             it is removed first, and is there, complete, once the server is ready.",
            "When the server can't start, for whatever reason, the lines lead to no server, hold keys that no service accepts, \
             and end with `false`: a shell that evaluates them reaches nothing.",
            "The lines change the shell until it ends. Read them in a subshell, or use `orgshake sandbox exec`.",
            "Signatures are checked. The access key id is the account that calls, twelve digits; the secret access key of \
             every account is `sandbox`.",
        ],
        ["sandbox", "exec"] => &[
            "Run a command with the sandbox behind AWS_ENDPOINT_URL. It finds the sandbox's keys in the place of yours, empty \
             configuration files, and no profile, session token or other endpoint: no real key reaches it. The sandbox ends with it.",
        ],
        ["sandbox", "show"] => &[
            "Print the world of the sandbox: its organizations, accounts and handshakes. `--output` and `--query` work as \
             with an answer of the service.",
        ],
        _ => &[],
    }
}

/// What there is to say of an option beyond its line in `--help`.
pub fn more_of_option(option: &str) -> &'static [&'static str] {
    match option {
        "handshake-id" => &["`-` reads it from stdin. What can't be an id is refused before anything is sent."],
        "cli-input-json" | "cli-input-yaml" => {
            &["`--generate-cli-skeleton` makes a document to fill in. What stands on the command line wins over it."]
        }
        "generate-cli-skeleton" => &[
            "`input`, the default, and `yaml-input` are requests, in which the parameters on the command line are filled in \
             already; `output` is a sample of the response.",
        ],
        "filter" => &["The service takes one of the two at a time."],
        "notes" => &["At most 1,024 characters. They are in the message to the invited party and in the handshake."],
        "tags" => &["It takes the permission organizations:TagResource as well."],
        "endpoint-url" => {
            &["It is http:// or https:// and a host; one with a user name or a password in it is refused."]
        }
        "no-verify-ssl" => &["Who stands between this machine and the service can then read and change what is sent."],
        "output" => &[
            "json, yaml and text are as the AWS CLI prints them. yaml-stream is YAML page by page. table is for people. off \
             prints nothing.",
        ],
        "query" => &["The language is that of https://jmespath.org. In text and yaml-stream it applies to each page."],
        "profile" => &["Keys in the environment don't count then."],
        "sandbox" => &[
            "The caller is the account whose twelve digits are AWS_ACCESS_KEY_ID; with another key, or none, it is the party \
             that the command is for.",
        ],
        "throttle" => &[
            "Each account and each organization has a rate for each operation. TooManyRequestsException is the response to \
             a request beyond it, which changes nothing.",
        ],
        "propagation" => &[
            "Until then, a handshake doesn't exist for its recipient, and a new member doesn't exist for the management \
             account.",
        ],
        "fault" => &[
            "`throttle@ListHandshakesForAccount:2` is for the next two calls of that operation, `throttle:2` for the next two \
             that change something.",
            "`throttle`, `concurrent-modification` and `internal-error` refuse the call. `lost-response` carries it out and \
             closes the connection, `truncate` closes it within the answer, and `delay:500ms` answers that much later.",
        ],
        "cli-auto-prompt" => &["Scripts may have it; a warning says that nothing is asked."],
        _ => &[],
    }
}

/// Examples beside the one that the model has: what a command line does, and the line.
pub fn examples(path: &[&str]) -> &'static [(&'static str, &'static str)] {
    match path {
        [] => &[
            (
                "Try it without an AWS account",
                "orgshake --sandbox accept-handshake \\\n    --handshake-id h-exampleopen111",
            ),
            (
                "The ids of all open handshakes that this organization has sent",
                "orgshake list-handshakes-for-organization --output text \\\n    --query \"Handshakes[?State=='OPEN'].Id\"",
            ),
            (
                "A request from a pipe",
                "orgshake accept-handshake --generate-cli-skeleton \\\n    | sed 's/\"\"/\"h-exampleopen111\"/' \\\n    | orgshake \
                 --sandbox accept-handshake --cli-input-json -",
            ),
        ],
        ["accept-handshake"] => &[
            (
                "Accept the only open invitation that this account has",
                "orgshake list-handshakes-for-account --filter ActionType=INVITE \\\n    --query \"Handshakes[?State=='OPEN'].Id\" --output text \\\n    | \
                 orgshake accept-handshake --handshake-id -",
            ),
            (
                "Print nothing but the new state",
                "orgshake --sandbox accept-handshake \\\n    --handshake-id h-exampleopen111 \\\n    --query Handshake.State --output text",
            ),
        ],
        ["cancel-handshake"] => &[(
            "Print nothing but the new state",
            "orgshake --sandbox cancel-handshake \\\n    --handshake-id h-exampleopen111 \\\n    --query Handshake.State --output text",
        )],
        ["decline-handshake"] => &[(
            "Read the id from stdin",
            "echo h-exampleopen111 \\\n    | orgshake --sandbox decline-handshake --handshake-id -",
        )],
        ["describe-handshake"] => &[(
            "Who takes part, a line each",
            "orgshake --sandbox describe-handshake \\\n    --handshake-id h-exampletransfer111 --output text \\\n    --query \
             'Handshake.Parties[].[Type,Id]'",
        )],
        ["invite-account-to-organization"] => &[
            (
                "Invite an account by its id, with two tags",
                "orgshake --sandbox invite-account-to-organization \\\n    --target Id=202020202020,Type=ACCOUNT \\\n    --tags \
                 Key=team,Value=data Key=stage,Value=test",
            ),
            (
                "Notes from a file",
                "orgshake invite-account-to-organization \\\n    --target Id=juan@example.com,Type=EMAIL \\\n    --notes file://welcome.txt",
            ),
        ],
        ["list-handshakes-for-account"] => &[(
            "Only what is still open, as a table",
            "orgshake --sandbox list-handshakes-for-account --output table \\\n    --query \"Handshakes[?State=='OPEN'].[Id,Action]\"",
        )],
        ["list-handshakes-for-organization"] => &[(
            "The approvals that belong to an ENABLE_ALL_FEATURES handshake",
            "orgshake list-handshakes-for-organization \\\n    --filter ParentHandshakeId=h-exampleenable111",
        )],
        ["enable-all-features"] => &[(
            "Then see which members have approved",
            "orgshake list-handshakes-for-organization \\\n    --filter ActionType=APPROVE_ALL_FEATURES",
        )],
        ["completion"] => &[
            (
                "bash, for this user",
                "orgshake completion bash --dynamic \\\n    > ~/.local/share/bash-completion/completions/orgshake",
            ),
            ("zsh, in a directory of $fpath", "orgshake completion zsh > ~/.zfunc/_orgshake"),
            ("zsh, asking the program, in ~/.zshrc", "source <(orgshake completion zsh --dynamic)"),
            ("fish", "orgshake completion fish --dynamic \\\n    > ~/.config/fish/completions/orgshake.fish"),
            ("elvish, in rc.elv", "eval (orgshake completion elvish --dynamic | slurp)"),
            (
                "PowerShell, in $PROFILE",
                "orgshake completion powershell --dynamic |\n    Out-String | Invoke-Expression",
            ),
        ],
        ["sandbox"] => &[(
            "The handshakes of the world, as a table",
            "orgshake sandbox show --output table \\\n    --query 'Handshakes[].[Id,State]'",
        )],
        ["sandbox", "serve"] => &[(
            "In a subshell, with a log",
            "(\n  rm -f sandbox.env\n  orgshake sandbox serve --env-file sandbox.env 2>sandbox.log &\n  until [ -e sandbox.env ]; do \
             sleep 0.1; done\n  . ./sandbox.env || exit\n  aws organizations list-handshakes-for-organization\n  kill $!\n)",
        )],
        ["sandbox", "exec"] => &[
            ("The AWS CLI", "orgshake sandbox exec -- \\\n    aws organizations list-handshakes-for-organization"),
            (
                "What a script does when an answer gets lost",
                "orgshake sandbox exec --fault lost-response -- \\\n    orgshake accept-handshake --handshake-id h-exampleopen111",
            ),
        ],
        ["sandbox", "show"] => &[("As a table", "orgshake sandbox show --state world.json --output table")],
        _ => &[],
    }
}

/// What a command prints that is no operation.
pub fn output(path: &[&str]) -> &'static [&'static str] {
    match path {
        ["completion"] => &["The script, on stdout."],
        ["sandbox", "serve"] => &[
            "On stdout, or in the file of `--env-file`, lines for a shell: they export AWS_ENDPOINT_URL and what else a client \
             needs, and unset what would lead elsewhere. On stderr a line for each request: time, caller, operation, status.",
        ],
        ["sandbox", "exec"] => &["What the command prints. With `--debug`, a line for each request on stderr."],
        ["sandbox", "show"] => &["The world, in the format of `--output`."],
        ["sandbox"] => &["That of its commands."],
        _ => &[
            "The result goes to stdout and nothing else does. What doesn't fit the terminal goes through a pager: AWS_PAGER, \
             cli_pager of the profile, PAGER, or less. Members stand in the order of the API; timestamps are ISO 8601 in the local time zone \
             unless cli_timestamp_format of the profile says `wire`. On a terminal, characters that could drive it are shown \
             escaped.",
        ],
    }
}

/// What a value of an enumeration means, whichever member holds it.
pub fn meaning(value: &str) -> &'static str {
    MEANINGS.iter().find(|(known, _)| *known == value).map_or("", |(_, meaning)| meaning)
}

/// The values of the model's enumerations.
pub const MEANINGS: &[(&str, &str)] = &[
    // States.
    ("REQUESTED", "It was sent to more than one account, and not all of them have answered."),
    ("OPEN", "It waits for an answer, or, when all members have approved all features, for the management account."),
    ("CANCELED", "The account that sent it has taken it back. Final; it is gone after 30 days."),
    ("ACCEPTED", "It was accepted. Final; it is gone after 30 days."),
    ("DECLINED", "The account that received it has declined. Final; it is gone after 30 days."),
    ("EXPIRED", "Nobody has answered in time. Final; another one has to be sent."),
    // Actions.
    ("INVITE", "An account is invited to join the organization. It expires after 15 days."),
    (
        "ENABLE_ALL_FEATURES",
        "The management account enables all features: it accepts when every invited member has approved. It expires after \
         90 days.",
    ),
    ("APPROVE_ALL_FEATURES", "An invited member is asked to approve all features. It expires after 90 days."),
    (
        "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
        "A member is asked to make the role AWSServiceRoleForOrganizations again, for all features to be enabled.",
    ),
    ("TRANSFER_RESPONSIBILITY", "A management account is invited to let another one take over a responsibility."),
    // Parties, and resources of the same names.
    ("ACCOUNT", "An AWS account: its id, twelve digits."),
    ("ORGANIZATION", "An organization: its id, which begins with o-."),
    ("EMAIL", "The email address of an AWS account."),
    // Resources.
    ("ORGANIZATION_FEATURE_SET", "The features of the organization: ALL or CONSOLIDATED_BILLING."),
    ("MASTER_EMAIL", "The email address of the organization's management account."),
    ("MASTER_NAME", "The name of the organization's management account."),
    ("NOTES", "The text that the sender has added."),
    ("PARENT_HANDSHAKE", "The id of the ENABLE_ALL_FEATURES handshake that this one belongs to."),
    ("RESPONSIBILITY_TRANSFER", "The transfer that the handshake is about."),
    ("TRANSFER_START_TIMESTAMP", "When the transfer begins."),
    ("TRANSFER_TYPE", "What is transferred."),
    ("MANAGEMENT_ACCOUNT", "A management account: its id."),
    ("MANAGEMENT_EMAIL", "The email address of a management account."),
    ("MANAGEMENT_NAME", "The name of a management account."),
    // Transfers.
    ("BILLING", "Paying the bills of the other organization."),
];
