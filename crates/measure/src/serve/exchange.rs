//! One client's requests, one after the other.

use std::io;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::ClientSession;
use super::answer::{head_of, open, whole};
use super::body::{give, take};
use super::event::{ServeEvent, ServedWhat};
use super::paced::{Acknowledging, give_paced};
use super::request::{HttpStatus, RequestHead, Resource, parse};
use crate::servers::pace;
use opensim_domain::time::Instant;

/// Of a client that was refused no more is taken, and for no longer, before it is closed: what came after would make
/// the kernel take the refusal back.
const LAST_BYTES: u64 = 256 * 1024;
const LAST: Duration = Duration::from_secs(2);

/// When who found no place may come again.
const AGAIN: &str = "Retry-After: 10\r\n";

/// Answers requests until the client has no more, or says what is none.
pub(super) async fn converse<S>(session: &ClientSession, mut stream: S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Acknowledging + Unpin,
{
    let mut bytes = Vec::new();
    loop {
        let Some(head) = next_head(session, &mut stream, &mut bytes).await? else {
            return Ok(());
        };
        bytes.drain(..head.size);
        if let Resource::Refused(status) = head.asked {
            return refuse(session, &mut stream, status).await;
        }
        if !session.slot.is_placed().await {
            return refuse(session, &mut stream, HttpStatus::Full).await;
        }
        if head.expects && bytes.is_empty() {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
            stream.flush().await?;
        }
        let (begun, before) = (session.clock.now(), session.slot.carried());
        let answered = answer(session, &mut stream, &mut bytes, &head.asked).await;
        // Who measures breaks off as soon as it knows.
        session.told.of(ServeEvent::Answered {
            client: session.slot.number(),
            what: what(&head.asked),
            bytes: session.slot.carried() - before,
            took: session.clock.now() - begun,
        });
        answered?;
        stream.flush().await?;
        session.slot.is_answered();
        if head.close || session.leaving.is_cancelled() {
            return stream.shutdown().await;
        }
    }
}

fn what(asked: &Resource) -> ServedWhat {
    match asked {
        Resource::Down(_) | Resource::Paced(..) => ServedWhat::Down,
        Resource::Up { .. } => ServedWhat::Up,
        _ => ServedWhat::Word,
    }
}

async fn answer<S>(
    session: &ClientSession,
    stream: &mut S,
    bytes: &mut Vec<u8>,
    asked: &Resource,
) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Acknowledging + Unpin,
{
    match *asked {
        // What counts no acknowledgements paces nothing, and does not say that it does.
        Resource::Paced(length, terms) if stream.acknowledged().is_some() => {
            let fields = format!("Content-Length: {length}\r\n{}: 1\r\n", pace::FIELD);
            open(stream, &fields, "application/octet-stream").await?;
            stream.flush().await?;
            give_paced(session, stream, bytes, length, &terms).await
        }
        Resource::Down(length) | Resource::Paced(length, _) => {
            let fields = format!("Content-Length: {length}\r\n");
            open(stream, &fields, "application/octet-stream").await?;
            give(session, stream, length).await
        }
        Resource::Up { length, report } => take(session, stream, bytes, length, report).await,
        Resource::Address => {
            let address = json!({ "address": session.from.ip().to_canonical() });
            whole(stream, "application/json", &address.to_string()).await
        }
        Resource::Greeting => {
            let text = format!("opensim {} measurement server\n", opensim_domain::VERSION);
            whole(stream, "text/plain", &text).await
        }
        Resource::Refused(status) => refuse(session, stream, status).await,
    }
}

/// Reads a head; `None` where the client is done, or took too long, or no request is answered any more.
async fn next_head<S>(
    session: &ClientSession,
    stream: &mut S,
    bytes: &mut Vec<u8>,
) -> io::Result<Option<RequestHead>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let deadline = session.clock.now() + session.limits.head;
    let mut part = [0; 2048];
    loop {
        if let Some(head) = parse(bytes, session.limits.body_bytes) {
            return Ok(Some(head));
        }
        let length = tokio::select! {
            // A head that comes in the moment when the server ends is a new request, whichever of the two is seen first.
            biased;
            () = session.leaving.cancelled() => return Ok(None),
            () = session.clock.sleep_until(Some(deadline)) => return Ok(None),
            length = stream.read(&mut part) => length?,
        };
        if length == 0 {
            return Ok(None);
        }
        bytes.extend(&part[..length]);
    }
}

fn refusal(line: &str, again: &str) -> String {
    let length = line.len() + 1;
    let fields = format!("Content-Length: {length}\r\nConnection: close\r\n{again}");
    format!("{}{line}\n", head_of(line, &fields, "text/plain"))
}

/// Says to one that has to go why, as far as that takes no time.
pub(super) async fn tell_full<S>(stream: &mut S)
where
    S: AsyncWrite + Unpin,
{
    let answer = refusal(HttpStatus::Full.line(), AGAIN);
    let told = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await
    };
    tokio::select! {
        biased;
        _ = told => {}
        () = std::future::ready(()) => {}
    }
}

/// Says what is not to be had, and why, and closes.
async fn refuse<S>(session: &ClientSession, stream: &mut S, status: HttpStatus) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let line = status.line();
    session.told.of(ServeEvent::Refused {
        client: session.slot.number(),
        status: status.number(),
    });
    let again = match status {
        HttpStatus::Full => AGAIN,
        HttpStatus::BadRequest | HttpStatus::HeadTooLarge => {
            session.slot.report_malformed();
            ""
        }
        _ => "",
    };
    stream.write_all(refusal(line, again).as_bytes()).await?;
    stream.shutdown().await?;
    let end = session.clock.now() + LAST;
    drain_client(session, stream, end).await
}

/// Takes what a client still says and does not look at it, until it has read why it is refused.
async fn drain_client<S>(session: &ClientSession, stream: &mut S, end: Instant) -> io::Result<()>
where
    S: AsyncRead + Unpin,
{
    let mut part = [0; 2048];
    let mut taken = 0;
    while taken < LAST_BYTES {
        let length = tokio::select! {
            biased;
            () = session.leaving.cancelled() => return Ok(()),
            () = session.clock.sleep_until(Some(end)) => return Ok(()),
            length = stream.read(&mut part) => length?,
        };
        if length == 0 {
            return Ok(());
        }
        taken += length as u64;
    }
    Ok(())
}
