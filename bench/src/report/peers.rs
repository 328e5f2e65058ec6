//! Whom ours is compared with, and in which version: what `Cargo.toml` pins.

/// The crates that the benchmarks pin, in the order of their names: a number is of that version.
pub fn pinned() -> Vec<(&'static str, &'static str)> {
    let manifest = include_str!("../../Cargo.toml");
    let users = manifest.split("[dev-dependencies]").next().unwrap_or(manifest);
    let mut pinned: Vec<_> = users
        .lines()
        .filter_map(|line| {
            let (name, requirement) = line.split_once(" = ")?;
            let (_, version) = requirement.split_once("\"=")?;
            Some((name, version.split('"').next()?))
        })
        .collect();
    pinned.sort_unstable();
    pinned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::rows::{Kind, Rows};

    #[test]
    fn a_version_is_what_is_pinned() {
        assert!(pinned().iter().any(|(name, version)| *name == "rayon" && version.starts_with("1.")));
        assert!(pinned().len() > 10, "{:?}", pinned());
    }

    #[test]
    fn each_peer_has_a_row() {
        let rows = Rows::of_the_project().unwrap();
        let groups = rows.groups.iter().flat_map(|group| &group.rows);
        let labels: Vec<_> = groups.filter(|row| row.kind == Kind::Peer).map(|row| &row.label).collect();
        for (peer, _) in pinned() {
            let named = |label: &&String| label.split([' ', ',']).any(|word| word == peer);
            assert!(labels.iter().any(named), "no row of rows.tsv is of {peer}");
        }
    }
}
