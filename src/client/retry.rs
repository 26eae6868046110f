//! What an SDK client retries.

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_types::retry::RetryConfig;

use super::attempts::{Attempt, Log, Outcome};
use crate::settings::{RetryMode, ServiceSettings};

/// Returns the retry configuration of an SDK client.
pub fn retries(settings: &ServiceSettings) -> RetryConfig {
    let retries = match settings.retry_mode {
        RetryMode::Standard => RetryConfig::standard(),
        RetryMode::Adaptive => RetryConfig::adaptive(),
    };
    retries.with_max_attempts(settings.max_attempts)
}

/// Decides about retries by the raw response: the SDK would also retry after a 200 that it can't parse.
#[derive(Debug)]
pub struct Retry(pub Log);

impl ClassifyRetry for Retry {
    fn classify_retry_v2(&self, context: &InterceptorContext, before: &RetryAction) -> RetryAction {
        match (self.classify_retry(context), before) {
            // The SDK's action has the wait that the service asks for (`x-amz-retry-after`).
            (
                RetryAction::RetryIndicated(_),
                RetryAction::RetryIndicated(RetryReason::RetryableError { retry_after: Some(_), .. }),
            ) => RetryAction::NoActionIndicated,
            (decided, _) => decided,
        }
    }

    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        let attempts = self.0.attempts();
        let Some((Attempt { outcome: Outcome::Answered(last), .. }, before)) = attempts.split_last() else {
            return if self.0.is_paced() { RetryAction::RetryForbidden } else { RetryAction::NoActionIndicated };
        };
        // Only the SDK can sign with another clock.
        if self.0.is_paced() && !last.is_misdated() {
            return RetryAction::RetryForbidden;
        }
        let is_misdated =
            |attempt: &Attempt| matches!(&attempt.outcome, Outcome::Answered(answer) if answer.is_misdated());
        // Only once: with a server whose clock jumps, the request would be signed again every time.
        match last.retry().filter(|_| !(last.is_misdated() && before.iter().any(is_misdated))) {
            Some(action) => action,
            None => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "orgshake retry"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}
