//! Huawei and the modems of `HiSilicon`'s platform (ME909, E3372, TD Tech MT5700M): `^MONSC` and `^HCSQ`.
//!
//! `^MONSC` names the serving cell and its levels in plain units, so it is taken for all it has; `^HCSQ` gives what it
//! lacks (SINR in 4G) and stands in alone where `^MONSC` is refused or cut, but only for the same technology.
//! `^MONSC` prints cell, physical cell and area in hexadecimal and the channel in decimal, as `HiSilicon`'s source does
//! (`%u,%X,%X,%X,%d,%d,%d`). `^HCSQ` gives indexes, read as the lower edge of their step; 0 is the floor and 255
//! unknown, and neither is a level.

use super::commands::{Commands, Effect};
use super::ports::ClassTriple;
use super::row::{self, Row};
use super::{
    CellSurvey, Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, known,
    reply_to,
};
use crate::result::Reply;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};
use opensim_domain::{Access, PortRole};

mod survey;

/// Huawei's dialect.
pub(super) struct Huawei;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x12d1],
    usb_products: &[(0x3466, 0x3301)],
    manufacturers: &["huawei", "td tech", "mt5700"],
    urc_prefixes: &[
        "^ANLEVEL:",
        "^BOOT:",
        "^CERSSI:",
        "^DSFLOWRPT:",
        "^EARST:",
        "^HCSQ:",
        "^LTERSRP:",
        "^MODE:",
        "^NDISSTAT:",
        "^NWTIME:",
        "^RFSWITCH:",
        "^RSSI:",
        "^SIMST:",
        "^SRVST:",
        "^STIN:",
        "^XLEMA:",
    ],
    urc_lines: &["^SYSSTART"],
    commands: Commands {
        harmless: &[
            "^CARDMODE",
            "^CSNR",
            "^CURC=",
            "^DSFLOWQRY",
            "^HWVER",
            "^MONNC",
            "^MONSC",
            "^NETSCAN=",
            "^SYSINFO",
            "^SYSINFOEX",
            "^VERSION",
        ],
        plain: &[
            "^CPIN",
            "^DHCP",
            "^EONS",
            "^FREQLOCK",
            "^HFREQINFO",
            "^ICCID",
            "^LTEFREQLOCK",
            "^NDISSTATQRY",
            "^SETPORT",
            "^SPN",
            "^SYSCFG",
            "^SYSCFGEX",
            "^U2DIAG",
        ],
        secrets: &[
            "^AUTHDATA",
            "^CARDLOCK=",
            "^DATALOCK",
            "^NDISDUP",
            "^SSID",
            "^WIKEY",
        ],
        effects: &[
            ("^CARDLOCK", Effect::Pin),
            ("^CPIN", Effect::Pin),
            ("^DATALOCK", Effect::Pin),
            ("^GODLOAD", Effect::Restart),
            ("^INFORBU", Effect::Imei),
            ("^MSO", Effect::Restart),
            ("^NVWR", Effect::Imei),
            ("^NVWREX", Effect::Imei),
            ("^PHYNUM", Effect::Imei),
            ("^RESET", Effect::Restart),
            ("^RSTRIGGER", Effect::Restart),
            ("^SFM", Effect::Restart),
            ("^SIMLOCK", Effect::Pin),
            ("^TMODE", Effect::Restart),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("huawei")
};

const MONSC: Query = Query::new("AT^MONSC", &["^MONSC:"]);
const HCSQ: Query = Query::new("AT^HCSQ?", &["^HCSQ:"]);

impl Dialect for Huawei {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![MONSC, HCSQ]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let row =
            |query: &Query, prefix| Some(Row::of(reply_to(answers, query.line)?.after(prefix)?));
        let cell = row(&MONSC, "^MONSC:").and_then(|row| known(monsc(&row)?));
        let levels = row(&HCSQ, "^HCSQ:").and_then(|row| hcsq(&row));
        match (cell, levels) {
            (Some(cell), Some(levels)) if cell.cell.access == levels.cell.access => {
                together(cell, &levels)
            }
            (Some(reading), _) | (None, Some(reading)) => reading,
            (None, None) => Reading::default(),
        }
    }

    fn pin_tries_query(&self) -> Query {
        Query::new("AT^CPIN?", &["^CPIN:"])
    }

    /// `^CPIN: <code>,[<tries of that code>],<PUK>,<PIN>,<PUK2>,<PIN2>`; older ones end after the second.
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        let row = Row::of(reply.after("^CPIN:")?);
        let asked_for = row.int(1).filter(|_| row.is(0, "SIM PIN"));
        generic::tries(row.int(3).or(asked_for))
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&["^SIMST:"], &["^SYSSTART"])
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT^ICCID?", &["^ICCID:"]),
            Query::new("AT+ICCID", &["+ICCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn survey(&self, identity: &Identity) -> Option<CellSurvey> {
        Some(survey::of(identity))
    }

    fn own_survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        survey::cells(reply)
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(survey::NEIGHBOURS)
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        survey::neighbours(reply)
    }

    /// The protocol of its vendor-specific interface says it, in two series (01.. and 10..) under several subclasses; the
    /// interface numbers vary with the firmware.
    fn port_role(&self, class: ClassTriple) -> Option<PortRole> {
        let (0xff, 0x01 | 0x02 | 0x06, protocol) = class else {
            return None;
        };
        match protocol {
            0x01 | 0x10 => Some(PortRole::Ppp),
            0x02 | 0x12 => Some(PortRole::At),
            0x03 | 0x13 => Some(PortRole::Diag),
            0x05 | 0x14 => Some(PortRole::Nmea),
            _ => None,
        }
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                "^MONSC: LTE,208,10,",
                "^MONSC: NR,208,10,",
                "^MONSC: WCDMA,208,10,",
                r#"^HCSQ: "LTE","#,
                r#"^HCSQ: "NR","#,
                "^CPIN: SIM PIN,",
                "^NETSCAN: 6400,,,2F0A,208,01,0,",
                "^NETSCAN: ",
                "^MONNC: LTE,",
                "^MONNC: NR,",
            ],
            tables: &[],
        }
    }
}

