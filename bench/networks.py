"""Times PyTorch on the networks of bench/networks.mjs, a round for every line of standard input.

First line: {"cases": {name: {"sizes", "batch", "repeats"}}, "draws", "threads", "root"}. For a round, {name: {"time": s,
"mean": first layer's mean |gradient|}, ..., "draws": {"time": s, "mean": mean of the draws}}: the median time of forward,
backward and the means.
"""

import json
import os
import statistics
import sys
import time

import torch
from torch import nn

request = json.loads(sys.stdin.readline())
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(request["root"], "test", "reference"))
from make_reference import ExampleNet, layer_gradients  # noqa: E402

torch.set_num_threads(request["threads"])


def prepared(sizes, batch):
    torch.manual_seed(123)
    model = ExampleNet(sizes, True, "none")
    x = torch.empty(batch, sizes[0]).uniform_(-1, 1)
    return model, x, torch.zeros(batch, sizes[-1])


def timed(work, repeats):
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times), result


cases = {name: (prepared(case["sizes"], case["batch"]), case["repeats"]) for name, case in request["cases"].items()}
values = torch.empty(request["draws"])
for model, repeats in cases.values():
    for _ in range(3):
        layer_gradients(*model)
for _ in sys.stdin:
    measured = {}
    for name, (model, repeats) in cases.items():
        seconds, (_, _, means) = timed(lambda: layer_gradients(*model), repeats)
        measured[name] = {"time": seconds, "mean": next(iter(means.values()))}
    torch.manual_seed(123)
    seconds, drawn = timed(lambda: values.uniform_(-1, 1), 3)
    measured["draws"] = {"time": seconds, "mean": drawn.double().mean().item()}
    print(json.dumps(measured), flush=True)
