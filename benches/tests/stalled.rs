//! Readers that stop reading hold up nobody: `bench stalled` with few enough of them for a test.
#![allow(clippy::unwrap_used)]

use std::process::Command;

#[test]
#[ignore = "needs some seconds of both cores and 150 MiB of the kernel's buffers"]
fn who_stops_reading_takes_nothing_from_the_others_and_is_told_of_the_gap() {
    let mut bench = Command::new(env!("CARGO_BIN_EXE_bench"));
    bench.args(["stalled", "--readers", "80", "--stalled", "30", "--messages", "300"]);
    let output = bench.output().unwrap();
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
