//! What `NetworkManager` has of one interface, for whoever looks and changes nothing.

use super::rules::{DEVICE, NETWORK};
use super::{ROOT, ask, in_use, reach, settings, text};
use crate::bus::{Args, CallFault, Gate, MethodCall, Object, Properties, known, properties, read};
use crate::guard::Leave;

/// A device and the connection that it uses.
#[derive(Debug, Default)]
pub(crate) struct DeviceOverview {
    /// Whether the daemon acts on it.
    pub(crate) managed: bool,
    /// The name of the connection in use.
    pub(crate) connection: Option<String>,
    /// Whether that connection comes up by itself.
    pub(crate) automatic: bool,
    /// The metric of its routes (IPv4), where one is set.
    pub(crate) metric: Option<i64>,
}

/// A connection that leads to a company.
#[derive(Debug)]
pub(crate) struct VpnConnection {
    /// As a person named it.
    pub(crate) name: String,
    /// Its kind: `openvpn`, `wireguard`.
    pub(crate) kind: String,
}

/// What the daemon has of an interface: `None` without a daemon, and in it `None` without such a device.
pub(crate) async fn of(
    interface: Option<&str>,
) -> Result<Option<Option<DeviceOverview>>, CallFault> {
    let Some(gate) = reach().await else {
        return Ok(None);
    };
    let Some(interface) = interface else {
        return Ok(Some(None));
    };
    let Some(device) = named(&gate, interface).await? else {
        return Ok(Some(None));
    };
    let mut overview = DeviceOverview {
        managed: device.flag("Managed").unwrap_or(true),
        ..DeviceOverview::default()
    };
    if let Some(path) = in_use(&gate, &device).await? {
        let profile = known(settings(&gate, &path).await)?.unwrap_or_default();
        let of = |section: &str, name: &str| profile.get(section)?.get(name);
        let automatic = of("connection", "autoconnect");
        overview.connection = text(&profile, "connection", "id");
        overview.automatic = automatic
            .and_then(|v| v.downcast_ref().ok())
            .unwrap_or(true);
        let metric: Option<i64> = of("ipv4", "route-metric").and_then(|v| v.downcast_ref().ok());
        overview.metric = metric.filter(|metric| *metric >= 0);
    }
    Ok(Some(Some(overview)))
}

/// The connections that lead to a company; none without a daemon.
pub(crate) async fn vpns() -> Result<Vec<VpnConnection>, CallFault> {
    let Some(gate) = reach().await else {
        return Ok(Vec::new());
    };
    let list = MethodCall::new(
        super::SETTINGS_ROOT,
        super::SETTINGS,
        "ListConnections",
        Args::None,
    );
    let paths: Vec<Object> = read(&gate, &ask(&gate, &list, &Leave::NONE).await?, &list)?;
    let mut found = Vec::new();
    for path in paths {
        let Some(profile) = known(settings(&gate, &path).await)? else {
            continue;
        };
        let kind = match text(&profile, "connection", "type").as_deref() {
            Some("vpn") => text(&profile, "vpn", "service-type"),
            Some("wireguard") => Some("wireguard".to_owned()),
            _ => None,
        };
        let name = text(&profile, "connection", "id");
        // A service is named by its daemon's name on the bus.
        let kind = kind.and_then(|kind| kind.rsplit('.').next().map(str::to_owned));
        if let (Some(kind), Some(name)) = (kind, name) {
            found.push(VpnConnection { name, kind });
        }
    }
    Ok(found)
}

async fn named(gate: &Gate, interface: &str) -> Result<Option<Properties>, CallFault> {
    let list = MethodCall::new(ROOT, NETWORK, "GetDevices", Args::None);
    let devices: Vec<Object> = read(gate, &ask(gate, &list, &Leave::NONE).await?, &list)?;
    for path in devices {
        let Some(device) = known(properties(gate, &path, DEVICE).await)? else {
            continue;
        };
        let has = |name: &str| device.text(name).as_deref() == Some(interface);
        if has("Interface") || has("IpInterface") {
            return Ok(Some(device));
        }
    }
    Ok(None)
}
