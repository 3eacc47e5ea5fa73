//! What differs between vendors: a table each, and a trait whose every method has a 27.007 default.
//!
//! A new modem is one file here, a persona in `sim/persona`, and transcripts in `testdata/transcripts`. No `match`
//! on a vendor stands anywhere else. Dialects are pure: they say what to ask and read what was answered; who asks
//! is `modem::at`.

use std::borrow::Cow;
use std::time::Duration;

use crate::engine::Config;
use crate::result::{Line, Reply};
use opensim_domain::radio::Reading;
use opensim_domain::{Iccid, Identity, PortRole};

mod cinterion;
pub mod commands;
mod detect;
mod fibocom;
mod generic;
mod huawei;
mod meig;
pub mod modes;
pub mod ports;
mod quectel;
mod row;
mod sierra;
mod simcom;
mod standard;
mod telit;
mod ublox;
mod xmm;
mod zte;

pub use detect::{Detected, Evidence, UsbId, by_name, detect};
pub use standard::way_down;

/// Every dialect, the most particular first; `generic` is last and takes what no other claims.
pub static DIALECTS: &[&dyn Dialect] = &[
    &quectel::Quectel,
    &simcom::Simcom,
    &huawei::Huawei,
    &cinterion::Cinterion,
    &sierra::Sierra,
    &telit::Telit,
    &ublox::Ublox,
    &fibocom::Fibocom,
    &meig::Meig,
    &xmm::Xmm,
    &zte::Zte,
    &generic::Generic,
];

/// A command to send and how to know its answer's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The command line, without its end: `AT+QENG="servingcell"`.
    pub line: &'static str,
    /// Prefixes of its information lines, with their colon.
    pub prefixes: &'static [&'static str],
    /// Whether information lines without any prefix belong to it.
    pub bare: bool,
    /// How long it may take.
    pub timeout: Duration,
}

impl Query {
    /// A query that answers at once, with lines of one prefix.
    pub const fn new(line: &'static str, prefixes: &'static [&'static str]) -> Self {
        Self {
            line,
            prefixes,
            bare: false,
            timeout: Duration::from_secs(5),
        }
    }

    /// The same, answered by lines without a prefix.
    pub const fn bare(line: &'static str) -> Self {
        Self {
            line,
            prefixes: &[],
            bare: true,
            timeout: Duration::from_secs(5),
        }
    }
}

/// A vendor's way to list every operator's cells, with their levels, without leaving its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// What tells whether this firmware knows it; `None` where only trying tells.
    pub supported: Option<Query>,
    /// What runs it. Its time limit is the longest it was seen to take.
    pub run: Query,
    /// Whether a character sent while it runs ends it.
    pub abortable: bool,
    /// Whether the modem stays registered while it runs. Where it does not, a person is asked first.
    pub stays_registered: bool,
}

/// The facts of a vendor that a table can say.
#[derive(Debug)]
pub struct Profile {
    /// The dialect's name, as `modems` and `status` show it.
    pub name: &'static str,
    /// USB vendor ids that are this vendor's own, all products.
    pub usb_vendors: &'static [u16],
    /// USB ids (vendor, product) claimed one by one, where the vendor id is shared.
    pub usb_products: &'static [(u16, u16)],
    /// Manufacturer or model texts, lower case, found in `ATI` or `+CGMI`.
    pub manufacturers: &'static [&'static str],
    /// Prefixes of lines that this vendor's modems say unasked, with their colon where they have one.
    pub urc_prefixes: &'static [&'static str],
    /// Whole lines said unasked: `RDY`, `SMS DONE`.
    pub urc_lines: &'static [&'static str],
    /// The longest `AT+COPS=?` is given.
    pub network_list: Duration,
    /// Whole lines by which it refuses `AT+COPS=?` in place of a result code.
    pub list_refusals: &'static [&'static str],
    /// What its commands do, for the guard, the mask and the engine.
    pub commands: commands::Commands,
}

impl Profile {
    /// A vendor of whom nothing is known but the name: what a table leaves out is as it is here.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            usb_vendors: &[],
            usb_products: &[],
            manufacturers: &[],
            urc_prefixes: &[],
            urc_lines: &[],
            // ModemManager's figure; manuals say 180 s and field reports up to 4 minutes.
            network_list: Duration::from_secs(315),
            list_refusals: &[],
            commands: commands::Commands::NONE,
        }
    }
}

