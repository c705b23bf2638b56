//! Requests to web servers: for finished packets that are shared, for a published site, and for the links in lessons. Nothing is
//! requested unless the user asks for one of these.

use std::io::Read;
use std::net::{IpAddr, Ipv6Addr, ToSocketAddrs};
use std::time::Duration;

use anyhow::{Result, bail};
use ureq::Agent;
use ureq::http::{Response, StatusCode};
use url::Url;

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);

/// How a program introduces itself (RFC 9110, 10.1.5).
const NAME: &str = concat!("packetpress/", env!("CARGO_PKG_VERSION"));

/// How many redirects to follow.
const REDIRECTS: u32 = 5;

/// Makes requests that wait this long for an answer, and this long altogether. Statuses such as 404 aren't errors. With
/// `follow`, redirects are followed.
pub fn agent(answer: Duration, altogether: Duration, follow: bool) -> Agent {
    let config = Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(answer))
        .timeout_global(Some(altogether))
        .http_status_as_error(false)
        .max_redirects(if follow { REDIRECTS } else { 0 })
        .max_redirects_will_error(false)
        .user_agent(NAME);
    config.build().into()
}

/// The content at an address, or as many bytes of it; `None` if the server doesn't have it.
///
/// # Errors
/// If the server doesn't answer, or with an error of its own.
pub fn get(agent: &Agent, address: &str, most: u64) -> Result<Option<Vec<u8>>> {
    content(agent.get(address).call()?, most)
}

/// The content of an answer, or as many bytes of it; `None` if the server doesn't have it.
///
/// # Errors
/// If the server has an error of its own, or stops in the middle.
pub fn content(mut response: Response<ureq::Body>, most: u64) -> Result<Option<Vec<u8>>> {
    match response.status() {
        StatusCode::OK => {
            let mut bytes = Vec::new();
            response.body_mut().as_reader().take(most).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        }
        status if status.is_client_error() => Ok(None),
        status => bail!("the server answered {status}"),
    }
}

/// Whether this is an address of a web server, and not a path.
pub fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// What the name of a server leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// A server on the internet.
    Public,
    /// A computer in the user's own network, or this one. A stranger's lesson must not make requests there.
    Private,
    /// There is no such server, or no network.
    Unknown,
}

/// What the server of an address is.
pub fn host(address: &Url) -> Host {
    let Some(name) = address.host_str() else { return Host::Unknown };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let Ok(found) = (name, address.port_or_known_default().unwrap_or(80)).to_socket_addrs() else { return Host::Unknown };
    let addresses: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    match addresses.as_slice() {
        [] => Host::Unknown,
        addresses if addresses.iter().all(|address| is_public(*address)) => Host::Public,
        _ => Host::Private,
    }
}

/// Whether anyone on the internet can have this address (IANA special-purpose address registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            let is_benchmark = first == 198 && (second == 18 || second == 19);
            let is_protocol = first == 192 && second == 0 && address.octets()[2] == 0;
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_broadcast()
                || address.is_documentation()
                || address.is_multicast()
                || first == 0
                || first >= 240
                || is_shared
                || is_benchmark
                || is_protocol)
        }
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public(IpAddr::V4(mapped)),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_documentation = first == 0x2001 && second == 0x0db8;
    // Addresses of the internet begin with 001. Those that only wrap others (6to4, Teredo) could lead anywhere.
    first & 0xe000 == 0x2000 && !is_documentation && first != 0x2002 && !(first == 0x2001 && second == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        for (address, expected) in [
            ("93.184.216.34", true),
            ("2606:2800:220:1::1", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("ff02::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:93.184.216.34", true),
            ("2002:7f00:1::", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_public(address.parse().expect("an address")), expected, "{address}");
        }
    }

    #[test]
    fn names_are_looked_up() {
        let of = |address: &str| host(&Url::parse(address).expect("an address"));
        assert_eq!(of("http://127.0.0.1:8000/"), Host::Private);
        assert_eq!(of("http://[::1]/"), Host::Private);
        assert_eq!(of("https://93.184.216.34/a"), Host::Public);
        assert_eq!(of("http://nothing.invalid/"), Host::Unknown);
    }
}
