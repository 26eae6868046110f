//! The places of accounts: finds the units of ids and paths, and creates missing ones.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use super::job::{Job, asked, parameters};
use crate::client::pacing::Lane;
use crate::client::session::Session;
use crate::client::settle::text;
use crate::command::Join;
use crate::commands::look::{self, has_code, operation};
use crate::error::Failure;
use crate::input::accounts::AccountToJoin;
use crate::model::parent::Parent;
use crate::model::{Api, Parameters};

/// Units that were created, with their ids, and the failure that ended that.
pub type Created = (Vec<(Parent, String)>, Option<Failure>);

/// The units that accounts are to be in.
#[derive(Debug, Default)]
pub struct Parents {
    /// Their ids. Those of missing units are added when they are created.
    ids: HashMap<Parent, String>,
    /// The accounts that are in them.
    accounts: HashMap<String, HashSet<String>>,
}

impl Parents {
    /// Finds all places of these accounts, and the members that are there already. `here` says which accounts are members.
    ///
    /// # Errors
    ///
    /// Returns an error if a place doesn't exist and must not be created, or if a read fails.
    pub async fn read(
        session: &Session,
        join: &Join,
        accounts: &[AccountToJoin],
        here: impl Fn(&&AccountToJoin) -> bool,
    ) -> Result<Parents, Failure> {
        let place = |account: &AccountToJoin| account.parent.clone().or_else(|| join.parent.clone());
        let all: BTreeSet<Parent> = accounts.iter().filter_map(place).collect();
        let mut parents = Parents::default();
        if all.is_empty() {
            return Ok(parents);
        }
        let root = root(session).await?;
        parents.ids.insert(Parent::Path(Vec::new()), root.clone());
        let mut units = HashMap::new();
        for parent in &all {
            match parent {
                Parent::Id(id) => {
                    exists(session, id, &root).await?;
                    parents.ids.insert(parent.clone(), id.clone());
                }
                Parent::Path(names) => parents.follow(session, names, &mut units).await?,
            }
            if !parents.ids.contains_key(parent) && !join.create_parents {
                let failure = Failure::unmet(format!("the organizational unit {parent} doesn't exist"));
                return Err(failure.hint("--create-parents creates it"));
            }
        }
        let wanted: BTreeSet<Parent> = accounts.iter().filter(here).filter_map(place).collect();
        for id in wanted.iter().filter_map(|parent| parents.ids.get(parent)).collect::<HashSet<_>>() {
            let mut inside = HashSet::new();
            look::each(session, Api::ListAccountsForParent, below(id), |account| {
                inside.extend(text(&account, "Id").map(str::to_owned));
                true
            })
            .await?;
            parents.accounts.insert(id.clone(), inside);
        }
        Ok(parents)
    }

    /// Follows a path as far as its units exist. `units` has the units that were listed already, by their parent.
    async fn follow(
        &mut self,
        session: &Session,
        names: &[String],
        units: &mut HashMap<String, HashMap<String, String>>,
    ) -> Result<(), Failure> {
        for depth in 1..=names.len() {
            let Some(above) = self.ids.get(&Parent::Path(names[..depth - 1].to_vec())).cloned() else { return Ok(()) };
            if !units.contains_key(&above) {
                units.insert(above.clone(), children(session, &above).await?);
            }
            if let Some(id) = units.get(&above).and_then(|units| units.get(&names[depth - 1])) {
                self.ids.insert(Parent::Path(names[..depth].to_vec()), id.clone());
            }
        }
        Ok(())
    }

    /// Returns whether an account is in its place already.
    pub fn has(&self, parent: &Parent, account: &str) -> bool {
        let inside = self.ids.get(parent).and_then(|id| self.accounts.get(id));
        inside.is_some_and(|inside| inside.contains(account))
    }

    /// Returns the id of a place; nothing while its unit is missing.
    pub fn id(&self, parent: &Parent) -> Option<&str> {
        self.ids.get(parent).map(String::as_str)
    }

    /// Adds units that were created.
    pub fn add(&mut self, created: &[(Parent, String)]) {
        self.ids.extend(created.iter().cloned());
    }
}

