//! Splits an expression into tokens.

use serde_json::Value;

use super::error::QueryError;
use super::tree::Comparator;
use crate::text::number;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Identifier(String),
    QuotedIdentifier(String),
    Literal(Value),
    Number(i64),
    Comparator(Comparator),
    Dot,
    Star,
    /// `[`
    LeftBracket,
    RightBracket,
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
    LeftParenthesis,
    RightParenthesis,
    LeftBrace,
    RightBrace,
    Comma,
    Colon,
    /// `@`
    Current,
    Pipe,
    Or,
    And,
    Not,
    /// `&`
    Ampersand,
    End,
}

/// A token and its position, as byte offsets.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

/// Splits an expression into its tokens; the last one is [`Token::End`].
pub(super) fn tokenize(expression: &str) -> Result<Vec<Lexeme>, QueryError> {
    let mut lexer = Lexer { expression, position: 0 };
    let mut lexemes = Vec::new();
    loop {
        lexer.skip_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        let start = lexer.position;
        let token = lexer.token()?;
        let is_end = token == Token::End;
        lexemes.push(Lexeme { token, start, end: lexer.position });
        if is_end {
            return Ok(lexemes);
        }
    }
}

struct Lexer<'e> {
    expression: &'e str,
    position: usize,
}

impl<'e> Lexer<'e> {
    fn rest(&self) -> &'e str {
        self.expression.get(self.position..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.position += next.len_utf8();
        Some(next)
    }

