//! The manual's texts that don't come from tables. The facts are those of the AWS Organizations API reference and user
//! guide.

use super::join;

/// The introduction to ERRORS.
pub const ERRORS: &str = "A failure is printed on stderr: first the AWS CLI's own error line, then details, an explanation and advice. \
    `--cli-error-format` selects other formats, also for programs. EXIT STATUS lists the exit codes.";

/// The reference to the errors that every command has.
pub const COMMON_ERRORS: &str =
    "Errors of credentials, signatures, networks and the like are the same for every command: see `orgshake`(1).";

/// The syntax of timestamps.
pub const TIMESTAMP: &str = "An instant in ISO 8601, such as 2027-01-01T00:00:00Z, or seconds since 1970-01-01T00:00:00Z. Without an \
    offset it is in UTC.";

/// The description of every listing.
pub const LISTING: &[&str] = &[
    "`--max-items` limits a listing, which then ends with a token, NextToken; `--starting-token` continues the listing \
     from there. orgshake and the AWS CLI accept each other's tokens. `--page-size` sets how many items each request asks \
     for, at most 20; `--no-paginate` requests only one page.",
    "The formats json, yaml and table are printed when all pages have arrived, or not at all; text and yaml-stream are \
     printed page by page.",
];

/// The description of the commands of `wait`, after the states that they wait for.
macro_rules! waiting {
    ($ends:literal) => {
        &[
            concat!(
                $ends,
                " Prints nothing. The exit code is 0 when all handshakes are in the state, and 255 when the time is over, or \
                 at once when one can't reach the state any more."
            ),
            "The command looks every 15 seconds (`--interval`), 40 times. With `--timeout` it looks until that time is over, \
             and once more then; each look has at least five seconds.",
            "A single handshake is described. Several are looked up in one listing a round: in that for the organization, or \
             if the caller may not see it or it doesn't show them, in that for the account. A handshake that neither listing \
             shows is described.",
            "`--target` means the newest INVITE to a party at each look. If there is no INVITE yet, it is waited for.",
            "A service that can't be reached at the first look ends the wait at once. Otherwise throttling and transient failures \
             don't end it as long as another look is due: error responses that ask \
             for another attempt (such as TooManyRequestsException, ConcurrentModificationException and ServiceException), \
             the HTTP statuses 500, 502, 503 and 504, and connections that fail, break or time out. Within a look, requests \
             are retried as in any other command. Any other error ends the wait with that error's exit code.",
            "Ctrl-C and SIGTERM end the wait; the message says how things stand. On a terminal, a line on stderr shows the \
             time until the next look.",
        ]
    };
}

const WAIT: &[&str] = waiting!("Another final state is a failure: CANCELED, ACCEPTED, DECLINED or EXPIRED.");
const WAIT_OPEN: &[&str] = waiting!("A final state is a failure: CANCELED, ACCEPTED, DECLINED or EXPIRED.");
const WAIT_CLOSED: &[&str] = waiting!("Any final state will do: CANCELED, ACCEPTED, DECLINED or EXPIRED.");

/// The description of many calls by one command.
pub const MANY: &[&str] = &[
    "`--handshake-id -` reads any number of ids from stdin, separated by white space or as a JSON list, and makes a call for \
     each. An id that can't be one refuses all of them before anything is sent. `--accounts` makes the same call in each of \
     many accounts: it assumes the role of `--account-role` there. Its value is the ids, separated by commas or white space, \
     or `file://`{PATH}, or `-` for stdin; several handshake ids don't go with it; a file may also be CSV with a header whose first column is `account`, and its other \
     columns are not used. A role's name stands for the role of that name in each account, in the caller's partition. The \
     credentials of these roles are not cached. Before a change, orgshake asks STS whether the role is in that account.",
    "At most `--max-concurrency` calls are under way at once, and requests keep to the documented rates of AWS unless \
     `--no-pacing` is given. A call that is throttled waits its turn again; that doesn't count as an attempt of \
     `AWS_MAX_ATTEMPTS`. The program gives up when the service throttles everything for two minutes.",
    "Results are printed in the order of the input, each as soon as those before it are: JSON documents one after another, YAML \
     documents separated by `---`, elements of yaml-stream, lines of text, or one table at the end. They aren't paged. `--query` \
     applies to each. With `--accounts`, `Account` is the first member. A call that fails is reported with its id or account, \
     and the others go on; the exit code is the gravest: that of a signal, then 255, 254, 1, 0. The last line on stderr has \
     counts, unless `--cli-error-format` is a structured format.",
    "After Ctrl-C, nothing new begins, reads end, and changes under way are finished. A second Ctrl-C ends them as well.",
];

