"""Computes the figures of an auditor's report from raw histories, by other means, and compares them with the report.

    audit_figures.py HISTORIES.ndjson REPORT.json [PLANTED.json]

Needs Python 3.11 with time zones and nothing else. Bank holidays are those in the repository. What each figure means is
in Docs/AuditReport.md; this script was written from that, not from the Swift sources.
"""
import json
import pathlib
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTES = {"requester", "pause", "resume", "event", "told"}
DECISIONS = {"decided-disclose", "decided-partial", "deferred", "refused"}
OCCURRENCES = {
    "arrest": "right-6", "interview": "right-6", "release": "right-6", "bail-change": "right-6",
    "dvds-application": "dvds", "spo-service": "spo-notification",
}
PROPOSAL = {
    "longest-deferral-days": 28,
    "limits": {
        "decision": {"working-days": 5, "enhanced-working-days": 1},
        "delivery": {"working-days": 5, "enhanced-working-days": 1},
        "deferral-review": {"days": 7},
        "right-6": {"working-days": 5, "enhanced-working-days": 1},
        "dvds": {"days": 28}, "spo-notification": {"days-beginning-with": 3}, "correction": {"days": 0},
    }
}
HOLIDAYS = {
    date.fromisoformat(event["date"])
    for event in json.loads((ROOT / "Sources/Disclosure/Data/bank-holidays.json").read_text())[
        "england-and-wales"
    ]["events"]
}


def london_date(instant):
    return datetime.fromtimestamp(instant, timezone.utc).astimezone(LONDON).date()


def end_of_day(day):
    return int(datetime.combine(day, time(23, 59, 59), LONDON).timestamp())


