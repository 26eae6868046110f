//! The fuzz targets on the stable toolchain, with their seeds, changed seeds and deep nesting; and the program with little
//! memory.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::thread;

use orgshake::fuzz::{self, TARGETS, Target};
use orgshake::model::{self, Shape, Structure};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Number, Value};

/// Bytes of stack: a sixteenth of the main thread's on Linux. Without optimization, frames are several times as large.
const STACK: usize = if cfg!(debug_assertions) { 2 << 20 } else { 512 << 10 };

/// Fragments of every input language, and boundary values.
const PIECES: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "[?",
    "[]",
    "[*]",
    "[::-1]",
    "*",
    ".",
    ",",
    ":",
    ": ",
    "|",
    "||",
    "&&",
    "&",
    "!",
    "@",
    "@=",
    "=",
    "==",
    "<",
    "\"",
    "'",
    "`",
    "\\",
    "\\\"",
    "\\ud800",
    "\\u0000",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\n  ",
    "\n- ",
    "? ",
    "- ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "#",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "!!str ",
    "! ",
    "|+\n ",
    ">9\n ",
    "~",
    "null",
    "true",
    "0",
    "-",
    "-1",
    "1e999",
    "1e-999",
    "-0.0",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "0x_",
    ".inf",
    "1.",
    "253402300800",
    "2026-12-31T00:00:00Z",
    "d",
    "h",
    "m",
    "s",
    "ms",
    "delay:",
    "+1d",
    "a",
    "Id",
    "Handshakes",
    "length(",
    "to_string(",
    "join('",
    "map(&",
    "sort_by(",
    "[profile ",
    "[default]\n",
    "x = ",
    "source_profile = ",
    "--query",
    "--output",
    "--",
    "organizations",
    "help",
    "file://",
    "\0",
    "\u{1b}",
    "\u{202e}",
    "\u{feff}",
    "é",
    "😀",
    "\u{85}",
    "\u{2028}",
];

/// The texts that open and close a level, in all input languages.
const LEVELS: &[(&str, &str)] = &[
    ("[", "]"),
    ("{", "}"),
    ("(", ")"),
    ("<", ">"),
    ("[[", "]]"),
    ("{{", "}}"),
    ("([", "])"),
    ("[{", "}]"),
    ("{\"a\":", "}"),
    ("[{\"a\":", "}]"),
    ("{\"Resources\":[", "]}"),
    ("{\"Handshake\":", "}"),
    ("{a: ", "}"),
    ("{a=", "}"),
    ("{? ", "}"),
    ("[a,", "]"),
    ("a=[", "]"),
    ("a={", "}"),
    ("- ", ""),
    ("? ", ""),
    (": ", ""),
    ("a: ", ""),
    ("&a ", ""),
    ("&a [", "]"),
    ("!", ""),
    ("!!seq [", "]"),
    ("*.", "a"),
    ("a.", "a"),
    ("[]", ""),
    ("[*]", ""),
    ("[*].", "a"),
    ("[0]", ""),
    ("[:]", ""),
    ("[?", "]"),
    ("[?a]", ""),
    ("a|", "a"),
    ("a||", "a"),
    ("a&&", "a"),
    ("a==", "a"),
    ("!(", ")"),
    ("&", "a"),
    ("[@].", "a"),
    ("{a:", "}"),
    ("{a:@}.", "a"),
    ("length(", ")"),
    ("not_null(@,", ")"),
    ("map(&", ",@)"),
    ("sort_by(@,&", ")"),
    ("`[", "]`"),
    ("-", ""),
    ("+", ""),
    ("1d", ""),
    ("'", "'"),
    ("\"", "\""),
    ("`", "`"),
    ("\\", ""),
    ("\n ", ""),
    ("%41", ""),
    ("9", ""),
    ("_", ""),
    ("a", ""),
    ("\0", ""),
    ("&a=b", ""),
    ("é", ""),
    ("a:b\n", ""),
    ("--x\0", ""),
];

/// Returns the seeds of a target, including texts that once caused a failure.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/seeds").join(target);
    let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry of a directory").path()).collect();
    paths.sort_unstable();
    assert!(!paths.is_empty(), "{target} has no seeds");
    paths.iter().map(|path| fs::read(path).expect("a seed can be read")).collect()
}

