// SPDX-License-Identifier: GPL-3.0-or-later
// resources/docs/quick-start.md, done as it says.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { binary, environment } from './support/command.mjs';
import { useDaemon } from './support/daemon.mjs';
import { Rest } from './support/rest.mjs';
import { Shell } from './support/shell.mjs';
import { eventually } from './support/waiting.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const page = readFileSync(join(here, '../../resources/docs/quick-start.md'), 'utf8');

// The text of the fenced blocks, by the name behind their language.
const blocks = new Map([...page.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)].map(([, name, text]) => [name, text]));

describe('the quick start', () => {
    const daemon = useDaemon({ RATE_LIMITS: 'on' });
    let folder;
    let shell;
    before(() => {
        folder = join(daemon.folder, 'quick-start');
        mkdirSync(folder);
        symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
        const env = environment({ DATA_DIR: daemon.dataDir, PATH: `${dirname(binary())}:${process.env.PATH}` });
        shell = new Shell({ cwd: folder, env });
    });
    after(() => shell?.close());

    const text = (name) => blocks.get(name).replaceAll('127.0.0.1:3000', `127.0.0.1:${daemon.port}`);
    const step = (name) => shell.run(text(name));

    it('is about the library that is tested, and nothing on it stays untried', () => {
        const { devDependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
        assert.ok(page.includes(`npm install discord.js@${devDependencies['discord.js']}\``));
        assert.equal([...page.matchAll(/^```/gm)].length, 2 * blocks.size, 'a block has no name, so nothing runs it');
        assert.deepEqual([...blocks.keys()],
            ['health', 'account', 'bot', 'bot.mjs', 'run', 'ping', 'pong', 'invite', 'open', 'web', 'admin', 'look']);
    });

    it('finds the server', async () => {
        assert.deepEqual(JSON.parse(await step('health')), { status: 'ok' });
    });

    it('makes an account, a guild and a bot', async () => {
        await step('account');
        assert.match(await step('bot'), /"location"/);
    });

    it('runs a bot of twenty lines', async () => {
        assert.ok(text('bot.mjs').trim().split('\n').length <= 20);
        writeFileSync(join(folder, 'bot.mjs'), text('bot.mjs'));
        await shell.run(`${text('run').trim()} >bot.log 2>&1 &`);
        await eventually('the bot listens', () => {
            const log = readFileSync(join(folder, 'bot.log'), 'utf8');
            assert.equal(log.includes('Error'), false, log);
            return log.includes('ping listens in 1 guild(s)\n');
        });
    });

    it('gets an answer from it', async () => {
        assert.equal(JSON.parse(await step('ping')).content, '!ping');
        await eventually('the bot has answered', async () => (await step('pong')) === 'pong, anna');
    });

    it('lets a friend in', async () => {
        assert.equal(await step('invite'), 'Our guild');
        assert.match(await step('open'), /DISCOVERABLE[^]*\nOur guild$/);
    });

    it('works for a web page', async () => {
        const [owner, createdAt, newest] = (await step('web')).split('\n');
        assert.match(owner, /^\d+$/);
        assert.ok(Date.parse(createdAt) > 0);
        assert.equal(newest, 'Hello from a page');
    });

    it('makes an administrator and looks around', async () => {
        assert.match(await step('admin'), /^root is an administrator/);
        await new Rest(daemon.root).expect(200, 'POST', '/auth/login', { login: 'root', password: 'the longest password' });
        const [folderLine, route] = (await step('look')).split('\n');
        assert.ok(folderLine.startsWith(`DATA_DIR=${daemon.dataDir}`));
        assert.match(route, /POST/);
    });
});
