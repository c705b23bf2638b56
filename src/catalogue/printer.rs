//! Prints pages: the templates, and what they are filled with.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};

use super::{Content, Page};
use crate::digest::Digest;

/// The templates, as `src/templates/catalogue` holds them.
const TEMPLATES: [(&str, &str); 9] = [
    ("base.html", include_str!("../templates/catalogue/base.html")),
    ("parts.html", include_str!("../templates/catalogue/parts.html")),
    ("front.html", include_str!("../templates/catalogue/front.html")),
    ("issue.html", include_str!("../templates/catalogue/issue.html")),
    ("lesson.html", include_str!("../templates/catalogue/lesson.html")),
    ("moved.html", include_str!("../templates/catalogue/moved.html")),
    ("404.html", include_str!("../templates/catalogue/404.html")),
    ("feed.xml", include_str!("../templates/catalogue/feed.xml")),
    ("sitemap.xml", include_str!("../templates/catalogue/sitemap.xml")),
];

/// The digest of all templates.
pub(super) fn templates() -> Digest {
    static DIGEST: LazyLock<Digest> = LazyLock::new(|| Digest::of_named(TEMPLATES.map(|(name, text)| (name, text.as_bytes()))));
    *DIGEST
}

/// Prints pages.
pub struct Printer(Environment<'static>);

impl Printer {
    /// One that knows the templates.
    ///
    /// # Panics
    /// If a template is broken, which tests would find.
    #[expect(clippy::new_without_default, reason = "reading the templates takes time")]
    pub fn new() -> Self {
        let mut environment = Environment::new();
        // XML has all the entities that are written for HTML.
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.expect("the usual marks of templates are sound"));
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).expect("the templates are sound: tests print each");
        }
        Self(environment)
    }

    /// The bytes of a page.
    ///
    /// # Panics
    /// If a template is broken, which tests would find.
    pub fn print(&self, page: &Page) -> Vec<u8> {
        match &page.content {
            Content::Fixed(bytes) => bytes.to_vec(),
            Content::Text(text) => text.clone().into_bytes(),
            Content::Template(name, context) => {
                let context: serde_json::Value = serde_json::from_str(context).expect("it was written a moment ago");
                let template = self.0.get_template(name).expect("the template was added");
                template.render(Serde(context)).expect("the templates are sound: tests print each").into_bytes()
            }
        }
    }
}
