package lib.regions_test

import data.lib.regions

test_pair_by_display_name if regions.pair("West Europe") == "northeurope"

test_pairs_are_not_symmetric if {
	regions.pair("brazilsouth") == "southcentralus"
	regions.pair("southcentralus") == "northcentralus"
}

test_region_without_pair if not regions.pair("italynorth")

test_unknown_region if not regions.known("atlantis")

test_known_region if regions.known("Switzerland North")

test_zones if regions.has_zones("westeurope")

test_no_zones if not regions.has_zones("westus")
