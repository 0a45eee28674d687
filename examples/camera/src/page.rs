//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/camera",
        title: "Camera",
        summary: "A live picture: frames that are drawn in Rust and pushed into an image, while somebody watches.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl http://127.0.0.1:8080/camera/watching\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=camera&transport=multipart' | grep -a Content-Type",
    }
    page: camera_page,
    script: camera_script at "/camera.js",
}
