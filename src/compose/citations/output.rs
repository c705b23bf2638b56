//! Sets a style's output right and turns it into runs: dates as they were typed, quotation marks by level, and no doubled
//! punctuation.

use hayagriva::citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use super::marks::{self, CLOSE, CLOSE_SINGLE, ELLIPSIS, OPEN, OPEN_SINGLE, Pairs, STOP, STYLE_CLOSE, STYLE_OPEN};
use crate::compose::plain;
use crate::lesson::source_date::{Part, When};
use crate::packet::{Run, Runs};

/// A character of the output, with its look and what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter {
    /// The character.
    pub c: char,
    look: Look,
    place: Place,
}

/// The characters of an output.
pub(super) type Letters = Vec<Letter>;

/// How a character looks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Look {
    italic: bool,
    bold: bool,
    superscript: bool,
    subscript: bool,
}

/// What a character belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Place {
    is_date: bool,
    /// The names at the beginning of a source, with "and" and with their labels.
    is_names: bool,
    /// One of those names.
    is_name: bool,
}

impl Letter {
    /// Whether it belongs to the names at the beginning of a source.
    pub(super) fn is_names(&self) -> bool {
        self.place.is_names
    }

    /// Whether it belongs to one of those names.
    pub(super) fn is_name(&self) -> bool {
        self.place.is_name
    }

    fn like(self, c: char) -> Self {
        Self { c, ..self }
    }
}

/// Text that looks like a letter and belongs to the same.
pub(super) fn like(letter: Letter, text: &str) -> Letters {
    text.chars().map(|c| letter.like(c)).collect()
}

/// Plain text as letters.
pub(super) fn plain_letters(text: &str) -> Letters {
    text.chars().map(|c| Letter { c, look: Look::default(), place: Place::default() }).collect()
}

/// Text in italics as letters.
pub(super) fn italic_letters(text: &str) -> Letters {
    let look = Look { italic: true, ..Look::default() };
    text.chars().map(|c| Letter { c, look, place: Place::default() }).collect()
}

/// The output of a source, with its dates as they were typed. `year_letters` go after the year of the first date.
pub(super) fn letters(children: &ElemChildren, dates: &[When], year_letters: &str) -> Letters {
    let mut letters = Letters::new();
    flatten(children, Place::default(), &mut false, &mut letters);
    for (at, when) in dates.iter().enumerate() {
        letters = with_date(letters, when, if at == 0 { year_letters } else { "" });
    }
    letters.retain(|letter| letter.c != marks::ERA);
    letters
}

fn flatten(children: &ElemChildren, place: Place, has_names: &mut bool, to: &mut Letters) {
    for child in &children.0 {
        match child {
            ElemChild::Text(formatted) => push(&formatted.text, formatted.formatting, place, to),
            ElemChild::Link { text, .. } => push(&text.text, text.formatting, place, to),
            ElemChild::Markup(text) => push(text, Formatting::default(), place, to),
            ElemChild::Transparent { .. } => {}
            ElemChild::Elem(elem) => {
                let mut inside = place;
                match &elem.meta {
                    Some(ElemMeta::Date) => inside.is_date = true,
                    Some(ElemMeta::Names(_)) if !*has_names => {
                        *has_names = true;
                        inside.is_names = true;
                    }
                    Some(ElemMeta::Name(..)) => inside.is_name = place.is_names,
                    _ => {}
                }
                flatten(&elem.children, inside, has_names, to);
            }
        }
    }
}

fn push(text: &str, formatting: Formatting, place: Place, to: &mut Letters) {
    let look = Look {
        italic: formatting.font_style == FontStyle::Italic,
        bold: formatting.font_weight == FontWeight::Bold,
        superscript: formatting.vertical_align == VerticalAlign::Sup,
        subscript: formatting.vertical_align == VerticalAlign::Sub,
    };
    to.extend(text.chars().map(|c| Letter { c, look, place }));
}

