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
    DOCTOR_UNREGISTERED = "doctor.unregistered", Note, [state cause];
    DOCTOR_RADIO_GOOD = "doctor.radio_good", Note, [quality rsrp_dbm sinr_db];
    DOCTOR_RADIO_POOR = "doctor.radio_poor", Note, [quality rsrp_dbm sinr_db];
    DOCTOR_APN = "doctor.apn", Note, [apn];
    DOCTOR_APN_NONE = "doctor.apn_none", Note, [];
    DOCTOR_INTERFACE_UP = "doctor.interface_up", Note, [interface];
    DOCTOR_INTERFACE_NONE = "doctor.interface_none", Note, [];
    DOCTOR_ADDRESS = "doctor.address", Note, [interface address];
}
