// SPDX-License-Identifier: GPL-3.0-or-later
// A plain web client: fetch, JSON and a WebSocket, with the simple routes at the root.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { openGateway } from './support/gateway_socket.mjs';
import { fresh, guild, person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';

const daemon = useDaemon();

describe('signing in', () => {
    let stranger;
    before(() => { stranger = new Rest(daemon.root); });

    it('gives the token under the names that clients read', async () => {
        const name = fresh('anna');
        const account = { username: name, email: `${name}@example.org`, password: 'a long password' };
        const made = await stranger.expect(201, 'POST', '/auth/register', account);
        assert.equal(made.token, made.access_token);
        assert.equal(made.token, made.accessToken);
        assert.deepEqual([made.token_type, made.expires_in, made.user.username, made.user.email],
            ['Bearer', 7 * 24 * 3600, name, account.email]);
        assert.equal(made.user_id, made.user.id);
        for (const who of [{ email: account.email }, { username: name }, { login: name.toUpperCase() }]) {
            const again = await stranger.expect(200, 'POST', '/auth/login', { ...who, password: account.password });
            assert.equal(again.user_id, made.user_id);
            assert.notEqual(again.token, made.token);
        }
        const me = await new Rest(daemon.root, `Bearer ${made.token}`).get('/auth/me');
        assert.equal(me.id, made.user_id);
        assert.ok(!JSON.stringify(me).includes('password'));
    });

    it('says the same for a wrong password and an unknown account', async () => {
        const anna = await person(daemon);
        const answers = [];
        for (const who of [anna.username, fresh('nobody')])
            answers.push(await stranger.refusal('POST', '/auth/login', { login: who, password: 'not the password' }));
        assert.deepEqual(answers[0], answers[1]);
        assert.deepEqual([answers[0].status, answers[0].code, answers[0].body.statusCode, answers[0].body.error],
            [401, 50035, 401, 'Unauthorized']);
        assert.equal(answers[0].body.errors.login._errors[0].code, 'INVALID_LOGIN');
    });

    it('makes each name and address once', async () => {
        const anna = await person(daemon);
        const other = fresh('other');
        const taken = (body) => stranger.refusal('POST', '/auth/register', { password: 'a long password', ...body });
        const byName = await taken({ username: anna.username.toUpperCase(), email: `${other}@example.org` });
        assert.equal(byName.body.errors.username._errors[0].code, 'USERNAME_ALREADY_TAKEN');
        const byAddress = await taken({ username: other, email: anna.email.toUpperCase() });
        assert.equal(byAddress.body.errors.email._errors[0].code, 'EMAIL_ALREADY_REGISTERED');
    });

    it('ends with a sign-out of this token only', async () => {
        const anna = await person(daemon);
        const second = await stranger.expect(200, 'POST', '/auth/login', { login: anna.username, password: anna.password });
        await anna.storefront.expect(204, 'POST', '/auth/logout');
        assert.equal((await anna.storefront.refusal('GET', '/auth/me')).status, 401);
        assert.equal((await new Rest(daemon.root, `Bearer ${second.token}`).get('/auth/me')).id, anna.id);
    });
});

describe('guilds of a web client', () => {
    let anna;
    let ben;
    let open;
    before(async () => {
        anna = await person(daemon, 'anna');
        ben = await person(daemon, 'ben');
        open = await anna.storefront.expect(201, 'POST', '/guilds', { name: 'Open house', description: 'for all' });
        await anna.rest.expect(200, 'PATCH', `/guilds/${open.id}`, { features: ['DISCOVERABLE'] });
    });

    it('are made with an owner and first channels', async () => {
        assert.deepEqual([open.name, open.description, open.ownerId, open.owner_id], ['Open house', 'for all', anna.id, anna.id]);
        const channels = await anna.storefront.get(`/channels/guild/${open.id}`);
        const general = channels.find(({ name }) => name === 'general');
        assert.deepEqual([general.guildId, general.guild_id, general.type], [open.id, open.id, 0]);
        assert.equal(general.parentId, channels.find(({ type }) => type === 4).id);
    });

    it('are listed: those of the account, and those that are open to anybody', async () => {
        const secret = await guild(anna, 'Secret');
        const shown = await ben.storefront.get('/guilds');
        assert.ok(!shown.some(({ id }) => id === secret.id));
        const listed = shown.find(({ id }) => id === open.id);
        assert.deepEqual([listed.ownerId, listed.memberCount, listed.joined], [anna.id, 1, false]);
        assert.deepEqual(await ben.storefront.get('/guilds/my'), []);
        const own = (await anna.storefront.get('/guilds/my')).map(({ id }) => id);
        assert.deepEqual(own.sort(), [open.id, secret.id].sort());
    });

    it('can be joined when they are open, and not otherwise', async () => {
        const closed = await guild(anna, 'Closed');
        const refused = await ben.storefront.refusal('POST', `/guilds/${closed.id}/join`);
        assert.deepEqual([refused.status, refused.code], [403, 50001]);
        const carl = await person(daemon, 'carl');
        const socket = await openGateway(daemon, carl.token);
        const arrival = socket.dispatch('GUILD_CREATE', ({ id }) => id === open.id);
        const before = await anna.rest.get(`/guilds/${open.id}?with_counts=true`);
        const joined = await carl.storefront.expect(200, 'POST', `/guilds/${open.id}/join`);
        assert.equal(joined.id, open.id);
        const seen = await arrival;
        assert.equal(seen.member_count, before.approximate_member_count + 1);
        assert.ok(seen.channels.some(({ name }) => name === 'general'));
        assert.deepEqual((await carl.storefront.get('/guilds/my')).map(({ id }) => id), [open.id]);
        await socket.close();
    });

    it('get channels by name, type and parent', async () => {
        const make = (body) => anna.storefront.expect(201, 'POST', '/channels', { guildId: open.id, ...body });
        const section = await make({ name: 'Projects', type: 'category' });
        const text = await make({ name: 'Big Plans', type: 'text', parentId: section.id, topic: 'what next' });
        const voice = await make({ name: 'Talk', type: 2 });
        assert.deepEqual([section.type, text.type, voice.type], [4, 0, 2]);
        assert.deepEqual([text.name, text.parentId, text.topic, text.guildId], ['big-plans', section.id, 'what next', open.id]);
        const refused = await ben.storefront.refusal('POST', '/channels', { guildId: open.id, name: 'mine' });
        assert.deepEqual([refused.status, refused.body.statusCode], [403, 403]);
    });
});

describe('messages of a web client', () => {
    let anna;
    let home;
    let channel;
    let socket;
    before(async () => {
        anna = await person(daemon, 'anna');
        home = await guild(anna);
        channel = home.general.id;
        socket = await openGateway(daemon, anna.token);
    });
    after(() => socket.close());

    const post = (content, more = {}) => anna.storefront.expect(201, 'POST', '/messages', { channelId: channel, content, ...more });

    it('come back with the names that web clients read, and to the gateway', async () => {
        const seen = socket.dispatch('MESSAGE_CREATE', ({ content }) => content === 'Hello, wörld 🏰');
        const message = await post('Hello, wörld 🏰', { nonce: 'n1' });
        assert.deepEqual([message.content, message.channelId, message.authorId, message.author.username, message.nonce],
            ['Hello, wörld 🏰', channel, anna.id, anna.username, 'n1']);
        assert.equal(Date.parse(message.createdAt), Date.parse(message.timestamp));
        const event = await seen;
        assert.deepEqual([event.id, event.guild_id, event.author.id, event.nonce], [message.id, home.id, anna.id, 'n1']);
        assert.ok(event.member.joined_at);
    });

    it('answer one another', async () => {
        const question = await post('Who is there?');
        const answer = await post('I am.', { replyTo: question.id });
        assert.deepEqual([answer.type, answer.referenced_message.id], [19, question.id]);
    });

    it('are read a page at a time, newest first', async () => {
        const room = await anna.storefront.expect(201, 'POST', '/channels', { guildId: home.id, name: 'pages' });
        const sent = [];
        for (let i = 0; i < 25; ++i)
            sent.push((await anna.storefront.expect(201, 'POST', '/messages', { channelId: room.id, content: `line ${i}` })).id);
        const newestFirst = [...sent].reverse();
        const page = async (query) => (await anna.storefront.get(`/messages/channel/${room.id}?${query}`)).map(({ id }) => id);
        assert.deepEqual(await page(''), newestFirst);
        const read = [];
        for (let cursor = ''; ;) {
            const ids = await page(`limit=10${cursor}`);
            read.push(...ids);
            if (ids.length < 10)
                break;
            cursor = `&before=${ids.at(-1)}`;
        }
        assert.deepEqual(read, newestFirst);
        assert.deepEqual(await page(`limit=3&after=${sent[4]}`), [sent[7], sent[6], sent[5]]);
        const around = await page(`limit=5&around=${sent[12]}`);
        assert.ok(around.includes(sent[12]) && around.length >= 4 && around.length <= 6);
    });

    it('are refused with the status in the body', async () => {
        const empty = await anna.storefront.refusal('POST', '/messages', { channelId: channel, content: '   ' });
        assert.deepEqual([empty.status, empty.code, empty.body.statusCode, empty.body.error], [400, 50006, 400, 'Bad Request']);
        const long = await anna.storefront.refusal('POST', '/messages', { channelId: channel, content: 'x'.repeat(2001) });
        assert.equal(long.body.errors.content._errors[0].code, 'BASE_TYPE_MAX_LENGTH');
        const nowhere = await anna.storefront.refusal('POST', '/messages', { channelId: '1', content: 'x' });
        assert.deepEqual([nowhere.status, nowhere.code], [404, 10003]);
        const stranger = await person(daemon, 'stranger');
        const foreign = await stranger.storefront.refusal('GET', `/messages/channel/${channel}`);
        assert.deepEqual([foreign.status, foreign.code], [403, 50001]);
    });

    it('are made once when the same nonce is enforced', async () => {
        const body = { content: 'only once', nonce: 'unique-1', enforce_nonce: true };
        const twins = await Promise.all([1, 2, 3, 4].map(() => anna.rest.expect(200, 'POST', `/channels/${channel}/messages`, body)));
        assert.equal(new Set(twins.map(({ id }) => id)).size, 1);
    });
});
