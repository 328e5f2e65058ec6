//! Where jobs in other processes and the test meet: at a door, and in a file in which each run leaves a number.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use super::support::PATIENCE;

/// A path that nobody else has. What is there is removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Place(std::env::temp_dir().join(format!("tarae-test-{}-{number}", std::process::id())))
    }

    /// As an argument of a job.
    pub(crate) fn path(&self) -> String {
        self.0.to_str().expect("a path of text").to_owned()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Jobs knock at it, and wait until the test lets them go on.
#[derive(Debug)]
pub(crate) struct Door {
    place: Place,
    listener: UnixListener,
}

/// A job that waits at a door. If it is dropped, the job goes on as well.
#[derive(Debug)]
pub(crate) struct Guest {
    stream: UnixStream,
    /// What it said.
    pub(crate) says: u64,
    /// The process that it runs in.
    pub(crate) pid: u32,
}

impl Door {
    pub(crate) fn new() -> Self {
        let place = Place::new();
        let listener = UnixListener::bind(place.path()).unwrap();
        Door { place, listener }
    }

    pub(crate) fn path(&self) -> String {
        self.place.path()
    }

    /// Waits for the next job that knocks.
    pub(crate) fn next(&self) -> Guest {
        let (mut stream, _) = self.listener.accept().unwrap();
        let mut bytes = [0; 12];
        stream.read_exact(&mut bytes).unwrap();
        let (says, pid) = bytes.split_at(8);
        Guest {
            stream,
            says: u64::from_le_bytes(says.try_into().unwrap()),
            pid: u32::from_le_bytes(pid.try_into().unwrap()),
        }
    }
}

impl Guest {
    pub(crate) fn let_in(mut self) {
        // If it has been killed meanwhile, nobody hears it.
        let _ = self.stream.write_all(b"!");
    }

    /// Waits until its process has ended, or has gone on.
    pub(crate) fn ends(mut self) {
        self.stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let read = self.stream.read(&mut [0]);
        assert!(
            matches!(read, Ok(0))
                || read.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
        );
    }
}

/// In a job: knocks at a door, and waits until it is opened, or its test has gone.
pub(crate) fn knock(door: &str, says: u64) {
    let mut stream = UnixStream::connect(door).unwrap();
    let mut bytes = says.to_le_bytes().to_vec();
    bytes.extend(std::process::id().to_le_bytes());
    stream.write_all(&bytes).unwrap();
    let _ = stream.read(&mut [0]);
}

/// A file in which each run of a job leaves a number.
#[derive(Debug)]
pub(crate) struct Tally(Place);

impl Tally {
    pub(crate) fn new() -> Self {
        let place = Place::new();
        File::create(place.path()).unwrap();
        Tally(place)
    }

    pub(crate) fn path(&self) -> String {
        self.0.path()
    }

    /// All numbers, in the order in which they were left.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        numbers(&self.path())
    }

    /// All numbers, from the smallest on.
    pub(crate) fn sorted(&self) -> Vec<u64> {
        let mut numbers = self.numbers();
        numbers.sort_unstable();
        numbers
    }
}

/// What is in a tally.
pub(crate) fn numbers(tally: &str) -> Vec<u64> {
    let bytes = std::fs::read(tally).unwrap();
    let (numbers, rest) = bytes.as_chunks::<8>();
    assert!(rest.is_empty());
    numbers.iter().map(|number| u64::from_le_bytes(*number)).collect()
}

/// In a job: leaves a number.
pub(crate) fn count(tally: &str, number: u64) {
    let mut file = File::options().append(true).open(tally).unwrap();
    file.write_all(&number.to_le_bytes()).unwrap();
}

/// Jobs that most tests have.
pub(crate) mod jobs {
    /// Its argument.
    #[tarae::remote]
    pub(crate) fn echo(number: u64) -> u64 {
        number
    }

    /// Leaves a number, and returns it.
    #[tarae::remote]
    pub(crate) fn counted(tally: String, number: u64) -> u64 {
        super::count(&tally, number);
        number
    }

    /// Waits at a door.
    #[tarae::remote]
    pub(crate) fn waits(door: String, number: u64) -> u64 {
        super::knock(&door, number);
        number
    }

    /// The process that it runs in.
    #[tarae::remote]
    pub(crate) fn pid() -> u32 {
        std::process::id()
    }
}
