use std::collections::HashMap;
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::timeout;

use super::{declaration, follow, next};
use crate::channel::{Channel, Declaration, Directory, From, Slow, Subscription, Topic};
use crate::channel::{every, hub, key, topic};
use crate::log::EventName;

/// A channel type for each test, so that none hears of another's.
macro_rules! published {
    ($ty:ident, $group:literal $(, $slow:expr)?) => {
        #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        struct $ty {
            id: u64,
            n: u64,
        }

        impl Channel for $ty {
            const DECLARATION: &'static Declaration = {
                static HELD: Declaration = Declaration {
                    $(slow: $slow,)?
                    ..declaration($group, "todos/{list}/by/{who}")
                };
                &HELD
            };

            fn payload(&self) -> crate::Result<Vec<u8>> {
                crate::channel::json(self)
            }

            fn key(&self) -> crate::Result<Option<Vec<u8>>> {
                let conflated = matches!(Self::DECLARATION.slow, Slow::Conflate { .. });
                conflated.then(|| key(&self.id)).transpose()
            }
        }

        impl $ty {
            fn list(list: u64) -> Topic<$ty> {
                topic(&format!("todos/{list}/by/me"))
            }
        }
    };
}

async fn nothing<T: Channel>(reader: &mut Subscription<T>) -> bool {
    timeout(Duration::from_millis(1), reader.next()).await.is_err()
}

published!(Seen, "every-seen");

#[tokio::test(start_paused = true)]
async fn all_channels_of_a_type_are_followed_and_those_that_come_later() {
    Seen::list(1).publish(&Seen { id: 0, n: 0 }).await.unwrap();
    let mut all = every::<Seen>();
    for (list, n) in [(1, 1), (2, 2), (1, 3)] {
        Seen::list(list).publish(&Seen { id: 0, n }).await.unwrap();
    }
    for (list, n) in [(1, 1), (2, 2), (1, 3)] {
        let seen = all.next().await.unwrap();
        assert_eq!(seen.value().unwrap().n, n);
        assert_eq!(seen.channel(), format!("todos/{list}/by/me"));
        assert!(!seen.missed);
    }
    assert!(nothing(&mut all).await);
    assert_eq!(Seen::list(1).count(), 0, "it is no reader of the channels themselves");
}

published!(Gone, "every-gone");

#[tokio::test(start_paused = true)]
async fn the_cursor_is_the_one_in_the_channel_and_the_end_of_a_channel_is_no_end() {
    let mut all = every::<Gone>();
    Gone::list(1).publish_all(&[Gone { id: 0, n: 1 }, Gone { id: 0, n: 2 }]).await.unwrap();
    let first = all.next().await.unwrap();
    let mut one = Gone::list(1).subscribe().after(Some(first.cursor));
    let second = one.next().await.unwrap();
    assert_eq!((second.value().unwrap().n, second.channel()), (2, "todos/1/by/me"));
    Gone::list(1).close();
    Gone::list(1).publish(&Gone { id: 0, n: 3 }).await.unwrap();
    for n in [2, 3] {
        assert_eq!(all.next().await.unwrap().value().unwrap().n, n);
    }
}

published!(Slowly, "every-slow");

#[tokio::test(start_paused = true)]
async fn a_follower_that_is_too_slow_is_told_and_what_nobody_follows_is_kept_nowhere() {
    let mut all = every::<Slowly>();
    for n in 0..5000 {
        Slowly::list(n % 3).publish(&Slowly { id: 0, n }).await.unwrap();
    }
    let first = all.next().await.unwrap();
    assert_eq!((first.missed, first.value().unwrap().n), (true, 5000 - 4096));
    drop(all);
    Slowly::list(0).publish(&Slowly { id: 0, n: 0 }).await.unwrap();
    let mut later = every::<Slowly>();
    assert!(nothing(&mut later).await);
}

published!(Newest, "every-newest", Slow::Conflate { by: "id", variants: &[] });

#[tokio::test(start_paused = true)]
async fn keys_are_those_of_one_channel() {
    let mut all = every::<Newest>();
    for (list, id, n) in [(1, 7, 1), (2, 7, 2), (1, 7, 3), (1, 8, 4)] {
        Newest::list(list).publish(&Newest { id, n }).await.unwrap();
    }
    for n in [2, 3, 4] {
        assert_eq!(all.next().await.unwrap().value().unwrap().n, n);
    }
    assert!(nothing(&mut all).await);
}

published!(Asked, "every-asked");

#[tokio::test(start_paused = true)]
async fn no_client_can_name_all_channels() {
    let mut directory = Directory::default();
    directory.add(Asked::DECLARATION).unwrap();
    let mut all = every::<Asked>();
    for name in ["todos/*/by/*", "todos/%2A/by/%2a", "todos/{list}/by/{who}"] {
        // It is a channel like any other, with odd parameters.
        let named = directory.find(name).unwrap();
        assert_eq!(named.values.len(), 2);
        let node = hub().node(&named.name, named.declaration);
        let mut asked = follow([(&node, From::Last(8))]);
        Asked::list(1).publish(&Asked { id: 0, n: 1 }).await.unwrap();
        assert_eq!(next(&mut asked), None, "{name} hears nothing of `todos/1/by/me`");
        all.next().await.unwrap();
        hub().close(&node);
    }
    for name in ["todos/*", "todos/**", "*", "todos/*/by"] {
        assert!(directory.find(name).is_err(), "{name}");
    }
    let named = directory.find("todos/*/by/*").unwrap();
    let json = Bytes::from_static(br#"{"id":0,"n":9}"#);
    hub().append(&named, &EventName::MESSAGE, &json);
    assert_eq!(all.next().await.unwrap().channel(), named.name, "it is published there alone");
    assert!(nothing(&mut all).await);
}

published!(Raced, "every-raced");

/// Whoever follows misses nothing that is published on channels that come into being meanwhile, and gets each channel in
/// its order.
#[test]
fn nothing_is_lost_whenever_channels_come_into_being() {
    const LISTS: u64 = 20;
    const EACH: u64 = 20;
    let begun = Barrier::new(4);
    let publish = |from: u64| {
        begun.wait();
        for list in (from..from + LISTS).chain([9_999]) {
            for n in 0..EACH {
                let event = Raced { id: from, n };
                drop(Raced::list(list).publish(&event));
            }
        }
    };
    // Two followers, one of which comes and goes, so that the log of all channels does as well.
    let mut all = every::<Raced>();
    thread::scope(|scope| {
        for from in [0, 1000, 2000] {
            scope.spawn(move || publish(from));
        }
        begun.wait();
        (0..100).for_each(|_| drop(every::<Raced>()));
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut offsets = HashMap::new();
    let mut said = HashMap::new();
    runtime.block_on(async {
        for _ in 0..3 * (LISTS + 1) * EACH {
            let event = all.next().await.unwrap();
            let offset: &mut u64 = offsets.entry(event.channel().to_owned()).or_default();
            *offset += 1;
            assert!(
                event.cursor.to_string().ends_with(&format!(".{offset}")),
                "in order, and once"
            );
            let value = event.value().unwrap();
            let n: &mut u64 = said.entry((event.channel().to_owned(), value.id)).or_default();
            assert_eq!((event.missed, value.n), (false, *n));
            *n += 1;
        }
        assert!(nothing(&mut all).await);
    });
}
