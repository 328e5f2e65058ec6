//! Documentation only, no code: chapters that explain what the modules are for, step by step. Each says at its head what you can
//! do after it, and at its end where to go on; in this order each rests on those before it.
//!
//! | | |
//! |---|---|
//! | [From Python to tarae](python) | the cells of a notebook, side by side: ten minutes, if you know Python |
//! | [Generators and coroutines](generators) | bodies that `yield`, and are sent values |
//! | [Iterator tools](iterators) | shaping what a source gives |
//! | [Tasks and executors](tasks) | running jobs, and having their answers |
//! | [Concurrency and parallelism](concurrency) | many waits on one thread, many computations on all cores |
//! | [Flow control](flow) | a source, a pool and a bound: `par_map` and its like |
//! | [Stopping work](stopping) | cancelling, deadlines, the end of a pool |
//! | [Seeing what runs](seeing) | counters, progress, a timeline |
//! | `processes` (feature `process`) | code that may crash, or must be killed |
//! | [Choosing](choosing) | which tool when, what each costs, and when to take another crate |
//! | [How it works inside](inside) | what a `yield` becomes, the way of a task, of a job to a process and back |
//!
//! Every block of Rust in them is run as a test, every block of Python by Python's doctest. The charts and the timeline are
//! files of the repository (`docs/`): they are seen there, and in what `cargo doc` makes of a clone. Elsewhere their descriptions stand in
//! their place.

// A chapter's links and pictures are references, which its last lines lead to files, for who reads it in the repository. `links.txt`
// leads the same to items and chapters, and to files as seen from `target/doc`: of two definitions the first one counts.

#[doc = include_str!("links.txt")]
#[doc = include_str!("python.md")]
pub mod python {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("generators.md")]
///
/// # The names in this chapter
///
/// [`generator!`](crate::generator!), [`coroutine!`](crate::coroutine!), [`yield_from!`](crate::yield_from!);
/// [`Generator`](crate::generator::Generator), [`Coroutine`](crate::generator::Coroutine),
/// [`Step`](crate::generator::Step), [`State`](crate::generator::State),
/// [`SendError`](crate::generator::SendError), [`Yields`](crate::generator::Yields),
/// [`Body`](crate::generator::Body), [`Pinned`](crate::generator::Pinned),
/// [`BoxGenerator`](crate::generator::BoxGenerator), [`BoxCoroutine`](crate::generator::BoxCoroutine),
/// [`Shared`](crate::generator::Shared), [`Yielder`](crate::generator::Yielder);
/// [`from_fn`](crate::generator::from_fn()), [`coroutine::from_fn`](crate::coroutine::from_fn()).
pub mod generators {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("iterators.md")]
///
/// # The names in this chapter
///
/// [`accumulate`](crate::iter::accumulate()), [`count`](crate::iter::count()), [`filterfalse`](crate::iter::filterfalse());
/// [`groupby`](crate::iter::groupby()), [`windowed`](crate::iter::windowed()), [`pairwise`](crate::iter::pairwise()),
/// [`sliding`](crate::iter::sliding()), [`batched`](crate::iter::batched()),
/// [`batched_array`](crate::iter::batched_array()); [`product`](crate::iter::product()),
/// [`permutations`](crate::iter::permutations), [`combinations`](crate::iter::combinations),
/// [`combination_slices`](crate::iter::combination_slices); [`tee`](crate::iter::tee()),
/// [`shared`](crate::iter::shared()), [`serialize`](crate::iter::serialize), [`partition`](crate::iter::partition),
/// [`distribute`](crate::iter::distribute); [`IterExt`](crate::iter::IterExt).
pub mod iterators {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("tasks.md")]
///
/// # The names in this chapter
///
/// [`Executor`](crate::executor::Executor), [`Job`](crate::executor::Job), [`Inline`](crate::executor::Inline),
/// [`ThreadPool`](crate::executor::ThreadPool), [`Ticket`](crate::executor::Ticket),
/// [`Options`](crate::executor::Options); [`Task`](crate::task::Task), [`Shared`](crate::task::Shared),
/// [`Promise`](crate::task::Promise), [`TaskError`](crate::task::TaskError), [`ErrorKind`](crate::task::ErrorKind),
/// [`TaskSet`](crate::task::TaskSet), [`Wait`](crate::task::Wait); [`wait`](crate::task::wait()),
/// [`as_completed`](crate::task::as_completed()), [`promise`](crate::task::promise()).
pub mod tasks {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("concurrency.md")]
///
/// # The names in this chapter
///
/// [`Local`](crate::executor::Local), [`block_on`](crate::executor::block_on()), [`steps`](crate::executor::steps()),
/// [`yield_now`](crate::executor::yield_now()); [`ThreadPool::spawn`](crate::executor::ThreadPool::spawn),
/// [`ThreadPool::spawn_with`](crate::executor::ThreadPool::spawn_with); [`promise`](crate::task::promise()),
/// [`par_map`](crate::iter::IterExt::par_map), [`as_completed`](crate::task::as_completed()).
pub mod concurrency {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("stopping.md")]
///
/// # The names in this chapter
///
/// [`CancelToken`](crate::cancel::CancelToken), [`Cancelled`](crate::cancel::Cancelled),
/// [`Deadline`](crate::cancel::Deadline), [`DropGuard`](crate::cancel::DropGuard);
/// [`cancellable`](crate::iter::IterExt::cancellable), [`with_token`](crate::executor::with_token),
/// [`Task::cancel`](crate::task::Task::cancel), [`Task::abort`](crate::task::Task::abort),
/// [`Task::wait_within`](crate::task::Task::wait_within), [`wait`](crate::task::wait());
/// [`Options::timeout`](crate::executor::Options::timeout), [`Options::token`](crate::executor::Options::token);
/// [`ThreadPool::shutdown`](crate::executor::ThreadPool::shutdown), [`Shutdown`](crate::executor::Shutdown),
/// [`StillRunning`](crate::executor::StillRunning).
pub mod stopping {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("flow.md")]
///
/// # The names in this chapter
///
/// [`par_map`](crate::iter::IterExt::par_map), [`par_stage`](crate::iter::IterExt::par_stage),
/// [`par_for_each`](crate::iter::IterExt::par_for_each), [`try_par_for_each`](crate::iter::IterExt::try_par_for_each);
/// [`ParMap`](crate::executor::ParMap): [`buffer`](crate::executor::ParMap::buffer),
/// [`batch`](crate::executor::ParMap::batch), [`as_completed`](crate::executor::ParMap::as_completed),
/// [`results`](crate::executor::ParMap::results), [`timeout`](crate::executor::ParMap::timeout);
/// [`prefetch`](crate::iter::IterExt::prefetch), [`throttle`](crate::iter::IterExt::throttle), [`Rate`](crate::iter::Rate),
/// [`on_progress`](crate::iter::IterExt::on_progress); `retry` and `Backoff`, with the feature `retry`;
/// [`TaskSet`](crate::task::TaskSet).
pub mod flow {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("seeing.md")]
///
/// # The names in this chapter
///
/// [`ThreadPool::counters`](crate::executor::ThreadPool::counters), [`Counters`](crate::executor::Counters);
/// [`on_progress`](crate::iter::IterExt::on_progress), [`on_progress_by`](crate::iter::IterExt::on_progress_by),
/// [`Progress`](crate::iter::Progress); [`Options::name`](crate::executor::Options::name); the module `timeline`.
pub mod seeing {}

