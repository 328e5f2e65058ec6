//! Pools of threads: how a job is given to each, and how its answer is taken.

use tarae::prelude::*;

/// A pool, as its users use it.
pub trait Pool: Send + Sync + 'static {
    /// What the answer is waited for by.
    type Handle: Send;

    /// A pool of so many threads.
    fn of(workers: usize) -> Self;

    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle;

    fn result(&self, handle: Self::Handle) -> u64;

    /// The results of all, summed.
    fn results(&self, handles: Vec<Self::Handle>) -> u64 {
        handles.into_iter().map(|handle| self.result(handle)).sum()
    }
}

pub struct Ours(ThreadPool);

impl Pool for Ours {
    type Handle = Task<u64>;

    fn of(workers: usize) -> Self {
        Ours(ThreadPool::new(workers).unwrap())
    }

    #[inline]
    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle {
        self.0.submit(job)
    }

    #[inline]
    fn result(&self, task: Self::Handle) -> u64 {
        task.result().unwrap()
    }
}

/// Its `spawn` gives no handle: a channel brings the answer.
pub struct Rayon(rayon::ThreadPool);

impl Pool for Rayon {
    type Handle = oneshot::Receiver<u64>;

    fn of(workers: usize) -> Self {
        Rayon(rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap())
    }

    #[inline]
    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle {
        let (sender, receiver) = oneshot::channel();
        self.0.spawn(move || sender.send(job()).unwrap());
        receiver
    }

    #[inline]
    fn result(&self, receiver: Self::Handle) -> u64 {
        receiver.recv().unwrap()
    }
}

/// What tutorials end with: threads that take boxed closures out of a channel.
pub struct Channel {
    jobs: Option<crossbeam_channel::Sender<Box<dyn FnOnce() + Send>>>,
    threads: Vec<std::thread::JoinHandle<()>>,
}

impl Pool for Channel {
    type Handle = oneshot::Receiver<u64>;

    fn of(workers: usize) -> Self {
        let (sender, receiver) = crossbeam_channel::unbounded::<Box<dyn FnOnce() + Send>>();
        let work = || {
            let jobs = receiver.clone();
            std::thread::spawn(move || jobs.into_iter().for_each(|job| job()))
        };
        Channel { jobs: Some(sender), threads: (0..workers).map(|_| work()).collect() }
    }

    #[inline]
    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle {
        let (sender, receiver) = oneshot::channel();
        let jobs = self.jobs.as_ref().expect("open until it is dropped");
        jobs.send(Box::new(move || sender.send(job()).unwrap())).unwrap();
        receiver
    }

    #[inline]
    fn result(&self, receiver: Self::Handle) -> u64 {
        receiver.recv().unwrap()
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.jobs.take();
        self.threads.drain(..).for_each(|thread| thread.join().unwrap());
    }
}

fn tokio_runtime(workers: usize) -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(workers).max_blocking_threads(workers).build().unwrap()
}

/// Tasks on the runtime's workers.
pub struct TokioSpawn(tokio::runtime::Runtime);

impl Pool for TokioSpawn {
    type Handle = tokio::task::JoinHandle<u64>;

    fn of(workers: usize) -> Self {
        TokioSpawn(tokio_runtime(workers))
    }

    #[inline]
    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle {
        self.0.spawn(async move { job() })
    }

    fn result(&self, handle: Self::Handle) -> u64 {
        self.0.block_on(handle).unwrap()
    }

    fn results(&self, handles: Vec<Self::Handle>) -> u64 {
        self.0.block_on(sum(handles))
    }
}

/// Jobs on the threads that the runtime keeps for those that block.
pub struct TokioBlocking(tokio::runtime::Runtime);

impl Pool for TokioBlocking {
    type Handle = tokio::task::JoinHandle<u64>;

    fn of(workers: usize) -> Self {
        TokioBlocking(tokio_runtime(workers))
    }

    #[inline]
    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle {
        self.0.spawn_blocking(job)
    }

    fn result(&self, handle: Self::Handle) -> u64 {
        self.0.block_on(handle).unwrap()
    }

    fn results(&self, handles: Vec<Self::Handle>) -> u64 {
        self.0.block_on(sum(handles))
    }
}

async fn sum(handles: Vec<tokio::task::JoinHandle<u64>>) -> u64 {
    let mut sum = 0;
    for handle in handles {
        sum += handle.await.unwrap();
    }
    sum
}

/// The pool for futures of the crate `futures`.
pub struct FuturesPool(futures::executor::ThreadPool);

impl Pool for FuturesPool {
    type Handle = futures::future::RemoteHandle<u64>;

    fn of(workers: usize) -> Self {
        FuturesPool(futures::executor::ThreadPool::builder().pool_size(workers).create().unwrap())
    }

    #[inline]
    fn submit(&self, job: impl FnOnce() -> u64 + Send + 'static) -> Self::Handle {
        use futures::task::SpawnExt;
        self.0.spawn_with_handle(async move { job() }).unwrap()
    }

    fn result(&self, handle: Self::Handle) -> u64 {
        futures::executor::block_on(handle)
    }

    fn results(&self, handles: Vec<Self::Handle>) -> u64 {
        futures::executor::block_on(async {
            let mut sum = 0;
            for handle in handles {
                sum += handle.await;
            }
            sum
        })
    }
}
