//! A call that takes long, and that the daemon goes on with when whoever waited for it gives up.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use zbus::message::Message;

use super::call::MethodCall;
use super::fault::{CallFault, Cause};
use super::gate::Gate;
use crate::guard::Leave;

/// The call that a daemon may still be at; one at a time.
#[derive(Debug, Default)]
pub(crate) struct Pending(Option<JoinHandle<()>>);

impl Pending {
    /// Sends a call and waits for its answer, `within` at most. Dropped, it leaves the call to [`Pending::settle`].
    pub(crate) async fn call(
        &mut self,
        gate: &Gate,
        call: MethodCall,
        leave: Leave,
        within: Duration,
    ) -> Result<Message, CallFault> {
        let gate = gate.clone();
        let dropped = CallFault::new(&call, gate.label(), Cause::Lost);
        let (sender, answer) = oneshot::channel();
        self.0 = Some(tokio::spawn(async move {
            let _ = sender.send(gate.call(&call, &leave, within).await);
        }));
        let answer = answer.await.unwrap_or(Err(dropped));
        self.0 = None;
        answer
    }

    /// Returns when no call is under way any more.
    pub(crate) async fn settle(&mut self) {
        if let Some(task) = self.0.take() {
            let _ = task.await;
        }
    }
}
