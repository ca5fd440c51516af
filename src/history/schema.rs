//! The tables, and how a store of an earlier version becomes one of this version.

use crate::history::HistoryError;
use crate::history::database::{Database, Value};

/// The version of the tables that this build reads and writes.
pub const HISTORY_SCHEMA: i64 = 1;

/// What brings the tables from each version to the next. `INTEGER` stands for 64 bits.
///
/// An interval belongs to one finding (or control, or pair of policy and control) and says what held of it from its first
/// to its last run; without a last run it still holds. Times are microseconds since 1970, UTC. No text that comes from
/// outside is indexed: PostgreSQL refuses long ones there.
const MIGRATIONS: [&str; HISTORY_SCHEMA as usize] = ["
CREATE TABLE assize_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE prunings (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series (id), time INTEGER NOT NULL,
    reason TEXT NOT NULL, runs INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time INTEGER NOT NULL,
    intervals INTEGER NOT NULL, findings INTEGER NOT NULL
);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series (id), digest TEXT NOT NULL,
    time INTEGER NOT NULL, recorded INTEGER NOT NULL, label TEXT NOT NULL, snapshot TEXT NOT NULL,
    policies TEXT NOT NULL, rules TEXT NOT NULL, partial INTEGER NOT NULL, gate TEXT NOT NULL,
    resources INTEGER NOT NULL, judged INTEGER NOT NULL, gaps INTEGER NOT NULL,
    appeared INTEGER NOT NULL, fixed INTEGER NOT NULL, newly_unknown INTEGER NOT NULL, gone INTEGER NOT NULL,
    pruned INTEGER REFERENCES prunings (id), UNIQUE (series, digest)
);
CREATE INDEX runs_by_time ON runs (series, time);
CREATE TABLE counts (
    run INTEGER NOT NULL REFERENCES runs (id), subject TEXT NOT NULL, word TEXT NOT NULL, state TEXT NOT NULL,
    number INTEGER NOT NULL, PRIMARY KEY (run, subject, word, state)
);
CREATE TABLE policies (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series (id), name TEXT NOT NULL,
    severity TEXT NOT NULL, title TEXT NOT NULL
);
CREATE INDEX policies_of ON policies (series);
CREATE TABLE renames (
    policy INTEGER NOT NULL REFERENCES policies (id), was TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs (id)
);
CREATE TABLE resources (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series (id), folded TEXT NOT NULL, name TEXT NOT NULL,
    domain TEXT
);
CREATE INDEX resources_of ON resources (series);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY, policy INTEGER NOT NULL REFERENCES policies (id),
    resource INTEGER NOT NULL REFERENCES resources (id), UNIQUE (policy, resource)
);
CREATE INDEX findings_of ON findings (resource);
CREATE TABLE intervals (
    finding INTEGER NOT NULL REFERENCES findings (id), first_run INTEGER NOT NULL REFERENCES runs (id),
    last_run INTEGER REFERENCES runs (id), state INTEGER NOT NULL, waiver TEXT, PRIMARY KEY (finding, first_run)
);
CREATE INDEX intervals_open ON intervals (finding) WHERE last_run IS NULL;
CREATE TABLE controls (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series (id), name TEXT NOT NULL,
    framework TEXT NOT NULL
);
CREATE TABLE statuses (
    control INTEGER NOT NULL REFERENCES controls (id), first_run INTEGER NOT NULL REFERENCES runs (id),
    last_run INTEGER REFERENCES runs (id), state INTEGER NOT NULL, PRIMARY KEY (control, first_run)
);
CREATE TABLE mappings (
    id INTEGER PRIMARY KEY, policy INTEGER NOT NULL REFERENCES policies (id),
    control INTEGER NOT NULL REFERENCES controls (id), first_run INTEGER NOT NULL REFERENCES runs (id),
    last_run INTEGER REFERENCES runs (id)
);
CREATE INDEX mappings_of ON mappings (control);
INSERT INTO assize_meta (name, value) VALUES ('schema', '1');
"];

/// The PostgreSQL schema that holds the tables.
const NAMESPACE: &str = "assize_history";

/// Makes the tables, or brings them to this version. Without `create`, tables have to be there.
pub(super) fn prepare(db: &mut Database, place: &str, create: bool) -> Result<(), HistoryError> {
    db.write(|db| {
        if matches!(db, Database::Postgres { .. }) {
            let there = db.query("SELECT 1::bigint FROM pg_namespace WHERE nspname = $1::text", &[NAMESPACE.into()])?;
            match (there.is_empty(), create) {
                (false, _) => {}
                (true, true) => db.batch(&format!("CREATE SCHEMA {NAMESPACE}"))?,
                (true, false) => return Err(HistoryError::Empty(place.to_owned())),
            }
            db.batch(&format!("SET search_path TO {NAMESPACE}"))?;
        }
        let found = version(db, place)?;
        if found > HISTORY_SCHEMA {
            return Err(HistoryError::TooNew { place: place.to_owned(), found, known: HISTORY_SCHEMA });
        }
        if found == 0 && !create {
            return Err(HistoryError::Empty(place.to_owned()));
        }
        for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            db.batch(migration)?;
        }
        Ok(())
    })
}

/// The version of the tables, 0 when there are none.
fn version(db: &mut Database, place: &str) -> Result<i64, HistoryError> {
    let tables = match db {
        Database::Sqlite(_) => db.query("SELECT name FROM sqlite_master WHERE type = $1", &["table".into()])?,
        Database::Postgres { .. } => db.query(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema::text = $1::text",
            &[NAMESPACE.into()],
        )?,
    };
    let names = tables.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    if names.is_empty() {
        return Ok(0);
    }
    if !names.contains(&"assize_meta") {
        return Err(HistoryError::NotAHistory(place.to_owned()));
    }
    let rows = db.query("SELECT value FROM assize_meta WHERE name = $1", &[Value::Text("schema")])?;
    let found = rows.first().and_then(|row| row.text(0).ok()).and_then(|text| text.parse::<i64>().ok());
    found.filter(|v| *v > 0).ok_or_else(|| HistoryError::NotAHistory(place.to_owned()))
}
