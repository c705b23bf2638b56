//! Which packet: what it is about, edition, part, format, language, paper. The file name and the document identifier follow from it.

use std::fmt;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use crate::lesson::Lesson;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};

/// The identity of one packet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// The id of the issue.
    pub issue: String,
    /// The id of the lesson; `None` for the whole issue.
    pub lesson: Option<String>,
    /// For whom.
    pub edition: Edition,
    /// What of it.
    pub part: Part,
    /// How it is laid out.
    pub format: Format,
    /// Whether it has no colour but black.
    pub mono: bool,
    /// Whether every part that is handed in is a sheet of its own when printed on both sides.
    pub duplex: bool,
    /// In which language: a tag of BCP 47.
    pub language: String,
    /// On which paper.
    pub paper: Paper,
}

/// A kind of packet that every lesson may have: all that tells packets of one lesson in one language apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// For whom.
    pub edition: Edition,
    /// What of it.
    pub part: Part,
    /// How it is laid out.
    pub format: Format,
    /// On which paper.
    pub paper: Paper,
    /// Whether it has no colour but black.
    pub mono: bool,
    /// Whether each part that is handed in is a sheet of its own when it prints on both sides.
    pub duplex: bool,
}

/// The name in files of what is about a whole issue; no lesson can have it.
pub const WHOLE_ISSUE: &str = "issue";

impl Choice {
    /// The usual packet of an edition on this paper.
    pub fn usual(edition: Edition, part: Part, paper: Paper) -> Self {
        Self { edition, part, format: Format::default(), paper, mono: false, duplex: false }
    }

    /// Why there is no such kind of packet, in a teacher's words; `None` if there is.
    pub fn obstacle(self) -> Option<String> {
        let Self { edition, part, format, duplex, .. } = self;
        if !edition.parts().contains(&part) {
            return Some(format!(
                "the {} packet has no part `{}`: `student` and `teacher` have a `reading` and a `worksheet`, `substitute` has a `plan`",
                edition.name(),
                part.name()
            ));
        }
        (duplex && format.is_imposed()).then(|| {
            format!(
                "`duplex` puts each part on a sheet of its own, and a sheet of a `{}` packet has four pages: leave one of the two out",
                format.name()
            )
        })
    }

    /// The packet of this kind of a lesson, or of a whole issue, in a language.
    pub fn of(self, issue: &str, lesson: Option<&str>, language: &str) -> Identity {
        let Self { edition, part, format, paper, mono, duplex } = self;
        Identity {
            issue: issue.to_owned(),
            lesson: lesson.map(str::to_owned),
            edition,
            part,
            format,
            mono,
            duplex,
            language: language.to_owned(),
            paper,
        }
    }
}

impl Identity {
    /// The id of the lesson, or [`WHOLE_ISSUE`].
    pub fn subject(&self) -> &str {
        self.lesson.as_deref().unwrap_or(WHOLE_ISSUE)
    }

    /// The file of the packet, from the output folder: what equals the series' default is not in its name.
    pub fn path(&self, series: &Series) -> Utf8PathBuf {
        let pieces = [
            Some(self.issue.as_str()),
            Some(self.subject()),
            (self.part != Part::default()).then_some(self.part.name()),
            Some(self.edition.name()),
            (self.format != Format::default()).then_some(self.format.name()),
            self.mono.then_some("mono"),
            self.duplex.then_some("duplex"),
            (self.language != series.language.0).then_some(self.language.as_str()),
            (self.paper != series.paper).then_some(self.paper.name()),
        ];
        let name: Vec<_> = pieces.into_iter().flatten().collect();
        Utf8PathBuf::from(&self.issue).join(format!("{}.pdf", name.join("-").to_lowercase()))
    }

    /// The language of a lesson's packets.
    pub fn language_of(lesson: &Lesson, series: &Series) -> String {
        lesson.language.as_ref().map_or(&series.language, |language| &language.value).0.clone()
    }
}

impl fmt::Display for Identity {
    /// The whole identity, in which nothing is left out because it is a default.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { issue, edition, part, format, language, paper, .. } = self;
        let colours = if self.mono { "mono" } else { "colour" };
        let sides = if self.duplex { "duplex" } else { "any-side" };
        write!(f, "{issue}/{}/{}/{}/{}", self.subject(), part.name(), edition.name(), format.name())?;
        write!(f, "/{colours}/{sides}/{language}/{}", paper.name())
    }
}
