//! Sierra Wireless (Semtech): MC and `EM73xx`, `EM74xx`, `EM75xx`, `EM91xx`, WP. `!GSTATUS` is a table in two columns,
//! label and value; `!LTEINFO` adds the physical cell and the neighbours.
//!
//! The labels move from model to model and the columns are parted by tabs or blanks, so a value is looked up by its
//! label, wherever it stands. Levels are plain dBm and dB, of each antenna (`RxM`, `RxD`, on some `RxM1`, `RxD1`): what is
//! reported is never below that of a branch (36.214 5.1.1), so it is the best one's. In 5G alone the packet service reads "Not attached" though registered, so it is not asked.
//! Sources: captures of EM7455, EM7565, EM9190 and EM9191; `!LTEINFO` of an EM7455.

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{
    Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, known, reply_to,
};
use crate::result::Reply;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};
use opensim_domain::{Access, Plmn};

mod table;

use table::{Columns, Table};

/// Sierra's dialect.
pub(super) struct Sierra;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x1199],
    usb_products: &[
        // Dell's EM7455 (DW5811e) and the card without its firmware's name.
        (0x413c, 0x81b6),
    ],
    manufacturers: &[
        "sierra", "em73", "em74", "em75", "em91", "em92", "mc73", "mc74", "wp76",
    ],
    urc_prefixes: &["*CNTI:", "+WDSI:"],
    commands: Commands {
        harmless: &["*CNTI=0"],
        plain: &[
            "!BAND",
            "!CUSTOM",
            "!GETBAND",
            "!GETRAT",
            "!GSTATUS",
            "!ICCID",
            "!IMPREF",
            "!LTEINFO",
            "!LTENAS",
            "!NRINFO",
            "!PCINFO",
            "!PCTEMP",
            "!PRIID",
            "!SELACQ",
            "!SELRAT",
            "!USBCOMP",
            "!USBPID",
            "$QCRMCALL",
            "*CNTI",
            "+CPINC",
            "+WDSI",
        ],
        secrets: &[
            "!ENTERCND",
            "!OPENCND",
            "!OPENLOCK",
            "!OPENMEP",
            "!SCPROF",
            "!SETCND",
            "$QCPDPP",
        ],
        effects: &[
            ("!BOOTHOLD", Effect::Restart),
            ("!NVENCRYPTIMEI", Effect::Imei),
            ("!NVIMEIUNLOCK", Effect::Imei),
            ("!NVRESTORE", Effect::Factory),
            ("!OPENLOCK", Effect::Pin),
            ("!OPENMEP", Effect::Pin),
            ("!POWERDOWN", Effect::Restart),
            ("!RESET", Effect::Restart),
            ("!RMARESET", Effect::Factory),
            ("+CPWROFF", Effect::Restart),
        ],
        calls: &["$QCRMCALL"],
        ..Commands::NONE
    },
    ..DialectProfile::named("sierra")
};

const GSTATUS: Query = Query {
    bare: true,
    ..Query::new("AT!GSTATUS?", &["!GSTATUS:"])
};
const LTEINFO: Query = Query {
    bare: true,
    ..Query::new("AT!LTEINFO?", &["!LTEINFO:"])
};
const CESQ: Query = Query::new("AT+CESQ", &["+CESQ:"]);

