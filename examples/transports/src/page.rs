//! The pages around the handlers.

use comet::{Html, comet};

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/transports",
        title: "Transports",
        summary: "One channel over every transport, side by side, with what each of them costs.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl --json '[\"shell\", 0]' http://127.0.0.1:8080/pulses\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=pulses&history=3'\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=pulses&history=3&transport=ndjson'\ncurl 'http://127.0.0.1:8080/comet/events?channel=pulses&history=3&transport=longpoll'",
    }
    page: transports_page,
    script: transports_script at "/transports.js",
    script: wires_script at "/wires.js",
    script: elsewhere_script at "/elsewhere.js",
}

/// A page of another site, as far as the browser is concerned: it is shown in a sandbox, which has an origin of its own.
#[comet("/elsewhere", public)]
async fn elsewhere() -> Html {
    Html::trusted(include_str!("../static/elsewhere.html"))
}
