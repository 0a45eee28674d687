use std::rc::Rc;

use comet::{State, comet};

#[comet]
async fn show(names: State<Rc<str>>) {
    let _ = names;
}

fn main() {}
