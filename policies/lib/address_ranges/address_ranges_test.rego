package lib.address_ranges_test

import data.lib.address_ranges

test_everything if address_ranges.size("0.0.0.0/0") == 4294967296

test_class_c if address_ranges.size("203.0.113.0/24") == 256

test_single_address if address_ranges.size("203.0.113.7") == 1

test_single_address_as_range if address_ranges.size("203.0.113.7/32") == 1

test_prefix_too_long if not address_ranges.size("203.0.113.7/33")

test_other_text if not address_ranges.size("everybody")

test_octet_too_large if not address_ranges.size("203.0.256.0/24")

test_ipv6_is_not_counted if not address_ranges.size("2001:db8::/32")

test_between if address_ranges.between("203.0.113.0", "203.0.114.255") == 512

test_between_one if address_ranges.between("203.0.113.7", "203.0.113.7") == 1

test_between_everything if address_ranges.between("0.0.0.0", "255.255.255.255") == 4294967296

test_number if address_ranges.number("1.2.3.4") == 16909060
