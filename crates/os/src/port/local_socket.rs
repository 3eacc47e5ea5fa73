//! A socket of this computer that stands for a port: what `ModemManager`'s own tests have for one.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// What takes clients, under a name.
#[derive(Debug)]
pub struct LocalListener(system::Listener);

impl LocalListener {
    /// Takes a name, as it is. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When the name is taken or is none.
    pub fn bind(name: &str) -> io::Result<Self> {
        system::Listener::bind(name).map(Self)
    }

    /// The next client. Safe to drop at any time.
    ///
    /// # Errors
    /// What the system says.
    pub async fn accept(&self) -> io::Result<LocalStream> {
        self.0.accept().await.map(LocalStream)
    }
}

/// Connects to a name, taken as it is. Call it inside a tokio runtime.
///
/// # Errors
/// When nobody listens there.
pub fn connect(name: &str) -> io::Result<LocalStream> {
    system::connect(name).map(LocalStream)
}

/// A connection.
#[derive(Debug)]
pub struct LocalStream(system::Stream);

impl AsyncRead for LocalStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for LocalStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