/// Returns the description of a command that isn't an operation.
pub fn description(path: &[&str]) -> &'static [&'static str] {
    match path {
        [] => &[
            "`orgshake` sends, lists, accepts, declines and cancels the handshakes of AWS Organizations: the invitations and \
             approvals by which accounts join an organization. It replaces the handshake commands of `aws organizations`: \
             options, output, exit codes, settings and credentials are the same, so that only the program's name changes in \
             a script. Every command is also available as `orgshake organizations` {COMMAND}.",
            "Options may come before or after the command, as `--name` {VALUE} or `--name=`{VALUE}. Those of the AWS CLI may be \
             shortened as long as they stay unambiguous. A value that begins with a dash must follow an equals sign.",
            "A parameter that is a structure or a list is typed in shorthand, `Key=value,Other=value`, or as JSON. \
             `file://`{PATH} reads the value of any parameter from a file, and `-` reads it from stdin if the option's help \
             says so.",
            "`orgshake` {COMMAND} `help` shows the manual page of a command, `--help` a short list of its options.",
        ],
        ["completion"] => &[
            "Print a script that completes commands, options and their values in a shell.",
            "Without `--dynamic`, the script contains fixed candidates and runs nothing.",
            "With `--dynamic`, the script runs orgshake for every completion. It then also completes profiles of the \
             configuration files, regions, types within shorthand, files, and the ids of handshakes that can \
             be accepted, declined, canceled or described. Shells that show descriptions show the account, action, state and \
             expiry of each handshake. To list the handshakes, orgshake calls the service with the credentials of the profile, \
             for at most 1.5 seconds. The list is cached for 30 seconds, in a file that only this user can write. There is \
             no prompt for an MFA code. A `credential_process` runs without stdin and in the background, and is ended with \
             its process group when the time is over. If anything fails, nothing is completed and no error is printed.",
            "Candidates are quoted to fit the word at the cursor, so that a file or profile name can't run a command. Names that \
             contain control characters, or characters that change the direction of writing, are not offered.",
        ],
        ["join"] => join::DESCRIPTION,
        ["wait"] => &[
            "Wait until handshakes have reached a state, as `aws` {SERVICE} `wait` does: without output, until the exit code \
             says how it went. Every command is also available as `orgshake organizations wait` {COMMAND}.",
        ],
        ["wait", command] => match *command {
            "handshake-open" => WAIT_OPEN,
            "handshake-closed" => WAIT_CLOSED,
            _ => WAIT,
        },
        ["sandbox"] => &[
            "The sandbox is an Organizations service within the program. It has the rules of the real service for handshakes of \
             every kind, and for the organizations and accounts around them. `--sandbox` sends a single command to it, \
             ORGSHAKE_SANDBOX=1 every command of a script. These commands serve it to other programs, or show its state.",
            "Without `--state`, every start begins with the same state: 111111111111 manages the organization \
             o-exampleorgid, which has invited account 222222222222 with h-examplehandshakeid111.",
            "With `--world merger` it has two organizations for rehearsing a migration: 111111111111 manages the new one, and \
             222222222222 the old one with 120 accounts. With `--world empty` it has none.",
        ],
        ["sandbox", "serve"] => &[
            "Serve the sandbox on 127.0.0.1, over HTTP, until SIGINT or SIGTERM. When it is ready, it prints lines for a shell, \
             which make all AWS clients use the sandbox and nothing else, and closes its stdout. With `--env-file`, these lines \
             go to a file instead. It is removed first, and appears, complete, when the server is ready.",
            "If the server can't start, the lines name a server that doesn't exist and keys that no service accepts, \
             and end with `false`: a shell that evaluates them reaches nothing.",
            "The lines change the shell until it ends. Evaluate them in a subshell, or use `orgshake sandbox exec`.",
            "Signatures are checked. The access key id is the account that calls, twelve digits; the secret access key of \
             every account is `sandbox`.",
        ],
        ["sandbox", "exec"] => &[
            "Run a command with AWS_ENDPOINT_URL set to the sandbox. The command gets the sandbox's keys in place of yours, empty \
             configuration files, and no profile, session token or other endpoint, so that no real key reaches it. The sandbox \
             ends with the command.",
        ],
        ["sandbox", "show"] => &[
            "Print the state of the sandbox: its organizations, accounts and handshakes. `--output` and `--query` apply as \
             to a response of the service.",
        ],
        _ => &[],
    }
}

