//! What a person sees while they wait: the step and how long it has taken, on a line that moves; above it, what is
//! finished. On standard error, on a terminal only.
//!
//! A limit is told as one and never as an estimate: how long a network takes is known to nobody beforehand.

use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use unicode_width::UnicodeWidthStr as _;

use super::output::Output;
use super::screen::{self, Offered};
use super::threads;
use crate::document::{CarrierResult, LinkRow, Values};
use crate::domain::verdict::Verdict;
use crate::ops::{Listener, Progress, Row, Step};
use crate::os::clock::Clock;
use crate::report::word_of;
use crate::time::Instant;

/// A line that moves and lines that stay, or nothing where nobody watches.
pub(super) struct Spinner {
    output: Output,
    clock: Clock,
    under_way: Mutex<UnderWay>,
}

/// What a person waits for now.
#[derive(Default)]
struct UnderWay {
    step: Option<Begun>,
    turn: Option<Turn>,
    /// Whether lines stay above.
    has_lines: bool,
}

/// A step, and since when on its clock.
struct Begun {
    step: Step,
    clock: Clock,
    at: Instant,
}

/// A carrier's turn in a survey.
struct Turn {
    carrier: String,
    at: usize,
    of: usize,
    /// Begins with the turn, and is the wall's: part of it is on the modem's clock, part on the network's.
    clock: Clock,
    /// Whether anything was waited for in it.
    had_steps: bool,
}

impl Listener for Spinner {
    fn on(&self, event: &Progress<'_>) {
        match event {
            Progress::Step(step) => self.begin(step),
            Progress::Turn { carrier, at, of } => self.take_turn(carrier, *at, *of),
            Progress::Row(Row::Carrier(row)) => self.end_turn(Some(row)),
            Progress::Row(Row::Link(row)) => self.end_link(row),
            Progress::Reading(_) | Progress::Note(_) => {}
        }
    }
}

impl Spinner {
    /// Shows where standard error is a terminal and nobody asked for quiet.
    pub(super) fn new(output: &Output, clock: Clock) -> Self {
        Self {
            output: output.clone(),
            clock,
            under_way: Mutex::default(),
        }
    }

    /// Takes the moving line away; what it told of stays above.
    pub(super) fn finish(&self) {
        self.end_step();
        self.end_turn(None);
        let kept = self.under_way.lock().ok();
        if kept.is_some_and(|mut kept| std::mem::take(&mut kept.has_lines)) {
            // What comes now is a matter of its own.
            screen::say(b"\n");
        }
    }

    fn begin(&self, step: &Step) {
        self.end_step();
        if matches!(step, Step::GoingBack { .. }) {
            // The survey was stopped in the middle of one.
            self.end_turn(None);
        }
        let text = self.sentence(step);
        tracing::info!("{text}");
        let clock = self.clock_of(step);
        let begun = Begun {
            step: step.clone(),
            at: clock.now(),
            clock,
        };
        let elapsed = self.elapsed(&begun);
        if let Ok(mut under_way) = self.under_way.lock() {
            under_way.step = Some(begun);
            if let Some(turn) = &mut under_way.turn {
                turn.had_steps = true;
            }
        }
        if !self.output.shows_progress() {
            return;
        }
        if self.output.is_read_out() {
            // Told once, as it begins: nothing moves there.
            self.keep(&text);
        } else {
            self.move_line(text, elapsed);
        }
    }

    fn take_turn(&self, carrier: &str, at: usize, of: usize) {
        self.end_step();
        if let Ok(mut under_way) = self.under_way.lock() {
            under_way.turn = Some(Turn {
                carrier: carrier.to_owned(),
                at,
                of,
                clock: Clock::system(),
                had_steps: false,
            });
        }
    }

    /// The step is over: its line stays, unless the carrier's or the link's own line tells of it.
    fn end_step(&self) {
        screen::set_moving(None);
        let ended = self.under_way.lock().ok().and_then(|mut under_way| {
            let step = under_way.step.take();
            step.filter(|_| under_way.turn.is_none())
        });
        let Some(ended) = ended.filter(|ended| stays(&ended.step)) else {
            return;
        };
        if !self.output.is_read_out() {
            let took = ended.clock.now() - ended.at;
            self.keep_timed(&self.sentence(&ended.step), took);
        }
    }

