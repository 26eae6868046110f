//! The world for rehearsals of a merger: an old organization of 120 accounts, and a new one of 12 that takes them over.
//!
//! Both are older than the rules for direct moves demand. Three accounts of the old organization can't move, each for
//! another reason. The ids are those of no one, and the addresses are in example domains.

use jiff::{SignedDuration, Timestamp};

use crate::sandbox::engine::organization::{FeatureSet, JoinedMethod, Organization, Tags};
use crate::sandbox::engine::refusal::HandshakeConstraint;
use crate::sandbox::engine::state::State;
use crate::sandbox::engine::time::later;
use crate::sandbox::sample::{MANAGEMENT_ACCOUNT, RECIPIENT_ACCOUNT};

/// The new organization, which takes over the accounts.
const NEW: &str = "o-exampleneworg";
/// The old organization.
const OLD: &str = "o-exampleoldorg";
/// How many accounts the new organization can have.
const QUOTA: usize = 200;

/// The accounts of the old organization that can't move, and why.
///
/// docs/sandbox.md prints this table.
pub const STAYING: &[(&str, &str)] = &[
    (RECIPIENT_ACCOUNT, "it manages the old organization: MasterCannotLeaveOrganizationException"),
    ("222000000118", "it was created two days ago, and must be four days old to move"),
    (
        "222000000119",
        "it has no payment instrument: HandshakeConstraintViolationException with PAYMENT_INSTRUMENT_REQUIRED",
    ),
];

/// The teams of the old organization. Each has an account in every unit of [`OLD_UNITS`].
const TEAMS: [&str; 17] = [
    "Billing",
    "Catalog",
    "Checkout",
    "Claims",
    "Delivery",
    "Fraud",
    "Identity",
    "Inventory",
    "Loyalty",
    "Marketing",
    "Mobile",
    "Orders",
    "Payments",
    "Pricing",
    "Returns",
    "Search",
    "Warehouse",
];

/// The units of the old organization: the parent, if it isn't the root, and the name.
const OLD_UNITS: [(Option<&str>, &str); 7] = [
    (Some("Workloads"), "Production"),
    (Some("Workloads"), "Staging"),
    (Some("Workloads"), "Development"),
    (Some("Workloads"), "Testing"),
    (None, "Analytics"),
    (None, "Backup"),
    (None, "Tools"),
];

/// The member accounts of the new organization and their units.
const NEW_MEMBERS: [(&str, &str); 11] = [
    ("Log Archive", "Security"),
    ("Audit", "Security"),
    ("Network", "Infrastructure"),
    ("Shared Services", "Infrastructure"),
    ("Backup", "Infrastructure"),
    ("Store Production", "Workloads"),
    ("Store Staging", "Workloads"),
    ("Store Development", "Workloads"),
    ("Data Production", "Workloads"),
    ("Data Staging", "Workloads"),
    ("Data Development", "Workloads"),
];

/// Returns a new world. `made` is its present.
pub fn merger(made: Timestamp) -> State {
    // The service returns milliseconds.
    let made = Timestamp::from_millisecond(made.as_millisecond()).unwrap_or(made);
    let mut state = State::default();
    organization(&mut state, (NEW, MANAGEMENT_ACCOUNT, "r-examplenewroot"), "new", days_before(made, 500));
    organization(&mut state, (OLD, RECIPIENT_ACCOUNT, "r-exampleoldroot"), "old", days_before(made, 1_500));
    new_members(&mut state, made);
    old_members(&mut state, made);
    state
}

fn days_before(made: Timestamp, days: i64) -> Timestamp {
    later(made, SignedDuration::from_hours(-24 * days))
}

/// Adds an organization with its management account.
fn organization(state: &mut State, (id, manager, root): (&str, &str, &str), company: &str, since: Timestamp) {
    state.add_account(manager, &format!("management@{company}.example.com"), &format!("Management of {company}"));
    let mut organization = Organization::new(manager, FeatureSet::All, root);
    organization.account_quota = QUOTA;
    state.add_organization(id, organization, since);
}

