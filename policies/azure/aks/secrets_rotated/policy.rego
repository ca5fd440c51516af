# METADATA
# title: Workloads receive new versions of their secrets
# description: |
#   Secrets that the add-on took from Key Vault stay as they were when the pod started, unless rotation is on: a secret that was renewed
#   or withdrawn in the vault lives on in the cluster. The value is a text, true or false.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options
# custom:
#   check: AKS-CMK-005
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation
#       type: string
#       absent: "false: nothing is rotated until told otherwise"
#   controls:
#     RTS-7-1: the end of a secret's life in the vault also reaches the workloads
#     RTS-7-3: a compromised secret can be replaced in all pods from the vault
#     RTS-6-2-d: rotation in the vault is not undone by copies in the cluster
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-secret-rotation
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         key_vault_secrets_provider {
#           secret_rotation_enabled = true
#         }
#       }
#     bicep: "properties: { addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: 'true' } } } }"
package azure.aks.secrets_rotated

import data.lib.arm

default _enable_secret_rotation := "false"

_enable_secret_rotation := input.resource.properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation

deny contains finding if {
	arm.same(_enable_secret_rotation, "false")
	finding := {
		"message": sprintf("enableSecretRotation is %s: pods keep old secrets", [_enable_secret_rotation]),
		"path": "resource.properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation",
		"actual": _enable_secret_rotation,
		"expected": "true",
	}
}

unknown contains sprintf("enableSecretRotation is %q, which this policy does not know", [_enable_secret_rotation]) if {
	not arm.one_of(_enable_secret_rotation, ["true", "false"])
}
