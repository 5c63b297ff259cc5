"""Write reference values with PyTorch itself: what reaches each layer before its activation, activations, initialisation.

Usage: python make_modules.py OUT.json     (needs torch; the file here: 2.13.0+cpu)

"deltas": the section's network; for every layer the mean of |d loss / d z|, z the linear layer's output, float64
"activations": nn.ReLU, nn.Tanh, nn.Sigmoid of x, float32 and float64; dx is the gradient for dy
"activation_networks": 12 layers with that activation in GELU's place; gradient_mean and gradient_mean_f64
"init": an nn.init function with its options on a parameter of that shape, after torch.manual_seed(seed): sha256 of the
  float32 values and the first 4 of them; next is one draw of torch.rand(1) after it; of orthogonal_, whose factorisation
  is another library's, all values and the same in float64 from the same float32 draws
"normal": torch.empty(n).normal_(mean, std), then 3 more, then torch.rand(1)
"gains": nn.init.calculate_gain
"""
import argparse, copy, json

import torch
from torch import nn

from make_reference import ExampleNet, hashlib, layer_gradients

ACTIVATIONS = dict(ReLU=nn.ReLU, Tanh=nn.Tanh, Sigmoid=nn.Sigmoid)


def sha256(t):
    return hashlib.sha256(t.detach().contiguous().numpy().tobytes()).hexdigest()


def flat(t):
    return t.detach().flatten().tolist()


def delta_case(use_shortcut, x):
    torch.manual_seed(123)
    model = ExampleNet([3, 3, 3, 3, 3, 1], use_shortcut, "none").double()
    outputs = []

    def keep(module, inputs, output):
        output.retain_grad()
        outputs.append(output)

    for layer in model.layers:
        layer[0].register_forward_hook(keep)
    output = model(torch.tensor(x, dtype=torch.float64))
    nn.functional.mse_loss(output, torch.zeros_like(output)).backward()
    return dict(use_shortcut=use_shortcut, x=x, deltas=[z.grad.abs().mean().item() for z in outputs])


def activation_case(name):
    torch.manual_seed(44)
    special = torch.tensor([0.0, -0.0, 1e-40, -1e-40, 1e-6, -1e-6, 20.0, -20.0, 90.0, -90.0, 120.0, -120.0])
    x, dy = torch.cat([special, torch.randn(200) * 3]), torch.cat([torch.ones(12), torch.randn(200)])

    def run(x, dy):
        x = x.clone().requires_grad_()
        y = ACTIVATIONS[name]()(x)
        y.backward(dy)
        return flat(y), flat(x.grad)

    y, dx = run(x, dy)
    y64, dx64 = run(x.double(), dy.double())
    return dict(name=name, x=flat(x), dy=flat(dy), output=y, dx=dx, output_f64=y64, dx_f64=dx64)


def activation_network_case(name, use_shortcut, sizes):
    torch.manual_seed(123)
    model = ExampleNet(sizes, use_shortcut, "none")
    for layer in model.layers:
        layer[1] = ACTIVATIONS[name]()
    x, target = torch.tensor([[(1.0, 0.0, -1.0)[i % 3] for i in range(sizes[0])]]), torch.zeros(1, sizes[-1])
    _, loss, means = layer_gradients(model, x, target)
    _, _, means64 = layer_gradients(copy.deepcopy(model).double(), x.double(), target.double())
    return dict(name=name, use_shortcut=use_shortcut, layer_sizes=sizes, loss=loss.item(), gradient_mean=means,
                gradient_mean_f64=means64)


