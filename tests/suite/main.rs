//! The one integration test of Packetpress: what users see, from the outside.

mod annotations;
mod build;
mod catalogue;
mod documents;
mod editions;
mod formats;
mod issues;
mod languages;
mod leaks;
mod looks;
mod mistakes;
mod packets;
mod pdf;
mod project;
mod reading;
mod rebuild;
mod serve;
mod specimen;
mod unreadable;
mod worksheets;
