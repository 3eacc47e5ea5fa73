//! SIMCom: SIM7600, SIM7000/7070/7080, `SIM82xx`, `A76xx`. One command, `+CPSI`, has the cell and its levels.
//!
//! Its levels come in three scales: tenths (SIM7600, `SIM82xx`), whole units (`SIM70xx`), indexes without a sign (ASR
//! based `A76xx`). RSRP alone decides, for -140 to -44 and -1400 to -440 do not meet while RSRQ's and RSSI's ranges do.
//! RSSNR is an index, SINR = 2 x RSSNR - 20 dB: the SIM7070/7080 manual says so, the SIM7600 manual says nothing, and
//! its captures fit no other reading (7 to 11 at RSRQ -15 to -20 dB, never negative); the source tells.
//! Sources: the SIM7500/7600 AT manual (5.14), the SIM7070/7080 and SIM8200 manuals' `+CPSI`, and captures.

use std::time::Duration;

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use crate::result::Reply;
use opensim_domain::radio::{Band, Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};
use opensim_domain::{Access, Plmn};

mod neighbours;

/// SIMCom's dialect.
pub(super) struct Simcom;

static PROFILE: DialectProfile = DialectProfile {
    // 1e0e is shared: Qualcomm's reference designs and other makers use it too.
    usb_products: &[
        (0x1e0e, 0x9001),
        (0x1e0e, 0x9003),
        (0x1e0e, 0x9011),
        (0x1e0e, 0x9205),
        (0x1e0e, 0x9206),
    ],
    manufacturers: &[
        "simcom", "sim70", "sim71", "sim75", "sim76", "sim79", "sim82", "a76",
    ],
    urc_prefixes: &[
        "*ATREADY:",
        "*PSUTTZ:",
        "+CIPEVENT:",
        "+CPSI:",
        "+NITZ:",
        "DST:",
    ],
    urc_lines: &["RDY", "SMS DONE", "PB DONE", "START", "NORMAL POWER DOWN"],
    // A SIM7080 with every band and NB-IoT searches for up to 20 minutes; a SIM7600 for 3.
    network_list: Duration::from_mins(20),
    commands: Commands {
        harmless: &[
            "+CCINFO",
            "+CGNSINF",
            "+CICCID",
            "+CMGRMI=",
            "+CPMUTEMP",
            "+CSUB",
            "+SIMCOMATI",
            "+SPIC",
        ],
        plain: &[
            "+CBANDCFG",
            "+CMNB",
            "+CNACT",
            "+CNAOP",
            "+CNBP",
            "+CNMP",
            "+CNSMOD",
            "+CPSI",
            "+CUSBCFG",
        ],
        secrets: &[
            "+CFTPSLOGIN",
            "+CIPCSGP",
            "+CMQTTCONNECT",
            "+CNCFG",
            "+CSMTPSAUTH",
            "+CSOCKAUTH",
            "+CSTT",
            "+FTPPW",
            "+SAPBR",
            "+SMCONF",
        ],
        effects: &[
            ("+CDELTA", Effect::Restart),
            ("+CNVW", Effect::Imei),
            ("+CPOF", Effect::Restart),
            ("+CPOWD", Effect::Restart),
            ("+CREBOOT", Effect::Restart),
            ("+CRESET", Effect::Restart),
            ("+CUSBPIDSWITCH", Effect::Restart),
            ("+SIMEI", Effect::Imei),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("simcom")
};

const CPSI: Query = Query::new("AT+CPSI?", &["+CPSI:"]);

impl Dialect for Simcom {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![CPSI]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let Some(reply) = reply_to(answers, CPSI.line) else {
            return Reading::default();
        };
        let rows: Vec<Row> = reply.all_after("+CPSI:").map(Row::of).collect();
        let Some(mut reading) = rows.iter().find_map(serving) else {
            return Reading::default();
        };
        let anchor = reading.cell.access == Some(Access::Lte);
        if anchor && rows.iter().any(is_5g_leg) {
            reading.cell.access = Some(Access::NrNsa);
        }
        reading
    }

    fn pin_tries_query(&self) -> Query {
        Query::new("AT+SPIC", &["+SPIC:"])
    }

    /// `+SPIC: <PIN>,<PUK>,<PIN2>,<PUK2>`
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        generic::tries(Row::of(reply.after("+SPIC:")?).int(0))
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&["*ATREADY:"], &["SMS DONE", "PB DONE"])
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+CICCID", &["+ICCID:", "+CICCID:"]),
            Query {
                bare: true,
                ..Query::new("AT+CCID", &["+CCID:"])
            },
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(neighbours::QUERY)
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        neighbours::of(reply)
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                "+CPSI: LTE,Online,208-10,",
                "+CPSI: WCDMA,Online,208-10,",
                "+CPSI: GSM,Online,208-10,",
                "+CPSI: NR5G_SA,Online,208-10,",
                "+CPSI: NR5G_NSA,",
                "+SPIC: ",
                "+CMGRMI: Serving_Cell,",
                "+CMGRMI: LTE_Intra_Cell1,",
                "+CMGRMI: LTE_Inter,1,Freq1,",
                "+CMGRMI: LTE_InterFreq1_Cell1,",
            ],
            tables: &[],
        }
    }
}