impl Job<'_> {
    /// Creates missing units, of which those above come before those below. Returns their ids, also those of the units that were
    /// created before a failure.
    pub async fn create_parents(&self, parents: &Parents, missing: BTreeSet<Parent>, lane: Lane) -> Created {
        let lane = lane.finishing().limited(self.join.timeout);
        let session = self.destination(&lane);
        let mut created: Vec<(Parent, String)> = Vec::new();
        for parent in missing {
            let Parent::Path(names) = &parent else { continue };
            let Some((name, above)) = names.split_last() else { continue };
            let above = Parent::Path(above.to_vec());
            let known = created.iter().find(|(parent, _)| *parent == above).map(|(_, id)| id.as_str());
            let above = known.or_else(|| parents.id(&above)).unwrap_or_default();
            match self.create(&session, &lane, above, name).await {
                Ok(id) => created.push((parent, id)),
                Err(failure) => return (created, Some(failure)),
            }
        }
        (created, None)
    }

    /// Creates a unit. If that fails, the unit may exist all the same: another request has created it.
    async fn create(&self, session: &Session, lane: &Lane, above: &str, name: &str) -> Result<String, Failure> {
        let request = parameters([("ParentId", above), ("Name", name)]);
        self.settled(lane, async || {
            let failure = match session.ask(operation(Api::CreateOrganizationalUnit)?, &request).await {
                Ok(response) => {
                    let unit = response.get("OrganizationalUnit").and_then(Value::as_object);
                    let unit = unit.filter(|unit| text(unit, "Name") == Some(name));
                    match unit.and_then(|unit| text(unit, "Id")) {
                        Some(id) => return Ok(id.to_owned()),
                        None => {
                            let problem = "The service's response to CreateOrganizationalUnit doesn't contain the organizational unit";
                            Failure::other(problem).note("the unit may have been created")
                        }
                    }
                }
                Err(failure) => failure,
            };
            match children(session, above).await {
                Ok(mut units) => units.remove(name).ok_or(failure),
                Err(_) => Err(failure),
            }
        })
        .await
    }
}

/// Returns the id of the organization's root.
async fn root(session: &Session) -> Result<String, Failure> {
    let mut root = None;
    look::each(session, Api::ListRoots, Parameters::new(), |found| {
        root = text(&found, "Id").map(str::to_owned);
        root.is_none()
    })
    .await?;
    root.ok_or_else(|| Failure::other("The service's response to ListRoots shows no root"))
}

/// Checks that a unit exists.
async fn exists(session: &Session, id: &str, root: &str) -> Result<(), Failure> {
    if id == root {
        return Ok(());
    }
    let missing = || Failure::unmet(format!("the organization has no organizational unit {id}"));
    if id.starts_with("r-") {
        return Err(missing().hint(format!("the root of the organization is {root}")));
    }
    match asked(session, Api::DescribeOrganizationalUnit, "OrganizationalUnitId", id).await {
        Ok(response) => {
            let unit = response.get("OrganizationalUnit").and_then(Value::as_object);
            let is_shown = unit.is_some_and(|unit| text(unit, "Id") == Some(id));
            let problem =
                "The service's response to DescribeOrganizationalUnit doesn't contain the organizational unit";
            if is_shown { Ok(()) } else { Err(Failure::other(problem)) }
        }
        Err(failure) if has_code(&failure, "OrganizationalUnitNotFoundException") => Err(missing()),
        Err(failure) => Err(failure),
    }
}

/// Returns the units below a unit or root: their ids by their names.
async fn children(session: &Session, parent: &str) -> Result<HashMap<String, String>, Failure> {
    let mut units = HashMap::new();
    look::each(session, Api::ListOrganizationalUnitsForParent, below(parent), |unit: Map<String, Value>| {
        units.extend(text(&unit, "Name").map(str::to_owned).zip(text(&unit, "Id").map(str::to_owned)));
        true
    })
    .await?;
    Ok(units)
}

/// Returns the parameters of a listing below a unit or root.
fn below(parent: &str) -> Parameters {
    parameters([("ParentId", parent)])
}
