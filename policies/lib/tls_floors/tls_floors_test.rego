package lib.tls_floors_test

import data.lib.tls_floors

test_storage_spelling if {
	[tls_floors.version(floor) | some floor in ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"]] == ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
}

test_plain_spelling if {
	[tls_floors.version(floor) | some floor in ["1.0", "1.1", "1.2", "1.3"]] == ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
}

test_case_does_not_matter if tls_floors.version("tls1_2") == "TLSv1.2"

test_other_text_names_no_version if not tls_floors.version("TLS2_0")
