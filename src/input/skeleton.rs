//! `--generate-cli-skeleton`: requests to fill in, and sample responses, straight from the model.

use serde_json::{Map, Value};

use super::Parameters;
use crate::model::{Member, Shape, Structure};

/// A request with every parameter, to be filled in: texts are empty, or the first of the values that are known.
pub fn input(structure: &'static Structure) -> Value {
    Value::Object(structure.members.iter().map(|member| (member.name.to_owned(), blank(member.shape))).collect())
}

fn blank(shape: &'static Shape) -> Value {
    match shape {
        Shape::String { values, .. } => Value::from(*values.first().unwrap_or(&"")),
        Shape::Timestamp => Value::from("1970-01-01T00:00:00"),
        Shape::Structure(structure) => input(structure),
        Shape::List(element) => Value::Array(vec![blank(element)]),
    }
}

/// The same in YAML, with what each parameter means beside it.
pub fn yaml_input(structure: &'static Structure) -> String {
    let mut out = String::new();
    for member in structure.members {
        yaml_member(member, 0, &mut out);
    }
    if out.is_empty() { "{}\n".to_owned() } else { out }
}

fn yaml_member(member: &'static Member, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let required = if member.required { "[REQUIRED] " } else { "" };
    let comment = format!("  # {required}{}.", member.doc);
    out.push_str(&format!("{indent}{}:", member.name));
    match member.shape {
        Shape::Structure(structure) => {
            out.push_str(&format!("{comment}\n"));
            structure.members.iter().for_each(|inner| yaml_member(inner, depth + 1, out));
        }
        Shape::List(Shape::Structure(structure)) => {
            out.push_str(&format!("{comment}\n"));
            let start = out.len();
            structure.members.iter().for_each(|inner| yaml_member(inner, depth + 1, out));
            out.replace_range(start + indent.len()..start + indent.len() + 2, "- ");
        }
        Shape::List(element) => out.push_str(&format!("{comment}\n{indent}- {}\n", yaml_blank(element))),
        scalar => out.push_str(&format!(" {}{comment}{}\n", yaml_blank(scalar), valid_values(scalar))),
    }
}

fn yaml_blank(shape: &'static Shape) -> String {
    match blank(shape) {
        Value::String(text) if text.is_empty() => "''".to_owned(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn valid_values(shape: &Shape) -> String {
    match shape {
        Shape::String { values, .. } if !values.is_empty() => format!(" Valid values are: {}.", values.join(", ")),
        _ => String::new(),
    }
}

/// A sample response: every text is its own name, and a structure within itself ends in an empty one.
pub fn output(structure: &'static Structure) -> Value {
    Value::Object(sample(structure, &mut Vec::new()))
}

fn sample(structure: &'static Structure, within: &mut Vec<*const Structure>) -> Parameters {
    if within.contains(&std::ptr::from_ref(structure)) {
        return Map::new();
    }
    within.push(structure);
    let members = structure.members.iter();
    let members = members.map(|member| (member.name.to_owned(), sample_value(member.name, member.shape, within)));
    let members = members.collect();
    within.pop();
    members
}

fn sample_value(name: &str, shape: &'static Shape, within: &mut Vec<*const Structure>) -> Value {
    match shape {
        Shape::String { .. } => Value::from(name),
        Shape::Timestamp => Value::from("1970-01-01T00:00:00"),
        Shape::Structure(structure) => Value::Object(sample(structure, within)),
        Shape::List(element) => Value::Array(vec![sample_value(name, element, within)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OPERATIONS;

    #[test]
    fn a_request_to_fill_in() {
        assert_eq!(input(OPERATIONS[0].input).to_string(), r#"{"HandshakeId":""}"#);
        assert_eq!(
            yaml_input(OPERATIONS[0].input),
            "HandshakeId: ''  # [REQUIRED] ID of the handshake: \"h-\" and 8 to 32 lower-case letters or digits.\n"
        );
    }

    #[test]
    fn a_sample_response_ends_where_resources_hold_resources() {
        let sample = output(OPERATIONS[0].output);
        assert_eq!(sample["Handshake"]["State"], "State");
        assert_eq!(sample["Handshake"]["RequestedTimestamp"], "1970-01-01T00:00:00");
        assert_eq!(sample["Handshake"]["Resources"][0]["Resources"].to_string(), "[{}]");
    }

    #[test]
    fn nested_requests_are_lists_and_objects_of_yaml() {
        static TEXT: Shape = Shape::String { values: &["A", "B"], check: None };
        static INNER: Structure = Structure {
            members: &[
                Member { name: "Key", option: "", shape: &TEXT, required: true, doc: "The key" },
                Member { name: "Value", option: "", shape: &TEXT, required: false, doc: "The value" },
            ],
        };
        static OUTER: Structure = Structure {
            members: &[
                Member { name: "One", option: "one", shape: &Shape::Structure(&INNER), required: false, doc: "One" },
                Member {
                    name: "Many",
                    option: "many",
                    shape: &Shape::List(&Shape::Structure(&INNER)),
                    required: false,
                    doc: "Many",
                },
            ],
        };
        assert_eq!(
            yaml_input(&OUTER),
            "\
One:  # One.
  Key: A  # [REQUIRED] The key. Valid values are: A, B.
  Value: A  # The value. Valid values are: A, B.
Many:  # Many.
- Key: A  # [REQUIRED] The key. Valid values are: A, B.
  Value: A  # The value. Valid values are: A, B.
"
        );
    }
}
