//! Common mistakes: each error says what to do about it, in a pipe and on a terminal.

use std::collections::BTreeSet;

use orgshake::command::AWS_ORGANIZATIONS;
use orgshake::model::OPERATIONS;
use serde_json::json;

use crate::support::packages::source_of;
use crate::support::run::{HANDSHAKE, Run, orgshake};
use crate::support::server::{Step, sample_handshake};

/// Describes a call of the sandbox with these words and `--sandbox`, which needs no credentials.
fn sandbox(words: &[&str]) -> Run {
    orgshake(words).arg("--sandbox").env_remove("AWS_ACCESS_KEY_ID")
}

/// Returns the hints of an error that ends with this code.
#[track_caller]
fn hints(run: Run, code: i32) -> Vec<String> {
    let stderr = run.run().failure(code);
    stderr.lines().filter_map(|line| line.trim().strip_prefix("hint: ").map(str::to_owned)).collect()
}

/// Returns the text of a run on a terminal of 80 columns as stderr, without colours.
#[cfg(unix)]
#[track_caller]
fn on_terminal(run: Run, code: i32) -> String {
    let (outcome, shown) = crate::support::terminal::stderr_on_terminal(run.arg("--color=off"));
    outcome.exits_with(code);
    shown
}

#[test]
fn commands_of_the_aws_cli_are_recognized() {
    for (words, hint) in [
        (&["list-accounts"][..], "use: aws organizations list-accounts"),
        (&["organizations", "list-accounts", "--output", "text"], "use: aws organizations list-accounts"),
        (&["sts", "get-caller-identity"], "use: aws sts get-caller-identity"),
        (&["s3"], "use: aws s3"),
    ] {
        let outcome = orgshake(words).run();
        let stderr = outcome.failure(252);
        let word = words.iter().find(|word| **word != "organizations").expect("a command");
        assert!(stderr.contains(&format!("'{word}' is not a handshake command\n\nhint: {hint}\n")), "{stderr}");
        assert!(!stderr.contains("accept-handshake"), "the list doesn't help: {stderr}");
    }
}

#[test]
fn the_commands_of_the_aws_cli_are_the_operations_of_the_sdk() {
    let operations = std::fs::read_dir(source_of("aws-sdk-organizations").join("src/operation")).expect("operations");
    let names = operations.map(|entry| entry.expect("an entry").file_name().into_string().expect("text"));
    let names: BTreeSet<_> = names.filter_map(|name| Some(name.strip_suffix(".rs")?.replace('_', "-"))).collect();
    let ours = OPERATIONS.iter().map(|operation| operation.command);
    let known: BTreeSet<_> = AWS_ORGANIZATIONS.iter().copied().chain(ours).map(str::to_owned).collect();
    assert_eq!(known, names);
}

#[test]
fn a_typo_prints_a_suggestion_alone() {
    for (words, suggestion) in
        [(&["acept-handshake"][..], "accept-handshake"), (&["sandbox", "exce"], "exec"), (&["sandbx"], "sandbox")]
    {
        let stderr = orgshake(words).run().failure(252);
        let rest = format!("\n\n  hint: did you mean '{suggestion}'?\n\nFor more information, try '--help'.\n");
        assert!(stderr.ends_with(&rest) && stderr.lines().count() == 6, "{stderr}");
    }
}

#[test]
fn values_without_names_are_shown_in_the_right_form() {
    let invite = |target| sandbox(&["invite-account-to-organization", "--target", target]);
    assert_eq!(hints(invite("123456789012"), 252), ["write it as --target Id=123456789012,Type=ACCOUNT"]);
    assert_eq!(hints(invite("juan@example.com"), 252), ["write it as --target Id=juan@example.com,Type=EMAIL"]);
    let list = |filter| sandbox(&["list-handshakes-for-account", "--filter", filter]);
    assert_eq!(hints(list("INVITE"), 252), ["write it as --filter ActionType=INVITE"]);
    assert_eq!(hints(list(HANDSHAKE), 252), [format!("write it as --filter ParentHandshakeId={HANDSHAKE}")]);
    let tags = |tags| invite("Id=123456789012,Type=ACCOUNT").args(["--tags", tags]);
    assert_eq!(hints(tags("team=payments"), 252), ["write the tag as Key=team,Value=payments"]);
    assert_eq!(hints(tags("team=two words"), 252), ["write the tag as 'Key=team,Value=two words'"]);
}

