/** Which commands a script runs, seen through wrappers, with what becomes of their failures. */
import { describe, expect, it } from "vitest";
import { type CommandUse, display, keyOf } from "../../../../src/engine/model/script/index.ts";
import { factsOf } from "./run.ts";

function commandsOf(text: string): string[] {
  return factsOf(text).commands.map(({ name, args }) => [name ?? "?", ...args.map(display)].join(" "));
}

function commandNamed(text: string, name: string, more: Parameters<typeof factsOf>[1] = {}): CommandUse {
  const command = factsOf(text, more).commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(`no ${name}`);
  return command;
}

describe("commands", () => {
  it.each<[string, string, string[]]>([
    ["in their order", "a x | b; c && d", ["a x", "b", "c", "d"]],
    ["inside substitutions first", 'echo "$(date +%F)"', ["date +%F", "echo …"]],
    ["with variables filled in", 'A=/x\nB="$A/y"\nrun "$B" "$C"', ["run /x/y …"]],
    ["with either of two values unknown", 'if [ "$1" ]; then A=x; else A=y; fi\nrun "$A"', ["run …"]],
    ["with the same value on both ways", 'if [ "$1" ]; then A=x; else A=x; fi\nrun "$A"', ["run x"]],
    ["with defaults", "run ${A:-x} ${B-y}", ["run … …"]],
    ["once for each value of a loop", "for n in a b; do run $n; done", ["run a", "run b"]],
    ["in functions where they are called", "f() { run $1; }\nf x; f y", ["f x", "run x", "f y", "run y"]],
    ["in functions that nobody calls here", "f() { run; }", ["run"]],
    ["by path", "/run/current-system/sw/bin/tar -cf x y", ["tar -cf x y"]],
  ])("%s", (_, text, expected) => {
    expect(commandsOf(text)).toEqual(expected);
  });
});

