//! Assessments over time, on SQLite and, when `ASSIZE_TEST_POSTGRES` holds the URL of a server, on PostgreSQL too.
//!
//! `tests/gates/history_postgres.sh` starts a server and runs these tests on it.

#![allow(clippy::unwrap_used, reason = "what is not as it should be fails the test")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use assize::history::{
    Answer, Filter, Group, HISTORY_SCHEMA, HeldState, History, HistoryError, RunInfo, Schedule, State,
};
use assize::model::{Assessment, Severity};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

/// The time of a run on a day, counted from 1 January 2026.
fn day(number: i64) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-01-01T02:00:00Z").unwrap().to_utc() + Duration::days(number)
}

/// One finding a letter: pass, fail, unknown, n/a (`a`), waived (`w`), not there (`.`). Every second policy serves C-2, all
/// serve C-1.
fn document(at: i64, letters: &str) -> Value {
    let id = |n: usize| format!("/subscriptions/s/resourceGroups/g/providers/A.B/Servers/r{n:03}");
    let (mut findings, mut resources) = (Vec::new(), Vec::new());
    for (n, letter) in letters.chars().enumerate() {
        let verdict = match letter {
            'p' => "pass",
            'f' | 'w' => "fail",
            'u' => "unknown",
            'a' => "not_applicable",
            _ => continue,
        };
        let domain = ["payments", "risk"][n % 2];
        resources.push(json!({"id": id(n), "type": "A.B/Servers", "policies": 1, "context": {"domain": domain}}));
        let mut finding =
            json!({"policy": format!("a.p{}", n % 2), "resource": id(n), "verdict": verdict, "facts": {}});
        if letter == 'w' {
            finding["waiver"] = json!("W-1");
        }
        findings.push(finding);
    }
    findings.sort_by_key(|f| (f["policy"].as_str().unwrap().to_owned(), f["resource"].as_str().unwrap().to_owned()));
    let policy = |n: usize, severity: &str| {
        json!({
            "id": format!("a.p{n}"), "check": format!("C-{n}"), "title": "t", "description": "d", "severity": severity,
            "resource": "A.B/Servers", "reads": [], "controls": {"C-1": "x"}, "remediation": {"note": "n"}
        })
    };
    let control = |name: &str, policies: &[&str]| {
        let mut counts = [0u64; 6];
        for finding in findings.iter().filter(|f| policies.contains(&f["policy"].as_str().unwrap())) {
            counts[0] += 1;
            let at =
                ["pass", "fail", "unknown", "not_applicable"].iter().position(|v| finding["verdict"] == **v).unwrap();
            counts[at + 1] += 1;
            counts[5] += u64::from(finding.get("waiver").is_some());
        }
        let [listed, pass, fail, unknown, not_applicable, waived] = counts;
        let status = match () {
            () if fail > waived => "findings",
            () if unknown > 0 => "incomplete",
            () if listed > 0 => "no_findings",
            () => "not_assessed",
        };
        json!({
            "control": name, "framework": "f", "evidence_strength": "partial", "policies": policies, "status": status,
            "summary": {"listed": listed, "pass": pass, "fail": fail, "unknown": unknown, "not_applicable": not_applicable, "waived": waived}
        })
    };
    json!({
        "schema": "assize.assessment/1", "tool": {"name": "assize", "version": "0.1.0"}, "evaluated_at": day(at),
        "snapshot": {"sha256": "0".repeat(64), "source": "azure", "scope": ["/subscriptions/s"], "taken": day(at), "partial": false},
        "policy_set": {"sha256": "1".repeat(64), "policies": 2}, "parameters": {},
        "summary": {"listed": findings.len(), "pass": 0, "fail": 0, "unknown": 0, "not_applicable": 0, "waived": 0},
        "gate": {"fail_on": "high", "allow_unknown": 0, "new_only": false, "failing": 0, "unknown": 0, "outcome": "passed"},
        "notices": [], "policies": [policy(0, "high"), policy(1, "low")], "frameworks": [],
        "controls": [control("C-1", &["a.p0", "a.p1"]), control("C-2", &["a.p0"])],
        "waivers": [], "resources": resources, "gaps": [], "findings": findings
    })
}

fn assessment(document: Value) -> Assessment {
    serde_json::from_str(&document.to_string()).unwrap()
}

fn info(series: &str) -> RunInfo<'_> {
    RunInfo { series, recorded: day(400), label: "test" }
}

