//! Tables on terminals: the overview of a listing, cards, folding, colours, progress.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::support::run::{HANDSHAKE, Outcome, Run, orgshake};
use crate::support::server::Step;
use crate::support::terminal::{both_on_terminal, on_terminal, stderr_on_terminal};

const LIST: [&str; 3] = ["list-handshakes-for-account", "--output", "table"];
/// The sandbox at a certain time.
const SANDBOX: [&str; 3] = ["--sandbox", "--sandbox-clock", "2026-12-31T00:00:00Z"];
/// A height that fits all rows of these tests.
const ROWS: u16 = 500;

fn sandbox(words: &[&str]) -> Run {
    orgshake(SANDBOX.iter().chain(words)).env("NO_COLOR", "1")
}

/// Runs a listing of these handshakes.
fn listing(handshakes: &[Value]) -> Run {
    orgshake(LIST).script([Step::json(&json!({"Handshakes": handshakes}))]).env("NO_COLOR", "1")
}

#[track_caller]
fn shown(run: Run, columns: u16) -> String {
    let (outcome, shown) = on_terminal(run, (columns, ROWS));
    outcome.success();
    shown
}

/// Handshakes with unusual texts.
fn strange() -> Vec<Value> {
    let handshake = |id: &str, organization: &str, notes: &str| {
        json!({"Id": id, "Action": "INVITE", "State": "CANCELED",
            "Parties": [{"Id": organization, "Type": "ORGANIZATION"}, {"Id": "juan@example.com", "Type": "EMAIL"}],
            "Resources": [
                {"Type": "ORGANIZATION", "Value": organization, "Resources": [{"Type": "MASTER_NAME", "Value": "日本語の組織"}]},
                {"Type": "NOTES", "Value": notes},
            ],
            "RequestedTimestamp": 1481656459.257})
    };
    vec![
        handshake("h-wide0001", "o-wide", "日本語の長い文章は単語の間に空白がないので文字で折り返す"),
        handshake("h-emoji001", "o-emoji", "👩‍👩‍👧 family, 👍🏽 thumb, e\u{301} accent"),
        handshake("h-rtl00001", "o-rtl", "שלום \u{202e}evil\u{202c} مرحبا"),
        handshake("h-control1", "o-control", "a\u{1b}[2Jb\tc\u{7f}\nsecond line"),
        handshake("h-long0001", "o-long", &"x".repeat(300)),
        json!({"Id": "h-bare0001"}),
        json!({}),
        Value::Null,
    ]
}

#[test]
fn a_listing_is_a_row_for_each_handshake() {
    let words = ["list-handshakes-for-organization", "--output", "table", "--max-items", "6"];
    assert_eq!(
        shown(sandbox(&words), 170),
        "\
ListHandshakesForOrganization
Organization: o-exampleorgid, Org Master Account <bill@amazon.com>
┌───────────────────────────┬─────────────────────────┬───────────┬───────────────────┬─────────────────────────────────────────────────┬───────────────────┬────────────┐
│ Id                        ┆ Action                  ┆ State     ┆ Account           ┆ Notes                                           ┆ Requested         ┆ Expires    │
╞═══════════════════════════╪═════════════════════════╪═══════════╪═══════════════════╪═════════════════════════════════════════════════╪═══════════════════╪════════════╡
│ h-examplehandshakeid111   ┆ INVITE                  ┆ OPEN      ┆ juan@example.com  ┆                                                 ┆ 2026-12-30 00:00Z ┆ in 14 days │
│ h-examplebills111         ┆ TRANSFER_RESPONSIBILITY ┆ REQUESTED ┆ 999999999999      ┆                                                 ┆ 2026-12-30 00:00Z ┆ in 14 days │
│ h-examplerequested111     ┆ INVITE                  ┆ REQUESTED ┆ 333333333333      ┆                                                 ┆ 2026-12-29 00:00Z ┆ in 13 days │
│ h-exampleopen111          ┆ INVITE                  ┆ OPEN      ┆ 444444444444      ┆ Please join us: your team's account belongs     ┆ 2026-12-28 00:00Z ┆ in 12 days │
│                           ┆                         ┆           ┆                   ┆ with the others.                                ┆                   ┆            │
│ h-examplecanceled111      ┆ INVITE                  ┆ CANCELED  ┆ susan@example.com ┆ This is a request for Susan's account to join   ┆ 2026-12-27 00:00Z ┆            │
│                           ┆                         ┆           ┆                   ┆ Bill's organization.                            ┆                   ┆            │
│ h-examplebillsaccepted111 ┆ TRANSFER_RESPONSIBILITY ┆ ACCEPTED  ┆ 171717171717      ┆                                                 ┆ 2026-12-26 00:00Z ┆            │
└───────────────────────────┴─────────────────────────┴───────────┴───────────────────┴─────────────────────────────────────────────────┴───────────────────┴────────────┘
6 handshakes, 4 wait for a response; h-exampleopen111 expires next, in 12 days (2027-01-12 00:00Z)
NextToken: eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiA2fQ==
"
    );
}

