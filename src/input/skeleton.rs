//! `--generate-cli-skeleton`: requests to fill in, and sample responses, made from the model.

use serde_json::{Map, Value};

use crate::model::{Member, Parameters, Shape, Structure};
use crate::render::yaml::plain_or_quoted;

/// Returns a request with every parameter, to be filled in. Strings are empty, or the first of the known values;
/// parameters that were given have their values.
pub fn input(structure: &'static Structure, given: &Parameters) -> Parameters {
    let member = |member: &'static Member| (member.name.to_owned(), blank(member.shape, given.get(member.name)));
    structure.members.iter().map(member).collect()
}

fn blank(shape: &'static Shape, given: Option<&Value>) -> Value {
    match (shape, given) {
        (Shape::Structure(structure), Some(Value::Object(given))) => Value::Object(input(structure, given)),
        (Shape::List(element), Some(Value::Array(items))) => {
            Value::Array(items.iter().map(|item| blank(element, Some(item))).collect())
        }
        (_, Some(given)) => given.clone(),
        (Shape::String { values, .. }, None) => Value::from(*values.first().unwrap_or(&"")),
        (Shape::Integer { .. }, None) => Value::from(0),
        (Shape::Timestamp, None) => Value::from("1970-01-01T00:00:00"),
        (Shape::Structure(structure), None) => Value::Object(input(structure, &Map::new())),
        (Shape::List(element), None) => Value::Array(vec![blank(element, None)]),
    }
}

/// Returns the same request in YAML, with a comment on each parameter.
pub fn yaml_input(structure: &'static Structure, given: &Parameters) -> String {
    let mut out = String::new();
    yaml_members(structure, &input(structure, given), "", &mut out);
    if out.is_empty() { "{}\n".to_owned() } else { out }
}

/// Writes the members in model order, each with its comment and indented by `indent`.
fn yaml_members(structure: &'static Structure, values: &Parameters, indent: &str, out: &mut String) {
    for member in structure.members {
        let Some(value) = values.get(member.name) else { continue };
        out.push_str(&format!("{indent}{}:", member.name));
        let comment = comment(member);
        match (member.shape, value) {
            (Shape::Structure(inner), Value::Object(values)) => {
                out.push_str(&format!("{comment}\n"));
                yaml_members(inner, values, &format!("{indent}  "), out);
            }
            (Shape::List(Shape::Structure(inner)), Value::Array(items)) if !items.is_empty() => {
                out.push_str(&format!("{comment}\n"));
                for item in items.iter().filter_map(Value::as_object) {
                    let mut element = String::new();
                    yaml_members(inner, item, &format!("{indent}  "), &mut element);
                    let rest = element.strip_prefix(&format!("{indent}  ")).unwrap_or("{}\n");
                    out.push_str(&format!("{indent}- {rest}"));
                }
            }
            (Shape::List(_), Value::Array(items)) if !items.is_empty() => {
                out.push_str(&format!("{comment}\n"));
                items.iter().for_each(|item| out.push_str(&format!("{indent}- {}\n", yaml_scalar(item))));
            }
            (_, Value::String(text)) if is_block(text) => {
                // `|-` drops the line break after the last line, `|` keeps it.
                let keeps = if text.ends_with('\n') { "|" } else { "|-" };
                out.push_str(&format!(" {keeps}{comment}\n"));
                for line in text.lines() {
                    out.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("{indent}  {line}\n") });
                }
            }
            (_, scalar) => out.push_str(&format!(" {}{comment}\n", yaml_scalar(scalar))),
        }
    }
}

/// Returns whether a text has several lines that can be written unescaped, as a block.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with(['\n', ' '])
        && body.chars().all(|c| c == '\n' || !c.is_control() && !['\u{2028}', '\u{2029}', '\u{feff}'].contains(&c))
}

fn yaml_scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), plain_or_quoted)
}

