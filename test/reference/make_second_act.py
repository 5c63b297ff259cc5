"""Write reference values for the second act with PyTorch itself: layer norm, SGD, ensembles, paths, underflow.

Usage: python make_second_act.py OUT.json     (needs torch; the file here: 2.13.0+cpu)

"..._f64" is the same with the same float32 numbers, all arithmetic in float64 (the truth to judge by).
"layer_norm": normalized_shape, eps, x [shape, values], weight, bias (null where there is none), dy;
  output, dx, dweight, dbias of nn.LayerNorm, float64
"norm_networks": a LayerNorm before each Linear, at depth 30; gradient_mean and gradient_mean_f64 of every "...weight"
"sgd": steps of torch.optim.SGD on the section's net; options as PyTorch writes them; losses and losses_f64 before each
  step, parameters and parameters_f64 after the last, gradient_mean_f64 before the first and after the last step
"updates": torch.optim.SGD alone, with the gradients given: parameter, gradients and what each step makes, float32
"ensembles": for every seed the sha256 of its parameters, gradient_mean and gradient_mean_f64 [layers][seeds], and
  torch.quantile of the float64 ones, [layers][probabilities]
"paths": for every weight the signed projections of its gradient's identity and branch parts onto the whole, float64
"underflow": 60 plain layers, where the first gradients are denormal numbers in float32
"""
import argparse, copy, json

import torch
from torch import nn

from make_reference import ExampleNet, hashlib, layer_gradients


def sha256(tensors):
    return hashlib.sha256(b"".join(t.detach().contiguous().numpy().tobytes() for t in tensors)).hexdigest()


def flat(t):
    return None if t is None else t.detach().flatten().tolist()


def layer_norm_case(shape, normalized, eps=1e-5, affine=True, bias=True, offset=0.0, scale=1.0):
    x = (torch.randn(shape) * scale + offset)
    if offset == 0.0 and len(shape) == 2 and shape[0] > 1:
        x[0] = x[0, 0]  # a row without variance
    dy = torch.randn(shape)
    norm = nn.LayerNorm(normalized, eps=eps, elementwise_affine=affine, bias=bias)
    if norm.weight is not None:
        nn.init.normal_(norm.weight, 1.0, 0.5)
    if norm.bias is not None:
        nn.init.normal_(norm.bias)
    given = dict(normalized_shape=list(norm.normalized_shape), eps=eps, x=[list(shape), flat(x)], dy=flat(dy),
                 weight=flat(norm.weight), bias=flat(norm.bias))
    norm.double()
    xd = x.double().requires_grad_()
    output = norm(xd)
    output.backward(dy.double())
    grad = lambda p: None if p is None else flat(p.grad)
    return dict(given, output=flat(output), dx=flat(xd.grad), dweight=grad(norm.weight), dbias=grad(norm.bias))


class NormNet(ExampleNet):
    def __init__(self, sizes, use_shortcut, approximate="none"):
        nn.Module.__init__(self)
        self.use_shortcut = use_shortcut
        self.layers = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(a), nn.Linear(a, b), nn.GELU(approximate=approximate))
            for a, b in zip(sizes[:-1], sizes[1:])
        )


def both_means(model, x, target):
    output, loss, means = layer_gradients(model, x, target)
    _, _, means64 = layer_gradients(copy.deepcopy(model).double(), x.double(), target.double())
    return output, loss, means, means64


def norm_network_case(seed, sizes, use_shortcut):
    torch.manual_seed(seed)
    model = NormNet(sizes, use_shortcut)
    x = torch.tensor([[(1.0, 0.0, -1.0)[i % 3] for i in range(sizes[0])]])
    output, loss, means, means64 = both_means(model, x, torch.zeros(1, sizes[-1]))
    return dict(seed=seed, layer_sizes=sizes, use_shortcut=use_shortcut, x=x.tolist(), loss=loss.item(),
                weights_sha256=sha256(model.parameters()), gradient_mean=means, gradient_mean_f64=means64)


SECTION = [3, 3, 3, 3, 3, 1]


