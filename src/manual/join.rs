//! The manual's texts for `orgshake join`.

/// The description.
pub const DESCRIPTION: &[&str] = &[
    "Bring accounts into the organization of the caller, which must be its management account: invite them, accept in their \
     name, wait until the organization shows them, and move them to their organizational units. It can be run again: all \
     state is the service's, and a second run does what is missing.",
    "The accounts are the ids of `--accounts`, separated by commas or white space, or CSV with a header. Its columns are \
     `account`, `email`, `role`, `parent` and `notes`; only the first is required. `email` is the address that an existing \
     invitation may be sent to. `role` and `parent` replace `--account-role` and `--parent` for the account; a parent is an id \
     or a path. `notes` is the text of the invitation. A line that can't be right refuses the whole file before anything is sent.",
    "First orgshake makes a plan, and only reads for that. As the caller, it reads the organization, its accounts, handshakes and \
     organizational units. In each account that isn't a member, it checks by STS that its identity is in that account, and reads \
     the account's organization. An account that is in another organization can join only if `--from-organization` names that \
     organization, because its policies, billing and shares end for the account. Management accounts can't join, and no account \
     can be invited while the organization is enabling all features. Quotas, the age of an account and its payment method \
     aren't shown by any read: the service may still refuse an account.",
    "If an account can't join, nothing is changed and the exit code is 1, unless `--skip-impossible` is given. `--dry-run` ends \
     after the plan. Otherwise orgshake shows the plan on a terminal and asks; elsewhere it needs `--yes`.",
    "Then the accounts join, several at once, within the documented rates of AWS. A live invitation of the organization is used; \
     otherwise the account is invited. Before each acceptance, orgshake reads the account's organization again: if it has changed \
     since the plan, the account fails. The account must see the invitation, and it must be one of the organization to this account. \
     Throttling, changes at the same time, lost responses and the time until the other party sees a change are waited for, each \
     step for `--timeout`.",
    "If an account fails before it has accepted, the invitation that this run has sent is canceled, unless `--keep-invitations` \
     is given. Other invitations are never canceled, nor is one whose response was lost: it may be somebody else's. `ToDo` in the \
     report then names it. An account that fails later is a member, and `ToDo` says what is left to do.",
    "After Ctrl-C, no more accounts begin; those under way are finished, and the report is printed. A second Ctrl-C ends all at \
     once, and the report says which invitations may be open. After `--max-failures` failures, no more accounts begin.",
];

/// The additions to the help of an option.
pub fn more_of_option(option: &str) -> &'static [&'static str] {
    match option {
        "accounts" => &["See DESCRIPTION for the columns of CSV."],
        "account-role" => {
            &["A role's name stands for the role of that name in each account, in the caller's partition."]
        }
        "account-source-profile" => {
            &["In a merger, this is often the old management account, which the accounts' role trusts."]
        }
        "from-organization" => &["Accounts that are in no organization can join with and without it."],
        "parent" | "parent-path" => &[
            "Members of the organization are moved there as well. Without both, accounts stay under the root, and members where \
               they are.",
        ],
        "dry-run" => &["The exit code is 1 if an account can't join and `--skip-impossible` isn't given."],
        "max-concurrency" => &["Accounts that wait until the other party sees a change count as well."],
        "timeout" => &[
            "Steps are, for example, that an account sees its invitation, and that the organization shows a new member.",
        ],
        _ => &[],
    }
}

/// The output.
pub const OUTPUT: &[&str] = &[
    "A report: `OrganizationId`, `ManagementAccountId`, `Accounts`, `CreatedOrganizationalUnits`, \
     `MissingOrganizationalUnits` in a plan, `Warning` and `Totals`. Each \
     account has `Account`, `Step`, `Outcome`, and as far as they apply, `FromOrganizationId`, `HandshakeId`, `Parent`, `ParentId`, \
     `RequestIds`, `Error` as in `--cli-error-format explained-json`, and `ToDo`. A table has a short row for each account.",
    "`Step` is what the plan says: `INVITE`, `ACCEPT` (an invitation is there), `PLACE`, `NOTHING` or `CANNOT`. `Outcome` is \
     `PLANNED`, `JOINED`, `PLACED` (a member was moved to its unit), `ALREADY_HERE`, `FAILED` or `NOT_STARTED`.",
    "On a terminal, a line on stderr shows the progress; elsewhere there is a line for each account that has ended.",
    "The exit code is 0 if all accounts are where they should be, 1 if nothing was changed, and 254 or 255 if an account failed.",
];

/// Examples, each with its title.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        "The plan for two accounts, in the sandbox with two organizations",
        "orgshake --sandbox --sandbox-world merger join \\\n    --accounts 222000000001,222000000002 --account-role admin \\\n    \
         --from-organization o-exampleoldorg --parent-path /Imported \\\n    --dry-run --output table",
    ),
    (
        "Join, without a question",
        "orgshake --sandbox --sandbox-world merger join \\\n    --accounts 222000000001,222000000002 --account-role admin \\\n    \
         --from-organization o-exampleoldorg --parent-path /Imported \\\n    --yes --query Totals",
    ),
    ("The IAM policies that are needed", "orgshake join --print-policy"),
];
