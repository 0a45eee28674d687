#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comet::fuzzing::websocket(data));
