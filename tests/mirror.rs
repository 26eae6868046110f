//! Command lines, configurations and responses whose result once differed from the AWS CLI's.

#[cfg(target_os = "linux")]
use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::Command;

use serde_json::{Value, json};

use crate::support::run::{DEAD, Exit, HANDSHAKE, Home, Run, orgshake};
use crate::support::server::{Server, Step, sample_handshake};
use crate::support::tls::{Authority, Front};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

fn accepted() -> (&'static str, Value) {
    ("AcceptHandshake", json!({"HandshakeId": HANDSHAKE}))
}

#[track_caller]
fn refused(code: i32, words: &[&str], message: &str) {
    let outcome = orgshake(words).run();
    let stderr = outcome.failure(code);
    assert!(stderr.contains(message), "{words:?}: {outcome}");
    outcome.sent_nothing();
}

// The command line

#[test]
fn a_word_with_a_single_dash_is_a_usage_error_anywhere() {
    for (words, word) in [
        (&["accept-handshake", "-handshake-id", HANDSHAKE][..], "-handshake-id"),
        (&["-handshake-id", HANDSHAKE, "accept-handshake"], "-handshake-id"),
        (&["accept-handshake", "--handshake-id", HANDSHAKE, "-help"], "-help"),
        (&["accept-handshake", "-hx", "--handshake-id", HANDSHAKE], "-hx"),
        (&["-hx", "accept-handshake"], "-hx"),
        (&["accept-handshake", "-xh"], "-xh"),
        (&["accept-handshake", "-h=1"], "-h=1"),
        // A word with a space, or a number, is a value, but here no option takes it.
        (&["accept-handshake", "--handshake-id", HANDSHAKE, "-h x"], "-h x"),
        (&["accept-handshake", "--debug", "-5"], "-5"),
        (&["list-handshakes-for-account", "-help"], "-help"),
        (&["-help"], "-help"),
        (&["help", "-hx"], "-hx"),
        (&["accept-handshake", "help", "-hx"], "-hx"),
        (&["sandbox", "show", "-help"], "-help"),
        (&["completion", "-help", "bash"], "-help"),
    ] {
        refused(252, words, &format!("unexpected argument '{word}' found"));
    }
    refused(252, &["accept-handshake", "-handshake-id", "x"], "hint: options begin with two dashes: --handshake-id");
}

#[test]
fn only_the_exact_words_ask_for_help() {
    for words in [
        &["accept-handshake", "-h"][..],
        &["-h", "accept-handshake"],
        &["accept-handshake", "--handshake-id", HANDSHAKE, "-h"],
        &["--help", "accept-handshake"],
    ] {
        let help = orgshake(words).run().success();
        assert!(help.contains("Usage: orgshake accept-handshake"), "{words:?}: {help}");
    }
    refused(252, &["accept-handshake", "--notes", "-h"], "unexpected argument '--notes'");
    refused(252, &["accept-handshake", "--handshake-id", "-h"], "expected one argument");
    refused(252, &["accept-handshake", "--help=x"], "--help");
}

#[test]
fn one_empty_word_after_the_command_is_ignored() {
    for words in [&["", "--debug"][..], &["--debug", ""], &["--no-paginate", "", "--debug"], &["--", ""]] {
        let outcome = orgshake(ACCEPT).args(words).run();
        assert_eq!(outcome.exit, Exit::Code(0), "{outcome}");
        outcome.sent(&[accepted()]);
    }
    for words in [&["", ""][..], &["", "--debug", ""], &["", "--", ""], &["--", "", ""], &["", "x"]] {
        let outcome = orgshake(ACCEPT).args(words).run();
        outcome.failure(252);
        outcome.sent_nothing();
    }
    refused(252, &["", "accept-handshake", "--handshake-id", HANDSHAKE], "unknown command ''");
    refused(252, &["organizations", "", "accept-handshake", "--handshake-id", HANDSHAKE], "unknown command ''");
    for words in [&["sandbox", "", "show"][..], &["sandbox", "show", ""], &["completion", ""]] {
        orgshake(words).run().failure(252);
    }
    // An empty word can still be a value.
    let outcome = orgshake(["invite-account-to-organization", "--target", "Id=1", "--notes", ""]).run();
    assert!(outcome.failure(252).contains("Missing required parameter in Target"), "{outcome}");
}