/// Runs a test on an empty store of each kind.
fn on_each(test: impl Fn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    test(folder.path().join("history.db").to_str().unwrap());
    if let Ok(server) = std::env::var("ASSIZE_TEST_POSTGRES") {
        let name = format!("t{}", uuid());
        let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        test(&server.replace("/postgres?", &format!("/{name}?")));
        let _ = client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
    }
}

fn uuid() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Records one run a day; a day that is `-` has none.
fn recorded(place: &str, days: &[&str]) -> History {
    let mut history = History::open(place, None, true).unwrap();
    for (at, letters) in (0..).zip(days) {
        if *letters != "-" {
            history.record(&assessment(document(at, letters)), &info("s")).unwrap();
        }
    }
    history
}

fn daily() -> Schedule {
    Schedule::parse("0 2 * * *", None).unwrap()
}

#[test]
fn a_finding_is_told_over_time() {
    on_each(|place| {
        let mut history = recorded(place, &["pp", "fp", "fu", "pf", "wf", "w."]);
        let all = history.findings("s", &Filter::default()).unwrap();
        assert_eq!(all.len(), 2);
        let first = &all[0];
        assert_eq!((first.state, first.waiver.as_deref()), (Some(State::Fail), Some("W-1")));
        assert_eq!((first.first_seen, first.last_seen, first.failing_since), (day(0), day(5), Some(day(4))));
        assert_eq!((first.episodes, first.reopened, first.age_seconds), (2, 1, Some(86_400)));
        assert_eq!((first.severity, first.domain.as_deref()), (Severity::High, Some("payments")));
        let second = &all[1];
        assert_eq!((second.state, second.last_seen, second.failing_since), (None, day(4), None));
        assert_eq!((second.episodes, second.reopened), (1, 0));

        let open = Filter { open: true, ..Filter::default() };
        assert_eq!(history.findings("s", &open).unwrap().len(), 1);
        for (filter, count) in [
            (Filter { control: Some("C-2".into()), ..Filter::default() }, 1),
            (Filter { control: Some("C-1".into()), ..Filter::default() }, 2),
            (Filter { domain: Some("risk".into()), ..Filter::default() }, 1),
            (Filter { resource: Some("SERVERS/R001".into()), ..Filter::default() }, 1),
            (Filter { severity: Some(Severity::Info), ..Filter::default() }, 0),
            (Filter { policy: Some("a.p1".into()), ..Filter::default() }, 1),
        ] {
            assert_eq!(history.findings("s", &filter).unwrap().len(), count, "{filter:?}");
        }
    });
}

#[test]
fn times_to_fix_are_told_by_group() {
    on_each(|place| {
        // r0 is mended after 1 and 3 days, r1 after 2; r2 goes, r3 stays open.
        let mut history = recorded(place, &["fffp", "pffp", "fp.f", "fp.f", "fp.f", "pp.f"]);
        let by = |history: &mut History, group| {
            let rows = history.fix_times("s", group, &Filter::default(), None).unwrap();
            rows.into_iter().map(|r| (r.group, r.fixed, r.mean_seconds, r.open, r.gone, r.reopened)).collect::<Vec<_>>()
        };
        let day = 86_400;
        let row =
            |group: &str, fixed, mean, open, gone, reopened| (group.to_owned(), fixed, mean, open, gone, reopened);
        assert_eq!(
            by(&mut history, Group::Domain),
            [row("payments", 2, Some(2 * day), 0, 1, 1), row("risk", 1, Some(2 * day), 1, 0, 0)]
        );
        assert_eq!(
            by(&mut history, Group::Control),
            [row("C-1", 3, Some(2 * day), 1, 1, 1), row("C-2", 2, Some(2 * day), 0, 1, 1)]
        );
        assert_eq!(by(&mut history, Group::Severity).len(), 2);
        assert_eq!(by(&mut history, Group::Policy)[1], row("a.p1", 1, Some(2 * day), 1, 0, 0));
        let late = history.fix_times("s", Group::Domain, &Filter::default(), Some(self::day(4))).unwrap();
        assert_eq!((late[0].fixed, late[0].mean_seconds, late[0].gone), (1, Some(3 * day), 0));
    });
}

