import { collectInPause } from "../../backend/reclaim";

/** Milliseconds in which nothing was asked, after which a reader is thought to read. */
const patience = 500;
const timer = setTimeout(collectInPause, patience).unref();

/** To be called with whatever is asked: what can wait is done when nothing was for a while. */
export function restart(): void {
  timer.refresh();
}
