/**
 * Cuts text in lines: what does not end above a line on the screen goes into a copy.
 * @param hasAbove whether it may all go on to a further slide
 * @returns the copy, and how to put all back; null where nothing is to be cut, or nothing would stay
 */
export function cutText(
  pre: HTMLPreElement,
  line: number,
  hasAbove: boolean,
): { node: HTMLElement; undo: () => void } | null {
  const ends = lineEnds(pre);
  const range = document.createRange();
  range.setStart(pre, 0);
  const padding = parseFloat(getComputedStyle(pre).paddingBottom) + 2;
  const isAbove = ({ node, offset }: End): boolean => {
    range.setEnd(node, offset);
    return range.getBoundingClientRect().bottom <= line - padding;
  };
  // The ends stand one below the other, so the last one above the line can be found by halving.
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAbove(ends[middle]!)) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return null;
  // The last line is not left alone.
  if (low === ends.length && low > 2) low--;
  // A short end stands better by what it belongs to, and so does what two lines of a longer one show.
  if (hasAbove && low < Math.min(4, ends.length / 2)) return null;
  const end = ends[atBlank(ends, low)]!;
  range.setStart(end.node, end.offset);
  range.setEnd(pre, pre.childNodes.length);
  const node = pre.cloneNode(false) as HTMLElement;
  node.append(range.extractContents());
  const breaks = takeBreaks(node);
  return {
    node,
    undo: () => {
      pre.append(breaks, ...node.childNodes);
      merge(pre, breaks);
      node.remove();
    },
  };
}

interface End {
  node: Text;
  offset: number;
  /** Whether the next line is blank. */
  isBlank: boolean;
}

/** Where lines end. */
function lineEnds(pre: HTMLPreElement): End[] {
  const ends: End[] = [];
  const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
    const { data } = node;
    for (let at = data.indexOf("\n"); at >= 0; at = data.indexOf("\n", at + 1))
      ends.push({ node, offset: at, isBlank: data[at + 1] === "\n" });
  }
  return ends;
}

/** The last line that fits, or one not far above it after which a blank line stands. */
function atBlank(ends: readonly End[], count: number): number {
  for (let i = count - 1; i > 0.5 * count; i--) if (ends[i]!.isBlank) return i;
  return count - 1;
}

/** Takes away the line breaks that a text begins with. */
function takeBreaks(node: Node): string {
  const first = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode() as Text | null;
  const breaks = /^\n*/.exec(first?.data ?? "")![0];
  first?.deleteData(0, breaks.length);
  return breaks;
}

/** One `code` again, where it was cut in two. */
function merge(pre: HTMLPreElement, breaks: string): void {
  const [code, ...others] = pre.querySelectorAll(":scope > code");
  for (const other of others) {
    code!.append(breaks, ...other.childNodes);
    other.remove();
  }
  for (const each of [...pre.childNodes]) if (each instanceof Text && others.length > 0) each.remove();
}
