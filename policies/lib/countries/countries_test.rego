package lib.countries_test

import data.lib.azure_regions
import data.lib.countries

test_country_by_name_and_by_display_name if {
	countries.of_region("northeurope") == "IE"
	countries.of_region("West Europe") == "NL"
}

test_unknown_region_has_no_country if not countries.of_region("atlantis")

test_every_listed_region_has_a_country if {
	every name, _ in azure_regions.regions {
		regex.match(`^[A-Z]{2}$`, countries.of_region(name))
	}
}

test_regions_of_one_country_share_its_code if {
	countries.of_region("swedencentral") == countries.of_region("swedensouth")
	countries.of_region("eastus") == "US"
	countries.of_region("switzerlandnorth") == "CH"
	countries.of_region("uksouth") == "GB"
}

test_announced_regions_have_a_country if {
	countries.of_region("denmarkeast") == "DK"
	countries.of_region("finlandcentral") == "FI"
}
