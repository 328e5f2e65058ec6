//! What a Rust value is to Python, in the form in which the record holds what Python gave.
//!
//! Sequences are lists, whatever their type. `None` is `None`, an `Err` is an exception, whichever. The order of sets and
//! maps does not count.

use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// The value of an expression; of an iterator, its items.
macro_rules! shown {
    ($value:expr) => {{
        #[allow(unused_imports, reason = "one of the two is used")]
        use $crate::shown::{AsItems, AsValue};
        $crate::shown::Shown::new($value).shown()
    }};
}
pub(crate) use shown;

/// Holds a value until it is known whether it is an iterator: the method of the trait that needs no reference goes first.
pub(crate) struct Shown<T>(Cell<Option<T>>);

impl<T> Shown<T> {
    pub(crate) fn new(value: T) -> Self {
        Shown(Cell::new(Some(value)))
    }
}

pub(crate) trait AsValue {
    fn shown(self) -> Value;
}

impl<T: Show> AsValue for Shown<T> {
    fn shown(self) -> Value {
        self.0.take().expect("shown once").show()
    }
}

pub(crate) trait AsItems {
    fn shown(&self) -> Value;
}

impl<I: Iterator<Item: Show>> AsItems for Shown<I> {
    fn shown(&self) -> Value {
        self.0.take().expect("shown once").map(|item| item.show()).collect()
    }
}

pub(crate) trait Show {
    fn show(&self) -> Value;
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self) -> Value {
        (**self).show()
    }
}

macro_rules! as_json {
    ($($type:ty)*) => {$(
        impl Show for $type {
            fn show(&self) -> Value {
                json!(self)
            }
        }
    )*};
}

as_json! { () bool char str String i32 i64 u8 u32 u64 usize }

impl Show for f64 {
    fn show(&self) -> Value {
        json!({ "float": format!("{self:?}") })
    }
}

impl Show for u128 {
    fn show(&self) -> Value {
        json!(u64::try_from(*self).expect("as long as the numbers are small"))
    }
}

macro_rules! as_list {
    ($([$($bounds:tt)*] $type:ty;)*) => {$(
        impl<$($bounds)*> Show for $type {
            fn show(&self) -> Value {
                self.iter().map(Show::show).collect()
            }
        }
    )*};
}

as_list! { [T: Show] [T]; [T: Show, const N: usize] [T; N]; [T: Show] Vec<T>; [T: Show] VecDeque<T>; }

macro_rules! tuples {
    ($(($($name:ident $place:tt),*))*) => {$(
        impl<$($name: Show),*> Show for ($($name,)*) {
            fn show(&self) -> Value {
                Value::Array(vec![$(self.$place.show()),*])
            }
        }
    )*};
}

tuples! { (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) (A 0, B 1, C 2, D 3, E 4) }

impl<T: Show> Show for Option<T> {
    fn show(&self) -> Value {
        self.as_ref().map_or(Value::Null, Show::show)
    }
}

impl<T: Show, E> Show for Result<T, E> {
    fn show(&self) -> Value {
        self.as_ref().map_or(json!({ "raises": true }), Show::show)
    }
}

/// In an order that does not depend on the container.
fn in_order(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_cached_key(Value::to_string);
    values
}

impl<T: Show> Show for HashSet<T> {
    fn show(&self) -> Value {
        json!({ "set": in_order(self.iter().map(Show::show).collect()) })
    }
}

impl<K: Show, V: Show> Show for HashMap<K, V> {
    fn show(&self) -> Value {
        json!({ "dict": in_order(self.iter().map(|pair| pair.show()).collect()) })
    }
}

impl<K: Show, V: Show> Show for BTreeMap<K, V> {
    fn show(&self) -> Value {
        json!({ "dict": in_order(self.iter().map(|pair| pair.show()).collect()) })
    }
}
