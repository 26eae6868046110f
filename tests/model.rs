//! The table of the service's shapes agrees with the SDK's model.

use std::collections::BTreeSet;
use std::fs;

use aws_sdk_organizations::types::{ActionType, HandshakePartyType, HandshakeResourceType, HandshakeState};
use orgshake::model::{INTERNAL, OPERATIONS, Shape, Structure, exception_details};

use crate::errors::{details, matched_codes};
use crate::support::packages::source_of;

/// Converts `AcceptHandshake` to `accept_handshake`, the SDK's name of its module.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, c) in name.char_indices() {
        if c.is_ascii_uppercase() && index > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[test]
fn exceptions_and_their_details_are_those_of_the_sdk() {
    let source = source_of("aws-sdk-organizations").join("src");
    for operation in OPERATIONS.iter().chain(INTERNAL) {
        let file = format!("operation/{}.rs", snake(operation.name));
        let text = fs::read_to_string(source.join(file)).expect("the operation");
        let modelled: BTreeSet<_> = matched_codes(&text).collect();
        assert_eq!(operation.exceptions.iter().copied().collect::<BTreeSet<_>>(), modelled, "{}", operation.name);
        for code in operation.exceptions {
            assert_eq!(details(&source, code), exception_details(code), "{code}");
        }
    }
}

/// Returns the members of a structure in the SDK's source, in the order of its schema.
fn members_in_the_sdk(text: &str, name: &str) -> Vec<String> {
    let marker = format!("\"com.amazonaws.organizations.synthetic#{name}$");
    let found = text.lines().filter_map(|line| line.trim().strip_prefix(&marker));
    found.map(|member| member.trim_end_matches("\",").to_owned()).collect()
}

#[test]
fn requests_and_responses_have_the_members_of_the_sdk() {
    let source = source_of("aws-sdk-organizations").join("src");
    let names = |structure: &'static Structure| -> BTreeSet<String> {
        structure.members.iter().map(|member| member.name.to_owned()).collect()
    };
    for operation in OPERATIONS.iter().chain(INTERNAL) {
        let module = snake(operation.name);
        for (file, shape, structure) in [
            (format!("_{module}_input.rs"), format!("{}Input", operation.name), operation.input),
            (format!("_{module}_output.rs"), format!("{}Output", operation.name), operation.output),
        ] {
            let text = fs::read_to_string(source.join(format!("operation/{module}/{file}"))).expect("the structure");
            let mut modelled: BTreeSet<_> = members_in_the_sdk(&text, &shape).into_iter().collect();
            modelled.retain(|name| name != "_request_id");
            assert_eq!(names(structure), modelled, "{shape}");
        }
    }
}

#[test]
fn known_values_are_those_of_the_sdk() {
    let mut seen: Vec<&'static [&'static str]> = Vec::new();
    for operation in OPERATIONS {
        collect(operation.input, &mut seen, 0);
        collect(operation.output, &mut seen, 0);
    }
    for modelled in
        [ActionType::values(), HandshakePartyType::values(), HandshakeResourceType::values(), HandshakeState::values()]
    {
        let modelled: BTreeSet<_> = modelled.iter().collect();
        let known = seen.iter().any(|values| values.iter().collect::<BTreeSet<_>>() == modelled);
        assert!(known, "the model table has no {modelled:?}");
    }
}

/// Returns the lists of known values in a structure, with resources nested to the third level.
fn collect(structure: &'static Structure, seen: &mut Vec<&'static [&'static str]>, depth: usize) {
    for member in structure.members {
        let mut shape = member.shape;
        while let Shape::List(element) = shape {
            shape = element;
        }
        match shape {
            Shape::String { values, .. } => seen.push(values),
            Shape::Structure(inner) if depth < 3 => collect(inner, seen, depth + 1),
            _ => {}
        }
    }
}
