use std::thread::scope;

use super::*;

/// A list and its cursor are of one point, however many come and go at that moment.
#[test]
fn a_list_is_exact_while_others_come_and_go() {
    for round in 0..20 {
        let node = channel();
        let come_and_go = |name: &str| {
            for nth in 0..20 {
                let seat = node.sit(&Who::asking(Some(&format!("{name}{nth}")), None, false));
                if nth % 2 == round % 2 {
                    seat.leave();
                } else {
                    std::mem::forget(seat);
                }
            }
        };
        let mut watchers: Vec<Watcher> = scope(|threads| {
            let writers = ["a", "b", "c"].map(|name| threads.spawn(move || come_and_go(name)));
            let watch = || (0..40).map(|_| Watcher::new(&node, &Who::default())).collect();
            let watchers: Vec<_> = threads.spawn(watch).join().unwrap();
            writers.into_iter().for_each(|writer| writer.join().unwrap());
            watchers
        });
        for watcher in &mut watchers {
            watcher.read();
            watcher.assert_knows(&node);
        }
        assert_eq!(node.present().unwrap().count(), 30);
    }
}
