// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace guildhall {

/// On whose behalf this thread works right now; log lines show it without being told.
class WorkerContext {
public:
    /// The id of the request being served; empty when there is none.
    static const QByteArray &requestId();

    /// While it lives, this thread works for the request `requestId`; scopes nest. It must end in
    /// the thread and in the order it began, so it is a local variable.
    class Scope {
    public:
        explicit Scope(QByteArray requestId);
        ~Scope();
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        const QByteArray m_requestId;
        const QByteArray *const m_previous;
    };
};

} // namespace guildhall