    /// A carrier's turn is over; without a row it was cut short.
    fn end_turn(&self, row: Option<&CarrierResult>) {
        let ended = self.under_way.lock().ok().and_then(|mut under_way| {
            let turn = under_way.turn.take();
            if turn.is_some() {
                // What was tried in it is told of by its own line.
                under_way.step = None;
            }
            turn
        });
        screen::set_moving(None);
        let Some(turn) = ended.filter(|turn| turn.had_steps) else {
            return;
        };
        let result = match row {
            Some(row) => self.result(row),
            None => self.output.text("progress-cut_short"),
        };
        let values = Values::from([
            ("name".to_owned(), turn.carrier.into()),
            ("position".to_owned(), turn.at.into()),
            ("count".to_owned(), turn.of.into()),
            ("result".to_owned(), result.into()),
        ]);
        let text = self.output.text_with("progress-turn_over", &values);
        self.keep_timed(&text, turn.clock.now().since_start());
    }

    fn end_link(&self, row: &LinkRow) {
        let ended = self
            .under_way
            .lock()
            .ok()
            .and_then(|mut under_way| under_way.step.take());
        screen::set_moving(None);
        let values = Values::from([
            ("name".to_owned(), row.interface.clone().into()),
            ("result".to_owned(), self.verdict(row.verdict).into()),
        ]);
        let text = self.output.text_with("progress-link_over", &values);
        let took = row.cost.map(|cost| Duration::from_secs_f64(cost.seconds));
        let took = took.or_else(|| ended.map(|ended| ended.clock.now() - ended.at));
        self.keep_timed(&text, took.unwrap_or_default());
    }

    /// What came of a carrier, in a word: the verdict where it was measured, else its radio class.
    fn result(&self, row: &CarrierResult) -> String {
        let quality = row.radio.as_ref().and_then(|radio| radio.quality);
        match (row.verdict, quality) {
            (Verdict::NotMeasured, Some(quality)) => {
                let values = Values::from([("quality".to_owned(), word_of(&quality).into())]);
                self.output.text_with("progress-signal", &values)
            }
            (verdict, _) => self.verdict(verdict),
        }
    }

    fn verdict(&self, verdict: Verdict) -> String {
        self.output
            .catalogue()
            .family("verdict", &word_of(&verdict))
    }

    fn keep_timed(&self, text: &str, took: Duration) {
        let took = self.output.duration(took.as_secs());
        let values = Values::from([
            ("what".to_owned(), text.into()),
            ("elapsed".to_owned(), took.into()),
        ]);
        self.keep(&self.output.text_with("progress-over", &values));
    }

    /// A line that stays.
    fn keep(&self, text: &str) {
        if self.output.shows_progress() {
            screen::say(self.output.notice(text).as_bytes());
            if let Ok(mut under_way) = self.under_way.lock() {
                under_way.has_lines = true;
            }
        }
    }

    fn move_line(&self, text: String, elapsed: impl Elapsed) {
        let bar = ProgressBar::new_spinner();
        bar.set_draw_target(ProgressDrawTarget::term_like(Box::new(Offered::default())));
        let ticks = if self.output.is_unicode() {
            "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "
        } else {
            "|/-\\ "
        };
        // Room for the time beside it, or else below it.
        let template = if text.width() + TIMES < self.output.columns() {
            "{spinner} {msg}  {span}"
        } else {
            "{spinner} {msg}\n  {span}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.tick_chars(ticks).with_key("span", elapsed));
        }
        bar.set_message(text);
        screen::set_moving(Some(bar.clone()));
        // It turns in a thread of its own, or stands still.
        if threads::can_start() {
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.tick();
        }
    }

    /// What sockets do is counted on the wall's clock, all else on the modem's own.
    fn clock_of(&self, step: &Step) -> Clock {
        let on_the_network = matches!(
            step,
            Step::Measuring { .. } | Step::Checking { .. } | Step::Verifying { .. }
        );
        if on_the_network {
            Clock::system()
        } else {
            self.clock.clone()
        }
    }

    /// `12 s`, or `12 s of 60 s at most`.
    fn elapsed(&self, begun: &Begun) -> impl Elapsed + use<> {
        let (output, limit) = (self.output.clone(), limit(&begun.step));
        let (clock, at) = (begun.clock.clone(), begun.at);
        move |_: &ProgressState, line: &mut dyn std::fmt::Write| {
            let elapsed = output.duration((clock.now() - at).as_secs());
            let mut values = Values::from([("elapsed".to_owned(), elapsed.into())]);
            let key = match limit {
                Some(limit) => {
                    let most = output.duration(limit.as_secs());
                    values.insert("expected".to_owned(), most.into());
                    "progress-elapsed_at_most"
                }
                None => "progress-elapsed",
            };
            let _ = write!(line, "{}", output.text_with(key, &values));
        }
    }

