//! What the rows mean: `rows.tsv`, which says of each whose it is, in words that a reader knows.

use crate::results::AREAS;

/// Whose a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What cannot be beaten by much: written by hand, or what the system itself takes.
    Limit,
    Ours,
    Peer,
}

#[derive(Debug, PartialEq)]
pub struct Row {
    /// `AREA/GROUP/ROW`, or `AREA/NAME` of what is counted.
    pub name: String,
    pub kind: Kind,
    /// In the table alone, if not.
    pub in_chart: bool,
    pub label: String,
}

/// Rows that do the same, and are compared.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// `AREA/GROUP`.
    pub name: String,
    /// What its numbers are.
    pub unit: String,
    pub title: String,
    pub rows: Vec<Row>,
}

impl Group {
    pub fn is_of(&self, area: &str) -> bool {
        area_of(&self.name) == area
    }

    /// The row that the others are compared with: the first of ours that is in the chart, or else the first of ours.
    pub fn ours(&self) -> Option<&Row> {
        let mut ours = self.rows.iter().filter(|row| row.kind == Kind::Ours);
        ours.clone().find(|row| row.in_chart).or_else(|| ours.next())
    }
}

#[derive(Debug, Default)]
pub struct Rows {
    pub groups: Vec<Group>,
    /// What is counted, not timed.
    pub counted: Vec<Row>,
}

impl Rows {
    /// # Errors
    /// If `rows.tsv` is not understood.
    pub fn of_the_project() -> Result<Self, String> {
        Self::parse(include_str!("../../rows.tsv"))
    }

    /// # Errors
    /// If a line is neither a group, a row of the group above it, nor something that is counted, or comes twice.
    pub fn parse(table: &str) -> Result<Self, String> {
        let mut rows = Rows::default();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let fields: Vec<_> = line.split('\t').collect();
            let taken = rows.group(fields[0]).is_some() || rows.row(fields[0]).is_some();
            if taken || !AREAS.contains(&area_of(fields[0])) {
                return Err(format!("`{}` comes twice, or is of no area", fields[0]));
            }
            match fields[..] {
                [name, unit, title] => rows.groups.push(Group {
                    name: name.to_string(),
                    unit: unit.to_string(),
                    title: title.to_string(),
                    rows: Vec::new(),
                }),
                [name, kind, place, label] => {
                    let row = row(name, kind, place, label)?;
                    match name.rsplit_once('/') {
                        Some((area, _)) if !area.contains('/') => rows.counted.push(row),
                        Some((group, _)) => match rows.groups.last_mut() {
                            Some(last) if last.name == group => last.rows.push(row),
                            _ => return Err(format!("`{name}` does not stand below its group")),
                        },
                        None => return Err(format!("expected AREA/GROUP/ROW, found `{name}`")),
                    }
                }
                _ => return Err(format!("expected a group or a row, found `{line}`")),
            }
        }
        Ok(rows)
    }

    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// What was counted, too.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.groups.iter().flat_map(|group| &group.rows).chain(&self.counted).find(|row| row.name == name)
    }

    /// # Errors
    /// If one of the names is not known: a row that is measured must not be missing in the report.
    pub fn know<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
        let unknown: Vec<_> = names.into_iter().filter(|name| self.row(name).is_none()).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        Err(format!("rows.tsv does not say what these are: {}", unknown.join(", ")))
    }
}

fn area_of(name: &str) -> &str {
    name.split_once('/').map_or("", |(area, _)| area)
}

fn row(name: &str, kind: &str, place: &str, label: &str) -> Result<Row, String> {
    let kind = match kind {
        "limit" => Kind::Limit,
        "ours" => Kind::Ours,
        "peer" => Kind::Peer,
        other => return Err(format!("{name}: expected `limit`, `ours` or `peer`, found `{other}`")),
    };
    let in_chart = match place {
        "chart" => true,
        "table" => false,
        other => return Err(format!("{name}: expected `chart` or `table`, found `{other}`")),
    };
    Ok(Row { name: name.to_string(), kind, in_chart, label: label.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{flow, iter, process, task};

    #[test]
    fn nonsense_is_an_error() {
        for table in [
            "iter/a\tunit\ttitle\niter/b/c\tours\tchart\tc",
            "iter/a\tunit\ttitle\niter/a\tunit\ttitle",
            "iter/a\tunit\ttitle\niter/a/b\ttheirs\tchart\tb",
            "iter/a\tunit\ttitle\niter/a/b\tours\twall\tb",
            "nowhere/a\tunit\ttitle",
            "iter/a",
        ] {
            assert!(Rows::parse(table).is_err(), "{table}");
        }
    }

    #[test]
    fn what_is_compared_with_is_the_first_of_ours_that_is_seen() {
        let rows = Rows::parse("iter/a\tu\tt\niter/a/b\tours\ttable\tb\niter/a/c\tours\tchart\tc\n").unwrap();
        assert_eq!(rows.groups[0].ours().unwrap().label, "c");
    }

    #[test]
    fn each_group_of_the_project_has_a_row_to_compare_with() {
        for group in Rows::of_the_project().unwrap().groups {
            // What CPython's map costs is looked at alone: its work is none.
            assert!(group.ours().is_some() || group.name == "flow/python", "{}", group.name);
        }
    }

    /// Those of the tables; `ci/bench.sh` asks about all that criterion times.
    #[test]
    fn the_rows_of_the_tables_are_known() {
        let iter = [
            ("product3", iter::product::ROWS),
            ("product4_drain", iter::product::drain::ROWS),
            ("combinations4", iter::combinations::ROWS),
            ("permutations9", iter::permutations::ROWS),
            ("accumulate", iter::accumulate::ROWS),
            ("batched8", iter::batched::ROWS),
            ("window5", iter::windows::five::ROWS),
            ("tee", iter::tee::ROWS),
        ];
        let task = [
            ("batch", task::batches::ROWS),
            ("round_trip", task::round_trip::ROWS),
            ("fork_join", task::fork_join::ROWS),
            ("as_completed", task::as_completed::ROWS),
        ];
        let mut names = Vec::new();
        names.extend(iter.iter().flat_map(|(group, rows)| of("iter", group, rows)));
        names.extend(task.iter().flat_map(|(group, rows)| of("task", group, rows)));
        names.extend(of("flow", "cpu80", flow::map::ROWS));
        names.extend(process::TABLES.iter().flat_map(|table| of("process", table.name, table.rows)));
        let rows = Rows::of_the_project().unwrap();
        rows.know(names.iter().map(String::as_str)).unwrap();
        assert!(rows.know(["iter/tee/by_magic"]).unwrap_err().contains("iter/tee/by_magic"));
    }

    fn of<T>(area: &str, group: &str, rows: &[(&str, T)]) -> Vec<String> {
        rows.iter().map(|(row, _)| format!("{area}/{group}/{row}")).collect()
    }
}
