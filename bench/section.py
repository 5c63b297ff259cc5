# The cells of notebooks/zh/shortcut-connections.ipynb in Python, which bench/notebook.mjs executes beside it.
# %%
import matplotlib.pyplot as plt
import torch
from matplotlib.patches import FancyArrowPatch, Rectangle
from torch import nn


class ExampleDeepNeuralNetwork(nn.Module):
    def __init__(self, layer_sizes, use_shortcut, gelu="none"):
        super().__init__()
        self.use_shortcut = use_shortcut
        self.layers = nn.ModuleList(
            nn.Sequential(nn.Linear(before, after), nn.GELU(approximate=gelu))
            for before, after in zip(layer_sizes, layer_sizes[1:])
        )

    def forward(self, x):
        for layer in self.layers:
            layer_output = layer(x)
            x = x + layer_output if self.use_shortcut and x.shape == layer_output.shape else layer_output
        return x


# %%
layer_sizes = [3, 3, 3, 3, 3, 1]
sample_input = torch.tensor([[1.0, 0.0, -1.0]])
torch.manual_seed(123)
model_without_shortcut = ExampleDeepNeuralNetwork(layer_sizes, use_shortcut=False)


# %%
def print_gradients(model, x):
    model.zero_grad()
    loss = nn.MSELoss()(model(x), torch.tensor([[0.0]]))
    loss.backward()
    for name, parameter in model.named_parameters():
        if "weight" in name:
            print(f"{name} has gradient mean of {parameter.grad.abs().mean().item()}")


# %%
print_gradients(model_without_shortcut, sample_input)
# %%
torch.manual_seed(123)
model_with_shortcut = ExampleDeepNeuralNetwork(layer_sizes, use_shortcut=True)
print_gradients(model_with_shortcut, sample_input)
# %%
first_name, first_weight = next(model_without_shortcut.named_parameters())
print(first_name)
for word, accumulate, zero in [
    ("replaced       ", False, False),
    ("replaced       ", False, False),
    ("accumulated    ", True, False),
    ("after zero_grad", True, True),
]:
    if zero or not accumulate:
        model_without_shortcut.zero_grad()
    nn.MSELoss()(model_without_shortcut(sample_input), torch.tensor([[0.0]])).backward()
    print(word, first_weight.grad.abs().mean().item())
# %%
for use_shortcut in [False, True]:
    torch.manual_seed(123)
    model = ExampleDeepNeuralNetwork(layer_sizes, use_shortcut, gelu="tanh")
    print(f"use_shortcut: {use_shortcut}")
    print_gradients(model, sample_input)
# %%
book = [
    (
        False,
        "none",
        [
            0.0002017411752603948,
            0.00012011770741082728,
            0.0007152437465265393,
            0.0013988513965159655,
            0.005049604922533035,
        ],
    ),
    (
        True,
        "none",
        [
            0.22186796367168427,
            0.207092747092247,
            0.32923877239227295,
            0.2667771875858307,
            1.3268063068389893,
        ],
    ),
    (
        False,
        "tanh",
        [
            0.00020173587836325169,
            0.0001201116101583466,
            0.0007152041653171182,
            0.001398873864673078,
            0.005049646366387606,
        ],
    ),
    (
        True,
        "tanh",
        [
            0.22169792652130127,
            0.20694105327129364,
            0.32896995544433594,
            0.2665732502937317,
            1.3258541822433472,
        ],
    ),
]


def layer_gradients(model, x):
    model.zero_grad()
    output = model(x)
    loss = nn.MSELoss()(output, torch.tensor([[0.0]]))
    loss.backward()
    weights = [parameter for name, parameter in model.named_parameters() if "weight" in name]
    means = [weight.grad.abs().mean().item() for weight in weights]
    return means, output.item(), loss.item()


passed = 0
for use_shortcut, gelu, printed in book:
    torch.manual_seed(123)
    model = ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], use_shortcut, gelu)
    print(f'use_shortcut: {use_shortcut}, gelu: "{gelu}"')
    for i, mean in enumerate(layer_gradients(model, torch.tensor([[1.0, 0.0, -1.0]]))[0]):
        is_close = abs(mean - printed[i]) <= 1e-6 * printed[i]
        passed += is_close
        print(f"  layers.{i}.0.weight  {printed[i]:<22}  {mean:<22}  {'pass' if is_close else 'FAIL'}")