/// Replaces the year that the style printed, and the stand-in of a season, by what was typed. The first year gets the letters
/// that tell it apart.
fn with_date(letters: Letters, when: &When, mut year_letters: &str) -> Letters {
    let year: Vec<char> = if when.year > 0 { when.year } else { 1 - when.year }.to_string().chars().collect();
    let needs_era = when.year < 1000;
    let mut out = Letters::with_capacity(letters.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let is_digit = |at: usize| letters.get(at).is_some_and(|letter| letter.place.is_date && letter.c.is_ascii_digit());
        let end = at + year.len();
        let is_year = letter.place.is_date
            && letters[at..].iter().map(|letter| letter.c).take(year.len()).eq(year.iter().copied())
            && !(at > 0 && is_digit(at - 1))
            && if needs_era { letters.get(end).is_some_and(|next| next.c == marks::ERA) } else { !is_digit(end) };
        let shown = match &when.part {
            _ if is_year => Some(when.shown.as_str()),
            Part::Season(words) if marks::SEASONS.contains(&letter.c) => Some(words.as_str()),
            _ => None,
        };
        match shown {
            Some(shown) => {
                // What was replaced is no date for the next one.
                let place = Place { is_date: false, ..letter.place };
                out.extend(shown.chars().map(|c| Letter { c, look: letter.look, place }));
                if is_year {
                    out.extend(std::mem::take(&mut year_letters).chars().map(|c| Letter { c, look: letter.look, place }));
                }
                at += if is_year { year.len() } else { 1 };
            }
            None => {
                out.push(*letter);
                at += 1;
            }
        }
    }
    out
}

/// The output with letters after the words for a missing date: "n.d.-a", as APA, 7th ed., 8.19, has it.
pub(super) fn with_letters_after(mut letters: Letters, words: &[String], year_letters: &str) -> Letters {
    if year_letters.is_empty() {
        return letters;
    }
    let whole = text(&letters);
    if let Some((start, word)) = words.iter().find_map(|word| Some((whole.rfind(word.as_str())?, word))) {
        let end = whole[..start + word.len()].chars().count();
        // The word's own period was that of the names and the year, too.
        let stop = if letters.get(end).is_some_and(|next| next.c == ' ') { "." } else { "" };
        let added = if word.ends_with('.') { format!("-{year_letters}{stop}") } else { format!(" {year_letters}") };
        let added = like(letters[end - 1], &added);
        letters.splice(end..end, added);
    }
    letters
}

/// How a title looks, where the style would have it another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleLook {
    /// Without italics and quotation marks.
    Plain,
    /// In quotation marks.
    Quoted,
}

/// The output with its title in another look. `title` is the title as it went into the style.
pub(super) fn with_title(mut letters: Letters, title: &str, look: TitleLook) -> Letters {
    let title: Vec<char> = title.chars().collect();
    let is_title = |window: &[Letter]| window.iter().map(|letter| letter.c).eq(title.iter().copied());
    let Some(start) = letters.windows(title.len().max(1)).position(is_title) else { return letters };
    let end = start + title.len();
    letters[start..end].iter_mut().for_each(|letter| letter.look.italic = false);
    let is_quoted = start > 0 && letters[start - 1].c == STYLE_OPEN;
    match look {
        TitleLook::Quoted if !is_quoted => {
            letters.insert(end, letters[end - 1].like(STYLE_CLOSE));
            letters.insert(start, letters[start].like(STYLE_OPEN));
        }
        TitleLook::Plain if is_quoted => {
            if let Some(close) = letters[end..].iter().position(|letter| letter.c == STYLE_CLOSE) {
                letters.remove(end + close);
            }
            letters.remove(start - 1);
        }
        TitleLook::Quoted | TitleLook::Plain => {}
    }
    letters
}

/// The output with text after the names that it begins with.
pub(super) fn with_handle(mut letters: Letters, handle: &str) -> Letters {
    let Some(last) = letters.iter().rposition(|letter| letter.place.is_name) else { return letters };
    let is_initial = last > 0 && letters[last].c.is_uppercase() && !letters[last - 1].c.is_alphanumeric();
    let is_period = |letter: Option<&Letter>| letter.is_some_and(|letter| letter.c == '.');
    // The period after an initial belongs to the name, and another one ends the names.
    let (at, handle) = match is_initial && is_period(letters.get(last + 1)) {
        true => (last + 2, format!("{handle}.")),
        false => (last + 1, handle.to_owned()),
    };
    letters.splice(at..at, plain_letters(&handle));
    letters
}

