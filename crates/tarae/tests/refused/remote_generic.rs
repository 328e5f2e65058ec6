//! A name stands for one function: what is generic is many, and another process would not know which.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::remote;

#[remote]
fn of_a_type<T: Clone>(value: T) -> T {
    value
}

#[remote]
fn of_a_constant<const N: usize>(items: [u8; N]) -> usize {
    N
}

#[remote]
fn of_a_lifetime<'a>(text: std::borrow::Cow<'a, str>) -> usize {
    text.len()
}

#[remote]
fn with_a_clause(n: u8) -> u8
where
    u8: Copy,
{
    n
}

#[remote]
fn of_any_argument(items: impl Iterator<Item = u8>) -> usize {
    items.count()
}

#[remote]
fn of_any_argument_inside(items: Vec<impl Into<u8>>) -> usize {
    items.len()
}

#[remote]
fn of_a_result_without_a_name(n: u8) -> impl Iterator<Item = u8> {
    0..n
}

fn main() {}
