//! Resource Graph and Microsoft Graph.

use crate::collect::client::tests::bench;
use crate::collect::client::tests::server::{Server, answer};
use crate::collect::client::{Listing, Query};
use crate::model::GapReason;

fn query(subscriptions: usize) -> Query {
    Query {
        table: "resources".into(),
        kql: "resources | project id | order by id asc".into(),
        subscriptions: (0..subscriptions).map(|n| format!("s{n:04}")).collect(),
        management_groups: Vec::new(),
        scope_filter: None,
    }
}

fn rows(from: usize, to: usize, total: usize, more: &str) -> String {
    let data: Vec<String> = (from..to).map(|n| format!(r#"{{"id":"/r{n}"}}"#)).collect();
    format!(r#"{{"totalRecords":{total},"count":{},"data":[{}],"facets":[]{more}}}"#, to - from, data.join(","))
}

fn count(listing: &Listing) -> usize {
    listing.pages.iter().map(|p| p.items.len()).sum()
}

#[tokio::test]
async fn all_pages_of_all_groups_are_asked_for() {
    let server = Server::new(|_, seen| {
        let body = seen.json();
        match body["options"]["$skipToken"].as_str() {
            None => answer(200, rows(0, 1000, 1500, r#","resultTruncated":"false","$skipToken":"t1""#)),
            Some("t1") => answer(200, rows(1000, 1500, 1500, r#","resultTruncated":"false""#)),
            Some(other) => panic!("{other}"),
        }
    })
    .await;
    let asked = Query { scope_filter: Some("AtScopeAboveAndBelow".into()), ..query(650) };
    let listing = bench(&server).client.query(&asked).await;
    assert_eq!(listing.fault, None);
    assert_eq!((listing.pages.len(), count(&listing)), (6, 4500));
    let seen = server.seen();
    let sizes: Vec<usize> = seen.iter().map(|s| s.json()["subscriptions"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [300, 300, 300, 300, 50, 50]);
    let first = seen[0].json();
    assert_eq!(first["options"]["$top"], 1000);
    assert_eq!(first["options"]["resultFormat"], "objectArray");
    assert_eq!(first["options"]["authorizationScopeFilter"], "AtScopeAboveAndBelow");
    assert_eq!(first["query"], asked.kql.as_str());
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(listing.pages[0].answer.api_version, "2022-10-01");
}

#[tokio::test]
async fn management_groups_and_the_tenant_are_asked_whole() {
    let server = Server::always(answer(200, rows(0, 1, 1, ""))).await;
    let bench = bench(&server);
    let groups = (0..12).map(|n| format!("m{n}")).collect();
    bench.client.query(&Query { management_groups: groups, ..query(0) }).await;
    bench.client.query(&query(0)).await;
    let bodies: Vec<_> = server.seen().iter().map(|s| s.json()).collect();
    assert_eq!(bodies[0]["managementGroups"].as_array().unwrap().len(), 10);
    assert_eq!(bodies[1]["managementGroups"].as_array().unwrap().len(), 2);
    assert!(bodies[2].get("managementGroups").is_none() && bodies[2].get("subscriptions").is_none());
    assert!(bodies.iter().all(|b| b["options"]["allowPartialScopes"] == false));
}

#[tokio::test]
async fn what_is_left_out_is_noticed() {
    for (body, kept, word) in [
        (rows(0, 1, 1, r#","resultTruncated":"true""#), 1, "resultTruncated"),
        (rows(0, 1, 1, r#","resultTruncated":true"#), 1, "resultTruncated"),
        (rows(0, 2, 3, r#","resultTruncated":"false""#), 2, "counts 3 rows and gave 2"),
        (rows(0, 2, 1, ""), 2, "counts 1 rows and gave 2"),
        (rows(0, 2, 2, r#","$skipToken":"t""#), 4, "the same $skipToken"),
        (rows(0, 2, 2, r#","resultTruncated":"perhaps""#), 0, "neither"),
        (r#"{"totalRecords":1,"count":2,"data":[1]}"#.to_owned(), 0, "holds 1"),
        (r#"{"data":{"columns":[],"rows":[]},"count":0,"totalRecords":0}"#.to_owned(), 0, "no array"),
        ("{}".to_owned(), 0, "no data"),
    ] {
        let server = Server::always(answer(200, &body)).await;
        let listing = bench(&server).client.query(&query(1)).await;
        let fault = listing.fault.clone().unwrap();
        assert_eq!((fault.reason, count(&listing)), (GapReason::Malformed, kept), "{body} {fault}");
        assert!(fault.message.contains(word), "{fault}");
        assert!(fault.call.starts_with("POST /providers/Microsoft.ResourceGraph/resources"));
    }
    let hit = answer(200, rows(0, 1, 1, "")).with("x-ms-tenant-subscription-limit-hit", "true");
    let server = Server::always(hit).await;
    assert!(bench(&server).client.query(&query(1)).await.fault.unwrap().message.contains("more subscriptions"));
}

#[tokio::test]
async fn rows_that_moved_are_asked_for_once_more() {
    // Rows 0 and 1 on the first page, row 1 again on the second: row 2 was pushed past, or taken away.
    let moved = |second_run: (usize, usize)| {
        move |n: usize, _: &_| match n {
            0 | 2 => answer(200, rows(0, 2, 3, r#","$skipToken":"t""#)),
            1 => answer(200, rows(1, 2, 3, "")),
            _ => answer(200, rows(second_run.0, second_run.1, 3, "")),
        }
    };
    let server = Server::new(moved((2, 3))).await;
    let listing = bench(&server).client.query(&query(1)).await;
    assert_eq!((listing.fault.clone(), count(&listing), server.seen().len()), (None, 3, 4));
    let server = Server::new(moved((1, 2))).await;
    let listing = bench(&server).client.query(&query(1)).await;
    assert!(listing.fault.unwrap().message.contains("on two pages"));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn one_group_that_fails_does_not_keep_the_others() {
    let server = Server::new(|_, seen| {
        if seen.json()["subscriptions"][0] == "s0000" {
            answer(403, r#"{"error":{"code":"AccessDenied","message":"m"}}"#)
        } else {
            answer(200, rows(0, 5, 5, ""))
        }
    })
    .await;
    let listing = bench(&server).client.query(&query(600)).await;
    assert_eq!((listing.fault.clone().unwrap().reason, count(&listing)), (GapReason::Denied, 5));
}

#[tokio::test]
async fn principals_are_asked_for_by_the_thousand() {
    let server = Server::new(|n, _| match n {
        0 => answer(200, r#"{"value":[{"id":"1"}],"@odata.nextLink":"/v1.0/next"}"#),
        1 => answer(200, r#"{"value":[{"id":"2"}]}"#),
        _ => answer(403, r#"{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}}"#),
    })
    .await;
    let ids: Vec<String> = (0..1500).map(|n| format!("p{:04}", n % 1200)).collect();
    let listing = bench(&server).client.principals(&ids).await;
    assert_eq!(count(&listing), 2);
    let fault = listing.fault.unwrap();
    assert_eq!((fault.reason, fault.code.as_deref()), (GapReason::Denied, Some("Authorization_RequestDenied")));
    let seen = server.seen();
    assert_eq!(seen[0].target, "/v1.0/directoryObjects/getByIds");
    assert_eq!(seen[0].json()["ids"].as_array().unwrap().len(), 1000);
    assert_eq!((seen[1].method.as_str(), seen[1].target.as_str()), ("GET", "/v1.0/next"));
    assert_eq!(seen[2].json()["ids"].as_array().unwrap().len(), 200);
}
