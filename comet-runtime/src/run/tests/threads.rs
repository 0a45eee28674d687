use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::{Runs, next, nothing, on, owner, resumable_flow, send};

const EVENTS: u64 = 5_000;

/// A client that is cut off again and again, on other threads than its handler, sees every event once and in order.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn coming_back_at_any_moment_loses_and_doubles_nothing() {
    let runs = Runs::new(10);
    let flow = resumable_flow();
    let epoch = flow.log().epoch();
    let handler = on(Arc::clone(&flow), |flow| async move {
        for n in 1..=EVENTS {
            send(&flow, &n.to_string()).await?;
        }
        nothing()
    });
    let place = runs.reserve().unwrap();
    let mut run = runs.adopt(handler, place, owner(), Duration::from_secs(60));
    let mut seen = 0;
    let reading = async {
        for looks in (0..4).cycle() {
            for _ in 0..looks {
                for event in next(&mut run).await.expect("nobody else takes the run") {
                    seen += 1;
                    if seen > EVENTS {
                        assert_eq!(event, "done null");
                        return;
                    }
                    assert_eq!(event, format!("message {seen}"));
                }
            }
            // The seat is taken from the one before, or was left by it.
            if looks % 2 == 0 {
                run = runs.resume(epoch, seen, &owner()).unwrap();
            } else {
                drop(run);
                run = runs.resume(epoch, seen, &owner()).unwrap();
            }
        }
    };
    timeout(Duration::from_secs(60), reading).await.expect("no wake-up is lost");
    assert_eq!(seen, EVENTS + 1);
}
