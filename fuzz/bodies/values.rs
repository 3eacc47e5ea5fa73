//! The readers of answers, given any bytes. `tests/fuzz_standin.rs` runs the same on a stable toolchain.

use opensim::at::result::{Final, Line, Reply};
use opensim::at::standard::network_list;
use opensim::at::standard::registration;
use opensim::at::standard::{
    Address, Apn, Cesq, CharacterSet, CmeeRead, Command, ContextDetails, Csq, ExtendedError,
    Functionality, Identify, ImsiRead, Manufacturer, OperatorRead, PinTries, RegistrationRead,
    SerialNumber, SimStatus,
};
use opensim::at::value;
use opensim::domain::Domain;

/// Reads lines of the bytes as the answer to everything.
///
/// # Panics
/// When a reader does.
pub(crate) fn values(data: &[u8]) {
    let lines: Vec<Line> = data.split(|b| *b == b'\n').map(Line::new).collect();
    for line in &lines {
        for field in value::fields(line.bytes()) {
            look_at(&field);
        }
        let _ = value::decode_name(line.bytes());
        let _ = (value::ucs2(line.bytes()), Final::of_line(line));
        if let Some((domain, status)) = registration::parse_urc(line) {
            assert!(
                line.after(&format!("{}:", registration::command_of(domain)))
                    .is_some()
            );
            assert!(status.area.is_none_or(|area| area < 1 << 24), "{status:?}");
            assert!(status.cell.is_none_or(|cell| cell < 1 << 36), "{status:?}");
        }
    }
    for entry in network_list::parse(&lines).entries {
        let names = [entry.long, entry.short].into_iter().flatten();
        assert!(
            names
                .into_iter()
                .all(|name| !name.chars().any(char::is_control))
        );
    }
    let end = Final::Ok;
    let reply = Reply { lines, end };
    read(&Identify, &reply);
    read(&Manufacturer, &reply);
    read(&SerialNumber, &reply);
    read(&ImsiRead, &reply);
    read(&SimStatus, &reply);
    read(&PinTries, &reply);
    read(&OperatorRead, &reply);
    read(&Csq, &reply);
    read(&Cesq, &reply);
    read(&Apn, &reply);
    read(&Address { cid: 1 }, &reply);
    read(&ContextDetails { cid: 1 }, &reply);
    read(&Functionality, &reply);
    read(&CharacterSet, &reply);
    read(&CmeeRead, &reply);
    read(&ExtendedError, &reply);
    for domain in Domain::ALL {
        read(&RegistrationRead(domain), &reply);
    }
}

fn read(command: &impl Command, reply: &Reply) {
    if let Err(error) = command.parse(reply) {
        assert!(error.to_string().contains(&error.command));
    }
}

fn look_at(field: &value::Value) {
    let _ = (field.int(), field.hex(), field.text());
    if let Some(tenths) = field.tenths() {
        assert!(
            field
                .text()
                .is_some_and(|text| text.bytes().any(|b| b.is_ascii_digit())),
            "{tenths}"
        );
    }
    if let value::Value::List(fields) = field {
        fields.iter().for_each(look_at);
    }
}
