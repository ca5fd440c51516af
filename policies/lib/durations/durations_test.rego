package lib.durations_test

import data.lib.durations

test_days if durations.days("P90D") == 90

test_weeks if durations.days("P2W") == 14

test_year if durations.days("P1Y") == 365

test_twelve_months_are_a_year if durations.days("P12M") == 365

test_eighteen_months if durations.days("P18M") == 547.5

test_years_and_months if durations.days("P2Y3M") == 821.25

test_years_months_and_days if durations.days("P1Y6M10D") == 557.5

test_hours if durations.days("PT48H") == 2

test_minutes_are_not_months if durations.days("PT1440M") == 1

test_seconds if durations.days("PT86400S") == 1

test_days_and_time if durations.days("P1DT12H") == 1.5

test_months_and_minutes if durations.days("P12MT720M") == 365.5

test_zero if durations.days("P0D") == 0

test_lower_case if durations.days("p1dt12h") == 1.5

test_unknown_text if {
	every text in ["", "P", "PT", "P1DT", "90D", "90", "P90", "P-1D", "P1.5D", "P1D2Y", "PT1D", "P1H", " P1D", "P1D ", "P1DP1D", "never"] {
		not durations.days(text)
	}
}

test_not_a_text if {
	not durations.days(90)
	not durations.days(null)
}

test_between if durations.between(1793491200, 1793577600) == 1

test_between_backwards if durations.between(1793577600, 1793534400) == -0.5
