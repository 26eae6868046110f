//! Whether a change was carried out whose answer was lost: what is asked, and what a handshake tells. Pure: no I/O.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::input::Parameters;
use crate::model::{Api, FINAL, Question, Settlement};

/// The member of an answer that holds a single handshake.
pub const HANDSHAKE: &str = "Handshake";

/// What a handshake tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The change was carried out.
    Done,
    /// It was not, and never will be.
    NotDone,
    /// Nothing.
    Unknown,
}

/// A change to settle.
#[derive(Debug)]
pub struct Case<'a> {
    /// How.
    pub settlement: &'static Settlement,
    /// What was asked for.
    pub parameters: &'a Parameters,
    /// An instant of the service's clock, just before the change was asked for first; nothing where it isn't known.
    pub since: Option<Timestamp>,
}

impl Case<'_> {
    /// The question: the operation and its parameters.
    pub fn question(&self) -> (Api, Parameters) {
        match self.settlement.question {
            Question::Describe => (Api::DescribeHandshake, self.parameters.clone()),
            Question::List(action) => {
                let filter = Map::from_iter([("ActionType".to_owned(), action.into())]);
                let parameters = Map::from_iter([("Filter".to_owned(), filter.into())]);
                (Api::ListHandshakesForOrganization, parameters)
            }
        }
    }

    /// What a handshake of the answer tells, whose timestamps are numbers.
    pub fn verdict(&self, handshake: &Map<String, Value>) -> Verdict {
        let state = text(handshake, "State").unwrap_or_default();
        let is_done = self.settlement.states.contains(&state);
        match self.settlement.question {
            Question::Describe if is_done => Verdict::Done,
            Question::Describe if FINAL.contains(&state) => Verdict::NotDone,
            Question::List(action) if is_done && self.is_ours(handshake, action) => Verdict::Done,
            Question::Describe | Question::List(_) => Verdict::Unknown,
        }
    }

    /// Whether a listed handshake is the one that was asked for, and no older one.
    fn is_ours(&self, handshake: &Map<String, Value>, action: &str) -> bool {
        let requested = handshake.get("RequestedTimestamp").and_then(Value::as_f64);
        let is_new = match (requested, self.since) {
            (Some(requested), Some(since)) => requested >= since.as_duration().as_secs_f64(),
            _ => false,
        };
        is_new && text(handshake, "Action") == Some(action) && self.is_addressed_alike(handshake)
    }

    /// Whether it goes to the same party with the same notes; a change without a target goes to nobody in particular.
    fn is_addressed_alike(&self, handshake: &Map<String, Value>) -> bool {
        let Some(target) = self.parameters.get("Target").and_then(Value::as_object) else { return true };
        let is_target = |party: &Map<String, Value>| {
            // Mail addresses are told apart without regard to case.
            let same =
                text(party, "Id").zip(text(target, "Id")).is_some_and(|(id, asked)| id.eq_ignore_ascii_case(asked));
            same && text(party, "Type") == text(target, "Type")
        };
        let given = text(self.parameters, "Notes").unwrap_or_default();
        let mut notes = objects(handshake, "Resources").filter(|resource| text(resource, "Type") == Some("NOTES"));
        let noted = notes.next().and_then(|resource| text(resource, "Value")).unwrap_or_default();
        objects(handshake, "Parties").any(is_target) && noted == given
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str()
}

fn objects<'a>(members: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    members.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::operation;
    use serde_json::json;

    fn verdict(command: &str, parameters: Value, since: Option<i64>, handshake: Value) -> Verdict {
        let (Value::Object(parameters), Value::Object(handshake)) = (parameters, handshake) else { panic!("objects") };
        let settlement = operation(command).unwrap().settlement.as_ref().unwrap();
        let since = since.map(|since| Timestamp::from_second(since).unwrap());
        Case { settlement, parameters: &parameters, since }.verdict(&handshake)
    }

    #[test]
    fn a_described_handshake_tells_by_its_state() {
        let told = |command, state| verdict(command, json!({}), None, json!({ "State": state }));
        for (command, done) in
            [("accept-handshake", "ACCEPTED"), ("cancel-handshake", "CANCELED"), ("decline-handshake", "DECLINED")]
        {
            for state in ["REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED", "NEW"] {
                let expected = match state {
                    state if state == done => Verdict::Done,
                    "REQUESTED" | "OPEN" | "NEW" => Verdict::Unknown,
                    _ => Verdict::NotDone,
                };
                assert_eq!(told(command, state), expected, "{command} {state}");
            }
        }
    }

    #[test]
    fn a_listed_invitation_is_ours_if_everything_about_it_is() {
        let asked = json!({"Target": {"Id": "Juan@example.com", "Type": "EMAIL"}, "Notes": "Welcome"});
        let ours = json!({
            "Action": "INVITE", "State": "OPEN", "RequestedTimestamp": 1000.25,
            "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": "juan@example.com", "Type": "EMAIL"}],
            "Resources": [{"Type": "NOTES", "Value": "Welcome"}],
        });
        let told = |since, handshake| verdict("invite-account-to-organization", asked.clone(), since, handshake);
        assert_eq!(told(Some(1000), ours.clone()), Verdict::Done);
        assert_eq!(told(Some(1001), ours.clone()), Verdict::Unknown, "older than the run");
        assert_eq!(told(None, ours.clone()), Verdict::Unknown, "nobody knows how old");
        for (member, other) in [
            ("Action", json!("TRANSFER_RESPONSIBILITY")),
            ("State", json!("CANCELED")),
            ("RequestedTimestamp", Value::Null),
            ("Parties", json!([{"Id": "juan@example.com", "Type": "ACCOUNT"}])),
            ("Parties", json!([{"Id": "jane@example.com", "Type": "EMAIL"}])),
            ("Resources", json!([{"Type": "NOTES", "Value": "Hello"}])),
            ("Resources", json!([])),
        ] {
            let mut handshake = ours.clone();
            handshake[member] = other;
            assert_eq!(told(Some(1000), handshake), Verdict::Unknown, "{member}");
        }
    }
}
