/** The TensorFlow.js that a page has, which is made while the page is bundled: see ../pageoperations.mjs. */
declare module "tensorflow" {
  /** What cells import as `tf`. */
  export const tf: Partial<typeof import("@tensorflow/tfjs-core")>;
  /** The methods of tensors that only the whole of TensorFlow.js has. */
  export const missingMethods: readonly string[];
}
