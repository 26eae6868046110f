//! TLS: the servers to trust, and explanations of TLS errors.

mod bundle;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, PeerIncompatible, RootCertStore,
    SignatureScheme,
};

use crate::settings::CaBundle;
pub use bundle::NoAuthorities;
use bundle::{Bundle, Unfit};

/// The files in which Linux distributions keep all certificate authorities, as in openssl-probe: Debian and Alpine,
/// Fedora and RHEL, SUSE. Without such a file, all authorities are read at once.
const FILES: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
];

/// The servers to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Servers whose certificates the system's authorities have signed.
    System,
    /// Servers that the certificates in this file verify.
    Bundle(CaBundle),
    /// Any server (`--no-verify-ssl`).
    Anybody,
}

impl Trust {
    /// Returns trust in a bundle, if there is one, else in the system's authorities.
    pub fn of_bundle(bundle: Option<&CaBundle>) -> Trust {
        bundle.cloned().map_or(Trust::System, Trust::Bundle)
    }

    /// Checks that a bundle has a path, as the AWS CLI does even for plain HTTP.
    ///
    /// # Errors
    ///
    /// Returns an error if the path is empty.
    pub fn check(&self) -> Result<(), NoAuthorities> {
        match self {
            Trust::Bundle(CaBundle { path, from }) if path.as_os_str().is_empty() => Err(NoAuthorities {
                message: format!("Invalid CA bundle: {from} is empty"),
                hint: "name a PEM file of certificate authorities, or remove the setting",
            }),
            _ => Ok(()),
        }
    }

    /// Returns the configuration of a TLS client.
    ///
    /// # Errors
    ///
    /// Returns an error if the bundle can't be used, or if the system has no certificate authorities.
    pub fn config(&self) -> Result<ClientConfig, NoAuthorities> {
        self.check()?;
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| NoAuthorities { message: error.to_string(), hint: "this build of orgshake is broken" })?;
        let judge = match self {
            Trust::Anybody => Judge::Nobody,
            Trust::Bundle(file) => Judge::Bundle(Bundle::read(file, &provider)?),
            Trust::System => {
                let all = || rustls_native_certs::load_native_certs().certs;
                let Some(file) = system_file() else {
                    let verifier = verifier(all(), &provider)?;
                    return Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth());
                };
                let first = verifier(file, &provider)?;
                Judge::System(System { first, all: OnceLock::new(), load: all, provider: provider.clone() })
            }
        };
        let verifier = Arc::new(Verifier { judge, provider });
        Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
    }
}

/// Returns a verifier that trusts these authorities.
fn verifier(
    authorities: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, NoAuthorities> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities);
    let verifier = WebPkiServerVerifier::builder_with_provider(roots.into(), provider.clone()).build();
    verifier.map_err(|_| NoAuthorities {
        message: "The system has no certificate authorities".to_owned(),
        hint: "install them (the package ca-certificates of most systems), or name a file of them with AWS_CA_BUNDLE",
    })
}

/// Reads the authorities from the system's file, if it has one and the environment names no other.
fn system_file() -> Option<Vec<CertificateDer<'static>>> {
    if ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter().any(|name| std::env::var_os(name).is_some()) {
        return None;
    }
    let file = FILES.iter().map(Path::new).find(|file| file.exists())?;
    let found = rustls_native_certs::load_certs_from_paths(Some(file), None).certs;
    (!found.is_empty()).then_some(found)
}

