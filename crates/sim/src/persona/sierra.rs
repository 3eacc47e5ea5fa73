//! A Sierra EM7565: the status table in two columns parted by tabs, blank lines in it and before `OK`.

use super::common::{access_number, pin_state};
use super::generic::needs_card;
use super::{Answer, End, Persona, Serving, State, bandwidth_index, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::{Branches, Empty};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Sierra;

impl Persona for Sierra {
    fn name(&self) -> &'static str {
        "sierra"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "Sierra Wireless, Incorporated",
            "EM7565",
            "SWI9X50C_01.14.13.00",
            "353533101234567",
            traits,
        )
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("!GSTATUS", Form::Read) => Answer::lines(status(state)),
            ("!LTEINFO", Form::Read) => Answer::lines(info(state)),
            ("!SELRAT", Form::Read) => Answer::line("!SELRAT: 00, Automatic"),
            ("!SELRAT", Form::Test) => Answer::lines(vec![
                "!SELRAT: Index, Name".to_owned(),
                "00, Automatic".to_owned(),
                "01, UMTS 3G Only".to_owned(),
                "06, LTE Only".to_owned(),
            ]),
            ("!ICCID", Form::Read) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("!ICCID: {}", state.world.card.iccid))),
            ("+CPINC", Form::Read) => match pin_state(state) {
                Err(refusal) => refusal,
                Ok(_) => Answer::line(format!(
                    "+CPINC: {},3,{},10",
                    state.world.card.pin_tries, state.world.card.puk_tries
                )),
            },
            ("*CNTI", Form::Set(_)) => Answer::line(format!("*CNTI: 0,{}", technology(state))),
            ("$QCRMCALL", Form::Set(_)) => Answer::end(End::NoCarrier),
            _ => return None,
        })
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["!GSTATUS", "!LTEINFO"]
    }

    fn no_radio(&self) -> End {
        End::Error
    }

    fn network_list_tail(&self) -> &'static str {
        ""
    }
}

fn technology(state: &State) -> &'static str {
    match state.serving().1.map(|s| access_number(s.cell.access)) {
        Some(7) => "LTE",
        Some(0) => "GSM",
        Some(2) => "UMTS",
        _ => "NONE",
    }
}

fn two(left: &str, right: &str) -> String {
    format!("{left:<24}\t{right}")
}

