//! The row of readers that wait for the next entry.

use std::task::Waker;

/// Places that readers keep from their first wait until they leave, so that waiting again allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    places: Vec<Option<Waker>>,
    free: Vec<usize>,
}

impl Waiting {
    /// Notes the waker at the reader's place, giving it one at its first wait.
    pub(super) fn wait(&mut self, place: &mut Option<usize>, waker: &Waker) {
        let index = *place.get_or_insert_with(|| {
            self.free.pop().unwrap_or_else(|| {
                self.places.push(None);
                self.places.len() - 1
            })
        });
        match self.places.get_mut(index) {
            Some(Some(old)) => old.clone_from(waker),
            Some(empty) => *empty = Some(waker.clone()),
            None => {}
        }
    }

    /// Everyone who waits now; their places stay theirs.
    pub(super) fn take(&mut self) -> Vec<Waker> {
        self.places.iter_mut().filter_map(Option::take).collect()
    }

    /// Gives a place back.
    pub(super) fn leave(&mut self, place: usize) {
        if let Some(waiting) = self.places.get_mut(place) {
            *waiting = None;
            self.free.push(place);
        }
    }
}