/// The serving cell's row. Its first field is the technology, with `-LIMITED` after it where service is.
fn serving(row: &Row) -> Option<Reading> {
    let mode = row.text(0)?.to_ascii_uppercase();
    let mode = mode.strip_suffix("-LIMITED").unwrap_or(&mode);
    match mode {
        "GSM" => Some(gsm(row)),
        "WCDMA" => Some(umts(row)),
        // A 5G leg's row goes from the technology to the cell at once; a 5G cell's own has the state between.
        "NR5G_SA" | "NR5G" if row.text(1)?.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Some(nr(row))
        }
        mode if mode.starts_with("LTE") => Some(lte(row)),
        _ => None,
    }
}

fn is_5g_leg(row: &Row) -> bool {
    let named = row.is(0, "NR5G_NSA") || row.is(0, "NR5G");
    named && row::pci(Access::Nr, row.long(1)).is_some()
}

/// `LTE,Online,mcc-mnc,0xtac,cell,pci,EUTRAN-BANDn,earfcn,dl_bw,ul_bw,rsrq,rsrp,rssi,rssnr`, the cell in decimal.
fn lte(row: &Row) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.long(7));
    let band = number_after(row.text(6), "BAND");
    let cell = Cell {
        plmn: plmn(row),
        access: Some(access),
        band: row::band(access, band),
        earfcn,
        bandwidth_tenths_mhz: row::lte_bandwidth(row.int(8)),
        pci: row::pci(access, row.long(5)),
        // A number that overflowed is printed negative: not read.
        cell_id: row::cell_id(access, row.long(4)),
        tac: row::area(access, row.hex(3)),
    };
    let (rsrq, rsrp, rssi, rssnr) = (row.int(10), row.int(11), row.int(12), row.int(13));
    let (levels, scale) = match Scale::of(rsrp) {
        Some(Scale::Index) => {
            let levels = Reading {
                rsrp: row::rsrp_index(rsrp),
                rsrq: row::rsrq_index(rsrq),
                ..Reading::default()
            };
            (levels, "indexes")
        }
        Some(scale) => {
            let levels = Reading {
                rsrp: scale.tenths(rsrp).and_then(Rsrp::from_tenths),
                rsrq: scale.tenths(rsrq).and_then(Rsrq::from_tenths),
                rssi: scale.tenths(rssi).and_then(Rssi::from_tenths),
                sinr: rssnr.and_then(sinr),
                ..Reading::default()
            };
            (levels, "SINR = 2 x RSSNR - 20")
        }
        None => (Reading::default(), "scale not known"),
    };
    Reading {
        cell,
        source: Some(format!("+CPSI ({scale})")),
        ..levels
    }
}

/// RSSNR 0 to 25. A negative one cannot be that index, so it is dB.
fn sinr(rssnr: i32) -> Option<Sinr> {
    match rssnr {
        0..=25 => Sinr::new(rssnr * 2 - 20),
        ..0 => Sinr::new(rssnr),
        _ => None,
    }
}

/// How a row prints its levels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Tenths,
    Whole,
    Index,
}

