# METADATA
# title: The storage account can keep its recovery objectives when a zone is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the account typically comes back when its zone is lost: by its
#   copies in other zones, or by a failover to the paired region, which somebody has to order, and which loses what was not copied yet.
#   The figures are Microsoft's typical ones and no service level; the library lists them with the pages they come from.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-storage-blob
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-disaster-recovery-guidance
# custom:
#   check: HAO-ST-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.sku.name, type: string}
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     failover_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested failover to another region took; 0 when none was measured}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the account with what it can typically do after the loss of a zone
#     DORA-11-5: shows whether the account was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the account has for the loss of a zone, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a account whose typical recovery after the loss of a zone is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a zone has a way back that fits the objectives of the account
#     GDPR-32-1-c: shows how soon access to personal data in the account typically returns after the loss of a zone
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --sku Standard_GZRS
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         account_replication_type = "GZRS"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         sku: {
#           name: 'Standard_GZRS'
#         }
#       }
#     note: |
#       Zones and geo-replication cannot change in one step: from a locally redundant account go to GRS, and convert it to GZRS
#       then. Object replication and backups are not counted.
package azure.storage.zone_failure_objective_met

import data.lib.resilience

_sku := input.resource.sku.name

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_ways contains resilience.way("storage", "zone redundant", 0) if resilience.storage(_sku).zones

_ways contains resilience.way("storage", "regional failover", data.parameters.failover_time_measured_minutes) if resilience.storage(_sku).regions

_known if resilience.storage(_sku)

deny contains finding if {
	_known
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("zone", _ways, _rto, _rpo, "resource.sku.name")
}

unknown contains reason if some reason in resilience.undecided("zone", _ways, _rto, _rpo)

unknown contains sprintf("the SKU %q is not known", [_sku]) if not _known