#[test]
fn rejected_values_are_named() {
    let filter = |value| sandbox(&["list-handshakes-for-account", "--filter", value]);
    let values = "ActionType must be one of INVITE, ENABLE_ALL_FEATURES, APPROVE_ALL_FEATURES, \
                  ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE, TRANSFER_RESPONSIBILITY";
    assert_eq!(hints(filter("ActionType=invite"), 254), [format!("{values}; did you mean INVITE?")]);
    assert_eq!(hints(filter("ActionType=JOIN"), 254), [values]);
    let invite = |target| sandbox(&["invite-account-to-organization", "--target", target]);
    assert_eq!(
        hints(invite("Id=12345678901,Type=ACCOUNT"), 254),
        ["an account id has twelve digits, and 12345678901 has 11: zeros at its beginning may be missing"]
    );
    let by_choice = |command, option| sandbox(&[command, option, "11111111111"]);
    let zeros = "an account id has twelve digits, and 11111111111 has 11: zeros at its beginning may be missing";
    assert_eq!(hints(by_choice("accept-handshake", "--from-account"), 252), [zeros]);
    assert_eq!(hints(by_choice("cancel-handshake", "--to"), 252), [zeros]);
    assert_eq!(
        hints(invite("Id=1234567890123,Type=ACCOUNT"), 254),
        ["an account id has twelve digits, and 1234567890123 has 13"]
    );
    assert_eq!(
        hints(invite("Id=juan@example.com,Type=ACCOUNT"), 254),
        ["juan@example.com is an email address: use Type=EMAIL"]
    );
}

#[test]
fn blanks_of_a_skeleton_are_named() {
    let rest = "as the skeleton leaves it: fill it in, or remove it if it isn't required";
    for (command, blank) in [
        ("accept-handshake", "HandshakeId is empty"),
        ("invite-account-to-organization", "Target.Id is empty"),
        ("list-handshakes-for-account", "Filter.ParentHandshakeId is empty"),
        ("list-handshakes-for-account", "MaxResults is 0"),
    ] {
        let skeleton = orgshake([command, "--generate-cli-skeleton"]).run().success();
        let found =
            hints(sandbox(&[command, "--cli-input-json", "file://blank.json"]).file("blank.json", skeleton), 252);
        assert!(found.contains(&format!("{blank}, {rest}")), "{found:?}");
    }
}

#[test]
fn an_empty_option_may_come_from_a_variable() {
    let variable = "if the value comes from a variable, check that the variable is set";
    assert_eq!(
        hints(sandbox(&["accept-handshake", "--handshake-id", ""]), 252),
        [format!("HandshakeId is empty: {variable}")]
    );
    let invite = sandbox(&["invite-account-to-organization", "--target", "Id=,Type=ACCOUNT"]);
    assert_eq!(hints(invite, 252), [format!("Target.Id is empty: {variable}")]);
}

