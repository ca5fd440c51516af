# METADATA
# description: |
#   Which environments share a thing, over the summaries that reverse relations give. Several names may stand for production: they
#   count as one environment.
package lib.environments

import data.lib.arm

# mixed(users, production, apart): environments meet that the firm keeps apart: "production" from all others, or "each" from each.
mixed(users, production, "production") if {
	count(_groups(users, production)) > 1
	"production" in _groups(users, production)
}

mixed(users, production, "each") if count(_groups(users, production)) > 1

# undeclared(users): some user names no environment, so nobody can say what it shares the thing with.
undeclared(users) if users.environments_undeclared.count > 0

# spread(users): how many resources each environment has among the users, as one text.
spread(users) := concat(", ", sort([sprintf("%s (%v)", [name, entry.count]) | some name, entry in users.environments]))

_groups(users, production) := {_group(name, production) | some name, _ in users.environments}

_group(name, production) := "production" if arm.one_of(name, production)

_group(name, production) := lower(name) if not arm.one_of(name, production)