/// Runs with little stack. Prints the case first, since a stack overflow can't be caught.
fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// One change of a text. Positions are fractions of its length.
#[derive(Clone, Debug)]
enum Change {
    Insert(Index, Vec<u8>),
    Delete(Index, usize),
    Byte(Index, u8),
    Repeat(Index, usize, usize),
    /// Continues with the rest of another seed.
    Splice(Index, Index, Index),
}

impl Change {
    fn any() -> impl Strategy<Value = Change> {
        let at = any::<Index>;
        let piece = select(PIECES).prop_map(|piece| piece.as_bytes().to_vec());
        prop_oneof![
            6 => (at(), piece).prop_map(|(at, piece)| Change::Insert(at, piece)),
            2 => (at(), 1..40_usize).prop_map(|(at, length)| Change::Delete(at, length)),
            1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
            2 => (at(), 1..20_usize, 1..200_usize).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
            1 => (at(), at(), at()).prop_map(|(at, seed, from)| Change::Splice(at, seed, from)),
        ]
    }

    fn apply(&self, text: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let place = |at: &Index, text: &[u8]| at.index(text.len() + 1);
        let end = |start: usize, length: usize, text: &[u8]| (start + length).min(text.len());
        match self {
            Change::Insert(at, piece) => {
                let start = place(at, text);
                text.splice(start..start, piece.iter().copied());
            }
            Change::Delete(at, length) => {
                let start = place(at, text);
                text.drain(start..end(start, *length, text));
            }
            Change::Byte(at, byte) => {
                if !text.is_empty() {
                    *at.get_mut(text) = *byte;
                }
            }
            Change::Repeat(at, length, times) => {
                let start = place(at, text);
                let repeated = text[start..end(start, *length, text)].repeat(*times);
                text.splice(start..start, repeated);
            }
            Change::Splice(at, seed, from) => {
                let start = place(at, text);
                let other = seed.get(seeds);
                text.truncate(start);
                text.extend(&other[place(from, other)..]);
            }
        }
    }
}

