//! The cells that run work: what differs by nature is read and checked, all else must stand there as it is.

use super::reader::Reader;

/// What is right, whatever anybody recorded: the sum of 1 to `n`.
pub(crate) fn sum(n: u64) -> u64 {
    u64::try_from(u128::from(n) * u128::from(n + 1) / 2).unwrap()
}

/// A task as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    address: String,
    state: String,
}

impl Shown {
    /// `<Future at 0x1056face0 state=running>`.
    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        reader.text("<Future at ")?;
        let address = reader.address()?.to_owned();
        reader.text(" state=")?;
        let state = reader.up_to(">")?.to_owned();
        reader.text(">")?;
        if !matches!(&*state, "pending" | "running" | "finished returned u64") {
            return Err(format!("no state: {state:?}"));
        }
        Ok(Shown { address, state })
    }

    fn finished(self) -> Result<Self, String> {
        if self.state.starts_with("finished") { Ok(self) } else { Err(format!("not finished: {self:?}")) }
    }

    /// `{a, b}` or `set()`.
    fn read_set(reader: &mut Reader<'_>) -> Result<Vec<Self>, String> {
        let mut tasks = Vec::new();
        if !reader.skips("set()") {
            reader.text("{")?;
            tasks.push(Self::read(reader)?);
            while reader.skips(", ") {
                tasks.push(Self::read(reader)?);
            }
            reader.text("}")?;
        }
        Ok(tasks)
    }
}

/// The numbers of items, by the addresses of their tasks.
struct Scheduled(Vec<(String, u64)>);

impl Scheduled {
    /// A line for each, and an empty one.
    fn read(reader: &mut Reader<'_>, worklist: &[u64]) -> Result<Self, String> {
        let mut scheduled: Vec<(String, u64)> = Vec::new();
        for &work in worklist {
            reader.text(&format!("Scheduled for {work} : "))?;
            let task = Shown::read(reader)?;
            reader.text("\n\n")?;
            if scheduled.iter().any(|(address, _)| *address == task.address) {
                return Err(format!("two tasks at {}", task.address));
            }
            scheduled.push((task.address, work));
        }
        Ok(Scheduled(scheduled))
    }

    /// The number of items of a task that has not been taken before.
    fn take(&mut self, task: &Shown) -> Result<u64, String> {
        match self.0.iter().position(|(address, _)| *address == task.address) {
            Some(at) => Ok(self.0.remove(at).1),
            None => Err(format!("not scheduled, or shown twice: {task:?}")),
        }
    }

    fn none_left(&self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(format!("not shown in the end: {:?}", self.0)) }
    }
}

/// Cell 59.
pub(crate) fn map(worklist: &[u64], shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    reader.text("\n Result -> ")?;
    read_sums(&mut reader, worklist)?;
    reader.text(" Time : ")?;
    reader.decimal(2)?;
    reader.text("s\n")?;
    rate(reader, worklist)
}

/// Cell 69: done and pending together are all tasks, and the sums are those of the done ones.
pub(crate) fn wait(worklist: &[u64], shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    let mut scheduled = Scheduled::read(&mut reader, worklist)?;
    reader.text("completed ::: ")?;
    let mut done = Vec::new();
    for task in Shown::read_set(&mut reader)? {
        done.push(scheduled.take(&task.finished()?)?);
    }
    reader.text("\npending ones after waiting for 7secs ::: ")?;
    for task in Shown::read_set(&mut reader)? {
        scheduled.take(&task)?;
    }
    scheduled.none_left()?;
    reader.text("\n")?;
    read_sums(&mut reader, &done)?;
    reader.text("\n")?;
    end_time(&mut reader)?;
    rate(reader, worklist)
}

/// Cell 78: each task once, in any order, with its own sum.
pub(crate) fn as_completed(worklist: &[u64], shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    let mut scheduled = Scheduled::read(&mut reader, worklist)?;
    for _ in worklist {
        reader.text("Future Result : ")?;
        let result = reader.number()?;
        reader.text(", Done : True\nFuture Cancelled : <bound method Future.cancelled of ")?;
        let work = scheduled.take(&Shown::read(&mut reader)?.finished()?)?;
        reader.text(">\n")?;
        if result != sum(work) {
            return Err(format!("1 to {work}: expected {}, got {result}", sum(work)));
        }
    }
    end_time(&mut reader)?;
    rate(reader, worklist)
}

/// The sums of these works, in their order.
fn read_sums(reader: &mut Reader<'_>, worklist: &[u64]) -> Result<(), String> {
    let sums: Vec<String> = worklist.iter().map(|&work| sum(work).to_string()).collect();
    reader.text(&format!("[{}]", sums.join(", ")))
}

fn end_time(reader: &mut Reader<'_>) -> Result<(), String> {
    reader.text("\n end Time : ")?;
    reader.decimal(2)?;
    reader.text("s\n")
}

/// The example's own last line: how fast that was.
pub(crate) fn rate(mut reader: Reader<'_>, worklist: &[u64]) -> Result<(), String> {
    let items: u64 = worklist.iter().sum();
    reader.text(&format!("# {items} items in "))?;
    let seconds = reader.decimal(6)?;
    reader.text(" s: ")?;
    let rate = reader.number()? as f64;
    reader.text(" items per second\n")?;
    reader.end()?;
    // Off by no more than both were rounded.
    let off = (rate * seconds - items as f64).abs();
    if off > rate * 0.51e-6 + seconds * 0.51 {
        return Err(format!("{items} items in {seconds} s are not {rate} per second"));
    }
    // A core does a few billion steps a second. Whoever is faster has used the formula.
    let cores = std::thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64);
    if rate > cores * 1e10 {
        return Err(format!("{rate} items per second on {cores} cores: nobody has looked at each"));
    }
    Ok(())
}

/// The work list of cell 59, as far as its sums tell.
pub(crate) fn recorded_map(output: &str) -> Result<Vec<u64>, String> {
    let mut reader = Reader::new(output);
    reader.text(" Result -> [")?;
    let sums = reader.up_to("]")?.split(", ").map(|sum| sum.parse::<u64>().map_err(|e| e.to_string()));
    // n * (n + 1) / 2 lies between the squares of n and n + 1, halved.
    sums.map(|total| {
        Ok((total? * 2).isqrt()).and_then(|n| if n > 0 { Ok(n) } else { Err("a sum of 0".into()) })
    })
    .collect()
}

/// The work list of cells 69 and 78.
pub(crate) fn recorded_worklist(output: &str) -> Result<Vec<u64>, String> {
    let scheduled = output.lines().filter_map(|line| line.strip_prefix("Scheduled for "));
    scheduled.map(|line| Reader::new(line).number()).collect()
}

/// The lines of cell 78, in whatever order, with tasks and times masked, and without the rate.
pub(crate) fn same_lines(recorded: &str, shown: &str) -> Result<(), String> {
    let masked = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("# "));
        let mut lines: Vec<String> = lines.map(mask).collect();
        lines.sort();
        lines
    };
    let (recorded, shown) = (masked(recorded), masked(shown));
    if recorded == shown { Ok(()) } else { Err(format!("masked and sorted, {recorded:?} is not {shown:?}")) }
}

fn mask(line: &str) -> String {
    if let Some((before, after)) = line.split_once("<Future at ") {
        return format!("{before}<Future>{}", after.split_once('>').map_or("", |(_, rest)| rest));
    }
    line.split_once("Time : ").map_or(line.to_owned(), |(before, _)| format!("{before}Time"))
}