impl Scale {
    fn of(rsrp: Option<i32>) -> Option<Self> {
        match rsrp? {
            -1570..=-440 => Some(Self::Tenths),
            -157..=-29 => Some(Self::Whole),
            1..=97 => Some(Self::Index),
            _ => None,
        }
    }

    fn tenths(self, level: Option<i32>) -> Option<i32> {
        match self {
            Self::Tenths => level,
            Self::Whole => level?.checked_mul(10),
            Self::Index => None,
        }
    }
}

/// `NR5G_SA,Online,mcc-mnc,0xtac,cell,pci,NR5G_BANDn,arfcn,rsrp,rsrq,snr`; some leave the band out.
fn nr(row: &Row) -> Reading {
    let access = Access::Nr;
    let band = row::band(access, number_after(row.text(6), "BAND"));
    let at = if row.int(6).is_some() { 6 } else { 7 };
    // RSRP stands first here and RSRQ first elsewhere; RSRP is always the lower.
    let (one, two) = (row.int(at + 1), row.int(at + 2));
    let (rsrp, rsrq) = (one.min(two), one.max(two));
    let scale = Scale::of(rsrp).filter(|scale| *scale != Scale::Index);
    let tenths = |level| scale?.tenths(level);
    Reading {
        rsrp: tenths(rsrp).and_then(Rsrp::from_tenths),
        rsrq: tenths(rsrq).and_then(Rsrq::from_tenths),
        sinr: snr(row.int(at + 3), scale),
        rssi: None,
        cell: Cell {
            plmn: plmn(row),
            access: Some(access),
            band,
            earfcn: row::channel(access, row.long(at)),
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.long(5)),
            cell_id: row::cell_id(access, row.long(4)),
            tac: row::area(access, row.hex(3)),
        },
        source: Some("+CPSI".to_owned()),
    }
}

/// Tenths where it is too large for dB; dB beside whole levels; else it may be either.
fn snr(number: Option<i32>, scale: Option<Scale>) -> Option<Sinr> {
    match (number?, scale?) {
        (number, _) if !(-23..=40).contains(&number) => Sinr::from_tenths(number),
        (number, Scale::Whole) => Sinr::new(number),
        _ => None,
    }
}

/// `WCDMA,Online,mcc-mnc,0xlac,cell,band,psc,uarfcn,ssc,ecio,rscp,...`: RSCP is no RSRP, so no level is given.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.long(7));
    let named = row.text(5).and_then(|text| named_band(&text));
    Reading {
        cell: Cell {
            plmn: plmn(row),
            access: Some(access),
            band: named,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.long(6)),
            cell_id: row::cell_id(access, row.long(4)),
            tac: row::area(access, row.hex(3)),
        },
        source: Some("+CPSI".to_owned()),
        ..Reading::default()
    }
}

/// The names of the manual's band list; those that two bands share are not there.
fn named_band(name: &str) -> Option<Band> {
    let number = match name.trim().to_ascii_uppercase().as_str() {
        "WCDMA IMT 2000" => 1,
        "WCDMA PCS 1900" | "WCDMA 1900" => 2,
        "WCDMA 850" => 5,
        "WCDMA VII 2600" => 7,
        "WCDMA VIII 900" | "WCDMA 900" => 8,
        _ => return None,
    };
    Some(Band::Umts(number))
}

/// `GSM,Online,mcc-mnc,0xlac,cell,<arfcn> <band>,rxlev,...`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    let channel = row.text(5).and_then(|text| {
        let number = text.split(' ').next()?;
        number.parse().ok()
    });
    Reading {
        rssi: row.int(6).and_then(Rssi::new),
        cell: Cell {
            plmn: plmn(row),
            access: Some(access),
            earfcn: row::channel(access, channel),
            cell_id: row::cell_id(access, row.long(4)),
            tac: row::area(access, row.hex(3)),
            ..Cell::default()
        },
        source: Some("+CPSI".to_owned()),
        ..Reading::default()
    }
}

fn plmn(row: &Row) -> Option<Plmn> {
    let text = row.text(2)?;
    let (mcc, mnc) = text.split_once('-')?;
    Plmn::from_parts(mcc, mnc).ok()
}

fn number_after(text: Option<String>, word: &str) -> Option<i32> {
    let text = text?.to_ascii_uppercase();
    text.rsplit_once(word)?.1.parse().ok()
}