#[test]
fn a_narrower_screen_shows_fewer_columns() {
    for (columns, expected) in [
        (
            200,
            "\
ListHandshakesForAccount
Account: juan@example.com
┌─────────────────────────┬────────┬───────┬──────────────────────────────────────────────────────┬───────────────────┬────────────┬───────────────────┐
│ Id                      ┆ Action ┆ State ┆ Organization                                         ┆ Requested         ┆ Expires    ┆ Expires at        │
╞═════════════════════════╪════════╪═══════╪══════════════════════════════════════════════════════╪═══════════════════╪════════════╪═══════════════════╡
│ h-examplehandshakeid111 ┆ INVITE ┆ OPEN  ┆ o-exampleorgid, Org Master Account <bill@amazon.com> ┆ 2026-12-30 00:00Z ┆ in 14 days ┆ 2027-01-14 00:00Z │
└─────────────────────────┴────────┴───────┴──────────────────────────────────────────────────────┴───────────────────┴────────────┴───────────────────┘
1 handshake, 1 waits for a response; h-examplehandshakeid111 expires next, in 14 days (2027-01-14 00:00Z)
",
        ),
        (
            140,
            "\
ListHandshakesForAccount
Account: juan@example.com
┌─────────────────────────┬────────┬───────┬──────────────────────────────────────────┬───────────────────┬────────────┬───────────────────┐
│ Id                      ┆ Action ┆ State ┆ Organization                             ┆ Requested         ┆ Expires    ┆ Expires at        │
╞═════════════════════════╪════════╪═══════╪══════════════════════════════════════════╪═══════════════════╪════════════╪═══════════════════╡
│ h-examplehandshakeid111 ┆ INVITE ┆ OPEN  ┆ o-exampleorgid, Org Master Account       ┆ 2026-12-30 00:00Z ┆ in 14 days ┆ 2027-01-14 00:00Z │
│                         ┆        ┆       ┆ <bill@amazon.com>                        ┆                   ┆            ┆                   │
└─────────────────────────┴────────┴───────┴──────────────────────────────────────────┴───────────────────┴────────────┴───────────────────┘
1 handshake, 1 waits for a response; h-examplehandshakeid111 expires next, in 14 days (2027-01-14 00:00Z)
",
        ),
        (
            80,
            "\
ListHandshakesForAccount
Account: juan@example.com
Organization: o-exampleorgid, Org Master Account <bill@amazon.com>
┌─────────────────────────┬────────┬───────┬────────────────┬────────────┐
│ Id                      ┆ Action ┆ State ┆ Organization   ┆ Expires    │
╞═════════════════════════╪════════╪═══════╪════════════════╪════════════╡
│ h-examplehandshakeid111 ┆ INVITE ┆ OPEN  ┆ o-exampleorgid ┆ in 14 days │
└─────────────────────────┴────────┴───────┴────────────────┴────────────┘
1 handshake, 1 waits for a response; h-examplehandshakeid111 expires next, in 14
days (2027-01-14 00:00Z)
A wider terminal also shows: Requested
",
        ),
        (
            60,
            "\
ListHandshakesForAccount
Account: juan@example.com
Organization: o-exampleorgid, Org Master Account <bill@amazon.com>
┌─────────────────────────┬─────────────────┬────────────┐
│ Id                      ┆ Action,         ┆ State      │
│                         ┆ Organization    ┆ Expires    │
╞═════════════════════════╪═════════════════╪════════════╡
│ h-examplehandshakeid111 ┆ INVITE          ┆ OPEN       │
│                         ┆ o-exampleorgid  ┆ in 14 days │
└─────────────────────────┴─────────────────┴────────────┘
1 handshake, 1 waits for a response; h-examplehandshakeid111
expires next, in 14 days (2027-01-14 00:00Z)
A wider terminal also shows: Requested
",
        ),
    ] {
        assert_eq!(shown(sandbox(&LIST), columns), expected, "{columns}");
    }
}