#[test]
fn yaml_in_place_of_json_is_recognized() {
    let with = |document| sandbox(&["accept-handshake", "--cli-input-json", document]);
    let yaml = ["the document is YAML: use --cli-input-yaml"];
    assert_eq!(hints(with("HandshakeId: h-examplehandshakeid111"), 252), yaml);
    assert_eq!(
        hints(with("file://x.yaml").file("x.yaml", "# ours\nHandshakeId: h-examplehandshakeid111\n"), 252),
        yaml
    );
    // JSON with a mistake may be YAML, too.
    assert!(hints(with(r#"{"HandshakeId": "h-examplehandshakeid111",}"#), 252).is_empty());
}

// Who has to act

#[cfg(unix)]
#[test]
fn on_a_terminal_an_expired_handshake_names_its_sender() {
    let accept = sandbox(&["accept-handshake", "--handshake-id", HANDSHAKE, "--sandbox-clock", "+16d"]);
    let shown = on_terminal(accept, 254);
    assert!(
        shown.contains("It is EXPIRED: INVITE from o-exampleorgid (account\n111111111111) to juan@example.com,"),
        "{shown}"
    );
    assert!(
        shown.contains(
            "Z.\nhint: ask the sender for a new one: the management account 111111111111 of\n      o-exampleorgid (Org \
             Master Account, bill@amazon.com)\nhint: to see the handshake:\n"
        ),
        "{shown}"
    );
}

#[cfg(unix)]
#[test]
fn on_a_terminal_a_wrong_account_and_the_right_one_are_named() {
    let by = |account: &str, command: &str| {
        on_terminal(sandbox(&[command, "--handshake-id", HANDSHAKE]).env("AWS_ACCESS_KEY_ID", account), 254)
    };
    let sender = by("111111111111", "accept-handshake");
    assert!(
        sender.replace('\n', " ").contains(" The caller is account 111111111111. It is OPEN: INVITE from "),
        "{sender}"
    );
    assert!(sender.contains("\nhint: use credentials of the recipient, juan@example.com\n"), "{sender}");
    let recipient = by("222222222222", "cancel-handshake");
    assert!(recipient.replace('\n', " ").contains(" The caller is account 222222222222. It is OPEN: "), "{recipient}");
    assert!(
        recipient.contains("\nhint: use credentials of account 111111111111, which sent the handshake\n"),
        "{recipient}"
    );
    let list = sandbox(&["list-handshakes-for-organization"]).env("AWS_ACCESS_KEY_ID", "444444444444");
    let list = on_terminal(list, 254);
    assert!(list.replace('\n', " ").contains(" The caller is account 444444444444. hint: "), "{list}");
    // A stranger may not see the handshake.
    let stranger = by("333333333333", "accept-handshake");
    assert!(
        stranger.contains("The caller is account 333333333333.\nhint: use credentials of that account"),
        "{stranger}"
    );
}

#[test]
fn explained_json_names_the_party_that_has_to_act() {
    let denied = || Step::error("AccessDeniedException", "You don't have permissions to access this resource.");
    let accept = || orgshake(["accept-handshake", "--handshake-id", HANDSHAKE]);
    let explained = accept().env("AWS_CLI_ERROR_FORMAT", "explained-json");
    let outcome = explained.script([denied(), Step::json(&sample_handshake())]).run();
    let told: serde_json::Value = serde_json::from_str(&outcome.failure(254)).expect("JSON");
    let to_do = told["WhatToDo"].as_str().expect("text");
    assert!(to_do.starts_with("use credentials of the recipient, juan@example.com\n"), "{to_do}");
    assert!(to_do.ends_with("\nto see whose credentials these are: aws sts get-caller-identity"), "{to_do}");
    let body = json!({"HandshakeId": HANDSHAKE});
    outcome.sent(&[("AcceptHandshake", body.clone()), ("DescribeHandshake", body)]);
    // Scripts see what they have always seen.
    let outcome = accept().script([denied()]).run();
    outcome.failure(254);
    assert_eq!(outcome.requests.len(), 1, "{outcome}");
}

// The layout and the colours of a terminal

#[cfg(unix)]
#[test]
fn on_a_terminal_an_error_is_a_line_and_a_block() {
    let invite = sandbox(&["invite-account-to-organization", "--target", "Id=12345678901,Type=ACCOUNT"]);
    assert_eq!(
        on_terminal(invite, 254),
        "\norgshake: [ERROR]: An error occurred (InvalidInputException) when calling the\n\
         InviteAccountToOrganization operation: The value of Target.Id doesn't match the\n\
         required pattern.\n\
         \nReason: INVALID_PATTERN\n\
         A value doesn't have the required form. Text that looks like a script is\n\
         rejected, too.\n\
         hint: an account id has twelve digits, and 12345678901 has 11: zeros at its\n      \
         beginning may be missing\n\
         request id: EXAMPLE8-90ab-cdef-fedc-000000000000\n"
    );
    assert_eq!(
        on_terminal(sandbox(&["accept-handshake", "--hanshake-id", "x"]), 252),
        "\norgshake: [ERROR]: An error occurred (ParamValidation): unexpected argument\n'--hanshake-id' found\n\
         \nhint: a similar argument exists: '--handshake-id'\n\
         Usage: orgshake accept-handshake [--handshake-id <ID>] [OPTIONS]\n\
         For more information, try '--help'.\n"
    );
}

#[cfg(unix)]
#[test]
fn labels_are_coloured_on_a_terminal_alone() {
    use crate::support::terminal::stderr_on_terminal;

    let accept = || sandbox(&["accept-handshake", "--handshake-id", ""]);
    let shown = |run: Run| {
        let (outcome, shown) = stderr_on_terminal(run);
        outcome.exits_with(252);
        shown
    };
    let colored = "\norgshake: [\u{1b}[1;31mERROR\u{1b}[0m]: An error";
    let hint = "\n\u{1b}[1;36mhint:\u{1b}[0m HandshakeId is empty";
    for run in [accept(), accept().arg("--color=on").env("NO_COLOR", "1")] {
        let shown = shown(run);
        assert!(shown.starts_with(colored) && shown.contains(hint), "{shown:?}");
    }
    for run in [accept().arg("--color=off"), accept().env("NO_COLOR", "1"), accept().env("TERM", "dumb")] {
        let shown = shown(run);
        assert!(shown.starts_with("\norgshake: [ERROR]: ") && !shown.contains('\u{1b}'), "{shown:?}");
    }
    // A command line that isn't understood.
    assert!(!shown(sandbox(&["acept-handshake", "--color", "off"])).contains('\u{1b}'));
    assert!(shown(sandbox(&["acept-handshake"])).starts_with(colored));
    let note = || sandbox(&["accept-handshake", "--from-organization", "o-exampleorgid", "--action", "INVITE"]);
    let (outcome, text) = stderr_on_terminal(note());
    outcome.exits_with(0);
    assert!(text.starts_with("orgshake: [\u{1b}[1;32mNOTE\u{1b}[0m]: chosen: "), "{text:?}");
    // A pipe is never coloured.
    for run in [accept().arg("--color=on"), accept().env("CLICOLOR_FORCE", "1")] {
        assert!(!run.run().failure(252).contains('\u{1b}'));
    }
}

// Profiles, networks and certificates

#[test]
fn of_many_profiles_the_nearest_are_listed() {
    let profiles = |count: u32| (1..=count).map(|n| format!("[profile team-{n:03}-admin]\n")).collect::<String>();
    let with = |count, name| {
        let run = orgshake(["describe-handshake", "--handshake-id", HANDSHAKE, "--profile", name]);
        hints(run.file("~/.aws/config", profiles(count)), 255)
    };
    let all = "to list all 200 profiles: aws configure list-profiles";
    assert_eq!(
        with(200, "team-042-admn"),
        ["profiles with similar names: team-042-admin, team-002-admin, team-012-admin", all]
    );
    assert_eq!(with(200, "production"), [all]);
    assert_eq!(with(2, "production"), ["profiles in the configuration files: team-001-admin, team-002-admin"]);
    let role = "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/r\nsource_profile = team-042-admn\n";
    let run = orgshake(["describe-handshake", "--handshake-id", HANDSHAKE, "--profile", "role"]);
    let found = hints(run.file("~/.aws/config", profiles(199) + role), 255);
    assert_eq!(found, ["profiles with similar names: team-042-admin, team-002-admin, team-012-admin", all]);
}

#[test]
fn a_web_page_may_come_from_a_proxy() {
    let page = || Step::bytes("\n<!DOCTYPE html><html><title>Log in</title></html>");
    let describe = || orgshake(["describe-handshake", "--handshake-id", HANDSHAKE]).env("AWS_MAX_ATTEMPTS", "1");
    let found = hints(describe().script([page().status(403)]), 254);
    assert_eq!(
        found,
        ["check the endpoint URL and the proxy settings; if the network has a login page, log in with a browser"]
    );
    for (status, code) in [(200, 255), (503, 254)] {
        let found = hints(describe().script([page().status(status)]), code);
        assert!(
            found[0].starts_with("the response is a web page: it may come from a proxy, or from a login page"),
            "{found:?}"
        );
    }
    assert!(hints(describe().script([Step::bytes("garbage")]), 255).is_empty());
}

#[test]
fn an_endpoint_that_is_down_gets_a_hint() {
    let run = orgshake(["describe-handshake", "--handshake-id", HANDSHAKE]).env("AWS_MAX_ATTEMPTS", "1");
    let found = hints(run.arg("--endpoint-url").arg(crate::support::run::DEAD), 255);
    assert_eq!(found, ["check the URL, and whether a server is running there"]);
}

// Queries

#[cfg(unix)]
#[test]
fn on_a_terminal_a_query_that_compares_with_a_field_is_noted() {
    let describe = |query: &str| sandbox(&["describe-handshake", "--handshake-id", HANDSHAKE, "--query", query]);
    let query = "Handshake.State==\"OPEN\"";
    assert_eq!(
        on_terminal(describe(query), 0),
        "orgshake: [NOTE]: --query compares with the field OPEN, which no response has;\nto compare with that text, \
         write 'OPEN'\n"
    );
    for fine in ["Handshake.State=='OPEN'", "Handshake.State==Action", "Handshake.{a: Id, b: Arn} | a==b"] {
        assert_eq!(on_terminal(describe(fine), 0), "", "{fine}");
    }
    assert_eq!(on_terminal(describe(query).args(["--cli-error-format", "json"]), 0), "");
    assert_eq!(describe(query).run().success(), "false\n");
}
