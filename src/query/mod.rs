//! JMESPath, the query language of `--query`.
//!
//! The language is specified at <https://jmespath.org/specification.html>. If the specification is unclear, or Python's
//! `jmespath` library differs from it, this follows the library, because the AWS CLI uses it. Three things are stricter
//! here. [`Query::parse`] reports every error that shows in the expression alone (function names, argument counts, which
//! argument is an expression reference, a slice step of zero), before any request is made. An expression reference
//! (`&expr`) is accepted only as an argument of a function that expects one. Nesting and the work of an expression are
//! limited.

mod catalog;
mod error;
mod eval;
mod functions;
mod lexer;
mod parser;
mod tree;
mod values;

use std::borrow::Cow;

use serde_json::Value;

pub use error::QueryError;
use eval::Evaluator;
use tree::Node;
use values::Budget;

/// A parsed JMESPath expression.
#[derive(Debug, Clone)]
pub struct Query {
    root: Node,
}

impl Query {
    /// Parses an expression.
    ///
    /// # Errors
    ///
    /// Bad syntax, an unknown function, a wrong number of arguments, an expression reference where none is expected or
    /// missing where one is, a slice step of zero, or an expression that is nested too deeply. The message ends in the
    /// expression with a caret under the place.
    pub fn parse(expression: &str) -> Result<Self, QueryError> {
        parser::parse(expression).map(|root| Self { root })
    }

    /// Evaluates the expression against a document. Anything that it doesn't find is `null`.
    ///
    /// # Errors
    ///
    /// A function got an argument of the wrong type, a comparison such as `<` got a number and a string, or the result would
    /// be too many times larger than the document.
    pub fn apply(&self, value: &Value) -> Result<Value, QueryError> {
        let evaluator = Evaluator(Budget::new(value));
        let result = evaluator.eval(&self.root, Cow::Borrowed(value))?;
        Ok(result.into_owned())
    }

    /// Returns the names of fields on the right of comparisons, except those that the expression itself makes. A name that no
    /// document has was meant to be a text: `State=="OPEN"` instead of `State=='OPEN'`.
    pub fn compared_fields(&self) -> Vec<&str> {
        let (mut compared, mut made) = (Vec::new(), Vec::new());
        self.root.visit(&mut |node| match node {
            Node::Comparison(_, rest) => {
                compared.extend(rest.iter().filter_map(|(_, node)| match node {
                    Node::Field(name) => Some(name.as_str()),
                    _ => None,
                }));
            }
            Node::MultiSelectHash(pairs) => made.extend(pairs.iter().map(|(name, _)| name.as_str())),
            _ => {}
        });
        compared.retain(|name| !made.contains(name));
        compared
    }

    /// Splits the expression in two: the first is applied to each page of the list under this key, the second to the
    /// concatenated results. Returns `None` if the expression can't be applied page by page.
    ///
    /// This works because a projection uses one element at a time, and an expression can't refer to the whole document.
    pub fn split(&self, list: &str) -> Option<(Self, Self)> {
        let Node::Chain(steps) = &self.root else { return None };
        if !matches!(steps.first(), Some(Node::Field(name)) if name == list) {
            return None;
        }
        let by_element =
            |step: &&Node| matches!(step, Node::Flatten | Node::Projection(_) | Node::FilterProjection { .. });
        let parts = 1 + steps[1..].iter().take_while(by_element).count();
        let selects = |step: &Node| !matches!(step, Node::Flatten);
        if !steps[1..parts].iter().any(selects) {
            return None;
        }
        let (first, rest) = steps.split_at(parts);
        Some((Self { root: Node::Chain(first.to_vec()) }, Self { root: Node::Chain(rest.to_vec()) }))
    }
}

