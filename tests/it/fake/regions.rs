//! Regions as `GET /subscriptions/{id}/locations` gives them.

use serde_json::{Value, json};

use super::answer::hash;

/// Name, display name, has zones, pair, geography, group, place, longitude, latitude.
type Region = (
    &'static str,
    &'static str,
    bool,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const REGIONS: [Region; 21] = [
    ("westeurope", "West Europe", true, "northeurope", "Europe", "Europe", "Netherlands", "4.9", "52.3667"),
    ("northeurope", "North Europe", true, "westeurope", "Europe", "Europe", "Ireland", "-6.2597", "53.3478"),
    ("francecentral", "France Central", true, "francesouth", "France", "Europe", "Paris", "2.373", "46.3772"),
    ("francesouth", "France South", false, "francecentral", "France", "Europe", "Marseille", "2.1972", "43.8345"),
    (
        "germanywestcentral",
        "Germany West Central",
        true,
        "germanynorth",
        "Germany",
        "Europe",
        "Frankfurt",
        "8.682127",
        "50.110924",
    ),
    (
        "germanynorth",
        "Germany North",
        false,
        "germanywestcentral",
        "Germany",
        "Europe",
        "Berlin",
        "8.806422",
        "53.073635",
    ),
    ("italynorth", "Italy North", true, "", "Italy", "Europe", "Milan", "9.18109", "45.46888"),
    ("norwayeast", "Norway East", true, "norwaywest", "Norway", "Europe", "Norway", "10.752245", "59.913868"),
    ("norwaywest", "Norway West", false, "norwayeast", "Norway", "Europe", "Norway", "5.733107", "58.969975"),
    ("polandcentral", "Poland Central", true, "", "Poland", "Europe", "Warsaw", "21.01666", "52.23334"),
    ("spaincentral", "Spain Central", true, "", "Spain", "Europe", "Madrid", "-3.4209", "40.4259"),
    ("swedencentral", "Sweden Central", true, "swedensouth", "Sweden", "Europe", "Gävle", "17.14127", "60.67488"),
    ("swedensouth", "Sweden South", false, "swedencentral", "Sweden", "Europe", "Malmö", "13.0007", "55.6059"),
    (
        "switzerlandnorth",
        "Switzerland North",
        true,
        "switzerlandwest",
        "Switzerland",
        "Europe",
        "Zurich",
        "8.564572",
        "47.451542",
    ),
    (
        "switzerlandwest",
        "Switzerland West",
        false,
        "switzerlandnorth",
        "Switzerland",
        "Europe",
        "Geneva",
        "6.143158",
        "46.204391",
    ),
    ("uksouth", "UK South", true, "ukwest", "United Kingdom", "UK", "London", "-0.799", "50.941"),
    ("ukwest", "UK West", false, "uksouth", "United Kingdom", "UK", "Cardiff", "-3.084", "53.427"),
    ("eastus", "East US", true, "westus", "United States", "US", "Virginia", "-79.8164", "37.3719"),
    ("westus", "West US", false, "eastus", "United States", "US", "California", "-122.417", "37.783"),
    ("southcentralus", "South Central US", true, "northcentralus", "United States", "US", "Texas", "-98.5", "29.4167"),
    (
        "brazilsouth",
        "Brazil South",
        true,
        "southcentralus",
        "Brazil",
        "South America",
        "Sao Paulo State",
        "-46.633",
        "-23.55",
    ),
];

/// The regions of a subscription. Which physical zone a logical one is differs from subscription to subscription.
pub(super) fn of(subscription: &str) -> Vec<Value> {
    let shift = usize::from(hash(&[subscription.to_ascii_lowercase().as_bytes()]).as_bytes()[0]);
    let mut all: Vec<Value> = REGIONS
        .iter()
        .map(|(name, display, zones, pair, geography, group, place, longitude, latitude)| {
            let pairs = if pair.is_empty() {
                json!([])
            } else {
                json!([{"name": pair, "id": format!("/subscriptions/{subscription}/locations/{pair}")}])
            };
            let mut region = json!({
                "id": format!("/subscriptions/{subscription}/locations/{name}"), "name": name, "type": "Region",
                "displayName": display, "regionalDisplayName": format!("({group}) {display}"),
                "metadata": {
                    "regionType": "Physical", "regionCategory": if *zones { "Recommended" } else { "Other" },
                    "geography": geography, "geographyGroup": group, "longitude": longitude, "latitude": latitude,
                    "physicalLocation": place, "pairedRegion": pairs
                }
            });
            if *zones {
                region["availabilityZoneMappings"] = (0..3)
                    .map(|zone| {
                        let physical = (zone + shift) % 3 + 1;
                        json!({"logicalZone": (zone + 1).to_string(), "physicalZone": format!("{name}-az{physical}")})
                    })
                    .collect();
            }
            region
        })
        .collect();
    for (name, display) in [("europe", "Europe"), ("global", "Global")] {
        all.push(json!({
            "id": format!("/subscriptions/{subscription}/locations/{name}"), "name": name, "type": "Region",
            "displayName": display, "regionalDisplayName": display,
            "metadata": {"regionType": "Logical", "regionCategory": "Other", "geography": display, "geographyGroup": display}
        }));
    }
    all
}
