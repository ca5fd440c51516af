# METADATA
# title: All countries of the Cosmos DB account are in the register of information
# description: |
#   The register of information names, for each contract, the countries in which data is stored. Each region of the account holds a full
#   copy, and adding one is a matter of a click. The country comes from a table of Azure's regions. That no named country is missing in
#   Azure, and which contract the account belongs to, is for the review of the register. While the list is empty this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/distribute-data-globally
# custom:
#   check: RES-ROI-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#   parameters:
#     register_countries: {type: list, default: [], pattern: "^[A-Z]{2}$", meaning: "countries that the register of information names for Azure, as two-letter codes of ISO 3166; empty checks no country"}
#   controls:
#     DORA-28-3: finds a country with a copy of the data that the register does not name, so that one of the two can be corrected
#     DORA-30-2-b: sets the countries of all copies against those taken from the contract
#     GDPR-30-1-e: a copy in a country that is missing in the list may be a transfer that the record of processing does not name
#   remediation:
#     az: |
#       az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT \
#         --locations regionName=westeurope failoverPriority=0 --locations regionName=northeurope failoverPriority=1
#     portal: Cosmos DB account > Settings > Replicate data globally
#     note: |
#       Where the place is right, name the country in the register of information and in register_countries; else remove the region, which deletes the copy there.
package azure.cosmos.countries_in_register

import data.lib.countries

_places := [location.locationName | some location in input.resource.properties.locations]

not_applicable contains "no countries of the register are set" if count(data.parameters.register_countries) == 0

deny contains finding if {
	some place in _places
	country := countries.of_region(place)
	not country in data.parameters.register_countries
	finding := {
		"message": sprintf("a copy is in %s, country %s, which the register does not name", [place, country]),
		"path": "resource.properties.locations",
		"actual": country,
		"expected": concat(" or ", data.parameters.register_countries),
	}
}

unknown contains "the account names no region" if count(_places) == 0

unknown contains "a region has no name" if count(_places) != count(input.resource.properties.locations)

unknown contains sprintf("the country of the region %v is not known", [place]) if {
	some place in _places
	not _placed(place)
}

_placed(place) if countries.of_region(place)
