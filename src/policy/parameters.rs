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
    layered_parameters(policies, &ParameterSettings::new(), settings)
}

/// The same with a profile between the defaults and what the firm set.
///
/// A setting takes the place of the one below it as a whole. Where it names no default, the default below counts.
///
/// # Errors
/// The settings that name no parameter, or a value outside its bounds.
pub fn layered_parameters(
    policies: &PolicySet,
    profile: &ParameterSettings,
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
    for (name, setting) in profile.iter().chain(settings) {
        let (Some(parameter), Some(target)) = (declared.get(name.as_str()), effective.get_mut(name)) else {
            problems.push(format!("parameters.{name}: no policy that is loaded declares this parameter; `assize policy list --parameters` shows those there are"));
            continue;
        };
        problems.extend(setting_problems(name, parameter, setting));
        if !setting.default.is_null() {
            target.default = setting.default.clone();
        }
        let lower = |map: &BTreeMap<String, Value>| map.iter().map(|(k, v)| (k.to_lowercase(), v.clone())).collect();
        target.by_data_class = lower(&setting.by_data_class);
        target.by_criticality = lower(&setting.by_criticality);
    }
    if problems.is_empty() { Ok(effective) } else { Err(problems) }
}

/// The values of a setting that do not keep the parameter's declaration.
pub(crate) fn setting_problems(name: &str, parameter: &Parameter, setting: &ParameterSetting) -> Vec<String> {
    let values = std::iter::once((String::new(), &setting.default))
        .filter(|(_, v)| !v.is_null())
        .chain(setting.by_data_class.iter().map(|(k, v)| (format!(".by_data_class.{k}"), v)))
        .chain(setting.by_criticality.iter().map(|(k, v)| (format!(".by_criticality.{k}"), v)));
    values
        .filter_map(|(place, value)| {
            let what = check_value(parameter, value).err()?;
            Some(format!("parameters.{name}{place}: {what} ({})", parameter.meaning))
        })
        .collect()
}

/// Where the value of a parameter comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The policy's own default.
    Default,
    /// The profile.
    Profile,
    /// `assize.yaml`.
    Settings,
}

/// Where the value of a parameter comes from, and for what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The layer that sets it.
    pub layer: Layer,
    /// The data class or criticality that it is set for: the field and the word.
    pub only_for: Option<(&'static str, String)>,
}

/// Where the value of a parameter comes from that counts for a data class and a criticality.
pub fn told(
    name: &str,
    profile: &ParameterSettings,
    settings: &ParameterSettings,
    class: Option<&str>,
    criticality: Option<&str>,
) -> Told {
    let layers = [(Layer::Settings, settings.get(name)), (Layer::Profile, profile.get(name))];
    let mut set = layers.into_iter().filter_map(|(layer, setting)| Some((layer, setting?)));
    let word = |map: &BTreeMap<String, Value>, word: Option<&str>| {
        word.map(str::to_lowercase).filter(|w| map.keys().any(|k| k.to_lowercase() == *w))
    };
    if let Some((layer, setting)) = set.clone().next() {
        let by_criticality = word(&setting.by_criticality, criticality).map(|w| ("criticality", w));
        let only_for = by_criticality.or_else(|| word(&setting.by_data_class, class).map(|w| ("data_class", w)));
        if only_for.is_some() {
            return Told { layer, only_for };
        }
    }
    let layer = set.find(|(_, setting)| !setting.default.is_null()).map_or(Layer::Default, |(layer, _)| layer);
    Told { layer, only_for: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_setting;
    use serde_json::json;

    #[test]
    fn a_setting_takes_the_place_of_the_profiles_as_a_whole() {
        let set = crate::policy::load(&[], true).unwrap();
        let name = "backup_retention_days_min";
        let settings = |value: Value| ParameterSettings::from([(name.to_owned(), parse_setting(value).unwrap())]);
        let none = ParameterSettings::new();
        let profile = settings(json!({"default": 21, "by_criticality": {"Critical": 35}}));
        for (own, class, criticality, value, layer, only_for) in [
            (&none, None, None, 21, Layer::Profile, None),
            (&none, None, Some("CRITICAL"), 35, Layer::Profile, Some("criticality")),
            (&settings(json!(7)), None, Some("critical"), 7, Layer::Settings, None),
            (
                &settings(json!({"by_data_class": {"secret": 30}})),
                Some("secret"),
                Some("critical"),
                30,
                Layer::Settings,
                Some("data_class"),
            ),
            (&settings(json!({"by_data_class": {"secret": 30}})), None, Some("critical"), 21, Layer::Profile, None),
        ] {
            let effective = layered_parameters(&set, &profile, own).unwrap();
            let lower = criticality.map(str::to_lowercase);
            assert_eq!(effective[name].value(class, lower.as_deref()), &json!(value));
            let told = told(name, &profile, own, class, criticality);
            assert_eq!((told.layer, told.only_for.map(|(field, _)| field)), (layer, only_for), "{own:?}");
        }
        assert_eq!(told(name, &none, &none, None, None).layer, Layer::Default);
        assert!(layered_parameters(&set, &settings(json!(99)), &none).is_err(), "out of bounds");
    }
}
