//! Renders pages from templates.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};

use super::{Content, Page};
use crate::digest::Digest;

/// The templates in `src/templates/catalogue`.
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

/// Renders pages.
pub struct Printer(Environment<'static>);

impl Printer {
    /// Loads the templates.
    ///
    /// # Panics
    /// If a template is broken. The tests render every template.
    #[expect(clippy::new_without_default, reason = "loading the templates takes time")]
    pub fn new() -> Self {
        let mut environment = Environment::new();
        // The escapes for HTML are valid XML too.
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.expect("the default template syntax is valid"));
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).expect("the templates are valid: the tests render each one");
        }
        Self(environment)
    }

    /// Renders a page.
    ///
    /// # Panics
    /// If a template is broken. The tests render every template.
    pub fn print(&self, page: &Page) -> Vec<u8> {
        match &page.content {
            Content::Fixed(bytes) => bytes.to_vec(),
            Content::Text(text) => text.clone().into_bytes(),
            Content::Template(name, context) => {
                let context: serde_json::Value = serde_json::from_str(context).expect("it was serialized by `Page::new`");
                let template = self.0.get_template(name).expect("the template was added");
                template.render(Serde(context)).expect("the templates are valid: the tests render each one").into_bytes()
            }
        }
    }
}
