"""How does the result of mutation look to the public report schema and its viewer?

Source: mutation-testing-report-schema, version 2.
"""

import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from checker.harness.cases import Case
from checker.harness.mutation import Fate, State
from checker.loading.policies import shipped_policies
from checker.model.policy import Policy

_STATUS = {
    State.KILLED: "Killed",
    State.NOT_ASSERTED: "Survived",
    State.NOT_DISTINGUISHED: "Survived",
    State.NO_COVERAGE: "NoCoverage",
    State.EQUIVALENT: "Ignored",
}
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mutants of the policies</title></head>
<body><mutation-test-report-app title-postfix="policies"></mutation-test-report-app>
<script>{viewer}</script>
<script>document.querySelector("mutation-test-report-app").report = {report};</script>
</body></html>
"""


def score(fates: Sequence[Fate]) -> float:
    """The percentage of mutants killed, equivalent ones left out; 100 where there is nothing to kill."""
    counted = [fate for fate in fates if fate.state is not State.EQUIVALENT]
    return 100 * sum(fate.state is State.KILLED for fate in counted) / len(counted) if counted else 100.0


def mutation_report(results: Iterable[tuple[Policy, Sequence[Fate]]], threshold: float) -> dict[str, Any]:
    """The report as the schema has it, one file per policy version; tests carry their place in the feature."""
    found = list(results)
    tests = {_test_id(case): case for _, fates in found for fate in fates for case in fate.covered_by}
    return {
        "schemaVersion": "2",
        "thresholds": {"high": int(threshold), "low": int(threshold * 0.8)},
        "files": {policy.path: _file(policy, fates) for policy, fates in found},
        "testFiles": _test_files(tests.values()),
    }


def page(report: dict[str, Any]) -> str:
    """The report in its public viewer, as one page that needs no network."""
    viewer = files("checker.harness").joinpath("assets/mutation-testing-elements/mutation-test-elements.js")
    return _PAGE.replace("{viewer}", _inline(viewer.read_text(encoding="utf-8"))).replace(
        "{report}", _inline(json.dumps(report, ensure_ascii=False))
    )


def _inline(script: str) -> str:
    """A script that cannot end the element that it stands in."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def source_of(policy: Policy) -> str:
    """The text of the policy's file, as it stands beside the caller or among those shipped."""
    path = Path(policy.path)
    shipped = shipped_policies() / path.relative_to("policies") if path.parts[:1] == ("policies",) else path
    found = next((candidate for candidate in (path, shipped) if candidate.is_file()), None)
    return "" if found is None else found.read_text(encoding="utf-8")


def _file(policy: Policy, fates: Sequence[Fate]) -> dict[str, Any]:
    source = source_of(policy)
    lines = source.splitlines()
    return {"language": "yaml", "source": source, "mutants": [_mutant(fate, lines) for fate in fates]}


def _mutant(fate: Fate, lines: Sequence[str]) -> dict[str, Any]:
    mutant = fate.mutant
    told = {
        "id": mutant.id,
        "mutatorName": mutant.operator,
        "description": mutant.what,
        "replacement": mutant.what,
        "location": _location(fate, lines),
        "status": _STATUS[fate.state],
        "coveredBy": [_test_id(case) for case in fate.covered_by],
        "killedBy": [] if fate.killed_by is None else [_test_id(fate.killed_by)],
    }
    reason = fate.because or ("" if fate.state is State.KILLED else fate.state.value)
    return {**told, "statusReason": reason} if reason else told


def _location(fate: Fate, lines: Sequence[str]) -> dict[str, dict[str, int]]:
    """The nearest line from the rule or parameter on that has the slip's word; the head of it where none has."""
    first = fate.mutant.location.line
    block = range(first, min(first + 80, len(lines) + 1))
    line = next((n for n in block if fate.mutant.needle in lines[n - 1]), first)
    text = lines[line - 1] if line <= len(lines) else ""
    start = max(text.find(fate.mutant.needle), 0)
    length = max(len(text) - start, 1)
    return {"start": {"line": line, "column": start + 1}, "end": {"line": line, "column": start + 1 + length}}


def _test_id(case: Case) -> str:
    return f"{case.feature.path}:{case.line}"


def _test_files(cases: Iterable[Case]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for case in cases:
        file = found.setdefault(case.feature.path, {"tests": []})
        place = {"start": {"line": case.line, "column": 1}}
        file["tests"].append({"id": _test_id(case), "name": case.title, "location": place})
    return found