/// Always with its decimal.
fn tenth(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

fn status(state: &State) -> Vec<String> {
    let seconds = state.now.since_start().as_secs();
    let mode = if state.world.radio() {
        "ONLINE"
    } else {
        "LOW POWER MODE"
    };
    let mut lines = vec![
        "!GSTATUS: ".to_owned(),
        two(&format!("Current Time:  {seconds}"), "Temperature: 38"),
        two("Reset Counter: 1", &format!("Mode:        {mode}")),
    ];
    match state.serving().1 {
        None => {
            lines.push(two(
                "System mode:   No service",
                "PS state:    Not attached",
            ));
            lines.push(two("EMM state:     Deregistered", "No Service"));
        }
        Some(_) if state.quirks.empty_rows != Empty::No => lines.extend(nothing(state)),
        Some(serving) if serving.cell.access == Access::Lte => lines.extend(lte(&serving, state)),
        Some(serving) => lines.extend(older(&serving)),
    }
    lines.extend([String::new(), String::new()]);
    lines
}

/// The table of a cell of which nothing is known.
fn nothing(state: &State) -> Vec<String> {
    let row = |rows: [&'static str; 4]| state.empty(rows).unwrap_or("");
    let (band, width) = (
        row(["B0", "B255", "---", "B1"]),
        row(["0", "255", "---", "1.4"]),
    );
    let channels = (
        row(["0", "65535", "---", "0"]),
        row(["0", "65535", "---", "18000"]),
    );
    let rssi = row(["0", "-255", "---", "-113"]);
    let rsrp = row(["0", "-255", "---", "-140"]);
    let area = row(["0000 (0)", "FFFF (65535)", "---", "0000 (0)"]);
    let cell = row([
        "00000000 (0)",
        "FFFFFFFF (4294967295)",
        "---",
        "00000000 (0)",
    ]);
    let (rsrq, sinr) = (
        row(["0.0", "-255.0", "---", "-20.0"]),
        row(["0.0", "-255.0", "---", "-20.0"]),
    );
    vec![
        two("System mode:   LTE", "PS state:    Attached"),
        two(
            &format!("LTE band:      {band}"),
            &format!("LTE bw:      {width} MHz"),
        ),
        two(
            &format!("LTE Rx chan:   {}", channels.0),
            &format!("LTE Tx chan: {}", channels.1),
        ),
        two("EMM state:     Registered", "Normal Service"),
        two(
            &format!("PCC RxM RSSI:  {rssi}"),
            &format!("PCC RxM RSRP:  {rsrp}"),
        ),
        two(
            &format!("PCC RxD RSSI:  {rssi}"),
            &format!("PCC RxD RSRP:  {rsrp}"),
        ),
        two("Tx Power:      --", &format!("TAC:         {area}")),
        two(
            &format!("RSRQ (dB):     {rsrq}"),
            &format!("Cell ID:     {cell}"),
        ),
        format!("SINR (dB):     {sinr:>4}"),
    ]
}

fn lte(serving: &Serving, state: &State) -> Vec<String> {
    let (cell, levels) = (serving.cell, serving.levels);
    let (rssi, rsrp) = (whole(serving.rssi()), whole(levels.rsrp));
    let [main, other] = match state.quirks.branches {
        // The second antenna hears less.
        Branches::Even => [(rssi, rsrp), (rssi - 14, rsrp - 20)],
        Branches::Uneven => [(rssi - 30, rsrp - 30), (rssi, rsrp)],
    };
    let (down, up) = if state.quirks.band_mismatch {
        (0, 132_322)
    } else {
        (cell.earfcn, cell.earfcn + 18_000)
    };
    let width = if cell.bandwidth == 14 {
        "1.4".to_owned()
    } else {
        (cell.bandwidth / 10).to_string()
    };
    vec![
        two("System mode:   LTE", "PS state:    Attached"),
        two(
            &format!("LTE band:      B{}", cell.band),
            &format!("LTE bw:      {width} MHz"),
        ),
        two(
            &format!("LTE Rx chan:   {down}"),
            &format!("LTE Tx chan: {up}"),
        ),
        "LTE SSC1 state:NOT ASSIGNED".to_owned(),
        two("EMM state:     Registered", "Normal Service"),
        "RRC state:     RRC Idle".to_owned(),
        two("IMS reg state: No Srv", ""),
        String::new(),
        two(
            &format!("PCC RxM RSSI:  {}", main.0),
            &format!("PCC RxM RSRP:  {}", main.1),
        ),
        two(
            &format!("PCC RxD RSSI:  {}", other.0),
            &format!("PCC RxD RSRP:  {}", other.1),
        ),
        two(
            "Tx Power:      --",
            &format!("TAC:         {:04X} ({})", cell.tac, cell.tac),
        ),
        two(
            &format!("RSRQ (dB):     {}", tenth(levels.rsrq)),
            &format!("Cell ID:     {:08X} ({})", cell.cell_id, cell.cell_id),
        ),
        format!("SINR (dB):     {:>4}", tenth(levels.sinr)),
    ]
}

fn older(serving: &Serving) -> Vec<String> {
    let cell = serving.cell;
    let mode = if cell.access == Access::Gsm {
        "GSM"
    } else {
        "WCDMA"
    };
    vec![
        two(&format!("System mode:   {mode}"), "PS state:    Attached"),
        format!("{mode} channel: {}", cell.earfcn),
        two(
            &format!("LAC:         {:04X} ({})", cell.tac, cell.tac),
            &format!("Cell ID:     {:08X} ({})", cell.cell_id, cell.cell_id),
        ),
    ]
}

fn info(state: &State) -> Vec<String> {
    let known = |s: &Serving| s.cell.access == Access::Lte && state.quirks.empty_rows == Empty::No;
    let Some(serving) = state.serving().1.filter(known) else {
        return vec!["!LTEINFO:".to_owned()];
    };
    let (cell, levels, plmn) = (serving.cell, serving.levels, serving.camp.plmn);
    let width = bandwidth_index(cell.bandwidth);
    let columns = |pci: u16, rsrq: i32, rsrp: i32, rssi: i32| {
        format!(
            "{pci:>3} {:>5} {:>6} {:>6} --",
            tenth(rsrq),
            tenth(rsrp),
            tenth(rssi)
        )
    };
    let own = columns(cell.pci, levels.rsrq, levels.rsrp, serving.rssi());
    let mut lines = vec![
        "!LTEINFO:".to_owned(),
        "Serving:   EARFCN MCC MNC   TAC      CID Bd D U SNR PCI  RSRQ   RSRP   RSSI RXLV"
            .to_owned(),
        format!(
            "           {:>6} {} {:>3} {:>5} {:08X} {:>2} {width} {width} {:>3} {own}",
            cell.earfcn,
            plmn.mcc(),
            plmn.mnc(),
            cell.tac,
            cell.cell_id,
            cell.band,
            whole(levels.sinr)
        ),
        String::new(),
        "IntraFreq:                                          PCI  RSRQ   RSRP   RSSI RXLV"
            .to_owned(),
        format!("{:52}{own}", ""),
    ];
    let (mut intra, mut inter) = (Vec::new(), Vec::new());
    let others = state.neighbours().into_iter();
    for (other, levels) in others.filter(|(other, _)| other.access == Access::Lte) {
        let row = columns(other.pci, levels.rsrq, levels.rsrp, other.rssi(levels));
        if other.earfcn == cell.earfcn {
            intra.push(format!("{:52}{row}", ""));
        } else {
            let channel = other.earfcn;
            inter.push(format!(
                "{channel:>17}           0           0        0 {row}"
            ));
        }
    }
    lines.extend(intra);
    lines.push(String::new());
    lines.push(
        "InterFreq: EARFCN ThresholdLow ThresholdHi Priority PCI  RSRQ   RSRP   RSSI RXLV"
            .to_owned(),
    );
    lines.extend(inter);
    lines.push(String::new());
    lines
}
