// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts, guilds and bots, made over REST as their owners would.
import { Rest } from './rest.mjs';

let made = 0;

// Tests share a daemon and must not share names.
export function fresh(name) {
    return `${name}.${process.pid}.${++made}`.toLowerCase();
}

// Registers a person: { id, username, email, password, token, rest, storefront }.
export async function person(daemon, name = 'anna') {
    const username = fresh(name);
    const account = { username, email: `${username}@example.org`, password: 'a long password' };
    const signedIn = await new Rest(daemon.root).expect(201, 'POST', '/auth/register', account);
    return {
        ...account,
        id: signedIn.user_id,
        token: signedIn.token,
        rest: new Rest(`${daemon.api}/v10`, signedIn.token),
        storefront: new Rest(daemon.root, `Bearer ${signedIn.token}`),
    };
}

// A guild with its first channels: { id, name, general, … }.
export async function guild(owner, name = 'Guild') {
    const created = await owner.rest.expect(201, 'POST', '/guilds', { name });
    const channels = await owner.rest.get(`/guilds/${created.id}/channels`);
    return { ...created, channels, general: channels.find((channel) => channel.type === 0) };
}

// An application with its bot: { id, name, token, rest }.
export async function bot(daemon, owner, name = 'helper') {
    const application = await owner.rest.expect(201, 'POST', '/applications', { name: fresh(name) });
    const issued = await owner.rest.expect(200, 'POST', `/applications/${application.id}/bot`);
    return {
        id: issued.user_id,
        applicationId: application.id,
        name: application.name,
        token: issued.token,
        rest: new Rest(`${daemon.api}/v10`, `Bot ${issued.token}`),
    };
}

// Adds a bot to a guild as its manager does on the consent page.
export function addBot(manager, guildId, newBot, permissions = '0') {
    const path = `/oauth2/authorize?client_id=${newBot.applicationId}&scope=bot&permissions=${permissions}`;
    return manager.rest.expect(200, 'POST', path, { guild_id: guildId, permissions: String(permissions), authorize: true });
}

// A person who came in by an invite.
export async function guest(daemon, owner, channelId, name = 'guest') {
    const invite = await owner.rest.expect(200, 'POST', `/channels/${channelId}/invites`, {});
    const newcomer = await person(daemon, name);
    await newcomer.rest.expect(200, 'POST', `/invites/${invite.code}`, {});
    return newcomer;
}
