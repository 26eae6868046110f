//! The manual's texts that don't come from tables. The facts are those of the AWS Organizations API reference and user
//! guide.

use super::join;

/// The introduction to ERRORS in the program's page.
pub const ERRORS: &str = "An error is printed on stderr: first the AWS CLI's own error line, then details, an \
                          explanation and hints. `--cli-error-format` selects other formats, also for programs. The \
                          errors of the service follow; each command's page names those of its operation.";

/// The end of ERRORS in an operation's page.
pub const MORE_ERRORS: &str =
    "`orgshake`(1) explains every reason of these errors, and the errors of credentials, signatures and networks.";

/// The beginning of SEE ALSO in a command's page.
pub const SHARED: &str = "`orgshake`(1) has what all commands share: global options, many calls, the values of \
                          members, errors and their reasons, exit codes, environment variables and files.";

/// The pages of docs, and the questions that they answer.
pub const DOCS: &[(&str, &str)] = &[
    ("scripts.md", "How do I use it in scripts, with templates, and in CI?"),
    ("output.md", "How do I format and limit the output?"),
    ("join.md", "How do I bring many accounts into an organization?"),
    ("errors.md", "What does an error mean? Was the change made?"),
    ("credentials.md", "Where do credentials and settings come from?"),
    ("network.md", "How do I use a proxy? Which certificates are trusted?"),
    ("differences.md", "What is different from the AWS CLI?"),
    ("sandbox.md", "How do I practise, and test my scripts?"),
    ("speed.md", "How fast is it?"),
];

/// The introduction to OUTPUT in an operation's page.
pub const RESPONSE: &str = "An object with these members. A member that the service leaves out is not printed. \
                            `orgshake`(1) explains the values.";

/// The syntax of timestamps.
pub const TIMESTAMP: &str = "An instant in ISO 8601, such as 2027-01-01T00:00:00Z, or seconds since \
                             1970-01-01T00:00:00Z. Without an offset, the time is in UTC.";

/// The description of every listing.
pub const LISTING: &[&str] = &[
    "The command reads all pages. `--max-items` ends it earlier, with a token, NextToken; `--starting-token` continues \
     from there. orgshake and the AWS CLI accept each other's tokens. `--page-size` sets how many items a request asks \
     for, at most 20. `--no-paginate` requests only one page.",
    "json, yaml and table are printed when all pages have arrived, or not at all; text and yaml-stream are printed \
     page by page.",
];

/// The description of the commands of `wait`, after the states that they wait for.
macro_rules! waiting {
    ($ends:literal) => {
        &[
            concat!(
                $ends,
                " The command prints nothing. Its exit code is 0 on success, and 255 when the time is over or, \
                 at once, after a failure."
            ),
            "The command checks 40 times, every 15 seconds (`--interval`). With `--timeout`, it checks until that time \
             is over, and then once more. Each check may take at least five seconds.",
            "For a single handshake, each check calls DescribeHandshake. For several, it lists the handshakes of the \
             organization, then those of the account if the first list isn't allowed or isn't complete, and then \
             describes each handshake that is still missing.",
            "With `--target`, each check takes the newest INVITE to that party. The command also waits for that INVITE \
             to be sent.",
            "If the first check can't reach the service, the wait ends at once. Later, these failures only skip a \
             check: throttling (TooManyRequestsException), ConcurrentModificationException, ServiceException, the HTTP \
             statuses 500, 502, 503 and 504, and connections that fail, break or time out. Any other error ends the \
             wait with that error's exit code.",
            "After Ctrl-C or SIGTERM, the error names the last known state of each handshake. On a terminal, a line on \
             stderr shows the time until the next check.",
        ]
    };
}

const WAIT: &[&str] = waiting!(
    "Wait until all handshakes have reached the state in the command's name. Any other final state (CANCELED, \
     ACCEPTED, DECLINED, EXPIRED) is a failure."
);
const WAIT_OPEN: &[&str] =
    waiting!("Wait until all handshakes are OPEN. A final state (CANCELED, ACCEPTED, DECLINED, EXPIRED) is a failure.");
