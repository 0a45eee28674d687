//! The table in `docs/configuration.md` says what the source says.

use super::load;
use crate::config::{Config, environment};

const PAGE: &str = include_str!("../../../../docs/configuration.md");

/// The rows of the table: setting, default and limits, as written.
fn rows() -> Vec<[&'static str; 3]> {
    let table = PAGE.split("## Settings").nth(1).unwrap().lines();
    let rows = table.skip_while(|line| !line.starts_with("|---")).skip(1);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<_> = line.split('|').map(str::trim).collect();
            [cells[1].trim_matches('`'), cells[2], cells[3]]
        })
        .collect()
}

/// What stands in backticks, each a value as a user would write it.
fn values(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The names that the settings have, from the message that lists them.
fn settings() -> Vec<String> {
    let error = serde_json::from_str::<Config>(r#"{"?":0}"#).unwrap_err().to_string();
    values(&error).into_iter().skip(1).map(str::to_owned).collect()
}

#[test]
fn every_setting_has_its_row_in_the_order_of_the_source() {
    let documented: Vec<_> = rows().iter().map(|[setting, ..]| (*setting).to_owned()).collect();
    assert_eq!(documented, settings());
}

#[test]
fn the_defaults_are_those_of_the_source() {
    let defaults: Vec<_> = rows()
        .iter()
        .map(|[setting, default, _]| {
            let value = values(default).first().copied().unwrap_or_default();
            (environment::variable(setting), value)
        })
        .collect();
    let given: Vec<_> = defaults.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let config = load(&given).unwrap();
    assert_eq!(format!("{config:#?}"), format!("{:#?}", Config::default()));
}

#[test]
fn the_limits_are_those_of_the_source() {
    for [setting, _, limits] in rows() {
        let limits = values(limits);
        let numeric =
            limits.first().is_some_and(|limit| limit.starts_with(|c: char| c.is_ascii_digit()));
        if !numeric {
            continue;
        }
        let variable = environment::variable(setting);
        for limit in &limits {
            assert!(load(&[(&variable, limit)]).is_ok(), "{setting} cannot be {limit}");
        }
        let (least, most) = (limits[0], limits.get(1).copied());
        for beyond in [below(least), most.map(above)].into_iter().flatten() {
            assert!(load(&[(&variable, &beyond)]).is_err(), "{setting} can be {beyond}");
        }
    }
}

/// A number and its unit.
fn split(value: &str) -> (u64, &str) {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    (value[..digits].parse().unwrap(), &value[digits..])
}

/// A little less, if there is less: in the next finer unit.
fn below(value: &str) -> Option<String> {
    match split(value) {
        (0, _) => None,
        (n, "s") => Some(format!("{}ms", n * 1_000 - 1)),
        (n, "KiB") => Some((n * 1_024 - 1).to_string()),
        (n, unit) => Some(format!("{}{unit}", n - 1)),
    }
}

/// A little more: in the next finer unit.
fn above(value: &str) -> String {
    match split(value) {
        (n, "h") => format!("{}ms", n * 3_600_000 + 1),
        (n, "m") => format!("{}ms", n * 60_000 + 1),
        (n, "GiB") => (n * 1_073_741_824 + 1).to_string(),
        (n, "MiB") => (n * 1_048_576 + 1).to_string(),
        (n, unit) => format!("{}{unit}", n + 1),
    }
}