/// Whether the names at the beginning have first names.
pub(super) fn has_full_name(letters: &[Letter]) -> bool {
    letters.iter().any(|letter| letter.place.is_name && letter.c == ' ')
}

/// The output with text after everything that names its source.
pub(super) fn after_names(mut letters: Letters, added: &str) -> Letters {
    if let Some(last) = letters.iter().rposition(Letter::is_names) {
        letters.splice(last + 1..last + 1, plain_letters(added));
    }
    letters
}

/// The output with another text in place of the first that is `found`.
pub(super) fn replaced(mut letters: Letters, found: &str, by: &str) -> Letters {
    let whole = text(&letters);
    if let Some(at) = whole.find(found) {
        let start = whole[..at].chars().count();
        let by = like(letters[start], by);
        letters.splice(start..start + found.chars().count(), by);
    }
    letters
}

/// The output with a detail in place of its stand-in and the style's word for it, after a comma.
pub(super) fn with_detail(mut letters: Letters, mark: char, detail: &str) -> Letters {
    let Some(at) = letters.iter().position(|letter| letter.c == mark) else { return letters };
    let rest = text(&letters[at + 1..]);
    // "edition", or "ed.", in the language of the packet.
    let word: String = rest.strip_prefix(' ').unwrap_or_default().chars().take_while(|c| c.is_alphabetic()).collect();
    let lower = word.to_lowercase();
    let is_edition = ["ed", "éd", "auf"].iter().any(|beginning| lower.starts_with(beginning));
    let is_short = is_edition && word.chars().count() <= 4 && rest[1 + word.len()..].starts_with('.');
    let word = if is_edition { 1 + word.chars().count() + usize::from(is_short) } else { 0 };
    let added = plain_letters(detail);
    letters.splice(at..=at + word, added);
    if at > 1 && letters[at - 1].c == ' ' && letters[at - 2].c == '.' {
        letters[at - 2].c = ',';
    }
    letters
}

/// The output with text and the description in brackets after the title that it begins with, where APA, 7th ed., 9.21, has them:
/// "Rome [Video]. (2003)." for "Rome. (2003). [Video]."
pub(super) fn with_description(mut letters: Letters, added: &str) -> Letters {
    let Some(last) = letters.iter().rposition(Letter::is_names) else { return letters };
    let open = letters.iter().enumerate().skip(last).find(|(_, letter)| letter.c == '[').map(|(at, _)| at);
    let close = open.and_then(|open| Some(open + letters[open..].iter().position(|letter| letter.c == ']')?));
    let mut description = plain_letters(added);
    if let (Some(open), Some(close)) = (open, close) {
        let after = letters[..open].iter().rposition(|letter| letter.c != ' ').map_or(open, |before| before + 1);
        description.extend(plain_letters(" "));
        description.extend_from_slice(&letters[open..=close]);
        letters.drain(after..=close);
    }
    letters.splice(last + 1..last + 1, description);
    letters
}

/// Whether the style printed people at the beginning of a source, rather than a title in their place.
pub(super) fn has_names(letters: &[Letter]) -> bool {
    letters.iter().any(Letter::is_name)
}

/// The output with `dash` in place of its names.
pub(super) fn with_dash(letters: &[Letter], dash: &str) -> Letters {
    let first = letters.iter().position(|letter| letter.place.is_name);
    let last = letters.iter().rposition(|letter| letter.place.is_name);
    let (Some(first), Some(last)) = (first, last) else { return letters.to_vec() };
    // The dash also stands for the people that "et al." stands for.
    let rest = &letters[last + 1..];
    let others = ", et al.".chars().count();
    let has_others = text(rest.get(..others).unwrap_or_default()) == ", et al.";
    let rest = if has_others { [&plain_letters("."), &rest[others..]].concat() } else { rest.to_vec() };
    [&letters[..first], &plain_letters(dash), &rest].concat()
}

/// The output without its names.
pub(super) fn without_names(letters: &[Letter]) -> Letters {
    if has_names(letters) { without_any_names(letters) } else { letters.to_vec() }
}

