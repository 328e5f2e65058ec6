//! Cells 15 to 23: when the body of a generator runs.

use super::page::Page;
use super::python::object;
use std::io;
use tarae::prelude::*;

pub(crate) fn cells(page: &Page<'_>) -> io::Result<()> {
    page.cell(15, "a generator with something to tell between its yields")?;
    let generator_ex1 = generator!(|| {
        page.print("start");
        yield "A point";
        page.print("continue");
        yield "B point";
        page.print("End");
    });

    let mut tmp = generator_ex1();

    page.cell(16, "nothing has run yet")?;
    page.print(object("generator_ex1", &tmp));

    page.cell(17, "it runs to the first yield")?;
    page.show(tmp.next());

    page.cell(18, "to the second")?;
    page.show(tmp.next());

    page.cell(19, "and to its end")?;
    page.show(tmp.next());

    page.cell(20, "a loop does all of that")?;
    for v in generator_ex1() {
        page.print(v);
    }

    page.cell(21, "a list runs it at once, a map does not")?;
    let temp1: Vec<String> = generator_ex1().map(|x| x.repeat(3)).collect();
    let temp2 = generator_ex1().map(|x| x.repeat(3));

    page.cell(22, "the list is there")?;
    for i in temp1 {
        page.print(i);
    }

    page.cell(23, "the map runs while it is read")?;
    for i in temp2 {
        page.print(i);
    }
    Ok(())
}