print(f"{passed} of 20 pass")
# %%
colors = ["#d55e00", "#0072b2"]
titles = ["without shortcut connections", "with shortcut connections"]
both = [layer_gradients(model, sample_input) for model in (model_without_shortcut, model_with_shortcut)]
figure, axes = plt.subplots(figsize=(8, 4.3))
for i, (means, _, _) in enumerate(both):
    positions = [layer + 0.4 * (i - 0.5) for layer in range(len(means))]
    bars = axes.bar(positions, means, 0.36, color=colors[i], label=titles[i])
    axes.bar_label(bars, [f"{mean:.3g}" for mean in means], padding=2, fontsize=9)
axes.set_yscale("log")
axes.set_ylabel("mean |gradient|, log scale")
axes.set_xticks(range(5), [f"layers.{layer}" for layer in range(5)])
axes.set_title("Mean |gradient| of each layer's weight", loc="left")
axes.grid(axis="y", color="#dddddd")
axes.legend(frameon=False, ncols=2)
plt.show()
for use_shortcut, (_, output, loss) in zip([False, True], both):
    print(f"use_shortcut: {use_shortcut}, output {output:.4g}, loss {loss:.4g}")


# %%
def network_figure(both, sizes):
    figure, panels = plt.subplots(1, 2, figsize=(9, 5.8))
    every = [mean for means, _, _ in both for mean in means]
    scale = plt.matplotlib.colors.LogNorm(min(every), max(every))
    for i, (axes, (means, _, _)) in enumerate(zip(panels, both)):
        axes.set(xlim=(-1.6, 2.2), ylim=(-1.1, len(means) + 0.4))
        axes.axis("off")
        axes.set_title(titles[i], color=colors[i])
        axes.text(0.5, len(means) + 0.2, f"input ({sizes[0]})", ha="center")
        axes.text(0.5, -1.0, f"output ({sizes[-1]}) → loss", ha="center")
        for layer, mean in enumerate(means):
            bottom = len(means) - 1 - layer
            axes.add_patch(
                Rectangle((0, bottom), 1, 0.5, facecolor=plt.cm.Blues(scale(mean)), edgecolor="#888")
            )
            words = f"layers.{layer} · {sizes[layer]} → {sizes[layer + 1]}"
            light = "white" if scale(mean) > 0.5 else "black"
            axes.text(0.5, bottom + 0.25, words, ha="center", va="center", color=light, fontsize=8)
            axes.text(1.05, bottom + 0.25, f"{mean:.3g}", va="center")
            start = (0.5, bottom + 1.0)
            axes.add_patch(FancyArrowPatch(start, (0.5, bottom + 0.5), arrowstyle="-|>", mutation_scale=10))
            if i == 0:
                continue
            kept = sizes[layer] == sizes[layer + 1]
            axes.add_patch(
                FancyArrowPatch(
                    (0.5, bottom + 0.85),
                    (0.5, bottom - 0.2),
                    connectionstyle="arc3,rad=0.9",
                    arrowstyle="-|>",
                    linestyle="-" if kept else ":",
                    color=colors[1] if kept else "#888",
                    mutation_scale=10,
                )
            )
            if not kept:
                words = f"no shortcut: {sizes[layer]} ≠ {sizes[layer + 1]}"
                axes.text(-0.1, bottom + 0.25, words, ha="right", fontsize=8)
        end = (0.5, -0.7)
        axes.add_patch(FancyArrowPatch((0.5, 0), end, arrowstyle="-|>", mutation_scale=10))
    figure.suptitle("How much gradient reaches each layer", x=0.1, ha="left")
    plt.show()


both = [layer_gradients(model, sample_input) for model in (model_without_shortcut, model_with_shortcut)]
network_figure(both, layer_sizes)
for use_shortcut, (means, _, _) in zip([False, True], both):
    print(f"use_shortcut: {use_shortcut}, last layer / first layer = {means[-1] / means[0]:.3g}")
# %%
uneven_sizes = [3, 4, 4, 2, 2, 1]
uneven = []
for use_shortcut in [False, True]:
    torch.manual_seed(123)
    model = ExampleDeepNeuralNetwork(uneven_sizes, use_shortcut)
    uneven.append(layer_gradients(model, torch.tensor([[1.0, 0.0, -1.0]])))
network_figure(uneven, uneven_sizes)
for use_shortcut, (means, _, _) in zip([False, True], uneven):
    print(f"use_shortcut: {use_shortcut}, last layer / first layer = {means[-1] / means[0]:.3g}")
