//! A client of the sandbox's server that signs its own requests, for tests that need many clients or one that can't retry.

use std::io::{Read, Write};
use std::net::TcpStream;

use jiff::Timestamp;
use ring::{digest, hmac};
use serde_json::Value;

use super::machine::patience;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The response to a call: its status and its document.
pub type Response = (u16, Value);

/// Calls an operation of Organizations as an account. `None` if the server closes the connection without a response.
pub fn call(address: &str, account: &str, operation: &str, body: &Value) -> Option<Response> {
    let target = format!("x-amz-target:AWSOrganizationsV20161128.{operation}");
    let text = exchange(address, account, "organizations", &[&target], &body.to_string(), ("sandbox", None))?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some((head.get(9..12)?.parse().ok()?, serde_json::from_str(body).ok()?))
}

/// Sends a signed request and returns the response as text. `key` is the secret access key and the session token.
pub fn exchange(
    address: &str,
    access_key_id: &str,
    service: &str,
    headers: &[&str],
    body: &str,
    key: (&str, Option<&str>),
) -> Option<String> {
    let date = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let (day, host) = (&date[..8], format!("host:{address}"));
    let dated = format!("x-amz-date:{date}");
    let token = key.1.map(|token| format!("x-amz-security-token:{token}"));
    let mut headers: Vec<&str> =
        [&host, &dated].into_iter().map(String::as_str).chain(headers.iter().copied()).collect();
    headers.extend(token.as_deref());
    headers.sort_unstable();
    let names: Vec<_> = headers.iter().filter_map(|header| Some(header.split_once(':')?.0)).collect();
    let names = names.join(";");
    let content = hex(digest::digest(&digest::SHA256, body.as_bytes()).as_ref());
    let canonical = format!("POST\n/\n\n{}\n\n{names}\n{content}", headers.join("\n"));
    let scope = format!("{day}/us-east-1/{service}/aws4_request");
    let hashed = hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
    let mac =
        |key: &[u8], text: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec();
    let signing = scope.split('/').fold(format!("AWS4{}", key.0).into_bytes(), |key, part| mac(&key, part));
    let signature = hex(&mac(&signing, &format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{hashed}")));
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(patience())).ok()?;
    let request = format!(
        "POST / HTTP/1.1\r\n{}\r\nconnection: close\r\ncontent-length: {}\r\nauthorization: AWS4-HMAC-SHA256 \
         Credential={access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}\r\n\r\n{body}",
        headers.join("\r\n"),
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).ok()?;
    (!response.is_empty()).then(|| String::from_utf8_lossy(&response).into_owned())
}
