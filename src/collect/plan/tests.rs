//! Plans of small invented policies.

use std::collections::{BTreeMap, BTreeSet};

use crate::collect::catalog::catalog;
use crate::collect::plan::{Bodies, Names, Plan, Planned};
use crate::model::{
    GapReason, Policy, PolicyId, PolicyMeta, PolicySet, Read, ReadPath, RegoFile, Remediation, ResourceType, Severity,
    Trust,
};

/// Policies `azure.t.p0`, `azure.t.p1`, … that judge a type and read some paths.
fn policies(written: &[(&str, &[&str])]) -> PolicySet {
    let mut set = PolicySet::default();
    for (at, (resource, reads)) in written.iter().enumerate() {
        let id = PolicyId::parse(&format!("azure.t.p{at}")).unwrap();
        let read = |path: &&str| Read { path: ReadPath::parse(path).unwrap(), kind: None, absent: None, in_part: None };
        let meta = PolicyMeta {
            id: id.clone(),
            check: "T-1".to_owned(),
            title: "t".to_owned(),
            description: String::new(),
            severity: Severity::Low,
            resources: vec![ResourceType::new(resource)],
            reads: reads.iter().map(read).collect(),
            parameters: BTreeMap::new(),
            controls: BTreeMap::new(),
            remediation: Remediation::default(),
            fix: None,
            links: Vec::new(),
            crosswalks: BTreeMap::new(),
            aliases: Vec::new(),
        };
        let rego = RegoFile { path: "policy.rego".to_owned(), text: "".into() };
        let policy = Policy { meta, rego, tests: None, pass: None, fail: None, trust: Trust::Embedded };
        set.policies.insert(id, policy);
    }
    set
}

fn plan(written: &[(&str, &[&str])]) -> Plan {
    Plan::of(&policies(written))
}

fn row<'a>(plan: &'a Plan, resource_type: &str) -> &'a Planned {
    plan.planned.get(&resource_type.to_lowercase()).unwrap_or_else(|| panic!("{resource_type} is not planned"))
}

fn only(names: &[&str]) -> Names {
    Names::Only(names.iter().map(|n| (*n).to_owned()).collect())
}

const PG: &str = "Microsoft.DBforPostgreSQL/flexibleServers";
const PG_PARAMETERS: &str = "Microsoft.DBforPostgreSQL/flexibleServers/configurations";

#[test]
fn nothing_but_what_is_read_is_planned() {
    let plan = plan(&[(PG, &["resource.properties.network.publicNetworkAccess"])]);
    let types: Vec<&str> = plan.planned.keys().map(String::as_str).collect();
    assert_eq!(
        types,
        [
            "microsoft.dbforpostgresql/flexibleservers",
            "microsoft.resources/subscriptions",
            "microsoft.resources/subscriptions/resourcegroups"
        ]
    );
    let servers = row(&plan, PG);
    assert_eq!((servers.bodies, &servers.names), (Bodies::Graph, &Names::All));
    assert_eq!(servers.policies, BTreeSet::from(["azure.t.p0".to_owned()]));
    assert!(plan.uncatalogued.is_empty() && plan.identity_users.is_empty());
}

#[test]
fn few_names_are_single_gets_and_many_are_a_list() {
    let two =
        plan(&[(PG, &["children.configurations.a.properties.value", "children.configurations.b.properties.value"])]);
    assert_eq!(row(&two, PG_PARAMETERS).names, only(&["a", "b"]));
    assert_eq!(row(&two, PG_PARAMETERS).bodies, Bodies::Get);
    let three = plan(&[
        (PG, &["children.configurations.a.properties.value", "children.configurations.b.properties.value"]),
        (PG, &["children.configurations.c.properties.value"]),
    ]);
    assert_eq!(row(&three, PG_PARAMETERS).names, Names::All);
    assert_eq!(row(&three, PG_PARAMETERS).bodies, Bodies::List);
    assert_eq!(row(&three, PG_PARAMETERS).policies.len(), 2);
    let wild = plan(&[(PG, &["children.configurations.*"])]);
    assert_eq!(row(&wild, PG_PARAMETERS).names, Names::All);
    let judged = plan(&[(PG_PARAMETERS, &["resource.properties.value"]), (PG, &["children.configurations.a.name"])]);
    assert_eq!(row(&judged, PG_PARAMETERS).names, Names::All);
}

#[test]
fn names_are_spelled_as_azure_does() {
    let plan = plan(&[("Microsoft.Sql/servers", &["children.encryptionProtector.CURRENT.properties.serverKeyType"])]);
    assert_eq!(row(&plan, "Microsoft.Sql/servers/encryptionProtector").names, only(&["current"]));
}