/// What the engine has to know of every vendor, since it meets a modem before anyone knows whose it is. What comes
/// unasked is not in it: that is told once the dialect is known ([`Engine::expect_unsolicited`]), as one vendor's news
/// may be another's answer.
///
/// [`Engine::expect_unsolicited`]: crate::engine::Engine::expect_unsolicited
pub fn engine_config() -> Config {
    let profiles = || DIALECTS.iter().map(|dialect| dialect.profile());
    let calls = profiles().flat_map(|profile| profile.commands.calls);
    let refusals = profiles().flat_map(|profile| profile.list_refusals);
    Config {
        calls: calls.map(|name| Cow::Borrowed(*name)).collect(),
        list_refusals: refusals.map(|line| Cow::Borrowed(*line)).collect(),
        ..Config::default()
    }
}

/// What was learnt of one modem's scales, kept for a session: a doubtful number is settled once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scales {
    /// How this modem prints SINR, once something decisive was seen.
    pub sinr: Option<SinrScale>,
}

/// How a raw SINR number becomes dB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SinrScale {
    /// It is dB.
    Decibel,
    /// Fifths above -20 dB: 0 to 250.
    Fifths,
    /// Steps of 2 dB above -20 dB: 0 to 25.
    Doubles,
}

/// A query and what it gave. A query the modem refused is there too, with its error.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The command line that was sent.
    pub line: &'static str,
    /// What came back.
    pub reply: Reply,
}

/// Whether any modem says this line unasked: asked before it is known whose modem it is.
fn is_unasked_line(line: &Line) -> bool {
    let text = line.bytes().trim_ascii();
    DIALECTS.iter().any(|d| {
        let profile = d.profile();
        let whole = |known: &&str| text.eq_ignore_ascii_case(known.as_bytes());
        profile.urc_lines.iter().any(whole)
            || profile.urc_prefixes.iter().any(|p| line.after(p).is_some())
    })
}

/// What a row says, where it says anything.
fn known(reading: Reading) -> Option<Reading> {
    let sound = reading.sound();
    (sound != Reading::default()).then_some(sound)
}

/// The reply to `line` among the answers, if it was asked and ended well.
pub fn reply_to<'a>(answers: &'a [Answer], line: &str) -> Option<&'a Reply> {
    answers
        .iter()
        .find(|a| a.line == line && a.reply.is_answer())
        .map(|a| &a.reply)
}

/// A vendor's way of saying what 27.007 leaves open. Every method has a 27.007 default.
pub trait Dialect: Sync {
    /// The vendor's table.
    fn profile(&self) -> &'static Profile;

    /// What to ask for one reading of the serving cell, in order. The fewest commands that give the most; a query
    /// that only settles a scale is left out once `scales` has it.
    fn reading_queries(&self, identity: &Identity, scales: &Scales) -> Vec<Query> {
        let _ = (identity, scales);
        generic::READING.to_vec()
    }

    /// One reading out of the answers to [`Dialect::reading_queries`] and to what [`way_down`] asked beside them. What is
    /// unknown or doubtful is `None`. It is the same for every vendor: the vendor's own rows, what of them is a fact, and
    /// 27.007's answers where they leave level or place open.
    fn reading(&self, answers: &[Answer], identity: &Identity, scales: &mut Scales) -> Reading {
        let own = self.own_reading(answers, identity, scales).sound();
        standard::complete(own, answers)
    }

    /// What the vendor's own rows say, as they say it; nothing where the vendor has none.
    fn own_reading(&self, answers: &[Answer], identity: &Identity, scales: &mut Scales) -> Reading {
        let _ = (answers, identity, scales);
        Reading::default()
    }

    /// What tells how many PIN tries are left.
    fn pin_tries_query(&self) -> Query {
        generic::PIN_TRIES
    }

