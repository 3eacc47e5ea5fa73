# The pages of a partner and of its homes, and the demo.

page-partner = Partner { $name }
page-home = Home { $site }, { $town }
page-window = From { $from } to { $to }
page-made = Made by opensim-fleet { $version } on { $day } from what the homes sent.
page-private = Days are shown and no hours. Of other partners' homes only sums are shown, and only where they are at least { $count }.
page-lead-unmeasured = { $count ->
    [one] Nothing was measured yet at this home.
   *[other] Nothing was measured yet at these { $count } homes.
}
page-lead-rest = { $count ->
    [one] One more home was not measured yet.
   *[other] { $count } more homes were not measured yet.
}
page-lead = { $count ->
    [one] { $enough ->
        [0] The one home that was measured does not have
       *[other] The one home that was measured has
    }
   *[other] { $enough } of { $count } homes have
} what a working day needs on the carrier in use. { $below ->
    [0] None is below it.
    [one] One is below it, and { $instead ->
        [0] no other carrier measured there would serve it.
       *[other] another carrier would serve it.
    }
   *[other] { $below } are below it; { $instead ->
        [0] no other carrier measured there would serve any of them.
        [one] another carrier would serve one of them.
       *[other] another carrier would serve { $instead } of them.
    }
}
page-partial = Incomplete: a file of the fleet cannot be read and was left out.
page-percent = { $n } %
page-dbm = { $n } dBm
page-yes = yes
page-no = no
page-homes = { $count ->
    [one] 1 home
   *[other] { $count } homes
}
page-at_least = at least { $rate }

page-below = Below the need
page-below-none = No home was below the need when it was last measured.
page-below-about = When last measured, the carrier in use was not enough at these homes: less than 200 kbit/s one way, a call that was too poor, or no network any more. A carrier is named instead where it was measured there and is enough.
page-instead-none = none measured is enough
page-worse = Worse since last week
page-worse-none = Nothing got worse in the last week beyond what varies anyway.
page-worse-about = Compared with the four weeks before: the level fell by 6 dB or more and by more than it varies, or the carrier was nearly always there and is gone.
page-worse-gone = gone
page-worse-weaker = weaker
page-automatic = Choosing by themselves
page-automatic-none = No modem chooses its carrier by itself.
page-automatic-about = These homes' modems choose their carrier by themselves. Choose one with opensim switch; in France a SIM card may not be switched automatically.
page-one_cell = Two carriers, one cell
page-one_cell-none = No home receives two carriers from one cell.
page-one_cell-about = Here two carriers come from the same cell: changing from one to the other helps little, and if that mast fails both are gone.
page-communes = Where, and which carrier
page-communes-about = For each carrier: in how many of the measured surveys it was enough, at how many of this partner's homes, and its mean level. The last column is of all partners' homes, where they are at least { $count }.
page-best = { $count ->
    [0] is best nowhere
    [one] is best in one commune
   *[other] is best in { $count } communes
}
page-unmeasured = not measured
page-too_few = too few homes
page-map = Map of the communes
page-map-town = { $town }, { $homes }: { $best ->
    [none] not measured, or nothing was enough.
   *[other] best with { $best }.
}
page-map-unmeasured = not measured, or nothing was enough
page-map-unnamed = { $count ->
    [one] One commune has no room for its name on the map; the table has it.
   *[other] { $count } communes have no room for their names on the map; the table has them.
}
page-trend = Month by month
page-trend-about = In how many of the measured surveys a carrier was enough, and at how many homes it was looked for.
page-trend-of = { $name }, month by month
page-trend-value = { $share ->
    [none] not measured
   *[other] { $share }
} · { $homes }
page-trend-said = { $month }: { $said }.
page-month_of = { $name } { $year }
page-month-01 = January
page-month-02 = February
page-month-03 = March
page-month-04 = April
page-month-05 = May
page-month-06 = June
page-month-07 = July
page-month-08 = August
page-month-09 = September
page-month-10 = October
page-month-11 = November
page-month-12 = December
page-all = All homes

