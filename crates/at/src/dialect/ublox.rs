//! u-blox: SARA-R4 and R5, LARA, TOBY, MPCI. The cell comes from `+UCGED`, whose rows have no prefix; levels from it or
//! from `+CESQ`.
//!
//! Three layouts are met in 4G. That of SARA-R5 and LARA-R6 prints levels as 27.007's indexes or, by firmware, as dBm:
//! an index has no sign, so the sign decides. That of SARA-R422 has dBm, bandwidth in MHz and no cell identity. That of
//! SARA-R410 is words (`+RSRP: 162,5110,"-075.00"`). A network of `fff`, a channel of 65535 and 255 are "none". SINR 0.00
//! beside a radio state of 255 is a default and no measurement.
//!
//! LARA and TOBY are told to report the long form in the same line; it is a setting of this report alone and lasts until
//! the next start. `+COPS=5`, their survey of every operator, is not run: it goes through the command that selects a
//! network, the guard knows no such word, and it is not known to leave the registration in place. Its rows are read, for
//! whoever has them from elsewhere.
//! Sources: ubxlib's readers with their examples, captures of SARA-R5.

use std::time::Duration;

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use crate::result::{Line, Reply};
use opensim_domain::radio::{Band, Cell, Reading, Rsrp, Rsrq, Rssi, Sinr, lte_band};
use opensim_domain::{Access, Plmn};

/// u-blox's dialect.
pub(super) struct Ublox;

static PROFILE: DialectProfile = DialectProfile {
    // 1546 makes position receivers too, so each modem is named.
    usb_products: &[
        (0x1546, 0x1010),
        (0x1546, 0x1102),
        (0x1546, 0x1104),
        (0x1546, 0x1107),
        (0x1546, 0x110a),
        (0x1546, 0x1141),
        (0x1546, 0x1143),
        (0x1546, 0x1146),
        (0x05c6, 0x908b),
    ],
    manufacturers: &["u-blox", "sara-", "lara-", "toby-", "lisa-", "mpci-"],
    urc_prefixes: &[
        "+UMWI:",
        "+UREG:",
        "+UULOC:",
        "+UUPSDA:",
        "+UUPSDD:",
        "+UUSIMSTAT:",
        "+UUSOCL:",
        "+UUSORD:",
        "+UUSORF:",
    ],
    // Its own limit of 3 minutes was seen to pass by more than one.
    network_list: Duration::from_mins(5),
    commands: Commands {
        harmless: &["+CCID", "+UCGED=", "+UPINCNT"],
        plain: &[
            "+UDOPN",
            "+RSRP",
            "+RSRQ",
            "+UBANDMASK",
            "+UBANDSEL",
            "+UBMCONF",
            "+UCELLINFO",
            "+UDCONF",
            "+UIPADDR",
            "+UMNOPROF",
            "+URAT",
            "+UUSBCONF",
        ],
        secrets: &[
            "+UAUTHREQ",
            "+UFTP",
            "+UHTTP",
            "+UMQTT",
            "+UPSD",
            "+USECMNG",
            "+USECPRF",
            "+USMTP",
        ],
        effects: &[
            ("+CPWROFF", Effect::Restart),
            ("+UFACTORY", Effect::Factory),
            ("+UFWINSTALL", Effect::Restart),
            ("+UFWUPD", Effect::Restart),
            ("+UMNOPROF", Effect::Restart),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("ublox")
};

const UCGED: Query = Query {
    bare: true,
    ..Query::new("AT+UCGED?", &["+UCGED:", "+RSRP:", "+RSRQ:"])
};
const UCGED_SET: Query = Query {
    line: "AT+UCGED=2;+UCGED?",
    ..UCGED
};
const CESQ: Query = Query::new("AT+CESQ", &["+CESQ:"]);

impl Dialect for Ublox {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, identity: &Identity, _: &Scales) -> Vec<Query> {
        let model = identity.model.as_deref().unwrap_or("").to_ascii_uppercase();
        let silent = ["LARA-", "TOBY-", "MPCI-"]
            .iter()
            .any(|m| model.starts_with(m));
        let cell = if silent { UCGED_SET } else { UCGED };
        vec![cell, CESQ]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let report = reply_to(answers, UCGED.line).or_else(|| reply_to(answers, UCGED_SET.line));
        report.and_then(ucged).unwrap_or_default()
    }

    fn pin_tries_query(&self) -> Query {
        Query::new("AT+UPINCNT", &["+UPINCNT:"])
    }

    /// `+UPINCNT: <PIN>,<PIN2>,<PUK>,<PUK2>`
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        generic::tries(Row::of(reply.after("+UPINCNT:")?).int(0))
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&["+UUSIMSTAT:"], &[])
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[Query::new("AT+CCID", &["+CCID:"]), generic::ICCID_ON_CARD];
        ALL
    }

    fn own_survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        reply.lines.iter().filter_map(surveyed).collect()
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &["+UPINCNT: ", "+RSRP: ", "+RSRQ: "],
            tables: &[
                &["+UCGED: 2", "6,4,208,01", "%,%,%,%,%,%,%,%,%,%,%,%,%,%,%"],
                &["+UCGED: 2", "6,208,01", "%,%,%,%,%,%,%,%"],
                &["+UCGED: 2", "3,4,208,01", "%,%,%,%,%,%,%,%"],
                &["+UCGED: 2", "2,208,01", "%,%,%,%,%,%,%"],
                &["MCC:208, MNC:01, TAC:%, CI:%, DLF:%, PCI:%, RSRP LEV:%, RSRQ LEV:%"],
                &["MCC:208, MNC:01, LAC:%, CI:%, BSIC:%, Arfcn:%, RXLEV:%"],
            ],
        }
    }
}

