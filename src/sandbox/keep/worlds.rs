//! The worlds that a sandbox can begin with.

use jiff::Timestamp;

use super::merger::merger;
use super::preloaded::preloaded;
use crate::sandbox::engine::state::State;

/// A world that a sandbox can begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum World {
    /// The documented sample, and a handshake for every action, state and rule.
    #[default]
    Documented,
    /// No organization, no account with a name, no handshake.
    Empty,
    /// Two organizations, one of which takes over the accounts of the other.
    Merger,
}

/// The names of the worlds.
pub const NAMES: &[&str] = &["documented", "empty", "merger"];

impl World {
    const ALL: [World; 3] = [World::Documented, World::Empty, World::Merger];

    /// Returns the world with this name.
    pub fn named(name: &str) -> Option<World> {
        World::ALL.into_iter().find(|world| world.name() == name)
    }

    /// Returns the name.
    pub fn name(self) -> &'static str {
        match self {
            World::Documented => "documented",
            World::Empty => "empty",
            World::Merger => "merger",
        }
    }

    /// Makes the world. `made` is its present.
    pub(in crate::sandbox) fn make(self, made: Timestamp) -> State {
        match self {
            World::Documented => preloaded(made),
            World::Empty => State::default(),
            World::Merger => merger(made),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_world_has_its_name() {
        let names: Vec<_> = World::ALL.iter().map(|world| world.name()).collect();
        assert_eq!(names, NAMES);
        assert!(World::ALL.iter().all(|world| World::named(world.name()) == Some(*world)));
        assert_eq!(World::named("nonsense"), None);
    }
}
