import { pauseKey } from "../host";

/** Milliseconds in which nothing was asked, after which a reader is thought to read. */
const patience = 500;
const timer = setTimeout(pause, patience).unref();

function pause(): void {
  (globalThis as { [pauseKey]?: () => void })[pauseKey]?.();
}

/** To be called with whatever is asked: what can wait is done when nothing was for a while. */
export function restart(): void {
  timer.refresh();
}
