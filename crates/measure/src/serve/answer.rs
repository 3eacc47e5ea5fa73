//! An answer's head, and answers that are no more than a few words.

use std::fmt::Write as _;
use std::io;

use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Sends the head of a good answer.
pub(super) async fn open<S>(stream: &mut S, fields: &str, kind: &str) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    stream
        .write_all(head_of("200 OK", fields, kind).as_bytes())
        .await
}

/// Sends a good answer.
pub(super) async fn whole<S>(stream: &mut S, kind: &str, body: &str) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    let fields = format!("Content-Length: {}\r\n", body.len());
    let answer = head_of("200 OK", &fields, kind) + body;
    stream.write_all(answer.as_bytes()).await
}

/// A head: its status, further fields with their ends, and the type of what follows.
pub(super) fn head_of(status: &str, fields: &str, kind: &str) -> String {
    let mut head = format!(
        "HTTP/1.1 {status}\r\nServer: opensim/{}\r\n",
        opensim_domain::VERSION
    );
    let _ = write!(
        head,
        "Content-Type: {kind}\r\nCache-Control: no-store\r\n{fields}\r\n"
    );
    head
}
