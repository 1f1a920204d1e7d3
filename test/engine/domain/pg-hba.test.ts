/** Holds the reading of pg_hba.conf against tables from PostgreSQL's documentation. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOLE } from "../../../src/engine/domain/hole.ts";
import { findOpenTrust, parsePgHba, type HbaField } from "../../../src/engine/domain/pg-hba.ts";

function show(field: HbaField | null): string | null {
  return field === null ? null : field.tokens.map((token) => (token.isQuoted ? `"${token.text}"` : token.text)).join(",");
}

function records(text: string): unknown[] {
  return parsePgHba(text).map((line) => {
    if (line.kind !== "record") return line;
    return [line.type, ...[line.database, line.user, line.address, line.mask, line.method].map(show), ...line.options.map(show)];
  });
}

describe("parsePgHba", () => {
  it.each([
    ["local all all peer", ["local", "all", "all", null, null, "peer"]],
    ["local all postgres peer map=postgres", ["local", "all", "postgres", null, null, "peer", "map=postgres"]],
    ["host all all 127.0.0.1/32 md5", ["host", "all", "all", "127.0.0.1/32", null, "md5"]],
    ["host\tall  all\t::1/128   scram-sha-256\r", ["host", "all", "all", "::1/128", null, "scram-sha-256"]],
    ["host all all 127.0.0.1 255.255.255.255 trust", ["host", "all", "all", "127.0.0.1", "255.255.255.255", "trust"]],
    ["host all all ::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff trust", ["host", "all", "all", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "trust"]],
    ["hostssl a,b +grp .example.com cert clientcert=verify-full", ["hostssl", "a,b", "+grp", ".example.com", null, "cert", "clientcert=verify-full"]],
    ["hostnossl a, b u samenet reject", ["hostnossl", "a,b", "u", "samenet", null, "reject"]],
    ["hostgssenc all all all gss include_realm=0", ["hostgssenc", "all", "all", "all", null, "gss", "include_realm=0"]],
    ['local "all" "a ""quoted"" name" trust', ["local", '"all"', '"a "quoted" name"', null, null, "trust"]],
    ["local all all trust # why", ["local", "all", "all", null, null, "trust"]],
    ["local all all trust#why", ["local", "all", "all", null, null, "trust"]],
    ['local all "#a" trust', ["local", "all", '"#a"', null, null, "trust"]],
    ["local all \\\n  all trust", ["local", "all", "all", null, null, "trust"]],
    ["local all all ldap ldapserver=x ldapprefix=\"cn=a b\"", ["local", "all", "all", null, null, "ldap", "ldapserver=x", "ldapprefix=cn=a b"]],
    ['local /^db\\d+$ all trust', ["local", "/^db\\d+$", "all", null, null, "trust"]],
  ])("reads %j", (text, expected) => expect(records(text)).toEqual([expected]));

  it("reads several lines, blank ones and comments left out", () => {
    const text = "# TYPE DATABASE USER ADDRESS METHOD\n\n  local all all trust\n \t\n#local x\nhost all all all reject";
    expect(records(text)).toEqual([["local", "all", "all", null, null, "trust"], ["host", "all", "all", "all", null, "reject"]]);
  });

  it("continues a comment as PostgreSQL does", () => {
    expect(records("# a comment \\\nhost all all all trust\nlocal all all peer")).toEqual([["local", "all", "all", null, null, "peer"]]);
  });

  it("gives places in the text", () => {
    const text = "\n  host  a, b  \"u v\" 10.0.0.0/8 trust x=y # no\n";
    const [record] = parsePgHba(text);
    if (record?.kind !== "record") throw new Error("no record");
    const at = (field: HbaField | null | undefined): string => (field ? text.slice(field.start, field.end) : "");
    expect([record.database, record.user, record.address, record.method, record.options[0]].map(at)).toEqual(["a, b", '"u v"', "10.0.0.0/8", "trust", "x=y"]);
    expect(text.slice(record.start, record.end)).toBe('host  a, b  "u v" 10.0.0.0/8 trust x=y');
  });

  it("reads includes", () => {
    expect(parsePgHba("include extra.conf\ninclude_dir \"a b\"\ninclude_if_exists x")).toEqual([
      { kind: "include", directive: "include", file: "extra.conf", start: 0, end: 18 },
      { kind: "include", directive: "include_dir", file: "a b", start: 19, end: 36 },
      { kind: "include", directive: "include_if_exists", file: "x", start: 37, end: 56 },
    ]);
  });

  it.each([
    ["foo all all trust", "foo", /starts with local/],
    ["local,host all all trust", "local,host", /starts with local/],
    ["local", "local", /before the database/],
    ["local all", "local all", /before the user/],
    ["local all all", "local all all", /before the method/],
    ["host all all", "host all all", /before the address/],
    ["host all all trust", "host all all trust", /before the method/],
    ["local all all 127.0.0.1/32 trust", "127.0.0.1/32", /no such authentication method/],
    ["host all all 127.0.0.1 trust", "127.0.0.1", /no mask; write "127.0.0.1\/32"/],
    ["host all all ::1 trust", "::1", /write "::1\/128"/],
    ["host all all 10.0.0.0/33 trust", "10.0.0.0/33", /mask length/],
    ["host all all 10.0.0.0/ trust", "10.0.0.0/", /mask length/],
    ["host all all example.com/24 trust", "example.com/24", /host name takes no mask/],
    ["host all all 10.0.0.1/32,10.0.0.2/32 trust", "10.0.0.1/32,10.0.0.2/32", /one address/],
    ["host all all all trusted", "trusted", /no such authentication method/],
    ["host all all all trust,md5", "trust,md5", /no such authentication method/],
    ["local all all peer map", "map", /name=value/],
    ["include a b", "include a b", /one file/],
  ])("refuses %s", (text, at, message) => {
    const [line] = parsePgHba(text);
    if (line?.kind !== "error") throw new Error(JSON.stringify(line));
    expect(text.slice(line.start, line.end)).toBe(at);
    expect(line.message).toMatch(message);
  });

  it("is total", () => {
    const part = fc.constantFrom("local", "host", "all", " ", "\n", ",", '"', "#", "\\", "\\\n", "trust", "127.0.0.1/32", "::1/128", "x=y", HOLE, "\r");
    fc.assert(fc.property(fc.array(part, { maxLength: 30 }).map((parts) => parts.join("")), (text) => {
      for (const line of parsePgHba(text)) expect(line.start <= line.end && line.end <= text.length).toBe(true);
      findOpenTrust(text);
    }), { numRuns: 2000 });
  });
});

describe("findOpenTrust", () => {
  it.each([
    "local all all trust",
    "host all all 127.0.0.1/32 trust",
    "host all all 127.0.0.0/8 trust",
    "host all all 127.0.0.1 255.255.255.255 trust",
    "host all all 127.1/32 trust",
    "host all all ::1/128 trust",
    "host all all 0:0:0:0:0:0:0:1/128 trust",
    "host all all localhost trust",
    "host all all LOCALHOST trust",
    "host all all samehost trust",
    "host all all 0.0.0.0/0 md5",
    "host all all all reject",
    "# host all all all trust",
  ])("passes over %s", (text) => {
    expect(findOpenTrust(text)).toEqual([]);
  });

  it.each([
    "host all all 0.0.0.0/0 trust",
    "host all all ::/0 trust",
    "host all all ::0/0 trust",
    "host all all 10.88.0.0/16 trust",
    "host all all 127.0.0.0/7 trust",
    "host all all 127.0.0.1 0.0.0.0 trust",
    "host all all ::1/127 trust",
    "host all all ::1/0 trust",
    "hostssl all all samenet trust",
    "hostnossl app app .lan trust",
    'host all all "samehost" trust',
    "host all all all \"trust\"",
    "host all \\\n all 10.0.0.1/32 trust",
    "host all all localhost.example.com trust",
  ])("finds %j", (text) => {
    expect(findOpenTrust(`local all all peer\n${text}\n`).map((record) => record.type)).toHaveLength(1);
  });

  it("never judges what it does not know", () => {
    for (const text of [`host all all ${HOLE} trust`, `host all all 10.0.0.0/${HOLE} trust`, `host all all 10.0.0.1 ${HOLE} trust`, `${HOLE} all all all trust`, `host all all all ${HOLE}`, HOLE, `host ${HOLE} trust`]) {
      expect(findOpenTrust(text)).toEqual([]);
      expect(parsePgHba(text).filter((line) => line.kind === "error")).toEqual([]);
    }
    expect(findOpenTrust(`host ${HOLE} ${HOLE} all trust`)).toHaveLength(1);
  });
});
