//! Sample documents for the tests of the views: invented values, every case that a page must show.

use serde_json::json;

use crate::document::*;
use crate::domain::codes::Code;
use crate::domain::measured::{Beside, CheckKind, Clearance, Codec, Method, Reachability, Stop};
use crate::domain::radio::{Band, Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};
use crate::domain::verdict::Verdict;
use crate::domain::watch::Tendency;
use crate::domain::{Access, Plmn, RegistrationState, SelectionMode};
use crate::domain::{Availability, SimState};
use crate::domain::{Backend, ManagedBy, PortRole, Unusable};

pub(crate) fn plmn(digits: &str) -> Plmn {
    digits.parse().unwrap()
}

fn dated<B: Body>(body: B) -> Document<B> {
    let mut doc = Document::new(body, "2026-11-23T18:32:05Z".parse().unwrap());
    doc.opensim = "0.0.0".to_owned();
    doc
}

fn radio(rsrp: i32, sinr: i32, band: u16, earfcn: u32) -> Radio {
    let reading = Reading {
        rsrp: Rsrp::new(rsrp),
        rsrq: Rsrq::new(-11),
        sinr: Sinr::new(sinr),
        rssi: Rssi::new(rsrp + 28),
        cell: Cell {
            plmn: None,
            access: Some(Access::Lte),
            band: Some(Band::Lte(band)),
            earfcn: Some(earfcn),
            bandwidth_tenths_mhz: Some(100),
            pci: Some(212),
            cell_id: Some(23_456_780),
            tac: Some(4321),
        },
        source: Some("+QENG".to_owned()),
    };
    Radio {
        samples: 5,
        spread_db: Some(3.5),
        ..Radio::of(&reading)
    }
}

pub(crate) fn modem() -> ModemInfo {
    ModemInfo {
        manufacturer: Some("Quectel".to_owned()),
        model: Some("EC25".to_owned()),
        revision: Some("EC25EFAR06A06M4G".to_owned()),
        imei: Some("35693803*****09".to_owned()),
        dialect: Some("quectel".to_owned()),
        port: "/dev/ttyUSB2".to_owned(),
        backend: Backend::At.into(),
    }
}

fn carrier(rank: u32, id: &str, name: &str, code: &str) -> CarrierResult {
    CarrierResult {
        rank,
        carrier: id.to_owned(),
        name: name.to_owned(),
        plmn: plmn(code),
        availability: Availability::Available,
        access: Some(Access::Lte),
        registered_in_s: Some(8.4),
        radio: None,
        throughput: None,
        voice: None,
        loaded_voice: None,
        cost: None,
        verdict: Verdict::NotMeasured,
        tied_with: Vec::new(),
        same_cell_as: None,
        why: Vec::new(),
        error: None,
    }
}

fn class(quality: &str, rsrp: i32, sinr: i32) -> Note {
    Note::new(Code::RADIO_CLASS)
        .with("quality", quality)
        .with("rsrp_dbm", rsrp)
        .with("sinr_db", sinr)
}

/// Three carriers: one first, two tied on one cell, and the modem that had been choosing by itself.
pub(crate) fn scan() -> Document<Scan> {
    let orange = CarrierResult {
        radio: Some(radio(-92, 12, 20, 6400)),
        why: vec![
            class("good", -92, 12),
            Note::new(Code::RANK_FIRST_BY_CLASS).with("over", "sfr"),
        ],
        ..carrier(1, "orange", "Orange", "20801")
    };
    let why = |rsrp, other: &str| {
        vec![
            class("poor", rsrp, 2),
            Note::new(Code::RADIO_WEAK).with("rsrp_dbm", rsrp),
            Note::new(Code::RADIO_SINR_LOW).with("sinr_db", 2),
            Note::new(Code::RANK_BELOW_CLASS)
                .with("above", "orange")
                .with("quality", "good"),
            Note::new(Code::RANK_TIED)
                .with("with", json!([other]))
                .with("noise_db", 3.25),
            Note::new(Code::CELL_SHARED).with("carrier", other),
        ]
    };
    let sfr = CarrierResult {
        radio: Some(radio(-108, 2, 3, 1501)),
        registered_in_s: Some(64.8),
        tied_with: vec!["bouygues".to_owned()],
        same_cell_as: Some("bouygues".to_owned()),
        why: why(-108, "bouygues"),
        ..carrier(2, "sfr", "SFR", "20810")
    };
    let bouygues = CarrierResult {
        radio: Some(radio(-109, 2, 3, 1501)),
        registered_in_s: Some(21.0),
        tied_with: vec!["sfr".to_owned()],
        same_cell_as: Some("sfr".to_owned()),
        why: why(-109, "sfr"),
        ..carrier(2, "bouygues", "Bouygues Telecom", "20820")
    };
    dated(Scan {
        modem: Some(modem()),
        label: Some("Salon".to_owned()),
        requirement: Some(RequirementRow {
            down_bps: 200_000,
            up_bps: 200_000,
            voice_mos: 3.6,
        }),
        method: Some(SurveyMethod::RegisterEach.into()),
        carriers: vec![orange, sfr, bouygues],
        selection_before: Some(Found {
            mode: SelectionMode::Automatic,
            plmn: Some(plmn("20810")),
            was_automatic: true,
        }),
        selection_after: Some(SelectionInfo {
            mode: SelectionMode::Manual,
            plmn: Some(plmn("20810")),
        }),
        restored: Some(true),
        complete: true,
        cost: Some(Cost {
            seconds: 131.4,
            bytes: 0,
            offline_s: 96.2,
        }),
        warnings: vec![
            Note::new(Code::MEASURE_NO_SERVER),
            Note::new(Code::SELECTION_WAS_AUTOMATIC).with("plmn", "20810"),
        ],
        ..Scan::default()
    })
}

