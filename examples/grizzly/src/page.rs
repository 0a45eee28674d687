//! The pages around the handlers.

/// All of them, in the order to read them.
pub const LESSONS: [&layout::Lesson; 5] = [&CLICKER, &HALL, &WORDS, &BLOG, &NOTICES];

layout::lesson! {
    /// The counter, by the wire of Grizzly's own.
    CLICKER {
        path: "/clicker",
        title: "Grizzly’s counter",
        summary: "The click counter that came with Grizzly, by the bytes that its pages know: held requests and two kinds of hidden frames.",
        live: "clicker.html",
        source: "clicker.rs",
        curl: "curl -i -X POST http://127.0.0.1:8080/long_polling    # a GET is held until then",
    }
    page: clicker_page,
    script: clicker_script at "/clicker.js",
}

layout::lesson! {
    /// A chat with a moderator.
    HALL {
        path: "/hall",
        title: "Hall",
        summary: "A chat with a login and a moderator’s desk, where every arrival and every delivery is told, one by one.",
        live: "hall.html",
        source: "hall.rs",
        curl: "curl -N 'http://127.0.0.1:8080/comet/events?channel=hall&history=10'",
    }
    page: hall_page,
    script: hall_script at "/hall.js",
}

layout::lesson! {
    /// Words that everybody drags.
    WORDS {
        path: "/words",
        title: "Words",
        summary: "Words on a board that all visitors drag about at once.",
        live: "words.html",
        source: "words.rs",
        curl: "curl -N 'http://127.0.0.1:8080/comet/events?channel=words'",
    }
    page: words_page,
    script: words_script at "/words.js",
}

layout::lesson! {
    /// A micro-blog.
    BLOG {
        path: "/blog",
        title: "Micro-blog",
        summary: "A wall for everybody. Following somebody is one more channel for a reader that waits already.",
        live: "blog.html",
        source: "blog.rs",
        curl: "curl -N 'http://127.0.0.1:8080/comet/events?channel=walls/ada&history=10'",
    }
    page: blog_page,
    script: blog_script at "/blog.js",
}

layout::lesson! {
    /// A room that others push into.
    NOTICES {
        path: "/notices",
        title: "Notices",
        summary: "A room that a timer of the server and any other program push into.",
        live: "notices.html",
        source: "notices.rs",
        curl: "curl --json '[\"The build\", \"All tests passed.\"]' http://127.0.0.1:8080/notices",
    }
    page: notices_page,
    script: notices_script at "/notices.js",
}
