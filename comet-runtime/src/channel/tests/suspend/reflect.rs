//! Handlers that hand on what they are told.

use super::{note, room};
use crate::channel::{Delivered, End, Expiration, Terminate, suspend};

#[tokio::test]
async fn g_15_the_first_event_resumes_who_only_reflects_it() {
    let room = room("reflected");
    let events = room.subscribe();
    room.publish_all(&[note("first"), note("second")]).await.unwrap();
    let mut first: Option<Delivered<_>> = None;
    let end = suspend(&mut first, events, Expiration::Never).await.unwrap();
    assert_eq!(end, End::Terminated(Terminate::Resumed));
    assert_eq!(first.unwrap().value().unwrap(), note("first"));
}