/// Interrupted and not put back: one carrier seen, one refused, one never visited, and the modem's list.
pub(crate) fn scan_interrupted() -> Document<Scan> {
    let mut doc = scan();
    doc.body.label = None;
    let mut orange = doc.body.carriers.remove(0);
    orange.why.pop();
    let fault = |code: Code, carrier: &str, cause: Option<&str>| Fault {
        code: code.into(),
        message: String::new(),
        hint: None,
        values: Values::from([
            ("carrier".to_owned(), carrier.into()),
            ("cause".to_owned(), cause.into()),
        ]),
    };
    let refused = CarrierResult {
        verdict: Verdict::Unavailable,
        registered_in_s: None,
        access: None,
        availability: Availability::Forbidden,
        error: Some(fault(Code::NETWORK_DENIED, "sfr", Some("PLMN not allowed"))),
        ..carrier(2, "sfr", "SFR", "20810")
    };
    let unseen = CarrierResult {
        registered_in_s: None,
        access: None,
        availability: Availability::Unknown,
        why: vec![Note::new(Code::CARRIER_NOT_VISITED)],
        ..carrier(3, "bouygues", "Bouygues Telecom", "20820")
    };
    doc.body.carriers = vec![orange, refused, unseen];
    let network = |code: &str, name: Option<&str>, availability, access| NetworkRow {
        plmn: plmn(code),
        long_name: name.map(str::to_owned),
        short_name: None,
        availability,
        access,
    };
    doc.body.networks = vec![
        network(
            "20801",
            Some("Orange F"),
            Availability::Current,
            Some(Access::Lte),
        ),
        network(
            "20815",
            Some("Free"),
            Availability::Forbidden,
            Some(Access::Umts),
        ),
        network("310410", None, Availability::Unknown, None),
    ];
    doc.body.complete = false;
    doc.body.restored = Some(false);
    doc.body.warnings = vec![
        Note::new(Code::SCAN_INTERRUPTED),
        Note::new(Code::RESTORE_FAILED).with("carrier", "sfr"),
    ];
    doc.error = Some(Fault {
        code: Code::INTERRUPTED.into(),
        message: String::new(),
        hint: None,
        values: Values::new(),
    });
    doc
}

