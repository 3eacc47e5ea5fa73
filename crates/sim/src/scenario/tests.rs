use std::time::Duration;

use super::*;
use opensim_domain::time::Instant;

fn refused(text: &str) -> ScenarioError {
    Scenario::from_toml(text, "box.toml").unwrap_err()
}

#[test]
fn every_built_in_scenario_is_sound_and_has_its_own_name() {
    let names: Vec<&str> = Scenario::names().collect();
    for name in &names {
        Scenario::from_toml(text_of(name).unwrap(), name).unwrap();
        assert!(Scenario::named(name).is_some());
        assert_eq!(names.iter().filter(|other| *other == name).count(), 1);
    }
    assert!(Scenario::named("paradise").is_none());
}

#[test]
fn a_base_gives_what_is_not_said_again() {
    let scenario = Scenario::from_toml(
        "base = \"home\"\npersona = \"huawei\"\n[timing]\nreply_ms = 40",
        "x",
    )
    .unwrap();
    assert_eq!(scenario.persona.name(), "huawei");
    assert_eq!(scenario.world().carriers().len(), 3);
    assert_eq!(scenario.delays.reply, Duration::from_millis(40));
    assert_eq!(scenario.delays.network_list, Duration::from_secs(48));
    assert!((scenario.pace - 20.0).abs() < f64::EPSILON);
    // A list is replaced, not added to.
    let alone = "base = \"home\"\n[start]\nmode = \"automatic\"\nplmn = \"00101\"\n[[carrier]]\nname = \"A\"\nplmns = [\"00101\"]";
    assert_eq!(
        Scenario::from_toml(alone, "x")
            .unwrap()
            .world()
            .carriers()
            .len(),
        1
    );
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (text, line, said) in [
        (
            "pace = 1\nspeed = 2",
            Some(2),
            "unknown key `speed`, is it `seed`?",
        ),
        (
            "[faults]\nearly_okay = true",
            Some(2),
            "unknown key `early_okay`, is it `early_ok`?",
        ),
        (
            "[faults]\nweather = \"rain\"",
            Some(2),
            "unknown key `weather`",
        ),
        (
            "base = \"hom\"",
            Some(1),
            "`base` is \"hom\", but can be home, rural,",
        ),
        (
            "\npersona = \"nokia\"",
            Some(2),
            "`persona` is \"nokia\", but can be quectel,",
        ),
        ("pace = 0", Some(1), "`pace` is 0, but must be 0.01 to 1000"),
        ("pace = nan", Some(1), "`pace` is NaN"),
        (
            "[start]\nmode = \"manual\"",
            Some(1),
            "`start.plmn` is missing",
        ),
        ("[start]\nplmn = \"2081\"", Some(2), "not a network code"),
        (
            "[start]\nmode = \"manual\"\nplmn = \"20801\"",
            Some(3),
            "`plmn` is 20801, which no carrier has",
        ),
        (
            "base = \"home\"\n[faults]\nunplug_on_select = \"20815\"",
            Some(3),
            "which no carrier has",
        ),
        (
            "[[carrier]]\nplmns = [\"20801\"]",
            Some(1),
            "`name` is missing",
        ),
        (
            "[[carrier]]\nname = \"A\"\nplmns = []",
            Some(3),
            "`plmns` is missing",
        ),
        (
            "[[carrier]]\nname = \"A\"\nplmns = [\"20801\", \"20801\"]",
            Some(3),
            "belongs to two carriers",
        ),
        (
            "[[carrier]]\nname = \"A\"\nplmns = [\"20801\"]\ncause = 11",
            Some(4),
            "`cause`",
        ),
        (
            "[faults]\nsilent_from_s = -1",
            Some(2),
            "`silent_from_s` is -1, but must be",
        ),
        (
            "[faults]\necho = \"loud\"",
            Some(2),
            "unknown variant `loud`",
        ),
        ("pace = ", Some(1), ""),
    ] {
        let error = refused(text);
        assert_eq!(error.line, line, "{text:?}: {error}");
        assert_eq!(error.origin, "box.toml");
        assert!(error.to_string().contains(said), "{text:?}: {error}");
    }
}

