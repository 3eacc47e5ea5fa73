//! The reader of scenarios and the modem that one makes, given any text. `tests/fuzz_standin.rs` runs the same on a
//! stable toolchain.

use std::time::Duration;

use opensim::sim::{Scenario, VirtualModem};
use opensim::time::Instant;

/// How often time moves on between two commands.
const STEPS: usize = 40;

/// What is asked of the modem: what all have, and every vendor's own commands for the cell.
const ASKED: &[&str] = &[
    "AT",
    "AT+CPIN?",
    "AT+CIMI;+CREG?;+CEREG?",
    "AT+COPS?;+CSQ;+CESQ",
    "AT+CGDCONT?",
    "AT+QENG=\"servingcell\";+QCSQ;+QSCAN=1",
    "AT+QENG=\"neighbourcell\";+QOPS",
    "AT+CPSI?",
    "AT^HCSQ?;^MONSC;^MONNC",
    "AT^NETSCAN=20",
    "AT!GSTATUS?;!LTEINFO?",
    "AT#RFSTS;#MONI=7;#MONI;#CSURVC",
    "AT+XMCI=1;+XCESQ?",
    "AT+GTCCINFO?",
    "AT+UCGED=2;+UCGED?",
    "AT^SMONI",
    "AT+ZCELLINFO?",
    "AT+MENG=\"servingcell\"",
    "AT+COPS=?",
    "AT+COPS=1,2,\"20810\"",
    "AT+CFUN=1,1",
];

/// Reads the bytes as a scenario and talks to the modem of it.
///
/// # Panics
/// When the reader or the modem does, or when a scenario is refused at a line that it has not.
pub(crate) fn scenario(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let scenario = match Scenario::from_toml(&text, "any") {
        Ok(scenario) => scenario,
        Err(refused) => {
            // What is missing at the end is missed on the line behind the last.
            let lines = 1..=text.lines().count() + 1;
            assert!(refused.line.is_none_or(|line| lines.contains(&line)));
            return;
        }
    };
    let mut modem = VirtualModem::new(&scenario);
    let mut now = Instant::ZERO;
    for line in ASKED {
        modem.handle_input(now, format!("{line}\r").as_bytes());
        for _ in 0..STEPS {
            while modem.poll_transmit(now).is_some() {}
            let Some(due) = modem.poll_timeout() else {
                break;
            };
            // A deadline that has passed is looked at once more, and time goes on.
            now = due.max(now + Duration::from_millis(1));
            modem.handle_timeout(now);
        }
    }
}
