// SPDX-License-Identifier: GPL-3.0-or-later
// One shell for several blocks of commands, as somebody has who follows a page: variables stay.
import { spawn } from 'node:child_process';

import { within } from './waiting.mjs';

const marker = '--- the block is done ---';

export class Shell {
    // options: of spawn(): cwd, env.
    constructor(options) {
        this.output = '';
        this.errors = '';
        this.bash = spawn('bash', ['-s'], options);
        this.bash.stdout.setEncoding('utf8').on('data', (text) => { this.output += text; });
        this.bash.stderr.setEncoding('utf8').on('data', (text) => { this.errors += text; });
        this.bash.stdin.on('error', () => {}); // a command failed and ended the shell: run() reports it
        this.bash.stdin.write('set -eo pipefail\n');
        this.ended = new Promise((resolve) => this.bash.once('close', resolve));
    }

    // What the block writes to standard output; rejects when one of its commands fails.
    run(block) {
        const done = new Promise((resolve, reject) => {
            const look = () => {
                if (this.output.endsWith(`${marker}\n`)) {
                    this.bash.stdout.off('data', look);
                    resolve(this.output.slice(0, -marker.length - 1).trim());
                }
            };
            this.bash.stdout.on('data', look);
            this.ended.then((code) => reject(new Error(`the shell ended with ${code}: ${this.output}${this.errors}`)));
        });
        this.output = '';
        this.errors = '';
        this.bash.stdin.write(`${block}\necho '${marker}'\n`);
        return within('a block of commands', done);
    }

    // Ends the shell. What it left in the background is asked to end, too.
    async close() {
        this.bash.stdin.end('kill $(jobs -p) 2>/dev/null || true\n');
        await within('the end of the shell', this.ended);
    }
}
