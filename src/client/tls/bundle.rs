//! Trust in the certificates of a CA bundle, by OpenSSL's rules.
//!
//! webpki doesn't check the dates and purposes of a trusted certificate, whether it may sign others, or the length of
//! the path. OpenSSL, which the AWS CLI uses, checks all of them, and also accepts a server's own self-signed
//! certificate from the bundle.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rustls::client::danger::ServerCertVerified;
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, OtherError};
use webpki::{EndEntityCert, VerifiedPath, anchor_from_trusted_cert};
use x509_cert::der::Decode;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::time::Time;
use x509_cert::{Certificate, Version};

use crate::error::Failure;
use crate::os::files;
use crate::settings::CaBundle;
use crate::text::redact::shown;

/// The reason why no certificate authorities are known.
#[derive(Clone, Debug)]
pub struct NoAuthorities {
    /// The problem.
    pub message: String,
    /// The advice.
    pub hint: &'static str,
}

impl From<NoAuthorities> for Failure {
    fn from(error: NoAuthorities) -> Failure {
        Failure::other(error.message).hint(error.hint)
    }
}

/// `id-kp-serverAuth` (RFC 5280, section 4.2.1.12).
const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");

/// The certificates of a bundle.
#[derive(Debug)]
pub struct Bundle {
    certificates: Vec<CertificateDer<'static>>,
    anchors: Vec<TrustAnchor<'static>>,
    provider: Arc<CryptoProvider>,
}

impl Bundle {
    /// Reads a bundle. Skips unreadable certificates, and text between certificates.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, or contains no certificate.
    pub fn read(bundle: &CaBundle, provider: &Arc<CryptoProvider>) -> Result<Bundle, NoAuthorities> {
        let refused = |why: &str| NoAuthorities {
            message: format!("Unusable CA bundle {} ({}): {why}", shown(&bundle.path.to_string_lossy()), bundle.from),
            hint: "a CA bundle is a file of certificates between lines with BEGIN CERTIFICATE and END CERTIFICATE",
        };
        let pem = files::read(&bundle.path).map_err(|error| refused(&error.to_string()))?;
        let certificates: Vec<_> = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok).collect();
        let anchors = certificates.iter().filter_map(|certificate| anchor_from_trusted_cert(certificate).ok());
        let anchors: Vec<_> = anchors.map(|anchor| anchor.to_owned()).collect();
        if anchors.is_empty() {
            return Err(refused("it contains no certificate in PEM form"));
        }
        Ok(Bundle { certificates, anchors, provider: Arc::clone(provider) })
    }

    /// Verifies a server's certificate.
    ///
    /// # Errors
    ///
    /// Returns an error if no suitable certificate of the bundle verifies it, or if it is for another host.
    pub fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        // Why the certificate that would have verified the server is unsuitable.
        let unfit = Mutex::new(None);
        let checked = |path: &VerifiedPath<'_>| {
            let between = path.intermediate_certificates().filter(|it| it.issuer() != it.subject()).count();
            self.check_anchor(path.anchor(), certificate, between, now).map_err(|why| {
                *unfit.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                webpki::Error::UnknownIssuer
            })
        };
        let end_entity = EndEntityCert::try_from(certificate).map_err(rustls_error)?;
        let verified = end_entity.verify_for_usage(
            self.provider.signature_verification_algorithms.all,
            &self.anchors,
            intermediates,
            now,
            webpki::KeyUsage::server_auth(),
            None,
            Some(&checked),
        );
        match verified {
            Ok(_) => {}
            // `openssl req -x509` makes a certificate that is both an authority's and a server's.
            Err(webpki::Error::CaUsedAsEndEntity) if self.certificates.iter().any(|known| known == certificate) => {
                check(certificate, Purpose::Server, now).map_err(Unfit::into_rustls)?;
            }
            Err(error) => {
                let unfit = unfit.into_inner().unwrap_or_else(PoisonError::into_inner);
                return Err(unfit.map_or_else(|| rustls_error(error), Unfit::into_rustls));
            }
        }
        verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
        Ok(ServerCertVerified::assertion())
    }

    /// Checks whether a trusted certificate may verify a server's. The file may contain several with the same name and
    /// key, such as an old and a renewed one; one suitable certificate is enough.
    fn check_anchor(
        &self,
        anchor: &TrustAnchor<'_>,
        server: &CertificateDer<'_>,
        between: usize,
        now: UnixTime,
    ) -> Result<(), Unfit> {
        let same = |other: &TrustAnchor<'_>| {
            other.subject == anchor.subject && other.subject_public_key_info == anchor.subject_public_key_info
        };
        let mut found = Err(Unfit::Unreadable);
        for known in self.certificates.iter().filter(|known| anchor_from_trusted_cert(known).is_ok_and(|it| same(&it)))
        {
            // webpki has checked dates and purpose of the server's certificate already.
            found = if known == server { Ok(()) } else { check(known, Purpose::Authority { between }, now) };
            if found.is_ok() {
                break;
            }
        }
        found
    }
}

