// Written from PYTHON.md by tests/python_sheet.rs, one test a row: as long as that page, and not to be edited.

use super::gives;
use super::shown::shown;
use std::collections::{HashMap, HashSet};
use std::iter;
use std::num::NonZeroUsize;

use tarae::itertools::{self, Itertools}; // the itertools crate, with the feature `itertools`
use tarae::iter::*;

#[test]
fn functions_range() {
    gives("functions", "[x * x for x in range(6) if x % 2]", shown!((0..6).filter(|x| x % 2 != 0).map(|x| x * x)));
}

#[test]
fn functions_range_2() {
    gives("functions", "{x % 3 for x in range(10)}", shown!((0..10).map(|x| x % 3).collect::<HashSet<_>>()));
}

#[test]
fn functions_len() {
    gives("functions", "{w: len(w) for w in ['a', 'bb']}", shown!(["a", "bb"].map(|w| (w, w.len())).into_iter().collect::<HashMap<_, _>>()));
}

#[test]
fn functions_comprehension() {
    gives("functions", "[x + y for x in 'ab' for y in 'cd']", shown!("ab".chars().flat_map(|x| "cd".chars().map(move |y| format!("{x}{y}")))));
}

#[test]
fn functions_zip() {
    gives("functions", "dict(zip('ab', [1, 2]))", shown!(iter::zip("ab".chars(), [1, 2]).collect::<HashMap<_, _>>()));
}

#[test]
fn functions_range_3() {
    gives("functions", "list(range(10, 0, -3))", shown!((1..=10).rev().step_by(3)));
}

#[test]
fn functions_map() {
    gives("functions", "map(lambda x: x + 1, [1, 2])", shown!([1, 2].into_iter().map(|x| x + 1)));
}

#[test]
fn functions_map_2() {
    gives("functions", "map(pow, [2, 3], [3, 2])", shown!(iter::zip([2_i32, 3], [3, 2]).map(|(x, n)| x.pow(n))));
}

#[test]
fn functions_filter() {
    gives("functions", "filter(lambda x: x > 1, [1, 2, 3])", shown!([1, 2, 3].into_iter().filter(|x| *x > 1)));
}

#[test]
fn functions_filter_2() {
    gives("functions", "filter(None, ['a', '', 'b'])", shown!(["a", "", "b"].into_iter().filter(|s| !s.is_empty())));
}

#[test]
fn functions_zip_2() {
    gives("functions", "zip('ab', [1, 2, 3])", shown!(iter::zip("ab".chars(), [1, 2, 3])));
}

#[test]
fn functions_zip_3() {
    gives("functions", "list(zip('ab', [1], strict=True))", shown!(zip_strict("ab".chars(), [1]).collect::<Result<Vec<_>, _>>()));
}

#[test]
fn functions_zip_4() {
    gives("functions", "[list(column) for column in zip(*[(1, 'a'), (2, 'b')])]", shown!([(1, 'a'), (2, 'b')].into_iter().unzip::<_, _, Vec<_>, Vec<_>>()));
}

#[test]
fn functions_enumerate() {
    gives("functions", "enumerate('ab')", shown!("ab".chars().enumerate()));
}

#[test]
fn functions_enumerate_2() {
    gives("functions", "enumerate('ab', start=1)", shown!(iter::zip(1.., "ab".chars())));
}

#[test]
fn functions_reversed() {
    gives("functions", "reversed([1, 2, 3])", shown!([1, 2, 3].into_iter().rev()));
}

#[test]
fn functions_sorted() {
    gives("functions", "sorted([3, 1, 2])", shown!([3, 1, 2].into_iter().sorted()));
}

#[test]
fn functions_sorted_2() {
    gives("functions", "sorted(['bb', 'a', 'cc'], key=len, reverse=True)", shown!(["bb", "a", "cc"].into_iter().sorted_by_key(|w| std::cmp::Reverse(w.len()))));
}

#[test]
fn functions_len_2() {
    gives("functions", "sorted(['bb', 'a', 'ab'], key=lambda w: (len(w), w))", shown!(["bb", "a", "ab"].into_iter().sorted_by_key(|w| (w.len(), *w))));
}

#[test]
fn functions_sum() {
    gives("functions", "sum([1, 2, 3])", shown!([1, 2, 3].into_iter().sum::<i32>()));
}

#[test]
fn functions_sum_2() {
    gives("functions", "sum([0.1] * 10)", shown!([0.1; 10].into_iter().sum::<f64>()));
}

#[test]
fn functions_math_prod() {
    gives("functions", "math.prod([2, 3, 4])", shown!([2, 3, 4].into_iter().product::<i32>()));
}

#[test]
fn functions_max() {
    gives("functions", "max([3, 1, 2])", shown!([3, 1, 2].into_iter().max()));
}

#[test]
fn functions_min() {
    gives("functions", "min([], default=0)", shown!(iter::empty().min().unwrap_or(0)));
}

#[test]
fn functions_max_2() {
    gives("functions", "max(['aa', 'b', 'cc'], key=len)", shown!(["aa", "b", "cc"].into_iter().max_by_key(|w| w.len())));
}

#[test]
fn functions_min_2() {
    gives("functions", "min([0.5, 0.25])", shown!([0.5, 0.25].into_iter().min_by(f64::total_cmp)));
}

#[test]
fn functions_any() {
    gives("functions", "any(x > 2 for x in [1, 2, 3])", shown!([1, 2, 3].into_iter().any(|x| x > 2)));
}

#[test]
fn functions_all() {
    gives("functions", "all(x > 2 for x in [1, 2, 3])", shown!([1, 2, 3].into_iter().all(|x| x > 2)));
}

#[test]
fn functions_iter() {
    gives("functions", "2 in iter([1, 2, 3])", shown!([1, 2, 3].into_iter().contains(&2)));
}

