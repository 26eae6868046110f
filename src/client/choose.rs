//! Facts of handshakes: sender, recipient, action, state. Decides by them which handshake fits the options, whether a
//! change would be refused, and whether one was made before. No I/O.

use jiff::{Timestamp, Unit};
use serde_json::{Map, Value};

use super::settle::{is_addressed, objects, resource, same_time, text};
use crate::command::Choice;
use crate::model::{self, ACTIONS, Api, INVITE, LIVE, Parameters};
use crate::render::relative::instant;
use crate::text::escape::tame_line;
use crate::text::shorten::shortened;

/// A handshake as it is printed, or as the service sent it.
pub type Handshake = Map<String, Value>;

/// The longest part of a handshake that a message shows, in characters. An email address has up to 64.
const LONGEST_PART: usize = 80;

/// The most handshakes that a message lists.
const MOST_LISTED: usize = 20;

/// The state that a change of a handshake leads to.
pub fn goal(api: Api) -> Option<&'static str> {
    match api {
        Api::AcceptHandshake => Some("ACCEPTED"),
        Api::CancelHandshake => Some("CANCELED"),
        Api::DeclineHandshake => Some("DECLINED"),
        _ => None,
    }
}

/// Returns a handshake's state, or an empty text.
pub fn state(handshake: &Handshake) -> &str {
    text(handshake, "State").unwrap_or_default()
}

/// Returns whether a handshake can still be accepted, declined or canceled.
pub fn is_live(handshake: &Handshake) -> bool {
    LIVE.contains(&state(handshake))
}

/// Returns whether a handshake has this action.
pub fn has_action(handshake: &Handshake, action: &str) -> bool {
    text(handshake, "Action") == Some(action)
}

/// Returns the id of an organization without its prefix, which some samples of the service leave out.
fn bare(id: &str) -> &str {
    id.strip_prefix("o-").unwrap_or(id)
}

/// Returns the id of a handshake without its prefix.
fn bare_handshake(id: &str) -> &str {
    id.strip_prefix("h-").unwrap_or(id)
}

/// Returns whether a handshake has this id.
pub fn has_id(handshake: &Handshake, id: &str) -> bool {
    text(handshake, "Id").is_some_and(|own| bare_handshake(own) == bare_handshake(id))
}

/// Returns a handshake's id as requests name it.
pub fn id(handshake: &Handshake) -> Option<String> {
    Some(format!("h-{}", bare_handshake(text(handshake, "Id")?))).filter(|id| model::is_handshake_id(id))
}

/// Returns the account and the organization in a handshake's ARN, which are those of its sender.
///
/// ```text
/// arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111
/// ```
fn originator(handshake: &Handshake) -> Option<(&str, &str)> {
    let mut parts = text(handshake, "Arn")?.splitn(6, ':');
    let mut part = || parts.next();
    let (Some("arn"), Some(_), Some("organizations"), Some(_), Some(account), Some(rest)) =
        (part(), part(), part(), part(), part(), part())
    else {
        return None;
    };
    let names: Vec<_> = rest.strip_prefix("handshake/")?.split('/').collect();
    let [organization, _, id] = names[..] else { return None };
    let is_right = model::is_account_id(account) && !bare(organization).is_empty() && has_id(handshake, id);
    is_right.then_some((account, organization))
}

/// Returns the sender's organization. The ARN decides: a party of type ORGANIZATION may be the recipient's organization
/// in a transfer. The parties of an INVITE must agree with it. Without an ARN, the only organization among the parties is
/// the sender.
fn sender(handshake: &Handshake) -> Option<&str> {
    let mut organizations = parties(handshake, &["ORGANIZATION"]);
    if handshake.contains_key("Arn") {
        let (_, organization) = originator(handshake)?;
        let agrees = !has_action(handshake, INVITE) || organizations.all(|party| bare(party) == bare(organization));
        return agrees.then_some(organization);
    }
    let is_transfer = has_action(handshake, "TRANSFER_RESPONSIBILITY");
    let is_known = ACTIONS.iter().any(|action| has_action(handshake, action));
    let only = organizations.next().filter(|_| is_known && !is_transfer)?;
    organizations.next().is_none().then_some(only)
}

/// Returns the management account of the sender's organization.
pub fn sender_account(handshake: &Handshake) -> Option<&str> {
    originator(handshake).map(|(account, _)| account)
}

