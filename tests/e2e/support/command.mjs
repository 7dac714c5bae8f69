// SPDX-License-Identifier: GPL-3.0-or-later
// The binary under test, and running its commands to their end.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The daemon takes unknown GUILDHALL_* names for mistakes and reads its settings from the environment: it gets
// nothing of ours but these.
const passedOn = ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS'];

export function binary() {
    const path = process.env.GUILDHALL_DAEMON;
    if (!path)
        throw new Error('GUILDHALL_DAEMON does not name the daemon; ./dev test sets it');
    accessSync(path, constants.X_OK);
    return path;
}

export function environment(settings) {
    const own = Object.fromEntries(passedOn.filter((name) => name in process.env)
        .map((name) => [name, process.env[name]]));
    return { ...own, LANG: 'C.UTF-8', ...settings };
}

// A new folder that PostgreSQL's own user can pass through: as root, the daemon runs it as somebody else.
export function temporaryFolder() {
    const folder = mkdtempSync(join(tmpdir(), 'guildhall-e2e-'));
    chmodSync(folder, 0o755);
    return folder;
}

// Runs `guildhalld <words>` at a terminal and types `lines`, each when something was asked for. Resolves with what the
// terminal showed.
export function runAtTerminal(words, lines, { settings = {}, folder = '/' } = {}) {
    return new Promise((resolve, reject) => {
        const command = [binary(), ...words].map((word) => `'${word}'`).join(' ');
        const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'],
            { env: environment(settings), cwd: folder });
        let shown = '';
        const waiting = [...lines];
        child.stdout.setEncoding('utf8');
        child.stdout.on('data', (text) => {
            shown += text;
            if (text.endsWith(': ') && waiting.length)
                child.stdin.write(`${waiting.shift()}\n`);
        });
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, shown }));
    });
}

// Runs `guildhalld <words>` to its end. `folder` is where it looks for .env.
export function runCommand(words, { settings = {}, folder = '/', input = '' } = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(binary(), words, { env: environment(settings), cwd: folder });
        const said = { stdout: '', stderr: '' };
        for (const stream of ['stdout', 'stderr']) {
            child[stream].setEncoding('utf8');
            child[stream].on('data', (text) => { said[stream] += text; });
        }
        child.on('error', reject);
        child.on('close', (code, signal) => resolve({ code, signal, ...said }));
        child.stdin.on('error', () => {}); // a command that reads nothing closes it early
        child.stdin.end(input);
    });
}
