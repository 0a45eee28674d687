//! What is drawn, and for whom.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use camera::Frame;
use comet::App;
use comet::test::TestApp;

#[tokio::test(start_paused = true)]
async fn pictures_are_drawn_while_somebody_watches_and_only_then() {
    tokio::spawn(camera::film());
    let camera = Frame::channel();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(camera.newest(), 0, "nobody watched");

    let mut watching = camera.subscribe();
    let first = watching.next().await.unwrap();
    let second = watching.next().await.unwrap();
    assert_ne!(first.bytes(), second.bytes(), "it moves");
    let decoder = png::Decoder::new(std::io::Cursor::new(&first.bytes()[..]));
    let mut picture = decoder.read_info().unwrap();
    assert_eq!((picture.info().width, picture.info().height), (400, 225));
    let mut pixels = vec![0; picture.output_buffer_size().unwrap()];
    picture.next_frame(&mut pixels).unwrap();
    assert!(pixels.iter().any(|&light| light > 200), "something shines");

    let app = TestApp::new(App::from_linked()).unwrap();
    assert_eq!(app.get("/camera/watching").await.json::<usize>().await, Some(1));
    drop(watching);
    let drawn = camera.newest();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(camera.newest(), drawn, "nobody watches any longer");
}
