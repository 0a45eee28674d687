//! Pixels, light on them, and PNG.

/// Pixels in a row.
pub(crate) const WIDTH: u16 = 400;
/// Rows.
pub(crate) const HEIGHT: u16 = 225;

/// A picture of red, green and blue bytes.
pub(crate) struct Canvas(Vec<u8>);

impl Canvas {
    /// A dark sky that is a little lighter below.
    pub(crate) fn night() -> Self {
        let row = |y: u16| {
            let depth = u8::try_from(y * 40 / HEIGHT).unwrap_or_default();
            [10 + depth / 3, 11 + depth / 4, 30 + depth].repeat(usize::from(WIDTH))
        };
        Self((0..HEIGHT).flat_map(row).collect())
    }

    /// Adds a spot of light, brightest in its middle.
    pub(crate) fn glow(&mut self, (x, y): (f32, f32), radius: f32, colour: [f32; 3]) {
        let (left, right) = span(x, radius, WIDTH);
        let (top, bottom) = span(y, radius, HEIGHT);
        let rows = self.0.chunks_exact_mut(3 * usize::from(WIDTH));
        for (row, line) in rows.enumerate().take(bottom).skip(top) {
            for (column, pixel) in line.chunks_exact_mut(3).enumerate().take(right).skip(left) {
                let off = (column as f32 - x).hypot(row as f32 - y) / radius;
                let light = (1.0 - off).max(0.0).powi(2);
                for (byte, colour) in pixel.iter_mut().zip(colour) {
                    *byte = (f32::from(*byte) + colour * light).min(255.0) as u8;
                }
            }
        }
    }

    /// The picture as a file.
    pub(crate) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, u32::from(WIDTH), u32::from(HEIGHT));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        encoder.write_header()?.write_image_data(&self.0)?;
        Ok(file)
    }
}

/// The pixels from `middle - radius` to `middle + radius` that are on the canvas.
fn span(middle: f32, radius: f32, most: u16) -> (usize, usize) {
    let within = |edge: f32| edge.clamp(0.0, f32::from(most)) as usize;
    (within(middle - radius), within(middle + radius + 1.0))
}
