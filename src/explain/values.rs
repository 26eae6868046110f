//! Wrong values of a request, found after the service has rejected it. The service may add values, so they aren't rejected
//! before.

use serde_json::Value;

use crate::error::{Failure, Kind};
use crate::model::{OPERATIONS, Parameters, Shape, Structure, hint_on_digits};
use crate::text::escape::tame_line;
use crate::text::shorten::{LONGEST_SHOWN, shortened};

/// Returns hints on the values of a rejected request that are probably wrong.
pub fn hints(failure: &Failure, parameters: &Parameters) -> Vec<String> {
    let Kind::Service { code, operation, .. } = &failure.kind else { return Vec::new() };
    if !["InvalidInputException", "ValidationException"].contains(&code.as_str()) {
        return Vec::new();
    }
    let operation = OPERATIONS.iter().find(|known| known.name == *operation);
    let mut hints = Vec::new();
    operation.into_iter().for_each(|operation| of_structure(operation.input, parameters, &mut hints));
    hints
}

fn of_structure(structure: &'static Structure, members: &Parameters, hints: &mut Vec<String>) {
    for member in structure.members {
        match (member.shape, members.get(member.name)) {
            (Shape::Structure(inner), Some(Value::Object(members))) => of_structure(inner, members, hints),
            (Shape::String { values, .. }, Some(Value::String(value)))
                if !values.is_empty() && !values.contains(&value.as_str()) =>
            {
                let known = values.join(", ");
                let upper = value.to_ascii_uppercase();
                hints.push(match values.contains(&upper.as_str()) {
                    true => format!("{} must be one of {known}; did you mean {upper}?", member.name),
                    false => format!("{} must be one of {known}", member.name),
                });
            }
            _ => {}
        }
    }
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    match (text("Id"), text("Type")) {
        (Some(id), Some("ACCOUNT")) if id.contains('@') => {
            let shown = tame_line(&shortened(id, LONGEST_SHOWN));
            hints.push(format!("{shown} is an email address: use Type=EMAIL"));
        }
        (Some(id), Some("ACCOUNT")) => hints.extend(hint_on_digits(id)),
        _ => {}
    }
}
