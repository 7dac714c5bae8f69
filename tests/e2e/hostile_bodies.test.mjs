// SPDX-License-Identifier: GPL-3.0-or-later
// Every route that takes a body, with bodies that nobody means: refused or taken, but never a failure of the server.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { fresh, guest, guild, person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';
import { addressOf, allRoutes, takesBody } from './support/routes.mjs';

const names = ['name', 'content', 'username', 'email', 'password', 'id', 'guild_id', 'channel_id', 'guildId', 'channelId', 'type',
    'position', 'parent_id', 'permissions', 'color', 'colors', 'roles', 'nick', 'embeds', 'nonce', 'message_reference',
    'allowed_mentions', 'messages', 'permission_overwrites', 'allow', 'deny', 'max_age', 'icon', 'features', 'channels', 'flags',
    'topic', 'global_name', 'new_password', 'description', 'owner_id', 'components', 'communication_disabled_until'];

function filledWith(value) {
    return JSON.stringify(Object.fromEntries(names.map((name) => [name, value])));
}

const hostile = {
    'no body': undefined,
    'an empty text': '',
    null: 'null',
    'a list': '[]',
    'a list of lists': '[[[]]]',
    'a list of objects without keys': '[{},{},{}]',
    'a number': '17',
    'a text': '"text"',
    'null everywhere': filledWith(null),
    'numbers everywhere': filledWith(-1),
    'huge numbers everywhere': filledWith(1e308),
    'true everywhere': filledWith(true),
    'empty texts everywhere': filledWith(''),
    'long texts everywhere': filledWith('x'.repeat(5000)),
    'SQL everywhere': filledWith("'; DROP TABLE users; --"),
    'NUL and control characters everywhere': filledWith('a\u0000b\u0001\u202e\ufeff'),
    'lone surrogates everywhere': filledWith('x').replaceAll('"x"', '"\\ud83d"'),
    'lists everywhere': filledWith([null, 1, 'x', {}]),
    'objects everywhere': filledWith({ id: {}, name: [], '': null }),
    'the highest number everywhere': filledWith('18446744073709551615'),
    'keys twice': '{"name":1,"name":"x","content":2,"content":"y"}',
    'deep lists': '['.repeat(2000) + ']'.repeat(2000),
    'more values than anybody needs': `{"name":[${'0,'.repeat(300_000)}0]}`,
    'half of an object': '{"name":"x',
    'bytes that are no UTF-8': Buffer.from([0x7b, 0x22, 0x6e, 0xff, 0xfe, 0x22, 0x7d]),
};

describe('a hostile body', () => {
    const daemon = useDaemon();
    let routes;
    let owner;
    let ids;
    before(async () => {
        // Not those that take away what the others are tried on.
        const ending = ['POST /auth/logout', 'POST /guilds/{guild}/delete'];
        routes = (await allRoutes()).filter((route) => takesBody(route) && !ending.includes(`${route.verb} ${route.path}`));
        owner = await person(daemon, 'owner');
        const home = await guild(owner);
        const friend = await guest(daemon, owner, home.general.id);
        const role = await owner.rest.expect(200, 'POST', `/guilds/${home.id}/roles`, { name: 'Role' });
        const message = await owner.rest.expect(200, 'POST', `/channels/${home.general.id}/messages`, { content: 'x' });
        const application = await owner.rest.expect(201, 'POST', '/applications', { name: fresh('app') });
        ids = { guild: home.id, channel: home.general.id, user: friend.id, role: role.id, overwrite: role.id,
            message: message.id, application: application.id };
    });

    for (const [what, body] of Object.entries(hostile)) {
        it(`(${what}) makes no route fail`, async () => {
            for (const route of routes) {
                const answer = await sendRaw(owner.token, route, body);
                assert.ok(answer.status < 500, `${route.verb} ${route.path}: ${answer.status} ${answer.text}`);
                if (answer.status >= 400) {
                    assert.equal(typeof answer.body.code, 'number', `${route.path}: ${answer.text}`);
                    assert.equal(typeof answer.body.message, 'string');
                }
            }
        });
    }

    // fetch() takes bytes as they are; Rest would write them as JSON.
    async function sendRaw(token, route, body) {
        const answer = await fetch(`${daemon.api}/v10${addressOf(route, ids)}`, {
            method: route.verb, body, headers: { authorization: token, 'content-type': 'application/json' },
        });
        const text = await answer.text();
        return { status: answer.status, text, body: answer.status >= 400 ? JSON.parse(text) : undefined };
    }

    it('leaves a server that serves and has noted no fault', async () => {
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
        assert.equal((await owner.rest.get('/users/@me')).id, owner.id);
        const faults = daemon.log.split('\n').filter((line) => /"level":"(error|critical|fatal)"/.test(line));
        assert.deepEqual(faults, []);
    });
});