/// Explains a TLS error: returns the problem and a hint.
pub fn explained(error: &Error) -> (String, &'static str) {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
        UnknownIssuer,
    };
    use PeerIncompatible::{ServerDoesNotSupportTls12Or13, ServerTlsVersionIsDisabledByOurConfig};
    let date = |time: &UnixTime| {
        let time = i64::try_from(time.as_secs()).ok().and_then(|time| jiff::Timestamp::from_second(time).ok());
        time.map(|time| time.to_string()).unwrap_or_default()
    };
    let another =
        "to trust another certificate: AWS_CA_BUNDLE, or for the Organizations endpoint alone --ca-bundle FILE";
    let clock = "the server needs a new certificate, unless the clock of this machine is wrong";
    match error {
        Error::InvalidCertificate(problem) => match problem {
            UnknownIssuer => (
                "the server's certificate comes from an unknown authority".to_owned(),
                "to trust another certificate authority: AWS_CA_BUNDLE, or for the Organizations endpoint alone \
                 --ca-bundle FILE",
            ),
            ExpiredContext { not_after, .. } => {
                (format!("the server's certificate expired at {}", date(not_after)), clock)
            }
            Expired => ("the server's certificate has expired".to_owned(), clock),
            NotValidYetContext { not_before, .. } => {
                (format!("the server's certificate is valid from {}", date(not_before)), clock)
            }
            NotValidYet => ("the server's certificate is not valid yet".to_owned(), clock),
            NotValidForName | NotValidForNameContext { .. } => (
                format!("the server's certificate is for another host{}", hosts(problem)),
                "check the host name in the URL; if it is right, another server is responding in its place",
            ),
            CertificateError::Other(other) => match other.0.downcast_ref::<Unfit>() {
                Some(unfit) => (
                    unfit.to_string(),
                    "put a certificate into the CA bundle that is valid today and issued for \
                                         servers",
                ),
                None => {
                    (format!("the server's certificate can't be used: {}", in_words(&other.0.to_string())), another)
                }
            },
            _ => (format!("the server's certificate can't be used: {}", in_words(&format!("{problem:?}"))), another),
        },
        Error::InvalidMessage(_) => (
            "the server doesn't speak TLS".to_owned(),
            "use http:// in the URL of a server without TLS, or check the port",
        ),
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(ServerDoesNotSupportTls12Or13 | ServerTlsVersionIsDisabledByOurConfig) => {
            ("the server speaks another version of TLS".to_owned(), "orgshake speaks TLS 1.2 and 1.3")
        }
        _ => {
            let why = match error {
                Error::AlertReceived(alert) => format!("the server reports {}", in_words(&format!("{alert:?}"))),
                Error::PeerIncompatible(why) => {
                    format!("the server is incompatible: {}", in_words(&format!("{why:?}")))
                }
                Error::PeerMisbehaved(why) => format!("the server misbehaves: {}", in_words(&format!("{why:?}"))),
                other => other.to_string(),
            };
            (format!("the TLS handshake failed: {why}"), "orgshake speaks TLS 1.2 and 1.3, with modern ciphers only")
        }
    }
}

/// Says which hosts a certificate is for, if the problem shows them. The TLS library writes them as `DnsName("localhost")`.
fn hosts(problem: &CertificateError) -> String {
    let CertificateError::NotValidForNameContext { expected, presented } = problem else { return String::new() };
    let name = |name: &String| {
        let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
        inner.trim_matches('"').to_owned()
    };
    let names: Vec<_> = presented.iter().map(name).collect();
    let names = if names.is_empty() { "no host".to_owned() } else { names.join(", ") };
    format!(": it is for {names}, not for {}", expected.to_str())
}

/// The TLS library's names of problems with a certificate, with what they mean.
const PROBLEMS: [(&str, &str); 10] = [
    ("CaUsedAsEndEntity", "it is the certificate of an authority, not of a server"),
    ("RequiredEkuNotFound", "it is not for servers"),
    ("InvalidPurpose", "it is not for servers"),
    ("InvalidSignatureForPublicKey", "its signature is wrong"),
    ("BadSignature", "its signature is wrong"),
    ("BadDer", "it is malformed"),
    ("BadEncoding", "it is malformed"),
    ("CertRevoked", "it was revoked"),
    ("Revoked", "it was revoked"),
    ("NameConstraintViolation", "its authority may not issue certificates for this host"),
];

