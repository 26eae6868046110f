//! The table: what the service's errors mean and what to do about them, in our own words.
//!
//! The facts are those of the Organizations API reference and user guide, the Billing guide (transfers), the IAM
//! guide (the forms of a denial), the STS API reference, and AWS's list of common errors. Where they say nothing,
//! neither does the table.

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

/// The codes, each with its texts: the first text that fits is the one.
pub static GROUPS: &[Group] = &[
    Group {
        codes: &["AccessDeniedException", "AccessDenied"],
        texts: &[
            Text::new(
                "No policy lets the caller assume this role, or the role doesn't trust the caller.",
                "it takes both sides: sts:AssumeRole in a policy of the caller, and the caller in the role's trust policy, \
                 with the external id that it may ask for",
            )
            .only(&[ROLE]),
            Text::new(
                "The role's trust policy doesn't let the bearer of this token assume it.",
                "compare the trust policy with the token: its issuer, audience and subject",
            )
            .only(&[WEB_ROLE]),
            Text::new(
                "A policy denies the caller this action, and a denial wins over whatever allows it.",
                "have the policy changed that the message speaks of",
            )
            .when("with an explicit deny"),
            Text::new(
                "No policy allows the caller this action.",
                "have {permission} allowed in an IAM policy of the user or role that the message names",
            )
            .when("is not authorized to perform"),
            Text::new(
                "Only the account that a handshake was sent to can accept it, and the caller needs {permission}.",
                "use credentials of that account: the invited one, or the management account to finish enabling all features",
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
                "use credentials of the management account; --tags also takes organizations:TagResource",
            )
            .only(&[INVITE]),
            Text::new(
                "The caller needs {permission} in the account whose handshakes are listed.",
                "have that action allowed to the user or role; --profile names other credentials",
            )
            .only(&[RECEIVED]),
            Text::new(
                "Only the management account or a delegated administrator lists what an organization has sent; it takes \
                 {permission}.",
                "use credentials of one of them; what this account has received is another list",
            )
            .only(&[SENT])
            .see(See::Received),
            Text::new(
                "Only the management account can enable all features, and the caller needs {permission}.",
                "use credentials of the management account",
            )
            .only(&[ENABLE]),
            Text::new(
                "Only a management account can invite another to transfer a responsibility; it takes {permission}.",
                "use credentials of the management account that is to take the responsibility over",
            )
            .only(&[TRANSFER]),
        ],
    },
    Group {
        codes: &["AccessDeniedForDependencyException"],
        texts: &[Text::new(
            "Accepting makes the service-linked role AWSServiceRoleForOrganizations, and the caller may not make it.",
            "have iam:CreateServiceLinkedRole for organizations.amazonaws.com allowed to the caller, then accept again",
        )],
    },
    Group {
        codes: &["AWSOrganizationsNotInUseException"],
        texts: &[
            Text::new(
                "The account of these credentials is in no organization, and accepting this handshake takes one.",
                "use credentials of an account in the organization; to see whose these are: aws sts get-caller-identity",
            )
            .only(&[ACCEPT]),
            Text::new(
                "The account of these credentials is in no organization.",
                "use credentials of the management account; to make an organization: aws organizations create-organization",
            ),
        ],
    },
    Group {
        codes: &["AccountOwnerNotVerifiedException"],
        texts: &[Text::new(
            "The management account's email address isn't verified, and until it is nobody can be invited.",
            "verify the address from the management account in the Organizations console, then invite again",
        )],
    },
    Group {
        codes: &["ConcurrentModificationException"],
        texts: &[
            Text::new(
                "Another request was changing the same thing at the same time, at every attempt.",
                "wait a few seconds and try again",
            )
            .retryable(),
        ],
    },
    Group {
        codes: &["DuplicateHandshakeException"],
        texts: &[
            Text::new(
                "An invitation of this organization to transfer the responsibility waits for an answer already.",
                "have that one answered, or cancel it and invite again",
            )
            .only(&[TRANSFER])
            .see(See::Sent),
            Text::new(
                "This account has an invitation of this organization that waits for an answer already.",
                "have that one answered, or cancel it and invite again",
            )
            .see(See::Sent),
        ],
    },
    Group {
        codes: &["FinalizingOrganizationException"],
        texts: &[
            Text::new(
                "The organization is new and not ready yet, which can take up to an hour.",
                "try again later; after more than an hour it is a case for AWS Support",
            )
            .retryable(),
        ],
    },
    Group {
        codes: &["HandshakeAlreadyInStateException"],
        texts: &[
            Text::new(
                "The handshake is accepted already; there is nothing left to accept.",
                "take it as done if that was the aim: trying again won't change anything",
            )
            .only(&[ACCEPT])
            .see(See::Handshake),
            Text::new(
                "The handshake is canceled already; there is nothing left to cancel.",
                "take it as done if that was the aim: trying again won't change anything",
            )
            .only(&[CANCEL])
            .see(See::Handshake),
            Text::new(
                "The handshake is declined already; there is nothing left to decline.",
                "take it as done if that was the aim: trying again won't change anything",
            )
            .only(&[DECLINE])
            .see(See::Handshake),
        ],
    },
    Group {
        codes: &["HandshakeNotFoundException"],
        texts: &[
            Text::new(
                "No handshake has this id. One that is over is gone after 30 days.",
                "look the id up among those that this organization has sent",
            )
            .only(&[CANCEL])
            .see(See::Sent),
            Text::new(
                "The service knows no handshake with this id. One that is over is gone after 30 days.",
                "look the id up among those that this account has received",
            )
            .see(See::Received),
        ],
    },
    Group {
        codes: &["InvalidHandshakeTransitionException"],
        texts: &[
            Text::new(
                "The handshake is in a state from which it can't be accepted, such as canceled, declined or expired.",
                "have a new one sent if it is over; one to enable all features that is REQUESTED waits for the members",
            )
            .only(&[ACCEPT])
            .see(See::Handshake),
            Text::new(
                "The handshake is in a state from which it can't be canceled, such as accepted, declined or expired.",
                "take a handshake that is over as it is; an account that has joined can be removed from the organization",
            )
            .only(&[CANCEL])
            .see(See::Handshake),
            Text::new(
                "The handshake is in a state from which it can't be declined, such as accepted, canceled or expired.",
                "take a handshake that is over as it is; an account that has joined can leave the organization",
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
        texts: &[
            Text::new(
                "The service failed: an internal error on its side.",
                "try again in a while; the AWS Health Dashboard tells of disturbances",
            )
            .retryable(),
        ],
    },
    Group {
        codes: &["ServiceUnavailable", "ServiceUnavailableException", "502", "503", "504"],
        texts: &[
            Text::new(
                "The service, or a server before it, can't answer at the moment.",
                "try again in a few minutes",
            )
            .retryable(),
        ],
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
        texts: &[
            Text::new(
                "Requests came faster than the service takes them from this account.",
                "try again in a minute, with fewer at a time; AWS_MAX_ATTEMPTS raises the number of attempts",
            )
            .retryable(),
        ],
    },
    Group {
        codes: &["RequestTimeout", "RequestTimeoutException"],
        texts: &[
            Text::new("The service waited too long for the rest of the request.", "try again; the network may be slow")
                .retryable(),
        ],
    },
    Group {
        codes: &["UnsupportedAPIEndpointException"],
        texts: &[Text::new(
            "Transfers of responsibility aren't available in this region.",
            "check --region, AWS_REGION and the profile's region; not every partition has them",
        )],
    },
    // Of who asks.
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
                "get new ones (sign in or assume the role again), then try again",
            ),
        ],
    },
    Group {
        codes: &["InvalidClientTokenId", "UnrecognizedClientException"],
        texts: &[Text::new(
            "AWS doesn't know the access key id, or the session token isn't the one that goes with it.",
            "check AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, or the profile; a deleted key and one of another partition \
             are unknown too",
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
                "The date of the signature lies ahead of the service's time.",
                "this machine's clock is fast: set it, then try again",
            )
            .when("Signature not yet current"),
            Text::new(
                "The signature is not the one that AWS computes: the secret access key doesn't go with the key id.",
                "check AWS_SECRET_ACCESS_KEY or the profile for a cut or added character; a proxy that changes requests \
                 does the same",
            ),
        ],
    },
    Group {
        codes: &["IncompleteSignature", "IncompleteSignatureException"],
        texts: &[Text::new(
            "The signature lacks a part or has one that can't be read.",
            "check the keys and the region for stray characters; a proxy may have changed the request",
        )],
    },
    Group {
        codes: &["RequestTimeTooSkewed", "RequestExpired"],
        texts: &[
            Text::new(
                "This machine's clock and the service's are too far apart.",
                "set the clock (NTP does it by itself), then try again",
            ),
        ],
    },
    Group {
        codes: &["MissingAuthenticationToken", "MissingAuthenticationTokenException"],
        texts: &[
            Text::new(
                "What answered demands a signature, and this operation has none: AWS STS answers it without.",
                "check that the endpoint URL of STS (AWS_ENDPOINT_URL_STS) is that of AWS STS",
            )
            .only(&[WEB_ROLE]),
            Text::new(
                "The request carries no signature.",
                "leave out --no-sign-request; a proxy may also have taken the signature off",
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
        texts: &[Text::new("The caller may not do this.", "have {permission} allowed to the caller")],
    },
    Group {
        codes: &["ValidationException", "ValidationError", "SerializationException", "MalformedHttpRequestException"],
        texts: &[Text::new(
            "The service can't take the request as it is; the message says why.",
            "correct the values that the message names, for STS those of the profile's role",
        )],
    },
    Group {
        codes: &["UnknownOperationException", "InvalidAction"],
        texts: &[Text::new(
            "What answered doesn't know this operation.",
            "check that the endpoint URL and the region are those of AWS Organizations",
        )],
    },
    Group {
        codes: &["300", "301", "302", "303", "307", "308"],
        texts: &[Text::new(
            "The endpoint redirects to another place, and a signed request goes to no other.",
            "check --endpoint-url, AWS_ENDPOINT_URL and the profile's endpoint_url",
        )],
    },
    Group {
        codes: &["400", "401", "403", "404", "405", "407", "413", "429"],
        texts: &[Text::new(
            "The answer names no error of the service; a proxy or firewall may have given it.",
            "check the endpoint URL and what stands between it and this machine",
        )],
    },
    Group {
        codes: &["RegionDisabledException"],
        texts: &[Text::new(
            "STS is not activated for this account in the region that was asked.",
            "choose another region, or have an administrator activate STS there in the IAM console",
        )],
    },
    Group {
        codes: &["IDPRejectedClaim"],
        texts: &[Text::new(
            "The identity provider refused the token: it may be invalid, expired or revoked.",
            "get a new token, then try again; check the role's trust policy against its claims",
        )],
    },
    Group {
        codes: &["IDPCommunicationError"],
        texts: &[
            Text::new(
                "STS could not reach the identity provider that is to verify the token.",
                "try again in a moment; if it stays so, the provider may be down",
            )
            .retryable(),
        ],
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
            "The session's policies and tags are too large together.",
            "use fewer or shorter ones; tags can be passed on from an earlier role of the chain",
        )],
    },
    // Limits that two exceptions share.
    Group {
        codes: &["HandshakeConstraintViolationException", "ConstraintViolationException"],
        texts: &[
            Text::new(
                "The inviting organization has as many accounts as it may have. Closed ones count, and so do invitations.",
                "its management account asks for a higher quota or cancels invitations; then accept again. In an \
                 organization made within the hour, wait until it is over",
            )
            .when("ACCOUNT_NUMBER_LIMIT_EXCEEDED")
            .only(&[ACCEPT]),
            Text::new(
                "With this the organization would have more accounts than it may. Closed ones count, and so do invitations.",
                "cancel invitations or ask for a higher quota, then try again; in an organization made within the hour, \
                 wait until it is over",
            )
            .when("ACCOUNT_NUMBER_LIMIT_EXCEEDED")
            .see(See::Sent),
            Text::new(
                "The organization has sent as many handshakes as it may in one day. Accepted invitations don't count.",
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
                "This account is a member of an organization already.",
                "nothing is left to do if it is the organization that invites; to leave another one first: \
                 aws organizations leave-organization",
            )
            .when("ALREADY_IN_AN_ORGANIZATION")
            .only(&[ACCEPT]),
            Text::new(
                "The invited account is a member of an organization already.",
                "another organization has to be left first; to see if it is yours: aws organizations list-accounts",
            )
            .when("ALREADY_IN_AN_ORGANIZATION"),
            Text::new(
                "All features are enabled in this organization already.",
                "take it as done: there is nothing left to enable",
            )
            .when("ORGANIZATION_ALREADY_HAS_ALL_FEATURES"),
            Text::new(
                "Enabling all features was started already and waits for its approvals.",
                "have the invited members accept, then accept the ENABLE_ALL_FEATURES handshake",
            )
            .when("ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION")
            .see(See::Sent),
            Text::new(
                "The organization is enabling all features, and until that is finished it can't invite.",
                "accept its ENABLE_ALL_FEATURES handshake when all members have approved, then invite again",
            )
            .when("INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES")
            .see(See::Sent),
            Text::new(
                "The account has no way of payment, such as a credit card.",
                "add one to the account in the Billing console, then try again",
            )
            .when("PAYMENT_INSTRUMENT_REQUIRED"),
            Text::new(
                "The account and the organization have different sellers or partitions, and can't be joined.",
                "use an account of the organization's own partition (and in India of the same AWS seller)",
            )
            .when("ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD"),
            Text::new(
                "The account joined or left an organization too short a time ago.",
                "wait and try again; how long is not documented",
            )
            .when("ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED")
            .retryable(),
            Text::new(
                "The email address of the management account isn't verified.",
                "verify it from the management account in the Organizations console, then try again",
            )
            .when("MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED"),
            Text::new(
                "A transfer of this responsibility stands in the way.",
                "end it first, or leave it at that; to see it: aws organizations list-inbound-responsibility-transfers --type BILLING",
            )
            .when("RESPONSIBILITY_TRANSFER_ALREADY_EXISTS"),
            Text::new(
                "The sender and the recipient of a transfer are the same account.",
                "accept with the account that it was sent to, or invite another organization's management account",
            )
            .when("SOURCE_AND_TARGET_CANNOT_MATCH"),
            Text::new(
                "The organization has a pre-payment balance that isn't used up.",
                "settle it in the Billing console or with AWS Support, then try again",
            )
            .when("UNUSED_PREPAYMENT_BALANCE"),
            Text::new(
                "The organization still uses the old IAM actions for billing, cost management and accounts.",
                "migrate its policies to the fine-grained actions, then try again",
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
                "see the message for the rule; the reason is newer than this program",
            ),
        ],
    },
    Group {
        codes: &["ConstraintViolationException"],
        texts: &[
            Text::new(
                "The organization has as many organizational units as it may have.",
                "delete some that aren't needed",
            )
            .when("OU_NUMBER_LIMIT_EXCEEDED"),
            Text::new("The organizational units would be nested too deeply.", "put it higher in the tree")
                .when("OU_DEPTH_LIMIT_EXCEEDED"),
            Text::new("The organization has as many policies as it may have.", "delete policies that aren't used")
                .when("POLICY_NUMBER_LIMIT_EXCEEDED"),
            Text::new("The policy is larger than it may be.", "shorten it, its white space for example")
                .when("POLICY_CONTENT_LIMIT_EXCEEDED"),
            Text::new(
                "No more policies of this type can be attached there.",
                "detach one, or put several into one policy",
            )
            .when("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"),
            Text::new(
                "At least one policy of this type has to stay attached there.",
                "attach another one before this is detached",
            )
            .when("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"),
            Text::new(
                "The management account can't leave its organization.",
                "remove all members, then delete the organization",
            )
            .when("ACCOUNT_CANNOT_LEAVE_ORGANIZATION"),
            Text::new(
                "The account can't stand alone before it has accepted the AWS customer agreement.",
                "complete the account's sign-up as its root user",
            )
            .when("ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA"),
            Text::new(
                "The account can't stand alone before its phone number is verified.",
                "verify the number as the account's root user",
            )
            .when("ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION"),
            Text::new(
                "The management account has no valid way of payment.",
                "add one to the management account in the Billing console, then try again",
            )
            .when("MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
            Text::new(
                "The member account has no valid way of payment.",
                "add one to the member account in the Billing console, then try again",
            )
            .when("MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
            Text::new(
                "As many accounts are being created as may be at a time.",
                "try again when one of them is finished",
            )
            .when("ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED")
            .retryable(),
            Text::new(
                "The management account's address belongs to another marketplace than its accounts do.",
                "have the management account moved to the marketplace of its address",
            )
            .when("MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE"),
            Text::new(
                "The management account has no valid contact address and phone number.",
                "enter them on its account page, then try again",
            )
            .when("MASTER_ACCOUNT_MISSING_CONTACT_INFO"),
            Text::new(
                "The management account has no account in AWS GovCloud (US-West) beside it.",
                "sign up for GovCloud from the management account first",
            )
            .when("MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED"),
            Text::new(
                "The organization has consolidated billing only, and this takes all features.",
                "enable them first from the management account: orgshake enable-all-features{again}",
            )
            .when("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"),
            Text::new(
                "In this region an organization has to have all features from the start.",
                "create it with all features",
            )
            .when("CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION"),
            Text::new(
                "The code that was sent to the email address has expired.",
                "have a new code sent and use that one",
            )
            .when("EMAIL_VERIFICATION_CODE_EXPIRED"),
            Text::new(
                "The account is too new: created accounts have to wait at least four days, invited ones don't.",
                "try again when the days are over",
            )
            .when("WAIT_PERIOD_ACTIVE")
            .retryable(),
            Text::new("That is more tags than the account or transfer may have.", "pass fewer with --tags")
                .when("MAX_TAG_LIMIT_EXCEEDED"),
            Text::new(
                "The tags don't comply with the tag policy that is in force.",
                "compare keys, values and upper case with the policy",
            )
            .when("TAG_POLICY_VIOLATION"),
            Text::new(
                "The service has as many delegated administrators as it may have.",
                "deregister one of them first",
            )
            .when("MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED"),
            Text::new(
                "The management account can't be a delegated administrator.",
                "choose a member account",
            )
            .when("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"),
            Text::new(
                "The account is a delegated administrator and can't be removed as long as it is.",
                "deregister it first, for each of its services",
            )
            .when("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG"),
            Text::new(
                "The service has a delegated administrator already.",
                "deregister that account before another is registered",
            )
            .when("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"),
            Text::new(
                "A policy type that needs this service is still enabled.",
                "disable the policy type first",
            )
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
                "As many accounts were closed within 30 days as may be.",
                "try again when the oldest of them is 30 days ago",
            )
            .when("CLOSE_ACCOUNT_QUOTA_EXCEEDED")
            .retryable(),
            Text::new(
                "As many accounts are being closed as may be at a time.",
                "wait for one of them to finish, then try again",
            )
            .when("CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED")
            .retryable(),
            Text::new(
                "The organization hasn't given the service access to itself.",
                "enable it first: aws organizations enable-aws-service-access",
            )
            .when("SERVICE_ACCESS_NOT_ENABLED"),
            Text::new(
                "No way of payment that AWS supports belongs to the account, so it can't be removed.",
                "add one that is supported in the Billing console",
            )
            .when("INVALID_PAYMENT_INSTRUMENT"),
            Text::new(
                "The account isn't set up completely, or not fully active yet.",
                "complete its sign-up, then try again",
            )
            .when("ACCOUNT_CREATION_NOT_COMPLETE"),
            Text::new(
                "A suspended account can't be a delegated administrator.",
                "choose an account that is active",
            )
            .when("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"),
            Text::new(
                "Only organizations of up to 5,000 accounts can enable all features by themselves.",
                "use the assisted migration, or open a case with AWS Support",
            )
            .when("ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED"),
            Text::new(
                "The chain of billing transfers would be longer than it may be.",
                "end a transfer of the chain, or ask for a higher quota if there is one",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION"),
            Text::new(
                "This organization may take over the bills of no further one: by default of none. Invitations that wait count.",
                "its management account asks for more in the Service Quotas console (us-east-1)",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION")
            .see(See::Sent),
            Text::new(
                "This organization has handed its bills to as many others as it may.",
                "end one first; to see them: aws organizations list-outbound-responsibility-transfers --type BILLING",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION"),
            Text::new(
                "The chain has as many inbound transfers as it may have in all.",
                "end one of them first",
            )
            .when("RESPONSIBILITY_TRANSFER_MAX_TRANSFERS_QUOTA_VIOLATION"),
            Text::new(
                "A transfer is under way or an invitation to one waits, and the organization can't be deleted before.",
                "end the transfer, or cancel or decline the invitation",
            )
            .when("ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS")
            .see(See::Sent),
            Text::new(
                "The organization that invites is marked for deletion, so the transfer can't be accepted.",
                "decline it; an organization that stays has to send another",
            )
            .when("TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS"),
            Text::new(
                "The organization that was invited is marked for deletion, so it can't accept the transfer.",
                "take its deletion back first, if the transfer is still wanted",
            )
            .when("TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS"),
            Text::new(
                "The organization has a pricing agreement with AWS that billing transfer doesn't support.",
                "talk to AWS about the agreement; trying again doesn't help",
            )
            .when("UNSUPPORTED_PRICING"),
            Text::new("The way in which the organization is billed isn't supported here.", "ask AWS Support")
                .when("UNMET_BILLING_PREREQUISITE"),
            Text::new(
                "The account isn't set up completely or fully active, which billing transfer takes.",
                "complete the account's sign-up, then try again",
            )
            .when("ACCOUNT_NOT_ACTIVE_FOR_TRANSFER_RESPONSIBILITY"),
            Text::new(
                "The transfer was withdrawn, declined or canceled, or has expired, and can't be changed.",
                "invite to a new one",
            )
            .when("TRANSFER_RESPONSIBILITY_UPDATE_NOT_ALLOWED"),
            Text::new(
                "A limit of the organization forbids it.",
                "see the message for the limit; the reason is newer than this program",
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
            Text::new("That is not the ARN of an organization.", "check the ARN").when("INVALID_SYNTAX_ORGANIZATION_ARN"),
            Text::new("That is not the id of a policy.", "check the id: p- and letters or digits")
                .when("INVALID_SYNTAX_POLICY_ID"),
            Text::new(
                "A parameter has a value that is none of those there are.",
                "to see the values there are: orgshake {command} --generate-cli-skeleton yaml-input",
            )
            .when("INVALID_ENUM"),
            Text::new("There is no such type of policy.", "check how the type is written")
                .when("INVALID_ENUM_POLICY_TYPE"),
            Text::new("A list holds a value that can't be.", "check every value of the list, --tags for example")
                .when("INVALID_LIST_MEMBER"),
            Text::new("A text is longer than it may be.", "shorten it; notes have at most 1,024 characters")
                .when("MAX_LENGTH_EXCEEDED"),
            Text::new("A number is larger than it may be.", "lower it; a page has at most 20 items")
                .when("MAX_VALUE_EXCEEDED"),
            Text::new("A text is shorter than it may be.", "check for an empty value, of a variable for example")
                .when("MIN_LENGTH_EXCEEDED"),
            Text::new("A number is smaller than it may be.", "raise it; numbers begin with 1").when("MIN_VALUE_EXCEEDED"),
            Text::new("AWS manages that policy, and it can't be changed.", "copy it and change the copy")
                .when("IMMUTABLE_POLICY"),
            Text::new(
                "A value doesn't have the form that is asked for. Texts that look like scripts are refused, too.",
                "check ids for stray characters, and notes and names for angle brackets",
            )
            .when("INVALID_PATTERN"),
            Text::new(
                "The id of the target doesn't have the form of its type.",
                "check it: an account id has twelve digits",
            )
            .when("INVALID_PATTERN_TARGET_ID"),
            Text::new(
                "A parameter that is required is missing or empty.",
                "to see what is required: orgshake {command} --help",
            )
            .when("INPUT_REQUIRED"),
            Text::new(
                "That token isn't one of this listing, or no longer.",
                "begin the listing anew without --starting-token",
            )
            .when("INVALID_NEXT_TOKEN"),
            Text::new(
                "Only one filter can be given at a time.",
                "use ActionType or ParentHandshakeId in --filter, not both",
            )
            .when("MAX_LIMIT_EXCEEDED_FILTER"),
            Text::new(
                "An account moves only between places of one root.",
                "check the ids of both places",
            )
            .when("MOVING_ACCOUNT_BETWEEN_DIFFERENT_ROOTS"),
            Text::new("The full name holds characters that it can't have.", "take them out")
                .when("INVALID_FULL_NAME_TARGET"),
            Text::new("No AWS service has this principal.", "check its name: service.amazonaws.com")
                .when("UNRECOGNIZED_SERVICE_PRINCIPAL"),
            Text::new(
                "The role can't be called that.",
                "choose another name; AWSServiceRoleFor is reserved as its beginning",
            )
            .when("INVALID_ROLE_NAME"),
            Text::new(
                "A tag has a key that is reserved for AWS.",
                "choose a key that doesn't begin with aws:",
            )
            .when("INVALID_SYSTEM_TAGS_PARAMETER"),
            Text::new("Two of the tags have the same key.", "keep one of them").when("DUPLICATE_TAG_KEY"),
            Text::new("This can't be done with that target.", "check the target's id and what it is")
                .when("TARGET_NOT_SUPPORTED"),
            Text::new(
                "That is no email address that can be invited.",
                "check the address, or invite by account id: --target Id=…,Type=ACCOUNT",
            )
            .when("INVALID_EMAIL_ADDRESS_TARGET"),
            Text::new("The resource policy is not valid JSON.", "check the document's syntax")
                .when("INVALID_RESOURCE_POLICY_JSON"),
            Text::new("The policy names a principal that can't be.", "check its Principal element")
                .when("INVALID_PRINCIPAL"),
            Text::new("The resource policy holds an action that it can't grant.", "check its Action element")
                .when("UNSUPPORTED_ACTION_IN_RESOURCE_POLICY"),
            Text::new(
                "The resource policy names a type of policy that it can't be about.",
                "check its conditions",
            )
            .when("UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY"),
            Text::new("The resource policy names a resource that it can't be about.", "check its Resource element")
                .when("UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY"),
            Text::new("AWS manages that policy, and it can't be detached.", "leave it attached")
                .when("NON_DETACHABLE_POLICY"),
            Text::new(
                "The service can't tell the caller's account, management account or organization.",
                "to see whose credentials these are: aws sts get-caller-identity",
            )
            .when("CALLER_REQUIRED_FIELD_MISSING"),
            Text::new(
                "A transfer of responsibility doesn't support one of the values.",
                "check --type: BILLING is the only one that is documented",
            )
            .when("UNSUPPORTED_ACTION_IN_RESPONSIBILITY_TRANSFER"),
            Text::new(
                "A transfer starts on the first day of a month.",
                "use such a day in UTC: --start-timestamp 2027-01-01T00:00:00Z",
            )
            .when("START_DATE_NOT_BEGINNING_OF_MONTH"),
            Text::new(
                "A transfer starts at the beginning of a day, 00:00:00 UTC.",
                "write the time with its zone: --start-timestamp 2027-01-01T00:00:00Z",
            )
            .when("START_DATE_NOT_BEGINNING_OF_DAY"),
            Text::new(
                "The start is too early: an invitation has to be accepted 24 hours before it.",
                "choose the first day of a later month",
            )
            .when("START_DATE_TOO_EARLY"),
            Text::new("The start is too far away.", "choose the first day of an earlier month")
                .when("START_DATE_TOO_LATE"),
            Text::new(
                "The start doesn't meet what a transfer asks for.",
                "choose 00:00:00 UTC on the first day of a month to come",
            )
            .when("INVALID_START_DATE"),
            Text::new("A transfer ends with the last day of a month, 23:59:59.999.", "choose the end of such a day")
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
                "The service refuses a value of the request.",
                "correct the value that the message names; to see what the options take: orgshake {command} --help",
            ),
        ],
    },
];
