//! The page around the functions.

use comet::compat::sijax::Bootstrap;
use comet::{Html, comet};

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/sijax",
        title: "Sijax",
        summary: "A page that was written for Sijax calls handlers as it called Python functions.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl -H 'X-Requested-With: XMLHttpRequest' \\\n  -d sijax_rq=greet -d 'sijax_args=[\"world\"]' \\\n  http://127.0.0.1:8080/sijax",
    }
    script: sijax_script at "/sijax-scripts.js",
    script: old_script at "/old-page.js",
}

/// The page, with the token that its calls carry where the app asks for one.
pub fn page(sijax: &Bootstrap) -> Html {
    LESSON.page_with(&LESSON.live.replace("CSRF_TOKEN", sijax.csrf_token().unwrap_or_default()))
}

/// At the URL that the page's calls are posted to.
#[comet("/sijax", public)]
async fn sijax_page(sijax: Bootstrap) -> Html {
    page(&sijax)
}
