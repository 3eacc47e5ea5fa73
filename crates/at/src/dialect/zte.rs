//! ZTE, Gosuncn (its ME3630 and GM modules) and Tozed: `+ZCELLINFO` names the cell, `+ZRSSI` gives its levels.
//!
//! How many fields `+ZRSSI` has tells the technology: four are LTE's RSRP, RSRQ, RSSI and SINR in plain units (RSRQ with
//! its decimal), two UMTS's, one GSM's. `+ZCELLINFO` leaves the area out on some and prints its numbers as `0X...` or in
//! decimal; bare digits beside an area may be either and are not read. The network's code is in neither.
//! Sources: `luci-app-3ginfo-lite`, `modemdata` and `QModem` (MF286, ME3630), and answers quoted in public drivers; no
//! capture of a whole session.

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};

/// ZTE's dialect.
pub(super) struct Zte;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x19d2, 0x305a],
    // Tozed's LT70, under Unisoc's id.
    usb_products: &[(0x1782, 0x4055)],
    manufacturers: &["gosuncn", "me3630", "mf28", "mf83", "tozed", "zte"],
    urc_prefixes: &["+ZDONR:", "+ZEND:", "+ZPASR:", "+ZPSTM:", "+ZUSIMR:"],
    commands: Commands {
        harmless: &["+ZEMSCIQ=", "+ZGETICCID", "+ZRSSI", "+ZSINR"],
        plain: &[
            "+ZBANDI",
            "+ZCAINFO",
            "+ZCELLINFO",
            "+ZECMCALL",
            "+ZPAS",
            "+ZSNT",
            "+ZSWITCH",
        ],
        secrets: &["+ZGPCOAUTH", "+ZNCK"],
        effects: &[
            ("+ZNCK", Effect::Pin),
            ("+ZRST", Effect::Restart),
            ("+ZSEC", Effect::Pin),
            ("+ZSNT", Effect::Selection),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("zte")
};

const ZCELLINFO: Query = Query::new("AT+ZCELLINFO?", &["+ZCELLINFO:"]);
const ZRSSI: Query = Query::new("AT+ZRSSI", &["+ZRSSI:"]);

impl Dialect for Zte {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![ZCELLINFO, ZRSSI, generic::LEVELS]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let row = |query: &Query, prefix| {
            let text = reply_to(answers, query.line)?.after(prefix)?;
            Some(Row::of(text))
        };
        let cell = row(&ZCELLINFO, "+ZCELLINFO:").and_then(|row| cell(&row));
        let mut reading = row(&ZRSSI, "+ZRSSI:")
            .and_then(|row| levels(&row))
            .unwrap_or_default();
        match (cell, reading.cell.access) {
            // The levels of another technology than the cell's say nothing of it.
            (Some(cell), Some(access)) if cell.access != Some(access) => Reading {
                cell,
                ..Reading::default()
            },
            (Some(cell), _) => {
                reading.cell = cell;
                reading
            }
            (None, _) => reading,
        }
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&["+ZUSIMR:"], &[])
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+ZGETICCID", &["+ZGETICCID:"]),
            Query::new("AT+ICCID", &["+ICCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                "+ZCELLINFO: ",
                "+ZCELLINFO: 0X2F0A,0X2B51C03,0XD6,LTE B20,",
                "+ZRSSI: ",
            ],
            tables: &[],
        }
    }
}

/// `[tac,]cell,pci,LTE B<n>[,earfcn]`, each after its own `name:` on some. Another technology has only its name.
fn cell(row: &Row) -> Option<Cell> {
    let fields: Vec<String> = (0..row.len())
        .map(|at| bare(row.text(at).unwrap_or_default()))
        .collect();
    let named = fields.iter().position(|text| technology(text).is_some())?;
    let (access, band) = technology(&fields[named])?;
    let mut cell = Cell {
        access: Some(access),
        ..Cell::default()
    };
    if access != Access::Lte {
        return Some(cell);
    }
    let before = &fields[..named];
    let number = |from_end: usize| {
        let text = before.get(before.len().checked_sub(from_end)?)?;
        read(text, before.len())
    };
    cell.earfcn = row::channel(access, row.long(named + 1));
    cell.band = row::band(access, band);
    // A cell that is not known is printed as 0XFFFFFFFF, its physical cell as 0.
    cell.cell_id = row::cell_id(access, number(2));
    let known = cell.cell_id.is_some();
    cell.pci = row::pci(access, number(1)).filter(|_| known);
    cell.tac = row::area(access, number(3));
    Some(cell)
}

/// Without the `cellid:` that some print before it.
fn bare(text: String) -> String {
    match text.split_once(':') {
        Some((name, value)) if name.bytes().all(|b| b.is_ascii_alphabetic()) => {
            value.trim().to_owned()
        }
        _ => text,
    }
}

/// With `0X` hexadecimal; without, decimal in the layout that has no area, and doubtful in the other.
fn read(text: &str, fields: usize) -> Option<u64> {
    let digits = text.strip_prefix("0X").or_else(|| text.strip_prefix("0x"));
    match digits {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
            u64::from_str_radix(digits, 16).ok()
        }
        None if fields == 2 => text.parse().ok(),
        _ => None,
    }
}

/// `LTE B20`, `UMTS ...`, `WCDMA ...`, `PGSM_900`.
fn technology(text: &str) -> Option<(Access, Option<i32>)> {
    let upper = text.to_ascii_uppercase();
    if let Some(rest) = upper.strip_prefix("LTE") {
        let number = rest
            .trim()
            .trim_start_matches("BAND")
            .trim_start_matches('B');
        return Some((Access::Lte, number.trim().parse().ok()));
    }
    if ["UMTS", "WCDMA", "HSPA", "HSDPA"]
        .iter()
        .any(|head| upper.starts_with(head))
    {
        return Some((Access::Umts, None));
    }
    upper.contains("GSM").then_some((Access::Gsm, None))
}

fn levels(row: &Row) -> Option<Reading> {
    let access = match row.len() {
        4 => Access::Lte,
        2 | 3 => Access::Umts,
        1 => Access::Gsm,
        _ => return None,
    };
    let level = |at| row.tenths(at);
    let mut reading = Reading::default();
    match access {
        Access::Lte => {
            reading.rsrp = level(0).and_then(Rsrp::from_tenths);
            reading.rsrq = level(1).and_then(Rsrq::from_tenths);
            reading.rssi = level(2).and_then(Rssi::from_tenths);
            // Without a power the rest is what was last known, or nothing.
            reading.sinr = level(3).and_then(Sinr::from_tenths);
            reading.rsrp?;
        }
        // RSCP is no RSRP, and the number may be without its sign.
        Access::Gsm => reading.rssi = level(0).and_then(Rssi::from_tenths),
        Access::Umts | Access::Nr | Access::NrNsa => {}
    }
    reading.cell.access = Some(access);
    reading.source = Some("+ZRSSI".to_owned());
    Some(reading)
}
