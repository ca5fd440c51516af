//! The least-privilege role: a custom role of just the reads that a plan needs, as JSON, Bicep and Terraform, and what no
//! role of ARM can give.
//!
//! Takes actions, gives texts. Whatever it is given, a role never holds more than plain reads.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::json;

use crate::collect::plan::Plan;

/// What every collection reads, whatever the policies.
const ALWAYS: &[&str] = &[
    "Microsoft.ResourceGraph/resources/read",
    "Microsoft.Resources/subscriptions/read",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Resources/subscriptions/resources/read",
];

/// What finding the subscriptions below a management group reads.
const OF_MANAGEMENT_GROUPS: &[&str] =
    &["Microsoft.Management/managementGroups/descendants/read", "Microsoft.Management/managementGroups/read"];

const MANAGEMENT_GROUP: &str = "/providers/microsoft.management/managementgroups/";

/// The types whose reports are clearer with names for principal ids.
const NAMES_PRINCIPALS: &[&str] = &[
    "microsoft.authorization/roleassignments",
    "microsoft.authorization/roleassignmentscheduleinstances",
    "microsoft.authorization/roleeligibilityscheduleinstances",
];

/// A custom role that can read and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// What it may do, sorted; reads without wildcard.
    pub actions: BTreeSet<String>,
    /// Where it may be assigned: ids of subscriptions, resource groups or one management group.
    pub scopes: Vec<String>,
    /// The actions that were asked for and are no plain reads: they are not part of the role.
    pub left_out: BTreeSet<String>,
}

/// A permission that is not part of the role, because ARM's custom roles cannot give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who gives it: `Key Vault`, `Microsoft Graph` or `Azure RBAC`.
    pub plane: &'static str,
    /// The built-in role or permission.
    pub permission: String,
    /// Whether the collection is complete without it.
    pub optional: bool,
    /// What it is for.
    pub why: String,
}

impl std::fmt::Display for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let optional = if self.optional { " (optional)" } else { "" };
        write!(f, "{} {}{optional}: {}", self.plane, self.permission, self.why)
    }
}

/// The role with these actions, assignable at these scopes.
///
/// What every collection needs is added. An action that is more than one plain read is left out, and named in
/// [`Role::left_out`].
pub fn custom_role(actions: &BTreeSet<String>, name: &str, assignable_scopes: &[String]) -> Role {
    let grouped = assignable_scopes.iter().any(|s| s.to_lowercase().starts_with(MANAGEMENT_GROUP));
    let base = ALWAYS.iter().chain(if grouped { OF_MANAGEMENT_GROUPS } else { &[] }).map(|a| (*a).to_owned());
    let (reads, left_out): (BTreeSet<String>, BTreeSet<String>) =
        actions.iter().cloned().chain(base).partition(|a| is_read(a));
    let mut held: BTreeSet<String> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    // Azure compares actions without case.
    held.extend(reads.into_iter().filter(|a| seen.insert(a.to_lowercase())));
    Role {
        name: printable(name),
        actions: held,
        scopes: assignable_scopes.iter().map(|s| printable(s)).collect(),
        left_out,
    }
}

/// What the plan needs besides the role.
pub fn grants(plan: &Plan) -> Vec<Grant> {
    let mut grants = Vec::new();
    let in_vaults: Vec<&str> = plan.planned.values().filter(|p| p.row.vault).map(|p| p.row.collection()).collect();
    if !in_vaults.is_empty() {
        grants.push(Grant {
            plane: "Key Vault",
            permission: "Key Vault Reader (vaults with access policies: get, list)".to_owned(),
            optional: false,
            why: format!("{} of vaults are not known to ARM; metadata only, never a value", in_vaults.join(", ")),
        });
    }
    if NAMES_PRINCIPALS.iter().any(|t| plan.planned.contains_key(*t)) {
        for permission in ["Application.Read.All", "GroupMember.Read.All", "User.ReadBasic.All"] {
            grants.push(Grant {
                plane: "Microsoft Graph",
                permission: permission.to_owned(),
                optional: true,
                why: "names for the ids of principals; without it reports show ids".to_owned(),
            });
        }
    }
    if !plan.identity_users.is_empty() || !plan.residents.is_empty() {
        grants.push(Grant {
            plane: "Azure RBAC",
            permission: "Reader".to_owned(),
            optional: false,
            why:
                "a resource of any type can use an identity and belongs to its subscription, and Azure hides without a word what may not be read"
                    .to_owned(),
        });
    }
    let withheld = plan.withheld();
    if !withheld.is_empty() {
        let list: Vec<&str> = withheld.iter().map(String::as_str).collect();
        grants.push(Grant {
            plane: "Azure RBAC",
            permission: "Reader".to_owned(),
            optional: true,
            why: format!("custom roles cannot name the reads of retired services: {}", list.join(", ")),
        });
    }
    grants
}

