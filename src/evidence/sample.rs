//! A sample of the population that anyone can draw again. Takes a bundle, a seed and a number; gives the rows, and the
//! evidence for them.
//!
//! The rule: SHA-256 over the seed, a line feed and the `resource` cell of `population.csv`; the rows with the smallest digests
//! are the sample, in that order. A larger sample of the same seed holds the smaller one.

use std::collections::BTreeSet;

use crate::evidence::raw::raw_name;
use crate::evidence::{Bundle, EvidenceError, is_sha256, sha256};

/// A row that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleItem {
    /// The digest that it was drawn by, hex.
    pub draw: String,
    /// The line of `population.csv`, from 1, the header included.
    pub line: u64,
    /// The `resource` cell, as it stands.
    pub resource: String,
    /// The file of the raw facts, as the last run read them.
    pub raw: Option<String>,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The seed.
    pub seed: String,
    /// How many rows the population has.
    pub population: usize,
    /// The rows, by draw.
    pub items: Vec<SampleItem>,
    /// The evidence for them: `sample.csv`, `findings.csv` and the raw facts, by file name.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A table of a bundle: header and rows.
fn table(bundle: &Bundle, name: &str) -> Result<(csv::StringRecord, Vec<csv::StringRecord>), EvidenceError> {
    let bytes = bundle.get(name).ok_or_else(|| EvidenceError::Sample(format!("{name} is missing")))?;
    let wrong = |e: csv::Error| EvidenceError::Sample(format!("{name} cannot be read: {e}"));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().map_err(wrong)?.clone();
    let rows = reader.records().collect::<Result<_, _>>().map_err(wrong)?;
    Ok((header, rows))
}

fn column(header: &csv::StringRecord, name: &str) -> Result<usize, EvidenceError> {
    let missing = || EvidenceError::Sample(format!("a table has no column {name}"));
    header.iter().position(|c| c == name).ok_or_else(missing)
}

fn written<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> Result<Vec<u8>, EvidenceError> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        out.write_record(row).map_err(|e| EvidenceError::Sample(e.to_string()))?;
    }
    out.into_inner().map_err(|e| EvidenceError::Sample(e.to_string()))
}

/// Draws `number` rows, or all when there are fewer.
///
/// # Errors
/// [`EvidenceError::Sample`] when the seed is empty or has a line feed, or the tables cannot be read.
pub fn sample(bundle: &Bundle, seed: &str, number: usize) -> Result<Sample, EvidenceError> {
    if seed.is_empty() || seed.chars().any(char::is_control) {
        return Err(EvidenceError::Sample("the seed must be a text of one line".to_owned()));
    }
    let (header, rows) = table(bundle, "population.csv")?;
    let (resource, raw) = (column(&header, "resource")?, column(&header, "raw_sha256")?);
    let mut drawn: Vec<(String, usize)> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (sha256(format!("{seed}\n{}", &row[resource]).as_bytes()), at))
        .collect();
    drawn.sort();
    drawn.truncate(number);
    let mut files = Vec::new();
    let mut items = Vec::new();
    let mut raws = BTreeSet::new();
    for (draw, at) in &drawn {
        let row = &rows[*at];
        let name = Some(&row[raw]).filter(|digest| is_sha256(digest)).map(raw_name);
        raws.extend(name.clone());
        items.push(SampleItem {
            draw: draw.clone(),
            line: row.position().map_or(0, csv::Position::line),
            resource: row[resource].to_owned(),
            raw: name,
        });
    }
    let head = std::iter::once("draw").chain(&header).collect();
    let lines = drawn.iter().map(|(draw, at)| std::iter::once(draw.as_str()).chain(&rows[*at]).collect());
    files.push(("sample.csv".to_owned(), written(std::iter::once(head).chain(lines))?));
    let chosen: BTreeSet<&str> = items.iter().map(|i| i.resource.as_str()).collect();
    let (header, findings) = table(bundle, "findings.csv")?;
    let of = column(&header, "resource")?;
    let lines = findings.iter().filter(|row| chosen.contains(&row[of])).map(|row| row.iter().collect());
    files.push(("findings.csv".to_owned(), written(std::iter::once(header.iter().collect()).chain(lines))?));
    for name in raws {
        let bytes = bundle.get(&name).ok_or_else(|| EvidenceError::Sample(format!("{name} is missing")))?;
        files.push((name, bytes));
    }
    Ok(Sample { seed: seed.to_owned(), population: rows.len(), items, files })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::fixture::bundle;

    #[test]
    fn the_same_seed_draws_the_same_and_a_larger_sample_holds_the_smaller() {
        let bundle = bundle();
        let all = sample(&bundle, "2026-Q4", 99).unwrap();
        assert_eq!((all.population, all.items.len()), (3, 3));
        let one = sample(&bundle, "2026-Q4", 1).unwrap();
        assert_eq!(one, sample(&bundle, "2026-Q4", 1).unwrap());
        assert_eq!(one.items[0], all.items[0]);
        assert_eq!(one.items[0].draw, sha256(format!("2026-Q4\n{}", one.items[0].resource).as_bytes()));
        // The evidence is there: two tables and the raw facts, which are those of the digest.
        assert_eq!(one.files.len(), 3);
        assert!(one.files[2].0.contains(&sha256(&one.files[2].1)));
        let orders: BTreeSet<Vec<String>> = (0..20)
            .map(|n| sample(&bundle, &format!("s{n}"), 3).unwrap().items.into_iter().map(|i| i.resource).collect())
            .collect();
        assert!(orders.len() > 2);
        assert!(sample(&bundle, "", 1).is_err() && sample(&bundle, "a\nb", 1).is_err());
        assert!(sample(&bundle, "x", 0).unwrap().items.is_empty());
    }
}
