//! A name looked up over the measured link alone: one small query to the given name servers, A and then AAAA, once more
//! over a connection where the answer does not fit a datagram.
//!
//! The system's resolver asks by the usual route, which is another link and would leak; this is no resolver: it
//! follows no delegation and keeps nothing.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::error::MeasureError;
use crate::net::bill::Bill;
use crate::net::bind::{Buffers, Via};
use crate::net::stream::Metered;
use crate::random::Noise;
use opensim_os::clock::Clock;
use opensim_os::net::datagram::receive;

const PORT: u16 = 53;
/// How long one server is waited for, each time.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often each server is asked.
const ROUNDS: usize = 2;
/// No more servers than this are asked.
const SERVERS: usize = 3;
/// The longest answer over UDP without extensions (RFC 1035 clause 4.2.1), and some.
const LONGEST: usize = 1500;
/// The longest that is read over a connection: more addresses than anybody needs.
const LONGEST_STREAM: u16 = 4096;

/// Where a host's system says its name servers are: the plain file, then systemd-resolved's list of the real ones.
const FILES: [&str; 2] = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"];

/// A kind of address (RFC 1035, RFC 3596).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordType {
    A = 1,
    Aaaa = 28,
}

/// What a server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DnsAnswer {
    /// These, or none of that kind.
    Addresses(Vec<IpAddr>),
    /// The name does not exist.
    NoSuchName,
    /// It cannot or will not say, and its code for why (RFC 1035 clause 4.1.1).
    Failed(u8),
    /// It does not fit a datagram.
    CutShort,
}

/// What an answer's code is called.
fn code_name(code: u8) -> String {
    match code {
        1 => "FORMERR".to_owned(),
        2 => "SERVFAIL".to_owned(),
        4 => "NOTIMP".to_owned(),
        5 => "REFUSED".to_owned(),
        code => format!("RCODE {code}"),
    }
}

/// Looks names up over one link.
pub(crate) struct Resolver<'a> {
    pub(crate) via: &'a Via,
    /// The link's own; none: those that the system is configured with.
    pub(crate) servers: &'a [IpAddr],
    pub(crate) clock: &'a Clock,
    pub(crate) bill: &'a Bill,
    /// Of everything on the bill.
    pub(crate) budget: u64,
}

