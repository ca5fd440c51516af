//! `assize.yaml`: whatever the text is, reading ends in settings or in an error that names a line. Settings keep
//! the bounds that the reader promises.

#![no_main]

use assize::config::parse_config;
use assize::model::CONTEXT_FIELDS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match parse_config("assize.yaml", text) {
        Ok(settings) => {
            assert!((1..=3650).contains(&settings.waiver_max_days));
            assert!(settings.context.tags.keys().all(|field| CONTEXT_FIELDS.contains(&field.as_str())));
            assert!(
                parse_config("assize.yaml", text).is_ok_and(|again| again == settings),
                "the same text, the same settings"
            );
        }
        Err(error) => assert!(error.to_string().starts_with("assize.yaml:"), "{error}"),
    }
});