/// Returns the additions to the help of an option.
pub fn more_of_option(option: &str) -> &'static [&'static str] {
    match option {
        "handshake-id" => &["`-` reads it from stdin. An invalid id is an error, and nothing is sent."],
        "cli-input-json" | "cli-input-yaml" => {
            &["`--generate-cli-skeleton` prints a document to fill in. Options override the document."]
        }
        "live" => {
            &["Other handshakes are left out before `--query`. `--max-items` and `--starting-token` are then refused."]
        }
        "expires-within" => &[
            "A whole number with its unit: `s`, `m`, `h` or `d`. The service's clock decides. Other handshakes are left out \
             before `--query`. `--max-items` and `--starting-token` are then refused.",
        ],
        "generate-cli-skeleton" => &[
            "`input`, the default, and `yaml-input` print a request to fill in, which contains the parameters that are given; \
             `output` prints a sample response.",
        ],
        "from-organization" | "from-account" | "to" => &[
            "With `--handshake-id`, it is a guard: the handshake is described first, and if it doesn't fit, nothing is changed \
             and the exit code is 1. Without, exactly one live handshake (REQUESTED or OPEN) must fit all these options; it is \
             named on stderr. If none or several fit, nothing is changed, the exit code is 1, and the error lists them with \
             their ids.",
            "The account and the organization in a handshake's ARN are those of its sender. Recipients are compared without \
             regard to case.",
        ],
        "action" => &[
            "It guards and chooses like the options beside it. It can't choose a handshake to accept on its own: that would \
             accept the invitation of any stranger.",
        ],
        "dry-run" => &[
            "The handshake, or the sent handshakes and the organization, are read, and guards are checked. The output is the \
             handshake as it is, or the request that would be sent, as `--cli-input-json` takes it. A note on stderr names the \
             caller. If the service would refuse the change because of the handshake's state or expiry, of the caller, or of \
             an earlier request, the exit code is 1 and the error says why. Permissions are not checked.",
            "STS is asked for the caller for at most 3 seconds, and only if it is at the same endpoint as the service, or both \
             are at AWS.",
        ],
        "idempotent" => &[
            "A handshake that is in the final state already is printed, with a note on stderr, and the exit code is 0. So is \
             an earlier request for the same, unless it differs; then the exit code is 1. Tags and the name of a transfer \
             can't be compared. If no handshake shows the change any more, but the organization does, there is only the note.",
        ],
        "filter" => &["The service accepts only one of the two members at a time."],
        "notes" => {
            &["At most 1,024 characters. They are shown in the message to the invited party and in the handshake."]
        }
        "tags" => &["Tags also need the permission organizations:TagResource."],
        "endpoint-url" => {
            &["http:// or https://, and a host. A URL that contains a user name or a password is an error."]
        }
        "no-verify-ssl" => {
            &["Anyone between this machine and the service can then read and change requests and responses."]
        }
        "output" => &[
            "json, yaml and text are as the AWS CLI prints them. yaml-stream is YAML page by page. table is for people. off \
             prints nothing.",
        ],
        "query" => {
            &["An expression of https://jmespath.org. In the formats text and yaml-stream it is applied to each page."]
        }
        "profile" => &["Keys in the environment are then ignored."],
        "sandbox" => &[
            "If AWS_ACCESS_KEY_ID has twelve digits, that account is the caller; otherwise the caller is the party that the \
             command is meant for.",
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
            "`throttle@ListHandshakesForAccount:2` applies to the next two calls of that operation, `throttle:2` to the next two \
             that change something.",
            "`throttle`, `concurrent-modification` and `internal-error` reject the call. `lost-response` carries it out and \
             closes the connection, `truncate` closes the connection in the middle of the response, and `delay:500ms` delays \
             the response.",
        ],
        "cli-auto-prompt" => &["Accepted for scripts of the AWS CLI; a warning says that orgshake doesn't prompt."],
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
                "Accept the only invitation of an organization",
                "orgshake --sandbox accept-handshake \\\n    --from-organization o-exampleorgid",
            ),
            (
                "Accept an invitation only if it comes from the right organization",
                "orgshake --sandbox accept-handshake \\\n    --handshake-id h-exampleopen111 \\\n    --from-organization o-exampleorgid",
            ),
            (
                "Agree to all features in many accounts, by a role in each",
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
            "Only open handshakes, as a table",
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
        ["join"] => join::EXAMPLES,
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
            "Wait until the invited account has answered",
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
                "Wait for all invitations that are live now",
                "orgshake list-handshakes-for-organization --live \\\n    --query 'Handshakes[].Id' \\\n    | orgshake wait \
                 handshake-accepted --handshake-id -",
            ),
        ],
        ["wait", "handshake-open"] => &[(
            "Wait for an invitation that another program sends",
            "orgshake wait handshake-open \\\n    --target Id=222222222222,Type=ACCOUNT --timeout 30m",
        )],
        ["wait", "handshake-closed"] => &[(
            "Wait for any end",
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
        ["completion"] => &["The script, on stdout."],
        ["sandbox", "serve"] => &[
            "On stdout, or in the file of `--env-file`, lines for a shell: they export AWS_ENDPOINT_URL and the other variables that \
             a client needs, and unset those that would lead elsewhere. On stderr, a line for each request: time, caller, \
             operation, status.",
        ],
        ["sandbox", "exec"] => &["The output of the command. With `--debug`, also a line for each request, on stderr."],
        ["sandbox", "show"] => &["The state of the sandbox, in the format of `--output`."],
        ["wait", ..] => &["Nothing on stdout."],
        ["join"] => join::OUTPUT,
        ["sandbox"] => &["The output of its commands."],
        _ => &["Only the result goes to stdout. If it doesn't fit the terminal, it goes through a pager: AWS_PAGER, \
             cli_pager of the profile, PAGER, or less. Members are in the order of the API. Timestamps are ISO 8601 in the \
             local time zone, unless cli_timestamp_format of the profile is `wire`. On a terminal, control characters are \
             printed as escapes."],
    }
}

