//! Ids of sessions, and what clients come back with.

use crate::random;

/// What a client asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked<'p> {
    /// A session.
    Begin,
    /// More of a session: its id, and how many updates have arrived.
    GoOn(&'p str, Option<u64>),
}

/// An id that nobody can guess, in the form that Roots had: `{server}-{32 letters and digits}-{number}`.
pub(super) fn id(server: &str, number: u64) -> String {
    format!("{server}-{:032x}-{number}", random::secret())
}

impl<'p> Asked<'p> {
    /// Reads what follows the URL of the mount; `None` for what no client of Roots asks for.
    pub(super) fn read(rest: &'p str) -> Option<Self> {
        let rest = rest.strip_prefix('/')?;
        // The second is what Pomona makes of an answer that it cannot read.
        if matches!(rest, "" | "undefined") {
            return Some(Self::Begin);
        }
        let (id, seen) = rest.split_once('/').unwrap_or((rest, ""));
        is_id(id).then(|| Self::GoOn(id, seen.parse().ok()))
    }
}

/// Whether text could be an id, of this server or of one before it.
fn is_id(text: &str) -> bool {
    let mut parts = text.rsplitn(3, '-');
    let (number, random, server) = (parts.next(), parts.next(), parts.next());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let random = random.is_some_and(|random| {
        random.len() == 32 && random.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    number.is_some_and(digits) && random && server.is_some_and(|server| !server.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Asked, id};

    #[test]
    fn r_01_ids_have_the_form_of_roots_and_differ() {
        let (one, two) = (id("COMET", 1), id("COMET", 2));
        assert_eq!(one.len(), "COMET--1".len() + 32);
        assert_ne!(one[..38], two[..38]);
        assert_eq!(Asked::read(&format!("/{one}/7")), Some(Asked::GoOn(&one, Some(7))));
    }

    #[test]
    fn r_04_what_clients_come_back_with_is_told_from_other_paths() {
        let old = "DOLORES-SERVER-xbnZ0123456789abcdefABCDEF012345-12";
        for (rest, wanted) in [
            ("/", Some(Asked::Begin)),
            ("/undefined", Some(Asked::Begin)),
            (&*format!("/{old}"), Some(Asked::GoOn(old, None))),
            (&*format!("/{old}/3"), Some(Asked::GoOn(old, Some(3)))),
            (&*format!("/{old}/x"), Some(Asked::GoOn(old, None))),
            (&*format!("/{old}/-1"), Some(Asked::GoOn(old, None))),
            (&*format!("/{old}/3/4"), Some(Asked::GoOn(old, None))),
            (&*format!("/{old}-x"), None),
            ("", None),
            ("/events", None),
            ("/channels/a-b-1", None),
            ("/a-b-1/0", None),
        ] {
            assert_eq!(Asked::read(rest), wanted, "{rest}");
        }
    }
}
