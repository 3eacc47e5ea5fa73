//! A recorded conversation as the dialects see it, and their readings as lines that a person can write and check.

use std::borrow::Cow;

use opensim_at::dialect::{Dialect, Query, QueryReply, Scales, fallback_query};
use opensim_at::result::{Final, Line, Reply};
use opensim_at::standard::network_list::{self, NetworkList};
use opensim_domain::Access;
use opensim_domain::Identity;
use opensim_domain::radio::Reading;
use opensim_domain::trace::Exchange;

/// A command and its answer, echo and empty lines taken out.
pub(crate) struct Asked {
    /// As it was sent.
    pub(crate) command: String,
    /// What came back; `OK` where the recording leaves the end out.
    pub(crate) reply: Reply,
}

impl Asked {
    /// Reads one exchange of a trace.
    pub(crate) fn of(exchange: &Exchange) -> Self {
        let command = String::from_utf8_lossy(&exchange.command).into_owned();
        let mut reply = Reply {
            lines: Vec::new(),
            end: Final::Ok,
        };
        for bytes in &exchange.lines {
            let line = Line::new(bytes.trim_ascii());
            if line.bytes().is_empty() || line.text().eq_ignore_ascii_case(&command) {
                continue;
            }
            match Final::of_line(&line) {
                Some(end) => reply.end = end,
                None => reply.lines.push(line),
            }
        }
        Self { command, reply }
    }

    /// Whether this is the answer to that command line, alone or in a chain.
    pub(crate) fn answers(&self, line: &str) -> bool {
        let wanted = line.trim_start_matches("AT").to_ascii_lowercase();
        let asked = self.command.to_ascii_lowercase();
        let asked = asked.strip_prefix("at").unwrap_or(&asked);
        asked == wanted || asked.split(';').any(|part| part == wanted)
    }

    /// Whether it asked for the network list.
    pub(crate) fn is_network_list(&self) -> bool {
        self.answers("AT+COPS=?") || self.answers("AT%COPS=?")
    }

    /// The network list in it.
    pub(crate) fn networks(&self) -> NetworkList {
        network_list::parse(&self.reply.lines)
    }
}

/// What `dialect` reads out of the answers, the latest to each of its queries.
pub(crate) fn reading(
    dialect: &dyn Dialect,
    identity: &Identity,
    scales: &mut Scales,
    asked: &[Asked],
) -> Reading {
    let answers = own_answers(dialect, identity, scales, asked);
    dialect.reading(&answers, identity, scales)
}

/// The same with what is asked beside them, as the backend makes it; what the recording has no answer to was refused.
pub(crate) fn whole_reading(
    dialect: &dyn Dialect,
    identity: &Identity,
    scales: &mut Scales,
    asked: &[Asked],
) -> Reading {
    let mut answers = own_answers(dialect, identity, scales, asked);
    loop {
        let reading = dialect.reading(&answers, identity, scales);
        let Some(query) = fallback_query(&reading, &answers) else {
            return reading;
        };
        let refused = QueryReply {
            line: query.line,
            reply: Reply {
                lines: Vec::new(),
                end: Final::Error,
            },
        };
        answers.push(answer(&query, asked).unwrap_or(refused));
    }
}

fn own_answers(
    dialect: &dyn Dialect,
    identity: &Identity,
    scales: &Scales,
    asked: &[Asked],
) -> Vec<QueryReply> {
    let queries = dialect.reading_queries(identity, scales);
    queries.iter().filter_map(|q| answer(q, asked)).collect()
}

fn answer(query: &Query, asked: &[Asked]) -> Option<QueryReply> {
    let found = asked.iter().rev().find(|a| a.answers(query.line))?;
    Some(QueryReply {
        line: query.line,
        reply: found.reply.clone(),
    })
}

/// A reading in one line; `nothing` where nothing is known.
pub(crate) fn row(reading: &Reading) -> String {
    if *reading == Reading::default() {
        return "nothing".to_owned();
    }
    let cell = &reading.cell;
    let access = match cell.access {
        Some(Access::Gsm) => "gsm",
        Some(Access::Umts) => "umts",
        Some(Access::Lte) => "lte",
        Some(Access::NrNsa) => "nr_nsa",
        Some(Access::Nr) => "nr",
        None => "-",
    };
    let mhz = cell.bandwidth_tenths_mhz.map(|tenths| match tenths % 10 {
        0 => format!("{} MHz", tenths / 10),
        rest => format!("{}.{rest} MHz", tenths / 10),
    });
    let enodeb = cell.enodeb_and_sector();
    let enodeb = enodeb.map_or(String::new(), |(id, sector)| format!(" ({id}/{sector})"));
    format!(
        "{access} {} {} {} {} pci {} cell {}{enodeb} tac {} | rsrp {} rsrq {} sinr {} rssi {} | {}",
        or_dash(cell.plmn),
        or_dash(cell.band),
        or_dash(cell.earfcn),
        or_dash(mhz),
        or_dash(cell.pci),
        or_dash(cell.cell_id),
        or_dash(cell.tac),
        or_dash(reading.rsrp),
        or_dash(reading.rsrq),
        or_dash(reading.sinr),
        or_dash(reading.rssi),
        or_dash(reading.source.as_ref()),
    )
}

/// An identity in one line.
pub(crate) fn who(identity: &Identity) -> String {
    format!(
        "{} / {} / {} / {}",
        or_dash(identity.manufacturer.as_ref()),
        or_dash(identity.model.as_ref()),
        or_dash(identity.revision.as_ref()),
        or_dash(identity.imei.as_ref().map(|imei| imei.reveal().to_owned())),
    )
}

/// A network list in one line: code, access technology, state of each.
pub(crate) fn list(networks: &NetworkList) -> String {
    let number = |n: Option<u8>| or_dash(n);
    let entry = |e: &network_list::ListedNetwork| {
        format!("{}:{}:{}", e.plmn, number(e.act), number(e.stat))
    };
    let mut entries: Vec<Cow<'_, str>> = networks.entries.iter().map(|e| entry(e).into()).collect();
    if networks.truncated {
        entries.push("cut".into());
    }
    if entries.is_empty() {
        entries.push("none".into());
    }
    entries.join(" ")
}

pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |v| v.to_string())
}