#[test]
fn functions_next() {
    gives("functions", "next(x for x in [1, 5, 7] if x > 3)", shown!([1, 5, 7].into_iter().find(|x| *x > 3)));
}

#[test]
fn functions_reduce() {
    gives("functions", "reduce(lambda a, b: a * b, [1, 2, 3, 4])", shown!([1, 2, 3, 4].into_iter().reduce(|a, b| a * b)));
}

#[test]
fn functions_str() {
    gives("functions", "reduce(lambda s, x: s + str(x), [1, 2], '0')", shown!([1, 2].into_iter().fold("0".to_string(), |s, x| s + &x.to_string())));
}

#[test]
fn functions_comprehension_2() {
    gives("functions", "', '.join(['a', 'b'])", shown!(["a", "b"].join(", ")));
}

#[test]
fn functions_map_3() {
    gives("functions", "', '.join(map(str, [1, 2]))", shown!([1, 2].into_iter().join(", ")));
}

#[test]
fn functions_reversed_2() {
    gives("functions", "''.join(reversed('abc'))", shown!("abc".chars().rev().collect::<String>()));
}

#[test]
fn functions_list() {
    gives("functions", "len(list('né'))", shown!("né".chars().count()));
}

#[test]
fn functions_counter() {
    gives("functions", "Counter('abca')", shown!("abca".chars().counts()));
}

#[test]
fn functions_math_comb() {
    gives("functions", "math.comb(52, 5)", shown!(combinations::<5, _>(0..52).remaining()));
}

#[test]
fn functions_heapq_merge() {
    gives("functions", "heapq.merge([1, 4], [2, 3])", shown!([1, 4].into_iter().merge([2, 3])));
}

#[test]
fn functions_heapq_nsmallest() {
    gives("functions", "heapq.nsmallest(2, [3, 1, 2])", shown!([3, 1, 2].into_iter().k_smallest(2)));
}

#[test]
fn itertools_accumulate() {
    gives("itertools", "accumulate([1, 2, 3, 4])", shown!(accumulate([1, 2, 3, 4], |sum, x| sum + x)));
}

#[test]
fn itertools_accumulate_2() {
    gives("itertools", "accumulate([3, 1, 4, 1, 5], max)", shown!(accumulate([3, 1, 4, 1, 5], |best, x| x.max(*best))));
}

#[test]
fn itertools_accumulate_3() {
    gives("itertools", "accumulate([1, 2, 3], initial=100)", shown!(accumulate_from(100, [1, 2, 3], |sum, x| sum + x)));
}

#[test]
fn itertools_batched() {
    gives("itertools", "batched('ABCDEFG', 3)", shown!(batched("ABCDEFG".chars(), NonZeroUsize::new(3).unwrap())));
}

#[test]
fn itertools_batched_2() {
    gives("itertools", "list(batched('ABCDEF', 3))", shown!(batched_array::<3, _>("ABCDEF".chars())));
}

#[test]
fn itertools_batched_3() {
    gives("itertools", "list(batched('ABCDEFG', 3, strict=True))", shown!(batched("ABCDEFG".chars(), NonZeroUsize::new(3).unwrap()).strict().collect::<Result<Vec<_>, _>>()));
}

#[test]
fn itertools_chain() {
    gives("itertools", "chain('ABC', 'DEF')", shown!("ABC".chars().chain("DEF".chars())));
}

#[test]
fn itertools_chain_from_iterable() {
    gives("itertools", "chain.from_iterable(['ABC', 'DEF'])", shown!(["ABC", "DEF"].into_iter().flat_map(str::chars)));
}

#[test]
fn itertools_chain_from_iterable_2() {
    gives("itertools", "chain.from_iterable([[1, 2], [3]])", shown!([vec![1, 2], vec![3]].into_iter().flatten()));
}

#[test]
fn itertools_combinations() {
    gives("itertools", "combinations('ABC', 2)", shown!(combinations::<2, _>("ABC".chars())));
}

#[test]
fn itertools_combinations_2() {
    gives("itertools", "(lambda k: combinations('ABC', k))(2)", shown!(combination_slices("ABC".chars(), 2).collect_slices()));
}

#[test]
fn itertools_combinations_with_replacement() {
    gives("itertools", "combinations_with_replacement('AB', 2)", shown!(combinations_with_replacement::<2, _>("AB".chars())));
}

#[test]
fn itertools_compress() {
    gives("itertools", "compress('ABCDEF', [1, 0, 1, 0, 1, 1])", shown!(compress("ABCDEF".chars(), [1, 0, 1, 0, 1, 1].map(|x| x != 0))));
}

#[test]
fn itertools_islice() {
    gives("itertools", "islice(count(10), 3)", shown!((10..).take(3)));
}

#[test]
fn itertools_islice_2() {
    gives("itertools", "islice(count(10, -5), 4)", shown!(count(10, -5).take(4)));
}

#[test]
fn itertools_islice_3() {
    gives("itertools", "islice(count(1.0, 2.5), 4)", shown!(count(1.0, 2.5).take(4)));
}

#[test]
fn itertools_islice_4() {
    gives("itertools", "next(islice(count(0.0, 0.1), 10, None))", shown!(count(0.0, 0.1).nth(10)));
}

#[test]
fn itertools_islice_5() {
    gives("itertools", "islice(cycle('ABC'), 7)", shown!("ABC".chars().cycle().take(7)));
}

#[test]
fn itertools_dropwhile() {
    gives("itertools", "dropwhile(lambda x: x < 5, [1, 6, 3])", shown!([1, 6, 3].into_iter().skip_while(|x| *x < 5)));
}

#[test]
fn itertools_filterfalse() {
    gives("itertools", "filterfalse(lambda x: x < 5, [1, 6, 3, 8])", shown!(filterfalse(|x| *x < 5, [1, 6, 3, 8])));
}