/// The strongest carried nothing, another falls short, and the third never answered for itself.
pub(crate) fn scan_short() -> Document<Scan> {
    let mut doc = scan_measured();
    let measured = doc.body.carriers.remove(0);
    let way = |verdict: Clearance, estimate: Option<u64>| Direction {
        verdict: verdict.into(),
        estimate_bps: estimate,
        low_bps: estimate,
        high_bps: estimate,
        confidence: None,
        bytes: 497,
        seconds: 0.0,
        stopped_because: Stop::NoData.into(),
    };
    let way_note = |code: Code, way: &str, estimate: Option<u64>| {
        Note::new(code)
            .with("way", way)
            .with("estimate_bps", estimate)
            .with("low_bps", estimate)
            .with("high_bps", estimate)
            .with("need_bps", 200_000)
            .with("sure_percent", 98)
    };
    let orange = CarrierResult {
        verdict: Verdict::Unsuitable,
        voice: None,
        throughput: Some(Throughput {
            down: Some(way(Clearance::Meets, Some(224_000))),
            up: Some(way(Clearance::Below, Some(138_000))),
        }),
        why: vec![
            way_note(Code::MEASURE_MEETS, "down", Some(224_000)),
            way_note(Code::MEASURE_BELOW, "up", Some(138_000)),
            class("good", -92, 12),
            Note::new(Code::RANK_FIRST_BY_NEED)
                .with("over", "sfr")
                .with("share_percent", 69)
                .with("other_percent", 0),
        ],
        ..measured
    };
    let nearer = || {
        Note::new(Code::RANK_BELOW_NEED)
            .with("above", "orange")
            .with("share_percent", 0)
            .with("other_percent", 69)
    };
    let sfr = CarrierResult {
        verdict: Verdict::Unsuitable,
        radio: Some(radio(-83, 16, 3, 1501)),
        throughput: Some(Throughput {
            down: Some(way(Clearance::Below, None)),
            up: None,
        }),
        why: vec![
            way_note(Code::MEASURE_NO_DATA, "down", None),
            class("excellent", -83, 16),
            nearer(),
        ],
        ..carrier(2, "sfr", "SFR", "20810")
    };
    let unreachable = Fault {
        code: Code::MEASURE_UNREACHABLE.into(),
        message: String::new(),
        hint: None,
        values: Values::from([("server".to_owned(), "192.0.2.1:8620".into())]),
    };
    let bouygues = CarrierResult {
        verdict: Verdict::Unsuitable,
        radio: Some(radio(-97, 9, 20, 6200)),
        why: vec![
            Note::new(Code::MEASURE_NOTHING_CAME)
                .with("cause", "measure.unreachable")
                .with("carrier", "Orange"),
            class("fair", -97, 9),
            nearer(),
        ],
        error: Some(unreachable),
        ..carrier(3, "bouygues", "Bouygues Telecom", "20820")
    };
    doc.body.carriers = vec![orange, sfr, bouygues];
    doc
}

/// A modem that lists networks and reads the cell in use alone.
pub(crate) fn scan_alone() -> Document<Scan> {
    let mut doc = scan();
    let mut orange = doc.body.carriers.remove(0);
    orange.registered_in_s = None;
    orange.why = vec![class("good", -92, 12), Note::new(Code::RANK_ONLY_ONE_READ)];
    let unread = |rank, id, name, code| CarrierResult {
        registered_in_s: None,
        why: vec![Note::new(Code::RADIO_UNKNOWN)],
        ..carrier(rank, id, name, code)
    };
    doc.body.method = Some(SurveyMethod::NetworkList.into());
    doc.body.carriers = vec![
        orange,
        unread(2, "bouygues", "Bouygues Telecom", "20820"),
        unread(3, "sfr", "SFR", "20810"),
    ];
    doc.body.warnings.clear();
    doc.error = Some(Fault {
        code: Code::SCAN_NOTHING_COMPARED.into(),
        message: String::new(),
        hint: None,
        values: Values::from([("carrier".to_owned(), "orange".into())]),
    });
    doc
}

/// Enough each way, and a call that got no answer.
pub(crate) fn measure_unanswered() -> Document<Measure> {
    let mut doc = measure();
    doc.body.links.truncate(1);
    doc.body.verdict = Verdict::Uncertain;
    let link = &mut doc.body.links[0];
    link.verdict = Verdict::Uncertain;
    link.checks.clear();
    link.why.remove(1);
    link.why
        .push(Note::new(Code::VOICE_NO_ANSWER).with("part", "voice"));
    doc
}

/// Carriers A, B, C with these verdicts, in rank order. Behind a verdict: `=` tied with the one beside it, `/` nothing was
/// read, `0` nothing came, `?` the modem refused.
pub(crate) fn scan_of(rows: &str) -> Document<Scan> {
    let mut doc = scan();
    let measured = scan_measured().body.carriers.remove(0);
    let row = |at: usize, word: &str| {
        let name = char::from(b'A' + u8::try_from(at).unwrap()).to_string();
        let verdict = word.trim_end_matches(['=', '/', '0', '?']);
        let verdict: Verdict = serde_json::from_value(verdict.into()).unwrap();
        let is_away = verdict == Verdict::Unavailable;
        let code = if word.ends_with('?') {
            Code::MODEM_REFUSED
        } else {
            Code::NETWORK_NOT_AVAILABLE
        };
        let error = Fault {
            code: code.into(),
            message: String::new(),
            hint: None,
            values: Values::new(),
        };
        let is_read = !word.ends_with('/') && !is_away;
        let carries = verdict.is_measured() && !word.ends_with('0');
        let rank = if word.ends_with('=') {
            1
        } else {
            u32::try_from(at).unwrap() + 1
        };
        CarrierResult {
            verdict,
            radio: is_read.then(|| radio(-92, 12, 20, 6400)),
            throughput: measured.throughput.clone().filter(|_| carries),
            tied_with: if word.ends_with('=') {
                vec!["other".to_owned()]
            } else {
                Vec::new()
            },
            error: Some(error).filter(|_| is_away),
            ..carrier(rank, &name, &name, "20801")
        }
    };
    let words = rows.split_whitespace().enumerate();
    doc.body.carriers = words.map(|(at, word)| row(at, word)).collect();
    doc
}