fn comment(member: &Member) -> String {
    let required = if member.required { "[REQUIRED] " } else { "" };
    let values = match member.shape {
        Shape::String { values, .. } if !values.is_empty() => format!(" Valid values are: {}.", values.join(", ")),
        _ => String::new(),
    };
    format!("  # {required}{}.{values}", member.doc)
}

/// Returns a sample response. The value of every string is its name; a structure nested in itself is empty.
pub fn output(structure: &'static Structure) -> Parameters {
    sample(structure, &mut Vec::new())
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
        Shape::Integer { .. } => Value::from(0),
        Shape::Timestamp => Value::from("1970-01-01T00:00:00"),
        Shape::Structure(structure) => Value::Object(sample(structure, within)),
        Shape::List(element) => Value::Array(vec![sample_value(name, element, within)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Operation};
    use serde_json::json;

    fn operation(command: &str) -> &'static Operation {
        model::operation(command).unwrap()
    }

    fn given_of(value: Value) -> Parameters {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_request_to_fill_in() {
        let accept = operation("accept-handshake").input;
        assert_eq!(json!(input(accept, &Map::new())).to_string(), r#"{"HandshakeId":""}"#);
        assert_eq!(
            yaml_input(accept, &Map::new()),
            "HandshakeId: ''  # [REQUIRED] ID of the handshake: \"h-\" and 8 to 32 lower-case letters or digits.\n"
        );
        assert_eq!(yaml_input(operation("enable-all-features").input, &Map::new()), "{}\n");
    }

    #[test]
    fn what_is_given_is_filled_in() {
        let invite = operation("invite-account-to-organization").input;
        let given = given_of(json!({"Target": {"Id": "123456789012"}, "Notes": "a: b", "Tags": [
            {"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""},
        ]}));
        assert_eq!(json!(input(invite, &given_of(json!({"Tags": [{}]}))))["Tags"], json!([{"Key": "", "Value": ""}]));
        assert_eq!(
            json!(input(invite, &given)),
            json!({"Target": {"Id": "123456789012", "Type": "ACCOUNT"}, "Notes": "a: b", "Tags": given["Tags"]})
        );
        let yaml = yaml_input(invite, &given);
        let plain: Vec<_> = yaml.lines().map(|line| line.split("  #").next().unwrap_or_default()).collect();
        assert_eq!(
            plain.join("\n"),
            "\
Target:
  Id: '123456789012'
  Type: ACCOUNT
Notes: 'a: b'
Tags:
- Key: a
  Value: '1'
- Key: b
  Value: ''"
        );
        assert!(yaml.contains("Valid values are: ACCOUNT, ORGANIZATION, EMAIL."), "{yaml}");
    }

    #[test]
    fn lines_stay_lines() {
        let invite = operation("invite-account-to-organization").input;
        for notes in ["a\nb", "a\n\n  b # c\n", "a: 1\n- b", "a\n \nb", "\na", " a\nb", "a\nb\n\n", "a\r\nb", "a\tb\nc"]
        {
            let tags = json!([{"Key": notes, "Value": ""}]);
            let yaml = yaml_input(invite, &given_of(json!({"Notes": notes, "Tags": tags})));
            let read: Value = serde_yaml::from_str(&yaml).unwrap();
            assert_eq!((read["Notes"].as_str(), &read["Tags"]), (Some(notes), &tags), "{yaml}");
        }
        let yaml = yaml_input(invite, &given_of(json!({"Notes": "Welcome,\nJuan"})));
        assert!(yaml.contains("Notes: |-  # A text for the invited party.\n  Welcome,\n  Juan\nTags:"), "{yaml}");
    }

    #[test]
    fn a_sample_response_ends_where_resources_hold_resources() {
        let sample = output(operation("accept-handshake").output);
        assert_eq!(sample["Handshake"]["State"], "State");
        assert_eq!(sample["Handshake"]["RequestedTimestamp"], "1970-01-01T00:00:00");
        assert_eq!(sample["Handshake"]["Resources"][0]["Resources"].to_string(), "[{}]");
        assert_eq!(output(operation("list-handshakes-for-account").output)["NextToken"], "NextToken");
    }
}
