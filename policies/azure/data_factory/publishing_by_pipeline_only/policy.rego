# METADATA
# title: Pipelines of the data factory are published by the deployment only
# description: |
#   With a repository the factory still has a button that publishes what the author has before him, past review and test. With
#   disablePublish changes come by the deployment of the firm alone. A factory without repository is judged by pipelines_in_repository.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/source-control
# custom:
#   check: ADF-EVD-002
#   severity: low
#   resource: Microsoft.DataFactory/factories
#   reads:
#     - path: resource.properties.repoConfiguration.type
#       type: string
#       absent: "none: the factory is tied to no repository"
#     - path: resource.properties.repoConfiguration.disablePublish
#       type: boolean
#       absent: "off: publishing by hand is possible unless it is refused"
#   controls:
#     DORA-9-4-e: changes of pipelines go through the process in which they are recorded, tested and approved
#     RTS-17-1-b: the author of a change cannot bring it into force by himself
#     RTS-17-1-a: what was reviewed is what runs
#   remediation:
#     az: az resource update --ids FACTORY_ID --set properties.repoConfiguration.disablePublish=true
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         github_configuration {
#           account_name       = "example-bank"
#           repository_name    = "payments-adf"
#           branch_name        = "main"
#           root_folder        = "/"
#           publishing_enabled = false
#         }
#       }
#     bicep: |
#       resource factory 'Microsoft.DataFactory/factories@2018-06-01' = {
#         // ...
#         properties: {
#           repoConfiguration: { type: 'FactoryGitHubConfiguration', accountName: account, repositoryName: repository, collaborationBranch: 'main', rootFolder: '/', disablePublish: true }
#         }
#       }
#     portal: Data Factory Studio > Manage > Git configuration > Disable publish (from ADF Studio)
package azure.data_factory.publishing_by_pipeline_only

default _repository := ""

_repository := input.resource.properties.repoConfiguration.type

default _refused := false

_refused := input.resource.properties.repoConfiguration.disablePublish

not_applicable contains "the factory is tied to no repository" if _repository == ""

deny contains finding if {
	_refused == false
	finding := {
		"message": "authors can publish pipelines by hand",
		"path": "resource.properties.repoConfiguration.disablePublish",
		"actual": false,
		"expected": true,
	}
}