/// Measured both ways, as a later version gives it.
pub(crate) fn scan_measured() -> Document<Scan> {
    let way = |estimate, low| Direction {
        verdict: Clearance::Meets.into(),
        estimate_bps: Some(estimate),
        low_bps: Some(low),
        high_bps: None,
        confidence: Some(0.95),
        bytes: 400_000,
        seconds: 4.0,
        stopped_because: Word::Foreign("sure".to_owned()),
    };
    let mut doc = scan();
    doc.body.warnings.clear();
    doc.body.cost = Some(Cost {
        seconds: 4000.0,
        bytes: 2_400_000,
        offline_s: 0.0,
    });
    doc.body.carriers.truncate(1);
    let orange = &mut doc.body.carriers[0];
    orange.verdict = Verdict::Suitable;
    orange.throughput = Some(Throughput {
        down: Some(way(2_340_000, 1_900_000)),
        up: Some(way(640_000, 512_500)),
    });
    orange.voice = Some(Voice {
        mos: Some(4.1),
        r_factor: Some(84.0),
        rtt_ms: Some(62.0),
        jitter_ms: Some(8.0),
        loss: Some(0.001),
        packets: 500,
        doubled: Some(0),
        codec: Codec::G711.into(),
        method: Some(Method::Stamp.into()),
        beside: Some(Beside::Need.into()),
        at_best: Some(false),
    });
    doc
}

/// Two links side by side: the modem's carries the day, the other could not be measured.
pub(crate) fn measure() -> Document<Measure> {
    let scan = scan_measured().body;
    let orange = &scan.carriers[0];
    let good = LinkRow {
        interface: "wwan0".to_owned(),
        throughput: orange.throughput.clone(),
        voice: orange.voice.clone(),
        loaded_voice: None,
        round_trip_ms: Some(58.0),
        verdict: Verdict::Suitable,
        why: vec![
            Note::new(Code::MEASURE_MEETS)
                .with("way", "down")
                .with("estimate_bps", 2_340_000)
                .with("low_bps", 1_900_000)
                .with("high_bps", json!(null))
                .with("need_bps", 200_000)
                .with("sure_percent", 98),
            Note::new(Code::MEASURE_UNCERTAIN)
                .with("way", "up")
                .with("estimate_bps", 215_000)
                .with("low_bps", 180_000)
                .with("high_bps", 250_000)
                .with("need_bps", 200_000)
                .with("sure_percent", 98),
            Note::new(Code::VOICE_MEETS)
                .with("part", "voice")
                .with("mos", 4.1)
                .with("need_mos", 3.6)
                .with("rtt_ms", 62)
                .with("jitter_ms", 8)
                .with("loss_percent", 0.1),
        ],
        checks: vec![
            CheckRow {
                id: CheckKind::Sip.into(),
                target: "sip:pbx.example:5060;transport=udp".to_owned(),
                outcome: Reachability::Reached.into(),
                latency_ms: Some(71.0),
                found: Some(
                    Note::new(Code::CHECK_SIP_ANSWERED)
                        .with("status", 200)
                        .with("reason", "OK"),
                ),
                warnings: Vec::new(),
                error: None,
            },
            CheckRow {
                id: CheckKind::Openvpn.into(),
                target: "openvpn://vpn.example:1194/udp".to_owned(),
                outcome: Reachability::Unknown.into(),
                latency_ms: None,
                found: Some(Note::new(Code::CHECK_OPENVPN_SILENT)),
                warnings: Vec::new(),
                error: None,
            },
        ],
        cost: Some(LinkCost {
            bytes: 318_400,
            interface_bytes: Some(321_022),
            seconds: 6.2,
        }),
        error: None,
    };
    let failed = LinkRow {
        interface: "eth0".to_owned(),
        throughput: None,
        voice: None,
        round_trip_ms: None,
        verdict: Verdict::NotMeasured,
        why: Vec::new(),
        checks: Vec::new(),
        cost: None,
        error: Some(Fault {
            code: Code::MEASURE_REVERSE_PATH.into(),
            message: String::new(),
            hint: None,
            values: Values::from([
                ("interface".to_owned(), "eth0".into()),
                (
                    "file".to_owned(),
                    "/proc/sys/net/ipv4/conf/eth0/rp_filter".into(),
                ),
            ]),
        }),
        ..good.clone()
    };
    dated(Measure {
        interface: Some("wwan0".to_owned()),
        server: Some("opensim://measure.example:8620".to_owned()),
        requirement: scan.requirement.clone(),
        throughput: good.throughput.clone(),
        voice: good.voice.clone(),
        verdict: good.verdict,
        links: vec![good, failed],
        warnings: Vec::new(),
    })
}