impl Resolver<'_> {
    /// A name's addresses, IPv4 before IPv6. An address stands for itself.
    pub(crate) async fn resolve(&self, name: &str) -> Result<Vec<IpAddr>, MeasureError> {
        if let Ok(address) = name.parse() {
            return Ok(vec![address]);
        }
        if name.eq_ignore_ascii_case("localhost") {
            return Ok(vec![IpAddr::from([127, 0, 0, 1])]);
        }
        let servers = self.reachable_servers();
        if servers.is_empty() {
            return Err(MeasureError::NoNameServer {
                interface: self.via.interface().to_owned(),
                name: name.to_owned(),
            });
        }
        for kind in [RecordType::A, RecordType::Aaaa] {
            let found = self.ask_each(&servers, name, kind).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Err(MeasureError::NoAddress {
            name: name.to_owned(),
        })
    }

    /// A server on this computer is a stub that asks by the usual route: not for an interface's link.
    fn reachable_servers(&self) -> Vec<SocketAddr> {
        let own = *self.via == Via::Loopback;
        let fits = |server: &IpAddr| own || !server.is_loopback();
        let mut servers: Vec<IpAddr> = self.servers.to_vec();
        for file in FILES {
            if !servers.iter().any(fits) {
                servers = configured(Path::new(file));
            }
        }
        servers.retain(fits);
        servers.truncate(SERVERS);
        servers.into_iter().map(|ip| (ip, PORT).into()).collect()
    }

    async fn ask_each(
        &self,
        servers: &[SocketAddr],
        name: &str,
        kind: RecordType,
    ) -> Result<Vec<IpAddr>, MeasureError> {
        let mut last = MeasureError::NameServerSilent {
            name: name.to_owned(),
        };
        for server in servers.iter().cycle().take(servers.len() * ROUNDS) {
            match self.ask(*server, name, kind).await {
                Ok(Some(DnsAnswer::Addresses(found))) => return Ok(found),
                Ok(Some(DnsAnswer::NoSuchName)) => {
                    return Err(MeasureError::UnknownName {
                        name: name.to_owned(),
                    });
                }
                Ok(Some(DnsAnswer::Failed(code))) => {
                    last = MeasureError::NameServerFailed {
                        name: name.to_owned(),
                        answer: code_name(code),
                    };
                }
                Ok(Some(DnsAnswer::CutShort)) => {
                    last = MeasureError::NameCutShort {
                        name: name.to_owned(),
                    };
                }
                Ok(None) => match self.via.silence(*server) {
                    MeasureError::Unreachable { .. } => {}
                    why => last = why,
                },
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// One query; `None` where nothing came in time.
    async fn ask(
        &self,
        server: SocketAddr,
        name: &str,
        kind: RecordType,
    ) -> Result<Option<DnsAnswer>, MeasureError> {
        let unknown = || MeasureError::UnknownName {
            name: name.to_owned(),
        };
        let id = Noise::new().next16();
        let query = question(id, name, kind).ok_or_else(unknown)?;
        let socket = self.via.udp(server)?;
        let headers = self.via.headers(server);
        let asking = headers.datagram(query.len() as u64);
        let longest = headers.datagram(LONGEST as u64);
        let left = || self.bill.left_of(self.budget);
        if left() < asking + longest {
            return Err(self.bill.too_small(self.budget, asking + longest));
        }
        self.bill.add(asking);
        if socket.send(&query).await.is_err() {
            return Ok(None);
        }
        let deadline = self.clock.now() + PATIENCE;
        let mut packet = [0; LONGEST];
        // Strangers' packets are on the bill too.
        while left() >= longest {
            let came = tokio::select! {
                came = receive(&socket, &mut packet) => came,
                () = self.clock.sleep_until(Some(deadline)) => return Ok(None),
            };
            let Ok(came) = came else {
                return Ok(None);
            };
            self.bill.add(headers.datagram(came.whole));
            match read_answer(&packet[..came.kept], &query, kind) {
                Some(DnsAnswer::CutShort) => {
                    return self.ask_by_stream(server, &query, kind).await.map(Some);
                }
                Some(answer) => return Ok(Some(answer)),
                None => {}
            }
        }
        Ok(None)
    }

    /// The same query over a connection (RFC 7766).
    async fn ask_by_stream(
        &self,
        server: SocketAddr,
        query: &[u8],
        kind: RecordType,
    ) -> Result<DnsAnswer, MeasureError> {
        let needed = 2 * u64::from(LONGEST_STREAM);
        let budget = self.bill.left_of(self.budget);
        if budget < needed {
            return Err(self.bill.too_small(self.budget, needed));
        }
        let buffers = Buffers {
            receive: Some(u32::from(LONGEST_STREAM)),
            send: None,
        };
        let exchange = async {
            let how = (buffers, PATIENCE);
            let mut stream = Metered::connect(self.via, server, how, self.clock, self.bill)
                .await
                .ok()?;
            stream.read_limit = 2 + u64::from(LONGEST_STREAM);
            let length = u16::try_from(query.len()).ok()?.to_be_bytes();
            stream.write_all(&[&length, query].concat()).await.ok()?;
            let length = stream.read_u16().await.ok()?;
            let mut answer = vec![0; usize::from(length.min(LONGEST_STREAM))];
            stream.read_exact(&mut answer).await.ok()?;
            read_answer(&answer, query, kind)
        };
        let deadline = self.clock.now() + PATIENCE;
        let answer = tokio::select! {
            answer = exchange => answer,
            () = self.clock.sleep_until(Some(deadline)) => None,
        };
        // Where it does not come either way, that is what there is to say.
        Ok(answer.unwrap_or(DnsAnswer::CutShort))
    }
}

/// The servers that a resolv.conf names.
fn configured(file: &Path) -> Vec<IpAddr> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(name_server).collect()
}

fn name_server(line: &str) -> Option<IpAddr> {
    let mut words = line.split_whitespace();
    (words.next()? == "nameserver")
        .then(|| words.next()?.parse().ok())
        .flatten()
}

/// A query (RFC 1035 clause 4); `None` for what cannot be a name.
pub(crate) fn question(id: u16, name: &str, kind: RecordType) -> Option<Vec<u8>> {
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() || name.len() > 253 {
        return None;
    }
    let mut packet = id.to_be_bytes().to_vec();
    // Recursion desired, one question.
    packet.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.split('.') {
        let length = u8::try_from(label.len())
            .ok()
            .filter(|l| (1..=63).contains(l))?;
        packet.push(length);
        packet.extend(label.bytes());
    }
    packet.extend([0, 0, kind as u8, 0, 1]);
    Some(packet)
}

/// Reads an answer to that query; `None` for what is none: another id, another question, cut off.
pub(crate) fn read_answer(packet: &[u8], query: &[u8], kind: RecordType) -> Option<DnsAnswer> {
    let head = packet.first_chunk::<12>()?;
    let asked = query.get(12..)?;
    let echoed = packet.get(12..query.len())?;
    let is_answer = head[2] & 0x80 != 0;
    if head[..2] != query[..2] || !is_answer || !echoed.eq_ignore_ascii_case(asked) {
        return None;
    }
    match head[3] & 0x0f {
        0 => {}
        3 => return Some(DnsAnswer::NoSuchName),
        code => return Some(DnsAnswer::Failed(code)),
    }
    let is_cut = head[2] & 0x02 != 0;
    let count = u16::from_be_bytes([head[6], head[7]]);
    let mut rest = packet.get(query.len()..)?;
    let mut found = Vec::new();
    for _ in 0..count {
        // A list that is cut off keeps what came before.
        let Some((record, after)) = read_record(rest) else {
            break;
        };
        rest = after;
        match (kind, record) {
            (RecordType::A, (1, data)) => {
                found.extend(<[u8; 4]>::try_from(data).map(IpAddr::from).ok());
            }
            (RecordType::Aaaa, (28, data)) => {
                found.extend(<[u8; 16]>::try_from(data).map(IpAddr::from).ok());
            }
            _ => {}
        }
    }
    // One that fits is as good as all.
    if is_cut && found.is_empty() {
        return Some(DnsAnswer::CutShort);
    }
    Some(DnsAnswer::Addresses(found))
}

/// A record's type and data.
type ResourceRecord<'a> = (u16, &'a [u8]);

/// A record, and what follows it. Whose it is does not matter: the server has followed the aliases.
fn read_record(packet: &[u8]) -> Option<(ResourceRecord<'_>, &[u8])> {
    let mut rest = packet;
    loop {
        let (&length, after) = rest.split_first()?;
        match length {
            0 => {
                rest = after;
                break;
            }
            0xc0.. => {
                rest = after.get(1..)?;
                break;
            }
            1..=63 => rest = after.get(usize::from(length)..)?,
            _ => return None,
        }
    }
    let (fixed, after) = rest.split_first_chunk::<10>()?;
    let kind = u16::from_be_bytes([fixed[0], fixed[1]]);
    let class = u16::from_be_bytes([fixed[2], fixed[3]]);
    let length = usize::from(u16::from_be_bytes([fixed[8], fixed[9]]));
    let (data, after) = after.split_at_checked(length)?;
    let kind = if class == 1 { kind } else { 0 };
    Some(((kind, data), after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn query() -> Vec<u8> {
        question(0x1234, "speed.example.org", RecordType::A).unwrap()
    }

    /// An answer to [`query`] with this code and these records.
    fn answer(code: u8, records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut packet = query();
        packet[2] = 0x81;
        packet[3] = 0x80 | code;
        packet[7] = u8::try_from(records.len()).unwrap();
        for (kind, data) in records {
            packet.extend([0xc0, 12]);
            packet.extend(kind.to_be_bytes());
            packet.extend([0, 1, 0, 0, 0, 60]);
            packet.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
            packet.extend(*data);
        }
        packet
    }

    fn read(packet: &[u8]) -> Option<DnsAnswer> {
        read_answer(packet, &query(), RecordType::A)
    }

    #[test]
    fn a_query_lies_as_the_rfc_draws_it() {
        let expected = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x05speed\x07example\x03org\x00\x00\x01\x00\x01";
        assert_eq!(query(), expected);
        assert_eq!(
            question(0x1234, "speed.example.org.", RecordType::A),
            Some(query())
        );
        for name in ["", ".", "a..b", ".a", &"x".repeat(64), &"a.".repeat(130)] {
            assert_eq!(question(1, name, RecordType::A), None, "{name}");
        }
    }

    #[test]
    fn addresses_are_taken_from_behind_an_alias() {
        let packet = answer(
            0,
            &[
                (5, b"\x03cdn\xc0\x12"),
                (1, &[192, 0, 2, 1]),
                (1, &[192, 0, 2, 2]),
            ],
        );
        let expected = vec![IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2])];
        assert_eq!(read(&packet), Some(DnsAnswer::Addresses(expected.clone())));
        let cut = &packet[..packet.len() - 3];
        assert_eq!(
            read(cut),
            Some(DnsAnswer::Addresses(expected[..1].to_vec()))
        );
        assert_eq!(
            read(&answer(0, &[])),
            Some(DnsAnswer::Addresses(Vec::new()))
        );
    }

    #[test]
    fn a_name_that_does_not_exist_and_a_server_that_will_not_say_are_told_apart() {
        assert_eq!(read(&answer(3, &[])), Some(DnsAnswer::NoSuchName));
        assert_eq!(read(&answer(2, &[])), Some(DnsAnswer::Failed(2)));
        assert_eq!(read(&answer(5, &[])), Some(DnsAnswer::Failed(5)));
        let names = [1, 2, 4, 5, 9].map(code_name);
        assert_eq!(
            names,
            ["FORMERR", "SERVFAIL", "NOTIMP", "REFUSED", "RCODE 9"]
        );
    }

    #[test]
    fn what_does_not_fit_is_told_from_what_is_not_there() {
        let mut cut = answer(0, &[]);
        cut[2] |= 0x02;
        assert_eq!(read(&cut), Some(DnsAnswer::CutShort));
        let mut some = answer(0, &[(1, &[192, 0, 2, 1])]);
        some[2] |= 0x02;
        let expected = vec![IpAddr::from([192, 0, 2, 1])];
        assert_eq!(read(&some), Some(DnsAnswer::Addresses(expected)));
    }

    type Answering = fn(&[u8]) -> Vec<u8>;

    /// A name server on loopback: by datagrams it answers with `short`, over a connection with `long`, where there is one.
    async fn name_server(
        short: impl Fn(&[u8]) -> Vec<u8> + Send + 'static,
        long: Option<Answering>,
    ) -> (SocketAddr, tokio::task::JoinSet<()>) {
        let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(async move {
            let mut packet = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut packet).await {
                socket
                    .send_to(&short(&packet[..length]), from)
                    .await
                    .unwrap();
            }
        });
        if let Some(long) = long {
            let listener = tokio::net::TcpListener::bind(address).await.unwrap();
            tasks.spawn(async move {
                while let Ok((mut stream, _)) = listener.accept().await {
                    let length = stream.read_u16().await.unwrap();
                    let mut query = vec![0; usize::from(length)];
                    stream.read_exact(&mut query).await.unwrap();
                    let answer = long(&query);
                    let length = u16::try_from(answer.len()).unwrap();
                    stream.write_u16(length).await.unwrap();
                    stream.write_all(&answer).await.unwrap();
                }
            });
        }
        (address, tasks)
    }

    /// The query as an answer of this second and third octet of the head.
    fn headed(query: &[u8], second: u8, third: u8) -> Vec<u8> {
        let mut answer = query.to_vec();
        (answer[2], answer[3]) = (second, third);
        answer
    }

    async fn looked_up(server: SocketAddr) -> (Result<Vec<IpAddr>, MeasureError>, u64) {
        let (clock, bill) = (Clock::system(), Bill::default());
        let resolver = Resolver {
            via: &Via::Loopback,
            servers: &[],
            clock: &clock,
            bill: &bill,
            budget: 100_000,
        };
        let found = resolver
            .ask_each(&[server], "speed.example.org", RecordType::A)
            .await;
        (found, bill.total())
    }

    #[tokio::test]
    async fn what_does_not_fit_a_datagram_is_asked_for_over_a_connection() {
        let long = |query: &[u8]| {
            let mut answer = headed(query, 0x81, 0x80);
            answer[7] = 1;
            answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 9]);
            answer
        };
        let cut = |query: &[u8]| headed(query, 0x83, 0x80);
        let (server, _tasks) = name_server(cut, Some(long)).await;
        let (found, cost) = looked_up(server).await;
        assert_eq!(found, Ok(vec![IpAddr::from([192, 0, 2, 9])]));
        // Both ways of asking are on the bill.
        assert!(cost > 2 * 63 + 200, "{cost}");
        let (server, _tasks) = name_server(cut, None).await;
        let code = looked_up(server)
            .await
            .0
            .map_err(|error| error.code().as_str());
        assert_eq!(code, Err("measure.name_cut_short"));
    }

    #[tokio::test]
    async fn each_way_of_not_saying_has_its_own_code() {
        for (third, code) in [
            (0x82, "measure.name_server_failed"),
            (0x85, "measure.name_server_failed"),
            (0x83, "measure.unknown_name"),
        ] {
            let (server, _tasks) = name_server(move |query| headed(query, 0x81, third), None).await;
            let found = looked_up(server)
                .await
                .0
                .map_err(|error| error.code().as_str());
            assert_eq!(found, Err(code));
        }
        // A name without an address of this kind is no error yet.
        let (server, _tasks) = name_server(|query| headed(query, 0x81, 0x80), None).await;
        assert_eq!(looked_up(server).await.0, Ok(Vec::new()));
    }

    #[test]
    fn what_answers_another_question_is_no_answer() {
        let mut other = answer(0, &[(1, &[192, 0, 2, 1])]);
        other[1] ^= 1;
        assert_eq!(read(&other), None);
        let mut other = answer(0, &[(1, &[192, 0, 2, 1])]);
        other[14] = b'X';
        assert_eq!(read(&other), None);
        assert_eq!(read(&query()), None);
    }

    #[test]
    fn resolv_conf_is_read_for_its_servers_alone() {
        let text = "# x\nsearch lan\nnameserver 192.0.2.53\nnameserver fd00::1\nnameserver nonsense\n  nameserver 127.0.0.53 \noptions edns0\n";
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let servers: Vec<String> = configured(file.path())
            .iter()
            .map(IpAddr::to_string)
            .collect();
        assert_eq!(servers, ["192.0.2.53", "fd00::1", "127.0.0.53"]);
        assert!(configured(Path::new("/nonexistent")).is_empty());
    }

    #[tokio::test]
    async fn an_interface_never_asks_a_stub_on_this_computer() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let resolver = |via, servers| Resolver {
            via,
            servers,
            clock: &clock,
            bill: &bill,
            budget: 100_000,
        };
        let stub = [IpAddr::from([127, 0, 0, 53]), IpAddr::from([192, 0, 2, 53])];
        let via = Via::Interface("wwan0".to_owned());
        let servers = resolver(&via, &stub).reachable_servers();
        assert_eq!(servers, [SocketAddr::from(([192, 0, 2, 53], 53))]);
        assert_eq!(resolver(&Via::Loopback, &stub).reachable_servers().len(), 2);
        let found = resolver(&via, &[]).resolve("2001:db8::7").await.unwrap();
        assert_eq!(found, ["2001:db8::7".parse::<IpAddr>().unwrap()]);
        assert_eq!(bill.total(), 0);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(tail in prop::collection::vec(any::<u8>(), 0..80), flip in 0_usize..40) {
            let mut packet = answer(0, &[(1, &[192, 0, 2, 1])]);
            let at = flip % packet.len();
            packet.truncate(packet.len() - at);
            packet.extend(tail);
            let _ = read(&packet);
        }
    }
}
