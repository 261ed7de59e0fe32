"""Does `checker schema` print schemas?"""

import json

import pytest

from checker.cli.schema import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_schemas(run, name):
    """Each schema is printed as JSON."""
    assert json.loads(run("schema", name).out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_policy_is_the_default(run):
    """Without a name it is the policy language."""
    assert run("schema").out == run("schema", "policy").out
