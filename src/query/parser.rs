//! Builds the tree from tokens, by operator precedence.
//!
//! An operator that applies to the result on its left (`.name`, `[0]`, `[*]`, `| expr` …) becomes one more step of a
//! [`Node::Chain`]. So the tree is never deeper than the parser's own recursion, even for a very long expression.

use std::mem;

use super::catalog::{Callee, callee, closest_name};
use super::error::QueryError;
use super::lexer::{Lexeme, Token, tokenize};
use super::tree::{Node, Slice};

/// The limit of the nesting of expressions, and of the levels that they may add to the nesting of a document.
pub(super) const MAX_DEPTH: usize = 128;

/// Parses an expression, and checks the names of functions and the numbers of their arguments.
pub(super) fn parse(expression: &str) -> Result<Node, QueryError> {
    let mut parser = Parser { expression, lexemes: tokenize(expression)?, position: 0, depth: 0 };
    if *parser.peek() == Token::End {
        return Err(QueryError::in_expression("the expression is empty", expression, 0));
    }
    let root = parser.node(0)?;
    if *parser.peek() != Token::End {
        return Err(parser.unexpected("expected the expression to end here,"));
    }
    if root.added_levels() > MAX_DEPTH {
        let problem = format!("the result would be nested too deeply ({MAX_DEPTH} levels at most)");
        return Err(QueryError::in_expression(&problem, expression, expression.len()));
    }
    Ok(root)
}

/// Returns how tightly an operator binds the expression on its left.
fn binding_power(token: &Token) -> u8 {
    match token {
        Token::Pipe => 1,
        Token::Or => 2,
        Token::And => 3,
        Token::Comparator(_) => 5,
        Token::Flatten => 9,
        Token::Star => 20,
        Token::Filter => 21,
        Token::Dot => 40,
        Token::Not => 45,
        Token::LeftBrace => 50,
        Token::LeftBracket => 55,
        Token::LeftParenthesis => 60,
        _ => 0,
    }
}

/// Operators that bind less than this end a projection.
const PROJECTION_STOP: u8 = 10;

/// The binding power of a projection.
const PROJECTION: u8 = 20;

/// The form of an operand, as far as the rules depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A single name, which `(` turns into a function call, and its offset.
    Name(usize),
    /// Ends in an index: a slice after it is not a projection.
    Index,
    /// An expression reference and its offset.
    Reference(usize),
    Other,
}

/// A parsed operand.
struct Operand {
    node: Node,
    form: Form,
}

impl From<Node> for Operand {
    fn from(node: Node) -> Self {
        Self { node, form: Form::Other }
    }
}

