#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| orgshake::fuzz::answer(bytes));
