# METADATA
# title: Requests to the queues of the account are logged
# description: |
#   Without a log of who read, wrote and deleted messages, misuse of a queue cannot be reconstructed. This is the classic logging of the
#   queue service, which code of the azurerm provider sets; ARM does not show it, and diagnostic settings serve the same end. So the
#   policy speaks only of queue services whose code states it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-analytics-logging
# custom:
#   check: LOG-ST-001
#   severity: low
#   resource: Microsoft.Storage/storageAccounts/queueServices
#   reads:
#     - {path: resource.properties.logging.read, type: boolean}
#     - {path: resource.properties.logging.write, type: boolean}
#     - {path: resource.properties.logging.delete, type: boolean}
#   controls:
#     RTS-12-2-c: requests to the queues are recorded, with time, caller and operation
#     RTS-21-c: gives the trace by which an action on a message can be attributed
#     DORA-10-1: unusual use of a queue can be seen in the log at all
#   remediation:
#     az: az storage logging update --account-name ACCOUNT --services q --log rwd --retention 10
#     terraform: |
#       resource "azurerm_storage_account_queue_properties" "example" {
#         storage_account_id = azurerm_storage_account.example.id
#         logging {
#           version               = "1.0"
#           read                  = true
#           write                 = true
#           delete                = true
#           retention_policy_days = 10
#         }
#       }
#     note: |
#       Prefer a diagnostic setting on queueServices/default with the categories StorageRead, StorageWrite and StorageDelete, and waive
#       this finding.
package azure.storage.queue_logging_enabled

_off contains "read" if input.resource.properties.logging.read == false

_off contains "write" if input.resource.properties.logging.write == false

_off contains "delete" if input.resource.properties.logging["delete"] == false

deny contains finding if {
	some operation in _off
	finding := {
		"message": sprintf("requests that %s messages are not logged", [operation]),
		"path": sprintf("resource.properties.logging.%s", [operation]),
		"actual": false,
		"expected": true,
	}
}