#[test]
fn itertools_groupby() {
    gives("itertools", "[(k, list(g)) for k, g in groupby('AABBBA')]", shown!(groupby("AABBBA".chars(), |c| *c).collect_groups()));
}

#[test]
fn itertools_groupby_2() {
    gives("itertools", "[(k, len(list(g))) for k, g in groupby('AABBBA')]", shown!(groupby("AABBBA".chars(), |c| *c).fold_groups(|_| 0, |n, _| n + 1)));
}

#[test]
fn itertools_groupby_3() {
    gives("itertools", "[next(g) for k, g in groupby([10, 11, 20, 31], lambda x: x // 10)]", shown!({ let mut groups = groupby([10, 11, 20, 31], |x| x / 10); iter::from_fn(move || groups.next_group()?.next()) }));
}

#[test]
fn itertools_islice_6() {
    gives("itertools", "islice('ABCDEFG', 2)", shown!("ABCDEFG".chars().take(2)));
}

#[test]
fn itertools_islice_7() {
    gives("itertools", "islice('ABCDEFG', 2, 4)", shown!("ABCDEFG".chars().skip(2).take(2)));
}

#[test]
fn itertools_islice_8() {
    gives("itertools", "islice('ABCDEFG', 2, None)", shown!("ABCDEFG".chars().skip(2)));
}

#[test]
fn itertools_islice_9() {
    gives("itertools", "islice('ABCDEFG', 0, None, 3)", shown!("ABCDEFG".chars().step_by(3)));
}

#[test]
fn itertools_islice_10() {
    gives("itertools", "list(islice('ABCDEFG', -2, None))", shown!("ABCDEFG".chars().tail(2)));
}

#[test]
fn itertools_pairwise() {
    gives("itertools", "pairwise('ABCD')", shown!(pairwise("ABCD".chars())));
}

#[test]
fn itertools_permutations() {
    gives("itertools", "permutations('ABC')", shown!(permutations::<3, _>("ABC".chars())));
}

#[test]
fn itertools_permutations_2() {
    gives("itertools", "permutations('ABC', 2)", shown!(permutations::<2, _>("ABC".chars())));
}

#[test]
fn itertools_product() {
    gives("itertools", "product('AB', repeat=2)", shown!(product::<2, _>("AB".chars())));
}

#[test]
fn itertools_product_2() {
    gives("itertools", "(lambda n: product('AB', repeat=n))(2)", shown!(product_slices("AB".chars(), 2).collect_slices()));
}

#[test]
fn itertools_product_3() {
    gives("itertools", "product('AB', [1, 2])", shown!(itertools::iproduct!("AB".chars(), [1, 2])));
}

#[test]
fn itertools_product_4() {
    gives("itertools", "product(*[[1, 2], [3], [4, 5]])", shown!([vec![1, 2], vec![3], vec![4, 5]].into_iter().multi_cartesian_product()));
}

#[test]
fn itertools_repeat() {
    gives("itertools", "repeat(10, 3)", shown!(iter::repeat_n(10, 3)));
}

#[test]
fn itertools_repeat_2() {
    gives("itertools", "map(pow, range(4), repeat(2))", shown!((0_i32..4).zip(iter::repeat(2)).map(|(x, n)| x.pow(n))));
}

#[test]
fn itertools_starmap() {
    gives("itertools", "starmap(pow, [(2, 5), (3, 2)])", shown!([(2_i32, 5), (3, 2)].into_iter().map(|(x, n)| x.pow(n))));
}

#[test]
fn itertools_takewhile() {
    gives("itertools", "takewhile(lambda x: x < 5, [1, 4, 6, 3])", shown!([1, 4, 6, 3].into_iter().take_while(|x| *x < 5)));
}

#[test]
fn itertools_tee() {
    gives("itertools", "[list(t) for t in tee('AB', 2)]", shown!(tee::<2, _>("AB".chars()).map(|t| t.collect_vec())));
}

#[test]
fn itertools_zip_longest() {
    gives("itertools", "zip_longest('ABC', 'x', fillvalue='-')", shown!("ABC".chars().zip_longest("x".chars()).map(|pair| pair.or('-', '-'))));
}

#[test]
fn itertools_zip_longest_2() {
    gives("itertools", "zip_longest('ABC', 'x')", shown!("ABC".chars().zip_longest("x".chars()).map(|pair| pair.left_and_right())));
}

#[test]
fn recipes_take() {
    gives("recipes", "take(3, range(10))", shown!((0..10).take(3).collect::<Vec<_>>()));
}

#[test]
fn recipes_prepend() {
    gives("recipes", "prepend(1, [2, 3])", shown!(iter::once(1).chain([2, 3])));
}

#[test]
fn recipes_running_mean() {
    gives("recipes", "running_mean([8.5, 9.5, 7.5, 6.5])", shown!(accumulate([8.5, 9.5, 7.5, 6.5], |sum, x| sum + x).zip(1..).map(|(sum, n)| sum / f64::from(n))));
}

#[test]
fn recipes_running_min() {
    gives("recipes", "running_min([3, 4, 1, 2])", shown!(accumulate([3, 4, 1, 2], |least, x| x.min(*least))));
}

#[test]
fn recipes_running_max() {
    gives("recipes", "running_max([3, 1, 4, 1])", shown!(accumulate([3, 1, 4, 1], |best, x| x.max(*best))));
}

#[test]
fn recipes_running_median() {
    gives("recipes", "running_median([5.0, 10.0, 4.0])", shown!([5.0, 10.0, 4.0].into_iter().scan(vec![], |v, x| { v.insert(v.partition_point(|y| *y < x), x); Some((v[v.len() / 2] + v[(v.len() - 1) / 2]) / 2.0) })));
}

