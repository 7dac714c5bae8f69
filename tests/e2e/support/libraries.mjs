// SPDX-License-Identifier: GPL-3.0-or-later
// The client libraries, unmodified. They are imported here only, so that a checkout without them says how to
// get them.

async function library(name) {
    try {
        return await import(name);
    } catch (problem) {
        if (problem.code !== 'ERR_MODULE_NOT_FOUND')
            throw problem;
        throw new Error(`${name} is not installed in tests/e2e; ./dev test installs it`);
    }
}

export const discord = await library('discord.js');
export const { WebSocket } = await library('ws');
