//! An address that can be fetched.

use std::fmt;
use ureq::http::Uri;

/// An address that begins with `http://`.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    uri: Uri,
    host: String,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, and what to give instead.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|error| format!("{text:?} is no address: {error}"))?;
        match (uri.scheme_str(), uri.host()) {
            (Some("http"), Some(host)) => {
                let host = format!("{}:{}", host.to_lowercase(), uri.port_u16().unwrap_or(80));
                Ok(Address { uri, host })
            }
            (Some("https"), _) => {
                Err(format!("{text:?} needs TLS, which this example is built without: give one with http://"))
            }
            _ => Err(format!("{text:?} is no address of a page: give one such as http://example.org")),
        }
    }

    /// Who is asked for it: a name and a port.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uri.fmt(f)
    }
}
