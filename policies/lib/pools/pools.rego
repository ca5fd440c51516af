# METADATA
# description: Node pools of AKS as agentPoolProfiles lists them. Azure leaves a switch that is off and zones that are none out, or null.
package lib.pools

# flag(pool, name): a switch of the pool, off when it is left out. Undefined when it is no switch.
flag(pool, name) := value if {
	value := object.get(pool, name, false)
	is_boolean(value)
}

flag(pool, name) := false if is_null(object.get(pool, name, false))

# is_flag(pool, name): the switch is on, off, left out or null.
is_flag(pool, name) if is_boolean(flag(pool, name))

# zones(list): how many different zones a list names, 0 without a list. Undefined for anything else.
zones(list) := count({zone | some zone in list}) if {
	is_array(list)
	every zone in list {
		is_string(zone)
	}
}

zones(list) := 0 if is_null(list)

# name(pool): what to call the pool in messages.
name(pool) := object.get(pool, "name", "without a name")
