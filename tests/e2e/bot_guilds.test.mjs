// SPDX-License-Identifier: GPL-3.0-or-later
// Two bots on discord.js: signing in, guilds, channels, and what is hidden from whom.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { newClient, useClients } from './support/clients.mjs';
import { useDaemon } from './support/daemon.mjs';
import { discord } from './support/libraries.mjs';
import { addBot, bot, fresh, guild, person } from './support/people.mjs';
import { next } from './support/waiting.mjs';

const { ChannelType, Events, PermissionFlagsBits, PermissionsBitField } = discord;

describe('a bot', () => {
    const daemon = useDaemon();
    const connect = useClients(daemon);
    let owner;
    let home;
    let manager; // a bot that may do everything
    let plain; // a bot that may do what everybody may
    let managing;
    let watching;
    before(async () => {
        owner = await person(daemon, 'owner');
        home = await guild(owner, 'Bots at work');
        manager = await bot(daemon, owner, 'manager');
        plain = await bot(daemon, owner, 'plain');
        await addBot(owner, home.id, manager, PermissionFlagsBits.Administrator);
        managing = await connect(manager);
        watching = await connect(plain);
    });

    it('signs in and finds its guilds', () => {
        assert.equal(managing.user.id, manager.id);
        assert.equal(managing.user.bot, true);
        assert.equal(managing.application.id, manager.applicationId);
        const seen = managing.guilds.cache.get(home.id);
        assert.deepEqual([seen.name, seen.available, seen.ownerId], ['Bots at work', true, owner.id]);
        assert.ok(seen.channels.cache.some(({ name }) => name === 'general'));
        assert.equal(seen.memberCount, seen.members.cache.size);
        assert.ok(seen.members.me.permissions.has(PermissionFlagsBits.Administrator));
        assert.equal(seen.members.me.roles.botRole.name, manager.name);
        assert.equal(watching.guilds.cache.size, 0);
    });

    it('cannot sign in with a token that is wrong', async () => {
        const client = newClient(daemon);
        const wrong = manager.token.slice(0, -4) + (manager.token.endsWith('AAAA') ? 'BBBB' : 'AAAA');
        await assert.rejects(client.login(wrong), { code: 'TokenInvalid' });
        await client.destroy();
    });

    it('that is added while it is connected hears of it, and the others of it', async () => {
        const arrival = next(watching, Events.GuildCreate, ({ id }) => id === home.id);
        const joining = next(managing, Events.GuildMemberAdd, ({ id }) => id === plain.id);
        await addBot(owner, home.id, plain);
        const [seen] = await arrival;
        assert.deepEqual([seen.name, seen.available], ['Bots at work', true]);
        const [member] = await joining;
        assert.deepEqual([member.guild.id, member.user.username, member.user.bot], [home.id, plain.name, true]);
    });

    it('makes a guild, changes it and ends it', async () => {
        const created = await managing.guilds.create({ name: 'My own' });
        assert.equal(created.ownerId, manager.id);
        assert.ok(managing.guilds.cache.has(created.id));
        const change = next(managing, Events.GuildUpdate, (_, now) => now.id === created.id);
        await created.edit({ name: 'Renamed', description: 'About this guild' });
        const [old, now] = await change;
        assert.deepEqual([old.name, now.name, now.description], ['My own', 'Renamed', 'About this guild']);
        const end = next(managing, Events.GuildDelete, ({ id }) => id === created.id);
        await created.delete();
        await end;
        assert.ok(!managing.guilds.cache.has(created.id));
    });

    it('makes, changes, moves and deletes channels, and the other hears of all', async () => {
        const here = managing.guilds.cache.get(home.id);
        const there = watching.guilds.cache.get(home.id);
        const creation = next(watching, Events.ChannelCreate, ({ name }) => name === 'plans');
        const section = await here.channels.create({ name: 'Work', type: ChannelType.GuildCategory });
        const channel = await here.channels.create({ name: 'Plans', topic: 'next week', parent: section, rateLimitPerUser: 5 });
        assert.deepEqual([channel.name, channel.parentId, channel.rateLimitPerUser], ['plans', section.id, 5]);
        const [seen] = await creation;
        assert.deepEqual([seen.id, seen.topic, seen.parentId, seen.guild.id], [channel.id, 'next week', section.id, home.id]);

        const change = next(watching, Events.ChannelUpdate, (_, now) => now.id === channel.id && now.topic === 'next month');
        await channel.edit({ name: 'far-plans', topic: 'next month', nsfw: true });
        const [, now] = await change;
        assert.deepEqual([now.name, now.nsfw], ['far-plans', true]);

        await channel.setPosition(0);
        const listed = await there.channels.fetch();
        assert.ok(listed.has(channel.id) && listed.has(section.id));

        const end = next(watching, Events.ChannelDelete, ({ id }) => id === channel.id);
        await channel.delete();
        await end;
        await assert.rejects(there.channels.fetch(channel.id, { force: true }), { code: 10003 });
    });

    it('may not do what its roles do not allow', async () => {
        const there = watching.guilds.cache.get(home.id);
        await assert.rejects(there.channels.create({ name: 'mine' }), { code: 50013, status: 403 });
        await assert.rejects(there.edit({ name: 'Mine' }), { code: 50013 });
        await assert.rejects(there.members.kick(manager.id), { code: 50013 });
        await assert.rejects(there.roles.create({ name: 'mine' }), { code: 50013 });
    });

    it('hears nothing of a channel that is hidden from it', async () => {
        const here = managing.guilds.cache.get(home.id);
        const hidden = await here.channels.create({ name: fresh('hidden').replaceAll('.', '-') });
        const open = here.channels.cache.find(({ name }) => name === 'general');
        const overwritten = next(watching, Events.ChannelUpdate, (_, now) => now.id === hidden.id);
        await hidden.permissionOverwrites.create(plain.id, { ViewChannel: false });
        const [, shown] = await overwritten;
        assert.ok(shown.permissionOverwrites.cache.get(plain.id).deny.has(PermissionFlagsBits.ViewChannel));

        const heard = [];
        const note = (packet) => {
            if (packet.d?.channel_id !== undefined)
                heard.push([packet.t, packet.d.channel_id]);
        };
        watching.on(Events.Raw, note);
        await hidden.sendTyping();
        const secret = await hidden.send('you cannot read this');
        await secret.edit('nor this');
        await secret.delete();
        const fence = next(watching, Events.MessageCreate, ({ content }) => content === 'in the open');
        await open.send('in the open');
        await fence;
        watching.off(Events.Raw, note);
        assert.deepEqual([...new Set(heard.map(([, channel]) => channel))], [open.id]);

        const blind = await plain.rest.refusal('GET', `/channels/${hidden.id}`);
        assert.deepEqual([blind.status, blind.code], [403, 50001]);
        const mute = await plain.rest.refusal('POST', `/channels/${hidden.id}/messages`, { content: 'hello?' });
        assert.deepEqual([mute.status, mute.code], [403, 50001]);

        const restored = next(watching, Events.ChannelUpdate, (_, now) => now.id === hidden.id && now.permissionOverwrites.cache.size === 0);
        await hidden.permissionOverwrites.delete(plain.id);
        await restored;
        const visible = next(watching, Events.MessageCreate, ({ channelId }) => channelId === hidden.id);
        await hidden.send('now you can');
        assert.equal((await visible)[0].content, 'now you can');
    });

    it('cannot be given rights that its manager has not', async () => {
        const modest = await bot(daemon, owner, 'modest');
        const asked = new PermissionsBitField([PermissionFlagsBits.ManageMessages, PermissionFlagsBits.KickMembers]);
        await addBot(owner, home.id, modest, asked.bitfield);
        const client = await connect(modest);
        const role = client.guilds.cache.get(home.id).members.me.roles.botRole;
        assert.equal(role.permissions.bitfield, asked.bitfield);
        assert.ok(role.managed);
        const outsider = await person(daemon, 'outsider');
        const path = `/oauth2/authorize?client_id=${modest.applicationId}&scope=bot`;
        const { status } = await outsider.rest.refusal('POST', path, { guild_id: home.id, authorize: true });
        assert.equal(status, 403);
    });
});
