//! Fibocom but for its Intel modems: FM350 (MediaTek), FM150, FM160, FM101 and NL668 (Qualcomm). One command, `+GTCCINFO`.
//!
//! Its rows have no prefix and their columns no fixed base: channel and physical cell are decimal on the FM350 and
//! hexadecimal where headings stand between the rows (FM150, FM160). The band in the row settles it, as only one base
//! gives a channel of that band; without a band the headings do. RSRP and RSRQ are indexes (36.133, 38.133).
//! LTE's RSSNR is taken as halves of a dB, for its written range, -100 to 100, fits nothing else, and dropped where RSRQ
//! contradicts it. NR's SINR comes from `+CESQ`: here it is printed as no index, and in which unit is not known.
//! Sources: the FM350 manual (11.1.15), and captures of the FM150 and FM350.

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use crate::result::Reply;
use opensim_domain::Access;
use opensim_domain::radio::{Band, Cell, Reading, lte_band};

/// Fibocom's dialect.
pub(super) struct Fibocom;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x1508],
    // 2cb7 is Fibocom's too; the Intel modems under it speak another dialect.
    usb_products: &[
        (0x0e8d, 0x7126),
        (0x0e8d, 0x7127),
        (0x1782, 0x4d10),
        (0x1782, 0x4d11),
        (0x2cb7, 0x0104),
        (0x2cb7, 0x0106),
        (0x2cb7, 0x010a),
        (0x2cb7, 0x0115),
        (0x2cb7, 0x01a0),
        (0x2cb7, 0x01a2),
        (0x2cb7, 0x01a4),
    ],
    manufacturers: &["fibocom", "fm101", "fm150", "fm160", "fm350", "nl668"],
    commands: Commands {
        harmless: &["+EGMR=0,7", "+GTPKGVER", "+GTSENRDTEMP=", "+MTSM="],
        plain: &[
            "+GTACT",
            "+GTCAINFO",
            "+GTCCINFO",
            "+GTDUALSIM",
            "+GTRAT",
            "+GTUSBMODE",
            "+PSRAT",
        ],
        secrets: &["+EPIN", "+ESMLCK", "+GTRNDIS", "+MGAUTH"],
        effects: &[
            ("+CPWROFF", Effect::Restart),
            ("+EGMR", Effect::Imei),
            ("+EGMREXT", Effect::Imei),
            ("+EOPS", Effect::Selection),
            ("+EPIN", Effect::Pin),
            ("+ESMLCK", Effect::Pin),
            ("+GTSN", Effect::Imei),
            ("+LCTSN", Effect::Imei),
        ],
        imei: &["+EGMR"],
        ..Commands::NONE
    },
    ..DialectProfile::named("fibocom")
};

const GTCCINFO: Query = Query {
    bare: true,
    ..Query::new("AT+GTCCINFO?", &["+GTCCINFO:"])
};

impl Dialect for Fibocom {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![GTCCINFO, generic::LEVELS]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let beside =
            reply_to(answers, generic::LEVELS.line).and_then(|reply| reply.after("+CESQ:"));
        let beside = beside.map(Row::of);
        let cells = reply_to(answers, GTCCINFO.line).map(Cells::of);
        cells
            .and_then(|cells| cells.serving(beside.as_ref()))
            .unwrap_or_default()
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+ICCID", &["+ICCID:", "+CCID:"]),
            Query::new("AT+CCID", &["+CCID:", "+ICCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(GTCCINFO)
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let cells = Cells::of(reply);
        let rows = cells.rows.iter().filter(|row| row.int(0) == Some(2));
        rows.filter_map(|row| cells.neighbour(row)).collect()
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                "+GTCCINFO:",
                "LTE service cell:",
                "1,4,208,1,",
                "1,9,208,1,",
                "2,4,,,",
                "2,9,,,",
            ],
            tables: &[],
        }
    }
}

