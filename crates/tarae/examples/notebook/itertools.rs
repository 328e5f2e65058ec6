//! Cells 24 to 35: tools that shape what is iterated over. What std has is not repeated: `takewhile` is `take_while`.

use super::page::Page;
use super::python::Item;
use std::io;

pub(crate) fn cells(page: &Page<'_>) -> io::Result<()> {
    page.cell(24, "count, take_while, filterfalse, accumulate, chain, product, groupby")?;

    page.cell(25, "those that std lacks")?;
    use tarae::iter::{accumulate, count, filterfalse, groupby, product};

    page.cell(26, "counting without an end")?;
    let mut gen1 = count(1.0, 2.5);
    page.show(gen1.next());
    page.show(gen1.next());
    page.show(gen1.next());
    page.show(gen1.next());

    page.cell(27, "as long as a condition holds")?;
    let gen2 = count(1.0, 2.5).take_while(|x| *x < 1000.0);
    for v in gen2 {
        page.print(v);
    }

    page.cell(28, "what a condition refuses")?;
    let gen3 = filterfalse(|x| *x < 10, [1, 2, 4, 50, 20, 9, 3]);
    for v in gen3 {
        page.print(v);
    }

    page.cell(29, "running totals")?;
    let gen4 = accumulate(1..=100, |total, x| total + x);
    for v in gen4 {
        page.print(v);
    }

    page.cell(30, "one after the other")?;
    let gen5 = "ABCDE".chars().map(Item::Letter).chain((1..11).step_by(2).map(Item::Number));
    page.print(format_args!("{:?}", gen5.collect::<Vec<_>>()));

    page.cell(31, "with their places")?;
    let gen6 = "abcde".chars().enumerate();
    page.print(format_args!("{:?}", gen6.collect::<Vec<_>>()));

    page.cell(32, "all ways to choose one")?;
    let gen7 = product("ABCDE".chars()).map(|[a]| (a,));
    page.print(format_args!("{:?}", gen7.collect::<Vec<_>>()));

    page.cell(33, "all ways to choose two")?;
    let gen8 = product("ABCDE".chars()).map(|[a, b]| (a, b));
    page.print(format_args!("{:?}", gen8.collect::<Vec<_>>()));

    page.cell(34, "runs of equal letters")?;
    let mut gen9 = groupby("AAAABBBCCCDDDEEEEGGG".chars(), |c| *c);

    page.cell(35, "each run by its letter; a group lasts until the next one is asked for")?;
    while let Some(group) = gen9.next_group() {
        let chr = *group.key();
        page.print(format_args!("{chr} : {:?}", group.collect::<Vec<_>>()));
    }
    Ok(())
}
