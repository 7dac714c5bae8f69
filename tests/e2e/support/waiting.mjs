// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting for what must happen. The deadline only bounds a failure: nothing is asserted about how long it takes.
import { setTimeout as pause } from 'node:timers/promises';

export const patience = 60_000;

// A rejection that nobody awaits yet must not end the process: it is reported by whoever awaits the promise.
export function awaitedLater(promise) {
    promise.catch(() => {});
    return promise;
}

// The first `event` of `emitter` for which `matches(...arguments)` holds; resolves with its arguments. Call it before
// what causes the event. When `signal` is aborted it can no longer come.
export function next(emitter, event, matches = () => true, signal = undefined) {
    return awaitedLater(new Promise((resolve, reject) => {
        const finish = (settle, value) => {
            clearTimeout(timer);
            emitter.off(event, listener);
            signal?.removeEventListener('abort', abort);
            settle(value);
        };
        const listener = (...details) => {
            if (matches(...details))
                finish(resolve, details);
        };
        const abort = () => finish(reject, signal.reason);
        const timer = setTimeout(finish, patience, reject, new Error(`no ${event} came that fits`));
        emitter.on(event, listener);
        signal?.addEventListener('abort', abort);
    }));
}

// Calls `probe` until it gives something truthy, and returns that. Exceptions count as "not yet".
export async function eventually(what, probe) {
    const deadline = Date.now() + patience;
    let last;
    while (Date.now() < deadline) {
        try {
            const value = await probe();
            if (value)
                return value;
        } catch (problem) {
            last = problem;
        }
        await pause(20);
    }
    throw new Error(`waited in vain until ${what}`, { cause: last });
}

// Bounds a promise that could wait for ever.
export function within(what, promise) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(reject, patience, new Error(`waited in vain for ${what}`));
    });
    return awaitedLater(Promise.race([promise, late]).finally(() => clearTimeout(timer)));
}
