//! The headers of AWS JSON 1.1: the operation, the access key, the media type.

use crate::sandbox::engine::caller::Caller;

/// The text before the operation in the X-Amz-Target header.
pub const TARGET_PREFIX: &str = "AWSOrganizationsV20161128.";

/// The Content-Type of requests and responses.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// Returns the operation in an X-Amz-Target header, if the header is for this service.
pub fn operation_of_target(target: &str) -> Option<&str> {
    target.strip_prefix(TARGET_PREFIX)
}

/// Returns the caller by the access key id in a SigV4 Authorization header.
///
/// ```text
/// AWS4-HMAC-SHA256 Credential=222222222222/20161130/us-east-1/organizations/aws4_request, SignedHeaders=…
/// ```
pub fn caller_of_authorization(header: &str) -> Caller {
    access_key_id(header).map_or(Caller::Implied, Caller::from_access_key_id)
}

/// The parts of a credential in a signature that matter before the signature is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The access key id.
    pub access_key_id: String,
    /// The service in the scope.
    pub service: String,
}

/// Returns the credential in a SigV4 Authorization header, or else in the query of a presigned URL.
pub fn credential(header: &str, query: &str) -> Option<Credential> {
    let in_header = || header.split([' ', ',']).find_map(|part| part.strip_prefix("Credential=")).map(str::to_owned);
    let in_query = || {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == "X-Amz-Credential").map(|(_, value)| value.into_owned())
    };
    let scope = in_header().or_else(in_query)?;
    let mut parts = scope.split('/');
    let (access_key_id, service) = (parts.next()?.to_owned(), parts.nth(2).unwrap_or_default().to_owned());
    Some(Credential { access_key_id, service })
}

/// Returns the access key id in a SigV4 Authorization header.
pub fn access_key_id(header: &str) -> Option<&str> {
    let scope = header.split([' ', ',']).find_map(|part| part.strip_prefix("Credential="));
    scope.and_then(|scope| scope.split('/').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_credentials() {
        assert_eq!(operation_of_target("AWSOrganizationsV20161128.AcceptHandshake"), Some("AcceptHandshake"));
        for other in ["", "AcceptHandshake", "DynamoDB_20120810.AcceptHandshake", "AWSOrganizationsV20161128"] {
            assert_eq!(operation_of_target(other), None, "{other}");
        }
        let signed = |id: &str| {
            caller_of_authorization(&format!(
                "AWS4-HMAC-SHA256 Credential={id}/20161130/us-east-1/organizations/aws4_request, \
                 SignedHeaders=content-type;host, Signature=EXAMPLE"
            ))
        };
        assert_eq!(signed("222222222222"), Caller::Account("222222222222".to_owned()));
        assert_eq!(signed("AKIAIOSFODNN7EXAMPLE"), Caller::Implied);
        for other in ["", "Bearer 222222222222", "Credential", "AWS4-HMAC-SHA256 Credential="] {
            assert_eq!(caller_of_authorization(other), Caller::Implied, "{other}");
        }
    }
}