#[test]
fn options_of_the_command_may_precede_it() {
    let id = format!("--handshake-id={HANDSHAKE}");
    for words in [
        &[id.as_str(), "accept-handshake"][..],
        &[&id, "organizations", "accept-handshake"],
        &["organizations", "--debug", &id.replace("shake-id", ""), "accept-handshake"],
        &["--handshake-id", "accept-handshake", HANDSHAKE],
        &["--handshake-id=h-other1111111", "accept-handshake", &id],
    ] {
        let outcome = orgshake(words).run();
        assert_eq!(outcome.exit, Exit::Code(0), "{outcome}");
        outcome.sent(&[accepted()]);
    }
    let skeleton = orgshake(["--generate-cli-skeleton", "accept-handshake"]).run().success();
    assert_eq!(skeleton, "{\n    \"HandshakeId\": \"\"\n}\n");
    refused(252, &["--handshake-id", HANDSHAKE, "accept-handshake"], "accept-handshake --handshake-id");
    refused(252, &["--no-such=1", "accept-handshake", "--handshake-id", HANDSHAKE], "--no-such");
    refused(252, &["--state=w.json", "sandbox", "show"], "--state");
}

// Configuration

/// Accepts a handshake with these settings, and checks the key id and region of the signature.
#[track_caller]
fn signed(run: Run, key_and_region: &str) {
    let outcome = run.run();
    outcome.success();
    outcome.sent(&[accepted()]);
    let authorization = outcome.requests[0].header("authorization").unwrap_or_default();
    let (key, region) = key_and_region.split_once('/').expect("a key and a region");
    assert!(authorization.contains(&format!("Credential={key}/")), "{authorization}");
    assert!(authorization.contains(&format!("/{region}/organizations/")), "{authorization}");
}

#[test]
fn an_empty_profile_option_counts_as_not_given() {
    for words in [&["--profile", ""][..], &["--profile="], &["--profile", "gone", "--profile", ""]] {
        signed(orgshake(ACCEPT).args(words), "AKIDEXAMPLE/us-east-1");
        let config = "[profile x]\nregion = eu-west-1\n";
        let run = orgshake(ACCEPT).args(words).env("AWS_PROFILE", "x").env_remove("AWS_REGION");
        signed(run.file("~/.aws/config", config), "AKIDEXAMPLE/eu-west-1");
        let outcome = orgshake(ACCEPT).args(words).env("AWS_PROFILE", "gone").run();
        assert!(outcome.failure(255).contains("The config profile (gone) could not be found"), "{outcome}");
    }
    // The format of errors is that of the profile in force.
    let run =
        orgshake(["accept-handshake", "--profile", ""]).file("~/.aws/config", "[default]\ncli_error_format = json\n");
    assert!(run.run().failure(252).starts_with('{'));
}

/// Checks that nothing is sent with this configuration. A dead proxy stops a request all the same.
#[track_caller]
fn unparsed(file: &str, content: &str, messages: &[&str]) {
    let run = orgshake(ACCEPT).env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS").env("HTTPS_PROXY", DEAD);
    let outcome = run.env("AWS_MAX_ATTEMPTS", "1").file(file, content).run();
    let stderr = outcome.failure(255);
    assert!(messages.iter().all(|message| stderr.contains(message)), "{content}{outcome}");
    outcome.sent_nothing();
}

#[test]
fn a_file_that_the_aws_cli_cannot_parse_is_an_error_with_its_line() {
    let parse = "Unable to parse config file: ${HOME}/.aws/";
    for (content, place) in [
        (
            "[default]\nservices = s\n[services s]\norganizations =\n  endpoint_url : http://127.0.0.1:1\n",
            "line 5: a nested",
        ),
        ("[default]\nservices = s\n[services s]\norganizations =\n  endpoint_url\n", "line 5: a nested"),
        ("[default]\ns3 =\n  a = 1\n\n  b\n", "line 5: a nested"),
        ("[profile other]\ns3 =\n  b\n[default]\n", "line 3: a nested"),
        ("[DEFAULT]\ns3 =\n  b\n[default]\n", "line 3: a nested"),
        ("[default]\n[]\n", "line 2: this section has no name"),
        ("[default]\n= x\n", "line 2: this setting has no name"),
        ("[default]\n[default]\n", "line 2: this section already exists"),
        ("[DEFAULT]\na = 1\n[DEFAULT]\nA = 1\n", "line 4: this section already has that setting"),
        ("\n[default\n", "line 2: this section has no name"),
        ("x = 1\n", "line 1: this setting comes before any"),
        ("[default]\nx = 1\ny\n", "line 3: this is neither"),
    ] {
        unparsed("~/.aws/config", content, &[&format!("{parse}config"), place]);
        unparsed("~/.aws/credentials", content, &[&format!("{parse}credentials"), place]);
    }
}

