# METADATA
# title: Pipelines of the data factory are kept in a repository
# description: |
#   Without a repository, pipelines are changed in the live factory: no history, no review, no way back. A factory that a pipeline deploys
#   as code from elsewhere needs no repository of its own; waive the finding there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/source-control
# custom:
#   check: ADF-EVD-001
#   severity: low
#   resource: Microsoft.DataFactory/factories
#   reads:
#     - path: resource.properties.repoConfiguration.type
#       type: string
#       absent: "none: Azure leaves the repository out when there is none"
#   controls:
#     DORA-9-4-e: changes of pipelines are recorded and can be reviewed before they are in force
#     RTS-17-1-b: somebody else can approve a change of a pipeline
#     DORA-9-3-d: a mistake in a pipeline can be taken back
#   remediation:
#     az: az datafactory configure-factory-repo --location LOCATION --factory-resource-id FACTORY_ID --factory-git-hub-configuration account-name=ACCOUNT repository-name=REPOSITORY collaboration-branch=main root-folder=/
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         github_configuration {
#           account_name    = "example"
#           repository_name = "payments-pipelines"
#           branch_name     = "main"
#           root_folder     = "/"
#         }
#       }
#     bicep: "properties: { repoConfiguration: { type: 'FactoryGitHubConfiguration', accountName: 'example', repositoryName: 'payments-pipelines', collaborationBranch: 'main', rootFolder: '/' } }"
package azure.data_factory.pipelines_in_repository

import data.lib.arm

default _type := "none"

_type := input.resource.properties.repoConfiguration.type

deny contains finding if {
	arm.same(_type, "none")
	finding := {
		"message": sprintf("the factory has %s repository: pipelines are changed in place", [_type]),
		"path": "resource.properties.repoConfiguration.type",
		"actual": _type,
		"expected": "FactoryGitHubConfiguration",
	}
}

unknown contains sprintf("repoConfiguration.type is %q, which this policy does not know", [_type]) if {
	not arm.one_of(_type, ["FactoryGitHubConfiguration", "FactoryVSTSConfiguration", "none"])
}
