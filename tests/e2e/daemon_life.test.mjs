// SPDX-License-Identifier: GPL-3.0-or-later
// Starting, being watched, stopping, and dying.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { newClient } from './support/clients.mjs';
import { useDaemon } from './support/daemon.mjs';
import { GatewaySocket, op, openGateway } from './support/gateway_socket.mjs';
import { discord } from './support/libraries.mjs';
import { addBot, bot, fresh, guild, person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';
import { eventually, next } from './support/waiting.mjs';

const { Events } = discord;

// Dead, but not yet collected by its parent, is dead.
function isAlive(pid) {
    try {
        return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
        return false;
    }
}

describe('a daemon that runs', () => {
    const daemon = useDaemon();

    it('says where it is and what comes next', () => {
        const { banner, root, gateway, dataDir } = daemon;
        for (const line of [`${root}/api/v10`, `${gateway}/`, `${root}/health`, `${dataDir}/postgres`,
            'guildhalld create-admin --username', `curl -X POST ${root}/auth/register`, `new Client({ rest: { api: '${root}/api' } })`])
            assert.ok(banner.includes(line), `${line} is not in\n${banner}`);
    });

    it('answers /health on the public port', async () => {
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
        assert.deepEqual(await new Rest(daemon.api).get('/health'), { status: 'ok' });
    });

    it('answers /livez, /readyz and /metrics on a port of their own', async () => {
        const monitoring = new Rest(daemon.monitoring);
        for (const path of ['/livez', '/readyz']) {
            const answer = await monitoring.send('GET', path);
            assert.equal(answer.status, 200, path);
            assert.equal((await new Rest(daemon.root).send('GET', path)).status, 404, `${path} is public`);
        }
        assert.equal((await monitoring.send('GET', '/users/@me')).status, 404);
        assert.equal((await monitoring.send('POST', '/livez')).status, 405);
    });

    it('goes on after SIGHUP', async () => {
        process.kill(daemon.pid, 'SIGHUP');
        await eventually('the signal was seen', () => daemon.log.includes('SIGHUP'));
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
    });

    it('counts requests by route, without names of people', async () => {
        const anna = await person(daemon);
        await anna.rest.get(`/users/${anna.id}`);
        await anna.rest.refusal('GET', '/users/1');
        const metrics = await eventually('the metrics count the requests', async () => {
            const { text, headers } = await new Rest(daemon.monitoring).send('GET', '/metrics');
            assert.match(headers.get('content-type'), /^text\/plain/);
            return /\{[^}]*\/users\/\{user\}[^}]*\} [1-9]/.test(text) && text;
        });
        assert.ok(!metrics.includes(anna.id) && !metrics.includes(anna.username));
        for (const line of metrics.split('\n').filter((l) => l && !l.startsWith('#')))
            assert.match(line, /^[a-z_:]+(\{.*\})? \S+$/);
    });

    it('writes a JSON object a line, and no secret', async () => {
        const anna = await person(daemon);
        const home = await guild(anna);
        const helper = await bot(daemon, anna);
        await anna.rest.expect(200, 'POST', `/channels/${home.general.id}/messages`, { content: 'between you and me' });
        const wrong = fresh('wrong password');
        await new Rest(daemon.root).refusal('POST', '/auth/login', { login: anna.username, password: wrong });
        const lines = daemon.log.trim().split('\n');
        for (const line of lines)
            assert.equal(typeof JSON.parse(line), 'object', line);
        for (const secret of [anna.token, anna.password, anna.email, helper.token, wrong, 'between you and me'])
            assert.ok(!daemon.log.includes(secret), `${secret} is in the log`);
    });
});

describe('a daemon that may take any port for its monitoring', () => {
    const daemon = useDaemon({ METRICS_LISTEN: '127.0.0.1:0' });

    it('logs which one it took', async () => {
        const line = await eventually('the port is logged', () => daemon.log.trim().split('\n')
            .map((text) => JSON.parse(text)).find(({ msg }) => msg === 'health and metrics are served'));
        assert.equal(line.address, '127.0.0.1');
        assert.ok(line.port > 0);
        assert.equal((await new Rest(`http://127.0.0.1:${line.port}`).send('GET', '/livez')).status, 200);
    });
});