#[test]
fn recipes_running_statistics() {
    gives("recipes", "[s.maximum for s in running_statistics([3, 1, 4])]", shown!(accumulate([3, 1, 4], |best, x| x.max(*best))));
}

#[test]
fn recipes_repeatfunc() {
    gives("recipes", "[x for x in repeatfunc(lambda: 'x', 3)]", shown!(iter::repeat_with(|| 'x').take(3)));
}

#[test]
fn recipes_flatten() {
    gives("recipes", "flatten([[1, 2], [3, 4]])", shown!([[1, 2], [3, 4]].into_iter().flatten()));
}

#[test]
fn recipes_ncycles() {
    gives("recipes", "ncycles('AB', 2)", shown!(iter::repeat_n("AB".chars(), 2).flatten()));
}

#[test]
fn recipes_loops() {
    gives("recipes", "loops(3)", shown!(iter::repeat_n((), 3)));
}

#[test]
fn recipes_tail() {
    gives("recipes", "tail(3, 'ABCDEFG')", shown!("ABCDEFG".chars().tail(3)));
}

#[test]
fn recipes_consume() {
    gives("recipes", "(it := iter('ABCD'), consume(it, 2), list(it))[-1]", shown!({ let mut it = "ABCD".chars(); it.by_ref().take(2).for_each(drop); it }));
}

#[test]
fn recipes_nth() {
    gives("recipes", "nth('ABC', 1)", shown!("ABC".chars().nth(1)));
}

#[test]
fn recipes_nth_2() {
    gives("recipes", "nth('ABC', 9, '-')", shown!("ABC".chars().nth(9).unwrap_or('-')));
}

#[test]
fn recipes_quantify() {
    gives("recipes", "quantify([True, False, True])", shown!([true, false, true].into_iter().filter(|x| *x).count()));
}

#[test]
fn recipes_quantify_2() {
    gives("recipes", "quantify([1, 2, 3], lambda x: x % 2 == 1)", shown!([1, 2, 3].into_iter().filter(|x| x % 2 == 1).count()));
}

#[test]
fn recipes_first_true() {
    gives("recipes", "first_true([0, 0, 3, 4])", shown!([0, 0, 3, 4].into_iter().find(|x| *x != 0)));
}

#[test]
fn recipes_first_true_2() {
    gives("recipes", "first_true([1, 2], 9, lambda x: x > 5)", shown!([1, 2].into_iter().find(|x| *x > 5).unwrap_or(9)));
}

#[test]
fn recipes_all_equal() {
    gives("recipes", "all_equal('AAAA')", shown!("AAAA".chars().all_equal()));
}

#[test]
fn recipes_all_equal_2() {
    gives("recipes", "all_equal('AaAa', key=str.casefold)", shown!("AaAa".chars().map(|c| c.to_ascii_lowercase()).all_equal()));
}

#[test]
fn recipes_unique_justseen() {
    gives("recipes", "unique_justseen('AAABBA')", shown!("AAABBA".chars().dedup()));
}

#[test]
fn recipes_unique_justseen_2() {
    gives("recipes", "unique_justseen('ABBcCAD', str.casefold)", shown!("ABBcCAD".chars().dedup_by(|a, b| a.eq_ignore_ascii_case(b))));
}

#[test]
fn recipes_unique_everseen() {
    gives("recipes", "unique_everseen('AABACB')", shown!("AABACB".chars().unique()));
}

#[test]
fn recipes_unique_everseen_2() {
    gives("recipes", "unique_everseen('ABBcCAD', str.casefold)", shown!("ABBcCAD".chars().unique_by(|c| c.to_ascii_lowercase())));
}

#[test]
fn recipes_unique() {
    gives("recipes", "unique([[3, 4], [1, 2], [3, 4]])", shown!([[3, 4], [1, 2], [3, 4]].into_iter().sorted().dedup()));
}

#[test]
fn recipes_sliding_window() {
    gives("recipes", "sliding_window('ABCDE', 4)", shown!(sliding::<4, _>("ABCDE".chars())));
}

#[test]
fn recipes_grouper() {
    gives("recipes", "grouper('ABCDE', 3, fillvalue='x')", shown!(batched("ABCDE".chars(), NonZeroUsize::new(3).unwrap()).update(|batch| batch.resize(3, 'x'))));
}

#[test]
fn recipes_grouper_2() {
    gives("recipes", "grouper('ABCDE', 3, incomplete='ignore')", shown!("ABCDE".chars().tuples::<(_, _, _)>()));
}

#[test]
fn recipes_grouper_3() {
    gives("recipes", "list(grouper('ABCDE', 3, incomplete='strict'))", shown!(batched("ABCDE".chars(), NonZeroUsize::new(3).unwrap()).strict().collect::<Result<Vec<_>, _>>()));
}

#[test]
fn recipes_roundrobin() {
    gives("recipes", "roundrobin('ABC', 'D', 'EF')", shown!(roundrobin(["ABC", "D", "EF"].map(str::chars))));
}

#[test]
fn recipes_partition() {
    gives("recipes", "[list(p) for p in partition(lambda x: x > 2, [1, 4, 2, 3])]", shown!({ let (matching, rest) = partition(|x| *x > 2, [1, 4, 2, 3]); [rest.collect_vec(), matching.collect_vec()] }));
}

#[test]
fn recipes_subslices() {
    gives("recipes", "subslices([1, 2, 3])", shown!((0..=3).array_combinations().map(|[from, to]| &[1, 2, 3][from..to])));
}

#[test]
fn recipes_derangements() {
    gives("recipes", "derangements('ABC')", shown!(permutations::<3, _>("ABC".chars()).filter(|p| iter::zip(p, "ABC".chars()).all(|(a, b)| *a != b))));
}

#[test]
fn recipes_iter_index() {
    gives("recipes", "iter_index('AABCA', 'A')", shown!("AABCA".chars().positions(|c| c == 'A')));
}

