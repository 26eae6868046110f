//! Converts the service's raw response to the value that is printed: known members in model order, timestamps as text.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use serde_json::{Map, Number, Value};

use crate::model::{Shape, Structure};
use crate::os::zone;
use crate::text::number;

/// How timestamps are printed (`cli_timestamp_format`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timestamps {
    /// As ISO 8601 text in the local zone.
    Iso8601,
    /// As the number that the service sent: seconds since 1970-01-01T00:00:00Z.
    Wire,
}

/// A response that isn't the documented one.
#[derive(Debug, PartialEq, Eq)]
pub struct Unexpected(pub String);

/// Converts responses to values.
#[derive(Clone, Debug)]
pub struct View {
    /// The zone of timestamps; `None` if they stay numbers.
    zone: Option<TimeZone>,
}

impl View {
    /// Creates a view with this form of timestamps.
    pub fn new(timestamps: Timestamps) -> View {
        View { zone: (timestamps == Timestamps::Iso8601).then(zone::local) }
    }

    /// Returns the printed form of a response.
    ///
    /// Members that the model doesn't know and members that are null are left out, as the AWS CLI does; null elements
    /// of lists stay.
    ///
    /// # Errors
    ///
    /// The body is not a JSON object, or a known member has the wrong type.
    pub fn answer(&self, body: &[u8], structure: &'static Structure) -> Result<Map<String, Value>, Unexpected> {
        match serde_json::from_slice(&number::without_minus_zero(body)) {
            Ok(Value::Object(members)) => view(members, structure, self.zone.as_ref()).map_err(|wrong| {
                Unexpected(format!("{} is not {}", wrong.place.trim_start_matches('/'), wrong.expected))
            }),
            Ok(_) => Err(Unexpected("it is not a JSON object".to_owned())),
            Err(_) if body.is_empty() => Err(Unexpected("it is empty".to_owned())),
            Err(error) => Err(Unexpected(format!("it is not JSON: {error}"))),
        }
    }
}

/// A value of the wrong type. Its path is built while the error is returned, so that a correct response costs no formatting.
struct Wrong {
    place: String,
    expected: &'static str,
}

impl Wrong {
    fn within(self, outer: fmt::Arguments<'_>) -> Wrong {
        Wrong { place: format!("{outer}{}", self.place), ..self }
    }
}

fn view(
    mut members: Map<String, Value>,
    structure: &'static Structure,
    zone: Option<&TimeZone>,
) -> Result<Map<String, Value>, Wrong> {
    let mut seen = Map::with_capacity(members.len().min(structure.members.len()));
    for member in structure.members {
        let found = members.swap_remove_entry(member.name).filter(|(_, value)| !value.is_null());
        let Some((name, value)) = found else { continue };
        let value = typed(value, member.shape, zone).map_err(|wrong| wrong.within(format_args!("/{}", member.name)))?;
        seen.insert(name, value);
    }
    Ok(seen)
}

fn typed(value: Value, shape: &'static Shape, zone: Option<&TimeZone>) -> Result<Value, Wrong> {
    let expected = match (shape, value) {
        (_, Value::Null) => return Ok(Value::Null),
        (Shape::String { .. }, text @ Value::String(_)) => return Ok(text),
        (Shape::Timestamp, Value::Number(number)) => {
            return Ok(match zone.and_then(|zone| iso8601(&number, zone)) {
                Some(text) => Value::String(text),
                None => Value::Number(number),
            });
        }
        (Shape::Structure(structure), Value::Object(members)) => {
            return view(members, structure, zone).map(Value::Object);
        }
        (Shape::List(element), Value::Array(items)) => {
            let items = items.into_iter().enumerate();
            let item =
                |(index, item)| typed(item, element, zone).map_err(|wrong| wrong.within(format_args!("[{index}]")));
            return items.map(item).collect();
        }
        (Shape::Integer { .. }, number @ Value::Number(_)) => return Ok(number),
        (Shape::String { .. }, _) => "a string",
        (Shape::Integer { .. }, _) => "a number",
        (Shape::Timestamp, _) => "a number of seconds",
        (Shape::Structure(_), _) => "an object",
        (Shape::List(_), _) => "a list",
    };
    Err(Wrong { place: String::new(), expected })
}