describe("wrappers", () => {
  it("are seen through up to a limit, after which a script is not known", () => {
    const nested = (count: number): string => `${"nice ".repeat(count)}run`;
    expect([commandsOf(nested(30)).at(-1), factsOf(nested(30)).hasErrors]).toEqual(["run", false]);
    expect([commandsOf(nested(31)).at(-1), factsOf(nested(31)).hasErrors]).toEqual(["nice run", true]);
  });


  it.each<[string, string, string, string[], string | null]>([
    ["runuser", "runuser -u postgres -- pg_dump x", "pg_dump", ["runuser"], "postgres"],
    ["sudo", "sudo -u app -E run", "run", ["sudo"], "app"],
    ["su with a script", "su - app -c 'run x'", "run", ["su"], "app"],
    ["env", "env A=1 B=2 run", "run", ["env"], null],
    ["several", "timeout -k 5 30 nice -n 10 ionice -c3 run", "run", ["timeout", "nice", "ionice"], null],
    ["exec", "exec run", "run", ["exec"], null],
    ["xargs", "ls | xargs -0 -n 1 run", "run", ["xargs"], null],
    ["find", "find /d -exec run {} \\;", "run", ["find"], null],
    ["a shell", "bash -euc 'run x'", "run", ["bash"], null],
    ["flock", "flock -n /run/lock run", "run", ["flock"], null],
    ["setpriv", "setpriv --reuid=app --clear-groups run", "run", ["setpriv"], "app"],
  ])("%s", (_, text, name, wrappers, user) => {
    const command = commandNamed(text, name);
    expect(command.wrappers).toEqual(wrappers);
    expect(command.user === null ? null : display(command.user)).toBe(user);
  });

  it.each([
    "runuser -u app -g web -G wheel -s /bin/sh -w PATH run x",
    "runuser --user app --group web --shell /bin/sh -- run x",
    "sudo -u app -g web -C 3 -D /srv -h host -p prompt -R /srv -T 5 -U other -r role run x",
    "sudo --user app --group web --chdir /srv -n -E run x",
    "sudo --user=app --group=web --login run x",
    "doas -u app -C /etc/doas.conf -n run x",
    "env -i -u HOME -C /srv A=1 run x",
    "env --unset HOME --chdir /srv run x",
    "exec -a name run x",
    "command run x",
    "builtin run x",
    "nohup run x",
    "setsid run x",
    "setsid -w run x",
    "chronic run x",
    "unbuffer run x",
    "nice run x",
    "nice --adjustment 10 run x",
    "nice --adjustment=10 run x",
    "ionice -c 3 -n 7 -t run x",
    "ionice --class 3 --classdata 7 run x",
    "chrt -i 0 run x",
    "stdbuf -i L -o 0 -e 0 run x",
    "stdbuf --input L --output 0 --error 0 run x",
    "timeout -k 5 -s TERM 30 run x",
    "timeout --kill-after 5 --signal TERM --foreground 30 run x",
    "flock -w 5 -E 3 /run/lock run x",
    "flock --wait 5 --conflict-exit-code 3 /run/lock run x",
    "flock --timeout 5 --exclusive /run/lock run x",
    "setpriv --reuid app --regid web --groups wheel run x",
    "xargs -a list -d , -E end -I {} -L 1 -n 1 -P 2 -s 100 run x",
    "xargs --max-args 1 --max-procs 2 --replace {} --delimiter , --max-lines 1 run x",
    "systemd-run -p Nice=1 -u unit -M web -H host -E A=1 run x",
    "systemd-run --unit unit --property Nice=1 --uid app --gid web --setenv A=1 --description text --slice web run x",
    "systemd-cat -t name -p info run x",
    "systemd-cat --identifier name --priority info run x",
    "systemd-inhibit --what sleep --who me --why backup --mode block run x",
    "chroot --userspec app --groups wheel /srv run x",
    "ssh -i key -p 22 -l app -o A=b -F config -J hop -L 1 -R 2 -D 3 -W 4 -b b -c c -E log -e e -I pkcs -m mac -O ctl -Q q -S socket -w tun -B b host run x",
  ])("take the values of their own options: %s", (text) => {
    expect(commandsOf(text)).toEqual([text, "run x"]);
  });

  it.each<[string, string]>([
    ["runuser --user app -- run", "app"],
    ["runuser --user=app -- run", "app"],
    ["runuser -uapp -- run", "app"],
    ["sudo -uapp run", "app"],
    ["sudo --user app run", "app"],
    ["sudo --user=app run", "app"],
    ["doas -u app run", "app"],
    ["setpriv --reuid app run", "app"],
    ["su app -c run", "app"],
    ["su -c run app", "app"],
    ["su app --command run", "app"],
    ["su app --command=run", "app"],
    ["su -l app -s /bin/sh -g web -c run", "app"],
    ["su --shell /bin/sh --group web app -c run", "app"],
    ["runuser app -c run", "app"],
    ["systemd-run --uid app run", "app"],
    ["systemd-run --uid=app run", "app"],
  ])("say as whom: %s", (text, user) => {
    const command = commandNamed(text, "run");
    expect(command.user === null ? null : display(command.user)).toBe(user);
  });

  it.each<[string, string[]]>([
    ["bash script.sh run", ["bash script.sh run"]],
    ["bash -o pipefail -c 'run x'", ["run x"]],
    ["bash -O extglob -ec 'run x'", ["run x"]],
    ["bash -euo pipefail -c 'run x'", ["run x"]],
    ["bash -euco pipefail 'run x'", ["run x"]],
    ["bash -ce 'run x'", ["run x"]],
    ["bash --norc -c 'run x'", ["run x"]],
    ["sh -c 'run x'", ["run x"]],
    ["sh -o errexit -c 'run x'", ["run x"]],
    ["dash -c 'run x'", ["run x"]],
    ["zsh -c 'run x'", ["run x"]],
    ["bash -c", ["bash -c"]],
    ["find /d -execdir run {} +", ["run /d/*"]],
    ["find /d -ok run {} \\;", ["run /d/*"]],
    ["find /d -name '*.sql' -exec run {} \\;", ["run /d/**.sql"]],
    ["find /d -type d -exec run {} \\;", ["run /d"]],
    ["find /d -type f -exec run {} \\;", ["run /d/*"]],
    ["find /d /e -exec run {} \\;", ["run {}"]],
    ["find -name x -exec run {} \\;", ["run {}"]],
    ["find /d -name x", ["find /d -name x"]],
    ["sudo -u app", ["sudo -u app"]],
    ["nice", ["nice"]],
    ["docker exec web run", ["docker exec web run"]],
    ["docker ps", ["docker ps"]],
    ["sudo $OPTIONS run", ["sudo … run"]],
  ])("are seen through as far as they can be: %s", (text, expected) => {
    expect(commandsOf(text).slice(-1)).toEqual(expected);
  });

  it("on other machines and in other roots run elsewhere", () => {
    expect(["ssh host run", "chroot /srv run", "sudo run", "env A=1 run"].map((text) => commandNamed(text, "run").elsewhere)).toEqual([true, true, false, false]);
  });

  it("hand on variables", () => {
    const { environment } = commandNamed("A=1 env B=2 run", "run");
    expect([...environment].map(([name, value]) => `${name}=${display(value)}`)).toEqual(["A=1", "B=2"]);
  });

  it("do not see into containers", () => {
    expect(commandsOf("podman exec web run x")).toEqual(["podman exec web run x"]);
    expect(commandNamed("podman exec web run x", "podman").elsewhere).toBe(false);
  });
});

