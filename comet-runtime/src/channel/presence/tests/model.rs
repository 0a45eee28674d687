use std::collections::BTreeMap;

use proptest::prelude::*;
use tokio::time::{Instant, advance};

use super::*;
use crate::channel::Seat;

/// What happens at a channel.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A connection of a person: users are 0 to 2, strangers with an id 3 to 5, the others have none.
    Come(u8),
    /// One of the connections is lost.
    Go(prop::sample::Index),
    /// One of them is cut off for good.
    Ban(prop::sample::Index),
    Revoke(u8),
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let index = any::<prop::sample::Index>;
    let step = prop_oneof![
        4 => (0..8_u8).prop_map(Step::Come),
        4 => index().prop_map(Step::Go),
        1 => index().prop_map(Step::Ban),
        1 => (0..3_u8).prop_map(Step::Revoke),
        3 => prop_oneof![1..1_000_u64, 7_000..8_000_u64, 14_990..15_010_u64].prop_map(Step::Pass),
    ];
    prop::collection::vec(step, 1..60)
}

fn who(person: u8) -> Who {
    let (user, client) = (format!("user{person}"), format!("client{person}"));
    match person {
        0..=2 => Who::asking(Some(&user), Some(&client), false),
        3..=5 => Who::asking(None, Some(&client), false),
        _ => Who::asking(None, None, false),
    }
}

/// Who is there, by the simplest book there could be: of each person the readers, and when the last one went.
#[derive(Debug, Default)]
struct Model {
    people: BTreeMap<u32, (usize, Option<Instant>)>,
    next: u32,
}

impl Model {
    fn come(&mut self, person: u8) -> u32 {
        self.next += 1;
        // Connections without an id are a person each.
        let key = if person < 6 { u32::from(person) } else { 100 + self.next };
        let (readers, gone) = self.people.entry(key).or_default();
        (*readers, *gone) = (*readers + 1, None);
        key
    }

    fn go(&mut self, key: u32, at_once: bool) {
        let Some((readers, gone)) = self.people.get_mut(&key) else { return };
        *readers -= 1;
        *gone = Some(Instant::now());
        if *readers == 0 && (at_once || key >= 100) {
            self.people.remove(&key);
        }
    }

    fn count(&mut self) -> usize {
        let now = Instant::now();
        self.people
            .retain(|_, (readers, gone)| *readers > 0 || gone.is_none_or(|gone| now < gone + STAY));
        self.people.len()
    }
}

async fn run(steps: Vec<Step>) {
    let node = channel();
    let mut watchers = vec![Watcher::new(&node, &Who::default())];
    let mut model = Model::default();
    let mut seats: Vec<(u32, u8, Option<Seat>)> = Vec::new();
    for step in steps {
        match step {
            Step::Come(person) => {
                let seat = node.sit(&who(person));
                seats.push((model.come(person), person, Some(seat)));
            }
            Step::Go(index) | Step::Ban(index) if !seats.is_empty() => {
                let (key, _, seat) = seats.swap_remove(index.index(seats.len()));
                let ban = matches!(step, Step::Ban(_));
                match seat {
                    Some(seat) if ban => seat.leave(),
                    seat => drop(seat),
                }
                model.go(key, ban);
            }
            Step::Go(_) | Step::Ban(_) => {}
            Step::Revoke(person) => {
                node.revoke(&format!("user{person}"));
                model.people.remove(&u32::from(person));
                seats.retain(|(_, of, _)| *of != person);
            }
            Step::Pass(millis) => advance(Duration::from_millis(millis)).await,
        }
        // The task that waits for the absent gets its turn.
        tokio::task::yield_now().await;
        watchers.iter_mut().for_each(Watcher::read);
        assert_eq!(watchers[0].count, model.count() as u64, "{step:?}");
        watchers.iter().for_each(|watcher| watcher.assert_knows(&node));
        watchers.push(Watcher::new(&node, &Who::default()));
    }
    drop(seats);
    advance(STAY).await;
    tokio::task::yield_now().await;
    watchers[0].read();
    assert_eq!(watchers[0].members.len(), 0, "in the end all are gone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whoever_looks_whenever_sees_who_is_there(steps in steps()) {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().unwrap();
        runtime.block_on(run(steps));
    }
}