pub(crate) fn status() -> Document<Status> {
    dated(Status {
        modem: Some(modem()),
        sim: Some(SimInfo {
            state: SimState::Ready,
            iccid: Some("89330************46".to_owned()),
            imsi: Some("20810********12".to_owned()),
            pin_tries_left: Some(1),
        }),
        selection: Some(SelectionInfo {
            mode: SelectionMode::Automatic,
            plmn: Some(plmn("20810")),
        }),
        registration: Some(RegistrationInfo {
            state: RegistrationState::Roaming,
            carrier: Some("sfr".to_owned()),
            plmn: Some(plmn("20810")),
            operator_name: Some("F SFR\u{1b}[2J".to_owned()),
            access: Some(Access::Lte),
        }),
        radio: Some(radio(-98, 6, 20, 6300)),
        data: Some(Data {
            apn: Some("sl2sfr".to_owned()),
            interface: Some("wwan0".to_owned()),
            address: Some("10.64.12.7".to_owned()),
        }),
        warnings: vec![
            Note::new(Code::SELECTION_AUTOMATIC_NOW),
            Note::new(Code::SIM_PIN_TRIES_LOW).with("tries", 1),
            Note::new(Code::RECOVER_PENDING)
                .with("since", "2026-11-23T08:12:44Z")
                .with("to", "orange"),
        ],
    })
}

/// A modem that says next to nothing.
pub(crate) fn status_bare() -> Document<Status> {
    dated(Status {
        modem: Some(ModemInfo {
            manufacturer: None,
            model: None,
            revision: None,
            imei: None,
            dialect: None,
            port: "/dev/ttyACM0".to_owned(),
            backend: Backend::At.into(),
        }),
        sim: Some(SimInfo {
            state: SimState::Absent,
            iccid: None,
            imsi: None,
            pin_tries_left: None,
        }),
        selection: None,
        registration: Some(RegistrationInfo {
            state: RegistrationState::NotRegistered,
            carrier: None,
            plmn: None,
            operator_name: None,
            access: None,
        }),
        radio: Some(Radio::of(&Reading::default())),
        data: Some(Data::default()),
        warnings: Vec::new(),
    })
}

fn endpoint(id: &str, name: &str, code: &str) -> Endpoint {
    Endpoint {
        carrier: Some(id.to_owned()),
        name: Some(name.to_owned()),
        plmn: Some(plmn(code)),
    }
}

pub(crate) fn switch(outcome: Option<Outcome>) -> Document<Switch> {
    let done = outcome == Some(Outcome::Switched);
    dated(Switch {
        from: Some(endpoint("orange", "Orange", "20801")),
        to: Some(endpoint("sfr", "SFR", "20810")),
        outcome,
        registered_in_s: done.then_some(11.6),
        confirmed: done,
        data_verified: done.then_some(true),
        access: done.then_some(Access::Lte),
        radio: done.then(|| radio(-97, 9, 20, 6300)),
        selection: None,
        rollback: Rollback {
            attempted: matches!(outcome, Some(Outcome::RolledBack | Outcome::NotRestored)),
            ok: outcome.filter(|o| *o == Outcome::RolledBack).map(|_| true),
        },
        journal: outcome.map(|_| "/home/lea/.local/state/opensim/journal.json".to_owned()),
        warnings: Vec::new(),
    })
}

pub(crate) fn recover(needed: bool) -> Document<Recover> {
    dated(if needed {
        Recover {
            needed: Some(true),
            interrupted_at: Some("2026-11-23T08:12:44Z".to_owned()),
            command: Some(ChangeCommand::Scan.into()),
            to: Some(endpoint("orange", "Orange", "20801")),
            found: Some(endpoint("sfr", "SFR", "20810")),
            restored: Some(true),
            registered_in_s: Some(14.2),
            journal: None,
            warnings: Vec::new(),
        }
    } else {
        Recover {
            needed: Some(false),
            ..Recover::default()
        }
    })
}