/// Returns the id of a unit, which is created if it doesn't exist yet.
fn unit(state: &mut State, id: &str, parent: Option<&str>, name: &str) -> Option<String> {
    let found = state.organization(id)?;
    let (manager, root) = (found.management_account.clone(), found.root.clone());
    let parent = match parent {
        Some(above) => unit(state, id, None, above)?,
        None => root,
    };
    let existing = state.organization(id)?.units_of(&parent, None).find(|(_, unit)| unit.name == name);
    if let Some((existing, _)) = existing {
        return Some(existing.clone());
    }
    state.create_unit(&manager, &parent, name, Tags::new()).ok()
}

/// Adds an account to an organization and puts it into a unit.
fn member(
    state: &mut State,
    account: &str,
    organization: &str,
    unit: Option<String>,
    joined: (JoinedMethod, Timestamp),
) {
    state.join(account, organization, joined.0, Tags::new(), joined.1);
    let membership = state.accounts.get_mut(account).and_then(|account| account.membership.as_mut());
    if let (Some(membership), Some(unit)) = (membership, unit) {
        membership.parent = unit;
    }
}

fn new_members(state: &mut State, made: Timestamp) {
    for (number, (name, parent)) in (1..).zip(NEW_MEMBERS) {
        let account = format!("111{number:09}");
        state.add_account(&account, &format!("{}@new.example.com", name.to_lowercase().replace(' ', "-")), name);
        let unit = unit(state, NEW, None, parent);
        member(state, &account, NEW, unit, (JoinedMethod::Created, days_before(made, 490 - number)));
    }
    // Accounts that have moved can be put here.
    unit(state, NEW, None, "Imported");
}

fn old_members(state: &mut State, made: Timestamp) {
    let accounts = TEAMS.iter().flat_map(|team| OLD_UNITS.iter().map(move |place| (team, place)));
    for (number, (team, (parent, name))) in (1..).zip(accounts) {
        let account = format!("222{number:09}");
        let address = format!("{team}-{name}@old.example.com").to_lowercase();
        state.add_account(&account, &address, &format!("{team} {name}"));
        let unit = unit(state, OLD, *parent, name);
        let age = if account == STAYING[1].0 { 2 } else { 1_400 - 10 * number };
        let method = if number % 7 == 0 { JoinedMethod::Invited } else { JoinedMethod::Created };
        member(state, &account, OLD, unit, (method, days_before(made, age)));
    }
    if let Some(account) = state.accounts.get_mut(STAYING[2].0) {
        account.hindrance = Some(HandshakeConstraint::PaymentInstrument);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::engine::caller::Caller;
    use crate::sandbox::engine::handshake::Recipient;
    use crate::sandbox::engine::invitations::InvitationDetails;
    use crate::sandbox::engine::rules::HandshakeOperation;
    use crate::sandbox::engine::time::days;

    fn made() -> Timestamp {
        "2026-12-31T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn it_has_two_organizations_whose_accounts_are_in_units() {
        let state = merger(made());
        for (id, accounts, units) in [(OLD, 120, 8), (NEW, 12, 4)] {
            let organization = state.organization(id).unwrap();
            assert_eq!((state.member_count(id), organization.units.len()), (accounts, units), "{id}");
            for account in state.members(id) {
                let membership = state.member(id, account).unwrap();
                let is_manager = account == organization.management_account;
                assert_eq!(membership.parent == organization.root, is_manager, "{account}");
                let is_old = membership.joined <= later(made(), -days(7));
                assert_eq!(is_old, account != STAYING[1].0, "{account}");
            }
        }
        assert_eq!(State::from_json(&state.to_json()), Ok(state));
    }

    #[test]
    fn all_accounts_can_move_but_three() {
        let mut state = merger(made());
        let accounts: Vec<_> = state.members(OLD).map(str::to_owned).collect();
        let mut staying = Vec::new();
        for account in &accounts {
            let recipient = Recipient::Account(account.clone());
            let invited = state.invite_account(MANAGEMENT_ACCOUNT, recipient, InvitationDetails::default(), made());
            let accepted = invited.map(|handshake| handshake.id.clone()).and_then(|id| {
                let caller = Caller::Account(account.clone());
                state.perform(&caller, HandshakeOperation::Accept, &id, made()).map(|_| ())
            });
            if accepted.is_err() {
                staying.push(account.as_str());
            }
        }
        let expected: Vec<_> = STAYING.iter().map(|(account, _)| *account).collect();
        assert_eq!(staying.len(), 3);
        assert!(expected.iter().all(|account| staying.contains(account)), "{staying:?}");
    }
}
