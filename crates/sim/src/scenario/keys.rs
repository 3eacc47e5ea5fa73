//! The keys of a scenario as they stand in its file (docs/scenarios.md says what each means).

use serde::Deserialize;

use crate::quirks::Quirks;
use opensim_domain::{Access, Plmn};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) struct File {
    #[expect(dead_code, reason = "read from the table, before the merge")]
    pub(super) base: Option<String>,
    pub(super) persona: Option<String>,
    pub(super) pace: Option<f64>,
    pub(super) seed: Option<u64>,
    #[serde(default)]
    pub(super) modem: ModemKeys,
    #[serde(default)]
    pub(super) sim: SimKeys,
    #[serde(default)]
    pub(super) start: StartKeys,
    #[serde(default)]
    pub(super) timing: TimingKeys,
    #[serde(default)]
    pub(super) faults: FaultKeys,
    #[serde(default)]
    pub(super) quirks: Quirks,
    #[serde(default)]
    pub(super) carrier: Vec<CarrierKeys>,
    #[serde(default)]
    pub(super) event: Vec<EventKeys>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModemKeys {
    pub(super) manufacturer: Option<String>,
    pub(super) model: Option<String>,
    pub(super) revision: Option<String>,
    pub(super) imei: Option<String>,
    pub(super) sinr: Option<SinrKey>,
    pub(super) cesq: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SinrKey {
    Fifths,
    Decibel,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SimKeys {
    pub(super) state: Option<CardKey>,
    pub(super) iccid: Option<String>,
    pub(super) imsi: Option<String>,
    pub(super) number: Option<String>,
    pub(super) pin: Option<String>,
    pub(super) puk: Option<String>,
    pub(super) pin_tries: Option<u8>,
    pub(super) puk_tries: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CardKey {
    Ready,
    Pin,
    Puk,
    Blocked,
    Absent,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StartKeys {
    pub(super) mode: Option<ModeKey>,
    pub(super) plmn: Option<Plmn>,
    pub(super) registered: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ModeKey {
    Manual,
    Automatic,
    Deregistered,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "a key says its unit")]
pub(super) struct TimingKeys {
    pub(super) reply_ms: Option<u64>,
    pub(super) registration_ms: Option<u64>,
    pub(super) search_ms: Option<u64>,
    pub(super) network_list_ms: Option<u64>,
    pub(super) selection_limit_ms: Option<u64>,
    pub(super) boot_ms: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FaultKeys {
    pub(super) early_ok: Option<bool>,
    pub(super) late_ok_ms: Option<u64>,
    pub(super) stale_registration_ms: Option<u64>,
    pub(super) reboot_at_s: Option<f64>,
    pub(super) reboot_on_select: Option<Plmn>,
    pub(super) unplug_at_s: Option<f64>,
    pub(super) unplug_on_select: Option<Plmn>,
    pub(super) silent_from_s: Option<f64>,
    pub(super) silent_on_select: Option<Plmn>,
    pub(super) silent_for_s: Option<f64>,
    pub(super) silence: Option<SilenceKey>,
    #[serde(default)]
    pub(super) hang_on: Vec<String>,
    #[serde(default)]
    pub(super) late_reply: Vec<LateKeys>,
    pub(super) garbage: Option<bool>,
    pub(super) drop_byte_every: Option<u32>,
    pub(super) split_writes: Option<bool>,
    pub(super) urc_mid_reply: Option<bool>,
    pub(super) echo: Option<SwitchKey>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SilenceKey {
    Late,
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SwitchKey {
    On,
    Off,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LateKeys {
    pub(super) command: String,
    pub(super) ms: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CarrierKeys {
    pub(super) name: String,
    pub(super) short: Option<String>,
    pub(super) plmns: Vec<Plmn>,
    pub(super) availability: Option<AvailabilityKey>,
    pub(super) cause: Option<u16>,
    #[serde(default)]
    pub(super) roaming: bool,
    pub(super) registration_ms: Option<u64>,
    #[serde(default)]
    pub(super) link: LinkKeys,
    #[serde(default)]
    pub(super) cell: Vec<CellKeys>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkKeys {
    pub(super) down_kbit: Option<f64>,
    pub(super) up_kbit: Option<f64>,
    pub(super) delay_ms: Option<f64>,
    pub(super) jitter_ms: Option<f64>,
    pub(super) loss_percent: Option<f64>,
    pub(super) bucket_kb: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AvailabilityKey {
    Ok,
    Denied,
    Absent,
    NeverEnds,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellKeys {
    #[serde(default = "lte")]
    pub(super) access: Access,
    pub(super) band: u16,
    pub(super) earfcn: u32,
    pub(super) pci: u16,
    pub(super) cell_id: u64,
    pub(super) tac: u32,
    pub(super) bandwidth_mhz: f64,
    pub(super) rsrp_dbm: f64,
    pub(super) rsrq_db: f64,
    pub(super) sinr_db: f64,
    #[serde(default = "two")]
    pub(super) fading_db: f64,
}

fn lte() -> Access {
    Access::Lte
}

fn two() -> f64 {
    2.0
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventKeys {
    pub(super) at_s: f64,
    pub(super) plmn: Plmn,
    pub(super) availability: Option<AvailabilityKey>,
    pub(super) cause: Option<u16>,
    pub(super) change_db: Option<f64>,
}
