# METADATA
# description: |
#   The lifetime actions of a key's rotation policy, {"trigger": {"timeAfterCreate" | "timeBeforeExpiry": DURATION}, "action": {"type"}},
#   as ARM and the data plane give them.
package lib.rotation

import data.lib.durations

# rotates(action): the action makes a new version. ARM writes rotate, the data plane Rotate.
rotates(action) if lower(action.action.type) == "rotate"

# unclear(actions): some action has an unknown type, or rotates at a time that cannot be read.
unclear(actions) if {
	some action in actions
	not _clear(action)
}

# interval(action, expiry): days between two versions. The expiry is how long a version lives, "" when it lives for ever. Undefined when
# the days cannot be computed or are not positive.
interval(action, _) := days if {
	days := durations.days(action.trigger.timeAfterCreate)
	days > 0
}

interval(action, expiry) := days if {
	counts_back(action)
	days := durations.days(expiry) - durations.days(action.trigger.timeBeforeExpiry)
	days > 0
}

# counts_back(action): the trigger counts back from an expiry, and so needs one on the key and one in the policy.
counts_back(action) if {
	not _fires_after_creation(action)
	is_string(action.trigger.timeBeforeExpiry)
}

_fires_after_creation(action) if is_string(action.trigger.timeAfterCreate)

# ahead(action, created, exp, at): the action rotates the version after the moment `at` and before the version expires. All three are
# epoch seconds.
ahead(action, created, exp, at) if {
	rotates(action)
	margin := _margin(action, created, exp)
	margin > 0
	durations.between(at, exp) > margin
}

# _margin(action, created, exp): how many days before the expiry the action fires.
_margin(action, created, exp) := durations.between(created, exp) - durations.days(action.trigger.timeAfterCreate)

_margin(action, _, _) := durations.days(action.trigger.timeBeforeExpiry) if counts_back(action)

_clear(action) if lower(action.action.type) == "notify"

_clear(action) if {
	rotates(action)
	durations.days(action.trigger.timeAfterCreate) > 0
}

_clear(action) if {
	rotates(action)
	counts_back(action)
	durations.days(action.trigger.timeBeforeExpiry) > 0
}
