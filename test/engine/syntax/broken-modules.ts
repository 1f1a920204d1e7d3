/** Modules with a mistake in them: where it is found, what is said of it, and what of the rest is kept. */

export interface BrokenModule {
  readonly text: string;
  /** `line:column message` */
  readonly errors: readonly string[];
  /** See `sketch.ts`: `~` stands before a set of which something may be missing, `✗` for a value that is lost. */
  readonly kept: string;
}

export const brokenModules: readonly BrokenModule[] = [
  {
    text: "{ a = 1; b = 2 c = 3; d = 4; }",
    errors: ["1:18 unexpected `=`; expected `;` (is one missing before `c`?)"],
    kept: "~{ a = 1; b = 2; c = 3; d = 4; }",
  },
  {
    text: "{\n  a = 1\n  b.c = 2;\n  d = 3;\n}\n",
    errors: ["3:7 unexpected `=`; expected `;` (is one missing before `b.c`?)"],
    kept: "~{ a = 1; b.c = 2; d = 3; }",
  },
  {
    text: "{\n  a = { x = 1; }\n  b = [ 1 2 ]\n  c = y: y\n  d = 3;\n}\n",
    errors: ["3:5 unexpected `=`; expected `;` (is one missing before `b`?)", "4:5 unexpected `=`; expected `;` (is one missing before `c`?)", "5:5 unexpected `=`; expected `;` (is one missing before `d`?)"],
    kept: "~{ a = { x = 1; }; b = [ 1 2 ]; c = …: y; d = 3; }",
  },
  {
    text: "{\n  a = \"x\"\n  \"b\" = 1;\n}\n",
    errors: ["3:7 unexpected `=`; expected `;` (is one missing before `\"b\"`?)"],
    kept: "~{ a = \"x\"; b = 1; }",
  },
  {
    text: "{\n  a = [ 1 2;\n  b = 3;\n}\n",
    errors: ["2:12 unexpected `;`; expected `]`"],
    kept: "~{ a = ✗; b = 3; }",
  },
  {
    text: "{\n  a = [ 1 2\n  b = 3;\n  c = 4;\n}\n",
    errors: ["3:5 unexpected `=`; expected `]`"],
    kept: "~{ a = ✗; b = 3; c = 4; }",
  },
  {
    text: "{\n  a = f (g 1;\n  b = 3;\n}\n",
    errors: ["2:13 unexpected `;`; expected `)`"],
    kept: "~{ a = f (g 1; b = 3; }",
  },
  {
    text: "{\n  a = f (g 1\n  b = 3;\n}\n",
    errors: ["3:5 unexpected `=`; expected `)`"],
    kept: "~{ a = ✗; b = 3; }",
  },
  {
    text: "{ pkgs, ... }:\n{\n  a = {\n    x = 1;\n  b = 2;\n  c = 3;\n}\n",
    errors: ["7:2 unexpected end of file; expected `;` and `}` (the `{` of line 3 seems to lack its own)"],
    kept: "…: ~{ a = ~{ x = 1; b = 2; c = 3; }; }",
  },
  {
    text: "{ pkgs, ... }:\n{\n  a = {\n    x = 1;\n  };\n  };\n  b = 2;\n}\n",
    errors: ["6:4 unexpected `;`; expected the end of the file"],
    kept: "…: ~{ a = ~{ x = 1; }; }",
  },
  {
    text: "{\n  networking.hostName = \"x;\n  time.timeZone = \"Europe/Amsterdam\";\n  a = 1;\n}\n",
    errors: ["2:25 this string is not closed on its line; expected `\"`"],
    kept: "~{ networking.hostName = ✗; time.timeZone = \"Europe/Amsterdam\"; a = 1; }",
  },
  {
    text: "{\n  script = ''\n    echo ${#x}\n    echo ${a[@]}\n    echo ${b%%.*}\n    echo ok\n  '';\n  a = 1;\n}\n",
    errors: ["3:10 `${#` starts a comment inside an interpolation; for the shell's own write `''${#`", "4:14 unexpected `@`; expected `]` (the shell's own `${…}` is written `''${…}` here)"],
    kept: "~{ script = '' echo ${#x} echo ${a[@]} echo ${b%%.*} echo ok ''; a = 1; }",
  },
  {
    text: "{\n  script = ''\n    echo ${b%%.*}\n  '';\n  a = 1;\n}\n",
    errors: ["3:13 unexpected `%`; expected `}` (the shell's own `${…}` is written `''${…}` here)"],
    kept: "~{ script = '' echo ${b%%.*} ''; a = 1; }",
  },
  {
    text: "{\n  script = ''\n    echo '' > x\n    y=1\n  '';\n  a = 1;\n}\n",
    errors: ["3:10 this `''` ends the string; a literal one is written `'''`"],
    kept: "~{ script = '' echo '' > x y=1 ''; a = 1; }",
  },
  {
    text: "{\n  let x = 1; in a = x;\n  b = 2;\n}\n",
    errors: ["2:3 unexpected `let`; expected a name or `}`"],
    kept: "~{ }",
  },
  {
    text: "let\n  x = 1;\n{\n  a = x;\n}\n",
    errors: ["3:1 unexpected `{`; expected a name or `in`"],
    kept: "~let x = 1; in { a = x; }",
  },
  {
    text: "{ config, pkgs ... }:\n{\n  a = 1;\n}\n",
    errors: ["1:16 unexpected `...`; expected `,` or `}`"],
    kept: "…: { a = 1; }",
  },
  {
    text: "{ config, pkgs, ... }\n{\n  a = 1;\n}\n",
    errors: ["2:1 unexpected `{`; expected `:`"],
    kept: "…: { a = 1; }",
  },
  {
    text: "{ config, pkgs, ... }:\n  a = 1;\n  b = 2;\n}\n",
    errors: ["2:5 unexpected `=`; expected the end of the file"],
    kept: "…: ~{ a = 1; b = 2; }",
  },
  {
    text: "{ config, pkgs, ... }: {\n  a = 1;\n  services.x = {\n    enable = true,\n    port = 80;\n  };\n}\n",
    errors: ["4:18 unexpected `,`; expected `;`"],
    kept: "…: ~{ a = 1; services.x = ~{ enable = true; port = 80; }; }",
  },
  {
    text: "{ \"vmname\": \"x\", \"ports\": [ 1, 2 ] }",
    errors: ["1:11 unexpected `:`; expected `=`"],
    kept: "~{ vmname = ✗; }",
  },
  {
    text: "{\n  a = if x then 1;\n  b = 2;\n}\n",
    errors: ["2:18 unexpected `;`; expected `else`"],
    kept: "~{ a = ✗; b = 2; }",
  },
  {
    text: "{\n  a = 1;\n  b = ;\n  c = 3;\n  d = ];\n  e = 5;\n}\n",
    errors: ["3:7 unexpected `;`; expected a value", "5:7 unexpected `]`; expected a value"],
    kept: "~{ a = 1; b = ✗; c = 3; d = ✗; e = 5; }",
  },
  {
    text: "{\n  imports = [ ./a.nix, ./b.nix, ./c.nix ];\n  b = 1;\n}\n",
    errors: ["2:22 unexpected `,`; expected a value or `]` (lists have no commas)"],
    kept: "~{ imports = ✗; b = 1; }",
  },
  {
    text: "{\n  a.enable = true;\n  b.enable = True\n}\n",
    errors: ["4:1 unexpected `}`; expected `;`"],
    kept: "~{ a.enable = true; b.enable = True; }",
  },
  {
    text: "{\n  a = 1;\n  b = with pkgs; [ x y ;\n  c = 1;\n}\n",
    errors: ["3:24 unexpected `;`; expected `]`"],
    kept: "~{ a = 1; b = with pkgs; [ x y; c = 1; }",
  },
  {
    text: "<!DOCTYPE html>\n<html>\n<body>hello; world</body>\n</html>\n",
    errors: ["1:1 unexpected `<`; expected a value"],
    kept: "✗",
  },
  {
    text: "#!/bin/bash\nset -e\necho hi; exit 0\n",
    errors: ["3:8 unexpected `;`; expected the end of the file"],
    kept: "✗",
  },
  {
    text: "vmname: x\nports:\n  - 80\n",
    errors: ["2:6 unexpected `:`; expected the end of the file"],
    kept: "✗",
  },
  {
    text: "{\n  a == 1;\n  b = 2;\n}\n",
    errors: ["2:5 unexpected `==`; expected `=`"],
    kept: "~{ a = ✗; b = 2; }",
  },
  {
    text: "{\n  a := 1;\n  b = 2;\n}\n",
    errors: ["2:5 unexpected `:`; expected `=`"],
    kept: "~{ a = ✗; b = 2; }",
  },
  {
    text: "{\n  a = b ? c : d;\n  e = 1;\n}\n",
    errors: ["2:13 unexpected `:`; expected `;`"],
    kept: "~{ a = ✗; e = 1; }",
  },
  {
    text: "{\n  a = ./dir/;\n  b = 1;\n}\n",
    errors: ["2:12 a path may not end with `/`"],
    kept: "~{ a = ✗; b = 1; }",
  },
  {
    text: "{\n  a = x: { b = 1 };\n  c = 2;\n}\n",
    errors: ["2:18 unexpected `}`; expected `;`"],
    kept: "~{ a = …: ~{ b = 1; }; c = 2; }",
  },
  {
    text: "{\n  a = 'x';\n  b = 1;\n}\n",
    errors: ["2:7 unexpected `'`; expected a value (a string stands between `\"`)"],
    kept: "~{ a = ✗; b = 1; }",
  },
  {
    text: "{\n  a = \u201cx\u201d;\n  b = 1;\n}\n",
    errors: ["2:7 unexpected curly quote (U+201C); expected a value (a string stands between `\"`)"],
    kept: "~{ a = ✗; b = 1; }",
  },
  {
    text: "{\n  // comment\n  a = 1;\n}\n",
    errors: ["2:3 unexpected `//`; expected a name or `}` (a comment starts with `#`)"],
    kept: "~{ a = 1; }",
  },
  {
    text: "{\n  a = \"${x\";\n  b = 1;\n}\n",
    errors: ["2:8 this interpolation is not closed; expected `}`"],
    kept: "~{ a = \"${x\"; b = 1; }",
  },
  {
    text: "{\n  inherit (lib) mkIf mkForce\n  a = 1;\n}\n",
    errors: ["3:5 unexpected `=`; expected `;` (is one missing before `a`?)"],
    kept: "~{ inherit mkIf mkForce; a = 1; }",
  },
  {
    text: "{\n  a = 1;;\n  b = 2;\n}\n",
    errors: ["2:9 unexpected `;`; expected a name or `}` (there is one semicolon too many)"],
    kept: "~{ a = 1; b = 2; }",
  },
  {
    text: "{\n  a = {\n    b = 1;\n  }\n}\n",
    errors: ["5:1 unexpected `}`; expected `;`"],
    kept: "~{ a = ~{ b = 1; }; }",
  },
  {
    text: "{\n  a = lib.mkIf x {\n    b = 1;\n  }\n  c = 2;\n}\n",
    errors: ["5:5 unexpected `=`; expected `;` (is one missing before `c`?)"],
    kept: "~{ a = lib.mkIf x { b = 1; }; c = 2; }",
  },
  {
    text: "{\n  f = pkgs.mkShell\n    x = 1;\n  };\n  c = 2;\n}\n",
    errors: ["3:7 unexpected `=`; expected `;` (is a `{` missing before `x`?)"],
    kept: "~{ f = pkgs.mkShell; }",
  },
];
