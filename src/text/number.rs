//! Numbers as text.

use std::borrow::Cow;

use serde_json::Number;

/// Writes a number the way the AWS CLI does in every format: integers plainly, floats with the fewest digits that
/// read back as the same number, always with a `.0` or an exponent of at least two digits (`1e+16`, `1e-05`).
///
/// Measured on AWS CLI 2.36.
pub fn to_text(number: &Number) -> String {
    // The digits of the JSON writer are the right ones (fewest, closest, ties to even); only the layout differs.
    let json = number.to_string();
    if number.is_f64() { float_text(&json) } else { json }
}

/// Replaces the integer -0 in JSON by 0: Python reads it as an integer, serde_json as a float. The length stays the same.
pub fn without_minus_zero(json: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(json);
    if !json.windows(2).any(|two| two == b"-0") {
        return out;
    }
    let (mut in_string, mut escaped) = (false, false);
    for (index, byte) in json.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'-' if !in_string => {
                let rest = json[index + 1..].strip_prefix(b"0");
                if rest.is_some_and(|rest| !rest.first().is_some_and(|next| b"0123456789.eE".contains(next))) {
                    out.to_mut()[index] = b' ';
                }
            }
            _ => {}
        }
    }
    out
}

/// Rewrites a float in the AWS CLI's layout: with an exponent from 1e16 up and below 1e-4.
fn float_text(json: &str) -> String {
    let (sign, magnitude) = json.strip_prefix('-').map_or(("", json), |magnitude| ("-", magnitude));
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let written = format!("{whole}{fraction}");
    let digits = written.trim_start_matches('0');
    // The value is 0.DIGITS times ten to the power of `point`.
    let point = exponent.parse().unwrap_or(0) + length(whole) - (length(&written) - length(digits));
    let digits = digits.trim_end_matches('0');

    match usize::try_from(point) {
        _ if digits.is_empty() => format!("{sign}0.0"),
        Ok(point @ 1..=16) if point < digits.len() => format!("{sign}{}.{}", &digits[..point], &digits[point..]),
        Ok(point @ 1..=16) => format!("{sign}{digits:0<point$}.0"),
        _ if (-3..=0).contains(&point) => format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs())),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            let direction = if point > 0 { '+' } else { '-' };
            format!("{sign}{first}{dot}{rest}e{direction}{:02}", (point - 1).unsigned_abs())
        }
    }
}

fn length(text: &str) -> isize {
    isize::try_from(text.len()).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> String {
        to_text(&json.parse().expect("a JSON number"))
    }

    #[test]
    fn integers_are_plain() {
        assert_eq!(text("0"), "0");
        assert_eq!(text("-7"), "-7");
        assert_eq!(text("18446744073709551615"), "18446744073709551615");
    }

    #[test]
    fn floats_keep_their_point() {
        assert_eq!(text("1481656459.257"), "1481656459.257");
        assert_eq!(text("1481656459.0"), "1481656459.0");
        assert_eq!(text("-0.0"), "-0.0");
        assert_eq!(text("0.1"), "0.1");
        assert_eq!(text("100.0"), "100.0");
        assert_eq!(text("12.50"), "12.5");
    }

    #[test]
    fn minus_zero_is_an_integer_only_as_a_whole_number() {
        let changed = |json: &str| String::from_utf8(without_minus_zero(json.as_bytes()).into_owned()).unwrap();
        assert_eq!(
            changed(r#"[-0,-0.0,-0e1,-00,-01,"-0","\"-0",-0 ,-1-0]"#),
            r#"[ 0,-0.0,-0e1,-00,-01,"-0","\"-0", 0 ,-1 0]"#
        );
        assert_eq!(changed("-0"), " 0");
        assert_eq!(changed("--"), "--");
    }

    #[test]
    fn exponents_start_at_1e16_and_below_1e_4() {
        assert_eq!(text("1e15"), "1000000000000000.0");
        assert_eq!(text("1e16"), "1e+16");
        assert_eq!(text("12345678901234567.0"), "1.2345678901234568e+16");
        assert_eq!(text("1.5E300"), "1.5e+300");
        assert_eq!(text("0.0001"), "0.0001");
        assert_eq!(text("0.00001"), "1e-05");
        assert_eq!(text("-2.5e-10"), "-2.5e-10");
        assert_eq!(text("5e-324"), "5e-324");
    }

    #[test]
    fn a_tie_between_shortest_texts_goes_to_the_even_one() {
        assert_eq!(text("98391260058743.125"), "98391260058743.12");
        assert_eq!(text("226320076308197.125"), "226320076308197.12");
    }
}
