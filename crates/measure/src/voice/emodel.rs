//! The E-model, narrow-band (ITU-T G.107, 06/2015): from delay and loss to a transmission rating and an opinion score.
//!
//! Every input that a packet stream does not tell has its default of table 3, with echo cancelled: what is rated is
//! the link, not a telephone.

use super::codec::Codec;

/// Defaults of G.107 table 3 that enter below (loudness in dB, noise in dBm0p or dB(A)).
mod table {
    pub(super) const SLR: f64 = 8.0;
    pub(super) const RLR: f64 = 2.0;
    pub(super) const STMR: f64 = 15.0;
    pub(super) const DS: f64 = 3.0;
    pub(super) const DR: f64 = 3.0;
    pub(super) const TELR: f64 = 65.0;
    pub(super) const WEPL: f64 = 110.0;
    pub(super) const QDU: f64 = 1.0;
    pub(super) const NC: f64 = -70.0;
    pub(super) const NFOR: f64 = -64.0;
    pub(super) const PS: f64 = 35.0;
    pub(super) const PR: f64 = 35.0;
}

/// What a conversation suffers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Conversation {
    /// Mouth to ear, milliseconds.
    pub(crate) delay_ms: f64,
    /// Packets lost or too late to be played, percent.
    pub(crate) loss_percent: f64,
    /// Mean length of a loss run over what it would be if losses came by chance; 1 at least.
    pub(crate) burst_ratio: f64,
}

impl Conversation {
    /// The transmission rating R of a codec, on the narrow-band scale: 93.2 at best, 70 is "medium" (G.109).
    /// For Opus it is the full-band rating (G.107.2, with rtpengine's equipment impairment) brought to that scale.
    pub(crate) fn rating(&self, codec: Codec) -> f64 {
        let loss = self.loss_percent.clamp(0.0, 100.0);
        let delay = delay_impairment(self.delay_ms);
        // Equipment impairment and robustness to loss: G.113 appendix I.
        let (equipment, robustness) = match codec {
            Codec::G711 => (0.0, 25.1),
            Codec::G729 => (11.0, 19.0),
            Codec::Opus24 => {
                let full_band = 148.0 - 1.48 * delay - (10.2 + 121.8 * loss / (loss + 4.3));
                return full_band / 1.48;
            }
        };
        let burst = self.burst_ratio.max(1.0);
        let effective = equipment + (95.0 - equipment) * loss / (loss / burst + robustness);
        undisturbed() - delay - effective
    }
}

/// The mean opinion score of a rating (G.107 annex B), 1 to 4.5. Below 6.5 the cubic would dip under 1.
pub(crate) fn mos(rating: f64) -> f64 {
    if rating < 6.5153 {
        1.0
    } else if rating > 100.0 {
        4.5
    } else {
        1.0 + 0.035 * rating + rating * (rating - 60.0) * (100.0 - rating) * 7e-6
    }
}

/// Idd: what pure delay takes (clause 7.4, with sT = 1 and mT = 100 ms).
fn delay_impairment(delay_ms: f64) -> f64 {
    if delay_ms <= 100.0 {
        return 0.0;
    }
    let x = (delay_ms / 100.0).log2();
    25.0 * ((1.0 + x.powi(6)).powf(1.0 / 6.0) - 3.0 * (1.0 + (x / 3.0).powi(6)).powf(1.0 / 6.0)
        + 2.0)
}

/// Ro - Is - Idle with every default: 93.2.
fn undisturbed() -> f64 {
    let noise = noise();
    let ratio = 15.0 - 1.5 * (table::SLR + noise);
    ratio - simultaneous(ratio, noise) - listener_echo(ratio)
}

fn level(db: f64) -> f64 {
    10_f64.powf(db / 10.0)
}

/// No: every noise at the 0 dBr point (clause 7.2).
fn noise() -> f64 {
    let overall = table::SLR + table::RLR;
    let sent = table::PS - table::SLR - table::DS - 100.0
        + 0.004 * (table::PS - overall - table::DS - 14.0).powi(2);
    let effective = table::PR + 10.0 * (1.0 + level(10.0 - table::STMR - table::DR)).log10();
    let received = table::RLR - 121.0 + effective + 0.008 * (effective - 35.0).powi(2);
    let floor = table::NFOR + table::RLR;
    10.0 * (level(table::NC) + level(sent) + level(received) + level(floor)).log10()
}

/// Is: what comes together with the voice: loudness, sidetone, quantising (clause 7.3).
fn simultaneous(ratio: f64, noise: f64) -> f64 {
    loudness(noise) + sidetone() + quantising(ratio)
}

/// The n-th root of 1 + x^n.
fn root(x: f64, power: i32) -> f64 {
    (1.0 + x.powi(power)).powf(1.0 / f64::from(power))
}

fn loudness(noise: f64) -> f64 {
    let x = (table::SLR + table::RLR + 0.2 * (64.0 + noise - table::RLR)) / 8.0;
    20.0 * (root(x, 8) - x)
}

