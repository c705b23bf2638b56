//! The integration tests of Packetpress: what users see from the outside.
#![expect(clippy::disallowed_methods, reason = "tests write projects and read the results")]

mod annotations;
mod build;
mod catalogue;
mod documents;
mod editions;
mod files;
mod fingerprint;
mod forgiving;
mod handouts;
mod formats;
mod issues;
mod languages;
mod layers;
mod leaks;
mod long_text;
mod looks;
mod mistakes;
mod overlays;
mod packets;
mod pdf;
mod project;
mod random_lessons;
mod reading;
mod rebuild;
mod renames;
mod serve;
mod sources;
mod specimen;
mod typography;
mod unreadable;
mod vocabulary;
mod worksheets;
