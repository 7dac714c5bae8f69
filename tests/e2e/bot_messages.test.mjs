// SPDX-License-Identifier: GPL-3.0-or-later
// Two bots on discord.js in one channel: every thing that can be done with a message.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useClients } from './support/clients.mjs';
import { useDaemon } from './support/daemon.mjs';
import { discord } from './support/libraries.mjs';
import { addBot, bot, guild, person } from './support/people.mjs';
import { next } from './support/waiting.mjs';

const { EmbedBuilder, Events, GatewayIntentBits, MessageFlags, MessageType, PermissionFlagsBits } = discord;

describe('messages of bots', () => {
    const daemon = useDaemon();
    const connect = useClients(daemon);
    let owner;
    let home;
    let writer;
    let reader;
    let channel; // as the writer has it
    let mirror; // as the reader has it
    let writing;
    let reading;
    before(async () => {
        owner = await person(daemon, 'owner');
        home = await guild(owner);
        writer = await bot(daemon, owner, 'writer');
        reader = await bot(daemon, owner, 'reader');
        const rights = PermissionFlagsBits.ManageMessages | PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.ManageRoles;
        await addBot(owner, home.id, writer, rights);
        await addBot(owner, home.id, reader);
        writing = await connect(writer);
        reading = await connect(reader);
        channel = writing.channels.cache.get(home.general.id);
        mirror = reading.channels.cache.get(home.general.id);
    });

    const heard = (content) => next(reading, Events.MessageCreate, (message) => message.content === content);

    it('are sent, read, changed and deleted', async () => {
        const creation = heard('first');
        const sent = await channel.send('first');
        const [seen] = await creation;
        assert.deepEqual([seen.id, seen.author.id, seen.guildId, seen.channelId, seen.editedAt, seen.pinned],
            [sent.id, writer.id, home.id, channel.id, null, false]);
        assert.equal(seen.member.id, writer.id);
        assert.equal(seen.createdTimestamp, sent.createdTimestamp);

        const change = next(reading, Events.MessageUpdate, (_, now) => now.id === sent.id);
        await sent.edit('second');
        const [old, now] = await change;
        assert.deepEqual([old.content, now.content], ['first', 'second']);
        assert.ok(now.editedTimestamp >= now.createdTimestamp);
        assert.equal((await mirror.messages.fetch({ message: sent.id, force: true })).content, 'second');

        const end = next(reading, Events.MessageDelete, ({ id }) => id === sent.id);
        await sent.delete();
        await end;
        await assert.rejects(mirror.messages.fetch({ message: sent.id, force: true }), { code: 10008 });
    });

    it('answer one another', async () => {
        const question = await channel.send('what is the time?');
        const arrival = next(writing, Events.MessageCreate, ({ type }) => type === MessageType.Reply);
        await (await mirror.messages.fetch(question.id)).reply('noon');
        const [answer] = await arrival;
        assert.deepEqual([answer.content, answer.reference.messageId, answer.reference.channelId, answer.reference.guildId],
            ['noon', question.id, channel.id, home.id]);
        assert.ok(answer.mentions.users.has(writer.id));
        assert.equal(answer.mentions.repliedUser.id, writer.id);
        assert.equal((await answer.fetchReference()).content, 'what is the time?');
        await question.delete();
        await assert.rejects(question.reply({ content: 'to nobody', failIfNotExists: true }), { code: 50035 });
    });

    it('mention people, roles and everyone, as far as is allowed', async () => {
        const role = await writing.guilds.cache.get(home.id).roles.create({ name: 'Crew', mentionable: true });
        const text = `<@${reader.id}> and <@&${role.id}> and @everyone`;
        const [all] = await Promise.all([heard(text), channel.send(text)]).then(([seen]) => seen);
        assert.ok(all.mentions.users.has(reader.id));
        assert.ok(all.mentions.roles.has(role.id));
        assert.equal(all.mentions.everyone, true);
        const quiet = await channel.send({ content: text, allowedMentions: { parse: [] } });
        assert.deepEqual([quiet.mentions.users.size, quiet.mentions.roles.size, quiet.mentions.everyone], [0, 0, false]);
        const some = await channel.send({ content: text, allowedMentions: { users: [reader.id] } });
        assert.deepEqual([some.mentions.users.size, some.mentions.roles.size, some.mentions.everyone], [1, 0, false]);
        const everyone = writing.guilds.cache.get(home.id).roles.everyone;
        await owner.rest.expect(200, 'PATCH', `/guilds/${home.id}/roles/${everyone.id}`,
            { permissions: String(everyone.permissions.remove(PermissionFlagsBits.MentionEveryone).bitfield) });
        const powerless = await mirror.send('@everyone look');
        assert.equal(powerless.mentions.everyone, false);
    });

    it('carry embeds, a nonce and flags', async () => {
        const embed = new EmbedBuilder().setTitle('Weather').setDescription('Rain').setColor(0x336699)
            .addFields({ name: 'Wind', value: 'west', inline: true }).setFooter({ text: 'tomorrow' })
            .setURL('https://weather.example.org/').setTimestamp(new Date(1_700_000_000_000));
        const arrival = next(reading, Events.MessageCreate, ({ nonce }) => nonce === '42');
        await channel.send({ embeds: [embed], nonce: '42', flags: MessageFlags.SuppressNotifications });
        const [seen] = await arrival;
        const [shown] = seen.embeds;
        assert.deepEqual([shown.title, shown.description, shown.color, shown.fields[0].value, shown.footer.text, shown.url],
            ['Weather', 'Rain', 0x336699, 'west', 'tomorrow', 'https://weather.example.org/']);
        assert.equal(Date.parse(shown.timestamp), 1_700_000_000_000);
        assert.ok(seen.flags.has(MessageFlags.SuppressNotifications));
        const hidden = await seen.channel.messages.fetch({ message: seen.id, force: true });
        assert.equal(hidden.embeds.length, 1);
    });

    it('are refused when they are empty, too long or of somebody else', async () => {
        await assert.rejects(channel.send('   '), { code: 50006 });
        await assert.rejects(channel.send('x'.repeat(2001)), { code: 50035 });
        const own = await channel.send('mine');
        const foreign = await mirror.messages.fetch(own.id);
        await assert.rejects(foreign.edit('yours'), { code: 50005 });
        await assert.rejects(foreign.delete(), { code: 50013 });
    });

    it('of others can be deleted by who manages messages', async () => {
        const theirs = await mirror.send('delete me');
        const end = next(reading, Events.MessageDelete, ({ id }) => id === theirs.id);
        await channel.messages.delete(theirs.id);
        await end;
    });

    it('are deleted in bulk', async () => {
        const doomed = [];
        for (let i = 0; i < 5; ++i)
            doomed.push(await channel.send(`doomed ${i}`));
        const kept = await channel.send('kept');
        const end = next(reading, Events.MessageBulkDelete);
        const gone = await channel.bulkDelete(doomed);
        assert.equal(gone.size, 5);
        const [collection, where] = await end;
        assert.deepEqual([...collection.keys()].sort(), doomed.map(({ id }) => id).sort());
        assert.equal(where.id, channel.id);
        const left = await mirror.messages.fetch({ limit: 100, cache: false });
        assert.ok(left.has(kept.id) && doomed.every(({ id }) => !left.has(id)));
        await assert.rejects(mirror.bulkDelete([kept.id, doomed[0].id]), { code: 50013 });
    });

    it('are fetched a page at a time', async () => {
        const room = await owner.rest.expect(201, 'POST', `/guilds/${home.id}/channels`, { name: 'pages' });
        const sent = [];
        for (let i = 0; i < 12; ++i)
            sent.push((await writer.rest.expect(200, 'POST', `/channels/${room.id}/messages`, { content: `${i}` })).id);
        const pages = await reading.channels.fetch(room.id);
        const ids = async (options) => [...(await pages.messages.fetch({ cache: false, ...options })).keys()];
        assert.deepEqual(await ids({ limit: 5 }), sent.slice(-5).reverse());
        assert.deepEqual(await ids({ limit: 5, before: sent[7] }), sent.slice(2, 7).reverse());
        assert.deepEqual(await ids({ limit: 2, after: sent[0] }), [sent[2], sent[1]]);
    });

    it('come without their text to a bot that did not ask for it', async () => {
        const half = await bot(daemon, owner, 'half');
        await addBot(owner, home.id, half);
        const client = await connect(half, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] });
        const arrive = (matches) => next(client, Events.MessageCreate, matches);
        const bare = arrive(({ author }) => author.id === writer.id);
        const sent = await channel.send('not for all');
        assert.equal((await bare)[0].content, '');
        const mentioning = arrive(({ mentions }) => mentions.users.has(half.id));
        await channel.send(`psst <@${half.id}>`);
        assert.equal((await mentioning)[0].content, `psst <@${half.id}>`);
        const fetched = await (await client.channels.fetch(channel.id)).messages.fetch({ message: sent.id, force: true });
        assert.equal(fetched.content, 'not for all');
    });

    it('arrive in one order everywhere, each once', async () => {
        const collected = (client) => {
            const ids = [];
            const done = next(client, Events.MessageCreate, (message) => {
                if (message.content.startsWith('race '))
                    ids.push(message.id);
                return ids.length === 40;
            });
            return done.then(() => ids);
        };
        const [atWriter, atReader] = [collected(writing), collected(reading)];
        await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? writer : reader).rest
            .expect(200, 'POST', `/channels/${channel.id}/messages`, { content: `race ${i}` })));
        const order = await atWriter;
        assert.deepEqual(await atReader, order);
        assert.equal(new Set(order).size, 40);
        assert.deepEqual([...order].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)), order);
    });
});