#[test]
fn an_unusable_services_section_is_an_error() {
    let none = "services configuration does not exist";
    unparsed("~/.aws/config", "[default]\nservices = gone\n", &[none, "\"gone\""]);
    unparsed("~/.aws/config", "[default]\nservices =\n", &[none]);
    unparsed("~/.aws/config", "[default]\nservices = s\n[services s]\n", &[none]);
    for value in ["", " endpoint_url = http://127.0.0.1:1", " x\n  endpoint_url = http://127.0.0.1:1"] {
        let config = format!("[default]\nservices = s\n[services s]\norganizations ={value}\n");
        unparsed("~/.aws/config", &config, &["organizations of [services s] has no nested settings"]);
    }
    // The section isn't read if an option or a variable sets the endpoint, or if it is for another service.
    let config = "[default]\nservices = gone\n";
    orgshake(ACCEPT).file("~/.aws/config", config).run().success();
    let config = "[default]\nservices = s\n[services s]\nsts = x\n[DEFAULT]\nendpoint_url = ${ENDPOINT}\n";
    let server = Server::script([Step::handshake()]);
    let config = config.replace("${ENDPOINT}", &server.url());
    let run = orgshake(ACCEPT).server(server).env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS");
    run.file("~/.aws/config", config).run().success();
}

#[test]
fn the_last_nested_setting_of_a_name_counts() {
    let server = Server::script([Step::handshake()]);
    let config = format!(
        "[default]\nservices = s\n[services s]\norganizations =\n  endpoint_url = {DEAD}\n\n  # no\n  endpoint_url={}\n",
        server.url()
    );
    let run = orgshake(ACCEPT).server(server).env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS").env("AWS_MAX_ATTEMPTS", "1");
    run.file("~/.aws/config", config).run().success();
}

#[test]
fn upper_case_default_applies_to_every_profile_of_its_file() {
    let keys = |id: &str| format!("aws_access_key_id = {id}\naws_secret_access_key = s\n");
    let run = |config: &str, credentials: &str| {
        let run = orgshake(ACCEPT).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        run.env_remove("AWS_REGION").file("~/.aws/config", config).file("~/.aws/credentials", credentials)
    };
    let config =
        "[default]\n[DEFAULT]\nregion = eu-west-1\n[profile x]\nregion = eu-west-2\n[profile empty]\nregion =\n";
    let credentials = format!("[DEFAULT]\n{}[default]\n[x]\n{}[empty]\n", keys("AKIDD"), keys("AKIDX"));
    signed(run(config, &credentials), "AKIDD/eu-west-1");
    signed(run(config, &credentials).args(["--profile", "x"]), "AKIDX/eu-west-2");
    // A profile's own empty setting hides the default.
    signed(run(config, &credentials).args(["--profile", "empty"]), "AKIDD/us-east-1");
    // It doesn't apply to profiles of the other file, it isn't a profile itself, and [default] isn't DEFAULT.
    for (credentials, words) in [
        (format!("[DEFAULT]\n{}", keys("AKIDD")), &["--profile", "x"][..]),
        (format!("[default]\n{}", keys("AKIDD")), &["--profile", "x"]),
    ] {
        run(config, &credentials).args(words).run().failure(253);
    }
    let outcome = run(config, &credentials).args(["--profile", "DEFAULT"]).run();
    assert!(outcome.failure(255).contains("profiles in the configuration files: default, empty, x\n"), "{outcome}");
    // Every reader of the profile gets these settings.
    let outcome = run("[DEFAULT]\noutput = text\ncli_timestamp_format = wire\n[default]\n", &credentials);
    let outcome = outcome.args(["--query", "Handshake.RequestedTimestamp"]).run();
    assert_eq!(outcome.success(), "1481656459.257\n");
}

