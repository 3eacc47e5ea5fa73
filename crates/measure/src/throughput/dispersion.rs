//! How uneven a flow is: the variance of what arrives over its mean, on the scale where it is greatest.

use super::rule::RateRule;

/// Block lengths in ticks of 50 ms: 0.1, 0.2, 0.4 and 0.8 s. A scheduler's or a fading link's unevenness shows on
/// one of them.
const SCALES: [usize; 4] = [2, 4, 8, 16];

/// Seconds of a tick.
pub(super) const TICK_S: f64 = 0.05;

/// The dispersion in bytes of cumulative counts, one a tick, cut backwards from the newest into blocks.
///
/// Each scale's estimate is shrunk towards the rule's prior; above the need it is scaled back to the need, since
/// fading multiplies. The prior alone while no scale has two blocks.
pub(super) fn dispersion(counts: &[f64], rule: &RateRule) -> f64 {
    let greatest = SCALES
        .iter()
        .filter_map(|&scale| of_scale(counts, scale, rule))
        .fold(0.0, f64::max);
    let estimate = if greatest > 0.0 { greatest } else { rule.prior };
    estimate.max(rule.floor)
}

fn of_scale(counts: &[f64], scale: usize, rule: &RateRule) -> Option<f64> {
    let edges: Vec<f64> = counts.iter().rev().step_by(scale).copied().collect();
    let blocks: Vec<f64> = edges.windows(2).map(|pair| pair[0] - pair[1]).collect();
    let count = blocks.len() as f64;
    if blocks.len() < 2 {
        return None;
    }
    let mean = blocks.iter().sum::<f64>() / count;
    let spread = if mean > 0.0 {
        let squares: f64 = blocks.iter().map(|block| (block - mean).powi(2)).sum();
        let needed = rule.need * scale as f64 * TICK_S;
        squares / mean * (needed / mean).min(1.0)
    } else {
        0.0
    };
    Some((rule.prior_weight * rule.prior + spread) / (rule.prior_weight + count - 1.0))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_even_flow_disperses_less_the_longer_it_is_seen_and_a_lumpy_one_more() {
        let rule = RateRule::down(200_000, Duration::from_secs(8));
        let even: Vec<f64> = (0..100).map(|k| f64::from(k) * 1250.0).collect();
        assert!((dispersion(&even[..4], &rule) - rule.prior).abs() < 1e-9);
        assert!(dispersion(&even[..20], &rule) < rule.prior);
        assert!(dispersion(&even, &rule) < dispersion(&even[..20], &rule));
        let lumpy: Vec<f64> = (0..100).map(|k| f64::from(k / 8) * 10_000.0).collect();
        assert!(dispersion(&lumpy, &rule) > rule.prior);
    }

    #[test]
    fn silence_is_taken_by_the_prior_alone() {
        let rule = RateRule::down(200_000, Duration::from_secs(8));
        let silent = dispersion(&[0.0; 60], &rule);
        assert!(silent >= rule.floor && silent <= rule.prior, "{silent}");
    }
}