#[test]
fn recipes_iter_index_2() {
    gives("recipes", "iter_index('AABCA', 'A', 1)", shown!("AABCA".chars().positions(|c| c == 'A').skip_while(|i| *i < 1)));
}

#[test]
fn recipes_iter_except() {
    gives("recipes", "iter_except([1, 2, 3].pop, IndexError)", shown!({ let mut stack = vec![1, 2, 3]; iter::from_fn(move || stack.pop()) }));
}

#[test]
fn recipes_multinomial() {
    gives("recipes", "multinomial(5, 2, 2)", shown!(iter::zip(accumulate([5, 2, 2], |n, k| n + k), [5, 2, 2]).map(|(n, k)| (1..=k).fold(1, |c, i| c * (n - k + i) / i)).product::<u64>()));
}

#[test]
fn recipes_powerset() {
    gives("recipes", "powerset([1, 2, 3])", shown!([1, 2, 3].into_iter().powerset()));
}

#[test]
fn recipes_sum_of_squares() {
    gives("recipes", "sum_of_squares([10, 20, 30])", shown!([10, 20, 30].into_iter().map(|x| x * x).sum::<i32>()));
}

#[test]
fn recipes_reshape() {
    gives("recipes", "reshape([(0, 1), (2, 3), (4, 5)], 3)", shown!([[0, 1], [2, 3], [4, 5]].as_flattened().chunks(3)));
}

#[test]
fn recipes_transpose() {
    gives("recipes", "transpose([(1, 2, 3), (4, 5, 6)])", shown!((0..3).map(|j| [[1, 2, 3], [4, 5, 6]].map(|row| row[j]))));
}

#[test]
fn recipes_matmul() {
    gives("recipes", "matmul([(7, 5), (3, 5)], [(2, 5), (7, 9)])", shown!([[7, 5], [3, 5]].map(|row| [0, 1].map(|j| iter::zip(row, [[2, 5], [7, 9]]).map(|(x, r)| x * r[j]).sum::<i32>()))));
}

#[test]
fn recipes_convolve() {
    gives("recipes", "convolve([1, -1, -20], [1, -3])", shown!(itertools::chain!([0], [1, -1, -20], [0]).tuple_windows().map(|(a, b)| b - 3 * a)));
}

#[test]
fn recipes_polynomial_from_roots() {
    gives("recipes", "polynomial_from_roots([5, -4, 3])", shown!([5, -4, 3].into_iter().fold(vec![1], |p, root| itertools::chain!([0], p, [0]).tuple_windows().map(|(a, b)| b - root * a).collect())));
}

#[test]
fn recipes_polynomial_eval() {
    gives("recipes", "polynomial_eval([1, -4, -17, 60], 2)", shown!([1, -4, -17, 60].into_iter().fold(0, |y, c| y * 2 + c)));
}

#[test]
fn recipes_polynomial_derivative() {
    gives("recipes", "polynomial_derivative([1, -4, -17, 60])", shown!(iter::zip([1, -4, -17, 60], (1..4).rev()).map(|(c, n)| c * n)));
}

#[test]
fn recipes_sieve() {
    gives("recipes", "sieve(30)", shown!((2..30).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0))));
}

#[test]
fn recipes_factor() {
    gives("recipes", "factor(99)", shown!({ let (mut n, mut d) = (99, 2); iter::from_fn(move || (n > 1).then(|| { while n % d != 0 { d = if d * d > n { n } else { d + 1 }; } n /= d; d })) }));
}

#[test]
fn recipes_is_prime() {
    gives("recipes", "[is_prime(n) for n in (97, 99)]", shown!([97, 99].map(|n| n > 1 && (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0))));
}

#[test]
fn recipes_totient() {
    gives("recipes", "totient(12)", shown!([2, 3].into_iter().fold(12, |n, prime| n - n / prime)));
}

#[test]
fn recipes_tabulate() {
    gives("recipes", "islice(tabulate(lambda x: 2 * x), 4)", shown!((0..).map(|x| 2 * x).take(4)));
}

#[test]
fn more_itertools_chunked() {
    gives("more-itertools", "chunked('ABCDE', 2)", shown!(batched("ABCDE".chars(), NonZeroUsize::new(2).unwrap())));
}

#[test]
fn more_itertools_ichunked() {
    gives("more-itertools", "[sum(c) for c in ichunked([1, 2, 3, 4, 5], 2)]", shown!([1, 2, 3, 4, 5].into_iter().chunks(2).into_iter().map(|c| c.sum::<i32>())));
}

#[test]
fn more_itertools_sliced() {
    gives("more-itertools", "sliced('ABCDE', 2)", shown!((0..5).step_by(2).map(|i| &"ABCDE"[i..5.min(i + 2)])));
}

#[test]
fn more_itertools_distribute() {
    gives("more-itertools", "[list(d) for d in distribute(3, range(7))]", shown!(distribute::<3, _>(0..7).map(|d| d.collect_vec())));
}

#[test]
fn more_itertools_divide() {
    gives("more-itertools", "[list(d) for d in divide(3, range(7))]", shown!(divide(NonZeroUsize::new(3).unwrap(), 0..7)));
}

#[test]
fn more_itertools_split_at() {
    gives("more-itertools", "split_at([1, 0, 2, 3, 0], lambda x: x == 0)", shown!(split_at([1, 0, 2, 3, 0], |x| *x == 0)));
}

#[test]
fn more_itertools_split_before() {
    gives("more-itertools", "split_before('OneTwo', str.isupper)", shown!(split_before("OneTwo".chars(), |c| c.is_uppercase())));
}

#[test]
fn more_itertools_split_after() {
    gives("more-itertools", "split_after([1, 0, 2, 3, 0], lambda x: x == 0)", shown!(split_after([1, 0, 2, 3, 0], |x| *x == 0)));
}

