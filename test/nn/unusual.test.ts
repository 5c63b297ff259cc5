import { describe, expect, it } from "vitest";
import {
  ExampleDeepNeuralNetwork,
  Generator,
  backward,
  layerGradients,
  nn,
  pathGradients,
  quantile,
  tensor,
  tf,
} from "../../dist/index.js";
import { quote } from "../../dist/nn/quote.js";

const row = (): tf.Tensor => tensor([[1, 0, -1]]);
const mse = new nn.MSELoss();

describe("modules", () => {
  it("may hold the module that holds them", () => {
    const model = new nn.Sequential(new nn.Linear(3, 1), new nn.GELU());
    Object.assign(model[0]!, { parent: model });
    expect(model.namedParameters().map(([name]) => name)).toEqual(["0.weight", "0.bias"]);
    expect(layerGradients(model, row()).gradients).toHaveLength(1);
  });

  it("compare shapes in the forward pass, where layers were replaced", () => {
    const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 1], { useShortcut: true });
    expect(model.shortcuts).toEqual([true, true, true, false]);
    model.layers[1]![0] = new nn.Linear(3, 6);
    model.layers[2]![0] = new nn.Linear(6, 3);
    expect(model.shortcuts).toEqual([true, false, false, false]);
    const { gradients } = layerGradients(model, row());
    expect(gradients.map(({ shape, mean }) => [shape, Number.isFinite(mean)])).toEqual([
      [[3, 3], true],
      [[6, 3], true],
      [[3, 6], true],
      [[1, 3], true],
    ]);
    expect(pathGradients(model, row()).paths.map(({ identity }) => identity)).toEqual([0, 0, 0, 0]);
    const narrow = new ExampleDeepNeuralNetwork([3, 3, 3], { useShortcut: true });
    narrow.layers[1]![0] = new nn.Linear(3, 1);
    expect(narrow.forward(row()).shape).toEqual([1, 1]);
  });

  it("broadcast a replaced bias as PyTorch does, or say what was expected", () => {
    const model = new nn.Sequential(new nn.Linear(3, 3), new nn.GELU());
    const linear = model[0] as nn.Linear;
    const replace = (name: "weight" | "bias", shape: number[]): void => {
      const size = shape.reduce((product, length) => product * length, 1);
      Object.assign(linear, { [name]: new nn.Parameter(new Float32Array(size).fill(5), shape) });
    };
    replace("bias", [1]);
    backward(model, () => tf.sum(model.forward(row())));
    // Each of three outputs lies where gelu' is 1 within 1e-4.
    expect(linear.bias!.grad!.dataSync()[0]).toBeCloseTo(3, 3);
    replace("bias", [4]);
    expect(() => model.forward(row())).toThrow(
      "Linear(3, 3) has a bias of shape [4]; expected [3], or one that is repeated to [1, 3].",
    );
    replace("bias", [6]);
    replace("weight", [6, 3]);
    expect(model.forward(row()).shape).toEqual([1, 6]);
    replace("weight", [3]);
    expect(() => model.forward(row())).toThrow("Linear has a weight of shape [3]; expected [out, in].");
  });

  it("may hold lists that hold themselves", () => {
    const model = new nn.Linear(3, 1);
    const list: unknown[] = [];
    list.push(list);
    Object.assign(model, { list });
    expect(layerGradients(model, row()).gradients).toHaveLength(1);
  });

  it("say what is wrong with a parameter, or an input that is not there", () => {
    for (const shape of [[2], [1.5, 2], "3"])
      expect(() => new nn.Parameter(new Float32Array(3), shape as number[])).toThrow(
        /^Parameter got the shape .* for 3 values; expected sizes whose product is 3\.$/,
      );
    expect(() => new nn.Parameter([1, 2] as never, [2])).toThrow(
      "Parameter got [1,2]; expected a Float32Array",
    );
    const sequential = new nn.Sequential(new nn.Linear(3, 1), new nn.GELU());
    expect(() => sequential.forward(undefined as never)).toThrow(
      "Linear's input is undefined; expected a tensor",
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      "no model",
      () => layerGradients(undefined as never, row()),
      "The model is undefined; expected a module",
    ],
    [
      "no loss",
      () => backward(new nn.Linear(3, 1), undefined as never),
      "The loss is undefined; expected a function",
    ],
    [
      "a number as the loss",
      () => backward(new nn.Linear(3, 1), () => 5 as never),
      "The loss is 5; expected one number",
    ],
    [
      "no layers",
      () => pathGradients(new nn.Linear(3, 1) as never, row()),
      "The model is Linear; expected one with layers",
    ],
    [
      "an input that was disposed",
      () => {
        const x = row();
        x.dispose();
        return layerGradients(new nn.Linear(3, 1), x);
      },
      "The input is a tensor that was disposed; expected one that lives.",
    ],
    [
      "null as options",
      () => backward(new nn.Linear(3, 1), () => tf.sum(row()), null as never),
      "depends on no parameter",
    ],
    [
      "a bound that is none",
      () => new Generator().uniform(new Float32Array(1), null as never),
      "uniform got the bounds null and 1; expected two numbers, the lower first.",
    ],
    [
      "a value that is none",
      () => quantile([1n] as never, 0.5),
      "A value of quantile's is 1n; expected a number.",
    ],
  ])("tell of %s in a sentence", (_, call, problem) => expect(call).toThrow(problem));

  it("say what is wrong with a gradient", () => {
    const { weight } = new nn.Linear(3, 1);
    expect(() => weight.setGrad(tf.ones([3]))).toThrow(
      "The gradient has the shape [3]; expected the parameter's, [1, 3].",
    );
    expect(() => weight.setGrad(tf.ones([1, 3], "int32"))).toThrow(
      "The gradient is a tensor of shape [1, 3] and dtype int32; expected a float32 tensor of shape [1, 3], or null.",
    );
    expect(() => weight.setGrad(7 as never)).toThrow(TypeError);
    expect(weight.grad).toBeNull();
  });

  it("without a parameter are told what makes one", () => {
    class Empty extends nn.Module {
      readonly layers = new nn.ModuleList();
      forward(x: tf.Tensor): tf.Tensor {
        return x;
      }
    }
    expect(() => layerGradients(new Empty(), row())).toThrow(
      "The model has no parameter to compute a gradient of; expected a layer such as nn.Linear in its fields, and layer sizes make one from two entries on, such as [3, 1].",
    );
  });

  it("name any value in an error, whatever it is", () => {
    for (const value of [{ toJSON: () => undefined }, Object.create(null), new Date(NaN), undefined])
      expect(() => mse.forward(value as never, row())).toThrow(/^MSELoss's input is .*; expected a tensor/);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(quote(revoked.proxy)).toBe("an object that cannot be shown");
    expect(quote(tf.ones([2, 3]))).toBe("a tensor of shape [2, 3] and dtype float32");
    expect(quote(new Float32Array(1e6))).toBe("a Float32Array");
    expect(quote(Array(1e6).fill(0))).toHaveLength(60);
  });
});
