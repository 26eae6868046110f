//! Finds the words that YAML reads as text even without quotes.
//!
//! The rules are those of the AWS CLI's YAML library: YAML 1.2 with a few forms of 1.1 left in, such as underscores in numbers,
//! `0b101`, dates, `=` and `<<`. Measured on AWS CLI 2.36.

/// Whether YAML reads this word, without quotes, as the same string.
pub fn is_string(word: &str) -> bool {
    match word {
        "" | "~" | "null" | "Null" | "NULL" | "<<" | "=" => false,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => false,
        _ if !word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => true,
        _ => !is_float(word) && !is_integer(word) && !is_timestamp(word),
    }
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

    /// Takes the bytes that belong to a kind, at most `limit` of them, and returns their number.
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

    fn all(words: &str, expected: bool) {
        for word in words.split_whitespace() {
            assert_eq!(is_string(word), expected, "{word}");
        }
    }

    #[test]
    fn words_that_stay_strings() {
        all("_1 0x 0o8 5e inf nan yes no on off y n nULL tRUE 12:30:45 190:20:30 1,000 2024-1-3 None", true);
        all("-- -+ . .. ... -a 1.2.3 1e 1e+ .5e3 +.nan 0b2 0xg 2024-01-31T 2024-01-31T10:00 20240-01-31", true);
        all("h-examplehandshakeid111 arn:aws:x juan@example.com == <<<", true);
        for word in ["2024-01-31 ", "2024-01-31 10:00:00 ", "2024-01-31 10:00:00 UTC", "2024-01-31T10:00:00+5:3"] {
            assert!(is_string(word), "{word}");
        }
    }

    #[test]
    fn words_that_mean_something_else() {
        assert!(!is_string(""));
        all("~ null Null NULL true True TRUE false False FALSE = <<", false);
        all("12 012 08 1_000 1__0 +1 -1 -0 0x1F -0x1F 0o17 0b101 0b_101_ 99999999999999999999", false);
        all("1.5 1. .5 +.5 -.5e+3 1e3 1_0.2_5e1 6.02e23 .inf -.Inf 1e999 .nan .NaN .NAN", false);
        all("-_ +__ ._ 0x_ 0o_ 0b__ -._", false);
        all("2024-01-31 2024-13-45 2024-01-31T10:00:00Z 2024-1-3t1:02:03 2024-01-31T10:00:00.5+05:30", false);
        for word in ["2024-01-31 10:00:00", "2024-01-31 \t10:00:00. -5", "2024-01-31 10:00:00 +05:30"] {
            assert!(!is_string(word), "{word}");
        }
    }
}
