package azure.aks.kubernetes_version_supported_test

import data.azure.aks.kubernetes_version_supported

_in(version) := {"resource": {"properties": {"currentKubernetesVersion": version}}}

_supported := {"kubernetes_releases_supported": ["1.33", "1.34"]}

test_denies_an_old_release if {
	every version in ["1.31.2", "1.3"] {
		some finding in kubernetes_version_supported.deny with input as _in(version) with data.parameters as _supported
		finding.path == "resource.properties.currentKubernetesVersion"
		finding.actual == version
		finding.expected == ["1.33", "1.34"]
		count(kubernetes_version_supported.unknown) == 0 with input as _in(version) with data.parameters as _supported
	}
}

test_passes_a_supported_release if {
	every version in ["1.33.7", "1.34"] {
		count(kubernetes_version_supported.deny) == 0 with input as _in(version) with data.parameters as _supported
		count(kubernetes_version_supported.unknown) == 0 with input as _in(version) with data.parameters as _supported
		count(kubernetes_version_supported.not_applicable) == 0 with input as _in(version) with data.parameters as _supported
	}
}

test_one_release_is_a_list if count(kubernetes_version_supported.deny) == 1 with input as _in("1.31.2") with data.parameters as {"kubernetes_releases_supported": ["1.34"]}

test_does_not_apply_without_list if {
	some reason in kubernetes_version_supported.not_applicable with input as _in("1.20.1") with data.parameters as {"kubernetes_releases_supported": []}
	reason == "no list of supported releases is set"
	count(kubernetes_version_supported.deny) == 0 with input as _in("1.20.1") with data.parameters as {"kubernetes_releases_supported": []}
}

test_what_is_no_version_is_unknown if {
	every text in ["", "1", "latest"] {
		count(kubernetes_version_supported.unknown) == 1 with input as _in(text) with data.parameters as _supported
		count(kubernetes_version_supported.deny) == 0 with input as _in(text) with data.parameters as _supported
	}
}