/// The plain levels where they are known, the others where not.
fn together(cell: Reading, levels: &Reading) -> Reading {
    let adds = (cell.rsrp.is_none() && levels.rsrp.is_some())
        || (cell.rsrq.is_none() && levels.rsrq.is_some())
        || (cell.rssi.is_none() && levels.rssi.is_some())
        || (cell.sinr.is_none() && levels.sinr.is_some());
    Reading {
        rsrp: cell.rsrp.or(levels.rsrp),
        rsrq: cell.rsrq.or(levels.rsrq),
        rssi: cell.rssi.or(levels.rssi),
        sinr: cell.sinr.or(levels.sinr),
        source: if adds {
            Some("^MONSC, ^HCSQ".to_owned())
        } else {
            cell.source
        },
        cell: cell.cell,
    }
}

/// The serving cell; `None` for `NONE` and for a technology without a reading.
fn monsc(row: &Row) -> Option<Reading> {
    let mut reading = match row.text(0)?.to_ascii_uppercase().as_str() {
        "LTE" => lte(row),
        "NR" => nr(row),
        "WCDMA" => umts(row),
        "GSM" => gsm(row),
        _ => return None,
    };
    reading.source = Some("^MONSC".to_owned());
    Some(reading)
}

/// `mcc,mnc,earfcn,cell(hex),pci(hex),tac(hex),rsrp,rsrq,rssi`
fn lte(row: &Row) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.long(3));
    Reading {
        rsrp: row.int(7).and_then(Rsrp::new),
        rsrq: row.int(8).and_then(Rsrq::new),
        rssi: row.int(9).and_then(Rssi::new),
        sinr: None,
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.hex(5)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(6)),
        },
        source: None,
    }
}

/// `mcc,mnc,arfcn,scs,cell(hex),pci(hex),tac(hex),rsrp,rsrq,sinr`. The channel does not name the band.
fn nr(row: &Row) -> Reading {
    let access = Access::Nr;
    let mut reading = Reading {
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: None,
            earfcn: row::channel(access, row.long(3)),
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.hex(6)),
            cell_id: row::cell_id(access, row.hex(5)),
            tac: row::area(access, row.hex(7)),
        },
        ..Reading::default()
    };
    survey::nr_levels(&mut reading, row, 8);
    reading
}

/// `mcc,mnc,uarfcn,psc,cell(hex),lac(hex),rscp,rssi,ecn0,drx,ura`, the scrambling code in decimal.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.long(3));
    Reading {
        rssi: row.int(8).and_then(Rssi::new),
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.long(4)),
            cell_id: row::cell_id(access, row.hex(5)),
            tac: row::area(access, row.hex(6)),
        },
        ..Reading::default()
    }
}

/// `mcc,mnc,band,arfcn,bsic,cell(hex),lac(hex),rssi,quality,ta`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    Reading {
        rssi: row.int(8).and_then(Rssi::new),
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            earfcn: row::channel(access, row.long(4)),
            cell_id: row::cell_id(access, row.hex(6)),
            tac: row::area(access, row.hex(7)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}

/// `"LTE",rssi,rsrp,sinr,rsrq`; `"NR",rsrp,sinr,rsrq`; `"WCDMA",rssi,...`; `"GSM",rssi,...`; the name quoted or not.
///
/// NR's RSRP and SINR have the same steps as LTE's, as they agree with `^MONSC` beside them; its RSRQ does not fit
/// either known scale and is left out.
fn hcsq(row: &Row) -> Option<Reading> {
    let access = match row.text(0)?.to_ascii_uppercase().as_str() {
        "LTE" => Access::Lte,
        "NR" => Access::Nr,
        "WCDMA" => Access::Umts,
        "GSM" => Access::Gsm,
        _ => return None,
    };
    let rssi = |at| row::in_steps(row.int(at)?, 96).and_then(|i| Rssi::new(i - 121));
    let sinr = |at| row::in_steps(row.int(at)?, 251).and_then(|i| Sinr::from_tenths(i * 2 - 202));
    let mut reading = Reading::default();
    match access {
        Access::Lte | Access::NrNsa => {
            reading.rssi = rssi(1);
            reading.rsrp = row::rsrp_index(row.int(2));
            reading.sinr = sinr(3);
            reading.rsrq = row::rsrq_index(row.int(4));
        }
        Access::Nr => {
            reading.rsrp = row::rsrp_index(row.int(1));
            reading.sinr = sinr(2);
        }
        Access::Umts | Access::Gsm => reading.rssi = rssi(1),
    }
    reading.cell.access = Some(access);
    reading.source = Some("^HCSQ".to_owned());
    Some(reading)
}
