"""What became of the features, as Cucumber Messages and as Cucumber's own page?

Source: cucumber/messages, protocol version 24 and later.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from gherkin import Parser
from gherkin.ast_builder import AstBuilder
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from checker.harness.runner import Result
from checker.harness.telling import told

Envelope = Mapping[str, Any]
_NO_TIME = {"seconds": 0, "nanos": 0}
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Features</title><link rel="icon" href="data:,"><style>{css}</style></head>
<body><div id="content"></div>
<script>window.CUCUMBER_MESSAGES = [{messages}];</script>
<script>{script}</script>
</body></html>
"""


def messages(results: Sequence[Result], checked_at: datetime) -> Iterator[Envelope]:
    """The envelopes of one run, feature by feature; every instant in them is `checked_at`."""
    stamp = {"seconds": int(checked_at.timestamp()), "nanos": 0}
    yield {"meta": _meta()}
    ids = IdGenerator()
    played: list[Envelope] = []
    for path in dict.fromkeys(result.case.feature.path for result in results):
        by_line = {result.case.line: result for result in results if result.case.feature.path == path}
        document, pickles = _parsed(path, ids)
        yield from ({"source": _source(path)}, {"gherkinDocument": document})
        lines = dict(_lines(document))
        for pickle in pickles:
            yield {"pickle": pickle}
            result = by_line[lines[pickle["astNodeIds"][-1]]]
            played += _test_case(pickle, result, ids, stamp)
    yield {"testRunStarted": {"timestamp": stamp, "id": "run"}}
    yield from played
    success = not any(result.failures for result in results)
    yield {"testRunFinished": {"timestamp": stamp, "success": success, "testRunStartedId": "run"}}


def _meta() -> Mapping[str, Any]:
    return {
        "protocolVersion": "27.0.0",
        "implementation": {"name": "checker", "version": version("order-policy-checker")},
        "cpu": {"name": "-"},
        "os": {"name": "-"},
        "runtime": {"name": "python"},
    }


def _source(path: str) -> Mapping[str, str]:
    text = Path(path).read_text(encoding="utf-8")
    return {"uri": path, "data": text, "mediaType": "text/x.cucumber.gherkin+plain"}


def _parsed(path: str, ids: IdGenerator) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    document: Any = Parser(AstBuilder(ids)).parse(Path(path).read_text(encoding="utf-8"))
    document["uri"] = path
    pickles: Any = Compiler(ids).compile(document)
    return document, pickles


def _lines(node: object) -> Iterator[tuple[str, int]]:
    """The line of everything in the document that has an id."""
    if isinstance(node, Mapping):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        for child in node.values():
            yield from _lines(child)
    elif isinstance(node, list):
        for child in node:
            yield from _lines(child)


def _test_case(
    pickle: Mapping[str, Any], result: Result, ids: IdGenerator, stamp: Mapping[str, int]
) -> Iterator[Envelope]:
    """One test: its steps, and what became of each. A claim that is not true fails its own step."""
    case_id, run_id = ids.get_next_id(), ids.get_next_id()
    steps = [{"id": ids.get_next_id(), "pickleStepId": step["id"]} for step in pickle["steps"]]
    yield {"testCase": {"id": case_id, "pickleId": pickle["id"], "testSteps": steps, "testRunStartedId": "run"}}
    yield {"testCaseStarted": {"id": run_id, "testCaseId": case_id, "attempt": 0, "timestamp": stamp}}
    for number, step in zip(count(), steps):
        place = {"testCaseStartedId": run_id, "testStepId": step["id"], "timestamp": stamp}
        yield {"testStepStarted": place}
        yield {"testStepFinished": {**place, "testStepResult": _became(pickle["steps"][number]["text"], result)}}
    yield {"testCaseFinished": {"testCaseStartedId": run_id, "timestamp": stamp, "willBeRetried": False}}


def _became(text: str, result: Result) -> Mapping[str, Any]:
    failed = next((failure for failure in result.failures if failure.claim.text == text), None)
    if failed is None:
        return {"status": "PASSED", "duration": _NO_TIME}
    message = told(failed.claim.said, failed.found, result.case.feature.language)
    return {"status": "FAILED", "duration": _NO_TIME, "message": message}


def ndjson(envelopes: Sequence[Envelope]) -> str:
    """One envelope a line."""
    return "".join(json.dumps(envelope, ensure_ascii=False) + "\n" for envelope in envelopes)


def official_page(envelopes: Sequence[Envelope]) -> str:
    """Cucumber's own page with these messages; it needs no network."""
    assets = files("checker.harness").joinpath("assets/cucumber-html-formatter")
    data = ",".join(json.dumps(envelope, ensure_ascii=False) for envelope in envelopes).replace("</", "<\\/")
    script = assets.joinpath("main.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    page = _PAGE.replace("{css}", assets.joinpath("main.css").read_text(encoding="utf-8"))
    return page.replace("{messages}", data.replace("<!--", "<\\!--")).replace("{script}", script)
