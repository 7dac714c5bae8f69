// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/worker_context.h"

#include <utility>

namespace guildhall {

namespace {

// A plain pointer: nothing is destroyed when the thread ends, so a late log line is safe.
thread_local const QByteArray *t_requestId = nullptr;

} // namespace

const QByteArray &WorkerContext::requestId()
{
    static const QByteArray none;
    return t_requestId ? *t_requestId : none;
}

WorkerContext::Scope::Scope(QByteArray requestId)
    : m_requestId(std::move(requestId))
    , m_previous(std::exchange(t_requestId, &m_requestId))
{ }

WorkerContext::Scope::~Scope()
{
    t_requestId = m_previous;
}

} // namespace guildhall