#[cfg(target_os = "linux")]
#[test]
fn an_unreadable_file_counts_as_missing() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let run = |make: &dyn Fn(&Path)| {
        let home = Home::new();
        fs::create_dir(home.path().join(".aws")).unwrap();
        for name in ["config", "credentials"] {
            make(&home.path().join(".aws").join(name));
        }
        Run::at(home, ACCEPT)
    };
    let status = |program: &str, path: &Path| {
        assert!(Command::new(program).arg(path).status().unwrap().success(), "{program}");
    };
    let with_mode = |mode| {
        move |path: &Path| {
            fs::write(path, "[default]\nregion = eu-west-1\nx").unwrap();
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        }
    };
    type Maker<'a> = (&'a dyn Fn(&Path), &'a str);
    let makers: [Maker<'_>; 5] = [
        (&|path| fs::create_dir(path).unwrap(), "which is not a regular file"),
        (&|path| status("mkfifo", path), "which is not a regular file"),
        (&|path| std::os::unix::fs::symlink("/dev/null", path).unwrap(), "which is not a regular file"),
        (&|path| std::os::unix::fs::symlink("gone", path).unwrap(), "which doesn't exist"),
        (&with_mode(0), "which this user may not read"),
    ];
    for (make, why) in makers {
        signed(run(make).ordinary_user(), "AKIDEXAMPLE/us-east-1");
        let outcome = run(make).arg("--debug").ordinary_user().run();
        outcome.stderr_has(&[&format!("/.aws/config, {why}"), &format!("/.aws/credentials, {why}")]);
    }
    // A directory that this user may not enter.
    let closed = |path: &Path| fs::set_permissions(path.parent().unwrap(), Permissions::from_mode(0o400)).unwrap();
    signed(run(&closed).ordinary_user(), "AKIDEXAMPLE/us-east-1");
    // A readable file is parsed.
    run(&with_mode(0o400)).ordinary_user().run().failure(255);
}

/// Accepts a handshake over TLS. `~/good.pem` has the right authority, `~/bad.pem` another one.
fn over_tls() -> (Run, Front) {
    let authority = Authority::new("Right");
    let server = Server::script([Step::handshake()]);
    let front = Front::tls(authority.issues(&["127.0.0.1"]), &server);
    let run = orgshake(ACCEPT).server(server).env("AWS_ENDPOINT_URL_ORGANIZATIONS", front.https());
    let run = run.file("~/good.pem", authority.pem()).file("~/bad.pem", Authority::new("Wrong").pem());
    (run.env("AWS_MAX_ATTEMPTS", "1"), front)
}

#[test]
fn requests_ca_bundle_counts_after_the_option_aws_ca_bundle_and_the_profile() {
    let profile = |path: &str| format!("[default]\nca_bundle = {path}\n");
    for (requests, by_profile, aws, option, trusted) in [
        ("~/good.pem", None, None, None, true),
        ("~/bad.pem", None, None, None, false),
        ("~/bad.pem", Some("~/good.pem"), None, None, true),
        ("~/good.pem", Some("~/bad.pem"), None, None, false),
        ("~/bad.pem", None, Some("~/good.pem"), None, true),
        ("~/good.pem", None, Some("~/bad.pem"), None, false),
        ("~/bad.pem", Some("~/bad.pem"), Some("~/good.pem"), None, true),
        ("~/bad.pem", Some("~/bad.pem"), Some("~/bad.pem"), Some("~/good.pem"), true),
        ("~/gone.pem", Some("~/gone.pem"), Some("~/gone.pem"), Some("~/good.pem"), true),
        ("", Some(""), Some("~/good.pem"), None, true),
    ] {
        let (run, _front) = over_tls();
        let mut run = run.env("REQUESTS_CA_BUNDLE", requests);
        run = run.file("~/.aws/config", by_profile.map_or_else(String::new, profile));
        run = aws.into_iter().fold(run, |run, path| run.env("AWS_CA_BUNDLE", path));
        run = option.into_iter().fold(run, |run, path| run.arg(format!("--ca-bundle={path}")));
        let outcome = run.run();
        assert_eq!(outcome.exit, Exit::Code(if trusted { 0 } else { 255 }), "{outcome}");
    }
}

