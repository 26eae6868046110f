//! What a plain (unquoted) YAML word means.
//!
//! One function answers for both directions: a string that would not read back as itself is quoted on output, and a
//! word of an input document gets its type. The rules are those of the AWS CLI's YAML library, which are YAML 1.2
//! with a few forms of 1.1 left in: underscores in numbers, `0b101`, dates, `=` and `<<`. Measured on AWS CLI 2.36.

use serde_json::Number;

/// The meaning of a plain word.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// The empty word, `~`, `null`, `Null` or `NULL`.
    Null,
    /// `true` or `false`, in lower case, upper case or capitalised.
    Bool(bool),
    /// An integer in base 2, 8, 10 or 16; as a float when it exceeds 64 bits.
    Integer(Number),
    /// A number with a fraction or an exponent; may be infinite or not a number (`.inf`, `.nan`, `1e999`).
    Float(f64),
    /// Typed as a number although it has no digits (`-_`, `._`, `0x_`).
    Malformed,
    /// A date, or a date with a time.
    Timestamp,
    /// `<<`, which as a key merges other maps.
    Merge,
    /// `=`, which YAML 1.1 reserved for a default value.
    Value,
    /// Anything else: the word itself.
    String,
}

/// Tells what a plain word means.
pub fn resolve(word: &str) -> Plain {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        "<<" => Plain::Merge,
        "=" => Plain::Value,
        _ if !word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => Plain::String,
        _ if is_float(word) => float(word),
        _ if is_integer(word) => integer(word),
        _ if is_timestamp(word) => Plain::Timestamp,
        _ => Plain::String,
    }
}

/// Tells whether a plain word reads back as the very same string.
pub fn is_string(word: &str) -> bool {
    resolve(word) == Plain::String
}

fn is_float(word: &str) -> bool {
    if matches!(word, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let mut rest = Cursor::new(unsigned(word));
    if rest.eat(b".") {
        if matches!(rest.0, b"inf" | b"Inf" | b"INF") {
            return true;
        }
        // Without an integer part the exponent needs a sign: `.5e3` is a string.
        return rest.digits_or_underscores() > 0 && (rest.is_empty() || rest.exponent(true)) && rest.is_empty();
    }
    if !rest.0.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    rest.digits_or_underscores();
    if rest.eat(b".") {
        rest.digits_or_underscores();
        (rest.is_empty() || rest.exponent(false)) && rest.is_empty()
    } else {
        rest.exponent(false) && rest.is_empty()
    }
}

fn is_integer(word: &str) -> bool {
    let body = unsigned(word).as_bytes();
    let all = |bytes: &[u8], digit: fn(&u8) -> bool| {
        !bytes.is_empty() && bytes.iter().all(|byte| *byte == b'_' || digit(byte))
    };
    all(body, u8::is_ascii_digit)
        || match body {
            [b'0', b'b', digits @ ..] => all(digits, |byte| matches!(byte, b'0' | b'1')),
            [b'0', b'o', digits @ ..] => all(digits, |byte| matches!(byte, b'0'..=b'7')),
            [b'0', b'x', digits @ ..] => all(digits, u8::is_ascii_hexdigit),
            _ => false,
        }
}

/// `2024-01-31`, or a date whose month and day may have one digit, followed by a time and perhaps an offset.
fn is_timestamp(word: &str) -> bool {
    let mut rest = Cursor::new(word);
    let start = rest.0;
    if !(rest.digits(4, 4) && rest.eat(b"-") && rest.digits(1, 2) && rest.eat(b"-") && rest.digits(1, 2)) {
        return false;
    }
    if rest.is_empty() {
        return start.len() == "2024-01-31".len();
    }
    if !(rest.eat(b"Tt") || rest.blanks() > 0) {
        return false;
    }
    if !(rest.digits(1, 2) && rest.eat(b":") && rest.digits(2, 2) && rest.eat(b":") && rest.digits(2, 2)) {
        return false;
    }
    if rest.eat(b".") {
        rest.digits(0, usize::MAX);
    }
    if rest.is_empty() {
        return true;
    }
    rest.blanks();
    let offset = rest.eat(b"Z") || rest.eat(b"+-") && rest.digits(1, 2) && (!rest.eat(b":") || rest.digits(2, 2));
    offset && rest.is_empty()
}

/// The value of a word that [`is_float`] accepts.
fn float(word: &str) -> Plain {
    let text = word.replace('_', "").to_ascii_lowercase();
    match unsigned(&text) {
        ".nan" => Plain::Float(f64::NAN),
        ".inf" if text.starts_with('-') => Plain::Float(f64::NEG_INFINITY),
        ".inf" => Plain::Float(f64::INFINITY),
        _ => text.parse().map_or(Plain::Malformed, Plain::Float),
    }
}

/// The value of a word that [`is_integer`] accepts.
fn integer(word: &str) -> Plain {
    let negative = word.starts_with('-');
    let text = unsigned(word).replace('_', "");
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'b', ..] => (&text[2..], 2),
        [b'0', b'o', ..] => (&text[2..], 8),
        [b'0', b'x', ..] => (&text[2..], 16),
        _ => (text.as_str(), 10),
    };
    if digits.is_empty() {
        return Plain::Malformed;
    }
    match u64::from_str_radix(digits, radix) {
        Ok(magnitude) if !negative => Plain::Integer(magnitude.into()),
        Ok(magnitude) => match 0_i64.checked_sub_unsigned(magnitude) {
            Some(integer) => Plain::Integer(integer.into()),
            None => beyond_64_bits(digits, radix, negative),
        },
        Err(_) => beyond_64_bits(digits, radix, negative),
    }
}

