//! The IAM policies that `orgshake join` needs.

use serde_json::{Value, json};

/// The actions that the destination's management account needs.
const DESTINATION: &[&str] = &[
    "organizations:CancelHandshake",
    "organizations:CreateOrganizationalUnit",
    "organizations:DescribeAccount",
    "organizations:DescribeHandshake",
    "organizations:DescribeOrganization",
    "organizations:DescribeOrganizationalUnit",
    "organizations:InviteAccountToOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListHandshakesForOrganization",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListParents",
    "organizations:ListRoots",
    "organizations:MoveAccount",
];

/// The actions that the role in each account needs. An organization with all features has a service-linked role in each of
/// its accounts (API reference, AcceptHandshake).
const ACCOUNT: &[&str] = &[
    "organizations:AcceptHandshake",
    "organizations:DescribeHandshake",
    "organizations:DescribeOrganization",
    "organizations:ListHandshakesForAccount",
];

/// Returns the policies: for the destination's management account, for the identity that assumes the accounts' role, and for
/// that role.
pub fn all(role: Option<&str>) -> Value {
    let role = match role {
        Some(arn) if arn.starts_with("arn:") => arn.replace("{account}", "*"),
        name => format!("arn:aws:iam::*:role/{}", name.unwrap_or("ROLE")),
    };
    let allowed = |actions: Value, resource: &str| json!({"Effect": "Allow", "Action": actions, "Resource": resource});
    let policy = |statements: Vec<Value>| json!({"Version": "2012-10-17", "Statement": statements});
    let mut linked = allowed(json!("iam:CreateServiceLinkedRole"), "*");
    linked["Condition"] = json!({"StringEquals": {"iam:AWSServiceName": "organizations.amazonaws.com"}});
    json!({
        "ManagementAccount": policy(vec![allowed(json!(DESTINATION), "*")]),
        "AccountSource": policy(vec![allowed(json!("sts:AssumeRole"), &role)]),
        "Account": policy(vec![allowed(json!(ACCOUNT), "*"), linked]),
    })
}