def init_case(name, shape, seed=123, **options):
    torch.manual_seed(seed)
    t = torch.empty(shape)
    getattr(nn.init, name)(t, **options)
    case = dict(name=name, shape=list(shape), seed=seed, options=options, sha256=sha256(t), first=flat(t)[:4],
                next=torch.rand(1).item())
    if name == "orthogonal_":
        torch.manual_seed(seed)
        flattened = torch.empty(shape[0], t.numel() // shape[0]).normal_(0, 1).double()
        tall = flattened.t() if flattened.shape[0] < flattened.shape[1] else flattened
        q, r = torch.linalg.qr(tall)
        q = q * torch.diag(r, 0).sign()
        truth = (q.t() if flattened.shape[0] < flattened.shape[1] else q) * options.get("gain", 1)
        case.update(values=flat(t), values_f64=flat(truth))
    return case


def normal_case(n, mean, std, seed):
    torch.manual_seed(seed)
    t = torch.empty(n).normal_(mean, std)
    more = torch.empty(3).normal_()
    return dict(n=n, mean=mean, std=std, seed=seed, sha256=sha256(t), first=flat(t)[:4], more=flat(more),
                next=torch.rand(1).item())


def main():
    a = argparse.ArgumentParser()
    a.add_argument("out")
    o = a.parse_args()
    row = [[1.0, 0.0, -1.0]]
    deltas = [delta_case(s, x) for s in (False, True) for x in (row, row + [[0.5, 2.0, 1.0], [-0.25, 0.75, 2.0]])]
    shapes = [(3, 3), (1, 3), (5, 8), (8, 5), (64, 48), (4, 3, 2), (300, 200)]
    init = [init_case(n, s) for s in shapes for n in (
        "uniform_", "normal_", "xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "orthogonal_")
        if not (n == "orthogonal_" and s == (300, 200))]
    init += [
        init_case("uniform_", (7, 9), a=-0.1, b=0.3),
        init_case("normal_", (7, 9), mean=0.5, std=0.02),
        init_case("xavier_uniform_", (7, 9), gain=5 / 3),
        init_case("xavier_normal_", (7, 9), gain=5 / 3, seed=2**32 + 5),
        init_case("kaiming_uniform_", (7, 9), a=5**0.5),
        init_case("kaiming_uniform_", (7, 9), mode="fan_out", nonlinearity="relu"),
        init_case("kaiming_normal_", (7, 9), mode="fan_out", nonlinearity="tanh"),
        init_case("kaiming_normal_", (7, 9), a=0.2),
        init_case("orthogonal_", (9, 7), gain=2**0.5, seed=7),
        init_case("constant_", (2, 3), val=0.3),
        init_case("zeros_", (2, 3)),
        init_case("ones_", (2, 3)),
    ]
    normal = [normal_case(n, m, s, seed) for n, m, s, seed in (
        (1, 0.0, 1.0, 0), (2, 0.0, 1.0, 1), (15, 0.5, 2.0, 123), (16, 0.5, 2.0, 123), (17, -1.0, 0.1, 123),
        (1249, 0.0, 1.0, 42), (400_000, 0.0, 1.0, 5))]
    gains = [dict(nonlinearity=n, param=p, gain=nn.init.calculate_gain(n, p)) for n, p in (
        ("linear", None), ("conv1d", None), ("conv2d", None), ("conv3d", None), ("conv_transpose1d", None),
        ("conv_transpose2d", None), ("conv_transpose3d", None), ("sigmoid", None), ("tanh", None), ("relu", None),
        ("leaky_relu", None), ("leaky_relu", 0.2), ("leaky_relu", 0), ("selu", None))]
    content = dict(torch=torch.__version__, cpu=torch.backends.cpu.get_cpu_capability(), deltas=deltas,
                   activations=[activation_case(n) for n in ACTIVATIONS],
                   activation_networks=[activation_network_case(n, s, sizes) for n in ACTIVATIONS for s in (False, True)
                                        for sizes in ([8] * 12 + [1], [300, 300, 300, 2])],
                   init=init, normal=normal, gains=gains)
    with open(o.out, "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")
    print(*(f"{len(v)} {k}" for k, v in content.items() if isinstance(v, list)), "->", o.out)


if __name__ == "__main__":
    main()
