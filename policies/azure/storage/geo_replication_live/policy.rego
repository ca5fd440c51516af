# METADATA
# title: The copy of the storage account in the other region can take over
# description: |
#   A geo-redundant account whose copy is still being filled (Bootstrap), or cannot be reached (Unavailable), has nothing to fail over
#   to. Azure tells it of running accounts only, so code gives unknown. How far the copy lags behind (lastSyncTime) changes all the time
#   and is a matter for monitoring.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/last-sync-time-get
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-disaster-recovery-guidance
# custom:
#   check: ST-GEO-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.sku.name, type: string}
#     - {path: resource.properties.geoReplicationStats.status, type: string}
#   controls:
#     DORA-12-4: shows whether the storage in reserve is ready, beyond its being ordered
#     DORA-11-5: a component counts as redundant only while its copy is live
#     RTS-26-2: the plan for the loss of a region can switch only to a copy that is live
#     GDPR-32-1-c: personal data comes back from the other region only if the copy is live
#   remediation:
#     az: az storage account show --resource-group RESOURCE_GROUP --name ACCOUNT --expand geoReplicationStats --query geoReplicationStats
#     note: |
#       Wait until the first copy is done. When it stays unavailable, open a support case; until then count on another copy.
package azure.storage.geo_replication_live

import data.lib.arm
import data.lib.resilience

_sku := input.resource.sku.name

_status := input.resource.properties.geoReplicationStats.status

not_applicable contains sprintf("the account keeps no copy in another region: %s", [_sku]) if resilience.storage(_sku).regions == false

deny contains finding if {
	arm.one_of(_status, ["Bootstrap", "Unavailable"])
	finding := {
		"message": sprintf("geo-replication is %s, so the copy in the other region cannot take over", [_status]),
		"path": "resource.properties.geoReplicationStats.status",
		"actual": _status,
		"expected": "Live",
	}
}

unknown contains sprintf("the replication status %q is not known", [_status]) if not arm.one_of(_status, ["Live", "Bootstrap", "Unavailable"])

unknown contains sprintf("the SKU %q is not known", [_sku]) if not resilience.storage(_sku)