/// Runs this many cases of a strategy. A failing case is minimized and printed.
fn cases<S: Strategy>(count: u32, strategy: &S, test: impl Fn(S::Value)) {
    let config = ProptestConfig {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    };
    let ran = TestRunner::new(config).run(strategy, |value| {
        test(value);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

fn target(name: &str) -> Target {
    TARGETS.iter().find(|(known, _)| *known == name).expect("a target of this name").1
}

/// Runs seeds, changed seeds, and sequences of fragments.
fn survives(name: &'static str, count: u32) {
    let target = target(name);
    with_little_stack(move || {
        let seeds = seeds(name);
        seeds.iter().for_each(|seed| target(seed));
        target(b"");
        let changed = (any::<Index>(), proptest::collection::vec(Change::any(), 1..6));
        cases(count, &changed, |(seed, changes)| {
            let mut text = seed.get(&seeds).clone();
            changes.iter().for_each(|change| change.apply(&mut text, &seeds));
            target(&text);
        });
        cases(count, &proptest::collection::vec(select(PIECES), 0..30), |pieces| target(pieces.concat().as_bytes()));
    });
}

/// Declares a test for each target, and the list for the completeness test.
macro_rules! targets {
    ($($name:ident: $count:literal,)+) => {
        const TESTED: &[&str] = &[$(stringify!($name)),+];

        $(
            #[test]
            fn $name() {
                survives(stringify!($name), $count);
            }
        )+
    };
}

targets! {
    accounts: 2000,
    answer: 1000,
    argv: 1000,
    completion: 2000,
    config: 2000,
    input_json: 300,
    input_yaml: 200,
    parameter: 2000,
    process: 3000,
    query: 3000,
    request: 100,
    sandbox_spec: 2000,
    state: 300,
    token: 2000,
}

#[test]
fn every_target_has_a_test_and_a_file() {
    let names: BTreeSet<_> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(TESTED.iter().copied().collect::<BTreeSet<_>>(), names);
    assert_eq!(NESTED.iter().chain(&["argv"]).copied().collect::<BTreeSet<_>>(), names);
    // The package doesn't include the other crate.
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    for name in names.iter().filter(|_| directory.exists()) {
        let file = fs::read_to_string(directory.join(format!("{name}.rs"))).expect("a target has its file");
        assert!(file.contains(&format!("orgshake::fuzz::{name}(")), "{name}: {file}");
    }
}

/// A number of levels that overflows the stack if each level uses any: a frame has at least 16 bytes, 64 without
/// optimization.
const DEEP: usize = STACK / if cfg!(debug_assertions) { 64 } else { 16 };

/// Nests every kind of level, few and many times.
fn survives_nesting(name: &'static str) {
    let target = target(name);
    // libyaml's time grows with the square of the depth. A level of YAML takes more than eight small frames.
    let deep = if name == "input_yaml" { DEEP / 8 } else { DEEP };
    with_little_stack(move || {
        for (open, close) in LEVELS {
            for depth in [100, deep] {
                // An overflow can't be caught, so print its cause before.
                println!("{name}: {depth} of {open:?} and {close:?}");
                let opened = open.repeat(depth);
                let nested = format!("{opened}a{}", close.repeat(depth));
                target(format!("a={nested}").as_bytes());
                target(nested.as_bytes());
                target(opened.as_bytes());
            }
        }
    });
}

/// Declares a test for each target except `argv`, whose words can't nest, and the list for the completeness test.
macro_rules! nested {
    ($($name:ident,)+) => {
        const NESTED: &[&str] = &[$(stringify!($name)),+];

        mod no_nesting_is_too_deep {
            $(
                #[test]
                fn $name() {
                    super::survives_nesting(stringify!($name));
                }
            )+
        }
    };
}

nested! {
    accounts,
    answer,
    completion,
    config,
    input_json,
    input_yaml,
    parameter,
    process,
    query,
    request,
    sandbox_spec,
    state,
    token,
}

/// Generates values of a shape: with boundary texts and numbers, with nulls, and sometimes of another type.
fn of_shape(shape: &'static Shape, depth: usize) -> BoxedStrategy<Value> {
    let text = prop_oneof![
        proptest::collection::vec(select(PIECES), 0..6).prop_map(|pieces| Value::from(pieces.concat())),
        "\\PC{0,80}".prop_map(Value::from),
    ];
    let number = prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("JSON has it", Number::from_f64),
        (-1e12..1e12).prop_filter_map("JSON has it", Number::from_f64),
    ];
    let own = match shape {
        Shape::String { .. } => text.clone().boxed(),
        Shape::Integer { .. } | Shape::Timestamp => number.clone().prop_map(Value::from).boxed(),
        Shape::Structure(_) | Shape::List(_) if depth == 0 => Just(Value::Null).boxed(),
        Shape::Structure(structure) => of_structure(structure, depth - 1).prop_map(Value::from).boxed(),
        Shape::List(element) => {
            proptest::collection::vec(of_shape(element, depth - 1), 0..4).prop_map(Value::from).boxed()
        }
    };
    prop_oneof![40 => own, 1 => Just(Value::Null), 1 => text, 1 => number.prop_map(Value::from)].boxed()
}

fn of_structure(structure: &'static Structure, depth: usize) -> BoxedStrategy<Map<String, Value>> {
    let member = |member: &'static model::Member| {
        let value = proptest::option::weighted(0.8, of_shape(member.shape, depth));
        value.prop_map(|value| value.map(|value| (member.name.to_owned(), value)))
    };
    let members: Vec<_> = structure.members.iter().map(member).collect();
    members.prop_map(|members| members.into_iter().flatten().collect()).boxed()
}

#[test]
fn responses_with_the_shapes_of_the_model() {
    for operation in model::OPERATIONS {
        let answers = of_structure(operation.output, 8).prop_map(|members| Value::from(members).to_string());
        cases(30, &answers, |body| fuzz::answer(body.as_bytes()));
    }
}

/// The real program with a memory limit, on Linux.
#[cfg(target_os = "linux")]
mod with_little_memory {
    use serde_json::json;

    use crate::support::run::{Exit, HANDSHAKE, Outcome, orgshake};
    use crate::support::server::Step;

    /// MiB of address space. The unoptimized program itself needs a good part of it.
    const MEMORY: u32 = 640;

    const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

    #[track_caller]
    fn ends(outcome: &Outcome, code: i32, told: &str) {
        let stderr = String::from_utf8_lossy(&outcome.stderr);
        assert!(outcome.exit == Exit::Code(code) && stderr.contains(told), "{}: {stderr:.2000}", outcome.exit);
    }

    /// A document of `--cli-input-yaml`, in a file.
    fn yaml(document: impl AsRef<[u8]>) -> Outcome {
        let run = orgshake(["accept-handshake", "--cli-input-yaml", "file://doc.yaml"]);
        run.file("doc.yaml", document).memory(MEMORY).run()
    }

    /// Runs a query on the documented handshake.
    fn queried(expression: &str) -> Outcome {
        orgshake(ACCEPT).arg("--query").arg(expression).memory(MEMORY).run()
    }

    #[test]
    fn the_memory_limit_works() {
        let outcome = orgshake(ACCEPT).memory(1).run();
        assert_ne!(outcome.exit, Exit::Code(0));
    }

    #[test]
    fn aliases_that_multiply() {
        let laughs = |first: &str, mut copies: String| {
            for (before, level) in ('a'..='y').zip('b'..) {
                copies.push_str(&format!("{level}: &{level} [{}]\n", vec![format!("*{before}"); 9].join(",")));
            }
            format!("a: &a {first}\n{copies}")
        };
        ends(&yaml(laughs("lol", String::new())), 252, "repetition limit exceeded");
        let long = "x".repeat(1 << 19);
        let copies = "- *a\n".repeat(1000);
        ends(&yaml(format!("x: &a {long}\ny:\n{copies}")), 252, "too much text, with aliases expanded");
        let anchors: String = (0..120).map(|n| format!("[&a{n} ")).collect();
        ends(&yaml(format!("x: {anchors}{long}{}", "]".repeat(120))), 252, "Unknown parameter in input");
    }

    #[test]
    fn long_documents() {
        let long = "9".repeat(10 << 20);
        for text in [format!("HandshakeId: {long}"), format!("HandshakeId: 0x{long}"), format!("HandshakeId: 1e{long}")]
        {
            ends(&yaml(text), 252, "more than 1 MiB");
        }
        ends(&yaml("a: [".to_owned() + &"[],".repeat(300_000) + "]"), 252, "more than 100,000 nodes");
        ends(&yaml("x".repeat(17 << 20)), 252, "more than 16 MiB");
        for text in
            [format!("{{\"HandshakeId\":{long}}}"), format!("{{\"HandshakeId\":1e{long}}}"), "[".repeat(10 << 20)]
        {
            let run = orgshake(["accept-handshake", "--cli-input-json", "file://doc.json"]);
            let outcome = run.file("doc.json", text).memory(MEMORY).run();
            ends(&outcome, 252, "Invalid JSON");
        }
    }

    #[test]
    fn queries_that_multiply() {
        let too_much = "takes too much work for a response of this size";
        ends(&queried(&format!("{}@", "[@, @] | ".repeat(60))), 255, too_much);
        let doubled = "join('', [@, @]) | ".repeat(60);
        ends(&queried(&format!("to_string(@) | {doubled}@")), 255, too_much);
        let quoted = "to_string([@, @]) | ".repeat(60);
        ends(&queried(&format!("{quoted}@")), 255, too_much);
        ends(&queried(&format!("{}@", "[[@,@][],[@,@][]][] | ".repeat(30))), 255, too_much);
        ends(&queried(&format!("{}@", "{a:@,b:@}.* | ".repeat(30))), 255, too_much);
        for harmless in [
            "*.*.*.*.*.*.*.*",
            "[][][][][][]",
            "[0:99999999999999999999:99999999999999999999]",
            "Handshake[-9223372036854775808]",
        ] {
            ends(&queried(harmless), 0, "");
        }
    }

    #[test]
    fn long_responses_in_every_format() {
        let longest = 15 << 20;
        let lists = format!("{{\"Handshake\":{{\"Resources\":[{}{{}}]}}}}", "{},".repeat(100_000));
        let text = json!({"Handshake": {"Id": "\u{1}é".repeat(1 << 19)}}).to_string();
        let digits = format!("{{\"Handshake\":{{\"RequestedTimestamp\":{}}}}}", "9".repeat(longest));
        for format in ["json", "text", "table", "yaml", "yaml-stream"] {
            for body in [&lists, &text] {
                let outcome = orgshake(ACCEPT)
                    .arg("--output")
                    .arg(format)
                    .script([Step::bytes(body.as_str())])
                    .memory(MEMORY)
                    .run();
                ends(&outcome, 0, "");
            }
        }
        for body in [digits, "[".repeat(longest), "\u{1}".repeat(17 << 20)] {
            ends(&orgshake(ACCEPT).script([Step::bytes(body)]).memory(MEMORY).run(), 255, "");
        }
    }
}
