/** Tests that text put into HTML stays text. */
import { expect, it } from "vitest";
import { html, prose } from "../../../src/report/matrix/html.ts";

it("escapes text, and neither markup nor numbers", () => {
  expect(html`<p title="${`"><script>'&\``}">${html`<b>${1}</b>`}${null}${[html`<i></i>`, html`${"<"}`]}</p>`.source).toBe(`<p title="&quot;&gt;&lt;script&gt;&#39;&amp;&#96;"><b>1</b><i></i>&lt;</p>`);
});

it("shows what cannot be seen", () => {
  expect(html`${"a\u0000\u202e\u001b[31m\nb"}`.source).toBe("a\\u{0}\\u{202e}\\u{1b}[31m\\nb");
});

it("sets quoted code as code", () => {
  expect(prose("Write `a = <b>;` not ` alone").map(({ source }) => source).join("")).toBe("Write <code>a = &lt;b&gt;;</code> not &#96; alone");
});
