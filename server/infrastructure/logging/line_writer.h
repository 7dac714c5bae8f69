// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace guildhall {

/// Writes lines to a descriptor from a thread of its own, so that nobody waits for who reads them:
/// a terminal that is held, a pipe that nobody empties. What does not fit into the queue meanwhile
/// is dropped, and said so as soon as something can be written again.
/// @thread any, but for the destructor
class LineWriter {
public:
    struct Limits {
        qsizetype queuedBytes = 4 * 1024 * 1024;
        /// How long the end, and last words, wait for the reader.
        std::chrono::milliseconds patience{2'000};
    };
    /// The line that says how many were dropped.
    using LossLine = std::function<QByteArray(quint64 lines)>;

    /// @param descriptor stays open until long after this; whether it blocks does not matter
    /// @param lossLine called by the writing thread
    LineWriter(int descriptor, LossLine lossLine, Limits limits);
    /// Writes what is queued, as far as the patience goes.
    ~LineWriter();
    LineWriter(const LineWriter &) = delete;
    LineWriter &operator=(const LineWriter &) = delete;

    /// Queues a line, which brings its end.
    void put(QByteArray line);
    /// Queues a line that may not be dropped, and waits until it is written: the process is about
    /// to die.
    void putLast(QByteArray line);

private:
    struct State;

    const Limits m_limits;
    std::shared_ptr<State> m_state; ///< also the thread's, which may have to be left behind
    std::thread m_thread;
};

} // namespace guildhall