def is_working_day(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def limit_of(rules, clock, enhanced):
    given = rules["limits"].get(clock, {})
    if enhanced:
        for key, value in given.items():
            if key.startswith("enhanced-"):
                return key.removeprefix("enhanced-"), value
    for key, value in given.items():
        if not key.startswith("enhanced-"):
            return key, value
    return None


def due(clock, rules, enhanced, now):
    """When a clock's limit ends; None without a limit."""
    if clock["kind"] == "deferral-review":
        return end_of_day(date.fromisoformat(clock["review_by"])) if clock["review_by"] else None
    limit = limit_of(rules, clock["kind"], enhanced)
    if limit is None:
        return None
    unit, left = limit
    day = london_date(clock["start"])
    if unit == "days-beginning-with":
        left -= 1
    while left > 0:
        day += timedelta(days=1)
        if any(start <= end_of_day(day) < (now if end is None else end) for start, end in clock["pauses"]):
            continue
        if unit == "working-days" and not is_working_day(day):
            continue
        left -= 1
    return end_of_day(day)


def clocks_of(line):
    """The clocks of a record, with the states that stop each and those that are what it waits for."""
    entries = line["entries"]
    steps = [entry for entry in entries if entry["action"] not in NOTES]
    found = []

    def first(index, states):
        return next(((e["time"], e["state"]) for e in steps[index:] if e["state"] in states), None)

    def add(kind, start, stop, wanted, review_by=None):
        found.append({
            "kind": kind, "start": start, "stop": stop[0] if stop else None,
            "met": stop is not None and (wanted is None or stop[1] == "told" or any(
                e["time"] == stop[0] and e["state"] in wanted for e in steps)),
            "review_by": review_by, "pauses": [],
        })

    confirmed = line["basis"].get("confirmed_at")
    # The record's own word goes before that of the identification, unless the rules do not accept the record.
    if not line["broken"]:
        for entry in entries:
            event = (entry.get("content") or {}).get("event", {})
            if event.get("action") in ("due", "hold-back"):
                confirmed = event.get("time", confirmed)
    if confirmed is not None:
        decided = DECISIONS | {"victim-declined"}
        # What was held back was decided on, and the victim first told, in the record that it came from.
        if not steps or steps[0]["state"] != "deferred":
            add("decision", confirmed, first(0, decided | {"closed"}), decided)
            add("end-to-end", confirmed, first(0, {"disclosed", "closed"}), {"disclosed"})
    for index, entry in enumerate(steps):
        state = entry["state"]
        event = (entry.get("content") or {}).get("event", {})
        if state in ("decided-disclose", "decided-partial"):
            add("delivery", entry["time"], first(index + 1, {"disclosed", "deferred", "closed"}), {"disclosed"})
        elif state == "deferred":
            review = event.get("deferral", {}).get("review_by")
            add("deferral-review", entry["time"], first(index + 1, {"under-review", "closed"}), {"under-review"},
                review)
        elif state == "correction-due":
            add("correction", entry["time"], first(index + 1, {"corrected"}), {"corrected"})
    disclosed = first(0, {"disclosed", "closed"})
    happened = []
    for entry in entries:
        event = (entry.get("content") or {}).get("event", {})
        if event.get("action") == "event":
            happened.append([event["kind"], event["time"], None])
        elif event.get("action") == "told":
            # The first that happened of those that are left, in whatever order they were noted.
            left = [one for one in happened
                    if one[0] == event["kind"] and one[2] is None and one[1] <= event["time"]]
            if left:
                min(left, key=lambda one: one[1])[2] = event["time"]
    for kind, start, told in happened:
        stop = None if told is None else (told, "told")
        is_scheme = kind == "dvds-application"
        if is_scheme and disclosed and disclosed[0] >= start and (told is None or disclosed[0] < told):
            stop = disclosed
        add(OCCURRENCES[kind], start, stop, {"disclosed"} if is_scheme else None)

    pauses = []
    # What was erased says no more which clock stood: before a first decision only that of the decision can have.
    decided = False
    for entry in entries:
        event = (entry.get("content") or {}).get("event", {})
        action = event.get("action") or (None if entry.get("content") else entry["action"])
        clock_of = event.get("clock") or ("delivery" if decided else "decision")
        if action == "pause":
            pauses.append([clock_of, entry["time"], None])
            continue
        if action == "resume":
            ended = {clock_of}
        elif entry["action"] in NOTES:
            continue
        else:
            ended = set()
            if entry["state"] in DECISIONS | {"victim-declined", "closed"}:
                ended.add("decision")
                decided = True
            if entry["state"] in {"disclosed", "deferred", "closed"}:
                ended.add("delivery")
        for pause in pauses:
            if pause[0] in ended and pause[2] is None:
                pause[2] = max(entry["time"], pause[1])
    for clock in found:
        clock["pauses"] = sorted(
            (start, end) for kind, start, end in pauses
            if kind == clock["kind"] and start >= clock["start"]
            and (clock["stop"] is None or start <= clock["stop"]))
    return found


def waits_without_limit(line, rules, now):
    """Whether a record waits, and no limit has run for longer than a deferral may last."""
    if not any(entry.get("content") for entry in line["entries"]):
        return False
    standing, since = None, None
    decided, again = False, None
    for entry in line["entries"]:
        event = (entry.get("content") or {}).get("event", {})
        if entry["action"] == "pause":
            standing, since = event.get("clock", "delivery" if decided else "decision"), entry["time"]
        elif entry["action"] == "resume":
            standing = None
        elif entry["action"] not in NOTES:
            if entry["state"] not in {"due", "under-review"}:
                decided, again = True, None
                ends = {"decision": DECISIONS | {"victim-declined", "closed"},
                        "delivery": {"disclosed", "deferred", "closed"}}
                if standing and entry["state"] in ends[standing]:
                    standing = None
            elif decided and again is None:
                again = entry["time"]
    if standing is None:
        since = again
    return since is not None and end_of_day(
        london_date(since) + timedelta(days=rules["longest-deferral-days"])) < now


def paused(clock, now):
    """Seconds that lie in any pause: the union, counted at the ends of intervals."""
    end = now if clock["stop"] is None else clock["stop"]
    spans = [(max(a, clock["start"]), min(end if b is None else b, end)) for a, b in clock["pauses"]]
    spans = [span for span in spans if span[1] > span[0]]
    edges = sorted({edge for span in spans for edge in span})
    return sum(
        right - left for left, right in zip(edges, edges[1:])
        if any(a <= left and right <= b for a, b in spans))


def quantile(values, share):
    """PERCENTILE.INC, exactly."""
    if not values:
        return None
    values = sorted(values)
    place = Fraction(share) * (len(values) - 1)
    low = place.numerator // place.denominator
    high = min(low + 1, len(values) - 1)
    return float(values[low] + (values[high] - values[low]) * (place - low))


def unit_figures(name, lines, rule_sets, now):
    states = Counter()
    timings = {}
    times = defaultdict(list)
    reasons = defaultdict(Counter)
    deferrals = Counter()
    right6 = Counter(in_time=0, late=0, overdue=0, pending=0)
    for line in lines:
        entries = line["entries"]
        states[entries[-1]["state"] if entries else "not-due"] += 1
        for clock in clocks_of(line):
            if clock["start"] > now:
                continue
            kind = clock["kind"]
            timing = timings.setdefault(kind, Counter(
                started=0, met=0, late=0, ended_otherwise=0, running=0, overdue=0, paused_seconds=0))
            limit = due(clock, rule_sets[line["rules"]], line["is_enhanced"], now)
            past = limit is not None and (now if clock["stop"] is None else clock["stop"]) > limit
            timing["started"] += 1
            stood = paused(clock, now)
            timing["paused_seconds"] += stood
            if clock["stop"] is None:
                timing["running"] += 1
                timing["overdue"] += past
            elif clock["met"]:
                timing["met"] += 1
                timing["late"] += past
                elapsed = max(clock["stop"] - clock["start"], 0)
                times[kind].append((elapsed, elapsed - stood))
            else:
                timing["ended_otherwise"] += 1
            if kind == "right-6" and limit is not None:
                told = clock["stop"] is not None
                right6[("late" if past else "in_time") if told else ("overdue" if past else "pending")] += 1
        steps = [entry for entry in entries if entry["action"] not in NOTES]
        for index, entry in enumerate(steps):
            if entry["state"] != "deferred":
                continue
            deferral = (entry.get("content") or {}).get("event", {}).get("deferral")
            standing = index + 1 == len(steps)
            endless = standing and (
                deferral is None or not deferral["ends_when"].strip()
                or end_of_day(date.fromisoformat(deferral["review_by"])) < now)
            deferrals["deferrals"] += 1
            deferrals["standing"] += standing
            deferrals["without_end"] += endless
            for code in (deferral["reasons"] if deferral and deferral["reasons"] else ["unknown"]):
                reasons[code]["deferrals"] += 1
                reasons[code]["standing"] += standing
                reasons[code]["without_end"] += endless
    order = [
        "decision", "delivery", "deferral-review", "right-6", "dvds", "spo-notification", "correction", "end-to-end"
    ]
    listed = []
    for kind in order:
        if kind not in timings:
            continue
        row = {"clock": kind, **timings[kind]}
        for label, index in (("", 0), ("unpaused_", 1)):
            values = [pair[index] for pair in times[kind]]
            if values:
                row[f"median_{label}seconds"] = quantile(values, Fraction(1, 2))
                row[f"p90_{label}seconds"] = quantile(values, Fraction(9, 10))
        listed.append(row)
    return {
        "unit": name, "disclosures": len(lines), "states": dict(states), "timings": listed,
        "deferrals": deferrals["deferrals"], "standing_deferrals": deferrals["standing"],
        "deferrals_without_end": deferrals["without_end"],
        "reasons": [
            {"code": code, **{key: reasons[code][key] for key in ("deferrals", "standing", "without_end")}}
            for code in sorted(reasons)
        ],
        "right_6": dict(right6),
    }, sorted(pair[0] // 86400 for pair in times["end-to-end"])


def must_be_zero(lines):
    found = defaultdict(list)
    for line in lines:
        name = f"{line['case']} {line['id']}"
        checks = set()
        for place, entry in enumerate(line["entries"]):
            content = entry.get("content") or {}
            analysts = content.get("circumstances", {}).get("analysts", [])
            if not entry["is_logged"]:
                checks.add("outside-log")
            if entry["action"] in NOTES:
                continue
            if entry["state"] in DECISIONS and entry["who"] in analysts:
                checks.add("decider-is-analyst")
            if entry["state"] == "disclosed":
                basis = line["basis"]
                confirmed, ended = basis.get("confirmed_at"), basis.get("ended_at")
                # Within one second the order of the lines tells: a correction becomes due after the telling.
                corrects = any(e["state"] == "correction-due" and e["action"] not in NOTES
                               for e in line["entries"][place + 1:])
                fell = ended is not None and (ended < entry["time"] or (ended == entry["time"] and not corrects))
                if confirmed is None or confirmed > entry["time"] or fell:
                    checks.add("told-before-confirmation")
            event = content.get("event", {})
            if entry["state"] == "refused" and event.get("action") == "refuse":
                approver = event["approver"]["id"]
                if not approver.strip() or approver == entry["who"] or approver in analysts:
                    checks.add("refusal-without-second-person")
        steps = [entry for entry in line["entries"] if entry["action"] not in NOTES]
        ended = line["basis"].get("ended_at")
        if ended is not None and steps and steps[-1]["state"] != "correction-due" \
                and any(e["state"] == "disclosed" for e in steps) \
                and not any(e["state"] == "corrected" and e["time"] >= ended for e in steps):
            checks.add("withdrawn-without-correction")
        for check in checks:
            found[check].append(name)
    return found


def main(histories, report, planted=None):
    with open(histories, encoding="utf-8") as file:
        header = json.loads(next(file))
        lines = [json.loads(line) for line in file]
    with open(report, encoding="utf-8") as file:
        given = json.load(file)
    rule_sets = {"proposal-2026-11": PROPOSAL}
    for version, text in header.get("rule_sets", {}).items():
        rule_sets[version] = tomllib.loads(text)
    now = header["as_at"]
    broken = set(given["unreplayable"])
    for line in lines:
        line["broken"] = f"{line['case']} {line['id']}" in broken

    by_unit = defaultdict(list)
    for line in lines:
        by_unit[line["unit"] or "no unit"].append(line)
    all_figures, days = unit_figures("all units", lines, rule_sets, now)
    mine = {
        "as_at": now, "cases": len({line["case"] for line in lines}), "all": all_figures,
        "units": [unit_figures(name, by_unit[name], rule_sets, now)[0] for name in sorted(by_unit)],
        "days_to_disclosure": days, "rule_sets": sorted({line["rules"] for line in lines}),
        "identifications": {}, "logs": [], "beyond_calendar": [],
        "without_limit": [f"{line['case']} {line['id']}" for line in lines
                          if waits_without_limit(line, rule_sets[line["rules"]], now)],
    }
    figures = 0

    def compare(path, one, other):
        nonlocal figures
        if isinstance(one, dict):
            assert set(one) == set(other), f"{path}: {sorted(one)} against {sorted(other)}"
            for key in one:
                compare(f"{path}.{key}", one[key], other[key])
        elif isinstance(one, list):
            assert len(one) == len(other), f"{path}: {len(one)} against {len(other)}"
            for index, pair in enumerate(zip(one, other)):
                compare(f"{path}[{index}]", *pair)
        else:
            figures += 1
            assert one == other, f"{path}: {one} here, {other} in the report"

    for key, value in mine.items():
        compare(key, value, given[key])
    found = must_be_zero(lines)
    for check in given["must_be_zero"]:
        compare(check["check"], sorted(found.get(check["check"], [])), sorted(check["found"]))
    if planted:
        with open(planted, encoding="utf-8") as file:
            truth = json.load(file)
        for check in given["must_be_zero"]:
            assert sorted(truth.get(check["check"], [])) == sorted(check["found"]), check
        assert sorted(truth["unreplayable"]) == sorted(given["unreplayable"]), "records that the rules refuse"
        assert all(truth[check] for check in truth), "a breach that was never planted is not tested"
    print(f"{len(lines)} disclosures, {figures} figures equal; states: {len(all_figures['states'])}")


main(*sys.argv[1:])
