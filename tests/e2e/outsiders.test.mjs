// SPDX-License-Identifier: GPL-3.0-or-later
// Every route with the ids of somebody else's guild: nothing is shown to those outside, and nothing happens.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { bot, guest, guild, person } from './support/people.mjs';
import { addressOf, allRoutes, takesBody } from './support/routes.mjs';

const daemon = useDaemon();

// Bodies that would do something if they were taken.
const bodies = {
    'POST /guilds/{guild}/channels': { name: 'taken-over' },
    'PATCH /guilds/{guild}/channels': [],
    'PATCH /guilds/{guild}': { name: 'Taken over' },
    'POST /guilds/{guild}/roles': { name: 'Taken over', permissions: '8' },
    'PATCH /guilds/{guild}/roles/{role}': { permissions: '8' },
    'PATCH /guilds/{guild}/roles': [],
    'PATCH /guilds/{guild}/members/{user}': { nick: 'taken over' },
    'PATCH /guilds/{guild}/members/@me': { nick: 'taken over' },
    'PATCH /guilds/{guild}/members/@me/nick': { nick: 'taken over' },
    'PATCH /channels/{channel}': { name: 'taken-over' },
    'PUT /channels/{channel}/permissions/{overwrite}': { type: 0, allow: '8', deny: '0' },
    'POST /channels/{channel}/messages': { content: 'taken over' },
    'PATCH /channels/{channel}/messages/{message}': { content: 'taken over' },
    'POST /channels/{channel}/messages/bulk-delete': { messages: ['1', '2'] },
};

// A guild with something in it of everything.
async function treasure() {
    const owner = await person(daemon, 'owner');
    const home = await guild(owner, 'Treasure');
    const friend = await guest(daemon, owner, home.general.id, 'friend');
    const path = `/channels/${home.general.id}`;
    const message = await owner.rest.expect(200, 'POST', `${path}/messages`, { content: 'the secret of the house' });
    await owner.rest.expect(200, 'POST', `${path}/messages`, { content: 'another secret' });
    const role = await owner.rest.expect(200, 'POST', `/guilds/${home.id}/roles`, { name: 'Keepers' });
    await owner.rest.expect(204, 'PUT', `${path}/permissions/${role.id}`, { type: 0, allow: '1024', deny: '0' });
    const helper = await bot(daemon, owner);
    const invite = await owner.rest.expect(200, 'POST', `${path}/invites`, {});
    const ids = {
        guild: home.id, channel: home.general.id, message: message.id, role: role.id, user: friend.id,
        overwrite: role.id, application: helper.applicationId, code: invite.code,
    };
    return { owner, home, friend, ids };
}

// All of a guild that its owner can see.
async function picture({ owner, ids }) {
    const paths = [`/guilds/${ids.guild}`, `/guilds/${ids.guild}/channels`, `/guilds/${ids.guild}/roles`,
        `/guilds/${ids.guild}/members?limit=100`, `/channels/${ids.channel}/messages`, `/guilds/${ids.guild}/invites`,
        `/applications/${ids.application}`];
    return Promise.all(paths.map((path) => owner.rest.get(path)));
}

function isAboutObjects(route) {
    const allowed = ['GET /users/{user}', 'GET /invites/{code}', 'POST /invites/{code}']; // for anybody, on purpose
    return route.path.includes('{') && !allowed.includes(`${route.verb} ${route.path}`);
}

function attempt(rest, route, ids) {
    const body = takesBody(route) ? bodies[`${route.verb} ${route.path}`] ?? {} : undefined;
    return rest.send(route.verb, addressOf(route, ids), body);
}

describe('somebody outside', () => {
    let target;
    let untouched;
    let routes;
    let outsiders;
    before(async () => {
        target = await treasure();
        routes = (await allRoutes()).filter(isAboutObjects);
        const stranger = await person(daemon, 'stranger');
        const kicked = await guest(daemon, target.owner, target.ids.channel, 'kicked');
        await target.owner.rest.expect(204, 'DELETE', `/guilds/${target.ids.guild}/members/${kicked.id}`);
        const foreignBot = await bot(daemon, stranger, 'foreign');
        outsiders = { 'a stranger': stranger, 'a member who was kicked': kicked, 'a bot of another guild': foreignBot };
        untouched = await picture(target);
    });

    for (const who of ['a stranger', 'a member who was kicked', 'a bot of another guild']) {
        it(`(${who}) is refused by every route about a guild`, async () => {
            assert.ok(routes.length >= 40);
            for (const route of routes) {
                const answer = await attempt(outsiders[who].rest, route, target.ids);
                assert.ok([403, 404].includes(answer.status), `${route.verb} ${route.path}: ${answer.status} ${answer.text}`);
                assert.ok(!/secret|Treasure|Keepers|friend/.test(answer.text), `${route.path} tells: ${answer.text}`);
            }
        });
    }

    it('has changed nothing', async () => {
        assert.deepEqual(await picture(target), untouched);
    });
});

describe('a member without rights', () => {
    let target;
    let untouched;
    before(async () => {
        target = await treasure();
        const everyone = `/guilds/${target.ids.guild}/roles/${target.ids.guild}`;
        await target.owner.rest.expect(200, 'PATCH', everyone, { permissions: String(1n << 10n) }); // sees channels
        untouched = await picture(target);
    });

    it('is refused by every route that changes something', async () => {
        const own = ['DELETE /users/@me/guilds/{guild}', 'POST /guilds/{guild}/join'];
        const changing = (await allRoutes()).filter((route) => isAboutObjects(route) && route.verb !== 'GET'
            && !own.includes(`${route.verb} ${route.path}`));
        for (const route of changing) {
            const ids = { ...target.ids, user: target.owner.id };
            const answer = await attempt(target.friend.rest, route, ids);
            assert.equal(answer.status, 403, `${route.verb} ${route.path}: ${answer.status} ${answer.text}`);
        }
        assert.deepEqual(await picture(target), untouched);
    });
});
