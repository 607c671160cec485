import ts from "typescript";

/** What a reader of an export is told. */
export interface DocumentedExport {
  readonly name: string;
  /** A function, a class or a constant; not a type alone. */
  readonly isValue: boolean;
  readonly explanation: string;
  /** TypeScript. */
  readonly examples: readonly string[];
}

/** The exports of declaration files, with the documentation that editors show. */
export function documentedExports(files: readonly string[]): readonly DocumentedExport[] {
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const program = ts.createProgram(files, { ...options, target: ts.ScriptTarget.ES2023, types: [] });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is not a module`);
    return checker.getExportsOfModule(module).map((symbol) => documented(symbol, checker));
  });
}

function documented(symbol: ts.Symbol, checker: ts.TypeChecker): DocumentedExport {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return {
    name: symbol.name,
    isValue: (target.flags & ts.SymbolFlags.Value) !== 0,
    explanation: ts.displayPartsToString(target.getDocumentationComment(checker)),
    examples: target
      .getJsDocTags(checker)
      .flatMap(({ name, text }) => (name === "example" ? [ts.displayPartsToString(text)] : [])),
  };
}
