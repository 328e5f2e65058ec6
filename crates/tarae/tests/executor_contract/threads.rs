// Included for executors that own their threads, and end them when they are dropped.

/// F59, F61: leaving the scope waits.
#[test]
fn dropping_it_finishes_what_is_queued() {
    const JOBS: usize = if cfg!(miri) { 20 } else { 1_000 };
    watched(|| {
        let (executor, runs) = (make(), Count::default());
        let held = support::hold(&executor, WORKERS);
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