fn parties<'a>(handshake: &'a Handshake, types: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let is_one = |party: &&Map<String, Value>| text(party, "Type").is_some_and(|kind| types.contains(&kind));
    objects(handshake, "Parties").filter(is_one).filter_map(|party| text(party, "Id"))
}

/// Returns the recipient: accounts and email addresses, but not the sender's account if it is a party beside another one.
/// ENABLE_ALL_FEATURES has none.
fn recipients(handshake: &Handshake) -> Vec<&str> {
    let all: Vec<_> = parties(handshake, &["ACCOUNT", "EMAIL"]).collect();
    let others: Vec<_> = all.iter().copied().filter(|id| sender_account(handshake) != Some(id)).collect();
    if others.is_empty() { all } else { others }
}

/// Returns whether a handshake goes to no other account than this one. An address doesn't show whose it is.
pub fn is_for_account(handshake: &Handshake, account: &str) -> bool {
    recipients(handshake).iter().all(|id| *id == account || !model::is_account_id(id))
}

/// Returns why a handshake isn't what the options ask for; nothing if it is.
pub fn objections(handshake: &Handshake, choice: &Choice) -> Vec<String> {
    let shown = |text: Option<&str>| text.map_or("unknown".to_owned(), part);
    let mut objections = Vec::new();
    let mut check = |option: &str, asked: &Option<String>, fits: &dyn Fn(&str) -> bool, is: &dyn Fn() -> String| {
        if let Some(asked) = asked
            && !fits(asked)
        {
            objections.push(format!("--{option} {asked}: {}", is()));
        }
    };
    let (organization, account) = (sender(handshake), sender_account(handshake));
    check(
        "from-organization",
        &choice.from_organization,
        &|asked| organization.is_some_and(|own| bare(own) == bare(asked)),
        &|| format!("the sender's organization is {}", shown(organization)),
    );
    check("from-account", &choice.from_account, &|asked| account == Some(asked), &|| {
        format!("the management account of the sender is {}", shown(account))
    });
    let to = recipients(handshake);
    check("to", &choice.to, &|asked| to.iter().any(|own| own.eq_ignore_ascii_case(asked)), &|| {
        format!("the recipient is {}", shown(to.first().copied()))
    });
    let action = text(handshake, "Action");
    check("action", &choice.action, &|asked| action == Some(asked), &|| format!("the action is {}", shown(action)));
    objections
}

/// Returns a part of a handshake for a message. Strangers have written some of them.
fn part(text: &str) -> String {
    tame_line(&shortened(text, LONGEST_PART))
}

/// Describes a handshake in a line: id, action, sender, recipient, state and expiry.
pub fn line(handshake: &Handshake) -> String {
    let named = |name: &str| text(handshake, name).map_or_else(|| "?".to_owned(), part);
    let expires = match expiry(handshake).filter(|_| is_live(handshake)) {
        Some(at) => format!(", expires {at}"),
        None => String::new(),
    };
    format!("{}: {} {}, {}{expires}", named("Id"), named("Action"), way(handshake), named("State"))
}

/// Says from whom a handshake is, and to whom.
fn way(handshake: &Handshake) -> String {
    let from = match (sender(handshake), sender_account(handshake)) {
        (Some(organization), Some(account)) => format!("{} (account {account})", part(organization)),
        (Some(organization), None) => part(organization),
        _ => "an unknown sender".to_owned(),
    };
    let to = match recipients(handshake)[..] {
        [] => String::new(),
        [first, ..] => format!(" to {}", part(first)),
    };
    format!("from {from}{to}")
}

/// Summarizes a handshake in a sentence: its state, action, sender and recipient, and when it was sent and expires. The
/// service doesn't say when it was accepted or declined. Returns nothing if the handshake has no state.
pub fn facts(handshake: &Handshake) -> Option<String> {
    let state = text(handshake, "State")?;
    let instant = |name: &str| handshake.get(name).and_then(instant)?.round(Unit::Second).ok();
    let requested = instant("RequestedTimestamp").map(|at| format!(", requested {at}")).unwrap_or_default();
    let expires = match instant("ExpirationTimestamp") {
        Some(at) if state == "EXPIRED" => format!(", expired {at}"),
        Some(at) if is_live(handshake) => format!(", expires {at}"),
        _ => String::new(),
    };
    let action = text(handshake, "Action").map_or("handshake".to_owned(), part);
    Some(format!("It is {}: {action} {}{requested}{expires}.", part(state), way(handshake)))
}

