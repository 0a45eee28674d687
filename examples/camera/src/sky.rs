//! The picture: a night sky, a comet that crosses it, and a dot for every second of the minute.

use std::time::Duration;

use crate::canvas::{Canvas, HEIGHT, WIDTH};

const PASSAGE: f32 = 12.0; // seconds from one edge to the other
const TAIL: u8 = 48;

/// The sky so long after the beginning.
pub(crate) fn at(time: Duration) -> Canvas {
    let seconds = time.as_secs_f32();
    let mut canvas = Canvas::night();
    for star in 0..70_u8 {
        canvas.glow(place(star), 1.6, twinkle(star, seconds));
    }
    let way = (seconds / PASSAGE + 0.3).fract();
    for piece in (0..TAIL).rev() {
        let far = f32::from(piece) / f32::from(TAIL);
        let light = (1.0 - far).powi(2);
        let colour = [150.0 * light, (90.0 + 60.0 * light) * light, (230.0 - 60.0 * far) * light];
        canvas.glow(orbit(way - 0.3 * far), 4.0 + 9.0 * (1.0 - far), colour);
    }
    canvas.glow(orbit(way), 9.0, [255.0, 170.0, 110.0]);
    dial(&mut canvas, time.as_secs() % 60);
    canvas
}

/// Where the comet is on its way, from 0 to 1.
fn orbit(way: f32) -> (f32, f32) {
    let x = WIDTH as f32 * (1.25 * way - 0.1);
    let y = HEIGHT as f32 * (0.2 + 0.9 * (way - 0.6).powi(2));
    (x, y)
}

/// Somewhere; for every star somewhere else, and always there.
fn place(star: u8) -> (f32, f32) {
    let spread = |factor: f32| (f32::from(star + 3).powi(2) * factor).fract();
    (WIDTH as f32 * spread(0.618_034), HEIGHT as f32 * spread(0.754_878))
}

fn twinkle(star: u8, seconds: f32) -> [f32; 3] {
    let light = 90.0 + 50.0 * (seconds * 1.3 + f32::from(star)).sin();
    [light, light, light * 1.2]
}

/// Sixty dots, lit up to this second.
fn dial(canvas: &mut Canvas, second: u64) {
    let step = WIDTH as f32 / 61.0;
    for dot in 0..60_u8 {
        let x = step * (f32::from(dot) + 1.0);
        let colour =
            if u64::from(dot) <= second { [255.0, 150.0, 90.0] } else { [60.0, 60.0, 100.0] };
        canvas.glow((x, HEIGHT as f32 - 9.0), 2.6, colour);
    }
}
