//! What handlers answer, as constants: for [`assert_routes!`](crate::assert_routes), and for links.

mod distinct;
mod text;

pub use distinct::{Taken, assert_distinct, count, taken};
pub(crate) use distinct::{equal, fnv1a};
pub(crate) use text::Text;

use crate::registry::{Endpoint, Linked};

/// A handler, or a type with an annotated block, which is `At` whatever tells blocks of one type apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no handler and has no handlers",
    label = "not annotated with `#[comet]` or `#[longpoll]`",
    note = "list handlers by the names of their functions, and types by those of their annotated `impl` blocks"
)]
pub trait Declares<At> {
    /// All that it answers.
    const ENDPOINTS: &'static [Endpoint];
}

/// All that an annotated item answers, as it is collected.
#[must_use]
pub const fn linked<T: Declares<At>, At>() -> Linked {
    Linked(T::ENDPOINTS)
}

/// Checks at `cargo check` that no two of the listed handlers answer the same request, from whatever crates they come.
///
/// Within a crate the compiler sees that without a list; between crates the linker does where it can, and the start
/// always. The list is for whoever wants to know before anything is built, in the crate that has all of them: functions
/// by their names, and types with annotated `impl` blocks. The rules are those of a start: equal routes clash whatever
/// their placeholders are called, and `ANY` with each method, while `/tasks/new` and `/tasks/{id}` get along.
///
/// ```
/// # mod chat { #[comet::comet("/rooms/{id}", public)] pub async fn room(id: u64) { drop(id) } }
/// # mod news {
/// # pub struct News;
/// # #[comet::comet(prefix = "/news", public)]
/// # impl News { #[comet("/{topic}")] pub async fn read(&self, topic: String) { drop(topic) } }
/// # }
/// comet::assert_routes![chat::room, news::News];
/// ```
///
/// Two handlers on one route do not compile, and the message has both with their places:
///
/// ```text
/// error[E0080]: evaluation panicked: two handlers answer GET /rooms/{topic}:
///                   `room` at chat/src/lib.rs:4:14, "/rooms/{id}"
///                   `News::read` at news/src/lib.rs:9:18, "/rooms/{topic}"
///                 change one of the two
/// ```
///
/// A handler with `link = false` has no name to list it by. A type with several annotated blocks cannot be listed.
#[macro_export]
macro_rules! assert_routes {
    ($($handler:ty),+ $(,)?) => {
        const _: () = {
            const LISTED: &[&[$crate::__private::Endpoint]] =
                &[$(<$handler as $crate::__private::Declares<_>>::ENDPOINTS),+];
            const TAKEN: [$crate::__private::Taken; $crate::__private::count(LISTED)] =
                $crate::__private::taken(LISTED);
            $crate::__private::assert_distinct(&TAKEN);
        };
    };
}
