// A world of its own on a carrier simulator: all that a test in Node needs, without dependencies.
//
// CARRIER_SIMULATOR_URL names a simulator that runs already, such as a container; without it one is
// started, which ends with this process.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";

let started;

async function server() {
  if (process.env.CARRIER_SIMULATOR_URL) return process.env.CARRIER_SIMULATOR_URL;
  started ??= (async () => {
    const program = process.env.CARRIER_SIMULATOR ?? "carrier-simulator";
    const child = spawn(program, ["serve", "--port", "0", "--no-access-log"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    process.on("exit", () => child.kill());
    const ended = once(child, "close").then(
      ([code]) => Promise.reject(new Error(`${program} ended with ${code}`)),
      (error) => Promise.reject(new Error(`${error.message}: pip install carrier-simulator`)),
    );
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
    child.stdout.resume();
    child.unref();
    child.stdout.unref();
    return line.split(" at ").pop().trim();
  })();
  return started;
}

async function ask(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(`${method} ${url}: ${said.detail}`);
  return said;
}

/** Makes a world whose clock stands; `remove` it behind the test. */
export async function world({ at = "2026-03-02T10:15:00+01:00" } = {}) {
  const url = await server();
  const name = `t-${randomUUID()}`;
  const control = (method, path, body) => ask(method, `${url}/_sim/workspaces/${name}${path}`, body);
  const { items } = await ask("GET", `${url}/_sim/carriers`);
  await control("PUT", "/clock", { mode: "frozen", at });
  return {
    name,
    carriers: Object.fromEntries(
      items.map(({ name: carrier, path, credentials: [first] }) => [
        carrier,
        { url: `${url}/w/${name}${path}`, credential: first.value, headers: first.headers },
      ]),
    ),
    advance: (how) => control("POST", "/clock/advance", how),
    fail: (operation, { times = 1, status = 503 } = {}) =>
      control("POST", "/rules", {
        when: { operation },
        fault: { kind: "status", status },
        times,
      }),
    inbox: async () => (await control("GET", "/inbox")).items,
    async verify(...checks) {
      const verdict = await control("POST", "/verify", { checks });
      const failed = verdict.checks.filter((each) => !each.passed);
      if (failed.length) throw new Error(failed.map((each) => each.message).join("\n"));
    },
    remove: () => control("DELETE", ""),
  };
}