#[test]
fn an_empty_ca_bundle_is_an_error_even_for_plain_http() {
    for (run, from) in [
        (orgshake(ACCEPT).env("REQUESTS_CA_BUNDLE", ""), "REQUESTS_CA_BUNDLE"),
        (orgshake(ACCEPT).env("REQUESTS_CA_BUNDLE", " "), "REQUESTS_CA_BUNDLE"),
        (orgshake(ACCEPT).env("AWS_CA_BUNDLE", "").env("REQUESTS_CA_BUNDLE", "x"), "AWS_CA_BUNDLE"),
        (orgshake(ACCEPT).file("~/.aws/config", "[default]\nca_bundle =\n"), "ca_bundle of the profile default"),
        (orgshake(ACCEPT).args(["--ca-bundle", ""]).env("AWS_CA_BUNDLE", "x"), "--ca-bundle"),
    ] {
        let outcome = run.run();
        let message = format!("\norgshake: [ERROR]: Invalid CA bundle: {from} is empty\n");
        assert!(outcome.failure(255).starts_with(&message), "{outcome}");
        outcome.sent_nothing();
    }
    // It doesn't matter if nothing is sent or verified, and a missing file doesn't matter for HTTP.
    let empty = |words: &[&str]| orgshake(ACCEPT).args(words).env("AWS_CA_BUNDLE", "").run();
    for words in
        [&["--no-verify-ssl"][..], &["--generate-cli-skeleton"], &["--generate-cli-skeleton", "output"], &["--sandbox"]]
    {
        empty(words).exits_with(0);
    }
    orgshake(ACCEPT).env("REQUESTS_CA_BUNDLE", "gone.pem").run().success();
    orgshake(ACCEPT).args(["--ca-bundle", "gone.pem"]).run().success();
}

// Parameters

const LIST: &str = "list-handshakes-for-account";

fn page() -> Step {
    Step::json(&json!({"Handshakes": [{"Id": "h-1"}, {"Id": "h-2"}]}))
}

#[test]
fn the_starting_token_can_come_from_a_file() {
    let resume = "eyJOZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==";
    for (content, token, rest) in [
        ("t1", "t1", "h-1\th-2\n"),
        ("t1\n", "t1\n", "h-1\th-2\n"),
        ("t1___1", "t1", "h-2\n"),
        (resume, "t1", "h-2\n"),
        // As a shell's `>` writes it.
        (&format!("{resume}\n"), "t1", "h-2\n"),
    ] {
        let words = ["--starting-token", "file://tok", "--query", "Handshakes[].Id", "--output", "text"];
        let outcome = orgshake([LIST]).args(words).file("tok", content).script([page()]).run();
        assert_eq!(outcome.success(), rest);
        outcome.sent(&[("ListHandshakesForAccount", json!({"NextToken": token}))]);
    }
    let words = ["--starting-token=file:///dev/stdin", "--max-items", "1"];
    let outcome = orgshake([LIST]).args(words).stdin("t1").script([page()]).run();
    outcome.success();
    outcome.sent(&[("ListHandshakesForAccount", json!({"NextToken": "t1"}))]);
    refused(252, &[LIST, "--starting-token", "file://gone"], "'--starting-token': Unable to load paramfile");
    refused(252, &[LIST, "--starting-token", "file://gone", "--generate-cli-skeleton"], "Unable to load paramfile");
    refused(252, &[LIST, "--starting-token", "fileb://gone"], "'--starting-token': fileb:// is for binary");
    let outcome = orgshake([LIST, "--starting-token", "file://tok"]).file("tok", [0xff]).run();
    assert!(outcome.failure(252).contains("not UTF-8 text"), "{outcome}");
}

#[test]
fn global_options_and_numbers_of_listings_read_no_file() {
    for (words, code) in [
        (&["--query", "file://f"][..], 252),
        (&["--profile", "file://f"], 255),
        (&["--output", "file://f"], 252),
        (&["--max-items", "file://f"], 252),
        (&["--page-size", "file://f"], 252),
        (&["--generate-cli-skeleton", "file://f"], 252),
    ] {
        let outcome = orgshake([LIST]).args(words).file("f", "1").run();
        outcome.failure(code);
        outcome.sent_nothing();
    }
    for (option, member) in [("--next-token", json!({"NextToken": "1"})), ("--max-results", json!({"MaxResults": 1}))] {
        let outcome = orgshake([LIST, option, "file://f"]).file("f", "1").script([page()]).run();
        outcome.success();
        outcome.sent(&[("ListHandshakesForAccount", member)]);
    }
}

#[test]
fn line_ends_of_text_files_become_newlines() {
    let invite = ["invite-account-to-organization", "--target", "Id=a@b.c,Type=EMAIL", "--notes", "file://f"];
    let outcome = orgshake(invite).file("f", "a\r\nb\rc\n").run();
    outcome.success();
    let body = json!({"Target": {"Id": "a@b.c", "Type": "EMAIL"}, "Notes": "a\nb\nc\n"});
    outcome.sent(&[("InviteAccountToOrganization", body)]);
}

