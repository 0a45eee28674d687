//! The handlers around an example: its page, its script, and its front page when it runs alone.

/// Declares an example: a [`Lesson`](crate::Lesson) of that name, and the handlers that serve its page and its scripts.
///
/// Files are the crate's own: `live` and scripts are in `static/`, `source` is in `src/`. An example that renders its page
/// itself, by [`Lesson::page_with`](crate::Lesson::page_with), leaves `page` and `live` out.
///
/// ```text
/// layout::lesson! {
///     /// What the page shows.
///     LESSON {
///         path: "/ticker",
///         title: "Ticker",
///         summary: "Typed events from one endpoint.",
///         live: "live.html",
///         source: "lib.rs",
///         curl: "curl -N http://127.0.0.1:8080/ticker/COMET",
///     }
///     page: ticker_page,
///     script: ticker_script at "/ticker.js",
/// }
/// ```
#[macro_export]
macro_rules! lesson {
    (
        $(#[$doc:meta])*
        $lesson:ident {
            path: $path:literal,
            title: $title:literal,
            summary: $summary:literal,
            $(live: $live:literal,)?
            source: $source:literal,
            curl: $curl:literal $(,)?
        }
        $(page: $page:ident,)?
        $(script: $script:ident at $at:literal,)*
    ) => {
        $(#[$doc])*
        pub const $lesson: $crate::Lesson = $crate::Lesson {
            path: $path,
            title: $title,
            summary: $summary,
            live: concat!($(include_str!(concat!("../static/", $live)))?),
            source: include_str!($source),
            curl: $curl,
        };

        $(
            #[comet::comet($path, public)]
            async fn $page() -> comet::Html {
                $lesson.page()
            }
        )?

        $(
            #[comet::comet($at, public)]
            async fn $script() -> $crate::Response {
                $crate::script(include_str!(concat!("../static", $at)))
            }
        )*
    };
}

/// Makes an example's page the front page of a program that has no other.
#[macro_export]
macro_rules! front {
    ($lesson:path) => {
        #[comet::comet("/", public)]
        async fn front() -> comet::Html {
            $lesson.page()
        }
    };
}
