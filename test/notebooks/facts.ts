/** Where a number of the prose comes from: another section's cell, which must hold or print it, or a source outside. */
export type Fact = { cell: string } | { source: string };

const edited = { source: "test/notebooks/notebooks.test.ts, cells can be edited in place" };
const smallestNormal = { source: "2^-126, float32's smallest normal number" };

/** By notebook, cell and number those that no cell of the prose's own section prints. */
export const facts: { [notebook: string]: { [cell: string]: { [number: string]: Fact } } } = {
  "shortcut-connections": {
    idea: { "0.0024": { source: "0.3 ^ 5 = 0.00243" } },
    "with-takeaway": {
      "25": { cell: "network" },
      "6": { cell: "network" },
      "1100": { cell: "made" },
      "12.6": { cell: "made" },
      "0.061": { cell: "plot" },
      "0.767": { cell: "plot" },
    },
    "made-takeaway": { "25": { cell: "network" } },
    "uneven-takeaway": { "6": { cell: "network" } },
    exercises: {
      "30": edited,
      "8": edited,
      "1e-21": edited,
      "4249": edited,
      "0.0028": edited,
      "0.021": edited,
      "9e-7": edited,
      "0.006": edited,
    },
  },
  "depth-width-seeds": {
    "depth-takeaway": { "1.2e-38": smallestNormal },
    "claim-seeds": { "999": { source: "1,000 seeds counted from 0" } },
    "answer-2": {
      "1.2e-38": smallestNormal,
      "9.4e-39": { cell: "depth" },
      "59": { cell: "depth" },
      "1.6e-38": { cell: "depth" },
    },
    "answer-3": { "4249": { cell: "depth" } },
  },
  questions: {
    "answer-activations": {
      "16": { cell: "initialisation" },
      "1": { source: "tanh' at 0, relu' above 0, and the derivative that the cells hold at 1" },
      "0.5": { source: "GELU' at 0, Φ(0)" },
      "0.25": { source: "sigmoid' at 0, its largest" },
    },
    "answer-gpt": {
      "12": { source: "Radford et al., Language Models are Unsupervised Multitask Learners, 2019, table 2" },
      "768": { source: "Radford et al., Language Models are Unsupervised Multitask Learners, 2019, table 2" },
    },
  },
};
