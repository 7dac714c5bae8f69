// SPDX-License-Identifier: GPL-3.0-or-later
// The limits as they are when nobody touches them: what is promised in the headers holds.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { useClients } from './support/clients.mjs';
import { useDaemon } from './support/daemon.mjs';
import { addBot, bot, guild, person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';

describe('the rate limits', () => {
    const daemon = useDaemon({ RATE_LIMITS: 'on', RATE_LIMIT_REGISTER: '60' });
    const connect = useClients(daemon);
    let owner;
    let home;
    let path;
    before(async () => {
        owner = await person(daemon, 'owner');
        home = await guild(owner);
        path = `/channels/${home.general.id}/messages`;
    });

    it('say in each answer what is left', async () => {
        const first = await owner.rest.send('GET', '/users/@me');
        const second = await owner.rest.send('GET', '/users/@me');
        const read = ({ headers }, name) => headers.get(`x-ratelimit-${name}`);
        assert.equal(read(first, 'bucket'), read(second, 'bucket'));
        assert.match(read(first, 'bucket'), /^[0-9a-f]{1,32}$/);
        for (const answer of [first, second]) {
            assert.ok(Number(read(answer, 'remaining')) < Number(read(answer, 'limit')));
            assert.ok(Number(read(answer, 'reset-after')) > 0);
            assert.match(read(answer, 'reset'), /^\d+\.\d{3}$/);
        }
    });

    it('refuse what is too much, and keep their word about when it is over', async () => {
        const answers = await Promise.all(Array.from({ length: 11 }, (_, i) => owner.rest.send('POST', path, { content: `message ${i}` })));
        const refusal = answers.find(({ status }) => status === 429);
        const taken = answers.filter(({ status }) => status === 200);
        assert.equal(taken.length, 10);
        const left = taken.map(({ headers }) => Number(headers.get('x-ratelimit-remaining')));
        assert.deepEqual(left.sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert.equal(refusal.body.message, 'You are being rate limited.');
        assert.equal(refusal.body.global, false);
        assert.ok(refusal.body.retry_after > 0 && refusal.body.retry_after <= 5);
        assert.equal(Number(refusal.headers.get('retry-after')), Math.ceil(refusal.body.retry_after));
        assert.equal(refusal.headers.get('x-ratelimit-scope'), 'user');
        assert.equal(refusal.headers.get('x-ratelimit-global'), null);
        await owner.rest.get(`${path}?limit=1`); // another bucket is not concerned
        await pause(Math.ceil(1000 * refusal.body.retry_after));
        await owner.rest.expect(200, 'POST', path, { content: 'patient' });
    });

    it('let discord.js send more than is allowed, in order and without an error', async () => {
        const helper = await bot(daemon, owner);
        await addBot(owner, home.id, helper);
        const client = await connect(helper);
        const channel = client.channels.cache.get(home.general.id);
        const sent = await Promise.all(Array.from({ length: 13 }, (_, i) => channel.send(`queued ${i}`)));
        assert.equal(new Set(sent.map(({ id }) => id)).size, 13);
        const kept = (await channel.messages.fetch({ limit: 13, cache: false })).map(({ content }) => content).reverse();
        assert.deepEqual(kept, Array.from({ length: 13 }, (_, i) => `queued ${i}`));
    });

    it('stop a flood of forged tokens, and of paths that do not exist, and nobody else', async () => {
        await owner.rest.get('/users/@me'); // known from now on
        const forged = new Rest(daemon.api, `Bot ${Buffer.from(home.id).toString('base64url')}.AAAAAA.${'x'.repeat(38)}`);
        const begun = Date.now();
        const answers = await Promise.all(Array.from({ length: 400 }, (_, i) => forged.send('GET', i % 4 ? '/users/@me' : '/no/such/path')));
        const seconds = Math.floor((Date.now() - begun) / 1000) + 1;
        const refused = answers.filter(({ status }) => status === 429);
        assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401, 404, 429]));
        assert.ok(answers.length - refused.length <= 50 * (seconds + 1), `${answers.length - refused.length} in ${seconds} s`);
        for (const { headers, body } of refused)
            assert.deepEqual([headers.get('x-ratelimit-global'), body.global, Number(headers.get('retry-after'))], ['true', true, 1]);
        assert.equal((await owner.rest.get('/users/@me')).id, owner.id, 'a good token was refused beside the flood');
        await pause(1000);
    });

    it('stop the guessing of a password, whoever guesses', async () => {
        const victim = await person(daemon, 'victim');
        const stranger = new Rest(daemon.root);
        const statuses = [];
        for (let i = 0; i < 20 && statuses.at(-1) !== 429; ++i)
            statuses.push((await stranger.refusal('POST', '/auth/login', { login: victim.username, password: `guess ${i}` })).status);
        assert.equal(statuses.at(-1), 429);
        assert.ok(statuses.length >= 6);
        assert.equal((await victim.rest.get('/users/@me')).id, victim.id, 'the owner was locked out of a live session');
    });
});

describe('the global rate limit', () => {
    const daemon = useDaemon({ RATE_LIMITS: 'on', RATE_LIMIT_GLOBAL: '3' });

    it('holds for all routes of an account together', async () => {
        const busy = await person(daemon, 'busy');
        const answers = await Promise.all(Array.from({ length: 24 }, (_, i) =>
            busy.rest.send('GET', ['/users/@me', '/users/@me/guilds', '/gateway/bot', '/applications'][i % 4])));
        const refused = answers.filter(({ status }) => status === 429);
        assert.ok(refused.length > 0);
        for (const { headers, body } of refused) {
            assert.deepEqual([headers.get('x-ratelimit-global'), headers.get('x-ratelimit-scope'), body.global], ['true', 'global', true]);
            assert.ok(body.retry_after > 0 && body.retry_after <= 1);
        }
    });
});