/// Returns the sender of a handshake with its name and address, as far as the handshake shows them.
pub fn sender_named(handshake: &Handshake) -> Option<String> {
    let (organization, account) = (sender(handshake)?, sender_account(handshake));
    let account = account.map_or("the management account".to_owned(), |id| format!("the management account {id}"));
    // A transfer's resources may be those of the recipient.
    let shown = |kind| resource(handshake, kind).filter(|_| !has_action(handshake, "TRANSFER_RESPONSIBILITY"));
    let names: Vec<_> = ["MASTER_NAME", "MASTER_EMAIL"].into_iter().filter_map(shown).map(part).collect();
    let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    Some(format!("{account} of {}{names}", part(organization)))
}

/// Returns the party that can make a change of a handshake.
pub fn actor(api: Api, handshake: &Handshake) -> Option<String> {
    match recipients(handshake).first() {
        Some(recipient) if api != Api::CancelHandshake => Some(format!("the recipient, {}", part(recipient))),
        _ => sender_account(handshake).map(|account| format!("account {account}, which sent the handshake")),
    }
}

/// Lists handshakes, one per line.
pub fn lines<'a>(handshakes: impl ExactSizeIterator<Item = &'a Handshake>) -> String {
    let more = handshakes.len().saturating_sub(MOST_LISTED);
    let mut lines: Vec<_> = handshakes.take(MOST_LISTED).map(|handshake| format!("  {}", line(handshake))).collect();
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines.join("\n")
}

/// Returns when a handshake expires, to the second.
fn expiry(handshake: &Handshake) -> Option<Timestamp> {
    handshake.get("ExpirationTimestamp").and_then(instant)?.round(Unit::Second).ok()
}

/// Returns the handshake that was requested last.
pub fn newest<'a>(handshakes: impl Iterator<Item = &'a Handshake>) -> Option<&'a Handshake> {
    handshakes.max_by_key(|handshake| handshake.get("RequestedTimestamp").and_then(instant))
}

/// Returns why the service would refuse to accept, cancel or decline a handshake, as far as the handshake shows it.
/// `caller` is the caller's account, if known.
pub fn refusals(api: Api, handshake: &Handshake, caller: Option<&str>, now: Timestamp) -> Vec<String> {
    let action = text(handshake, "Action");
    let mut refusals = Vec::new();
    if !is_live(handshake) {
        let state = Some(state(handshake)).filter(|state| !state.is_empty()).map_or("in no state".to_owned(), part);
        refusals.push(format!("it is {state}"));
    } else if let Some(at) = expiry(handshake).filter(|at| *at <= now) {
        refusals.push(format!("it expired {at}"));
    } else if (api, action, state(handshake)) == (Api::AcceptHandshake, Some("ENABLE_ALL_FEATURES"), "REQUESTED") {
        refusals.push("it is REQUESTED until all invited members have approved".to_owned());
    }
    refusals.extend(caller.and_then(|caller| wrong_party(api, handshake, caller)));
    refusals
}

/// Returns why an account can't make a change of a handshake, if the handshake shows that.
fn wrong_party(api: Api, handshake: &Handshake, caller: &str) -> Option<String> {
    let sender = sender_account(handshake);
    let recipients = recipients(handshake);
    if api == Api::CancelHandshake || recipients.is_empty() {
        let sender = sender.filter(|sender| *sender != caller)?;
        return Some(format!("only account {sender}, which sent it, can do that, and the caller is account {caller}"));
    }
    // An address doesn't show whose it is.
    let may_be = |recipient: &&str| *recipient == caller || !model::is_account_id(recipient) && sender != Some(caller);
    let other = recipients.first().filter(|_| !recipients.iter().any(may_be))?;
    let other = part(other);
    Some(format!("only {other}, the recipient, can do that, and the caller is account {caller}"))
}

/// Returns whether a handshake is what a change asks for: of this action, live, and to the party that is to be invited.
pub fn is_asked_for(handshake: &Handshake, action: &str, parameters: &Parameters) -> bool {
    // The target's own handshake to somebody else names it as well.
    let is_sender = |target: &Parameters| text(target, "Id").is_some_and(|id| sender_account(handshake) == Some(id));
    let to_target = |target: &Parameters| is_addressed(handshake, target) && !is_sender(target);
    let fits = |target: &Value| target.as_object().is_some_and(to_target);
    has_action(handshake, action) && is_live(handshake) && parameters.get("Target").is_none_or(fits)
}