describe("fates", () => {
  const fate = (text: string, more: Parameters<typeof factsOf>[1]): string => {
    const found = commandNamed(text, "run", more).fate;
    return found.kind === "hidden" ? `hidden by ${found.by}: ${text.slice(found.at.start, found.at.end)}` : found.kind;
  };

  it.each<[string, boolean, boolean, string]>([
    ["run", false, false, "counts"],
    ["run || true", false, false, "hidden by or-true: true"],
    ["run || :", true, true, "hidden by or-true: :"],
    ["run || exit 1", false, false, "handled"],
    ["run | gzip > f", true, false, "hidden by pipe: gzip > f"],
    ["run | gzip > f", true, true, "counts"],
    ["set -o pipefail; run | gzip > f", false, false, "counts"],
    ["run; other", false, false, "hidden by followed: other"],
    ["run; other", true, false, "counts"],
    ["set -e\nrun; other", false, false, "counts"],
    ["set +e\nrun; other", true, false, "hidden by followed: other"],
    ["if run; then other; fi", true, true, "handled"],
    ["! run", true, true, "handled"],
    ["run &", true, true, "handled"],
    ["run; echo $?", false, false, "handled"],
    ["bash -c 'run; other'", true, true, "hidden by followed: 'run; other'"],
    ["bash -ec 'run; other'", false, false, "counts"],
    ["bash -e -c 'run; other'", false, false, "counts"],
    ["bash -o errexit -c 'run; other'", false, false, "counts"],
    ["bash --noprofile -c 'run; other'", false, false, "hidden by followed: 'run; other'"],
    ["bash -ec 'run | gzip > f'", false, true, "hidden by pipe: 'run | gzip > f'"],
    ["bash -euo pipefail -c 'run | gzip > f'", false, false, "counts"],
    ["su app -c 'run; other'", true, true, "hidden by followed: 'run; other'"],
  ])("%s", (text, errexit, pipefail, expected) => {
    expect(fate(text, { errexit, pipefail })).toBe(expected);
  });
});

describe("streams", () => {
  it("say which files are read and written", () => {
    const command = commandNamed("D=/d\nrun < $D/in > $D/out 2>> $D/err", "run");
    expect([command.inputs.map(display), command.outputs.map(display)]).toEqual([["/d/in"], ["/d/out", "/d/err"]]);
  });

  it.each<[string, boolean]>([
    ["run", true],
    ["run >&2", true],
    ["if [ $A ]; then run; fi", true],
    ["run > /f", false],
    ["{ run; } > /f", false],
    ["A=$(run)", false],
    ["run | cat", false],
    ["run > /dev/null", false],
    ["exec > /f\nrun", false],
  ])("tell whether `%s` is printed", (text, expected) => {
    expect(commandNamed(text, "run").isPrinted).toBe(expected);
  });
});

it("the same unknown thing has the same name", () => {
  const [a, b, c] = factsOf('run "$A/x" "$A/x" "$B/x"').commands[0]?.args.map(keyOf) ?? [];
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});

describe("scripts without end", () => {
  it.each<[string, string]>([
    ["loops inside loops", `${"for i in 1 2 3 4 5 6 7 8 9 10; do ".repeat(15)}x=1; ${"done; ".repeat(15)}`],
    ["functions that call themselves", "f() { f; f; f; }\nf"],
    ["many branches with many files", Array.from({ length: 3000 }, (_, i) => `if [ "$x" ]; then echo a > /f${i}; v${i}=1; fi`).join("\n")],
    ["many unknown names", Array.from({ length: 3000 }, (_, i) => `echo a > /f${i}-$X${i}\nchmod 600 "/g/$Y${i}"`).join("\n")],
  ])("are read to a limit: %s", (_, text) => {
    expect(factsOf(text).commands.length).toBeLessThanOrEqual(20_000);
  });
});
