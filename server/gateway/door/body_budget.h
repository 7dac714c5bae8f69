// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>

#include <memory>
#include <mutex>
#include <optional>

namespace guildhall {

/// Counts the memory that request bodies take, in all and of each address: from their first byte
/// until nobody keeps them any more, which for one that waits for a worker is after its answer.
/// @thread any
class BodyBudget {
    struct Book;

public:
    /// Bytes.
    struct Limits {
        qint64 total;
        qint64 perAddress; ///< of a /64 with IPv6
    };

    /// The part of one body; given back when this goes.
    class Share {
    public:
        Share() = default;
        Share(Share &&) = default;
        Share &operator=(Share &&other) noexcept;
        ~Share() { release(); }

        /// Makes it `bytes` large.
        /// @return false when there is no room for that: it stays as it was
        bool growTo(qint64 bytes);

    private:
        friend class BodyBudget;
        Share(std::shared_ptr<Book> book, std::optional<QHostAddress> counted);
        void release();

        std::shared_ptr<Book> m_book;
        std::optional<QHostAddress> m_counted;
        qint64 m_bytes = 0;
    };

    explicit BodyBudget(Limits limits);

    /// For a body from that address. Takes nothing yet.
    Share open(const QHostAddress &address);
    /// For a body that only the total concerns.
    Share openUncounted();

    /// Bytes that are taken now.
    qint64 taken() const;

private:
    struct Book {
        explicit Book(Limits most)
            : limits(most)
        { }

        const Limits limits;
        std::mutex mutex;
        QHash<QHostAddress, qint64> perAddress;
        qint64 total = 0;
    };

    std::shared_ptr<Book> m_book; ///< outlives the budget while shares are out
};

} // namespace guildhall
