//! YAML as a tree that prints the way teachers write it: unquoted where possible, with long text after a `|`.

/// A value of a lesson file.
#[derive(Clone)]
pub(super) enum Yaml {
    Text(String),
    /// Long text, on separate lines.
    Prose(String),
    /// A number, `true`, or `null`, printed unchanged.
    Bare(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

impl From<&str> for Yaml {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Yaml {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Yaml {
    fn from(number: usize) -> Self {
        Self::Bare(number.to_string())
    }
}

impl From<bool> for Yaml {
    fn from(flag: bool) -> Self {
        Self::Bare(flag.to_string())
    }
}

impl From<Vec<String>> for Yaml {
    fn from(texts: Vec<String>) -> Self {
        Self::List(texts.into_iter().map(Self::Text).collect())
    }
}

impl From<Vec<Yaml>> for Yaml {
    fn from(list: Vec<Yaml>) -> Self {
        Self::List(list)
    }
}

/// Keys with their values.
pub(super) fn map<const N: usize>(entries: [(&str, Yaml); N]) -> Yaml {
    Yaml::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A list of short strings.
pub(super) fn texts(texts: &[&str]) -> Yaml {
    Yaml::List(texts.iter().map(|text| Yaml::from(*text)).collect())
}

/// Entries with `id` and `text`.
pub(super) fn entries<I: AsRef<str>, T: AsRef<str>>(entries: &[(I, T)]) -> Yaml {
    Yaml::List(entries.iter().map(|(id, text)| map([("id", id.as_ref().into()), ("text", text.as_ref().into())])).collect())
}

impl Yaml {
    /// Adds a key, if this is a map.
    pub(super) fn with(mut self, key: &str, value: Yaml) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// The content of a file.
    pub(super) fn file(&self) -> String {
        let mut text = String::new();
        self.write(0, &mut text);
        text
    }

    fn write(&self, indent: usize, to: &mut String) {
        match self {
            Self::Map(entries) => {
                for (key, value) in entries {
                    to.push_str(&" ".repeat(indent));
                    to.push_str(key);
                    to.push(':');
                    value.write_after(indent, to);
                }
            }
            Self::List(list) => {
                for value in list {
                    to.push_str(&" ".repeat(indent));
                    to.push('-');
                    if matches!(value, Self::Map(_) | Self::List(_)) {
                        let mut inner = String::new();
                        value.write(indent + 2, &mut inner);
                        to.push(' ');
                        to.push_str(inner.trim_start());
                    } else {
                        value.write_after(indent, to);
                    }
                }
            }
            _ => self.write_after(indent, to),
        }
    }

    /// Writes what follows a colon or a hyphen.
    fn write_after(&self, indent: usize, to: &mut String) {
        match self {
            Self::Map(_) | Self::List(_) => {
                to.push('\n');
                self.write(indent + 2, to);
            }
            Self::Prose(text) => {
                to.push_str(" |\n");
                for line in text.trim_end().lines() {
                    if !line.is_empty() {
                        to.push_str(&" ".repeat(indent + 2));
                        to.push_str(line);
                    }
                    to.push('\n');
                }
            }
            Self::Text(text) => {
                to.push(' ');
                if is_plain(text) {
                    to.push_str(text);
                } else {
                    to.push('"');
                    to.push_str(&text.replace('\\', "\\\\").replace('"', "\\\""));
                    to.push('"');
                }
                to.push('\n');
            }
            Self::Bare(text) => {
                to.push(' ');
                to.push_str(text);
                to.push('\n');
            }
        }
    }
}

/// Whether YAML reads this string correctly without quotation marks.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_alphanumeric() || " ,.;'()-–—?!*/$&\"".contains(character))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str())
}