impl Role {
    fn description(&self) -> String {
        format!("Reads what assize judges: {} kinds of read, no write, no secret.", self.actions.len())
    }

    fn grouped(&self) -> bool {
        self.scopes.first().is_some_and(|s| s.to_lowercase().starts_with(MANAGEMENT_GROUP))
    }

    /// The role for `az role definition create --role-definition @FILE`.
    pub fn json(&self) -> String {
        let role = json!({
            "Name": self.name,
            "IsCustom": true,
            "Description": self.description(),
            "Actions": self.actions,
            "NotActions": [],
            "DataActions": [],
            "NotDataActions": [],
            "AssignableScopes": self.scopes,
        });
        format!("{role:#}\n")
    }

    /// The role as a Bicep file for a deployment at the first assignable scope.
    pub fn bicep(&self) -> String {
        let (scope, id) = if self.grouped() {
            ("managementGroup", "managementGroup().id")
        } else {
            ("subscription", "subscription().id")
        };
        let name = bicep_text(&self.name);
        let description = bicep_text(&self.description());
        let mut text = format!(
            "targetScope = '{scope}'\n\nresource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {{\n  \
             name: guid({id}, {name})\n  properties: {{\n    roleName: {name}\n    description: {description}\n    \
             type: 'CustomRole'\n    permissions: [\n      {{\n        actions: [\n"
        );
        for action in &self.actions {
            let _ = writeln!(text, "          {}", bicep_text(action));
        }
        text.push_str(
            "        ]\n        notActions: []\n        dataActions: []\n        notDataActions: []\n      }\n    ]\n",
        );
        text.push_str("    assignableScopes: [\n");
        for scope in &self.scopes {
            let _ = writeln!(text, "      {}", bicep_text(scope));
        }
        text.push_str("    ]\n  }\n}\n");
        text
    }

    /// The role as Terraform (azurerm).
    pub fn terraform(&self) -> String {
        let mut text = format!(
            "resource \"azurerm_role_definition\" \"assize\" {{\n  name        = {}\n  scope       = {}\n  description = {}\n\n  \
             permissions {{\n    actions = [\n",
            hcl_text(&self.name),
            hcl_text(self.scopes.first().map_or("", String::as_str)),
            hcl_text(&self.description()),
        );
        for action in &self.actions {
            let _ = writeln!(text, "      {},", hcl_text(action));
        }
        text.push_str("    ]\n    not_actions = []\n  }\n\n  assignable_scopes = [\n");
        for scope in &self.scopes {
            let _ = writeln!(text, "    {},", hcl_text(scope));
        }
        text.push_str("  ]\n}\n");
        text
    }
}

/// Whether the action is one plain read, such as `Microsoft.KeyVault/vaults/read`.
fn is_read(action: &str) -> bool {
    let lower = action.to_lowercase();
    let words: Vec<&str> = lower.split('/').collect();
    let plain = |w: &&str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    words.len() >= 2 && words.iter().all(plain) && words.last() == Some(&"read")
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn bicep_text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace("${", "\\${"))
}

