# METADATA
# description: Lengths of time in days, from ISO 8601 durations (P90D, P1Y6M, PT48H) and from epoch seconds.
package lib.durations

# days(text): the length of a duration. A year has 365 days and a month is its twelfth, so that P12M equals P1Y. Undefined for text
# that is no duration, for fractions and for negative ones.
days(text) := total if {
	_valid(text)
	parts := split(upper(text), "T")
	date := parts[0]
	clock := concat("", array.slice(parts, 1, 2))
	total := sum([
		_amount(date, "Y") * 365,
		(_amount(date, "M") * 365) / 12,
		_amount(date, "W") * 7,
		_amount(date, "D"),
		_amount(clock, "H") / 24,
		_amount(clock, "M") / 1440,
		_amount(clock, "S") / 86400,
	])
}

# between(from, to): days from one moment to another, both in epoch seconds. Negative when the second is earlier.
between(from, to) := (to - from) / 86400

_valid(text) if {
	is_string(text)
	regex.match(`^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$`, upper(text))
	regex.match(`[0-9][YMWDHS]$`, upper(text))
}

# _amount(part, unit): the number in front of the unit's letter.
_amount(part, unit) := to_number(trim_prefix(before, trim_right(before, "0123456789"))) if {
	contains(part, unit)
	before := split(part, unit)[0]
}

_amount(part, unit) := 0 if not contains(part, unit)