def sgd_case(use_shortcut, steps, **options):
    torch.manual_seed(123)
    model = ExampleNet(SECTION, use_shortcut, "none")
    run = lambda model, x, t: sgd_run(model, x, t, steps, options)
    x, t = torch.tensor([[1.0, 0.0, -1.0]]), torch.zeros(1, 1)
    double = copy.deepcopy(model).double()
    before64 = layer_gradients(copy.deepcopy(double), x.double(), t.double())[2]
    losses, losses64 = run(model, x, t), run(double, x.double(), t.double())
    parameters = lambda model: [v for p in model.parameters() for v in flat(p)]
    return dict(use_shortcut=use_shortcut, steps=steps, options=options, losses=losses, losses_f64=losses64,
                parameters=parameters(model), parameters_f64=parameters(double), gradient_mean_before_f64=before64,
                gradient_mean_after_f64=layer_gradients(double, x.double(), t.double())[2])


def sgd_run(model, x, target, steps, options):
    optimizer = torch.optim.SGD(model.parameters(), **options)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def update_case(**options):
    parameter = nn.Parameter(torch.randn(4, 5))
    start, gradients, values = flat(parameter), [], []
    optimizer = torch.optim.SGD([parameter], **options)
    for _ in range(4):
        parameter.grad = torch.randn(4, 5)
        gradients.append(flat(parameter.grad))
        optimizer.step()
        values.append(flat(parameter))
    return dict(options=options, parameter=start, gradients=gradients, values=values)


PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95]


def ensemble_case(seeds, sizes, use_shortcut, gelu, x, target):
    hashes, means, means64 = [], [], []
    xt, tt = torch.tensor(x), torch.full((len(x), sizes[-1]), float(target))
    for seed in seeds:
        torch.manual_seed(seed)
        model = ExampleNet(sizes, use_shortcut, gelu)
        hashes.append(sha256(model.parameters()))
        _, _, m, m64 = both_means(model, xt, tt)
        means.append(list(m.values()))
        means64.append(list(m64.values()))
    by_layer = lambda rows: [list(column) for column in zip(*rows)]
    of = lambda row: torch.quantile(torch.tensor(row, dtype=torch.float64), torch.tensor(PROBABILITIES, dtype=torch.float64))
    return dict(seeds=list(seeds), layer_sizes=sizes, use_shortcut=use_shortcut, gelu=gelu, x=x, target=target,
                weights_sha256=hashes, gradient_mean=by_layer(means), gradient_mean_f64=by_layer(means64),
                quantiles_f64=[of(row).tolist() for row in by_layer(means64)])


def path_parts(model, shortcuts, x, target):
    """The loss, and for every weight the projections of its gradient's identity and branch parts, in the model's dtype."""
    h = [x]
    has = []
    for layer, wanted in zip(model.layers, shortcuts):
        h[-1] = h[-1].detach().requires_grad_()
        y = layer(h[-1])
        has.append(wanted and y.shape == h[-1].shape)
        h.append(h[-1] + y if has[-1] else y)
    last = h[-1].detach().requires_grad_()
    loss = nn.functional.mse_loss(last, torch.full_like(last, float(target)))
    (g,) = torch.autograd.grad(loss, last)
    identity, branch, parts = None, g, {}
    for l in reversed(range(len(model.layers))):
        layer, x_in = model.layers[l], h[l].detach().requires_grad_()
        y, weight = layer(x_in), layer[0].weight
        along = lambda v: torch.autograd.grad(y, weight, v, retain_graph=True)[0]
        total = along(g)
        part = lambda v: 0.0 if v is None else ((along(v) * total).sum() / (total * total).sum()).item()
        parts[f"layers.{l}.0.weight"] = [part(identity), part(branch)]
        (branch,) = torch.autograd.grad(y, x_in, g, retain_graph=True)
        identity = g if has[l] else None
        g = branch + g if has[l] else branch
    return loss.item(), {name: parts[name] for name in sorted(parts, key=lambda n: int(n.split(".")[1]))}