#[test]
fn text_files_in_another_encoding_are_an_error() {
    let invite = |notes: &str| {
        let words = ["invite-account-to-organization", "--target", "Id=a@b.c,Type=EMAIL", "--notes", notes];
        orgshake(words).file("utf-8", "\u{e9}").file("latin-1", [0xe9]).file("ascii", "e")
    };
    let target = "{\"Target\": {\"Id\": \"a@b.c\", \"Type\": \"EMAIL\"}}";
    let variable = "AWS_CLI_FILE_ENCODING";
    for encoding in ["latin-1", "iso-8859-1", "cp1252", "utf-16", "UTF-8-sig", "no such"] {
        let message = format!("{variable} is {encoding}, but only UTF-8 and ASCII are supported");
        let target_of_file = ["invite-account-to-organization", "--target", "Id@=file://ascii,Type=EMAIL"];
        for run in [
            invite("file://latin-1"),
            invite("file://ascii"),
            orgshake(target_of_file).file("ascii", "e"),
            orgshake(["accept-handshake", "--cli-input-json", "file://ascii"]).file("ascii", "{}"),
            orgshake([LIST, "--starting-token", "file://ascii"]).file("ascii", "e"),
            orgshake(["accept-handshake", "--handshake-id", "file:///dev/stdin"]).stdin(HANDSHAKE),
        ] {
            let outcome = run.env(variable, encoding).run();
            assert!(outcome.failure(252).contains(&message), "{outcome}");
            outcome.sent_nothing();
        }
        // It has no effect without a text file.
        invite("\u{e9}").env(variable, encoding).run().exits_with(0);
        let words = ["invite-account-to-organization", "--cli-input-json", "fileb://bytes"];
        orgshake(words).file("bytes", target).env(variable, encoding).run().exits_with(0);
    }
    for encoding in ["utf-8", "UTF8", "utf_8", "U8", "UTF-8", ""] {
        invite("file://utf-8").env(variable, encoding).run().exits_with(0);
    }
    for encoding in ["ascii", "US-ASCII", "us_ascii", "ANSI_X3.4-1968"] {
        invite("file://ascii").env(variable, encoding).run().exits_with(0);
        let outcome = invite("file://utf-8").env(variable, encoding).run();
        assert!(outcome.failure(252).contains("file://utf-8: not ASCII text (byte 1)"), "{outcome}");
        outcome.sent_nothing();
    }
}

#[test]
fn another_output_encoding_is_an_error_before_any_request() {
    let variable = "AWS_CLI_OUTPUT_ENCODING";
    for words in [&[][..], &["--output", "table"], &["--generate-cli-skeleton"], &["--generate-cli-skeleton", "output"]]
    {
        let outcome = orgshake(ACCEPT).args(words).env(variable, "cp1252").run();
        let message = "AWS_CLI_OUTPUT_ENCODING is cp1252, but only UTF-8 and ASCII are supported";
        assert!(outcome.failure(252).contains(message), "{outcome}");
        outcome.sent_nothing();
    }
    for encoding in ["utf-8", "UTF8", "utf_8", "ascii", ""] {
        orgshake(ACCEPT).env(variable, encoding).run().success();
    }
    // It has no effect on commands of our own or without output.
    for words in [
        &["accept-handshake", "--handshake-id", HANDSHAKE, "--output", "off"][..],
        &["--version"],
        &["--help"],
        &["completion", "bash"],
    ] {
        orgshake(words).env(variable, "cp1252").env("AWS_CLI_FILE_ENCODING", "cp1252").run().success();
    }
}

