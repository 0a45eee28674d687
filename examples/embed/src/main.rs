//! `cargo run -p embed`, or `cargo run -p embed -- 127.0.0.1:9000`.

use comet::{Html, comet};

/// Alone in its program, the example's page is the front page.
#[comet(route = "/", public)]
async fn home() -> Html {
    embed::LESSON.page()
}

#[tokio::main]
async fn main() -> comet::Result {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, embed::application(embed::Kitchen::default())?).await?;
    Ok(())
}