/// The rows of an answer, and how they print channel and physical cell.
struct Cells {
    rows: Vec<Row>,
    base: Option<Base>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Decimal,
    Hexadecimal,
}

impl Cells {
    fn of(reply: &Reply) -> Self {
        let mut rows = Vec::new();
        let mut headed = false;
        for line in &reply.lines {
            let text = line.after("+GTCCINFO:").unwrap_or(line.bytes());
            let row = Row::of(text);
            if row.int(0).is_some() {
                rows.push(row);
            }
            headed |= line.text().to_ascii_lowercase().contains("service cell");
        }
        let base = base(&rows, headed);
        Self { rows, base }
    }

    /// The serving cell; a 4G row and a 5G row together are an anchor and its leg.
    fn serving(&self, cesq: Option<&Row>) -> Option<Reading> {
        let row = |access| {
            let mut rows = self.rows.iter();
            rows.find(|row| row.int(0) == Some(1) && access_of(row) == Some(access))
        };
        let (lte, nr) = (row(Access::Lte), row(Access::Nr));
        if let Some(lte) = lte {
            let mut reading = self.lte(lte);
            let leg = nr.map(|nr| self.nr(nr, None));
            if leg.is_some_and(|leg| leg.cell.pci.is_some() && leg.rsrp.is_some()) {
                reading.cell.access = Some(Access::NrNsa);
            }
            return Some(reading);
        }
        nr.map(|nr| self.nr(nr, cesq))
            .or_else(|| row(Access::Umts).map(|row| self.umts(row)))
    }

    /// `1,4,mcc,mnc,tac(hex),cell(hex),earfcn,pci,100+band,blocks,rssnr,rxlev,rsrp,rsrq`
    fn lte(&self, row: &Row) -> Reading {
        let rsrq = row::rsrq_index(row.int(13));
        let raw = row.int(10).filter(|raw| *raw != 255);
        let sinr = raw.and_then(|raw| row::sinr_in_halves(raw, rsrq));
        let how = match (raw, sinr) {
            (Some(_), None) => "+GTCCINFO (SINR scale not known)",
            (Some(_), Some(_)) => "+GTCCINFO (SINR in halves)",
            (None, _) => "+GTCCINFO",
        };
        let mut cell = self.cell(row, Access::Lte);
        cell.band = row::band(Access::Lte, lte_code(row));
        cell.bandwidth_tenths_mhz = row::lte_blocks(row.int(9));
        Reading {
            rsrp: row::rsrp_index(row.int(12)),
            rsrq,
            sinr,
            rssi: None,
            cell,
            source: Some(how.to_owned()),
        }
    }

    /// `1,9,mcc,mnc,tac(hex),cell(hex),arfcn,pci,band,bandwidth,sinr,rxlev,rsrp,rsrq`
    fn nr(&self, row: &Row, cesq: Option<&Row>) -> Reading {
        let sinr = cesq.and_then(|cesq| row::ss_sinr_index(cesq.int(8)));
        let mut cell = self.cell(row, Access::Nr);
        cell.band = row::band(Access::Nr, nr_code(row));
        // In fifths of MHz on the FM350; the others' unit is not known.
        cell.bandwidth_tenths_mhz = row
            .int(9)
            .filter(|_| self.base == Some(Base::Decimal))
            .and_then(nr_fifths);
        Reading {
            rsrp: row::ss_rsrp_index(row.int(12)),
            rsrq: row::ss_rsrq_index(row.int(13)),
            sinr,
            rssi: None,
            cell,
            source: Some(if sinr.is_some() {
                "+GTCCINFO, +CESQ".to_owned()
            } else {
                "+GTCCINFO (SINR scale not known)".to_owned()
            }),
        }
    }

    /// `1,2,mcc,mnc,lac(hex),cell(hex),uarfcn,psc,band,...`: RSCP is no RSRP, so no level is given.
    fn umts(&self, row: &Row) -> Reading {
        Reading {
            cell: self.cell(row, Access::Umts),
            source: Some("+GTCCINFO".to_owned()),
            ..Reading::default()
        }
    }

