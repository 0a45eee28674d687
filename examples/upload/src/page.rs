//! The page around the handlers.

layout::lesson! {
    /// What the page shows.
    LESSON {
        path: "/upload",
        title: "Upload",
        summary: "A file goes up by one request, and how far it is comes down by another: the body is read while it comes.",
        live: "live.html",
        source: "lib.rs",
        curl: "curl --data-binary @/bin/sh \"http://127.0.0.1:8080/uploads/mine?size=$(stat -c %s /bin/sh)\"\ncurl -N 'http://127.0.0.1:8080/comet/events?channel=uploads/mine&history=1'",
    }
    page: upload_page,
    script: upload_script at "/upload.js",
}
