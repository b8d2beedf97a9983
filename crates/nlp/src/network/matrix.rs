//! Products of rows with a matrix of weights.
//!
//! A general matrix product cuts its work to the shape at hand, and with it the order of additions: one row's
//! result then depends on how many rows it is computed with. Here each number of the result is one chain of fused
//! multiply-adds over the inputs in their order, in whatever company; and the weights are packed once, when the
//! model opens, rather than with every product.

use pulp::{Arch, Simd, WithSimd};

/// Columns that are computed together.
const PANEL: usize = 16;
/// Rows that are computed together.
const BLOCK: usize = 6;
/// Rows whose results one panel of weights, while it is near, is used for.
const CHUNK: usize = 8 * BLOCK;

/// A matrix of weights, packed for products.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    /// Panels of [`PANEL`] outputs, each input by input.
    panels: Vec<[f32; PANEL]>,
    inputs: usize,
    outputs: usize,
}

impl Matrix {
    /// Packs a matrix of `outputs × inputs`, whose output `n` is the row `order(n)` of `weights`.
    pub(crate) fn new(weights: &[f32], inputs: usize, outputs: usize, order: impl Fn(usize) -> usize) -> Matrix {
        let mut panels = vec![[0.0; PANEL]; outputs.div_ceil(PANEL) * inputs];
        for output in 0..outputs {
            let row = &weights[order(output) * inputs..][..inputs];
            let panel = &mut panels[output / PANEL * inputs..][..inputs];
            for (packed, &weight) in panel.iter_mut().zip(row) {
                packed[output % PANEL] = weight;
            }
        }
        Matrix { panels, inputs, outputs }
    }

    /// Numbers that a row of input has.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers that a row of the result has.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// From one row of the result to the next: the outputs and what fills up their last panel.
    pub(crate) fn stride(&self) -> usize {
        self.outputs.next_multiple_of(PANEL)
    }

    /// Multiplies rows, which begin every `stride` numbers of `input` and may overlap, into `output`.
    ///
    /// `output` is resized to whole blocks of rows, [`Matrix::stride`] numbers each.
    pub(crate) fn multiply(&self, input: &[f32], stride: usize, rows: usize, output: &mut Vec<f32>) {
        output.resize(rows.next_multiple_of(BLOCK) * self.stride(), 0.0);
        Arch::new().dispatch(Product { matrix: self, input, stride, rows, output });
    }

    /// Multiplies a single row into `output`, of [`Matrix::stride`] numbers.
    pub(crate) fn multiply_row(&self, input: &[f32], output: &mut [f32]) {
        Arch::new().dispatch(RowProduct { matrix: self, input, output });
    }
}

struct Product<'a> {
    matrix: &'a Matrix,
    input: &'a [f32],
    stride: usize,
    rows: usize,
    output: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match S::F32_LANES {
            16 => self.run::<S, 1>(simd),
            8 => self.run::<S, 2>(simd),
            4 => self.run::<S, 4>(simd),
            2 => self.run::<S, 8>(simd),
            _ => self.run::<S, 16>(simd),
        }
    }
}

impl Product<'_> {
    #[inline(always)]
    fn run<S: Simd, const VECTORS: usize>(self, simd: S) {
        let inputs = self.matrix.inputs;
        let width = self.matrix.stride();
        if inputs == 0 {
            return;
        }
        for (number, chunk) in self.output.chunks_mut(CHUNK * width).enumerate() {
            let first = number * CHUNK;
            for (number, panel) in self.matrix.panels.chunks_exact(inputs).enumerate() {
                for (block, output) in chunk.chunks_exact_mut(BLOCK * width).enumerate() {
                    // The last block is filled up with its last row again.
                    let row = |place: usize| (first + block * BLOCK + place).min(self.rows - 1);
                    let rows = std::array::from_fn(|place| &self.input[row(place) * self.stride..][..inputs]);
                    let sums = sums::<S, VECTORS>(simd, rows, panel);
                    for (row, sums) in output.chunks_exact_mut(width).zip(&sums) {
                        let (vectors, _) = S::as_mut_simd_f32s(&mut row[number * PANEL..][..PANEL]);
                        vectors.copy_from_slice(sums);
                    }
                }
            }
        }
    }
}

#[inline(always)]
fn sums<S: Simd, const VECTORS: usize>(simd: S, rows: [&[f32]; BLOCK], panel: &[[f32; PANEL]]) -> [[S::f32s; VECTORS]; BLOCK] {
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; BLOCK];
    let inputs = panel.len();
    let rows = rows.map(|row| &row[..inputs]);
    for (at, weights) in panel.iter().enumerate() {
        let (weights, _) = S::as_simd_f32s(weights);
        for place in 0..BLOCK {
            let input = simd.splat_f32s(rows[place][at]);
            for vector in 0..VECTORS {
                sums[place][vector] = simd.mul_add_e_f32s(input, weights[vector], sums[place][vector]);
            }
        }
    }
    sums
}

struct RowProduct<'a> {
    matrix: &'a Matrix,
    input: &'a [f32],
    output: &'a mut [f32],
}

impl WithSimd for RowProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match S::F32_LANES {
            16 => self.run::<S, 1>(simd),
            8 => self.run::<S, 2>(simd),
            4 => self.run::<S, 4>(simd),
            2 => self.run::<S, 8>(simd),
            _ => self.run::<S, 16>(simd),
        }
    }
}

impl RowProduct<'_> {
    #[inline(always)]
    fn run<S: Simd, const VECTORS: usize>(self, simd: S) {
        let panels = self.matrix.panels.chunks_exact(self.matrix.inputs);
        for (panel, output) in panels.zip(self.output.chunks_exact_mut(PANEL)) {
            let mut sums = [simd.splat_f32s(0.0); VECTORS];
            for (&input, weights) in self.input.iter().zip(panel) {
                let (weights, _) = S::as_simd_f32s(weights);
                let input = simd.splat_f32s(input);
                for vector in 0..VECTORS {
                    sums[vector] = simd.mul_add_e_f32s(input, weights[vector], sums[vector]);
                }
            }
            S::as_mut_simd_f32s(output).0.copy_from_slice(&sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers that spread, from a seed.
    fn numbers(count: usize, seed: u64) -> Vec<f32> {
        let mut state = seed | 1;
        let next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 40) as f32 / 8388608.0 - 1.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    proptest! {
        #[test]
        fn a_row_has_the_same_product_in_any_company(
            rows in 1usize..120, inputs in 1usize..40, outputs in 1usize..40, seed in any::<u64>()
        ) {
            let weights = numbers(outputs * inputs, seed);
            let input = numbers(rows * inputs, seed ^ 99);
            let matrix = Matrix::new(&weights, inputs, outputs, |output| output);
            let (mut all, mut one) = Default::default();
            matrix.multiply(&input, inputs, rows, &mut all);
            for row in 0..rows {
                let alone = &input[row * inputs..][..inputs];
                matrix.multiply(alone, inputs, 1, &mut one);
                prop_assert_eq!(&all[row * matrix.stride()..][..matrix.stride()], &one[..matrix.stride()]);
                let mut single = vec![0.0; matrix.stride()];
                matrix.multiply_row(alone, &mut single);
                prop_assert_eq!(&single[..], &one[..matrix.stride()]);
                for output in 0..outputs {
                    let exact: f64 = (0..inputs)
                        .map(|at| f64::from(alone[at]) * f64::from(weights[output * inputs + at]))
                        .sum();
                    prop_assert!((exact - f64::from(single[output])).abs() < 1e-4);
                }
            }
        }
    }
}