#[test]
fn a_control_held_only_when_every_run_showed_it() {
    on_each(|place| {
        for (series, days, answer) in [
            ("good", vec!["pa", "pp", "pp", "pp"], Answer::Held),
            ("missing", vec!["pp", "-", "pp", "pp"], Answer::NotShown),
            ("unknown", vec!["pp", "pu", "pp", "pp"], Answer::NotShown),
            ("waived", vec!["pp", "pw", "pp", "pp"], Answer::Waived),
            ("failed", vec!["pp", "pf", "pp", "pp"], Answer::Broken),
            ("failed and missing", vec!["pp", "pf", "-", "pp"], Answer::Broken),
            ("nothing there", vec!["pp", "..", "pp", "pp"], Answer::NotShown),
            ("only not applicable", vec!["pp", "aa", "pp", "pp"], Answer::NotShown),
            ("late", vec!["-", "pp", "pp", "pp"], Answer::NotShown),
        ] {
            let mut history = History::open(place, None, true).unwrap();
            for (at, letters) in (0..).zip(&days) {
                if *letters != "-" {
                    history.record(&assessment(document(at, letters)), &info(series)).unwrap();
                }
            }
            for schedule in [daily(), Schedule::parse("24h", None).unwrap()] {
                let (from, to) = (day(0) - Duration::hours(2), day(3) + Duration::hours(9));
                let held = history.held(series, "C-1", from, to, &schedule).unwrap();
                if series == "late" && schedule.as_str() == "24h" {
                    // From the begin to the first run there are 26 hours: within the grace of six.
                    assert_eq!(held.answer, Answer::Held);
                    continue;
                }
                assert_eq!(held.answer, answer, "{series} {}: {held:#?}", schedule.as_str());
                assert_eq!((held.expected, held.from, held.to), (4, from, to), "{series}");
            }
        }
        let mut history = History::open(place, None, false).unwrap();
        let held = history.held("failed", "C-1", day(0), day(3), &daily()).unwrap();
        let stretches: Vec<_> = held.stretches.iter().map(|s| (s.state, s.from, s.to, s.runs)).collect();
        assert_eq!(
            stretches,
            [
                (HeldState::Held, day(0), day(1), 1),
                (HeldState::Failed, day(1), day(2), 1),
                (HeldState::Held, day(2), day(3), 2)
            ]
        );
        assert_eq!(held.obstacles.len(), 1);
        assert_eq!((held.obstacles[0].from, held.obstacles[0].to), (day(1), Some(day(1))));
        assert_eq!(held.policies.len(), 2);
        // The other control is not touched, and a period before or after all runs shows nothing.
        assert_eq!(history.held("failed", "C-2", day(0), day(3), &daily()).unwrap().answer, Answer::Held);
        for (from, to) in [(-9, -5), (30, 33), (2, 9)] {
            assert_eq!(history.held("good", "C-1", day(from), day(to), &daily()).unwrap().answer, Answer::NotShown);
        }
        // The last run before the period speaks for its beginning.
        let after = history.held("failed", "C-1", day(1) + Duration::hours(1), day(2), &daily()).unwrap();
        assert_eq!(after.answer, Answer::Broken);
        assert!(matches!(
            history.held("good", "C-9", day(0), day(1), &daily()),
            Err(HistoryError::UnknownControl { .. })
        ));
        assert!(matches!(history.held("good", "C-1", day(1), day(0), &daily()), Err(HistoryError::Backwards { .. })));
        let unknown = history.held("god", "C-1", day(0), day(1), &daily()).unwrap_err().to_string();
        assert!(unknown.contains("good"), "{unknown}");
    });
}

#[test]
fn what_a_run_does_not_look_at_is_neither_gone_nor_mended() {
    on_each(|place| {
        let mut history = History::open(place, None, true).unwrap();
        history.record(&assessment(document(0, "ffp")), &info("s")).unwrap();
        let mut partial = document(1, "..p");
        partial["snapshot"]["partial"] = json!(true);
        history.record(&assessment(partial), &info("s")).unwrap();
        let mut other_policies = document(2, "p.p");
        other_policies["policies"].as_array_mut().unwrap().pop();
        other_policies["controls"].as_array_mut().unwrap().remove(0);
        history.record(&assessment(other_policies), &info("s")).unwrap();
        let all = history.findings("s", &Filter::default()).unwrap();
        let states: Vec<_> = all.iter().map(|f| (f.resource.name().to_owned(), f.state, f.failing_since)).collect();
        assert_eq!(
            states,
            [
                ("r000".to_owned(), Some(State::Pass), None),
                ("r002".to_owned(), Some(State::Pass), None),
                ("r001".to_owned(), Some(State::NotJudged), Some(day(0)))
            ]
        );
        assert_eq!(all[2].last_seen, day(0));
        let held = history.held("s", "C-2", day(1), day(2), &daily()).unwrap();
        assert_eq!((held.answer, held.stretches[0].state), (Answer::NotShown, HeldState::Partial));
        assert_eq!(held.obstacles[0].state, State::NotJudged);
        let held = history.held("s", "C-1", day(2), day(2), &daily()).unwrap();
        assert_eq!(held.stretches.last().unwrap().state, HeldState::NotAssessed);
        let trend = history.trend("s", day(0), day(9), None).unwrap();
        assert_eq!(trend.points.iter().map(|p| p.change.gone).sum::<u64>(), 0);
        assert!(trend.points[1].coverage.partial);
    });
}