const WAIT_CLOSED: &[&str] =
    waiting!("Wait until all handshakes have reached a final state: CANCELED, ACCEPTED, DECLINED or EXPIRED.");

/// The description of many calls by one command.
pub const MANY: &[&str] = &[
    "`--handshake-id -` reads any number of ids from stdin, separated by white space or as a JSON list, and makes a \
     call for each. If one of them can't be an id, nothing is sent.",
    "`--accounts` makes the same call in many accounts, with the role of `--account-role` or the profile of \
     `--account-profile` for each. Its value is a list of account ids, separated by commas or white space, or \
     `file://`{PATH}, or `-` for stdin. A file may also be CSV with a header: its first column must be `account`, and \
     the other columns are ignored. If `--account-role` is only a name, it is the role of that name in each account, \
     in the caller's partition. The credentials of these roles are not cached. Before a change, orgshake asks STS \
     whether the credentials are those of that account. Several handshake ids can't be combined with `--accounts`.",
    "At most `--max-concurrency` calls run at once. Requests keep to the documented rates of AWS unless `--no-pacing` \
     is given. A throttled call is repeated; this doesn't count towards `AWS_MAX_ATTEMPTS`. The program gives up when \
     the service has throttled every call for two minutes.",
    "Results are printed in the order of the input, as soon as all earlier ones are: JSON documents one after another, \
     YAML documents separated by `---`, elements of yaml-stream, lines of text, or one table at the end. They aren't \
     paged. `--query` applies to each result. With `--accounts`, `Account` is the first member of a result.",
    "If a call fails, the error names its id or account, and the others continue. The last line on stderr has counts, \
     unless `--cli-error-format` is a structured format. The exit code is that of the worst outcome: a signal, then \
     255, 254, 1, 0.",
    "After Ctrl-C, orgshake starts no new call, ends reads, and finishes changes that it has started. A second Ctrl-C \
     ends these, too.",
];

/// Returns the description of a command that isn't an operation.
pub fn description(path: &[&str]) -> &'static [&'static str] {
    match path {
        [] => &[
            "`orgshake` sends, lists, accepts, declines and cancels the handshakes of AWS Organizations: the \
             invitations and approvals by which accounts join an organization. It replaces the nine handshake commands \
             of `aws organizations`: options, output, exit codes, settings and credentials are the same, so that a \
             script changes only the program's name. These commands are also available as `orgshake organizations` \
             {COMMAND}. The others are orgshake's own.",
            "Options may come before or after the command, as `--name` {VALUE} or `--name=`{VALUE}. Those of the AWS \
             CLI may be shortened as long as they stay unambiguous. A value that begins with a dash must follow an \
             equals sign.",
            "A parameter that is a structure or a list is typed in shorthand, `Key=value,Other=value`, or as JSON. \
             `file://`{PATH} reads the value of any parameter from a file, and `-` reads it from stdin if the option's \
             help says so.",
            "`orgshake` {COMMAND} `help` shows the manual page of a command, `--help` a short list of its options.",
        ],
        ["completion"] => &[
            "Print a script that completes commands, options and their values in a shell. Without `--dynamic`, the \
             script contains fixed candidates and runs nothing.",
            "With `--dynamic`, the script runs orgshake at every completion. It then also completes profiles, regions, \
             types within shorthand, files, and the ids of handshakes that can be accepted, declined, canceled or \
             described. To list those, it calls the service with your credentials, for at most 1.5 seconds, and caches \
             the list for 30 seconds in a file that only you can read. It never prompts for an MFA code, and a \
             `credential_process` runs without the terminal. If anything fails, it offers no ids and prints no error.",
            "Candidates are quoted, so that a file or profile name can't run a command.",
        ],
        ["join"] => join::DESCRIPTION,
        ["wait"] => &[
            "Wait until handshakes have reached a state, as `aws` {SERVICE} `wait` does: nothing is printed, and the \
             exit code is the result. The commands are also available as `orgshake organizations wait` {COMMAND}.",
        ],
        ["wait", command] => match *command {
            "handshake-open" => WAIT_OPEN,
            "handshake-closed" => WAIT_CLOSED,
            _ => WAIT,
        },
        ["sandbox"] => &[
            "The sandbox is an Organizations service within the program. It has the rules of the real service for \
             handshakes of every kind, and for the organizations and accounts around them. `--sandbox` sends a single \
             command to it, ORGSHAKE_SANDBOX=1 every command of a script. These commands serve it to other programs, \
             or show its state.",
            "Without `--state`, every start begins with the same state: 111111111111 manages the organization \
             o-exampleorgid, which has invited account 222222222222 with h-examplehandshakeid111.",
            "`--world merger` begins with two organizations to rehearse a migration: 111111111111 manages the new one, \
             and 222222222222 the old one with 120 accounts. `--world empty` begins without any organization.",
        ],
        ["sandbox", "serve"] => &[
            "Serve the sandbox on 127.0.0.1, over HTTP, until SIGINT or SIGTERM. When the server is ready, the command \
             prints lines for a shell, which make all AWS clients use the sandbox and nothing else, and closes its \
             stdout. With `--env-file`, these lines go to a file instead. An old file is removed first, and the new \
             one is written when the server is ready.",
            "If the server can't start, the lines name a server that doesn't exist and keys that no service accepts, \
             and end with `false`. A shell that evaluates them can't reach AWS.",
            "The lines change the shell until it ends. Evaluate them in a subshell, or use `orgshake sandbox exec`.",
            "The server checks signatures. The access key id is the caller's account id, twelve digits; the secret \
             access key of every account is `sandbox`.",
        ],
        ["sandbox", "exec"] => &[
            "Run a command with AWS_ENDPOINT_URL set to the sandbox. The command gets the sandbox's keys in place of \
             yours, empty configuration files, and no profile, session token or other endpoint, so that no real key \
             reaches it. The sandbox ends with the command.",
        ],
        ["sandbox", "show"] => {
            &["Print the state of the sandbox: its organizations, accounts and handshakes. `--output` and `--query` \
             apply as to a response of the service."]
        }
        _ => &[],
    }
}

