#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tarae_fuzz::bounded(bytes, tarae::__hostile::batch));
