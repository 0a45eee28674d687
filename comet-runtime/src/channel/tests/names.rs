use std::sync::Arc;
use std::time::Duration;

use tokio::time::advance;

use super::{declaration, leak, publish};
use crate::channel::Declaration;
use crate::channel::hub::Hub;

#[test]
fn a_name_is_one_channel_and_groups_share_none() {
    let hub = Hub::default();
    let one = leak(declaration("hub-one", "a/{x}"));
    let other = leak(declaration("hub-other", "a/{x}"));
    let node = hub.node("a/1", one);
    assert!(Arc::ptr_eq(&node, &hub.node("a/1", one)));
    assert!(!Arc::ptr_eq(&node, &hub.node("a/2", one)));
    assert!(!Arc::ptr_eq(&node, &hub.node("a/1", other)));
}

#[tokio::test(start_paused = true)]
async fn sweeping_takes_only_what_nobody_needs() {
    let hub = Hub::default();
    let kept = leak(declaration("hub-sweep", "kept/{x}"));
    let brief = leak(Declaration { history: None, ..declaration("hub-sweep", "brief/{x}") });
    let held = hub.node("brief/held", brief);
    let [unused, brief_history, history] =
        [("kept/unused", kept), ("brief/used", brief), ("kept/used", kept)].map(|(name, of)| {
            let node = hub.node(name, of);
            if name.ends_with("used") && !name.ends_with("unused") {
                publish(&node, "1");
            }
            (name, of, node.log.epoch())
        });
    let is_there = |(name, of, epoch): (&str, _, _)| hub.node(name, of).log.epoch() == epoch;
    advance(Duration::from_secs(59)).await;
    let fill = |names: std::ops::Range<u32>| {
        names.for_each(|name| drop(hub.node(&format!("kept/{name}"), kept)));
    };
    fill(0..1100);
    assert!(is_there(unused) && is_there(brief_history), "a page may be on its way to them");
    advance(Duration::from_secs(60)).await;
    fill(1100..2300);
    assert!(is_there(history), "what has history is kept");
    assert!(is_there(("brief/held", brief, held.log.epoch())), "what is held is kept");
    assert!(!is_there(unused), "an empty channel goes");
    assert!(!is_there(brief_history), "and one that promised no history");
}

#[test]
fn a_closed_channel_takes_nothing_and_its_name_begins_anew() {
    let hub = Hub::default();
    let declared = leak(declaration("hub-close", "a"));
    let old = hub.node("a", declared);
    publish(&old, "1");
    hub.close(&old);
    assert_eq!(old.log.append(crate::EventName::MESSAGE, bytes::Bytes::new()), None);
    let new = hub.node("a", declared);
    assert_eq!(new.log.newest(), 0);
    assert_ne!(new.log.epoch(), old.log.epoch());
    hub.close(&old);
    assert!(Arc::ptr_eq(&new, &hub.node("a", declared)), "closing twice does not close the next");
}
