// SPDX-License-Identifier: GPL-3.0-or-later
// A daemon whose log goes into a pipe that nobody empties.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { temporaryFolder } from './support/command.mjs';
import { Daemon } from './support/daemon.mjs';
import { Rest } from './support/rest.mjs';

describe('a daemon whose log nobody reads', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'log');
    execFileSync('mkfifo', [path]);
    // Both ends: it is open for reading, and that is all.
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const daemon = new Daemon();
    daemon.standardError = pipe;
    after(async () => {
        await daemon.close();
        closeSync(pipe);
        rmSync(folder, { recursive: true });
    });

    it('serves on, and stops when it is told to', async () => {
        await daemon.start();
        const rest = new Rest(daemon.root);
        for (let i = 0; i < 100; ++i) {
            const answers = await Promise.all(Array.from({ length: 20 }, () => rest.send('GET', '/health')));
            assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
        }
        assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
        const bytes = Buffer.alloc(1 << 20);
        const held = bytes.subarray(0, readSync(pipe, bytes)).toString();
        const lines = held.split('\n').slice(0, -1);
        assert.ok(lines.length > 100 && lines.length < 1500, `the pipe was not full: ${lines.length} lines`);
        for (const line of lines)
            assert.equal(typeof JSON.parse(line).msg, 'string');
    });
});
