//! The two reads that are POSTs: Resource Graph queries, and principals by id from Microsoft Graph.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Value, json};

use crate::model::GapReason;

use super::limits::{GRAPH_IDS, GRAPH_MANAGEMENT_GROUPS, GRAPH_PAGE, GRAPH_SUBSCRIPTIONS};
use super::paging::{self, Rows, Unread};
use super::send::Ask;
use super::transport::{Outgoing, Post, Reply};
use super::{Client, Fault, Listing, Page, Plane, Query, text_of};

/// The newest stable version of the query operation, and the one before it.
const QUERY_VERSION: &str = "2022-10-01";
const QUERY_FALLBACKS: &[&str] = &["2021-03-01"];

/// Pages of one batch of scopes, and why they are not all.
struct Batch {
    pages: Vec<Page>,
    fault: Option<Fault>,
    /// Rows moved between pages while they were read: another run may see them at rest.
    moved: bool,
}

impl Client {
    /// Asks Resource Graph, all pages, in groups of 300 subscriptions or 10 management groups. A group that fails
    /// leaves the fault and does not keep the others from being read; of several faults the first stays.
    ///
    /// A subscription that the identity cannot read is left out by Resource Graph without a word: compare.
    pub async fn query(&self, query: &Query) -> Listing {
        let mut scopes: Vec<Value> = Vec::new();
        scopes.extend(query.subscriptions.chunks(GRAPH_SUBSCRIPTIONS).map(|ids| json!({ "subscriptions": ids })));
        scopes.extend(
            query.management_groups.chunks(GRAPH_MANAGEMENT_GROUPS).map(|ids| json!({ "managementGroups": ids })),
        );
        if scopes.is_empty() {
            scopes.push(json!({}));
        }
        let family = format!("resource graph {}", query.table);
        let ask = Ask {
            origin: self.cloud().arm.clone(),
            audience: self.cloud().arm_audience.clone(),
            way: self.lanes.resource_graph(),
            family: &family,
            with_host: false,
        };
        let mut listing = Listing::default();
        for scope in &scopes {
            let mut batch = self.batch(&ask, query, scope).await;
            if batch.moved {
                batch = self.batch(&ask, query, scope).await;
            }
            listing.pages.append(&mut batch.pages);
            listing.fault = listing.fault.or(batch.fault);
        }
        listing
    }

    async fn batch(&self, ask: &Ask<'_>, query: &Query, scope: &Value) -> Batch {
        let mut batch = Batch { pages: Vec::new(), fault: None, moved: false };
        if let Err(fault) = self.read_batch(ask, query, scope, &mut batch).await {
            batch.fault = Some(fault);
        }
        batch
    }