struct Parser<'e> {
    expression: &'e str,
    lexemes: Vec<Lexeme>,
    position: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> &Token {
        self.lexemes.get(self.position + ahead).map_or(&Token::End, |lexeme| &lexeme.token)
    }

    /// Returns the offset of the next token.
    fn offset(&self) -> usize {
        self.lexemes.get(self.position).map_or(self.expression.len(), |lexeme| lexeme.start)
    }

    fn next(&mut self) -> Token {
        let token = self.lexemes.get_mut(self.position).map(|lexeme| mem::replace(&mut lexeme.token, Token::End));
        self.position += 1;
        token.unwrap_or(Token::End)
    }

    fn next_is(&mut self, expected: &Token) -> bool {
        let found = self.peek() == expected;
        if found {
            self.position += 1;
        }
        found
    }

    fn expect(&mut self, expected: &Token, shown: &str) -> Result<(), QueryError> {
        if self.next_is(expected) { Ok(()) } else { Err(self.unexpected(&format!("expected '{shown}'"))) }
    }

    fn error(&self, problem: &str, offset: usize) -> QueryError {
        QueryError::in_expression(problem, self.expression, offset)
    }

    /// Creates an error that says what was expected and what was found.
    fn unexpected(&self, expected: &str) -> QueryError {
        let offset = self.offset();
        if *self.peek() == Token::End {
            return self.error(&format!("{expected} but the expression ends"), offset);
        }
        let end = self.lexemes.get(self.position).map_or(offset, |lexeme| lexeme.end);
        let found = shortened(self.expression.get(offset..end).unwrap_or_default());
        self.error(&format!("{expected} but found '{found}'"), offset)
    }

    fn value(&self, operand: Operand) -> Result<Node, QueryError> {
        match operand.form {
            Form::Reference(offset) => Err(self.error("an expression reference (&…) isn't allowed here", offset)),
            _ => Ok(operand.node),
        }
    }

    /// Parses an expression that is a value, not a reference.
    fn node(&mut self, power: u8) -> Result<Node, QueryError> {
        let operand = self.operand(power)?;
        self.value(operand)
    }

    /// Parses an operand and all operators after it that bind tighter than `power`.
    fn operand(&mut self, power: u8) -> Result<Operand, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let problem = format!("the expression is nested too deeply ({MAX_DEPTH} levels at most)");
            return Err(self.error(&problem, self.offset()));
        }
        let mut left = self.prefix()?;
        while power < binding_power(self.peek()) {
            left = self.infix(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Operand, QueryError> {
        let offset = self.offset();
        match self.peek() {
            Token::LeftBracket => return self.left_bracket(),
            Token::Identifier(_)
            | Token::QuotedIdentifier(_)
            | Token::Literal(_)
            | Token::Current
            | Token::Star
            | Token::Flatten
            | Token::Filter
            | Token::LeftBrace
            | Token::LeftParenthesis
            | Token::Not
            | Token::Ampersand => {}
            _ => return Err(self.unexpected("expected an expression")),
        }
        let node = match self.next() {
            Token::QuotedIdentifier(_) if *self.peek() == Token::LeftParenthesis => {
                return Err(self.error("a function's name is not quoted", self.offset()));
            }
            Token::Identifier(name) | Token::QuotedIdentifier(name) => {
                return Ok(Operand { node: Node::Field(name), form: Form::Name(offset) });
            }
            Token::LeftParenthesis => {
                let inner = self.operand(0)?;
                self.expect(&Token::RightParenthesis, ")")?;
                return Ok(inner);
            }
            Token::Ampersand => {
                let node = self.node(0)?;
                return Ok(Operand { node, form: Form::Reference(offset) });
            }
            Token::Literal(value) => Node::Literal(value),
            Token::Star => Node::ValueProjection(self.projected(PROJECTION)?),
            Token::Flatten => self.flatten(Node::Current)?,
            Token::Filter => self.filter(Node::Current)?,
            Token::LeftBrace => self.multi_select_hash()?,
            Token::Not => Node::Not(Box::new(self.node(binding_power(&Token::Not))?)),
            _ => Node::Current,
        };
        Ok(node.into())
    }

    fn infix(&mut self, left: Operand) -> Result<Operand, QueryError> {
        let offset = self.offset();
        if *self.peek() == Token::LeftParenthesis {
            return match (left.node, left.form) {
                (Node::Field(name), Form::Name(start)) => self.call(&name, start),
                _ => Err(self.error("'(' can only follow the name of a function", offset)),
            };
        }
        let form = left.form;
        let left = self.value(left)?;
        if matches!(self.peek(), Token::Star | Token::Not | Token::LeftBrace) {
            return Err(self.unexpected("expected an operator"));
        }
        let operator = self.next();
        let power = binding_power(&operator);
        let node = match operator {
            Token::Dot if self.next_is(&Token::Star) => left.then(Node::ValueProjection(self.projected(power)?)),
            Token::Dot => left.then(self.after_dot(power)?),
            Token::Pipe => left.then(self.node(power)?),
            Token::Or => {
                let right = self.node(power)?;
                match left {
                    Node::Or(mut nodes) => {
                        nodes.push(right);
                        Node::Or(nodes)
                    }
                    first => Node::Or(vec![first, right]),
                }
            }
            Token::And => {
                let right = self.node(power)?;
                match left {
                    Node::And(mut nodes) => {
                        nodes.push(right);
                        Node::And(nodes)
                    }
                    first => Node::And(vec![first, right]),
                }
            }
            Token::Comparator(comparator) => {
                let right = self.node(power)?;
                match left {
                    Node::Comparison(first, mut rest) => {
                        rest.push((comparator, right));
                        Node::Comparison(first, rest)
                    }
                    first => Node::Comparison(Box::new(first), vec![(comparator, right)]),
                }
            }
            Token::Flatten => self.flatten(left)?,
            Token::Filter => self.filter(left)?,
            // Only `[` remains.
            _ if matches!(self.peek(), Token::Number(_) | Token::Colon) => {
                return self.index_or_slice(Operand { node: left, form });
            }
            _ => {
                if !self.next_is(&Token::Star) {
                    return Err(self.unexpected("expected an index, a slice, '*', a filter or ']' after '[',"));
                }
                self.expect(&Token::RightBracket, "]")?;
                left.then(Node::Projection(self.projected(PROJECTION)?))
            }
        };
        Ok(node.into())
    }

    /// Parses what `[` starts at the beginning of an expression: an index, a slice, `[*]` or a list of expressions.
    fn left_bracket(&mut self) -> Result<Operand, QueryError> {
        self.next();
        if matches!(self.peek(), Token::Number(_) | Token::Colon) {
            return self.index_or_slice(Node::Current.into());
        }
        if *self.peek() == Token::Star && *self.peek_at(1) == Token::RightBracket {
            self.position += 2;
            return Ok(Node::Projection(self.projected(PROJECTION)?).into());
        }
        Ok(self.multi_select_list()?.into())
    }

    /// Parses `[number]` or `[start:stop:step]` after its bracket.
    fn index_or_slice(&mut self, left: Operand) -> Result<Operand, QueryError> {
        let Operand { node, form } = left;
        if let (&Token::Number(index), following) = (self.peek(), self.peek_at(1))
            && *following != Token::Colon
        {
            self.next();
            self.expect(&Token::RightBracket, "]")?;
            return Ok(Operand { node: node.then(Node::Index(index)), form: Form::Index });
        }
        let sliced = node.then(Node::Slice(self.slice()?));
        if form == Form::Index {
            return Ok(Operand { node: sliced, form });
        }
        Ok(sliced.then(Node::Projection(self.projected(PROJECTION)?)).into())
    }

    fn slice(&mut self) -> Result<Slice, QueryError> {
        let mut parts = [None; 3];
        let mut colons = 0;
        loop {
            let offset = self.offset();
            match *self.peek() {
                Token::RightBracket => break,
                Token::Colon if colons < 2 => colons += 1,
                Token::Number(0) if colons == 2 => return Err(self.error("a slice step can't be 0", offset)),
                Token::Number(number) => parts[colons] = Some(number),
                _ => return Err(self.unexpected("expected a number, ':' or ']'")),
            }
            self.next();
        }
        self.next();
        let [start, stop, step] = parts;
        Ok(Slice { start, stop, step: step.unwrap_or(1) })
    }

    fn flatten(&mut self, left: Node) -> Result<Node, QueryError> {
        let projected = self.projected(binding_power(&Token::Flatten))?;
        Ok(left.then(Node::Flatten).then(Node::Projection(projected)))
    }

    fn filter(&mut self, left: Node) -> Result<Node, QueryError> {
        let condition = Box::new(self.node(0)?);
        self.expect(&Token::RightBracket, "]")?;
        let projected = self.projected(binding_power(&Token::Filter))?;
        Ok(left.then(Node::FilterProjection { condition, projected }))
    }

    /// Parses the expression that a projection applies to each element.
    fn projected(&mut self, power: u8) -> Result<Box<Node>, QueryError> {
        let node = match self.peek() {
            token if binding_power(token) < PROJECTION_STOP => Node::Current,
            Token::LeftBracket | Token::Filter => self.node(power)?,
            Token::Dot => {
                self.next();
                self.after_dot(power)?
            }
            _ => return Err(self.unexpected("expected an operator")),
        };
        Ok(Box::new(node))
    }

    fn after_dot(&mut self, power: u8) -> Result<Node, QueryError> {
        match self.peek() {
            Token::Identifier(_) | Token::QuotedIdentifier(_) | Token::Star => self.node(power),
            Token::LeftBracket => {
                self.next();
                self.multi_select_list()
            }
            Token::LeftBrace => {
                self.next();
                self.multi_select_hash()
            }
            _ => Err(self.unexpected("expected a name, '*', '[' or '{' after '.',")),
        }
    }

    fn multi_select_list(&mut self) -> Result<Node, QueryError> {
        let mut nodes = Vec::new();
        loop {
            nodes.push(self.node(0)?);
            if !self.next_is(&Token::Comma) {
                self.expect(&Token::RightBracket, "]")?;
                return Ok(Node::MultiSelectList(nodes));
            }
        }
    }

    fn multi_select_hash(&mut self) -> Result<Node, QueryError> {
        let mut pairs = Vec::new();
        let mut expected = "expected a key";
        loop {
            if !matches!(self.peek(), Token::Identifier(_) | Token::QuotedIdentifier(_)) {
                return Err(self.unexpected(expected));
            }
            if let Token::Identifier(key) | Token::QuotedIdentifier(key) = self.next() {
                self.expect(&Token::Colon, ":")?;
                pairs.push((key, self.node(0)?));
            }
            // The comma is optional, as in Python's library.
            if self.next_is(&Token::Comma) {
                expected = "expected a key";
            } else if self.next_is(&Token::RightBrace) {
                return Ok(Node::MultiSelectHash(pairs));
            } else {
                expected = "expected ',' or '}'";
            }
        }
    }

    fn call(&mut self, name: &str, start: usize) -> Result<Operand, QueryError> {
        self.next();
        let Some(callee) = callee(name) else {
            let hint = closest_name(name).map(|name| format!("; did you mean {name}()?")).unwrap_or_default();
            return Err(self.error(&format!("unknown function {}(){hint}", shortened(name)), start));
        };
        let mut arguments = Vec::new();
        while !self.next_is(&Token::RightParenthesis) {
            if *self.peek() == Token::End {
                return Err(self.unexpected("expected ')'"));
            }
            arguments.push(self.operand(0)?);
            // Optional here too.
            self.next_is(&Token::Comma);
        }
        if let Err(takes) = callee.check_count(arguments.len()) {
            return Err(self.error(&format!("{name}() takes {takes}, but has {}", arguments.len()), start));
        }
        let node = match callee {
            Callee::Plain { function, .. } => {
                let arguments = arguments.into_iter().map(|argument| self.value(argument)).collect::<Result<_, _>>()?;
                Node::Call(function, arguments)
            }
            Callee::By(function) => {
                let at = function.reference_at();
                if !arguments.get(at).is_some_and(|argument| matches!(argument.form, Form::Reference(_))) {
                    let problem = format!("{name}() expects an expression reference (&…) as argument {}", at + 1);
                    return Err(self.error(&problem, start));
                }
                let expression = Box::new(arguments.remove(at).node);
                let array = arguments.pop().map_or(Ok(Node::Current), |argument| self.value(argument))?;
                Node::CallBy { function, array: Box::new(array), expression }
            }
        };
        Ok(node.into())
    }
}

/// Shortens and escapes a part of the expression for a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 32;
    let mut short: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
