//! Reads the value of a structure or list parameter: shorthand, JSON, or a file with either.
//!
//! The model decides how a word is read: an object is [shorthand] or JSON, a list is several words or one JSON list,
//! and a number is a number only if the model says so. Member names and types are checked later, with the rest of the
//! request.

use std::borrow::Cow;

use serde_json::Value;

use super::shorthand::{self, ShorthandError};
use crate::model::Shape;
use crate::text::shorten::beginning;

/// Returns the value of a parameter of this shape, from the words after its option: one word, or several for a list.
///
/// A word that begins with `file://` or `fileb://` is passed whole to `read`, which returns the text to use instead. If
/// an object or a list is expected, a word that begins with `{` or `[`, after any blanks, is JSON. A JSON list among
/// the words of a list contributes its items.
///
/// # Errors
///
/// Returns a phrase, to be printed after the option's name, if there is no word or too many, if a word is neither
/// shorthand nor JSON, if a number is malformed, or if `read` fails. Nothing else is checked: the value may have
/// unknown members or the wrong type.
pub fn parameter(
    shape: &'static Shape,
    words: &[String],
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Value, String> {
    match (shape, words) {
        (Shape::List(_), []) => Err("expected at least one value; an empty list is written '[]'".to_owned()),
        (_, []) => Err("expected a value".to_owned()),
        (Shape::List(element), [word]) => Ok(Value::Array(items(element, word, true, read)?)),
        (Shape::List(element), words) => {
            let mut all = Vec::with_capacity(words.len());
            for (index, word) in words.iter().enumerate() {
                let found = items(element, word, false, read);
                all.extend(found.map_err(|problem| format!("value {}: {problem}", index + 1))?);
            }
            Ok(Value::Array(all))
        }
        (_, [word]) => {
            let text = text_of(shape, word, read)?;
            one(shape, &text, file_of(word), read)
        }
        (_, [_, surplus, ..]) => Err(format!("expected one value, found a second one: {surplus}")),
    }
}

/// Returns the list items that a word contributes.
fn items(
    element: &'static Shape,
    word: &str,
    alone: bool,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Vec<Value>, String> {
    let text = text_of(element, word, read)?;
    // Among several words, a plain string may begin with a bracket.
    if text.trim_start().starts_with('[') && (alone || is_complex(element)) {
        return match json(&text, file_of(word))? {
            Value::Array(items) => Ok(items),
            other => Ok(vec![other]),
        };
    }
    Ok(vec![one(element, &text, file_of(word), read)?])
}

/// Reads a value from its text. Messages name the file that it comes from, and show at most one line of it.
fn one(
    shape: &'static Shape,
    text: &str,
    file: Option<&str>,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Value, String> {
    let value = if !is_complex(shape) {
        Value::String(text.to_owned())
    } else if text.trim_start().starts_with(['{', '[']) {
        return json(text, file);
    } else {
        let refused = |error: ShorthandError| match file {
            Some(file) => format!("{file}: {}", error.on_its_line()),
            None => error.to_string(),
        };
        shorthand::parse(text, read).map_err(refused)?
    };
    fit(shape, value).map_err(|Misfit { path, problem }| {
        let problem = match path.strip_prefix('.').unwrap_or(&path) {
            "" => problem,
            path => format!("{path}: {problem}"),
        };
        in_file(file, problem)
    })
}

/// Returns a word if it names a file.
fn file_of(word: &str) -> Option<&str> {
    shorthand::names_file(word).then_some(word)
}

/// Adds the file, if any, to a message.
fn in_file(file: Option<&str>, problem: String) -> String {
    match file {
        Some(file) => format!("{file}: {problem}"),
        None => problem,
    }
}

fn is_complex(shape: &Shape) -> bool {
    matches!(shape, Shape::Structure(_) | Shape::List(_))
}

/// Returns a word, or the text of the file that it names.
fn text_of<'a>(
    shape: &Shape,
    word: &'a str,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Cow<'a, str>, String> {
    if !shorthand::names_file(word) {
        return Ok(Cow::Borrowed(word));
    }
    let mut text = read(word)?;
    // A byte order mark is part of neither JSON nor shorthand.
    if is_complex(shape) && text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(Cow::Owned(text))
}

fn json(text: &str, file: Option<&str>) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| in_file(file, format!("Invalid JSON: {error}")))
}

/// A malformed number.
struct Misfit {
    /// The path of the member, such as `.Limits[0].Least`.
    path: String,
    problem: String,
}

impl Misfit {
    fn below(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }
}

/// Converts values from shorthand, which has only strings: to a number where the model has a number, and a single value
/// to a list where it has a list. Other mismatches are left for the check of the request.
fn fit(shape: &'static Shape, value: Value) -> Result<Value, Misfit> {
    match (shape, value) {
        (Shape::Integer { .. }, Value::String(text)) => match text.trim().parse::<i64>() {
            Ok(number) => Ok(number.into()),
            Err(_) => {
                let problem = format!("expected a whole number, found {}", beginning(&text));
                Err(Misfit { path: String::new(), problem })
            }
        },
        (Shape::Structure(structure), Value::Object(mut members)) => {
            for (name, value) in &mut members {
                if let Some(member) = structure.member(name) {
                    *value = fit(member.shape, value.take()).map_err(|misfit| misfit.below(&format!(".{name}")))?;
                }
            }
            Ok(Value::Object(members))
        }
        (Shape::List(element), Value::Array(mut items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                *item = fit(element, item.take()).map_err(|misfit| misfit.below(&format!("[{index}]")))?;
            }
            Ok(Value::Array(items))
        }
        (Shape::List(element), single) => Ok(Value::Array(vec![fit(element, single)?])),
        (_, value) => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::model::{Member, Structure};

    const fn member(name: &'static str, shape: &'static Shape) -> Member {
        Member { name, option: "", shape, required: false, doc: "" }
    }

    static TEXT: Shape = Shape::String { values: &[], min: 0, check: None };
    static NUMBER: Shape = Shape::Integer { min: 1 };
    static THING: Shape = Shape::Structure(&Structure {
        members: &[
            member("Id", &TEXT),
            member("Count", &NUMBER),
            member("Since", &Shape::Timestamp),
            member("Names", &Shape::List(&TEXT)),
            member("Counts", &Shape::List(&NUMBER)),
            member("Things", &Shape::List(&Shape::Structure(&Structure { members: &[member("Count", &NUMBER)] }))),
        ],
    });
    static THINGS: Shape = Shape::List(&THING);
    static TEXTS: Shape = Shape::List(&TEXT);
    static NUMBERS: Shape = Shape::List(&NUMBER);

    fn value(shape: &'static Shape, words: &[&str]) -> Result<Value, String> {
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        parameter(shape, &words, &mut |file| match file {
            "file://object" => Ok("\u{feff} {\"Id\": \"x\"}\n".to_owned()),
            "file://list" => Ok("[{\"Id\": \"x\"}, {\"Id\": \"y\"}]".to_owned()),
            "file://short" => Ok("Id=x,Count=2\n".to_owned()),
            "file://text" => Ok("{a\n".to_owned()),
            "file://lines" => Ok("Id=first\nId=second,Count==3\nId=third\n".to_owned()),
            "file://count" => Ok("Count='1\n2\n'".to_owned()),
            other => Err(format!("Unable to load paramfile {other}")),
        })
    }

    #[track_caller]
    fn gives(shape: &'static Shape, words: &[&str], expected: Value) {
        assert_eq!(value(shape, words), Ok(expected), "{words:?}");
    }

    #[track_caller]
    fn refused(shape: &'static Shape, words: &[&str], problem: &str) {
        assert_eq!(value(shape, words), Err(problem.to_owned()), "{words:?}");
    }

    #[test]
    fn the_model_decides_what_shorthand_means() {
        gives(
            &THING,
            &["Id=12,Count=012,Since=2024-01-31,Names=a,Counts=1,-2"],
            json!({"Id": "12", "Count": 12, "Since": "2024-01-31", "Names": ["a"], "Counts": [1, -2]}),
        );
        gives(&THING, &["Things={Count=1},Names=[]"], json!({"Things": [{"Count": 1}], "Names": []}));
        gives(&THING, &["Id=a,b,Unknown={Count=1}"], json!({"Id": ["a", "b"], "Unknown": {"Count": "1"}}));
        gives(&THING, &["Count=1,2"], json!({"Count": ["1", "2"]}));
        refused(&THING, &["Count=x"], "Count: expected a whole number, found \"x\"");
        refused(&THING, &["Things=[{Count=1},{Count=x}]"], "Things[1].Count: expected a whole number, found \"x\"");
        refused(&NUMBER, &["9223372036854775808"], "expected a whole number, found \"9223372036854775808\"");
    }

    #[test]
    fn json_is_taken_as_it_is() {
        gives(&THING, &[" {\"Count\": \"1\", \"Names\": \"a\"} "], json!({"Count": "1", "Names": "a"}));
        gives(&THING, &["{}"], json!({}));
        gives(&THING, &["[1]"], json!([1]));
        refused(&THING, &["{\"Id\":\n1"], "Invalid JSON: EOF while parsing an object at line 2 column 1");
        assert!(value(&THING, &[&"[".repeat(100_000)]).is_err());
    }

    #[test]
    fn lists_mix_their_forms() {
        gives(
            &THINGS,
            &["Id=a", "{\"Id\": \"b\"}", "file://list"],
            json!([
                {"Id": "a"}, {"Id": "b"}, {"Id": "x"}, {"Id": "y"}
            ]),
        );
        gives(&THINGS, &["Id=a"], json!([{"Id": "a"}]));
        gives(&THINGS, &["{\"Id\": \"a\"}"], json!([{"Id": "a"}]));
        gives(&THINGS, &["[]"], json!([]));
        refused(&THINGS, &[], "expected at least one value; an empty list is written '[]'");
        refused(&THINGS, &["Id=a", "{"], "value 2: Invalid JSON: EOF while parsing an object at line 1 column 1");
        refused(&THINGS, &["Id=a", "b"], "value 2: Expected: '=', received: 'EOF' for input:\nb\n ^");
    }

    #[test]
    fn lists_of_texts_are_plain_words() {
        gives(&TEXTS, &["a=b", "{c", "[d]"], json!(["a=b", "{c", "[d]"]));
        gives(&TEXTS, &["[\"a\"]"], json!(["a"]));
        gives(&NUMBERS, &["1", "2"], json!([1, 2]));
    }

    #[test]
    fn files_stand_for_their_text() {
        gives(&THING, &["file://object"], json!({"Id": "x"}));
        gives(&THING, &["file://short"], json!({"Id": "x", "Count": 2}));
        gives(&THINGS, &["file://list"], json!([{"Id": "x"}, {"Id": "y"}]));
        gives(&TEXT, &["file://text"], json!("{a\n"));
        refused(&THING, &["file://none"], "Unable to load paramfile file://none");
    }

    #[test]
    fn messages_show_a_line_of_a_file() {
        let line = "file://lines: Expected: ',', received: '=' for input:\nId=second,Count==3\n                ^";
        refused(&THING, &["file://lines"], line);
        refused(&THINGS, &["Id=a", "file://lines"], &format!("value 2: {line}"));
        refused(&THING, &["file://count"], "file://count: Count: expected a whole number, found \"1\"… (4 bytes)");
        let json = "file://text: Invalid JSON: key must be a string at line 1 column 2";
        refused(&THING, &["file://text"], json);
        refused(&THINGS, &["Id=a", "file://text"], &format!("value 2: {json}"));
    }

    #[test]
    fn other_parameters_take_one_word() {
        gives(&TEXT, &["{\"a\": 1}"], json!("{\"a\": 1}"));
        refused(&THING, &[], "expected a value");
        refused(&THING, &["Id=a", "Count=1"], "expected one value, found a second one: Count=1");
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(words in proptest::collection::vec(r#"[aId=Count',0-9{}\[\]"\\ é]*"#, 0..4)) {
            for shape in [&THING, &THINGS, &TEXTS, &NUMBER] {
                let _ = parameter(shape, &words, &mut |file| Ok(file.to_owned()));
            }
        }
    }
}
