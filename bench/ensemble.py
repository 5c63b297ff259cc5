"""Times PyTorch over many seeds of the section's net, a round for every line of standard input.

First line: {"layer_sizes", "seeds", "seconds", "root"}, answered by "ready". For a round, {"loop": s, "vmap": s, "mean":
[...]}: the seconds of a loop over the seeds (construction, forward, backward, means) and of torch.func.vmap(grad) with
its means, parameters ready (the median of so many seconds), and the first seed's means, so that both sides are seen to
compute the same.
One thread: our kernels have no more either, and at these sizes PyTorch is fastest so; on a busy machine more make its loop
ten times slower.
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
from make_reference import ExampleNet  # noqa: E402

torch.set_num_threads(1)
sizes, seeds = request["layer_sizes"], range(request["seeds"])
x, target = torch.tensor([[1.0, 0.0, -1.0]]), torch.zeros(1, sizes[-1])


def network(seed):
    torch.manual_seed(seed)
    return ExampleNet(sizes, True, "none")


def loop():
    means = []
    for seed in seeds:
        model = network(seed)
        nn.functional.mse_loss(model(x), target).backward()
        means.append([p.grad.abs().mean().item() for name, p in model.named_parameters() if "weight" in name])
    return means


parameters, _ = torch.func.stack_module_state([network(seed) for seed in seeds])
base = network(0)


def loss(parameters):
    return nn.functional.mse_loss(torch.func.functional_call(base, parameters, (x,)), target)


gradients = torch.func.vmap(torch.func.grad(loss))


def vmap():
    found = gradients(parameters)
    return torch.stack([g.abs().mean((1, 2)) for name, g in found.items() if "weight" in name], 1)


def timed(work, seconds):
    times = []
    while not times or sum(times) < seconds:
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


for _ in range(10):
    vmap()
print(json.dumps("ready"), flush=True)
for _ in sys.stdin:
    measured = {"loop": timed(loop, 0), "vmap": timed(vmap, request["seconds"]), "mean": vmap()[0].tolist()}
    print(json.dumps(measured), flush=True)
