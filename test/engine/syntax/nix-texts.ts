/** Makes up Nix texts, for properties that must hold of any. */
import fc from "fast-check";

const NAMES = ["a", "b", "c'", "d-e", "_f", "x1"];
const name = fc.constantFrom(...NAMES);
const gap = fc.constantFrom(" ", " ", " ", "\n", "\t", "\r\n", " /* c */ ", " # c\n", "  ");

/** Words with blanks or comments between them. */
function spaced(words: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(fc.tuple(...words), fc.array(gap, { minLength: words.length, maxLength: words.length })).map(([texts, gaps]) => texts.map((text, i) => `${text}${gaps[i] as string}`).join(""));
}

const PRECEDENCES: Readonly<Record<string, number>> = { "->": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "//": 6, "+": 8, "-": 8, "*": 9, "/": 9, "++": 10 };

/** Takes out the comparisons that would chain, which Nix refuses. */
function withoutChains(operators: readonly string[]): number {
  const last = { 4: 0, 5: 0 };
  for (let i = 0; i < operators.length; i++) {
    const precedence = PRECEDENCES[operators[i] as string] as number;
    if (precedence === 4 || precedence === 5) {
      if (last[precedence] === precedence) return i;
    }
    if (precedence <= 4) last[4] = precedence;
    if (precedence <= 5) last[5] = precedence;
  }
  return operators.length;
}

const attrName = fc.oneof({ weight: 4, arbitrary: name }, fc.constantFrom('"q r"', '"a"', '"${a}"', "${b}", '${"c"}', "or"));
const attrPath = fc.array(attrName, { minLength: 1, maxLength: 3 }).map((names) => names.join("."));

const leaf = fc.constantFrom("1", "2.5", ".5", '"s"', '"a${b}c"', "''\n  t\n    ${a} u\n  ''", "./p", "/q/r", "./p${a}/s", "<n/m>", "http://h/p", "[ ]", "{ }", "true");

const NESTED = { depthIdentifier: "nix", maxDepth: 5, depthSize: "small" } as const;

/** Any expression that Nix's parser takes, with names that are not bound. */
export const nixText: fc.Arbitrary<string> = fc.letrec<{ expr: string; chain: string; call: string; select: string; simple: string; bindings: string }>((tie) => ({
  expr: fc.oneof(
    NESTED,
    { weight: 6, arbitrary: tie("chain") },
    spaced([name, fc.constant(":"), tie("expr")]),
    spaced([fc.constantFrom("{ a, b ? 1, ... }", "{ }", "{ a }", "{ a, }", "all@{ a ? x: x }", "{ a ? [ b ] } @ all"), fc.constant(":"), tie("expr")]),
    spaced([fc.constant("if"), tie("expr"), fc.constant("then"), tie("expr"), fc.constant("else"), tie("expr")]),
    spaced([fc.constant("let"), tie("bindings"), fc.constant("in"), tie("expr")]),
    spaced([fc.constant("with"), tie("expr"), fc.constant(";"), tie("expr")]),
    spaced([fc.constant("assert"), tie("expr"), fc.constant(";"), tie("expr")]),
  ),
  chain: fc
    .tuple(
      fc.array(fc.constantFrom(...Object.keys(PRECEDENCES)), { maxLength: 4 }),
      fc.array(fc.tuple(fc.constantFrom("", "", "", "! ", "- ", "! ! ", "- ! "), tie("call"), fc.constantFrom("", "", "", " ? a", " ? a.\"b\"", " ? ${a} ? b")), { minLength: 5, maxLength: 5 }),
    )
    .map(([operators, operands]) => {
      const count = withoutChains(operators);
      return operands.slice(0, count + 1).map((operand, i) => `${operand.join("")}${i < count ? ` ${operators[i] as string} ` : ""}`).join("");
    }),
  call: fc.oneof(NESTED, { weight: 3, arbitrary: tie("select") }, spaced([tie("select"), tie("select")]), spaced([tie("select"), tie("select"), tie("select")])),
  select: fc.oneof(NESTED, { weight: 4, arbitrary: tie("simple") }, spaced([tie("simple"), fc.constant("."), attrPath]), spaced([tie("simple"), fc.constant("."), attrPath, fc.constant("or"), tie("select")])),
  simple: fc.oneof(
    NESTED,
    { weight: 5, arbitrary: name },
    { weight: 2, arbitrary: leaf },
    spaced([fc.constant("("), tie("expr"), fc.constant(")")]),
    spaced([fc.constant("["), tie("select"), tie("select"), fc.constant("]")]),
    spaced([fc.constant("{"), tie("bindings"), fc.constant("}")]),
    spaced([fc.constant("rec {"), tie("bindings"), fc.constant("}")]),
    spaced([fc.constant('"x${'), tie("expr"), fc.constant('}y"')]),
    spaced([fc.constant("''\n  x${"), tie("expr"), fc.constant("}\n    y''")]),
  ),
  bindings: fc.oneof(
    NESTED,
    fc.constant(""),
    spaced([fc.constant("a ="), tie("expr"), fc.constant("; b.c ="), tie("expr"), fc.constant("; b.\"d\" ="), tie("expr"), fc.constant(";")]),
    spaced([fc.constant("inherit a \"b\" ; inherit ("), tie("expr"), fc.constant(") c d; e = { f = 1; }; e.g ="), tie("expr"), fc.constant(";")]),
  ),
})).expr;
