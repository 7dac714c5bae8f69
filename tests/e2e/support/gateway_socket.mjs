// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway client that hides nothing: every payload as it came, and the code with which it ended.
import { EventEmitter } from 'node:events';

import { WebSocket } from './libraries.mjs';
import { awaitedLater, next, within } from './waiting.mjs';

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
        this.open = new AbortController();
        this.closed = new Promise((resolve, reject) => {
            this.socket.on('close', (code) => resolve(code));
            this.socket.on('error', reject);
        });
        this.closed.then(
            (code) => this.open.abort(new Error(`the gateway closed the connection with ${code}`)),
            (problem) => this.open.abort(problem));
        this.socket.on('message', (data) => this.#receive(JSON.parse(data)));
        this.hello = this.payload(op.hello);
    }

    // Signed in as `token`; resolves with READY's data.
    async identify(token, details = {}) {
        await this.hello;
        const ready = this.dispatch('READY');
        this.send(op.identify, { token, properties: { os: 'linux', browser: 'test', device: 'test' }, ...details });
        this.ready = await ready;
        return this.ready;
    }

    send(code, data) {
        this.socket.send(JSON.stringify({ op: code, d: data }));
    }

    // The next dispatch of this name that fits; resolves with its data, rejects when the connection ends.
    dispatch(name, matches = () => true) {
        return awaitedLater(next(this, name, matches, this.open.signal).then(([data]) => data));
    }

    // The next payload with this opcode.
    payload(code) {
        return this.dispatch(`op ${code}`);
    }

    // Everything of these names so far.
    received(...names) {
        return this.payloads.filter((payload) => names.includes(payload.t)).map((payload) => payload.d);
    }

    // The code of the close frame, once the connection has ended.
    closeCode() {
        return within('the end of a gateway connection', this.closed);
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
