//! The table of explanations: the meaning of the service's errors and what to do about them, in our own words.
//!
//! The facts come from the Organizations API reference and user guide, the Billing guide (transfers), the IAM guide (the
//! forms of a denial), the STS API reference, and AWS's list of common errors. The table states nothing beyond them.

use super::text::{Group, See, Text};

const ACCEPT: &str = "AcceptHandshake";
const CANCEL: &str = "CancelHandshake";
const DECLINE: &str = "DeclineHandshake";
const DESCRIBE: &str = "DescribeHandshake";
const INVITE: &str = "InviteAccountToOrganization";
const RECEIVED: &str = "ListHandshakesForAccount";
const SENT: &str = "ListHandshakesForOrganization";
const ENABLE: &str = "EnableAllFeatures";
const TRANSFER: &str = "InviteOrganizationToTransferResponsibility";
const ROLE: &str = "AssumeRole";
const WEB_ROLE: &str = "AssumeRoleWithWebIdentity";

/// The codes with their texts. The first text that matches is used.
pub static GROUPS: &[Group] = &[
    Group {
        codes: &["AccessDeniedException", "AccessDenied"],
        texts: &[
            Text::new(
                "No policy lets the caller assume this role, or the role doesn't trust the caller.",
                "allow sts:AssumeRole in a policy of the caller, and the caller in the role's trust policy; pass the \
                 external id if that policy requires one",
            )
            .only(&[ROLE]),
            Text::new(
                "The role's trust policy doesn't let the bearer of this token assume it.",
                "compare the trust policy with the token: its issuer, audience and subject",
            )
            .only(&[WEB_ROLE]),
            Text::new(
                "A policy denies the caller this action, and a denial overrides every permission.",
                "have the policy named in the message changed",
            )
            .when("with an explicit deny"),
            Text::new(
                "No policy allows the caller this action.",
                "have {permission} allowed in an IAM policy of the user or role named in the message",
            )
            .when("is not authorized to perform"),
            Text::new(
                "Only the account that a handshake was sent to can accept it, and the caller needs {permission}.",
                "use credentials of that account: the invited one, or the management account to finish enabling all \
                 features",
            )
            .only(&[ACCEPT]),
            Text::new(
                "Only the account that sent a handshake can cancel it, and the caller needs {permission}.",
                "use credentials of that management account; the account that received it declines it instead",
            )
            .only(&[CANCEL]),
            Text::new(
                "Only the account that received a handshake can decline it, and the caller needs {permission}.",
                "use credentials of the invited account; the account that sent it cancels it instead",
            )
            .only(&[DECLINE]),
            Text::new(
                "Only the parties of a handshake can see it, and the caller needs {permission}.",
                "use credentials of the account that received it, or of the organization that sent it",
            )
            .only(&[DESCRIBE]),
            Text::new(
                "Only the management account can invite, and the caller needs {permission}.",
                "use credentials of the management account; --tags also needs the permission organizations:TagResource",
            )
            .only(&[INVITE]),
            Text::new(
                "The caller needs {permission} in the account whose handshakes are listed.",
                "have that action allowed for the user or role, or choose other credentials with --profile",
            )
            .only(&[RECEIVED]),
            Text::new(
                "Only the management account or a delegated administrator can list the handshakes that an organization \
                 has sent, and the caller needs {permission}.",
                "use credentials of one of them",
            )
            .only(&[SENT])
            .see(See::Received),
            Text::new(
                "Only the management account can enable all features, and the caller needs {permission}.",
                "use credentials of the management account",
            )
            .only(&[ENABLE]),
            Text::new(
                "Only a management account can invite another one to transfer a responsibility, and the caller needs \
                 {permission}.",
                "use credentials of the management account that takes over the responsibility",
            )
            .only(&[TRANSFER]),
            Text::new(
                "The caller needs {permission}, and many actions are for the management account only.",
                "have that action allowed for the user or role, or use credentials of the management account",
            ),
        ],
    },
    Group {
        codes: &["AccessDeniedForDependencyException"],
        texts: &[Text::new(
            "Accepting creates the service-linked role AWSServiceRoleForOrganizations, and the caller may not create \
             it.",
            "have iam:CreateServiceLinkedRole for organizations.amazonaws.com allowed for the caller, then accept \
             again",
        )],
    },
    Group {
        codes: &["AWSOrganizationsNotInUseException"],
        texts: &[
            Text::new(
                "The account of these credentials isn't in an organization, which accepting this handshake requires.",
                "use credentials of an account in the organization; to see whose these are: aws sts \
                 get-caller-identity",
            )
            .only(&[ACCEPT]),
            Text::new(
                "The account of these credentials isn't in an organization.",
                "use credentials of the management account; to create an organization: aws organizations \
                 create-organization",
            ),
        ],
    },
    Group {
        codes: &["AccountNotFoundException"],
        texts: &[Text::new(
            "The account isn't a member of the organization.",
            "check its id; to see the members: aws organizations list-accounts",
        )],
    },
    Group {
        codes: &["ChildNotFoundException"],
        texts: &[Text::new(
            "The organization has no account or organizational unit with this id.",
            "check the id; an account that has just joined may take some minutes to appear",
        )],
    },
    Group {
        codes: &[
            "ParentNotFoundException",
            "DestinationParentNotFoundException",
            "OrganizationalUnitNotFoundException",
        ],
        texts: &[Text::new(
            "The organization has no such organizational unit or root.",
            "check the id or path; the unit may have been deleted",
        )],
    },
    Group {
        codes: &["SourceParentNotFoundException"],
        texts: &[Text::new(
            "The account isn't in the organizational unit or root that the request names as its parent.",
            "to see its parent: aws organizations list-parents --child-id ACCOUNT",
        )],
    },
    Group {
        codes: &["DuplicateAccountException"],
        texts: &[Text::new("The account is in that organizational unit or root already.", "leave it there")],
    },
    Group {
        codes: &["DuplicateOrganizationalUnitException"],
        texts: &[Text::new(
            "An organizational unit with this name exists below the same parent.",
            "use that unit, or another name",
        )],
    },
    Group {
        codes: &["AccountOwnerNotVerifiedException"],
        texts: &[Text::new(
            "The management account can't invite before its email address is verified.",
            "verify it in the Organizations console, as the management account, then invite again",
        )],
    },
    Group {
        codes: &["ConcurrentModificationException"],
        texts: &[Text::new(
            "Another request was changing the same data at every attempt.",
            "wait a few seconds and try again",
        )
        .retryable()],
    },
    Group {
        codes: &["DuplicateHandshakeException"],
        texts: &[
            Text::new(
                "This organization has already sent an invitation to transfer the responsibility, and it is still \
                 open.",
                "have that invitation accepted or declined, or cancel it and invite again",
            )
            .only(&[TRANSFER])
            .see(See::Sent),
            Text::new(
                "This organization has already invited the account, and the invitation is still open.",
                "have that invitation accepted or declined, or cancel it and invite again",
            )
            .see(See::Sent),
        ],
    },
    Group {
        codes: &["FinalizingOrganizationException"],
        texts: &[Text::new(
            "The organization is new and not ready yet. This can take up to an hour.",
            "try again later; after more than an hour, contact AWS Support",
        )
        .retryable()],
    },
    Group {
        codes: &["HandshakeAlreadyInStateException"],
        texts: &[
            Text::new(
                "The handshake has already been accepted.",
                "nothing is left to do; trying again won't change anything",
            )
            .only(&[ACCEPT])
            .see(See::Handshake),
            Text::new(
                "The handshake has already been canceled.",
                "nothing is left to do; trying again won't change anything",
            )
            .only(&[CANCEL])
            .see(See::Handshake),
            Text::new(
                "The handshake has already been declined.",
                "nothing is left to do; trying again won't change anything",
            )
            .only(&[DECLINE])
            .see(See::Handshake),
        ],
    },
    Group {
        codes: &["HandshakeNotFoundException"],
        texts: &[
            Text::new(
                "No handshake has this id. The service deletes finished handshakes after 30 days.",
                "look for the id among the handshakes that this organization has sent",
            )
            .only(&[CANCEL])
            .see(See::Sent),
            Text::new(
                "The service has no handshake with this id. It deletes finished handshakes after 30 days.",
                "look for the id among the handshakes that this account has received",
            )
            .see(See::Received),
        ],
    },
    Group {
        codes: &["InvalidHandshakeTransitionException"],
        texts: &[
            Text::new(
                "The handshake is in a state from which it can't be accepted, such as canceled, declined or expired.",
                "if it is finished, have a new one sent; if it is an ENABLE_ALL_FEATURES that is REQUESTED, have the members approve",
            )
            .only(&[ACCEPT])
            .see(See::Handshake),
            Text::new(
                "The handshake is in a state from which it can't be canceled, such as accepted, declined or expired.",
                "a finished handshake can't be changed; an account that has joined can be removed from the \
                 organization",
            )
            .only(&[CANCEL])
            .see(See::Handshake),
            Text::new(
                "The handshake is in a state from which it can't be declined, such as accepted, canceled or expired.",
                "a finished handshake can't be changed; an account that has joined can leave the organization",
            )
            .only(&[DECLINE])
            .see(See::Handshake),
        ],
    },
    Group {
        codes: &["MasterCannotLeaveOrganizationException"],
        texts: &[Text::new(
            "This account manages an organization, and a management account can't become a member of another.",
            "remove that organization's members and delete it, then accept again",
        )],
    },
    Group {
        codes: &["ServiceException", "InternalFailure", "InternalServerError", "InternalError", "500"],
        texts: &[Text::new(
            "The service failed with an internal error.",
            "try again in a few minutes; the AWS Health Dashboard lists known problems",
        )
        .retryable()],
    },
    Group {
        codes: &["ServiceUnavailable", "ServiceUnavailableException", "502", "503", "504"],
        texts: &[Text::new(
            "The service, or a server in front of it, is unavailable at the moment.",
            "try again in a few minutes",
        )
        .retryable()],
    },
    Group {
        codes: &[
            "TooManyRequestsException",
            "ThrottlingException",
            "Throttling",
            "ThrottledException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "SlowDown",
        ],
        texts: &[Text::new(
            "This account sent requests faster than the service allows.",
            "try again in a minute, with fewer requests at a time; AWS_MAX_ATTEMPTS raises the number of attempts",
        )
        .retryable()],
    },
    Group {
        codes: &["RequestTimeout", "RequestTimeoutException"],
        texts: &[Text::new(
            "The service waited too long for the rest of the request.",
            "try again; the network may be slow",
        )
        .retryable()],
    },
    Group {
        codes: &["UnsupportedAPIEndpointException"],
        texts: &[Text::new(
            "Transfers of responsibility aren't available in this region.",
            "check --region, AWS_REGION and the profile's region; not every partition has them",
        )],
    },
    // Errors of credentials.
    Group {
        codes: &["ExpiredTokenException", "ExpiredToken"],
        texts: &[
            Text::new(
                "The web identity token has expired or is not valid.",
                "get a new token from the identity provider, then try again",
            )
            .only(&[WEB_ROLE]),
            Text::new(
                "The session token of the credentials has expired.",
                "get new credentials (sign in or assume the role again), then try again",
            ),
        ],
    },
    Group {
        codes: &["InvalidClientTokenId", "UnrecognizedClientException"],
        texts: &[Text::new(
            "AWS doesn't know the access key id, or the session token doesn't belong to it.",
            "check AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, or the profile; the key may be deleted or from another \
             partition",
        )],
    },
    Group {
        codes: &["SignatureDoesNotMatch", "InvalidSignatureException"],
        texts: &[
            Text::new(
                "The date of the signature is too far from the service's time.",
                "set this machine's clock, then try again",
            )
            .when("Signature expired"),
            Text::new(
                "The date of the signature is ahead of the service's time.",
                "this machine's clock is fast: set it, then try again",
            )
            .when("Signature not yet current"),
            Text::new(
                "The signature differs from the one that AWS computes: the secret access key may not belong to the key \
                 id.",
                "check AWS_SECRET_ACCESS_KEY or the profile for a missing or extra character; a proxy may also have \
                 changed the request",
            ),
        ],
    },
    Group {
        codes: &["IncompleteSignature", "IncompleteSignatureException"],
        texts: &[Text::new(
            "A part of the signature is missing or unreadable.",
            "check the keys and the region for stray characters; a proxy may have changed the request",
        )],
    },
    Group {
        codes: &["RequestTimeTooSkewed", "RequestExpired"],
        texts: &[Text::new(
            "This machine's clock and the service's are too far apart.",
            "set this machine's clock, for example by NTP, then try again",
        )],
    },
    Group {
        codes: &["MissingAuthenticationToken", "MissingAuthenticationTokenException"],
        texts: &[
            Text::new(
                "The server requires a signature, but this operation is sent unsigned, as AWS STS expects.",
                "check that the endpoint URL of STS (AWS_ENDPOINT_URL_STS) is that of AWS STS",
            )
            .only(&[WEB_ROLE]),
            Text::new(
                "The request carries no signature.",
                "leave out --no-sign-request; a proxy may also have removed the signature",
            ),
        ],
    },
    Group {
        codes: &["OptInRequired", "SubscriptionRequiredException"],
        texts: &[Text::new(
            "The account of these credentials isn't signed up for the service.",
            "complete the account's sign-up in the AWS console, then try again",
        )],
    },
    Group {
        codes: &["NotAuthorized"],
        texts: &[Text::new("The caller may not do this.", "have {permission} allowed for the caller")],
    },
    Group {
        codes: &["ValidationException", "ValidationError", "SerializationException", "MalformedHttpRequestException"],
        texts: &[Text::new(
            "The service rejected the request as invalid; the message says why.",
            "correct the values that the message names; for STS, they are in the profile of the role",
        )],
    },
    Group {
        codes: &["UnknownOperationException", "InvalidAction"],
        texts: &[Text::new(
            "The server at this endpoint doesn't know this operation.",
            "check that the endpoint URL and the region are those of AWS Organizations",
        )],
    },
    Group {
        codes: &["300", "301", "302", "303", "307", "308"],
        texts: &[Text::new(
            "The endpoint redirects to another address. Signed requests don't follow redirects.",
            "check --endpoint-url, AWS_ENDPOINT_URL and the profile's endpoint_url",
        )],
    },
    Group {
        codes: &["400", "401", "403", "404", "405", "407", "413", "429"],
        texts: &[Text::new(
            "The response has no error code of the service; it may come from a proxy, a firewall or a login page.",
            "check the endpoint URL and the proxy settings; if the network has a login page, log in with a browser",
        )],
    },
    Group {
        codes: &["RegionDisabledException"],
        texts: &[Text::new(
            "STS is not activated for this account in this region.",
            "choose another region, or have an administrator activate STS there in the IAM console",
        )],
    },
    Group {
        codes: &["IDPRejectedClaim"],
        texts: &[Text::new(
            "The identity provider rejected the token: it may be invalid, expired or revoked.",
            "get a new token, then try again; check the role's trust policy against its claims",
        )],
    },
    Group {
        codes: &["IDPCommunicationError"],
        texts: &[Text::new(
            "STS could not reach the identity provider to verify the token.",
            "try again in a moment; if that fails, the provider may be down",
        )
        .retryable()],
    },
    Group {
        codes: &["InvalidIdentityToken"],
        texts: &[Text::new(
            "AWS can't validate the web identity token.",
            "get a new token, and check that IAM knows its issuer as an identity provider",
        )],
    },
    Group {
        codes: &["MalformedPolicyDocument"],
        texts: &[Text::new("The session policy is malformed.", "correct what the message names")],
    },
    Group {
        codes: &["PackedPolicyTooLarge"],
        texts: &[Text::new(
            "The session's policies and tags together are too large.",
            "use fewer or shorter ones; an earlier role of a chain may have passed on tags",
        )],
    },
    // Limits that two exceptions share.
    Group {
        codes: &["HandshakeConstraintViolationException", "ConstraintViolationException"],
        texts: &[
            Text::new(
                "The inviting organization has reached its maximum number of accounts. Closed accounts and invitations \
                 count.",
                "have its management account request a higher quota or cancel invitations, then accept again. If the \
                 organization is less than an hour old, wait an hour",
            )
            .when("ACCOUNT_NUMBER_LIMIT_EXCEEDED")
            .only(&[ACCEPT]),
            Text::new(
                "The organization would exceed its maximum number of accounts. Closed accounts and invitations count.",
                "cancel invitations or request a higher quota, then try again; if the organization is less than an \
                 hour old, wait an hour",
            )
            .when("ACCOUNT_NUMBER_LIMIT_EXCEEDED")
            .see(See::Sent),
            Text::new(
                "The organization has reached the limit of handshakes per day. Accepted invitations don't count.",
                "try again tomorrow, or as soon as an invitation has been accepted",
            )
            .when("HANDSHAKE_RATE_LIMIT_EXCEEDED")
            .retryable(),
        ],
    },
    Group {
        codes: &["HandshakeConstraintViolationException"],
        texts: &[
            Text::new(
                "This account is already a member of an organization.",
                "if it is the inviting organization, nothing is left to do; to leave another one first: \
                 aws organizations leave-organization",
            )
            .when("ALREADY_IN_AN_ORGANIZATION")
            .only(&[ACCEPT]),
            Text::new(
                "The invited account is already a member of an organization.",
                "the account has to leave another organization first; to see if it is in yours: aws organizations \
                 list-accounts",
            )
            .when("ALREADY_IN_AN_ORGANIZATION"),
            Text::new("All features are already enabled in this organization.", "nothing is left to do")
                .when("ORGANIZATION_ALREADY_HAS_ALL_FEATURES"),
            Text::new(
                "Enabling all features has already been started and waits for approvals.",
                "have the invited members approve, then accept the ENABLE_ALL_FEATURES handshake",
            )
            .when("ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION")
            .see(See::Sent),
            Text::new(
                "The organization can't invite until it has finished enabling all features.",
                "accept its ENABLE_ALL_FEATURES handshake when all members have approved, then invite again",
            )
            .when("INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES")
            .see(See::Sent),
            Text::new(
                "The account has no payment method, such as a credit card.",
                "add one to the account in the Billing console, then try again",
            )
            .when("PAYMENT_INSTRUMENT_REQUIRED"),
            Text::new(
                "The account can't join: its AWS seller or partition differs from the organization's.",
                "use an account of the organization's partition and, in India, of the same AWS seller",
            )
            .when("ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD"),
            Text::new(
                "The account joined or left an organization too recently.",
                "wait and try again; AWS doesn't document how long",
            )
            .when("ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED")
            .retryable(),
            Text::new(
                "The email address of the management account isn't verified.",
                "verify it in the Organizations console, as the management account, then try again",
            )
            .when("MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED"),
            Text::new(
                "A transfer of this responsibility already exists.",
                "end that transfer first, unless it is the one you want; to see it: \
                 aws organizations list-inbound-responsibility-transfers --type BILLING",
            )
            .when("RESPONSIBILITY_TRANSFER_ALREADY_EXISTS"),
            Text::new(
                "The sender and the recipient of a transfer are the same account.",
                "accept with credentials of the recipient, or invite another organization's management account",
            )
            .when("SOURCE_AND_TARGET_CANNOT_MATCH"),
            Text::new(
                "The organization has an unused prepayment balance.",
                "settle it in the Billing console or with AWS Support, then try again",
            )
            .when("UNUSED_PREPAYMENT_BALANCE"),
            Text::new(
                "The organization's policies still use the old IAM actions for billing, cost management and accounts.",
                "migrate the policies to the fine-grained actions, then try again",
            )
            .when("LEGACY_PERMISSIONS_STILL_IN_USE"),
            Text::new("The organization has an invoice that is past due.", "pay it, then try again")
                .when("PAST_DUE_INVOICE"),
            Text::new(
                "Billing transfer isn't available for the account.",
                "ask its billing administrator or AWS Support",
            )
            .when("TARGET_ACCOUNT_VALIDATION_FAILURE"),
            Text::new(
                "A rule about this kind of handshake forbids it.",
                "see the message for the rule; the reason isn't documented",
            ),
        ],
    },
    Group {
        codes: &["ConstraintViolationException"],
        texts: &[
            Text::new(
                "The organization has reached its maximum number of organizational units.",
                "delete some of them",
            )
            .when("OU_NUMBER_LIMIT_EXCEEDED"),
            Text::new("The organizational units would be nested too deeply.", "put the unit higher in the tree")
                .when("OU_DEPTH_LIMIT_EXCEEDED"),
            Text::new("The organization has reached its maximum number of policies.", "delete unused policies")
                .when("POLICY_NUMBER_LIMIT_EXCEEDED"),
            Text::new("The policy is too large.", "shorten it, for example by removing white space")
                .when("POLICY_CONTENT_LIMIT_EXCEEDED"),
            Text::new(
                "The target has reached its maximum number of policies of this type.",
                "detach one, or combine several policies into one",
            )
            .when("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"),
            Text::new(
                "The target must keep at least one policy of this type.",
                "attach another policy before detaching this one",
            )
            .when("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"),
            Text::new(
                "The management account can't leave its organization.",
                "remove all members, then delete the organization",
            )
            .when("ACCOUNT_CANNOT_LEAVE_ORGANIZATION"),
            Text::new(
                "The account can't leave before it has accepted the AWS customer agreement.",
                "complete the account's sign-up as its root user",
            )
            .when("ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA"),
            Text::new(
                "The account can't leave before its phone number is verified.",
                "verify the number as the account's root user",
            )
            .when("ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION"),
            Text::new(
                "The management account has no valid payment method.",
                "add one to the management account in the Billing console, then try again",
            )
            .when("MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
            Text::new(
                "The member account has no valid payment method.",
                "add one to the member account in the Billing console, then try again",
            )
            .when("MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
            Text::new(
                "The organization has reached the limit of accounts that are being created.",
                "try again when one of them is ready",
            )
            .when("ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED")
            .retryable(),
            Text::new(
                "The management account isn't in the marketplace of its address.",
                "have the management account moved to the marketplace of its address",
            )
            .when("MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE"),
            Text::new(
                "The management account has no valid contact address and phone number.",
                "enter them on its account page, then try again",
            )
            .when("MASTER_ACCOUNT_MISSING_CONTACT_INFO"),
            Text::new(
                "The management account has no associated account in AWS GovCloud (US-West).",
                "sign up for GovCloud from the management account first",
            )
            .when("MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED"),
            Text::new(
                "This requires all features, and the organization has only consolidated billing.",
                "enable all features first, from the management account: orgshake enable-all-features{again}",
            )
            .when("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"),
            Text::new(
                "In this region, an organization must be created with all features.",
                "create it with all features",
            )
            .when("CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION"),
            Text::new(
                "The code that was sent to the email address has expired.",
                "have a new code sent and use that one",
            )
            .when("EMAIL_VERIFICATION_CODE_EXPIRED"),
            Text::new(
                "The account is too new: a created account can leave after four days at the earliest.",
                "try again after four days",
            )
            .when("WAIT_PERIOD_ACTIVE")
            .retryable(),
            Text::new("The account or transfer would have too many tags.", "pass fewer with --tags")
                .when("MAX_TAG_LIMIT_EXCEEDED"),
            Text::new(
                "The tags don't comply with the tag policy.",
                "compare keys, values and their upper and lower case with the policy",
            )
            .when("TAG_POLICY_VIOLATION"),
            Text::new(
                "The service has reached its maximum number of delegated administrators.",
                "deregister one of them first",
            )
            .when("MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED"),
            Text::new("The management account can't be a delegated administrator.", "choose a member account")
                .when("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"),
            Text::new(
                "A delegated administrator can't be removed from the organization.",
                "deregister the account first, for each of its services",
            )
            .when("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG"),
            Text::new("The service already has a delegated administrator.", "deregister that account first")
                .when("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"),
            Text::new("A policy type that needs this service is still enabled.", "disable the policy type first")
                .when("POLICY_TYPE_ENABLED_FOR_THIS_SERVICE"),
            Text::new(
                "In the China regions the management account needs a valid business licence.",
                "ask customer support there",
            )
            .when("MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE"),
            Text::new(
                "The management account can't be closed while it has members.",
                "remove or close all member accounts first",
            )
            .when("CANNOT_CLOSE_MANAGEMENT_ACCOUNT"),
            Text::new(
                "The organization has reached the limit of accounts closed within 30 days.",
                "try again 30 days after the oldest of these closures",
            )
            .when("CLOSE_ACCOUNT_QUOTA_EXCEEDED")
            .retryable(),
            Text::new(
                "The organization has reached the limit of accounts that are being closed.",
                "wait for one of them to finish, then try again",
            )
            .when("CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED")
            .retryable(),
            Text::new(
                "The service doesn't have access to the organization.",
                "enable the access first: aws organizations enable-aws-service-access",
            )
            .when("SERVICE_ACCESS_NOT_ENABLED"),
            Text::new(
                "The account can't be removed, since it has no supported payment method.",
                "add a supported payment method in the Billing console",
            )
            .when("INVALID_PAYMENT_INSTRUMENT"),
            Text::new(
                "The account isn't set up completely, or not active yet.",
                "complete its sign-up, then try again",
            )
            .when("ACCOUNT_CREATION_NOT_COMPLETE"),
            Text::new("A suspended account can't be a delegated administrator.", "choose an account that is active")
                .when("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"),
            Text::new(
                "Organizations of more than 5,000 accounts can't enable all features without help.",
                "use the assisted migration, or open a case with AWS Support",
            )
            .when("ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED"),
            Text::new(
                "The chain of billing transfers would be too long.",
                "end a transfer of the chain, or request a higher quota",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION"),
            Text::new(
                "This organization can't take over more bills. The default limit is 0, and open invitations count.",
                "have its management account request a higher quota in the Service Quotas console (us-east-1)",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION")
            .see(See::Sent),
            Text::new(
                "This organization has reached the limit of transfers of its own bills.",
                "end one first; to see them: aws organizations list-outbound-responsibility-transfers --type BILLING",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION"),
            Text::new("The chain has reached its total limit of inbound transfers.", "end one of them first")
                .when("RESPONSIBILITY_TRANSFER_MAX_TRANSFERS_QUOTA_VIOLATION"),
            Text::new(
                "The organization can't be deleted while it has a transfer or an open invitation to one.",
                "end the transfer, or cancel or decline the invitation",
            )
            .when("ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS")
            .see(See::Sent),
            Text::new(
                "The transfer can't be accepted, since the inviting organization is marked for deletion.",
                "decline it; another organization can send an invitation",
            )
            .when("TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS"),
            Text::new(
                "The transfer can't be accepted, since the invited organization is marked for deletion.",
                "cancel the deletion first if you still want the transfer",
            )
            .when("TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS"),
            Text::new(
                "The organization has a pricing agreement with AWS that billing transfer doesn't support.",
                "contact AWS about the agreement; trying again doesn't help",
            )
            .when("UNSUPPORTED_PRICING"),
            Text::new("Billing transfer doesn't support the way this organization is billed.", "ask AWS Support")
                .when("UNMET_BILLING_PREREQUISITE"),
            Text::new(
                "Billing transfer requires an account that is completely set up and fully active.",
                "complete the account's sign-up, then try again",
            )
            .when("ACCOUNT_NOT_ACTIVE_FOR_TRANSFER_RESPONSIBILITY"),
            Text::new(
                "The transfer was withdrawn, declined or canceled, or has expired, and can't be changed.",
                "send an invitation to a new transfer",
            )
            .when("TRANSFER_RESPONSIBILITY_UPDATE_NOT_ALLOWED"),
            Text::new(
                "A limit of the organization forbids it.",
                "see the message for the limit; the reason isn't documented",
            ),
        ],
    },
    Group {
        codes: &["InvalidInputException"],
        texts: &[
            Text::new(
                "A party of this type can't be invited.",
                "use --target Id=…,Type=ACCOUNT for an account id, Type=EMAIL for an address",
            )
            .when("INVALID_PARTY_TYPE_TARGET"),
            Text::new("The value isn't the ARN of an organization.", "check the ARN")
                .when("INVALID_SYNTAX_ORGANIZATION_ARN"),
            Text::new("The value isn't the id of a policy.", "check the id: p- and letters or digits")
                .when("INVALID_SYNTAX_POLICY_ID"),
            Text::new(
                "A parameter has a value that isn't one of the possible values.",
                "to see the possible values: orgshake {command} --generate-cli-skeleton yaml-input",
            )
            .when("INVALID_ENUM"),
            Text::new("The type of policy doesn't exist.", "check the spelling of the type")
                .when("INVALID_ENUM_POLICY_TYPE"),
            Text::new("A list contains an invalid value.", "check every value of the list, for example of --tags")
                .when("INVALID_LIST_MEMBER"),
            Text::new("A text is too long.", "shorten it; notes have at most 1,024 characters")
                .when("MAX_LENGTH_EXCEEDED"),
            Text::new("A number is too large.", "lower it; a page has at most 20 items").when("MAX_VALUE_EXCEEDED"),
            Text::new("A text is too short.", "check for an empty value, for example from a variable")
                .when("MIN_LENGTH_EXCEEDED"),
            Text::new("A number is too small.", "raise it; the minimum is 1").when("MIN_VALUE_EXCEEDED"),
            Text::new("The policy is managed by AWS and can't be changed.", "copy it and change the copy")
                .when("IMMUTABLE_POLICY"),
            Text::new(
                "A value doesn't have the required form. Text that looks like a script is rejected, too.",
                "check ids for stray characters, and notes and names for angle brackets",
            )
            .when("INVALID_PATTERN"),
            Text::new(
                "The id of the target doesn't have the form of its type.",
                "check it: an account id has twelve digits",
            )
            .when("INVALID_PATTERN_TARGET_ID"),
            Text::new(
                "A required parameter is missing or empty.",
                "to see the required parameters: orgshake {command} --help",
            )
            .when("INPUT_REQUIRED"),
            Text::new(
                "The token doesn't belong to this listing, or is no longer valid.",
                "start the listing again without --starting-token",
            )
            .when("INVALID_NEXT_TOKEN"),
            Text::new(
                "Only one filter can be given at a time.",
                "use ActionType or ParentHandshakeId in --filter, not both",
            )
            .when("MAX_LIMIT_EXCEEDED_FILTER"),
            Text::new("An account can't be moved to another root.", "check the ids of both parents")
                .when("MOVING_ACCOUNT_BETWEEN_DIFFERENT_ROOTS"),
            Text::new("The full name contains invalid characters.", "remove them").when("INVALID_FULL_NAME_TARGET"),
            Text::new("No AWS service has this principal.", "check its name: service.amazonaws.com")
                .when("UNRECOGNIZED_SERVICE_PRINCIPAL"),
            Text::new(
                "The role can't have this name.",
                "choose another name; names that begin with AWSServiceRoleFor are reserved",
            )
            .when("INVALID_ROLE_NAME"),
            Text::new("A tag has a key that is reserved for AWS.", "choose a key that doesn't begin with aws:")
                .when("INVALID_SYSTEM_TAGS_PARAMETER"),
            Text::new("Two of the tags have the same key.", "keep one of them").when("DUPLICATE_TAG_KEY"),
            Text::new("The operation doesn't support this target.", "check the target's id and type")
                .when("TARGET_NOT_SUPPORTED"),
            Text::new(
                "The email address can't be invited.",
                "check the address, or invite by account id: --target Id=…,Type=ACCOUNT",
            )
            .when("INVALID_EMAIL_ADDRESS_TARGET"),
            Text::new("The resource policy is not valid JSON.", "check the document's syntax")
                .when("INVALID_RESOURCE_POLICY_JSON"),
            Text::new("The policy contains an invalid principal.", "check its Principal element")
                .when("INVALID_PRINCIPAL"),
            Text::new("The resource policy contains an action that it can't grant.", "check its Action element")
                .when("UNSUPPORTED_ACTION_IN_RESOURCE_POLICY"),
            Text::new("The resource policy contains an unsupported type of policy.", "check its conditions")
                .when("UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY"),
            Text::new("The resource policy contains an unsupported resource.", "check its Resource element")
                .when("UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY"),
            Text::new("The policy is managed by AWS and can't be detached.", "leave it attached")
                .when("NON_DETACHABLE_POLICY"),
            Text::new(
                "The service can't determine the caller's account, management account or organization.",
                "to see whose credentials these are: aws sts get-caller-identity",
            )
            .when("CALLER_REQUIRED_FIELD_MISSING"),
            Text::new(
                "A transfer of responsibility doesn't support one of the values.",
                "check --type: BILLING is the only documented type",
            )
            .when("UNSUPPORTED_ACTION_IN_RESPONSIBILITY_TRANSFER"),
            Text::new(
                "A transfer must start on the first day of a month.",
                "use the first day of a month, in UTC: --start-timestamp 2027-01-01T00:00:00Z",
            )
            .when("START_DATE_NOT_BEGINNING_OF_MONTH"),
            Text::new(
                "A transfer must start at the beginning of a day, 00:00:00 UTC.",
                "write the time with its zone: --start-timestamp 2027-01-01T00:00:00Z",
            )
            .when("START_DATE_NOT_BEGINNING_OF_DAY"),
            Text::new(
                "The start is too early: the invitation must be accepted 24 hours before it.",
                "choose the first day of a later month",
            )
            .when("START_DATE_TOO_EARLY"),
            Text::new("The start is too late.", "choose the first day of an earlier month").when("START_DATE_TOO_LATE"),
            Text::new(
                "The start isn't valid for a transfer.",
                "choose 00:00:00 UTC on the first day of a coming month",
            )
            .when("INVALID_START_DATE"),
            Text::new("A transfer must end on the last day of a month, at 23:59:59.999.", "use that time")
                .when("END_DATE_NOT_END_OF_MONTH"),
            Text::new("The end of the transfer is too early.", "choose the end of a later month")
                .when("END_DATE_TOO_EARLY"),
            Text::new("The end of the transfer is too late.", "choose the end of an earlier month")
                .when("END_DATE_TOO_LATE"),
            Text::new(
                "The end is sooner than the partner agreement's notice period allows.",
                "choose a later end, or ask AWS Partner Central or the channel partner",
            )
            .when("INVALID_END_DATE"),
            Text::new(
                "The service rejected a value of the request.",
                "correct the value that the message names; to see the options and their values: orgshake {command} \
                 --help",
            ),
        ],
    },
];
