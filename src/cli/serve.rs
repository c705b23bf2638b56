//! `packetpress serve`: shows the download pages in a browser.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context, Result, bail};
use camino::Utf8PathBuf;

use super::project_paths::ProjectPaths;
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::diagnostics::report::sanitize;
use crate::serve::serve;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to show; without it `output` beside the lessons
    #[arg(value_name = "DIR")]
    folder: Option<Utf8PathBuf>,
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    port: u16,
    /// The address of this machine at which it can be reached; without it only from this machine
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None => ProjectPaths::find(&SelectionArgs { wanted: Vec::new(), lessons: None, branding: BrandingArgs::default() })?
            .beside("output"),
    };
    if !folder.join("index.html").is_file() {
        bail!("{folder} has no download pages: `packetpress build` writes them, for lessons that have a licence");
    }
    if !args.host.is_loopback() {
        writeln!(anstream::stderr(), "everybody on the network can open these pages, packets for teachers included")?;
    }
    let ready = |address: SocketAddr| {
        let line = format!("{folder} is shown at http://{address}/ until you press Ctrl-C");
        writeln!(anstream::stdout(), "{}", sanitize(&line)).map_err(Into::into)
    };
    serve(&folder, SocketAddr::new(args.host, args.port), ready).with_context(|| {
        format!("cannot show {folder}; if another program uses port {}, choose another with `--port`", args.port)
    })?;
    Ok(Outcome::Done)
}
