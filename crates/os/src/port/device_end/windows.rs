//! A COM port, as one end of a null-modem cable or of a pair that a driver makes (`com0com`).

use std::io;
use std::path::Path;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_serial::{SerialPortBuilderExt as _, SerialStream};

use crate::port::com;

/// An open port.
#[derive(Debug)]
pub(super) struct Port(SerialStream);

impl Port {
    /// Opens it. Call it inside a tokio runtime.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let name = path.to_str().and_then(com::name);
        let name = name.ok_or(io::ErrorKind::InvalidInput)?;
        let builder = tokio_serial::new(com::device(&name), 115_200);
        Ok(Self(builder.open_native_async()?))
    }

    pub(super) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer).await {
            Err(error) if com::hung_up(&error) => Ok(0),
            read => read,
        }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes).await
    }
}
