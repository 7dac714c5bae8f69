// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

namespace guildhall {

/// A value that comes later, from another thread; one writer, one reader. What a handler returns
/// when the message lane finishes its work, so that the worker need not wait.
template <typename T>
class Later {
    struct State;

public:
    /// The writing end. Copies share the value; the first call wins.
    class Promise {
    public:
        void fulfil(T value) const { m_state->fulfil(std::move(value)); }
        Later later() const { return Later(m_state); }

    private:
        std::shared_ptr<State> m_state = std::make_shared<State>();
    };

    /// A value that is there already.
    static Later now(T value)
    {
        Promise promise;
        promise.fulfil(std::move(value));
        return promise.later();
    }

    /// Calls `reader` with the value, once: at once when it is there, else in the writer's thread.
    void then(std::function<void(T)> reader) { m_state->read(std::move(reader)); }

    /// What `change` makes of the value, later; it runs where `then` would. Must not throw.
    template <typename Change>
    auto map(Change change)
    {
        using U = std::invoke_result_t<Change, T>;
        const typename Later<U>::Promise promise;
        then([promise, change = std::move(change)](T value) {
            promise.fulfil(change(std::move(value)));
        });
        return promise.later();
    }

private:
    struct State {
        void fulfil(T value)
        {
            std::unique_lock lock(mutex);
            if (done)
                return;
            done = true;
            if (!reader) {
                held = std::move(value);
                return;
            }
            lock.unlock();
            reader(std::move(value));
        }
        void read(std::function<void(T)> function)
        {
            std::unique_lock lock(mutex);
            if (!held) {
                reader = std::move(function);
                return;
            }
            lock.unlock();
            function(std::move(*held));
        }

        std::mutex mutex;
        bool done = false;
        std::optional<T> held;
        std::function<void(T)> reader;
    };

    explicit Later(std::shared_ptr<State> state)
        : m_state(std::move(state))
    { }

    std::shared_ptr<State> m_state;
};

} // namespace guildhall