/// Returns the meaning of an enumeration's value, which is the same in every member.
pub fn meaning(value: &str) -> &'static str {
    MEANINGS.iter().find(|(known, _)| *known == value).map_or("", |(_, meaning)| meaning)
}

/// The values of the model's enumerations and their meanings.
pub const MEANINGS: &[(&str, &str)] = &[
    // States.
    ("REQUESTED", "It was sent to several accounts, and not all of them have responded."),
    ("OPEN", "It waits for a response, or, when all members have approved all features, for the management account."),
    ("CANCELED", "The account that sent it has canceled it. Final; deleted after 30 days."),
    ("ACCEPTED", "It was accepted. Final; deleted after 30 days."),
    ("DECLINED", "The account that received it has declined. Final; deleted after 30 days."),
    ("EXPIRED", "No response came in time. Final; a new one must be sent."),
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
        "A member is asked to create the role AWSServiceRoleForOrganizations again, so that all features can be enabled.",
    ),
    ("TRANSFER_RESPONSIBILITY", "A management account is invited to let another one take over a responsibility."),
    // Parties, and resources of the same names.
    ("ACCOUNT", "The id of an AWS account, twelve digits."),
    ("ORGANIZATION", "The id of an organization, which begins with o-."),
    ("EMAIL", "The email address of an AWS account."),
    // Resources.
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
    // Transfers.
    ("BILLING", "Paying the bills of the other organization."),
];
