//! The manual's texts for `orgshake join`.

/// The description.
pub const DESCRIPTION: &[&str] = &[
    "Bring accounts into the organization of the caller, which must be its management account: invite them, accept in \
     their name, wait until the organization shows them, and move them to their organizational units. It can be run \
     again: a second run does only what is missing.",
    "The accounts are the ids of `--accounts`, separated by commas or white space, or CSV with a header. Its columns \
     are `account`, `email`, `role`, `parent` and `notes`; only the first is required. `email` is the address that an \
     existing invitation may be sent to. `role` and `parent` replace `--account-role` and `--parent` for the account; \
     a parent is an id or a path. `notes` is the text of the invitation. If a line is invalid, the whole file is \
     rejected before anything is sent.",
    "First, orgshake makes a plan, for which it only reads. As the caller, it reads the organization, its accounts, \
     handshakes and organizational units. For each account that isn't a member, it asks STS whether the credentials \
     are those of that account, and reads the account's organization. An account in another organization can join only \
     if `--from-organization` names that organization, because the account loses that organization's policies, billing \
     and shared resources. Management accounts can't join, and no account can be invited while the organization is \
     enabling all features. No read operation shows quotas, the age of an account or its payment method, so the \
     service may still reject an account.",
    "If an account can't join, nothing is changed and the exit code is 1, unless `--skip-impossible` is given. \
     `--dry-run` ends after the plan. Otherwise orgshake shows the plan on a terminal and asks; elsewhere it needs \
     `--yes`.",
    "Then orgshake processes several accounts at once, within the documented rates of AWS. It uses a live \
     invitation of the organization, or sends a new one. Before the account accepts, it must see the invitation, and the \
     invitation must be one of the organization to this account. Before each acceptance, orgshake reads the account's \
     organization again: if it has changed since the plan, the account doesn't accept. orgshake retries \
     after throttling, concurrent changes and lost responses, and waits until the other party sees a change, each step \
     for at most `--timeout`.",
    "If an account fails before it accepts, orgshake cancels the invitation that this run sent, unless \
     `--keep-invitations` is given. Other invitations are never canceled. If the response to the \
     invitation was lost, the invitation may be somebody else's: it isn't canceled, and `ToDo` in the report names it. \
     An account that fails later is a member, and `ToDo` names the remaining steps.",
    "After Ctrl-C, orgshake starts no more accounts, finishes those in progress, and prints the report. A second \
     Ctrl-C ends the run at once, and the report names the invitations that may be open. After `--max-failures` \
     failures, orgshake starts no more accounts.",
];

/// The additions to the help of an option.
pub fn more_of_option(option: &str) -> &'static [&'static str] {
    match option {
        "accounts" => &["DESCRIPTION explains the columns."],
        "account-role" => &["A name means the role of that name in each account, in the caller's partition."],
        "account-source-profile" => {
            &["In a merger, this is often the old management account, which the accounts' role trusts."]
        }
        "from-organization" => &["Accounts that are in no organization can join in either case."],
        "parent" | "parent-path" => &[
            "Members of the organization are moved there as well. Without `--parent` and `--parent-path`, new accounts \
             stay under the root, and members where they are.",
        ],
        "dry-run" => &["The exit code is 1 if an account can't join and `--skip-impossible` isn't given."],
        "max-concurrency" => &["Accounts that wait for something count, too."],
        "timeout" => {
            &["For example, the account must see its invitation, and the organization must show the new member."]
        }
        _ => &[],
    }
}

/// The output.
pub const OUTPUT: &[&str] = &[
    "A report: `OrganizationId`, `ManagementAccountId`, `Accounts`, `CreatedOrganizationalUnits`, \
     `MissingOrganizationalUnits` in a plan, `Warning` and `Totals`. Each account has `Account`, `Step`, `Outcome`, and as far as they apply, `FromOrganizationId`, \
     `HandshakeId`, `Parent`, `ParentId`, `RequestIds`, `Error` (the object of `--cli-error-format explained-json`), \
     and `ToDo`. A table has a short row for each account.",
    "`Step` is the planned step: `INVITE`, `ACCEPT` (an existing invitation), `PLACE`, `NOTHING` or `CANNOT`. \
     `Outcome` is `PLANNED`, `JOINED`, `PLACED` (a member was moved to its unit), `ALREADY_HERE`, `FAILED` or \
     `NOT_STARTED`.",
    "On a terminal, a line on stderr shows the progress; elsewhere, stderr has a line for each finished account.",
    "The exit code is 0 if all accounts are where they should be, 1 if nothing was changed, and 254 or 255 if an \
     account failed.",
];

/// Examples, each with its title.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        "The plan for two accounts, in the sandbox with two organizations",
        "orgshake --sandbox --sandbox-world merger join \\\n    --accounts 222000000001,222000000002 --account-role admin \\\n    \
         --from-organization o-exampleoldorg --parent-path /Imported \\\n    --dry-run --output table",
    ),
    (
        "Join, without asking for confirmation",
        "orgshake --sandbox --sandbox-world merger join \\\n    --accounts 222000000001,222000000002 --account-role admin \\\n    \
         --from-organization o-exampleoldorg --parent-path /Imported \\\n    --yes --query Totals",
    ),
    ("The IAM policies that are needed", "orgshake join --print-policy"),
];