/// The first screen of a pager, which keeps the last line for itself.
#[test]
fn a_screen_of_80_columns_and_24_lines_shows_at_least_eight_handshakes() {
    let text = shown(sandbox(&["list-handshakes-for-organization", "--output", "table"]), 80);
    let screen: Vec<&str> = text.lines().take(23).collect();
    let shown = screen.iter().filter(|line| line.starts_with("│ h-")).count();
    assert!(shown >= 8, "{text}");
    // Only an action and an account that don't fit on one line take two.
    let rows = text.lines().filter(|line| line.starts_with('│') && !line.contains("Action")).count();
    assert_eq!(rows, 16 + 7, "{text}");
    assert!(text.ends_with("(2027-01-05 00:00Z)\nA wider terminal also shows: Notes, Requested\n"), "{text}");
}

#[test]
fn eight_invitations_from_eight_organizations_fit_the_screen() {
    let soon = jiff::Timestamp::now().as_second() + 12 * 86_400 + 3600;
    let handshake = |number| {
        let id = format!("o-example{number:03}");
        json!({"Id": format!("h-examplehandshake{number:03}"), "Action": "INVITE", "State": "OPEN",
            "ExpirationTimestamp": soon,
            "Parties": [{"Id": id, "Type": "ORGANIZATION"}, {"Id": "222222222222", "Type": "ACCOUNT"}],
            "Resources": [{"Type": "ORGANIZATION", "Value": id, "Resources": [
                {"Type": "MASTER_NAME", "Value": "Org Master Account"},
                {"Type": "MASTER_EMAIL", "Value": format!("bill{number}@example.com")}]}]})
    };
    let text = shown(listing(&(0..8).map(handshake).collect::<Vec<_>>()), 80);
    let screen: Vec<&str> = text.lines().take(23).collect();
    assert_eq!(screen.iter().filter(|line| line.starts_with("│ h-")).count(), 8, "{text}");
    assert!(screen.contains(&"Organization: o-example007, Org Master Account <bill7@example.com>"), "{text}");
}

/// The longest ids that the service's model allows.
#[test]
fn eight_handshakes_with_long_ids_fit_the_screen() {
    let soon = jiff::Timestamp::now().as_second() + 12 * 86_400 + 3600;
    let handshake = |number| {
        json!({"Id": format!("h-{number:032}"), "Action": "INVITE", "State": "OPEN", "ExpirationTimestamp": soon,
            "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": "222222222222", "Type": "ACCOUNT"}]})
    };
    let handshakes: Vec<_> = (0..8).map(handshake).collect();
    let run = orgshake(["list-handshakes-for-organization", "--output", "table"]).env("NO_COLOR", "1");
    let text = shown(run.script([Step::json(&json!({"Handshakes": handshakes}))]), 80);
    assert!(text.contains("┆ INVITE 222222222222 ┆ OPEN in 12 days │\n"), "{text}");
    assert!(text.lines().count() < 24, "{text}");
}

#[test]
fn one_handshake_has_the_same_columns_as_many() {
    let headers = |max: &'static str, command: &'static str| {
        let states = json!({"Handshakes": (0..2).map(|number| json!({
            "Id": format!("h-example{number:04}"), "Action": "INVITE", "State": "OPEN",
            "Parties": [
                {"Id": format!("o-example{number}"), "Type": "ORGANIZATION"},
                {"Id": "222222222222", "Type": "ACCOUNT"},
            ]})).collect::<Vec<_>>()});
        let run = match command {
            "list-handshakes-for-account" => orgshake(LIST).script([Step::json(&states)]),
            command => sandbox(&[command, "--output", "table"]),
        };
        let text = shown(run.args(["--max-items", max]).env("NO_COLOR", "1"), 160);
        let header = text.lines().find(|line| line.starts_with("│ Id")).unwrap_or_default();
        header.split(['│', '┆']).map(|name| name.trim().to_owned()).collect::<Vec<_>>()
    };
    for command in ["list-handshakes-for-account", "list-handshakes-for-organization"] {
        assert_eq!(headers("1", command), headers("2", command), "{command}");
    }
}

