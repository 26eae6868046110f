//! `--live` and `--expires-within`: what they leave of a listing, and by which clock.

use serde_json::{Value, json};

use crate::support::run::{Run, orgshake};
use crate::support::server::Step;

const LISTINGS: [&str; 2] = ["list-handshakes-for-account", "list-handshakes-for-organization"];
const IDS: [&str; 4] = ["--query", "Handshakes[].Id", "--output", "text"];

/// A listing of the sandbox, whose world is made at a certain time.
fn sandbox(clock: &str, listing: &str, options: &[&str]) -> Run {
    orgshake(["--sandbox", "--sandbox-clock", clock, listing]).args(options)
}

fn ids(run: Run) -> Vec<String> {
    run.args(IDS).run().success().split_whitespace().map(str::to_owned).collect()
}

/// The organization's handshakes that wait for a response in the preloaded world.
const LIVE: [&str; 8] = [
    "h-examplehandshakeid111",
    "h-examplebills111",
    "h-examplerequested111",
    "h-exampleopen111",
    "h-examplemember111",
    "h-exampletransfer111",
    "h-examplemanagement111",
    "h-examplenobody111",
];

#[test]
fn only_live_handshakes_are_listed() {
    let now = "2026-12-31T00:00:00Z";
    let all = ids(sandbox(now, LISTINGS[1], &[]));
    assert!(all.len() > LIVE.len(), "{all:?}");
    assert_eq!(ids(sandbox(now, LISTINGS[1], &["--live"])), LIVE);
    let of = |account: &str| ids(sandbox(now, LISTINGS[0], &["--live"]).env("AWS_ACCESS_KEY_ID", account));
    assert_eq!(of("222222222222"), ["h-examplehandshakeid111"]);
    assert_eq!(of("777777777777"), [""; 0]);
    // Page by page, and one page alone.
    assert_eq!(ids(sandbox(now, LISTINGS[1], &["--live", "--page-size", "1"])), LIVE);
    assert_eq!(ids(sandbox(now, LISTINGS[1], &["--live", "--no-paginate", "--max-results", "4"])), LIVE[..4]);
}

#[test]
fn the_sandboxs_clock_decides_what_expires_soon() {
    let soon = |clock: &str, time: &str| ids(sandbox(clock, LISTINGS[1], &["--expires-within", time]));
    let now = "2026-12-31T00:00:00Z";
    assert_eq!(soon(now, "14d"), LIVE);
    assert_eq!(soon(now, "13d"), LIVE[2..]);
    assert_eq!(soon(now, "312h"), LIVE[2..]);
    assert_eq!(soon(now, "12d"), LIVE[3..]);
    assert_eq!(soon(now, "1h"), [""; 0]);
    assert_eq!(soon("+10d", "3d"), LIVE[2..4]);
    assert_eq!(soon("+16d", "3d"), [""; 0], "they have expired");
}

#[test]
fn the_services_clock_decides_what_expires_soon() {
    // 2016-12-14T23:34:19Z.
    let now = 1_481_758_459;
    let handshake = |id: &str, seconds: i64| json!({"Id": id, "State": "OPEN", "ExpirationTimestamp": now + seconds});
    let page = json!({"Handshakes": [handshake("h-soon000001", 86_400), handshake("h-late000001", 5 * 86_400)]});
    for paging in [&[][..], &["--no-paginate"]] {
        let step = Step::json(&page).header("Date", "Wed, 14 Dec 2016 23:34:19 GMT");
        let run = orgshake([LISTINGS[0], "--expires-within", "3d"]).args(paging).script([step]);
        assert_eq!(ids(run), ["h-soon000001"]);
    }
}

#[test]
fn a_query_and_every_format_see_only_what_is_left() {
    let handshakes =
        [json!({"Id": "h-open000001", "State": "OPEN"}), json!({"Id": "h-done000001", "State": "ACCEPTED"})];
    let run = |words: &[&str]| {
        let script = [Step::json(&json!({"Handshakes": handshakes}))];
        orgshake([LISTINGS[0], "--live"]).args(words).script(script).run().success()
    };
    assert_eq!(run(&["--query", "length(Handshakes)"]), "1\n");
    for format in ["json", "yaml", "yaml-stream", "text", "table"] {
        let text = run(&["--output", format]);
        assert!(text.contains("h-open000001") && !text.contains("h-done000001"), "{format}: {text}");
    }
    let none = orgshake([LISTINGS[0], "--live"]).script([Step::json(&json!({"Handshakes": handshakes[1..]}))]);
    assert_eq!(none.run().success(), "{\n    \"Handshakes\": []\n}\n");
}

#[test]
fn pages_are_filtered_one_by_one() {
    let page = |id: &str, state: &str| json!({"Handshakes": [{"Id": id, "State": state}], "NextToken": id});
    let script = [
        Step::json(&page("h-page000001", "OPEN")),
        Step::json(&page("h-page000002", "EXPIRED")),
        Step::json(&page("h-page000003", "REQUESTED")),
        Step::error("AccessDeniedException", "no"),
    ];
    let outcome = orgshake([LISTINGS[1], "--live"]).args(IDS).script(script).run();
    outcome.exits_with(254);
    // Text is printed page by page, so what came before the error is there.
    let printed = String::from_utf8_lossy(&outcome.stdout).into_owned();
    let printed: Vec<_> = printed.split_whitespace().collect();
    assert_eq!(printed, ["h-page000001", "h-page000003"]);
}

#[test]
fn filters_are_refused_with_limits() {
    for listing in LISTINGS {
        for filter in [&["--live"][..], &["--expires-within", "3d"]] {
            for limit in [["--max-items", "3"], ["--starting-token", "x"]] {
                let outcome = orgshake([listing]).args(filter).args(limit).run();
                let told = outcome.failure(252);
                let message = format!("{} can't be combined with {}", filter[0], limit[0]);
                assert!(told.contains(&message), "{told}");
                outcome.sent_nothing();
            }
        }
    }
    for (time, problem) in [("3", "a time needs a unit"), ("-3d", "a time needs a unit")] {
        let told = orgshake([LISTINGS[0], &format!("--expires-within={time}")]).run().failure(252);
        assert!(told.contains(problem), "{told}");
    }
}

/// Without the options, nothing is left out, not even what isn't a handshake.
#[test]
fn without_the_options_a_listing_is_as_it_was() {
    let odd = json!({"Handshakes": [{"State": "NEW"}, Value::Null]});
    let text = orgshake([LISTINGS[0]]).script([Step::json(&odd)]).run().success();
    assert!(text.contains("NEW") && text.contains("null"), "{text}");
}
