//! Whether a service of Windows's runs.

use std::ptr;

use windows_sys::Win32::System::Services::{
    CloseServiceHandle, OpenSCManagerW, OpenServiceW, QueryServiceStatus, SC_HANDLE,
    SC_MANAGER_CONNECT, SERVICE_QUERY_STATUS, SERVICE_RUNNING, SERVICE_STATUS,
};

use crate::registry::wide;

/// Whether a service runs; `None` where there is none of this name, or the system does not tell.
pub(super) fn runs(name: &str) -> Option<bool> {
    let manager = Handle::manager()?;
    let service = manager.service(name)?;
    service.runs()
}

struct Handle(SC_HANDLE);

impl Handle {
    #[expect(unsafe_code, reason = "services have no safe interface")]
    fn manager() -> Option<Self> {
        // SAFETY: this computer's list is asked for, by no name.
        let handle = unsafe { OpenSCManagerW(ptr::null(), ptr::null(), SC_MANAGER_CONNECT) };
        (!handle.is_null()).then_some(Self(handle))
    }

    #[expect(unsafe_code, reason = "services have no safe interface")]
    fn service(&self, name: &str) -> Option<Self> {
        let name = wide(name);
        // SAFETY: the list is open while `self` lives; the name ends with a zero.
        let handle = unsafe { OpenServiceW(self.0, name.as_ptr(), SERVICE_QUERY_STATUS) };
        (!handle.is_null()).then_some(Self(handle))
    }

    #[expect(unsafe_code, reason = "services have no safe interface")]
    fn runs(&self) -> Option<bool> {
        let mut told = SERVICE_STATUS {
            dwServiceType: 0,
            dwCurrentState: 0,
            dwControlsAccepted: 0,
            dwWin32ExitCode: 0,
            dwServiceSpecificExitCode: 0,
            dwCheckPoint: 0,
            dwWaitHint: 0,
        };
        // SAFETY: the service is open while `self` lives; the answer is written to our own variable.
        let known = unsafe { QueryServiceStatus(self.0, &raw mut told) } != 0;
        known.then_some(told.dwCurrentState == SERVICE_RUNNING)
    }
}

impl Drop for Handle {
    #[expect(unsafe_code, reason = "services have no safe interface")]
    fn drop(&mut self) {
        // SAFETY: the handle is this one's own and is not used after.
        unsafe { CloseServiceHandle(self.0) };
    }
}
