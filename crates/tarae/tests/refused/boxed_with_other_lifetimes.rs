//! What a boxed coroutine is sent, yields and returns is tied to it, lifetimes included.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::generator::{BoxCoroutine, BoxGenerator, LocalBoxCoroutine};
use tarae::prelude::*;

type Text<'a> = &'a str;

fn longer_items<'a>(one: BoxGenerator<'a, Text<'a>>) -> BoxGenerator<'a, Text<'static>> {
    one
}

fn longer_results<'a>(one: BoxCoroutine<'a, (), (), Text<'a>>) -> BoxCoroutine<'a, (), (), Text<'static>> {
    one
}

fn shorter_sent<'a>(one: BoxCoroutine<'a, Text<'static>, (), ()>) -> BoxCoroutine<'a, Text<'a>, (), ()> {
    one
}

fn longer_itself<'a>(one: LocalBoxCoroutine<'a, (), (), ()>) -> LocalBoxCoroutine<'static, (), (), ()> {
    one
}

fn longer_by_delegating<'a>(one: BoxGenerator<'a, Text<'a>>) -> BoxGenerator<'a, Text<'static>> {
    generator!({ yield_from!(one); }).boxed()
}

fn shorter_sent_by_delegating<'a>(one: BoxCoroutine<'a, Text<'static>, (), ()>) -> BoxCoroutine<'a, Text<'a>, (), ()> {
    coroutine!({ yield_from!(one) }).boxed()
}

fn longer_body<'a>(text: &'a String) -> BoxGenerator<'static, usize> {
    generator!({ yield text.len(); }).boxed()
}

fn shorter_behind_a_borrow<'a>(one: &mut BoxGenerator<'static, u8>, other: BoxGenerator<'a, u8>) {
    *one = other;
}

fn main() {}
