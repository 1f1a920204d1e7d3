/** Strings know where each of their characters was written, also after they were put together. */
import { describe, expect, it } from "vitest";
import { type Value } from "../../../src/engine/model/index.ts";
import { sourceOffset } from "../../../src/engine/syntax/index.ts";
import { jsonOf, valueOf, written } from "./reading.ts";

/** The pieces of a string: known text with the source that its characters come from, holes with what they are. */
function pieces(value: Value): unknown {
  if (value.t !== "string") return value.t;
  return value.pieces.map((piece) => {
    if (!("text" in piece)) return { hole: piece.hole.t };
    if (piece.map === null || piece.at === null) return piece.text;
    const { text } = piece.at.file.syntax.source;
    const source = [...piece.text].map((_, index) => text[sourceOffset(piece.map as readonly number[], index)]).join("");
    return { text: piece.text, from: source };
  });
}

describe("a string", () => {
  it("leads back to its literal", () => {
    expect(pieces(valueOf('"abc"'))).toEqual([{ text: "abc", from: "abc" }]);
    expect(pieces(valueOf('"a\\nb"'))).toEqual([{ text: "a\nb", from: "a\\b" }]);
    expect(pieces(valueOf("''\n    one\n      two\n  ''"))).toEqual([{ text: "one\n  two\n", from: "one\n  two\n" }]);
  });

  it("leads back through interpolation, `+`, `let` and functions", () => {
    expect(pieces(valueOf('let n = "x"; in "a${n}b"'))).toEqual([{ text: "a", from: "a" }, { text: "x", from: "x" }, { text: "b", from: "b" }]);
    expect(pieces(valueOf('(p: p + "/bin") "/usr"'))).toEqual([{ text: "/usr", from: "/usr" }, { text: "/bin", from: "/bin" }]);
    expect(pieces(valueOf('builtins.concatStringsSep "," [ "a" "b" ]'))).toEqual([{ text: "a", from: "a" }, { text: ",", from: "," }, { text: "b", from: "b" }]);
    expect(pieces(valueOf('builtins.substring 1 2 "abcd"'))).toEqual([{ text: "bc", from: "bc" }]);
  });

  it("says which interpolation a piece came through", () => {
    const value = valueOf('let n = "x"; in "a${n}b"');
    expect(value.t === "string" ? value.pieces.map((piece) => written(piece.site)) : null).toEqual([null, "${n}", null]);
  });

  it("keeps holes for what is not known", () => {
    expect(pieces(valueOf('"a${import ./missing.nix}b"'))).toEqual([{ text: "a", from: "a" }, { hole: "unknown" }, { text: "b", from: "b" }]);
    expect(pieces(valueOf('"${5}"'))).toEqual([{ hole: "unknown" }]);
    expect(jsonOf('"a${import ./missing.nix}"')).toBeUndefined();
  });

  it("keeps references by name", () => {
    expect(jsonOf('with import <nixpkgs> { }; "${openssl}/bin/openssl"')).toEqual({ $text: [{ $ref: "pkgs.openssl" }, "/bin/openssl"] });
    expect(jsonOf('let pkgs = import <nixpkgs> { }; in pkgs.writeShellScript "x" "echo ${pkgs.hello}"')).toEqual({ $call: "pkgs.writeShellScript", args: ["x", { $text: ["echo ", { $ref: "pkgs.hello" }] }] });
    expect(jsonOf('(import <nixpkgs> { }).hello + "/bin"')).toEqual({ $text: [{ $ref: "pkgs.hello" }, "/bin"] });
  });
});