#[test]
fn a_name_cannot_pretend_to_be_another_line() {
    let handshake = json!({"Id": "h-example0001", "Parties": [{"Id": "o-example1", "Type": "ORGANIZATION"}],
        "Resources": [{"Type": "ORGANIZATION", "Value": "o-example1", "Resources": [
            {"Type": "MASTER_NAME", "Value": "Bill\nOrganization: o-other, Your own"}]}]});
    for run in [
        listing(std::slice::from_ref(&handshake)),
        orgshake(["list-handshakes-for-organization", "--output", "table"])
            .script([Step::json(&json!({"Handshakes": [handshake]}))])
            .env("NO_COLOR", "1"),
    ] {
        let text = shown(run, 40);
        let lines: Vec<_> = text.lines().filter(|line| line.starts_with("Organization: ")).collect();
        assert_eq!(lines, ["Organization: o-example1, Bill\\u{a}Organization: o-other, Your own"], "{text}");
    }
}

#[test]
fn no_screen_is_too_narrow_and_no_text_is_cut() {
    // Five addresses, and a long note if there is room for notes.
    let letters = |text: &str| text.chars().filter(|c| *c == 'x').count();
    for columns in [24, 30, 40, 60, 80, 81, 100, 120, 160, 200, 400] {
        let text = shown(listing(&strange()), columns);
        let rows = text.lines().filter(|line| line.starts_with(['│', '┌', '╞', '├', '└']));
        let widths: Vec<usize> = rows.map(UnicodeWidthStr::width).collect();
        let first = widths.first().copied().unwrap_or_default();
        assert!(widths.len() >= 12 && first <= usize::from(columns), "{columns}: {text}");
        assert!(widths.iter().all(|width| *width == first), "{columns}: {text}");
        let note = if columns >= 100 { 300 } else { 0 };
        assert_eq!(letters(&text), note + 5, "{columns}: {text}");
        assert_eq!(text.contains("A wider terminal also shows: Notes"), note == 0, "{columns}: {text}");
    }
}

#[test]
fn text_of_other_accounts_is_escaped_on_a_terminal() {
    let text = shown(listing(&strange()), 200);
    assert!(!text.contains(['\u{1b}', '\u{7f}', '\t', '\u{202e}', '\u{202c}']), "{text:?}");
    assert!(text.contains("\\u{202e}evil\\u{202c}") && text.contains("a\\u{1b}[2Jb    c\\u{7f}"), "{text}");
    assert!(text.contains("│ None"), "{text}");
}

#[test]
fn a_file_has_the_overview_and_all_cells() {
    let text = sandbox(&LIST).run().success();
    let (overview, cards) = text.split_once("\nHandshakes\n").expect("two parts");
    assert!(overview.starts_with("ListHandshakesForAccount\n┌"), "{text}");
    assert!(overview.contains("┆ in 14 days ┆ 2027-01-14 00:00Z │"), "{text}");
    for cell in [
        "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
        "2026-12-30T00:00:00+00:00",
        "2027-01-14T00:00:00+00:00",
        "MASTER_EMAIL",
        "ORGANIZATION_FEATURE_SET",
    ] {
        assert!(cards.contains(&format!(" {cell} ")), "{cell}: {text}");
    }
    assert!(!text.contains("for a response"), "a summary is for terminals: {text}");
    // COLUMNS has an effect on terminals only.
    assert_eq!(sandbox(&LIST).env("COLUMNS", "40").run().success(), text);
}

