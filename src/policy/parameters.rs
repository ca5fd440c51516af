//! Parameters: whether a value keeps its declaration, and what is in force.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Parameter, ParameterKind, ParameterSetting, ParameterSettings, PolicySet};

/// Whether a value has the declared type and lies within the declared bounds.
///
/// # Errors
/// What is wrong, to be put behind the parameter's name.
pub fn check_value(parameter: &Parameter, value: &Value) -> Result<(), String> {
    match &parameter.kind {
        ParameterKind::Integer { min, max, .. } => match value.as_i64() {
            Some(number) if (*min..=*max).contains(&number) => Ok(()),
            Some(number) => Err(format!("{number} is not between {min} and {max}")),
            None => Err(format!("{value} is not a whole number")),
        },
        ParameterKind::Boolean { .. } if value.is_boolean() => Ok(()),
        ParameterKind::Boolean { .. } => Err(format!("{value} is not true or false")),
        ParameterKind::String { allowed, .. } => match value.as_str() {
            Some(word) if allowed.iter().any(|a| a == word) => Ok(()),
            _ => Err(format!("{value} is not one of {}", allowed.join(", "))),
        },
        ParameterKind::List { allowed, pattern, .. } => {
            let items = value.as_array().ok_or_else(|| format!("{value} is not a list"))?;
            let pattern = pattern.as_deref().map(regex::Regex::new).transpose().map_err(|e| e.to_string())?;
            for item in items {
                let word = item.as_str().ok_or_else(|| format!("holds {item}, which is not a text"))?;
                if allowed.as_ref().is_some_and(|a| !a.iter().any(|x| x == word)) {
                    return Err(format!(
                        "holds {word:?}, which is not one of {}",
                        allowed.iter().flatten().cloned().collect::<Vec<_>>().join(", ")
                    ));
                }
                if pattern.as_ref().is_some_and(|p| !p.is_match(word)) {
                    return Err(format!(
                        "holds {word:?}, which does not match {}",
                        pattern.map(|p| p.to_string()).unwrap_or_default()
                    ));
                }
            }
            Ok(())
        }
    }
}

/// Lays what the firm set over the defaults of all parameters that the policies declare.
///
/// # Errors
/// The settings that name no parameter, or a value outside its bounds.
pub fn effective_parameters(
    policies: &PolicySet,
    settings: &ParameterSettings,
) -> Result<BTreeMap<String, ParameterSetting>, Vec<String>> {
    let declared = policies.parameters();
    let mut problems = Vec::new();
    let mut effective: BTreeMap<String, ParameterSetting> = declared
        .iter()
        .map(|(name, p)| {
            ((*name).to_owned(), ParameterSetting { default: p.default_value(), ..ParameterSetting::default() })
        })
        .collect();
    for (name, setting) in settings {
        let (Some(parameter), Some(target)) = (declared.get(name.as_str()), effective.get_mut(name)) else {
            problems.push(format!("parameters.{name}: no policy that is loaded declares this parameter; `assize policy list --parameters` shows those there are"));
            continue;
        };
        let values = std::iter::once((String::new(), &setting.default))
            .filter(|(_, v)| !v.is_null())
            .chain(setting.by_data_class.iter().map(|(k, v)| (format!(".by_data_class.{k}"), v)))
            .chain(setting.by_criticality.iter().map(|(k, v)| (format!(".by_criticality.{k}"), v)));
        for (place, value) in values {
            if let Err(what) = check_value(parameter, value) {
                problems.push(format!("parameters.{name}{place}: {what} ({})", parameter.meaning));
            }
        }
        if !setting.default.is_null() {
            target.default = setting.default.clone();
        }
        let lower = |map: &BTreeMap<String, Value>| map.iter().map(|(k, v)| (k.to_lowercase(), v.clone())).collect();
        target.by_data_class = lower(&setting.by_data_class);
        target.by_criticality = lower(&setting.by_criticality);
    }
    if problems.is_empty() { Ok(effective) } else { Err(problems) }
}
