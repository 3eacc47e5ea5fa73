//! What one or several links carry, against what is needed: the modem's, or any interface's, side by side.

use super::change::usable;
use super::measuring::{MeasureRequest, Measurer, end, link_row, requirement_row};
use super::{Context, Error, Finished, Progress, Row, Step};
use crate::document::Measure;
use crate::domain::verdict::Verdict;
use crate::measure::{Via, reach};
use crate::modem::{self, DataFault, DataLink, DataSession, Modem};

/// Measures interfaces that a person named, with the system's own name servers. No modem is looked for.
pub async fn measure_interfaces(
    context: &Context<'_>,
    names: &[String],
    request: &MeasureRequest,
) -> Finished<Measure> {
    if let Err(error) = request.check(names.len()) {
        return Finished::badly(Measure::default(), error);
    }
    let links: Vec<DataLink> = names.iter().map(|name| link_of(name)).collect();
    measure(context, &links, request).await
}

fn link_of(name: &str) -> DataLink {
    DataLink {
        via: Via::Interface(name.to_owned()),
        name_servers: Vec::new(),
        server: None,
    }
}

/// Measures each link in turn: side by side they would share what is needed on the way. The first failure is the
/// document's, and the other links are measured all the same.
async fn measure(
    context: &Context<'_>,
    links: &[DataLink],
    request: &MeasureRequest,
) -> Finished<Measure> {
    let measurer = Measurer::new(request);
    let mut body = Measure {
        requirement: Some(requirement_row(&request.need)),
        ..Measure::default()
    };
    let mut fault = None;
    for (at, link) in links.iter().enumerate() {
        let interface = link.via.interface();
        context.begin(&measurer.step(interface));
        let shares = u64::try_from(links.len() - at).unwrap_or(1);
        let measured = measurer.measure(link, shares, &context.cancel).await;
        let mut row = link_row(interface, measured.as_ref(), &request.need);
        let measured = measured.map_err(|unmeasured| unmeasured.error);
        if !request.checks.is_empty() {
            context.begin(&Step::Checking {
                what: interface.to_owned(),
                limit: reach::LONGEST,
            });
        }
        let measured = match measurer.check(link, &context.cancel).await {
            Ok(checks) => {
                row.checks = checks;
                measured
            }
            Err(error) => measured.and(Err(error)),
        };
        if let Ok(server) = measurer.server(link) {
            body.server.get_or_insert_with(|| server.to_string());
        }
        context.listener.on(&Progress::Row(Row::Link(&row)));
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
    let verdicts: Vec<Verdict> = body.links.iter().map(|link| link.verdict).collect();
    Finished::of(body, fault).judged(verdicts)
}

/// Measures the modem's link on the carrier in use, whose choice is not touched. A modem without an interface is called
/// over PPP; that call is taken down when the modem is closed.
pub async fn measure_modem(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    request: &MeasureRequest,
) -> Finished<Measure> {
    if let Err(error) = request.check(1) {
        return Finished::badly(Measure::default(), error);
    }
    let link = tokio::select! {
        biased;
        () = context.cancel.cancelled() => Err(Error::Interrupted),
        link = link_in_use(modem, context) => link,
    };
    match link {
        Ok(session) => {
            let links = std::slice::from_ref(session.link());
            let finished = measure(context, links, request).await;
            end(session).await;
            finished
        }
        Err(error) => Finished::badly(Measure::default(), error),
    }
}

/// The way that data takes now. A modem without a SIM or a network has none, whatever its interface says.
pub(super) async fn link_in_use(
    modem: &mut dyn Modem,
    context: &Context<'_>,
) -> Result<DataSession, Error> {
    ready_for_data(modem).await?;
    Ok(modem.data_session(None, context.limit).await?)
}

/// Whether the modem is on a network, with a SIM that lets it.
///
/// # Errors
/// When it is not: the SIM's fault, or that it is on none.
async fn ready_for_data(modem: &mut dyn Modem) -> Result<(), Error> {
    usable(modem.sim(false).await?.state)?;
    if modem.registration().await?.state.is_registered() {
        Ok(())
    } else {
        Err(modem::Error::Data(DataFault::NotRegistered).into())
    }
}
