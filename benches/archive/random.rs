//! Random numbers that are the same on every machine for the same seed: SplitMix64 (Steele, Lea, and Flood, 2014).

pub(super) struct Random(u64);

impl Random {
    /// The numbers for one part of an archive. They don't depend on other parts.
    pub(super) fn new(seed: u64, part: u64) -> Self {
        let mut random = Self(seed ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number less than `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// A number from `least` to `most`, inclusive.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// This many of these, without repeats, in random order.
    pub(super) fn some<T: Copy>(&mut self, from: &[T], how_many: usize) -> Vec<T> {
        let mut left = from.to_vec();
        (0..how_many.min(left.len())).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }

    /// This many of these, without repeats, in their original order.
    pub(super) fn some_in_order<T: Copy>(&mut self, from: &[T], how_many: usize) -> Vec<T> {
        let places: Vec<usize> = (0..from.len()).collect();
        let mut chosen = self.some(&places, how_many);
        chosen.sort_unstable();
        chosen.into_iter().map(|place| from[place]).collect()
    }
}
