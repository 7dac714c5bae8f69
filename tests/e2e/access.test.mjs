// SPDX-License-Identifier: GPL-3.0-or-later
// Which doors are open to a stranger, for every route there is, and how the others are shut.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { bot, person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';
import { addressOf, allRoutes, takesBody } from './support/routes.mjs';

const unauthorized = { message: '401: Unauthorized', code: 0 };
const storefrontKeys = { statusCode: 401, error: 'Unauthorized' };

function withBody(route) {
    return takesBody(route) ? {} : undefined;
}

// A header and payload that only the signature of which is wrong.
function forged(token) {
    const [header, claims, signature] = token.split('.');
    const turned = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1);
    return [header, claims, turned].join('.');
}

function unsigned(token) {
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    return `${header}.${token.split('.')[1]}.`;
}

const daemon = useDaemon();

describe('a stranger', () => {
    let all;
    let somebody;
    before(async () => {
        all = await allRoutes();
        somebody = await person(daemon);
    });

    it('finds that the list of routes is whole', () => {
        assert.ok(all.length >= 70, `only ${all.length} routes are listed`);
        const open = all.filter((route) => route.access === 'anybody').map(({ verb, path }) => `${verb} ${path}`);
        assert.deepEqual(open.sort(), ['GET /gateway', 'GET /health', 'GET /invites/{code}', 'POST /auth/login',
            'POST /auth/register']);
    });

    const credentials = {
        'no credentials': () => undefined,
        'an empty token': () => 'Bot ',
        'a word': () => 'nonsense',
        'a token of three invented parts': () => 'Bot MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB',
        "a person's token as a bot's": () => `Bot ${somebody.token}`,
        'a token with a wrong signature': () => `Bearer ${forged(somebody.token)}`,
        'a token that claims to need no signature': () => unsigned(somebody.token),
        'Basic authentication': () => `Basic ${Buffer.from('anna:secret').toString('base64')}`,
    };
    for (const [what, authorization] of Object.entries(credentials)) {
        it(`with ${what} is refused by every route that is not public`, async () => {
            for (const route of all.filter(({ access }) => access !== 'anybody')) {
                const body = route.atRoot ? { ...unauthorized, ...storefrontKeys } : unauthorized;
                const bases = [`${daemon.api}/v10`, `${daemon.api}/v9`, daemon.api].concat(route.atRoot ? daemon.root : []);
                for (const base of what === 'no credentials' ? bases : bases.slice(0, 1)) {
                    const answer = await new Rest(base, authorization())
                        .send(route.verb, addressOf(route), withBody(route));
                    const where = `${route.verb} ${base}${route.path}`;
                    assert.equal(answer.status, 401, where);
                    assert.equal(answer.text, JSON.stringify(body), where);
                    assert.equal(answer.headers.get('content-type'), 'application/json', where);
                }
            }
        });
    }

    it('is refused before the body is read', async () => {
        const answer = await new Rest(`${daemon.api}/v10`).send('POST', '/guilds', '{ this is not JSON');
        assert.equal(answer.status, 401);
        assert.deepEqual(answer.body, { ...unauthorized, ...storefrontKeys });
    });

    it('is refused before a parameter is looked at', async () => {
        const answer = await new Rest(`${daemon.api}/v10`).send('GET', '/channels/not-a-snowflake');
        assert.equal(answer.status, 401);
    });

    it('with a token that was signed out is refused', async () => {
        const leaver = await person(daemon);
        await leaver.rest.get('/users/@me');
        await leaver.rest.expect(204, 'POST', '/auth/logout');
        assert.deepEqual((await leaver.rest.refusal('GET', '/users/@me')).body, unauthorized);
    });
});

describe('the kind of account', () => {
    let someBot;
    let somebody;
    let all;
    before(async () => {
        all = await allRoutes();
        somebody = await person(daemon);
        someBot = await bot(daemon, somebody);
    });

    it('shuts the routes for people to bots', async () => {
        for (const route of all.filter(({ access }) => access === 'people')) {
            const { status, code } = await someBot.rest.refusal(route.verb, addressOf(route), withBody(route));
            assert.deepEqual([status, code], [403, 20001], `${route.verb} ${route.path}`);
        }
    });

    it('shuts the routes for bots to people', async () => {
        for (const route of all.filter(({ access }) => access === 'bots')) {
            const { status, code } = await somebody.rest.refusal(route.verb, addressOf(route), withBody(route));
            assert.deepEqual([status, code], [403, 20002], `${route.verb} ${route.path}`);
        }
    });

    it("refuses a bot's token with the scheme of people", async () => {
        const { status } = await new Rest(`${daemon.api}/v10`, `Bearer ${someBot.token}`).refusal('GET', '/users/@me');
        assert.equal(status, 401);
    });

    it("refuses a bot's token once another was issued", async () => {
        const made = await bot(daemon, somebody);
        await made.rest.get('/users/@me');
        await somebody.rest.expect(200, 'POST', `/applications/${made.applicationId}/bot/reset`);
        assert.equal((await made.rest.refusal('GET', '/users/@me')).status, 401);
    });
});
