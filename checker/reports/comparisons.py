"""How does a shop's own policy stand to the platform's, as text and as JSON?"""

import json
from collections import Counter
from collections.abc import Iterator

from checker.model.comparison import Comparison, Point, Standing
from checker.model.rule import Location
from checker.reports.amounts import amount_text
from checker.reports.change_phrases import told
from checker.reports.phrases import Lang
from checker.reports.printable import printable


def comparison_text(comparison: Comparison, lang: Lang) -> str:
    """Point by point, the worst first, and what it comes to."""
    lines = [printable(line) for line in (*_head(comparison, lang), *_body(comparison, lang), *_sum(comparison, lang))]
    return "\n".join(lines) + "\n"


def _head(comparison: Comparison, lang: Lang) -> Iterator[str]:
    ids = ", ".join(dict.fromkeys(policy.id for policy in comparison.policies))
    yield told(lang, "compare", "title", shop=comparison.own.shop, policy=ids)
    for policy in comparison.policies:
        yield "  " + told(lang, "compare", "in_force", policy=policy.title[lang], effective=policy.effective)


def _body(comparison: Comparison, lang: Lang) -> Iterator[str]:
    for standing in Standing:
        points = [point for point in comparison.points if point.standing is standing]
        if points:
            yield from ("", told(lang, "standing", standing.value).upper())
        for point in points:
            yield f"  {_line(comparison, point, lang)}"
            yield f"      {_place(point.own_at or point.platform_at)}"


def _title(comparison: Comparison, point: Point, lang: Lang) -> str:
    policy = next(policy for policy in comparison.policies if policy.id == point.policy)
    title = policy.parameters[point.parameter].title
    return point.parameter if title is None else f"{title[lang]} ({point.parameter})"


def _line(comparison: Comparison, point: Point, lang: Lang) -> str:
    title = _title(comparison, point, lang)
    name = title if point.case is None else f"{title} ({'='.join(point.case)})"
    platform = amount_text(lang, point.platform)
    if point.standing is not Standing.UNSTATED or point.own is None:
        own = "" if point.own is None else amount_text(lang, point.own)
        key = "line_unstated" if point.own is None else "line"
        unknown = point.own is None and platform == told(lang, "compare", "unpublished")
        return told(lang, "compare", "line_neither" if unknown else key, parameter=name, own=own, platform=platform)
    return told(lang, "compare", "line_unstated", parameter=name, platform=platform)


def _sum(comparison: Comparison, lang: Lang) -> Iterator[str]:
    counts = Counter(point.standing for point in comparison.points)
    worse = counts[Standing.WORSE]
    unclear = counts[Standing.INCOMPARABLE] + counts[Standing.UNPUBLISHED]
    yield ""
    yield told(lang, "compare", "unfavourable", n=worse) if worse else told(lang, "compare", "favourable")
    if unclear:
        yield told(lang, "compare", "unclear", n=unclear)


def comparison_json(comparison: Comparison) -> str:
    """The same for machines; amounts in English words."""
    return (
        json.dumps(
            {
                "shop": comparison.own.shop,
                "own": comparison.own.path,
                "policies": [{"policy": p.id, "effective": p.effective.isoformat()} for p in comparison.policies],
                "points": [_point(point) for point in comparison.points],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _point(point: Point) -> dict[str, object]:
    return {
        "policy": point.policy,
        "effective": point.effective.isoformat(),
        "parameter": point.parameter,
        "case": None if point.case is None else dict([point.case]),
        "standing": point.standing.value,
        "platform": amount_text("en", point.platform),
        "own": None if point.own is None else amount_text("en", point.own),
        "own_at": None if point.own_at is None else _place(point.own_at),
        "platform_at": _place(point.platform_at),
    }


def _place(at: Location) -> str:
    return f"{at.path}:{at.line}:{at.column}"