#[test]
fn a_level_out_of_the_physical_range_is_refused() {
    let cell = |levels: &str| {
        format!(
            "[[carrier]]\nname = \"A\"\nplmns = [\"00101\"]\n[[carrier.cell]]\nband = 3\nearfcn = 1300\n\
             pci = 1\ncell_id = 1\ntac = 1\nbandwidth_mhz = 10\n{levels}"
        )
    };
    let sound = "rsrp_dbm = -90\nrsrq_db = -9.5\nsinr_db = 10";
    assert!(Scenario::from_toml(&cell(sound), "x").is_ok());
    for (wrong, line) in [
        ("rsrp_dbm = 90\nrsrq_db = -9.5\nsinr_db = 10", 11),
        ("rsrp_dbm = -90\nrsrq_db = 9.5\nsinr_db = 10", 12),
        ("rsrp_dbm = -90\nrsrq_db = -9.5\nsinr_db = inf", 13),
    ] {
        let error = refused(&cell(wrong));
        assert_eq!(
            (error.line, error.problem.code()),
            (Some(line), "out_of_range")
        );
    }
}

#[test]
fn seconds_and_milliseconds_are_read_as_such() {
    let text = "base = \"home\"\n[faults]\nreboot_at_s = 1.5\nlate_ok_ms = 250";
    let faults = Scenario::from_toml(text, "x").unwrap().faults;
    assert_eq!(
        faults.reboot.at,
        Some(Instant::at(Duration::from_millis(1500)))
    );
    assert_eq!(faults.late_ok, Duration::from_millis(250));
}

#[test]
fn every_key_is_in_the_manual() {
    let manual = include_str!("../../../../docs/scenarios.md");
    let keys = include_str!("keys.rs");
    let mut checked = 0;
    for line in keys.lines() {
        let Some((key, _)) = line
            .trim()
            .strip_prefix("pub(super) ")
            .and_then(|field| field.split_once(':'))
        else {
            continue;
        };
        assert!(
            manual.contains(&format!("`{key}`")),
            "docs/scenarios.md says nothing of `{key}`"
        );
        checked += 1;
    }
    assert!(checked > 60, "{checked}");
    for name in Scenario::names() {
        assert!(
            manual.contains(&format!("`{name}`")),
            "docs/scenarios.md says nothing of {name}"
        );
    }
}

#[test]
fn the_example_of_the_manual_is_sound() {
    let manual = include_str!("../../../../docs/scenarios.md");
    let example = manual.split("```toml\n").nth(1).unwrap();
    let example = example.split("```").next().unwrap();
    Scenario::from_toml(example, "docs/scenarios.md").unwrap();
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text: String) {
        let _ = Scenario::from_toml(&text, "x");
    }
}

#[test]
fn a_cell_that_fits_no_field_of_a_network_is_refused() {
    let fits = "band = 1900\nearfcn = 3279165\npci = 1007\ntac = 16777215\ncell_id = 68719476735\n";
    let read = |keys: &str| {
        let text = format!(
            "[[carrier]]\nname = \"A\"\nplmns = [\"20801\"]\n[[carrier.cell]]\n{keys}bandwidth_mhz = 10\nrsrp_dbm = -90\nrsrq_db = -10\nsinr_db = 10\n"
        );
        Scenario::from_toml(&text, "test")
    };
    assert!(read(fits).is_ok());
    for (wrong, value) in [
        ("band", "0"),
        ("band", "1901"),
        ("earfcn", "3279166"),
        ("pci", "1008"),
        ("tac", "16777216"),
        ("cell_id", "68719476736"),
    ] {
        let lines = fits.lines().map(|line| {
            let own = line.starts_with(&format!("{wrong} ="));
            if own {
                format!("{wrong} = {value}\n")
            } else {
                format!("{line}\n")
            }
        });
        let problem = read(&lines.collect::<String>()).unwrap_err().problem;
        assert!(
            matches!(problem, Problem::OutOfRange { key, .. } if key == wrong),
            "{problem:?}"
        );
    }
}