#[test]
fn the_trend_counts_what_the_runs_found() {
    on_each(|place| {
        let mut history = History::open(place, None, true).unwrap();
        for (at, letters) in [(0, "pfu"), (1, "fpw"), (4, "fp.")] {
            let mut document = document(at, letters);
            if at == 4 {
                document["policy_set"]["sha256"] = json!("2".repeat(64));
            }
            history.record(&assessment(document), &info("s")).unwrap();
        }
        let trend = history.trend("s", day(0), day(4) + Duration::hours(7), Some(&daily())).unwrap();
        let points: Vec<_> = trend
            .points
            .iter()
            .map(|p| (p.summary.pass, p.summary.fail, p.summary.unknown, p.summary.waived, p.change, p.rules_changed))
            .map(|(p, f, u, w, c, r)| ([p, f, u, w], [c.new, c.fixed, c.newly_unknown, c.gone], r))
            .collect();
        assert_eq!(
            points,
            [
                ([1, 1, 1, 0], [1, 0, 1, 0], false),
                ([1, 2, 0, 1], [2, 1, 0, 0], false),
                ([1, 1, 0, 0], [0, 0, 0, 1], true)
            ]
        );
        assert_eq!(trend.points[1].by_severity[&Severity::High].fail, 2);
        assert_eq!((trend.missing.len(), trend.missing[0].runs), (1, 2));
        assert_eq!(trend.points[0].controls.values().sum::<u64>(), 2);
        assert_eq!(
            serde_json::to_string(&trend).unwrap(),
            serde_json::to_string(&history.trend("s", day(0), day(4) + Duration::hours(7), Some(&daily())).unwrap())
                .unwrap()
        );
    });
}

#[test]
fn an_assessment_is_recorded_once_and_in_order() {
    on_each(|place| {
        let mut history = History::open(place, None, true).unwrap();
        let first = history.record(&assessment(document(1, "pf")), &info("s")).unwrap();
        let again = history.record(&assessment(document(1, "pf")), &info("s")).unwrap();
        assert_eq!((first.run, first.already, again.run, again.already), (again.run, false, first.run, true));
        assert!(!history.record(&assessment(document(1, "pf")), &info("another")).unwrap().already);
        let early = history.record(&assessment(document(0, "pf")), &info("s"));
        assert!(matches!(early, Err(HistoryError::Earlier { .. })), "{early:?}");
        assert_eq!(history.runs("s", day(-9), day(9)).unwrap().len(), 1);
        let series: Vec<_> = history.series().unwrap().into_iter().map(|s| (s.name, s.runs)).collect();
        assert_eq!(series, [("another".to_owned(), 1), ("s".to_owned(), 1)]);
        for name in ["", "a\nb", &"x".repeat(201)] {
            assert!(history.record(&assessment(document(2, "p")), &info(name)).is_err(), "{name}");
        }
    });
}

#[test]
fn a_contradictory_assessment_leaves_no_trace() {
    on_each(|place| {
        let mut history = recorded(place, &["pf"]);
        let mut twice = document(1, "ppp");
        let row = twice["findings"][0].clone();
        twice["findings"].as_array_mut().unwrap().push(row);
        let mut no_policy = document(1, "ppp");
        no_policy["policies"].as_array_mut().unwrap().pop();
        let mut no_resource = document(1, "ppp");
        no_resource["resources"].as_array_mut().unwrap().pop();
        let mut no_time = document(1, "ppp");
        no_time["snapshot"]["taken"] = json!("yesterday");
        let before = history.findings("s", &Filter::default()).unwrap();
        for wrong in [twice, no_policy, no_resource, no_time] {
            let error = history.record(&assessment(wrong), &info("s")).unwrap_err();
            assert!(matches!(error, HistoryError::Inconsistent(_)), "{error}");
        }
        assert_eq!(history.findings("s", &Filter::default()).unwrap(), before);
        assert_eq!(history.runs("s", day(-9), day(9)).unwrap().len(), 1);
    });
}