/// Formats seconds since the epoch as Python's `datetime.isoformat` does: with six digits of fraction or none, and a
/// numeric offset. Returns `None` if the year has more than four digits.
fn iso8601(seconds: &Number, zone: &TimeZone) -> Option<String> {
    let (whole, micros) = match seconds.as_i64() {
        Some(whole) => (whole, 0),
        None => {
            let seconds = seconds.as_f64()?;
            // Python rounds the fraction to microseconds, halves to the even one.
            let micros = (seconds.fract() * 1e6).round_ties_even();
            if seconds.abs() > 1e15 {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "both were bounded just above")]
            (seconds.trunc() as i64, micros as i32)
        }
    };
    // jiff's instants end a day before the year 9999 does. The last day gets the offset of the day before.
    let instant = Timestamp::from_second(whole.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second())).ok()?;
    let offset = zone.to_offset(instant);
    let since_epoch = SignedDuration::new(whole.checked_add(i64::from(offset.seconds()))?, micros.checked_mul(1000)?);
    let local = civil::date(1970, 1, 1).at(0, 0, 0, 0).checked_add(since_epoch).ok()?;
    if local.year() < 1 {
        return None;
    }
    let mut text = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second()
    );
    let micros = local.subsec_nanosecond() / 1000;
    if micros != 0 {
        text.push_str(&format!(".{micros:06}"));
    }
    let sign = if offset.seconds() < 0 { '-' } else { '+' };
    let offset = offset.seconds().unsigned_abs();
    text.push_str(&format!("{sign}{:02}:{:02}", offset / 3600, offset / 60 % 60));
    if !offset.is_multiple_of(60) {
        text.push_str(&format!(":{:02}", offset % 60));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OPERATIONS;
    use serde_json::json;

    fn printed(body: &str) -> String {
        match View::new(Timestamps::Wire).answer(body.as_bytes(), OPERATIONS[0].output) {
            Ok(members) => Value::Object(members).to_string(),
            Err(Unexpected(why)) => why,
        }
    }

    #[test]
    fn known_members_in_model_order() {
        let body = r#"{"X":1,"Handshake":{"State":"OPEN","Id":"h-1","Extra":{},"Arn":null}}"#;
        assert_eq!(printed(body), r#"{"Handshake":{"Id":"h-1","State":"OPEN"}}"#);
        assert_eq!(printed("{}"), "{}");
        assert_eq!(printed(r#"{"Handshake":{"Parties":[null,{}]}}"#), r#"{"Handshake":{"Parties":[null,{}]}}"#);
    }

    #[test]
    fn errors_name_the_wrong_member() {
        assert_eq!(printed(""), "it is empty");
        assert_eq!(printed("[1]"), "it is not a JSON object");
        assert_eq!(printed(r#"{"Handshake":[]}"#), "Handshake is not an object");
        assert_eq!(printed(r#"{"Handshake":{"Parties":[{"Id":5}]}}"#), "Handshake/Parties[0]/Id is not a string");
        assert!(printed("<html>").starts_with("it is not JSON"));
        assert!(printed(&"[".repeat(100_000)).starts_with("it is not JSON"));
    }

    #[test]
    fn instants_are_written_as_python_writes_them() {
        let zone = TimeZone::fixed(jiff::tz::offset(5).saturating_add(jiff::Span::new().minutes(30)));
        let text = |number: Value, zone: &TimeZone| iso8601(number.as_number().unwrap(), zone);
        let utc = |number| text(number, &TimeZone::UTC).unwrap();
        assert_eq!(text(json!(1481656459.257), &zone).unwrap(), "2016-12-14T00:44:19.257000+05:30");
        assert_eq!(utc(json!(1482952459.0)), "2016-12-28T19:14:19+00:00");
        assert_eq!(utc(json!(-86400.25)), "1969-12-30T23:59:59.750000+00:00");
        assert_eq!(utc(json!(1600000000.1234567)), "2020-09-13T12:26:40.123457+00:00");
        assert_eq!(utc(json!(253402300799_i64)), "9999-12-31T23:59:59+00:00");
        assert_eq!(text(json!(253402300800_i64), &TimeZone::UTC), None);
        assert_eq!(text(json!(1e300), &TimeZone::UTC), None);
    }
}
