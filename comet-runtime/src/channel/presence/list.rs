//! The list of who is there.

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Who follows a channel with `presence`, from [`Topic::presence`](crate::Topic::presence).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// Everyone, in the order in which they came.
    pub members: Vec<Member>,
}

/// One person who follows a channel, with any number of tabs, devices and transports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Stands for the person in this channel, from the join to the leave.
    pub id: Arc<str>,
    /// The user's id; `None` for a stranger.
    pub user: Option<Arc<str>>,
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Member", 2)?;
        object.serialize_field("member", &*self.id)?;
        object.serialize_field("user", &self.user.as_deref())?;
        object.end()
    }
}

impl Present {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// Whether a user is there.
    #[must_use]
    pub fn has_user(&self, id: &str) -> bool {
        self.members.iter().any(|member| member.user.as_deref() == Some(id))
    }
}

/// How many members a reader is shown at once.
pub(super) const SHOWN: usize = 200;

/// What a reader is told of who is there: those that came first, the number of all, and which of them it is itself.
#[derive(Clone, Debug)]
pub(crate) struct Attendance {
    pub(super) members: Arc<[Member]>,
    pub(super) count: usize,
    pub(super) you: Option<Arc<str>>,
}

impl Attendance {
    /// The same without the reader itself, for those who ask from outside.
    pub(crate) fn of(present: &Present) -> Self {
        let members = present.members.iter().take(SHOWN).cloned().collect();
        Self { members, count: present.count(), you: None }
    }
}

impl Serialize for Attendance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Attendance", 4)?;
        object.serialize_field("members", &*self.members)?;
        object.serialize_field("count", &self.count)?;
        object.serialize_field("more", &(self.count > self.members.len()))?;
        if let Some(you) = &self.you {
            object.serialize_field("you", &**you)?;
        }
        object.end()
    }
}