    async fn read_batch(&self, ask: &Ask<'_>, query: &Query, scope: &Value, batch: &mut Batch) -> Result<(), Fault> {
        let mut token: Option<String> = None;
        let mut tokens: BTreeSet<String> = BTreeSet::new();
        let mut seen: HashSet<u64> = HashSet::new();
        let (mut rows, mut bytes, mut moved) = (0u64, 0usize, false);
        loop {
            let body = body_of(query, scope, token.as_deref());
            let (request, reply, version) = self.post(ask, Post::Resources, &body).await?;
            let label = ask.label(&request);
            let malformed = |what: &str| Fault::new(GapReason::Malformed, &label, what);
            let Rows { items, skip_token, total, truncated } = match paging::rows(&reply.body) {
                Ok(rows) => rows,
                Err(Unread::Cut) => return Err(malformed("the answer was cut off")),
                Err(Unread::Other(what)) => return Err(malformed(&reply.clean(&what))),
            };
            let limit_hit = text_of(&reply.headers, "x-ms-tenant-subscription-limit-hit")
                .is_some_and(|hit| hit.trim().eq_ignore_ascii_case("true"));
            rows += items.len() as u64;
            bytes = bytes.saturating_add(reply.body.len());
            // Equal rows on two pages: one of them has pushed another row past the page that was being read.
            let here: HashSet<u64> = items.iter().map(|row| hash_of(row.get())).collect();
            moved |= !seen.is_disjoint(&here);
            seen.extend(here);
            batch.pages.push(Page { answer: self.page_answer(request.url(), reply, &version), items });
            if limit_hit {
                return Err(malformed(
                    "there are more subscriptions than one query reads; name them in smaller groups",
                ));
            }
            match skip_token {
                None if truncated => {
                    return Err(malformed("Resource Graph left rows out (resultTruncated) and gave no further page"));
                }
                None if rows != total || moved => {
                    batch.moved = true;
                    let what = if rows == total {
                        "Resource Graph gave a row on two pages, so that another may be missing".to_owned()
                    } else {
                        format!("Resource Graph counts {total} rows and gave {rows}")
                    };
                    return Err(malformed(&what));
                }
                None => return Ok(()),
                Some(next) if !tokens.insert(next.clone()) => {
                    return Err(malformed("Resource Graph gave the same $skipToken twice; the list never ends"));
                }
                Some(_) if batch.pages.len() >= self.limits.max_pages => {
                    return Err(malformed(&format!("the list has more than {} pages", self.limits.max_pages)));
                }
                Some(_) if bytes > self.limits.max_list => {
                    return Err(malformed(&format!("the list has more than {} bytes", self.limits.max_list)));
                }
                Some(next) => token = Some(next),
            }
        }
    }

    /// Asks Microsoft Graph for principals by their ids, a thousand at a time. Ids that it does not know are left out
    /// of the answer without a word.
    pub async fn principals(&self, ids: &[String]) -> Listing {
        let ids: Vec<&String> = ids.iter().collect::<BTreeSet<_>>().into_iter().collect();
        let ask = Ask {
            origin: self.cloud().graph.clone(),
            audience: self.cloud().graph_audience.clone(),
            way: self.lanes.way(&Plane::Graph, None, ""),
            family: "directoryObjects",
            with_host: true,
        };
        let mut listing = Listing::default();
        for ids in ids.chunks(GRAPH_IDS) {
            let body = json!({ "ids": ids, "types": ["user", "group", "servicePrincipal"] });
            let read = match self.post(&ask, Post::GetByIds, &body).await {
                Ok((request, reply, version)) => self.follow(&ask, request, reply, version, &mut listing.pages).await,
                Err(fault) => Err(fault),
            };
            listing.fault = listing.fault.or(read.err());
        }
        listing
    }

    /// Sends a POST that reads. The endpoints are those of [`Post`] and no others.
    async fn post(&self, ask: &Ask<'_>, post: Post, body: &Value) -> Result<(Outgoing, Reply, String), Fault> {
        let bytes = body.to_string().into_bytes();
        let outgoing = |version: &str| Outgoing::post(post, self.cloud(), version, bytes.clone());
        match post {
            Post::Resources => {
                let fallbacks: Vec<String> = QUERY_FALLBACKS.iter().map(|v| (*v).to_owned()).collect();
                self.with_versions(ask, QUERY_VERSION, &fallbacks, outgoing).await
            }
            Post::GetByIds => self.with_versions(ask, "", &[], outgoing).await,
        }
    }
}

fn body_of(query: &Query, scope: &Value, token: Option<&str>) -> Value {
    // objectArray: older versions answer with columns and rows. Partial scopes would be left out without a word.
    let mut options = json!({ "$top": GRAPH_PAGE, "resultFormat": "objectArray" });
    if scope.get("subscriptions").is_none() {
        options["allowPartialScopes"] = false.into();
    }
    if let Some(filter) = &query.scope_filter {
        options["authorizationScopeFilter"] = filter.as_str().into();
    }
    if let Some(token) = token {
        options["$skipToken"] = token.into();
    }
    let mut body = scope.clone();
    body["query"] = query.kql.as_str().into();
    body["options"] = options;
    body
}

fn hash_of(row: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.hash(&mut hasher);
    hasher.finish()
}
