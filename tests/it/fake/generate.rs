//! Estates of any size, made of templates so that no text is kept twice.

use serde_json::{Value, json};

use super::estate::Estate;

/// How large a generated estate is.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// PostgreSQL servers in all.
    pub(crate) servers: usize,
    /// Subscriptions; servers are dealt out one by one.
    pub(crate) subscriptions: usize,
    /// Parameters of each server; `require_secure_transport` and `ssl_min_protocol_version` come first.
    pub(crate) configurations: usize,
    /// Microsoft Entra administrators of each server.
    pub(crate) administrators: usize,
    /// Databases of each server.
    pub(crate) databases: usize,
    /// Firewall rules of each server.
    pub(crate) firewall_rules: usize,
    /// Whether each server has a diagnostic setting.
    pub(crate) diagnostics: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            servers: 1000,
            subscriptions: 1,
            configurations: 6,
            administrators: 1,
            databases: 2,
            firewall_rules: 1,
            diagnostics: true,
        }
    }
}

impl Shape {
    /// How many resources that makes.
    pub(crate) fn resources(&self) -> usize {
        let children = self.configurations + self.administrators + self.databases + self.firewall_rules;
        self.servers * (1 + children + usize::from(self.diagnostics))
    }
}

const SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

/// Parameters, their type, value and allowed values.
const PARAMETERS: [(&str, &str, &str, &str); 6] = [
    ("require_secure_transport", "Boolean", "on", "on,off"),
    ("ssl_min_protocol_version", "Enumeration", "TLSv1.2", "TLSv1.2,TLSv1.3"),
    ("log_connections", "Boolean", "on", "on,off"),
    ("log_disconnections", "Boolean", "on", "on,off"),
    ("connection_throttle.enable", "Boolean", "on", "on,off"),
    ("logfiles.retention_days", "Integer", "7", "1-7"),
];

impl Estate {
    /// PostgreSQL servers with their children, in the subscriptions `5c1fa000-0000-4000-8000-…`, ten servers to a
    /// resource group, below the management group `mg-generated`. The same shape gives the same estate.
    pub(crate) fn generate(shape: &Shape) -> Self {
        let mut estate = Self::empty();
        estate.management_group("mg-generated", "Generated", None);
        let subscriptions = shape.subscriptions.max(1);
        for number in 0..subscriptions {
            estate.subscription(&subscription(number), "Enabled", "mg-generated");
        }
        let server = estate.template(&server().to_string());
        let parameters: Vec<(String, u32)> = (0..shape.configurations)
            .map(|n| {
                let (name, kind, value, allowed) =
                    PARAMETERS.get(n).copied().unwrap_or(("", "Integer", "8", "1-262143"));
                let name = if name.is_empty() { format!("parameter_{n:03}") } else { name.to_owned() };
                (name, estate.template(&configuration(kind, value, allowed).to_string()))
            })
            .collect();
        let administrator = estate.template(&administrator().to_string());
        let database = estate.template(&database().to_string());
        let rule = estate.template(&firewall_rule().to_string());
        let diagnostic = estate.template(&diagnostic().to_string());
        for number in 0..shape.servers {
            let within = number / subscriptions;
            let id = format!(
                "/subscriptions/{}/resourceGroups/rg-gen-{:04}/providers/{SERVER}/pg-gen-{number:06}",
                subscription(number % subscriptions),
                within / 10,
            );
            let n = u32::try_from(number).expect("fewer than four thousand million servers");
            estate.add_template(&id, SERVER, true, server, n);
            for (name, template) in &parameters {
                let child = format!("{id}/configurations/{name}");
                estate.add_template(&child, &format!("{SERVER}/configurations"), false, *template, n);
            }
            for at in 0..shape.administrators {
                let child = format!("{id}/administrators/5c1fad00-{at:04}-4000-8000-{number:012}");
                estate.add_template(&child, &format!("{SERVER}/administrators"), false, administrator, n);
            }
            for at in 0..shape.databases {
                let child = format!("{id}/databases/db_{at:03}");
                estate.add_template(&child, &format!("{SERVER}/databases"), false, database, n);
            }
            for at in 0..shape.firewall_rules {
                let child = format!("{id}/firewallRules/office-{at:03}");
                estate.add_template(&child, &format!("{SERVER}/firewallRules"), false, rule, n);
            }
            if shape.diagnostics {
                let child = format!("{id}/providers/Microsoft.Insights/diagnosticSettings/to-log");
                estate.add_template(&child, "Microsoft.Insights/diagnosticSettings", false, diagnostic, n);
            }
        }
        estate.seal();
        estate
    }
}

