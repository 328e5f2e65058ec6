//! Tee, distribute and partition, step by step: what each step gives, and how much has been pulled by then.

use crate::support::{cases, parse, words};
use std::cell::Cell;

use tarae::iter::{Tee, distribute, partition, shared, tee};

/// The recording; its beginning for Miri, which would take minutes.
fn recorded() -> String {
    let lines = include_str!("../../data/iter_outputs/arms.txt").lines();
    lines.take(if cfg!(miri) { 20 } else { usize::MAX }).collect::<Vec<_>>().join("\n")
}

/// Runs the steps on `arms`, made of the source that counts its pulls.
fn replay<A: Iterator<Item = i32>>(
    xs: &str,
    steps: &str,
    make: impl FnOnce(&mut dyn FnMut() -> Box<dyn Iterator<Item = i32>>) -> Vec<A>,
    copy: impl Fn(&A) -> A,
) -> String {
    let pulled = std::rc::Rc::new(Cell::new(0));
    let counter = pulled.clone();
    let items: Vec<i32> = parse(xs);
    let mut source = || {
        let counter = counter.clone();
        Box::new(items.clone().into_iter().inspect(move |_| counter.set(counter.get() + 1)))
            as Box<dyn Iterator<Item = i32>>
    };
    let mut arms: Vec<Option<A>> = make(&mut source).into_iter().map(Some).collect();
    let mut out = Vec::new();
    for step in steps.split_whitespace() {
        let i: usize = step[1..].parse().unwrap();
        match &step[..1] {
            "c" => arms.push(Some(copy(arms[i].as_ref().unwrap()))),
            "d" => arms[i] = None,
            _ => {
                let item = arms[i].as_mut().unwrap().next();
                let item = item.map_or("none".to_string(), |x| x.to_string());
                out.push(format!("{item}/{}", pulled.get()));
            }
        }
    }
    words(out)
}

#[test]
fn tee_like_python() {
    type Source = Box<dyn Iterator<Item = i32>>;
    cases(&recorded(), "tee", |fields| {
        let make = |source: &mut dyn FnMut() -> Source| -> Vec<Tee<Source>> {
            match fields[0] {
                "1" => tee::<1, _>(source()).into(),
                "2" => tee::<2, _>(source()).into(),
                "3" => tee::<3, _>(source()).into(),
                _ => tee::<4, _>(source()).into(),
            }
        };
        assert_eq!(replay(fields[1], fields[2], make, Tee::clone), fields[3], "{fields:?}");
    });
}

/// The readers of `shared` are arms too.
#[test]
fn shared_like_pythons_tee() {
    cases(&recorded(), "tee", |fields| {
        let make = |source: &mut dyn FnMut() -> Box<dyn Iterator<Item = i32>>| {
            vec![shared(source()); fields[0].parse().unwrap()]
        };
        assert_eq!(replay(fields[1], fields[2], make, Clone::clone), fields[3], "{fields:?}");
    });
}

#[test]
fn distribute_like_python() {
    type Source = Box<dyn Iterator<Item = i32>>;
    cases(&recorded(), "distribute", |fields| {
        let make = |source: &mut dyn FnMut() -> Source| match fields[0] {
            "1" => Vec::from(distribute::<1, _>(source())),
            "2" => Vec::from(distribute::<2, _>(source())),
            "3" => Vec::from(distribute::<3, _>(source())),
            _ => Vec::from(distribute::<4, _>(source())),
        };
        let no_copy = |_: &_| -> tarae::iter::Distribute<Source> { panic!("there are no copies") };
        assert_eq!(replay(fields[1], fields[2], make, no_copy), fields[3], "{fields:?}");
    });
}

/// DIFFERENCE: the recording has the sides the other way round.
#[test]
fn partition_like_python() {
    type Source = Box<dyn Iterator<Item = i32>>;
    type Side = tarae::iter::Partition<Source, fn(&i32) -> bool>;
    cases(&recorded(), "partition", |fields| {
        let make = |source: &mut dyn FnMut() -> Source| -> Vec<Side> {
            let (thirds, rest) = partition((|x| x % 3 == 0) as fn(&i32) -> bool, source());
            vec![thirds, rest]
        };
        let no_copy = |_: &Side| -> Side { panic!("there are no copies") };
        assert_eq!(replay(fields[0], fields[1], make, no_copy), fields[2], "{fields:?}");
    });
}
