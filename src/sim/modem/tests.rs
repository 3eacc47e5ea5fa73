use std::time::Duration;

use super::bench::Bench;

const SECOND: Duration = Duration::from_secs(1);

fn plmn(bench: &Bench) -> Option<String> {
    bench.modem.world().plmn().map(|p| p.to_string())
}

#[test]
fn a_selection_moves_the_world_and_everything_that_is_said_follows() {
    let mut bench = Bench::named("home");
    assert_eq!(bench.ask("ATE0"), ["OK"]);
    assert_eq!(bench.ask("AT+CEREG=2"), ["OK"]);
    assert_eq!(bench.ask("AT+COPS?"), [r#"+COPS: 1,0,"Orange F",7"#, "OK"]);
    let heard = bench.ask_for(r#"AT+COPS=1,2,"20810""#, Duration::from_secs(20));
    assert_eq!(
        heard,
        ["+CEREG: 2", r#"+CEREG: 5,"3C22","5C4EF15",7"#, "OK"]
    );
    assert_eq!(plmn(&bench).as_deref(), Some("20810"));
    assert_eq!(bench.ask("AT+COPS=3,2"), ["OK"]);
    assert_eq!(bench.ask("AT+COPS?"), [r#"+COPS: 1,2,"20810",7"#, "OK"]);
    let cell = bench.ask(r#"AT+QENG="servingcell""#);
    assert!(
        cell[0].starts_with(
            r#"+QENG: "servingcell","NOCONN","LTE","FDD",208,10,5C4EF15,87,1675,3,5,5,3C22,-8"#
        ),
        "{cell:?}"
    );
}

#[test]
fn the_echo_comes_as_typed_and_the_answer_after_it() {
    let mut bench = Bench::named("home");
    bench.type_in(b"at+cimi\r\n");
    bench.wait(SECOND);
    assert_eq!(
        String::from_utf8_lossy(&bench.heard),
        "at+cimi\r\n\r\n208010000000012\r\n\r\nOK\r\n"
    );
}
