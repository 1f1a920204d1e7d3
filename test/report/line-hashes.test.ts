/** Tests the hashes of lines against values that GitHub's uploader computes. */

import { describe, expect, it } from "vitest";
import { lineHashes } from "../../src/report/line-hashes.ts";

describe("lineHashes", () => {
  // The values of the first four were published with the uploader's tests, the others computed by its algorithm.
  it.each([
    ["an empty file", "", ["c129715d7a2bc9a3:1"]],
    ["blanks and no last line end", " a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]],
    [
      "every kind of line end",
      " hello; \t\r\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
      ["e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"],
    ],
    [
      "repeated lines, numbered",
      "Lorem ipsum dolor sit amet.\n".repeat(10),
      [
        ...[1, 2, 3, 4, 5, 6].map((count) => `a7f2ff13bc495cf2:${count}`),
        ...["a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"],
      ],
    ],
    ["one line", "{ }\n", ["eed7ec369518eb95:1", "c129715d7a2bc9a3:1"]],
    [
      "mixed line ends",
      "{\n  a = 1;\r\n  b = 2;\r\n}\n",
      ["d3564719f5424b49:1", "4981ae87ea62f120:1", "7c172ac2a54ccb4c:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"],
    ],
    ["characters beyond ASCII", "é 🦀\nend", ["b9b77b5229657bbf:1", "43b6461eda086fe2:1"]],
  ])("%s", (_, text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes);
  });
});