def path_case(seed, sizes, shortcuts, gelu, x, target):
    torch.manual_seed(seed)
    model = ExampleNet(sizes, False, gelu).double()
    loss, parts = path_parts(model, shortcuts, torch.tensor(x, dtype=torch.float64), target)
    return dict(seed=seed, layer_sizes=sizes, shortcuts=shortcuts, gelu=gelu, x=x, target=target, loss=loss, parts=parts)


def underflow_case():
    torch.manual_seed(123)
    sizes = [3] * 60 + [1]
    model = ExampleNet(sizes, False, "none")
    x = torch.tensor([[1.0, 0.0, -1.0]])
    _, _, means, means64 = both_means(model, x, torch.zeros(1, 1))
    return dict(seed=123, layer_sizes=sizes, gradient_mean=means, gradient_mean_f64=means64)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("out")
    o = a.parse_args()
    torch.manual_seed(44)
    layer_norm = [
        layer_norm_case((2, 3), 3),
        layer_norm_case((4, 5, 6), 6),
        layer_norm_case((4, 5, 6), (5, 6)),
        layer_norm_case((7,), 7, eps=0.1),
        layer_norm_case((3, 1), 1),
        layer_norm_case((3, 8), 8, affine=False),
        layer_norm_case((3, 8), 8, bias=False),
        layer_norm_case((5, 16), 16, offset=1000.0, scale=0.01),
        layer_norm_case((2, 300), 300, scale=30.0),
    ]
    updates = [
        update_case(lr=0.1),
        update_case(lr=0.05, momentum=0.9),
        update_case(lr=0.05, momentum=0.9, dampening=0.5, weight_decay=0.01),
        update_case(lr=0.03, momentum=0.8, nesterov=True, weight_decay=0.1),
        update_case(lr=0.1, weight_decay=0.1, maximize=True),
    ]
    norm_networks = [norm_network_case(123, [8] * 30 + [1], s) for s in (False, True)]
    sgd = [sgd_case(s, 50, lr=0.1) for s in (False, True)] + [
        sgd_case(True, 50, lr=0.01, momentum=0.9),
        sgd_case(True, 50, lr=0.01, momentum=0.9, dampening=0.5),
        sgd_case(True, 50, lr=0.05, weight_decay=0.01),
        sgd_case(True, 50, lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.001),
        sgd_case(True, 5, lr=0.01, maximize=True),
    ]
    section = [[1.0, 0.0, -1.0]]
    batch = [[0.5, -1.25, 2.0, 0.75], [-0.3, 0.9, 0.1, -2.0], [1.5, 0.25, -0.75, 0.6]]
    ensembles = [ensemble_case(range(50), SECTION, s, g, section, 0.0) for g in ("none", "tanh") for s in (False, True)]
    ensembles.append(ensemble_case([0, -1, 2**32 + 5, 2**53 - 1, 123, 123], [4, 6, 6, 20, 20, 2], True, "none", batch, -0.5))
    on = lambda sizes: [True] * (len(sizes) - 1)
    mixed = [4, 6, 6, 6, 4, 4, 2, 2]
    paths = [
        path_case(123, SECTION, on(SECTION), "none", section, 0.0),
        path_case(123, SECTION, [False] * 5, "none", section, 0.0),
        path_case(7, mixed, on(mixed), "tanh", batch, 1.0),
        path_case(3, [4] * 9, [True, False, True, True, False, False, True, True], "none", batch, 0.0),
        path_case(123, [3] * 30 + [1], on([3] * 30 + [1]), "none", section, 0.0),
    ]
    content = dict(torch=torch.__version__, cpu=torch.backends.cpu.get_cpu_capability(), layer_norm=layer_norm,
                   norm_networks=norm_networks, sgd=sgd, updates=updates, probabilities=PROBABILITIES,
                   ensembles=ensembles, paths=paths, underflow=underflow_case())
    with open(o.out, "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")
    print(*(f"{len(content[k])} {k}" for k in ("layer_norm", "norm_networks", "sgd", "updates", "ensembles", "paths")), "->", o.out)


if __name__ == "__main__":
    main()
