//! SQLite and PostgreSQL behind one small interface: numbers and texts only, parameters as `$1`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use rusqlite::OpenFlags;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::history::HistoryError;

type Result<T> = std::result::Result<T, HistoryError>;

/// How long to wait for another writer.
const BUSY: Duration = Duration::from_secs(30);
/// How long to wait for the server.
const CONNECT: Duration = Duration::from_secs(15);
/// The key of the lock under which PostgreSQL is written: one writer at a time.
const LOCK: i64 = 0x6173_7369_7a65;
/// How many rows one statement writes. Few different texts, so that each is prepared once.
const BATCHES: [usize; 3] = [256, 16, 1];

/// A parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *ty == Type::INT8 => number.to_sql(ty, out),
            Self::Text(text) if *ty == Type::TEXT => text.to_sql(ty, out),
            _ => Err(format!("a parameter is of type {ty}").into()),
        }
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::INT8 || *ty == Type::TEXT
    }

    to_sql_checked!();
}

/// A row that was read.
#[derive(Debug)]
pub(super) struct Row(Vec<Cell>);

#[derive(Debug)]
enum Cell {
    Null,
    Int(i64),
    Text(String),
}

impl Row {
    pub(super) fn int(&self, at: usize) -> Result<i64> {
        self.opt_int(at)?.ok_or_else(|| damaged(at))
    }

    /// A number that cannot be below zero.
    pub(super) fn count(&self, at: usize) -> Result<u64> {
        u64::try_from(self.int(at)?).map_err(|_| damaged(at))
    }

    pub(super) fn opt_int(&self, at: usize) -> Result<Option<i64>> {
        match self.0.get(at) {
            Some(Cell::Null) => Ok(None),
            Some(Cell::Int(number)) => Ok(Some(*number)),
            _ => Err(damaged(at)),
        }
    }

    pub(super) fn text(&self, at: usize) -> Result<&str> {
        self.opt_text(at)?.ok_or_else(|| damaged(at))
    }

    pub(super) fn opt_text(&self, at: usize) -> Result<Option<&str>> {
        match self.0.get(at) {
            Some(Cell::Null) => Ok(None),
            Some(Cell::Text(text)) => Ok(Some(text)),
            _ => Err(damaged(at)),
        }
    }
}

fn damaged(at: usize) -> HistoryError {
    HistoryError::Damaged(format!("column {at} of a row is not of the type that it should have"))
}

fn failed(error: &impl std::error::Error) -> HistoryError {
    // The cause says what the server said; the outer error often says only that there was one.
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            let _ = write!(text, ": {more}");
        }
        cause = inner.source();
    }
    HistoryError::Database(text)
}

/// A connection.
pub(super) enum Database {
    Sqlite(rusqlite::Connection),
    Postgres { client: Box<postgres::Client>, prepared: BTreeMap<String, postgres::Statement> },
}