/// Returns the additions to the help of an option.
pub fn more_of_option(option: &str) -> &'static [&'static str] {
    match option {
        "handshake-id" => &["If an id is invalid, nothing is sent."],
        "cli-input-json" | "cli-input-yaml" => {
            &["`--generate-cli-skeleton` prints a document to fill in. Options override the document."]
        }
        "live" => &["orgshake drops the others before `--query`. The option can't be combined with `--max-items` or \
             `--starting-token`."],
        "expires-within" => {
            &["A whole number with its unit: `s`, `m`, `h` or `d`. The service's clock decides. orgshake drops the \
             others before `--query`. The option can't be combined with `--max-items` or `--starting-token`."]
        }
        "generate-cli-skeleton" => &[
            "`input`, the default, and `yaml-input` print a request to fill in, which contains the parameters that are \
             given; `output` prints a sample response.",
        ],
        "action" => &[
            "The options that choose a handshake work together: exactly one live handshake (REQUESTED or OPEN) must \
             fit all of them, and a note on stderr names it. With `--handshake-id`, they are guards: that handshake is \
             described first and must fit. If it doesn't, nothing is changed, the exit code is 1, and the error lists \
             the handshakes in question.",
            "The sender is read from the handshake's ARN. Recipients are compared without regard to case. `--action` \
             alone can't choose a handshake to accept, since that would accept the invitation of any stranger.",
        ],
        "dry-run" => &[
            "orgshake reads the handshake, or the sent handshakes and the organization, and checks the guards. It \
             prints the handshake as it is, or the request that it would send, and names the caller in a note on \
             stderr. If the service would reject the change because of the handshake's state or expiry, the caller, or \
             an earlier request, the exit code is 1 and the error says why. Permissions are not checked.",
            "To name the caller, it asks STS for at most 3 seconds, and only if STS is at the same endpoint as the \
             service, or both are at AWS.",
        ],
        "idempotent" => {
            &["If the handshake is already in the final state, or an earlier request was the same, the handshake is \
             printed with a note on stderr, and the exit code is 0. If the earlier request differs, the exit code is \
             1. Tags and the name of a transfer can't be compared. If only the organization shows the change, because \
             the handshake was deleted, only the note is printed."]
        }
        "filter" => &["The service accepts only one of the two members at a time."],
        "notes" => &["At most 1,024 characters, shown in the message to the invited party and in the handshake."],
        "tags" => &["Tags also need the permission organizations:TagResource."],
        "endpoint-url" => {
            &["http:// or https://, and a host. A URL that contains a user name or a password is an error."]
        }
        "no-verify-ssl" => {
            &["Anyone between this machine and the service can then read and change requests and responses."]
        }
        "output" => {
            &["json, yaml and text are the same as in the AWS CLI. yaml-stream is YAML page by page. table is for \
             people. off prints nothing."]
        }
        "query" => {
            &["An expression of https://jmespath.org. In the formats text and yaml-stream it is applied to each page."]
        }
        "profile" => &["Keys in the environment are ignored."],
        "sandbox" => &[
            "If AWS_ACCESS_KEY_ID has twelve digits, that account is the caller; otherwise it is the account that the \
             command is for, such as the recipient of the handshake to accept.",
        ],
        "throttle" => &["Each account and each organization has a rate for each operation. A request beyond it gets \
             TooManyRequestsException and changes nothing."],
        "propagation" => {
            &["Until then, a handshake doesn't exist for its recipient, and a new member doesn't exist for the \
             management account."]
        }
        "fault" => &[
            "`throttle@ListHandshakesForAccount:2` applies to the next two calls of that operation, `throttle:2` to \
             the next two that change something.",
            "`throttle`, `concurrent-modification` and `internal-error` reject the call. `lost-response` carries it \
             out and closes the connection, `truncate` closes the connection in the middle of the response, and \
             `delay:500ms` delays the response.",
        ],
        "cli-auto-prompt" => &["A warning on stderr says that it has no effect."],
        _ => &[],
    }
}