/// The output without the names, or the title in their place, that it begins with.
pub(super) fn without_any_names(letters: &[Letter]) -> Letters {
    let rest: Letters = letters.iter().copied().filter(|letter| !letter.place.is_names).collect();
    let start = rest.iter().position(|letter| !matches!(letter.c, ' ' | ',' | '.' | ';' | ':')).unwrap_or(rest.len());
    rest[start..].to_vec()
}

/// The output without a comma at its end, also before a quotation mark.
pub(super) fn without_comma(mut letters: Letters) -> Letters {
    let last = letters.iter().rposition(|letter| !matches!(letter.c, CLOSE | CLOSE_SINGLE | STYLE_CLOSE | ' '));
    if let Some(last) = last.filter(|last| letters[*last].c == ',') {
        letters.remove(last);
    }
    letters
}

/// The text of an output.
pub(super) fn text(letters: &[Letter]) -> String {
    letters.iter().map(|letter| letter.c).collect()
}

/// The output without what a style prints before and after a citation.
pub(super) fn text_between(letters: &[Letter], open: &str, close: &str) -> Letters {
    let text = text(letters);
    let start = if text.starts_with(open) { open.chars().count() } else { 0 };
    let end = if text.ends_with(close) { close.chars().count() } else { 0 };
    letters.get(start..letters.len().saturating_sub(end)).unwrap_or_default().to_vec()
}

/// The rules of a language for quotation marks and punctuation.
pub(super) struct Rules {
    pairs: Pairs,
    /// Whether periods and commas go inside quotation marks, as in American English.
    is_inside: bool,
    /// Whether a space belongs before a colon, as in French.
    is_spaced: bool,
    /// Whether Chinese sources have the marks of Chinese.
    is_chinese: bool,
}

impl Rules {
    /// The rules of a language, by its BCP 47 tag.
    pub(super) fn of(language: &str) -> Self {
        let (primary, rest) = language.split_once('-').unwrap_or((language, ""));
        let is_inside = primary == "en" && matches!(rest, "" | "US" | "CA" | "PH" | "LR" | "PR");
        Self { pairs: Pairs::of(language), is_inside, is_spaced: primary == "fr", is_chinese: primary == "zh" }
    }

    /// The output as it prints.
    pub(super) fn runs(&self, letters: Letters) -> Runs {
        let letters = dashed_ranges(capital_numbers(plural_pages(self.punctuated(letters))));
        runs(&if self.is_chinese && is_mostly_chinese(&letters) { chinese(&letters) } else { self.quoted(letters) })
    }

    /// The output without doubled punctuation, empty parentheses, and stray spaces.
    fn punctuated(&self, letters: Letters) -> Letters {
        let mut out = Letters::with_capacity(letters.len());
        for letter in letters {
            match letter.c {
                ' ' if out.last().is_none_or(|last| matches!(last.c, ' ' | '(' | '[')) => {}
                '.' | ',' | ';' | ':' => self.push_punctuation(letter, &mut out),
                ')' => {
                    trim(&mut out, |c| matches!(c, ' ' | ',' | ';' | ':'));
                    match out.last() {
                        Some(last) if last.c == '(' => {
                            out.pop();
                            trim(&mut out, |c| c == ' ');
                        }
                        _ => out.push(letter),
                    }
                }
                _ => out.push(letter),
            }
        }
        trim(&mut out, |c| c == ' ');
        out.iter_mut().filter(|letter| letter.c == STOP).for_each(|letter| letter.c = '.');
        out
    }

    fn push_punctuation(&self, letter: Letter, out: &mut Letters) {
        let is_period_or_comma = matches!(letter.c, '.' | ',');
        if is_period_or_comma || !self.is_spaced {
            trim(out, |c| c == ' ');
        }
        let before_marks = out.iter().rposition(|letter| !matches!(letter.c, CLOSE | CLOSE_SINGLE | STYLE_CLOSE));
        let Some(before_marks) = before_marks else { return };
        let is_doubled = match (out[before_marks].c, letter.c) {
            ('?' | '!' | '.' | STOP | ELLIPSIS, '.')
            | ('?' | '!' | ',' | '(', ',')
            | (';' | '(', ';')
            | (':' | '(', ':')
            | ('(', '.') => true,
            (',' | ';' | ':', '.') => {
                out[before_marks] = letter;
                true
            }
            (':' | ';', ',') | (',' | ';', ':') | (':' | ',', ';') => true,
            _ => false,
        };
        if is_doubled {
            return;
        }
        let at = if is_period_or_comma && self.is_inside { before_marks + 1 } else { out.len() };
        // Inside the marks, it looks like what it follows.
        let letter = if at < out.len() { out[before_marks].like(letter.c) } else { letter };
        out.insert(at, letter);
    }