#[cfg(feature = "process")]
#[doc = include_str!("links.txt")]
#[doc = include_str!("processes.md")]
///
/// # The names in this chapter
///
/// [`ProcessPool`](crate::executor::ProcessPool), [`ProcessPoolBuilder`](crate::executor::ProcessPoolBuilder),
/// [`init`](crate::init()), [`init!`](crate::init!), [`#[remote]`](macro@crate::remote),
/// [`portable`](crate::executor::portable()), [`PortableJob`](crate::executor::PortableJob);
/// [`WorkerDeath`](crate::executor::WorkerDeath), [`Exit`](crate::executor::Exit), [`Phase`](crate::executor::Phase),
/// [`Output`](crate::executor::Output), [`StartError`](crate::executor::StartError),
/// [`ErrorKind`](crate::task::ErrorKind); [`Options::timeout`](crate::executor::Options::timeout),
/// [`Options::retries`](crate::executor::Options::retries); [`Shutdown`](crate::executor::Shutdown).
pub mod processes {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("choosing.md")]
///
/// # The names in this chapter
///
/// [`generator!`](crate::generator!), [`coroutine!`](crate::coroutine!), [`yield_from!`](crate::yield_from!);
/// [`par_map`](crate::iter::IterExt::par_map), [`par_stage`](crate::iter::IterExt::par_stage),
/// [`par_for_each`](crate::iter::IterExt::par_for_each), [`prefetch`](crate::iter::IterExt::prefetch);
/// [`Executor`](crate::executor::Executor), [`Inline`](crate::executor::Inline),
/// [`ThreadPool`](crate::executor::ThreadPool), [`scope`](crate::executor::ThreadPool::scope),
/// [`join`](crate::executor::ThreadPool::join), [`spawn`](crate::executor::ThreadPool::spawn),
/// [`Local`](crate::executor::Local); [`TaskSet`](crate::task::TaskSet).
pub mod choosing {}

#[doc = include_str!("links.txt")]
#[doc = include_str!("inside.md")]
pub mod inside {}
