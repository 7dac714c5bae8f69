// SPDX-License-Identifier: GPL-3.0-or-later
// Plain HTTP as a web client speaks it: fetch and JSON, no library.
import assert from 'node:assert/strict';

export class Rest {
    // base: where paths begin. authorization: the header's value, or nothing.
    constructor(base, authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    // Resolves with { status, headers, text, body }; body is the JSON, if it is some.
    async send(verb, path, body, headers = {}) {
        const all = { ...headers };
        if (this.authorization)
            all.authorization = this.authorization;
        if (body !== undefined)
            all['content-type'] ??= 'application/json';
        const answer = await fetch(this.base + path, {
            method: verb,
            headers: all,
            body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
        });
        const text = await answer.text();
        const isJson = answer.headers.get('content-type') === 'application/json' && text !== '';
        return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined };
    }

    // As send(), for what must be answered with this status; resolves with the body.
    async expect(status, verb, path, body) {
        const answer = await this.send(verb, path, body);
        assert.equal(answer.status, status, `${verb} ${path} was answered ${answer.status}: ${answer.text}`);
        return answer.body;
    }

    get(path) { return this.expect(200, 'GET', path); }

    // A refusal: { status, code, body }.
    async refusal(verb, path, body) {
        const answer = await this.send(verb, path, body);
        assert.ok(answer.status >= 400, `${verb} ${path} was not refused: ${answer.status} ${answer.text}`);
        return { status: answer.status, code: answer.body?.code, body: answer.body };
    }
}