impl Dialect for Sierra {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![GSTATUS, LTEINFO, CESQ]
    }

    /// The modules on another maker's platform (HL78) know neither table; `+CESQ` is left to them.
    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let status = reply_to(answers, GSTATUS.line).map(Table::of);
        let status = status.as_ref().and_then(serving).and_then(known);
        let info = reply_to(answers, LTEINFO.line).and_then(serving_of_info);
        match (status, info.and_then(known)) {
            (Some(reading), Some(info)) => together(reading, info),
            (Some(reading), None) | (None, Some(reading)) => reading,
            (None, None) => Reading::default(),
        }
    }

    fn pin_tries_query(&self) -> Query {
        Query::new("AT+CPINC?", &["+CPINC:"])
    }

    /// `+CPINC: <PIN>,<PIN2>,<PUK>,<PUK2>`
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        generic::tries(Row::of(reply.after("+CPINC:")?).int(0))
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT!ICCID?", &["!ICCID:"]),
            Query::new("AT+ICCID", &["+ICCID:", "ICCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(LTEINFO)
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let serving = serving_of_info(reply);
        let cell = serving.as_ref().map(|s| &s.cell);
        let here = cell.and_then(|c| Some((c.earfcn?, c.pci?)));
        let all = table::blocks(reply);
        let rows = all.iter().filter(|row| !row.of("Serving"));
        let readings = rows.filter_map(|row| {
            let intra = row.of("IntraFreq");
            let channel = if intra {
                here.map(|h| u64::from(h.0))
            } else {
                row.long("EARFCN")
            };
            if !intra && !row.of("InterFreq") {
                return None;
            }
            let reading = info_row(row, channel);
            let place = Some((reading.cell.earfcn?, reading.cell.pci?));
            // The serving cell is the first row of its own block.
            (place != here && reading.rsrp.is_some()).then_some(reading)
        });
        readings.collect()
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &["+CPINC: "],
            tables: &[
                &[
                    "!GSTATUS:",
                    "System mode:   LTE\tPS state:    Attached",
                    "LTE band:      B%\tLTE bw:      % MHz",
                    "LTE Rx chan:   %\tLTE Tx chan: %",
                    "PCC RxM RSSI:  %\tPCC RxM RSRP:  %",
                    "Tx Power:      --\tTAC:         % (1)",
                    "RSRQ (dB):     %\tCell ID:     % (1)",
                    "SINR (dB):     %",
                ],
                &[
                    "!GSTATUS:",
                    "System mode:   NR5G\tPS state:    Not attached",
                    "NR5G TAC: % \tNR5G Cell ID: %",
                    "NR5G band: n%",
                    "NR5G dl bw: % MHz",
                    "NR5G Rx chan: %",
                    "NR5G RSRP (dBm): % \tNR5G RSRQ (dB): %",
                    "NR5G SINR (dB): %",
                ],
                &[
                    "!LTEINFO:",
                    "Serving:   EARFCN MCC MNC TAC CID Bd D U SNR PCI RSRQ RSRP RSSI RXLV",
                    "% 208 01 % % % % % % % % % % --",
                    "IntraFreq: PCI RSRQ RSRP RSSI RXLV",
                    "% % % % --",
                    "InterFreq: EARFCN ThresholdLow ThresholdHi Priority PCI RSRQ RSRP RSSI RXLV",
                    "% 0 0 0 % % % % 0",
                ],
            ],
        }
    }
}

/// The table's cell; `None` where it serves none.
fn serving(table: &Table) -> Option<Reading> {
    let mode = table.text("System mode").map(|m| m.to_ascii_uppercase());
    let access = match mode.as_deref() {
        Some("LTE") => Access::Lte,
        Some("ENDC") => Access::NrNsa,
        Some(mode) if mode.starts_with("NR5G") => Access::Nr,
        Some("WCDMA") => Access::Umts,
        Some("GSM") => Access::Gsm,
        // Cut or shortened tables lack the row; the band's label says as much.
        None if table.text("LTE band").is_some() => Access::Lte,
        _ => return None,
    };
    let mut reading = match access {
        Access::Lte | Access::NrNsa => lte(table, access),
        Access::Nr => nr(table),
        Access::Umts | Access::Gsm => older(table, access),
    };
    reading.source = Some("!GSTATUS".to_owned());
    Some(reading)
}

fn lte(table: &Table, access: Access) -> Reading {
    let earfcn = row::channel(access, table.long("LTE Rx chan"));
    let (rsrp, rssi) = best_branch(table);
    Reading {
        rsrp,
        rsrq: table.tenths("RSRQ (dB)").and_then(Rsrq::from_tenths),
        sinr: table.tenths("SINR (dB)").and_then(Sinr::from_tenths),
        rssi,
        cell: Cell {
            plmn: None,
            access: Some(access),
            band: row::band(access, table.after_letter("LTE band", 'B')),
            earfcn,
            bandwidth_tenths_mhz: row::lte_megahertz(table.tenths("LTE bw")),
            pci: None,
            cell_id: row::cell_id(access, table.hex("Cell ID")),
            tac: row::area(access, table.hex("TAC")),
        },
        source: None,
    }
}

/// The power of the antenna that hears the cell best, and the total power on the same; without any power the main
/// antenna's total.
fn best_branch(table: &Table) -> (Option<Rsrp>, Option<Rssi>) {
    let branch = |name: &str| {
        let total = format!("PCC {name} RSSI");
        let power = table
            .tenths(&format!("PCC {name} RSRP"))
            .or_else(|| table.tenths_beside(&total, "RSRP (dBm)"));
        let total = table.tenths(&total).and_then(Rssi::from_tenths);
        (power.and_then(Rsrp::from_tenths), total)
    };
    let branches = ["RxM", "RxD", "RxM1", "RxD1"].map(branch);
    // Of equals the first, the main one.
    let best = branches.iter().rev().max_by_key(|(rsrp, _)| *rsrp);
    best.filter(|(rsrp, _)| rsrp.is_some())
        .copied()
        .unwrap_or(branches[0])
}

