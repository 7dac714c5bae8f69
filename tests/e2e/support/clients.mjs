// SPDX-License-Identifier: GPL-3.0-or-later
// Bots on discord.js. Nothing of the library is changed: it is only told where the API is.
import { discord } from './libraries.mjs';
import { next } from './waiting.mjs';

const { Client, Events, GatewayIntentBits, Partials } = discord;

export const allIntents = Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number');

export function newClient(daemon, options = {}) {
    return new Client({
        intents: allIntents,
        partials: [Partials.Message, Partials.Channel, Partials.GuildMember],
        ...options,
        rest: { api: daemon.api, ...options.rest },
    });
}

// A client that is signed in and has all its guilds.
export async function connect(daemon, bot, options = {}) {
    const client = newClient(daemon, options);
    const ready = next(client, Events.ClientReady);
    await client.login(bot.token);
    await ready;
    return client;
}

// connect() for the tests of a suite: the clients are signed out when it ends.
export function useClients(daemon) {
    return async (bot, options) => {
        const client = await connect(daemon, bot, options);
        daemon.beforeClose(() => client.destroy());
        return client;
    };
}
