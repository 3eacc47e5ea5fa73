//! Communes on a map, as inline SVG: a mark each, whose shape and colour are the carrier that fares best there, and its name.
//!
//! Nothing is loaded: the outline is the program's own. The picture says no more than the table beside it.

use maud::{Markup, html};
use opensim::i18n::{Catalogue, clean};

use super::facts::PartnerFacts;
use super::mark::Mark;
use super::outline::{CORSICA, MAINLAND};

/// Pixels of the picture's own.
const WIDTH: f64 = 340.0;
const TALLEST: f64 = 400.0;
const LOWEST: f64 = 200.0;
/// Kept free at the edges.
const EDGE: f64 = 40.0;
/// A letter, and a line.
const LETTER: f64 = 7.4;
const LINE: f64 = 15.0;
/// The least part of the world that is shown, in degrees.
const SPAN: f64 = 1.6;

/// A commune as it is drawn.
struct Point {
    name: String,
    homes: u64,
    best: Option<String>,
    at: (f64, f64),
    label: Option<Label>,
}

/// Where its name stands.
#[derive(Clone, Copy)]
struct Label {
    at: (f64, f64),
    anchor: &'static str,
}

/// A rectangle: its left, top, right and bottom.
type Area = (f64, f64, f64, f64);

/// From degrees to pixels.
struct Projection {
    west: f64,
    north: f64,
    scale: f64,
    squeeze: f64,
    margin: (f64, f64),
    height: f64,
}

/// The map of a partner's communes; nothing where the registry says of none where it is.
pub(super) fn map(facts: &PartnerFacts, words: &Catalogue) -> Option<Markup> {
    let mut points = points(facts);
    let projection = Projection::of(&points)?;
    for point in &mut points {
        point.at = projection.at(point.at);
    }
    name(&mut points, projection.height);
    let carriers = facts.carriers();
    let said: Vec<String> = points.iter().map(|point| told(point, words)).collect();
    let unnamed = points.iter().filter(|point| point.label.is_none()).count();
    Some(html! {
        div.panel.map {
            svg role="img" aria-labelledby="map-title" aria-describedby="map-said"
                viewBox={ "0 0 " (WIDTH) " " (projection.height.round()) } {
                title id="map-title" { (words.text("page-map")) }
                desc id="map-said" { (said.join(" ")) }
                g aria-hidden="true" {
                    path.land d=(projection.path()) {}
                    @for point in &points {
                        @let best = point.best.as_deref();
                        (best.map_or(Mark::Unknown, Mark::of).at(point.at))
                    }
                    @for point in &points {
                        @if let Some(label) = point.label {
                            text.place x=(tenth(label.at.0)) y=(tenth(label.at.1)) text-anchor=(label.anchor) { (point.name) }
                        }
                    }
                }
            }
        }
        ul.legend {
            @for id in &carriers {
                li { (Mark::of(id).key()) " " (words.carrier(id)) }
            }
            @if points.iter().any(|point| point.best.is_none()) {
                li { (Mark::Unknown.key()) " " (words.text("page-map-unmeasured")) }
            }
        }
        @if unnamed > 0 { p.source { (words.text_of("page-map-unnamed", [("count", unnamed)])) } }
    })
}

fn points(facts: &PartnerFacts) -> Vec<Point> {
    let counted = facts.homes_by_town();
    let point = |(code, homes): (&&str, &u64)| {
        let at = facts.towns.get(*code)?.place?;
        let best = facts.own.get(*code).and_then(|rows| rows.first());
        Some(Point {
            name: clean(facts.town(code)),
            homes: *homes,
            best: best
                .filter(|row| row.suitable.is_some_and(|share| share > 0.0))
                .map(|row| row.carrier.clone()),
            at,
            label: None,
        })
    };
    counted.iter().filter_map(point).collect()
}

fn told(point: &Point, words: &Catalogue) -> String {
    let best = point.best.as_deref().map(|id| words.carrier(id));
    let best = best.unwrap_or_else(|| "none".to_owned());
    let homes = words.text_of("page-homes", [("count", point.homes)]);
    words.text_of(
        "page-map-town",
        [
            ("town", point.name.clone()),
            ("homes", homes),
            ("best", best),
        ],
    )
}

