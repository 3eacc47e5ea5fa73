//! Every dialect's readers, given any lines as the answer to everything. `tests/fuzz_standin.rs` runs the same on a
//! stable toolchain.

use opensim::at::result::{Final, Line, Reply};
use opensim::dialect::{DIALECTS, Dialect, QueryReply, Scales, detect};
use opensim::domain::Access;
use opensim::domain::Identity;
use opensim::domain::radio::{Band, Reading, Rsrp, Rsrq, Rssi, Sinr};

/// Reads the lines of the bytes in every dialect: twice, as a scale that was learnt is used the second time.
///
/// # Panics
/// When a reader does, and when a value lies outside what physics and the standards allow.
pub(crate) fn dialects(data: &[u8]) {
    let lines: Vec<Line> = data.split(|b| *b == b'\n').map(Line::new).collect();
    let reply = Reply {
        lines,
        end: Final::Ok,
    };
    for dialect in DIALECTS {
        read(*dialect, &reply);
    }
}

fn read(dialect: &dyn Dialect, reply: &Reply) {
    let said = dialect.identity(&reply.lines);
    let _ = detect(None, &said);
    let mut scales = Scales::default();
    for identity in [said, Identity::default()] {
        let queries = dialect.reading_queries(&identity, &scales);
        let answers: Vec<QueryReply> = queries
            .iter()
            .map(|query| QueryReply {
                line: query.line,
                reply: reply.clone(),
            })
            .collect();
        look_at(&dialect.reading(&answers, &identity, &mut scales));
        let _ = dialect.survey(&identity);
    }
    for cell in dialect.survey_cells(reply) {
        assert!(cell.cell.plmn.is_some(), "{cell:?}");
        look_at(&cell);
    }
    dialect.neighbours(reply).iter().for_each(look_at);
    assert!(dialect.pin_tries(reply).is_none_or(|tries| tries <= 15));
    let _ = dialect.iccid(reply);
}

/// Levels and the numbers of a cell within their limits, and no level without what it came from.
fn look_at(reading: &Reading) {
    let within = |tenths: i32, least: i32, most: i32| (least * 10..=most * 10).contains(&tenths);
    let rsrp = reading.rsrp.map(Rsrp::tenths);
    let rsrq = reading.rsrq.map(Rsrq::tenths);
    let sinr = reading.sinr.map(Sinr::tenths);
    let rssi = reading.rssi.map(Rssi::tenths);
    assert!(rsrp.is_none_or(|n| within(n, -157, -29)), "{reading:?}");
    assert!(rsrq.is_none_or(|n| within(n, -43, 20)), "{reading:?}");
    assert!(sinr.is_none_or(|n| within(n, -23, 40)), "{reading:?}");
    assert!(rssi.is_none_or(|n| within(n, -130, -10)), "{reading:?}");
    let leveled = rsrp.or(rsrq).or(sinr).or(rssi).is_some();
    assert!(reading.source.is_some() || !leveled, "{reading:?}");
    let cell = &reading.cell;
    let nr = cell.access == Some(Access::Nr);
    let (pci, id, area) = if nr { (1008, 36, 24) } else { (512, 28, 16) };
    assert!(cell.pci.is_none_or(|n| n < pci), "{reading:?}");
    assert!(cell.cell_id.is_none_or(|n| n < 1 << id), "{reading:?}");
    assert!(cell.tac.is_none_or(|n| n < 1 << area), "{reading:?}");
    assert!(cell.earfcn.is_none_or(|n| n <= 3_279_165), "{reading:?}");
    let width = cell.bandwidth_tenths_mhz;
    assert!(
        width.is_none_or(|n| (14..=4000).contains(&n)),
        "{reading:?}"
    );
    let band = cell.band.map(|band| match band {
        Band::Lte(n) | Band::Nr(n) | Band::Umts(n) => n,
    });
    assert!(band.is_none_or(|n| (1..=512).contains(&n)), "{reading:?}");
}
