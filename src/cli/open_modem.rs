//! From `--modem` to a use case and back: open, unlock where a PIN is to be had, run, close.

use tokio_util::sync::CancellationToken;

use super::output::Output;
use super::progress::Spinner;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{interrupt, pin};
use crate::document::{Body, Note};
use crate::domain::codes::Code;
use crate::error::Error;
use crate::link::tap::{TraceCopy, TraceFault};
use crate::modem::Modem;
use crate::modem::connect::{self, Hold, OpenOptions, Spec};
use crate::ops::{self, Context, Finished};
use crate::os::clock::Clock;
use crate::store::{Kept, Store};

/// An open modem and everything a use case needs around it.
pub(super) struct OpenModem<'a> {
    modem: Box<dyn Modem>,
    /// What keeps `ModemManager` off it meanwhile.
    hold: Option<Hold>,
    /// What becomes of the trace that was asked for.
    trace: TraceFault,
    /// What was said, for support.
    copy: TraceCopy,
    output: Output,
    clock: Clock,
    store: Store,
    settings: &'a Settings,
    spinner: Spinner,
    is_virtual: bool,
    cancel: CancellationToken,
}

impl<'a> OpenModem<'a> {
    /// Opens the modem that was named, or the only one there is.
    pub(super) async fn open(settings: &'a Settings, output: &Output) -> Result<Self, Error> {
        Self::open_until(settings, output, interrupt::listen(output)?).await
    }

    /// The same for who listens already to what stops it, and goes on without a modem.
    pub(super) async fn open_until(
        settings: &'a Settings,
        output: &Output,
        cancel: CancellationToken,
    ) -> Result<Self, Error> {
        Self::open_copied(settings, output, cancel, &TraceCopy::default()).await
    }

    /// The same for who wants what was said, also where nothing came of it.
    pub(super) async fn open_copied(
        settings: &'a Settings,
        output: &Output,
        cancel: CancellationToken,
        copy: &TraceCopy,
    ) -> Result<Self, Error> {
        let spec = settings
            .modem
            .as_deref()
            .map_or(Ok(Spec::Automatic), str::parse)
            .map_err(Error::Open)?;
        let is_virtual = matches!(spec, Spec::Sim(_));
        let options = OpenOptions {
            dialect: settings.dialect.clone(),
            trace: settings.trace.clone(),
            copy: Some(copy.clone()),
            direct: settings.direct,
            standing: settings.standing.clone(),
            ..OpenOptions::of(spec)
        };
        let opened = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Error::Ops(ops::Error::Interrupted)),
            opened = connect::open(&options) => opened.inspect_err(|_| keep(&settings.store, "error", copy, None))?,
        };
        Ok(Self {
            modem: opened.modem,
            hold: opened.hold,
            trace: opened.trace,
            copy: copy.clone(),
            output: output.clone(),
            clock: opened.clock.clone(),
            store: settings.store.clone(),
            settings,
            spinner: Spinner::new(output, opened.clock),
            is_virtual,
            cancel,
        })
    }

    /// Whether the modem is a virtual one, which has a server of its own to measure against.
    pub(super) fn is_virtual(&self) -> bool {
        self.is_virtual
    }

    /// Where the person who waits for it can be asked; the line that moves makes way for the question.
    pub(super) fn terminal(&self) -> Terminal {
        self.spinner.finish();
        Terminal::new(self.cancel.clone())
    }

    /// What a use case is given, and the modem.
    pub(super) fn parts(&mut self) -> (&mut dyn Modem, Context<'_>) {
        let context = Context {
            clock: &self.clock,
            store: &self.store,
            profile: &self.settings.profile,
            listener: &self.spinner,
            cancel: self.cancel.clone(),
            reveal: self.settings.reveal,
            limit: self.settings.timeout,
        };
        (&mut *self.modem, context)
    }

    /// Gives the SIM its PIN where it asks for one and one is to be had.
    pub(super) async fn unlock(&mut self) -> Result<(), Error> {
        let (settings, output, terminal) = (self.settings, self.output.clone(), self.terminal());
        let (modem, context) = self.parts();
        let Some(asked) = ops::asks_for_pin(modem, &context).await? else {
            return Ok(());
        };
        if let Some((code, source)) = pin::find(settings, asked, &terminal, &output).await? {
            ops::unlock(modem, &code, source).await?;
        }
        Ok(())
    }

    /// Puts back what opensim set on the port, takes the progress line away, and adds what came of the trace to the
    /// document. A modem that left cannot be asked, and that is known by then.
    pub(super) async fn close<B: Body>(mut self, mut finished: Finished<B>) -> Finished<B> {
        self.spinner.finish();
        if let Err(error) = self.modem.close().await {
            tracing::info!(%error, "the port's settings could not be put back");
        }
        drop(self.modem);
        let command = command_of(&finished);
        // What was shown in full is not kept.
        let document = (!self.settings.reveal).then(|| serde_json::to_string(&finished.document));
        if finished.exit != 0 || ASKED_ABOUT.contains(&command) {
            let document = document.and_then(Result::ok);
            keep(&self.store, command, &self.copy, document);
        }
        if let Some(hold) = self.hold
            && let Err(error) = hold.give_back().await
        {
            tracing::info!(%error, "ModemManager could not be told; it takes the modem back by itself");
        }
        let trace = self.settings.trace.as_ref();
        if let (Some(path), Some(fault)) = (trace, self.trace.fault()) {
            let note = Note::new(Code::TRACE_CUT).with("file", path.display().to_string());
            finished.warn(note.with("detail", fault));
        }
        finished
    }
}

/// Commands whose last run support asks about however it ended.
const ASKED_ABOUT: &[&str] = &["scan", "switch", "recover"];

/// The name of the command that a document is of: `scan` of `opensim.scan/1`.
fn command_of<B: Body>(_: &Finished<B>) -> &'static str {
    let name = B::SCHEMA.split(['.', '/']).nth(1);
    name.unwrap_or_default()
}

/// Keeps what was said and what came of it, for support. That it cannot be kept is no fault of the command's.
fn keep(store: &Store, command: &str, copy: &TraceCopy, document: Option<String>) {
    let kept = Kept {
        command: command.to_owned(),
        trace: Some(copy.text()).filter(|text| !text.is_empty()),
        document,
    };
    if let Err(error) = store.keep(&kept) {
        tracing::info!(%error, "the exchange is not kept for support");
    }
}
