# METADATA
# title: The storage account refuses requests without TLS
# description: |
#   With secure transfer off, blobs, queues, tables and file shares can be read and written in clear text, together with the signature or
#   token that opens them. The switch takes effect at once. It says nothing about the TLS version (tls_floor_set), and NFS shares and NFS
#   3.0 containers are not covered by it. Accounts made with API versions before 2019-04-01 had it off unless they asked for it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer
# custom:
#   check: ST-TLS-001
#   severity: critical
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.properties.supportsHttpsTrafficOnly, type: boolean}
#   controls:
#     DORA-9-2: this one switch decides whether requests to the account are protected in transit at all
#     DORA-9-3-a: an account that refuses plain HTTP leaves clients no insecure channel for moving data in or out of it
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the account and not left to each client
#     RTS-6-2-c: the switch holds for every request, from the firm's own network as from outside
#     RTS-13-1-e: requests are encrypted whatever network they cross, because the account answers no others
#     RTS-14-1-a: keeps stored objects and the credentials in a request from being read or altered on the way
#     GDPR-32-1-a: personal data in blobs and files travels encrypted
#     GDPR-5-1-f: keeps people on the network path from reading or altering personal data in a request
#   fix: {path: resource.properties.supportsHttpsTrafficOnly, value: true}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --https-only true
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         https_traffic_only_enabled = true
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           supportsHttpsTrafficOnly: true
#         }
#       }
#     portal: Storage account > Settings > Configuration > Secure transfer required > Enabled > Save
#     note: |
#       Clients that use plain HTTP are cut off at once, among them SMB 2.1 and SMB 3.x without encryption. A custom domain needs a front
#       end such as Azure Front Door for HTTPS.
package azure.storage.secure_transfer_required

deny contains finding if {
	input.resource.properties.supportsHttpsTrafficOnly == false
	finding := {
		"message": "the account answers requests without TLS",
		"path": "resource.properties.supportsHttpsTrafficOnly",
		"actual": false,
		"expected": true,
	}
}
