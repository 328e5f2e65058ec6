//! The SHA-256 sums of all files below a folder, hashed on all cores, printed in order as `sha256sum` prints them. The walk
//! is lazy: however many files there are, at most 64 are looked up ahead.
//!
//! ```text
//! $ mkdir pages && printf abc >pages/abc && touch pages/nothing
//! $ cargo run --release --example checksum -- pages
//! ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  pages/abc
//! e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  pages/nothing
//! $ cargo run --release --example checksum -- /usr | sha256sum --check --quiet
//! ```
//!
//! Without an argument it reads the folder of the examples. On a terminal the standard error stream shows how far it is. What
//! cannot be read is said there, and the exit code is 1. Links to files are followed, links to folders are not.
#![forbid(unsafe_code)]

use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tarae::prelude::*;

/// What cannot be read, and why.
type Failure = (PathBuf, io::Error);

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let folder = std::env::args_os().nth(1).map_or_else(|| own.into(), PathBuf::from);

    let style = ProgressStyle::with_template("{spinner} {binary_bytes}, {binary_bytes_per_sec}")?;
    let bar = ProgressBar::new_spinner().with_style(style); // shows nothing where there is no terminal
    let read = bar.clone();
    let pool = ThreadPool::new(std::thread::available_parallelism()?.get())?;
    let sums = walk(folder).par_map(&pool, move |file: Result<PathBuf, Failure>| {
        let path = file?;
        sha256(&path, &read).map(|sum| line(&sum, &path)).map_err(|error| (path, error))
    });

    let mut exit = ExitCode::SUCCESS;
    for sum in sums.buffer(64) {
        bar.suspend(|| match sum {
            Ok(line) => io::stdout().write_all(&line),
            Err((path, error)) => {
                exit = ExitCode::FAILURE;
                writeln!(io::stderr(), "checksum: {}: {error}", path.display())
            }
        })?;
    }
    bar.finish_and_clear();
    Ok(exit)
}

/// All files below a folder; in each folder by name.
fn walk(folder: PathBuf) -> Generator<impl Yields<Result<PathBuf, Failure>>> {
    generator!({
        match list(&folder) {
            Err(error) => yield Err((folder, error)),
            Ok(paths) => {
                for path in paths {
                    match fs::metadata(&path) {
                        Err(error) => yield Err((path, error)),
                        Ok(found) if found.is_file() => yield Ok(path),
                        Ok(found) if found.is_dir() && !path.is_symlink() => yield_from!(walk(path)),
                        Ok(_) => {} // a device, a pipe
                    }
                }
            }
        }
    })
}

fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn sha256(path: &Path, read: &ProgressBar) -> io::Result<String> {
    let (mut file, mut hash, mut part) = (File::open(path)?, Sha256::new(), [0; 1 << 16]);
    loop {
        let n = file.read(&mut part)?;
        if n == 0 {
            return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hash.update(&part[..n]);
        read.inc(n as u64);
    }
}

/// A line of `sha256sum`: line breaks in a name are escaped, and the line begins with a backslash then.
fn line(sum: &str, path: &Path) -> Vec<u8> {
    let name = path.as_os_str().as_encoded_bytes();
    let escaped = name.iter().flat_map(|byte| match byte {
        b'\\' => b"\\\\",
        b'\n' => b"\\n",
        b'\r' => b"\\r",
        byte => std::slice::from_ref(byte),
    });
    let escaped: Vec<u8> = escaped.copied().collect();
    let mark = if escaped == name { "" } else { "\\" };
    [mark.as_bytes(), sum.as_bytes(), b"  ", &escaped, b"\n"].concat()
}