/// Returns examples in addition to the model's, each with a description and the command line.
pub fn examples(path: &[&str]) -> &'static [(&'static str, &'static str)] {
    match path {
        [] => &[
            (
                "Try it without an AWS account",
                "orgshake --sandbox accept-handshake \\\n    --handshake-id h-exampleopen111",
            ),
            (
                "The ids of all handshakes that wait for a response",
                "orgshake list-handshakes-for-organization --live --output text \\\n    --query 'Handshakes[].Id'",
            ),
            (
                "A request from a pipe",
                "orgshake accept-handshake --generate-cli-skeleton \\\n    | sed 's/\"\"/\"h-exampleopen111\"/' \\\n    | orgshake \
                 --sandbox accept-handshake --cli-input-json -",
            ),
        ],
        ["accept-handshake"] => &[
            (
                "Accept the only invitation of an organization",
                "orgshake --sandbox accept-handshake \\\n    --from-organization o-exampleorgid",
            ),
            (
                "Accept an invitation only if it comes from the right organization",
                "orgshake --sandbox accept-handshake \\\n    --handshake-id h-exampleopen111 \\\n    --from-organization o-exampleorgid",
            ),
            (
                "Approve all features in many accounts, by a role in each",
                "orgshake accept-handshake --accounts file://accounts.csv \\\n    --account-role OrganizationAccountAccessRole \\\n    \
                 --from-organization o-exampleorgid --action APPROVE_ALL_FEATURES",
            ),
            (
                "Print only the new state",
                "orgshake --sandbox accept-handshake \\\n    --handshake-id h-exampleopen111 \\\n    --query Handshake.State --output text",
            ),
        ],
        ["cancel-handshake"] => &[(
            "Print only the new state",
            "orgshake --sandbox cancel-handshake \\\n    --handshake-id h-exampleopen111 \\\n    --query Handshake.State --output text",
        )],
        ["decline-handshake"] => &[(
            "Read the id from stdin",
            "echo h-exampleopen111 \\\n    | orgshake --sandbox decline-handshake --handshake-id -",
        )],
        ["describe-handshake"] => &[(
            "The parties, one per line",
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
            "Only those that wait for a response (REQUESTED or OPEN), as a table",
            "orgshake --sandbox list-handshakes-for-account --live \\\n    --output table --query 'Handshakes[].[Id,Action,State]'",
        )],
        ["list-handshakes-for-organization"] => &[(
            "The approvals that belong to an ENABLE_ALL_FEATURES handshake",
            "orgshake list-handshakes-for-organization \\\n    --filter ParentHandshakeId=h-exampleenable111",
        )],
        ["enable-all-features"] => &[(
            "Then see which members have approved",
            "orgshake list-handshakes-for-organization \\\n    --filter ActionType=APPROVE_ALL_FEATURES",
        )],
        ["join"] => join::EXAMPLES,
        ["completion"] => &[(
            "Load the script in each shell",
            "# bash\norgshake completion bash --dynamic \\\n    > ~/.local/share/bash-completion/completions/orgshake\n\
             # zsh, in ~/.zshrc\nsource <(orgshake completion zsh --dynamic)\n\
             # fish\norgshake completion fish --dynamic \\\n    > ~/.config/fish/completions/orgshake.fish\n\
             # elvish, in rc.elv\neval (orgshake completion elvish --dynamic | slurp)\n\
             # PowerShell, in $PROFILE\norgshake completion powershell --dynamic |\n    Out-String | Invoke-Expression",
        )],
        ["sandbox"] => &[(
            "All handshakes, as a table",
            "orgshake sandbox show --output table \\\n    --query 'Handshakes[].[Id,State]'",
        )],
        ["sandbox", "serve"] => &[(
            "In a subshell, with a log",
            "(\n  rm -f sandbox.env\n  orgshake sandbox serve --env-file sandbox.env 2>sandbox.log &\n  until [ -e sandbox.env ]; do \
             sleep 0.1; done\n  . ./sandbox.env || exit\n  aws organizations list-handshakes-for-organization\n  kill $!\n)",
        )],
        ["wait"] => &[(
            "Wait until the invited account has responded",
            "orgshake wait handshake-closed \\\n    --handshake-id h-exampleopen111 --timeout 15d --interval 5m",
        )],
        ["wait", "handshake-declined"] => &[(
            "In the sandbox",
            "orgshake --sandbox wait handshake-declined \\\n    --handshake-id h-exampledeclined111",
        )],
        ["wait", "handshake-canceled"] => {
            &[("Read the ids from a file", "orgshake wait handshake-canceled --handshake-id file://ids.txt")]
        }
        ["wait", "handshake-accepted"] => &[
            (
                "Invite an account, and wait at most two hours until it has joined",
                "id=$(orgshake invite-account-to-organization \\\n    --target Id=222222222222,Type=ACCOUNT \\\n    --query Handshake.Id --output text)\n\
                 orgshake wait handshake-accepted --handshake-id \"$id\" --timeout 2h",
            ),
            (
                "Wait for all handshakes that are live now",
                "orgshake list-handshakes-for-organization --live \\\n    --query 'Handshakes[].Id' \\\n    | orgshake wait \
                 handshake-accepted --handshake-id -",
            ),
        ],
        ["wait", "handshake-open"] => &[(
            "Wait for an invitation that another program sends",
            "orgshake wait handshake-open \\\n    --target Id=222222222222,Type=ACCOUNT --timeout 30m",
        )],
        ["wait", "handshake-closed"] => &[(
            "Wait for any final state",
            "orgshake --sandbox wait handshake-closed \\\n    --handshake-id h-exampleaccepted111 h-exampledeclined111",
        )],
        ["sandbox", "exec"] => &[
            ("The AWS CLI", "orgshake sandbox exec -- \\\n    aws organizations list-handshakes-for-organization"),
            (
                "Test a script with a lost response",
                "orgshake sandbox exec --fault lost-response -- \\\n    orgshake accept-handshake --handshake-id h-exampleopen111",
            ),
        ],
        ["sandbox", "show"] => &[("As a table", "orgshake sandbox show --state world.json --output table")],
        _ => &[],
    }
}

