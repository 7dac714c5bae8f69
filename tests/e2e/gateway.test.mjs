// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway as a person's client sees it, payload by payload.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { GatewaySocket, op, openGateway } from './support/gateway_socket.mjs';
import { addBot, bot, guest, guild, person } from './support/people.mjs';

describe('a session of a person', () => {
    const daemon = useDaemon({ GATEWAY_HEARTBEAT_MS: '30000' });
    let owner;
    let home;
    before(async () => {
        owner = await person(daemon, 'owner');
        home = await guild(owner, 'Home');
    });

    it('begins with the interval of its heartbeats', async () => {
        const socket = new GatewaySocket(daemon.gateway);
        const hello = await socket.hello;
        assert.deepEqual([hello.op, hello.s, hello.t, hello.d.heartbeat_interval], [10, null, null, 30_000]);
        const ack = socket.payload(op.heartbeatAck);
        socket.send(op.heartbeat, null);
        assert.deepEqual(await ack, { op: 11, d: null, s: null, t: null });
        await socket.close();
    });

    it('has everything at once: itself, its guilds, its settings', async () => {
        const socket = new GatewaySocket(daemon.gateway);
        const ready = await socket.identify(owner.token);
        assert.equal(ready.v, 10);
        assert.deepEqual([ready.user.id, ready.user.username, ready.user.email], [owner.id, owner.username, owner.email]);
        assert.match(ready.session_id, /^[0-9a-f]{32}$/);
        assert.equal(ready.resume_gateway_url, daemon.gateway);
        const [seen] = ready.guilds;
        assert.deepEqual([seen.id, seen.name, seen.owner_id, seen.member_count], [home.id, 'Home', owner.id, 1]);
        assert.deepEqual(seen.channels.map(({ id }) => id).sort(), home.channels.map(({ id }) => id).sort());
        assert.equal(seen.members[0].user.id, owner.id);
        for (const list of ['private_channels', 'relationships', 'presences'])
            assert.ok(Array.isArray(ready[list]), list);
        await socket.close();
    });

    it('numbers its events without a gap, and all sessions of a person get them', async () => {
        const sessions = [await openGateway(daemon, owner.token), await openGateway(daemon, owner.token)];
        const last = sessions.map((socket) => socket.dispatch('MESSAGE_CREATE', ({ content }) => content === 'last'));
        for (const content of ['one', 'two', 'three', 'last'])
            await owner.rest.expect(200, 'POST', `/channels/${home.general.id}/messages`, { content });
        await Promise.all(last);
        for (const socket of sessions) {
            const numbers = socket.payloads.map(({ s }) => s).filter((s) => s !== null);
            assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
            assert.deepEqual(socket.received('MESSAGE_CREATE').map(({ content }) => content), ['one', 'two', 'three', 'last']);
            await socket.close();
        }
    });

    it('hears of a guild that it makes, joins, leaves and loses', async () => {
        const joiner = await person(daemon, 'joiner');
        const socket = await openGateway(daemon, joiner.token);
        const creation = socket.dispatch('GUILD_CREATE');
        const own = await guild(joiner, 'My own');
        assert.equal((await creation).id, own.id);
        const invite = await owner.rest.expect(200, 'POST', `/channels/${home.general.id}/invites`, {});
        const arrival = socket.dispatch('GUILD_CREATE', ({ id }) => id === home.id);
        await joiner.rest.expect(200, 'POST', `/invites/${invite.code}`, {});
        assert.ok((await arrival).members.some(({ user }) => user.id === joiner.id));
        for (const [lost, path] of [[home.id, `/users/@me/guilds/${home.id}`], [own.id, `/guilds/${own.id}`]]) {
            const end = socket.dispatch('GUILD_DELETE', ({ id }) => id === lost);
            await joiner.rest.expect(204, 'DELETE', path);
            assert.notEqual((await end).unavailable, true);
        }
        await socket.close();
    });

    it('ends with 4004 when its token is signed out, and cannot begin again', async () => {
        const leaver = await person(daemon, 'leaver');
        const socket = await openGateway(daemon, leaver.token);
        await leaver.rest.expect(204, 'POST', '/auth/logout');
        assert.equal(await socket.closeCode(), 4004);
        const again = new GatewaySocket(daemon.gateway);
        await assert.rejects(again.identify(leaver.token), /4004/);
    });

    it('ends with 4004 when the password is changed', async () => {
        const careful = await person(daemon, 'careful');
        const socket = await openGateway(daemon, careful.token);
        const changed = await careful.rest.expect(200, 'PATCH', '/users/@me', { password: careful.password, new_password: 'a newer password' });
        assert.equal(await socket.closeCode(), 4004);
        const renewed = await openGateway(daemon, changed.token);
        assert.equal(renewed.ready.user.id, careful.id);
        await renewed.close();
    });

    it('finds members by the start of their name, and all of them', async () => {
        const friend = await guest(daemon, owner, home.general.id, 'friend');
        const socket = await openGateway(daemon, owner.token);
        const ask = (nonce, query) => {
            const chunk = socket.dispatch('GUILD_MEMBERS_CHUNK', (data) => data.nonce === nonce);
            socket.send(op.requestMembers, { guild_id: home.id, nonce, limit: 0, ...query });
            return chunk;
        };
        const all = await ask('all', { query: '' });
        assert.deepEqual(all.members.map(({ user }) => user.id).sort(), [owner.id, friend.id].sort());
        assert.deepEqual([all.guild_id, all.chunk_index, all.chunk_count], [home.id, 0, 1]);
        const some = await ask('some', { query: friend.username.slice(0, 5), limit: 10 });
        assert.deepEqual(some.members.map(({ user }) => user.id), [friend.id]);
        const named = await ask('named', { user_ids: [friend.id, '1'] });
        assert.deepEqual([named.members.map(({ user }) => user.id), named.not_found], [[friend.id], ['1']]);
        await socket.close();
    });

    it('that cannot be resumed says so and may begin anew', async () => {
        const socket = new GatewaySocket(daemon.gateway);
        await socket.hello;
        const invalid = socket.payload(op.invalidSession);
        socket.send(op.resume, { token: owner.token, session_id: '0123456789abcdef0123456789abcdef', seq: 1 });
        assert.equal((await invalid).d, false);
        assert.equal((await socket.identify(owner.token)).user.id, owner.id);
        await socket.close();
    });
});