/// Compares an invitation with the request for one. Returns the differences, and the options whose values no handshake
/// shows.
pub fn compared(handshake: &Handshake, parameters: &Parameters) -> (Vec<String>, Vec<&'static str>) {
    let (mut differences, mut unseen) = (Vec::new(), Vec::new());
    let mut differs = |option: &str, shown: Option<&str>, asked: &str| {
        let shown = shown.map_or("it has none".to_owned(), |shown| format!("it has {:?}", part(shown)));
        differences.push(format!("--{option}: {shown}, not {:?}", part(asked)));
    };
    let notes = (resource(handshake, "NOTES"), text(parameters, "Notes").unwrap_or_default());
    if notes.0.unwrap_or_default() != notes.1 {
        differs("notes", notes.0, notes.1);
    }
    if let Some(kind) = text(parameters, "Type") {
        match resource(handshake, "TRANSFER_TYPE") {
            None => unseen.push("--type"),
            Some(shown) if shown == kind => {}
            shown => differs("type", shown, kind),
        }
    }
    if let Some(start) = parameters.get("StartTimestamp") {
        let shown = resource(handshake, "TRANSFER_START_TIMESTAMP");
        match shown.and_then(|shown| same_time(start, shown)) {
            None => unseen.push("--start-timestamp"),
            Some(true) => {}
            Some(false) => {
                let asked = start.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
                differs("start-timestamp", shown, &asked.map_or_else(|| start.to_string(), |at| at.to_string()));
            }
        }
    }
    if parameters.contains_key("SourceName") {
        unseen.push("--source-name");
    }
    if parameters.get("Tags").and_then(Value::as_array).is_some_and(|tags| !tags.is_empty()) {
        unseen.push("--tags");
    }
    (differences, unseen)
}

/// Returns whether an account in a listing is the target of an invitation.
pub fn is_target(account: &Map<String, Value>, parameters: &Parameters) -> bool {
    let Some(target) = parameters.get("Target").and_then(Value::as_object) else { return false };
    let member = if text(target, "Type") == Some("EMAIL") { "Email" } else { "Id" };
    let both = text(account, member).zip(text(target, "Id"));
    both.is_some_and(|(own, asked)| own.eq_ignore_ascii_case(asked))
}

