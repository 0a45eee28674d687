//! Where two texts differ, in a few lines.

/// How many lines are shown of each text.
const SHOWN: usize = 8;

/// The first to the last line in which the texts differ: those of `old` with `-`, those of `new` with `+`.
pub(super) fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    format!("from line {} on:\n{}{}", same + 1, shown(old, '-'), shown(new, '+'))
}

fn shown(lines: &[&str], mark: char) -> String {
    let mut text: String =
        lines.iter().take(SHOWN).map(|line| format!("{mark} {line}\n")).collect();
    if lines.len() > SHOWN {
        text += &format!("{mark} … {} more\n", lines.len() - SHOWN);
    }
    text
}
