import ts from "typescript";

/** Where the executor finds the value of the last expression; no cell can declare a name with a space. */
export const lastName = "last expression";

/** The cell's last statement where it is an expression, which is what the cell shows. */
export function lastExpression(cell: ts.SourceFile): ts.ExpressionStatement | null {
  // The last of all is the export that was put there.
  const last = cell.statements
    .filter((statement) => !ts.isExportDeclaration(statement) && !ts.isEmptyStatement(statement))
    .at(-1);
  return last !== undefined && ts.isExpressionStatement(last) ? last : null;
}

/** Keeps the value of the last expression. */
export function keepLast(statement: ts.ExpressionStatement | null): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (file) => {
      if (statement === null) return file;
      const statements = file.statements.map((each) => {
        if (ts.getOriginalNode(each) !== statement && each !== statement) return each;
        const kept = factory.createElementAccessExpression(
          factory.createIdentifier("exports"),
          factory.createStringLiteral(lastName),
        );
        const { expression } = each as ts.ExpressionStatement;
        return ts.setTextRange(
          factory.createExpressionStatement(factory.createAssignment(kept, expression)),
          each,
        );
      });
      return factory.updateSourceFile(file, statements);
    };
}
