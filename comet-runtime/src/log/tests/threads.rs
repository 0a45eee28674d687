use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::timeout;

use super::ROOMY;
use crate::log::{Batch, EventName, Log};

const ENTRIES: u64 = 20_000;

/// No wake-up is lost between a look and a wait, however the threads meet.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn readers_on_other_threads_miss_nothing() {
    let log = Log::new(ROOMY);
    let readers = (0..3).map(|_| {
        let mut reader = log.reader(0);
        tokio::spawn(async move {
            let mut seen = 0;
            while let Some(batch) = poll_fn(|cx| reader.poll_read(cx)).await {
                let Batch::Entries(entries) = batch else { panic!("nothing was dropped") };
                seen += entries.len() as u64;
                assert_eq!(reader.seen(), seen);
            }
            seen
        })
    });
    let readers: Vec<_> = readers.collect();
    let writer = std::thread::spawn(move || {
        for n in 1..ENTRIES {
            assert_eq!(log.append(EventName::MESSAGE, Bytes::from_static(b"0")), Some(n));
        }
        log.finish(EventName::DONE, Bytes::new())
    });
    for reader in readers {
        let seen =
            timeout(Duration::from_secs(60), reader).await.expect("no reader waits for ever");
        assert_eq!(seen.unwrap(), ENTRIES);
    }
    assert_eq!(writer.join().unwrap(), Some(ENTRIES));
}