#[cfg(test)]
mod split_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn page_by_page_and_whole_give_the_same_result() {
        let items: Vec<_> = (0..7)
            .map(|n| json!({"Id": format!("h-{n}"), "N": n, "Deep": [{"Deep": [n, [n]]}, {"Deep": []}], "S": if n % 2 == 0 { "A" } else { "B" }}))
            .collect();
        for (expression, splits) in [
            ("Items[].Id", true),
            ("Items[*].Deep[].Deep[]", true),
            ("Items[?S=='A'].{n:N,id:Id}", true),
            ("Items[?S=='A'] | [0].Id", true),
            ("Items[].N | sort(@) | [-1]", true),
            ("Items[].Deep | [0]", true),
            ("Items[?N>`100`]", true),
            ("Items", false),
            ("Items[]", true),
            ("Items[1:3].Id", false),
            ("Items[-1].Id", false),
            ("length(Items)", false),
            ("[Items[].Id, NextToken]", false),
            ("Other[].Id", false),
        ] {
            let query = Query::parse(expression).unwrap();
            let Some((first, rest)) = query.split("Items") else {
                assert!(!splits, "{expression}");
                continue;
            };
            assert!(splits, "{expression}");
            let mut strung = Vec::new();
            for part in items.chunks(3).chain([&[][..]]) {
                let Value::Array(found) = first.apply(&json!({"Items": part})).unwrap() else { panic!("{expression}") };
                strung.extend(found);
            }
            let whole = query.apply(&json!({"Items": items})).unwrap();
            assert_eq!(rest.apply(&Value::Array(strung)).unwrap(), whole, "{expression}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn search(expression: &str, document: &Value) -> Value {
        match Query::parse(expression).and_then(|query| query.apply(document)) {
            Ok(value) => value,
            Err(error) => panic!("{expression}: {error}"),
        }
    }

    fn refused(expression: &str) -> QueryError {
        match Query::parse(expression) {
            Ok(_) => panic!("{expression}: should have been refused"),
            Err(error) => error,
        }
    }

    fn failure(expression: &str, document: &Value) -> String {
        match Query::parse(expression) {
            Ok(query) => match query.apply(document) {
                Ok(value) => panic!("{expression}: gave {value}"),
                Err(error) => error.to_string(),
            },
            Err(error) => panic!("{expression}: {error}"),
        }
    }

    fn handshake() -> Value {
        json!({
            "Handshake": {
                "Id": "h-examplehandshakeid111",
                "Parties": [
                    {"Id": "o-exampleorgid", "Type": "ORGANIZATION"},
                    {"Id": "juan@example.com", "Type": "EMAIL"},
                ],
                "State": "OPEN",
                "RequestedTimestamp": 1_481_656_459.257,
            }
        })
    }

    #[test]
    fn selects_in_the_order_written() {
        let result = search("Handshake.{s: State, id: Id, missing: Nope}", &handshake());
        assert_eq!(result.to_string(), r#"{"s":"OPEN","id":"h-examplehandshakeid111","missing":null}"#);
    }

    #[test]
    fn keeps_the_order_of_the_document() {
        assert_eq!(search("Handshake.Parties[0] | keys(@)", &handshake()), json!(["Id", "Type"]));
        assert_eq!(search("Handshake.Parties[1].*", &handshake()), json!(["juan@example.com", "EMAIL"]));
        assert_eq!(
            search("to_string(Handshake.Parties[0])", &handshake()),
            json!(r#"{"Id":"o-exampleorgid","Type":"ORGANIZATION"}"#)
        );
    }

    #[test]
    fn filters_by_raw_quoted_and_unquoted_literals() {
        for literal in ["'EMAIL'", "`\"EMAIL\"`", "`EMAIL`", "` EMAIL`"] {
            let expression = format!("Handshake.Parties[?Type=={literal}] | [0].Id");
            assert_eq!(search(&expression, &handshake()), json!("juan@example.com"), "{expression}");
        }
    }

    #[test]
    fn fields_that_are_compared_with_are_found() {
        for (expression, fields) in [
            (r#"Handshakes[?State=="OPEN" && Id!=h].Id"#, &["OPEN", "h"][..]),
            ("Handshakes[?State=='OPEN' || State==`OPEN`]", &[]),
            ("Handshakes[].{a: Id, b: Arn} | [?a==b]", &[]),
            ("length(Handshakes[?\"Id\"=='x'])", &[]),
        ] {
            assert_eq!(Query::parse(expression).unwrap().compared_fields(), fields, "{expression}");
        }
    }

    #[test]
    fn slices_like_python() {
        let document = json!([0, 1, 2, 3, 4]);
        for (expression, expected) in [
            ("[1:3]", json!([1, 2])),
            ("[::-1]", json!([4, 3, 2, 1, 0])),
            ("[-2:]", json!([3, 4])),
            ("[3:0:-2]", json!([3, 1])),
            ("[:99999999999999999999]", json!([0, 1, 2, 3, 4])),
            ("[4:-99999999999999999999:-9223372036854775808]", json!([4])),
            ("[-99999999999999999999]", json!(null)),
            ("[-1]", json!(4)),
        ] {
            assert_eq!(search(expression, &document), expected, "{expression}");
        }
        assert!(refused("[::0]").message.starts_with("a slice step can't be 0"));
    }

    // Surprising, but the AWS CLI does exactly this.
    #[test]
    fn follows_the_quirks_of_the_python_library() {
        let document = json!({"a": {"x": {"b": {"c": 1}}}, "l": [[{"c": 1}, {"c": 2}]]});
        for (expression, expected) in [
            ("a.*.b", json!([{"c": 1}])),
            ("a.*.b.c", json!(null)),
            ("l[0][:].c", json!(null)),
            ("l[0] | [:].c", json!([1, 2])),
            ("!a.x", json!(null)),
            ("!(a.nope)", json!(true)),
            ("[true == `1`, [`true`] == [`1`]]", json!([false, true])),
            ("not_null(nope a.x.b.c,)", json!(1)),
            ("(length)(l)", json!(1)),
        ] {
            assert_eq!(search(expression, &document), expected, "{expression}");
        }
    }

    #[test]
    fn syntax_errors_point_at_the_place() {
        let error = refused("Handshake.[Id");
        assert_eq!(error.message, "expected ']' but the expression ends\n  Handshake.[Id\n               ^");
        assert_eq!(error.position, Some(13));

        for (expression, problem, position) in [
            ("", "the expression is empty", 0),
            ("  ", "the expression is empty", 0),
            ("a.", "expected a name, '*', '[' or '{' after '.', but the expression ends", 2),
            ("é == ", "character 'é' isn't allowed here", 0),
            ("a =", "'=' is not an operator; '==' compares", 2),
            ("a b", "expected the expression to end here, but found 'b'", 2),
            ("[a)", "expected ']' but found ')'", 2),
            ("a 'open", "this string has no closing '", 2),
            ("`open", "this literal has no closing `", 0),
            ("`[1`", "", 0),
            ("`\"a`", "this literal is neither JSON nor plain text", 0),
            ("`1e999`", "this literal is out of range", 0),
            ("\"\\x\"", "this quoted name is not valid: its escapes are those of JSON", 0),
            ("\"length\"(@)", "a function's name is not quoted", 8),
            ("@(a)", "'(' can only follow the name of a function", 1),
            ("a.lenght(@)", "unknown function lenght(); did you mean length()?", 2),
            ("frobnicate(@)", "unknown function frobnicate()", 0),
            ("length()", "length() takes 1 argument, but has 0", 0),
            ("join(a)", "join() takes 2 arguments, but has 1", 0),
            ("merge()", "merge() takes at least 1 argument, but has 0", 0),
            ("sort_by(a, b)", "sort_by() expects an expression reference (&…) as argument 2", 0),
            ("length(&a)", "an expression reference (&…) isn't allowed here", 7),
            ("&a", "an expression reference (&…) isn't allowed here", 0),
            ("[&a]", "an expression reference (&…) isn't allowed here", 1),
        ] {
            if problem.is_empty() {
                assert!(Query::parse(expression).is_ok(), "{expression}");
                continue;
            }
            let error = refused(expression);
            assert_eq!(error.message.lines().next(), Some(problem), "{expression}");
            assert_eq!(error.position, Some(position), "{expression}");
        }
    }

    #[test]
    fn a_long_expression_is_cut_around_the_place() {
        let error = refused(&format!("{}\t)\n{}", "a.".repeat(500), ".b".repeat(500)));
        let lines: Vec<&str> = error.message.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].chars().count() < 80);
        assert_eq!(lines[1].chars().nth(lines[2].len() - 1), Some(')'));
    }

    #[test]
    fn type_errors_name_function_argument_and_expectation() {
        let document = handshake();
        for (expression, message) in [
            ("length(Nope)", "length(): the argument is null, but it must be a string, an array or an object"),
            ("starts_with(Handshake.Id, `1`)", "starts_with(): argument 2 is a number, but it must be a string"),
            ("sum([`1`, 'x'])", "sum(): element 1 of the argument is a string, but it must be a number"),
            ("max([`1`, 'x'])", "max(): element 1 of the argument is a string, but element 0 is a number"),
            ("sort([@])", "sort(): element 0 of the argument is an object, but it must be a number or a string"),
            ("contains('a', `1`)", "contains(): argument 2 is a number, but a string can only contain a string"),
            ("sort_by(Handshake, &Id)", "sort_by(): argument 1 is an object, but it must be an array"),
            (
                "sort_by(Handshake.Parties, &Nope)",
                "sort_by(): argument 2 gives null for element 0, but it must give a number or a string",
            ),
            (
                "max_by(`[{\"a\": 1}, {\"a\": \"x\"}]`, &a)",
                "max_by(): argument 2 gives a string for element 1, but a number for element 0",
            ),
            ("Handshake.Id > `1`", "'>' can't compare a string with a number"),
        ] {
            assert_eq!(failure(expression, &document), message, "{expression}");
        }
    }

    #[test]
    fn integers_and_floats_stay_distinct() {
        for (expression, expected) in [
            ("sum([`1`, `2`])", "3"),
            ("sum([`1`, `2.0`])", "3.0"),
            ("sum(`[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]`)", "1.0"),
            ("sum(`[]`)", "0"),
            ("avg(`[2, 4]`)", "3.0"),
            ("avg(`[]`)", "null"),
            ("ceil(`1.2`)", "2"),
            ("floor(`-1.2`)", "-2"),
            ("abs(`-9223372036854775808`)", "9223372036854775808"),
            ("max(`[1, 1.0]`)", "1"),
            ("max(`[1.0, 1]`)", "1.0"),
            ("to_number('12')", "12"),
            ("to_number(' +1_0 ')", "10"),
            ("to_number('12.50')", "12.5"),
            ("to_number('1e3')", "1000.0"),
            ("to_number('_1')", "null"),
            ("to_number('inf')", "null"),
            ("`9007199254740993` > `9007199254740992.0`", "true"),
            ("`1` == `1.0`", "true"),
        ] {
            assert_eq!(search(expression, &json!({})).to_string(), expected, "{expression}");
        }
    }

    #[test]
    fn to_string_is_compact_ascii() {
        assert_eq!(search("to_string('é')", &Value::Null), json!("é"));
        let document = json!({"é": ["\u{1f600}", "\u{7f}\n\u{1}/", 1e16, 0.5, true, null]});
        assert_eq!(
            search("to_string(@)", &document),
            json!(r#"{"\u00e9":["\ud83d\ude00","\u007f\n\u0001/",1e+16,0.5,true,null]}"#)
        );
    }

    #[test]
    fn sorts_are_stable_and_by_code_point() {
        let document = json!([{"k": "b", "n": 1}, {"k": "Z", "n": 2}, {"k": "b", "n": 3}, {"k": "\u{10000}", "n": 4}, {"k": "\u{ffff}", "n": 5}]);
        assert_eq!(search("sort_by(@, &k)[].n", &document), json!([2, 1, 3, 5, 4]));
        assert_eq!(search("[max_by(@[:3], &k).n, min_by(@[?k=='b'], &k).n]", &document), json!([1, 1]));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = |prefix: &str, suffix: &str| format!("{}a{}", prefix.repeat(10_000), suffix.repeat(10_000));
        for expression in [
            deep("(", ")"),
            deep("(", ""),
            deep("[", "]"),
            deep("{a: ", "}"),
            deep("!", ""),
            deep("& ", ""),
            deep("length(", ")"),
            deep("[?", "]"),
            deep("a || (", ")"),
            deep("", "[*]"),
            deep("", "[0:1]"),
            deep("[*].[", "]"),
        ] {
            let error = refused(&expression);
            assert!(error.message.starts_with("the expression is nested too deeply"), "{error}");
        }
        let literal = format!("`{}1{}`", "[".repeat(200), "]".repeat(200));
        assert!(refused(&literal).message.starts_with("this literal is nested too deeply"));
        let wrapping = "[@] | ".repeat(10_000) + "@";
        assert!(refused(&wrapping).message.starts_with("the result would be nested too deeply"));
    }

    #[test]
    fn long_chains_are_accepted() {
        for (step, expected) in [
            (".a", Value::Null),
            ("[0]", Value::Null),
            ("[]", Value::Null),
            (".a[0]", Value::Null),
            (" | a", Value::Null),
            (" || a", Value::Null),
            (" && a", Value::Null),
            (" == a", json!(false)),
        ] {
            let expression = format!("a{}", step.repeat(100_001));
            assert_eq!(search(&expression, &json!({"b": 1})), expected, "{step}");
        }
    }

    // The smallest main thread of a supported system has 1 MiB, and a release build takes less than half of this.
    #[test]
    fn the_deepest_accepted_expression_fits_a_small_stack() {
        let check = || {
            let deep = (0..127).fold(json!(1), |inner, _| json!([inner]));
            for (open, inner, close) in [
                ("(", "a", ")"),
                ("[", "a", "]"),
                ("to_array(", "a", ")"),
                ("map(&", "a", ",@)"),
                ("[?", "a", "]"),
                ("!", "a", ""),
                ("@.[", "a", "]"),
                ("a || (", "a", ")"),
                ("[*]", "", ""),
                ("[?!(a == ", "a", ")]"),
            ] {
                let accepted = (1..=parser::MAX_DEPTH)
                    .rev()
                    .map(|n| format!("{}{inner}{}", open.repeat(n), close.repeat(n)))
                    .find_map(|expression| Query::parse(&expression).ok());
                let Some(query) = accepted else { panic!("{open} is never accepted") };
                drop(query.apply(&deep));
            }
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(check);
        assert!(thread.is_ok_and(|handle| handle.join().is_ok()));
    }

    #[test]
    fn multiplying_the_document_ends_in_an_error() {
        let document = json!(["some text"]);
        for expression in [
            "[@, @] | ".repeat(100) + "@",
            "join('', [@, @]) | ".repeat(100).replacen('@', "[0]", 2) + "@",
            "to_string([@]) | ".repeat(100) + "@",
            "map(&".repeat(40) + "@" + &", `[1, 2]`)".repeat(40),
        ] {
            let error = failure(&expression, &document);
            assert!(error.starts_with("the query takes too much work"), "{error}");
        }
    }

    fn token_soup() -> impl Strategy<Value = String> {
        let token = prop::sample::select(vec![
            "a",
            "Id",
            "\"b\"",
            "'x'",
            "`1`",
            "`x`",
            "`[1]`",
            "@",
            "*",
            ".",
            "[",
            "]",
            "[]",
            "[?",
            "(",
            ")",
            "{",
            "}",
            ",",
            ":",
            "a:",
            "|",
            "||",
            "&",
            "&&",
            "!",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "0",
            "-1",
            "length(",
            "sort_by(",
            "map(",
            "to_string(",
            " ",
            "'",
            "\"",
            "`",
            "=",
            "é",
        ]);
        prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
    }

    fn survives(expression: &str) {
        match Query::parse(expression) {
            Ok(query) => drop(query.apply(&handshake())),
            Err(error) => assert!(error.position.is_some_and(|position| position <= expression.chars().count())),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

        #[test]
        fn any_text_is_parsed_or_refused(characters in prop::collection::vec(any::<char>(), 0..200)) {
            survives(&String::from_iter(characters));
        }

        #[test]
        fn any_tokens_are_parsed_or_refused(expression in token_soup()) {
            survives(&expression);
        }

        #[test]
        fn any_long_repetition_is_parsed_or_refused(unit in token_soup(), times in 100_usize..1000) {
            survives(&unit.repeat(times));
        }
    }
}
