// SPDX-License-Identifier: GPL-3.0-or-later
// What a host types: the daemon's commands, what they print and how they exit.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { runAtTerminal, runCommand } from './support/command.mjs';
import { Daemon, useDaemon } from './support/daemon.mjs';
import { fresh } from './support/people.mjs';
import { Rest } from './support/rest.mjs';

const usage = 64;
const badConfiguration = 78;

describe('a command', () => {
    it('that asks for the version prints it', async () => {
        for (const words of [['version'], ['--version']]) {
            const { code, stdout, stderr } = await runCommand(words);
            assert.equal(code, 0);
            assert.match(stdout, /^guildhalld \d+\.\d+\.\d+\n$/);
            assert.equal(stderr, '');
        }
    });

    it('that asks for help prints every command', async () => {
        const { code, stdout } = await runCommand(['--help']);
        assert.equal(code, 0);
        for (const name of ['run', 'migrate', 'check-config', 'config show', 'create-admin', 'routes', 'version'])
            assert.match(stdout, new RegExp(`^guildhalld ${name}\\b`, 'm'));
    });

    it('that does not exist is a wrong usage', async () => {
        for (const words of [['frobnicate'], [], ['config'], ['run', 'fast'], ['--frobnicate']]) {
            const { code, stdout, stderr } = await runCommand(words);
            assert.equal(code, usage, words.join(' '));
            assert.equal(stdout, '');
            if (words.length && !words[0].startsWith('--'))
                assert.ok(stderr.startsWith(`There is no command "${words.join(' ')}".\n`), stderr);
            assert.match(stderr, /guildhalld run/);
        }
    });

    it('that lists routes needs neither database nor settings', async () => {
        const { code, stdout } = await runCommand(['routes'], { settings: { PORT: 'wrong' } });
        assert.equal(code, 0);
        assert.match(stdout, /^\| GET \| `\/users\/@me` \| signed in \| {2}\| The account that is signed in\. \|$/m);
        assert.match(stdout, /^\| POST \| `\/auth\/register` \| anybody \| yes \|/m);
    });
});

