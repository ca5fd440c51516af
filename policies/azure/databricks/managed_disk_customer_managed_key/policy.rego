# METADATA
# title: Disks of Databricks clusters are encrypted with a key that the firm controls
# description: |
#   Data is always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by classification and
#   risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it. It needs the premium
#   tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/keys/customer-managed-keys
# custom:
#   check: DBW-CMK-002
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.encryption.entities.managedDisk.keySource
#       type: string
#       absent: "Default: Azure leaves the key out when it manages it"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that disks of cluster nodes are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts disks of cluster nodes at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the workspace on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the workspace, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among disks of cluster nodes
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --disk-key-name KEY --disk-key-vault https://VAULT.vault.azure.net/ --disk-key-version VERSION
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         sku = "premium"
#         managed_disk_cmk_key_vault_key_id = azurerm_key_vault_key.example.id
#       }
#     bicep: "properties: { encryption: { entities: { managedDisk: { keySource: 'Microsoft.Keyvault', keyVaultProperties: { keyVaultUri: vault.properties.vaultUri, keyName: key.name, keyVersion: version } } } } }"
package azure.databricks.managed_disk_customer_managed_key

import data.lib.arm

default _key_source := "Default"

_key_source := input.resource.properties.encryption.entities.managedDisk.keySource

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_key_source, "Default")
	finding := {
		"message": sprintf("the key of disks of cluster nodes is %s", [_key_source]),
		"path": "resource.properties.encryption.entities.managedDisk.keySource",
		"actual": _key_source,
		"expected": "Microsoft.Keyvault",
	}
}

unknown contains sprintf("keySource is %q, which this policy does not know", [_key_source]) if {
	not arm.one_of(_key_source, ["Microsoft.Keyvault", "Default"])
}
