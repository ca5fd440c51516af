package lib.arm_test

import data.lib.arm

test_same_ignores_case if arm.same("Enabled", "ENABLED")

test_same_tells_apart if not arm.same("Enabled", "Disabled")

test_one_of_ignores_case if arm.one_of("tlsv1.2", ["TLSv1.2", "TLSv1.3"])

test_one_of_empty_list if not arm.one_of("x", [])

test_region_strips_spaces if arm.region("West Europe") == "westeurope"
