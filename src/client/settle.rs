//! Decides whether a change was made whose response was lost: which operation to call, and how to read its handshakes.
//! No I/O.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::model::{Api, FINAL, HANDSHAKE_ID, Parameters, Question, Settlement, is_handshake_id};

/// The member of a response that contains a single handshake.
pub const HANDSHAKE: &str = "Handshake";

/// Hints on where to see the parameters that no handshake shows.
pub const ELSEWHERE: [(&str, &str); 2] = [
    (
        "SourceName",
        "to see the names of transfers: aws organizations list-inbound-responsibility-transfers --type BILLING",
    ),
    (
        "Tags",
        "to see the tags, once the account is a member: aws organizations list-tags-for-resource --resource-id ACCOUNT",
    ),
];

/// The conclusion from a handshake about a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The change was made.
    Done,
    /// The handshake agrees with the change, but doesn't show these parameters.
    Unseen(Vec<String>),
    /// The change was not made, and never will be.
    NotDone,
    /// The handshake proves nothing.
    Unknown,
}

/// A change to settle.
#[derive(Debug)]
pub struct Case<'a> {
    /// How to settle it.
    pub settlement: &'static Settlement,
    /// The parameters of the change.
    pub parameters: &'a Parameters,
    /// The service's time just before the first attempt; nothing if unknown.
    pub since: Option<Timestamp>,
}

impl Case<'_> {
    /// Returns the operation to call and its parameters.
    pub fn question(&self) -> (Api, Parameters) {
        match self.settlement.question {
            Question::Describe => (Api::DescribeHandshake, self.parameters.clone()),
            Question::List(action) => (Api::ListHandshakesForOrganization, of_action(action)),
        }
    }

    /// Decides by a handshake of the response, whose timestamps are numbers.
    pub fn verdict(&self, handshake: &Map<String, Value>) -> Verdict {
        let state = text(handshake, "State").unwrap_or_default();
        let is_done = self.settlement.states.contains(&state);
        match self.settlement.question {
            // A faulty server may send another handshake.
            Question::Describe if text(handshake, "Id") != text(self.parameters, HANDSHAKE_ID) => Verdict::Unknown,
            Question::Describe if is_done => Verdict::Done,
            Question::Describe if FINAL.contains(&state) => Verdict::NotDone,
            Question::List(action)
                if is_done
                    && self.is_new(handshake)
                    && text(handshake, "Action") == Some(action)
                    && text(handshake, "Id").is_some_and(is_handshake_id) =>
            {
                self.compared(handshake)
            }
            Question::Describe | Question::List(_) => Verdict::Unknown,
        }
    }

    /// Returns whether a handshake was requested after the first attempt began.
    fn is_new(&self, handshake: &Map<String, Value>) -> bool {
        let requested = handshake.get("RequestedTimestamp").and_then(Value::as_f64);
        requested.zip(self.since).is_some_and(|(requested, since)| requested >= since.as_duration().as_secs_f64())
    }

    /// Compares the parameters with a listed handshake.
    fn compared(&self, handshake: &Map<String, Value>) -> Verdict {
        let mut unseen = Vec::new();
        // A handshake that has notes always shows them.
        let noted =
            resource(handshake, "NOTES").unwrap_or_default() == text(self.parameters, "Notes").unwrap_or_default();
        let mut agrees = vec![Some(noted)];
        for (name, asked) in self.parameters.iter().filter(|(name, _)| *name != "Notes") {
            let agreement = match name.as_str() {
                "Target" => Some(asked.as_object().is_some_and(|target| is_addressed(handshake, target))),
                "Type" => resource(handshake, "TRANSFER_TYPE").map(|shown| asked == shown),
                "StartTimestamp" => {
                    resource(handshake, "TRANSFER_START_TIMESTAMP").and_then(|shown| same_time(asked, shown))
                }
                _ => asked.as_array().filter(|list| list.is_empty()).map(|_| true),
            };
            if agreement.is_none() {
                unseen.push(name.clone());
            }
            agrees.push(agreement);
        }
        match agrees.contains(&Some(false)) {
            true => Verdict::Unknown,
            false if unseen.is_empty() => Verdict::Done,
            false => Verdict::Unseen(unseen),
        }
    }
}

/// Returns the parameters of a listing of the handshakes of one action.
pub fn of_action(action: &str) -> Parameters {
    let filter = Map::from_iter([("ActionType".to_owned(), action.into())]);
    Map::from_iter([("Filter".to_owned(), filter.into())])
}

/// Returns whether a handshake goes to this party. Ignores case, for email addresses.
pub fn is_addressed(handshake: &Map<String, Value>, target: &Map<String, Value>) -> bool {
    objects(handshake, "Parties").any(|party| {
        let ids = text(party, "Id").zip(text(target, "Id"));
        ids.is_some_and(|(id, asked)| id.eq_ignore_ascii_case(asked)) && text(party, "Type") == text(target, "Type")
    })
}

/// Returns whether a resource shows this instant, given in seconds since 1970. Returns nothing if it shows no instant.
/// Fractions are ignored, since the service may drop them.
pub(super) fn same_time(asked: &Value, shown: &str) -> Option<bool> {
    let shown = shown.parse::<Timestamp>().map(|at| at.as_duration().as_secs_f64()).or_else(|_| shown.parse());
    Some(shown.ok()?.floor() == asked.as_f64()?.floor())
}

