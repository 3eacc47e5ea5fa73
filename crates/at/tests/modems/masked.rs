//! The mask over every conversation with a modem that we have: those of `testdata/transcripts`, and those of real
//! modems where `OPENSIM_CORPUS` names their folder. A masked answer is read to the same facts as the answer itself.

use std::path::{Path, PathBuf};

use opensim_at::dialect::{DIALECTS, Dialect, QueryReply, Scales, commands};
use opensim_at::result::{Final, Line, Reply};
use opensim_at::standard::registration;
use opensim_at::standard::{Cesq, Command as _, Csq, OperatorRead, RegistrationRead, network_list};
use opensim_domain::Domain;
use opensim_domain::Identity;
use opensim_domain::trace::{self, Exchange};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of transcripts");
    let (folders, mut files): (Vec<_>, Vec<_>) = entries
        .flatten()
        .map(|entry| entry.path())
        .partition(|path| path.is_dir());
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.extend(folders.iter().flat_map(|folder| self::files(folder)));
    files
}

fn reply(lines: &[Vec<u8>]) -> Reply {
    Reply {
        lines: lines.iter().cloned().map(Line::new).collect(),
        end: Final::Ok,
    }
}

/// A name without the numbers that the mask takes out of it; an answer to another question may be taken for one.
fn hidden(name: Option<String>) -> Option<String> {
    name.map(|name| opensim_domain::trace::mask::text(&name).replace('*', "0"))
}

/// All that is read out of an answer, but the numbers that the mask is there for.
fn facts(dialect: &dyn Dialect, command: &[u8], reply: &Reply) -> String {
    let mut scales = Scales::default();
    let upper = command.to_ascii_uppercase();
    let about =
        upper.starts_with(b"ATI") || upper.starts_with(b"AT+CGM") || upper.starts_with(b"AT+GM");
    let said = dialect.identity(if about { &reply.lines } else { &[] });
    let identity = Identity::default();
    let answers: Vec<QueryReply> = dialect
        .reading_queries(&identity, &scales)
        .iter()
        .map(|query| QueryReply {
            line: query.line,
            reply: reply.clone(),
        })
        .collect();
    let urcs: Vec<_> = reply.lines.iter().map(registration::parse_urc).collect();
    let registered = Domain::ALL.map(|domain| RegistrationRead(domain).parse(reply).ok());
    format!(
        "{:?}",
        (
            [said.manufacturer, said.model, said.revision].map(hidden),
            said.imei.is_some(),
            dialect.reading(&answers, &identity, &mut scales),
            dialect.survey_cells(reply),
            dialect.neighbours(reply),
            dialect.pin_tries(reply),
            dialect.iccid(reply).is_some(),
            (network_list::parse(&reply.lines), urcs, registered),
            (
                OperatorRead.parse(reply).ok(),
                Csq.parse(reply).ok(),
                Cesq.parse(reply).ok()
            ),
        )
    )
}

fn check(path: &Path, exchange: &Exchange) {
    let words = commands::words();
    let masked: Vec<Vec<u8>> = exchange
        .lines
        .iter()
        .map(|line| words.line(line, &exchange.command))
        .collect();
    for dialect in DIALECTS {
        assert_eq!(
            facts(*dialect, &exchange.command, &reply(&masked)),
            facts(*dialect, &exchange.command, &reply(&exchange.lines)),
            "{}: {}",
            path.display(),
            String::from_utf8_lossy(&exchange.command)
        );
    }
}

#[test]
fn a_masked_answer_is_read_to_the_same_facts() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
    let corpus = std::env::var_os("OPENSIM_CORPUS").map(PathBuf::from);
    let mut count = 0;
    for folder in [Some(own), corpus].into_iter().flatten() {
        for path in files(&folder) {
            let text = std::fs::read(&path).expect("a transcript");
            let Ok(entries) = trace::parse(&String::from_utf8_lossy(&text)) else {
                continue;
            };
            for exchange in trace::exchanges(&entries) {
                check(&path, &exchange);
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count} exchanges");
}