    /// Tries left for the SIM PIN out of that reply.
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        generic::pin_tries(reply)
    }

    /// What gives the SIM's number, best first: the next is asked where one is refused.
    fn iccid_queries(&self) -> &'static [Query] {
        generic::ICCID
    }

    /// The SIM's number out of that reply.
    fn iccid(&self, reply: &Reply) -> Option<Iccid> {
        generic::iccid(reply)
    }

    /// Who the modem is, out of the information lines of `ATI`.
    fn identity(&self, lines: &[Line]) -> Identity {
        generic::identity(lines)
    }

    /// How this modem lists every operator's cells, if it can.
    fn survey(&self, identity: &Identity) -> Option<Survey> {
        let _ = identity;
        None
    }

    /// The cells of that list, each with its network in `cell.plmn`. Rows that cannot be read, or that say nothing, are
    /// left out.
    fn survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        let rows = self.own_survey_cells(reply).into_iter();
        rows.map(Reading::sound)
            .filter(|reading| reading.cell.plmn.is_some())
            .collect()
    }

    /// The rows of that list as the vendor prints them.
    fn own_survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        let _ = reply;
        Vec::new()
    }

    /// What lists the cells around the one in use, mostly of the same operator.
    fn neighbours_query(&self) -> Option<Query> {
        None
    }

    /// The cells around, out of that reply.
    fn neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let rows = self.own_neighbours(reply).into_iter();
        rows.map(Reading::sound)
            .filter(|reading| *reading != Reading::default())
            .collect()
    }

    /// The rows of the cells around as the vendor prints them.
    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let _ = reply;
        Vec::new()
    }

    /// Whether a line said unasked is about the SIM: one that wakes up, comes or goes.
    fn tells_of_sim(&self, line: &Line) -> bool {
        let text = line.bytes().trim_ascii();
        let named = |prefix: &&str| line.after(prefix).is_some();
        let whole = |known: &&str| text.eq_ignore_ascii_case(known.as_bytes());
        let (prefixes, lines) = self.sim_news();
        line.after("+CPIN:").is_some() || prefixes.iter().any(named) || lines.iter().any(whole)
    }

    /// The vendor's own words for that: prefixes with their colon, and whole lines.
    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&[], &[])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::result::Final;
    use opensim_domain::Access;
    use opensim_domain::radio::Band;

    #[test]
    fn names_are_unique_and_generic_is_last() {
        let names: Vec<_> = DIALECTS.iter().map(|d| d.profile().name).collect();
        let unique: HashSet<_> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{names:?}");
        assert_eq!(names.last(), Some(&"generic"));
        for name in names {
            assert_eq!(by_name(name).map(|d| d.profile().name), Some(name));
        }
    }

    #[test]
    fn no_usb_id_is_claimed_twice() {
        let mut vendors = HashSet::new();
        let mut products = HashSet::new();
        for profile in DIALECTS.iter().map(|d| d.profile()) {
            for vendor in profile.usb_vendors {
                assert!(vendors.insert(*vendor), "{vendor:04x} of {}", profile.name);
            }
            for product in profile.usb_products {
                assert!(
                    products.insert(*product),
                    "{product:04x?} of {}",
                    profile.name
                );
            }
        }
        assert!(products.iter().all(|(vendor, _)| !vendors.contains(vendor)));
    }

    #[test]
    fn the_lines_said_unasked_are_well_formed() {
        for dialect in DIALECTS {
            let mut seen = HashSet::new();
            for prefix in dialect.profile().urc_prefixes {
                let word = prefix.strip_suffix(':').expect(prefix);
                let word = word.trim_start_matches(['+', '^', '*', '%', '#', '$']);
                assert!(word.bytes().all(|b| b.is_ascii_alphanumeric()), "{prefix}");
                assert!(word.len() >= 2 && seen.insert(*prefix), "{prefix}");
            }
            for line in dialect.profile().urc_lines {
                assert!(Final::of_line(&Line::from(*line)).is_none(), "{line}");
                assert!(seen.insert(*line), "{line}");
            }
        }
    }

    #[test]
    fn the_words_that_name_a_vendor_are_lower_case_and_nobody_elses() {
        let all = DIALECTS.iter().flat_map(|d| d.profile().manufacturers);
        let mut seen = HashSet::new();
        for word in all {
            assert_eq!(*word, word.to_ascii_lowercase());
            assert!(seen.insert(*word), "{word}");
        }
    }

    #[test]
    fn every_dialect_has_its_transcripts() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
        for dialect in DIALECTS {
            let folder = root.join(dialect.profile().name);
            let files = std::fs::read_dir(&folder).map(Iterator::count);
            assert!(files.is_ok_and(|n| n > 0), "{}", folder.display());
        }
    }

    #[test]
    fn a_reading_takes_three_commands_at_most() {
        for dialect in DIALECTS {
            let queries = dialect.reading_queries(&Identity::default(), &Scales::default());
            assert!((1..=3).contains(&queries.len()));
        }
    }

    fn answered(queries: &[Query], lines: &[Vec<u8>]) -> Vec<Answer> {
        let lines: Vec<Line> = lines.iter().cloned().map(Line::new).collect();
        let reply = Reply {
            lines,
            end: Final::Ok,
        };
        let answer = |query: &Query| Answer {
            line: query.line,
            reply: reply.clone(),
        };
        queries.iter().map(answer).collect()
    }

    fn assert_in_range(reading: &Reading) {
        let cell = &reading.cell;
        let limit = |access, one, two| {
            if cell.access == Some(access) {
                one
            } else {
                two
            }
        };
        assert!(cell.pci.is_none_or(|n| n < limit(Access::Nr, 1008, 512)));
        assert!(
            cell.cell_id
                .is_none_or(|n| n < 1 << limit(Access::Nr, 36, 28))
        );
        assert!(cell.tac.is_none_or(|n| n < 1 << limit(Access::Nr, 24, 16)));
        assert!(cell.earfcn.is_none_or(|n| n <= 3_279_165));
        assert!(
            cell.bandwidth_tenths_mhz
                .is_none_or(|n| (14..=4000).contains(&n))
        );
        let number = match cell.band {
            Some(Band::Lte(n) | Band::Nr(n) | Band::Umts(n)) => n,
            None => 1,
        };
        assert!((1..=512).contains(&number));
        if let Some((enodeb, sector)) = cell.enodeb_and_sector() {
            assert!(enodeb < 1 << 20 && sector < 256);
        }
        let said = [
            reading.rsrp.is_some(),
            reading.rsrq.is_some(),
            reading.sinr.is_some(),
        ];
        assert!(reading.source.is_some() || said == [false; 3] && reading.rssi.is_none());
    }

    /// Reads `lines` as the answer to everything that a dialect asks.
    fn read_everywhere(lines: &[Vec<u8>]) {
        for dialect in DIALECTS {
            let mut scales = Scales::default();
            let identity = dialect.identity(&answered(&[Query::bare("ATI")], lines)[0].reply.lines);
            for text in [&identity.manufacturer, &identity.model, &identity.revision] {
                assert!(text.as_ref().is_none_or(|t| t.chars().count() <= 64));
            }
            let answers = answered(&dialect.reading_queries(&identity, &scales), lines);
            assert_in_range(&dialect.reading(&answers, &identity, &mut scales));
            let reply = &answers[0].reply;
            for listed in dialect.survey_cells(reply) {
                assert!(listed.cell.plmn.is_some());
                assert_in_range(&listed);
            }
            for neighbour in dialect.neighbours(reply) {
                assert_in_range(&neighbour);
            }
            assert!(dialect.pin_tries(reply).is_none_or(|n| n <= 15));
            let _ = dialect.iccid(reply);
            let _ = detect(None, &identity);
        }
    }

    /// Lines that are nearly right, so that the readers are reached.
    fn nearly_right() -> impl Strategy<Value = Vec<u8>> {
        let head = prop::sample::select(vec![
            r#"+QENG: "servingcell","NOCONN","LTE","FDD","#,
            r#"+QENG: "servingcell","LIMSRV","NR5G-SA","TDD","#,
            r#"+QENG: "servingcell","NOCONN","WCDMA","#,
            r#"+QENG: "LTE","FDD","#,
            r#"+QENG:"NR5G-NSA","#,
            r#"+QCSQ: "LTE","#,
            "+CPSI: LTE,Online,208-10,",
            "+CPSI: WCDMA,Online,208-10,",
            "+CPSI: GSM,Online,208-10,",
            "+CPSI: NR5G_SA,Online,208-10,",
            "+CPSI: NR5G_NSA,",
            "^MONSC: LTE,208,10,",
            "^MONSC: NR,208,10,",
            "^MONSC: WCDMA,208,10,",
            r#"^HCSQ: "LTE","#,
            r#"^HCSQ: "NR","#,
            "+CESQ: ",
            "+CSQ: ",
            "+CEREG: 2,1,",
            r#"+QPINC: "SC","#,
            "+SPIC: ",
            "^CPIN: SIM PIN,",
            "+CPINR: SIM PIN,",
            "+CRSM: 144,0,",
            r#"+QENG: "neighbourcell intra","LTE","#,
            r#"+QSCAN: "LTE",208,01,"#,
            r#"+QSCAN: "NR5G",208,10,"#,
            r#"+QOPS: "A","B","20801""#,
            r#"1,"4G","#,
            r#"2,"3G","#,
            r#"3,"2G","#,
            "^NETSCAN: 6400,,,2F0A,208,01,0,",
            "^NETSCAN: ",
            "^MONNC: LTE,",
            "^MONNC: NR,",
            "+CMGRMI: Serving_Cell,",
            "+CMGRMI: LTE_Intra_Cell1,",
            "+CMGRMI: LTE_Inter,1,Freq1,",
            "+CMGRMI: LTE_InterFreq1_Cell1,",
            "+GTCCINFO:",
            "LTE service cell:",
            "1,4,208,1,",
            "1,9,208,1,",
            "2,4,,,",
            "2,9,,,",
            "+XMCI: 4,208,01,",
            "+XMCI: 5,000,000,",
            "+XCESQ: 0,99,99,255,255,",
            "+XLEC: 0,",
            "+ZCELLINFO: ",
            "+ZCELLINFO: 0X2F0A,0X2B51C03,0XD6,LTE B20,",
            "+ZRSSI: ",
            r#"+MENG: "servingcell","NOCONN","LTE","FDD","#,
            r#"+MENG: "neighbourcell intra","LTE","#,
            "^SMONI: 4G,",
            "^SMONI: 3G,",
            "^SPIC: ",
            "#RFSTS: \"208 01\",",
            "#PCT: ",
            "+CPINC: ",
            "+UPINCNT: ",
            "+RSRP: ",
            "+RSRQ: ",
        ]);
        (head, prop::collection::vec(field(), 0..20))
            .prop_map(|(head, fields)| format!("{head}{}", fields.join(",")).into_bytes())
    }

    /// Something where a number should be.
    fn field() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<i16>().prop_map(|n| n.to_string()),
            any::<i64>().prop_map(|n| n.to_string()),
            (-200_i32..300).prop_map(|n| n.to_string()),
            any::<u64>().prop_map(|n| format!("{n:X}")),
            any::<u16>().prop_map(|n| format!("0x{n:X}")),
            Just("-".to_owned()),
            Just(String::new()),
            r"[ -~]{0,6}",
        ]
    }

    /// Answers of several lines, `%` in place of each number.
    const TABLES: &[&[&str]] = &[
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
        &["+UCGED: 2", "6,4,208,01", "%,%,%,%,%,%,%,%,%,%,%,%,%,%,%"],
        &["+UCGED: 2", "6,208,01", "%,%,%,%,%,%,%,%"],
        &["+UCGED: 2", "3,4,208,01", "%,%,%,%,%,%,%,%"],
        &["+UCGED: 2", "2,208,01", "%,%,%,%,%,%,%"],
        &["%,-%,208,01,%,%,%,%,%,%,%", "%,-%,208,01,%,%,%,%,%,%"],
        &["%,%,-%,%,208,01,%,%,%,%"],
        &["MCC:208, MNC:01, TAC:%, CI:%, DLF:%, PCI:%, RSRP LEV:%, RSRQ LEV:%"],
        &["MCC:208, MNC:01, LAC:%, CI:%, BSIC:%, Arfcn:%, RXLEV:%"],
        &["#MONI: X NR_BAND:% NR_BW:% NR_CH:% NR_PWR:%dbm NR_RSRP:% NR_RSRQ:% NR_PCI:%"],
        &["#MONI: X RSRP:% RSRQ:% TAC:% Id:% EARFCN:% PWR:%dbm pci:%"],
        &[
            "#MONI: RSRP:% RSRQ:% Id:% EARFCN:% PWR:%dbm",
            "#MONI: RSRP:% RSRQ:% Id:% EARFCN:%",
        ],
        &["#RFSTS: \"208 01\",%,%,%,%,%,%,%,%,%,%,%,\"1\",\"X\",%,%"],
        &["#RFSTS: \"208 01\",%,%,%,%,%,%,%,%,%,\"1\",\"X\",%,%"],
        &["^SMONI: 4G,%,%,%,%,FDD,208,01,%,%,%,%,%,%,NOCONN"],
    ];

    fn filled_tables() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let table = prop::sample::select(TABLES.to_vec());
        (table, prop::collection::vec(field(), 24)).prop_map(|(table, fields)| {
            let mut fields = fields.iter().cycle();
            let mut fill = |c: char| match c {
                '%' => fields.next().cloned().unwrap_or_default(),
                c => c.to_string(),
            };
            let mut lines = Vec::new();
            for line in table {
                lines.push(line.chars().map(&mut fill).collect::<String>().into_bytes());
            }
            lines
        })
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_value_out_of_range(
            lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..5)
        ) {
            read_everywhere(&lines);
        }

        #[test]
        fn nearly_right_lines_are_read_without_a_value_out_of_range(
            lines in prop::collection::vec(nearly_right(), 1..6)
        ) {
            read_everywhere(&lines);
        }

        #[test]
        fn tables_are_read_without_a_value_out_of_range(lines in filled_tables()) {
            read_everywhere(&lines);
        }
    }
}
