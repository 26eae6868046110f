//! The two forms of a page: roff for `man`, and text for a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::page::{Block, Page, RELEASED};

/// The longest name that a page's header takes, in columns.
const LONGEST_TITLE: usize = 28;
/// The step of every indentation.
const STEP: usize = 4;

/// A page in the man macros of roff, which both groff and mandoc read.
pub fn roff(page: &Page) -> String {
    let (name, version) = (page.name.to_uppercase(), env!("CARGO_PKG_VERSION"));
    // It stands twice in the header of 80 columns.
    let name = if name.len() > LONGEST_TITLE { "ORGSHAKE".to_owned() } else { name };
    let mut out = format!(
        ".\\\" Made by the program's own tests; see CONTRIBUTING.md.\n\
         .TH {} 1 {RELEASED} \"orgshake {version}\" \"orgshake manual\"\n.nh\n.ad l\n",
        escaped(&name)
    );
    for (heading, blocks) in &page.sections {
        out.push_str(&format!(".SH {}\n", argument(heading)));
        roff_blocks(&mut out, blocks, true);
    }
    out
}

fn roff_blocks(out: &mut String, blocks: &[Block], mut first: bool) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => {
                out.push_str(if first { "" } else { ".PP\n" });
                out.push_str(&line(text));
            }
            Block::Heading(text) => out.push_str(&format!(".SS {}\n", argument(text))),
            Block::Item(tag, body) => {
                let (text, rest) = match body.split_first() {
                    Some((Block::Paragraph(text), rest)) => (text.as_str(), rest),
                    _ => ("", body.as_slice()),
                };
                out.push_str(&format!(".TP {STEP}\n{}{}", line(tag), line(text)));
                if !rest.is_empty() {
                    out.push_str(&format!(".RS {STEP}\n"));
                    roff_blocks(out, rest, false);
                    out.push_str(".RE\n");
                }
            }
            Block::Short(items) => {
                // `.PD 0` takes the blank line from the first one, too.
                out.push_str(if first { "" } else { ".sp\n" });
                out.push_str(".PD 0\n");
                for (tag, text) in items {
                    out.push_str(&format!(".TP {STEP}\n{}{}", line(tag), line(text)));
                }
                out.push_str(".PD\n");
            }
            Block::Verbatim(text) => {
                out.push_str(if first { "" } else { ".sp\n" });
                out.push_str(&format!(".RS {STEP}\n.nf\n"));
                text.lines().for_each(|text| out.push_str(&protected(escaped(text))));
                out.push_str(".fi\n.RE\n");
            }
        }
        first = matches!(block, Block::Heading(_));
    }
}

/// An argument of a macro.
fn argument(text: &str) -> String {
    format!("\"{}\"", escaped(text).replace('"', "\\(dq"))
}

/// A line of text with its fonts.
fn line(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut bold = false;
    while let Some(at) = rest.find(['`', '{', '}']) {
        out.push_str(&escaped(&rest[..at]));
        out.push_str(match rest.as_bytes()[at] {
            b'`' => {
                bold = !bold;
                if bold { "\\fB" } else { "\\fR" }
            }
            b'{' => "\\fI",
            _ => "\\fR",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(&escaped(rest));
    if out.contains("://") {
        // An address may be broken behind a slash.
        let broken = |word: &str| word.replace('/', "/\\:").replace("/\\:/\\:", "//");
        let words = out.split(' ').map(|word| if word.contains("://") { broken(word) } else { word.to_owned() });
        out = words.collect::<Vec<_>>().join(" ");
    }
    protected(out)
}

/// A line that roff can't take for a request.
fn protected(line: String) -> String {
    let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
    format!("{guard}{line}\n")
}

/// Characters as they are: a dash that can be copied, a quote that stays straight.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '\'' => out.push_str("\\(aq"),
            '~' => out.push_str("\\(ti"),
            '^' => out.push_str("\\(ha"),
            '\u{60}' => out.push_str("\\(ga"),
            c if c.is_ascii() => out.push(c),
            c => out.push_str(&format!("\\[u{:04X}]", u32::from(c))),
        }
    }
    out
}

/// A page as text of at most `width` columns, as far as that can be; `styled` for a terminal that shows fonts.
pub fn text(page: &Page, width: usize, styled: bool) -> String {
    let mut out = Text { out: String::new(), width: width.max(40), styled, bold: false };
    for (index, (heading, blocks)) in page.sections.iter().enumerate() {
        out.out.push_str(if index == 0 { "" } else { "\n" });
        out.filled(&format!("`{heading}`"), 0, 0);
        out.blocks(blocks, STEP, true);
    }
    out.out
}

struct Text {
    out: String,
    width: usize,
    styled: bool,
    /// Whether what comes is bold: a part may end lines below where it began.
    bold: bool,
}

impl Text {
    fn blocks(&mut self, blocks: &[Block], indent: usize, mut first: bool) {
        for block in blocks {
            self.out.push_str(if first { "" } else { "\n" });
            match block {
                Block::Paragraph(text) => self.filled(text, indent, indent),
                Block::Heading(text) => self.filled(&format!("`{text}`"), indent - STEP / 2, indent),
                Block::Item(tag, body) => {
                    self.filled(tag, indent, indent + STEP);
                    self.blocks(body, indent + STEP, true);
                }
                Block::Short(items) => {
                    for (tag, text) in items {
                        self.filled(tag, indent, indent + STEP);
                        // Where the tag is short, its text stands beside it.
                        let taken = plain_width(tag);
                        if taken < STEP {
                            self.out.pop();
                            let before = self.out.len();
                            self.filled(text, indent + STEP, indent + STEP);
                            self.out.replace_range(before..before + indent + taken, "");
                        } else {
                            self.filled(text, indent + STEP, indent + STEP);
                        }
                    }
                }
                Block::Verbatim(text) => {
                    for line in text.lines() {
                        let indent = if line.is_empty() { 0 } else { indent + STEP };
                        self.out.push_str(&format!("{:indent$}{line}\n", ""));
                    }
                }
            }
            first = matches!(block, Block::Heading(_));
        }
    }

    /// A paragraph, folded at blanks: its first line behind `first` columns, the others behind `indent`.
    fn filled(&mut self, text: &str, first: usize, indent: usize) {
        let mut column = first;
        self.out.push_str(&" ".repeat(first));
        for (index, word) in text.split(' ').enumerate() {
            let taken = plain_width(word);
            if index > 0 && column + 1 + taken > self.width && column > indent {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent));
                column = indent;
            } else if index > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.word(word);
            column += taken;
        }
        self.out.push('\n');
    }

    fn word(&mut self, word: &str) {
        for c in word.chars() {
            match c {
                '`' | '{' | '}' if !self.styled => {}
                '`' => {
                    self.bold = !self.bold;
                    self.out.push_str(if self.bold { "\u{1b}[1m" } else { "\u{1b}[22m" });
                }
                '{' => self.out.push_str("\u{1b}[4m"),
                '}' => self.out.push_str("\u{1b}[24m"),
                c => self.out.push(c),
            }
        }
    }
}

/// The columns of a text without its marks.
fn plain_width(text: &str) -> usize {
    text.width()
        - text.chars().filter(|c| ['`', '{', '}'].contains(c)).filter_map(UnicodeWidthChar::width).sum::<usize>()
}