/// Returns the description of the output of a command that isn't an operation.
pub fn output(path: &[&str]) -> &'static [&'static str] {
    match path {
        ["sandbox", "serve"] => &[
            "On stdout, or in the file of `--env-file`: lines for a shell, which export AWS_ENDPOINT_URL and the other \
             variables that a client needs, and unset those that would lead elsewhere. On stderr: a line for each \
             request, with time, caller, operation and status.",
        ],
        ["sandbox", "exec"] => &["The output of the command. With `--debug`, also a line for each request, on stderr."],
        ["sandbox", "show"] => &["The state of the sandbox, in the format of `--output`."],
        ["join"] => join::OUTPUT,
        ["completion" | "sandbox" | "wait", ..] => &[],
        _ => &["Only the result goes to stdout. If it doesn't fit the terminal, it goes through a pager: AWS_PAGER, \
                cli_pager of the profile, PAGER, or less. Members are in the order of the API. Timestamps are ISO 8601 \
                in the local time zone, unless cli_timestamp_format of the profile is `wire`. On a terminal, control \
                characters are printed as escapes."],
    }
}

/// The values of the model's enumerations and their meanings. A value means the same in every member.
pub const MEANINGS: &[(&str, &[(&str, &str)])] = &[
    (
        "States of a handshake",
        &[
            ("REQUESTED", "It was sent to several accounts, and not all of them have responded."),
            (
                "OPEN",
                "It waits for a response, or, when all members have approved all features, for the management account.",
            ),
            ("CANCELED", "The account that sent it has canceled it. Final; deleted after 30 days."),
            ("ACCEPTED", "It was accepted. Final; deleted after 30 days."),
            ("DECLINED", "The account that received it has declined. Final; deleted after 30 days."),
            ("EXPIRED", "No response came in time. Final; a new one must be sent."),
        ],
    ),
    (
        "Actions of a handshake",
        &[
            ("INVITE", "An account is invited to join the organization. It expires after 15 days."),
            (
                "ENABLE_ALL_FEATURES",
                "The management account enables all features: it accepts when every invited member has approved. It \
                 expires after 90 days.",
            ),
            (
                "APPROVE_ALL_FEATURES",
                "An invited member is asked to approve all features. It is canceled when its \
                                      ENABLE_ALL_FEATURES expires, is declined or is canceled.",
            ),
            (
                "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
                "A member is asked to create the role AWSServiceRoleForOrganizations again, so that all features can \
                 be enabled.",
            ),
            (
                "TRANSFER_RESPONSIBILITY",
                "A management account is invited to let another one take over a responsibility.",
            ),
        ],
    ),
    (
        "Types of parties, targets and resources",
        &[
            ("ACCOUNT", "The id of an AWS account, twelve digits."),
            ("ORGANIZATION", "The id of an organization, which begins with o-."),
            ("EMAIL", "The email address of an AWS account."),
        ],
    ),
    (
        "Types of resources",
        &[
            ("ORGANIZATION_FEATURE_SET", "The features of the organization: ALL or CONSOLIDATED_BILLING."),
            ("MASTER_EMAIL", "The email address of the organization's management account."),
            ("MASTER_NAME", "The name of the organization's management account."),
            ("NOTES", "The sender's text to the recipient."),
            ("PARENT_HANDSHAKE", "The id of the ENABLE_ALL_FEATURES handshake that this one belongs to."),
            ("RESPONSIBILITY_TRANSFER", "The transfer that the handshake is about."),
            ("TRANSFER_START_TIMESTAMP", "The time when the transfer begins."),
            ("TRANSFER_TYPE", "The type of the transfer."),
            ("MANAGEMENT_ACCOUNT", "The id of a management account."),
            ("MANAGEMENT_EMAIL", "The email address of a management account."),
            ("MANAGEMENT_NAME", "The name of a management account."),
        ],
    ),
    ("Types of transfers", &[("BILLING", "The sender's organization pays the bills of the other organization.")]),
];
