import { type Tensor, Variable, engine } from "@tensorflow/tfjs-core";

/**
 * A tensor whose values can be replaced, outside TensorFlow.js's registry of variables: that registry refuses a name
 * twice and keeps every variable alive for ever, where a re-run cell makes the same model again and again.
 */
export class Slot extends Variable {
  /** Shares the values of `initial`, which stays the caller's to free. */
  constructor(initial: Tensor, trainable = false) {
    // As the engine's own makeVariable does, which would register it.
    const id = (engine() as unknown as { nextTensorId(): number }).nextTensorId();
    super(initial, trainable, `slot_${id}`, id);
    engine().incRef(this, engine().backend);
    if (trainable) trained.add(this);
  }

  override assign(value: Tensor): void {
    // TensorFlow.js frees the old values first, which may be the new ones, or there may be no new ones.
    if (value.isDisposed) throw new Error("The value to assign is a tensor that was disposed.");
    if (value.dataId !== this.dataId) super.assign(value);
  }
}

/**
 * The parameters that live, for TensorFlow.js's optimizers, which ask the registry for the variables to train and for the
 * one of a name. It keeps none of them alive.
 */
class Trained {
  private readonly references = new Map<string, WeakRef<Slot>>();
  private most = 1024;

  add(slot: Slot): void {
    if (this.references.size >= this.most) {
      this.names();
      this.most = 2 * this.references.size + 1024;
    }
    this.references.set(slot.name, new WeakRef(slot));
  }

  find(name: string): Slot | undefined {
    const slot = this.references.get(name)?.deref();
    return slot === undefined || slot.isDisposed ? undefined : slot;
  }

  names(): string[] {
    for (const name of [...this.references.keys()])
      if (this.find(name) === undefined) this.references.delete(name);
    return [...this.references.keys()];
  }
}

const trained = new Trained();

// What the registry itself does not have, an object asks its prototype for.
Object.setPrototypeOf(
  engine().state.registeredVariables,
  new Proxy(Object.create(null) as object, {
    get: (_, name) => (typeof name === "string" ? trained.find(name) : undefined),
    has: (_, name) => typeof name === "string" && trained.find(name) !== undefined,
    ownKeys: () => trained.names(),
    getOwnPropertyDescriptor: (_, name) => {
      const value = typeof name === "string" ? trained.find(name) : undefined;
      return value && { value, enumerable: true, configurable: true, writable: false };
    },
  }),
);