pub(crate) fn reading() -> Document<MonitorReading> {
    let trend = |change_db, direction| {
        Some(LevelTrend {
            change_db,
            direction: Some(direction),
        })
    };
    let around = |pci, rsrp| CellRow {
        carrier: None,
        plmn: None,
        access: Some(Access::Lte),
        band: Some(Band::Lte(20)),
        earfcn: Some(6300),
        pci: Some(pci),
        cell_id: None,
        rsrp_dbm: Rsrp::new(rsrp),
        rsrq_db: Rsrq::new(-14),
        sinr_db: None,
    };
    dated(MonitorReading {
        modem: Some(modem()),
        number: Some(42),
        elapsed_s: Some(41.3),
        registration: Some(RegistrationInfo {
            state: RegistrationState::Home,
            carrier: Some("orange".to_owned()),
            plmn: Some(plmn("20801")),
            operator_name: Some("Orange F".to_owned()),
            access: Some(Access::Lte),
        }),
        radio: Some(Radio {
            samples: 1,
            spread_db: None,
            ..radio(-97, 9, 20, 6300)
        }),
        points: Some(21.6),
        trend: Some(TrendRow {
            over_s: 9.8,
            rsrp: trend(2.5, Tendency::Rising),
            rsrq: trend(0.0, Tendency::Steady),
            sinr: trend(-3.0, Tendency::Falling),
        }),
        best: Some(Box::new(BestRow {
            number: 19,
            at: "2026-11-23T18:31:43Z".to_owned(),
            elapsed_s: 18.2,
            points: 28.0,
            carrier: Some("orange".to_owned()),
            radio: Radio {
                samples: 3,
                spread_db: Some(1.0),
                ..radio(-91, 13, 20, 6300)
            },
        })),
        cell_left: Some(around(87, -101)),
        cell_changes: 2,
        neighbours: Some(vec![around(87, -101), around(341, -109)]),
        better_in_survey: None,
        warnings: Vec::new(),
    })
}

pub(crate) fn modems() -> Document<Modems> {
    let port = |path: &str, role, held: Option<&str>| PortRow {
        path: path.to_owned(),
        role,
        held_by: held.map(str::to_owned),
    };
    dated(Modems {
        modems: vec![ModemRow {
            id: "/dev/ttyUSB2".to_owned(),
            usb: Some(UsbRow {
                vendor_id: "2c7c".to_owned(),
                product_id: "0125".to_owned(),
                manufacturer: Some("Quectel".to_owned()),
                product: Some("EC25".to_owned()),
            }),
            manufacturer: None,
            model: None,
            dialect: Some("quectel".to_owned()),
            dialect_because: Some("USB 2c7c".to_owned()),
            ports: vec![
                port("/dev/ttyUSB0", PortRole::Diag, None),
                port("/dev/ttyUSB1", PortRole::Nmea, None),
                port("/dev/ttyUSB2", PortRole::At, Some("minicom (pid 812)")),
                port("/dev/ttyUSB3", PortRole::Ppp, None),
            ],
            net_interface: Some("wwan0".to_owned()),
            managed_by: Some(ManagedBy::ModemManager.into()),
        }],
        unusable: vec![UnusableRow {
            id: "usb:1-2".to_owned(),
            usb: Some(UsbRow {
                vendor_id: "12d1".to_owned(),
                product_id: "1f01".to_owned(),
                manufacturer: Some("HUAWEI_MOBILE".to_owned()),
                product: Some("HUAWEI_MOBILE".to_owned()),
            }),
            reason: Unusable::StorageMode.into(),
            hint: String::new(),
            driver: None,
            page: None,
        }],
        warnings: Vec::new(),
    })
}

pub(crate) fn carriers() -> Document<Carriers> {
    let profile = crate::domain::Profile::default();
    let rows = crate::domain::Profile::france()
        .carriers
        .into_iter()
        .map(|c| CarrierRow {
            in_profile: profile.carriers.iter().any(|own| own.id == c.id),
            id: c.id,
            name: c.name,
            plmns: c.plmns,
            bands: c.bands,
        });
    dated(Carriers {
        carriers: rows.collect(),
    })
}

pub(crate) fn at() -> Document<At> {
    dated(At {
        answers: vec![AtAnswer {
            command: "AT+CSQ".to_owned(),
            lines: vec!["+CSQ: 21,99".to_owned()],
            result: "OK".to_owned(),
            ok: true,
        }],
        warnings: Vec::new(),
    })
}

