//! What a use case is given in tests: a clock, the SIM's carriers, a state of its own, and a virtual modem behind it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opensim::domain::Profile;
use opensim::link::Driver;
use opensim::link::tap::Tap;
use opensim::modem::at::AtModem;
use opensim::modem::{self, Way};
use opensim::ops::{Context, Silently};
use opensim::os::clock::Clock;
use opensim::sim::{self, Device, VirtualModem};
use opensim::store::Store;
use tokio_util::sync::CancellationToken;

/// A virtual modem that the test goes on looking at.
pub(crate) type Shared = Arc<Mutex<VirtualModem>>;

/// A place to write to that is read afterwards.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    pub(crate) fn text(&self) -> String {
        let bytes = self.0.lock().expect("no test panicked with it");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("no test panicked with it")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A state directory of its own, and what stands on it.
pub(crate) struct Desk {
    pub(crate) clock: Clock,
    pub(crate) profile: Profile,
    pub(crate) store: Store,
    /// The conversation of every session, masked as in a user's trace.
    pub(crate) trace: Written,
    pub(crate) cancel: CancellationToken,
    pub(crate) reveal: bool,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        // In memory where that can be: a journal is on disk before a byte is sent, and a matrix writes thousands.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let folder = folder.expect("a folder for the test");
        Self {
            clock: Clock::system(),
            profile: Profile::default(),
            store: Store::at(folder.path()),
            trace: Written::default(),
            cancel: CancellationToken::new(),
            reveal: true,
            _folder: folder,
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            clock: &self.clock,
            store: &self.store,
            profile: &self.profile,
            listener: &Silently,
            cancel: self.cancel.clone(),
            reveal: self.reveal,
            limit: Duration::from_mins(1),
        }
    }

    /// Plugs a device in and opens it as a modem that speaks AT.
    pub(crate) async fn open(&self, device: impl Device + 'static) -> modem::Result<AtModem> {
        let link = sim::spawn(device, self.clock.clone());
        let link = Tap::new(link, self.clock.clone(), self.trace.clone(), &[]);
        let driver = Driver::spawn(link, self.clock.clone());
        let clock = self.clock.clone();
        AtModem::open(driver, clock, "sim".to_owned(), None, Way::None, None).await
    }
}
