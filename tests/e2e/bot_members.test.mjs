// SPDX-License-Identifier: GPL-3.0-or-later
// Two bots on discord.js: roles, members, invites, presence and typing.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useClients } from './support/clients.mjs';
import { useDaemon } from './support/daemon.mjs';
import { openGateway } from './support/gateway_socket.mjs';
import { discord } from './support/libraries.mjs';
import { addBot, bot, guest, guild, person } from './support/people.mjs';
import { next } from './support/waiting.mjs';

const { ActivityType, Events, PermissionFlagsBits } = discord;

describe('members and bots', () => {
    const daemon = useDaemon();
    const connect = useClients(daemon);
    let owner;
    let home;
    let manager;
    let plain;
    let managing;
    let watching;
    let here; // the guild as the manager has it
    before(async () => {
        owner = await person(daemon, 'owner');
        home = await guild(owner);
        manager = await bot(daemon, owner, 'manager');
        plain = await bot(daemon, owner, 'plain');
        await addBot(owner, home.id, manager, PermissionFlagsBits.Administrator);
        await addBot(owner, home.id, plain);
        managing = await connect(manager);
        watching = await connect(plain);
        here = managing.guilds.cache.get(home.id);
    });

    const changeOf = (id, matches) => next(watching, Events.GuildMemberUpdate, (_, now) => now.id === id && matches(now));

    it('a role is made, changed, moved and deleted', async () => {
        const creation = next(watching, Events.GuildRoleCreate, ({ name }) => name === 'Painters');
        const role = await here.roles.create({
            name: 'Painters', colors: { primaryColor: 0xaa3300 }, hoist: true, mentionable: true,
            permissions: [PermissionFlagsBits.ManageMessages],
        });
        const [seen] = await creation;
        assert.deepEqual([seen.id, seen.colors.primaryColor, seen.hoist, seen.mentionable, seen.permissions.bitfield, seen.managed],
            [role.id, 0xaa3300, true, true, PermissionFlagsBits.ManageMessages, false]);
        const change = next(watching, Events.GuildRoleUpdate, (_, now) => now.id === role.id && now.name === 'Sculptors');
        await role.edit({ name: 'Sculptors', hoist: false });
        assert.equal((await change)[1].hoist, false);
        const other = await here.roles.create({ name: 'Below' });
        const moved = await role.setPosition(2);
        assert.ok(moved.comparePositionTo(other) > 0);
        const end = next(watching, Events.GuildRoleDelete, ({ id }) => id === role.id);
        await role.delete();
        await end;
        assert.ok(!watching.guilds.cache.get(home.id).roles.cache.has(role.id));
        assert.ok(!(await here.roles.fetch(undefined, { force: true })).has(role.id));
    });

    it("a member's roles and nickname are changed", async () => {
        const newcomer = await guest(daemon, owner, home.general.id, 'newcomer');
        const member = await here.members.fetch({ user: newcomer.id, force: true });
        const role = await here.roles.create({ name: 'Helpers', permissions: [PermissionFlagsBits.ManageChannels] });
        const given = changeOf(newcomer.id, (now) => now.roles.cache.has(role.id));
        await member.roles.add(role);
        await given;
        await newcomer.rest.expect(201, 'POST', `/guilds/${home.id}/channels`, { name: 'helped' });
        const named = changeOf(newcomer.id, (now) => now.nickname === 'The new one');
        await member.setNickname('The new one');
        await named;
        const taken = changeOf(newcomer.id, (now) => !now.roles.cache.has(role.id));
        await member.roles.remove(role);
        await taken;
        const { code } = await newcomer.rest.refusal('POST', `/guilds/${home.id}/channels`, { name: 'helped-no-more' });
        assert.equal(code, 50013);
    });

    it('members are listed, found by name and asked for over the gateway', async () => {
        const newcomer = await guest(daemon, owner, home.general.id, 'findme');
        const all = await here.members.list({ limit: 1000 });
        assert.ok(all.has(newcomer.id) && all.has(owner.id) && all.has(plain.id));
        const found = await here.members.search({ query: newcomer.username.slice(0, 8).toUpperCase(), limit: 10 });
        assert.ok(found.has(newcomer.id));
        const chunked = await here.members.fetch({ time: 60_000 });
        assert.equal(chunked.size, here.memberCount);
        const few = await here.members.fetch({ user: [newcomer.id, owner.id], time: 60_000 });
        assert.deepEqual([...few.keys()].sort(), [newcomer.id, owner.id].sort());
    });

    it('a member is kicked: it hears of it, and nothing after it', async () => {
        const kicked = await bot(daemon, owner, 'kicked');
        await addBot(owner, home.id, kicked);
        const leaving = await connect(kicked);
        const elsewhere = await guild(owner, 'Elsewhere');
        await addBot(owner, elsewhere.id, kicked);

        const removal = next(watching, Events.GuildMemberRemove, ({ id }) => id === kicked.id);
        const loss = next(leaving, Events.GuildDelete, ({ id }) => id === home.id);
        await (await here.members.fetch(kicked.id)).kick('enough');
        await loss;
        assert.equal((await removal)[0].user.username, kicked.name);
        assert.ok(!leaving.guilds.cache.has(home.id));

        const guilds = [];
        const note = ({ d }) => d?.guild_id && guilds.push(d.guild_id);
        leaving.on(Events.Raw, note);
        await here.channels.cache.get(home.general.id).send('without you');
        const fence = next(leaving, Events.MessageCreate, ({ content }) => content === 'only here');
        await owner.rest.expect(200, 'POST', `/channels/${elsewhere.general.id}/messages`, { content: 'only here' });
        await fence;
        leaving.off(Events.Raw, note);
        assert.deepEqual([...new Set(guilds)], [elsewhere.id]);
        const refused = await kicked.rest.refusal('GET', `/guilds/${home.id}`);
        assert.deepEqual([refused.status, refused.code], [403, 50001]);
    });

    it('nobody kicks the owner or somebody above', async () => {
        await assert.rejects(here.members.kick(owner.id), { code: 50013 });
        const weak = await bot(daemon, owner, 'weak');
        await addBot(owner, home.id, weak, PermissionFlagsBits.KickMembers);
        const client = await connect(weak);
        const path = `/guilds/${home.id}/members/${manager.id}`;
        const high = await here.roles.create({ name: 'High' });
        await here.members.me.roles.add(high);
        await high.setPosition(here.members.me.roles.botRole.position - 1);
        await here.roles.setPositions([{ role: client.guilds.cache.get(home.id).members.me.roles.botRole.id, position: 1 }]);
        assert.equal((await weak.rest.refusal('DELETE', path)).code, 50013);
    });

    it('an invite is made, used once and revoked', async () => {
        const creation = next(managing, Events.InviteCreate);
        const invite = await here.invites.create(home.general.id, { maxAge: 3600, maxUses: 1, unique: true });
        const [announced] = await creation;
        assert.deepEqual([announced.code, announced.maxUses, announced.inviter.id], [invite.code, 1, manager.id]);
        const shown = await watching.fetchInvite(invite.code);
        assert.deepEqual([shown.guild.id, shown.channel.id, shown.memberCount], [home.id, home.general.id, here.memberCount]);

        const newcomer = await person(daemon, 'invited');
        const joining = next(watching, Events.GuildMemberAdd, ({ id }) => id === newcomer.id);
        const accepted = await newcomer.rest.expect(200, 'POST', `/invites/${invite.code}`, {});
        assert.deepEqual([accepted.guild.id, accepted.new_member], [home.id, true]);
        await joining;
        const late = await person(daemon, 'late');
        assert.equal((await late.rest.refusal('POST', `/invites/${invite.code}`, {})).code, 10006);

        const second = await here.invites.create(home.general.id, { unique: true });
        assert.ok((await here.invites.fetch()).has(second.code));
        const end = next(managing, Events.InviteDelete, ({ code }) => code === second.code);
        await second.delete();
        await end;
        await assert.rejects(watching.fetchInvite(second.code), { code: 10006 });
        assert.equal((await plain.rest.refusal('POST', `/invites/${invite.code}`, {})).code, 20001);
    });

    it('typing is seen', async () => {
        const typing = next(watching, Events.TypingStart, ({ user }) => user.id === manager.id);
        await here.channels.cache.get(home.general.id).sendTyping();
        const [seen] = await typing;
        assert.deepEqual([seen.channel.id, seen.member.id, seen.guild.id], [home.general.id, manager.id, home.id]);
    });

    it('presence is seen: coming, what one does, and going', async () => {
        const active = await guest(daemon, owner, home.general.id, 'active');
        const presence = (matches) => next(watching, Events.PresenceUpdate, (_, now) => now.userId === active.id && matches(now));
        const coming = presence(({ status }) => status === 'online');
        const socket = await openGateway(daemon, active.token);
        await coming;
        const playing = presence(({ status, activities }) => status === 'dnd' && activities.length > 0);
        socket.send(3, { since: null, status: 'dnd', afk: false, activities: [{ name: 'chess', type: 0 }] });
        const [, now] = await playing;
        assert.deepEqual([now.activities[0].name, now.activities[0].type], ['chess', ActivityType.Playing]);
        const going = presence(({ status }) => status === 'offline');
        await socket.close();
        await going;
    });

    it("a bot's own status is seen by the others", async () => {
        const seen = next(watching, Events.PresenceUpdate, (_, now) => now.userId === manager.id && now.status === 'idle');
        managing.user.setPresence({ status: 'idle', activities: [{ name: 'the rain', type: ActivityType.Listening }] });
        assert.equal((await seen)[1].activities[0].name, 'the rain');
    });
});
