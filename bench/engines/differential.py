"""Do the engines agree on as many findings as one likes? Random policies on random orders, every piece of evidence."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "engines"))

import dense
import grammar

from checker.engines import columnar, reference
from checker.loading.policies import load_policies


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--findings", type=int, default=1_000_000, help="stop after so many findings")
    words.add_argument("--orders", type=int, default=400, help="orders under each random policy")
    words.add_argument("--seed", type=int, default=100_000)
    given = words.parse_args()
    seed, compared, seconds = given.seed, 0, [0.0, 0.0]
    shipped = load_policies()
    while compared < given.findings:
        policies = shipped if seed % 10 == 0 else grammar.timeline(seed)
        orders, as_of = dense.histories(seed, given.orders), grammar.as_of(seed)
        found = []
        for place, engine in enumerate((reference, columnar)):
            began = time.process_time()
            found.append(engine.findings(orders, policies, as_of))
            seconds[place] += time.process_time() - began
        if found[0] != found[1]:
            sys.exit(f"seed {seed}: the engines disagree")
        compared, seed = compared + len(found[0]), seed + 1
    runs = seed - given.seed
    print(f"{compared:,} findings of {runs:,} runs: no difference")
    print(f"CPU: reference {seconds[0]:.0f} s, columnar {seconds[1]:.0f} s")


if __name__ == "__main__":
    main()
