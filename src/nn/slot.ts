import { type Tensor, Variable, engine } from "@tensorflow/tfjs-core";

/**
 * A tensor whose values can be replaced, outside TensorFlow.js's registry of variables: that registry refuses a name
 * twice and keeps every variable alive for ever, where a re-run cell makes the same model again and again.
 */
export class Slot extends Variable {
  /** Takes the values of `initial` over and disposes that tensor. */
  constructor(initial: Tensor, trainable = false) {
    // The new object takes the place of `initial` in the engine's books, and so its number as well.
    super(initial, trainable, `slot_${initial.id}`, initial.id);
    engine().incRef(this, engine().backend);
    initial.dispose();
  }
}
