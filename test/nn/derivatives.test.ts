import { describe, expect, it } from "vitest";
import { ExampleDeepNeuralNetwork, manualSeed, nn, setBackend, tensor, tf } from "../../dist/index.js";
import { backends, seeded } from "./secondact";

type Form = "none" | "tanh";

describe.each(backends)("gradients of gradients, on %s", (backend) => {
  const x = (): tf.Tensor => tensor([[1, 0.5, -1]]);
  const closeTo = (found: tf.Tensor, expected: number[]): void => {
    const largest = Math.max(...expected.map(Math.abs));
    const values = found.dataSync();
    expect(values).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(Math.abs(values[i]! - value) / largest).toBeLessThan(1e-5));
  };
  const secondOf = (f: (x: tf.Tensor) => tf.Tensor) =>
    tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.grad(f)(x))));

  // torch 2.13.0, float64: f = mse_loss(Sequential(Linear(3, 3), GELU, LayerNorm(3), Linear(3, 1)), 0.5) after
  // manual_seed(1), g = df/dx with create_graph, and d(g·g)/dx
  it.each<[Form, number[], number[]]>([
    [
      "none",
      [0.0019488346558771644, -0.0034200595664198225, 0.00021192662221637204],
      [0.0003972775978659393, -0.0007214612153041314, 7.948240643672811e-5],
    ],
    [
      "tanh",
      [0.0019487785351293772, -0.0034199716806291493, 0.00021194071846161212],
      [0.0003972662657997434, -0.0007214418058146011, 7.948205582547461e-5],
    ],
  ])("of a loss, with %s GELU", (approximate, first, second) => {
    setBackend(backend);
    manualSeed(1);
    const model = new nn.Sequential(
      new nn.Linear(3, 3),
      new nn.GELU({ approximate }),
      new nn.LayerNorm(3),
      new nn.Linear(3, 1),
    );
    const f = (x: tf.Tensor): tf.Tensor => new nn.MSELoss().forward(model.forward(x), tensor([[0.5]]));
    closeTo(tf.grad(f)(x()), first);
    closeTo(secondOf(f)(x()), second);
  });

  // The same of the section's network [3, 3, 3, 1] with shortcuts, f = its output
  it.each<[Form, number[]]>([
    ["none", [-0.00828217912404227, 0.01024242786232863, 0.02622361635410481]],
    ["tanh", [-0.008281084093596753, 0.010243472852739986, 0.02622493189708243]],
  ])("of the section's network, with %s GELU", (gelu, second) => {
    setBackend(backend);
    const model = seeded(1, [3, 3, 3, 1], { useShortcut: true, gelu });
    closeTo(secondOf((x) => tf.sum(model.forward(x)))(x()), second);
  });

  it("of the weights, for a penalty on the gradient", () => {
    setBackend(backend);
    const model = seeded(1, [3, 3, 3, 1], { useShortcut: true });
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.square(tf.grad((x: tf.Tensor) => tf.sum(model.forward(x)))(x()))) as tf.Scalar,
      model.parameters() as unknown as tf.Variable[],
    );
    // torch 2.13.0, float64: the mean |grad| of each weight
    const expected = [0.004829658074828328, 0.00799781322377796, 0.056329508840702563];
    const weights = model.namedParameters().filter(([name]) => name.includes("weight"));
    weights.forEach(([, { name }], i) =>
      expect(tf.mean(tf.abs(grads[name]!)).dataSync()[0]! / expected[i]!).toBeCloseTo(1, 5),
    );
  });
});

describe.each(backends)("TensorFlow.js's optimizers, on %s", (backend) => {
  const loss = (model: nn.Module): tf.Scalar =>
    new nn.MSELoss().forward(model.forward(tensor([[1, 0, -1]])), tensor([[0]])) as tf.Scalar;

  it("descend as PyTorch's SGD does", () => {
    setBackend(backend);
    const model = seeded(123, [3, 3, 3, 3, 3, 1], { useShortcut: true });
    const optimizer = tf.train.sgd(0.1);
    // torch.optim.SGD(lr=0.1), float32: the loss before each of four steps
    const expected = [0.5885651111602783, 0.01301526091992855, 0.007220286410301924, 0.0042942906729876995];
    for (const value of expected)
      expect(
        optimizer
          .minimize(() => loss(model), true, model.parameters() as unknown as tf.Variable[])!
          .dataSync()[0]! / value,
      ).toBeCloseTo(1, 4);
  });

  const optimizers: { [name: string]: () => tf.Optimizer } = {
    sgd: () => tf.train.sgd(0.05),
    momentum: () => tf.train.momentum(0.02, 0.5),
    adagrad: () => tf.train.adagrad(0.05),
    adadelta: () => tf.train.adadelta(1),
    adam: () => tf.train.adam(0.02),
    adamax: () => tf.train.adamax(0.02),
    rmsprop: () => tf.train.rmsprop(0.01),
  };
  it.each(Object.keys(optimizers))("%s finds the parameters by itself, and leaves others alone", (name) => {
    setBackend(backend);
    const model = seeded(123, [3, 3, 3, 1], { useShortcut: true });
    const other = seeded(123, [3, 3, 3, 1], { useShortcut: true });
    const optimizer = optimizers[name]!();
    const before = loss(model).dataSync()[0]!;
    for (let i = 0; i < 20; i++) optimizer.minimize(() => loss(model));
    expect(loss(model).dataSync()[0]).toBeLessThan(0.9 * before);
    expect(loss(other).dataSync()[0]).toBe(before);
  });
});

it("a network that nothing reaches any more is no variable to train", () => {
  const names = (): number => {
    let count = 0;
    for (const name in tf.engine().registeredVariables) if (name.startsWith("slot_")) count++;
    return count;
  };
  const before = names();
  const model = new ExampleDeepNeuralNetwork([3, 3, 1]);
  expect(names()).toBe(before + 4);
  model.dispose();
  expect(names()).toBe(before);
});