fn sidetone() -> f64 {
    // With no echo path delay the talker's echo adds to the sidetone in full.
    let masking = -10.0 * (level(-table::STMR) + level(-table::TELR)).log10();
    12.0 * root((masking - 13.0) / 6.0, 8)
        - 28.0 * root((masking + 1.0) / 19.4, 35)
        - 13.0 * root((masking - 3.0) / 33.0, 13)
        + 29.0
}

fn quantising(ratio: f64) -> f64 {
    let q = 37.0 - 15.0 * table::QDU.log10();
    let g = 1.07 + 0.258 * q + 0.0602 * q * q;
    let y = (ratio - 100.0) / 15.0 + 46.0 / 8.4 - g / 9.0;
    let z = 46.0 / 30.0 - g / 40.0;
    15.0 * (1.0 + 10_f64.powf(y) + 10_f64.powf(z)).log10()
}

/// Idle: the listener's echo at no round trip (clause 7.4).
fn listener_echo(ratio: f64) -> f64 {
    let echo = 10.5 * (table::WEPL + 7.0);
    (ratio - echo) / 2.0 + ((ratio - echo).powi(2) / 4.0 + 169.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(delay_ms: f64, loss_percent: f64, burst_ratio: f64, codec: Codec) -> f64 {
        let heard = Conversation {
            delay_ms,
            loss_percent,
            burst_ratio,
        };
        heard.rating(codec)
    }

    #[test]
    fn nothing_wrong_gives_the_published_default() {
        let rating = rating(0.0, 0.0, 1.0, Codec::G711);
        assert!((rating - 93.2062).abs() < 5e-5, "{rating}");
        assert!((mos(rating) - 4.4094).abs() < 5e-5);
    }

    #[test]
    fn the_vectors_of_g_107_come_out() {
        use Codec::{G711, G729};
        let table = [
            (50.0, 0.0, 1.0, G711, 93.21, 4.41),
            (100.0, 0.0, 1.0, G711, 93.21, 4.41),
            (125.0, 0.0, 1.0, G711, 93.20, 4.41),
            (150.0, 0.0, 1.0, G711, 93.04, 4.41),
            (175.0, 0.0, 1.0, G711, 92.17, 4.39),
            (200.0, 0.0, 1.0, G711, 90.16, 4.34),
            (250.0, 0.0, 1.0, G711, 84.29, 4.18),
            (300.0, 0.0, 1.0, G711, 78.45, 3.96),
            (400.0, 0.0, 1.0, G711, 69.14, 3.56),
            (500.0, 0.0, 1.0, G711, 62.57, 3.23),
            (800.0, 0.0, 1.0, G711, 52.37, 2.70),
            (100.0, 1.0, 1.0, G711, 89.57, 4.33),
            (100.0, 5.0, 1.0, G711, 77.43, 3.92),
            (100.0, 10.0, 1.0, G711, 66.14, 3.41),
            (150.0, 1.0, 1.0, G711, 89.40, 4.32),
            (200.0, 2.0, 1.0, G711, 83.15, 4.14),
            (300.0, 5.0, 1.0, G711, 62.66, 3.24),
            (100.0, 5.0, 2.0, G711, 75.99, 3.87),
            (100.0, 0.0, 1.0, G729, 82.21, 4.10),
            (100.0, 1.0, 1.0, G729, 78.01, 3.95),
            (100.0, 5.0, 1.0, G729, 64.71, 3.34),
        ];
        for (delay, loss, burst, codec, expected, score) in table {
            let rating = rating(delay, loss, burst, codec);
            assert!(
                (rating - expected).abs() < 0.011,
                "{delay} ms {loss} %: {rating}, not {expected}"
            );
            assert!((mos(rating) - score).abs() < 0.011, "{delay} ms {loss} %");
        }
    }

    #[test]
    fn the_score_follows_annex_b_and_never_dips_under_one() {
        let table = [
            (-20.0, 1.0),
            (0.0, 1.0),
            (3.0, 1.0),
            (6.5153, 1.0),
            (10.0, 1.035),
            (50.0, 2.575),
            (60.0, 3.1),
            (70.0, 3.597),
            (80.0, 4.024),
            (90.0, 4.339),
            (93.2, 4.4093),
            (94.0, 4.4242),
            (100.0, 4.5),
            (120.0, 4.5),
        ];
        for (rating, score) in table {
            assert!(
                (mos(rating) - score).abs() < 6e-5,
                "{rating}: {}",
                mos(rating)
            );
        }
        let scores: Vec<f64> = (-10..110).map(|r| mos(f64::from(r))).collect();
        assert!(scores.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn opus_is_rated_on_the_same_scale() {
        let perfect = rating(50.0, 0.0, 1.0, Codec::Opus24);
        assert!((perfect - 137.8 / 1.48).abs() < 1e-9, "{perfect}");
        assert!(rating(50.0, 10.0, 1.0, Codec::Opus24) < 50.0);
    }
}
