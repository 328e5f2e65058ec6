//! Which generators may go to another thread, as `COMPARE.md` says.

use ::generator::Gn;
use corosensei::{Coroutine, Yielder};
use tarae::prelude::*;

#[fauxgen::generator(yield = u64)]
fn of_fauxgen() {
    for n in 0..2 {
        r#yield!(n);
    }
}

#[next_gen::generator(yield(u64))]
fn of_next_gen() {
    for n in 0..2 {
        yield_!(n);
    }
}

async fn of_remit(remit: remit::Remit<'_, u64>) {
    for n in 0..2 {
        remit.value(n).await;
    }
}

fn of_tarae() -> Generator<impl Yields<u64>> {
    generator!({
        for n in 0..2 {
            yield n;
        }
    })
}

/// Whether a value may go to another thread: the first of two methods of the name `is_send` that the compiler finds.
#[expect(dead_code, reason = "its type is what is looked at")]
struct Probe<'a, T>(&'a T);

trait MayGo {
    fn is_send(&self) -> bool {
        true
    }
}

impl<T: Send> MayGo for Probe<'_, T> {}

trait MustStay {
    fn is_send(&self) -> bool {
        false
    }
}

impl<T> MustStay for &Probe<'_, T> {}

macro_rules! is_send {
    ($value:expr) => {
        (&Probe(&$value)).is_send()
    };
}

#[test]
fn these_may_go_to_another_thread_and_those_must_stay() {
    assert!(is_send!(of_tarae()));
    assert!(is_send!(of_fauxgen()));
    assert!(is_send!(genawaiter::sync::Gen::new(|co: genawaiter::sync::Co<u64>| async move {
        co.yield_(1).await
    })));
    assert!(is_send!(Gn::<()>::new_scoped(|_| 1)));
    assert!(is_send!(async_stream::stream! { yield 1; }));

    assert!(!is_send!(genawaiter::rc::Gen::new(
        |co: genawaiter::rc::Co<u64>| async move { co.yield_(1).await }
    )));
    assert!(!is_send!(remit::Generator::boxed(of_remit)));
    assert!(!is_send!(Coroutine::<(), (), (), _>::new(|_: &Yielder<(), ()>, ()| ())));
    next_gen::mk_gen!(let numbers = of_next_gen());
    assert!(!is_send!(numbers));
}