page-home-below = { $carrier }, in use here, is below what a working day needs; { $instead ->
    [none] no other carrier measured here is enough.
   *[other] { $instead } is enough.
}
page-home-unmeasured = No speed was measured here in this time.
page-home-suitable = { $carrier }, in use here, is enough for a working day.
page-home-uncertain = { $carrier }, in use here, is at the edge of what a working day needs.
page-home-unsuitable = { $carrier }, in use here, is not enough for a working day.
page-measured = What was measured on { $day }
page-used = in use
page-timeline = The signal over time
page-timeline-about = A dot for each survey. Disc: excellent or good signal; ring: fair; diamond: poor or unusable; cross: the carrier was not there.
page-timeline-said = Surveys: { $count }, without this carrier: { $absent }. Lowest { $low ->
    [none] unknown
   *[other] { $low }
}, highest { $high ->
    [none] unknown
   *[other] { $high }
}, last { $last ->
    [none] not there
   *[other] { $last }
}.
page-absent = not there
page-surveys = Survey by survey
page-surveys-last = The last { $count } are listed.
page-signal = { $word } signal

page-field-homes = Homes
page-field-communes = Communes
page-field-in_use = Carrier in use
page-field-mode = Selection
page-field-last = Last survey
page-field-measured = Last measured
page-field-surveys = Surveys
page-column-home = Home
page-column-homes = Homes
page-column-town = Commune
page-column-in_use = In use
page-column-carrier = Carrier
page-column-carriers = Carriers
page-column-verdict = Conclusion
page-column-down = Down
page-column-up = Up
page-column-down_low = Down, at least
page-column-up_low = Up, at least
page-column-mos = Call (MOS)
page-column-rsrp = Level
page-column-instead = Instead
page-column-before = Before
page-column-now = Now
page-column-how = How
page-column-last = Last survey
page-column-day = Day
page-column-all = Best, all partners

help-page = Write a partner's pages: what to do, a map, each home over time
help-page-examples = opensim-fleet page --partner ouest --out pages  a partner's pages
    opensim-fleet page --out pages                  every partner's, each in a folder
help-page-partner = The partner; without it every one, each in a folder of its own
help-page-out = Where the pages go
help-page-since = From this day on; the last 35 days by default
help-page-until = Up to the day before this one
help-page-engine = The engine that answers: duckdb, spark, clickhouse
help-page-min-sites = The fewest homes of others of which something is told together
page-none = No home of the list has a partner, so there are no pages to write.
page-written = Pages: { $count }. Open { $file } in a browser.

help-demo = Make a fleet of virtual homes, and ask it everything
help-demo-examples = opensim-fleet demo             200 homes, in the folder fleet-demo
    opensim-fleet demo --homes 20  fewer homes, quicker
help-demo-homes = How many homes
help-demo-out = The folder to make; it must not be there yet
help-demo-seed = What the homes follow from: the same number, the same homes
help-demo-engine = The engine that answers: duckdb, spark, clickhouse
demo-anew = The demo in this folder was stopped midway: it is made anew.
demo-begin = Virtual modems in { $homes } homes are surveyed, { $documents } times in all. No network is opened: what is measured goes over this computer's own loopback.
demo-progress = { $done } of { $count } surveys
demo-made = { $documents } documents are in { $inbox }. Each is what opensim scan printed in a virtual home. Speeds were measured in { $measured } of them, a call in { $called }; the others only read levels. Their dates are not true: they were put into the five weeks up to { $day }.
demo-again = { $count } surveys were made again at a slower pace: this computer was busy.
demo-planted = Put there to be found:
demo-planted-automatic = modems that choose by themselves: { $count }, found { $found }
demo-planted-below = homes below the need where another carrier would do: { $count }, found { $found }
demo-planted-below_all = homes below the need with no way out: { $count }, found { $found }
demo-planted-shared = homes where two carriers are one cell: { $count }, found { $found }
demo-planted-faded = homes whose carrier lost 14 dB in the last week: { $count }, found { $found }
demo-planted-gone = homes that lost a carrier in the last week: { $count }, found { $found }
demo-planted-dead = homes where a carrier never was: { $count }
demo-more = … and { $count } more rows: opensim-fleet --fleet { $folder } ask { $question }
demo-pages = Pages of { $count } partners are in { $folder }. Open { $file } in a browser.
demo-next = Go on with: opensim-fleet --fleet { $folder } ask place
demo-time = Surveys { $surveys } s, taken in { $ingest } s, questions and pages { $answers } s.
error-fleet-partner_unknown = No home of the list is of a partner "{ $name }".
hint-fleet-partner_unknown = Look at the list of sites that "opensim-fleet sites" was given.
error-fleet-demo_failed = A virtual home could not be surveyed: { $said }
hint-fleet-demo_failed = Try again with fewer homes (--homes 20), or when the computer has less to do.
error-fleet-demo_there = { $file } is there already.
hint-fleet-demo_there = Name another folder with --out, or remove that one.
