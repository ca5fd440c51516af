# METADATA
# title: Indexes must be encrypted with a key that the firm controls
# description: |
#   The key is set on each index, inside the service, where it does not show here. Enforcement marks the service as not compliant while
#   any index lacks one. Law asks for keys by classification and risk, not for this mode as such: set customer_managed_key_required to
#   false for classes that do not need it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys
# custom:
#   check: SRCH-CMK-001
#   severity: medium
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.properties.encryptionWithCmk.enforcement
#       type: string
#       absent: "Unspecified: nothing is enforced until told otherwise"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that indexes are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts indexes at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the search service on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the search service, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among indexes
#   remediation:
#     az: az resource update --ids SERVICE_ID --set properties.encryptionWithCmk.enforcement=Enabled
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         customer_managed_key_enforcement_enabled = true
#       }
#     bicep: "properties: { encryptionWithCmk: { enforcement: 'Enabled' } }"
package azure.search.customer_managed_key_enforced

import data.lib.arm

default _enforcement := "Unspecified"

_enforcement := input.resource.properties.encryptionWithCmk.enforcement

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.one_of(_enforcement, ["Disabled", "Unspecified"])
	finding := {
		"message": sprintf("enforcement of customer-managed keys is %s", [_enforcement]),
		"path": "resource.properties.encryptionWithCmk.enforcement",
		"actual": _enforcement,
		"expected": "Enabled",
	}
}

unknown contains sprintf("enforcement is %q, which this policy does not know", [_enforcement]) if {
	not arm.one_of(_enforcement, ["Enabled", "Disabled", "Unspecified"])
}
