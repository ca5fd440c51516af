//! The assessment itself, as JSON on one line: what `report` and `diff` read back years later.

use std::io::{BufWriter, Write};

use crate::model::Assessment;
use crate::report::text::JsonOut;
use crate::report::{RenderOptions, ReportError};

/// Writes the assessment and a newline.
pub(super) fn render(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut out = JsonOut::new(BufWriter::new(out));
    let failed = |source| ReportError::Write { format: "json", source };
    serde_json::to_writer(&mut out, assessment).map_err(|e| failed(e.into()))?;
    out.write_all(b"\n").and_then(|()| out.flush()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{hostile, rendered, sample};

    #[test]
    fn the_document_reads_back_equal() {
        for assessment in [sample(), hostile()] {
            let text = rendered("json", &assessment);
            let back: Assessment = serde_json::from_str(&text).unwrap();
            let value = |a: &Assessment| serde_json::to_value(a).unwrap();
            assert_eq!(value(&back), value(&assessment));
            assert_eq!(rendered("json", &back), text);
            assert_eq!(text.matches('\n').count(), 1);
            assert!(text.ends_with("}\n") && !text.contains("##"));
        }
    }
}
