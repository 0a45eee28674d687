use std::cell::RefCell;

use comet::{Page, comet};

struct Counter {
    count: RefCell<u64>,
}

#[comet]
impl Counter {
    pub async fn add(&self) {
        *self.count.borrow_mut() += 1;
    }

    pub async fn show(&self, page: &mut Page) {
        let _ = (page, self.count.borrow());
    }
}

fn main() {}
