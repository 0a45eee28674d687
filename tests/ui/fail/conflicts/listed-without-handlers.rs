struct Jobs;

comet::assert_routes![Jobs];

fn main() {}
