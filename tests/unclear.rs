//! Changes whose outcome is unclear: the request that settles it, the handshakes that count, the output of every format.

use serde_json::{Value, json};

use crate::support::run::{HANDSHAKE, Outcome, Run, orgshake};
use crate::support::server::{Step, sample_handshake};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];
const INVITE: [&str; 3] = ["invite-account-to-organization", "--target", "Id=juan@example.com,Type=EMAIL"];
const TRANSFER: [&str; 9] = [
    "invite-organization-to-transfer-responsibility",
    "--target",
    "Id=999999999999,Type=ACCOUNT",
    "--type",
    "BILLING",
    "--start-timestamp",
    "2027-01-15T08:00:00Z",
    "--source-name",
    "billing",
];
const CAUTION: &str = "the request may have been applied all the same";
const FORMATS: [&str; 6] = ["enhanced", "legacy", "json", "yaml", "text", "explained-json"];

/// Returns the run with each error format.
fn in_every_format(run: impl Fn() -> Run) -> impl Iterator<Item = (&'static str, Outcome)> {
    FORMATS.into_iter().map(move |format| (format, run().args(["--cli-error-format", format]).run()))
}

#[test]
fn an_unclear_outcome_is_printed_in_every_format() {
    for (status, body) in [
        (403, "<html>Forbidden</html>"),
        (400, ""),
        (400, r#"{"message": "Missing Authentication Token"}"#),
        (403, ""),
        (408, ""),
        (307, ""),
        (404, "404 page not found"),
    ] {
        for (format, outcome) in in_every_format(|| orgshake(ACCEPT).script([Step::bytes(body).status(status)])) {
            let told = outcome.failure(254);
            assert!(told.contains(CAUTION) && told.contains(HANDSHAKE), "{status} {body} {format}: {told}");
            assert_eq!(outcome.requests.len(), 1, "{outcome}");
        }
    }
}

#[test]
fn structured_formats_have_a_member_only_for_an_unclear_outcome() {
    let told = |format, step: Step| {
        let outcome = orgshake(ACCEPT).args(["--cli-error-format", format]).script([step]).run();
        outcome.failure(254)
    };
    let note = format!("{CAUTION}; to see: orgshake describe-handshake --handshake-id {HANDSHAKE}");
    let document: Value = serde_json::from_str(&told("json", Step::bytes("no").status(403))).expect("JSON");
    assert_eq!(document, json!({"Message": "no", "Code": "403", "Note": note}));
    assert!(told("yaml", Step::bytes("no").status(403)).lines().any(|line| line.starts_with("Note: ")));
    let legacy = told("legacy", Step::bytes("no").status(403));
    assert!(legacy.ends_with(&format!("operation: no\norgshake: [NOTE]: {note}\n")), "{legacy}");
    assert_eq!(told("text", Step::bytes("no").status(403)), format!("403\tno\norgshake: [NOTE]: {note}\n"));
    for format in FORMATS {
        let clear = told(format, Step::error("AccessDeniedException", "no"));
        assert!(!clear.contains(CAUTION) && !clear.contains("Note"), "{format}: {clear}");
    }
}

#[test]
fn a_read_call_has_no_unclear_outcome() {
    let run = orgshake(["describe-handshake", "--handshake-id", HANDSHAKE]);
    let told = run.script([Step::bytes("<html>").status(403)]).run().failure(254);
    assert!(!told.contains(CAUTION), "{told}");
}

#[test]
fn a_change_is_printed_if_only_the_query_fails() {
    for (format, outcome) in in_every_format(|| orgshake(ACCEPT).args(["--query", "abs(Handshake.Id)"])) {
        let told = outcome.failure(255);
        assert!(told.contains("the handshake was accepted; only --query failed"), "{format}: {told}");
    }
}

#[test]
fn an_unreadable_response_is_an_unclear_outcome_in_every_format() {
    for (format, outcome) in in_every_format(|| orgshake(ACCEPT).script([Step::bytes("<html>Log in</html>")])) {
        let told = outcome.failure(255);
        assert!(told.contains(CAUTION), "{format}: {told}");
    }
}

/// A change with a lost first response and an error response to the second attempt. This step responds to the check.
fn settled(words: &[&str], refusal: &str, answer: &Value) -> Outcome {
    let date = jiff::fmt::rfc2822::DateTimePrinter::new();
    let date = date.timestamp_to_rfc9110_string(&jiff::Timestamp::now()).expect("a date");
    let refusal = Step::error(refusal, "it is there").header("Date", &date);
    orgshake(words).script([Step::close(), refusal, Step::json(answer)]).run()
}

#[test]
fn another_handshake_in_the_response_settles_nothing() {
    let mut other = sample_handshake();
    other["Handshake"]["Id"] = "h-exampleopen111".into();
    for (answer, code) in [(sample_handshake(), 0), (other, 254)] {
        let outcome = settled(&ACCEPT, "HandshakeAlreadyInStateException", &answer);
        outcome.exits_with(code);
        outcome.stderr_has(&[if code == 0 { "[NOTE]: the handshake was accepted" } else { CAUTION }]);
    }
}

/// A listing with one handshake that is requested while the program runs.
fn listed(action: &str, party: (&str, &str), resources: &Value) -> Value {
    // The program may start a moment later.
    let requested = jiff::Timestamp::now().as_second() + 10;
    json!({"Handshakes": [{
        "Id": "h-exampleours1111", "Action": action, "State": "OPEN", "RequestedTimestamp": requested,
        "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": party.0, "Type": party.1}],
        "Resources": resources,
    }]})
}