#[test]
fn more_itertools_split_when() {
    gives("more-itertools", "split_when([1, 2, 3, 3, 2, 5], lambda x, y: y < x)", shown!(split_when([1, 2, 3, 3, 2, 5], |x, y| y < x)));
}

#[test]
fn more_itertools_split_into() {
    gives("more-itertools", "split_into([1, 2, 3, 4, 5], [1, 2])", shown!({ let mut it = 1..=5; [1, 2].map(|n| it.by_ref().take(n).collect_vec()) }));
}

#[test]
fn more_itertools_bucket() {
    gives("more-itertools", "{k: list(b[k]) for b in [bucket([10, 21, 30], key=lambda x: x % 2)] for k in b}", shown!([10, 21, 30].into_iter().into_group_map_by(|x| x % 2)));
}

#[test]
fn more_itertools_unzip() {
    gives("more-itertools", "[list(u) for u in unzip([(1, 'a'), (2, 'b')])]", shown!([(1, 'a'), (2, 'b')].into_iter().unzip::<_, _, Vec<_>, Vec<_>>()));
}

#[test]
fn more_itertools_spy() {
    gives("more-itertools", "(lambda head, it: (head, list(it)))(*spy('ABC', 2))", shown!({ let it = "ABC".chars(); (it.clone().take(2).collect_vec(), it.collect_vec()) }));
}

#[test]
fn more_itertools_peekable() {
    gives("more-itertools", "(p := peekable('AB'), p.peek(), list(p))[1:]", shown!({ let mut p = "AB".chars().peekable(); (p.peek().copied(), p.collect_vec()) }));
}

#[test]
fn more_itertools_seekable() {
    gives("more-itertools", "(s := seekable('ABC'), list(s), s.seek(1), list(s))[-1]", shown!({ let mut s = seekable("ABC".chars()); s.by_ref().for_each(drop); s.seek(1); s }));
}

#[test]
fn more_itertools_windowed() {
    gives("more-itertools", "windowed([1, 2, 3, 4, 5], 3, step=2)", shown!(windowed([1, 2, 3, 4, 5], NonZeroUsize::new(3).unwrap(), NonZeroUsize::new(2).unwrap()).collect_windows()));
}

#[test]
fn more_itertools_triplewise() {
    gives("more-itertools", "triplewise('ABCD')", shown!("ABCD".chars().tuple_windows::<(_, _, _)>()));
}

#[test]
fn more_itertools_substrings() {
    gives("more-itertools", "substrings([1, 2, 3])", shown!((1..=3).flat_map(|n| [1, 2, 3].windows(n).map(<[_]>::to_vec).collect_vec())));
}

#[test]
fn more_itertools_count_cycle() {
    gives("more-itertools", "count_cycle('AB', 2)", shown!(itertools::iproduct!(0..2, "AB".chars())));
}

#[test]
fn more_itertools_intersperse() {
    gives("more-itertools", "intersperse(0, [1, 2, 3])", shown!(itertools::intersperse([1, 2, 3], 0)));
}

#[test]
fn more_itertools_padded() {
    gives("more-itertools", "padded([1, 2], 0, 4)", shown!([1, 2].into_iter().pad_using(4, |_| 0)));
}

#[test]
fn more_itertools_take() {
    gives("more-itertools", "take(3, pad_none([1]))", shown!([1].into_iter().map(Some).chain(iter::repeat(None)).take(3)));
}

#[test]
fn more_itertools_repeat_each() {
    gives("more-itertools", "repeat_each('AB', 2)", shown!("AB".chars().flat_map(|c| iter::repeat_n(c, 2))));
}

#[test]
fn more_itertools_mark_ends() {
    gives("more-itertools", "mark_ends('ABC')", shown!("ABC".chars().with_position().map(|(at, c)| (at.is_first, at.is_last, c))));
}

#[test]
fn more_itertools_groupby_transform() {
    gives("more-itertools", "[(k, ''.join(g)) for k, g in groupby_transform('AaBb', str.upper, str.lower)]", shown!(groupby("AaBb".chars(), |c| c.to_ascii_uppercase()).fold_groups(|_| String::new(), |s, c| s + &c.to_lowercase().to_string())));
}

#[test]
fn more_itertools_collapse() {
    gives("more-itertools", "collapse([[[1], [2, 3]], [[4]]])", shown!([vec![vec![1], vec![2, 3]], vec![vec![4]]].into_iter().flatten().flatten()));
}

#[test]
fn more_itertools_sort_together() {
    gives("more-itertools", "sort_together([[3, 1, 2], 'cab'])", shown!(iter::zip([3, 1, 2], "cab".chars()).sorted_by_key(|(n, _)| *n).unzip::<_, _, Vec<_>, Vec<_>>()));
}

#[test]
fn more_itertools_interleave() {
    gives("more-itertools", "interleave('AB', 'xyz')", shown!("AB".chars().interleave_shortest("xyz".chars())));
}

#[test]
fn more_itertools_interleave_2() {
    gives("more-itertools", "interleave('ABC', 'x')", shown!("ABC".chars().interleave_shortest("x".chars())));
}

#[test]
fn more_itertools_interleave_longest() {
    gives("more-itertools", "interleave_longest('AB', 'xyz')", shown!("AB".chars().interleave("xyz".chars())));
}

#[test]
fn more_itertools_zip_broadcast() {
    gives("more-itertools", "zip_broadcast(1, [2, 3])", shown!(iter::repeat(1).zip([2, 3])));
}

#[test]
fn more_itertools_value_chain() {
    gives("more-itertools", "value_chain(1, [2, 3], 4)", shown!(itertools::chain!([1], [2, 3], [4])));
}

