//! The body of a response, whole or cut off in the middle.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// An error that closes the connection without a response.
#[derive(Debug)]
pub(super) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed without a response")
    }
}

impl Error for Dropped {}

/// The body of a response, whole or cut off in the middle.
#[derive(Debug)]
pub(super) struct Sent {
    length: u64,
    left: Option<Bytes>,
    cut: Option<Cut>,
}

/// The next step in sending a body that is cut off.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Half,
    Flush,
    Close,
}

impl Sent {
    pub(super) fn new(body: Vec<u8>, cut: bool) -> Sent {
        Sent { length: body.len() as u64, left: Some(body.into()), cut: cut.then_some(Cut::Half) }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        match self.cut {
            None => Poll::Ready(self.left.take().map(|bytes| Ok(Frame::data(bytes)))),
            Some(Cut::Half) => {
                self.cut = Some(Cut::Flush);
                let half = self.left.take().map(|bytes| bytes.slice(..bytes.len() / 2));
                Poll::Ready(half.map(|half| Ok(Frame::data(half))))
            }
            Some(Cut::Flush) => {
                // The first half is sent before the connection is closed.
                self.cut = Some(Cut::Close);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Cut::Close) => Poll::Ready(Some(Err(Dropped))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.cut.is_none() && self.left.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
