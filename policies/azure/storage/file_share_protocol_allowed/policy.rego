# METADATA
# title: File shares speak only the versions of SMB that the firm allows
# description: |
#   SMB 2.1 knows no encryption, and 3.0 does not protect the beginning of a session from being talked down. A client, or an attacker on the
#   path, may choose the oldest version that the service offers.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/files/files-smb-protocol
# custom:
#   check: STO-TLS-003
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/fileServices
#   reads:
#     - path: resource.properties.protocolSettings.smb.versions
#       type: string
#       absent: "SMB2.1, SMB3.0 and SMB3.1.1: a service that does not choose offers all"
#   parameters:
#     smb_versions_allowed: {type: list, default: ["SMB3.1.1"], allowed: ["SMB2.1", "SMB3.0", "SMB3.1.1"], meaning: versions of the SMB protocol that a file service may offer}
#   controls:
#     DORA-9-2: protection in transit of file shares does not fall back to an old version of SMB
#     DORA-9-3-a: the channel to a share is only as strong as the weakest way that the service still offers
#     RTS-6-2-a: shows that the encryption rule for data in transit is enforced by the file service
#     RTS-14-1-a: confidentiality and integrity of files on their way do not rest on an old version of SMB
#     GDPR-32-1-a: encryption of personal data in files has to withstand current attacks to be appropriate
#   remediation:
#     az: az storage account file-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --versions SMB3.1.1
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         share_properties {
#           smb {
#             versions = ["SMB3.1.1"]
#           }
#         }
#       }
#     bicep: |
#       resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { protocolSettings: { smb: { versions: 'SMB3.1.1;' } } }
#       }
#     portal: Storage account > Data storage > File shares > Security
#     note: |
#       Find clients that use other settings in the logs of the file service first: they are cut off.
package azure.storage.file_share_protocol_allowed

import data.lib.arm

default _text := ""

_text := input.resource.properties.protocolSettings.smb.versions

# What the service offers; all of it when it does not choose.
_offered := [trim_space(word) | some word in split(replace(_text, ",", ";"), ";"); trim_space(word) != ""]

_all := ["SMB2.1", "SMB3.0", "SMB3.1.1"]

_refused contains word if {
	some word in _offered
	not arm.one_of(word, data.parameters.smb_versions_allowed)
}

_refused contains word if {
	count(_offered) == 0
	some word in _all
	not arm.one_of(word, data.parameters.smb_versions_allowed)
}

deny contains finding if {
	count(_refused) > 0
	finding := {
		"message": sprintf("the file service offers %s", [concat(", ", sort(_refused))]),
		"path": "resource.properties.protocolSettings.smb.versions",
		"actual": _text,
		"expected": data.parameters.smb_versions_allowed,
	}
}

unknown contains sprintf("%q is not known to this policy", [word]) if {
	some word in _offered
	not arm.one_of(word, _all)
}
