# METADATA
# description: |
#   Facts about Azure regions from data.lib.azure_regions (Microsoft's list of regions, stored copy of March 2025). A region that the
#   list does not know has no facts: a policy answers unknown for it.
package lib.regions

import data.lib.arm
import data.lib.azure_regions

# known(location): the list has the region.
known(location) if azure_regions.regions[arm.region(location)]

# pair(location): the name of the paired region. Undefined when there is none. Pairs are not symmetric.
pair(location) := name if {
	name := azure_regions.regions[arm.region(location)].pair
	name != ""
}

# has_zones(location): the region has availability zones.
has_zones(location) if azure_regions.regions[arm.region(location)].zones == true
