//! A whole struct of handlers at once: every `pub` method is one, and `&self` is the app's one instance.

mod page;
pub mod shoutbox;

pub use page::{LESSON, SHOUTBOX};

use std::collections::BTreeMap;
use std::time::Duration;

use comet::{Fault, Html, Json, Page, StatusCode, comet};
use serde::Serialize;
use tokio::sync::{Mutex, watch};

/// Conversions that go on in the background, the newest hundred.
#[derive(Debug, Default)]
pub struct Jobs {
    jobs: Mutex<BTreeMap<u64, Job>>,
}

#[comet(prefix = "/jobs", public)]
impl Jobs {
    /// Starts a job and draws its bar while the page is there; the job itself goes on without.
    pub async fn start(&self, file: String, page: &mut Page) -> comet::Result {
        let (id, mut job) = self.queue(file).await;
        page.html_append("#jobs", row(id))
            .text(format!("#job-{id} .file"), format!("{id}: {}", job.file));
        while job.percent.changed().await.is_ok() {
            let percent = *job.percent.borrow_and_update();
            page.css(format!("#job-{id} .bar"), "width", format!("{percent}%"))
                .text(format!("#job-{id} .percent"), format!("{percent} %"))
                .flush()
                .await?;
        }
        Ok(())
    }

    /// Waits for the end of a job: a request that is answered when there is something to say.
    #[longpoll(route = "/{id}/done", timeout = "20s")]
    pub async fn done(&self, id: u64) -> Result<Json<Outcome>, NoSuchJob> {
        let mut job = self.jobs.lock().await.get(&id).cloned().ok_or(NoSuchJob(id))?;
        while job.percent.changed().await.is_ok() {}
        Ok(Json(Outcome { pages: job.file.len(), file: job.file }))
    }

    /// How many jobs are known; public to Rust, but not to browsers.
    #[comet(skip)]
    pub async fn count(&self) -> usize {
        self.jobs.lock().await.len()
    }

    async fn queue(&self, file: String) -> (u64, Job) {
        let (work, percent) = watch::channel(0);
        tokio::spawn(async move {
            for percent in 1..=100 {
                tokio::time::sleep(Duration::from_millis(30)).await;
                work.send_replace(percent);
            }
        });
        let mut jobs = self.jobs.lock().await;
        let id = jobs.last_key_value().map_or(1, |(id, _)| id + 1);
        let job = Job { file, percent };
        jobs.insert(id, job.clone());
        if jobs.len() > 100 {
            jobs.pop_first();
        }
        (id, job)
    }
}

#[derive(Clone, Debug)]
struct Job {
    file: String,
    percent: watch::Receiver<u32>,
}

/// What became of a job.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The file as it was called when the job began.
    pub file: String,
    /// How many pages came out.
    pub pages: usize,
}

/// A number that no job has.
#[derive(Debug, thiserror::Error)]
#[error("there is no job {0}")]
pub struct NoSuchJob(u64);

impl Fault for NoSuchJob {
    fn status(&self) -> StatusCode {
        StatusCode::NOT_FOUND
    }
}

/// A job's row: the markup is ours, what users typed goes in as text.
fn row(id: u64) -> Html {
    Html::trusted(format!(
        r#"<li id="job-{id}" class="arrive">
            <p class="split"><span class="file"></span><span class="percent figures"></span></p>
            <div class="track"><div class="bar"></div></div>
        </li>"#
    ))
}