#[test]
fn a_file_that_cannot_be_loaded_is_named_as_typed() {
    let gone = "Unable to load paramfile file://$PLACE/gone: ";
    refused(252, &["accept-handshake", "--handshake-id", "file://$PLACE/gone"], gone);
    refused(252, &["accept-handshake", "--cli-input-json", "file://$PLACE/gone"], gone);
    refused(
        252,
        &["accept-handshake", "--handshake-id", "file://."],
        "Unable to load paramfile file://.: Is a directory",
    );
    let invite = |target: &'static str| ["invite-account-to-organization", "--target", target];
    refused(252, &invite("file://$PLACE/gone"), gone);
    // After `@=` of shorthand it is not a usage error.
    refused(255, &invite("Id@=file://$PLACE/gone,Type=EMAIL"), gone);
    refused(255, &invite("Type=EMAIL,Id@=file://."), "Unable to load paramfile file://.: Is a directory");
    refused(255, &["invite-account-to-organization", "--tags", "Key=a,Value@=file://gone"], "Unable to load paramfile");
    let outcome = orgshake(invite("Id@=file://bytes,Type=EMAIL")).file("bytes", [0xff]).run();
    assert!(outcome.failure(255).contains("not UTF-8 text"), "{outcome}");
    refused(255, &invite("Id@=file://gone,"), "'--target'");
    let outcome = orgshake(invite("Id@=file://id,Type")).file("id", "a@b.c").run();
    outcome.failure(252);
}

// Settings and responses

#[test]
fn an_empty_timestamp_format_is_unknown() {
    let outcome = orgshake(ACCEPT).file("~/.aws/config", "[default]\ncli_timestamp_format =\n").run();
    assert!(outcome.failure(253).contains("Unknown cli_timestamp_format value: , valid values"), "{outcome}");
    outcome.sent_nothing();
}

#[test]
fn the_default_profile_by_option_switches_off_the_keys_of_the_environment_even_where_it_is_missing() {
    for config in ["", "[profile x]\nregion = eu-west-1\n"] {
        let outcome = orgshake(ACCEPT).args(["--profile", "default"]).file("~/.aws/config", config).run();
        assert!(outcome.failure(253).contains("(NoCredentials)"), "{outcome}");
        outcome.sent_nothing();
    }
}

