//! Quectel: `EC2x`, `EG2x`, EP06, `EC200x`, `RM5xx` and their kin. One command, `+QENG`, has the cell and its levels.
//!
//! The trap is SINR: the same column is dB, fifths of a dB above -20 or steps of 2 dB above -20, by firmware, and a
//! number from 0 to 30 fits all three. It is taken as settled by, in this order: a number that only one scale can
//! give (negative: dB; over 30: fifths); a model or a row layout of the generations that print dB; what was learnt
//! before; `+QCSQ`, whose scale is documented (fifths), asked once beside it and compared within 3 dB. Until then SINR
//! is unknown and the source says so. Sources: the `EC2x` AT manual (6.2, 6.6) and captures of the models named.

use std::time::Duration;

use super::row::{self, Row};
use super::{Answer, Dialect, Identity, Profile, Query, Scales, SinrScale, generic, reply_to};
use crate::at::result::Reply;
use crate::domain::Access;
use crate::domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};

/// Quectel's dialect.
pub(super) struct Quectel;

static PROFILE: Profile = Profile {
    name: "quectel",
    usb_vendors: &[0x2c7c],
    // 05c6:9215 is an old EC20 or EC25, and many other boards too: only what it says of itself tells.
    usb_products: &[],
    manufacturers: &["quectel"],
    urc_prefixes: &[
        "+QIND:",
        "+QIURC:",
        "+QNETDEVSTATUS:",
        "+QSIMSTAT:",
        "+QUSIM:",
    ],
    urc_lines: &[
        "RDY",
        "POWERED DOWN",
        "NORMAL POWER DOWN",
        "Call Ready",
        "SMS Ready",
    ],
    // The manual's 180 s and some; a longer silence is an EG25-G that hangs until its power is cut.
    network_list: Duration::from_secs(200),
};

const QENG: Query = Query::new(r#"AT+QENG="servingcell""#, &["+QENG:"]);
const QCSQ: Query = Query::new("AT+QCSQ", &["+QCSQ:"]);

impl Dialect for Quectel {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn reading_queries(&self, identity: &Identity, scales: &Scales) -> Vec<Query> {
        if scales.sinr.is_some() || prints_decibels(identity) {
            vec![QENG]
        } else {
            vec![QENG, QCSQ]
        }
    }

    fn reading(&self, answers: &[Answer], identity: &Identity, scales: &mut Scales) -> Reading {
        let beside = reply_to(answers, QCSQ.line)
            .and_then(|reply| reply.after("+QCSQ:"))
            .and_then(|text| Beside::of(&Row::of(text)));
        let serving = reply_to(answers, QENG.line).map(Serving::of);
        if prints_decibels(identity) {
            scales.sinr = Some(SinrScale::Decibel);
        }
        let mut reading = match serving {
            Some(Serving::Lte(lte)) => lte.reading(beside.as_ref(), scales),
            Some(Serving::Other(reading)) => reading,
            None => beside.map_or_else(Reading::default, Beside::reading),
        };
        drop_floors(&mut reading);
        reading
    }

    fn pin_tries_query(&self) -> Query {
        Query::new(r#"AT+QPINC="SC""#, &["+QPINC:"])
    }

    /// `+QPINC: "SC",<PIN tries>,<PUK tries>`; asked without "SC" it has a line for PIN2 as well.
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        let mut rows = reply.all_after("+QPINC:").map(Row::of);
        generic::tries(rows.find(|row| row.is(0, "SC"))?.int(1))
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+QCCID", &["+QCCID:"]),
            Query::new("AT+ICCID", &["+ICCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }
}

/// Whether its model or firmware is of a generation known to print SINR in dB.
fn prints_decibels(identity: &Identity) -> bool {
    let known = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("").to_ascii_uppercase();
        ["RM5", "RG5", "EC200"].iter().any(|p| text.starts_with(p))
    };
    known(&identity.model) || known(&identity.revision)
}

/// What `+QENG="servingcell"` says.
enum Serving {
    /// A 4G cell, whose SINR is still a bare number.
    Lte(Lte),
    /// Another cell, or none.
    Other(Reading),
}

struct Lte {
    reading: Reading,
    raw_sinr: Option<i32>,
    /// The rows of 5G modules have two fields more than those of `EC2x`, and print dB.
    of_5g_module: bool,
}

impl Serving {
    /// One line; or with a 5G leg three: the state, the anchor, the leg. Lines of neighbours are none of them.
    fn of(reply: &Reply) -> Self {
        let mut lte = None;
        let mut leg = false;
        for row in reply.all_after("+QENG:").map(Row::of) {
            let row = if row.is(0, "servingcell") {
                let limited = row.is(1, "LIMSRV");
                let row = row.from(2);
                if let Some(reading) = not_lte(&row, limited) {
                    return Self::Other(reading);
                }
                row
            } else {
                row
            };
            match row.text(0).as_deref() {
                Some("LTE" | "CAT-M" | "CAT-NB" | "eMTC" | "NBIoT") if lte.is_none() => {
                    lte = Some(Lte::of(&row));
                }
                // A leg that is configured and not heard has no cell and no level.
                Some("NR5G-NSA") => {
                    let cell = row::pci(Access::Nr, row.long(3));
                    leg |= cell.is_some() && row.int(4).and_then(Rsrp::new).is_some();
                }
                _ => {}
            }
        }
        match lte {
            Some(mut lte) => {
                lte.reading.cell.access = Some(if leg { Access::NrNsa } else { Access::Lte });
                Self::Lte(lte)
            }
            None => Self::Other(Reading::default()),
        }
    }
}

/// `NR5G-SA`, `WCDMA` and `GSM` rows, from the technology's name on; `None` for another.
fn not_lte(row: &Row, limited: bool) -> Option<Reading> {
    let mut reading = match row.text(0)?.as_str() {
        "NR5G-SA" => nr(row, limited),
        "WCDMA" => umts(row),
        "GSM" => gsm(row),
        _ => return None,
    };
    reading.source = Some("+QENG".to_owned());
    Some(reading)
}

/// `duplex,mcc,mnc,cell(hex),pci,tac(hex),arfcn,band,bandwidth,rsrp,rsrq,sinr,...`
fn nr(row: &Row, limited: bool) -> Reading {
    let access = Access::Nr;
    Reading {
        rsrp: row.int(10).and_then(Rsrp::new),
        rsrq: row.int(11).and_then(Rsrq::new),
        sinr: row.int(12).and_then(Sinr::new),
        rssi: None,
        cell: Cell {
            plmn: row.plmn(2),
            access: Some(access),
            band: row::band(access, row.int(8)),
            earfcn: row::channel(access, row.long(7)),
            bandwidth_tenths_mhz: nr_bandwidth(row.int(9), limited),
            pci: row::pci(access, row.long(5)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(6)),
        },
        source: None,
    }
}

/// An index 0 to 14, or already MHz; in limited service some print MHz whatever it is, so a small number says nothing.
fn nr_bandwidth(number: Option<i32>, limited: bool) -> Option<u32> {
    const MHZ: [u32; 15] = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 200, 400];
    let number = u32::try_from(number?).ok()?;
    let mhz = match usize::try_from(number).ok().and_then(|at| MHZ.get(at)) {
        Some(_) if limited => return None,
        Some(mhz) => *mhz,
        None => *MHZ.iter().find(|mhz| **mhz == number)?,
    };
    Some(mhz * 10)
}

/// `mcc,mnc,lac(hex),cell(hex),uarfcn,psc,rac,rscp,ecio,...`: RSCP is no RSRP, so no level is given.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.long(5));
    Reading {
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: earfcn.and_then(row::umts_band),
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.long(6)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(3)),
        },
        ..Reading::default()
    }
}