#[test]
fn a_renamed_policy_goes_on() {
    on_each(|place| {
        let mut history = recorded(place, &["ff"]);
        let mut renamed: Value = serde_json::from_str(&document(1, "ff").to_string().replace("a.p1", "a.p2")).unwrap();
        renamed["policies"][1]["aliases"] = json!(["a.p1"]);
        history.record(&assessment(renamed), &info("s")).unwrap();
        let all = history.findings("s", &Filter::default()).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].policy.as_str(), all[1].first_seen, all[1].failing_since), ("a.p2", day(0), Some(day(0))));
    });
}

#[test]
fn hostile_text_is_kept_as_text() {
    on_each(|place| {
        let mut history = History::open(place, None, true).unwrap();
        let hostile = "'; DROP TABLE runs; -- $1 ?1 \u{202e}\u{0} </script>\n::set-output";
        let mut document = document(0, "fw");
        document["resources"][0]["context"]["domain"] = json!(hostile);
        document["resources"][1]["context"]["domain"] = json!("x".repeat(65_536));
        document["findings"][1]["waiver"] = json!(hostile);
        document["policies"][0]["title"] = json!(hostile);
        let long = format!("/subscriptions/s/resourceGroups/g/providers/A.B/Servers/{}", "é'".repeat(1000));
        document["resources"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"id": long, "type": "A.B/Servers", "policies": 1}));
        document["resources"].as_array_mut().unwrap().sort_by_key(|r| r["id"].as_str().unwrap().to_lowercase());
        document["findings"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"policy": "a.p0", "resource": long, "verdict": "fail", "facts": {}}));
        history
            .record(&assessment(document), &RunInfo { series: "'; DROP", recorded: day(0), label: hostile })
            .unwrap();
        let all = history.findings("'; DROP", &Filter::default()).unwrap();
        assert_eq!(all.len(), 3);
        let kept = hostile.replace('\0', "\u{fffd}");
        assert!(all.iter().any(|f| f.domain.as_deref() == Some(&kept)));
        assert!(all.iter().any(|f| f.waiver.as_deref() == Some(&kept)));
        assert_eq!(history.runs("'; DROP", day(-1), day(1)).unwrap()[0].label, kept);
    });
}

#[test]
fn pruning_says_what_it_took() {
    on_each(|place| {
        let mut history = recorded(place, &["pf.", "ff.", "fpf", "fp.", "fp.", "fp."]);
        assert!(history.prune("s", day(3), " ", day(9)).is_err());
        let pruned = history.prune("s", day(3), "kept for three days", day(9)).unwrap().unwrap();
        assert_eq!((pruned.runs, pruned.first, pruned.last), (3, day(0), day(2)));
        assert_eq!((pruned.intervals, pruned.findings), (3, 1));
        assert_eq!(history.prunings("s").unwrap(), [pruned]);
        assert_eq!(history.prune("s", day(3), "again", day(9)).unwrap(), None);
        let runs = history.runs("s", day(0), day(9)).unwrap();
        assert_eq!(runs.iter().map(|r| r.pruned).collect::<Vec<_>>(), [true, true, true, false, false, false]);
        // What still holds keeps its beginning; a pruned run is there, and shows nothing.
        let all = history.findings("s", &Filter::default()).unwrap();
        assert_eq!((all.len(), all[0].failing_since, all[1].first_seen), (2, Some(day(1)), day(2)));
        assert_eq!(history.presence("s", day(0), day(5), &daily()).unwrap().missing, []);
        let held = history.held("s", "C-1", day(0), day(5), &daily()).unwrap();
        assert_eq!(held.stretches[0].state, HeldState::Pruned);
        assert_eq!(history.trend("s", day(0), day(9), None).unwrap().points.len(), 3);
        // The last run stays, and a pruned assessment is not recorded again.
        assert_eq!(history.prune("s", day(99), "all", day(9)).unwrap().unwrap().runs, 2);
        assert!(history.record(&assessment(document(0, "pf.")), &info("s")).unwrap().already);
        history.record(&assessment(document(6, "fp.")), &info("s")).unwrap();
    });
}