#[test]
fn many_handshakes_are_one_table() {
    let ids: Vec<String> = (0..2500).map(|number| format!("h-example{number:04}")).collect();
    let handshakes: Vec<_> = ids.iter().map(|id| json!({"Id": id, "State": "ACCEPTED"})).collect();
    let text = shown(listing(&handshakes), 80);
    let rows: String = ids.iter().map(|id| format!("│ {id} ┆ ACCEPTED │\n")).collect();
    let line = |left: &str, fill: &str, cross: &str, right: &str| {
        format!("{left}{}{cross}{}{right}\n", fill.repeat(15), fill.repeat(10))
    };
    let head = format!("ListHandshakesForAccount\n{}│ Id            ┆ State    │\n", line("┌", "─", "┬", "┐"));
    let foot = line("└", "─", "┴", "┘") + "2500 handshakes, none waits for a response\n";
    assert_eq!(text, head + &line("╞", "═", "╪", "╡") + &rows + &foot);
}

#[test]
fn relative_times_use_the_clock_of_the_sandbox() {
    for (clock, expected) in [("2026-12-31T00:00:00Z", "in 14 days"), ("+13d", "in 24 hours"), ("+16d", "2 days ago")] {
        let run = orgshake(["--sandbox", "--sandbox-clock", clock]).arg(LIST[0]).arg(LIST[1]).arg(LIST[2]);
        let text = run.run().success();
        assert!(text.contains(&format!(" {expected} ")), "{clock}: {text}");
    }
}

#[test]
fn a_card_shows_the_time_left() {
    let words = ["describe-handshake", "--handshake-id", HANDSHAKE, "--output", "table"];
    let text = shown(sandbox(&words), 80);
    assert!(text.contains("│ ExpirationTimestamp ┆ 2027-01-14T00:00:00+00:00 (in 14 days) "), "{text}");
    let text = sandbox(&words).run().success();
    assert!(text.contains("┆ 2027-01-14T00:00:00+00:00 "), "{text}");
    assert!(!text.contains("days"), "{text}");
}

#[test]
fn an_empty_listing_prints_a_message_on_a_terminal() {
    assert_eq!(shown(listing(&[]), 80), "ListHandshakesForAccount\nNo handshakes.\n");
    assert_eq!(listing(&[]).run().success(), "ListHandshakesForAccount\n");
    let empty = |words: &[&str]| orgshake(words).script([Step::json(&json!({"Handshakes": []}))]);
    for (words, message) in [
        (&["--output", "text"][..], "No handshakes.\n"),
        (&["--output", "text", "--no-paginate"], "No handshakes.\n"),
        (&["--output", "text", "--query", "Handshakes[].Id"], "The query selects nothing.\n"),
        (&["--output", "table", "--query", "Handshakes[].Id"], "The query selects nothing.\n"),
    ] {
        let words = [&["list-handshakes-for-account"], words].concat();
        assert_eq!(shown(empty(&words), 80), message, "{words:?}");
        assert_eq!(empty(&words).run().success(), "", "{words:?}");
    }
    // These are not empty.
    assert_eq!(shown(empty(&["list-handshakes-for-account", "--query", "Handshakes[].Id"]), 80), "[]\n");
    let page = json!({"Handshakes": [{"Id": "h-page00000001"}]});
    let run = orgshake(["list-handshakes-for-account", "--output", "text", "--query", "Handshakes[].Id"]);
    assert_eq!(shown(run.script([Step::json(&page)]), 80), "h-page00000001\n");
}

#[test]
fn a_summary_on_a_terminal_counts_and_names_the_next_to_expire() {
    let handshake =
        |id: &str, state: &str, expires: Value| json!({"Id": id, "State": state, "ExpirationTimestamp": expires});
    let soon = jiff::Timestamp::now().as_second() + 3 * 3600 + 60;
    let handshakes = [
        handshake("h-later00001", "OPEN", json!(soon + 86_400)),
        handshake("h-sooner0001", "REQUESTED", json!(soon)),
        handshake("h-accepted01", "ACCEPTED", json!(soon - 60)),
        handshake("h-overdue001", "OPEN", json!(1_481_656_459)),
        handshake("h-never00001", "OPEN", Value::Null),
    ];
    let summary = |handshakes: &[Value], columns| {
        let text = shown(listing(handshakes), columns);
        text.lines().last().unwrap_or_default().to_owned()
    };
    let text = summary(&handshakes, 200);
    let expected = "5 handshakes, 4 wait for a response; h-sooner0001 expires next, in 3 hours (";
    assert!(text.starts_with(expected), "{text}");
    // Without an expiry that is to come, only the numbers are shown.
    assert_eq!(summary(&handshakes[2..], 200), "3 handshakes, 2 wait for a response");
    let query = shown(listing(&handshakes).arg("--query=Handshakes"), 200);
    assert!(!query.contains("for a response"), "{query}");
}

