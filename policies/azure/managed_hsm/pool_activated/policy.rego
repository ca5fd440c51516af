# METADATA
# title: The HSM pool is activated and its security domain is with the firm
# description: |
#   A pool serves no key until its security domain has been downloaded under the keys of several people of the firm. Without that file the
#   pool cannot be brought back after a disaster. Where the file and those keys are kept is not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/security-domain
# custom:
#   check: KV-PRO-003
#   severity: high
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - {path: resource.properties.securityDomainProperties.activationStatus, type: string}
#   controls:
#     RTS-7-2: what is needed to bring the keys back is in the hands of the firm
#     RTS-7-1: the life of the keys begins with a pool that the firm has taken over
#     DORA-12-1-b: the means to restore the pool exist; that a restore was tried is not shown
#   remediation:
#     az: az keyvault security-domain download --hsm-name HSM --sd-wrapping-keys cert_0.cer cert_1.cer cert_2.cer --sd-quorum 2 --security-domain-file HSM-security-domain.json
#     note: Keep the file and the private keys apart, off line, with people who do not share one post.
package azure.managed_hsm.pool_activated

import data.lib.arm

_status := input.resource.properties.securityDomainProperties.activationStatus

deny contains finding if {
	arm.one_of(_status, ["NotActivated", "Failed"])
	finding := {
		"message": sprintf("the pool is not activated: %s", [_status]),
		"path": "resource.properties.securityDomainProperties.activationStatus",
		"actual": _status,
		"expected": "Active",
	}
}

unknown contains sprintf("activationStatus is %q, which this policy does not know", [_status]) if {
	not arm.one_of(_status, ["Active", "NotActivated", "Failed"])
}
