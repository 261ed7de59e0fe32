"""Which pages does the living spec have, and what do they say?"""

import json
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import re2
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from checker.harness.cases import cases
from checker.harness.catalogue import DIALECT, LANGUAGES
from checker.harness.coverage import coverage
from checker.harness.feature import read_feature
from checker.harness.render import Reader
from checker.harness.runner import feature_files, run
from checker.harness.site.history import topics
from checker.harness.site.views import RuleView, Source, rule_views
from checker.harness.titles import read_titles, rule_titles
from checker.model.error import PolicyError
from checker.model.policy import Policy

_MOMENT = re2.compile(r"(\d{4}-\d{2}-\d{2}|\d{2}:\d{2}(?::\d{2})?)")
_WIDE = r"[\p{Han}\p{Hiragana}\p{Katakana}，。；：、（）？！]"
_BREAK = re2.compile(rf"({_WIDE})\n({_WIDE})")
_STATIC = ("site/static/spec.css", "site/static/spec.js", "assets/pico/pico.min.css")


@dataclass(frozen=True, slots=True)
class Site:
    """What was written."""

    pages: int
    tests: int
    failed: int


@dataclass(frozen=True, slots=True)
class Page:
    """One feature as a page, before a language is chosen."""

    slug: str
    path: Path
    source: Source


def build_site(features: Sequence[Path], pool: Sequence[Policy], out: Path, checked_at: datetime) -> Site:
    """Writes the site into a folder: a folder per language, one page per feature and per topic's history.

    `checked_at` is printed on every page. Raises: PolicyError where a feature cannot be run.
    """
    pages = tuple(_page(path, pool) for path in feature_files(features))
    shelf = topics(pool, {page.slug: page.slug for page in pages})
    _copy_static(out)
    words = tomllib.loads(files("checker.harness.site").joinpath("ui.toml").read_text(encoding="utf-8"))
    written = [_entrance(out, words)]
    for language in LANGUAGES:
        written += _language(out, language, (pages, shelf, words, rule_titles(pool)), checked_at)
    results = [result for page in pages for result in page.source.results.values()]
    return Site(len(written), len(results), sum(bool(result.failures) for result in results))


def _page(path: Path, pool: Sequence[Policy]) -> Page:
    feature = read_feature(path)
    tests = cases(feature, pool)
    if not tests:
        raise PolicyError(f"{path}:1:1: no scenario in this feature; expected at least one")
    policy = _version(tests[0].world.policies, path)
    source = Source(
        feature=feature,
        results={test.line: run(test) for test in tests},
        policy=policy,
        coverage={found.rule.head.id: found for found in coverage(policy, tests)},
    )
    return Page(_slug(policy, path), path, source)


def _slug(policy: Policy, path: Path) -> str:
    """The name of a feature's page: that of its version; a feature beside the one named by the date adds its own."""
    day = policy.effective.isoformat()
    version = f"{policy.id}@{day}"
    return version if path.stem == day or not path.with_name(f"{day}.feature").exists() else f"{version}.{path.stem}"


def _version(policies: Sequence[Policy], path: Path) -> Policy:
    """The version that a feature is of: the one whose date is its name, as in the shipped tree, else the newest."""
    return next((policy for policy in policies if policy.effective.isoformat() == path.stem), policies[-1])


def _copy_static(out: Path) -> None:
    (out / "assets").mkdir(parents=True, exist_ok=True)
    for name in _STATIC:
        data = files("checker.harness").joinpath(name).read_bytes()
        (out / "assets" / Path(name).name).write_bytes(data)
    licence = files("checker.harness").joinpath("assets/pico/LICENSE.md").read_bytes()
    (out / "assets" / "pico.LICENSE.md").write_bytes(licence)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("checker.harness.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = _marked
    environment.filters["joined"] = _joined
    environment.filters["svg"] = Markup  # pictures are made by us, every label in them escaped
    return environment


def _marked(text: str) -> Markup:
    """The text with `<column>` set apart and dates and times kept on one line."""
    shown = str(escape(text)).replace("&lt;", "<var>").replace("&gt;", "</var>")
    return Markup(_MOMENT.sub(r"<time>\1</time>", shown))  # noqa: S704 - escaped first


def _joined(text: str) -> str:
    """The lines of a paragraph as one; between Chinese or Japanese characters without a space."""
    return str(_BREAK.sub(r"\1\2", text)).replace("\n", " ")


def _entrance(out: Path, words: Mapping[str, Any]) -> Path:
    path = out / "index.html"
    page = _environment().get_template("entrance.html").render(words=words, languages=LANGUAGES)
    path.write_text(page, encoding="utf-8")
    return path


def _language(out: Path, language: str, matter: Any, checked_at: datetime) -> list[Path]:
    """All pages of one language."""
    pages, shelf, words, titles = matter
    folder, environment = out / language, _environment()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    said = {name: word[language] for name, word in words.items()}
    common = {"w": said, "language": language, "dialect": DIALECT[language], "languages": LANGUAGES}
    common |= {"checked_at": checked_at.isoformat(sep=" ", timespec="minutes").replace("+00:00", " UTC")}
    written, index, names = list[Path](), list[dict[str, str]](), dict[str, str]()
    for page in pages:
        reader = Reader(page.source.feature.language, language, read_titles(page.path, language), titles)
        rules = rule_views(page.source, reader, words)
        title = names[page.slug] = reader.title(page.source.feature.name)
        index += _entries(f"{page.slug}.html", rules)
        values = {"page": page, "rules": rules, "title": title, "here": f"{page.slug}.html"}
        values["description"] = reader.title(page.source.feature.description)
        written.append(_write(folder / f"{page.slug}.html", environment, "feature.html", common | values))
    for topic in shelf:
        values = {"topic": topic, "title": topic.title[language], "here": f"{topic.slug}.html"}
        written.append(_write(folder / f"{topic.slug}.html", environment, "history.html", common | values))
    home = {"pages": pages, "names": names, "shelf": shelf, "title": said["spec"], "here": "index.html"}
    written.append(_write(folder / "index.html", environment, "index.html", common | home))
    script = f"window.SPEC_INDEX = {json.dumps(index, ensure_ascii=False)};\n"
    (folder / "search.js").write_text(script, encoding="utf-8")
    return written


def _write(path: Path, environment: Environment, template: str, values: Mapping[str, Any]) -> Path:
    path.write_text(environment.get_template(template).render(**values), encoding="utf-8")
    return path


def _entries(page: str, rules: Sequence[RuleView]) -> Iterator[dict[str, str]]:
    """What the search finds: each rule, each scenario, with the words that lead there."""
    for rule in rules:
        clauses = " ".join(f"{cite.title} {cite.clause}" for cite in rule.cites)
        given = " ".join(f"{one.name} {one.value}" for one in rule.parameters)
        text = " ".join((rule.title, rule.anchor, rule.note, clauses, given))
        yield {"title": rule.title, "to": f"{page}#{rule.anchor}", "text": folded(text), "in": rule.anchor}
        for scenario in rule.scenarios:
            steps = " ".join(line.text for line in scenario.steps)
            cells = " ".join(cell for table in scenario.tables for row, _ in table.rows for cell in row)
            found = folded(f"{scenario.title} {steps} {cells} {rule.anchor}")
            yield {"title": scenario.title, "to": f"{page}#{scenario.anchor}", "text": found, "in": rule.title}


def folded(text: str) -> str:
    """The text as search compares it: NFKC and lower case, as the page's script does."""
    return unicodedata.normalize("NFKC", text).lower()