#[test]
fn a_change_with_tags_cannot_be_settled() {
    let ours = || listed("INVITE", ("juan@example.com", "EMAIL"), &json!([]));
    settled(&INVITE, "DuplicateHandshakeException", &ours()).exits_with(0);
    let tagged = [&INVITE[..], &["--tags", "Key=team,Value=payments"]].concat();
    let outcome = settled(&tagged, "DuplicateHandshakeException", &ours());
    outcome.failure(254);
    outcome.stderr_has(&[
        CAUTION,
        "the handshake h-exampleours1111 matches it, but no handshake shows --tags",
        "describe-handshake --handshake-id h-exampleours1111",
        "aws organizations list-tags-for-resource",
    ]);
}

#[test]
fn a_listed_handshake_without_an_id_is_ignored() {
    for id in [json!(null), json!(""), json!("h-x; reboot")] {
        let mut list = listed("INVITE", ("juan@example.com", "EMAIL"), &json!([]));
        list["Handshakes"][0]["Id"] = id;
        let outcome = settled(&INVITE, "DuplicateHandshakeException", &list);
        outcome.failure(254);
        outcome.stderr_has(&[CAUTION]);
    }
}

#[test]
fn a_transfer_with_other_terms_is_not_taken_for_the_new_one() {
    let of = |kind: &str, start: &str| {
        let resources = json!([
            {"Type": "RESPONSIBILITY_TRANSFER", "Value": "rt-1"},
            {"Type": "TRANSFER_TYPE", "Value": kind},
            {"Type": "TRANSFER_START_TIMESTAMP", "Value": start},
        ]);
        let list = listed("TRANSFER_RESPONSIBILITY", ("999999999999", "ACCOUNT"), &resources);
        let outcome = settled(&TRANSFER, "DuplicateHandshakeException", &list);
        outcome.stderr_has(&[CAUTION]);
        outcome.failure(254)
    };
    let agrees = "the handshake h-exampleours1111 matches it, but no handshake shows --source-name";
    assert!(of("BILLING", "2027-01-15T08:00:00Z").contains(agrees));
    assert!(!of("BILLING", "2027-02-15T08:00:00Z").contains(agrees));
    assert!(!of("OTHER", "2027-01-15T08:00:00Z").contains(agrees));
}