    /// What is done, with whose turn it is.
    fn sentence(&self, step: &Step) -> String {
        let said = self.doing(step);
        let turn = self.under_way.lock().ok();
        let Some(turn) = turn.as_ref().and_then(|under_way| under_way.turn.as_ref()) else {
            return said;
        };
        let values = Values::from([
            ("position".to_owned(), turn.at.into()),
            ("count".to_owned(), turn.of.into()),
            ("what".to_owned(), said.into()),
        ]);
        self.output.text_with("progress-turn", &values)
    }

    fn doing(&self, step: &Step) -> String {
        let mut values = Values::new();
        let mut put = |name: &str, value: &str| values.insert(name.to_owned(), value.into());
        let key = match step {
            Step::Reading => "progress-reading_modem",
            Step::Registering { carrier, .. } => {
                put("carrier", carrier);
                "progress-switching"
            }
            Step::Sampling { carrier, at, of } => {
                put("carrier", carrier);
                put("sample", &at.to_string());
                put("samples", &of.to_string());
                "progress-sampling"
            }
            Step::Measuring { what, voice, .. } => {
                put("what", what);
                if *voice {
                    "progress-measuring"
                } else {
                    "progress-measuring_throughput"
                }
            }
            Step::Checking { what, .. } => {
                put("what", what);
                "progress-checking"
            }
            Step::Verifying { carrier } => {
                put("carrier", carrier);
                "progress-verifying"
            }
            Step::Confirming { carrier } => {
                put("carrier", carrier);
                "progress-confirming"
            }
            Step::NetworkList { .. } => "progress-networks",
            Step::Survey { .. } => "progress-survey",
            Step::GoingBack { carrier, .. } => {
                put("carrier", carrier);
                "progress-going_back"
            }
        };
        self.output.text_with(key, &values)
    }
}

/// What writes the time into the moving line.
trait Elapsed: Fn(&ProgressState, &mut dyn std::fmt::Write) + Clone + Send + Sync + 'static {}

impl<F> Elapsed for F where
    F: Fn(&ProgressState, &mut dyn std::fmt::Write) + Clone + Send + Sync + 'static
{
}

/// Columns that the time and the limit take beside a sentence.
const TIMES: usize = 32;

/// Whether a person will want to look back at it: it took long, or moved the modem.
fn stays(step: &Step) -> bool {
    match step {
        Step::Registering { .. }
        | Step::NetworkList { .. }
        | Step::Survey { .. }
        | Step::Verifying { .. }
        | Step::GoingBack { .. } => true,
        Step::Reading
        | Step::Sampling { .. }
        | Step::Measuring { .. }
        | Step::Checking { .. }
        | Step::Confirming { .. } => false,
    }
}

fn limit(step: &Step) -> Option<Duration> {
    match step {
        Step::Registering { limit, .. }
        | Step::NetworkList { limit }
        | Step::Survey { limit }
        | Step::Measuring { limit, .. }
        | Step::Checking { limit, .. }
        | Step::GoingBack { limit, .. } => Some(*limit),
        Step::Reading
        | Step::Sampling { .. }
        | Step::Verifying { .. }
        | Step::Confirming { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalogue, Lang};

    fn spinner(lang: Lang) -> Spinner {
        let output = Output::plain(Catalogue::new(lang), false);
        Spinner::new(&output, Clock::system())
    }

    #[test]
    fn a_call_is_spoken_of_where_one_is_rated_and_nowhere_else() {
        let said = |lang, voice| {
            let step = Step::Measuring {
                what: "Orange".to_owned(),
                voice,
                limit: Duration::ZERO,
            };
            spinner(lang).sentence(&step)
        };
        assert_eq!(said(Lang::En, true), "Measuring Orange: speed and voice");
        assert_eq!(said(Lang::En, false), "Measuring Orange: speed");
        assert_eq!(
            said(Lang::Fr, true),
            "Mesure sur Orange\u{202f}: débit et voix"
        );
        assert_eq!(said(Lang::Fr, false), "Mesure sur Orange\u{202f}: débit");
    }

    #[test]
    fn whose_turn_it_is_stands_before_each_of_its_steps_and_goes_with_it() {
        let spinner = spinner(Lang::En);
        let joining = Step::Registering {
            carrier: "SFR".to_owned(),
            limit: Duration::ZERO,
        };
        let alone = spinner.sentence(&joining);
        let turn = Progress::Turn {
            carrier: "SFR",
            at: 2,
            of: 3,
        };
        spinner.on(&turn);
        let said = spinner.sentence(&joining);
        assert!(
            said.starts_with("2 of 3") && said.ends_with(&alone),
            "{said}"
        );
        spinner.finish();
        assert_eq!(spinner.sentence(&joining), alone);
    }
}