    /// `2,rat,mcc,mnc,tac(hex),cell(hex),channel,pci,bandwidth,rxlev,rsrp,rsrq`
    fn neighbour(&self, row: &Row) -> Option<Reading> {
        let access = access_of(row).filter(|access| *access != Access::Umts)?;
        let mut reading = Reading {
            cell: self.cell(row, access),
            source: Some("+GTCCINFO".to_owned()),
            ..Reading::default()
        };
        reading.cell.pci?;
        if access == Access::Nr {
            reading.rsrp = row::ss_rsrp_index(row.int(10));
            reading.rsrq = row::ss_rsrq_index(row.int(11));
        } else {
            reading.rsrp = row::rsrp_index(row.int(10));
            reading.rsrq = row::rsrq_index(row.int(11));
        }
        Some(reading)
    }

    /// The columns that all rows have.
    fn cell(&self, row: &Row, access: Access) -> Cell {
        let number = |at| match self.base? {
            Base::Decimal => row.long(at),
            Base::Hexadecimal => row.hex(at),
        };
        let earfcn = row::channel(access, number(6));
        Cell {
            plmn: row.plmn_of_numbers(2),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, number(7)),
            // 28 bits of ones stand for "none" in 5G rows too.
            cell_id: row::cell_id(access, row.hex(5).filter(|id| *id != 0xFFF_FFFF)),
            tac: row::area(access, row.hex(4)),
        }
    }
}

fn access_of(row: &Row) -> Option<Access> {
    match row.int(1)? {
        2 => Some(Access::Umts),
        4 => Some(Access::Lte),
        9 => Some(Access::Nr),
        _ => None,
    }
}

/// 103 is B3.
fn lte_code(row: &Row) -> Option<i32> {
    row.int(8)?.checked_sub(100)
}

/// The digits 50 and the band's: 5078 is n78, 505 is n5; or, as the manual has it, 578 is n78.
fn nr_code(row: &Row) -> Option<i32> {
    let text = row.text(8)?;
    match text.strip_prefix("50") {
        Some(digits) if !digits.is_empty() => digits.parse().ok(),
        _ => row.int(8)?.checked_sub(500),
    }
}

/// Fifths of MHz, as tenths.
fn nr_fifths(number: i32) -> Option<u32> {
    const MHZ: [u32; 16] = [
        5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 200,
    ];
    let number = u32::try_from(number).ok()?;
    let mhz = number / 5;
    (number.is_multiple_of(5) && MHZ.contains(&mhz)).then_some(mhz * 10)
}

/// The base whose reading of the serving channel lies in the band said beside it; else, of a row that cannot tell, the
/// one of its layout. `None` where the band contradicts both.
fn base(rows: &[Row], headed: bool) -> Option<Base> {
    let by_layout = if headed {
        Base::Hexadecimal
    } else {
        Base::Decimal
    };
    let mut rows = rows.iter();
    let lte = rows.find(|row| row.int(0) == Some(1) && access_of(row) == Some(Access::Lte));
    let Some(lte) = lte else {
        return Some(by_layout);
    };
    let Some(Band::Lte(said)) = row::band(Access::Lte, lte_code(lte)) else {
        return Some(by_layout);
    };
    let lies = |number: Option<u64>| {
        let channel = row::channel(Access::Lte, number)?;
        Some(lte_band(channel)? == Band::Lte(said))
    };
    match (lies(lte.long(6)), lies(lte.hex(6))) {
        // Both fit, or no band of this table: nothing is known against the layout.
        (Some(true), Some(true)) | (None, None) => Some(by_layout),
        (Some(true), _) => Some(Base::Decimal),
        (_, Some(true)) => Some(Base::Hexadecimal),
        _ => None,
    }
}
