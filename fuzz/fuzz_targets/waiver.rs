//! The waivers file: whatever the text is, reading ends in waivers or in an error that names a line. Waivers that
//! were read survive a round trip through JSON, as assessments carry them.

#![no_main]

use assize::config::parse_waivers;
use assize::model::Waiver;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match parse_waivers("waivers.yaml", text) {
        Ok(waivers) => {
            let json = serde_json::to_string(&waivers).expect("waivers are written as JSON");
            let again: Vec<Waiver> = serde_json::from_str(&json).expect("waivers are read from JSON");
            assert_eq!(again, waivers);
        }
        Err(error) => assert!(error.to_string().starts_with("waivers.yaml:"), "{error}"),
    }
});
