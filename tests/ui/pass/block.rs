//! Every `pub` method of an annotated block is a handler, and no other.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use comet::test::TestApp;
use comet::{App, Json, Page, comet};

/// Some work.
#[derive(Debug, Default, Clone, serde::Serialize, serde::Deserialize)]
pub struct HttpJobs {
    name: String,
}

#[comet(prefix = "/jobs", public)]
impl HttpJobs {
    /// Not a method.
    pub const LIMIT: u32 = 3;

    /// An associated function is not exposed.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }

    /// Exposed, since it is `pub`.
    pub async fn start(&self, file: String, page: &mut Page) -> String {
        page.text("#file", &file);
        format!("{} {file}", self.name)
    }

    /// With a route of its own.
    #[longpoll(route = "/{id}/done?{after}", timeout = "20s")]
    pub async fn done<'a>(&'a self, id: u64, after: Option<&'a str>) -> Json<(u64, String)> {
        Json((id, format!("{} {}", self.name, after.unwrap_or("start"))))
    }

    /// `Self` in argument and result.
    #[comet(name = "same", name = "again", link = other_url)]
    pub async fn copy(&self, of: Self) -> Json<Self> {
        Json(of)
    }

    /// The whole of it.
    #[comet("/", link = false)]
    pub async fn all(&self) -> &'static str {
        "all"
    }

    /// `pub` to Rust only.
    #[comet(skip)]
    pub fn stats(&self) -> usize {
        self.helper()
    }

    #[comet("/inside")]
    pub(crate) async fn inside(&self) {}

    /// A handler without an instance.
    #[comet]
    pub async fn ping() -> &'static str {
        "pong"
    }

    /// One of the two is not there.
    #[cfg(unix)]
    #[comet("/cfg")]
    pub async fn conditional(&self) {}

    /// One of the two is not there.
    #[cfg(not(unix))]
    #[comet("/cfg")]
    pub async fn conditional(&self) {}

    fn helper(&self) -> usize {
        self.name.len()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    assert_eq!(HttpJobs::start_url().as_str(), "/comet/call/http_jobs_start");
    assert_eq!(HttpJobs::done_url(3, Some("a b")).as_str(), "/jobs/3/done?after=a%20b");
    assert_eq!(HttpJobs::done_url(3, None::<&str>).as_str(), "/jobs/3/done");
    assert_eq!(HttpJobs::other_url().as_str(), "/comet/call/same");
    assert_eq!(HttpJobs::inside_url().as_str(), "/jobs/inside");
    assert_eq!(HttpJobs::conditional_url().as_str(), "/jobs/cfg");

    let error = TestApp::new(App::from_linked()).unwrap_err().to_string();
    assert!(error.contains("HttpJobs") && error.contains(".with("), "{error}");

    let jobs = HttpJobs::new("work");
    assert_eq!((jobs.stats(), HttpJobs::LIMIT), (4, 3));
    let app = TestApp::new(App::from_linked().with(jobs))?;
    let done = app.call("http_jobs_start", &["x"]).await.last().await.expect("a last message");
    assert_eq!(done.data, "work x");
    let url = HttpJobs::done_url(3, Some("7"));
    assert_eq!(app.get(url.as_str()).await.json().await, Some((3, "work 7".to_owned())));
    assert_eq!(app.get("/jobs").await.text().await, "all");
    assert_eq!(app.call("http_jobs_ping", &[0; 0]).await.text().await, "pong");
    for name in ["same", "again"] {
        let mut copy = app.call(name, &[HttpJobs::new("copied")]).await;
        assert_eq!(copy.json::<HttpJobs>().await.expect("a copy").name, "copied");
    }
    for name in ["http_jobs_stats", "http_jobs_helper", "http_jobs_new", "http_jobs_copy"] {
        assert_eq!(app.call(name, &[0; 0]).await.status, 404, "{name}");
    }
    Ok(())
}
