//! Reads the parts of a signature: from the Authorization header, or from the query.

use jiff::SignedDuration;

use super::service::{Refused, Service};

/// The only supported algorithm.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The parameter of a query that has the signature. The signature doesn't cover it.
pub(super) const SIGNATURE: &str = "X-Amz-Signature";

/// The longest lifetime of a signature in a query, in seconds.
const MAX_LIFETIME: i64 = 604_800;

/// An Authorization header of Signature Version 4, or the same in a query.
#[derive(Debug)]
pub(super) struct Authorization {
    pub(super) access_key_id: String,
    /// The date, the region, the service and `aws4_request`.
    pub(super) scope: [String; 4],
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: Vec<u8>,
    /// The rest of a signature that the query carries.
    pub(super) presigned: Option<Presigned>,
}

/// The parts of a signature that are headers, unless the query carries the signature.
#[derive(Debug)]
pub(super) struct Presigned {
    /// X-Amz-Date.
    pub(super) date: String,
    /// X-Amz-Expires.
    pub(super) lifetime: SignedDuration,
    /// X-Amz-Security-Token.
    pub(super) token: Option<String>,
}

impl Authorization {
    /// Reads an Authorization header.
    pub(super) fn parse(header: &str) -> Result<Authorization, Refused> {
        let Some(rest) = header.trim().strip_prefix(ALGORITHM).filter(|rest| rest.starts_with([' ', '\t'])) else {
            // A request with another scheme counts as unsigned.
            return Err(Refused::Missing);
        };
        let parts: Vec<_> = rest.split(',').filter_map(|part| part.trim().split_once('=')).collect();
        let part = |name: &str| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let missing: Vec<_> = ["Credential", "Signature", "SignedHeaders"]
            .into_iter()
            .filter(|name| part(name).is_none())
            .map(|name| format!("Authorization header requires '{name}' parameter."))
            .collect();
        let (Some(credential), Some(headers), Some(signature)) =
            (part("Credential"), part("SignedHeaders"), part("Signature"))
        else {
            return Err(Refused::Incomplete(missing.join(" ")));
        };
        Authorization::of(credential, headers, signature, None)
    }

    /// Reads a signature in a query (user guide for IAM, Create a signed request, "Query string").
    pub(super) fn parse_query(query: &str) -> Result<Authorization, Refused> {
        let part = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let value = pairs.filter(|(known, _)| *known == name).map(|(_, value)| decoded(value)).next();
            value.map(|value| String::from_utf8_lossy(&value).into_owned())
        };
        if part("X-Amz-Algorithm").is_none_or(|algorithm| algorithm != ALGORITHM) {
            // A query without a signature, or with another algorithm, counts as unsigned.
            return Err(Refused::Missing);
        }
        let required = |name: &str| {
            let missing = || Refused::Incomplete(format!("AWS query-string parameters must include '{name}'."));
            part(name).ok_or_else(missing)
        };
        let expires = required("X-Amz-Expires")?;
        let seconds = expires.parse().ok().filter(|seconds| (1..=MAX_LIFETIME).contains(seconds));
        let seconds = seconds.ok_or_else(|| {
            Refused::Incomplete(format!("X-Amz-Expires must be a number of seconds from 1 to {MAX_LIFETIME}."))
        })?;
        let presigned = Presigned {
            date: required("X-Amz-Date")?,
            lifetime: SignedDuration::from_secs(seconds),
            token: part("X-Amz-Security-Token"),
        };
        let (credential, headers) = (required("X-Amz-Credential")?, required("X-Amz-SignedHeaders")?);
        Authorization::of(&credential, &headers, &required(SIGNATURE)?, Some(presigned))
    }

    fn of(
        credential: &str,
        headers: &str,
        signature: &str,
        presigned: Option<Presigned>,
    ) -> Result<Authorization, Refused> {
        let elements = || {
            let message =
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
            Refused::Incomplete(message.to_owned())
        };
        let (access_key_id, scope) = credential.split_once('/').ok_or_else(elements)?;
        let scope: Vec<_> = scope.split('/').map(str::to_owned).collect();
        Ok(Authorization {
            access_key_id: access_key_id.to_owned(),
            scope: scope.try_into().map_err(|_| elements())?,
            signed_headers: headers.split(';').map(str::to_ascii_lowercase).collect(),
            // A text that isn't hexadecimal can't match.
            signature: unhex(signature.as_bytes()).unwrap_or_default(),
            presigned,
        })
    }

    /// Checks that the signature is for this service and day.
    pub(super) fn check_scope(&self, service: Service, date: &str) -> Result<(), Refused> {
        let [day, region, scoped, term] = &self.scope;
        let problem = if scoped != service.name() {
            format!("Credential should be scoped to correct service: '{}'.", service.name())
        } else if term != "aws4_request" {
            "Credential should be scoped with a valid terminator: 'aws4_request'.".to_owned()
        } else if region.is_empty() {
            "Credential should be scoped to a valid region.".to_owned()
        } else if date.get(..8) != Some(day) {
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.".to_owned()
        } else {
            return Ok(());
        };
        Err(Refused::Invalid(problem))
    }
}

/// Decodes `%XX`. Everything else stays as it is.
pub(super) fn decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        match (byte, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.extend(unhex(&[*high, *low]).unwrap_or_default());
                rest = after;
            }
            _ => {
                out.push(*byte);
                rest = tail;
            }
        }
    }
    out
}

fn unhex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, []) = text.as_chunks::<2>() else { return None };
    pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}
