//! azurerm and azapi → ARM, as data: one YAML file for each Terraform resource type.
//!
//! A file says how the ARM id is made (`place`) and what each argument means (`arguments`). Words that the language does not
//! know are errors, which a test finds for all files.
//!
//! - **Rows** map an argument path (blocks by dots, the first of a repeated block counts) to an ARM path, or to a rule: `to`
//!   with `default` (by the provider's major version), `values`, `negate`, `divide`, `multiply`, `format`, `take`, `type`,
//!   `template`, `each`, `append`, `when`, `key_parts`, `transform`; `present` and `absent` constants; `items` for a repeated
//!   block as a list; `resource` and `resources` for children that the code writes inside; `same_as` for another name of the
//!   same argument. A list of rules is tried in full. An empty row says: known, and of no use.
//! - **Versions** are `v1` to `v5` in `default`; `until` names arguments that later versions do not know, so that code with
//!   them gets the defaults of its time.
//! - **Unknown** arguments and blocks make every property below them unknown, with their reason.
//! - **Rank** decides when several arguments write one property: a written value, then an unknown one, `present`, defaults,
//!   `absent`, `set`.
//! - **Places** go from the argument to the property; defaults and constants have none.
//! - **Names** that are not known give placeholders in ids, `(azurerm_key_vault.main)`; a child whose parent is not known stands
//!   below a parent that is called by the child's own address.
//! - **Arguments without a row** are kept under the member `terraform`, without those that may be secret, and said once.

mod azapi;
mod compile;
mod convert;
mod engine;
mod export;
mod locate;
mod make;
mod path;
mod reverse;
mod rule;
mod settle;
mod template;
mod transform;

#[cfg(test)]
mod families;
#[cfg(test)]
mod files;
#[cfg(test)]
mod language;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};

use crate::iac::{Call, Ids, Node, Reading, Span};

pub(crate) use locate::unknown_name;
pub(crate) use reverse::{Argument, arguments};
pub(crate) use settle::settle;

/// One instance of a Terraform resource, evaluated.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The Terraform type, `azurerm_key_vault`.
    pub tf_type: String,
    /// The Terraform address, `module.db["a"].azurerm_key_vault.main[0]`.
    pub address: String,
    /// An object: arguments by name, blocks by type as lists of objects (also a block that may stand only once). A block
    /// whose number is not known (`dynamic` over an unknown value) is an unknown in place of the list. Arguments that are
    /// left out or null are not there.
    pub body: Node,
    /// The major version of the provider that the code asks for, 1 to 5; the usual one, where it asks for none.
    pub provider: u8,
    /// The subscription that stands in ids.
    pub subscription: String,
    /// Argument paths that `lifecycle.ignore_changes` names, with dots and without indexes; `all` alone for everything.
    pub ignore_changes: Vec<String>,
    /// The whole block.
    pub at: Span,
    /// Its header, up to the opening brace.
    pub header: Span,
    /// The module calls that lead to it.
    pub chain: Vec<Call>,
}

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/iac/mapping/azurerm");

type Slot = (&'static str, OnceLock<Option<rule::Type>>);

/// The files by Terraform type; each is compiled when it is first needed.
static TYPES: LazyLock<BTreeMap<&'static str, Slot>> = LazyLock::new(|| {
    let files = FILES.files().filter(|f| f.path().extension().is_some_and(|e| e == "yaml"));
    files.filter_map(|f| Some((f.path().file_stem()?.to_str()?, (f.contents_utf8()?, OnceLock::new())))).collect()
});

/// Types that the provider has renamed, with the later name.
const RENAMED: &[(&str, &str)] = &[
    ("azurerm_api_management_property", "azurerm_api_management_named_value"),
    ("azurerm_autoscale_setting", "azurerm_monitor_autoscale_setting"),
    ("azurerm_ddos_protection_plan", "azurerm_network_ddos_protection_plan"),
    ("azurerm_iot_dps", "azurerm_iothub_dps"),
    ("azurerm_log_analytics_workspace_linked_service", "azurerm_log_analytics_linked_service"),
    ("azurerm_private_link_endpoint", "azurerm_private_endpoint"),
    ("azurerm_recovery_services_protected_vm", "azurerm_backup_protected_vm"),
    ("azurerm_recovery_services_protection_policy_vm", "azurerm_backup_policy_vm"),
];

/// The mapping of a type. A file that does not compile counts as none: a test finds those.
fn find(tf_type: &str) -> Option<&'static rule::Type> {
    let renamed = || RENAMED.iter().find(|(old, _)| *old == tf_type).and_then(|(_, new)| TYPES.get(new));
    let (text, slot) = TYPES.get(tf_type).or_else(renamed)?;
    slot.get_or_init(|| rule::Type::parse(text).ok()).as_ref()
}

/// Whether there is a mapping for the Terraform type (azapi included).
pub fn knows(tf_type: &str) -> bool {
    azapi::knows(tf_type) || find(tf_type).is_some()
}

/// Whether the types of that provider declare Azure resources, so that a type without mapping is worth a word.
pub fn concerns_azure(tf_type: &str) -> bool {
    tf_type.starts_with("azurerm_") || tf_type.starts_with("azapi_")
}

/// An attribute that the provider exports and the code does not write: `id`, `vault_uri`, `fqdn`. Gives an unknown with its
/// reason for what only Azure knows. Arguments that the provider fills with a default are given too. `Null` for arguments
/// that are left out and have no default; `None` where the mapping does not know the attribute.
pub fn attribute(instance: &Instance, name: &str, ids: &mut Ids) -> Option<Node> {
    if azapi::knows(&instance.tf_type) {
        return azapi::attribute(instance, name, ids);
    }
    export::attribute(find(&instance.tf_type)?, instance, name, ids)
}

/// Whether the attribute is an argument: something that code may write.
pub(crate) fn takes(tf_type: &str, name: &str) -> bool {
    find(tf_type).is_some_and(|kind| {
        kind.table.find(name).is_some()
            && name != "id"
            && !kind.exports.contains_key(name)
            && !kind.apply_only.contains(name)
    })
}

/// Adds what the instance declares to the reading: a resource, its inline children, a fragment; or a count under `unmapped`.
pub fn map(instance: &Instance, ids: &mut Ids, reading: &mut Reading) {
    if azapi::knows(&instance.tf_type) {
        azapi::map(instance, ids, reading);
    } else if let Some(kind) = find(&instance.tf_type) {
        make::map(kind, instance, ids, reading);
    } else if concerns_azure(&instance.tf_type) {
        *reading.unmapped.entry(instance.tf_type.clone()).or_default() += 1;
    }
}