/// `mcc,mnc,lac(hex),cell(hex),bsic,arfcn,band,rxlev,...`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    Reading {
        rssi: row.int(8).and_then(Rssi::new),
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            earfcn: row::channel(access, row.long(6)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(3)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}

impl Lte {
    /// `duplex,mcc,mnc,cell(hex),pci,earfcn,band,ul_bw,dl_bw,tac(hex),rsrp,rsrq,rssi,sinr[,cqi,tx_power],srxlev`
    fn of(row: &Row) -> Self {
        let access = Access::Lte;
        let reading = Reading {
            rsrp: row.int(11).and_then(Rsrp::new),
            rsrq: row.int(12).and_then(Rsrq::new),
            rssi: row.int(13).and_then(Rssi::new),
            sinr: None,
            cell: Cell {
                plmn: row.plmn(2),
                access: Some(access),
                band: row::band(access, row.int(7)),
                earfcn: row::channel(access, row.long(6)),
                bandwidth_tenths_mhz: row::lte_bandwidth(row.int(9)),
                pci: row::pci(access, row.long(5)),
                cell_id: row::cell_id(access, row.hex(4)),
                tac: row::area(access, row.hex(10)),
            },
            source: Some("+QENG".to_owned()),
        };
        Self {
            reading,
            raw_sinr: row.int(14).filter(|raw| (-30..=250).contains(raw)),
            of_5g_module: row.text(0).as_deref() == Some("LTE") && row.len() >= 18,
        }
    }

