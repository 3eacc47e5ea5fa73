//! What answers in place of the server, and whom TLS trusts.

use tokio_util::sync::CancellationToken;

use super::{plan, saying, testdata};
use crate::error::{MeasureError, Stranger};
use crate::measurement::contact;
use crate::measurement::plan::Plan;
use crate::serve::{ServeLimits, ServeSettings, Service};
use opensim_os::clock::Clock;

/// A server with this certificate, or none; its port. It serves until the token is dropped.
async fn serving(certificate: Option<&str>) -> (u16, tokio_util::sync::DropGuard) {
    serving_at([127, 0, 0, 1], certificate).await
}

async fn serving_at(
    address: [u8; 4],
    certificate: Option<&str>,
) -> (u16, tokio_util::sync::DropGuard) {
    let file = |end: &str| certificate.map(|name| testdata(&format!("{name}.{end}")));
    let settings = ServeSettings {
        listen: (address, 0).into(),
        stamp: None,
        tls: file("pem").zip(file("key")),
        limits: ServeLimits::default(),
    };
    let service = Service::listen(&settings, &Clock::system()).await.unwrap();
    let port = service.address().unwrap().port();
    let cancel = CancellationToken::new();
    tokio::spawn(service.serve(cancel.clone()));
    (port, cancel.drop_guard())
}

async fn reached(plan: &Plan) -> Result<(), MeasureError> {
    contact(plan, &CancellationToken::new()).await.map(drop)
}

fn trusting(server: &str, files: &[&str]) -> Plan {
    Plan {
        authorities: files.iter().map(|file| testdata(file)).collect(),
        ..plan(server)
    }
}

#[tokio::test]
async fn a_server_that_signed_for_itself_is_trusted_where_its_own_certificate_was_added_and_nowhere_else()
 {
    let (port, _serving) = serving(Some("own")).await;
    let server = format!("opensim+https://localhost:{port}");
    assert_eq!(reached(&trusting(&server, &["own.pem"])).await, Ok(()));
    let both = trusting(&server, &["authority.pem", "own.pem"]);
    assert_eq!(reached(&both).await, Ok(()));
    let refused = |detail: &str| {
        Err(MeasureError::Certificate {
            server: "localhost".to_owned(),
            detail: detail.to_owned(),
        })
    };
    for others in [&[][..], &["authority.pem"], &["server.pem"]] {
        let told = reached(&trusting(&server, others)).await;
        assert_eq!(told, refused("tls.authority"), "{others:?}");
    }
    // What was added is one name's, and no other's.
    let (port, _serving) = serving_at([127, 0, 0, 2], Some("own")).await;
    let server = format!("opensim+https://127.0.0.2:{port}");
    let told = reached(&trusting(&server, &["own.pem"])).await;
    let refused = MeasureError::Certificate {
        server: "127.0.0.2".to_owned(),
        detail: "tls.other_name".to_owned(),
    };
    assert_eq!(told, Err(refused));
}

#[tokio::test]
async fn a_strangers_certificate_and_another_name_are_told_as_what_they_are() {
    let table = [
        ([127, 0, 0, 1], "localhost", &[][..], "tls.unknown_issuer"),
        (
            [127, 0, 0, 2],
            "127.0.0.2",
            &["authority.pem"],
            "tls.other_name",
        ),
    ];
    for (address, host, files, wanted) in table {
        let (port, _serving) = serving_at(address, Some("server")).await;
        let server = format!("opensim+https://{host}:{port}");
        match reached(&trusting(&server, files)).await {
            Err(MeasureError::Certificate { detail, .. }) => assert_eq!(detail, wanted),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn tls_against_none_and_none_against_tls_are_told_apart() {
    let (plain, _one) = serving(None).await;
    let (secure, _two) = serving(Some("own")).await;
    let mail = saying("220 mail ready\r\n").await;
    let table = [
        (
            format!("opensim+https://127.0.0.1:{plain}"),
            Stranger::NoTls,
        ),
        (format!("opensim://127.0.0.1:{secure}"), Stranger::Tls),
        (format!("opensim://{}", mail.0), Stranger::NoHttp),
    ];
    for (server, wanted) in table {
        match reached(&plan(&server)).await {
            Err(MeasureError::NotTheServer { found, .. }) => assert_eq!(found, wanted, "{server}"),
            other => panic!("{server}: {other:?}"),
        }
    }
}