/// A command that was not even begun.
pub(crate) fn error() -> Document<Unbegun> {
    let values = Values::from([
        ("port".to_owned(), "/dev/ttyUSB2".into()),
        ("holder".to_owned(), "minicom (pid 812)".into()),
        ("program".to_owned(), "minicom".into()),
    ]);
    let mut doc = dated(Unbegun {});
    doc.error = Some(Fault::new(Code::MODEM_BUSY, values));
    doc
}

fn past(at: &str, id: u64, label: Option<&str>, rsrp: [f64; 2], verdict: Verdict) -> HistoryEntry {
    let carrier = |rank: u32, id: &str, name: &str, code: &str, rsrp: f64, verdict| PastCarrier {
        rank,
        carrier: id.to_owned(),
        name: name.to_owned(),
        plmn: code.to_owned(),
        verdict,
        rsrp_dbm: Some(rsrp),
        sinr_db: Some(9.0),
        spread_db: Some(2.0),
        quality: None,
        band: Some("B20".to_owned()),
        cell_id: Some(23_456_780),
        down_bps: Some(247_000),
        down_low_bps: Some(226_000),
        down_high_bps: None,
        up_bps: Some(190_000),
        up_low_bps: Some(150_000),
        up_high_bps: Some(260_000),
        mos: Some(4.3),
        in_use: rank == 1,
    };
    HistoryEntry {
        id,
        kind: HistoryKind::Scan.into(),
        at: at.to_owned(),
        label: label.map(str::to_owned),
        modem: Some("35693803*****09".to_owned()),
        demonstration: false,
        carrier: None,
        outcome: None,
        interface: None,
        verdict: None,
        carriers: vec![
            carrier(1, "sfr", "SFR", "20810", rsrp[0], verdict),
            PastCarrier {
                rsrp_dbm: Some(rsrp[1]).filter(|rsrp| *rsrp < 0.0),
                ..carrier(
                    2,
                    "orange",
                    "=Orange<b>",
                    "20801",
                    rsrp[1],
                    Verdict::Unsuitable,
                )
            },
        ],
    }
}

pub(crate) fn history() -> Document<History> {
    let other = |kind: HistoryKind, id| HistoryEntry {
        kind: kind.into(),
        id,
        carriers: Vec::new(),
        label: None,
        modem: None,
        ..past(
            "2026-11-23T18:40:00Z",
            id,
            None,
            [0.0; 2],
            Verdict::NotMeasured,
        )
    };
    dated(History {
        entries: vec![
            past(
                "2026-11-23T18:32:05Z",
                12,
                Some("Salon"),
                [-84.0, -112.0],
                Verdict::Suitable,
            ),
            HistoryEntry {
                carrier: Some("sfr".to_owned()),
                outcome: Some(Outcome::RolledBack),
                ..other(HistoryKind::Switch, 11)
            },
            HistoryEntry {
                interface: Some("wwan0".to_owned()),
                verdict: Some(Verdict::Uncertain),
                ..other(HistoryKind::Measure, 10)
            },
            past(
                "2026-11-20T07:01:00Z",
                9,
                Some("Salon"),
                [-90.5, 0.0],
                Verdict::Uncertain,
            ),
            past(
                "2026-11-01T21:01:00Z",
                2,
                Some("Salon"),
                [-92.0, -101.0],
                Verdict::Suitable,
            ),
        ],
        total: 34,
        requirement: scan().body.requirement,
        done: None,
        warnings: Vec::new(),
    })
}

/// A history to which something was done.
pub(crate) fn history_done() -> Document<History> {
    dated(History {
        total: 3,
        done: Some(HistoryWork {
            added: 2,
            known: 1,
            ..HistoryWork::default()
        }),
        ..History::default()
    })
}