/// Returns the value of a handshake's resource of this type, at any depth.
pub(super) fn resource<'a>(members: &'a Map<String, Value>, kind: &str) -> Option<&'a str> {
    objects(members, "Resources").find_map(|found| match text(found, "Type") {
        Some(known) if known == kind => text(found, "Value"),
        _ => resource(found, kind),
    })
}

/// Returns a member that is a text.
pub fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str()
}

pub(super) fn objects<'a>(members: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
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
    fn a_described_handshake_decides_by_its_state() {
        let id = json!({"HandshakeId": "h-examplehandshakeid111"});
        let of = |command, id: &Value, state| {
            verdict(command, id.clone(), None, json!({ "Id": "h-examplehandshakeid111", "State": state }))
        };
        for (command, done) in
            [("accept-handshake", "ACCEPTED"), ("cancel-handshake", "CANCELED"), ("decline-handshake", "DECLINED")]
        {
            for state in ["REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED", "NEW"] {
                let expected = match state {
                    state if state == done => Verdict::Done,
                    "REQUESTED" | "OPEN" | "NEW" => Verdict::Unknown,
                    _ => Verdict::NotDone,
                };
                assert_eq!(of(command, &id, state), expected, "{command} {state}");
                let other = json!({"HandshakeId": "h-exampleopen111"});
                assert_eq!(of(command, &other, state), Verdict::Unknown, "another handshake is {state}");
            }
        }
    }

    #[test]
    fn a_listed_invitation_is_ours_if_everything_about_it_is() {
        const INVITE: &str = "invite-account-to-organization";
        let asked = json!({"Target": {"Id": "Juan@example.com", "Type": "EMAIL"}, "Notes": "Welcome"});
        let ours = json!({
            "Id": "h-exampleours1111", "Action": "INVITE", "State": "OPEN", "RequestedTimestamp": 1000.25,
            "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": "juan@example.com", "Type": "EMAIL"}],
            "Resources": [{"Type": "NOTES", "Value": "Welcome"}],
        });
        let of = |since, handshake| verdict(INVITE, asked.clone(), since, handshake);
        assert_eq!(of(Some(1000), ours.clone()), Verdict::Done);
        assert_eq!(of(Some(1001), ours.clone()), Verdict::Unknown, "older than the run");
        assert_eq!(of(None, ours.clone()), Verdict::Unknown, "of unknown age");
        for (member, other) in [
            ("Id", Value::Null),
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
            assert_eq!(of(Some(1000), handshake), Verdict::Unknown, "{member}");
        }
        let tagged = |tags: Value| {
            let mut asked = asked.clone();
            asked["Tags"] = tags;
            verdict(INVITE, asked, Some(1000), ours.clone())
        };
        assert_eq!(tagged(json!([{"Key": "team", "Value": "x"}])), Verdict::Unseen(vec!["Tags".to_owned()]));
        assert_eq!(tagged(json!([])), Verdict::Done);
    }

    #[test]
    fn a_listed_transfer_is_ours_if_it_shows_the_same_type_and_start() {
        let asked = json!({
            "Target": {"Id": "999999999999", "Type": "ACCOUNT"}, "Type": "BILLING", "StartTimestamp": 1_800_000_000,
            "SourceName": "billing",
        });
        let of = |resources: Value| {
            let handshake = json!({
                "Id": "h-exampleours1111", "Action": "TRANSFER_RESPONSIBILITY", "State": "REQUESTED", "RequestedTimestamp": 1000,
                "Parties": [{"Id": "999999999999", "Type": "ACCOUNT"}], "Resources": resources,
            });
            verdict("invite-organization-to-transfer-responsibility", asked.clone(), Some(1000), handshake)
        };
        let resource = |kind: &str, value: &str| json!({"Type": kind, "Value": value});
        let shown = |kind: &str, start: &str| {
            of(json!([resource("TRANSFER_TYPE", kind), resource("TRANSFER_START_TIMESTAMP", start)]))
        };
        let unseen = |names: &[&str]| Verdict::Unseen(names.iter().map(|name| (*name).to_owned()).collect());
        for start in ["2027-01-15T08:00:00Z", "2027-01-15T08:00:00.500Z", "1800000000", "1800000000.25"] {
            assert_eq!(shown("BILLING", start), unseen(&["SourceName"]), "{start}");
        }
        assert_eq!(shown("BILLING", "2027-01-15T08:00:01Z"), Verdict::Unknown);
        assert_eq!(shown("OTHER", "1800000000"), Verdict::Unknown);
        assert_eq!(shown("BILLING", "soon"), unseen(&["StartTimestamp", "SourceName"]));
        assert_eq!(of(json!([])), unseen(&["Type", "StartTimestamp", "SourceName"]));
        let within =
            json!([{"Type": "ORGANIZATION", "Value": "o-x", "Resources": [resource("TRANSFER_TYPE", "OTHER")]}]);
        assert_eq!(of(within), Verdict::Unknown);
    }
}
