/** How shell text is read: the shape of statements, words and redirects, and where they stand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Statement, type Word, holeMark } from "../../../../src/engine/syntax/shell/index.ts";
import { shell } from "../../../support/parser.ts";
import { sketch } from "./sketch.ts";

function read(text: string): string {
  const script = shell.parse(text);
  return sketch(script.statements) + (script.hasErrors ? " (errors)" : "");
}

describe("statements", () => {
  it.each<[string, string]>([
    ["a | b |& c", "(a) |& (b) |& (c)"],
    ["a | b | c", "(a) | (b) | (c)"],
    ["a && b || c", "(a) && (b) || (c)"],
    ["a; b & c", "(a); (b) &; (c)"],
    ["! grep -q x f", "! (grep -q x f)"],
    ["{ a; b; } > f 2>&1", "{ (a); (b) } >f 2>&1"],
    ["(cd x && y)", "sub{ (cd x) && (y) }"],
    ["if [ -f a ]; then b; elif c; then d; else e; fi", "if [ a ] then (b) elif (c) then (d) else (e) fi"],
    ['for f in a "$b" *.c; do rm "$f"; done', 'for f in a "$b" *.c do (rm "$f") done'],
    ['while read -r l; do echo "$l"; done < f', 'while (read -r l) do (echo "$l") done <f'],
    ["until a; do b; done", "while (a) do (b) done"],
    ["for ((i=0;i<3;i++)); do a; done", "while  do (a) done"],
    ['case "$1" in a|b) c ;; *) d ;; esac', 'case "$1" a|b) (c) ;; *) (d) esac'],
    ['f() { a "$1"; }\nfunction g { b; }', 'f() { (a "$1") }; g() { (b) }'],
    ['[[ $a == b* && -f "$c" ]]', '[ $a b* "$c" ]'],
    ["(( i++ ))", "[  ]"],
    ["a \\\n  b \\\n  c", "(a b c)"],
    ["# only a comment", ""],
    ["", ""],
  ])("%s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe("commands", () => {
  it.each<[string, string]>([
    ['A=1 B="x y" run --flag=$C ${D:-d e} "${E}"', "(A=1 B='x y' run --flag=$C ${D:-d e} \"$E\")"],
    ["K=$(openssl rand -hex 32 | tr -d '\\n')", "(K=$<(openssl rand -hex 32) | (tr -d '\\n')>)"],
    ["K=`date`", "(K=$<(date)>)"],
    ["export A=1 B", "(A=1 export B)"],
    ["local x=$(y)", "(x=$<(y)> local)"],
    ["a+=b; c[1]=d; e=(f g)", "(a~=b); (c~=d); (e~=)"],
    ["unset A", "(unset A)"],
    ["time a", "(time a)"],
    ["trap 'rm -f \"$T\"' EXIT", "(trap 'rm -f \"$T\"' EXIT)"],
    ["exec > f 2>&1", "(exec >f 2>&1)"],
    ["a 2>/dev/null >>log <in &>all >|force", "(a 2>/dev/null >>log <in &>all >|force)"],
    ["echo $((1 + 2)) ${#x} ${x%%@*} ${x#a}", "(echo # ${x#} ${x%%@*} ${x#a})"],
    ["echo \"c\\\"d\" e\\ f $'g\\nh'", "(echo 'c\"d' e f 'g\nh')"],
    ['echo "${x:=y}" "${x:?no x}"', '(echo "${x:=y}" "${x:?no x}")'],
  ])("%s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe("here-documents and their like", () => {
  it.each<[string, string, string]>([
    ["expand what stands in them", "cat > f <<EOF\na=$A $(b)\nEOF\n", "(cat >f <<'a='\"$A\"' '\"$<(b)>\"'\n')"],
    ["do not where the delimiter is quoted", "cat > f <<'EOF'\na=$A\nEOF\n", "(cat >f <<'a=$A\n')"],
    ["go into a pipe", "cat <<EOF | tee f > /dev/null\nx\nEOF\n", "(cat <<'x\n') | (tee f >/dev/null)"],
    ["stand before what follows on the line", "cat <<EOF > f && chmod 600 f\nx\nEOF\n", "(cat <<'x\n' >f) && (chmod 600 f)"],
    ["may be one word", 'wc <<< "$K"', '(wc <<<"$K")'],
    ["may be processes", "read k < <(gen); tee >(gzip > f)", "(read k <<<(gen)>); (tee ><(gzip >f)>)"],
  ])("%s", (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe("what cannot be read", () => {
  it.each<[string, string]>([
    ["if a; then", "if (a) then  fi (errors)"],
    ['echo "', "(echo); ERROR (errors)"],
  ])("%s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it("is never a reason to throw", () => {
    const piece = fc.constantFrom("a", " ", "\n", "$", "{", "}", "(", ")", '"', "'", "`", "<<EOF\n", "EOF\n", "if ", "then ", "fi", "do ", "done", "case ", "esac", "|", "&&", ";", ">", "<", "\\", "#", "=", "[[", "]]", holeMark(0));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const script = shell.parse(text);
        expect(script.text).toBe(text);
        for (const { start, end } of script.statements) expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("ends with nesting that is too deep", () => {
    const deep = `${"( ".repeat(3000)}a${" )".repeat(3000)}`;
    expect(shell.parse(deep).hasErrors).toBe(true);
  });
});

describe("places", () => {
  const text = `install -m 0600 /dev/null "$DIR/a" > ${holeMark(3)}/log`;
  const command = shell.parse(text).statements[0] as Extract<Statement, { kind: "command" }>;
  const shown = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);

  it("are those of the words as written", () => {
    expect(command.words.map(shown)).toEqual(["install", "-m", "0600", "/dev/null", '"$DIR/a"']);
    expect(command.redirects.map(shown)).toEqual([`> ${holeMark(3)}/log`]);
    expect(shown(command)).toBe(text);
  });

  it("tell interpolations from text", () => {
    const target = command.redirects[0]?.target as Word;
    expect(target.parts.map(({ kind, ...span }) => [kind, shown(span)])).toEqual([
      ["hole", holeMark(3)],
      ["text", "/log"],
    ]);
    expect(target.parts[0]).toMatchObject({ kind: "hole", index: 3, quoted: false });
  });
});
