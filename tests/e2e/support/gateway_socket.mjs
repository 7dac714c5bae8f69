// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway client that hides nothing: every payload as it came, and the code with which it ended.
import { EventEmitter } from 'node:events';

import { WebSocket } from './libraries.mjs';
import { next, within } from './waiting.mjs';

export const op = {
    dispatch: 0, heartbeat: 1, identify: 2, presenceUpdate: 3, resume: 6, reconnect: 7, requestMembers: 8,
    invalidSession: 9, hello: 10, heartbeatAck: 11,
};

export class GatewaySocket extends EventEmitter {
    constructor(url) {
        super();
        this.payloads = [];
        this.sequence = null;
        this.socket = new WebSocket(`${url}/?v=10&encoding=json`, { perMessageDeflate: false });
        this.closed = new Promise((resolve, reject) => {
            this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
            this.socket.on('error', reject);
        });
        this.closed.catch(() => {});
        this.socket.on('message', (data) => this.#receive(JSON.parse(data)));
        this.hello = this.payload(op.hello);
    }

    // Signed in as `token`; resolves with READY's data.
    async identify(token, details = {}) {
        await this.hello;
        const ready = this.dispatch('READY');
        this.send(op.identify, { token, properties: { os: 'linux', browser: 'test', device: 'test' }, ...details });
        const refused = this.closed.then(({ code }) => { throw new Error(`IDENTIFY ended the connection with ${code}`); });
        this.ready = await Promise.race([ready, refused]);
        return this.ready;
    }

    send(code, data) {
        this.socket.send(JSON.stringify({ op: code, d: data }));
    }

    // The next dispatch of this name that fits; resolves with its data.
    async dispatch(name, matches = () => true) {
        return (await next(this, name, matches))[0];
    }

    // The next payload with this opcode.
    async payload(code) {
        return (await next(this, `op ${code}`))[0];
    }

    // Everything of these names so far.
    received(...names) {
        return this.payloads.filter((payload) => names.includes(payload.t)).map((payload) => payload.d);
    }

    async closeCode() {
        return (await within('the end of a gateway connection', this.closed)).code;
    }

    close() {
        this.socket.close(1000);
        return this.closeCode();
    }

    #receive(payload) {
        this.payloads.push(payload);
        if (payload.s !== null)
            this.sequence = payload.s;
        this.emit(`op ${payload.op}`, payload);
        if (payload.op === op.dispatch)
            this.emit(payload.t, payload.d);
        if (payload.op === op.heartbeat)
            this.send(op.heartbeat, this.sequence);
    }
}

// A person's session that is signed in.
export async function openGateway(daemon, token, details) {
    const socket = new GatewaySocket(daemon.gateway);
    await socket.identify(token, details);
    return socket;
}
