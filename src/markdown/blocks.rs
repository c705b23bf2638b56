//! Turns the blocks of the parsed Markdown into prose: paragraphs, headings, quotations, lists, and tables.

use comrak::nodes::{AstNode, ListType, NodeList, NodeValue, Sourcepos, TableAlignment};

use super::{HTML_HELP, MAX_DEPTH, MAX_PIECES, Reader, attribution, mask, verse};
use crate::diagnostics::Code;
use crate::lesson::prose::{Alignment, Inline, Paragraph, ProseBlock, Table};

/// The most characters of a line that a report points at.
const MAX_SHOWN: usize = 40;

impl Reader<'_> {
    pub(super) fn blocks<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<ProseBlock> {
        if depth > MAX_DEPTH {
            let outermost = self.outermost_block.take();
            self.too_deep(outermost, "quotations and lists are");
            return Vec::new();
        }
        let mut blocks = Vec::new();
        for node in parent.children() {
            if !self.count_one() {
                break;
            }
            if depth == 0 {
                self.outermost_block = Some(self.first_line(node.data.borrow().sourcepos));
            }
            self.block(node, depth, &mut blocks);
        }
        blocks
    }

    fn block<'n>(&mut self, node: &'n AstNode<'n>, depth: usize, to: &mut Vec<ProseBlock>) {
        let data = node.data.borrow();
        let place = self.place(data.sourcepos);
        let range = self.range(data.sourcepos);
        match &data.value {
            NodeValue::Paragraph => {
                self.report_pasted(range.clone());
                let nodes = self.inlines(node, 0);
                let (nodes, label) = self.label(nodes, range);
                to.push(ProseBlock::Paragraph(Paragraph { nodes, label, place: self.last_line(data.sourcepos) }));
            }
            NodeValue::Heading(heading) => {
                let nodes = self.without_label("a heading", |reader| reader.inlines(node, 0));
                let marks = "#".repeat(usize::from(heading.level));
                // A heading with a report isn't empty.
                if node.first_child().is_none() {
                    self.report(Code::EmptyPart, place, "empty heading")
                        .set_help(format!("write the heading after `{marks} `, or remove the line"));
                }
                if heading.setext {
                    let line = self.last_line(data.sourcepos);
                    self.report(Code::ChangedText, line, "this line makes a heading of the text above it")
                        .set_help("for a heading, write `## ` before its text; otherwise, remove the line");
                }
                self.account.claim_marks(self.text, range, "#=-");
                to.push(ProseBlock::Heading { level: heading.level, nodes, place });
            }
            NodeValue::BlockQuote => {
                self.account.claim(range.start..range.start + 1);
                self.report_comparison(range);
                let mut blocks = self.blocks(node, depth + 1);
                let attribution = attribution::take(&mut blocks);
                to.push(ProseBlock::Quotation { blocks, attribution });
            }
            NodeValue::List(list) => self.list(node, list, depth, to),
            NodeValue::Table(table) => {
                let columns = table.alignments.iter().map(alignment).collect();
                let rows = self.rows(node);
                self.account.claim_marks(self.text, range, "|-:");
                let mut rows = rows.into_iter();
                let head = rows.next().unwrap_or_default();
                to.push(ProseBlock::Table(Table { columns, head, rows: rows.collect(), place }));
            }
            NodeValue::FootnoteDefinition(_) => {}
            NodeValue::CodeBlock(code) if !code.fenced => {
                self.unsupported(place, "text indented by four or more spaces", "indent it like the lines around it");
                self.account.claim(range);
            }
            NodeValue::CodeBlock(_) => {
                self.unsupported(place, "a code block", "remove the ``` lines around it");
                self.account.claim(range);
            }
            NodeValue::HtmlBlock(_) => {
                self.unsupported(place, "HTML", &self.map.help(HTML_HELP));
                self.account.claim(range);
            }
            NodeValue::ThematicBreak => {
                let line = self.text[range.clone()].trim();
                let help = match line.chars().next() {
                    Some('_') => "for room to write, use a question with `space`; or remove the line".to_owned(),
                    Some(mark @ '*') if !line.contains(' ') => {
                        let escaped = self.map.help(&format!("\\{mark}").repeat(line.len()));
                        format!("write `{escaped}` to print it, or remove it")
                    }
                    _ => "remove it, or start a section with a heading: `## Its title`".to_owned(),
                };
                self.unsupported(place, "a horizontal line", &help);
                self.account.claim(range);
            }
            _ => {
                self.unsupported(place, "this", "write it as a plain paragraph");
                self.account.claim(range);
            }
        }
    }

    /// A list with its numbers as typed. If they are years and the like, its items are paragraphs that begin with them.
    fn list<'n>(&mut self, node: &'n AstNode<'n>, list: &NodeList, depth: usize, to: &mut Vec<ProseBlock>) {
        let is_numbered = list.list_type == ListType::Ordered;
        let starts: Vec<_> = node.children().map(|item| self.range(item.data.borrow().sourcepos).start).collect();
        let typed: Vec<&str> = starts.iter().map(|start| digits(&self.text[*start..])).collect();
        let are_years = is_numbered && typed.first().is_some_and(|number| number.len() >= mask::YEAR_DIGITS);
        // In Markdown, "1." for every item means the next number.
        let are_automatic = typed.len() > 1 && typed.iter().all(|number| *number == typed[0]);
        if let [start] = starts[..] {
            self.report_sign(start);
            self.report_star(start);
        }
        let (mut numbers, mut items) = (Vec::new(), Vec::new());
        let mut has_odd_number = false;
        for (number, (item, start)) in (list.start..).zip(node.children().zip(starts.iter().copied())) {
            if !self.count_one() {
                break;
            }
            let mark_end = self.claim_item_mark(start);
            let mut mark = self.text[start..mark_end].to_owned();
            if is_numbered && are_automatic && !are_years {
                let printed = format!("{number}{}", &mark[mark.len() - 1..]);
                if printed != mark && !has_odd_number {
                    has_odd_number = true;
                    let place = self.map.place(start, mark_end);
                    self.report(Code::ChangedText, place, format!("`{mark}` prints as `{printed}`"))
                        .set_help(format!("write `{printed}` here, and number the other items, too"));
                }
                mark = printed;
            }
            self.report_box(mark_end);
            if depth == 0 {
                self.report_lazy_line(self.range(item.data.borrow().sourcepos));
            }
            let mut blocks = self.blocks(item, depth + 1);
            if are_years {
                begin_with(format!("{mark} "), &mut blocks, self.map.place(start, mark_end));
                to.append(&mut blocks);
            } else {
                numbers.extend(is_numbered.then_some(mark));
                items.push(blocks);
            }
        }
        if !are_years {
            to.push(ProseBlock::List { numbers, items });
        }
    }

    /// Reports a line at the margin that belongs to an item, but looks like a new paragraph.
    fn report_lazy_line(&mut self, item: std::ops::Range<usize>) {
        let mut at = item.start;
        let mut previous = "";
        for line in self.text[item].split_inclusive('\n') {
            let begins_sentence = line.starts_with(char::is_uppercase) && previous.trim_end().ends_with(['.', '!', '?', ':']);
            if begins_sentence && !self.own_lines.contains(&at) {
                let place = self.map.place(at, at + line.trim_end().len().min(MAX_SHOWN));
                self.report(Code::ChangedText, place, "this line prints as part of the item above")
                    .set_help("put a blank line before it, or indent it if it belongs to the item");
                return;
            }
            previous = line;
            at += line.len();
        }
    }

    /// Reports a star that is probably the mark of a note, as in `* without tax`, and prints as a bullet.
    fn report_star(&mut self, start: usize) {
        let is_star = self.text[start..].starts_with("* ");
        let before = &self.text.as_bytes()[..start];
        let is_noted = before.windows(2).any(|pair| pair[1] == b'*' && !pair[0].is_ascii_whitespace() && pair[0] != b'*');
        if is_star && is_noted {
            let place = self.map.place(start, start + 1);
            let help = self.map.help(r"write `\*` for a star, or make it a footnote: `[^1]` in the text and `[^1]: …` below it");
            self.report(Code::ChangedText, place, "this star prints as a bullet").set_help(help);
        }
    }

    /// The rows of a table, the header row first. The parser drops cells beyond those of the header row.
    fn rows<'n>(&mut self, table: &'n AstNode<'n>) -> Vec<Vec<Vec<Inline>>> {
        let mut rows = Vec::new();
        let has_bars = self.text[self.range(table.data.borrow().sourcepos)].starts_with('|');
        for row in table.children() {
            let cells: Vec<_> = row.children().take_while(|_| self.count_one()).collect();
            let columns = cells.len();
            let read = |cell| self.without_label("a table cell", |reader| reader.inlines(cell, 0));
            rows.push(cells.into_iter().map(read).collect());
            if self.pieces > MAX_PIECES {
                break;
            }
            let line = self.line_of(row.data.borrow().sourcepos);
            if rows.len() > 1 && has_bars && !self.text[line.clone()].contains('|') {
                let place = self.map.place(line.start, line.end);
                self.report(Code::ChangedText, place, "this line prints as a row of the table")
                    .set_help("put a blank line before it");
            }
            self.account.claim_marks(self.text, line.clone(), "|");
            if let Some(first) = self.account.lost(self.text, line.clone()).first().cloned() {
                let place = self.map.place(first.start, line.end);
                let expected = if columns == 1 { "1 cell".to_owned() } else { format!("{columns} cells") };
                let message = format!("this row has too many cells: expected {expected}, as in the first line of the table");
                let help = r"add a heading for it in the first line and dashes in the second, or write `\|` where `|` is part of the text";
                let help = self.map.help(help);
                self.report(Code::UnsupportedMarkdown, place, message).set_help(help);
                self.account.claim(line);
            }
        }
        rows
    }

    /// The line of a position, without what is before the position.
    fn line_of(&self, position: Sourcepos) -> std::ops::Range<usize> {
        let start = self.range(position).start;
        start..start + self.text[start..].split('\n').next().unwrap_or_default().len()
    }

    /// Reports a bullet that may be a sign, as in `- 5 degrees`.
    fn report_sign(&mut self, start: usize) {
        let line = self.text[start..].lines().next().unwrap_or_default();
        let Some(sign @ ('-' | '+')) = line.chars().next() else { return };
        let rest = line[1..].trim_start();
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            let number: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
            let sign = if sign == '-' { '−' } else { '+' };
            let place = self.map.place(start, start + 1);
            self.report(Code::ChangedText, place, "this sign prints as a bullet")
                .set_help(format!("write `{sign}{number}` without a space, or `• {number}` if it's a list"));
        }
    }

    /// Reports a quotation that may be a comparison, as in `> 50%`.
    fn report_comparison(&mut self, range: std::ops::Range<usize>) {
        let text = self.text[range.clone()].trim();
        let rest = text.trim_start_matches('>').trim_start();
        if rest.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('\n') && digits(rest).len() < mask::YEAR_DIGITS {
            let place = self.map.place(range.start, range.start + 1);
            let help = self.map.help(r"write `\>` to print it, or `more than`");
            self.report(Code::ChangedText, place, "this sign makes a quotation of the line, and doesn't print").set_help(help);
        }
    }

    /// Reports a box to check in a list, `[ ]`, which prints as brackets.
    fn report_box(&mut self, mark_end: usize) {
        let rest = self.text[mark_end..].trim_start_matches(' ');
        if ["[ ] ", "[x] ", "[X] "].iter().any(|mark| rest.starts_with(mark)) {
            let start = self.text.len() - rest.len();
            let place = self.map.place(start, start + 3);
            self.report(Code::ChangedText, place, "this box prints as brackets")
                .set_help("write `☐` instead of `[ ]`, or use a `self_check` block");
        }
    }

    /// The only paragraph of a line of text; anything else is reported.
    pub(super) fn only_paragraph<'n>(&mut self, root: &'n AstNode<'n>) -> Option<&'n AstNode<'n>> {
        let mut paragraph = None;
        for (index, child) in root.children().enumerate() {
            if index == 0 && matches!(child.data.borrow().value, NodeValue::Paragraph) {
                paragraph = Some(child);
            } else if !matches!(child.data.borrow().value, NodeValue::FootnoteDefinition(_)) {
                self.account.claim(self.range(child.data.borrow().sourcepos));
                let place = self.place(child.data.borrow().sourcepos);
                let (found, help) = self.not_a_paragraph(child);
                self.report(Code::UnsupportedMarkdown, place, format!("expected one paragraph, found {found}")).set_help(help);
            }
        }
        paragraph
    }

    /// What was found instead of a single paragraph, and what to do about it.
    fn not_a_paragraph<'n>(&self, node: &'n AstNode<'n>) -> (&'static str, String) {
        let data = node.data.borrow();
        let found = match &data.value {
            NodeValue::Paragraph => return ("more than one", "remove the blank line before it".to_owned()),
            NodeValue::HtmlBlock(_) => return ("HTML", self.map.help(HTML_HELP)),
            NodeValue::Heading(heading) if heading.setext => {
                return ("a heading", "remove the line of `=` or `-` below it".to_owned());
            }
            NodeValue::Heading(_) => "a heading",
            NodeValue::List(_) => "a list",
            NodeValue::BlockQuote => "a quotation",
            NodeValue::Table(_) => return ("a table", "write it as plain text".to_owned()),
            NodeValue::CodeBlock(code) if code.fenced => return ("a code block", "remove the ``` lines around it".to_owned()),
            NodeValue::CodeBlock(_) => return ("indented text", "remove the spaces at its beginning".to_owned()),
            NodeValue::ThematicBreak if self.text.trim().bytes().all(|byte| byte == b'_') => {
                let help =
                    "write `–` for an empty cell; `space` draws lines below a question, and `blank_table` has cells to fill in";
                return ("a line to write on", help.to_owned());
            }
            NodeValue::ThematicBreak => "a horizontal line",
            _ => "something else",
        };
        let help = verse::beginning(&self.text[self.range(data.sourcepos)]).map_or_else(
            || "write it as plain text".to_owned(),
            |mark| {
                let escaped = self.map.help(&verse::escaped(mark));
                format!("remove the `{mark}` at its beginning, or write `{escaped}` to print it")
            },
        );
        (found, help)
    }
}

fn alignment(alignment: &TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::End,
        TableAlignment::None | TableAlignment::Left => Alignment::Start,
    }
}

/// The digits at the beginning of text.
fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

/// Puts text at the beginning of some blocks.
fn begin_with(text: String, blocks: &mut Vec<ProseBlock>, place: crate::source::Place) {
    match blocks.first_mut() {
        Some(ProseBlock::Paragraph(first)) => match first.nodes.first_mut() {
            Some(Inline::Text { text: rest }) => rest.insert_str(0, &text),
            _ => first.nodes.insert(0, Inline::Text { text }),
        },
        _ => {
            let nodes = vec![Inline::Text { text: text.trim_end().to_owned() }];
            blocks.insert(0, ProseBlock::Paragraph(Paragraph { nodes, label: None, place }));
        }
    }
}
