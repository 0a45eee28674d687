//! Whose reader a reader is, as far as its request tells.

/// Who follows a channel. The default is nobody: the program's own readers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    /// Whose access is revoked with the user's.
    pub(crate) user: Option<String>,
    /// Whom the others see, if anybody.
    pub(crate) person: Option<Person>,
}

/// One person, however many tabs, devices and connections.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Person {
    User(String),
    /// A stranger, by the id that its client made. It is a secret of that client and is shown to nobody.
    Client(String),
    /// A stranger without an id, for as long as the connection lasts.
    Connection,
}

impl Who {
    /// Whose request it is: a signed-in user, or a stranger with an id or without. Of a stranger without an id that only
    /// `passes`, as a poll does, the next request cannot be told from another's: it is nobody.
    pub(crate) fn asking(user: Option<&str>, client: Option<&str>, passes: bool) -> Self {
        let person = match (user, client) {
            (Some(user), _) => Some(Person::User(user.to_owned())),
            (None, Some(client)) => Some(Person::Client(client.to_owned())),
            (None, None) => (!passes).then_some(Person::Connection),
        };
        Self { user: user.map(str::to_owned), person }
    }
}
