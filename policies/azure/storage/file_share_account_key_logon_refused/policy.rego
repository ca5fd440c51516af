# METADATA
# title: File shares are opened by identities and not by the key of the account
# description: |
#   Over SMB the key of the storage account is used through NTLMv2. It opens every share with all rights, names nobody and leaves no trace
#   of who it was. With Kerberos each user and machine is an identity.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/files/files-smb-protocol
# custom:
#   check: STO-AUTH-007
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/fileServices
#   reads:
#     - path: resource.properties.protocolSettings.smb.authenticationMethods
#       type: string
#       absent: "NTLMv2 and Kerberos: a service that does not choose offers all"
#   parameters:
#     smb_authentication_allowed: {type: list, default: ["Kerberos"], allowed: ["NTLMv2", "Kerberos"], meaning: ways of logon that a file service may offer}
#   controls:
#     DORA-9-4-c: access to shares follows identities whose rights are administered
#     DORA-9-4-d: a shared key is not strong authentication, and no longer opens shares over SMB
#     RTS-20-1: whoever opens a share is identified
#     RTS-21-c: what happens on a share can be traced to one identity
#     GDPR-32-1-b: a leaked key does not open personal data on shares over SMB
#   remediation:
#     az: az storage account file-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --auth-methods Kerberos
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         share_properties {
#           smb {
#             authentication_types = ["Kerberos"]
#           }
#         }
#       }
#     bicep: |
#       resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { protocolSettings: { smb: { authenticationMethods: 'Kerberos;' } } }
#       }
#     portal: Storage account > Data storage > File shares > Security
#     note: |
#       Find clients that use other settings in the logs of the file service first: they are cut off.
package azure.storage.file_share_account_key_logon_refused

import data.lib.arm

default _text := ""

_text := input.resource.properties.protocolSettings.smb.authenticationMethods

# What the service offers; all of it when it does not choose.
_offered := [trim_space(word) | some word in split(replace(_text, ",", ";"), ";"); trim_space(word) != ""]

_all := ["NTLMv2", "Kerberos"]

_refused contains word if {
	some word in _offered
	not arm.one_of(word, data.parameters.smb_authentication_allowed)
}

_refused contains word if {
	count(_offered) == 0
	some word in _all
	not arm.one_of(word, data.parameters.smb_authentication_allowed)
}

deny contains finding if {
	count(_refused) > 0
	finding := {
		"message": sprintf("the file service offers %s", [concat(", ", sort(_refused))]),
		"path": "resource.properties.protocolSettings.smb.authenticationMethods",
		"actual": _text,
		"expected": data.parameters.smb_authentication_allowed,
	}
}

unknown contains sprintf("%q is not known to this policy", [word]) if {
	some word in _offered
	not arm.one_of(word, _all)
}
