import ts from "typescript";
import { internals } from "./internals";

/** What TypeScript notes of what ran before a place. */
interface FlowNode {
  flags: number;
  node?: ts.Node;
  antecedent?: FlowNode | FlowNode[];
}

/** Calls in TypeScript's flow: any might be of a function that asserts something of its arguments. */
const call = 1 << 9;
const assignment = 1 << 4;

/** Cells with so many statements at their top are nobody's handiwork. */
const long = 1000;

/**
 * Spares a long cell what makes checking it take a time that grows with the square of its length: from each name
 * TypeScript walks back over all that ran before, to see whether a call asserted something of it or `x += 1` changed its
 * type. Such cells are checked without that.
 */
export function shortenFlow(cell: ts.SourceFile, options: ts.CompilerOptions): void {
  if (cell.statements.length < long) return;
  internals.bindSourceFile(cell, options);
  const seen = new Set<FlowNode>();
  const known = new Map<FlowNode, FlowNode>();
  const past = (flow: FlowNode): FlowNode => {
    const way: FlowNode[] = [];
    let at = flow;
    for (; isIdle(at) && !known.has(at); at = at.antecedent as FlowNode) way.push(at);
    const end = known.get(at) ?? at;
    for (const each of way) known.set(each, end);
    return end;
  };
  const shorten = (from: FlowNode): void => {
    const waiting = [from];
    for (let flow = waiting.pop(); flow !== undefined; flow = waiting.pop()) {
      if (seen.has(flow)) continue;
      seen.add(flow);
      const { antecedent } = flow;
      if (antecedent === undefined) continue;
      flow.antecedent = Array.isArray(antecedent) ? antecedent.map(past) : past(antecedent);
      waiting.push(...[flow.antecedent].flat());
    }
  };
  const visit = (node: ts.Node): void => {
    const noted = node as { flowNode?: FlowNode; endFlowNode?: FlowNode; returnFlowNode?: FlowNode };
    for (const key of ["flowNode", "endFlowNode", "returnFlowNode"] as const) {
      const flow = noted[key];
      if (flow === undefined) continue;
      noted[key] = past(flow);
      shorten(noted[key]!);
    }
    ts.forEachChild(node, visit);
  };
  visit(cell);
}

function isIdle({ flags, node }: FlowNode): boolean {
  if ((flags & call) !== 0) return true;
  if ((flags & assignment) === 0 || node === undefined) return false;
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return parent.left === node && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  return ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent);
}
