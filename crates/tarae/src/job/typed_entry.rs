//! An entry of the table of functions, made of each type of a signature by itself.
//!
//! A message of rustc's about a type that cannot be sent points at the argument of a call that is wrong: of
//! `Entry::of::<add>` at the function, of `Entry::of_2::<add, u64, Unknown, u64>` at `Unknown`, where the program has it.

use super::RemoteFn;
use super::registry::Entry;
use serde::{Serialize, de::DeserializeOwned};

macro_rules! entries {
    ($($name:ident: $arguments:ty, of $($argument:ident)*;)*) => {
        impl Entry {$(
            /// The entry of a function of these types.
            pub const fn $name<F, $($argument,)* R>(signature: &'static str) -> Self
            where
                F: RemoteFn<Args = $arguments, Output = R>,
                $($argument: Serialize + DeserializeOwned,)*
                R: Serialize + DeserializeOwned,
            {
                Entry::of::<F>(signature)
            }
        )*}
    };
}

entries! {
    of_0: (), of;
    of_1: A, of A;
    of_2: (A, B), of A B;
    of_3: (A, B, C), of A B C;
    of_4: (A, B, C, D), of A B C D;
    of_5: (A, B, C, D, E), of A B C D E;
    of_6: (A, B, C, D, E, G), of A B C D E G;
    of_7: (A, B, C, D, E, G, H), of A B C D E G H;
    of_8: (A, B, C, D, E, G, H, I), of A B C D E G H I;
    of_9: (A, B, C, D, E, G, H, I, J), of A B C D E G H I J;
    of_10: (A, B, C, D, E, G, H, I, J, K), of A B C D E G H I J K;
    of_11: (A, B, C, D, E, G, H, I, J, K, L), of A B C D E G H I J K L;
    of_12: (A, B, C, D, E, G, H, I, J, K, L, M), of A B C D E G H I J K L M;
    of_13: (A, B, C, D, E, G, H, I, J, K, L, M, N), of A B C D E G H I J K L M N;
    of_14: (A, B, C, D, E, G, H, I, J, K, L, M, N, O), of A B C D E G H I J K L M N O;
    of_15: (A, B, C, D, E, G, H, I, J, K, L, M, N, O, P), of A B C D E G H I J K L M N O P;
    of_16: (A, B, C, D, E, G, H, I, J, K, L, M, N, O, P, Q), of A B C D E G H I J K L M N O P Q;
}
