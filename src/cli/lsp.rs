//! `packetpress lsp`: the language server that editors start.

use anyhow::Result;

use super::project_paths::ProjectPaths;
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::lsp;
use crate::typeset::Fonts;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Talk to the editor over standard input and output, which is the only way
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(_: &Args) -> Result<Outcome> {
    let selection = SelectionArgs { wanted: Vec::new(), lessons: None, branding: BrandingArgs::default() };
    // Editors also open files outside of a project.
    let fonts = ProjectPaths::find(&selection).and_then(|paths| paths.fonts()).unwrap_or_else(|_| Fonts::bundled());
    lsp::serve_stdio(fonts.coverage())?;
    Ok(Outcome::Done)
}