/// `MCC:208, MNC:01, TAC:2f0a, CI:2b51c03, DLF:6400, ULF:24400, PCI:214, RSRP LEV:44, RSRQ LEV:18` in 4G; `LAC`, `CI`,
/// `BSIC`, `Arfcn` and `RXLEV` in 2G. Levels are indexes.
fn surveyed(line: &Line) -> Option<Reading> {
    let text = line.text();
    let pairs: Vec<(&str, &str)> = text.split(',').filter_map(|p| p.split_once(':')).collect();
    let value = |label: &str| {
        let pair = pairs
            .iter()
            .find(|(l, _)| l.trim().eq_ignore_ascii_case(label))?;
        Some(Row::of(pair.1.trim().as_bytes()))
    };
    let number = |label: &str| value(label)?.int(0);
    let long = |label: &str| value(label)?.long(0);
    let hex = |label: &str| value(label)?.hex(0);
    let plmn = Plmn::from_parts(&value("MCC")?.text(0)?, &value("MNC")?.text(0)?).ok()?;
    let mut reading = Reading {
        source: Some("+COPS=5".to_owned()),
        ..Reading::default()
    };
    let access = if long("DLF").is_some() {
        let earfcn = row::channel(Access::Lte, long("DLF"));
        reading.rsrp = row::rsrp_index(number("RSRP LEV"));
        reading.rsrq = row::rsrq_index(number("RSRQ LEV"));
        reading.cell.earfcn = earfcn;
        reading.cell.pci = row::pci(Access::Lte, long("PCI"));
        Access::Lte
    } else {
        reading.rssi = number("RXLEV")
            .and_then(|level| row::in_steps(level, 63))
            .and_then(|level| Rssi::new(level - 111));
        reading.cell.earfcn = row::channel(Access::Gsm, long("Arfcn"));
        Access::Gsm
    };
    reading.cell.plmn = Some(plmn);
    reading.cell.access = Some(access);
    let area = hex("TAC").or_else(|| hex("LAC"));
    reading.cell.tac = row::area(access, area);
    reading.cell.cell_id = value("CI").and_then(|row| identity_of(access, &row));
    Some(reading)
}

/// Hexadecimal, by ubxlib; yet a capture has eight decimal digits that would be 31 bits of 28 so. Digits alone that could
/// be either are left out.
fn identity_of(access: Access, number: &Row) -> Option<u64> {
    let lettered = number.long(0).is_none();
    let hex = row::cell_id(access, number.hex(0));
    if lettered {
        return hex;
    }
    let decimal = row::cell_id(access, number.long(0));
    hex.is_none().then_some(decimal).flatten()
}

/// The report in any of its forms; `None` where it names no cell and no level.
fn ucged(reply: &Reply) -> Option<Reading> {
    let mut reading = match reply.after("+RSRP:") {
        Some(_) => worded(reply)?,
        None => rows(reply)?,
    };
    let levels = reading.rsrp.is_some() || reading.rsrq.is_some();
    if levels {
        reading.source = Some("+UCGED".to_owned());
    }
    let nothing = Cell {
        access: reading.cell.access,
        ..Cell::default()
    };
    (levels || reading.cell != nothing).then_some(reading)
}

/// `+RSRP: <pci>,<earfcn>,"<dBm>"` and `+RSRQ:` alike, the serving cell's first.
fn worded(reply: &Reply) -> Option<Reading> {
    let access = Access::Lte;
    let power = Row::of(reply.after("+RSRP:")?);
    let quality = reply.after("+RSRQ:").map(Row::of);
    let quality = quality.filter(|q| q.int(0) == power.int(0));
    let earfcn = row::channel(access, power.long(1));
    Some(Reading {
        rsrp: power.tenths(2).and_then(Rsrp::from_tenths),
        rsrq: quality
            .and_then(|q| q.tenths(2))
            .and_then(Rsrq::from_tenths),
        cell: Cell {
            access: Some(access),
            earfcn,
            pci: row::pci(access, power.long(0)),
            ..Cell::default()
        },
        ..Reading::default()
    })
}