/// Puts a problem that the TLS library names as in `Other(OtherError(PathLenConstraintViolated))` in words.
fn in_words(debug: &str) -> String {
    let mut names = debug.split(|c: char| !c.is_ascii_alphanumeric()).filter(|name| !name.is_empty());
    let name = names.find(|name| !["Other", "OtherError"].contains(name)).unwrap_or(debug);
    let name = name.strip_suffix("Context").unwrap_or(name);
    if let Some((_, meaning)) = PROBLEMS.iter().find(|(known, _)| *known == name) {
        return (*meaning).to_owned();
    }
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// The system's authorities. Those of its directories are read only if those of its file don't verify a server: the
/// directories have hundreds of files, mostly with the same certificates, and take longer to read than the whole call.
#[derive(Debug)]
struct System {
    first: Arc<WebPkiServerVerifier>,
    all: OnceLock<Result<Arc<WebPkiServerVerifier>, NoAuthorities>>,
    /// Reads all authorities.
    load: fn() -> Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl System {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.first.verify_server_cert(certificate, intermediates, name, ocsp, now).or_else(|error| {
            match self.all.get_or_init(|| verifier((self.load)(), &self.provider)) {
                Ok(all) => all.verify_server_cert(certificate, intermediates, name, ocsp, now),
                Err(_) => Err(error),
            }
        })
    }
}

/// The check of a server's certificate.
#[derive(Debug)]
enum Judge {
    System(System),
    Bundle(Bundle),
    /// No check (`--no-verify-ssl`).
    Nobody,
}

/// A judge, and the check that TLS always makes: that the server has the certificate's key.
#[derive(Debug)]
struct Verifier {
    judge: Judge,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.judge {
            Judge::System(system) => system.verify_server_cert(certificate, intermediates, name, ocsp, now),
            Judge::Bundle(bundle) => bundle.verify_server_cert(certificate, intermediates, name, now),
            Judge::Nobody => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair};

    use super::*;

    fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(rcgen::DnType::CommonName, name);
        CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap()
    }

    fn server(authority: &CertifiedIssuer<'static, KeyPair>) -> CertificateDer<'static> {
        let mut server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.signed_by(&KeyPair::generate().unwrap(), authority).unwrap().der().clone()
    }

    #[test]
    fn problems_are_put_in_words() {
        assert_eq!(in_words("Other(OtherError(CaUsedAsEndEntity))"), PROBLEMS[0].1);
        assert_eq!(in_words("PathLenConstraintViolated"), "path len constraint violated");
        assert_eq!(in_words("InvalidPurposeContext { required: ServerAuth, presented: [] }"), "it is not for servers");
        assert_eq!(
            explained(&Error::AlertReceived(AlertDescription::HandshakeFailure)).0,
            "the TLS handshake failed: \
                    the server reports handshake failure"
        );
    }

    #[test]
    fn the_systems_directories_are_asked_about_servers_that_its_file_does_not_vouch_for() {
        static IN_DIRECTORY: OnceLock<CertificateDer<'static>> = OnceLock::new();
        let [file, directory, neither] = ["file", "directory", "neither"].map(authority);
        IN_DIRECTORY.set(directory.der().clone()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let system = System {
            first: verifier(vec![file.der().clone()], &provider).unwrap(),
            all: OnceLock::new(),
            load: || IN_DIRECTORY.get().cloned().into_iter().collect(),
            provider,
        };
        let name = ServerName::try_from("localhost").unwrap();
        let verified = |authority| system.verify_server_cert(&server(authority), &[], &name, &[], UnixTime::now());
        assert!(verified(&file).is_ok());
        assert!(system.all.get().is_none());
        assert!(verified(&directory).is_ok());
        assert_eq!(verified(&neither).unwrap_err(), Error::InvalidCertificate(CertificateError::UnknownIssuer));
    }
}