#[test]
fn a_list_is_taken_where_it_tells_as_much_for_less() {
    let both = plan(&[(
        "Microsoft.Web/sites",
        &[
            "children.basicPublishingCredentialsPolicies.ftp.properties.allow",
            "children.basicPublishingCredentialsPolicies.scm.properties.allow",
        ],
    )]);
    assert_eq!(row(&both, "Microsoft.Web/sites/basicPublishingCredentialsPolicies").names, Names::All);
    let replicas = plan(&[("Microsoft.ContainerRegistry/registries", &["children.replications.x.location"])]);
    let replicas = row(&replicas, "Microsoft.ContainerRegistry/registries/replications");
    assert_eq!((&replicas.names, replicas.bodies), (&Names::All, Bodies::Graph));
}

#[test]
fn what_is_only_given_out_by_post_is_refused_and_never_fetched() {
    let plan = plan(&[(
        "Microsoft.Web/sites",
        &[
            "children.config.AuthSettings.properties.enabled",
            "children.config.authsettingsv2.properties.platform.enabled",
        ],
    )]);
    let config = row(&plan, "Microsoft.Web/sites/config");
    assert_eq!(config.names, only(&["authsettingsV2"]));
    assert!(config.refused["authsettings"].contains("POST"));
    // Names that nobody knows are not tried: they could be anything.
    let other = Plan::of(&policies(&[("Microsoft.Web/sites", &["children.config.surprise.properties.x"])]));
    let config = row(&other, "Microsoft.Web/sites/config");
    assert_eq!((&config.names, config.refused.len()), (&only(&[]), 1));
}

#[test]
fn properties_of_a_child_are_fetched_when_they_are_read() {
    let read = plan(&[("Microsoft.Web/sites", &["resource.properties.siteConfig.minTlsVersion"])]);
    assert!(row(&read, "Microsoft.Web/sites").merge);
    assert_eq!(row(&read, "Microsoft.Web/sites/config").names, only(&["web"]));
    let not = plan(&[("Microsoft.Web/sites", &["resource.properties.httpsOnly"])]);
    let sites = row(&not, "Microsoft.Web/sites");
    assert!(!sites.merge && !not.planned.contains_key("microsoft.web/sites/config"));
    // What was not fetched must not look absent.
    assert_eq!(sites.unread.get("resource.properties.siteConfig"), Some(&GapReason::OutOfScope));
    let slots = plan(&[("Microsoft.Web/sites/slots", &["resource.properties.siteConfig.ftpsState"])]);
    assert_eq!(row(&slots, "Microsoft.Web/sites/slots/config").names, only(&["web"]));
    assert!(slots.planned.contains_key("microsoft.web/sites"));
}

#[test]
fn bodies_come_from_where_the_property_is() {
    let list = plan(&[("Microsoft.Sql/servers", &["resource.properties.administrators.login"])]);
    assert_eq!(row(&list, "Microsoft.Sql/servers").bodies, Bodies::List);
    let graph = plan(&[("Microsoft.Sql/servers", &["resource.properties.minimalTlsVersion"])]);
    assert_eq!(row(&graph, "Microsoft.Sql/servers").bodies, Bodies::Graph);
    assert!(row(&graph, "Microsoft.Sql/servers").unread.contains_key("resource.properties.administrators"));
    let age = plan(&[(PG, &["resource.systemData.createdAt"])]);
    assert_eq!(row(&age, PG).bodies, Bodies::List);
    let stats = plan(&[("Microsoft.Storage/storageAccounts", &["resource.properties.geoReplicationStats.status"])]);
    assert_eq!(row(&stats, "Microsoft.Storage/storageAccounts").bodies, Bodies::Get);
    let keys = plan(&[("Microsoft.KeyVault/vaults/keys", &["resource.properties.kty"])]);
    assert_eq!(row(&keys, "Microsoft.KeyVault/vaults/keys").bodies, Bodies::Get);
    let hidden = plan(&[("Microsoft.Storage/storageAccounts/queueServices", &["resource.properties.logging.read"])]);
    let unread = &row(&hidden, "Microsoft.Storage/storageAccounts/queueServices").unread;
    assert_eq!(unread.get("resource.properties.logging"), Some(&GapReason::Unsupported));
}

#[test]
fn forward_relations_bring_the_other_end_and_what_it_lies_below() {
    let plan = plan(&[(PG, &["related.key.properties.kty"])]);
    let keys = row(&plan, "Microsoft.KeyVault/vaults/keys");
    assert!(keys.referred_only && keys.bodies == Bodies::Get);
    assert!(row(&plan, "Microsoft.KeyVault/vaults").referred_only);
    assert!(plan.planned.contains_key("microsoft.keyvault/managedhsms/keys"));
    assert!(!row(&plan, PG).referred_only);
    let both = Plan::of(&policies(&[
        (PG, &["related.key_vault.location"]),
        ("Microsoft.KeyVault/vaults", &["resource.location"]),
    ]));
    assert!(!row(&both, "Microsoft.KeyVault/vaults").referred_only);
    assert_eq!(row(&both, "Microsoft.KeyVault/vaults").policies.len(), 2);
}