#[test]
fn more_itertools_ilen() {
    gives("more-itertools", "ilen(x for x in range(10) if x % 3)", shown!((0..10).filter(|x| x % 3 != 0).count()));
}

#[test]
fn more_itertools_consecutive_groups() {
    gives("more-itertools", "[list(g) for g in consecutive_groups([1, 2, 5, 6, 8])]", shown!([1, 2, 5, 6, 8].chunk_by(|a, b| a + 1 == *b)));
}

#[test]
fn more_itertools_run_length() {
    gives("more-itertools", "run_length.encode('aaab')", shown!("aaab".chars().dedup_with_count().map(|(n, c)| (c, n))));
}

#[test]
fn more_itertools_run_length_2() {
    gives("more-itertools", "''.join(run_length.decode([('a', 3), ('b', 1)]))", shown!([('a', 3), ('b', 1)].into_iter().flat_map(|(c, n)| iter::repeat_n(c, n)).collect::<String>()));
}

#[test]
fn more_itertools_map_reduce() {
    gives("more-itertools", "dict(map_reduce([1, 2, 3, 4, 5], lambda x: x % 2))", shown!([1, 2, 3, 4, 5].into_iter().into_group_map_by(|x| x % 2)));
}

#[test]
fn more_itertools_map_reduce_2() {
    gives("more-itertools", "dict(map_reduce(range(6), lambda x: x % 2, reducefunc=sum))", shown!((0..6).into_grouping_map_by(|x| x % 2).sum()));
}

#[test]
fn more_itertools_exactly_n() {
    gives("more-itertools", "exactly_n([True, True, False], 2)", shown!([true, true, false].into_iter().filter(|x| *x).take(3).count() == 2));
}

#[test]
fn more_itertools_is_sorted() {
    gives("more-itertools", "is_sorted([1, 2, 2, 3])", shown!([1, 2, 2, 3].into_iter().is_sorted()));
}

#[test]
fn more_itertools_all_unique() {
    gives("more-itertools", "all_unique('ABCB')", shown!("ABCB".chars().all_unique()));
}

#[test]
fn more_itertools_argmin() {
    gives("more-itertools", "argmin([3, 1, 2])", shown!([3, 1, 2].into_iter().position_min()));
}

#[test]
fn more_itertools_argmax() {
    gives("more-itertools", "argmax([3, 1, 3])", shown!([3, 1, 3].into_iter().position_max()));
}

#[test]
fn more_itertools_minmax() {
    gives("more-itertools", "minmax([3, 1, 2])", shown!([3, 1, 2].into_iter().minmax().into_option()));
}

#[test]
fn more_itertools_iequals() {
    gives("more-itertools", "iequals([1, 2], (1, 2), range(1, 3))", shown!([1, 2].into_iter().eq(1..3)));
}

#[test]
fn more_itertools_dotproduct() {
    gives("more-itertools", "dotproduct([1, 2, 3], [4, 5, 6])", shown!(iter::zip([1, 2, 3], [4, 5, 6]).map(|(a, b)| a * b).sum::<i32>()));
}

#[test]
fn more_itertools_islice_extended() {
    gives("more-itertools", "islice_extended('ABCDEF', -4, -1)", shown!({ let all = "ABCDEF".chars().collect_vec(); all[all.len() - 4..all.len() - 1].to_vec() }));
}

#[test]
fn more_itertools_first() {
    gives("more-itertools", "first([7, 8])", shown!([7, 8].into_iter().next()));
}

#[test]
fn more_itertools_first_2() {
    gives("more-itertools", "first([], 0)", shown!(iter::empty().next().unwrap_or(0)));
}

#[test]
fn more_itertools_last() {
    gives("more-itertools", "last([7, 8])", shown!([7, 8].into_iter().next_back()));
}

#[test]
fn more_itertools_one() {
    gives("more-itertools", "one(['only'])", shown!(["only"].into_iter().exactly_one()));
}

#[test]
fn more_itertools_one_2() {
    gives("more-itertools", "one([1, 2])", shown!([1, 2].into_iter().exactly_one()));
}

#[test]
fn more_itertools_only() {
    gives("more-itertools", "only([])", shown!(iter::empty::<i32>().at_most_one()));
}

#[test]
fn more_itertools_strictly_n() {
    gives("more-itertools", "list(strictly_n('ABC', 3))", shown!("ABC".chars().collect_array::<3>()));
}

#[test]
fn more_itertools_strip() {
    gives("more-itertools", "strip([0, 1, 0, 2, 0], lambda x: x == 0)", shown!({ let not_zero = [0, 1, 0, 2, 0].into_iter().skip_while(|x| *x == 0).collect_vec(); not_zero.into_iter().rev().skip_while(|x| *x == 0).collect_vec().into_iter().rev() }));
}

#[test]
fn more_itertools_lstrip() {
    gives("more-itertools", "lstrip([0, 1, 0], lambda x: x == 0)", shown!([0, 1, 0].into_iter().skip_while(|x| *x == 0)));
}

#[test]
fn more_itertools_rstrip() {
    gives("more-itertools", "rstrip([0, 1, 0], lambda x: x == 0)", shown!({ let mut all = vec![0, 1, 0]; while all.pop_if(|x| *x == 0).is_some() {} all }));
}

#[test]
fn more_itertools_filter_except() {
    gives("more-itertools", "filter_except(int, ['1', 'two', '3'], ValueError)", shown!(["1", "two", "3"].into_iter().filter(|s| s.parse::<i32>().is_ok())));
}

#[test]
fn more_itertools_map_except() {
    gives("more-itertools", "map_except(int, ['1', 'two', '3'], ValueError)", shown!(["1", "two", "3"].into_iter().filter_map(|s| s.parse::<i32>().ok())));
}

