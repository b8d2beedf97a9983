//! Layers over rows: maxout with layer normalisation, and linear.

use super::matrix::Matrix;
use super::spec::{LinearSpec, MaxoutSpec, Weights};
use crate::error::Error;
use pulp::Arch;

/// What layer normalisation adds to a variance.
const EPSILON: f32 = 1e-8;
/// Sums of a row are made in so many strands.
const STRANDS: usize = 16;

/// Room for a layer's work.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// For products.
    pub(crate) product: Vec<f32>,
}

/// The largest of some linear functions for each output, normalised over the row.
#[derive(Debug, Clone)]
pub(crate) struct Maxout {
    matrix: Matrix,
    units: Units,
}

/// What a maxout layer does with its products.
#[derive(Debug, Clone)]
pub(crate) struct Units {
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    /// Reads the layer from the weights.
    pub(crate) fn new(spec: &MaxoutSpec, weights: Weights<'_>) -> Result<Maxout, Error> {
        let (numbers, [width, pieces, inputs]) = weights.tensor(&spec.weights)?;
        let units = Units::new(spec, width, pieces, weights)?;
        let matrix = Matrix::new(numbers, inputs, width * pieces, |output| Units::order(output, width, pieces));
        Ok(Maxout { matrix, units })
    }

    /// Numbers in a row of the result.
    pub(crate) fn width(&self) -> usize {
        self.units.gain.len()
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.matrix.inputs()
    }

    /// Adds the layer's answer for each row of `input`, which begin every `stride` numbers, to `output`.
    pub(crate) fn add_to(&self, input: &[f32], stride: usize, output: &mut [f32], workspace: &mut Workspace) {
        let rows = output.len() / self.width();
        self.matrix.multiply(input, stride, rows, &mut workspace.product);
        self.units.add_all_to(&mut workspace.product, self.matrix.stride(), output);
    }
}

impl Units {
    fn new(spec: &MaxoutSpec, width: usize, pieces: usize, weights: Weights<'_>) -> Result<Units, Error> {
        let bias = weights.shaped(&spec.bias, [width, pieces])?;
        Ok(Units {
            bias: (0..width * pieces).map(|output| bias[Units::order(output, width, pieces)]).collect(),
            gain: weights.shaped(&spec.gain, [width])?.to_vec(),
            shift: weights.shaped(&spec.shift, [width])?.to_vec(),
        })
    }

    /// Where the model keeps an output: here one piece of all units follows the other, so that the largest of each
    /// unit's pieces can be taken row by row.
    fn order(output: usize, width: usize, pieces: usize) -> usize {
        output % width * pieces + output / width
    }

    /// Adds the layer's answer for each row of products, which are used up, to `output`.
    fn add_all_to(&self, products: &mut [f32], stride: usize, output: &mut [f32]) {
        let rows = products.chunks_exact_mut(stride).zip(output.chunks_exact_mut(self.gain.len()));
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (product, output) in rows {
                    self.add_to(product, output);
                }
            },
        );
    }

    #[inline(always)]
    fn add_to(&self, product: &mut [f32], output: &mut [f32]) {
        let width = self.gain.len();
        for (number, bias) in product.iter_mut().zip(&self.bias) {
            *number += bias;
        }
        let (largest, rest) = product[..self.bias.len()].split_at_mut(width);
        for piece in rest.chunks_exact(width) {
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

/// A maxout layer over windows of words, in two steps: what a word contributes in each place of a window, which can
/// be kept for the word, and the sum over a window's places.
#[derive(Debug, Clone)]
pub(crate) struct SplitMaxout {
    matrix: Matrix,
    units: Units,
    places: usize,
}

impl SplitMaxout {
    /// Reads the layer, over windows of so many places, from the weights.
    pub(crate) fn new(spec: &MaxoutSpec, places: usize, weights: Weights<'_>) -> Result<SplitMaxout, Error> {
        let (numbers, [width, pieces, inputs]) = weights.tensor(&spec.weights)?;
        let units = Units::new(spec, width, pieces, weights)?;
        if places == 0 || inputs != width * places {
            return Err(Error::damaged("the layers of an encoder do not fit"));
        }
        let outputs = width * pieces;
        let mut by_place = Vec::with_capacity(numbers.len());
        for place in 0..places {
            for output in 0..outputs {
                let row = &numbers[Units::order(output, width, pieces) * inputs..][..inputs];
                by_place.extend_from_slice(&row[place * width..][..width]);
            }
        }
        Ok(SplitMaxout { matrix: Matrix::new(&by_place, width, places * outputs, |output| output), units, places })
    }

    /// Numbers in a row of the result.
    pub(crate) fn width(&self) -> usize {
        self.units.gain.len()
    }

    /// Numbers of what a word contributes.
    pub(crate) fn contribution(&self) -> usize {
        self.matrix.outputs()
    }

    /// Computes the contributions of words, `stride` numbers from one to the next; returns that of the results.
    pub(crate) fn contribute<'a>(&self, words: &[f32], stride: usize, count: usize, workspace: &'a mut Workspace) -> (&'a [f32], usize) {
        self.matrix.multiply(words, stride, count, &mut workspace.product);
        (&workspace.product, self.matrix.stride())
    }

    /// Adds the layer's answer for each row of `output`, by the contributions of the words in the rows, empty for none.
    pub(crate) fn add_to(&self, contributions: &[&[f32]], output: &mut [f32], workspace: &mut Workspace) {
        let outputs = self.units.bias.len();
        let reach = self.places / 2;
        workspace.product.clear();
        workspace.product.resize(contributions.len() * outputs, 0.0);
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (row, sums) in workspace.product.chunks_exact_mut(outputs).enumerate() {
                    for place in 0..self.places {
                        let word = (row + place).checked_sub(reach).and_then(|at| contributions.get(at));
                        let added = word.and_then(|word| word.get(place * outputs..(place + 1) * outputs));
                        for (sum, number) in sums.iter_mut().zip(added.unwrap_or_default()) {
                            *sum += number;
                        }
                    }
                }
            },
        );
        self.units.add_all_to(&mut workspace.product, outputs, output);
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
    pub(crate) fn apply(&self, input: &[f32], rows: usize, output: &mut Vec<f32>) {
        self.matrix.multiply(input, self.inputs(), rows, output);
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
