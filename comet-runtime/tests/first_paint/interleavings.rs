//! Random orders of changing the data, telling of it, reading it for a page and connecting: what a page shows is in the
//! end what there is, or it was told of a gap and has read the data anew.

use super::*;

/// Chance that can be had again: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

type Data = BTreeMap<u64, u64>;

/// A page on its way from the server to a browser that shows it.
enum Page {
    /// The position is taken, the data is not read.
    Begun(Live),
    Sent(Live, Data),
}

struct World {
    app: TestApp,
    board: u64,
    data: Data,
    /// Changes of the data that were not yet told of, in order.
    untold: Vec<Put>,
    pages: Vec<Page>,
    /// How many pages were shown, and how many of them had missed something.
    shown: (u32, u32),
}

impl World {
    async fn step(&mut self, random: &mut Random) {
        match random.below(10) {
            0..4 => {
                let put = Put { place: random.below(4), value: random.below(1_000) };
                self.data.insert(put.place, put.value);
                self.untold.push(put);
            }
            4..7 if !self.untold.is_empty() => self.tell().await,
            7 => self.pages.push(Page::Begun(Put::channel(self.board).live())),
            _ if !self.pages.is_empty() => {
                let index = random.below(self.pages.len() as u64) as usize;
                match self.pages.swap_remove(index) {
                    Page::Begun(live) => self.pages.push(Page::Sent(live, self.data.clone())),
                    Page::Sent(live, data) if random.below(3) == 0 => {
                        self.show(live, data, random.below(2) == 0).await;
                    }
                    sent => self.pages.push(sent),
                }
            }
            _ => {}
        }
    }

    async fn tell(&mut self) {
        let put = self.untold.remove(0);
        Put::channel(self.board).publish(&put).await.unwrap();
    }

    /// A browser gets the page and connects.
    async fn show(&mut self, live: Live, mut data: Data, polls: bool) {
        while !self.untold.is_empty() {
            self.tell().await;
        }
        let since = offset(&live);
        let newest = Put::channel(self.board).newest();
        let transport = if polls { Transport::Poll } else { Transport::Stream };
        let got = after(&self.app, transport, &[live]).await;
        let missed = got.iter().any(|(event, _)| event == "gap");
        assert_eq!(missed, newest - since > 8, "a gap, and only where something is gone");
        for (event, put) in got {
            match event.as_str() {
                // `on_gap = snapshot`: the page reads the data anew.
                "gap" => data.clone_from(&self.data),
                _ => {
                    _ = data.insert(put["place"].as_u64().unwrap(), put["value"].as_u64().unwrap());
                }
            }
        }
        assert_eq!(data, self.data);
        self.shown = (self.shown.0 + 1, self.shown.1 + u32::from(missed));
    }
}

fn offset(live: &Live) -> u64 {
    live.cursor().to_string().split_once('.').unwrap().1.parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_page_and_its_events_are_what_there_is() {
    let (mut shown, mut missed) = (0, 0);
    for seed in 1..=200 {
        eprintln!("seed {seed}");
        let mut random = Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        let (data, untold, pages) = Default::default();
        let mut world =
            World { app: app(), board: 1_000 + seed, data, untold, pages, shown: (0, 0) };
        for _ in 0..120 {
            world.step(&mut random).await;
        }
        shown += world.shown.0;
        missed += world.shown.1;
    }
    assert!(shown > 500 && missed > 50, "{shown} {missed}: too idle to show anything");
}
