//! A command line on its way: its commands one after the other, those that take their time, its end.

use std::collections::VecDeque;
use std::time::Duration;

use super::VirtualModem;
use crate::line::AtCommand;
use crate::persona::{Answer, End, common};
use crate::quirks::Joined;
use crate::world::{Attempt, Selection};
use opensim_domain::time::Instant;

/// A command line that runs.
pub(super) struct Job {
    commands: VecDeque<AtCommand>,
    lines: Vec<String>,
    pub(super) step: Step,
    /// What of its answer never leaves.
    pub(super) withheld: Withheld,
    /// Echoes that stand before the command of that number.
    pub(super) echoes: VecDeque<(usize, String)>,
    /// How many commands ran.
    ran: usize,
}

/// What of an answer never leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Withheld {
    Nothing,
    /// Its result code.
    Final,
    All,
}

#[derive(Clone, Copy)]
pub(super) enum Step {
    /// Its answer leaves at this time.
    Reply(Instant),
    /// It lists networks.
    NetworkList { since: Instant, until: Instant },
    /// It lists every carrier's cells.
    Survey { since: Instant, until: Instant },
    /// It selects a network; `done` is when its `OK` leaves, once that is known.
    Selection {
        since: Instant,
        done: Option<Instant>,
    },
    /// It never answers.
    Hung,
}

impl VirtualModem {
    pub(super) fn begin(&mut self, commands: VecDeque<AtCommand>, late: Duration) {
        self.job = Some(Job {
            commands,
            lines: Vec::new(),
            step: Step::Reply(self.state.now + self.delays.reply + late),
            withheld: Withheld::Nothing,
            echoes: VecDeque::new(),
            ran: 0,
        });
    }

    /// Runs the commands that are left, up to one that takes its time; then strikes what they set off.
    pub(super) fn run(&mut self) {
        self.run_commands();
        self.strike();
    }

    fn run_commands(&mut self) {
        let Some(mut job) = self.job.take() else {
            return;
        };
        while let Some(command) = job.commands.pop_front() {
            while job.echoes.front().is_some_and(|(at, _)| *at <= job.ran) {
                job.lines
                    .extend(job.echoes.pop_front().map(|(_, echo)| echo));
            }
            job.ran += 1;
            let answer = self.answer(&command);
            job.lines.extend(answer.lines);
            match answer.end {
                End::Ok if self.ends_each() && !job.commands.is_empty() => {
                    let end = self.result(End::Ok).trim().to_owned();
                    job.lines.push(end);
                }
                End::Ok => {}
                End::Selection if self.faults.early_ok => {}
                end @ (End::NetworkList | End::Survey) => {
                    let since = self.state.now;
                    let until = since + self.delays.network_list;
                    job.step = if end == End::Survey {
                        Step::Survey { since, until }
                    } else {
                        Step::NetworkList { since, until }
                    };
                    self.job = Some(job);
                    return;
                }
                End::Selection => {
                    let since = self.state.now;
                    job.step = Step::Selection { since, done: None };
                    self.job = Some(job);
                    return;
                }
                end => {
                    self.finish(&job, end);
                    return;
                }
            }
        }
        self.finish(&job, End::Ok);
    }

    /// Goes on with the line after the command that took its time.
    pub(super) fn go_on_after(&mut self, answer: Answer) {
        let Some(job) = &mut self.job else {
            return;
        };
        job.lines.extend(answer.lines);
        if answer.end == End::Ok {
            self.run();
        } else if let Some(job) = self.job.take() {
            self.finish(&job, answer.end);
        }
    }

    /// Whether each part of a joined line ends with a result code of its own.
    fn ends_each(&self) -> bool {
        self.state.quirks.joined == Joined::OkEach && !self.state.settings.quiet
    }

    fn answer(&mut self, command: &AtCommand) -> Answer {
        if command.name.is_empty() {
            return Answer::error();
        }
        let persona = self.persona;
        if let Some(answer) = self.quirk_answer(command) {
            return answer;
        }
        let answer = persona
            .answer(command, &mut self.state)
            .or_else(|| common::answer(command, persona, &mut self.state))
            .unwrap_or_else(|| Answer::end(End::Unknown));
        self.reshaped(command, answer)
    }

    /// Ends the selection that runs, once the world knows what came of it.
    pub(super) fn watch_selection(&mut self) {
        if matches!(self.state.world.attempt(), Attempt::Denied(_)) {
            self.forbid();
        }
        let Some(Step::Selection { since, done: None }) = self.job.as_ref().map(|j| j.step) else {
            return;
        };
        match self.state.world.attempt() {
            Attempt::UnderWay => {}
            Attempt::Settled => {
                let done = Some(self.state.now + self.faults.late_ok);
                if let Some(job) = &mut self.job {
                    job.step = Step::Selection { since, done };
                }
            }
            // 32: network not allowed, emergency calls only.
            Attempt::Denied(_) => self.go_on_after(Answer::cme(32)),
            // 30: no network service.
            Attempt::NotFound => self.go_on_after(Answer::cme(30)),
        }
    }

    /// The SIM remembers who refused it.
    fn forbid(&mut self) {
        if let Selection::Manual(plmn, _) | Selection::ManualThenAutomatic(plmn, _) =
            self.state.world.selection()
            && !self.state.forbidden.contains(&plmn)
        {
            self.state.forbidden.push(plmn);
        }
    }

    /// Ends the command line: its lines and its result code.
    fn finish(&mut self, job: &Job, end: End) {
        self.job = None;
        if end == End::Restart {
            // `OK` still leaves.
            self.faults.reboot.at = Some(self.state.now + Duration::from_millis(200));
        }
        if job.withheld == Withheld::All {
            return;
        }
        let lines = self.persona.in_order(job.lines.clone());
        let mut bytes = self.information(&lines);
        if !self.state.settings.quiet && job.withheld == Withheld::Nothing {
            bytes.extend_from_slice(self.result(end).as_bytes());
        }
        if !(self.is_mute() && self.faults.silence.loses) {
            self.output.lines(self.state.now, &bytes);
        }
    }
}
