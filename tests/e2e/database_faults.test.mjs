// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL dies under a daemon that serves.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { useDaemon } from './support/daemon.mjs';
import { openGateway } from './support/gateway_socket.mjs';
import { guild, person } from './support/people.mjs';
import { Rest } from './support/rest.mjs';
import { eventually } from './support/waiting.mjs';

describe('kill -9 of PostgreSQL', () => {
    const daemon = useDaemon();
    let anna;
    let path;
    before(async () => {
        anna = await person(daemon);
        path = `/channels/${(await guild(anna)).general.id}/messages`;
    });

    // Posts until posting works again after it failed; resolves with all answers.
    async function postThrough(fault) {
        const answers = [];
        const post = async () => {
            const content = `message ${answers.length}`;
            answers.push({ content, ...await anna.rest.send('POST', path, { content }) });
        };
        await post();
        fault();
        await eventually('a request was refused', async () => {
            await post();
            return answers.at(-1).status !== 200;
        });
        await eventually('requests are answered again', async () => {
            await post();
            return answers.at(-1).status === 200;
        });
        return answers;
    }

    it('answers 503 meanwhile, comes back and has all that was acknowledged', async () => {
        const socket = await openGateway(daemon, anna.token);
        const killed = await daemon.postmaster();
        const answers = await postThrough(() => process.kill(killed, 'SIGKILL'));

        for (const answer of answers.filter(({ status }) => status !== 200)) {
            assert.equal(answer.status, 503, answer.text);
            assert.ok(Number(answer.headers.get('retry-after')) >= 1, 'no Retry-After');
            assert.deepEqual(Object.keys(answer.body), ['message', 'code']);
        }
        const kept = (await anna.rest.get(`${path}?limit=100`)).map(({ content }) => content);
        for (const { content, status } of answers.filter((answer) => answer.status === 200).slice(-100))
            assert.ok(kept.includes(content), `${content} was answered ${status} and is lost`);
        assert.notEqual(await daemon.postmaster(), killed);

        const heard = socket.dispatch('MESSAGE_CREATE', ({ content }) => content === 'still here');
        await anna.rest.expect(200, 'POST', path, { content: 'still here' });
        await heard;
        await socket.close();
        assert.deepEqual(await new Rest(daemon.root).get('/health'), { status: 'ok' });
        assert.equal((await new Rest(daemon.monitoring).send('GET', '/readyz')).status, 200);
    });

    it('does it a second time', async () => {
        const killed = await daemon.postmaster();
        const answers = await postThrough(() => process.kill(killed, 'SIGKILL'));
        assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [200, 503]);
    });

    it('does not keep the daemon from a clean stop', async () => {
        assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
    });
});
