//! Lists, links between pages, and bodies that are not what they should be.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::collect::client::tests::server::{Answered, Server, answer};
use crate::collect::client::tests::{TOKEN, bench, bench_with, call, quick, things};
use crate::collect::client::{Limits, Listing};
use crate::collect::credential::StaticToken;
use crate::model::GapReason;

fn items(listing: &Listing) -> Vec<String> {
    listing.pages.iter().flat_map(|p| &p.items).map(|i| i.get().to_owned()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn links_are_followed_as_they_are_written() {
    let server = Server::new(|number, seen| {
        let here = format!("http://{}", seen.header("host").unwrap());
        match number {
            0 => answer(
                200,
                format!(
                    r#"{{"value":[1,2],"nextLink":"{here}/other?api-version=2025-06-01-preview&$skiptoken=a%2Bb%3D"}}"#
                ),
            ),
            1 => answer(200, r#"{"value":[],"nextLink":"/third?x"}"#),
            2 => answer(200, r#"{"value":[],"nextLink":"?$skiptoken=4"}"#),
            _ => answer(200, r#"{"value":[3],"nextLink":null}"#)
                .with("date", "Tue, 08 Oct 2019 05:57:06 GMT")
                .with("x-ms-request-id", "r-1"),
        }
    })
    .await;
    let listing = bench(&server).client.list(&things()).await;
    assert_eq!(listing.fault, None);
    assert_eq!(items(&listing), ["1", "2", "3"]);
    let targets = [
        "/subscriptions/s/providers/Microsoft.Test/things?api-version=2024-08-01",
        "/other?api-version=2025-06-01-preview&$skiptoken=a%2Bb%3D",
        "/third?x",
        "/third?$skiptoken=4",
    ];
    assert_eq!(server.targets(), targets);
    let last = &listing.pages[3].answer;
    assert_eq!((last.path.as_str(), last.time.as_str()), (targets[3], "2019-10-08T05:57:06Z"));
    assert_eq!((last.request_id.as_deref(), last.api_version.as_str()), (Some("r-1"), "2024-08-01"));
    assert_eq!((last.digest.len(), last.body.len()), (64, 0));
}

#[tokio::test]
async fn a_link_to_another_origin_is_never_followed() {
    let foreign = Server::always(answer(200, r#"{"value":[666]}"#)).await;
    for link in [
        format!("{}/steal", foreign.origin),
        format!("//{}/steal", foreign.origin.trim_start_matches("http://")),
        foreign.origin.replace("127.0.0.1", "localhost"),
        foreign.origin.replace("http://", "http://user:pw@"),
    ] {
        for member in ["nextLink", "@odata.nextLink"] {
            let body = format!(r#"{{"value":[1],"{member}":"{link}"}}"#);
            let server = Server::always(answer(200, body)).await;
            let listing = bench(&server).client.list(&things()).await;
            let fault = listing.fault.clone().unwrap();
            assert_eq!(fault.reason, GapReason::Malformed);
            let host = foreign.origin.rsplit(':').next().unwrap();
            assert!(fault.message.contains(host) && fault.message.contains("not followed"), "{fault}");
            assert_eq!(items(&listing), ["1"], "what was read is kept");
            assert_eq!(server.seen().len(), 1);
        }
    }
    assert_eq!(foreign.connections(), 0, "not one byte");
}

#[tokio::test]
async fn redirects_are_never_followed() {
    let foreign = Server::always(answer(200, r#"{"value":[]}"#)).await;
    for status in [301, 302, 303, 307, 308] {
        let redirect = answer(status, "").with("location", &format!("{}/steal?sig=x", foreign.origin));
        let server = Server::always(redirect).await;
        let bench = bench(&server);
        for fault in [bench.client.get(&things()).await.unwrap_err(), bench.client.list(&things()).await.fault.unwrap()]
        {
            assert_eq!((fault.reason, fault.status), (GapReason::Malformed, Some(status)));
            assert!(fault.message.contains(&foreign.origin) && !fault.message.contains("sig"), "{fault}");
        }
        assert_eq!(server.seen().len(), 2);
    }
    assert_eq!(foreign.connections(), 0, "not one byte");
}

#[tokio::test]
async fn loops_and_endless_lists_end() {
    let server = Server::new(|_, seen| {
        let next = if seen.target.contains("/a") { "/b" } else { "/a" };
        answer(200, format!(r#"{{"value":[1],"nextLink":"{next}"}}"#))
    })
    .await;
    let listing = bench(&server).client.list(&things()).await;
    assert!(listing.fault.unwrap().message.contains("never ends"));
    assert_eq!(listing.pages.len(), 3);

    let server = Server::new(|n, _| answer(200, format!(r#"{{"value":[1],"nextLink":"/{n}"}}"#))).await;
    let token = || std::sync::Arc::new(StaticToken::new(TOKEN));
    let few = bench_with(&server, Limits { max_pages: 7, ..quick() }, token());
    let listing = few.client.list(&things()).await;
    assert_eq!((listing.pages.len(), listing.fault.unwrap().message.as_str()), (7, "the list has more than 7 pages"));
    let small = bench_with(&server, Limits { max_list: 100, ..quick() }, token());
    let fault = small.client.list(&things()).await.fault.unwrap();
    assert_eq!(fault.message, "the list has more than 100 bytes");
}

#[tokio::test]
async fn compressed_answers_are_read_and_bombs_are_not() {
    let good = answer(200, gzip(br#"{"value":[1]}"#)).with("content-encoding", "gzip");
    let server = Server::always(good).await;
    let listing = bench(&server).client.list(&things()).await;
    assert_eq!((items(&listing), listing.fault), (vec!["1".to_owned()], None));
    assert_eq!(server.seen()[0].header("accept-encoding"), Some("gzip"));

    let bomb = gzip(&vec![b' '; 30 << 20]);
    assert!(bomb.len() < 60_000);
    for status in [200, 403] {
        let server = Server::always(answer(status, &bomb).with("content-encoding", "gzip")).await;
        let limits = Limits { max_body: 1 << 20, request_timeout: std::time::Duration::from_secs(20), ..quick() };
        let bench = bench_with(&server, limits, std::sync::Arc::new(StaticToken::new(TOKEN)));
        let fault = bench.client.get(&things()).await.unwrap_err();
        let expected = if status == 200 { GapReason::Malformed } else { GapReason::Denied };
        assert_eq!(fault.reason, expected, "{fault}");
        assert_eq!(server.seen().len(), 1, "a bomb is not asked for twice");
    }
}

#[tokio::test]
async fn answers_that_are_cut_off_are_asked_for_again_and_never_believed() {
    let whole = r#"{"value":[1,2,3]}"#;
    let mut cut_gzip = gzip(whole.as_bytes());
    cut_gzip.truncate(cut_gzip.len() / 2);
    let raw = |head: &str, body: &[u8]| {
        let mut bytes = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").into_bytes();
        bytes.extend_from_slice(body);
        Answered::Raw(bytes)
    };
    for cut in [
        raw("content-length: 1000", whole.as_bytes()),
        raw("connection: close", &whole.as_bytes()[..9]),
        raw("transfer-encoding: chunked", b"5\r\n{\"val\r\n"),
        raw(&format!("content-encoding: gzip\r\ncontent-length: {}", cut_gzip.len()), &cut_gzip),
        answer(200, &whole[..whole.len() - 1]),
        answer(200, ""),
    ] {
        let server = Server::always(cut.clone()).await;
        let listing = bench(&server).client.list(&things()).await;
        let fault = listing.fault.unwrap();
        assert_eq!(fault.reason, GapReason::Malformed, "{cut:?} {fault}");
        assert!(fault.message.contains("cut off"), "{fault}");
        assert_eq!((listing.pages.len(), server.seen().len()), (0, 3));

        let once =
            Server::new(move |n, _| if n == 0 { cut.clone() } else { answer(200, r#"{"value":[1,2,3]}"#) }).await;
        let listing = bench(&once).client.list(&things()).await;
        assert_eq!((items(&listing).len(), listing.fault), (3, None));
    }
}

#[tokio::test]
async fn what_is_no_list_is_malformed_and_what_came_before_is_kept() {
    for body in ["<html>", "null", "7", "[]", "{}", r#"{"value":null}"#, r#"{"value":{}}"#, "{\"value\":[\"\u{1}\"]}"] {
        let server =
            Server::new(
                move |n, _| {
                    if n == 0 { answer(200, r#"{"value":[1],"nextLink":"/2"}"#) } else { answer(200, body) }
                },
            )
            .await;
        let listing = bench(&server).client.list(&things()).await;
        let fault = listing.fault.clone().unwrap();
        assert_eq!((fault.reason, items(&listing)), (GapReason::Malformed, vec!["1".to_owned()]), "{body}");
        assert_eq!((fault.call.as_str(), server.seen().len()), ("GET /2", 2), "{body}");
    }
    let server = Server::always(answer(200, r#"{"value":[1],"nextLink":{"href":"/2"}}"#)).await;
    let listing = bench(&server).client.list(&things()).await;
    assert!(listing.fault.is_some() && listing.pages.len() == 1);
}

#[tokio::test]
async fn a_get_gives_the_body_as_it_came() {
    let server = Server::always(answer(200, "\u{feff}{ \"id\": \"x\" }")).await;
    let answered = bench(&server).client.get(&call("/subscriptions/s?a=b")).await.unwrap();
    assert_eq!(answered.body, b"{ \"id\": \"x\" }");
    assert_eq!(answered.path, "/subscriptions/s?a=b&api-version=2024-08-01");
    assert_eq!(answered.digest.len(), 64);
    for body in ["x", "\"x\"", "7", "null", "true", "{\"a\":1} x"] {
        let server = Server::always(answer(200, body)).await;
        let fault = bench(&server).client.get(&things()).await.unwrap_err();
        assert_eq!((fault.reason, fault.status), (GapReason::Malformed, Some(200)), "{body}");
        assert_eq!(server.seen().len(), 1);
    }
}
