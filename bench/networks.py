"""Runs PyTorch on the networks of bench/passes.mjs, one for every line of standard input.

First line: {"cases": {name: {"sizes", "batch", "reach", "seconds"}}, "draws", "threads", "root"}, answered by "ready". Every
further line asks
- for a case, by its name: {"time": s, "mean": number}, the median time of forward, backward and the means, repeated for so
  many seconds, and the first layer's mean |gradient|
- for "draws": the same of so many uniform draws, and their mean
- for "peak": {"peak": bytes}, the most memory that this process had, or null where nothing tells it
"""

import json
import os
import statistics
import sys
import time
from functools import cache

import torch

request = json.loads(sys.stdin.readline())
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(request["root"], "test", "reference"))
from make_reference import ExampleNet, layer_gradients  # noqa: E402

torch.set_num_threads(request["threads"])
DRAWING = 0.1


@cache
def prepared(name):
    """A network with its input and its target, run until it is warm."""
    case = request["cases"][name]
    sizes, batch, reach = case["sizes"], case["batch"], case["reach"]
    torch.manual_seed(123)
    model = ExampleNet(sizes, True, "none")
    x = torch.empty(batch, sizes[0]).uniform_(-reach, reach)
    passes = model, x, torch.zeros(batch, sizes[-1])
    for _ in range(3):
        layer_gradients(*passes)
    return passes


@cache
def room():
    return torch.empty(request["draws"]).uniform_(-1, 1)


def draw():
    torch.manual_seed(123)
    return room().uniform_(-1, 1)


def timed(work, seconds):
    times = []
    while not times or sum(times) < seconds:
        begun = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times), result


def peak():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        try:
            import resource
        except ImportError:
            return None
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def answer(name):
    if name == "peak":
        return {"peak": peak()}
    if name == "draws":
        room()
        seconds, drawn = timed(draw, DRAWING)
        return {"time": seconds, "mean": drawn.double().mean().item()}
    passes = prepared(name)
    seconds, (_, _, means) = timed(lambda: layer_gradients(*passes), request["cases"][name]["seconds"])
    return {"time": seconds, "mean": next(iter(means.values()))}


print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(line.strip())), flush=True)
