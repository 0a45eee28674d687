use std::future::{Future, pending, ready};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

use super::{RHYTHM, nothing, piece, pieces, run, send, stream};
use crate::log::EventName;
use crate::run::Run;
use crate::transport::{StreamBody, Transport};

const SECOND: Duration = Duration::from_secs(1);
const BEAT: &str = "{\"event\":\"beat\",\"data\":{}}\n";

/// A stream whose server goes away when `ending` says so.
fn ending(run: Run, ending: impl Future<Output = ()> + Send + 'static) -> StreamBody {
    StreamBody::new(Transport::Ndjson, run, RHYTHM, Box::pin(ending))
}

/// The pieces without the leading `hello`, and the time `bye` gives checked and cut out.
async fn said(body: &mut StreamBody) -> Vec<String> {
    let mut lines: Vec<_> = pieces(body).await.concat().lines().map(str::to_owned).collect();
    assert!(lines.remove(0).starts_with("{\"event\":\"hello\""));
    for line in &mut lines {
        if let Some(after) = line.strip_prefix("{\"event\":\"bye\",\"data\":{\"after\":") {
            let after: u64 = after.trim_end_matches('}').parse().unwrap();
            assert!((500..3000).contains(&after), "{after}");
            *line = "bye".to_owned();
        }
    }
    lines
}

#[tokio::test(start_paused = true)]
async fn the_first_bytes_go_at_once() {
    let mut body = stream(Transport::Sse, |_| pending());
    let since = Instant::now();
    let first = piece(&mut body).await.unwrap();
    assert!(first.starts_with(":\n\nevent: hello\n") && first.ends_with("\n\n"));
    assert_eq!(since.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn silence_is_broken_by_a_heartbeat_and_what_is_said_puts_it_off() {
    let mut body = stream(Transport::Ndjson, |flow| async move {
        sleep(40 * SECOND).await;
        send(&flow, "1").await?;
        pending().await
    });
    piece(&mut body).await;
    let since = Instant::now();
    let mut seen = Vec::new();
    while seen.len() < 4 {
        let piece = piece(&mut body).await.unwrap();
        seen.push((since.elapsed().as_secs(), piece == BEAT));
    }
    assert_eq!(seen, [(15, true), (30, true), (40, false), (55, true)]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_reads_late_still_gets_its_heartbeat() {
    let mut body = stream(Transport::Ndjson, |_| pending());
    piece(&mut body).await;
    sleep(60 * SECOND).await;
    let since = Instant::now();
    assert_eq!(piece(&mut body).await.unwrap(), BEAT);
    assert_eq!(since.elapsed(), Duration::ZERO);
    assert_eq!(piece(&mut body).await.unwrap(), BEAT);
    assert_eq!(since.elapsed(), 15 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_waits_says_bye_when_the_server_goes() {
    let end = Arc::new(Notify::new());
    let heard = Arc::clone(&end);
    let mut body = ending(run(|_| pending()), async move { heard.notified().await });
    let reading = tokio::spawn(async move { (said(&mut body).await, body.is_end_stream()) });
    sleep(SECOND).await;
    end.notify_one();
    let (said, ended) = timeout(SECOND, reading).await.expect("it is woken").unwrap();
    assert_eq!(said, ["bye"]);
    assert!(ended);
}

#[tokio::test]
async fn a_handler_that_always_has_something_to_say_does_not_keep_bye_from_being_said() {
    let mut body = ending(
        run(|flow| async move {
            for _ in 0..100 {
                send(&flow, "0").await?;
            }
            nothing()
        }),
        ready(()),
    );
    let said = said(&mut body).await;
    assert_eq!(said.last().unwrap(), "bye");
    assert!(said.len() <= 2, "{said:?}");
}

#[tokio::test]
async fn what_is_written_goes_before_bye() {
    let mut run = run(|flow| async move {
        flow.begin();
        for n in 0..300 {
            flow.append(EventName::MESSAGE, Bytes::from(format!("{n}")));
        }
        pending().await
    });
    assert!(run.begin().await.is_none());
    let said = said(&mut ending(run, ready(()))).await;
    assert_eq!(said.len(), 301);
    assert_eq!(said.last().unwrap(), "bye");
}

#[tokio::test]
async fn a_run_that_is_through_says_done_and_not_bye() {
    let mut body = ending(
        run(|flow| async move {
            send(&flow, "1").await?;
            nothing()
        }),
        async { tokio::task::yield_now().await },
    );
    let said = said(&mut body).await;
    assert_eq!(said.len(), 2);
    assert!(said[1].ends_with("\"event\":\"done\",\"data\":null}"), "{said:?}");
}

#[tokio::test]
async fn after_its_last_message_a_stream_is_over() {
    let mut body = stream(Transport::Ndjson, |_| async { nothing() });
    assert!(!body.is_end_stream());
    let first = piece(&mut body).await.unwrap();
    assert!(first.ends_with("{\"id\":\"done\",\"event\":\"done\",\"data\":null}\n"));
    assert_eq!(piece(&mut body).await, None);
    assert!(body.is_end_stream());
    assert_eq!(piece(&mut body).await, None);
}

#[tokio::test]
async fn a_gap_is_said_in_its_place() {
    let flow = crate::run::resumable_flow();
    let log = Arc::clone(flow.log());
    for n in 1..=300 {
        log.append(EventName::MESSAGE, Bytes::from(format!("{n}")));
    }
    flow.take(300);
    let work = crate::run::Work::new(Box::pin(async { nothing() }), tracing::Span::none());
    let mut body = ending(Run::new(flow, work), pending());
    let said = said(&mut body).await;
    assert_eq!(said[0], r#"{"event":"gap","data":{"from":1,"to":45,"reason":"trimmed"}}"#);
    assert!(said[1].ends_with(r#".45","event":"message","data":45}"#), "{}", said[1]);
    assert_eq!(said.len(), 258);
}

#[test]
fn a_heartbeat_of_nothing_does_not_spin() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let rhythm = crate::transport::Rhythm { heartbeat: Duration::ZERO, resume: None };
        let run = run(|_| pending());
        let mut body = StreamBody::new(Transport::Ndjson, run, rhythm, Box::pin(pending()));
        piece(&mut body).await;
        let since = Instant::now();
        for _ in 0..3 {
            assert_eq!(piece(&mut body).await.unwrap(), BEAT);
        }
        assert!(since.elapsed() >= Duration::from_millis(2));
    });
}
