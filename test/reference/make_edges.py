"""Write reference values at every edge with PyTorch itself: widths around tile borders, batches, dtypes, bounds.

Usage: python make_edges.py OUT.json     (needs torch; the file here: 2.13.0+cpu)

No input is stored. Each case has a seed: after torch.manual_seed(seed) its modules are made, then its tensors drawn with
uniform_(low, high) in the order that the case lists them, (-1, 1) where no bound is named. Of such draws u an int32
tensor is floor(5 u) and a bool one u > 0; PyTorch then computes with what those are in float32, or as integers where
both are. Truth is float64 arithmetic on the same float32 numbers. Of a tensor it is written as a "summary":
  shape; at: the values at the places floor((n - 1) i / 7), i from 0 to 7, each place once; largest |value|; sum;
  magnitude: the sum of |value|; error: PyTorch's own float32 error, the worst of all elements, relative to largest
"products"   matmul of a and b, stored transposed where transpose_a or transpose_b says so; dtypes of both
"modules"    a Sequential of them, x of a dtype and dy: output, and the gradients of x (where float32) and parameters;
             x_bounds: where x is drawn; LayerNorm's weight is drawn from (0.5, 1.5), its bias from (-1, 1);
             ["Residual", width, gelu] is the section's layer with a shortcut
"networks"   modules, or layer_sizes with use_shortcut and gelu; x within +-scale, target a number;
             loss_f64, gradient_mean_f64 of every "...weight"; error, loss_error: PyTorch's own worst, relative to each
"losses"     MSELoss of input and target, of a dtype each: loss_f64, error of the loss, and the gradient of the input
"steps"      SGD alone: a parameter, and before each step a gradient: sha256 of the parameter after each step, float32
"ensembles"  networks of seeds, x drawn from the case's own seed: gradient_mean_f64 and error, [seeds][layers], [seeds]
"paths"      for every weight [identity, branch], and loss_f64 and loss_error; error: PyTorch's own worst of the shares
"quantiles"  of n draws u, each made a value by the kind: "plain" u / 3; "wide" u / 3 2^floor(10 u); "repeated"
             floor(3 u); "infinite" floor(3 u), but inf where u >= 0.8 and -inf where u < -0.8; "nan" the same, and nan
             where u is in [0, 0.1); shares, and the result of each
"uniform"    torch.empty(n).uniform_(low, high) of each of lengths, one after the other from one stream: sha256 of each
"""
import argparse, copy, itertools, json, random, warnings

import torch
from torch import nn

from make_reference import ExampleNet, layer_gradients
from make_second_act import path_parts, sha256

WIDTHS = [1, 7, 8, 9, 13, 14, 15, 31, 32, 33, 63, 64, 65, 255, 256, 257, 511, 512, 513]
BATCHES = [1, 2, 3, 7, 8, 9, 64, 255, 256, 257, 300]
GELU = ["none", "tanh"]
rnd = random.Random(44)


def cycle(values):
    """Every value as often as the others, in ever another order."""
    while True:
        yield from rnd.sample(values, len(values))


def shapes(count, most, *sizes):
    """So many shapes of which each side takes all its sizes in turn, with `most` elements of their product."""
    sides = [cycle(size) for size in sizes]
    found = []
    while len(found) < count:
        shape = [next(side) for side in sides]
        while torch.Size(shape).numel() > most:
            shape[rnd.randrange(len(shape))] = rnd.choice([1, 2, 7, 8, 9, 13, 14, 15])
        found.append(shape)
    return found


seeds = itertools.count(1)


def draw(shape, low=-1.0, high=1.0, dtype="float32"):
    u = torch.empty(tuple(shape)).uniform_(low, high)
    if dtype == "int32":
        return torch.floor(5 * u.double()).int()
    return u > 0 if dtype == "bool" else u


def short(value):
    return float(f"{value:.9g}")


def summary(truth, own):
    flat = truth.detach().flatten()
    n, largest = flat.numel(), flat.abs().max().item() if flat.numel() else 0.0
    error = (own.detach().double().flatten() - flat).abs().max().item() / largest if largest else 0.0
    return dict(shape=list(truth.shape), at=[short(flat[i].item()) for i in places(n)], largest=short(largest),
                sum=short(flat.sum().item()), magnitude=short(flat.abs().sum().item()), error=float(f"{error:.3g}"))


