//! `packetpress serve`: serves the download page to a browser.

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
    /// Folder to serve [default: `output` next to the lessons folder]
    #[arg(value_name = "DIR")]
    folder: Option<Utf8PathBuf>,
    /// Port; 0 picks any free port
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    port: u16,
    /// Address to listen on; the default is reachable only from this computer
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
        bail!(
            "no download page in {folder}; make sure `series.yaml` or `issue.yaml` has a `licence` under `rights`, \
             then run `packetpress build`"
        );
    }
    if !args.host.is_loopback() {
        writeln!(anstream::stderr(), "warning: anyone on the network can open these pages, including teacher packets")?;
    }
    let ready = |address: SocketAddr| {
        let line = format!("Serving {folder} at http://{address}/ (press Ctrl-C to stop)");
        writeln!(anstream::stdout(), "{}", sanitize(&line)).map_err(Into::into)
    };
    serve(&folder, SocketAddr::new(args.host, args.port), ready)
        .with_context(|| format!("cannot serve {folder}; if port {} is in use, choose another with `--port`", args.port))?;
    Ok(Outcome::Done)
}
