# METADATA
# description: Comparisons for ARM values, whose case and spacing differ between providers.
package lib.arm

# same(a, b): two strings are equal without regard to case.
same(a, b) if lower(a) == lower(b)

# one_of(value, list): the list holds the string, without regard to case.
one_of(value, list) if {
	some item in list
	lower(item) == lower(value)
}

# region(location): "West Europe" and "westeurope" are the same region.
region(location) := lower(replace(location, " ", ""))
