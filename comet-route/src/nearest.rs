//! "Did you mean …?", for options, names and keys everywhere in the project.

/// The candidate that `wanted` is most likely a misspelling of.
///
/// The distance is the number of inserted, deleted, replaced or swapped neighbouring characters
/// (Damerau-Levenshtein, each character edited at most once), upper and lower case being equal. At
/// most one edit for every three characters of the longer word, and never more than two, make a
/// suggestion. Of equally near candidates the first wins.
///
/// ```
/// use comet_route::nearest;
///
/// let options = ["route", "method", "timeout"];
/// assert_eq!(nearest("rout", options), Some("route"));
/// assert_eq!(nearest("METHOD", options), Some("method"));
/// assert_eq!(nearest("tiemout", options.iter().copied()), Some("timeout"));
/// assert_eq!(nearest("colour", options), None);
/// ```
#[must_use]
pub fn nearest<'c>(wanted: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((edits(wanted, candidate)?, candidate)))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

const MOST_EDITS: usize = 2;

fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase)
}

/// The distance of two words, if it is small enough for a suggestion. `wanted` may come from a
/// request: no more of it is read than could be near `candidate`.
pub(crate) fn edits(wanted: &str, candidate: &str) -> Option<usize> {
    let b: Vec<char> = letters(candidate).collect();
    let a: Vec<char> = letters(wanted).take(b.len() + MOST_EDITS + 1).collect();
    let limit = (a.len().max(b.len()) / 3).min(MOST_EDITS);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let row = next_row(&a, &b, i, &before, &last);
        if row.iter().min() > Some(&limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= limit)
}

/// Row `i + 1` of the distance table, from the two rows above it.
fn next_row(a: &[char], b: &[char], i: usize, before: &[usize], last: &[usize]) -> Vec<usize> {
    let mut row = Vec::with_capacity(last.len());
    row.push(i + 1);
    for j in 0..b.len() {
        let replaced = last[j] + usize::from(a[i] != b[j]);
        let mut edits = replaced.min(last[j + 1] + 1).min(row[j] + 1);
        if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
            edits = edits.min(before[j - 1] + 1);
        }
        row.push(edits);
    }
    row
}
