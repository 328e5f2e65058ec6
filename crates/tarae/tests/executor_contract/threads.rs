// Included for executors that run their jobs on threads of their own.

/// F59, F61: leaving the scope waits.
#[test]
fn dropping_it_finishes_what_is_queued() {
    const JOBS: usize = if cfg!(miri) { 20 } else { 1_000 };
    watched(|| {
        let (executor, runs) = (make(), Count::default());
        let held = support::hold(&executor, executor.workers());
        let tasks: Vec<_> = (0..JOBS)
            .map(|_| {
                let count = runs.clone();
                executor.submit(move || count.add())
            })
            .collect();
        assert_eq!(runs.get(), 0);
        drop(held);
        end(executor);
        assert_eq!(runs.get(), JOBS);
        assert!(tasks.into_iter().all(|task| task.result_within(Duration::ZERO).unwrap().is_ok()));
    });
}

/// F60: one that is cancelled does not keep the pool.
#[test]
fn queued_tasks_can_be_cancelled_and_limits_end() {
    watched(|| {
        let executor = make();
        let held = support::hold(&executor, executor.workers());
        let runs = Count::default();
        let count = runs.clone();
        let cancelled = executor.submit(move || count.add());
        let kept = executor.submit(|| 1);
        assert!(!kept.wait_within(Duration::ZERO));
        assert!(!kept.wait_within(Duration::from_millis(1)));
        assert!(cancelled.cancel());
        assert!(cancelled.result().unwrap_err().is_cancelled());
        held.release();
        assert_eq!(kept.result().unwrap(), 1);
        end(executor);
        assert_eq!(runs.get(), 0);
    });
}

#[test]
fn all_its_workers_run_at_once() {
    watched(|| {
        let executor = make();
        support::hold(&executor, executor.workers()).release();
    });
}
