# METADATA
# title: File shares refuse Kerberos tickets with broken encryption
# description: |
#   A ticket under RC4 can be taken away and its key found by trying out passwords, which then opens the share. AES-256 withstands that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/files/files-smb-protocol
# custom:
#   check: STO-AUTH-006
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/fileServices
#   reads:
#     - path: resource.properties.protocolSettings.smb.kerberosTicketEncryption
#       type: string
#       absent: "RC4-HMAC and AES-256: a service that does not choose offers all"
#   parameters:
#     smb_ticket_encryption_allowed: {type: list, default: ["AES-256"], allowed: ["RC4-HMAC", "AES-256"], meaning: ciphers of Kerberos tickets that a file service may accept}
#   controls:
#     DORA-9-4-d: logon to shares rests on tickets whose encryption is not broken
#     RTS-6-4: a cipher that is broken is no longer accepted
#     RTS-21-f-i: the strength of logon to shares is that of leading practice
#     GDPR-32-1-b: a copied ticket does not open personal data
#   remediation:
#     az: az storage account file-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --kerb-ticket-encryption AES-256
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         share_properties {
#           smb {
#             kerberos_ticket_encryption_type = ["AES-256"]
#           }
#         }
#       }
#     bicep: |
#       resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { protocolSettings: { smb: { kerberosTicketEncryption: 'AES-256;' } } }
#       }
#     portal: Storage account > Data storage > File shares > Security
#     note: |
#       Find clients that use other settings in the logs of the file service first: they are cut off.
package azure.storage.file_share_tickets_encrypted

import data.lib.arm

default _text := ""

_text := input.resource.properties.protocolSettings.smb.kerberosTicketEncryption

# What the service offers; all of it when it does not choose.
_offered := [trim_space(word) | some word in split(replace(_text, ",", ";"), ";"); trim_space(word) != ""]

_all := ["RC4-HMAC", "AES-256"]

_refused contains word if {
	some word in _offered
	not arm.one_of(word, data.parameters.smb_ticket_encryption_allowed)
}

_refused contains word if {
	count(_offered) == 0
	some word in _all
	not arm.one_of(word, data.parameters.smb_ticket_encryption_allowed)
}

deny contains finding if {
	count(_refused) > 0
	finding := {
		"message": sprintf("the file service offers %s", [concat(", ", sort(_refused))]),
		"path": "resource.properties.protocolSettings.smb.kerberosTicketEncryption",
		"actual": _text,
		"expected": data.parameters.smb_ticket_encryption_allowed,
	}
}

unknown contains sprintf("%q is not known to this policy", [word]) if {
	some word in _offered
	not arm.one_of(word, _all)
}
