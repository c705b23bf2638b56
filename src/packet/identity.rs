//! Which packet: lesson, edition, part, language, paper. The file name and the document identifier follow from it.

use std::fmt;

use camino::Utf8PathBuf;

use crate::lesson::Lesson;
use crate::lesson::series::{Edition, Paper, Part, Series};

/// The identity of one packet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The id of the issue.
    pub issue: String,
    /// The id of the lesson.
    pub lesson: String,
    /// For whom.
    pub edition: Edition,
    /// What of it.
    pub part: Part,
    /// In which language: a tag of BCP 47.
    pub language: String,
    /// On which paper.
    pub paper: Paper,
}

impl Identity {
    /// The file of the packet, from the output folder: what equals the series' default is not in its name.
    pub fn path(&self, series: &Series) -> Utf8PathBuf {
        let mut name = format!("{}-{}-", self.issue, self.lesson);
        if self.part != Part::All {
            name.push_str(self.part.name());
            name.push('-');
        }
        name.push_str(self.edition.name());
        if self.paper != series.paper {
            name.push('-');
            name.push_str(self.paper.name());
        }
        Utf8PathBuf::from(&self.issue).join(format!("{name}.pdf"))
    }

    /// The language of a lesson's packets.
    pub fn language_of(lesson: &Lesson, series: &Series) -> String {
        lesson.language.as_ref().map_or(&series.language, |language| &language.value).0.clone()
    }
}

impl fmt::Display for Identity {
    /// The whole identity, in which nothing is left out because it is a default.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { issue, lesson, edition, part, language, paper } = self;
        write!(f, "{issue}/{lesson}/{}/{}/standard/{language}/{}", part.name(), edition.name(), paper.name())
    }
}