pub(crate) fn compare() -> Document<Compare> {
    use crate::domain::compare::Trend;
    let side = |named: &str, by: ComparedBy, surveys| ComparedSide {
        named: named.to_owned(),
        by: by.into(),
        surveys,
        from: Some("2026-11-01T21:01:00Z".to_owned()),
        to: Some("2026-11-20T07:01:00Z".to_owned()),
    };
    let values = |rsrp: Option<f64>, verdict, count| ComparedValues {
        surveys: 12,
        read: count,
        rsrp_dbm: rsrp,
        spread_db: Some(2.1),
        down_low_bps: Some(226_000),
        up_low_bps: None,
        verdict: Some(verdict),
        verdicts: count,
    };
    let row = |id: &str, name: &str, signal: Trend, after: Option<f64>| ComparedRow {
        label: Some("Salon".to_owned()),
        carrier: id.to_owned(),
        name: name.to_owned(),
        before: values(Some(-92.0), Verdict::Suitable, 11),
        after: values(after, Verdict::Unsuitable, 4),
        signal: signal.into(),
        signal_delta_db: after.map(|after| after + 92.0),
        signal_noise_db: after.map(|_| 2.72),
        download: Trend::Same.into(),
        upload: Trend::TooFew.into(),
        verdict: Trend::Worse.into(),
    };
    dated(Compare {
        before: Some(side("before", ComparedBy::Before, 12)),
        after: Some(side("7d", ComparedBy::Period, 2)),
        rows: vec![
            row("sfr", "SFR", Trend::Worse, Some(-104.5)),
            row("orange", "Orange", Trend::Vanished, None),
            ComparedRow {
                label: None,
                signal_noise_db: None,
                download: Trend::Better.into(),
                ..row("bouygues", "=Bouygues<b>", Trend::TooFew, Some(-90.0))
            },
        ],
        warnings: vec![Note::new(Code::HISTORY_TOO_FEW).with("fewest", 3)],
    })
}

/// A check-up of a home where something of everything is found.
pub(crate) fn doctor() -> Document<Doctor> {
    use crate::domain::doctor::{CheckOutcome, DoctorCheck, LineKind, VpnState};
    let row = |check, outcome, note: Note| CheckedRow::new(check, outcome, note);
    let line = |interface: &str, kind: LineKind, is_usual, rate: Option<u64>| HomeLine {
        interface: interface.to_owned(),
        kind: kind.into(),
        is_up: rate.is_some() || is_usual,
        is_usual,
        down_bps: rate,
        up_bps: rate,
        voice_mos: rate.map(|_| 4.4),
    };
    let server = |id: CheckKind, target: &str, outcome: Reachability| CheckRow {
        id: id.into(),
        target: target.to_owned(),
        outcome: outcome.into(),
        latency_ms: Some(23.0),
        found: None,
        warnings: Vec::new(),
        error: None,
    };
    let home = Home {
        host: Some(HostRow {
            system: Some("Debian GNU/Linux 12 (bookworm)".to_owned()),
            kernel: Some("6.1.0-18-amd64".to_owned()),
            architecture: Some("x86_64".to_owned()),
            processor: Some("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz".to_owned()),
            processors: Some(8),
            memory_bytes: Some(8_228_065_280),
        }),
        lines: vec![
            line("eth0", LineKind::Cable, true, None),
            line("wwan0", LineKind::Modem, false, Some(412_000)),
            line("wlan0", LineKind::Wifi, false, None),
        ],
        telephone: vec![server(
            CheckKind::Sip,
            "sip:pbx.example:5060;transport=udp",
            Reachability::Reached,
        )],
        vpn: vec![VpnRow {
            product: Some("OpenVPN".to_owned()),
            name: Some("office".to_owned()),
            state: VpnState::Configured.into(),
        }],
        vpn_servers: vec![server(
            CheckKind::Openvpn,
            "openvpn:office.ovpn",
            Reachability::NotReached,
        )],
        protection: vec![GuardRow {
            product: "ClamAV".to_owned(),
            is_running: Some(false),
            signatures: Some("27834".to_owned()),
            signatures_at: Some("2026-11-03T08:26:00Z".to_owned()),
            signatures_age_days: Some(20),
        }],
    };
    let not_reached = Note::new(Code::DOCTOR_NOT_REACHED)
        .with("target", "openvpn:office.ovpn")
        .with("finding", Code::CHECK_OPENVPN_NO_ANSWER)
        .with("seconds", 4);
    let found = Note::new(Code::DOCTOR_MODEM_FOUND)
        .with("modem", "Quectel EC25")
        .with("port", "/dev/ttyUSB2");
    dated(Doctor {
        home: Some(home),
        modem: None,
        checks: vec![
            row(DoctorCheck::Modem, CheckOutcome::Pass, found),
            row(
                DoctorCheck::Selection,
                CheckOutcome::Warn,
                Note::new(Code::SELECTION_AUTOMATIC_NOW),
            ),
            row(DoctorCheck::Vpn, CheckOutcome::Fail, not_reached),
            row(
                DoctorCheck::Web,
                CheckOutcome::Skipped,
                Note::new(Code::DOCTOR_NONE_NAMED).with("kind", "web"),
            ),
        ],
        cost: Some(DoctorCost {
            budget_bytes: 1_000_000,
            bytes: 187_400,
        }),
        warnings: Vec::new(),
    })
}
