//! `--assume-role`: another identity for one command.

use crate::credentials::{Setting, keys, parameter, role, setting};
use crate::support::run::{HANDSHAKE, Home, orgshake};
use crate::support::server::Step;

const ACCOUNT_ROLE: &str = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole";

fn assuming(mut setting: Setting, roles: &[&str]) -> Setting {
    for role in roles {
        setting.run = setting.run.args(["--assume-role", *role]);
    }
    setting
}

#[test]
fn roles_are_assumed_in_the_order_given() {
    let steps = || [role("ASIAA"), role("ASIAB"), Step::handshake()];
    let roles = ["arn:aws:iam::1:role/first", "RoleArn=arn:aws:iam::2:role/second,ExternalId=a,b,RoleSessionName=me"];
    let expected = ["AssumeRole AKIDENV -", "AssumeRole ASIAA token-ASIAA", "AcceptHandshake ASIAB token-ASIAB"];
    let requests = assuming(setting(steps()).environment_keys(), &roles).signs(&expected);
    let said = |n: usize, name: &str| parameter(&requests[n], name);
    assert_eq!(said(0, "RoleArn").as_deref(), Some("arn:aws:iam::1:role/first"));
    assert_eq!(said(0, "ExternalId"), None);
    let names = ["RoleArn", "ExternalId", "RoleSessionName"].map(|name| said(1, name).expect("a parameter"));
    assert_eq!(names, ["arn:aws:iam::2:role/second", "a,b", "me"]);
    // The roles of the profile come first.
    let config =
        format!("[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n[profile b]\n{}", keys("AKIDB"));
    let expected = ["AssumeRole AKIDB -", "AssumeRole ASIAA token-ASIAA", "AcceptHandshake ASIAB token-ASIAB"];
    assuming(setting(steps()).config(&config), &roles[1..]).signs(&expected);
}

#[test]
fn its_credentials_are_cached_like_those_of_a_profile() {
    let home = Home::new();
    let at = |steps: Vec<Step>| setting(steps).env("HOME", home.path().to_str().expect("a path of plain text"));
    let config =
        format!("[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n[profile b]\n{}", keys("AKIDB"));
    home.write("~/.aws/config", config);
    at(vec![role("ASIAR"), Step::handshake()]).signs(&["AssumeRole AKIDB -", "AcceptHandshake ASIAR token-ASIAR"]);
    let run = at(vec![Step::handshake()]).profile("b");
    assuming(run, &["arn:aws:iam::1:role/r"]).signs(&["AcceptHandshake ASIAR token-ASIAR"]);
}

#[test]
fn a_bad_role_is_refused_before_anything_is_sent() {
    for (value, why) in [
        ("admin", "Bad value for --assume-role: admin is neither an ARN nor a name with a value"),
        ("RoleArn=arn:aws:iam::1:role/r,ExternalID=x", "Bad value for --assume-role: ExternalID is unknown"),
        ("arn:aws:iam", "Invalid length for parameter RoleArn, value: 11, valid min length: 20"),
    ] {
        assuming(setting([Step::handshake()]).environment_keys(), &[value]).fails(252, &[why], &[]);
    }
    let hint = ["hint: --assume-role assumes the role arn:aws:iam::1:role/r"];
    let refused = crate::credentials::refused("AccessDenied", "no");
    assuming(setting([refused]).environment_keys(), &["arn:aws:iam::1:role/r"]).fails(
        254,
        &hint,
        &["AssumeRole AKIDENV -"],
    );
}

#[test]
fn a_role_makes_the_caller_its_account_in_the_sandbox() {
    let call = |words: &[&str]| orgshake(words).arg("--sandbox").env_remove("AWS_ACCESS_KEY_ID");
    let accept = ["accept-handshake", "--handshake-id", HANDSHAKE, "--query", "Handshake.State", "--assume-role"];
    let outcome = call(&[&accept[..], &[ACCOUNT_ROLE]].concat()).run();
    outcome.success();
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), "\"ACCEPTED\"\n");
    // The handshake is not that account's.
    let other = call(&[&accept[..], &["arn:aws:iam::333333333333:role/OrganizationAccountAccessRole"]].concat()).run();
    other.failure(254);
    other.stderr_has(&["AccessDeniedException"]);
}