#[test]
fn reverse_relations_bring_everything_that_can_use() {
    let keys = plan(&[("Microsoft.KeyVault/vaults/keys", &["related.key_users"])]);
    for user in crate::model::KEY_USES {
        assert!(!row(&keys, user.resource).referred_only, "{}", user.resource);
    }
    assert!(keys.planned.contains_key("microsoft.sql/servers"), "the parent of an encryption protector");
    let subnets = plan(&[(PG, &["related.subnet_users"])]);
    assert!(subnets.planned.contains_key("microsoft.web/sites"));
    let identities = plan(&[(PG, &["related.identity_users"])]);
    assert_eq!(identities.identity_users, BTreeSet::from(["azure.t.p0".to_owned()]));
}

#[test]
fn settings_are_read_below_the_types_of_their_row() {
    let plan = plan(&[("Microsoft.Insights/diagnosticSettings", &["resource.properties.logs"])]);
    let settings = row(&plan, "Microsoft.Insights/diagnosticSettings");
    assert!(settings.parents.contains("microsoft.keyvault/vaults") && !settings.parents.contains("*"));
    assert!(settings.parents.iter().all(|p| plan.planned.contains_key(p)));
    assert!(Plan::everything().planned["microsoft.insights/diagnosticsettings"].parents.contains("*"));
}

#[test]
fn what_has_no_row_is_named_with_its_policies() {
    let plan =
        plan(&[("Contoso.Widgets/widgets", &["children.knobs.*"]), (PG, &["children.gadgets.x.properties.value"])]);
    let named: Vec<&str> = plan.uncatalogued.iter().map(|u| u.resource_type.as_str()).collect();
    assert_eq!(
        named,
        [
            "Contoso.Widgets/widgets",
            "Contoso.Widgets/widgets/knobs",
            "Microsoft.DBforPostgreSQL/flexibleServers/gadgets"
        ]
    );
    assert_eq!(plan.uncatalogued[2].policies, BTreeSet::from(["azure.t.p1".to_owned()]));
}

#[test]
fn everything_is_every_row_with_parents_first() {
    let plan = Plan::everything();
    assert_eq!(plan.planned.len(), catalog().rows().count());
    assert_eq!(row(&plan, "Microsoft.Network/virtualNetworks").bodies, Bodies::Graph);
    assert_eq!(row(&plan, "Microsoft.Sql/servers").bodies, Bodies::List);
    assert_eq!(row(&plan, "Microsoft.Storage/storageAccounts").bodies, Bodies::Get);
    assert!(row(&plan, "Microsoft.Web/sites").merge);
    let order = plan.in_order();
    assert_eq!(order.len(), plan.planned.len());
    let place = |t: &str| order.iter().position(|p| p.row.resource_type.eq_ignore_ascii_case(t)).unwrap();
    for planned in &order {
        for parent in planned.parents.iter().filter(|p| *p != "*") {
            assert!(place(parent) < place(&planned.row.resource_type), "{parent}");
        }
    }
    assert_eq!(order.last().unwrap().row.resource_type, "Microsoft.Insights/diagnosticSettings");
    assert_eq!(
        plan.planned["microsoft.web/sites/config"].names,
        only(&["authsettingsV2", "logs", "slotConfigNames", "web"])
    );
}

#[test]
fn actions_are_those_of_the_plan_without_vaults_and_retired_services() {
    let plan = plan(&[
        ("Microsoft.KeyVault/vaults/certificates", &["resource.properties.attributes.exp"]),
        ("Microsoft.DBforPostgreSQL/servers", &["resource.type"]),
    ]);
    let actions: Vec<String> = plan.actions().into_iter().collect();
    assert_eq!(
        actions,
        [
            "Microsoft.KeyVault/vaults/read",
            "Microsoft.Resources/subscriptions/read",
            "Microsoft.Resources/subscriptions/resourceGroups/read"
        ]
    );
    assert_eq!(plan.withheld(), BTreeSet::from(["Microsoft.DBforPostgreSQL/servers/read".to_owned()]));
}

#[test]
fn the_digest_follows_the_plan_and_nothing_else() {
    let reads: &[&str] = &["resource.location"];
    let first = plan(&[(PG, reads)]).digest();
    assert_eq!(first.len(), 64);
    assert_eq!(first, plan(&[(PG, reads)]).digest());
    assert_eq!(first, plan(&[(&PG.to_uppercase(), reads)]).digest());
    assert_ne!(first, plan(&[(PG, &["resource.systemData.createdAt"])]).digest());
    assert_ne!(first, plan(&[(PG, reads), (PG, reads)]).digest());
    assert_ne!(first, Plan::everything().digest());
    assert_ne!(Plan::of(&PolicySet::default()).digest(), Plan::default().digest());
}
