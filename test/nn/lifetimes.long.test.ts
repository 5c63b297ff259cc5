import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Backend,
  ExampleDeepNeuralNetwork,
  backward,
  layerGradients,
  nn,
  optim,
  pathGradients,
  setBackend,
  tensor,
  tf,
} from "../../dist/index.js";
import { backends } from "./secondact";

const row = (): tf.Tensor => tensor([[1, 0, -1]]);
const mse = new nn.MSELoss();

/** Its forward pass puts hidden values aside. */
class Keeping extends nn.Module {
  readonly first = new nn.Linear(3, 3);
  readonly second = new nn.Linear(3, 1);
  hidden: tf.Tensor | null = null;
  readonly all: tf.Tensor[] = [];

  forward(x: tf.Tensor): tf.Tensor {
    this.hidden = this.first.forward(x);
    this.all.push(this.hidden);
    return this.second.forward(this.hidden);
  }
}

/** Its forward pass gives back what is not its own to free. */
class Giving extends nn.Module {
  readonly weight = new nn.Parameter(Float32Array.of(1, 2, 3), [1, 3]);
  what: "input" | "weight" | "sum" = "sum";

  forward(x: tf.Tensor): tf.Tensor {
    return this.what === "input" ? x : this.what === "weight" ? this.weight : tf.add(x, this.weight);
  }
}

