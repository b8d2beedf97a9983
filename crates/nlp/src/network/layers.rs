//! Layers over rows: maxout with layer normalisation, and linear.

use super::matrix::{Matrix, Packing};
use super::spec::{LinearSpec, MaxoutSpec, Weights};
use crate::error::Error;
use pulp::Arch;

/// What layer normalisation adds to a variance.
const EPSILON: f32 = 1e-8;
/// Sums of a row are made in so many strands.
const STRANDS: usize = 16;

/// The largest of some linear functions for each output, normalised over the row.
#[derive(Debug, Clone)]
pub(crate) struct Maxout {
    matrix: Matrix,
    bias: Vec<f32>,
    pieces: usize,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// Room for a layer's work.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// For rows on their way into a product.
    pub(crate) packing: Packing,
    /// For products.
    pub(crate) product: Vec<f32>,
}

impl Maxout {
    /// Reads the layer from the weights.
    pub(crate) fn new(spec: &MaxoutSpec, weights: Weights<'_>) -> Result<Maxout, Error> {
        let (numbers, [width, pieces, inputs]) = weights.tensor(&spec.weights)?;
        let given = weights.shaped(&spec.bias, [width, pieces])?;
        // The pieces of all outputs, one after the other, let the largest be taken row by row.
        let order = |output: usize| output % width * pieces + output / width;
        Ok(Maxout {
            matrix: Matrix::new(numbers, inputs, width * pieces, order),
            bias: (0..width * pieces).map(|output| given[order(output)]).collect(),
            pieces,
            gain: weights.shaped(&spec.gain, [width])?.to_vec(),
            shift: weights.shaped(&spec.shift, [width])?.to_vec(),
        })
    }

    /// Numbers in a row of the result.
    pub(crate) fn width(&self) -> usize {
        self.gain.len()
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.matrix.inputs()
    }

    /// Adds the layer's answer for each row of `input`, which begin every `stride` numbers, to `output`.
    pub(crate) fn add_to(&self, input: &[f32], stride: usize, output: &mut [f32], workspace: &mut Workspace) {
        let rows = output.len() / self.width();
        self.matrix.multiply(input, stride, rows, &mut workspace.packing, &mut workspace.product);
        let products = workspace.product.chunks_exact_mut(self.matrix.stride());
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (product, output) in products.zip(output.chunks_exact_mut(self.width())) {
                    self.finish(product, output);
                }
            },
        );
    }

    #[inline(always)]
    fn finish(&self, product: &mut [f32], output: &mut [f32]) {
        let width = self.width();
        for (number, bias) in product.iter_mut().zip(&self.bias) {
            *number += bias;
        }
        let (largest, rest) = product.split_at_mut(width);
        for piece in rest.chunks_exact(width).take(self.pieces - 1) {
            for (largest, &number) in largest.iter_mut().zip(piece) {
                *largest = if number > *largest { number } else { *largest };
            }
        }
        let mean = strand_sum(largest, |number| number) / width as f32;
        for number in largest.iter_mut() {
            *number -= mean;
        }
        let variance = strand_sum(largest, |number| number * number) / width as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        for (((output, number), gain), shift) in output.iter_mut().zip(largest).zip(&self.gain).zip(&self.shift) {
            *output += *number * scale * gain + shift;
        }
    }
}

/// A sum in an order that is the same on every machine.
#[inline(always)]
fn strand_sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut strands = [0.0f32; STRANDS];
    let (blocks, rest) = numbers.as_chunks::<STRANDS>();
    for block in blocks {
        for (strand, &number) in strands.iter_mut().zip(block) {
            *strand += of(number);
        }
    }
    for (strand, &number) in strands.iter_mut().zip(rest) {
        *strand += of(number);
    }
    let mut half = STRANDS / 2;
    while half > 0 {
        for at in 0..half {
            strands[at] += strands[at + half];
        }
        half /= 2;
    }
    strands[0]
}

/// A matrix and a bias.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    matrix: Matrix,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads the layer from the weights.
    pub(crate) fn new(spec: &LinearSpec, weights: Weights<'_>) -> Result<Linear, Error> {
        let (numbers, [outputs, inputs]) = weights.tensor(&spec.weights)?;
        let mut bias = weights.shaped(&spec.bias, [outputs])?.to_vec();
        let matrix = Matrix::new(numbers, inputs, outputs, |output| output);
        bias.resize(matrix.stride(), 0.0);
        Ok(Linear { matrix, bias })
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.matrix.inputs()
    }

    /// Numbers in a row of the result.
    pub(crate) fn outputs(&self) -> usize {
        self.matrix.outputs()
    }

    /// From one row of the result to the next.
    pub(crate) fn stride(&self) -> usize {
        self.matrix.stride()
    }

    /// Computes rows of [`Linear::stride`] numbers.
    pub(crate) fn apply(&self, input: &[f32], rows: usize, packing: &mut Packing, output: &mut Vec<f32>) {
        self.matrix.multiply(input, self.inputs(), rows, packing, output);
        for row in output.chunks_exact_mut(self.stride()) {
            for (number, bias) in row.iter_mut().zip(&self.bias) {
                *number += bias;
            }
        }
    }

    /// Computes one row of [`Linear::stride`] numbers.
    pub(crate) fn apply_row(&self, input: &[f32], output: &mut [f32]) {
        self.matrix.multiply_row(input, output);
        for (number, bias) in output.iter_mut().zip(&self.bias) {
            *number += bias;
        }
    }
}

/// The place of the largest number, the first of several.
pub(crate) fn largest(numbers: &[f32]) -> usize {
    let mut best = 0;
    for (at, number) in numbers.iter().enumerate() {
        if *number > numbers[best] {
            best = at;
        }
    }
    best
}
