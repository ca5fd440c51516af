package azure.data_factory.pipelines_in_repository_test

import data.azure.data_factory.pipelines_in_repository

_resource(value) := {"resource": {"properties": {"repoConfiguration": {"type": value}}}}

test_denies if {
	every value in ["NONE", "none"] {
		some finding in pipelines_in_repository.deny with input as _resource(value)
		finding.path == "resource.properties.repoConfiguration.type"
		finding.actual == value
		finding.expected == "FactoryGitHubConfiguration"
		count(pipelines_in_repository.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["FACTORYGITHUBCONFIGURATION", "FACTORYVSTSCONFIGURATION", "FactoryGitHubConfiguration", "FactoryVSTSConfiguration"] {
		count(pipelines_in_repository.deny) == 0 with input as _resource(value)
		count(pipelines_in_repository.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in pipelines_in_repository.deny with input as {"resource": {"properties": {}}}
	finding.actual == "none"
}

test_other_value_is_unknown if {
	count(pipelines_in_repository.unknown) == 1 with input as _resource("Legacy")
	count(pipelines_in_repository.deny) == 0 with input as _resource("Legacy")
}