describe.each(backends)("what stays usable, on %s", (backend) => {
  beforeEach(() => setBackend(backend));

  it("an input and a parameter that the forward pass gives back", () => {
    const [model, x] = [new Giving(), row()];
    model.what = "weight";
    expect(layerGradients(model, x).output).toEqual([[1, 2, 3]]);
    expect([...model.weight.dataSync()]).toEqual([1, 2, 3]);
    model.what = "input";
    expect(() => layerGradients(model, x)).toThrow("The loss depends on no parameter of the model");
    expect([...x.dataSync()]).toEqual([1, 0, -1]);
  });

  it("hidden values in a model's fields, also while others are computed", () => {
    const model = new Keeping();
    layerGradients(model, row());
    const first = [...model.hidden!.dataSync()];
    backward(model, () => mse.forward(model.forward(tensor([[5, 5, 5]])), tensor([[0]])));
    expect([...model.all[0]!.dataSync()]).toEqual(first);
    expect(model.hidden!.isDisposed).toBe(false);
    expect([...model.hidden!.dataSync()]).not.toEqual(first);
  });

  it("a gradient that was read, after it is forgotten", () => {
    const model = new nn.Linear(3, 1);
    layerGradients(model, row());
    const gradient = model.weight.grad!;
    const values = [...gradient.dataSync()];
    model.zeroGrad();
    expect(model.weight.grad).toBeNull();
    layerGradients(model, tensor([[4, 4, 4]]));
    expect([...gradient.dataSync()]).toEqual(values);
  });

  it("a gradient that is put in place, its own among them", () => {
    const [model, other] = [new nn.Linear(3, 1), new nn.Linear(3, 1)];
    layerGradients(model, row());
    const values = [...model.weight.grad!.dataSync()];
    model.weight.setGrad(model.weight.grad);
    other.weight.setGrad(model.weight.grad);
    model.weight.setGrad(null);
    expect([...other.weight.grad!.dataSync()]).toEqual(values);
    const own = tf.ones([1, 3]);
    other.weight.setGrad(own);
    expect([...own.dataSync()]).toEqual([1, 1, 1]);
    expect([...other.weight.grad!.dataSync()]).toEqual([1, 1, 1]);
  });

  it("memory stays flat in a cell that does not await, also where passes fail", () => {
    const model = new ExampleDeepNeuralNetwork([3, 3, 3, 3, 3, 1], { useShortcut: true });
    const x = row();
    const optimizer = new optim.SGD(model.parameters(), { lr: 1e-4, momentum: 0.9 });
    const goal = tensor([[0]]);
    const pass = (): void => {
      layerGradients(model, x);
      backward(model, () => mse.forward(model.forward(x), goal), { accumulate: true });
      optimizer.step();
      optimizer.zeroGrad();
      pathGradients(model, x);
      // A module's own pass inside another's loss.
      backward(model, () => {
        layerGradients(keeping, x);
        return mse.forward(model.forward(x), goal);
      });
      const fails = (): number =>
        backward(model, () => {
          model.forward(x);
          throw new Error("half-way");
        });
      expect(fails).toThrow("half-way");
      expect(() => pathGradients(broken, x)).toThrow("expected its last size to be 4");
    };
    const broken = new ExampleDeepNeuralNetwork([3, 3, 1]);
    broken.layers[1]![0] = new nn.Linear(4, 1);
    const keeping = new Keeping();
    keeping.all.push = () => 0;
    pass();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 200; i++) pass();
    // Each pass of `keeping` leaves the hidden value of the one before, which is freed later.
    expect(tf.memory().numTensors).toBe(before + 200);
    expect([...keeping.hidden!.dataSync()]).toHaveLength(3);
  });

  it("what was kept in a loss is freed once nothing can reach it", async () => {
    const model = new nn.Linear(3, 1);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 700; i++) {
      backward(model, () => {
        const y = model.forward(row());
        tf.keep(tf.add(y, 1));
        return mse.forward(y, tensor([[0]]));
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(tf.memory().numTensors - before).toBeLessThan(330);
  });

  it("a gradient that cannot be put in place leaves the old one", () => {
    const { weight } = new nn.Linear(3, 1);
    weight.setGrad(tf.ones([1, 3]));
    const gone = tf.ones([1, 3]);
    gone.dispose();
    expect(() => weight.setGrad(gone)).toThrow("The gradient is a tensor that was disposed.");
    expect(() => weight.assign(gone)).toThrow("disposed");
    expect([...weight.grad!.dataSync()]).toEqual([1, 1, 1]);
    expect(weight.dataSync()).toHaveLength(3);
  });

  it("the mean squared error of nothing is nan, and its gradients are 0, as in PyTorch", () => {
    const model = new nn.Sequential(new nn.Linear(3, 3), new nn.GELU(), new nn.Linear(3, 1));
    const { loss, gradients } = layerGradients(model, tf.zeros([0, 3]));
    expect(loss).toBeNaN();
    expect(gradients.map(({ mean }) => mean)).toEqual([0, 0]);
  });

  it("refuses another backend half-way", () => {
    const model = new nn.Linear(3, 1);
    const other = backends.find((name) => name !== backend) as Backend;
    const swap = (change: () => unknown) => () =>
      backward(model, () => {
        const loss = tf.sum(model.forward(row()));
        change();
        return loss;
      });
    expect(swap(() => setBackend(other))).toThrow(`setBackend("${other}") was called inside a loss`);
    const tfjsName = { native: "tensorflow", wasm: "wasm", cpu: "cpu" }[other];
    expect(swap(() => tf.setBackend(tfjsName))).toThrow("The backend was changed inside a loss");
    setBackend(backend);
    expect(layerGradients(model, row()).gradients).toHaveLength(1);
  });
});

describe("a cell's own operations", () => {
  let warn = vi.spyOn(console, "warn");
  beforeEach(async () => {
    warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    // As between two cells.
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  afterEach(() => warn.mockRestore());

  it.each(backends)("on %s are freed inside it, with one warning that names tf.tidy", (backend) => {
    setBackend(backend);
    const held = tf.range(0, 1000);
    let most = 0;
    for (let i = 0; i < 700; i++) {
      tf.ones([600, 600]);
      most = Math.max(most, tf.memory().numBytes);
    }
    // 700 of them are 1 GB; the search begins at 128 MB.
    expect(most).toBeLessThan(300e6);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toMatch(/^A cell has left \d+ MB of tensors behind, .*tf\.tidy/);
    expect([...held.dataSync()].at(-1)).toBe(999);
  });

  it.each(backends)("on %s leave models behind that are freed as well", (backend) => {
    setBackend(backend);
    const x = tensor([Array.from({ length: 257 }, (_, i) => 1 - (i % 3))]);
    const first = new ExampleDeepNeuralNetwork([257, 257, 1]);
    const { loss } = layerGradients(first, x);
    let most = 0;
    for (let i = 0; i < 700; i++) {
      layerGradients(new ExampleDeepNeuralNetwork([257, 257, 1]), x);
      most = Math.max(most, tf.memory().numBytes);
    }
    // 700 of them with their gradients are 370 MB.
    expect(most).toBeLessThan(200e6);
    expect(layerGradients(first, x).loss).toBe(loss);
    expect(warn).not.toHaveBeenCalled();
  });
});
