# METADATA
# title: File shares encrypt the SMB channel with the ciphers that the firm allows
# description: |
#   The service offers three ciphers for SMB 3 unless it is told which. The firm's list of ciphers is the parameter
#   smb_channel_encryption_allowed; no law names one.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/files/files-smb-protocol
# custom:
#   check: STO-TLS-004
#   severity: low
#   resource: Microsoft.Storage/storageAccounts/fileServices
#   reads:
#     - path: resource.properties.protocolSettings.smb.channelEncryption
#       type: string
#       absent: "AES-128-CCM, AES-128-GCM and AES-256-GCM: a service that does not choose offers all"
#   parameters:
#     smb_channel_encryption_allowed: {type: list, default: ["AES-128-GCM", "AES-256-GCM"], allowed: ["AES-128-CCM", "AES-128-GCM", "AES-256-GCM"], meaning: ciphers with which a file service may encrypt SMB channels}
#   controls:
#     DORA-9-2: protection in transit of file shares does not fall back to a cipher outside the list of the firm
#     DORA-9-3-a: the channel to a share is only as strong as the weakest way that the service still offers
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the file service
#     RTS-14-1-a: confidentiality and integrity of files on their way do not rest on a cipher outside the list of the firm
#     GDPR-32-1-a: encryption of personal data in files has to withstand current attacks to be appropriate
#   remediation:
#     az: |
#       az storage account file-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --channel-encryption "AES-128-GCM;AES-256-GCM"
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         share_properties {
#           smb {
#             channel_encryption_type = ["AES-128-GCM", "AES-256-GCM"]
#           }
#         }
#       }
#     bicep: |
#       resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { protocolSettings: { smb: { channelEncryption: 'AES-128-GCM;AES-256-GCM;' } } }
#       }
#     portal: Storage account > Data storage > File shares > Security
#     note: |
#       Find clients that use other settings in the logs of the file service first: they are cut off.
package azure.storage.file_share_channel_encryption_strong

import data.lib.arm

default _text := ""

_text := input.resource.properties.protocolSettings.smb.channelEncryption

# What the service offers; all of it when it does not choose.
_offered := [trim_space(word) | some word in split(replace(_text, ",", ";"), ";"); trim_space(word) != ""]

_all := ["AES-128-CCM", "AES-128-GCM", "AES-256-GCM"]

_refused contains word if {
	some word in _offered
	not arm.one_of(word, data.parameters.smb_channel_encryption_allowed)
}

_refused contains word if {
	count(_offered) == 0
	some word in _all
	not arm.one_of(word, data.parameters.smb_channel_encryption_allowed)
}

deny contains finding if {
	count(_refused) > 0
	finding := {
		"message": sprintf("the file service offers %s", [concat(", ", sort(_refused))]),
		"path": "resource.properties.protocolSettings.smb.channelEncryption",
		"actual": _text,
		"expected": data.parameters.smb_channel_encryption_allowed,
	}
}

unknown contains sprintf("%q is not known to this policy", [word]) if {
	some word in _offered
	not arm.one_of(word, _all)
}
