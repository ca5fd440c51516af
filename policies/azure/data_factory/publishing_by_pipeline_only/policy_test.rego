package azure.data_factory.publishing_by_pipeline_only_test

import data.azure.data_factory.publishing_by_pipeline_only

_in(refused) := {"resource": {"properties": {"repoConfiguration": {"type": "FactoryGitHubConfiguration", "disablePublish": refused}}}}

test_denies_publishing_by_hand if {
	every factory in [_in(false), {"resource": {"properties": {"repoConfiguration": {"type": "FactoryVSTSConfiguration"}}}}] {
		some finding in publishing_by_pipeline_only.deny with input as factory
		finding.path == "resource.properties.repoConfiguration.disablePublish"
		finding.actual == false
		finding.expected == true
		count(publishing_by_pipeline_only.not_applicable) == 0 with input as factory
	}
}

test_passes_when_it_is_refused if count(publishing_by_pipeline_only.deny) == 0 with input as _in(true)

test_does_not_apply_without_repository if {
	some reason in publishing_by_pipeline_only.not_applicable with input as {"resource": {"properties": {}}}
	reason == "the factory is tied to no repository"
}
