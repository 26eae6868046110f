//! The commands that call an operation of the service.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::time::interval;

use super::item::carry_out;
use super::live;
use super::many::{self, Job};
use super::{Prepared, check_output_encoding, prepared, written};
use crate::client::pages;
use crate::client::run::Run;
use crate::client::service::{Service, service};
use crate::client::session::{Listing, Session};
use crate::command::{Call, Globals, Skeleton};
use crate::error::Failure;
use crate::input;
use crate::output::{Documents, Output};
use crate::render::json;
use crate::settings::ServiceSettings;
use crate::terminal::progress::Progress;
use crate::terminal::streams::{self, Reader, Terminal};
use crate::text::redact;

/// Interval at which to check whether the pager has been left, while a request is under way.
const PAGER_LOOKED_AT: Duration = Duration::from_millis(50);

/// Removes from a page what isn't to be printed.
type Keep<'a> = &'a dyn Fn(&mut Map<String, Value>);

/// Calls the operation and prints the response, or prints a skeleton. Returns the exit code.
///
/// # Errors
///
/// Returns an error if a parameter or a setting is wrong, if the call fails, or if the response can't be written.
pub fn run(globals: &Globals, call: &Call, terminal: &Terminal) -> Result<u8, Failure> {
    if matches!(call.skeleton, Some(Skeleton::Input | Skeleton::YamlInput)) {
        check_output_encoding()?;
    }
    match call.skeleton {
        Some(Skeleton::Input) => {
            let request = input::skeleton::input(call.operation.input, &input::given(call)?);
            written(&json::document(&Value::Object(request), false)).map(|()| 0)
        }
        Some(Skeleton::YamlInput) => {
            let request = input::skeleton::yaml_input(call.operation.input, &input::given(call)?);
            written(&request).map(|()| 0)
        }
        Some(Skeleton::Output) => sample(globals, call, terminal).map(|()| 0),
        None => send(globals, call, terminal),
    }
}

/// Prints a sample response.
fn sample(globals: &Globals, call: &Call, terminal: &Terminal) -> Result<(), Failure> {
    let Prepared { query, output, .. } = prepared(globals)?;
    let (parameters, limits) = input::parameters(call)?;
    pages::is_one_page(globals.no_paginate, &parameters, &limits)?;
    let terminal = terminal.at(Timestamp::now());
    let mut output = Output::new(call.operation.name, query.as_ref(), output, &terminal);
    output.result(input::skeleton::output(call.operation.output), None)?;
    output.finish()
}

/// Calls the operation, once or many times, and prints the response. Returns the exit code.
fn send(globals: &Globals, call: &Call, terminal: &Terminal) -> Result<u8, Failure> {
    let operation = call.operation;
    let Prepared { query, output, service: settings } = prepared(globals)?;
    let mut requests = input::requests(call)?;
    let Some(first) = requests.parameters.first() else {
        return Ok(nothing_to_do("standard input contains no id"));
    };
    if requests.accounts.as_ref().is_some_and(Vec::is_empty) {
        return Ok(nothing_to_do("--accounts names no account"));
    }
    let one_page = pages::is_one_page(globals.no_paginate, first, &requests.limits)?;
    let (service, now) = service(globals)?;
    let terminal = terminal.at(now);
    if requests.accounts.is_some() || requests.parameters.len() > 1 {
        warn_of_unverified(&settings, &service);
        let documents = Documents::new(operation, query.as_ref(), &output, &terminal);
        let job = Job { globals, call, one_page, terminal: &terminal };
        return many::run(job, requests, settings, service, documents);
    }
    let (parameters, limits) = (requests.parameters.remove(0), requests.limits);
    let done = operation.done.filter(|_| !call.own.dry_run);
    let output = Output::new(operation.name, query.as_ref(), output, &terminal).after(done);
    warn_of_unverified(&settings, &service);
    Run::with(|run| {
        let session = Session::open(run, settings, service)?;
        match operation.list.filter(|_| !one_page) {
            None => {
                let mut output = output;
                if let Some(mut response) = run.wait(carry_out(&session, call, &parameters))? {
                    if let Some(list) = operation.list {
                        live::retain(&mut response, list, &call.own, live::time(globals, &session, &terminal));
                    }
                    output.result(response, operation.list)?;
                }
                output.finish()
            }
            Some(list) => {
                let keep = |page: &mut _| live::retain(page, list, &call.own, live::time(globals, &session, &terminal));
                list_pages(run, session.list(operation, list, parameters, &limits), (list, &keep), output)
            }
        }
    })
    .map(|()| 0)
}

/// Says why no call is made; returns the exit code.
fn nothing_to_do(why: &str) -> u8 {
    streams::note(&format!("{why}: nothing to do"));
    0
}

pub(super) fn warn_of_unverified(settings: &ServiceSettings, service: &Service) {
    if settings.verify_ssl || !matches!(service, Service::Aws) {
        return;
    }
    let endpoint = settings.endpoint_url.as_deref().map_or("of AWS Organizations".into(), redact::shown_url);
    streams::write_stderr(&format!(
        "orgshake: [WARNING]: --no-verify-ssl: the certificate of the endpoint {endpoint} is not verified\n"
    ));
}

/// Asks for the pages of a listing and prints each as it comes, with the items that `keep` leaves under `list`.
fn list_pages(
    run: &Run<'_>,
    mut pages: Listing<'_>,
    (list, keep): (&'static str, Keep<'_>),
    mut output: Output<'_>,
) -> Result<(), Failure> {
    let mut progress = Progress::new(streams::shows_progress() && !output.shows_pages());
    loop {
        let Some(page) = run.wait(unless_left(pages.next(), output.pager())) else { return Ok(()) };
        let Some(mut page) = page.map_err(|failure| output.stopped(failure))? else { break };
        let items = page.get(list).and_then(Value::as_array).map_or(0, Vec::len);
        keep(&mut page);
        let reader = output.page(list, page).map_err(|failure| output.stopped(failure))?;
        if reader == Reader::Gone {
            return Ok(());
        }
        progress.page(items);
    }
    output.end(pages.resume_token())
}

/// Waits for a page; returns nothing if the pager is left first.
async fn unless_left<T>(page: impl Future<Output = T>, left: Option<impl FnMut() -> bool>) -> Option<T> {
    let Some(mut left) = left else { return Some(page.await) };
    let mut page = pin!(page);
    let mut looks = interval(PAGER_LOOKED_AT);
    poll_fn(|context| {
        while looks.poll_tick(context).is_ready() {
            if left() {
                return Poll::Ready(None);
            }
        }
        page.as_mut().poll(context).map(Some)
    })
    .await
}
