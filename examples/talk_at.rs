//! Talks AT to the virtual modem through opensim's engine, in memory: no port, no runtime, and no second is waited for.
//!
//! ```sh
//! cargo run --example talk_at                     # a teleworker's house
//! cargo run --example talk_at -- huawei-home      # another family of modem; docs/scenarios.md has the names
//! ```
//!
//! Neither the engine nor the modem reads a clock or opens anything. Whoever stands between them carries the bytes and
//! says what time it is, and can so let the minutes of a network list pass at once.

use std::error::Error;
use std::io::Write as _;
use std::time::Duration;

use opensim::at::Request;
use opensim::at::engine::{Engine, Event};
use opensim::at::result::Reply;
use opensim::at::standard::{Command, Csq, Model, OperatorRead};
use opensim::dialect;
use opensim::sim::{Scenario, VirtualModem};
use opensim::time::Instant;

/// A modem, the host's engine, and the line between them.
struct Bench {
    engine: Engine,
    modem: VirtualModem,
    now: Instant,
}

impl Bench {
    /// Sends one command line and steps from deadline to deadline until it has ended.
    fn ask(&mut self, request: Request) -> Result<Reply, Box<dyn Error>> {
        let asked = self.engine.submit(request);
        loop {
            self.carry();
            while let Some(event) = self.engine.poll_event() {
                if let Event::Done { ticket, outcome } = event
                    && ticket == asked
                {
                    return Ok(outcome?);
                }
            }
            let due = [self.engine.poll_timeout(), self.modem.poll_timeout()];
            self.now = due.into_iter().flatten().min().ok_or("nothing will come")?;
            self.engine.handle_timeout(self.now);
            self.modem.handle_timeout(self.now);
        }
    }

    /// Asks what has a type of its own, and reads the answer.
    fn run<C: Command>(&mut self, command: &C) -> Result<C::Reply, Box<dyn Error>> {
        let reply = self.ask(command.request())?;
        Ok(command.parse(&reply)?)
    }

    /// What both have for each other at this moment.
    fn carry(&mut self) {
        while let Some(line) = self.engine.poll_transmit(self.now) {
            self.modem.handle_input(self.now, &line.bytes);
        }
        while let Some(bytes) = self.modem.poll_transmit(self.now) {
            self.engine.handle_input(self.now, &bytes);
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "home".to_owned());
    let scenario = Scenario::named(&name).ok_or_else(|| {
        let known: Vec<&str> = Scenario::names().collect();
        format!("no scenario {name}; there are {}", known.join(", "))
    })?;
    let mut bench = Bench {
        engine: Engine::new(dialect::engine_config()),
        modem: VirtualModem::new(&scenario),
        now: Instant::ZERO,
    };
    let mut out = std::io::stdout().lock();

    writeln!(out, "model     {}", bench.run(&Model)?)?;
    let operator = bench.run(&OperatorRead)?;
    writeln!(out, "operator  {:?}, {:?}", operator.name, operator.mode)?;
    writeln!(out, "level     {:?}", bench.run(&Csq)?)?;

    // What has no type is asked as it is, and its lines are read as they come.
    let list = Request::new("AT+COPS=?", "+COPS:").within(Duration::from_secs(315));
    for line in bench.ask(list)?.lines {
        writeln!(out, "networks  {}", line.text())?;
    }
    let seconds = bench.now.since_start().as_secs();
    writeln!(out, "the modem's clock shows {seconds} s")?;
    Ok(())
}