#[test]
fn minus_zero_is_the_integer_0() {
    let step = || Step::bytes(r#"{"Handshake": {"Id": "h-0", "RequestedTimestamp": -0}}"#);
    let run = |query: &str| {
        let run = orgshake(ACCEPT).args(["--query", query]).script([step()]);
        run.file("~/.aws/config", "[default]\ncli_timestamp_format = wire\n").run().success()
    };
    assert_eq!(run("Handshake.RequestedTimestamp"), "0\n");
    for (query, printed) in [
        ("`-0`", "0\n"),
        ("`-0.0`", "-0.0\n"),
        ("sum(`[-0]`)", "0\n"),
        ("to_string(`-0`)", "\"0\"\n"),
        ("`\"-0\"`", "\"-0\"\n"),
    ] {
        assert_eq!(run(query), printed, "{query}");
    }
}

#[test]
fn settings_of_a_role_must_have_the_minimum_lengths_of_sts() {
    let arn = "role_arn = arn:aws:iam::1:role/r\n";
    let keys = "source_profile = b\n[profile b]\naws_access_key_id = AKIDB\naws_secret_access_key = s\n";
    let assumed = || {
        Step::bytes(
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAR</AccessKeyId><SecretAccessKey>s\
             </SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
             </AssumeRoleResult></AssumeRoleResponse>",
        )
        .without_header("Content-Type")
        .header("Content-Type", "text/xml")
    };
    let run = |settings: &str| {
        let server = Server::script([assumed(), Step::handshake()]);
        let config = format!("[profile r]\n{settings}{keys}");
        let url = server.url();
        orgshake(ACCEPT)
            .server(server)
            .env("AWS_ENDPOINT_URL_STS", url)
            .file("~/.aws/config", config)
            .args(["--profile", "r"])
            .run()
    };
    let length = |name: &str, is: usize, least: usize| {
        format!("\nInvalid length for parameter {name}, value: {is}, valid min length: {least}\n")
    };
    for (settings, line) in [
        ("role_arn = arn:r\n".to_owned(), length("RoleArn", 5, 20)),
        (format!("{arn}external_id = \u{e9}\n"), length("ExternalId", 1, 2)),
        (format!("{arn}external_id =\n"), length("ExternalId", 0, 2)),
        (format!("{arn}role_session_name = m\n"), length("RoleSessionName", 1, 2)),
        (format!("{arn}mfa_serial = arn:mfa\n"), length("SerialNumber", 7, 9)),
        (
            format!("{arn}duration_seconds = 899\n"),
            "\nInvalid value for parameter DurationSeconds, value: 899, valid min value: 900\n".to_owned(),
        ),
    ] {
        let outcome = run(&settings);
        assert!(
            outcome.failure(252).contains(&format!("(ParamValidation): Parameter validation failed:{line}")),
            "{outcome}"
        );
        outcome.sent_nothing();
    }
    let outcome = run(&format!("{arn}external_id = e1\nduration_seconds = 900\n"));
    outcome.success();
    assert_eq!(outcome.requests.len(), 2, "{outcome}");
    for (arn, name, token, line) in [
        ("arn:r", "me", "h.p.s", length("RoleArn", 5, 20)),
        ("arn:aws:iam::1:role/r", "m", "h.p.s", length("RoleSessionName", 1, 2)),
        ("arn:aws:iam::1:role/r", "me", "jwt", length("WebIdentityToken", 3, 4)),
    ] {
        let run = orgshake(ACCEPT).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        let run = run.env("AWS_ENDPOINT_URL_STS", DEAD).env("AWS_MAX_ATTEMPTS", "1").env("AWS_ROLE_SESSION_NAME", name);
        let outcome =
            run.env("AWS_ROLE_ARN", arn).env("AWS_WEB_IDENTITY_TOKEN_FILE", "token").file("token", token).run();
        let stderr = outcome.failure(252);
        assert!(stderr.contains(&line) && !stderr.contains("jwt"), "{outcome}");
        outcome.sent_nothing();
    }
}

#[test]
fn special_characters_of_an_endpoints_path_are_percent_encoded() {
    for (path, sent) in [
        ("/a b/\u{e9}|\"{}?q=1 2", "/a%20b/%C3%A9%7C%22%7B%7D?q=1%202"),
        ("/%41/%2f", "/%41/%2F"),
        ("/100%/%41", "/100%25/%2541"),
    ] {
        let server = Server::script([Step::handshake()]);
        let url = server.url() + path;
        let outcome = orgshake(ACCEPT).server(server).args(["--endpoint-url", &url]).run();
        outcome.success();
        assert_eq!(outcome.requests[0].path, sent, "{path}");
    }
}

#[test]
fn odd_header_lines_of_a_response_are_ignored() {
    for lines in [
        "X-Folded: one\r\n two\r\n\tthree",
        "X-Folded:\r\n one",
        "no colon",
        "X Space: x",
        "X-Space : x",
        ": x",
        "X-\u{e9}: x",
        "X-Control: a\u{1}b",
        "X-Bytes: \u{e9}",
    ] {
        let body = sample_handshake().to_string();
        let response = format!(
            "HTTP/1.1 200 OK\r\n{lines}\r\nContent-Length: {}\r\nContent-Type: application/x-amz-json-1.1\r\n\r\n{body}",
            body.len()
        );
        let front = Front::saying(response);
        let outcome = orgshake(ACCEPT).args(["--endpoint-url", &front.http()]).env("AWS_MAX_ATTEMPTS", "1").run();
        assert_eq!(outcome.exit, Exit::Code(0), "{lines:?}: {outcome}");
    }
}

// Errors

#[test]
fn errors_can_be_a_table() {
    let refusal = || Step::error_with("HandshakeConstraintViolationException", "no", ("Reason", "WHY"));
    let table = "\
error
+---------+---------------------------------------+
| Code    | HandshakeConstraintViolationException |
| Message | no                                    |
| Reason  | WHY                                   |
+---------+---------------------------------------+
";
    let run = || orgshake(ACCEPT).script([refusal()]);
    run().args(["--cli-error-format", "table"]).run().stderr_is(table);
    run().env("AWS_CLI_ERROR_FORMAT", "Table").run().stderr_is(table);
    run().file("~/.aws/config", "[default]\ncli_error_format = TABLE\n").run().stderr_is(table);
    let outcome = orgshake(ACCEPT).args(["--cli-error-format", "table"]).run();
    outcome.success();
    outcome.sent(&[accepted()]);
    // Failures before a request have the same form, unless the AWS CLI prints plain text.
    let stderr = orgshake(["accept-handshake", "--cli-error-format", "table"]).run().failure(252);
    assert!(stderr.starts_with("error\n+--") && stderr.contains("| Code    | ParamValidation"), "{stderr}");
    let outcome = orgshake(ACCEPT).args(["--cli-error-format", "table", "--profile", "gone"]).run();
    assert!(outcome.failure(255).starts_with("\norgshake: [ERROR]: The config profile"), "{outcome}");
    refused(252, &["accept-handshake", "--cli-error-format", "Table"], "[possible values: ");
}
