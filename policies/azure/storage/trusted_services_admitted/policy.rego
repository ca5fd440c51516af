# METADATA
# title: Trusted Azure services pass the firewall of the account
# description: |
#   Backup, diagnostic logs, Event Grid and other services of Azure reach an account from addresses that no rule can name. Behind a closed
#   firewall without this exception they fail, often unnoticed: logs are missing when they are needed, and backups stop. The exception
#   holds for a fixed list of services, which still need a right of their own. While the firewall is open, or public access is off, it
#   decides little.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-network-security-trusted-azure-services
# custom:
#   check: ST-NET-003
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.properties.networkAcls.bypass, type: string}
#   controls:
#     DORA-9-2: a firewall that stops the services which back up and watch the account would trade one protection for another
#     DORA-12-1-a: backup by Azure Backup can reach the account through its firewall
#     RTS-12-2-c: diagnostic logs that are written to this account are not turned away by its firewall
#     GDPR-32-1-c: restore through the services of Azure keeps working behind the firewall
#   fix: {path: resource.properties.networkAcls.bypass, value: AzureServices}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --bypass AzureServices
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         network_rules {
#           default_action = "Deny"
#           bypass         = ["AzureServices"]
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           networkAcls: {
#             defaultAction: 'Deny'
#             bypass: 'AzureServices'
#           }
#         }
#       }
#     portal: Storage account > Security + networking > Networking > Exceptions > Allow Azure services on the trusted services list
package azure.storage.trusted_services_admitted

_bypass := input.resource.properties.networkAcls.bypass

_services := {lower(trim_space(service)) | some service in split(_bypass, ",")}

deny contains finding if {
	count(_services - {"none", "logging", "metrics"}) == 0
	finding := {
		"message": sprintf("the firewall lets no trusted Azure service pass (bypass is %s)", [_bypass]),
		"path": "resource.properties.networkAcls.bypass",
		"actual": _bypass,
		"expected": "AzureServices",
	}
}

unknown contains sprintf("bypass is %q, which this policy does not know", [_bypass]) if {
	count(_services - {"none", "logging", "metrics", "azureservices"}) > 0
}
