# METADATA
# title: The container is closed to anonymous readers
# description: |
#   Blob lets everybody read each blob whose name they know; Container lets them list the names as well. The setting has effect only while
#   the account allows anonymous access (anonymous_blob_access_disabled), but it comes into effect without warning when that changes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-configure
# custom:
#   check: ST-NET-001
#   severity: critical
#   resource: Microsoft.Storage/storageAccounts/blobServices/containers
#   reads:
#     - {path: resource.properties.publicAccess, type: string}
#   controls:
#     DORA-9-3-c: keeps what is in this container from readers who show no credential
#     RTS-11-2-i: this setting is what turns a private container into a published one
#     RTS-13-1-d: requests without an identity get nothing from this container
#     GDPR-25-2: personal data in this container is not offered to an indefinite number of people
#     GDPR-32-1-b: reading this container takes an identity that somebody gave the right to
#   fix: {path: resource.properties.publicAccess, value: None}
#   remediation:
#     az: az storage container-rm update --resource-group RESOURCE_GROUP --storage-account ACCOUNT --name CONTAINER --public-access off
#     terraform: |
#       resource "azurerm_storage_container" "example" {
#         # ...
#         container_access_type = "private"
#       }
#     bicep: |
#       resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
#         // ...
#         properties: {
#           publicAccess: 'None'
#         }
#       }
#     portal: Storage account > Data storage > Containers > CONTAINER > Change access level > Private
package azure.storage.container_anonymous_access_disabled

import data.lib.arm

_access := input.resource.properties.publicAccess

deny contains finding if {
	arm.one_of(_access, ["Blob", "Container"])
	finding := {
		"message": sprintf("everybody may read the container without a credential (%s)", [_access]),
		"path": "resource.properties.publicAccess",
		"actual": _access,
		"expected": "None",
	}
}

unknown contains sprintf("publicAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["None", "Blob", "Container"])
}
