//! What GitHub Advanced Security for Azure DevOps wants of a run besides what GitHub wants: the tool's full name, and which
//! run of which pipeline it is.

use std::collections::BTreeMap;

use serde_json::json;
use serde_sarif::sarif::{PropertyBag, Run, RunAutomationDetails, ToolComponent};

use crate::report::Pipeline;
use crate::report::sarif::location::encode;
use crate::report::sarif::rules;
use crate::report::text::line;

const PREFIX: &str = "azuredevops/pipeline/build";

/// Gives the driver its full name, which is name and version, and its notifications the names that rules have.
pub(super) fn name(driver: &mut ToolComponent) {
    for descriptor in driver.notifications.iter_mut().flatten() {
        descriptor.name = Some(rules::name(&descriptor.id));
    }
    driver.full_name = Some(match &driver.version {
        Some(version) => format!("{} {version}", driver.name),
        None => driver.name.clone(),
    });
}

/// Names the run of the pipeline, in the id and in the properties. Alerts of Azure DevOps belong to a pipeline and a branch.
pub(super) fn place(run: &mut Run, pipeline: &Pipeline) {
    let p = pipeline;
    let parts =
        [&p.organisation, &p.project, &p.definition_id, &p.phase_id, &p.branch, &p.build_id].map(|part| encode(part));
    let id = format!("{PREFIX}/{}", parts.join("/"));
    let properties: BTreeMap<String, serde_json::Value> = [
        ("buildDefinitionId", &p.definition_id),
        ("buildDefinitionName", &p.definition_name),
        ("phaseId", &p.phase_id),
        ("phaseName", &p.phase_name),
    ]
    .into_iter()
    .map(|(name, value)| (format!("{PREFIX}/{name}"), json!(line(value, 300))))
    .collect();
    let mut details = RunAutomationDetails::builder().id(id).build();
    details.properties = Some(PropertyBag::builder().additional_properties(properties).build());
    run.automation_details = Some(details);
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::RenderOptions;
    use crate::report::tests::{ATTACKS, hostile, rendered, rendered_with, sample};

    pub(in crate::report::sarif) fn pipeline() -> Pipeline {
        Pipeline {
            organisation: "contoso".to_owned(),
            project: "Pay ments".to_owned(),
            definition_id: "17".to_owned(),
            definition_name: "nightly".to_owned(),
            phase_id: "3a3a2a60-14c7-570b-14a4-fa42ad92f52a".to_owned(),
            phase_name: "Job".to_owned(),
            branch: "refs/heads/main".to_owned(),
            build_id: "4711".to_owned(),
        }
    }

    fn run(text: &str) -> Value {
        serde_json::from_str::<Value>(text).unwrap()["runs"][0].take()
    }

    #[test]
    fn the_run_names_its_pipeline_and_its_tool() {
        let options = RenderOptions { pipeline: Some(pipeline()), ..RenderOptions::default() };
        let run = run(&rendered_with("sarif-ghazdo", &sample(), &options));
        assert_eq!(run["tool"]["driver"]["fullName"], "assize 0.1.0");
        assert_eq!(run["tool"]["driver"]["notifications"][0]["name"], "AssizeNotice");
        let details = &run["automationDetails"];
        let id = "azuredevops/pipeline/build/contoso/Pay%20ments/17/3a3a2a60-14c7-570b-14a4-fa42ad92f52a/refs%2Fheads%2Fmain/4711";
        assert_eq!(details["id"], id);
        for (name, expected) in [("buildDefinitionId", "17"), ("buildDefinitionName", "nightly"), ("phaseName", "Job")]
        {
            assert_eq!(details["properties"][format!("{PREFIX}/{name}")], expected);
        }
    }

    #[test]
    fn results_and_category_are_those_of_github() {
        let (own, github) = (run(&rendered("sarif-ghazdo", &sample())), run(&rendered("sarif-github", &sample())));
        assert_eq!(own["results"], github["results"]);
        assert_eq!(own["automationDetails"], github["automationDetails"]);
    }

    #[test]
    fn names_of_a_pipeline_do_not_leave_their_place() {
        let mut hard = pipeline();
        for attack in ATTACKS {
            (hard.project, hard.branch, hard.definition_name) =
                (attack.to_owned(), attack.to_owned(), attack.to_owned());
            let options = RenderOptions { pipeline: Some(hard.clone()), ..RenderOptions::default() };
            let run = run(&rendered_with("sarif-ghazdo", &hostile(), &options));
            assert_eq!(run["automationDetails"]["id"].as_str().unwrap().matches('/').count(), 8);
            assert!(!run["automationDetails"].to_string().contains('\u{202e}'));
        }
    }
}
