//! Who has begun which task of a round: a file, in which each task leaves the number of its process.
#![allow(unreachable_pub, reason = "a part of a test")]

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Where workers find the path.
pub const VARIABLE: &str = "TARAE_SOAK_RECORD";

static FILE: LazyLock<File> = LazyLock::new(|| {
    let file = match std::env::var_os(VARIABLE) {
        Some(path) => File::options().read(true).write(true).open(path),
        None => File::options().read(true).write(true).create(true).truncate(true).open(path()),
    };
    file.expect("the record can be opened")
});

/// The process that has begun a task last; 0: none.
pub fn begun_by(id: u32) -> u32 {
    let mut pid = [0; 4];
    match FILE.read_exact_at(&mut pid, u64::from(id) * 4) {
        Ok(()) => u32::from_le_bytes(pid),
        Err(_) => 0, // the file is not that long yet
    }
}

/// In a worker: a task begins. True if one has begun it before.
pub fn begin(id: u32) -> bool {
    let before = begun_by(id);
    let pid = std::process::id().to_le_bytes();
    FILE.write_all_at(&pid, u64::from(id) * 4).expect("the record can be written");
    before != 0
}

/// Forgets everything.
pub fn clear() {
    FILE.set_len(0).expect("the record can be emptied");
}

/// The file, in the process that has the pool.
pub fn path() -> PathBuf {
    std::env::temp_dir().join(format!("tarae-soak-{}", std::process::id()))
}
