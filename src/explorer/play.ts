import { short } from "../figures/figuretext";
import type { Host } from "./edits";
import { type Phase, stepsOf } from "./networkdrawing";

/** Shows the forward and the backward pass step by step. */
export class Player {
  phase: Phase = { kind: "all" };
  private at = -1;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: Host,
    private readonly shown: () => void,
  ) {}

  get isPlaying(): boolean {
    return this.timer !== undefined;
  }

  toggle(): void {
    if (this.isPlaying) return this.pause();
    // The whole takes about ten seconds, however deep the network is.
    const wait = Math.max(60, Math.min(900, 10_000 / this.steps.length));
    this.timer = setInterval(() => this.step(1, true), wait);
    this.step(1, true);
  }

  /** @param by 1 or -1; past either end everything shows */
  step(by: 1 | -1, plays = false): void {
    if (!plays) this.stopTimer();
    const { steps } = this;
    const next = this.at < 0 && by < 0 ? steps.length - 1 : this.at + by;
    if (next < 0 || next >= steps.length) return this.showAll();
    this.at = next;
    this.phase = steps[next]!;
    this.shown();
    this.host.say(this.sentence());
  }

  showAll(): void {
    this.stopTimer();
    this.at = -1;
    this.phase = { kind: "all" };
    this.shown();
  }

  /** The network is another one: what is shown of it must be there. */
  follow(): void {
    const steps = this.steps;
    if (this.at < 0) return;
    if (this.at >= steps.length) this.at = steps.length - 1;
    this.phase = steps[this.at]!;
  }

  pause(): void {
    this.stopTimer();
    this.shown();
  }

  stopTimer(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private get steps(): Phase[] {
    return stepsOf(this.host.spec.layerSizes.length - 1);
  }

  private sentence(): string {
    const { words, nets } = this.host;
    const { phase } = this;
    if (phase.kind === "forward")
      return phase.row === 0 ? words.inputStep : words.forwardStep(`layers.${phase.row - 1}`);
    if (phase.kind !== "backward") return "";
    if (phase.layer === nets[0].gradients.length)
      return words.lossStep(nets.map(({ loss }) => short(loss)).join(" / "));
    return words.backwardStep(`layers.${phase.layer}`);
  }
}
