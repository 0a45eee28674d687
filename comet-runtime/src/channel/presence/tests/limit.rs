use super::*;
use crate::channel::presence::roster::MOST;

#[tokio::test(start_paused = true)]
async fn who_is_one_too_many_follows_and_is_not_counted() {
    let node = channel();
    let come = |nth: usize| node.sit(&Who::asking(Some(&format!("user{nth}")), None, false));
    let mut seats: Vec<_> = (0..MOST).map(come).collect();
    let mut late = come(MOST);
    assert_eq!((node.present().unwrap().count(), node.count()), (MOST, MOST + 1));
    assert!(late.take_attendance().unwrap().you.is_none());
    assert!(come(0).take_attendance().unwrap().you.is_some(), "who is there is counted on");
    seats.pop().unwrap().leave();
    drop(late);
    assert_eq!(node.present().unwrap().count(), MOST - 1);
    assert!(come(MOST).take_attendance().unwrap().you.is_some(), "a place was free");
}