fn nr(table: &Table) -> Reading {
    let access = Access::Nr;
    let network = table.text("NR5G MCC-MNC");
    let network = network.as_deref().and_then(|text| text.split_once('-'));
    let bandwidth = table
        .tenths("NR5G dl bw")
        .and_then(|t| u32::try_from(t).ok());
    Reading {
        rsrp: table.tenths("NR5G RSRP (dBm)").and_then(Rsrp::from_tenths),
        rsrq: table.tenths("NR5G RSRQ (dB)").and_then(Rsrq::from_tenths),
        sinr: table.tenths("NR5G SINR (dB)").and_then(Sinr::from_tenths),
        rssi: None,
        cell: Cell {
            plmn: network.and_then(|(mcc, mnc)| Plmn::from_parts(mcc, mnc).ok()),
            access: Some(access),
            band: row::band(access, table.after_letter("NR5G band", 'n')),
            earfcn: row::channel(access, table.long("NR5G Rx chan")),
            bandwidth_tenths_mhz: bandwidth.filter(|t| (50..=4000).contains(t)),
            pci: None,
            cell_id: row::cell_id(access, table.hex("NR5G Cell ID")),
            tac: row::area(access, table.hex("NR5G TAC")),
        },
        source: None,
    }
}

/// 3G and 2G have no level of the kinds that are compared.
fn older(table: &Table, access: Access) -> Reading {
    let umts = access == Access::Umts;
    let earfcn = row::channel(access, table.long("WCDMA channel")).filter(|_| umts);
    Reading {
        cell: Cell {
            access: Some(access),
            earfcn,
            cell_id: row::cell_id(access, table.hex("Cell ID")),
            tac: row::area(access, table.hex("LAC")),
            ..Cell::default()
        },
        ..Reading::default()
    }
}

/// What the second table knows more of the cell, where both speak of one: the same channel and identity, or where the
/// first has no sound identity, the same level. Levels stay those of `!GSTATUS`, of one antenna and moment.
fn together(mut reading: Reading, info: Reading) -> Reading {
    let (own, other) = (&mut reading.cell, info.cell);
    let lte = matches!(own.access, Some(Access::Lte | Access::NrNsa));
    let same_channel = own.earfcn.is_some() && own.earfcn == other.earfcn;
    let apart = reading
        .rsrp
        .zip(info.rsrp)
        .map(|(a, b)| (a.tenths() - b.tenths()).abs());
    let same_cell = match own.cell_id {
        Some(_) => own.cell_id == other.cell_id,
        None => apart.is_some_and(|tenths| tenths <= 30),
    };
    if lte && same_channel && same_cell {
        own.plmn = own.plmn.or(other.plmn);
        own.pci = own.pci.or(other.pci);
        own.cell_id = own.cell_id.or(other.cell_id);
        own.tac = own.tac.or(other.tac);
    }
    reading
}

/// `EARFCN MCC MNC TAC CID Bd D U SNR PCI RSRQ RSRP RSSI RXLV` under `Serving:`, the area in decimal.
fn serving_of_info(reply: &Reply) -> Option<Reading> {
    let access = Access::Lte;
    let rows = table::blocks(reply);
    let row = rows.iter().find(|row| row.of("Serving"))?;
    let mut reading = info_row(row, row.long("EARFCN"));
    let (mcc, mnc) = (row.text("MCC"), row.text("MNC"));
    reading.sinr = row.tenths("SNR").and_then(Sinr::from_tenths);
    reading.cell.plmn = mcc.zip(mnc).and_then(|(m, n)| Plmn::from_parts(m, n).ok());
    reading.cell.tac = row::area(access, row.long("TAC"));
    reading.cell.cell_id = row::cell_id(access, row.hex("CID"));
    reading.cell.bandwidth_tenths_mhz = row::lte_bandwidth(row.int("D"));
    Some(reading)
}

fn info_row(row: &Columns, channel: Option<u64>) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, channel);
    Reading {
        rsrp: row.tenths("RSRP").and_then(Rsrp::from_tenths),
        rsrq: row.tenths("RSRQ").and_then(Rsrq::from_tenths),
        rssi: row.tenths("RSSI").and_then(Rssi::from_tenths),
        sinr: None,
        cell: Cell {
            access: Some(access),
            earfcn,
            pci: row::pci(access, row.long("PCI")),
            ..Cell::default()
        },
        source: Some("!LTEINFO".to_owned()),
    }
}
