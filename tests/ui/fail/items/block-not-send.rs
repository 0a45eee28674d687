use std::sync::MutexGuard;

use comet::comet;

struct Kept(MutexGuard<'static, u64>);

#[comet]
impl Kept {
    pub async fn count(&self) -> comet::Json<u64> {
        comet::Json(*self.0)
    }
}

fn main() {}
