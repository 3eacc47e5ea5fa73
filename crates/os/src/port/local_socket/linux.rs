//! Abstract unix sockets: names that no file system has.

use std::io;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixListener as StdListener, UnixStream as StdStream};

use tokio::net::UnixListener;

pub(super) use tokio::net::UnixStream as Stream;

#[derive(Debug)]
pub(super) struct Listener(UnixListener);

impl Listener {
    pub(super) fn bind(name: &str) -> io::Result<Self> {
        let listener = StdListener::bind_addr(&SocketAddr::from_abstract_name(name)?)?;
        listener.set_nonblocking(true)?;
        UnixListener::from_std(listener).map(Self)
    }

    pub(super) async fn accept(&self) -> io::Result<Stream> {
        self.0.accept().await.map(|(stream, _)| stream)
    }
}

pub(super) fn connect(name: &str) -> io::Result<Stream> {
    let address = SocketAddr::from_abstract_name(name)?;
    let stream = StdStream::connect_addr(&address)?;
    stream.set_nonblocking(true)?;
    Stream::from_std(stream)
}