#[test]
fn a_store_of_a_newer_version_is_refused() {
    on_each(|place| {
        drop(recorded(place, &["p"]));
        let update = format!("UPDATE assize_meta SET value = '{}'", HISTORY_SCHEMA + 1);
        if place.starts_with("postgres") {
            let mut client = postgres::Client::connect(place, postgres::NoTls).unwrap();
            client.batch_execute(&format!("SET search_path TO assize_history; {update}")).unwrap();
        } else {
            rusqlite::Connection::open(place).unwrap().execute_batch(&update).unwrap();
        }
        let error = History::open(place, None, true).err().unwrap();
        assert!(matches!(error, HistoryError::TooNew { found: 2, known: 1, .. }), "{error}");
    });
}

#[test]
fn what_is_no_history_is_refused() {
    on_each(|place| {
        let error = History::open(place, None, false).err().unwrap();
        assert!(matches!(error, HistoryError::Open { .. } | HistoryError::Empty(_)), "{error}");
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.db");
    let place = file.to_str().unwrap();
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE mine (x INTEGER)").unwrap();
    assert!(matches!(History::open(place, None, true), Err(HistoryError::NotAHistory(_))));
    std::fs::write(&file, "not a database, but long enough to be looked at as one").unwrap();
    assert!(History::open(place, None, true).is_err());
    for url in
        ["postgres://u:secret@h:port/d", "postgres://u:secret@127.0.0.1:1/d", "postgres://u:secret@h/d?sslmode=no"]
    {
        let error = History::open(url, None, true).err().unwrap().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}

/// The child of the next test: records runs and says each one that was acknowledged.
#[test]
#[ignore = "a process that the test of killed writes starts"]
fn writer() {
    use std::io::Write;
    let mut history = History::open(&std::env::var("ASSIZE_TEST_PLACE").unwrap(), None, true).unwrap();
    for at in 0..10_000 {
        let letters: String = (0..300).map(|n| if (n + at) % 3 == 0 { 'f' } else { 'p' }).collect();
        let recorded = history.record(&assessment(document(at, &letters)), &info("s")).unwrap();
        // Past the capture of the test's output.
        writeln!(std::io::stderr().lock(), "acknowledged {}", recorded.digest).unwrap();
    }
}

#[test]
fn a_killed_writer_loses_nothing_that_was_acknowledged() {
    on_each(|place| {
        for round in 0..4u64 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["history::writer", "--exact", "--ignored", "--nocapture"])
                .env("ASSIZE_TEST_PLACE", place)
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
            let mut acknowledged = Vec::new();
            // Each round records what the one before it recorded, which changes nothing, and then goes on.
            while acknowledged.len() < 5 * (round as usize + 1) {
                let line = lines.next().expect("the writer goes on").unwrap();
                acknowledged.extend(line.strip_prefix("acknowledged ").map(str::to_owned));
            }
            std::thread::sleep(std::time::Duration::from_millis(7 * round));
            // SIGKILL on Unix.
            child.kill().unwrap();
            acknowledged
                .extend(lines.map_while(Result::ok).filter_map(|l| Some(l.strip_prefix("acknowledged ")?.to_owned())));
            child.wait().unwrap();
            let mut history = History::open(place, None, false).unwrap();
            let kept: Vec<String> =
                history.runs("s", day(-1), day(20_000)).unwrap().into_iter().map(|r| r.digest).collect();
            assert!(kept.len() >= acknowledged.len() && kept.len() <= acknowledged.len() + 1, "{}", kept.len());
            assert_eq!(kept[..acknowledged.len()], acknowledged[..]);
            // A run that is there is there as a whole.
            let trend = history.trend("s", day(-1), day(20_000), None).unwrap();
            assert_eq!(trend.points.len(), kept.len());
            assert!(trend.points.iter().all(|p| p.summary.listed == 300));
            let found = history.findings("s", &Filter::default()).unwrap();
            assert!(found.len() == 300 && found.iter().all(|f| f.state.is_some()));
        }
    });
}

#[test]
fn writers_wait_for_one_another() {
    on_each(|place| {
        drop(History::open(place, None, true).unwrap());
        std::thread::scope(|scope| {
            for series in ["a", "b", "c", "d"] {
                scope.spawn(move || {
                    let mut history = History::open(place, None, true).unwrap();
                    for at in 0..10 {
                        history.record(&assessment(document(at, "pfpf")), &info(series)).unwrap();
                    }
                });
            }
        });
        let mut history = History::open(place, None, false).unwrap();
        assert!(history.series().unwrap().iter().all(|s| s.runs == 10));
    });
}