def places(n):
    return sorted({(n - 1) * i // 7 for i in range(8)}) if n else []


def product_case(a, b, transpose_a=False, transpose_b=False, dtypes=("float32", "float32")):
    seed = next(seeds)
    torch.manual_seed(seed)
    left, right = draw(a, dtype=dtypes[0]), draw(b, dtype=dtypes[1])
    a_side, b_side = left.mT if transpose_a else left, right.mT if transpose_b else right
    truth, own = torch.matmul(a_side.double(), b_side.double()), torch.matmul(a_side.float(), b_side.float())
    return dict(seed=seed, a=list(a), b=list(b), transpose_a=transpose_a, transpose_b=transpose_b, dtypes=list(dtypes),
                dtype="float32" if "float32" in dtypes else "int32", output=summary(truth, own))


def flipped(shape, flip):
    return [*shape[:-2], shape[-1], shape[-2]] if flip else shape


def products():
    turns = itertools.cycle([(False, False), (False, True), (True, False), (True, True)])
    borders = [[32, 32, 32], [32, 32, 33], [64, 64, 64], [64, 65, 64], [31, 33, 32], [128, 16, 128]]
    largest = [[300, 513, 512], [257, 512, 513], [511, 255, 300], [512, 512, 512]]
    plain = shapes(90, 2**20, sorted({*WIDTHS, *BATCHES}), [0, *WIDTHS], WIDTHS) + borders * 2 + largest
    for m, k, n in plain:
        ta, tb = next(turns)
        yield product_case(flipped([m, k], ta), flipped([k, n], tb), ta, tb)
    batched = shapes(60, 2**19, BATCHES, WIDTHS, [0, *WIDTHS], WIDTHS)
    for i, (batch, m, k, n) in enumerate(batched):
        ta, tb = next(turns)
        left, right = [(batch, batch), (1, batch), (batch, 1)][i % 3]
        yield product_case([left, *flipped([m, k], ta)], [right, *flipped([k, n], tb)], ta, tb)
    kinds = ["float32", "int32", "bool"]
    mixed = itertools.cycle([(a, b) for a in kinds for b in kinds if a != b] + [("int32", "int32")])
    mixes = shapes(56, 2**18, sorted({*WIDTHS, *BATCHES}), [0, *WIDTHS], WIDTHS) + [[64, 300, 513]] * 7
    for i, (m, k, n) in enumerate(mixes):
        ta, tb = next(turns)
        batch = [[], [], [3]][i % 3]
        yield product_case([*batch, *flipped([m, k], ta)], [*batch, *flipped([k, n], tb)], ta, tb, next(mixed))


def make(spec):
    kind, *sizes = spec
    if kind == "GELU":
        return nn.GELU(approximate=sizes[0])
    if kind == "Residual":
        return ExampleNet([sizes[0], sizes[0]], True, sizes[1])
    if kind == "Linear":
        return nn.Linear(*sizes[:2], bias=len(sizes) == 2)
    norm = nn.LayerNorm(sizes[0])
    with torch.no_grad():
        norm.weight.uniform_(0.5, 1.5)
        norm.bias.uniform_(-1, 1)
    return norm


def module_case(specs, shape, dtype="float32", x_bounds=(-1.0, 1.0)):
    seed = next(seeds)
    torch.manual_seed(seed)
    model = nn.Sequential(*map(make, specs))
    x = draw(shape, *x_bounds, dtype)
    dy = draw(model(x.float()).shape)

    def run(model, x, dy):
        y = model(x.requires_grad_())
        y.backward(dy)
        return [y, *([x.grad] if dtype == "float32" else []), *(p.grad for p in model.parameters())]

    truth = run(copy.deepcopy(model).double(), x.double(), dy.double())
    own = run(model, x.float().clone(), dy)
    output, *gradients = map(summary, truth, own)
    return dict(seed=seed, modules=specs, x=list(shape), dtype=dtype, x_bounds=list(x_bounds), output=output, gradients=gradients)


def layers():
    borders = [[32, 32, 32], [33, 32, 32], [64, 64, 64], [65, 64, 64], [300, 7, 13], [1, 513, 513]]
    largest = [[300, 513, 512], [257, 512, 513]]
    forms = itertools.cycle([[], [], ["none"], ["tanh"]])
    for i, (batch, width, out) in enumerate(shapes(112, 2**20, BATCHES, WIDTHS, WIDTHS) + borders * 4 + largest):
        specs = [["Linear", width, out, "no bias"] if i % 9 == 8 else ["Linear", width, out], *(["GELU", form] for form in next(forms))]
        yield module_case(specs, [batch, width])
    for batch, width in shapes(36, 2**15, BATCHES, WIDTHS) + [[256, 256], [300, 257], [1, 513], [65, 64], [64, 64]]:
        yield module_case([["Residual", width, rnd.choice(GELU)]], [batch, width])
    for shape in ([7], [2, 3, 7], [4, 64, 33], [2, 3, 2, 8], [300, 1, 9], [0, 8]):
        yield module_case([["Linear", shape[-1], 9], ["GELU", "none"]], shape)
        yield module_case([["Linear", shape[-1], 13]], shape)
    dtypes = itertools.cycle(["int32", "bool"])
    for batch, width, out in shapes(10, 2**18, BATCHES, WIDTHS, WIDTHS):
        linear, form = ["Linear", width, out], rnd.choice(GELU)
        for specs in ([linear], [linear, ["GELU", form]], [["LayerNorm", width], linear], [["GELU", form]]):
            yield module_case(specs, [batch, width], next(dtypes))
    for rows, width in ((2, 9), (64, 33), (300, 64)):
        for dtype in ("int32", "bool"):
            yield module_case([["Residual", width, "none"]], [rows, width], dtype)


def sequence(rows, depth, narrow=False):
    """Modules of mixed widths, so many of them that rows of them keep a test short."""
    most = max(9, 2**19 // rows)
    width = first = rnd.choice([w for w in WIDTHS if w * 9 <= most and not (narrow and w > 65)])
    specs = []
    for _ in range(depth):
        kind = rnd.choice(["Linear", "Linear", "Linear", "GELU", "GELU", "LayerNorm", "Residual"])
        if kind == "Linear":
            out = rnd.choice([w for w in WIDTHS if width * w <= most and not (narrow and w > 65)])
            specs.append(["Linear", width, out])
            width = out
            if rnd.random() < 0.7:
                specs.append(["GELU", rnd.choice(GELU)])
        elif kind == "GELU":
            specs.append(["GELU", rnd.choice(GELU)])
        elif kind == "LayerNorm" and width > 1:
            specs.append(["LayerNorm", width])
        elif kind == "Residual" and width * width <= most:
            specs.append(["Residual", width, rnd.choice(GELU)])
    return first, specs or [["GELU", "none"]]


def modules():
    yield from layers()
    batch = cycle(BATCHES)
    for _ in range(40):
        rows = next(batch)
        width, specs = sequence(rows, rnd.randint(2, 6))
        yield module_case(specs, [rows, width])
    bounds = itertools.cycle([(-1.0, 1.0), (-6.0, 6.0), (-40.0, 40.0), (-1e-3, 1e-3), (-1e-30, 1e-30)])
    for m, n in shapes(44, 2**16, BATCHES, WIDTHS) + [[64, 256], [128, 129], [300, 513], [257, 512]]:
        yield module_case([["GELU", rnd.choice(GELU)]], [m, n], x_bounds=next(bounds))
    for shape in ([1], [9], [2, 64, 255], [0, 8], [2, 3, 4, 5]):
        yield module_case([["GELU", "none"]], shape)
    bounds = itertools.cycle([(-1.0, 1.0), (-1e3, 1e3), (-1e-3, 1e-3), (99.0, 101.0), (2.0, 2.0)])
    for m, n in shapes(48, 2**16, BATCHES, WIDTHS) + [[64, 256], [128, 129], [300, 513], [300, 512]]:
        yield module_case([["LayerNorm", n]], [m, n], x_bounds=next(bounds))
    for shape in ([2, 64, 255], [2, 64, 256], [2, 64, 257], [3, 100, 63], [1, 1, 7], [7, 9, 13], [64, 2, 33], [300, 1, 65],
                  [9, 300, 8], [0, 8], [13]):
        yield module_case([["LayerNorm", shape[-1]]], shape)
    for specs in ([["Linear", 64, 255], ["GELU", "none"], ["LayerNorm", 255]], [["GELU", "none"], ["LayerNorm", 64], ["Linear", 64, 255]],
                  [["LayerNorm", 64], ["Linear", 64, 255], ["GELU", "tanh"]]):
        for batch in ([64], [2, 64], [300], [1]):
            yield module_case(specs, [*batch, 64])


def worst(means, truth):
    """As `verify` judges: the worst relative error, of numbers of which those below 1e-36 count as 0."""
    flush = lambda value: 0.0 if abs(value) < 1e-36 else value
    pairs = [(flush(means[name]), flush(value)) for name, value in truth.items()]
    return max((abs(a - b) / abs(b) if b else float("inf") for a, b in pairs if a != b), default=0.0)


def network_case(rows, scale, target, specs=None, sizes=None, use_shortcut=False, gelu="none"):
    seed = next(seeds)
    torch.manual_seed(seed)
    model = nn.Sequential(*map(make, specs)) if specs else ExampleNet(sizes, use_shortcut, gelu)
    width = sizes[0] if sizes else specs[0][1] if specs[0][0] != "GELU" else specs[1][1]
    x = draw([rows, width], -scale, scale)
    goal = torch.full(model(x).shape, target)
    _, loss, means = layer_gradients(model, x, goal)
    _, loss64, means64 = layer_gradients(copy.deepcopy(model).double(), x.double(), goal.double())
    kind = dict(modules=specs) if specs else dict(layer_sizes=sizes, use_shortcut=use_shortcut, gelu=gelu)
    return dict(seed=seed, **kind, x=[rows, width], scale=scale, target=target, loss_f64=short(loss64.item()),
                loss_error=abs(loss.item() / loss64.item() - 1), gradient_mean_f64={n: short(v) for n, v in means64.items()},
                error=worst(means, means64))


def networks():
    for rows in (1, 64, 300, 1000):
        for use_shortcut in (False, True):
            yield network_case(rows, 1e3, 0.0, sizes=[8, 8, 1, 2, 2], use_shortcut=use_shortcut, gelu="tanh")
    rows, scales, targets = cycle(BATCHES), cycle([1e-3, 1.0, 1e3]), cycle([0.0, 0.5, -1.0])
    for i in range(36):
        batch = next(rows)
        most = max(9, 2**18 // batch)
        sizes = [rnd.choice(WIDTHS[:13])]
        for _ in range(rnd.randint(1, 8)):
            sizes.append(sizes[-1] if i % 2 and rnd.random() < 0.7 else rnd.choice([w for w in WIDTHS if w * sizes[-1] <= most]))
        yield network_case(batch, next(scales), next(targets), sizes=sizes, use_shortcut=bool(i % 2), gelu=GELU[i // 2 % 2])
    for _ in range(30):
        batch = next(rows)
        width, specs = sequence(batch, rnd.randint(3, 7), narrow=batch > 9)
        yield network_case(batch, next(scales), next(targets), specs=[["Linear", width, width], *specs])
    for batch, scale in ((1, 1.0), (64, 1.0), (300, 1e3), (257, 1e-3)):
        yield network_case(batch, scale, 0.5, specs=[["GELU", "none"], ["LayerNorm", 64], ["Linear", 64, 255]])
        yield network_case(batch, scale, 0.5, specs=[["LayerNorm", 64], ["Linear", 64, 255], ["GELU", "tanh"], ["LayerNorm", 255],
                                                     ["Linear", 255, 3]])


def loss_case(shape, goal_shape, dtype="float32"):
    seed = next(seeds)
    torch.manual_seed(seed)
    x, target = draw(shape), draw(goal_shape, dtype=dtype)

    def run(x, target):
        loss = nn.functional.mse_loss(x.requires_grad_(), target)
        loss.backward()
        return loss, x.grad

    (loss64, truth), (loss, own) = run(x.double(), target.double()), run(x.clone(), target)
    return dict(seed=seed, input=list(shape), target=list(goal_shape), dtype=dtype, loss_f64=short(loss64.item()),
                error=abs(loss.item() / loss64.item() - 1), gradient=summary(truth, own))


def losses():
    dtypes = itertools.cycle(["float32", "int32", "bool"])
    for shape in shapes(45, 2**17, BATCHES, WIDTHS) + [[128, 128], [127, 129], [128, 129]] * 3:
        yield loss_case(shape, shape, next(dtypes))
    for shape, goal in (([300, 513], [1, 513]), ([300, 513], [300, 1]), ([64, 9], [9]), ([7], []), ([1, 8], [9, 8]), ([3, 1, 5], [4, 1]),
                        ([9], [64, 9]), ([2, 64, 255], [64, 1]), ([1], [9, 7]), ([], [8])):
        for _ in range(3):
            yield loss_case(shape, goal, next(dtypes))
    for shape in ([], [1], [7], [2, 3, 4, 5]):
        yield loss_case(shape, shape, next(dtypes))


SGD = [
    dict(lr=0.1),
    dict(lr=0.05, momentum=0.9),
    dict(lr=0.05, momentum=0.9, dampening=0.5, weight_decay=0.01),
    dict(lr=0.03, momentum=0.8, nesterov=True, weight_decay=0.1),
    dict(lr=0.1, weight_decay=0.1, maximize=True),
    dict(lr=0.02, momentum=0.7, maximize=True),
]


def step_case(size, options):
    seed = next(seeds)
    torch.manual_seed(seed)
    parameter = nn.Parameter(draw([size]))
    optimizer = torch.optim.SGD([parameter], **options)
    hashes = []
    for _ in range(4):
        parameter.grad = draw([size])
        optimizer.step()
        hashes.append(sha256([parameter]))
    return dict(seed=seed, size=size, options=options, sha256=hashes)


def steps():
    for size in (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 255, 257, 511, 513, 1000, 4095, 4096, 4097, 16383, 16385,
                 65537, 300_000):
        for options in SGD:
            yield step_case(size, options)


def ensemble_case(networks, sizes, rows, scale, target, use_shortcut=True, gelu="none"):
    seed = next(seeds)
    torch.manual_seed(seed)
    x = draw([rows, sizes[0]], -scale, scale)
    goal = torch.full((rows, sizes[-1]), target)
    truths, errors = [], []
    for network in range(networks):
        torch.manual_seed(network)
        model = ExampleNet(sizes, use_shortcut, gelu)
        _, _, means = layer_gradients(model, x, goal)
        _, _, means64 = layer_gradients(model.double(), x.double(), goal.double())
        truths.append([short(value) for value in means64.values()])
        errors.append(worst(means, means64))
    return dict(seed=seed, networks=networks, layer_sizes=sizes, x=[rows, sizes[0]], scale=scale, target=target,
                use_shortcut=use_shortcut, gelu=gelu, gradient_mean_f64=truths, error=errors)


def ensembles():
    yield ensemble_case(20, [1, 1, 1], 1, 1.0, 0.0)
    yield ensemble_case(9, [7, 7, 8, 9, 1], 2, 1.0, 0.5, gelu="tanh")
    yield ensemble_case(8, [13, 14, 15, 16, 16], 3, 1e-3, 0.5)
    yield ensemble_case(7, [31, 32, 33, 33, 2], 9, 1e3, 0.0, use_shortcut=False)
    yield ensemble_case(5, [63, 64, 65, 65, 1], 64, 1.0, 0.0, gelu="tanh")
    yield ensemble_case(3, [255, 256, 257, 257], 7, 1.0, -1.0)
    yield ensemble_case(2, [513, 512, 511], 1, 1.0, 0.0)
    yield ensemble_case(6, [8, 8, 1, 2, 2], 300, 1.0, 0.5, gelu="tanh")
    yield ensemble_case(4, [9] * 12 + [1], 257, 1.0, 0.0)


def path_case(sizes, shortcuts, rows, gelu, target):
    seed = next(seeds)
    torch.manual_seed(seed)
    model = ExampleNet(sizes, False, gelu)
    x = draw([rows, sizes[0]])
    own_loss, own = path_parts(model, shortcuts, x, target)
    loss, parts = path_parts(model.double(), shortcuts, x.double(), target)
    error = max(abs(a - b) for name in parts for a, b in zip(parts[name], own[name]))
    return dict(seed=seed, layer_sizes=sizes, shortcuts=shortcuts, x=[rows, sizes[0]], gelu=gelu, target=target,
                loss_f64=short(loss), loss_error=abs(own_loss / loss - 1), error=error,
                parts={name: [short(part) for part in pair] for name, pair in parts.items()})


def paths():
    batches = cycle(BATCHES)
    for width in WIDTHS[:16]:
        sizes = [width] * 4 + [3]
        shortcuts = [rnd.random() < 0.75 for _ in range(4)]
        rows = next(batches)
        yield path_case(sizes, shortcuts, rows if rows * width < 2**14 else 7, rnd.choice(GELU), rnd.choice([0.0, 1.0]))
    yield path_case([8, 8, 9, 9, 7, 7, 1], [True] * 6, 300, "tanh", 0.5)


def value_of(u, kind):
    u = u.double()
    if kind == "plain":
        return u / 3
    if kind == "wide":
        return u / 3 * torch.exp2(torch.floor(10 * u))
    values = torch.floor(3 * u)
    if kind in ("infinite", "nan"):
        values[u >= 0.8], values[u < -0.8] = float("inf"), float("-inf")
    if kind == "nan":
        values[(u >= 0) & (u < 0.1)] = float("nan")
    return values


def quantile_case(n, kind):
    seed = next(seeds)
    torch.manual_seed(seed)
    values = value_of(draw([n]), kind)
    shares = [0.0, 1.0, *rnd.sample([0.05, 0.25, 0.5, 0.75, 0.95], 3), *(round(rnd.random(), rnd.choice([2, 17])) for _ in range(3))]
    results = [torch.quantile(values, share).item() for share in shares]
    exact = lambda value: value if abs(value) < float("inf") else str(value)
    return dict(seed=seed, n=n, kind=kind, shares=shares, results=[exact(value) for value in results])


def quantiles():
    kinds = ["plain", "wide", "repeated", "infinite", "nan"]
    for n in (1, 2, 3, 4, 5, 7, 8, 10, 20, 31, 50, 100, 101, 500, 999, 1000):
        for kind in kinds:
            yield quantile_case(n, kind)
    for _ in range(20):
        yield quantile_case(rnd.randint(2, 6), "infinite")


BOUNDS = [(0.0, 1.0), (0.6, 1.0), (1.0, 1.0000001), (1.0, 1.0000002), (0.1, 0.3), (-1.0, 1.0), (1e-30, 2e-30), (1000.0, 1000.001),
          (0.0, 16777216.0), (-0.0, 0.0), (2.0, 2.0), (-3.0, 1e-9), (0.0, 1e-45), (-1e38, 1e38)]
# The 12th and the 9th draw of these have 24 bits of 1, which round to the upper bound of (0.6, 1).
HIGHEST = [1687231, 2666572]


def uniform_case(seed, lengths, low, high):
    torch.manual_seed(seed)
    return dict(seed=seed, low=low, high=high, lengths=lengths, sha256=[sha256([torch.empty(n).uniform_(low, high)]) for n in lengths])


def uniform():
    fresh = cycle([1, 2, 15, 16, 17, 623, 624, 625, 1247, 1248, 1249, 10_000])
    for seed in (0, 5, 123, *HIGHEST, -1, 2**53 - 1):
        for low, high in BOUNDS:
            yield uniform_case(seed, [12, 4, 1, 623, 1300], low, high)
            yield uniform_case(seed, [next(fresh)], low, high)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("out")
    o = a.parse_args()
    warnings.simplefilter("ignore")  # MSELoss remarks that shapes differ: they are meant to.
    kinds = [products, modules, networks, losses, steps, ensembles, paths, quantiles, uniform]
    content = dict(torch=torch.__version__, cpu=torch.backends.cpu.get_cpu_capability(), **{kind.__name__: list(kind()) for kind in kinds})
    with open(o.out, "w") as file:
        json.dump(content, file, separators=(",", ":"), allow_nan=False)
        file.write("\n")
    print(*(f"{len(content[kind.__name__])} {kind.__name__}" for kind in kinds), "->", o.out)


if __name__ == "__main__":
    main()