impl Projection {
    fn of(points: &[Point]) -> Option<Self> {
        let range = |of: fn(&Point) -> f64| {
            let values = || points.iter().map(of);
            let least = values().min_by(f64::total_cmp)?;
            let most = values().max_by(f64::total_cmp)?;
            let more = ((SPAN - (most - least)) / 2.0).max(0.0);
            Some((least - more, most + more))
        };
        let (south, north) = range(|point| point.at.0)?;
        let (west, east) = range(|point| point.at.1)?;
        // A degree of longitude is shorter than one of latitude.
        let squeeze = f64::midpoint(south, north).to_radians().cos();
        let (wide, high) = ((east - west) * squeeze, north - south);
        let room = WIDTH - 2.0 * EDGE;
        let scale = (room / wide).min((TALLEST - 2.0 * EDGE) / high);
        let height = (high * scale + 2.0 * EDGE).max(LOWEST);
        let margin = ((WIDTH - wide * scale) / 2.0, (height - high * scale) / 2.0);
        Some(Self {
            west,
            north,
            scale,
            squeeze,
            margin,
            height,
        })
    }

    fn at(&self, (lat, lon): (f64, f64)) -> (f64, f64) {
        (
            self.margin.0 + (lon - self.west) * self.squeeze * self.scale,
            self.margin.1 + (self.north - lat) * self.scale,
        )
    }

    fn path(&self) -> String {
        let drawn = |points: &[(f64, f64)]| {
            let land: Vec<(f64, f64)> = points.iter().map(|point| self.at(*point)).collect();
            let land = within(land, self.height.round());
            let points: Vec<String> = land.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            if points.is_empty() {
                String::new()
            } else {
                format!("M{}Z", points.join("L"))
            }
        };
        drawn(MAINLAND) + &drawn(CORSICA)
    }
}

/// What of an area is in the picture (Sutherland and Hodgman, a side after the other): the rest would lie over the page.
fn within(mut area: Vec<(f64, f64)>, height: f64) -> Vec<(f64, f64)> {
    // How far inside of a side a point is.
    let sides: [&dyn Fn((f64, f64)) -> f64; 4] =
        [&|p| p.0, &|p| WIDTH - p.0, &|p| p.1, &|p| height - p.1];
    for inside in sides {
        let mut kept = Vec::new();
        for (at, &to) in area.iter().enumerate() {
            let from = area[(at + area.len() - 1) % area.len()];
            let (before, now) = (inside(from), inside(to));
            if (before < 0.0) != (now < 0.0) {
                let share = before / (before - now);
                kept.push((
                    from.0 + (to.0 - from.0) * share,
                    from.1 + (to.1 - from.1) * share,
                ));
            }
            if now >= 0.0 {
                kept.push(to);
            }
        }
        area = kept;
    }
    area
}

/// Gives each commune's name a place that is free, those with most homes first; one for which there is none has none.
fn name(points: &mut [Point], height: f64) {
    let mut taken: Vec<Area> = points
        .iter()
        .map(|point| {
            (
                point.at.0 - 8.0,
                point.at.1 - 8.0,
                point.at.0 + 8.0,
                point.at.1 + 8.0,
            )
        })
        .collect();
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|at| {
        (
            std::cmp::Reverse(points[*at].homes),
            points[*at].name.clone(),
        )
    });
    for at in order {
        let point = &points[at];
        let width = point.name.chars().count() as f64 * LETTER;
        let (x, y) = point.at;
        let places = [
            ((x + 11.0, y + 4.5), "start", x + 11.0),
            ((x - 11.0, y + 4.5), "end", x - 11.0 - width),
            ((x, y - 11.0), "middle", x - width / 2.0),
            ((x, y + 21.0), "middle", x - width / 2.0),
        ];
        let free = places.into_iter().find_map(|(at, anchor, left)| {
            let area = (left, at.1 - LINE + 3.0, left + width, at.1 + 4.0);
            let is_inside =
                area.0 >= 1.0 && area.2 <= WIDTH - 1.0 && area.1 >= 0.0 && area.3 <= height;
            let is_free = taken.iter().all(|other| !touch(&area, other));
            (is_inside && is_free).then_some((Label { at, anchor }, area))
        });
        if let Some((label, area)) = free {
            taken.push(area);
            points[at].label = Some(label);
        }
    }
}

fn touch(one: &Area, other: &Area) -> bool {
    one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
