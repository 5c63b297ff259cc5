import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "./client";

let kernel: Client;
beforeAll(async () => {
  kernel = await Client.start();
  await kernel.run(
    'import { ExampleDeepNeuralNetwork, layerGradients, tensor, tf } from "tslab-gradients"; const model = new ExampleDeepNeuralNetwork([3, 3, 1]); const x = tensor([[1, 0, -1]]);',
  );
}, 60_000);
afterAll(() => kernel.shutdown());

const hint = "A parameter's grad is null before the first backward pass: run backward first.";

test("a gradient that is not there yet says how it comes about", async () => {
  for (const use of ["parameter.grad!", "tf.abs(parameter.grad!)"]) {
    const { outputs } = await kernel.run(`for (const parameter of model.parameters()) { ${use}.print(); }`);
    const error = outputs.find(({ type }) => type === "error")!.content as {
      evalue: string;
      traceback: string[];
    };
    expect(error.evalue).toMatch(/null/);
    expect(error.evalue).toContain(hint);
    expect(error.traceback[0]).toContain(hint);
  }
  await kernel.run("layerGradients(model, x);");
  const { outputs } = await kernel.run("(null as any).abs()");
  expect(JSON.stringify(outputs)).not.toContain(hint);
});

test("a cell that leaves tensors behind is told of tf.tidy once, and keeps what it holds", async () => {
  const { outputs } = await kernel.run(`
const held: tf.Tensor[] = [];
for (let i = 0; i < 1200; i++) {
  tf.add(tf.fill([300, 300], i), 1);
  if (i % 200 === 0) held.push(tf.add(x, i));
}
console.log(held.map((tensor) => tensor.dataSync()[0]).join(), tf.memory().numTensors < 600);`);
  const printed = (name: string): string =>
    outputs
      .filter(({ type, content }) => type === "stream" && content.name === name)
      .map(({ content }) => content.text)
      .join("");
  expect(printed("stdout")).toBe("1,201,401,601,801,1001 true\n");
  expect(printed("stderr").match(/tf\.tidy/g)).toHaveLength(1);
});
