//! The versions in `COMPARE.md` are those that its programs are compiled with.

use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../../COMPARE.md");

/// The peers that `bench/Cargo.toml` pins, and their versions.
fn pinned() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("../../Cargo.toml").lines();
    lines
        .filter_map(|line| {
            let (name, rest) = line.split_once(" = ")?;
            let (version, _) = rest.split_once("\"=")?.1.split_once('"')?;
            Some((name, version))
        })
        .collect()
}

#[test]
fn each_link_to_a_peers_pages_names_the_version_that_is_compiled() {
    let pinned = pinned();
    let mut links = 0;
    for link in PAGE.split("https://docs.rs/").skip(1) {
        let mut parts = link.trim_start_matches("crate/").split(['/', ')']);
        let (name, version) = (parts.next().unwrap(), parts.next().unwrap());
        let is = pinned.get(name).unwrap_or_else(|| panic!("{name} is not pinned in bench/Cargo.toml"));
        assert_eq!(version, *is, "of {name}");
        links += 1;
    }
    assert!(links > 30, "only {links} links");
}

#[test]
fn the_list_of_peers_names_each_with_its_version() {
    for (name, version) in pinned() {
        if !["gungraun", "serde_bytes"].contains(&name) {
            assert!(
                PAGE.contains(&format!("[{name} {version}](https://docs.rs/{name}/{version}")),
                "{name} {version}"
            );
        }
    }
}
