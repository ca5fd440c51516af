# METADATA
# description: Where resources are, compared with the regions in which the firm keeps its data.
package lib.locations

import data.lib.arm

# outside(location, allowed): the region is none of those that are allowed. Undefined for a resource without region.
outside(location, allowed) if {
	location != ""
	arm.region(location) != "global"
	not arm.region(location) in allowed
}

# nowhere(location): the resource names no region, or the whole world.
nowhere(location) if arm.region(location) in {"", "global"}

# everywhere(location): the resource belongs to no region: Azure keeps it in all of them.
everywhere(location) if arm.region(location) == "global"