fn hcl_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    fn scopes(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn a_role_never_holds_more_than_plain_reads() {
        let hostile = [
            "*",
            "*/read",
            "Microsoft.Storage/*/read",
            "Microsoft.Storage/storageAccounts/listKeys/action",
            "Microsoft.Storage/storageAccounts/write",
            "Microsoft.Storage/storageAccounts/delete",
            "read",
            "/read",
            "Microsoft.Storage//read",
            "Microsoft.Storage/x'\n/read",
            "",
        ];
        let role = custom_role(&set(&hostile), "r", &scopes(&["/subscriptions/s"]));
        assert_eq!(role.actions, set(ALWAYS));
        assert_eq!(role.left_out.len(), hostile.len());
        let role = custom_role(&Plan::everything().actions(), "r", &scopes(&["/subscriptions/s"]));
        assert!(role.left_out.is_empty() && role.actions.len() > 100);
        for action in &role.actions {
            let action = action.to_lowercase();
            assert!(action.ends_with("/read") && !action.contains('*'), "{action}");
            assert!(!["/action", "/write", "/delete"].iter().any(|w| action.ends_with(w)), "{action}");
        }
    }

    #[test]
    fn management_groups_are_read_where_the_role_is_assigned_to_one() {
        let flat = custom_role(&BTreeSet::new(), "r", &scopes(&["/subscriptions/s"]));
        assert!(!flat.actions.iter().any(|a| a.contains("Management")));
        let group =
            custom_role(&BTreeSet::new(), "r", &scopes(&["/providers/Microsoft.Management/managementGroups/mg"]));
        assert!(group.actions.contains("Microsoft.Management/managementGroups/read"));
        assert!(group.bicep().starts_with("targetScope = 'managementGroup'\n"));
    }

    #[test]
    fn actions_that_differ_in_case_only_are_one() {
        let role = custom_role(&set(&["microsoft.resources/subscriptions/READ", "A.B/c/read"]), "r", &[]);
        assert_eq!(role.actions.len(), ALWAYS.len() + 1);
    }

    #[test]
    fn json_is_what_the_azure_cli_takes() {
        let role = custom_role(&set(&["A.B/c/read"]), "assize \"reader\"", &scopes(&["/subscriptions/s"]));
        let value: serde_json::Value = serde_json::from_str(&role.json()).unwrap();
        assert_eq!(value["Name"], "assize \"reader\"");
        assert_eq!(value["IsCustom"], true);
        assert_eq!(value["Actions"].as_array().unwrap().len(), ALWAYS.len() + 1);
        assert_eq!(value["DataActions"], json!([]));
        assert_eq!(value["AssignableScopes"], json!(["/subscriptions/s"]));
    }

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        let name = "it's ${a} %{b} \"c\" \\ d\nresource x";
        let role = custom_role(&BTreeSet::new(), name, &scopes(&["/subscriptions/s"]));
        assert!(role.bicep().contains(r#"roleName: 'it\'s \${a} %{b} "c" \\ dresource x'"#));
        assert!(role.terraform().contains(r#"name        = "it's $${a} %%{b} \"c\" \\ dresource x""#));
    }

    #[test]
    fn the_texts_are_the_same_every_time() {
        let role =
            custom_role(&set(&["A.B/c/read"]), "assize reader", &scopes(&["/subscriptions/s", "/subscriptions/t"]));
        let always: String = ALWAYS.iter().map(|a| format!("          '{a}'\n")).collect();
        let bicep = format!(
            "targetScope = 'subscription'\n\nresource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {{\n  \
             name: guid(subscription().id, 'assize reader')\n  properties: {{\n    roleName: 'assize reader'\n    \
             description: 'Reads what assize judges: 5 kinds of read, no write, no secret.'\n    type: 'CustomRole'\n    \
             permissions: [\n      {{\n        actions: [\n          'A.B/c/read'\n{always}        ]\n        \
             notActions: []\n        dataActions: []\n        notDataActions: []\n      }}\n    ]\n    assignableScopes: [\n      \
             '/subscriptions/s'\n      '/subscriptions/t'\n    ]\n  }}\n}}\n"
        );
        assert_eq!(role.bicep(), bicep);
        let terraform = role.terraform();
        assert!(terraform.contains("  scope       = \"/subscriptions/s\"\n"));
        assert!(terraform.contains("    actions = [\n      \"A.B/c/read\",\n"));
        assert!(
            terraform
                .contains("  assignable_scopes = [\n    \"/subscriptions/s\",\n    \"/subscriptions/t\",\n  ]\n}\n")
        );
    }

    #[test]
    fn what_no_role_gives_is_named() {
        let grants = grants(&Plan::everything());
        let has = |plane: &str, permission: &str| {
            grants.iter().any(|g| g.plane == plane && g.permission.starts_with(permission))
        };
        assert!(has("Key Vault", "Key Vault Reader"));
        assert!(has("Microsoft Graph", "User.ReadBasic.All"));
        assert!(has("Azure RBAC", "Reader"));
        assert!(super::grants(&Plan::default()).is_empty());
    }
}