describe('the gateway', () => {
    const daemon = useDaemon();
    let owner;
    let helper;
    before(async () => {
        owner = await person(daemon, 'owner');
        helper = await bot(daemon, owner);
        await addBot(owner, (await guild(owner)).id, helper);
    });

    const identity = (token, more = {}) => ({ token, properties: {}, ...more });
    const mistakes = {
        'a token that is wrong': [4004, (socket) => socket.send(op.identify, identity('nonsense', { intents: 0 }))],
        'a payload that is no JSON': [4002, (socket) => socket.socket.send('{')],
        'an opcode that does not exist': [4001, (socket) => socket.send(99, null)],
        'a command before IDENTIFY': [4003, (socket) => socket.send(op.presenceUpdate, { since: null, activities: [], status: 'online', afk: false })],
        'intents that do not exist': [4013, (socket) => socket.send(op.identify, identity(helper.token, { intents: 1 << 30 }))],
        'a shard beyond the last': [4010, (socket) => socket.send(op.identify, identity(helper.token, { intents: 1, shard: [1, 1] }))],
    };
    for (const [what, [code, make]] of Object.entries(mistakes)) {
        it(`ends ${what} with ${code}`, async () => {
            const socket = new GatewaySocket(daemon.gateway);
            await socket.hello;
            make(socket);
            assert.equal(await socket.closeCode(), code);
        });
    }

    it('ends a second IDENTIFY with 4005', async () => {
        const socket = await openGateway(daemon, owner.token);
        socket.send(op.identify, identity(owner.token));
        assert.equal(await socket.closeCode(), 4005);
    });

    it('takes the token of a bot bare and with its scheme', async () => {
        for (const token of [helper.token, `Bot ${helper.token}`]) {
            const socket = new GatewaySocket(daemon.gateway);
            const arrival = socket.dispatch('GUILD_CREATE');
            const ready = await socket.identify(token, { intents: 1 });
            assert.deepEqual([ready.user.bot, ready.application.id], [true, helper.applicationId]);
            assert.deepEqual(ready.guilds, [{ id: ready.guilds[0].id, unavailable: true }]);
            assert.equal((await arrival).id, ready.guilds[0].id);
            await socket.close();
        }
    });

    it("closes a bot's session with 4004 when its token is replaced", async () => {
        const other = await bot(daemon, owner, 'other');
        const socket = await openGateway(daemon, other.token, { intents: 1 });
        await owner.rest.expect(200, 'POST', `/applications/${other.applicationId}/bot/reset`);
        assert.equal(await socket.closeCode(), 4004);
    });

    it('sends only what the intents of a bot ask for', async () => {
        const home = await guild(owner, 'Quiet');
        await addBot(owner, home.id, helper);
        const socket = await openGateway(daemon, helper.token, { intents: 1 });
        await owner.rest.expect(200, 'POST', `/channels/${home.general.id}/messages`, { content: 'not for you' });
        await owner.rest.expect(204, 'POST', `/channels/${home.general.id}/typing`);
        const fence = socket.dispatch('CHANNEL_CREATE', ({ name }) => name === 'fence');
        await owner.rest.expect(201, 'POST', `/guilds/${home.id}/channels`, { name: 'fence' });
        await fence;
        assert.deepEqual(socket.received('MESSAGE_CREATE', 'TYPING_START'), []);
        await socket.close();
    });
});
