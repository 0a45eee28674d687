use proptest::prelude::*;

use super::channel;
use crate::channel::Positions;
use crate::log::{Cursor, Epoch};

fn positions(of: &[(Epoch, u64)]) -> Positions {
    of.iter().copied().collect()
}

#[test]
fn a_position_is_one_part_a_log_in_any_order() {
    let (a, b) = (Epoch::random(), Epoch::random());
    let text = positions(&[(a, 7), (b, 0)]).to_string();
    assert_eq!(text, format!("{}~{}", Cursor::after(a, 7), Cursor::after(b, 0)));
    let turned = text.split('~').rev().collect::<Vec<_>>().join("~");
    for text in [text, turned] {
        let read = Positions::read(&text);
        assert_eq!((read.in_log(a), read.in_log(b)), (Some(7), Some(0)), "{text}");
        assert_eq!(read.in_log(Epoch::random()), None);
        assert!(!read.has_other_than(&[a, b].into_iter()));
        assert!(read.has_other_than(&[a].into_iter()), "b's part is of no log that is followed");
    }
}

#[test]
fn what_is_no_position_does_not_count() {
    let a = Epoch::random();
    let good = Cursor::after(a, 7).to_string();
    for text in [format!("~{good}~"), format!("done~{good}"), format!("x~{good}~7~../etc")] {
        assert_eq!(Positions::read(&text), positions(&[(a, 7)]), "{text}");
    }
    for text in ["", "~", "~~~", "done", "7", ".", "x.1", "\0", "ü~ü"] {
        assert!(Positions::read(text).is_empty(), "{text:?}");
    }
}

#[test]
fn parts_beyond_the_most_are_not_read() {
    let logs: Vec<_> = (1..=65).map(|offset| (Epoch::random(), offset)).collect();
    let read = Positions::read(&positions(&logs).to_string());
    assert_eq!(read, positions(&logs[..64]));
}

#[test]
fn a_position_moves_with_its_log_only() {
    let nodes = [channel("position", "a"), channel("position", "b")];
    let [a, b] = nodes.map(|node| node.log.epoch());
    let mut moved = positions(&[(a, 1), (b, 1)]);
    moved.advance(1, b, 5);
    moved.advance(2, b, 9);
    assert_eq!(moved, positions(&[(a, 1), (b, 5)]));
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_read_is_written_alike(text in "([0-9a-hjkmnp-tv-z]{26}[.~][0-9]{1,20}~?|.){0,6}") {
        let read = Positions::read(&text);
        prop_assert_eq!(Positions::read(&read.to_string()), read);
    }

    #[test]
    fn what_is_written_is_read_alike(offsets in prop::collection::vec(any::<u64>(), 0..64)) {
        let logs: Vec<_> = offsets.iter().map(|offset| (Epoch::random(), *offset)).collect();
        let all = positions(&logs);
        prop_assert_eq!(Positions::read(&all.to_string()), all);
    }
}
