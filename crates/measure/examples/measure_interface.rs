//! Measures one interface against a server and says what it carries.
//!
//! `cargo run -p opensim-measure --example measure_interface -- wwan0 opensim://measure.example:8620`
#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use opensim_measure::throughput::Goodput;
use opensim_measure::{Plan, Server, Via, VoicePlan, measure};
use opensim_os::clock::Clock;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [interface, server] = words.as_slice() else {
        return Err("usage: measure_interface INTERFACE SERVER".into());
    };
    let via = Via::Interface(interface.clone());
    let plan = Plan {
        voice: Some(VoicePlan::default()),
        ..Plan::new(via, Server::parse(server)?, Clock::system())
    };
    let measured = measure(&plan, &CancellationToken::new()).await?;
    println!("verdict     {:?}", measured.verdict(&plan.need));
    println!("round trip  {:.0} ms", measured.round_trip_ms);
    show("down", measured.down.as_ref());
    show("up", measured.up.as_ref());
    if let Some(mos) = measured.voice.and_then(|call| call.mos) {
        let setting = measured.setting;
        let most = if setting.at_best { " at best" } else { "" };
        println!(
            "voice       MOS {mos:.1}{most}, beside {}",
            setting.beside.as_str()
        );
    }
    for missing in &measured.missing {
        println!(
            "missing     {}: {:?}",
            missing.part.as_str(),
            missing.because
        );
    }
    let cost = measured.cost;
    println!("cost        {} bytes in {:.1} s", cost.bytes, cost.seconds);
    Ok(())
}

/// The rate with its bounds, as far as they are known.
fn show(direction: &str, goodput: Option<&Goodput>) {
    let Some(goodput) = goodput else {
        return println!("{direction:<11} not measured");
    };
    let kbit =
        |bps: Option<u64>| bps.map_or_else(|| "?".to_owned(), |bps| (bps / 1000).to_string());
    println!(
        "{direction:<11} {} kbit/s ({} to {}), {} the need",
        kbit(goodput.estimate_bps),
        kbit(goodput.low_bps),
        kbit(goodput.high_bps),
        goodput.verdict.as_str(),
    );
}