/// Returns whether membership in an organization shows that the handshake that was to be accepted had been accepted.
pub fn is_proof(organization: &Map<String, Value>, choice: &Choice) -> bool {
    let is = |name: &str, asked: &Option<String>| {
        asked.as_ref().is_none_or(|asked| text(organization, name).is_some_and(|own| bare(own) == bare(asked)))
    };
    let has_all_features = text(organization, "FeatureSet") == Some("ALL");
    let is_enough = match choice.action.as_deref() {
        None | Some(INVITE) => true,
        Some("APPROVE_ALL_FEATURES" | "ENABLE_ALL_FEATURES") => has_all_features,
        Some(_) => false,
    };
    is_enough && is("Id", &choice.from_organization) && is("MasterAccountId", &choice.from_account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: Value) -> Handshake {
        let Value::Object(members) = value else { panic!("{value}") };
        members
    }

    fn handshake(action: &str, state: &str, parties: Value) -> Handshake {
        let kind = action.to_lowercase();
        object(json!({
            "Id": "h-examplehandshakeid111",
            "Arn": format!("arn:aws:organizations::111111111111:handshake/o-exampleorgid/{kind}/h-examplehandshakeid111"),
            "Parties": parties, "State": state, "Action": action,
            "ExpirationTimestamp": "2026-12-15T00:00:00.250000+00:00",
        }))
    }

    fn invite() -> Handshake {
        handshake(
            "INVITE",
            "OPEN",
            json!([{"Id": "exampleorgid", "Type": "ORGANIZATION"}, {"Id": "Juan@example.com", "Type": "EMAIL"}]),
        )
    }

    fn choice(option: &str, value: &str) -> Choice {
        let mut choice = Choice::default();
        let member = match option {
            "from-organization" => &mut choice.from_organization,
            "from-account" => &mut choice.from_account,
            "to" => &mut choice.to,
            _ => &mut choice.action,
        };
        *member = Some(value.to_owned());
        choice
    }

    fn fits(handshake: &Handshake, option: &str, value: &str) -> bool {
        objections(handshake, &choice(option, value)).is_empty()
    }

    #[test]
    fn sender_and_recipient_of_an_invitation() {
        let invite = invite();
        for (option, right, wrong) in [
            ("from-organization", "o-exampleorgid", "o-exampleotherorg"),
            ("from-account", "111111111111", "222222222222"),
            ("to", "juan@EXAMPLE.com", "jane@example.com"),
            ("action", "INVITE", "APPROVE_ALL_FEATURES"),
        ] {
            assert!(fits(&invite, option, right), "{option}");
            assert!(!fits(&invite, option, wrong), "{option}");
        }
        // The sender's account is no recipient, and a part of an id is not the id.
        assert!(!fits(&invite, "to", "111111111111"));
        assert!(!fits(&invite, "from-organization", "o-exampleorgid1"));
        assert!(objections(&invite, &Choice::default()).is_empty());
        assert_eq!(
            line(&invite),
            "h-examplehandshakeid111: INVITE from o-exampleorgid (account 111111111111) to Juan@example.com, OPEN, \
             expires 2026-12-15T00:00:00Z"
        );
    }

    /// The example of an approval in AWS's guide has the organization's id without its prefix, and another one than the ARN.
    #[test]
    fn the_arn_decides_about_the_sender_of_an_approval() {
        let parties = json!([{"Id": "a1b2c3d4e5", "Type": "ORGANIZATION"}, {"Id": "111122223333", "Type": "ACCOUNT"}]);
        let approval = handshake("APPROVE_ALL_FEATURES", "OPEN", parties);
        assert!(fits(&approval, "from-organization", "o-exampleorgid"));
        assert!(!fits(&approval, "from-organization", "o-a1b2c3d4e5"));
        assert!(fits(&approval, "to", "111122223333"));
        assert!(!fits(&approval, "from-account", "111122223333"), "the member is not the sender");
    }

    #[test]
    fn the_sender_of_a_transfer_is_not_its_recipient() {
        let two = json!([
            {"Id": "111111111111", "Type": "ACCOUNT"}, {"Id": "999999999999", "Type": "ACCOUNT"},
            {"Id": "o-exampleotherorg", "Type": "ORGANIZATION"},
        ]);
        let mut transfer = handshake("TRANSFER_RESPONSIBILITY", "REQUESTED", two);
        assert!(fits(&transfer, "from-organization", "o-exampleorgid"));
        assert!(!fits(&transfer, "from-organization", "o-exampleotherorg"));
        assert!(fits(&transfer, "to", "999999999999") && !fits(&transfer, "to", "111111111111"));
        // Without an ARN, any of the parties may be the sender.
        transfer.remove("Arn");
        assert!(!fits(&transfer, "from-organization", "o-exampleotherorg"));
    }

    #[test]
    fn an_unusable_arn_means_an_unknown_sender() {
        let with = |arn: &str| {
            let mut invite = invite();
            invite.insert("Arn".to_owned(), arn.into());
            invite
        };
        for arn in [
            "",
            "arn:aws:organizations::111111111111:handshake/o-exampleotherorg/invite/h-exampleotherhandshake",
            "arn:aws:iam::111111111111:handshake/o-exampleotherorg/invite/h-examplehandshakeid111",
            "arn:aws:organizations::1:handshake/o-exampleotherorg/invite/h-examplehandshakeid111",
            "arn:aws:organizations::111111111111:handshake/o-exampleotherorg/h-examplehandshakeid111",
            "arn:aws:organizations::111111111111:account/o-exampleotherorg/invite/h-examplehandshakeid111",
        ] {
            assert!(!fits(&with(arn), "from-organization", "o-exampleorgid"), "{arn}");
            assert!(!fits(&with(arn), "from-organization", "o-exampleotherorg"), "{arn}");
            assert!(!fits(&with(arn), "from-account", "111111111111"), "{arn}");
        }
        let china = "arn:aws-cn:organizations::111111111111:handshake/o-exampleorgid/invite/examplehandshakeid111";
        assert!(fits(&with(china), "from-organization", "o-exampleorgid"));
        assert!(!fits(&Handshake::new(), "from-organization", "o-exampleorgid"));
        assert_eq!(line(&Handshake::new()), "?: ? from an unknown sender, ?");
    }

    #[test]
    fn ids_without_their_prefix() {
        let mut invite = invite();
        invite.insert("Id".to_owned(), "examplehandshakeid111".into());
        assert!(has_id(&invite, "h-examplehandshakeid111") && !has_id(&invite, "h-exampleopen111"));
        assert_eq!(id(&invite).as_deref(), Some("h-examplehandshakeid111"));
        assert!(fits(&invite, "from-account", "111111111111"));
        invite.insert("Id".to_owned(), "not an id".into());
        assert_eq!(id(&invite), None);
    }

    #[test]
    fn texts_of_strangers_are_tamed() {
        let parties = json!([{"Id": format!("a\u{1b}[2J\nb@{}", "x".repeat(500)), "Type": "EMAIL"}]);
        let line = line(&handshake("INVITE", "OPEN", parties));
        assert!(line.contains("a\\u{1b}[2J\\u{a}b@xxx") && line.len() < 400, "{line}");
        assert!(!line.contains(['\n', '\u{1b}']), "{line}");
    }

    #[test]
    fn long_lists_are_cut() {
        let all = vec![invite(); 23];
        let lines = lines(all.iter());
        assert_eq!((lines.lines().count(), lines.lines().last()), (21, Some("  and 3 more")));
    }

    #[test]
    fn refusals_by_state_expiry_and_party() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (before, after) = (at("2026-12-01T00:00:00Z"), at("2026-12-15T00:00:01Z"));
        let refused = |api, handshake: &Handshake, caller| refusals(api, handshake, caller, before).join("; ");
        let (accept, cancel, decline) = (Api::AcceptHandshake, Api::CancelHandshake, Api::DeclineHandshake);
        let invite = invite();
        assert_eq!(refused(accept, &invite, None), "");
        assert_eq!(refused(accept, &invite, Some("222222222222")), "", "an address may be anybody's");
        assert!(refused(decline, &invite, Some("111111111111")).starts_with("only Juan@example.com, the recipient"));
        assert_eq!(refused(cancel, &invite, Some("111111111111")), "");
        assert!(refused(cancel, &invite, Some("222222222222")).starts_with("only account 111111111111"));
        assert_eq!(refusals(accept, &invite, None, after), ["it expired 2026-12-15T00:00:00Z"]);
        let mut wire = invite.clone();
        wire.insert("ExpirationTimestamp".to_owned(), 1797292800.25.into());
        assert_eq!(refusals(accept, &wire, None, after), ["it expired 2026-12-15T00:00:00Z"]);
        for state in ["ACCEPTED", "CANCELED", "DECLINED", "EXPIRED", "NEW"] {
            assert_eq!(refused(accept, &handshake("INVITE", state, json!([])), None), format!("it is {state}"));
        }
        let account = handshake("INVITE", "REQUESTED", json!([{"Id": "333333333333", "Type": "ACCOUNT"}]));
        assert_eq!(refused(accept, &account, Some("333333333333")), "");
        assert!(refused(accept, &account, Some("444444444444")).contains("the caller is account 444444444444"));
    }

    #[test]
    fn only_the_management_account_finishes_enabling_all_features() {
        let enable =
            |state| handshake("ENABLE_ALL_FEATURES", state, json!([{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}]));
        let refused =
            |state, caller| refusals(Api::AcceptHandshake, &enable(state), Some(caller), Timestamp::UNIX_EPOCH);
        assert!(refused("OPEN", "111111111111").is_empty());
        assert_eq!(refused("OPEN", "222222222222").len(), 1);
        assert_eq!(refused("REQUESTED", "111111111111"), ["it is REQUESTED until all invited members have approved"]);
    }

    #[test]
    fn differences_from_an_invitation() {
        let mut invite = invite();
        invite.insert("Resources".to_owned(), json!([{"Type": "NOTES", "Value": "Hi"}]));
        let asked = |more: Value| {
            let mut asked = object(json!({"Target": {"Id": "juan@example.com", "Type": "EMAIL"}}));
            asked.extend(object(more));
            asked
        };
        assert!(is_asked_for(&invite, "INVITE", &asked(json!({}))));
        assert!(!is_asked_for(&invite, "TRANSFER_RESPONSIBILITY", &asked(json!({}))));
        assert_eq!(compared(&invite, &asked(json!({"Notes": "Hi", "Tags": []}))), (vec![], vec![]));
        assert_eq!(
            compared(&invite, &asked(json!({"Notes": "Hi", "Tags": [{"Key": "a", "Value": ""}]}))).1,
            ["--tags"]
        );
        assert_eq!(compared(&invite, &asked(json!({}))).0, ["--notes: it has \"Hi\", not \"\""]);
        invite.remove("Resources");
        assert_eq!(compared(&invite, &asked(json!({"Notes": "Yo"}))).0, ["--notes: it has none, not \"Yo\""]);
    }

    #[test]
    fn differences_from_a_transfer() {
        let transfer = object(json!({"Resources": [
            {"Type": "TRANSFER_TYPE", "Value": "BILLING"},
            {"Type": "TRANSFER_START_TIMESTAMP", "Value": "2027-01-15T08:00:00Z"},
        ]}));
        let of = |kind: &str, start: i64| {
            compared(&transfer, &object(json!({"Type": kind, "StartTimestamp": start, "SourceName": "x"})))
        };
        assert_eq!(of("BILLING", 1_800_000_000), (vec![], vec!["--source-name"]));
        assert_eq!(
            of("OTHER", 1_800_000_060).0,
            [
                "--type: it has \"BILLING\", not \"OTHER\"",
                "--start-timestamp: it has \"2027-01-15T08:00:00Z\", not \"2027-01-15T08:01:00Z\"",
            ]
        );
    }

    #[test]
    fn membership_proves_an_accepted_invitation() {
        let organization = |features: &str| {
            object(json!({"Id": "o-exampleorgid", "MasterAccountId": "111111111111", "FeatureSet": features}))
        };
        let proves = |features, choice: &Choice| is_proof(&organization(features), choice);
        let from = choice("from-organization", "o-exampleorgid");
        assert!(proves("ALL", &from) && proves("ALL", &choice("from-account", "111111111111")));
        assert!(!proves("ALL", &choice("from-account", "222222222222")));
        let of = |action: &str| Choice { action: Some(action.to_owned()), ..from.clone() };
        assert!(proves("ALL", &of("APPROVE_ALL_FEATURES")));
        assert!(!proves("CONSOLIDATED_BILLING", &of("APPROVE_ALL_FEATURES")));
        assert!(!proves("ALL", &of("TRANSFER_RESPONSIBILITY")));
    }

    #[test]
    fn accounts_are_found_by_id_or_address() {
        let account = object(json!({"Id": "222222222222", "Email": "Juan@example.com"}));
        let is = |id: &str, kind: &str| is_target(&account, &object(json!({"Target": {"Id": id, "Type": kind}})));
        assert!(is("222222222222", "ACCOUNT") && is("juan@example.com", "EMAIL"));
        assert!(!is("222222222223", "ACCOUNT") && !is("juan@example.com", "ACCOUNT"));
        assert!(!is_target(&Map::new(), &object(json!({"Target": {"Type": "ACCOUNT"}}))));
    }

    #[test]
    fn a_sender_that_contradicts_itself_is_unknown() {
        let invite = |arn: Value, party: &str| {
            let mut handshake = object(json!({
                "Id": "h-exampleone1111", "Action": "INVITE", "State": "OPEN",
                "Parties": [{"Id": party, "Type": "ORGANIZATION"}, {"Id": "222222222222", "Type": "ACCOUNT"}],
            }));
            if !arn.is_null() {
                handshake.insert("Arn".to_owned(), arn);
            }
            handshake
        };
        let arn = |organization: &str, id: &str| {
            json!(format!("arn:aws:organizations::111111111111:handshake/{organization}/invite/{id}"))
        };
        let from = |handshake: Handshake| {
            let choice = Choice { from_organization: Some("o-exampleorgid".to_owned()), ..Choice::default() };
            objections(&handshake, &choice).is_empty()
        };
        let (own, id) = ("o-exampleorgid", "h-exampleone1111");
        assert!(from(invite(arn(own, id), own)) && from(invite(arn("exampleorgid", id), own)));
        assert!(from(invite(Value::Null, own)));
        assert!(!from(invite(arn(own, id), "o-strangerorg1")), "the party is another organization");
        assert!(!from(invite(arn("o-strangerorg1", "h-exampleother11"), own)), "the ARN is another handshake's");
        assert!(!from(invite(json!("junk"), own)) && !from(invite(json!(5), own)));
        assert!(!from(invite(arn("h-exampleorgid", id), own)));
        let mut unknown = invite(Value::Null, own);
        unknown.remove("Action");
        assert!(!from(unknown));
    }
}
