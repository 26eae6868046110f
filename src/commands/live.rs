//! `--live` and `--expires-within`: which handshakes of a listing are printed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::client::choose;
use crate::client::session::Session;
use crate::command::{Globals, OwnOptions};
use crate::render::relative::instant;
use crate::terminal::streams::Terminal;

/// Returns the time by the service's clock. The sandbox in this process has told it to the nanosecond.
pub fn time(globals: &Globals, session: &Session, terminal: &Terminal) -> Timestamp {
    if globals.sandbox { terminal.screen.now } else { session.now() }
}

/// Removes the handshakes that the options leave out from a page of a listing. `now` is the time by the service's clock.
pub fn retain(page: &mut Map<String, Value>, list: &str, own: &OwnOptions, now: Timestamp) {
    if !own.live && own.expires_within.is_none() {
        return;
    }
    if let Some(Value::Array(handshakes)) = page.get_mut(list) {
        handshakes.retain(|handshake| {
            handshake.as_object().is_some_and(choose::is_live) && expires(handshake, own.expires_within, now)
        });
    }
}

/// Returns whether a handshake expires within this time. A handshake that never expires doesn't.
fn expires(handshake: &Value, within: Option<Duration>, now: Timestamp) -> bool {
    let Some(within) = within else { return true };
    let Some(then) = handshake.get("ExpirationTimestamp").and_then(instant) else { return false };
    // A time too long to calculate with includes every instant.
    SignedDuration::try_from(within).map_or(true, |within| then.duration_since(now) <= within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn live_handshakes_are_kept_until_the_limit_to_the_second() {
        let now = Timestamp::from_second(1_720_000_000).unwrap();
        let at = |state: &str, seconds: i64| json!({"State": state, "ExpirationTimestamp": 1_720_000_000 + seconds});
        let kept = |handshake: Value, live: bool, within: Option<u64>| {
            let own = OwnOptions { live, expires_within: within.map(Duration::from_secs), ..OwnOptions::default() };
            let mut page = Map::from_iter([("Handshakes".to_owned(), json!([handshake]))]);
            retain(&mut page, "Handshakes", &own, now);
            page["Handshakes"].as_array().unwrap().len() == 1
        };
        for state in ["REQUESTED", "OPEN"] {
            assert!(kept(at(state, 60), true, None) && kept(json!({"State": state}), true, None));
            assert!(kept(at(state, 60), false, Some(60)) && !kept(at(state, 61), false, Some(60)));
            assert!(kept(at(state, -5), false, Some(0)), "it is overdue and still live");
            assert!(kept(at(state, 60), false, Some(u64::MAX)));
            assert!(!kept(json!({"State": state}), false, Some(60)));
        }
        for state in ["ACCEPTED", "CANCELED", "DECLINED", "EXPIRED", "NEW"] {
            assert!(!kept(at(state, 60), true, None) && !kept(at(state, 60), false, Some(60)));
            assert!(kept(at(state, 60), false, None));
        }
        assert!(!kept(json!(null), true, None) && !kept(json!({}), false, Some(1)));
    }
}
