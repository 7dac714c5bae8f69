// SPDX-License-Identifier: GPL-3.0-or-later
// Every route there is, as the daemon itself lists them.
import { runCommand } from './command.mjs';

// { verb, path, access, atRoot } of each line of `guildhalld routes`.
export async function allRoutes() {
    const { stdout } = await runCommand(['routes']);
    return [...stdout.matchAll(/^\| ([A-Z]+) \| `([^`]+)` \| ([^|]+) \| ([^|]*) \|/gm)]
        .map(([, verb, path, access, root]) => ({ verb, path, access, atRoot: root.trim() === 'yes' }));
}

// Some snowflake, the same nowhere.
export function someId() {
    return String(1_000_000_000_000_000_000n + BigInt(Math.floor(Math.random() * 1e15)));
}

// The path with `ids` for its parameters, and snowflakes of nothing for those that have none.
export function addressOf(route, ids = {}) {
    return route.path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? someId());
}

export function takesBody(route) {
    return route.verb !== 'GET' && route.verb !== 'DELETE';
}