fn beyond_64_bits(digits: &str, radix: u32, negative: bool) -> Plain {
    let magnitude = match radix {
        // The decimal parser rounds once, summing would round at every digit.
        10 => digits.parse().unwrap_or(f64::NAN),
        _ => digits
            .chars()
            .filter_map(|digit| digit.to_digit(radix))
            .fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit)),
    };
    let value = if negative { -magnitude } else { magnitude };
    Number::from_f64(value).map_or(Plain::Float(value), Plain::Integer)
}

fn unsigned(word: &str) -> &str {
    word.strip_prefix(['-', '+']).unwrap_or(word)
}

/// The part of a word that is still to be matched.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes one byte if it is one of `set`.
    fn eat(&mut self, set: &[u8]) -> bool {
        match self.0 {
            [first, rest @ ..] if set.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes as many bytes as belong to a kind, at most `limit`; tells how many.
    fn take(&mut self, limit: usize, belongs: impl Fn(&u8) -> bool) -> usize {
        let count = self.0.iter().take(limit).take_while(|byte| belongs(byte)).count();
        self.0 = &self.0[count..];
        count
    }

    fn digits(&mut self, least: usize, most: usize) -> bool {
        self.take(most, u8::is_ascii_digit) >= least
    }

    fn digits_or_underscores(&mut self) -> usize {
        self.take(usize::MAX, |byte| byte.is_ascii_digit() || *byte == b'_')
    }

    fn blanks(&mut self) -> usize {
        self.take(usize::MAX, |byte| matches!(byte, b' ' | b'\t'))
    }

    fn exponent(&mut self, sign_required: bool) -> bool {
        self.eat(b"eE") && (self.eat(b"+-") || !sign_required) && self.digits(1, usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &str, meaning: impl Fn(&Plain) -> bool) {
        for word in words.split_whitespace() {
            assert!(meaning(&resolve(word)), "{word}: {:?}", resolve(word));
        }
    }

    #[test]
    fn words_that_stay_strings() {
        all("_1 0x 0o8 5e inf nan yes no on off y n nULL tRUE 12:30:45 190:20:30 1,000 2024-1-3 None", |meaning| {
            *meaning == Plain::String
        });
        all("- -- + . .. ... -a 1.2.3 1e 1e+ .5e3 +.nan 0b2 0xg 2024-01-31T 2024-01-31T10:00 20240-01-31", |meaning| {
            *meaning == Plain::String
        });
        all("h-examplehandshakeid111 arn:aws:x juan@example.com == <<<", |meaning| *meaning == Plain::String);
    }

    #[test]
    fn null_and_booleans() {
        assert_eq!(resolve(""), Plain::Null);
        all("~ null Null NULL", |meaning| *meaning == Plain::Null);
        all("true True TRUE", |meaning| *meaning == Plain::Bool(true));
        all("false False FALSE", |meaning| *meaning == Plain::Bool(false));
    }

    #[test]
    fn integers() {
        let is = |word: &str, value: i64| assert_eq!(resolve(word), Plain::Integer(value.into()), "{word}");
        is("12", 12);
        is("012", 12);
        is("08", 8);
        is("1_000", 1000);
        is("1__0", 10);
        is("+1", 1);
        is("-1", -1);
        is("-0", 0);
        is("0x1F", 31);
        is("-0x1F", -31);
        is("0o17", 15);
        is("0b101", 5);
        is("0b_101_", 5);
        is("-9223372036854775808", i64::MIN);
        assert_eq!(resolve("18446744073709551615"), Plain::Integer(u64::MAX.into()));
    }

    #[test]
    fn integers_beyond_64_bits_are_rounded() {
        let rounded = |word: &str, value: f64| {
            assert_eq!(Some(resolve(word)), Number::from_f64(value).map(Plain::Integer), "{word}");
        };
        rounded("18446744073709551616", 18_446_744_073_709_551_616.0);
        rounded("-9223372036854775809", -9_223_372_036_854_775_808.0);
        rounded("0x10000000000000000", 18_446_744_073_709_551_616.0);
        assert_eq!(resolve(&"9".repeat(400)), Plain::Float(f64::INFINITY));
    }

    #[test]
    fn floats() {
        let is = |word: &str, value: f64| assert_eq!(resolve(word), Plain::Float(value), "{word}");
        is("1.5", 1.5);
        is("1.", 1.0);
        is(".5", 0.5);
        is("+.5", 0.5);
        is("-.5e+3", -500.0);
        is("1e3", 1000.0);
        is("1_0.2_5e1", 102.5);
        is("6.02e23", 6.02e23);
        is(".inf", f64::INFINITY);
        is("-.Inf", f64::NEG_INFINITY);
        is("1e999", f64::INFINITY);
        all(".nan .NaN .NAN", |meaning| matches!(meaning, Plain::Float(float) if float.is_nan()));
    }

    #[test]
    fn numbers_without_digits() {
        all("-_ +__ ._ 0x_ 0o_ 0b__ -._", |meaning| *meaning == Plain::Malformed);
    }

    #[test]
    fn dates_and_times() {
        all("2024-01-31 2024-13-45 2024-01-31T10:00:00Z 2024-1-3t1:02:03 2024-01-31T10:00:00.5+05:30", |meaning| {
            *meaning == Plain::Timestamp
        });
        for word in ["2024-01-31 10:00:00", "2024-01-31 \t10:00:00. -5", "2024-01-31 10:00:00 +05:30"] {
            assert_eq!(resolve(word), Plain::Timestamp, "{word}");
        }
        for word in ["2024-01-31 ", "2024-01-31 10:00:00 ", "2024-01-31 10:00:00 UTC", "2024-01-31T10:00:00+5:3"] {
            assert_eq!(resolve(word), Plain::String, "{word}");
        }
    }

    #[test]
    fn reserved_words() {
        assert_eq!(resolve("="), Plain::Value);
        assert_eq!(resolve("<<"), Plain::Merge);
    }
}