/// The use of a certificate of the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// To sign the certificates of others.
    Authority {
        /// The number of authorities between it and the server.
        between: usize,
    },
    /// To identify a server.
    Server,
}

/// Why a certificate of the bundle can't verify a server.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It expired at this time.
    Expired(Timestamp),
    /// It is valid only from this time on.
    NotYet(Timestamp),
    /// It is not an authority's, so it may not sign others.
    NoAuthority,
    /// It allows fewer intermediate authorities.
    TooFar,
    /// It is not for TLS servers.
    NotForServers,
    /// Its dates or purposes can't be read.
    Unreadable,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the certificate in the CA bundle that verifies the server ")?;
        match self {
            Unfit::Expired(at) => write!(f, "expired at {at}"),
            Unfit::NotYet(from) => write!(f, "is valid from {from}"),
            Unfit::NoAuthority => f.write_str("is not a certificate authority's"),
            Unfit::TooFar => f.write_str("allows fewer intermediate authorities"),
            Unfit::NotForServers => f.write_str("is not for servers"),
            Unfit::Unreadable => f.write_str("can't be read"),
        }
    }
}

impl std::error::Error for Unfit {}

impl Unfit {
    fn into_rustls(self) -> Error {
        Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(self))))
    }
}

/// Checks dates and purposes, as OpenSSL does for a TLS server and its chain (`check_chain`, `check_purpose_ssl_server`).
fn check(certificate: &CertificateDer<'_>, purpose: Purpose, now: UnixTime) -> Result<(), Unfit> {
    let certificate = Certificate::from_der(certificate).map_err(|_| Unfit::Unreadable)?.tbs_certificate;
    let now = Duration::from_secs(now.as_secs());
    if now < certificate.validity.not_before.to_unix_duration() {
        return Err(Unfit::NotYet(instant(certificate.validity.not_before)));
    }
    if now > certificate.validity.not_after.to_unix_duration() {
        return Err(Unfit::Expired(instant(certificate.validity.not_after)));
    }
    let constraints = certificate.get::<BasicConstraints>().map_err(|_| Unfit::Unreadable)?;
    let key_usage = certificate.get::<KeyUsage>().map_err(|_| Unfit::Unreadable)?.map(|(_, usage)| usage);
    let extended = certificate.get::<ExtendedKeyUsage>().map_err(|_| Unfit::Unreadable)?;
    if let Purpose::Authority { between } = purpose {
        // The path length (RFC 5280, section 4.2.1.9).
        let longest = constraints.as_ref().and_then(|(_, constraints)| constraints.path_len_constraint);
        if longest.is_some_and(|longest| between > usize::from(longest)) {
            return Err(Unfit::TooFar);
        }
        // Version 1 certificates have no extensions: an authority's is self-signed.
        let is_authority = match (constraints, certificate.version) {
            (Some((_, constraints)), _) => constraints.ca,
            (None, version) => version == Version::V1 && certificate.issuer == certificate.subject,
        };
        if !is_authority || key_usage.is_some_and(|usage| !usage.key_cert_sign()) {
            return Err(Unfit::NoAuthority);
        }
    } else if key_usage.is_some_and(|it| !it.digital_signature() && !it.key_encipherment() && !it.key_agreement()) {
        return Err(Unfit::NotForServers);
    }
    match extended {
        Some((_, ExtendedKeyUsage(purposes))) if !purposes.contains(&SERVER_AUTH) => Err(Unfit::NotForServers),
        _ => Ok(()),
    }
}

fn instant(time: Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

/// Converts webpki's error to rustls's, for the kinds that [`explained`](super::explained) knows.
fn rustls_error(error: webpki::Error) -> Error {
    Error::InvalidCertificate(match error {
        webpki::Error::UnknownIssuer => CertificateError::UnknownIssuer,
        webpki::Error::CertExpired { time, not_after } => CertificateError::ExpiredContext { time, not_after },
        webpki::Error::CertNotValidYet { time, not_before } => {
            CertificateError::NotValidYetContext { time, not_before }
        }
        other => CertificateError::Other(OtherError(Arc::new(other))),
    })
}
