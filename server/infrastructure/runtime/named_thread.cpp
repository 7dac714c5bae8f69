// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/named_thread.h"

#include "server/infrastructure/runtime/guarded.h"

#ifdef __linux__
#include <pthread.h>
#endif

namespace guildhall {

namespace {

void nameThisThread([[maybe_unused]] const std::string &name)
{
#ifdef __linux__
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
#endif
}

} // namespace

std::thread startNamedThread(std::string name, ThreadHooks hooks, std::function<void()> body)
{
    return std::thread([name = std::move(name), hooks = std::move(hooks), body = std::move(body)] {
        nameThisThread(name);
        if (hooks.setUp)
            runGuarded("setting up thread " + name, hooks.setUp);
        runGuarded("thread " + name, body);
        if (hooks.tearDown)
            runGuarded("tearing down thread " + name, hooks.tearDown);
    });
}

} // namespace guildhall