/// The id of a generated subscription.
fn subscription(number: usize) -> String {
    format!("5c1fa000-0000-4000-8000-{number:012}")
}

fn server() -> Value {
    json!({
        "id": "{id}", "name": "{name}", "type": SERVER, "location": "West Europe",
        "sku": {"name": "Standard_D4ds_v5", "tier": "GeneralPurpose"},
        "tags": {"domain": "generated", "environment": "production"},
        "systemData": {"createdAt": "2025-02-03T08:31:44.2012345Z"},
        "properties": {
            "administratorLogin": "bankadmin",
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": "5c1fffff-7e4a-4000-8000-000000000001"},
            "availabilityZone": "1",
            "backup": {"backupRetentionDays": 35, "earliestRestoreDate": "2026-10-01T03:12:40.4166567+00:00", "geoRedundantBackup": "Enabled"},
            "dataEncryption": {"type": "SystemManaged"},
            "fullyQualifiedDomainName": "{name}.postgres.database.azure.com",
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2", "state": "Healthy"},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 0, "startHour": 2, "startMinute": 0},
            "minorVersion": "5", "network": {"publicNetworkAccess": "Disabled"}, "privateEndpointConnections": [],
            "replicationRole": "Primary", "replicaCapacity": 5, "state": "Ready",
            "storage": {"autoGrow": "Enabled", "storageSizeGB": 128, "tier": "P10"}, "version": "16"
        }
    })
}

fn configuration(kind: &str, value: &str, allowed: &str) -> Value {
    json!({
        "id": "{id}", "name": "{name}", "type": format!("{SERVER}/configurations"),
        "properties": {
            "allowedValues": allowed, "dataType": kind, "defaultValue": value,
            "description": "The server parameter {name}.", "isConfigPendingRestart": false, "isDynamicConfig": true,
            "isReadOnly": false, "source": "system-default", "value": value
        }
    })
}

fn administrator() -> Value {
    json!({
        "id": "{id}", "name": "sg-dba-{n}", "type": format!("{SERVER}/administrators"),
        "properties": {
            "objectId": "{name}", "principalName": "sg-dba-{n}", "principalType": "Group",
            "tenantId": "5c1fffff-7e4a-4000-8000-000000000001"
        }
    })
}

fn database() -> Value {
    json!({
        "id": "{id}", "name": "{name}", "type": format!("{SERVER}/databases"),
        "properties": {"charset": "UTF8", "collation": "en_US.utf8"}
    })
}

fn firewall_rule() -> Value {
    json!({
        "id": "{id}", "name": "{name}", "type": format!("{SERVER}/firewallRules"),
        "properties": {"startIpAddress": "203.0.113.7", "endIpAddress": "203.0.113.7"}
    })
}

fn diagnostic() -> Value {
    json!({
        "id": "{id}", "name": "{name}", "type": "Microsoft.Insights/diagnosticSettings",
        "properties": {
            "logs": [{"category": null, "categoryGroup": "allLogs", "enabled": true}],
            "metrics": [{"category": "AllMetrics", "enabled": true}],
            "workspaceId": "/subscriptions/{subscription}/resourceGroups/rg-log/providers/Microsoft.OperationalInsights/workspaces/log"
        }
    })
}
