//! `tarae-api FILE`: what rustdoc has written about a crate, as JSON, as one line for each public item.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("usage: tarae-api FILE");
        return ExitCode::from(2);
    };
    // What every type has, or gets by a derive, says nothing about this one.
    let api = public_api::Builder::from_rustdoc_json(file)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build();
    match api {
        Ok(api) => {
            api.items().for_each(|item| println!("{item}"));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("failed to understand what rustdoc wrote: {problem}");
            ExitCode::FAILURE
        }
    }
}