describe('a daemon whose registration is closed', () => {
    const daemon = useDaemon({ REGISTRATION: 'closed' });

    it('offers nobody to register', () => {
        assert.ok(daemon.banner.includes(`DATA_DIR=${daemon.dataDir} `), daemon.banner);
        assert.ok(!daemon.banner.includes('register'), daemon.banner);
    });
});

describe('SIGTERM', () => {
    const daemon = useDaemon();

    it('tells gateway clients to come back, ends with 0 and takes PostgreSQL along', async () => {
        const anna = await person(daemon);
        const socket = await openGateway(daemon, anna.token);
        const silent = new GatewaySocket(daemon.gateway); // has not said who it is
        await silent.hello;
        const postmaster = await daemon.postmaster();
        const reconnect = socket.payload(op.reconnect);
        const end = daemon.stop();
        assert.deepEqual(await reconnect, { op: 7, d: null, s: null, t: null });
        assert.equal(await socket.closeCode(), 4000);
        await silent.closeCode();
        assert.deepEqual(await end, { code: 0, signal: null });
        assert.match(daemon.log, /stopping: Terminated[^]*stopped/);
        assert.ok(!isAlive(postmaster), 'PostgreSQL was left behind');
        await assert.rejects(new Rest(daemon.root).get('/health'));
    });

    it('lets a bot on discord.js come back by itself once the daemon is there again', async () => {
        await daemon.startAgain();
        const anna = await person(daemon);
        const home = await guild(anna);
        const helper = await bot(daemon, anna);
        await addBot(anna, home.id, helper);
        const client = newClient(daemon);
        try {
            const ready = next(client, Events.ClientReady);
            await client.login(helper.token);
            await ready;
            const leaving = next(client, Events.ShardReconnecting);
            const back = next(client, Events.ShardReady);
            await daemon.stop();
            await leaving;
            await daemon.startAgain();
            await back;
            const heard = next(client, Events.MessageCreate, ({ content }) => content === 'are you back?');
            await anna.rest.expect(200, 'POST', `/channels/${home.general.id}/messages`, { content: 'are you back?' });
            await heard;
        } finally {
            await client.destroy();
        }
    });
});

describe('kill -9', () => {
    const daemon = useDaemon();

    it('loses nothing that was acknowledged', async () => {
        const anna = await person(daemon);
        const home = await guild(anna);
        const path = `/channels/${home.general.id}/messages`;
        const acknowledged = [];
        let isDying = false;
        const posting = Array.from({ length: 8 }, async (_, writer) => {
            try {
                for (let i = 0; ; ++i)
                    acknowledged.push((await anna.rest.expect(200, 'POST', path, { content: `${writer}/${i}` })).id);
            } catch (problem) {
                if (!isDying)
                    throw problem;
            }
        });
        await eventually('a hundred messages are there', () => acknowledged.length >= 100);
        isDying = true;
        const postmaster = await daemon.postmaster();
        const end = daemon.kill();
        await Promise.all(posting);
        assert.equal((await end).signal, 'SIGKILL');
        assert.ok(isAlive(postmaster), 'PostgreSQL went with the daemon');

        await daemon.startAgain();
        const kept = new Set();
        for (let after = '0', page; after !== undefined; after = page[0]?.id) {
            page = await anna.rest.get(`${path}?limit=100&after=${after}`);
            page.forEach(({ id }) => kept.add(id));
        }
        assert.deepEqual(acknowledged.filter((id) => !kept.has(id)), []);
        assert.equal((await daemon.postmaster()), postmaster, 'the PostgreSQL that ran on was not taken over');
    });

    it('leaves a daemon that stops cleanly the next time', async () => {
        const postmaster = await daemon.postmaster();
        assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
        assert.ok(!isAlive(postmaster), 'PostgreSQL was left behind');
    });
});
