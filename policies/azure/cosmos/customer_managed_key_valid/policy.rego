# METADATA
# title: Cosmos DB reaches its customer-managed key
# description: |
#   When the account loses access to its key (the key is disabled, the vault firewall shuts it out, the identity loses its role) it falls
#   into a state of revocation and answers no reads or writes until access is back. Azure says so in a sentence, of which this policy reads
#   the beginning; a sentence that it does not know is unknown. Live only: code never shows it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/cmk-troubleshooting-guide
# custom:
#   check: COS-CMK-003
#   severity: critical
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.keyVaultKeyUri
#       type: string
#       absent: "none: the account is encrypted with a key that Microsoft manages"
#     - {path: resource.properties.customerManagedKeyStatus, type: string}
#   controls:
#     RTS-7-2: a key that was lost or shut off shows here before every function of the account stands still
#     DORA-9-3-c: unavailability of the account through its key is found by a check and not by its users
#     GDPR-32-1-b: personal data stays available to those who need it while its key can be reached
#   remediation:
#     az: az cosmosdb show --resource-group RESOURCE_GROUP --name ACCOUNT --query customerManagedKeyStatus
#     portal: Key vault > Keys, Access control (IAM), Networking
#     note: Enable the key, give the identity of the account its role on the vault again, and let trusted Microsoft services pass the firewall of the vault.
package azure.cosmos.customer_managed_key_valid

default _key := ""

_key := input.resource.properties.keyVaultKeyUri

_status := lower(input.resource.properties.customerManagedKeyStatus)

not_applicable contains "the account uses no customer-managed key" if _key == ""

_revoked if contains(_status, "revoked")

_confirmed if startswith(_status, "access to the configured customer managed key confirmed")

deny contains finding if {
	_revoked
	finding := {
		"message": "the account has lost access to its key",
		"path": "resource.properties.customerManagedKeyStatus",
		"actual": input.resource.properties.customerManagedKeyStatus,
		"expected": "access confirmed",
	}
}

unknown contains "the state of the key is a sentence that this policy does not know" if {
	not _confirmed
	not _revoked
}
