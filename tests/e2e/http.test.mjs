// SPDX-License-Identifier: GPL-3.0-or-later
// What every route has in common: verbs, addresses, headers.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';

describe('HTTP', () => {
    const daemon = useDaemon();
    let stranger;
    let anna;
    before(async () => {
        stranger = new Rest(`${daemon.api}/v10`);
        anna = await person(daemon);
    });

    it('answers OPTIONS on any route, also those that need a token', async () => {
        for (const path of ['/users/@me', '/guilds', '/channels/123/messages', '/auth/login', '/nothing/here']) {
            const answer = await stranger.send('OPTIONS', path, undefined,
                { origin: 'https://app.example.org', 'access-control-request-method': 'PATCH' });
            assert.equal(answer.status, 204, path);
            assert.equal(answer.text, '');
            assert.equal(answer.headers.get('content-type'), null);
            assert.equal(answer.headers.get('access-control-allow-origin'), 'https://app.example.org');
            assert.match(answer.headers.get('access-control-allow-methods'), /PATCH/);
            assert.match(answer.headers.get('access-control-allow-headers'), /authorization/i);
            assert.equal(answer.headers.get('access-control-allow-credentials'), null);
        }
    });

    it('lets a web page of another origin read the answer', async () => {
        const answer = await anna.rest.send('GET', '/users/@me', undefined, { origin: 'https://app.example.org' });
        assert.equal(answer.headers.get('access-control-allow-origin'), 'https://app.example.org');
        assert.match(answer.headers.get('access-control-expose-headers'), /Retry-After/);
    });

    it('answers HEAD as GET without a body', async () => {
        const shown = await anna.rest.send('GET', '/users/@me');
        const head = await anna.rest.send('HEAD', '/users/@me');
        assert.equal(head.status, 200);
        assert.equal(head.text, '');
        assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(shown.text)));
        assert.equal((await stranger.send('HEAD', '/users/@me')).status, 401);
        assert.equal((await stranger.send('HEAD', '/nothing')).status, 404);
    });

    it('answers 404 for a route that is not there, with and without a token', async () => {
        for (const rest of [stranger, anna.rest]) {
            for (const path of ['/nothing', '/guilds/1/2/3/4', '/channelz/1', '/users/@me/nothing/']) {
                const answer = await rest.send('GET', path);
                assert.equal(answer.status, 404, path);
                assert.equal(answer.text, '{"message":"404: Not Found","code":0}');
            }
        }
    });

    it('answers 405 for a route that has other verbs', async () => {
        for (const [verb, path, allowed] of [['DELETE', '/gateway', 'GET, HEAD'], ['PUT', '/users/@me', 'GET, HEAD, PATCH'],
            ['POST', '/users/123', 'GET, HEAD']]) {
            const answer = await anna.rest.send(verb, path);
            assert.equal(answer.status, 405, `${verb} ${path}`);
            assert.equal(answer.headers.get('allow'), allowed);
            assert.equal(answer.text, '{"message":"405: Method Not Allowed","code":0}');
        }
    });

    it('serves only the storefront routes at the root', async () => {
        assert.equal((await anna.storefront.refusal('GET', '/users/@me')).status, 404);
        assert.equal((await anna.storefront.refusal('GET', '/gateway')).status, 404);
        assert.equal((await anna.storefront.get('/auth/me')).id, anna.id);
    });

    it('ignores a trailing slash and decodes a path once', async () => {
        for (const path of ['/users/@me/', '/users/%40me', '/users/%40me/'])
            assert.equal((await anna.rest.get(path)).id, anna.id, path);
        assert.notEqual((await anna.rest.send('GET', '/users/%2540me')).status, 200);
    });

    it('knows the versions 9, 10 and none', async () => {
        for (const base of [daemon.api, `${daemon.api}/v9`, `${daemon.api}/v10`])
            assert.equal((await new Rest(base, anna.token).get('/users/@me')).id, anna.id);
        const { status, code, body } = await new Rest(`${daemon.api}/v6`, anna.token).refusal('GET', '/users/@me');
        assert.deepEqual([status, code, body.message], [400, 50041, 'Invalid API version']);
    });

    it('says which parameter is no snowflake', async () => {
        const { status, code, body } = await anna.rest.refusal('GET', '/channels/banana');
        assert.deepEqual([status, code], [400, 50035]);
        assert.deepEqual(Object.keys(body.errors), ['channel']);
        assert.equal(body.errors.channel._errors[0].code, 'NUMBER_TYPE_COERCE');
        assert.equal(body.errors.channel._errors[0].message, 'Value "banana" is not snowflake.');
    });

    it('says what is wrong with a body that is no JSON, too deep or of another type', async () => {
        const deep = '['.repeat(100) + ']'.repeat(100);
        for (const body of ['{', 'no', `{"name":${deep}}`, '{"name":"x"} {}'])
            assert.equal((await anna.rest.refusal('POST', '/guilds', body)).code, 50109, body);
        const answer = await anna.rest.send('POST', '/guilds', 'name=Guild', { 'content-type': 'application/x-www-form-urlencoded' });
        assert.deepEqual([answer.status, answer.body.code], [400, 50035]);
    });

    it('reports every mistake of a body at once', async () => {
        const { body } = await stranger.refusal('POST', '/auth/register', { username: 'x', email: 'nowhere', password: 'short' });
        assert.deepEqual(Object.keys(body.errors).sort(), ['email', 'password', 'username']);
        assert.equal(body.errors.username._errors[0].code, 'BASE_TYPE_BAD_LENGTH');
    });

    it('refuses a body that is too long and goes on serving', async () => {
        const answer = await anna.rest.send('POST', '/guilds/1/channels', JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024) }))
            .catch((problem) => ({ status: 413, body: { code: 40005 }, problem })); // the server may close at once
        assert.deepEqual([answer.status, answer.body.code], [413, 40005]);
        assert.equal((await anna.rest.get('/users/@me')).id, anna.id);
    });

    it('tells each answer apart by a request id and says when it was given', async () => {
        const answers = await Promise.all([1, 2, 3].map(() => anna.rest.send('GET', '/users/@me')));
        assert.equal(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size, 3);
        for (const { headers } of answers)
            assert.ok(Math.abs(Date.parse(headers.get('date')) - Date.now()) < 60_000);
    });

    it('names the gateway by the address that the client used', async () => {
        assert.deepEqual(await stranger.get('/gateway'), { url: daemon.gateway });
        const { url, shards, session_start_limit: limit } = await anna.rest.get('/gateway/bot');
        assert.deepEqual([url, shards, limit.max_concurrency], [daemon.gateway, 1, 16]);
        const behindProxy = await stranger.send('GET', '/gateway', undefined,
            { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example.org' });
        assert.deepEqual(behindProxy.body, { url: 'wss://chat.example.org' });
    });
});
