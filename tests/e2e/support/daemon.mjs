// SPDX-License-Identifier: GPL-3.0-or-later
// A real guildhalld with a private PostgreSQL of its own, in a folder that goes with it.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { binary, environment, temporaryFolder } from './command.mjs';
import { eventually, patience, within } from './waiting.mjs';

const keeperScript = fileURLToPath(new URL('keeper.sh', import.meta.url));
const logFolder = process.env.GUILDHALL_E2E_LOGS ?? join(tmpdir(), 'guildhall-e2e-logs');
// PostgreSQL's initdb and the daemon, on a machine that has other things to do.
const startPatience = 2 * patience;

// /metrics names its port beforehand. Somebody may take the port before the daemon does: see start().
function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.on('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

let daemons = 0;

export class Daemon {
    // settings: names and values of the environment, over those that every test has.
    constructor(settings = {}) {
        this.settings = settings;
        this.logFile = join(logFolder, `${basename(process.argv[1], '.test.mjs')}-${++daemons}.log`);
        this.child = null;
        this.folder = null;
        this.guests = [];
        this.standardError = null; // a descriptor, instead of the log file
    }

    get dataDir() { return join(this.folder, 'data'); }
    get root() { return `http://127.0.0.1:${this.port}`; }
    get api() { return `${this.root}/api`; }
    get gateway() { return `ws://127.0.0.1:${this.port}`; }
    get monitoring() { return `http://127.0.0.1:${this.metricsPort}`; }
    get pid() { return this.child.pid; }
    get log() { return readFileSync(this.logFile, 'utf8'); }

    // Names and values that make another command use this daemon's data.
    get dataSettings() { return { DATA_DIR: this.dataDir, LOG_FORMAT: 'json' }; }

    async start(settings = {}) {
        if (!this.folder)
            this.#settle();
        Object.assign(this.settings, settings);
        for (let attempt = 1; ; ++attempt) {
            this.metricsPort = await freePort();
            this.#spawn();
            try {
                await this.#untilBanner();
                return this;
            } catch (problem) {
                if (attempt === 3 || !problem.message.includes('METRICS_LISTEN'))
                    throw problem;
            }
        }
    }

    // As `systemctl stop` does. Resolves with { code, signal }.
    async stop() {
        this.child.kill('SIGTERM');
        return this.ended();
    }

    // As the kernel does when memory runs out. PostgreSQL is left running.
    async kill() {
        this.child.kill('SIGKILL');
        return this.ended();
    }

    async ended() {
        return within('the end of the daemon', this.end);
    }

    // On the same port, so that clients find it again.
    async startAgain() {
        return this.start({ PORT: String(this.port) });
    }

    // The process id of the private PostgreSQL, once it takes connections.
    async postmaster() {
        const lines = await eventually('PostgreSQL is up', () => {
            const file = readFileSync(join(this.dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
            return file[7]?.trim() === 'ready' && file;
        });
        return Number(lines[0]);
    }

    // Has `leave` called before the daemon is stopped for good: clients that are still there would seek it for ever.
    beforeClose(leave) {
        this.guests.push(leave);
    }

    async close() {
        await Promise.all(this.guests.map((leave) => leave()));
        if (this.child?.exitCode === null && this.child.signalCode === null)
            await this.stop();
        this.keeper?.stdin.end(); // removes the folder; on some disks that takes seconds, for which nobody waits
    }

    #settle() {
        this.folder = temporaryFolder();
        mkdirSync(logFolder, { recursive: true });
        closeSync(openSync(this.logFile, 'w'));
        // Detached: ^C in a terminal ends us and the daemon, and the keeper then clears up.
        this.keeper = spawn(keeperScript, [this.folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
        this.keeper.unref();
        this.keeper.stdin.on('error', () => {});
        process.on('exit', (code) => {
            if (code !== 0)
                console.error(`the daemon's log is ${this.logFile}`);
        });
    }

    #spawn() {
        const log = openSync(this.logFile, 'a');
        this.banner = '';
        this.child = spawn(binary(), ['run'], {
            cwd: this.folder,
            stdio: ['ignore', 'pipe', this.standardError ?? log],
            env: environment({
                PORT: '0', METRICS_LISTEN: `127.0.0.1:${this.metricsPort}`, RATE_LIMITS: 'off',
                RATE_LIMIT_REGISTER: '100000', // counts even when the limits are off
                ...this.dataSettings, ...this.settings,
            }),
        });
        closeSync(log);
        this.child.stdout.setEncoding('utf8');
        this.child.stdout.on('data', (text) => { this.banner += text; });
        this.keeper.stdin.write(`${this.child.pid}\n`);
        this.end = new Promise((resolve) => this.child.once('close', (code, signal) => {
            this.keeper.stdin.write('\n');
            resolve({ code, signal });
        }));
    }

    // Resolves once the daemon says that it serves.
    #untilBanner() {
        const { child } = this;
        return new Promise((resolve, reject) => {
            const finish = (settle, value) => {
                clearTimeout(timer);
                settle(value);
            };
            const fail = (why) => finish(reject, new Error(`${why}:\n${this.banner}${this.log.slice(-4000)}`));
            const timer = setTimeout(fail, startPatience, 'the daemon did not come up');
            child.once('error', (problem) => fail(problem.message));
            child.once('close', (code, signal) => fail(`the daemon ended with ${code ?? signal}`));
            child.stdout.on('data', () => {
                const port = /^ *REST +http:\/\/127\.0\.0\.1:(\d+)\/api\/v10$/m.exec(this.banner);
                if (port && this.banner.includes('new Client(')) {
                    this.port = Number(port[1]);
                    finish(resolve);
                }
            });
        });
    }
}

// A daemon for the tests of the suite that calls this, or of the whole file.
export function useDaemon(settings = {}) {
    const daemon = new Daemon(settings);
    before(() => daemon.start(), { timeout: 3 * startPatience });
    after(() => daemon.close(), { timeout: startPatience });
    return daemon;
}
