//! What a person sees while they wait: the step, how long it has taken, how long it may take. On standard error, on
//! a terminal only.

use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::output::Output;
use super::screen::Offered;
use super::threads;
use crate::document::Values;
use crate::ops::{Listener, Progress, Step};
use crate::os::clock::Clock;

/// A line that moves, or nothing where nobody watches.
pub(super) struct Spinner {
    output: Output,
    clock: Clock,
    bar: Mutex<Option<ProgressBar>>,
}

impl Spinner {
    /// Shows where standard error is a terminal and nobody asked for quiet.
    pub(super) fn new(output: &Output, clock: Clock) -> Self {
        Self {
            output: output.clone(),
            clock,
            bar: Mutex::new(None),
        }
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        if let Ok(mut bar) = self.bar.lock()
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
    }

    fn sentence(&self, step: &Step) -> String {
        let mut values = Values::new();
        let mut put = |name: &str, value: serde_json::Value| values.insert(name.to_owned(), value);
        let key = match step {
            Step::Reading => "progress-reading_modem",
            Step::Registering {
                carrier, at, of, ..
            } => {
                put("carrier", carrier.clone().into());
                put("position", (*at).into());
                put("count", (*of).into());
                if *of > 1 {
                    "progress-registering"
                } else {
                    "progress-switching"
                }
            }
            Step::Sampling { carrier, at, of } => {
                put("carrier", carrier.clone().into());
                put("sample", (*at).into());
                put("samples", (*of).into());
                "progress-sampling"
            }
            Step::Measuring { what, voice, .. } => {
                put("what", what.clone().into());
                if *voice {
                    "progress-measuring"
                } else {
                    "progress-measuring_throughput"
                }
            }
            Step::Checking { what, .. } => {
                put("what", what.clone().into());
                "progress-checking"
            }
            Step::Verifying { carrier } => {
                put("carrier", carrier.clone().into());
                "progress-verifying"
            }
            Step::Confirming { carrier } => {
                put("carrier", carrier.clone().into());
                "progress-confirming"
            }
            Step::NetworkList { .. } => "progress-networks",
            Step::Survey { .. } => "progress-survey",
            Step::GoingBack { carrier, .. } => {
                put("carrier", carrier.clone().into());
                "progress-going_back"
            }
        };
        self.output.text_with(key, &values)
    }

    /// `12 s`, or `12 s of about 60 s`, counted on the modem's own clock; what sockets do is counted on the wall's.
    fn span(
        &self,
        step: &Step,
    ) -> impl Fn(&ProgressState, &mut dyn std::fmt::Write) + Clone + Send + Sync + 'static {
        let on_the_network = matches!(
            step,
            Step::Measuring { .. } | Step::Checking { .. } | Step::Verifying { .. }
        );
        let clock = if on_the_network {
            Clock::system()
        } else {
            self.clock.clone()
        };
        let (output, limit) = (self.output.clone(), limit(step));
        let begun = clock.now();
        move |_: &ProgressState, line: &mut dyn std::fmt::Write| {
            let elapsed = output.duration((clock.now() - begun).as_secs());
            let mut values = Values::from([("elapsed".to_owned(), elapsed.into())]);
            let key = match limit {
                Some(limit) => {
                    values.insert(
                        "expected".to_owned(),
                        output.duration(limit.as_secs()).into(),
                    );
                    if on_the_network {
                        "progress-elapsed_at_most"
                    } else {
                        "progress-elapsed_of"
                    }
                }
                None => "progress-elapsed",
            };
            let _ = write!(line, "{}", output.text_with(key, &values));
        }
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

impl Listener for Spinner {
    fn on(&self, event: &Progress<'_>) {
        if let Progress::Step(step) = event {
            self.begin(step);
        }
    }
}

impl Spinner {
    fn begin(&self, step: &Step) {
        let text = self.sentence(step);
        tracing::info!("{text}");
        if !self.output.shows_progress() {
            return;
        }
        self.finish();
        let bar = ProgressBar::new_spinner();
        bar.set_draw_target(ProgressDrawTarget::term_like(Box::new(Offered)));
        let ticks = if self.output.is_unicode() {
            "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "
        } else {
            "|/-\\ "
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {span}") {
            bar.set_style(style.tick_chars(ticks).with_key("span", self.span(step)));
        }
        bar.set_message(text);
        // It turns in a thread of its own, or stands still.
        if threads::can_start() {
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.tick();
        }
        if let Ok(mut slot) = self.bar.lock() {
            *slot = Some(bar);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalogue, Lang};

    #[test]
    fn a_call_is_spoken_of_where_one_is_rated_and_nowhere_else() {
        let said = |lang, voice| {
            let output = Output::plain(Catalogue::new(lang), false);
            let step = Step::Measuring {
                what: "Orange".to_owned(),
                voice,
                limit: Duration::ZERO,
            };
            Spinner::new(&output, Clock::system()).sentence(&step)
        };
        assert_eq!(said(Lang::En, true), "Measuring Orange: speed and voice");
        assert_eq!(said(Lang::En, false), "Measuring Orange: speed");
        assert_eq!(
            said(Lang::Fr, true),
            "Mesure sur Orange\u{202f}: débit et voix"
        );
        assert_eq!(said(Lang::Fr, false), "Mesure sur Orange\u{202f}: débit");
    }
}
