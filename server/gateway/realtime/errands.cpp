// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/errands.h"

#include "server/gateway/realtime/shard_mailbox.h"
#include "server/infrastructure/runtime/guarded.h"
#include "server/infrastructure/runtime/worker_pool.h"

#include <QTimer>

namespace guildhall::realtime {

namespace {

constexpr std::chrono::milliseconds retryAfter{250};

} // namespace

struct Errands::Errand {
    const char *what;
    std::function<void()> work;
    std::function<void()> done;
    std::chrono::steady_clock::time_point giveUpAt;
};

Errands::Errands(WorkerPool &pool, std::shared_ptr<ShardMailbox> mailbox, QObject *context,
                 std::chrono::milliseconds patience)
    : m_pool(pool)
    , m_mailbox(std::move(mailbox))
    , m_context(context)
    , m_patience(patience)
{ }

void Errands::start(const char *what, std::function<void()> work, std::function<void()> done)
{
    attempt(std::make_shared<Errand>(Errand{what, std::move(work), std::move(done),
                                            std::chrono::steady_clock::now() + m_patience}));
}

void Errands::attempt(const std::shared_ptr<Errand> &errand)
{
    // `this` is used again only in the shard's thread, by mail that a shard which is gone never
    // reads.
    const bool taken = m_pool.submit([this, errand, mailbox = m_mailbox] {
        const bool succeeded = runGuarded(errand->what, errand->work);
        mailbox->post([this, errand, succeeded](Shard &) { returned(errand, succeeded); });
    });
    if (!taken)
        retryLater(errand);
}

void Errands::returned(const std::shared_ptr<Errand> &errand, bool succeeded)
{
    if (succeeded)
        errand->done();
    else
        retryLater(errand);
}

void Errands::retryLater(const std::shared_ptr<Errand> &errand)
{
    const bool enough = std::chrono::steady_clock::now() + retryAfter >= errand->giveUpAt;
    // Even to give up it waits: a client that is told to try again at once would do just that.
    QTimer::singleShot(retryAfter, m_context, [this, errand, enough] {
        if (enough)
            errand->done();
        else
            attempt(errand);
    });
}

} // namespace guildhall::realtime