#[test]
fn more_itertools_filter_map() {
    gives("more-itertools", "filter_map(lambda x: x * x if x > 1 else None, [1, 2, 3])", shown!([1, 2, 3].into_iter().filter_map(|x| (x > 1).then_some(x * x))));
}

#[test]
fn more_itertools_map_if() {
    gives("more-itertools", "map_if(range(4), lambda x: x % 2, lambda x: x * 10)", shown!((0..4).map(|x| if x % 2 != 0 { x * 10 } else { x })));
}

#[test]
fn more_itertools_nth_or_last() {
    gives("more-itertools", "nth_or_last('ABC', 9)", shown!("ABC".chars().take(10).last()));
}

#[test]
fn more_itertools_before_and_after() {
    gives("more-itertools", "[list(p) for p in before_and_after(str.isupper, 'ABcD')]", shown!({ let mut it = "ABcD".chars().peekable(); [it.peeking_take_while(|c| c.is_uppercase()).collect_vec(), it.collect_vec()] }));
}

#[test]
fn more_itertools_takewhile_inclusive() {
    gives("more-itertools", "takewhile_inclusive(lambda x: x < 5, [1, 6, 2])", shown!([1, 6, 2].into_iter().take_while_inclusive(|x| *x < 5)));
}

#[test]
fn more_itertools_duplicates_everseen() {
    gives("more-itertools", "duplicates_everseen('ABAAB')", shown!({ let mut seen = HashSet::new(); "ABAAB".chars().filter(move |c| !seen.insert(*c)) }));
}

#[test]
fn more_itertools_duplicates_justseen() {
    gives("more-itertools", "duplicates_justseen('AAABBA')", shown!("AAABBA".chars().tuple_windows().filter(|(a, b)| a == b).map(|(_, b)| b)));
}

#[test]
fn more_itertools_longest_common_prefix() {
    gives("more-itertools", "longest_common_prefix(['abcd', 'abf'])", shown!(iter::zip("abcd".chars(), "abf".chars()).take_while(|(a, b)| a == b).map(|(a, _)| a)));
}

#[test]
fn more_itertools_locate() {
    gives("more-itertools", "locate([0, 1, 1, 0])", shown!([0, 1, 1, 0].into_iter().positions(|x| x != 0)));
}

#[test]
fn more_itertools_rlocate() {
    gives("more-itertools", "rlocate([0, 1, 1, 0])", shown!([0, 1, 1, 0].into_iter().positions(|x| x != 0).rev()));
}

#[test]
fn more_itertools_difference() {
    gives("more-itertools", "difference([1, 3, 6, 10])", shown!(itertools::chain!([0], [1, 3, 6, 10]).tuple_windows().map(|(a, b)| b - a)));
}

#[test]
fn more_itertools_iterate() {
    gives("more-itertools", "list(islice(iterate(lambda x: 2 * x, 1), 4))", shown!(iter::successors(Some(1), |x| Some(2 * x)).take(4)));
}

#[test]
fn more_itertools_numeric_range() {
    gives("more-itertools", "list(numeric_range(1.0, 2.0, 0.25))", shown!(count(1.0, 0.25).take_while(|x| *x < 2.0)));
}

#[test]
fn more_itertools_side_effect() {
    gives("more-itertools", "(log := [], list(side_effect(log.append, [1, 2])), log)[1:]", shown!({ let mut log = vec![]; let items = [1, 2].into_iter().inspect(|x| log.push(*x)).collect_vec(); (items, log) }));
}

#[test]
fn more_itertools_always_reversible() {
    gives("more-itertools", "always_reversible(x for x in 'ABC')", shown!("ABC".chars().collect_vec().into_iter().rev()));
}

#[test]
fn more_itertools_distinct_permutations() {
    gives("more-itertools", "distinct_permutations([1, 0, 1])", shown!([1, 0, 1].into_iter().permutations(3).unique().sorted()));
}

#[test]
fn more_itertools_distinct_combinations() {
    gives("more-itertools", "distinct_combinations([0, 0, 1], 2)", shown!([0, 0, 1].into_iter().combinations(2).unique()));
}

#[test]
fn more_itertools_circular_shifts() {
    gives("more-itertools", "circular_shifts([1, 2, 3])", shown!((0..3).map(|i| { let mut shifted = [1, 2, 3]; shifted.rotate_left(i); shifted })));
}

#[test]
fn more_itertools_nth_product() {
    gives("more-itertools", "nth_product(5, 'AB', 'AB', 'AB')", shown!(product::<3, _>("AB".chars()).nth(5)));
}

#[test]
fn more_itertools_nth_combination() {
    gives("more-itertools", "nth_combination('ABCDE', 3, 5)", shown!(combinations::<3, _>("ABCDE".chars()).nth(5)));
}

#[test]
fn more_itertools_nth_permutation() {
    gives("more-itertools", "nth_permutation('ABC', 3, 4)", shown!(permutations::<3, _>("ABC".chars()).nth(4)));
}

#[test]
fn more_itertools_partitions() {
    gives("more-itertools", "partitions('ABC')", shown!((0..=2).flat_map(|k| (1..3).combinations(k)).map(|cuts| itertools::chain!([0], cuts, [3]).tuple_windows().map(|(a, b)| "ABC"[a..b].chars().collect_vec()).collect_vec())));
}

#[test]
fn more_itertools_time_limited() {
    gives("more-itertools", "list(time_limited(60, [1, 2]))", shown!(time_limited(std::time::Duration::from_secs(60), [1, 2])));
}

#[test]
fn more_itertools_serialize() {
    gives("more-itertools", "list(serialize([1, 2]))", shown!(serialize([1, 2])));
}

#[test]
fn more_itertools_concurrent_tee() {
    gives("more-itertools", "[list(t) for t in concurrent_tee([1, 2], 2)]", shown!({ let a = shared([1, 2]); let b = a.clone(); [a.collect_vec(), b.collect_vec()] }));
}