/// A row that says what follows (`6,4,208,01`), then the cell's row.
fn rows(reply: &Reply) -> Option<Reading> {
    let rows: Vec<Row> = reply.lines.iter().filter_map(bare_row).collect();
    let at = rows.iter().position(|row| head(row).is_some())?;
    let (kind, network) = head(&rows[at])?;
    let cell = rows.get(at + 1)?;
    let mut reading = match kind {
        Kind::Lte => lte(cell),
        Kind::LteShort => lte_short(cell),
        Kind::Umts => umts(cell),
        Kind::Gsm => gsm(cell),
    };
    reading.cell.plmn = rows[at].plmn(network);
    Some(reading)
}

/// A line of numbers and commas alone.
fn bare_row(line: &Line) -> Option<Row> {
    let text = line.bytes().trim_ascii();
    let fits = |b: &u8| b.is_ascii_hexdigit() || b",.-\" ".contains(b);
    (text.contains(&b',') && text.iter().all(fits)).then(|| Row::of(text))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// SARA-R5, LARA-R6.
    Lte,
    /// SARA-R422.
    LteShort,
    Umts,
    Gsm,
}

/// What the row is that names technology and network, and where the network stands in it.
fn head(row: &Row) -> Option<(Kind, usize)> {
    match (row.int(0)?, row.len()) {
        (6 | 4, 4) => Some((Kind::Lte, 2)),
        (6, 3) => Some((Kind::LteShort, 1)),
        (3, 4) => Some((Kind::Umts, 2)),
        (2, 3) => Some((Kind::Gsm, 1)),
        _ => None,
    }
}

/// `earfcn,band,ul_rb,dl_rb,tac(hex),cell(hex),pci,tmsi,group,code,rsrp,rsrq,sinr,rrc,...`
fn lte(row: &Row) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.long(0));
    let (power, quality) = (row.int(10), row.int(11));
    let index = power.is_some_and(|p| p >= 0);
    let (rsrp, rsrq) = if index {
        (row::rsrp_index(power), row::rsrq_index(quality))
    } else {
        (power.and_then(Rsrp::new), quality.and_then(Rsrq::new))
    };
    let measured = row.int(13).is_some_and(|rrc| rrc != 255) || row.tenths(12) != Some(0);
    Reading {
        rsrp,
        rsrq: rsrq.filter(|_| rsrp.is_some()),
        sinr: row
            .tenths(12)
            .filter(|_| measured && rsrp.is_some())
            .and_then(Sinr::from_tenths),
        rssi: None,
        cell: Cell {
            plmn: None,
            access: Some(access),
            band: band(earfcn, row.int(1)),
            earfcn,
            bandwidth_tenths_mhz: earfcn.and(row::lte_blocks(row.int(3))),
            pci: row::pci(access, row.long(6)),
            cell_id: row::cell_id(access, row.hex(5)),
            tac: row::area(access, row.hex(4)),
        },
        source: None,
    }
}

/// `earfcn,band,ul_mhz,dl_mhz,tac(hex),pci,rsrp,rsrq,...`, levels in dBm and dB. What follows has no known scale.
fn lte_short(row: &Row) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.long(0));
    Reading {
        rsrp: row.int(6).and_then(Rsrp::new),
        rsrq: row.int(7).and_then(Rsrq::new),
        cell: Cell {
            access: Some(access),
            band: band(earfcn, row.int(1)),
            earfcn,
            bandwidth_tenths_mhz: row::lte_megahertz(row.tenths(3)),
            pci: row::pci(access, row.long(5)),
            tac: row::area(access, row.hex(4)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}

/// The channel's band. Of other vendors' rows it is not known which of the two is wrong where they contradict each other;
/// here it is the band: a SARA-R5 was seen to print 13 beside a channel of band 12 that it had measured.
fn band(earfcn: Option<u32>, printed: Option<i32>) -> Option<Band> {
    earfcn
        .and_then(lte_band)
        .or_else(|| row::band(Access::Lte, printed))
}

/// `uarfcn,band,cell(hex),lac(hex),rac,psc,rrc,rssi,ecn0,...`: the total power's scale is not documented.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.long(0));
    Reading {
        cell: Cell {
            access: Some(access),
            earfcn,
            pci: row::pci(access, row.long(5)),
            cell_id: row::cell_id(access, row.hex(2)),
            tac: row::area(access, row.hex(3)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}

/// `arfcn,band,cell(hex),bsic,lac(hex),rac,rxlev,...`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    Reading {
        cell: Cell {
            access: Some(access),
            earfcn: row::channel(access, row.long(0)),
            cell_id: row::cell_id(access, row.hex(2)),
            tac: row::area(access, row.hex(4)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}
