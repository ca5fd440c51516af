package lib.exposure_test

import data.lib.exposure

test_above if {
	exposure.above("public", "restricted")
	exposure.above("restricted", "private")
	not exposure.above("private", "private")
	not exposure.above("restricted", "public")
	not exposure.above("unheard-of", "private")
}

test_disabled_is_private if {
	every found in [
		exposure.by_default_action("disabled", "Allow"),
		exposure.by_ranges("Disabled", [], 8),
		exposure.by_rules("Disabled", [{"first": "0.0.0.0", "last": "255.255.255.255"}], 8),
	] {
		found == {"level": "private", "why": "public network access is disabled"}
	}
}

test_inside_is_private if exposure.inside.level == "private"

test_default_action if {
	exposure.by_default_action("Enabled", "Allow").level == "public"
	exposure.by_default_action("Enabled", "deny").level == "restricted"
}

test_unknown_words_have_no_exposure if {
	every found in [["SecuredByPerimeter", "Deny"], ["Enabled", "Perhaps"]] {
		not exposure.by_default_action(found[0], found[1])
	}
	not exposure.by_ranges("SecuredByPerimeter", [], 8)
	not exposure.by_rules("SecuredByPerimeter", [], 8)
}

test_ranges if {
	exposure.by_ranges("Enabled", [], 8).level == "public"
	exposure.by_ranges("Enabled", ["198.51.100.0/29"], 8).level == "restricted"
	exposure.by_ranges("Enabled", ["198.51.100.0/28", "198.51.100.7"], 8) == {"level": "public", "why": "the firewall admits 198.51.100.0/28"}
	exposure.by_ranges("Enabled", ["0.0.0.0"], 8).level == "public"
	not exposure.by_ranges("Enabled", ["everybody"], 8)
}

test_rules if {
	exposure.by_rules("Enabled", [], 8).level == "restricted"
	exposure.by_rules("Enabled", [{"first": "198.51.100.1", "last": "198.51.100.8"}], 8) == {
		"level": "restricted",
		"why": "public network access is enabled, and 1 rules of the firewall name who gets in",
	}
	exposure.by_rules("Enabled", [{"first": "198.51.100.1", "last": "198.51.100.9"}], 8).level == "public"
	exposure.by_rules("Enabled", [{"first": "0.0.0.0", "last": "0.0.0.0"}], 8) == {"level": "public", "why": "the firewall admits 0.0.0.0 to 0.0.0.0"}
	not exposure.by_rules("Enabled", [{"first": "a", "last": "b"}], 8)
	not exposure.by_rules("Enabled", [{"first": "198.51.100.9", "last": "198.51.100.1"}], 8)
}