#[test]
fn a_single_page_is_a_listing_too() {
    let page = json!({"Handshakes": [{"Id": "h-page00000001"}, {"Id": "h-page00000002"}], "NextToken": "tok"});
    let run = || orgshake(LIST).script([Step::json(&page)]).env("NO_COLOR", "1");
    let expected = "\
ListHandshakesForAccount
┌────────────────┐
│ Id             │
╞════════════════╡
│ h-page00000001 │
│ h-page00000002 │
└────────────────┘
2 handshakes, none waits for a response
NextToken: tok
";
    assert_eq!(shown(run().arg("--no-paginate"), 80), expected);
    assert_eq!(shown(run().arg("--max-results=2"), 80), expected);
}

#[test]
fn the_result_of_a_query_is_a_plain_table() {
    let text = shown(sandbox(&LIST).arg("--query=Handshakes[].{Id: Id, State: State}"), 80);
    assert_eq!(
        text,
        "\
ListHandshakesForAccount
┌─────────────────────────┬───────┐
│ Id                      ┆ State │
╞═════════════════════════╪═══════╡
│ h-examplehandshakeid111 ┆ OPEN  │
└─────────────────────────┴───────┘
"
    );
}

#[test]
fn lines_are_ascii_if_the_locale_is_not_utf_8() {
    for columns in [60, 200] {
        let text = shown(sandbox(&LIST).env("LANG", "C"), columns);
        assert!(text.is_ascii() && text.contains("\n+==="), "{text}");
    }
}

#[test]
fn states_have_colours_if_enabled() {
    let states = ["ACCEPTED", "OPEN", "REQUESTED", "CANCELED", "DECLINED", "EXPIRED", "NEW"];
    let handshakes: Vec<_> = states.iter().map(|state| json!({"Id": "h-example1", "State": state})).collect();
    let run = || listing(&handshakes).env_remove("NO_COLOR").env("TERM", "xterm");
    let text = shown(run(), 80);
    for painted in [
        "\u{1b}[32mACCEPTED\u{1b}[0m  │",
        "\u{1b}[33mOPEN\u{1b}[0m      │",
        "\u{1b}[33mREQUESTED\u{1b}[0m │",
        "\u{1b}[31mCANCELED\u{1b}[0m  │",
        "\u{1b}[31mDECLINED\u{1b}[0m  │",
        "\u{1b}[2mEXPIRED\u{1b}[0m   │",
        "┆ NEW       │",
    ] {
        assert!(text.contains(painted), "{painted:?}: {text:?}");
    }
    // Variables, option, and whether this gives colour on a terminal and in a pipe.
    for (variables, option, terminal, pipe) in [
        (&[][..], "--color=auto", true, false),
        (&[("NO_COLOR", "1")], "--color=auto", false, false),
        (&[("NO_COLOR", "")], "--color=auto", true, false),
        (&[("TERM", "dumb")], "--color=auto", false, false),
        (&[("CLICOLOR", "0")], "--color=auto", false, false),
        (&[("CLICOLOR_FORCE", "1")], "--color=auto", true, true),
        (&[("CLICOLOR_FORCE", "0")], "--color=auto", true, false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "--color=auto", false, false),
        (&[("NO_COLOR", "1"), ("TERM", "dumb")], "--color=on", true, true),
        (&[("CLICOLOR_FORCE", "1")], "--color=off", false, false),
    ] {
        let run = || variables.iter().fold(run().arg(option), |run, (name, value)| run.env(name, value));
        assert_eq!(shown(run(), 80).contains('\u{1b}'), terminal, "{variables:?} {option}");
        assert_eq!(run().run().success().contains('\u{1b}'), pipe, "{variables:?} {option}");
    }
}

