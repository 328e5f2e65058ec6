//! Cells 36 to 55: bodies that are sent values, their states, and delegation.

use super::page::Page;
use super::python::{Item, object, or_none};
use std::io;
use tarae::prelude::*;

pub(crate) fn cells(page: &Page<'_>) -> io::Result<()> {
    received(page)?;
    states(page)?;
    nested(page)
}

fn received(page: &Page<'_>) -> io::Result<()> {
    page.cell(36, "a coroutine: `yield` evaluates to what is sent")?;
    let coroutine1 = coroutine!(|| {
        page.print(">>> coroutine started.");
        let i: Option<i32> = yield;
        page.print(format_args!(">>> coroutine received : {}", or_none(i)));
    });

    page.cell(37, "it is a generator, too")?;
    let mut cr1 = coroutine1();
    page.print(format_args!("{} <class 'generator'>", object("coroutine1", &cr1)));

    page.cell(38, "it runs to the yield")?;
    page.show(cr1.start());

    page.cell(39, "Python's next sends None")?;
    page.show(cr1.send(None));

    page.cell(40, "it is sent a number")?;
    let mut cr1 = coroutine1();
    page.show(cr1.start());
    page.show(cr1.send(Some(100)));
    Ok(())
}

fn states(page: &Page<'_>) -> io::Result<()> {
    page.cell(41, "a coroutine that hands out and takes in")?;
    let coroutine2 = coroutine!(|x: i32| {
        page.print(format_args!(">>> coroutine started : {x}"));
        let y: i32 = yield x;
        page.print(format_args!(">>> coroutine received : {x}"));
        let z: i32 = yield x + y;
        page.print(format_args!(">>> coroutine received : {z}"));
    });

    page.cell(42, "its state, by Python's names")?;
    fn getgeneratorstate(coroutine: &impl Coroutine) -> &'static str {
        match coroutine.state() {
            State::Created => "GEN_CREATED",
            State::Running => "GEN_RUNNING",
            State::Suspended => "GEN_SUSPENDED",
            State::Closed => "GEN_CLOSED",
        }
    }

    page.cell(43, "made, then started")?;
    let mut cr3 = coroutine2(10);
    page.print(getgeneratorstate(&cr3));
    page.show(cr3.start());

    page.cell(44, "sent a number, it hands out the sum")?;
    page.print(getgeneratorstate(&cr3));
    page.show(cr3.send(100));

    page.cell(45, "sent another, it ends")?;
    page.print(getgeneratorstate(&cr3));
    page.show(cr3.send(100));
    Ok(())
}

fn nested(page: &Page<'_>) -> io::Result<()> {
    page.cell(46, "two loops that yield")?;
    let generator1 = generator!(|| {
        for x in "AB".chars() {
            yield Item::Letter(x);
        }
        for y in 1..4 {
            yield Item::Number(y);
        }
    });

    page.cell(47, "the first")?;
    let mut t1 = generator1();
    page.show(t1.next());

    page.cell(48, "the second")?;
    page.show(t1.next());

    page.cell(49, "the third, from the second loop")?;
    page.show(t1.next());

    page.cell(50, "the fourth")?;
    page.show(t1.next());

    page.cell(51, "the fifth")?;
    page.show(t1.next());

    page.cell(52, "and the end")?;
    page.show(t1.next());

    page.cell(53, "all of them as a list")?;
    let t2 = generator1();
    page.print(format_args!("{:?}", t2.collect::<Vec<_>>()));

    page.cell(54, "the same by delegation: no loops")?;
    let generator2 = generator!(|| {
        yield_from!("AB".chars().map(Item::Letter));
        yield_from!((1..4).map(Item::Number));
    });

    page.cell(55, "one after the other")?;
    let mut t3 = generator2();
    page.show(t3.next());
    page.show(t3.next());
    page.show(t3.next());
    page.show(t3.next());
    page.show(t3.next());
    Ok(())
}
