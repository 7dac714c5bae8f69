// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/line_writer.h"

#include <QByteArrayView>

#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace guildhall {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// As much as a pipe takes without blocking once it says that it takes something, and the most that
/// stays in one piece beside what others write.
constexpr qsizetype atOnce = PIPE_BUF;
/// How often a writer that waits looks whether it is to stop.
constexpr int pollMs = 50;

} // namespace

struct LineWriter::State {
    State(int toDescriptor, LossLine line)
        : descriptor(toDescriptor)
        , lossLine(std::move(line))
    { }

    const int descriptor;
    const LossLine lossLine;

    std::mutex mutex;
    std::condition_variable wake; ///< for the thread: there is something to do
    std::condition_variable idle; ///< for who waits until it has done it
    std::vector<QByteArray> queue;
    qsizetype queuedBytes = 0;
    quint64 lost = 0;
    bool writing = false;
    bool finished = false;
    std::optional<SteadyClock::time_point> endsAt; ///< set: finish, and by then

    void run();
    void writeLines(const std::vector<QByteArray> &lines);
    void writeAll(QByteArrayView bytes);
    bool waitUntilWritable();
    bool isIdle() const { return queue.empty() && lost == 0 && !writing; }
};

/// The life of the thread. Lines of one batch were queued before those that were lost when it was
/// taken, so their loss is told behind it.
void LineWriter::State::run()
{
    pthread_setname_np(pthread_self(), "log");
    std::unique_lock lock(mutex);
    for (;;) {
        wake.wait(lock, [this] { return !queue.empty() || lost > 0 || endsAt; });
        if (queue.empty() && lost == 0)
            break;
        std::vector<QByteArray> batch = std::exchange(queue, {});
        queuedBytes = 0;
        const quint64 lines = std::exchange(lost, 0);
        writing = true;
        lock.unlock();
        if (lines > 0)
            batch.push_back(lossLine(lines));
        writeLines(batch);
        lock.lock();
        writing = false;
        idle.notify_all();
    }
    finished = true;
    idle.notify_all();
}

/// Whole lines go together, as many as stay in one piece.
void LineWriter::State::writeLines(const std::vector<QByteArray> &lines)
{
    QByteArray piece;
    for (const QByteArray &line : lines) {
        if (!piece.isEmpty() && piece.size() + line.size() > atOnce)
            writeAll(std::exchange(piece, {}));
        piece += line;
    }
    writeAll(piece);
}

void LineWriter::State::writeAll(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && waitUntilWritable()) {
        const ssize_t size
            = ::write(descriptor, bytes.data(), size_t(std::min(bytes.size(), atOnce)));
        if (size > 0)
            bytes = bytes.sliced(size);
        else if (errno != EAGAIN && errno != EINTR)
            return; // the reader has gone for good
    }
}

/// @return false when the end comes first
bool LineWriter::State::waitUntilWritable()
{
    for (;;) {
        pollfd waiting{descriptor, POLLOUT, 0};
        if (::poll(&waiting, 1, pollMs) > 0)
            return true;
        const std::lock_guard lock(mutex);
        if (endsAt && SteadyClock::now() >= *endsAt)
            return false;
    }
}

LineWriter::LineWriter(int descriptor, LossLine lossLine, Limits limits)
    : m_limits(limits)
    , m_state(std::make_shared<State>(descriptor, std::move(lossLine)))
{
    // Signals are for others; and a reader that has gone must not end the process.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    m_thread = std::thread([state = m_state] { state->run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

LineWriter::~LineWriter()
{
    std::unique_lock lock(m_state->mutex);
    const auto endsAt = SteadyClock::now() + m_limits.patience;
    m_state->endsAt = endsAt;
    m_state->wake.notify_one();
    // Longer than the thread needs to see that the time is over, unless it hangs in the kernel.
    const bool finished
        = m_state->idle.wait_until(lock, endsAt + std::chrono::milliseconds(10 * pollMs),
                                   [this] { return m_state->finished; });
    lock.unlock();
    if (finished)
        m_thread.join();
    else
        m_thread.detach();
}

void LineWriter::put(QByteArray line)
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->queuedBytes + line.size() > m_limits.queuedBytes) {
        ++m_state->lost;
    } else {
        m_state->queuedBytes += line.size();
        m_state->queue.push_back(std::move(line));
    }
    m_state->wake.notify_one();
}

void LineWriter::putLast(QByteArray line)
{
    std::unique_lock lock(m_state->mutex);
    m_state->queue.push_back(std::move(line));
    m_state->wake.notify_one();
    m_state->idle.wait_for(lock, m_limits.patience, [this] { return m_state->isIdle(); });
}

} // namespace guildhall