#[test]
fn columns_overrides_the_size_of_the_terminal() {
    assert_eq!(shown(sandbox(&LIST).env("COLUMNS", "60"), 200), shown(sandbox(&LIST), 60));
    for nonsense in ["", "0", "wide", "-1"] {
        assert_eq!(shown(sandbox(&LIST).env("COLUMNS", nonsense), 200), shown(sandbox(&LIST), 200));
    }
}

// Progress

/// Two pages. The first one takes long enough for a line of progress.
fn slow() -> Run {
    let page = |ids: [&str; 2], token: Value| json!({"Handshakes": ids.map(|id| json!({"Id": id, "State": "OPEN"})), "NextToken": token});
    let pages = [
        page(["h-page00000001", "h-page00000002"], json!("a")),
        page(["h-page00000003", "h-page00000004"], json!(null)),
    ];
    let [first, second] = pages.map(|page| Step::json(&page));
    let run = orgshake(["list-handshakes-for-account", "--query", "Handshakes[].Id"]);
    run.script([first.delay(Duration::from_millis(1100)), second.delay(Duration::from_millis(200))])
}

/// Returns the outcome of a run, and the terminal's text without a line that a response is waited for: a busy machine may
/// cause that.
fn unhindered(run: impl Fn() -> (Outcome, String)) -> (Outcome, String) {
    let mut runs = (0..5).map(|_| run());
    let found = runs.find(|(_, shown)| !shown.contains("waiting "));
    found.expect("a run without a wait")
}

/// Returns the program's output to a pipe, and to a terminal as stderr.
fn on_stderr(run: impl Fn() -> Run) -> (String, String) {
    let (outcome, shown) = unhindered(|| stderr_on_terminal(run()));
    (String::from_utf8(outcome.stdout).expect("text"), shown)
}

/// Returns the text on a terminal as stdout and stderr.
fn on_both(run: impl Fn() -> Run) -> String {
    let (outcome, shown) = unhindered(|| both_on_terminal(run(), (80, 24)));
    outcome.exits_with(0);
    shown
}

const SHOWN: &str = "\r2 handshakes, 1 page so far\u{1b}[K\r4 handshakes, 2 pages so far\u{1b}[K\r\u{1b}[K";

#[test]
fn a_long_listing_shows_its_progress() {
    let (stdout, stderr) = on_stderr(slow);
    assert_eq!(stderr, SHOWN);
    assert!(stdout.starts_with("[\n    \"h-page00000001\","), "{stdout}");
    // Into a pipe, pages are printed one by one, and the line is erased before each.
    let (stdout, stderr) = on_stderr(|| slow().arg("--output=text"));
    assert_eq!(stderr, SHOWN.replace("\r4", "\r\u{1b}[K\r4"));
    assert_eq!(stdout, "h-page00000001\th-page00000002\nh-page00000003\th-page00000004\n");
}

#[test]
fn on_one_terminal_the_progress_ends_before_the_result() {
    let text = on_both(slow);
    assert!(text.starts_with(&format!("{SHOWN}[\n")) && text.matches("so far").count() == 2, "{text:?}");
}

#[test]
fn progress_is_shown_only_on_a_terminal_without_other_output() {
    // In parallel, since they mostly wait.
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(slow().run().success().lines().count(), 6));
        scope.spawn(|| assert!(!on_stderr(|| slow().arg("--debug")).1.contains("so far")));
        scope.spawn(|| assert!(!on_stderr(|| slow().env("TERM", "dumb")).1.contains("so far")));
    });
    let text = on_both(|| slow().arg("--output=text"));
    assert_eq!(text, "h-page00000001\th-page00000002\nh-page00000003\th-page00000004\n");
}

#[test]
fn an_error_replaces_the_progress_line() {
    let page = json!({"Handshakes": [], "NextToken": "a"});
    let steps = || [Step::json(&page).delay(Duration::from_millis(1100)), Step::error("AccessDeniedException", "no")];
    let run = || orgshake(["list-handshakes-for-account"]).env("NO_COLOR", "1").script(steps());
    let (_, stderr) = on_stderr(run);
    assert!(stderr.starts_with("\r0 handshakes, 1 page so far\u{1b}[K\r\u{1b}[K\norgshake: [ERROR]"), "{stderr:?}");
}
