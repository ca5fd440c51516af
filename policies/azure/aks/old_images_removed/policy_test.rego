package azure.aks.old_images_removed_test

import data.azure.aks.old_images_removed

_in(value) := {"resource": {"properties": {"securityProfile": {"imageCleaner": {"enabled": value}}}}}

test_denies_the_bad if {
	some finding in old_images_removed.deny with input as _in(false)
	finding.path == "resource.properties.securityProfile.imageCleaner.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(old_images_removed.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(old_images_removed.deny) == 1 with input as {"resource": {"properties": {}}}
