//! What the checks of `opensim doctor` find, beside errors and notes that others give too. Each has a sentence; what is not
//! as it should be has advice beside it. A row: the code, and the values that its sentences may use.

use super::Code;

table! { FINDINGS:
    DOCTOR_BLOCKED = "doctor.blocked", Note, [check];
    DOCTOR_UNREAD = "doctor.unread", Note, [];
    DOCTOR_VIRTUAL = "doctor.virtual", Note, [];
    DOCTOR_MODEM_FOUND = "doctor.modem_found", Note, [modem port];
    DOCTOR_PORT_ANSWERS = "doctor.port_answers", Note, [port];
    DOCTOR_PORT_MANAGED = "doctor.port_managed", Note, [port];
    DOCTOR_PERMITTED = "doctor.permitted", Note, [port];
    DOCTOR_SIM_READY = "doctor.sim_ready", Note, [];
    DOCTOR_SIM_PRESENT = "doctor.sim_present", Note, [];
    DOCTOR_PIN_UNASKED = "doctor.pin_unasked", Note, [tries];
    DOCTOR_SELECTION_MANUAL = "doctor.selection_manual", Note, [carrier];
    DOCTOR_SELECTION_NONE = "doctor.selection_none", Note, [];
    DOCTOR_REGISTERED = "doctor.registered", Note, [carrier access state];
    DOCTOR_UNREGISTERED = "doctor.unregistered", Note, [state refusal];
    DOCTOR_RADIO_GOOD = "doctor.radio_good", Note, [quality rsrp_dbm sinr_db];
    DOCTOR_RADIO_POOR = "doctor.radio_poor", Note, [quality rsrp_dbm sinr_db];
    DOCTOR_APN = "doctor.apn", Note, [apn];
    DOCTOR_APN_NONE = "doctor.apn_none", Note, [];
    DOCTOR_INTERFACE_UP = "doctor.interface_up", Note, [interface];
    DOCTOR_INTERFACE_NONE = "doctor.interface_none", Note, [];
    DOCTOR_ADDRESS = "doctor.address", Note, [interface address];
    DOCTOR_BAND = "doctor.band", Note, [band carrier];
    DOCTOR_BAND_ODD = "doctor.band_odd", Note, [band carrier];
    DOCTOR_ROUTE = "doctor.route", Note, [interface usual metric];
    DOCTOR_ROUTE_NONE = "doctor.route_none", Note, [interface];
    DOCTOR_FILTER_OPEN = "doctor.filter_open", Note, [interface];
    DOCTOR_NO_LINE = "doctor.no_line", Note, [];
    DOCTOR_LINE_DOWN = "doctor.line_down", Note, [];
    DOCTOR_NAMES_FOUND = "doctor.names_found", Note, [name interface latency_ms];
    DOCTOR_SPEED = "doctor.speed", Note, [down_bps up_bps];
    DOCTOR_REACHED = "doctor.reached", Note, [target targets finding latency_ms];
    DOCTOR_NOT_REACHED = "doctor.not_reached", Note, [target finding];
    DOCTOR_NONE_NAMED = "doctor.none_named", Note, [kind];
    DOCTOR_CLOCK_RIGHT = "doctor.clock_right", Note, [seconds way];
    DOCTOR_CLOCK_OFF = "doctor.clock_off", Note, [seconds way];
    DOCTOR_CLOCK_KEPT = "doctor.clock_kept", Note, [];
    DOCTOR_CLOCK_LOOSE = "doctor.clock_loose", Note, [];
    DOCTOR_NO_BUS = "doctor.no_bus", Note, [];
    DOCTOR_MM_ABSENT = "doctor.mm_absent", Note, [];
    DOCTOR_MM_PRESENT = "doctor.mm_present", Note, [version n];
    DOCTOR_NM_ABSENT = "doctor.nm_absent", Note, [];
    DOCTOR_NM_NO_DEVICE = "doctor.nm_no_device", Note, [];
    DOCTOR_NM_UNMANAGED = "doctor.nm_unmanaged", Note, [interface];
    DOCTOR_NM_UNCONNECTED = "doctor.nm_unconnected", Note, [interface];
    DOCTOR_NM_BY_HAND = "doctor.nm_by_hand", Note, [connection];
    DOCTOR_NM_CONNECTED = "doctor.nm_connected", Note, [connection metric];
}
