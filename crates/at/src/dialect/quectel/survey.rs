//! Every operator's cells: `+QSCAN` of the 5G modules, `+QOPS` of `EC2x`; and the cells around the one in use.
//!
//! `+QSCAN` rows are told apart by their technology and may be short: without the extension they end before cell,
//! area, bandwidth and band. `-` is not measured, or not known. One cell that several networks share has a row for each.
//! `+QOPS` heads each operator's rows with its name and code; the rows have no prefix.
//! Sources: the `RG50xQ` & `RM5xxQ` network application note (3.2.5), the `EC2x` manual (6.15), captures of `RM5xx`.

use std::time::Duration;

use crate::dialect::row::{self, Row};
use crate::dialect::{CellSurvey, Query};
use crate::result::Reply;
use opensim_domain::Identity;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi};
use opensim_domain::{Access, Plmn};

/// The cells that the one in use names. Its own is among them on some firmware.
pub(super) const NEIGHBOURS: Query = Query::new(r#"AT+QENG="neighbourcell""#, &["+QENG:"]);

/// The application note's limit for `+QSCAN`; `+QOPS` has none written and takes minutes.
const LONGEST: Duration = Duration::from_mins(6);

/// By model: the ASR and Unisoc modules have neither, the 5G ones the first, the others the second.
pub(super) fn of(identity: &Identity) -> Option<CellSurvey> {
    let model = identity.model.as_deref().unwrap_or("");
    let model = model.to_ascii_uppercase();
    let is_one_of = |heads: &[&str]| heads.iter().any(|head| model.starts_with(head));
    if is_one_of(&["EC200", "EC600", "EC800", "EG912", "EG915", "EG916"]) {
        return None;
    }
    // 4G modules of some firmware know it too, and a model that is not known may be a 5G one: they are asked.
    if model.is_empty() || is_one_of(&["RM", "RG", "SG"]) {
        return Some(CellSurvey {
            supported: Some(Query::new("AT+QSCAN=?", &["+QSCAN:"])),
            run: Query {
                timeout: LONGEST,
                ..Query::new("AT+QSCAN=3,1", &["+QSCAN:"])
            },
            abortable: false,
            stays_registered: true,
        });
    }
    Some(CellSurvey {
        supported: Some(Query::new("AT+QOPS=?", &["+QOPS:"])),
        run: Query {
            bare: true,
            timeout: LONGEST,
            ..Query::new("AT+QOPS", &["+QOPS:"])
        },
        abortable: false,
        // It wants an idle modem, and what becomes of the registration nobody has written down.
        stays_registered: false,
    })
}

/// The cells of either, those without a network left out.
pub(super) fn cells(reply: &Reply) -> Vec<Reading> {
    let mut cells = Vec::new();
    let mut operator = None;
    for line in &reply.lines {
        if let Some(text) = line.after("+QSCAN:") {
            cells.extend(scanned(&Row::of(text)));
        } else if let Some(text) = line.after("+QOPS:") {
            let code = Row::of(text).text(2);
            operator = code.and_then(|code| code.parse::<Plmn>().ok());
        } else if let Some(plmn) = operator {
            cells.extend(listed(&Row::of(line.bytes()), plmn));
        }
    }
    cells
}

/// `"LTE"|"NR5G",mcc,mnc,channel,pci,rsrp,rsrq,srxlev,<squal, or spacing>[,cell(hex),tac(hex),blocks,band,...]`
fn scanned(row: &Row) -> Option<Reading> {
    let access = match row.text(0)?.to_ascii_uppercase().as_str() {
        "LTE" => Access::Lte,
        "NR5G" => Access::Nr,
        _ => return None,
    };
    let plmn = row.plmn_of_numbers(1)?;
    let earfcn = row::channel(access, row.long(3));
    let band = row::band(access, row.int(12));
    let (rsrp, rsrq) = levels(access, row.int(5), row.int(6));
    Some(Reading {
        rsrp,
        rsrq,
        cell: Cell {
            plmn: Some(plmn),
            access: Some(access),
            // A cell of two bands is printed under either.
            band,
            earfcn,
            bandwidth_tenths_mhz: match access {
                Access::Lte => row::lte_blocks(row.int(11)),
                _ => row::nr_blocks(row.int(11), row.int(8)),
            },
            pci: row::pci(access, row.long(4)),
            cell_id: row::cell_id(access, row.hex(9)),
            tac: row::area(access, row.hex(10)),
        },
        source: Some("+QSCAN".to_owned()),
        ..Reading::default()
    })
}

/// dBm and dB; on some firmware indexes, which alone have no sign.
fn levels(access: Access, rsrp: Option<i32>, rsrq: Option<i32>) -> (Option<Rsrp>, Option<Rsrq>) {
    match (access, rsrp) {
        (Access::Lte, Some(0..)) => (row::rsrp_index(rsrp), row::rsrq_index(rsrq)),
        (_, Some(0..)) => (row::ss_rsrp_index(rsrp), row::ss_rsrq_index(rsrq)),
        _ => (rsrp.and_then(Rsrp::new), rsrq.and_then(Rsrq::new)),
    }
}

/// `index,"4G",earfcn,pci,tac(hex),cell(hex),rsrp,rsrq[,rssi],flag`;
/// `index,"3G",uarfcn,psc,lac(hex),cell(hex),rscp,ecno,flag`;
/// `index,"2G",arfcn,lac(hex),cell(hex),bsic,rxlev,c1,flag,gprs`, of which 2G and 3G give no level: RSCP is no RSRP, and
/// the unit of `rxlev` is not written.
fn listed(row: &Row, plmn: Plmn) -> Option<Reading> {
    let mut reading = Reading {
        source: Some("+QOPS".to_owned()),
        ..Reading::default()
    };
    let (access, code, area, cell) = match row.text(1)?.as_str() {
        "4G" => (Access::Lte, Some(3), 4, 5),
        "3G" => (Access::Umts, Some(3), 4, 5),
        "2G" => (Access::Gsm, None, 3, 4),
        _ => return None,
    };
    let earfcn = row::channel(access, row.long(2));
    if access == Access::Lte {
        reading.rsrp = row.int(6).and_then(Rsrp::new);
        reading.rsrq = row.int(7).and_then(Rsrq::new);
        // Where it was asked for; without it the flag stands there, which is no level.
        reading.rssi = row.int(8).and_then(Rssi::new);
    }
    reading.cell = Cell {
        plmn: Some(plmn),
        access: Some(access),
        band: None,
        earfcn,
        bandwidth_tenths_mhz: None,
        pci: code.and_then(|at| row::pci(access, row.long(at))),
        cell_id: row::cell_id(access, row.hex(cell)),
        tac: row::area(access, row.hex(area)),
    };
    Some(reading)
}

/// `"neighbourcell intra|inter","LTE",earfcn,pci,rsrq,rsrp,rssi,sinr,...`; beside a 3G cell RSRP comes first, and RSRP
/// is always the lower. SINR has the serving cell's trap and nothing to settle it by. A row without a physical cell names
/// a channel to look at and no cell; those of other technologies differ by what serves, and are left.
pub(super) fn neighbours(reply: &Reply) -> Vec<Reading> {
    let rows = reply.all_after("+QENG:").map(Row::of);
    rows.filter_map(|row| neighbour(&row)).collect()
}

fn neighbour(row: &Row) -> Option<Reading> {
    let kind = row.text(0)?.to_ascii_lowercase();
    if !kind.starts_with("neighbourcell") || !row.is(1, "LTE") {
        return None;
    }
    let access = Access::Lte;
    let pci = row::pci(access, row.long(3))?;
    let earfcn = row::channel(access, row.long(2))?;
    let (one, two) = (row.int(4), row.int(5));
    let (rsrq, rsrp, rssi) = match (one, two) {
        (Some(one), Some(two)) if one < two => (Some(two), Some(one), None),
        _ => (one, two, row.int(6)),
    };
    Some(Reading {
        rsrp: rsrp.and_then(Rsrp::new),
        rsrq: rsrq.and_then(Rsrq::new),
        rssi: rssi.and_then(Rssi::new),
        cell: Cell {
            access: Some(access),
            earfcn: Some(earfcn),
            pci: Some(pci),
            ..Cell::default()
        },
        source: Some("+QENG".to_owned()),
        ..Reading::default()
    })
}
