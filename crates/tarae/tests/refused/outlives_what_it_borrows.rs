//! Whatever a generator is wrapped in, and whatever it delegates to: all that it borrows, and may have lent to children,
//! must outlive it, since their destructors may read it. (One at a time: `delegate_*outlives_what_it_borrows`.)
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::generator::{BoxCoroutine, BoxGenerator, LocalBoxGenerator, SendError};
use tarae::prelude::*;
use std::pin::{Pin, pin};

struct Reads<'a>(&'a String);
impl Drop for Reads<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn child(text: &String) -> Generator<impl Yields<i32>> {
    let reads = Reads(text);
    generator!({
        yield 1;
        drop(reads);
    })
}

fn local_boxed() {
    let mut longer;
    let text = String::from("gone");
    let borrowed = &text;
    longer = generator!({ yield_from!(child(borrowed).boxed_local()); });
    longer.next();
}

fn boxed_itself() {
    let mut longer: BoxGenerator<i32>;
    let text = String::from("gone");
    let borrowed = &text;
    longer = generator!({ yield_from!(child(borrowed)); }).boxed();
    longer.next();
}

fn pinned() {
    let mut longer;
    let text = String::from("gone");
    let borrowed = &text;
    longer = Box::pin(generator!({ yield_from!(child(borrowed)); }).pinned());
    longer.as_mut().next();
}

fn shared() {
    let longer;
    let text = String::from("gone");
    let borrowed = &text;
    longer = generator!({ yield_from!(child(borrowed)); }).shared();
    longer.try_next();
}

fn two_levels_down() {
    let mut longer;
    let text = String::from("gone");
    let borrowed = &text;
    longer = generator!({ yield_from!(generator!({ yield_from!(child(borrowed).boxed()); })); });
    longer.next();
}

fn in_an_adaptor() {
    let mut longer;
    let text = String::from("gone");
    let borrowed = &text;
    longer = generator!({ yield_from!(child(borrowed)); }).skip(0).peekable();
    longer.next();
}

fn an_iterator() {
    let mut longer;
    let text = String::from("gone");
    let reads = Reads(&text);
    longer = generator!({ yield_from!([1].into_iter().inspect(move |_| { let _ = &reads; })); });
    longer.next();
}

struct ByHand<'a>(Reads<'a>);
impl Coroutine for ByHand<'_> {
    type Sent = ();
    type Yield = i32;
    type Return = ();
    fn try_start(&mut self) -> Result<Step<i32>, SendError<()>> {
        Ok(Step::Yield(1))
    }
    fn try_send(&mut self, (): ()) -> Result<Step<i32>, SendError<()>> {
        Ok(Step::Return(()))
    }
    fn state(&self) -> State {
        State::Created
    }
    fn close(&mut self) {}
}

fn a_coroutine_by_hand() {
    let mut longer;
    let text = String::from("gone");
    let borrowed = &text;
    longer = generator!({ yield_from!(ByHand(Reads(borrowed))); });
    longer.next();
}

/// It comes in by what is sent, and is kept by a child.
fn keeps<'a>() -> Generator<impl Body<Yield = i32, Sent = &'a String, Output = ()>> {
    coroutine!({
        let text: &'a String = yield 1;
        let reads = Reads(text);
        let _: &'a String = yield 2;
        drop(reads);
    })
}

fn sent() {
    let mut longer;
    let text = String::from("gone");
    longer = coroutine!({ yield_from!(keeps()); });
    longer.start();
    longer.send(&text);
}

fn sent_to_a_boxed_one() {
    let mut longer: BoxCoroutine<&String, i32, ()>;
    let text = String::from("gone");
    longer = coroutine!({ yield_from!(keeps().boxed()); }).boxed();
    longer.start();
    longer.send(&text);
}

fn a_stream() {
    let mut longer;
    let text = String::from("gone");
    let borrowed = &text;
    let inner = stream!({
        let _reads = Reads(borrowed);
        yield 1;
    });
    longer = Box::pin(stream!({ yield_from!(inner); }));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let _ = tarae::stream::Stream::poll_next(longer.as_mut(), &mut context);
}

fn main() {}