describe('the configuration', () => {
    let folder;
    before(() => { folder = mkdtempSync(join(tmpdir(), 'guildhall-config-')); });
    after(() => rmSync(folder, { recursive: true }));
    const mistakesOf = ({ stderr }) => stderr.trim().split('\n');

    it('is sound when nothing is set', async () => {
        const { code, stdout, stderr } = await runCommand(['check-config'], { folder, settings: { HOME: folder } });
        assert.deepEqual([code, stdout, stderr], [0, 'The configuration is sound.\n', '']);
    });

    it('with mistakes ends with 78 and names all of them', async () => {
        const settings = { PORT: '70000', LOG_LEVEL: 'loud', JWT_SECRET: 'changeme', GUILDHALL_PROT: '3000', JWT_EXPIRES_IN: 'soon' };
        for (const words of [['check-config'], ['config', 'show'], ['run'], ['migrate'], ['create-admin']]) {
            const result = await runCommand(words, { folder, settings });
            assert.equal(result.code, badConfiguration, words.join(' '));
            assert.equal(result.stdout, '');
            const mistakes = mistakesOf(result);
            assert.equal(mistakes.length, 5, result.stderr);
            for (const name of ['PORT', 'LOG_LEVEL', 'JWT_SECRET', 'JWT_EXPIRES_IN'])
                assert.ok(mistakes.some((line) => line.startsWith(`environment: ${name}: `)), `${name}: ${result.stderr}`);
            assert.ok(mistakes.some((line) => /GUILDHALL_PROT.*did you mean GUILDHALL_PORT\?/.test(line)), result.stderr);
            assert.ok(!result.stderr.includes('changeme'), 'a secret is printed');
        }
    });

    it('may not give two services one port', async () => {
        const { code, stderr } = await runCommand(['check-config'],
            { folder, settings: { PORT: '4000', METRICS_LISTEN: '127.0.0.1:4000' } });
        assert.equal(code, badConfiguration);
        assert.match(stderr, /^environment: METRICS_LISTEN: has the port that PORT has; set another one$/m);
    });

    it('in a file is read, with the place of each mistake', async () => {
        const file = join(folder, '.env');
        writeFileSync(file, '# settings\nPORT=no\nLISTEN=127.0.0.1\n  COLOUR=red\n');
        const result = await runCommand(['check-config'], { folder });
        assert.equal(result.code, badConfiguration);
        const [port, colour, ...more] = mistakesOf(result).sort();
        assert.match(port, /^\.env:2:6: PORT: /);
        assert.match(colour, /^\.env:4:3: COLOUR: is no setting/);
        assert.deepEqual(more, []);
        rmSync(file);
    });

    it('that cannot be read is a mistake', async () => {
        const result = await runCommand(['check-config', '--config', join(folder, 'absent')], { folder });
        assert.equal(result.code, badConfiguration);
        assert.match(result.stderr, /absent: cannot be read: /);
    });

    it('is shown with the source of each value and without secrets', async () => {
        const file = join(folder, 'guildhall.env');
        writeFileSync(file, 'PORT=4000\nREGISTRATION=closed\nJWT_SECRET=0123456789abcdef0123456789abcdefXYZ\n');
        const { code, stdout } = await runCommand(['config', 'show', '--config', file],
            { folder, settings: { GUILDHALL_PORT: '5000', DB_PASSWORD: 'hunter2 hunter2' } });
        assert.equal(code, 0);
        assert.match(stdout, /^PORT=5000 +# environment$/m);
        assert.match(stdout, new RegExp(`^REGISTRATION=closed +# ${file.replaceAll('.', '\\.')}:2:14$`, 'm'));
        assert.match(stdout, /^LISTEN=127\.0\.0\.1 +# default$/m);
        assert.match(stdout, /^JWT_SECRET=\*\*\* /m);
        assert.match(stdout, /^DB_PASSWORD=\*\*\* /m);
        assert.ok(!/hunter2|0123456789abcdef/.test(stdout));
    });
});

describe('an administrator', () => {
    const daemon = useDaemon();
    const password = 'the first administrator';

    const create = (username, more = {}) => runCommand(
        ['create-admin', '--username', username, '--email', `${username}@example.org`],
        { settings: daemon.dataSettings, folder: daemon.folder, input: `${password}\n`, ...more });
    const signIn = async (username) => {
        const { user } = await new Rest(daemon.root).expect(200, 'POST', '/auth/login', { login: username, password });
        return user.username;
    };

    it('is made beside a running daemon, which goes on', async () => {
        const name = fresh('admin');
        const { code, stdout, stderr } = await create(name);
        assert.equal(code, 0, stderr);
        assert.match(stdout, new RegExp(`^${name.replaceAll('.', '\\.')} is an administrator of this server now; its data: .*${daemon.dataDir}/postgres\\.$`, 'm'));
        assert.ok(!(stdout + stderr).includes(password));
        assert.equal(await signIn(name), name);
    });

    it('types the password twice, unseen', async () => {
        const name = fresh('admin');
        const words = ['create-admin', '--username', name, '--email', `${name}@example.org`];
        const place = { settings: daemon.dataSettings, folder: daemon.folder };
        const slip = await runAtTerminal(words, [password, `${password}!`], place);
        assert.equal(slip.code, 1, slip.shown);
        assert.match(slip.shown, /the two passwords differ; nothing was changed/);
        const made = await runAtTerminal(words, [password, password], place);
        assert.equal(made.code, 0, made.shown);
        assert.ok(!(slip.shown + made.shown).includes(password), made.shown);
        assert.equal(await signIn(name), name);
    });

    it('is not made for a server that a forgotten DATA_DIR would make', async () => {
        const { code, stdout, stderr } = await create(fresh('admin'), { settings: { HOME: daemon.folder } });
        assert.deepEqual([code, stdout], [1, '']);
        assert.match(stderr, /^There is no server in .*\/guildhall, the default of DATA_DIR: set DATA_DIR/);
        assert.ok(!existsSync(join(daemon.folder, '.local')));
    });

    it('is made while no daemon runs', async () => {
        await daemon.stop();
        const name = fresh('admin');
        const { code, stderr } = await create(name);
        assert.equal(code, 0, stderr);
        await daemon.start();
        assert.equal(await signIn(name), name);
    });

    it('is made while a daemon starts, which goes on', async () => {
        for (const isFirst of [true, false]) {
            await daemon.stop();
            const name = fresh('admin');
            const up = isFirst ? undefined : daemon.start();
            const made = create(name);
            await (up ?? daemon.start());
            const { code, stderr } = await made;
            assert.equal(code, 0, stderr);
            assert.equal(await signIn(name), name);
        }
    });

    it('is refused with a sentence for each mistake', async () => {
        const taken = fresh('admin');
        await create(taken);
        const again = await create(taken);
        assert.equal(again.code, 1);
        assert.match(again.stderr, /^username: /m);
        assert.match(again.stderr, /^email: /m);
        const short = await create(fresh('admin'), { input: 'short\n' });
        assert.equal(short.code, 1);
        assert.match(short.stderr, /^password: /m);
        const nobody = await create(fresh('admin'), { input: '' });
        assert.equal(nobody.code, 1);
    });

    it('needs a name and an address', async () => {
        const { code, stderr } = await runCommand(['create-admin', '--username', 'anna'],
            { settings: daemon.dataSettings, folder: daemon.folder, input: `${password}\n` });
        assert.equal(code, usage);
        assert.match(stderr, /--email/);
    });
});

describe('an administrator of a daemon that starts for the first time', () => {
    const daemon = new Daemon();
    after(() => daemon.close());

    it('is made in the same moment', async () => {
        const up = daemon.start();
        const made = runCommand(['create-admin', '--username', 'anna', '--email', 'anna@example.org'],
            { settings: daemon.dataSettings, folder: daemon.folder, input: 'the first administrator\n' });
        const { code, stderr } = await made;
        assert.equal(code, 0, stderr);
        await up;
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
        await daemon.postmaster();
        assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
        assert.ok(!existsSync(join(daemon.dataDir, 'postgres/data/postmaster.pid')), 'PostgreSQL was left behind');
    });
});

describe('a daemon that cannot start', () => {
    const daemon = useDaemon();
    const run = (settings) => runCommand(['run'], {
        folder: daemon.folder, settings: { ...daemon.dataSettings, PORT: '0', METRICS_LISTEN: '127.0.0.1:0', ...settings },
    });

    it('because another one serves the same data says so, whatever its port', async () => {
        const { code, stdout, stderr } = await run({});
        assert.deepEqual([code, stdout], [1, '']);
        assert.match(stderr, /^Another guildhalld serves this database: /m);
    });

    it('names the database that does not answer', async () => {
        const { code, stderr } = await run({ DB_HOST: '127.0.0.1', DB_PORT: '1' });
        assert.equal(code, 1);
        assert.match(stderr, /127\.0\.0\.1|database/i);
    });

    it('leaves the other one running', async () => {
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
    });

    it('names the port that is taken', async () => {
        await daemon.stop();
        const squatter = createServer().listen(0, '127.0.0.1');
        try {
            await once(squatter, 'listening');
            const taken = String(squatter.address().port);
            const port = await run({ PORT: taken });
            assert.equal(port.code, 1);
            assert.match(port.stderr, new RegExp(`^PORT: 127\\.0\\.0\\.1:${taken} cannot be opened `, 'm'));
            const metrics = await run({ METRICS_LISTEN: `127.0.0.1:${taken}` });
            assert.equal(metrics.code, 1);
            assert.match(metrics.stderr, new RegExp(`^METRICS_LISTEN: 127\\.0\\.0\\.1:${taken} cannot be opened `, 'm'));
        } finally {
            squatter.close();
        }
    });
});

describe('migrate', () => {
    const daemon = useDaemon();

    it('brings a database up to date that the daemon then takes', async () => {
        await daemon.stop();
        const { code, stdout, stderr } = await runCommand(['migrate'], { settings: daemon.dataSettings, folder: daemon.folder });
        assert.equal(code, 0, stderr);
        assert.equal(stdout, 'The database is up to date.\n');
        await daemon.start({ MIGRATE: 'check' });
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
    });
});
