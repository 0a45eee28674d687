//! `cargo run -p embed`, or `cargo run -p embed -- 127.0.0.1:9000`.

layout::front!(embed::LESSON);

#[tokio::main]
async fn main() -> comet::Result {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, embed::application(embed::Kitchen::default())?).await?;
    Ok(())
}
