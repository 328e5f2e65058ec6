//! What is known of a task besides its job: where it was submitted, and, of a few, more.

use super::stopper::Stopping;
use crate::options::Options;
use std::panic::Location;
use std::ptr::NonNull;

/// One word: a place, or a box with more, which has [`BOXED`] set.
pub(super) struct About(NonNull<()>);

/// Set in the pointer to a box. Both kinds of pointers are aligned to more than one byte.
const BOXED: usize = 1;

/// What most tasks do not have.
pub(super) struct Extras {
    pub(super) location: &'static Location<'static>,
    pub(super) options: Options,
    pub(super) stopping: Option<Stopping>,
}

// SAFETY: it owns the box, or refers to what never changes.
unsafe impl Send for About {}
// SAFETY: as above.
unsafe impl Sync for About {}

impl About {
    #[inline(always)]
    pub(super) fn new(location: &'static Location<'static>, options: Options) -> Self {
        if options.is_plain() {
            About(NonNull::from(location).cast())
        } else {
            Self::boxing(location, options)
        }
    }

    #[cold]
    #[inline(never)]
    fn boxing(location: &'static Location<'static>, options: Options) -> Self {
        let stopping = options.can_end_it().then(|| Stopping::new(&options));
        let extras = Box::new(Extras { location, options, stopping });
        let pointer = NonNull::from(Box::leak(extras)).cast::<()>();
        About(pointer.map_addr(|address| address | BOXED))
    }

    #[inline(always)]
    fn is_boxed(&self) -> bool {
        self.0.addr().get() & BOXED != 0
    }

    /// The box.
    fn boxed(&self) -> Option<NonNull<Extras>> {
        let address = std::num::NonZeroUsize::new(self.0.addr().get() & !BOXED)?;
        self.is_boxed().then(|| self.0.with_addr(address).cast())
    }

    #[inline]
    pub(super) fn extras(&self) -> Option<&Extras> {
        // SAFETY: the box is ours until we are dropped.
        self.boxed().map(|extras| unsafe { extras.as_ref() })
    }

    /// The place, if that is all there is.
    #[inline(always)]
    pub(super) fn plain(&self) -> Option<&'static Location<'static>> {
        // SAFETY: without the mark it is the place that `new` was given.
        (!self.is_boxed()).then(|| unsafe { self.0.cast().as_ref() })
    }

    #[inline]
    pub(super) fn location(&self) -> &'static Location<'static> {
        match (self.plain(), self.extras()) {
            (Some(place), _) => place,
            (None, Some(extras)) => extras.location,
            (None, None) => unreachable!("it is the one or the other"),
        }
    }
}

impl Drop for About {
    #[inline(always)]
    fn drop(&mut self) {
        if self.is_boxed() {
            drop_box(self);
        }
    }
}

#[cold]
#[inline(never)]
fn drop_box(about: &mut About) {
    if let Some(extras) = about.boxed() {
        // SAFETY: made by `boxing`, and we are being dropped.
        drop(unsafe { Box::from_raw(extras.as_ptr()) });
    }
}