    /// The output with the quotation marks of the language. A quotation inside a quotation gets the other marks.
    fn quoted(&self, letters: Letters) -> Letters {
        let mut out = Letters::with_capacity(letters.len());
        // Whether each open quotation has double marks.
        let mut open: Vec<bool> = Vec::new();
        for letter in letters {
            let mark = match letter.c {
                OPEN | STYLE_OPEN | OPEN_SINGLE => {
                    let is_double = open.last().map_or(letter.c != OPEN_SINGLE, |outer| !outer);
                    open.push(is_double);
                    if is_double { &self.pairs.double.0 } else { &self.pairs.single.0 }
                }
                CLOSE | STYLE_CLOSE | CLOSE_SINGLE => {
                    let is_double = open.pop().unwrap_or(letter.c != CLOSE_SINGLE);
                    if is_double { &self.pairs.double.1 } else { &self.pairs.single.1 }
                }
                ELLIPSIS => "...",
                _ => {
                    out.push(letter);
                    continue;
                }
            };
            out.extend(mark.chars().map(|c| letter.like(c)));
        }
        out
    }
}

/// The output with en dashes in ranges of years and pages that were typed with a hyphen. Longer numbers with hyphens, such as those
/// of laws and reports, stay as they are.
fn dashed_ranges(mut letters: Letters) -> Letters {
    for at in 1..letters.len().saturating_sub(1) {
        if letters[at].c != '-' {
            continue;
        }
        let digits = |own: &mut dyn Iterator<Item = &Letter>| {
            let own: Vec<char> = own.map(|letter| letter.c).take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            (own.iter().all(char::is_ascii_digit) && matches!(own.len(), 1..=4)).then_some(own)
        };
        let before = digits(&mut letters[..at].iter().rev());
        let after = digits(&mut letters[at + 1..].iter());
        let (Some(mut before), Some(after)) = (before, after) else { continue };
        before.reverse();
        let number = |digits: &[char]| digits.iter().collect::<String>().parse::<u32>().unwrap_or_default();
        // "1017-49" leaves out what both have in common.
        let is_range = after.len() < before.len() || number(&before) < number(&after);
        let word: String = letters[..at - before.len()].iter().rev().map(|letter| letter.c).take(5).collect();
        let is_name = [".on", "#", "º.n", "°n", "ᵒn", ".mún", ".rn", "§", "wal", ".l"]
            .iter()
            .any(|end| word.to_lowercase().trim_start().starts_with(end));
        if is_range && !is_name {
            letters[at].c = '–';
        }
    }
    letters
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Whether a source is in Chinese.
fn is_mostly_chinese(letters: &[Letter]) -> bool {
    let count = |is: fn(char) -> bool| letters.iter().filter(|letter| is(letter.c)).count();
    count(is_han) > count(|c| c.is_ascii_alphabetic())
}

/// A Chinese source with full-width marks, and its titles in the marks for titles in place of italics and quotation marks.
fn chinese(letters: &[Letter]) -> Letters {
    let mut out = Letters::with_capacity(letters.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let (before, after) = (out.last().map(|letter: &Letter| letter.c), letters.get(at + 1).map(|letter| letter.c));
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let own = |c: char| Letter { look: Look::default(), ..letter.like(c) };
        let is_open_title = letter.look.italic && !(at > 0 && letters[at - 1].look.italic);
        if is_open_title {
            out.push(own('《'));
        }
        match letter.c {
            // Between two names, or within a number.
            '.' | ',' | ':' if is_latin(before) && is_latin(after) => out.push(*letter),
            '.' => out.push(own('。')),
            ',' if letters[at + 1..].iter().map(|letter| letter.c).take(3).eq(" 和 ".chars()) => {}
            ',' => out.push(own('，')),
            ':' => out.push(own('：')),
            ';' => out.push(own('；')),
            '(' => out.push(own('（')),
            ')' => out.push(own('）')),
            OPEN | STYLE_OPEN | OPEN_SINGLE => out.push(own('《')),
            CLOSE | STYLE_CLOSE | CLOSE_SINGLE => out.push(own('》')),
            ELLIPSIS => out.extend("……".chars().map(own)),
            // Only between words of another script.
            ' ' if !(is_latin(before) && after.is_some_and(|c| !is_han(c))) => {}
            _ => out.push(Letter { look: Look { italic: false, ..letter.look }, ..*letter }),
        }
        if letter.look.italic && !letters.get(at + 1).is_some_and(|next| next.look.italic) {
            out.push(own('》'));
        }
        at += 1;
    }
    out
}

fn trim(letters: &mut Letters, is_trimmed: impl Fn(char) -> bool) {
    while letters.last().is_some_and(|last| is_trimmed(last.c)) {
        letters.pop();
    }
}

/// The output with "pp." before several pages. Hayagriva counts only digits.
fn plural_pages(letters: Letters) -> Letters {
    let mut out = Letters::with_capacity(letters.len() + 1);
    for (at, letter) in letters.iter().enumerate() {
        out.push(*letter);
        let rest = &letters[at..];
        let is_page = letter.c == 'p'
            && rest.get(1).is_some_and(|next| next.c == '.')
            && rest.get(2).is_some_and(|next| matches!(next.c, ' ' | '\u{a0}'))
            && !(at > 0 && letters[at - 1].c.is_alphanumeric());
        let is_end = |c: char| matches!(c, ' ' | ',' | ';' | ')' | ']' | '.');
        let and: String = rest.iter().skip(3).map(|letter| letter.c).skip_while(|c| !is_end(*c)).take(6).collect();
        let number = and.strip_prefix(" and ").or_else(|| and.strip_prefix(" & "));
        let is_pair = number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
        if is_page && (is_pair || rest[3..].iter().take_while(|next| !is_end(next.c)).any(|next| next.c == '–')) {
            out.push(*letter);
        }
    }
    out
}

/// The output with a capital letter for "no." and "vol." at the beginning of a sentence. Hayagriva capitalizes only some terms.
fn capital_numbers(mut letters: Letters) -> Letters {
    for at in 2..letters.len() {
        let text: String = letters[at..].iter().take(6).map(|letter| letter.c).collect();
        let number = text.strip_prefix("no. ").or_else(|| text.strip_prefix("vol. "));
        let begins = letters[at - 1].c == ' ' && letters[at - 2].c == '.';
        let is_number = |c: char| c.is_ascii_digit() || "IVXLC".contains(c);
        if begins && number.is_some_and(|number| number.starts_with(is_number)) {
            letters[at].c = letters[at].c.to_ascii_uppercase();
        }
    }
    letters
}

fn runs(letters: &[Letter]) -> Runs {
    let mut found = Runs::new();
    for piece in letters.chunk_by(|one, other| one.look == other.look) {
        let text: String = piece.iter().map(|letter| letter.c).collect();
        let look = piece[0].look;
        let mut runs = plain::from_text(&text);
        if look.italic {
            runs = vec![Run::Emphasis { runs }];
        }
        if look.bold {
            runs = vec![Run::Strong { runs }];
        }
        if look.superscript {
            runs = vec![Run::Superscript { runs }];
        }
        if look.subscript {
            runs = vec![Run::Subscript { runs }];
        }
        found.extend(runs);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it prints in American English, from text with the private characters of `marks`.
    fn set(text: &str) -> String {
        let runs = Rules::of("en-US").runs(plain_letters(text));
        runs.iter().map(|run| if let Run::Text { text } = run { text.as_str() } else { "" }).collect()
    }

    #[test]
    fn punctuation_is_not_doubled() {
        for (text, expected) in [
            ("What Is History?. Macmillan", "What Is History? Macmillan"),
            ("What Is History?, 45", "What Is History? 45"),
            ("U.S.S.R.. Moscow", "U.S.S.R. Moscow"),
            ("Jr., 1963", "Jr., 1963"),
            ("98 : 1017", "98: 1017"),
            ("(1994,)", "(1994)"),
            ("Film ( ). Studio", "Film. Studio"),
            ("U.S.S.R\u{e00c}. Moscow", "U.S.S.R. Moscow"),
            ("Wait\u{e00b}. Press", "Wait... Press"),
            ("Press , , 1994,.", "Press, 1994."),
            ("p. xiv–xviii", "pp. xiv–xviii"),
            ("America Burning. no. 12, GPO", "America Burning. No. 12, GPO"),
            ("p. 3 and 9", "pp. 3 and 9"),
            ("p. 7, p. 8–9", "p. 7, pp. 8–9"),
        ] {
            assert_eq!(set(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_in_a_quoted_title_has_the_inner_marks() {
        let title = format!("{STYLE_OPEN}The {OPEN}Bloc{CLOSE}{STYLE_CLOSE}. Next");
        assert_eq!(set(&title), "“The ‘Bloc.’” Next");
        let question = format!("{STYLE_OPEN}Who {OPEN}Won{CLOSE}?{STYLE_CLOSE}. Next");
        assert_eq!(set(&question), "“Who ‘Won’?” Next");
        let runs = Rules::of("de").runs(plain_letters(&format!("{STYLE_OPEN}Der {OPEN}Block{CLOSE}{STYLE_CLOSE}.")));
        assert_eq!(runs, vec![Run::text("„Der ‚Block‘“.")]);
    }

    #[test]
    fn ranges_have_dashes() {
        for (text, expected) in [
            ("Review 98: 1017-49", "Review 98: 1017–49"),
            ("Purges, 1936-1938. Press", "Purges, 1936–1938. Press"),
            ("Public Law 104-132-2", "Public Law 104-132-2"),
            ("Report no. 12-345", "Report no. 12-345"),
            ("Public Law 104-132", "Public Law 104-132"),
            ("Code § 2-207", "Code § 2-207"),
            ("ISBN 0-19-85", "ISBN 0-19-85"),
            ("Part 2-1", "Part 2-1"),
            ("COVID-19", "COVID-19"),
        ] {
            assert_eq!(set(text), expected, "{text}");
        }
    }

    #[test]
    fn chinese_sources_have_chinese_marks() {
        let mut book = plain_letters("欧阳修, 和 李逸安. 2001. 欧阳修全集. 中华书局.");
        book[18..23].iter_mut().for_each(|letter| letter.look.italic = true);
        assert_eq!(Rules::of("zh-CN").runs(book), vec![Run::text("欧阳修和李逸安。2001。《欧阳修全集》。中华书局。")]);
        let mut english = plain_letters("Ho, Ping-ti. 1962. Ladder. Press.");
        english[19..25].iter_mut().for_each(|letter| letter.look.italic = true);
        let ladder = Run::Emphasis { runs: vec![Run::text("Ladder")] };
        assert_eq!(Rules::of("zh-CN").runs(english), vec![Run::text("Ho, Ping-ti. 1962. "), ladder, Run::text(". Press.")]);
    }

    #[test]
    fn a_title_can_look_another_way() {
        let mut song = plain_letters("Holiday. Song. Label");
        song[9..13].iter_mut().for_each(|letter| letter.look.italic = true);
        let runs = Rules::of("en").runs(with_title(song, "Song", TitleLook::Quoted));
        assert_eq!(runs, vec![Run::text("Holiday. “Song.” Label")]);
        let memorandum = plain_letters(&format!("Doe. {STYLE_OPEN}Memorandum.{STYLE_CLOSE} Papers"));
        let runs = Rules::of("en").runs(with_title(memorandum, "Memorandum", TitleLook::Plain));
        assert_eq!(runs, vec![Run::text("Doe. Memorandum. Papers")]);
    }

    #[test]
    fn years_print_as_they_were_typed() {
        let when = When { year: 1850, shown: "c. 1850".into(), part: Part::Year };
        let mut date = plain_letters("(1850) 1850");
        date[..6].iter_mut().for_each(|letter| letter.place.is_date = true);
        let shown: String = with_date(date, &when, "a").iter().map(|letter| letter.c).collect();
        assert_eq!(shown, "(c. 1850a) 1850");
    }
}
