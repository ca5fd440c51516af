# METADATA
# description: The built-in roles that rule a whole scope. A role is named by the last segment of its definition's id.
package lib.roles

_guids := {
	"owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
	"contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c",
	"user_access_administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
	"role_based_access_control_administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
}

# guid(definition): the last segment of the id of a role definition, in lower case. Undefined when it is no GUID.
guid(definition) := last if {
	words := split(lower(definition), "/")
	last := words[count(words) - 1]
	regex.match(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, last)
}

# named(definition, names): the name of the role, when it is one of the names.
named(definition, names) := name if {
	some name in names
	_guids[name] == guid(definition)
}

# wide(id): the extension resource with this id (an assignment, for example) counts for a subscription or more, not for a resource group or
# resource.
wide(id) if regex.match(`^(/subscriptions/[^/]+|/providers/microsoft\.management/managementgroups/[^/]+)?/providers/microsoft\.authorization/[^/]+/[^/]+$`, lower(id))

# narrow(id): it counts for a resource group or a resource. Code that does not say for which has an id with a stand-in for the type.
narrow(id) if {
	regex.match(`^/subscriptions/[^/]+/resourcegroups/[^/]+(/providers/.+)?/providers/microsoft\.authorization/[^/]+/[^/]+$`, lower(id))
	not regex.match(`/providers/(\(|microsoft\.unknown/)`, lower(id))
}