    fn next_is(&mut self, expected: char) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.position += expected.len_utf8();
        }
        found
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.position += rest.find(|c| !wanted(c)).unwrap_or(rest.len());
    }

    fn error(&self, problem: &str, offset: usize) -> QueryError {
        QueryError::in_expression(problem, self.expression, offset)
    }

    fn token(&mut self) -> Result<Token, QueryError> {
        let start = self.position;
        let Some(first) = self.next() else { return Ok(Token::End) };
        let token = match first {
            '.' => Token::Dot,
            '*' => Token::Star,
            ']' => Token::RightBracket,
            '(' => Token::LeftParenthesis,
            ')' => Token::RightParenthesis,
            '{' => Token::LeftBrace,
            '}' => Token::RightBrace,
            ',' => Token::Comma,
            ':' => Token::Colon,
            '@' => Token::Current,
            '[' if self.next_is(']') => Token::Flatten,
            '[' if self.next_is('?') => Token::Filter,
            '[' => Token::LeftBracket,
            '|' if self.next_is('|') => Token::Or,
            '|' => Token::Pipe,
            '&' if self.next_is('&') => Token::And,
            '&' => Token::Ampersand,
            '!' if self.next_is('=') => Token::Comparator(Comparator::NotEqual),
            '!' => Token::Not,
            '<' if self.next_is('=') => Token::Comparator(Comparator::LessOrEqual),
            '<' => Token::Comparator(Comparator::Less),
            '>' if self.next_is('=') => Token::Comparator(Comparator::GreaterOrEqual),
            '>' => Token::Comparator(Comparator::Greater),
            '=' if self.next_is('=') => Token::Comparator(Comparator::Equal),
            '=' => return Err(self.error("'=' is not an operator; '==' compares", start)),
            'a'..='z' | 'A'..='Z' | '_' => {
                self.skip_while(|c| c.is_ascii_alphanumeric() || c == '_');
                Token::Identifier(self.since(start).to_owned())
            }
            '0'..='9' | '-' => self.number(start)?,
            '"' => self.quoted_identifier(start)?,
            '\'' => self.raw_string(start)?,
            '`' => self.literal(start)?,
            other => {
                let problem = format!("character '{}' isn't allowed here", other.escape_debug());
                return Err(self.error(&problem, start));
            }
        };
        Ok(token)
    }

    fn since(&self, start: usize) -> &'e str {
        self.expression.get(start..self.position).unwrap_or_default()
    }

    fn number(&mut self, start: usize) -> Result<Token, QueryError> {
        self.skip_while(|c| c.is_ascii_digit());
        match self.since(start) {
            "-" => Err(self.error("'-' must be followed by a digit", start)),
            // Beyond 64 bits only the sign matters: no list is that long.
            text if text.starts_with('-') => Ok(Token::Number(text.parse().unwrap_or(i64::MIN))),
            text => Ok(Token::Number(text.parse().unwrap_or(i64::MAX))),
        }
    }

    /// Returns the text before the closing delimiter, with its escapes.
    fn delimited(&mut self, delimiter: char, what: &str, start: usize) -> Result<&'e str, QueryError> {
        let content = self.position;
        while let Some(c) = self.next() {
            if c == delimiter {
                return Ok(self.expression.get(content..self.position - 1).unwrap_or_default());
            }
            if c == '\\' {
                self.next();
            }
        }
        Err(self.error(&format!("this {what} has no closing {delimiter}"), start))
    }

    fn quoted_identifier(&mut self, start: usize) -> Result<Token, QueryError> {
        self.delimited('"', "quoted name", start)?;
        serde_json::from_str(self.since(start))
            .map(Token::QuotedIdentifier)
            .map_err(|_| self.error("this quoted name is not valid: its escapes are those of JSON", start))
    }

    fn raw_string(&mut self, start: usize) -> Result<Token, QueryError> {
        let content = self.delimited('\'', "string", start)?;
        Ok(Token::Literal(content.replace("\\'", "'").into()))
    }

    fn literal(&mut self, start: usize) -> Result<Token, QueryError> {
        let content = self.delimited('`', "literal", start)?.replace("\\`", "`");
        let problem = match serde_json::from_slice(&number::without_minus_zero(content.as_bytes())) {
            Ok(value) => return Ok(Token::Literal(value)),
            Err(error) => error.to_string(),
        };
        // Well-formed JSON beyond the limits must not be read as text.
        if problem.starts_with("recursion limit exceeded") {
            return Err(self.error("this literal is nested too deeply", start));
        }
        if problem.starts_with("number out of range") {
            return Err(self.error("this literal is out of range", start));
        }
        // The older form of literals: text without quotes.
        let text = content.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\x1c'..='\x1f'));
        serde_json::from_str(&format!("\"{text}\""))
            .map(|text| Token::Literal(Value::String(text)))
            .map_err(|_| self.error("this literal is neither JSON nor plain text", start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tokens(expression: &str) -> Vec<Token> {
        match tokenize(expression) {
            Ok(lexemes) => lexemes.into_iter().map(|lexeme| lexeme.token).collect(),
            Err(error) => panic!("{expression}: {error}"),
        }
    }

    #[test]
    fn brackets_are_told_apart_only_without_blanks() {
        assert_eq!(tokens("[]"), [Token::Flatten, Token::End]);
        assert_eq!(tokens("[ ]"), [Token::LeftBracket, Token::RightBracket, Token::End]);
        assert_eq!(tokens("[?"), [Token::Filter, Token::End]);
    }

    #[test]
    fn literals() {
        for (expression, expected) in [
            ("``", json!("")),
            ("`1`", json!(1)),
            ("` 1.50 `", json!(1.5)),
            ("`OPEN`", json!("OPEN")),
            ("`  a b `", json!("a b ")),
            ("`a\\`b`", json!("a`b")),
            ("`a\\nb`", json!("a\nb")),
            ("`\"a\\u00e9\"`", json!("aé")),
            ("`{\"b\": 1, \"a\": 2}`", json!({"b": 1, "a": 2})),
            ("'it\\'s'", json!("it's")),
            ("'\\\\'", json!("\\\\")),
            ("'a\\n'", json!("a\\n")),
            ("''", json!("")),
        ] {
            assert_eq!(tokens(expression), [Token::Literal(expected), Token::End], "{expression}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(tokens("-007"), [Token::Number(-7), Token::End]);
        assert_eq!(tokens("99999999999999999999"), [Token::Number(i64::MAX), Token::End]);
        assert!(tokenize("[-]").is_err());
    }
}