    fn reading(mut self, beside: Option<&Beside>, scales: &mut Scales) -> Reading {
        let Some(raw) = self.raw_sinr else {
            return self.reading;
        };
        if let Some(scale) = SinrScale::only_one_for(raw) {
            scales.sinr = Some(scale);
        } else if self.of_5g_module {
            scales.sinr = Some(SinrScale::Decibel);
        }
        let mut how = None;
        let tenths = match (scales.sinr, beside) {
            (Some(scale), _) => Some(scale.tenths(raw)),
            (None, Some(beside)) => {
                let compared = beside.compare(raw, self.reading.rsrq);
                scales.sinr = compared.scale;
                how = Some(match (compared.scale, compared.tenths) {
                    (Some(_), _) => "SINR scale by +QCSQ",
                    (None, Some(_)) => "SINR by +QCSQ",
                    (None, None) => UNSETTLED,
                });
                compared.tenths
            }
            (None, None) => {
                how = Some(UNSETTLED);
                None
            }
        };
        self.reading.sinr = tenths.and_then(Sinr::from_tenths);
        if let Some(how) = how {
            self.reading.source = Some(format!("+QENG ({how})"));
        }
        self.reading
    }
}

const UNSETTLED: &str = "SINR scale not known";

impl SinrScale {
    /// The one scale that can give this number, if only one can.
    fn only_one_for(raw: i32) -> Option<Self> {
        match raw {
            ..0 => Some(Self::Decibel),
            31.. => Some(Self::Fifths),
            _ => None,
        }
    }

    fn tenths(self, raw: i32) -> i32 {
        match self {
            Self::Decibel => raw * 10,
            Self::Fifths => raw * 2 - 200,
            Self::Doubles => raw * 20 - 200,
        }
    }
}

/// `+QCSQ: "LTE",<rssi>,<rsrp>,<sinr>,<rsrq>`, SINR in fifths above -20 dB; some print RSSI without its sign.
struct Beside {
    reading: Reading,
    sinr_tenths: Option<i32>,
}

/// What comparing the two commands gave.
struct Compared {
    scale: Option<SinrScale>,
    tenths: Option<i32>,
}

impl Beside {
    fn of(row: &Row) -> Option<Self> {
        if !["LTE", "CAT-M1", "CAT-NB1", "eMTC", "NBIoT"]
            .iter()
            .any(|rat| row.is(0, rat))
        {
            return None;
        }
        let raw = row.int(3).filter(|raw| (0..=250).contains(raw));
        Some(Self {
            reading: Reading {
                rssi: row.int(1).and_then(Rssi::new),
                rsrp: row.int(2).and_then(Rsrp::new),
                rsrq: row.int(4).and_then(Rsrq::new),
                cell: Cell {
                    access: Some(Access::Lte),
                    ..Cell::default()
                },
                source: Some("+QCSQ".to_owned()),
                sinr: None,
            },
            sinr_tenths: raw.map(|raw| SinrScale::Fifths.tenths(raw)),
        })
    }

    /// Where `+QENG` is refused.
    fn reading(self) -> Reading {
        // Below 31 the number may be the dB of a firmware that forgot the scale here too.
        let beyond_doubt = |tenths: &i32| *tenths > SinrScale::Fifths.tenths(30);
        let sinr = self.sinr_tenths.filter(beyond_doubt);
        Reading {
            sinr: sinr.and_then(Sinr::from_tenths),
            ..self.reading
        }
    }

    /// Which scale makes `raw`, 0 to 30, agree within 3 dB.
    fn compare(&self, raw: i32, rsrq: Option<Rsrq>) -> Compared {
        let nothing = Compared {
            scale: None,
            tenths: None,
        };
        let Some(here) = self.sinr_tenths else {
            return nothing;
        };
        let agrees = |scale: SinrScale| (scale.tenths(raw) - here).abs() <= 30;
        let settled = |scale: SinrScale| Compared {
            scale: Some(scale),
            tenths: Some(scale.tenths(raw)),
        };
        // A number below 31 in fifths is under -14 dB, where no cell is held for long: believed only where RSRQ is
        // as bad. Otherwise both commands print dB, and agree for that reason.
        let dire = rsrq.is_some_and(|rsrq| rsrq.tenths() <= -170);
        match (agrees(SinrScale::Decibel), agrees(SinrScale::Doubles)) {
            (true, false) => settled(SinrScale::Decibel),
            (false, true) => settled(SinrScale::Doubles),
            // Where the two cross, both are near what the other command says, and that is the level.
            (true, true) => Compared {
                scale: None,
                tenths: Some(here),
            },
            (false, false) if agrees(SinrScale::Fifths) && dire => settled(SinrScale::Fifths),
            (false, false) => nothing,
        }
    }
}

/// What the firmware prints in place of a level it has not measured: -140 dBm, and -20 dB for SINR.
fn drop_floors(reading: &mut Reading) {
    if reading.rsrp.is_some_and(|rsrp| rsrp.tenths() <= -1400) {
        reading.rsrp = None;
        reading.rsrq = None;
        reading.sinr = None;
    }
    reading.sinr = reading.sinr.filter(|sinr| sinr.tenths() > -200);
}