impl Database {
    /// Opens a file. Without `create` it has to be there.
    pub(super) fn sqlite(path: &str, create: bool) -> Result<Self> {
        let cannot = |e: &dyn std::error::Error| HistoryError::Open { place: path.to_owned(), message: e.to_string() };
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(|e| cannot(&e))?;
        connection.busy_timeout(BUSY).map_err(|e| cannot(&e))?;
        // EXTRA: a commit that was acknowledged survives the loss of power too. What is pruned is overwritten.
        connection
            .execute_batch(
                "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32000;",
            )
            .map_err(|e| cannot(&e))?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self::Sqlite(connection))
    }

    /// Connects to a server. Over a network TLS with a valid certificate is demanded, unless the URL says `sslmode=disable`.
    pub(super) fn postgres(url: &str, password: Option<&str>) -> Result<Self> {
        // The URL may hold a password: errors name the host and the database, never the URL.
        let mut config: postgres::Config =
            url.parse().map_err(|e: postgres::Error| HistoryError::Url(e.to_string()))?;
        let place = format!("PostgreSQL, database {:?}", config.get_dbname().unwrap_or("(of the user)"));
        let cannot = |e: &dyn std::error::Error| {
            let cause = e.source().map(|c| format!(": {c}")).unwrap_or_default();
            HistoryError::Open { place: place.clone(), message: format!("{e}{cause}") }
        };
        if config.get_password().is_none()
            && let Some(password) = password
        {
            config.password(password);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        config.application_name("assize");
        let near = config.get_hostaddrs().iter().all(IpAddr::is_loopback)
            && config.get_hosts().iter().all(|host| match host {
                Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
                #[cfg(unix)]
                Host::Unix(_) => true,
            });
        let mut client =
            if near && config.get_ssl_mode() != SslMode::Require || config.get_ssl_mode() == SslMode::Disable {
                config.ssl_mode(SslMode::Disable);
                config.connect(postgres::NoTls).map_err(|e| cannot(&e))?
            } else {
                config.ssl_mode(SslMode::Require);
                let provider = Arc::new(rustls::crypto::ring::default_provider());
                let tls = rustls::ClientConfig::builder_with_provider(provider)
                    .with_safe_default_protocol_versions()
                    .and_then(BuilderVerifierExt::with_platform_verifier)
                    .map_err(|e| cannot(&e))?
                    .with_no_client_auth();
                config.connect(tokio_postgres_rustls::MakeRustlsConnect::new(tls)).map_err(|e| cannot(&e))?
            };
        client
            .batch_execute("SET synchronous_commit = on; SET lock_timeout = '30s'; SET client_min_messages = warning")
            .map_err(|e| cannot(&e))?;
        Ok(Self::Postgres { client: Box::new(client), prepared: BTreeMap::new() })
    }

    /// Runs statements without parameters or results. `INTEGER` stands for 64 bits everywhere.
    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql).map_err(|e| failed(&e)),
            Self::Postgres { client, .. } => {
                client.batch_execute(&sql.replace("INTEGER", "BIGINT")).map_err(|e| failed(&e))
            }
        }
    }

    /// Runs a statement and gives the number of rows that it changed.
    pub(super) fn execute(&mut self, sql: &str, parameters: &[Value<'_>]) -> Result<u64> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(&numbered(sql)).map_err(|e| failed(&e))?;
                let changed = statement.execute(rusqlite::params_from_iter(parameters)).map_err(|e| failed(&e))?;
                Ok(changed as u64)
            }
            Self::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                let parameters: Vec<&(dyn ToSql + Sync)> = parameters.iter().map(|p| p as _).collect();
                client.execute(&statement, &parameters).map_err(|e| failed(&e))
            }
        }
    }

    /// Runs a query and gives all rows.
    pub(super) fn query(&mut self, sql: &str, parameters: &[Value<'_>]) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(&numbered(sql)).map_err(|e| failed(&e))?;
                let columns = statement.column_count();
                let mut rows = statement.query(rusqlite::params_from_iter(parameters)).map_err(|e| failed(&e))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next().map_err(|e| failed(&e))? {
                    let mut cells = Vec::with_capacity(columns);
                    for at in 0..columns {
                        cells.push(match row.get_ref(at).map_err(|e| failed(&e))? {
                            ValueRef::Null => Cell::Null,
                            ValueRef::Integer(number) => Cell::Int(number),
                            ValueRef::Text(text) => {
                                Cell::Text(std::str::from_utf8(text).map_err(|_| damaged(at))?.to_owned())
                            }
                            _ => return Err(damaged(at)),
                        });
                    }
                    found.push(Row(cells));
                }
                Ok(found)
            }
            Self::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                let parameters: Vec<&(dyn ToSql + Sync)> = parameters.iter().map(|p| p as _).collect();
                let rows = client.query(&statement, &parameters).map_err(|e| failed(&e))?;
                let cell = |row: &postgres::Row, at: usize| {
                    let cell = if *row.columns()[at].type_() == Type::INT8 {
                        row.try_get::<_, Option<i64>>(at).map(|n| n.map_or(Cell::Null, Cell::Int))
                    } else {
                        row.try_get::<_, Option<String>>(at).map(|t| t.map_or(Cell::Null, Cell::Text))
                    };
                    cell.map_err(|e| failed(&e))
                };
                rows.iter().map(|row| (0..row.len()).map(|at| cell(row, at)).collect::<Result<_>>().map(Row)).collect()
            }
        }
    }

    /// Inserts rows, many with one statement. Every row has as many values as there are columns.
    pub(super) fn insert(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value<'_>>]) -> Result<()> {
        self.in_batches(&[], rows, |batch| {
            let tuples = (0..batch).map(|row| {
                let marks: Vec<String> = (1..=columns.len()).map(|c| format!("${}", row * columns.len() + c)).collect();
                format!("({})", marks.join(", "))
            });
            let tuples: Vec<String> = tuples.collect();
            format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), tuples.join(", "))
        })
    }

    /// Sets the last run of the open intervals of these owners.
    pub(super) fn close(&mut self, table: &str, owner: &str, last: i64, owners: &[i64]) -> Result<()> {
        let rows: Vec<Vec<Value<'_>>> = owners.iter().map(|id| vec![Value::Int(*id)]).collect();
        self.in_batches(&[Value::Int(last)], &rows, |batch| {
            let marks: Vec<String> = (1..=batch).map(|at| format!("${}", at + 1)).collect();
            let marks = marks.join(", ");
            format!("UPDATE {table} SET last_run = $1 WHERE last_run IS NULL AND {owner} IN ({marks})")
        })
    }

    /// Runs a statement over rows; its first parameters are the same for all of them.
    fn in_batches(
        &mut self,
        first: &[Value<'_>],
        mut rows: &[Vec<Value<'_>>],
        sql: impl Fn(usize) -> String,
    ) -> Result<()> {
        for batch in BATCHES {
            if rows.len() < batch {
                continue;
            }
            let sql = sql(batch);
            while rows.len() >= batch {
                let (now, rest) = rows.split_at(batch);
                self.execute(&sql, &[first, &now.concat()].concat())?;
                rows = rest;
            }
        }
        Ok(())
    }

    /// Does work that is kept as a whole or not at all; other writers wait.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        match self {
            Self::Sqlite(_) => self.batch("BEGIN IMMEDIATE")?,
            Self::Postgres { .. } => {
                self.batch("BEGIN")?;
                if let Err(error) = self.batch(&format!("SELECT pg_advisory_xact_lock({LOCK})")) {
                    let _ = self.batch("ROLLBACK");
                    return Err(error);
                }
            }
        }
        self.finish(work)
    }

    /// Reads with several queries that see the same state.
    pub(super) fn read<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        match self {
            Self::Sqlite(_) => self.batch("BEGIN")?,
            Self::Postgres { .. } => self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?,
        }
        self.finish(work)
    }

    fn finish<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        match work(self).and_then(|done| self.batch("COMMIT").map(|()| done)) {
            Ok(done) => Ok(done),
            Err(error) => {
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }
}

fn prepare(
    client: &mut postgres::Client,
    prepared: &mut BTreeMap<String, postgres::Statement>,
    sql: &str,
) -> Result<postgres::Statement> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql).map_err(|e| failed(&e))?;
    prepared.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

/// `$1` is a name in SQLite, `?1` a number. No statement of ours holds a `$` otherwise.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}
