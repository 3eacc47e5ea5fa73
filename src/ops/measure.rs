//! What one or several links carry, against what is needed: the modem's, or any interface's, side by side.

use super::change::usable;
use super::measuring::{Gauge, Measuring, link_row, requirement_row};
use super::{Context, Ended, Error, Step};
use crate::document::Measure;
use crate::domain::verdict::Verdict;
use crate::measure::reach;
use crate::modem::{self, DataFault, DataLink, Modem};

/// Measures each link in turn: side by side they would share what is needed on the way. The first failure is the
/// document's, and the other links are measured all the same.
pub async fn measure(
    context: &Context<'_>,
    links: &[DataLink],
    measuring: &Measuring,
) -> Ended<Measure> {
    let gauge = Gauge::new(measuring);
    let mut body = Measure {
        requirement: Some(requirement_row(&measuring.need)),
        ..Measure::default()
    };
    let mut fault = None;
    for (at, link) in links.iter().enumerate() {
        let interface = link.via.interface();
        context.progress.begin(&gauge.step(interface));
        let shares = u64::try_from(links.len() - at).unwrap_or(1);
        let measured = gauge.measure(link, shares, &context.cancel).await;
        let mut row = link_row(interface, measured.as_ref(), &measuring.need);
        let measured = measured.map_err(|unmeasured| unmeasured.error);
        if !measuring.checks.is_empty() {
            context.progress.begin(&Step::Checking {
                what: interface.to_owned(),
                limit: reach::LONGEST,
            });
        }
        let measured = match gauge.check(link, &context.cancel).await {
            Ok(checks) => {
                row.checks = checks;
                measured
            }
            Err(error) => measured.and(Err(error)),
        };
        if let Ok(server) = gauge.server(link) {
            body.server.get_or_insert_with(|| server.to_string());
        }
        body.links.push(row);
        if let Err(error) = measured {
            let stop = matches!(error, Error::Interrupted);
            fault.get_or_insert(error);
            if stop {
                break;
            }
        }
    }
    if let Some(first) = body.links.first() {
        body.interface = Some(first.interface.clone());
        body.throughput.clone_from(&first.throughput);
        body.voice.clone_from(&first.voice);
        body.verdict = first.verdict;
    }
    Ended { body, fault }
}

/// Whether the modem is on a network, with a SIM that lets it.
///
/// # Errors
/// When it is not: the SIM's fault, or that it is on none.
pub async fn ready_for_data(modem: &mut dyn Modem) -> Result<(), Error> {
    usable(modem.sim(false).await?.state)?;
    if modem.registration().await?.state.is_registered() {
        Ok(())
    } else {
        Err(modem::Error::Data(DataFault::NotRegistered).into())
    }
}

/// Whether something was measured and nothing of it suffices: exit 9 of the contract. What lies within the noise of
/// the need was not shown to fall short.
pub fn falls_short<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> bool {
    let mut below = false;
    for verdict in verdicts {
        match verdict {
            Verdict::Suitable | Verdict::Uncertain => return false,
            Verdict::Unsuitable => below = true,
            Verdict::NotMeasured | Verdict::Unavailable => {}
        }
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_shown_to_fall_short_falls_short() {
        use Verdict::{NotMeasured, Suitable, Unavailable, Uncertain, Unsuitable};
        assert!(falls_short(&[Unsuitable, Unavailable, NotMeasured]));
        assert!(!falls_short(&[Unsuitable, Suitable]));
        assert!(!falls_short(&[Unsuitable, Uncertain]));
        assert!(!falls_short(&[NotMeasured, Unavailable]));
        assert!(!falls_short(&[]));
    }
}
